//! The rejects file: every record that was refused, whole, for whoever mends the export.
//!
//! Threads meet refused records in any order and there may be more of them than fit in memory, so they wait in a
//! temporary file of no name; only their places are kept, and decide the order in which they are written in the end.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::bad_row::BadRow;
use crate::value::spreadsheet::escape;

/// The columns of the file.
const COLUMNS: [&str; 8] = [
    "file", "line", "end_line", "record", "column", "code", "message", "raw",
];

/// Refused records on their way to the rejects file.
#[derive(Debug)]
pub struct Rejects {
    spool: Mutex<Spool>,
    /// Whether every input has been read.
    is_complete: AtomicBool,
}

/// The records so far, each as the line it will be, but for the name of its file.
#[derive(Debug)]
struct Spool {
    lines: BufWriter<File>,
    length: u64,
    places: Vec<Place>,
    /// What went wrong first; nothing is written after that.
    failed: Option<Arc<io::Error>>,
}

/// What kept the rejects file from being written.
#[derive(Debug)]
pub enum WriteError {
    /// The temporary file in which the records waited, which then lacks some.
    Spool(Arc<io::Error>),
    /// The rejects file itself.
    Output(io::Error),
}

/// Where a record's line lies in the spool.
#[derive(Debug, Clone, Copy)]
struct Place {
    file: u32,
    length: u32,
    record: u64,
    offset: u64,
}

impl Place {
    /// Places are in the order of files and records.
    fn order(&self) -> (u32, u64, u64) {
        (self.file, self.record, self.offset)
    }
}

impl Rejects {
    /// None yet. The temporary file lies where the system keeps such files, and only we can read it.
    pub fn new() -> io::Result<Self> {
        Ok(Self::waiting_in(tempfile::tempfile()?))
    }

    fn waiting_in(spool: File) -> Self {
        let spool = Spool {
            lines: BufWriter::new(spool),
            length: 0,
            places: Vec::new(),
            failed: None,
        };
        Self {
            spool: Mutex::new(spool),
            is_complete: AtomicBool::new(false),
        }
    }

    /// Adds a record of the file numbered `file`. An error is kept for [`Rejects::write`].
    pub(super) fn push(&self, file: usize, row: &BadRow) {
        let line = line_of(row);
        let mut spool = self.lock();
        if spool.failed.is_some() {
            return;
        }
        let place = Place {
            file: u32::try_from(file).unwrap_or(u32::MAX),
            length: u32::try_from(line.len()).unwrap_or(u32::MAX),
            record: row.record,
            offset: spool.length,
        };
        match spool.lines.write_all(&line) {
            Ok(()) => {
                spool.length += line.len() as u64;
                spool.places.push(place);
            }
            Err(why) => spool.failed = Some(Arc::new(why)),
        }
    }

    /// Remembers that every input has been read, so that none is missing.
    pub fn complete(&self) {
        self.is_complete.store(true, Ordering::Release);
    }

    /// Whether every input has been read; damage that ends the reading leaves out what follows it.
    pub fn are_complete(&self) -> bool {
        self.is_complete.load(Ordering::Acquire)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lock().places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all but the first `length`: what came since is read once more.
    pub fn truncate(&self, length: usize) {
        self.lock().places.truncate(length);
    }

    /// Writes the file, `files` being the names of the files by number.
    ///
    /// # Errors
    /// See [`WriteError`]. Records that could not wait are missing however often this is called.
    pub fn write(&self, files: &[String], out: &mut dyn Write) -> Result<(), WriteError> {
        let mut spool = self.lock();
        let flushed = match &spool.failed {
            Some(why) => Err(Arc::clone(why)),
            None => spool.lines.flush().map_err(Arc::new),
        };
        if let Err(why) = flushed {
            spool.failed = Some(Arc::clone(&why));
            return Err(WriteError::Spool(why));
        }
        let mut places = spool.places.clone();
        places.sort_unstable_by_key(Place::order);
        writeln!(out, "{}", COLUMNS.join(",")).map_err(WriteError::Output)?;
        let names: Vec<Vec<u8>> = files
            .iter()
            .map(|name| record_of(&[escape(name).as_bytes()]))
            .collect();
        let mut line = Vec::new();
        let mut at = None;
        for place in places {
            spool
                .take(place, &mut at, &mut line)
                .map_err(|why| WriteError::Spool(Arc::new(why)))?;
            let name = names
                .get(place.file as usize)
                .map_or(&b""[..], Vec::as_slice);
            let cells = [name.trim_ascii_end(), b",", &line];
            for cell in cells {
                out.write_all(cell).map_err(WriteError::Output)?;
            }
        }
        let end = spool.lines.get_mut().seek(SeekFrom::End(0));
        end.map_err(|why| WriteError::Spool(Arc::new(why)))?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Spool> {
        self.spool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Spool {
    /// Reads the line in a place; `at` is where the last one ended.
    fn take(&mut self, place: Place, at: &mut Option<u64>, line: &mut Vec<u8>) -> io::Result<()> {
        let spooled = self.lines.get_mut();
        if *at != Some(place.offset) {
            spooled.seek(SeekFrom::Start(place.offset))?;
        }
        *at = Some(place.offset + u64::from(place.length));
        line.resize(place.length as usize, 0);
        spooled.read_exact(line)
    }
}

/// The line of a record from its `line` on. Cells are safe to open in a spreadsheet.
fn line_of(row: &BadRow) -> Vec<u8> {
    let raw = spelled(&row.raw);
    record_of(&[
        row.line.to_string().as_bytes(),
        row.end_line.to_string().as_bytes(),
        row.record.to_string().as_bytes(),
        escape(row.column.as_deref().unwrap_or_default()).as_bytes(),
        row.code.name().as_bytes(),
        escape(&row.message).as_bytes(),
        escape(&raw).as_bytes(),
    ])
}

fn record_of(cells: &[&[u8]]) -> Vec<u8> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer
        .write_record(cells)
        .expect("a record of any cells can be written into memory");
    writer.into_inner().expect("memory takes every byte")
}

/// The bytes of a record as text; bytes that are not UTF-8 are spelled out, `\xe9`.
fn spelled(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::bad_row::{BadCode, BadRows};
    use super::*;

    fn row(record: u64, raw: &[u8]) -> BadRow {
        BadRow {
            line: record + 1,
            end_line: record + 2,
            record,
            column: Some("=name".to_owned()),
            code: BadCode::BadQuote,
            message: "text follows".to_owned(),
            raw: raw.to_vec(),
        }
    }

    fn written(rejects: &Rejects, files: &[&str]) -> String {
        let files: Vec<String> = files.iter().map(|&name| name.to_owned()).collect();
        let mut out = Vec::new();
        rejects.write(&files, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn records_are_written_by_file_and_record_whatever_the_order_they_came_in() {
        let rejects = Arc::new(Rejects::new().unwrap());
        let mut bad = BadRows::new(Some(Arc::clone(&rejects)));
        bad.push(1, row(1, b"x"));
        bad.push(0, row(7, b"y"));
        bad.push(0, row(3, b"z,\"q\""));
        assert_eq!(
            written(&rejects, &["a.csv", "b,c.csv"]),
            "file,line,end_line,record,column,code,message,raw\n\
             a.csv,4,5,3,'=name,bad_quote,text follows,\"z,\"\"q\"\"\"\n\
             a.csv,8,9,7,'=name,bad_quote,text follows,y\n\
             \"b,c.csv\",2,3,1,'=name,bad_quote,text follows,x\n"
        );
    }

    #[test]
    fn a_record_is_kept_whole_safe_for_spreadsheets_and_as_text() {
        let rejects = Rejects::new().unwrap();
        let long = "a".repeat(100_000);
        rejects.push(0, &row(1, long.as_bytes()));
        rejects.push(0, &row(2, b"=1+1,caf\xe9"));
        let text = written(&rejects, &["a.csv"]);
        assert!(text.contains(&long));
        assert!(text.contains("'=1+1,caf\\xe9"), "{text}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn records_that_could_not_wait_are_missing_however_often_it_is_written() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let rejects = Rejects::waiting_in(full.unwrap());
        // More than is gathered before a write, and then less.
        for length in [100_000, 10] {
            rejects.push(0, &row(1, "a".repeat(length).as_bytes()));
            for _ in 0..2 {
                let mut out = Vec::new();
                let error = rejects.write(&["a.csv".to_owned()], &mut out).unwrap_err();
                assert!(
                    matches!(&error, WriteError::Spool(why) if why.kind() == io::ErrorKind::StorageFull),
                    "{error:?}"
                );
                assert!(out.is_empty());
            }
        }
    }

    #[test]
    fn what_is_read_once_more_is_forgotten_first() {
        let rejects = Rejects::new().unwrap();
        rejects.push(0, &row(1, b"kept"));
        rejects.push(1, &row(1, b"dropped"));
        rejects.truncate(1);
        rejects.push(1, &row(2, b"new"));
        let text = written(&rejects, &["a.csv", "b.csv"]);
        assert_eq!(rejects.len(), 2);
        assert!(text.contains("kept") && text.contains("new"), "{text}");
        assert!(!text.contains("dropped"), "{text}");
    }
}
