//! What one cell of an export says: blank, number, yes or no, e-mail, tag.

use super::decimal::Decimal;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Providers of free mailboxes that any list of them holds; the rest of such
/// a list is never asked about here.
const FREE_PROVIDERS: [&str; 4] = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com"];

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}$")
        .expect("a fixed pattern")
});

static PHONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\+|00)?[0-9]{7,15}$").expect("a fixed pattern"));

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ ([+-]?) (?: [$€£¥₹] [\x20\xA0]? )?
        ( [0-9]* | [0-9]{1,3} (?: , [0-9]{3} )+ ) ( \. [0-9]+ )?
        (?: [\x20\xA0]? [$€£¥₹] )? (?: [\x20\xA0]? % )? $",
    )
    .expect("a fixed pattern")
});

/// Whether a cell means that nothing is known: white space, or one of the
/// texts that the model calls blank.
pub fn is_blank(cell: &str, blanks: &[String]) -> bool {
    let cell = cell.trim();
    cell.is_empty() || blanks.iter().any(|blank| blank == cell)
}

/// Reads a cell as a number; `decimal` is the decimal sign, the other of `.`
/// and `,` separates thousands.
pub fn read_number(cell: &str, decimal: char) -> Option<Decimal> {
    let swap = |sign| match sign {
        ',' => '.',
        '.' => ',',
        other => other,
    };
    let cell: String = match decimal {
        ',' => cell.trim().chars().map(swap).collect(),
        _ => cell.trim().to_owned(),
    };
    let found = NUMBER.captures(&cell)?;
    let sign = &found[1];
    let whole = found[2].replace(',', "");
    let decimals = found.get(3).map_or("", |part| part.as_str());
    Decimal::parse(&format!("{sign}{whole}{decimals}"))
}

/// Reads a cell as yes or no.
pub fn read_yes_no(cell: &str) -> Option<bool> {
    let cell = cell.trim().to_ascii_lowercase().replace('Í', "í");
    match cell.as_str() {
        "yes" | "true" | "1" | "y" | "x" | "ja" | "si" | "sí" | "oui" | "checked" => Some(true),
        "no" | "false" | "0" | "n" | "nee" | "nein" | "non" | "unchecked" => Some(false),
        _ => None,
    }
}

/// Whether the whole cell is an e-mail address.
pub fn is_email(cell: &str) -> bool {
    EMAIL.is_match(cell)
}

/// Whether the whole cell is an address at a provider of free mailboxes.
pub fn is_free_email(cell: &str) -> bool {
    let domain = cell.rsplit('@').next().unwrap_or("").to_ascii_lowercase();
    is_email(cell) && FREE_PROVIDERS.contains(&domain.as_str())
}

/// Whether the cell is a telephone number.
pub fn is_phone(cell: &str) -> bool {
    let dropped = |c: char| c.is_whitespace() || ".-/()".contains(c);
    let kept: String = cell.chars().filter(|c| !dropped(*c)).collect();
    PHONE.is_match(&kept)
}

/// Whether one of the values between commas or semicolons is the tag.
pub fn has_tag(cell: &str, tag: &str) -> bool {
    values_of(cell).contains(&tag)
}

/// The values between commas or semicolons, trimmed, without blank ones.
pub fn values_of(cell: &str) -> Vec<&str> {
    let values = cell.split([',', ';']).map(str::trim);
    values.filter(|value| !value.is_empty()).collect()
}

/// The name that conditions know a header or an event type by.
pub fn snake_case(header: &str) -> String {
    let plain: Vec<char> = header
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    let mut name = String::new();
    for (at, &c) in plain.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| plain[at]);
        let after = plain.get(at + 1);
        let ends_lower = before.is_some_and(|c| c.is_lowercase() || c.is_numeric());
        let ends_acronym =
            before.is_some_and(char::is_uppercase) && after.is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && (ends_lower || ends_acronym) {
            name.push('_');
        }
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if c == '.' {
            name.push('.');
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_matches('_').to_owned()
}

/// The id that a rule has by its name: ASCII letters and digits in lower
/// case, any other run one hyphen.
pub fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_before_groups_of_three() {
        let read = |cell| read_number(cell, '.').map(|number| number.to_string());
        for (cell, number) in [
            ("1,234", "1234"),
            ("1,234,567.5", "1234567.5"),
            ("€ 300,000", "300000"),
            ("-$12.50", "-12.5"),
            ("300 €", "300"),
            ("45%", "45"),
            (" 7 ", "7"),
            (".5", "0.5"),
        ] {
            assert_eq!(read(cell).as_deref(), Some(number), "{cell:?}");
        }
        for cell in ["1,5", "5.", "1e3", "", "-", "€", "12 34", "1,2345", "abc"] {
            assert_eq!(read(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn a_decimal_comma_turns_the_two_signs_round() {
        let read = |cell| read_number(cell, ',').map(|number| number.to_string());
        assert_eq!(read("1.234,5").as_deref(), Some("1234.5"));
        assert_eq!(read("1,5").as_deref(), Some("1.5"));
        assert_eq!(read("1.5"), None);
    }

    #[test]
    fn yes_is_understood_in_several_languages() {
        for cell in ["Yes", " JA ", "SÍ", "x", "1", "oui", "Checked"] {
            assert_eq!(read_yes_no(cell), Some(true), "{cell:?}");
        }
        for cell in ["no", "NEE", "nein", "0", "Unchecked"] {
            assert_eq!(read_yes_no(cell), Some(false), "{cell:?}");
        }
        assert_eq!(read_yes_no("maybe"), None);
    }

    #[test]
    fn a_blank_of_the_model_is_compared_to_the_trimmed_cell_in_its_exact_case() {
        let blanks = ["N/A".to_owned()];
        assert!(is_blank(" N/A ", &blanks) && is_blank("\u{a0}", &blanks));
        assert!(!is_blank("n/a", &blanks));
    }

    #[test]
    fn contact_details_are_told_from_other_text() {
        assert!(is_email("anna@example.com") && !is_email(" anna@example.com"));
        assert!(!is_email("anna@example") && !is_email("anna example.com"));
        assert!(is_free_email("made-up@GMAIL.com") && !is_free_email("anna@example.com"));
        assert!(is_phone("+31 (0)20-123 45 67") && is_phone("0031201234567"));
        assert!(!is_phone("123456") && !is_phone("12345 ext 7"));
    }

    #[test]
    fn a_tag_is_one_whole_value() {
        assert!(has_tag("vip; Buyer ,x", "Buyer"));
        assert!(!has_tag("Buyers", "Buyer"));
    }

    #[test]
    fn headers_become_snake_case() {
        for (header, name) in [
            ("Lead Source", "lead_source"),
            ("LeadSource", "lead_source"),
            ("marketoGUID", "marketo_guid"),
            ("Person - Email - Work", "person_email_work"),
            ("property_details.price_max", "property_details.price_max"),
            ("Phone*", "phone"),
            ("Société", "societe"),
        ] {
            assert_eq!(snake_case(header), name);
        }
    }

    #[test]
    fn a_rule_is_known_by_the_slug_of_its_name() {
        assert_eq!(slug("Opens our e-mails (2×)!"), "opens-our-e-mails-2");
    }
}
