//! How the cells of a case are written: as people leave them, with the times of events in each form that there is, or as
//! a warehouse with typed columns would spell them.

use super::table::Table;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// How the cells of a case are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// As they come.
    AsTheyCome,
    /// The times of events are numbers, of which a second has so many.
    Epoch(&'static str, i64),
    /// The times of events are dates of three numbers, the day or the month first.
    Numeric(&'static str),
    /// Numbers, dates, times and yes and no stand in columns of such types; of events a timestamp with a zone or none.
    Typed { has_zone: bool },
}

/// A typed column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// `contacts` or `events`.
    pub table: &'static str,
    /// As the model calls it.
    pub name: &'static str,
    pub header: &'static str,
    pub kind: &'static str,
}

impl Typed {
    /// Whether a dialect has such a type.
    pub fn is_known_to(&self, dialect: &str) -> bool {
        // SQLite has numbers alone.
        dialect != "sqlite" || ["number", "integer", "boolean"].contains(&self.kind)
    }
}

impl Flavour {
    pub const ALL: [Self; 8] = [
        Self::AsTheyCome,
        Self::AsTheyCome,
        Self::Epoch("unix", 1),
        Self::Epoch("unix-ms", 1_000),
        Self::Epoch("unix-us", 1_000_000),
        Self::Numeric("day-first"),
        Self::Numeric("month-first"),
        Self::Typed { has_zone: true },
    ];

    /// What the section of events says about it.
    pub fn setting(self) -> String {
        match self {
            Self::AsTheyCome => "date_order = \"day-first\"\n".to_owned(),
            Self::Epoch(name, _) => format!("time_format = \"{name}\"\n"),
            Self::Numeric(order) => format!("date_order = \"{order}\"\n"),
            Self::Typed { .. } => String::new(),
        }
    }

    /// The columns that have a type, of which one is called `budget` in the model.
    pub fn types(self, budget: &'static str) -> Vec<Typed> {
        let Self::Typed { has_zone } = self else {
            return Vec::new();
        };
        let time = if has_zone {
            "timestamp"
        } else {
            "local-timestamp"
        };
        [
            ("contacts", budget, "property_details.price_max", "number"),
            ("contacts", "visits", "Visits", "integer"),
            ("contacts", "confirmed", "Confirmed", "boolean"),
            ("contacts", "has_consent", "HasConsent", "boolean"),
            ("contacts", "created_on", "Created On", "date"),
            ("contacts", "viewed_on", "viewedOn", "local-timestamp"),
            ("events", "timestamp", "timestamp", time),
            ("events", "amount_eur", "Amount EUR", "number"),
            ("events", "mobile", "mobile", "boolean"),
            ("events", "listed_on", "listedOn", "date"),
        ]
        .map(|(table, name, header, kind)| Typed {
            table,
            name,
            header,
            kind,
        })
        .to_vec()
    }

    /// Writes the cells of a table so.
    pub fn write(self, of: &str, table: &mut Table) {
        let types = self.types("");
        for (at, header) in table.columns.iter().enumerate() {
            let kind = types
                .iter()
                .find(|typed| typed.table == of && typed.header == header);
            for row in &mut table.rows {
                let cell = &mut row[at];
                match (self, kind) {
                    (_, Some(typed)) => *cell = plain(cell, typed.kind),
                    (Self::Epoch(_, unit), None) if header == "timestamp" => {
                        *cell = epoch(cell, unit);
                    }
                    (Self::Numeric(order), None) if header == "timestamp" => {
                        *cell = numeric(cell, order == "day-first");
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The local time in a cell of the generator's, whatever its offset.
fn local(cell: &str) -> Option<DateTime> {
    let cell = cell.trim();
    let offset = cell.get(10..)?.find(['Z', '+', '-']);
    let local = offset.map_or(cell, |at| &cell[..10 + at]);
    local.parse().ok()
}

fn micros(time: DateTime) -> i64 {
    let time = time.to_zoned(TimeZone::UTC).expect("a time of our days");
    time.timestamp().as_microsecond()
}

fn epoch(cell: &str, unit: i64) -> String {
    local(cell).map_or(cell.to_owned(), |time| {
        let micros = micros(time);
        match unit {
            // With and without decimals.
            1 if micros % 1_000_000 != 0 => {
                format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
            }
            unit => (micros / (1_000_000 / unit)).to_string(),
        }
    })
}

/// Which spelling is taken goes by the time itself, so that rows that come twice are alike.
fn numeric(cell: &str, day_first: bool) -> String {
    let Some(time) = local(cell) else {
        return cell.to_owned();
    };
    let (day, month) = (time.day(), time.month());
    let date = if day_first {
        format!("{day:02}/{month}/{}", time.year())
    } else {
        format!("{month:02}/{day}/{}", time.year())
    };
    let (hour, minute) = (time.hour(), time.minute());
    match (time.second(), time.subsec_nanosecond() / 1_000, hour % 3) {
        (0, 0, 0) if hour == 0 => date,
        (0, 0, 0) => format!("{date} {hour}:{minute:02}"),
        (0, 0, _) => {
            let half = if hour < 12 { "AM" } else { "PM" };
            format!("{date}, {}:{minute:02} {half}", (hour + 11) % 12 + 1)
        }
        (second, 0, _) => format!("{date} {hour}:{minute:02}:{second:02}"),
        (second, micros, _) => format!("{date} {hour}:{minute:02}:{second:02}.{micros:06}"),
    }
}

/// A cell as a typed column spells it; what is not of its type is left out.
fn plain(cell: &str, kind: &str) -> String {
    let number = |decimals: usize| {
        let digits = cell.strip_prefix('-').unwrap_or(cell);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_number = is_digits(whole) && is_digits(fraction);
        (is_number && whole.len() < 12 && fraction.trim_end_matches('0').len() <= decimals)
            .then(|| cell.to_owned())
    };
    let plain = match kind {
        "number" => number(6),
        "integer" => number(0).map(|cell| cell.split('.').next().unwrap_or("").to_owned()),
        "boolean" => match cell.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" | "y" | "x" => Some("true".to_owned()),
            "no" | "false" | "0" | "n" => Some("false".to_owned()),
            _ => None,
        },
        "date" => local(cell).map(|time| time.date().to_string()),
        "local-timestamp" => {
            local(cell).map(|time| time.strftime("%Y-%m-%d %H:%M:%S%.6f").to_string())
        }
        "timestamp" => local(cell).map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()),
        other => panic!("there is no type {other}"),
    };
    plain.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_is_written_in_every_form() {
        for (cell, unix, numeric_time, typed) in [
            (
                "2026-10-05T01:30:00+02:00",
                "1791163800",
                "05/10/2026, 1:30 AM",
                "2026-10-05T01:30:00.000000Z",
            ),
            (
                "2026-10-05 23:59:59.999999",
                "1791244799.999999",
                "05/10/2026 23:59:59.999999",
                "2026-10-05T23:59:59.999999Z",
            ),
            (
                "2026-10-05",
                "1791158400",
                "05/10/2026",
                "2026-10-05T00:00:00.000000Z",
            ),
        ] {
            assert_eq!(epoch(cell, 1), unix);
            assert_eq!(numeric(cell, true), numeric_time);
            assert_eq!(plain(cell, "timestamp"), typed);
        }
    }

    #[test]
    fn a_typed_column_holds_its_type_alone() {
        for (cell, kind, plainly) in [
            ("-2.75", "number", "-2.75"),
            ("€ 300,000", "number", ""),
            ("0.0000005", "number", ""),
            ("2.5", "integer", ""),
            ("Yes ", "boolean", "true"),
            ("maybe", "boolean", ""),
            ("2026-10-31T23:30:00Z", "date", "2026-10-31"),
        ] {
            assert_eq!(plain(cell, kind), plainly, "{cell}");
        }
    }
}
