//! The functions of conditions that SQLite lacks, written from their description. None is ever asked about NULL.

use super::pattern::is_found;

/// The shape of an e-mail address, as the description of the model has it.
const EMAIL: &str =
    r"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}$";

/// Free mail providers that any list of them holds; the rest of such a list is never asked about here.
const FREE_PROVIDERS: [&str; 4] = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com"];

pub fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()) == Some(start)
}

pub fn ends_with(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.and_then(|from| text.get(from..)) == Some(end)
}

pub fn contains(text: &str, part: &str) -> bool {
    (0..=text.len()).any(|at| text.get(at..).is_some_and(|rest| starts_with(rest, part)))
}

pub fn regexp_like(text: &str, pattern: &str) -> bool {
    is_found(text, pattern)
}

pub fn is_email(text: &str) -> bool {
    is_found(text, EMAIL)
}

pub fn is_free_email(text: &str) -> bool {
    let after = text.find('@').map_or("", |at| &text[at + 1..]);
    is_email(text)
        && FREE_PROVIDERS
            .iter()
            .any(|domain| after.eq_ignore_ascii_case(domain))
}

pub fn is_phone(text: &str) -> bool {
    let mut kept = text.to_owned();
    kept.retain(|c| !c.is_whitespace() && !".-/()".contains(c));
    is_found(&kept, r"^(\+|00)?[0-9]{7,15}$")
}

pub fn has_tag(text: &str, tag: &str) -> bool {
    text.replace(';', ",")
        .split(',')
        .any(|value| value.trim() == tag)
}

/// A result of SQLite's arithmetic as conditions know numbers: six decimals, a half rounded away from zero. `None` from
/// 10^18 on.
pub fn decimal(result: f64) -> Option<f64> {
    let millionths = result * 1e6;
    // A half that binary arithmetic left a little too small is still a half.
    let nearest = (millionths + millionths.signum() * 1e-6).round();
    (result.abs() < 1e18).then_some(nearest / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_text_are_found_where_they_are() {
        assert!(starts_with("éa", "é") && starts_with("é", "") && !starts_with("a", "ab"));
        assert!(ends_with("aé", "é") && ends_with("é", "") && !ends_with("b", "ab"));
        assert!(contains("aéb", "é") && contains("", "") && !contains("ab", "ba"));
    }

    #[test]
    fn results_have_six_decimals_and_halves_go_away_from_zero() {
        let same = |left: Option<f64>, right: f64| left.map(f64::to_bits) == Some(right.to_bits());
        assert!(same(decimal(0.1 + 0.2), 0.3));
        assert!(same(decimal(1.0 / 3.0), 0.333_333));
        assert!(same(decimal(2.5 * 0.333_333), 0.833_333));
        assert!(same(decimal(-1.0 / 128.0), -0.007_813));
        assert!(decimal(1e18).is_none());
    }
}
