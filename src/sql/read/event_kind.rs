//! The types of events by their spellings, as [`crate::plan::Kinds`] finds them.
//!
//! A cell names a type by one of the model's spellings, in any ASCII case, or else by what it is in `snake_case`:
//! `Page View`, `pageView` and `PAGE-VIEW` are all `page_view`. For each type that signals use there is a pattern of the
//! cells that come to its name. It is exact for texts in which capitals only begin words or fill them; of the others,
//! and of those that are not ASCII, the ones that might come to the name are refused, and have to be spelled in the model.

use super::super::expression::{Expression, Type};
use super::blank::is_any;
use crate::model::Events;
use crate::preset::Shape;
use crate::value::{folded, snake_case};

/// What no word is made of, in ASCII.
const BETWEEN: &str = "[^A-Za-z0-9]";
/// What separates words: not a point alone, which joins the parts of a path.
const SEPARATOR: &str = "(?:[^A-Za-z0-9.]|[^A-Za-z0-9][^A-Za-z0-9])[^A-Za-z0-9]*";
/// ASCII that is neither letter nor digit.
const SIGNS: &str = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// A word in which no capital begins another.
const PLAIN_WORD: &str = "(?:[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*)";

const ASK: &str = "hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ";

/// The number of the type that a trimmed cell names, among those that signals use, or NULL.
pub(super) fn number(text: &Expression, events: &Events, shape: Option<&Shape>) -> Expression {
    let types = &events.types;
    let folded_text = text.clone().lower();
    let mut arms = Vec::new();
    // As the model calls it: most cells of most exports. A spelling of another type comes first.
    let is_spelled = |name: &str| {
        let mut spellings = events.spellings.iter().flat_map(|(_, spellings)| spellings);
        spellings.any(|spelling| spelling.trim().eq_ignore_ascii_case(name))
    };
    for (number, name) in types.iter().enumerate() {
        if !is_spelled(name) && snake_case(name) == *name {
            arms.push((
                text.clone().equals(Expression::literal(name)),
                number_of(number),
            ));
        }
    }
    for (name, spellings) in &events.spellings {
        let mut spellings: Vec<String> = spellings
            .iter()
            .map(|spelling| spelling.trim().to_ascii_lowercase())
            .collect();
        spellings.dedup();
        let number = types.iter().position(|known| known == name);
        let given = number.map_or(Expression::NO_NUMBER, number_of);
        if !spellings.is_empty() {
            arms.push((is_any(&folded_text, &spellings), given));
        }
    }
    let by_name = by_name(text, types);
    let by_name = match shape {
        Some(shape) => in_shape(text, events, shape, by_name),
        None => by_name,
    };
    if arms.is_empty() {
        return by_name;
    }
    Expression::case(arms, by_name)
}

fn number_of(number: usize) -> Expression {
    Expression::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The type whose name a text is in `snake_case`.
fn by_name(text: &Expression, types: &[String]) -> Expression {
    let named: Vec<(usize, &String)> = types
        .iter()
        .enumerate()
        // What is no `snake_case` is never a text in `snake_case`.
        .filter(|(_, name)| snake_case(name) == **name)
        .collect();
    let ascii: Vec<(usize, &String)> = named
        .iter()
        .copied()
        .filter(|(_, name)| name.is_ascii())
        .collect();
    let has_other = ascii.len() < named.len();
    let might_be: Vec<String> = named
        .iter()
        .map(|(_, name)| guess(name, has_other))
        .collect();
    let refusal = || Expression::refuse(ASK, text.clone());
    let mut arms: Vec<(Expression, Expression)> = named
        .iter()
        .filter(|(_, name)| !name.is_ascii())
        .map(|(number, name)| {
            (
                text.clone().equals(Expression::literal(*name)),
                number_of(*number),
            )
        })
        .collect();
    let folds: Vec<String> = {
        let mut folds: Vec<String> = ascii.iter().map(|(_, name)| folded(name)).collect();
        folds.sort();
        folds.dedup();
        folds
    };
    if !folds.is_empty() {
        let fold = text.clone().without(SIGNS).lower();
        let mut spelled: Vec<(Expression, Expression)> = ascii
            .iter()
            .map(|(number, name)| (text.clone().matches(pattern(name)), number_of(*number)))
            .collect();
        let plain = format!("{BETWEEN}*(?:{PLAIN_WORD}{BETWEEN}+)*{PLAIN_WORD}?");
        spelled.push((text.clone().matches(plain), Expression::NO_NUMBER));
        let spelled = Expression::case(spelled, refusal());
        arms.push((is_any(&fold, &folds), spelled));
    }
    if !might_be.is_empty() {
        let is_other = text.clone().finds("[^ -~]");
        let guesses = text.clone().matches(might_be.join("|"));
        arms.push((
            is_other,
            Expression::case([(guesses, refusal())], Expression::NO_NUMBER),
        ));
    }
    if arms.is_empty() {
        return Expression::NO_NUMBER;
    }
    Expression::case(arms, Expression::Null(Type::Integer))
}

/// The ASCII texts that are a name in `snake_case`, but for those with capitals in odd places.
fn pattern(name: &str) -> String {
    let mut pattern = format!("{BETWEEN}*");
    let mut rest = name;
    let mut joint = None;
    while !rest.is_empty() {
        let end = rest.find(['_', '.']).unwrap_or(rest.len());
        let word = &rest[..end];
        let forms = forms(word).join("|");
        match joint {
            None => pattern.push_str(&format!("(?:{forms})")),
            Some('.') => pattern.push_str(&format!("\\.(?:{forms})")),
            Some(_) => {
                let hump = capitalised(word).filter(|word| begins_anywhere(word));
                let hump = hump.map(|word| format!("|{word}")).unwrap_or_default();
                pattern.push_str(&format!("(?:{SEPARATOR}(?:{forms}){hump})"));
            }
        }
        joint = rest[end..].chars().next();
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    format!("{pattern}{BETWEEN}*")
}

/// The ways to write a word that is not cut in two by its capitals.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    forms.extend(capitalised(word));
    let upper = word.to_ascii_uppercase();
    // A capital behind a digit begins a word.
    if snake_case(&upper) == word {
        forms.push(upper);
    }
    forms.dedup();
    forms
}

/// The word with a capital, if it begins with a letter.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(char::is_ascii_lowercase)?;
    Some(format!("{}{}", first.to_ascii_uppercase(), &word[1..]))
}

/// Whether a capitalised word is one of its own behind any letter.
fn begins_anywhere(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ["a", "A", "AB", "Ab", "1"]
        .iter()
        .all(|before| snake_case(&format!("{before}{word}")).ends_with(&format!("_{lower}")))
}

/// A pattern of texts that are not ASCII and might be a name without their accents.
fn guess(name: &str, has_other: bool) -> String {
    // Letters that are never without them, if no name has such letters.
    const NEVER: &str = "\u{400}-\u{481}\u{48a}-\u{52f}\u{5d0}-\u{5ea}\u{620}-\u{64a}\u{3041}-\u{3096}\u{30a1}-\u{30fa}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{ac00}-\u{d7a3}";
    let between = if has_other {
        BETWEEN.to_owned()
    } else {
        format!("[^A-Za-z0-9{NEVER}]")
    };
    let mut pattern = format!("{between}*");
    for letter in name.chars().filter(char::is_ascii_alphanumeric) {
        let upper = letter.to_ascii_uppercase();
        let class = if upper == letter {
            letter.to_string()
        } else {
            format!("[{upper}{letter}]")
        };
        pattern.push_str(&format!("(?:{class}{between}*)?"));
    }
    pattern
}

/// The same of an export of a known shape: where the model does not know the type, it is the first that the model knows
/// of those that the shape calls it.
fn in_shape(text: &Expression, events: &Events, shape: &Shape, by_name: Expression) -> Expression {
    let declared: Vec<&String> = events.spellings.iter().map(|(name, _)| name).collect();
    let is_used = |name: &str| events.types.iter().any(|known| known == name);
    let is_known = |name: &str| is_used(name) || declared.iter().any(|known| *known == name);
    let mut spellings: Vec<String> = shape
        .types
        .iter()
        .flat_map(|(_, spellings)| spellings)
        .map(|spelling| spelling.to_ascii_lowercase())
        .collect();
    spellings.sort();
    spellings.dedup();
    let mut plain: Vec<(usize, Vec<String>)> = Vec::new();
    let mut arms = Vec::new();
    for spelling in spellings {
        // By its own name the model may know it, or say that it is another than the shape has it.
        let own = snake_case(&spelling);
        let name = shape.types_of(&spelling).find(|name| is_known(name));
        let number = name.and_then(|name| events.types.iter().position(|known| known == name));
        let Some(number) = number.filter(|_| !is_known(&own)) else {
            continue;
        };
        // With capitals in other places its own name may be another, which the model knows.
        let is_like = |name: &&String| folded(name) == folded(&own);
        let is_it = text.clone().lower().equals(Expression::literal(&spelling));
        if declared.iter().any(|name| is_like(name) && !is_used(name)) {
            arms.push((is_it, Expression::refuse(ASK, text.clone())));
        } else if events.types.iter().any(|name| is_like(&name)) {
            arms.push((is_it, by_name.clone().or_else(number_of(number))));
        } else {
            match plain.iter_mut().find(|(known, _)| *known == number) {
                Some((_, spellings)) => spellings.push(spelling),
                None => plain.push((number, vec![spelling])),
            }
        }
    }
    let folded_text = text.clone().lower();
    let plain = plain
        .into_iter()
        .map(|(number, spellings)| (is_any(&folded_text, &spellings), number_of(number)));
    arms.splice(0..0, plain);
    if arms.is_empty() {
        return by_name;
    }
    Expression::case(arms, by_name)
}
