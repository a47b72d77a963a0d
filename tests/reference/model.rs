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
    /// The total is the share of what can be reached, in percent.
    pub is_share: bool,
    pub temperatures: Vec<Temperature>,
    pub checklist: Vec<Item>,
    pub disqualify: Vec<(String, Condition)>,
    pub stages: Vec<(String, Condition)>,
    /// The one of letters before the one of numbers.
    pub grades: Vec<Grade>,
    pub routes: Vec<Route>,
    pub overrides: OverrideColumns,
    pub accounts: Option<Accounts>,
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
        several: Option<Several>,
        values: Vec<(String, i64)>,
        other: i64,
        blank: i64,
    },
}

/// What the listed values of one cell give together.
#[derive(Debug, Clone, Copy)]
pub enum Several {
    Sum,
    Max,
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
    /// Down to which score a lead that had it stays.
    pub keep: Option<i64>,
    pub tag: Option<String>,
    pub requires: Vec<String>,
}

/// An item of the checklist.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    pub label: String,
    pub condition: Condition,
}

/// A part of the grade: the marks that the groups' sum can reach, best first.
#[derive(Debug)]
pub struct Grade {
    pub of: Vec<String>,
    pub marks: Vec<(String, i64)>,
    /// Where not even the last mark is reached.
    pub lowest: &'static str,
}

/// Where leads go, and to whom in turn.
#[derive(Debug)]
pub struct Route {
    pub to: String,
    pub when: Option<Condition>,
    pub assign: Vec<String>,
}

/// The contacts' columns that set something by hand.
#[derive(Debug)]
pub struct OverrideColumns {
    /// The action, such as `floor`, and the column of its value.
    pub actions: Vec<(String, String)>,
    pub until: Option<String>,
}

/// How people are taken together to accounts.
#[derive(Debug)]
pub struct Accounts {
    /// The contacts' column that names the account.
    pub key: String,
    /// The events' column of an event that is of the account alone.
    pub event_key: Option<String>,
    pub roll_up: RollUp,
    /// How many people count, the best first.
    pub best: Option<usize>,
}

/// What the totals of an account's people come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollUp {
    Sum,
    Max,
    Mean,
}
