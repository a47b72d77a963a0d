//! `hotlist explain`: the ledger of a lead, the evidence, and what would make it hotter.
