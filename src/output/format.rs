//! The formats by name and by the ending of a file's name.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Kind, Report, nearest};

/// A format that ranked leads can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table for the terminal.
    Table,
    /// Comma-separated values, RFC 4180 with LF line ends.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// An array of objects in rank order.
    Json,
    /// One object per line.
    Ndjson,
    /// A Markdown table for people.
    Markdown,
    /// A page for a browser, whole in one file.
    Html,
    /// An Excel workbook of one sheet.
    Xlsx,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 8] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Ndjson,
        Self::Markdown,
        Self::Html,
        Self::Xlsx,
    ];

    /// The name of the format, as `--format` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    /// The endings of file names that mean this format, without their dot; the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Table => &["txt"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv"],
            Self::Json => &["json"],
            Self::Ndjson => &["ndjson", "jsonl"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Whether it is one line per lead with separators between the cells, as spreadsheets import it.
    pub const fn is_delimited(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }

    /// Whether a terminal can show it.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx)
    }

    /// The format called `name`; refused with the nearest name, or with all of them.
    pub fn from_name(name: &str) -> Result<Self, Report> {
        if let Some(format) = Self::ALL.into_iter().find(|format| format.name() == name) {
            return Ok(format);
        }
        let problem = Diagnostic::error("unknown-format", format!("unknown format `{name}`"));
        let known = Self::ALL.map(Self::name);
        let hint = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known formats: {}", known.join(", ")),
        };
        Err(Report::new(Kind::Usage, problem.hint(hint)))
    }

    /// The format that a file's ending means, whatever its case; refused with the endings that are known.
    pub fn from_path(path: &Path) -> Result<Self, Report> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let meant = ending.and_then(|ending| {
            Self::ALL.into_iter().find(|format| {
                let mut endings = format.endings().iter();
                endings.any(|known| known.eq_ignore_ascii_case(ending))
            })
        });
        meant.ok_or_else(|| {
            let known: Vec<String> = Self::ALL
                .iter()
                .flat_map(|format| format.endings())
                .map(|ending| format!(".{ending}"))
                .collect();
            let message = format!("the ending of `{}` names no format", path.display());
            let hint = format!(
                "known endings: {}; or name the format with --format",
                known.join(" ")
            );
            let problem = Diagnostic::error("unknown-ending", message).hint(hint);
            Report::new(Kind::Usage, problem)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_own_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()).unwrap(), format);
        }
    }

    #[test]
    fn every_ending_finds_its_format_in_any_case() {
        for format in Format::ALL {
            for ending in format.endings() {
                let small = format!("exports/ranked.{ending}");
                let large = format!("RANKED.{}", ending.to_uppercase());
                assert_eq!(Format::from_path(Path::new(&small)).unwrap(), format);
                assert_eq!(Format::from_path(Path::new(&large)).unwrap(), format);
            }
        }
    }

    #[test]
    fn a_mistyped_name_is_refused_with_the_nearest() {
        let report = Format::from_name("jsn").unwrap_err();
        assert_eq!(report.kind, Kind::Usage);
        let hint = report.diagnostics[0].hint.as_deref();
        assert_eq!(hint, Some("did you mean `json`?"));
    }

    #[test]
    fn a_name_near_to_nothing_is_refused_with_all_of_them() {
        let report = Format::from_name("parquet").unwrap_err();
        let hint = report.diagnostics[0].hint.as_deref();
        let all = "known formats: table, csv, tsv, json, ndjson, markdown, html, xlsx";
        assert_eq!(hint, Some(all));
    }

    #[test]
    fn a_file_without_a_telling_ending_is_refused_with_the_known_ones() {
        for path in ["ranked", "ranked.parquet", ".csv", "a.csv/ranked"] {
            let report = Format::from_path(Path::new(path)).unwrap_err();
            assert_eq!(report.kind, Kind::Usage, "{path}");
            let hint = report.diagnostics[0].hint.clone().unwrap();
            assert!(hint.contains(".csv .tsv .json .ndjson .jsonl"), "{hint}");
        }
    }
}
