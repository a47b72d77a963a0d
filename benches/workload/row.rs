//! The bytes of one row, written into a buffer that is used again for the next.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// A small number as a place.
fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// A row being written.
#[derive(Default)]
pub struct Row(pub Vec<u8>);

impl Row {
    /// These bytes as they stand.
    pub fn text(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// The next cell of a CSV row: nothing that these rows hold needs quotes that it does not bring along.
    pub fn cell(&mut self, text: &str) {
        self.text(",");
        self.text(text);
    }

    fn digit(&mut self, digit: u64) {
        self.0.push(DIGITS[index(digit & 15)]);
    }

    /// A number in decimal digits.
    pub fn number(&mut self, number: u64) {
        let mut digits = [0; 20];
        let mut first = digits.len();
        let mut rest = number;
        loop {
            first -= 1;
            digits[first] = DIGITS[index(rest % 10)];
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.0.extend_from_slice(&digits[first..]);
    }

    /// A number of hundredths: `129.05`.
    pub fn hundredths(&mut self, hundredths: u64) {
        self.number(hundredths / 100);
        self.text(".");
        self.digit(hundredths / 10 % 10);
        self.digit(hundredths % 10);
    }

    /// `T10:11:12Z` of a second of the day.
    pub fn clock(&mut self, second: u64) {
        for (mark, part) in
            ["T", ":", ":"]
                .into_iter()
                .zip([second / 3_600, second / 60 % 60, second % 60])
        {
            self.text(mark);
            self.digit(part / 10);
            self.digit(part % 10);
        }
        self.text("Z");
    }

    /// A version 4 UUID (RFC 9562) of these bits.
    pub fn uuid(&mut self, high: u64, low: u64) {
        let high = high & !0xF000 | 0x4000;
        let low = low & !(3 << 62) | 2 << 62;
        for nibble in (0..16).rev() {
            self.digit(high >> (4 * nibble));
            if matches!(nibble, 8 | 4 | 0) {
                self.text("-");
            }
        }
        for nibble in (0..16).rev() {
            self.digit(low >> (4 * nibble));
            if nibble == 12 {
                self.text("-");
            }
        }
    }
}

/// `2026-05-05` for days since 1970-01-01.
pub fn iso_day(day: u64) -> String {
    let z = day + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}
