//! `hotlist normalize`: an export as it is read, to look at when a file surprises.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use tempfile::SpooledTempFile;

use crate::cli::args::{Escape, Global, Normalize};
use crate::cli::collisions::Files;
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::reading;
use crate::cli::rejects::{RejectsFile, place_beside};
use crate::cli::settings::STANDARD;
use crate::diagnostic::{Diagnostic, Report};
use crate::input::{
    Again, BadRow, BadRows, Binding, Format, Opened, Options, Rejects, Row, Table, open,
};
use crate::output::plain::PlainCsv;
use crate::output::target::Sealed;
use crate::preset;
use crate::run::{Counts, Limit, left_out, refusal};
use crate::value::spreadsheet::CsvEscape;

/// Temporary files up to this size stay in memory.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// Bytes gathered before a write.
const BUFFER: usize = 1 << 16;

pub(in crate::cli) fn run(args: &Normalize, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let options = Options {
        kinds: preset::Kind::ALL.to_vec(),
        ..reading::options(&args.reading, &preset::Kind::ALL)?
    };
    let output = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != STANDARD);
    let files = Files {
        inputs: vec![args.file.clone()],
        rejects: args.bad_rows.rejects.clone(),
        ..Files::default()
    };
    files.refuse_collisions(&[output.unwrap_or(Path::new(STANDARD)).to_owned()])?;
    let escape = match args.csv_escape {
        Escape::Formulas => CsvEscape::Formulas,
        Escape::None => CsvEscape::None,
    };
    let budget = args.bad_rows.budget()?;
    let mut opened = open(&args.file)?;
    let names = vec![opened.name.clone()];
    let again = opened.repeatable();
    let rejects = files.rejects.as_deref();
    let rejects = rejects
        .map(|path| RejectsFile::open(path, names))
        .transpose()?;
    let source = Source {
        again,
        options,
        budget,
        rejects: rejects.as_ref().map(RejectsFile::collected),
    };
    let (taken, sealed) = match written(&source, opened, escape, output) {
        Ok(written) => written,
        Err(refusal) => return Err(place_beside(rejects, refusal)),
    };
    rejects.map_or(Ok(()), RejectsFile::place)?;
    Interrupts::listen().commit(sealed)?;
    reading::warn_of_unused(&source.options.presets, taken.preset, console);
    for line in &taken.account {
        console.say(line);
    }
    if let Some(left_out) = &taken.left_out {
        console.show(left_out);
    }
    Ok(())
}

/// The input, which may be read twice, and how.
struct Source {
    again: Again,
    options: Options,
    /// How many rows that cannot be read are left out.
    budget: Limit,
    rejects: Option<Arc<Rejects>>,
}

/// What an input was taken for.
struct Taken {
    /// The same, a line each.
    account: Vec<String>,
    preset: Option<&'static preset::Shape>,
    /// What is said of rows that were left out.
    left_out: Option<Diagnostic>,
}

/// Writes the input to its output; a file is yet to take its place.
fn written(
    source: &Source,
    opened: Opened,
    escape: CsvEscape,
    output: Option<&Path>,
) -> Result<(Taken, Option<Sealed>)> {
    if let Some(path) = output {
        let mut target = Interrupts::listen().open(path)?;
        let taken = normalize(source, opened, escape, &mut target)?;
        return Ok((taken, target.seal()?));
    }
    // Nothing is shown of a file that turns out to be refused.
    let mut whole = SpooledTempFile::new(IN_MEMORY);
    let taken = normalize(source, opened, escape, &mut whole)?;
    whole.seek(SeekFrom::Start(0))?;
    io::copy(&mut whole, &mut io::stdout().lock())?;
    Ok((taken, None))
}

/// Writes the input as CSV, and gives what it was taken for.
fn normalize(
    source: &Source,
    opened: Opened,
    escape: CsvEscape,
    out: &mut dyn Write,
) -> Result<Taken> {
    let mut table = Table::begin(opened, &source.options)?;
    let mut columns = table.headers().to_vec();
    let nests = matches!(table.format(), Format::JsonArray | Format::Ndjson);
    if nests {
        // Which columns there are is known when the last record is read.
        columns = all_keys(table)?;
        table = Table::begin(source.again.open()?, &source.options)?;
    }
    let mut binding = Binding::new(columns.len());
    for slot in 0..table.headers().len() {
        binding.bind(slot, slot);
    }
    let keys: HashMap<String, usize> = columns.iter().cloned().zip(0..).collect();
    binding.late(Arc::new(move |key| {
        keys.get(key).map(|slot| (*slot, 0)).into_iter().collect()
    }));
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let mut csv = PlainCsv::new(escape);
    csv.header(&columns, &mut out)?;
    let mut failed = None;
    let mut rows = 0_u64;
    let mut bad = BadRows::new(source.rejects.clone());
    each_row(&mut table, binding, |row| match row {
        Ok(row) => {
            rows += 1;
            let cells = (0..columns.len()).map(|slot| row.text(slot));
            if failed.is_none() {
                failed = csv.row(cells, &mut out).err();
            }
        }
        Err(row) => bad.push(0, row),
    })?;
    if let Some(rejects) = &source.rejects {
        rejects.complete();
    }
    let names = std::slice::from_ref(&table.name);
    let counts = Counts::of_one(bad.len(), rows + bad.len());
    if !counts.are_within(source.budget) {
        return Err(refusal(&bad, names, source.budget, &counts).into());
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    out.flush()?;
    Ok(Taken {
        account: account(&table, columns.len(), rows, csv.cells_escaped()),
        preset: table.preset(),
        left_out: left_out(&bad, names),
    })
}

/// The dotted keys of all records, in the order in which they are first seen.
fn all_keys(mut table: Table) -> Result<Vec<String>, Report> {
    let late: Arc<Mutex<Late>> = Arc::default();
    let mut binding = Binding::new(0);
    let seen = Arc::clone(&late);
    binding.late(Arc::new(move |key| {
        let mut late = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if late.known.insert(key.to_owned()) {
            late.keys.push(key.to_owned());
        }
        Vec::new()
    }));
    let mut columns = table.headers().to_vec();
    // What cannot be read is refused, or left out, when it is read again.
    each_row(&mut table, binding, |_| ())?;
    let mut late = late.lock().unwrap_or_else(PoisonError::into_inner);
    columns.append(&mut late.keys);
    Ok(columns)
}

/// Keys that turn up after the beginning.
#[derive(Default)]
struct Late {
    keys: Vec<String>,
    known: HashSet<String>,
}

/// Calls `take` with every row, good or bad.
fn each_row(
    table: &mut Table,
    binding: Binding,
    mut take: impl FnMut(Result<Row<'_>, BadRow>),
) -> Result<(), Report> {
    let mut parser = table.parser(Arc::new(binding));
    while let Some(block) = table.next_block()? {
        parser.parse(&block, &mut take);
    }
    Ok(())
}

/// What the input was taken for.
fn account(table: &Table, columns: usize, rows: u64, escaped: u64) -> Vec<String> {
    let content = table.content();
    let mut kind = match table.format() {
        Format::Csv { delimiter } => {
            let delimiter = match delimiter {
                b',' => "commas".to_owned(),
                b';' => "semicolons".to_owned(),
                b'\t' => "tabs".to_owned(),
                b'|' => "bars".to_owned(),
                other => format!("`{}`", char::from(other)),
            };
            format!("delimited text with {delimiter}")
        }
        Format::JsonArray => "a JSON array".to_owned(),
        Format::Ndjson => "JSON, one object per line".to_owned(),
        Format::Sheet => match &content.sheet {
            Some(sheet) => format!("a workbook, sheet `{sheet}`"),
            None => "a workbook".to_owned(),
        },
    };
    if table.format() != Format::Sheet {
        kind.push_str(", ");
        kind.push_str(content.encoding.name());
    }
    if let Some(ends) = table.line_ends() {
        kind.push_str(&format!(", lines end with {ends}"));
    }
    if let Some(compression) = content.compression {
        kind.push_str(&format!(", compressed with {compression}"));
    }
    let counted = |count: u64, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let mut lines = vec![
        format!("{}: {kind}", table.name),
        format!(
            "{}, {}",
            counted(rows, "row"),
            counted(columns as u64, "column")
        ),
    ];
    if let Some(shape) = table.preset() {
        lines.push(format!("preset {}", shape.said()));
    }
    for (count, what) in [
        (table.lines_before_header(), "line before the header"),
        (table.footer_rows(), "row of a footer"),
    ] {
        if count > 0 {
            let what = if count == 1 {
                what.to_owned()
            } else {
                what.replacen(' ', "s ", 1)
            };
            lines.push(format!("{count} {what} passed over"));
        }
    }
    lines.extend(content.notes(&table.name));
    if let Some(line) = table.ends_without_line_end() {
        lines.push(format!(
            "warning: line {line}, the last of {}, has no line end: it may be cut off",
            table.name
        ));
    }
    if escaped > 0 {
        lines.push(format!(
            "{} that a spreadsheet would run begin with ' (--csv-escape none leaves them)",
            counted(escaped, "cell")
        ));
    }
    lines
}
