//! `[grades]`: a letter and a number for what some groups come to, such as A1 for a lead that fits well and is
//! engaged.

use std::ops::Range;

use super::Reader;
use super::document::{Document, Section, Value};
use crate::value::Points;

/// One half of a grade: the letter or the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// What the author calls it.
    pub name: String,
    /// The groups whose bounded sums are added up.
    pub of: Vec<usize>,
    /// Each mark with the least that earns it, the best first.
    pub marks: Vec<(char, Points)>,
    /// The mark of what earns none.
    pub lowest: char,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Grade {
    /// The mark for what the groups come to.
    pub fn mark(&self, sum: Points) -> char {
        self.marks
            .iter()
            .find(|(_, least)| *least <= sum)
            .map_or(self.lowest, |(mark, _)| *mark)
    }

    fn is_letter(&self) -> bool {
        self.lowest.is_ascii_alphabetic()
    }
}

const LETTERS: [&str; 4] = ["A", "B", "C", "D"];
const NUMBERS: [&str; 4] = ["1", "2", "3", "4"];

/// Reads `[grades]`: the letter first, however they stand in the file.
pub(super) fn read(
    section: Option<Section<'_>>,
    reader: &Reader,
    document: &mut Document,
) -> Vec<Grade> {
    let entries = section.map(Section::into_entries).unwrap_or_default();
    let mut grades: Vec<Grade> = Vec::new();
    for (name, value) in entries {
        let span = value.key_span.clone();
        let read = document
            .section(value)
            .and_then(|section| read_grade(name, section, reader, document));
        let Some(grade) = read else {
            continue;
        };
        if let Some(other) = grades
            .iter()
            .find(|other| other.is_letter() == grade.is_letter())
        {
            let marks = if grade.is_letter() {
                "letters"
            } else {
                "numbers"
            };
            document
                .error(
                    "grades-alike",
                    span,
                    format!("`{}` and `{name}` both give {marks}", other.name),
                    "",
                )
                .hint = Some("a grade is one letter, A to D, and one number, 1 to 4".to_owned());
            continue;
        }
        grades.push(grade);
    }
    grades.sort_by_key(|grade| !grade.is_letter());
    grades
}

fn read_grade(
    name: &str,
    mut section: Section<'_>,
    reader: &Reader,
    document: &mut Document,
) -> Option<Grade> {
    let span = section.span.clone();
    let of = section
        .require("of", document)
        .and_then(|value| read_groups(&value, reader, document));
    let mut marks_of = |marks: [&'static str; 4], document: &mut Document| {
        let values = marks.map(|mark| section.get(mark));
        let given: Vec<(char, Value<'_>)> = marks
            .iter()
            .zip(values)
            .filter_map(|(mark, value)| Some((mark.chars().next()?, value?)))
            .collect();
        read_marks(given, document)
    };
    let (letters, numbers) = (marks_of(LETTERS, document), marks_of(NUMBERS, document));
    section.finish(document);
    let (letters, numbers) = (letters?, numbers?);
    let problem = match (letters.is_empty(), numbers.is_empty()) {
        (false, false) => "has letters and numbers",
        (true, true) => "has no marks",
        _ => {
            let lowest = if letters.is_empty() { '4' } else { 'D' };
            return Some(Grade {
                name: name.to_owned(),
                of: of?,
                marks: if letters.is_empty() { numbers } else { letters },
                lowest,
                span,
            });
        }
    };
    document
        .error(
            "no-marks",
            span,
            format!("`{}` {problem}", section.path),
            "",
        )
        .hint =
        Some("give the least sum for each of A, B, C, D, or for each of 1, 2, 3, 4".to_owned());
    None
}

/// Marks with the least sum each takes, which must fall from the best to the worst.
fn read_marks(
    given: Vec<(char, Value<'_>)>,
    document: &mut Document,
) -> Option<Vec<(char, Points)>> {
    let mut marks: Vec<(char, Points)> = Vec::new();
    let mut sound = true;
    for (mark, value) in given {
        let Some(least) = document.points(&value) else {
            sound = false;
            continue;
        };
        if let Some((better, above)) = marks.last()
            && least >= *above
        {
            document
                .error(
                    "marks-out-of-order",
                    value.span,
                    format!("`{mark}` begins at {least}, not below `{better}` at {above}"),
                    "",
                )
                .hint = Some("the best mark takes the largest sum".to_owned());
            sound = false;
        }
        marks.push((mark, least));
    }
    sound.then_some(marks)
}

fn read_groups(value: &Value<'_>, reader: &Reader, document: &mut Document) -> Option<Vec<usize>> {
    let names = document.texts(value)?;
    if names.is_empty() {
        document
            .error("no-groups", value.span.clone(), "there are no groups", "")
            .hint = Some("name the groups whose points are graded".to_owned());
        return None;
    }
    let mut groups = Vec::new();
    let mut sound = true;
    for name in names {
        match reader.group(&name, document) {
            Some(group) if groups.contains(&group) => {
                document.error(
                    "named-twice",
                    name.span,
                    format!("`{}` is named twice", name.value),
                    "",
                );
                sound = false;
            }
            Some(group) => groups.push(group),
            None => sound = false,
        }
    }
    sound.then_some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn grades(lines: &str) -> Vec<Grade> {
        let text = format!(
            "[groups.fit]\n[groups.engagement]\n[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n[grades]\n{lines}"
        );
        Model::parse("model.toml", &text)
            .expect("a valid model")
            .grades
    }

    #[test]
    fn the_letter_stands_first_however_the_file_has_them() {
        let grades = grades(
            "active = { of = \"engagement\", 1 = 50, 2 = 30 }\nfit = { of = [\"fit\"], A = 30, B = 20 }",
        );
        assert_eq!(
            grades.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
            ["fit", "active"]
        );
    }

    #[test]
    fn a_sum_takes_the_best_mark_it_reaches_and_else_the_lowest() {
        let grades = grades("fit = { of = \"fit\", A = 30, B = 20.5 }");
        let marks = ["30", "29.999", "20.5", "20.499", "-4"]
            .map(|sum| grades[0].mark(Points::parse(sum).expect("points")));
        assert_eq!(marks, ['A', 'B', 'B', 'D', 'D']);
    }
}
