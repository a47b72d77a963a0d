//! What one cell says.
//!
//! An export is text. Here a cell becomes a [`Number`], an [`Instant`], a [`Day`], a yes or no, an e-mail address or
//! nothing at all, and a model's literals become exact [`Points`], [`Number`]s and [`Span`]s. Nothing here knows about
//! columns, files or rules; if a cell is read wrongly, the bug is in this folder.
//!
//! Everything is exact: numbers and points are integers of a fixed unit, times are integers of microseconds, and time
//! zones come from the bundled IANA database, so that every machine gives the same answer.
//!
//! Text that people read carries nothing that acts on them: [`readable()`] shows such characters by their number.

mod as_of;
mod ascii_case;
mod blank;
mod contact;
mod day;
mod free_email;
mod grouped;
mod id;
mod instant;
mod invisible;
mod like;
mod number;
mod number_cell;
mod points;
mod pseudonyms;
mod readable;
mod rounding;
mod snake_case;
mod span;
pub mod spreadsheet;
mod tags;
mod timestamp;
mod yes_no;
mod zone;

pub use as_of::AsOf;
pub use ascii_case::{ascii_lower, ascii_upper};
pub use blank::{Blanks, trim, trim_ascii_fast};
pub use contact::{is_email, is_phone};
pub use day::Day;
pub use free_email::{FREE_EMAIL_DOMAINS, is_free_email};
pub use grouped::grouped;
pub use id::{is_plain_id, normal_id};
pub use instant::Instant;
pub use invisible::{is_format_character, is_variation_selector};
pub use like::Like;
pub use number::{Decimal, Number};
pub use number_cell::{DecimalSign, read_number};
pub use points::Points;
pub use pseudonyms::{Pseudonyms, SHORTEST_KEY};
pub use readable::{is_unseen, readable};
pub use rounding::round_half_away;
pub use snake_case::{folded, snake_case};
pub use span::Span;
pub use tags::{has_tag, retagged, tags};
pub use timestamp::{
    DateOrder, OrderEvidence, TimeError, TimeForm, TimeNotes, TimeReader, order_evidence,
};
pub use yes_no::read_yes_no;
pub use zone::{UnknownZone, Zone};
