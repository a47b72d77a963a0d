//! A model file as the JSON value that a schema speaks of.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// The model as JSON. Dates become texts, as editors have them; what JSON has no number for becomes null.
pub fn json(model: &str) -> Value {
    let parsed = DeTable::parse(model).unwrap_or_else(|error| panic!("{error}\n{model}"));
    table(parsed.get_ref())
}

fn table(entries: &DeTable<'_>) -> Value {
    let entries = entries.iter();
    let entries = entries.map(|(key, value)| (key.get_ref().to_string(), one(value.get_ref())));
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn one(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(digits) => {
            let number = i64::from_str_radix(&digits.as_str().replace('_', ""), digits.radix());
            Value::from(number.expect("a number that fits"))
        }
        DeValue::Float(digits) => {
            let number: f64 = digits.as_str().replace('_', "").parse().expect("a number");
            Value::from(number)
        }
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(time) => Value::from(time.to_string()),
        DeValue::Array(elements) => elements.iter().map(|value| one(value.get_ref())).collect(),
        DeValue::Table(entries) => table(entries),
    }
}
