//! What the ledger holds of affiliation, and what may stand.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{AffiliationEntry, AffiliationRefusal, Ground};
use crate::claim::Affiliation;
use crate::held::EntryRow;
use crate::id::{EntryId, Identifier, OrganId, PartyId};
use crate::neighbour::is_before;
use crate::obligation::ObligationRow;
use crate::party::{OrganRow, PartyRow, Side};
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- state

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AffiliationKind {
    Presumed,
    Determined,
    Blocked,
    DutyClosed,
    CreditDenied,
    SetOff,
}

/// An entry about the affiliation of a unit; it is never removed, only ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AffiliationRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
    pub(crate) kind: AffiliationKind,
    /// The entry that retracted it or took its place.
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    former_of_unit: Option<Idx<AffiliationRow>>,
}

impl State {
    /// What was recorded of the affiliation of a unit, the latest first.
    pub(crate) fn affiliations_of_unit(
        &self,
        unit: Idx<UnitRow>,
    ) -> impl Iterator<Item = Idx<AffiliationRow>> {
        core::iter::successors(self.units.get(unit).last_affiliation, |at| {
            self.affiliations.get(*at).former_of_unit
        })
    }

    /// The entry about affiliation that is recorded in this place.
    pub(crate) fn affiliation_entry(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, AffiliationEntry>> {
        self.told(entry)
    }

    /// What every authority determines of a unit, the latest first.
    pub(crate) fn determinations_of(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = Affiliation> {
        self.affiliations_of_unit(unit)
            .map(|at| self.affiliations.get(at))
            .filter(|row| row.kind == AffiliationKind::Determined && row.ended_by.is_none())
            .filter_map(|row| match self.affiliation_entry(row.entry)?.as_ref() {
                AffiliationEntry::Determined(determination) => Some(determination.of),
                _ => None,
            })
    }

    /// The row that an entry about affiliation made, and its unit.
    fn affiliation_row(&self, id: EntryId) -> Result<(Idx<UnitRow>, Idx<AffiliationRow>), EntryRefusal> {
        let none = EntryRefusal::NoSuch { kind: "entry about affiliation", id: id.uuid() };
        let entry = self.entries.find(id)?;
        let unit = self.affiliation_entry(entry).and_then(|told| told.unit()).ok_or(none.clone())?;
        let unit = self.units.find(unit)?;
        let row = self.affiliations_of_unit(unit).find(|at| self.affiliations.get(*at).entry == entry);
        Ok((unit, row.ok_or(none)?))
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    unit: Idx<UnitRow>,
    organ: Idx<OrganRow>,
    on: When,
    /// The row that is added.
    adds: Option<AffiliationKind>,
    /// The row that is ended.
    ends: Option<Idx<AffiliationRow>>,
    grounds: Vec<Ground>,
    obligation: Option<Idx<ObligationRow>>,
    consented: Vec<Idx<PartyRow>>,
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &AffiliationEntry) -> Result<Resolved, Refusal> {
    let organ = state.organs.find(by)?;
    let on = entry.on();
    let (unit, ends) = match (entry, entry.unit()) {
        (AffiliationEntry::Retracted(retraction), _) => {
            let (unit, row) = state.affiliation_row(retraction.entry)?;
            (unit, Some(row))
        }
        (_, Some(unit)) => (state.units.find(unit)?, None),
        (_, None) => return Err(EntryRefusal::NoSuch { kind: "unit of remains", id: by.uuid() }.into()),
    };
    let mut resolved = Resolved {
        unit,
        organ,
        on,
        adds: None,
        ends,
        grounds: Vec::new(),
        obligation: None,
        consented: Vec::new(),
    };
    let find = |id: PartyId| state.parties.find(id);
    match entry {
        AffiliationEntry::Presumed(presumption) => {
            state.affiliation_is_known(presumption.of)?;
            resolved.adds = Some(AffiliationKind::Presumed);
            resolved.grounds.clone_from(&presumption.grounds);
        }
        AffiliationEntry::Determined(determination) => {
            state.affiliation_is_known(determination.of)?;
            resolved.adds = Some(AffiliationKind::Determined);
            resolved.grounds.clone_from(&determination.grounds);
            if let Some(former) = determination.instead_of {
                let none = EntryRefusal::NoSuch { kind: "determination of this unit", id: former.uuid() };
                let (of, row) = state.affiliation_row(former)?;
                if of != unit || state.affiliations.get(row).kind != AffiliationKind::Determined {
                    return Err(none.into());
                }
                resolved.ends = Some(row);
            }
        }
        AffiliationEntry::Blocked(_) => resolved.adds = Some(AffiliationKind::Blocked),
        AffiliationEntry::DutyClosed(closure) => {
            closure.towards.map(find).transpose()?;
            resolved.adds = Some(AffiliationKind::DutyClosed);
        }
        AffiliationEntry::CreditDenied(denial) => {
            resolved.obligation = Some(state.obligations.find(denial.obligation)?);
            resolved.adds = Some(AffiliationKind::CreditDenied);
        }
        AffiliationEntry::SetOff(set_off) => {
            resolved.obligation = Some(state.obligations.find(set_off.obligation)?);
            resolved.consented =
                set_off.consented.iter().map(|party| find(*party)).collect::<Result<_, _>>()?;
            resolved.adds = Some(AffiliationKind::SetOff);
        }
        AffiliationEntry::Retracted(_) => {}
    }
    Ok(resolved)
}

impl State {
    fn affiliation_is_known(&self, of: Affiliation) -> Result<(), EntryRefusal> {
        of.party().map(|party| self.parties.find(party)).transpose().map(|_| ())
    }
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved { unit, organ, on, adds, ends, .. } = resolved;
    let by = state.organs.get(*organ);
    if !state.is_authority(*organ) {
        return Err(AffiliationRefusal::NoAuthority(by.id).into());
    }
    if let Some(row) = ends {
        let row = state.affiliations.get(*row);
        let entry = state.entries.get(row.entry).id;
        if row.organ != *organ {
            let expected = state.organs.get(row.organ).id;
            return Err(AffiliationRefusal::NotItsOrgan { entry, expected, found: by.id }.into());
        }
        if let Some(ended) = row.ended_by {
            let by = state.entries.get(ended).id;
            return Err(AffiliationRefusal::EndedAlready { entry, by }.into());
        }
    }
    match adds {
        Some(kind @ (AffiliationKind::Presumed | AffiliationKind::Determined)) => {
            if resolved.grounds.is_empty() {
                return Err(AffiliationRefusal::NoGround.into());
            }
            if *kind == AffiliationKind::Determined
                && resolved.grounds.iter().all(|ground| ground.is_presumptive())
            {
                return Err(AffiliationRefusal::PresumptiveAlone.into());
            }
        }
        Some(AffiliationKind::CreditDenied) => judge_denial(state, resolved)?,
        Some(AffiliationKind::SetOff) => judge_consent(state, resolved)?,
        Some(AffiliationKind::Blocked | AffiliationKind::DutyClosed) | None => {}
    }
    if let Some(standing) = standing(state, resolved) {
        return Err(AffiliationRefusal::StandsAlready(state.entries.get(standing).id).into());
    }
    let ended = ends.map(|row| state.affiliations.get(row).entry);
    for entry in state.found_by(*unit).map(|(entry, _)| entry).into_iter().chain(ended) {
        if state.time_of(entry).is_some_and(|time| is_before(*on, time)) {
            let after = state.entries.get(entry).id;
            return Err(AffiliationRefusal::TooEarly { found: *on, after }.into());
        }
    }
    // What was decided of a unit is taken back even if the unit was divided since.
    if adds.is_some() {
        state.unit_exists_on(*unit, *on)?;
    }
    Ok(())
}

fn judge_denial(state: &State, resolved: &Resolved) -> Result<(), AffiliationRefusal> {
    let Some(obligation) = resolved.obligation else { return Ok(()) };
    let creditor = state.obligations.get(obligation).creditor;
    let by = state.organs.get(resolved.organ);
    if by.side != Side::Party(creditor) {
        let expected = state.parties.get(creditor).id;
        return Err(AffiliationRefusal::NotTheCreditor { expected, found: by.id });
    }
    Ok(())
}

fn judge_consent(state: &State, resolved: &Resolved) -> Result<(), AffiliationRefusal> {
    let Some(obligation) = resolved.obligation else { return Ok(()) };
    let obligation = state.obligations.get(obligation);
    match [obligation.debtor, obligation.creditor].iter().find(|party| !resolved.consented.contains(party)) {
        Some(missing) => Err(AffiliationRefusal::NoConsent(state.parties.get(*missing).id)),
        None => Ok(()),
    }
}

/// The organ's own entry that stands in the way of what is added.
fn standing(state: &State, resolved: &Resolved) -> Option<Idx<EntryRow>> {
    let adds = resolved.adds?;
    let own = state
        .affiliations_of_unit(resolved.unit)
        .filter(|at| Some(*at) != resolved.ends)
        .map(|at| state.affiliations.get(at))
        .filter(|row| row.organ == resolved.organ && row.ended_by.is_none());
    let about = |row: &AffiliationRow| match state.affiliation_entry(row.entry).as_deref() {
        Some(AffiliationEntry::CreditDenied(denial)) => state.obligations.at(denial.obligation),
        Some(AffiliationEntry::SetOff(set_off)) => state.obligations.at(set_off.obligation),
        _ => None,
    };
    own.into_iter()
        .find(|row| match adds {
            AffiliationKind::Presumed | AffiliationKind::Determined => {
                row.kind == AffiliationKind::Determined
            }
            AffiliationKind::CreditDenied | AffiliationKind::SetOff => {
                row.kind == adds && about(row) == resolved.obligation
            }
            AffiliationKind::Blocked | AffiliationKind::DutyClosed => false,
        })
        .map(|row| row.entry)
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: &Resolved) {
    let Resolved { unit, organ, adds, ends, .. } = *resolved;
    if let Some(row) = ends {
        state.affiliations.change(row, |row| row.ended_by = row.ended_by.or(Some(entry)));
    }
    if let Some(kind) = adds {
        let former_of_unit = state.units.get(unit).last_affiliation;
        let row =
            state.affiliations.add(AffiliationRow { entry, organ, kind, ended_by: None, former_of_unit });
        state.units.change(unit, |unit| unit.last_affiliation = Some(row));
    }
    state.note_event(unit, entry);
}
