//! The journal on SQLite: one file, the embedded default for a single office.
//!
//! [`SqliteStore`] is the file and [`SqliteJournal`] a ledger in it. What an append acknowledges is on the disk; several
//! processes of one machine may use one file at once, and of two that append after the same record one is told so.
//! What a record says is opaque here.
//!
//! - **What is in the file**, for people with any SQLite tool: [`schema`].
//! - **What can go wrong**: [`OpenError`] and [`Error`], each with what to do.
//!
//! # What holds
//!
//! - The log is written ahead and synced (`journal_mode` `wal`, `synchronous` `FULL`); a file that cannot be kept so
//!   is not opened.
//! - Each record has a checksum over all that it says, its position and the name of its ledger, and the head of each
//!   ledger is kept apart from its records. A changed byte, a record that is missing or one too many is found when it
//!   is read, and never given out.
//! - To copy a file in use take [`SqliteStore::back_up`], or SQLite's own backup (`VACUUM INTO`, `.backup`), which proves
//!   nothing: beside the file stands a log, `-wal`, which is a part of it.

mod back_up;
mod check;
mod checksum;
mod connect;
mod error;
mod journal;
mod ledger;
mod log;
mod open_error;
mod reading;
pub mod schema;
mod store;
mod transaction;

pub use back_up::{BackUpError, BackedUp, BackingUp};
pub use connect::Options;
pub use error::{Cause, Error};
pub use journal::SqliteJournal;
pub use open_error::OpenError;
pub use store::SqliteStore;
