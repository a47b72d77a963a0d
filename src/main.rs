//! The `hotlist` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    hotlist::cli::main()
}
