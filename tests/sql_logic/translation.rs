//! A condition in the syntax of SQLite.
//!
//! Parentheses stay where they were written and nowhere else, so that SQLite's own precedence decides, except that
//! arithmetic is put into calls: `decimal(x + y)` rounds to six places. A cell becomes the column of the type that is
//! asked for, which is what stands beside it that decides.
//!
//! Conditions differ from SQLite by design in that `LIKE` minds the case (a setting of the connection) and `ILIKE` folds
//! ASCII letters, numbers are decimals (all of SQLite's are binary fractions here, so that 7 / 2 is 3.5), `trim` knows
//! all white space, a cell `IS NULL` only if it is blank, and a text made of cells can be read as another type.
//!
//! One `IN`, `BETWEEN` or `CASE x` here compares values of one type: SQL has no other, where conditions let each pair of
//! values meet as they would alone.

use super::lexer::{Token, tokens};
use super::rows::COLUMNS;
use super::scorers::AS_OF;

/// The types that SQL knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flag,
    Number,
    Day,
    Text,
}

/// A part of a condition. The type of some is settled by what they meet.
#[derive(Debug, Clone)]
enum Part {
    Null,
    /// A column of the lead.
    Cell(String),
    /// A literal in single quotes.
    Quoted(String),
    /// A text made of cells.
    Made(String),
    Typed(Kind, String),
}

/// Every character that is white space, for `trim`.
const WHITE_SPACE: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\
    \u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

/// The condition as SQLite understands it.
///
/// # Panics
/// Where it is not one, or compares values of several types with one.
pub fn translate(condition: &str) -> String {
    let mut reader = Reader {
        tokens: tokens(condition),
        at: 0,
    };
    let sql = reader.or().of(Kind::Flag);
    assert_eq!(reader.at, reader.tokens.len(), "{condition} ends");
    sql
}

impl Part {
    fn flag(sql: String) -> Self {
        Self::Typed(Kind::Flag, sql)
    }

    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Typed(kind, _) => Some(*kind),
            _ => None,
        }
    }

    /// The part as a value of this type.
    fn of(&self, wanted: Kind) -> String {
        match (self, wanted) {
            (Self::Null, _) => "NULL".to_owned(),
            (Self::Cell(name), Kind::Text) => name.clone(),
            (Self::Cell(name), Kind::Number) => format!("{name}_number"),
            (Self::Cell(name), Kind::Day) => format!("{name}_day"),
            (Self::Cell(name), Kind::Flag) => format!("{name}_yes"),
            (Self::Quoted(sql) | Self::Made(sql), Kind::Text) => sql.clone(),
            (Self::Made(sql), Kind::Number) => format!("number({sql})"),
            (Self::Made(sql), Kind::Day) => format!("day({sql})"),
            (Self::Made(sql), Kind::Flag) => format!("yes_no({sql})"),
            (Self::Typed(kind, sql), _) if *kind == wanted => sql.clone(),
            _ => panic!("{self:?} is no {wanted:?}"),
        }
    }

    fn text(&self) -> String {
        self.of(Kind::Text)
    }

    /// The part as it stands, to be asked whether it is NULL.
    fn as_it_stands(&self) -> String {
        self.of(self.kind().unwrap_or(Kind::Text))
    }

    fn in_parentheses(self) -> Self {
        match self {
            Self::Made(sql) => Self::Made(format!("({sql})")),
            Self::Typed(kind, sql) => Self::Typed(kind, format!("({sql})")),
            other => other,
        }
    }
}

/// The one type that parts share; cells and texts alone are texts.
fn meeting<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Kind {
    let mut kinds = parts.into_iter().filter_map(Part::kind);
    let first = kinds.next();
    assert!(kinds.all(|kind| Some(kind) == first), "one type for all");
    first.unwrap_or(Kind::Text)
}

/// The type in which `operand` is compared with each of the others alone, which must be the same for all. What is
/// compared with NULL does not matter.
fn common(operand: &Part, others: &[Part]) -> Kind {
    if matches!(operand, Part::Null) {
        return meeting(others);
    }
    let known: Vec<Kind> = others
        .iter()
        .filter(|other| !matches!(other, Part::Null))
        .map(|other| meeting([operand, other]))
        .collect();
    assert!(
        known.iter().all(|kind| *kind == known[0]),
        "one type for all of {others:?}"
    );
    known.first().copied().unwrap_or_else(|| meeting([operand]))
}

fn each(parts: &[Part], kind: Kind) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.of(kind)).collect();
    parts.join(", ")
}

/// A value chosen among parts: a text can still be read as another type.
fn chosen(kind: Kind, sql: String) -> Part {
    match kind {
        Kind::Text => Part::Made(sql),
        kind => Part::Typed(kind, sql),
    }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if found == sign);
        self.at += usize::from(found);
        found
    }

    /// Takes the first of the signs that comes next.
    fn one_of<'s>(&mut self, signs: &[&'s str]) -> Option<&'s str> {
        signs.iter().copied().find(|sign| self.sign(sign))
    }

    fn must(&mut self, piece: &str) {
        assert!(self.word(piece) || self.sign(piece), "{piece} is missing");
    }

    fn or(&mut self) -> Part {
        let mut left = self.and();
        while self.word("OR") {
            let right = self.and().of(Kind::Flag);
            left = Part::flag(format!("{} OR {right}", left.of(Kind::Flag)));
        }
        left
    }

    fn and(&mut self) -> Part {
        let mut left = self.not();
        while self.word("AND") {
            let right = self.not().of(Kind::Flag);
            left = Part::flag(format!("{} AND {right}", left.of(Kind::Flag)));
        }
        left
    }

    fn not(&mut self) -> Part {
        if self.word("NOT") {
            return Part::flag(format!("NOT {}", self.not().of(Kind::Flag)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Part {
        let left = self.sum();
        if let Some(operator) = self.one_of(&["=", "<>", "!=", "<=", ">=", "<", ">"]) {
            let right = self.sum();
            let kind = meeting([&left, &right]);
            let (left, right) = (left.of(kind), right.of(kind));
            return Part::flag(format!("{left} {operator} {right}"));
        }
        if self.word("IS") {
            let not = if self.word("NOT") { "NOT " } else { "" };
            self.must("NULL");
            return Part::flag(format!("{} IS {not}NULL", left.as_it_stands()));
        }
        let not = if self.word("NOT") { "NOT " } else { "" };
        if self.word("IN") {
            let list = self.list();
            let kind = common(&left, &list);
            let (left, list) = (left.of(kind), each(&list, kind));
            return Part::flag(format!("{left} {not}IN ({list})"));
        }
        if self.word("BETWEEN") {
            let low = self.sum();
            self.must("AND");
            let high = self.sum();
            let kind = common(&left, &[low.clone(), high.clone()]);
            let (left, low, high) = (left.of(kind), low.of(kind), high.of(kind));
            return Part::flag(format!("{left} {not}BETWEEN {low} AND {high}"));
        }
        if self.word("LIKE") {
            let (text, pattern) = (left.text(), self.sum().text());
            return Part::flag(format!(r"{text} {not}LIKE {pattern} ESCAPE '\'"));
        }
        if self.word("ILIKE") {
            let (text, pattern) = (left.text(), self.sum().text());
            return Part::flag(format!(
                r"lower({text}) {not}LIKE lower({pattern}) ESCAPE '\'"
            ));
        }
        assert!(not.is_empty(), "NOT stands before nothing");
        left
    }

    fn sum(&mut self) -> Part {
        let mut left = self.product();
        while let Some(operator) = self.one_of(&["+", "-"]) {
            let right = self.product();
            left = arithmetic(&left, operator, &right);
        }
        left
    }

    fn product(&mut self) -> Part {
        let mut left = self.signed();
        while let Some(operator) = self.one_of(&["*", "/"]) {
            let right = self.signed();
            left = arithmetic(&left, operator, &right);
        }
        left
    }

    fn signed(&mut self) -> Part {
        match self.one_of(&["-", "+"]) {
            None => self.primary(),
            // The space keeps two signs from becoming a comment.
            Some("-") => {
                let operand = self.signed().of(Kind::Number);
                Part::Typed(Kind::Number, format!("- {operand}"))
            }
            Some(_) => self.signed(),
        }
    }

    fn primary(&mut self) -> Part {
        if self.sign("(") {
            let inner = self.or();
            self.must(")");
            return inner.in_parentheses();
        }
        let token = self.tokens[self.at].clone();
        self.at += 1;
        match token {
            Token::Text(text) => Part::Quoted(text),
            Token::Quoted(name) => column(&name),
            Token::Number(number) if number.contains('.') => Part::Typed(Kind::Number, number),
            Token::Number(number) => Part::Typed(Kind::Number, format!("{number}.0")),
            Token::Word(word) => self.named(&word),
            Token::Sign(sign) => panic!("{sign} begins nothing"),
        }
    }

    fn named(&mut self, word: &str) -> Part {
        let next = self.tokens.get(self.at).cloned();
        match (word.to_ascii_lowercase().as_str(), next) {
            ("null", _) => Part::Null,
            ("true", _) => Part::flag("TRUE".to_owned()),
            ("false", _) => Part::flag("FALSE".to_owned()),
            ("case", _) => self.case(),
            ("date", Some(Token::Text(day))) => {
                self.at += 1;
                Part::Typed(Kind::Day, day)
            }
            (function, Some(Token::Sign(sign))) if sign == "(" => {
                let arguments = self.list();
                call(function, &arguments)
            }
            _ => column(word),
        }
    }

    /// `(a, b, …)`
    fn list(&mut self) -> Vec<Part> {
        self.must("(");
        let mut list = vec![self.or()];
        while self.sign(",") {
            list.push(self.or());
        }
        self.must(")");
        list
    }

    fn case(&mut self) -> Part {
        let mut operand = None;
        if !self.word("WHEN") {
            operand = Some(self.or());
            self.must("WHEN");
        }
        let (mut whens, mut thens) = (Vec::new(), Vec::new());
        loop {
            whens.push(self.or());
            self.must("THEN");
            thens.push(self.or());
            if !self.word("WHEN") {
                break;
            }
        }
        let has_else = self.word("ELSE");
        if has_else {
            thens.push(self.or());
        }
        self.must("END");

        let asked = match &operand {
            None => Kind::Flag,
            Some(operand) => common(operand, &whens),
        };
        let given = meeting(&thens);
        let mut sql = "CASE".to_owned();
        if let Some(operand) = operand {
            sql += &format!(" {}", operand.of(asked));
        }
        for (when, then) in whens.iter().zip(&thens) {
            sql += &format!(" WHEN {} THEN {}", when.of(asked), then.of(given));
        }
        if has_else {
            sql += &format!(" ELSE {}", thens[whens.len()].of(given));
        }
        chosen(given, sql + " END")
    }
}

fn column(name: &str) -> Part {
    if name == "quiet" {
        return Part::Typed(Kind::Number, "quiet".to_owned());
    }
    assert!(COLUMNS.contains(&name), "there is no column {name}");
    Part::Cell(name.to_owned())
}

fn arithmetic(left: &Part, operator: &str, right: &Part) -> Part {
    let (left, right) = (left.of(Kind::Number), right.of(Kind::Number));
    Part::Typed(Kind::Number, format!("decimal({left} {operator} {right})"))
}

fn call(function: &str, arguments: &[Part]) -> Part {
    let first = &arguments[0];
    match function {
        "lower" | "upper" => Part::Made(format!("{function}({})", first.text())),
        "trim" => Part::Made(format!("trim({}, '{WHITE_SPACE}')", first.text())),
        // A whole number divides as SQLite's whole numbers do, and conditions have none.
        "length" => Part::Typed(
            Kind::Number,
            format!("CAST(length({}) AS REAL)", first.text()),
        ),
        "number" => Part::Typed(Kind::Number, first.of(Kind::Number)).in_parentheses(),
        "date" => Part::Typed(Kind::Day, first.of(Kind::Day)).in_parentheses(),
        "days_since" => days(&format!("'{AS_OF}'"), &first.of(Kind::Day)),
        "days_until" => days(&first.of(Kind::Day), &format!("'{AS_OF}'")),
        "coalesce" => {
            let kind = meeting(arguments);
            // SQLite's takes at least two.
            chosen(kind, format!("coalesce({}, NULL)", each(arguments, kind)))
        }
        "starts_with" | "ends_with" | "contains" | "regexp_like" | "is_email" | "is_free_email"
        | "is_phone" | "has_tag" => {
            Part::flag(format!("{function}({})", each(arguments, Kind::Text)))
        }
        other => panic!("SQLite is not told what {other} is"),
    }
}

fn days(later: &str, earlier: &str) -> Part {
    let days = format!("(julianday({later}) - julianday({earlier}))");
    Part::Typed(Kind::Number, days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_the_column_of_the_type_it_meets() {
        for (condition, sql) in [
            ("a", "a_yes"),
            ("a = 5", "a_number = 5.0"),
            ("'x' <> b", "'x' <> b"),
            ("a < DATE '2026-11-01'", "a_day < '2026-11-01'"),
            ("a = TRUE", "a_yes = TRUE"),
            ("a IS NULL", "a IS NULL"),
            ("(number(a)) IS NOT NULL", "((a_number)) IS NOT NULL"),
            ("a NOT IN (1, NULL)", "a_number NOT IN (1.0, NULL)"),
            ("coalesce(a, b) > 1", "number(coalesce(a, b, NULL)) > 1.0"),
        ] {
            assert_eq!(translate(condition), sql);
        }
    }

    #[test]
    fn parentheses_stay_where_they_were() {
        assert_eq!(
            translate("NOT a OR (b AND c)"),
            "NOT a_yes OR (b_yes AND c_yes)"
        );
        assert_eq!(
            translate("-(a + 1) * 2 > 0"),
            "decimal(- (decimal(a_number + 1.0)) * 2.0) > 0.0"
        );
    }

    #[test]
    #[should_panic(expected = "one type for all")]
    fn a_list_of_several_types_has_no_translation() {
        translate("a IN (1, 'x')");
    }
}
