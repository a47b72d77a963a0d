//! What the language of conditions consists of, told from the program's own source, so that nothing can be added to it
//! without being compared with SQL.

use super::lexer::{Token, tokens};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Words that no condition may use, so that they can mean something one day.
const RESERVED: [&str; 3] = ["escape", "exists", "select"];

/// Words that are part of the language in some places only, so that a column may be called so as well.
const SOFT_WORDS: [&str; 1] = ["date"];

/// The words, signs and functions of the language that none of the conditions uses.
pub fn unused(conditions: &[String]) -> Vec<String> {
    let used = used(conditions);
    let mut language = listed("KEYWORDS");
    language.extend(listed("SYMBOLS"));
    language.extend(SOFT_WORDS.map(str::to_owned));
    language.extend(listed("FUNCTIONS").iter().map(|name| format!("{name}()")));
    language.retain(|part| !RESERVED.contains(&part.as_str()) && !used.contains(part));
    language
}

/// What the conditions use; a function is followed by `()`.
fn used(conditions: &[String]) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for condition in conditions {
        let tokens = tokens(condition);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Word(word) => {
                    let word = word.to_ascii_lowercase();
                    if tokens.get(at + 1) == Some(&Token::Sign("(".to_owned())) {
                        used.insert(format!("{word}()"));
                    }
                    used.insert(word);
                }
                Token::Sign(sign) => {
                    used.insert(sign.clone());
                }
                Token::Number(_) | Token::Text(_) | Token::Quoted(_) => {}
            }
        }
    }
    used
}

/// The texts of the constant list of that name in the source of conditions.
///
/// # Panics
/// Where there is no such list, or more than one.
fn listed(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/condition");
    let mut lists = Vec::new();
    for file in fs::read_dir(&folder).expect("the source of conditions") {
        let source = fs::read_to_string(file.expect("a file").path()).expect("source is text");
        lists.extend(
            source
                .split_once(&format!("const {name}: ["))
                .and_then(|(_, rest)| rest.split_once("= ["))
                .and_then(|(_, rest)| rest.split_once("];"))
                .map(|(list, _)| list.to_owned()),
        );
    }
    assert_eq!(lists.len(), 1, "lists {name} in {}", folder.display());
    let texts: Vec<String> = lists[0]
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert!(!texts.is_empty(), "{name} lists something");
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_the_source_are_found() {
        assert!(listed("KEYWORDS").contains(&"ilike".to_owned()));
        assert!(listed("SYMBOLS").contains(&"<>".to_owned()));
        assert!(listed("FUNCTIONS").contains(&"regexp_like".to_owned()));
    }

    #[test]
    fn what_no_condition_uses_is_named() {
        let unused = unused(&["a = 1 AND lower(b) = 'trim(x)'".to_owned()]);
        for part in ["or", "<=", "trim()", "date"] {
            assert!(unused.contains(&part.to_owned()), "{part}");
        }
        for part in ["and", "=", "lower()", "escape"] {
            assert!(!unused.contains(&part.to_owned()), "{part}");
        }
    }
}
