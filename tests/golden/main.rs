//! Bytes that must decode for ever, the schema, and input that must be refused.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod bad_entries;
mod bad_input;
mod files;
mod manifest;
mod mutations;
mod names;
mod schema;
mod support;
mod views;
