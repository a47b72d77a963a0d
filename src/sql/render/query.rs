//! Steps and selections as text.

use super::{INDENT, WIDTH, comment, expression, name};
use crate::sql::dialect::Dialect;
use crate::sql::expression::Expression;
use crate::sql::relation::{Item, Join, Literal, Query, Rows, Select, Source, Step, TableName};

/// Writes queries in a dialect.
pub(super) struct Writer<'d> {
    dialect: &'d dyn Dialect,
    expressions: expression::Writer<'d>,
}

impl<'d> Writer<'d> {
    pub(super) fn new(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            expressions: expression::Writer::new(dialect),
        }
    }

    pub(super) fn query(&self, query: &Query) -> String {
        let mut text = comments(&query.comments, "");
        for (number, step) in query.steps.iter().enumerate() {
            let word = if number == 0 { "WITH " } else { "" };
            let comma = if number + 1 < query.steps.len() {
                ","
            } else {
                ""
            };
            text.push_str(&comments(&step.comments, ""));
            text.push_str(word);
            text.push_str(&self.step(step));
            text.push_str(comma);
            text.push_str("\n\n");
        }
        text.push_str(&self.select(&query.result, 0));
        if !query.order.is_empty() {
            let keys: Vec<String> = query
                .order
                .iter()
                .map(|order| self.expressions.order(order, 0))
                .collect();
            text.push_str("\nORDER BY ");
            text.push_str(&keys.join(", "));
        }
        if let Some(settings) = self.dialect.settings() {
            text.push('\n');
            text.push_str(settings);
        }
        text.push('\n');
        text
    }

    fn name(&self, text: &str) -> String {
        name(text, self.dialect)
    }

    fn step(&self, step: &Step) -> String {
        let rows = match &step.rows {
            Rows::Select(select) => self.select(select, INDENT),
            Rows::Union(selects) => {
                let selects: Vec<String> = selects
                    .iter()
                    .map(|select| self.select(select, INDENT))
                    .collect();
                selects.join(&format!("\n{0}UNION ALL\n{0}", margin(INDENT)))
            }
            Rows::Literal(literal) => self.literal(literal),
        };
        format!(
            "{} {} (\n{}{rows}\n)",
            self.name(&step.name),
            self.dialect.step(),
            margin(INDENT)
        )
    }

    fn literal(&self, literal: &Literal) -> String {
        let columns: Vec<_> = literal
            .columns
            .iter()
            .map(|(name, of)| (self.name(name), *of))
            .collect();
        let rows: Vec<Vec<String>> = literal
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| match cell {
                        Expression::Null(_) => "NULL".to_owned(),
                        other => self.expressions.condition(other, 0),
                    })
                    .collect()
            })
            .collect();
        self.dialect.literal_rows(&columns, &rows)
    }

    fn select(&self, select: &Select, indent: usize) -> String {
        let inner = indent + INDENT;
        let all = select.all_of.iter();
        // The columns of the one table there is need not say whose they are.
        let is_alone = select.joins.is_empty();
        let all = all.map(|table| {
            let stars = if is_alone {
                "*".to_owned()
            } else {
                format!("{}.*", self.name(table))
            };
            (stars, None)
        });
        let items = select
            .items
            .iter()
            .map(|item| (self.item(item, inner), item.comment.as_deref()));
        let items: Vec<(String, Option<&str>)> = all.chain(items).collect();
        let count = items.len();
        let is_short = items.iter().map(|(text, _)| text.len() + 2).sum::<usize>() + indent + 7
            <= WIDTH
            && items
                .iter()
                .all(|(text, comment)| !text.contains('\n') && comment.is_none());
        let mut text = "SELECT".to_owned();
        for (number, (item, about)) in items.into_iter().enumerate() {
            let comma = if number + 1 < count { "," } else { "" };
            let before = if is_short {
                " ".to_owned()
            } else {
                format!("\n{}", margin(inner))
            };
            let about = about.map(|about| format!("  -- {}", comment(about)));
            text.push_str(&format!(
                "{before}{item}{comma}{}",
                about.unwrap_or_default()
            ));
        }
        let mut line = |line: String| {
            text.push('\n');
            text.push_str(&margin(indent));
            text.push_str(&line);
        };
        line(format!("FROM {}", self.source(&select.from)));
        for join in &select.joins {
            line(self.join(join, inner));
        }
        if let Some(filter) = &select.filter {
            line(format!(
                "WHERE {}",
                self.expressions.condition(filter, inner)
            ));
        }
        if !select.group_by.is_empty() {
            let keys: Vec<String> = select
                .group_by
                .iter()
                .map(|key| self.expressions.condition(key, inner))
                .collect();
            line(format!("GROUP BY {}", keys.join(", ")));
        }
        text
    }

    fn item(&self, item: &Item, indent: usize) -> String {
        let value = self.expressions.value(&item.value, indent);
        let is_itself =
            matches!(&item.value, Expression::Column { name, .. } if *name == item.name);
        if is_itself {
            value
        } else {
            format!("{value} AS {}", self.name(&item.name))
        }
    }

    fn join(&self, join: &Join, indent: usize) -> String {
        if join.on.is_empty() {
            return format!("CROSS JOIN {}", self.source(&join.to));
        }
        let word = if join.keeps_all { "LEFT JOIN" } else { "JOIN" };
        let pairs: Vec<String> = join
            .on
            .iter()
            .map(|(one, other)| {
                let one = self.expressions.condition(one, indent);
                format!("{one} = {}", self.expressions.condition(other, indent))
            })
            .collect();
        format!(
            "{word} {} ON {}",
            self.source(&join.to),
            pairs.join(" AND ")
        )
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::Step(name) => self.name(name),
            Source::StepAs { step, known_as } => {
                format!("{} AS {}", self.name(step), self.name(known_as))
            }
            Source::Table { written, known_as } => {
                let known_as = self.name(known_as);
                let written = match written {
                    TableName::Parts(parts) => {
                        let parts: Vec<String> = parts.iter().map(|part| self.name(part)).collect();
                        parts.join(".")
                    }
                    TableName::Verbatim(text) => text.clone(),
                };
                if written == known_as {
                    written
                } else {
                    format!("{written} AS {known_as}")
                }
            }
        }
    }
}

fn comments(lines: &[String], margin: &str) -> String {
    let line = |line: &String| {
        format!("{margin}-- {}", comment(line))
            .trim_end()
            .to_owned()
            + "\n"
    };
    lines.iter().map(line).collect()
}

fn margin(indent: usize) -> String {
    " ".repeat(indent)
}
