//! A ledger for handing over the fallen and exchanging prisoners between parties that do not trust each other.
//!
//! It records what each side says and what passed from hand to hand. It refuses what cannot be and marks what
//! contradicts itself. Every figure is read by somebody's word, as of some moment, and names the entries it rests on.
//!
//! # The promise
//!
//! The same entries give the same ledger, refusals and readings included, on every machine and for ever. There is no
//! I/O in this crate, no clock, no randomness and no global state: every moment is an argument, every identifier is
//! the caller's. It needs no `std`, holds no `unsafe` code, and no input makes it panic. A refused entry has changed
//! nothing.
//!
//! No name of a private person, genetic data, image, coordinate or cause of death has a place in the model.
//!
//! # Two words on one number
//!
//! ```
//! use handover::claim::{Claim, ClaimEntry, Statement, Subject};
//! use handover::entry::{Entry, What};
//! use handover::ledger::{Ledger, keeper};
//! use handover::obligation::{Class, Matter};
//! use handover::party::{Allegiance, Organ, Party, PartyEntry, Speaker};
//! use handover::quantity::{Count, Unit};
//! use handover::reading::{According, JointView};
//! use handover::slot::{Handover, HandoverEntry, Leg};
//! use handover::when::{Moment, When};
//!
//! let (day, remains): (When, _) = ("2025-06-16".parse()?, Class { matter: Matter::Remains, category: None });
//! let (north, south, leg) = ("north".parse()?, "south".parse()?, "to-south".parse()?);
//! let mut whats = Vec::new();
//! for (party, organ, speaker, name) in [(north, "n-army", "n", "North"), (south, "s-office", "s", "South")] {
//!     let (organ, name) = (organ.parse()?, name.parse::<handover::text::Text>()?);
//!     whats.push((keeper(), What::Party(PartyEntry::Introduced(Party { id: party, name: name.clone() }))));
//!     let allegiance = Allegiance::Party(party);
//!     whats.push((keeper(), What::Party(PartyEntry::Organ(Organ { id: organ, name: name.clone(), allegiance }))));
//!     whats.push((keeper(), What::Party(PartyEntry::Speaker(Speaker { id: speaker.parse()?, name, organ }))));
//! }
//! let held = Handover { id: "june-16".parse()?, under: None, on: day, instead_of: None, note: None };
//! let (handover, of, unit) = (held.id, remains, Unit::SetOfRemains);
//! whats.push((keeper(), What::Handover(HandoverEntry::Introduced(held))));
//! let passed = Leg { id: leg, handover, from: north, to: south, of, unit, towards: None };
//! whats.push((keeper(), What::Handover(HandoverEntry::Leg(passed))));
//! for (speaker, stated) in [("n", "1248"), ("s", "1245")] {
//!     let count = Count { quantity: stated.parse()?, unit, qualifier: None };
//!     let claim = Claim::new(Subject::Leg(leg), Statement::Count(count));
//!     whats.push((speaker.parse()?, What::Claim(ClaimEntry::Made(claim))));
//! }
//!
//! let mut ledger = Ledger::new();
//! for (at, (by, what)) in whats.into_iter().enumerate() {
//!     let _ = ledger.post(&Entry { id: format!("e-{at}").parse()?, by, said: day, source: None, what })?;
//! }
//!
//! let view = ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME)?.explained().leg(leg)?;
//! assert_eq!(view.passed.set.to_string(), "between 1,245 and 1,248");
//! assert_eq!(view.count.view, JointView::Conflicting(Some(3)));
//! let because: Vec<String> = view.rests_on.entries().map(|entry| entry.to_string()).collect();
//! assert_eq!(because, ["e-8", "e-9"]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! Most who embed it write entries as lines of a dossier instead, with the crate `handover-wire`.
//!
//! # What is refused, and what is marked
//!
//! [`Ledger::post`](ledger::Ledger::post) refuses an entry only if it certainly cannot be: it refers to what is not
//! recorded, uses an identifier for something else, counts prisoners in containers, corrects another speaker's claim,
//! lets a batch pass twice. Each [`Refusal`](refusal::Refusal) has its [`Rule`](refusal::Rule) and says what was
//! expected and what was found.
//!
//! What merely contradicts the record is admitted, for true things are learned late and in any order. The readings
//! mark it: two sides' numbers are [`Conflicting`](reading::JointView::Conflicting), a speaker at odds with itself is
//! [`Contradictory`](reading::Label::Contradictory), a published total that the legs do not come to
//! [`Exceeds`](reading::AuditOutcome::Exceeds) or [`FallsShort`](reading::AuditOutcome::FallsShort). Silence,
//! undisclosed, withheld, unknown and nought stay five different things.
//!
//! # In reading order
//!
//! - **What is said**: [`quantity`], [`when`], [`text`], [`id`]: values as they were stated, and what they leave possible;
//!   [`likelihood`]: what a laboratory's ratio is worth.
//! - **Who says it**: [`party`]: parties, organs, speakers, sources, precedence.
//! - **About what**: [`agreement`], [`obligation`], [`reciprocity`], [`slot`], [`batch`], [`total`].
//! - **Everything that is said**: [`claim`].
//! - **The record**: [`entry`], [`ledger`], [`refusal`].
//! - **What follows from it**: [`reading`].
//! - **Who is shown what of it**: [`disclosure`].
//! - **What must be true of any ledger**: [`invariant`].
//!
//! # Features
//!
//! None is on by default. `serde` reads and writes entries and value types, always through their validating
//! constructors; `schemars` describes them; `proptest` generates values.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
// What derives `Arbitrary` names it; proptest needs it in any case.
#[cfg(feature = "proptest")]
extern crate std;

#[macro_use]
mod text_form;

pub mod affiliation;
pub mod agreement;
#[cfg(feature = "proptest")]
mod arbitrary;
pub mod batch;
pub mod claim;
pub mod closure;
mod compact;
pub mod container;
pub mod custody;
mod directory;
pub mod disclosure;
pub mod disposition;
mod duty;
pub mod entry;
mod held;
#[cfg(test)]
mod house;
pub mod id;
pub mod identification;
pub mod invariant;
pub mod ledger;
pub mod likelihood;
mod neighbour;
pub mod notice;
pub mod obligation;
pub mod party;
pub mod person;
pub mod prisoner;
pub mod quantity;
pub mod reading;
pub mod reciprocity;
pub mod refusal;
pub mod remains;
pub mod slot;
mod state;
mod table;
pub mod text;
pub mod total;
pub mod when;
