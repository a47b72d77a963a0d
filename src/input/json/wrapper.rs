//! The object around an array of records: whether an object is one, and whether the rest of it is sound.

use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::layout::{skip_blank, skip_value};

/// Usual names of the member that holds the records, as [`fold`] gives them.
const HOLDERS: [&str; 13] = [
    "results",
    "data",
    "records",
    "items",
    "contacts",
    "leads",
    "events",
    "rows",
    "value",
    "objects",
    "activities",
    "people",
    "deals",
];

/// Names of what an answer says of itself beside its records.
const ABOUT_THE_ANSWER: [&str; 42] = [
    "n",
    "total",
    "totalcount",
    "totalsize",
    "totalresults",
    "count",
    "size",
    "length",
    "next",
    "nextpage",
    "nextpagetoken",
    "nextcursor",
    "nexturl",
    "nextrecordsurl",
    "prev",
    "previous",
    "hasmore",
    "hasnext",
    "more",
    "done",
    "page",
    "pages",
    "pagecount",
    "pagesize",
    "perpage",
    "totalpages",
    "offset",
    "limit",
    "start",
    "cursor",
    "after",
    "before",
    "success",
    "ok",
    "status",
    "version",
    "object",
    "kind",
    "etag",
    "requestid",
    "exportedat",
    "generatedat",
];

/// Names that only a record has.
const ABOUT_A_RECORD: [&str; 13] = [
    "id",
    "uuid",
    "guid",
    "email",
    "emailaddress",
    "name",
    "firstname",
    "lastname",
    "contactid",
    "leadid",
    "customerid",
    "personid",
    "userid",
];

/// What a member holds, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// An array that begins with an object.
    Records,
    EmptyArray,
    Scalar,
    Other,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub key: String,
    holds: Holds,
    /// Where the value's content begins: for an array, behind its bracket.
    pub content: usize,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role<'m> {
    /// It holds the records in this member.
    Wrapper(&'m Member),
    /// It may be one that holds no records: this array is empty.
    EmptyWrapper(&'m Member),
    /// It holds records in two members.
    Unclear(&'m Member, &'m Member),
    /// It is a record itself.
    Record,
}

/// Tells what an object is by its members, of which there may be more than are seen yet.
///
/// The member that holds the records is the one array of objects in it; failing that, an empty array. Beside an array
/// of a usual name anything may stand but what only a record has, such as an id; beside any other array only what an
/// answer says of itself, such as a total.
pub(super) fn role(members: &[Member]) -> Role<'_> {
    let is_record = members
        .iter()
        .any(|member| is_scalar(member) && ABOUT_A_RECORD.contains(&fold(&member.key).as_str()));
    let mut arrays = members.iter().filter(|m| m.holds == Holds::Records);
    let mut empty = members.iter().filter(|m| m.holds == Holds::EmptyArray);
    let usual_empty = empty.clone().find(|member| is_holder(member));
    let array = match (arrays.next(), arrays.next()) {
        (Some(_), Some(_)) if is_record => return Role::Record,
        (Some(one), Some(other)) => return Role::Unclear(one, other),
        (Some(one), None) => one,
        (None, _) => match usual_empty.or_else(|| empty.next()) {
            Some(array) => array,
            None => return Role::Record,
        },
    };
    let only_about_the_answer = members.iter().filter(|m| is_scalar(m)).all(|member| {
        member.key.starts_with(['@', '_']) || ABOUT_THE_ANSWER.contains(&fold(&member.key).as_str())
    });
    if !(only_about_the_answer || is_holder(array) && !is_record) {
        return Role::Record;
    }
    match usual_empty {
        _ if array.holds == Holds::EmptyArray => Role::EmptyWrapper(array),
        // No contacts but errors, say: what is meant to be read holds nothing.
        Some(empty) if !is_holder(array) => Role::Unclear(empty, array),
        _ => Role::Wrapper(array),
    }
}

fn is_scalar(member: &Member) -> bool {
    member.holds == Holds::Scalar
}

fn is_holder(member: &Member) -> bool {
    HOLDERS.contains(&fold(&member.key).as_str())
}

/// A key without its capitals, blanks and signs.
fn fold(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The members of the object that begins at `start`, as far as they are at hand and can be told apart.
pub(super) fn members(bytes: &[u8], start: usize) -> Vec<Member> {
    let mut members = Vec::new();
    let mut at = start + 1;
    while let Some((member, next)) = member(bytes, at) {
        members.push(member);
        match next {
            Some(next) if bytes.get(next) == Some(&b',') => at = next + 1,
            _ => break,
        }
    }
    members
}

/// The member that begins at `at` behind blanks, and where it ends where that is at hand.
fn member(bytes: &[u8], at: usize) -> Option<(Member, Option<usize>)> {
    let key = skip_blank(bytes, at);
    if *bytes.get(key)? != b'"' {
        return None;
    }
    let key_end = skip_value(bytes, key)?;
    let colon = skip_blank(bytes, key_end);
    if *bytes.get(colon)? != b':' {
        return None;
    }
    let value = skip_blank(bytes, colon + 1);
    let (holds, content) = match *bytes.get(value)? {
        b'[' => match *bytes.get(skip_blank(bytes, value + 1))? {
            b'{' => (Holds::Records, value + 1),
            b']' => (Holds::EmptyArray, value + 1),
            _ => (Holds::Other, value),
        },
        b'{' => (Holds::Other, value),
        _ => (Holds::Scalar, value),
    };
    let raw = &bytes[key..key_end];
    let member = Member {
        key: serde_json::from_slice(raw)
            .unwrap_or_else(|_| String::from_utf8_lossy(raw).into_owned()),
        holds,
        content,
    };
    let next = skip_value(bytes, value).map(|end| skip_blank(bytes, end));
    Some((member, next))
}

/// What is wrong with a wrapper beside its records.
#[derive(Debug)]
pub(super) enum Flaw {
    /// It has the key of the records twice.
    Twice,
    /// Another member holds an array of objects as well: its key.
    SecondArray(String),
    /// It is no JSON; the offset of the line, in what was looked at, and why.
    NotJson { line_start: usize, reason: String },
    /// It ends too early.
    Truncated,
    /// Something follows its end; the offset of the line.
    Trailing(usize),
}

/// Looks at what stands before the records, from the object's opening bracket up to the array's own.
pub(super) fn check_before(before: &[u8], key: &str) -> Result<(), Flaw> {
    check(b"", before, b"]}", key)
}

/// Looks at what stands behind the records, from behind the array's closing bracket to the end of the input.
pub(super) fn check_behind(behind: &[u8], key: &str) -> Result<(), Flaw> {
    let before = format!("{{{}:[]", serde_json::Value::from(key));
    check(before.as_bytes(), behind, b"", key)
}

/// Reads a wrapper made of `part` and of what stands in for the rest of it.
fn check(before: &[u8], part: &[u8], behind: &[u8], key: &str) -> Result<(), Flaw> {
    let text = [before, part, behind].concat();
    let text = std::str::from_utf8(&text).map_err(|error| Flaw::NotJson {
        line_start: error
            .valid_up_to()
            .saturating_sub(before.len())
            .min(part.len()),
        reason: "it is not UTF-8".to_owned(),
    })?;
    let mut found = Found {
        key,
        times: 0,
        second: None,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = json.deserialize_map(&mut found);
    if let Some(second) = found.second {
        return Err(Flaw::SecondArray(second));
    }
    if found.times > 1 {
        return Err(Flaw::Twice);
    }
    // Which line of the part an error is on; the stand-ins have no line ends.
    let line_start = |error: &serde_json::Error| {
        let mut newlines = memchr::memchr_iter(b'\n', part);
        let before_line = error.line().saturating_sub(2);
        let newline = newlines.nth(before_line);
        newline.filter(|_| error.line() > 1).map_or(0, |at| at + 1)
    };
    match read {
        Err(error) if error.is_eof() => Err(Flaw::Truncated),
        Err(error) => Err(Flaw::NotJson {
            line_start: line_start(&error),
            reason: super::flatten::reason(&error),
        }),
        Ok(()) => json
            .end()
            .map_err(|error| Flaw::Trailing(line_start(&error))),
    }
}

/// What a wrapper holds beside its records.
struct Found<'k> {
    key: &'k str,
    times: usize,
    second: Option<String>,
}

impl<'de> Visitor<'de> for &mut Found<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            self.times += usize::from(key == self.key);
            let array = value.get().strip_prefix('[');
            if array.is_some_and(|inner| inner.trim_start().starts_with('{')) {
                self.second.get_or_insert(key);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the object is, in a word, and in which members.
    fn told(text: &str) -> String {
        match role(&members(text.as_bytes(), 0)) {
            Role::Wrapper(array) => format!("wrapper {}", array.key),
            Role::EmptyWrapper(array) => format!("empty {}", array.key),
            Role::Unclear(one, other) => format!("unclear {} {}", one.key, other.key),
            Role::Record => "record".to_owned(),
        }
    }

    #[test]
    fn an_answer_around_records_is_told_from_a_record_with_an_array() {
        let cases = [
            (r#"{"results":[{}],"paging":{"next":1}}"#, "wrapper results"),
            (
                r#"{"totalSize":1,"done":true,"records":[{}]}"#,
                "wrapper records",
            ),
            (r#"{"@odata.context":"x","value":[{}]}"#, "wrapper value"),
            (r#"{"whatever":"x","Data":[{}]}"#, "wrapper Data"),
            (r#"{"total":1,"prospects":[{}]}"#, "wrapper prospects"),
            (r#"{"prospects":[{}]}"#, "wrapper prospects"),
            (r#"{"errors":[],"results":[{}]}"#, "wrapper results"),
            (r#"{"errors":[],"results":[]}"#, "empty results"),
            (r#"{"results":[],"errors":[{}]}"#, "unclear results errors"),
            (r#"{"leads":[{}],"more":[{}]}"#, "unclear leads more"),
            (r#"{"id":1,"deals":[{}]}"#, "record"),
            (r#"{"deals":[{}],"Email":"a@example.com"}"#, "record"),
            (r#"{"id":1,"tags":[]}"#, "record"),
            (r#"{"city":"Rome","visits":[{}]}"#, "record"),
            (r#"{"id":1,"a":[{}],"b":[{}]}"#, "record"),
            (r#"{"id":1}"#, "record"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_beside_the_records_is_found() {
        let behind = |text: &str| check_behind(text.as_bytes(), "leads");
        assert!(behind(",\"total\":1}\n").is_ok());
        assert!(behind("}").is_ok());
        assert!(matches!(behind(",\"more\":[ {}]}"), Err(Flaw::SecondArray(key)) if key == "more"));
        assert!(matches!(behind(",\"leads\":1}"), Err(Flaw::Twice)));
        assert!(matches!(
            behind("]"),
            Err(Flaw::NotJson { line_start: 0, .. })
        ));
        assert!(matches!(
            behind(",\n\"x\":@}"),
            Err(Flaw::NotJson { line_start: 2, .. })
        ));
        assert!(matches!(behind(",\"x\":1"), Err(Flaw::Truncated)));
        assert!(matches!(behind("}\n\n{}"), Err(Flaw::Trailing(3))));
        let before = |text: &str| check_before(text.as_bytes(), "leads");
        assert!(before("{\"x\": 1, \"leads\": [").is_ok());
        assert!(matches!(
            before("{\"x\":@@@,\"leads\":["),
            Err(Flaw::NotJson { .. })
        ));
        assert!(matches!(
            before("{\"leads\":1,\"leads\":["),
            Err(Flaw::Twice)
        ));
    }
}
