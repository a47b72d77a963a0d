//! Where leads come from: the CRM's fourteen sources, how many leads each brings, how good they are and how they first show.

/// How a lead first shows in the event log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// They write to us.
    Inquiry,
    /// They leave a form on the site, after having looked around.
    Visit,
    /// We ring them, or ring back.
    Call,
    /// We write to them.
    Mail,
}

/// A source of leads.
pub struct Source {
    /// Its name in the CRM.
    pub name: &'static str,
    /// Permille added to the intent of its leads.
    pub quality: i64,
    /// How its leads begin.
    pub opening: Opening,
    /// What the site notes as campaign of the first visit, where there is one.
    pub campaign: &'static str,
}

const fn source(
    name: &'static str,
    quality: i64,
    opening: Opening,
    campaign: &'static str,
) -> Source {
    Source {
        name,
        quality,
        opening,
        campaign,
    }
}

/// The sources and how many leads each brings.
pub const SOURCES: &[(Source, i64)] = &[
    (source("Portals", -90, Opening::Inquiry, ""), 30),
    (source("Website", 50, Opening::Visit, "search-brand"), 22),
    (source("Referral", 230, Opening::Call, ""), 9),
    (
        source(
            "Social Media",
            -130,
            Opening::Visit,
            "social-sea-view-villas",
        ),
        12,
    ),
    (
        source("Email Campaign", -60, Opening::Visit, "mail-autumn-fair"),
        6,
    ),
    (source("Incoming Call", 90, Opening::Call, ""), 5),
    (source("Incoming Mail", 40, Opening::Inquiry, ""), 4),
    (source("By Person", 150, Opening::Mail, ""), 4),
    (source("Collaborative Partners", 80, Opening::Mail, ""), 3),
    (source("Networking Events", -20, Opening::Mail, ""), 3),
    (source("Cold Calling", -220, Opening::Call, ""), 3),
    (source("Print Advertising", -50, Opening::Call, ""), 2),
    (
        source("Outdoor Advertising", -80, Opening::Visit, "billboard-a7"),
        2,
    ),
    (source("Radio/TV Advertising", -150, Opening::Call, ""), 1),
];

/// The portals behind the source `Portals`.
pub const PORTALS: &[(&str, i64)] = &[("Idealista", 45), ("Kyero", 32), ("Fotocasa", 23)];
