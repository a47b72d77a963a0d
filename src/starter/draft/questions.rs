//! The qualification checklist: the questions that the columns and signals of a draft can answer.

use super::super::roles::Role;
use super::super::toml::literal;
use super::profile::bands;
use super::{Draft, Evidence, Question, phrases};

/// Adds the questions, those a hot lead must answer with yes first.
pub(super) fn add(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    urgency(draft, evidence);
    budget(draft, evidence);
    engagement(draft, evidence);
    decision(draft, evidence);
    reachable(draft, evidence);
    if draft.questions.iter().all(|question| !question.is_required)
        && let Some(first) = draft.questions.first_mut()
    {
        first.is_required = true;
    }
}

fn ask(draft: &mut Draft<'_>, name: &'static str, label: &'static str, when: String) {
    draft.questions.push(Question {
        name,
        label,
        when,
        is_required: name != "reachable",
    });
}

fn budget(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let confirmed = draft.column(Role::BudgetConfirmed, evidence);
    let column = evidence.roles.get(Role::Budget);
    let least = column.and_then(|column| {
        let facts = &evidence.contacts.columns[column].facts;
        bands(facts, evidence).first().map(|(edge, _)| *edge)
    });
    let sufficient = least
        .zip(draft.column(Role::Budget, evidence))
        .map(|(least, name)| format!("{name} >= {least}"));
    match (confirmed, sufficient) {
        (Some(confirmed), Some(sufficient)) => {
            let when = format!("{confirmed} AND {sufficient}");
            ask(draft, "budget", "Budget confirmed and sufficient", when);
        }
        (Some(confirmed), None) => ask(draft, "budget", "Budget confirmed", confirmed),
        (None, Some(sufficient)) => ask(draft, "budget", "Budget sufficient", sufficient),
        (None, None) => {}
    }
}

/// Texts of a role's column that are worth at least so much.
fn texts(
    role: Role,
    evidence: &Evidence<'_>,
    worth: impl Fn(&str) -> Option<u32>,
    least: u32,
) -> Vec<String> {
    let Some(column) = evidence.roles.get(role) else {
        return Vec::new();
    };
    let worths = super::profile::worths(&evidence.contacts.columns[column].facts, worth);
    let good = worths.into_iter().filter(|(_, share)| *share >= least);
    good.map(|(text, _)| literal(&text)).collect()
}

fn urgency(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let soon = |text: &str| phrases::months(text).map(phrases::soon);
    let choices = [
        (
            Role::Timeline,
            "Ready within a month",
            texts(Role::Timeline, evidence, soon, 100),
        ),
        (
            Role::Timeline,
            "Ready within three months",
            texts(Role::Timeline, evidence, soon, 80),
        ),
        (
            Role::Urgency,
            "Urgent",
            texts(Role::Urgency, evidence, phrases::urgency, 100),
        ),
    ];
    let found = choices.into_iter().find(|(.., texts)| !texts.is_empty());
    if let Some((role, label, texts)) = found
        && let Some(name) = draft.column(role, evidence)
    {
        ask(
            draft,
            "urgency",
            label,
            format!("{name} IN ({})", texts.join(", ")),
        );
    }
}

fn engagement(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    for (signal, label) in [
        ("replies", "Actively responding"),
        ("calls", "Talks with us"),
        ("emails", "Exchanges emails with us"),
        ("clicks", "Reacts to our emails"),
        ("visits", "Visits the website"),
    ] {
        if draft.signals.iter().any(|known| known.name == signal) {
            return ask(draft, "engagement", label, format!("{signal} > 0"));
        }
    }
    for (kind, label) in [
        ("reply", "Actively responding"),
        ("email_click", "Reacts to our emails"),
        ("page_view", "Visits the website"),
    ] {
        let counter = evidence
            .roles
            .counters
            .iter()
            .find(|(_, known)| *known == kind);
        if let Some((column, _)) = counter {
            let name = draft.contacts.own_name(*column);
            return ask(draft, "engagement", label, format!("{name} >= 1"));
        }
    }
}

fn decision(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let signals = [
        "viewings",
        "meetings",
        "inquiries",
        "forms",
        "registrations",
        "carts",
        "purchases",
    ];
    let known = |signal: &&&str| draft.signals.iter().any(|known| known.name == **signal);
    let mut parts: Vec<String> = signals
        .iter()
        .filter(known)
        .map(|signal| format!("{signal} >= 1"))
        .collect();
    for (column, kind) in &evidence.roles.counters {
        let is_counted = draft.types.iter().any(|known| known.name == *kind);
        if matches!(*kind, "form_submit" | "meeting") && !is_counted {
            let name = draft.contacts.own_name(*column);
            parts.push(format!("{name} >= 1"));
        }
    }
    if !parts.is_empty() {
        ask(
            draft,
            "decision",
            "Has asked for something",
            parts.join(" OR "),
        );
    }
}

fn reachable(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let email = draft
        .column(Role::Email, evidence)
        .map(|name| format!("is_email({name})"));
    let phone = draft
        .column(Role::Phone, evidence)
        .map(|name| format!("is_phone({name})"));
    let parts: Vec<String> = email.into_iter().chain(phone).collect();
    if !parts.is_empty() {
        ask(draft, "reachable", "Can be reached", parts.join(" OR "));
    }
}
