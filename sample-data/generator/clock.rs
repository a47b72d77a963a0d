//! Time as the agency's CRM writes it: seconds since 1970 inside, Spanish wall-clock time with its offset outside.
//! Summer time follows the rule of the European Union (Directive 2000/84/EC): last Sunday of March to last Sunday of October, at 01:00 UTC.

/// Seconds of an hour.
pub const HOUR: i64 = 3_600;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;
/// The first day whose events are in the export, 2026-05-01.
pub const FIRST_DAY: i64 = day(2026, 5, 1);
/// The day the sample is scored as of, 2026-11-01, a Sunday.
pub const LAST_DAY: i64 = day(2026, 11, 1);

/// Days from 1970-01-01 to a date of the Gregorian calendar.
pub const fn day(year: i64, month: i64, day_of_month: i64) -> i64 {
    // The year starts in March here, so that the leap day is its last.
    let y = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day_of_month - 1;
    365 * y + y / 4 - y / 100 + y / 400 + day_of_year - 719_468
}

/// Year, month and day of the month of a day, for days from 1970 on.
pub const fn date(day: i64) -> (i64, i64, i64) {
    let z = day + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = 400 * era + year_of_era + if month <= 2 { 1 } else { 0 };
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}

/// 0 for Monday to 6 for Sunday.
pub const fn weekday(day: i64) -> i64 {
    (day + 3) % 7
}

const fn last_sunday(year: i64, month: i64) -> i64 {
    let last = day(year, month, 31);
    last - (weekday(last) + 1) % 7
}

const fn offset(instant: i64) -> i64 {
    let (year, _, _) = date(instant / DAY);
    let summer = last_sunday(year, 3) * DAY + HOUR;
    let winter = last_sunday(year, 10) * DAY + HOUR;
    if instant >= summer && instant < winter {
        2 * HOUR
    } else {
        HOUR
    }
}

/// The instant at which the clocks of Madrid show `second` of `day`.
pub const fn instant(day: i64, second: i64) -> i64 {
    let wall = day * DAY + second;
    if offset(wall - 2 * HOUR) == 2 * HOUR {
        wall - 2 * HOUR
    } else {
        wall - HOUR
    }
}

/// The day on which an instant falls in Madrid.
pub const fn local_day(instant: i64) -> i64 {
    (instant + offset(instant)) / DAY
}

/// The second of its day at which an instant falls in Madrid.
pub const fn local_second(instant: i64) -> i64 {
    (instant + offset(instant)) % DAY
}

/// `2026-10-24T18:03:11+02:00`.
pub fn iso(instant: i64) -> String {
    let second = local_second(instant);
    format!(
        "{}T{:02}:{:02}:{:02}+{:02}:00",
        iso_day(local_day(instant)),
        second / HOUR,
        second % HOUR / 60,
        second % 60,
        offset(instant) / HOUR,
    )
}

/// `2026-10-24`.
pub fn iso_day(day: i64) -> String {
    let (year, month, of_month) = date(day);
    format!("{year:04}-{month:02}-{of_month:02}")
}
