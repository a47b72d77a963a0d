//! A model file's nodes as a model.

use super::cells;
use super::condition::Condition;
use super::decimal::Decimal;
use super::document::{self, Node};
use super::model::{
    Accounts, Band, Contacts, Events, Form, Grade, Group, Item, Limit, Measure, Model,
    OverrideColumns, RollUp, Route, Rule, Several, Signal, Source, Temperature,
};
use super::weights::Decay;
use jiff::tz::TimeZone;

/// Reads a model file.
///
/// # Panics
/// Where it is not a valid model.
pub fn read(text: &str) -> Model {
    let file = document::read(text);
    let empty = Node::Table(Vec::new());
    let section = |name: &str| file.get(name).unwrap_or(&empty).clone();
    let zone = file.text_of("timezone").unwrap_or("UTC");
    let score = section("score");
    Model {
        zone: TimeZone::get(zone).expect("a zone"),
        contacts: contacts(&section("contacts")),
        events: events(&section("events")),
        signals: named(file.entries_of("signals"), signal),
        groups: file.entries_of("groups").iter().map(group).collect(),
        rules: file
            .list_of("rules")
            .iter()
            .filter(|rule| is_enabled(rule))
            .map(rule)
            .collect(),
        min: score.points_of("min").unwrap_or(0),
        max: score.points_of("max").unwrap_or(100_000),
        decimals: score.get("decimals").map_or(0, small),
        is_share: score.text_of("scale") == Some("share"),
        temperatures: temperatures(file.entries_of("temperatures")),
        checklist: file.entries_of("checklist").iter().map(item).collect(),
        disqualify: named(file.entries_of("disqualify"), conditional),
        stages: named(file.entries_of("stages"), conditional),
        grades: grades(file.entries_of("grades")),
        routes: file.list_of("routes").iter().map(route).collect(),
        overrides: overrides(&section("overrides")),
        accounts: file.get("accounts").map(accounts),
    }
}

/// A condition that stands as a value by itself.
fn conditional(node: &Node) -> Condition {
    Condition::parse(node.text())
}

fn named<T>(entries: &[(String, Node)], read: impl Fn(&Node) -> T) -> Vec<(String, T)> {
    entries
        .iter()
        .map(|(name, node)| (name.clone(), read(node)))
        .collect()
}

fn condition(node: &Node, key: &str) -> Option<Condition> {
    node.text_of(key).map(Condition::parse)
}

fn small(node: &Node) -> u32 {
    u32::try_from(node.number().0 / 1_000_000).expect("a small number")
}

fn decimal_sign(node: &Node) -> char {
    if node.text_of("decimal") == Some(",") {
        ','
    } else {
        '.'
    }
}

fn spellings(node: &Node, key: &str) -> Vec<(String, Vec<String>)> {
    named(node.entries_of(key), Node::texts)
}

fn contacts(node: &Node) -> Contacts {
    Contacts {
        id: node.text_of("id").unwrap_or("contact_id").to_owned(),
        only: condition(node, "only"),
        blank: node.texts_of("blank"),
        columns: spellings(node, "columns"),
        optional: node.texts_of("optional"),
        decimal: decimal_sign(node),
    }
}

fn events(node: &Node) -> Events {
    let text = |key, default: &str| node.text_of(key).unwrap_or(default).to_owned();
    Events {
        contact: text("contact", "contact_id"),
        matches: node.text_of("match").map(str::to_owned),
        kind: text("type", "event"),
        time: text("time", "timestamp"),
        types: spellings(node, "types"),
        id: text("id", "event_id"),
        blank: node.texts_of("blank"),
        decimal: decimal_sign(node),
    }
}

fn signal(node: &Node) -> Signal {
    let of = || node.text_of("of").expect("of").to_owned();
    let measure = match node.text_of("measure").unwrap_or("count") {
        "count" => Measure::Count,
        "distinct" => Measure::Distinct(of()),
        "sum" => Measure::Sum(of()),
        "max" => Measure::Max(of()),
        "min" => Measure::Min(of()),
        "active_days" => Measure::ActiveDays,
        "days_since_last" => Measure::DaysSinceLast,
        "days_since_first" => Measure::DaysSinceFirst,
        "response" => Measure::Response {
            from: node.texts_of("from"),
            to: node.texts_of("to"),
            take: node.text_of("take").expect("take").to_owned(),
        },
        other => panic!("there is no measure {other}"),
    };
    let limit = |limit: &Node| Limit {
        per: limit.text_of("per").expect("per").to_owned(),
        max: limit.get("max").map(small).expect("max") as usize,
    };
    Signal {
        types: node.texts_of("event"),
        condition: condition(node, "where"),
        within: node.text_of("within").map(days),
        limit: node.get("limit").map(limit),
        decay: node.get("decay").map(decay),
        measure,
    }
}

fn decay(node: &Node) -> Decay {
    let span = |key| node.text_of(key).map(days);
    if let Some(days) = span("half_life") {
        return Decay::HalfLife(days);
    }
    if let Some(days) = span("linear") {
        return Decay::Linear(days);
    }
    let step = span("step").expect("a decay");
    Decay::Step {
        step,
        by: node.number_of("by").expect("by"),
        after: span("after").unwrap_or(step),
        of_remaining: node.text_of("of") == Some("remaining"),
        floor: node.number_of("floor").unwrap_or(Decimal::whole(0)),
    }
}

fn group((name, node): &(String, Node)) -> Group {
    Group {
        name: name.clone(),
        min: node.points_of("min"),
        max: node.points_of("max"),
    }
}

fn is_enabled(rule: &Node) -> bool {
    !matches!(rule.get("enabled"), Some(Node::Flag(false)))
}

fn rule(node: &Node) -> Rule {
    let id = node.text_of("id").map(str::to_owned);
    Rule {
        id: id.unwrap_or_else(|| cells::slug(node.text_of("name").expect("a name"))),
        group: node.text_of("group").map(str::to_owned),
        form: form(node),
        min: node.points_of("min"),
        max: node.points_of("max"),
    }
}

fn form(node: &Node) -> Form {
    let points = || node.points_of("points").expect("points");
    let blank = node.points_of("blank").unwrap_or(0);
    if let Some(condition) = condition(node, "when") {
        return Form::When {
            condition,
            points: points(),
        };
    }
    if node.get("values").is_some() {
        let worth = |node: &Node| node.number().thousandths();
        return Form::Values {
            column: node.text_of("column").expect("column").to_owned(),
            several: node.text_of("several").map(|word| match word {
                "sum" => Several::Sum,
                "max" => Several::Max,
                other => panic!("several values have no {other}"),
            }),
            values: named(node.entries_of("values"), worth),
            other: node.points_of("other").unwrap_or(0),
            blank,
        };
    }
    let signal = node
        .text_of("signal")
        .map(|name| Source::Signal(name.to_owned()));
    let column = node
        .text_of("column")
        .map(|name| Source::Column(name.to_owned()));
    let of = signal.or(column).expect("a rule looks at something");
    let bands = node.list_of("bands");
    if bands.is_empty() {
        return Form::ForEach {
            of,
            points: points(),
        };
    }
    let edge = |band: &Node| match band.get("upto").or(band.get("from")) {
        Some(Node::Text(span)) => Decimal::whole(minutes(span)),
        Some(number) => number.number(),
        None => panic!("a band has an edge"),
    };
    Form::Bands {
        of,
        upto: bands[0].get("upto").is_some(),
        bands: bands
            .iter()
            .map(|band| Band {
                edge: edge(band),
                points: band.points_of("points").expect("points"),
            })
            .collect(),
        blank,
    }
}

/// Those of the file, or the three that a model has without any.
fn temperatures(tables: &[(String, Node)]) -> Vec<Temperature> {
    if !tables.is_empty() {
        return tables.iter().map(temperature).collect();
    }
    let default = |(name, from, tag): (&str, i64, &str)| Temperature {
        name: name.to_owned(),
        from,
        keep: None,
        tag: Some(tag.to_owned()),
        requires: Vec::new(),
    };
    [
        ("hot", 80_000, "Hot Lead"),
        ("warm", 50_000, "Warm Lead"),
        ("cold", 0, "Cold Lead"),
    ]
    .map(default)
    .into()
}

fn temperature((name, node): &(String, Node)) -> Temperature {
    Temperature {
        name: name.clone(),
        from: node.points_of("from").expect("from"),
        keep: node.points_of("keep"),
        tag: node.text_of("tag").map(str::to_owned),
        requires: node.texts_of("requires"),
    }
}

fn item((name, node): &(String, Node)) -> Item {
    Item {
        name: name.clone(),
        label: node.text_of("label").unwrap_or(name).to_owned(),
        condition: condition(node, "when").expect("when"),
    }
}

/// The table of letters before the table of numbers, whatever they are called.
fn grades(tables: &[(String, Node)]) -> Vec<Grade> {
    let of_marks = |marks: [&'static str; 4]| {
        let has_mark =
            |table: &&(String, Node)| marks.iter().any(|mark| table.1.get(mark).is_some());
        let (_, table) = tables.iter().find(has_mark)?;
        let reached = |mark: &&str| Some(((*mark).to_owned(), table.points_of(mark)?));
        Some(Grade {
            of: table.texts_of("of"),
            marks: marks.iter().filter_map(reached).collect(),
            lowest: marks[3],
        })
    };
    [["A", "B", "C", "D"], ["1", "2", "3", "4"]]
        .into_iter()
        .filter_map(of_marks)
        .collect()
}

fn route(node: &Node) -> Route {
    Route {
        to: node.text_of("to").expect("to").to_owned(),
        when: condition(node, "when"),
        assign: node.texts_of("assign"),
    }
}

fn overrides(node: &Node) -> OverrideColumns {
    let actions = node
        .entries()
        .iter()
        .filter(|(key, _)| !["until", "by", "reason"].contains(&key.as_str()));
    OverrideColumns {
        actions: actions
            .map(|(action, column)| (action.clone(), column.text().to_owned()))
            .collect(),
        until: node.text_of("until").map(str::to_owned),
    }
}

fn accounts(node: &Node) -> Accounts {
    Accounts {
        key: node.text_of("key").expect("key").to_owned(),
        event_key: node.text_of("event_key").map(str::to_owned),
        roll_up: match node.text_of("roll_up").unwrap_or("max") {
            "sum" => RollUp::Sum,
            "max" => RollUp::Max,
            "mean" => RollUp::Mean,
            other => panic!("there is no roll-up {other}"),
        },
        best: node.get("best").map(|best| small(best) as usize),
    }
}

/// The minutes of a span such as `90 days` or `1h`.
fn minutes(span: &str) -> i64 {
    let digits = span
        .find(|c: char| !c.is_ascii_digit())
        .expect("a span has a unit");
    let number: i64 = span[..digits].parse().expect("a span has a number");
    let day = 24 * 60;
    number
        * match span[digits..].trim().trim_end_matches('s') {
            "minute" => 1,
            "hour" | "h" => 60,
            "day" | "d" => day,
            "week" | "w" => 7 * day,
            "month" => 30 * day,
            "year" => 365 * day,
            other => panic!("there is no unit {other}"),
        }
}

/// The days of a span that is whole days.
fn days(span: &str) -> i64 {
    let day = 24 * 60;
    assert_eq!(minutes(span) % day, 0, "{span} is not whole days");
    minutes(span) / day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_thirty_days_and_a_year_365() {
        assert_eq!(
            [days("90 days"), days("90d"), days("2 weeks")],
            [90, 90, 14]
        );
        assert_eq!([days("3 months"), days("1 year")], [90, 365]);
        assert_eq!([minutes("1 hour"), minutes("45 minutes")], [60, 45]);
    }

    #[test]
    fn tables_keep_the_order_of_the_file() {
        let model = read("[groups.b]\nmax = 1.5\n[groups.a]\n[groups.c]\n");
        let names: Vec<&str> = model
            .groups
            .iter()
            .map(|group| group.name.as_str())
            .collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert_eq!(model.groups[0].max, Some(1500));
    }
}
