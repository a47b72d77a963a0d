//! Figures as people read them: per cent, hours and days, an interval in one cell. Formats for people share this;
//! formats for programs write cells as they are.

use crate::analysis::{Cell, Column, Part, Table, Unit};
use crate::value::{Number, grouped, round_half_away};

/// A table as people read it: hidden columns are gone, and ends of intervals stand beside their figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'t> {
    /// The columns that are shown.
    pub columns: Vec<&'t Column>,
    /// For each row, what stands in those columns; texts as they came.
    pub rows: Vec<Vec<String>>,
}

impl<'t> Shown<'t> {
    /// The table as people read it.
    pub fn of(table: &'t Table) -> Self {
        let columns = &table.columns;
        let places: Vec<usize> = (0..columns.len())
            .filter(|place| columns[*place].part == Part::Own)
            .collect();
        let rows = table.rows.iter();
        let rows = rows.map(|row| {
            places
                .iter()
                .map(|place| cell(columns, row, *place))
                .collect()
        });
        Self {
            rows: rows.collect(),
            columns: places.iter().map(|place| &columns[*place]).collect(),
        }
    }
}

/// The cell in a place, with its interval if the two columns after it are one.
fn cell(columns: &[Column], row: &[Cell], place: usize) -> String {
    let unit = columns[place].unit;
    let text = figure(&row[place], unit);
    let end = |after: usize, part| {
        let is_end = columns.get(place + after)?.part == part;
        is_end.then(|| &row[place + after])
    };
    match (end(1, Part::Low), end(2, Part::High)) {
        (Some(low), Some(high)) if *low != Cell::Blank || *high != Cell::Blank => {
            let open = |cell: &Cell| match cell {
                Cell::Blank => "…".to_owned(),
                cell => figure(cell, unit),
            };
            let low = open(low);
            // Of two shares only the last says per cent.
            let low = low.strip_suffix('%').unwrap_or(&low);
            format!("{text} ({low} to {})", open(high))
        }
        _ => text,
    }
}

/// A cell of a column of a unit, as people read it.
pub fn figure(cell: &Cell, unit: Unit) -> String {
    let number = match cell {
        Cell::Blank => return String::new(),
        Cell::Text(text) => return text.clone(),
        Cell::Count(count) => Number::from_millionths(i128::from(*count) * 1_000_000),
        Cell::Number(number) => *number,
    };
    match unit {
        Unit::Share => format!("{}%", decimals(number.millionths() * 100, 1, true)),
        Unit::Minutes => minutes(number),
        Unit::Money => grouped(&decimals(number.millionths(), 2, false)),
        Unit::Count => grouped(&number.to_string()),
        Unit::Text | Unit::Points | Unit::Days | Unit::Plain | Unit::Time => number.to_string(),
    }
}

/// Minutes as `40 min`, `3 h 5 min` or `2 d 4 h`.
fn minutes(number: Number) -> String {
    let whole = round_half_away(number.millionths(), 1_000_000);
    let (days, hours, minutes) = (whole / 1440, whole / 60 % 24, whole % 60);
    let pair = |large: i128, unit: &str, small: i128, other: &str| {
        if small == 0 {
            format!("{large} {unit}")
        } else {
            format!("{large} {unit} {small} {other}")
        }
    };
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, _) => pair(hours, "h", minutes, "min"),
        (_, _) => pair(days, "d", hours, "h"),
    }
}

/// A number of millionths with so many decimals; a whole one has none unless it must.
fn decimals(millionths: i128, places: u32, always: bool) -> String {
    let step = 10_i128.pow(6 - places);
    let rounded = round_half_away(millionths, step) * step;
    let text = Number::from_millionths(rounded).to_string();
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{fraction:0<width$}", width = places as usize),
        None if always => format!("{text}.{:0<width$}", "", width = places as usize),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Cell {
        Cell::Number(Number::parse(text).expect("a number"))
    }

    #[test]
    fn each_unit_is_read_in_its_own_way() {
        assert_eq!(figure(&number("0.1052"), Unit::Share), "10.5%");
        assert_eq!(figure(&number("1"), Unit::Share), "100.0%");
        assert_eq!(figure(&Cell::Count(85), Unit::Minutes), "1 h 25 min");
        assert_eq!(figure(&Cell::Count(120), Unit::Minutes), "2 h");
        assert_eq!(figure(&Cell::Count(0), Unit::Minutes), "0 min");
        assert_eq!(figure(&number("1500"), Unit::Minutes), "1 d 1 h");
        assert_eq!(figure(&number("12.5"), Unit::Money), "12.50");
        assert_eq!(figure(&number("1212"), Unit::Money), "1,212");
        assert_eq!(figure(&Cell::Count(10_641), Unit::Count), "10,641");
        assert_eq!(figure(&number("3.25"), Unit::Points), "3.25");
        assert_eq!(figure(&Cell::Blank, Unit::Share), "");
        assert_eq!(figure(&Cell::from("=1+1"), Unit::Text), "=1+1");
    }

    #[test]
    fn an_interval_stands_beside_its_figure_and_details_are_left_out() {
        let [rate, low, high] = Column::with_interval("won_rate", "Won", Unit::Share);
        let name = Column::new("source", "Source", Unit::Text);
        let detail = Column::new("prior", "Prior", Unit::Plain).part(Part::Hidden);
        let row = |low, high| vec!["a".into(), number("0.105"), low, high, Cell::Count(3)];
        let table = Table {
            columns: vec![name, rate, low, high, detail],
            rows: vec![
                row(number("0.091"), number("0.12")),
                row(Cell::Blank, Cell::Blank),
                row(number("0.091"), Cell::Blank),
            ],
            ..Table::default()
        };
        let shown = Shown::of(&table);
        let headings: Vec<&str> = shown.columns.iter().map(|c| c.heading.as_str()).collect();
        assert_eq!(headings, ["Source", "Won"]);
        let cells: Vec<&str> = shown.rows.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(cells, ["10.5% (9.1 to 12.0%)", "10.5%", "10.5% (9.1 to …)"]);
    }
}
