//! `[contacts]`: which rows are leads, what their columns are called, and which cells mean that nothing is known.

use super::columns::Columns;
use super::condition::{Condition, Phase};
use super::document::{Document, Section, Value};
use super::{Reader, is_usable_name};
use crate::preset::Shape;
use crate::value::{Blanks, DateOrder, DecimalSign, TimeForm};

/// How contacts are read.
#[derive(Debug, Clone)]
pub struct Contacts {
    /// Every column of the contacts that the run needs.
    pub columns: Columns,
    /// The slot of the id.
    pub id: usize,
    /// Which rows are leads; all if absent.
    pub only: Option<Condition>,
    /// How cells are read.
    pub cells: Cells,
    /// What outputs show of a person.
    pub person: Person,
}

/// How the cells of one kind of export are read.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// Cells that mean nothing is known, beside empty ones and white space.
    pub blank: Blanks,
    /// The sign before the decimals of a number.
    pub decimal: DecimalSign,
    /// The order of day and month in dates such as 03/05/2026, if the model settles it.
    pub date_order: Option<DateOrder>,
    /// How times are written.
    pub time_form: TimeForm,
}

impl Cells {
    /// How the cells of an export of a known shape are read: as it usually writes them, where the model does not say
    /// how they are.
    #[must_use]
    pub fn of_shape(&self, shape: Option<&Shape>) -> Self {
        let mut cells = self.clone();
        if let Some(form) = shape.and_then(|shape| shape.time_form.as_ref())
            && cells.time_form == TimeForm::Recognised
        {
            cells.time_form = TimeForm::Usually(Box::new(form.clone()));
        }
        cells
    }
}

/// The slots of the columns that outputs show of a person; which of them an export has is settled by the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Person {
    /// The whole name.
    pub name: usize,
    /// The first name, used with the last where there is no whole name.
    pub first_name: usize,
    /// The last name.
    pub last_name: usize,
    /// The e-mail address.
    pub email: usize,
    /// Who looks after the lead.
    pub owner: usize,
    /// Where the lead came from.
    pub source: usize,
    /// The tags it carries in the CRM.
    pub tags: usize,
}

impl Person {
    /// The slots of what stands in none of these columns of an output.
    pub fn in_none_of(&self, shown: &[String]) -> Vec<usize> {
        let slots_of: [(&str, &[usize]); 5] = [
            ("name", &[self.name, self.first_name, self.last_name]),
            ("email", &[self.email]),
            ("owner", &[self.owner]),
            ("source", &[self.source]),
            ("tags", &[self.tags]),
        ];
        let others = slots_of
            .iter()
            .filter(|(column, _)| !shown.iter().any(|shown| shown == column));
        others.flat_map(|(_, slots)| *slots).copied().collect()
    }
}

/// Headers under which exports carry the contact's id, the best first.
pub(super) const USUAL_IDS: [&str; 9] = [
    "contact_id",
    "lead_id",
    "person_id",
    "record_id",
    "marketo_guid",
    "leid",
    "id",
    "email",
    "email_address",
];

impl Contacts {
    /// Gives the columns that outputs show a slot each, under the model's own names or the usual headers.
    pub(super) fn find_people(&mut self) {
        let mut find = |name: &str, usual: &[&str]| self.columns.usual(name, usual, false);
        self.person = Person {
            name: find(
                "name",
                &[
                    "name",
                    "full_name",
                    "contact_name",
                    "person_name",
                    "display_name",
                ],
            ),
            first_name: find(
                "first_name",
                &["first_name", "firstname", "person_first_name"],
            ),
            last_name: find(
                "last_name",
                &["last_name", "lastname", "surname", "person_last_name"],
            ),
            email: find(
                "email",
                &[
                    "email",
                    "email_address",
                    "primary_email",
                    "person_email_work",
                ],
            ),
            owner: find(
                "owner",
                &[
                    "owner",
                    "owner_email",
                    "contact_owner",
                    "lead_owner",
                    "assigned_to",
                    "person_owner",
                ],
            ),
            source: find(
                "source",
                &["source", "lead.source", "lead_source", "original_source"],
            ),
            tags: find("tags", &["tags", "tag", "labels", "person_labels"]),
        };
    }
}

/// Reads `[contacts]`.
pub(super) fn read(section: Option<Section<'_>>, document: &mut Document) -> Contacts {
    let Some(mut section) = section else {
        let mut columns = Columns::default();
        let id = columns.usual("id", &USUAL_IDS, true);
        return Contacts {
            columns,
            id,
            only: None,
            cells: Cells::default(),
            person: Person::default(),
        };
    };
    let mut columns = read_names(&mut section, document);
    let id = section.get("id").and_then(|value| document.text(&value));
    let id = match id {
        Some(name) => columns.named(&name.value, name.span),
        None => columns.usual("id", &USUAL_IDS, true),
    };
    let only = section
        .get("only")
        .and_then(|value| document.text(&value))
        .and_then(|text| Reader::default().condition(&text, Phase::Row, &mut columns, document));
    let cells = read_cells(&mut section, document);
    section.finish(document);
    Contacts {
        columns,
        id,
        only,
        cells,
        person: Person::default(),
    }
}

/// Reads `columns` and `optional`: the model's own names for columns, and which may be missing.
pub(super) fn read_names(section: &mut Section<'_>, document: &mut Document) -> Columns {
    let declared = section
        .get("columns")
        .and_then(|value| document.section(value))
        .map(|columns| read_columns(columns, document))
        .unwrap_or_default();
    let optional = section
        .get("optional")
        .and_then(|value| document.texts(&value))
        .unwrap_or_default();
    let optional = optional.into_iter().map(|text| text.value).collect();
    Columns::declared(declared, optional)
}

fn read_columns(section: Section<'_>, document: &mut Document) -> Vec<(String, Vec<String>)> {
    let mut columns = Vec::new();
    for (name, value) in section.into_entries() {
        // `property.price = "…"` is a table in TOML; the author meant one name with a dot.
        if value.is_section() {
            document
                .error(
                    "wrong-type",
                    value.key_span.clone(),
                    format!(
                        "`{}` should be a header in quotes or a list of them",
                        value.path
                    ),
                    "this is a table",
                )
                .hint = Some("a name with a dot stands in quotes: \"a.b\" = \"…\"".to_owned());
            continue;
        }
        let spellings = document.texts(&value);
        let dotless = name.replace('.', "_");
        if is_usable_name(&dotless, value.key_span, document)
            && let Some(spellings) = spellings
        {
            let spellings = spellings.into_iter().map(|text| text.value).collect();
            columns.push((name.to_owned(), spellings));
        }
    }
    columns
}

/// Reads the keys about cells that `[contacts]` and `[events]` share.
pub(super) fn read_cells(section: &mut Section<'_>, document: &mut Document) -> Cells {
    let blank = section
        .get("blank")
        .and_then(|value| document.texts(&value))
        .unwrap_or_default();
    let decimal = section
        .get("decimal")
        .and_then(|value| choice(&value, DECIMALS, document));
    let date_order = section
        .get("date_order")
        .and_then(|value| choice(&value, ORDERS, document));
    let time_form = section
        .get("time_format")
        .and_then(|value| time_form(&value, document));
    Cells {
        blank: Blanks::new(blank.into_iter().map(|text| text.value)),
        decimal: decimal.unwrap_or_default(),
        date_order,
        time_form: time_form.unwrap_or_default(),
    }
}

const DECIMALS: &[(&str, DecimalSign)] = &[(".", DecimalSign::Point), (",", DecimalSign::Comma)];

const ORDERS: &[(&str, DateOrder)] = &[
    ("day-first", DateOrder::DayFirst),
    ("month-first", DateOrder::MonthFirst),
];

fn time_form(value: &Value<'_>, document: &mut Document) -> Option<TimeForm> {
    let text = document.text(value)?;
    match TimeForm::named(&text.value) {
        Ok(form) => Some(form),
        Err(reason) => {
            document
                .error(
                    "bad-time-format",
                    value.span.clone(),
                    format!("`{}` is not a time format: {reason}", text.value),
                    "",
                )
                .hint = Some(
                "use \"unix\", \"unix-ms\", \"unix-us\" or a pattern such as \"%d/%m/%Y %H:%M\""
                    .to_owned(),
            );
            None
        }
    }
}

/// One of a few words.
pub(super) fn choice<T: Clone>(
    value: &Value<'_>,
    choices: &[(&str, T)],
    document: &mut Document,
) -> Option<T> {
    let text = document.text(value)?;
    if let Some((_, meaning)) = choices.iter().find(|(word, _)| *word == text.value) {
        return Some(meaning.clone());
    }
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    document.unknown_name(
        "unknown-choice",
        value.span.clone(),
        format!("`{}` cannot be \"{}\"", value.path, text.value),
        &text.value,
        words.iter().copied(),
        &format!("it can be {}", quoted.join(" or ")),
    );
    None
}
