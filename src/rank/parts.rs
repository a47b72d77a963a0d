//! Parts of a lead that cost something to work out.

/// Which parts of a lead somebody reads; the others are left empty. What is not named here is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts(u16);

impl Parts {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// Name, e-mail address, owner, source and the tags before.
    pub const PERSON: Self = Self(1);
    /// The checklist, and what of it is missing.
    pub const CHECKLIST: Self = Self(1 << 1);
    /// What holds the lead back.
    pub const HELD_BACK: Self = Self(1 << 2);
    /// The sums of the groups.
    pub const GROUPS: Self = Self(1 << 3);
    /// The grade.
    pub const GRADE: Self = Self(1 << 4);
    /// From where it can rise.
    pub const UPWARD: Self = Self(1 << 5);
    /// The cells of the export's columns that are kept.
    pub const KEPT: Self = Self(1 << 6);
    /// The entries of the ledger.
    pub const LEDGER: Self = Self(1 << 7);
    /// All of them.
    pub const ALL: Self = Self(u16::MAX);

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any of `parts` is among these.
    pub const fn has(self, parts: Self) -> bool {
        self.0 & parts.0 != 0
    }
}
