//! JSON: an array of objects, an object that holds one, or one object per line.
//!
//! Nested objects are flattened to dotted keys, numbers keep the text they are written with, `null` is blank, an
//! array of plain values reads as its values joined by `, `, and any other array as its compact JSON text.

mod elements;
mod flatten;
mod keys;
mod layout;
mod lines;
mod outline;
mod read;
mod wrapper;

use std::borrow::Cow;

pub(super) use elements::{ElementCutter, ONE_ARRAY};
pub(super) use layout::{Layout, header_source, headers};
pub(super) use lines::LineCutter;
pub(super) use outline::Outline;
pub(super) use read::ObjectReader;

/// Calls `leaf` with the dotted key and the cell of every value of a record that was read before.
pub(super) fn each_leaf(text: &str, decimal_comma: bool, leaf: &mut dyn FnMut(&str, Cow<'_, str>)) {
    // A record that was read once cannot be refused the second time.
    let _ = flatten::Flattener::new(decimal_comma, usize::MAX).flatten(text, leaf);
}
