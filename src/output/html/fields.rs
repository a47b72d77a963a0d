//! What the page's list shows of each lead: which columns, under which heading, and where.

use std::borrow::Cow;

use crate::output::columns::{Cell, Columns, Kind};
use crate::rank::Lead;
use crate::value::{Day, readable};

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the table.
    Table,
    /// Below the lead, when it is opened.
    Opened,
}

/// What a field holds, and so how it is written, shown and sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Number,
    Text,
    /// A temperature's name or tag.
    Temperature,
    Time,
    /// The strongest reasons; the page makes them of the ledger.
    Why,
    /// Items, met or not.
    Checklist,
}

impl Holds {
    /// How the page's script calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Temperature => "temperature",
            Self::Time => "time",
            Self::Why => "why",
            Self::Checklist => "checklist",
        }
    }
}

/// One field of the list.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The column's place in the run's columns.
    column: usize,
    pub name: String,
    pub heading: String,
    pub place: Place,
    pub holds: Holds,
}

/// Columns that people know by another name, in the order in which the page shows them.
const KNOWN: &[(&str, &str, Place)] = &[
    ("rank", "Rank", Place::Table),
    ("name", "Lead", Place::Table),
    ("account", "Account", Place::Table),
    ("contact_id", "Id", Place::Table),
    ("people", "People", Place::Table),
    ("score", "Score", Place::Table),
    ("change", "Change", Place::Table),
    ("temperature", "Temperature", Place::Table),
    ("stage", "Stage", Place::Table),
    ("grade", "Grade", Place::Table),
    ("owner", "Owner", Place::Table),
    ("source", "Source", Place::Table),
    ("route", "Route", Place::Table),
    ("assigned_to", "Assigned to", Place::Table),
    ("reasons", "Why", Place::Table),
    ("last_event", "Last event", Place::Table),
    ("missing", "Missing", Place::Table),
    ("action", "To do", Place::Opened),
    ("next_step", "Next step", Place::Opened),
    ("email", "E-mail", Place::Opened),
    ("override", "By hand", Place::Opened),
    ("computed_temperature", "Without that", Place::Opened),
    ("previous_score", "Score before", Place::Opened),
    ("checklist", "Checklist", Place::Opened),
];

/// The fields of a run: the columns that somebody picked, or what people look at, with the export's own columns that
/// are kept.
pub(super) fn fields(columns: &Columns<'_>) -> Vec<Field> {
    let field = |column: usize, heading: &str, place| {
        let found = &columns.list()[column];
        Field {
            column,
            name: found.name.to_string(),
            heading: readable(heading).into_owned(),
            place,
            holds: holds(&found.name, found.kind),
        }
    };
    let list = columns.list().iter().enumerate();
    if columns.is_picked() {
        return list
            .map(|(column, found)| field(column, &found.name, Place::Table))
            .collect();
    }
    let known = KNOWN.iter().filter_map(|(name, heading, place)| {
        let column = columns
            .list()
            .iter()
            .position(|found| found.name == *name)?;
        Some(field(column, heading, *place))
    });
    let kept = list
        .filter(|(_, found)| found.is_kept())
        .map(|(column, found)| field(column, &found.name, Place::Opened));
    known.chain(kept).collect()
}

fn holds(name: &str, kind: Kind) -> Holds {
    match (name, kind) {
        ("temperature" | "tag" | "computed_temperature", _) => Holds::Temperature,
        ("reasons", _) => Holds::Why,
        (_, Kind::Integer | Kind::Points) => Holds::Number,
        (_, Kind::Time) => Holds::Time,
        (_, Kind::Checklist) => Holds::Checklist,
        (_, Kind::Text | Kind::Sentences) => Holds::Text,
    }
}

impl Field {
    /// What a lead has there.
    pub fn cell<'a>(&self, lead: &'a Lead<'a>, columns: &'a Columns<'_>) -> Cell<'a> {
        columns.list()[self.column].read(lead, columns.context())
    }

    /// What a lead has there, as text that is fit to be read.
    pub fn text(&self, lead: &Lead<'_>, columns: &Columns<'_>) -> String {
        // Where nobody asked for the temperature's own name, its tag is what people know it by.
        if self.name == "temperature" && !columns.is_picked() {
            return readable(lead.tag.unwrap_or(lead.temperature)).into_owned();
        }
        let cell = self.cell(lead, columns);
        if let Cell::Time(..) = &cell {
            return on_the_clock(&cell.text());
        }
        let text = match &cell {
            Cell::Text(text) => Cow::Borrowed(text.as_ref()),
            cell => cell.text(),
        };
        readable(text.trim()).into_owned()
    }
}

/// `2026-11-01 09:30` of an RFC 3339 instant, as its clock shows it.
fn on_the_clock(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(clock)) => format!("{day} {clock}"),
        _ => time.to_owned(),
    }
}

/// The minutes from 1970-01-01 00:00 to what the clock of an RFC 3339 instant shows.
pub(super) fn clock_minutes(time: &str) -> Option<i64> {
    let day = i64::from(Day::parse(time.get(..10)?)?.days());
    let hours: i64 = time.get(11..13)?.parse().ok()?;
    let minutes: i64 = time.get(14..16)?.parse().ok()?;
    Some(day * 1440 + hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;
    use crate::output::{Available, Context};
    use crate::value::Zone;

    fn headings(columns: &Columns<'_>, place: Place) -> String {
        let fields = fields(columns).into_iter();
        let fields = fields.filter(|field| field.place == place);
        fields
            .map(|field| field.heading)
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn the_list_shows_what_the_run_can_fill() {
        let zone = Zone::utc();
        let all = "Rank, Lead, Id, Score, Change, Temperature, Stage, Grade, Owner, Source, Route, Assigned to, Why, Last event, Missing";
        assert_eq!(headings(&sample::columns(&zone), Place::Table), all);
        let context: Context<'_> = sample::context(&zone);
        let bare = Columns::of_run(&Available::default(), context);
        let few = "Rank, Id, Score, Temperature, Why";
        assert_eq!(headings(&bare, Place::Table), few);
        assert_eq!(headings(&bare, Place::Opened), "");
    }

    #[test]
    fn picked_columns_are_the_list_and_nothing_else_is_told() {
        let zone = Zone::utc();
        let picked = sample::columns(&zone).pick(["score", "rank"]).unwrap();
        assert_eq!(headings(&picked, Place::Table), "score, rank");
        assert_eq!(headings(&picked, Place::Opened), "");
    }

    #[test]
    fn kept_columns_stand_below_an_opened_lead() {
        let zone = Zone::utc();
        let kept = sample::columns(&zone).with_kept(&["City"]);
        assert!(headings(&kept, Place::Opened).ends_with("Checklist, City"));
    }

    #[test]
    fn a_time_is_what_its_clock_shows() {
        assert_eq!(
            on_the_clock("2026-11-01T09:30:00+01:00"),
            "2026-11-01 09:30"
        );
        assert_eq!(clock_minutes("1970-01-02T00:10:59.5Z"), Some(1450));
        assert_eq!(clock_minutes("soon"), None);
    }
}
