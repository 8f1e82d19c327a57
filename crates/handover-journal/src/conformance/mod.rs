//! The rules that every journal keeps, each a test.
//!
//! Whoever keeps records in a new place says in a [`Fixture`] how to make a store and how to connect to it, and writes
//! one line, [`journal_conformance!`](crate::journal_conformance), which makes a test of each rule. The suite knows the
//! port alone: no clock, no waiting, nothing of how a journal works inside.
//!
//! ```
//! use handover_journal::conformance::{Capability, Fixture, Prepared};
//! use handover_journal::{LedgerId, MemoryJournal, MemoryStore};
//!
//! struct InMemory(MemoryStore);
//!
//! impl Fixture for InMemory {
//!     type Journal = MemoryJournal;
//!     const DURABLE: Capability = Capability::Declined("it is gone with the last handle");
//!     const SEVERAL_LEDGERS: Capability = Capability::Claimed;
//!
//!     fn fresh() -> Prepared<Self> {
//!         Ok(Self(MemoryStore::new()))
//!     }
//!
//!     fn connect(&self) -> Prepared<MemoryJournal> {
//!         Ok(self.0.journal(&LedgerId::new("june")?))
//!     }
//!
//!     fn other_ledger(&self) -> Prepared<Option<MemoryJournal>> {
//!         Ok(Some(self.0.journal(&LedgerId::new("july")?)))
//!     }
//! }
//!
//! // In `tests/conformance.rs` of the adapter: a test of each rule.
//! handover_journal::journal_conformance!(InMemory);
//!
//! // Or one by one:
//! use handover_journal::conformance::prove;
//! prove::<InMemory>("appending_nothing_answers_like_any_other")?;
//! # Ok::<(), handover_journal::conformance::Violation>(())
//! ```

mod batches;
mod check;
mod conflicts;
mod contents;
mod fixture;
mod handles;
mod list;
mod positions;
mod races;
mod reading;
mod rule;
mod store;
mod unknown;

pub use fixture::{Capability, Fixture, Prepared};
pub use list::rules;
pub use rule::{Rule, Violation, prove};
