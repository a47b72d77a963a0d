//! What the texts in columns of choices mean: how soon, how urgent, where from.

use super::super::survey::words;
use super::super::words::{Stems, any};
use crate::value::snake_case;

/// Within how many months a phrase such as `1-3 months`, `binnen 6 maanden` or `now` says; `None` if it says no such
/// thing.
pub(super) fn months(phrase: &str) -> Option<u32> {
    #[rustfmt::skip]
    const NOW: [Stems; 14] = [
        &["now$"], &["asap$"], &["immediat"], &["nu$"], &["direct"], &["snel$"], &["sofort"], &["ahora"], &["inmediat"],
        &["ya$"], &["maintenant"], &["subito"], &["today"], &["urgent"],
    ];
    #[rustfmt::skip]
    const UNITS: [(&[Stems], u32, u32); 4] = [
        (&[&["month"], &["maand"], &["monat"], &["mes$"], &["meses"], &["mois"], &["mes"], &["mo$"]], 1, 1),
        (&[&["week"], &["weken"], &["woche"], &["seman"], &["semain"]], 1, 4),
        (&[&["year"], &["jaar"], &["jahr"], &["ano"], &["an$"], &["ans$"], &["yr"]], 12, 1),
        (&[&["day"], &["dag"], &["tag"], &["dia"], &["jour"]], 1, 30),
    ];
    let words = words(&snake_case(phrase));
    // Of a range the end counts: `3-6 months` is not sooner than six.
    let digits = phrase.split(|c: char| !c.is_ascii_digit());
    let last = digits
        .filter_map(|digits| digits.parse::<u32>().ok())
        .next_back();
    let unit = UNITS.iter().find(|(stems, ..)| {
        // `3months` has no word of its own for the unit.
        let letters: Vec<String> = words
            .iter()
            .map(|word| {
                word.trim_start_matches(|c: char| c.is_ascii_digit())
                    .to_owned()
            })
            .collect();
        any(stems, &letters)
    });
    match (last, unit) {
        (Some(number), Some((_, times, parts))) => {
            Some(number.min(1_000).saturating_mul(*times).div_ceil(*parts))
        }
        _ if any(&NOW, &words) => Some(0),
        _ => None,
    }
}

/// The share of points, in percent, for being ready within so many months.
pub(super) fn soon(months: u32) -> u32 {
    match months {
        0..=1 => 100,
        2..=3 => 80,
        4..=6 => 60,
        7..=12 => 30,
        _ => 10,
    }
}

/// The share of points for words of urgency or warmth.
pub(super) fn urgency(phrase: &str) -> Option<u32> {
    #[rustfmt::skip]
    const LEVELS: [(&[Stems], u32); 3] = [
        (&[&["high"], &["hot$"], &["urgent"], &["hoog"], &["hoch"], &["alta$"], &["haut"], &["heet"], &["heiss"]], 100),
        (&[&["medium"], &["mid"], &["warm"], &["normal"], &["gemiddeld"], &["mittel"], &["media$"], &["moyen"]], 60),
        (&[&["low"], &["cold"], &["laag"], &["niedrig"], &["baja$"], &["bass"], &["koud"], &["kalt"]], 20),
    ];
    let words = words(&snake_case(phrase));
    let level = LEVELS.iter().find(|(stems, _)| any(stems, &words));
    level.map(|(_, share)| *share)
}

/// The share of points for where a lead came from.
pub(super) fn source(phrase: &str) -> Option<u32> {
    #[rustfmt::skip]
    const SOURCES: [(&[Stems], u32); 9] = [
        (&[&["cold"], &["purchased"], &["bought"], &["outbound"], &["koud"], &["kalt"], &["frio"]], 10),
        (&[&["refer"], &["recommend"], &["word", "mouth"], &["aanbevel"], &["empfehl"], &["recomend"], &["recommand"], &["mond$"]], 100),
        (&[&["partner"], &["collaborat"], &["existing", "customer"]], 80),
        (&[&["event"], &["trade"], &["conference"], &["network"], &["webinar"], &["beurs"], &["messe$"], &["feria"], &["salon"]], 80),
        (&[&["incoming"], &["inbound"], &["phone"], &["walk"], &["person"], &["call$"], &["telefo"]], 80),
        (&[&["paid"], &["ads$"], &["adwords"], &["advert"], &["cpc$"], &["ppc$"], &["print"], &["outdoor"], &["radio"], &["werbung"]], 40),
        (&[&["social"], &["facebook"], &["instagram"], &["linkedin"], &["tiktok"]], 40),
        (&[&["web"], &["site$"], &["organic"], &["seo$"], &["direct"], &["form"], &["google"], &["search"]], 70),
        (&[&["mail"], &["newsletter"], &["email"], &["portal"], &["marketplace"]], 50),
    ];
    let words = words(&snake_case(phrase));
    let found = SOURCES.iter().find(|(stems, _)| any(stems, &words));
    found.map(|(_, share)| *share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_time_are_understood_in_several_languages() {
        for (phrase, wanted) in [
            ("now", Some(0)),
            ("1 month", Some(1)),
            ("0-3 months", Some(3)),
            ("binnen 6 maanden", Some(6)),
            ("3 Monate", Some(3)),
            ("6 meses", Some(6)),
            ("1 año", Some(12)),
            ("2 weeks", Some(1)),
            ("6 weeks", Some(2)),
            ("30 days", Some(1)),
            ("2 years", Some(24)),
            ("ASAP", Some(0)),
            ("Sofort", Some(0)),
            ("no plans", None),
            ("later", None),
            ("3", None),
        ] {
            assert_eq!(months(phrase), wanted, "{phrase}");
        }
    }

    #[test]
    fn levels_and_sources_are_understood() {
        assert_eq!(urgency("High"), Some(100));
        assert_eq!(urgency("niedrig"), Some(20));
        assert_eq!(urgency("purple"), None);
        assert_eq!(source("Customer referral"), Some(100));
        assert_eq!(source("Cold Calling"), Some(10));
        assert_eq!(source("Idealista"), None);
    }
}
