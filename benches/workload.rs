//! Makes contacts and events of any size, to measure with: `cargo run --release --example workload -- --contacts 1000000
//! --events 20000000 --ids numeric|email|uuid --order random|sorted --format csv|ndjson --columns usual|more --seed 1 DIR`
//! writes `contacts.csv` and `events.csv` or `events.ndjson` into `DIR`. `peers/run` does so by itself.
//!
//! The headers are those of the sample, as far as the built-in model reads them. Rows are made one by one from the seed and never
//! kept, so that memory stays the same whatever the size; a lead's number and the seed decide its cells. With `--order random`
//! events fall on leads at random, a third of them on a tenth of the leads, as in a log by time of writing; with `--order sorted`
//! they stand lead by lead, each lead's by time, as many for each. With e-mail addresses for ids a row of a million leads'
//! events takes about 61 bytes, with numbers 47, with UUIDs 75.
//!
//! Both formats hold the same rows; a blank cell of CSV is null in NDJSON. `--columns more` adds what a model with every
//! measure reads, `created`, `employees` and `country` to the contacts, `amount` and `page` to the events, and changes
//! nothing else.

#[path = "workload/chance.rs"]
mod chance;
#[path = "workload/event.rs"]
mod event;
#[path = "workload/row.rs"]
mod row;
#[path = "workload/words.rs"]
mod words;

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use chance::Chance;
use event::{Event, Format};
use row::{Row, iso_day};
use words::{COUNTRIES, FIRST_NAMES, HOMES, LAST_NAMES, OWNERS, PLACES, SOURCES};

const DAY: u64 = 86_400;
/// 2026-05-05T00:00:00Z, the first of the 180 days before 2026-11-01.
const FIRST: u64 = 1_777_939_200;
const DAYS: u64 = 180;

/// What to make.
struct Workload {
    contacts: u64,
    events: u64,
    ids: Ids,
    sorted: bool,
    format: Format,
    /// Whether the columns of `--columns more` are there.
    more: bool,
    seed: u64,
    folder: PathBuf,
}

/// How contacts are known.
#[derive(Clone, Copy)]
enum Ids {
    Numeric,
    Email,
    Uuid,
}

fn main() -> Result<(), Box<dyn Error>> {
    let workload = Workload::read(std::env::args().skip(1))?;
    std::fs::create_dir_all(&workload.folder)?;
    let file = |name: &str| {
        let file = File::create(workload.folder.join(name))?;
        Ok::<_, std::io::Error>(BufWriter::with_capacity(1 << 20, file))
    };
    workload.write_contacts(&mut file("contacts.csv")?)?;
    workload.write_events(&mut file(workload.format.file_name())?)?;
    Ok(())
}

impl Workload {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut workload = Self {
            contacts: 1_000_000,
            events: 20_000_000,
            ids: Ids::Numeric,
            sorted: false,
            format: Format::Csv,
            more: false,
            seed: 1,
            folder: PathBuf::new(),
        };
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                workload.folder = word.into();
                continue;
            }
            let value = words
                .next()
                .ok_or_else(|| format!("{word} needs a value"))?;
            match (word.as_str(), value.as_str()) {
                ("--contacts", number) => workload.contacts = number.parse()?,
                ("--events", number) => workload.events = number.parse()?,
                ("--seed", number) => workload.seed = number.parse()?,
                ("--ids", "numeric") => workload.ids = Ids::Numeric,
                ("--ids", "email") => workload.ids = Ids::Email,
                ("--ids", "uuid") => workload.ids = Ids::Uuid,
                ("--order", "random") => workload.sorted = false,
                ("--order", "sorted") => workload.sorted = true,
                ("--format", "csv") => workload.format = Format::Csv,
                ("--format", "ndjson") => workload.format = Format::Ndjson,
                ("--columns", "usual") => workload.more = false,
                ("--columns", "more") => workload.more = true,
                _ => return Err(format!("{word} {value} is not known").into()),
            }
        }
        if workload.folder.as_os_str().is_empty() {
            return Err("name the folder to write to".into());
        }
        if workload.contacts == 0 {
            return Err("--contacts must be 1 or more".into());
        }
        Ok(workload)
    }

    fn write_contacts(&self, out: &mut impl Write) -> std::io::Result<()> {
        out.write_all(
            b"contact_id,type,name,email,owner_email,lead.source,budget_confirmed,\
              property_details.price_max,timing.timeline_max,property_details.type,\
              property_details.location,phone,lead.status,tags",
        )?;
        out.write_all(if self.more {
            b",created,employees,country\n"
        } else {
            b"\n"
        })?;
        let mut row = Row::default();
        for contact in 0..self.contacts {
            row.0.clear();
            self.contact(&mut row, contact);
            out.write_all(&row.0)?;
        }
        out.flush()
    }

    fn contact(&self, row: &mut Row, contact: u64) {
        let mut chance = Chance::of(self.seed ^ 0xC0, contact);
        self.id(row, contact);
        row.cell(if chance.below(50) == 0 {
            "contact"
        } else {
            "lead"
        });
        row.cell(chance.pick(&FIRST_NAMES));
        row.text(" ");
        row.text(chance.pick(&LAST_NAMES));
        row.text(",lead");
        row.number(contact);
        row.text("@example.com");
        row.cell(chance.pick(&OWNERS));
        row.cell(chance.pick(&SOURCES));
        row.cell(chance.pick(&["yes", "yes", "no", "", ""]));
        row.text(",");
        if chance.below(4) > 0 {
            row.number(80_000 + 5_000 * chance.below(160));
        }
        row.cell(chance.pick(&[
            "now",
            "1 month",
            "3 months",
            "6 months",
            "12 months",
            "no plans",
            "",
            "",
        ]));
        row.cell(chance.pick(&HOMES));
        row.cell(chance.pick(&PLACES));
        row.text(",");
        if chance.below(10) > 0 {
            row.text("+346005550");
            row.number(100 + chance.below(900));
        }
        row.cell(chance.pick(&["New", "Contacted", "Qualified", "Converted", "Lost"]));
        row.cell(chance.pick(&["", "", "Sea view", "Investor", "\"Golf, Warm Lead\""]));
        if self.more {
            self.contact_more(row, contact);
        }
        row.text("\n");
    }

    fn contact_more(&self, row: &mut Row, contact: u64) {
        let mut chance = Chance::of(self.seed ^ 0xC1, contact);
        row.text(",");
        if chance.below(10) > 0 {
            // At most two years before the last of the events' days.
            row.text(&iso_day(FIRST / DAY + DAYS - 1 - chance.below(730)));
        }
        row.text(",");
        if chance.below(3) > 0 {
            row.number(1 + chance.below(2_000));
        }
        row.cell(chance.pick(&COUNTRIES));
    }

    fn write_events(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.format == Format::Csv {
            out.write_all(Event::header(self.more))?;
        }
        let calendar: Vec<String> = (0..DAYS).map(|day| iso_day(FIRST / DAY + day)).collect();
        let mut chance = Chance::of(self.seed ^ 0xE7, 0);
        let mut more = self.more.then(|| Chance::of(self.seed ^ 0xE8, 0));
        let mut row = Row::default();
        let mut event = |contact: u64, second: u64, chance: &mut Chance| {
            let event = Event::next(chance, more.as_mut());
            let day = &calendar[usize::try_from(second / DAY).unwrap_or(0)];
            let id = |row: &mut Row| self.id(row, contact);
            row.0.clear();
            match self.format {
                Format::Csv => event.csv(&mut row, id, day, second % DAY),
                Format::Ndjson => event.ndjson(&mut row, id, day, second % DAY),
            }
            out.write_all(&row.0)
        };
        if self.sorted {
            for contact in 0..self.contacts {
                let until = |place: u64| {
                    u128::from(self.events) * u128::from(place) / u128::from(self.contacts)
                };
                let share = u64::try_from(until(contact + 1) - until(contact)).unwrap_or(0);
                for place in 0..share {
                    let step = DAYS * DAY / share;
                    let second = place * step + chance.below(step.max(1));
                    event(contact, second, &mut chance)?;
                }
            }
        } else {
            for _ in 0..self.events {
                let busy = chance.below(4) == 0;
                let among = if busy {
                    self.contacts.div_ceil(10)
                } else {
                    self.contacts
                };
                let contact = chance.below(among);
                let second = chance.below(DAYS * DAY);
                event(contact, second, &mut chance)?;
            }
        }
        out.flush()
    }

    fn id(&self, row: &mut Row, contact: u64) {
        match self.ids {
            Ids::Numeric => row.number(10_000_000 + contact),
            Ids::Email => {
                row.text("lead");
                row.number(contact);
                row.text("@example.com");
            }
            Ids::Uuid => {
                let mut chance = Chance::of(self.seed ^ 0x1D, contact);
                row.uuid(chance.next(), chance.next());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn workload(more: &[&str]) -> Workload {
        let words = "--contacts 300 --events 2000 DIR".split(' ');
        let words = words.chain(more.iter().copied()).map(str::to_owned);
        Workload::read(words).expect("known words")
    }

    fn contacts(more: &[&str]) -> String {
        let mut out = Vec::new();
        workload(more).write_contacts(&mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    fn events(more: &[&str]) -> String {
        let mut out = Vec::new();
        workload(more).write_events(&mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    fn digest(text: &str) -> String {
        let digest = Sha256::digest(text);
        let beginning = [digest[0], digest[1], digest[2], digest[3]];
        format!("{:08x}", u32::from_be_bytes(beginning))
    }

    /// Figures that are written down somewhere are of these bytes.
    #[test]
    fn a_seed_gives_the_bytes_it_always_gave() {
        let of = |more: &[&str]| format!("{} {}", digest(&contacts(more)), digest(&events(more)));
        assert_eq!(of(&[]), "345c52b2 af01ae4e");
        assert_eq!(of(&["--ids", "email"]), "be62dd1c dfb2d6f1");
        assert_eq!(
            of(&["--ids", "uuid", "--order", "sorted"]),
            "bd9f0dc3 0153f32b"
        );
    }

    #[test]
    fn more_columns_leave_the_others_as_they_are() {
        let with_less = |text: &str, columns: usize| -> Vec<String> {
            let without = |line: &str| line.rsplitn(columns + 1, ',').last().map(str::to_owned);
            text.lines().filter_map(without).collect()
        };
        let lines = |text: String| -> Vec<String> { text.lines().map(str::to_owned).collect() };
        let more = &["--columns", "more"];
        assert_eq!(with_less(&contacts(more), 3), lines(contacts(&[])));
        assert_eq!(with_less(&events(more), 2), lines(events(&[])));
    }

    #[test]
    fn both_formats_hold_the_same_rows() {
        for ids in ["numeric", "uuid"] {
            let more = ["--columns", "more", "--ids", ids];
            let csv = events(&more);
            let mut lines = csv.lines();
            let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
            let objects = events(&[&more[..], &["--format", "ndjson"]].concat());
            let mut objects = objects.lines();
            for (line, object) in lines.by_ref().zip(objects.by_ref()) {
                let object: serde_json::Value = serde_json::from_str(object).expect("JSON");
                assert_eq!(
                    object.as_object().map(serde_json::Map::len),
                    Some(names.len())
                );
                for (name, cell) in names.iter().zip(line.split(',')) {
                    let same = match &object[name] {
                        serde_json::Value::Null => cell.is_empty(),
                        serde_json::Value::String(text) => text == cell,
                        number => number.as_f64() == cell.parse().ok(),
                    };
                    assert!(same, "{name}: {line} and {object}");
                }
            }
            assert_eq!((lines.next(), objects.next()), (None, None));
        }
    }
}
