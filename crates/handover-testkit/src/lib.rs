//! Proof, for whoever embeds the ledger: generated histories, worlds with a truth, naive models and a state machine.
//!
//! What this workspace holds its own ledger to, others can hold theirs to: a service around [`Ledger`](handover::ledger::Ledger),
//! an adapter under a desk, a report that is derived from readings. Everything here asks the public interface only.
//!
//! - [`scenario`]: histories of chosen theme and size that a ledger must admit, and histories with one entry that it must
//!   refuse. They are drawn as intents, each resolved against what there is by then, so that a failing history shrinks to the
//!   few entries that matter and stays admissible.
//! - [`machine`]: a state machine for `proptest-state-machine`. After every step it compares what was answered, refusals by
//!   the number of their rule, and the views, and checks every invariant. Implement [`Kept`](machine::Kept) for what is yours.
//! - [`world`]: small worlds as plain data, their entries, and [what is true in them](world::truth).
//! - [`sound`]: each span of a reading whose trust holds has the true value in it.
//! - [`model`]: `docs/semantics.md` once more, as lists, loops and sets that are written out; [`compare`] asks a ledger for
//!   every view that the model has. [`hands`] says the same of containers, units, identification and lists.
//! - [`story`]: what a scenario and the machine are made of.
//!
//! ```
//! use handover::ledger::Ledger;
//! use handover_testkit::machine::{check, violations};
//! use handover_testkit::scenario::{Scenario, Theme};
//! use proptest::prelude::*;
//!
//! proptest! {
//!     # #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]
//!     fn our_report_holds_on_whatever_is_told(history in Scenario::new().theme(Theme::ClaimsAtOdds).strategy()) {
//!         let mut ledger = Ledger::new();
//!         for entry in &history.entries {
//!             ledger.post(entry)?;
//!         }
//!         prop_assert!(violations(&ledger).is_empty());
//!         check(&ledger, &history.story); // every view is what the naive models say
//!     }
//! }
//! our_report_holds_on_whatever_is_told();
//! ```
//!
//! A kit for tests fails by a panic: what is not as it must be says what was found and what was expected. How a team uses it
//! is told in `docs/testing.md`, and `examples/embedding-team` does what is told there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc,
    clippy::similar_names,
    reason = "a kit for tests fails by a panic; places and numbers of a small world are small, and there are words in it"
)]

pub mod compare;
pub mod hands;
pub mod machine;
pub mod model;
pub mod scenario;
pub mod sound;
pub mod story;
pub mod world;
