//! Addresses at free mail providers: a private person, or someone who does not want their company known.

use super::contact::email_domain;

/// Domains of the large free mail providers, in byte order and lower case.
pub const FREE_EMAIL_DOMAINS: [&str; 66] = [
    "126.com",
    "163.com",
    "aol.com",
    "bigpond.com",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "hotmail.nl",
    "hushmail.com",
    "icloud.com",
    "interia.pl",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "live.co.uk",
    "live.com",
    "live.fr",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "o2.pl",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "seznam.cz",
    "sfr.fr",
    "t-online.de",
    "telenet.be",
    "tuta.io",
    "tutanota.com",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yandex.ru",
    "ziggo.nl",
    "zoho.com",
];

/// Whether the cell is an e-mail address whose domain, ignoring ASCII case, is in [`FREE_EMAIL_DOMAINS`]. False for
/// what is no e-mail address.
pub fn is_free_email(cell: &str) -> bool {
    email_domain(cell).is_some_and(|domain| {
        FREE_EMAIL_DOMAINS
            .binary_search_by(|listed| {
                listed
                    .bytes()
                    .cmp(domain.bytes().map(|byte| byte.to_ascii_lowercase()))
            })
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_lower_case_and_holds_each_domain_once() {
        assert!(FREE_EMAIL_DOMAINS.is_sorted_by(|a, b| a < b));
        assert!(
            FREE_EMAIL_DOMAINS
                .iter()
                .all(|domain| *domain == domain.to_ascii_lowercase())
        );
    }

    #[test]
    fn every_listed_domain_is_found_in_any_case() {
        for domain in FREE_EMAIL_DOMAINS {
            assert!(is_free_email(&format!("anna@{domain}")), "{domain}");
            assert!(
                is_free_email(&format!("anna@{}", domain.to_ascii_uppercase())),
                "{domain}"
            );
        }
    }

    #[test]
    fn a_company_or_a_look_alike_is_not_free() {
        for cell in [
            "anna@example.com",
            "anna@gmail.com.example",
            "anna@mail.gmail.com",
            "anna@gmail.co",
            "gmail.com",
            "a b@gmail.com",
            "",
        ] {
            assert!(!is_free_email(cell), "{cell:?}");
        }
    }
}
