//! A plan lowered to the tree of a query: one step after the other, in the order of the model and under its own words.
//!
//! The contacts' table becomes one row for each lead, to which every step adds columns; the events' table becomes
//! signals, which are joined to the leads. What is known of a lead so far is in `lead.rs`.

mod amounts;
mod as_of;
mod asked;
mod beside;
mod by_hand;
mod civil;
mod contacts;
mod decay;
mod events;
mod labels;
mod lead;
mod ledger;
mod limit;
mod measures;
mod names;
mod points;
mod previous;
mod reasons;
mod response;
mod result;
mod score;
mod shown;
mod signals;
mod turns;

use std::cell::RefCell;
use std::ops::Range;

use super::condition::{Slots, condition};
use super::dialect::Dialect;
use super::expression::Expression;
use super::read::{Cells, TableLayout};
use super::relation::{Item, Join, Query, Rows, Select, Source, Step, TableName};
use super::zone::{Offsets, Table as OffsetRows};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::model::Model;
use crate::model::columns::Columns;
use crate::model::condition::Condition;
use crate::plan::Plan;
use amounts::Amounts;
use as_of::Told;
use lead::Lead;
use names::Names;

/// A table that takes the place of an export.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is called.
    pub name: TableName,
    /// Which of its columns are those that the model speaks of.
    pub layout: TableLayout,
}

impl Table {
    /// Whether it has a column for a slot.
    pub fn has(&self, slot: usize) -> bool {
        self.layout.columns.get(slot).is_some_and(Option::is_some)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The model and the instant to look back from.
    pub plan: &'r Plan,
    /// The table of contacts.
    pub contacts: &'r Table,
    /// The table of events; without one nobody did anything.
    pub events: Option<&'r Table>,
    /// The table of what people set by hand.
    pub overrides: Option<&'r TableName>,
    /// The table that holds the list of an earlier run.
    pub previous: Option<&'r TableName>,
    /// Whether that list has `computed_temperature`, as one has that was written with overrides.
    pub previous_has_computed: bool,
    /// Whether nobody asked for that instant, so that it is the end of the day on which the query is written.
    pub is_of_today: bool,
    /// The parameter that tells the date to look back from, instead of the plan.
    pub as_of_parameter: Option<&'r str>,
    /// The engine that is to run the query.
    pub dialect: &'r dyn Dialect,
    /// Columns of the result; all that the model fills if there are none.
    pub columns: &'r [String],
}

/// The query that gives the ranked list.
///
/// # Errors
/// Whatever the dialect cannot say exactly, with the place in the model that asks for it.
pub fn list(request: Request<'_>) -> Result<Query, Report> {
    let mut draft = Draft::new(request);
    let lead = scored(&mut draft);
    let (select, order) = result::list(&mut draft, lead);
    draft.query(select, order)
}

/// The query that gives the ledger of every lead, a row for each entry.
///
/// # Errors
/// See [`list`].
pub fn ledger(request: Request<'_>) -> Result<Query, Report> {
    let mut draft = Draft::new(request);
    let lead = scored(&mut draft);
    let (select, order) = ledger::rows(&mut draft, lead);
    draft.query(select, order)
}

/// Everything that is known of the leads, as steps.
fn scored<'r>(draft: &mut Draft<'r>) -> Lead<'r> {
    if let Some(parameter) = draft.request.as_of_parameter {
        draft.told = Some(as_of::read(draft, parameter));
    }
    let mut lead = contacts::read(draft);
    let events = draft.request.events;
    let events = events.map(|table| events::read(draft, table));
    signals::add(draft, &mut lead, events.as_ref());
    points::add(draft, &mut lead);
    score::add(draft, &mut lead);
    labels::add(draft, &mut lead);
    lead
}

/// A query in the making.
struct Draft<'r> {
    request: Request<'r>,
    steps: Vec<Step>,
    /// Names of steps; no step may be called like a table.
    names: Names,
    /// The date that a parameter tells.
    told: Option<Told>,
    /// The step with the offsets of the model's zone, once something asks for it.
    offsets: Option<String>,
    /// What conditions need and no step has yet.
    amounts: Amounts,
    problems: RefCell<Vec<Diagnostic>>,
    kind: Kind,
}

impl<'r> Draft<'r> {
    fn new(request: Request<'r>) -> Self {
        let exports = [Some(request.contacts), request.events]
            .into_iter()
            .flatten();
        let beside = [request.overrides, request.previous].into_iter().flatten();
        let tables = exports.map(|table| &table.name).chain(beside);
        let names = tables.filter_map(|table| match table {
            TableName::Parts(parts) => parts.last().cloned(),
            TableName::Verbatim(_) => None,
        });
        Self {
            names: Names::taken(names),
            request,
            steps: Vec::new(),
            told: None,
            offsets: None,
            amounts: Amounts::default(),
            problems: RefCell::default(),
            kind: Kind::Model,
        }
    }

    fn model(&self) -> &'r Model {
        &self.request.plan.model
    }

    /// The day from which ages are counted.
    fn today(&self) -> Expression {
        if self.told.is_some() {
            return Expression::column(Told::DAY);
        }
        Expression::Integer(i64::from(self.request.plan.as_of.day.days()))
    }

    /// The last microsecond that counts.
    fn as_of(&self) -> Expression {
        if self.told.is_some() {
            return Expression::column(Told::INSTANT);
        }
        Expression::Integer(self.request.plan.as_of.instant.micros())
    }

    /// What joins the date that a parameter tells.
    fn told(&self) -> Vec<Join> {
        self.told.iter().map(Told::join).collect()
    }

    /// Its columns, to go on with.
    fn told_items(&self) -> Vec<Item> {
        self.told.iter().flat_map(|_| Told::items()).collect()
    }

    /// Adds a step; gives its name.
    fn step(&mut self, name: &str, comments: Vec<String>, rows: Rows) -> String {
        let name = self.names.take(name);
        self.steps.push(Step {
            name: name.clone(),
            comments,
            rows,
        });
        name
    }

    /// Adds a step that selects from one step, or from several joined.
    fn select(&mut self, name: &str, comments: Vec<String>, select: Select) -> String {
        self.step(name, comments, Rows::Select(select))
    }

    /// Adds the steps that read the cells of a table; gives the last of them.
    fn cells(
        &mut self,
        (columns, cells): (&Columns, &Cells<'_>),
        table: &TableName,
        known_as: &str,
        name: &str,
        comments: Vec<String>,
    ) -> String {
        let mut from = Source::Table {
            written: table.clone(),
            known_as: known_as.to_owned(),
        };
        let mut comments = comments;
        let mut last = known_as.to_owned();
        for (number, reading) in cells.steps().into_iter().enumerate() {
            for (_, value) in &reading.columns {
                value.each(&mut |part| self.refuse_unknown_type(part));
            }
            let joins = reading.joins.into_iter().map(|joined| {
                let piece = Expression::column_of(&joined.known_as, OffsetRows::PIECE);
                Join {
                    keeps_all: true,
                    to: Source::StepAs {
                        step: self.offsets(),
                        known_as: joined.known_as,
                    },
                    on: vec![(joined.piece, piece)],
                }
            });
            let joins: Vec<Join> = joins.collect();
            let items = reading.columns.into_iter();
            let select = Select {
                // Of the table itself only what is asked for.
                all_of: if number == 0 { Vec::new() } else { vec![last] },
                items: items.map(|(name, value)| Item::new(name, value)).collect(),
                from,
                joins,
                ..Select::default()
            };
            last = self.select(name, std::mem::take(&mut comments), select);
            from = Source::Step(last.clone());
        }
        let entries = columns.entries();
        for unsaid in cells.unsaid() {
            let problem = Diagnostic::error("not-in-sql", unsaid.message).hint(unsaid.hint);
            let span = entries[unsaid.slot].span.clone();
            let what = String::new();
            self.cannot_say(problem, &Place { span, what });
        }
        last
    }

    /// Refuses what the engine has no type for.
    fn refuse_unknown_type(&self, part: &Expression) {
        if let Expression::Native(kind, column) = part
            && self.request.dialect.native(*kind, "").is_none()
            && let Expression::Column { name, .. } = &**column
        {
            let message = format!(
                "{} has no such type as is said of the column `{name}`",
                self.request.dialect.name()
            );
            let problem = Diagnostic::error("not-in-sql", message)
                .hint("leave the type out where the column holds the text of the export");
            self.cannot_say(problem, &Place::of(""));
        }
    }

    /// The step with the offsets of the model's zone.
    fn offsets(&mut self) -> String {
        if let Some(step) = &self.offsets {
            return step.clone();
        }
        let zone = &self.model().zone;
        let comments = vec![format!("{}: seconds ahead of UTC", zone.name())];
        let rows = match Offsets::of(zone) {
            Offsets::Table(table) => Rows::Literal(table.literal()),
            // Nothing joins the rows of a zone without changes.
            Offsets::Fixed(_) => Rows::Union(Vec::new()),
        };
        let step = self.step("zone_offsets", comments, rows);
        self.offsets = Some(step.clone());
        step
    }

    /// Adds a step with all columns of the step `from` and some more; none where there are no more. Gives the step to go
    /// on from.
    fn extended(
        &mut self,
        from: &str,
        name: &str,
        comments: Vec<String>,
        items: Vec<Item>,
    ) -> String {
        let from = self.with_amounts(from);
        if items.is_empty() {
            return from;
        }
        let select = Select {
            all_of: vec![from.clone()],
            items,
            from: Source::Step(from),
            ..Select::default()
        };
        self.select(name, comments, select)
    }

    /// A condition of the model; notes what of it cannot be said.
    fn condition(&self, when: &Condition, scope: &impl Scoped, place: &Place) -> Expression {
        let lowered = condition(when, scope.slots());
        let mut unsaid = scope.unsaid().take();
        let mut look = |part: &Expression| {
            if let Expression::Finds(_, pattern) | Expression::Matches(_, pattern) = part {
                unsaid.extend(self.request.dialect.lacks(pattern));
            }
        };
        scope.amounts().each_value(&mut look);
        lowered.each(&mut look);
        self.amounts.append(scope.amounts());
        for message in unsaid {
            let message = format!("{}: {message}", place.what);
            self.cannot_say(Diagnostic::error("not-in-sql", message), place);
        }
        lowered
    }

    fn cannot_say(&self, problem: Diagnostic, place: &Place) {
        let problem = match &place.span {
            Some(span) => problem.at(&self.model().source, span.clone(), ""),
            None => problem,
        };
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Notes a refusal.
    fn refuse(&mut self, report: Report) {
        self.kind = report.kind;
        self.problems.borrow_mut().extend(report.diagnostics);
    }

    /// The finished query, or everything that cannot be said.
    fn query(self, result: Select, order: Vec<super::expression::Order>) -> Result<Query, Report> {
        let diagnostics = self.problems.into_inner();
        if !diagnostics.is_empty() {
            return Err(Report {
                kind: self.kind,
                diagnostics,
            });
        }
        let plan = self.request.plan;
        let support = self.request.dialect.support();
        let model = &plan.model;
        let as_of = match self.request.as_of_parameter {
            Some(parameter) => format!("the date in the parameter {parameter}"),
            None => plan.as_of.write(&model.zone),
        };
        let comments = vec![
            format!("{}: leads, scored and ranked", model.title()),
            format!(
                "as of {as_of}{}, written by hotlist {} for {} ({}: {})",
                if self.request.is_of_today {
                    ", the day it was written"
                } else {
                    ""
                },
                env!("CARGO_PKG_VERSION"),
                self.request.dialect.name(),
                support.name(),
                support.describe()
            ),
        ];
        Ok(Query {
            comments,
            steps: self.steps,
            result,
            order,
        })
    }
}

/// What a condition of the model belongs to.
struct Place {
    span: Option<Range<usize>>,
    what: String,
}

impl Place {
    fn of(what: impl Into<String>) -> Self {
        Self {
            span: None,
            what: what.into(),
        }
    }

    fn at(span: &Range<usize>, what: impl Into<String>) -> Self {
        Self {
            span: Some(span.clone()),
            what: what.into(),
        }
    }
}

/// What conditions are lowered over.
trait Scoped {
    fn slots(&self) -> &dyn Slots;

    /// What could not be said so far.
    fn unsaid(&self) -> &RefCell<Vec<String>>;

    /// What the step before has to work out.
    fn amounts(&self) -> &Amounts;
}

impl Scoped for lead::Scope<'_, '_> {
    fn slots(&self) -> &dyn Slots {
        self
    }

    fn unsaid(&self) -> &RefCell<Vec<String>> {
        &self.unsaid
    }

    fn amounts(&self) -> &Amounts {
        &self.amounts
    }
}

impl Scoped for events::Scope<'_, '_> {
    fn slots(&self) -> &dyn Slots {
        self
    }

    fn unsaid(&self) -> &RefCell<Vec<String>> {
        &self.unsaid
    }

    fn amounts(&self) -> &Amounts {
        &self.amounts
    }
}
