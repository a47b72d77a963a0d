//! What stands before the header: how lines end, and blank lines.

use super::block::count;
use super::feed::Feed;
use crate::diagnostic::Report;

/// How much of an input is looked at to tell its shape. It does not depend on the block size, so neither does the
/// outcome.
pub(super) const SAMPLE: usize = 256 * 1024;

/// LF, or CR where the beginning of the file has CR but no LF.
pub(super) fn line_end(feed: &mut Feed) -> Result<u8, Report> {
    // A CR at the very end of what is at hand may be half of a CRLF.
    if feed.bytes().ends_with(b"\r") {
        feed.fill(feed.bytes().len() + 1)?;
    }
    let has = |byte| memchr::memchr(byte, feed.bytes()).is_some();
    Ok(if has(b'\r') && !has(b'\n') {
        b'\r'
    } else {
        b'\n'
    })
}

/// Passes over blank lines, however many, and gives how many lines that were. Afterwards a whole sample stands ready
/// again, or all that is left.
pub(super) fn skip_blank(feed: &mut Feed, line_end: u8) -> Result<u64, Report> {
    let mut lines = 0;
    loop {
        let bytes = feed.bytes();
        let blank = bytes
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r') || **byte == line_end)
            .count();
        let some_left = blank < bytes.len();
        lines += count(line_end, &bytes[..blank]);
        feed.skip(blank);
        feed.fill(SAMPLE)?;
        if some_left || feed.bytes().is_empty() {
            return Ok(lines);
        }
    }
}

/// Passes over so many lines, or as many as there are, and gives how many that were.
pub(super) fn skip_lines(feed: &mut Feed, line_end: u8, lines: u64) -> Result<u64, Report> {
    let mut skipped = 0;
    while skipped < lines && !feed.bytes().is_empty() {
        match memchr::memchr(line_end, feed.bytes()) {
            Some(end) => {
                feed.skip(end + 1);
                skipped += 1;
            }
            // A line may be longer than a sample; its end is all that matters.
            None => {
                skipped += u64::from(feed.ended());
                feed.skip(feed.bytes().len());
            }
        }
        feed.fill(SAMPLE)?;
    }
    Ok(skipped)
}
