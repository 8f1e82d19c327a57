//! How the command ends when it does not end well.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use handover::refusal::EntryRefusal;
use handover_desk::SubmitError;
use handover_wire::manifest::ManifestError;
use handover_wire::{FormatError, ImportError, Problem, ReadError, WriteError};

/// Why the command did not do what was asked, in the order of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A check found something.
    Found,
    /// It was not called as it must be.
    Usage,
    /// A dossier was refused.
    Refused,
    /// A file could not be read or written.
    Io,
    /// Whoever waited did not want to wait.
    Interrupted,
}

impl Kind {
    /// The exit code that is documented in the help.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Found => 1,
            Self::Usage => 2,
            Self::Refused => 3,
            Self::Io => 4,
            // As shells have it: 128, and the number of the signal.
            Self::Interrupted => 130,
        }
    }
}

/// A message, what to do about it, and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    message: String,
    advice: Option<String>,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: Some(advice.into()) }
    }

    /// A failure of which everything was told already.
    pub(crate) fn told(kind: Kind) -> Self {
        Self { kind, message: String::new(), advice: None }
    }

    pub(crate) fn io(what: &str, path: &Path, why: &io::Error) -> Self {
        let advice = match why.kind() {
            io::ErrorKind::NotFound => "check the name; `-` is the standard input".to_owned(),
            io::ErrorKind::PermissionDenied => "check who may read and write it".to_owned(),
            io::ErrorKind::IsADirectory => "name the dossiers in it".to_owned(),
            _ => "nothing was changed: try again when the cause is removed".to_owned(),
        };
        Self { kind: Kind::Io, message: format!("{what} {}: {why}", shown(path)), advice: Some(advice) }
    }

    fn read(path: &Path, why: &ReadError, again: &str) -> Self {
        if let Problem::Io(why) = why.problem() {
            return Self::io("cannot read", path, why);
        }
        Self::new(Kind::Refused, format!("{}: {why}", shown(path)), again)
    }

    /// A dossier was not imported.
    pub(crate) fn import(path: &Path, why: &ImportError) -> Self {
        match why {
            ImportError::Read(why) => {
                Self::read(path, why, "correct this line; `handover schema` shows what a line may hold")
            }
            _ => Self::new(
                Kind::Refused,
                format!("{}: {why}", shown(path)),
                "correct this entry or what it refers to: of a dossier all entries stand or none",
            ),
        }
    }

    /// A dossier was not made canonical.
    pub(crate) fn format(path: &Path, why: &FormatError) -> Self {
        match why {
            FormatError::Read(why) => {
                Self::read(path, why, "correct this line: a dossier that cannot be read is left as it is")
            }
            FormatError::Write(WriteError::Io(why)) => Self::io("cannot write", path, why),
            why => Self::new(
                Kind::Refused,
                format!("{}: {why}", shown(path)),
                "shorten this entry: the dossier is left as it is",
            ),
        }
    }

    /// A manifest was not read.
    pub(crate) fn manifest(path: &Path, why: &ManifestError) -> Self {
        let advice = match why {
            ManifestError::Io(why) => return Self::io("cannot read", path, why),
            ManifestError::UnknownColumns(_) => {
                "rename them, or leave them out with `--ignore-unknown-columns`"
            }
            ManifestError::NoColumn { name: "since" | "provenance", .. } => {
                "add the column, or say it for every row with `--since` and `--provenance`"
            }
            ManifestError::NoOrgan { why: None, .. } => "or say whose they are with `--aliases-by`",
            ManifestError::Refused(_) => {
                "record it before the manifest, or correct what is said beside the manifest"
            }
            _ => "nothing is recorded: correct the manifest and read it again",
        };
        Self::new(Kind::Refused, format!("{}: {why}", shown(path)), advice)
    }

    /// Entries were not recorded; where the first of them stands that is wrong, if one is.
    pub(crate) fn submit(at: Option<(&Path, u64)>, why: &SubmitError) -> Self {
        let place = at.map(|(path, line)| format!("{}: line {line}: ", shown(path))).unwrap_or_default();
        match why {
            SubmitError::Refused { entry, refusal, .. } => Self::new(
                Kind::Refused,
                format!("{place}entry `{entry}`: {refusal}: {}", refusal.rule()),
                "correct this entry or what it refers to: all entries are recorded or none",
            ),
            SubmitError::TooLarge { .. } => {
                Self::new(Kind::Refused, format!("{place}{why}"), "all entries are recorded or none")
            }
            why => Self::new(
                Kind::Io,
                why.to_string(),
                "do the same again when the cause is removed: nothing is recorded twice",
            ),
        }
    }

    /// A ledger that is kept in a file cannot be used; the error itself says what to do.
    pub(crate) fn store(why: impl fmt::Display) -> Self {
        Self { kind: Kind::Io, message: why.to_string(), advice: None }
    }

    /// The exit code that is documented in the help.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.kind.number())
    }

    /// Says on the standard error what went wrong.
    pub(crate) fn tell(&self) {
        if self.message.is_empty() {
            return;
        }
        let error = anstyle::AnsiColor::Red.on_default().effects(anstyle::Effects::BOLD);
        anstream::eprintln!("{error}error:{error:#} {}", self.message);
        if let Some(advice) = &self.advice {
            anstream::eprintln!("  {advice}");
        }
    }
}

impl From<EntryRefusal> for Failure {
    fn from(why: EntryRefusal) -> Self {
        Self::new(Kind::Usage, why.to_string(), "name what is recorded: `handover report FILE` lists it")
    }
}

/// How an input is called.
pub(crate) fn shown(path: &Path) -> impl fmt::Display + '_ {
    struct Shown<'p>(&'p Path);
    impl fmt::Display for Shown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            if self.0 == Path::new("-") { f.write_str("the standard input") } else { self.0.display().fmt(f) }
        }
    }
    Shown(path)
}
