//! Arguments of what is shown by itself.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use handover::when::Moment;

use super::{Format, When, Whose, last_moment};
use crate::place::Place;

#[derive(Args, Debug)]
pub(crate) struct ShowArguments {
    /// What is shown.
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: Shown,
    /// Its code.
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// The dossier; `-` is the standard input.
    #[arg(value_name = "DOSSIER", required_unless_present = "ledger", conflicts_with = "ledger")]
    pub(crate) file: Option<PathBuf>,
    /// Where a ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
    #[arg(long, value_name = "LEDGER")]
    pub(crate) ledger: Option<Place>,
    /// As the ledger was then: a time of recording, or how many records it had.
    #[arg(long, value_name = "TIME|POSITION", requires = "ledger", conflicts_with = "file")]
    pub(crate) known_at: Option<When>,
    /// Whose word is taken: the key of a party, `all`, `neutral` or `anyone`. It may be given several times.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str)]
    pub(crate) according_to: Vec<Whose>,
    /// As things stood at the end of this time, such as `2025-06-13+03:00` or `2025-06`.
    #[arg(long, value_name = "DATE", value_parser = last_moment)]
    pub(crate) as_of: Option<Moment>,
    /// Only what had been said by the end of this time.
    #[arg(long, value_name = "TIME", value_parser = last_moment)]
    pub(crate) said_by: Option<Moment>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Name the entries on which it rests how a unit stands.
    #[arg(long)]
    pub(crate) explain: bool,
}

/// What is shown by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shown {
    /// A container.
    Container,
    /// A unit of remains.
    Unit,
}
