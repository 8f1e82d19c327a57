//! Invariants of disclosure, recounted from the entries.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use crate::disclosure::{
    Audience, Consent, Datum, DisclosureEntry, Extent, Giver, LegalBasis, Purpose, Sharing,
};
use crate::entry::{Entry, What};
use crate::id::{EntryId, OrganId, PersonRef, RecordRef, RemainsId};
use crate::identification::IdentificationEntry;
use crate::ledger::Ledger;
use crate::notice::NoticeEntry;
use crate::party::Side;
use crate::prisoner::PrisonerEntry;
use crate::quantity::Span;
use crate::reading::{According, EntryStatus, FigureShown, Reading};
use crate::when::Moment;

/// The organ whose word an entry is, and its side.
fn organ(ledger: &Ledger, entry: &Entry) -> Option<(OrganId, Side)> {
    let state = &ledger.state;
    let speaker = state.speakers.get(state.speakers.at(entry.by)?);
    let organ = state.organs.get(speaker.organ);
    Some((organ.id, organ.side))
}

fn everything(ledger: &Ledger) -> Result<Reading<'_>, String> {
    ledger.reading(According::Anyone, Moment::END_OF_TIME).map_err(|refusal| format!("{refusal}"))
}

/// Whether such an audience may be shown this much of this at all.
fn fits(sharing: &Sharing) -> bool {
    let one = matches!(sharing.of, Datum::Person(_) | Datum::Remains(_));
    let counts = sharing.extent == Extent::Counts;
    match sharing.with {
        Audience::Organ(_) | Audience::Party(_) => !(one && counts),
        Audience::Public => matches!((sharing.of, counts), (Datum::Person(_), false)) || (!one && counts),
        Audience::Laboratory(_) => match sharing.of {
            Datum::Remains(_) => !counts,
            Datum::Batch(_) | Datum::Handover(_) => true,
            _ => false,
        },
        Audience::Family(person) => match sharing.of {
            Datum::Person(of) => !counts && of == person,
            Datum::Remains(_) => !counts,
            _ => false,
        },
    }
}

/// What the entries so far tell of who may be shown to the public.
#[derive(Default)]
struct Told {
    consents: BTreeMap<EntryId, Consent>,
    families: BTreeSet<PersonRef>,
    consented: BTreeSet<PersonRef>,
    /// Which references are one person, by the entries that say so and were not taken back.
    same: BTreeMap<EntryId, [PersonRef; 2]>,
}

impl Told {
    /// Every reference under which a person is recorded, this one among them.
    fn references(&self, person: PersonRef) -> BTreeSet<PersonRef> {
        let mut found = BTreeSet::from([person]);
        loop {
            let before = found.len();
            for pair in self.same.values() {
                if pair.iter().any(|one| found.contains(one)) {
                    found.extend(pair);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }
}

pub(super) fn persons_are_shown_by_right(ledger: &Ledger) -> Result<(), String> {
    let mut told = Told::default();
    for entry in ledger.entries() {
        match &entry.what {
            What::Disclosure(DisclosureEntry::Consented(consent)) => {
                told.consents.insert(entry.id, consent.clone());
                if consent.by == Giver::Person {
                    told.consented.insert(consent.person);
                }
            }
            What::Notice(
                NoticeEntry::Notified(it) | NoticeEntry::Acknowledged(it) | NoticeEntry::Contested(it),
            ) => {
                told.families.insert(it.person);
            }
            What::Notice(NoticeEntry::NoKinKnown(it) | NoticeEntry::ContactEndangersKin(it)) => {
                told.families.insert(it.person);
            }
            What::Prisoner(PrisonerEntry::SamePerson(it)) => {
                told.same.insert(entry.id, [it.one, it.other]);
            }
            What::Prisoner(PrisonerEntry::SamePersonReversed(it)) => {
                told.same.remove(&it.entry);
            }
            What::Disclosure(DisclosureEntry::Shared(sharing)) => {
                let Some((organ, Side::Party(_) | Side::Neutral)) = organ(ledger, &entry) else {
                    return Err(format!("entry `{}` by which no authority shares something", entry.id));
                };
                let by_right = match sharing.basis {
                    LegalBasis::Consent(consent) => told.consents.get(&consent).is_some_and(|it| {
                        sharing.of == Datum::Person(it.person)
                            && it.to.contains(&sharing.with)
                            && it.purposes.contains(&sharing.purpose)
                    }),
                    LegalBasis::CompellingInterest => true,
                    _ => sharing.purpose != Purpose::CriminalProceedings,
                };
                if !fits(sharing) || !by_right {
                    let (of, with, id) = (sharing.of, sharing.with, entry.id);
                    return Err(format!(
                        "entry `{id}` by which `{organ}` shares {of} with {with} without right"
                    ));
                }
            }
            _ => {}
        }
    }
    let public = everything(ledger)?.for_audience(Audience::Public).map_err(|it| format!("{it}"))?;
    for case in public.persons() {
        let person = case.shown().person;
        // Who is told of a person under one reference is told of the person.
        let references = told.references(person);
        if references.is_disjoint(&told.families) && references.is_disjoint(&told.consented) {
            return Err(format!("person `{person}` shown to the public before the family was told"));
        }
    }
    Ok(())
}

pub(super) fn small_numbers_are_hidden(ledger: &Ledger) -> Result<(), String> {
    let mut latest = BTreeMap::new();
    for entry in ledger.entries() {
        if let What::Disclosure(DisclosureEntry::SmallCells(cells)) = &entry.what {
            if cells.below < 3 || cells.step == 0 {
                return Err(format!("entry `{}` that declares a rule which hides nothing", entry.id));
            }
            if let Some((organ, _)) = organ(ledger, &entry) {
                latest.insert(organ, u64::from(cells.below));
            }
        }
    }
    let below = latest.into_values().max().unwrap_or(0);
    let reading = everything(ledger)?;
    let public = reading.for_audience(Audience::Public).map_err(|it| format!("{it}"))?;
    let sound = |what: &str, shown: FigureShown, is: Span| {
        let holds =
            shown.least() <= is.lo() && is.hi().is_none_or(|hi| shown.most().is_none_or(|most| hi <= most));
        let small = shown.most() == Some(shown.least()) && (1..below).contains(&shown.least());
        if holds && !small {
            Ok(())
        } else {
            Err(format!("{what} shown as {} to {:?}, below {below}", shown.least(), shown.most()))
        }
    };
    for funnel in public.funnels() {
        let shown = funnel.shown();
        let Ok(view) = reading.funnel_of_batch(shown.batch) else { continue };
        sound("units", shown.units, view.remains.units)?;
        sound("individuals", shown.individuals, view.remains.individuals)?;
        sound("examined", shown.examined, view.remains.examined)?;
        sound("sampled", shown.sampled, view.remains.sampled)?;
        sound("profiled", shown.profiled, view.remains.profiled)?;
        sound("identified", shown.identified, view.identified)?;
        sound("notified", shown.notified, view.notified)?;
        sound("released", shown.released, view.released)?;
    }
    for list in public.lists() {
        let shown = list.shown();
        let Ok(view) = reading.list(shown.list) else { continue };
        let (mut listed, mut handed_over, mut ended) = (0_u64, 0_u64, 0_u64);
        for entry in view.entries.iter().filter(|entry| entry.frozen || view.frozen.is_none()) {
            listed = listed.saturating_add(1);
            match entry.status {
                Some(EntryStatus::HandedOver(_) | EntryStatus::Reconciled) => {
                    handed_over = handed_over.saturating_add(1);
                }
                Some(status) if status > EntryStatus::Reconciled => ended = ended.saturating_add(1),
                _ => {}
            }
        }
        sound("persons on a list", shown.listed, Span::exactly(listed))?;
        sound("persons handed over", shown.handed_over, Span::exactly(handed_over))?;
        sound("persons at another end", shown.otherwise_ended, Span::exactly(ended))?;
    }
    Ok(())
}

pub(super) fn what_is_erased_is_gone(ledger: &Ledger) -> Result<(), String> {
    let mut in_force: BTreeMap<EntryId, (PersonRef, BTreeSet<RemainsId>)> = BTreeMap::new();
    let mut evidence: BTreeMap<EntryId, RecordRef> = BTreeMap::new();
    let mut persons: BTreeSet<PersonRef> = BTreeSet::new();
    let mut records: BTreeSet<RecordRef> = BTreeSet::new();
    for entry in ledger.entries() {
        let again = match &entry.what {
            What::Identification(IdentificationEntry::Evidence(it)) => {
                evidence.insert(entry.id, it.record);
                None
            }
            What::Identification(IdentificationEntry::Decided(it)) => {
                let gone = |id: &EntryId| evidence.get(id).is_some_and(|record| records.contains(record));
                if it.grounds.evidence.iter().any(gone) {
                    return Err(format!("decision `{}` on evidence that was erased", entry.id));
                }
                in_force.insert(entry.id, (it.person, it.units.iter().copied().collect()));
                None
            }
            What::Identification(IdentificationEntry::Revoked(it)) => {
                in_force.remove(&it.decision);
                None
            }
            What::Disclosure(DisclosureEntry::Shared(Sharing { of: Datum::Person(person), .. })) => {
                Some(*person)
            }
            What::Disclosure(DisclosureEntry::Consented(it)) => Some(it.person),
            What::Disclosure(DisclosureEntry::Restricted(it)) => Some(it.person),
            What::Disclosure(DisclosureEntry::Erased(it)) => {
                if in_force.values().any(|(person, units)| *person == it.person && !units.is_empty()) {
                    return Err(format!("entry `{}` that erases whom remains are decided to be", entry.id));
                }
                let again = persons.contains(&it.person);
                persons.insert(it.person);
                records.extend(&it.records);
                again.then_some(it.person)
            }
            _ => None,
        };
        let erases = matches!(entry.what, What::Disclosure(DisclosureEntry::Erased(_)));
        if let Some(person) = again.filter(|person| erases || persons.contains(person)) {
            return Err(format!("entry `{}` on person `{person}`, who was erased", entry.id));
        }
    }
    let reading = everything(ledger)?;
    for shared in reading.sharings() {
        let audience = shared.sharing.with;
        let shown = reading.for_audience(audience).map_err(|it| format!("{it}"))?;
        if let Some(person) = persons.iter().find(|person| shown.person(**person).is_ok()) {
            return Err(format!("person `{person}`, who was erased, shown to {audience}"));
        }
    }
    Ok(())
}

pub(super) fn nothing_is_withheld_from_a_neutral(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for entry in ledger.entries() {
        if let What::Disclosure(DisclosureEntry::Withheld(it)) = &entry.what
            && let Audience::Organ(organ) | Audience::Laboratory(organ) = it.from
            && let Some(at) = state.organs.at(organ)
            && state.organs.get(at).side == Side::Neutral
        {
            return Err(format!("entry `{}` that withholds {} from neutral `{organ}`", entry.id, it.of));
        }
    }
    Ok(())
}
