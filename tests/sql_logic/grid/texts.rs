//! Texts: LIKE, regular expressions, parts of a text, tags, addresses and telephone numbers.

use super::{Section, section};

pub fn patterns() -> Vec<Section> {
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

pub fn texts() -> Vec<Section> {
    let relation = |about: &'static str, others: &[&str]| {
        section(
            about,
            others
                .iter()
                .map(|other| format!("{about}(a, {other})"))
                .chain([
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
                "lower(a) = 'referral'",
                "lower(a) = 'málaga'",
                "lower(a) = 'mÁlaga'",
                "lower(a) = lower(b)",
                "lower(a) < a",
                "lower(a) = a",
                "lower('ÀB') = 'Àb' AND a",
                "lower(NULL) = 'a'",
                "lower(lower(a)) = lower(a)",
            ],
        ),
        section(
            "upper",
            [
                "upper(a) = 'REFERRAL'",
                "upper(a) = 'MáLAGA'",
                "upper(a) = a",
                "upper(a) = 'ß'",
                "upper(a) = upper(b)",
                "upper('àb') = 'àB' AND a",
                "upper(NULL) = 'A'",
                "lower(upper(a)) = lower(a)",
            ],
        ),
        section(
            "trim",
            [
                "trim(a) = 'Referral'",
                "trim(a) = a",
                "trim(a) = 'é'",
                "trim(a) = '5'",
                "trim('  x ') = 'x' AND a",
                "trim(' \u{a0}\u{2003}x\t') = 'x' OR a",
                "trim(NULL) = 'x'",
                "trim(a) = trim(b)",
                "length(trim(a)) = length(a)",
                "trim(a) = 'N/A'",
                "trim(lower(a)) = 'yes'",
            ],
        ),
        section(
            "length",
            [
                "length(a) = 1",
                "length(a) = 2",
                "length(a) > 5",
                "length(a) = length(b)",
                "length('') = 0 AND a",
                "length('é日😀') = 3 OR a",
                "length(NULL) = 0",
                "length(a) + length(b) >= 10",
                "length(a) = 0",
                "length(a) = number(b)",
                "length(a) = a",
            ],
        ),
        relation(
            "starts_with",
            &["'Ref'", "'ref'", "''", "'é'", "' '", "'e'", "'/pricing%'"],
        ),
        relation(
            "ends_with",
            &["'ral'", "'RAL'", "''", "'é'", "'\u{301}'", "'a'", "'%'"],
        ),
        relation(
            "contains",
            &[
                "'fer'",
                "'FER'",
                "''",
                "'\u{301}'",
                "'á'",
                "'@'",
                "'_'",
                "'it''s'",
            ],
        ),
        // A tag with blanks at its ends, or of nothing else, is not asked for: it could never stand in a list.
        section(
            "has_tag",
            [
                "has_tag(a, 'VIP')",
                "has_tag(a, 'vip')",
                "has_tag(a, 'Buyer')",
                "has_tag(a, 'Buy')",
                "has_tag(a, 'VIP|Buyer')",
                "has_tag(a, 'vip; Buyer')",
                "has_tag(a, 'é')",
                "has_tag(a, b)",
                "has_tag(a, trim(a))",
                "has_tag(b, trim(a))",
                "has_tag('VIP, a', trim(a))",
                "has_tag(lower(a), 'vip')",
                "has_tag(upper(a), upper(b))",
                "has_tag(a, NULL)",
                "has_tag(NULL, a)",
                "NOT has_tag(a, coalesce(b, 'a'))",
                "has_tag(a, 'VIP') OR has_tag(b, 'VIP')",
            ],
        ),
        section(
            "regexp_like",
            [
                "regexp_like(a, 'err')",
                "regexp_like(a, '^Ref')",
                "regexp_like(a, 'l$')",
                "regexp_like(a, '^[A-Z][a-z]+$')",
                "regexp_like(a, '[0-9]')",
                "regexp_like(a, '^[0-9]+$')",
                "regexp_like(a, '^.$')",
                "regexp_like(a, '^a.c$')",
                r"regexp_like(a, 'a\.c')",
                "regexp_like(a, 'a|é')",
                "regexp_like(a, '^(ab)+$')",
                "regexp_like(a, '^a{2,3}$')",
                "regexp_like(a, '^[^a-z]*$')",
                "regexp_like(a, 'á')",
                "regexp_like(a, '')",
                "regexp_like(a, 'a$')",
                "regexp_like(a, 'line.break')",
                "regexp_like(a, '^[+]?[0-9 ()-]+$')",
                "regexp_like(a, '^(?:yes|ja)$')",
                "regexp_like(lower(a), '^ref')",
                "regexp_like(NULL, 'a')",
                "NOT regexp_like(a, 'a') OR b",
                "regexp_like(coalesce(a, 'none'), '^none$') AND b",
                r"regexp_like(a, '^[^@]+@[^@]+\.[a-z]{2,}$')",
                r"regexp_like(a, '\\')",
                "regexp_like(a, 'it''s')",
                "regexp_like(a, '^_?$|^%$')",
            ],
        ),
        section(
            "number",
            [
                "number(a) = 5",
                "number(a) > number(b)",
                "number(a) IN (1, NULL)",
                "number(a) = a",
                "number(quiet) = 3",
                "number(NULL) = 1",
                "number(number(a)) = 5",
                "number(5) = a",
                "number(coalesce(a, b)) = 5",
            ],
        ),
        section(
            "date",
            [
                "date(a) = DATE '2026-10-30'",
                "date(a) >= date(b)",
                "date(a) = b",
                "date(NULL) = a",
                "date(date(a)) = DATE '2026-11-01'",
                "date(DATE '2026-10-30') = a",
                "date(coalesce(a, b)) = DATE '2026-10-30'",
            ],
        ),
    ]
}

pub fn contact_details() -> Vec<Section> {
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
