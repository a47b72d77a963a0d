//! The types of events by their spellings, as [`crate::plan::Kinds`] finds them.
//!
//! A cell names a type by one of the model's spellings, in any ASCII case, or else by what it is in `snake_case`:
//! `Page View`, `pageView` and `PAGE-VIEW` are all `page_view`. The usual ways to write a name are listed; of all other
//! texts those that might come to it are refused, and have to be spelled in the model.

use super::super::expression::Expression;
use super::super::phrases::all;
use crate::model::Events;
use crate::preset::Shape;
use crate::value::{folded, snake_case};

/// ASCII that is neither letter nor digit.
const SIGNS: &str = " \t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// What is no ASCII letter or digit once signs are left out.
const OTHER: &str = "[^!-~]";
/// One word without a sign or a capital that would begin another.
const ONE_WORD: &str = "[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*";
/// Letters of scripts that are none of ASCII without their accents, as the inside of a class.
const NEVER_ASCII: &str = "\u{400}-\u{481}\u{5d0}-\u{5ea}\u{621}-\u{64a}\u{3041}-\u{3096}\u{30a1}-\u{30fa}\u{4e00}-\u{9fff}\u{ac00}-\u{d7a3}";

const ASK: &str = "hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ";

/// The number of the type that a trimmed cell names, among those that signals use, or NULL.
/// `lowered` is it with small ASCII letters.
pub(super) fn number(
    text: &Expression,
    lowered: &Expression,
    events: &Events,
    shape: Option<&Shape>,
) -> Expression {
    let types = &events.types;
    let mut arms = Vec::new();
    for (name, spellings) in &events.spellings {
        let mut spellings: Vec<String> = spellings
            .iter()
            .map(|spelling| spelling.trim().to_ascii_lowercase())
            .collect();
        spellings.dedup();
        let number = types.iter().position(|known| known == name);
        let given = number.map_or(Expression::NO_NUMBER, number_of);
        if !spellings.is_empty() {
            arms.push((lowered.clone().is_one_of(spellings), given));
        }
    }
    let by_name = by_name(text, lowered, types);
    let by_name = match shape {
        Some(shape) => in_shape(text, lowered, events, shape, by_name),
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
fn by_name(text: &Expression, lowered: &Expression, types: &[String]) -> Expression {
    // What is no `snake_case` is never a text in `snake_case`.
    let names: Vec<(usize, &String)> = types
        .iter()
        .enumerate()
        .filter(|(_, name)| snake_case(name) == **name)
        .collect();
    if names.is_empty() {
        return Expression::NO_NUMBER;
    }
    let mut arms: Vec<(Expression, Expression)> = names
        .iter()
        .map(|(number, name)| {
            (
                text.clone().is_one_of(usual_forms(name)),
                number_of(*number),
            )
        })
        .collect();
    let bare = || lowered.clone().without(SIGNS);
    let mut folds: Vec<String> = names.iter().map(|(_, name)| folded(name)).collect();
    folds.sort();
    folds.dedup();
    // Written as one word it is a name of one word, and those are listed.
    let is_one_word = text.clone().matches(ONE_WORD);
    arms.push((
        bare().is_one_of(folds.clone()),
        Expression::case(
            [(is_one_word, Expression::NO_NUMBER)],
            Expression::refuse(ASK, text.clone()),
        ),
    ));
    // With accents, or with signs that are not ASCII.
    let accented: Vec<String> = folds.iter().map(|fold| accented(fold)).collect();
    let is_ascii = Expression::IsAscii(Box::new(text.clone()));
    arms.push((is_ascii, Expression::NO_NUMBER));
    let mut parts = vec![bare().matches(accented.join("|"))];
    if folds.iter().all(|fold| fold.is_ascii()) {
        parts.push(text.clone().finds(format!("[{NEVER_ASCII}]")).negation());
    }
    arms.push((all(parts), Expression::refuse(ASK, text.clone())));
    Expression::case(arms, Expression::NO_NUMBER)
}

/// The usual ways to write a name: its words small, with a capital each, with one before all, or all in capitals, and
/// between them `_`, a space, `-` or nothing.
fn usual_forms(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let capitalised = |word: &&str| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    };
    let small: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let capitals: Vec<String> = words.iter().map(capitalised).collect();
    let large: Vec<String> = small.iter().map(|word| word.to_ascii_uppercase()).collect();
    let mut sentence = small.clone();
    sentence[0].clone_from(&capitals[0]);
    let mut camel = capitals.clone();
    camel[0].clone_from(&small[0]);
    let mut forms = Vec::new();
    for separator in ["_", " ", "-"] {
        forms.extend([&small, &capitals, &sentence, &large].map(|words| words.join(separator)));
    }
    forms.extend([camel.concat(), capitals.concat()]);
    let mut known = Vec::new();
    for form in forms {
        if snake_case(&form) == name && !known.contains(&form) {
            known.push(form);
        }
    }
    known
}

/// A pattern of the texts, small and without signs, that are not ASCII and might be a name without their accents.
fn accented(fold: &str) -> String {
    let mut pattern = format!("{OTHER}*");
    for letter in fold.chars() {
        if letter.is_ascii() {
            let before = char::from_u32(u32::from(letter) - 1).unwrap_or(letter);
            let after = char::from_u32(u32::from(letter) + 1).unwrap_or(letter);
            pattern.push_str(&format!("[^!-{before}{after}-~]{OTHER}*"));
        } else {
            pattern.push_str(&format!("{OTHER}*"));
        }
    }
    pattern
}

/// The same of an export of a known shape: where the model does not know the type, it is the first that the model knows
/// of those that the shape calls it.
fn in_shape(
    text: &Expression,
    lowered: &Expression,
    events: &Events,
    shape: &Shape,
    by_name: Expression,
) -> Expression {
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
        let is_it = lowered.clone().equals(Expression::literal(&spelling));
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
    let plain = plain
        .into_iter()
        .map(|(number, spellings)| (lowered.clone().is_one_of(spellings), number_of(number)));
    arms.splice(0..0, plain);
    if arms.is_empty() {
        return by_name;
    }
    Expression::case(arms, by_name)
}
