use core::fmt;

use super::Rest;
use crate::id::{EntryId, OrganId, PersonRef, RecordRef, RemainsId, TransferId};
use crate::notice::Branch;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of disposition (B5, axis 6; invariant 37), in the order in which the rules are applied.
///
/// A release is refused for the first of these that applies: [`NotFromHere`](Self::NotFromHere),
/// [`NotIdentified`](Self::NotIdentified), [`FamilyNotTold`](Self::FamilyNotTold), [`NoInstruction`](Self::NoInstruction),
/// [`KinDisagree`](Self::KinDisagree), [`ToAnother`](Self::ToAnother), [`UnderJudicialHold`](Self::UnderJudicialHold),
/// [`CodeDiffers`](Self::CodeDiffers), [`NoSample`](Self::NoSample).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DispositionRefusal {
    /// An organ of a party or a neutral one decides, and no other.
    NoAuthority(OrganId),
    /// The course of the remains does not lead there from where they are.
    NotFromHere {
        /// The unit.
        unit: RemainsId,
        /// Where it is.
        from: Rest,
        /// Where the entry has it.
        to: Rest,
    },
    /// The branch was never said to be known.
    NoSuchBranch {
        /// The person.
        person: PersonRef,
        /// The branch.
        branch: Branch,
    },
    /// No decision on whose remains they are is in force.
    NotIdentified(RemainsId),
    /// The family was not told.
    FamilyNotTold {
        /// The unit.
        unit: RemainsId,
        /// The branch; `None` if no branch is known and no authority decided in writing that nobody can be told.
        branch: Option<Branch>,
    },
    /// The next of kin gave no instruction.
    NoInstruction(RemainsId),
    /// The next of kin do not agree, and it was not settled.
    KinDisagree(RemainsId),
    /// They are released to another than the one whom the instruction names.
    ToAnother {
        /// Whom the instruction names.
        expected: RecordRef,
        /// To whom they would be released.
        found: RecordRef,
    },
    /// Remains that are not identified are cremated on a recorded legal ground only.
    CremationOfUnidentified(RemainsId),
    /// A judicial hold stands.
    UnderJudicialHold {
        /// The unit.
        unit: RemainsId,
        /// The entry that placed it.
        hold: EntryId,
    },
    /// The code on the remains and on the decision is the unit's.
    CodeDiffers {
        /// The unit's code.
        expected: RemainsId,
        /// The code that was read.
        found: RemainsId,
    },
    /// What is identified is not buried for a time.
    Identified {
        /// The unit.
        unit: RemainsId,
        /// The decision.
        by: EntryId,
    },
    /// No reference sample is retained, and it is not recorded that none can be.
    NoSample(RemainsId),
    /// No profile is in a database, and it is not documented that none can be had.
    NoProfile(RemainsId),
    /// Photographs or records are missing.
    RecordsIncomplete(RemainsId),
    /// The grave is not individual, or not marked.
    GraveNotItsOwn(RemainsId),
    /// The code of the unit does not stand on the grave.
    CodeNotOnGrave {
        /// The unit's code.
        expected: RemainsId,
        /// The code that stands on the grave.
        found: Option<RemainsId>,
    },
    /// The home country was not told of the exhumation.
    HomeNotTold(RemainsId),
    /// The transfer is of something else, or to another side.
    TransferDoesNotFit {
        /// The unit.
        unit: RemainsId,
        /// The transfer.
        transfer: TransferId,
    },
    /// A hold is lifted by the organ that placed it.
    NotItsOrgan {
        /// The entry that placed it.
        hold: EntryId,
        /// The organ that placed it.
        expected: OrganId,
        /// The organ that would lift it.
        found: OrganId,
    },
    /// A hold is lifted once.
    LiftedAlready {
        /// The entry that placed it.
        hold: EntryId,
        /// The entry that lifted it.
        by: EntryId,
    },
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl DispositionRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a decision has an authority: an organ of a party, or a neutral one")
            }
            Self::NotFromHere { .. } => Rule::unnumbered(
                "remains are held, released and buried in this order, and exhumed before they are held again",
            ),
            Self::NoSuchBranch { .. } => {
                Rule::numbered(22, "nothing is recorded of what has not been introduced")
            }
            Self::NotIdentified(_) => {
                Rule::unnumbered("remains are released only by a decision in force on whose they are")
            }
            Self::FamilyNotTold { .. } => Rule::numbered(
                59,
                "the family is told before anyone else, or an authority decides in writing that nobody can be",
            ),
            Self::NoInstruction(_) | Self::KinDisagree(_) | Self::ToAnother { .. } => {
                Rule::unnumbered("remains are released as the next of kin instruct, once they agree")
            }
            Self::CremationOfUnidentified(_) => Rule::numbered(
                37,
                "remains that are not identified are cremated on a recorded legal ground only",
            ),
            Self::UnderJudicialHold { .. } => Rule::unnumbered("a judicial hold stands until it is lifted"),
            Self::CodeDiffers { .. } => {
                Rule::numbered(21, "the code on the remains is the code on the decision")
            }
            Self::Identified { .. } => {
                Rule::unnumbered("only remains that are not identified are buried for a time")
            }
            Self::NoSample(_) => Rule::numbered(
                37,
                "no burial for a time, release or cremation without a retained reference sample or the record that none can be",
            ),
            Self::NoProfile(_)
            | Self::RecordsIncomplete(_)
            | Self::GraveNotItsOwn(_)
            | Self::CodeNotOnGrave { .. } => Rule::numbered(
                37,
                "remains are buried for a time with profile, photographs and records complete, in a marked grave of their own with their code on it",
            ),
            Self::HomeNotTold(_) => Rule::unnumbered(
                "the home country is told of an exhumation and of the place of the new grave",
            ),
            Self::TransferDoesNotFit { .. } => Rule::numbered(
                20,
                "remains leave in a transfer of their own custody, to the side that is named",
            ),
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::LiftedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}

impl fmt::Display for DispositionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::NotFromHere { unit, from, to } => {
                write!(f, "expected unit `{unit}` to be where it can be {to} from, found that it is {from}")
            }
            Self::NoSuchBranch { person, branch } => {
                write!(f, "expected a known branch of the family of `{person}`, found `{branch}`")
            }
            Self::NotIdentified(unit) => {
                write!(f, "expected a decision in force on whose remains `{unit}` is, found none")
            }
            Self::FamilyNotTold { unit, branch: Some(branch) } => {
                write!(
                    f,
                    "expected branch `{branch}` of the family to be told of `{unit}`, found that it is not"
                )
            }
            Self::FamilyNotTold { unit, branch: None } => write!(
                f,
                "expected a family that is told of `{unit}`, or a decision in writing that nobody can be, found neither"
            ),
            Self::NoInstruction(unit) => {
                write!(f, "expected an instruction of the next of kin for `{unit}`, found none")
            }
            Self::KinDisagree(unit) => {
                write!(
                    f,
                    "expected next of kin who agree on `{unit}`, found that they differ and nothing is settled"
                )
            }
            Self::ToAnother { expected, found } => {
                write!(f, "expected a release to `{expected}`, as was instructed, found `{found}`")
            }
            Self::CremationOfUnidentified(unit) => {
                write!(f, "expected a legal ground to cremate `{unit}`, which is not identified, found none")
            }
            Self::UnderJudicialHold { unit, hold } => {
                write!(f, "expected no judicial hold on `{unit}`, found that of entry `{hold}`")
            }
            Self::CodeDiffers { expected, found } => {
                write!(f, "expected the code `{expected}`, found `{found}`")
            }
            Self::Identified { unit, by } => {
                write!(
                    f,
                    "expected `{unit}` not to be identified, found that entry `{by}` decided whose it is"
                )
            }
            Self::NoSample(unit) => {
                write!(
                    f,
                    "expected a retained sample of `{unit}`, or the record that none can be, found neither"
                )
            }
            Self::NoProfile(unit) => write!(
                f,
                "expected a profile of `{unit}` in a database, or a documented failure, found neither"
            ),
            Self::RecordsIncomplete(unit) => {
                write!(f, "expected photographs and complete records of `{unit}`, found them missing")
            }
            Self::GraveNotItsOwn(unit) => {
                write!(f, "expected a marked grave of its own for `{unit}`, found another")
            }
            Self::CodeNotOnGrave { expected, found: Some(found) } => {
                write!(f, "expected the code `{expected}` on the grave, found `{found}`")
            }
            Self::CodeNotOnGrave { expected, found: None } => {
                write!(f, "expected the code `{expected}` on the grave, found none")
            }
            Self::HomeNotTold(unit) => {
                write!(f, "expected a notice to the home country of `{unit}`, found none")
            }
            Self::TransferDoesNotFit { unit, transfer } => {
                write!(f, "expected a transfer of unit `{unit}` to that side, found `{transfer}`")
            }
            Self::NotItsOrgan { hold, expected, found } => {
                write!(f, "expected organ `{expected}`, which placed hold `{hold}`, found `{found}`")
            }
            Self::LiftedAlready { hold, by } => {
                write!(f, "expected a hold that stands, found that `{hold}` was lifted by `{by}`")
            }
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}
