//! A number as people and exports write it in a cell: `€ 1,234.50`, `45 %`, `1.234,50 €`.

use super::Number;
use super::number::split_sign;
use super::trim;

/// The sign between whole units and decimals in an export. The other of the two separates thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DecimalSign {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

impl DecimalSign {
    /// The sign itself.
    pub const fn symbol(self) -> char {
        match self {
            DecimalSign::Point => '.',
            DecimalSign::Comma => ',',
        }
    }

    /// The sign between thousands: the other one.
    pub const fn thousands(self) -> char {
        match self {
            DecimalSign::Point => ',',
            DecimalSign::Comma => '.',
        }
    }
}

/// Reads a number as it stands in a cell of an export.
///
/// White space around it is trimmed. It may have a sign (`+` or `-`), one currency sign (before or after) or a percent
/// sign (after), each set off by at most one space or no-break space; the percent sign changes nothing, 45% is 45. The
/// other decimal sign separates thousands and must then stand before every group of three digits: `1,234` is 1234, but
/// `1,5` and `0,500` are unreadable, because a decimal sign of the other kind is the likelier meaning. `.5` is a half;
/// `5.` is unreadable, as are exponents, underscores and other notations. More than six decimals are rounded half away
/// from zero. `None` also from 10^18 on.
///
/// ```
/// # use hotlist::value::{DecimalSign, Number, read_number};
/// assert_eq!(read_number("€ 1,234.50", DecimalSign::Point), Number::parse("1234.5"));
/// assert_eq!(read_number("1.234,50 €", DecimalSign::Comma), Number::parse("1234.5"));
/// assert_eq!(read_number("1,5", DecimalSign::Point), None);
/// ```
pub fn read_number(cell: &str, sign: DecimalSign) -> Option<Number> {
    let text = trim(cell);
    // Most cells are bare digits: neither sign, currency nor separators.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::from_digits(false, text.bytes(), std::iter::empty());
    }
    let (negative, digits) = bare(text)?;
    let (whole, fraction) = match digits.split_once(sign.symbol()) {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None if digits.is_empty() => return None,
        None => (digits, ""),
    };
    let thousands = sign.thousands();
    if whole.contains(thousands) {
        if !grouped_in_threes(whole, thousands) {
            return None;
        }
        let digits = whole.bytes().filter(|&byte| char::from(byte) != thousands);
        Number::from_digits(negative, digits, fraction.bytes())
    } else {
        Number::from_digits(negative, whole.bytes(), fraction.bytes())
    }
}

/// Takes off the sign and one currency or percent sign: whether the number is negative, and its digits and separators.
fn bare(text: &str) -> Option<(bool, &str)> {
    let signed = |text: &str| text.starts_with(['+', '-']);
    let (mut negative, mut rest) = split_sign(text);
    let mut marked = false;
    if let Some(after) = rest.strip_prefix(is_currency_sign) {
        marked = true;
        rest = after
            .strip_prefix([' ', '\u{a0}', '\u{202f}'])
            .unwrap_or(after);
        // The sign may stand on either side of the currency sign, but only once.
        if signed(rest) {
            if signed(text) {
                return None;
            }
            (negative, rest) = split_sign(rest);
        }
    }
    if let Some(before) = rest.strip_suffix(|c| c == '%' || is_currency_sign(c)) {
        if marked {
            return None;
        }
        rest = before
            .strip_suffix([' ', '\u{a0}', '\u{202f}'])
            .unwrap_or(before);
    }
    Some((negative, rest))
}

/// Whether every separator stands before exactly three digits and the first group has one to three, not led by a zero.
fn grouped_in_threes(whole: &str, thousands: char) -> bool {
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
}

/// Whether a character is a currency sign: the Unicode general category Sc.
fn is_currency_sign(c: char) -> bool {
    matches!(
        c,
        '$' | '\u{a2}'..='\u{a5}'
            | '\u{58f}'
            | '\u{60b}'
            | '\u{7fe}'..='\u{7ff}'
            | '\u{9f2}'..='\u{9f3}'
            | '\u{9fb}'
            | '\u{af1}'
            | '\u{bf9}'
            | '\u{e3f}'
            | '\u{17db}'
            | '\u{20a0}'..='\u{20c1}'
            | '\u{a838}'
            | '\u{fdfc}'
            | '\u{fe69}'
            | '\u{ff04}'
            | '\u{ffe0}'..='\u{ffe1}'
            | '\u{ffe5}'..='\u{ffe6}'
            | '\u{11fdd}'..='\u{11fe0}'
            | '\u{1e2ff}'
            | '\u{1ecb0}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn with_a_decimal_point_these_are_numbers() {
        for (cell, value) in [
            ("0", "0"),
            ("12", "12"),
            ("  12\t", "12"),
            ("\u{a0}12\u{3000}", "12"),
            ("-3.5", "-3.5"),
            ("+3.5", "3.5"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1,234", "1234"),
            ("1,234.5", "1234.5"),
            ("12,345,678.90", "12345678.9"),
            ("$1,234", "1234"),
            ("$ 1,234", "1234"),
            ("€\u{a0}1,234.50", "1234.5"),
            ("-€5", "-5"),
            ("€-5", "-5"),
            ("€ -5", "-5"),
            ("5€", "5"),
            ("5 €", "5"),
            ("-5 £", "-5"),
            ("₹500", "500"),
            ("45%", "45"),
            ("45 %", "45"),
            ("-4.5%", "-4.5"),
            ("007", "7"),
            ("0.1234565", "0.123457"),
            ("999999999999999999", "999999999999999999"),
        ] {
            assert_eq!(
                read_number(cell, DecimalSign::Point),
                Some(Number::parse(value).unwrap()),
                "{cell:?}"
            );
        }
    }

    #[test]
    fn with_a_decimal_comma_these_are_numbers() {
        for (cell, value) in [
            ("1,5", "1.5"),
            (",5", "0.5"),
            ("1.234", "1234"),
            ("1.234,50 €", "1234.5"),
            ("12.345.678", "12345678"),
            ("-0,25%", "-0.25"),
        ] {
            assert_eq!(
                read_number(cell, DecimalSign::Comma),
                Some(Number::parse(value).unwrap()),
                "{cell:?}"
            );
        }
    }

    #[test]
    fn these_are_unreadable() {
        for cell in [
            "",
            "  ",
            "-",
            "+",
            "$",
            "%",
            ".",
            "5.",
            "1,5",
            "1,23",
            "1,2345",
            "0,500",
            ",500",
            "1,,234",
            "1234,567",
            "1.5,000",
            "1.234,567",
            "1e3",
            "1E+12",
            "0x10",
            "1_000",
            "1 234",
            "- 5",
            "--5",
            "-$-5",
            "+€-5",
            "$$5",
            "$5€",
            "$5%",
            "5%%",
            "€  5",
            "5  €",
            "(5)",
            "5-",
            "twelve",
            "12 months",
            "١٢",
            "１２",
            "NaN",
            "inf",
            "1000000000000000000",
            "3.-5",
            "3.+5",
            "1.2.3",
        ] {
            assert_eq!(read_number(cell, DecimalSign::Point), None, "{cell:?}");
        }
    }

    #[test]
    fn with_a_decimal_comma_the_point_must_stand_before_threes() {
        for cell in ["1.5", "1,234.5", "0.500", "5,", "1,234,567"] {
            assert_eq!(read_number(cell, DecimalSign::Comma), None, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn grouping_a_number_does_not_change_it(value: i32, decimals in 0_u32..100) {
            let digits = value.unsigned_abs().to_string();
            let mut grouped = String::new();
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let sign = if value < 0 { "-" } else { "" };
            let plain = Number::parse(&format!("{sign}{digits}.{decimals:02}"));
            prop_assert!(plain.is_some());
            let point = format!("{sign}{grouped}.{decimals:02}");
            prop_assert_eq!(read_number(&point, DecimalSign::Point), plain);
            let comma: String = point.chars().map(|c| match c { ',' => '.', '.' => ',', c => c }).collect();
            prop_assert_eq!(read_number(&comma, DecimalSign::Comma), plain);
        }

        #[test]
        fn no_text_makes_it_panic(cell: String) {
            let _ = read_number(&cell, DecimalSign::Point);
            let _ = read_number(&cell, DecimalSign::Comma);
        }

        #[test]
        fn every_plain_decimal_reads_as_the_literal_does(millionths in -10_i128.pow(20)..10_i128.pow(20)) {
            let number = Number::from_millionths(millionths);
            prop_assert_eq!(read_number(&number.to_string(), DecimalSign::Point), Some(number));
        }
    }
}
