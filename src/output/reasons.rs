//! Why a lead stands where it stands, in a few sentences.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Write;

use crate::rank::{Entry, HeldBack, Lead, Origin};
use crate::value::Points;

/// How many of the rules that raised the score are named.
const STRONGEST: usize = 3;

/// What holds the lead back, then the strongest rules for it, then the strongest against it.
///
/// Each rule is its label and its points, `Requested a viewing +15`; of equal ones the first in the ledger goes
/// first. What groups and bounds took is no reason.
pub(super) fn reasons<'lead>(lead: &'lead Lead<'_>) -> Vec<Cow<'lead, str>> {
    let rules = strongest(lead)
        .into_iter()
        .map(|place| reason(&lead.ledger[place]));
    circumstances(lead)
        .into_iter()
        .chain(rules)
        .map(Cow::Owned)
        .collect()
}

/// The reasons that are no rules: why the lead is pursued no more, or what holds it where it is.
pub(super) fn circumstances(lead: &Lead<'_>) -> Vec<String> {
    if let Some(reason) = lead.disqualified {
        return vec![format!("Disqualified: {reason}")];
    }
    let kept = lead
        .is_kept
        .then(|| "kept from the previous run".to_owned());
    let by_hand = lead.overrides.iter().map(|one| format!("by hand: {one}"));
    kept.into_iter()
        .chain(by_hand)
        .chain(lead.held_back.iter().map(held_back))
        .collect()
}

/// The places in the ledger of the rules that are reasons; none of a lead that is pursued no more.
pub(super) fn strongest(lead: &Lead<'_>) -> Vec<usize> {
    if lead.disqualified.is_some() {
        return Vec::new();
    }
    let points = |place: &usize| lead.ledger[*place].points;
    let mut rules: Vec<usize> = (0..lead.ledger.len())
        .filter(|place| {
            let origin = lead.ledger[*place].origin;
            matches!(origin, Origin::Rule(_) | Origin::Contact(_))
        })
        .filter(|place| points(place) != Points::ZERO)
        .collect();
    // The sort is stable: ledger order decides between equals.
    rules.sort_by_key(|place| Reverse(points(place)));
    let raised = rules.iter().filter(|place| points(place) > Points::ZERO);
    let lowest = rules.iter().map(points).min();
    let lowered = rules
        .iter()
        .find(|place| points(place) < Points::ZERO && Some(points(place)) == lowest);
    raised.take(STRONGEST).chain(lowered).copied().collect()
}

/// `Requested a viewing +15`.
fn reason(entry: &Entry<'_>) -> String {
    let mut text = String::with_capacity(entry.label.len() + " +100.125".len());
    text.push_str(&entry.label);
    text.push_str(if entry.points > Points::ZERO {
        " +"
    } else {
        " "
    });
    // Writing into a string cannot fail.
    let _ = write!(text, "{}", entry.points);
    text
}

/// `not Hot: Budget confirmed missing`.
fn held_back(held_back: &HeldBack<'_>) -> String {
    let mut letters = held_back.from.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    let temperature: String = capital.chain(letters).collect();
    if held_back.missing.is_empty() {
        return format!("not {temperature}");
    }
    format!(
        "not {temperature}: {} missing",
        held_back.missing.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn rule(label: &'static str, points: i64) -> Entry<'static> {
        sample::entry(Origin::Rule("r"), label, Points::whole(points))
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
