//! The preview, and the counts of findings, as text for people.

use std::fmt::Write;

use super::Preview;
use crate::diagnostic::{Diagnostic, Severity};
use crate::value::readable;

/// Cells of the longest bar.
const BAR: u64 = 30;

/// How many findings of which kind: "2 warnings, 1 remark".
pub fn counts(findings: &[Diagnostic]) -> String {
    let count = |severity: Severity, one: &str| {
        let count = findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count();
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        }
    };
    let kinds = [
        count(Severity::Warning, "warning"),
        count(Severity::Remark, "remark"),
    ];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    if kinds.is_empty() {
        "nothing found".to_owned()
    } else {
        kinds.join(", ")
    }
}

/// The preview with bars.
pub fn preview(preview: &Preview) -> String {
    let disqualified = match preview.disqualified {
        0 => String::new(),
        count => format!(" and {count} disqualified"),
    };
    let mut text = format!(
        "Preview: {}{disqualified} as of {}, by {}\n",
        leads(preview.leads),
        preview.as_of,
        readable(&preview.model)
    );
    temperatures(preview, &mut text);
    scores(preview, &mut text);
    rules(preview, &mut text);
    groups(preview, &mut text);
    text
}

fn leads(count: u64) -> String {
    format!("{count} {}", if count == 1 { "lead" } else { "leads" })
}

/// A line of text; a String takes every write.
macro_rules! line {
    ($text:expr, $($part:tt)*) => {{
        let _ = writeln!($text, $($part)*);
    }};
}

fn temperatures(preview: &Preview, text: &mut String) {
    let names: Vec<String> = preview
        .temperatures
        .iter()
        .map(|share| readable(&share.name).into_owned())
        .collect();
    let width = widest(&names);
    let most = preview.temperatures.iter().map(|share| share.leads).max();
    text.push_str("\nTemperatures\n");
    for (name, share) in names.iter().zip(&preview.temperatures) {
        let bar = bar(share.leads, most);
        let line = format!(
            "  {} {:>8} {:>7}  {bar}",
            padded(name, width),
            share.leads,
            percent(share.of_all)
        );
        line!(text, "{}", line.trim_end());
    }
}

fn scores(preview: &Preview, text: &mut String) {
    let scores = &preview.scores;
    text.push_str("\nScores");
    if let (Some(median), Some(mean)) = (scores.median, scores.mean) {
        let _ = write!(text, " (median {median}, mean {})", mean.rounded(1));
    }
    text.push('\n');
    let last = scores.bins.len().saturating_sub(1);
    let names: Vec<String> = scores
        .bins
        .iter()
        .enumerate()
        .map(|(place, bin)| {
            let below = if place == last { "to" } else { "to below" };
            format!("{} {below} {}", bin.from, bin.to)
        })
        .collect();
    let width = widest(&names);
    let most = scores.bins.iter().map(|bin| bin.leads).max();
    for (name, bin) in names.iter().zip(&scores.bins) {
        let bar = bar(bin.leads, most);
        let line = format!("  {} {:>8}  {bar}", padded(name, width), bin.leads);
        line!(text, "{}", line.trim_end());
    }
}

fn rules(preview: &Preview, text: &mut String) {
    let names: Vec<String> = preview
        .rules
        .iter()
        .map(|rule| readable(&rule.label).into_owned())
        .collect();
    let width = widest(&names).max("Rules".len());
    text.push('\n');
    line!(
        text,
        "{}   {:>8} {:>7} {:>9} {:>9}",
        padded("Rules", width),
        "leads",
        "share",
        "mean",
        "most"
    );
    for (name, rule) in names.iter().zip(&preview.rules) {
        if !rule.enabled {
            line!(text, "  {} {:>8}", padded(name, width), "off");
            continue;
        }
        let most = if rule.lowest.thousandths().abs() > rule.highest.thousandths().abs() {
            rule.lowest
        } else {
            rule.highest
        };
        line!(
            text,
            "  {} {:>8} {:>7} {:>9} {:>9}",
            padded(name, width),
            rule.leads,
            percent(rule.share),
            rule.mean.rounded(1).signed(),
            most.signed()
        );
    }
}

fn groups(preview: &Preview, text: &mut String) {
    let capped: Vec<_> = preview
        .groups
        .iter()
        .filter(|group| group.max.is_some())
        .collect();
    let names: Vec<String> = capped
        .iter()
        .map(|group| readable(&group.label).into_owned())
        .collect();
    if names.is_empty() {
        return;
    }
    let width = widest(&names).max("Groups".len());
    text.push('\n');
    line!(
        text,
        "{}   {:>8} {:>7} {:>9}",
        padded("Groups", width),
        "cut",
        "share",
        "max"
    );
    for (name, group) in names.iter().zip(capped) {
        line!(
            text,
            "  {} {:>8} {:>7} {:>9}",
            padded(name, width),
            group.leads,
            percent(group.share),
            group.max.unwrap_or_default().to_string()
        );
    }
}

fn widest(names: &[String]) -> usize {
    names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
}

fn padded(name: &str, width: usize) -> String {
    let missing = width.saturating_sub(name.chars().count());
    format!("{name}{}", " ".repeat(missing))
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A bar as long as `count` beside the largest; anything at all is seen.
fn bar(count: u64, most: Option<u64>) -> String {
    let most = most.unwrap_or(0);
    if count == 0 || most == 0 {
        return String::new();
    }
    let cells = (u128::from(count) * u128::from(BAR) / u128::from(most)).max(1);
    "█".repeat(usize::try_from(cells).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_by_severity() {
        let warning = || Diagnostic::warning("a", "m");
        let remark = || Diagnostic::remark("b", "m");
        assert_eq!(counts(&[]), "nothing found");
        assert_eq!(counts(&[remark()]), "1 remark");
        assert_eq!(
            counts(&[warning(), remark(), warning()]),
            "2 warnings, 1 remark"
        );
    }

    #[test]
    fn the_longest_bar_is_as_long_as_bars_are_and_one_lead_is_seen() {
        assert_eq!(bar(50, Some(50)).chars().count(), 30);
        assert_eq!(bar(1, Some(5_000)).chars().count(), 1);
        assert_eq!(bar(0, Some(50)), "");
    }
}
