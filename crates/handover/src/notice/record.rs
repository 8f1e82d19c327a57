//! What the ledger holds of families and notices, and what may stand.

use super::{Branch, NoticeEntry, NoticeRefusal};
use crate::held::EntryRow;
use crate::id::{Identifier, OrganId, PersonRef};
use crate::identification::DecisionRow;
use crate::neighbour::is_before;
use crate::party::OrganRow;
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
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    pub(super) former_of_person: Option<Idx<FamilyRow>>,
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
    pub(crate) last: Idx<EntryRow>,
    pub(super) former_of_unit: Option<Idx<NoticeRow>>,
    pub(super) former_of_person: Option<Idx<NoticeRow>>,
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
    let organ = state.organs.find(by)?;
    let find = |person: PersonRef| state.persons.find(person);
    let step = |to: Stage| -> Result<(Idx<PersonRow>, Does), Refusal> {
        let Some(notice) = entry.notice() else {
            return Err(EntryRefusal::NoSuch { kind: "notice", id: by.uuid() }.into());
        };
        let (unit, person) = (state.units.find(notice.unit)?, find(notice.person)?);
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
            let ended = state.entries.find(resumption.entry)?;
            let person = match state.notice_entry(ended).as_deref() {
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

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
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
    entry: Idx<EntryRow>,
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
