//! What charts are made of: lengths as text with fixed decimals, and the frame around a drawing.

use maud::{Markup, PreEscaped, html};

use super::Setting;
use crate::analysis::Table;
use crate::value::readable;

/// A length across, in per cent of the drawing's width.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", fixed(share * 100.0, 2))
}

/// A length in pixels.
pub(super) fn pixels(length: f64) -> String {
    fixed(length, 1)
}

/// A finite number with so many decimals, without a lone minus.
fn fixed(number: f64, decimals: usize) -> String {
    let number = if number.is_finite() { number } else { 0.0 };
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if !digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) => digits.to_owned(),
        _ => text,
    }
}

/// A number of things to place things by.
#[expect(
    clippy::cast_precision_loss,
    reason = "far fewer than 2^53 things are drawn"
)]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

/// Text that takes no more than so many characters, the last of them `…` where some are left out.
pub(super) fn short(text: &str, most: usize) -> String {
    let text = readable(text);
    if text.chars().count() <= most {
        return text.into_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A drawing of a height in pixels, with its title and what it says in a sentence for those who do not see it.
pub(super) fn drawing(
    table: &Table,
    setting: Setting<'_>,
    class: &str,
    height: f64,
    says: &str,
    content: &Markup,
) -> Markup {
    let (title, described) = (format!("{}-t", setting.id), format!("{}-d", setting.id));
    html! {
        svg class=(format!("drawing {class}")) width="100%" height=(pixels(height)) role="img"
            aria-labelledby=(format!("{title} {described}")) {
            title id=(title) { (readable(&table.title)) }
            desc id=(described) { (readable(says)) }
            (content)
        }
    }
}

/// Several pieces one after the other.
pub(super) fn joined(pieces: impl IntoIterator<Item = Markup>) -> Markup {
    let mut all = String::new();
    for PreEscaped(piece) in pieces {
        all.push_str(&piece);
    }
    PreEscaped(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_fixed_decimals_and_are_always_finite() {
        assert_eq!(percent(1.0 / 3.0), "33.33%");
        assert_eq!(pixels(-0.001), "0.0");
        assert_eq!(pixels(-12.34), "-12.3");
        assert_eq!(percent(f64::NAN), "0.00%");
        assert_eq!(pixels(f64::INFINITY), "0.0");
    }

    #[test]
    fn long_names_end_in_an_ellipsis_and_hostile_ones_are_made_readable() {
        assert_eq!(short("Referral", 8), "Referral");
        assert_eq!(short("Referrals", 8), "Referra…");
        assert_eq!(short("a\u{202e}b", 20), r"a\u{202e}b");
    }
}
