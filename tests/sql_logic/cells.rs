//! The cells that conditions are tried on, and what each says, settled by hand from the description of the model.
//!
//! The model calls `Select`, `N/A` and `-` blank, decimals have a point, days are those of Amsterdam, and numeric dates
//! begin with the day.

/// A cell and its readings; what it cannot be read as is NULL.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// As it stands in the export.
    pub text: &'static str,
    /// Whether it says nothing at all.
    pub blank: bool,
    pub number: Option<f64>,
    /// The local day, as `2026-11-01`.
    pub day: Option<&'static str>,
    pub yes: Option<bool>,
}

const fn text(text: &'static str) -> Cell {
    Cell {
        text,
        blank: false,
        number: None,
        day: None,
        yes: None,
    }
}

const fn blank(cell: &'static str) -> Cell {
    Cell {
        blank: true,
        ..text(cell)
    }
}

const fn number(cell: &'static str, number: f64) -> Cell {
    Cell {
        number: Some(number),
        ..text(cell)
    }
}

const fn day(cell: &'static str, day: &'static str) -> Cell {
    Cell {
        day: Some(day),
        ..text(cell)
    }
}

const fn yes(cell: &'static str) -> Cell {
    Cell {
        yes: Some(true),
        ..text(cell)
    }
}

const fn no(cell: &'static str) -> Cell {
    Cell {
        yes: Some(false),
        ..text(cell)
    }
}

/// A numeric date whose day is above twelve, so that a column that holds it is settled.
pub const SETTLES_THE_ORDER: Cell = day("25/12/2026", "2026-12-25");

/// Cells beside which the others stand: one of each kind.
pub const PARTNERS: [&str; 9] = [
    "",
    "yes",
    "No",
    "maybe",
    "5",
    "Referral",
    "a",
    "2026-10-30",
    "VIP",
];

/// The cell that stands so in the table.
///
/// # Panics
/// Where there is none.
pub fn cell(text: &str) -> &'static Cell {
    let found = CELLS.iter().find(|cell| cell.text == text);
    found.unwrap_or_else(|| panic!("{text:?} is not in the table of cells"))
}

/// What a text made of cells says: the case of ASCII letters and white space at its ends never matter to a reading.
///
/// # Panics
/// Where the table does not say.
pub fn reading_of(text: &str) -> &'static Cell {
    let plain = |text: &str| text.trim().to_ascii_lowercase();
    let found = CELLS.iter().find(|cell| plain(cell.text) == plain(text));
    found.unwrap_or_else(|| panic!("the table of cells does not say what {text:?} is"))
}

pub const CELLS: &[Cell] = &[
    // Nothing is known.
    blank(""),
    blank(" "),
    blank("\t"),
    blank("\u{a0}\u{3000}"),
    blank("Select"),
    blank(" N/A "),
    blank("-"),
    // Nearly blank.
    text("select one"),
    text("n/a"),
    text("--"),
    text("\u{200b}"),
    text("null"),
    text("''"),
    // Words, by case and spaces.
    text("Referral"),
    text("referral"),
    text("REFERRAL"),
    text(" Referral"),
    text("Referral  "),
    text("Portals"),
    text("a"),
    text("A"),
    text("b"),
    text("aaa"),
    text("abab"),
    text("it's"),
    text("\"a\""),
    // Letters beyond ASCII, and letters of two parts.
    text("Málaga"),
    text("málaga"),
    text("MÁLAGA"),
    text("Malaga"),
    text("Ma\u{301}laga"),
    text("é"),
    text("e\u{301}"),
    text("Ω"),
    text("ß"),
    text("日本"),
    text("😀"),
    text("\u{a0}é\u{2003}"),
    // Signs that patterns know.
    number("50%", 50.0),
    text("%"),
    text("_"),
    text("a_b"),
    text("axb"),
    text(r"a\b"),
    text(r"\"),
    text("/pricing_1%"),
    text("/pricing/plans"),
    text("a.c"),
    text("abc"),
    text("line\nbreak"),
    text("a\n"),
    // Tags.
    text("VIP"),
    text("vip; Buyer"),
    text("Buyer , VIP"),
    text("VIPs,Buyers"),
    text(";,VIP;"),
    text("VIP|Buyer"),
    // Yes and no.
    yes("yes"),
    yes("Yes"),
    yes(" YES\t"),
    yes("true"),
    yes("y"),
    yes("X"),
    yes("Ja"),
    yes("si"),
    yes("sí"),
    yes("SÍ"),
    yes("oui"),
    yes("Checked"),
    Cell {
        yes: Some(true),
        ..number("1", 1.0)
    },
    no("no"),
    no("No"),
    no("FALSE"),
    no("n"),
    no("nee"),
    no(" Nein "),
    no("non"),
    no("unchecked"),
    Cell {
        yes: Some(false),
        ..number("0", 0.0)
    },
    text("maybe"),
    text("yes!"),
    text("ye s"),
    text("on"),
    text("sì"),
    // Numbers in their spellings.
    number("2", 2.0),
    number("5", 5.0),
    number(" 5 ", 5.0),
    number("+5", 5.0),
    number("05", 5.0),
    number("5.0", 5.0),
    number("-5", -5.0),
    number("-0", 0.0),
    number("10", 10.0),
    number("2.5", 2.5),
    number(".5", 0.5),
    number("0.1", 0.1),
    number("0.25", 0.25),
    number("0.3", 0.3),
    number("1.234", 1.234),
    number("1,234", 1234.0),
    number("€ 1,234.50", 1234.5),
    number("$5", 5.0),
    number("5 €", 5.0),
    number("45%", 45.0),
    number("-4.5 %", -4.5),
    number("150000", 150_000.0),
    number("2026", 2026.0),
    number("20261030", 20_261_030.0),
    // Mistyped numbers.
    text("5."),
    text("1,5"),
    text("1,,234"),
    text("1 234"),
    text("1e3"),
    text("0x10"),
    text("1_000"),
    text("1.2.3"),
    text("--5"),
    text("5 5"),
    text("(5)"),
    text("five"),
    text("NaN"),
    text("inf"),
    text("٣"),
    text("５"),
    // Days in their spellings.
    day("2026-10-30", "2026-10-30"),
    day(" 2026-10-30 ", "2026-10-30"),
    day("2026-11-01", "2026-11-01"),
    day("2026-11-02", "2026-11-02"),
    day("2024-02-29", "2024-02-29"),
    day("2026-10-30 23:30", "2026-10-30"),
    day("2026-10-30T12:00:00.5", "2026-10-30"),
    day("2026-10-30T23:30:00Z", "2026-10-31"),
    day("2026-10-31T00:30:00+02:00", "2026-10-30"),
    day("2026-07-14T22:30:00Z", "2026-07-15"),
    SETTLES_THE_ORDER,
    day("03/05/2026", "2026-05-03"),
    day("30-10-2026", "2026-10-30"),
    // Mistyped days.
    text("2026-02-29"),
    text("2026-13-01"),
    text("2026-00-10"),
    text("2026-10-30T24:00:00Z"),
    text("2026-10-30T12:60:00Z"),
    text("31/02/2026"),
    text("26-10-30"),
    text("yesterday"),
    text("2026-W44-5"),
    text("30 October"),
    // Addresses and telephone numbers.
    text("anna@example.com"),
    text("Anna@Example.COM"),
    text(" anna@example.com"),
    text("anna@example"),
    text("anna@@example.com"),
    text("a.b+c@sub.example.co.uk"),
    text("josé@example.com"),
    text("anna@example.c"),
    text("made-up@gmail.com"),
    text("made-up@GMail.com"),
    text("made-up@gmail.com.example"),
    text("gmail.com"),
    text("+31 (0)20-123 45 67"),
    text("00 31 20 1234567"),
    text("020/123.45.67"),
    text("12 34 56"),
    text("12-34-56-7"),
    text("+12 3456 7890 1234 56"),
    text("020-1234567 ext 5"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_stands_in_the_table_once() {
        for (at, cell) in CELLS.iter().enumerate() {
            let before = &CELLS[..at];
            assert!(
                before.iter().all(|other| other.text != cell.text),
                "{:?}",
                cell.text
            );
        }
    }

    #[test]
    fn cells_that_differ_by_case_and_ends_alone_say_the_same() {
        for cell in CELLS {
            let other = reading_of(cell.text);
            assert_eq!(
                (cell.number, cell.day, cell.yes),
                (other.number, other.day, other.yes),
                "{:?}",
                cell.text
            );
        }
    }

    #[test]
    fn a_blank_cell_says_nothing() {
        for cell in CELLS.iter().filter(|cell| cell.blank) {
            assert_eq!((cell.number, cell.day, cell.yes), (None, None, None));
        }
    }
}
