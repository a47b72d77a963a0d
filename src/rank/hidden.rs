//! Who leads are, where a run shows pseudonyms in place of it.
//!
//! What leaves the ranking passes through here, so that no view of a lead can forget it.

use std::borrow::Cow;

use super::{Before, Beside, Ranking};
use crate::engine::Scoring;
use crate::value::Pseudonyms;

/// The pseudonyms of one contact that are asked for again and again.
#[derive(Debug)]
pub(super) struct Hidden {
    id: String,
    email: Option<String>,
}

impl Hidden {
    /// Those of every contact, by its number.
    pub(super) fn all(pseudonyms: &Pseudonyms, scoring: &Scoring) -> Vec<Self> {
        let contacts = scoring.contacts();
        let email = scoring.plan().model.contacts.person.email;
        let of = |contact| Self {
            id: pseudonyms.id(contacts.id(contact)),
            email: scoring
                .cell(contact, email)
                .map(|text| pseudonyms.email(text)),
        };
        (0..contacts.people()).map(of).collect()
    }
}

impl Beside {
    /// What the earlier list says of the lead with an id. Where the run shows pseudonyms, that list did too.
    pub(super) fn before(&self, id: &str) -> Option<Before> {
        let previous = self.previous.as_ref()?;
        match &self.pseudonyms {
            Some(pseudonyms) => previous.of(&pseudonyms.id(id)),
            None => previous.of(id),
        }
    }
}

impl Ranking {
    /// The id that is shown of a contact.
    pub(super) fn shown_id(&self, contact: usize) -> &str {
        match &self.hidden {
            Some(hidden) => hidden.get(contact).map_or("", |hidden| &hidden.id),
            None => self.scoring.contacts().id(contact),
        }
    }

    /// What the earlier list says of a contact.
    pub(super) fn before(&self, contact: usize) -> Option<Before> {
        self.beside.previous.as_ref()?;
        self.beside.before(self.scoring.contacts().id(contact))
    }

    /// The e-mail address that is shown of a contact with these cells.
    pub(super) fn shown_email<'r>(
        &'r self,
        contact: usize,
        cell: impl Fn(usize) -> Option<&'r str>,
    ) -> Option<&'r str> {
        match &self.hidden {
            Some(hidden) => hidden.get(contact)?.email.as_deref(),
            None => cell(self.model().contacts.person.email),
        }
    }

    /// The name that is shown of a contact with these cells: the whole one, or the first and the last.
    pub(super) fn shown_name<'r>(
        &'r self,
        cell: impl Fn(usize) -> Option<&'r str>,
    ) -> Option<Cow<'r, str>> {
        let name = self.raw_name(cell)?;
        Some(match &self.beside.pseudonyms {
            Some(pseudonyms) => Cow::Owned(pseudonyms.name(&name)),
            None => name,
        })
    }

    /// What is shown of a cell of a column that is kept.
    pub(super) fn kept_cell<'r>(&self, contact: usize, slot: usize, text: &'r str) -> Cow<'r, str> {
        if self.beside.pseudonyms.is_none() || text.trim().is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(self.shown_cell(contact, Some(slot), text))
    }

    /// What is shown of a cell that a rule looked at: one that tells who the contact is, is hidden, in whatever column
    /// it stands.
    pub(super) fn shown_cell(&self, contact: usize, slot: Option<usize>, text: &str) -> String {
        let Some(pseudonyms) = &self.beside.pseudonyms else {
            return text.to_owned();
        };
        let model = self.model();
        let person = &model.contacts.person;
        let is_of = |own: usize| {
            let same = |cell: &str| cell.trim().to_lowercase() == text.trim().to_lowercase();
            slot == Some(own) || self.scoring.cell(contact, own).is_some_and(same)
        };
        if is_of(model.contacts.id) {
            return pseudonyms.id(text);
        }
        if is_of(person.email) {
            return pseudonyms.email(text);
        }
        let whole_name = self.raw_name(|slot| self.scoring.cell(contact, slot));
        let is_whole_name = whole_name.as_deref() == Some(text.trim());
        let names = [person.name, person.first_name, person.last_name];
        if is_whole_name || names.into_iter().any(is_of) {
            return pseudonyms.name(text);
        }
        text.to_owned()
    }

    /// What is shown of the name of an account, where it is made from this column.
    pub(super) fn shown_account(&self, slot: usize, key: String) -> String {
        let Some(pseudonyms) = &self.beside.pseudonyms else {
            return key;
        };
        let contacts = &self.model().contacts;
        let person = &contacts.person;
        if slot == contacts.id {
            pseudonyms.id(&key)
        } else if slot == person.email {
            pseudonyms.email(&key)
        } else if [person.name, person.first_name, person.last_name].contains(&slot) {
            pseudonyms.name(&key)
        } else {
            key
        }
    }

    fn raw_name<'r>(&'r self, cell: impl Fn(usize) -> Option<&'r str>) -> Option<Cow<'r, str>> {
        let person = &self.model().contacts.person;
        match (
            cell(person.name),
            cell(person.first_name),
            cell(person.last_name),
        ) {
            (Some(name), _, _) | (None, Some(name), None) | (None, None, Some(name)) => {
                Some(Cow::Borrowed(name))
            }
            (None, Some(first), Some(last)) => Some(Cow::Owned(format!("{first} {last}"))),
            (None, None, None) => None,
        }
    }
}
