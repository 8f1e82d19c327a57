//! The port between a ledger and where it is kept.
//!
//! A [`Journal`] is the append-only sequence of one ledger: [`Record`]s in order, each at a [`Position`], none ever
//! changed or removed. What a record says is opaque here; this crate knows neither entries nor rules, and whoever
//! keeps records in a new place depends on this crate alone.
//!
//! [`MemoryStore`] keeps them in memory, for tests and for ledgers that need not last.
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use handover_journal::{AppendError, Journal, LedgerId, MemoryStore, Position, Record, Recorder, Timestamp};
//!
//! let store = MemoryStore::new();
//! let mut journal = store.journal(&LedgerId::new("june")?);
//! let recorder = Recorder::new("headquarters")?;
//! let record = Record::new(Timestamp::from_micros(1_750_000_000_000_000), recorder, 1, "what was said")?;
//! let head = journal.append(Position::START, &[record.clone()])?;
//! assert_eq!(head.number(), 1);
//!
//! // Another handle that has not seen this record is told so, and has written nothing.
//! let mut other = store.journal(&LedgerId::new("june")?);
//! let refused = other.append(Position::START, &[record]);
//! assert!(matches!(refused, Err(AppendError::Conflict { found, .. }) if found == head));
//!
//! let mut payloads = Vec::new();
//! other.read(Position::START, &mut |stored| {
//!     payloads.push(stored.payload.to_owned());
//!     ControlFlow::Continue(())
//! })?;
//! assert_eq!(payloads, ["what was said"]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod journal;
mod memory;
mod record;

pub use error::{AppendError, RecordError};
pub use journal::Journal;
pub use memory::{MemoryError, MemoryJournal, MemoryStore};
pub use record::{LedgerId, MAX_PAYLOAD, Position, Record, Recorder, Stored, Timestamp};
