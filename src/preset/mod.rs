//! Exports of known systems: which headers tell them, what models call their columns and event types, and what stands
//! around their rows.
//!
//! A preset is data, one file for each system beside this one; here it is read, and an export is recognised by its
//! header. What a model says of its exports always comes first: a preset only fills in what it leaves open.

mod choice;
mod read;
mod shape;

use std::sync::LazyLock;

pub use choice::Choice;
pub use shape::{Confidence, Footer, Kind, Preset, Shape};

/// The files, by the name that `--preset` takes.
const FILES: [(&str, &str); 13] = [
    ("close", include_str!("close.toml")),
    ("follow-up-boss", include_str!("follow-up-boss.toml")),
    ("ga4", include_str!("ga4.toml")),
    ("gohighlevel", include_str!("gohighlevel.toml")),
    ("google-ads", include_str!("google-ads.toml")),
    ("hubspot", include_str!("hubspot.toml")),
    ("mailchimp", include_str!("mailchimp.toml")),
    ("marketo", include_str!("marketo.toml")),
    ("meta", include_str!("meta.toml")),
    ("pipedrive", include_str!("pipedrive.toml")),
    ("salesforce", include_str!("salesforce.toml")),
    ("tesoro", include_str!("tesoro.toml")),
    ("zoho", include_str!("zoho.toml")),
];

static ALL: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, text)| {
            read::preset(name, text).unwrap_or_else(|error| panic!("preset {name}: {error}"))
        })
        .collect()
});

/// Every preset, by name.
pub fn all() -> &'static [Preset] {
    &ALL
}

/// The shape of this kind that a header row is unmistakably of.
#[cfg(test)]
pub(crate) fn recognise<H: AsRef<str>>(kind: Kind, headers: &[H]) -> Option<&'static Shape> {
    shape::recognise(
        all().iter().flat_map(|preset| &preset.shapes),
        kind,
        headers,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read_and_says_how_sure_it_is_and_why() {
        for preset in all() {
            assert!(!preset.shapes.is_empty(), "{}", preset.name);
            for shape in &preset.shapes {
                assert!(!shape.note.is_empty(), "{}", shape.label());
                assert!(!shape.title.is_empty(), "{}", shape.label());
            }
        }
    }

    #[test]
    fn no_two_shapes_have_one_label() {
        let shapes = all().iter().flat_map(|preset| &preset.shapes);
        let mut labels: Vec<String> = shapes.map(Shape::label).collect();
        let count = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }

    #[test]
    fn headers_are_recognised_in_any_order_and_spelling() {
        let headers = ["lifecycle_stage", "E-Mail", "RECORD ID"];
        let shape = recognise(Kind::Contacts, &headers).expect("known");
        assert_eq!(shape.label(), "hubspot contacts");
        assert!(recognise(Kind::Events, &headers).is_none());
        assert!(recognise(Kind::Contacts, &["Record ID", "Email"]).is_none());
    }
}
