//! A condition's tree, worked out for one row with the three-valued logic of
//! SQL.

use super::functions;
use super::parser::Expr;
use super::{Reading, Value};
use std::cmp::Ordering;

/// What the expression comes to; `names` gives the value of each name.
pub fn eval(expr: &Expr, names: &dyn Fn(&str) -> Value, reading: &Reading) -> Value {
    let value = |expr: &Expr| eval(expr, names, reading);
    let truth = |expr: &Expr| eval(expr, names, reading).as_bool();
    match expr {
        Expr::Null => Value::Null,
        Expr::Bool(truth) => Value::Bool(*truth),
        Expr::Number(number) => Value::Number(*number),
        Expr::Text(text) => Value::Text(text.clone()),
        Expr::Day(day) => Value::Day(*day),
        Expr::Name(name) => names(name),
        Expr::Not(inner) => truth(inner).map(|truth| !truth).into(),
        Expr::And(left, right) => and(truth(left), truth(right)).into(),
        Expr::Or(left, right) => or(truth(left), truth(right)).into(),
        Expr::Compare(operator, left, right) => {
            compare(operator, &value(left), &value(right), reading).into()
        }
        Expr::Arithmetic(operator, left, right) => {
            let left = value(left).as_number(reading);
            let right = value(right).as_number(reading);
            let (Some(left), Some(right)) = (left, right) else {
                return Value::Null;
            };
            let result = match *operator {
                "+" => left.plus(right),
                "-" => left.minus(right),
                "*" => left.times(right),
                _ => left.over(right),
            };
            result.into()
        }
        Expr::IsNull(inner) => Value::Bool(value(inner) == Value::Null),
        Expr::In(needle, list) => {
            let needle = value(needle);
            let mut found = Some(false);
            for member in list {
                found = or(found, compare("=", &needle, &value(member), reading));
            }
            found.into()
        }
        Expr::Like {
            text,
            pattern,
            ignore_case,
        } => {
            let (text, pattern) = (value(text), value(pattern));
            let (Some(text), Some(pattern)) = (text.as_text(), pattern.as_text()) else {
                return Value::Null;
            };
            Value::Bool(if *ignore_case {
                functions::like(&text.to_ascii_lowercase(), &pattern.to_ascii_lowercase())
            } else {
                functions::like(text, pattern)
            })
        }
        Expr::Case {
            branches,
            otherwise,
        } => {
            let taken = branches.iter().find(|(when, _)| truth(when) == Some(true));
            value(taken.map_or(otherwise, |(_, then)| then))
        }
        Expr::Call(function, arguments) => {
            let arguments: Vec<Value> = arguments.iter().map(value).collect();
            functions::call(function, &arguments, reading)
        }
    }
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// A comparison: the typed side says how a cell on the other side is read.
fn compare(operator: &str, left: &Value, right: &Value, reading: &Reading) -> Option<bool> {
    let has = |wanted: fn(&Value) -> bool| wanted(left) || wanted(right);
    let order = if has(|value| matches!(value, Value::Number(_))) {
        left.as_number(reading)?.cmp(&right.as_number(reading)?)
    } else if has(|value| matches!(value, Value::Day(_))) {
        left.as_day(reading)?.cmp(&right.as_day(reading)?)
    } else if has(|value| matches!(value, Value::Bool(_))) {
        left.as_bool()?.cmp(&right.as_bool()?)
    } else {
        left.as_text()?.as_bytes().cmp(right.as_text()?.as_bytes())
    };
    Some(match operator {
        "=" => order == Ordering::Equal,
        "<>" => order != Ordering::Equal,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}
