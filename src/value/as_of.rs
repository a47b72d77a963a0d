//! The instant a run looks back from: a value handed in, so that scoring never reads a clock.

use std::sync::Arc;

use super::{Day, Instant, TimeForm, TimeReader, Zone};

/// The as-of instant and its local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// Events after it do not count.
    pub instant: Instant,
    /// Its day in the model's zone: the day from which ages are counted.
    pub day: Day,
}

impl AsOf {
    /// A given instant.
    pub fn at(instant: Instant, zone: &Zone) -> Self {
        Self {
            instant,
            day: zone.day_of(instant),
        }
    }

    /// Reads a date, which means the end of that day in `zone`, or an instant; None if `text` is neither.
    pub fn read(text: &str, zone: &Arc<Zone>) -> Option<Self> {
        let text = text.trim();
        if let Some(day) = Day::parse(text) {
            return Some(Self::at(zone.end_of(day), zone));
        }
        let reader = TimeReader {
            zone: Arc::clone(zone),
            form: TimeForm::Recognised,
            order: None,
        };
        Some(Self::at(reader.read(text).ok()?, zone))
    }

    /// A text that [`AsOf::read`] turns into this value again: a date where it is the end of one.
    pub fn write(self, zone: &Zone) -> String {
        if zone.end_of(self.day) == self.instant {
            self.day.to_string()
        } else {
            self.instant.write_in(zone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amsterdam() -> Arc<Zone> {
        Arc::new(Zone::named("Europe/Amsterdam").expect("it is in the list"))
    }

    #[test]
    fn a_date_is_its_last_microsecond_in_the_zone() {
        let zone = amsterdam();
        let as_of = AsOf::read("2026-11-01", &zone).expect("a date");
        assert_eq!(
            as_of.instant.write_in(&zone),
            "2026-11-01T23:59:59.999999+01:00"
        );
        assert_eq!(as_of.day.to_string(), "2026-11-01");
    }

    #[test]
    fn what_is_written_reads_back_as_the_same() {
        let zone = amsterdam();
        for text in [
            "2026-11-01",
            "2026-10-25",
            "2026-11-01T12:00:00+01:00",
            "2026-07-01T00:00:00.25+02:00",
        ] {
            let as_of = AsOf::read(text, &zone).expect("readable");
            assert_eq!(as_of.write(&zone), text);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        assert_eq!(AsOf::read("yesterday", &amsterdam()), None);
    }
}
