//! The manifest: the spreadsheet that is handed over with a batch, one row a container.
//!
//! A manifest is CSV (RFC 4180) in UTF-8 with a header. What is the same for every row stands not in it but on its [`Cover`]:
//! the batch, who has the containers, whose word it is and when it was said.
//!
//! ```text
//! code,since,provenance,seal,note,alias:n-army
//! c-1,2025-06-11T14:00+03:00,unknown,A-1017,,12345678901234567
//! c-2,2025-06-11T14:00+03:00,"near the river, east bank",,bag torn,BRC/12-а
//! ```
//!
//! - **To read one into a ledger**: [`read_into`]. All of it is recorded or nothing, unless it is asked to take the good rows;
//!   every bad row is named, and twice is once.
//! - **To look at its rows**: [`Reader`], one row at a time, however long the file is.
//! - **To write one**: [`write_from`].
//!
//! # Columns
//!
//! They stand in any order, and small and capital letters are the same in their names.
//!
//! | column | holds | |
//! |---|---|---|
//! | `code` | the permanent code of the container, written on it once and never used again (invariant 21): a key or a UUID | always |
//! | `since` | since when who has it certainly has it: a [`When`](handover::when::When) | or [`Cover::since`] |
//! | `provenance` | where it comes from: `unknown`, `undisclosed`, or in words (invariant 22) | or [`Cover::provenance`] |
//! | `seal` | the number of its seal | |
//! | `note` | what a reader must know of it | |
//! | `alias:ORGAN` | a number that this organ put on it; the column may stand several times | |
//! | `alias` | the same, of the organ in [`Cover::aliases_by`] | |
//!
//! **A number that someone else gave is never a code.** The sender's number of the bag, `12345678901234567` or `BRC/12-а`, stands in
//! a column of the sender: it is kept for ever, stands on as many containers as it does, and is never trusted as
//! identity (invariant 21). Who receives writes a code of their own on each container and puts it in the column `code`.
//!
//! A cell that is empty says nothing: the cover speaks for it, or there is no such thing. A column whose name is not known is
//! refused, unless it is asked to leave such columns out; what is left out is told. A column without a name must be empty.
//!
//! # What is accepted
//!
//! Commas, semicolons or tabs, known by the header, by a first line such as `sep=;`, or told by [`Options::separator`]. A byte order mark.
//! Lines that end with a line feed, a return or both. Blanks around a cell, which are dropped. Empty lines, and rows of empty
//! cells, which are skipped. Quoted cells; a line feed within one is refused where [`Text`](handover::text::Text) forbids it.
//!
//! What is no UTF-8 is an error that names the byte. A row longer than [`MAX_ROW`] is one too: no more is held in memory.
//! A number such as `1.23457E+16` among the numbers and seals is refused: it is what a spreadsheet leaves of a long number that it took for a
//! quantity.
//!
//! Nothing in CSV says that it is complete: compare how many rows were read with what the cover sheet says.
//!
//! # Cells that a spreadsheet would act on
//!
//! A text that begins with `=`, `+`, `-` or `@` is written behind an apostrophe, for a spreadsheet would take it for a formula. So is a told
//! provenance that says `unknown` or `undisclosed`, and a text that looks like a shortened number. Reading takes
//! exactly these apostrophes away and leaves all others, so every text comes back as it was.
//!
//! # Identifiers of entries
//!
//! They follow from batch and code: [`container_entry`], [`alias_entry`]. So the same manifest read again, by anyone and anywhere,
//! makes the same entries and records nothing more; a corrected manifest records the rows that are new; and a row that says
//! otherwise of a code that is recorded is refused, with the columns in which it differs. To correct what is recorded is
//! an entry of its own, not another manifest.

mod bytes;
mod cell;
mod cover;
mod error;
mod header;
mod identity;
mod import;
mod reader;
mod rows;
mod writer;

pub use cover::{Cover, Options, Separator, provenance_from};
pub use error::{BadRow, Fault, ManifestError, RowError, Wrong};
pub use identity::{alias_entry, container_entry};
pub use import::{Report, read_into, read_into_draft};
pub use reader::{Reader, Row};
pub use writer::{Written, write_from};

/// The longest row that is read, in bytes without what quotes them. No more is held in memory.
pub const MAX_ROW: usize = 1 << 16;
