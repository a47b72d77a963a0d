//! hotlist scores the leads in a CRM's exports by a point model, ranks them, and explains every point.
//!
//! A lead's way through the library is one straight line, and the modules are the stations of that line, in order.
//! A station may use those above it, never those below.
//!
//! | station | takes → gives | if the value is wrong here, the bug is here |
//! |---|---|---|
//! | [`value`] | one cell → a number, a time, a yes or no | a cell is understood wrongly |
//! | [`diagnostic`] | a problem → a message with file, line, column and caret | a message points at the wrong place |
//! | [`preset`] | a header row → the known export it is of | an export is taken for another system's |
//! | [`model`] | TOML text → a checked model, or every problem at once | a rule means something its author did not write |
//! | [`plan`] | model + headers of the exports → slots | a column is bound to the wrong header |
//! | [`input`] | bytes → records | a cell differs from the export |
//! | [`engine`] | plan + records → signals → a ledger for each contact | a point is wrong |
//! | [`rank`] | ledgers → order, temperature, checklist | a label or the order is wrong |
//! | [`run`] | files → a ranking, by all of the above | the stations are joined wrongly |
//! | [`lint`] | a model, and perhaps a run → findings and a preview | `check` is wrong about a model |
//! | [`analysis`] | what a run knows of its leads → tables of figures | a report or a comparison is wrong |
//! | [`output`] | ranked leads and tables → bytes in one format | a figure is shown wrongly |
//! | [`sql`] | plan → a query in a dialect | a database disagrees with the engine |
//! | [`starter`] | exports → a model to start from | a column is taken for what it is not |
//! | [`cli`] | arguments → settings → a run → an exit code | a flag does the wrong thing |
//!
//! The library prints nothing and reads no clock and no environment, except in [`cli`].

pub mod analysis;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod input;
pub mod lint;
pub mod model;
pub mod output;
pub mod plan;
pub mod preset;
pub mod rank;
pub mod run;
pub mod sql;
pub mod starter;
pub mod value;
