//! Views of a finished run: what its ledgers, outcomes and answers say together, as tables of figures.
//!
//! Everything here is worked out from [`Facts`], what a run knows of each lead, or from ranked lists that are compared,
//! and comes out as a [`Document`]: tables with typed cells, which `output` writes in every format and draws as charts.
//! Nothing computes a score again, and nothing here opens a file.

mod answering;
mod by_column;
mod channels;
pub mod compare;
mod facts;
#[cfg(test)]
mod fixture;
mod overview;
mod owners;
mod quality;
mod response;
mod rules;
pub mod statistics;
mod table;

pub use channels::channels;
pub use facts::{Facts, LeadFacts};
pub use overview::overview;
pub use owners::owners;
pub use quality::quality;
pub use response::response;
pub use rules::rules;
pub use table::{Cell, Chart, Column, Document, Part, Table, Unit};
