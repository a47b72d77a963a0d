//! Models that come with hotlist, to be used as they are or copied and changed.
//!
//! Each is a file of its own, one for each trade, with its own `[[tests]]`; `examples/` holds a copy of each with data.

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

/// Software for companies: fit and interest apart, with grades from A1 to D4.
pub const B2B_SAAS: Template = Template {
    name: "b2b-saas",
    text: include_str!("b2b-saas.toml"),
};

/// A web shop: recency, frequency and money, carts, the newsletter.
pub const E_COMMERCE: Template = Template {
    name: "e-commerce",
    text: include_str!("e-commerce.toml"),
};

/// Schools, courses and events: registrations, attendance, the enrolment deadline.
pub const EVENTS_EDUCATION: Template = Template {
    name: "events-education",
    text: include_str!("events-education.toml"),
};

/// Every model that comes with hotlist.
pub const ALL: [Template; 4] = [REAL_ESTATE, B2B_SAAS, E_COMMERCE, EVENTS_EDUCATION];
