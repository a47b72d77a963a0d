//! Rows as files: CSV as RFC 4180 has it, and JSON in which a dotted header is an object within the object.

/// A table: its columns and its rows, a cell for each column.
pub struct Table<'a> {
    /// The header.
    pub columns: &'a [&'a str],
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Columns whose cells are numbers in JSON where they are plain ones.
const NUMBERS: [&str; 4] = [
    "property_details.price_min",
    "property_details.price_max",
    "property_details.bedrooms",
    "deal_value",
];

impl Table<'_> {
    /// The table as CSV.
    pub fn csv(&self) -> String {
        let mut text = self.columns.join(",");
        text.push('\n');
        for row in &self.rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                if cell.contains([',', '"', '\n', '\r']) {
                    text.push('"');
                    text.push_str(&cell.replace('"', "\"\""));
                    text.push('"');
                } else {
                    text.push_str(cell);
                }
            }
            text.push('\n');
        }
        text
    }

    /// The table as a JSON array, a row on each line. A blank cell is `null`.
    pub fn json(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| self.object(row)).collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }

    fn object(&self, row: &[String]) -> String {
        let mut text = String::from("{");
        let mut open = "";
        for (place, (column, cell)) in self.columns.iter().zip(row).enumerate() {
            let (outer, inner) = column.split_once('.').unwrap_or(("", column));
            if outer != open && !open.is_empty() {
                text.push('}');
            }
            if place > 0 && (outer == open || !text.ends_with('{')) {
                text.push(',');
            }
            if outer != open && !outer.is_empty() {
                text.push_str(&quoted(outer));
                text.push_str(":{");
            }
            open = outer;
            text.push_str(&quoted(inner));
            text.push(':');
            text.push_str(&value(column, cell));
        }
        text.push_str(if open.is_empty() { "}" } else { "}}" });
        text
    }
}

fn value(column: &str, cell: &str) -> String {
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit());
    match cell {
        "" => "null".to_owned(),
        number if plain && NUMBERS.contains(&column) => number.to_owned(),
        text => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
