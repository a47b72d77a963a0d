//! What people set by hand, in columns of the contacts and in a table: scores, temperatures, and leads to leave alone.
//! For one action the table replaces the column.

use super::beside::{self, day, points, temperature_called};
use super::lead::{Lead, Scope};
use super::names::Names;
use super::points::within;
use super::{Draft, shown};
use crate::model::{Model, OverrideColumns};
use crate::rank::overrides::Action;
use crate::sql::amount::{Amount, Unit};
use crate::sql::condition::Slots;
use crate::sql::expression::{
    Aggregate, Comparison, Expression, Order, Type, Window, WindowFunction,
};
use crate::sql::phrases::{all, any};
use crate::sql::read::trimmed;
use crate::sql::relation::{Item, Join, Select, Source, TableName};

/// What overrides make of a lead: names of its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct ByHand {
    /// For each action, what it sets (NULL if nothing), and what it says.
    pub actions: Vec<Of>,
    /// The total after each of score, add, floor and ceiling.
    pub after: Vec<String>,
    /// The step with the rows of the table, if there is one.
    pub rows: Option<Rows>,
}

/// One action.
#[derive(Debug, Clone)]
pub(super) struct Of {
    /// The number or the points that it sets; 1 for a lead that is taken out.
    pub value: String,
    /// The overrides in words, with `; ` between.
    pub text: String,
    /// The same, each behind `by hand: `.
    pub said: String,
    /// Whether it comes from the table.
    pub in_table: Option<String>,
}

/// The rows of the table that are in force.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub step: String,
    pub id: String,
    pub action: String,
    pub value: String,
    pub text: String,
    pub place: String,
}

/// The least and the most thousandths that an override sets.
const LARGEST: i64 = 1_000_000_000_000_000;

/// Adds the steps from the computed total to the one that counts, if anybody may set anything.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let mut own: Vec<Option<(String, String)>> = vec![None; Action::NAMES.len()];
    if let Some(columns) = &model.overrides {
        own = in_columns(draft, lead, columns);
    }
    let actions = match draft.request.overrides {
        None if model.overrides.is_none() => return,
        None => own.into_iter().map(|own| alone(own, lead, draft)).collect(),
        Some(table) => in_table(draft, lead, table, &own),
    };
    lead.by_hand.get_or_insert_default().actions = actions;
    apply(draft, lead);
}

/// A value that only a column of the contacts sets: names of its value and of its words.
fn alone(own: Option<(String, String)>, lead: &mut Lead<'_>, draft: &mut Draft<'_>) -> Of {
    let (value, text) = own.unwrap_or_else(|| {
        let [value, text] = ["set_by_nobody", "said_by_nobody"].map(|name| lead.names.take(name));
        let items = vec![
            Item::new(&value, Expression::NO_NUMBER),
            Item::new(&text, Expression::Null(Type::Text)),
        ];
        lead.step = draft.extended(&lead.step, "nobody", Vec::new(), items);
        (value, text)
    });
    Of {
        said: text.clone(),
        value,
        text,
        in_table: None,
    }
}

/// What the contacts' own cells set: for each action the columns of the value and of the words.
fn in_columns(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
    columns: &OverrideColumns,
) -> Vec<Option<(String, String)>> {
    let model = draft.model();
    let scope = Scope::of(lead, draft.today());
    let in_force = match columns.until {
        None => Expression::Truth(true),
        Some((slot, reading)) => any([
            scope.is_blank(slot),
            scope.reading(reading).at_least(draft.today()),
        ]),
    };
    let number = |reading: Option<usize>| {
        let amount = Amount::new(scope.reading(reading?), Unit::Millionth);
        Some(amount.times_points(1_000))
    };
    let temperature = columns
        .temperature
        .map(|slot| temperature_called(model, &trimmed(scope.text(slot))));
    let exclude = columns
        .exclude
        .map(|reading| Expression::case([(scope.reading(reading), Expression::Integer(1))], None));
    let values = [
        temperature,
        number(columns.score),
        number(columns.add),
        number(columns.floor),
        number(columns.ceiling),
        exclude,
    ];
    let until = columns
        .until
        .map_or(Expression::NO_NUMBER, |(_, reading)| scope.reading(reading));
    let text =
        |slot: Option<usize>| slot.map_or(Expression::Null(Type::Text), |slot| scope.text(slot));
    let (by, reason) = (text(columns.by), text(columns.reason));
    let behind = lead.names.take("set_until_by");
    let mut items = vec![Item::new(&behind, circumstances(&until, &by, &reason))];
    let mut set = Vec::new();
    for (action, value) in Action::NAMES.iter().zip(values) {
        set.push(value.map(|value| {
            let name = lead.names.take(&format!("set_{action}"));
            let value = Expression::case([(in_force.clone(), value)], None);
            items.push(Item::new(&name, value));
            name
        }));
    }
    let comments = vec!["What was set by hand, as far as it is in force".to_owned()];
    let mut texts = Vec::new();
    let mut own = Vec::new();
    for (number, name) in set.into_iter().enumerate() {
        own.push(name.map(|name| {
            let text = lead.names.take(&format!("said_{}", Action::NAMES[number]));
            let words = described(model, number, &Expression::column(&name));
            let words = Expression::Concatenation(vec![words, Expression::column(&behind)]);
            let is_set = Expression::column(&name).is_null().negation();
            texts.push(Item::new(&text, Expression::case([(is_set, words)], None)));
            (name, text)
        }));
    }
    lead.step = draft.extended(&lead.step, "set_by_hand", comments, items);
    let comments = vec!["The same in words".to_owned()];
    lead.step = draft.extended(&lead.step, "said_by_hand", comments, texts);
    own
}

/// Until when, by whom and why; nothing where nothing is known.
fn circumstances(until: &Expression, by: &Expression, reason: &Expression) -> Expression {
    let known = |what: &Expression, text: Vec<Expression>| {
        if matches!(what, Expression::Null(_)) {
            return Expression::literal("");
        }
        let is_known = match what {
            _ if what == until => what.clone().is_null().negation(),
            _ => what
                .clone()
                .compared(Comparison::Unequal, Expression::literal("")),
        };
        Expression::case(
            [(is_known, Expression::Concatenation(text))],
            Expression::literal(""),
        )
    };
    let day = Expression::DateText(Box::new(until.clone()));
    Expression::Concatenation(vec![
        known(until, vec![Expression::literal(" until "), day]),
        known(by, vec![Expression::literal(" by "), by.clone()]),
        known(reason, vec![Expression::literal(": "), reason.clone()]),
    ])
}

/// What an action of a number sets, in words.
fn described(model: &Model, action: usize, value: &Expression) -> Expression {
    let with = |word: &str| {
        Expression::Concatenation(vec![
            Expression::literal(word),
            shown::points(value, -LARGEST),
        ])
    };
    match action {
        0 => {
            let names = model.temperatures.iter();
            let names = names.map(|t| format!("temperature {}", t.name));
            let arms = (0..).zip(names).map(|(number, text)| {
                (
                    value.clone().equals(Expression::Integer(number)),
                    Expression::literal(text),
                )
            });
            Expression::case(arms, None)
        }
        1 => with("score "),
        2 => with("add "),
        3 => with("at least "),
        4 => with("at most "),
        _ => Expression::literal(Model::EXCLUDED),
    }
}

/// Reads the table, and joins what it sets to the leads.
fn in_table(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
    table: &TableName,
    own: &[Option<(String, String)>],
) -> Vec<Of> {
    let mut rows = in_force(draft, table);
    let aggregated = together(draft, &mut rows);
    let step = lead.step.clone();
    let mut items = Vec::new();
    let mut actions = Vec::new();
    for (number, (value, text, said)) in aggregated.columns.iter().enumerate() {
        let action = Action::NAMES[number];
        let of = |column: &String| Expression::column_of(&aggregated.step, column);
        let is_in_table = || of(value).is_null().negation();
        let own = own[number].as_ref();
        let either = |column: &String, own: Option<&String>| match own {
            None => of(column),
            Some(own) => Expression::case(
                [(is_in_table(), of(column))],
                Expression::column_of(&step, own),
            ),
        };
        let names = ["set", "said", "told"]
            .map(|word| lead.names.take(&format!("{word}_{action}_at_last")));
        items.push(Item::new(&names[0], either(value, own.map(|own| &own.0))));
        items.push(Item::new(&names[1], either(text, own.map(|own| &own.1))));
        items.push(Item::new(&names[2], either(said, own.map(|own| &own.1))));
        let in_table = lead.names.take(&format!("{action}_is_in_table"));
        let flag = Expression::case(
            [(is_in_table(), Expression::Truth(true))],
            Expression::Truth(false),
        );
        items.push(Item::new(&in_table, flag));
        let [value, text, said] = names;
        actions.push(Of {
            value,
            text,
            said,
            in_table: Some(in_table),
        });
    }
    let select = Select {
        all_of: vec![step.clone()],
        items,
        from: Source::Step(step.clone()),
        joins: vec![Join {
            keeps_all: true,
            to: Source::Step(aggregated.step.clone()),
            on: vec![(
                Expression::column_of(&step, &lead.id),
                Expression::column_of(&aggregated.step, &rows.id),
            )],
        }],
        ..Select::default()
    };
    let comments =
        vec!["The leads with what is set of them; the table goes before the columns".to_owned()];
    lead.step = draft.select("overridden", comments, select);
    lead.by_hand.get_or_insert_default().rows = Some(rows);
    actions
}

/// The rows of the table that are in force, each once, in their order for each contact.
fn in_force(draft: &mut Draft<'_>, table: &TableName) -> Rows {
    let model = draft.model();
    let about = ("overrides", "What was set by hand");
    let columns = ["action", "value", "until", "by", "reason"];
    let list = beside::read(draft, table, &columns, about);
    let [action_text, value_text, until_text, by, reason] =
        [0, 1, 2, 3, 4].map(|at| list.cells[at].clone());
    let [action, value, until] =
        ["action_number", "value_set", "until_day"].map(|name| list.names.take(name));
    let number_of = |wanted: &str| {
        let place = Action::NAMES.iter().position(|name| *name == wanted);
        i64::try_from(place.unwrap_or(0)).unwrap_or(0)
    };
    let is_called = |name: &str| {
        action_text
            .clone()
            .lower()
            .equals(Expression::literal(name))
    };
    let names_of_actions = Action::NAMES.iter();
    let arms = names_of_actions.map(|name| (is_called(name), Expression::Integer(number_of(name))));
    let no_action = Expression::refuse(
        "hotlist: an override has no such action: ",
        action_text.clone(),
    );
    let action_value = Expression::case(arms, no_action);
    let called = temperature_called(model, &value_text);
    let no_temperature = Expression::refuse(
        "hotlist: an override names no temperature of the model: ",
        value_text.clone(),
    );
    let temperature = Expression::case([(called.clone().is_null(), no_temperature)], called);
    let is_yes = any([
        value_text.clone().equals(Expression::literal("")),
        crate::sql::read::truth_of(value_text.clone().lower()),
    ]);
    let not_yes = Expression::refuse(
        "hotlist: an override to exclude has a value that is not yes: ",
        value_text.clone(),
    );
    let exclude = Expression::case([(is_yes, Expression::Integer(1))], not_yes);
    let set = Expression::case(
        [
            (is_called("temperature"), temperature),
            (is_called("exclude"), exclude),
        ],
        points(
            &value_text,
            "hotlist: the value of an override is no number of points: ",
        ),
    );
    let no_id = Expression::refuse(
        "hotlist: an override has no contact_id, with the action ",
        action_text.clone(),
    );
    let id = Expression::column(&list.id);
    let items = vec![
        Item::new(&list.id, id.clone()),
        Item::new(
            &action,
            Expression::case([(id.clone().is_null(), no_id)], action_value),
        ),
        Item::new(&value, set),
        Item::new(
            &until,
            day(
                &until_text,
                "hotlist: the until of an override is no date: ",
            ),
        ),
        Item::new("said_by", by),
        Item::new("said_why", reason),
    ];
    let select = Select {
        items,
        from: Source::Step(list.step.clone()),
        ..Select::default()
    };
    let step = draft.select("overrides_set", Vec::new(), select);

    let column = |name: &str| Expression::column(name);
    let kept = [&list.id, &action, &value, &until];
    let kept = kept
        .map(String::as_str)
        .into_iter()
        .chain(["said_by", "said_why"]);
    let kept: Vec<&str> = kept.collect();
    let in_force = any([
        column(&until).is_null(),
        column(&until).at_least(draft.today()),
    ]);
    let select = Select {
        items: kept
            .iter()
            .map(|name| Item::new(*name, column(name)))
            .collect(),
        from: Source::Step(step),
        joins: draft.told(),
        filter: Some(in_force),
        group_by: kept.iter().map(|name| column(name)).collect(),
        ..Select::default()
    };
    let comments = vec!["Those in force, each once".to_owned()];
    let step = draft.select("overrides_in_force", comments, select);

    let place = list.names.take("place_of_override");
    let text = list.names.take("override_text");
    let numbers = 0..Action::NAMES.len();
    let words = numbers.map(|number| {
        let at = i64::try_from(number).unwrap_or(0);
        let is_it = column(&action).equals(Expression::Integer(at));
        (is_it, described(model, number, &column(&value)))
    });
    let words = Expression::case(words, Expression::literal(""));
    let behind = circumstances(&column(&until), &column("said_by"), &column("said_why"));
    let ascending = |key| Order {
        key,
        descending: false,
    };
    let over = |function, partition: Vec<Expression>, order| {
        Expression::Window(Box::new(Window {
            function,
            partition,
            order,
        }))
    };
    let in_order = over(
        WindowFunction::RowNumber,
        vec![column(&list.id)],
        vec![
            ascending(column(&action)),
            ascending(column(&value)),
            ascending(column(&until).or_else(Expression::Integer(-1_000_000))),
            ascending(Expression::Bytes(Box::new(column("said_by")))),
            ascending(Expression::Bytes(Box::new(column("said_why")))),
        ],
    );
    let same = vec![column(&list.id), column(&action)];
    let ends = [Aggregate::Min, Aggregate::Max].map(|end| {
        over(
            WindowFunction::Of(end, column(&value)),
            same.clone(),
            Vec::new(),
        )
    });
    let [least, most] = ends;
    let sets_once = Expression::In(
        Box::new(column(&action)),
        vec![Expression::Integer(0), Expression::Integer(1)],
    );
    let contradicts = all([sets_once, least.compared(Comparison::Unequal, most)]);
    let contradiction = Expression::refuse(
        "hotlist: overrides contradict each other for ",
        column(&list.id),
    );
    let once = Expression::case([(contradicts, contradiction)], column(&value));
    let items = vec![
        Item::new(&list.id, column(&list.id)),
        Item::new(&action, column(&action)),
        Item::new(&value, once),
        Item::new(&text, Expression::Concatenation(vec![words, behind])),
        Item::new(&place, in_order),
    ];
    let select = Select {
        items,
        from: Source::Step(step),
        ..Select::default()
    };
    let comments = vec!["In words and in their order".to_owned()];
    Rows {
        step: draft.select("overrides_in_order", comments, select),
        id: list.id,
        action,
        value,
        text,
        place,
    }
}

/// What the rows of each contact come to: for each action the names of its value, its words, and these behind `by
/// hand: `.
struct Together {
    step: String,
    columns: Vec<(String, String, String)>,
}

fn together(draft: &mut Draft<'_>, rows: &mut Rows) -> Together {
    let column = Expression::column;
    let names = Names::default();
    let mut items = vec![Item::new(&rows.id, column(&rows.id))];
    let mut columns = Vec::new();
    for (number, action) in Action::NAMES.iter().enumerate() {
        let at = i64::try_from(number).unwrap_or(0);
        let of_those = |value: Expression| {
            let is_it = column(&rows.action).equals(Expression::Integer(at));
            Expression::case([(is_it, value)], None)
        };
        let how = match *action {
            "add" => Aggregate::Sum,
            "ceiling" => Aggregate::Min,
            _ => Aggregate::Max,
        };
        let value = Expression::Aggregate(how, Box::new(of_those(column(&rows.value))));
        let joined = |separator: &str| Expression::Joined {
            text: Box::new(of_those(column(&rows.text))),
            separator: separator.to_owned(),
            order: Box::new(column(&rows.place)),
        };
        let own = ["value", "text", "told"].map(|word| names.take(&format!("{action}_{word}")));
        items.push(Item::new(&own[0], value));
        items.push(Item::new(&own[1], joined("; ")));
        items.push(Item::new(&own[2], joined("; by hand: ")));
        let [value, text, told] = own;
        columns.push((value, text, told));
    }
    let select = Select {
        items,
        from: Source::Step(rows.step.clone()),
        group_by: vec![column(&rows.id)],
        ..Select::default()
    };
    let comments = vec!["What is set of each contact".to_owned()];
    Together {
        step: draft.select("overrides_together", comments, select),
        columns,
    }
}

/// Lets score, add, floor and ceiling change the total, in this order, and the bounds of the score hold it.
fn apply(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let Some(mut by_hand) = lead.by_hand.take() else {
        return;
    };
    let set = |number: usize| Expression::column(&by_hand.actions[number].value);
    let mut before = Expression::column(&lead.computed);
    let mut after = Vec::new();
    for (number, word) in [(1, "score"), (2, "add"), (3, "floor"), (4, "ceiling")] {
        let value = match number {
            1 => set(1).or_else(before.clone()),
            2 => before.clone().plus(set(2).or_else(Expression::Integer(0))),
            3 => Expression::case([(set(3).greater(before.clone()), set(3))], before.clone()),
            _ => Expression::case([(set(4).less(before.clone()), set(4))], before.clone()),
        };
        let name = lead.names.take(&format!("total_after_{word}"));
        let comments = vec![format!("The total after what was set by hand: {word}")];
        lead.step = draft.extended(
            &lead.step,
            &format!("after_{word}"),
            comments,
            vec![Item::new(&name, value)],
        );
        before = Expression::column(&name);
        after.push(name);
    }
    let total = lead.names.take("total_at_last");
    let score = &model.score;
    let held = within(before, Some(score.min), Some(score.max));
    let comments = vec!["Within the bounds of the score again".to_owned()];
    let items = vec![Item::new(&total, held)];
    lead.step = draft.extended(&lead.step, "after_bounds", comments, items);
    lead.total = total;
    by_hand.after = after;
    lead.by_hand = Some(by_hand);
}

impl ByHand {
    /// The number of the temperature that was set; NULL if none was.
    pub(super) fn temperature(&self) -> Expression {
        Expression::column(&self.actions[0].value)
    }

    /// Whether the lead was taken out.
    pub(super) fn excludes(&self) -> Expression {
        Expression::column(&self.actions[5].value)
            .is_null()
            .negation()
    }

    /// All of it in words.
    pub(super) fn texts(&self) -> Vec<(Option<Expression>, Expression)> {
        let text = |of: &Of| {
            let is_set = Expression::column(&of.value).is_null().negation();
            (Some(is_set), Expression::column(&of.text))
        };
        self.actions.iter().map(text).collect()
    }

    /// The same as reasons.
    pub(super) fn reasons(&self) -> Vec<(Option<Expression>, Expression)> {
        let text = |of: &Of| {
            let is_set = Expression::column(&of.value).is_null().negation();
            let words = vec![
                Expression::literal("by hand: "),
                Expression::column(&of.said),
            ];
            (Some(is_set), Expression::Concatenation(words))
        };
        self.actions.iter().map(text).collect()
    }
}
