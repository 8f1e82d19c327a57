//! What is impossible of an agreement.

use core::fmt;

use crate::id::{AgreementId, EntryId, MilestoneId, ObligationId, OrganId, PartyId};
use crate::obligation::Duty;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of an agreement.
///
/// In the order in which they are applied. Source: B1, invariants 2 to 6 and 19. Example:
/// [`Amendment`](super::Amendment).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementRefusal {
    /// A party is named once.
    PartyTwice(PartyId),
    /// One alone makes no agreement.
    TooFewParties(usize),
    /// A condition belongs to the agreement whose milestone requires it.
    MilestoneOfAnother(MilestoneId),
    /// By every account it lies before what it requires.
    BeforeItsCondition {
        /// What it requires.
        condition: MilestoneId,
        /// When it is said to be.
        found: When,
    },
    /// Versions increase by one.
    NotTheNextVersion {
        /// The number that the next version has.
        expected: u16,
        /// The number that was given.
        found: u16,
    },
    /// Only a party to the agreement or a neutral proposes, and only a party answers.
    NotAtTheTable(OrganId),
    /// A term that is proposed, and what survives an agreement, is one of its own.
    RestsOnAnother(ObligationId),
    /// What is replied to is a proposal for the same agreement.
    NoProposal(EntryId),
    /// A side does not answer what it proposed itself.
    OwnProposal(EntryId),
    /// A mandated body belongs to no party.
    NotNeutral(OrganId),
    /// An extension ends later than the one before.
    NotLonger {
        /// Until when it ran.
        before: When,
        /// Until when it would run.
        found: When,
    },
    /// An agreement does not take its own place.
    ByItself(AgreementId),
    /// A party to the agreement did not consent to a joint act.
    NoConsent(PartyId),
    /// An amendment reaches for a baseline duty.
    BelowBaseline(Duty),
}

impl AgreementRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::PartyTwice(_) | Self::TooFewParties(_) => {
                Rule::unnumbered("an agreement is between two parties or more, each named once")
            }
            Self::MilestoneOfAnother(_) => {
                Rule::unnumbered("what a milestone requires is of the same agreement")
            }
            Self::BeforeItsCondition { .. } => {
                Rule::numbered(19, "nothing happens before what it presupposes")
            }
            Self::NotTheNextVersion { .. } => {
                Rule::numbered(4, "an amendment increments the version and keeps all earlier ones")
            }
            Self::NotAtTheTable(_) => {
                Rule::unnumbered("a party or a neutral proposes terms, and the other parties answer")
            }
            Self::RestsOnAnother(_) => {
                Rule::numbered(7, "every obligation names its basis: a term belongs to its own agreement")
            }
            Self::NoProposal(_) => Rule::unnumbered("a reply is to a proposal for the same agreement"),
            Self::OwnProposal(_) => Rule::unnumbered("a proposal is answered by another side than made it"),
            Self::NotNeutral(_) => {
                Rule::numbered(5, "what speaks for all is a neutral body that all mandated")
            }
            Self::NotLonger { .. } => Rule::unnumbered("an extension ends later than the one before"),
            Self::ByItself(_) => Rule::unnumbered("an agreement takes the place of another"),
            Self::NoConsent(_) => Rule::numbered(4, "a joint act has the recorded consent of every party"),
            Self::BelowBaseline(_) => Rule::numbered(
                2,
                "no agreement lowers a baseline duty: what reaches for one is kept as a claim",
            ),
        }
    }
}

impl fmt::Display for AgreementRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartyTwice(party) => write!(f, "expected each party once, found `{party}` twice"),
            Self::TooFewParties(found) => write!(f, "expected two parties or more, found {found}"),
            Self::MilestoneOfAnother(found) => {
                write!(f, "expected milestones of the same agreement, found `{found}` of another")
            }
            Self::BeforeItsCondition { condition, found } => {
                write!(
                    f,
                    "expected a time not wholly before that of milestone `{condition}`, found `{found}`"
                )
            }
            Self::NotTheNextVersion { expected, found } => {
                write!(f, "expected version {expected}, found {found}")
            }
            Self::NotAtTheTable(found) => write!(
                f,
                "expected an organ of a party to the agreement, or for a proposal a neutral one, found `{found}`"
            ),
            Self::RestsOnAnother(found) => {
                write!(f, "expected an obligation that rests on this agreement, found `{found}`")
            }
            Self::NoProposal(found) => {
                write!(f, "expected the entry of a proposal for the same agreement, found `{found}`")
            }
            Self::OwnProposal(proposal) => {
                write!(
                    f,
                    "expected the answer of another side, found that of the side that made proposal `{proposal}`"
                )
            }
            Self::NotNeutral(found) => write!(f, "expected a neutral body, found `{found}`, which is none"),
            Self::NotLonger { before, found } => {
                write!(f, "expected an end not wholly before `{before}`, found `{found}`")
            }
            Self::ByItself(found) => write!(f, "expected another agreement, found `{found}` itself"),
            Self::NoConsent(party) => write!(
                f,
                "expected the consent of every party, found none of `{party}`: record what one side announces as its claim"
            ),
            Self::BelowBaseline(duty) => write!(
                f,
                "expected an amendment that reaches for no baseline duty, found {duty}: record what each side says of it as \
                 its claim"
            ),
        }
    }
}
