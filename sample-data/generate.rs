//! Makes the sample: the CRM exports of a made-up property agency on the Spanish coast, as of 1 November 2026.
//!
//! `cargo run --example generate-sample -- sample-data` writes `contacts.csv`, `events.csv`, `contacts.json` and `events.json` into
//! the folder. The same bytes come out each time: chance has a fixed seed and time a fixed end. Leads are born with hidden qualities
//! (`lead`), live through the half year (`story`, `outreach`, `browsing`) and leave what the CRM knows of them (`record`).

use std::error::Error;
use std::path::PathBuf;

#[path = "generator/archetype.rs"]
mod archetype;
#[path = "generator/browsing.rs"]
mod browsing;
#[path = "generator/clock.rs"]
mod clock;
#[path = "generator/identity.rs"]
mod identity;
#[path = "generator/lead.rs"]
mod lead;
#[path = "generator/listing.rs"]
mod listing;
#[path = "generator/market.rs"]
mod market;
#[path = "generator/outreach.rs"]
mod outreach;
#[path = "generator/owner.rs"]
mod owner;
#[path = "generator/partner.rs"]
mod partner;
#[path = "generator/random.rs"]
mod random;
#[path = "generator/record.rs"]
mod record;
#[path = "generator/source.rs"]
mod source;
#[path = "generator/story.rs"]
mod story;
#[path = "generator/table.rs"]
mod table;

use identity::Register;
use lead::Lead;
use listing::Listing;
use random::Random;
use record::CONTACT_COLUMNS;
use story::{Event, Story};
use table::Table;

const SEED: u64 = 170;
const LEADS: u64 = 490;
/// Places, in order of arrival, of leads that were deleted from the CRM while their events stayed in the log.
const DELETED: [usize; 5] = [58, 171, 232, 340, 427];
/// Events that each deleted lead left behind at most.
const LEFT_BEHIND: [usize; 5] = [3, 2, 3, 2, 2];

const EVENT_COLUMNS: [&str; 8] = [
    "event_id",
    "contact_id",
    "event",
    "timestamp",
    "property_id",
    "path",
    "campaign",
    "agent_email",
];

/// The four files.
pub struct Sample {
    /// `contacts.csv`
    pub contacts_csv: String,
    /// `events.csv`
    pub events_csv: String,
    /// `contacts.json`
    pub contacts_json: String,
    /// `events.json`
    pub events_json: String,
}

/// Makes the sample.
pub fn generate() -> Sample {
    let listings = listing::listings(&mut Random::stream(SEED, 0));
    let mut leads: Vec<(u64, Lead)> = (1..=LEADS)
        .map(|number| {
            let mut random = Random::stream(SEED, number);
            (number, Lead::born(&mut random, &listings))
        })
        .collect();
    leads.sort_by_key(|(number, lead)| (lead.came, *number));

    let mut register = Register::default();
    let mut contacts = Vec::new();
    let mut events = Vec::new();
    for (place, (number, lead)) in leads.iter().enumerate() {
        let id = format!("L-{}", 10_001 + place);
        let mut story = Story::told(lead, &listings, Random::stream(SEED, 1_000 + number));
        if let Some(deleted) = DELETED.iter().position(|gone| *gone == place) {
            story.events.truncate(LEFT_BEHIND[deleted]);
        } else {
            let mut random = Random::stream(SEED, 2_000 + number);
            let who = register.lead(lead, &mut random);
            contacts.push(record::lead_row(id.clone(), &story, &who, &mut random));
        }
        events.extend(story.events.into_iter().map(|event| (id.clone(), event)));
    }
    for (row, with) in partner::partners(&mut Random::stream(SEED, 9_999)) {
        events.extend(with.into_iter().map(|event| (row[0].clone(), event)));
        contacts.push(row);
    }
    events.sort_by(|(one, a), (other, b)| (a.at, one, a.name).cmp(&(b.at, other, b.name)));

    let contacts = Table {
        columns: &CONTACT_COLUMNS,
        rows: contacts,
    };
    let events = Table {
        columns: &EVENT_COLUMNS,
        rows: events
            .into_iter()
            .zip(1..)
            .map(|((contact, event), number)| event_row(number, contact, event, &listings))
            .collect(),
    };
    Sample {
        contacts_csv: contacts.csv(),
        events_csv: events.csv(),
        contacts_json: contacts.json(),
        events_json: events.json(),
    }
}

fn event_row(number: i64, contact: String, event: Event, listings: &[Listing]) -> Vec<String> {
    let property = event.listing.map(|place| listings[place].id.clone());
    vec![
        format!("E-{number:06}"),
        contact,
        event.name.to_owned(),
        clock::iso(event.at),
        property.unwrap_or_default(),
        event.path,
        event.campaign,
        event.agent.to_owned(),
    ]
}

/// Writes the files into the folder named first on the command line.
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or("name the folder to write to")?;
    let sample = generate();
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("contacts.csv"), sample.contacts_csv)?;
    std::fs::write(folder.join("events.csv"), sample.events_csv)?;
    std::fs::write(folder.join("contacts.json"), sample.contacts_json)?;
    std::fs::write(folder.join("events.json"), sample.events_json)?;
    Ok(())
}
