//! One value among several: IN, BETWEEN, CASE and coalesce.

use super::{Section, section};

pub fn lists_and_ranges() -> Vec<Section> {
    let lists = [
        "(5)",
        "(5, 2.5, -5)",
        "(1, NULL)",
        "(NULL)",
        "('Referral')",
        "('Referral', 'a', 'it''s')",
        "('a', NULL)",
        "('')",
        "(b)",
        "(b, c)",
        "(b, 'a', NULL)",
        "(DATE '2026-10-30')",
        "(DATE '2026-10-30', DATE '2026-11-01', NULL)",
        "(number(b), 5)",
        "(TRUE)",
        "(FALSE, NULL)",
        "(quiet, 5)",
    ];
    let ranges = [
        "1 AND 5",
        "5 AND 1",
        "-5 AND 2.5",
        "NULL AND 5",
        "5 AND NULL",
        "NULL AND NULL",
        "'A' AND 'b'",
        "'Referral' AND 'Referral'",
        "b AND c",
        "'a' AND b",
        "NULL AND 'a'",
        "DATE '2026-05-03' AND DATE '2026-10-30'",
        "date(b) AND DATE '2026-11-01'",
        "number(b) AND 1234.5",
        "FALSE AND TRUE",
        "number(b) - 1 AND number(b) + 1",
    ];
    let with = |operator: &str, of: &[&str]| -> Vec<String> {
        of.iter()
            .map(|rest| format!("a {operator} {rest}"))
            .collect()
    };
    let mut sections = vec![
        section("IN", with("IN", &lists)),
        section("NOT IN", with("NOT IN", &lists)),
        section("BETWEEN", with("BETWEEN", &ranges)),
        section("NOT BETWEEN", with("NOT BETWEEN", &ranges)),
    ];
    sections[0].conditions.extend(
        [
            "5 IN (a, b)",
            "'a' IN (a, b, NULL)",
            "NULL IN (a, 1)",
            "NULL IN (NULL)",
            "quiet IN (0, 40)",
            "number(a) IN (1, 2, 5) OR b",
            "lower(a) IN ('referral', 'málaga')",
            "NOT a IN ('Referral', NULL)",
            "a + 1 IN (6, 3.5)",
        ]
        .map(str::to_owned),
    );
    sections[2].conditions.extend(
        [
            "5 BETWEEN a AND 100",
            "3 BETWEEN a AND number(b)",
            "'a' BETWEEN a AND b",
            "NULL BETWEEN a AND 5",
            "quiet BETWEEN 0 AND 3",
            "a BETWEEN 1 AND 5 AND b",
            "a BETWEEN 1 AND 5 OR b BETWEEN 'a' AND 'z' AND c",
            "NOT a BETWEEN 1 AND 5",
            "length(a) BETWEEN 2 AND 5",
            "DATE '2026-10-31' BETWEEN a AND DATE '2026-12-31'",
        ]
        .map(str::to_owned),
    );
    sections
}

pub fn choices() -> Vec<Section> {
    vec![
        section(
            "CASE",
            [
                "CASE WHEN a THEN TRUE END",
                "CASE WHEN a THEN TRUE ELSE FALSE END",
                "CASE WHEN a THEN FALSE ELSE NULL END",
                "CASE WHEN NULL THEN TRUE ELSE b = 'a' END",
                "CASE WHEN a > 2 THEN 1 WHEN a > 0 THEN 2 WHEN a IS NULL THEN 3 ELSE 4 END = 2",
                "CASE WHEN a > 2 THEN 1 WHEN a > 0 THEN 2 END <> 1",
                "CASE WHEN a = 'Referral' THEN 'x' WHEN a LIKE '%a' THEN b END = 'x'",
                "CASE WHEN a THEN b ELSE c END = 'a'",
                "CASE WHEN a THEN b ELSE c END",
                "CASE WHEN a THEN b ELSE c END > 1",
                "CASE WHEN a THEN b ELSE c END >= DATE '2026-10-30'",
                "CASE WHEN a THEN number(b) ELSE 1 END = 1",
                "CASE WHEN a > b THEN a END = 'yes'",
                "CASE WHEN is_email(a) THEN DATE '2026-11-01' ELSE date(a) END < DATE '2026-11-02'",
                "NOT CASE WHEN a THEN TRUE END",
                "CASE WHEN a THEN CASE WHEN b THEN 1 ELSE 2 END ELSE 3 END <> 2 OR NULL",
                "case when a then true else null end OR case when b then false end",
                "CASE WHEN a = 5 THEN NULL WHEN b THEN 1 ELSE 0 END = 1",
                "CASE WHEN a THEN 5 END + 1 = 6",
            ],
        ),
        section(
            "CASE of a value",
            [
                "CASE a WHEN 5 THEN TRUE ELSE FALSE END",
                "CASE a WHEN 5 THEN TRUE WHEN 10 THEN FALSE END",
                "CASE a WHEN 'Referral' THEN 1 WHEN 'a' THEN 2 ELSE 3 END = 3",
                "CASE a WHEN NULL THEN TRUE ELSE b = 'a' END",
                "CASE a WHEN b THEN TRUE WHEN c THEN FALSE END",
                "CASE a WHEN TRUE THEN b WHEN FALSE THEN c END = 'a'",
                "CASE a WHEN DATE '2026-10-30' THEN 'day' ELSE 'none' END = 'day' AND b",
                "CASE quiet WHEN 0 THEN FALSE WHEN 3 THEN TRUE END",
                "CASE number(a) WHEN number(b) THEN TRUE WHEN 0 THEN FALSE END",
                "CASE lower(a) WHEN 'referral' THEN b ELSE lower(c) END = 'a'",
                "CASE NULL WHEN NULL THEN TRUE ELSE FALSE END OR NULL",
                "CASE TRUE WHEN a THEN TRUE WHEN b THEN FALSE END",
                "CASE a > 2 WHEN TRUE THEN 1 WHEN FALSE THEN 2 ELSE 3 END = 3 OR b",
            ],
        ),
        section(
            "coalesce",
            [
                "coalesce(a, 'none') = 'none'",
                "coalesce(a, b) = 'Referral'",
                "coalesce(a, b, c) <> 'a'",
                "coalesce(a, b) > 2",
                "coalesce(a, b)",
                "NOT coalesce(a, b)",
                "coalesce(a, b) < DATE '2026-11-01'",
                "coalesce(a) = 'a'",
                "coalesce(NULL, a) = 'a'",
                "coalesce(NULL, NULL) = 'a'",
                "coalesce(number(a), 0) >= 5",
                "coalesce(number(a), number(b)) >= 5",
                "coalesce(number(a), number(b), quiet, 7) = 7",
                "coalesce(quiet, 99) > 3",
                "coalesce(date(a), date(b)) = DATE '2026-10-30'",
                "coalesce(date(a), DATE '2020-01-01') > DATE '2026-01-01'",
                "coalesce(a = TRUE, b = TRUE)",
                "coalesce(a = TRUE, b = TRUE, FALSE)",
                "coalesce(a > 2, b IS NULL)",
                "coalesce(a / 0, 3) = 3 AND coalesce(1 / a, 3) = 3",
                "coalesce(lower(a), upper(b)) = 'referral'",
            ],
        ),
    ]
}
