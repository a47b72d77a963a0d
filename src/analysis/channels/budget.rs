//! Whether a part of the money of one channel would win more in another.
//!
//! What a channel wins for its money is its win rate, as the posterior of [`Prior`] knows it, times the leads that it
//! has for its money, which are taken as they were. A shift is suggested only where the receiving channel wins more for
//! its money than the giving one with a probability of 95%; of several such shifts, that of which most wins are to be
//! expected.

use super::super::by_column::ByColumn;
use super::super::statistics::{Beta, Prior, Strength, real};
use super::super::table::{Cell, Column, Table, Unit};
use super::channel::Channel;
use super::{figure, percent};
use crate::value::Number;

/// The least leads of a channel that takes part in a shift.
const LEAST_LEADS: u64 = 30;
/// The least wins of a channel that gets money, and to be expected of the leads of one that gives: only then do none
/// mean something. Also the least wins whose worth is known before it bears on a shift.
const LEAST_WINS: f64 = 5.0;
/// Channels are compared whose shares of leads that are still open differ by no more than this.
const MOST_BEHIND: f64 = 0.2;
/// What the giving channel gives, of its spend.
const GIVEN: f64 = 0.1;
/// What the receiving channel takes at the most, of its spend: what a channel does with far more money is not known.
const TAKEN: f64 = 0.2;
/// How probable it must be that the receiving channel wins more for its money.
const SURE: f64 = 0.95;
/// The highest probability that is told as it is.
const SUREST: f64 = 0.999;
/// How many channels are compared, those of the largest spend.
const MOST: usize = 50;
/// At how many points the distribution of a win rate is looked at.
const POINTS: u32 = 200;

/// A part of a budget that would win more elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    from: String,
    to: String,
    amount: f64,
    /// Of what the giving channel spends.
    part: f64,
    /// Wins more that are expected, and the ends of their interval.
    wins: [f64; 3],
    /// Worth more that is expected, where it is known.
    value: Option<f64>,
    probability: f64,
}

/// A channel with spend and leads.
struct Arm<'c> {
    channel: &'c Channel,
    spend: f64,
    leads_for_money: f64,
    posterior: Beta,
    /// Quantiles of wins for a unit of money, rising.
    wins: Vec<f64>,
    /// What a win is worth.
    worth: Option<f64>,
}

impl<'c> Arm<'c> {
    fn of(channel: &'c Channel, prior: &Prior) -> Option<Self> {
        let spend = money(channel.spend?);
        if spend <= 0.0 || channel.leads == 0 {
            return None;
        }
        let leads_for_money = real(channel.leads) / spend;
        let posterior = prior.posterior(channel.won, channel.leads)?;
        let is_known = real(channel.valued()) >= LEAST_WINS;
        let value = channel.value().filter(|_| is_known);
        Some(Self {
            channel,
            spend,
            leads_for_money,
            posterior,
            wins: Vec::new(),
            worth: value.map(|value| money(value) / real(channel.valued())),
        })
    }

    /// Works out how its wins for a unit of money are spread.
    fn spread(mut self) -> Self {
        let points = (0..POINTS).map(|point| (f64::from(point) + 0.5) / f64::from(POINTS));
        let rates = points.map(|point| self.posterior.quantile(point));
        self.wins = rates.map(|rate| rate * self.leads_for_money).collect();
        self
    }

    fn mean(&self) -> f64 {
        self.posterior.mean() * self.leads_for_money
    }

    fn may_get(&self) -> bool {
        self.channel.leads >= LEAST_LEADS && real(self.channel.won) >= LEAST_WINS
    }

    fn may_give(&self, prior: &Prior) -> bool {
        self.channel.leads >= LEAST_LEADS && real(self.channel.leads) * prior.mean >= LEAST_WINS
    }

    /// How probable it is that it wins more for its money than another.
    fn is_better_than(&self, other: &Self) -> f64 {
        let pairs = self.wins.iter().map(|wins| {
            let below = other.wins.partition_point(|theirs| theirs < wins);
            real(below as u64)
        });
        pairs.sum::<f64>() / f64::from(POINTS) / f64::from(POINTS)
    }
}

/// Whether as many of the leads of two channels are decided, nearly: a channel whose leads are young has had fewer
/// chances to win.
fn are_as_far(one: &Channel, other: &Channel) -> bool {
    let open = |channel: &Channel| real(channel.open) / real(channel.leads.max(1));
    (open(one) - open(other)).abs() <= MOST_BEHIND
}

/// The shift to suggest.
///
/// # Errors
/// Why there is none, as the end of a sentence.
pub fn suggest(channels: &[Channel], prior: &Prior) -> Result<Shift, &'static str> {
    let paid = |channel: &&Channel| channel.leads > 0 && channel.spend > Some(Number::ZERO);
    if channels.iter().filter(paid).count() < 2 {
        return Err("fewer than two channels have both spend and leads");
    }
    if prior.strength == Strength::Whole {
        return Err("the channels' win rates differ no more than chance explains");
    }
    let mut arms: Vec<Arm> = channels
        .iter()
        .filter_map(|channel| Arm::of(channel, prior))
        .collect();
    arms.retain(|arm| arm.may_get() || arm.may_give(prior));
    arms.sort_by(|a, b| {
        b.spend
            .total_cmp(&a.spend)
            .then_with(|| a.channel.name.cmp(&b.channel.name))
    });
    arms.truncate(MOST);
    let arms: Vec<Arm> = arms.into_iter().map(Arm::spread).collect();
    let mut best: Option<(f64, &Arm, &Arm)> = None;
    let (mut is_any, mut is_behind) = (false, false);
    for from in arms.iter().filter(|arm| arm.may_give(prior)) {
        let others = arms.iter().filter(|to| !std::ptr::eq(*to, from));
        for to in others.filter(|arm| arm.may_get()) {
            is_any = true;
            if !are_as_far(from.channel, to.channel) {
                is_behind = true;
                continue;
            }
            let gain = amount(from, to) * (to.mean() - from.mean());
            let is_worth_it =
                gain > 0.0 && value_of_shift(from, to).is_none_or(|value| value >= 0.0);
            if is_worth_it
                && best.is_none_or(|(most, _, _)| gain > most)
                && to.is_better_than(from) >= SURE
            {
                best = Some((gain, from, to));
            }
        }
    }
    match best {
        Some((_, from, to)) => Ok(shift(from, to)),
        None if is_behind => Err(
            "no channel surely wins more for its money than another whose leads are decided as far",
        ),
        None if is_any => Err("no channel surely wins more for its money than another"),
        None => Err("too few leads and wins of the channels with spend"),
    }
}

/// How much money a shift is of.
fn amount(from: &Arm<'_>, to: &Arm<'_>) -> f64 {
    (GIVEN * from.spend).min(TAKEN * to.spend)
}

/// What a shift is expected to be worth, where it is known of both.
fn value_of_shift(from: &Arm<'_>, to: &Arm<'_>) -> Option<f64> {
    let (of_one, of_other) = from.worth.zip(to.worth)?;
    Some(amount(from, to) * (to.mean() * of_other - from.mean() * of_one))
}

fn shift(from: &Arm<'_>, to: &Arm<'_>) -> Shift {
    let amount = amount(from, to);
    let pairs = to
        .wins
        .iter()
        .flat_map(|gained| from.wins.iter().map(move |lost| gained - lost));
    let mut differences: Vec<f64> = pairs.collect();
    differences.sort_by(f64::total_cmp);
    let end = |permille: usize| amount * differences[(differences.len() - 1) * permille / 1000];
    Shift {
        from: from.channel.name.clone(),
        to: to.channel.name.clone(),
        amount,
        part: amount / from.spend,
        wins: [amount * (to.mean() - from.mean()), end(25), end(975)],
        value: value_of_shift(from, to),
        probability: to.is_better_than(from),
    }
}

/// An amount to compute with.
#[expect(clippy::cast_precision_loss, reason = "what is told of it is rounded")]
fn money(amount: Number) -> f64 {
    amount.millionths() as f64 / 1e6
}

impl Shift {
    /// It in words.
    pub fn sentence(&self, currency: Option<&str>) -> String {
        let currency = currency
            .map(|currency| format!(" {currency}"))
            .unwrap_or_default();
        let [mean, low, high] = self.wins.map(|wins| figure(wins, 2));
        // What is worked out at some points only is never quite sure.
        let probability = if self.probability > SUREST {
            format!("more than {}", percent(SUREST))
        } else {
            percent(self.probability)
        };
        let value = self
            .value
            .map(|value| format!(", worth {} more", figure(value, 2)));
        format!(
            "Suggestion: move {}{currency}, {} of what {} costs, to {}. For the same money {mean} more wins are to be \
             expected (95% interval {low} to {high}){}; with a probability of {} {} wins more for its money. \
             This takes for granted that a small shift changes neither how many leads a channel has for its money \
             nor how many of them it wins.",
            figure(self.amount, 2),
            percent(self.part),
            self.from,
            self.to,
            value.unwrap_or_default(),
            probability,
            self.to,
        )
    }

    /// It as a table of one row.
    pub fn table(&self) -> Table {
        let rows = [self];
        let mut table = ByColumn::new(
            "budget",
            "Suggested shift of budget",
            "Where would the same money win more?",
            &rows,
        );
        table.add(Column::new("from", "From", Unit::Text), |row| {
            row.from.as_str().into()
        });
        table.add(Column::new("to", "To", Unit::Text), |row| {
            row.to.as_str().into()
        });
        table.add(Column::new("amount", "Amount", Unit::Money), |row| {
            Cell::rounded(row.amount, 2)
        });
        let wins = Column::with_interval("wins", "More wins", Unit::Plain);
        table.add_interval(wins, |row| row.wins.map(|wins| Cell::rounded(wins, 2)));
        if self.value.is_some() {
            table.add(Column::new("value", "More value", Unit::Money), |row| {
                row.value.map(|value| Cell::rounded(value, 2)).into()
            });
        }
        let column = Column::new("probability", "Probability", Unit::Share);
        table.add(column, |row| Cell::rounded(row.probability, 4));
        table.table(None)
    }
}
