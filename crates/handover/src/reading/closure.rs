//! Which cases are closed, and by which criterion.

use alloc::vec::Vec;

use super::standing::Voice;
use super::sum::Counted;
use super::{Basis, Reading, Whose};
use crate::claim::SubjectKey;
use crate::closure::{Case, CaseKey, ClosureEntry, Criterion};
use crate::held::EntryRow;
use crate::id::EntryId;
use crate::table::Idx;

/// How a case stands, by this reading (invariant 42).
#[derive(Clone, Debug, PartialEq)]
pub struct CaseView<B = ()> {
    /// The case.
    pub of: Case,
    /// Its criterion; `None` if none is declared, or those who are believed declare different ones.
    pub criterion: Option<Criterion>,
    /// The entry that closed it, if it is closed.
    pub closed_by: Option<EntryId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// Every case of whose end anything had been recorded by then: batches first, then agreements, in the order of their recording.
    pub fn cases(&self) -> Vec<CaseView<B>> {
        let batches = self.state.batches.places().filter(|(_, row)| row.last_closure.is_some());
        let batches = batches.map(|(at, row)| (CaseKey::Batch(at), Case::Batch(row.id)));
        let agreements = self.state.agreements.places().filter(|(_, row)| row.last_closure.is_some());
        let agreements = agreements.map(|(at, row)| (CaseKey::Agreement(at), Case::Agreement(row.id)));
        let is_known =
            |case: CaseKey| self.state.closures_of(case).any(|row| self.happened(row.entry) == Counted::Yes);
        let cases = batches.chain(agreements).filter(|(case, _)| is_known(*case));
        cases.map(|(case, of)| self.case(case, of)).collect()
    }

    fn case(&self, case: CaseKey, of: Case) -> CaseView<B> {
        let mut rests_on = B::default();
        let voices = match (self.whose, case) {
            (Whose::All, CaseKey::Batch(batch)) => self.state.parties_of(SubjectKey::Batch(batch)),
            (Whose::All, CaseKey::Agreement(agreement)) => {
                self.state.parties_of(SubjectKey::Agreement(agreement))
            }
            _ => Vec::new(),
        };
        let voices: Vec<Voice> = match self.whose {
            Whose::All => voices.into_iter().map(Voice::Of).collect(),
            _ => [Voice::Believed].into(),
        };
        let mut words = voices.into_iter().map(|voice| self.case_by(voice, case, &mut rests_on));
        let (mut criterion, mut closed) = words.next().unwrap_or((None, None));
        for (other, also) in words {
            criterion = criterion.filter(|criterion| Some(*criterion) == other);
            closed = closed.zip(also).map(|(one, other)| one.max(other));
        }
        CaseView { of, criterion, closed_by: closed.map(|at| self.state.entries.get(at).id), rests_on }
    }

    /// What one voice says of a case: each of its organs by the latest that it said. They all have one criterion, or none
    /// is taken; one that closed it is enough.
    fn case_by(
        &self,
        voice: Voice,
        case: CaseKey,
        basis: &mut B,
    ) -> (Option<Criterion>, Option<Idx<EntryRow>>) {
        let (mut declared, mut stated) = (Vec::new(), Vec::new());
        let (mut criteria, mut closed) = (Vec::new(), None::<Idx<EntryRow>>);
        for row in self.state.closures_of(case) {
            if !self.is_heard(voice, row.organ) || self.happened(row.entry) != Counted::Yes {
                continue;
            }
            match self.state.closure_entry(row.entry) {
                Some(ClosureEntry::Criterion(said)) if !declared.contains(&row.organ) => {
                    self.rest_on(basis, row.entry);
                    declared.push(row.organ);
                    criteria.push(said.criterion);
                }
                Some(ClosureEntry::Closed(_) | ClosureEntry::Reopened(_)) if !stated.contains(&row.organ) => {
                    self.rest_on(basis, row.entry);
                    stated.push(row.organ);
                    if matches!(self.state.closure_entry(row.entry), Some(ClosureEntry::Closed(_))) {
                        closed = closed.max(Some(row.entry));
                    }
                }
                _ => {}
            }
        }
        let first = criteria.first().copied();
        (first.filter(|first| criteria.iter().all(|criterion| criterion == first)), closed)
    }
}
