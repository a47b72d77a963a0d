//! Whether a cell is an e-mail address or a telephone number by its shape. Nothing is looked up or dialled.

/// Whether the whole cell is an e-mail address:
/// ``[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}``.
pub fn is_email(cell: &str) -> bool {
    email_domain(cell).is_some()
}

/// The part after the `@` of what [`is_email`] accepts.
pub(super) fn email_domain(cell: &str) -> Option<&str> {
    let (local, domain) = cell.split_once('@')?;
    let (name, top) = domain.rsplit_once('.')?;
    let well_formed = !local.is_empty()
        && local.bytes().all(is_local_byte)
        && name.split('.').all(is_label)
        && (2..=24).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    well_formed.then_some(domain)
}

fn is_local_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'/' | b'=' | b'?' | b'^' | b'_' | b'{'..=b'~' | b'-'
        )
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether the whole cell is a telephone number: after dropping white space, `.`, `-`, `/` and parentheses, an optional
/// `+` or `00` and 7 to 15 digits.
pub fn is_phone(cell: &str) -> bool {
    let mut characters = cell
        .chars()
        .filter(|&c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '(' | ')'))
        .peekable();
    let plus = characters.next_if_eq(&'+').is_some();
    let (mut digits, mut leading_zeros) = (0_usize, 0_usize);
    for c in characters {
        if !c.is_ascii_digit() {
            return false;
        }
        if c == '0' && leading_zeros == digits {
            leading_zeros += 1;
        }
        digits += 1;
    }
    let national = (7..=15).contains(&digits);
    let international = !plus && leading_zeros >= 2 && (9..=17).contains(&digits);
    national || international
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_are_addresses() {
        for cell in [
            "anna@example.com",
            "a.b+c_d-e@sub.example.co",
            "o'brien@example.org",
            "!#$%&'*+/=?^_{|}~-.@example.museum",
            "1@2.nl",
            ".leading..dots.@-odd-.example",
            "ANNA@EXAMPLE.COM",
        ] {
            assert!(is_email(cell), "{cell:?}");
        }
    }

    #[test]
    fn these_are_not() {
        for cell in [
            "",
            "anna",
            "@example.com",
            "anna@",
            "anna@example",
            "anna@.com",
            "anna@example.",
            "anna@example..com",
            "anna@example.c",
            "anna@example.c0m",
            "anna@example.abcdefghijklmnopqrstuvwxy",
            "anna@bram@example.com",
            " anna@example.com",
            "anna@example.com ",
            "anna bram@example.com",
            "josé@example.com",
            "anna@exämple.com",
            "a`b@example.com",
            "anna@exam_ple.com",
            "anna@example.com\n",
        ] {
            assert!(!is_email(cell), "{cell:?}");
        }
    }

    #[test]
    fn the_local_part_takes_exactly_the_listed_signs() {
        for c in '\0'..='\u{7f}' {
            let listed = c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
            assert_eq!(is_email(&format!("a{c}b@example.com")), listed, "{c:?}");
        }
    }

    #[test]
    fn a_top_level_domain_has_two_to_twenty_four_letters() {
        assert!(is_email("a@b.abcdefghijklmnopqrstuvwx"));
        assert!(!is_email("a@b.abcdefghijklmnopqrstuvwxy"));
    }

    #[test]
    fn numbers_are_telephone_numbers_however_they_are_spaced() {
        for cell in [
            "0612345678",
            "06-12 34 56 78",
            "+31 (0)20 123 45 67",
            "(+31) 20/123.45.67",
            "1234567",
            "123456789012345",
            "00123456789012345",
            "001234567",
            "0012345",
            "\u{a0}+34\u{a0}600\u{a0}000\u{a0}000",
        ] {
            assert!(is_phone(cell), "{cell:?}");
        }
    }

    #[test]
    fn too_few_or_too_many_digits_or_anything_else_is_none() {
        for cell in [
            "",
            "+",
            "123456",
            "+123456",
            "1234567890123456",
            "+1234567890123456",
            "001234567890123456",
            "+00123456789012345",
            "++31612345678",
            "31+612345678",
            "0612345678 ext 5",
            "call me",
            "٠١٢٣٤٥٦٧",
            "1,234,567",
        ] {
            assert!(!is_phone(cell), "{cell:?}");
        }
    }
}
