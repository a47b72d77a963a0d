//! Every kind of chart over ordinary and over odd figures.

use std::borrow::Cow;

use super::*;
use crate::analysis::{Cell, Column, Unit};
use crate::output::html::sample::{KINDS, chart_of};
use crate::value::Number;

/// A table with every column that a chart of [`KINDS`] asks for, of these figures.
fn table(kind: usize, figures: &[[Cell; 4]]) -> Table {
    let column = |name: &'static str, unit| Column::new(name, name, unit);
    let rows = figures
        .iter()
        .enumerate()
        .map(|(row, [value, low, high, x])| {
            vec![
                Cell::from(format!("row {row}")),
                value.clone(),
                low.clone(),
                high.clone(),
                x.clone(),
                Cell::from(format!("2026-10-{:02}", row % 28 + 1)),
            ]
        });
    Table {
        name: "odd".into(),
        title: "Odd figures".to_owned(),
        columns: vec![
            column("name", Unit::Text),
            column("value", Unit::Count),
            column("low", Unit::Count),
            column("high", Unit::Count),
            column("x", Unit::Money),
            column("time", Unit::Time),
        ],
        rows: rows.collect(),
        chart: Some(chart_of(kind)),
        ..Table::default()
    }
}

fn drawn(table: &Table) -> Option<String> {
    let palette = Palette::default();
    let setting = Setting {
        id: "c",
        palette: &palette,
    };
    draw(table, setting).map(|markup| markup.0)
}

fn four(value: &Cell) -> [Cell; 4] {
    [value.clone(), value.clone(), value.clone(), value.clone()]
}

fn number(text: &str) -> Cell {
    Cell::Number(Number::parse(text).expect("a number"))
}

/// Numbers of attributes that place or size something.
fn lengths(svg: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [
        "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "dx",
    ] {
        for piece in svg.split(&format!(" {name}=\"")).skip(1) {
            found.push(piece.split('"').next().unwrap_or_default().to_owned());
        }
    }
    found
}

#[test]
fn every_kind_draws_odd_figures_with_finite_lengths() {
    let odd: Vec<Vec<[Cell; 4]>> = vec![
        vec![four(&Cell::Count(7))],
        vec![four(&Cell::Count(0)), four(&Cell::Count(0))],
        vec![four(&number("-5")), four(&number("3"))],
        vec![four(&number("-5")), four(&number("-5"))],
        vec![four(&Cell::Count(u64::MAX)), four(&Cell::Count(1))],
        vec![
            four(&number("999999999999999999")),
            four(&number("-999999999999999999")),
        ],
        vec![four(&number("0.000001"))],
        vec![
            four(&Cell::Blank),
            four(&Cell::Count(4)),
            four(&Cell::Blank),
        ],
        (0..300)
            .map(|count: u64| four(&Cell::Count(count)))
            .collect(),
        // The ends of an interval the wrong way round.
        vec![[
            Cell::Count(5),
            Cell::Count(9),
            Cell::Count(1),
            Cell::Count(2),
        ]],
    ];
    for kind in 0..KINDS {
        for figures in &odd {
            let svg = drawn(&table(kind, figures)).unwrap_or_else(|| panic!("{kind}: {figures:?}"));
            assert!(
                svg.contains("<svg") && svg.contains("role=\"img\""),
                "{svg}"
            );
            let lengths = lengths(&svg);
            assert!(!lengths.is_empty());
            for length in lengths {
                let number = length.strip_suffix('%').unwrap_or(&length);
                let number: f64 = number
                    .parse()
                    .unwrap_or_else(|_| panic!("{length} of {svg}"));
                assert!(number.is_finite(), "{length}");
            }
            for word in ["NaN", "inf"] {
                assert!(!svg.contains(word), "{word} in {svg}");
            }
        }
    }
}

#[test]
fn no_width_or_height_is_below_nothing_and_nothing_leaves_the_drawing_across() {
    let figures = [
        four(&number("-5")),
        four(&Cell::Count(12)),
        four(&number("3.5")),
    ];
    for kind in 0..KINDS {
        let svg = drawn(&table(kind, &figures)).expect("a chart");
        for name in ["width", "height"] {
            for piece in svg.split(&format!(" {name}=\"")).skip(1) {
                assert!(!piece.starts_with('-'), "{kind}: {svg}");
            }
        }
        for piece in svg.split('"').filter(|piece| piece.ends_with('%')) {
            let Ok(percent) = piece.trim_end_matches('%').parse::<f64>() else {
                continue;
            };
            assert!((-0.01..=100.01).contains(&percent), "{kind}: {piece}");
        }
    }
}

#[test]
fn without_figures_there_is_no_chart() {
    for kind in 0..KINDS {
        assert_eq!(drawn(&table(kind, &[])), None, "{kind}");
        let blank = [four(&Cell::Blank), four(&Cell::from("text"))];
        assert_eq!(drawn(&table(kind, &blank)), None, "{kind}");
    }
}

#[test]
fn a_chart_of_columns_that_are_not_there_is_not_drawn() {
    for kind in 0..KINDS {
        let mut bare = table(kind, &[four(&Cell::Count(1))]);
        bare.columns.truncate(1);
        bare.rows = vec![vec![Cell::from("a")]];
        assert_eq!(drawn(&bare), None, "{kind}");
    }
}

#[test]
fn hostile_names_are_text_in_every_chart() {
    let hostile = "</svg><script>alert(1)</script>\" onload=\"x\u{202e}";
    for kind in 0..KINDS {
        let mut table = table(kind, &[four(&Cell::Count(3)), four(&Cell::Count(4))]);
        table.rows[0][0] = Cell::from(hostile);
        table.title = hostile.to_owned();
        for column in &mut table.columns {
            column.heading = hostile.to_owned();
        }
        let svg = drawn(&table).expect("a chart");
        assert!(
            !svg.contains("<script") && !svg.contains("onload=\""),
            "{svg}"
        );
        assert!(!svg.contains('\u{202e}'), "{svg}");
    }
}

#[test]
fn the_same_table_is_the_same_bytes() {
    for kind in 0..KINDS {
        let figures = [four(&number("0.3")), four(&number("0.1"))];
        assert_eq!(drawn(&table(kind, &figures)), drawn(&table(kind, &figures)));
    }
}

#[test]
fn rows_called_like_a_temperature_have_its_colour() {
    let mut palette = Palette::default();
    palette.meet(&crate::rank::Lead {
        temperature: "hot",
        tag: Some("Hot Lead"),
        ..crate::rank::Lead::nobody()
    });
    let mut table = table(0, &[four(&Cell::Count(3)), four(&Cell::Count(4))]);
    table.rows[1][0] = Cell::from("Hot Lead");
    let setting = Setting {
        id: "c",
        palette: &palette,
    };
    let svg = draw(&table, setting).expect("a chart").0;
    assert_eq!(svg.matches("class=\"bar t0\"").count(), 1, "{svg}");
}

#[test]
fn more_rows_than_can_be_read_are_left_to_the_table() {
    let many: Vec<[Cell; 4]> = (0..100)
        .map(|count: u64| four(&Cell::Count(count)))
        .collect();
    let svg = drawn(&table(0, &many)).expect("a chart");
    assert_eq!(svg.matches("<g>").count(), bars::MOST_ROWS);
    assert!(svg.contains("the table has 76 more"), "{svg}");
}

#[test]
fn a_step_of_a_funnel_says_its_part_of_the_one_before() {
    let mut table = table(
        3,
        &[
            four(&Cell::Count(200)),
            four(&Cell::Count(50)),
            four(&Cell::Count(0)),
        ],
    );
    table.rows[2][0] = Cell::from("won");
    let svg = drawn(&table).expect("a chart");
    assert!(svg.contains("50 · 25.0% of row 0"), "{svg}");
    assert!(svg.contains("won: 0 · 0.0% of row 1"), "{svg}");
}

#[test]
fn an_interval_says_what_its_line_is() {
    let chart = Chart::Intervals {
        label: "name",
        value: "value",
        low: "low",
        high: "high",
        reference: Number::parse("5"),
    };
    let row = [
        Cell::Count(7),
        Cell::Count(4),
        Cell::Count(9),
        Cell::Count(1),
    ];
    let mut table = table(0, &[row]);
    table.chart = Some(chart);
    let svg = drawn(&table).expect("a chart");
    assert!(svg.contains("7 (4 to 9)"), "{svg}");
    assert!(svg.contains("The dashed line stands at 5"), "{svg}");
}

#[test]
fn lines_stand_where_their_instants_do() {
    let mut table = table(
        7,
        &[
            four(&Cell::Count(1)),
            four(&Cell::Count(2)),
            four(&Cell::Count(3)),
        ],
    );
    for (row, day) in ["2026-10-01", "2026-10-02T12:00:00Z", "2026-10-11"]
        .iter()
        .enumerate()
    {
        table.rows[row][5] = Cell::from(*day);
    }
    let svg = drawn(&table).expect("a chart");
    assert!(svg.contains("cx=\"15.00%\""), "{svg}");
    table.rows[1][5] = Cell::from("the day after");
    let svg = drawn(&table).expect("a chart");
    assert!(svg.contains("cx=\"50.00%\""), "{svg}");
}

#[test]
fn a_chart_of_lines_without_columns_is_not_drawn() {
    let mut table = table(0, &[four(&Cell::Count(1))]);
    let values: Vec<Cow<'static, str>> = vec!["nothing".into()];
    table.chart = Some(Chart::Lines {
        time: "time",
        values,
    });
    assert_eq!(drawn(&table), None);
}
