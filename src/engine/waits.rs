//! How long leads waited for our answers.
//!
//! A response, as rules know it, goes from the last question before an answer. Here the whole wait counts: whoever asks
//! twice has waited since the first time.

use super::accumulate::STRETCH;
use super::kept::{ASKS, Kept};
use crate::value::Instant;

/// One time that a lead waited: from the first thing it asked to our next answer, however often it asked in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// When it asked.
    pub asked: Instant,
    /// When we answered; none up to as-of.
    pub answered: Option<Instant>,
}

/// The waits of neighbouring contacts.
#[derive(Debug, Default)]
pub(super) struct StretchWaits {
    /// Those of all its contacts, one after the other.
    waits: Vec<Wait>,
    /// For each contact up to the last that has any: where its waits end, and when we last touched it.
    contacts: Vec<(u32, Option<Instant>)>,
}

impl StretchWaits {
    /// Works out the waits from what was kept of questions and answers.
    pub(super) fn of(turns: Kept) -> Self {
        let mut all = Self::default();
        turns.turns(|place, turns| {
            all.fill_up_to(place);
            let mut asked: Option<Instant> = None;
            let mut last_touch = None;
            for (micros, side) in turns {
                let instant = Instant::from_micros(micros);
                if side == ASKS {
                    asked.get_or_insert(instant);
                    continue;
                }
                last_touch = Some(instant);
                all.waits.extend(asked.take().map(|asked| Wait {
                    asked,
                    answered: Some(instant),
                }));
            }
            all.waits.extend(asked.map(|asked| Wait {
                asked,
                answered: None,
            }));
            all.contacts.push((all.end(), last_touch));
        });
        all
    }

    /// Contacts without turns, up to one that has some.
    fn fill_up_to(&mut self, place: usize) {
        let end = self.end();
        self.contacts.resize(place, (end, None));
    }

    fn end(&self) -> u32 {
        u32::try_from(self.waits.len()).expect("a stretch of contacts has fewer than 2^32 waits")
    }

    fn of_place(&self, place: usize) -> &[Wait] {
        let Some((end, _)) = self.contacts.get(place) else {
            return &[];
        };
        let before = place
            .checked_sub(1)
            .map_or(0, |before| self.contacts[before].0);
        &self.waits[before as usize..*end as usize]
    }
}

/// The waits of all contacts.
#[derive(Debug)]
pub(super) struct Waits(Vec<StretchWaits>);

impl Waits {
    pub(super) fn new(stretches: Vec<StretchWaits>) -> Self {
        Self(stretches)
    }

    /// The times a contact waited, the oldest first.
    pub(super) fn of(&self, contact: usize) -> &[Wait] {
        let stretch = self.0.get(contact / STRETCH);
        stretch.map_or(&[], |stretch| stretch.of_place(contact % STRETCH))
    }

    /// When we last did something that answers, whether it was asked for or not.
    pub(super) fn last_touch(&self, contact: usize) -> Option<Instant> {
        let stretch = self.0.get(contact / STRETCH)?;
        stretch.contacts.get(contact % STRETCH)?.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kept::ANSWERS;
    use crate::model::{Measure, Take};

    const MINUTE: i64 = 60_000_000;

    fn waits(turns: &[(u16, i64, u64)]) -> Waits {
        let measure = Measure::Response {
            from: vec![0],
            to: vec![1],
            take: Take::Median,
        };
        let mut kept = Kept::of(&measure).expect("responses keep turns");
        for (place, minute, side) in turns {
            kept.turn(*place, minute * MINUTE, *side);
        }
        Waits::new(vec![StretchWaits::of(kept)])
    }

    fn at(minute: i64) -> Instant {
        Instant::from_micros(minute * MINUTE)
    }

    fn wait(asked: i64, answered: Option<i64>) -> Wait {
        Wait {
            asked: at(asked),
            answered: answered.map(at),
        }
    }

    #[test]
    fn whoever_asks_twice_has_waited_since_the_first_time() {
        let waits = waits(&[(0, 5, ASKS), (0, 9, ASKS), (0, 30, ANSWERS), (0, 40, ASKS)]);
        assert_eq!(waits.of(0), [wait(5, Some(30)), wait(40, None)]);
        assert_eq!(waits.last_touch(0), Some(at(30)));
    }

    #[test]
    fn what_we_do_unasked_is_a_touch_and_ends_no_wait() {
        let waits = waits(&[(3, 1, ANSWERS), (3, 2, ANSWERS)]);
        assert_eq!(waits.of(3), []);
        assert_eq!(waits.last_touch(3), Some(at(2)));
    }

    #[test]
    fn contacts_keep_to_their_own_waits_whatever_the_order_of_turns() {
        let last = u16::try_from(STRETCH - 1).expect("a small number");
        let waits = waits(&[
            (last, 8, ANSWERS),
            (2, 7, ASKS),
            (last, 1, ASKS),
            (5, 3, ASKS),
        ]);
        assert_eq!(waits.of(0), []);
        assert_eq!(waits.of(2), [wait(7, None)]);
        assert_eq!(waits.of(3), []);
        assert_eq!(waits.of(5), [wait(3, None)]);
        assert_eq!(waits.of(STRETCH - 1), [wait(1, Some(8))]);
        assert_eq!(waits.last_touch(2), None);
        assert_eq!(waits.of(STRETCH), []);
    }

    #[test]
    fn an_answer_at_the_instant_of_the_question_answers_it() {
        let waits = waits(&[(0, 4, ANSWERS), (0, 4, ASKS)]);
        assert_eq!(waits.of(0), [wait(4, Some(4))]);
    }
}
