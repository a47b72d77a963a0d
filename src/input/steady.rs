//! A regular file that must stay as it is while it is read.
//!
//! A file that is still being written, or is replaced in place, gives a mixture of two states; whether it does shows at
//! the end, when its size and its time of modification are compared with what they were when it was opened.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

/// The cause of the [`io::Error`] that [`SteadyFile`] gives instead of an end of file that is not to be trusted.
#[derive(Debug)]
pub(super) struct Changed;

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file changed while it was read")
    }
}

impl std::error::Error for Changed {}

/// Reads a file and refuses its end if it changed in the meantime.
pub(super) struct SteadyFile {
    file: File,
    state: State,
    read: u64,
}

impl SteadyFile {
    /// Reads `file`, whose metadata was asked for when it was opened.
    pub fn new(file: File, metadata: &Metadata) -> Self {
        Self {
            file,
            state: State::of(metadata),
            read: 0,
        }
    }
}

impl Read for SteadyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.read += length as u64;
        if length > 0 || buffer.is_empty() {
            return Ok(length);
        }
        let now = State::of(&self.file.metadata()?);
        // Files of the system that hold something and tell a size of 0 are taken at their word.
        let whole = self.read == now.size || now.size == 0;
        if now == self.state && whole {
            Ok(0)
        } else {
            Err(io::Error::other(Changed))
        }
    }
}

/// What changes with a file; the time is `None` where the system keeps none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    size: u64,
    modified: Option<SystemTime>,
}

impl State {
    /// The state that the system tells.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::diagnostic::Kind;
    use crate::input::{Options, Table, open};

    const ROWS: &str = "id,name\n1,Ann\n2,Bob\n";

    /// Opens a file, changes it and reads it to the end.
    fn outcome(change: impl FnOnce(&Path)) -> Result<u64, Kind> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contacts.csv");
        fs::write(&path, ROWS).unwrap();
        let opened = open(&path).unwrap();
        change(&path);
        let mut table = Table::begin(opened, &Options::default()).map_err(|report| report.kind)?;
        let mut bytes = 0;
        while let Some(block) = table.next_block().map_err(|report| report.kind)? {
            bytes += block.len() as u64;
        }
        Ok(bytes)
    }

    fn rewrite(path: &Path, change: impl FnOnce(&File)) {
        change(&OpenOptions::new().write(true).open(path).unwrap());
    }

    #[test]
    fn a_file_that_stays_as_it_is_is_read() {
        assert_eq!(outcome(|_| ()), Ok(ROWS.len() as u64 - 8));
    }

    #[test]
    fn a_file_that_shrank_grew_or_was_modified_is_refused() {
        assert_eq!(
            outcome(|path| rewrite(path, |file| file.set_len(14).unwrap())),
            Err(Kind::Changed)
        );
        let grown = outcome(|path| {
            let mut file = OpenOptions::new().append(true).open(path).unwrap();
            file.write_all(b"3,Cy\n").unwrap();
        });
        assert_eq!(grown, Err(Kind::Changed));
        let modified = outcome(|path| {
            rewrite(path, |file| {
                let time = file.metadata().unwrap().modified().unwrap();
                file.set_modified(time + Duration::from_secs(1)).unwrap();
            });
        });
        assert_eq!(modified, Err(Kind::Changed));
    }

    #[test]
    fn a_file_that_is_replaced_by_another_is_read_as_it_was() {
        let replaced = outcome(|path| {
            let other = path.with_extension("new");
            fs::write(&other, "id\n").unwrap();
            fs::rename(&other, path).unwrap();
        });
        assert_eq!(replaced, Ok(ROWS.len() as u64 - 8));
    }

    #[test]
    fn the_refusal_says_which_file_and_to_try_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contacts.csv");
        fs::write(&path, ROWS).unwrap();
        let opened = open(&path).unwrap();
        rewrite(&path, |file| file.set_len(3).unwrap());
        let report = Table::begin(opened, &Options::default()).err().unwrap();
        let message = format!("{} changed while it was read", path.display());
        assert_eq!(report.to_string(), message);
        let hint = report.diagnostics[0].hint.as_deref();
        assert_eq!(hint, Some("try again when it is complete"));
    }
}
