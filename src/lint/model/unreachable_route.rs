//! A route that no lead takes, because routes before it take all of them.
//!
//! The first route that holds takes the lead. One without `when`, or whose condition always holds, leaves nothing to
//! those after it; of two with the same condition the later gets nothing. Put special routes first and the one for
//! everybody else last.
//!
//! ```toml
//! [[routes]]
//! to = "Everybody else"
//!
//! [[routes]]
//! to   = "Costa del Sol"
//! when = "region = 'Malaga'"
//! ```

use crate::lint::conditions::same;
use crate::lint::finding::Findings;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("unreachable-route", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let routes = &subject.model.routes;
    let world = subject.world(&subject.model.contacts.columns);
    for (number, route) in routes.iter().enumerate() {
        let taken = routes[..number].iter().find(|earlier| match &earlier.when {
            None => true,
            Some(when) => {
                route.when.is_some() && same(&earlier.text, &route.text)
                    || world.impossible(when, Outcome::NotTrue).is_some()
            }
        });
        if let Some(earlier) = taken {
            let why = if earlier.when.is_some() && same(&earlier.text, &route.text) {
                "it has the same condition"
            } else {
                "it takes every lead"
            };
            findings.warn(
                Some(route.span.clone()),
                format!("no lead takes the route to `{}`", route.to),
                "",
                "put routes for few leads first, and the one for all others last",
            );
            findings.beside(Some(earlier.span.clone()), why);
        }
    }
}
