//! Files that are replaced whole or not at all.
//!
//! What is written goes to a temporary file in the folder of the final one. Only when all of it is on disk does it
//! take the final name, in one step; until then, and if anything fails, the old file is what it was. Several files
//! are replaced together: how, is `commit`'s. A symbolic link
//! stays a link, and the file it leads to is the one replaced. Devices and pipes have no old content to keep and are
//! written to directly; a pipe whose reader goes away has had what it wanted.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::commit::{Disk, Steps};
pub use super::commit::{Sealed, place_all};
use crate::diagnostic::{Diagnostic, Kind, Report};

/// Bytes gathered before a write.
const BUFFER: usize = 1 << 16;

/// How many symbolic links may lead to one another, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// Bytes before the random part of a temporary file's name: with that and its ending it stays below the 255 that
/// file systems take.
const LONGEST_PREFIX: usize = 240;

/// A file or device being written.
///
/// Dropped before it is [sealed](Self::seal) and placed, it leaves no trace of a file.
#[derive(Debug)]
pub struct Target {
    /// The path as the user gave it.
    named: PathBuf,
    writer: Writer,
}

#[derive(Debug)]
enum Writer {
    /// A temporary file that will take the place `place`.
    File {
        temporary: BufWriter<NamedTempFile>,
        place: PathBuf,
    },
    /// A device, a pipe or a socket.
    Device(BufWriter<File>),
}

impl Target {
    /// Opens a file for replacement, or a device for writing.
    ///
    /// Refused as [`Kind::CannotCreate`] where the folder is missing or may not be written to, where the path is a
    /// folder, and where the file that is there may not be written to.
    pub fn open(path: &Path) -> Result<Self, Report> {
        let named = path.to_owned();
        let writer = open(path).map_err(|why| cannot_create(path, &why))?;
        Ok(Self { named, writer })
    }

    /// As [`Target::open`], a file that only we may read, whoever may read the one it replaces.
    pub fn private(path: &Path) -> Result<Self, Report> {
        let target = Self::open(path)?;
        #[cfg(unix)]
        if let Writer::File { temporary, .. } = &target.writer {
            use std::os::unix::fs::PermissionsExt;
            let only_ours = fs::Permissions::from_mode(0o600);
            let file = temporary.get_ref().as_file();
            file.set_permissions(only_ours)
                .map_err(|why| cannot_create(path, &why))?;
        }
        Ok(target)
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.named
    }

    /// The file that is written to until then; none for a device. Whoever ends the process before the target is
    /// dropped has to remove it.
    pub fn temporary(&self) -> Option<&Path> {
        match &self.writer {
            Writer::File { temporary, .. } => Some(temporary.get_ref().path()),
            Writer::Device(_) => None,
        }
    }

    /// Whether it is a terminal.
    pub fn is_terminal(&self) -> bool {
        match &self.writer {
            Writer::File { .. } => false,
            Writer::Device(device) => device.get_ref().is_terminal(),
        }
    }

    /// Ends the writing: what was written is on disk, ready to take its place. None for a device, which has none.
    pub fn seal(self) -> Result<Option<Sealed>, Report> {
        self.seal_by(&mut Disk)
    }

    pub(super) fn seal_by(mut self, steps: &mut dyn Steps) -> Result<Option<Sealed>, Report> {
        match steps.write(&mut self) {
            Err(why) if why.kind() == io::ErrorKind::BrokenPipe => {}
            written => written.map_err(|why| self.failed(&why))?,
        }
        let named = self.named;
        let Writer::File { temporary, place } = self.writer else {
            // Written is all that a device can be.
            return Ok(None);
        };
        let failed = |why: &io::Error| write_failed(&named.display().to_string(), why);
        let temporary = temporary.into_inner().map_err(|why| failed(why.error()))?;
        steps
            .sync(temporary.as_file())
            .map_err(|why| failed(&why))?;
        Ok(Some(Sealed {
            named,
            // Closed here: a list split many ways would have more files open than a process may.
            temporary: temporary.into_temp_path(),
            place,
        }))
    }

    /// The refusal for a write to this target that failed.
    pub fn failed(&self, why: &io::Error) -> Report {
        write_failed(&self.named.display().to_string(), why)
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::File { temporary, .. } => temporary.write(bytes),
            Writer::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::File { temporary, .. } => temporary.flush(),
            Writer::Device(device) => device.flush(),
        }
    }
}

/// The refusal of two outputs that are one file.
pub fn same_output(one: &Path, other: &Path) -> Report {
    let (one, other) = (one.display(), other.display());
    let message = format!("the outputs `{one}` and `{other}` are one file");
    Report::new(Kind::Usage, Diagnostic::error("same-output", message))
}

/// The refusal for a write that failed, naming the output and the reason.
pub fn write_failed(name: &str, why: &io::Error) -> Report {
    let message = format!("cannot write `{name}`: {}", reason(why));
    Report::new(Kind::Io, Diagnostic::error("write-failed", message))
}

/// The file that an output of this path would replace, links followed; None for a device, and where its folder is missing.
pub fn place_of(path: &Path) -> Option<PathBuf> {
    if is_device(path) {
        return None;
    }
    final_place(path).ok()
}

/// Whether two paths lead to one regular file, by whatever links; devices and what is not there are never the same,
/// except that two paths to one file that is yet to be made are.
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(first), Ok(second)) => {
            first.is_file()
                && second.is_file()
                && (is_same_inode(&first, &second) || is_same_path(one, other))
        }
        (Err(_), Err(_)) => match (final_place(one), final_place(other)) {
            (Ok(first), Ok(second)) => first == second,
            _ => false,
        },
        _ => false,
    }
}

#[cfg(unix)]
fn is_same_inode(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.dev() == other.dev() && one.ino() == other.ino()
}

#[cfg(not(unix))]
fn is_same_inode(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

fn is_same_path(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn open(path: &Path) -> io::Result<Writer> {
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(why) if why.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(why),
    };
    match existing {
        Some(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Some(metadata) if !metadata.is_file() || is_descriptor(path) => {
            // Appending, because standard output under its path may be a file that others wrote to before.
            let device = OpenOptions::new().append(true).open(path)?;
            return Ok(Writer::Device(BufWriter::with_capacity(BUFFER, device)));
        }
        // A file that may not be written to is not to be replaced either, though its folder would allow it.
        Some(_) => drop(OpenOptions::new().write(true).open(path)?),
        None => {}
    }
    let place = final_place(path)?;
    let temporary = temporary_beside(&place, existing.as_ref())?;
    Ok(Writer::File {
        temporary: BufWriter::with_capacity(BUFFER, temporary),
        place,
    })
}

/// Whether a path leads to a device, a pipe or something that is open already, which cannot be replaced.
pub fn is_device(path: &Path) -> bool {
    let is_odd = |found: fs::Metadata| !found.is_file() && !found.is_dir();
    is_descriptor(path) || fs::metadata(path).is_ok_and(is_odd)
}

/// Whether a path stands for something that is open already, such as a standard output led to a file.
fn is_descriptor(path: &Path) -> bool {
    let names = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    names.iter().any(|name| path.starts_with(name))
}

/// What the name of a temporary file ends in.
pub(super) const TEMPORARY_ENDING: &str = ".tmp";

/// What the name of a temporary file beside `place` begins with. It says whose it is, should a power cut leave it.
pub(super) fn temporary_prefix(place: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(place.file_name().unwrap_or(OsStr::new("output")));
    prefix.push(".hotlist-");
    // A name near the longest that a folder holds leaves no room for more.
    if prefix.len() > LONGEST_PREFIX {
        prefix = OsString::from(".hotlist-");
    }
    prefix
}

/// A temporary file in the folder of `place`, never more open to others than the file it will replace.
fn temporary_beside(place: &Path, existing: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    let prefix = temporary_prefix(place);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY_ENDING);
    // A new file gets the mode any program would give it: the system takes the umask off.
    #[cfg(unix)]
    let temporary = {
        use std::os::unix::fs::PermissionsExt;
        let mode = existing.map_or(0o666, |metadata| metadata.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
        let temporary = builder.tempfile_in(folder_of(place))?;
        if let Some(metadata) = existing {
            keep_owner(temporary.as_file(), metadata);
            temporary
                .as_file()
                .set_permissions(fs::Permissions::from_mode(mode))?;
        }
        temporary
    };
    #[cfg(not(unix))]
    let temporary = {
        let _ = existing;
        builder.tempfile_in(folder_of(place))?
    };
    Ok(temporary)
}

/// Gives the new file the old one's owner and group, where the system lets us: a list made by an administrator's
/// nightly run stays with those who read it.
#[cfg(unix)]
fn keep_owner(file: &File, existing: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Without the right to do so the new file is our own, as any file we make.
    let _ = fchown(file, Some(existing.uid()), Some(existing.gid()));
}

/// The path to replace: absolute, with every symbolic link followed, even one that leads to no file yet.
fn final_place(path: &Path) -> io::Result<PathBuf> {
    let path = followed(path)?;
    let folder = fs::canonicalize(folder_of(&path))?;
    Ok(folder.join(file_name(&path)?))
}

/// Where a path leads that may be a symbolic link, whether anything is there or not.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&path) else {
            return Ok(path);
        };
        // A relative link starts from the folder it lies in; joining an absolute one gives that alone.
        path = folder_of(&path).join(next);
    }
    Err(io::Error::other("too many symbolic links"))
}

fn file_name(path: &Path) -> io::Result<OsString> {
    let name = path.file_name().map(OsString::from);
    // `folder/` has a last part too, but asks for a folder.
    let asks_for_folder = path
        .as_os_str()
        .to_string_lossy()
        .ends_with(std::path::is_separator);
    match name {
        Some(name) if !asks_for_folder => Ok(name),
        _ => Err(io::ErrorKind::IsADirectory.into()),
    }
}

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn cannot_create(path: &Path, why: &io::Error) -> Report {
    let message = format!("cannot create `{}`: {}", path.display(), reason(why));
    let mut problem = Diagnostic::error("cannot-create", message);
    if why.kind() == io::ErrorKind::NotFound {
        let end = followed(path).unwrap_or_else(|_| path.to_owned());
        let folder = folder_of(&end).display();
        problem = problem.hint(if end == path {
            format!("make the folder `{folder}` first")
        } else {
            format!(
                "it is a link to `{}`: make the folder `{folder}` first",
                end.display()
            )
        });
    }
    Report::new(Kind::CannotCreate, problem)
}

/// The system's words for an error, without its number.
fn reason(why: &io::Error) -> String {
    let text = why.to_string();
    match text.rfind(" (os error ") {
        Some(number) => text[..number].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder() -> TempDir {
        tempfile::tempdir().unwrap()
    }

    /// The names in a folder, hidden ones too.
    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn open_all<P: AsRef<Path>>(paths: &[P]) -> Vec<Target> {
        let paths = paths.iter();
        paths
            .map(|path| Target::open(path.as_ref()).unwrap())
            .collect()
    }

    fn commit_all(targets: Vec<Target>) -> Result<(), Report> {
        let mut sealed = Vec::new();
        for target in targets {
            sealed.extend(target.seal()?);
        }
        place_all(sealed)
    }

    impl Target {
        fn commit(self) -> Result<(), Report> {
            commit_all(vec![self])
        }
    }

    fn message(report: &Report) -> &str {
        &report.diagnostics[0].message
    }

    #[test]
    fn a_file_appears_whole_when_it_is_committed() {
        let folder = folder();
        let path = folder.path().join("ranked.csv");
        let mut target = Target::open(&path).unwrap();
        target.write_all(b"rank\n1\n").unwrap();
        assert!(!path.exists());
        target.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"rank\n1\n");
        assert_eq!(names(&folder), ["ranked.csv"]);
    }

    #[test]
    fn an_uncommitted_target_leaves_the_old_file_and_nothing_else() {
        let folder = folder();
        let path = folder.path().join("ranked.csv");
        fs::write(&path, "old").unwrap();
        let mut target = Target::open(&path).unwrap();
        target.write_all(b"new").unwrap();
        target.flush().unwrap();
        assert_eq!(names(&folder).len(), 2);
        drop(target);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(&folder), ["ranked.csv"]);
    }

    #[test]
    fn a_longer_old_file_is_gone_whole() {
        let folder = folder();
        let path = folder.path().join("ranked.csv");
        fs::write(&path, "a much longer old file").unwrap();
        let mut target = Target::open(&path).unwrap();
        target.write_all(b"new").unwrap();
        target.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_missing_folder_is_refused_with_its_name() {
        let folder = folder();
        let report = Target::open(&folder.path().join("none/ranked.csv")).unwrap_err();
        assert_eq!(report.kind, Kind::CannotCreate);
        assert!(message(&report).starts_with("cannot create `"), "{report}");
        let hint = report.diagnostics[0].hint.clone().unwrap();
        assert!(hint.contains("none"), "{hint}");
    }

    #[test]
    fn a_folder_is_no_target() {
        let folder = folder();
        for path in [folder.path().to_owned(), folder.path().join("new/")] {
            let report = Target::open(&path).unwrap_err();
            assert_eq!(report.kind, Kind::CannotCreate);
            assert!(message(&report).contains("directory"), "{report}");
        }
    }

    #[test]
    fn several_files_appear_together() {
        let folder = folder();
        let paths = ["a.csv", "b.json"].map(|name| folder.path().join(name));
        let mut targets = open_all(&paths);
        for target in &mut targets {
            target.write_all(b"x").unwrap();
        }
        commit_all(targets).unwrap();
        assert_eq!(names(&folder), ["a.csv", "b.json"]);
    }

    #[test]
    fn the_reason_goes_without_the_systems_number() {
        let why = io::Error::from_raw_os_error(28);
        let report = write_failed("ranked.csv", &why);
        assert_eq!(report.kind, Kind::Io);
        assert!(message(&report).starts_with("cannot write `ranked.csv`: "));
        assert!(!message(&report).contains("os error"));
    }

    #[test]
    fn what_was_replaced_before_a_failure_is_put_back() {
        let folder = folder();
        let paths = ["a.csv", "b.csv", "c.csv"].map(|name| folder.path().join(name));
        fs::write(&paths[0], "old").unwrap();
        let mut targets = open_all(&paths);
        for target in &mut targets {
            target.write_all(b"new").unwrap();
        }
        // A folder cannot be replaced by a file.
        fs::create_dir(&paths[1]).unwrap();
        let report = commit_all(targets).unwrap_err();
        assert_eq!(report.kind, Kind::Io);
        assert!(message(&report).contains("b.csv"), "{report}");
        assert_eq!(report.diagnostics[0].hint, None);
        assert_eq!(fs::read(&paths[0]).unwrap(), b"old");
        assert_eq!(names(&folder), ["a.csv", "b.csv"]);
    }

    #[test]
    fn a_temporary_file_is_named_after_the_file_it_will_be() {
        let folder = folder();
        let target = Target::open(&folder.path().join("ranked.csv")).unwrap();
        let name = names(&folder).remove(0);
        let random = name.strip_prefix(".ranked.csv.hotlist-");
        let random = random.and_then(|rest| rest.strip_suffix(".tmp"));
        assert!(random.is_some(), "{name}");
        let temporary = target.temporary().unwrap().to_owned();
        assert_eq!(temporary.file_name().unwrap(), name.as_str());
        let long = "n".repeat(255);
        let target = Target::open(&folder.path().join(&long)).unwrap();
        target.commit().unwrap();
        assert!(folder.path().join(long).exists());
    }

    #[test]
    fn a_file_is_the_same_by_another_path() {
        let folder = folder();
        let path = folder.path().join("a.csv");
        let detour = folder
            .path()
            .join("../")
            .join(folder.path().file_name().unwrap())
            .join("a.csv");
        assert!(same_file(&path, &detour), "not there yet");
        fs::write(&path, "x").unwrap();
        assert!(same_file(&path, &detour));
        let other = folder.path().join("b.csv");
        assert!(!same_file(&path, &other));
        fs::write(&other, "x").unwrap();
        assert!(!same_file(&path, &other));
    }

    #[cfg(unix)]
    mod on_unix {
        use super::*;
        use std::os::unix::fs::{PermissionsExt, symlink};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn a_link_stays_a_link_and_its_file_is_replaced() {
            let folder = folder();
            fs::create_dir(folder.path().join("real")).unwrap();
            let (file, link) = (
                folder.path().join("real/a.csv"),
                folder.path().join("link.csv"),
            );
            fs::write(&file, "old").unwrap();
            symlink("real/a.csv", &link).unwrap();
            let mut target = Target::open(&link).unwrap();
            target.write_all(b"new").unwrap();
            target.commit().unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read(&file).unwrap(), b"new");
        }

        #[test]
        fn a_link_to_no_file_yet_makes_the_file_it_leads_to() {
            let folder = folder();
            let link = folder.path().join("link.csv");
            symlink("later.csv", &link).unwrap();
            Target::open(&link).unwrap().commit().unwrap();
            assert_eq!(names(&folder), ["later.csv", "link.csv"]);
        }

        #[test]
        fn a_link_into_a_folder_that_is_missing_is_refused_naming_that_folder() {
            let folder = folder();
            let link = folder.path().join("link.csv");
            symlink("results/later.csv", &link).unwrap();
            let report = Target::open(&link).unwrap_err();
            let hint = report.diagnostics[0].hint.clone().unwrap();
            assert!(hint.ends_with("/results` first"), "{hint}");
            assert!(hint.contains("results/later.csv"), "{hint}");
        }

        #[test]
        fn links_that_lead_in_a_circle_are_refused() {
            let folder = folder();
            symlink("b", folder.path().join("a")).unwrap();
            symlink("a", folder.path().join("b")).unwrap();
            let report = Target::open(&folder.path().join("a")).unwrap_err();
            assert_eq!(report.kind, Kind::CannotCreate);
        }

        #[test]
        fn the_old_files_mode_is_kept() {
            let folder = folder();
            let path = folder.path().join("a.csv");
            for kept in [0o600, 0o664, 0o777] {
                fs::write(&path, "old").unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
                Target::open(&path).unwrap().commit().unwrap();
                assert_eq!(mode(&path), kept);
            }
        }

        #[test]
        fn a_new_file_gets_the_mode_any_program_would_give_it() {
            let folder = folder();
            let (plain, ours) = (folder.path().join("plain"), folder.path().join("ours"));
            fs::write(&plain, "").unwrap();
            Target::open(&ours).unwrap().commit().unwrap();
            assert_eq!(mode(&ours), mode(&plain));
        }

        #[test]
        fn a_hard_link_and_a_symbolic_link_are_the_same_file() {
            let folder = folder();
            let path = folder.path().join("a.csv");
            fs::write(&path, "x").unwrap();
            let (hard, soft) = (folder.path().join("hard"), folder.path().join("soft"));
            fs::hard_link(&path, &hard).unwrap();
            symlink(&path, &soft).unwrap();
            assert!(same_file(&path, &hard) && same_file(&soft, &hard));
        }

        #[test]
        fn a_device_is_written_directly_and_is_no_input_to_protect() {
            let null = Path::new("/dev/null");
            let mut target = Target::open(null).unwrap();
            assert_eq!(target.temporary(), None);
            assert_eq!(place_of(null), None);
            target.write_all(b"x").unwrap();
            target.commit().unwrap();
            assert!(!same_file(null, null));
        }

        #[test]
        fn only_what_is_open_already_is_taken_for_a_descriptor() {
            assert!(is_descriptor(Path::new("/dev/stdout")));
            assert!(is_descriptor(Path::new("/dev/fd/3")));
            assert!(!is_descriptor(Path::new("/dev/shm/ranked.csv")));
            assert!(!is_descriptor(Path::new("/dev/stdout.csv")));
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_full_device_is_told_with_its_name_and_reason() {
            let mut target = Target::open(Path::new("/dev/full")).unwrap();
            target.write_all(b"x").unwrap();
            let report = target.commit().unwrap_err();
            assert_eq!(report.kind, Kind::Io);
            assert_eq!(
                message(&report),
                "cannot write `/dev/full`: No space left on device"
            );
        }

        #[test]
        fn if_one_output_fails_none_is_replaced() {
            let folder = folder();
            let path = folder.path().join("a.csv");
            fs::write(&path, "old").unwrap();
            let full = Path::new("/dev/full");
            if !full.exists() {
                return;
            }
            let mut targets = open_all(&[path.as_path(), full]);
            for target in &mut targets {
                target.write_all(b"new").unwrap();
            }
            commit_all(targets).unwrap_err();
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(names(&folder), ["a.csv"]);
        }
    }
}
