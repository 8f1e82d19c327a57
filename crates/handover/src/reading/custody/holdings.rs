use alloc::collections::BTreeMap;

use super::super::{Basis, Reading};
use super::Position;
use crate::custody::HeldKey;
use crate::id::OrganId;

/// How many containers are with whom. Every container that is registered is counted once: the parts add up to the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoldingsView {
    /// How many are registered.
    pub registered: u64,
    /// How many are with each custodian who has any.
    pub with: BTreeMap<OrganId, u64>,
    /// How many were given and not received.
    pub in_transfer: u64,
    /// Of how many it cannot be told with whom they are.
    pub undetermined: u64,
    /// How many nobody had yet.
    pub not_yet: u64,
    /// How many are no more.
    pub ended: u64,
}

impl HoldingsView {
    /// How many containers the parts come to.
    pub fn sum(&self) -> u64 {
        let others = [self.in_transfer, self.undetermined, self.not_yet, self.ended];
        self.with.values().chain(&others).fold(0, |sum, part| sum.saturating_add(*part))
    }
}

impl<B: Basis> Reading<'_, B> {
    /// How many containers are with whom.
    pub fn holdings(&self) -> HoldingsView {
        let mut view = HoldingsView::default();
        for (at, row) in self.state.containers.places() {
            if !self.is_uttered(row.entry) {
                continue;
            }
            view.registered = view.registered.saturating_add(1);
            let key = HeldKey::Container(at);
            let part = match self.position_in(key, &self.steps_of_held(key)) {
                Position::NotYet => &mut view.not_yet,
                Position::With(organ) => view.with.entry(organ).or_default(),
                Position::InTransfer { .. } => &mut view.in_transfer,
                Position::Between(_) => &mut view.undetermined,
                Position::Ended(_) => &mut view.ended,
            };
            *part = part.saturating_add(1);
        }
        view
    }
}
