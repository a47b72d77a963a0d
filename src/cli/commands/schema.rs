//! `hotlist schema`: the JSON Schema of the model file, for editors.

use std::io::{self, Write};

use anyhow::Result;

/// What the model file may hold, as editors understand it. It is written by hand, because its descriptions are most of
/// it; `tests/schema.rs` holds it against the parser.
const SCHEMA: &str = include_str!("../../../docs/model.schema.json");

pub(in crate::cli) fn run() -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(SCHEMA.as_bytes())?;
    Ok(out.flush()?)
}
