//! Bands that do not stand in the order of their edges, or neighbours with the same points.
//!
//! The order in the file makes no difference, so a jump is usually a slip: a digit too many, or minutes beside hours.
//! Two neighbours with the same points are one band; often one of them was to give something else.
//!
//! ```toml
//! bands = [{ from = 1000, points = 2 }, { from = 50000, points = 5 }, { from = 10000, points = 8 }]
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{Bands, Edge, RuleSource};
use crate::value::{Number, Span};

pub(super) const LINT: Lint = Lint::of_model("bands-out-of-order", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (number, rule) in subject.model.rules.iter().enumerate() {
        if let (true, RuleSource::Bands { bands, .. }) = (rule.enabled, &rule.source) {
            check_order(subject, number, &rule.name, bands, findings);
            check_neighbours(subject, number, &rule.name, bands, findings);
        }
    }
}

fn check_order(
    subject: &Subject<'_>,
    number: usize,
    name: &str,
    bands: &Bands,
    findings: &mut Findings<'_>,
) {
    let written = written_edges(subject, number, bands);
    // Falling edges throughout are an order as well.
    let jump = |rising: bool| {
        written
            .array_windows::<2>()
            .position(|[one, next]| (one < next) != rising)
    };
    if let (Some(at), Some(_)) = (jump(true), jump(false)) {
        findings.warn(
            place_of_band(subject, number, at + 1),
            format!(
                "the bands of `{name}` jump from {} to {}",
                bands.edge_text(written[at]),
                bands.edge_text(written[at + 1])
            ),
            "out of order",
            "check this edge; the order in the file makes no difference to the points",
        );
    }
}

fn check_neighbours(
    subject: &Subject<'_>,
    number: usize,
    name: &str,
    bands: &Bands,
    findings: &mut Findings<'_>,
) {
    let written = written_edges(subject, number, bands);
    for [one, next] in bands.steps.array_windows::<2>() {
        if one.1 != next.1 {
            continue;
        }
        // Of two `from` the larger adds nothing, of two `upto` the smaller.
        let idle = match bands.edge {
            Edge::From => next.0,
            Edge::Upto => one.0,
        };
        let at = written.iter().position(|edge| *edge == idle);
        findings.remark(
            at.and_then(|at| place_of_band(subject, number, at)),
            format!("two neighbouring bands of `{name}` both give {}", one.1),
            "without this one nothing would change",
            "delete it, or give it other points",
        );
    }
}

fn place_of_band(
    subject: &Subject<'_>,
    rule: usize,
    band: usize,
) -> Option<std::ops::Range<usize>> {
    let path = ["rules".into(), rule.into(), "bands".into(), band.into()];
    subject.places.value(&path)
}

/// The edges in the order of the file.
fn written_edges(subject: &Subject<'_>, rule: usize, bands: &Bands) -> Vec<Number> {
    let key = match bands.edge {
        Edge::From => "from",
        Edge::Upto => "upto",
    };
    let edges = (0..bands.steps.len()).filter_map(|band| {
        let path = [
            "rules".into(),
            rule.into(),
            "bands".into(),
            band.into(),
            key.into(),
        ];
        let place = subject.places.value(&path)?;
        edge(&subject.model.source.text[place], bands)
    });
    edges.collect()
}

/// An edge as it is written: a number, or a length of time in quotes.
fn edge(written: &str, bands: &Bands) -> Option<Number> {
    use crate::model::Scale;
    let text = written.trim_matches(['"', '\'']);
    if text.len() == written.len() {
        return Number::parse(&written.replace('_', ""));
    }
    let span = Span::parse(text).ok()?;
    match bands.scale {
        Scale::Minutes => i64::try_from(span.minutes()).ok().map(Number::integer),
        _ => span
            .whole_days()
            .map(|days| Number::integer(i64::from(days))),
    }
}
