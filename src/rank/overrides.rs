//! What people set by hand after an important conversation: scores, temperatures, and leads to leave alone.
//!
//! An override comes from a file or from columns of the export; for one action the file replaces the column. It never
//! hides what the model computed: the ledger shows it as a line of its own.

use std::collections::HashMap;
use std::fmt;

use crate::engine::ContactScope;
use crate::model::condition::Scope;
use crate::model::{Model, OverrideColumns, Score};
use crate::value::{Day, Points};

/// One override.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Override {
    /// What it does.
    pub action: Action,
    /// The last day on which it counts; for ever if absent.
    pub until: Option<Day>,
    /// Who says so; may be empty.
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
}

/// What an override does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Sets the temperature, by its number.
    Temperature(usize),
    /// Sets the score.
    Score(Points),
    /// Adds to the score.
    Add(Points),
    /// Holds the score at least here.
    Floor(Points),
    /// Holds the score at most here.
    Ceiling(Points),
    /// Takes the lead out.
    Exclude,
}

impl Action {
    /// The names of all actions, as files spell them.
    pub const NAMES: [&'static str; 6] =
        ["temperature", "score", "add", "floor", "ceiling", "exclude"];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Temperature(_) => "temperature",
            Self::Score(_) => "score",
            Self::Add(_) => "add",
            Self::Floor(_) => "floor",
            Self::Ceiling(_) => "ceiling",
            Self::Exclude => "exclude",
        }
    }

    /// What it sets, in words.
    fn describe(self, model: &Model) -> String {
        match self {
            Self::Temperature(number) => format!("temperature {}", model.temperatures[number].name),
            Self::Score(points) => format!("score {points}"),
            Self::Add(points) => format!("add {points}"),
            Self::Floor(points) => format!("at least {points}"),
            Self::Ceiling(points) => format!("at most {points}"),
            Self::Exclude => Model::EXCLUDED.to_owned(),
        }
    }
}

impl Override {
    /// Whether it counts on a day.
    pub fn is_in_force(&self, today: Day) -> bool {
        self.until.is_none_or(|until| today <= until)
    }

    /// The override in words: `temperature hot until 2026-12-01 by anna: spoke on the phone`.
    pub fn describe(&self, model: &Model) -> String {
        use fmt::Write;
        let mut text = self.action.describe(model);
        // Writing into a string cannot fail.
        if let Some(until) = self.until {
            let _ = write!(text, " until {until}");
        }
        if !self.by.is_empty() {
            let _ = write!(text, " by {}", self.by);
        }
        if !self.reason.is_empty() {
            let _ = write!(text, ": {}", self.reason);
        }
        text
    }
}

/// The overrides of a file, by the ids of contacts.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    by_id: HashMap<String, Vec<Override>>,
    /// How many more are no longer in force.
    pub expired: u64,
}

impl Overrides {
    /// None yet, beside those that are no longer in force.
    pub fn new(expired: u64) -> Self {
        Self {
            by_id: HashMap::new(),
            expired,
        }
    }

    /// Adds one for the contact with an id.
    pub fn add(&mut self, id: String, one: Override) {
        self.by_id.entry(id).or_default().push(one);
    }

    /// Those of a contact.
    pub fn of(&self, id: &str) -> &[Override] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// How many contacts have one.
    pub fn contacts(&self) -> u64 {
        self.by_id.len() as u64
    }
}

/// The number of a temperature called so, by its name or by its tag, whatever its capitals.
pub fn temperature_called(model: &Model, name: &str) -> Option<usize> {
    let name = name.trim();
    model.temperatures.iter().position(|temperature| {
        let tag = temperature.tag.as_deref();
        std::iter::once(temperature.name.as_str())
            .chain(tag)
            .any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The overrides of a lead that are in force, and whether a cell names a temperature that the model does not have.
pub(super) fn in_force(
    model: &Model,
    file: &[Override],
    scope: &ContactScope<'_>,
) -> (Vec<Override>, bool) {
    let today = scope.today();
    let mut all: Vec<Override> = file.to_vec();
    let mut is_unknown = false;
    if let Some(columns) = &model.overrides {
        let (in_columns, unknown) = of_columns(model, columns, scope);
        is_unknown = unknown;
        let is_in_file = |one: &Override| {
            file.iter()
                .any(|known| known.action.name() == one.action.name())
        };
        all.extend(in_columns.into_iter().filter(|one| !is_in_file(one)));
    }
    all.retain(|one| one.is_in_force(today));
    // Whatever the order of the file's rows.
    all.sort_by(|a, b| {
        let key = |one: &Override| (one.action, one.until);
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.by, &a.reason).cmp(&(&b.by, &b.reason)))
    });
    (all, is_unknown)
}

/// The overrides in a contact's own cells.
fn of_columns(
    model: &Model,
    columns: &OverrideColumns,
    scope: &ContactScope<'_>,
) -> (Vec<Override>, bool) {
    let mut is_unknown = false;
    let named = columns.temperature.and_then(|slot| scope.cell(slot));
    let temperature = named.and_then(|name| {
        let number = temperature_called(model, name);
        is_unknown = number.is_none();
        number.map(Action::Temperature)
    });
    let points = |reading: Option<usize>, action: fn(Points) -> Action| {
        let number = scope.number(reading?)?;
        Some(action(Points::whole(1).for_units(number)))
    };
    let exclude = columns
        .exclude
        .and_then(|reading| scope.yes_no(reading))
        .and_then(|yes| yes.then_some(Action::Exclude));
    let actions = [
        temperature,
        points(columns.score, Action::Score),
        points(columns.add, Action::Add),
        points(columns.floor, Action::Floor),
        points(columns.ceiling, Action::Ceiling),
        exclude,
    ];
    let until = match columns.until {
        Some((slot, reading)) if scope.cell(slot).is_some() => match scope.day(reading) {
            Some(day) => Some(day),
            // An end that cannot be read is no reason to let something count for ever.
            None => return (Vec::new(), is_unknown),
        },
        _ => None,
    };
    let text = |slot: Option<usize>| {
        let cell = slot.and_then(|slot| scope.cell(slot));
        cell.unwrap_or_default().to_owned()
    };
    let overrides = actions.into_iter().flatten().map(|action| Override {
        action,
        until,
        by: text(columns.by),
        reason: text(columns.reason),
    });
    (overrides.collect(), is_unknown)
}

/// What overrides make of a computed total, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Overridden {
    /// What each override of the score gave or took, by its place in the list.
    pub steps: Vec<(usize, Points)>,
    /// What the score's bounds then gave or took.
    pub bounds_change: Points,
    /// The total after all of them.
    pub total: Points,
}

/// Applies overrides, which stand in the order of their actions: set, add, floor, ceiling.
pub(super) fn apply(computed: Points, overrides: &[Override], score: &Score) -> Overridden {
    let mut total = computed;
    let mut steps = Vec::new();
    for (place, one) in overrides.iter().enumerate() {
        let after = match one.action {
            Action::Temperature(_) | Action::Exclude => continue,
            Action::Score(points) => points,
            Action::Add(points) => total + points,
            Action::Floor(points) => total.max(points),
            Action::Ceiling(points) => total.min(points),
        };
        steps.push((place, after - total));
        total = after;
    }
    // What nobody overrides is within the bounds already.
    let bounded = score.bounded(total);
    Overridden {
        steps,
        bounds_change: bounded - total,
        total: bounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(action: Action) -> Override {
        Override {
            action,
            until: None,
            by: String::new(),
            reason: String::new(),
        }
    }

    fn model() -> Model {
        let text = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n";
        Model::parse("model.toml", text).expect("a valid model")
    }

    fn after(actions: &[Action]) -> (i64, Vec<i64>, i64) {
        let mut overrides: Vec<Override> = actions.iter().copied().map(set).collect();
        overrides.sort_by_key(|one| one.action);
        let done = apply(Points::whole(40), &overrides, &model().score);
        let whole = |points: Points| points.thousandths() / 1_000;
        let steps = done.steps.iter().map(|(_, points)| whole(*points));
        (
            whole(done.total),
            steps.collect(),
            whole(done.bounds_change),
        )
    }

    #[test]
    fn a_score_is_set_then_added_to_then_held_between_floor_and_ceiling() {
        let p = Points::whole;
        assert_eq!(after(&[Action::Add(p(10))]), (50, vec![10], 0));
        assert_eq!(
            after(&[Action::Add(p(10)), Action::Score(p(70))]),
            (80, vec![30, 10], 0)
        );
        assert_eq!(
            after(&[Action::Ceiling(p(60)), Action::Score(p(70))]),
            (60, vec![30, -10], 0)
        );
        assert_eq!(
            after(&[Action::Floor(p(55)), Action::Floor(p(50))]),
            (55, vec![10, 5], 0)
        );
        assert_eq!(
            after(&[Action::Exclude, Action::Temperature(0)]),
            (40, vec![], 0)
        );
    }

    #[test]
    fn no_override_leaves_the_bounds_of_the_score() {
        assert_eq!(
            after(&[Action::Score(Points::whole(170))]),
            (100, vec![130], -70)
        );
        assert_eq!(
            after(&[Action::Add(Points::whole(-70))]),
            (0, vec![-70], 30)
        );
    }

    #[test]
    fn an_override_counts_to_the_end_of_its_last_day() {
        let day = |text| Day::parse(text).expect("a day");
        let mut one = set(Action::Exclude);
        one.until = Some(day("2026-11-01"));
        assert!(one.is_in_force(day("2026-11-01")));
        assert!(!one.is_in_force(day("2026-11-02")));
        one.until = None;
        assert!(one.is_in_force(day("2099-01-01")));
    }

    #[test]
    fn an_override_says_what_until_when_by_whom_and_why() {
        let mut one = set(Action::Temperature(0));
        assert_eq!(one.describe(&model()), "temperature hot");
        one.until = Day::parse("2026-12-01");
        one.by = "anna@example.com".to_owned();
        one.reason = "spoke on the phone".to_owned();
        assert_eq!(
            one.describe(&model()),
            "temperature hot until 2026-12-01 by anna@example.com: spoke on the phone"
        );
    }

    #[test]
    fn a_temperature_goes_by_its_name_or_its_tag() {
        let model = model();
        assert_eq!(temperature_called(&model, " HOT "), Some(0));
        assert_eq!(temperature_called(&model, "warm lead"), Some(1));
        assert_eq!(temperature_called(&model, "tepid"), None);
    }
}
