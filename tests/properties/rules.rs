//! Random rules of every form, and the bounds that some of them need.

use super::conditions::{Names, TEXTS, condition};
use super::models::quoted;
use proptest::collection::btree_map;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

/// The inside of a rule's table, but for its name and id.
#[derive(Debug, Clone)]
pub struct Rule {
    form: String,
    /// What it gives for each unit of a signal or a column.
    for_each: Option<ForEach>,
    group: String,
    min: Option<String>,
    max: Option<String>,
    enabled: Option<bool>,
}

#[derive(Debug, Clone)]
struct ForEach {
    /// The signal's number; none for a column.
    signal: Option<usize>,
    points: String,
}

impl Rule {
    /// A rule that shows the value of a signal digit for digit.
    pub fn showing(signal: usize) -> Self {
        Self {
            form: format!("signal = \"signal_{signal}\"\npoints = 1000\n"),
            for_each: Some(ForEach {
                signal: Some(signal),
                points: "1000".to_owned(),
            }),
            group: String::new(),
            min: None,
            max: None,
            enabled: None,
        }
    }

    /// As it stands in the model.
    pub fn text(&self) -> String {
        let bound = |key, bound: &Option<String>| {
            bound
                .as_ref()
                .map_or(String::new(), |bound| format!("{key} = {bound}\n"))
        };
        let enabled = self.enabled;
        let enabled = enabled.map_or(String::new(), |enabled| format!("enabled = {enabled}\n"));
        let (min, max) = (bound("min", &self.min), bound("max", &self.max));
        format!("{}{}{min}{max}{enabled}", self.form, self.group)
    }

    /// The same rule with the bounds without which it could give any number
    /// of points.
    pub fn bounded(mut self, signals: &[String]) -> Self {
        let Some(ForEach { signal, points }) = &self.for_each else {
            return self;
        };
        if self.enabled == Some(false) {
            return self;
        }
        let signed = ["sum", "max", "min"].map(|measure| format!("measure = \"{measure}\""));
        let never_negative = signal.is_some_and(|signal| {
            let signal = &signals[signal];
            signed.iter().all(|measure| !signal.contains(measure))
        });
        let is_negative = points.starts_with('-');
        if !(is_negative && never_negative) {
            self.max.get_or_insert_with(|| "12.75".to_owned());
        }
        if is_negative || !never_negative {
            self.min.get_or_insert_with(|| "-8.5".to_owned());
        }
        self
    }
}

/// Points with up to three decimals, whole ones more often.
pub fn points() -> BoxedStrategy<String> {
    let decimals = (-20_000_i32..20_000).prop_map(|points| {
        let sign = if points < 0 { "-" } else { "" };
        format!("{sign}{}.{:03}", points.abs() / 1000, points.abs() % 1000)
    });
    prop_oneof![3 => (-20_i32..40).prop_map(|points| points.to_string()), 2 => decimals].boxed()
}

/// `min` and `max` on both sides of nothing, each perhaps left out.
pub fn bounds() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    let min = (0_u32..20).prop_map(|min| format!("-{min}.5"));
    let max = (0_u32..30).prop_map(|max| format!("{max}.25"));
    (option::of(min), option::of(max))
}

/// A rule over the names, which is in one of the groups or in none.
pub fn rule(known: &Names, signals: usize, groups: &[String]) -> BoxedStrategy<Rule> {
    let mut columns = known.numbers.clone();
    columns.push("lead_source".to_owned());
    let mut of = select(columns)
        .prop_map(|name| (format!("column = \"{name}\"\n"), None))
        .boxed();
    if signals > 0 {
        let signal = (0..signals).prop_map(|at| (format!("signal = \"signal_{at}\"\n"), Some(at)));
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
        3 => (condition(known), points())
            .prop_map(|(when, points)| (format!("when = {}\npoints = {points}\n", quoted(&when)), None)),
        3 => (of.clone(), points()).prop_map(|((of, signal), points)| {
            (format!("{of}points = {points}\n"), Some(ForEach { signal, points }))
        }),
        2 => (of, bands(), blank()).prop_map(|((of, _), bands, blank)| (format!("{of}{bands}{blank}"), None)),
        2 => values().prop_map(|form| (form, None)),
        2 => several_values().prop_map(|form| (form, None)),
    ];
    (form, group, bounds(), weighted(0.1, any::<bool>()))
        .prop_map(|((form, for_each), group, (min, max), enabled)| Rule {
            form,
            for_each,
            group,
            min,
            max,
            enabled,
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
    let column = select(vec!["lead_source", "type", "notes"]);
    (column, listed(texts), option::of(points()), blank()).prop_map(
        |(column, values, other, blank)| {
            format!("column = \"{column}\"\n{values}{}{blank}", or_other(other))
        },
    )
}

/// Values of which a cell may hold several.
fn several_values() -> impl Strategy<Value = String> {
    let texts = vec![
        "VIP", "vip", "Buyer", "Buyers", "a", "é", "b", "Referral", "it''s",
    ];
    let column = select(vec!["tags", "tags", "tags", "lead_source", "notes"]);
    let several = select(vec!["sum", "max"]);
    (
        column,
        several,
        listed(texts),
        option::of(points()),
        blank(),
    )
        .prop_map(|(column, several, values, other, blank)| {
            let other = or_other(other);
            format!("column = \"{column}\"\nseveral = \"{several}\"\n{values}{other}{blank}")
        })
}

fn listed(texts: Vec<&'static str>) -> impl Strategy<Value = String> {
    btree_map(select(texts), points(), 1..5).prop_map(|values| {
        let value = |(text, points): (&str, String)| {
            format!("{} = {points}", quoted(&text.replace("''", "'")))
        };
        let values = values.into_iter().map(value).collect::<Vec<_>>().join(", ");
        format!("values = {{ {values} }}\n")
    })
}

fn or_other(other: Option<String>) -> String {
    other.map_or(String::new(), |other| format!("other = {other}\n"))
}
