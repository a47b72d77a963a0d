//! Which temperature is hotter than which.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::run::list::List;

/// Temperatures, the hottest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// Their names.
    pub names: Vec<String>,
    /// How many of them, from the first on, a model put in order.
    known: usize,
}

impl Heat {
    /// The temperatures in the lists: those that are `known` in their order, the others behind them, the higher the mean
    /// score of their leads the hotter. Disqualified leads tell nothing.
    pub fn of(lists: &[&List], known: &[String]) -> Self {
        let mut seen: BTreeMap<&str, (i128, i128)> = BTreeMap::new();
        for list in lists {
            for name in &list.temperatures {
                seen.entry(name).or_default();
            }
            for lead in &list.leads {
                let name = list.temperatures[lead.temperature].as_str();
                if !list.is_disqualified(lead)
                    && let Some((sum, count)) = seen.get_mut(name)
                {
                    *sum += i128::from(lead.score.thousandths());
                    *count += 1;
                }
            }
        }
        let mut names = known.to_vec();
        let mut others: Vec<(&str, (i128, i128))> = seen
            .into_iter()
            .filter(|(name, _)| !known.iter().any(|known| known == name))
            .collect();
        // Scores have three decimals, so that a mean to six more tells any two apart that are worth it.
        let mean = |(sum, count): (i128, i128)| (count > 0).then(|| sum * 1_000_000 / count);
        // The names stand in order, and the sort keeps it between equals.
        others.sort_by_key(|(_, scores)| Reverse(mean(*scores)));
        names.extend(others.into_iter().map(|(name, _)| name.to_owned()));
        Self {
            names,
            known: known.len(),
        }
    }

    /// For each temperature of a list its place here, 0 for the hottest.
    pub(super) fn places(&self, list: &List) -> Vec<usize> {
        let place = |name: &String| self.names.iter().position(|known| known == name);
        let places = list.temperatures.iter().map(place);
        places.map(|place| place.unwrap_or(usize::MAX)).collect()
    }

    /// The place of the hottest; none where there is a single one, which is neither hot nor cold.
    pub(super) fn hottest(&self) -> Option<usize> {
        (self.names.len() > 1).then_some(0)
    }

    /// How it is known which is hotter; nothing where a model says it of all.
    pub(super) fn note(&self) -> Option<String> {
        let guessed = &self.names[self.known.min(self.names.len())..];
        let names = self.names.join(", ");
        match (self.known, guessed.len()) {
            (_, 0) | (0, 1) => None,
            (0, _) => Some(format!(
                "Temperatures go by the mean score of their leads, the hottest first: {names}. With -m MODEL they go by the model."
            )),
            _ => Some(format!(
                "The model does not have the temperatures {}; in order of heat: {names}.",
                guessed.join(", ")
            )),
        }
    }
}
