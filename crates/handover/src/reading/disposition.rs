//! Where remains rest, what holds them, and what rests on a decision that does not hold any more.

use alloc::vec::Vec;

use super::sum::Counted;
use super::{Basis, Reading};
use crate::disposition::{DispositionEntry, DispositionKind, DispositionRow, Grave, Rest};
use crate::id::{EntryId, OrganId, RemainsId};
use crate::refusal::EntryRefusal;
use crate::remains::UnitRow;
use crate::table::Idx;
use crate::text::Text;

/// A grave in which remains lay, or lie. It is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraveView {
    /// The entry that buried them.
    pub entry: EntryId,
    /// The grave.
    pub grave: Grave,
}

/// A judicial hold that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// The entry that placed it.
    pub entry: EntryId,
    /// The organ that placed it.
    pub by: OrganId,
    /// Why.
    pub reason: Text,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// Where a unit of remains rests, by this reading (B5, axis 6).
#[derive(Clone, Debug, PartialEq)]
pub struct DispositionView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// Where it is; `None` if those who are believed say nothing of it.
    pub rest: Option<Rest>,
    /// The entry that brought it there.
    pub since: Option<EntryId>,
    /// The numbered graves in which it lay, in the order of recording.
    pub graves: Vec<GraveView>,
    /// The judicial holds on it.
    pub holds: Vec<HoldView<B>>,
    /// The revocation of the decision on which it was released: the release is affected by it, and nothing is undone.
    pub affected_by: Option<EntryId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// Where a unit of remains rests.
    ///
    /// # Errors
    /// The unit is not recorded.
    pub fn disposition(&self, unit: RemainsId) -> Result<DispositionView<B>, EntryRefusal> {
        Ok(self.disposition_of(self.state.units.find(unit)?))
    }

    /// Where every unit of which something had been said by then rests, in the order of recording of the units.
    pub fn dispositions(&self) -> Vec<DispositionView<B>> {
        let is_uttered = |at| self.is_uttered(self.state.dispositions.get(at).entry);
        let units = self.state.units.places().map(|(unit, _)| unit);
        let spoken_of = units.filter(|unit| self.state.dispositions_of_unit(*unit).any(is_uttered));
        spoken_of.map(|unit| self.disposition_of(unit)).collect()
    }

    /// Every judicial hold that stands.
    pub fn judicial_holds(&self) -> Vec<HoldView<B>> {
        self.dispositions().into_iter().flat_map(|view| view.holds).collect()
    }

    /// Every unit that was released on a decision that is revoked (invariant 35).
    pub fn affected_releases(&self) -> Vec<DispositionView<B>> {
        self.dispositions().into_iter().filter(|view| view.affected_by.is_some()).collect()
    }

    fn disposition_of(&self, unit: Idx<UnitRow>) -> DispositionView<B> {
        let mut view = DispositionView {
            unit: self.state.units.get(unit).id,
            rest: None,
            since: None,
            graves: Vec::new(),
            holds: Vec::new(),
            affected_by: None,
            rests_on: B::default(),
        };
        let mut release_seen = false;
        for at in self.state.dispositions_of_unit(unit) {
            let row = self.state.dispositions.get(at);
            if self.stands_here(unit, row) != Counted::Yes {
                continue;
            }
            let id = self.state.entries.get(row.entry).id;
            match (self.state.disposition_entry(row.entry).as_deref(), row.kind) {
                (Some(DispositionEntry::JudicialHold(hold)), _) => {
                    let mut rests_on = B::default();
                    self.rest_on(&mut rests_on, row.entry);
                    view.rests_on.rest_on_all(&rests_on);
                    let by = self.state.organs.get(row.organ).id;
                    let reason = hold.reason.clone();
                    view.holds.push(HoldView { unit: view.unit, entry: id, by, reason, rests_on });
                }
                (Some(entry), DispositionKind::Moved(rest)) => {
                    if view.rest.is_none() {
                        self.rest_on(&mut view.rests_on, row.entry);
                        (view.rest, view.since) = (Some(rest), Some(id));
                    }
                    if let DispositionEntry::TemporarilyBuried(burial) = entry {
                        self.rest_on(&mut view.rests_on, row.entry);
                        view.graves.push(GraveView { entry: id, grave: burial.grave.clone() });
                    }
                    // What was taken back or exhumed does not rest on its former release any more.
                    let open = !release_seen && matches!(view.rest, Some(rest) if is_given(rest));
                    if rest == Rest::Released && open {
                        release_seen = true;
                        let revoked = row.decision.and_then(|decision| self.revocation_of(decision));
                        if let Some(revoked) = revoked {
                            self.rest_on(&mut view.rests_on, row.entry);
                            self.rest_on(&mut view.rests_on, revoked);
                            view.affected_by = Some(self.state.entries.get(revoked).id);
                        }
                    }
                }
                _ => {}
            }
        }
        view.graves.reverse();
        view.holds.reverse();
        view
    }

    /// Whether an entry about disposition holds in this reading: all its voices say so.
    fn stands_here(&self, unit: Idx<UnitRow>, row: &DispositionRow) -> Counted {
        if self.voices(unit).into_iter().all(|voice| self.is_heard(voice, row.organ)) {
            self.holds(row.entry, row.ended_by)
        } else {
            Counted::No
        }
    }
}

/// Whether remains that are there were given out of custody on a release.
pub(super) const fn is_given(rest: Rest) -> bool {
    matches!(rest, Rest::Released | Rest::Buried | Rest::Cremated)
}
