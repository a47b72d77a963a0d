//! `hotlist test`: the model's own tests.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use crate::cli::args::{Global, Test, TestFormat};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::settings::{Screen, named_model};
use crate::output::verdicts;
use crate::run::case::{Verdict, try_all};

pub(in crate::cli) fn run(args: &Test, global: &Global) -> Result<ExitCode> {
    let console = Console::of(global);
    let (model, _) = named_model(args.model.path.as_deref(), console)?;
    let tried = try_all(&model)?;
    if tried.is_empty() {
        console.say("note: the model has no tests; add some: [[tests]]");
    }
    let text = match args.format {
        TestFormat::Text => verdicts::text(&tried, Screen::of(global.color).color),
        TestFormat::Json => verdicts::json(&tried).map_err(io::Error::from)?,
        TestFormat::Junit => verdicts::junit(&tried, &model.name),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(if tried.iter().all(Verdict::passed) {
        ExitCode::SUCCESS
    } else {
        exit::found()
    })
}
