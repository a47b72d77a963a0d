//! How the cells of a file of events are read, and in which order day and month stand in its dates.
//!
//! The order is decided for a column over all files, by all cells of it. Events are read by what the first blocks tell;
//! should the others tell otherwise, they are read once more.

use std::sync::Arc;

use super::cells::Lector;
use super::dates::{Order, OrderSoFar, may_be_numeric_date};
use super::source::Source;
use crate::diagnostic::{Kind, Report};
use crate::input::{Row, Rows};
use crate::plan::Plan;
use crate::preset::Shape;
use crate::value::{DateOrder, TimeForm, TimeReader};

/// How the cells of a file of events are read.
pub(super) struct Manner {
    pub times: TimeReader,
    pub lector: Lector,
}

impl Manner {
    /// The manner of a file of some known shape, as far as the order of day and month is known.
    pub fn of(plan: &Plan, shape: Option<&Shape>) -> Self {
        let model = &plan.model;
        let cells = &model.events.cells.of_shape(shape);
        Self {
            times: TimeReader {
                zone: Arc::clone(&model.zone),
                form: cells.time_form.clone(),
                order: cells.date_order,
            },
            lector: Lector::new(
                cells,
                model.events.columns.readings(),
                &model.zone,
                plan.as_of.day,
            ),
        }
    }

    /// The same for each file, its dates read in the orders that are known of the columns.
    pub fn of_all(plan: &Plan, sources: &[Source], dates: &[DateColumn]) -> Vec<Self> {
        let mut manners: Vec<Self> = sources
            .iter()
            .map(|source| Self::of(plan, source.table.preset()))
            .collect();
        for manner in &mut manners {
            for date in dates {
                match (date.order, date.reading) {
                    (None, _) => {}
                    (Some(order), Some(reading)) => manner.lector.settle(reading, order),
                    (Some(order), None) => manner.times.order = Some(order),
                }
            }
        }
        manners
    }
}

/// A column whose cells are read as dates, and whether day or month comes first in it, which the model does not say.
pub(super) struct DateColumn {
    /// The number of its reading; none for the times.
    reading: Option<usize>,
    /// The columns that are read so together.
    slots: Vec<usize>,
    /// What is known of the order.
    pub order: Option<DateOrder>,
}

impl DateColumn {
    /// All of them.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let events = &plan.model.events;
        if events.cells.date_order.is_some() {
            return Vec::new();
        }
        let times = Self {
            reading: None,
            slots: vec![events.time],
            order: None,
        };
        let lector = Manner::of(plan, None).lector;
        let others = lector.day_readings().map(|reading| Self {
            reading: Some(reading),
            slots: events.columns.columns_of_reading(reading).collect(),
            order: None,
        });
        std::iter::once(times).chain(others).collect()
    }

    /// Whether these are the times of the events.
    pub fn is_of_times(&self) -> bool {
        self.reading.is_none()
    }

    /// Takes a row into account that is read in some manner.
    pub fn note(&self, file: usize, row: &Row<'_>, manner: &Manner, told: &mut Told) {
        let so_far = if self.is_of_times() && manner.times.form != TimeForm::Recognised {
            &mut told.beside_a_form
        } else {
            &mut told.as_recognised
        };
        for cell in self.slots.iter().map(|slot| row.text(*slot)) {
            if may_be_numeric_date(cell.as_bytes()) && !manner.lector.is_blank(cell) {
                so_far.note_at(cell, || Some((file, row.line())));
            }
        }
    }

    /// The same for the rows of a batch.
    pub fn note_all(&self, file: usize, rows: &Rows<'_>, manner: &Manner, told: &mut Told) {
        for column in self.slots.iter().map(|slot| rows.column(*slot)) {
            for place in 0..rows.len() {
                if may_be_numeric_date(column.cell(place)) {
                    self.note(file, &rows.row(place), manner, told);
                }
            }
        }
    }

    /// The order that all cells together tell, if there is any such date.
    ///
    /// # Errors
    /// A report that names the setting, where they do not tell.
    pub fn settled(
        &self,
        plan: &Plan,
        told: Told,
        names: &[String],
    ) -> Result<Option<DateOrder>, Report> {
        let column = &plan.model.events.columns.entries()[self.slots[0]];
        let (order, so_far) = told.order();
        let settled = order.settled(&column.name, "events");
        settled.map_err(|refusal| {
            let places = so_far.places().into_iter();
            let list = places.map(|((file, line), what)| format!("{}:{line}: {what}", names[file]));
            let refusal = Box::new(refusal.list(list.collect()));
            Report::new(
                Kind::Data,
                match &column.span {
                    Some(span) => {
                        refusal.at(&plan.model.source, span.clone(), "read as a date here")
                    }
                    None => *refusal,
                },
            )
        })
    }
}

/// What the cells of a column of dates tell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told {
    as_recognised: OrderSoFar,
    /// Those of files whose shape says how times are usually written, and which are written otherwise: they have the
    /// least to tell.
    beside_a_form: OrderSoFar,
}

impl Told {
    /// Takes the cells into account that another has met.
    pub fn merge(&mut self, other: Self) {
        self.as_recognised.merge(other.as_recognised);
        self.beside_a_form.merge(other.beside_a_form);
    }

    /// The order, and what it follows from.
    fn order(mut self) -> (Order, OrderSoFar) {
        if let Order::None | Order::Ambiguous = self.as_recognised.order() {
            self.as_recognised.merge(self.beside_a_form);
        }
        (self.as_recognised.order(), self.as_recognised)
    }
}

/// Reads ahead until what has been seen of each column tells, which where there are such dates at all is mostly in the
/// first block. What follows may tell otherwise: that is known when all has been read.
pub(super) fn guess_orders(
    plan: &Plan,
    sources: &mut [Source],
    dates: &mut [DateColumn],
) -> Result<(), Report> {
    if dates.is_empty() {
        return Ok(());
    }
    let mut told = vec![Told::default(); dates.len()];
    'reading: for (file, source) in sources.iter_mut().enumerate() {
        let manner = Manner::of(plan, source.table.preset());
        let mut parser = source.table.parser(Arc::clone(&source.binding));
        while let Some(block) = source.table.next_block()? {
            parser.parse(&block, |row| {
                let Ok(row) = row else { return };
                for (date, told) in dates.iter().zip(&mut told) {
                    date.note(file, &row, &manner, told);
                }
            });
            source.ahead.push_back(block);
            let is_open = |told: &Told| told.order().0 == Order::Ambiguous;
            if !told.iter().any(is_open) {
                break 'reading;
            }
        }
    }
    let names = names_of(sources);
    for (date, told) in dates.iter_mut().zip(told) {
        date.order = date.settled(plan, told, &names)?;
    }
    Ok(())
}

/// The names of the files, by number.
pub(super) fn names_of(sources: &[Source]) -> Vec<String> {
    let names = sources.iter().map(|source| source.table.name.clone());
    names.collect()
}
