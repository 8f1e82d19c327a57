//! What the ledger holds of families and notices, and what may stand.

use alloc::vec::Vec;

use super::{Branch, NoticeEntry, NoticeRefusal, Preference, WhyNotDue};
use crate::closure::CaseKey;
use crate::entry::{Entry, What};
use crate::id::{Identifier, OrganId, PersonRef};
use crate::identification::DecisionRow;
use crate::neighbour::is_before;
use crate::party::{OrganRow, Side};
use crate::person::PersonRow;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- state

/// What is known of a person's family: a branch, its choice, or that nobody can be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FamilyRow {
    pub(crate) entry: Idx<Entry>,
    pub(crate) organ: Idx<OrganRow>,
    pub(crate) ended_by: Option<Idx<Entry>>,
    former_of_person: Option<Idx<FamilyRow>>,
}

/// How far a branch was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Attempted,
    Notified,
    Acknowledged,
    Contested,
    ToldOfRevocation,
}

/// The telling of one branch about one unit under one decision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoticeRow {
    pub(crate) unit: Idx<UnitRow>,
    pub(crate) person: Idx<PersonRow>,
    pub(crate) decision: Idx<DecisionRow>,
    pub(crate) branch: Branch,
    pub(crate) stage: Stage,
    /// The entry of the latest step.
    pub(crate) last: Idx<Entry>,
    former_of_unit: Option<Idx<NoticeRow>>,
    former_of_person: Option<Idx<NoticeRow>>,
}

impl State {
    /// What was recorded of a person's family, the latest first.
    pub(crate) fn family_of(&self, person: Idx<PersonRow>) -> impl Iterator<Item = &FamilyRow> {
        core::iter::successors(self.persons.get(person).last_family, |at| {
            self.families.get(*at).former_of_person
        })
        .map(|at| self.families.get(at))
    }

    /// The entry about notice that is recorded in this place.
    pub(crate) fn notice_entry(&self, entry: Idx<Entry>) -> Option<&NoticeEntry> {
        match &self.entries.get(entry).what {
            What::Notice(entry) => Some(entry),
            _ => None,
        }
    }

    /// The branches of a person's family, each once, by number.
    pub(crate) fn branches_of(&self, person: Idx<PersonRow>) -> Vec<Branch> {
        let mut branches: Vec<Branch> = self
            .family_of(person)
            .filter_map(|row| match self.notice_entry(row.entry)? {
                NoticeEntry::Branch(known) => Some(known.branch),
                _ => None,
            })
            .collect();
        branches.sort_unstable();
        branches.dedup();
        branches
    }

    /// How often a branch chooses to be told: its choice of the latest day, the one recorded later among choices of one day.
    pub(crate) fn preference_of(&self, person: Idx<PersonRow>, branch: Branch) -> Preference {
        self.family_of(person)
            .filter_map(|row| match self.notice_entry(row.entry)? {
                NoticeEntry::Branch(known) if known.branch == branch => {
                    Some((known.on, row.entry, known.preference))
                }
                NoticeEntry::Preferred(change) if change.branch == branch => {
                    Some((change.on, row.entry, change.preference))
                }
                _ => None,
            })
            .max_by_key(|(on, entry, _)| (on.span().first(), *entry))
            .map_or(Preference::NotAsked, |(_, _, preference)| preference)
    }

    /// The standing entry that no kin of a person are known, unless a branch became known.
    pub(crate) fn no_kin_known(&self, person: Idx<PersonRow>) -> Option<Idx<Entry>> {
        if !self.branches_of(person).is_empty() {
            return None;
        }
        self.family_of(person)
            .filter(|row| row.ended_by.is_none())
            .find(|row| matches!(self.notice_entry(row.entry), Some(NoticeEntry::NoKinKnown(_))))
            .map(|row| row.entry)
    }

    /// The standing entry that contact endangers a branch; of the whole family if none is named.
    pub(crate) fn contact_endangers(
        &self,
        person: Idx<PersonRow>,
        branch: Option<Branch>,
    ) -> Option<Idx<Entry>> {
        self.family_of(person)
            .filter(|row| row.ended_by.is_none())
            .find(|row| match self.notice_entry(row.entry) {
                Some(NoticeEntry::ContactEndangersKin(danger)) => {
                    danger.branch.is_none() || danger.branch == branch
                }
                _ => false,
            })
            .map(|row| row.entry)
    }

    /// Whether an entry that nobody can be told is an authority's decision in writing.
    pub(crate) fn is_in_writing(&self, entry: Idx<Entry>) -> bool {
        match self.notice_entry(entry) {
            Some(NoticeEntry::NoKinKnown(entry) | NoticeEntry::ContactEndangersKin(entry)) => {
                entry.decision.is_some()
            }
            _ => false,
        }
    }

    /// The notices about a unit, the latest first.
    pub(crate) fn notices_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = Idx<NoticeRow>> {
        core::iter::successors(self.units.get(unit).last_notice, |at| self.notices.get(*at).former_of_unit)
    }

    /// The notices to a person's family, the latest first.
    pub(crate) fn notices_of_person(&self, person: Idx<PersonRow>) -> impl Iterator<Item = Idx<NoticeRow>> {
        core::iter::successors(self.persons.get(person).last_notice, |at| {
            self.notices.get(*at).former_of_person
        })
    }

    /// Whether a branch was told of another unit by a decision that stands.
    fn is_told_of_another(&self, person: Idx<PersonRow>, branch: Branch, unit: Idx<UnitRow>) -> bool {
        self.notices_of_person(person).map(|at| self.notices.get(at)).any(|row| {
            row.branch == branch
                && row.unit != unit
                && row.stage >= Stage::Notified
                && self.decision_in_force(row.unit) == Some(row.decision)
        })
    }

    /// Why a branch is not to be told of a unit; `Ok` if it is.
    ///
    /// # Errors
    /// It is not: for the first reason that applies.
    pub(crate) fn notice_is_due(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
    ) -> Result<Idx<DecisionRow>, WhyNotDue> {
        let decision = self.decision_in_force(unit).filter(|at| self.decisions.get(*at).person == person);
        let decision = decision.ok_or(WhyNotDue::NoDecision)?;
        if self.contact_endangers(person, Some(branch)).is_some() {
            return Err(WhyNotDue::ContactEndangersKin);
        }
        match self.preference_of(person, branch) {
            Preference::Never => Err(WhyNotDue::AsPreferred(Preference::Never)),
            Preference::FirstOnly if self.is_told_of_another(person, branch, unit) => {
                Err(WhyNotDue::AsPreferred(Preference::FirstOnly))
            }
            Preference::AtEnd if !self.is_case_closed(unit) => Err(WhyNotDue::AsPreferred(Preference::AtEnd)),
            Preference::NotAsked | Preference::EveryFind | Preference::FirstOnly | Preference::AtEnd => {
                Ok(decision)
            }
        }
    }

    /// Whether an organ of the side that received the batch of a unit, or a neutral one, states that the batch or its
    /// agreement is closed.
    pub(crate) fn is_case_closed(&self, unit: Idx<UnitRow>) -> bool {
        let Some(batch) = self.batch_of_unit(unit) else { return false };
        let agreement = self.agreement_of_batch(batch).map(CaseKey::Agreement);
        let receiver = Side::Party(self.batches.get(batch).to);
        [Some(CaseKey::Batch(batch)), agreement].into_iter().flatten().any(|case| {
            self.closures_of(case)
                .filter(|row| [receiver, Side::Neutral].contains(&self.organs.get(row.organ).side))
                .any(|row| self.closed_by(case, row.organ).is_some())
        })
    }

    /// The first branch that is neither told of a unit under the decision in force nor excused from it: `Err(None)` if
    /// there is nobody to tell and no authority decided that in writing.
    ///
    /// # Errors
    /// The family is not told.
    pub(crate) fn family_is_told(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
    ) -> Result<(), Option<Branch>> {
        let branches = self.branches_of(person);
        if branches.is_empty() {
            let ground = self.no_kin_known(person).or_else(|| self.contact_endangers(person, None));
            return if ground.is_some_and(|entry| self.is_in_writing(entry)) { Ok(()) } else { Err(None) };
        }
        let is_told = |branch: Branch| {
            let told = self.notices_of_unit(unit).map(|at| self.notices.get(at)).any(|row| {
                (row.person, row.branch) == (person, branch)
                    && row.stage >= Stage::Notified
                    && self.decision_in_force(unit) == Some(row.decision)
            });
            told || match self.notice_is_due(unit, person, branch) {
                Err(WhyNotDue::ContactEndangersKin) => self
                    .contact_endangers(person, Some(branch))
                    .is_some_and(|entry| self.is_in_writing(entry)),
                Err(WhyNotDue::AsPreferred(Preference::Never | Preference::FirstOnly)) => true,
                _ => false,
            }
        };
        match branches.into_iter().find(|branch| !is_told(*branch)) {
            Some(branch) => Err(Some(branch)),
            None => Ok(()),
        }
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    organ: Idx<OrganRow>,
    on: When,
    person: Idx<PersonRow>,
    does: Does,
}

#[derive(Debug)]
enum Does {
    /// Something is known of the family; of a branch that must be known already.
    Family(Option<Branch>),
    Resumed(Idx<FamilyRow>),
    Step {
        unit: Idx<UnitRow>,
        branch: Branch,
        to: Stage,
        track: Option<Idx<NoticeRow>>,
    },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &NoticeEntry) -> Result<Resolved, Refusal> {
    let organ = state.organ_index.find(by)?;
    let find = |person: PersonRef| state.person_index.find(person);
    let step = |to: Stage| -> Result<(Idx<PersonRow>, Does), Refusal> {
        let Some(notice) = entry.notice() else {
            return Err(EntryRefusal::NoSuch { kind: "notice", id: by.uuid() }.into());
        };
        let (unit, person) = (state.unit_index.find(notice.unit)?, find(notice.person)?);
        let mut tracks = state.notices_of_unit(unit).filter(|at| {
            let row = state.notices.get(*at);
            (row.person, row.branch) == (person, notice.branch)
        });
        let track = tracks.next();
        Ok((person, Does::Step { unit, branch: notice.branch, to, track }))
    };
    let (person, does) = match entry {
        NoticeEntry::Branch(known) => (find(known.person)?, Does::Family(None)),
        NoticeEntry::Preferred(change) => (find(change.person)?, Does::Family(Some(change.branch))),
        NoticeEntry::NoKinKnown(told) | NoticeEntry::ContactEndangersKin(told) => {
            (find(told.person)?, Does::Family(told.branch))
        }
        NoticeEntry::Resumed(resumption) => {
            let none = EntryRefusal::NoSuch { kind: "entry on kin", id: resumption.entry.uuid() };
            let ended = state.entry_index.find(resumption.entry)?;
            let person = match state.notice_entry(ended) {
                Some(NoticeEntry::NoKinKnown(told) | NoticeEntry::ContactEndangersKin(told)) => {
                    find(told.person)?
                }
                _ => return Err(none.into()),
            };
            let mut rows = core::iter::successors(state.persons.get(person).last_family, |at| {
                state.families.get(*at).former_of_person
            });
            let row = rows.find(|at| state.families.get(*at).entry == ended).ok_or(none)?;
            (person, Does::Resumed(row))
        }
        NoticeEntry::Attempted(_) => step(Stage::Attempted)?,
        NoticeEntry::Notified(_) => step(Stage::Notified)?,
        NoticeEntry::Acknowledged(_) => step(Stage::Acknowledged)?,
        NoticeEntry::Contested(_) => step(Stage::Contested)?,
        NoticeEntry::ToldOfRevocation(_) => step(Stage::ToldOfRevocation)?,
    };
    Ok(Resolved { organ, on: entry.on(), person, does })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let organ = state.organs.get(resolved.organ).id;
    if !state.is_authority(resolved.organ) {
        return Err(NoticeRefusal::NoAuthority(organ).into());
    }
    let person = resolved.person;
    let branch = match &resolved.does {
        Does::Family(branch) => *branch,
        Does::Step { branch, .. } => Some(*branch),
        Does::Resumed(_) => None,
    };
    if let Some(branch) = branch.filter(|branch| !state.branches_of(person).contains(branch)) {
        let person = state.persons.get(person).id;
        return Err(NoticeRefusal::NoSuchBranch { person, branch }.into());
    }
    match &resolved.does {
        Does::Family(_) => {}
        Does::Resumed(row) => {
            let row = state.families.get(*row);
            let entry = state.entries.get(row.entry).id;
            if row.organ != resolved.organ {
                let expected = state.organs.get(row.organ).id;
                return Err(NoticeRefusal::NotItsOrgan { entry, expected, found: organ }.into());
            }
            if let Some(by) = row.ended_by {
                let by = state.entries.get(by).id;
                return Err(NoticeRefusal::EndedAlready { entry, by }.into());
            }
        }
        Does::Step { unit, branch, to, track } => {
            judge_step(state, resolved, *unit, *branch, *to, *track)?;
        }
    }
    Ok(())
}

fn judge_step(
    state: &State,
    resolved: &Resolved,
    unit: Idx<UnitRow>,
    branch: Branch,
    to: Stage,
    track: Option<Idx<NoticeRow>>,
) -> Result<(), NoticeRefusal> {
    let id = state.units.get(unit).id;
    let track = track.map(|at| state.notices.get(at));
    let after = match to {
        Stage::Attempted | Stage::Notified => {
            let decision = state
                .notice_is_due(unit, resolved.person, branch)
                .map_err(|why| NoticeRefusal::NotDue { unit: id, branch, why })?;
            let told = track.filter(|row| row.decision == decision && row.stage >= Stage::Notified);
            if let Some(row) = told {
                let by = state.entries.get(row.last).id;
                return Err(NoticeRefusal::NotifiedAlready { unit: id, branch, by });
            }
            state.decisions.get(decision).entry
        }
        Stage::Acknowledged | Stage::Contested => match track.filter(|row| row.stage >= Stage::Notified) {
            None => return Err(NoticeRefusal::NotNotified { unit: id, branch }),
            Some(row) if row.stage == to => {
                let by = state.entries.get(row.last).id;
                return Err(NoticeRefusal::NotifiedAlready { unit: id, branch, by });
            }
            Some(row) if row.stage == Stage::ToldOfRevocation => {
                let by = state.entries.get(row.last).id;
                return Err(NoticeRefusal::NotifiedAlready { unit: id, branch, by });
            }
            Some(row) => row.last,
        },
        Stage::ToldOfRevocation => {
            let Some(row) = track.filter(|row| row.stage >= Stage::Notified) else {
                return Err(NoticeRefusal::NotNotified { unit: id, branch });
            };
            let Some(revoked_by) = state.decisions.get(row.decision).revoked_by else {
                return Err(NoticeRefusal::NotRevoked { unit: id, branch });
            };
            if row.stage == Stage::ToldOfRevocation {
                let by = state.entries.get(row.last).id;
                return Err(NoticeRefusal::NotifiedAlready { unit: id, branch, by });
            }
            revoked_by
        }
    };
    if state.time_of(after).is_some_and(|time| is_before(resolved.on, time)) {
        let after = state.entries.get(after).id;
        return Err(NoticeRefusal::TooEarly { found: resolved.on, after });
    }
    Ok(())
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<Entry>, resolved: Resolved) {
    let Resolved { organ, person, does, .. } = resolved;
    match does {
        Does::Family(_) => {
            let former_of_person = state.persons.get(person).last_family;
            let row = state.families.add(FamilyRow { entry, organ, ended_by: None, former_of_person });
            state.persons.change(person, |person| person.last_family = Some(row));
        }
        Does::Resumed(row) => {
            state.families.change(row, |row| row.ended_by = row.ended_by.or(Some(entry)));
        }
        Does::Step { unit, branch, to, track } => {
            step(state, entry, (unit, person, branch), to, track);
            state.note_event(unit, entry);
        }
    }
}

fn step(
    state: &mut State,
    entry: Idx<Entry>,
    (unit, person, branch): (Idx<UnitRow>, Idx<PersonRow>, Branch),
    to: Stage,
    track: Option<Idx<NoticeRow>>,
) {
    let in_force = state.decision_in_force(unit).filter(|at| state.decisions.get(*at).person == person);
    let same = track.filter(|at| {
        to > Stage::Notified || in_force.is_none_or(|decision| state.notices.get(*at).decision == decision)
    });
    match (same, in_force) {
        (Some(at), _) => state.notices.change(at, |row| {
            row.stage = to;
            row.last = entry;
        }),
        (None, Some(decision)) => {
            let former_of_unit = state.units.get(unit).last_notice;
            let former_of_person = state.persons.get(person).last_notice;
            let row = state.notices.add(NoticeRow {
                unit,
                person,
                decision,
                branch,
                stage: to,
                last: entry,
                former_of_unit,
                former_of_person,
            });
            state.units.change(unit, |unit| unit.last_notice = Some(row));
            state.persons.change(person, |person| person.last_notice = Some(row));
        }
        // Replayed without the decision that it rests on: the entry is kept, and tells nothing.
        (None, None) => {}
    }
}
