//! People taken together to accounts.

use super::{Row, event, inputs, row};
use crate::reference::{Account, instant_of, score_accounts};

/// A person has its `points`; a visit of anyone is worth 3.
const MODEL: &str = r#"
[signals]
visits = { event = "visit" }
[[rules]]
name = "Points"
column = "points"
points = 1
[[rules]]
name = "Visits"
signal = "visits"
points = 3
[score]
min = -10
[temperatures.cold]
from = -10
[temperatures.warm]
from = 20
requires = ["called"]
[checklist]
called = { when = "called" }
budget = { when = "FALSE" }
[disqualify]
rival = "points = 99"
[accounts]
key = "company"
event_key = "company"
"#;

fn person(id: &str, company: &str, points: &str, called: &str) -> Row {
    row(&[
        ("contact_id", id),
        ("Company", company),
        ("Points", points),
        ("Called", called),
    ])
}

fn visit(contact: &str, company: &str, time: &str) -> Row {
    let mut row = event(contact, "visit", time);
    row.insert("Company".to_owned(), company.to_owned());
    row
}

fn accounts(settings: &str) -> Vec<Account> {
    let contacts = [
        person("a", "Acme", "10", ""),
        person("b", " Acme ", "5.25", "yes"),
        person("c", "Acme", "99", ""),
        person("g", "Rivals", "99", "yes"),
        person("d", "Café", "7", ""),
        person("e", "Cafe\u{301}", "8", ""),
        person("f", "", "50", ""),
    ];
    let events = [
        visit("b", "Café", "2026-10-01T10:00:00Z"),
        visit("", "Acme", "2026-10-02T10:00:00Z"),
        visit("", "Acme ", "2026-10-03T10:00:00Z"),
        visit("", "Acme", "2026-11-02T10:00:00Z"),
        visit("", "Nordwind", "2026-10-03T10:00:00Z"),
    ];
    let model = format!("{MODEL}{settings}");
    score_accounts(&inputs(&model, &contacts, &events))
}

fn scores(settings: &str) -> Vec<(String, String)> {
    accounts(settings)
        .into_iter()
        .map(|account| (account.name, account.score))
        .collect()
}

fn pairs(expected: [(&str, &str); 2]) -> Vec<(String, String)> {
    expected
        .map(|(account, score)| (account.to_owned(), score.to_owned()))
        .to_vec()
}

#[test]
fn people_are_rolled_up_without_those_disqualified_and_with_one_unnamed() {
    // 10, 8.25 and 6 by the account's own visits; 7 and 8.
    assert_eq!(scores(""), pairs([("Acme", "10"), ("Café", "8")]));
    assert_eq!(
        scores("roll_up = \"sum\""),
        pairs([("Acme", "24"), ("Café", "15")])
    );
    let best = "roll_up = \"sum\"\nbest = 2";
    assert_eq!(scores(best), pairs([("Acme", "18"), ("Café", "15")]));
    assert_eq!(
        scores("roll_up = \"mean\""),
        pairs([("Acme", "8"), ("Café", "8")])
    );
}

#[test]
fn an_account_has_what_one_of_its_people_has() {
    let account = accounts("roll_up = \"sum\"").remove(0);
    assert_eq!((account.rank, account.people), (1, 2));
    assert_eq!(account.temperature, "warm");
    assert_eq!(
        account.checklist,
        [("called".to_owned(), true), ("budget".to_owned(), false)]
    );
    assert_eq!(account.missing, ["budget"]);
    assert_eq!(account.last_event, instant_of("2026-10-03T10:00:00Z"));
}
