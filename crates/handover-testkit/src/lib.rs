//! The test kit.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc,
    clippy::similar_names,
    reason = "a kit for tests fails by a panic; places and numbers of a small world are small, and there are words in it"
)]

pub mod compare;
pub mod hands;
pub mod machine;
pub mod model;
pub mod scenario;
pub mod sound;
pub mod story;
pub mod world;
