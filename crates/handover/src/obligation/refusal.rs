use core::fmt;

use super::Matter;
use crate::id::{EntryId, ObligationId, OrganId, PartyId};
use crate::quantity::Unit;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of an obligation, in the order in which the rules are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObligationRefusal {
    /// Nobody owes to themselves.
    OwedToItself(PartyId),
    /// The unit cannot count what is owed.
    UnitDoesNotFit {
        /// What is owed.
        matter: Matter,
        /// The unit.
        unit: Unit,
    },
    /// An act is reversed by the organ that recorded it.
    NotItsOrgan {
        /// The entry.
        entry: EntryId,
        /// The organ that recorded it.
        expected: OrganId,
        /// The organ that would reverse it.
        found: OrganId,
    },
    /// An act is reversed at most once.
    ReversedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that reversed it.
        by: EntryId,
    },
    /// The creditor gives up what is owed to it, and nobody else.
    NotTheCreditor {
        /// The creditor.
        expected: PartyId,
        /// The organ that would give it up.
        found: OrganId,
    },
    /// An organ of a party or a neutral one records a discharge, and no other.
    NoAuthority(OrganId),
    /// Debtor and creditor consent, to a set-off those of both obligations.
    NoConsent(PartyId),
    /// A number that is allocated, given up or discharged is one or more.
    Nought,
    /// A surplus counts towards another obligation.
    AllocatedToItself(ObligationId),
    /// What is set off is counted in one unit.
    OtherUnit {
        /// The unit of the obligation towards which it would count.
        expected: Unit,
        /// The unit of the one that was performed.
        found: Unit,
    },
    /// What is given in return for nothing, or because the law demands it, is not netted.
    Netted(ObligationId),
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl ObligationRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::OwedToItself(_) => Rule::unnumbered("an obligation has a debtor and another creditor"),
            Self::UnitDoesNotFit { .. } => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::ReversedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
            Self::NotTheCreditor { .. } => Rule::unnumbered("the creditor alone gives up what is owed to it"),
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a discharge has an authority: an organ of a party, or a neutral one")
            }
            Self::NoConsent(_) => Rule::numbered(
                14,
                "what changes an obligation between two has the recorded consent of debtor and creditor",
            ),
            Self::Nought => Rule::unnumbered("what is allocated, given up or discharged is one or more"),
            Self::AllocatedToItself(_) => {
                Rule::numbered(14, "a surplus is set off against another obligation")
            }
            Self::OtherUnit { .. } => Rule::numbered(10, "arithmetic is between equal units only"),
            Self::Netted(_) => Rule::numbered(
                51,
                "what is given in return for nothing, or because the law demands it, is never netted",
            ),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}

impl fmt::Display for ObligationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwedToItself(party) => {
                write!(f, "expected a creditor other than the debtor, found `{party}` as both")
            }
            Self::UnitDoesNotFit { matter, unit } => {
                write!(f, "expected a unit that can count {matter}, found {unit}")
            }
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which made entry `{entry}`, found `{found}`")
            }
            Self::ReversedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was reversed by `{by}`")
            }
            Self::NotTheCreditor { expected, found } => {
                write!(
                    f,
                    "expected an organ of the creditor `{expected}`, found `{found}`: record what another says as its claim"
                )
            }
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::NoConsent(party) => {
                write!(f, "expected the consent of debtor and creditor, found none of `{party}`")
            }
            Self::Nought => f.write_str("expected one or more, found 0"),
            Self::AllocatedToItself(obligation) => {
                write!(f, "expected another obligation, found `{obligation}` as both")
            }
            Self::OtherUnit { expected, found } => {
                write!(f, "expected an obligation counted in {expected}, found one counted in {found}")
            }
            Self::Netted(obligation) => {
                write!(
                    f,
                    "expected an obligation under an agreement, found `{obligation}`, which stands for itself"
                )
            }
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}
