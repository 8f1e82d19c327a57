//! What can be asked about manifests.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use handover::container::Provenance;
use handover::id::{BatchId, OrganId, SourceId, SpeakerId};
use handover::when::When as Said;
use handover_journal::Recorder;
use handover_wire::manifest::{self, Cover, Options};

use super::When;
use crate::place::Place;

#[derive(Debug, Subcommand)]
pub(crate) enum ManifestCommand {
    /// Record what a manifest says, one row a container.
    ///
    /// The manifest is CSV in UTF-8 with a header: `code` (the permanent code that you wrote on the container), `since`,
    /// `provenance`, `seal`, `note`, and `alias:ORGAN` for each number that an organ put on it: the sender's bag number
    /// is never a code. Commas, semicolons and tabs are known by the header.
    ///
    /// Every row that is bad is named, with its line and column. If one is, nothing is recorded, unless the good rows are
    /// asked for. The same manifest again records nothing more: entries are named after the batch and the code.
    #[command(after_long_help = "Examples:\n  \
        handover manifest read bags.csv --batch june-11 --held-by s-office --by s --said 2025-06-11T18:00+03:00 \\\n    \
        --ledger office.sqlite\n  \
        handover manifest read bags.csv --batch june-11 --held-by s-office --by s --said 2025-06-11 \\\n    \
        --since 2025-06-11 --provenance unknown --aliases-by n-army --check --dossier istanbul.jsonl")]
    Read(Box<ManifestReadArguments>),
    /// Write the manifest of a batch.
    ///
    /// The containers stand in the order in which they were registered. A text that a spreadsheet would take for a
    /// formula is written behind an apostrophe, and `handover manifest read` takes it away again.
    #[command(after_long_help = "Examples:\n  \
        handover manifest write --batch june-11 --ledger office.sqlite --output bags.csv\n  \
        handover manifest write --batch june-11 --separator semicolon --mark - < istanbul.jsonl")]
    Write(ManifestWriteArguments),
}

#[derive(Args, Debug)]
pub(crate) struct ManifestReadArguments {
    /// The manifest; `-` is the standard input.
    #[arg(value_name = "MANIFEST")]
    pub(crate) file: PathBuf,
    /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
    #[arg(long, value_name = "LEDGER", required_unless_present = "dossier", conflicts_with = "dossier")]
    pub(crate) ledger: Option<Place>,
    /// A dossier, to which the entries are added: it is replaced as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    pub(crate) dossier: Option<PathBuf>,
    /// The batch of which the containers are a part.
    #[arg(long)]
    batch: BatchId,
    /// The organ that has the containers.
    #[arg(long, value_name = "ORGAN")]
    held_by: OrganId,
    /// Whose word the manifest is.
    #[arg(long, value_name = "SPEAKER")]
    by: SpeakerId,
    /// When it was said, such as `2025-06-11T18:00+03:00`.
    #[arg(long, value_name = "WHEN")]
    said: Said,
    /// Where it was read.
    #[arg(long)]
    source: Option<SourceId>,
    /// Since when the organ certainly has a container, where its row does not say.
    #[arg(long, value_name = "WHEN")]
    since: Option<Said>,
    /// Where a container comes from, where its row does not say: `unknown`, `undisclosed`, or in words.
    #[arg(long, value_name = "TEXT", value_parser = manifest::provenance_from)]
    provenance: Option<Provenance>,
    /// Who gave the numbers in a column that is called `alias` alone.
    #[arg(long, value_name = "ORGAN")]
    aliases_by: Option<OrganId>,
    /// What parts the cells. Without it: as the header shows.
    #[arg(long, value_enum)]
    separator: Option<Separator>,
    /// Leave out columns whose names are not known, and say which.
    #[arg(long)]
    ignore_unknown_columns: bool,
    /// Record the good rows where others are bad, name those, and end with 1.
    #[arg(long)]
    take_good_rows: bool,
    /// Record nothing: say which rows may not stand.
    #[arg(long)]
    pub(crate) check: bool,
    /// Who records, as it is shown in the log.
    #[arg(long, value_name = "NAME", default_value = "handover manifest read")]
    pub(crate) recorded_by: Recorder,
}

impl ManifestReadArguments {
    pub(crate) fn cover(&self) -> Cover {
        let mut cover = Cover::new(self.batch, self.held_by, self.by, self.said);
        cover.source = self.source;
        cover.since = self.since;
        cover.provenance.clone_from(&self.provenance);
        cover.aliases_by = self.aliases_by;
        cover
    }

    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        options.separator = self.separator.map(Separator::meant);
        options.ignore_unknown_columns = self.ignore_unknown_columns;
        options.take_good_rows = self.take_good_rows;
        options
    }
}

#[derive(Args, Debug)]
pub(crate) struct ManifestWriteArguments {
    /// The dossier; `-` is the standard input.
    #[arg(value_name = "DOSSIER", required_unless_present = "ledger", conflicts_with = "ledger")]
    pub(crate) dossier: Option<PathBuf>,
    /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
    #[arg(long, value_name = "LEDGER")]
    pub(crate) ledger: Option<Place>,
    /// The batch.
    #[arg(long)]
    pub(crate) batch: BatchId,
    /// As the ledger was then: a time of recording, or how many records it had.
    #[arg(long, value_name = "TIME|POSITION", requires = "ledger", conflicts_with = "dossier")]
    pub(crate) known_at: Option<When>,
    /// What parts the cells.
    #[arg(long, value_enum, default_value_t = Separator::Comma)]
    pub(crate) separator: Separator,
    /// Begin with a byte order mark, by which some spreadsheets know UTF-8.
    #[arg(long)]
    pub(crate) mark: bool,
    /// The file to write, as a whole or not at all. Without it: the standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What parts the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Separator {
    /// `,`
    Comma,
    /// `;`, as spreadsheets write it where the comma parts decimals.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    pub(crate) fn meant(self) -> manifest::Separator {
        match self {
            Self::Comma => manifest::Separator::Comma,
            Self::Semicolon => manifest::Separator::Semicolon,
            Self::Tab => manifest::Separator::Tab,
        }
    }
}
