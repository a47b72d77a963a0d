//! The readers against collections of cases, and reports against data, that others made. None of them is part of the
//! project: each test wants the folder of its collection in the environment,
//! `CSV_SPECTRUM=its-folder cargo test --test conformance -- --ignored`.
//!
//! Where hotlist reads otherwise on purpose the case is listed with the outcome and the reason, and must still come out
//! that way, so that no list outlives what it excuses.

#[path = "conformance/clevercsv.rs"]
mod clevercsv;
#[path = "conformance/csv_spectrum.rs"]
mod csv_spectrum;
#[path = "conformance/maven.rs"]
mod maven;
#[path = "conformance/olist.rs"]
mod olist;
#[path = "conformance/reading.rs"]
mod reading;
#[path = "conformance/reports.rs"]
mod reports;
#[path = "conformance/rust_csv.rs"]
mod rust_csv;
#[allow(dead_code)]
#[path = "cli/scene.rs"]
mod scene;
#[path = "conformance/timestamps.rs"]
mod timestamps;
