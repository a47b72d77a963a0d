//! Made-up documents with every kind of chart.

use super::overview;
use crate::analysis::{Cell, Chart, Column, Document, Part, Table, Unit};
use crate::model::Temperature;
use crate::value::{Number, Points};

/// How many kinds of charts there are.
pub(super) const KINDS: usize = 8;

/// A chart of a kind over the columns `name`, `value`, `low`, `high`, `x` and `time`.
pub(super) fn chart_of(kind: usize) -> Chart {
    let (label, value) = ("name", "value");
    match kind {
        0 => Chart::Bars { label, value },
        1 => Chart::Parts { label, value },
        2 => Chart::Histogram { label, value },
        3 => Chart::Funnel { label, value },
        4 => Chart::Intervals {
            label,
            value,
            low: "low",
            high: "high",
            reference: None,
        },
        5 => Chart::Scatter {
            label,
            x: "x",
            y: "value",
            y_interval: Some(("low", "high")),
        },
        6 => Chart::Heat,
        _ => Chart::Lines {
            time: "time",
            values: vec!["value".into(), "x".into()],
        },
    }
}

/// The temperatures that the documents speak of.
pub(super) fn temperatures() -> Vec<Temperature> {
    let one = |name: &str, from, color: &str| Temperature {
        name: name.to_owned(),
        from: Points::whole(from),
        tag: (from > 0).then(|| format!("{} Lead", overview::capital(name))),
        color: Some(color.to_owned()),
        action: None,
        requires: Vec::new(),
        keep: None,
    };
    vec![
        one("hot", 70, "red"),
        one("warm", 40, "orange"),
        one("cold", 0, "blue"),
    ]
}

fn number(text: &str) -> Cell {
    Cell::Number(Number::parse(text).expect("a number"))
}

fn table(name: &'static str, title: &str, question: &str, columns: Vec<Column>) -> Table {
    Table {
        name: name.into(),
        title: title.to_owned(),
        question: question.to_owned(),
        columns,
        ..Table::default()
    }
}

/// Two documents, in which every kind of chart has a table.
pub(super) fn documents() -> Vec<Document> {
    let as_of = "2026-11-01T23:59:59Z".to_owned();
    let model = "Demo 2026.11".to_owned();
    vec![
        Document {
            temperatures: Vec::new(),
            name: "overview".into(),
            title: "Overview".to_owned(),
            as_of: as_of.clone(),
            model: model.clone(),
            tables: vec![mix(), histogram(), funnel(), rules(), heat()],
            notes: vec!["Leads without an event for 90 days are not left out.".to_owned()],
        },
        Document {
            temperatures: Vec::new(),
            name: "channels".into(),
            title: "Channels".to_owned(),
            as_of,
            model,
            tables: vec![scatter(), intervals(), trend(), plain()],
            notes: vec![
                "Moving 500 a month from Display to Referral would be expected to win 3 more, between 1 and 6."
                    .to_owned(),
                "Small channels are drawn towards the whole.".to_owned(),
            ],
        },
    ]
}

fn mix() -> Table {
    let columns = vec![
        Column::new("name", "Temperature", Unit::Text),
        Column::new("value", "Leads", Unit::Count),
        Column::new("share", "Share", Unit::Share),
    ];
    let row =
        |name: &str, count: u64| vec![name.into(), Cell::Count(count), Cell::share(count, 500)];
    Table {
        rows: vec![row("Hot Lead", 40), row("Warm Lead", 160), row("cold", 300)],
        chart: Some(chart_of(1)),
        ..table(
            "mix",
            "Temperature mix",
            "How many leads are of which temperature?",
            columns,
        )
    }
}

fn histogram() -> Table {
    let columns = vec![
        Column::new("name", "Score, points", Unit::Text),
        Column::new("value", "Leads", Unit::Count),
    ];
    let counts = [120, 84, 66, 70, 51, 40, 30, 21, 12, 6_u64];
    let rows = counts.iter().enumerate().map(|(step, count)| {
        let name = format!("{}–{}", step * 10, step * 10 + 10);
        vec![name.into(), Cell::Count(*count)]
    });
    Table {
        rows: rows.collect(),
        chart: Some(chart_of(2)),
        ..table("scores", "Scores", "How are the scores spread?", columns)
    }
}

fn funnel() -> Table {
    let columns = vec![
        Column::new("name", "Step", Unit::Text),
        Column::new("value", "Leads", Unit::Count),
    ];
    let steps = [("Leads", 500), ("MQL", 210), ("SQL", 96), ("Won", 31_u64)];
    let rows = steps.map(|(name, count)| vec![name.into(), Cell::Count(count)]);
    Table {
        rows: rows.into(),
        chart: Some(chart_of(3)),
        ..table("funnel", "Funnel", "How far do leads come?", columns)
    }
}

fn rules() -> Table {
    let columns = vec![
        Column::new("name", "Rule", Unit::Text),
        Column::new("value", "Points given", Unit::Points),
        Column::new("leads", "Leads", Unit::Count),
    ];
    let rules = [
        ("Requested a viewing", "4210", 281),
        ("Budget confirmed", "3050.5", 210),
        (
            "Opens our e-mails, though not those that were sent by a machine",
            "1211.125",
            340,
        ),
        ("Unsubscribed", "-840", 42_u64),
    ];
    let rows = rules.map(|(name, points, leads)| vec![name.into(), number(points), leads.into()]);
    Table {
        rows: rows.into(),
        chart: Some(chart_of(0)),
        ..table(
            "rules",
            "Rules",
            "What did each rule give or take?",
            columns,
        )
    }
}

fn heat() -> Table {
    let mut columns = vec![Column::new("day", "Day", Unit::Text)];
    columns.extend(
        (0..24).map(|hour| Column::new(format!("h{hour}"), format!("{hour}:00"), Unit::Count)),
    );
    let days = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let rows = days.iter().enumerate().map(|(day, name)| {
        let hours = (0..24_u64).map(|hour| {
            let busy = if (8..19).contains(&hour) {
                30 - hour.abs_diff(13) * 4
            } else {
                hour % 3
            };
            let busy = if day > 4 { busy / 5 } else { busy };
            if busy == 0 {
                Cell::Blank
            } else {
                Cell::Count(busy)
            }
        });
        std::iter::once(Cell::from(*name)).chain(hours).collect()
    });
    Table {
        rows: rows.collect(),
        chart: Some(Chart::Heat),
        ..table("hours", "Hours", "When do leads write to us?", columns)
    }
}

fn channels() -> [(&'static str, u64, &'static str, [&'static str; 3]); 7] {
    [
        ("Referral", 64, "22.5", ["0.125", "0.065", "0.227"]),
        ("Website", 210, "31", ["0.062", "0.037", "0.103"]),
        ("Trade fair", 25, "120", ["0.08", "0.022", "0.25"]),
        ("Paid search", 140, "88.4", ["0.05", "0.024", "0.1"]),
        ("Display", 96, "95", ["0.0104", "0.0018", "0.0567"]),
        (
            "Portal of homes",
            48,
            "41.2",
            ["0.0625", "0.0215", "0.1684"],
        ),
        ("Newsletter", 33, "28", ["0.0606", "0.0168", "0.1961"]),
    ]
}

fn channel_rows() -> Vec<Vec<Cell>> {
    let rows = channels().map(|(name, leads, cost, won)| {
        let mut row = vec![name.into(), Cell::Count(leads), number(cost)];
        row.extend(won.map(number));
        row
    });
    rows.into()
}

fn channel_columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("source", "Source", Unit::Text),
        Column::new("leads", "Leads", Unit::Count),
        Column::new("cost", "Cost per lead", Unit::Money),
    ];
    columns.extend(Column::with_interval("won", "Won", Unit::Share));
    columns
}

fn scatter() -> Table {
    Table {
        rows: channel_rows(),
        chart: Some(Chart::Scatter {
            label: "source",
            x: "cost",
            y: "won",
            y_interval: Some(("won_low", "won_high")),
        }),
        ..table(
            "worth",
            "Cost against conversion",
            "Which channels are worth their money?",
            channel_columns(),
        )
    }
}

fn intervals() -> Table {
    Table {
        rows: channel_rows(),
        chart: Some(Chart::Intervals {
            label: "source",
            value: "won",
            low: "won_low",
            high: "won_high",
            reference: Number::parse("0.062"),
        }),
        notes: vec!["Intervals hold 95 of 100 times (Wilson).".to_owned()],
        ..table(
            "conversion",
            "Conversion to won",
            "Which channels convert better than the whole?",
            channel_columns(),
        )
    }
}

fn trend() -> Table {
    let columns = vec![
        Column::new("as_of", "As of", Unit::Time),
        Column::new("hot", "Hot Lead", Unit::Count),
        Column::new("warm", "Warm Lead", Unit::Count),
        Column::new("moved", "Newly hot", Unit::Count).part(Part::Own),
    ];
    let rows = (1..=10_u64).map(|day| {
        vec![
            Cell::from(format!("2026-10-{:02}T23:59:59Z", day * 3)),
            Cell::Count(30 + day * day % 11),
            Cell::Count(140 + day * 3),
            Cell::Count(day % 4),
        ]
    });
    Table {
        rows: rows.collect(),
        chart: Some(Chart::Lines {
            time: "as_of",
            values: vec!["hot".into(), "warm".into(), "moved".into()],
        }),
        ..table(
            "trend",
            "Leads by temperature",
            "Where is it going?",
            columns,
        )
    }
}

fn plain() -> Table {
    let mut columns = channel_columns();
    columns.push(Column::new("answer", "First answer", Unit::Minutes));
    let rows = channel_rows()
        .into_iter()
        .enumerate()
        .map(|(nth, mut row)| {
            row.push(if nth == 2 {
                Cell::Blank
            } else {
                Cell::from(nth * 130)
            });
            row
        });
    Table {
        rows: rows.collect(),
        ..table("channels", "All figures", "", columns)
    }
}
