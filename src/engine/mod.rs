//! Rows in, a ledger for each contact out: what every rule gave, exactly.
//!
//! [`Contacts`] holds the rows of the contacts; one pass over the events ([`pass`]) fills accumulators for each
//! contact, on all cores; [`Scoring`] turns them into contributions of rules. Everything summed is an integer, so
//! neither the order of rows nor the number of threads can show in a result. Nothing here opens a file or reads a
//! clock.

mod account;
mod accumulate;
mod cells;
mod contacts;
mod contributions;
mod dates;
mod deeds;
mod dense;
mod duplicates;
mod evidence;
mod gathering;
mod index;
mod interner;
mod kept;
mod keys;
mod ledger;
mod manner;
mod packed;
mod pass;
mod prepare;
mod score;
mod share;
mod source;
mod spellings;
mod threads;
mod waits;
mod words;
mod worker;

pub use account::{ContactRows, EventRows, Unreadable};
pub use cells::{ContactScope, Labels};
pub use contacts::Contacts;
pub use duplicates::OnDuplicate;
pub use evidence::{Evidence, Sighting};
pub use gathering::Gathering;
pub use ledger::{BottomLine, Ledger};
pub use pass::{EventFile, Events, Passed, Watch, pass};
pub use score::{InHand, Scoring};
pub(crate) use threads::spread;
pub use waits::Wait;
