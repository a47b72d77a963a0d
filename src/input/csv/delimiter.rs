//! Tells the delimiter of a text from its header and first records.

use super::cut::is_blank;
use super::sketch::{Ending, Sketch};

/// What can stand between two fields, in the order of how common it is.
pub(super) const CANDIDATES: [u8; 4] = *b",;\t|";

/// How many records after the header are looked at.
const LOOKED_AT: usize = 100;

/// The delimiter, or `None` where the text does not decide.
///
/// Taken is the candidate that splits the header and every record looked at into the same number of fields, more
/// than one; of several such the one with most fields; failing all, the one candidate in the header that fits most
/// records. A header that holds no candidate is a single column, read as comma.
pub(super) fn tell(bytes: &[u8], line_end: u8, ended: bool) -> Option<u8> {
    let fits: Vec<Fit> = CANDIDATES
        .iter()
        .filter_map(|delimiter| Fit::of(bytes, *delimiter, line_end, ended))
        .filter(|fit| fit.columns > 1)
        .collect();
    if fits.is_empty() {
        return Some(b',');
    }
    if fits.iter().any(Fit::is_perfect) {
        return single_best(fits.iter().filter(|fit| fit.is_perfect()), |fit| {
            fit.columns
        });
    }
    single_best(fits.iter(), |fit| fit.fitting)
}

/// The delimiter of the candidate with the largest figure, if no other has the same.
fn single_best<'a>(
    fits: impl Iterator<Item = &'a Fit> + Clone,
    figure: fn(&Fit) -> usize,
) -> Option<u8> {
    let best = fits.clone().map(figure).max()?;
    let mut winners = fits.filter(|fit| figure(fit) == best);
    let winner = winners.next()?;
    winners.next().is_none().then_some(winner.delimiter)
}

/// How well one candidate splits the text.
struct Fit {
    delimiter: u8,
    /// Fields of the header.
    columns: usize,
    /// Records looked at.
    records: usize,
    /// Those with as many fields as the header.
    fitting: usize,
}

impl Fit {
    fn is_perfect(&self) -> bool {
        self.fitting == self.records
    }

    /// `None` where the header cannot be read with this delimiter.
    fn of(bytes: &[u8], delimiter: u8, line_end: u8, ended: bool) -> Option<Self> {
        let header = Sketch::read(bytes, 0, delimiter, line_end, ended);
        if header.junk.is_some() || header.ending != Ending::Whole {
            return None;
        }
        let mut fit = Self {
            delimiter,
            columns: header.count,
            records: 0,
            fitting: 0,
        };
        let mut at = header.next;
        while at < bytes.len() && fit.records < LOOKED_AT {
            let record = Sketch::read(bytes, at, delimiter, line_end, ended);
            if !ended && record.ending != Ending::Whole {
                break;
            }
            if !is_blank(&bytes[record.span.clone()]) {
                fit.records += 1;
                let whole = record.junk.is_none() && record.ending == Ending::Whole;
                fit.fitting += usize::from(whole && record.count == fit.columns);
            }
            at = record.next;
        }
        Some(fit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<u8> {
        tell(text.as_bytes(), b'\n', true)
    }

    #[test]
    fn each_delimiter_is_told_from_a_plain_text() {
        for delimiter in CANDIDATES {
            let text = "id,name,city\n1,Ann,Rome\n2,Bob,Oslo\n"
                .replace(',', &char::from(delimiter).to_string());
            assert_eq!(told(&text), Some(delimiter));
        }
    }

    #[test]
    fn decimal_commas_do_not_hide_a_semicolon() {
        assert_eq!(told("id;price\n1;1,5\n2;2,25\n"), Some(b';'));
    }

    #[test]
    fn other_candidates_inside_quotes_do_not_count() {
        assert_eq!(told("id,tags\n1,\"a;b;c\"\n2,\"d;e\"\n"), Some(b','));
        assert_eq!(told("\"id;x\",\"a;b\"\n\"1;y\",\"c;d\"\n"), Some(b','));
    }

    #[test]
    fn a_single_column_reads_as_comma() {
        assert_eq!(told("email\na@example.com\n"), Some(b','));
    }

    #[test]
    fn a_text_that_two_delimiters_split_alike_is_undecided() {
        assert_eq!(told("a,b;c\n1,2;3\n"), None);
    }

    #[test]
    fn a_bad_record_does_not_change_the_delimiter() {
        assert_eq!(told("id,a;b,c\n1,x,y\n2,x\n3,x,y\n"), Some(b','));
    }

    #[test]
    fn the_fuller_of_two_even_splits_wins() {
        assert_eq!(told("id,name,a|b\n1,x,c|d\n"), Some(b','));
    }
}
