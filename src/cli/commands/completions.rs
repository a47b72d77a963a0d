//! `hotlist completions`: a script that lets a shell complete commands, flags and files.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;

use crate::cli::args::{Arguments, Completions};

pub(in crate::cli) fn run(args: &Completions) -> Result<()> {
    // Written to memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), NAME, &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    Ok(out.flush()?)
}

/// What the program is called on the path.
const NAME: &str = "hotlist";
