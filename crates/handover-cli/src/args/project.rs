//! What can be asked about tables.

use std::path::PathBuf;
use std::str::FromStr as _;

use clap::Args;
use handover::when::Moment;

use super::{When, Whose, last_moment};
use crate::place::Place;

#[derive(Args, Debug)]
pub(crate) struct ProjectArguments {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
    #[arg(long, value_name = "LEDGER")]
    pub(crate) ledger: Place,
    /// As the ledger was then: a time of recording, or how many records it had.
    #[arg(long, value_name = "TIME|POSITION")]
    pub(crate) known_at: Option<When>,
    /// Whose word is taken: the key of a party, `all`, `neutral` or `anyone`. It may be given several times.
    ///
    /// Without it: every party of the record, then `all`, then `anyone`.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str)]
    pub(crate) according_to: Vec<Whose>,
    /// By whose word the terms of obligations are read. Without it: by the word by which the counts are.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str)]
    pub(crate) terms: Option<Whose>,
    /// As things stood at the end of this time, such as `2025-06-13+03:00` or `2025-06`.
    #[arg(long, value_name = "DATE", value_parser = last_moment)]
    pub(crate) as_of: Option<Moment>,
    /// Only what had been said by the end of this time.
    #[arg(long, value_name = "TIME", value_parser = last_moment)]
    pub(crate) said_by: Option<Moment>,
    /// With a table of single units of remains under their codes. Persons are in none.
    #[arg(long)]
    pub(crate) unit_codes: bool,
    /// Replace the file though it is no projection. A file that keeps a ledger is never replaced.
    #[arg(long)]
    pub(crate) force: bool,
}
