//! Truth values: AND, OR, NOT and what is asked about NULL.

use super::{Section, section, two_valued};

pub fn logic() -> Vec<Section> {
    let parts = ["a", "b", "TRUE", "FALSE", "NULL", "a = 5", "quiet > 1"];
    let pairs = |operator: &str| {
        let of = |left: &str| parts.map(|right| format!("{left} {operator} {right}"));
        parts.map(of).concat()
    };
    vec![
        section("a column alone", ["a", "(a)", "b", "NULL OR a"]),
        two_valued("TRUE and FALSE", ["TRUE", "FALSE"]),
        Section {
            outcomes: &[None],
            ..section("NULL", ["NULL"])
        },
        section("AND", pairs("AND")),
        section("OR", pairs("OR")),
        section(
            "NOT",
            [
                "NOT a",
                "NOT NOT a",
                "NOT NULL",
                "not (a = 5)",
                "NOT a = 5",
                "NOT (a AND b)",
            ],
        ),
        section(
            "AND, OR and NOT together",
            [
                "a OR b AND c",
                "(a OR b) AND c",
                "NOT a AND b",
                "NOT (a AND b) OR c",
                "NOT a OR NOT b AND NOT c",
                "a AND NULL OR b AND NOT NULL",
                "a = 5 OR a = 'Referral' AND b",
                "a AND (b OR c = 'a') AND NOT (a = b)",
            ],
        ),
        two_valued(
            "IS NULL",
            [
                "a IS NULL",
                "(a) IS NULL",
                "number(a) IS NULL",
                "date(a) IS NULL",
                "(a OR b) IS NULL",
                "(NOT a) IS NULL",
                "(a = TRUE) IS NULL",
                "(a AND FALSE) IS NULL",
                "a + 1 IS NULL",
                "lower(a) IS NULL",
                "quiet IS NULL",
                "NULL IS NULL",
                "'' IS NULL",
                "5 / 0 IS NULL",
                "NOT a IS NULL",
                "a IS NULL AND b IS NULL",
                "coalesce(a, b) IS NULL",
                "(a > 5) IS NULL",
                "(a = b) IS NULL",
                "(a IN (1, NULL)) IS NULL",
            ],
        ),
        two_valued(
            "IS NOT NULL",
            [
                "a IS NOT NULL",
                "number(a) is not null",
                "(a = 5) IS NOT NULL",
                "NOT a IS NOT NULL",
                "quiet IS NOT NULL OR a IS NOT NULL",
                "is_email(a) IS NOT NULL",
            ],
        ),
    ]
}
