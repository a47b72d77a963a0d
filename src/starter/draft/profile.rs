//! Rules over the contacts' own columns: how complete a profile is, and how well the lead fits.

use super::super::facts::Facts;
use super::super::roles::Role;
use super::super::toml::literal;
use super::{Draft, Evidence, Group, Worth, phrases, sentence};

/// Values listed in a rule at the most.
const MOST_LISTED: usize = 25;
/// Columns of yes and no that become rules without further ado.
const MOST_SIGNS: usize = 4;
/// Titles of those who decide; ASCII letters, because conditions fold no others.
const DECIDERS: &str = "(^|[^a-z])(ceo|cfo|cto|coo|cmo|chief|founder|owner|president|partner|director|directeur|directora?|head|vp|managing|manager|eigenaar|inhaber|gerente|gerant|bestuurder|leiter)([^a-z]|$)";

/// Which contacts are leads, where the export says so.
pub(super) fn only(draft: &mut Draft<'_>, evidence: &Evidence<'_>) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(column) = evidence.roles.get(Role::Kind) {
        let values = evidence.contacts.columns[column].facts.values.counts();
        let lead = values.and_then(|values| {
            values
                .keys()
                .find(|value| value.eq_ignore_ascii_case("lead"))
        });
        if let Some(lead) = lead {
            // Its own name: `type` says more than a role's name would.
            let name = draft.contacts.own_name(column);
            parts.push(format!("{name} = {}", literal(lead)));
            draft.example.needed.insert(name, lead.clone());
        }
    }
    if let Some(name) = draft.column(Role::Deleted, evidence) {
        parts.push(format!("NOT coalesce({name}, FALSE)"));
    }
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// Adds the rules.
pub(super) fn add(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    budget(draft, evidence);
    timing(draft, evidence);
    wishes(draft, evidence);
    reachability(draft, evidence);
    source(draft, evidence);
    company(draft, evidence);
    good_signs(draft, evidence);
    if evidence.events.is_none() {
        recency(draft, evidence);
    }
}

fn facts<'e>(role: Role, evidence: &Evidence<'e>) -> Option<&'e Facts> {
    let column = evidence.roles.get(role)?;
    Some(&evidence.contacts.columns[column].facts)
}

/// Edges of three bands by what the column holds, with the share of points of each; fewer where values are alike.
pub(super) fn bands(facts: &Facts, evidence: &Evidence<'_>) -> Vec<(u64, u32)> {
    let mut bands: Vec<(u64, u32)> = Vec::new();
    for (percent, share) in [(25, 40), (50, 70), (75, 100)] {
        if let Some(edge) = evidence
            .decimals
            .quantile(facts, percent)
            .filter(|edge| *edge > 0)
        {
            match bands.last_mut() {
                Some((last, of_last)) if *last >= edge => *of_last = share,
                _ => bands.push((edge, share)),
            }
        }
    }
    bands
}

fn budget(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    if let Some(confirmed) = draft.column(Role::BudgetConfirmed, evidence) {
        draft.rule(
            "Budget confirmed",
            Group::Completeness,
            10,
            Worth::When(confirmed.clone()),
        );
        draft.example(&confirmed, "yes");
    }
    amounts(
        draft,
        evidence,
        Role::Budget,
        "Size of the budget",
        Group::Completeness,
        8,
    );
}

/// A rule on a column of amounts, by what most leads have.
fn amounts(
    draft: &mut Draft<'_>,
    evidence: &Evidence<'_>,
    role: Role,
    rule: &str,
    group: Group,
    weight: u32,
) {
    let Some((facts, name)) = facts(role, evidence).zip(draft.column(role, evidence)) else {
        return;
    };
    let bands = bands(facts, evidence);
    match bands.last() {
        Some((edge, _)) => {
            draft.example(&name, edge.to_string());
            draft.rule(rule, group, weight, Worth::Reached(name, bands));
            draft.note("The edges are those that a quarter, half and three quarters of the amounts lie below, rounded.");
        }
        None => {
            draft.example(&name, "1");
            draft.rule(
                rule,
                group,
                weight,
                Worth::When(format!("{name} IS NOT NULL")),
            );
        }
    }
}

/// Texts of a column with the share of points that each is worth.
pub(super) fn worths(facts: &Facts, worth: impl Fn(&str) -> Option<u32>) -> Vec<(String, u32)> {
    let values = facts.values.by_frequency().into_iter();
    let known = values.filter_map(|(value, _)| Some((value.to_owned(), worth(value)?)));
    let mut known: Vec<(String, u32)> = known.take(MOST_LISTED).collect();
    known.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    known
}

fn timing(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let soon = |text: &str| phrases::months(text).map(phrases::soon);
    for (role, rule, weight, worth) in [
        (
            Role::Timeline,
            "Timeline clear",
            10,
            &soon as &dyn Fn(&str) -> Option<u32>,
        ),
        (Role::Urgency, "Urgency", 5, &phrases::urgency),
        (Role::Rating, "Rating by our people", 6, &phrases::urgency),
    ] {
        let Some(facts) = facts(role, evidence) else {
            continue;
        };
        let texts = worths(facts, worth);
        let best = texts.first().cloned();
        if let Some((best, share)) = best
            && let Some(name) = draft.column(role, evidence)
        {
            // The best there is gives all points.
            let texts = texts.into_iter().map(|(text, of)| (text, of * 100 / share));
            draft.example(&name, best);
            let group = if role == Role::Rating {
                Group::Fit
            } else {
                Group::Completeness
            };
            draft.rule(rule, group, weight, Worth::Texts(name, texts.collect(), 0));
        } else if role == Role::Timeline
            && let Some(name) = draft.column(role, evidence)
        {
            let any = facts
                .values
                .by_frequency()
                .first()
                .map(|(value, _)| (*value).to_owned());
            draft.example(&name, any.unwrap_or_default());
            draft.rule(
                rule,
                Group::Completeness,
                weight,
                Worth::When(format!("{name} IS NOT NULL")),
            );
        }
    }
}

fn wishes(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let mut parts = Vec::new();
    for role in [Role::Wanted, Role::Location] {
        if let Some(name) = draft.column(role, evidence) {
            draft.example(&name, "known");
            parts.push(format!("{name} IS NOT NULL"));
        }
    }
    if !parts.is_empty() {
        draft.rule(
            "Preferences known",
            Group::Completeness,
            5,
            Worth::When(parts.join(" AND ")),
        );
    }
}

fn reachability(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let mut parts = Vec::new();
    if let Some(email) = draft.column(Role::Email, evidence) {
        draft.example(&email, "anna@company.example");
        parts.push(format!("is_email({email})"));
    }
    if let Some(phone) = draft.column(Role::Phone, evidence) {
        draft.example(&phone, "+31 20 555 01 00");
        parts.push(format!("is_phone({phone})"));
    }
    if !parts.is_empty() {
        draft.rule(
            "Contact details complete",
            Group::Completeness,
            5,
            Worth::When(parts.join(" AND ")),
        );
    }
}

fn source(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let Some((facts, name)) =
        facts(Role::Source, evidence).zip(draft.column(Role::Source, evidence))
    else {
        return;
    };
    let texts = worths(facts, phrases::source);
    if let Some((best, share)) = texts.first().cloned() {
        let texts = texts.into_iter().map(|(text, of)| (text, of * 100 / share));
        draft.example(&name, best);
        draft.rule(
            "Where the lead came from",
            Group::Fit,
            4,
            Worth::Texts(name, texts.collect(), 30),
        );
    }
}

fn company(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let company = draft.column(Role::Company, evidence);
    let title = draft.column(Role::JobTitle, evidence);
    if let Some(company) = &company {
        draft.example(company, "Company Ltd");
        draft.rule(
            "Company known",
            Group::Completeness,
            3,
            Worth::When(format!("{company} IS NOT NULL")),
        );
    }
    if (company.is_some() || title.is_some())
        && let Some(email) = draft.column(Role::Email, evidence)
    {
        let when = format!("is_email({email}) AND NOT is_free_email({email})");
        draft.rule("Business email address", Group::Fit, 4, Worth::When(when));
    }
    if let Some(title) = title {
        draft.example(&title, "Director");
        let when = format!("regexp_like(lower({title}), {})", literal(DECIDERS));
        draft.rule("Can decide", Group::Fit, 6, Worth::When(when));
    }
    if let Some(employees) = draft.column(Role::Employees, evidence) {
        draft.example(&employees, "1001");
        let bands = vec![(11, 50), (1_001, 100)];
        draft.rule(
            "Size of the company",
            Group::Fit,
            6,
            Worth::Reached(employees, bands),
        );
    }
    amounts(
        draft,
        evidence,
        Role::Revenue,
        "Revenue of the company",
        Group::Fit,
        6,
    );
}

fn good_signs(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    for column in evidence.roles.good_signs.iter().take(MOST_SIGNS) {
        let name = draft.contacts.own_name(*column);
        draft.example(&name, "yes");
        let rule = sentence(&name);
        draft.rule(&rule, Group::Behaviour, 8, Worth::When(name));
    }
}

fn recency(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    for (role, rule, days, weight) in [
        (Role::LastActivity, "Active within a month", 30, 10),
        (Role::Created, "Came in within two weeks", 14, 5),
    ] {
        if let Some(name) = draft.date_column(role, evidence) {
            draft.example(&name, super::super::cases::DAY);
            draft.rule(
                rule,
                Group::Behaviour,
                weight,
                Worth::When(format!("days_since({name}) <= {days}")),
            );
        }
    }
}
