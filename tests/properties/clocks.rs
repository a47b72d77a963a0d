//! Time zones and the local times of 2026 at which their clocks go wrong.

/// A zone, and times in it that come twice or never.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    pub zone: &'static str,
    /// Local times that the clocks show twice.
    pub twice: &'static str,
    /// Local times that the clocks jump over.
    pub never: &'static str,
}

/// Clocks that change at night, at midnight, by half an hour, or not at all.
pub const CLOCKS: [Clock; 9] = [
    clock("UTC", "2026-03-01 00:00", "2026-11-01 00:00"),
    clock("Asia/Kolkata", "2026-11-01 05:30", "2026-10-31 18:30"),
    clock("Europe/Amsterdam", "2026-10-25 02:30", "2026-03-29 02:30"),
    clock("America/New_York", "2026-11-01 01:30", "2026-03-08 02:30"),
    clock("America/Santiago", "2026-04-04 23:30", "2026-09-06 00:30"),
    clock("Africa/Cairo", "2026-10-29 23:30", "2026-04-24 00:30"),
    clock("Asia/Beirut", "2026-10-24 23:30", "2026-03-29 00:30"),
    clock(
        "Australia/Lord_Howe",
        "2026-04-05 01:45",
        "2026-10-04 02:15",
    ),
    clock("America/Havana", "2026-11-01 00:30", "2026-03-08 00:30"),
];

const fn clock(zone: &'static str, twice: &'static str, never: &'static str) -> Clock {
    Clock { zone, twice, never }
}
