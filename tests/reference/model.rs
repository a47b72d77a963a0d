//! The model: what is measured, what it is worth, and what it makes of a lead.

use super::condition::Condition;
use super::decimal::Decimal;
use super::weights::Decay;
use jiff::tz::TimeZone;

/// A whole model. Points are in thousandths, spans in days.
#[derive(Debug)]
pub struct Model {
    pub zone: TimeZone,
    pub contacts: Contacts,
    pub events: Events,
    pub signals: Vec<(String, Signal)>,
    pub groups: Vec<Group>,
    pub rules: Vec<Rule>,
    pub min: i64,
    pub max: i64,
    pub decimals: u32,
    pub temperatures: Vec<Temperature>,
    pub checklist: Vec<(String, Condition)>,
}

/// How the export of the contacts is read.
#[derive(Debug)]
pub struct Contacts {
    pub id: String,
    pub only: Option<Condition>,
    pub blank: Vec<String>,
    /// The model's name of a column, and the headers it may have.
    pub columns: Vec<(String, Vec<String>)>,
    pub optional: Vec<String>,
    pub decimal: char,
}

/// How the export of the events is read.
#[derive(Debug)]
pub struct Events {
    pub contact: String,
    /// The contacts' column that `contact` refers to; their id if none.
    pub matches: Option<String>,
    pub kind: String,
    pub time: String,
    /// The model's name of a type, and the spellings it has in the export.
    pub types: Vec<(String, Vec<String>)>,
    pub id: String,
    pub blank: Vec<String>,
    pub decimal: char,
}

/// A measure over a contact's events.
#[derive(Debug)]
pub struct Signal {
    pub types: Vec<String>,
    pub condition: Option<Condition>,
    /// Ages from 0 to below this count.
    pub within: Option<i64>,
    pub limit: Option<Limit>,
    pub decay: Option<Decay>,
    pub measure: Measure,
}

/// What is measured; the text is the column.
#[derive(Debug)]
pub enum Measure {
    Count,
    Distinct(String),
    Sum(String),
    Max(String),
    Min(String),
    ActiveDays,
    DaysSinceLast,
    DaysSinceFirst,
    Response {
        from: Vec<String>,
        to: Vec<String>,
        take: String,
    },
}

/// How many events of one calendar period count.
#[derive(Debug)]
pub struct Limit {
    /// `day`, `week` or `month`.
    pub per: String,
    pub max: usize,
}

/// A group and the bounds of its sum.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

/// A rule that is switched on.
#[derive(Debug)]
pub struct Rule {
    pub id: String,
    pub group: Option<String>,
    pub form: Form,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

/// What a rule looks at, and what that is worth.
#[derive(Debug)]
pub enum Form {
    When {
        condition: Condition,
        points: i64,
    },
    ForEach {
        of: Source,
        points: i64,
    },
    Bands {
        of: Source,
        bands: Vec<Band>,
        upto: bool,
        blank: i64,
    },
    Values {
        column: String,
        values: Vec<(String, i64)>,
        other: i64,
        blank: i64,
    },
}

/// Where a number comes from.
#[derive(Debug)]
pub enum Source {
    Signal(String),
    Column(String),
}

/// One band of values; `edge` belongs to it.
#[derive(Debug)]
pub struct Band {
    pub edge: Decimal,
    pub points: i64,
}

/// A temperature and what a lead needs for it.
#[derive(Debug)]
pub struct Temperature {
    pub name: String,
    pub from: i64,
    pub requires: Vec<String>,
}
