//! Which columns and signals a condition looks at, so that an explanation can show what it saw.

use super::typed::{Amount, Case, Condition, Date, Text};

/// Slots of columns, readings and signals, each once, in the order of the condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Columns looked at as they stand.
    pub columns: Vec<usize>,
    /// Columns looked at as numbers, days or yes and no.
    pub readings: Vec<usize>,
    /// Signals.
    pub signals: Vec<usize>,
}

fn note(list: &mut Vec<usize>, slot: usize) {
    if !list.contains(&slot) {
        list.push(slot);
    }
}

impl Text {
    /// The columns the text is made of.
    pub(super) fn columns(&self) -> Vec<usize> {
        let mut mentions = Mentions::default();
        self.mention(&mut mentions);
        mentions.columns
    }
}

impl Condition {
    /// Everything the condition looks at.
    pub fn mentions(&self) -> Mentions {
        let mut mentions = Mentions::default();
        self.mention(&mut mentions);
        mentions
    }
}

impl Amount {
    /// Everything the number is made of.
    pub fn mentions(&self) -> Mentions {
        let mut mentions = Mentions::default();
        self.mention(&mut mentions);
        mentions
    }
}

trait Mention {
    fn mention(&self, to: &mut Mentions);
}

impl<T: Mention> Mention for Case<T> {
    fn mention(&self, to: &mut Mentions) {
        for (when, then) in &self.arms {
            when.mention(to);
            then.mention(to);
        }
        if let Some(otherwise) = &self.otherwise {
            otherwise.mention(to);
        }
    }
}

impl<T: Mention> Mention for [T] {
    fn mention(&self, to: &mut Mentions) {
        for part in self {
            part.mention(to);
        }
    }
}

impl Mention for Condition {
    fn mention(&self, to: &mut Mentions) {
        match self {
            Self::Literal(_) | Self::Checklist(_) => {}
            Self::Read(reading) => note(&mut to.readings, *reading),
            Self::IsBlank(column) => note(&mut to.columns, *column),
            Self::Not(inner) | Self::FlagIsNull(inner) => inner.mention(to),
            Self::And(left, right) | Self::Or(left, right) | Self::Flags(_, left, right) => {
                left.mention(to);
                right.mention(to);
            }
            Self::Numbers(_, left, right) => {
                left.mention(to);
                right.mention(to);
            }
            Self::Days(_, left, right) => {
                left.mention(to);
                right.mention(to);
            }
            Self::Texts(_, left, right) | Self::Relation(_, left, right) => {
                left.mention(to);
                right.mention(to);
            }
            Self::NumberIsNull(amount) => amount.mention(to),
            Self::DateIsNull(date) => date.mention(to),
            Self::FromText(text, _)
            | Self::TextIsNull(text)
            | Self::Like(text, _)
            | Self::Matches(text, _)
            | Self::Test(_, text) => text.mention(to),
            Self::Case(case) => case.mention(to),
            Self::Coalesce(choices) => choices.mention(to),
        }
    }
}

impl Mention for Amount {
    fn mention(&self, to: &mut Mentions) {
        match self {
            Self::Literal(_) | Self::Score | Self::Group(_) => {}
            Self::Read(reading) => note(&mut to.readings, *reading),
            Self::Signal(signal) => note(&mut to.signals, *signal),
            Self::FromText(text, _) | Self::Length(text) => text.mention(to),
            Self::Arithmetic(_, left, right) => {
                left.mention(to);
                right.mention(to);
            }
            Self::Negated(inner) => inner.mention(to),
            Self::DaysSince(date) | Self::DaysUntil(date) => date.mention(to),
            Self::Case(case) => case.mention(to),
            Self::Coalesce(choices) => choices.mention(to),
        }
    }
}

impl Mention for Date {
    fn mention(&self, to: &mut Mentions) {
        match self {
            Self::Literal(_) => {}
            Self::Read(reading) => note(&mut to.readings, *reading),
            Self::FromText(text, _) => text.mention(to),
            Self::Case(case) => case.mention(to),
            Self::Coalesce(choices) => choices.mention(to),
        }
    }
}

impl Mention for Text {
    fn mention(&self, to: &mut Mentions) {
        match self {
            Self::Literal(_) | Self::Temperature | Self::Stage => {}
            Self::Column(column) => note(&mut to.columns, *column),
            Self::Lower(text) | Self::Upper(text) | Self::Trim(text) => text.mention(to),
            Self::Case(case) => case.mention(to),
            Self::Coalesce(choices) => choices.mention(to),
        }
    }
}
