//! A run over accounts: people taken together.

use super::Account;
use super::Scored;
use super::decimal::round_small;
use super::exports::{Contact, Event, identity};
use super::model::{Accounts, Item, RollUp};
use super::outcome::{missing, round_to, temperature};
use super::scoring::{Run, shown};
use super::worth::bound;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Scores the accounts of the contacts that are leads and puts them in rank order.
pub fn score(run: &Run, contacts: &[Contact], events: &[Event]) -> Vec<Account> {
    let settings = run.model.accounts.as_ref().expect("the model has accounts");
    let mut people: BTreeMap<String, Vec<&Contact>> = BTreeMap::new();
    for contact in run.leads(contacts) {
        if let Some(key) = contact.columns.get(&settings.key).as_text() {
            people.entry(identity(key)).or_default().push(contact);
        }
    }
    let mut accounts: Vec<(i64, Account)> = people
        .into_iter()
        .filter_map(|(name, people)| score_one(run, settings, name, &people, events))
        .collect();
    accounts.sort_by_key(|(total, account)| {
        (
            Reverse(*total),
            Reverse(account.last_event),
            account.name.clone(),
        )
    });
    let ranked = (1..).zip(accounts);
    ranked
        .map(|(rank, (_, account))| Account { rank, ..account })
        .collect()
}

/// An account's total before it is rounded, and all else but its rank; `None`
/// where all of its people are disqualified.
fn score_one(
    run: &Run,
    settings: &Accounts,
    name: String,
    people: &[&Contact],
    events: &[Event],
) -> Option<(i64, Account)> {
    let mut scored: Vec<Scored> = people
        .iter()
        .map(|contact| {
            let own = |event: &&Event| !event.key.is_empty() && event.key == contact.key;
            run.person(&contact.id, &contact.columns, events.iter().filter(own))
        })
        .collect();
    // What is of the account alone is one person more, of whom nothing is known.
    let of_account = |event: &&Event| {
        let is_of_account = event.account.as_deref() == Some(name.as_str());
        event.key.is_empty() && is_of_account && event.instant <= run.as_of
    };
    if events.iter().any(|event| of_account(&event)) {
        let nobody = people[0].columns.blank();
        scored.push(run.person("", &nobody, events.iter().filter(of_account)));
    }
    scored.retain(|person| person.disqualified.is_none());
    if scored.iter().all(|person| person.id.is_empty()) {
        return None;
    }

    let totals = scored.iter().map(|person| person.total_thousandths);
    let total = roll_up(settings, totals.collect());
    let total = bound(total, Some(run.model.min), Some(run.model.max));
    let score = round_to(total, run.model.decimals);
    let is_met_by_one = |item: &Item| {
        let mut items = scored.iter().flat_map(|person| &person.checklist);
        items.any(|(name, is_met)| *name == item.name && *is_met)
    };
    let checklist: Vec<(String, bool)> = run
        .model
        .checklist
        .iter()
        .map(|item| (item.name.clone(), is_met_by_one(item)))
        .collect();
    let account = Account {
        rank: 0,
        name,
        people: scored.iter().filter(|person| !person.id.is_empty()).count(),
        score: shown(score),
        temperature: temperature(run.model, score, &checklist, None),
        missing: missing(run.model, &checklist),
        checklist,
        last_event: scored.iter().filter_map(|person| person.last_event).max(),
    };
    Some((total, account))
}

/// What the totals of an account's people come to; there is at least one.
fn roll_up(settings: &Accounts, mut totals: Vec<i64>) -> i64 {
    totals.sort_unstable();
    totals.reverse();
    if settings.roll_up == RollUp::Max {
        return totals[0];
    }
    totals.truncate(settings.best.unwrap_or(totals.len()));
    let sum: i64 = totals.iter().sum();
    if settings.roll_up == RollUp::Sum {
        return sum;
    }
    let mean = round_small(sum.into(), totals.len() as i128);
    i64::try_from(mean).expect("a score is small")
}
