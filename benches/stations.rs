//! How fast the stations are that every row passes: `cargo bench`. For whole runs of any size see `workload.rs`.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

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

fn events() -> String {
    let kinds = [
        "Email Sent",
        "Email Opened",
        "Property Viewed",
        "Email Reply",
        "Note",
    ];
    let mut text = String::from("contact_id,event,timestamp,property_id\n");
    for event in 0..EVENTS {
        let chance = chance(event);
        let kind = kinds[(chance % 5) as usize];
        let (contact, day, hour) = (chance / 7 % CONTACTS, 1 + chance % 28, chance % 24);
        let home = chance % 900;
        text += &format!("{contact},{kind},2026-10-{day:02}T{hour:02}:11:12Z,MB-{home}\n");
    }
    text
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

fn opened(text: &str) -> Opened {
    let bytes = std::io::Cursor::new(text.as_bytes().to_vec());
    Opened::stream("bench.csv".to_owned(), bytes)
}

/// Delimited text to rows, all cells asked for.
#[divan::bench]
fn rows_of_delimited_text(bencher: Bencher<'_, '_>) {
    let text = events();
    bencher
        .counter(BytesCount::of_str(&text))
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| opened(&text))
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

fn plan() -> Plan {
    let model = Model::parse("real-estate.toml", templates::REAL_ESTATE.text).expect("a model");
    let as_of = AsOf::read("2026-11-01", &model.zone).expect("a date");
    Plan::new(Arc::new(model), as_of)
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

/// Ranked leads to bytes.
#[divan::bench(args = ["csv", "json"])]
fn leads_written(bencher: Bencher<'_, '_>, format: &str) {
    let plan = plan();
    let run = scored(&plan, opened(&contacts()), opened(&events()), 1);
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
