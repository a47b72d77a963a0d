//! What became of a model's own tests: for people with the ledger of those that failed, for programs as JSON, and for
//! build servers as the XML of `JUnit`.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::json::escape_unseen;
use crate::run::case::{Mismatch, Verdict};
use crate::value::{Points, readable};

/// The verdicts for people, the closing line in the manner of test runners.
pub fn text(verdicts: &[Verdict], color: bool) -> String {
    let mut text = String::new();
    let paint = |word: &str, hue: AnsiColor| {
        if color {
            let style = Style::new().fg_color(Some(hue.into()));
            format!("{style}{word}{style:#}")
        } else {
            word.to_owned()
        }
    };
    let outcome = |passed: bool| {
        if passed {
            paint("ok", AnsiColor::Green)
        } else {
            paint("FAILED", AnsiColor::Red)
        }
    };
    // Writing into a string cannot fail.
    for verdict in verdicts {
        let name = readable(&verdict.name);
        let _ = writeln!(text, "test {name} ... {}", outcome(verdict.passed()));
        if !verdict.passed() {
            text.push_str(&difference(verdict));
        }
    }
    let failed = verdicts.iter().filter(|verdict| !verdict.passed()).count();
    let _ = writeln!(
        text,
        "\ntest result: {}. {} passed; {failed} failed",
        outcome(failed == 0),
        verdicts.len() - failed
    );
    text
}

/// What was expected and what came out, and the ledger that shows why.
fn difference(verdict: &Verdict) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    for mismatch in &verdict.mismatches {
        let what = readable(&mismatch.what);
        let _ = writeln!(text, "    - {what} = {}", shown(&mismatch.expected));
        let _ = writeln!(text, "    + {what} = {}", shown(&mismatch.found));
    }
    let _ = writeln!(text, "    the ledger:");
    for (label, points) in &verdict.ledger {
        let _ = writeln!(text, "    {:>10}  {}", points.signed(), readable(label));
    }
    let _ = writeln!(text, "    {:>10}  score", verdict.score);
    text
}

fn shown(value: &str) -> String {
    match value {
        "" => "(none)".to_owned(),
        value => readable(value).into_owned(),
    }
}

/// A verdict as programs see it.
#[derive(Serialize)]
struct Record<'v> {
    name: &'v str,
    passed: bool,
    mismatches: &'v [Mismatch],
    ledger: Vec<Line<'v>>,
    score: Points,
}

#[derive(Serialize)]
struct Line<'v> {
    label: &'v str,
    points: Points,
}

/// The verdicts as a JSON array.
///
/// # Errors
/// None that can happen: there is nothing in a verdict that JSON cannot hold.
pub fn json(verdicts: &[Verdict]) -> serde_json::Result<String> {
    let records: Vec<Record<'_>> = verdicts
        .iter()
        .map(|verdict| Record {
            name: &verdict.name,
            passed: verdict.passed(),
            mismatches: &verdict.mismatches,
            ledger: verdict
                .ledger
                .iter()
                .map(|(label, points)| Line {
                    label,
                    points: *points,
                })
                .collect(),
            score: verdict.score,
        })
        .collect();
    let text = serde_json::to_string_pretty(&records)?;
    Ok(format!("{}\n", escape_unseen(&text)))
}

/// The verdicts as the XML of `JUnit`, in one suite named after the model.
pub fn junit(verdicts: &[Verdict], model: &str) -> String {
    let failed = verdicts.iter().filter(|verdict| !verdict.passed()).count();
    let suite = attribute(model);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failed}\">\n",
        verdicts.len()
    );
    for verdict in verdicts {
        let name = attribute(&verdict.name);
        // Writing into a string cannot fail.
        let _ = write!(xml, "  <testcase classname=\"{suite}\" name=\"{name}\"");
        if verdict.passed() {
            xml.push_str("/>\n");
            continue;
        }
        let told: Vec<String> = verdict
            .mismatches
            .iter()
            .map(|m| {
                format!(
                    "{} = {}, not {}",
                    m.what,
                    shown(&m.found),
                    shown(&m.expected)
                )
            })
            .collect();
        let _ = writeln!(
            xml,
            ">\n    <failure message=\"{}\">{}</failure>\n  </testcase>",
            attribute(&told.join("; ")),
            attribute(&difference(verdict))
        );
    }
    xml.push_str("</testsuite>\n");
    xml
}

/// A text as XML's attributes and elements may hold it.
fn attribute(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts() -> Vec<Verdict> {
        let passed = Verdict {
            name: "a \"cold\" one".to_owned(),
            mismatches: Vec::new(),
            ledger: Vec::new(),
            score: Points::ZERO,
        };
        let failed = Verdict {
            name: "hot <& fast>\u{1b}".to_owned(),
            mismatches: vec![
                Mismatch {
                    what: "score".to_owned(),
                    expected: "82".to_owned(),
                    found: "72".to_owned(),
                },
                Mismatch {
                    what: "stage".to_owned(),
                    expected: String::new(),
                    found: "MQL".to_owned(),
                },
            ],
            ledger: vec![
                ("Budget".to_owned(), Points::whole(80)),
                ("Bounced".to_owned(), Points::whole(-8)),
            ],
            score: Points::whole(72),
        };
        vec![passed, failed]
    }

    #[test]
    fn people_see_what_differs_and_the_ledger_behind_it() {
        let expected = "test a \"cold\" one ... ok\n\
            test hot <& fast>\\u{1b} ... FAILED\n    \
            - score = 82\n    + score = 72\n    - stage = (none)\n    + stage = MQL\n    the ledger:\n           \
            +80  Budget\n            -8  Bounced\n            72  score\n\n\
            test result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(text(&verdicts(), false), expected);
    }

    #[test]
    fn programs_see_the_same_as_json() {
        let text = json(&verdicts()).expect("JSON");
        let parsed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(parsed[0]["passed"], true);
        assert_eq!(parsed[1]["mismatches"][0]["found"], "72");
        assert_eq!(parsed[1]["ledger"][1]["points"], -8);
    }

    #[test]
    fn build_servers_see_well_formed_xml() {
        let xml = junit(&verdicts(), "my & model");
        assert!(xml.contains("<testsuite name=\"my &amp; model\" tests=\"2\" failures=\"1\">"));
        assert!(xml.contains("name=\"a &quot;cold&quot; one\"/>"));
        assert!(xml.contains("name=\"hot &lt;&amp; fast&gt;\u{fffd}\">"));
        assert!(xml.contains("message=\"score = 72, not 82; stage = MQL, not (none)\""));
        assert!(!xml.contains('\u{1b}'));
    }
}
