//! The contacts of a run in memory: the cells the model and the outputs need, and the index events join on.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::account::ContactRows;
use super::interner::Interner;
use crate::input::{BadCode, BadRow, Row};
use crate::plan::Plan;
use crate::value::trim_ascii_fast;

/// Bytes of a chunk of rows: large enough to waste little at its end, small enough to allocate as needed.
const CHUNK: usize = 1 << 20;

/// The contacts of a run, by number in the order they were read.
#[derive(Debug)]
pub struct Contacts {
    slots: usize,
    id_slot: usize,
    /// Rows one after another; each cell is its length (7 bits a byte, the lowest first) and its bytes.
    chunks: Vec<Vec<u8>>,
    /// Chunk and offset of each row.
    rows: Vec<(u32, u32)>,
    /// Which contacts are leads.
    pub(super) leads: Vec<bool>,
    index: Index,
    /// The account of the rows.
    pub account: ContactRows,
}

/// Finds contacts by the key that events carry.
#[derive(Debug, Default)]
struct Index {
    keys: Interner,
    /// For each key, the first contact that has it.
    first: Vec<u32>,
    /// For each contact, the next with the same key; empty while all keys differ.
    next: Vec<u32>,
}

/// No contact.
const NONE: u32 = u32::MAX;

/// Collects contacts row by row.
#[derive(Debug)]
pub struct Gathering {
    contacts: Contacts,
    ids: Interner,
    /// For each id, the fingerprint of its row, and file and line for messages.
    origins: Vec<(u64, u32, u64)>,
}

/// An id as it is compared: trimmed, in Unicode's composed form (NFC), case kept.
fn normalised(cell: &[u8]) -> Cow<'_, [u8]> {
    let trimmed = trim_ascii_fast(cell);
    if trimmed.is_ascii() {
        return Cow::Borrowed(trimmed);
    }
    match std::str::from_utf8(trimmed) {
        Ok(text) if is_nfc_quick(text.chars()) != IsNormalized::Yes => {
            Cow::Owned(text.nfc().collect::<String>().into_bytes())
        }
        _ => Cow::Borrowed(trimmed),
    }
}

/// A key as events join on it: an id, or an e-mail address without regard to ASCII case.
pub(super) fn join_key(cell: &[u8]) -> Cow<'_, [u8]> {
    let id = normalised(cell);
    if memchr::memchr(b'@', &id).is_some() && id.iter().any(u8::is_ascii_uppercase) {
        return Cow::Owned(id.to_ascii_lowercase());
    }
    id
}

impl Gathering {
    /// Nothing gathered yet.
    pub fn new(plan: &Plan) -> Self {
        let columns = &plan.model.contacts.columns;
        Self {
            contacts: Contacts {
                slots: columns.entries().len(),
                id_slot: plan.model.contacts.id,
                chunks: Vec::new(),
                rows: Vec::new(),
                leads: Vec::new(),
                index: Index::default(),
                account: ContactRows::default(),
            },
            ids: Interner::default(),
            origins: Vec::new(),
        }
    }

    /// Takes a row of the file with the given number, unless it has no id or contradicts an earlier one.
    pub fn take(&mut self, file: u32, row: &Row<'_>) -> Result<(), BadRow> {
        self.contacts.account.read += 1;
        let id = normalised(row.cell(self.contacts.id_slot));
        if id.is_empty() {
            return Err(row.refuse(BadCode::MissingId, "it has no id"));
        }
        let number = self.ids.intern(&id) as usize;
        let fingerprint = row.fingerprint();
        if let Some((first, first_file, line)) = self.origins.get(number) {
            if *first == fingerprint {
                self.contacts.account.collapsed += 1;
                return Ok(());
            }
            let elsewhere = if *first_file == file {
                String::new()
            } else {
                " of an earlier file".to_owned()
            };
            return Err(row.refuse(
                BadCode::DuplicateContact,
                format!("the contact of line {line}{elsewhere} again, with other values"),
            ));
        }
        self.origins.push((fingerprint, file, row.line()));
        self.contacts.push(&id, row);
        Ok(())
    }

    /// All contacts gathered, to be joined on the given slot, or on the id.
    pub fn finish(self, join_slot: Option<usize>) -> Contacts {
        let mut contacts = self.contacts;
        contacts.leads = vec![true; contacts.rows.len()];
        contacts.account.scored = contacts.rows.len() as u64;
        contacts.build_index(join_slot);
        contacts
    }
}

impl Contacts {
    /// How many contacts there are, leads or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a contact is a lead.
    pub fn is_lead(&self, contact: usize) -> bool {
        self.leads[contact]
    }

    /// Marks a contact as no lead.
    pub(super) fn leave_out(&mut self, contact: usize) {
        if std::mem::replace(&mut self.leads[contact], false) {
            self.account.scored -= 1;
            self.account.not_leads += 1;
        }
    }

    fn push(&mut self, id: &[u8], row: &Row<'_>) {
        let mut size = 0;
        for slot in 0..self.slots {
            size += row.cell(slot).len() + 5;
        }
        let room = self
            .chunks
            .last()
            .is_some_and(|chunk| chunk.capacity() - chunk.len() >= size + id.len());
        if !room {
            self.chunks
                .push(Vec::with_capacity(CHUNK.max(size + id.len())));
        }
        let chunk_number = self.chunks.len() - 1;
        let chunk = &mut self.chunks[chunk_number];
        let place = (
            u32::try_from(chunk_number).expect("fewer than 2^32 chunks fit in memory"),
            u32::try_from(chunk.len()).expect("a chunk is a row or a megabyte long"),
        );
        for slot in 0..self.slots {
            let cell = if slot == self.id_slot {
                id
            } else {
                row.cell(slot)
            };
            let mut length = cell.len();
            while length >= 0x80 {
                chunk.push((length & 0x7f) as u8 | 0x80);
                length >>= 7;
            }
            chunk.push((length & 0x7f) as u8);
            chunk.extend_from_slice(cell);
        }
        self.rows.push(place);
    }

    /// The cells of a contact, by slot, into `cells`.
    pub(super) fn cells<'c>(&'c self, contact: usize, cells: &mut Vec<&'c str>) {
        cells.clear();
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
        let wanted = normalised(id.as_bytes());
        (0..self.len()).find(|&contact| self.id(contact).as_bytes() == wanted.as_ref())
    }

    fn build_index(&mut self, join_slot: Option<usize>) {
        let slot = join_slot.unwrap_or(self.id_slot);
        let mut index = Index::default();
        for contact in 0..self.len() {
            let number = u32::try_from(contact).expect("fewer than 2^32 contacts fit in memory");
            let key = join_key(self.cell(contact, slot).as_bytes());
            if key.is_empty() {
                continue;
            }
            let key = index.keys.intern(&key) as usize;
            if key == index.first.len() {
                index.first.push(number);
            } else {
                index.next.resize(self.rows.len(), NONE);
                index.next[contact] = index.first[key];
                index.first[key] = number;
            }
        }
        self.index = index;
    }

    /// The contacts that an event's key names: usually one, several where they share an address.
    pub(super) fn joined(&self, key: &[u8]) -> impl Iterator<Item = usize> + '_ {
        let first = match self.index.keys.find(key) {
            Some(key) => self.index.first[key as usize],
            None => NONE,
        };
        let mut at = first;
        std::iter::from_fn(move || {
            if at == NONE {
                return None;
            }
            let contact = at as usize;
            at = self.index.next.get(contact).copied().unwrap_or(NONE);
            Some(contact)
        })
    }
}

/// Takes one cell off a row.
fn take_cell<'r>(rest: &mut &'r [u8]) -> &'r str {
    let mut length = 0;
    let mut shift = 0;
    loop {
        let byte = rest[0];
        *rest = &rest[1..];
        length |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    let (cell, after) = rest.split_at(length);
    *rest = after;
    // Cells are copied from rows, which are UTF-8.
    std::str::from_utf8(cell).unwrap_or_default()
}
