//! Exports in, models out.
