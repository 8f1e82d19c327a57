//! What the command does: one file a subcommand.

mod back_up;
mod check;
mod demo;
mod disclose;
mod fmt;
mod keep;
mod learn;
mod manifest;
mod project;
mod report;
mod show;

pub(crate) use back_up::back_up;
pub(crate) use check::check;
pub(crate) use demo::demo;
pub(crate) use disclose::{DisclosedPage, disclose};
pub(crate) use fmt::fmt;
pub(crate) use keep::{export, import, init, log, record_one};
pub(crate) use learn::{completions, man};
pub(crate) use manifest::{read_manifest, write_manifest};
pub(crate) use project::project;
pub(crate) use report::report;
pub(crate) use show::show;
