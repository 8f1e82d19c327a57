//! Whose remains a unit is, as it was decided and by whom, and what contradicts it (B5, axis 3).
//!
//! A decision is one authority's: a reading of what all accept knows none, and a party's reading knows those of its own organs.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::progress::Course;
use super::{Basis, Reading};
use crate::held::{EntryRow, part};
use crate::id::{EntryId, OrganId, PersonRef, PolicyId, RemainsId};
use crate::identification::{
    Contradiction, DecisionRow, Evidence, Grounds, IdentificationEntry, RevocationCause, best_ratio,
    contradictions, reconciled,
};
use crate::likelihood::Posterior;
use crate::refusal::EntryRefusal;
use crate::remains::UnitRow;
use crate::table::Idx;
use crate::when::When;

/// How far it has come with whose remains a unit is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum IdentificationStatus {
    /// Nobody is considered.
    Unidentified,
    /// It was decided and the decision is revoked: unidentified again.
    Misidentified,
    /// There is a lead, and nothing more.
    Presumptive,
    /// A comparison reached the screening threshold.
    Candidate,
    /// A laboratory reported a match.
    MatchReported,
    /// A board reviews it.
    UnderReview,
    /// An authority decided, and the decision is examined again.
    UnderReexamination,
    /// An authority decided.
    Identified,
}

/// A contradiction and the entries that make it (invariant 34).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContradictionView {
    /// The unit.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// In what they contradict each other.
    pub kind: Contradiction,
    /// What is known of the person, or the evidence.
    pub fact: EntryId,
    /// The finding that it contradicts, if one.
    pub finding: Option<EntryId>,
    /// The entry that resolves it in writing.
    pub reconciled_by: Option<EntryId>,
}

/// An exclusion that was consulted (invariant 41).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExclusionView {
    /// The entry.
    pub entry: EntryId,
    /// Who the unit is not.
    pub person: PersonRef,
    /// The entry by which its organ took it back.
    pub retracted_by: Option<EntryId>,
}

/// Whose remains a unit is.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentificationView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// How far it has come.
    pub status: IdentificationStatus,
    /// Whose it is by the decision in force, or else the one with whom it has come farthest.
    pub person: Option<PersonRef>,
    /// The entry of the decision in force.
    pub decision: Option<EntryId>,
    /// Whether a step was counted that may have been taken only later than the moment of the reading.
    pub possibly_later: bool,
    /// The exclusions on the unit.
    pub exclusions: Vec<ExclusionView>,
    /// What contradicts the person above, resolved or not.
    pub contradictions: Vec<ContradictionView>,
    /// The entries it rests on.
    pub rests_on: B,
}

/// How a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionState {
    /// It is in force.
    InForce,
    /// It is in force and examined again, since this entry.
    UnderReexamination(EntryId),
    /// It was revoked by this entry.
    Revoked(EntryId, RevocationCause),
}

/// A decision on whose remains units are.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionView<B = ()> {
    /// The entry that decided.
    pub decision: EntryId,
    /// The units.
    pub units: Vec<RemainsId>,
    /// The person.
    pub person: PersonRef,
    /// The authority.
    pub authority: OrganId,
    /// When it was decided.
    pub on: When,
    /// The policy under which it stands.
    pub policy: PolicyId,
    /// The best ratio of its evidence against the prior that was declared, if something is statistical.
    pub posterior: Option<Posterior>,
    /// How it stands.
    pub state: DecisionState,
    /// What contradicts it, resolved or not.
    pub contradictions: Vec<ContradictionView>,
    /// The entries it rests on.
    pub rests_on: B,
}

impl<B: Basis> DecisionView<B> {
    /// What contradicts it and is not resolved in writing.
    pub fn open(&self) -> impl Iterator<Item = &ContradictionView> {
        self.contradictions.iter().filter(|one| one.reconciled_by.is_none())
    }
}

impl<B: Basis> Reading<'_, B> {
    /// Whose remains a unit is.
    ///
    /// # Errors
    /// The unit is not recorded.
    pub fn identification(&self, unit: RemainsId) -> Result<IdentificationView<B>, EntryRefusal> {
        let at = self.state.units.find(unit)?;
        let mut rests_on = B::default();
        let mut possibly_later = false;
        let mut entries: Vec<Idx<EntryRow>> = self.state.events_of_unit(at).collect();
        entries.reverse();
        let mut course = Course::default();
        let mut exclusions = Vec::new();
        for entry in entries {
            let told = self.state.identification(entry).filter(|_| self.is_uttered(entry));
            let Some(what) = told.as_deref() else { continue };
            if let IdentificationEntry::Excluded(exclusion) = what {
                let by = self.state.withdrawal_index.get(entry).filter(|by| self.is_uttered(*by));
                let retracted_by = by.map(|by| self.state.entries.get(by).id);
                let entry = self.state.entries.get(entry).id;
                exclusions.push(ExclusionView { entry, person: exclusion.person, retracted_by });
            }
            let later = what.on().is_some_and(|on| on.span().is_after(self.as_of));
            if later || !self.is_word_of_the_believed(entry) || !self.still_stands(entry) {
                continue;
            }
            if self.step(&mut course, entry, what) {
                possibly_later |= what.on().is_some_and(|on| !on.span().is_by(self.as_of));
                rests_on.rest_on(entry.place(), self.state.entries.get(entry).id);
            }
        }
        let (status, person) = course.status();
        let decision = course.decided.as_ref().map(|(entry, ..)| self.state.entries.get(*entry).id);
        let decided = course.decided.as_ref().and_then(|(entry, ..)| self.state.identification(*entry)?.on());
        let contradictions = person.map_or_else(Vec::new, |person| {
            let grounds = course.decided.as_ref().and_then(|(entry, ..)| self.state.grounds(*entry));
            self.contradictions_of(&[at], person, decided, grounds.map(|grounds| grounds.policy))
        });
        Ok(IdentificationView {
            unit,
            status,
            person,
            decision,
            possibly_later,
            exclusions,
            contradictions,
            rests_on,
        })
    }

    /// Every decision, revoked ones too, in the order of recording.
    pub fn decisions(&self) -> Vec<DecisionView<B>> {
        self.state.decisions.places().filter_map(|(at, _)| self.decision_view(at)).collect()
    }

    /// The decisions that remains are this person's, revoked ones too, in the order of recording.
    ///
    /// # Errors
    /// The person is not recorded.
    pub fn decisions_of(&self, person: PersonRef) -> Result<Vec<DecisionView<B>>, EntryRefusal> {
        let person = self.state.persons.find(person)?;
        let mut views: Vec<_> =
            self.state.decisions_of_person(person).filter_map(|at| self.decision_view(at)).collect();
        views.reverse();
        Ok(views)
    }

    /// What contradicts decisions in force and is not resolved in writing.
    pub fn open_contradictions(&self) -> Vec<ContradictionView> {
        let in_force = |view: &DecisionView<B>| !matches!(view.state, DecisionState::Revoked(..));
        let views = self.decisions().into_iter().filter(in_force);
        views.flat_map(|view| view.open().copied().collect::<Vec<_>>()).collect()
    }

    /// A decision; nothing if it was not uttered, is not believed or lies wholly after the moment of the reading.
    pub(super) fn decision_view(&self, at: Idx<DecisionRow>) -> Option<DecisionView<B>> {
        let row = self.state.decisions.get(at);
        let decision = part!(self.state.identification(row.entry), IdentificationEntry::Decided)?;
        let is_known = self.is_uttered(row.entry)
            && self.is_word_of_the_believed(row.entry)
            && !decision.on.span().is_after(self.as_of);
        if !is_known {
            return None;
        }
        let mut rests_on = B::default();
        let (mut grounds, mut state) = (Cow::Borrowed(&decision.grounds), DecisionState::InForce);
        rests_on.rest_on(row.entry.place(), self.state.entries.get(row.entry).id);
        let units: Vec<Idx<UnitRow>> = self.state.units_of_decision(at);
        let mut later: Vec<Idx<EntryRow>> =
            units.first().map_or_else(Vec::new, |unit| self.state.events_of_unit(*unit).collect());
        later.reverse();
        let decided_by = self.state.entries.get(row.entry).id;
        for entry in later.into_iter().filter(|entry| self.is_uttered(*entry)) {
            let Some(what) = self.state.identification(entry) else { continue };
            if what.on().is_some_and(|on| on.span().is_after(self.as_of)) {
                continue;
            }
            let id = self.state.entries.get(entry).id;
            match what.as_ref() {
                IdentificationEntry::Reexamined(re) if re.decision == decided_by => {
                    state = DecisionState::UnderReexamination(id);
                }
                IdentificationEntry::Upheld(upheld) if upheld.decision == decided_by => {
                    (grounds, state) = (Cow::Owned(upheld.grounds.clone()), DecisionState::InForce);
                }
                IdentificationEntry::Revoked(revoked) if revoked.decision == decided_by => {
                    state = DecisionState::Revoked(id, revoked.cause);
                }
                _ => continue,
            }
            rests_on.rest_on(entry.place(), id);
        }
        for entry in grounds.evidence.iter().filter_map(|id| self.state.entries.at(*id)) {
            rests_on.rest_on(entry.place(), self.state.entries.get(entry).id);
        }
        let authority = self.state.organ_of_entry(row.entry);
        let mut contradictions =
            self.contradictions_of(&units, decision.person, Some(decision.on), Some(grounds.policy));
        contradictions.extend(self.retracted(decision.person, &units, &grounds));
        let pieces = self.pieces(&grounds);
        Some(DecisionView {
            decision: decided_by,
            units: decision.units.clone(),
            person: decision.person,
            authority: self.state.organs.get(authority).id,
            on: decision.on,
            policy: grounds.policy,
            posterior: best_ratio(pieces.iter().map(Cow::as_ref))
                .map(|ratio| Posterior::new(ratio, grounds.prior)),
            state,
            contradictions,
            rests_on,
        })
    }

    /// The evidence that grounds name.
    pub(super) fn pieces(&self, grounds: &Grounds) -> Vec<Cow<'_, Evidence>> {
        let entries = grounds.evidence.iter().filter_map(|id| self.state.entries.at(*id));
        entries.filter_map(|entry| self.state.evidence(entry)).collect()
    }

    /// Evidence that grounds name and that its organ took back.
    fn retracted(
        &self,
        person: PersonRef,
        units: &[Idx<UnitRow>],
        grounds: &Grounds,
    ) -> Vec<ContradictionView> {
        let Some(unit) = units.first() else { return Vec::new() };
        let unit = self.state.units.get(*unit).id;
        let entries = grounds.evidence.iter().filter_map(|id| Some((*id, self.state.entries.at(*id)?)));
        entries
            .filter(|(_, entry)| !self.still_stands(*entry))
            .map(|(fact, _)| {
                let kind = Contradiction::EvidenceRetracted;
                ContradictionView { unit, person, kind, fact, finding: None, reconciled_by: None }
            })
            .collect()
    }

    fn contradictions_of(
        &self,
        units: &[Idx<UnitRow>],
        person: PersonRef,
        decided: Option<When>,
        policy: Option<PolicyId>,
    ) -> Vec<ContradictionView> {
        let seen = |entry: Idx<EntryRow>| self.is_told(entry);
        let Some(person) = self.state.persons.at(person) else { return Vec::new() };
        let competent: &[OrganId] = policy
            .and_then(|policy| self.state.policies.at(policy))
            .map_or(&[], |policy| &self.state.policies.get(policy).policy.competent);
        let id = |entry: Idx<EntryRow>| self.state.entries.get(entry).id;
        let found = units.iter().flat_map(|unit| contradictions(self.state, &seen, *unit, person, decided));
        found
            .map(|found| ContradictionView {
                unit: self.state.units.get(found.unit).id,
                person: self.state.persons.get(person).id,
                kind: found.kind,
                fact: id(found.fact),
                finding: found.finding.map(id),
                reconciled_by: reconciled(self.state, &seen, competent, person, &found).map(id),
            })
            .collect()
    }

    fn is_word_of_the_believed(&self, entry: Idx<EntryRow>) -> bool {
        let organ = self.state.organ_of_entry(entry);
        self.trusts(self.state.organs.get(organ).side)
    }
}
