//! Contacts gathered from their exports: rows read by all threads at once, taken in file order.
//!
//! A thread that is free takes the next block from the file, reads its rows and packs what is kept of them; all that
//! is left to be done in file order is to tell which ids are new.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::contacts::{Contacts, join_key, number};
use super::duplicates::{OnDuplicate, contradicts};
use super::index;
use super::packed::push_cell;
use super::threads::spread;
use crate::diagnostic::Report;
use crate::input::{BadCode, BadRow, BadRows, Binding, Block, Parser, Row, Table};
use crate::plan::Plan;
use crate::value::{Blanks, normal_id};

/// Collects contacts file by file.
#[derive(Debug)]
pub struct Gathering<'p> {
    packing: Packing<'p>,
    gathered: Gathered,
}

impl<'p> Gathering<'p> {
    /// Nothing gathered yet. Of the contacts to come the ids are kept, and the cells of the slots that `is_kept` tells.
    pub fn new(plan: &'p Plan, on_duplicate: OnDuplicate, is_kept: impl Fn(usize) -> bool) -> Self {
        let contacts = &plan.model.contacts;
        let slots = 0..contacts.columns.entries().len();
        let slots: Vec<usize> = slots
            .filter(|slot| *slot != contacts.id && is_kept(*slot))
            .collect();
        Self {
            gathered: Gathered {
                contacts: Contacts::new(plan, slots.clone()),
                origins: Vec::new(),
                ids_are_keys: true,
                on_duplicate,
            },
            packing: Packing {
                id_slot: contacts.id,
                blank: &contacts.cells.blank,
                slots,
            },
        }
    }

    /// Gathers the contacts of the file with the given number by so many threads; rows that cannot be read, have no id
    /// or contradict an earlier one go to `bad`. `progress` is called with the number of bytes done.
    ///
    /// # Errors
    /// Damage of the file, which no budget of bad rows covers.
    pub fn read(
        &mut self,
        (file, table): (u32, &mut Table),
        binding: &Arc<Binding>,
        threads: usize,
        bad: &mut BadRows,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<(), Report> {
        let Self { packing, gathered } = self;
        let parsers: Vec<Parser> = (0..threads)
            .map(|_| table.parser(Arc::clone(binding)))
            .collect();
        let in_order = Mutex::new(InOrder {
            file,
            gathered,
            bad,
            next: 0,
            ahead: BTreeMap::new(),
        });
        let table = Mutex::new(table);
        // Reading happens behind the lock, so blocks are handed out in file order.
        let next = || {
            let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
            table.next_block()
        };
        let (packing, next, in_order) = (&*packing, &next, &in_order);
        let jobs = parsers.into_iter().map(|mut parser| {
            move || -> Result<(), Report> {
                while let Some(block) = next()? {
                    progress(block.len());
                    let part = packing.pack(&block, &mut parser);
                    let mut in_order = in_order.lock().unwrap_or_else(PoisonError::into_inner);
                    in_order.take(block, part, &mut parser);
                }
                Ok(())
            }
        });
        let done: Result<(), Report> = spread(jobs.collect()).into_iter().collect();
        done?;
        let table = table.into_inner().unwrap_or_else(PoisonError::into_inner);
        let footer = table.footer_rows();
        let account = &mut self.gathered.contacts.account;
        account.read += footer;
        account.footer += footer;
        Ok(())
    }

    /// All contacts gathered, to be joined on the given slot, or on the id. Where events may carry an account only,
    /// each account of the given slot gets an unnamed person to take them.
    pub fn finish(self, join_slot: Option<usize>, account_slot: Option<usize>) -> Contacts {
        let Gathered {
            mut contacts,
            ids_are_keys,
            ..
        } = self.gathered;
        contacts.complete(join_slot, account_slot, ids_are_keys);
        contacts
    }
}

/// What is kept of a row.
#[derive(Debug)]
struct Packing<'p> {
    id_slot: usize,
    /// Cells that mean nothing is known.
    blank: &'p Blanks,
    /// The slots beside the id's.
    slots: Vec<usize>,
}

/// What is kept of the rows of a block.
struct Part {
    /// The rows that have an id.
    rows: Vec<Packed>,
    /// Their ids, one behind the other.
    ids: String,
    /// Their cells, packed.
    cells: String,
    /// The rows that have none or cannot be read.
    bad: Vec<BadRow>,
    /// Whether every id is what events join on where they join on ids.
    ids_are_keys: bool,
}

/// A row of a part.
struct Packed {
    /// Of the id.
    hash: u64,
    fingerprint: u64,
    line: u64,
    record: u64,
    /// Where its id ends among the ids.
    id_end: usize,
    cells: Range<usize>,
}

impl Packing<'_> {
    fn pack(&self, block: &Block, parser: &mut Parser) -> Part {
        // What is kept is seldom more than there is.
        let room = if self.slots.is_empty() {
            0
        } else {
            block.len()
        };
        let mut part = Part {
            rows: Vec::new(),
            ids: String::new(),
            cells: String::with_capacity(room),
            bad: Vec::new(),
            ids_are_keys: true,
        };
        parser.parse(block, |row| {
            if let Err(bad) = row.and_then(|row| self.add(&row, &mut part)) {
                part.bad.push(bad);
            }
        });
        part.cells.shrink_to_fit();
        part
    }

    fn add(&self, row: &Row<'_>, part: &mut Part) -> Result<(), BadRow> {
        let id = row.text(self.id_slot);
        if self.blank.is_blank(id.as_bytes()) {
            return Err(row.refuse(BadCode::MissingId, "it has no id"));
        }
        let id = normal_id(id);
        // Another form may be a spelling of a blank.
        let is_key = *join_key(&id) == *id
            && (matches!(id, Cow::Borrowed(_)) || !self.blank.is_blank(id.as_bytes()));
        part.ids_are_keys &= is_key;
        part.ids.push_str(&id);
        let start = part.cells.len();
        for slot in &self.slots {
            push_cell(&mut part.cells, row.text(*slot));
        }
        part.rows.push(Packed {
            hash: index::hash(id.as_bytes()),
            fingerprint: row.fingerprint(),
            line: row.line(),
            record: row.record(),
            id_end: part.ids.len(),
            cells: start..part.cells.len(),
        });
        Ok(())
    }
}

/// What has been gathered, and how far.
#[derive(Debug)]
struct Gathered {
    contacts: Contacts,
    /// For each contact, the row that counts.
    origins: Vec<Origin>,
    /// Whether every id is what events join on where they join on ids.
    ids_are_keys: bool,
    on_duplicate: OnDuplicate,
}

/// Where a contact comes from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    fingerprint: u64,
    file: u32,
    line: u64,
}

/// A row that contradicts an earlier one, by its record, and that one.
type Contradicting = (u64, Origin);

/// How many ids are looked for at a time, so that the waits for memory overlap.
const BATCH: usize = 64;

impl Gathered {
    /// Takes the rows of a part that have an id; gives those that contradict an earlier row.
    fn take(&mut self, file: u32, part: Part) -> Vec<Contradicting> {
        self.ids_are_keys &= part.ids_are_keys;
        self.contacts.index.reserve(part.rows.len());
        let mut counting = Vec::with_capacity(part.rows.len());
        let mut contradicting = Vec::new();
        let mut id_start = 0;
        for batch in part.rows.chunks(BATCH) {
            self.contacts.index.touch(batch.iter().map(|row| row.hash));
            for row in batch {
                let id = &part.ids[id_start..row.id_end];
                id_start = row.id_end;
                match self.tell(file, id, row) {
                    Told::Counts(contact) => counting.push((contact, row.cells.clone())),
                    Told::GivesWay => {}
                    Told::Contradicts(known) => contradicting.push((row.record, known)),
                }
            }
        }
        if counting.len() == part.rows.len() {
            self.contacts.add_cells(part.cells, &counting);
        } else {
            // Nothing is kept of what does not count.
            let mut cells = String::new();
            for (_, range) in &mut counting {
                let start = cells.len();
                cells.push_str(&part.cells[range.clone()]);
                *range = start..cells.len();
            }
            cells.shrink_to_fit();
            self.contacts.add_cells(cells, &counting);
        }
        contradicting
    }

    /// What is to be done with a row, which is in the account unless it contradicts another.
    fn tell(&mut self, file: u32, id: &str, row: &Packed) -> Told {
        let Contacts {
            index,
            id_places,
            account,
            ..
        } = &mut self.contacts;
        let origin = Origin {
            fingerprint: row.fingerprint,
            file,
            line: row.line,
        };
        let new = self.origins.len();
        let place = index.keys.end();
        let Some(known) = index.find_or_add(row.hash, id, number(new)) else {
            id_places.push(place);
            self.origins.push(origin);
            account.read += 1;
            return Told::Counts(new);
        };
        let contact = known as usize;
        let known = &mut self.origins[contact];
        if known.fingerprint == row.fingerprint {
            account.read += 1;
            account.collapsed += 1;
            return Told::GivesWay;
        }
        if self.on_duplicate == OnDuplicate::Error {
            return Told::Contradicts(*known);
        }
        account.read += 1;
        account.superseded += 1;
        if self.on_duplicate == OnDuplicate::First {
            return Told::GivesWay;
        }
        // The cells before stay where they are: nobody finds them any more.
        *known = origin;
        Told::Counts(contact)
    }
}

/// What is to be done with a row.
enum Told {
    /// It is what counts of this contact, so far.
    Counts(usize),
    /// It says what is known, or gives way to what is.
    GivesWay,
    /// It contradicts the row that counts.
    Contradicts(Origin),
}

/// The parts of a file, taken in order.
struct InOrder<'g> {
    file: u32,
    gathered: &'g mut Gathered,
    bad: &'g mut BadRows,
    /// The number of the block that is next.
    next: usize,
    /// Those that were done before their turn.
    ahead: BTreeMap<usize, (Block, Part)>,
}

impl InOrder<'_> {
    /// Takes a part, or keeps it until its turn. The parser is one of the file's.
    fn take(&mut self, block: Block, part: Part, parser: &mut Parser) {
        self.ahead.insert(block.index, (block, part));
        while let Some((block, mut part)) = self.ahead.remove(&self.next) {
            self.next += 1;
            for row in std::mem::take(&mut part.bad) {
                self.reject(row);
            }
            let contradicting = self.gathered.take(self.file, part);
            if !contradicting.is_empty() {
                self.refuse(contradicting, &block, parser);
            }
        }
    }

    /// Refuses rows of a block, which is read once more for what they say.
    fn refuse(&mut self, rows: Vec<Contradicting>, block: &Block, parser: &mut Parser) {
        let mut rows = rows.into_iter().peekable();
        parser.parse(block, |row| {
            let Ok(row) = row else { return };
            if let Some((_, known)) = rows.next_if(|(record, _)| *record == row.record()) {
                let is_same_file = known.file == self.file;
                let code = BadCode::DuplicateContact;
                self.reject(contradicts(&row, code, "contact", known.line, is_same_file));
            }
        });
    }

    fn reject(&mut self, row: BadRow) {
        let account = &mut self.gathered.contacts.account;
        account.read += 1;
        account.rejected += 1;
        self.bad.push(self.file as usize, row);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;
    use crate::input::{Opened, Options};
    use crate::model::Model;
    use crate::value::{AsOf, Zone};

    const MODEL: &str = "
        name = 'M'
        version = '1'
        [contacts]
        id = 'id'
        [[rules]]
        name = 'r'
        group = 'g'
        when = 'size = 1'
        points = 1
        [groups]
        g = {}
    ";

    fn plan() -> Plan {
        let model = Model::parse("m.toml", MODEL).unwrap_or_else(|report| panic!("{report}"));
        let zone = Arc::new(Zone::utc());
        Plan::new(Arc::new(model), AsOf::read("2026-11-01", &zone).unwrap())
    }

    /// Each contact's id and size, the account, and the record, code and message of each bad row.
    #[derive(Debug, PartialEq)]
    struct Outcome {
        contacts: Vec<(String, String)>,
        counts: [u64; 4],
        bad: Vec<(u64, BadCode, String)>,
    }

    /// What rows of an id and a size come to, read in blocks of so many bytes.
    fn gathered(
        rows: &[(String, u8)],
        on_duplicate: OnDuplicate,
        threads: usize,
        block_size: usize,
    ) -> Outcome {
        let plan = plan();
        let columns = &plan.model.contacts.columns;
        let size = columns
            .entries()
            .iter()
            .position(|column| column.name == "size");
        let size = size.expect("the model speaks of it");
        let mut text = "id,size\n".to_owned();
        for (id, size) in rows {
            text += &format!("{id},{size}\n");
        }
        let options = Options {
            block_size,
            ..Options::default()
        };
        let opened = Opened::stream("c.csv".to_owned(), Cursor::new(text.into_bytes()));
        let mut table = Table::begin(opened, &options).unwrap();
        let mut binding = Binding::new(columns.entries().len());
        binding.bind(0, plan.model.contacts.id);
        binding.bind(1, size);
        let mut bad = BadRows::new(None);
        let mut gathering = Gathering::new(&plan, on_duplicate, |slot| slot == size);
        gathering
            .read(
                (0, &mut table),
                &Arc::new(binding),
                threads,
                &mut bad,
                &|_| {},
            )
            .unwrap();
        let contacts = gathering.finish(None, None);
        let account = contacts.account;
        for contact in 0..contacts.len() {
            assert_eq!(contacts.find_id(contacts.id(contact)), Some(contact));
        }
        Outcome {
            contacts: (0..contacts.len())
                .map(|contact| {
                    (
                        contacts.id(contact).to_owned(),
                        contacts.cell(contact, size).to_owned(),
                    )
                })
                .collect(),
            counts: [
                account.read,
                account.collapsed,
                account.superseded,
                account.rejected,
            ],
            bad: bad
                .first()
                .into_iter()
                .map(|(_, row)| (row.record, row.code, row.message.clone()))
                .collect(),
        }
    }

    /// The same, one row after the other.
    fn expected(rows: &[(String, u8)], on_duplicate: OnDuplicate) -> Outcome {
        let mut contacts: Vec<(String, String)> = Vec::new();
        let mut lines = Vec::new();
        let [mut collapsed, mut superseded] = [0, 0];
        let mut bad = Vec::new();
        for ((id, size), record) in rows.iter().zip(1..) {
            let (id, size) = (id.trim(), size.to_string());
            if id.is_empty() {
                bad.push((record, BadCode::MissingId, "it has no id".to_owned()));
            } else if let Some(known) = contacts.iter().position(|(known, _)| known == id) {
                if contacts[known].1 == size {
                    collapsed += 1;
                    continue;
                }
                match on_duplicate {
                    OnDuplicate::Error => {
                        let line: u64 = lines[known];
                        let message =
                            format!("the contact of line {line} again, with other values");
                        bad.push((record, BadCode::DuplicateContact, message));
                        continue;
                    }
                    OnDuplicate::First => {}
                    OnDuplicate::Last => {
                        contacts[known].1 = size;
                        lines[known] = record + 1;
                    }
                }
                superseded += 1;
            } else {
                contacts.push((id.to_owned(), size));
                lines.push(record + 1);
            }
        }
        let rejected = bad.len() as u64;
        bad.truncate(BadRows::KEPT);
        Outcome {
            contacts,
            counts: [rows.len() as u64, collapsed, superseded, rejected],
            bad,
        }
    }

    proptest! {
        #[test]
        fn blocks_read_by_several_threads_come_to_what_their_rows_come_to_in_order(
            rows in prop::collection::vec(("( |[a-c]{0,2}@?[A-C]? ?)", 0_u8..3), 0..60),
            way in 0..3_usize,
            threads in 1..4_usize,
            block_size in 1..200_usize,
        ) {
            let on_duplicate = [OnDuplicate::Error, OnDuplicate::First, OnDuplicate::Last][way];
            let outcome = gathered(&rows, on_duplicate, threads, block_size);
            prop_assert_eq!(outcome, expected(&rows, on_duplicate));
        }
    }
}
