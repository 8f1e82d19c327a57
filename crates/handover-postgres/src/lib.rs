//! The journal on PostgreSQL 15 and later: one server, or one cluster, that several offices append to.
//!
//! [`PostgresStore`] is the database and [`PostgresJournal`] a ledger in it. What an append acknowledges is on the disk of
//! the server, and of its standbys where the server is told to wait for them; of two that append after the same record
//! one is told so, wherever they are. What a record says is opaque here.
//!
//! - **What is in the database**, for people who query with SQL: [`schema`].
//! - **What can go wrong**: [`OpenError`] and [`Error`], each with what to do.
//! - **Following others**: [`PostgresTail`] tells when somebody appended.
//!
//! # What holds
//!
//! - An append is one statement that holds only if the head is where the writer believes it to be; the primary key
//!   decides between two that run at once. No row is ever updated, so a role that may read and insert is enough, and
//!   triggers refuse every change to all others.
//! - A server that would lose what it acknowledged (`fsync` off) is not used, and `synchronous_commit` is never below
//!   `on`.
//! - When the connection ends in the midst of an append, it is unknown what became of it. Before the handle answers anything
//!   else, it has made sure that the server is not still at work on it: what is read then is final.
//! - Reading is ordered by position, resumes where a lost connection left it, and holds a bounded part in memory.
//! - A connection string may name several hosts. A handle that lost its server looks for the one that can be written
//!   among them, for as long as [`Options::patience`] says.
//!
//! A handle drives its connection itself, in the thread that uses it: there is nothing to start, and no thread beside it but while a
//! long ledger is read.

mod ahead;
mod append;
mod backend;
mod check;
mod connect;
mod driver;
mod error;
mod journal;
mod open_error;
mod options;
mod reading;
pub mod schema;
mod seat;
mod store;
mod tail;
mod tls;

pub use error::{Cause, Error};
pub use journal::PostgresJournal;
pub use open_error::OpenError;
pub use options::Options;
pub use store::{Access, PostgresStore};
pub use tail::PostgresTail;
