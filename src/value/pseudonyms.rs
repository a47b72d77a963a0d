//! Keyed hashes in place of what says who somebody is.
//!
//! The same key and the same value give the same pseudonym, so that lists of different days can still be joined; without
//! the key nobody can try out values to see whose pseudonym it is.

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::normal_id;

/// Bytes a key has at least: shorter ones could be guessed.
pub const SHORTEST_KEY: usize = 16;

/// Bytes of the hash that are kept; more than chance brings together.
const KEPT: usize = 16;

/// Makes pseudonyms with a key.
///
/// A pseudonym is the first 16 bytes of HMAC-SHA256 (RFC 2104, FIPS 198-1) over what is named (`id`, `email` or
/// `name`), a zero byte and the value, in lower-case hexadecimal digits. A blank value stays blank.
#[derive(Clone)]
pub struct Pseudonyms {
    keyed: Hmac<Sha256>,
}

impl Pseudonyms {
    /// Pseudonyms by a key; none if it is shorter than [`SHORTEST_KEY`].
    pub fn new(key: &[u8]) -> Option<Self> {
        if key.len() < SHORTEST_KEY {
            return None;
        }
        // HMAC takes keys of any length.
        let keyed = Hmac::new_from_slice(key).ok()?;
        Some(Self { keyed })
    }

    /// The pseudonym of an id, as ids are compared.
    pub fn id(&self, id: &str) -> String {
        self.of("id", &normal_id(id))
    }

    /// The pseudonym of an e-mail address, in which capitals do not count.
    pub fn email(&self, email: &str) -> String {
        self.of("email", &email.trim().to_lowercase())
    }

    /// The pseudonym of a name.
    pub fn name(&self, name: &str) -> String {
        self.of("name", name.trim())
    }

    fn of(&self, kind: &str, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        let mut keyed = self.keyed.clone();
        keyed.update(kind.as_bytes());
        keyed.update(&[0]);
        keyed.update(value.as_bytes());
        let mut digits = String::with_capacity(2 * KEPT);
        for byte in &keyed.finalize().into_bytes()[..KEPT] {
            // A String takes every write.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

/// The key is not shown.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pseudonyms").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str) -> Pseudonyms {
        Pseudonyms::new(key.as_bytes()).expect("a long key")
    }

    #[test]
    fn pseudonyms_are_those_that_another_program_works_out() {
        // python3: hmac.new(key, b"id\0" + b"L-1", "sha256").hexdigest()[:32], and so on.
        let pseudonyms = of("0123456789abcdef");
        assert_eq!(pseudonyms.id("L-1"), "28a3c47b280abbc3b9bc5afd545272e6");
        assert_eq!(
            pseudonyms.email("anna@example.com"),
            "052784286f7d9c3410a5a4174dcbc8af"
        );
        assert_eq!(
            pseudonyms.name("Anna de Vries"),
            "8c542d72f7e1556c70274e5fbc8abad2"
        );
    }

    #[test]
    fn another_key_and_another_kind_give_another_pseudonym() {
        let (one, other) = (of("0123456789abcdef"), of("0123456789abcdeF"));
        assert_ne!(one.id("L-1"), other.id("L-1"));
        assert_ne!(one.id("Anna"), one.name("Anna"));
        assert_eq!(one.id("L-1"), of("0123456789abcdef").id("L-1"));
    }

    #[test]
    fn what_is_compared_alike_has_one_pseudonym() {
        let pseudonyms = of("0123456789abcdef");
        assert_eq!(pseudonyms.id(" Jose\u{301} "), pseudonyms.id("Jos\u{e9}"));
        assert_eq!(
            pseudonyms.email("Anna@Example.com"),
            pseudonyms.email("anna@example.com")
        );
        assert_ne!(pseudonyms.id("a"), pseudonyms.id("A"));
    }

    #[test]
    fn a_blank_value_stays_blank_and_a_short_key_is_none() {
        let pseudonyms = of("0123456789abcdef");
        assert_eq!(
            (pseudonyms.id(" "), pseudonyms.name("")),
            (String::new(), String::new())
        );
        assert!(Pseudonyms::new(b"0123456789abcde").is_none());
        assert!(!format!("{pseudonyms:?}").contains("0123"));
    }
}
