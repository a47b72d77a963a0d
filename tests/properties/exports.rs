//! Random exports: contacts with the cells that people leave behind, and
//! events at the times where counting goes wrong.

use super::by_hand::{override_cells, override_file, previous};
use super::clocks::Clock;
use super::conditions::TEXTS;
use super::models::ModelText;
use super::row::Row;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The rows and the as-of of one run.
#[derive(Debug, Clone)]
pub struct Exports {
    pub contacts: Vec<Row>,
    pub events: Vec<Row>,
    /// The output of a run before; empty where there is none.
    pub previous: Vec<Row>,
    /// A file of overrides; empty where there is none.
    pub overrides: Vec<Row>,
    pub as_of: String,
}

/// Exports that the model can score, around the days on which its clock changes.
pub fn exports(model: &ModelText) -> impl Strategy<Value = Exports> + use<> {
    let model = model.clone();
    as_of(model.clock).prop_flat_map(move |as_of| {
        let people = people(&model, &as_of);
        let (model, as_of) = (model.clone(), as_of.clone());
        people.prop_flat_map(move |(contacts, events)| {
            let previous = previous(&contacts, &model.temperatures);
            let overrides = override_file(&contacts, &model.temperatures, &as_of);
            let as_of = as_of.clone();
            (previous, overrides).prop_map(move |(previous, overrides)| Exports {
                contacts: contacts.clone(),
                events: events.clone(),
                previous,
                overrides,
                as_of: as_of.clone(),
            })
        })
    })
}

/// Contacts and their events.
fn people(model: &ModelText, as_of: &str) -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> + use<> {
    let times = vec(time(as_of, model.clock), 1..8);
    let contact = (contact(), override_cells(&model.temperatures, as_of));
    let contact = contact.prop_map(|(mut row, by_hand)| {
        row.extend(by_hand);
        row
    });
    let rows = (vec(contact, 1..6), times, vec(event(), 1..60));
    let repeats = (
        vec(any::<Index>(), 0..2),
        vec(any::<Index>(), 0..4),
        any::<bool>(),
    );
    let (by_email, has_event_key) = (model.matches_email, model.has_event_key);
    (rows, repeats).prop_map(
        move |((contacts, times, events), (same_contacts, same_events, with_ids))| {
            let mut contacts: Vec<Row> = (0..)
                .zip(contacts)
                .map(|(at, row)| identified(at, row, by_email))
                .collect();
            let mut events: Vec<Row> = (0..)
                .zip(events)
                .map(|(at, event)| {
                    let mut row = event_row(at, event, &contacts, &times, by_email, with_ids);
                    if has_event_key && at % 5 == 1 && !row["Company"].trim().is_empty() {
                        row.insert("contact_id".to_owned(), String::new());
                    }
                    row
                })
                .collect();
            repeat(&mut contacts, &same_contacts);
            repeat(&mut events, &same_events);
            (contacts, events)
        },
    )
}

/// Rows that stand in the export twice, letter for letter.
fn repeat(rows: &mut Vec<Row>, which: &[Index]) {
    for index in which {
        rows.push(index.get(rows).clone());
    }
}

fn row(cells: &[(&str, String)]) -> Row {
    cells
        .iter()
        .map(|(header, cell)| ((*header).to_owned(), cell.clone()))
        .collect()
}

fn cell(cells: &[&'static str]) -> BoxedStrategy<String> {
    select(cells.to_vec()).prop_map(str::to_owned).boxed()
}

fn text() -> BoxedStrategy<String> {
    let odd = cell(&[
        "Referral",
        "referral",
        " Referral ",
        "Portals",
        "Référence",
        "lead",
        "",
        "  ",
        "\u{a0}",
        "N/A",
        "n/a",
        "-",
        "Select",
        "a,b;\"c\"",
        "two\nlines",
        "aaé",
        "Ω",
        "it's",
        " x",
        "100%",
        "a_b",
        "a\\b",
        "🏠 e",
    ]);
    // Half of the cells are what conditions ask for, so that some are met.
    let asked = select(TEXTS.to_vec()).prop_map(|text| text.replace("''", "'"));
    prop_oneof![odd, asked].boxed()
}

fn number() -> BoxedStrategy<String> {
    let odd = cell(&[
        "",
        "N/A",
        "-",
        "abc",
        "0",
        "1",
        "1,234",
        "1.234",
        "1,5",
        "1.5",
        "€ 300,000",
        "€ 300.000",
        "-$12.50",
        "300 €",
        "45%",
        "12,345,678.9",
        "12.345.678,9",
        "0.0000005",
        "0,0000015",
        "1e3",
        "5.",
        ".5",
        ",5",
        " 7 ",
        "+3",
        "--3",
        "1,23,456",
        "999999999999",
        "-2.75",
    ]);
    prop_oneof![2 => odd, 1 => (-50_i32..400_000).prop_map(|number| number.to_string())].boxed()
}

fn flag() -> BoxedStrategy<String> {
    cell(&[
        "yes",
        "Yes ",
        "TRUE",
        "1",
        "y",
        "x",
        "ja",
        "si",
        "Sí",
        "SÍ",
        "oui",
        "checked",
        "no",
        "False",
        "0",
        "n",
        "nee",
        "NEIN",
        "non",
        "unchecked",
        "maybe",
        "",
        "N/A",
        "2",
        "j",
    ])
}

/// Days before and after the as-of, in the spellings that need no setting.
fn day() -> BoxedStrategy<String> {
    cell(&[
        "2026-10-31",
        "2026-11-01",
        "2026-11-01T00:30:00+14:00",
        "2026-10-31T23:30:00Z",
        "2026-09-06",
        "2026-03-29 02:30:00",
        "2026-03-28T23:59:59.999999",
        "2027-01-01",
        "2024-02-29",
        "2023-02-29",
        "soon",
        "",
        "-",
        "1999-12-31",
    ])
}

/// Days of one column whose order the cells themselves settle.
fn day_first() -> BoxedStrategy<String> {
    cell(&[
        "31/10/2026",
        "29/02/2024",
        "30/02/2024",
        "13/1/2026",
        "28/03/2026 11:30 PM",
        "25/10/2026 2:30",
        "",
        "later",
    ])
}

/// The name of an account, spelled in several ways.
fn company() -> BoxedStrategy<String> {
    cell(&[
        "Acme",
        "Acme",
        "Acme",
        "Acme",
        " Acme ",
        "acme",
        "Café",
        "Cafe\u{301}",
        "",
        "  ",
        "Nordwind",
    ])
}

fn contact() -> impl Strategy<Value = Row> {
    let email = cell(&[
        "anna@example.com",
        "made-up@gmail.com",
        "Made.Up@Yahoo.com",
        " anna@example.com",
        "anna@",
        "anna",
        "",
        "a.b+c@sub.example.org",
    ]);
    let phone = cell(&[
        "+31 (0)20-123 45 67",
        "0031201234567",
        "123456",
        "12345 ext 7",
        "",
        "020/1234567",
        "+0012345678",
    ]);
    let tags = cell(&[
        "VIP",
        "vip",
        "Buyer; VIP",
        "a,é ,b",
        "Buyers",
        "",
        ";;",
        "VIP Buyer",
    ]);
    let kind = cell(&["lead", "lead", "Lead", "customer", ""]);
    let details = (number(), number(), flag(), flag(), day(), day_first());
    let texts = (text(), text(), email, phone, tags, kind, text(), company());
    (texts, details).prop_map(
        |(
            (source, notes, email, phone, tags, kind, stage, company),
            (budget, visits, confirmed, consent, created, viewed),
        )| {
            row(&[
                ("Lead Source", source),
                ("Notes", notes),
                ("Email", email),
                ("Phone", phone),
                ("Tags", tags),
                ("Type", kind),
                ("Stage", stage),
                ("Company", company),
                ("property_details.price_max", budget),
                ("Visits", visits),
                ("Confirmed", confirmed),
                ("HasConsent", consent),
                ("Created On", created),
                ("viewedOn", viewed),
            ])
        },
    )
}

/// Gives a contact an id of its own, and where events name the address, an
/// address of its own as well.
fn identified(at: usize, mut contact: Row, by_email: bool) -> Row {
    let id = match at % 5 {
        0 => format!("c{at}"),
        1 => format!("00{at}"),
        2 => format!(" C{at} "),
        3 => format!("é-{at}"),
        _ => format!("Ω{at}"),
    };
    contact.insert("contact_id".to_owned(), id);
    if by_email && !contact["Email"].is_empty() {
        contact.insert("Email".to_owned(), format!("User{at}@example.com"));
    }
    contact
}

fn day_before(day: Date, back: i32) -> Date {
    day.checked_sub(jiff::Span::new().days(back)).expect("near")
}

fn day_of(text: &str) -> Date {
    text[..10].parse().expect("a date")
}

/// A day on which the clock changes or one soon after, or an instant.
fn as_of(clock: Clock) -> BoxedStrategy<String> {
    let change = select(vec![clock.twice, clock.never]);
    let day = (change, 0_i32..3)
        .prop_map(|(change, after)| day_before(day_of(change), -after).to_string());
    let instant = cell(&[
        "2026-11-01T05:30:00Z",
        "2026-03-29T00:59:59.999999Z",
        "2026-10-24T21:30:00.5Z",
    ]);
    prop_oneof![3 => day, 1 => cell(&["2026-11-01", "2026-12-31"]), 1 => instant].boxed()
}

/// A time near as-of, at the edges of days, of clock changes and of as-of.
fn time(as_of: &str, clock: Clock) -> BoxedStrategy<String> {
    let today = day_of(as_of);
    let back = prop_oneof![3 => -2_i32..9, 2 => 0_i32..120, 1 => 350_i32..370];
    let clock_time = select(vec![
        "00:00:00",
        "23:59:59.999999",
        "23:59:59",
        "00:30:00",
        "01:30:00",
        "02:30:00",
        "02:00:00",
        "12:00",
        "05:30:00.5",
        "21:30:00.500001",
    ]);
    let between = select(vec!["T", " "]);
    let zone = select(vec!["", "", "Z", "+02:00", "-0530", "+13:45"]);
    let near = (back, clock_time, between, zone).prop_map(move |(back, time, between, zone)| {
        format!("{}{between}{time}{zone}", day_before(today, back))
    });
    let day = (-2_i32..60).prop_map(move |back| day_before(today, back).to_string());
    let edge = if as_of.len() == 10 {
        format!("{as_of}T23:59:59.999999")
    } else {
        as_of.to_owned()
    };
    let change = select(vec![clock.twice, clock.never]).prop_map(str::to_owned);
    prop_oneof![4 => near, 2 => day, 1 => Just(edge), 2 => change].boxed()
}

/// An event before its contact and its time are chosen.
type Event = (
    (Index, Index, Option<u32>),
    (String, String, String, String, String, String, String),
);

fn event() -> impl Strategy<Value = Event> {
    let kind = cell(&[
        "page_view",
        "Page View",
        "PageView",
        "Email Opened",
        "OPEN",
        " open ",
        "inquiry",
        "Inquiry",
        "call",
        "outreach_sent",
        "outreach_sent",
        "Outreach Sent",
        "outreach_sent",
        "reply",
        "Reply",
        "reply",
        "newsletter",
    ]);
    let path = cell(&[
        "/pricing",
        "/pricing/plans",
        "/Pricing_1%",
        "",
        "N/A",
        "lead",
        "Référence",
        "VIP,a",
    ]);
    let property = cell(&["p1", "P1", "p2", " p2", "", "-", "Ω"]);
    let stranger = proptest::option::weighted(0.1, 0_u32..3);
    (
        (any::<Index>(), any::<Index>(), stranger),
        (kind, path, property, number(), flag(), day(), company()),
    )
}

fn event_row(
    at: usize,
    event: Event,
    contacts: &[Row],
    times: &[String],
    by_email: bool,
    with_ids: bool,
) -> Row {
    let ((contact, time, stranger), (kind, path, property, amount, mobile, listed, company)) =
        event;
    let named = &contact.get(contacts)[if by_email { "Email" } else { "contact_id" }];
    let contact = match stranger {
        Some(stranger) => format!("nobody-{stranger}"),
        None if named.is_empty() => "nobody".to_owned(),
        None if by_email && at.is_multiple_of(2) => named.to_uppercase(),
        None => named.clone(),
    };
    let mut row = row(&[
        ("contact_id", contact),
        ("event", kind),
        ("timestamp", time.get(times).clone()),
        ("path", path),
        ("Property ID", property),
        ("Amount EUR", amount),
        ("mobile", mobile),
        ("listedOn", listed),
        ("Company", company),
    ]);
    if with_ids {
        row.insert("event_id".to_owned(), format!("e{at}"));
    }
    row
}
