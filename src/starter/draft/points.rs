//! How many points the rules of a draft give: groups that can come to a hundred together, and rules that can come to
//! a little more than their group, so that no lead needs all of them.

use super::{Group, Rule};

/// What a group may count beside the others, if it has rules enough.
const CAPS: [(Group, u32); 4] = [
    (Group::Engagement, 40),
    (Group::Completeness, 30),
    (Group::Behaviour, 30),
    (Group::Fit, 30),
];

/// The highest score.
const TOTAL: u32 = 100;

/// How many percent of a group's maximum its rules can come to together.
const SPARE: u32 = 120;

/// The groups that have rules, each with what it may count; together a hundred.
pub(in super::super) fn caps(rules: &[Rule]) -> Vec<(Group, u32)> {
    // A group of a rule or two is not worth as much as one that knows a lead from many sides.
    let cap = |(group, cap): &(Group, u32)| {
        let members = rules.iter().filter(|rule| rule.group == *group);
        let weights: u32 = members.map(|rule| rule.weight).sum();
        (
            *group,
            (weights * 3 / 2).clamp(u32::from(weights > 0), *cap),
        )
    };
    let there = CAPS.iter().map(cap).filter(|(_, cap)| *cap > 0);
    let there: Vec<(Group, u32)> = there.collect();
    let weights: Vec<u32> = there.iter().map(|(_, cap)| *cap).collect();
    let shares = shared_out(TOTAL, &weights);
    there
        .iter()
        .zip(shares)
        .map(|((group, _), cap)| (*group, cap))
        .collect()
}

/// What each rule can give at the most.
pub(in super::super) fn maxima(rules: &[Rule]) -> Vec<u32> {
    let caps = caps(rules);
    let mut maxima = vec![0; rules.len()];
    for (group, cap) in caps {
        let members: Vec<usize> = (0..rules.len())
            .filter(|rule| rules[*rule].group == group)
            .collect();
        let weights: Vec<u32> = members.iter().map(|rule| rules[*rule].weight).collect();
        let room = if members.len() == 1 {
            cap
        } else {
            cap * SPARE / 100
        };
        for (rule, share) in members.iter().zip(shared_out(room, &weights)) {
            maxima[*rule] = share.max(1);
        }
    }
    maxima
}

/// Whole parts of a total by weight, which sum to it: what rounding leaves over goes to those that lost the most.
fn shared_out(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u32 = weights.iter().sum::<u32>().max(1);
    let mut parts: Vec<u32> = weights.iter().map(|weight| total * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(total * weights[*place] % sum));
    let left = total - parts.iter().sum::<u32>();
    for place in order.into_iter().take(left as usize) {
        parts[place] += 1;
    }
    parts
}

/// A share of a rule's maximum in whole points: at least one of what is more than nothing.
pub(in super::super) fn share(most: u32, percent: u32) -> u32 {
    match percent {
        0 => 0,
        _ => ((most * percent + 50) / 100).max(1),
    }
}

/// Points for each unit, as they are written, where so many units give the most: rounded up to a figure that is
/// easily read.
pub(in super::super) fn each(most: u32, full: u64) -> String {
    let exact = (u64::from(most) * 1_000).div_ceil(full.max(1)).max(1);
    let step = match exact {
        1_000.. => 100,
        100.. => 10,
        _ => 1,
    };
    let thousandths = exact.div_ceil(step) * step;
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    if rest == 0 {
        whole.to_string()
    } else {
        let decimals = format!("{rest:03}");
        format!("{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Worth;
    use super::*;

    fn rules(weights: &[(Group, u32)]) -> Vec<Rule> {
        let rule = |(group, weight): &(Group, u32)| Rule {
            name: "r".to_owned(),
            group: *group,
            weight: *weight,
            worth: Worth::When("TRUE".to_owned()),
            note: None,
        };
        weights.iter().map(rule).collect()
    }

    #[test]
    fn the_three_groups_of_a_model_with_events_are_forty_thirty_and_thirty() {
        let rules = rules(&[
            (Group::Engagement, 40),
            (Group::Completeness, 30),
            (Group::Behaviour, 25),
        ]);
        let caps: Vec<u32> = caps(&rules).into_iter().map(|(_, cap)| cap).collect();
        assert_eq!(caps, [40, 30, 30]);
    }

    #[test]
    fn points_for_each_unit_are_easily_read() {
        for (most, full, written) in [
            (10, 5, "2"),
            (8, 5, "1.6"),
            (10, 6, "1.7"),
            (10, 400, "0.025"),
            (1, 1_000_000, "0.001"),
        ] {
            assert_eq!(each(most, full), written, "{most} for {full}");
        }
    }

    proptest! {
        #[test]
        fn groups_come_to_a_hundred_and_rules_to_their_group(
            weights in prop::collection::vec((0_usize..4, 1_u32..15), 1..14),
        ) {
            let weights: Vec<(Group, u32)> =
                weights.into_iter().map(|(group, weight)| (CAPS[group].0, weight)).collect();
            let rules = rules(&weights);
            let caps = caps(&rules);
            prop_assert_eq!(caps.iter().map(|(_, cap)| *cap).sum::<u32>(), 100);
            let maxima = maxima(&rules);
            for (group, cap) in caps {
                let sum: u32 = (0..rules.len()).filter(|r| rules[*r].group == group).map(|r| maxima[r]).sum();
                prop_assert!(sum >= cap, "{:?}: {} of {}", group, sum, cap);
            }
        }
    }
}
