//! `[signals]`: what is measured over a contact's events.

use std::ops::Range;

use super::condition::{Condition, Phase, Reading};
use super::contacts::choice;
use super::decay::{self, Decay};
use super::document::{Document, Section, Value};
use super::events::Events;
use super::{Reader, is_usable_name};
use crate::diagnostic::Diagnostic;
use crate::value::snake_case;

/// One measurement.
#[derive(Debug, Clone)]
pub struct Signal {
    /// Its name in the model.
    pub name: String,
    /// Where that stands.
    pub span: Range<usize>,
    /// What is measured.
    pub measure: Measure,
    /// Only events younger than so many days count.
    pub within: Option<u32>,
    /// Only events that meet this count.
    pub filter: Option<Condition>,
}

/// What a signal measures. Event types are numbers of [`Events::types`]; `of` is a slot of the events' columns, or
/// the number of a reading of one.
#[derive(Debug, Clone)]
pub enum Measure {
    /// How many events, each by its weight.
    Count {
        /// Types that count.
        kinds: Vec<usize>,
        /// How they lose weight with age.
        decay: Option<Decay>,
        /// How many of a period count.
        limit: Option<Limit>,
    },
    /// The total of a column, each value by its event's weight.
    Sum {
        /// Types that count.
        kinds: Vec<usize>,
        /// The reading that is summed.
        of: usize,
        /// How values lose weight with age.
        decay: Option<Decay>,
        /// How many of a period count.
        limit: Option<Limit>,
    },
    /// How many different values of a column.
    Distinct {
        /// Types that count.
        kinds: Vec<usize>,
        /// The column whose values are told apart.
        of: usize,
    },
    /// The largest value of a column.
    Max {
        /// Types that count.
        kinds: Vec<usize>,
        /// The reading compared.
        of: usize,
    },
    /// The smallest value of a column.
    Min {
        /// Types that count.
        kinds: Vec<usize>,
        /// The reading compared.
        of: usize,
    },
    /// On how many days there was an event.
    ActiveDays {
        /// Types that count.
        kinds: Vec<usize>,
    },
    /// The age in days of the newest event.
    DaysSinceLast {
        /// Types that count.
        kinds: Vec<usize>,
    },
    /// The age in days of the oldest event.
    DaysSinceFirst {
        /// Types that count.
        kinds: Vec<usize>,
    },
    /// Minutes from one event to the answer it got.
    Response {
        /// Types that ask.
        from: Vec<usize>,
        /// Types that answer.
        to: Vec<usize>,
        /// Which of several answers is taken.
        take: Take,
    },
}

/// Which of a contact's response times is the signal's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// The shortest.
    Fastest,
    /// The middle one; of two middle ones the shorter.
    Median,
    /// That of the newest question answered.
    Latest,
    /// The longest.
    Slowest,
}

/// How many events of a calendar period count: the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The period.
    pub per: Period,
    /// How many count.
    pub max: u32,
}

/// A calendar period in the model's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A month.
    Month,
}

impl Measure {
    /// Every event type the measure looks at.
    pub fn kinds(&self) -> impl Iterator<Item = usize> + '_ {
        let (kinds, more): (&[usize], &[usize]) = match self {
            Self::Count { kinds, .. }
            | Self::Sum { kinds, .. }
            | Self::Distinct { kinds, .. }
            | Self::Max { kinds, .. }
            | Self::Min { kinds, .. }
            | Self::ActiveDays { kinds }
            | Self::DaysSinceLast { kinds }
            | Self::DaysSinceFirst { kinds } => (kinds, &[]),
            Self::Response { from, to, .. } => (from, to),
        };
        kinds.iter().chain(more).copied()
    }

    /// What one unit of the value is called.
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Count { .. } => "events",
            Self::Distinct { .. } => "different values",
            Self::Sum { .. } | Self::Max { .. } | Self::Min { .. } => "",
            Self::ActiveDays { .. } | Self::DaysSinceLast { .. } | Self::DaysSinceFirst { .. } => {
                "days"
            }
            Self::Response { .. } => "minutes",
        }
    }
}

/// The words for a measure, before its other keys are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Count,
    Sum,
    Distinct,
    Max,
    Min,
    ActiveDays,
    DaysSinceLast,
    DaysSinceFirst,
    Response,
}

const KINDS: [(&str, Kind); 9] = [
    ("count", Kind::Count),
    ("sum", Kind::Sum),
    ("distinct", Kind::Distinct),
    ("max", Kind::Max),
    ("min", Kind::Min),
    ("active_days", Kind::ActiveDays),
    ("days_since_last", Kind::DaysSinceLast),
    ("days_since_first", Kind::DaysSinceFirst),
    ("response", Kind::Response),
];

const TAKES: [(&str, Take); 4] = [
    ("fastest", Take::Fastest),
    ("median", Take::Median),
    ("latest", Take::Latest),
    ("slowest", Take::Slowest),
];

const PERIODS: [(&str, Period); 3] = [
    ("day", Period::Day),
    ("week", Period::Week),
    ("month", Period::Month),
];

/// Reads `[signals]`: each name with its signal, or without where the signal was refused, so that what speaks of it
/// is not refused as well.
pub(super) fn read(
    section: Option<Section<'_>>,
    events: &mut Events,
    document: &mut Document,
) -> Vec<(String, Option<Signal>)> {
    let Some(section) = section else {
        return Vec::new();
    };
    let mut signals = Vec::new();
    for (name, value) in section.into_entries() {
        is_usable_name(name, value.key_span.clone(), document);
        let span = value.key_span.clone();
        let signal = document
            .section(value)
            .and_then(|section| read_signal(name, span, section, events, document));
        signals.push((name.to_owned(), signal));
    }
    signals
}

fn read_signal(
    name: &str,
    span: Range<usize>,
    mut section: Section<'_>,
    events: &mut Events,
    document: &mut Document,
) -> Option<Signal> {
    let kind = section
        .get("measure")
        .map_or(Some(Kind::Count), |value| choice(&value, &KINDS, document));
    let event = section.get("event");
    let filter = read_filter(&mut section, events, document);
    let within = section
        .get("within")
        .map(|value| decay::days(&value, document));
    let of = section.get("of");
    let decay = section.get("decay");
    let limit = section.get("limit");
    let from = section.get("from");
    let to = section.get("to");
    let take = section.get("take");
    let Some(kind) = kind else {
        section.finish(document);
        return None;
    };
    let word = KINDS
        .iter()
        .find(|(_, known)| *known == kind)
        .map_or("", |(word, _)| *word);
    let weighted = matches!(kind, Kind::Count | Kind::Sum);
    let over_column = matches!(kind, Kind::Sum | Kind::Distinct | Kind::Max | Kind::Min);
    let response = kind == Kind::Response;
    for (value, fits, only) in [
        (&event, !response, "a response has `from` and `to` instead"),
        (
            &of,
            over_column,
            "`of` goes with sum, distinct, max and min",
        ),
        (&decay, weighted, "`decay` goes with count and sum"),
        (&limit, weighted, "`limit` goes with count and sum"),
        (&from, response, "`from` goes with response"),
        (&to, response, "`to` goes with response"),
        (&take, response, "`take` goes with response"),
    ] {
        if let Some(value) = value
            && !fits
        {
            document.misplaced_key(value, &format!("for the measure `{word}`"), only);
        }
    }
    let pair = "a response goes `from` one event type `to` another";
    for (value, key, needed, hint) in [
        (
            &event,
            "event",
            !response,
            "say which event types it counts",
        ),
        (
            &of,
            "of",
            over_column,
            "say which column of the events it looks at",
        ),
        (&from, "from", response, pair),
        (&to, "to", response, pair),
    ] {
        if needed && value.is_none() {
            let message = format!("the signal `{name}` lacks `{key}`");
            let problem = Diagnostic::error("missing-key", message)
                .at(&document.source, span.clone(), "")
                .hint(hint);
            section.lack([key], problem);
        }
    }
    section.finish(document);

    let event = event.and_then(|value| read_kinds(&value, events, document));
    let (from, to) = read_sides(from, to, events, document);
    let of = of
        .and_then(|value| document.text(&value))
        .map(|text| events.columns.named(&text.value, text.span));
    let window = within.flatten();
    let decay = decay.map(|value| decay::read(value, window, document));
    let limit = limit.map(|value| read_limit(value, document));
    let take = take.map_or(Some(Take::Median), |value| choice(&value, &TAKES, document));

    let mut number = |column: usize| events.columns.reading(column, Reading::Number);
    let measure = match kind {
        Kind::Count => Measure::Count {
            kinds: event?,
            decay: given(decay)?,
            limit: given(limit)?,
        },
        Kind::Sum => Measure::Sum {
            kinds: event?,
            of: number(of?),
            decay: given(decay)?,
            limit: given(limit)?,
        },
        Kind::Distinct => Measure::Distinct {
            kinds: event?,
            of: of?,
        },
        Kind::Max => Measure::Max {
            kinds: event?,
            of: number(of?),
        },
        Kind::Min => Measure::Min {
            kinds: event?,
            of: number(of?),
        },
        Kind::ActiveDays => Measure::ActiveDays { kinds: event? },
        Kind::DaysSinceLast => Measure::DaysSinceLast { kinds: event? },
        Kind::DaysSinceFirst => Measure::DaysSinceFirst { kinds: event? },
        Kind::Response => Measure::Response {
            from: from?,
            to: to?,
            take: take?,
        },
    };
    Some(Signal {
        name: name.to_owned(),
        span,
        measure,
        within: given(within)?,
        filter: given(filter)?,
    })
}

/// Reads a section that says a response and nothing else: `from`, `to`, `where` and `within`.
pub(super) fn read_response(
    mut section: Section<'_>,
    events: &mut Events,
    document: &mut Document,
) -> Option<Signal> {
    let span = section.span.clone();
    let from = section.require("from", document);
    let to = section.require("to", document);
    let filter = read_filter(&mut section, events, document);
    let within = section
        .get("within")
        .map(|value| decay::days(&value, document));
    section.finish(document);
    let (from, to) = read_sides(from, to, events, document);
    Some(Signal {
        name: String::new(),
        span,
        measure: Measure::Response {
            from: from?,
            to: to?,
            take: Take::Median,
        },
        within: given(within)?,
        filter: given(filter)?,
    })
}

/// The key `where`, if it is there.
#[expect(clippy::option_option, reason = "absent and refused are two things")]
fn read_filter(
    section: &mut Section<'_>,
    events: &mut Events,
    document: &mut Document,
) -> Option<Option<Condition>> {
    let text = section
        .get("where")
        .and_then(|value| document.text(&value))?;
    Some(Reader::default().condition(&text, Phase::Row, &mut events.columns, document))
}

/// The event types that ask and those that answer.
fn read_sides(
    from: Option<Value<'_>>,
    to: Option<Value<'_>>,
    events: &mut Events,
    document: &mut Document,
) -> (Option<Vec<usize>>, Option<Vec<usize>>) {
    let to_span = to.as_ref().map(|value| value.span.clone());
    let from = from.and_then(|value| read_kinds(&value, events, document));
    let to = to.and_then(|value| read_kinds(&value, events, document));
    if let (Some(from), Some(to), Some(span)) = (&from, &to, to_span)
        && from.iter().any(|kind| to.contains(kind))
    {
        document
            .error(
                "same-event-type",
                span,
                "an event type cannot be question and answer at once",
                "",
            )
            .hint = Some("`from` and `to` need different event types".to_owned());
    }
    (from, to)
}

/// The numbers of the event types that a key names.
fn read_kinds(
    value: &Value<'_>,
    events: &mut Events,
    document: &mut Document,
) -> Option<Vec<usize>> {
    let names = document.texts(value)?;
    if names.is_empty() {
        document
            .error(
                "no-event-types",
                value.span.clone(),
                format!("`{}` names no event type", value.path),
                "",
            )
            .hint = Some("say which event types it counts".to_owned());
    }
    let numbers = names
        .iter()
        .filter_map(|name| kind_number(&name.value, name.span.clone(), events, document));
    Some(numbers.collect())
}

/// A key that was left out is fine; one that was given and refused spoils the signal.
#[expect(clippy::option_option, reason = "absent and refused are two things")]
fn given<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

fn kind_number(
    name: &str,
    span: Range<usize>,
    events: &mut Events,
    document: &mut Document,
) -> Option<usize> {
    if events.spellings.iter().any(|(known, _)| known == name) {
        return Some(events.kind_number(name));
    }
    let spelled = events.spellings.iter().find(|(_, spellings)| {
        spellings.iter().any(|spelling| {
            spelling.trim().eq_ignore_ascii_case(name.trim()) || snake_case(spelling) == name
        })
    });
    let better = spelled.map_or_else(|| snake_case(name), |(known, _)| known.clone());
    if better == name {
        return Some(events.kind_number(name));
    }
    let problem = document.error(
        "unknown-event-type",
        span,
        format!("event types are not known by the name `{name}` here"),
        "",
    );
    problem.hint = Some(format!("write `{better}`"));
    problem.replacement = Some(format!("\"{better}\""));
    None
}

fn read_limit(value: Value<'_>, document: &mut Document) -> Option<Limit> {
    let mut section = document.section(value)?;
    let per = section
        .require("per", document)
        .and_then(|value| choice(&value, &PERIODS, document));
    let max = section
        .require("max", document)
        .and_then(|value| document.whole(&value, 1, 1_000_000));
    section.finish(document);
    Some(Limit {
        per: per?,
        max: max?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn model(signals: &str) -> Model {
        let rule = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n";
        let text = format!("[signals]\n{signals}\n{rule}");
        Model::parse("model.toml", &text).expect("a valid model")
    }

    #[test]
    fn a_signal_counts_unless_told_otherwise() {
        let model = model("opens = { event = \"email_open\" }");
        let signal = &model.signals[0];
        assert!(matches!(
            &signal.measure,
            Measure::Count { kinds, decay: None, limit: None } if kinds == &[0]
        ));
        assert_eq!(signal.within, None);
    }

    #[test]
    fn a_window_is_in_days_whatever_its_unit() {
        let model = model(
            "a = { event = \"x\", within = \"2 weeks\" }\nb = { event = \"x\", within = \"3 months\" }",
        );
        let windows: Vec<Option<u32>> = model.signals.iter().map(|signal| signal.within).collect();
        assert_eq!(windows, [Some(14), Some(90)]);
    }

    #[test]
    fn signals_share_the_event_types_they_name() {
        let model = model(
            "a = { event = [\"x\", \"y\"] }\nb = { event = \"y\", measure = \"active_days\" }",
        );
        assert_eq!(model.events.types, ["x", "y"]);
        assert_eq!(
            model.signals[1].measure.kinds().collect::<Vec<usize>>(),
            [1]
        );
    }

    #[test]
    fn a_response_takes_the_median_and_looks_at_both_sides() {
        let model = model(
            "answer = { measure = \"response\", from = \"call\", to = [\"reply\", \"visit\"] }",
        );
        let measure = &model.signals[0].measure;
        assert!(matches!(
            measure,
            Measure::Response {
                take: Take::Median,
                ..
            }
        ));
        assert_eq!(measure.kinds().collect::<Vec<usize>>(), [0, 1, 2]);
    }
}
