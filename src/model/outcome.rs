//! `[outcome]`: what became of leads, for reports. It bears on no score.

use super::Reader;
use super::condition::{Amount, Condition, Phase};
use super::contacts::Contacts;
use super::document::{Document, Section};

/// What became of leads.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// When a lead was won.
    pub won: Condition,
    /// The condition as written.
    pub won_text: String,
    /// When a lead was lost; those that are neither are still open.
    pub lost: Option<Condition>,
    /// What a lead is worth, in whatever currency the data is.
    pub value: Option<Amount>,
    /// Days from the lead's beginning to its win.
    pub days: Option<Amount>,
}

/// Reads `[outcome]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    reader: &Reader,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Option<Outcome> {
    let mut section = section?;
    let won = section.require("won", document);
    let (lost, value, days) = (
        section.get("lost"),
        section.get("value"),
        section.get("days"),
    );
    section.finish(document);
    let columns = &mut contacts.columns;
    let won = won.and_then(|value| document.text(&value));
    let lost = lost.and_then(|value| document.text(&value));
    let condition = won
        .as_ref()
        .and_then(|text| reader.condition(text, Phase::Staged, columns, document));
    let lost = lost.and_then(|text| reader.condition(&text, Phase::Staged, columns, document));
    let mut amount = |value| {
        let text = document.text(&value)?;
        reader.amount(&text, Phase::Staged, columns, document)
    };
    let (value, days) = (value.and_then(&mut amount), days.and_then(&mut amount));
    Some(Outcome {
        won: condition?,
        won_text: won.map(|text| text.value).unwrap_or_default(),
        lost,
        value,
        days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::model::Model;

    fn model(outcome: &str) -> Result<Model, Report> {
        let rule = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n";
        Model::parse("model.toml", &format!("{rule}[outcome]\n{outcome}\n"))
    }

    #[test]
    fn an_outcome_needs_nothing_but_when_a_lead_was_won() {
        let model = model("won = \"status = 'Won'\"").expect("a valid model");
        let outcome = model.reports.outcome.expect("an outcome");
        assert_eq!(outcome.won_text, "status = 'Won'");
        assert!(outcome.lost.is_none() && outcome.value.is_none() && outcome.days.is_none());
    }

    #[test]
    fn value_and_days_are_any_number_that_conditions_can_name() {
        let outcome = "won = \"closed IS NOT NULL\"\nvalue = \"price * 0.03\"\n\
            days = \"days_since(created) - days_since(closed)\"";
        let outcome = model(outcome).expect("a valid model").reports.outcome;
        let outcome = outcome.expect("an outcome");
        assert!(matches!(outcome.value, Some(Amount::Arithmetic(..))));
        assert!(matches!(outcome.days, Some(Amount::Arithmetic(..))));
    }

    #[test]
    fn what_is_no_number_is_refused_as_a_value() {
        for (value, message) in [
            ("price > 3", "expected a number, found a condition"),
            ("'high'", "expected a number, found a text"),
            ("price +", "but it ends here"),
        ] {
            let report = model(&format!("won = \"TRUE\"\nvalue = \"{value}\""));
            let report = report.expect_err("no number");
            assert!(
                report.diagnostics[0].message.contains(message),
                "{}",
                report.diagnostics[0].message
            );
        }
    }
}
