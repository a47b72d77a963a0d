//! From events and cells to points, a score and an order.

use super::{AS_OF, Row, Scored, event, ledger, row};
use crate::reference::{instant_of, score};

const MODEL: &str = r#"
name = "Homes"
timezone = "Europe/Amsterdam"
[contacts]
id = "contact_id"
only = "type = 'lead'"
[contacts.columns]
budget = ["Budget"]
[events]
contact = "contact_id"
type = "event"
time = "timestamp"
[events.types]
email_open = ["Email Opened", "OPEN"]
[signals]
opens = { event = "email_open", within = "90 days", decay = { half_life = "30 days" }, limit = { per = "day", max = 2 } }
spent = { event = "deposit", measure = "sum", of = "amount", limit = { per = "week", max = 1 } }
reply_min = { measure = "response", from = "outreach_sent", to = "reply", take = "median", within = "180 days" }
[groups.engagement]
max = 12
[groups.fit]
[[rules]]
name = "Opens our emails"
group = "engagement"
signal = "opens"
points = 3
[[rules]]
name = "Answers quickly"
group = "engagement"
signal = "reply_min"
bands = [ { upto = "1 hour", points = 10 }, { upto = "4 hours", points = 6 } ]
blank = -1
[[rules]]
name = "Where the lead came from"
group = "fit"
column = "lead_source"
values = { Referral = 10, Portals = 5.5 }
other = 1
blank = -2
[[rules]]
name = "Budget"
when = "budget >= 150000"
points = 70
[[rules]]
name = "Deposit"
signal = "spent"
points = 0.01
[[rules]]
name = "Off"
when = "TRUE"
points = 50
enabled = false
[score]
max = 90
[temperatures.cold]
from = 0
[temperatures.warm]
from = 10
[temperatures.hot]
from = 80
requires = ["budget"]
[checklist]
budget = { when = "budget_known AND budget >= 150000" }
warm_enough = { when = "score >= 10 AND groups.fit > 5" }
"#;

fn contact(id: &str, source: &str, budget: &str, known: &str) -> Row {
    row(&[
        ("contact_id", id),
        ("type", "lead"),
        ("Lead Source", source),
        ("Budget", budget),
        ("Budget Known", known),
    ])
}

fn deposit(contact: &str, time: &str, amount: &str) -> Row {
    let mut row = event(contact, "deposit", time);
    row.insert("amount".to_owned(), amount.to_owned());
    row
}

fn leads(contacts: &[Row], events: &[Row]) -> Vec<Scored> {
    score(MODEL, contacts, events, AS_OF)
}

fn one(contact: Row, events: &[Row]) -> Scored {
    leads(&[contact], events).remove(0)
}

#[test]
fn every_point_of_a_lead_is_in_its_ledger() {
    let lead = one(
        contact("c1", "Portals", "€ 300,000", "ja"),
        &[
            // Three on one day of which two count, at full weight.
            event("c1", "OPEN", "2026-11-01T09:00:00Z"),
            event("c1", "open", "2026-11-01T09:00:00Z"),
            event("c1", "Email Opened", "2026-11-01T08:00:00Z"),
            // Half a weight, after one that is too old and one of tomorrow.
            event("c1", "email opened", "2026-10-02 12:00"),
            event("c1", "OPEN", "2026-08-03"),
            event("c1", "OPEN", "2026-11-02"),
            event("c1", "outreach_sent", "2026-10-30T10:00:00Z"),
            event("c1", "reply", "2026-10-30T11:00:59Z"),
        ],
    );
    // 2.5 opens are 7.5 points, an hour and a second less than an hour and a
    // minute is 60 minutes and 10 points: the group cuts 5.5 of 17.5.
    assert_eq!(
        ledger(&lead),
        [
            ("rule:opens-our-emails", 7_500),
            ("rule:answers-quickly", 10_000),
            ("rule:where-the-lead-came-from", 5_500),
            ("rule:budget", 70_000),
            ("group:engagement", -5_500),
            ("score", 500),
        ]
    );
    assert_eq!(
        lead.groups,
        [("engagement".to_owned(), 12_000), ("fit".to_owned(), 5_500)]
    );
    assert_eq!(
        (lead.score.as_str(), lead.total_thousandths),
        ("88", 87_500)
    );
    assert_eq!(lead.temperature, "hot");
    assert_eq!(
        lead.checklist,
        [
            ("budget".to_owned(), true),
            ("warm_enough".to_owned(), true)
        ]
    );
    assert_eq!(lead.last_event, instant_of("2026-11-01T09:00:00Z"));
}

#[test]
fn a_requirement_that_is_not_met_takes_the_next_lower_temperature() {
    let lead = one(
        contact("c1", "Referral", "300000", "maybe"),
        &[event("c1", "OPEN", "2026-11-01")],
    );
    // 3 opens less the one that a missing reply costs, 10 and 70.
    assert_eq!(lead.score, "82");
    assert_eq!(lead.temperature, "warm");
    assert_eq!(lead.checklist[0], ("budget".to_owned(), false));
}

#[test]
fn the_clamp_is_an_entry_of_its_own() {
    let poor = one(contact("c1", "", "", ""), &[]);
    assert_eq!(
        ledger(&poor),
        [
            ("rule:answers-quickly", -1_000),
            ("rule:where-the-lead-came-from", -2_000),
            ("score", 3_000)
        ]
    );
    assert_eq!(
        (poor.score.as_str(), poor.temperature.as_str()),
        ("0", "cold")
    );
    let rich = one(
        contact("c1", "Referral", "150000", ""),
        &[deposit("c1", "2026-10-01T10:00:00Z", "1,234.56")],
    );
    // 12.3456 points are rounded to 12.346; 10 + 70 + 12.346 − 1 = 91.346.
    assert_eq!(ledger(&rich).last(), Some(&("score", -1_346)));
    assert_eq!(rich.score, "90");
}

#[test]
fn at_one_instant_of_a_limited_sum_the_larger_value_counts() {
    let lead = one(
        contact("c1", "", "", ""),
        &[
            // Sunday the 25th and Monday the 26th are two weeks.
            deposit("c1", "2026-10-25T22:59:59Z", "100"),
            deposit("c1", "2026-10-25T23:00:00Z", "200"),
            deposit("c1", "2026-10-25T23:00:00Z", "400"),
            deposit("c1", "2026-10-27T10:00:00Z", "n/a"),
        ],
    );
    assert!(ledger(&lead).contains(&("rule:deposit", 5_000)), "{lead:?}");
}

#[test]
fn leads_are_in_the_order_of_total_last_event_and_id() {
    let contacts = [
        contact("b", "Portals", "", ""),
        contact("a", "Portals", "", ""),
        contact("é", "Portals", "", ""),
        contact("z", "Portals", "", ""),
        contact("top", "Referral", "", ""),
        row(&[
            ("contact_id", "customer"),
            ("type", "customer"),
            ("Lead Source", "Referral"),
            ("Budget", ""),
            ("Budget Known", ""),
        ]),
    ];
    let events = [
        event("z", "newsletter", "2026-10-30"),
        event("é", "newsletter", "2026-10-31"),
        event("nobody", "OPEN", "2026-10-31"),
    ];
    let order: Vec<String> = leads(&contacts, &events)
        .into_iter()
        .map(|lead| lead.id)
        .collect();
    assert_eq!(order, ["top", "é", "z", "a", "b"]);
}
