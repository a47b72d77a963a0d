//! The colours of temperatures, as the model gives them: one class of the page's style each.
//!
//! A colour never stands alone: wherever it is used, the temperature's name stands beside it.

use crate::model::Temperature;
use crate::output::color::rgb;
use crate::rank::Lead;
use crate::value::readable;

/// Colours of temperatures to which the model gives none, the hottest first; after them the last one comes again.
const USUAL: [u32; 5] = [0xd9_3025, 0xf3_9c12, 0x2f_75b5, 0x7e_8a97, 0xa9_b3bd];

/// The temperatures that a page knows, the hottest first.
#[derive(Debug, Default)]
pub(super) struct Palette {
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    name: String,
    tag: Option<String>,
    rgb: u32,
}

impl Palette {
    /// The temperatures of a model.
    pub fn of(temperatures: &[Temperature]) -> Self {
        let mut palette = Self::default();
        for one in temperatures {
            palette.add(&one.name, one.tag.as_deref(), one.color.as_deref());
        }
        palette
    }

    /// Adds the temperature of a lead unless it is known.
    pub fn meet(&mut self, lead: &Lead<'_>) {
        if !self
            .known
            .iter()
            .any(|known| known.name == lead.temperature)
        {
            self.add(lead.temperature, lead.tag, lead.color);
        }
    }

    fn add(&mut self, name: &str, tag: Option<&str>, color: Option<&str>) {
        let usual = USUAL[self.known.len().min(USUAL.len() - 1)];
        self.known.push(Known {
            name: name.to_owned(),
            tag: tag.map(str::to_owned),
            rgb: color.and_then(rgb).unwrap_or(usual),
        });
    }

    /// The class of what people read as a temperature's name or tag; none of anything else.
    pub fn class(&self, text: &str) -> Option<String> {
        let is = |known: &Known| {
            let tag = known.tag.as_deref();
            readable(&known.name) == text || tag.is_some_and(|tag| readable(tag) == text)
        };
        let place = self.known.iter().position(is)?;
        Some(format!("t{place}"))
    }

    /// Each temperature as people read it, with its name in the model, in order.
    pub fn shown(&self) -> impl Iterator<Item = (&str, String)> {
        self.known.iter().map(|known| {
            let shown = known.tag.as_deref().unwrap_or(&known.name);
            (known.name.as_str(), readable(shown).into_owned())
        })
    }

    /// The rules of the style: a colour for each class.
    pub fn style(&self) -> String {
        let rules = self.known.iter().enumerate();
        let rules = rules.map(|(place, known)| format!(".t{place}{{--t:#{:06x}}}", known.rgb));
        rules.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_that_of_the_model_or_the_usual_one_of_the_place() {
        let mut palette = Palette::default();
        for (name, color) in [("hot", Some("red")), ("warm", None), ("cold", Some("};x{"))] {
            palette.meet(&Lead {
                temperature: name,
                tag: Some("Tag"),
                color,
                ..Lead::nobody()
            });
        }
        let style = palette.style();
        assert_eq!(style, ".t0{--t:#d93025}.t1{--t:#f39c12}.t2{--t:#2f75b5}");
        assert_eq!(palette.class("warm").as_deref(), Some("t1"));
        assert_eq!(palette.class("Tag").as_deref(), Some("t0"));
        assert_eq!(palette.class("cool"), None);
    }
}
