//! The agency's homes for sale along the coast: 120 of them, each with a reference, a town, a kind, bedrooms and a price.

use super::random::Random;

/// A town with homes in it.
pub struct Town {
    /// Its name.
    pub name: &'static str,
    /// How its references begin.
    pub prefix: &'static str,
    /// How it stands in an address of the site.
    pub slug: &'static str,
    /// Its prices, in permille of the coast's average.
    pub level: i64,
}

const fn town(name: &'static str, prefix: &'static str, slug: &'static str, level: i64) -> Town {
    Town {
        name,
        prefix,
        slug,
        level,
    }
}

/// The towns and how many homes each has.
pub const TOWNS: &[(Town, i64)] = &[
    (town("Marbella", "MB", "marbella", 1650), 22),
    (town("Estepona", "EP", "estepona", 1150), 18),
    (town("Mijas", "MJ", "mijas", 1000), 13),
    (town("Fuengirola", "FG", "fuengirola", 950), 11),
    (town("Benalmádena", "BM", "benalmadena", 900), 9),
    (town("Nerja", "NJ", "nerja", 850), 8),
    (town("Benahavís", "BH", "benahavis", 1900), 7),
    (town("Manilva", "MV", "manilva", 700), 6),
    (town("Torremolinos", "TM", "torremolinos", 750), 6),
];

/// A kind of home.
pub struct Kind {
    /// Its name in the CRM.
    pub name: &'static str,
    /// Price of the first bedroom and of each further one, in euro, at the coast's average.
    pub price: (i64, i64),
    /// Fewest and most bedrooms.
    pub bedrooms: (i64, i64),
}

/// The kinds and how common they are.
pub const KINDS: &[(Kind, i64)] = &[
    (
        Kind {
            name: "Apartment",
            price: (120_000, 70_000),
            bedrooms: (1, 3),
        },
        48,
    ),
    (
        Kind {
            name: "Townhouse",
            price: (160_000, 75_000),
            bedrooms: (2, 4),
        },
        18,
    ),
    (
        Kind {
            name: "Penthouse",
            price: (230_000, 105_000),
            bedrooms: (2, 4),
        },
        14,
    ),
    (
        Kind {
            name: "Villa",
            price: (280_000, 135_000),
            bedrooms: (3, 6),
        },
        20,
    ),
];

/// A home for sale.
pub struct Listing {
    /// Its reference, as in `MB-1042`.
    pub id: String,
    /// Its town.
    pub town: &'static Town,
    /// Its kind.
    pub kind: &'static Kind,
    /// Its asking price in euro.
    pub price: i64,
}

/// The homes for sale.
pub fn listings(random: &mut Random) -> Vec<Listing> {
    let mut number = 1_000;
    (0..120)
        .map(|_| {
            // References count up over the whole coast and leave gaps: homes sold, homes withdrawn.
            number += random.between(1, 19);
            let town = random.weighted(TOWNS);
            let kind = random.weighted(KINDS);
            let bedrooms = random.within(kind.bedrooms);
            let fair = (kind.price.0 + kind.price.1 * (bedrooms - 1)) * town.level / 1000;
            let price = fair * random.bell(780, 1280) / 1000 / 5_000 * 5_000;
            Listing {
                id: format!("{}-{number}", town.prefix),
                town,
                kind,
                price: price - if random.chance(350) { 1_000 } else { 0 },
            }
        })
        .collect()
}
