//! Tables of figures: what every report and comparison comes out as, whatever format it is written in.

use std::borrow::Cow;

use crate::model::Temperature;
use crate::value::{Number, Points};

/// What one command has to say: a few tables, and what a reader should know of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is called on the command line and in JSON, such as `channels`.
    pub name: Cow<'static, str>,
    /// Its heading for people.
    pub title: String,
    /// The as-of instant as outputs write it.
    pub as_of: String,
    /// The model's title.
    pub model: String,
    /// The temperatures of the model, the hottest first, for formats that colour them.
    pub temperatures: Vec<Temperature>,
    /// The tables, the main one first: formats of one table write that.
    pub tables: Vec<Table>,
    /// Sentences about all of it: suggestions first, then what to bear in mind.
    pub notes: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What programs call it: letters, digits and `_`, unique in its document.
    pub name: Cow<'static, str>,
    /// Its heading for people.
    pub title: String,
    /// The question it answers, in a sentence; may be empty.
    pub question: String,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The chart that answers the question at a glance, where there is one.
    pub chart: Option<Chart>,
    /// What a reader should know of it, a sentence each.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What programs call it, in every format for them; unique in its table.
    pub name: Cow<'static, str>,
    /// Its heading for people, a word or two.
    pub heading: String,
    /// What its figures are.
    pub unit: Unit,
    /// How it is shown to people.
    pub part: Part,
}

/// How people are shown a column. Programs get every column as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// In a column of its own.
    #[default]
    Own,
    /// As the lower end of the interval of the figure before it: `10.5% (9.1 to 12.0%)`.
    Low,
    /// As the upper end of that interval; stands right after the lower one.
    High,
    /// Not at all: a detail for programs.
    Hidden,
}

/// What the figures of a column are, and so how people read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Text, never a figure.
    Text,
    /// How many.
    Count,
    /// A part of a whole, from 0 to 1; people read per cent.
    Share,
    /// Points of a score.
    Points,
    /// Days.
    Days,
    /// Minutes; people read hours and days.
    Minutes,
    /// Money, in whatever currency the data is.
    Money,
    /// A figure without a unit.
    Plain,
    /// An RFC 3339 instant or a date, as text.
    Time,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known, or it does not apply.
    Blank,
    /// Text as it came, with whatever characters it holds.
    Text(String),
    /// How many.
    Count(u64),
    /// An exact or rounded figure, written without trailing zeros.
    Number(Number),
}

/// A chart drawn from the columns of its table, which are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// A bar for each row, one below the other.
    Bars {
        /// The column of the names.
        label: &'static str,
        /// The column of the lengths.
        value: &'static str,
    },
    /// The rows as parts of one bar: how a whole is divided.
    Parts {
        /// The column of the names.
        label: &'static str,
        /// The column of the sizes.
        value: &'static str,
    },
    /// Upright bars over steps that follow each other, such as spans of scores or hours.
    Histogram {
        /// The column of the steps' names.
        label: &'static str,
        /// The column of the heights.
        value: &'static str,
    },
    /// Bars that each hold a part of the one before: leads, MQL, SQL, won.
    Funnel {
        /// The column of the steps.
        label: &'static str,
        /// The column of the lengths.
        value: &'static str,
    },
    /// A dot with its interval for each row.
    Intervals {
        /// The column of the names.
        label: &'static str,
        /// The column of the dots.
        value: &'static str,
        /// The column of the lower ends.
        low: &'static str,
        /// The column of the upper ends.
        high: &'static str,
        /// Where a line stands to compare with, in the column's unit.
        reference: Option<Number>,
    },
    /// A dot for each row by two figures; rows that lack one are left out.
    Scatter {
        /// The column of the names.
        label: &'static str,
        /// The column across.
        x: &'static str,
        /// The column upward.
        y: &'static str,
        /// The columns of the ends of the upward figure's interval.
        y_interval: Option<(&'static str, &'static str)>,
    },
    /// Rows and columns of shaded squares; the first column names the rows, and every other shown one is a column.
    Heat,
    /// A line over time for each of some columns.
    Lines {
        /// The column of the instants.
        time: &'static str,
        /// The columns of the lines.
        values: Vec<Cow<'static, str>>,
    },
}

impl Column {
    /// A column that people and programs see.
    pub fn new(name: impl Into<Cow<'static, str>>, heading: impl Into<String>, unit: Unit) -> Self {
        Self {
            name: name.into(),
            heading: heading.into(),
            unit,
            part: Part::Own,
        }
    }

    /// The same column in another part.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        Self { part, ..self }
    }

    /// A figure, `<name>_low` and `<name>_high`: three columns that people read as one.
    pub fn with_interval(
        name: impl Into<Cow<'static, str>>,
        heading: impl Into<String>,
        unit: Unit,
    ) -> [Self; 3] {
        let name = name.into();
        let end = |end: &str, part| {
            Self::new(format!("{name}_{end}"), format!("{end} end"), unit).part(part)
        };
        let ends = [end("low", Part::Low), end("high", Part::High)];
        let [low, high] = ends;
        [Self::new(name, heading, unit), low, high]
    }
}

impl Table {
    /// The place of a column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl Cell {
    /// Text, or nothing for none.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.into()))
    }

    /// A figure rounded half away from zero to so many decimals, six at the most; nothing for what is no finite number
    /// of a magnitude below 10^15.
    pub fn rounded(value: f64, decimals: u32) -> Self {
        const LARGEST: f64 = 1e15;
        let decimals = decimals.min(6);
        if !value.is_finite() || value.abs() >= LARGEST {
            return Self::Blank;
        }
        let scaled = (value * 10_f64.powi(decimals.cast_signed())).round();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "below 10^21, which is exact in 128 bits"
        )]
        let millionths = scaled as i128 * 10_i128.pow(6 - decimals);
        Self::Number(Number::from_millionths(millionths))
    }

    /// A share of a whole to six decimals, so that people's per cent are not rounded twice to be seen; nothing of nothing.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts below 2^53 are exact, and nobody has more leads"
    )]
    pub fn share(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::Blank;
        }
        Self::rounded(part as f64 / whole as f64, 6)
    }

    /// Exact points.
    pub fn points(points: Points) -> Self {
        Self::Number(Number::from_millionths(
            i128::from(points.thousandths()) * 1000,
        ))
    }

    /// The figure in it, if it holds one.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a figure to draw with, not to compute with"
    )]
    pub fn figure(&self) -> Option<f64> {
        match self {
            Self::Blank | Self::Text(_) => None,
            Self::Count(count) => Some(*count as f64),
            Self::Number(number) => Some(number.millionths() as f64 / 1e6),
        }
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Number> for Cell {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_half_away_from_zero() {
        let cell = |text| Cell::Number(Number::parse(text).expect("a number"));
        assert_eq!(Cell::rounded(0.125, 2), cell("0.13"));
        assert_eq!(Cell::rounded(-0.125, 2), cell("-0.13"));
        assert_eq!(Cell::rounded(2.0 / 3.0, 4), cell("0.6667"));
        assert_eq!(Cell::rounded(f64::NAN, 2), Cell::Blank);
        assert_eq!(Cell::rounded(f64::INFINITY, 2), Cell::Blank);
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(Cell::share(0, 0), Cell::Blank);
        assert_eq!(Cell::share(1, 8).figure(), Some(0.125));
    }

    #[test]
    fn a_figure_with_its_interval_is_three_columns() {
        let columns = Column::with_interval("won_rate", "Won", Unit::Share);
        let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
        assert_eq!(names, ["won_rate", "won_rate_low", "won_rate_high"]);
        assert_eq!(columns[1].part, Part::Low);
        assert_eq!(columns[2].part, Part::High);
    }
}
