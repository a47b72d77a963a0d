//! An interrupted run removes its temporary files before it ends, and is not interrupted while outputs take their
//! places: until then every output is the old one, from then on every one is the new one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::diagnostic::Report;
use crate::output::target::{Sealed, Target, place_all};

/// The temporary files that go if the process is told to end. There is one list for all outputs of the process: the
/// first listener to heed a signal ends it.
#[derive(Debug, Default)]
pub(super) struct Interrupts {
    files: Arc<Mutex<Vec<PathBuf>>>,
}

impl Interrupts {
    /// Listens from the first call on. A signal that was ignored before, as under `nohup`, still is.
    pub(super) fn listen() -> &'static Self {
        static ONE: OnceLock<Interrupts> = OnceLock::new();
        ONE.get_or_init(|| {
            let interrupts = Self::default();
            #[cfg(unix)]
            signals::listen(Arc::clone(&interrupts.files));
            interrupts
        })
    }

    /// As [`Target::open`], of a target that leaves nothing behind should the process be told to end.
    pub(super) fn open(&self, path: &Path) -> Result<Target, Report> {
        self.opened(|| Target::open(path))
    }

    /// As [`Target::private`], likewise.
    pub(super) fn open_private(&self, path: &Path) -> Result<Target, Report> {
        self.opened(|| Target::private(path))
    }

    /// No signal comes between the making of a temporary file and its entry in the list.
    fn opened(&self, open: impl FnOnce() -> Result<Target, Report>) -> Result<Target, Report> {
        let mut files = self.hold();
        let target = open()?;
        files.extend(target.temporary().map(Path::to_owned));
        Ok(target)
    }

    /// Puts files in their places, all or none, while signals wait.
    pub(super) fn commit(&self, files: impl IntoIterator<Item = Sealed>) -> Result<(), Report> {
        let _hold = self.hold();
        place_all(files.into_iter().collect())
    }

    /// Has a signal wait for as long as what is returned is held.
    fn hold(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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
