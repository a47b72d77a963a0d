//! How long leads waited for our answers.

use crate::value::Instant;

/// One time that a lead waited: from the first thing it asked to our next answer, however often it asked in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// When it asked.
    pub asked: Instant,
    /// When we answered; none up to as-of.
    pub answered: Option<Instant>,
}
