use core::fmt;

use super::Held;
use crate::id::{BatchId, ContainerId, EntryId, LegId, OrganId, TransferId};
use crate::quantity::Unit;
use crate::refusal::Rule;

/// What is impossible of custody (B4; invariants 10, 12, 20, 23 and 25).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustodyRefusal {
    /// Nobody gives to themselves.
    ToItself(OrganId),
    /// Who reports, and who is on nobody's side that is known, holds no remains.
    NoCustodian(OrganId),
    /// Who attests a transfer takes no custody in it.
    WitnessIsCustodian(OrganId),
    /// The living are in nobody's custody as remains are.
    OfTheLiving(BatchId),
    /// The batch is of another direction than the leg, or the leg is of the living.
    LegDoesNotFit {
        /// What passes.
        of: Held,
        /// The leg.
        leg: LegId,
    },
    /// An end is told by its own side.
    NotItsSide {
        /// The transfer.
        transfer: TransferId,
        /// The custodian who stands at that end.
        expected: OrganId,
        /// The organ that would tell it.
        found: OrganId,
    },
    /// An end is told once, and then corrected.
    ToldAlready {
        /// The transfer.
        transfer: TransferId,
        /// The entry that tells the end.
        by: EntryId,
    },
    /// An entry is corrected or reversed by the organ that recorded it.
    NotItsTeller {
        /// The entry.
        entry: EntryId,
        /// The organ that recorded it.
        expected: OrganId,
        /// The organ that would correct it.
        found: OrganId,
    },
    /// An entry is corrected or reversed at most once.
    EndedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that corrected or reversed it.
        by: EntryId,
    },
    /// What was not received is named once.
    NamedTwice(ContainerId),
    /// The container is no part of what passes.
    NotInTransfer {
        /// The container.
        container: ContainerId,
        /// The transfer.
        transfer: TransferId,
    },
    /// The unit cannot count remains.
    UnitDoesNotFit(Unit),
    /// The container is no more.
    NoMore {
        /// The container.
        container: ContainerId,
        /// The entry that recorded its end.
        by: EntryId,
    },
    /// A discrepancy is between two entries.
    OneEntry(EntryId),
    /// The keeper of the record asserts nothing.
    KeeperTells,
}

impl CustodyRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::ToItself(_) => Rule::numbered(20, "custody passes from one to another"),
            Self::NoCustodian(_) => {
                Rule::numbered(20, "a custodian is an organ of a party or a neutral intermediary")
            }
            Self::WitnessIsCustodian(_) => Rule::numbered(25, "a witness attests and takes no custody"),
            Self::OfTheLiving(_) => Rule::unnumbered("custody of remains is not of the living"),
            Self::LegDoesNotFit { .. } => {
                Rule::numbered(10, "a batch passes in a leg of its own direction and matter")
            }
            Self::NotItsSide { .. } => Rule::numbered(23, "each end of a transfer is told by its own side"),
            Self::ToldAlready { .. } => Rule::numbered(
                23,
                "each end of a transfer has one word, which is corrected and not overwritten",
            ),
            Self::NotItsTeller { .. } => {
                Rule::numbered(52, "an entry is corrected or reversed by the organ that made it")
            }
            Self::EndedAlready { .. } => Rule::numbered(
                12,
                "a correction names the entry that it replaces, and an entry is replaced at most once",
            ),
            Self::NamedTwice(_) => Rule::numbered(20, "a container is refused or missing, and not both"),
            Self::NotInTransfer { .. } => Rule::numbered(22, "a transfer is of what it names"),
            Self::UnitDoesNotFit(_) => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
            Self::NoMore { .. } => Rule::numbered(20, "a container that is no more does not pass"),
            Self::OneEntry(_) => Rule::numbered(23, "a discrepancy is between two entries"),
            Self::KeeperTells => Rule::numbered(55, "the keeper of the record asserts nothing"),
        }
    }
}

impl fmt::Display for CustodyRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToItself(organ) => write!(f, "expected two custodians, found `{organ}` on both ends"),
            Self::NoCustodian(organ) => write!(
                f,
                "expected an organ of a party or a neutral one as custodian, found `{organ}`, which is neither"
            ),
            Self::WitnessIsCustodian(organ) => {
                write!(f, "expected a witness who takes no custody, found `{organ}`, which gives or receives")
            }
            Self::OfTheLiving(batch) => {
                write!(f, "expected a batch of remains, found `{batch}`, which is of the living")
            }
            Self::LegDoesNotFit { of, leg } => {
                write!(f, "expected a leg of remains with the direction of {of}, found `{leg}`")
            }
            Self::NotItsSide { transfer, expected, found } => write!(
                f,
                "expected `{expected}` or an organ of its party to tell its end of transfer `{transfer}`, \
                 found `{found}`"
            ),
            Self::ToldAlready { transfer, by } => write!(
                f,
                "expected a correction of `{by}`, which tells this end of transfer `{transfer}`, found another word"
            ),
            Self::NotItsTeller { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which recorded entry `{entry}`, found `{found}`")
            }
            Self::EndedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was replaced by `{by}`")
            }
            Self::NamedTwice(container) => {
                write!(f, "expected each container once among those not received, found `{container}` twice")
            }
            Self::NotInTransfer { container, transfer } => write!(
                f,
                "expected containers that pass in transfer `{transfer}`, found `{container}`, which does not"
            ),
            Self::UnitDoesNotFit(unit) => {
                write!(f, "expected a unit that can count remains, found {unit}")
            }
            Self::NoMore { container, by } => {
                write!(f, "expected a container that is in use, found that `{container}` ended by `{by}`")
            }
            Self::OneEntry(entry) => write!(f, "expected two entries, found `{entry}` twice"),
            Self::KeeperTells => {
                f.write_str("expected who asserts it, found the keeper of the record, who asserts nothing")
            }
        }
    }
}
