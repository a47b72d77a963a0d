//! One file for each command.

pub(super) mod explain;
pub(super) mod init;
pub(super) mod score;
pub(super) mod test;
