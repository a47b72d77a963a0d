//! A lead as it is in truth, which nobody at the agency sees: qualities, means, taste and the homes that will catch its eye.

use super::archetype::{ARCHETYPES, Archetype};
use super::clock::{DAY, FIRST_DAY, HOUR, LAST_DAY, instant, weekday};
use super::listing::{KINDS, Kind, Listing, TOWNS, Town};
use super::market::{MARKETS, Market};
use super::owner::{OWNERS, Owner};
use super::random::Random;
use super::source::{PORTALS, SOURCES, Source};

/// A lead. Qualities are in permille.
pub struct Lead {
    /// The kind of buyer.
    pub archetype: &'static Archetype,
    /// The country it comes from.
    pub market: &'static Market,
    /// Where it came from.
    pub source: &'static Source,
    /// The portal, where it came from one.
    pub portal: &'static str,
    /// Who looks after it.
    pub owner: &'static Owner,
    /// When it came.
    pub came: i64,
    /// Wish to buy.
    pub intent: i64,
    /// Means to pay.
    pub means: i64,
    /// Readiness to answer.
    pub response: i64,
    /// Looking around on the site.
    pub curiosity: i64,
    /// Opening mail.
    pub mail: i64,
    /// Days until half the interest has worn off.
    pub patience: i64,
    /// Readiness to make up its mind.
    pub decision: i64,
    /// Readiness to tell about itself.
    pub candour: i64,
    /// Preference for the phone over mail.
    pub talker: i64,
    /// Permille of days on which interest ends without a word.
    pub fickle: i64,
    /// Seconds by which its days run later than others'.
    pub late: i64,
    /// Gets the newsletter.
    pub reader: bool,
    /// Its address is dead.
    pub dead_mail: bool,
    /// Most it can pay in euro.
    pub ceiling: i64,
    /// The kind of home it wants.
    pub kind: &'static Kind,
    /// Bedrooms it wants.
    pub bedrooms: i64,
    /// Where it wants to live.
    pub towns: Vec<&'static Town>,
    /// Places in the list of homes, best loved first.
    pub favourites: Vec<usize>,
}

impl Lead {
    /// A lead, by chance.
    pub fn born(random: &mut Random, listings: &[Listing]) -> Self {
        let archetype = random.weighted(ARCHETYPES);
        let market = random.weighted(MARKETS);
        let source = random.weighted(SOURCES);
        let intent = (random.within(archetype.intent) + source.quality + random.bell(-120, 120))
            .clamp(10, 990);
        let means = random.within(archetype.means);
        let kind = random.weighted(KINDS);
        let ceiling = ceiling(random, means, kind);
        let towns = towns(random);
        Self {
            archetype,
            market,
            source,
            portal: if source.name == "Portals" {
                random.likely(PORTALS)
            } else {
                ""
            },
            owner: if random.chance(720) {
                &OWNERS[market.owner]
            } else {
                random.pick(&OWNERS)
            },
            came: came(random, archetype),
            intent,
            means,
            response: (random.within(archetype.response) + source.quality / 3).clamp(10, 970),
            curiosity: random.within(archetype.curiosity),
            mail: random.within(archetype.mail),
            patience: random.within(archetype.patience),
            decision: random.bell(100, 900),
            candour: random.bell(150, 1000),
            talker: random.bell(50, 950),
            fickle: random.skewed(1, 9),
            late: random.between(-HOUR, HOUR),
            reader: random.chance(300),
            dead_mail: random.chance(60),
            ceiling,
            kind,
            bedrooms: random.within(kind.bedrooms),
            favourites: favourites(random, listings, ceiling, kind, &towns),
            towns,
        }
    }
}

fn ceiling(random: &mut Random, means: i64, kind: &Kind) -> i64 {
    // From 60,000 for the poorest to 1.2 million for the richest, most between 200,000 and 600,000; a villa costs more.
    let reach = 60_000 + means * 380 + means * means / 1000 * means / 1000 * 500;
    let reach = reach * if kind.name == "Villa" { 1300 } else { 1000 } / 1000;
    let exact = reach * random.bell(700, 1300) / 1000;
    let step = match exact {
        ..200_000 => 5_000,
        200_000..500_000 => 25_000,
        _ => 50_000,
    };
    (exact / step).max(1) * step
}

fn towns(random: &mut Random) -> Vec<&'static Town> {
    let wanted = random.likely(&[(1, 58), (2, 29), (3, 13)]);
    let mut towns: Vec<&'static Town> = Vec::new();
    while towns.len() < wanted {
        let town = random.weighted(TOWNS);
        if towns.iter().all(|known| known.name != town.name) {
            towns.push(town);
        }
    }
    towns
}

fn came(random: &mut Random, archetype: &Archetype) -> i64 {
    let mut day = LAST_DAY - random.within(archetype.came);
    // Fewer come at the weekend.
    if weekday(day) == 6 && random.chance(500) {
        day -= random.between(1, 4);
    }
    if day < FIRST_DAY && random.chance(120) {
        day = FIRST_DAY + random.between(0, 20);
    }
    instant(day, 8 * HOUR + random.bell(0, DAY - 9 * HOUR))
}

fn favourites(
    random: &mut Random,
    listings: &[Listing],
    ceiling: i64,
    kind: &Kind,
    towns: &[&Town],
) -> Vec<usize> {
    let wanted = usize::try_from(random.between(3, 16)).unwrap_or(3);
    let mut liked: Vec<(i64, usize)> = listings
        .iter()
        .enumerate()
        .map(|(place, listing)| {
            let elsewhere = towns.iter().all(|town| town.name != listing.town.name);
            let over = (listing.price - ceiling * 11 / 10).max(0) * 1000 / ceiling;
            let under = (ceiling * 45 / 100 - listing.price).max(0) * 1000 / ceiling;
            let distance = i64::from(elsewhere) * 450 + over + under;
            (
                distance + i64::from(listing.kind.name != kind.name) * 180 + random.between(0, 420),
                place,
            )
        })
        .collect();
    liked.sort_unstable();
    liked.truncate(wanted);
    liked.into_iter().map(|(_, place)| place).collect()
}
