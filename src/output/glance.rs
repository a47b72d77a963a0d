//! What people look at first, where the whole row of columns would be too much.

use std::borrow::Cow;

use super::columns::{Columns, Kind};
use crate::rank::Lead;
use crate::value::readable;

/// One thing to show about each lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    Rank,
    Score,
    /// The tag, or the temperature's name where it has none.
    Temperature,
    /// The name, or the id where there is none.
    Lead,
    /// The name of an account.
    Account,
    /// How many people an account has.
    People,
    Id,
    Owner,
    Why,
    LastEvent,
    /// A column that somebody picked, by its place among them.
    Picked(usize),
}

/// What to show: the picked columns, or what people look at first, as far as the run knows it.
pub(super) fn glances(columns: &Columns<'_>) -> Vec<Glance> {
    use Glance::{
        Account, Id, LastEvent, Lead, Owner, People, Picked, Rank, Score, Temperature, Why,
    };
    if columns.is_picked() {
        return (0..columns.list().len()).map(Picked).collect();
    }
    let run = columns.available();
    if columns.are_of_accounts() {
        let last = run.last_event.then_some(LastEvent);
        let first = [Rank, Score, Temperature, Account, People, Why];
        return first.into_iter().chain(last).collect();
    }
    [Rank, Score, Temperature, Lead, Id, Owner, Why, LastEvent]
        .into_iter()
        .filter(|glance| match glance {
            // Without names the id is what the lead is called by.
            Id => run.name,
            Owner => run.owner,
            LastEvent => run.last_event,
            _ => true,
        })
        .collect()
}

impl Glance {
    /// What stands above the column, fit to be read.
    pub(super) fn heading<'a>(self, columns: &'a Columns<'_>) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Rank => "Rank",
            Self::Score => "Score",
            Self::Temperature => "Temperature",
            Self::Lead => "Lead",
            Self::Account => "Account",
            Self::People => "People",
            Self::Id => "Id",
            Self::Owner => "Owner",
            Self::Why => "Why",
            Self::LastEvent => "Last event",
            Self::Picked(index) => return readable(&columns.list()[index].name),
        })
    }

    /// Whether the column holds numbers, which are aligned to the right.
    pub(super) fn is_number(self, columns: &Columns<'_>) -> bool {
        match self {
            Self::Rank | Self::Score | Self::People => true,
            Self::Picked(index) => columns.list()[index].kind.is_number(),
            _ => false,
        }
    }

    /// Whether the column holds sentences, which may take a second line.
    pub(super) fn is_sentences(self, columns: &Columns<'_>) -> bool {
        match self {
            Self::Why => true,
            Self::Picked(index) => columns.list()[index].kind == Kind::Sentences,
            _ => false,
        }
    }

    /// Whether the column is about the temperature, and is shown in its colour.
    pub(super) fn is_temperature(self, columns: &Columns<'_>) -> bool {
        match self {
            Self::Temperature => true,
            Self::Picked(index) => {
                matches!(&*columns.list()[index].name, "temperature" | "tag")
            }
            _ => false,
        }
    }

    /// What a lead has there, fit to be read: on one line, without characters that act on the reader.
    pub(super) fn text(self, lead: &Lead<'_>, columns: &Columns<'_>) -> String {
        let named = |name: &str| {
            let column = columns.list().iter().find(|column| column.name == name);
            column.map_or(String::new(), |column| {
                column.read(lead, columns.context()).text().into_owned()
            })
        };
        let text: Cow<'_, str> = match self {
            Self::Rank => Cow::Owned(lead.rank.map_or(String::new(), |rank| rank.to_string())),
            Self::Score => Cow::Owned(lead.score.to_string()),
            Self::Temperature => Cow::Borrowed(lead.tag.unwrap_or(lead.temperature)),
            Self::Lead => match lead.name.as_deref() {
                Some(name) if !name.trim().is_empty() => Cow::Borrowed(name),
                _ => Cow::Borrowed(lead.id),
            },
            Self::Id | Self::Account => Cow::Borrowed(lead.id),
            Self::People => Cow::Owned(lead.people.to_string()),
            Self::Owner => Cow::Borrowed(lead.owner.unwrap_or_default()),
            Self::Why => Cow::Owned(named("reasons")),
            Self::LastEvent => Cow::Owned(named("last_event")),
            Self::Picked(index) => {
                let cell = columns.list()[index].read(lead, columns.context());
                Cow::Owned(cell.text().into_owned())
            }
        };
        readable(text.trim()).into_owned()
    }
}

/// The line that says what a list was worked out from.
pub(super) fn made_from(columns: &Columns<'_>) -> String {
    let context = columns.context();
    readable(&format!("As of {}, model {}", context.as_of, context.model)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{Available, sample};
    use super::*;
    use crate::value::Zone;

    fn headings(columns: &Columns<'_>) -> String {
        let headings = glances(columns)
            .into_iter()
            .map(|glance| glance.heading(columns));
        headings.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn people_see_a_choice_of_what_the_run_knows() {
        let zone = Zone::utc();
        let all = "Rank, Score, Temperature, Lead, Id, Owner, Why, Last event";
        assert_eq!(headings(&sample::columns(&zone)), all);
        let bare = Columns::of_run(&Available::default(), sample::context(&zone));
        assert_eq!(headings(&bare), "Rank, Score, Temperature, Lead, Why");
    }

    #[test]
    fn picked_columns_take_the_place_of_the_choice() {
        let zone = Zone::utc();
        let picked = sample::columns(&zone).pick(["fit", "rank"]).unwrap();
        assert_eq!(headings(&picked), "fit, rank");
    }

    #[test]
    fn a_lead_without_a_name_is_called_by_its_id() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let mut lead = sample::bare_lead();
        assert_eq!(Glance::Lead.text(&lead, &columns), "c-1");
        lead.name = Some("  ".into());
        assert_eq!(Glance::Lead.text(&lead, &columns), "c-1");
        lead.name = Some("Anna".into());
        assert_eq!(Glance::Lead.text(&lead, &columns), "Anna");
    }
}
