//! Where a ledger is kept: in a file or, where the command was built for it, on a server.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TryMapValueParser, TypedValueParser as _, ValueParserFactory};

/// Where a ledger is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a file.
    File(PathBuf),
    /// On a server.
    #[cfg(feature = "postgres")]
    Server(crate::server::Address),
}

/// How the address of a server begins.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

impl Place {
    fn read(given: OsString) -> Result<Self, String> {
        match given.to_str() {
            Some(text) if SCHEMES.iter().any(|scheme| text.starts_with(scheme)) => Self::on_a_server(text),
            _ => Ok(Self::File(given.into())),
        }
    }

    #[cfg(feature = "postgres")]
    fn on_a_server(text: &str) -> Result<Self, String> {
        text.parse().map(Self::Server)
    }

    #[cfg(not(feature = "postgres"))]
    fn on_a_server(_: &str) -> Result<Self, String> {
        Err("this command was built without PostgreSQL: build it with the feature `postgres`, or name a file"
            .into())
    }
}

impl From<&Path> for Place {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            #[cfg(feature = "postgres")]
            Self::Server(address) => address.fmt(f),
        }
    }
}

impl ValueParserFactory for Place {
    type Parser = TryMapValueParser<OsStringValueParser, fn(OsString) -> Result<Self, String>>;

    fn value_parser() -> Self::Parser {
        OsStringValueParser::new().try_map(Self::read)
    }
}
