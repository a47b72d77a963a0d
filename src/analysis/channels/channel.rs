//! What is counted of a channel.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::facts::{Facts, LeadFacts};
use super::super::statistics::quantile;
use crate::run::spend::Spend;
use crate::value::Number;

/// The name of leads whose column is blank.
const NONE: &str = "(none)";
/// The name of all channels together.
const ALL: &str = "(all)";

/// Leads of one source, campaign or portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Channel {
    pub name: String,
    pub leads: u64,
    /// How many have each temperature, the hottest first.
    pub temperatures: Vec<u64>,
    /// How many came as far as each stage or further; a won lead has passed all.
    pub stages: Vec<u64>,
    pub won: u64,
    /// Leads that are neither won nor lost; none where it is not known what was lost.
    pub open: u64,
    /// The days of won leads until the win, as far as they are known and not negative, rising.
    days: Vec<Number>,
    /// Won leads that were won before they began.
    pub negative_days: u64,
    /// What won leads are worth.
    value: Sum,
    pub spend: Option<Number>,
}

/// A sum of exact numbers, and of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    millionths: i128,
    count: u64,
}

impl Channel {
    fn called(name: &str, facts: &Facts<'_>) -> Self {
        Self {
            name: name.to_owned(),
            temperatures: vec![0; facts.model.temperatures.len()],
            stages: vec![0; facts.model.stages.len()],
            ..Self::default()
        }
    }

    fn take(&mut self, lead: &LeadFacts<'_>) {
        self.leads += 1;
        self.open += u64::from(!lead.is_won && !lead.is_lost);
        if let Some(count) = self.temperatures.get_mut(lead.temperature) {
            *count += 1;
        }
        for (stage, count) in self.stages.iter_mut().enumerate() {
            *count += u64::from(lead.has_passed(stage));
        }
        if !lead.is_won {
            return;
        }
        self.won += 1;
        match lead.days {
            Some(days) if days < Number::ZERO => self.negative_days += 1,
            Some(days) => self.days.push(days),
            None => {}
        }
        if let Some(value) = lead.value {
            self.value.millionths = self.value.millionths.saturating_add(value.millionths());
            self.value.count += 1;
        }
    }

    /// The lower median of the days until a win.
    pub fn days_to_won(&self) -> Option<Number> {
        quantile(&self.days, 0, 50).known()
    }

    /// What its won leads are worth together, as far as it is known of any.
    pub fn value(&self) -> Option<Number> {
        // Only sums that a number holds.
        const LIMIT: u128 = 1_000_000_000_000_000_000_000_000;
        let is_known = self.value.count > 0 && self.value.millionths.unsigned_abs() < LIMIT;
        is_known.then(|| Number::from_millionths(self.value.millionths))
    }

    /// Of how many won leads it is known what they are worth.
    pub fn valued(&self) -> u64 {
        self.value.count
    }
}

/// The channels, of most leads first, and all of them together.
pub fn channels(
    facts: &Facts<'_>,
    breakdown: usize,
    spend: Option<&Spend>,
) -> (Vec<Channel>, Channel) {
    let mut by_name: BTreeMap<Cow<'_, str>, Channel> = BTreeMap::new();
    let mut all = Channel::called(ALL, facts);
    for lead in &facts.leads {
        let group = lead.groups.get(breakdown).and_then(Option::as_deref);
        let name = group.map(str::trim).filter(|name| !name.is_empty());
        let name = match name {
            None => Cow::Borrowed(NONE),
            // What the export itself calls so is another channel.
            Some(NONE | ALL) => Cow::Owned(format!("“{}”", name.unwrap_or_default())),
            Some(name) => Cow::Borrowed(name),
        };
        let channel = by_name.entry(name.clone());
        channel
            .or_insert_with(|| Channel::called(&name, facts))
            .take(lead);
        all.take(lead);
    }
    let mut channels: Vec<Channel> = by_name.into_values().collect();
    if all.won + all.open == all.leads {
        for channel in channels.iter_mut().chain([&mut all]) {
            channel.open = 0;
        }
    }
    sort(&mut channels);
    if let Some(spend) = spend {
        add_spend(&mut channels, spend, facts);
        sort(&mut channels);
        all.spend = spend.total();
    }
    for channel in channels.iter_mut().chain([&mut all]) {
        channel.days.sort_unstable();
    }
    (channels, all)
}

fn sort(channels: &mut [Channel]) {
    channels.sort_by(|a, b| b.leads.cmp(&a.leads).then_with(|| a.name.cmp(&b.name)));
}

/// Gives each channel what was spent on it. Of channels whose names differ in capitals only, that of most leads gets it;
/// what was spent on none of them is on channels without leads.
fn add_spend(channels: &mut Vec<Channel>, spend: &Spend, facts: &Facts<'_>) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, channel) in channels.iter().enumerate() {
        let name = channel.name.to_ascii_lowercase();
        places.entry(name).or_insert(place);
    }
    for (name, amount) in spend.channels() {
        match places.get(&name.to_ascii_lowercase()) {
            Some(place) => channels[*place].spend = Some(amount),
            None => channels.push(Channel {
                spend: Some(amount),
                ..Channel::called(name, facts)
            }),
        }
    }
}
