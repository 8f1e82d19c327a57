use alloc::vec::Vec;

use super::super::{Basis, Reading, Whose};
use super::{ChainView, Position};
use crate::custody::{Affected, AffectedKey, CustodyEntry, DiscrepancyRow, HeldKey, Incident, IncidentKind};
use crate::held::EntryRow;
use crate::id::{EntryId, TransferId};
use crate::table::Idx;
use crate::when::When;

/// In what two entries differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiscrepancyKind {
    /// How many.
    Count,
    /// A seal.
    Seals,
    /// A container that was given did not arrive.
    Containers,
    /// It was received before it was given.
    Dates,
    /// Someone says that they differ.
    Said,
}

/// Two entries that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscrepancyView {
    /// The two entries, the earlier recorded first.
    pub between: [EntryId; 2],
    /// In what they differ.
    pub kinds: Vec<DiscrepancyKind>,
    /// The transfer whose two ends they are.
    pub transfer: Option<TransferId>,
    /// Who opened it, where someone did.
    pub opened_by: Vec<EntryId>,
    /// The explanations that are given.
    pub explained_by: Vec<EntryId>,
    /// Whether it is open: no explanation is of someone whom this reading believes; for what all accept, not each end
    /// explains it. Nothing else closes it.
    pub is_open: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    /// The entry.
    pub entry: EntryId,
    /// To what.
    pub of: Affected,
    /// What.
    pub kind: IncidentKind,
    /// When.
    pub on: When,
    /// By which entry what was missing is found again.
    pub settled_by: Option<EntryId>,
}

impl IncidentView {
    /// Whether it is neither settled nor the settlement of another.
    pub fn is_open(&self) -> bool {
        self.settled_by.is_none() && self.kind != IncidentKind::FoundAgain
    }
}

impl<B: Basis> Reading<'_, B> {
    fn id(&self, entry: Idx<EntryRow>) -> EntryId {
        self.state.entries.get(entry).id
    }

    /// Every discrepancy, open or explained, in the order of recording.
    pub fn discrepancies(&self) -> Vec<DiscrepancyView> {
        self.state.discrepancies.rows().filter_map(|row| self.discrepancy(row)).collect()
    }

    fn discrepancy(&self, row: &DiscrepancyRow) -> Option<DiscrepancyView> {
        if !self.is_uttered(row.first) || !self.is_uttered(row.second) {
            return None;
        }
        let openings = core::iter::successors(row.last_opening, |at| self.state.openings.get(*at).former)
            .map(|at| self.state.openings.get(at).entry);
        let mut opened_by: Vec<_> =
            openings.filter(|entry| self.is_uttered(*entry)).map(|entry| self.id(entry)).collect();
        opened_by.reverse();
        let kinds: Vec<_> = [
            (row.differences.count, DiscrepancyKind::Count),
            (row.differences.seals, DiscrepancyKind::Seals),
            (row.differences.containers, DiscrepancyKind::Containers),
            (row.differences.dates, DiscrepancyKind::Dates),
            (!opened_by.is_empty(), DiscrepancyKind::Said),
        ]
        .into_iter()
        .filter_map(|(differs, kind)| differs.then_some(kind))
        .collect();
        if kinds.is_empty() {
            return None;
        }
        let explanations =
            core::iter::successors(row.last_explanation, |at| self.state.explanations.get(*at).former)
                .map(|at| self.state.explanations.get(at).entry);
        let mut given: Vec<_> = explanations.filter(|entry| self.is_uttered(*entry)).collect();
        given.reverse();
        let side = |entry: Idx<EntryRow>| {
            let organ = self.state.organ_of_entry(entry);
            Some(self.state.organs.get(organ).side)
        };
        let is_explained = match self.whose {
            Whose::All => [row.first, row.second]
                .into_iter()
                .all(|end| given.iter().any(|explained| side(*explained) == side(end))),
            _ => given.iter().any(|explained| self.hears(*explained)),
        };
        let transfer = [row.first, row.second].map(|entry| {
            let end = self.state.end_index.get(entry)?;
            Some(self.state.transfers.get(self.state.ends.get(end).transfer).id)
        });
        Some(DiscrepancyView {
            between: [self.id(row.first), self.id(row.second)],
            kinds,
            transfer: transfer[0].filter(|_| transfer[0] == transfer[1]),
            opened_by,
            explained_by: given.into_iter().map(|entry| self.id(entry)).collect(),
            is_open: !is_explained,
        })
    }

    /// Every incident that stands and of which this reading hears, in the order of recording.
    pub fn incidents(&self) -> Vec<IncidentView> {
        let rows = self.state.incidents.rows().filter(|row| self.is_heard_of(row.entry));
        rows.filter_map(|row| self.incident(row.entry, row.of)).collect()
    }

    fn is_heard_of(&self, entry: Idx<EntryRow>) -> bool {
        self.entry_stands(entry) && self.hears(entry)
    }

    fn incident_entry(&self, entry: Idx<EntryRow>) -> Option<&Incident> {
        match self.state.told_in_full(entry) {
            Some(CustodyEntry::Incident(incident)) => Some(incident),
            _ => None,
        }
    }

    fn incident(&self, entry: Idx<EntryRow>, of: AffectedKey) -> Option<IncidentView> {
        let incident = self.incident_entry(entry)?;
        if self.has_happened(self.event(entry, incident.on.span())) == Some(false) {
            return None;
        }
        // What is found wholly before it is missed is another time.
        let settles = |other: &Incident| {
            let before = other.on.last_moment().is_some_and(|last| incident.on.span().is_after(last));
            incident.kind == IncidentKind::Missing && other.kind == IncidentKind::FoundAgain && !before
        };
        let settled_by = self
            .state
            .incidents_of(of)
            .map(|at| self.state.incidents.get(at).entry)
            .filter(|other| self.is_heard_of(*other))
            .find(|other| self.incident_entry(*other).is_some_and(settles));
        Some(IncidentView {
            entry: self.id(entry),
            of: self.state.affected(of),
            kind: incident.kind.clone(),
            on: incident.on,
            settled_by: settled_by.map(|other| self.id(other)),
        })
    }

    /// The entries by which something is missing that is not found again.
    pub(super) fn missed(&self, key: HeldKey) -> Vec<EntryId> {
        let of = AffectedKey::Held(key);
        let rows = self.state.incidents_of(of).map(|at| self.state.incidents.get(at).entry);
        let mut missed: Vec<_> = rows
            .filter(|entry| self.is_heard_of(*entry))
            .filter_map(|entry| self.incident(entry, of))
            .filter(|view| view.kind == IncidentKind::Missing && view.settled_by.is_none())
            .map(|view| view.entry)
            .collect();
        missed.reverse();
        missed
    }

    /// The chains of all containers that do not hold somewhere, or of which it is not told with whom they are, in the order
    /// of registration: gaps, discontinuities and open transfers.
    pub fn unsettled_chains(&self) -> Vec<ChainView<B>> {
        let uttered = self.state.containers.places().filter(|(_, row)| self.is_uttered(row.entry));
        uttered
            .map(|(at, _)| self.chain_of(HeldKey::Container(at)))
            .filter(|chain| {
                let open = matches!(chain.position, Position::InTransfer { .. } | Position::Between(_));
                open || chain.broken().next().is_some()
            })
            .collect()
    }
}
