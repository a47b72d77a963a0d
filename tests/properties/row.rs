//! A row as random exports have it.

use std::collections::BTreeMap;

/// One row of an export: header → cell, as they stand in the file.
pub type Row = BTreeMap<String, String>;
