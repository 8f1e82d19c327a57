//! What of disclosure certainly cannot be.

use core::fmt;

use super::{Audience, Datum, Extent, LegalBasis};
use crate::id::{EntryId, OrganId, PersonRef, RecordRef, RemainsId};
use crate::notice::Branch;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of disclosure (B9, invariants 59 to 63), in the order in which the rules are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisclosureRefusal {
    /// An organ of a party or a neutral one decides on disclosure, and no other.
    NoAuthority(OrganId),
    /// This much of this is shown to no such audience.
    Unfit {
        /// Of what.
        of: Datum,
        /// How much of it.
        extent: Extent,
        /// To whom.
        with: Audience,
    },
    /// Nothing is withheld from a neutral organ.
    NotFromNeutral(OrganId),
    /// What was erased is neither shared nor erased again.
    ErasedAlready {
        /// The person.
        person: PersonRef,
        /// The entry that erased the person's file.
        by: EntryId,
    },
    /// Criminal proceedings are another purpose, which this right does not reach.
    OtherPurpose(LegalBasis),
    /// This consent is of another person, to other audiences or for other purposes.
    NotConsented(EntryId),
    /// No such branch of the person's family is known.
    NoSuchBranch {
        /// The person.
        person: PersonRef,
        /// The branch.
        branch: Branch,
    },
    /// Consent names to whom and for what.
    NothingConsented,
    /// Another organ began it.
    NotItsOrgan {
        /// The entry that began it.
        entry: EntryId,
        /// Whose it is.
        expected: OrganId,
        /// Who would end it.
        found: OrganId,
    },
    /// It is at an end.
    EndedAlready {
        /// The entry that began it.
        entry: EntryId,
        /// The entry that ended it.
        by: EntryId,
    },
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
    /// A threshold of 2 or less hides nothing, since only 1 would look like 1; and a step of 0 is none.
    NoThreshold {
        /// The threshold.
        below: u32,
        /// The step.
        step: u32,
    },
    /// By this entry the person is sought, held or dead: the file is restricted, not erased.
    MustBeAccountedFor {
        /// The person.
        person: PersonRef,
        /// The entry.
        by: EntryId,
    },
    /// It is of remains whose file must stay.
    StillNeeded {
        /// The record.
        record: RecordRef,
        /// The unit.
        unit: RemainsId,
    },
}

impl DisclosureRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a decision has an authority: an organ of a party, or a neutral one")
            }
            Self::Unfit { .. } => Rule::numbered(
                59,
                "a family is shown its own case, a laboratory units without persons, the public counts and persons one by one",
            ),
            Self::NotFromNeutral(_) => Rule::numbered(
                63,
                "what could harm may be withheld from the counterparty, not from the neutral agency",
            ),
            Self::ErasedAlready { .. } => Rule::numbered(61, "what was erased is shown to nobody any more"),
            Self::OtherPurpose(_) => Rule::numbered(
                59,
                "criminal proceedings are another purpose, which needs consent to it or a compelling interest",
            ),
            Self::NotConsented(_) | Self::NothingConsented => Rule::numbered(
                59,
                "consent covers the person, the audiences and the purposes that it names and nothing else",
            ),
            Self::NoSuchBranch { .. } => {
                Rule::numbered(59, "a branch of a family that is not known gives no consent")
            }
            Self::NotItsOrgan { .. } => {
                Rule::numbered(59, "what an authority decided on disclosure is ended by that authority")
            }
            Self::EndedAlready { .. } => Rule::numbered(52, "what is at an end is not ended again"),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
            Self::NoThreshold { .. } => {
                Rule::numbered(60, "small numbers are suppressed or rounded for the public")
            }
            Self::MustBeAccountedFor { .. } => Rule::numbered(
                61,
                "where the missing and the dead must be accounted for, a file is restricted and not erased",
            ),
            Self::StillNeeded { .. } => {
                Rule::numbered(61, "the file of remains stays when that of a person is erased")
            }
        }
    }
}

impl fmt::Display for DisclosureRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::Unfit { of, extent, with } => {
                write!(f, "expected what may be shown to {with}, found {extent} of {of}")
            }
            Self::NotFromNeutral(organ) => {
                write!(f, "expected an audience that is not neutral, found organ `{organ}`")
            }
            Self::ErasedAlready { person, by } => {
                write!(f, "expected a file that is kept, found that entry `{by}` erased that of `{person}`")
            }
            Self::OtherPurpose(basis) => write!(
                f,
                "expected consent to criminal proceedings or a compelling interest, found {}",
                name(*basis)
            ),
            Self::NotConsented(consent) => write!(
                f,
                "expected consent to this audience and purpose for this person, found entry `{consent}`, which covers others"
            ),
            Self::NoSuchBranch { person, branch } => {
                write!(f, "expected a known branch of the family of `{person}`, found `{branch}`")
            }
            Self::NothingConsented => {
                f.write_str("expected consent to an audience and a purpose, found none")
            }
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected `{expected}` to end what entry `{entry}` began, found `{found}`")
            }
            Self::EndedAlready { entry, by } => {
                write!(f, "expected entry `{entry}` to hold, found that entry `{by}` ended it")
            }
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
            Self::NoThreshold { below, step } => write!(
                f,
                "expected a threshold of at least 3 and a step of at least 1, found `{below}` and `{step}`"
            ),
            Self::MustBeAccountedFor { person, by } => write!(
                f,
                "expected that nobody has to account for `{person}`, found entry `{by}`: restrict the file instead"
            ),
            Self::StillNeeded { record, unit } => {
                write!(f, "expected records of the person alone, found `{record}` of unit `{unit}`")
            }
        }
    }
}

fn name(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Consent(_) => "consent",
        LegalBasis::VitalInterest => "a vital interest",
        LegalBasis::PublicInterest => "a public interest",
        LegalBasis::LegalObligation => "a duty in law",
        LegalBasis::CompellingInterest => "a compelling interest",
    }
}
