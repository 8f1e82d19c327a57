//! Claims: everything that someone says.
//!
//! A [`Claim`] says one thing ([`Statement`]) about one subject ([`Subject`]). The subject, the scope of the
//! statement and, for counts, the unit are the proposition: claims on one proposition can agree or conflict,
//! claims on different ones cannot. Claims are never edited; a speaker corrects or withdraws what that speaker said
//! (`docs/semantics.md`, Claims; invariants 52 to 57). [`Statement`] shows a claim made, corrected, repeated and
//! withdrawn.

mod judge;
mod record;
mod statement;

use core::fmt;

pub(crate) use judge::judge;
pub(crate) use record::{
    ClaimRow, PostingRow, PropositionKey, PropositionRow, RepeatRow, Resolved, SubjectKey,
};
pub(crate) use record::{apply, resolve};
pub use statement::{
    Affiliation, CreditDenial, CreditDenied, Fault, Place, Postponement, PostponementKind, Readiness,
    Statement, Suspension,
};

use crate::id::{
    AgreementId, BatchId, EntryId, HandoverId, LegId, ObligationId, PartyId, SpeakerId, TotalId,
};
use crate::quantity::Unit;
use crate::refusal::Rule;
use crate::text::{Quotation, Text};

// ---- value types

/// What a claim is about (`docs/semantics.md`, Claims): an event, its appointment and its legs are different subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Subject {
    /// An agreement.
    Agreement(AgreementId),
    /// An obligation.
    Obligation(ObligationId),
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

/// In what respect a claim speaks of its subject (invariant 53). Confirmation is always of a scope: who confirms that
/// something happened confirms no count, and who confirms a count confirms neither whose nor who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
    /// That performance is suspended.
    Suspension,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 18] = [
        Self::Occurrence,
        Self::Count,
        Self::Credit,
        Self::CreditDenial,
        Self::Terms,
        Self::Reciprocity,
        Self::Quota,
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
        })
    }
}

/// One thing that a speaker says about one subject (B8).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Claim {
    /// What the claim is about.
    pub about: Subject,
    /// What it says.
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

/// A speaker says something else in place of a claim of the same speaker (invariant 52).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Correction {
    /// The claim that no longer stands, named by the entry that made it.
    pub claim: EntryId,
    /// What is said in its place, in the same scope and about the same subject.
    pub says: Statement,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A speaker takes a claim back (invariant 52).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

/// What may be recorded about claims (B8).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
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

// ---- refusal

/// What is impossible of a claim, in the order in which it is asked (B8; [`Statement`] has an example).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimRefusal {
    /// The keeper of the record makes no claims.
    KeeperClaims,
    /// A claim is corrected or withdrawn by another than its speaker.
    NotItsSpeaker {
        /// The claim.
        claim: EntryId,
        /// Who made it.
        made_by: SpeakerId,
        /// Who would correct or withdraw it.
        found: SpeakerId,
    },
    /// A correction speaks of another scope than the claim that it corrects.
    OtherScope {
        /// The claim.
        claim: EntryId,
        /// The scope of the claim.
        expected: Scope,
        /// The scope of the correction.
        found: Scope,
    },
    /// A subject cannot be spoken of in this scope.
    ScopeDoesNotFit {
        /// The subject.
        subject: Subject,
        /// The scope.
        scope: Scope,
    },
    /// A subject cannot be counted in this unit.
    UnitDoesNotFit {
        /// The subject.
        subject: Subject,
        /// The unit.
        unit: Unit,
    },
    /// A claim cannot be the same as a claim that counts nothing.
    SameAsNoCount(EntryId),
    /// A claim cannot be the same as one in another unit.
    SameAsOtherUnit {
        /// The unit of the claim that is made.
        expected: Unit,
        /// The unit of the claim that it would be the same as.
        found: Unit,
    },
    /// Terms name a version that the agreement does not have.
    NoSuchVersion {
        /// The last version that there is.
        last: u16,
        /// The version that was named.
        found: u16,
    },
    /// No total agrees with the term: a range whose ends are exchanged, about nought without a width, a ratio for
    /// every nought.
    ImpossibleTerm,
    /// A reciprocal term needs a second obligation.
    ReciprocalToItself(ObligationId),
    /// A unilateral pledge has no counter-performance.
    ReciprocalPledge(ObligationId),
    /// Whose the remains are names at least one possibility.
    NoPossibility,
}

impl ClaimRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::KeeperClaims => Rule::numbered(
                56,
                "every figure rests on the word of a speaker: the keeper of the record asserts nothing",
            ),
            Self::NotItsSpeaker { .. } => {
                Rule::numbered(52, "claims are immutable: a correction is a new claim by the same speaker")
            }
            Self::OtherScope { .. } => {
                Rule::numbered(53, "a correction speaks of the same subject in the same scope")
            }
            Self::ScopeDoesNotFit { .. } => {
                Rule::numbered(53, "a proposition is a subject in a scope that it has")
            }
            Self::UnitDoesNotFit { .. } => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
            Self::SameAsNoCount(_) | Self::SameAsOtherUnit { .. } => {
                Rule::numbered(10, "only counts in one unit are compared or added")
            }
            Self::NoSuchVersion { .. } => {
                Rule::numbered(4, "terms belong to a version of the agreement, and versions increase by one")
            }
            Self::ImpossibleTerm => Rule::unnumbered("a term states a total that can be performed"),
            Self::ReciprocalToItself(_) => Rule::unnumbered("a reciprocal term relates two obligations"),
            Self::ReciprocalPledge(_) => Rule::numbered(7, "a unilateral pledge has no reciprocal link"),
            Self::NoPossibility => Rule::unnumbered("a statement leaves at least one possibility"),
        }
    }
}

impl fmt::Display for ClaimRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeeperClaims => {
                f.write_str("expected the speaker whose word this is, found the keeper of the record")
            }
            Self::NotItsSpeaker { claim, made_by, found } => {
                write!(f, "expected `{made_by}`, who made claim `{claim}`, found `{found}`")
            }
            Self::OtherScope { claim, expected, found } => {
                write!(f, "expected a correction of the {expected} that claim `{claim}` states, found one of {found}")
            }
            Self::ScopeDoesNotFit { subject, scope } => {
                write!(f, "expected a statement that fits {subject}, found one of {scope}")
            }
            Self::UnitDoesNotFit { subject, unit } => {
                write!(f, "expected a unit that can count {subject}, found {unit}")
            }
            Self::SameAsNoCount(claim) => write!(f, "expected a claim that counts, found `{claim}`, which does not"),
            Self::SameAsOtherUnit { expected, found } => {
                write!(f, "expected a claim that counts {expected}, found one that counts {found}")
            }
            Self::NoSuchVersion { last, found } => {
                write!(f, "expected a version from 1 to {last}, found {found}")
            }
            Self::ImpossibleTerm => f.write_str(
                "expected a term that can be performed, found a range with its greater end first, about nought without a \
                 width, or a ratio for every nought",
            ),
            Self::ReciprocalToItself(id) => {
                write!(f, "expected another obligation as the counter-performance, found `{id}` itself")
            }
            Self::ReciprocalPledge(id) => {
                write!(f, "expected no counter-performance for the unilateral pledge `{id}`, found one")
            }
            Self::NoPossibility => f.write_str("expected at least one possibility, found none"),
        }
    }
}
