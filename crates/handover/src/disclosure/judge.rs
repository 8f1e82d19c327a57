//! What of disclosure may stand, and what it does.

use alloc::collections::BTreeSet;

use super::{
    Audience, CellsRow, Consent, Datum, DatumKey, DisclosureEntry, DisclosureRefusal, DisclosureRow, Ending,
    Erasure, Extent, Giver, LEAST_THRESHOLD, LegalBasis, Purpose, Sharing, SmallCells,
};
use crate::held::EntryRow;
use crate::id::{EntryId, Identifier, OrganId, RecordRef};
use crate::neighbour::is_before;
use crate::party::{OrganRow, Side};
use crate::person::{Fact, PersonRow, PersonStatus};
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::{ForensicEntry, UnitRow};
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

use DisclosureRefusal as Refused;

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    organ: Idx<OrganRow>,
    on: When,
    does: Does,
}

#[derive(Debug)]
enum Does {
    Share { datum: DatumKey, sharing: Sharing, consent: Option<Idx<EntryRow>> },
    Withhold { datum: DatumKey, from: Audience },
    Consent(Idx<PersonRow>, Consent),
    End { row: Idx<DisclosureRow>, ends: Ends },
    Cells(SmallCells),
    Erase(Idx<PersonRow>, Erasure),
    Restrict(Idx<PersonRow>),
}

/// What an entry ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Sharing,
    Withholding,
    Consent,
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &DisclosureEntry) -> Result<Resolved, Refusal> {
    let organ = state.organs.find(by)?;
    let does = match entry {
        DisclosureEntry::Shared(it) => {
            let datum = state.datum(it.of)?;
            state.audience(it.with)?;
            Does::Share { datum, sharing: *it, consent: consent_of(state, it.basis)? }
        }
        DisclosureEntry::Withheld(it) => {
            let datum = state.datum(it.of)?;
            state.audience(it.from)?;
            if let super::Until::Over(handover) = it.until {
                state.handovers.find(handover)?;
            }
            Does::Withhold { datum, from: it.from }
        }
        DisclosureEntry::Consented(it) => {
            let person = state.persons.find(it.person)?;
            for to in &it.to {
                state.audience(*to)?;
            }
            Does::Consent(person, it.clone())
        }
        DisclosureEntry::Unshared(it) => end(state, it, Ends::Sharing)?,
        DisclosureEntry::Lifted(it) => end(state, it, Ends::Withholding)?,
        DisclosureEntry::ConsentWithdrawn(it) => end(state, it, Ends::Consent)?,
        DisclosureEntry::SmallCells(it) => Does::Cells(*it),
        DisclosureEntry::Erased(it) => Does::Erase(state.persons.find(it.person)?, it.clone()),
        DisclosureEntry::Restricted(it) => Does::Restrict(state.persons.find(it.person)?),
    };
    Ok(Resolved { organ, on: entry.on(), does })
}

/// The entry of the consent on which a sharing rests, if it rests on one.
fn consent_of(state: &State, basis: LegalBasis) -> Result<Option<Idx<EntryRow>>, EntryRefusal> {
    let LegalBasis::Consent(consent) = basis else { return Ok(None) };
    let entry = state.entries.find(consent)?;
    match state.disclosure(entry) {
        Some(DisclosureEntry::Consented(_)) => Ok(Some(entry)),
        _ => Err(EntryRefusal::NoSuch { kind: "consent", id: consent.uuid() }),
    }
}

fn end(state: &State, ending: &Ending, ends: Ends) -> Result<Does, Refusal> {
    let none = EntryRefusal::NoSuch { kind: ends.kind(), id: ending.entry.uuid() };
    let entry = state.entries.find(ending.entry)?;
    let row = state.disclosure_index.get(entry).ok_or_else(|| none.clone())?;
    let fits = matches!(
        (state.disclosure(entry), ends),
        (Some(DisclosureEntry::Shared(_)), Ends::Sharing)
            | (Some(DisclosureEntry::Withheld(_)), Ends::Withholding)
            | (Some(DisclosureEntry::Consented(_)), Ends::Consent)
    );
    if fits { Ok(Does::End { row, ends }) } else { Err(none.into()) }
}

impl Ends {
    fn kind(self) -> &'static str {
        match self {
            Self::Sharing => "sharing",
            Self::Withholding => "withholding",
            Self::Consent => "consent",
        }
    }
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved { organ, on, does } = resolved;
    if !state.is_authority(*organ) {
        return Err(Refused::NoAuthority(state.organs.get(*organ).id).into());
    }
    match does {
        Does::Share { datum, sharing, consent } => {
            let Sharing { of, extent, with, .. } = *sharing;
            if !is_fit(state, *datum, extent, with) {
                return Err(Refused::Unfit { of, extent, with }.into());
            }
            not_erased(state, *datum)?;
            judge_basis(state, sharing, *consent)
        }
        Does::Withhold { from, .. } => judge_withholding(state, *from),
        Does::Consent(person, consent) => judge_consent(state, *person, consent),
        Does::End { row, ends } => judge_ending(state, *organ, *on, *row, *ends),
        Does::Cells(cells) if cells.below < LEAST_THRESHOLD || cells.step == 0 => {
            Err(Refused::NoThreshold { below: cells.below, step: cells.step }.into())
        }
        Does::Cells(_) => Ok(()),
        Does::Erase(person, erasure) => judge_erasure(state, *organ, *person, erasure),
        Does::Restrict(person) => not_erased(state, DatumKey::Person(*person)),
    }
}

/// Whether this much of this may be shown to such an audience at all.
fn is_fit(state: &State, datum: DatumKey, extent: Extent, with: Audience) -> bool {
    let is_one = matches!(datum, DatumKey::Person(_) | DatumKey::Remains(_));
    match (with, datum) {
        _ if is_one && extent == Extent::Counts => false,
        (Audience::Family(person), DatumKey::Person(of)) => state.persons.at(person) == Some(of),
        (Audience::Family(person), DatumKey::Remains(unit)) => {
            state.units.get(unit).decision.is_some_and(|decision| {
                let row = state.decisions.get(decision);
                row.revoked_by.is_none() && state.persons.at(person) == Some(row.person)
            })
        }
        (Audience::Public, DatumKey::Person(_))
        | (Audience::Organ(_) | Audience::Party(_), _)
        | (Audience::Laboratory(_), DatumKey::Remains(_) | DatumKey::Batch(_) | DatumKey::Handover(_)) => {
            true
        }
        (Audience::Public, _) => extent == Extent::Counts,
        (Audience::Family(_) | Audience::Laboratory(_), _) => false,
    }
}

/// # Errors
/// It is a person whose file was erased.
fn not_erased(state: &State, datum: DatumKey) -> Result<(), Refusal> {
    if let DatumKey::Person(person) = datum
        && let Some(by) = state.erased(person)
    {
        let (person, by) = (state.persons.get(person).id, state.entries.get(by).id);
        return Err(Refused::ErasedAlready { person, by }.into());
    }
    Ok(())
}

fn judge_basis(state: &State, sharing: &Sharing, consent: Option<Idx<EntryRow>>) -> Result<(), Refusal> {
    let by_interest = sharing.basis == LegalBasis::CompellingInterest;
    let Some(entry) = consent else {
        return if sharing.purpose == Purpose::CriminalProceedings && !by_interest {
            Err(Refused::OtherPurpose(sharing.basis).into())
        } else {
            Ok(())
        };
    };
    let id = state.entries.get(entry).id;
    let Some(DisclosureEntry::Consented(given)) = state.disclosure(entry) else { return Ok(()) };
    let is_of = sharing.of == Datum::Person(given.person);
    if !is_of || !given.to.contains(&sharing.with) || !given.purposes.contains(&sharing.purpose) {
        return Err(Refused::NotConsented(id).into());
    }
    let row = state.disclosure_index.get(entry).map(|row| state.disclosures.get(row));
    if let Some(by) = row.and_then(|row| row.ended_by) {
        return Err(Refused::EndedAlready { entry: id, by: state.entries.get(by).id }.into());
    }
    not_before(sharing.on, given.on, id)
}

fn judge_withholding(state: &State, from: Audience) -> Result<(), Refusal> {
    let (Audience::Organ(organ) | Audience::Laboratory(organ)) = from else { return Ok(()) };
    let at = state.organs.find(organ)?;
    if state.organs.get(at).side == Side::Neutral {
        return Err(Refused::NotFromNeutral(organ).into());
    }
    Ok(())
}

fn judge_consent(state: &State, person: Idx<PersonRow>, consent: &Consent) -> Result<(), Refusal> {
    not_erased(state, DatumKey::Person(person))?;
    if let Giver::Branch(branch) = consent.by
        && !state.branches_of(person).contains(&branch)
    {
        return Err(Refused::NoSuchBranch { person: consent.person, branch }.into());
    }
    if consent.to.is_empty() || consent.purposes.is_empty() {
        return Err(Refused::NothingConsented.into());
    }
    Ok(())
}

fn judge_ending(
    state: &State,
    organ: Idx<OrganRow>,
    on: When,
    row: Idx<DisclosureRow>,
    ends: Ends,
) -> Result<(), Refusal> {
    let row = state.disclosures.get(row);
    let entry = state.entries.get(row.entry).id;
    // Consent may be withdrawn before any authority: whoever gave it is not bound to the one that took it down.
    if ends != Ends::Consent && row.organ != organ {
        let (expected, found) = (state.organs.get(row.organ).id, state.organs.get(organ).id);
        return Err(Refused::NotItsOrgan { entry, expected, found }.into());
    }
    if let Some(by) = row.ended_by {
        return Err(Refused::EndedAlready { entry, by: state.entries.get(by).id }.into());
    }
    let began = state.disclosure(row.entry).map(DisclosureEntry::on);
    began.map_or(Ok(()), |began| not_before(on, began, entry))
}

fn not_before(found: When, began: When, after: EntryId) -> Result<(), Refusal> {
    if is_before(found, began) { Err(Refused::TooEarly { found, after }.into()) } else { Ok(()) }
}

fn judge_erasure(
    state: &State,
    organ: Idx<OrganRow>,
    person: Idx<PersonRow>,
    erasure: &Erasure,
) -> Result<(), Refusal> {
    not_erased(state, DatumKey::Person(person))?;
    let in_force = state.decisions_of_person(person).find(|at| {
        let row = state.decisions.get(*at);
        row.revoked_by.is_none()
            && state
                .units_of_decision(*at)
                .into_iter()
                .any(|unit| state.units.get(unit).decision == Some(*at))
    });
    if let Some(decision) = in_force {
        let by = state.entries.get(state.decisions.get(decision).entry).id;
        return Err(Refused::MustBeAccountedFor { person: erasure.person, by }.into());
    }
    if let Some(by) = still_sought(state, organ, person) {
        let by = state.entries.get(by).id;
        return Err(Refused::MustBeAccountedFor { person: erasure.person, by }.into());
    }
    for unit in state.units_of_person(person) {
        let kept = records_of_unit(state, unit);
        if let Some(record) = erasure.records.intersection(&kept).next() {
            let unit = state.units.get(unit).id;
            return Err(Refused::StillNeeded { record: *record, unit }.into());
        }
    }
    Ok(())
}

/// The latest word of an organ's side on what has become of a person, if by that the person is sought, held or dead.
fn still_sought(state: &State, organ: Idx<OrganRow>, person: Idx<PersonRow>) -> Option<Idx<EntryRow>> {
    let side = state.organs.get(organ).side;
    let is_its_word = |entry: &Idx<EntryRow>| {
        state.organs.get(state.organ_of_entry(*entry)).side == side
            && state.withdrawal_index.get(*entry).is_none()
    };
    let mut told = state.facts_of_person(person).filter(is_its_word).filter_map(|entry| {
        let sought = match state.fact(entry)? {
            Fact::Status(told) => {
                !told.status.is_of_the_living() || matches!(told.status, PersonStatus::ConfirmedPrisoner(_))
            }
            Fact::Prisoner(_) => true,
            Fact::FoundAlive(_) => false,
            Fact::Sex(_) | Fact::LastKnownAlive(_) | Fact::KnownAlive(_) => return None,
        };
        Some((entry, sought))
    });
    told.next().filter(|(_, sought)| *sought).map(|(entry, _)| entry)
}

/// What a laboratory keeps of a unit: its samples, and the records of what was found on them.
fn records_of_unit(state: &State, unit: Idx<UnitRow>) -> BTreeSet<RecordRef> {
    let mut records = BTreeSet::new();
    let mut keep = |entry: &ForensicEntry| match entry {
        ForensicEntry::Examined(it) => records.extend(it.record),
        ForensicEntry::Sampled(it) => records.extend([it.sample]),
        ForensicEntry::Profile(it) => records.extend(it.record.into_iter().chain([it.sample])),
        ForensicEntry::Compared(it) => records.extend(it.record),
        _ => {}
    };
    for entry in state.events_of_unit(unit) {
        if let Some(entry) = state.forensic(entry) {
            keep(&entry);
        }
    }
    records
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    let Resolved { organ, does, .. } = resolved;
    match does {
        Does::Share { datum, .. } | Does::Withhold { datum, .. } => state.add_disclosure(datum, entry, organ),
        Does::Consent(person, _) | Does::Restrict(person) => {
            state.add_disclosure(DatumKey::Person(person), entry, organ);
        }
        Does::End { row, .. } => state.disclosures.change(row, |row| row.ended_by = Some(entry)),
        Does::Cells(_) => {
            state.cells.add(CellsRow { entry, organ });
        }
        Does::Erase(person, erasure) => {
            state.add_disclosure(DatumKey::Person(person), entry, organ);
            for record in erasure.records {
                if state.erased_index.get(record).is_none() {
                    state.erased_index.add(record, entry);
                }
            }
        }
    }
}
