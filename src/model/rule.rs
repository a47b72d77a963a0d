//! `[[rules]]`: what a condition, a signal or a column is worth.

use std::ops::Range;

use super::Reader;
use super::condition::{Condition, Phase, Reading};
use super::contacts::{Contacts, choice};
use super::document::{Document, Section, Value};
use super::group::bounds;
use super::signal::{Measure, Signal};
use crate::diagnostic::Diagnostic;
use crate::value::{Number, Points, Span};

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its unique id: given, or the slug of the name.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// The group it counts in; straight into the total if none.
    pub group: Option<usize>,
    /// What gives points.
    pub source: RuleSource,
    /// The least the rule gives.
    pub min: Option<Points>,
    /// The most the rule gives.
    pub max: Option<Points>,
    /// Whether it counts at all.
    pub enabled: bool,
    /// The author's remark, shown by `explain`.
    pub note: String,
    /// Where the rule stands.
    pub span: Range<usize>,
}

/// What gives a rule's points.
#[derive(Debug, Clone)]
pub enum RuleSource {
    /// Points once if a condition holds.
    When {
        /// The condition.
        condition: Condition,
        /// The condition as written.
        text: String,
        /// What it is worth.
        points: Points,
    },
    /// Points for each unit of a number.
    PerUnit {
        /// The number.
        of: Operand,
        /// What each unit is worth.
        points: Points,
    },
    /// Points by the range a number lies in.
    Bands {
        /// The number.
        of: Operand,
        /// The ranges.
        bands: Bands,
        /// Points where nothing is known.
        blank: Points,
    },
    /// Points by the text in a column.
    Values {
        /// The column's slot.
        column: usize,
        /// The texts and what each is worth.
        values: Vec<(String, Points)>,
        /// Points for any other text.
        other: Points,
        /// Points where nothing is known.
        blank: Points,
        /// How cells with several values count; as one text if absent.
        several: Option<Several>,
    },
}

/// How the values of a cell that holds several count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Each listed one, once.
    Sum,
    /// The one worth most.
    Max,
}

/// A number a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// A signal.
    Signal(usize),
    /// A reading of a contact's column.
    Column(usize),
}

/// Ranges of a number and their points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// Which edge of a range is given.
    pub edge: Edge,
    /// Edges in rising order, and points.
    pub steps: Vec<(Number, Points)>,
    /// What the edges measure.
    pub scale: Scale,
}

/// Which edge of a range a band gives; the edge itself belongs to the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The lower.
    From,
    /// The upper.
    Upto,
}

/// What the edges of bands measure, and so what they may be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Minutes, written as numbers or as lengths of time.
    Minutes,
    /// Days, written as numbers or as lengths of time that are whole days.
    Days,
    /// Numbers of anything else.
    Plain,
    /// Unknown, because what the bands are of was refused.
    Unknown,
}

impl Bands {
    /// An edge as a reader would write it: 60 minutes are 1 hour.
    pub fn edge_text(&self, edge: Number) -> String {
        let minutes = u64::try_from(edge.millionths() / 1_000_000).ok();
        let whole = edge.millionths() % 1_000_000 == 0;
        match (self.scale, minutes) {
            (Scale::Minutes, Some(minutes)) if whole => Span::from_minutes(minutes).to_string(),
            (Scale::Days, _) if edge == Number::ONE => "1 day".to_owned(),
            (Scale::Days, _) => format!("{edge} days"),
            _ => edge.to_string(),
        }
    }

    /// The points of the band that holds `value`; none outside all of them.
    pub fn points(&self, value: Number) -> Points {
        let found = match self.edge {
            Edge::From => self.steps.iter().rfind(|(edge, _)| *edge <= value),
            Edge::Upto => self.steps.iter().find(|(edge, _)| value <= *edge),
        };
        found.map_or(Points::ZERO, |(_, points)| *points)
    }
}

impl Rule {
    /// `points` held within the rule's own bounds.
    pub fn bounded(&self, points: Points) -> Points {
        bounded(points, self.min, self.max)
    }
}

/// `points` held within optional bounds.
pub(crate) fn bounded(points: Points, min: Option<Points>, max: Option<Points>) -> Points {
    let points = max.map_or(points, |max| points.min(max));
    min.map_or(points, |min| points.max(min))
}

/// Reads `[[rules]]`.
pub(super) fn read(
    value: Option<Value<'_>>,
    reader: &Reader,
    signals: &[(String, Option<Signal>)],
    contacts: &mut Contacts,
    document: &mut Document,
) -> Vec<Rule> {
    let given = value.is_some();
    let elements = value
        .and_then(|value| document.elements(&value))
        .unwrap_or_default();
    if elements.is_empty() && (!given || document.problems.is_empty()) {
        document
            .error("no-rules", 0..0, "the model has no rules", "")
            .hint = Some(
            "a rule says what something is worth: [[rules]] with a name, a source and points"
                .to_owned(),
        );
    }
    let mut rules: Vec<Rule> = Vec::new();
    for element in elements {
        let Some(section) = document.section(element) else {
            continue;
        };
        let Some(rule) = read_rule(section, reader, signals, contacts, document) else {
            continue;
        };
        if let Some(other) = rules.iter().find(|other| other.id == rule.id) {
            let (line, _) = document.source.position(other.span.start);
            document
                .error(
                    "duplicate-id",
                    rule.span.clone(),
                    format!("another rule has the id `{}`", rule.id),
                    "",
                )
                .hint = Some(format!(
                "the other is on line {line}; give one of them an `id` of its own"
            ));
        }
        rules.push(rule);
    }
    rules
}

fn read_rule(
    mut section: Section<'_>,
    reader: &Reader,
    signals: &[(String, Option<Signal>)],
    contacts: &mut Contacts,
    document: &mut Document,
) -> Option<Rule> {
    let name_value = section.require("name", document);
    let name = name_value.as_ref().and_then(|value| document.text(value));
    let id = section.get("id").map(|value| document.text(&value));
    let group = section
        .get("group")
        .map(|value| reader.group(&document.text(&value)?, document));
    let enabled = section
        .get("enabled")
        .map_or(Some(true), |value| document.flag(&value));
    let source = if enabled == Some(false) {
        // A rule that is switched off is checked, but no export needs to have its columns.
        let mut unused = contacts.clone();
        read_source(&mut section, reader, signals, &mut unused, document)
    } else {
        read_source(&mut section, reader, signals, contacts, document)
    };
    let (min, max) = bounds(&mut section, document);
    let note = section.get("note").and_then(|value| document.text(&value));
    section.finish(document);

    let name = name?;
    let slug = match id {
        Some(id) => id?.value,
        None => slug(&name.value),
    };
    if slug.is_empty() {
        document
            .error(
                "bad-name",
                name.span.clone(),
                "a rule needs a name with letters in it",
                "",
            )
            .hint = Some("or give it an `id`".to_owned());
    }
    Some(Rule {
        id: slug,
        group: match group {
            None => None,
            Some(group) => Some(group?),
        },
        source: source?,
        min,
        max,
        enabled: enabled?,
        note: note.map(|note| note.value).unwrap_or_default(),
        span: name.span.clone(),
        name: name.value,
    })
}

/// Lower-case letters and digits, anything else as single hyphens.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

fn read_source(
    section: &mut Section<'_>,
    reader: &Reader,
    signals: &[(String, Option<Signal>)],
    contacts: &mut Contacts,
    document: &mut Document,
) -> Option<RuleSource> {
    let when = section.get("when");
    let signal = section.get("signal");
    let column = section.get("column");
    let points = section.get("points");
    let bands = section.get("bands");
    let values = section.get("values");
    let other = section.get("other");
    let several = section.get("several");
    let blank = section.get("blank");

    let sources: Vec<&Value<'_>> = [&when, &signal, &column].into_iter().flatten().collect();
    if let [_, extra, ..] = sources.as_slice() {
        document
            .error(
                "several-sources",
                extra.key_span.clone(),
                "a rule has one source: `when`, `signal` or `column`",
                "a second one",
            )
            .hint = Some("make two rules of it".to_owned());
        return None;
    }
    if sources.is_empty() {
        let message = format!("`{}` has no source of points", section.path);
        let problem = Diagnostic::error("no-source", message)
            .at(&document.source, section.span.clone(), "")
            .hint("add `when`, `signal` or `column`");
        section.lack(["when", "signal", "column"], problem);
        return None;
    }
    let worths: Vec<&Value<'_>> = [&points, &bands, &values].into_iter().flatten().collect();
    if let [_, extra, ..] = worths.as_slice() {
        document
            .error(
                "several-worths",
                extra.key_span.clone(),
                "a rule has one of `points`, `bands` and `values`",
                "a second one",
            )
            .hint = Some("make two rules of it".to_owned());
        return None;
    }
    for (value, fits, only) in [
        (
            &bands,
            when.is_none(),
            "`bands` need a `signal` or a `column`",
        ),
        (&values, column.is_some(), "`values` need a `column`"),
        (&other, values.is_some(), "`other` goes with `values`"),
        (&several, values.is_some(), "`several` goes with `values`"),
        (
            &blank,
            values.is_some() || bands.is_some(),
            "`blank` goes with `bands` and `values`",
        ),
    ] {
        if let Some(value) = value
            && !fits
        {
            document.misplaced_key(value, "here", only);
            return None;
        }
    }
    if worths.is_empty() {
        let message = format!("`{}` does not say how many points", section.path);
        let problem = Diagnostic::error("no-points", message)
            .at(&document.source, section.span.clone(), "")
            .hint("add `points`, `bands` or (for a column) `values`");
        section.lack(["points", "bands", "values"], problem);
        return None;
    }
    let blank = blank.map_or(Some(Points::ZERO), |value| document.points(&value));

    if let Some(when) = when {
        let points = points.and_then(|value| document.points(&value));
        let text = document.text(&when)?;
        let condition = reader.condition(&text, Phase::Rules, &mut contacts.columns, document);
        return Some(RuleSource::When {
            condition: condition?,
            text: text.value,
            points: points?,
        });
    }
    if let Some(values) = values {
        let column = column.and_then(|value| document.text(&value));
        let other = other.map_or(Some(Points::ZERO), |value| document.points(&value));
        let values = read_values(values, document);
        let several = several.map(|value| choice(&value, SEVERAL, document));
        let column = column?;
        return Some(RuleSource::Values {
            column: contacts.columns.named(&column.value, column.span),
            values: values?,
            other: other?,
            blank: blank?,
            several: match several {
                None => None,
                Some(several) => Some(several?),
            },
        });
    }
    let operand = match (&signal, &column) {
        (Some(value), _) => read_signal_name(value, reader, document).map(Operand::Signal),
        (None, Some(value)) => document.text(value).map(|name| {
            let column = contacts.columns.named(&name.value, name.span);
            Operand::Column(contacts.columns.reading(column, Reading::Number))
        }),
        (None, None) => None,
    };
    if let Some(bands) = bands {
        let scale = match operand {
            Some(Operand::Signal(slot)) => signals
                .get(slot)
                .and_then(|(_, signal)| signal.as_ref())
                .map_or(Scale::Unknown, |signal| Scale::of(&signal.measure)),
            Some(Operand::Column(_)) => Scale::Plain,
            None => Scale::Unknown,
        };
        let bands = read_bands(&bands, scale, document);
        return Some(RuleSource::Bands {
            of: operand?,
            bands: bands?,
            blank: blank?,
        });
    }
    let points = points.and_then(|value| document.points(&value));
    Some(RuleSource::PerUnit {
        of: operand?,
        points: points?,
    })
}

const SEVERAL: &[(&str, Several)] = &[("sum", Several::Sum), ("max", Several::Max)];

fn read_signal_name(value: &Value<'_>, reader: &Reader, document: &mut Document) -> Option<usize> {
    let name = document.text(value)?;
    let slot = reader
        .signals
        .iter()
        .position(|signal| *signal == name.value);
    if slot.is_none() {
        document.unknown_name(
            "unknown-signal",
            value.span.clone(),
            format!("there is no signal `{}`", name.value),
            &name.value,
            reader.signals.iter().map(String::as_str),
            "declare it under [signals], or use `column` for a column of the contacts",
        );
    }
    slot
}

fn read_values(value: Value<'_>, document: &mut Document) -> Option<Vec<(String, Points)>> {
    let span = value.span.clone();
    let entries = document.section(value)?.into_entries();
    if entries.is_empty() {
        document.error("no-points", span, "there are no values", "");
        return None;
    }
    entries
        .into_iter()
        .map(|(text, value)| Some((text.to_owned(), document.points(&value)?)))
        .collect()
}

impl Scale {
    fn of(measure: &Measure) -> Self {
        match measure {
            Measure::Response { .. } => Self::Minutes,
            Measure::DaysSinceLast { .. }
            | Measure::DaysSinceFirst { .. }
            | Measure::ActiveDays { .. } => Self::Days,
            _ => Self::Plain,
        }
    }
}

fn read_bands(value: &Value<'_>, scale: Scale, document: &mut Document) -> Option<Bands> {
    let elements = document.elements(value)?;
    let mut edges: Vec<(Edge, Number, Points, Value<'_>)> = Vec::new();
    let mut sound = true;
    for element in elements {
        let band = read_band(element.clone(), scale, document);
        match band {
            Some((edge, number, points)) => edges.push((edge, number, points, element)),
            None => sound = false,
        }
    }
    if !sound {
        return None;
    }
    let Some((edge, ..)) = edges.first() else {
        document
            .error("no-points", value.span.clone(), "there are no bands", "")
            .hint = Some("for instance { from = 100000, points = 5 }".to_owned());
        return None;
    };
    let edge = *edge;
    if let Some((.., odd)) = edges.iter().find(|(other, ..)| *other != edge) {
        document
            .error(
                "mixed-bands",
                odd.span.clone(),
                "bands are all `from` or all `upto`",
                "this one differs from the first",
            )
            .hint = Some("give every band the same kind of edge".to_owned());
        return None;
    }
    edges.sort_by_key(|(_, number, ..)| *number);
    if let Some([_, (_, number, _, twice)]) = edges
        .array_windows::<2>()
        .find(|[first, second]| first.1 == second.1)
    {
        document
            .error(
                "duplicate-band",
                twice.span.clone(),
                format!("two bands have the edge {number}"),
                "",
            )
            .hint = Some("delete one of them, or change its edge".to_owned());
        return None;
    }
    Some(Bands {
        edge,
        steps: edges
            .into_iter()
            .map(|(_, number, points, _)| (number, points))
            .collect(),
        scale,
    })
}

fn read_band(
    value: Value<'_>,
    scale: Scale,
    document: &mut Document,
) -> Option<(Edge, Number, Points)> {
    let mut section = document.section(value)?;
    let from = section.get("from");
    let upto = section.get("upto");
    let points = section
        .require("points", document)
        .and_then(|value| document.points(&value));
    section.finish(document);
    let (edge, value) = match (from, upto) {
        (Some(value), None) => (Edge::From, value),
        (None, Some(value)) => (Edge::Upto, value),
        (both, _) => {
            let hint = match both {
                Some(_) => "give one of them; a band reaches to its neighbour by itself",
                None => "for instance { from = 100000, points = 5 }",
            };
            document
                .error(
                    "bad-band",
                    section.span.clone(),
                    format!("`{}` needs either `from` or `upto`", section.path),
                    "",
                )
                .hint = Some(hint.to_owned());
            return None;
        }
    };
    let number = if value.is_text() {
        duration(&value, scale, document)
    } else {
        document.number(&value)
    };
    Some((edge, number?, points?))
}

/// An edge such as "4 hours", in the unit of what it is compared with.
fn duration(value: &Value<'_>, scale: Scale, document: &mut Document) -> Option<Number> {
    let text = document.text(value)?;
    let units = match (scale, Span::parse(&text.value)) {
        (_, Err(reason)) => Err(format!("`{}`: {reason}", value.path)),
        (Scale::Minutes | Scale::Unknown, Ok(span)) => Ok(span.minutes()),
        (Scale::Days, Ok(span)) => span
            .whole_days()
            .map(u64::from)
            .ok_or_else(|| format!("`{}` should be whole days", value.path)),
        (Scale::Plain, Ok(_)) => Err(format!(
            "`{}` is a length of time, but what the rule looks at is not",
            value.path
        )),
    };
    match units {
        Ok(units) => i64::try_from(units).ok().map(Number::integer),
        Err(reason) => {
            document
                .error(
                    "bad-duration",
                    value.span.clone(),
                    reason,
                    "",
                )
                .hint = Some(
                "response times take \"15 minutes\" or \"4 hours\", ages take \"30 days\", all others plain numbers"
                    .to_owned(),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn bands(edge: Edge, steps: &[(i64, i64)]) -> Bands {
        let steps = steps
            .iter()
            .map(|(edge, points)| (Number::integer(*edge), Points::whole(*points)))
            .collect();
        let Bands { scale, .. } =
            bands_of("column = \"price\"\nbands = [{ from = 1, points = 1 }]");
        Bands { edge, steps, scale }
    }

    /// The bands of a model's only rule, given its lines; `quiet` is an age and `answer` a response.
    fn bands_of(lines: &str) -> Bands {
        let text = format!(
            "[signals]\n\
             quiet = {{ event = \"visit\", measure = \"days_since_last\" }}\n\
             answer = {{ measure = \"response\", from = \"call\", to = \"reply\" }}\n\
             [[rules]]\nname = \"Rule\"\n{lines}\n"
        );
        let model = Model::parse("model.toml", &text).expect("a valid model");
        match &model.rules[0].source {
            RuleSource::Bands { bands, .. } => bands.clone(),
            other => panic!("no bands: {other:?}"),
        }
    }

    fn points(bands: &Bands, values: &[i64]) -> Vec<String> {
        let given = values
            .iter()
            .map(|value| bands.points(Number::integer(*value)));
        given.map(|points| points.to_string()).collect()
    }

    #[test]
    fn of_bands_by_their_lower_edge_the_largest_not_above_the_value_wins() {
        let bands = bands(Edge::From, &[(10, 1), (20, 2), (30, -3)]);
        assert_eq!(
            points(&bands, &[9, 10, 19, 20, 30, 1000]),
            ["0", "1", "1", "2", "-3", "-3"]
        );
    }

    #[test]
    fn of_bands_by_their_upper_edge_the_smallest_not_below_the_value_wins() {
        let bands = bands(Edge::Upto, &[(10, 1), (20, 2), (30, -3)]);
        assert_eq!(
            points(&bands, &[-5, 10, 11, 20, 30, 31]),
            ["1", "1", "2", "2", "-3", "0"]
        );
    }

    #[test]
    fn bands_may_stand_in_any_order() {
        let found = bands_of(
            "column = \"price\"\nbands = [{ from = 20, points = 2 }, { from = 10, points = 1 }]",
        );
        assert_eq!(points(&found, &[5, 15, 25]), ["0", "1", "2"]);
    }

    #[test]
    fn durations_are_minutes_for_responses_and_days_for_ages() {
        let found = bands_of("signal = \"answer\"\nbands = [{ upto = \"4 hours\", points = 1 }]");
        assert_eq!(found.steps[0].0, Number::integer(240));
        let found = bands_of("signal = \"quiet\"\nbands = [{ from = \"2 weeks\", points = 1 }]");
        assert_eq!(found.steps[0].0, Number::integer(14));
    }

    #[test]
    fn an_id_is_the_slug_of_the_name() {
        assert_eq!(slug("Opens our e-mails!"), "opens-our-e-mails");
        assert_eq!(slug("  30+ days  "), "30-days");
        assert_eq!(slug("Zoë & Co"), "zoë-co");
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn bounds_hold_from_both_sides_or_one_or_none() {
        let whole = Points::whole;
        assert_eq!(bounded(whole(7), Some(whole(-2)), Some(whole(5))), whole(5));
        assert_eq!(
            bounded(whole(-7), Some(whole(-2)), Some(whole(5))),
            whole(-2)
        );
        assert_eq!(bounded(whole(7), Some(whole(9)), None), whole(9));
        assert_eq!(bounded(whole(7), None, None), whole(7));
    }
}
