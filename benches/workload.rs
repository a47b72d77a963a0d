//! Makes contacts and events of any size, to measure with: `cargo run --release --example workload -- --contacts 1000000
//! --events 20000000 --ids numeric|email|uuid --order random|sorted --seed 1 DIR` writes `contacts.csv` and `events.csv` into `DIR`.
//!
//! The headers are those of the sample, as far as the built-in model reads them. Rows are made one by one from the seed and never
//! kept, so that memory stays the same whatever the size; a lead's number and the seed decide its cells. With `--order random`
//! events fall on leads at random, a third of them on a tenth of the leads, as in a log by time of writing; with `--order sorted`
//! they stand lead by lead, each lead's by time, as many for each. With e-mail addresses for ids a row of a million leads'
//! events takes about 61 bytes, with numbers 47, with UUIDs 75.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

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
    workload.write_contacts(&workload.folder.join("contacts.csv"))?;
    workload.write_events(&workload.folder.join("events.csv"))?;
    Ok(())
}

impl Workload {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut workload = Self {
            contacts: 1_000_000,
            events: 20_000_000,
            ids: Ids::Numeric,
            sorted: false,
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

    fn write_contacts(&self, path: &Path) -> std::io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        out.write_all(
            b"contact_id,type,name,email,owner_email,lead.source,budget_confirmed,\
              property_details.price_max,timing.timeline_max,property_details.type,\
              property_details.location,phone,lead.status,tags\n",
        )?;
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
        row.text("\n");
    }

    fn write_events(&self, path: &Path) -> std::io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        out.write_all(b"contact_id,event,timestamp,property_id\n")?;
        let calendar: Vec<String> = (0..DAYS).map(|day| iso_day(FIRST / DAY + day)).collect();
        let mut chance = Chance::of(self.seed ^ 0xE7, 0);
        let mut row = Row::default();
        let mut event = |contact: u64, second: u64, chance: &mut Chance| {
            row.0.clear();
            self.id(&mut row, contact);
            let kind = usize::from(chance.byte());
            let name = EVENTS[kind % EVENTS.len()];
            row.cell(name);
            row.cell(&calendar[usize::try_from(second / DAY).unwrap_or(0)]);
            row.clock(second % DAY);
            row.text(",");
            if name.starts_with("Property") || name.starts_with("Viewing") {
                row.text("MB-");
                row.number(1_000 + chance.below(900));
            }
            row.text("\n");
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

/// A row being written.
#[derive(Default)]
struct Row(Vec<u8>);

impl Row {
    fn text(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    fn cell(&mut self, text: &str) {
        self.text(",");
        self.text(text);
    }

    fn digit(&mut self, digit: u64) {
        self.0
            .push(b"0123456789abcdef"[usize::try_from(digit & 15).unwrap_or(0)]);
    }

    fn number(&mut self, number: u64) {
        let mut size = 1;
        while number / size >= 10 {
            size *= 10;
        }
        while size > 0 {
            self.digit(number / size % 10);
            size /= 10;
        }
    }

    /// `T10:11:12Z` of a second of the day.
    fn clock(&mut self, second: u64) {
        for (mark, part) in
            ["T", ":", ":"]
                .into_iter()
                .zip([second / 3_600, second / 60 % 60, second % 60])
        {
            self.text(mark);
            self.digit(part / 10);
            self.digit(part % 10);
        }
        self.text("Z");
    }

    /// A version 4 UUID (RFC 9562) of these bits.
    fn uuid(&mut self, high: u64, low: u64) {
        let high = high & !0xF000 | 0x4000;
        let low = low & !(3 << 62) | 2 << 62;
        for nibble in (0..16).rev() {
            self.digit(high >> (4 * nibble));
            if matches!(nibble, 8 | 4 | 0) {
                self.text("-");
            }
        }
        for nibble in (0..16).rev() {
            self.digit(low >> (4 * nibble));
            if nibble == 12 {
                self.text("-");
            }
        }
    }
}

/// Chance, from a seed: `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    /// The stream of one thing among many, so that it can be made again without the others.
    fn of(seed: u64, number: u64) -> Self {
        let mut first = Self(seed ^ number.wrapping_mul(0xA24B_AED4_963E_E407));
        Self(first.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(n)) >> 64).unwrap_or(0)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[7]
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let place = self.below(u64::try_from(choices.len()).unwrap_or(1));
        choices[usize::try_from(place).unwrap_or(0)]
    }
}

/// `2026-05-05` for days since 1970-01-01.
fn iso_day(day: u64) -> String {
    let z = day + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// Sixteen, so that a byte falls on each as often; the frequent ones stand twice or more.
const EVENTS: [&str; 16] = [
    "Email Sent",
    "Email Sent",
    "Email Opened",
    "Email Opened",
    "Email Clicked",
    "Website Visit",
    "Website Visit",
    "Property Viewed",
    "Property Viewed",
    "Property Viewed",
    "Property Saved",
    "Information Requested",
    "Viewing Requested",
    "Call Made",
    "Email Reply",
    "WhatsApp Reply",
];

const FIRST_NAMES: [&str; 8] = [
    "Anna", "Björn", "Carmen", "Dirk", "Élodie", "Fiona", "Günter", "Håkan",
];

const LAST_NAMES: [&str; 8] = [
    "Visser",
    "O'Shea",
    "Muñoz",
    "Lindqvist",
    "Böhm",
    "Garnier",
    "Whitworth",
    "de Vries",
];

const OWNERS: [&str; 5] = [
    "tom.hadley@agency.example",
    "joost.verweij@agency.example",
    "katrin.vogt@agency.example",
    "ingela.lund@agency.example",
    "marta.soler@agency.example",
];

const SOURCES: [&str; 6] = [
    "Portals",
    "Website",
    "Referral",
    "Social Media",
    "Email Campaign",
    "Incoming Call",
];

const HOMES: [&str; 4] = ["Apartment", "Villa", "Townhouse", ""];

const PLACES: [&str; 6] = [
    "Marbella",
    "Estepona",
    "Mijas",
    "Fuengirola",
    "\"Marbella, Estepona\"",
    "",
];
