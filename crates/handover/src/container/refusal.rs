use core::fmt;

use crate::id::{BatchId, ContainerId, EntryId, LegId, OrganId, TransferId};
use crate::refusal::Rule;

/// What is impossible of a container (B4; invariants 12, 20 and 21).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContainerRefusal {
    /// Who reports, and who is on nobody's side that is known, holds no remains.
    NoCustodian(OrganId),
    /// The living are not kept in containers.
    BatchOfTheLiving(BatchId),
    /// It was stated that the batch has no other container.
    ManifestIsComplete {
        /// The container.
        container: ContainerId,
        /// The batch.
        batch: BatchId,
        /// The entry that stated it.
        by: EntryId,
    },
    /// A batch that passed as a whole is not divided afterwards.
    PassedAsAWhole {
        /// The container.
        container: ContainerId,
        /// The batch that it is a part of.
        batch: BatchId,
        /// The leg in which the batch passed.
        leg: LegId,
    },
    /// The container is no more.
    NoMore {
        /// The container.
        container: ContainerId,
        /// The entry that recorded its end.
        by: EntryId,
    },
    /// A container ends after somebody had it.
    BeforeItWasHeld(ContainerId),
    /// A container that passed later had not ended.
    LaterTransfer {
        /// The container.
        container: ContainerId,
        /// The transfer.
        transfer: TransferId,
    },
    /// A manifest is completed once.
    CompleteAlready {
        /// The batch.
        batch: BatchId,
        /// The entry that stated it.
        by: EntryId,
    },
    /// An entry is reversed by the organ that recorded it.
    NotItsOrgan {
        /// The entry.
        entry: EntryId,
        /// The organ that recorded it.
        expected: OrganId,
        /// The organ that would reverse it.
        found: OrganId,
    },
    /// An entry is reversed at most once.
    ReversedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that reversed it.
        by: EntryId,
    },
}

impl ContainerRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoCustodian(_) => {
                Rule::numbered(20, "a custodian is an organ of a party or a neutral intermediary")
            }
            Self::BatchOfTheLiving(_) => Rule::unnumbered("containers hold remains"),
            Self::ManifestIsComplete { .. } => {
                Rule::unnumbered("a manifest that is complete has no other container")
            }
            Self::PassedAsAWhole { .. } => {
                Rule::numbered(20, "a batch that is accepted in part is divided before it passes")
            }
            Self::NoMore { .. } | Self::BeforeItWasHeld(_) | Self::LaterTransfer { .. } => Rule::numbered(
                20,
                "a container has a custodian from its beginning to its end, and ends once and last",
            ),
            Self::CompleteAlready { .. } => {
                Rule::unnumbered("a manifest is completed once, until that is reversed")
            }
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::ReversedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
        }
    }
}

impl fmt::Display for ContainerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCustodian(organ) => write!(
                f,
                "expected an organ of a party or a neutral one as custodian, found `{organ}`, which is neither"
            ),
            Self::BatchOfTheLiving(batch) => {
                write!(f, "expected a batch of remains, found `{batch}`, which is of the living")
            }
            Self::ManifestIsComplete { container, batch, by } => write!(
                f,
                "expected no other container in batch `{batch}`, as `{by}` states, found `{container}`"
            ),
            Self::PassedAsAWhole { container, batch, leg } => write!(
                f,
                "expected container `{container}` to stay in batch `{batch}`, found that the batch passed \
                 earlier as a whole in leg `{leg}`"
            ),
            Self::NoMore { container, by } => {
                write!(f, "expected a container that is in use, found that `{container}` ended by `{by}`")
            }
            Self::BeforeItWasHeld(container) => {
                write!(
                    f,
                    "expected the end of container `{container}` after somebody had it, found it before"
                )
            }
            Self::LaterTransfer { container, transfer } => write!(
                f,
                "expected the end of container `{container}` after its transfers, found `{transfer}` later"
            ),
            Self::CompleteAlready { batch, by } => write!(
                f,
                "expected a manifest that may be added to, found that of batch `{batch}` complete by `{by}`"
            ),
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which recorded entry `{entry}`, found `{found}`")
            }
            Self::ReversedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was reversed by `{by}`")
            }
        }
    }
}
