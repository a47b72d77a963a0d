//! The total as a share of what can be reached, and cells that hold several values.

use super::{Row, Scored, inputs, ledger, row, score_leads};

/// From −4 to 15.5: 9.5 in the group, 4 and 2 outside it.
const MODEL: &str = r#"
[score]
scale = "share"
decimals = 3
[signals]
opens = { event = "open" }
spent = { event = "deposit", measure = "sum", of = "amount" }
[groups.fit]
max = 9.5
min = -4
[[rules]]
name = "Tags"
group = "fit"
column = "tags"
several = "sum"
values = { vip = 4, buyer = 2.5, spam = -3 }
other = 1
blank = -2
[[rules]]
name = "Best tag"
group = "fit"
column = "tags"
several = "max"
values = { vip = 1, buyer = 3, spam = -1 }
[[rules]]
name = "Opens"
signal = "opens"
points = 1
max = 4
[[rules]]
name = "Spent"
signal = "spent"
points = 0.01
min = 0
max = 2
[[rules]]
name = "Off"
column = "tags"
points = 5
enabled = false
"#;

fn one(tags: &str) -> Scored {
    let contact: Row = row(&[("contact_id", "a"), ("Tags", tags)]);
    score_leads(&inputs(MODEL, &[contact], &[])).remove(0)
}

#[test]
fn the_total_is_a_share_of_what_can_be_reached() {
    // 6.5 and 3 are 13.5 more than the least, of 19.5.
    let lead = one("vip; buyer");
    assert_eq!(lead.score, "69.231");
    assert_eq!(
        ledger(&lead),
        [
            ("rule:tags", 6_500),
            ("rule:best-tag", 3_000),
            ("score", 59_731)
        ]
    );
}

#[test]
fn each_different_value_of_a_cell_counts_once() {
    let points = |tags: &str| -> Vec<i64> {
        let lead = one(tags);
        let rules = lead
            .ledger
            .iter()
            .filter(|(entry, _)| entry.starts_with("rule"));
        rules.map(|(_, points)| *points).collect()
    };
    assert_eq!(points("vip, vip ;buyer"), [6_500, 3_000]);
    assert_eq!(points("spam;other"), [-3_000, -1_000]);
    // None is listed, and none is there.
    assert_eq!(points("VIP"), [1_000]);
    assert_eq!(points(" ; ,"), [-2_000]);
    assert_eq!(points(""), [-2_000]);
}
