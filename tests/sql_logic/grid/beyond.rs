//! What only the program and SQLite are asked about.

use super::{Section, section, two_valued};

/// What the reference does not know, or takes a cell for a text in, where the type is settled by the other values.
pub fn beyond_the_reference() -> Vec<Section> {
    vec![
        section(
            "!=",
            ["a != 5", "a != 'Referral'", "NOT a != b", "quiet != NULL"],
        ),
        section(
            "a header in quotes",
            [
                "\"a\"",
                "\"a\" = 5",
                "\"b\" IS NULL OR a",
                "\"a\" LIKE '%a'",
            ],
        ),
        section(
            "coalesce of a cell and a value",
            [
                "coalesce(a, 0) = 0",
                "coalesce(a, b, 7) = 7",
                "coalesce(a, quiet) = 3",
                "coalesce(a, DATE '2020-01-01') < DATE '2026-01-01'",
                "coalesce(a, FALSE)",
                "coalesce(a, b = TRUE)",
                "coalesce(a, 0) IS NULL",
            ],
        ),
        two_valued(
            "CASE with a cell and a value",
            [
                "CASE WHEN b THEN a ELSE 0 END IS NULL",
                "CASE WHEN b THEN a ELSE FALSE END IS NULL",
                "CASE WHEN b THEN a ELSE DATE '2026-11-01' END IS NOT NULL",
            ],
        ),
        section(
            "a text read as another type",
            [
                "lower(a)",
                "NOT upper(a)",
                "trim(a) = TRUE",
                "lower(a) > 2",
                "number(trim(a)) = 5",
                "trim(a) + 1 = 6",
                "upper(a) < DATE '2026-11-01'",
                "date(trim(a)) = DATE '2026-10-30'",
                "days_since(lower(a)) = 2",
                "coalesce(trim(a), b) BETWEEN 1 AND 5",
                "trim(a) IN (5, NULL)",
                "coalesce(a, '5') = 5",
                "CASE WHEN b THEN a ELSE 'yes' END",
                "CASE lower(a) WHEN 5 THEN TRUE WHEN 10 THEN FALSE END",
            ],
        ),
    ]
}
