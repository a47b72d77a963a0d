//! The ledger as rows: where every point of a lead came from, in the order of the ledger that `hotlist score` writes as
//! JSON. The points of a lead's rows sum exactly to its score.

use super::Draft;
use super::labels::{self, is_out};
use super::lead::Lead;
use super::shown;
use crate::output::slug;
use crate::rank::overrides::Action;
use crate::sql::amount::Unit;
use crate::sql::expression::{Comparison, Expression, Order, Type, Window, WindowFunction};
use crate::sql::relation::{Item, Join, Literal, Rows, Select, Source};
use crate::value::Points;

/// One entry that a lead may have.
struct Entry {
    kind: &'static str,
    name: String,
    label: String,
    /// In thousandths, of a lead.
    points: Expression,
    /// Name and label where they are told by the lead.
    told: Option<(Expression, Expression)>,
}

impl Entry {
    fn new(kind: &'static str, name: &str, label: &str, points: Expression) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            label: label.to_owned(),
            points,
            told: None,
        }
    }

    /// An entry of the score itself, named by the slug of its label.
    fn of_score(label: &str, points: Expression) -> Self {
        Self::new("score", &slug(label), label, points)
    }
}

fn nothing() -> Expression {
    Expression::Integer(0)
}

/// What a bound took and what it gave, each an entry.
fn bounds(
    kind: &'static str,
    (name, label): (Option<&str>, &str),
    (min, max): (Option<Points>, Option<Points>),
    change: &Expression,
) -> Vec<Entry> {
    let words = |word: &str, bound: Points| format!("{label}: at {word} {bound}");
    let mut entries = Vec::new();
    let mut add = |label: String, comparison| {
        let is_so = change.clone().compared(comparison, nothing());
        let points = Expression::case([(is_so, change.clone())], nothing());
        let slugged = slug(&label);
        entries.push(Entry::new(kind, name.unwrap_or(&slugged), &label, points));
    };
    if let Some(max) = max {
        add(words("most", max), Comparison::Less);
    }
    if let Some(min) = min {
        add(words("least", min), Comparison::Greater);
    }
    entries
}

/// The entries that a lead may have, in their order.
fn entries(draft: &Draft<'_>, lead: &Lead<'_>) -> Vec<Entry> {
    let model = draft.model();
    let column = |name: &str| Expression::column(name);
    let mut entries = Vec::new();
    for (rule, given) in model.rules.iter().zip(&lead.rules) {
        if let Some(given) = given {
            entries.push(Entry::new("rule", &rule.id, &rule.name, column(given)));
        }
    }
    let groups = model.groups.iter().zip(&lead.groups).zip(&lead.group_sums);
    for ((group, counts), sum) in groups {
        let change = counts.value.clone().minus(sum.clone());
        let own = (Some(group.name.as_str()), group.label.as_str());
        entries.extend(bounds("group", own, (group.min, group.max), &change));
    }
    if lead.scaled != lead.sum {
        let change = column(&lead.scaled).minus(column(&lead.sum));
        entries.push(Entry::of_score("Share of what can be reached", change));
    }
    let of_score = || (Some(model.score.min), Some(model.score.max));
    let change = column(&lead.computed).minus(column(&lead.scaled));
    entries.extend(bounds("score", (None, "Score"), of_score(), &change));
    let (total, score) = match &lead.before_disqualified {
        Some((total, score)) => (total.clone(), score.clone()),
        None => (lead.total.clone(), lead.score.clone()),
    };
    if let Some(by_hand) = &lead.by_hand {
        let mut before = column(&lead.computed);
        for (after, of) in by_hand.after.iter().zip(&by_hand.actions[1..]) {
            let change = column(after).minus(before);
            before = column(after);
            // What the table sets has rows of its own.
            let change = match &of.in_table {
                Some(in_table) => Expression::case([(column(in_table), nothing())], change),
                None => change,
            };
            let action = Action::NAMES[1 + entries_before(&entries)];
            let mut entry = Entry::new("override", action, "", change);
            let label =
                Expression::Concatenation(vec![Expression::literal("By hand: "), column(&of.text)]);
            entry.told = Some((Expression::literal(action), label));
            entries.push(entry);
        }
        let change = column(&total).minus(before);
        entries.extend(bounds("score", (None, "Score"), of_score(), &change));
    }
    let score = score.in_unit(Unit::Thousandth).value;
    let rounding = score.clone().minus(column(&total));
    if model.score.decimals < 3 {
        entries.push(Entry::of_score("Rounding", rounding));
    }
    if let (Some(disqualified), Some(out)) = (&lead.disqualified, is_out(lead)) {
        let lost = Expression::case([(out, score.negated())], nothing());
        let mut entry = Entry::new("disqualified", "", "", lost);
        let label = Expression::Concatenation(vec![
            Expression::literal("Disqualified: "),
            column(disqualified),
        ]);
        entry.told = Some((column(disqualified), label));
        entries.push(entry);
    }
    entries
}

/// How many entries are of overrides.
fn entries_before(entries: &[Entry]) -> usize {
    entries
        .iter()
        .filter(|entry| entry.kind == "override")
        .count()
}

/// The selection of the ledger, and its order.
pub(super) fn rows(draft: &mut Draft<'_>, mut lead: Lead<'_>) -> (Select, Vec<Order>) {
    labels::rank(draft, &mut lead);
    let entries = entries(draft, &lead);
    let column = |name: &str| Expression::column(name);
    let [number, kind, name, label, points] = [
        "entry_number",
        "entry_kind",
        "entry_name",
        "entry_label",
        "entry_points",
    ]
    .map(|wanted| lead.names.take(wanted));
    let text = |text: &str| Expression::literal(text);
    // Overrides of the table come between those of cells, whose numbers are a hundred apart.
    let number_of = |at: usize| Expression::Integer(i64::try_from(at).unwrap_or(0) * 100);
    let literal = Literal {
        columns: vec![
            (number.clone(), Type::Integer),
            (kind.clone(), Type::Text),
            (name.clone(), Type::Text),
            (label.clone(), Type::Text),
        ],
        rows: entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                vec![
                    number_of(at),
                    text(entry.kind),
                    text(&entry.name),
                    text(&entry.label),
                ]
            })
            .collect(),
    };
    let comments = vec!["What a ledger can hold, in its order".to_owned()];
    let table = draft.step("entries", comments, Rows::Literal(literal));

    let at = |place: usize| column(&number).equals(number_of(place));
    let told = |pick: fn(&(Expression, Expression)) -> &Expression, otherwise: &str| {
        let arms = entries
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| Some((at(place), pick(entry.told.as_ref()?).clone())));
        let arms: Vec<_> = arms.collect();
        if arms.is_empty() {
            column(otherwise)
        } else {
            Expression::case(arms, column(otherwise))
        }
    };
    let given = entries
        .iter()
        .enumerate()
        .map(|(place, entry)| (at(place), entry.points.clone()));
    let [told_name, told_label] = ["told_name", "told_label"].map(|wanted| lead.names.take(wanted));
    let select = Select {
        items: vec![
            Item::new(&lead.id, column(&lead.id)),
            Item::new(&lead.place, column(&lead.place)),
            Item::new(&number, column(&number)),
            Item::new(&kind, column(&kind)),
            Item::new(&told_name, told(|told| &told.0, &name)),
            Item::new(&told_label, told(|told| &told.1, &label)),
            Item::new(&points, Expression::case(given, nothing())),
        ],
        from: Source::Step(lead.step.clone()),
        joins: vec![Join {
            keeps_all: false,
            to: Source::Step(table),
            on: Vec::new(),
        }],
        ..Select::default()
    };
    let mut selects = vec![select];
    if let Some(select) = of_table(draft, &lead, &entries) {
        selects.push(select);
    }
    let comments = vec!["Every lead with every entry".to_owned()];
    let all = draft.step("ledger_rows", comments, Rows::Union(selects));

    let order = |name: &str| Order {
        key: column(name),
        descending: false,
    };
    let ordinal = Expression::Window(Box::new(Window {
        function: WindowFunction::RowNumber,
        partition: vec![column(&lead.id)],
        order: vec![order(&number)],
    }));
    let ordinal_name = lead.names.take("ordinal");
    let select = Select {
        all_of: vec![all.clone()],
        items: vec![Item::new(&ordinal_name, ordinal)],
        from: Source::Step(all),
        filter: Some(column(&points).compared(Comparison::Unequal, nothing())),
        ..Select::default()
    };
    let comments = vec!["Those that are not nothing".to_owned()];
    let ledger = draft.select("ledger", comments, select);
    let select = Select {
        items: vec![
            Item::new("contact_id", column(&lead.id)),
            Item::new("ordinal", column(&ordinal_name)),
            Item::new("kind", column(&kind)),
            Item::new("entry", column(&told_name)),
            Item::new("label", column(&told_label)),
            Item::new("points", shown::points(&column(&points), i64::MIN)),
        ],
        from: Source::Step(ledger),
        ..Select::default()
    };
    (select, vec![order(&lead.place), order(&ordinal_name)])
}

/// The rows of overrides that the table sets, each with what it changes.
fn of_table(draft: &mut Draft<'_>, lead: &Lead<'_>, entries: &[Entry]) -> Option<Select> {
    let by_hand = lead.by_hand.as_ref()?;
    let rows = by_hand.rows.as_ref()?;
    let first = entries.iter().position(|entry| entry.kind == "override")?;
    let own = |name: &str| Expression::column_of(&lead.step, name);
    let before = lead.names.take("value_before");
    // Within an action rows stand by what they set.
    let lag = Expression::Window(Box::new(Window {
        function: WindowFunction::Lag(Expression::column(&rows.value)),
        partition: vec![
            Expression::column(&rows.id),
            Expression::column(&rows.action),
        ],
        order: vec![Order {
            key: Expression::column(&rows.place),
            descending: false,
        }],
    }));
    let comments = vec!["Overrides beside those before them".to_owned()];
    let step = draft.extended(
        &rows.step,
        "overrides_beside",
        comments,
        vec![Item::new(&before, lag)],
    );
    let of_row = |name: &str| Expression::column_of(&step, name);
    let is_first = || of_row(&before).is_null();
    let value = || of_row(&rows.value);
    let after: Vec<Expression> = by_hand.after.iter().map(|name| own(name)).collect();
    let base = own(&lead.computed);
    let once = |change: Expression| Expression::case([(is_first(), change)], nothing());
    // A floor raises what all before it came to, a ceiling lowers it.
    let reached = Expression::case(
        [(of_row(&before).greater(after[1].clone()), of_row(&before))],
        after[1].clone(),
    );
    let raised = value().minus(reached);
    let raised = Expression::case([(raised.clone().greater(nothing()), raised)], nothing());
    let lowered = after[3].clone().minus(after[2].clone());
    let changes = [
        once(after[0].clone().minus(base)),
        value(),
        raised,
        once(lowered),
    ];
    let arms = (1..).zip(changes);
    let arms = arms.map(|(action, change)| {
        (
            of_row(&rows.action).equals(Expression::Integer(action)),
            change,
        )
    });
    let place = i64::try_from(first).unwrap_or(0) * 100;
    let number = of_row(&rows.action)
        .minus(Expression::Integer(1))
        .times(Expression::Integer(100))
        .plus(Expression::Integer(place))
        .plus(of_row(&rows.place));
    let name = (0..).zip(Action::NAMES);
    let name = name.map(|(action, name)| {
        (
            of_row(&rows.action).equals(Expression::Integer(action)),
            Expression::literal(name),
        )
    });
    let label =
        Expression::Concatenation(vec![Expression::literal("By hand: "), of_row(&rows.text)]);
    Some(Select {
        items: vec![
            Item::new(&lead.id, own(&lead.id)),
            Item::new(&lead.place, own(&lead.place)),
            Item::new("entry_number", number),
            Item::new("entry_kind", Expression::literal("override")),
            Item::new("told_name", Expression::case(name, Expression::literal(""))),
            Item::new("told_label", label),
            Item::new("entry_points", Expression::case(arms, nothing())),
        ],
        from: Source::Step(lead.step.clone()),
        joins: vec![Join {
            keeps_all: false,
            to: Source::Step(step.clone()),
            on: vec![(own(&lead.id), Expression::column_of(&step, &rows.id))],
        }],
        ..Select::default()
    })
}
