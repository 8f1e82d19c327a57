use core::fmt;

use super::{Branch, Preference};
use crate::id::{EntryId, OrganId, PersonRef, RemainsId};
use crate::refusal::Rule;
use crate::when::When;

/// Why a branch of a family is not to be told of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum WhyNotDue {
    /// No decision that the unit is of this person is in force.
    NoDecision,
    /// Contact would endanger the kin.
    ContactEndangersKin,
    /// The branch chose so.
    AsPreferred(Preference),
}

impl fmt::Display for WhyNotDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoDecision => "no decision in force that it is of this person",
            Self::ContactEndangersKin => "that contact endangers the kin",
            Self::AsPreferred(Preference::Never) => "that it chose to be told of none",
            Self::AsPreferred(Preference::FirstOnly) => {
                "that it chose to be told of the first only and was told of it"
            }
            Self::AsPreferred(_) => "that it chose to be told at the end, and the case is not closed",
        })
    }
}

/// What is impossible of a notice (B5, axis 5; edge cases 23 and 35), in the order in which the rules are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoticeRefusal {
    /// An organ of a party or a neutral one tells families, and no other.
    NoAuthority(OrganId),
    /// The branch was never said to be known.
    NoSuchBranch {
        /// The person.
        person: PersonRef,
        /// The branch.
        branch: Branch,
    },
    /// An entry is ended by the organ that made it.
    NotItsOrgan {
        /// The entry.
        entry: EntryId,
        /// The organ that made it.
        expected: OrganId,
        /// The organ that would end it.
        found: OrganId,
    },
    /// An entry is ended at most once.
    EndedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that ended it.
        by: EntryId,
    },
    /// No notice is due.
    NotDue {
        /// The unit.
        unit: RemainsId,
        /// The branch.
        branch: Branch,
        /// Why not.
        why: WhyNotDue,
    },
    /// The branch was told already, or has answered so already.
    NotifiedAlready {
        /// The unit.
        unit: RemainsId,
        /// The branch.
        branch: Branch,
        /// The entry of the latest step.
        by: EntryId,
    },
    /// Who was not told acknowledges and contests nothing.
    NotNotified {
        /// The unit.
        unit: RemainsId,
        /// The branch.
        branch: Branch,
    },
    /// The decision of which the branch was told is not revoked.
    NotRevoked {
        /// The unit.
        unit: RemainsId,
        /// The branch.
        branch: Branch,
    },
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl NoticeRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a decision has an authority: an organ of a party, or a neutral one")
            }
            Self::NoSuchBranch { .. } => {
                Rule::numbered(22, "nothing is recorded of what has not been introduced")
            }
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::EndedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
            Self::NotDue { .. } => Rule::unnumbered(
                "a family is told of a decision that is in force, as often as it chose, where that endangers nobody",
            ),
            Self::NotifiedAlready { .. } | Self::NotNotified { .. } => {
                Rule::unnumbered("a family is told once of each decision, and answers what it was told")
            }
            Self::NotRevoked { .. } => Rule::numbered(
                35,
                "a revocation, and nothing else, makes what a family was told not hold any more",
            ),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}

impl fmt::Display for NoticeRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::NoSuchBranch { person, branch } => {
                write!(f, "expected a known branch of the family of `{person}`, found `{branch}`")
            }
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which made entry `{entry}`, found `{found}`")
            }
            Self::EndedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was ended by `{by}`")
            }
            Self::NotDue { unit, branch, why } => {
                write!(f, "expected a notice that is due to branch `{branch}` of unit `{unit}`, found {why}")
            }
            Self::NotifiedAlready { unit, branch, by } => {
                write!(
                    f,
                    "expected branch `{branch}` not to be so far with unit `{unit}`, found entry `{by}`"
                )
            }
            Self::NotNotified { unit, branch } => {
                write!(
                    f,
                    "expected branch `{branch}` to be told of unit `{unit}` before it answers, found no notice"
                )
            }
            Self::NotRevoked { unit, branch } => write!(
                f,
                "expected a revoked decision on `{unit}` of which branch `{branch}` was told, found that it stands"
            ),
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}
