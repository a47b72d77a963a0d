//! One file for each command.

pub(super) mod check;
pub(super) mod compare;
pub(super) mod completions;
mod documents;
pub(super) mod explain;
pub(super) mod explain_code;
pub(super) mod init;
mod listing;
pub(super) mod man;
pub(super) mod normalize;
mod outputs;
pub(super) mod report;
mod run_columns;
pub(super) mod schema;
pub(super) mod score;
mod sink;
mod split;
pub(super) mod sql;
pub(super) mod test;
