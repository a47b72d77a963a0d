//! A file of events being read.

use std::collections::VecDeque;
use std::sync::Arc;

use super::pass::EventFile;
use crate::diagnostic::Report;
use crate::input::{Binding, Block, Table};

/// A file being read, with the blocks of it that were read ahead.
pub(super) struct Source {
    pub table: Table,
    pub binding: Arc<Binding>,
    pub ahead: VecDeque<Block>,
}

impl From<EventFile> for Source {
    fn from(file: EventFile) -> Self {
        Self {
            table: file.table,
            binding: file.binding,
            ahead: VecDeque::new(),
        }
    }
}

impl Source {
    /// The next block, one that was read ahead first.
    pub fn next_block(&mut self) -> Result<Option<Block>, Report> {
        match self.ahead.pop_front() {
            Some(block) => Ok(Some(block)),
            None => self.table.next_block(),
        }
    }
}
