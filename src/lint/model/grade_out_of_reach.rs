//! A grade that no lead can earn, or that every lead earns.
//!
//! A threshold is above the most that the groups can come to, so that its letter or number never stands in an output;
//! or the best one is not above the least they come to, so that there is no other. Move the threshold, or look at the
//! groups' `max`.
//!
//! ```toml
//! [grades]
//! fit = { of = "fit", A = 50, B = 20 }       # the group's `max` is 40
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("grade-out-of-reach", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for grade in &subject.model.grades {
        let groups = || grade.of.iter().map(|group| subject.reach.groups[*group]);
        let highest: Option<Points> = groups().map(|extent| extent.highest).sum();
        let lowest: Option<Points> = groups().map(|extent| extent.lowest).sum();
        let place = |mark: char| {
            let mark = mark.to_string();
            let path = [
                "grades".into(),
                grade.name.as_str().into(),
                mark.as_str().into(),
            ];
            let place = subject.places.value(&path);
            place.or_else(|| Some(grade.span.clone()))
        };
        for (mark, least) in &grade.marks {
            if let Some(highest) = highest.filter(|highest| highest < least) {
                findings.warn(
                    place(*mark),
                    format!("no lead can earn the {mark} of `{}`", grade.name),
                    format!("its groups come to {highest} at most"),
                    "lower the threshold, or give the groups more",
                );
            }
        }
        if let (Some((mark, least)), Some(lowest)) = (grade.marks.first(), lowest)
            && *least <= lowest
        {
            findings.warn(
                place(*mark),
                format!("every lead earns the {mark} of `{}`", grade.name),
                format!("its groups come to {lowest} at least"),
                "raise the threshold",
            );
        }
    }
}
