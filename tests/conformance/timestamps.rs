//! Spellings of times with what should become of each.

use std::fs;
use std::sync::Arc;

use hotlist::value::{TimeError, TimeForm, TimeReader, Zone};

use crate::reading::{Comparison, Deviation, folder};

const DEVIATIONS: [Deviation; 1] = [(
    "2026-01-15T10:00:00.123456789Z",
    "2026-01-15T10:00:00.123456Z",
    "times are kept in microseconds",
)];

#[test]
#[ignore = "needs the list of timestamps in the folder that TIMESTAMPS names"]
fn every_spelling_of_a_time_has_its_verdict() {
    let text = fs::read_to_string(folder("TIMESTAMPS").join("timestamps.tsv"));
    let mut comparison = Comparison::default();
    for line in text.expect("the list is there").lines().skip(1) {
        let mut cells = line.split('\t');
        let spelling = cells.next().unwrap_or_default();
        let verdict = cells.next().unwrap_or_default();
        let told = spelling.trim_matches('"');
        let (cell, zone) = match told.split_once(" (--tz ") {
            Some((cell, zone)) => (cell, zone.trim_end_matches(')')),
            None => (spelling, "UTC"),
        };
        let cell = if cell == "(empty)" { "" } else { cell };
        let reader = TimeReader {
            zone: Arc::new(Zone::named(zone).expect("a zone")),
            form: TimeForm::Recognised,
            order: None,
        };
        let outcome = match reader.read(cell) {
            Ok(instant) => instant.write_in(&Zone::utc()),
            Err(TimeError::OutOfRange) => "timestamp_range".to_owned(),
            Err(TimeError::NotATime | TimeError::AmbiguousOrder) => "bad_timestamp".to_owned(),
        };
        // Whether it is counted in the summary is no matter of the reader.
        let (_, wanted) = verdict.split_once(':').expect("a verdict");
        comparison.add(spelling, &outcome, wanted, &DEVIATIONS);
    }
    comparison.finish(56, &DEVIATIONS);
}
