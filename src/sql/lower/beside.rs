//! The tables beside contacts and events: what people set by hand, and the list of an earlier run. Their columns are
//! called as in the files that `hotlist score` takes.

use super::Draft;
use super::names::Names;
use crate::model::columns::Columns;
use crate::model::{Cells as Manner, Model, Temperature};
use crate::sql::expression::Expression;
use crate::sql::phrases::{all, any};
use crate::sql::read::{Cells, ColumnType, TableColumn, TableLayout, trimmed};
use crate::sql::relation::{Item, Select, Source, TableName};

/// A table whose cells are read.
pub(super) struct Beside {
    /// The step that has them.
    pub step: String,
    /// The names of its columns.
    pub names: Names,
    /// The id, as ids are compared.
    pub id: String,
    /// The other cells, trimmed; an empty text where there is nothing.
    pub cells: Vec<Expression>,
}

/// Adds the steps that read a table with an id and other columns.
pub(super) fn read(
    draft: &mut Draft<'_>,
    table: &TableName,
    others: &[&str],
    (name, about): (&str, &str),
) -> Beside {
    let mut columns = Columns::default();
    let slots: Vec<usize> = std::iter::once(&"contact_id")
        .chain(others)
        .map(|name| columns.kept(name))
        .collect();
    let column = |name: &&str| {
        Some(TableColumn {
            name: (*name).to_owned(),
            kept_as: ColumnType::Text,
        })
    };
    let layout = TableLayout {
        columns: std::iter::once(&"contact_id")
            .chain(others)
            .map(column)
            .collect(),
        shape: None,
    };
    let manner = Manner::default();
    let zone = &draft.model().zone;
    let cells = Cells::new(&columns, &manner, &layout, zone);
    let id = cells.id(slots[0]);
    let texts: Vec<Expression> = slots[1..].iter().map(|slot| cells.text(*slot)).collect();
    let known_as = format!("{name}_rows");
    let comments = vec![about.to_owned()];
    let step = draft.cells(
        (&columns, &cells),
        table,
        &known_as,
        &format!("{name}_cells"),
        comments,
    );
    let names = Names::default();
    let id_name = names.take("lead_id");
    let mut items = vec![Item::new(&id_name, id)];
    let mut read = Vec::new();
    for (text, other) in texts.into_iter().zip(others) {
        let name = names.take(other);
        items.push(Item::new(
            &name,
            trimmed(text.or_else(Expression::literal(""))),
        ));
        read.push(Expression::column(name));
    }
    let select = Select {
        items,
        from: Source::Step(step),
        ..Select::default()
    };
    Beside {
        step: draft.select(&format!("{name}_read"), Vec::new(), select),
        names,
        id: id_name,
        cells: read,
    }
}

/// The number of a temperature called so, by its name or its tag, whatever its capitals; NULL of any other text.
pub(super) fn temperature_called(model: &Model, text: &Expression) -> Expression {
    let called = |temperature: &Temperature| {
        let names = std::iter::once(&temperature.name).chain(&temperature.tag);
        let names: Vec<String> = names.map(|name| name.to_ascii_lowercase()).collect();
        text.clone().lower().is_one_of(names)
    };
    let temperatures = (0..).zip(&model.temperatures);
    let arms = temperatures
        .map(|(number, temperature)| (called(temperature), Expression::Integer(number)));
    Expression::case(arms, None)
}

/// The thousandths of points as people write them, such as `80` or `-2.5`; refused with a message where a text says
/// something else.
pub(super) fn points(text: &Expression, message: &str) -> Expression {
    let digits = |text: Expression| text.digits();
    let unsigned = text.clone().without("+-");
    let whole = |text: Expression| digits(text).times(Expression::Integer(1_000));
    let behind = unsigned.clone().after(".").followed_by("000").part(1, 3);
    let with_point = whole(unsigned.clone().before(".")).plus(digits(behind));
    let magnitude = Expression::case(
        [
            (text.clone().matches("[+-]?[0-9]{1,9}"), whole(unsigned)),
            (
                text.clone().matches("[+-]?[0-9]{1,9}\\.[0-9]{1,3}"),
                with_point,
            ),
        ],
        Expression::refuse(message, text.clone()),
    );
    let is_below =
        Expression::StartsWith(Box::new(text.clone()), Box::new(Expression::literal("-")));
    Expression::case([(is_below, magnitude.clone().negated())], magnitude)
}

/// The day of a date such as `2026-12-01`, NULL of an empty text; refused with a message where a text says something
/// else.
pub(super) fn day(text: &Expression, message: &str) -> Expression {
    let day = Expression::DayOf(Box::new(text.clone()));
    let written = Expression::DateText(Box::new(day.clone()));
    let is_date = all([
        text.clone()
            .matches("(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
        // There is no 30th of February.
        any([
            text.clone().matches(".*-(0[1-9]|1[0-9]|2[0-8])"),
            written.equals(text.clone()),
        ]),
    ]);
    Expression::case(
        [
            (
                text.clone().equals(Expression::literal("")),
                Expression::NO_NUMBER,
            ),
            (is_date, day),
        ],
        Expression::refuse(message, text.clone()),
    )
}
