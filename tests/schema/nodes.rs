//! The places of a schema, each by the path that leads there: `rules[].bands[].points`. A `*` stands for a name that is
//! the author's own, `[]` for an element of a list.

use serde_json::Value;

/// A place of the schema: one key of the model, one element of a list, or the whole.
pub struct Node<'s> {
    pub path: String,
    pub schema: &'s Value,
}

/// Every place, the whole first.
pub fn nodes(schema: &Value) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    collect(schema, "", &mut found);
    found
}

fn collect<'s>(schema: &'s Value, path: &str, found: &mut Vec<Node<'s>>) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    found.push(Node {
        path: path.to_owned(),
        schema,
    });
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        collect(inner, &below(key), found);
    }
    if schema["additionalProperties"].is_object() {
        collect(&schema["additionalProperties"], &below("*"), found);
    }
    if schema["items"]["properties"].is_object() {
        collect(&schema["items"], &format!("{path}[]"), found);
    }
}

impl Node<'_> {
    /// The keys of a table that takes no others; none for anything else.
    pub fn keys(&self) -> Option<Vec<&str>> {
        let closed = self.schema["additionalProperties"] == Value::Bool(false);
        let keys = self.schema["properties"].as_object().filter(|_| closed)?;
        Some(keys.keys().map(String::as_str).collect())
    }

    /// The path of the table it stands in, and its key there.
    pub fn place(&self) -> (&str, &str) {
        self.path.rsplit_once('.').unwrap_or(("", &self.path))
    }
}
