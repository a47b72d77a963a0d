//! The agency's five agents: how soon they answer, how often they try again and how well they keep their records.

/// An agent who owns leads.
pub struct Owner {
    /// The address under which the CRM knows them.
    pub email: &'static str,
    /// Minutes to a first answer in working hours: at best and at worst.
    pub answer: (i64, i64),
    /// Permille of leads that get a next try when the last one went unanswered.
    pub persistence: i64,
    /// Permille of what they learn that ends up in the CRM.
    pub records: i64,
    /// Permille added to what a viewing with them does for the lead's interest.
    pub charm: i64,
}

/// The owners. The fourth is good with people and slow to write back.
pub const OWNERS: [Owner; 5] = [
    Owner {
        email: "tom.hadley@agency.example",
        answer: (6, 240),
        persistence: 800,
        records: 880,
        charm: 20,
    },
    Owner {
        email: "joost.verweij@agency.example",
        answer: (4, 150),
        persistence: 860,
        records: 940,
        charm: 40,
    },
    Owner {
        email: "katrin.vogt@agency.example",
        answer: (10, 360),
        persistence: 780,
        records: 960,
        charm: 0,
    },
    Owner {
        email: "ingela.lund@agency.example",
        answer: (300, 5_400),
        persistence: 640,
        records: 700,
        charm: 60,
    },
    Owner {
        email: "marta.soler@agency.example",
        answer: (8, 300),
        persistence: 740,
        records: 800,
        charm: 50,
    },
];
