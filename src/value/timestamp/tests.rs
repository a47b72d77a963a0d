//! The spellings that are read and those that are not, one by one.

use jiff::civil;
use proptest::prelude::*;

use super::*;

fn reader(zone: &str) -> TimeReader {
    TimeReader {
        zone: Arc::new(Zone::named(zone).unwrap()),
        form: TimeForm::Recognised,
        order: None,
    }
}

fn with_form(form: TimeForm) -> TimeReader {
    TimeReader {
        form,
        ..reader("UTC")
    }
}

fn with_order(order: DateOrder) -> TimeReader {
    TimeReader {
        order: Some(order),
        ..reader("UTC")
    }
}

/// What a cell is read as, written in UTC.
fn utc(reader: &TimeReader, cell: &str) -> Result<String, TimeError> {
    reader
        .read(cell)
        .map(|instant| instant.write_in(&Zone::utc()))
}

const NOT: Result<&str, TimeError> = Err(TimeError::NotATime);
const FAR: Result<&str, TimeError> = Err(TimeError::OutOfRange);
const EITHER: Result<&str, TimeError> = Err(TimeError::AmbiguousOrder);

#[test]
fn every_usual_spelling_has_its_verdict() {
    let reader = reader("UTC");
    for (cell, expected) in [
        // RFC 3339, with the letters in lower case and a space for the T as it allows.
        ("2026-01-15T10:00:00Z", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15t10:00:00z", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15 10:00:00Z", Ok("2026-01-15T10:00:00Z")),
        // Offsets, with and without a colon.
        ("2026-01-15T10:00:00+05:30", Ok("2026-01-15T04:30:00Z")),
        ("2026-01-15T10:00:00+0530", Ok("2026-01-15T04:30:00Z")),
        ("2026-01-15T10:00:00+05", Ok("2026-01-15T05:00:00Z")),
        ("2026-01-15T10:00:00.000+0000", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15T10:00:00-00:00", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15T10:00:00+23:59", Ok("2026-01-14T10:01:00Z")),
        ("2026-01-15T10:00:00+24:00", NOT),
        ("2026-01-15T10:00:00+25:59", NOT),
        ("2026-01-15T10:00:00+05:60", NOT),
        ("2026-01-15T10:00:00+5", NOT),
        ("2026-01-15T10:00:00+053", NOT),
        ("2026-01-15T10:00:00 +05:30", NOT),
        // Fractions: nine digits at most, of which six are kept.
        ("2026-01-15T10:00:00.5Z", Ok("2026-01-15T10:00:00.5Z")),
        (
            "2026-01-15T10:00:00.123456789Z",
            Ok("2026-01-15T10:00:00.123456Z"),
        ),
        (
            "2026-01-15T10:00:00.9999999Z",
            Ok("2026-01-15T10:00:00.999999Z"),
        ),
        ("2026-01-15T10:00:00.1234567890Z", NOT),
        ("2026-01-15T10:00:00,5Z", Ok("2026-01-15T10:00:00.5Z")),
        ("2026-01-15T10:00:00.Z", NOT),
        ("2026-01-15T10:00.5Z", NOT),
        // Without seconds, without an offset, without a time.
        ("2026-01-15T10:00Z", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15 10:00", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15T10:00:00", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15 10:00:00", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15", Ok("2026-01-15T00:00:00Z")),
        ("2026-01-15T", NOT),
        ("2026-01-15T10", NOT),
        ("2026-01-15T10:", NOT),
        ("2026-01-15T10:00:", NOT),
        ("2026-01-15Z", NOT),
        // Hours, minutes and seconds that no clock shows, and a leap second.
        ("2016-12-31T23:59:60Z", Ok("2016-12-31T23:59:59Z")),
        ("2026-01-15T23:59:60Z", Ok("2026-01-15T23:59:59Z")),
        ("2026-01-15T23:59:61Z", NOT),
        ("2026-01-15T24:00:00Z", NOT),
        ("2026-01-15T10:60:00Z", NOT),
        // Days that no calendar has.
        ("2026-02-29T10:00:00Z", NOT),
        ("2024-02-29T10:00:00Z", Ok("2024-02-29T10:00:00Z")),
        ("1900-02-29T00:00:00Z", NOT),
        ("2000-02-29T00:00:00Z", Ok("2000-02-29T00:00:00Z")),
        ("2026-13-01T00:00:00Z", NOT),
        ("2026-00-10T00:00:00Z", NOT),
        ("2026-04-31T00:00:00Z", NOT),
        ("2026-W03-4T10:00:00Z", NOT),
        ("2026-015T10:00:00Z", NOT),
        // Times that mark "none" in some database.
        ("0000-01-01T00:00:00Z", FAR),
        ("-000001-01-01T00:00:00Z", FAR),
        ("1601-01-01T00:00:00Z", FAR),
        ("1899-12-30T00:00:00Z", FAR),
        ("1969-12-31T23:59:59Z", FAR),
        ("1970-01-01T00:00:00Z", Ok("1970-01-01T00:00:00Z")),
        (
            "2099-12-31T23:59:59.999999Z",
            Ok("2099-12-31T23:59:59.999999Z"),
        ),
        ("2100-01-01T00:00:00Z", FAR),
        ("9999-12-31T23:59:59Z", FAR),
        ("+010000-01-01T00:00:00Z", NOT),
        ("10000-01-01T00:00:00Z", NOT),
        ("-000001-13-01T00:00:00Z", NOT),
        // Numbers, which are only read where the form says so.
        ("1736899200", NOT),
        ("1736899200000", NOT),
        ("1.7368992E+12", NOT),
        ("45672.4166666667", NOT),
        // Dates whose order is not settled.
        ("1/15/2026", EITHER),
        ("25/03/2026", EITHER),
        ("03/04/2025", EITHER),
        ("15.01.2026", EITHER),
        ("15-01-2026 10:00", EITHER),
        ("31/02/2026", NOT),
        ("13/13/2026", NOT),
        ("26-01-15", NOT),
        ("1/15/26", NOT),
        // The year first leaves no doubt.
        ("2026/03/05", Ok("2026-03-05T00:00:00Z")),
        ("2026/3/5 14:22", Ok("2026-03-05T14:22:00Z")),
        ("2026.03.05", NOT),
        ("2026-3-5", NOT),
        // Words.
        ("Thu, 15 Jan 2026 10:00:00 GMT", NOT),
        ("2026-01-15T10:00:00 UTC", NOT),
        ("2026-01-15T10:00:00EST", NOT),
        // RFC 9557: the zone must keep the offset that is written.
        (
            "2026-01-15T10:00:00-05:00[America/New_York]",
            Ok("2026-01-15T15:00:00Z"),
        ),
        (
            "2026-01-15T10:00:00-05:00[!America/New_York]",
            Ok("2026-01-15T15:00:00Z"),
        ),
        (
            "2026-01-15T10:00:00Z[America/New_York]",
            Ok("2026-01-15T10:00:00Z"),
        ),
        ("2026-01-15T10:00:00+09:00[America/New_York]", NOT),
        ("2026-07-15T10:00:00-05:00[America/New_York]", NOT),
        ("2026-01-15T10:00:00+00:00[Nowhere/At_All]", NOT),
        ("2026-01-15T10:00:00[America/New_York]", NOT),
        ("2026-01-15T10:00:00-05:00[America/New_York", NOT),
        ("2026-01-15T10:00:00-05:00[]", NOT),
        // White space around is nothing; within it is something.
        (" 2026-01-15T10:00:00Z", Ok("2026-01-15T10:00:00Z")),
        ("2026-01-15T10:00:00Z\t", Ok("2026-01-15T10:00:00Z")),
        ("\u{a0}2026-01-15\u{a0}", Ok("2026-01-15T00:00:00Z")),
        ("2026-01-15  10:00:00", NOT),
        ("２０２６-01-15T10:00:00Z", NOT),
        ("", NOT),
        ("NULL", NOT),
    ] {
        assert_eq!(utc(&reader, cell), expected.map(str::to_owned), "{cell:?}");
    }
}

#[test]
fn a_time_without_an_offset_is_read_in_the_zone() {
    for (zone, cell, expected) in [
        (
            "Europe/Amsterdam",
            "2026-01-15T10:00:00",
            "2026-01-15T09:00:00Z",
        ),
        (
            "Europe/Amsterdam",
            "2026-07-15 10:00",
            "2026-07-15T08:00:00Z",
        ),
        ("Europe/Amsterdam", "2026-01-15", "2026-01-14T23:00:00Z"),
        ("Europe/Amsterdam", "2026/01/15", "2026-01-14T23:00:00Z"),
        (
            "Europe/Amsterdam",
            "2026-01-15T10:00:00Z",
            "2026-01-15T10:00:00Z",
        ),
        (
            "America/New_York",
            "2026-03-08T02:30:00",
            "2026-03-08T07:30:00Z",
        ),
        (
            "America/New_York",
            "2026-11-01T01:30:00",
            "2026-11-01T05:30:00Z",
        ),
    ] {
        assert_eq!(
            utc(&reader(zone), cell).as_deref(),
            Ok(expected),
            "{cell} in {zone}"
        );
    }
}

#[test]
fn a_numeric_date_follows_the_settled_order() {
    for (cell, day_first, month_first) in [
        (
            "03/05/2026",
            Ok("2026-05-03T00:00:00Z"),
            Ok("2026-03-05T00:00:00Z"),
        ),
        (
            "3.5.2026",
            Ok("2026-05-03T00:00:00Z"),
            Ok("2026-03-05T00:00:00Z"),
        ),
        (
            "3-5-2026",
            Ok("2026-05-03T00:00:00Z"),
            Ok("2026-03-05T00:00:00Z"),
        ),
        ("25/03/2026", Ok("2026-03-25T00:00:00Z"), NOT),
        ("03/25/2026", NOT, Ok("2026-03-25T00:00:00Z")),
        ("29/02/2026", NOT, NOT),
        ("03/05/1926", FAR, FAR),
        ("03/05-2026", NOT, NOT),
        ("03 05 2026", NOT, NOT),
        ("003/05/2026", NOT, NOT),
        ("03/05/26", NOT, NOT),
        (
            "2026/03/05",
            Ok("2026-03-05T00:00:00Z"),
            Ok("2026-03-05T00:00:00Z"),
        ),
        (
            "2026-03-05",
            Ok("2026-03-05T00:00:00Z"),
            Ok("2026-03-05T00:00:00Z"),
        ),
    ] {
        assert_eq!(
            utc(&with_order(DateOrder::DayFirst), cell),
            day_first.map(str::to_owned),
            "{cell}"
        );
        assert_eq!(
            utc(&with_order(DateOrder::MonthFirst), cell),
            month_first.map(str::to_owned),
            "{cell}"
        );
    }
}

#[test]
fn a_numeric_date_may_have_a_time_with_or_without_am_and_pm() {
    let reader = with_order(DateOrder::MonthFirst);
    for (cell, expected) in [
        ("03/05/2026 2:22 PM", Ok("2026-03-05T14:22:00Z")),
        ("03/05/2026 2:22 pm", Ok("2026-03-05T14:22:00Z")),
        ("03/05/2026 2:22PM", Ok("2026-03-05T14:22:00Z")),
        ("3/5/2026, 2:22:33 PM", Ok("2026-03-05T14:22:33Z")),
        ("3/5/2026, 2:22:33\u{202f}PM", Ok("2026-03-05T14:22:33Z")),
        ("3/5/2026  9:05", Ok("2026-03-05T09:05:00Z")),
        ("3/5/2026,9:05", Ok("2026-03-05T09:05:00Z")),
        ("3/5/2026 14:22:33.123", Ok("2026-03-05T14:22:33.123Z")),
        ("3/5/2026 12:00 AM", Ok("2026-03-05T00:00:00Z")),
        ("3/5/2026 12:00 PM", Ok("2026-03-05T12:00:00Z")),
        ("3/5/2026 0:00", Ok("2026-03-05T00:00:00Z")),
        ("3/5/2026 0:00 AM", NOT),
        ("3/5/2026 14:22 PM", NOT),
        ("3/5/2026 24:00", NOT),
        ("3/5/2026 9:5", NOT),
        ("3/5/2026 9", NOT),
        ("3/5/2026 009:05", NOT),
        ("3/5/2026T09:05", NOT),
        ("3/5/20269:05", NOT),
        ("3/5/2026,", NOT),
        ("3/5/2026 2:22 XM", NOT),
        ("3/5/2026 09:05Z", NOT),
    ] {
        assert_eq!(utc(&reader, cell), expected.map(str::to_owned), "{cell:?}");
    }
}

#[test]
fn a_cell_says_what_it_can_about_the_order() {
    use OrderEvidence::{DayFirst, MonthFirst, NotNumericDate, Undecided};
    for (cell, expected) in [
        ("25/03/2026", DayFirst),
        ("25.3.2026 14:00", DayFirst),
        ("03/25/2026", MonthFirst),
        (" 3-25-2026, 2:00 PM ", MonthFirst),
        ("29/02/2024", DayFirst),
        ("03/05/2026", Undecided),
        ("5/5/2026", Undecided),
        ("31/02/2026", NotNumericDate),
        ("25/03/2026 25:00", NotNumericDate),
        ("2026-03-25", NotNumericDate),
        ("2026/03/25", NotNumericDate),
        ("25/03/26", NotNumericDate),
        ("1.2.3", NotNumericDate),
        ("", NotNumericDate),
    ] {
        assert_eq!(order_evidence(cell), expected, "{cell:?}");
    }
}

#[test]
fn epoch_numbers_are_read_where_they_are_declared() {
    for (form, cell, expected) in [
        (
            TimeForm::EpochSeconds,
            "1736899200",
            Ok("2025-01-15T00:00:00Z"),
        ),
        (
            TimeForm::EpochSeconds,
            " 1736899200.123456789 ",
            Ok("2025-01-15T00:00:00.123456Z"),
        ),
        (
            TimeForm::EpochMillis,
            "1736899200000",
            Ok("2025-01-15T00:00:00Z"),
        ),
        (
            TimeForm::EpochMillis,
            "1736899200000.5",
            Ok("2025-01-15T00:00:00.0005Z"),
        ),
        (
            TimeForm::EpochMicros,
            "1736899200000001",
            Ok("2025-01-15T00:00:00.000001Z"),
        ),
        (TimeForm::EpochSeconds, "0", Ok("1970-01-01T00:00:00Z")),
        (TimeForm::EpochSeconds, "-1", FAR),
        (TimeForm::EpochSeconds, "1736899200000", FAR),
        (TimeForm::EpochSeconds, "99999999999999999999999", FAR),
        (TimeForm::EpochSeconds, "999999999999999999", FAR),
        (TimeForm::EpochSeconds, "1.7368992E+9", NOT),
        (TimeForm::EpochSeconds, "1736899200.", NOT),
        (TimeForm::EpochSeconds, ".5", NOT),
        (TimeForm::EpochSeconds, "1,736,899,200", NOT),
        (TimeForm::EpochSeconds, "+1736899200", NOT),
        (TimeForm::EpochSeconds, "2025-01-15", NOT),
        (TimeForm::EpochSeconds, "", NOT),
    ] {
        assert_eq!(
            utc(&with_form(form.clone()), cell),
            expected.map(str::to_owned),
            "{cell:?} as {form:?}"
        );
    }
}

#[test]
fn a_declared_pattern_is_followed() {
    let amsterdam = |pattern: &str| TimeReader {
        form: TimeForm::pattern(pattern).unwrap(),
        ..reader("Europe/Amsterdam")
    };
    for (pattern, cell, expected) in [
        (
            "%d-%m-%Y %H:%M",
            "05-03-2026 14:22",
            Ok("2026-03-05T13:22:00Z"),
        ),
        ("%d.%m.%Y", " 05.03.2026 ", Ok("2026-03-04T23:00:00Z")),
        (
            "%m/%d/%y %I:%M %p",
            "03/05/26 02:22 PM",
            Ok("2026-03-05T13:22:00Z"),
        ),
        (
            "%a, %d %b %Y %T %z",
            "Thu, 15 Jan 2026 10:00:00 +0000",
            Ok("2026-01-15T10:00:00Z"),
        ),
        ("%s", "1736899200", Ok("2025-01-15T00:00:00Z")),
        (
            "%Y-%m-%d %H:%M:%S%.f",
            "2026-03-05 14:22:33.5",
            Ok("2026-03-05T13:22:33.5Z"),
        ),
        ("%d-%m-%Y %H:%M", "05-03-2026", NOT),
        ("%d-%m-%Y", "31-02-2026", NOT),
        ("%d-%m-%Y", "05-03-2026 extra", NOT),
        ("%d-%m-%Y", "05-03-1926", FAR),
    ] {
        assert_eq!(
            utc(&amsterdam(pattern), cell),
            expected.map(str::to_owned),
            "{cell:?} by {pattern:?}"
        );
    }
}

#[test]
fn a_pattern_by_which_no_time_can_be_read_is_refused() {
    for pattern in [
        "",
        "%",
        "%d-%m",
        "%H:%M",
        "%Y-%m-%d %I:%M",
        "%Y-%m-%d %Z",
        "%Y-%m-%d %H:%M %Q",
        "text",
        "%Y-%m-%d %K",
    ] {
        assert!(TimeForm::pattern(pattern).is_err(), "{pattern:?}");
    }
}

#[test]
fn a_day_reaches_back_to_dates_of_birth() {
    let reader = reader("Europe/Amsterdam");
    for (cell, expected) in [
        ("1958-05-17", Ok("1958-05-17")),
        ("1900-01-01", Ok("1900-01-01")),
        ("1899-12-31", FAR),
        ("2199-12-31", Ok("2199-12-31")),
        ("2200-01-01", FAR),
        ("1958-05-17T23:30:00", Ok("1958-05-17")),
        ("2026-07-15T23:30:00Z", Ok("2026-07-16")),
        ("1930-07-15T23:50:00Z", Ok("1930-07-16")),
        ("17/05/1958", EITHER),
        ("someday", NOT),
    ] {
        assert_eq!(
            reader.read_day(cell).map(|day| day.to_string()),
            expected.map(str::to_owned),
            "{cell}"
        );
    }
}

#[test]
fn bytes_that_are_not_text_are_no_time() {
    assert_eq!(
        reader("UTC").read_bytes(b"2026-01-15T10:00:00\xff"),
        Err(TimeError::NotATime)
    );
    assert_eq!(
        reader("UTC").read_bytes(b"\xff\xfe"),
        Err(TimeError::NotATime)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_time_of_any_zone_is_read_as_the_database_reads_it(
        zone in prop::sample::select(vec!["UTC", "Europe/Amsterdam", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe"]),
        year in 1971_i16..2099,
        of_year in 0_i32..366,
        seconds in 0_i64..86_400,
        micros in 0_i64..1_000_000,
    ) {
        let local = civil::date(year, 1, 1).to_datetime(civil::Time::midnight())
            + jiff::Span::new().days(of_year).seconds(seconds).microseconds(micros);
        let reader = reader(zone);
        let theirs = jiff::tz::TimeZoneDatabase::bundled().get(zone).unwrap().to_ambiguous_timestamp(local).compatible().unwrap();
        prop_assert_eq!(reader.read(&local.to_string()).map(Instant::micros), Ok(theirs.as_microsecond()));
        prop_assert_eq!(reader.read(&theirs.to_string()).map(Instant::micros), Ok(theirs.as_microsecond()));
        prop_assert_eq!(reader.read_day(&local.to_string()).map(|day| day.to_string()), Ok(local.date().to_string()));
    }

    #[test]
    fn what_is_usually_in_one_form_is_read_in_it_or_as_it_is_recognised(seconds in 0_i64..4_000_000_000) {
        let usually = with_form(TimeForm::Usually(Box::new(TimeForm::EpochMillis)));
        let wanted = Ok(Instant::from_micros(seconds * 1_000_000));
        let written = jiff::Timestamp::from_second(seconds).unwrap().to_string();
        prop_assert_eq!(usually.read(&(seconds * 1_000).to_string()), wanted);
        prop_assert_eq!(usually.read(&written), wanted);
        prop_assert_eq!(usually.read("soon"), Err(TimeError::NotATime));
    }

    #[test]
    fn no_text_makes_it_panic(cell in r"[0-9 TZ:/.,+\[\]éAPm-]{0,24}", bytes: Vec<u8>) {
        let forms = [TimeForm::Recognised, TimeForm::EpochSeconds, TimeForm::EpochMicros, TimeForm::Pattern("%d/%m/%Y".to_owned())];
        for form in forms {
            let reader = TimeReader { order: Some(DateOrder::DayFirst), ..with_form(form) };
            let _ = (reader.read(&cell), reader.read_day(&cell), reader.read_bytes(&bytes));
        }
        let _ = order_evidence(&cell);
    }

    #[test]
    fn what_is_read_in_iso_shape_another_reader_takes_too(cell in r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}[0-9Z.:+-]{0,4}") {
        // Whatever we read, the library reads too: ours is the stricter grammar.
        if reader("UTC").read(&cell).is_ok() {
            let theirs = cell.parse::<jiff::Timestamp>().map(|_| ()).or_else(|_| cell.parse::<civil::DateTime>().map(|_| ()));
            prop_assert!(theirs.is_ok(), "{}", cell);
        }
    }
}
