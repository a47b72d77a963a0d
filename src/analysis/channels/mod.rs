//! The report on channels: which sources, campaigns or portals bring leads that are won, and what that costs.

mod budget;
mod channel;
mod columns;
#[cfg(test)]
mod tests;

use super::by_column::ColumnNames;
use super::facts::Facts;
use super::statistics::{Prior, Strength};
use super::table::{Cell, Document, Table};
use crate::run::spend::Spend;
use crate::value::grouped;
use channel::Channel;
use columns::Shown;

/// How many values of a column people look through.
const MANY: usize = 50;

/// How channels fare, by every breakdown that was asked for. Names of the tables of those after the first end in what
/// they are divided by; what was spent is on channels of the first.
pub fn channels(facts: &Facts<'_>, spend: Option<&Spend>) -> Document {
    let mut document = if facts.breakdowns.is_empty() {
        let note = "Where the leads came from is not known: the export has no column of the source. \
                    Name one to divide them by: --by COLUMN.";
        facts.document("channels", "Channels", Vec::new(), vec![note.to_owned()])
    } else {
        by_breakdown(facts, 0, spend)
    };
    if let (Some(_), [first, _, ..]) = (spend, facts.breakdowns.as_slice()) {
        let note = format!(
            "What was spent is on channels by {first}, the first column that was asked for."
        );
        document.notes.push(note);
    }
    let mut names = ColumnNames::beside(&[]);
    for (number, name) in facts.breakdowns.iter().enumerate().skip(1) {
        let more = by_breakdown(facts, number, None);
        let ending = names.give(name, "by", &["*"]);
        document.title = format!("{}, and by {name}", document.title);
        document
            .tables
            .extend(more.tables.into_iter().map(|table| Table {
                name: format!("{}_{ending}", table.name).into(),
                ..table
            }));
        let notes = more.notes.into_iter();
        document
            .notes
            .extend(notes.map(|note| format!("By {name}: {note}")));
    }
    document
}

/// How channels fare: the values of the breakdown with this number, a row each, and all together as the last row.
///
/// Leads whose column is blank are `(none)`, all together `(all)`. What was spent on a name that no lead has is on a
/// channel without leads. Small channels' win rates are drawn towards the whole as [`Prior`] says.
fn by_breakdown(facts: &Facts<'_>, breakdown: usize, spend: Option<&Spend>) -> Document {
    let (channels, all) = channel::channels(facts, breakdown, spend);
    let heading = facts
        .breakdowns
        .get(breakdown)
        .map_or("source", String::as_str);
    let prior = facts
        .has_wins()
        .then(|| Prior::of(channels.iter().map(|channel| (channel.won, channel.leads))))
        .flatten();
    let mut tables = columns::tables(&Shown {
        model: facts.model,
        heading,
        channels: &channels,
        all: &all,
        prior,
        has_spend: spend.is_some(),
    });
    let mut notes = Vec::new();
    if let (Some(spend), Some(prior)) = (spend, &prior) {
        match budget::suggest(&channels, prior) {
            Ok(shift) => {
                notes.push(shift.sentence(spend.currency.as_deref()));
                tables.push(shift.table());
            }
            Err(why) => notes.push(format!(
                "No other division of the budget is suggested, as the data cannot carry one: {why}."
            )),
        }
    }
    notes.extend(about_channels(&channels));
    match &prior {
        Some(prior) => notes.push(about_prior(prior)),
        None => notes.extend(facts.without_wins()),
    }
    notes.extend(about_days_and_values(&all));
    notes.extend(spend.map_or_else(Vec::new, |spend| about_spend(&channels, spend)));
    facts.document("channels", format!("Channels by {heading}"), tables, notes)
}

fn about_channels(channels: &[Channel]) -> Option<String> {
    let count = channels.len();
    (count > MANY).then(|| {
        let of_first: u64 = channels[..MANY].iter().map(|channel| channel.leads).sum();
        let all: u64 = channels.iter().map(|channel| channel.leads).sum();
        format!("There are {count} values; the first {MANY} have {of_first} of the {all} leads.")
    })
}

fn about_prior(prior: &Prior) -> String {
    let mean = percent(prior.mean);
    match prior.strength {
        Strength::Trials(trials) => format!(
            "Win rates of small channels are drawn towards the whole, {mean}, which weighs as much as {} leads of a \
             channel's own (beta-binomial empirical Bayes, prior by moments, Kleinman 1973, and no lighter than the leads of one win); \
             intervals hold with 95%.",
            figure(trials, 1)
        ),
        Strength::Whole => format!(
            "The channels' win rates differ no more than chance explains, \
             so that each is taken for as good as the whole, {mean} \
             (beta-binomial empirical Bayes, prior by moments, Kleinman 1973); intervals hold with 95%."
        ),
    }
}

fn about_days_and_values(all: &Channel) -> impl Iterator<Item = String> {
    let days = (all.negative_days > 0 && all.days_to_won().is_some()).then(|| {
        let count = leads(all.negative_days);
        format!("{count} won before it began is left out of the days.")
    });
    let unvalued = all.won - all.valued();
    let values = (unvalued > 0 && all.valued() > 0).then(|| {
        format!(
            "Of {} of the {} won it is not known what they are worth.",
            unvalued, all.won
        )
    });
    days.into_iter().chain(values)
}

fn about_spend(channels: &[Channel], spend: &Spend) -> Vec<String> {
    if spend.channels().next().is_none() {
        return vec!["The file of spend has no rows.".to_owned()];
    }
    let (with, without): (Vec<&Channel>, Vec<&Channel>) =
        channels.iter().partition(|channel| channel.leads > 0);
    let paid = with
        .iter()
        .filter(|channel| channel.spend.is_some())
        .count();
    if paid == 0 {
        let note = "No channel of the spend has a lead: \
                    are they called as in the column that the leads are divided by?";
        return vec![note.to_owned()];
    }
    let mut notes = Vec::new();
    if paid < with.len() {
        notes.push(
            "All together, what was spent stands against all leads, \
             also those of channels without spend."
                .to_owned(),
        );
    }
    if !without.is_empty() {
        let names: Vec<&str> = without
            .iter()
            .map(|channel| channel.name.as_str())
            .collect();
        let named = names[..names.len().min(5)].join(", ");
        let more = match names.len().saturating_sub(5) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        notes.push(format!("Spent on without any lead: {named}{more}."));
    }
    notes
}

fn leads(count: u64) -> String {
    match count {
        1 => "1 lead".to_owned(),
        count => format!("{count} leads"),
    }
}

/// A figure in a sentence.
fn figure(value: f64, decimals: u32) -> String {
    match Cell::rounded(value, decimals) {
        Cell::Number(number) => grouped(&number.to_string()),
        _ => "?".to_owned(),
    }
}

fn percent(share: f64) -> String {
    format!("{}%", figure(share * 100.0, 1))
}
