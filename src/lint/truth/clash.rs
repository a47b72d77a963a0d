//! Why facts cannot hold together.

use crate::lint::reach::Range;
use crate::model::condition::Comparison;
use crate::value::Number;

use super::World;
use super::fact::{Atom, Fact, Term, Worth};

impl World<'_> {
    /// Why the facts of one way cannot hold together; None if, for all that is understood, they can.
    pub(super) fn clash(&self, way: &[Atom<'_>]) -> Option<String> {
        for (place, atom) in way.iter().enumerate() {
            if let Some(reason) = self.alone(atom) {
                return Some(reason);
            }
            for earlier in &way[..place] {
                if self.excludes(earlier, atom) {
                    return Some(format!(
                        "`{}` and `{}` exclude each other",
                        self.written(earlier),
                        self.written(atom)
                    ));
                }
            }
        }
        None
    }

    fn written(&self, atom: &Atom<'_>) -> String {
        atom.written(self.model, self.columns)
    }

    /// What a term can be.
    fn range(&self, term: &Term) -> Range {
        match term {
            Term::Signal(signal) => self.reach.signals[*signal],
            // By hand a score can be set to anything that scores can be.
            Term::Score if self.model.overrides.is_some() => Range {
                low: Some(self.model.score.min.as_number()),
                high: Some(self.model.score.max.as_number()),
                nullable: false,
            },
            Term::Temperature => Range {
                nullable: false,
                ..Range::ANY
            },
            Term::Score => Range {
                low: Some(self.reach.score.0.as_number()),
                high: Some(self.reach.score.1.as_number()),
                nullable: false,
            },
            Term::Group(group) => {
                let extent = self.reach.groups[*group];
                Range {
                    low: extent.lowest.map(crate::value::Points::as_number),
                    high: extent.highest.map(crate::value::Points::as_number),
                    nullable: false,
                }
            }
            Term::Length(_) => Range {
                low: Some(Number::ONE),
                ..Range::ANY
            },
            _ => Range::ANY,
        }
    }

    /// Why a fact cannot hold whatever the others are.
    fn alone(&self, atom: &Atom<'_>) -> Option<String> {
        let range = self.range(&atom.term);
        let term = || atom.term.written(self.model, self.columns);
        match &atom.fact {
            Fact::Never(why) => Some((*why).to_owned()),
            Fact::IsNull if !range.nullable => Some(format!("`{}` is always known", term())),
            Fact::Compares(comparison, Worth::Number(number)) => {
                let (low, high) = needed(*comparison, *number);
                if let (Some(most), Some(bound)) = (range.high, low)
                    && bound.is_above(most)
                {
                    let (said, term) = (self.written(atom), term());
                    return Some(format!("`{said}`, but `{term}` is at most {most}"));
                }
                if let (Some(least), Some(bound)) = (range.low, high)
                    && bound.is_below(least)
                {
                    let (said, term) = (self.written(atom), term());
                    return Some(format!("`{said}`, but `{term}` is at least {least}"));
                }
                None
            }
            Fact::Compares(Comparison::Equal, Worth::Text(text)) => {
                let (leaves_none, kept) = match &atom.term {
                    Term::Lower(_) => ("lower() leaves no capitals", text.to_ascii_lowercase()),
                    Term::Upper(_) => {
                        ("upper() leaves no small letters", text.to_ascii_uppercase())
                    }
                    Term::Trim(_) => (
                        "trim() leaves no spaces at the ends",
                        text.trim().to_owned(),
                    ),
                    _ => return None,
                };
                let said = self.written(atom);
                (kept != *text).then(|| format!("{leaves_none}, so `{said}` never holds"))
            }
            _ => None,
        }
    }

    /// Whether two facts cannot both hold.
    fn excludes(&self, one: &Atom<'_>, other: &Atom<'_>) -> bool {
        if one.term == other.term {
            return excluding(&one.fact, &other.fact);
        }
        // What is said of a blank cell, however it is read, is nothing.
        let blank = |atom: &Atom<'_>| match (&atom.term, &atom.fact) {
            (Term::Column(column), Fact::IsNull) => Some(*column),
            _ => None,
        };
        let says_something = |atom: &Atom<'_>| !matches!(atom.fact, Fact::IsNull | Fact::Never(_));
        let meets = |blank: Option<usize>, atom: &Atom<'_>| {
            blank.is_some() && blank == atom.term.column(self.columns) && says_something(atom)
        };
        meets(blank(one), other) || meets(blank(other), one)
    }
}

/// An end of what a comparison leaves.
struct End {
    at: Number,
    /// Whether the end itself is left out.
    open: bool,
}

impl End {
    /// Whether every number from this end up is above `most`.
    fn is_above(&self, most: Number) -> bool {
        self.at > most || self.at == most && self.open
    }

    /// Whether every number up to this end is below `least`.
    fn is_below(&self, least: Number) -> bool {
        self.at < least || self.at == least && self.open
    }
}

/// The lower and the upper end of the numbers that compare so.
fn needed(comparison: Comparison, number: Number) -> (Option<End>, Option<End>) {
    let end = |open| Some(End { at: number, open });
    match comparison {
        Comparison::Equal => (end(false), end(false)),
        Comparison::NotEqual => (None, None),
        Comparison::Less => (None, end(true)),
        Comparison::LessOrEqual => (None, end(false)),
        Comparison::Greater => (end(true), None),
        Comparison::GreaterOrEqual => (end(false), None),
    }
}

/// Whether two facts about one term exclude each other.
fn excluding(one: &Fact<'_>, other: &Fact<'_>) -> bool {
    match (one, other) {
        (Fact::IsNull, Fact::IsNull) => false,
        (Fact::IsNull, _) | (_, Fact::IsNull) => true,
        (Fact::Is(one), Fact::Is(other)) => one != other,
        (Fact::Compares(one, left), Fact::Compares(other, right)) => {
            comparisons_exclude(*one, left, *other, right)
        }
        (Fact::Compares(Comparison::Equal, Worth::Text(text)), Fact::Has(property, has))
        | (Fact::Has(property, has), Fact::Compares(Comparison::Equal, Worth::Text(text))) => {
            property.is_had_by(text) != *has
        }
        _ => false,
    }
}

fn comparisons_exclude(one: Comparison, left: &Worth, other: Comparison, right: &Worth) -> bool {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let Some(order) = left.order(right) else {
        return false;
    };
    match (one, other) {
        // The value is `left`; the other comparison says of `left`, not of `right`.
        (Equal, _) => !other.holds(order),
        (_, Equal) => !one.holds(order.reverse()),
        (Less | LessOrEqual, Greater | GreaterOrEqual) => {
            order.is_lt() || order.is_eq() && !(one == LessOrEqual && other == GreaterOrEqual)
        }
        (Greater | GreaterOrEqual, Less | LessOrEqual) => {
            order.is_gt() || order.is_eq() && !(one == GreaterOrEqual && other == LessOrEqual)
        }
        _ => false,
    }
}
