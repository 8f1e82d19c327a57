//! Derived tables of a ledger in a SQLite file of their own, for people who ask with SQL or with a tool that does.
//!
//! A [`Projection`] is the views of a ledger, written down: legs, obligations and their states, claims, and units of remains
//! counted by status. It is made anew as a whole, takes the place of the former one in one step, and is never written into a
//! ledger's file. Each table and column is told in `docs/projection.md`.
//!
//! - **Nothing stands without whose word it is.** Each row says by whose word its counts are read, by whose its terms, as of
//!   which moment, by when it had been said, and at which position of the ledger. A row that is copied out of its table says
//!   so still.
//! - **A figure is a range.** It stands in two columns, the least and the most, which is null where there is no upper end,
//!   beside its exact text. What nobody told has a label and no nought.
//! - **Nobody is named.** No column refers to a person, and free text is left out. Units of remains are counted; their codes are
//!   written only if that was asked for ([`Projection::with_unit_codes`]).
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use handover::ledger::Ledger;
//! use handover::reading::According;
//! use handover::when::Moment;
//! use handover_projection::{Overwrite, Projection};
//!
//! let directory = tempfile::tempdir()?;
//! let file = directory.path().join("tables.sqlite");
//! let ledger = Ledger::new(); // at its desk: `desk.known_at(..)`, and the position that was asked for
//! let written = Projection::of(&ledger, 0, Moment::from_seconds(1_750_000_000))
//!     .according_to(According::Anyone)
//!     .write(&file, Overwrite::Projection, &mut |_| ControlFlow::Continue(()))?;
//! assert_eq!((written.readings, written.legs), (1, 0));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod error;
mod file;
mod project;
mod row;
mod tables;
mod units;
mod words;

pub use error::ProjectionError;
pub use file::{APPLICATION_ID, Overwrite};
pub use project::{FORMAT, Projection, Step, Written};
