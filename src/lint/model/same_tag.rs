//! Two temperatures with the same tag.
//!
//! A CRM that is fed with the tags cannot tell them apart, and taking off the old tag takes off the new one. Capitals
//! and spaces at the ends are not looked at, since many CRMs do not. Give each temperature a tag of its own.
//!
//! ```toml
//! [temperatures.hot]
//! from = 80
//! tag  = "Hot Lead"
//!
//! [temperatures.warm]
//! from = 50
//! tag  = "hot lead"
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("same-tag", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let temperatures = &subject.model.temperatures;
    for (place, temperature) in temperatures.iter().enumerate() {
        let Some(tag) = temperature.tag.as_deref() else {
            continue;
        };
        let same = temperatures[..place].iter().find(|hotter| {
            let other = hotter.tag.as_deref().unwrap_or_default();
            other.trim().eq_ignore_ascii_case(tag.trim())
        });
        if let Some(same) = same {
            findings.warn(
                subject.places.temperature(&temperature.name, "tag"),
                format!(
                    "`{}` and `{}` have the same tag",
                    same.name, temperature.name
                ),
                "",
                "give each a tag of its own",
            );
            findings.beside(subject.places.temperature(&same.name, "tag"), "the other");
        }
    }
}
