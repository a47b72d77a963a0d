//! The ways in which a condition can have an outcome, by SQL's three-valued logic.

use crate::model::condition::{Amount, Comparison, Condition, Date, Text};

use super::World;
use super::fact::{Atom, Fact, Property, Term, Worth};

/// What a condition is wanted to come out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Outcome {
    True,
    False,
    /// False or NULL.
    NotTrue,
    /// True or NULL.
    NotFalse,
}

impl Outcome {
    /// The outcome of a condition whose negation is to have this one.
    fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }

    fn is(self, value: Option<bool>) -> bool {
        match self {
            Self::True => value == Some(true),
            Self::False => value == Some(false),
            Self::NotTrue => value != Some(true),
            Self::NotFalse => value != Some(false),
        }
    }
}

/// Facts that must hold together.
pub(super) type Way<'c> = Vec<Atom<'c>>;

/// More ways than this are not looked at.
const MOST_WAYS: usize = 4_096;

impl World<'_> {
    /// Every way to an outcome, one of which is enough; None if there are too many. A part that is not understood has one
    /// way that needs nothing.
    pub(super) fn ways<'c>(
        &'c self,
        condition: &'c Condition,
        wanted: Outcome,
    ) -> Option<Vec<Way<'c>>> {
        use Outcome::{False, NotFalse, NotTrue, True};
        match condition {
            Condition::Literal(value) if wanted.is(*value) => Some(vec![Vec::new()]),
            Condition::Literal(Some(false)) => Some(never("it is FALSE")),
            Condition::Literal(Some(true)) => Some(never("it is TRUE")),
            Condition::Literal(None) => Some(never("it is NULL")),
            Condition::Not(inner) => self.ways(inner, wanted.negated()),
            Condition::And(left, right) | Condition::Or(left, right) => {
                let is_and = matches!(condition, Condition::And(..));
                let both = is_and == matches!(wanted, True | NotFalse);
                let (left, right) = (self.ways(left, wanted)?, self.ways(right, wanted)?);
                if both {
                    product(&left, &right)
                } else {
                    either(left, right)
                }
            }
            Condition::Read(reading) => {
                let term = Term::Reading(*reading);
                Some(facts(&term, wanted, Fact::Is))
            }
            // Met or not, never NULL.
            Condition::Checklist(item) => {
                let met = &self.model.checklist[*item].when;
                let holds = matches!(wanted, True | NotFalse);
                self.ways(met, if holds { True } else { NotTrue })
            }
            Condition::Flags(Comparison::Equal, inner, literal)
                if let Condition::Literal(Some(value)) = **literal =>
            {
                self.ways(inner, if value { wanted } else { wanted.negated() })
            }
            Condition::Numbers(comparison, left, right) => {
                Some(compared(*comparison, amount(left), amount(right), wanted))
            }
            Condition::Days(comparison, left, right) => {
                Some(compared(*comparison, date(left), date(right), wanted))
            }
            Condition::Texts(comparison, left, right) => {
                Some(compared(*comparison, text(left), text(right), wanted))
            }
            Condition::IsBlank(column) => Some(nullness(Some(Term::Column(*column)), wanted)),
            Condition::NumberIsNull(amount) => Some(nullness(amount_term(amount), wanted)),
            Condition::DateIsNull(date) => Some(nullness(date_term(date), wanted)),
            Condition::TextIsNull(text) => Some(nullness(text_term(text), wanted)),
            Condition::FlagIsNull(inner) => match wanted {
                True | NotFalse => {
                    product(&self.ways(inner, NotTrue)?, &self.ways(inner, NotFalse)?)
                }
                False | NotTrue => either(self.ways(inner, True)?, self.ways(inner, False)?),
            },
            Condition::Like(text, pattern) => Some(property(text, Property::Like(pattern), wanted)),
            Condition::Matches(text, pattern) => {
                Some(property(text, Property::Matches(pattern), wanted))
            }
            Condition::Test(test, text) => Some(property(text, Property::Test(*test), wanted)),
            Condition::Relation(relation, text, Text::Literal(Some(other))) => {
                Some(property(text, Property::Relation(*relation, other), wanted))
            }
            _ => Some(vec![Vec::new()]),
        }
    }
}

fn never(why: &'static str) -> Vec<Way<'static>> {
    vec![vec![Atom {
        term: Term::Score,
        fact: Fact::Never(why),
    }]]
}

/// Ways that need both.
pub(super) fn product<'c>(left: &[Way<'c>], right: &[Way<'c>]) -> Option<Vec<Way<'c>>> {
    if left.len().saturating_mul(right.len()) > MOST_WAYS {
        return None;
    }
    let mut ways = Vec::with_capacity(left.len() * right.len());
    for one in left {
        for other in right {
            ways.push(one.iter().chain(other).cloned().collect());
        }
    }
    Some(ways)
}

/// Ways that need one of both.
fn either<'c>(mut left: Vec<Way<'c>>, right: Vec<Way<'c>>) -> Option<Vec<Way<'c>>> {
    left.extend(right);
    (left.len() <= MOST_WAYS).then_some(left)
}

/// The ways to an outcome of something that holds, does not hold, or is NULL as its term is.
fn facts<'c>(term: &Term, wanted: Outcome, fact: impl Fn(bool) -> Fact<'c>) -> Vec<Way<'c>> {
    let holds = matches!(wanted, Outcome::True | Outcome::NotFalse);
    let atom = |fact| {
        vec![Atom {
            term: term.clone(),
            fact,
        }]
    };
    let mut ways = vec![atom(fact(holds))];
    if matches!(wanted, Outcome::NotTrue | Outcome::NotFalse) {
        ways.push(atom(Fact::IsNull));
    }
    ways
}

fn property<'c>(text: &'c Text, property: Property<'c>, wanted: Outcome) -> Vec<Way<'c>> {
    match text_term(text) {
        Some(term) => facts(&term, wanted, |holds| Fact::Has(property, holds)),
        None => vec![Vec::new()],
    }
}

fn nullness(term: Option<Term>, wanted: Outcome) -> Vec<Way<'static>> {
    let Some(term) = term else {
        return vec![Vec::new()];
    };
    let fact = match wanted {
        Outcome::True | Outcome::NotFalse => Fact::IsNull,
        Outcome::False | Outcome::NotTrue => Fact::IsKnown,
    };
    vec![vec![Atom { term, fact }]]
}

/// One side of a comparison.
enum Side {
    Term(Term),
    Literal(Worth),
    Null,
    /// Something that is not understood.
    Other,
}

impl Side {
    fn of(term: Option<Term>) -> Self {
        term.map_or(Self::Other, Self::Term)
    }

    fn literal(worth: Option<Worth>) -> Self {
        worth.map_or(Self::Null, Self::Literal)
    }
}

fn compared(comparison: Comparison, left: Side, right: Side, wanted: Outcome) -> Vec<Way<'static>> {
    let (term, comparison, worth) = match (left, right) {
        (Side::Null, _) | (_, Side::Null) => {
            if matches!(wanted, Outcome::NotTrue | Outcome::NotFalse) {
                return vec![Vec::new()];
            }
            return never("a comparison with NULL is never true: write IS NULL");
        }
        (Side::Term(term), Side::Literal(worth)) => (term, comparison, worth),
        (Side::Literal(worth), Side::Term(term)) => (term, turned(comparison), worth),
        _ => return vec![Vec::new()],
    };
    facts(&term, wanted, |holds| {
        let comparison = if holds {
            comparison
        } else {
            opposite(comparison)
        };
        Fact::Compares(comparison, worth.clone())
    })
}

/// The comparison with its sides swapped.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// The comparison that holds where this one does not.
fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

fn amount_term(amount: &Amount) -> Option<Term> {
    match amount {
        Amount::Read(reading) => Some(Term::Reading(*reading)),
        Amount::Signal(signal) => Some(Term::Signal(*signal)),
        Amount::Score => Some(Term::Score),
        Amount::Group(group) => Some(Term::Group(*group)),
        Amount::Length(text) => text_term(text).map(|text| Term::Length(Box::new(text))),
        Amount::DaysSince(date) => match **date {
            Date::Read(reading) => Some(Term::DaysSince(reading)),
            _ => None,
        },
        Amount::DaysUntil(date) => match **date {
            Date::Read(reading) => Some(Term::DaysUntil(reading)),
            _ => None,
        },
        _ => None,
    }
}

fn amount(amount: &Amount) -> Side {
    match amount {
        Amount::Literal(number) => Side::literal(number.map(Worth::Number)),
        Amount::Negated(inner) => match **inner {
            Amount::Literal(number) => {
                Side::literal(number.map(|number| Worth::Number(number.negated())))
            }
            _ => Side::Other,
        },
        _ => Side::of(amount_term(amount)),
    }
}

fn date_term(date: &Date) -> Option<Term> {
    match date {
        Date::Read(reading) => Some(Term::Reading(*reading)),
        _ => None,
    }
}

fn date(date: &Date) -> Side {
    match date {
        Date::Literal(day) => Side::literal(day.map(Worth::Day)),
        _ => Side::of(date_term(date)),
    }
}

fn text_term(text: &Text) -> Option<Term> {
    match text {
        Text::Column(column) => Some(Term::Column(*column)),
        Text::Temperature => Some(Term::Temperature),
        Text::Stage => Some(Term::Stage),
        Text::Lower(inner) => text_term(inner).map(|term| Term::Lower(Box::new(term))),
        Text::Upper(inner) => text_term(inner).map(|term| Term::Upper(Box::new(term))),
        Text::Trim(inner) => text_term(inner).map(|term| Term::Trim(Box::new(term))),
        _ => None,
    }
}

fn text(text: &Text) -> Side {
    match text {
        Text::Literal(text) => Side::literal(text.clone().map(Worth::Text)),
        _ => Side::of(text_term(text)),
    }
}
