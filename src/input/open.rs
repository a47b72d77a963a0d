//! Opening an input: a file, or standard input for `-`.
//!
//! What comes out is a plain reader of the bytes as they stand; what they hold is told when a table is begun.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::content::is_packed;
use super::steady::{State, SteadyFile};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};

/// An input that stands open, before anything is known of what it holds.
pub struct Opened {
    /// As the user gave it; `<stdin>` for `-`.
    pub name: String,
    /// Bytes of text to expect; known of regular files that are neither compressed nor a workbook.
    pub size: Option<u64>,
    /// The bytes.
    pub reader: Box<dyn Read + Send>,
    /// For regular files, where they are and in which state they were opened.
    pub(super) file: Option<(PathBuf, State)>,
}

impl Opened {
    /// An input that is no file, such as a pipe.
    pub fn stream(name: String, reader: impl Read + Send + 'static) -> Self {
        Self {
            name,
            size: None,
            reader: Box::new(reader),
            file: None,
        }
    }
}

/// Opens `path`; `-` is standard input.
///
/// A path that is missing, unreadable or a folder is [`Kind::NoInput`].
pub fn open(path: &Path) -> Result<Opened, Report> {
    if path.as_os_str() == "-" {
        return Ok(Opened::stream("<stdin>".to_owned(), io::stdin()));
    }
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(|error| unopened(path, &error))?;
    let metadata = file.metadata().map_err(|error| unopened(path, &error))?;
    if metadata.is_dir() {
        let message = format!("{name} is a folder, not a file");
        return Err(Report::new(
            Kind::NoInput,
            Diagnostic::error("input-is-folder", message).hint("name the files in it"),
        ));
    }
    if !metadata.is_file() {
        return Ok(Opened::stream(name, file));
    }
    let is_plain = !is_packed(&first_bytes(&mut file).map_err(|error| unopened(path, &error))?);
    Ok(Opened {
        name,
        size: is_plain.then_some(metadata.len()),
        reader: Box::new(SteadyFile::new(file, &metadata)),
        file: Some((path.to_owned(), State::of(&metadata))),
    })
}

/// The first bytes of a file, which is then at its beginning again.
fn first_bytes(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.by_ref().take(64).read_to_end(&mut bytes)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(bytes)
}

fn unopened(path: &Path, error: &io::Error) -> Report {
    let name = path.display();
    let diagnostic = if error.kind() == io::ErrorKind::NotFound {
        let missing = Diagnostic::error("input-missing", format!("there is no file {name}"));
        match neighbour(path) {
            Some(near) => missing.hint(format!("did you mean `{near}`?")),
            None => missing,
        }
    } else {
        Diagnostic::error(
            "input-unreadable",
            format!("{name} cannot be read: {error}"),
        )
    };
    Report::new(Kind::NoInput, diagnostic)
}

/// A file of nearly the same name in the same folder.
fn neighbour(path: &Path) -> Option<String> {
    let wanted = path.file_name().and_then(OsStr::to_str)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    // The order of a folder's entries is the file system's own; the hint must not depend on it.
    names.sort_unstable();
    let near = nearest(wanted, names.iter().map(String::as_str))?;
    Some(path.with_file_name(near).display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_no_input_and_its_neighbour_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("contacts.csv"), "id\n1\n").unwrap();
        let report = open(&folder.path().join("contact.csv")).err().unwrap();
        assert_eq!(report.kind, Kind::NoInput);
        assert!(report.to_string().contains("contact.csv"), "{report}");
        let hint = report.diagnostics[0].hint.as_deref().unwrap();
        assert!(hint.contains("contacts.csv"), "{hint}");
    }

    #[test]
    fn a_missing_file_without_a_near_name_has_no_hint() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("something-else.txt"), "").unwrap();
        let report = open(&folder.path().join("contacts.csv")).err().unwrap();
        assert_eq!(report.diagnostics[0].hint, None);
    }

    #[test]
    fn a_folder_is_no_input() {
        let folder = tempfile::tempdir().unwrap();
        let report = open(folder.path()).err().unwrap();
        assert_eq!(report.kind, Kind::NoInput);
        assert!(report.to_string().contains("folder"), "{report}");
    }

    #[test]
    fn a_file_has_its_size_and_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contacts.csv");
        fs::write(&path, "id\n1\n").unwrap();
        let mut opened = open(&path).unwrap();
        let mut bytes = Vec::new();
        opened.reader.read_to_end(&mut bytes).unwrap();
        assert_eq!(opened.size, Some(5));
        assert_eq!(bytes, b"id\n1\n");
        assert_eq!(opened.name, path.display().to_string());
    }
}
