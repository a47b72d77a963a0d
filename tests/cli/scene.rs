//! A folder of its own with files in it, in which the command is run with nothing else around it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A small model: opens of e-mails and a budget.
pub const MODEL: &str = r#"name = "Small"
timezone = "Europe/Amsterdam"

[signals]
opens = { event = "email_open", within = "30 days" }

[groups.engagement]
max = 20

[[rules]]
name = "Opens"
group = "engagement"
signal = "opens"
points = 5

[[rules]]
name = "Budget"
when = "budget >= 150000"
points = 60.5

[checklist]
budget = { when = "budget >= 150000", label = "Budget sufficient" }
"#;

/// Three contacts that [`MODEL`] tells apart.
pub const CONTACTS: &str = "\
contact_id,name,email,budget
A,Anna,anna@example.com,200000
B,Bram,bram@example.com,100
C,Carla,carla@example.com,
";

/// What they did, and what somebody else did.
pub const EVENTS: &str = "\
contact_id,event,timestamp
A,email_open,2026-10-30 10:00
B,email_open,2026-10-31 10:00
B,email_open,2026-10-31 11:00
Z,email_open,2026-10-31 10:00
";

/// A folder in which the command is run.
pub struct Scene {
    folder: tempfile::TempDir,
}

/// What a run of the command left.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// Standard output of a run that must have succeeded.
    #[track_caller]
    pub fn output(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// Standard error of a run that must have been refused with `code`, with nothing on standard output.
    #[track_caller]
    pub fn refusal(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "");
        self.stderr
    }
}

impl Scene {
    /// An empty folder.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    /// A folder with [`MODEL`], [`CONTACTS`] and [`EVENTS`] as model.toml, contacts.csv and events.csv.
    pub fn small() -> Self {
        Self::empty()
            .with("model.toml", MODEL)
            .with("contacts.csv", CONTACTS)
            .with("events.csv", EVENTS)
    }

    /// A folder with the sample data.
    pub fn sample() -> Self {
        let scene = Self::empty();
        for name in ["contacts.csv", "events.csv", "contacts.json", "events.json"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("sample-data")
                .join(name);
            fs::copy(from, scene.path(name)).expect("the sample can be copied");
        }
        scene
    }

    /// The same with one more file.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("the file can be written");
    }

    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Names of all files, sorted.
    pub fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// The command in this folder with nothing in its environment; `arguments` are separated by blanks.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hotlist"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the command.
    pub fn run(&self, arguments: &str) -> Outcome {
        outcome(&mut self.command(arguments), b"")
    }

    /// Runs the command with `input` on standard input.
    pub fn run_fed(&self, arguments: &str, input: impl AsRef<[u8]>) -> Outcome {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped());
        outcome(&mut command, input.as_ref())
    }

    /// Scores contacts.csv and events.csv by model.toml as of 2026-11-01, with more arguments.
    pub fn score(&self, more: &str) -> Outcome {
        self.run(&format!(
            "score contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 {more}"
        ))
    }

    /// Scores `contacts` alone by model.toml as of 2026-11-01.
    pub fn score_file(&self, contacts: &str) -> Outcome {
        self.run(&format!(
            "score {contacts} -m model.toml --as-of 2026-11-01"
        ))
    }
}

/// Runs a command to its end.
pub fn outcome(command: &mut Command, input: &[u8]) -> Outcome {
    let mut child = command.spawn().expect("the command starts");
    if let Some(mut stdin) = child.stdin.take() {
        // A command that refuses early need not read all of it.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output().expect("the command ends");
    Outcome {
        code: output.status.code().expect("an exit code, not a signal"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The cells of `column` in CSV, top to bottom.
#[track_caller]
pub fn column(csv: &str, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let place = headers.iter().position(|header| header == column);
    let place = place.unwrap_or_else(|| panic!("no column {column} in {headers:?}"));
    reader
        .records()
        .map(|row| row.expect("a row")[place].to_owned())
        .collect()
}
