//! Stories: what the dossiers must say by each side's word, and what must never appear.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scenario that cannot be told has failed"
)]

mod custody;
mod field_intake;
mod house;
mod identification;
mod istanbul;
mod korea;
mod refusals;
mod remains;
mod seed;
mod telling;
mod terms;
