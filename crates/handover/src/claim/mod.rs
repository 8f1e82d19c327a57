//! Claims: everything that someone says.
//!
//! A [`Claim`] says one thing ([`Statement`]) about one subject ([`Subject`]). The subject, the scope of the
//! statement and, for counts, the unit are the proposition: claims on one proposition can agree or conflict,
//! claims on different ones cannot. Claims are never edited; a speaker corrects or withdraws what that speaker said
//! (`docs/semantics.md`, Claims; invariants 52 to 57).

mod course;
mod judge;
mod record;
mod refusal;
mod statement;

use core::fmt;

pub use course::{AmendmentAsserted, CostDispute, Suspension, SuspensionEnd, Termination};
pub(crate) use judge::{judge, judge_claim};
pub(crate) use record::{
    ClaimRow, NewClaim, PostingRow, PropositionKey, PropositionRow, RepeatRow, Resolved, SubjectKey,
};
pub(crate) use record::{apply, apply_claim, end, resolve, resolve_statement};
pub use refusal::ClaimRefusal;
pub(crate) use statement::Home;
pub use statement::{
    Advance, Affiliation, CreditDenial, CreditDenied, Fault, Inability, Place, Postponement,
    PostponementKind, Readiness, Statement,
};

use crate::id::{
    AgreementId, BatchId, EntryId, HandoverId, LegId, MilestoneId, ObligationId, PartyId, TotalId,
};
use crate::text::{Quotation, Text};

// ---- value types

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Subject {
    /// An agreement.
    Agreement(AgreementId),
    /// An obligation.
    Obligation(ObligationId),
    /// An event of which an agreement speaks: that it came, when, by when it should.
    Milestone(MilestoneId),
    /// The appointment for a handover: that it was agreed, for when, that it was postponed.
    Slot(HandoverId),
    /// A handover as an event: that it was held, when, where.
    Handover(HandoverId),
    /// The appearance of a party at the time and place of a handover.
    Appearance {
        /// The handover.
        at: HandoverId,
        /// The party.
        of: PartyId,
    },
    /// One direction and category of a handover. Denying that it happened says that nobody was handed over in it,
    /// and nothing of any other leg.
    Leg(LegId),
    /// A batch.
    Batch(BatchId),
    /// That a batch was brought to a handover. It passes nothing.
    Bringing {
        /// The batch.
        batch: BatchId,
        /// The handover to which it was brought.
        to: HandoverId,
    },
    /// A published total.
    Total(TotalId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreement(id) => write!(f, "agreement `{id}`"),
            Self::Obligation(id) => write!(f, "obligation `{id}`"),
            Self::Milestone(id) => write!(f, "milestone `{id}`"),
            Self::Slot(id) => write!(f, "the slot of handover `{id}`"),
            Self::Handover(id) => write!(f, "handover `{id}`"),
            Self::Appearance { at, of } => write!(f, "the appearance of party `{of}` at handover `{at}`"),
            Self::Leg(id) => write!(f, "leg `{id}`"),
            Self::Batch(id) => write!(f, "batch `{id}`"),
            Self::Bringing { batch, to } => write!(f, "the bringing of batch `{batch}` to handover `{to}`"),
            Self::Total(id) => write!(f, "published total `{id}`"),
        }
    }
}

/// In what respect a claim speaks of its subject. Confirmation is always of a scope: who confirms that something
/// happened confirms no count, and who confirms a count confirms neither whose nor who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Scope {
    /// That it happened.
    Occurrence,
    /// How many.
    Count,
    /// How many are credited.
    Credit,
    /// How many are denied credit.
    CreditDenial,
    /// What is owed.
    Terms,
    /// What it is owed in return for.
    Reciprocity,
    /// How many a day.
    Quota,
    /// How far another course has come, to whose pace it is bound.
    Pace,
    /// By when.
    Deadline,
    /// Whose they are.
    Whose,
    /// When.
    When,
    /// Where.
    Where,
    /// By what means.
    Means,
    /// Who is at fault.
    Fault,
    /// Who is ready.
    Readiness,
    /// What is expected.
    Expectation,
    /// That it was put off.
    Postponement,
    /// That it is complete or exhausted.
    Completion,
    /// That performance is suspended, or resumed.
    Suspension,
    /// That it was amended.
    Amendment,
    /// That it need not come.
    Waiver,
    /// That it is terminated.
    Termination,
    /// That it is in use again.
    Revival,
    /// Who bears the costs.
    Costs,
    /// That it cannot be performed.
    Inability,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 25] = [
        Self::Occurrence,
        Self::Count,
        Self::Credit,
        Self::CreditDenial,
        Self::Terms,
        Self::Reciprocity,
        Self::Quota,
        Self::Pace,
        Self::Deadline,
        Self::Whose,
        Self::When,
        Self::Where,
        Self::Means,
        Self::Fault,
        Self::Readiness,
        Self::Expectation,
        Self::Postponement,
        Self::Completion,
        Self::Suspension,
        Self::Amendment,
        Self::Waiver,
        Self::Termination,
        Self::Revival,
        Self::Costs,
        Self::Inability,
    ];
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Occurrence => "occurrence",
            Self::Count => "count",
            Self::Credit => "credit",
            Self::CreditDenial => "denial of credit",
            Self::Terms => "terms",
            Self::Reciprocity => "reciprocity",
            Self::Quota => "quota",
            Self::Pace => "pace",
            Self::Deadline => "deadline",
            Self::Whose => "whose",
            Self::When => "when",
            Self::Where => "where",
            Self::Means => "means",
            Self::Fault => "fault",
            Self::Readiness => "readiness",
            Self::Expectation => "expectation",
            Self::Postponement => "postponement",
            Self::Completion => "completion",
            Self::Suspension => "suspension",
            Self::Amendment => "amendment",
            Self::Waiver => "waiver",
            Self::Termination => "termination",
            Self::Revival => "revival",
            Self::Costs => "costs",
            Self::Inability => "inability",
        })
    }
}

/// One thing that a speaker says about one subject.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::quantity::Quantity;
///
/// let more: Quantity = ">6000".parse()?;
/// let count = Count { quantity: more, unit: Unit::SetOfRemains, qualifier: None };
/// let claim = Claim::new(Subject::Leg("to-south".parse()?), Statement::Count(count));
/// assert_eq!(claim.says.scope(), handover::claim::Scope::Count);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Claim {
    /// What the claim is about.
    pub about: Subject,
    /// What it says.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::boxed()"))]
    pub says: Statement,
    /// The leg to which the speaker says this comes on top: "additional". The count is that of its own subject, not a
    /// total of both.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub additional_to: Option<LegId>,
    /// The speaker's own words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub quotation: Option<Quotation>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

impl Claim {
    /// A claim with neither quotation nor note.
    pub fn new(about: Subject, says: Statement) -> Self {
        Self { about, says, additional_to: None, quotation: None, note: None }
    }
}

/// A speaker says something else in place of a claim of the same speaker.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::claim::Correction;
///
/// let mut ledger = two_words()?;
/// let says = Statement::Count(Count { quantity: 1_248.into(), unit: Unit::SetOfRemains, qualifier: None });
/// let correction = Correction { claim: "c-south".parse()?, says, note: None };
/// let what = What::Claim(ClaimEntry::Corrected(correction));
/// let (id, said) = ("c-later".parse()?, "2025-06-18".parse()?);
/// let by_south = Entry { id, by: "s".parse()?, said, source: None, what };
/// let by_north = Entry { by: "n".parse()?, ..by_south.clone() };
/// assert!(ledger.post(&by_north).is_err()); // only its own speaker corrects a claim
/// assert!(ledger.post(&by_south).is_ok());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Correction {
    /// The claim that no longer stands, named by the entry that made it.
    pub claim: EntryId,
    /// What is said in its place, in the same scope and about the same subject.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::boxed()"))]
    pub says: Statement,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A speaker takes a claim back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Withdrawal {
    /// The claim, named by the entry that made it. Withdrawing a correction revives nothing.
    pub claim: EntryId,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A speaker repeats what another said. It adds no support: two outlets that quote one speaker are one claim
/// (invariant 53). Who adopts a figure in a voice of their own makes a claim instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Repetition {
    /// The claim that is repeated, or another repetition of it.
    pub claim: EntryId,
    /// The words in which it is repeated.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub quotation: Option<Quotation>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about claims.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ClaimEntry {
    /// A claim is made.
    Made(Claim),
    /// A claim is corrected by its own speaker.
    Corrected(Correction),
    /// A claim is withdrawn by its own speaker.
    Withdrawn(Withdrawal),
    /// A claim is repeated by someone else.
    Repeated(Repetition),
}
