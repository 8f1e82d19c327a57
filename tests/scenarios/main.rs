//! Stories: what the dossiers must say by each side's word, and what must never appear.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scenario that cannot be told has failed"
)]

mod accounting;
mod afterwards;
mod agreements;
mod claim_rules;
mod claims_named;
mod courses;
mod custody;
mod disclosure;
mod duties;
mod edge_cases;
mod field_intake;
mod forensics;
mod house;
mod identification;
mod identification_rules;
mod istanbul;
mod korea;
mod list_versions;
mod numbers;
mod otherwise;
mod passages;
mod prisoner_rules;
mod prisoner_way;
mod prisoners;
mod reciprocity;
mod refusals;
mod remains;
mod remains_rules;
mod seed;
mod tampered;
mod tampered_lists;
mod telling;
mod terms;
mod unrecordable;
mod word_on_units;
