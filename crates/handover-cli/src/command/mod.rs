//! What the command does: one file a subcommand.

mod check;
mod demo;
mod fmt;
mod keep;
mod learn;
mod manifest;
mod project;
mod report;
mod show;

pub(crate) use check::check;
pub(crate) use demo::demo;
pub(crate) use fmt::fmt;
pub(crate) use keep::{export, import, init, log, record_one};
pub(crate) use learn::{completions, man};
pub(crate) use manifest::{read_manifest, write_manifest};
pub(crate) use project::project;
pub(crate) use report::report;
pub(crate) use show::show;
