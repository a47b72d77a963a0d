//! Reads a condition: a Pratt parser for the part of SQL's WHERE clause that the model language takes.
//!
//! Loosest first: `OR`, `AND`, `NOT`, then `= <> < <= > >= IN BETWEEN LIKE ILIKE IS`, then `+ -`, then `* /`, then
//! the sign.

use std::ops::{ControlFlow, Range};

use super::ast::{Comparison, Expression, Node, Operator};
use super::lexer::{Spanned, SyntaxError, Token, tokens};

/// Nesting deeper than this is refused, so that no model can exhaust the stack.
const DEEPEST: usize = 100;

/// Words that are part of the language and so cannot be bare column names.
pub(super) const KEYWORDS: [&str; 19] = [
    "and", "or", "not", "in", "between", "like", "ilike", "is", "null", "true", "false", "case",
    "when", "then", "else", "end", "escape", "select", "exists",
];

/// Reads a whole condition.
pub(super) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(SyntaxError::new(0..text.len(), "the condition is empty")
            .hint("for instance `budget >= 150000`"));
    }
    let mut parser = Parser {
        end: text.len(),
        tokens,
        next: 0,
        depth: 0,
    };
    let node = parser.expression(Level::Or)?;
    match parser.peek() {
        None => Ok(node),
        Some(extra) if extra.token == Token::Symbol(")") => Err(SyntaxError::new(
            extra.span.clone(),
            "there is no `(` before this `)`",
        )),
        Some(extra) => {
            let error = unexpected(extra, "the condition should end here");
            Err(match error.hint {
                None => error.hint("join conditions with AND or OR"),
                Some(_) => error,
            })
        }
    }
}

/// Binding strength, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
}

struct Parser {
    tokens: Vec<Spanned>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Spanned> {
        self.tokens.get(self.next)
    }

    fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(Spanned { token: Token::Symbol(s), .. }) if *s == symbol)
    }

    fn is_word(&self, word: &str) -> bool {
        self.word_at(self.next, word)
    }

    fn word_at(&self, index: usize, word: &str) -> bool {
        matches!(self.tokens.get(index), Some(Spanned { token: Token::Word(w), .. }) if w.eq_ignore_ascii_case(word))
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.next += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn want_symbol(&mut self, symbol: &str, why: &str) -> Result<Range<usize>, SyntaxError> {
        let span = self.here();
        if self.take_symbol(symbol) {
            Ok(span)
        } else {
            Err(self.wanted(&format!("expected `{symbol}` {why}")))
        }
    }

    fn want_word(&mut self, word: &str, why: &str) -> Result<(), SyntaxError> {
        if self.take_word(word) {
            Ok(())
        } else {
            Err(self.wanted(&format!("expected `{word}` {why}")))
        }
    }

    /// The place of the next token, or the end of the text.
    fn here(&self) -> Range<usize> {
        self.peek()
            .map_or(self.end..self.end, |spanned| spanned.span.clone())
    }

    fn wanted(&self, message: &str) -> SyntaxError {
        match self.peek() {
            None => SyntaxError::new(self.end..self.end, format!("{message}, but it ends here")),
            Some(token) => unexpected(token, message),
        }
    }

    fn expression(&mut self, level: Level) -> Result<Node, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(
                SyntaxError::new(self.here(), "the condition is nested too deeply")
                    .hint("split it into several rules or checklist items"),
            );
        }
        let mut left = self.prefix(level)?;
        // A long chain of ANDs builds a left-deep tree, which is walked by recursion later: bound it as well.
        let mut chain = 0;
        loop {
            match self.infix(level, left)? {
                ControlFlow::Continue(longer) => left = longer,
                ControlFlow::Break(whole) => {
                    self.depth -= 1;
                    return Ok(whole);
                }
            }
            chain += 1;
            if chain > 1000 {
                return Err(SyntaxError::new(self.here(), "the condition is too long")
                    .hint("split it into several rules, or use IN (…)"));
            }
        }
    }

    /// What may begin an expression.
    fn prefix(&mut self, level: Level) -> Result<Node, SyntaxError> {
        let start = self.here().start;
        if self.is_word("not") && level <= Level::Not {
            self.next += 1;
            let operand = self.expression(Level::Not)?;
            return Ok(node(
                start..operand.span.end,
                Expression::Not(Box::new(operand)),
            ));
        }
        if self.take_symbol("-") {
            let operand = self.expression(Level::Sign)?;
            return Ok(node(
                start..operand.span.end,
                Expression::Negate(Box::new(operand)),
            ));
        }
        if self.take_symbol("+") {
            return self.expression(Level::Sign);
        }
        self.primary()
    }

    /// Goes on from `left` if an operator follows that binds at least as tightly as `level`.
    fn infix(&mut self, level: Level, left: Node) -> Result<ControlFlow<Node, Node>, SyntaxError> {
        let start = left.span.start;
        if level <= Level::Or && self.take_word("or") {
            let right = self.expression(Level::And)?;
            let span = start..right.span.end;
            return Ok(ControlFlow::Continue(node(
                span,
                Expression::Or(Box::new(left), Box::new(right)),
            )));
        }
        if level <= Level::And && self.take_word("and") {
            let right = self.expression(Level::Not)?;
            let span = start..right.span.end;
            return Ok(ControlFlow::Continue(node(
                span,
                Expression::And(Box::new(left), Box::new(right)),
            )));
        }
        let left = match self.comparison(level, left)? {
            ControlFlow::Break(left) => left,
            compared @ ControlFlow::Continue(_) => return Ok(compared),
        };
        for (symbol, operator, own, next) in [
            ("+", Operator::Plus, Level::Sum, Level::Product),
            ("-", Operator::Minus, Level::Sum, Level::Product),
            ("*", Operator::Times, Level::Product, Level::Sign),
            ("/", Operator::Over, Level::Product, Level::Sign),
        ] {
            if level <= own && self.take_symbol(symbol) {
                let right = self.expression(next)?;
                let span = start..right.span.end;
                let arithmetic = Expression::Arithmetic(operator, Box::new(left), Box::new(right));
                return Ok(ControlFlow::Continue(node(span, arithmetic)));
            }
        }
        Ok(ControlFlow::Break(left))
    }

    fn comparison(
        &mut self,
        level: Level,
        left: Node,
    ) -> Result<ControlFlow<Node, Node>, SyntaxError> {
        if level > Level::Comparison {
            return Ok(ControlFlow::Break(left));
        }
        let start = left.span.start;
        for (symbol, comparison) in [
            ("=", Comparison::Equal),
            ("<>", Comparison::NotEqual),
            ("<", Comparison::Less),
            ("<=", Comparison::LessOrEqual),
            (">", Comparison::Greater),
            (">=", Comparison::GreaterOrEqual),
        ] {
            if self.take_symbol(symbol) {
                let right = self.expression(Level::Sum)?;
                let span = start..right.span.end;
                self.refuse_chain()?;
                let compare = Expression::Compare(comparison, Box::new(left), Box::new(right));
                return Ok(ControlFlow::Continue(node(span, compare)));
            }
        }
        let operand = Box::new(left);
        if self.take_word("is") {
            let negated = self.take_word("not");
            let end = self.here().end;
            self.want_word("NULL", "after IS").map_err(|error| {
                error.hint("write IS NULL or IS NOT NULL; compare with a value by `=`")
            })?;
            self.refuse_chain()?;
            return Ok(ControlFlow::Continue(node(
                start..end,
                Expression::IsNull { operand, negated },
            )));
        }
        let negated = self.is_word("not")
            && ["in", "between", "like", "ilike"]
                .iter()
                .any(|word| self.word_at(self.next + 1, word));
        self.next += usize::from(negated);
        if self.take_word("in") {
            self.want_symbol("(", "after IN")
                .map_err(|error| error.hint("for instance IN ('Málaga', 'Marbella')"))?;
            let mut list = vec![self.expression(Level::Sum)?];
            while self.take_symbol(",") {
                list.push(self.expression(Level::Sum)?);
            }
            let end = self.want_symbol(")", "or `,` in the list")?.end;
            self.refuse_chain()?;
            return Ok(ControlFlow::Continue(node(
                start..end,
                Expression::In {
                    operand,
                    list,
                    negated,
                },
            )));
        }
        if self.take_word("between") {
            let low = self.expression(Level::Sum)?;
            self.want_word("AND", "between the two bounds")
                .map_err(|error| error.hint("for instance BETWEEN 1 AND 9"))?;
            let high = self.expression(Level::Sum)?;
            let span = start..high.span.end;
            self.refuse_chain()?;
            return Ok(ControlFlow::Continue(node(
                span,
                Expression::Between {
                    operand,
                    low: Box::new(low),
                    high: Box::new(high),
                    negated,
                },
            )));
        }
        let ignore_case = self.is_word("ilike");
        if ignore_case || self.is_word("like") {
            self.next += 1;
            let pattern = self.expression(Level::Sum)?;
            let span = start..pattern.span.end;
            self.refuse_chain()?;
            return Ok(ControlFlow::Continue(node(
                span,
                Expression::Like {
                    operand,
                    pattern: Box::new(pattern),
                    ignore_case,
                    negated,
                },
            )));
        }
        Ok(ControlFlow::Break(*operand))
    }

    /// `1 < x < 9` compares a truth value in SQL, which nobody means, and databases do not agree on what
    /// `x IS NULL < y` says.
    fn refuse_chain(&self) -> Result<(), SyntaxError> {
        let by_symbol = ["=", "<>", "<", "<=", ">", ">="]
            .iter()
            .any(|symbol| self.is_symbol(symbol));
        let by_word = ["in", "between", "like", "ilike"]
            .iter()
            .any(|word| self.is_word(word));
        if by_symbol || by_word {
            return Err(
                SyntaxError::new(self.here(), "comparisons cannot be chained")
                    .hint("write `x > 1 AND x < 9`, or `x BETWEEN 1 AND 9`"),
            );
        }
        Ok(())
    }

    fn primary(&mut self) -> Result<Node, SyntaxError> {
        let Some(Spanned { token, span }) = self.peek().cloned() else {
            return Err(self.wanted("expected a column, a signal or a value"));
        };
        match token {
            Token::Number(number) => {
                self.next += 1;
                Ok(node(span, Expression::Number(number)))
            }
            Token::Text(text) => {
                self.next += 1;
                Ok(node(span, Expression::Text(text)))
            }
            Token::Quoted(name) => {
                self.next += 1;
                Ok(node(span, Expression::Name { name, quoted: true }))
            }
            Token::Symbol("(") => {
                self.next += 1;
                let mut inner = self.expression(Level::Or)?;
                let end = self.want_symbol(")", "to close the parenthesis")?.end;
                inner.span = span.start..end;
                Ok(inner)
            }
            Token::Symbol(_) => Err(self.wanted("expected a column, a signal or a value")),
            Token::Word(word) => self.word(&word, span),
        }
    }

    fn word(&mut self, word: &str, span: Range<usize>) -> Result<Node, SyntaxError> {
        match word.to_ascii_lowercase().as_str() {
            "null" => {
                self.next += 1;
                Ok(node(span, Expression::Null))
            }
            flag @ ("true" | "false") => {
                self.next += 1;
                Ok(node(span, Expression::Flag(flag == "true")))
            }
            "case" => self.case(span.start),
            // `date` alone may well be a column; before a text it is SQL's date literal, before `(` a function.
            "date" => match self.tokens.get(self.next + 1) {
                Some(Spanned {
                    token: Token::Text(text),
                    span: text_span,
                }) => {
                    let date = Expression::Date(text.clone());
                    let whole = span.start..text_span.end;
                    self.next += 2;
                    Ok(node(whole, date))
                }
                _ => self.name_or_call(word, span),
            },
            keyword if KEYWORDS.contains(&keyword) => Err(self
                .wanted("expected a column, a signal or a value")
                .hint("a column whose name is a word of the language stands in double quotes")),
            _ => self.name_or_call(word, span),
        }
    }

    fn name_or_call(&mut self, word: &str, span: Range<usize>) -> Result<Node, SyntaxError> {
        self.next += 1;
        if !self.take_symbol("(") {
            return Ok(node(
                span,
                Expression::Name {
                    name: word.to_owned(),
                    quoted: false,
                },
            ));
        }
        let mut arguments = Vec::new();
        if !self.is_symbol(")") {
            arguments.push(self.expression(Level::Or)?);
            while self.take_symbol(",") {
                arguments.push(self.expression(Level::Or)?);
            }
        }
        let end = self.want_symbol(")", "to close the function")?.end;
        Ok(node(
            span.start..end,
            Expression::Call {
                function: word.to_ascii_lowercase(),
                function_span: span,
                arguments,
            },
        ))
    }

    fn case(&mut self, start: usize) -> Result<Node, SyntaxError> {
        self.next += 1;
        let operand = if ["when", "else", "end"]
            .iter()
            .any(|word| self.is_word(word))
        {
            None
        } else {
            Some(Box::new(self.expression(Level::Or)?))
        };
        let mut arms = Vec::new();
        while self.take_word("when") {
            let when = self.expression(Level::Or)?;
            self.want_word("THEN", "after the WHEN")?;
            arms.push((when, self.expression(Level::Or)?));
        }
        if arms.is_empty() {
            return Err(self.wanted("expected `WHEN` after CASE"));
        }
        let otherwise = if self.take_word("else") {
            Some(Box::new(self.expression(Level::Or)?))
        } else {
            None
        };
        let end = self.here().end;
        self.want_word("END", "to close the CASE")?;
        Ok(node(
            start..end,
            Expression::Case {
                operand,
                arms,
                otherwise,
            },
        ))
    }
}

fn node(span: Range<usize>, expression: Expression) -> Node {
    Node { span, expression }
}

fn unexpected(found: &Spanned, message: &str) -> SyntaxError {
    let error = SyntaxError::new(found.span.clone(), message);
    match &found.token {
        Token::Quoted(text) => error.hint(format!(
            "texts stand in single quotes: '{text}'; double quotes are for column names"
        )),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree with every pair of parentheses written.
    fn shape(node: &Node) -> String {
        let pair = |operator: &str, left: &Node, right: &Node| {
            format!("({} {operator} {})", shape(left), shape(right))
        };
        let not = |negated: &bool| if *negated { "not " } else { "" };
        match &node.expression {
            Expression::Null => "null".to_owned(),
            Expression::Flag(flag) => flag.to_string(),
            Expression::Number(text) => text.clone(),
            Expression::Text(text) | Expression::Date(text) => format!("'{text}'"),
            Expression::Name { name, .. } => name.clone(),
            Expression::Call {
                function,
                arguments,
                ..
            } => {
                let arguments: Vec<String> = arguments.iter().map(shape).collect();
                format!("{function}({})", arguments.join(" "))
            }
            Expression::Not(inner) => format!("(not {})", shape(inner)),
            Expression::Negate(inner) => format!("(-{})", shape(inner)),
            Expression::And(left, right) => pair("and", left, right),
            Expression::Or(left, right) => pair("or", left, right),
            Expression::Compare(_, left, right) => pair("=", left, right),
            Expression::Arithmetic(operator, left, right) => {
                let sign = match operator {
                    Operator::Plus => "+",
                    Operator::Minus => "-",
                    Operator::Times => "*",
                    Operator::Over => "/",
                };
                pair(sign, left, right)
            }
            Expression::In {
                operand,
                list,
                negated,
            } => {
                let list: Vec<String> = list.iter().map(shape).collect();
                format!("({} {}in {})", shape(operand), not(negated), list.join(" "))
            }
            Expression::Between {
                operand,
                low,
                high,
                negated,
            } => {
                let bounds = pair("to", low, high);
                format!("({} {}between {bounds})", shape(operand), not(negated))
            }
            Expression::Like {
                operand,
                pattern,
                negated,
                ..
            } => {
                format!(
                    "({} {}like {})",
                    shape(operand),
                    not(negated),
                    shape(pattern)
                )
            }
            Expression::IsNull { operand, negated } => {
                format!("({} is {}null)", shape(operand), not(negated))
            }
            Expression::Case { arms, .. } => format!("case of {}", arms.len()),
        }
    }

    fn parsed(text: &str) -> String {
        shape(&parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")))
    }

    #[test]
    fn and_binds_tighter_than_or_and_not_tighter_than_both() {
        assert_eq!(parsed("a OR b AND c"), "(a or (b and c))");
        assert_eq!(parsed("a AND b OR c AND d"), "((a and b) or (c and d))");
        assert_eq!(parsed("NOT a AND b"), "((not a) and b)");
        assert_eq!(parsed("NOT a = b"), "(not (a = b))");
        assert_eq!(parsed("(a OR b) AND c"), "((a or b) and c)");
    }

    #[test]
    fn comparisons_bind_looser_than_sums_and_sums_looser_than_products() {
        assert_eq!(
            parsed("a + b * c = d - e / f"),
            "((a + (b * c)) = (d - (e / f)))"
        );
        assert_eq!(parsed("a - b - c = 0"), "(((a - b) - c) = 0)");
        assert_eq!(parsed("a / b * c = 0"), "(((a / b) * c) = 0)");
        assert_eq!(parsed("-a * b = -1"), "(((-a) * b) = (-1))");
    }

    #[test]
    fn the_and_of_between_is_its_own() {
        assert_eq!(
            parsed("a BETWEEN 1 AND 2 AND b"),
            "((a between (1 to 2)) and b)"
        );
        assert_eq!(
            parsed("a NOT BETWEEN 1 AND 2 + 3 OR b"),
            "((a not between (1 to (2 + 3))) or b)"
        );
    }

    #[test]
    fn not_stands_before_in_like_and_null() {
        assert_eq!(parsed("a NOT IN (1, 2)"), "(a not in 1 2)");
        assert_eq!(parsed("a not like 'x%'"), "(a not like 'x%')");
        assert_eq!(
            parsed("a IS NOT NULL AND NOT b IS NULL"),
            "((a is not null) and (not (b is null)))"
        );
    }

    #[test]
    fn keywords_are_known_in_any_case_and_date_is_three_things() {
        assert_eq!(parsed("a aNd nOt b"), "(a and (not b))");
        assert_eq!(parsed("date = DATE '2026-01-01'"), "(date = '2026-01-01')");
        assert_eq!(parsed("date(created) = date"), "(date(created) = date)");
    }

    #[test]
    fn a_part_knows_where_it_stands() {
        let text = "a = 1 AND (b + 2) > c";
        let node = parse(text).expect("a condition");
        let Expression::And(_, right) = &node.expression else {
            panic!("an AND was expected");
        };
        assert_eq!(&text[right.span.clone()], "(b + 2) > c");
    }

    #[test]
    fn deep_nesting_and_endless_chains_are_refused_and_long_ones_are_not() {
        let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(90)).is_ok());
        assert!(parse(&nested(100_000)).is_err());
        let chain = |length: usize| vec!["a"; length].join(" OR ");
        assert!(parse(&chain(900)).is_ok());
        assert!(parse(&chain(100_000)).is_err());
        assert!(parse(&"NOT ".repeat(100_000)).is_err());
        assert!(parse(&"-".repeat(100_000)).is_err());
    }
}
