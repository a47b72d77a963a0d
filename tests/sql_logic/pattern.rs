//! The regular expressions that all engines share, matched by trying everything.
//!
//! Literal text, `.` (anything but a line's end), `[…]`, `( )`, `(?: )`, `|`, `* + ? {n} {n,m}`, `^` and `$` at the very
//! ends of the text, and `\` before a sign.

use std::iter::Peekable;
use std::str::Chars;

/// Whether the pattern is found somewhere in the text.
pub fn is_found(text: &str, pattern: &str) -> bool {
    let choices = read(pattern);
    let text: Vec<char> = text.chars().collect();
    (0..=text.len()).any(|start| one_of(&choices, &text, start, &|_| true))
}

/// Any one of several sequences.
type Choices = Vec<Vec<Repeated>>;

#[derive(Debug)]
struct Repeated {
    what: What,
    least: usize,
    most: usize,
}

#[derive(Debug)]
enum What {
    Start,
    End,
    /// A character that lies in one of the ranges, or in none where negated.
    Character {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
    Group(Choices),
}

fn one_of(choices: &Choices, text: &[char], at: usize, then: &dyn Fn(usize) -> bool) -> bool {
    choices
        .iter()
        .any(|sequence| in_turn(sequence, text, at, then))
}

fn in_turn(sequence: &[Repeated], text: &[char], at: usize, then: &dyn Fn(usize) -> bool) -> bool {
    match sequence.split_first() {
        None => then(at),
        Some((first, rest)) => times(first, 0, text, at, &|at| in_turn(rest, text, at, then)),
    }
}

/// Goes on after so many repetitions, or takes one more.
fn times(
    repeated: &Repeated,
    done: usize,
    text: &[char],
    at: usize,
    then: &dyn Fn(usize) -> bool,
) -> bool {
    if done >= repeated.least && then(at) {
        return true;
    }
    // A repetition that took nothing would be tried for ever.
    let again = |next: usize| {
        (next > at || done < repeated.least) && times(repeated, done + 1, text, next, then)
    };
    done < repeated.most && once(&repeated.what, text, at, &again)
}

fn once(what: &What, text: &[char], at: usize, then: &dyn Fn(usize) -> bool) -> bool {
    match what {
        What::Start => at == 0 && then(at),
        What::End => at == text.len() && then(at),
        What::Group(choices) => one_of(choices, text, at, then),
        What::Character { ranges, negated } => text.get(at).is_some_and(|c| {
            let within = ranges.iter().any(|(from, to)| (from..=to).contains(&c));
            within != *negated && then(at + 1)
        }),
    }
}

fn read(pattern: &str) -> Choices {
    let mut rest = pattern.chars().peekable();
    let choices = read_choices(&mut rest);
    assert_eq!(rest.next(), None, "{pattern} ends");
    choices
}

fn read_choices(rest: &mut Peekable<Chars<'_>>) -> Choices {
    let mut choices = vec![Vec::new()];
    while let Some(c) = rest.next_if(|c| *c != ')') {
        if c == '|' {
            choices.push(Vec::new());
            continue;
        }
        let what = match c {
            '^' => What::Start,
            '$' => What::End,
            '(' => {
                if rest.next_if_eq(&'?').is_some() {
                    assert_eq!(rest.next(), Some(':'), "a group is plain");
                }
                let choices = read_choices(rest);
                assert_eq!(rest.next(), Some(')'), "a group is closed");
                What::Group(choices)
            }
            '[' => read_class(rest),
            '.' => What::Character {
                ranges: vec![('\n', '\n')],
                negated: true,
            },
            '\\' => literal(rest.next().expect("something follows the escape")),
            c => literal(c),
        };
        let (least, most) = read_times(rest);
        let sequence = choices.last_mut().expect("there is a choice");
        sequence.push(Repeated { what, least, most });
    }
    choices
}

fn literal(c: char) -> What {
    What::Character {
        ranges: vec![(c, c)],
        negated: false,
    }
}

fn read_class(rest: &mut Peekable<Chars<'_>>) -> What {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let from = match rest.next().expect("a class is closed") {
            ']' => return What::Character { ranges, negated },
            '\\' => rest.next().expect("something follows the escape"),
            c => c,
        };
        let mut ahead = rest.clone();
        let to = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(to)) if to != ']' => {
                *rest = ahead;
                to
            }
            _ => from,
        };
        ranges.push((from, to));
    }
}

fn read_times(rest: &mut Peekable<Chars<'_>>) -> (usize, usize) {
    match rest.next_if(|c| "*+?{".contains(*c)) {
        None => (1, 1),
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('?') => (0, 1),
        Some(_) => {
            let bounds: String = rest.by_ref().take_while(|c| *c != '}').collect();
            let number = |text: &str| text.parse().expect("a number of times");
            match bounds.split_once(',') {
                None => (number(&bounds), number(&bounds)),
                Some((least, "")) => (number(least), usize::MAX),
                Some((least, most)) => (number(least), number(most)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_are_found() {
        for (text, pattern) in [
            ("abc", ""),
            ("abc", "b"),
            ("abc", "^a.c$"),
            ("", "^$"),
            ("xababy", "(ab){2}"),
            ("aaa", "^a{2,}$"),
            ("é", "^[^a-z]$"),
            ("a-b", r"^[a-]+b|x$"),
            ("a.b", r"a\.b"),
            ("ac", "^(?:ab|a)c$"),
            ("", "(a*)*$"),
            ("a\n", "\n$"),
        ] {
            assert!(is_found(text, pattern), "{text:?} {pattern}");
        }
    }

    #[test]
    fn these_are_not() {
        for (text, pattern) in [
            ("abc", "^b"),
            ("abc", "b$"),
            ("a\n", "a$"),
            ("a\nc", "a.c"),
            ("ab", "(ab){2}"),
            ("aaaa", "^a{2,3}$"),
            ("axb", r"a\.b"),
            ("", "."),
        ] {
            assert!(!is_found(text, pattern), "{text:?} {pattern}");
        }
    }
}
