//! What the command does: one file a subcommand.

mod check;
mod demo;
mod fmt;
mod learn;
mod report;

pub(crate) use check::check;
pub(crate) use demo::demo;
pub(crate) use fmt::fmt;
pub(crate) use learn::{completions, man};
pub(crate) use report::report;
