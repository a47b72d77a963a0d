//! The same plan, said to a database: a model as one query for an engine that exists.

pub mod expression;
mod phrases;
