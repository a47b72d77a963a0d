//! How fast the stations are that every row passes: `cargo bench`. For whole runs of any size, and what other engines take for
//! them, see `peers/`.

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use flate2::Compression;
use flate2::write::GzEncoder;

use hotlist::input::{Binding, Opened, Options, Table};
use hotlist::model::{Model, templates};
use hotlist::output::{Available, Columns, Context, Format, Settings, write};
use hotlist::plan::{AsOf, Plan};
use hotlist::run::{Inputs, Run, run};
use hotlist::value::{TimeForm, TimeReader, Zone};

fn main() {
    divan::main();
}

const CONTACTS: u64 = 20_000;
const EVENTS: u64 = 400_000;

/// A number that looks like chance and is the same every time.
fn chance(of: u64) -> u64 {
    of.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) >> 8
}

/// Cells of events: contact, type, time, home, amount.
fn event_cells() -> impl Iterator<Item = [String; 5]> {
    let kinds = [
        "Email Sent",
        "Email Opened",
        "Property Viewed",
        "Email Reply",
        "Note",
    ];
    (0..EVENTS).map(move |event| {
        let chance = chance(event);
        let (contact, day, hour) = (chance / 7 % CONTACTS, 1 + chance % 28, chance % 24);
        [
            contact.to_string(),
            kinds[(chance % 5) as usize].to_owned(),
            format!("2026-10-{day:02}T{hour:02}:11:12Z"),
            format!("MB-{}", chance % 900),
            format!("{}.25", chance % 4_000),
        ]
    })
}

const EVENT_COLUMNS: [&str; 5] = ["contact_id", "event", "timestamp", "property_id", "amount"];

fn events() -> String {
    let mut text = EVENT_COLUMNS.join(",") + "\n";
    for cells in event_cells() {
        text += &cells.join(",");
        text.push('\n');
    }
    text
}

fn events_as_objects() -> String {
    let mut text = String::new();
    for cells in event_cells() {
        let pairs = EVENT_COLUMNS.iter().zip(cells);
        let pairs: Vec<String> = pairs
            .map(|(name, cell)| format!("\"{name}\":\"{cell}\""))
            .collect();
        text += &format!("{{{}}}\n", pairs.join(","));
    }
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).expect("packed");
    encoder.finish().expect("packed")
}

fn contacts() -> String {
    let mut text = String::from(
        "contact_id,name,email,phone,Budget,budget_confirmed,Timeline,Property Type,Location\n",
    );
    for contact in 0..CONTACTS {
        let budget = 80_000 + chance(contact) % 900_000;
        text += &format!(
            "{contact},Anna Visser,lead{contact}@example.com,+34600555010,{budget},yes,now,Villa,Mijas\n"
        );
    }
    text
}

fn opened(bytes: impl AsRef<[u8]>) -> Opened {
    let bytes = std::io::Cursor::new(bytes.as_ref().to_vec());
    Opened::stream("bench".to_owned(), bytes)
}

/// Bytes to rows, four cells of each asked for. Of packed text the bytes counted are those that come out.
#[divan::bench(args = ["csv", "ndjson", "csv.gz"])]
fn rows(bencher: Bencher<'_, '_>, format: &str) {
    let text = if format == "ndjson" {
        events_as_objects()
    } else {
        events()
    };
    let bytes = if format == "csv.gz" {
        packed(&text)
    } else {
        text.clone().into_bytes()
    };
    bencher
        .counter(BytesCount::of_str(&text))
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| opened(&bytes))
        .bench_values(|opened| {
            let mut table = Table::begin(opened, &Options::default()).expect("a table");
            let mut binding = Binding::new(4);
            (0..4).for_each(|column| binding.bind(column, column));
            let mut parser = table.parser(Arc::new(binding));
            let mut length = 0;
            while let Some(block) = table.next_block().expect("a block") {
                let row = |row: Result<hotlist::input::Row<'_>, _>| {
                    let row = row.expect("a good row");
                    length += (0..4).map(|slot| row.text(slot).len()).sum::<usize>();
                };
                parser.parse(&block, row);
            }
            length
        });
}

/// Cells to instants, in a zone with summer time.
#[divan::bench(args = ["2026-10-25T09:30:00Z", "2026-10-25 09:30:00", "2026-10-25T09:30:00.123+02:00"])]
fn instants(bencher: Bencher<'_, '_>, cell: &str) {
    let reader = TimeReader {
        zone: Arc::new(Zone::named("Europe/Amsterdam").expect("a zone")),
        form: TimeForm::Recognised,
        order: None,
    };
    bencher
        .counter(ItemsCount::new(1_u64))
        .bench(|| reader.read(black_box(cell)));
}

fn plan_of(model: &str) -> Plan {
    let model = Model::parse("bench.toml", model).expect("a model");
    let as_of = AsOf::read("2026-11-01", &model.zone).expect("a date");
    Plan::new(Arc::new(model), as_of)
}

fn plan() -> Plan {
    plan_of(templates::REAL_ESTATE.text)
}

fn scored(plan: &Plan, contacts: Opened, events: Opened, threads: usize) -> Run {
    let inputs = Inputs {
        contacts: vec![contacts],
        events: vec![events],
        threads,
        ..Inputs::default()
    };
    run(plan, inputs).expect("a run")
}

/// Everything but the output: accumulation has the largest part in it.
#[divan::bench(args = [1, 2])]
fn scored_events(bencher: Bencher<'_, '_>, threads: usize) {
    let (plan, contacts, events) = (plan(), contacts(), events());
    bencher
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| (opened(&contacts), opened(&events)))
        .bench_values(|(contacts, events)| scored(&plan, contacts, events, threads));
}

/// A run with one signal, by what it takes to keep it until the last event is read.
#[divan::bench(args = [
    "event = 'email_opened'",
    "event = 'email_opened', within = '90 days', decay = { half_life = '30 days' }",
    "event = 'email_opened', limit = { per = 'day', max = 2 }",
    "event = 'email_opened', limit = { per = 'month', max = 2 }, decay = { linear = '90 days' }",
    "event = 'email_opened', where = \"property_id LIKE 'MB-1%'\"",
    "event = 'property_viewed', measure = 'sum', of = 'amount', decay = { step = '30 days', by = 0.15 }",
    "event = 'property_viewed', measure = 'max', of = 'amount'",
    "event = 'property_viewed', measure = 'distinct', of = 'property_id'",
    "event = ['email_opened', 'property_viewed'], measure = 'active_days'",
    "event = ['email_opened', 'property_viewed'], measure = 'days_since_last'",
    "measure = 'response', from = 'email_sent', to = 'email_reply'",
])]
fn accumulated(bencher: Bencher<'_, '_>, signal: &str) {
    let rule = "[[rules]]\nname = 'R'\nsignal = 's'\npoints = 1\n";
    let plan = plan_of(&format!("[signals]\ns = {{ {signal} }}\n{rule}"));
    let (contacts, events) = (contacts(), events());
    bencher
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| (opened(&contacts), opened(&events)))
        .bench_values(|(contacts, events)| scored(&plan, contacts, events, 1));
}

/// A run over contacts alone whose model asks one thing ten times: what it takes beyond `TRUE` is what ten such conditions cost.
#[divan::bench(args = [
    "TRUE",
    "budget >= 150000",
    "budget BETWEEN 100000 AND 500000 OR timeline IN ('now', '1 month')",
    "location LIKE '%Mijas%'",
    "regexp_like(email, '^lead[0-9]+@')",
    "is_email(email) AND is_phone(phone)",
    "CASE WHEN budget_confirmed THEN budget ELSE 0 END > 400000",
])]
fn conditions(bencher: Bencher<'_, '_>, condition: &str) {
    let rules = (1..=10).map(|number| {
        format!("[[rules]]\nname = 'R{number}'\nwhen = \"{condition}\"\npoints = {number}\n")
    });
    let plan = plan_of(&rules.collect::<String>());
    let contacts = contacts();
    bencher
        .counter(ItemsCount::new(CONTACTS))
        .with_inputs(|| Inputs {
            contacts: vec![opened(&contacts)],
            threads: 1,
            ..Inputs::default()
        })
        .bench_values(|inputs| run(&plan, inputs).expect("a run"));
}

/// Ranked leads to bytes.
#[divan::bench(args = ["csv", "json", "ndjson", "xlsx", "html"])]
fn leads_written(bencher: Bencher<'_, '_>, format: &str) {
    let plan = plan();
    let run = scored(&plan, opened(contacts()), opened(events()), 1);
    let context = Context {
        as_of: "2026-11-01".to_owned(),
        model: plan.model.title(),
        zone: &plan.model.zone,
        temperature_tags: Vec::new(),
    };
    let available = Available {
        name: true,
        email: true,
        checklist: true,
        last_event: true,
        ..Available::default()
    };
    let columns = Columns::of_run(&available, context);
    let format = Format::from_name(format).expect("a format");
    bencher.counter(ItemsCount::new(CONTACTS)).bench(|| {
        let leads: Vec<_> = run.ranking.leads().collect();
        let mut out = Vec::new();
        write(format, &columns, Settings::default(), &leads, &mut out).expect("written");
        out
    });
}
