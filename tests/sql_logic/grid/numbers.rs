//! Numbers and days: arithmetic, and how far a day is from as-of.

use super::{Section, section};

pub fn arithmetic() -> Vec<Section> {
    let operators = [("+", "+"), ("-", "-"), ("*", "*"), ("/", "/")];
    let mut sections: Vec<Section> = operators
        .into_iter()
        .map(|(about, operator)| {
            let conditions = [
                "a ? 2 > 5",
                "2 ? a > 5",
                "a ? b = 10",
                "b ? a < 1",
                "a ? 0 = 0",
                "0 ? a = 0",
                "a ? 0.5 >= 2.5",
                "a ? NULL = 5",
                "NULL ? a IS NULL",
                "quiet ? 2 = 5",
                "a ? quiet > 1",
                "number(a) ? number(b) <> 0",
                "7 ? 2 = 3.5",
                "a ? 3 < b ? 7",
                "a ? -2 = 10",
                "length(a) ? 2 = 10",
                "length(a) ? length(b) > 1",
                "days_since(a) ? 2 = 4",
                "a ? 0.1 = 0.4",
                "-a ? 1 > 0",
            ];
            section(about, conditions.map(|c| c.replace('?', operator)))
        })
        .collect();
    sections.push(section(
        "a sign",
        [
            "-a = 5",
            "-a = -5",
            "- -a = 5",
            "+a = 5",
            "-(a + 1) < 0",
            "-quiet = -3",
            "-a > -b",
            "a = -5",
            "-NULL = 1",
            "a - -5 = 10",
        ],
    ));
    sections.push(section(
        "sums and products together",
        [
            "a + 2 * 3 = 11",
            "(a + 2) * 3 = 21",
            "10 - a - 2 > 0",
            "10 - (a - 2) > 0",
            "100 / a / 2 = 10",
            "100 / (a / 2) = 40",
            "a * 2 / 4 = 2.5",
            "-a * 2 + 1 < 0",
            "a / 3 * 3 = a + 0",
            "1 / a > 0.1 AND a > 0",
            "1 / (a - 5) > 0",
            "1 / (a - 5) IS NULL OR 1 / a = 1",
            "0.1 + 0.2 = 0.3 AND a",
            "a + 0.1 = 0.2 + 0.2",
            "(a + 1) * (b + 1) = 36",
        ],
    ));
    sections
}

pub fn days() -> Vec<Section> {
    vec![
        section(
            "DATE",
            [
                "a = DATE '2024-02-29'",
                "a < DATE '0001-01-01'",
                "a <= date '9999-12-31'",
                "DATE '2026-05-03' = a",
                "a IN (DATE '2026-10-31')",
                "NOT a > DATE '2026-10-30'",
            ],
        ),
        section(
            "days_since",
            [
                "days_since(a) = 2",
                "days_since(a) = 0",
                "days_since(a) < 0",
                "days_since(a) > 100",
                "days_since(a) = days_since(b)",
                "days_since(NULL) = 1",
                "days_since(DATE '2026-10-30') = 2 AND a",
                "days_since(date(a)) <= 2",
                "days_since(coalesce(date(a), date(b))) = 2",
                "days_since(a) IN (2, 976)",
                "days_since(a) BETWEEN 0 AND 7",
                "-days_since(a) = days_until(a)",
                "days_since(a) / 7 > 1",
                "days_since(a) = quiet",
            ],
        ),
        section(
            "days_until",
            [
                "days_until(a) = 1",
                "days_until(a) = 54",
                "days_until(a) < 0",
                "days_until(a) + days_since(a) = 0",
                "days_until(NULL) = 1",
                "days_until(DATE '2027-11-01') = 365 OR a",
                "days_until(a) > days_until(b)",
                "NOT days_until(a) >= 0",
            ],
        ),
    ]
}
