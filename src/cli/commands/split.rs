//! One list as several files: by route, by owner or by temperature.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cli::args::SplitBy;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::model::Model;
use crate::output::{Available, slug, target};
use crate::rank::Lead;

/// More files than this are hardly meant.
const MOST_PARTS: usize = 500;

/// Characters of a value that stand in the name of its file.
const LONGEST_SLUG: usize = 60;

/// What stands in the name of a file for leads that have nothing there.
const NONE: &str = "none";

/// Refuses outputs that cannot be several files.
pub(super) fn refuse_streams(outputs: &[PathBuf]) -> Result<(), Report> {
    let is_stream = |path: &&PathBuf| path.as_os_str() == "-" || target::is_device(path);
    let Some(stream) = outputs.iter().find(is_stream) else {
        return Ok(());
    };
    let name = if stream.as_os_str() == "-" {
        "standard output".to_owned()
    } else {
        format!("`{}`", stream.display())
    };
    Err(refused(
        "split-without-file",
        format!("--split-by writes several files, and {name} is none"),
        "name a file that the others are named after: -o ranked.csv gives ranked-hot.csv and so on",
    ))
}

/// Refuses to split by what nothing in the run tells.
pub(super) fn refuse_unknown(
    by: SplitBy,
    available: &Available<'_>,
    are_accounts: bool,
) -> Result<(), Report> {
    let (what, hint) = match by {
        SplitBy::Temperature => return Ok(()),
        SplitBy::Route | SplitBy::Owner if are_accounts => (
            "accounts have neither a route nor an owner",
            "split them with --split-by temperature",
        ),
        SplitBy::Route if available.route => return Ok(()),
        SplitBy::Owner if available.owner => return Ok(()),
        SplitBy::Route => (
            "the model has no routes to split by",
            "say in the model where leads go: [[routes]] with to = \"Sales\"",
        ),
        SplitBy::Owner => (
            "no column of the export tells the owner to split by",
            "name it under [contacts.columns] of the model: owner = \"Account manager\"",
        ),
    };
    Err(refused("cannot-split", what.to_owned(), hint))
}

fn refused(code: &'static str, message: String, hint: &str) -> Report {
    Report::new(Kind::Usage, Diagnostic::error(code, message).hint(hint))
}

/// The leads of one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What stands in the file's name.
    slug: String,
    /// Their places in the list, from 0.
    pub places: Vec<usize>,
}

impl Part {
    /// `ranked.csv` becomes `ranked-hot.csv`.
    pub(super) fn path(&self, output: &Path) -> PathBuf {
        let mut name: OsString = output.file_stem().unwrap_or_default().to_owned();
        name.push("-");
        name.push(&self.slug);
        if let Some(ending) = output.extension() {
            name.push(".");
            name.push(ending);
        }
        output.with_file_name(name)
    }
}

/// The leads (each with its place) by what they have in common, in order of that.
///
/// Temperatures and routes of the model that no lead has are parts too, so that no file of an earlier run is taken for
/// one of this; of the temperatures only those asked for (all if none is named).
pub(super) fn parts<'l>(
    by: SplitBy,
    leads: impl Iterator<Item = (usize, Lead<'l>)>,
    model: &Model,
    temperatures: &BTreeSet<&str>,
) -> Result<Vec<Part>, Report> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut known = |value: &str| {
        places.entry(value.to_owned()).or_default();
    };
    match by {
        SplitBy::Temperature => model
            .temperatures
            .iter()
            .map(|temperature| temperature.name.as_str())
            .filter(|name| temperatures.is_empty() || temperatures.contains(name))
            .for_each(&mut known),
        SplitBy::Route => {
            model.routes.iter().for_each(|route| known(&route.to));
            known("");
        }
        SplitBy::Owner => {}
    }
    for (place, lead) in leads {
        let value = match by {
            SplitBy::Temperature => lead.temperature,
            SplitBy::Route => lead.route.unwrap_or_default(),
            SplitBy::Owner => lead.owner.unwrap_or_default(),
        };
        match places.get_mut(value.trim()) {
            Some(places) => places.push(place),
            None => drop(places.insert(value.trim().to_owned(), vec![place])),
        }
    }
    if places.len() > MOST_PARTS {
        return Err(refused(
            "too-many-files",
            format!("--split-by would write {} files", places.len()),
            "500 at the most; is it the right column? --temperature and --where leave leads out",
        ));
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let parts = places.into_iter().map(|(value, places)| {
        let first = file_part(&value);
        let mut slug = first.clone();
        let mut number = 1;
        while !taken.insert(slug.clone()) {
            number += 1;
            slug = format!("{first}-{number}");
        }
        Part { slug, places }
    });
    Ok(parts.collect())
}

/// A value as a part of a file's name.
fn file_part(value: &str) -> String {
    let slug = slug(value);
    let end = slug.char_indices().nth(LONGEST_SLUG);
    let cut = end.map_or(slug.as_str(), |(end, _)| &slug[..end]);
    match cut.trim_end_matches('-') {
        "" => Cow::Borrowed(NONE),
        cut => Cow::Borrowed(cut),
    }
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let text = "[[rules]]\nname = \"any\"\nwhen = \"TRUE\"\npoints = 1\n";
        Model::parse("model.toml", text).expect("a model")
    }

    fn slugs(owners: &[&'static str]) -> Vec<(String, Vec<usize>)> {
        let leads = owners.iter().map(|owner| Lead {
            owner: Some(owner),
            ..Lead::nobody()
        });
        let parts = parts(
            SplitBy::Owner,
            leads.enumerate(),
            &model(),
            &BTreeSet::new(),
        );
        let parts = parts.expect("few enough");
        parts
            .into_iter()
            .map(|part| (part.slug, part.places))
            .collect()
    }

    #[test]
    fn leads_of_one_owner_are_one_part_in_rank_order() {
        let found = slugs(&["Bram", "Anna de Vries", "Bram", ""]);
        let expected = [
            ("none", vec![3]),
            ("anna-de-vries", vec![1]),
            ("bram", vec![0, 2]),
        ];
        assert_eq!(
            found,
            expected.map(|(slug, places)| (slug.to_owned(), places))
        );
    }

    #[test]
    fn two_values_with_one_slug_get_numbers_in_order_of_value() {
        let found = slugs(&["a/b", "A B", "None", "", "a-b-2"]);
        let found: Vec<&str> = found.iter().map(|(slug, _)| slug.as_str()).collect();
        assert_eq!(found, ["none", "a-b", "none-2", "a-b-2", "a-b-3"]);
    }

    #[test]
    fn no_value_leads_out_of_the_folder_or_makes_a_name_too_long() {
        assert_eq!(file_part("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_part(".."), "none");
        assert_eq!(file_part("\0\u{202e}\n"), "none");
        assert!(file_part(&"é".repeat(500)).len() <= 2 * LONGEST_SLUG);
        let cut = format!("{} x", "a".repeat(LONGEST_SLUG - 1));
        assert_eq!(file_part(&cut), "a".repeat(LONGEST_SLUG - 1));
    }

    #[test]
    fn the_part_stands_before_the_ending() {
        let part = Part {
            slug: "hot".to_owned(),
            places: Vec::new(),
        };
        for (output, expected) in [
            ("ranked.csv", "ranked-hot.csv"),
            ("lists/ranked.csv", "lists/ranked-hot.csv"),
            ("ranked", "ranked-hot"),
        ] {
            assert_eq!(part.path(Path::new(output)), Path::new(expected));
        }
    }

    #[test]
    fn more_than_five_hundred_values_are_refused() {
        let owners: Vec<String> = (0..=MOST_PARTS)
            .map(|number| format!("o{number}"))
            .collect();
        let leads = owners.iter().map(|owner| Lead {
            owner: Some(owner),
            ..Lead::nobody()
        });
        let report = parts(
            SplitBy::Owner,
            leads.enumerate(),
            &model(),
            &BTreeSet::new(),
        );
        let report = report.expect_err("too many");
        assert_eq!(report.kind, Kind::Usage);
        assert!(report.to_string().contains("501 files"), "{report}");
    }
}
