//! `hotlist normalize`: an export as it is read, to look at when a file surprises.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use tempfile::SpooledTempFile;

use crate::cli::args::{Escape, Global, Normalize};
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::reading;
use crate::cli::settings::{STANDARD, refuse_overwriting};
use crate::diagnostic::Report;
use crate::input::{BadRows, Binding, Format, Opened, Options, Row, Table, open};
use crate::output::Target;
use crate::output::plain::PlainCsv;
use crate::run::refusal;
use crate::value::spreadsheet::CsvEscape;

/// Temporary files up to this size stay in memory.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// Bytes gathered before a write.
const BUFFER: usize = 1 << 16;

pub(in crate::cli) fn run(args: &Normalize, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let options = reading::options(&args.reading)?;
    let output = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != STANDARD);
    let named = output.unwrap_or(Path::new(STANDARD)).to_owned();
    refuse_overwriting(&[named], std::slice::from_ref(&args.file))?;
    let escape = match args.csv_escape {
        Escape::Formulas => CsvEscape::Formulas,
        Escape::None => CsvEscape::None,
    };
    let mut source = Source::of(&args.file)?;
    let taken = match output {
        Some(path) => {
            let interrupts = Interrupts::listen();
            let mut target = Target::open(path)?;
            if let Some(temporary) = target.temporary() {
                interrupts.remove(temporary);
            }
            let taken = normalize(&mut source, &options, escape, &mut target)?;
            target.commit()?;
            taken
        }
        None => {
            // Nothing is shown of a file that turns out to be refused.
            let mut whole = SpooledTempFile::new(IN_MEMORY);
            let taken = normalize(&mut source, &options, escape, &mut whole)?;
            whole.seek(SeekFrom::Start(0))?;
            io::copy(&mut whole, &mut io::stdout().lock())?;
            taken
        }
    };
    for line in taken {
        console.say(&line);
    }
    Ok(())
}

/// The input, which may be read twice.
enum Source<'p> {
    File(&'p Path),
    /// Standard input, put aside.
    Standard(tempfile::NamedTempFile),
}

impl<'p> Source<'p> {
    fn of(path: &'p Path) -> Result<Self> {
        if path.as_os_str() != STANDARD {
            return Ok(Self::File(path));
        }
        let mut file = tempfile::NamedTempFile::new()?;
        io::copy(&mut open(path)?.reader, &mut file)?;
        Ok(Self::Standard(file))
    }

    /// The input from its beginning.
    fn open(&self) -> Result<Opened> {
        Ok(match self {
            Self::File(path) => open(path)?,
            Self::Standard(file) => Opened {
                name: "<stdin>".to_owned(),
                size: None,
                reader: Box::new(file.reopen()?),
            },
        })
    }
}

/// Writes the input as CSV, and gives what it was taken for, a line each.
fn normalize(
    source: &mut Source<'_>,
    options: &Options,
    escape: CsvEscape,
    out: &mut dyn Write,
) -> Result<Vec<String>> {
    let mut table = Table::begin(source.open()?, options)?;
    let mut columns = table.headers().to_vec();
    let nests = matches!(table.format(), Format::JsonArray | Format::Ndjson);
    if nests {
        // Which columns there are is known when the last record is read.
        columns = all_keys(table)?;
        table = Table::begin(source.open()?, options)?;
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
    each_row(&mut table, binding, |row| {
        rows += 1;
        let cells = (0..columns.len()).map(|slot| row.text(slot));
        if failed.is_none() {
            failed = csv.row(cells, &mut out).err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    out.flush()?;
    Ok(account(&table, columns.len(), rows, csv.cells_escaped))
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

/// Calls `take` with every row, and refuses the table if there are others.
fn each_row(
    table: &mut Table,
    binding: Binding,
    mut take: impl FnMut(Row<'_>),
) -> Result<(), Report> {
    let mut parser = table.parser(Arc::new(binding));
    let mut refused = BadRows::new();
    while let Some(block) = table.next_block()? {
        for row in parser.parse(&block, &mut take)? {
            refused.push(0, row);
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(refusal(refused, std::slice::from_ref(&table.name)))
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
