//! Gives every part of a condition its meaning: names become slots, operands get the one type they can be
//! compared in, and what SQL would refuse is refused with the place to blame.

use std::ops::Range;

use super::ast::{Comparison, Expression, Node};
use super::lexer::SyntaxError;
use super::typed::{Amount, Case, Condition, Date, Reading, Text, TextRelation, TextTest};
use crate::diagnostic::nearest;
use crate::model::columns::Columns;
use crate::value::{Day, Like, Number};

/// How far scoring has come when a condition is evaluated, and so what it may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Only the columns of one row: a contact in `only`, an event in `where`.
    Row,
    /// The contact's columns and its signals.
    Rules,
    /// The score and the groups as well.
    Scored,
    /// The checklist and the temperature as well.
    Labelled,
    /// The stage as well.
    Staged,
}

/// The names a condition may use.
pub struct Names<'m> {
    /// Columns of the rows the condition is about; gains those the condition uses.
    pub columns: &'m mut Columns,
    /// How far scoring has come.
    pub phase: Phase,
    /// Names of the signals, by slot.
    pub signals: &'m [String],
    /// Names of the groups, by slot.
    pub groups: &'m [String],
    /// Names of the checklist's items, by slot.
    pub checklist: &'m [String],
    /// Names of the temperatures.
    pub temperatures: &'m [String],
    /// Names of the stages.
    pub stages: &'m [String],
    /// Where the condition begins in the model file, to remember a column's first use.
    pub locate: &'m dyn Fn(Range<usize>) -> Range<usize>,
}

/// Checks `node` as a condition.
pub(super) fn check(node: &Node, names: &mut Names<'_>) -> Result<Condition, Vec<SyntaxError>> {
    checked(names, |checker| checker.condition(node))
}

/// Checks `node` as a number.
pub(super) fn check_amount(node: &Node, names: &mut Names<'_>) -> Result<Amount, Vec<SyntaxError>> {
    checked(names, |checker| checker.amount(node))
}

/// What a checker makes of something, if it finds no mistake in it.
fn checked<T>(
    names: &mut Names<'_>,
    check: impl FnOnce(&mut Checker<'_, '_>) -> T,
) -> Result<T, Vec<SyntaxError>> {
    let mut checker = Checker {
        names,
        errors: Vec::new(),
    };
    let typed = check(&mut checker);
    if checker.errors.is_empty() {
        Ok(typed)
    } else {
        Err(checker.errors)
    }
}

/// A part of a condition with its type. A part that was refused counts as NULL, which fits everywhere, so that one
/// mistake gives one message.
#[derive(Clone)]
enum Typed {
    Null,
    Flag(Condition),
    Number(Amount),
    Date(Date),
    /// A text in quotes.
    Quoted(String),
    /// A column's cell: its type is settled by what it is compared with.
    Column(usize),
    /// A text made from cells, such as `lower(city)`: can still be read as a number or a day.
    Text(Text),
}

/// The one type in which several parts can meet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Flag,
    Number,
    Date,
    Text,
}

const DATES: &str = "dates are written DATE '2026-11-01'";
const DAYS: &str = "days_since(…) and days_until(…) turn a date into a number of days";

struct Checker<'n, 'm> {
    names: &'n mut Names<'m>,
    errors: Vec<SyntaxError>,
}

impl Checker<'_, '_> {
    fn refuse(&mut self, error: SyntaxError) -> Typed {
        self.errors.push(error);
        Typed::Null
    }

    fn typed(&mut self, node: &Node) -> Typed {
        match &node.expression {
            Expression::Null => Typed::Null,
            Expression::Flag(flag) => Typed::Flag(Condition::Literal(Some(*flag))),
            Expression::Number(text) => match Number::parse(text).filter(|_| decimals(text) <= 6) {
                Some(number) => Typed::Number(Amount::Literal(Some(number))),
                None => self.refuse(
                    SyntaxError::new(
                        node.span.clone(),
                        format!("`{text}` is too large or too fine a number"),
                    )
                    .hint("numbers have at most six decimals and eighteen digits before them"),
                ),
            },
            Expression::Text(text) => Typed::Quoted(text.clone()),
            Expression::Date(text) => match Day::parse(text) {
                Some(day) => Typed::Date(Date::Literal(Some(day))),
                None => self.refuse(
                    SyntaxError::new(node.span.clone(), format!("`{text}` is not a date"))
                        .hint(DATES),
                ),
            },
            Expression::Name { name, quoted } => self.name(name, *quoted, &node.span),
            Expression::Call {
                function,
                function_span,
                arguments,
            } => self.call(function, function_span, arguments, &node.span),
            Expression::Not(operand) => {
                Typed::Flag(Condition::Not(Box::new(self.condition(operand))))
            }
            Expression::And(left, right) => Typed::Flag(Condition::And(
                Box::new(self.condition(left)),
                Box::new(self.condition(right)),
            )),
            Expression::Or(left, right) => Typed::Flag(Condition::Or(
                Box::new(self.condition(left)),
                Box::new(self.condition(right)),
            )),
            Expression::Negate(operand) => {
                Typed::Number(Amount::Negated(Box::new(self.amount(operand))))
            }
            Expression::Arithmetic(operator, left, right) => Typed::Number(Amount::Arithmetic(
                *operator,
                Box::new(self.amount(left)),
                Box::new(self.amount(right)),
            )),
            Expression::Compare(comparison, left, right) => {
                let (left_typed, right_typed) = (self.typed(left), self.typed(right));
                Typed::Flag(self.compare(*comparison, (left_typed, left), (right_typed, right)))
            }
            Expression::In {
                operand,
                list,
                negated,
            } => {
                let typed = self.typed(operand);
                let items: Vec<Typed> = list.iter().map(|item| self.typed(item)).collect();
                let meeting = meeting(std::iter::once(&typed).chain(&items));
                let equals = items
                    .into_iter()
                    .zip(list)
                    .map(|item| {
                        let operand = (typed.clone(), operand.as_ref());
                        self.compare_as(meeting, Comparison::Equal, operand, item)
                    })
                    .collect();
                Typed::Flag(negate_if(*negated, any(equals)))
            }
            Expression::Between {
                operand,
                low,
                high,
                negated,
            } => {
                let typed = self.typed(operand);
                let (low_typed, high_typed) = (self.typed(low), self.typed(high));
                let meeting = meeting([&typed, &low_typed, &high_typed]);
                let above = self.compare_as(
                    meeting,
                    Comparison::GreaterOrEqual,
                    (typed.clone(), operand),
                    (low_typed, low),
                );
                let below = self.compare_as(
                    meeting,
                    Comparison::LessOrEqual,
                    (typed, operand),
                    (high_typed, high),
                );
                let within = Condition::And(Box::new(above), Box::new(below));
                Typed::Flag(negate_if(*negated, within))
            }
            Expression::Like {
                operand,
                pattern,
                ignore_case,
                negated,
            } => {
                let text = self.text_of(operand);
                match self.pattern(pattern, *ignore_case) {
                    Some(like) => Typed::Flag(negate_if(*negated, Condition::Like(text, like))),
                    None => Typed::Null,
                }
            }
            Expression::IsNull { operand, negated } => {
                let is_null = match self.typed(operand) {
                    Typed::Null => Condition::Literal(Some(true)),
                    Typed::Quoted(_) => Condition::Literal(Some(false)),
                    Typed::Flag(flag) => Condition::FlagIsNull(Box::new(flag)),
                    Typed::Number(amount) => Condition::NumberIsNull(amount),
                    Typed::Date(date) => Condition::DateIsNull(date),
                    Typed::Column(column) => Condition::IsBlank(column),
                    Typed::Text(text) => Condition::TextIsNull(text),
                };
                Typed::Flag(negate_if(*negated, is_null))
            }
            Expression::Case {
                operand,
                arms,
                otherwise,
            } => self.case(operand.as_deref(), arms, otherwise.as_deref()),
        }
    }

    fn name(&mut self, name: &str, quoted: bool, span: &Range<usize>) -> Typed {
        if quoted {
            let at = (self.names.locate)(span.clone());
            return Typed::Column(self.names.columns.quoted(name, at));
        }
        let phase = self.names.phase;
        if phase > Phase::Row {
            if let Some(slot) = self.names.signals.iter().position(|signal| signal == name) {
                return Typed::Number(Amount::Signal(slot));
            }
            match name {
                "score" if phase >= Phase::Scored => return Typed::Number(Amount::Score),
                "temperature" if phase >= Phase::Labelled => return Typed::Text(Text::Temperature),
                "stage" if phase >= Phase::Staged => return Typed::Text(Text::Stage),
                "score" | "temperature" | "stage" => return self.too_early(name, span),
                _ => {}
            }
            if let Some(item) = name.strip_prefix("checklist.") {
                if phase < Phase::Labelled {
                    return self.refuse(
                        SyntaxError::new(
                            span.clone(),
                            format!("`{name}` cannot be used in rules or in the checklist itself"),
                        )
                        .hint(
                            "repeat its condition; a column of that name stands in double quotes",
                        ),
                    );
                }
                return match self.names.checklist.iter().position(|known| known == item) {
                    Some(slot) => Typed::Flag(Condition::Checklist(slot)),
                    None => {
                        let error = format!("the checklist has no item `{item}`");
                        self.unknown_part("checklist", item, self.names.checklist, error, span)
                    }
                };
            }
            if let Some(group) = name.strip_prefix("groups.") {
                return match self.names.groups.iter().position(|g| g == group) {
                    _ if phase < Phase::Scored => self.too_early(name, span),
                    Some(slot) => Typed::Number(Amount::Group(slot)),
                    None => {
                        let error = format!("there is no group `{group}`");
                        self.unknown_part("groups", group, self.names.groups, error, span)
                    }
                };
            }
        }
        let at = (self.names.locate)(span.clone());
        Typed::Column(self.names.columns.named(name, at))
    }

    /// Refuses `section.name`, which the section does not have.
    fn unknown_part(
        &mut self,
        section: &str,
        name: &str,
        known: &[String],
        message: String,
        span: &Range<usize>,
    ) -> Typed {
        let near = nearest(name, known.iter().map(String::as_str));
        let hint = match (near, section) {
            (Some(near), _) => format!("did you mean `{section}.{near}`?"),
            (None, "groups") => format!("declare it: [groups.{name}]"),
            (None, _) => format!("declare it under [{section}]"),
        };
        self.refuse(SyntaxError::new(span.clone(), message).hint(hint))
    }

    fn too_early(&mut self, name: &str, span: &Range<usize>) -> Typed {
        self.refuse(
            SyntaxError::new(
                span.clone(),
                format!("`{name}` is not known yet where this is asked"),
            )
            .hint("rules come before groups, groups before the score, the score before the rest; a column of that name stands in double quotes"),
        )
    }

    fn condition(&mut self, node: &Node) -> Condition {
        let typed = self.typed(node);
        self.flag(typed, node)
    }

    fn amount(&mut self, node: &Node) -> Amount {
        let typed = self.typed(node);
        self.number(typed, node)
    }

    fn text_of(&mut self, node: &Node) -> Text {
        let typed = self.typed(node);
        self.text(typed, node)
    }

    /// `typed` as a condition.
    fn flag(&mut self, typed: Typed, node: &Node) -> Condition {
        match typed {
            Typed::Null => Condition::Literal(None),
            Typed::Flag(condition) => condition,
            Typed::Column(column) => {
                Condition::Read(self.names.columns.reading(column, Reading::YesNo))
            }
            Typed::Text(text) => {
                let reading = self.text_reading(&text, Reading::YesNo);
                Condition::FromText(text, reading)
            }
            Typed::Number(_) => {
                self.refuse(
                    SyntaxError::new(node.span.clone(), "a number alone is not a condition")
                        .hint("compare it, for instance `… >= 1`"),
                );
                Condition::Literal(None)
            }
            Typed::Date(_) | Typed::Quoted(_) => {
                self.refuse(
                    SyntaxError::new(node.span.clone(), "a value alone is not a condition")
                        .hint("compare a column with it, for instance `city = 'Málaga'`"),
                );
                Condition::Literal(None)
            }
        }
    }

    /// `typed` as a number.
    fn number(&mut self, typed: Typed, node: &Node) -> Amount {
        let found = match typed {
            Typed::Null => return Amount::Literal(None),
            Typed::Number(amount) => return amount,
            Typed::Column(column) => {
                return Amount::Read(self.names.columns.reading(column, Reading::Number));
            }
            Typed::Text(text) => {
                let reading = self.text_reading(&text, Reading::Number);
                return Amount::FromText(Box::new(text), reading);
            }
            Typed::Quoted(text) => {
                let error = SyntaxError::new(node.span.clone(), "expected a number, found a text");
                self.refuse(if Number::parse(&text).is_some() {
                    error.hint(format!("numbers stand without quotes: {text}"))
                } else {
                    error
                });
                return Amount::Literal(None);
            }
            Typed::Date(_) => "a date",
            Typed::Flag(_) => "a condition",
        };
        self.refuse(
            SyntaxError::new(
                node.span.clone(),
                format!("expected a number, found {found}"),
            )
            .hint(DAYS),
        );
        Amount::Literal(None)
    }

    /// `typed` as a day.
    fn date(&mut self, typed: Typed, node: &Node) -> Date {
        let found = match typed {
            Typed::Null => return Date::Literal(None),
            Typed::Date(date) => return date,
            Typed::Column(column) => {
                return Date::Read(self.names.columns.reading(column, Reading::Day));
            }
            Typed::Text(text) => {
                let reading = self.text_reading(&text, Reading::Day);
                return Date::FromText(Box::new(text), reading);
            }
            Typed::Quoted(_) => ("a text", DATES),
            Typed::Number(_) => ("a number", DAYS),
            Typed::Flag(_) => ("a condition", DATES),
        };
        let (found, hint) = found;
        self.refuse(
            SyntaxError::new(node.span.clone(), format!("expected a date, found {found}"))
                .hint(hint),
        );
        Date::Literal(None)
    }

    /// The reading in whose manner a text made of cells is read; none for a text without cells.
    fn text_reading(&mut self, text: &Text, reading: Reading) -> Option<usize> {
        self.names.columns.joint_reading(&text.columns(), reading)
    }

    /// `typed` as a text.
    fn text(&mut self, typed: Typed, node: &Node) -> Text {
        let found = match typed {
            Typed::Null => return Text::Literal(None),
            Typed::Quoted(text) => return Text::Literal(Some(text)),
            Typed::Column(column) => return Text::Column(column),
            Typed::Text(text) => return text,
            Typed::Number(_) => "a number",
            Typed::Date(_) => "a date",
            Typed::Flag(_) => "a condition",
        };
        self.refuse(SyntaxError::new(
            node.span.clone(),
            format!("expected a text, found {found}"),
        ));
        Text::Literal(None)
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: (Typed, &Node),
        right: (Typed, &Node),
    ) -> Condition {
        let meeting = meeting([&left.0, &right.0]);
        self.compare_as(meeting, comparison, left, right)
    }

    /// Compares two parts in the type in which they meet, perhaps with others: in `x BETWEEN 1 AND y` all three are
    /// numbers.
    fn compare_as(
        &mut self,
        meeting: Meeting,
        comparison: Comparison,
        (left, left_node): (Typed, &Node),
        (right, right_node): (Typed, &Node),
    ) -> Condition {
        self.refuse_unknown_label(&left, &right, right_node);
        self.refuse_unknown_label(&right, &left, left_node);
        match meeting {
            Meeting::Date => Condition::Days(
                comparison,
                self.date(left, left_node),
                self.date(right, right_node),
            ),
            Meeting::Number => Condition::Numbers(
                comparison,
                self.number(left, left_node),
                self.number(right, right_node),
            ),
            Meeting::Flag => Condition::Flags(
                comparison,
                Box::new(self.flag(left, left_node)),
                Box::new(self.flag(right, right_node)),
            ),
            Meeting::Text => Condition::Texts(
                comparison,
                self.text(left, left_node),
                self.text(right, right_node),
            ),
        }
    }

    /// A temperature or a stage compared with a name that the model does not have would never hold, and nobody would
    /// hear of it.
    fn refuse_unknown_label(&mut self, label: &Typed, name: &Typed, node: &Node) {
        let (kind, known) = match label {
            Typed::Text(Text::Temperature) => ("temperature", self.names.temperatures),
            Typed::Text(Text::Stage) => ("stage", self.names.stages),
            _ => return,
        };
        let Typed::Quoted(name) = name else {
            return;
        };
        if known.contains(name) {
            return;
        }
        let error = SyntaxError::new(node.span.clone(), format!("there is no {kind} `{name}`"));
        let near = nearest(name, known.iter().map(String::as_str));
        self.refuse(match near {
            Some(near) => error.hint(format!("did you mean '{near}'?")),
            None if known.is_empty() => error.hint(format!("the model has no {kind}s")),
            None => error.hint(format!("there is {}", known.join(", "))),
        });
    }

    fn pattern(&mut self, node: &Node, ignore_case: bool) -> Option<Like> {
        let Expression::Text(pattern) = &node.expression else {
            self.refuse(
                SyntaxError::new(node.span.clone(), "expected a pattern in single quotes")
                    .hint("`%` stands for any text, `_` for one character: LIKE '%@example.com'"),
            );
            return None;
        };
        match Like::new(pattern, ignore_case) {
            Ok(like) => Some(like),
            Err(message) => {
                self.refuse(SyntaxError::new(node.span.clone(), message));
                None
            }
        }
    }

    /// Brings several parts to one type.
    fn unify(&mut self, parts: Vec<(Typed, &Node)>) -> Unified {
        match meeting(parts.iter().map(|(typed, _)| typed)) {
            Meeting::Flag => Unified::Flags(self.each(parts, Self::flag)),
            Meeting::Number => Unified::Numbers(self.each(parts, Self::number)),
            Meeting::Date => Unified::Dates(self.each(parts, Self::date)),
            Meeting::Text => Unified::Texts(self.each(parts, Self::text)),
        }
    }

    fn each<T>(
        &mut self,
        parts: Vec<(Typed, &Node)>,
        convert: fn(&mut Self, Typed, &Node) -> T,
    ) -> Vec<T> {
        parts
            .into_iter()
            .map(|(typed, node)| convert(self, typed, node))
            .collect()
    }

    fn case(
        &mut self,
        operand: Option<&Node>,
        arms: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> Typed {
        let conditions: Vec<Condition> = match operand {
            None => arms.iter().map(|(when, _)| self.condition(when)).collect(),
            Some(node) => {
                let typed = self.typed(node);
                let values: Vec<Typed> = arms.iter().map(|(when, _)| self.typed(when)).collect();
                let meeting = meeting(std::iter::once(&typed).chain(&values));
                values
                    .into_iter()
                    .zip(arms)
                    .map(|(value, (when, _))| {
                        let operand = (typed.clone(), node);
                        self.compare_as(meeting, Comparison::Equal, operand, (value, when))
                    })
                    .collect()
            }
        };
        let mut parts: Vec<(Typed, &Node)> = arms
            .iter()
            .map(|(_, then)| (self.typed(then), then))
            .collect();
        if let Some(node) = otherwise {
            parts.push((self.typed(node), node));
        }
        match self.unify(parts) {
            Unified::Flags(values) => {
                Typed::Flag(Condition::Case(Box::new(case_of(conditions, values))))
            }
            Unified::Numbers(values) => {
                Typed::Number(Amount::Case(Box::new(case_of(conditions, values))))
            }
            Unified::Dates(values) => {
                Typed::Date(Date::Case(Box::new(case_of(conditions, values))))
            }
            Unified::Texts(values) => {
                Typed::Text(Text::Case(Box::new(case_of(conditions, values))))
            }
        }
    }

    fn call(
        &mut self,
        function: &str,
        function_span: &Range<usize>,
        arguments: &[Node],
        span: &Range<usize>,
    ) -> Typed {
        let Some((_, wanted)) = FUNCTIONS.iter().find(|(name, _)| *name == function) else {
            let near = nearest(function, FUNCTIONS.iter().map(|(name, _)| *name));
            let error = SyntaxError::new(
                function_span.clone(),
                format!("there is no function `{function}`"),
            );
            return self.refuse(match near {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint(format!(
                    "there are {}",
                    FUNCTIONS.map(|(name, _)| name).join(", ")
                )),
            });
        };
        let fits = match wanted {
            Arity::Exactly(count) => arguments.len() == *count,
            Arity::AtLeastOne => !arguments.is_empty(),
        };
        if !fits {
            return self.refuse(SyntaxError::new(
                span.clone(),
                match wanted {
                    Arity::Exactly(1) => format!("`{function}` takes one argument"),
                    Arity::Exactly(count) => format!("`{function}` takes {count} arguments"),
                    Arity::AtLeastOne => format!("`{function}` takes at least one argument"),
                },
            ));
        }
        match function {
            "lower" => Typed::Text(Text::Lower(Box::new(self.text_of(&arguments[0])))),
            "upper" => Typed::Text(Text::Upper(Box::new(self.text_of(&arguments[0])))),
            "trim" => Typed::Text(Text::Trim(Box::new(self.text_of(&arguments[0])))),
            "length" => Typed::Number(Amount::Length(Box::new(self.text_of(&arguments[0])))),
            "number" => Typed::Number(self.amount(&arguments[0])),
            "date" => {
                let typed = self.typed(&arguments[0]);
                Typed::Date(self.date(typed, &arguments[0]))
            }
            "days_since" | "days_until" => {
                let typed = self.typed(&arguments[0]);
                let date = Box::new(self.date(typed, &arguments[0]));
                Typed::Number(if function == "days_since" {
                    Amount::DaysSince(date)
                } else {
                    Amount::DaysUntil(date)
                })
            }
            "coalesce" => {
                let parts = arguments
                    .iter()
                    .map(|node| (self.typed(node), node))
                    .collect();
                match self.unify(parts) {
                    Unified::Flags(choices) => Typed::Flag(Condition::Coalesce(choices)),
                    Unified::Numbers(choices) => Typed::Number(Amount::Coalesce(choices)),
                    Unified::Dates(choices) => Typed::Date(Date::Coalesce(choices)),
                    Unified::Texts(choices) => Typed::Text(Text::Coalesce(choices)),
                }
            }
            "is_email" => self.test(TextTest::IsEmail, &arguments[0]),
            "is_free_email" => self.test(TextTest::IsFreeEmail, &arguments[0]),
            "is_phone" => self.test(TextTest::IsPhone, &arguments[0]),
            "starts_with" => self.relation(TextRelation::StartsWith, arguments),
            "ends_with" => self.relation(TextRelation::EndsWith, arguments),
            "contains" => self.relation(TextRelation::Contains, arguments),
            "has_tag" => self.relation(TextRelation::HasTag, arguments),
            // The table of functions and this match name the same functions; the tests call every one.
            _ => self.regexp_like(arguments),
        }
    }

    fn test(&mut self, test: TextTest, argument: &Node) -> Typed {
        Typed::Flag(Condition::Test(test, self.text_of(argument)))
    }

    fn relation(&mut self, relation: TextRelation, arguments: &[Node]) -> Typed {
        let (left, right) = (self.text_of(&arguments[0]), self.text_of(&arguments[1]));
        Typed::Flag(Condition::Relation(relation, left, right))
    }

    fn regexp_like(&mut self, arguments: &[Node]) -> Typed {
        let text = self.text_of(&arguments[0]);
        let Expression::Text(pattern) = &arguments[1].expression else {
            return self.refuse(SyntaxError::new(
                arguments[1].span.clone(),
                "expected a regular expression in single quotes",
            ));
        };
        match shared_regex(pattern) {
            Ok(regex) => Typed::Flag(Condition::Matches(text, Box::new(regex))),
            Err((message, hint)) => {
                self.refuse(SyntaxError::new(arguments[1].span.clone(), message).hint(hint))
            }
        }
    }
}

/// The arms of a CASE; one value more than conditions is the ELSE.
fn case_of<T>(conditions: Vec<Condition>, mut values: Vec<T>) -> Case<T> {
    let otherwise = (values.len() > conditions.len())
        .then(|| values.pop())
        .flatten();
    Case {
        arms: conditions.into_iter().zip(values).collect(),
        otherwise,
    }
}

/// Parts brought to one type.
enum Unified {
    Flags(Vec<Condition>),
    Numbers(Vec<Amount>),
    Dates(Vec<Date>),
    Texts(Vec<Text>),
}

/// A cell takes the type of what it meets; two cells, or a cell and a text, meet as texts.
fn meeting<'t>(parts: impl IntoIterator<Item = &'t Typed>) -> Meeting {
    let mut meeting = Meeting::Text;
    for part in parts {
        match part {
            Typed::Date(_) => return Meeting::Date,
            Typed::Number(_) => meeting = Meeting::Number,
            Typed::Flag(_) if meeting == Meeting::Text => meeting = Meeting::Flag,
            _ => {}
        }
    }
    meeting
}

fn negate_if(negated: bool, condition: Condition) -> Condition {
    if negated {
        Condition::Not(Box::new(condition))
    } else {
        condition
    }
}

/// Joins conditions by OR as a balanced tree, so that a long IN list does not nest deeply.
fn any(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        0 => Condition::Literal(Some(false)),
        1 => conditions.remove(0),
        count => {
            let right = conditions.split_off(count / 2);
            Condition::Or(Box::new(any(conditions)), Box::new(any(right)))
        }
    }
}

/// How many digits a number has behind its point.
fn decimals(number: &str) -> usize {
    number
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

/// How many arguments a function takes.
enum Arity {
    Exactly(usize),
    AtLeastOne,
}

const FUNCTIONS: [(&str, Arity); 17] = [
    ("coalesce", Arity::AtLeastOne),
    ("contains", Arity::Exactly(2)),
    ("date", Arity::Exactly(1)),
    ("days_since", Arity::Exactly(1)),
    ("days_until", Arity::Exactly(1)),
    ("ends_with", Arity::Exactly(2)),
    ("has_tag", Arity::Exactly(2)),
    ("is_email", Arity::Exactly(1)),
    ("is_free_email", Arity::Exactly(1)),
    ("is_phone", Arity::Exactly(1)),
    ("length", Arity::Exactly(1)),
    ("lower", Arity::Exactly(1)),
    ("number", Arity::Exactly(1)),
    ("regexp_like", Arity::Exactly(2)),
    ("starts_with", Arity::Exactly(2)),
    ("trim", Arity::Exactly(1)),
    ("upper", Arity::Exactly(1)),
];

/// Compiles a regular expression of the syntax that all engines share; otherwise says why not and what to write.
fn shared_regex(pattern: &str) -> Result<regex::Regex, (String, String)> {
    const HINT: &str =
        "use what every database understands: literal text, . * + ? | ( ) [0-9] [A-Za-z] {n,m} ^ $";
    let mut characters = pattern.char_indices().peekable();
    let mut previous = None;
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, c)| *c);
        if character == '\\' {
            match next {
                Some(escaped) if !escaped.is_alphanumeric() => {
                    characters.next();
                }
                Some(class) => {
                    let instead = match class {
                        'd' => "[0-9]".to_owned(),
                        'w' => "[A-Za-z0-9_]".to_owned(),
                        's' => "[ ]".to_owned(),
                        _ => {
                            return Err((
                                format!("`\\{class}` does not mean the same in every database"),
                                HINT.to_owned(),
                            ));
                        }
                    };
                    return Err((
                        format!("`\\{class}` does not mean the same in every database"),
                        format!("write {instead}"),
                    ));
                }
                None => {
                    return Err((
                        "the pattern ends in a backslash".to_owned(),
                        HINT.to_owned(),
                    ));
                }
            }
        }
        if character == '('
            && next == Some('?')
            && previous != Some('\\')
            && !pattern[at..].starts_with("(?:")
        {
            return Err((
                "look-around, named groups and inline flags are not in every database".to_owned(),
                HINT.to_owned(),
            ));
        }
        if pattern[at..].starts_with("[:") || pattern[at..].starts_with("&&") {
            return Err((
                "this kind of character class is not in every database".to_owned(),
                HINT.to_owned(),
            ));
        }
        previous = Some(character);
    }
    regex::RegexBuilder::new(pattern)
        .size_limit(1 << 20)
        .build()
        .map_err(|error| {
            // The last line of the library's message says what is wrong; those before it draw the pattern again.
            let message = error.to_string();
            let reason = message.lines().last().unwrap_or_default();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            (
                format!("this is not a regular expression: {reason}"),
                HINT.to_owned(),
            )
        })
}
