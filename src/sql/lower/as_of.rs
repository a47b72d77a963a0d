//! The instant to look back from: whole numbers that stand in the query, or a date that whoever runs the query tells it as
//! a parameter.

use super::Draft;
use crate::sql::expression::{Expression, Type};
use crate::sql::phrases::{all, any};
use crate::sql::relation::{Item, Join, Literal, Rows, Select, Source};
use crate::sql::zone::{Clock, Offsets, Table as OffsetRows};

/// The columns of the step that reads the parameter.
#[derive(Debug, Clone)]
pub(super) struct Told {
    step: String,
}

impl Told {
    pub(super) const TEXT: &str = "as_of_text";
    pub(super) const DAY: &str = "as_of_day";
    pub(super) const INSTANT: &str = "as_of_instant";

    /// What joins its one row to every row of a selection.
    pub(super) fn join(&self) -> Join {
        Join {
            keeps_all: false,
            to: Source::Step(self.step.clone()),
            on: Vec::new(),
        }
    }

    /// Its columns, to go on with.
    pub(super) fn items() -> [Item; 2] {
        [Self::TEXT, Self::DAY].map(|name| Item::new(name, Expression::column(name)))
    }
}

/// Adds the steps that read the parameter.
pub(super) fn read(draft: &mut Draft<'_>, parameter: &str) -> Told {
    let text = || Expression::column(Told::TEXT);
    let literal = Literal {
        columns: vec![(Told::TEXT.to_owned(), Type::Text)],
        rows: vec![vec![Expression::Parameter(parameter.to_owned())]],
    };
    let comments = vec![format!(
        "The parameter {parameter}: a date, such as 2026-11-01, which means its end"
    )];
    let step = draft.step("as_of_told", comments, Rows::Literal(literal));
    let day = Expression::DayOf(Box::new(text()));
    let written = Expression::DateText(Box::new(day.clone()));
    let is_date = all([
        text().matches("(19[7-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
        // There is no 30th of February.
        any([
            text().matches(".*-(0[1-9]|1[0-9]|2[0-8])"),
            written.equals(text()),
        ]),
    ]);
    let refusal = Expression::refuse("hotlist: as-of is no date such as 2026-11-01: ", text());
    let day = Expression::case([(is_date, day)], refusal);
    let items = vec![Item::new(Told::DAY, day)];
    let step = draft.extended(&step, "as_of_read", Vec::new(), items);

    // The last microsecond before the next day starts.
    let second = Expression::column(Told::DAY)
        .plus(Expression::Integer(1))
        .times(Expression::Integer(86_400));
    let (ahead, joins) = match Offsets::of(&draft.model().zone) {
        Offsets::Fixed(seconds) => (Expression::Integer(seconds), Vec::new()),
        Offsets::Table(table) => {
            let offsets = draft.offsets();
            let piece = Expression::column_of(&offsets, OffsetRows::PIECE);
            let join = Join {
                keeps_all: true,
                to: Source::Step(offsets.clone()),
                on: vec![(OffsetRows::piece_of(second.clone()), piece)],
            };
            (table.offset_at(Clock::Local, &second, &offsets), vec![join])
        }
    };
    let instant = second
        .minus(ahead)
        .times(Expression::Integer(1_000_000))
        .minus(Expression::Integer(1));
    let select = Select {
        all_of: vec![step.clone()],
        items: vec![Item::new(Told::INSTANT, instant)],
        from: Source::Step(step),
        joins,
        ..Select::default()
    };
    Told {
        step: draft.select("as_of", vec!["Its last microsecond".to_owned()], select),
    }
}
