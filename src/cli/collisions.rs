//! Files that the command line names twice: what is read may not be replaced, and nothing is read or written twice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::settings::STANDARD;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::output::target::{place_of, same_file, same_output};

/// The paths under which standard output is known.
const STANDARD_OUTPUT: [&str; 4] = [STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// The files of a run but for its outputs.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    /// What is read, the model and the key included.
    pub inputs: Vec<PathBuf>,
    /// The list of before: it is read before anything is written, and the next list may replace it.
    pub previous: Option<PathBuf>,
    /// Where rows go that cannot be read.
    pub rejects: Option<PathBuf>,
}

impl Files {
    /// Refuses outputs and a rejects file that would replace an input, and two of them that are one file.
    pub(super) fn refuse_collisions<'o>(
        &self,
        outputs: impl IntoIterator<Item = &'o PathBuf>,
    ) -> Result<(), Report> {
        if let Some(rejects) = &self.rejects {
            refuse_replacing(rejects, self.inputs.iter().chain(&self.previous))?;
        }
        let rejects = self.rejects.as_deref().and_then(place_of);
        let mut places = BTreeMap::new();
        for output in outputs {
            refuse_replacing(output, &self.inputs)?;
            if output.as_os_str() == STANDARD {
                continue;
            }
            // A device has no place, and a folder that is missing is told when the output is opened.
            let Some(place) = place_of(output) else {
                continue;
            };
            if rejects.as_ref() == Some(&place) {
                return Err(rejects_as_output(output));
            }
            if let Some(other) = places.insert(place, output) {
                return Err(same_output(other, output));
            }
        }
        Ok(())
    }
}

/// The rows that cannot be read and the list are two files.
fn rejects_as_output(output: &Path) -> Report {
    let message = format!("the output {} is the rejects file too", output.display());
    let problem = Diagnostic::error("same-output", message);
    Report::new(
        Kind::Usage,
        problem.hint("give --rejects a file of its own"),
    )
}

/// What is written may not take the place of an input.
fn refuse_replacing<'i>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'i PathBuf>,
) -> Result<(), Report> {
    let (file, name) = if output.as_os_str() == STANDARD {
        (Path::new("/dev/stdout"), "standard output".to_owned())
    } else {
        (output, format!("the output {}", output.display()))
    };
    let mut inputs = inputs.into_iter();
    let Some(input) = inputs.find(|input| same_file(file, input_file(input))) else {
        return Ok(());
    };
    let message = format!("{name} would replace the input {}", input_name(input));
    let problem = Diagnostic::error("output-is-input", message);
    Err(Report::new(
        Kind::Usage,
        problem.hint("choose another file for the output"),
    ))
}

pub(super) fn refuse_two_standard_outputs(outputs: &[PathBuf]) -> Result<(), Report> {
    let is_standard =
        |path: &&PathBuf| STANDARD_OUTPUT.iter().any(|name| path.as_os_str() == *name);
    if outputs.iter().filter(is_standard).count() > 1 {
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error(
                "two-standard-outputs",
                "standard output can be written only once",
            )
            .hint("give all but one -o a file"),
        ));
    }
    Ok(())
}

pub(super) fn refuse_two_standard_inputs(inputs: &[PathBuf]) -> Result<(), Report> {
    let standard = inputs
        .iter()
        .filter(|path| path.as_os_str() == STANDARD)
        .count();
    if standard > 1 {
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error(
                "two-standard-inputs",
                "standard input can be read only once",
            )
            .hint("give all but one `-` as files"),
        ));
    }
    Ok(())
}

/// Rows read twice would only ever be repeated, or counted twice.
pub(super) fn refuse_one_file_twice(inputs: &[PathBuf]) -> Result<(), Report> {
    for (index, one) in inputs.iter().enumerate() {
        let same = |other: &&PathBuf| same_file(input_file(one), input_file(other));
        if let Some(other) = inputs[index + 1..].iter().find(same) {
            let message = format!(
                "the inputs {} and {} are one file",
                input_name(one),
                input_name(other)
            );
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error("same-input", message).hint("give each file once"),
            ));
        }
    }
    Ok(())
}

/// The file that an input is read from, so that it can be compared with others: `-` may be led from a file.
fn input_file(path: &Path) -> &Path {
    if path.as_os_str() == STANDARD {
        Path::new("/dev/stdin")
    } else {
        path
    }
}

/// What an input is called in messages.
fn input_name(path: &Path) -> String {
    if path.as_os_str() == STANDARD {
        "- (standard input)".to_owned()
    } else {
        path.display().to_string()
    }
}
