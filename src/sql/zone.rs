//! Time zones in a query: the offsets of a zone as rows that stand in it, so that no database's own ideas of time zones
//! matter.
//!
//! Time is cut into pieces of 2^23 seconds, some 97 days, and each piece is a row: the offset with which it begins, and
//! for each change of the clocks within it when it comes and which offset it brings. One join by equality finds the
//! row of a time, and a CASE the offset. There are two such tables, one for instants and one for times as local clocks
//! show them. Both reach over the years 1970 to 2099 and a little further; a time elsewhere has no row.

use super::expression::{Expression, Type};
use super::relation::Literal;
use crate::value::Zone;

/// Seconds of a piece of time.
const PIECE: i64 = 1 << 23;
/// The number of the piece with which 1970 begins, which keeps the numbers of all pieces since 1900 above nought.
const PIECE_OF_1970: i64 = 264;
/// A day before 1970, so that a time on any clock has a row.
const FIRST_SECOND: i64 = -86_400;
/// A day into 2100.
const LAST_SECOND: i64 = 4_102_444_800 + 86_400;
/// Later than every time.
const NEVER: i64 = 9_999_999_999;

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

/// A piece of time: its offset at first, and what changes when.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    number: i64,
    offset: i64,
    changes: Vec<(i64, i64)>,
}

impl Offsets {
    /// The offsets at instants, which are given in seconds since 1970-01-01T00:00:00Z.
    pub fn of_instants(zone: &Zone) -> Self {
        Self::from_changes(&zone.stretches().collect::<Vec<_>>())
    }

    /// The offsets at times as local clocks show them, in seconds as if they were UTC. A time that is skipped or comes
    /// twice has the offset before the change, as [`Zone::instant`] has it.
    pub fn of_local_times(zone: &Zone) -> Self {
        let stretches: Vec<(i64, i64)> = zone.stretches().collect();
        let mut changes = stretches.clone();
        for (change, pair) in changes[1..].iter_mut().zip(stretches.windows(2)) {
            // Until the later of the times that clocks show at the change.
            change.0 += pair[0].1.max(pair[1].1);
        }
        Self::from_changes(&changes)
    }

    fn from_changes(changes: &[(i64, i64)]) -> Self {
        let before = |second: i64| {
            let count = changes.partition_point(|(start, _)| *start <= second);
            changes[count.max(1) - 1].1
        };
        // Changes are in order of time.
        let within = |from: i64, to: i64| {
            let first = changes.partition_point(|(start, _)| *start <= from);
            let inside = changes[first..].iter();
            let inside = inside.take_while(|(start, _)| *start < to);
            inside.copied().collect::<Vec<_>>()
        };
        if within(FIRST_SECOND, LAST_SECOND).is_empty() {
            return Self::Fixed(before(FIRST_SECOND));
        }
        let (first, last) = (
            FIRST_SECOND.div_euclid(PIECE),
            LAST_SECOND.div_euclid(PIECE),
        );
        let rows: Vec<Piece> = (first..=last)
            .map(|piece| Piece {
                number: piece + PIECE_OF_1970,
                offset: before(piece * PIECE),
                changes: within(piece * PIECE, (piece + 1) * PIECE),
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
            for change in 0..self.changes {
                let (at, offset) = piece.changes.get(change).copied().unwrap_or((NEVER, 0));
                row.extend([at, offset]);
            }
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

    /// The offset at a second, from the row of its piece in the table that the selection knows by this name.
    pub fn offset_at(&self, second: &Expression, table: &str) -> Expression {
        let column = |name: String| Expression::column_of(table, name);
        let arms = (1..=self.changes).rev().map(|change| {
            let at = column(format!("zone_change_{change}"));
            (
                second.clone().at_least(at),
                column(format!("zone_ahead_{change}")),
            )
        });
        Expression::case(arms, column("zone_ahead".to_owned()))
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
    fn offset(offsets: &Offsets, second: i64) -> Option<i64> {
        let table = match offsets {
            Offsets::Fixed(offset) => return Some(*offset),
            Offsets::Table(table) => table,
        };
        let number = (second + PIECE_OF_1970 * PIECE) / PIECE;
        let row = table.rows.iter().find(|row| row.number == number)?;
        let changes = row.changes.iter().rev();
        let in_force = changes.clone().find(|(at, _)| second >= *at);
        Some(in_force.map_or(row.offset, |(_, offset)| *offset))
    }

    #[test]
    fn a_zone_without_changes_needs_no_rows() {
        for (name, offset) in [("UTC", 0), ("Asia/Kolkata", 19_800), ("Etc/GMT+5", -18_000)] {
            let zone = Zone::named(name).expect("a zone");
            assert_eq!(
                Offsets::of_instants(&zone),
                Offsets::Fixed(offset),
                "{name}"
            );
            assert_eq!(
                Offsets::of_local_times(&zone),
                Offsets::Fixed(offset),
                "{name}"
            );
        }
    }

    #[test]
    fn a_zone_with_changes_has_a_row_for_each_piece_of_130_years() {
        let zone = Zone::named("Europe/Amsterdam").expect("a zone");
        let Offsets::Table(table) = Offsets::of_instants(&zone) else {
            panic!("its clocks change");
        };
        let literal = table.literal();
        assert_eq!(literal.rows.len(), 491);
        let names: Vec<&str> = literal.columns.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            names,
            ["zone_piece", "zone_ahead", "zone_change_1", "zone_ahead_1"]
        );
        assert!(literal.rows.iter().all(|row| row.len() == 4));
    }

    #[test]
    fn around_every_change_the_rows_say_what_the_zone_does() {
        for name in ZONES {
            let zone = Zone::named(name).expect("a zone");
            let (instants, local) = (Offsets::of_instants(&zone), Offsets::of_local_times(&zone));
            let changes: Vec<i64> = zone.stretches().map(|(start, _)| start).collect();
            for change in changes
                .into_iter()
                .filter(|at| (0..4_102_444_800).contains(at))
            {
                for step in -100..100 {
                    agrees(&zone, &instants, &local, change + step * 900);
                }
            }
        }
    }

    fn agrees(zone: &Zone, instants: &Offsets, local: &Offsets, second: i64) {
        let name = zone.name();
        let theirs = zone.offset_seconds(Instant::from_micros(second * 1_000_000));
        assert_eq!(
            offset(instants, second),
            Some(i64::from(theirs)),
            "{name} {second}"
        );
        let day = Day::from_days(i32::try_from(second.div_euclid(86_400)).expect("a day"));
        let theirs = zone.instant(day, second.rem_euclid(86_400) * 1_000_000);
        let ours = offset(local, second).map(|offset| (second - offset) * 1_000_000);
        assert_eq!(ours, Some(theirs.micros()), "{name} local {second}");
    }

    proptest! {
        #[test]
        fn at_any_time_the_rows_say_what_the_zone_does(name in prop::sample::select(&ZONES[..]), seconds in prop::collection::vec(0_i64..4_102_444_800, 100)) {
            let zone = Zone::named(name).expect("a zone");
            let (instants, local) = (Offsets::of_instants(&zone), Offsets::of_local_times(&zone));
            for second in seconds {
                agrees(&zone, &instants, &local, second);
            }
        }
    }
}
