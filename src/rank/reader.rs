//! Leads read one after the other, each as far as somebody asks, into room that is used again for the next: a list of
//! a million leads allocates little more than one of a few.

use super::lead::{Lead, Upward};
use super::parts::Parts;
use super::standing::Standing;
use super::{Ranking, entries, grade, temperature};
use crate::engine::Ledger;

/// What is worked out from what the rules gave.
const OF_LEDGER: Parts = Parts::GROUPS
    .and(Parts::GRADE)
    .and(Parts::UPWARD)
    .and(Parts::LEDGER);

/// Reads leads of a ranking.
pub struct LeadReader<'r> {
    ranking: &'r Ranking,
    parts: Parts,
    cells: Vec<&'r str>,
    /// A ledger to be used again.
    ledger: Option<Ledger<'r>>,
    lead: Lead<'r>,
}

impl<'r> LeadReader<'r> {
    pub(super) fn new(ranking: &'r Ranking, parts: Parts) -> Self {
        Self {
            ranking,
            parts,
            cells: Vec::new(),
            ledger: None,
            lead: Lead::nobody(),
        }
    }

    /// The lead read last, taken out.
    pub(super) fn into_lead(self) -> Lead<'r> {
        self.lead
    }

    /// Reads the lead in a place, from 0.
    pub fn read(&mut self, place: usize) -> &Lead<'r> {
        let ranking = self.ranking;
        let parts = self.parts;
        let model = ranking.model();
        let lead = &mut self.lead;
        let standing = &ranking.standings[place];
        let contact = standing.contact as usize;
        let is_pursued = standing.disqualified.is_none();
        let temperature = &model.temperatures[usize::from(standing.temperature)];
        let computed = usize::from(standing.computed_temperature);
        let has_computed = standing.temperature == standing.computed_temperature;
        let shown = standing.total.rounded(model.score.decimals);
        let before = ranking.before(contact);
        let previous = before.and_then(|before| before.temperature);
        let overrides = ranking.overrides_of(contact);

        lead.rank = is_pursued.then_some(place as u64 + 1);
        lead.id = ranking.shown_id(contact);
        lead.score = shown;
        lead.temperature = &temperature.name;
        lead.tag = temperature.tag.as_deref();
        lead.color = temperature.color.as_deref();
        lead.action = temperature.action.as_deref().filter(|_| is_pursued);
        let stage = standing
            .stage
            .map(|stage| &model.stages[usize::from(stage)]);
        lead.stage = stage.map(|stage| stage.name.as_str());
        let route = standing
            .route
            .map(|route| &model.routes[usize::from(route)]);
        lead.route = route.map(|route| route.to.as_str());
        lead.assigned_to = route.filter(|route| !route.assign.is_empty()).map(|route| {
            let turn = standing.turn as usize % route.assign.len();
            route.assign[turn].as_str()
        });
        lead.is_kept =
            is_pursued && has_computed && shown < temperature.from && previous == Some(computed);
        lead.disqualified = standing.disqualified.map(|reason| reason.name(model));
        lead.last_event = standing.last_event;
        lead.computed_temperature = &model.temperatures[computed].name;
        lead.overrides.clear();
        let overridden = overrides.iter().map(|one| one.describe(model));
        lead.overrides.extend(overridden);
        lead.previous_score = before.and_then(|before| before.score);

        if parts.has(Parts::CHECKLIST) {
            lead.answer(model, standing.checklist);
        }
        if parts.has(Parts::HELD_BACK) {
            lead.held_back.clear();
            if is_pursued && has_computed {
                let by_score = temperature::by_score(model, shown, previous);
                let denied = by_score.min(computed)..computed;
                let held_back = temperature::held_back(model, denied, standing.checklist);
                lead.held_back.extend(held_back);
            }
        }
        if parts.has(Parts::PERSON.and(Parts::KEPT)) {
            self.read_person(contact);
        }
        if parts.has(OF_LEDGER) {
            self.read_ledger(standing, previous);
        }
        &self.lead
    }

    /// Reads what the contact's own cells tell.
    fn read_person(&mut self, contact: usize) {
        let ranking = self.ranking;
        let person = &ranking.model().contacts.person;
        ranking.scoring.read_cells(contact, &mut self.cells);
        let cells = &self.cells;
        let cell = |slot: usize| ranking.scoring.known(cells[slot]);
        let lead = &mut self.lead;
        lead.name = ranking.shown_name(cell);
        lead.email = ranking.shown_email(contact, cell);
        lead.owner = cell(person.owner);
        lead.source = cell(person.source);
        lead.tags_before = cell(person.tags);
        lead.kept.clear();
        let kept = ranking.kept.iter();
        let kept = kept.map(|slot| ranking.kept_cell(contact, *slot, cells[*slot]));
        lead.kept.extend(kept);
    }

    /// Reads what the rules gave, and what follows from it.
    fn read_ledger(&mut self, standing: &Standing, previous: Option<usize>) {
        let ranking = self.ranking;
        let model = ranking.model();
        let contact = standing.contact as usize;
        let is_pursued = standing.disqualified.is_none();
        let lead = &mut self.lead;
        let used = lead.upward.take().map(|upward| upward.ledger);
        let mut ledger = used
            .or(self.ledger.take())
            .unwrap_or_else(|| Ledger::new(model));
        ranking.scoring.read_ledger(contact, &mut ledger);
        lead.groups.clear();
        let groups = model.groups.iter().enumerate();
        let groups = groups.map(|(group, of)| (of.name.as_str(), ledger.group(group)));
        lead.groups.extend(groups);
        lead.grade = if self.parts.has(Parts::GRADE) && is_pursued {
            Some(grade::of(model, &ledger)).filter(|grade| !grade.is_empty())
        } else {
            None
        };
        if self.parts.has(Parts::LEDGER) {
            lead.ledger.clear();
            let overrides = ranking.overrides_of(contact);
            let sum = entries::add(ranking, &ledger, overrides, lead);
            debug_assert_eq!(
                sum, lead.score,
                "every view of a score is one of its ledger"
            );
        }
        if is_pursued {
            lead.upward = Some(Upward {
                ledger,
                potential: &ranking.potential,
                checklist: standing.checklist,
                temperature: usize::from(standing.computed_temperature),
                previous,
            });
        } else {
            self.ledger = Some(ledger);
        }
    }
}
