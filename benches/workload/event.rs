//! One event: what chance gives it, and how it stands in a file.

use crate::chance::Chance;
use crate::row::Row;
use crate::words::{EVENTS, PAGES};

/// How the events' file is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Format {
    Csv,
    Ndjson,
}

impl Format {
    /// The file that is written.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "events.csv",
            Self::Ndjson => "events.ndjson",
        }
    }
}

/// The cells of an event beside its contact and its time.
pub struct Event {
    pub name: &'static str,
    /// The number of a home, `MB-…`.
    pub home: Option<u64>,
    pub more: Option<More>,
}

/// The columns that `--columns more` adds.
pub struct More {
    /// Hundredths: up to 4,095.99.
    pub amount: Option<u64>,
    pub page: Option<&'static str>,
}

impl Event {
    /// The next event. What the added columns hold comes from a stream of its own, so that the others stay as they are.
    pub fn next(chance: &mut Chance, more: Option<&mut Chance>) -> Self {
        let kind = usize::from(chance.byte());
        let name = EVENTS[kind % EVENTS.len()];
        let at_a_home = name.starts_with("Property") || name.starts_with("Viewing");
        let home = at_a_home.then(|| 1_000 + chance.below(900));
        let more = more.map(|chance| {
            let priced = at_a_home || name.starts_with("Information");
            let visited = name.starts_with("Website") || name == "Property Viewed";
            More {
                amount: (priced && chance.below(8) > 0).then(|| chance.below(409_600)),
                page: visited.then(|| chance.pick(&PAGES)),
            }
        });
        Self { name, home, more }
    }

    /// The names of the columns, as the first line of a CSV file.
    pub fn header(more: bool) -> &'static [u8] {
        if more {
            b"contact_id,event,timestamp,property_id,amount,page\n"
        } else {
            b"contact_id,event,timestamp,property_id\n"
        }
    }

    /// Appends the event as a row of CSV; `id` writes the contact's id, `day` is `2026-05-05`.
    pub fn csv(&self, row: &mut Row, id: impl FnOnce(&mut Row), day: &str, second: u64) {
        id(row);
        row.cell(self.name);
        row.cell(day);
        row.clock(second);
        row.text(",");
        if let Some(home) = self.home {
            row.text("MB-");
            row.number(home);
        }
        if let Some(more) = &self.more {
            row.text(",");
            if let Some(amount) = more.amount {
                row.hundredths(amount);
            }
            row.cell(more.page.unwrap_or(""));
        }
        row.text("\n");
    }

    /// Appends the event as an object on a line; a cell that is blank in CSV is null.
    pub fn ndjson(&self, row: &mut Row, id: impl FnOnce(&mut Row), day: &str, second: u64) {
        row.text("{\"contact_id\":\"");
        id(row);
        row.text("\",\"event\":\"");
        row.text(self.name);
        row.text("\",\"timestamp\":\"");
        row.text(day);
        row.clock(second);
        row.text("\",\"property_id\":");
        match self.home {
            Some(home) => {
                row.text("\"MB-");
                row.number(home);
                row.text("\"");
            }
            None => row.text("null"),
        }
        if let Some(more) = &self.more {
            row.text(",\"amount\":");
            match more.amount {
                Some(amount) => row.hundredths(amount),
                None => row.text("null"),
            }
            row.text(",\"page\":");
            match more.page {
                Some(page) => {
                    row.text("\"");
                    row.text(page);
                    row.text("\"");
                }
                None => row.text("null"),
            }
        }
        row.text("}\n");
    }
}
