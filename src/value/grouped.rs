//! Numbers as people read them in sentences and tables: thousands apart.

/// A plain decimal number with a comma between thousands; what is no such number stays as it is.
///
/// ```
/// # use hotlist::value::grouped;
/// assert_eq!(grouped("-1234567.25"), "-1,234,567.25");
/// ```
pub fn grouped(number: &str) -> String {
    let (sign, rest) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thousands_are_put_apart() {
        for (number, text) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("123456", "123,456"),
            ("-1234.5678", "-1,234.5678"),
            ("12a4", "12a4"),
            ("", ""),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
