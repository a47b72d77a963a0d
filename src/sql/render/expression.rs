//! Expressions as text.

use std::rc::Rc;

use super::{INDENT, WIDTH, filled, name};
use crate::sql::dialect::Dialect;
use crate::sql::expression::{
    Aggregate, Comparison, Expression, Order, Sign, Type, Window, WindowFunction,
};

/// How strongly the parts of a text hold together: what is weaker than its surroundings needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Or,
    And,
    Not,
    Comparison,
    Joined,
    Sum,
    Product,
    Atom,
}

/// Whether the type of a value counts, and not what it is alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// A value of a type: a column, or what an aggregate or an arm gives.
    Typed,
    /// Something beside which there is a value with a type, or whose type does not matter.
    Beside,
}

/// Writes expressions in a dialect.
#[derive(Debug, Clone)]
pub(super) struct Writer<'d> {
    dialect: &'d dyn Dialect,
    /// What holds where what is written is asked for, on engines that work it out elsewhere too.
    guard: Option<Rc<str>>,
}

impl<'d> Writer<'d> {
    pub(super) fn new(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            guard: None,
        }
    }

    /// A value with its type, where its first line begins so far to the right.
    pub(super) fn value(&self, expression: &Expression, indent: usize) -> String {
        self.written(expression, indent, Use::Typed).0
    }

    /// A condition.
    pub(super) fn condition(&self, expression: &Expression, indent: usize) -> String {
        self.written(expression, indent, Use::Beside).0
    }

    /// A key of an order.
    pub(super) fn order(&self, order: &Order, indent: usize) -> String {
        let direction = if order.descending { " DESC" } else { "" };
        format!("{}{direction}", self.argument(&order.key, indent))
    }

    fn argument(&self, expression: &Expression, indent: usize) -> String {
        self.written(expression, indent, Use::Beside).0
    }

    /// A text that may stand where everything weaker needs parentheses.
    fn operand(&self, expression: &Expression, indent: usize, least: Strength) -> String {
        let (text, strength) = self.written(expression, indent, Use::Beside);
        parenthesised(text, strength, least)
    }

    fn atom(&self, expression: &Expression, indent: usize) -> String {
        self.operand(expression, indent, Strength::Atom)
    }

    /// A number that is added, subtracted or multiplied.
    fn number(&self, expression: &Expression, indent: usize, least: Strength) -> String {
        if let Expression::Integer(number) = expression {
            // Two signs would begin a comment.
            return if *number < 0 {
                format!("({number})")
            } else {
                number.to_string()
            };
        }
        let (text, strength) = self.written(expression, indent, Use::Typed);
        parenthesised(text, strength, least)
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each kind of expression")]
    fn written(&self, expression: &Expression, indent: usize, of: Use) -> (String, Strength) {
        let dialect = self.dialect;
        let argument = |expression: &Expression| self.argument(expression, indent);
        let atom = |expression: &Expression| self.atom(expression, indent);
        let said = |text: String| (text, Strength::Atom);
        match expression {
            Expression::Column { of, name: column } => said(match of {
                Some(of) => format!("{}.{}", name(of, dialect), name(column, dialect)),
                None => name(column, dialect),
            }),
            Expression::Integer(number) if of == Use::Beside => said(number.to_string()),
            Expression::Integer(number) if dialect.has_narrow_literals() => {
                said(dialect.cast(&number.to_string(), Type::Integer))
            }
            Expression::Integer(number) => said(dialect.whole(*number)),
            Expression::Text(text) => said(dialect.text(text)),
            Expression::Truth(true) => said("TRUE".to_owned()),
            Expression::Truth(false) => said("FALSE".to_owned()),
            Expression::Null(of) => said(dialect.cast("NULL", *of)),
            Expression::Arithmetic(sign, left, right) => {
                let (word, strength) = match sign {
                    Sign::Plus => ("+", Strength::Sum),
                    Sign::Minus => ("-", Strength::Sum),
                    Sign::Times => ("*", Strength::Product),
                };
                let left = self.number(left, indent, strength);
                let after = match sign {
                    Sign::Plus => Strength::Sum,
                    Sign::Minus => Strength::Product,
                    // Behind it a quotient or a remainder would begin with the product.
                    Sign::Times => Strength::Atom,
                };
                let right = self.number(right, indent, after);
                let text = if width(&left) + right.len() + indent > WIDTH {
                    format!("{left}\n{}{word} {right}", margin(indent))
                } else {
                    format!("{left} {word} {right}")
                };
                (text, strength)
            }
            Expression::Quotient(dividend, divisor) => self.divided(
                dividend,
                divisor,
                indent,
                dialect.quotient_sign(),
                |a, b| dialect.quotient(a, b),
            ),
            Expression::Remainder(dividend, divisor) => self.divided(
                dividend,
                divisor,
                indent,
                dialect.remainder_sign(),
                |a, b| dialect.remainder(a, b),
            ),
            Expression::Compare(comparison, left, right) => {
                let word = match comparison {
                    Comparison::Equal => "=",
                    Comparison::Unequal => "<>",
                    Comparison::Less => "<",
                    Comparison::AtMost => "<=",
                    Comparison::Greater => ">",
                    Comparison::AtLeast => ">=",
                };
                let sides = [left, right].map(|side| self.operand(side, indent, Strength::Joined));
                let text = format!("{} {word} {}", sides[0], sides[1]);
                (text, Strength::Comparison)
            }
            Expression::In(value, literals) => {
                let value = self.operand(value, indent, Strength::Joined);
                let literals: Vec<String> = literals.iter().map(argument).collect();
                let list = literals.join(", ");
                let text = if value.len() + list.len() + indent > WIDTH {
                    let list = filled(&literals, indent + INDENT);
                    format!("{value} IN (\n{list}\n{})", margin(indent))
                } else {
                    format!("{value} IN ({list})")
                };
                (text, Strength::Comparison)
            }
            Expression::And(parts) => self.all(parts, "AND", Strength::And, indent),
            Expression::Or(parts) => self.all(parts, "OR", Strength::Or, indent),
            Expression::Not(inner) => {
                if let Expression::IsNull(inner) = &**inner {
                    let text = format!("{} IS NOT NULL", atom(inner));
                    return (text, Strength::Comparison);
                }
                let inner = self.operand(inner, indent, Strength::Atom);
                (format!("NOT {inner}"), Strength::Not)
            }
            Expression::IsNull(inner) => (format!("{} IS NULL", atom(inner)), Strength::Comparison),
            Expression::Coalesce(parts) => {
                let of = if parts.iter().all(is_narrow) {
                    of
                } else {
                    Use::Beside
                };
                let parts: Vec<String> =
                    parts.iter().map(|part| self.given(part, indent)).collect();
                let text = format!("COALESCE({})", parts.join(", "));
                said(self.typed(text, of))
            }
            Expression::Case { arms, otherwise } => {
                said(self.case(arms, otherwise.as_deref(), indent, of))
            }
            Expression::Concatenation(parts) => {
                let mut flat = Vec::new();
                flatten(parts, &mut flat);
                let parts: Vec<String> = flat.into_iter().map(atom).collect();
                let joined = parts.join(" || ");
                let text = if joined.len() + indent > WIDTH {
                    parts.join(&format!("\n{}|| ", margin(indent)))
                } else {
                    joined
                };
                (
                    text,
                    if parts.len() == 1 {
                        Strength::Atom
                    } else {
                        Strength::Joined
                    },
                )
            }
            Expression::Lower(text) => said(dialect.lower(&argument(text))),
            Expression::Upper(text) => said(dialect.upper(&argument(text))),
            Expression::Trim(text, characters) => said(dialect.trim(&argument(text), characters)),
            Expression::Without(text, characters) => {
                said(dialect.without(&argument(text), characters))
            }
            Expression::Replace(text, from, to) => said(dialect.replace(&argument(text), from, to)),
            Expression::Length(text) => said(dialect.length(&argument(text))),
            Expression::IsAscii(text) => {
                let text = argument(text);
                let text = format!("{} = {}", dialect.octets(&text), dialect.length(&text));
                (text, Strength::Comparison)
            }
            Expression::Substring(text, from, count) => {
                said(dialect.substring(&argument(text), &argument(from), &argument(count)))
            }
            Expression::Before(text, literal) => said(dialect.before(&argument(text), literal)),
            Expression::After(text, literal) => said(dialect.after(&argument(text), literal)),
            Expression::Contains(text, part) => said(dialect.contains(&atom(text), &atom(part))),
            Expression::StartsWith(text, part) => {
                said(dialect.starts_with(&atom(text), &atom(part)))
            }
            Expression::EndsWith(text, part) => said(dialect.ends_with(&atom(text), &atom(part))),
            Expression::Matches(text, pattern) => {
                let pattern = dialect.text(&dialect.spelling().whole(pattern));
                said(dialect.found(&atom(text), &pattern))
            }
            Expression::Finds(text, pattern) => {
                let pattern = dialect.text(&dialect.spelling().found(pattern));
                said(dialect.found(&atom(text), &pattern))
            }
            Expression::Bytes(text) => said(dialect.by_bytes(&atom(text))),
            Expression::Parameter(name) => said(dialect.parameter(name)),
            Expression::Digits(text) => said(dialect.digits(&argument(text))),
            Expression::DayOf(text) => said(dialect.day_of(&argument(text))),
            Expression::DateText(days) => said(dialect.date_text(&argument(days))),
            Expression::Greatest(numbers) => said(self.greatest(numbers, indent)),
            Expression::Decimal(number) => said(dialect.decimal(&self.value(number, indent))),
            Expression::Native(kind, column) => {
                let column = argument(column);
                // Whether it can be said is asked before; see `Dialect::native`.
                said(dialect.native(*kind, &column).unwrap_or(column))
            }
            Expression::Refuse(message, text) => said(match &self.guard {
                Some(guard) => dialect.refuse_if(guard, message, &atom(text)),
                None => dialect.refuse(message, &atom(text)),
            }),
            Expression::Aggregate(aggregate, value) => {
                let typed = self.value(value, indent);
                said(self.aggregate(*aggregate, value, &typed, indent))
            }
            Expression::Joined {
                text,
                separator,
                order,
            } => said(dialect.joined(&argument(text), separator, &argument(order))),
            Expression::Window(window) => said(self.window(window, indent)),
        }
    }

    /// What an arm of a CASE or one of several alternatives gives.
    fn given(&self, expression: &Expression, indent: usize) -> String {
        match expression {
            Expression::Integer(number) => self.dialect.whole(*number),
            Expression::Null(_) => "NULL".to_owned(),
            other => self.argument(other, indent),
        }
    }

    /// A text whose type is wider than what it is made of.
    fn typed(&self, text: String, of: Use) -> String {
        if of == Use::Typed && self.dialect.has_narrow_literals() {
            self.dialect.cast(&text, Type::Integer)
        } else {
            text
        }
    }

    /// A division by a sign that stands between its operands, or else by a function.
    fn divided(
        &self,
        dividend: &Expression,
        divisor: &Expression,
        indent: usize,
        sign: Option<&str>,
        function: impl Fn(&str, &str) -> String,
    ) -> (String, Strength) {
        let least = if sign.is_some() {
            Strength::Atom
        } else {
            Strength::Or
        };
        let dividend = self.number(dividend, indent, least);
        let divisor = self.number(divisor, indent, least);
        match sign {
            Some(sign) => (format!("{dividend} {sign} {divisor}"), Strength::Product),
            None => (function(&dividend, &divisor), Strength::Atom),
        }
    }

    fn greatest(&self, numbers: &[Expression], indent: usize) -> String {
        // Some engines take few arguments.
        const MOST: usize = 50;
        if let [one] = numbers {
            return self.atom(one, indent);
        }
        let inner = indent + INDENT;
        let numbers: Vec<String> = if numbers.len() > MOST {
            let parts = numbers.chunks(MOST);
            parts.map(|part| self.greatest(part, inner)).collect()
        } else {
            let numbers = numbers.iter();
            numbers.map(|number| self.value(number, inner)).collect()
        };
        let name = self.dialect.greatest();
        let list = numbers.join(", ");
        if list.len() + indent + name.len() > WIDTH {
            format!("{name}(\n{}\n{})", filled(&numbers, inner), margin(indent))
        } else {
            format!("{name}({list})")
        }
    }

    fn all(
        &self,
        parts: &[Expression],
        word: &str,
        strength: Strength,
        indent: usize,
    ) -> (String, Strength) {
        match parts {
            [] => {
                let text = if strength == Strength::And {
                    "TRUE"
                } else {
                    "FALSE"
                };
                (text.to_owned(), Strength::Atom)
            }
            [one] => self.written(one, indent, Use::Beside),
            parts => {
                // An AND inside an OR too, which readers should not have to think about.
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| self.operand(part, indent, Strength::Not))
                    .collect();
                let total: usize = parts.iter().map(|part| part.len() + word.len() + 2).sum();
                let is_long = total + indent > WIDTH || parts.iter().any(|p| p.contains('\n'));
                let between = if is_long {
                    format!("\n{}{word} ", margin(indent))
                } else {
                    format!(" {word} ")
                };
                (parts.join(&between), strength)
            }
        }
    }

    fn case(
        &self,
        arms: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        indent: usize,
        of: Use,
    ) -> String {
        let mut results = arms.iter().map(|(_, result)| result).chain(otherwise);
        let is_null = |result: &Expression| matches!(result, Expression::Null(_));
        if results.clone().all(is_null) {
            // Its type could not be told from what it gives.
            return match results.next() {
                Some(null) => self.argument(null, indent),
                None => "NULL".to_owned(),
            };
        }
        let of = if results.all(is_narrow) {
            of
        } else {
            Use::Beside
        };
        let inner = indent + INDENT;
        let lines: Vec<String> = arms
            .iter()
            .enumerate()
            .map(|(number, (condition, result))| {
                let condition = self.condition(condition, inner + INDENT);
                let own = self.guarded(arms, Some(number), result);
                let result = own.given(result, inner + INDENT);
                if width(&condition) + result.len() + inner + 11 > WIDTH {
                    let margin = margin(inner + INDENT);
                    format!("WHEN {condition}\n{margin}THEN {result}")
                } else {
                    format!("WHEN {condition} THEN {result}")
                }
            })
            .chain(otherwise.map(|result| {
                let own = self.guarded(arms, None, result);
                format!("ELSE {}", own.given(result, inner))
            }))
            .collect();
        let total: usize = lines.iter().map(|line| line.len() + 1).sum();
        let is_long = total + indent + 8 > WIDTH || lines.iter().any(|line| line.contains('\n'));
        let text = if is_long {
            let between = format!("\n{}", margin(inner));
            format!(
                "CASE{between}{}\n{}END",
                lines.join(&between),
                margin(indent)
            )
        } else {
            format!("CASE {} END", lines.join(" "))
        };
        self.typed(text, of)
    }

    /// What writes the result of an arm, or of none: on eager engines it knows when that is asked for.
    fn guarded(
        &self,
        arms: &[(Expression, Expression)],
        number: Option<usize>,
        result: &Expression,
    ) -> Self {
        let mut refuses = false;
        result.each(&mut |part| refuses |= matches!(part, Expression::Refuse(..)));
        if !refuses || !self.dialect.is_eager() {
            return self.clone();
        }
        let before = arms.iter().take(number.unwrap_or(arms.len()));
        let mut lines: Vec<String> = before
            .map(|(condition, _)| format!("WHEN {} THEN FALSE", self.condition(condition, 0)))
            .collect();
        let own = number.map(|number| self.condition(&arms[number].0, 0));
        lines.push(match own {
            Some(own) => format!("WHEN {own} THEN TRUE ELSE FALSE"),
            None => "ELSE TRUE".to_owned(),
        });
        let own = format!("CASE {} END", lines.join(" "));
        let guard = match &self.guard {
            Some(outer) => format!("{outer} AND {own}"),
            None => own,
        };
        Self {
            dialect: self.dialect,
            guard: Some(guard.into()),
        }
    }

    fn aggregate(
        &self,
        aggregate: Aggregate,
        value: &Expression,
        typed: &str,
        indent: usize,
    ) -> String {
        match aggregate {
            // The total has a type of its own.
            Aggregate::Total => self.dialect.total(&self.narrow(value, indent)),
            Aggregate::Sum => self.dialect.sum(typed),
            Aggregate::Count => self.dialect.count(&self.argument(value, indent)),
            Aggregate::CountDistinct => self.dialect.count_distinct(&self.argument(value, indent)),
            Aggregate::Min => format!("MIN({typed})"),
            Aggregate::Max => format!("MAX({typed})"),
        }
    }

    /// What is added up: its type does not count where literals have all of their bits.
    fn narrow(&self, value: &Expression, indent: usize) -> String {
        if self.dialect.has_narrow_literals() {
            self.argument(value, indent)
        } else {
            self.value(value, indent)
        }
    }

    fn window(&self, window: &Window, indent: usize) -> String {
        let mut over = Vec::new();
        if !window.partition.is_empty() {
            let keys: Vec<String> = window
                .partition
                .iter()
                .map(|key| self.argument(key, indent))
                .collect();
            over.push(format!("PARTITION BY {}", keys.join(", ")));
        }
        if !window.order.is_empty() {
            let keys: Vec<String> = window
                .order
                .iter()
                .map(|order| self.order(order, indent))
                .collect();
            over.push(format!("ORDER BY {}", keys.join(", ")));
        }
        let over = over.join(" ");
        match &window.function {
            WindowFunction::RowNumber => self.dialect.row_number(&over),
            WindowFunction::Of(aggregate, value) => {
                let typed = match aggregate {
                    Aggregate::Count => self.argument(value, indent),
                    _ => self.value(value, indent),
                };
                let frame = if window.order.is_empty() {
                    ""
                } else {
                    " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
                };
                self.dialect
                    .windowed(*aggregate, &typed, &format!("{over}{frame}"))
            }
            WindowFunction::Lag(value) => {
                let value = self.value(value, indent);
                self.dialect.lag(&value, &over)
            }
            WindowFunction::Lead(value) => {
                let value = self.value(value, indent);
                self.dialect.lead(&value, &over)
            }
        }
    }
}

/// Texts that stand one after the other, however they were put together.
fn flatten<'e>(parts: &'e [Expression], flat: &mut Vec<&'e Expression>) {
    for part in parts {
        match part {
            Expression::Concatenation(inner) => flatten(inner, flat),
            other => flat.push(other),
        }
    }
}

/// Whether all that a number can be stands in the query, so that engines may give it fewer bits.
fn is_narrow(number: &Expression) -> bool {
    match number {
        Expression::Integer(_) | Expression::Null(Type::Integer) => true,
        Expression::Coalesce(parts) => parts.iter().all(is_narrow),
        Expression::Case { arms, otherwise } => {
            let results = arms.iter().map(|(_, result)| result);
            results.chain(otherwise.as_deref()).all(is_narrow)
        }
        _ => false,
    }
}

fn parenthesised(text: String, strength: Strength, least: Strength) -> String {
    if strength < least {
        format!("({text})")
    } else {
        text
    }
}

fn margin(indent: usize) -> String {
    " ".repeat(indent)
}

/// The columns of the last line of a text.
fn width(text: &str) -> usize {
    text.rsplit('\n').next().map_or(0, str::len)
}
