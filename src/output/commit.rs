//! Several files take their places together, or none does.
//!
//! Before a file is replaced, the old one is kept under a second name beside it, a hard link. Should a later file not
//! take its place, or the folder not be synced, those that were replaced already get their old content back under
//! their own name; a file that was not there before goes again. Where a file system has no hard links, or the old
//! file is not ours to link, it is replaced all the same, and a failure after that is said.
//!
//! The steps are behind a trait of their own, so that tests can make each fail in turn.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::target::{TEMPORARY_ENDING, Target, folder_of, temporary_prefix, write_failed};
use crate::diagnostic::Report;

/// A file that is wholly on disk under a temporary name; dropped, it leaves no trace.
#[derive(Debug)]
pub struct Sealed {
    /// The path as the user gave it.
    pub(super) named: PathBuf,
    pub(super) temporary: TempPath,
    pub(super) place: PathBuf,
}

/// What is asked of the disk.
pub(super) trait Steps {
    /// Writes what is not written yet.
    fn write(&mut self, target: &mut Target) -> io::Result<()>;
    /// Waits until a file is on disk.
    fn sync(&mut self, file: &File) -> io::Result<()>;
    /// Gives a file a second name.
    fn link(&mut self, file: &Path, second: &Path) -> io::Result<()>;
    /// Gives a file another name, in place of whatever had it.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes the names in a folder last through a power cut, where the system can.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The disk itself.
pub(super) struct Disk;

impl Steps for Disk {
    fn write(&mut self, target: &mut Target) -> io::Result<()> {
        target.flush()
    }

    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn link(&mut self, file: &Path, second: &Path) -> io::Result<()> {
        fs::hard_link(file, second)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        make_last(folder)
    }
}

/// Makes the new name last through a power cut, where the system can.
#[cfg(unix)]
fn make_last(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems sync no folders, and some folders may be written to but not read.
        Err(why) if !matches!(why.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            Err(why)
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn make_last(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts several files in their places. If it fails, every place holds what it held before, or the hint names those
/// that do not.
pub fn place_all(files: Vec<Sealed>) -> Result<(), Report> {
    place_all_by(files, &mut Disk)
}

fn place_all_by(files: Vec<Sealed>, steps: &mut dyn Steps) -> Result<(), Report> {
    let mut replaced = Vec::new();
    let Err((named, why)) = replace(files, &mut replaced, steps) else {
        return Ok(());
    };
    let report = write_failed(&named.display().to_string(), &why);
    let lost = put_back(replaced, steps);
    Err(if lost.is_empty() {
        report
    } else {
        half_done(report, &lost)
    })
}

/// A file that has taken its place.
struct Replaced {
    named: PathBuf,
    place: PathBuf,
    before: Before,
}

/// What was in a place before.
enum Before {
    Nothing,
    /// A file, which has this name as well.
    Kept(TempPath),
    /// A file that could not be kept.
    Gone,
}

/// Replaces one after the other, and syncs their folders; on failure `replaced` tells how far it came.
fn replace(
    files: Vec<Sealed>,
    replaced: &mut Vec<Replaced>,
    steps: &mut dyn Steps,
) -> Result<(), (PathBuf, io::Error)> {
    for file in files {
        let before = keep(&file.place, steps);
        if let Err(why) = steps.rename(&file.temporary, &file.place) {
            return Err((file.named, why));
        }
        replaced.push(Replaced {
            named: file.named,
            place: file.place,
            before,
        });
    }
    let mut synced: Vec<&Path> = Vec::new();
    for file in &*replaced {
        let folder = folder_of(&file.place);
        if !synced.contains(&folder) {
            steps
                .sync_folder(folder)
                .map_err(|why| (file.named.clone(), why))?;
            synced.push(folder);
        }
    }
    Ok(())
}

/// Keeps what is in a place under a second name.
fn keep(place: &Path, steps: &mut dyn Steps) -> Before {
    if fs::symlink_metadata(place).is_err_and(|why| why.kind() == io::ErrorKind::NotFound) {
        return Before::Nothing;
    }
    let prefix = temporary_prefix(place);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY_ENDING);
    let kept = builder.make_in(folder_of(place), |second| steps.link(place, second));
    kept.map_or(Before::Gone, |kept| Before::Kept(kept.into_temp_path()))
}

/// Gives every place its old content back, the last first; what cannot be given back is returned.
fn put_back(replaced: Vec<Replaced>, steps: &mut dyn Steps) -> Vec<PathBuf> {
    let mut lost = Vec::new();
    for file in replaced.into_iter().rev() {
        let is_back = match &file.before {
            Before::Nothing => fs::remove_file(&file.place).is_ok(),
            Before::Kept(old) => steps.rename(old, &file.place).is_ok(),
            Before::Gone => false,
        };
        if is_back {
            // The failure that is told is the first one.
            let _ = steps.sync_folder(folder_of(&file.place));
        } else {
            lost.push(file.named);
        }
    }
    lost.reverse();
    lost
}

/// The refusal with a hint that names the files that are not what they were.
fn half_done(mut report: Report, lost: &[PathBuf]) -> Report {
    let names: Vec<String> = lost
        .iter()
        .map(|named| format!("`{}`", named.display()))
        .collect();
    let hint = format!(
        "already replaced: {}; run it again for all",
        names.join(", ")
    );
    report.diagnostics = report
        .diagnostics
        .into_iter()
        .map(|diagnostic| diagnostic.hint(hint.as_str()))
        .collect();
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Kind;
    use tempfile::TempDir;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Step {
        Write,
        Sync,
        Link,
        Rename,
        SyncFolder,
    }

    /// The disk, of which one step fails at its n-th time, from 1.
    struct Faulty {
        step: Step,
        time: usize,
        seen: usize,
    }

    impl Faulty {
        fn at(step: Step, time: usize) -> Self {
            Self {
                step,
                time,
                seen: 0,
            }
        }

        fn fails(&mut self, step: Step) -> io::Result<()> {
            self.seen += usize::from(step == self.step);
            if step == self.step && self.seen == self.time {
                return Err(io::Error::from_raw_os_error(5));
            }
            Ok(())
        }
    }

    impl Steps for Faulty {
        fn write(&mut self, target: &mut Target) -> io::Result<()> {
            self.fails(Step::Write)?;
            Disk.write(target)
        }
        fn sync(&mut self, file: &File) -> io::Result<()> {
            self.fails(Step::Sync)?;
            Disk.sync(file)
        }
        fn link(&mut self, file: &Path, second: &Path) -> io::Result<()> {
            self.fails(Step::Link)?;
            Disk.link(file, second)
        }
        fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
            self.fails(Step::Rename)?;
            Disk.rename(from, to)
        }
        fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
            self.fails(Step::SyncFolder)?;
            Disk.sync_folder(folder)
        }
    }

    /// Names of files and what is in them.
    type Content = Vec<(String, String)>;

    /// Every file of a folder, hidden ones too.
    fn content(folder: &TempDir) -> Content {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut content: Content = entries
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        content.sort();
        content
    }

    /// Replaces so many files, of which the second is new; what became of it, and the folder before and after.
    fn run(count: usize, steps: &mut Faulty) -> (Result<(), Report>, [Content; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let names = &["a.csv", "b.csv", "c.csv"][..count];
        for (number, name) in names.iter().enumerate() {
            if number != 1 {
                fs::write(folder.path().join(name), format!("old {name}")).unwrap();
            }
        }
        let before = content(&folder);
        let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
        let mut targets: Vec<Target> = paths
            .iter()
            .map(|path| Target::open(path).unwrap())
            .collect();
        for target in &mut targets {
            target.write_all(b"new").unwrap();
        }
        let mut committed = || {
            let mut sealed = Vec::new();
            for target in std::mem::take(&mut targets) {
                sealed.extend(target.seal_by(steps)?);
            }
            place_all_by(sealed, steps)
        };
        let outcome = committed();
        drop(targets);
        (outcome, [before, content(&folder)])
    }

    #[test]
    fn whichever_step_fails_every_old_file_is_what_it_was_and_nothing_else_is_left() {
        for count in [1, 3] {
            for step in [Step::Write, Step::Sync, Step::Rename, Step::SyncFolder] {
                let times = if step == Step::SyncFolder { 1 } else { count };
                for time in 1..=times {
                    let (outcome, [before, after]) = run(count, &mut Faulty::at(step, time));
                    let report = outcome.unwrap_err();
                    assert_eq!(report.kind, Kind::Io, "{step:?} {time} of {count}");
                    let name = ["a.csv", "b.csv", "c.csv"][time - 1];
                    let message = &report.diagnostics[0].message;
                    assert!(
                        message.contains(name),
                        "{step:?} {time} of {count}: {message}"
                    );
                    assert_eq!(report.diagnostics[0].hint, None);
                    assert_eq!(after, before, "{step:?} {time} of {count}");
                }
            }
        }
    }

    #[test]
    fn without_hard_links_files_are_replaced_all_the_same() {
        for count in [1, 3] {
            let (outcome, [_, after]) = run(count, &mut Faulty::at(Step::Link, 1));
            outcome.unwrap();
            assert_eq!(after.len(), count);
            assert!(
                after.iter().all(|(_, content)| content == "new"),
                "{after:?}"
            );
        }
    }

    #[test]
    fn nothing_but_the_files_is_left_where_all_goes_well() {
        let (outcome, [_, after]) = run(3, &mut Faulty::at(Step::Rename, 99));
        outcome.unwrap();
        let names: Vec<&str> = after.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.csv", "b.csv", "c.csv"]);
    }

    #[test]
    fn a_file_that_cannot_be_put_back_is_named() {
        /// No links, and the second file cannot take its place.
        struct Bare(Faulty);
        impl Steps for Bare {
            fn write(&mut self, target: &mut Target) -> io::Result<()> {
                Disk.write(target)
            }
            fn sync(&mut self, file: &File) -> io::Result<()> {
                Disk.sync(file)
            }
            fn link(&mut self, _: &Path, _: &Path) -> io::Result<()> {
                Err(io::ErrorKind::Unsupported.into())
            }
            fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
                self.0.rename(from, to)
            }
            fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
                Disk.sync_folder(folder)
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.csv", "b.csv"].map(|name| folder.path().join(name));
        for path in &paths {
            fs::write(path, "old").unwrap();
        }
        let sealed = paths
            .iter()
            .filter_map(|path| Target::open(path).unwrap().seal().unwrap());
        let mut steps = Bare(Faulty::at(Step::Rename, 2));
        let report = place_all_by(sealed.collect(), &mut steps).unwrap_err();
        let hint = report.diagnostics[0].hint.as_deref().unwrap();
        assert!(hint.contains("a.csv") && !hint.contains("b.csv"), "{hint}");
        assert_eq!(fs::read(&paths[1]).unwrap(), b"old");
    }
}
