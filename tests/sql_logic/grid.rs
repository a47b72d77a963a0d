//! The conditions that are tried on every cell: each operator and function, by itself and in what it is likely to be
//! used with.

use super::Truth;

/// Conditions about one operator or function.
pub struct Section {
    pub about: &'static str,
    pub conditions: Vec<String>,
    /// What must come out somewhere, so that agreeing means something.
    pub outcomes: &'static [Truth],
}

const ALL: &[Truth] = &[Some(true), Some(false), None];
/// For what is never NULL.
const TWO: &[Truth] = &[Some(true), Some(false)];

fn section<T: ToString>(about: &'static str, conditions: impl IntoIterator<Item = T>) -> Section {
    Section {
        about,
        conditions: conditions.into_iter().map(|c| c.to_string()).collect(),
        outcomes: ALL,
    }
}

fn two_valued<T: ToString>(about: &'static str, conditions: impl IntoIterator<Item = T>) -> Section {
    Section {
        outcomes: TWO,
        ..section(about, conditions)
    }
}

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// What all three ways can tell.
pub fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = COMPARISONS.into_iter().map(comparison).collect();
    sections.extend(logic());
    sections.extend(lists_and_ranges());
    sections.extend(patterns());
    sections.extend(arithmetic());
    sections.extend(choices());
    sections.extend(texts());
    sections.extend(days());
    sections.extend(contact_details());
    sections
}

/// One operator between every pair of things that can be compared.
fn comparison(operator: &'static str) -> Section {
    let pairs = [
        ("a", "5"),
        ("5", "a"),
        ("a", "2.5"),
        ("a", "-5"),
        ("a", "0"),
        ("a", "'Referral'"),
        ("a", "'5'"),
        ("a", "''"),
        ("a", "'Málaga'"),
        ("a", "'it''s'"),
        ("'a'", "a"),
        ("a", "b"),
        ("b", "c"),
        ("a", "a"),
        ("a", "NULL"),
        ("NULL", "a"),
        ("NULL", "NULL"),
        ("5", "NULL"),
        ("a", "TRUE"),
        ("FALSE", "a"),
        ("a", "(b = 'a')"),
        ("a", "(NOT b)"),
        ("(a = b)", "(b = c)"),
        ("TRUE", "FALSE"),
        ("a", "DATE '2026-10-30'"),
        ("DATE '2026-11-01'", "a"),
        ("number(a)", "number(b)"),
        ("a", "number(b)"),
        ("date(a)", "date(b)"),
        ("a", "date(b)"),
        ("quiet", "3"),
        ("quiet", "a"),
        ("quiet", "number(b)"),
        ("quiet", "quiet"),
        ("lower(a)", "lower(b)"),
        ("2", "10"),
        ("'2'", "'10'"),
        ("'B'", "'a'"),
        ("'Ω'", "'é'"),
        ("DATE '2026-11-01'", "DATE '2026-10-30'"),
        ("(a)", "((5))"),
    ];
    let conditions = pairs.map(|(left, right)| format!("{left} {operator} {right}"));
    section(operator, conditions)
}

fn logic() -> Vec<Section> {
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
            ["NOT a", "NOT NOT a", "NOT NULL", "not (a = 5)", "NOT a = 5", "NOT (a AND b)"],
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

fn lists_and_ranges() -> Vec<Section> {
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
        of.iter().map(|rest| format!("a {operator} {rest}")).collect()
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

fn patterns() -> Vec<Section> {
    let patterns = [
        "'%'",
        "''",
        "'_'",
        "'__'",
        "'%_'",
        "'a%'",
        "'%a'",
        "'%a%'",
        "'REF%'",
        "'Referral'",
        "'_eferral'",
        "'%r_f%'",
        "'M_laga'",
        "'m%LAGA'",
        "'É'",
        "'é'",
        "'ω'",
        "'%it''s%'",
        r"'50\%'",
        r"'%\%'",
        r"'a\_b'",
        "'a_b'",
        r"'a\\b'",
        r"'\\'",
        r"'\a%'",
        r"'\_'",
        "'%/pricing%'",
        r"'/pricing\_1\%'",
        "'%@example.com'",
        "'line%break'",
        "'a_'",
        "'[ab]%'",
        "'a*'",
        "'%%'",
        "'%a%b%'",
    ];
    let with = |operator: &str| patterns.map(|pattern| format!("a {operator} {pattern}"));
    let mut sections = vec![
        section("LIKE", with("LIKE")),
        section("NOT LIKE", with("NOT LIKE")),
        section("ILIKE", with("ILIKE")),
        section("NOT ILIKE", with("NOT ILIKE")),
    ];
    sections[0].conditions.extend(
        [
            "lower(a) LIKE '%a%'",
            "coalesce(a, 'none') LIKE '_one'",
            "'abc' LIKE 'a%'",
            "NULL LIKE '%'",
            "NOT a LIKE 'a%'",
            "a LIKE 'a%' OR b LIKE '%' AND c LIKE '_'",
        ]
        .map(str::to_owned),
    );
    sections
}

fn arithmetic() -> Vec<Section> {
    let operators = [("+", "+"), ("-", "-"), ("*", "*"), ("/", "/")];
    let mut sections: Vec<Section> = operators
        .into_iter()
        .map(|(about, operator)| {
            let conditions = [
                "a ? 2 > 5", "2 ? a > 5", "a ? b = 10", "b ? a < 1", "a ? 0 = 0", "0 ? a = 0",
                "a ? 0.5 >= 2.5", "a ? NULL = 5", "NULL ? a IS NULL", "quiet ? 2 = 5",
                "a ? quiet > 1", "number(a) ? number(b) <> 0", "7 ? 2 = 3.5", "a ? 3 < b ? 7",
                "a ? -2 = 10", "length(a) ? 2 = 10", "length(a) ? length(b) > 1",
                "days_since(a) ? 2 = 4", "a ? 0.1 = 0.4", "-a ? 1 > 0",
            ];
            section(about, conditions.map(|c| c.replace('?', operator)))
        })
        .collect();
    sections.push(section(
        "a sign",
        ["-a = 5", "-a = -5", "- -a = 5", "+a = 5", "-(a + 1) < 0", "-quiet = -3", "-a > -b", "a = -5", "-NULL = 1", "a - -5 = 10"],
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

fn choices() -> Vec<Section> {
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

fn texts() -> Vec<Section> {
    let relation = |about: &'static str, others: &[&str]| {
        section(
            about,
            others.iter().map(|other| format!("{about}(a, {other})")).chain([
                format!("{about}(b, a)"),
                format!("{about}(a, b)"),
                format!("{about}(lower(a), lower(b))"),
                format!("{about}('Referral', a)"),
                format!("{about}(a, NULL)"),
                format!("{about}(NULL, a)"),
                format!("{about}(a, a)"),
                format!("NOT {about}(a, coalesce(b, 'a'))"),
            ]),
        )
    };
    vec![
        section(
            "lower",
            [
                "lower(a) = 'referral'", "lower(a) = 'málaga'", "lower(a) = 'mÁlaga'", "lower(a) = lower(b)",
                "lower(a) < a", "lower(a) = a", "lower('ÀB') = 'Àb' AND a", "lower(NULL) = 'a'", "lower(lower(a)) = lower(a)",
            ],
        ),
        section(
            "upper",
            [
                "upper(a) = 'REFERRAL'", "upper(a) = 'MáLAGA'", "upper(a) = a", "upper(a) = 'ß'", "upper(a) = upper(b)",
                "upper('àb') = 'àB' AND a", "upper(NULL) = 'A'", "lower(upper(a)) = lower(a)",
            ],
        ),
        section(
            "trim",
            [
                "trim(a) = 'Referral'", "trim(a) = a", "trim(a) = 'é'", "trim(a) = '5'", "trim('  x ') = 'x' AND a",
                "trim(' \u{a0}\u{2003}x\t') = 'x' OR a", "trim(NULL) = 'x'", "trim(a) = trim(b)", "length(trim(a)) = length(a)",
                "trim(a) = 'N/A'", "trim(lower(a)) = 'yes'",
            ],
        ),
        section(
            "length",
            [
                "length(a) = 1", "length(a) = 2", "length(a) > 5", "length(a) = length(b)", "length('') = 0 AND a",
                "length('é日😀') = 3 OR a", "length(NULL) = 0", "length(a) + length(b) >= 10", "length(a) = 0",
                "length(a) = number(b)", "length(a) = a",
            ],
        ),
        relation("starts_with", &["'Ref'", "'ref'", "''", "'é'", "' '", "'e'", "'/pricing%'"]),
        relation("ends_with", &["'ral'", "'RAL'", "''", "'é'", "'\u{301}'", "'a'", "'%'"]),
        relation("contains", &["'fer'", "'FER'", "''", "'\u{301}'", "'á'", "'@'", "'_'", "'it''s'"]),
        // A tag with blanks at its ends, or of nothing else, is not asked for: it could never stand in a list.
        section(
            "has_tag",
            [
                "has_tag(a, 'VIP')", "has_tag(a, 'vip')", "has_tag(a, 'Buyer')", "has_tag(a, 'Buy')", "has_tag(a, 'VIP|Buyer')",
                "has_tag(a, 'vip; Buyer')", "has_tag(a, 'é')", "has_tag(a, b)", "has_tag(a, trim(a))", "has_tag(b, trim(a))",
                "has_tag('VIP, a', trim(a))", "has_tag(lower(a), 'vip')", "has_tag(upper(a), upper(b))", "has_tag(a, NULL)",
                "has_tag(NULL, a)", "NOT has_tag(a, coalesce(b, 'a'))", "has_tag(a, 'VIP') OR has_tag(b, 'VIP')",
            ],
        ),
        section(
            "regexp_like",
            [
                "regexp_like(a, 'err')", "regexp_like(a, '^Ref')", "regexp_like(a, 'l$')", "regexp_like(a, '^[A-Z][a-z]+$')",
                "regexp_like(a, '[0-9]')", "regexp_like(a, '^[0-9]+$')", "regexp_like(a, '^.$')", "regexp_like(a, '^a.c$')",
                r"regexp_like(a, 'a\.c')", "regexp_like(a, 'a|é')", "regexp_like(a, '^(ab)+$')", "regexp_like(a, '^a{2,3}$')",
                "regexp_like(a, '^[^a-z]*$')", "regexp_like(a, 'á')", "regexp_like(a, '')", "regexp_like(a, 'a$')",
                "regexp_like(a, 'line.break')", "regexp_like(a, '^[+]?[0-9 ()-]+$')", "regexp_like(a, '^(?:yes|ja)$')",
                "regexp_like(lower(a), '^ref')", "regexp_like(NULL, 'a')", "NOT regexp_like(a, 'a') OR b",
                "regexp_like(coalesce(a, 'none'), '^none$') AND b", r"regexp_like(a, '^[^@]+@[^@]+\.[a-z]{2,}$')",
                r"regexp_like(a, '\\')", "regexp_like(a, 'it''s')", "regexp_like(a, '^_?$|^%$')",
            ],
        ),
        section(
            "number",
            ["number(a) = 5", "number(a) > number(b)", "number(a) IN (1, NULL)", "number(a) = a", "number(quiet) = 3", "number(NULL) = 1", "number(number(a)) = 5", "number(5) = a", "number(coalesce(a, b)) = 5"],
        ),
        section(
            "date",
            ["date(a) = DATE '2026-10-30'", "date(a) >= date(b)", "date(a) = b", "date(NULL) = a", "date(date(a)) = DATE '2026-11-01'", "date(DATE '2026-10-30') = a", "date(coalesce(a, b)) = DATE '2026-10-30'"],
        ),
    ]
}

fn days() -> Vec<Section> {
    vec![
        section(
            "DATE",
            [
                "a = DATE '2024-02-29'", "a < DATE '0001-01-01'", "a <= date '9999-12-31'", "DATE '2026-05-03' = a",
                "a IN (DATE '2026-10-31')", "NOT a > DATE '2026-10-30'",
            ],
        ),
        section(
            "days_since",
            [
                "days_since(a) = 2", "days_since(a) = 0", "days_since(a) < 0", "days_since(a) > 100", "days_since(a) = days_since(b)",
                "days_since(NULL) = 1", "days_since(DATE '2026-10-30') = 2 AND a", "days_since(date(a)) <= 2",
                "days_since(coalesce(date(a), date(b))) = 2", "days_since(a) IN (2, 976)", "days_since(a) BETWEEN 0 AND 7",
                "-days_since(a) = days_until(a)", "days_since(a) / 7 > 1", "days_since(a) = quiet",
            ],
        ),
        section(
            "days_until",
            [
                "days_until(a) = 1", "days_until(a) = 54", "days_until(a) < 0", "days_until(a) + days_since(a) = 0",
                "days_until(NULL) = 1", "days_until(DATE '2027-11-01') = 365 OR a", "days_until(a) > days_until(b)",
                "NOT days_until(a) >= 0",
            ],
        ),
    ]
}

fn contact_details() -> Vec<Section> {
    ["is_email", "is_free_email", "is_phone"]
        .into_iter()
        .map(|about| {
            let extra = match about {
                "is_phone" => "is_phone('0612345678') AND a",
                "is_free_email" => "is_free_email('made-up@gmail.com') AND a",
                _ => "is_email('anna@example.com') AND a",
            };
            section(
                about,
                [
                    format!("{about}(a)"),
                    format!("NOT {about}(a)"),
                    format!("{about}(trim(a))"),
                    format!("{about}(lower(a))"),
                    format!("{about}(coalesce(a, b))"),
                    format!("{about}(NULL)"),
                    format!("{about}(a) AND b"),
                    format!("{about}(a) OR b"),
                    format!("{about}(a) = (b = TRUE)"),
                    extra.to_owned(),
                ],
            )
        })
        .collect()
}

/// What the reference does not know, or takes a cell for a text in, where the type is settled by the other values.
pub fn beyond_the_reference() -> Vec<Section> {
    vec![
        section("!=", ["a != 5", "a != 'Referral'", "NOT a != b", "quiet != NULL"]),
        section("a header in quotes", ["\"a\"", "\"a\" = 5", "\"b\" IS NULL OR a", "\"a\" LIKE '%a'"]),
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

/// Conditions without columns that SQLite takes as they stand: nobody but SQLite says how they bind.
pub const PRECEDENCE: [&str; 25] = [
    "TRUE OR FALSE AND FALSE",
    "(TRUE OR FALSE) AND FALSE",
    "NOT FALSE AND FALSE",
    "NOT (FALSE AND FALSE)",
    "NOT TRUE OR TRUE",
    "NOT 1 = 2",
    "NOT 1 = 2 AND 1 = 1",
    "NOT NULL IS NULL",
    "NOT 1 IN (1, 2)",
    "NOT 5 BETWEEN 1 AND 9",
    "5 BETWEEN 1 AND 9 AND FALSE",
    "5 BETWEEN 1 AND 2 OR TRUE",
    "5 NOT BETWEEN 1 AND 2 + 3",
    "FALSE OR 5 BETWEEN 1 + 1 AND 9 - 1 AND TRUE",
    "2 + 3 * 4 = 14",
    "(2 + 3) * 4 = 20",
    "10 - 3 - 2 = 5",
    "16 / 4 / 2 = 2",
    "16 / 4 * 2 = 8",
    "-2 * 3 = -6",
    "-2 + 3 = 1",
    "-(2 + 3) = -5",
    "1 + 1 IS NULL OR 2 > 1 + 0",
    "1 + 1 IN (2, 3) AND 'a' LIKE 'b' OR NULL",
    "CASE WHEN 1 = 1 OR 1 = 2 AND FALSE THEN 1 + 1 ELSE 0 END = 2",
];
