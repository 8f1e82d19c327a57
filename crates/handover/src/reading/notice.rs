//! Who of a family is told, who is to be told, and who was told what does not hold any more.

use alloc::vec::Vec;

use super::standing::Voice;
use super::sum::Counted;
use super::{Basis, Reading};
use crate::held::EntryRow;
use crate::id::{EntryId, PersonRef, RemainsId};
use crate::identification::DecisionRow;
use crate::notice::{Branch, NoticeEntry, NoticeRow, Preference, WhyNotDue};
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::table::Idx;

/// How far the family of a person is told of a unit (B5, axis 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    /// The branch is not to be told.
    NotDue(WhyNotDue),
    /// It is to be told.
    Due,
    /// So many attempts to reach it failed.
    Attempted(u32),
    /// It was told.
    Notified,
    /// It acknowledged what it was told.
    Acknowledged,
    /// It contests what it was told.
    Contested,
    /// It was told that what it was told does not hold any more.
    ToldOfRevocation,
    /// No branch of the family is known, and nobody said that there is none: kin are to be looked for.
    KinToBeSought,
    /// No kin are known.
    NoKinKnown {
        /// Whether an authority decided that in writing.
        in_writing: bool,
    },
    /// Contact would endanger the kin.
    ContactEndangersKin {
        /// Whether an authority decided that in writing.
        in_writing: bool,
    },
}

/// How far a branch of a family is told of a unit, by this reading.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// The branch; `None` where no branch is known.
    pub branch: Option<Branch>,
    /// How often the branch chooses to be told.
    pub preference: Preference,
    /// The decision of which it is told.
    pub decision: EntryId,
    /// How far it is told.
    pub state: NoticeState,
    /// The revocation of that decision: what the branch was told is affected by it.
    pub affected_by: Option<EntryId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// Which family a revocation leaves to be told (invariant 35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Task {
    /// The family that was told, and is to be told that it does not hold.
    FamilyThatWasTold,
    /// The family whose the remains are. Until it is decided whose they are it is not known.
    OtherFamily,
}

/// What a revocation leaves to be done towards a family.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// The entry that revoked the decision.
    pub because: EntryId,
    /// Towards which family.
    pub task: Task,
    /// The person whose family it is, as far as that is known.
    pub person: Option<PersonRef>,
    /// The branch, of the family that was told.
    pub branch: Option<Branch>,
    /// The entry by which it was done.
    pub done_by: Option<EntryId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// Every notice that is due, was attempted or given, or is affected by a revocation, by the unit's place in the record.
    pub fn notices(&self) -> Vec<NoticeView<B>> {
        let mut views = Vec::new();
        for (unit, _) in self.state.units.places() {
            if let Some(decision) = self.decision_on(unit) {
                let person = self.state.decisions.get(decision).person;
                let branches = self.branches_known(person);
                if branches.is_empty() {
                    views.push(self.nobody_told(unit, person, decision));
                }
                for branch in branches {
                    views.push(self.notice_view(unit, person, branch, decision));
                }
            }
            let former: Vec<Idx<NoticeRow>> = self.state.notices_of_unit(unit).collect();
            for at in former.into_iter().rev() {
                let row = self.state.notices.get(at);
                if self.revocation_of(row.decision).is_some() {
                    views.push(self.notice_view(unit, row.person, row.branch, row.decision));
                }
            }
        }
        views
    }

    /// What revocations leave to be done towards families: for each unit of which a family was told, that family and the other
    /// one (invariant 35).
    pub fn notification_tasks(&self) -> Vec<TaskView<B>> {
        let mut views = Vec::new();
        for (unit, row) in self.state.units.places().filter(|(_, row)| row.last_notice.is_some()) {
            let mut revocations = Vec::new();
            let tracks: Vec<Idx<NoticeRow>> = self.state.notices_of_unit(unit).collect();
            for at in tracks.into_iter().rev() {
                let track = self.state.notices.get(at);
                let Some(revoked) = self.revocation_of(track.decision) else { continue };
                let view = self.notice_view(unit, track.person, track.branch, track.decision);
                if matches!(view.state, NoticeState::Due | NoticeState::Attempted(_) | NoticeState::NotDue(_))
                {
                    continue;
                }
                let done = view.state == NoticeState::ToldOfRevocation;
                let mut rests_on = view.rests_on;
                self.rest_on(&mut rests_on, revoked);
                views.push(TaskView {
                    unit: row.id,
                    because: self.state.entries.get(revoked).id,
                    task: Task::FamilyThatWasTold,
                    person: Some(view.person),
                    branch: Some(track.branch),
                    done_by: done.then(|| self.state.entries.get(track.last).id),
                    rests_on,
                });
                if !revocations.contains(&revoked) {
                    revocations.push(revoked);
                }
            }
            for revoked in revocations {
                views.push(self.other_family(unit, row.id, revoked));
            }
        }
        views
    }

    fn other_family(&self, unit: Idx<UnitRow>, id: RemainsId, revoked: Idx<EntryRow>) -> TaskView<B> {
        let mut rests_on = B::default();
        self.rest_on(&mut rests_on, revoked);
        let person = self.decision_on(unit).map(|at| {
            self.rest_on(&mut rests_on, self.state.decisions.get(at).entry);
            self.state.decisions.get(at).person
        });
        let told = person.filter(|person| self.family_was_told(unit, *person));
        let last = told.and_then(|person| {
            self.state
                .notices_of_unit(unit)
                .map(|at| self.state.notices.get(at))
                .filter(|row| row.person == person && self.happened(row.last) == Counted::Yes)
                .map(|row| row.last)
                .max()
        });
        TaskView {
            unit: id,
            because: self.state.entries.get(revoked).id,
            task: Task::OtherFamily,
            person: person.map(|person| self.state.persons.get(person).id),
            branch: None,
            done_by: last.map(|last| self.state.entries.get(last).id),
            rests_on,
        }
    }

    /// The entry that revoked a decision, if that certainly happened.
    pub(super) fn revocation_of(&self, decision: Idx<DecisionRow>) -> Option<Idx<EntryRow>> {
        self.state.decisions.get(decision).revoked_by.filter(|entry| self.happened(*entry) == Counted::Yes)
    }

    pub(super) fn nobody_told(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        decision: Idx<DecisionRow>,
    ) -> NoticeView<B> {
        let mut rests_on = B::default();
        let decided = self.state.decisions.get(decision).entry;
        self.rest_on(&mut rests_on, decided);
        let none = self.no_kin_then(person);
        let danger = self.danger_then(person, None);
        let state = match (none, danger) {
            (_, Some(entry)) => {
                NoticeState::ContactEndangersKin { in_writing: self.state.is_in_writing(entry) }
            }
            (Some(entry), None) => NoticeState::NoKinKnown { in_writing: self.state.is_in_writing(entry) },
            (None, None) => NoticeState::KinToBeSought,
        };
        if let Some(entry) = danger.or(none) {
            self.rest_on(&mut rests_on, entry);
        }
        NoticeView {
            unit: self.state.units.get(unit).id,
            person: self.state.persons.get(person).id,
            branch: None,
            preference: Preference::NotAsked,
            decision: self.state.entries.get(decided).id,
            state,
            affected_by: None,
            rests_on,
        }
    }

    pub(super) fn notice_view(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
        decision: Idx<DecisionRow>,
    ) -> NoticeView<B> {
        let mut rests_on = B::default();
        let decided = self.state.decisions.get(decision).entry;
        self.rest_on(&mut rests_on, decided);
        let revoked = self.revocation_of(decision);
        if let Some(revoked) = revoked {
            self.rest_on(&mut rests_on, revoked);
        }
        let (mut attempts, mut told) = (0_u32, None);
        for entry in self.steps(unit, person, branch, decision) {
            self.rest_on(&mut rests_on, entry);
            match self.state.notice_entry(entry).as_deref() {
                Some(NoticeEntry::Attempted(_)) => attempts = attempts.saturating_add(1),
                Some(NoticeEntry::Notified(_)) => told = Some(NoticeState::Notified),
                Some(NoticeEntry::Acknowledged(_)) => told = Some(NoticeState::Acknowledged),
                Some(NoticeEntry::Contested(_)) => told = Some(NoticeState::Contested),
                Some(NoticeEntry::ToldOfRevocation(_)) => told = Some(NoticeState::ToldOfRevocation),
                _ => {}
            }
        }
        let state = told.unwrap_or_else(|| match self.why_not_due(unit, person, branch) {
            Some(WhyNotDue::ContactEndangersKin) => NoticeState::ContactEndangersKin {
                in_writing: self
                    .danger_then(person, Some(branch))
                    .is_some_and(|entry| self.state.is_in_writing(entry)),
            },
            Some(why) => NoticeState::NotDue(why),
            None if attempts > 0 => NoticeState::Attempted(attempts),
            None => NoticeState::Due,
        });
        NoticeView {
            unit: self.state.units.get(unit).id,
            person: self.state.persons.get(person).id,
            branch: Some(branch),
            preference: self.preference_known(person, branch),
            decision: self.state.entries.get(decided).id,
            state,
            affected_by: revoked.map(|entry| self.state.entries.get(entry).id),
            rests_on,
        }
    }

    /// The steps of telling a branch under one decision that those who are believed say were taken, in the order of
    /// recording: those that were recorded after the decision and before the next one of which the branch was told.
    pub(super) fn steps(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
        decision: Idx<DecisionRow>,
    ) -> Vec<Idx<EntryRow>> {
        let from = self.state.decisions.get(decision).entry;
        let until = self
            .state
            .notices_of_unit(unit)
            .map(|at| self.state.notices.get(at))
            .filter(|row| (row.person, row.branch) == (person, branch))
            .map(|row| self.state.decisions.get(row.decision).entry)
            .filter(|entry| *entry > from)
            .min();
        let (person, unit_id) = (self.state.persons.get(person).id, self.state.units.get(unit).id);
        let mut steps: Vec<Idx<EntryRow>> = self
            .state
            .events_of_unit(unit)
            .filter(|entry| *entry > from && until.is_none_or(|until| *entry < until))
            .filter(|entry| {
                let told = self.state.notice_entry(*entry);
                told.as_deref().and_then(NoticeEntry::notice).is_some_and(|notice| {
                    (notice.unit, notice.person, notice.branch) == (unit_id, person, branch)
                })
            })
            .filter(|entry| {
                let heard = self.voices(unit).into_iter().all(|voice: Voice| self.is_word_of(voice, *entry));
                heard && self.happened(*entry) == Counted::Yes
            })
            .collect();
        steps.reverse();
        steps
    }
}
