//! Comma- and tab-separated values, as RFC 4180 has them.
//!
//! One header, one line per lead, LF at each end. A cell with the separator, a quote or a line break in it is quoted,
//! which a tab-separated file takes the same way. Text cells are made safe for spreadsheets (see
//! [`spreadsheet`](super::spreadsheet)) and are otherwise what the export said, except on a terminal, on which no cell
//! may act even where that is switched off.

use std::io::{self, Write};

use super::Settings;
use super::columns::{Cell, Columns};
use super::delimited::{Lines, begin};
use super::rows::Rows;
use crate::rank::{Lead, Parts};
use crate::value::Decimal;

/// Writes CSV or TSV.
#[derive(Debug)]
pub struct Csv<'run> {
    columns: &'run Columns<'run>,
    settings: Settings,
    lines: Lines,
    /// The cell being written.
    text: String,
}

impl<'run> Csv<'run> {
    /// Comma-separated values.
    pub fn commas(columns: &'run Columns<'run>, settings: Settings) -> Self {
        Self::new(columns, settings, b',')
    }

    /// Tab-separated values.
    pub fn tabs(columns: &'run Columns<'run>, settings: Settings) -> Self {
        Self::new(columns, settings, b'\t')
    }

    fn new(columns: &'run Columns<'run>, settings: Settings, separator: u8) -> Self {
        Self {
            columns,
            settings,
            lines: Lines::new(separator, settings),
            text: String::new(),
        }
    }
}

impl Rows for Csv<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        begin(self.settings, out)?;
        for column in self.columns.list() {
            self.lines.text(&column.name);
        }
        self.lines.end_line(out)
    }

    fn lead(&mut self, _: u64, lead: &Lead<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        for cell in self.columns.cells(lead) {
            match &cell {
                Cell::Empty => self.lines.number(""),
                Cell::Integer(number) => self.lines.number(Decimal::whole(*number).text()),
                Cell::Points(points) => self.lines.number(points.decimal().text()),
                Cell::Text(text) => self.lines.text(text),
                cell => {
                    self.text.clear();
                    cell.append_to(&mut self.text);
                    self.lines.text(&self.text);
                }
            }
        }
        self.lines.end_line(text)
    }

    fn end(&mut self, _: u64, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn parts(&self) -> Parts {
        self.columns.parts()
    }

    fn cells_escaped(&self) -> u64 {
        self.lines.cells_escaped
    }

    fn another(&self) -> Box<dyn Rows + '_> {
        Box::new(Self::new(
            self.columns,
            self.settings,
            self.lines.separator(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Available, Format, Summary, sample, spreadsheet::unescape, write};
    use super::*;
    use crate::value::spreadsheet::CsvEscape;
    use crate::value::{Zone, is_unseen};
    use proptest::prelude::*;

    fn written(
        format: Format,
        settings: Settings,
        columns: &Columns<'_>,
        leads: &[Lead<'_>],
    ) -> (String, Summary) {
        let mut out = Vec::new();
        let summary = write(format, columns, settings, leads, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), summary)
    }

    fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.unwrap());
        records
            .map(|record| record.iter().map(String::from).collect())
            .collect()
    }

    #[test]
    fn on_a_terminal_no_cell_acts_on_it() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let terminal = Settings {
            terminal: true,
            ..Settings::default()
        };
        for format in [Format::Csv, Format::Tsv] {
            let (shown, _) = written(format, terminal, &columns, &sample::leads());
            assert!(shown.contains(r"\u{1b}[31mred\u{7}"), "{shown}");
            let acts = |c: char| !matches!(c, '\n' | '\t') && is_unseen(c);
            assert!(!shown.contains(acts), "{shown:?}");
            let (file, _) = written(format, raw(), &columns, &sample::leads());
            assert!(
                file.contains('\u{1b}'),
                "a file for programs holds what the export said"
            );
        }
    }

    fn raw() -> Settings {
        Settings {
            csv_escape: CsvEscape::None,
            ..Settings::default()
        }
    }

    #[test]
    fn the_list_of_nasty_names_is_written_as_agreed() {
        let zone = Zone::utc();
        let (text, summary) = written(
            Format::Csv,
            Settings::default(),
            &sample::columns(&zone),
            &sample::leads(),
        );
        sample::assert_agreed("ranked.csv", &sample::visible(&text));
        assert_eq!(
            summary,
            Summary {
                leads: 9,
                cells_escaped: 11,
                cells_cut: 0,
            }
        );
    }

    #[test]
    fn tabs_separate_and_are_quoted_inside_cells() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["rank", "name"]).unwrap();
        let lead = Lead {
            name: Some("a\tb \"c\"".into()),
            ..sample::bare_lead()
        };
        let (text, _) = written(Format::Tsv, Settings::default(), &columns, &[lead]);
        assert_eq!(text, "rank\tname\n1\t\"a\tb \"\"c\"\"\"\n");
    }

    #[test]
    fn escaping_can_be_switched_off() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["name"]).unwrap();
        let (text, summary) = written(Format::Csv, raw(), &columns, &sample::leads()[1..2]);
        assert_eq!(text, "name\n=1+1\n");
        assert_eq!(summary.cells_escaped, 0);
    }

    #[test]
    fn a_header_is_made_safe_too() {
        let zone = Zone::utc();
        let available = Available {
            groups: vec!["-fit"],
            ..Available::default()
        };
        let columns = Columns::of_run(&available, sample::context(&zone))
            .pick(["-fit"])
            .unwrap();
        let lead = Lead {
            groups: vec![("-fit", crate::value::Points::whole(-4))],
            ..sample::bare_lead()
        };
        let (text, summary) = written(Format::Csv, Settings::default(), &columns, &[lead]);
        assert_eq!(text, "'-fit\n-4\n");
        assert_eq!(summary.cells_escaped, 1);
    }

    #[test]
    fn excel_gets_a_byte_order_mark_and_its_line_ends() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["rank", "contact_id"]).unwrap();
        let settings = Settings {
            excel: true,
            ..Settings::default()
        };
        let (text, _) = written(Format::Csv, settings, &columns, &[sample::bare_lead()]);
        assert_eq!(text, "\u{feff}rank,contact_id\r\n1,c-1\r\n");
    }

    #[test]
    fn an_only_cell_that_is_empty_is_no_blank_line() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["owner"]).unwrap();
        let (text, _) = written(Format::Csv, raw(), &columns, &[sample::bare_lead()]);
        assert_eq!(text, "owner\n\"\"\n");
    }

    #[test]
    fn a_list_of_nobody_is_its_header() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["rank", "score"]).unwrap();
        let (text, _) = written(Format::Csv, raw(), &columns, &[]);
        assert_eq!(text, "rank,score\n");
    }

    #[test]
    fn a_reader_that_went_away_is_told_from_other_failures() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        for format in Format::ALL {
            let error = write(
                format,
                &columns,
                Settings::default(),
                &sample::leads(),
                &mut Gone,
            )
            .unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{}", format.name());
        }
    }

    #[test]
    fn only_what_would_be_misread_is_quoted() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["rank", "name"]).unwrap();
        for (format, name, line) in [
            (Format::Csv, "a; b\tc", "1,a; b\tc\n"),
            (Format::Csv, "a\rb", "1,\"a\rb\"\n"),
            (Format::Csv, " a,b", "1,\" a,b\"\n"),
            (Format::Tsv, "a; b,c", "1\ta; b,c\n"),
            (Format::Tsv, "a\tb", "1\t\"a\tb\"\n"),
        ] {
            let lead = Lead {
                name: Some(name.into()),
                ..sample::bare_lead()
            };
            let (text, _) = written(format, raw(), &columns, &[lead]);
            assert_eq!(text.split_once('\n').unwrap().1, line);
        }
    }

    proptest! {
        #[test]
        fn another_reader_gets_back_every_cell(
            names in prop::collection::vec(any::<String>(), 1..6),
            tabs in any::<bool>(),
            safe in any::<bool>(),
        ) {
            let zone = Zone::utc();
            let columns = sample::columns(&zone).pick(["name", "rank", "email"]).unwrap();
            let leads: Vec<Lead<'_>> = names
                .iter()
                .map(|name| Lead { name: Some(name.into()), email: Some(name), ..sample::bare_lead() })
                .collect();
            let (format, separator) = if tabs { (Format::Tsv, b'\t') } else { (Format::Csv, b',') };
            let settings = if safe { Settings::default() } else { raw() };
            let (text, _) = written(format, settings, &columns, &leads);
            let mut records = read(&text, separator);
            prop_assert_eq!(records.remove(0), ["name", "rank", "email"]);
            for (record, name) in records.iter().zip(&names) {
                let cells = record.iter().map(|cell| if safe { unescape(cell).into_owned() } else { cell.clone() });
                prop_assert_eq!(cells.collect::<Vec<_>>(), [name.as_str(), "1", name.as_str()]);
            }
            prop_assert_eq!(records.len(), names.len());
        }
    }
}
