//! Decisions that are to be looked at again: under a stricter policy, and after a revocation (invariants 35 and 36).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::identification::{DecisionState, DecisionView};
use super::{Basis, Reading};
use crate::id::{EntryId, PersonRef, PolicyId, RecordRef, RemainsId};
use crate::identification::{Aspect, DecisionRow, Evidence, Grounds, RevocationCause};
use crate::refusal::EntryRefusal;
use crate::table::Idx;

/// A decision in force that a stricter policy puts under review.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortView<B = ()> {
    /// The decision.
    pub decision: DecisionView<B>,
    /// In what the policy under which it stands is weaker.
    pub weaker_in: Vec<Aspect>,
    /// In what it would not pass the stricter policy, computed from its own evidence.
    pub falls_short_in: Vec<Aspect>,
}

/// Through what two decisions may share a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// The same report.
    Record(RecordRef),
    /// The same run of a laboratory.
    Run(RecordRef),
    /// The same person: further units.
    Person(PersonRef),
    /// The same unit: it was, or is now, taken for another's.
    Unit(RemainsId),
}

/// A revoked decision, and what it implicates. Notices, releases and credits name the decision they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct RevokedView<B = ()> {
    /// The decision.
    pub decision: DecisionView<B>,
    /// The entry that revoked it.
    pub revoked_by: EntryId,
    /// Why.
    pub cause: RevocationCause,
    /// Other decisions to be looked at, and why, in the order of recording.
    pub implicated: Vec<(EntryId, Shared)>,
    /// The persons whose families are to be told: the one whose remains they were taken to be, and those to whom the units
    /// are, or were, attributed otherwise. A family that is not known yet is told when it is.
    pub families_to_tell: Vec<PersonRef>,
    /// The units on which there is no other decision yet: the other family is not known.
    pub family_unknown_of: Vec<RemainsId>,
}

impl<B: Basis> Reading<'_, B> {
    /// The decisions in force that were taken under weaker rules than this policy's, or would not pass it.
    ///
    /// # Errors
    /// The policy is not recorded.
    pub fn review_cohort(&self, policy: PolicyId) -> Result<Vec<CohortView<B>>, EntryRefusal> {
        let stricter = self.state.policies.get(self.state.policies.find(policy)?).policy.clone();
        let mut cohort = Vec::new();
        for (at, _) in self.state.decisions.places() {
            let Some(view) = self.decision_view(at) else { continue };
            let Some(grounds) = self.grounds_under(&view) else { continue };
            if matches!(view.state, DecisionState::Revoked(..)) {
                continue;
            }
            let own = self.state.policies.at(view.policy).map(|own| &self.state.policies.get(own).policy);
            let weaker_in = own.map_or_else(Vec::new, |own| own.is_weaker_in(&stricter));
            let mut falls_short_in = Vec::new();
            let pieces = self.pieces(&grounds);
            let too_high = grounds.prior.compare(stricter.prior).is_gt();
            let prior = if too_high { stricter.prior } else { grounds.prior };
            for unit in &view.units {
                let on_unit: Vec<&Evidence> =
                    pieces.iter().map(Cow::as_ref).filter(|piece| piece.units.contains(unit)).collect();
                falls_short_in.extend(stricter.shortfalls(prior, &on_unit));
            }
            if too_high {
                falls_short_in.push(Aspect::Prior);
            }
            let mut reviewers: Vec<_> = grounds.reviewers.iter().map(|one| one.officer).collect();
            reviewers.sort_unstable();
            reviewers.dedup();
            if reviewers.len() < usize::from(stricter.reviewers) {
                falls_short_in.push(Aspect::Reviewers);
            }
            falls_short_in.sort_unstable();
            falls_short_in.dedup();
            if !weaker_in.is_empty() || !falls_short_in.is_empty() {
                cohort.push(CohortView { decision: view, weaker_in, falls_short_in });
            }
        }
        Ok(cohort)
    }

    /// The grounds on which a decision stands in this reading: of the last that upheld it, or its own.
    fn grounds_under(&self, view: &DecisionView<B>) -> Option<Cow<'_, Grounds>> {
        let decided = self.state.entries.at(view.decision)?;
        let row = self.state.decisions.get(self.state.decision_index.get(decided)?);
        let latest = self.state.grounds(row.grounds)?;
        let own = self.state.grounds(decided)?;
        Some(if latest.policy == view.policy { latest } else { own })
    }

    /// The decisions that were revoked, with what each implicates.
    pub fn revoked_decisions(&self) -> Vec<RevokedView<B>> {
        self.state.decisions.places().filter_map(|(at, _)| self.revoked_view(at)).collect()
    }

    fn revoked_view(&self, at: Idx<DecisionRow>) -> Option<RevokedView<B>> {
        let decision = self.decision_view(at)?;
        let DecisionState::Revoked(revoked_by, cause) = decision.state else { return None };
        let all = self.grounds_of_all(at);
        let mut implicated = Vec::new();
        let mut families = [decision.person].to_vec();
        let mut decided_otherwise: Vec<RemainsId> = Vec::new();
        for (other, _) in self.state.decisions.places().filter(|(other, _)| *other != at) {
            let Some(view) = self.decision_view(other) else { continue };
            let theirs = self.grounds_of_all(other);
            if view.person == decision.person {
                implicated.push((view.decision, Shared::Person(view.person)));
            }
            for unit in view.units.iter().filter(|unit| decision.units.contains(unit)) {
                implicated.push((view.decision, Shared::Unit(*unit)));
                families.push(view.person);
                decided_otherwise.push(*unit);
            }
            for piece in &theirs {
                if all.iter().any(|one| one.record == piece.record) {
                    implicated.push((view.decision, Shared::Record(piece.record)));
                }
                if let Some(run) = piece.run.filter(|run| all.iter().any(|one| one.run == Some(*run))) {
                    implicated.push((view.decision, Shared::Run(run)));
                }
            }
        }
        families.sort_unstable();
        families.dedup();
        implicated.dedup();
        let unknown = decision.units.iter().filter(|unit| !decided_otherwise.contains(unit));
        let family_unknown_of = unknown.copied().collect();
        Some(RevokedView {
            decision,
            revoked_by,
            cause,
            implicated,
            families_to_tell: families,
            family_unknown_of,
        })
    }

    /// The evidence on which a decision rested when it was made and rests now.
    fn grounds_of_all(&self, at: Idx<DecisionRow>) -> Vec<Cow<'_, Evidence>> {
        let row = self.state.decisions.get(at);
        let grounds = [row.entry, row.grounds].into_iter().filter_map(|entry| self.state.grounds(entry));
        grounds.flat_map(|grounds| self.pieces(&grounds)).collect()
    }
}
