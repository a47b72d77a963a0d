//! Who comes first: standings in the order of the list, sorted on all threads.

use std::cmp::{Ordering, Reverse};

use super::standing::Standing;
use crate::engine::{Contacts, spread};
use crate::value::Instant;

/// What decides a lead's place, as numbers that are compared without a look at the contact. Its id, as far as it begins
/// alike, decides between leads that differ in nothing else.
#[derive(Debug, Clone, Copy)]
struct Key {
    is_disqualified: bool,
    /// The number of the standing.
    standing: u32,
    /// Thousandths of a point.
    total: Reverse<i64>,
    /// Microseconds; the least number for a lead without events.
    last_event: Reverse<i64>,
    /// The first sixteen bytes of the id.
    id: [u64; 2],
}

impl Key {
    fn of(number: usize, standing: &Standing, contacts: &Contacts) -> Self {
        let mut id = [0; 16];
        for (byte, of_id) in id
            .iter_mut()
            .zip(contacts.id(standing.contact as usize).bytes())
        {
            *byte = of_id;
        }
        let (first, second) = id.split_at(8);
        let word = |half: &[u8]| {
            half.iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte))
        };
        Self {
            is_disqualified: standing.disqualified.is_some(),
            standing: u32::try_from(number).expect("contacts are numbered by 32 bits"),
            total: Reverse(standing.total.thousandths()),
            last_event: Reverse(standing.last_event.map_or(i64::MIN, Instant::micros)),
            id: [word(first), word(second)],
        }
    }

    fn numbers(&self) -> (bool, Reverse<i64>, Reverse<i64>, [u64; 2]) {
        (self.is_disqualified, self.total, self.last_event, self.id)
    }
}

/// The standings by total, then the newer last event, then the id in byte order; disqualified leads behind all others.
pub(super) fn ranked(standings: &[Standing], contacts: &Contacts, threads: usize) -> Vec<Standing> {
    let id = |key: &Key| contacts.id(standings[key.standing as usize].contact as usize);
    let compare = |a: &Key, b: &Key| {
        let numbers = a.numbers().cmp(&b.numbers());
        numbers.then_with(|| id(a).cmp(id(b)))
    };
    let share = standings.len().div_ceil(threads.max(1)).max(1);
    let parts = standings.chunks(share).enumerate().map(|(part, some)| {
        move || {
            let numbers = part * share..;
            let keys = numbers.zip(some);
            let keys = keys.map(|(number, standing)| Key::of(number, standing, contacts));
            let mut keys: Vec<Key> = keys.collect();
            keys.sort_unstable_by(compare);
            keys
        }
    });
    let keys = merged(spread(parts.collect()), &compare);
    let standing = |key: Key| standings[key.standing as usize];
    keys.into_iter().map(standing).collect()
}

/// One sorted list of several, merged two by two.
fn merged<T: Copy + Send + Sync>(
    mut lists: Vec<Vec<T>>,
    compare: &(impl Fn(&T, &T) -> Ordering + Sync),
) -> Vec<T> {
    while lists.len() > 1 {
        let pairs = lists.chunks(2).map(|pair| {
            move || match pair {
                [one, other] => merged_pair(one, other, compare),
                alone => alone.concat(),
            }
        });
        lists = spread(pairs.collect());
    }
    lists.pop().unwrap_or_default()
}

fn merged_pair<T: Copy>(
    mut one: &[T],
    mut other: &[T],
    compare: &impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    while let ([first, rest_of_one @ ..], [second, rest_of_other @ ..]) = (one, other) {
        if compare(second, first) == Ordering::Less {
            merged.push(*second);
            other = rest_of_other;
        } else {
            merged.push(*first);
            one = rest_of_one;
        }
    }
    merged.extend_from_slice(one);
    merged.extend_from_slice(other);
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorted_lists_merge_into_one(mut lists in prop::collection::vec(prop::collection::vec(0..50_u8, 0..20), 0..6)) {
            let mut expected: Vec<u8> = lists.concat();
            expected.sort_unstable();
            for list in &mut lists {
                list.sort_unstable();
            }
            prop_assert_eq!(merged(lists, &Ord::cmp), expected);
        }
    }
}
