//! Reports against computations that share nothing with the program: SQL over the same files, and formulas written
//! another way.

#[path = "reports/database.rs"]
mod database;
#[path = "reports/formulas.rs"]
mod formulas;
#[path = "reports/ledgers.rs"]
mod ledgers;
#[path = "reports/sample.rs"]
mod sample;
#[allow(dead_code)]
#[path = "cli/scene.rs"]
mod scene;
