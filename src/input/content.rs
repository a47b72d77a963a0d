//! What has to be undone before an input is text: a compression, a workbook, an encoding.
//!
//! Each is told by content, not by name. What comes out is a plain reader of UTF-8, so that no other part of this
//! station knows of any of it.

use std::io::{self, Cursor, Read};

use super::ahead::Ahead;
use super::beginning::SAMPLE;
use super::encoding::{self, Decoded, Encoding};
use super::feed::failed;
use super::foreign;
use super::table::Options;
use super::unpack::{Compression, Unpacked};
use super::workbook;
use crate::diagnostic::{Diagnostic, Kind, Report};

/// How the text of an export was come by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// How the file is compressed.
    pub compression: Option<Compression>,
    /// In which encoding it is written; for a workbook UTF-8.
    pub encoding: Encoding,
    /// The encoding that the user named, where the file says that it has another.
    pub overruled: Option<Encoding>,
    /// The sheet that was read of a workbook.
    pub sheet: Option<String>,
    /// Cells of that sheet that hold an error such as `#N/A`, and are read as blank.
    pub error_cells: u64,
}

impl Content {
    /// What a reader of the summary should know of the file `name`, a line each.
    pub fn notes(&self, name: &str) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(told) = self.overruled {
            let (used, told) = (self.encoding.name(), told.name());
            notes.push(format!(
                "{name} is read as {used}, which it is, not as {told}"
            ));
        }
        if self.error_cells > 0 {
            let cells = match self.error_cells {
                1 => "1 cell".to_owned(),
                count => format!("{count} cells"),
            };
            notes.push(format!(
                "{cells} of {name} with an error such as #N/A read as blank"
            ));
        }
        notes
    }
}

/// The text of an input and how it was come by.
pub(super) struct Text {
    pub reader: Box<dyn Read + Send>,
    pub content: Content,
}

impl Text {
    /// Undoes what stands between an input and its text.
    pub fn of(name: &str, reader: Box<dyn Read + Send>, options: &Options) -> Result<Self, Report> {
        let mut begun = Begun::new(name, reader)?;
        let compression = Compression::of(&begun.bytes);
        if let Some(compression) = compression {
            let reader = Box::new(begun.again());
            let unpacked = Unpacked::new(name, compression, reader, options.max_unpacked)
                .map_err(|error| failed(name, &error))?;
            begun = Begun::new(name, Box::new(unpacked))?;
            if Compression::of(&begun.bytes).is_some() {
                let message = format!("{name} is compressed twice");
                let diagnostic =
                    Diagnostic::error("foreign-format", message).hint("unpack it once first");
                return Err(Report::new(Kind::Data, diagnostic));
            }
        }
        if workbook::may_begin(&begun.bytes) {
            let sheet = workbook::open(name, begun.again(), options)?;
            return Ok(Self {
                reader: Box::new(sheet.text),
                content: Content {
                    compression,
                    encoding: Encoding::UTF_8,
                    overruled: None,
                    sheet: Some(sheet.name),
                    error_cells: sheet.error_cells,
                },
            });
        }
        foreign::refuse(&begun.bytes, name)?;
        let told = options.encoding;
        let encoding = encoding::tell(&begun.bytes, begun.is_whole, told);
        let overruled = told.filter(|told| *told != encoding);
        let content = Content {
            compression,
            encoding,
            overruled,
            sheet: None,
            error_cells: 0,
        };
        let takes_work = compression.is_some() || encoding != Encoding::UTF_8;
        let is_long = !begun.is_whole;
        let mut reader: Box<dyn Read + Send> = Box::new(begun.again());
        if encoding != Encoding::UTF_8 {
            reader = Box::new(Decoded::new(reader, encoding));
        }
        if takes_work && is_long {
            reader = Box::new(Ahead::new(reader));
        }
        Ok(Self { reader, content })
    }
}

/// Whether what a file holds is more or less than its own bytes, so that its size tells nothing of it.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    Compression::of(bytes).is_some()
        || workbook::may_begin(bytes)
        || encoding::wide(bytes).is_some()
}

/// An input whose beginning was looked at.
struct Begun {
    bytes: Vec<u8>,
    /// Nothing follows these bytes.
    is_whole: bool,
    rest: Box<dyn Read + Send>,
}

impl Begun {
    fn new(name: &str, mut reader: Box<dyn Read + Send>) -> Result<Self, Report> {
        let mut bytes = Vec::new();
        reader
            .by_ref()
            .take(SAMPLE as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(name, &error))?;
        Ok(Self {
            is_whole: bytes.len() < SAMPLE,
            bytes,
            rest: reader,
        })
    }

    /// The input from its beginning.
    fn again(self) -> io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>> {
        Cursor::new(self.bytes).chain(self.rest)
    }
}
