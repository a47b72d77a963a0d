//! Rules over what the independent scorer of the other properties does not know, and what queries may stumble over.

use super::models::quoted;
use super::rules::points;
use proptest::prelude::*;
use proptest::sample::select;

/// Conditions with names to be filled in: texts `{t}` and `{u}`, a number `{n}` or two, `{m}`, a yes or no `{f}` or two,
/// `{g}`, a day `{d}`.
const CONDITIONS: [&str; 44] = [
    "{n} != 5",
    "{t} != '' AND {t} != NULL",
    "coalesce({n}, 0) = 0",
    "coalesce({n}, {m}, 7) <= 7",
    "coalesce({d}, DATE '2026-01-01') < DATE '2026-10-25'",
    "coalesce({f}, {g} = TRUE)",
    "coalesce({f}, FALSE) IS NULL OR {g}",
    "CASE {t} WHEN 'a' THEN TRUE WHEN 'é' THEN FALSE ELSE {f} = TRUE END",
    "CASE {n} WHEN 1 THEN {t} WHEN {m} THEN 'x' ELSE lower({u}) END IN ('x', 'lead', 'referral')",
    "CASE WHEN {f} THEN {n} ELSE 0 END IS NULL",
    "CASE WHEN {f} THEN {d} ELSE DATE '2026-11-01' END < DATE '2026-10-31'",
    "lower({f})",
    "NOT upper({t})",
    "trim({f}) = TRUE",
    "number(trim({n})) BETWEEN -5 AND 400000",
    "trim({n}) + 1 = 8",
    "number({t}) IS NOT NULL",
    "date({t}) IS NULL",
    "upper({d}) < DATE '2026-11-01'",
    "date(trim({d})) = DATE '2026-10-31'",
    "{d} NOT IN (DATE '2026-10-31', DATE '2024-02-29')",
    "days_until({d}) BETWEEN -40 AND 40",
    "days_since(lower({d})) > 2",
    "days_since({d}) - days_until({d}) * 2 >= 3",
    "length(trim({t})) > 3",
    "length({t}) = length({u})",
    "has_tag({t}, '')",
    "has_tag({t}, 'Buyer') OR has_tag({t}, 'it''s')",
    "{t} LIKE '%\\_%' OR {t} LIKE 'a\\%'",
    "{t} ILIKE 'É%' OR {t} ILIKE '%r_f%'",
    "{t} NOT ILIKE '%REF%'",
    "{t} LIKE 'R_f%e' AND {u} NOT LIKE '% %'",
    "regexp_like({t}, '^[^@]+@[a-z.]+$')",
    "regexp_like({t}, '(^|; )VIP(,|$)')",
    "regexp_like({t}, '.[^a-z]$')",
    "regexp_like({t}, '^(a|é|[A-Z][a-z]+)*$')",
    "is_email(lower({t}))",
    "is_phone({n})",
    "{n} / 3 > 0.333333",
    "{n} * 0.5 + {m} / 7 <= 10 - {n}",
    "-{n} < 2 AND -({m} - 1) < 3",
    "({f} OR FALSE) = ({g} AND TRUE)",
    "({f} AND {g}) IS NULL",
    "starts_with({t}, trim({u})) OR ends_with({t}, lower({u})) OR contains({t}, '')",
];

const TEXTS: [&str; 7] = [
    "lead_source",
    "notes",
    "email",
    "phone",
    "tags",
    "type",
    "\"Stage\"",
];
const FLAGS: [&str; 2] = ["confirmed", "has_consent"];
const DAYS: [&str; 2] = ["created_on", "viewed_on"];

/// A rule as it stands in the model, but for its name.
pub fn rule(budget: &'static str) -> impl Strategy<Value = String> {
    let numbers = vec!["visits", "visits", budget, budget, "notes"];
    let names = (
        (select(TEXTS.to_vec()), select(TEXTS.to_vec())),
        (select(numbers.clone()), select(numbers)),
        (select(FLAGS.to_vec()), select(FLAGS.to_vec())),
        select(DAYS.to_vec()),
    );
    let rule = (select(CONDITIONS.to_vec()), names, points());
    rule.prop_map(|(condition, ((t, u), (n, m), (f, g), d), points)| {
        let names = [
            ("{t}", t),
            ("{u}", u),
            ("{n}", n),
            ("{m}", m),
            ("{f}", f),
            ("{g}", g),
            ("{d}", d),
        ];
        let when = names
            .iter()
            .fold(condition.to_owned(), |when, (place, name)| {
                when.replace(place, name)
            });
        format!("when = {}\npoints = {points}\n", quoted(&when))
    })
}
