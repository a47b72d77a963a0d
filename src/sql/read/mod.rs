//! Cells of a table as values: text, numbers, days, yes and no, times and types of events, exactly as the engine reads
//! them (`src/value/`, `src/engine/cells.rs`) or refused.
//!
//! A cell is read once, in a few steps that stand before all others, and what it says has a column of its own:
//! `budget_number` in millionths, `birthday_day` in days since 1970-01-01, `newsletter_yes`. Whoever lowers the model
//! asks [`Cells`] for these columns, and at last for the [steps](Cells::steps) that make those that were asked for.

mod blank;
#[cfg(test)]
mod dirty;
mod epoch;
mod event_kind;
mod iso;
mod number;
mod numeric_date;
#[cfg(test)]
mod tests;
mod times;
mod typed;
mod yes_no;

#[cfg(test)]
pub(super) use dirty::without_controls;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use blank::{WHITE_SPACE, WHITE_SPACE_CLASS, trimmed};
pub use times::EventTime;
pub use typed::ColumnType;
pub(super) use yes_no::yes_no as truth_of;

use super::amount::{Amount, Unit};
use super::expression::{Expression, Type};
use super::zone::Offsets;
use crate::model::columns::Columns;
use crate::model::condition::Reading;
use crate::model::{Cells as CellManner, Events};
use crate::preset::Shape;
use crate::value::{Zone, snake_case};

const TEXT: Type = Type::Text;

/// Which columns of a table are those that the model speaks of.
#[derive(Debug, Clone, Default)]
pub struct TableLayout {
    /// For each slot of the model the table's column; None where the table has none.
    pub columns: Vec<Option<TableColumn>>,
    /// The known export that the table was loaded from, if it is one.
    pub shape: Option<&'static Shape>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// How it is kept.
    pub kept_as: ColumnType,
}

/// Something that the model asks of a column and that cannot be said in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The slot of the column.
    pub slot: usize,
    /// What cannot be said.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// The zone's offsets joined to a step; rows without a partner stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The name by which the step knows it.
    pub known_as: String,
    /// What is equal to the table's [`PIECE`](super::zone::Table::PIECE); NULL where none is wanted.
    pub piece: Expression,
}

/// A step: columns beside all those of the step before. The first is made of the table itself, and has only what it
/// computes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingStep {
    /// What is joined.
    pub joins: Vec<Joined>,
    /// Names and values of the columns.
    pub columns: Vec<(String, Expression)>,
}

/// The cells of a table as values.
#[derive(Debug)]
pub struct Cells<'p> {
    columns: &'p Columns,
    manner: CellManner,
    layout: &'p TableLayout,
    times: times::Manner,
    /// For each slot the word that the names of its columns begin with.
    names: Vec<String>,
    made: RefCell<Made>,
}

/// What has been asked for so far.
#[derive(Debug, Default)]
struct Made {
    steps: Vec<ReadingStep>,
    /// The names that there are.
    known: BTreeSet<String>,
    readings: BTreeMap<(usize, Reading), Expression>,
    times: BTreeMap<usize, EventTime>,
    kinds: BTreeMap<usize, Expression>,
    /// Texts made of cells, and the columns that they are read into.
    derived: Vec<(Expression, Reading, Expression)>,
    /// Whether the steps are taken, so that there can be no more columns.
    is_taken: bool,
    unsaid: Vec<Unsaid>,
}

/// Columns of a slot that are computed step by step.
pub(super) struct ColumnPlan<'m> {
    made: &'m mut Made,
    base: String,
    step: usize,
}

impl ColumnPlan<'_> {
    /// The name of a column of the slot.
    fn name(&self, suffix: &str) -> String {
        if suffix.is_empty() {
            self.base.clone()
        } else {
            format!("{}_{suffix}", self.base)
        }
    }

    /// A column of the step at hand.
    fn column(&mut self, suffix: &str, value: Expression) -> Expression {
        let name = self.name(suffix);
        if self.made.known.insert(name.clone()) {
            self.made
                .step(self.step)
                .columns
                .push((name.clone(), value));
        }
        Expression::column(name)
    }

    /// A column of the first step, which alone sees the table's own columns.
    fn first_column(&mut self, suffix: &str, value: Expression) -> Expression {
        let step = std::mem::take(&mut self.step);
        let column = self.column(suffix, value);
        self.step = step;
        column
    }

    /// Goes on with the next step.
    fn next(&mut self) {
        self.step += 1;
    }

    fn join(&mut self, joined: Joined) {
        let step = self.made.step(self.step);
        if !step
            .joins
            .iter()
            .any(|known| known.known_as == joined.known_as)
        {
            step.joins.push(joined);
        }
    }
}

impl Made {
    fn step(&mut self, number: usize) -> &mut ReadingStep {
        if self.steps.len() <= number {
            self.steps.resize_with(number + 1, ReadingStep::default);
        }
        &mut self.steps[number]
    }
}

/// Endings of names, so that no column's name is another's with an ending.
const SUFFIXES: [&str; 32] = [
    "lowered",
    "slashed",
    "first",
    "rest",
    "second_part",
    "behind",
    "third",
    "time",
    "hour",
    "minutes",
    "trimmed",
    "cell",
    "blank",
    "said",
    "word",
    "id",
    "key",
    "digits",
    "number",
    "yes",
    "written",
    "clock",
    "second",
    "offset",
    "date",
    "day",
    "epoch",
    "micros",
    "instant",
    "kind",
    "zone",
    "clock_zone",
];

impl<'p> Cells<'p> {
    /// The cells of a table whose columns are those of the model, read in the manner of its section and in its zone.
    pub fn new(
        columns: &'p Columns,
        manner: &CellManner,
        layout: &'p TableLayout,
        zone: &Zone,
    ) -> Self {
        let manner = manner.of_shape(layout.shape);
        let mut taken = BTreeSet::new();
        let mut names: Vec<String> = Vec::new();
        for (slot, column) in columns.entries().iter().enumerate() {
            // What several slots find in one column of the table is read once.
            let own = layout.columns.get(slot).and_then(Option::as_ref);
            let mut before = layout.columns.iter().take(slot);
            let same = own.and_then(|own| before.position(|other| other.as_ref() == Some(own)));
            names.push(match same {
                Some(same) => names[same].clone(),
                None => base_name(&column.name, &mut taken),
            });
        }
        Self {
            columns,
            times: times::Manner {
                form: manner.time_form.clone(),
                order: manner.date_order,
                offsets: Offsets::of(zone),
                is_constant: zone.stretches().count() == 1,
            },
            manner,
            layout,
            names,
            made: RefCell::default(),
        }
    }

    /// What has been asked for and cannot be said in SQL.
    pub fn unsaid(&self) -> Vec<Unsaid> {
        self.made.borrow().unsaid.clone()
    }

    /// The steps that make the columns that have been asked for; none where nothing was.
    pub fn steps(&self) -> Vec<ReadingStep> {
        let mut made = self.made.borrow_mut();
        made.is_taken = true;
        let steps = made.steps.clone();
        let is_used = |step: &ReadingStep| !step.columns.is_empty();
        steps.into_iter().filter(is_used).collect()
    }

    /// The table's column of a slot.
    pub fn table_column(&self, slot: usize) -> Option<&TableColumn> {
        self.layout.columns.get(slot)?.as_ref()
    }

    fn plan<'m>(&self, made: &'m mut Made, slot: usize) -> ColumnPlan<'m> {
        ColumnPlan {
            made,
            base: self.names[slot].clone(),
            step: 0,
        }
    }

    fn refuse(made: &mut Made, slot: usize, message: String, hint: &str) {
        let unsaid = Unsaid {
            slot,
            message,
            hint: hint.to_owned(),
        };
        if !made.unsaid.contains(&unsaid) {
            made.unsaid.push(unsaid);
        }
    }

    /// A cell as the export would have it: the column itself, its usual text, or what is left of it where the known
    /// export writes more than it says. None of a column of times.
    fn cell(&self, column: &TableColumn) -> Option<Expression> {
        let raw = column
            .kept_as
            .usual_text(&Expression::column(&column.name))?;
        let shape = self.layout.shape.filter(|shape| shape.cleans_cells());
        let Some(shape) = shape.filter(|_| column.kept_as == ColumnType::Text) else {
            return Some(raw);
        };
        let mut arms = Vec::new();
        if !shape.blank.is_empty() {
            let names = shape.blank.iter().map(|text| crate::value::trim(text));
            let is_blank = trimmed(raw.clone()).is_one_of(names);
            arms.push((is_blank, Expression::Null(TEXT)));
        }
        for prefix in &shape.prefixes {
            let pattern = format!("{}\\+?[0-9]+", super::condition::quoted(prefix));
            let rest = raw.clone().after(prefix);
            arms.push((raw.clone().matches(pattern), rest));
        }
        Some(Expression::case(arms, raw))
    }

    /// The texts that mean nothing, of which one could stand in a column.
    fn blank_names(&self, column: &TableColumn) -> Vec<String> {
        let names = self.manner.blank.named();
        let could = |name: &&str| column.kept_as.may_say(name);
        names.filter(could).map(str::to_owned).collect()
    }

    /// The text of a cell as it stands; NULL where it is blank.
    pub fn text(&self, slot: usize) -> Expression {
        let Some(column) = self.table_column(slot) else {
            return Expression::Null(TEXT);
        };
        let made = &mut *self.made.borrow_mut();
        let Some(cell) = self.cell(column) else {
            let name = &self.columns.entries()[slot].name;
            let message = format!(
                "`{name}` is compared as a text, and the table keeps it as a {}",
                column.kept_as.name()
            );
            let hint = "say that it is kept as text, or compare it as a date";
            Self::refuse(made, slot, message, hint);
            return Expression::Null(TEXT);
        };
        let named = self.blank_names(column);
        let (mut plan, trimmed) = self.trimmed(made, slot, column, cell.clone());
        let cell = plan.first_column("cell", cell);
        if column.kept_as != ColumnType::Text && named.is_empty() {
            return cell;
        }
        plan.column("", blank::unless_blank(&trimmed, &named, cell))
    }

    /// The cell of a column without white space at its ends, and the plan of the steps behind it.
    fn trimmed<'m>(
        &self,
        made: &'m mut Made,
        slot: usize,
        column: &TableColumn,
        cell: Expression,
    ) -> (ColumnPlan<'m>, Expression) {
        let mut plan = self.plan(made, slot);
        let is_typed = column.kept_as != ColumnType::Text;
        let cell = if is_typed || !matches!(cell, Expression::Column { .. }) {
            let cell = plan.column("cell", cell);
            plan.next();
            cell
        } else {
            cell
        };
        // What a type is written as has no white space.
        if is_typed {
            return (plan, cell);
        }
        let trimmed = plan.column("trimmed", trimmed(cell));
        plan.next();
        (plan, trimmed)
    }

    /// Whether a cell is blank.
    pub fn is_blank(&self, slot: usize) -> Expression {
        match self.table_column(slot) {
            Some(column) if column.kept_as.is_time() => {
                let made = &mut *self.made.borrow_mut();
                self.mind_named_times(made, slot, column);
                let is_blank = Expression::column(&column.name).is_null();
                let value =
                    Expression::case([(is_blank, Expression::Integer(1))], Expression::Integer(0));
                let flag = self.plan(made, slot).column("blank", value);
                flag.equals(Expression::Integer(1))
            }
            _ => self.text(slot).is_null(),
        }
    }

    /// Times have many spellings, one of which may be a blank of the model.
    fn mind_named_times(&self, made: &mut Made, slot: usize, column: &TableColumn) {
        if let Some(blank) = self.blank_names(column).first() {
            let name = &self.columns.entries()[slot].name;
            let message = format!(
                "`{blank}` is blank in the model, and `{name}` is kept as a {}",
                column.kept_as.name()
            );
            let hint = "leave that blank out, or say that the column is kept as text";
            Self::refuse(made, slot, message, hint);
        }
    }

    /// The id in a column: trimmed, in the composed form of Unicode; NULL where it is blank.
    pub fn id(&self, slot: usize) -> Expression {
        self.with_id(slot, |_, id| id)
    }

    /// The key on which events join: the id, of an e-mail address in small letters.
    pub fn key(&self, slot: usize) -> Expression {
        self.with_id(slot, |plan, id| {
            plan.next();
            plan.column("key", blank::join_key(id))
        })
    }

    /// What is made of an id in steps behind it.
    fn with_id(
        &self,
        slot: usize,
        then: impl FnOnce(&mut ColumnPlan<'_>, Expression) -> Expression,
    ) -> Expression {
        let column = self.table_column(slot);
        let Some((column, cell)) = column.and_then(|of| Some((of, self.cell(of)?))) else {
            // NULL, or told to be of no use as a text.
            return self.text(slot);
        };
        let made = &mut *self.made.borrow_mut();
        let (mut plan, trimmed) = self.trimmed(made, slot, column, cell);
        let id = plan.column("id", blank::id(&trimmed, &self.blank_names(column)));
        then(&mut plan, id)
    }

    /// A reading by its number: millionths, a day or a truth; NULL where the cell is blank or cannot be read so.
    pub fn reading(&self, reading: usize) -> Expression {
        let (slot, as_what) = self.columns.readings()[reading];
        self.read(slot, as_what)
    }

    /// A column read as a number, as an amount.
    pub fn number(&self, reading: usize) -> Amount {
        Amount::new(self.reading(reading), Unit::Millionth)
    }

    fn read(&self, slot: usize, reading: Reading) -> Expression {
        let made = &mut *self.made.borrow_mut();
        if let Some(known) = made.readings.get(&(slot, reading)) {
            return known.clone();
        }
        let value = match self.table_column(slot) {
            Some(column) => self.read_column(made, slot, column, reading),
            None => null_of(reading),
        };
        made.readings.insert((slot, reading), value.clone());
        value
    }

    fn read_column(
        &self,
        made: &mut Made,
        slot: usize,
        column: &TableColumn,
        reading: Reading,
    ) -> Expression {
        let kept_as = column.kept_as;
        if kept_as.is_time() {
            if reading != Reading::Day {
                return null_of(reading);
            }
            self.mind_named_times(made, slot, column);
            let raw = Expression::column(&column.name);
            let mut plan = self.plan(made, slot);
            let day = times::typed_day(&raw, kept_as, &self.times, &mut plan);
            return plan.column("day", day);
        }
        let names = self.blank_names(column);
        let native = kept_as.native().filter(|_| names.is_empty());
        let raw = Expression::column(&column.name);
        match (reading, kept_as, native) {
            (Reading::Number, ColumnType::Integer | ColumnType::Number, Some(native)) => {
                let mut plan = self.plan(made, slot);
                let value = plan.column("digits", raw.native(native));
                plan.next();
                let value = if kept_as == ColumnType::Integer {
                    number::below_the_largest(value, 1).times(Expression::Integer(1_000_000))
                } else {
                    number::below_the_largest(value, 1_000_000)
                };
                return plan.column("number", value);
            }
            (Reading::YesNo, ColumnType::Boolean, Some(native)) => {
                return self.plan(made, slot).column("yes", raw.native(native));
            }
            (Reading::Number, ColumnType::Boolean, _) => return null_of(reading),
            _ => {}
        }
        let Some(cell) = self.cell(column) else {
            return null_of(reading);
        };
        if reading == Reading::Day && self.times.has_pattern() {
            self.refuse_pattern(made, slot);
            return null_of(reading);
        }
        let (mut plan, mut text) = self.trimmed(made, slot, column, cell);
        let named: Vec<String> = names
            .into_iter()
            .filter(|name| could_be_read(name, reading))
            .collect();
        if !named.is_empty() {
            text = plan.column("said", blank::unless_blank(&text, &named, text.clone()));
            plan.next();
        }
        match reading {
            Reading::Number => {
                let plain = plan.column("digits", number::plain(text, self.manner.decimal));
                plan.next();
                plan.column("number", number::millionths(plain))
            }
            Reading::YesNo => {
                let word = plan.column("word", text.lower());
                plan.next();
                plan.column("yes", yes_no::yes_no(word))
            }
            Reading::Day => {
                let day = times::day(&text, &self.times, &mut plan);
                plan.column("day", day)
            }
        }
    }

    fn refuse_pattern(&self, made: &mut Made, slot: usize) {
        let name = &self.columns.entries()[slot].name;
        let message =
            format!("the times in `{name}` are written in a pattern, which no query can read");
        let hint = "leave time_format out where the table has ISO 8601, or give the table's column a type: timestamp, local-timestamp or date";
        Self::refuse(made, slot, message, hint);
    }

    /// The time of events in a column. Where it cannot be read, the query fails.
    pub fn time(&self, slot: usize) -> EventTime {
        let nothing = EventTime {
            instant: Expression::NO_NUMBER,
            day: Expression::NO_NUMBER,
        };
        let Some(column) = self.table_column(slot) else {
            return nothing;
        };
        let made = &mut *self.made.borrow_mut();
        if let Some(known) = made.times.get(&slot) {
            return known.clone();
        }
        let raw = Expression::column(&column.name);
        let time = if column.kept_as.is_time() {
            let mut plan = self.plan(made, slot);
            times::event_time(&raw, column.kept_as, &self.times, &mut plan)
        } else if self.times.has_pattern() {
            self.refuse_pattern(made, slot);
            nothing
        } else {
            let cell = self.cell(column).unwrap_or(Expression::Null(TEXT));
            let (mut plan, text) = self.trimmed(made, slot, column, cell);
            times::event_time(&text, column.kept_as, &self.times, &mut plan)
        };
        made.times.insert(slot, time.clone());
        time
    }

    /// The number of the type of events that a column names, or NULL where signals use none such.
    pub fn event_kind(&self, events: &Events, slot: usize) -> Expression {
        let Some(column) = self.table_column(slot) else {
            return Expression::NO_NUMBER;
        };
        let made = &mut *self.made.borrow_mut();
        if let Some(known) = made.kinds.get(&slot) {
            return known.clone();
        }
        let cell = self.cell(column).unwrap_or(Expression::Null(TEXT));
        let (mut plan, text) = self.trimmed(made, slot, column, cell);
        let lowered = plan.column("lowered", text.clone().lower());
        plan.next();
        let number = event_kind::number(&text, &lowered, events, self.layout.shape);
        let kind = plan.column("kind", number);
        made.kinds.insert(slot, kind.clone());
        kind
    }

    /// A text made of cells read as a number.
    pub fn number_from(&self, text: Expression) -> Amount {
        let read = self.derived(&text, Reading::Number, |plan, text| {
            let plain = plan.column("digits", number::plain(text, self.manner.decimal));
            plan.next();
            plan.column("number", number::millionths(plain))
        });
        let read = read.unwrap_or_else(|| {
            number::millionths(number::plain(trimmed(text), self.manner.decimal))
        });
        Amount::new(read, Unit::Millionth)
    }

    /// A text made of cells read as yes or no.
    pub fn yes_no_from(&self, text: Expression) -> Expression {
        let read = self.derived(&text, Reading::YesNo, |plan, text| {
            plan.column("yes", yes_no::yes_no(text.lower()))
        });
        read.unwrap_or_else(|| yes_no::yes_no(trimmed(text).lower()))
    }

    /// A text made of cells read as a day.
    pub fn day_from(&self, text: &Expression) -> Expression {
        let read = self.derived(text, Reading::Day, |plan, text| {
            let day = times::day(&text, &self.times, plan);
            plan.column("day", day)
        });
        read.unwrap_or_else(|| times::day_at_once(&trimmed(text.clone()), &self.times))
    }

    /// What a text that is made of the columns of the steps so far is read as, in steps behind them; None where it is
    /// made of more, or where the steps have been taken already.
    fn derived(
        &self,
        text: &Expression,
        reading: Reading,
        read: impl FnOnce(&mut ColumnPlan<'_>, Expression) -> Expression,
    ) -> Option<Expression> {
        /// Behind all steps of the cells themselves.
        const FIRST: usize = 16;
        let made = &mut *self.made.borrow_mut();
        let mut known = made.derived.iter();
        let known = known.find(|(of, as_what, _)| *as_what == reading && of == text);
        if let Some((_, _, column)) = known {
            return Some(column.clone());
        }
        let mut is_known = !made.is_taken;
        text.each(&mut |part| {
            if let Expression::Column { of, name } = part {
                is_known &= of.is_none() && made.known.contains(name);
            }
        });
        if !is_known || (reading == Reading::Day && self.times.has_pattern()) {
            return None;
        }
        let number = made.derived.len() + 1;
        let mut plan = ColumnPlan {
            base: base_name(&format!("text_{number}"), &mut made.known.clone()),
            step: FIRST,
            made,
        };
        let trimmed = plan.column("trimmed", trimmed(text.clone()));
        plan.next();
        let column = read(&mut plan, trimmed);
        let derived = (text.clone(), reading, column.clone());
        made.derived.push(derived);
        Some(column)
    }
}

/// Whether a text could be something else than blank when it is read so.
fn could_be_read(text: &str, reading: Reading) -> bool {
    match reading {
        Reading::Number | Reading::Day => text.contains(|c: char| c.is_ascii_digit()),
        Reading::YesNo => crate::value::read_yes_no(text).is_some(),
    }
}

fn null_of(reading: Reading) -> Expression {
    Expression::Null(match reading {
        Reading::Number | Reading::Day => Type::Integer,
        Reading::YesNo => Type::Truth,
    })
}

/// A name that is a word, and neither another's nor another's with an ending.
fn base_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let word = snake_case(name).replace('.', "_");
    let word = if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
        format!("column_{word}")
    } else {
        word
    };
    let mut number = 1;
    loop {
        let base = if number == 1 {
            word.clone()
        } else {
            format!("{word}_{number}")
        };
        let ends = SUFFIXES.iter().map(|suffix| format!("{base}_{suffix}"));
        let all: Vec<String> = ends.chain([base.clone()]).collect();
        if all.iter().all(|name| !taken.contains(name)) {
            taken.extend(all);
            return base;
        }
        number += 1;
    }
}
