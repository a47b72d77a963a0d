//! The events of a run, read a second time: which types there are, what stands in their columns, how far back they go.
//!
//! Scoring keeps nothing of single events, and a run that only scores should not pay for what lints want to know.

use std::collections::HashMap;
use std::sync::Arc;

use super::ColumnSeen;
use crate::diagnostic::Report;
use crate::input::{Binding, Opened, Options, Row, Table};
use crate::model::{Cells, Model};
use crate::plan::{Bound, Export, Kind, Plan, bind, late_slots};
use crate::preset;
use crate::value::{
    DateOrder, Day, DecimalSign, OrderEvidence, TimeError, TimeReader, order_evidence,
};

/// The files of a run's events, opened anew, and how they are read.
pub struct EventFiles<'f> {
    /// The files.
    pub opened: Vec<Opened>,
    /// How they are read.
    pub options: Options,
    /// Called with the number of bytes read.
    pub progress: &'f dyn Fn(usize),
}

/// What was seen of the events.
#[derive(Debug)]
pub(in crate::lint) struct EventsSeen {
    /// How many events of each type that signals use.
    pub kinds: Vec<u64>,
    /// For each of these types, how many cells of each slot say nothing.
    pub blanks: Vec<Vec<u64>>,
    /// What stands in each slot in events of these types.
    pub columns: Vec<ColumnSeen>,
    /// The day of the oldest event of any type.
    pub oldest: Option<Day>,
}

/// Reads all files.
pub(super) fn read(plan: &Plan, files: EventFiles<'_>) -> Result<EventsSeen, Report> {
    let model = &plan.model;
    let slots = model.events.columns.entries().len();
    let mut reader = Reader {
        plan,
        shape: None,
        spellings: HashMap::new(),
        oldest: Oldest::new(model),
        seen: EventsSeen {
            kinds: vec![0; model.events.types.len()],
            blanks: vec![vec![0; slots]; model.events.types.len()],
            columns: vec![ColumnSeen::default(); slots],
            oldest: None,
        },
    };
    for opened in files.opened {
        let options = Options {
            decimal_comma: model.events.cells.decimal == DecimalSign::Comma,
            kinds: vec![preset::Kind::Events],
            ..files.options.clone()
        };
        let mut table = Table::begin(opened, &options)?;
        reader.begin_file(table.preset());
        let mut parser = table.parser(binding(model, &table)?);
        while let Some(block) = table.next_block()? {
            // The run has refused, or passed over, what cannot be read.
            parser.parse(&block, |row| {
                if let Ok(row) = row {
                    reader.take(&row);
                }
            });
            (files.progress)(block.len());
        }
    }
    reader.seen.oldest = reader.oldest.day();
    Ok(reader.seen)
}

fn binding(model: &Model, table: &Table) -> Result<Arc<Binding>, Report> {
    let (source, spans) = table.header_source();
    let export = Export {
        name: &table.name,
        section: "events",
        headers: table.headers(),
        source: &source,
        spans: &spans,
        shape: table.preset(),
    };
    let columns = &model.events.columns;
    let bound: Bound = bind(columns, &model.source, &export)?;
    let mut binding = Binding::new(bound.headers.len());
    for (slot, header) in bound.headers.iter().enumerate() {
        if let Some(header) = header {
            binding.bind(*header, slot);
        }
    }
    binding.late(Arc::new(late_slots(
        columns,
        &bound,
        table.headers(),
        table.preset(),
    )));
    Ok(Arc::new(binding))
}

struct Reader<'p> {
    plan: &'p Plan,
    /// The known shape of the file at hand.
    shape: Option<&'static preset::Shape>,
    /// Types by the spelling of the cell, so that each is looked up once.
    spellings: HashMap<String, Option<usize>>,
    oldest: Oldest,
    seen: EventsSeen,
}

impl Reader<'_> {
    /// Goes on with a file of another shape.
    fn begin_file(&mut self, shape: Option<&'static preset::Shape>) {
        self.shape = shape;
        self.spellings.clear();
        self.oldest
            .read_as(&self.plan.model.events.cells.of_shape(shape));
    }

    fn take(&mut self, row: &Row<'_>) {
        let events = &self.plan.model.events;
        self.oldest.note(row.text(events.time));
        let cell = row.text(events.kind);
        let kind = match self.spellings.get(cell) {
            Some(kind) => *kind,
            None => {
                let kind = match self.plan.kinds.find_in(cell, self.shape) {
                    Kind::Used(kind) => Some(kind),
                    Kind::Unused(_) => None,
                };
                self.spellings.insert(cell.to_owned(), kind);
                kind
            }
        };
        let Some(kind) = kind else {
            return;
        };
        self.seen.kinds[kind] += 1;
        for (slot, column) in self.seen.columns.iter_mut().enumerate() {
            let cell = row.text(slot);
            if events.cells.blank.is_blank(cell.as_bytes()) {
                column.blank += 1;
                self.seen.blanks[kind][slot] += 1;
            } else {
                column.filled += 1;
                column.values.note(cell);
            }
        }
    }
}

/// The oldest day met, whichever of day and month turns out to come first.
struct Oldest {
    readers: [TimeReader; 2],
    days: [Option<Day>; 2],
    order: Option<DateOrder>,
}

impl Oldest {
    fn new(model: &Model) -> Self {
        let cells = &model.events.cells;
        let reader = |order| TimeReader {
            zone: Arc::clone(&model.zone),
            form: cells.time_form.clone(),
            order: Some(cells.date_order.unwrap_or(order)),
        };
        Self {
            readers: [reader(DateOrder::DayFirst), reader(DateOrder::MonthFirst)],
            days: [None; 2],
            order: cells.date_order,
        }
    }

    /// Reads the times of the next file as its cells are.
    fn read_as(&mut self, cells: &Cells) {
        for reader in &mut self.readers {
            reader.form = cells.time_form.clone();
        }
    }

    fn note(&mut self, cell: &str) {
        if self.order.is_none() {
            self.order = match order_evidence(cell) {
                OrderEvidence::DayFirst => Some(DateOrder::DayFirst),
                OrderEvidence::MonthFirst => Some(DateOrder::MonthFirst),
                _ => None,
            };
        }
        for (reader, oldest) in self.readers.iter().zip(&mut self.days) {
            let read: Result<Day, TimeError> = reader.read(cell).map(|at| reader.zone.day_of(at));
            if let Ok(day) = read {
                *oldest = Some(oldest.map_or(day, |oldest| oldest.min(day)));
            }
        }
    }

    fn day(&self) -> Option<Day> {
        match self.order {
            Some(DateOrder::MonthFirst) => self.days[1],
            _ => self.days[0],
        }
    }
}
