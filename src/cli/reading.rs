//! The flags that say how exports are read, as what the reader understands.

use std::path::PathBuf;

use super::args::Reading;
use super::console::Console;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::input::{Encoding, Options};
use crate::preset;

/// The longest cell that may be asked for, in bytes.
const LONGEST_CELL: u64 = 64 << 20;

/// What each unit stands for, in bytes.
const UNITS: [(&str, u64); 14] = [
    ("", 1),
    ("b", 1),
    ("k", 1 << 10),
    ("kb", 1000),
    ("kib", 1 << 10),
    ("m", 1 << 20),
    ("mb", 1_000_000),
    ("mib", 1 << 20),
    ("g", 1 << 30),
    ("gb", 1_000_000_000),
    ("gib", 1 << 30),
    ("t", 1 << 40),
    ("tb", 1_000_000_000_000),
    ("tib", 1 << 40),
];

/// The kinds of exports that are read beside these files of events.
pub(super) fn kinds_of(events: &[PathBuf]) -> Vec<preset::Kind> {
    let has_events = !events.is_empty();
    let events = has_events.then_some(preset::Kind::Events);
    std::iter::once(preset::Kind::Contacts)
        .chain(events)
        .collect()
}

/// How exports of some kinds are read.
pub(super) fn options(reading: &Reading, kinds: &[preset::Kind]) -> Result<Options, Report> {
    let presets = preset::Choice::read(&reading.preset)?;
    presets.refuse_useless(kinds)?;
    let defaults = Options::default();
    let size = |flag, text: &Option<String>| {
        let told = text.as_deref().map(|text| size(flag, text));
        told.transpose()
    };
    let max_cell = size("--max-cell", &reading.max_cell)?;
    if max_cell.is_some_and(|size| size > LONGEST_CELL) {
        let diagnostic = Diagnostic::error("bad-size", "a cell has 64 MiB at the most");
        return Err(Report::new(
            Kind::Usage,
            diagnostic.hint("for instance --max-cell 64MiB"),
        ));
    }
    Ok(Options {
        delimiter: delimiter(reading.delimiter.as_deref())?,
        encoding: reading.encoding.as_deref().map(encoding).transpose()?,
        sheet: reading.sheet.clone(),
        max_cell: max_cell.map_or(defaults.max_cell, |size| {
            usize::try_from(size).unwrap_or(usize::MAX)
        }),
        max_unpacked: size("--max-unpacked", &reading.max_unpacked)?,
        skip: reading.skip,
        presets,
        ..defaults
    })
}

/// The flags of these that are given.
pub(super) fn given(reading: &Reading) -> Vec<&'static str> {
    let flags = [
        (&reading.delimiter, "--delimiter"),
        (&reading.encoding, "--encoding"),
        (&reading.sheet, "--sheet"),
        (&reading.max_cell, "--max-cell"),
        (&reading.max_unpacked, "--max-unpacked"),
    ];
    let given = flags
        .into_iter()
        .map(|(value, flag)| (value.is_some(), flag));
    let others = [
        (reading.skip > 0, "--skip"),
        (!reading.preset.is_empty(), "--preset"),
    ];
    let given = given.chain(others).filter(|(is_given, _)| *is_given);
    given.map(|(_, flag)| flag).collect()
}

/// Warns of presets that were asked for and taken for none of the exports.
pub(super) fn warn_of_unused<'s>(
    presets: &preset::Choice,
    taken: impl IntoIterator<Item = &'s preset::Shape>,
    console: Console,
) {
    for name in presets.unused(taken) {
        console.say(&format!(
            "warning: --preset {name} was taken for no export: it knows none of their headers"
        ));
    }
}

fn delimiter(text: Option<&str>) -> Result<Option<u8>, Report> {
    let Some(text) = text else {
        return Ok(None);
    };
    match text {
        "," | ";" | "|" | "\t" => Ok(text.bytes().next()),
        "tab" | "\\t" => Ok(Some(b'\t')),
        _ => Err(Report::new(
            Kind::Usage,
            Diagnostic::error("bad-delimiter", format!("`{text}` cannot be a delimiter"))
                .hint("it can be `,` `;` `|` or `tab`"),
        )),
    }
}

fn encoding(name: &str) -> Result<Encoding, Report> {
    Encoding::named(name).ok_or_else(|| {
        let message = format!("there is no encoding `{name}`");
        let hint = match nearest(name, Encoding::NAMES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "for instance windows-1252, utf-16le or shift_jis".to_owned(),
        };
        let diagnostic = Diagnostic::error("unknown-encoding", message).hint(hint);
        Report::new(Kind::Usage, diagnostic)
    })
}

/// A number of bytes: digits and a unit, such as `512K`, `20GiB` or `3 GB`. Without an `i` a unit of two letters is a
/// power of 1000, any other of 1024.
fn size(flag: &str, text: &str) -> Result<u64, Report> {
    let trimmed = text.trim();
    let end = trimmed
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(trimmed.len());
    let unit = trimmed[end..].trim_start().to_ascii_lowercase();
    let factor = UNITS.iter().find(|(name, _)| *name == unit);
    let number: Option<u64> = trimmed[..end].parse().ok();
    let bytes = number
        .zip(factor)
        .and_then(|(number, (_, factor))| number.checked_mul(*factor));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| {
        let message = format!("`{text}` is no size for {flag}");
        let hint = format!("for instance {flag} 20MiB");
        let diagnostic = Diagnostic::error("bad-size", message).hint(hint);
        Report::new(Kind::Usage, diagnostic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_every_unit() {
        let read = |text| size("--max-cell", text).ok();
        assert_eq!(read("512"), Some(512));
        assert_eq!(read("1K"), Some(1024));
        assert_eq!(read("20GiB"), Some(20 << 30));
        assert_eq!(read("3 mb"), Some(3_000_000));
        assert_eq!(read("1T"), Some(1 << 40));
        assert_eq!(read("1TB"), Some(1_000_000_000_000));
        for wrong in ["", "0", "-1", "1.5M", "10 bananas", "MiB"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_size_that_no_number_holds_is_none() {
        let read = |text| size("--max-unpacked", text).ok();
        assert_eq!(read("16777215TiB"), Some(((1 << 24) - 1) << 40));
        assert_eq!(read("16777216TiB"), None);
        assert_eq!(read("99999999999999999999"), None);
    }

    #[test]
    fn every_unit_is_read_as_it_is_written_and_in_capitals() {
        for (unit, bytes) in UNITS {
            for unit in [unit.to_owned(), unit.to_uppercase()] {
                let read = size("--max-unpacked", &format!("3 {unit}"));
                assert_eq!(read.ok(), Some(3 * bytes), "{unit}");
            }
        }
    }
}
