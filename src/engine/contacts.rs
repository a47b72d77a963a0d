//! The contacts of a run in memory: the cells the model and the outputs need, and the index events join on.

use std::borrow::Cow;
use std::hint::black_box;
use std::ops::Range;

use super::account::ContactRows;
use super::index::Index;
use super::interner::Interner;
use super::keys::Keys;
use super::packed::take_cell;
use crate::plan::Plan;
use crate::value::{Blanks, normal_id};

/// The contacts of a run, by number in the order they were read.
#[derive(Debug)]
pub struct Contacts {
    slots: usize,
    id_slot: usize,
    /// Cells that mean nothing is known.
    blank: Blanks,
    /// The slots whose cells are kept, beside the id's.
    packed: Vec<usize>,
    /// Where each person's id is among the keys that hold the ids.
    pub(super) id_places: Vec<u64>,
    /// The ids, where they are not the keys of the index.
    ids: Option<Keys>,
    /// Rows one after another, each its packed cells.
    chunks: Vec<String>,
    /// Chunk and offset of each person's row; none where no cells are kept.
    rows: Vec<(u32, u32)>,
    /// Behind the people stands one unnamed person for each account.
    unnamed: Unnamed,
    /// A bit for each contact: whether it is a lead. So packed it stays in the cache during the pass.
    leads: Vec<u64>,
    /// Finds contacts by the key that events carry; while contacts are gathered, by their ids.
    pub(super) index: Index,
    /// The account of the rows.
    pub account: ContactRows,
}

/// The unnamed persons of accounts, of whom nothing is known but the account.
#[derive(Debug, Default)]
struct Unnamed {
    slot: usize,
    accounts: Vec<Box<str>>,
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

impl Contacts {
    /// No contacts yet; of those to come the cells of the slots `packed` are kept, beside their ids.
    pub(super) fn new(plan: &Plan, packed: Vec<usize>) -> Self {
        let contacts = &plan.model.contacts;
        Self {
            slots: contacts.columns.entries().len(),
            id_slot: contacts.id,
            blank: contacts.cells.blank.clone(),
            packed,
            id_places: Vec::new(),
            ids: None,
            chunks: Vec::new(),
            rows: Vec::new(),
            unnamed: Unnamed::default(),
            leads: Vec::new(),
            index: Index::default(),
            account: ContactRows::default(),
        }
    }

    /// How many contacts there are, leads or not, unnamed persons of accounts included.
    pub fn len(&self) -> usize {
        self.people() + self.unnamed.accounts.len()
    }

    /// How many of the contacts are people; those behind them are unnamed persons, one for each account.
    pub fn people(&self) -> usize {
        self.id_places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The account that a contact's cell in a slot names: trimmed and in NFC; None if it is blank.
    pub fn account_of(&self, contact: usize, slot: usize) -> Option<Cow<'_, str>> {
        let key = normal_id(self.cell(contact, slot));
        (!self.blank.is_blank(key.as_bytes())).then_some(key)
    }

    /// Whether a contact is a lead.
    pub fn is_lead(&self, contact: usize) -> bool {
        self.leads[contact / 64] >> (contact % 64) & 1 == 1
    }

    /// Whether all of them are leads.
    pub fn are_all_leads(&self) -> bool {
        self.account.not_leads == 0
    }

    /// Marks a contact as no lead.
    pub(super) fn leave_out(&mut self, contact: usize) {
        if self.is_lead(contact) {
            self.leads[contact / 64] &= !(1 << (contact % 64));
            self.account.scored -= 1;
            self.account.not_leads += 1;
        }
    }

    /// The cells of a contact, by slot, into `cells`.
    pub(super) fn cells<'c>(&'c self, contact: usize, cells: &mut Vec<&'c str>) {
        cells.clear();
        cells.resize(self.slots, "");
        if contact >= self.people() {
            cells[self.unnamed.slot] = self.cell(contact, self.unnamed.slot);
            return;
        }
        cells[self.id_slot] = self.id(contact);
        if self.packed.is_empty() {
            return;
        }
        let mut rest = self.row(contact);
        for slot in &self.packed {
            cells[*slot] = take_cell(&mut rest);
        }
    }

    /// One cell of a contact, as it stands in the export; empty where the export lacks the column or the run does not
    /// keep it.
    pub fn cell(&self, contact: usize, slot: usize) -> &str {
        if let Some(unnamed) = contact.checked_sub(self.people()) {
            let is_account = slot == self.unnamed.slot;
            return if is_account {
                &self.unnamed.accounts[unnamed]
            } else {
                ""
            };
        }
        if slot == self.id_slot {
            return self.id_of_person(contact);
        }
        let Some(before) = self.packed.iter().position(|packed| *packed == slot) else {
            return "";
        };
        let mut rest = self.row(contact);
        for _ in 0..before {
            take_cell(&mut rest);
        }
        take_cell(&mut rest)
    }

    /// The contact's id, trimmed and in NFC.
    pub fn id(&self, contact: usize) -> &str {
        self.cell(contact, self.id_slot)
    }

    /// Has the processor load the ids of contacts, and the first of their cells, all at once: in rank order they lie far
    /// from each other.
    pub(crate) fn touch(&self, contacts: impl Iterator<Item = usize> + Clone) {
        let people = contacts.filter(|contact| *contact < self.people());
        let places = people.clone().map(|contact| self.id_places[contact]);
        let rows = people.clone().filter_map(|contact| self.rows.get(contact));
        // First where they are, then what is there; nothing depends on what is loaded.
        let rows_at = rows.clone().fold(0, |all, (_, offset)| all ^ offset);
        black_box((places.clone().fold(0, |all, place| all ^ place), rows_at));
        let ids = self.ids.as_ref().unwrap_or(&self.index.keys);
        let cell = |(chunk, offset): &(u32, u32)| {
            let chunk = self.chunks[*chunk as usize].as_bytes();
            chunk.get(*offset as usize).copied().unwrap_or(0)
        };
        let cells = rows.map(cell).fold(0, |all, cell| all ^ cell);
        black_box((places.fold(0, |all, place| all ^ ids.touch(place)), cells));
    }

    fn id_of_person(&self, contact: usize) -> &str {
        let ids = self.ids.as_ref().unwrap_or(&self.index.keys);
        ids.text(self.id_places[contact])
    }

    fn row(&self, contact: usize) -> &str {
        let (chunk, offset) = self.rows[contact];
        &self.chunks[chunk as usize][offset as usize..]
    }

    /// The contact that has an id, if one does.
    pub fn find_id(&self, id: &str) -> Option<usize> {
        let wanted = normal_id(id);
        (0..self.people()).find(|&contact| self.id(contact) == wanted)
    }

    /// Adds cells of contacts, packed, each contact's in a range; those of a contact that had some are no longer found.
    pub(super) fn add_cells(&mut self, cells: String, ranges: &[(usize, Range<usize>)]) {
        if self.packed.is_empty() || ranges.is_empty() {
            return;
        }
        let chunk = u32::try_from(self.chunks.len()).expect("fewer than 2^32 chunks fit in memory");
        self.rows.resize(self.people(), (0, 0));
        for (contact, range) in ranges {
            let offset = u32::try_from(range.start).expect("a chunk has less than 4 GiB");
            self.rows[*contact] = (chunk, offset);
        }
        self.chunks.push(cells);
    }

    /// Ends the gathering: all people are there, to be joined on the given slot, or on the id. Where there is a slot of
    /// accounts, each account gets an unnamed person. `ids_are_keys` tells whether every id is its own join key.
    pub(super) fn complete(
        &mut self,
        join_slot: Option<usize>,
        account_slot: Option<usize>,
        ids_are_keys: bool,
    ) {
        self.account.scored = self.people() as u64;
        self.id_places.shrink_to_fit();
        self.rows.shrink_to_fit();
        if let Some(slot) = account_slot {
            self.add_unnamed(slot);
        }
        self.leads = vec![u64::MAX; self.len().div_ceil(64)];
        let join_slot = join_slot.unwrap_or(self.id_slot);
        if join_slot != self.id_slot || !ids_are_keys {
            self.ids = Some(std::mem::take(&mut self.index).keys);
            self.index = self.index_on(join_slot);
        }
        self.index.reserve(self.unnamed.accounts.len());
        for contact in self.people()..self.len() {
            let key = account_key(self.cell(contact, self.unnamed.slot));
            self.index.insert(&key, number(contact), self.len());
        }
        self.index.settle();
    }

    /// Adds an unnamed person for each account, in the order in which accounts first appear.
    fn add_unnamed(&mut self, slot: usize) {
        let mut accounts = Vec::new();
        let mut known = Interner::default();
        for contact in 0..self.people() {
            if let Some(key) = self.account_of(contact, slot)
                && known.intern(key.as_bytes()) as usize == accounts.len()
            {
                accounts.push(key.into());
            }
        }
        self.unnamed = Unnamed { slot, accounts };
    }

    /// The index of the people by what stands in a slot.
    fn index_on(&self, slot: usize) -> Index {
        let mut index = Index::with_room(self.people());
        for contact in 0..self.people() {
            let key = join_key(self.cell(contact, slot));
            if !self.blank.is_blank(key.as_bytes()) {
                index.insert(&key, number(contact), self.len());
            }
        }
        index
    }
}

/// A contact as the index knows it.
pub(super) fn number(contact: usize) -> u32 {
    u32::try_from(contact).expect("fewer than 2^32 contacts fit in memory")
}
