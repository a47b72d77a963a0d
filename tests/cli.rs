//! The command as people and scripts meet it: what stands on standard output and standard error, the exit code and the
//! files, compared together.
//!
//! `UPDATE=1 cargo test --test cli` rewrites `tests/golden/`; read the difference before keeping it.

#[path = "cli/as_of.rs"]
mod as_of;
#[path = "cli/columns.rs"]
mod columns;
#[path = "cli/completions.rs"]
mod completions;
#[path = "cli/dates.rs"]
mod dates;
#[path = "cli/duplicates.rs"]
mod duplicates;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/golden.rs"]
mod golden;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/man.rs"]
mod man;
#[path = "cli/measures.rs"]
mod measures;
#[path = "cli/models.rs"]
mod models;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/refusals.rs"]
mod refusals;
#[path = "cli/safety.rs"]
mod safety;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/scene.rs"]
mod scene;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/selection.rs"]
mod selection;
#[path = "cli/streams.rs"]
mod streams;
#[path = "cli/summary.rs"]
mod summary;
