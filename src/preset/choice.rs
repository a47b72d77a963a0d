//! Which presets a run may take: those it is told, none, or whatever its headers are unmistakably of.

use super::shape::{Kind, Preset, Shape, recognise};
use super::{Confidence, all};
use crate::diagnostic::{Diagnostic, Kind as Refusal, Report, nearest};

/// What `--preset` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: an export is taken for what its header is unmistakably of.
    #[default]
    Automatic,
    /// No preset is taken.
    None,
    /// These presets, for the kinds of export that they have.
    Named(Vec<&'static Preset>),
}

/// The name that stands for no preset.
const NONE: &str = "none";

impl Choice {
    /// Reads the names given.
    ///
    /// # Errors
    /// A report of a name that is no preset's, and of `none` beside others.
    pub fn read(names: &[String]) -> Result<Self, Report> {
        let mut presets: Vec<&Preset> = Vec::new();
        for name in names.iter().map(|name| name.trim()) {
            if name == NONE {
                continue;
            }
            let preset = all().iter().find(|preset| preset.name == name);
            let preset = preset.ok_or_else(|| unknown(name))?;
            if !presets.contains(&preset) {
                presets.push(preset);
            }
        }
        let is_none = names.iter().any(|name| name.trim() == NONE);
        match (is_none, presets.as_slice()) {
            (true, [preset, ..]) => {
                let message = format!(
                    "--preset {NONE} and --preset {} exclude each other",
                    preset.name
                );
                Err(usage(
                    Diagnostic::error("preset-does-not-fit", message)
                        .hint("give the one or the other"),
                ))
            }
            (true, []) => Ok(Self::None),
            (false, []) => Ok(Self::Automatic),
            (false, _) => Ok(Self::Named(presets)),
        }
    }

    /// Refuses a name that has nothing for exports of any of these kinds.
    ///
    /// # Errors
    /// A report that says what the preset has.
    pub fn refuse_useless(&self, kinds: &[Kind]) -> Result<(), Report> {
        let Self::Named(presets) = self else {
            return Ok(());
        };
        let useless = |preset: &&&Preset| {
            let mut shapes = preset.shapes.iter();
            !shapes.any(|shape| kinds.contains(&shape.kind))
        };
        let Some(preset) = presets.iter().find(useless) else {
            return Ok(());
        };
        let wanted: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let has = preset
            .shapes
            .iter()
            .map(|shape| format!("{} ({})", shape.title, shape.kind.name()));
        let message = format!(
            "the preset {} has no shape of {}",
            preset.name,
            wanted.join(" or ")
        );
        let hint = format!("it has {}", has.collect::<Vec<String>>().join(", "));
        Err(usage(
            Diagnostic::error("preset-does-not-fit", message).hint(hint),
        ))
    }

    /// The shapes of some kinds that an export may be of.
    pub fn shapes(&self, kinds: &[Kind]) -> Vec<&'static Shape> {
        let of_kind = |kind: &Kind| self.shapes_of(*kind);
        kinds.iter().flat_map(of_kind).collect()
    }

    fn shapes_of(&self, kind: Kind) -> Vec<&'static Shape> {
        let of = |presets: &mut dyn Iterator<Item = &'static Preset>| -> Vec<&'static Shape> {
            let shapes = presets.flat_map(|preset| &preset.shapes);
            shapes.filter(|shape| shape.kind == kind).collect()
        };
        match self {
            Self::None => Vec::new(),
            Self::Automatic => of(&mut all().iter()),
            Self::Named(presets) => match of(&mut presets.iter().copied()) {
                // For what those named say nothing about, it stays as it is without them.
                named if named.is_empty() => of(&mut all().iter()),
                named => named,
            },
        }
    }

    /// The shape that these headers are unmistakably of.
    pub fn shape_by_header<H: AsRef<str>>(
        &self,
        kinds: &[Kind],
        headers: &[H],
    ) -> Option<&'static Shape> {
        let of_kind = |kind: &Kind| recognise(self.shapes_of(*kind).into_iter(), *kind, headers);
        kinds.iter().find_map(of_kind)
    }

    /// The shape that an export of these headers is taken for.
    pub fn shape_of<H: AsRef<str>>(&self, kinds: &[Kind], headers: &[H]) -> Option<&'static Shape> {
        if let Some(shape) = self.shape_by_header(kinds, headers) {
            return Some(shape);
        }
        let shapes = self.shapes(kinds);
        let Self::Named(presets) = self else {
            return None;
        };
        // Who names a preset need not have every header by which it is recognised, but a file of which it knows none
        // is from elsewhere.
        let told = |shape: &&&'static Shape| {
            let mut presets = presets.iter();
            presets.any(|preset| preset.name == shape.preset)
        };
        let mut best: Option<(usize, &'static Shape)> = None;
        for shape in shapes.iter().filter(told) {
            let known = shape.known(headers);
            if known > best.map_or(0, |(most, _)| most) {
                best = Some((known, shape));
            }
        }
        best.map(|(_, shape)| shape)
    }

    /// The names of presets that were asked for, but are of none of the shapes that were taken.
    pub fn unused<'s>(&self, taken: impl IntoIterator<Item = &'s Shape>) -> Vec<&'static str> {
        let Self::Named(presets) = self else {
            return Vec::new();
        };
        let mut names: Vec<&str> = presets.iter().map(|preset| preset.name.as_str()).collect();
        for shape in taken {
            names.retain(|name| *name != shape.preset);
        }
        names
    }
}

impl Shape {
    /// As the summary names it: `hubspot contacts (second-hand)`.
    pub fn said(&self) -> String {
        let confidence: Confidence = self.confidence;
        format!("{} ({confidence})", self.label())
    }
}

fn unknown(name: &str) -> Report {
    let names = || {
        all()
            .iter()
            .map(|preset| preset.name.as_str())
            .chain([NONE])
    };
    let message = format!("there is no preset `{name}`");
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", names().collect::<Vec<&str>>().join(", ")),
    };
    usage(Diagnostic::error("unknown-preset", message).hint(hint))
}

fn usage(diagnostic: Diagnostic) -> Report {
    Report::new(Refusal::Usage, diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Result<Choice, Report> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        Choice::read(&names)
    }

    #[test]
    fn a_named_preset_is_taken_for_a_header_that_it_would_not_be_recognised_by() {
        let headers = ["Record ID", "Job Title", "Email"];
        assert!(
            Choice::Automatic
                .shape_of(&[Kind::Contacts], &headers)
                .is_none()
        );
        let told = read(&["hubspot"]).expect("known");
        let shape = told.shape_of(&[Kind::Contacts], &headers).expect("taken");
        assert_eq!(shape.label(), "hubspot contacts");
    }

    #[test]
    fn a_named_preset_is_not_taken_for_a_header_of_which_it_knows_nothing() {
        let told = read(&["hubspot", "marketo"]).expect("known");
        assert!(
            told.shape_of(&[Kind::Events], &["wanneer", "wat"])
                .is_none()
        );
        let contacts = told.shape_of(&[Kind::Contacts], &["record_id"]);
        let contacts = contacts.expect("a header that it is recognised by will do");
        assert_eq!(told.unused([contacts]), ["marketo"]);
        assert!(Choice::Automatic.unused([]).is_empty());
    }

    #[test]
    fn with_none_not_even_an_unmistakable_header_is_taken() {
        let none = read(&["none"]).expect("known");
        assert!(
            none.shape_of(&[Kind::Contacts], &["Record ID", "Lifecycle Stage"])
                .is_none()
        );
    }

    #[test]
    fn for_kinds_that_the_named_do_not_have_it_stays_automatic() {
        let told = read(&["mailchimp"]).expect("known");
        let headers = ["Campaign", "Cost", "Impr.", "Day"];
        let shape = told.shape_of(&[Kind::Spend], &headers).expect("recognised");
        assert_eq!(shape.preset, "google-ads");
        assert!(told.shape_of(&[Kind::Spend], &["x"]).is_none());
    }
}
