//! Bytes to rows: opening an export, telling what it is, and reading its records strictly.
//!
//! A [`Table`] knows the shape of one export (format, delimiter, headers) and hands out [`Block`]s of whole records
//! in file order. Any thread may turn a block into [`Row`]s with a [`Parser`] of its own. A record that cannot be
//! read becomes a [`BadRow`] and is never dropped in silence; damage after which nothing can be trusted (an unclosed
//! quote, truncated JSON) is a [`Report`](crate::diagnostic::Report).

mod again;
mod ahead;
mod bad_row;
mod batch;
mod beginning;
mod binding;
mod block;
mod content;
mod csv;
mod damage;
mod encoding;
mod feed;
mod foreign;
mod json;
mod open;
mod parser;
mod refused;
mod rejects;
mod row;
mod steady;
mod table;
#[cfg(test)]
mod tests;
mod unpack;
mod workbook;

pub use again::Again;
pub use bad_row::{BadCode, BadRow, BadRows};
pub use batch::{Column, Rows};
pub use binding::{Binding, LateKeys};
pub use block::Block;
pub use content::Content;
pub use encoding::Encoding;
pub use open::{Opened, open};
pub use parser::{Parsed, Parser};
pub use rejects::{Rejects, WriteError};
pub use row::Row;
pub use table::{Format, Options, Table};
pub use unpack::Compression;
