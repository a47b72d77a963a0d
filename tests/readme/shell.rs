//! Runs the commands of a `console` block and compares what they give with what is shown.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process;

/// A command of a block and what is shown to come out.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    pub line: String,
    pub output: Vec<String>,
    /// Index in the block of the line after the command.
    pub first_output: usize,
}

/// The commands of a block. A command that ends in a backslash goes on in the next line.
pub fn commands(lines: &[&str]) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut continued = false;
    for (index, line) in lines.iter().enumerate() {
        let begun = line.strip_prefix("$ ");
        match (begun, commands.last_mut()) {
            (None, Some(command)) if continued => {
                command.line.push_str(line.trim_start());
                command.first_output = index + 1;
            }
            (Some(line), _) => commands.push(Command {
                line: line.to_owned(),
                output: Vec::new(),
                first_output: index + 1,
            }),
            (None, Some(command)) => command.output.push((*line).to_owned()),
            (None, None) => panic!("a console block begins with a command, not with `{line}`"),
        }
        let Some(command) = commands.last_mut() else {
            continue;
        };
        continued = (begun.is_some() || continued) && command.line.ends_with('\\');
        if continued {
            command.line.pop();
        }
    }
    commands
}

/// Lines that stand for whatever comes out there.
const ELISION: &str = "…";

/// Whether an output is what is shown.
pub fn fits(shown: &[String], output: &[String]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((line, rest)) if line == ELISION => {
            (0..=output.len()).any(|skipped| fits(rest, &output[skipped..]))
        }
        Some((line, rest)) => output
            .split_first()
            .is_some_and(|(first, others)| first == line && fits(rest, others)),
    }
}

/// The output with as much left out as was left out before, where that was in one place.
pub fn elided(shown: &[String], output: &[String]) -> Vec<String> {
    let places: Vec<usize> = (0..shown.len())
        .filter(|&at| shown[at] == ELISION)
        .collect();
    let &[before] = places.as_slice() else {
        return output.to_vec();
    };
    let after = shown.len() - before - 1;
    if output.len() <= before + after {
        return output.to_vec();
    }
    let mut new = output[..before].to_vec();
    new.push(ELISION.to_owned());
    new.extend_from_slice(&output[output.len() - after..]);
    new
}

/// Lines as a file.
pub fn written(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

/// A scratch folder with the project's data, in which commands run.
pub struct Shell {
    folder: tempfile::TempDir,
    status: std::cell::Cell<i32>,
}

impl Shell {
    pub fn new(project: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for data in ["sample-data", "examples"] {
            copy(&project.join(data), &folder.path().join(data));
        }
        Self {
            folder,
            status: std::cell::Cell::new(0),
        }
    }

    /// Writes a file into the folder.
    pub fn put(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a scratch file");
    }

    /// What a command writes, both streams in the order they were written, and its exit status.
    pub fn run(&self, line: &str) -> (Vec<String>, i32) {
        if line == "echo $?" {
            return (vec![self.status.replace(0).to_string()], 0);
        }
        let line = line.replace("cargo run --release -- ", "hotlist ");
        let binary = Path::new(env!("CARGO_BIN_EXE_hotlist"));
        let binaries = binary.parent().expect("a binary is in a folder").display();
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        let mut child = process::Command::new("sh")
            .args(["-c", &line])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", format!("{binaries}:/usr/local/bin:/usr/bin:/bin"))
            .stdin(process::Stdio::null())
            .stdout(writer.try_clone().expect("a pipe"))
            .stderr(writer)
            .spawn()
            .expect("a shell starts");
        let mut output = String::new();
        reader.read_to_string(&mut output).expect("text comes out");
        let status = child.wait().expect("the shell ends");
        let status = status.code().expect("the shell is not killed");
        self.status.set(status);
        (output.lines().map(str::to_owned).collect(), status)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a scratch folder");
    for entry in fs::read_dir(from).expect("a readable folder") {
        let entry = entry.expect("a readable folder");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}
