//! The point model: TOML text in, a [`Model`] that is right or every problem at once out.
//!
//! A model reads from what is measured to what is done: signals → rules → groups → score → checklist → temperature →
//! stage, grade and route. Each of these parts has a file here that reads and checks it; a `Model` cannot be made any
//! other way, so nothing unchecked reaches the plan.

mod accounts;
mod case;
mod checklist;
pub mod columns;
pub mod condition;
mod contacts;
mod decay;
mod document;
mod events;
mod filter;
mod grade;
mod group;
mod label;
mod outcome;
mod output;
mod overrides;
pub mod reach;
mod reports;
mod route;
mod rule;
mod score;
mod signal;
mod temperature;
pub mod templates;
mod text;

use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

pub use accounts::{Accounts, RollUp};
pub use case::{Case, Expected, Given};
pub use checklist::ChecklistItem;
pub use contacts::{Cells, Contacts, Person};
pub use decay::{Decay, DecayShape, FULL_WEIGHT};
pub use events::Events;
pub use grade::Grade;
pub use group::Group;
pub use label::Label;
pub use outcome::Outcome;
pub use output::OutputDefaults;
pub use overrides::OverrideColumns;
pub use reports::Reports;
pub use route::Route;
pub use rule::{Bands, Edge, Operand, Rule, RuleSource, Scale, Several};
pub use score::Score;
pub use signal::{Limit, Measure, Period, Signal, Take};
pub use temperature::{COLORS, Temperature};

use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::value::{TimeForm, Zone};
use condition::{Amount, Condition, Names, Phase, SyntaxError};
use document::{Document, Section, Value};
use score::Reached;
use text::FileText;

/// A point model that has been checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Model {
    /// The file it was read from.
    pub source: Arc<Source>,
    /// What the author calls it.
    pub name: String,
    /// The author's own version, free text; empty if none.
    pub version: String,
    /// The first eight hexadecimal digits of the SHA-256 of the file.
    pub fingerprint: String,
    /// The zone in which naive times are read and days are counted.
    pub zone: Arc<Zone>,
    /// Whether the model names that zone; if not, it is UTC.
    pub names_zone: bool,
    /// How contacts are read.
    pub contacts: Contacts,
    /// How events are read.
    pub events: Events,
    /// What is measured, in the order of the file.
    pub signals: Vec<Signal>,
    /// How much of what may count, in the order of the file.
    pub groups: Vec<Group>,
    /// What is worth how much, in the order of the file.
    pub rules: Vec<Rule>,
    /// The bounds and decimals of the score.
    pub score: Score,
    /// The temperatures, the highest `from` first.
    pub temperatures: Vec<Temperature>,
    /// The qualification checklist, in the order of the file.
    pub checklist: Vec<ChecklistItem>,
    /// Reasons to pursue a lead no more, in the order of the file.
    pub disqualify: Vec<Label>,
    /// How far a lead has come, in the order of the file; the last that holds.
    pub stages: Vec<Label>,
    /// The letter and the number of a grade, the letter first.
    pub grades: Vec<Grade>,
    /// Who takes which leads, in the order of the file.
    pub routes: Vec<Route>,
    /// Columns in which people override.
    pub overrides: Option<OverrideColumns>,
    /// How people make accounts.
    pub accounts: Option<Accounts>,
    /// What reports look at beside the score.
    pub reports: Reports,
    /// The number of the signal that measures how we answer, which only reports have.
    pub answers: Option<usize>,
    /// Defaults for what is written.
    pub output: OutputDefaults,
    /// The model's own tests.
    pub tests: Vec<Case>,
}

impl Model {
    /// The reason of leads that somebody excluded by hand.
    pub const EXCLUDED: &'static str = "excluded";

    /// Most temperatures, stages, routes and reasons to disqualify that a model may have of each.
    pub const MOST_LABELS: usize = 1_000;

    /// Reads a model from the text of a file called `name`.
    ///
    /// # Errors
    /// A report of kind [`Kind::Model`] with every problem of the file.
    pub fn parse(name: &str, text: &str) -> Result<Self, Report> {
        let source = Source::new(name, text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(syntax_errors(&source, &errors));
        }
        let mut document = Document::new(Arc::clone(&source));
        let root = Section::new(table.get_ref(), String::new(), 0..0);
        let model = read(root, &mut document);
        let mut problems = document.problems;
        drop_consequences(&mut problems);
        problems.sort_by_key(|problem| problem.labels.first().map_or(0, |label| label.span.start));
        match model {
            Some(model) if problems.is_empty() => Ok(model),
            _ => Err(Report {
                kind: Kind::Model,
                diagnostics: problems,
            }),
        }
    }

    /// The model as its tests speak of it: columns go by its own names, none is needed, and times are written as
    /// tests write them.
    #[must_use]
    pub fn by_its_own_names(&self) -> Self {
        let mut model = self.clone();
        model.contacts.columns = self.contacts.columns.by_own_names();
        model.events.columns = self.events.columns.by_own_names();
        model.contacts.cells.time_form = TimeForm::default();
        model.events.cells.time_form = TimeForm::default();
        // Events of a test are its contact's, whatever column they join on in an export.
        model.events.matching = None;
        model
    }

    /// Name, version and fingerprint in one line, as outputs show them.
    pub fn title(&self) -> String {
        let words = [self.name.as_str(), self.version.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        format!("{} ({})", words.join(" "), self.fingerprint)
    }
}

/// A section whose name is misspelt makes everything declared in it unknown: the misspelling is enough to say.
fn drop_consequences(problems: &mut Vec<Diagnostic>) {
    for (section, code) in [
        ("signals", "unknown-signal"),
        ("groups", "unknown-group"),
        ("checklist", "unknown-checklist-item"),
    ] {
        let is_misspelt = |problem: &Diagnostic| {
            problem.code == "unknown-key" && problem.replacement.as_deref() == Some(section)
        };
        if problems.iter().any(is_misspelt) {
            problems.retain(|problem| problem.code != code);
        }
    }
}

/// The parser recovers after a syntax error, but what it then reports are consequences: the first two are enough.
fn syntax_errors(source: &Arc<Source>, errors: &[toml::de::Error]) -> Report {
    let diagnostics = errors
        .iter()
        .take(2)
        .map(|error| {
            let hint = if error.message().contains("duplicate key") {
                "a name stands once in its section; a list of rules has [[rules]] above each"
            } else {
                "each line is `key = value` or a [section]; texts stand in quotes"
            };
            Diagnostic::error("syntax", format!("this is not TOML: {}", error.message()))
                .at(source, error.span().unwrap_or(0..0), "")
                .hint(hint)
        })
        .collect();
    Report {
        kind: Kind::Model,
        diagnostics,
    }
}

/// The names that conditions can use beside columns, as far as they are read.
#[derive(Default)]
struct Reader {
    signals: Vec<String>,
    groups: Vec<String>,
    checklist: Vec<String>,
    temperatures: Vec<String>,
    stages: Vec<String>,
}

fn read(mut root: Section<'_>, document: &mut Document) -> Option<Model> {
    let name = root.get("name").and_then(|value| document.text(&value));
    let version = root.get("version").and_then(|value| document.text(&value));
    let named = root.get("timezone");
    let names_zone = named.is_some();
    let zone = named.map_or_else(|| Some(Zone::utc()), |value| zone(&value, document));
    let mut section =
        |key, document: &mut Document| root.get(key).and_then(|value| document.section(value));
    let mut contacts = contacts::read(section("contacts", document), document);
    let mut events = events::read(section("events", document), &mut contacts, document);
    let signals = signal::read(section("signals", document), &mut events, document);
    let groups = group::read(section("groups", document), document);
    let mut reader = Reader {
        signals: signals.iter().map(|(name, _)| name.clone()).collect(),
        groups: groups.iter().map(|group| group.name.clone()).collect(),
        ..Reader::default()
    };
    contacts.columns.beside_signals(&reader.signals);
    let rules = rule::read(
        root.get("rules"),
        &reader,
        &signals,
        &mut contacts,
        document,
    );
    let is_sound = document.problems.is_empty();
    let signals: Vec<Signal> = signals
        .into_iter()
        .filter_map(|(_, signal)| signal)
        .collect();
    refuse_columns_called_like_signals(&contacts, &signals, document);
    let mut section =
        |key, document: &mut Document| root.get(key).and_then(|value| document.section(value));
    // What rules can come to is known only where all of them are.
    let reach = is_sound.then(|| Reached {
        sum: reach::of_sum(&groups, &rules, &signals),
        open: rules
            .iter()
            .filter(|rule| reach::of_rule(rule, &signals).closed().is_none())
            .map(|rule| (rule.name.clone(), rule.span.clone()))
            .collect(),
    });
    let score = score::read(section("score", document), reach.as_ref(), document);
    let checklist = section("checklist", document);
    let checklist = checklist::read(checklist, Phase::Scored, &reader, &mut contacts, document);
    reader.checklist = checklist.iter().map(|item| item.name.clone()).collect();
    let temperatures = temperature::read(
        section("temperatures", document),
        &score,
        &checklist,
        document,
    );
    reader.temperatures = temperatures.iter().map(|t| t.name.clone()).collect();
    let disqualify = section("disqualify", document);
    let disqualify = label::read(disqualify, &reader, &mut contacts, document);
    let stages = section("stages", document);
    let stages = label::read(stages, &reader, &mut contacts, document);
    reader.stages = stages.iter().map(|stage| stage.name.clone()).collect();
    let grades = grade::read(section("grades", document), &reader, document);
    let overrides = overrides::read(section("overrides", document), &mut contacts, document);
    let accounts = section("accounts", document);
    let accounts = accounts::read(accounts, &mut contacts, &mut events, document);
    let of_reports = reports::Sections {
        outcome: section("outcome", document),
        answers: section("answers", document),
        quality: section("quality", document),
    };
    let output = output::read(section("output", document), &temperatures, document);
    let routes = route::read(root.get("routes"), &reader, &mut contacts, document);
    let tests = root.get("tests");
    for (section, count) in [
        ("temperatures", temperatures.len()),
        ("disqualify", disqualify.len()),
        ("stages", stages.len()),
        ("routes", routes.len()),
    ] {
        if count > Model::MOST_LABELS {
            let message = format!("{count} {section} are more than {}", Model::MOST_LABELS);
            let place = root.get(section).map_or(0..0, |value| value.key_span);
            document.error("too-many-items", place, message, "");
        }
    }
    root.finish(document);
    contacts.find_people();
    // After all others, whose columns and types keep their numbers.
    let reports = reports::read(of_reports, &reader, &contacts, &events, document);

    let text = &document.source.text;
    let mut model = Model {
        name: name.map_or_else(|| document.source.name.clone(), |name| name.value),
        version: version.map(|version| version.value).unwrap_or_default(),
        fingerprint: fingerprint(text),
        source: Arc::clone(&document.source),
        zone: Arc::new(zone?),
        names_zone,
        contacts,
        events,
        signals,
        groups,
        rules,
        score,
        temperatures,
        checklist,
        disqualify,
        stages,
        grades,
        routes,
        overrides,
        accounts,
        reports,
        answers: None,
        output,
        tests: Vec::new(),
    };
    // Tests name what the rest declares: of a model that is not right they would only repeat what is wrong.
    if document.problems.is_empty() {
        model.tests = case::read(tests, &model, document);
    }
    Some(model)
}

fn fingerprint(text: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(4).fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn zone(value: &Value<'_>, document: &mut Document) -> Option<Zone> {
    let name = document.text(value)?;
    match Zone::named(&name.value) {
        Ok(zone) => Some(zone),
        Err(unknown) => {
            let problem = document.error(
                "unknown-timezone",
                value.span.clone(),
                format!("there is no time zone `{}`", name.value),
                "not in the IANA list",
            );
            match unknown.near {
                Some(near) => {
                    problem.hint = Some(format!("did you mean `{near}`?"));
                    problem.replacement = Some(format!("\"{near}\""));
                }
                None => {
                    problem.hint = Some("for instance \"Europe/Amsterdam\" or \"UTC\"".to_owned());
                }
            }
            None
        }
    }
}

/// In a condition a signal's name would hide the column, so one of the two must be called otherwise.
fn refuse_columns_called_like_signals(
    contacts: &Contacts,
    signals: &[Signal],
    document: &mut Document,
) {
    for signal in signals {
        if contacts
            .columns
            .declared_names()
            .any(|name| name == signal.name)
        {
            document
                .error(
                    "duplicate-name",
                    signal.span.clone(),
                    format!("`{}` is a column and a signal", signal.name),
                    "also declared in [contacts.columns]",
                )
                .hint = Some("give one of them another name".to_owned());
        }
    }
}

/// Whether `name` can stand bare in a condition; reports it if not.
fn is_usable_name(name: &str, span: Range<usize>, document: &mut Document) -> bool {
    is_plain_name(name, span.clone(), document) && !is_reserved_name(name, span, document)
}

/// Whether `name` is written as names in conditions are; reports it if not.
fn is_plain_name(name: &str, span: Range<usize>, document: &mut Document) -> bool {
    let plain = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !plain {
        document
            .error(
                "bad-name",
                span,
                format!("`{name}` cannot be used as a name in a condition"),
                "",
            )
            .hint = Some("use letters, digits and `_`, beginning with a letter".to_owned());
    }
    plain
}

/// Whether `name` means something else in conditions already; reports it if so.
fn is_reserved_name(name: &str, span: Range<usize>, document: &mut Document) -> bool {
    let reserved = condition::is_keyword(name) || condition::RESERVED.contains(&name);
    if reserved {
        document
            .error(
                "reserved-name",
                span,
                format!("`{name}` already means something in conditions"),
                "",
            )
            .hint = Some("choose another name".to_owned());
    }
    reserved
}

impl Reader {
    /// All names of a model that is read.
    fn of(model: &Model) -> Self {
        Self {
            signals: model.signals.iter().map(|s| s.name.clone()).collect(),
            groups: model.groups.iter().map(|g| g.name.clone()).collect(),
            checklist: model.checklist.iter().map(|i| i.name.clone()).collect(),
            temperatures: model.temperatures.iter().map(|t| t.name.clone()).collect(),
            stages: model.stages.iter().map(|s| s.name.clone()).collect(),
        }
    }

    /// What a condition may name in a phase.
    fn names<'m>(
        &'m self,
        phase: Phase,
        columns: &'m mut columns::Columns,
        locate: &'m dyn Fn(Range<usize>) -> Range<usize>,
    ) -> Names<'m> {
        Names {
            columns,
            phase,
            signals: &self.signals,
            groups: &self.groups,
            checklist: &self.checklist,
            temperatures: &self.temperatures,
            stages: &self.stages,
            locate,
        }
    }

    /// The number of a group; reports it if there is none of the name.
    fn group(&self, name: &FileText, document: &mut Document) -> Option<usize> {
        let slot = self.groups.iter().position(|group| *group == name.value);
        if slot.is_none() {
            document.unknown_name(
                "unknown-group",
                name.span.clone(),
                format!("there is no group `{}`", name.value),
                &name.value,
                self.groups.iter().map(String::as_str),
                &format!("declare it: [groups.{}]", name.value),
            );
        }
        slot
    }

    /// Reads a condition and reports its mistakes at their places in the file.
    fn condition(
        &self,
        text: &FileText,
        phase: Phase,
        columns: &mut columns::Columns,
        document: &mut Document,
    ) -> Option<Condition> {
        let locate = |span| text.locate(span);
        let mut names = self.names(phase, columns, &locate);
        sound(condition::read(&text.value, &mut names), text, document)
    }

    /// Reads what is to be a number, in the language of conditions, and reports its mistakes likewise.
    fn amount(
        &self,
        text: &FileText,
        phase: Phase,
        columns: &mut columns::Columns,
        document: &mut Document,
    ) -> Option<Amount> {
        let locate = |span| text.locate(span);
        let mut names = self.names(phase, columns, &locate);
        sound(
            condition::read_amount(&text.value, &mut names),
            text,
            document,
        )
    }
}

/// What was read; its mistakes are reported at their places in the file.
fn sound<T>(
    read: Result<T, Vec<SyntaxError>>,
    text: &FileText,
    document: &mut Document,
) -> Option<T> {
    let report = |error: SyntaxError| {
        let span = text.locate(error.span);
        document
            .error("bad-condition", span, error.message, "")
            .hint = error.hint;
    };
    read.map_err(|errors| errors.into_iter().for_each(report))
        .ok()
}
