//! What can be asked of the command.

mod disclose;
mod init;
mod manifest;
mod project;
mod show;
mod told;

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use handover::id::PartyId;
use handover::reading::According;
use handover::when::Moment;
use handover_desk::KnownAt;
use handover_journal::{Position, Recorder, Timestamp};

use crate::place::Place;

pub(crate) use disclose::DiscloseArguments;
pub(crate) use init::InitArguments;
pub(crate) use manifest::{ManifestCommand, ManifestReadArguments, ManifestWriteArguments};
pub(crate) use project::ProjectArguments;
pub(crate) use show::{ShowArguments, Shown};
pub(crate) use told::ToldIn;

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  `check` found something, `fmt --check` would change a dossier, or rows of a manifest were left out
  2  the command was not called as it must be
  3  a dossier was refused: it cannot be read, or an entry may not stand; or a manifest was
  4  a file could not be read or written, or a ledger is damaged
130  it was interrupted, and nothing was recorded, copied or written";

/// A ledger for handing over the fallen and exchanging prisoners, read from each side's point of view.
///
/// A dossier is a file of entries: who said what about which handover, and where it was read. The command reads
/// dossiers strictly and shows what they come to by each side's word. No figure is ever shown without whose word it is,
/// and the two directions of a handover are never netted into one.
#[derive(Debug, Parser)]
#[command(name = "handover", version, after_long_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    /// What is to be done.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    // ---- to read
    /// Show a real dossier, read by each side's word.
    ///
    /// It reads the dossier of one press article of June 2025, which is part of this command, checks it and reports it
    /// by the word of each party, by what all accept and by anyone's word. The terms are anyone's, as the article
    /// states them in its own voice.
    /// The ledger is kept in a file, and where it is is told on the standard error. Doing it again records nothing more.
    #[command(after_long_help = "Examples:\n  handover demo\n  handover demo --ledger article.sqlite")]
    Demo {
        /// The file in which the ledger is kept. Without it: among the data of this user.
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// Report what a dossier, or a ledger that is kept, comes to by someone's word.
    ///
    /// Every figure is a range with a source. A reading says whose word is taken; figures of several readings stand
    /// beside each other. What nobody said is shown as silent, what is kept back as undisclosed, and neither is nought.
    ///
    /// The JSON form holds the same in fields that are named as the sections are; ranges are
    /// {"lo": 1200, "hi": null}, and `null` as `hi` is an open end.
    #[command(after_long_help = "Examples:\n  \
        handover report istanbul.jsonl\n  \
        handover report istanbul.jsonl --according-to ru --as-of 2025-06-13+03:00\n  \
        handover report istanbul.jsonl --only obligations --terms anyone --explain\n  \
        handover report --ledger office.sqlite --known-at 2025-06-12T18:00+03:00\n  \
        handover report - --format json < istanbul.jsonl")]
    Report(ReportArguments),
    /// Show one container or one unit of remains: where it is, by what chain, and what is told of it.
    ///
    /// A container is named by its code, or by a number that someone else put on it if that stands on no other. A unit is
    /// shown with its descent, how it stands by each side's word, and the entries that speak of it. Persons are never
    /// shown, and of families only numbers.
    #[command(after_long_help = "Examples:\n  \
        handover show container box-7 exchange.jsonl\n  \
        handover show unit unit-7a exchange.jsonl --according-to south --as-of 2025-07-01\n  \
        handover show unit unit-7a --ledger office.sqlite --known-at 2025-06-12T18:00+03:00\n  \
        handover show container box-7 exchange.jsonl --format json")]
    Show(ShowArguments),
    /// Make what an audience may be shown: numbers, and persons and remains one by one where that is allowed.
    ///
    /// By default nobody is shown anything of persons or units. An authority shares it in the ledger, for a purpose and by a
    /// right; an embargo keeps it back until each side has lifted its own; the public is shown a person only after the family was
    /// told or by the person's own consent, and small numbers only as what they look like. What each side said in public is shown
    /// as far as every word of it names where it was read.
    #[command(after_long_help = "Examples:\n  \
        handover disclose public istanbul.jsonl\n  \
        handover disclose party:ru --ledger office.sqlite --format json\n  \
        handover disclose public exchange.jsonl --why person-7")]
    Disclose(DiscloseArguments),

    // ---- to keep a ledger
    /// Make a file in which a ledger is kept, or prepare a database for one.
    ///
    /// The file is a SQLite database. Several processes may use it at once, and any SQLite tool can read its views. On a
    /// PostgreSQL server, where this command was built for that, the owner of the database calls this once; whoever uses
    /// the ledger needs no more than to read and append. A password is taken from PGPASSWORD.
    #[command(
        after_long_help = "Examples:\n  handover init office.sqlite --title \"Istanbul, June 2025\"\n  handover init 'postgres://owner@db-1/ledgers#june' --appends desk --reads reader"
    )]
    Init(InitArguments),
    /// Record the entries of dossiers in a ledger, all or none.
    ///
    /// Entries that are recorded already are not recorded again, so an import may be repeated. Stopping it at any moment
    /// leaves all of it recorded or nothing; after Ctrl-C it is nothing, unless it was recorded already and that is told.
    #[command(after_long_help = "Example:\n  handover import --ledger office.sqlite istanbul.jsonl")]
    Import {
        /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
        #[arg(long, value_name = "LEDGER")]
        ledger: Place,
        /// The dossiers; `-` is the standard input.
        #[arg(required = true, value_name = "DOSSIER")]
        files: Vec<PathBuf>,
        /// Who records, as it is shown in the log.
        #[arg(long, value_name = "NAME", default_value = "handover import")]
        by: Recorder,
    },
    /// Record one entry, read from the standard input.
    ///
    /// The entry is one line of a dossier; `handover schema` shows what it may hold.
    #[command(after_long_help = "Example:\n  handover record --ledger office.sqlite < entry.json")]
    Record {
        /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
        #[arg(long, value_name = "LEDGER")]
        ledger: Place,
        /// Who records, as it is shown in the log.
        #[arg(long, value_name = "NAME", default_value = "handover record")]
        by: Recorder,
    },
    /// List what was recorded: when, by whom, and in which order.
    #[command(after_long_help = "Example:\n  handover log --ledger office.sqlite --format json")]
    Log {
        /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
        #[arg(long, value_name = "LEDGER")]
        ledger: Place,
        /// For people or, a line a record with the whole entry, for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Write a ledger as a dossier.
    ///
    /// The dossier is canonical. It does not carry when entries were recorded: `handover log --format json` does.
    #[command(after_long_help = "Example:\n  handover export --ledger office.sqlite --output istanbul.jsonl")]
    Export {
        /// Where the ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
        #[arg(long, value_name = "LEDGER")]
        ledger: Place,
        /// As the ledger was then: a time, or how many records it had.
        #[arg(long, value_name = "TIME|POSITION")]
        known_at: Option<When>,
        /// The file to write, as a whole or not at all. Without it: the standard output.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write what a ledger comes to as tables, for people who ask with SQL.
    ///
    /// The tables stand in a SQLite file of their own, which takes the place of a former one as a whole or not at all: legs,
    /// obligations and their states, claims, and units of remains counted by status, each row with whose word it is. No
    /// person is in them. A file that is no such projection is not replaced.
    #[command(after_long_help = "Examples:\n  \
        handover project --ledger office.sqlite tables.sqlite\n  \
        handover project --ledger office.sqlite tables.sqlite --according-to ru --terms anyone --as-of 2025-06-13+03:00")]
    Project(ProjectArguments),
    /// Read or write a manifest: the spreadsheet that is handed over with a batch.
    ///
    /// A manifest has one row a container. What is the same for all of them is told beside it: the batch, who has
    /// them, whose word it is.
    Manifest {
        /// What is to be done with it.
        #[command(subcommand)]
        command: ManifestCommand,
    },

    // ---- to keep in order
    /// Check that dossiers can be read, that every entry may stand, and that nobody is lost.
    ///
    /// Each dossier is read strictly and its entries are posted to a ledger of its own; then every invariant is checked
    /// on the ledger. A dossier without an end line is reported: that nothing is missing is not proven then.
    ///
    /// Of a ledger that is kept, the file is checked too, every record is proven by its checksum and replayed, and its
    /// bytes are compared with the entry that they hold. Every record that is not sound is named.
    #[command(after_long_help = "Examples:\n  \
        handover check dossiers/*.jsonl\n  \
        handover check --ledger office.sqlite")]
    Check {
        /// The dossiers; `-` is the standard input.
        #[arg(required_unless_present = "ledger", value_name = "DOSSIER")]
        files: Vec<PathBuf>,
        /// Where a ledger is kept. It may be given several times.
        #[arg(long, value_name = "LEDGER")]
        ledger: Vec<Place>,
    },
    /// Copy the file in which a ledger is kept, also while it is used, and prove the copy.
    ///
    /// The copy is of the moment at which this begins: all that was recorded by then is in it, and whoever records
    /// meanwhile does not wait. It is proven as `check` proves a file. It stands there whole or not at all; nothing that is
    /// there already is replaced. To use it, name it as `--ledger`.
    #[command(
        after_long_help = "Example:\n  handover backup --ledger office.sqlite /mnt/other/office-2025-06-13.sqlite"
    )]
    Backup {
        /// The file in which the ledger is kept.
        #[arg(long, value_name = "FILE")]
        ledger: PathBuf,
        /// Where the copy is to be; nothing may be there yet.
        #[arg(value_name = "COPY")]
        copy: PathBuf,
    },
    /// Write dossiers in their canonical form.
    ///
    /// A file is replaced as a whole or not at all. `-` reads the standard input and writes the standard output.
    /// The entries are kept in their order and are not judged: that is what `handover check` is for.
    #[command(after_long_help = "Examples:\n  \
        handover fmt istanbul.jsonl\n  \
        handover fmt --check dossiers/*.jsonl")]
    Fmt {
        /// The dossiers; `-` is the standard input, to the standard output.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Change nothing: say which dossiers are not canonical, and end with 1 if there are any.
        #[arg(long)]
        check: bool,
    },

    // ---- to learn
    /// Print the JSON Schema of a line of a dossier.
    ///
    /// The schema says what shape a line has. It is necessary, not sufficient: `handover check` tells the rest.
    #[command(after_long_help = "Example:\n  handover schema > dossier-v1.schema.json")]
    Schema,
    /// Print what makes a shell complete this command.
    ///
    /// Put it where your shell looks for completions.
    #[command(after_long_help = "Example:\n  \
        handover completions bash > ~/.local/share/bash-completion/completions/handover")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    ///
    /// One page for the command and all that can be asked of it.
    #[command(after_long_help = "Example:\n  handover man > ~/.local/share/man/man1/handover.1")]
    Man,
}

#[derive(Args, Debug)]
pub(crate) struct ReportArguments {
    /// What is read.
    #[command(flatten)]
    pub(crate) told: ToldIn,
    /// Whose word is taken: the key of a party, `all` (what every party accepts), `neutral` (observers) or `anyone`.
    ///
    /// It may be given several times. Without it: every party of the record, then `all`, then `anyone`.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str)]
    pub(crate) according_to: Vec<Whose>,
    /// By whose word the terms of obligations are read. Without it: by the word by which the counts are.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str)]
    pub(crate) terms: Option<Whose>,
    /// Which legs have happened by the end of this time, such as `2025-06-13+03:00` or `2025-06`.
    ///
    /// Without it every recorded leg counts: there is no today in a dossier.
    #[arg(long, value_name = "DATE", value_parser = last_moment)]
    pub(crate) as_of: Option<Moment>,
    /// Only what had been said by the end of this time.
    #[arg(long, value_name = "TIME", value_parser = last_moment)]
    pub(crate) said_by: Option<Moment>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Name the entries on which each figure rests.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Only this section. It may be given several times.
    #[arg(long, value_enum, value_name = "SECTION")]
    pub(crate) only: Vec<Section>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, 80 columns.
    Text,
    /// For programs.
    Json,
}

/// A part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// The readings beside each other.
    Comparison,
    /// What passed, each direction by itself, leg by leg.
    Flows,
    /// What is owed and how it stands.
    Obligations,
    /// What each says is owed, and in return for what.
    Terms,
    /// What was agreed and announced.
    Agreements,
    /// What was planned, held, postponed or missed, and by whose account.
    Schedule,
    /// Daily targets and the pace that was kept.
    Pace,
    /// Prisoners' lists, and what each party says has become of a person: numbers of persons only.
    Prisoners,
    /// Who has the containers, by what chains, and what of it does not fit together.
    Custody,
    /// What was found in the containers, and how far it has come.
    Remains,
    /// How far it has come with whose remains they are: numbers only.
    Identification,
    /// What is to be returned or handed on, what is credited, who is told and where they rest: numbers of families only.
    Duties,
    /// The whole course of what came in each batch, from received to given to the family.
    Course,
    /// Everything that is open: what is to be explained, found, corrected, returned or looked at again.
    Open,
    /// Who accuses whom.
    Allegations,
    /// What someone expects.
    Expectations,
    /// Who is said to be ready.
    Readiness,
    /// Published totals beside recomputed ones.
    Totals,
    /// Organs of one party that differ.
    Conflicts,
    /// What is only repeated.
    Repetitions,
}

/// Whose word is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whose(pub(crate) According);

impl FromStr for Whose {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(match text {
            "all" => According::AcceptedByAll,
            "neutral" => According::Neutral,
            "anyone" => According::Anyone,
            party => According::To(party.parse::<PartyId>().map_err(|why| {
                format!("{why}: name a party by its key, or say `all`, `neutral` or `anyone`")
            })?),
        }))
    }
}

/// As of when a ledger is wanted: a number is a position, anything else a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When(pub(crate) KnownAt);

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A year alone would be a time too: four digits are a position like any others.
        if let Ok(position) = text.parse() {
            return Ok(Self(KnownAt::Position(Position::new(position))));
        }
        // To the end of the second that was named.
        let micros = last_moment(text)?.seconds().saturating_mul(1_000_000).saturating_add(999_999);
        Ok(Self(KnownAt::Time(Timestamp::from_micros(micros))))
    }
}

fn last_moment(text: &str) -> Result<Moment, String> {
    let when: handover::when::When =
        text.parse().map_err(|why: handover::when::WhenError| why.to_string())?;
    when.last_moment()
        .ok_or_else(|| format!("expected a time with an end, such as `2025-06-13`, found `{text}`"))
}
