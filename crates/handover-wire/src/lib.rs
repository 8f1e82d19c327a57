//! The dossier: the file in which the entries of a ledger are written, sent and kept.
//!
//! A dossier is JSON Lines in UTF-8. The first line names the format and its version, every other line is an
//! [`Entry`](handover::entry::Entry), and the last may say how many there are:
//!
//! ```text
//! {"format":"handover-dossier","version":1,"title":"Two sides of one day"}
//! {"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}
//! {"end":{"entries":1}}
//! ```
//!
//! - **To read one into a ledger**: [`read_into`]. All of it is recorded or nothing, and twice is once.
//! - **To look at its entries**: [`Reader`], one line at a time, however long the file is.
//! - **To write one**: [`write_from`] for a whole ledger, [`Writer`] for entries one by one.
//! - **To keep entries one by one**, as a journal does: [`record`].
//! - **To take in the spreadsheet** that is handed over with a batch, and to write one: [`manifest`].
//! - **To tidy one that a person wrote**: [`format()`].
#![cfg_attr(feature = "schema", doc = "- **To check one from another language**: [`schema()`].")]
//!
//! # What is accepted
//!
//! Reading is strict, because a word that is silently skipped is a record lost. An unknown field, name, unit or version is an
//! error, and so is a key that stands twice, a `null`, a line longer than [`MAX_LINE`], and a file that ends without a line
//! feed unless its last line is the end line. Each [`ReadError`] says where: line, column and path. Blank lines and
//! blanks between the parts of a line are accepted; [`format()`] drops them.
//!
//! A dossier without an end line can be read, but that nothing is missing is not proven: see [`Reader::ended`].
//!
//! ```
//! use handover::ledger::Ledger;
//! use handover_wire::{read_into, write_from};
//!
//! let dossier = concat!(
//!     r#"{"format":"handover-dossier","version":1,"title":"Two sides of one day"}"#, "\n",
//!     r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#, "\n",
//!     r#"{"end":{"entries":1}}"#, "\n",
//! );
//! let mut ledger = Ledger::new();
//! let report = read_into(&mut ledger, dossier.as_bytes())?;
//! assert!(report.ended);
//! let written = write_from(&ledger, report.title.as_ref(), Vec::new())?;
//! assert_eq!(written, dossier.as_bytes());
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod decode;
mod error;
mod frame;
mod import;
mod lines;
pub mod manifest;
mod reader;
pub mod record;
#[cfg(feature = "schema")]
mod schema;
mod strict;
mod version;
mod writer;

pub use error::{FormatError, ImportError, Place, Problem, ReadError, WriteError};
pub use import::{Formatted, Report, format, read_into, read_into_draft};
pub use reader::{Numbered, Reader};
#[cfg(feature = "schema")]
pub use schema::{schema, schema_text};
pub use version::Version;
pub use writer::{Writer, write_from};

/// The longest line that is read or written, in bytes without its line feed. No more is held in memory.
pub const MAX_LINE: usize = 1 << 20;
