//! Milestones, phases and deadlines as they are read: what came, when, by when it should, and what it waits for (B1).

use alloc::vec::Vec;

use super::joint::Joint;
use super::meaning::Whether;
use super::obligation::{Comparison, holding};
use super::said::Said;
use super::{Basis, Reading, Whose};
use crate::agreement::{AgreementRow, DeadlineFrom, MilestoneKind, MilestoneRow, Power};
use crate::claim::{ClaimRow, PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{AgreementId, MilestoneId};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::DateSpan;

/// Whether a milestone stands in the way of what requires it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MilestoneState {
    /// Every party, or a neutral body that all mandated to verify it, says that it has come.
    Reached,
    /// Every party says that it need not come.
    Waived,
    /// Somebody says that it has come, and not all.
    Asserted,
    /// Nobody says that it has come.
    Open,
}

impl MilestoneState {
    /// Whether it has neither come for all nor been waived by all, and so stands in the way of what requires it.
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::Open | Self::Asserted)
    }
}

/// A deadline that someone states, and where it stands by this reading.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadlineView<B = ()> {
    /// Who states it, and of what.
    pub by: Said,
    /// The days on which it can end; `None` as long as an event from which it runs has no date.
    pub dates: Option<DateSpan>,
    /// The events from which it runs and of which this reading does not take it that they came.
    pub waits_for: Vec<MilestoneId>,
    /// Whether it has passed.
    pub passed: Comparison,
    /// The entries that the dates rest on.
    pub rests_on: B,
}

/// A milestone as the parties speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneView<B = ()> {
    /// The milestone.
    pub milestone: MilestoneId,
    /// What it is to its agreement.
    pub kind: MilestoneKind,
    /// Whether it stands in the way of what requires it.
    pub state: MilestoneState,
    /// How the parties stand on whether it came.
    pub reached: Joint<Whether, B>,
    /// How the parties stand on whether it need not come.
    pub waived: Joint<Whether, B>,
    /// When it came by this reading; `None` if this reading does not take it that it came.
    pub dates: Option<DateSpan>,
    /// What it requires and what has neither come nor been waived.
    pub open_conditions: Vec<MilestoneId>,
    /// By when it should come, by each account.
    pub deadlines: Vec<DeadlineView<B>>,
}

impl<B: Basis> Reading<'_, B> {
    /// The milestones of an agreement, in the order of recording.
    ///
    /// # Errors
    /// The agreement is not recorded.
    pub fn milestones(&self, agreement: AgreementId) -> Result<Vec<MilestoneView<B>>, EntryRefusal> {
        Ok(self.milestones_of(self.state.agreements.find(agreement)?))
    }

    pub(super) fn milestones_of(&self, agreement: Idx<AgreementRow>) -> Vec<MilestoneView<B>> {
        let mut places: Vec<_> = self.state.milestones_of_agreement(agreement).collect();
        places.reverse();
        places.into_iter().map(|place| self.milestone_view(place)).collect()
    }

    fn milestone_view(&self, place: Idx<MilestoneRow>) -> MilestoneView<B> {
        let row = self.state.milestones.get(place);
        let about = SubjectKey::Milestone(place);
        let key = |scope| PropositionKey { about, scope, unit: None };
        let required = self.state.milestone(place).map(|milestone| milestone.requires.as_slice());
        let is_open = |id: &&MilestoneId| {
            self.state.milestones.at(**id).is_none_or(|at| self.milestone_state(at).is_awaited())
        };
        MilestoneView {
            milestone: row.id,
            kind: row.kind,
            state: self.milestone_state(place),
            reached: self.joint(key(Scope::Occurrence)),
            waived: self.joint(key(Scope::Waiver)),
            dates: self.reached_on(place, &mut B::default()),
            open_conditions: required.unwrap_or_default().iter().filter(is_open).copied().collect(),
            deadlines: self.deadlines_of(about),
        }
    }

    /// The state of a milestone for all, whoever is believed.
    pub(super) fn milestone_state(&self, place: Idx<MilestoneRow>) -> MilestoneState {
        let about = SubjectKey::Milestone(place);
        let agreement = self.state.milestones.get(place).agreement;
        let all = Reading { whose: Whose::All, ..*self };
        if all.holds_true(about, Scope::Occurrence)
            || self.is_decided(agreement, Power::VerifyMilestones, about, Scope::Occurrence)
        {
            return MilestoneState::Reached;
        }
        if all.holds_true(about, Scope::Waiver) {
            return MilestoneState::Waived;
        }
        let key = PropositionKey { about, scope: Scope::Occurrence, unit: None };
        let asserts = |claim: Idx<ClaimRow>| self.state.statement(claim) == Some(&Statement::Occurred);
        if self.live(key).any(asserts) { MilestoneState::Asserted } else { MilestoneState::Open }
    }

    /// Whether this reading takes something to be so.
    pub(super) fn holds_true(&self, about: SubjectKey, scope: Scope) -> bool {
        let key = PropositionKey { about, scope, unit: None };
        self.told::<Whether>(key, &mut B::default()).set.only() == Some(&true)
    }

    /// Whether a neutral body that all mandated with this power says so; where it decides by consensus, unless one of its
    /// members says otherwise.
    pub(super) fn is_decided(
        &self,
        agreement: Idx<AgreementRow>,
        power: Power,
        about: SubjectKey,
        scope: Scope,
    ) -> bool {
        let key = PropositionKey { about, scope, unit: None };
        let words = self.organ_words::<Whether>(key);
        self.state.mandates(agreement).filter(|mandate| mandate.powers.contains(&power)).any(|mandate| {
            let says = |happened: bool, organ| {
                words.iter().any(|word| word.organ == organ && word.told.set.only() == Some(&happened))
            };
            says(true, mandate.organ) && !mandate.by_consensus_of.iter().any(|member| says(false, *member))
        })
    }

    /// When a milestone came by this reading; `None` if this reading does not take it that it came.
    pub(super) fn reached_on(&self, place: Idx<MilestoneRow>, basis: &mut B) -> Option<DateSpan> {
        let about = SubjectKey::Milestone(place);
        if self.whether(about, basis).set.only() != Some(&true) {
            return None;
        }
        let frame = self.state.milestones.get(place).on.map_or(DateSpan::EVERYTHING, crate::when::When::span);
        let told = self.told::<DateSpan>(PropositionKey { about, scope: Scope::When, unit: None }, basis);
        Some(frame.meet(told.set).unwrap_or(frame.hull(told.set)))
    }

    /// When a deadline that runs from events ends by this reading; nothing before they have a date.
    pub(super) fn due_date(&self, deadline: &DeadlineFrom, basis: &mut B) -> Option<DateSpan> {
        let mut triggers = Vec::new();
        for trigger in &deadline.after {
            match self.state.milestones.at(*trigger).and_then(|at| self.reached_on(at, basis)) {
                Some(dates) => triggers.push(dates),
                None => return deadline.dates([]),
            }
        }
        deadline.dates(triggers)
    }

    /// The deadlines that are stated of a subject, whoever is believed, each with its dates by this reading.
    pub(super) fn deadlines_of(&self, about: SubjectKey) -> Vec<DeadlineView<B>> {
        let key = PropositionKey { about, scope: Scope::Deadline, unit: None };
        let mut views = Vec::new();
        for claim in self.live(key) {
            let mut rests_on = B::default();
            self.cite(&mut rests_on, claim);
            let mut waits_for = Vec::new();
            let dates = match self.state.statement(claim) {
                Some(Statement::Deadline(when)) => Some(when.span()),
                Some(Statement::DeadlineFrom(deadline)) => {
                    waits_for.extend(deadline.after.iter().copied().filter(|trigger| {
                        let at = self.state.milestones.at(*trigger);
                        at.and_then(|at| self.reached_on(at, &mut B::default())).is_none()
                    }));
                    self.due_date(deadline, &mut rests_on)
                }
                _ => continue,
            };
            let passed = dates.map_or(Comparison::Undetermined, |dates| holding(self.counted(dates)));
            views.push(DeadlineView { by: self.said(claim), dates, waits_for, passed, rests_on });
        }
        views.reverse();
        views
    }
}
