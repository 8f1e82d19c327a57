//! Entries: the only thing that a ledger takes in.

use crate::agreement::AgreementEntry;
use crate::batch::BatchEntry;
use crate::claim::ClaimEntry;
use crate::id::{EntryId, SourceId, SpeakerId};
use crate::obligation::ObligationEntry;
use crate::party::PartyEntry;
use crate::slot::HandoverEntry;
use crate::total::TotalEntry;
use crate::when::When;

/// One thing recorded: by whom, when it was said, where it was read, and what it is.
///
/// The identifier is the caller's. The same identifier with the same content again is the same submission and
/// changes nothing; with other content it is refused.
///
/// ```
/// use handover::claim::{Claim, ClaimEntry, Statement, Subject};
/// use handover::entry::{Entry, What};
/// use handover::quantity::{Count, Unit};
///
/// let count = Count { quantity: "1212".parse()?, unit: Unit::SetOfRemains, qualifier: None };
/// let claim = Claim::new(Subject::Leg("june-11-to-ua".parse()?), Statement::Count(count));
/// let entry = Entry {
///     id: "e-17".parse()?,
///     by: "ru-negotiator".parse()?,
///     said: "2025-06-11".parse()?, // when it was uttered: neither the event nor its publication (invariant 19)
///     source: Some("agency-june-11".parse()?),
///     what: What::Claim(ClaimEntry::Made(claim)),
/// };
/// assert_eq!(entry.clone(), entry); // posted again, it changes nothing (invariant 52)
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Its identifier.
    pub id: EntryId,
    /// Whose word it is; [`keeper`](crate::ledger::keeper) for what the keeper of the record only sets up.
    pub by: SpeakerId,
    /// When it was said.
    pub said: When,
    /// Where it was read.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub source: Option<SourceId>,
    /// What is recorded.
    pub what: What,
}

/// What an entry records: one variant a concept.
///
/// [`Entry`] has an example; each variant's own entry type says what may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum What {
    /// Who speaks.
    Party(PartyEntry),
    /// Between whom something was agreed.
    Agreement(AgreementEntry),
    /// Who owes what to whom.
    Obligation(ObligationEntry),
    /// When and where a handover is set or held.
    Handover(HandoverEntry),
    /// What is offered together.
    Batch(BatchEntry),
    /// What someone published as a total.
    Total(TotalEntry),
    /// What someone says.
    Claim(ClaimEntry),
}
