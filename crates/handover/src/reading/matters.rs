//! Everything that is open, in one list: what somebody has still to explain, correct, find, return or look at again.

use alloc::vec::Vec;

use super::affiliation::{DutyKind, DutyState};
use super::custody::{IncidentView, Join, Position};
use super::{Basis, Reading};
use crate::batch::BatchRow;
use crate::custody::{Affected, Held, HeldKey};
use crate::held::EntryRow;
use crate::id::{BatchId, EntryId, PolicyId};
use crate::identification::PolicyRow;
use crate::refusal::EntryRefusal;
use crate::table::Idx;

/// In what way something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatterKind {
    /// Two entries cannot both be right, and nobody who is believed explains it (invariant 23).
    Discrepancy,
    /// A transfer within one party is not recorded.
    Gap,
    /// Another gave than had it (invariant 20).
    Discontinuity,
    /// It was given on before it was received.
    OutOfTime,
    /// It was given, and nobody tells that it was received.
    OpenTransfer,
    /// It cannot be told with whom it is.
    PositionUnknown,
    /// What is known contradicts a decision on whose remains a unit is, and is not resolved in writing (invariant 34).
    Contradiction,
    /// Something happened to it, and is not settled.
    Incident,
    /// It is to be returned to the side that sent it (invariant 40).
    DutyToReturn,
    /// It is to be handed on to a third party.
    DutyToHandOn,
    /// A decision was taken under weaker rules than those that took their place, or would not pass them (invariant 36).
    Review(PolicyId),
}

/// One matter that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMatter {
    /// In what way it is open.
    pub kind: MatterKind,
    /// What it is about; several units where a decision is about several.
    pub about: Vec<Affected>,
    /// The batches in which that came, as far as it came in any.
    pub batches: Vec<BatchId>,
    /// The entries that make it a matter, the earlier recorded first.
    pub entries: Vec<EntryId>,
}

impl<B: Basis> Reading<'_, B> {
    /// Everything that is open: discrepancies first, then chains that do not hold, contradictions, incidents, duties and
    /// decisions to be looked at again, each in the order of its own view.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::custody::{Affected, CustodyEntry, Incident, IncidentKind};
    /// use handover::reading::{According, MatterKind};
    ///
    /// let mut ledger = two_words()?;
    /// let on = "2025-06-17".parse()?;
    /// let of = Affected::Batch("first".parse()?);
    /// let what = What::Custody(CustodyEntry::Incident(Incident {
    ///     of,
    ///     kind: IncidentKind::MisSealed,
    ///     on,
    ///     note: None,
    /// }));
    /// let _ = ledger.post(&Entry { id: "x".parse()?, by: "s".parse()?, said: on, source: None, what })?;
    /// let reading = ledger.reading(According::Anyone, handover::when::Moment::END_OF_TIME)?;
    /// let open = reading.open_matters();
    /// assert_eq!((open.len(), open[0].kind), (1, MatterKind::Incident));
    /// assert_eq!((&open[0].about[..], &open[0].entries[..]), (&[of][..], &["x".parse()?][..]));
    /// assert_eq!(reading.open_matters_of("first".parse()?)?, open);
    /// # Ok(())
    /// # }
    /// ```
    pub fn open_matters(&self) -> Vec<OpenMatter> {
        let mut open = self.open_discrepancies();
        open.extend(self.open_chains());
        open.extend(self.open_contradictions().into_iter().map(|it| {
            let entries = [Some(it.fact), it.finding].into_iter().flatten();
            self.matter(MatterKind::Contradiction, [Affected::Remains(it.unit)], entries)
        }));
        let incidents = self.incidents().into_iter().filter(IncidentView::is_open);
        open.extend(incidents.map(|it| self.matter(MatterKind::Incident, [it.of], [it.entry])));
        let duties = self.return_duties().into_iter().filter(|it| it.state == DutyState::Open);
        open.extend(duties.map(|it| {
            let kind = match it.kind {
                DutyKind::Return => MatterKind::DutyToReturn,
                DutyKind::Onward => MatterKind::DutyToHandOn,
            };
            self.matter(kind, [Affected::Remains(it.unit)], it.because)
        }));
        open.extend(self.open_reviews());
        open
    }

    /// Everything that is open of what came in one batch.
    ///
    /// # Errors
    /// The batch is not recorded.
    pub fn open_matters_of(&self, batch: BatchId) -> Result<Vec<OpenMatter>, EntryRefusal> {
        self.state.batches.find(batch)?;
        let mut open = self.open_matters();
        open.retain(|matter| matter.batches.contains(&batch));
        Ok(open)
    }

    fn open_discrepancies(&self) -> Vec<OpenMatter> {
        let open = self.discrepancies().into_iter().filter(|it| it.is_open);
        open.map(|it| {
            let ends = it.between.into_iter().filter_map(|entry| {
                let end = self.state.end_index.get(self.state.entries.at(entry)?)?;
                Some(self.state.transfers.get(self.state.ends.get(end).transfer).id)
            });
            let mut about: Vec<_> = ends.map(Affected::Transfer).collect();
            about.dedup();
            self.matter(MatterKind::Discrepancy, about, it.between)
        })
        .collect()
    }

    /// A matter for every break of a chain, and one for a chain that leaves open with whom it is.
    fn open_chains(&self) -> Vec<OpenMatter> {
        let mut open = Vec::new();
        for chain in self.unsettled_chains() {
            let Held::Container(container) = chain.of else { continue };
            let about = [Affected::Container(container)];
            let told = |at: usize| {
                let link = chain.links.get(at);
                link.into_iter().flat_map(|it| [it.given, it.received]).flatten().map(|(entry, _)| entry)
            };
            let mut broken = false;
            for (at, link) in chain.links.iter().enumerate() {
                let kind = match link.join {
                    Join::Holds => continue,
                    Join::Gap { .. } => MatterKind::Gap,
                    Join::Discontinuity { .. } => MatterKind::Discontinuity,
                    Join::OutOfTime => MatterKind::OutOfTime,
                };
                broken = true;
                open.push(self.matter(kind, about, told(at.saturating_sub(1)).chain(told(at))));
            }
            let kind = match chain.position {
                Position::InTransfer { .. } => MatterKind::OpenTransfer,
                // A break says by itself that it cannot be told.
                Position::Between(_) if !broken => MatterKind::PositionUnknown,
                _ => continue,
            };
            open.push(self.matter(kind, about, told(chain.links.len().saturating_sub(1))));
        }
        open
    }

    /// The decisions to be looked at again under the policies that took the place of others.
    fn open_reviews(&self) -> Vec<OpenMatter> {
        let mut open = Vec::new();
        for (at, row) in self.state.policies.places() {
            let succeeded = row.succeeded_by.is_some_and(|by| self.is_in_force(by));
            if succeeded || !self.is_in_force(at) || row.policy.supersedes.is_none() {
                continue;
            }
            let Ok(cohort) = self.review_cohort(row.id) else { continue };
            for it in cohort.into_iter().filter(|it| self.is_followed_by(it.decision.policy, row)) {
                let about: Vec<_> = it.decision.units.iter().map(|unit| Affected::Remains(*unit)).collect();
                let entries = [it.decision.decision, self.state.entries.get(row.entry).id];
                open.push(self.matter(MatterKind::Review(row.id), about, entries));
            }
        }
        open
    }

    /// Whether a policy was recorded as one that is in force, or may be, by the moment of the reading.
    fn is_in_force(&self, policy: Idx<PolicyRow>) -> bool {
        let row = self.state.policies.get(policy);
        self.is_uttered(row.entry) && !row.policy.from.span().is_after(self.as_of)
    }

    /// Whether a policy is one of those in whose place this one came.
    fn is_followed_by(&self, policy: PolicyId, last: &PolicyRow) -> bool {
        let former = |row: &&PolicyRow| {
            let former = self.state.policies.at(row.policy.supersedes?)?;
            Some(self.state.policies.get(former))
        };
        core::iter::successors(Some(last), former).any(|row| row.id == policy)
    }

    fn matter(
        &self,
        kind: MatterKind,
        about: impl IntoIterator<Item = Affected>,
        entries: impl IntoIterator<Item = EntryId>,
    ) -> OpenMatter {
        let about: Vec<_> = about.into_iter().collect();
        let mut batches: Vec<_> = about.iter().filter_map(|it| self.batch_of(*it)).collect();
        batches.sort_unstable();
        batches.dedup();
        let mut entries: Vec<Idx<EntryRow>> =
            entries.into_iter().filter_map(|entry| self.state.entries.at(entry)).collect();
        entries.sort_unstable();
        entries.dedup();
        OpenMatter {
            kind,
            about,
            batches: batches.into_iter().map(|batch| self.state.batches.get(batch).id).collect(),
            entries: entries.into_iter().map(|entry| self.state.entries.get(entry).id).collect(),
        }
    }

    fn batch_of(&self, affected: Affected) -> Option<Idx<BatchRow>> {
        let of = match affected {
            Affected::Batch(id) => return self.state.batches.at(id),
            Affected::Container(id) => HeldKey::Container(self.state.containers.at(id)?),
            Affected::Remains(id) => HeldKey::Remains(self.state.units.at(id)?),
            Affected::Transfer(id) => self.state.transfers.get(self.state.transfers.at(id)?).of,
        };
        match of {
            HeldKey::Batch(batch) => Some(batch),
            HeldKey::Container(container) => self.batch_of_container(container),
            HeldKey::Remains(unit) => self.batch_of_unit(unit),
        }
    }
}
