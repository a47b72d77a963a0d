//! Kinds of buyer an agency knows, each a range for every hidden quality of its leads. What a lead does and how it ends both
//! come from these qualities, with chance on top, so that behaviour tells about the outcome without settling it.

/// A kind of buyer. Qualities are in permille.
pub struct Archetype {
    /// Wish to buy a home at all.
    pub intent: (i64, i64),
    /// Means to pay for it.
    pub means: (i64, i64),
    /// Readiness to answer.
    pub response: (i64, i64),
    /// Looking around on the site.
    pub curiosity: (i64, i64),
    /// Opening mail.
    pub mail: (i64, i64),
    /// Days until half the interest has worn off.
    pub patience: (i64, i64),
    /// Days before the last day on which they came.
    pub came: (i64, i64),
    /// Days before the last day between which interest may come back, the later bound first; 0 for never.
    pub wakes: (i64, i64),
    /// What they look for: `Buy`, `Invest`, `Rent` or `Sell`.
    pub wants: &'static str,
    /// A tag the agents give such a lead.
    pub tag: &'static str,
}

const fn buyer(
    intent: (i64, i64),
    means: (i64, i64),
    response: (i64, i64),
    curiosity: (i64, i64),
    mail: (i64, i64),
    patience: (i64, i64),
    came: (i64, i64),
) -> Archetype {
    Archetype {
        intent,
        means,
        response,
        curiosity,
        mail,
        patience,
        came,
        wakes: (0, 0),
        wants: "Buy",
        tag: "",
    }
}

/// The archetypes and how common they are.
#[rustfmt::skip]
pub const ARCHETYPES: &[(Archetype, i64)] = &[
    // Families who move for good: serious, thorough, quick to answer.
    (Archetype { tag: "Relocation", ..buyer((640, 960), (550, 950), (600, 950), (350, 700), (500, 850), (80, 200), (5, 90)) }, 17),
    // Cash buyers: little browsing, short answers, quick decisions.
    (Archetype { tag: "Cash buyer", ..buyer((620, 950), (850, 1000), (500, 900), (200, 420), (250, 550), (50, 120), (5, 100)) }, 8),
    // New this month and eager: too early to tell.
    (buyer((450, 950), (400, 900), (500, 950), (350, 800), (450, 850), (40, 140), (2, 32)), 20),
    // Came back from a viewing trip and compare the last few homes.
    (Archetype { tag: "Viewing trip", ..buyer((700, 980), (600, 950), (550, 950), (350, 650), (450, 800), (70, 150), (25, 100)) }, 15),
    // Investors: many homes, few words.
    (Archetype { wants: "Invest", tag: "Investor", ..buyer((450, 850), (750, 1000), (300, 700), (400, 750), (300, 650), (50, 150), (8, 140)) }, 9),
    // Retired couples: read everything, ring, take their time.
    (Archetype { tag: "Retirement", ..buyer((350, 750), (500, 900), (500, 850), (150, 400), (650, 950), (120, 320), (40, 600)) }, 10),
    // Dreamers: on the site every other evening, never ready.
    (buyer((120, 420), (200, 650), (150, 450), (300, 650), (400, 800), (60, 200), (20, 300)), 4),
    // Summer visitors: all of it between June and August.
    (Archetype { tag: "Summer visitor", ..buyer((300, 700), (350, 800), (250, 650), (350, 700), (300, 600), (18, 45), (75, 150)) }, 5),
    // Spring and summer buyers: by autumn most have bought, here or elsewhere.
    (buyer((700, 980), (550, 950), (550, 900), (300, 600), (400, 750), (30, 70), (100, 184)), 13),
    // Hot in spring, quiet since.
    (buyer((600, 900), (450, 900), (400, 800), (350, 700), (350, 700), (15, 35), (120, 200)), 4),
    // Portal clickers: one inquiry for six homes at once, then nothing.
    (buyer((60, 350), (150, 700), (30, 250), (60, 250), (100, 400), (6, 20), (3, 183)), 4),
    // Newsletter readers, for years.
    (Archetype { tag: "Newsletter", ..buyer((60, 280), (300, 700), (50, 250), (60, 220), (600, 950), (200, 600), (200, 900)) }, 2),
    // Bargain hunters whose budget does not reach.
    (Archetype { tag: "Price alerts", ..buyer((300, 600), (20, 220), (350, 700), (350, 700), (500, 900), (60, 180), (20, 300)) }, 3),
    // Old leads who wake up in autumn.
    (Archetype { wakes: (12, 50), tag: "Returning", ..buyer((450, 850), (450, 900), (450, 850), (300, 650), (400, 800), (25, 60), (240, 800)) }, 7),
    // Tenants and sellers: busy, but not buyers.
    (Archetype { wants: "Rent", ..buyer((80, 300), (60, 350), (400, 800), (250, 550), (300, 600), (15, 40), (5, 183)) }, 2),
    (Archetype { wants: "Sell", ..buyer((80, 350), (300, 700), (450, 850), (60, 200), (300, 600), (40, 90), (10, 250)) }, 2),
    // Names from a fair or a business card: nothing ever happened.
    (Archetype { tag: "Fair 2025", ..buyer((20, 200), (200, 700), (10, 60), (0, 8), (0, 60), (10, 40), (250, 700)) }, 2),
];
