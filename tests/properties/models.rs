//! Random models, as the text of a model file, that are valid by
//! construction.

use super::clocks::{CLOCKS, Clock};
use super::conditions::{Names, condition};
use super::outcomes::{TEMPERATURES, counts, outcomes, override_columns};
use super::rules::{Rule, bounds, rule};
use super::signals::signal;
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

/// A model and what the exports must know of it.
#[derive(Debug, Clone)]
pub struct ModelText {
    pub text: String,
    /// Events name the contact's e-mail address, not its id.
    pub matches_email: bool,
    /// The model's time zone.
    pub clock: Clock,
    /// The names of the temperatures, from the coldest.
    pub temperatures: Vec<String>,
    /// Events may name an account instead of a contact.
    pub has_event_key: bool,
}

/// How many there may be of what a model has many of.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    pub signals: usize,
    pub rules: usize,
    pub items: usize,
    pub routes: usize,
}

impl Most {
    /// As many as a model of people has.
    pub const USUAL: Self = Self {
        signals: 6,
        rules: 7,
        items: 6,
        routes: 3,
    };
}

/// A valid model.
pub fn model() -> impl Strategy<Value = ModelText> {
    model_of(Most::USUAL)
}

/// A valid model of at most so many parts.
pub fn model_of(most: Most) -> impl Strategy<Value = ModelText> {
    let shape = (
        any::<bool>(),
        0..=most.signals,
        (0_usize..=3).prop_flat_map(move |groups| counts(groups, most)),
    );
    shape.prop_flat_map(move |(budget_mapped, signals, counts)| {
        let contact = contact_names(budget_mapped);
        let mut known = contact.clone();
        known.measured = (0..signals).map(|at| format!("signal_{at}")).collect();
        let group_names: Vec<String> = (0..counts.groups).map(|at| format!("group_{at}")).collect();
        let parts = (
            (select(CLOCKS.to_vec()), any::<bool>()),
            contacts(&contact, budget_mapped),
            events(),
            vec(signal(), signals),
            vec(bounds(), counts.groups),
            vec(
                (
                    rule(&known, signals, &group_names),
                    proptest::bool::weighted(0.2),
                ),
                1..=most.rules,
            ),
            outcomes(&known, counts),
            override_columns(),
        );
        parts.prop_map(
            move |((clock, shows_signals), contacts, (events, matches_email), signals, groups, rules, outcomes, overrides)| {
                let top = top(clock);
                // Under a scale, every rule has its bounds.
                let rule_text = |rule: Rule| {
                    let rule = if counts.is_share { rule.bounded(&signals) } else { rule };
                    rule.text()
                };
                let rules = numbered(&rules, |at, (rule, own_id)| {
                    let id = if *own_id { format!("id = \"own_{at}\"\n") } else { String::new() };
                    format!("[[rules]]\nname = \"Rule {at}: é\"\n{id}{}", rule_text(rule.clone()))
                });
                // In half of the models, a rule for each signal brings its
                // value into the ledger digit for digit.
                let shown = if shows_signals { signals.as_slice() } else { &[] };
                let shown = numbered(shown, |at, _| {
                    format!("[[rules]]\nname = \"Shows {at}\"\n{}", rule_text(Rule::showing(at)))
                });
                // Something must be left to reach.
                let scaled = if counts.is_share {
                    "[[rules]]\nname = \"To be reached\"\nwhen = \"confirmed\"\npoints = 7.5\n"
                } else {
                    ""
                };
                let signals = numbered(&signals, |at, signal| {
                    format!("signal_{at} = {{ {signal} }}\n")
                });
                let groups = numbered(&groups, |at, (min, max)| {
                    let min = min.as_ref().map_or(String::new(), |min| format!("min = {min}\n"));
                    let max = max.as_ref().map_or(String::new(), |max| format!("max = {max}\n"));
                    format!("[groups.group_{at}]\n{min}{max}")
                });
                let text = format!("{top}{contacts}{events}[signals]\n{signals}{groups}{rules}{shown}{scaled}{outcomes}{overrides}");
                ModelText {
                    text,
                    matches_email,
                    clock,
                    temperatures: names(&TEMPERATURES[..counts.temperatures]),
                    has_event_key: false,
                }
            },
        )
    })
}

/// A valid model with accounts.
pub fn model_of_accounts() -> impl Strategy<Value = ModelText> {
    let roll_up = option::of(select(vec!["sum", "max", "mean"]));
    let settings = (any::<bool>(), roll_up, option::of(1_u32..4));
    (model(), settings).prop_map(|(model, (has_event_key, roll_up, best))| {
        let event_key = if has_event_key {
            "event_key = \"company\"\n"
        } else {
            ""
        };
        let best = best.filter(|_| roll_up.is_some_and(|roll_up| roll_up != "max"));
        let best = best.map_or(String::new(), |best| format!("best = {best}\n"));
        let roll_up = roll_up.map_or(String::new(), |how| format!("roll_up = \"{how}\"\n"));
        let accounts = format!("[accounts]\nkey = \"company\"\n{event_key}{roll_up}{best}");
        ModelText {
            text: model.text + &accounts,
            has_event_key,
            ..model
        }
    })
}

/// The text of each, one after another; each knows its place.
pub fn numbered<T>(list: &[T], text: impl Fn(usize, &T) -> String) -> String {
    let texts = list.iter().enumerate().map(|(at, each)| text(at, each));
    texts.collect()
}

/// A text as a TOML string.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn contact_names(budget_mapped: bool) -> Names {
    let budget = if budget_mapped {
        "budget"
    } else {
        "property_details.price_max"
    };
    Names {
        texts: names(&[
            "lead_source",
            "notes",
            "email",
            "phone",
            "tags",
            "type",
            // A column that is called like a word of the language.
            "\"Stage\"",
        ]),
        numbers: names(&[budget, "visits"]),
        flags: names(&["confirmed", "has_consent", "not_exported"]),
        days: names(&["created_on", "viewed_on"]),
        measured: Vec::new(),
        checks: Vec::new(),
        words: Vec::new(),
    }
}

fn top(clock: Clock) -> String {
    format!(
        "name = \"Sample\"\nversion = \"1\"\ntimezone = \"{}\"\n",
        clock.zone
    )
}

fn contacts(columns: &Names, budget_mapped: bool) -> BoxedStrategy<String> {
    let only = prop_oneof![
        3 => Just(None),
        2 => Just(Some("type = 'lead' OR type IS NULL".to_owned())),
        1 => condition(columns).prop_map(Some),
    ];
    (only, decimal_and_blank())
        .prop_map(move |(only, settings)| {
            let only = only.map_or(String::new(), |only| format!("only = {}\n", quoted(&only)));
            let mut text = format!(
                "[contacts]\nid = \"contact_id\"\noptional = [\"not_exported\"]\n{only}{settings}"
            );
            if budget_mapped {
                text +=
                    "[contacts.columns]\nbudget = [\"Budget\", \"property_details.price_max\"]\n";
            }
            text
        })
        .boxed()
}

fn events() -> impl Strategy<Value = (String, bool)> {
    (weighted(0.2, Just("match = \"email\"\n")), decimal_and_blank()).prop_map(|(matches, settings)| {
        let text = format!(
            "[events]\ncontact = \"contact_id\"\ntype = \"event\"\ntime = \"timestamp\"\n{}{settings}\
             [events.types]\nemail_open = [\"Email Opened\", \"OPEN\"]\n",
            matches.unwrap_or("")
        );
        (text, matches.is_some())
    })
}

fn decimal_and_blank() -> impl Strategy<Value = String> {
    let decimal = select(vec!["", "decimal = \".\"\n", "decimal = \",\"\n"]);
    let blank = select(vec![
        "",
        "blank = [\"\", \"N/A\", \"-\"]\n",
        "blank = [\"Select\"]\n",
    ]);
    (decimal, blank).prop_map(|(decimal, blank)| format!("{decimal}{blank}"))
}
