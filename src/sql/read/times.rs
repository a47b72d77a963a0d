//! Days and instants of trimmed texts and of typed columns, in as many steps as they take: each step computes columns
//! from those of the step before.
//!
//! A text is first written as ISO 8601 has it, then read; where the model's zone changes its clocks, rows of offsets are
//! joined in between. What has no offset is local time.

use super::super::expression::{Expression, Native};
use super::super::phrases::all;
use super::super::zone::{Clock, Offsets, Table};
use super::epoch::Epoch;
use super::iso::{self, DAY_MICROS, SECOND_MICROS};
use super::numeric_date;
use super::typed::ColumnType;
use super::{ColumnPlan, Joined};
use crate::value::{DateOrder, TimeForm};

/// Instants that are read, in microseconds: 1970 to 2099.
const INSTANTS_END: i64 = 4_102_444_800_000_000;
/// Days that are read: 1900 to 2199.
const DAYS: std::ops::Range<i64> = -25_567..84_006;
/// Days that are added so that none before 1900 is below nought.
const DAYS_BEFORE: i64 = 30_000;

const NO_ORDER: &str =
    "hotlist: in which order a date stands is not said; set date_order in the model: ";
const ZONE_NAMED: &str = "hotlist: a zone in brackets behind a time cannot be read by a query: ";
const EDGE: &str = "hotlist: whether this day is one from 1900 to 2199 cannot be told by a query: ";
const FAR_DAY: &str =
    "hotlist: the local day of a time with an offset is known from 1970 to 2099 only: ";
const OFFSET_IN_TEXT: &str = "hotlist: a text made of columns is a time with an offset, whose local day a query does not know: ";
const NO_TIME: &str =
    "hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ";

/// How the times of a table are read.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub form: TimeForm,
    pub order: Option<DateOrder>,
    /// The offsets of the zone.
    pub offsets: Offsets,
    /// Whether the offset has been the same since 1900 and stays so until 2200.
    pub is_constant: bool,
}

impl Manner {
    /// The epoch form in which times may be.
    fn epoch(&self) -> Option<Epoch> {
        match &self.form {
            TimeForm::Usually(form) => Epoch::of(form),
            form => Epoch::of(form),
        }
    }

    /// Whether times may be written as ISO 8601 and as numeric dates.
    fn is_recognised(&self) -> bool {
        matches!(self.form, TimeForm::Recognised | TimeForm::Usually(_))
    }

    /// Whether times are in a pattern, which no query can read.
    pub fn has_pattern(&self) -> bool {
        match &self.form {
            TimeForm::Pattern(_) => true,
            TimeForm::Usually(form) => matches!(**form, TimeForm::Pattern(_)),
            _ => false,
        }
    }

    /// The seconds that local clocks are always ahead of UTC, if that is so.
    fn fixed(&self) -> Option<i64> {
        match self.offsets {
            Offsets::Fixed(offset) if self.is_constant => Some(offset),
            _ => None,
        }
    }
}

/// The day of an instant on local clocks, by microseconds that are not before 1900 and an offset in seconds.
fn day_of_micros(micros: &Expression, offset: i64) -> Expression {
    let before = DAYS_BEFORE * DAY_MICROS + offset * SECOND_MICROS;
    micros
        .clone()
        .plus(Expression::Integer(before))
        .over(Expression::Integer(DAY_MICROS))
        .minus(Expression::Integer(DAYS_BEFORE))
}

fn day_of_seconds(seconds: Expression) -> Expression {
    seconds
        .plus(Expression::Integer(DAYS_BEFORE * 86_400))
        .over(Expression::Integer(86_400))
        .minus(Expression::Integer(DAYS_BEFORE))
}

/// A day, if it is one that is read.
fn day_in_range(day: &Expression) -> Expression {
    let is_in_range = iso::within(day, DAYS.start, DAYS.end);
    Expression::case([(is_in_range, day.clone())], Expression::NO_NUMBER)
}

/// The offset at a second of a clock, and the join that it takes; `join_if` says for which rows.
fn offset_of(
    table: &Table,
    clock: Clock,
    second: &Expression,
    known_as: String,
    join_if: Expression,
) -> (Joined, Expression) {
    let piece = Expression::case(
        [(join_if, Table::piece_of(second.clone()))],
        Expression::NO_NUMBER,
    );
    let offset = table.offset_at(clock, second, &known_as);
    let joined = Joined { known_as, piece };
    (joined, offset)
}

/// The day that a trimmed text says, computed in steps; `plan` names their columns.
pub(super) fn day(text: &Expression, manner: &Manner, plan: &mut ColumnPlan<'_>) -> Expression {
    let micros = manner
        .epoch()
        .map(|epoch| plan.column("clock", epoch.micros(text)));
    let written = if manner.is_recognised() {
        Some(numeric_date::written(text, manner.order, plan))
    } else {
        None
    };
    plan.next();
    match manner.fixed() {
        Some(offset) => {
            let recognised = written.map_or(Expression::NO_NUMBER, |text| {
                day_of_text(&text, manner.order, offset)
            });
            match micros {
                Some(micros) => {
                    let is_number = micros.clone().is_null().negation();
                    Expression::case([(is_number, day_of_clock(&micros, offset))], recognised)
                }
                None => recognised,
            }
        }
        None => day_in_zone(written.as_ref(), micros.as_ref(), manner, plan),
    }
}

/// The day that a trimmed text says, in one expression. In a zone whose clocks change, a time with an offset is refused.
pub(super) fn day_at_once(text: &Expression, manner: &Manner) -> Expression {
    let offset = manner.fixed();
    let recognised = manner.is_recognised().then(|| {
        let written = numeric_date::separated(text);
        match offset {
            Some(offset) => day_of_text(&written, None, offset),
            None => {
                let mut arms = vec![
                    (
                        written.clone().matches(iso::local(false)),
                        iso::day(&written),
                    ),
                    (
                        written.clone().matches(format!(
                            "{}|{}",
                            iso::exact(),
                            iso::exact_at_the_edge(true)
                        )),
                        Expression::refuse(OFFSET_IN_TEXT, written.clone()),
                    ),
                ];
                arms.extend(refused(&written, None));
                Expression::case(arms, Expression::NO_NUMBER)
            }
        }
    });
    let recognised = recognised.unwrap_or(Expression::NO_NUMBER);
    let Some(epoch) = manner.epoch() else {
        return recognised;
    };
    let micros = epoch.micros(text);
    let is_number = micros.clone().is_null().negation();
    let day = match offset {
        Some(offset) => day_of_clock(&micros, offset),
        None => Expression::refuse(OFFSET_IN_TEXT, text.clone()),
    };
    Expression::case([(is_number, day)], recognised)
}

/// The day of a text that is written as ISO 8601 has it, where the offset is always the same.
fn day_of_text(text: &Expression, order: Option<DateOrder>, offset: i64) -> Expression {
    let zero = Expression::Integer(0);
    let seconds = iso::clock_seconds(text)
        .minus(iso::offset_seconds(text, zero))
        .plus(Expression::Integer(offset));
    let mut arms = vec![
        (
            text.clone().matches(iso::local(offset == 0)),
            iso::day(text),
        ),
        (
            text.clone().matches(iso::exact_at_the_edge(offset != 0)),
            Expression::refuse(EDGE, text.clone()),
        ),
        (text.clone().matches(iso::exact()), day_of_seconds(seconds)),
    ];
    arms.extend(refused(text, order));
    Expression::case(arms, Expression::NO_NUMBER)
}

/// What a query cannot read though the engine does.
fn refused(text: &Expression, order: Option<DateOrder>) -> Vec<(Expression, Expression)> {
    let mut arms = vec![(
        text.clone().matches(iso::with_zone()),
        Expression::refuse(ZONE_NAMED, text.clone()),
    )];
    if order.is_none() {
        arms.push((
            text.clone().matches(numeric_date::undecided()),
            Expression::refuse(NO_ORDER, text.clone()),
        ));
    }
    arms
}

/// The same where clocks change: of a time with an offset, the local day is told by the rows of offsets.
fn day_in_zone(
    written: Option<&Expression>,
    micros: Option<&Expression>,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> Expression {
    let (first, last) = (0, INSTANTS_END / SECOND_MICROS);
    let mut arms = Vec::new();
    if let Some(micros) = micros {
        let second = micros.clone().over(Expression::Integer(SECOND_MICROS));
        let is_near = iso::within(micros, 0, INSTANTS_END);
        // Beyond 1900 and 2199 by more than any offset there is no day.
        let (from, to) = (DAYS.start * DAY_MICROS, DAYS.end * DAY_MICROS);
        let is_far = iso::within(micros, from - DAY_MICROS, to + DAY_MICROS);
        let text = Expression::Decimal(Box::new(micros.clone()));
        arms.push((is_near, second));
        arms.push((is_far, Expression::refuse(FAR_DAY, text)));
    }
    if let Some(text) = written {
        arms.push((
            text.clone().matches(iso::exact()),
            iso::clock_seconds(text).minus(iso::offset_seconds(text, Expression::Integer(0))),
        ));
        arms.push((
            text.clone().matches(iso::exact_at_the_edge(true)),
            Expression::refuse(FAR_DAY, text.clone()),
        ));
        arms.extend(refused(text, manner.order));
    }
    let second = plan.column("second", Expression::case(arms, Expression::NO_NUMBER));
    plan.next();
    let is_near = iso::within(&second, first, last);
    let offset = match &manner.offsets {
        Offsets::Fixed(offset) => Expression::Integer(*offset),
        Offsets::Table(table) => {
            let known_as = plan.name("zone");
            let is_near = is_near.clone();
            let (joined, offset) = offset_of(table, Clock::Utc, &second, known_as, is_near);
            plan.join(joined);
            offset
        }
    };
    let refusal = Expression::refuse(FAR_DAY, Expression::Decimal(Box::new(second.clone())));
    let is_known = second.clone().is_null().negation();
    let mut arms = vec![
        (is_near, day_of_seconds(second.plus(offset))),
        (is_known, refusal),
    ];
    if let Some(text) = written {
        arms.push((text.clone().matches(iso::local(false)), iso::day(text)));
    }
    Expression::case(arms, Expression::NO_NUMBER)
}

/// The day of a typed column.
pub(super) fn typed_day(
    column: &Expression,
    of: ColumnType,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> Expression {
    match of {
        ColumnType::Date => {
            let day = plan.column("date", column.clone().native(Native::Date));
            plan.next();
            day_in_range(&day)
        }
        ColumnType::LocalTimestamp => {
            let clock = plan.column("clock", column.clone().native(Native::LocalTime));
            plan.next();
            day_of_clock(&clock, 0)
        }
        ColumnType::Timestamp => {
            let micros = plan.column("clock", column.clone().native(Native::Instant));
            plan.next();
            match manner.fixed() {
                Some(offset) => day_of_clock(&micros, offset),
                None => day_in_zone(None, Some(&micros), manner, plan),
            }
        }
        ColumnType::Text | ColumnType::Number | ColumnType::Integer | ColumnType::Boolean => {
            Expression::NO_NUMBER
        }
    }
}

fn day_of_clock(micros: &Expression, offset: i64) -> Expression {
    let shift = offset * SECOND_MICROS;
    let (from, to) = (
        DAYS.start * DAY_MICROS - shift,
        DAYS.end * DAY_MICROS - shift,
    );
    let is_in_range = iso::within(micros, from, to);
    Expression::case(
        [(is_in_range, day_of_micros(micros, offset))],
        Expression::NO_NUMBER,
    )
}

/// An event's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTime {
    /// Microseconds since 1970; the query fails where there is none that is read.
    pub instant: Expression,
    /// The day on local clocks.
    pub day: Expression,
}

/// The time of an event, of a trimmed text or a typed column.
pub(super) fn event_time(
    cell: &Expression,
    of: ColumnType,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> EventTime {
    let (micros, written) = instant(cell, of, manner, plan);
    // Of a typed column something of the row as well: what is the same for all, an engine works out beforehand.
    let text = if of.is_time() {
        Expression::Decimal(Box::new(micros.clone()))
    } else {
        cell.clone()
    };
    plan.next();
    let is_read = iso::within(&micros, 0, INSTANTS_END);
    let mut arms = vec![(is_read.clone(), micros.clone())];
    if let Some(written) = written.filter(|_| manner.order.is_none()) {
        let is_undecided = written.clone().matches(numeric_date::undecided());
        arms.push((is_undecided, Expression::refuse(NO_ORDER, written.clone())));
    }
    let refusal = Expression::refuse(NO_TIME, text);
    let instant = plan.column("instant", Expression::case(arms, refusal));
    let day = match &manner.offsets {
        Offsets::Fixed(0) => {
            let day = micros.over(Expression::Integer(DAY_MICROS));
            Expression::case([(is_read, day)], Expression::NO_NUMBER)
        }
        Offsets::Fixed(offset) => Expression::case(
            [(is_read, day_of_micros(&micros, *offset))],
            Expression::NO_NUMBER,
        ),
        Offsets::Table(table) => {
            let second = micros.over(Expression::Integer(SECOND_MICROS));
            let known_as = plan.name("zone");
            let (joined, offset) = offset_of(table, Clock::Utc, &second, known_as, is_read.clone());
            plan.join(joined);
            let day = day_of_seconds(second.plus(offset));
            Expression::case([(is_read, day)], Expression::NO_NUMBER)
        }
    };
    let day = plan.column("day", day);
    plan.next();
    EventTime { instant, day }
}

/// The microseconds of an event's time, NULL where it cannot be read, and its text as ISO 8601 has it.
fn instant(
    cell: &Expression,
    of: ColumnType,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> (Expression, Option<Expression>) {
    match of {
        ColumnType::Timestamp => {
            let micros = plan.column("micros", cell.clone().native(Native::Instant));
            (micros, None)
        }
        ColumnType::Date => {
            let days = plan.column("date", cell.clone().native(Native::Date));
            plan.next();
            let clock = days.clone().times(Expression::Integer(DAY_MICROS));
            let is_near = iso::within(&days, DAYS.start, DAYS.end);
            let clock = Expression::case([(is_near, clock)], Expression::NO_NUMBER);
            (at_clock(clock, None, manner, plan), None)
        }
        ColumnType::LocalTimestamp => {
            let clock = cell.clone().native(Native::LocalTime);
            (at_clock(clock, None, manner, plan), None)
        }
        ColumnType::Text | ColumnType::Number | ColumnType::Integer | ColumnType::Boolean => {
            of_text(cell, manner, plan)
        }
    }
}

fn of_text(
    text: &Expression,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> (Expression, Option<Expression>) {
    let epoch = manner.epoch().map(|epoch| epoch.micros(text));
    if !manner.is_recognised() {
        let micros = plan.column("micros", epoch.unwrap_or(Expression::NO_NUMBER));
        return (micros, None);
    }
    let since = epoch.map(|micros| plan.column("epoch", micros));
    let written = numeric_date::written(text, manner.order, plan);
    plan.next();
    let clock = Expression::case(
        [(
            written.clone().matches(iso::any()),
            iso::clock_micros(&written),
        )],
        Expression::NO_NUMBER,
    );
    let is_utc = manner.fixed() == Some(0);
    let otherwise = if is_utc {
        Expression::Integer(0)
    } else {
        Expression::NO_NUMBER
    };
    let mut offset = iso::offset_seconds(&written, otherwise);
    let mut whole = clock;
    if let Some(since) = since {
        let is_number = since.clone().is_null().negation();
        whole = Expression::case([(is_number.clone(), since)], whole);
        offset = Expression::case([(is_number, Expression::Integer(0))], offset);
    }
    (at_clock(whole, Some(offset), manner, plan), Some(written))
}

/// The microseconds of what a clock shows: with an offset that may be NULL, or in local time.
fn at_clock(
    clock: Expression,
    offset: Option<Expression>,
    manner: &Manner,
    plan: &mut ColumnPlan<'_>,
) -> Expression {
    let micros = |seconds: Expression| seconds.times(Expression::Integer(SECOND_MICROS));
    match (&manner.offsets, offset) {
        (Offsets::Fixed(0), None) => plan.column("micros", clock),
        (Offsets::Fixed(0), Some(offset)) => plan.column("micros", clock.minus(micros(offset))),
        (Offsets::Fixed(fixed), offset) => {
            let fixed = Expression::Integer(*fixed);
            let offset = match offset {
                Some(offset) => offset.or_else(fixed),
                None => fixed,
            };
            plan.column("micros", clock.minus(micros(offset)))
        }
        (Offsets::Table(table), offset) => {
            let clock = plan.column("clock", clock);
            let told = offset.map(|offset| plan.column("offset", offset));
            plan.next();
            let second = clock
                .clone()
                .plus(Expression::Integer(DAY_MICROS))
                .over(Expression::Integer(SECOND_MICROS))
                .minus(Expression::Integer(DAY_MICROS / SECOND_MICROS));
            let is_near = iso::within(&clock, -DAY_MICROS, INSTANTS_END + DAY_MICROS);
            let is_local = told.clone().map(Expression::is_null);
            let join_if = all(is_local.into_iter().chain([is_near.clone()]));
            let known_as = plan.name("clock_zone");
            let (joined, offset) = offset_of(table, Clock::Local, &second, known_as, join_if);
            plan.join(joined);
            // Far from every row there is no offset, and no time that is read.
            let offset = Expression::case([(is_near, offset)], Expression::NO_NUMBER);
            let offset = match told {
                Some(told) => told.or_else(offset),
                None => offset,
            };
            plan.column("micros", clock.minus(micros(offset)))
        }
    }
}
