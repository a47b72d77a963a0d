//! The conditions that are tried on every cell: each operator and function, by itself and in what it is likely to be
//! used with.

#[path = "grid/beyond.rs"]
mod beyond;
#[path = "grid/choices.rs"]
mod choices;
#[path = "grid/logic.rs"]
mod logic;
#[path = "grid/numbers.rs"]
mod numbers;
#[path = "grid/texts.rs"]
mod texts;

use super::Truth;
pub use beyond::beyond_the_reference;

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

fn two_valued<T: ToString>(
    about: &'static str,
    conditions: impl IntoIterator<Item = T>,
) -> Section {
    Section {
        outcomes: TWO,
        ..section(about, conditions)
    }
}

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// What all three ways can tell.
pub fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = COMPARISONS.into_iter().map(comparison).collect();
    sections.extend(logic::logic());
    sections.extend(choices::lists_and_ranges());
    sections.extend(choices::choices());
    sections.extend(texts::patterns());
    sections.extend(texts::texts());
    sections.extend(texts::contact_details());
    sections.extend(numbers::arithmetic());
    sections.extend(numbers::days());
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
