//! The statistics that reports rest on, each in a file of its own with its source; none of them knows what a lead is.
//!
//! Floating-point numbers are fine here, unlike in scoring: what comes out is rounded before it is written. Logarithms
//! and the like come from `libm`, so that every machine gives the same figures.

mod beta;
mod false_discovery;
mod isotonic;
mod observed_expected;
mod quantile;
mod shrinkage;
mod wilson;

pub use beta::Beta;
pub use false_discovery::discoveries;
pub use isotonic::{Rate, isotonic};
pub use observed_expected::{Chances, Compared};
pub use quantile::{Quantile, quantile};
pub use shrinkage::{Prior, Shrunk, Strength};
pub use wilson::wilson;

/// The two ends between which a figure lies with 95%.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A count as a figure to compute with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts below 2^53 are exact, and nobody has more leads"
)]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}
