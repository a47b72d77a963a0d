//! Which header of an export fills which slot of the model's columns.
//!
//! A name is looked for in `snake_case`, then by its letters and digits alone; a header that the model spells out is
//! looked for as it stands before that. The first of these that fits any header decides. A header that the model
//! renames is known by its new name only.
//!
//! Where no header fits, and the export is of a known shape, the header is taken that this shape knows under the
//! column's name.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report, Source, nearest};
use crate::model::columns::{Column, Columns, Pick};
use crate::preset::Shape;
use crate::value::{folded, snake_case};

/// The header of an export.
#[derive(Debug, Clone, Copy)]
pub struct Export<'e> {
    /// What the export is called in messages.
    pub name: &'e str,
    /// `contacts` or `events`: the section of the model that speaks of it.
    pub section: &'e str,
    /// The headers, trimmed, in the order of the file.
    pub headers: &'e [String],
    /// The header as a text to point into.
    pub source: &'e Arc<Source>,
    /// Where each header stands in it.
    pub spans: &'e [Range<usize>],
    /// The known shape that the export has.
    pub shape: Option<&'e Shape>,
}

/// The outcome of binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// For each slot, the header that fills it.
    pub headers: Vec<Option<usize>>,
}

/// Finds the header of every column, or everything that is wrong with them.
///
/// # Errors
/// A report of kind [`Kind::Data`] with each needed column that the export lacks or has twice.
pub fn bind(columns: &Columns, model: &Arc<Source>, export: &Export<'_>) -> Result<Bound, Report> {
    let names: Vec<Name> = export
        .headers
        .iter()
        .map(|header| Name::new(header))
        .collect();
    let renamed: Vec<bool> = {
        let mut renamed = vec![false; names.len()];
        for name in columns.declared_names() {
            for spelling in columns.declared_spellings(name).unwrap_or_default() {
                for header in fitting(spelling, true, &names) {
                    renamed[header] = true;
                }
            }
        }
        renamed
    };
    let mut by_header: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, header) in export.headers.iter().enumerate() {
        by_header.entry(header).or_default().push(place);
    }
    let mut problems = Vec::new();
    let headers = columns
        .entries()
        .iter()
        .map(|column| {
            let declared = columns.declared_spellings(&column.name).is_some();
            let mut found = candidates(column, &names, declared, &renamed, &by_header);
            if found.is_empty() {
                found.extend(by_shape(column, export.shape, &names, &renamed));
            }
            match found.as_slice() {
                [] => {
                    if column.needed {
                        problems.push(missing(column, columns, model, export));
                    }
                    None
                }
                [header] => Some(*header),
                // What outputs merely show may come from the first of two alike; what points hang on may not.
                [header, ..] if !column.needed && column.pick == Pick::First => Some(*header),
                _ => {
                    problems.push(ambiguous(column, &found, model, export));
                    None
                }
            }
        })
        .collect();
    if problems.is_empty() {
        Ok(Bound { headers })
    } else {
        Err(Report {
            kind: Kind::Data,
            diagnostics: problems,
        })
    }
}

/// A header in the forms in which it can be asked for.
struct Name {
    exact: String,
    snake: String,
    folded: String,
}

impl Name {
    fn new(text: &str) -> Self {
        let snake = snake_case(text);
        Self {
            exact: text.to_owned(),
            folded: folded(&snake),
            snake,
        }
    }
}

/// How many ways there are for a header to fit a spelling.
const WAYS: usize = 3;

/// The way in which a header fits a spelling, the best being 0; `exactly` when the model spells the header out.
fn fit(wanted: &Name, exactly: bool, name: &Name) -> Option<usize> {
    let ways: [bool; WAYS] = [
        exactly && name.exact == wanted.exact,
        name.snake == wanted.snake,
        !wanted.folded.is_empty() && name.folded == wanted.folded,
    ];
    ways.into_iter().position(|fits| fits)
}

/// The headers that fit a spelling best; `exactly` when it is a header that the model spells out.
fn fitting(spelling: &str, exactly: bool, names: &[Name]) -> Vec<usize> {
    let wanted = Name::new(spelling.trim());
    let fits: Vec<Option<usize>> = names
        .iter()
        .map(|name| fit(&wanted, exactly, name))
        .collect();
    let Some(best) = fits.iter().flatten().min() else {
        return Vec::new();
    };
    (0..names.len())
        .filter(|&header| fits[header] == Some(*best))
        .collect()
}

/// The header that an export's known shape has for a column: of several the one that the shape prefers.
fn by_shape(
    column: &Column,
    shape: Option<&Shape>,
    names: &[Name],
    renamed: &[bool],
) -> Option<usize> {
    let shape = shape.filter(|_| !column.quoted)?;
    let is_meant = |(name, _): &&(String, Vec<String>)| is_called(column, name);
    let known = shape.columns.iter().filter(is_meant);
    let mut headers = known.flat_map(|(_, headers)| headers);
    headers.find_map(|header| {
        let mut found = fitting(header, false, names).into_iter();
        found.find(|&header| !renamed[header])
    })
}

/// Whether a column goes by a name: its own in the model, or one of the headers that are looked for.
fn is_called(column: &Column, name: &str) -> bool {
    let name = Name::new(name);
    let own = [&column.name];
    let mut called = own.into_iter().chain(&column.spellings);
    called.any(|spelling| fit(&Name::new(spelling.trim()), false, &name).is_some())
}

/// A slot, as far as keys can fill it that turn up after the headers were bound.
struct LateSlot {
    slot: usize,
    declared: bool,
    /// What outputs show of a person, and the ids, are known by their usual names though the model renames them.
    usual: bool,
    /// Spellings of the column, each with its place in the order of preference.
    spellings: Vec<(Name, usize)>,
    /// The way in which the slot's header fits.
    header: usize,
}

impl LateSlot {
    /// `header` is the one that fills the slot.
    fn new(slot: usize, columns: &Columns, header: Option<&str>) -> Option<Self> {
        let column = &columns.entries()[slot];
        let declared = columns.declared_spellings(&column.name).is_some();
        let usual = column.pick == Pick::First;
        let places = column.spellings.iter().enumerate();
        let mut late = Self {
            slot,
            declared,
            usual,
            spellings: places
                .map(|(place, spelling)| {
                    (
                        Name::new(spelling.trim()),
                        if usual { place * WAYS } else { 0 },
                    )
                })
                .collect(),
            header: 0,
        };
        if let Some(header) = header.map(Name::new) {
            let fits = |(spelling, _): &(Name, usize)| fit(spelling, declared, &header);
            if usual {
                // The file decided for a spelling: only that one is meant in other letters.
                let place = late.spellings.iter().position(|s| fits(s).is_some())?;
                late.spellings = vec![(late.spellings.swap_remove(place).0, 0)];
            }
            late.header = late.spellings.iter().filter_map(fits).min()?;
        }
        Some(late)
    }

    /// The rank of a key for this slot, if it can fill it.
    fn rank(&self, name: &Name, renamed: bool) -> Option<usize> {
        if renamed && !self.declared && !self.usual {
            return None;
        }
        let ranks = self
            .spellings
            .iter()
            .filter_map(|(spelling, place)| Some(place + fit(spelling, self.declared, name)?));
        Some(ranks.min()?.saturating_sub(self.header))
    }
}

/// Tells which slots a JSON key fills that turns up after the `headers` were bound, each with its rank: 0 for a key
/// that fits as well as the slot's header does.
///
/// A key fills the slots that it would fill as a header, by the same rules. Of a slot that has a header it must be
/// another spelling of the same name. A slot without a header is also filled by a key that the export's known shape
/// has for its column, unless another fits.
pub fn late_slots(
    columns: &Columns,
    bound: &Bound,
    headers: &[String],
    shape: Option<&'static Shape>,
) -> impl Fn(&str) -> Vec<(usize, usize)> + Send + Sync + use<> {
    let header_of = |slot: usize| bound.headers[slot].map(|header| headers[header].as_str());
    let (quoted, named): (Vec<usize>, Vec<usize>) =
        (0..columns.entries().len()).partition(|&slot| columns.entries()[slot].quoted);
    let quoted: Vec<(usize, String)> = quoted
        .into_iter()
        .filter(|&slot| header_of(slot).is_none())
        .map(|slot| (slot, columns.entries()[slot].name.clone()))
        .collect();
    let named: Vec<LateSlot> = named
        .into_iter()
        .filter_map(|slot| LateSlot::new(slot, columns, header_of(slot)))
        .collect();
    let by_shape: Vec<(usize, Column)> = columns
        .entries()
        .iter()
        .enumerate()
        .filter(|(slot, column)| shape.is_some() && !column.quoted && header_of(*slot).is_none())
        .map(|(slot, column)| (slot, column.clone()))
        .collect();
    let declared: Vec<Name> = columns
        .declared_names()
        .flat_map(|name| columns.declared_spellings(name).unwrap_or_default())
        .map(|spelling| Name::new(spelling.trim()))
        .collect();
    move |key| {
        let name = Name::new(key);
        let renamed = declared.iter().any(|s| fit(s, true, &name).is_some());
        let by_name = named
            .iter()
            .filter_map(|late| Some((late.slot, late.rank(&name, renamed)?)));
        let by_header = quoted.iter().filter(|(_, header)| header == key);
        let mut filled: Vec<(usize, usize)> = by_name
            .chain(by_header.map(|(slot, _)| (*slot, 0)))
            .collect();
        let known = shape.into_iter().flat_map(|shape| shape.names_of(key));
        for (name, place) in known.filter(|_| !renamed) {
            for (slot, column) in &by_shape {
                if is_called(column, name) && filled.iter().all(|(other, _)| other != slot) {
                    filled.push((*slot, BY_SHAPE + place));
                }
            }
        }
        filled
    }
}

/// The least rank of a late key that only a known shape has for a column: behind that of any other.
const BY_SHAPE: usize = 1 << 20;

/// The headers that fit a column, the preferred first.
fn candidates(
    column: &Column,
    names: &[Name],
    declared: bool,
    renamed: &[bool],
    by_header: &HashMap<&str, Vec<usize>>,
) -> Vec<usize> {
    if column.quoted {
        let same = by_header.get(column.name.as_str());
        let same = same.map_or(&[][..], Vec::as_slice);
        return match column.pick {
            Pick::Nth(before) => same.iter().copied().skip(before).take(1).collect(),
            Pick::Only | Pick::First => same.to_vec(),
        };
    }
    let mut found = Vec::new();
    for spelling in &column.spellings {
        for header in fitting(spelling, declared, names) {
            // What outputs show of a person, and the ids, are known by their usual names as well.
            let known = declared || !renamed[header] || column.pick == Pick::First;
            if known && !found.contains(&header) {
                found.push(header);
            }
        }
        if column.pick == Pick::First && !found.is_empty() {
            break;
        }
    }
    found
}

fn missing(
    column: &Column,
    columns: &Columns,
    model: &Arc<Source>,
    export: &Export<'_>,
) -> Diagnostic {
    let whole_header = 0..export.source.text.len();
    let name = &column.name;
    let mut diagnostic = match &column.span {
        Some(span) => Diagnostic::error(
            "missing-column",
            format!("{} has no column `{name}`", export.name),
        )
        .at(model, span.clone(), "the model asks for it here")
        .at(export.source, whole_header, "no header fits"),
        None => Diagnostic::error(
            "missing-column",
            format!("no column of {} looks like the {name}", export.name),
        )
        .at(export.source, whole_header, "no header fits"),
    };
    let near = column
        .spellings
        .iter()
        .find_map(|spelling| nearest(spelling, export.headers.iter().map(String::as_str)));
    if !column.quoted
        && near.is_none()
        && let Some(signal) = nearest(name, columns.signals())
    {
        return diagnostic.hint(format!("did you mean the signal `{signal}`?"));
    }
    diagnostic.hint = Some(match (&column.span, near) {
        (_, Some(near)) if column.span.is_some() => {
            if column.quoted || column.spellings.len() == 1 && column.spellings[0] == *name {
                format!("did you mean `{}`?", snake_case(near))
            } else {
                format!("did you mean the header \"{near}\"?")
            }
        }
        (Some(_), _) if column.quoted => {
            format!("texts stand in single quotes: '{name}'; double quotes are for column names")
        }
        (Some(_), _) => format!(
            "say which header it is: [{}.columns] {name} = \"…\"; or that it may be missing: optional = [\"{name}\"]; a text stands in single quotes: '{name}'",
            export.section
        ),
        (None, _) => format!("name it in the model: [{}] {name} = \"…\"", export.section),
    });
    diagnostic
}

/// Headers pointed at where too many fit one column.
const HEADERS_SHOWN: usize = 3;

fn ambiguous(
    column: &Column,
    found: &[usize],
    model: &Arc<Source>,
    export: &Export<'_>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        "ambiguous-column",
        format!(
            "{} has {} columns that could be `{}`",
            export.name,
            found.len(),
            column.name
        ),
    );
    for (index, header) in found.iter().take(HEADERS_SHOWN).enumerate() {
        let more = found.len().saturating_sub(HEADERS_SHOWN);
        let label = match index {
            0 => "one".to_owned(),
            _ if index + 1 == HEADERS_SHOWN && more > 0 => format!("another, and {more} more"),
            _ => "another".to_owned(),
        };
        diagnostic = diagnostic.at(export.source, export.spans[*header].clone(), label);
    }
    if let Some(span) = &column.span {
        diagnostic = diagnostic.at(model, span.clone(), "the model asks for it here");
    }
    diagnostic.hint(
        "name one header exactly in the model, or give the columns different headers in the export",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(columns: &Columns, headers: &[&str]) -> Result<Vec<Option<usize>>, Vec<String>> {
        bound_in(None, columns, headers)
    }

    fn bound_in(
        shape: Option<&Shape>,
        columns: &Columns,
        headers: &[&str],
    ) -> Result<Vec<Option<usize>>, Vec<String>> {
        let headers: Vec<String> = headers.iter().map(|&h| h.to_owned()).collect();
        let text = headers.join(",");
        let mut at = 0;
        let spans: Vec<Range<usize>> = headers
            .iter()
            .map(|header| {
                let span = at..at + header.len();
                at = span.end + 1;
                span
            })
            .collect();
        let export = Export {
            name: "contacts.csv",
            section: "contacts",
            headers: &headers,
            source: &Source::new("contacts.csv", text),
            spans: &spans,
            shape,
        };
        let model = Source::new("model.toml", "when = \"budget\"");
        bind(columns, &model, &export)
            .map(|bound| bound.headers)
            .map_err(|report| report.diagnostics.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn a_name_finds_its_header_in_snake_case() {
        let mut columns = Columns::default();
        columns.named("lead_source", 0..1);
        columns.named("property_details.price_max", 0..1);
        let headers = ["Lead Source", "property_details.price_max"];
        assert_eq!(bound(&columns, &headers), Ok(vec![Some(0), Some(1)]));
    }

    #[test]
    fn a_header_in_the_same_words_wins_over_one_that_only_resembles_it() {
        let mut columns = Columns::default();
        columns.named("lead_source", 0..1);
        assert_eq!(
            bound(&columns, &["lead.source", "Lead Source"]),
            Ok(vec![Some(1)])
        );
        assert_eq!(bound(&columns, &["lead.source"]), Ok(vec![Some(0)]));
    }

    #[test]
    fn two_headers_for_one_name_are_an_error_only_when_it_is_used() {
        let mut columns = Columns::default();
        columns.named("email", 0..1);
        assert_eq!(
            bound(&columns, &["Budget", "Budget", "Email"]),
            Ok(vec![Some(2)])
        );
        columns.named("budget", 0..1);
        assert_eq!(
            bound(&columns, &["Budget", "Budget", "Email"]),
            Err(vec![
                "contacts.csv has 2 columns that could be `budget`".to_owned()
            ])
        );
    }

    #[test]
    fn of_many_headers_for_one_name_three_are_pointed_at_and_the_rest_counted() {
        let mut columns = Columns::default();
        columns.named("budget", 0..1);
        let headers: Vec<String> = (0..50).map(|_| "budget".to_owned()).collect();
        let spans: Vec<Range<usize>> = (0..50).map(|at| at * 7..at * 7 + 6).collect();
        let export = Export {
            name: "contacts.csv",
            section: "contacts",
            headers: &headers,
            source: &Source::new("contacts.csv", headers.join(",")),
            spans: &spans,
            shape: None,
        };
        let model = Source::new("model.toml", "when = \"budget\"");
        let report = bind(&columns, &model, &export).unwrap_err();
        let labels: Vec<&str> = report.diagnostics[0]
            .labels
            .iter()
            .map(|label| label.text.as_str())
            .collect();
        let expected = [
            "one",
            "another",
            "another, and 47 more",
            "the model asks for it here",
        ];
        assert_eq!(labels, expected);
    }

    #[test]
    fn two_headers_that_give_one_name_are_ambiguous_unless_the_model_spells_one_out() {
        let mut columns = Columns::default();
        columns.named("budget", 0..1);
        assert!(bound(&columns, &["budget", "Budget"]).is_err());
        let declared = vec![("price".to_owned(), vec!["Budget".to_owned()])];
        let mut columns = Columns::declared(declared, Vec::new());
        columns.named("price", 0..1);
        assert_eq!(bound(&columns, &["budget", "Budget"]), Ok(vec![Some(1)]));
    }

    #[test]
    fn an_output_column_is_found_under_its_usual_header_though_the_model_renames_it() {
        let declared = vec![("mail".to_owned(), vec!["Email".to_owned()])];
        let mut columns = Columns::declared(declared, Vec::new());
        columns.named("mail", 0..1);
        columns.usual("email", &["email"], false);
        assert_eq!(bound(&columns, &["Email"]), Ok(vec![Some(0), Some(0)]));
    }

    #[test]
    fn a_usual_name_that_the_model_declares_is_looked_for_as_it_says() {
        let declared = vec![("contact_id".to_owned(), vec!["Lead No".to_owned()])];
        let mut columns = Columns::declared(declared, Vec::new());
        columns.usual("id", &["contact_id", "email"], true);
        assert_eq!(bound(&columns, &["Email", "Lead No"]), Ok(vec![Some(1)]));
    }

    #[test]
    fn a_renamed_header_is_known_by_its_new_name_only() {
        let declared = vec![("price".to_owned(), vec!["Budget".to_owned()])];
        let mut columns = Columns::declared(declared, Vec::new());
        columns.named("price", 0..1);
        assert_eq!(bound(&columns, &["Budget"]), Ok(vec![Some(0)]));
        columns.named("budget", 0..1);
        assert_eq!(
            bound(&columns, &["Budget"]),
            Err(vec!["contacts.csv has no column `budget`".to_owned()])
        );
    }

    #[test]
    fn usual_headers_are_tried_in_order_of_preference() {
        let mut columns = Columns::default();
        columns.usual("id", &["contact_id", "id"], true);
        assert_eq!(bound(&columns, &["Id", "Contact ID"]), Ok(vec![Some(1)]));
        assert_eq!(bound(&columns, &["Id", "Name"]), Ok(vec![Some(0)]));
        assert_eq!(
            bound(&columns, &["Name"]),
            Err(vec![
                "no column of contacts.csv looks like the id".to_owned()
            ])
        );
    }

    /// What a key fills that turns up after these headers.
    fn late(columns: &Columns, headers: &[&str], key: &str) -> Vec<(usize, usize)> {
        let bound = Bound {
            headers: bound(columns, headers).unwrap(),
        };
        let headers: Vec<String> = headers.iter().map(|&h| h.to_owned()).collect();
        late_slots(columns, &bound, &headers, None)(key)
    }

    #[test]
    fn a_late_key_fills_the_slots_that_it_would_fill_as_a_header() {
        let declared = vec![("price".to_owned(), vec!["Budget Max".to_owned()])];
        let optional = ["city", "price", "budget_max", "Geo.City"].map(str::to_owned);
        let mut columns = Columns::declared(declared, optional.to_vec());
        columns.named("city", 0..1);
        columns.named("price", 0..1);
        columns.named("budget_max", 0..1);
        columns.quoted("Geo.City", 0..1);
        columns.usual("email", &["email", "mail"], false);
        let filled = |key| late(&columns, &["x"], key);
        assert_eq!(filled("City"), [(0, 1)]);
        assert_eq!(filled("Budget Max"), [(1, 0)]);
        assert_eq!(filled("budgetMax"), [(1, 1)]);
        assert_eq!(filled("Geo.City"), [(3, 0)]);
        assert_eq!(filled("geo.city"), []);
        assert_eq!(filled("E-Mail"), [(4, 2)]);
        assert_eq!(filled("Mail"), [(4, 4)]);
        assert_eq!(filled("zip"), []);
    }

    #[test]
    fn a_slot_with_a_header_is_filled_by_another_spelling_of_the_same_name_only() {
        let mut columns = Columns::default();
        columns.named("lead_source", 0..1);
        columns.usual("id", &["contact_id", "id"], true);
        let headers = ["lead_source", "contact_id"];
        assert_eq!(late(&columns, &headers, "Lead Source"), [(0, 0)]);
        assert_eq!(late(&columns, &headers, "lead.source"), [(0, 1)]);
        assert_eq!(late(&columns, &headers, "contactId"), [(1, 0)]);
        assert_eq!(late(&columns, &headers, "id"), []);
    }

    fn hubspot() -> &'static Shape {
        let headers = ["Record ID", "Lifecycle Stage"];
        crate::preset::recognise(crate::preset::Kind::Contacts, &headers).expect("known")
    }

    #[test]
    fn a_header_is_known_under_its_name_in_a_preset_where_no_other_fits() {
        let mut columns = Columns::default();
        columns.named("title", 0..1);
        assert!(bound(&columns, &["Record ID", "Job Title"]).is_err());
        let found = |headers: &[&str]| bound_in(Some(hubspot()), &columns, headers);
        assert_eq!(found(&["Record ID", "Job Title"]), Ok(vec![Some(1)]));
        assert_eq!(found(&["Job Title", "Title"]), Ok(vec![Some(1)]));
    }

    #[test]
    fn of_several_headers_for_a_name_a_preset_prefers_one() {
        let mut columns = Columns::default();
        columns.named("phone", 0..1);
        let headers = ["Mobile Phone Number", "Phone Number"];
        assert_eq!(
            bound_in(Some(hubspot()), &columns, &headers),
            Ok(vec![Some(1)])
        );
        let headers = ["Mobile Phone Number"];
        assert_eq!(
            bound_in(Some(hubspot()), &columns, &headers),
            Ok(vec![Some(0)])
        );
    }

    #[test]
    fn what_the_model_renames_is_not_known_under_its_name_in_a_preset() {
        let declared = vec![("role".to_owned(), vec!["Job Title".to_owned()])];
        let mut columns = Columns::declared(declared, vec!["title".to_owned()]);
        columns.named("role", 0..1);
        columns.named("title", 0..1);
        let found = bound_in(Some(hubspot()), &columns, &["Job Title"]);
        assert_eq!(found, Ok(vec![Some(0), None]));
    }

    #[test]
    fn a_late_key_fills_a_slot_under_its_name_in_a_preset_behind_any_other() {
        let optional = vec!["title".to_owned()];
        let mut columns = Columns::declared(Vec::new(), optional);
        columns.named("title", 0..1);
        let none = Bound {
            headers: vec![None],
        };
        let late = late_slots(&columns, &none, &[], Some(hubspot()));
        let by_shape = late("Job Title");
        assert!(
            by_shape.len() == 1 && by_shape[0].1 >= BY_SHAPE,
            "{by_shape:?}"
        );
        assert!(late("Title")[0].1 < BY_SHAPE);
        let there = Bound {
            headers: vec![Some(0)],
        };
        let headers = ["Title".to_owned()];
        assert_eq!(
            late_slots(&columns, &there, &headers, Some(hubspot()))("Job Title"),
            []
        );
    }

    #[test]
    fn an_optional_column_may_be_missing() {
        let mut columns = Columns::declared(Vec::new(), vec!["type".to_owned()]);
        columns.named("type", 0..1);
        assert_eq!(bound(&columns, &["Name"]), Ok(vec![None]));
    }
}
