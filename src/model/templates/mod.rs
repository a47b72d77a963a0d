//! Models that come with hotlist, to be used as they are or copied and changed.

/// A model that comes with hotlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// What it is asked for by.
    pub name: &'static str,
    /// The model file, comments included.
    pub text: &'static str,
}

/// The model used where none is named.
pub const REAL_ESTATE: Template = Template {
    name: "real-estate",
    text: include_str!("real-estate.toml"),
};

/// Every model that comes with hotlist.
pub const ALL: [Template; 1] = [REAL_ESTATE];
