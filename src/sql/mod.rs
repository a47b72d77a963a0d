//! The same plan, said to a database: a model as one query for an engine that exists.
//!
//! A query is made in three steps, each of which knows nothing of the next: the model is lowered to a tree of named
//! steps ([`relation`]), which compute with [`expression`]s that every engine can be told; [`render`] writes that tree
//! down; and a [`dialect`] says the few things that engines spell differently.

pub mod amount;
pub mod condition;
pub mod dbt;
pub mod dialect;
pub mod expression;
pub mod layout;
pub mod lower;
pub mod pattern;
mod phrases;
pub mod read;
pub mod relation;
pub mod render;
#[cfg(test)]
mod trial;
pub mod zone;
