//! The command as people and scripts meet it: what stands on standard output and standard error, the exit code and the
//! files, compared together.
//!
//! `UPDATE=1 cargo test --test cli` rewrites `tests/golden/`; read the difference before keeping it.

#[path = "cli/accounting.rs"]
mod accounting;
#[path = "cli/accounts.rs"]
mod accounts;
#[path = "cli/as_of.rs"]
mod as_of;
#[path = "cli/budget.rs"]
mod budget;
#[path = "cli/by_hand.rs"]
mod by_hand;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/columns.rs"]
mod columns;
#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/completions.rs"]
mod completions;
#[path = "cli/dates.rs"]
mod dates;
#[path = "cli/duplicates.rs"]
mod duplicates;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/explain_code.rs"]
mod explain_code;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/golden.rs"]
mod golden;
#[path = "cli/guards.rs"]
mod guards;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/keep.rs"]
mod keep;
#[path = "cli/labels.rs"]
mod labels;
#[path = "cli/man.rs"]
mod man;
#[path = "cli/measures.rs"]
mod measures;
#[path = "cli/models.rs"]
mod models;
#[path = "cli/normalize.rs"]
mod normalize;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/page.rs"]
mod page;
#[path = "cli/presets.rs"]
mod presets;
#[path = "cli/pseudonyms.rs"]
mod pseudonyms;
#[path = "cli/refusals.rs"]
mod refusals;
#[path = "cli/rejects.rs"]
mod rejects;
#[path = "cli/report.rs"]
mod report;
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
#[path = "cli/spend.rs"]
mod spend;
#[path = "cli/split.rs"]
mod split;
#[path = "cli/sql.rs"]
mod sql;
#[path = "cli/streams.rs"]
mod streams;
#[path = "cli/summary.rs"]
mod summary;
#[path = "cli/tests_of_a_model.rs"]
mod tests_of_a_model;
#[path = "cli/workbooks.rs"]
mod workbooks;
