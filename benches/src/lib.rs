//! Scenes for the measurements, and what is measured of them.
//!
//! A [`Scene`] is an admissible history of any length: it is the same at every run, and every prefix of it can be posted.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of a scene are far from the ends of their types"
)]

pub mod measure;
pub mod remains;
mod round;
mod scene;
mod stage;

pub use scene::Scene;
