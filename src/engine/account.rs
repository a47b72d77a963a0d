//! The account of a run: every row read is in exactly one of these counts.

use std::collections::BTreeMap;

use crate::value::TimeNotes;

/// Rows of contacts: `read = scored + not_leads + collapsed + superseded + rejected + footer`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContactRows {
    /// Rows in the files.
    pub read: u64,
    /// Rows that are leads.
    pub scored: u64,
    /// Rows that the model's `only` leaves out.
    pub not_leads: u64,
    /// Rows that repeat another to the letter.
    pub collapsed: u64,
    /// Rows that give way to another one of the same contact.
    pub superseded: u64,
    /// Rows that cannot be read.
    pub rejected: u64,
    /// Rows at the end of a report that sum it up or speak of it.
    pub footer: u64,
}

impl ContactRows {
    /// Whether there is no contact, lead or not.
    pub fn leaves_nobody(&self) -> bool {
        self.scored + self.not_leads == 0
    }
}

/// Rows of events: `read` is the sum of all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventRows {
    /// Rows in the files.
    pub read: u64,
    /// Events that at least one signal took.
    pub counted: u64,
    /// Events of types that no signal uses, by the name of the type.
    pub unused_kinds: BTreeMap<String, u64>,
    /// Events of nobody in the contacts.
    pub no_contact: u64,
    /// Events of contacts that are no leads.
    pub not_leads: u64,
    /// Events later than as-of.
    pub after_as_of: u64,
    /// Events too old for every signal that uses their type.
    pub out_of_window: u64,
    /// Events that no signal's `where` took, or whose column for `of` says nothing.
    pub unmatched: u64,
    /// What was assumed of the times of the rows that could be read.
    pub times: TimeNotes,
    /// Events that repeat another with the same id to the letter.
    pub collapsed: u64,
    /// Events that give way to another one with the same id.
    pub superseded: u64,
    /// Rows that cannot be read.
    pub rejected: u64,
    /// Rows at the end of a report that sum it up or speak of it.
    pub footer: u64,
}

impl EventRows {
    /// All events of types that no signal uses.
    pub fn unused(&self) -> u64 {
        self.unused_kinds.values().sum()
    }

    /// Adds another count of other rows.
    pub(super) fn add(&mut self, other: Self) {
        self.read += other.read;
        self.counted += other.counted;
        self.no_contact += other.no_contact;
        self.not_leads += other.not_leads;
        self.after_as_of += other.after_as_of;
        self.out_of_window += other.out_of_window;
        self.unmatched += other.unmatched;
        self.collapsed += other.collapsed;
        self.superseded += other.superseded;
        self.times.add(other.times);
        self.rejected += other.rejected;
        self.footer += other.footer;
        for (kind, count) in other.unused_kinds {
            *self.unused_kinds.entry(kind).or_default() += count;
        }
    }
}

/// Cells that say something but not what a condition reads in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The column, as the model calls it.
    pub column: String,
    /// What it was read as: `number`, `date` or `yes/no`.
    pub wanted: &'static str,
    /// How many cells.
    pub cells: u64,
}
