//! Time zones as one table of offsets each, built from the bundled IANA database, so that the machine's own never
//! matters.
//!
//! A table holds the offsets between 1900 and 2200. An even grid of some 24 days over them says which stretch of one
//! offset a grid cell begins in; from there it is at most a few steps to the one in force, without a search or a lock.

use std::fmt;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use super::day::Day;
use super::instant::{Instant, MICROS_PER_DAY, MICROS_PER_SECOND};

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// 1900-01-01T00:00:00Z in seconds.
const FIRST_SECOND: i64 = -2_208_988_800;
/// 2200-01-02T00:00:00Z in seconds: a day later than any day that is read, whatever the zone.
const LAST_SECOND: i64 = 7_258_204_800;
/// One cell of the grid is 2^21 seconds.
const GRID_BITS: u32 = 21;

/// A time zone of the IANA database, such as `Europe/Amsterdam`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    name: Box<str>,
    /// Stretches of one offset, in order. The first reaches back and the last on without end.
    stretches: Box<[Stretch]>,
    /// The stretch in force where each cell of the grid begins.
    grid: Box<[u32]>,
    /// The largest offset of all.
    furthest_ahead: i64,
}

/// A time during which a zone keeps one offset, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: i64,
    end: i64,
    /// Seconds that local clocks are ahead of UTC.
    offset: i64,
}

/// How often the clocks of a zone show a time of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// They skip it, when they are put forward.
    Never,
    /// As a rule.
    Once,
    /// They are put back over it.
    Twice,
}

/// A time zone that the IANA database does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone {
    /// The nearest name there is, if one is near.
    pub near: Option<String>,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such time zone in the IANA database")
    }
}

impl std::error::Error for UnknownZone {}

impl Zone {
    /// The zone of an IANA name, in any case. Its table is built here, once; keep it.
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        let zone = DATABASE.get(name).ok().filter(|zone| !zone.is_unknown());
        let Some(zone) = zone else {
            return Err(UnknownZone {
                near: nearest_name(name),
            });
        };
        let canonical = zone.iana_name().unwrap_or(name).to_owned();
        let first = timestamp(FIRST_SECOND);
        let mut changes = vec![(i64::MIN, i64::from(zone.to_offset(first).seconds()))];
        for change in zone.following(first) {
            let at = change.timestamp().as_second();
            if at >= LAST_SECOND {
                break;
            }
            changes.push((at, i64::from(change.offset().seconds())));
        }
        // A change of name or of law alone is no change of the clocks.
        changes.dedup_by_key(|&mut (_, offset)| offset);
        Ok(Zone::from_changes(canonical, &changes))
    }

    /// Universal time.
    pub fn utc() -> Zone {
        Zone::from_changes("UTC".to_owned(), &[(i64::MIN, 0)])
    }

    fn from_changes(name: String, changes: &[(i64, i64)]) -> Zone {
        let ends = changes
            .iter()
            .skip(1)
            .map(|&(start, _)| start)
            .chain([i64::MAX]);
        let stretches: Box<[Stretch]> = changes
            .iter()
            .zip(ends)
            .map(|(&(start, offset), end)| Stretch { start, end, offset })
            .collect();
        let cells = ((LAST_SECOND - FIRST_SECOND) >> GRID_BITS) + 1;
        let grid = (0..cells)
            .map(|cell| {
                let second = FIRST_SECOND + (cell << GRID_BITS);
                let stretch = stretches.partition_point(|stretch| stretch.end <= second);
                u32::try_from(stretch).unwrap_or(u32::MAX)
            })
            .collect();
        let furthest_ahead = stretches
            .iter()
            .map(|stretch| stretch.offset)
            .max()
            .unwrap_or_default();
        Zone {
            name: name.into(),
            stretches,
            grid,
            furthest_ahead,
        }
    }

    /// The name as the IANA database spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the zone's clocks have always shown UTC.
    pub fn is_utc(&self) -> bool {
        matches!(*self.stretches, [Stretch { offset: 0, .. }])
    }

    /// The stretches of one offset between 1900 and 2200, in order: the second since 1970-01-01T00:00:00Z with which one
    /// begins, of the first the least that there is, and how many seconds local clocks are ahead of UTC.
    pub fn stretches(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let stretches = self.stretches.iter();
        stretches.map(|stretch| (stretch.start, stretch.offset))
    }

    /// Position of the stretch in force at a second.
    #[inline]
    fn stretch_at(&self, second: i64) -> usize {
        let cell = usize::try_from((second - FIRST_SECOND) >> GRID_BITS).unwrap_or(0);
        let mut position = self.grid[cell.min(self.grid.len() - 1)] as usize;
        while self.stretches[position].end <= second {
            position += 1;
        }
        position
    }

    /// How many seconds local clocks are ahead of UTC at an instant.
    pub fn offset_seconds(&self, instant: Instant) -> i32 {
        let second = instant.micros().div_euclid(MICROS_PER_SECOND);
        i32::try_from(self.stretches[self.stretch_at(second)].offset).unwrap_or_default()
    }

    /// The calendar day on local clocks at an instant.
    #[inline]
    pub fn day_of(&self, instant: Instant) -> Day {
        let second = instant.micros().div_euclid(MICROS_PER_SECOND);
        let offset = match *self.stretches {
            [only] => only.offset,
            _ => self.stretches[self.stretch_at(second)].offset,
        };
        let local = second + offset;
        Day::from_days(i32::try_from(local.div_euclid(86_400)).unwrap_or_default())
    }

    /// The instant at which local clocks show a time of a day, given in microseconds since its midnight.
    ///
    /// A time that the clocks skip is shifted forward by as much as they jump; a time that they show twice is the first
    /// of the two: "compatible" disambiguation, as in RFC 9557 and iCalendar.
    #[inline]
    pub fn instant(&self, day: Day, micros_of_day: i64) -> Instant {
        self.shown(day, micros_of_day).0
    }

    /// As [`Zone::instant`], and how often the clocks show that time.
    #[inline]
    pub fn shown(&self, day: Day, micros_of_day: i64) -> (Instant, Shown) {
        let local_micros = i64::from(day.days())
            .saturating_mul(MICROS_PER_DAY)
            .saturating_add(micros_of_day);
        let local = local_micros.div_euclid(MICROS_PER_SECOND);
        // No offset is larger, so the first stretch that can show this time is the one in force then, or a later one.
        let mut position = self.stretch_at(local - self.furthest_ahead);
        let mut stretch = self.stretches[position];
        while local - stretch.offset >= stretch.end {
            position += 1;
            stretch = self.stretches[position];
        }
        let mut shown = Shown::Once;
        // Before its own beginning the clocks were still kept by the offset before: the time was skipped.
        if local - stretch.offset < stretch.start {
            stretch = self.stretches[position - 1];
            shown = Shown::Never;
        } else if let Some(next) = self.stretches.get(position + 1)
            && local - next.offset >= next.start
        {
            shown = Shown::Twice;
        }
        let micros = local_micros.saturating_sub(stretch.offset * MICROS_PER_SECOND);
        (Instant::from_micros(micros), shown)
    }

    /// The first instant of a day.
    pub fn start_of(&self, day: Day) -> Instant {
        self.instant(day, 0)
    }

    /// The last microsecond of a day: the one before the next day starts.
    pub fn end_of(&self, day: Day) -> Instant {
        Instant::from_micros(self.start_of(day.next()).micros().saturating_sub(1))
    }
}

impl fmt::Debug for Zone {
    /// The name; the table would fill pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name).finish()
    }
}

/// The offset that a zone named beside a time keeps at an instant. `None` if there is no such zone.
pub(super) fn offset_of_named(name: &str, instant: Instant) -> Option<i64> {
    let zone = DATABASE.get(name).ok().filter(|zone| !zone.is_unknown())?;
    let second = instant.micros().div_euclid(MICROS_PER_SECOND);
    Some(i64::from(
        zone.to_offset(Timestamp::from_second(second).ok()?)
            .seconds(),
    ))
}

fn timestamp(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The zone whose name, or whose city, is spelt most like this one, if any is near enough to be meant.
fn nearest_name(wanted: &str) -> Option<String> {
    let folded = wanted.to_ascii_lowercase().replace(' ', "_");
    let near_enough = (folded.chars().count() / 3).max(1);
    let mut best: Option<(usize, String)> = None;
    for known in DATABASE.available() {
        let known = known.as_str();
        let lower = known.to_ascii_lowercase();
        let city = lower.rsplit('/').next().unwrap_or(&lower);
        let distance =
            strsim::osa_distance(&folded, &lower).min(strsim::osa_distance(&folded, city));
        let candidate = (distance, known.to_owned());
        if distance <= near_enough && best.as_ref().is_none_or(|best| candidate < *best) {
            best = Some(candidate);
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    /// Zones with whole and half hours, a dateline jump, changes at midnight and half-hour summer time.
    const ZONES: [&str; 12] = [
        "UTC",
        "Europe/Amsterdam",
        "Europe/London",
        "America/New_York",
        "America/St_Johns",
        "America/Sao_Paulo",
        "America/Havana",
        "Asia/Kolkata",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
    ];

    fn theirs(name: &str) -> TimeZone {
        DATABASE.get(name).unwrap()
    }

    fn midnight(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn a_time_in_a_gap_is_shifted_forward() {
        let new_york = Zone::named("America/New_York").unwrap();
        let instant = new_york.instant(midnight("2026-03-08"), 2 * HOUR + HOUR / 2);
        assert_eq!(instant.write_in(&Zone::utc()), "2026-03-08T07:30:00Z");
    }

    #[test]
    fn a_time_in_a_fold_is_the_first_of_the_two() {
        let new_york = Zone::named("America/New_York").unwrap();
        let instant = new_york.instant(midnight("2026-11-01"), HOUR + HOUR / 2);
        assert_eq!(instant.write_in(&Zone::utc()), "2026-11-01T05:30:00Z");
    }

    #[test]
    fn a_day_without_a_midnight_starts_at_one() {
        let sao_paulo = Zone::named("America/Sao_Paulo").unwrap();
        let day = midnight("2018-11-04");
        assert_eq!(
            sao_paulo.start_of(day).write_in(&sao_paulo),
            "2018-11-04T01:00:00-02:00"
        );
    }

    #[test]
    fn a_day_whose_last_hour_comes_twice_ends_with_the_second() {
        let sao_paulo = Zone::named("America/Sao_Paulo").unwrap();
        let day = midnight("2018-02-17");
        assert_eq!(
            sao_paulo.end_of(day).write_in(&sao_paulo),
            "2018-02-17T23:59:59.999999-03:00"
        );
    }

    #[test]
    fn the_days_of_a_clock_change_have_23_and_25_hours() {
        let amsterdam = Zone::named("Europe/Amsterdam").unwrap();
        for (day, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)] {
            let day = midnight(day);
            assert_eq!(
                amsterdam.end_of(day).micros() + 1 - amsterdam.start_of(day).micros(),
                hours * HOUR
            );
        }
    }

    #[test]
    fn a_name_is_known_in_any_case_and_kept_as_the_database_spells_it() {
        assert_eq!(
            Zone::named("europe/amsterdam").unwrap().name(),
            "Europe/Amsterdam"
        );
        assert_eq!(Zone::named("UTC").unwrap(), Zone::utc());
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest_there_is() {
        for (name, near) in [
            ("Europe/Amsterdm", Some("Europe/Amsterdam")),
            ("europe/madird", Some("Europe/Madrid")),
            ("Amsterdam", Some("Europe/Amsterdam")),
            ("New York", Some("America/New_York")),
            ("the moon, far side", None),
        ] {
            assert_eq!(
                Zone::named(name).unwrap_err().near.as_deref(),
                near,
                "{name}"
            );
        }
    }

    #[test]
    fn the_name_for_an_unknown_zone_is_no_zone() {
        assert!(Zone::named("Etc/Unknown").is_err());
        assert!(Zone::named("").is_err());
    }

    #[test]
    fn times_beyond_the_table_keep_the_offset_at_its_edge() {
        let amsterdam = Zone::named("Europe/Amsterdam").unwrap();
        for micros in [i64::MIN, i64::MAX, i64::MIN / 2, i64::MAX / 2] {
            let offset = amsterdam.offset_seconds(Instant::from_micros(micros));
            assert!((0..=7_200).contains(&offset), "{offset}");
            let _ = amsterdam.day_of(Instant::from_micros(micros));
        }
        for days in [-4_000_000, 2_932_000] {
            let day = Day::from_days(days);
            assert!(amsterdam.start_of(day) <= amsterdam.end_of(day));
        }
    }

    /// 1970-01-01 to 2100-01-01 in microseconds.
    const TIMES: std::ops::Range<i64> = 0..4_102_444_800_000_000;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_day_and_the_offset_are_those_of_the_database(name in prop::sample::select(&ZONES[..]), micros in TIMES) {
            let zone = Zone::named(name).unwrap();
            let instant = Instant::from_micros(micros);
            let zoned = Timestamp::from_microsecond(micros).unwrap().to_zoned(theirs(name));
            prop_assert_eq!(zone.day_of(instant).to_string(), zoned.date().to_string());
            prop_assert_eq!(zone.offset_seconds(instant), zoned.offset().seconds());
        }

        #[test]
        fn a_local_time_is_resolved_as_the_database_does(name in prop::sample::select(&ZONES[..]), days in 0_i32..47_482, micros in 0..MICROS_PER_DAY) {
            let (year, month, day) = Day::from_days(days).date();
            let date = civil::date(i16::try_from(year).unwrap(), i8::try_from(month).unwrap(), i8::try_from(day).unwrap());
            let local = date.to_datetime(civil::Time::midnight()) + jiff::Span::new().microseconds(micros);
            let theirs = theirs(name).to_ambiguous_timestamp(local).compatible().unwrap();
            let zone = Zone::named(name).unwrap();
            prop_assert_eq!(zone.instant(Day::from_days(days), micros).micros(), theirs.as_microsecond());
        }
    }

    #[test]
    fn around_every_clock_change_it_agrees_with_the_database() {
        for name in ZONES {
            let (zone, database) = (Zone::named(name).unwrap(), theirs(name));
            for change in database
                .following(timestamp(FIRST_SECOND))
                .take_while(|change| change.timestamp().as_second() < LAST_SECOND)
            {
                let at = change.timestamp().as_second();
                for delta in [-7_200, -1_800, -1, 0, 1, 1_800, 7_200] {
                    let second = at + delta;
                    let zoned = timestamp(second).to_zoned(database.clone());
                    let instant = Instant::from_micros(second * MICROS_PER_SECOND);
                    assert_eq!(
                        zone.day_of(instant).to_string(),
                        zoned.date().to_string(),
                        "{name} {second}"
                    );
                    assert_eq!(
                        zone.offset_seconds(instant),
                        zoned.offset().seconds(),
                        "{name} {second}"
                    );
                    // The same numbers read as local time run through the gap or fold as well.
                    let local = second + i64::from(change.offset().seconds());
                    let wall = timestamp(local).to_zoned(TimeZone::UTC).datetime();
                    let expected = database.to_ambiguous_timestamp(wall).compatible().unwrap();
                    let day = Day::from_days(i32::try_from(local.div_euclid(86_400)).unwrap());
                    let found = zone.instant(day, local.rem_euclid(86_400) * MICROS_PER_SECOND);
                    assert_eq!(found.micros(), expected.as_microsecond(), "{name} {wall}");
                }
            }
        }
    }

    #[test]
    fn every_day_of_every_zone_begins_and_ends_on_itself() {
        for name in ZONES {
            let zone = Zone::named(name).unwrap();
            for days in 0..47_482 {
                let day = Day::from_days(days);
                // Samoa passed over one day when it changed sides of the date line.
                if name == "Pacific/Apia" && day == midnight("2011-12-30") {
                    continue;
                }
                assert_eq!(zone.day_of(zone.start_of(day)), day, "{name}");
                assert_eq!(zone.day_of(zone.end_of(day)), day, "{name}");
            }
        }
    }
}
