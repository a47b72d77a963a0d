//! Views of a finished run: what its ledgers, outcomes and answers say together, as tables of figures.
//!
//! Everything here is worked out from [`Facts`], what a run knows of each lead, and comes out as a [`Document`]: tables
//! with typed cells, which `output` writes in every format and draws as charts. Nothing computes a score again, and
//! nothing here opens a file.

mod answering;
mod by_column;
mod channels;
mod facts;
#[cfg(test)]
mod fixture;
mod owners;
mod report;
mod response;
pub mod statistics;
mod table;

pub use channels::channels;
pub use facts::{Facts, LeadFacts};
pub use owners::owners;
pub use response::response;
pub use table::{Cell, Chart, Column, Document, Part, Table, Unit};
