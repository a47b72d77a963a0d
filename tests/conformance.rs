//! The readers against collections of cases that others made. None of them is part of the project: each test wants the
//! folder of its collection in the environment, `CSV_SPECTRUM=its-folder cargo test --test conformance -- --ignored`.
//!
//! Where hotlist reads otherwise on purpose the case is listed with the outcome and the reason, and must still come out
//! that way, so that no list outlives what it excuses.

#[path = "conformance/clevercsv.rs"]
mod clevercsv;
#[path = "conformance/csv_spectrum.rs"]
mod csv_spectrum;
#[path = "conformance/reading.rs"]
mod reading;
#[path = "conformance/rust_csv.rs"]
mod rust_csv;
#[path = "conformance/timestamps.rs"]
mod timestamps;
