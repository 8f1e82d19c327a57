//! What is impossible of a claim.

use core::fmt;

use super::{Scope, Subject};
use crate::id::{AgreementId, EntryId, MilestoneId, ObligationId, OrganId, SpeakerId};
use crate::quantity::Unit;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of a claim.
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
    /// A deadline that runs from an event names one.
    NoTrigger,
    /// A deadline of an event does not run from that event.
    AfterItself(MilestoneId),
    /// A deadline lies by every account before the event from which it runs.
    BeforeItsTrigger {
        /// The event.
        trigger: MilestoneId,
        /// When that is by every account.
        on: When,
        /// When the deadline is said to be.
        found: When,
    },
    /// A body that is mandated without the power to say who is at fault says so.
    BeyondMandate {
        /// The body.
        organ: OrganId,
        /// The agreement under which it is mandated.
        agreement: AgreementId,
    },
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
            Self::NoTrigger | Self::AfterItself(_) => {
                Rule::numbered(19, "a deadline from an event names an event other than its own")
            }
            Self::BeforeItsTrigger { .. } => {
                Rule::numbered(19, "a deadline does not end before the event from which it runs")
            }
            Self::BeyondMandate { .. } => {
                Rule::unnumbered("a mandated body attributes responsibility only where its mandate says so")
            }
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
            Self::NoTrigger => f.write_str("expected an event from which the deadline runs, found none"),
            Self::AfterItself(found) => {
                write!(f, "expected another event from which the deadline runs, found `{found}` itself")
            }
            Self::BeforeItsTrigger { trigger, on, found } => write!(
                f,
                "expected a deadline not wholly before milestone `{trigger}`, which is `{on}`, found `{found}`"
            ),
            Self::BeyondMandate { organ, agreement } => write!(
                f,
                "expected a speaker whose mandate allows a word on who is at fault, found one of `{organ}`, whose mandate \
                 under agreement `{agreement}` does not"
            ),
            Self::NoPossibility => f.write_str("expected at least one possibility, found none"),
        }
    }
}
