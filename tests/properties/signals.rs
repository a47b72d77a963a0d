//! Random signals: every measure, window, limit and decay.

use super::conditions::{Names, condition};
use super::models::quoted;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The event types that a model measures, as it names them.
const TYPES: [&str; 4] = ["page_view", "email_open", "inquiry", "call"];

/// The inside of a signal's table.
pub fn signal() -> impl Strategy<Value = String> {
    let types = subsequence(TYPES.to_vec(), 1..=3).prop_map(|types| match types.as_slice() {
        [one] => format!("event = \"{one}\""),
        many => format!("event = {many:?}"),
    });
    let take = select(vec!["fastest", "median", "latest", "slowest"]);
    let measure = prop_oneof![
        5 => (types.clone(), limit_and_decay()).prop_map(|(types, more)| format!("{types}{more}")),
        4 => (types.clone(), limit_and_decay())
            .prop_map(|(types, more)| format!("{types}, measure = \"sum\", of = \"amount_eur\"{more}")),
        1 => types.clone().prop_map(|types| format!("{types}, measure = \"count\"")),
        1 => (types.clone(), select(vec!["max", "min"]))
            .prop_map(|(types, measure)| format!("{types}, measure = \"{measure}\", of = \"amount_eur\"")),
        1 => (types.clone(), select(vec!["property_id", "path"]))
            .prop_map(|(types, column)| format!("{types}, measure = \"distinct\", of = \"{column}\"")),
        2 => (types, select(vec!["active_days", "days_since_last", "days_since_first"]))
            .prop_map(|(types, measure)| format!("{types}, measure = \"{measure}\"")),
        3 => take.prop_map(|take| format!(
            "measure = \"response\", from = \"outreach_sent\", to = [\"reply\", \"call\"], take = \"{take}\""
        )),
    ];
    let within = select(vec![
        "1 day", "2 days", "7d", "2 weeks", "30 days", "3 months", "1 year",
    ]);
    let where_ = weighted(0.3, condition(&event_names()));
    (measure, option::of(within), where_).prop_map(|(measure, within, where_)| {
        let within = within.map_or(String::new(), |within| format!(", within = \"{within}\""));
        let where_ = where_.map_or(String::new(), |where_| {
            format!(", where = {}", quoted(&where_))
        });
        format!("{measure}{within}{where_}")
    })
}

fn limit_and_decay() -> impl Strategy<Value = String> {
    let limit = (select(vec!["day", "week", "week", "month"]), 1..4)
        .prop_map(|(per, max)| format!(", limit = {{ per = \"{per}\", max = {max} }}"));
    let part = select(vec!["0", "0.15", "0.333333", "0.5", "1"]);
    let more = (
        option::of(0_u32..60),
        select(vec!["", ", of = \"original\"", ", of = \"remaining\""]),
        option::of(part.clone()),
    );
    let decay = prop_oneof![
        (1_u32..100).prop_map(|days| format!("half_life = \"{days} days\"")),
        (1_u32..120).prop_map(|days| format!("linear = \"{days} days\"")),
        (1_u32..40, part, more).prop_map(|(step, by, (after, of, floor))| {
            let after = after.map_or(String::new(), |after| format!(", after = \"{after} days\""));
            let floor = floor.map_or(String::new(), |floor| format!(", floor = {floor}"));
            format!("step = \"{step} days\", by = {by}{after}{of}{floor}")
        }),
    ];
    (weighted(0.7, limit), option::of(decay)).prop_map(|(limit, decay)| {
        let decay = decay.map_or(String::new(), |decay| format!(", decay = {{ {decay} }}"));
        limit.unwrap_or_default() + &decay
    })
}

fn event_names() -> Names {
    Names {
        texts: vec!["path".to_owned(), "property_id".to_owned()],
        numbers: vec!["amount_eur".to_owned()],
        flags: vec!["mobile".to_owned()],
        days: vec!["listed_on".to_owned()],
        measured: Vec::new(),
        checks: Vec::new(),
        words: Vec::new(),
    }
}
