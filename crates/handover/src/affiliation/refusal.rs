use core::fmt;

use crate::id::{EntryId, OrganId, PartyId};
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of affiliation and credit (B5, axis 4; invariants 12, 14 and 40), in the order in which the rules are
/// applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AffiliationRefusal {
    /// An organ of a party or a neutral one decides, and no other.
    NoAuthority(OrganId),
    /// An entry is retracted or replaced by the organ that made it.
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
    /// What is presumed or determined rests on something.
    NoGround,
    /// What is presumptive determines nothing.
    PresumptiveAlone,
    /// The creditor denies credit, and nobody else.
    NotTheCreditor {
        /// The creditor.
        expected: PartyId,
        /// The organ that would deny it.
        found: OrganId,
    },
    /// A set-off has the consent of debtor and creditor.
    NoConsent(PartyId),
    /// The same organ's determination, denial or set-off stands.
    StandsAlready(EntryId),
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl AffiliationRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a decision has an authority: an organ of a party, or a neutral one")
            }
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::EndedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
            Self::NoGround => Rule::numbered(40, "an affiliation rests on a recorded ground"),
            Self::PresumptiveAlone => Rule::numbered(
                40,
                "affiliation does not follow from what the sender claims, nor from papers and clothing alone",
            ),
            Self::NotTheCreditor { .. } => Rule::unnumbered("the creditor denies credit"),
            Self::NoConsent(_) => Rule::numbered(
                14,
                "a unit is credited to one obligation at most unless both parties agree a set-off",
            ),
            Self::StandsAlready(_) => Rule::numbered(
                12,
                "an authority's own decision stands until it replaces or retracts it by name",
            ),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}

impl fmt::Display for AffiliationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which made entry `{entry}`, found `{found}`")
            }
            Self::EndedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was ended by `{by}`")
            }
            Self::NoGround => f.write_str("expected at least one ground, found none"),
            Self::PresumptiveAlone => f.write_str(
                "expected a ground that is more than presumptive, found none: record a presumption, or the examination",
            ),
            Self::NotTheCreditor { expected, found } => {
                write!(f, "expected an organ of the creditor `{expected}`, found `{found}`")
            }
            Self::NoConsent(party) => {
                write!(f, "expected the consent of debtor and creditor, found none of `{party}`")
            }
            Self::StandsAlready(entry) => {
                write!(f, "expected entry `{entry}` of the same organ to be retracted or named, found that it stands")
            }
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}
