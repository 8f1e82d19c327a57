//! Arguments of what is shown by itself.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use handover::when::Moment;

use super::{Format, ToldIn, Whose, last_moment};

#[derive(Args, Debug)]
pub(crate) struct ShowArguments {
    /// What is shown.
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: Shown,
    /// Its code.
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// What is read.
    #[command(flatten)]
    pub(crate) told: ToldIn,
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
