//! A condition's pieces, put together as a tree by the precedence of SQL:
//! OR, AND, NOT, comparisons, sums, products, signs.

use super::super::decimal::Decimal;
use super::lexer::{self, Token};
use jiff::civil::Date;

/// An expression as it was written.
#[derive(Debug, Clone)]
pub enum Expr {
    Null,
    Bool(bool),
    Number(Decimal),
    Text(String),
    Day(Date),
    /// As it was written; a header in double quotes keeps them.
    Name(String),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Compare(&'static str, Box<Expr>, Box<Expr>),
    Arithmetic(&'static str, Box<Expr>, Box<Expr>),
    IsNull(Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    Like {
        text: Box<Expr>,
        pattern: Box<Expr>,
        ignore_case: bool,
    },
    Case {
        branches: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
    },
    Call(String, Vec<Expr>),
}

/// Reads a whole condition.
pub fn parse(text: &str) -> Expr {
    let mut parser = Parser {
        tokens: lexer::tokens(text),
        at: 0,
    };
    let expression = parser.or();
    assert_eq!(
        parser.at,
        parser.tokens.len(),
        "nothing follows the condition {text}"
    );
    expression
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn next(&mut self) -> Token {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    /// Takes the keyword if it comes next.
    fn word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(found);
        found
    }

    /// Takes the sign if it comes next.
    fn sign(&mut self, sign: &'static str) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    /// Takes the first of the signs that comes next.
    fn one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        signs.iter().copied().find(|sign| self.sign(sign))
    }

    fn must_word(&mut self, keyword: &str) {
        assert!(self.word(keyword), "{keyword} is missing at {}", self.at);
    }

    fn must_sign(&mut self, sign: &'static str) {
        assert!(self.sign(sign), "{sign} is missing at {}", self.at);
    }

    fn or(&mut self) -> Expr {
        let mut left = self.and();
        while self.word("OR") {
            left = Expr::Or(left.into(), self.and().into());
        }
        left
    }

    fn and(&mut self) -> Expr {
        let mut left = self.not();
        while self.word("AND") {
            left = Expr::And(left.into(), self.not().into());
        }
        left
    }

    fn not(&mut self) -> Expr {
        if self.word("NOT") {
            return Expr::Not(self.not().into());
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Expr {
        let left = self.sum();
        if let Some(operator) = self.one_of(&["=", "<>", "<=", ">=", "<", ">"]) {
            return Expr::Compare(operator, left.into(), self.sum().into());
        }
        if self.word("IS") {
            let negated = self.word("NOT");
            self.must_word("NULL");
            return negate_if(negated, Expr::IsNull(left.into()));
        }
        let negated = self.word("NOT");
        if self.word("IN") {
            return negate_if(negated, Expr::In(left.into(), self.list()));
        }
        if self.word("BETWEEN") {
            let low = self.sum();
            self.must_word("AND");
            let high = self.sum();
            let from = Expr::Compare(">=", left.clone().into(), low.into());
            let to = Expr::Compare("<=", left.into(), high.into());
            return negate_if(negated, Expr::And(from.into(), to.into()));
        }
        let ignore_case = self.word("ILIKE");
        if ignore_case || self.word("LIKE") {
            let like = Expr::Like {
                text: left.into(),
                pattern: self.sum().into(),
                ignore_case,
            };
            return negate_if(negated, like);
        }
        assert!(!negated, "NOT stands before nothing");
        left
    }

    fn sum(&mut self) -> Expr {
        let mut left = self.product();
        while let Some(operator) = self.one_of(&["+", "-"]) {
            left = Expr::Arithmetic(operator, left.into(), self.product().into());
        }
        left
    }

    fn product(&mut self) -> Expr {
        let mut left = self.signed();
        while let Some(operator) = self.one_of(&["*", "/"]) {
            left = Expr::Arithmetic(operator, left.into(), self.signed().into());
        }
        left
    }

    fn signed(&mut self) -> Expr {
        if self.sign("-") {
            let zero = Expr::Number(Decimal::whole(0));
            return Expr::Arithmetic("-", zero.into(), self.signed().into());
        }
        if self.sign("+") {
            return self.signed();
        }
        self.primary()
    }

    fn primary(&mut self) -> Expr {
        if self.sign("(") {
            let inner = self.or();
            self.must_sign(")");
            return inner;
        }
        match self.next() {
            Token::Number(digits) => Expr::Number(Decimal::parse(&digits).expect("a number")),
            Token::Text(text) => Expr::Text(text),
            Token::Header(header) => Expr::Name(format!("\"{header}\"")),
            Token::Sign(sign) => panic!("{sign} begins nothing"),
            Token::Word(word) => self.after_word(&word),
        }
    }

    fn after_word(&mut self, word: &str) -> Expr {
        match word.to_ascii_uppercase().as_str() {
            "NULL" => return Expr::Null,
            "TRUE" => return Expr::Bool(true),
            "FALSE" => return Expr::Bool(false),
            "CASE" => return self.case(),
            "DATE" => {
                if let Some(Token::Text(day)) = self.tokens.get(self.at) {
                    let day = Expr::Day(day.parse().expect("a date"));
                    self.at += 1;
                    return day;
                }
            }
            _ => {}
        }
        if self.tokens.get(self.at) == Some(&Token::Sign("(")) {
            return Expr::Call(word.to_ascii_lowercase(), self.list());
        }
        Expr::Name(word.to_owned())
    }

    /// `(a, b, …)`
    fn list(&mut self) -> Vec<Expr> {
        self.must_sign("(");
        let mut list = vec![self.or()];
        while self.sign(",") {
            list.push(self.or());
        }
        self.must_sign(")");
        list
    }

    fn case(&mut self) -> Expr {
        let mut subject = None;
        if !self.word("WHEN") {
            subject = Some(self.or());
            self.must_word("WHEN");
        }
        let mut branches = Vec::new();
        loop {
            let mut when = self.or();
            if let Some(subject) = &subject {
                when = Expr::Compare("=", subject.clone().into(), when.into());
            }
            self.must_word("THEN");
            branches.push((when, self.or()));
            if !self.word("WHEN") {
                break;
            }
        }
        let otherwise = if self.word("ELSE") {
            self.or()
        } else {
            Expr::Null
        };
        self.must_word("END");
        Expr::Case {
            branches,
            otherwise: otherwise.into(),
        }
    }
}

fn negate_if(negated: bool, expression: Expr) -> Expr {
    if negated {
        Expr::Not(expression.into())
    } else {
        expression
    }
}
