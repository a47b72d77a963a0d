//! Which column of an export answers which question of the program.

/// Which header goes into which slot; a slot is the position that a reader of rows asks for.
///
/// One header may feed several slots. A slot that is bound twice keeps the later header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    slots: usize,
    by_header: Vec<(usize, usize)>,
    by_key: Vec<(String, usize)>,
}

impl Binding {
    /// A binding of `slots` slots, none of them fed yet.
    pub fn new(slots: usize) -> Self {
        Self {
            slots,
            by_header: Vec::new(),
            by_key: Vec::new(),
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

    /// Feeds `slot` from a JSON key (dotted where nested), seen yet or not. Without effect on CSV.
    ///
    /// # Panics
    ///
    /// When there is no such slot.
    pub fn bind_key(&mut self, key: &str, slot: usize) {
        assert!(slot < self.slots, "slot {slot} of {}", self.slots);
        self.by_key.push((key.to_owned(), slot));
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// The pairs of header index and slot, in the order they were bound.
    pub(super) fn headers(&self) -> &[(usize, usize)] {
        &self.by_header
    }

    /// The pairs of JSON key and slot, in the order they were bound.
    pub(super) fn keys(&self) -> &[(String, usize)] {
        &self.by_key
    }
}
