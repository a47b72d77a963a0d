//! The leads whose cells conditions are asked about.

use super::cells::{CELLS, Cell, PARTNERS, SETTLES_THE_ORDER, cell};
use std::fmt;

/// The columns of every lead.
pub const COLUMNS: [&str; 3] = ["a", "b", "c"];

/// One lead: a cell for each column, and the days since its last visit, which a signal named `quiet` measures.
#[derive(Clone)]
pub struct Lead {
    pub cells: [&'static Cell; 3],
    /// NULL where there was no visit.
    pub quiet: Option<u8>,
}

/// How many days ago leads were visited.
pub const QUIET: [Option<u8>; 4] = [None, Some(0), Some(3), Some(40)];

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (column, cell) in COLUMNS.iter().zip(self.cells) {
            write!(f, "{column} = {:?}, ", cell.text)?;
        }
        write!(f, "quiet = {:?}", self.quiet)
    }
}

/// Every cell in `a`, each beside some of the partners in `b`, and `c` going round by itself. Cells of one kind stand
/// beside partners of every kind.
pub fn grid() -> Vec<Lead> {
    let mut leads = vec![settling()];
    for (at, a) in CELLS.iter().enumerate() {
        for step in [0, 2, 4, 6] {
            let turn = leads.len();
            leads.push(Lead {
                cells: [
                    a,
                    cell(PARTNERS[(at + step) % PARTNERS.len()]),
                    &CELLS[(turn * 7) % CELLS.len()],
                ],
                quiet: QUIET[turn % QUIET.len()],
            });
        }
    }
    leads
}

/// A lead that settles whether dates begin with the day, in every column.
pub fn settling() -> Lead {
    Lead {
        cells: [&SETTLES_THE_ORDER; 3],
        quiet: None,
    }
}
