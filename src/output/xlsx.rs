//! An Excel workbook of one sheet.
//!
//! Every column has a filter and a width that fits it, and a temperature stands in its colour. Rows go to a temporary
//! file as they come, so that a long list needs no memory. What cells are, and that the same leads give the same bytes,
//! is said in `workbook`.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatPattern};

use super::color::rgb;
use super::columns::{Cell, Columns, Kind};
use super::workbook::{Book, Value};
pub use super::workbook::{LONGEST_CELL, MOST_ROWS as MOST_LEADS};
use super::{Exporter, Summary};
use crate::diagnostic::{Diagnostic, Kind as Refusal, Report};
use crate::rank::{Lead, Parts};

/// Columns that a sheet has.
pub const MOST_COLUMNS: usize = 16_384;

/// Refuses a list that no sheet holds, before any of it is written.
///
/// # Errors
/// [`Refusal::Usage`], with the hint to take another format.
pub fn refuse_too_large(leads: u64, columns: usize) -> Result<(), Report> {
    let (what, most) = if leads > MOST_LEADS {
        (format!("{leads} leads"), MOST_LEADS)
    } else if columns > MOST_COLUMNS {
        (format!("{columns} columns"), MOST_COLUMNS as u64)
    } else {
        return Ok(());
    };
    let message = format!("an Excel sheet has no room for {what}: {most} fit");
    let hint = "write CSV instead, or less with --top, --temperature or --columns";
    let problem = Diagnostic::error("too-large-for-xlsx", message).hint(hint);
    Err(Report::new(Refusal::Usage, problem))
}

/// Writes a workbook. Nothing is written out before the last lead.
pub struct Xlsx<'run> {
    columns: &'run Columns<'run>,
    book: Option<Book>,
    leads: u64,
}

impl<'run> Xlsx<'run> {
    /// An exporter of these columns.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self {
            columns,
            book: None,
            leads: 0,
        }
    }

    fn book(&mut self) -> io::Result<&mut Book> {
        let unbegun = || io::Error::other("a workbook is begun before it is written to");
        self.book.as_mut().ok_or_else(unbegun)
    }
}

impl Exporter for Xlsx<'_> {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns;
        let name = if columns.are_of_accounts() {
            "Accounts"
        } else {
            "Leads"
        };
        let mut book = Book::new()?;
        let headings = columns.list().iter().map(|column| &*column.name);
        book.begin_sheet(name, headings)?;
        self.book = Some(book);
        Ok(())
    }

    fn lead(&mut self, lead: &Lead<'_>, _out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns;
        let book = self.book()?;
        for (number, (column, cell)) in columns.list().iter().zip(columns.cells(lead)).enumerate() {
            let is_temperature = column.name == "temperature" && column.kind == Kind::Text;
            let color = lead.color.filter(|_| is_temperature).and_then(rgb);
            let text = cell.text();
            let value = match cell {
                Cell::Empty => Value::Blank,
                Cell::Integer(_) | Cell::Points(_) => Value::Number(&text),
                Cell::Time(..) => Value::Time(&text),
                Cell::Text(_) | Cell::Checklist(_) | Cell::Sentences(_) => Value::Text(&text),
            };
            book.cell(number, value, color.map(filled).as_ref())?;
        }
        book.end_row();
        self.leads += 1;
        Ok(())
    }

    fn parts(&self) -> Parts {
        self.columns.parts()
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        let leads = self.leads;
        let book = self.book()?;
        book.end_sheet()?;
        book.save(out)?;
        Ok(Summary {
            leads,
            cells_escaped: 0,
            cells_cut: book.cells_cut,
        })
    }
}

/// A cell filled with a colour, with letters that can be read on it.
fn filled(rgb: u32) -> Format {
    let [_, red, green, blue] = rgb.to_be_bytes().map(u32::from);
    // Relative brightness by the weights of ITU-R BT.601, in thousandths of 255.
    let brightness = 299 * red + 587 * green + 114 * blue;
    let letters = if brightness > 150_000 {
        Color::Black
    } else {
        Color::White
    };
    Format::new()
        .set_background_color(Color::RGB(rgb))
        .set_pattern(FormatPattern::Solid)
        .set_font_color(letters)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, DataType, Range, Reader, Xlsx as Read, open_workbook_from_rs};

    use super::super::{Format, Settings, sample, write};
    use super::*;
    use crate::value::{Points, Zone, is_unseen};

    fn written(columns: &Columns<'_>, leads: &[Lead<'_>]) -> (Vec<u8>, Summary) {
        let mut out = Vec::new();
        let settings = Settings::default();
        let summary = write(Format::Xlsx, columns, settings, leads, &mut out).unwrap();
        (out, summary)
    }

    fn opened(bytes: &[u8]) -> Read<Cursor<Vec<u8>>> {
        open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
    }

    fn sheet(bytes: &[u8]) -> Range<Data> {
        opened(bytes).worksheet_range("Leads").unwrap()
    }

    /// The cell below a heading in a row, from 1.
    fn cell<'s>(sheet: &'s Range<Data>, row: usize, heading: &str) -> &'s Data {
        let headings = sheet.rows().next().unwrap();
        let column = headings.iter().position(|cell| *cell == heading).unwrap();
        sheet.get((row, column)).unwrap_or(&Data::Empty)
    }

    #[test]
    fn the_heading_is_the_columns_names() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let sheet = sheet(&written(&columns, &sample::leads()).0);
        let names: Vec<String> = columns.list().iter().map(|c| c.name.to_string()).collect();
        let headings: Vec<String> = sheet
            .rows()
            .next()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(headings, names);
        assert_eq!(sheet.height(), sample::leads().len() + 1);
    }

    #[test]
    fn numbers_are_numbers_ids_are_text_and_times_are_times() {
        let zone = Zone::utc();
        let sheet = sheet(&written(&sample::columns(&zone), &sample::leads()).0);
        assert_eq!(cell(&sheet, 1, "rank"), &Data::Float(1.0));
        assert_eq!(cell(&sheet, 1, "score"), &Data::Float(85.0));
        assert_eq!(cell(&sheet, 1, "fit"), &Data::Float(45.125));
        assert_eq!(cell(&sheet, 2, "engagement"), &Data::Float(-3.0));
        assert_eq!(cell(&sheet, 1, "change"), &Data::Float(15.0));
        assert_eq!(
            cell(&sheet, 1, "contact_id"),
            &Data::String("0017".to_owned())
        );
        assert_eq!(cell(&sheet, 3, "owner"), &Data::Empty);
        let time = cell(&sheet, 1, "last_event");
        assert!(time.is_datetime(), "{time:?}");
        // 2026-10-30 is day 46,325 of Excel's calendar.
        let Data::DateTime(serial) = time else {
            panic!("{time:?}")
        };
        let expected = 46_325.0 + 10.0 / 24.0;
        assert!((serial.as_f64() - expected).abs() < 1e-9, "{serial:?}");
    }

    #[test]
    fn a_time_is_that_of_the_models_clock() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        let columns = sample::columns(&zone).pick(["last_event"]).unwrap();
        let sheet = sheet(&written(&columns, &sample::leads()[..1]).0);
        let Data::DateTime(serial) = cell(&sheet, 1, "last_event") else {
            panic!("a time")
        };
        assert!((serial.as_f64() - (46_325.0 + 11.0 / 24.0)).abs() < 1e-9);
    }

    #[test]
    fn text_is_never_a_formula_or_a_link_and_has_nothing_that_acts() {
        let zone = Zone::utc();
        let (bytes, _) = written(&sample::columns(&zone), &sample::leads());
        let range = sheet(&bytes);
        assert_eq!(cell(&range, 2, "name"), &Data::String("=1+1".to_owned()));
        let id = "=HYPERLINK(\"http://x.example\",\"me\")";
        assert_eq!(cell(&range, 2, "contact_id"), &Data::String(id.to_owned()));
        assert_eq!(cell(&range, 2, "source"), &Data::String("a\n=b".to_owned()));
        assert_eq!(
            cell(&range, 3, "name"),
            &Data::String(r"\u{1b}[31mred\u{7}".to_owned())
        );
        assert_eq!(
            cell(&range, 4, "name"),
            &Data::String(r"gpj.\u{202e}exe".to_owned())
        );
        let quotes = "Ann \"O'Neil\", \nline two\\";
        assert_eq!(cell(&range, 7, "name"), &Data::String(quotes.to_owned()));
        let formulas = opened(&bytes).worksheet_formula("Leads").unwrap();
        assert!(formulas.used_cells().next().is_none());
        for (_, _, data) in range.used_cells() {
            let text = data.to_string();
            assert!(
                !text.contains(|c: char| c != '\n' && is_unseen(c)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_text_that_looks_like_a_number_or_a_date_stays_text() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["contact_id", "name"]).unwrap();
        for text in [
            "0017",
            "1e5",
            "2026-10-30",
            "TRUE",
            "http://x.example",
            "_x0041_",
            " a ",
        ] {
            let lead = Lead {
                name: Some(text.into()),
                id: text,
                ..sample::bare_lead()
            };
            let sheet = sheet(&written(&columns, &[lead]).0);
            assert!(cell(&sheet, 1, "contact_id").is_string(), "{text}");
            let name = cell(&sheet, 1, "name").to_string();
            assert_eq!(name.replace("_x005F_", "_"), text);
        }
    }

    /// A part of the workbook as text.
    fn part(bytes: &[u8], name: &str) -> String {
        let mut entries = unzip::entries(bytes).into_iter();
        let (_, content) = entries.find(|(found, _)| found == name).unwrap();
        String::from_utf8(content).unwrap()
    }

    /// As much of zip as our own workbooks need.
    mod unzip {
        use std::io::Read;

        /// The names and contents of an archive, by its central directory.
        pub(super) fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
            let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
            let long = |at: usize| short(at) + (short(at + 2) << 16);
            let end = bytes.len() - 22;
            assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
            let mut at = long(end + 16);
            let mut entries = Vec::new();
            for _ in 0..short(end + 10) {
                let (size, name_length) = (long(at + 20), short(at + 28));
                let name =
                    String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).unwrap();
                let start = long(at + 42);
                let start = start + 30 + short(start + 26) + short(start + 28);
                let mut content = Vec::new();
                let mut inflated = flate2::read::DeflateDecoder::new(&bytes[start..start + size]);
                inflated.read_to_end(&mut content).unwrap();
                entries.push((name, content));
                at += 46 + name_length + short(at + 30) + short(at + 32);
            }
            entries
        }
    }

    #[test]
    fn the_heading_stays_in_sight_and_every_column_has_a_filter() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone)
            .pick(["rank", "name", "temperature"])
            .unwrap();
        let (bytes, _) = written(&columns, &sample::leads());
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(
            xml.contains(r#"<pane ySplit="1" topLeftCell="A2""#),
            "{xml}"
        );
        assert!(xml.contains(r#"state="frozen""#), "{xml}");
        assert!(xml.contains(r#"<autoFilter ref="A1:C10"/>"#), "{xml}");
        assert!(xml.contains(r#"<c r="A1" s="1" t="inlineStr">"#), "{xml}");
        assert!(part(&bytes, "xl/styles.xml").contains("<b/>"));
    }

    #[test]
    fn widths_follow_what_stands_in_a_column_up_to_a_limit() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone)
            .pick(["rank", "name", "last_event"])
            .unwrap();
        let long = Lead {
            name: Some("n".repeat(500).into()),
            ..sample::leads().remove(0)
        };
        let xml = part(&written(&columns, &[long]).0, "xl/worksheets/sheet1.xml");
        let widths: Vec<f64> = xml
            .split("<col ")
            .skip(1)
            .map(|column| {
                column
                    .split("width=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            })
            .collect();
        assert!(
            widths[0] < 10.0 && (60.0..62.0).contains(&widths[1]) && widths[2] > 19.0,
            "{widths:?}"
        );
    }

    #[test]
    fn the_temperature_stands_in_its_colour() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone)
            .pick(["name", "temperature"])
            .unwrap();
        let exact = Lead {
            color: Some("#123456"),
            ..sample::bare_lead()
        };
        let leads = [sample::leads().remove(0), exact, sample::bare_lead()];
        let (bytes, _) = written(&columns, &leads);
        let styles = part(&bytes, "xl/styles.xml");
        let red = format!("FF{:06X}", rgb("red").unwrap());
        assert!(
            styles.contains(&red) && styles.contains("FF123456"),
            "{styles}"
        );
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        let style = |cell: &str| {
            xml.split(&format!(r#"<c r="{cell}""#))
                .nth(1)
                .unwrap()
                .starts_with(" s=")
        };
        assert!(
            style("B2") && style("B3") && !style("B4") && !style("A2"),
            "{xml}"
        );
    }

    #[test]
    fn a_cell_longer_than_excel_takes_is_cut_and_counted() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["name"]).unwrap();
        for (text, is_cut) in [
            ("x".repeat(LONGEST_CELL), false),
            ("x".repeat(LONGEST_CELL + 1), true),
            ("é".repeat(LONGEST_CELL), false),
            ("👋".repeat(LONGEST_CELL / 2 + 1), true),
        ] {
            let lead = Lead {
                name: Some(text.clone().into()),
                ..sample::bare_lead()
            };
            let (bytes, summary) = written(&columns, &[lead]);
            assert_eq!(summary.cells_cut, u64::from(is_cut));
            let found = cell(&sheet(&bytes), 1, "name").to_string();
            assert_eq!(found.ends_with('…'), is_cut);
            assert!(found.encode_utf16().count() <= LONGEST_CELL);
            assert!(text.starts_with(found.trim_end_matches('…')));
        }
    }

    #[test]
    fn the_same_leads_give_the_same_bytes() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let first = written(&columns, &sample::leads()).0;
        assert_eq!(first, written(&columns, &sample::leads()).0);
        let created = "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z";
        assert!(part(&first, "docProps/core.xml").contains(created));
    }

    #[test]
    fn a_list_of_nobody_is_its_header() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["rank", "name"]).unwrap();
        let sheet = sheet(&written(&columns, &[]).0);
        assert_eq!((sheet.height(), sheet.width()), (1, 2));
    }

    #[test]
    fn points_come_back_exactly() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["score"]).unwrap();
        for thousandths in [1, 100, 333, 5_125, -7_001, 123_456_789] {
            let score = Points::from_thousandths(thousandths);
            let lead = Lead {
                score,
                ..sample::bare_lead()
            };
            let sheet = sheet(&written(&columns, &[lead]).0);
            assert_eq!(cell(&sheet, 1, "score").to_string(), score.to_string());
        }
    }

    #[test]
    fn a_list_that_no_sheet_holds_is_refused_with_another_format() {
        assert!(refuse_too_large(MOST_LEADS, MOST_COLUMNS).is_ok());
        for (leads, columns, message) in [
            (
                MOST_LEADS + 1,
                1,
                "an Excel sheet has no room for 1048576 leads: 1048575 fit",
            ),
            (
                1,
                MOST_COLUMNS + 1,
                "an Excel sheet has no room for 16385 columns: 16384 fit",
            ),
        ] {
            let report = refuse_too_large(leads, columns).unwrap_err();
            assert_eq!(report.kind, Refusal::Usage);
            assert_eq!(report.diagnostics[0].message, message);
            assert!(
                report.diagnostics[0]
                    .hint
                    .as_deref()
                    .unwrap()
                    .contains("CSV")
            );
        }
    }
}
