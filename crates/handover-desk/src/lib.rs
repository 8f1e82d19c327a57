//! The one way to use a ledger that lasts.
//!
//! A [`Desk`] has a journal, and a warm ledger of what the journal holds. What is submitted to it is judged, written and
//! then shown:
//!
//! - **All or nothing.** The entries of one submission are recorded together or not at all; one that is refused has
//!   changed nothing.
//! - **Answered when durable.** A [`Ticket`] is a future that needs no runtime, and can be waited for. Dropping it
//!   cancels nothing.
//! - **Twice is once.** An entry that is recorded already counts as recorded, also after a restart and in another process:
//!   whoever does not know whether a submission arrived makes it again.
//! - **Many at once.** What is submitted while a write is under way goes into the next one together.
//! - **Many writers.** Desks in several processes may be open on one journal. Each takes in what the others wrote before
//!   it judges.
//! - **Readers see what is durable**, through [`Desk::read`], and what was known earlier, through [`Desk::known_at`].
//!
//! Who only reads, beside the desks or on a standby of the server, takes a [`Follower`]: it lags, and each reading says how far.
//!
//! ```
//! use handover::ledger::Ledger;
//! use handover_desk::{Desk, KnownAt, SystemClock};
//! use handover_journal::{LedgerId, MemoryStore, Position, Recorder};
//! use handover_wire::{Numbered, Reader};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = MemoryStore::new();
//! let (desk, clerk) = Desk::open(store.journal(&LedgerId::new("june")?), SystemClock)?;
//!
//! let dossier = concat!(
//!     r#"{"format":"handover-dossier","version":1}"#, "\n",
//!     r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#, "\n",
//!     r#"{"id":"e-2","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ru","name":"Russia"}}}}"#, "\n",
//!     r#"{"end":{"entries":2}}"#, "\n",
//! );
//! let entries = Reader::new(dossier.as_bytes())?
//!     .map(|read| read.map(|Numbered { entry, .. }| entry))
//!     .collect::<Result<Vec<_>, _>>()?;
//!
//! let receipt = desk.submit(&Recorder::new("night desk")?, entries).wait()?;
//! assert_eq!((receipt.recorded, receipt.head), (2, Position::new(2)));
//! assert_eq!(desk.read(Ledger::len), 2);
//! assert_eq!(desk.known_at(KnownAt::Position(Position::new(1)))?.len(), 1);
//! clerk.close()?;
//! # Ok(())
//! # }
//! ```
//!
//! # What may go wrong
//!
//! [`SubmitError`] says of every submission what is recorded of it. If the journal cannot say whether it wrote, the
//! desk reads where the records would stand and so knows; if it cannot read either, it answers
//! [`SubmitError::Unknown`] and appends nothing until it could. Should the thread of the desk end, every open ticket is
//! answered.
//!
//! # What is told of the work
//!
//! [`Desk::metrics`] counts what a desk has done. With the feature `tracing` it tells `tracing` too: spans
//! `handover.submit` in the caller's thread, and `handover.group`, `handover.catch_up` and `handover.refresh` of a
//! follower in the span in which the desk or the follower was opened, so that whoever opens several tells them apart; events of what
//! was written, conflicts, faults and what became of unknown outcomes. In the fields are positions and counts, nothing of an entry and no text of
//! an error.

mod admission;
mod clock;
mod course;
mod desk;
mod error;
mod follower;
mod metrics;
mod office;
mod queue;
mod standing;
mod tail;
mod ticket;
mod trace;
mod warm;
mod work;

pub use clock::{Clock, SystemClock};
pub use desk::{Clerk, Desk};
pub use error::{
    Busy, FollowError, KnownAtError, OpenError, Panicked, RefreshError, Source, SubmitError, TailError,
};
pub use follower::{Follower, Messenger};
pub use metrics::Metrics;
pub use queue::Options;
pub use standing::{Lagging, Standing, Trouble};
pub use ticket::{Receipt, Ticket};
pub use warm::KnownAt;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide.md")]
struct Guide;
