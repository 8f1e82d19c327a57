//! What can be asked of making room for a ledger.

use std::path::Path;

use clap::Args;
use handover::text::Text;

use crate::place::Place;

#[derive(Args, Debug)]
pub(crate) struct InitArguments {
    /// The file, or `postgres://OWNER@HOST/DATABASE#LEDGER`; nothing may be there yet.
    #[arg(value_name = "LEDGER")]
    pub(crate) place: Place,
    /// What the ledger is called. Without it: as the first dossier that is imported.
    #[arg(long)]
    pub(crate) title: Option<Text>,
    /// On a server: bring an older schema of the database to that of this version first. Take a backup before.
    #[arg(long)]
    pub(crate) migrate: bool,
    /// On a server: let this role read and append, and change nothing. It may be given several times.
    #[arg(long, value_name = "ROLE")]
    pub(crate) appends: Vec<String>,
    /// On a server: let this role read. It may be given several times.
    #[arg(long, value_name = "ROLE")]
    pub(crate) reads: Vec<String>,
}

impl InitArguments {
    /// To make a file.
    pub(crate) fn file(path: &Path, title: Option<Text>) -> Self {
        Self { place: path.into(), title, migrate: false, appends: Vec::new(), reads: Vec::new() }
    }

    /// Whether anything is asked for that only a server has.
    pub(crate) fn is_for_a_server(&self) -> bool {
        self.migrate || !self.appends.is_empty() || !self.reads.is_empty()
    }
}
