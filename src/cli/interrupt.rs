//! An interrupted run removes its temporary files before it ends, and is not interrupted while outputs take their
//! places: until then every output is the old one, from then on every one is the new one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files that go if the process is told to end.
#[derive(Debug, Default)]
pub(super) struct Interrupts {
    files: Arc<Mutex<Vec<PathBuf>>>,
}

impl Interrupts {
    /// Begins to listen. A signal that was ignored before, as under `nohup`, still is.
    pub(super) fn listen() -> Self {
        let interrupts = Self::default();
        #[cfg(unix)]
        signals::listen(Arc::clone(&interrupts.files));
        interrupts
    }

    /// Has a file removed too, where it is still there.
    pub(super) fn remove(&self, file: &Path) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file.to_owned());
    }

    /// Has a signal wait for as long as what is returned is held.
    pub(super) fn hold(&self) -> Hold<'_> {
        Hold(self.files.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps signals waiting.
pub(super) struct Hold<'i>(
    #[expect(dead_code, reason = "held, not read")] MutexGuard<'i, Vec<PathBuf>>,
);

#[cfg(unix)]
mod signals {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Listens on a thread of its own, from when this returns. Where that cannot be, signals do what they always do.
    pub(super) fn listen(files: Arc<Mutex<Vec<PathBuf>>>) {
        let (ready, is_ready) = channel();
        let listening = thread::Builder::new().spawn(move || {
            let ignored = ignored().unwrap_or(mask(SIGHUP));
            let heeded = [SIGINT, SIGTERM, SIGHUP]
                .into_iter()
                .filter(|signal| ignored & mask(*signal) == 0);
            let signals = Signals::new(heeded);
            // Nobody waits for the answer any more if this fails.
            let _ = ready.send(());
            let Ok(mut signals) = signals else { return };
            for signal in signals.forever() {
                let files = files.lock().unwrap_or_else(PoisonError::into_inner);
                for file in files.iter() {
                    // What has taken its final name is not there any more.
                    let _ = fs::remove_file(file);
                }
                let _ = emulate_default_handler(signal);
            }
        });
        if listening.is_ok() {
            let _ = is_ready.recv();
        }
    }

    fn mask(signal: i32) -> u64 {
        1 << (signal - 1)
    }

    /// The signals that the process was started to ignore, one bit each, where the system tells.
    fn ignored() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    }
}
