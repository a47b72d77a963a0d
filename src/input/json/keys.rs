//! Which slots the keys of a JSON record fill.

use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use hashbrown::hash_map::EntryRef;

use crate::input::binding::{Binding, LateKeys};

/// How many keys are remembered. Any beyond are asked for again whenever they occur, with the same outcome.
const REMEMBERED: usize = 10_000;

/// A slot that a key fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub slot: usize,
    /// Of several keys in a record the lowest rank fills the slot.
    pub rank: usize,
}

/// Dotted keys and the slots they fill.
pub(super) struct Keys {
    /// Only looked up, never walked.
    known: HashMap<String, Vec<Target>, FixedState>,
    late: Option<Arc<LateKeys>>,
    /// The slots of a key that is not remembered.
    forgotten: Vec<Target>,
}

impl Keys {
    /// The keys that are headers, and the rest by what the binding tells of late ones.
    pub fn new(headers: &[String], binding: &Binding) -> Self {
        let mut fed = vec![None; binding.slots()];
        for (header, slot) in binding.headers() {
            fed[*slot] = Some(*header);
        }
        let mut known: HashMap<String, Vec<Target>, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(0));
        // A header that feeds nothing is known too: it was there when the headers were chosen.
        for header in headers {
            known.entry_ref(header.as_str()).or_default();
        }
        for (slot, header) in fed.into_iter().enumerate() {
            if let Some(header) = header {
                let slots = known.entry_ref(headers[header].as_str()).or_default();
                slots.push(Target { slot, rank: 0 });
            }
        }
        Self {
            known,
            late: binding.late_keys().map(Arc::clone),
            forgotten: Vec::new(),
        }
    }

    /// The slots that `key` fills.
    pub fn slots_of(&mut self, key: &str) -> &[Target] {
        let full = self.known.len() >= REMEMBERED;
        match (self.known.entry_ref(key), &self.late) {
            (EntryRef::Occupied(known), _) => known.into_mut(),
            (EntryRef::Vacant(_), None) => &[],
            (EntryRef::Vacant(unknown), Some(late)) => {
                let targets = late(key).into_iter();
                let targets = targets.map(|(slot, rank)| Target { slot, rank }).collect();
                if full {
                    self.forgotten = targets;
                    &self.forgotten
                } else {
                    unknown.insert(targets)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_late_key_is_asked_for_once_and_a_header_never() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let mut binding = Binding::new(2);
        binding.bind(0, 1);
        binding.late(Arc::new(move |key| {
            count.fetch_add(1, Ordering::Relaxed);
            if key == "City" {
                vec![(0, 2)]
            } else {
                Vec::new()
            }
        }));
        let mut keys = Keys::new(&["id".to_owned(), "name".to_owned()], &binding);
        for _ in 0..3 {
            assert_eq!(keys.slots_of("id"), [Target { slot: 1, rank: 0 }]);
            assert_eq!(keys.slots_of("name"), []);
            assert_eq!(keys.slots_of("City"), [Target { slot: 0, rank: 2 }]);
            assert_eq!(keys.slots_of("zip"), []);
        }
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn keys_beyond_those_remembered_are_found_as_well() {
        let mut binding = Binding::new(1);
        binding.late(Arc::new(|key| vec![(0, key.len())]));
        let mut keys = Keys::new(&[], &binding);
        for number in 0..REMEMBERED + 10 {
            let key = number.to_string();
            let target = Target {
                slot: 0,
                rank: key.len(),
            };
            assert_eq!(keys.slots_of(&key), [target]);
        }
        assert_eq!(keys.known.len(), REMEMBERED);
    }
}
