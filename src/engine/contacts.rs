//! The contacts of a run in memory: the cells the model and the outputs need, and the index events join on.

use std::borrow::Cow;

use super::account::ContactRows;
use super::duplicates::{OnDuplicate, contradicts};
use super::index::Index;
use super::interner::Interner;
use crate::input::{BadCode, BadRow, Row};
use crate::plan::Plan;
use crate::value::{Blanks, normal_id};

/// Bytes of a chunk of rows: large enough to waste little at its end, small enough to allocate as needed.
const CHUNK: usize = 1 << 20;

/// The contacts of a run, by number in the order they were read.
#[derive(Debug)]
pub struct Contacts {
    slots: usize,
    id_slot: usize,
    /// Cells that mean nothing is known.
    blank: Blanks,
    /// How many of the rows are people; behind them stands one unnamed person for each account.
    people: usize,
    /// Rows one after another; each cell is its length and its text. A length is written in 6 bits a byte, the lowest
    /// first, with a seventh where more follow, so that a chunk is a text as a whole.
    chunks: Vec<String>,
    /// Chunk and offset of each row.
    rows: Vec<(u32, u32)>,
    /// A bit for each contact: whether it is a lead. So packed it stays in the cache during the pass.
    leads: Vec<u64>,
    /// Finds contacts by the key that events carry.
    pub(super) index: Index,
    /// The account of the rows.
    pub account: ContactRows,
}

/// Collects contacts row by row.
#[derive(Debug)]
pub struct Gathering {
    contacts: Contacts,
    ids: Interner,
    /// For each id, the row that counts.
    origins: Vec<Origin>,
    on_duplicate: OnDuplicate,
}

/// Where a contact comes from.
#[derive(Debug)]
struct Origin {
    fingerprint: u64,
    file: u32,
    line: u64,
}

/// A key as events join on it: an id, or an e-mail address without regard to ASCII case.
pub(super) fn join_key(cell: &str) -> Cow<'_, str> {
    let id = normal_id(cell);
    if memchr::memchr(b'@', id.as_bytes()).is_some() && id.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Owned(id.to_ascii_lowercase());
    }
    id
}

/// A key as events without a contact join on it: no cell of a contact holds the character it begins with.
pub(super) fn account_key(cell: &str) -> Cow<'static, str> {
    Cow::Owned(format!("\u{0}{}", normal_id(cell)))
}

impl Gathering {
    /// Nothing gathered yet.
    pub fn new(plan: &Plan, on_duplicate: OnDuplicate) -> Self {
        let columns = &plan.model.contacts.columns;
        Self {
            contacts: Contacts {
                slots: columns.entries().len(),
                id_slot: plan.model.contacts.id,
                blank: plan.model.contacts.cells.blank.clone(),
                people: 0,
                chunks: Vec::new(),
                rows: Vec::new(),
                leads: Vec::new(),
                index: Index::default(),
                account: ContactRows::default(),
            },
            ids: Interner::default(),
            origins: Vec::new(),
            on_duplicate,
        }
    }

    /// Counts a row that cannot be read.
    pub fn reject(&mut self) {
        self.contacts.account.read += 1;
        self.contacts.account.rejected += 1;
    }

    /// Takes a row of the file with the given number, unless it has no id or contradicts an earlier one.
    pub fn take(&mut self, file: u32, row: &Row<'_>) -> Result<(), BadRow> {
        let id_slot = self.contacts.id_slot;
        let id = row.text(id_slot);
        if self.contacts.blank.is_blank(id.as_bytes()) {
            return Err(row.refuse(BadCode::MissingId, "it has no id"));
        }
        let id = normal_id(id);
        let number = self.ids.intern(id.as_bytes()) as usize;
        let origin = || Origin {
            fingerprint: row.fingerprint(),
            file,
            line: row.line(),
        };
        let cell = |slot| {
            if slot == id_slot {
                &*id
            } else {
                row.text(slot)
            }
        };
        let Some(known) = self.origins.get_mut(number) else {
            self.origins.push(origin());
            self.contacts.account.read += 1;
            self.contacts.push(cell);
            return Ok(());
        };
        let account = &mut self.contacts.account;
        if known.fingerprint == row.fingerprint() {
            account.read += 1;
            account.collapsed += 1;
            return Ok(());
        }
        match self.on_duplicate {
            OnDuplicate::Error => {
                return Err(contradicts(
                    row,
                    BadCode::DuplicateContact,
                    "contact",
                    known.line,
                    known.file == file,
                ));
            }
            OnDuplicate::First => {}
            OnDuplicate::Last => {
                *known = origin();
                // The row before stays where it is: nobody finds it any more.
                self.contacts.push(cell);
                self.contacts.rows.swap_remove(number);
            }
        }
        let account = &mut self.contacts.account;
        account.read += 1;
        account.superseded += 1;
        Ok(())
    }

    /// Counts rows of a report's footer, which are read and say nothing of a contact.
    pub fn pass_over(&mut self, rows: u64) {
        self.contacts.account.read += rows;
        self.contacts.account.footer += rows;
    }

    /// All contacts gathered, to be joined on the given slot, or on the id. Where events may carry an account only,
    /// each account of the given slot gets an unnamed person to take them.
    pub fn finish(self, join_slot: Option<usize>, account_slot: Option<usize>) -> Contacts {
        let mut contacts = self.contacts;
        contacts.people = contacts.rows.len();
        contacts.account.scored = contacts.rows.len() as u64;
        if let Some(slot) = account_slot {
            contacts.add_unnamed(slot);
        }
        contacts.leads = vec![u64::MAX; contacts.rows.len().div_ceil(64)];
        contacts.build_index(join_slot, account_slot);
        contacts
    }
}

impl Contacts {
    /// How many contacts there are, leads or not, unnamed persons of accounts included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many of the contacts are people; those behind them are unnamed persons, one for each account.
    pub fn people(&self) -> usize {
        self.people
    }

    /// The account that a contact's cell in a slot names: trimmed and in NFC; None if it is blank.
    pub fn account_of(&self, contact: usize, slot: usize) -> Option<Cow<'_, str>> {
        let key = normal_id(self.cell(contact, slot));
        (!self.blank.is_blank(key.as_bytes())).then_some(key)
    }

    /// Adds an unnamed person for each account, in the order in which accounts first appear.
    fn add_unnamed(&mut self, slot: usize) {
        let mut accounts = Interner::default();
        for contact in 0..self.people {
            let Some(key) = self.account_of(contact, slot).map(Cow::into_owned) else {
                continue;
            };
            if accounts.intern(key.as_bytes()) as usize == self.rows.len() - self.people {
                self.push(|other| if other == slot { &key } else { "" });
            }
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a contact is a lead.
    pub fn is_lead(&self, contact: usize) -> bool {
        self.leads[contact / 64] >> (contact % 64) & 1 == 1
    }

    /// Marks a contact as no lead.
    pub(super) fn leave_out(&mut self, contact: usize) {
        if self.is_lead(contact) {
            self.leads[contact / 64] &= !(1 << (contact % 64));
            self.account.scored -= 1;
            self.account.not_leads += 1;
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a length is written in pieces of six bits"
    )]
    fn push<'c>(&mut self, cell: impl Fn(usize) -> &'c str) {
        let mut size = 0;
        for slot in 0..self.slots {
            size += cell(slot).len() + 5;
        }
        let room = self
            .chunks
            .last()
            .is_some_and(|chunk| chunk.capacity() - chunk.len() >= size);
        if !room {
            self.chunks.push(String::with_capacity(CHUNK.max(size)));
        }
        let chunk_number = self.chunks.len() - 1;
        let chunk = &mut self.chunks[chunk_number];
        let place = (
            u32::try_from(chunk_number).expect("fewer than 2^32 chunks fit in memory"),
            u32::try_from(chunk.len()).expect("a chunk is a row or a megabyte long"),
        );
        for slot in 0..self.slots {
            let cell = cell(slot);
            let mut length = cell.len();
            while length >= 0x40 {
                chunk.push(char::from((length & 0x3f) as u8 | 0x40));
                length >>= 6;
            }
            chunk.push(char::from(length as u8));
            chunk.push_str(cell);
        }
        self.rows.push(place);
    }

    /// The cells of a contact, by slot, into `cells`.
    pub(super) fn cells<'c>(&'c self, contact: usize, cells: &mut Vec<&'c str>) {
        cells.clear();
        cells.reserve(self.slots);
        let (chunk, offset) = self.rows[contact];
        let mut rest = &self.chunks[chunk as usize][offset as usize..];
        for _ in 0..self.slots {
            cells.push(take_cell(&mut rest));
        }
    }

    /// One cell of a contact, as it stands in the export; empty where the export lacks the column.
    pub fn cell(&self, contact: usize, slot: usize) -> &str {
        let (chunk, offset) = self.rows[contact];
        let mut rest = &self.chunks[chunk as usize][offset as usize..];
        for _ in 0..slot {
            take_cell(&mut rest);
        }
        take_cell(&mut rest)
    }

    /// The contact's id, trimmed and in NFC.
    pub fn id(&self, contact: usize) -> &str {
        self.cell(contact, self.id_slot)
    }

    /// The contact that has an id, if one does.
    pub fn find_id(&self, id: &str) -> Option<usize> {
        let wanted = normal_id(id);
        (0..self.people).find(|&contact| self.id(contact) == wanted)
    }

    fn build_index(&mut self, join_slot: Option<usize>, account_slot: Option<usize>) {
        let slot = join_slot.unwrap_or(self.id_slot);
        let mut index = Index::with_room(self.len());
        let number =
            |contact| u32::try_from(contact).expect("fewer than 2^32 contacts fit in memory");
        for (contact, slot) in (self.people..self.len()).zip(account_slot.into_iter().cycle()) {
            let key = account_key(self.cell(contact, slot));
            index.insert(key.as_bytes(), number(contact), self.len());
        }
        for contact in 0..self.people {
            let number = number(contact);
            let key = join_key(self.cell(contact, slot));
            if !self.blank.is_blank(key.as_bytes()) {
                index.insert(key.as_bytes(), number, self.len());
            }
        }
        self.index = index;
    }
}

/// Takes one cell off a row.
fn take_cell<'r>(rest: &mut &'r str) -> &'r str {
    let mut length = 0;
    let mut shift = 0;
    let mut at = 0;
    loop {
        let byte = rest.as_bytes()[at];
        length |= usize::from(byte & 0x3f) << shift;
        at += 1;
        shift += 6;
        if byte < 0x40 {
            break;
        }
    }
    let cell = &rest[at..at + length];
    *rest = &rest[at + length..];
    cell
}
