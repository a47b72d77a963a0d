//! Standard error: notes, the summary, progress. Standard output is for data.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{ColorChoice, Global};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::{Style, render_one};
use crate::value::readable;

/// What may be said on standard error, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Console {
    quiet: bool,
    terminal: bool,
    /// Whether standard error takes colour.
    pub color: bool,
}

impl Console {
    pub(super) fn of(global: &Global) -> Self {
        let terminal = std::io::stderr().is_terminal() && !is_dumb();
        Self {
            quiet: global.quiet,
            terminal,
            color: colored(global.color, terminal),
        }
    }

    /// Without colour and progress.
    pub(super) fn plain() -> Self {
        Self {
            quiet: false,
            terminal: false,
            color: false,
        }
    }

    /// Writes text whatever the settings: for errors. That nobody may be listening is not worth another error.
    #[expect(clippy::unused_self, reason = "a console is what is written to")]
    pub(super) fn write(self, text: &str) {
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    /// Writes a line unless told to be quiet; whatever it quotes, it stays one line that acts on no terminal.
    pub(super) fn say(self, line: &str) {
        if !self.quiet {
            self.write(&format!("{}\n", readable(line)));
        }
    }

    /// Writes a warning unless told to be quiet.
    pub(super) fn show(self, warning: &Diagnostic) {
        if !self.quiet {
            let style = if self.color {
                Style::Colored
            } else {
                Style::Plain
            };
            self.write(&format!("{}\n", render_one(warning, style)));
        }
    }

    /// A bar that shows how much of `bytes` is read; hidden unless someone is watching.
    pub(super) fn progress(self, bytes: Option<u64>) -> Progress {
        let bar = match bytes {
            Some(bytes) => ProgressBar::new(bytes),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        let template = if bytes.is_some() {
            "{msg} {bar:30} {percent:>3}%  {bytes}/{total_bytes}  {bytes_per_sec}, {eta} left"
        } else {
            "{msg} {spinner} {bytes}  {bytes_per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message("Reading");
        Progress {
            bar,
            done: AtomicU64::new(0),
            is_shown: AtomicBool::new(!self.terminal || self.quiet),
        }
    }
}

/// A run shorter than this shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(300);

/// A progress bar that any thread may move.
pub(super) struct Progress {
    bar: ProgressBar,
    done: AtomicU64,
    /// Whether the bar is to be seen already, or never will be.
    is_shown: AtomicBool,
}

impl Progress {
    pub(super) fn add(&self, bytes: usize) {
        let before = self.done.fetch_add(bytes as u64, Ordering::Relaxed);
        self.bar.set_position(before + bytes as u64);
        if self.bar.elapsed() > PATIENCE && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether a stream takes colour: the flag first, then the environment's conventions, then the terminal.
pub(super) fn colored(choice: ColorChoice, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, wanted: &str| std::env::var_os(name).is_some_and(|v| v == wanted);
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorChoice::Auto => terminal && !is("CLICOLOR", "0"),
    }
}
