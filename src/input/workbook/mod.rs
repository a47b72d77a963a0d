//! Excel workbooks (.xlsx): one sheet of them, as delimited text for the reader there is.
//!
//! A workbook is a ZIP archive, which is read from its end, so it is put into a temporary file first. Its cells are
//! taken one by one, never as a whole sheet, and wait in a temporary file as well: only when all are seen is it known
//! how wide the sheet is. [`SheetText`] then gives them with U+001F between cells and U+001E at the end of a row, so
//! that the number of a line is the number of the row, whatever line breaks the cells hold.

mod cell;
mod parts;
mod text;

use std::io::{self, Read, Seek, SeekFrom};

use calamine::{
    DataRef, Reader as _, Sheet as SheetEntry, SheetType, SheetVisible, Xlsx, XlsxError,
};
use tempfile::SpooledTempFile;

use super::feed::failed;
use super::table::Options;
use super::unpack::most_unpacked;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use cell::Cells;
use text::Gathered;

pub(super) use cell::INEXACT;
pub(super) use text::{DELIMITER, LINE_END, SheetText};

/// Temporary files up to this size stay in memory.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// One sheet of a workbook.
pub(super) struct Sheet {
    pub name: String,
    /// Its cells as delimited text.
    pub text: SheetText,
    /// Cells that hold an error, which read as blank.
    pub error_cells: u64,
}

/// Whether a file that begins with `bytes` may be a workbook: a ZIP archive.
pub(super) fn may_begin(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the sheet that is meant of the ZIP archive `reader`, called `name` in messages.
pub(super) fn open(name: &str, mut reader: impl Read, options: &Options) -> Result<Sheet, Report> {
    let mut file = SpooledTempFile::new(IN_MEMORY);
    let size = io::copy(&mut reader, &mut file)
        .and_then(|size| file.seek(SeekFrom::Start(0)).map(|_| size))
        .map_err(|error| failed(name, &error))?;
    let limit = most_unpacked(options.max_unpacked, size);
    parts::check(name, &mut file, limit, options)?;
    let mut workbook = Xlsx::new(file).map_err(|error| damaged(name, &error))?;
    let sheet = chosen(name, &mut workbook, options.sheet.as_deref())?;
    let cells = Cells {
        decimal_comma: options.decimal_comma,
        is_1904: workbook.has_1904_epoch(),
    };
    let gathered = gathered(name, &mut workbook, &sheet, cells, limit)?;
    let error_cells = gathered.error_cells;
    let text = gathered.text().map_err(|error| failed(name, &error))?;
    Ok(Sheet {
        name: sheet,
        text,
        error_cells,
    })
}

type Workbook = Xlsx<SpooledTempFile>;

/// The name of the sheet to read: the one told, the only one, or the only one that is seen and holds something.
fn chosen(name: &str, workbook: &mut Workbook, told: Option<&str>) -> Result<String, Report> {
    let sheets: Vec<SheetEntry> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .cloned()
        .collect();
    let names = |sheets: &[&SheetEntry]| -> String {
        let names: Vec<String> = sheets.iter().map(|s| format!("`{}`", s.name)).collect();
        names.join(", ")
    };
    if let Some(told) = told {
        if let Some(sheet) = sheets.iter().find(|sheet| sheet.name == told) {
            return Ok(sheet.name.clone());
        }
        let message = format!("{name} has no sheet `{told}`");
        let hint = match nearest(told, sheets.iter().map(|sheet| sheet.name.as_str())) {
            Some(near) => format!("did you mean --sheet '{near}'?"),
            None => format!("it has {}", names(&sheets.iter().collect::<Vec<_>>())),
        };
        return Err(refused(
            Diagnostic::error("unknown-sheet", message).hint(hint),
        ));
    }
    if let [only] = sheets.as_slice() {
        return Ok(only.name.clone());
    }
    let mut candidates = Vec::new();
    for sheet in sheets.iter().filter(|s| s.visible == SheetVisible::Visible) {
        if holds_something(name, workbook, &sheet.name)? {
            candidates.push(sheet);
        }
    }
    match candidates.as_slice() {
        [only] => Ok(only.name.clone()),
        [] => {
            let message = format!("{name} has no sheet that is shown and holds anything");
            Err(refused(
                Diagnostic::error("empty-file", message).hint("name another one with --sheet"),
            ))
        }
        several => {
            let message = format!("{name} has several sheets: {}", names(several));
            let hint = format!(
                "say which one is meant, for instance --sheet '{}'",
                several[0].name
            );
            Err(refused(
                Diagnostic::error("several-sheets", message).hint(hint),
            ))
        }
    }
}

/// Whether a sheet has a cell that is not blank.
fn holds_something(name: &str, workbook: &mut Workbook, sheet: &str) -> Result<bool, Report> {
    let error = |error: XlsxError| damaged(name, &error);
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(error)?;
    loop {
        match cells.next_cell() {
            Ok(None) => return Ok(false),
            Ok(Some(cell)) => match cell.get_value() {
                DataRef::Empty | DataRef::Error(_) => {}
                DataRef::String(text) if text.trim().is_empty() => {}
                DataRef::SharedString(text) if text.trim().is_empty() => {}
                _ => return Ok(true),
            },
            // An error of a kind that came up later, such as #SPILL!.
            Err(XlsxError::CellError(_)) => {}
            Err(other) => return Err(error(other)),
        }
    }
}

/// All cells of a sheet, as text.
fn gathered(
    name: &str,
    workbook: &mut Workbook,
    sheet: &str,
    cells: Cells,
    limit: u64,
) -> Result<Gathered, Report> {
    let error = |error: XlsxError| damaged(name, &error);
    let mut gathered = Gathered::new(limit);
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(error)?;
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(gathered),
            // An error of a kind that came up later, such as #SPILL!.
            Err(XlsxError::CellError(_)) => {
                gathered.error_cells += 1;
                continue;
            }
            Err(other) => return Err(error(other)),
        };
        let value = cell.get_value();
        if let DataRef::Error(_) = value {
            gathered.error_cells += 1;
        }
        let text = cells.text(value);
        let (row, column) = cell.get_position();
        gathered
            .add(name, row, column, &text)
            .map_err(|error| failed(name, &error))?;
    }
}

/// The refusal of a workbook that does not keep to the format.
fn damaged(name: &str, error: &XlsxError) -> Report {
    let message = format!("{name} is a workbook that cannot be read: {error}");
    refused(
        Diagnostic::error("damaged-file", message)
            .hint("open it in Excel and save it again, or save the sheet as CSV UTF-8"),
    )
}

fn refused(diagnostic: Diagnostic) -> Report {
    Report::new(Kind::Data, diagnostic)
}
