//! Agreements: between whom, in what form, and in which version.
//!
//! What an agreement says is not part of it: even its terms differ by speaker, so they are claims, and a common
//! term is derived (invariant 3). An amendment makes a new version and keeps every earlier one (invariant 4).
//!
//! Here stand what the parties do together, and what there is to speak of: versions, mandates, milestones, residual
//! clauses. Whether it was concluded, took effect, is suspended, complete or at its end is claimed, and the machine B1 is
//! read per party and for all, never stored.

mod deadline;
mod event;
mod judge;
mod record;
mod refusal;

use alloc::vec::Vec;

pub use deadline::{DeadlineFrom, Period};
pub use event::{
    Answer, Extension, Mandate, Milestone, MilestoneKind, Power, Proposal, ProposedTerm, ResidualClause,
    Round, Supersession,
};
pub(crate) use judge::judge;
pub(crate) use record::{ActRow, AgreementRow, MilestoneRow, Resolved, apply, resolve};
pub use refusal::AgreementRefusal;

use crate::id::{AgreementId, PartyId};
use crate::obligation::Duty;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// The form in which an agreement was reached (B1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Form {
    /// A signed text.
    SignedText,
    /// An exchange of notes.
    ExchangeOfNotes,
    /// A text that a mediator published.
    MediatorText,
    /// Known only from what each side announced.
    ParallelAnnouncements,
}

/// An agreement between parties to a conflict.
///
/// [`Amendment`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Agreement {
    /// Its identifier.
    pub id: AgreementId,
    /// What it is called.
    pub name: Text,
    /// The parties to it, two or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub parties: Vec<PartyId>,
    /// Its form.
    pub form: Form,
    /// When it was reached.
    pub on: When,
}

/// A new version of an agreement.
///
/// ```
/// # use handover::{agreement::*, entry::*, ledger::{Ledger, keeper}, party::*, reading::According, when::Moment};
/// # let mut ledger = Ledger::new();
/// # let post = |ledger: &mut Ledger, what| {
/// #     let (id, said) = (format!("e-{}", ledger.len()).parse().unwrap(), "2025-06-02".parse().unwrap());
/// #     ledger.post(&Entry { id, by: keeper(), said, source: None, what }).map(|_| ())
/// # };
/// let (north, south, id) = ("north".parse()?, "south".parse()?, "june".parse()?);
/// for (id, name) in [(north, "North"), (south, "South")] {
///     post(&mut ledger, What::Party(PartyEntry::Introduced(Party { id, name: name.parse()? })))?;
/// }
/// let (form, on) = (Form::ParallelAnnouncements, "2025-06-02".parse()?);
/// let agreement = Agreement { id, name: "June".parse()?, parties: [north, south].into(), form, on };
/// post(&mut ledger, What::Agreement(AgreementEntry::Introduced(agreement)))?;
///
/// let mut amendment = Amendment { agreement: id, version: 2, consented: [north].into(), duties: vec![], note: None };
/// let refusal = post(&mut ledger, What::Agreement(AgreementEntry::Amended(amendment.clone()))).unwrap_err();
/// assert_eq!(refusal.rule().invariant, Some(4)); // the south's consent is missing
/// amendment.consented.push(south);
/// post(&mut ledger, What::Agreement(AgreementEntry::Amended(amendment)))?;
/// assert_eq!(ledger.reading(According::Anyone, Moment::END_OF_TIME)?.agreement(id)?.version, 2);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Amendment {
    /// The agreement.
    pub agreement: AgreementId,
    /// The number of the new version: one more than the last.
    pub version: u16,
    /// The parties that consented: all of them. What one side alone announces is a claim.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// The baseline duties that it reaches for. An amendment that names any is refused, for no agreement lowers them: what
    /// is said of it is kept as a claim with its flag (invariant 2).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub duties: Vec<Duty>,
    /// What was amended.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about agreements.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::agreement::{AgreementEntry, Milestone, MilestoneKind};
/// use handover::reading::{According, AgreementState};
///
/// # let mut ledger = two_words()?;
/// let (id, agreement) = ("approval".parse()?, "june".parse()?);
/// let (name, kind) = ("the cabinet approves".parse()?, MilestoneKind::Effect);
/// let milestone = Milestone { id, agreement, name, kind, requires: vec![], on: None, note: None };
/// # let moment = handover::when::Moment::END_OF_TIME;
/// # let (id, by, said) = ("x".parse()?, handover::ledger::keeper(), "2025-06-16".parse()?);
/// let what = What::Agreement(AgreementEntry::Milestone(milestone));
/// let _ = ledger.post(&Entry { id, by, said, source: None, what })?;
/// let view = ledger.reading(According::Anyone, moment)?.agreement(agreement)?;
/// assert_ne!(view.state, AgreementState::Effective); // nobody says that the cabinet approved
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum AgreementEntry {
    /// An agreement enters the record.
    Introduced(Agreement),
    /// It was amended.
    Amended(Amendment),
    /// They met to negotiate it.
    Round(Round),
    /// Terms were proposed.
    Proposed(Proposal),
    /// A proposal was answered.
    Answered(Answer),
    /// An event of which it speaks.
    Milestone(Milestone),
    /// A neutral body was mandated.
    Mandated(Mandate),
    /// It was extended.
    Extended(Extension),
    /// An obligation survives its completion.
    Residual(ResidualClause),
    /// Another took its place.
    Superseded(Supersession),
}
