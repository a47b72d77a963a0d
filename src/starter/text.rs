//! The starter model as the text of a file: commented, short lines, and valid whatever headers and cells it quotes.

use super::Settled;
use super::account::counted;
use super::cases::{Case, Expectation};
use super::dates::{Form, word};
use super::draft::points::{caps, each, maxima, share};
use super::draft::{Draft, Rule, Worth};
use super::event_columns::EventColumns;
use super::names::Names;
use super::numbers::Decimals;
use super::survey::Survey;
use super::toml::{key, list, shown, text, texts};
use crate::value::DecimalSign;

/// Columns without a part in the model that a comment names.
const MOST_OTHERS: usize = 40;
/// The width of a line of comment.
const WIDTH: usize = 110;

/// Writes the model with tests of its own.
pub(super) fn write(draft: &mut Draft<'_>, settled: &Settled<'_>, cases: &[Case]) -> String {
    let mut out = String::new();
    opening(&mut out, settled);
    contacts(&mut out, draft, settled);
    if let Some((survey, columns)) = settled.events {
        events(&mut out, draft, settled, (survey, columns));
    }
    signals(&mut out, draft);
    groups(&mut out, &draft.rules);
    rules(&mut out, draft);
    meaning(&mut out, draft);
    stages(&mut out, draft);
    disqualify(&mut out, draft);
    tests(&mut out, cases);
    out
}

fn line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn heading(out: &mut String, title: &str) {
    let rule = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 6));
    out.push_str(&format!("\n\n# ── {title} {rule}\n"));
}

/// A comment in lines of a width.
fn comment(out: &mut String, words: &str) {
    let mut width = 0;
    for word in words.split(' ') {
        let length = word.chars().count() + 1;
        if width == 0 || width + length > WIDTH {
            if width > 0 {
                out.push('\n');
            }
            out.push('#');
            width = 1;
        }
        out.push(' ');
        out.push_str(word);
        width += length;
    }
    out.push('\n');
}

fn opening(out: &mut String, settled: &Settled<'_>) {
    let files = settled
        .contacts
        .files
        .iter()
        .chain(settled.events.iter().flat_map(|(s, _)| &s.files));
    let names: Vec<String> = files.map(|file| shown(base_name(&file.name))).collect();
    comment(
        out,
        &format!(
            "A point model to start from, fitted to {}.",
            names.join(", ")
        ),
    );
    line(out, "#");
    comment(
        out,
        "It reads from top to bottom: what is measured (signals), what it is worth (rules), how much of it may count \
         (groups), what the sum means (temperatures). The points are usual ones, not yours yet: change a number, run \
         hotlist again, and `hotlist explain ID` shows what became of it.",
    );
    line(out, "");
    let name = settled.shape.map_or("Leads".to_owned(), |shape| {
        let system = shape.title.split(' ').next().unwrap_or_default();
        format!("Leads from {system}")
    });
    line(out, &format!("name     = {}", text(&name)));
    line(out, "version  = \"1\"");
    line(
        out,
        "timezone = \"UTC\"        # yours, such as \"Europe/Amsterdam\": days are counted, and times without an offset read, in it",
    );
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn contacts(out: &mut String, draft: &mut Draft<'_>, settled: &Settled<'_>) {
    heading(out, "Contacts");
    comment(
        out,
        "Columns are known by their headers in snake_case (\"Lead Source\" is lead_source), or by the names under \
         [contacts.columns].",
    );
    line(out, "");
    line(out, "[contacts]");
    let id = draft.contacts.reference(settled.id, "id");
    line(out, &format!("id         = {}", text(&id)));
    if let Some(only) = &draft.only {
        line(
            out,
            &format!("only       = {}    # which rows are leads", text(only)),
        );
    }
    let optional = draft.contacts.optional();
    if !optional.is_empty() {
        line(
            out,
            &format!("optional   = {}    # not in every file", list(&optional)),
        );
    }
    fillers(out, settled.contacts);
    decimal(out, settled.decimals, settled.contacts);
    if draft.needs_date_order
        && let Some(order) = settled.date_order
    {
        line(out, &format!("date_order = \"{}\"", word(order)));
    }
    for column in &draft.untold_dates {
        let header = shown(&settled.contacts.columns[*column].header);
        line(
            out,
            &format!(
                "# date_order = \"day-first\"    # no date in \"{header}\" tells whether the day or the month comes first, so no rule reads it"
            ),
        );
    }
    declarations(out, "contacts", &draft.contacts);
    others(out, &draft.contacts, settled.contacts, &[settled.id]);
}

/// The cells that mean nothing is known, as they were seen.
fn fillers(out: &mut String, survey: &Survey) {
    let mut seen: Vec<&str> = Vec::new();
    for column in &survey.columns {
        for filler in column.facts.fillers.keys() {
            if !seen.contains(&filler.as_str()) {
                seen.push(filler);
            }
        }
    }
    seen.sort_unstable();
    if !seen.is_empty() {
        line(
            out,
            &format!(
                "blank      = {}    # cells that, like empty ones, mean that nothing is known",
                list(&seen)
            ),
        );
    }
}

fn decimal(out: &mut String, decimals: Decimals, survey: &Survey) {
    if decimals.sign == DecimalSign::Comma {
        line(out, "decimal    = \",\"");
    }
    let unclear = survey
        .columns
        .iter()
        .find(|column| decimals.are_needed(&column.facts));
    if let Some(column) = unclear {
        let header = shown(&column.header);
        line(
            out,
            &format!(
                "# decimal  = \",\"    # no number in \"{header}\" tells whether 1.234 is a thousand or one and a bit, so no rule reads it"
            ),
        );
    }
}

fn declarations(out: &mut String, section: &str, names: &Names<'_>) {
    let declared: Vec<(String, String)> = names
        .declarations()
        .map(|(name, header)| (key(name), text(header)))
        .collect();
    if declared.is_empty() {
        return;
    }
    line(out, "");
    line(
        out,
        &format!("[{section}.columns]    # the name used below = the header in the export"),
    );
    let width = declared
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, header) in declared {
        line(out, &format!("{name:width$} = {header}"));
    }
}

/// Names the columns that the model makes nothing of, as conditions know them.
fn others(out: &mut String, names: &Names<'_>, survey: &Survey, taken: &[usize]) {
    let others: Vec<String> = (0..survey.columns.len())
        .filter(|column| !names.is_named(*column) && !taken.contains(column))
        .map(|column| &survey.columns[column])
        .filter(|column| column.is_only && !column.facts.is_empty())
        .map(|column| shown(&column.snake))
        .collect();
    if others.is_empty() {
        return;
    }
    let more = others.len().saturating_sub(MOST_OTHERS);
    let mut listed = others[..others.len() - more].join(", ");
    if more > 0 {
        listed.push_str(&format!(" and {more} more"));
    }
    line(out, "");
    comment(out, &format!("Rules can use these columns too: {listed}."));
}

fn events(
    out: &mut String,
    draft: &mut Draft<'_>,
    settled: &Settled<'_>,
    (survey, columns): (&Survey, &EventColumns),
) {
    let joined_to = columns
        .joined_to
        .map(|column| draft.contacts.reference(column, "contact_key"));
    let Some(names) = &mut draft.events else {
        return;
    };
    heading(out, "Events");
    line(out, "\n[events]");
    line(
        out,
        &format!(
            "contact     = {}",
            text(&names.reference(columns.contact, "contact"))
        ),
    );
    if let Some(joined_to) = joined_to {
        line(
            out,
            &format!(
                "match       = {}    # the contacts' column that it refers to",
                text(&joined_to)
            ),
        );
    }
    line(
        out,
        &format!(
            "type        = {}",
            text(&names.reference(columns.kind, "type"))
        ),
    );
    line(
        out,
        &format!(
            "time        = {}",
            text(&names.reference(columns.time, "occurred"))
        ),
    );
    if let Some(id) = columns.id {
        let id = text(&names.reference(id, "event_id"));
        line(
            out,
            &format!("id          = {id}    # an event that comes twice counts once"),
        );
    }
    match columns.form {
        Form::Declared(format) => {
            line(out, &format!("time_format = {}", text(format)));
        }
        Form::Untold | Form::Contradictory => {
            if let Some(order) = settled.date_order {
                line(out, &format!("date_order  = \"{}\"", word(order)));
            }
        }
        _ => {}
    }
    fillers(out, survey);
    declarations(out, "events", names);
    if !draft.types.is_empty() {
        line(
            out,
            "\n[events.types]    # the name used below = how the export spells it; capitals make no difference",
        );
        let width = draft
            .types
            .iter()
            .map(|kind| kind.name.len())
            .max()
            .unwrap_or(0);
        for kind in &draft.types {
            line(
                out,
                &format!("{:width$} = {}", kind.name, texts(&kind.spellings)),
            );
        }
    }
    if !draft.other_types.is_empty() {
        line(
            out,
            "# No rule uses these yet; take the # away and call them as you like:",
        );
        for (spelling, count) in &draft.other_types {
            let name = crate::value::snake_case(spelling);
            let name = if name.is_empty() { "other" } else { &name };
            line(
                out,
                &format!(
                    "# {} = {}    # {}",
                    shown(&key(name)),
                    text(&shown(spelling)),
                    counted(*count, "event")
                ),
            );
        }
    }
}

fn signals(out: &mut String, draft: &Draft<'_>) {
    if draft.signals.is_empty() {
        return;
    }
    heading(out, "Signals: what is measured over a contact's events");
    comment(
        out,
        "within: only events younger than this. decay: older events count less. limit: at most so many of a day count.",
    );
    line(out, "\n[signals]");
    let width = draft
        .signals
        .iter()
        .map(|signal| signal.name.len())
        .max()
        .unwrap_or(0);
    for signal in &draft.signals {
        line(
            out,
            &format!("{:width$} = {{ {} }}", signal.name, signal.keys),
        );
    }
}

fn groups(out: &mut String, rules: &[Rule]) {
    heading(out, "Groups: how much of what may count");
    for (group, cap) in caps(rules) {
        let (name, label) = group.names();
        line(
            out,
            &format!("\n[groups.{name}]\nlabel = \"{label}\"\nmax   = {cap}"),
        );
    }
}

fn rules(out: &mut String, draft: &Draft<'_>) {
    heading(out, "Rules: what it is worth");
    for (rule, most) in draft.rules.iter().zip(maxima(&draft.rules)) {
        line(out, "\n[[rules]]");
        line(out, &format!("name   = {}", text(&rule.name)));
        line(out, &format!("group  = \"{}\"", rule.group.names().0));
        worth(out, &rule.worth, most);
        if let Some(note) = rule.note {
            line(out, &format!("note   = {}", text(note)));
        }
    }
}

fn worth(out: &mut String, worth: &Worth, most: u32) {
    match worth {
        Worth::When(condition) => {
            line(
                out,
                &format!("when   = {}\npoints = {most}", text(condition)),
            );
        }
        Worth::EachOfSignal(signal, full) => {
            let points = each(most, u64::from(*full));
            line(
                out,
                &format!("signal = \"{signal}\"\npoints = {points}\nmax    = {most}"),
            );
        }
        Worth::EachOfColumn(column, full) => {
            let points = each(most, *full);
            line(
                out,
                &format!(
                    "column = {}\npoints = {points}\nmin    = 0\nmax    = {most}",
                    text(column)
                ),
            );
        }
        Worth::Quickness(signal, bands) => {
            let bands = bands.iter().map(|(upto, percent)| {
                format!(
                    "{{ upto = \"{upto}\", points = {} }}",
                    share(most, *percent)
                )
            });
            let bands: Vec<String> = bands.collect();
            line(
                out,
                &format!("signal = \"{signal}\"\nbands  = [{}]", bands.join(", ")),
            );
        }
        Worth::Reached(column, bands) => {
            let bands = bands.iter().map(|(from, percent)| {
                format!("{{ from = {from}, points = {} }}", share(most, *percent))
            });
            let bands: Vec<String> = bands.collect();
            line(
                out,
                &format!("column = {}\nbands  = [{}]", text(column), bands.join(", ")),
            );
        }
        Worth::Texts(column, values, other) => {
            let values = values
                .iter()
                .map(|(value, percent)| format!("{} = {}", text(value), share(most, *percent)));
            let values: Vec<String> = values.collect();
            line(
                out,
                &format!(
                    "column = {}\nvalues = {{ {} }}",
                    text(column),
                    values.join(", ")
                ),
            );
            if *other > 0 {
                line(out, &format!("other  = {}", share(most, *other)));
            }
        }
    }
}

fn meaning(out: &mut String, draft: &Draft<'_>) {
    heading(out, "What the sum means");
    line(out, "\n[score]\nmin = 0\nmax = 100");
    if !draft.questions.is_empty() {
        line(out, "\n[checklist]");
        let width = draft
            .questions
            .iter()
            .map(|question| question.name.len())
            .max()
            .unwrap_or(0);
        for question in &draft.questions {
            let when = text(&question.when);
            line(
                out,
                &format!(
                    "{:width$} = {{ when = {when}, label = \"{}\" }}",
                    question.name, question.label
                ),
            );
        }
    }
    let required = draft
        .questions
        .iter()
        .filter(|question| question.is_required);
    let required: Vec<&str> = required.map(|question| question.name).collect();
    line(
        out,
        "\n# A lead that lacks what a temperature requires takes the next lower one, and the output says why.",
    );
    line(
        out,
        "\n[temperatures.hot]\nfrom     = 80\ntag      = \"Hot Lead\"\ncolor    = \"red\"\naction   = \"Follow up at once\"",
    );
    if !required.is_empty() {
        line(out, &format!("requires = {}", list(&required)));
    }
    line(
        out,
        "\n[temperatures.warm]\nfrom   = 50\ntag    = \"Warm Lead\"\ncolor  = \"orange\"\naction = \"Stay in touch, send what fits\"",
    );
    line(
        out,
        "\n[temperatures.cold]\nfrom   = 0\ntag    = \"Cold Lead\"\ncolor  = \"blue\"\naction = \"Newsletter, look again in a while\"",
    );
}

/// `[stages]`: how far a lead has come.
fn stages(out: &mut String, draft: &Draft<'_>) {
    let has = |name: &str| draft.questions.iter().any(|question| question.name == name);
    line(
        out,
        "\n# How far a lead has come: the last one that holds. MQL: marketing's work is done; SQL: sales takes over.",
    );
    line(out, "\n[stages]");
    if has("decision") {
        line(out, "MQL = \"score >= 50 OR checklist.decision\"");
        line(out, "SQL = \"score >= 80 AND checklist.decision\"");
    } else {
        line(out, "MQL = \"score >= 50\"");
        line(out, "SQL = \"score >= 80\"");
    }
}

/// `[disqualify]`: whom to leave alone.
fn disqualify(out: &mut String, draft: &Draft<'_>) {
    if draft.disqualify.is_empty() {
        return;
    }
    line(
        out,
        "\n# Whom to leave alone, whatever the points: last in the list, with the reason.",
    );
    line(out, "\n[disqualify]");
    let width = draft
        .disqualify
        .iter()
        .map(|ending| ending.reason.len())
        .max()
        .unwrap_or(0);
    for ending in &draft.disqualify {
        line(
            out,
            &format!("{:width$} = {}", ending.reason, text(&ending.when)),
        );
    }
}

/// `[[tests]]`: what the model says of leads made up for it.
fn tests(out: &mut String, cases: &[Case]) {
    if cases.is_empty() {
        return;
    }
    heading(out, "Tests: `hotlist test` runs them");
    for case in cases {
        line(out, "\n[[tests]]");
        line(out, &format!("name    = {}", text(case.name)));
        line(out, &format!("as_of   = \"{}\"", super::cases::DAY));
        if !case.cells.is_empty() {
            line(out, &format!("contact = {}", inline(&case.cells)));
        }
        if !case.events.is_empty() {
            line(out, "events  = [");
            for event in &case.events {
                line(out, &format!("  {},", inline(event)));
            }
            line(out, "]");
        }
        let expect = match &case.expect {
            Expectation::Score(score, temperature) => {
                format!("score = {score}, temperature = {}", text(temperature))
            }
            Expectation::Disqualified(reason) => format!("disqualified = {}", text(reason)),
        };
        line(out, &format!("expect  = {{ {expect} }}"));
    }
}

fn inline<'c>(cells: impl IntoIterator<Item = &'c (String, String)>) -> String {
    let cells = cells.into_iter();
    let cells: Vec<String> = cells
        .map(|(name, cell)| format!("{} = {}", key(name), text(cell)))
        .collect();
    format!("{{ {} }}", cells.join(", "))
}
