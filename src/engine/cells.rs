//! Rows as conditions see them: cells read as numbers, days or yes and no, blanks as NULL.

use std::cell::Cell;

use crate::model::Cells as Manner;
use crate::model::condition::{Reading, Scope};
use crate::value::{DateOrder, Day, Number, Points, TimeReader, Zone, read_number, read_yes_no};
use std::sync::Arc;

/// How the cells of one kind of export are read in this run.
#[derive(Debug, Clone)]
pub(super) struct Lector {
    manner: Manner,
    readings: Vec<(usize, Reading)>,
    /// For each reading, how its column writes times.
    times: Vec<TimeReader>,
    /// For texts that are no cells.
    plain_times: TimeReader,
    today: Day,
}

/// What a cell gave when it was first read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Remembered {
    #[default]
    NotYet,
    Null,
    Number(Number),
    Day(Day),
    YesNo(bool),
}

impl Lector {
    pub(super) fn new(
        manner: &Manner,
        readings: &[(usize, Reading)],
        zone: &Arc<Zone>,
        today: Day,
    ) -> Self {
        let plain_times = TimeReader {
            zone: Arc::clone(zone),
            form: manner.time_form.clone(),
            order: manner.date_order,
        };
        Self {
            manner: manner.clone(),
            readings: readings.to_vec(),
            times: vec![plain_times.clone(); readings.len()],
            plain_times,
            today,
        }
    }

    /// Settles the order of day and month for one reading.
    pub(super) fn settle(&mut self, reading: usize, order: DateOrder) {
        self.times[reading].order = Some(order);
    }

    pub(super) fn readings(&self) -> &[(usize, Reading)] {
        &self.readings
    }

    pub(super) fn is_blank(&self, cell: &str) -> bool {
        self.is_blank_bytes(cell.as_bytes())
    }

    /// The same of the bytes of a cell.
    #[inline]
    pub(super) fn is_blank_bytes(&self, cell: &[u8]) -> bool {
        self.manner.blank.is_blank(cell)
    }

    /// Memory for what one row's cells gave.
    pub(super) fn memory(&self) -> Memory {
        Memory {
            remembered: vec![Cell::new(Remembered::NotYet); self.readings.len()],
            is_counted: vec![Cell::new(false); self.readings.len()],
            unreadable: vec![Cell::new(0); self.readings.len()],
        }
    }

    /// The columns' readings that are days.
    pub(super) fn day_readings(&self) -> impl Iterator<Item = usize> + '_ {
        let readings = self.readings.iter().enumerate();
        readings
            .filter(|(_, (_, reading))| *reading == Reading::Day)
            .map(|(number, _)| number)
    }

    fn read(&self, cell: &str, reading: usize) -> Remembered {
        let read = match self.readings[reading].1 {
            Reading::Number => read_number(cell, self.manner.decimal).map(Remembered::Number),
            Reading::Day => self.times[reading].read_day(cell).ok().map(Remembered::Day),
            Reading::YesNo => read_yes_no(cell).map(Remembered::YesNo),
        };
        read.unwrap_or(Remembered::Null)
    }
}

/// What the cells of the row at hand gave, and how many cells so far said something that could not be read.
pub(super) struct Memory {
    remembered: Vec<Cell<Remembered>>,
    /// Whether the row at hand is among the unreadable ones already.
    is_counted: Vec<Cell<bool>>,
    unreadable: Vec<Cell<u64>>,
}

impl Memory {
    /// Forgets the row, for the next one.
    pub(super) fn forget(&self) {
        for remembered in &self.remembered {
            remembered.set(Remembered::NotYet);
        }
        for is_counted in &self.is_counted {
            is_counted.set(false);
        }
    }

    /// Whether the row at hand could not be read.
    pub(super) fn is_counted(&self, reading: usize) -> bool {
        self.is_counted[reading].get()
    }

    /// Counts the row at hand as one that could not be read, once for each reading.
    fn count(&self, reading: usize) {
        if !self.is_counted[reading].replace(true) {
            let count = &self.unreadable[reading];
            count.set(count.get() + 1);
        }
    }

    /// For each reading, how many cells could not be read so.
    pub(super) fn unreadable(&self) -> Vec<u64> {
        self.unreadable.iter().map(Cell::get).collect()
    }
}

/// A row to take cells from.
pub(super) trait Row {
    /// The cell in a slot, empty where there is none.
    fn text(&self, slot: usize) -> &str;
}

impl Row for crate::input::Row<'_> {
    fn text(&self, slot: usize) -> &str {
        crate::input::Row::text(self, slot)
    }
}

impl Row for Vec<&str> {
    fn text(&self, slot: usize) -> &str {
        self[slot]
    }
}

/// The cells of one row with the manner in which they are read.
pub(super) struct RowScope<'r, R> {
    pub(super) row: &'r R,
    pub(super) lector: &'r Lector,
    pub(super) memory: &'r Memory,
}

// Derived, it would ask the row to be copied too.
impl<R> Clone for RowScope<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for RowScope<'_, R> {}

impl<R: Row> RowScope<'_, R> {
    /// What was read from a text, which counts as unreadable where there is nothing.
    fn counted<T>(&self, read: Option<T>, reading: Option<usize>) -> Option<T> {
        if let (None, Some(reading)) = (&read, reading) {
            self.memory.count(reading);
        }
        read
    }

    fn remembered(&self, reading: usize) -> Remembered {
        let remembered = self.memory.remembered[reading].get();
        if !matches!(remembered, Remembered::NotYet) {
            return remembered;
        }
        let cell = self.row.text(self.lector.readings[reading].0);
        let read = if self.lector.is_blank(cell) {
            Remembered::Null
        } else {
            let read = self.lector.read(cell, reading);
            if matches!(read, Remembered::Null) {
                self.memory.count(reading);
            }
            read
        };
        self.memory.remembered[reading].set(read);
        read
    }
}

impl<R: Row> Scope for RowScope<'_, R> {
    fn cell(&self, column: usize) -> Option<&str> {
        Some(self.row.text(column)).filter(|cell| !self.lector.is_blank(cell))
    }

    fn number(&self, reading: usize) -> Option<Number> {
        match self.remembered(reading) {
            Remembered::Number(number) => Some(number),
            _ => None,
        }
    }

    fn day(&self, reading: usize) -> Option<Day> {
        match self.remembered(reading) {
            Remembered::Day(day) => Some(day),
            _ => None,
        }
    }

    fn yes_no(&self, reading: usize) -> Option<bool> {
        match self.remembered(reading) {
            Remembered::YesNo(answer) => Some(answer),
            _ => None,
        }
    }

    fn number_from(&self, text: &str, reading: Option<usize>) -> Option<Number> {
        self.counted(read_number(text, self.lector.manner.decimal), reading)
    }

    fn day_from(&self, text: &str, reading: Option<usize>) -> Option<Day> {
        let times = reading.map_or(&self.lector.plain_times, |reading| {
            &self.lector.times[reading]
        });
        self.counted(times.read_day(text).ok(), reading)
    }

    fn yes_no_from(&self, text: &str, reading: Option<usize>) -> Option<bool> {
        self.counted(read_yes_no(text), reading)
    }

    fn today(&self) -> Day {
        self.lector.today
    }
}

/// A contact as conditions see it: its cells, its signals and, once they are known, its score, groups and labels.
#[derive(Clone, Copy)]
pub struct ContactScope<'r> {
    pub(super) cells: RowScope<'r, Vec<&'r str>>,
    pub(super) signals: &'r [Option<Number>],
    pub(super) groups: &'r [Points],
    pub(super) score: Points,
    pub(super) labels: Labels<'r>,
}

/// What a contact is called by its score, as far as that is settled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Labels<'r> {
    /// A bit for each checklist item that is met.
    pub checklist: u64,
    /// The temperature's name.
    pub temperature: Option<&'r str>,
    /// The stage's name.
    pub stage: Option<&'r str>,
}

impl<'r> ContactScope<'r> {
    /// The same contact with another score and with labels.
    #[must_use]
    pub fn labelled(&self, score: Points, labels: Labels<'r>) -> Self {
        Self {
            score,
            labels,
            ..*self
        }
    }
}

impl Scope for ContactScope<'_> {
    fn cell(&self, column: usize) -> Option<&str> {
        self.cells.cell(column)
    }

    fn number(&self, reading: usize) -> Option<Number> {
        self.cells.number(reading)
    }

    fn day(&self, reading: usize) -> Option<Day> {
        self.cells.day(reading)
    }

    fn yes_no(&self, reading: usize) -> Option<bool> {
        self.cells.yes_no(reading)
    }

    fn number_from(&self, text: &str, reading: Option<usize>) -> Option<Number> {
        self.cells.number_from(text, reading)
    }

    fn day_from(&self, text: &str, reading: Option<usize>) -> Option<Day> {
        self.cells.day_from(text, reading)
    }

    fn yes_no_from(&self, text: &str, reading: Option<usize>) -> Option<bool> {
        self.cells.yes_no_from(text, reading)
    }

    fn today(&self) -> Day {
        self.cells.today()
    }

    fn signal(&self, signal: usize) -> Option<Number> {
        self.signals[signal]
    }

    fn score(&self) -> Points {
        self.score
    }

    fn group(&self, group: usize) -> Points {
        self.groups[group]
    }

    fn checklist(&self, item: usize) -> bool {
        self.labels.checklist >> item & 1 == 1
    }

    fn temperature(&self) -> Option<&str> {
        self.labels.temperature
    }

    fn stage(&self) -> Option<&str> {
        self.labels.stage
    }
}
