//! Why a lead stands where it stands, in a few sentences.

use crate::rank::{Entry, HeldBack, Lead, Origin};
use crate::value::Points;

/// How many of the rules that raised the score are named.
const STRONGEST: usize = 3;

/// Calls `take` with what holds the lead back, then the strongest rules for it, then the strongest against it.
///
/// Each rule is its label and its points, `Requested a viewing +15`; of equal ones the first in the ledger goes
/// first. What groups and bounds took is no reason.
pub(super) fn each_reason(lead: &Lead<'_>, mut take: impl FnMut(&str)) {
    each_circumstance(lead, &mut take);
    let mut text = String::new();
    for place in strongest(lead) {
        text.clear();
        add_reason(&lead.ledger[place], &mut text);
        take(&text);
    }
}

/// Calls `take` with the reasons that are no rules: why the lead is pursued no more, or what holds it where it is.
pub(super) fn each_circumstance(lead: &Lead<'_>, mut take: impl FnMut(&str)) {
    if let Some(reason) = lead.disqualified {
        take(&format!("Disqualified: {reason}"));
        return;
    }
    if lead.is_kept {
        take("kept from the previous run");
    }
    for one in &lead.overrides {
        take(&format!("by hand: {one}"));
    }
    let mut text = String::new();
    for one in &lead.held_back {
        text.clear();
        add_held_back(one, &mut text);
        take(&text);
    }
}

/// The places in the ledger of the rules that are reasons; none of a lead that is pursued no more.
pub(super) fn strongest(lead: &Lead<'_>) -> Vec<usize> {
    if lead.disqualified.is_some() {
        return Vec::new();
    }
    let points = |place: usize| lead.ledger[place].points;
    let mut strongest: Vec<usize> = Vec::with_capacity(STRONGEST + 1);
    let mut lowest: Option<usize> = None;
    for (place, entry) in lead.ledger.iter().enumerate() {
        if !matches!(entry.origin, Origin::Rule(_) | Origin::Contact(_)) {
            continue;
        }
        // Ledger order decides between equals: only one that gives more goes before those that came first.
        if entry.points > Points::ZERO {
            let weaker = strongest
                .iter()
                .position(|other| points(*other) < entry.points);
            strongest.insert(weaker.unwrap_or(strongest.len()), place);
            strongest.truncate(STRONGEST);
        } else if entry.points < lowest.map_or(Points::ZERO, points) {
            lowest = Some(place);
        }
    }
    strongest.extend(lowest);
    strongest
}

/// Adds `Requested a viewing +15`.
fn add_reason(entry: &Entry<'_>, text: &mut String) {
    text.push_str(&entry.label);
    text.push_str(if entry.points > Points::ZERO {
        " +"
    } else {
        " "
    });
    text.push_str(entry.points.decimal().text());
}

/// Adds `not Hot: Budget confirmed missing`.
fn add_held_back(held_back: &HeldBack<'_>, text: &mut String) {
    text.push_str("not ");
    let mut letters = held_back.from.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
    for (place, label) in held_back.missing.iter().enumerate() {
        text.push_str(if place == 0 { ": " } else { ", " });
        text.push_str(label);
    }
    if !held_back.missing.is_empty() {
        text.push_str(" missing");
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn rule(label: &'static str, points: i64) -> Entry<'static> {
        sample::entry(Origin::Rule("r"), label, Points::whole(points))
    }

    fn reasons(lead: &Lead<'_>) -> Vec<String> {
        let mut reasons = Vec::new();
        each_reason(lead, |reason| reasons.push(reason.to_owned()));
        reasons
    }

    fn of(ledger: Vec<Entry<'static>>) -> String {
        let lead = Lead {
            ledger,
            ..sample::bare_lead()
        };
        reasons(&lead).join("; ")
    }

    #[test]
    fn the_three_strongest_rules_and_the_strongest_against_are_named() {
        let ledger = vec![
            rule("Opens", 8),
            rule("Visits", 2),
            rule("Bounced", -5),
            rule("Viewing", 15),
            rule("Unsubscribed", -20),
            rule("Budget", 10),
        ];
        let expected = "Viewing +15; Budget +10; Opens +8; Unsubscribed -20";
        assert_eq!(of(ledger), expected);
    }

    #[test]
    fn of_equal_rules_the_first_in_the_ledger_goes_first() {
        let ledger = vec![rule("B", 5), rule("A", 5), rule("Y", -5), rule("X", -5)];
        assert_eq!(of(ledger), "B +5; A +5; Y -5");
    }

    #[test]
    fn rules_without_effect_and_bounds_are_no_reasons() {
        let ledger = vec![
            rule("Nothing", 0),
            sample::entry(Origin::Group("fit"), "Bounds of fit", Points::whole(-7)),
            sample::entry(Origin::Score, "Rounding", Points::from_thousandths(250)),
        ];
        assert_eq!(of(ledger), "");
    }

    #[test]
    fn fractions_of_points_are_shown() {
        let half = Points::from_thousandths(2_500);
        let ledger = vec![sample::entry(Origin::Rule("r"), "Opens", half)];
        assert_eq!(of(ledger), "Opens +2.5");
    }

    #[test]
    fn what_holds_the_lead_back_goes_first() {
        let lead = Lead {
            held_back: vec![HeldBack {
                from: "hot",
                missing: vec!["Budget confirmed", "Ready to buy"],
            }],
            ledger: vec![rule("Viewing", 15)],
            ..sample::bare_lead()
        };
        let expected = [
            "not Hot: Budget confirmed, Ready to buy missing",
            "Viewing +15",
        ];
        assert_eq!(reasons(&lead), expected);
    }
}
