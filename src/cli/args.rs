//! The arguments as they are typed; nothing is decided here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Score the leads in a CRM's exports, rank them, and explain every point.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Rank and tag leads
    #[command(
        after_help = "Example:\n  hotlist score contacts.csv -e events.csv -o ranked.csv -o ranked.json"
    )]
    Score(Box<Score>),
    /// Show where a lead's points come from, and what would make it hotter
    #[command(after_help = "Example:\n  hotlist explain L-10001 contacts.csv -e events.csv")]
    Explain(Explain),
    /// Explain what a code such as unknown-key means, or list all codes
    #[command(after_help = "Example:\n  hotlist explain-code unknown-key")]
    ExplainCode(ExplainCode),
    /// Show what the leads say together: sources, owners, answers, rules, and the data itself
    #[command(
        after_help = "Examples:\n  hotlist report overview contacts.csv -e events.csv\n  hotlist report channels contacts.csv -e events.csv --spend spend.csv --html report.html"
    )]
    Report(Box<Report>),
    /// Run the model's own tests
    #[command(after_help = "Example:\n  hotlist test -m model.toml")]
    Test(Test),
    /// Look for what a model can hardly mean, alone or against exports, and preview the scores
    #[command(
        after_help = "Example:\n  hotlist check -m model.toml contacts.csv -e events.csv --deny warnings"
    )]
    Check(Check),
    /// Tell what changed between ranked lists, or what another model would change
    #[command(
        after_help = "Examples:\n  hotlist compare yesterday.json today.json\n  hotlist compare yesterday.csv today.csv --change newly-hot --exit-code\n  hotlist compare --models model.toml new-model.toml contacts.csv -e events.csv\n  hotlist compare ranked-*.csv -o trends.xlsx"
    )]
    Compare(Box<Compare>),
    /// Write a starter model, fitted to exports or from a template
    #[command(
        after_help = "Examples:\n  hotlist init contacts.csv -e events.csv -o model.toml\n  hotlist init --template real-estate -o model.toml"
    )]
    Init(Init),
    /// Write the model as one query for a database, which ranks the leads there
    #[command(
        after_help = "Examples:\n  hotlist sql --dialect duckdb -m model.toml contacts.csv -e events.csv --as-of 2026-11-01\n  hotlist sql --dialect postgres -m model.toml --contacts-table crm.leads --column budget=price_max:number -o ranked.sql"
    )]
    Sql(Box<Sql>),
    /// Write an export as it is read: CSV in UTF-8 with commas and one header
    #[command(after_help = "Example:\n  hotlist normalize contacts.xlsx -o contacts.csv")]
    Normalize(Normalize),
    /// Print the JSON Schema of the model file, for editors
    #[command(after_help = "Example:\n  hotlist schema > hotlist.schema.json")]
    Schema,
    /// Print a script that completes hotlist's commands and flags in a shell
    #[command(
        after_help = "Example:\n  hotlist completions bash > ~/.local/share/bash-completion/completions/hotlist"
    )]
    Completions(Completions),
    /// Print a page of the manual
    #[command(after_help = "Example:\n  hotlist man score | man -l -")]
    Man(Man),
}

/// What every command understands.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, help_heading = "Global")]
    pub quiet: bool,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t = ColorChoice::Auto,
        value_name = "WHEN",
        help_heading = "Global"
    )]
    pub color: ColorChoice,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// More threads than this are a slip of the finger.
pub(super) const MOST_THREADS: i64 = 256;

/// How exports are read where they do not tell it themselves.
#[derive(Debug, Clone, Args)]
pub(super) struct Reading {
    /// The delimiter of CSV files, instead of finding it by looking [, ; tab |]
    #[arg(long, value_name = "CHAR", help_heading = "Input")]
    pub delimiter: Option<String>,
    /// The encoding of files that are not UTF-8 or UTF-16, for instance windows-1252
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub encoding: Option<String>,
    /// The sheet to read of workbooks that have several
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub sheet: Option<String>,
    /// The longest cell that is taken, 64MiB at most [default: 1MiB]
    #[arg(long, value_name = "SIZE", help_heading = "Input")]
    pub max_cell: Option<String>,
    /// What a compressed file or a workbook may come to, for instance 20GiB [default: 200 times its size, or 256MiB]
    #[arg(long, value_name = "SIZE", help_heading = "Input")]
    pub max_unpacked: Option<String>,
    /// Pass over so many lines before the header of CSV files, whatever they hold
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "Input"
    )]
    pub skip: u64,
    /// The systems that the exports are from, instead of telling them by their headers; none for no system
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Input"
    )]
    pub preset: Vec<String>,
}

/// The exports of events, and how exports are read.
#[derive(Debug, Clone, Args)]
pub(super) struct EventExports {
    /// Exports of events
    #[arg(
        short = 'e',
        long = "events",
        id = "events",
        value_name = "EVENTS",
        num_args = 1..,
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// The model.
#[derive(Debug, Clone, Args)]
pub(super) struct ModelFile {
    #[arg(
        short = 'm',
        long = "model",
        id = "model",
        value_name = "MODEL",
        value_hint = ValueHint::FilePath,
        help_heading = "Model",
        help = "The point model, a TOML file [default: $HOTLIST_MODEL, or the built-in real-estate model]"
    )]
    pub path: Option<PathBuf>,
}

/// The exports and the model.
#[derive(Debug, Clone, Args)]
pub(super) struct Sources {
    #[command(flatten)]
    pub events: EventExports,
    /// Accept files that have a header and no rows
    #[arg(long, help_heading = "Input")]
    pub allow_empty: bool,
    #[command(flatten)]
    pub bad_rows: BadRowFlags,
    /// What counts of rows that have one id and differ: the first, the last, or none (error)
    #[arg(
        long,
        value_enum,
        default_value_t = OnDuplicate::Error,
        value_name = "WHICH",
        help_heading = "Input"
    )]
    pub on_duplicate: OnDuplicate,
    /// How many threads work, 256 at most [default: one for each core]
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS),
        help_heading = "Input"
    )]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub model: ModelFile,
    #[arg(
        long,
        help = "What people set by hand: contact_id, action, value, until, by, reason",
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub overrides: Option<PathBuf>,
    /// The list of an earlier run, for temperatures that leads keep and for who moved
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub previous: Option<PathBuf>,
    /// The date or instant to look back from [default: now]; a date means its end
    #[arg(long, value_name = "DATE|INSTANT", help_heading = "Model")]
    pub as_of: Option<String>,
}

/// What is done with rows that cannot be read.
#[derive(Debug, Clone, Args)]
pub(super) struct BadRowFlags {
    /// Leave out up to N rows that cannot be read, or P% of contacts and of events, instead of refusing the run
    #[arg(long, value_name = "N|P%", help_heading = "Input")]
    pub max_bad_rows: Option<String>,
    /// Write all rows that cannot be read to a file, with line and reason
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub rejects: Option<PathBuf>,
}

/// Whether it is hidden who the leads are.
#[derive(Debug, Args)]
pub(super) struct PseudonymFlags {
    /// Show ids, e-mail addresses and names as hashes by the key in a file
    #[arg(
        long,
        value_name = "KEYFILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub pseudonymize: Option<PathBuf>,
}

/// What counts of rows that have one id and differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnDuplicate {
    /// All but the first are rows that cannot be read
    Error,
    First,
    Last,
}

/// What a run must not find, lest its list replace a good one.
#[derive(Debug, Args)]
pub(super) struct GuardFlags {
    /// Write nothing and end with 1 where there are fewer contacts
    #[arg(long, value_name = "N", help_heading = "Guards")]
    pub min_contacts: Option<u64>,
    /// Write nothing and end with 1 where an output would have more than N, or P%, leads fewer than the file it replaces
    #[arg(long, value_name = "N|P%", help_heading = "Guards")]
    pub max_drop: Option<String>,
    /// Write nothing and end with 1 where there are orphans, future, unused-types, repeats, rejected, unreadable-cells or no-line-end; each may have a limit: orphans=5% or no-line-end=1
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Guards"
    )]
    pub fail_on: Vec<String>,
}

/// Where lists and tables go, and how they are written.
#[derive(Debug, Args)]
pub(super) struct OutputFlags {
    /// Write to a file instead of standard output, which is -; may be repeated
    #[arg(
        short,
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub output: Vec<PathBuf>,
    /// table, csv, tsv, json, ndjson, markdown, html or xlsx [default: by the file's ending; a table on a terminal, CSV in a pipe]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<String>,
    /// Whether CSV cells that a spreadsheet would run are defused with '
    #[arg(
        long,
        value_enum,
        default_value_t = Escape::Formulas,
        value_name = "WHICH",
        help_heading = "Output"
    )]
    pub csv_escape: Escape,
    /// Begin CSV and TSV with a byte order mark and end their lines in CR LF, as Excel likes them
    #[arg(long, help_heading = "Output")]
    pub excel: bool,
}

/// Where the tables of a document go, and how much of them.
#[derive(Debug, Args)]
pub(super) struct DocumentFlags {
    #[command(flatten)]
    pub outputs: OutputFlags,
    /// Write only this table; CSV, TSV and NDJSON, which hold one, have the first otherwise
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    pub table: Option<String>,
    /// Only the first N rows of the first table [default: all; 20 of each in a table on the terminal]
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub top: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct Score {
    /// Exports of contacts: CSV, JSON or .xlsx, also compressed; - is standard input
    #[arg(
        required = true,
        value_name = "CONTACTS",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub contacts: Vec<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub outputs: OutputFlags,
    /// Columns to write, in this order, separated by commas
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub columns: Vec<String>,
    /// Columns of the contacts to carry through as they are, separated by commas, or all
    #[arg(
        long,
        value_name = "all|NAMES",
        value_delimiter = ',',
        conflicts_with = "accounts",
        help_heading = "Output"
    )]
    pub keep: Vec<String>,
    #[command(flatten)]
    pub guards: GuardFlags,
    /// Only the first N leads [default: all; 20 in a table on the terminal]
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub top: Option<u64>,
    /// Only leads of these temperatures, separated by commas
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub temperature: Vec<String>,
    /// Only leads that meet a condition, as a model writes them
    #[arg(long = "where", value_name = "CONDITION", help_heading = "Output")]
    pub filter: Option<String>,
    /// List accounts instead of people, by [accounts] of the model
    #[arg(long, conflicts_with = "filter", help_heading = "Output")]
    pub accounts: bool,
    /// Write one file for each route, owner or temperature: ranked.csv becomes ranked-hot.csv and so on
    #[arg(
        long,
        value_enum,
        requires = "output",
        value_name = "WHAT",
        help_heading = "Output"
    )]
    pub split_by: Option<SplitBy>,
    #[command(flatten)]
    pub pseudonyms: PseudonymFlags,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// What to show
    #[arg(value_enum, value_name = "REPORT")]
    pub what: ReportOn,
    /// Exports of contacts: CSV, JSON or .xlsx, also compressed; - is standard input
    #[arg(
        required = true,
        value_name = "CONTACTS",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub contacts: Vec<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
    /// What each channel cost: a file with a column of channels and one of money
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub spend: Option<PathBuf>,
    /// The columns of the contacts to take for channels, separated by commas [default: the source]
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub by: Vec<String>,
    /// Only over leads that meet a condition, as a model writes them
    #[arg(long = "where", value_name = "CONDITION", help_heading = "Output")]
    pub filter: Option<String>,
    /// After so many days without an event a lead is quiet, for the report on quality
    #[arg(
        long,
        value_name = "N",
        default_value_t = 90,
        value_parser = clap::value_parser!(u16).range(1..),
        help_heading = "Output"
    )]
    pub quiet_days: u16,
    #[command(flatten)]
    pub documents: DocumentFlags,
    /// Write all reports and the list itself as one page for a browser, too
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub html: Option<PathBuf>,
    #[command(flatten)]
    pub pseudonyms: PseudonymFlags,
}

/// What a report is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportOn {
    /// The whole on one screen
    Overview,
    /// Which sources convert, and what they cost
    Channels,
    /// Who answers how quickly, and wins what the leads promise
    Owners,
    /// How quickly leads get an answer, by hour and weekday
    Response,
    /// Whether the data can be trusted
    Quality,
    /// What each rule gives, and how much of the score it explains
    Rules,
}

/// What leads have in common that are written to one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SplitBy {
    /// Where the model sends them
    Route,
    /// Who looks after them
    Owner,
    /// How hot they are
    Temperature,
}

/// Which cells of CSV are defused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Escape {
    /// Those a spreadsheet would run
    Formulas,
    /// None: for programs
    None,
}

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Two lists that score wrote, the older first, or more of them; with --models the exports of contacts
    #[arg(
        required = true,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub files: Vec<PathBuf>,
    /// Compare what two models make of the same exports, instead of lists
    #[arg(
        long,
        num_args = 2,
        value_names = ["A", "B"],
        value_hint = ValueHint::FilePath,
        conflicts_with = "model",
        help_heading = "Model"
    )]
    pub models: Vec<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub pseudonyms: PseudonymFlags,
    /// List only leads that changed so, separated by commas
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "CHANGES",
        help_heading = "Output"
    )]
    pub change: Vec<MoverChange>,
    /// End with exit code 1 where a lead moved, in one of the ways of --change if that is given
    #[arg(long, help_heading = "Output")]
    pub exit_code: bool,
    #[command(flatten)]
    pub document: DocumentFlags,
}

/// What became of a lead from one list to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MoverChange {
    /// It has the hottest temperature and did not have it before
    NewlyHot,
    /// It is hotter, if not of the hottest temperature
    Hotter,
    /// It is cooler
    Cooled,
    /// It was not there before, and is not of the hottest temperature
    New,
    /// It is no longer there
    Gone,
    /// Its score is higher, in the same temperature
    Up,
    /// Its score is lower, in the same temperature
    Down,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The ids of leads, then the exports of contacts; the first is always an id
    #[arg(
        required = true,
        value_name = "ID… CONTACTS",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub ids_and_contacts: Vec<OsString>,
    #[command(flatten)]
    pub sources: Sources,
    /// How to write it
    #[arg(
        long,
        value_enum,
        default_value_t = ExplainFormat::Text,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub format: ExplainFormat,
    #[command(flatten)]
    pub pseudonyms: PseudonymFlags,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Test {
    #[command(flatten)]
    pub model: ModelFile,
    /// How to write what became of the tests
    #[arg(
        long,
        value_enum,
        default_value_t = TestFormat::Text,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub format: TestFormat,
}

/// How what became of tests is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TestFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For build servers, as XML
    Junit,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Exports of contacts, CSV or JSON, to hold the model against; - is standard input
    #[arg(value_name = "CONTACTS", value_hint = ValueHint::FilePath, help_heading = "Input")]
    pub contacts: Vec<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
    /// End with exit code 1 where there are such findings
    #[arg(long, value_enum, value_name = "WHICH", help_heading = "Output")]
    pub deny: Option<Deny>,
    /// How to write it
    #[arg(
        long,
        value_enum,
        default_value_t = CheckFormat::Text,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub format: CheckFormat,
}

/// Which findings are not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings; remarks are accepted
    Warnings,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Exports of contacts to fit the model to, CSV or JSON; - is standard input
    #[arg(
        value_name = "CONTACTS",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub contacts: Vec<PathBuf>,
    #[command(flatten)]
    pub events: EventExports,
    /// What 03/05/2026 means where no date of the column tells
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Input")]
    pub date_order: Option<DateOrder>,
    /// The template to start from, instead of exports [default without exports: real-estate]
    #[arg(long, value_name = "NAME", help_heading = "Model")]
    pub template: Option<String>,
    /// Where to write it [default: standard output]; a file that is there is not replaced
    #[arg(
        short,
        long,
        value_name = "MODEL",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub output: Option<PathBuf>,
}

/// Which of day and month comes first in dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DateOrder {
    /// The third of May
    DayFirst,
    /// The fifth of March
    MonthFirst,
}

#[derive(Debug, Args)]
pub(super) struct Sql {
    /// Exports of contacts that the table was loaded from: their headers are its columns' names
    #[arg(value_name = "CONTACTS", value_hint = ValueHint::FilePath, help_heading = "Input")]
    pub contacts: Vec<PathBuf>,
    #[command(flatten)]
    pub events: EventExports,
    #[command(flatten)]
    pub model: ModelFile,
    /// The database that is to run the query
    #[arg(
        long,
        value_name = "NAME",
        value_parser = PossibleValuesParser::new(crate::sql::dialect::all().map(|dialect| dialect.name())),
        help_heading = "Output"
    )]
    pub dialect: String,
    /// The table of contacts, with what it is in: crm.leads
    #[arg(
        long,
        value_name = "TABLE",
        default_value = "contacts",
        help_heading = "Input"
    )]
    pub contacts_table: String,
    /// The table of events [default: events, where the model measures any]
    #[arg(long, value_name = "TABLE", help_heading = "Input")]
    pub events_table: Option<String>,
    #[arg(
        long,
        help = "The table of what people set by hand: contact_id, action, value, until, by, reason",
        value_name = "TABLE",
        help_heading = "Input"
    )]
    pub overrides_table: Option<String>,
    /// The table that holds the list of an earlier run, for temperatures that leads keep and for who moved
    #[arg(long, value_name = "TABLE", help_heading = "Input")]
    pub previous_table: Option<String>,
    #[arg(
        long,
        help = "The columns of that table, as in the header of the list [default: contact_id,score,temperature,computed_temperature]",
        value_name = "NAMES",
        value_delimiter = ',',
        requires = "previous_table",
        help_heading = "Input"
    )]
    pub previous_columns: Vec<String>,
    /// What the table calls a column of the model, and its type where it is no text: number, integer, boolean, timestamp, local-timestamp or date; may be repeated
    #[arg(
        long,
        value_name = "[contacts.|events.]NAME=COLUMN[:TYPE]",
        help_heading = "Input"
    )]
    pub column: Vec<String>,
    /// The date or instant to look back from [default: today]; a date means its end
    #[arg(long, value_name = "DATE|INSTANT", help_heading = "Model")]
    pub as_of: Option<String>,
    /// Have the query take that date from a parameter of this name, instead of holding it
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "as_of",
        help_heading = "Model"
    )]
    pub as_of_parameter: Option<String>,
    /// Give the whole ledger of every lead, a row for each entry, instead of the list
    #[arg(long, conflicts_with = "columns", help_heading = "Output")]
    pub ledger: bool,
    /// Columns of the result, in this order, separated by commas
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub columns: Vec<String>,
    /// How to write it
    #[arg(
        long,
        value_enum,
        default_value_t = SqlFormat::Sql,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub format: SqlFormat,
    /// Where to write it [default: standard output]; the folder of the project for dbt
    #[arg(
        short,
        long,
        value_name = "FILE|FOLDER",
        value_hint = ValueHint::AnyPath,
        help_heading = "Output"
    )]
    pub output: Option<PathBuf>,
}

/// How a query is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SqlFormat {
    /// As it is run
    Sql,
    /// As a model of a dbt project, with tests
    Dbt,
}

#[derive(Debug, Args)]
pub(super) struct Normalize {
    /// The export: CSV, JSON or .xlsx, also compressed; - is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Input")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub bad_rows: BadRowFlags,
    /// Where to write it [default: standard output]
    #[arg(
        short,
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub output: Option<PathBuf>,
    /// Whether cells that a spreadsheet would run are defused with '
    #[arg(
        long,
        value_enum,
        default_value_t = Escape::Formulas,
        value_name = "WHICH",
        help_heading = "Output"
    )]
    pub csv_escape: Escape,
}

#[derive(Debug, Args)]
pub(super) struct ExplainCode {
    /// The code, as it stands in error[CODE] or in the list of refused rows [default: list all]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell to write it for
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The command whose page it is [default: the page of hotlist itself]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
