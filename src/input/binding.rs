//! Which column of an export answers which question of the program.

use std::fmt;
use std::sync::Arc;

/// Tells which slots a JSON key fills that no header stands for, each with the key's rank: 0 for a key that says the
/// slot's column as well as its header does, more for a key that only serves where no better one is in the record.
pub type LateKeys = dyn Fn(&str) -> Vec<(usize, usize)> + Send + Sync;

/// Which header goes into which slot; a slot is the position that a reader of rows asks for.
///
/// One header may feed several slots. A slot that is bound twice keeps the later header.
#[derive(Clone)]
pub struct Binding {
    slots: usize,
    by_header: Vec<(usize, usize)>,
    late: Option<Arc<LateKeys>>,
}

impl Binding {
    /// A binding of `slots` slots, none of them fed yet.
    pub fn new(slots: usize) -> Self {
        Self {
            slots,
            by_header: Vec::new(),
            late: None,
        }
    }

    /// Feeds `slot` from the header at `header_index` of [`Table::headers`](super::Table::headers).
    ///
    /// # Panics
    ///
    /// When there is no such slot.
    pub fn bind(&mut self, header_index: usize, slot: usize) {
        assert!(slot < self.slots, "slot {slot} of {}", self.slots);
        self.by_header.push((header_index, slot));
    }

    /// Asks `late` about every JSON key (dotted where nested) that turns up only after the beginning of the file and
    /// is no header. Without effect on CSV.
    ///
    /// Of several keys in one record that fill a slot and are not blank, the one of the lowest rank does; two of the
    /// same rank make the record a bad row. The answers are remembered, so they must not change.
    pub fn late(&mut self, late: Arc<LateKeys>) {
        self.late = Some(late);
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// The pairs of header index and slot, in the order they were bound.
    pub(super) fn headers(&self) -> &[(usize, usize)] {
        &self.by_header
    }

    /// What tells the slots of late keys.
    pub(super) fn late_keys(&self) -> Option<&Arc<LateKeys>> {
        self.late.as_ref()
    }
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Binding")
            .field("slots", &self.slots)
            .field("by_header", &self.by_header)
            .field("late", &self.late.is_some())
            .finish()
    }
}
