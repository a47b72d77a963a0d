//! Random models, as the text of a model file, that are valid by
//! construction.

use super::clocks::{CLOCKS, Clock};
use super::conditions::{Names, TEXTS, condition};
use proptest::collection::{btree_map, vec};
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The event types that a model measures, as it names them.
const TYPES: [&str; 4] = ["page_view", "email_open", "inquiry", "call"];
const TEMPERATURES: [&str; 4] = ["cold", "warm", "hot", "burning"];

/// A model and what the exports must know of it.
#[derive(Debug, Clone)]
pub struct ModelText {
    pub text: String,
    /// Events name the contact's e-mail address, not its id.
    pub matches_email: bool,
    /// The model's time zone.
    pub clock: Clock,
}

/// A valid model.
pub fn model() -> impl Strategy<Value = ModelText> {
    let shape = (any::<bool>(), 0_usize..=6, 0_usize..=3, 0_usize..=6);
    shape.prop_flat_map(|(budget_mapped, signals, groups, items)| {
        let contact = contact_names(budget_mapped);
        let mut known = contact.clone();
        known.measured = (0..signals).map(|at| format!("signal_{at}")).collect();
        let mut after = known.clone();
        after.measured.push("score".to_owned());
        after
            .measured
            .extend((0..groups).map(|at| format!("groups.group_{at}")));
        let group_names: Vec<String> = (0..groups).map(|at| format!("group_{at}")).collect();
        let rule_signals = known.measured.clone();
        let parts = (
            (select(CLOCKS.to_vec()), any::<bool>()),
            contacts(&contact, budget_mapped),
            events(),
            vec(signal(), signals),
            vec(bounds(), groups),
            vec(
                (
                    rule(&known, &rule_signals, &group_names),
                    proptest::bool::weighted(0.2),
                ),
                1..8,
            ),
            score(items),
            vec(condition(&after), items),
        );
        parts.prop_map(
            |((clock, shows_signals), contacts, (events, matches_email), signals, groups, rules, score, items)| {
                let top = top(clock);
                // In half of the models, a rule for each signal brings its
                // value into the ledger digit for digit.
                let shown = if shows_signals { signals.as_slice() } else { &[] };
                let shown = numbered(shown, |at, _| {
                    format!("[[rules]]\nname = \"Shows {at}\"\nsignal = \"signal_{at}\"\npoints = 1000\n")
                });
                let signals = numbered(&signals, |at, signal| {
                    format!("signal_{at} = {{ {signal} }}\n")
                });
                let groups = numbered(&groups, |at, bounds| {
                    format!("[groups.group_{at}]\n{bounds}")
                });
                let rules = numbered(&rules, |at, (rule, own_id)| {
                    let id = if *own_id { format!("id = \"own_{at}\"\n") } else { String::new() };
                    format!("[[rules]]\nname = \"Rule {at}: é\"\n{id}{rule}")
                });
                let items = numbered(&items, |at, item| {
                    format!("item_{at} = {{ when = {} }}\n", quoted(item))
                });
                let text = format!("{top}{contacts}{events}[signals]\n{signals}{groups}{rules}{shown}{score}[checklist]\n{items}");
                ModelText {
                    text,
                    matches_email,
                    clock,
                }
            },
        )
    })
}

/// The text of each, one after another; each knows its place.
fn numbered<T>(list: &[T], text: impl Fn(usize, &T) -> String) -> String {
    let texts = list.iter().enumerate().map(|(at, each)| text(at, each));
    texts.collect()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
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
        texts: names(&["lead_source", "notes", "email", "phone", "tags", "type"]),
        numbers: names(&[budget, "visits"]),
        flags: names(&["confirmed", "has_consent", "not_exported"]),
        days: names(&["created_on", "viewed_on"]),
        measured: Vec::new(),
    }
}

fn event_names() -> Names {
    Names {
        texts: names(&["path", "property_id"]),
        numbers: names(&["amount_eur"]),
        flags: names(&["mobile"]),
        days: names(&["listed_on"]),
        measured: Vec::new(),
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

/// The inside of a signal's table.
fn signal() -> impl Strategy<Value = String> {
    let types = subsequence(TYPES.to_vec(), 1..=3).prop_map(|types| match types.as_slice() {
        [one] => format!("event = \"{one}\""),
        many => format!("event = {many:?}"),
    });
    let take = select(vec!["fastest", "median", "latest", "slowest"]);
    let measure = prop_oneof![
        5 => (types.clone(), limit_and_decay()).prop_map(|(types, more)| format!("{types}{more}")),
        4 => (types.clone(), limit_and_decay())
            .prop_map(|(types, more)| format!("{types}, measure = \"sum\", of = \"amount_eur\"{more}")),
        1 => types.clone().prop_map(|types| format!("{types}, measure = \"count\"")),
        1 => (types.clone(), select(vec!["max", "min"]))
            .prop_map(|(types, measure)| format!("{types}, measure = \"{measure}\", of = \"amount_eur\"")),
        1 => (types.clone(), select(vec!["property_id", "path"]))
            .prop_map(|(types, column)| format!("{types}, measure = \"distinct\", of = \"{column}\"")),
        2 => (types, select(vec!["active_days", "days_since_last", "days_since_first"]))
            .prop_map(|(types, measure)| format!("{types}, measure = \"{measure}\"")),
        3 => take.prop_map(|take| format!(
            "measure = \"response\", from = \"outreach_sent\", to = [\"reply\", \"call\"], take = \"{take}\""
        )),
    ];
    let within = select(vec![
        "1 day", "2 days", "7d", "2 weeks", "30 days", "3 months", "1 year",
    ]);
    let where_ = weighted(0.3, condition(&event_names()));
    (measure, option::of(within), where_).prop_map(|(measure, within, where_)| {
        let within = within.map_or(String::new(), |within| format!(", within = \"{within}\""));
        let where_ = where_.map_or(String::new(), |where_| {
            format!(", where = {}", quoted(&where_))
        });
        format!("{measure}{within}{where_}")
    })
}

fn limit_and_decay() -> impl Strategy<Value = String> {
    let limit = (select(vec!["day", "week", "week", "month"]), 1..4)
        .prop_map(|(per, max)| format!(", limit = {{ per = \"{per}\", max = {max} }}"));
    let part = select(vec!["0", "0.15", "0.333333", "0.5", "1"]);
    let more = (
        option::of(0_u32..60),
        select(vec!["", ", of = \"original\"", ", of = \"remaining\""]),
        option::of(part.clone()),
    );
    let decay = prop_oneof![
        (1_u32..100).prop_map(|days| format!("half_life = \"{days} days\"")),
        (1_u32..120).prop_map(|days| format!("linear = \"{days} days\"")),
        (1_u32..40, part, more).prop_map(|(step, by, (after, of, floor))| {
            let after = after.map_or(String::new(), |after| format!(", after = \"{after} days\""));
            let floor = floor.map_or(String::new(), |floor| format!(", floor = {floor}"));
            format!("step = \"{step} days\", by = {by}{after}{of}{floor}")
        }),
    ];
    (weighted(0.7, limit), option::of(decay)).prop_map(|(limit, decay)| {
        let decay = decay.map_or(String::new(), |decay| format!(", decay = {{ {decay} }}"));
        limit.unwrap_or_default() + &decay
    })
}

/// Points with up to three decimals, whole ones more often.
fn points() -> BoxedStrategy<String> {
    let decimals = (-20_000_i32..20_000).prop_map(|points| {
        let sign = if points < 0 { "-" } else { "" };
        format!("{sign}{}.{:03}", points.abs() / 1000, points.abs() % 1000)
    });
    prop_oneof![3 => (-20_i32..40).prop_map(|points| points.to_string()), 2 => decimals].boxed()
}

/// `min` and `max` on both sides of nothing, each perhaps left out.
fn bounds() -> impl Strategy<Value = String> {
    (option::of(0_u32..20), option::of(0_u32..30)).prop_map(|(min, max)| {
        let min = min.map_or(String::new(), |min| format!("min = -{min}.5\n"));
        let max = max.map_or(String::new(), |max| format!("max = {max}.25\n"));
        min + &max
    })
}

/// The inside of a rule, but for its name and id.
fn rule(known: &Names, signals: &[String], groups: &[String]) -> BoxedStrategy<String> {
    let mut columns = known.numbers.clone();
    columns.push("lead_source".to_owned());
    let mut of = select(columns)
        .prop_map(|name| format!("column = \"{name}\"\n"))
        .boxed();
    if !signals.is_empty() {
        let signal = select(signals.to_vec()).prop_map(|name| format!("signal = \"{name}\"\n"));
        of = prop_oneof![1 => of, 3 => signal].boxed();
    }
    let group = if groups.is_empty() {
        Just(String::new()).boxed()
    } else {
        let group = option::of(select(groups.to_vec()));
        group
            .prop_map(|group| group.map_or(String::new(), |group| format!("group = \"{group}\"\n")))
            .boxed()
    };
    let form = prop_oneof![
        3 => (condition(known), points()).prop_map(|(when, points)| format!("when = {}\npoints = {points}\n", quoted(&when))),
        3 => (of.clone(), points()).prop_map(|(of, points)| format!("{of}points = {points}\n")),
        2 => (of, bands(), blank()).prop_map(|(of, bands, blank)| format!("{of}{bands}{blank}")),
        2 => values(),
    ];
    (form, group, bounds(), weighted(0.1, any::<bool>()))
        .prop_map(|(form, group, bounds, enabled)| {
            let enabled = enabled.map_or(String::new(), |enabled| format!("enabled = {enabled}\n"));
            form + &group + &bounds + &enabled
        })
        .boxed()
}

fn blank() -> impl Strategy<Value = String> {
    option::of(points())
        .prop_map(|blank| blank.map_or(String::new(), |blank| format!("blank = {blank}\n")))
}

/// Bands with different edges, in any order.
fn bands() -> impl Strategy<Value = String> {
    let edge = select(vec![
        "-3", "0", "0.5", "1", "1.999999", "2", "3", "10", "60", "1440", "100000", "300000",
    ]);
    let bands =
        btree_map(edge, points(), 1..5).prop_map(|bands| bands.into_iter().collect::<Vec<_>>());
    (select(vec!["from", "upto"]), bands.prop_shuffle()).prop_map(|(side, bands)| {
        let band = |(edge, points)| format!("{{ {side} = {edge}, points = {points} }}");
        format!(
            "bands = [{}]\n",
            bands.into_iter().map(band).collect::<Vec<_>>().join(", ")
        )
    })
}

fn values() -> impl Strategy<Value = String> {
    let texts: Vec<&str> = TEXTS.into_iter().filter(|text| !text.is_empty()).collect();
    let values = btree_map(select(texts), points(), 1..5);
    let column = select(vec!["lead_source", "type", "notes"]);
    (column, values, option::of(points()), blank()).prop_map(|(column, values, other, blank)| {
        let value = |(text, points): (&str, String)| {
            format!("{} = {points}", quoted(&text.replace("''", "'")))
        };
        let values = values.into_iter().map(value).collect::<Vec<_>>().join(", ");
        let other = other.map_or(String::new(), |other| format!("other = {other}\n"));
        format!("column = \"{column}\"\nvalues = {{ {values} }}\n{other}{blank}")
    })
}

/// The bounds of the score, and temperatures of which the lowest starts there.
fn score(items: usize) -> impl Strategy<Value = String> {
    let items: Vec<String> = (0..items).map(|at| format!("item_{at}")).collect();
    let count = items.len();
    let requires = subsequence(items, 0..=count);
    let hotter = btree_map(1_i32..=60, requires, 0..4);
    let bounds = option::of((-50_i32..=20, 81_i32..200));
    (bounds, option::of(0_u32..=3), hotter, any::<bool>()).prop_map(
        |(bounds, decimals, hotter, reversed)| {
            let lowest = bounds.map_or(0, |(min, _)| min);
            let bounds = bounds.map_or(String::new(), |(min, max)| {
                format!("min = {min}\nmax = {max}\n")
            });
            let decimals =
                decimals.map_or(String::new(), |decimals| format!("decimals = {decimals}\n"));
            let mut all = vec![(lowest, Vec::new())];
            all.extend(
                hotter
                    .into_iter()
                    .map(|(above, requires)| (lowest + above, requires)),
            );
            let mut tables: Vec<String> = all
                .into_iter()
                .zip(TEMPERATURES)
                .map(|((from, requires), name)| {
                    let requires = if requires.is_empty() {
                        String::new()
                    } else {
                        format!("requires = {requires:?}\n")
                    };
                    format!(
                        "[temperatures.{name}]\nfrom = {from}\ntag = \"{name} lead\"\n{requires}"
                    )
                })
                .collect();
            if reversed {
                tables.reverse();
            }
            format!("[score]\n{bounds}{decimals}{}", tables.concat())
        },
    )
}
