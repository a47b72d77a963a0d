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
    Object,
    Scalar,
    Other,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub key: String,
    holds: Holds,
    /// Where the value's content begins: for an array, behind its bracket; for an object, at it.
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
    let only_about_the_answer = members.iter().filter(|m| is_scalar(m)).all(is_about);
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

/// How deep in objects the records may lie.
const MOST_LEVELS: usize = 4;

/// Where the records of an object are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// In an array under these keys, the outermost first, whose content begins here.
    Array(Vec<String>, usize),
    /// The same, and the array is empty.
    EmptyArray(Vec<String>, usize),
    /// In one of two arrays.
    Unclear(String, String),
    /// It is a record itself.
    Record,
}

/// Finds the records of the object that begins at `start`, as far as it is at hand.
///
/// They may lie in an object within the object, such as `{"data": {"contacts": […]}}`, where it says nothing beside but
/// what an answer says of itself.
pub(super) fn place(bytes: &[u8], start: usize) -> Place {
    place_within(bytes, start, 1)
}

fn place_within(bytes: &[u8], start: usize, level: usize) -> Place {
    let members = members(bytes, start);
    let path = |array: &Member| vec![array.key.clone()];
    match role(&members) {
        Role::Wrapper(array) => return Place::Array(path(array), array.content),
        // Deeper inside an empty array is more likely a record's own.
        Role::EmptyWrapper(array) if level == 1 || is_holder(array) => {
            return Place::EmptyArray(path(array), array.content);
        }
        Role::Unclear(one, other) => return Place::Unclear(one.key.clone(), other.key.clone()),
        Role::EmptyWrapper(_) | Role::Record => {}
    }
    let is_answer = members
        .iter()
        .all(|member| member.holds != Holds::Records && (!is_scalar(member) || is_about(member)));
    if !is_answer || level == MOST_LEVELS {
        return Place::Record;
    }
    let objects = members.iter().filter(|m| m.holds == Holds::Object);
    let mut places = objects.filter_map(|member| {
        let within = |mut keys: Vec<String>| {
            keys.insert(0, member.key.clone());
            keys
        };
        match place_within(bytes, member.content, level + 1) {
            Place::Array(keys, content) => Some(Place::Array(within(keys), content)),
            Place::EmptyArray(keys, content) => Some(Place::EmptyArray(within(keys), content)),
            unclear @ Place::Unclear(..) => Some(unclear),
            Place::Record => None,
        }
    });
    match (places.next(), places.next()) {
        (Some(place), None) => place,
        (Some(one), Some(other)) => Place::Unclear(one.name(), other.name()),
        (None, _) => Place::Record,
    }
}

impl Place {
    /// The dotted key of the array.
    fn name(&self) -> String {
        match self {
            Self::Array(keys, _) | Self::EmptyArray(keys, _) => keys.join("."),
            Self::Unclear(one, _) => one.clone(),
            Self::Record => String::new(),
        }
    }
}

/// Whether a member is what an answer says of itself.
fn is_about(member: &Member) -> bool {
    member.key.starts_with(['@', '_']) || ABOUT_THE_ANSWER.contains(&fold(&member.key).as_str())
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
        b'{' => (Holds::Object, value),
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
pub(super) fn check_before(before: &[u8], path: &[String]) -> Result<(), Flaw> {
    let behind = format!("]{}", "}".repeat(path.len()));
    check(b"", before, behind.as_bytes(), path)
}

/// Looks at what stands behind the records, from behind the array's closing bracket to the end of the input.
pub(super) fn check_behind(behind: &[u8], path: &[String]) -> Result<(), Flaw> {
    let keys = path.iter().map(|key| serde_json::Value::from(key.as_str()));
    let keys: Vec<String> = keys.map(|key| format!("{{{key}:")).collect();
    check(format!("{}[]", keys.concat()).as_bytes(), behind, b"", path)
}

/// Reads a wrapper made of `part` and of what stands in for the rest of it.
fn check(before: &[u8], part: &[u8], behind: &[u8], path: &[String]) -> Result<(), Flaw> {
    let text = [before, part, behind].concat();
    let text = std::str::from_utf8(&text).map_err(|error| Flaw::NotJson {
        line_start: error
            .valid_up_to()
            .saturating_sub(before.len())
            .min(part.len()),
        reason: "it is not UTF-8".to_owned(),
    })?;
    let mut found = Found {
        path,
        twice: false,
        second: None,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = json.deserialize_map(&mut found);
    if let Some(second) = found.second {
        return Err(Flaw::SecondArray(second));
    }
    if found.twice {
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

/// What a wrapper holds beside its records, which lie under the keys of `path`.
struct Found<'k> {
    path: &'k [String],
    /// One of these keys is there twice.
    twice: bool,
    second: Option<String>,
}

impl<'de> Visitor<'de> for &mut Found<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut times = 0;
        while let Some(key) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            if self.path.first() == Some(&key) {
                times += 1;
                let mut inner = Found {
                    path: &self.path[1..],
                    twice: false,
                    second: None,
                };
                if !inner.path.is_empty() {
                    // What is no object there is found to be so when its turn comes.
                    let mut json = serde_json::Deserializer::from_str(value.get());
                    let _ = json.deserialize_map(&mut inner);
                }
                self.twice |= inner.twice;
                self.second = self.second.take().or(inner.second);
            }
            let array = value.get().strip_prefix('[');
            if array.is_some_and(|inner| inner.trim_start().starts_with('{')) {
                self.second.get_or_insert(key);
            }
        }
        self.twice |= times > 1;
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
        let leads = ["leads".to_owned()];
        let behind = |text: &str| check_behind(text.as_bytes(), &leads);
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
        let before = |text: &str| check_before(text.as_bytes(), &leads);
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

    #[test]
    fn records_are_found_in_objects_within_the_object() {
        let told = |text: &str| match place(text.as_bytes(), 0) {
            Place::Array(keys, _) => keys.join("."),
            Place::EmptyArray(keys, _) => format!("empty {}", keys.join(".")),
            Place::Unclear(one, other) => format!("unclear {one} {other}"),
            Place::Record => "record".to_owned(),
        };
        let cases = [
            (r#"{"data":{"contacts":[{}]}}"#, "data.contacts"),
            (
                r#"{"ok":true,"data":{"total":1,"leads":[{}]},"meta":{"page":1}}"#,
                "data.leads",
            ),
            (
                r#"{"data":{"contacts":{"edges":[{"node":{}}]}}}"#,
                "data.contacts.edges",
            ),
            (r#"{"data":{"contacts":[]}}"#, "empty data.contacts"),
            (r#"{"data":{"tags":[]}}"#, "record"),
            (
                r#"{"a":{"leads":[{}]},"b":{"deals":[{}]}}"#,
                "unclear a.leads b.deals",
            ),
            (r#"{"city":"Rome","data":{"visits":[{}]}}"#, "record"),
            (r#"{"properties":{"email":"a","visits":[{}]}}"#, "record"),
            (
                r#"{"results":[{}],"paging":{"next":{"link":"x"}}}"#,
                "results",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_beside_nested_records_is_found_on_every_level() {
        let path = ["data".to_owned(), "leads".to_owned()];
        let behind = |text: &str| check_behind(text.as_bytes(), &path);
        assert!(behind(",\"total\":1},\"ok\":true}\n").is_ok());
        assert!(matches!(behind(",\"leads\":1}}"), Err(Flaw::Twice)));
        assert!(matches!(behind("},\"data\":{}}"), Err(Flaw::Twice)));
        assert!(matches!(behind(",\"more\":[{}]}}"), Err(Flaw::SecondArray(key)) if key == "more"));
        assert!(matches!(behind("},\"more\":[{}]}"), Err(Flaw::SecondArray(key)) if key == "more"));
        assert!(matches!(behind("}"), Err(Flaw::Truncated)));
        assert!(check_before(b"{\"x\":1,\"data\":{\"leads\":[", &path).is_ok());
    }
}
