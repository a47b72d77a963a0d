//! What random models make of a score: temperatures, checklist, disqualification, stages, grades and routes.

use super::conditions::{Names, condition};
use super::models::{Most, numbered, quoted};
use proptest::collection::{btree_set, vec};
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;

/// The names of temperatures, from the coldest.
pub const TEMPERATURES: [&str; 4] = ["cold", "warm", "hot", "burning"];
const STAGES: [&str; 3] = ["Lead", "MQL", "SQL"];

/// How many there are of each.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub groups: usize,
    pub items: usize,
    /// At least one.
    pub temperatures: usize,
    pub stages: usize,
    pub routes: usize,
    pub is_share: bool,
}

/// How many there may be; the number of groups is given.
pub fn counts(groups: usize, most: Most) -> impl Strategy<Value = Counts> {
    let is_share = proptest::bool::weighted(0.25);
    (
        0..=most.items,
        1_usize..=4,
        0_usize..=3,
        0..=most.routes,
        is_share,
    )
        .prop_map(
            move |(items, temperatures, stages, routes, is_share)| Counts {
                groups,
                items,
                temperatures,
                stages,
                routes,
                is_share,
            },
        )
}

/// All that a model says from `[score]` on; `known` are the names that its
/// rules may use.
pub fn outcomes(known: &Names, counts: Counts) -> BoxedStrategy<String> {
    let groups: Vec<String> = (0..counts.groups).map(|at| format!("group_{at}")).collect();
    let mut after_score = known.clone();
    after_score.measured.push("score".to_owned());
    let sums = groups.iter().map(|group| format!("groups.{group}"));
    after_score.measured.extend(sums);
    let mut after_temperature = after_score.clone();
    after_temperature.checks = (0..counts.items)
        .map(|at| format!("checklist.item_{at}"))
        .collect();
    after_temperature.words.push((
        "temperature".to_owned(),
        owned(&TEMPERATURES[..counts.temperatures]),
    ));
    let mut after_stage = after_temperature.clone();
    if counts.stages > 0 {
        let stages = owned(&STAGES[..counts.stages]);
        after_stage.words.push(("stage".to_owned(), stages));
    }
    let disqualified = select(vec![0, 0, 0, 0, 0, 1, 1, 1, 2]);
    let disqualify = disqualified
        .prop_flat_map({
            let names = after_temperature.clone();
            move |count| vec(condition(&names), count)
        })
        .boxed();
    let parts = (
        score(counts),
        checklist(&after_score, counts.items),
        disqualify,
        vec(condition(&after_temperature), counts.stages),
        grades(&groups),
        vec(route(&after_stage), counts.routes),
    );
    parts
        .prop_map(|(score, checklist, disqualify, stages, grades, routes)| {
            let disqualify = numbered(&disqualify, |at, when| {
                format!("reason_{at} = {}\n", quoted(when))
            });
            let stages = numbered(&stages, |at, when| {
                format!("{} = {}\n", STAGES[at], quoted(when))
            });
            let routes = numbered(&routes, |at, route| {
                format!("[[routes]]\nto = \"Place {at}\"\n{route}")
            });
            format!(
                "{score}[checklist]\n{checklist}{}{}{grades}{routes}",
                section("disqualify", &disqualify),
                section("stages", &stages)
            )
        })
        .boxed()
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// A table that is left out where it would be empty.
fn section(name: &str, inside: &str) -> String {
    if inside.is_empty() {
        String::new()
    } else {
        format!("[{name}]\n{inside}")
    }
}

/// The bounds of the score, and temperatures of which the lowest starts
/// there; some models keep the three that there are without any.
fn score(counts: Counts) -> impl Strategy<Value = String> {
    let bounds = option::of((-50_i32..=20, 81_i32..200));
    let hotter = counts.temperatures - 1;
    let hotter = (
        btree_set(1_i32..=60, hotter),
        vec(temperature(counts.items), hotter),
    );
    let keeps_default = proptest::bool::weighted(0.3);
    let more = (option::of(0_u32..=3), any::<bool>(), keeps_default);
    (bounds, hotter, more).prop_map(
        move |(bounds, (above, hotter), (decimals, is_reversed, keeps_default))| {
            let keeps_default = keeps_default && counts.temperatures == 3 && bounds.is_none();
            let lowest = bounds.map_or(0, |(min, _)| min);
            let bounds = bounds.map_or(String::new(), |(min, max)| {
                format!("min = {min}\nmax = {max}\n")
            });
            let decimals =
                decimals.map_or(String::new(), |decimals| format!("decimals = {decimals}\n"));
            let scale = if counts.is_share {
                "scale = \"share\"\n"
            } else {
                ""
            };
            let mut tables = vec![format!("from = {lowest}\n")];
            for (above, (keep, requires)) in above.iter().zip(hotter) {
                let from = lowest + above;
                let keep = keep.map_or(String::new(), |below| {
                    format!("keep = {}.5\n", from - below)
                });
                tables.push(format!("from = {from}\n{keep}{requires}"));
            }
            let mut tables: Vec<String> = tables
                .iter()
                .zip(TEMPERATURES)
                .map(|(table, name)| {
                    format!("[temperatures.{name}]\ntag = \"{name} Lead\"\n{table}")
                })
                .collect();
            if is_reversed {
                tables.reverse();
            }
            if keeps_default {
                tables.clear();
            }
            format!("[score]\n{bounds}{decimals}{scale}{}", tables.concat())
        },
    )
}

/// How far below its `from` a temperature is kept, and what it requires.
fn temperature(items: usize) -> impl Strategy<Value = (Option<i32>, String)> {
    let items: Vec<String> = (0..items).map(|at| format!("item_{at}")).collect();
    let count = items.len();
    let requires = weighted(0.5, subsequence(items, 0..=count));
    (weighted(0.6, 1_i32..80), requires).prop_map(|(keep, requires)| {
        let requires = requires.unwrap_or_default();
        let requires = if requires.is_empty() {
            String::new()
        } else {
            format!("requires = {requires:?}\n")
        };
        (keep, requires)
    })
}

fn checklist(names: &Names, items: usize) -> impl Strategy<Value = String> + use<> {
    vec((condition(names), any::<bool>()), items).prop_map(|items| {
        numbered(&items, |at, (when, has_label)| {
            let label = if *has_label {
                format!(", label = \"Item {at}, é\"")
            } else {
                String::new()
            };
            format!("item_{at} = {{ when = {}{label} }}\n", quoted(when))
        })
    })
}

/// A table of letters, one of numbers, both in either order or none.
fn grades(groups: &[String]) -> BoxedStrategy<String> {
    if groups.is_empty() {
        return Just(String::new()).boxed();
    }
    let letters = weighted(0.6, grade(groups, ["A", "B", "C", "D"]));
    let numbers = weighted(0.6, grade(groups, ["1", "2", "3", "4"]));
    (letters, numbers, any::<bool>())
        .prop_map(|(letters, numbers, is_reversed)| {
            let mut tables = [
                section("grades.fit", &letters.unwrap_or_default()),
                section("grades.engagement", &numbers.unwrap_or_default()),
            ];
            if is_reversed {
                tables.reverse();
            }
            tables.concat()
        })
        .boxed()
}

/// Marks that fall from the first to the last, of which some are left out.
fn grade(groups: &[String], marks: [&'static str; 4]) -> BoxedStrategy<String> {
    let of = subsequence(groups.to_vec(), 1..=groups.len());
    let marks = subsequence(marks.to_vec(), 1..=4);
    let points = btree_set(-10_i32..30, 4);
    (of, marks, points, any::<bool>())
        .prop_map(
            |(of, marks, points, is_half): (Vec<String>, _, BTreeSet<i32>, _)| {
                let of = match of.as_slice() {
                    [one] => format!("{one:?}"),
                    several => format!("{several:?}"),
                };
                let half = if is_half { ".5" } else { "" };
                let marks: Vec<String> = marks
                    .iter()
                    .zip(points.iter().rev())
                    .map(|(mark, points)| format!("{mark} = {points}{half}\n"))
                    .collect();
                format!("of = {of}\n{}", marks.concat())
            },
        )
        .boxed()
}

/// The inside of a route, but for where it leads.
fn route(names: &Names) -> impl Strategy<Value = String> + use<> {
    let assign = select(vec![
        "",
        "assign = \"anna@example.com\"\n",
        "assign = [\"bram@example.com\"]\n",
        "assign = [\"anna@example.com\", \"bram@example.com\"]\n",
        "assign = [\"c\", \"b\", \"a\"]\n",
    ]);
    (weighted(0.8, condition(names)), assign).prop_map(|(when, assign)| {
        let when = when.map_or(String::new(), |when| format!("when = {}\n", quoted(&when)));
        format!("{when}{assign}")
    })
}

/// What can be set by hand, and the column that does it.
pub const ACTIONS: [(&str, &str); 6] = [
    ("temperature", "set_temperature"),
    ("score", "set_score"),
    ("add", "add_points"),
    ("floor", "at_least"),
    ("ceiling", "at_most"),
    ("exclude", "leave_out"),
];

/// Perhaps the table that says which columns set what.
pub fn override_columns() -> impl Strategy<Value = String> {
    let about = subsequence(
        vec!["until = \"until\"", "by = \"set_by\"", "reason = \"why\""],
        0..=3,
    );
    let actions = subsequence(ACTIONS.to_vec(), 1..=6);
    weighted(0.4, (actions, about)).prop_map(|columns| {
        columns.map_or(String::new(), |(actions, about)| {
            let actions = actions
                .iter()
                .map(|(action, column)| format!("{action} = \"{column}\"\n"));
            let about = about.iter().map(|line| format!("{line}\n"));
            let lines: String = actions.chain(about).collect();
            format!("[overrides]\n{lines}")
        })
    })
}
