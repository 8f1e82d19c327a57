//! What the ledger holds of disposition.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{DispositionEntry, Instruction, Rest, Settlement, Wish};
use crate::custody::TransferRow;
use crate::held::EntryRow;
use crate::id::{Identifier, OrganId, RecordRef};
use crate::identification::DecisionRow;
use crate::party::OrganRow;
use crate::person::PersonRow;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

// ---- state

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DispositionKind {
    /// It moved the remains in their course.
    Moved(Rest),
    Instructed,
    KinSettled,
    JudicialHold,
}

/// An entry about the disposition of a unit; it is never removed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DispositionRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
    pub(crate) kind: DispositionKind,
    /// The decision that was in force when it was recorded.
    pub(crate) decision: Option<Idx<DecisionRow>>,
    /// The entry that lifted it, of a judicial hold.
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    former_of_unit: Option<Idx<DispositionRow>>,
}

impl State {
    /// What was recorded of the disposition of a unit, the latest first.
    pub(crate) fn dispositions_of_unit(
        &self,
        unit: Idx<UnitRow>,
    ) -> impl Iterator<Item = Idx<DispositionRow>> {
        core::iter::successors(self.units.get(unit).last_disposition, |at| {
            self.dispositions.get(*at).former_of_unit
        })
    }

    /// The entry about disposition that is recorded in this place.
    pub(crate) fn disposition_entry(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, DispositionEntry>> {
        self.told(entry)
    }

    /// Where a unit is in its course, and the row that brought it there.
    pub(crate) fn rest_of(&self, unit: Idx<UnitRow>) -> (Rest, Option<Idx<DispositionRow>>) {
        self.dispositions_of_unit(unit)
            .find_map(|at| match self.dispositions.get(at).kind {
                DispositionKind::Moved(rest) => Some((rest, Some(at))),
                _ => None,
            })
            .unwrap_or((Rest::Held, None))
    }

    /// The judicial holds on a unit that stand, the latest first.
    pub(crate) fn judicial_holds_on(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = &DispositionRow> {
        self.dispositions_of_unit(unit)
            .map(|at| self.dispositions.get(at))
            .filter(|row| row.kind == DispositionKind::JudicialHold && row.ended_by.is_none())
    }

    /// What the kin of a person wish for a unit.
    pub(crate) fn wishes_for(&self, unit: Idx<UnitRow>, person: Idx<PersonRow>) -> Wishes {
        let id = self.persons.get(person).id;
        // An authority speaks in place of kin only where there are none whom it can ask.
        let nobody = self
            .branches_of(person)
            .into_iter()
            .all(|branch| self.contact_endangers(person, Some(branch)).is_some());
        let mut spoken = Vec::new();
        let mut wishes: Option<(Wish, RecordRef)> = None;
        let mut disagree = false;
        for at in self.dispositions_of_unit(unit) {
            match self.disposition_entry(self.dispositions.get(at).entry).as_deref() {
                // What was settled holds for those who had spoken by then.
                Some(DispositionEntry::KinSettled(Settlement { person, wish, to, .. })) if *person == id => {
                    let settled = (*wish, *to);
                    disagree |= wishes.is_some_and(|wishes| wishes != settled);
                    wishes = Some(settled);
                    break;
                }
                Some(DispositionEntry::Instructed(Instruction { person, branch, wish, to, .. }))
                    if *person == id && !spoken.contains(branch) && (branch.is_some() || nobody) =>
                {
                    spoken.push(*branch);
                    disagree |= wishes.is_some_and(|wishes| wishes != (*wish, *to));
                    wishes = Some((*wish, *to));
                }
                _ => {}
            }
        }
        match wishes {
            None => Wishes::None,
            Some(_) if disagree => Wishes::Disagree,
            Some((wish, to)) => Wishes::Agreed(wish, to),
        }
    }
}

/// What the kin of a person wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wishes {
    /// Nobody gave an instruction.
    None,
    /// They do not agree.
    Disagree,
    /// They agree, or it was settled.
    Agreed(Wish, RecordRef),
}

// ---- resolve

#[derive(Debug)]
pub(crate) struct Resolved {
    pub(super) organ: Idx<OrganRow>,
    pub(super) unit: Idx<UnitRow>,
    pub(super) entry: DispositionEntry,
    /// Of whose kin it speaks.
    pub(super) person: Option<Idx<PersonRow>>,
    pub(super) transfer: Option<Idx<TransferRow>>,
    /// The hold that it lifts.
    pub(super) lifts: Option<Idx<DispositionRow>>,
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &DispositionEntry) -> Result<Resolved, Refusal> {
    let organ = state.organs.find(by)?;
    let (unit, lifts) = match (entry, entry.unit()) {
        (DispositionEntry::HoldLifted(lift), _) => {
            let none = EntryRefusal::NoSuch { kind: "judicial hold", id: lift.hold.uuid() };
            let hold = state.entries.find(lift.hold)?;
            let told = state.disposition_entry(hold);
            let Some(DispositionEntry::JudicialHold(placed)) = told.as_deref() else {
                return Err(none.into());
            };
            let unit = state.units.find(placed.unit)?;
            let row = state.dispositions_of_unit(unit).find(|at| state.dispositions.get(*at).entry == hold);
            (unit, Some(row.ok_or(none)?))
        }
        (_, Some(unit)) => (state.units.find(unit)?, None),
        (_, None) => return Err(EntryRefusal::NoSuch { kind: "unit of remains", id: by.uuid() }.into()),
    };
    let person = match entry {
        DispositionEntry::HeldAtFamilyRequest(request) => Some(request.person),
        DispositionEntry::Instructed(instruction) => Some(instruction.person),
        DispositionEntry::KinSettled(settlement) => Some(settlement.person),
        _ => None,
    };
    let person = person.map(|person| state.persons.find(person)).transpose()?;
    let transfer = match entry {
        DispositionEntry::ReturnedToSender(departure) | DispositionEntry::TransferredOnward(departure) => {
            Some(state.transfers.find(departure.transfer)?)
        }
        _ => None,
    };
    Ok(Resolved { organ, unit, entry: entry.clone(), person, transfer, lifts })
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: &Resolved) {
    let Resolved { organ, unit, lifts, .. } = *resolved;
    if let Some(row) = lifts {
        state.dispositions.change(row, |row| row.ended_by = row.ended_by.or(Some(entry)));
    }
    let kind = match (&resolved.entry, resolved.entry.rest()) {
        (_, Some(rest)) => Some(DispositionKind::Moved(rest)),
        (DispositionEntry::Instructed(_), _) => Some(DispositionKind::Instructed),
        (DispositionEntry::KinSettled(_), _) => Some(DispositionKind::KinSettled),
        (DispositionEntry::JudicialHold(_), _) => Some(DispositionKind::JudicialHold),
        _ => None,
    };
    if let Some(kind) = kind {
        let former_of_unit = state.units.get(unit).last_disposition;
        let decision = state.decision_in_force(unit);
        let row = DispositionRow { entry, organ, kind, decision, ended_by: None, former_of_unit };
        let row = state.dispositions.add(row);
        state.units.change(unit, |unit| unit.last_disposition = Some(row));
    }
    state.note_event(unit, entry);
}
