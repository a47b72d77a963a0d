//! What the parser of models knows, told by itself: in a section with a key that does not exist it lists those that do,
//! and for a choice that does not exist those that do.

use hotlist::model::Model;

/// A word that is nothing in the language, nor near anything.
const UNKNOWN: &str = "qqqqqqqq";

/// For each kind of section, by its path in the schema, a model that ends inside of one.
pub const SECTIONS: [(&str, &str); 22] = [
    ("", ""),
    ("contacts", "[contacts]"),
    ("events", "[events]"),
    ("signals.*", "[signals.a]"),
    (
        "signals.*.decay",
        "[signals.a]\nevent = 'e'\n[signals.a.decay]\nstep = '1 day'\nby = 1",
    ),
    (
        "signals.*.limit",
        "[signals.a]\nevent = 'e'\n[signals.a.limit]",
    ),
    ("groups.*", "[groups.a]"),
    (
        "rules[]",
        "[[rules]]\nname = 'a'\ncolumn = 'a'\nvalues = { a = 1 }",
    ),
    (
        "rules[].bands[]",
        "[[rules]]\nname = 'a'\ncolumn = 'a'\n[[rules.bands]]",
    ),
    ("score", "[score]"),
    ("temperatures.*", "[temperatures.a]"),
    ("checklist.*", "[checklist.a]"),
    ("grades.*", "[grades.a]"),
    ("routes[]", "[[routes]]"),
    ("overrides", "[overrides]"),
    ("output", "[output]"),
    ("accounts", "[accounts]"),
    ("outcome", "[outcome]"),
    ("answers", "[answers]"),
    ("quality.*", "[quality.a]"),
    // Tests are read only where all else is right.
    (
        "tests[]",
        "[[rules]]\nname = 'a'\nwhen = 'a'\npoints = 1\n[[tests]]",
    ),
    (
        "tests[].expect",
        "[[rules]]\nname = 'a'\nwhen = 'a'\npoints = 1\n[[tests]]\n[tests.expect]",
    ),
];

/// The keys that a section of this path knows.
pub fn keys(path: &str) -> Vec<String> {
    let model = format!("{}\n{UNKNOWN} = 1\n", section(path));
    let hint = hint(&model, "unknown-key");
    let keys = hint.strip_prefix("known here: ").expect("a list of keys");
    keys.split(", ").map(str::to_owned).collect()
}

/// The words that a key takes.
pub fn choices(path: &str, key: &str) -> Vec<String> {
    let model = format!("{}\n{key} = '{UNKNOWN}'\n", section(path));
    let hint = hint(&model, "unknown-choice");
    let words = hint.strip_prefix("it can be ").expect("a list of words");
    let words = words.split(" or ").map(|word| word.trim_matches('"'));
    words.map(str::to_owned).collect()
}

/// The names of colours.
pub fn colors() -> Vec<String> {
    let model = format!("[temperatures.a]\ncolor = '{UNKNOWN}'\n");
    let hint = hint(&model, "unknown-color");
    let (_, words) = hint.split_once(" one of ").expect("a list of colours");
    words.split(", ").map(str::to_owned).collect()
}

fn section(path: &str) -> &'static str {
    let found = SECTIONS.iter().find(|(known, _)| *known == path);
    found.unwrap_or_else(|| panic!("SECTIONS has no {path}")).1
}

/// The hint of the problem with that code.
fn hint(model: &str, code: &str) -> String {
    let report = Model::parse("model.toml", model).expect_err("it has a mistake");
    let mut problems = report.diagnostics.into_iter();
    let problem = problems.find(|problem| problem.code == code);
    let problem = problem.unwrap_or_else(|| panic!("no {code} in\n{model}"));
    problem.hint.expect("a hint")
}
