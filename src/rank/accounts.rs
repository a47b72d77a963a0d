//! Accounts: people who belong together as one row, with a score made from theirs.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::lead::{Entry, Lead, Origin};
use super::{Ranking, temperature};
use crate::model::{Accounts, Model, RollUp};
use crate::value::{Instant, Points};

/// The accounts of a ranking, the best first.
pub struct AccountRanking<'r> {
    ranking: &'r Ranking,
    accounts: Vec<Account>,
}

/// One account.
struct Account {
    key: String,
    /// Those whose scores count, the best first.
    counted: Vec<Member>,
    /// How many people it has, the unnamed and the disqualified left out.
    people: u64,
    /// What it is ranked by.
    total: Points,
    /// A bit for each checklist item that one of its people meets.
    checklist: u64,
    temperature: usize,
    last_event: Option<Instant>,
}

/// A person of an account.
#[derive(Clone, Copy)]
struct Member {
    contact: usize,
    total: Points,
    checklist: u64,
    last_event: Option<Instant>,
}

impl Ranking {
    /// The accounts of the leads; None if the model has no `[accounts]`.
    pub fn accounts(&self) -> Option<AccountRanking<'_>> {
        let manner = self.model().accounts?;
        let contacts = self.scoring.contacts();
        let mut members: HashMap<Cow<'_, str>, Vec<Member>> = HashMap::new();
        for standing in self.standings.iter().chain(&self.unnamed) {
            let contact = standing.contact as usize;
            let Some(key) = contacts.account_of(contact, manner.key) else {
                continue;
            };
            // Somebody unnamed makes no account: it is one by the leads it has.
            if contact >= contacts.people() && !members.contains_key(&key) {
                continue;
            }
            let members = members.entry(key).or_default();
            if standing.disqualified.is_none() {
                members.push(Member {
                    contact,
                    total: standing.total,
                    checklist: standing.checklist,
                    last_event: standing.last_event,
                });
            }
        }
        let mut accounts: Vec<Account> = members
            .into_iter()
            .filter(|(_, members)| members.iter().any(|m| m.contact < contacts.people()))
            .map(|(key, members)| self.account(key.into_owned(), members, manner))
            .collect();
        accounts.sort_unstable_by(|a, b| {
            let order = |account: &Account| (Reverse(account.total), Reverse(account.last_event));
            order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key))
        });
        for account in &mut accounts {
            account.key = self.shown_account(manner.key, std::mem::take(&mut account.key));
        }
        Some(AccountRanking {
            ranking: self,
            accounts,
        })
    }

    fn account(&self, key: String, mut members: Vec<Member>, manner: Accounts) -> Account {
        let model = self.model();
        let contacts = self.scoring.contacts();
        members.sort_unstable_by(|a, b| {
            (Reverse(a.total).cmp(&Reverse(b.total)))
                .then_with(|| contacts.id(a.contact).cmp(contacts.id(b.contact)))
        });
        let is_person = |member: &&Member| member.contact < contacts.people();
        let people = members.iter().filter(is_person).count() as u64;
        let checklist = members.iter().fold(0, |all, member| all | member.checklist);
        let last_event = members.iter().filter_map(|member| member.last_event).max();
        members.truncate(match (manner.roll_up, manner.best) {
            (RollUp::Max, _) => 1,
            (_, Some(best)) => best as usize,
            (_, None) => usize::MAX,
        });
        let sum: Points = members.iter().map(|member| member.total).sum();
        let total = match manner.roll_up {
            RollUp::Sum | RollUp::Max => sum,
            RollUp::Mean => sum.divided_by(count(&members)),
        };
        let total = model.score.bounded(total);
        let score = total.rounded(model.score.decimals);
        Account {
            key,
            people,
            total,
            temperature: temperature::of(model, score, checklist, None),
            checklist,
            last_event,
            counted: members,
        }
    }
}

fn count(members: &[Member]) -> u32 {
    u32::try_from(members.len()).unwrap_or(u32::MAX)
}

impl AccountRanking<'_> {
    fn model(&self) -> &Model {
        self.ranking.model()
    }

    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// How many accounts have each temperature, the hottest first.
    pub fn mix(&self) -> Vec<(&str, u64)> {
        let temperatures = self.model().temperatures.iter().enumerate();
        temperatures
            .map(|(number, temperature)| {
                let has = |account: &&Account| account.temperature == number;
                let count = self.accounts.iter().filter(has).count() as u64;
                (temperature.name.as_str(), count)
            })
            .collect()
    }

    /// How many threads the run may use.
    pub fn threads(&self) -> usize {
        self.ranking.scoring().threads()
    }

    /// The name of the temperature of the account in a place, from 0.
    pub fn temperature_at(&self, place: usize) -> &str {
        &self.model().temperatures[self.accounts[place].temperature].name
    }

    /// The account in a place, from 0, as a lead whose ledger names its people.
    pub fn lead_at(&self, place: usize) -> Lead<'_> {
        let account = &self.accounts[place];
        let model = self.model();
        let temperature = &model.temperatures[account.temperature];
        let ledger = self.entries(account);
        let score: Points = ledger.iter().map(|entry| entry.points).sum();
        let by_score = temperature::by_score(model, score, None);
        let mut lead = Lead {
            rank: Some(place as u64 + 1),
            id: &account.key,
            people: account.people,
            score,
            temperature: &temperature.name,
            tag: temperature.tag.as_deref(),
            color: temperature.color.as_deref(),
            action: temperature.action.as_deref(),
            held_back: temperature::held_back(
                model,
                by_score..account.temperature,
                account.checklist,
            ),
            last_event: account.last_event,
            computed_temperature: &temperature.name,
            ledger,
            ..Lead::nobody()
        };
        lead.answer(model, account.checklist);
        lead
    }

    /// What each of its people brings, and what the bounds and the rounding changed.
    fn entries<'a>(&'a self, account: &'a Account) -> Vec<Entry<'a>> {
        let model = self.model();
        let is_mean = model.accounts.is_some_and(|a| a.roll_up == RollUp::Mean);
        let mut entries = Vec::new();
        let mut sum = Points::ZERO;
        for member in &account.counted {
            let points = if is_mean {
                member.total.divided_by(count(&account.counted))
            } else {
                member.total
            };
            sum += points;
            entries.push(Entry {
                origin: Origin::Contact(self.ranking.shown_id(member.contact)),
                label: self.called(member.contact),
                points,
            });
        }
        let score = account.total.rounded(model.score.decimals);
        let bounded = model.score.bounded(sum);
        for (label, points) in [
            ("Bounds of the score", bounded - sum),
            ("Rounding", score - bounded),
        ] {
            if points != Points::ZERO {
                entries.push(Entry {
                    origin: Origin::Score,
                    label: Cow::Borrowed(label),
                    points,
                });
            }
        }
        entries
    }

    /// What a person is called: by name, by id, or as unnamed.
    fn called(&self, contact: usize) -> Cow<'_, str> {
        let contacts = self.ranking.scoring.contacts();
        if contact >= contacts.people() {
            return Cow::Borrowed("Somebody unnamed");
        }
        let scoring = self.ranking.scoring();
        self.ranking
            .shown_name(|slot| scoring.cell(contact, slot))
            .unwrap_or_else(|| Cow::Borrowed(self.ranking.shown_id(contact)))
    }
}
