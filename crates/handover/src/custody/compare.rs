//! Whether the two ends of a transfer can both be right.

use alloc::vec::Vec;

use super::{Acceptance, Findings};
use crate::held::EntryRow;
use crate::id::ContainerId;
use crate::state::State;
use crate::table::Idx;

/// In what two ends cannot both be right.
#[expect(clippy::struct_excessive_bools, reason = "four questions, each answered by itself")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Differences {
    /// How many, in one unit.
    pub(crate) count: bool,
    /// The seal of a container.
    pub(crate) seals: bool,
    /// What was given did not arrive.
    pub(crate) containers: bool,
    /// It was received before it was given.
    pub(crate) dates: bool,
}

impl Differences {
    pub(crate) fn between(state: &State, given: Idx<EntryRow>, received: Idx<EntryRow>) -> Self {
        let (Some(giving), Some(receipt)) = (state.giving(given), state.receipt(received)) else {
            return Self::default();
        };
        Self {
            count: count_differs(&giving.found, &receipt.found, &receipt.accepted),
            seals: giving.found.seals.iter().any(|one| {
                let same = |other: &&super::SealFound| other.container == one.container;
                receipt.found.seals.iter().filter(same).any(|other| other.seal != one.seal)
            }),
            containers: matches!(&receipt.accepted, Acceptance::InPart(partly) if !partly.missing.is_empty()),
            dates: receipt.on.last_moment().is_some_and(|received| giving.on.span().is_after(received)),
        }
    }
}

/// Counts in different units are never compared; of less than all there may be fewer, and never more.
fn count_differs(given: &Findings, received: &Findings, accepted: &Acceptance) -> bool {
    let (Some(given), Some(received)) = (&given.count, &received.count) else { return false };
    let (Some(gave), Some(got)) = (given.quantity.span(), received.quantity.span()) else { return false };
    if given.unit != received.unit {
        return false;
    }
    match accepted {
        Acceptance::InPart(_) => gave.hi().is_some_and(|most| got.lo() > most),
        _ => gave.meet(got).is_none(),
    }
}

impl Acceptance {
    /// The containers that a receipt in part names.
    pub(crate) fn kept_back(&self) -> Vec<ContainerId> {
        match self {
            Self::InPart(partly) => partly.refused.iter().chain(&partly.missing).copied().collect(),
            _ => Vec::new(),
        }
    }
}
