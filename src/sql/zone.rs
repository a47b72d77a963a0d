//! Time zones in a query: the offsets of a zone as rows that stand in it, so that no database's own ideas of time zones
//! matter.
//!
//! Time is cut into pieces of 2^25 seconds, some 388 days, and each piece is a row: the offset with which it begins, and
//! for each change of the clocks within it when it comes and which offset it brings. One join by equality finds the
//! row of a time, and a CASE the offset. A row knows the changes of a day before and behind its piece as well, so that
//! it serves for times as local clocks show them, too. The rows reach over the years 1970 to 2099 and a little further; a
//! time elsewhere has no row.

use super::expression::{Expression, Type};
use super::relation::Literal;
use crate::value::Zone;

/// Seconds of a piece of time: few rows, in which few changes fall.
const PIECE: i64 = 1 << 25;
/// The number of the piece with which 1970 begins, which keeps the numbers of all pieces since 1900 above nought.
const PIECE_OF_1970: i64 = 66;
/// A day, which no clock is ahead or behind.
const MARGIN: i64 = 86_400;
/// A day before 1970, so that a time on any clock has a row.
const FIRST_SECOND: i64 = -MARGIN;
/// A day into 2100.
const LAST_SECOND: i64 = 4_102_444_800 + MARGIN;

/// Whose seconds a time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Seconds since 1970-01-01T00:00:00Z.
    Utc,
    /// As local clocks show them, as if they were UTC. A time that is skipped or comes twice has the offset before the
    /// change, as [`Zone::instant`] has it.
    Local,
}

/// How far local clocks are ahead of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offsets {
    /// Always by so many seconds.
    Fixed(i64),
    /// As the rows of a table say.
    Table(Table),
}

/// Offsets as rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Piece>,
    /// The most changes that fall into one piece.
    changes: usize,
}

/// A piece of time: its offset a day before it begins, and what changes when from then to a day behind its end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    number: i64,
    offset: i64,
    changes: Vec<(i64, i64)>,
}

impl Offsets {
    /// The offsets of a zone.
    pub fn of(zone: &Zone) -> Self {
        let stretches: Vec<(i64, i64)> = zone.stretches().collect();
        let before = |second: i64| {
            let count = stretches.partition_point(|(start, _)| *start <= second);
            stretches[count.max(1) - 1].1
        };
        // Stretches are in order of time.
        let within = |from: i64, to: i64| {
            let first = stretches.partition_point(|(start, _)| *start <= from);
            let inside = stretches[first..].iter();
            let inside = inside.take_while(|(start, _)| *start < to);
            inside.copied().collect::<Vec<_>>()
        };
        if within(FIRST_SECOND - MARGIN, LAST_SECOND + MARGIN).is_empty() {
            return Self::Fixed(before(FIRST_SECOND));
        }
        let (first, last) = (
            FIRST_SECOND.div_euclid(PIECE),
            LAST_SECOND.div_euclid(PIECE),
        );
        let rows: Vec<Piece> = (first..=last)
            .map(|piece| Piece {
                number: piece + PIECE_OF_1970,
                offset: before(piece * PIECE - MARGIN),
                changes: within(piece * PIECE - MARGIN, (piece + 1) * PIECE + MARGIN),
            })
            .collect();
        let changes = rows.iter().map(|row| row.changes.len()).max().unwrap_or(0);
        Self::Table(Table { rows, changes })
    }
}

impl Table {
    /// The column by which the table is joined.
    pub const PIECE: &str = "zone_piece";

    /// The rows.
    pub fn literal(&self) -> Literal {
        let mut columns = vec![Self::PIECE.to_owned(), "zone_ahead".to_owned()];
        for change in 1..=self.changes {
            columns.extend([
                format!("zone_change_{change}"),
                format!("zone_ahead_{change}"),
            ]);
        }
        let row = |piece: &Piece| {
            let mut row = vec![piece.number, piece.offset];
            // Where there are fewer, changes in 1970 that change nothing stand before them.
            let none = (0, piece.offset);
            let missing = self.changes - piece.changes.len();
            let changes = std::iter::repeat_n(&none, missing).chain(&piece.changes);
            row.extend(changes.flat_map(|(at, offset)| [*at, *offset]));
            row.into_iter().map(Expression::Integer).collect()
        };
        Literal {
            columns: columns
                .into_iter()
                .map(|name| (name, Type::Integer))
                .collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// The number of the piece that a second from 1900 on is in: what is joined with [`Table::PIECE`].
    pub fn piece_of(second: Expression) -> Expression {
        second
            .plus(Expression::Integer(PIECE_OF_1970 * PIECE))
            .over(Expression::Integer(PIECE))
    }

    /// The offset at a second of a clock, from the row of its piece in the table that the selection knows by this name.
    pub fn offset_at(&self, clock: Clock, second: &Expression, table: &str) -> Expression {
        let column = |name: String| Expression::column_of(table, name);
        let ahead = |change: usize| match change {
            0 => column("zone_ahead".to_owned()),
            _ => column(format!("zone_ahead_{change}")),
        };
        let arms = (1..=self.changes).rev().map(|change| {
            let at = column(format!("zone_change_{change}"));
            let at = match clock {
                Clock::Utc => at,
                // Until the later of the times that clocks show at the change.
                Clock::Local => {
                    at.plus(Expression::Greatest(vec![ahead(change - 1), ahead(change)]))
                }
            };
            (second.clone().at_least(at), ahead(change))
        });
        Expression::case(arms, ahead(0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::{Day, Instant};

    const ZONES: [&str; 14] = [
        "Europe/Amsterdam",
        "Europe/London",
        "Europe/Lisbon",
        "America/New_York",
        "America/St_Johns",
        "America/Sao_Paulo",
        "America/Havana",
        "Asia/Gaza",
        "Asia/Beirut",
        "Asia/Pyongyang",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Africa/Monrovia",
        "Pacific/Apia",
    ];

    /// The offset that the rows say, as the query finds it.
    fn offset(offsets: &Offsets, clock: Clock, second: i64) -> Option<i64> {
        let table = match offsets {
            Offsets::Fixed(offset) => return Some(*offset),
            Offsets::Table(table) => table,
        };
        let number = (second + PIECE_OF_1970 * PIECE) / PIECE;
        let row = table.rows.iter().find(|row| row.number == number)?;
        let mut ahead = row.offset;
        for (at, next) in &row.changes {
            let shown = match clock {
                Clock::Utc => *at,
                Clock::Local => at + ahead.max(*next),
            };
            if second < shown {
                break;
            }
            ahead = *next;
        }
        Some(ahead)
    }

    #[test]
    fn a_zone_without_changes_needs_no_rows() {
        for (name, offset) in [("UTC", 0), ("Asia/Kolkata", 19_800), ("Etc/GMT+5", -18_000)] {
            let zone = Zone::named(name).expect("a zone");
            assert_eq!(Offsets::of(&zone), Offsets::Fixed(offset), "{name}");
        }
    }

    #[test]
    fn a_zone_with_changes_has_a_row_for_each_piece_of_130_years() {
        let zone = Zone::named("Europe/Amsterdam").expect("a zone");
        let Offsets::Table(table) = Offsets::of(&zone) else {
            panic!("its clocks change");
        };
        let literal = table.literal();
        assert_eq!(literal.rows.len(), 124);
        // Both changes of a year, and a third where the piece begins or ends with one.
        assert_eq!(literal.columns.len(), 8);
        assert!(literal.rows.iter().all(|row| row.len() == 8));
    }

    #[test]
    fn around_every_change_the_rows_say_what_the_zone_does() {
        for name in ZONES {
            let zone = Zone::named(name).expect("a zone");
            let offsets = Offsets::of(&zone);
            let changes: Vec<i64> = zone.stretches().map(|(start, _)| start).collect();
            for change in changes
                .into_iter()
                .filter(|at| (0..4_102_444_800).contains(at))
            {
                for step in -100..100 {
                    agrees(&zone, &offsets, change + step * 900);
                }
            }
        }
    }

    fn agrees(zone: &Zone, offsets: &Offsets, second: i64) {
        let name = zone.name();
        let theirs = zone.offset_seconds(Instant::from_micros(second * 1_000_000));
        assert_eq!(
            offset(offsets, Clock::Utc, second),
            Some(i64::from(theirs)),
            "{name} {second}"
        );
        let day = Day::from_days(i32::try_from(second.div_euclid(86_400)).expect("a day"));
        let theirs = zone.instant(day, second.rem_euclid(86_400) * 1_000_000);
        let ours =
            offset(offsets, Clock::Local, second).map(|offset| (second - offset) * 1_000_000);
        assert_eq!(ours, Some(theirs.micros()), "{name} local {second}");
    }

    proptest! {
        #[test]
        fn at_any_time_the_rows_say_what_the_zone_does(name in prop::sample::select(&ZONES[..]), seconds in prop::collection::vec(0_i64..4_102_444_800, 100)) {
            let zone = Zone::named(name).expect("a zone");
            let offsets = Offsets::of(&zone);
            for second in seconds {
                agrees(&zone, &offsets, second);
            }
        }
    }
}
