//! The entries that are an occasion for a duty of the law, and what tells whether it was performed on one.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crate::disclosure::{Audience, Datum, DisclosureEntry, WhyWithheld};
use crate::disposition::{CremationReason, DispositionEntry};
use crate::duty::Duty;
use crate::held::WhatRef;
use crate::id::{EffectId, EntryId, ListId, NominationId, PartyId, PersonRef, RemainsId};
use crate::party::Side;
use crate::person::{Fact, Known, PersonEntry, PersonStatus};
use crate::prisoner::{Inquiry, ListEntry, Manner, MedicalGround, NominationStep, PrisonerEntry, Step};
use crate::remains::{Effect, EffectEntry, EffectKind, ForensicEntry, Portion, RemainsEntry};
use crate::state::State;

/// An entry, and for which party it was said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) entry: EntryId,
    pub(super) by: Option<PartyId>,
}

/// Occasions, each with what tells whether the duty was performed on it. What tells it may come before or after.
#[derive(Default)]
pub(super) struct Occasions {
    found: Vec<(Duty, EntryId, Performed)>,
    examined: BTreeSet<RemainsId>,
    forwarded: BTreeSet<EffectId>,
    discs: BTreeMap<EffectId, Disc>,
    certified: BTreeSet<(NominationId, Duty)>,
    /// Who is on which list, under which reference.
    nominated: BTreeMap<NominationId, (ListId, PersonRef)>,
    /// The lists that are made after active hostilities.
    afterwards: BTreeSet<ListId>,
    /// Who was let go: handed over by consent or released.
    gone: BTreeSet<NominationId>,
    declined: BTreeSet<NominationId>,
    /// Which parties said something of a person, or answered for it.
    answered: BTreeMap<PersonRef, BTreeSet<PartyId>>,
    /// What a neutral organ was given.
    given: BTreeSet<Datum>,
}

/// What left the remains of an identity disc, in halves.
#[derive(Clone, Copy, Debug, Default)]
struct Disc {
    forwarded: u8,
    otherwise: u8,
}

enum Performed {
    Is(bool),
    Examined(RemainsId),
    Forwarded(EffectId),
    /// The half of a double disc was forwarded and the other stays, or a single disc stays.
    Parted(EffectId, EffectKind),
    Certified(NominationId),
    /// Another party said something of the person.
    Answered(PersonRef, PartyId),
    /// A neutral organ was given what there is of a person or list.
    Given(NominationId),
    Shared(Datum),
    /// Let go, or staying by the person's own will.
    LetGo(NominationId),
    /// Let go after active hostilities: whoever is on a list that is made during them is no occasion.
    LetGoAfterwards(NominationId),
}

impl Occasions {
    /// Of the occasions for a duty, those on which it was performed, or those on which that is not recorded.
    pub(super) fn of(&self, duty: Duty, performed: bool) -> Vec<EntryId> {
        let found = self.found.iter().filter(|(of, ..)| *of == duty);
        let told = found.filter_map(|(_, entry, told)| Some((*entry, self.is_performed(duty, told)?)));
        told.filter(|(_, is)| *is == performed).map(|(entry, _)| entry).collect()
    }

    fn is_performed(&self, duty: Duty, performed: &Performed) -> Option<bool> {
        Some(match performed {
            Performed::Is(is) => *is,
            Performed::Examined(unit) => self.examined.contains(unit),
            Performed::Forwarded(effect) => self.forwarded.contains(effect),
            Performed::Parted(effect, kind) => {
                let disc = self.discs.get(effect).copied().unwrap_or_default();
                match kind {
                    EffectKind::DoubleDisc => (disc.forwarded, disc.otherwise) == (1, 0),
                    _ => (disc.forwarded, disc.otherwise) == (0, 0),
                }
            }
            Performed::Certified(nomination) => self.certified.contains(&(*nomination, duty)),
            Performed::Answered(person, by) => {
                self.answered.get(person).is_some_and(|parties| parties.iter().any(|party| party != by))
            }
            Performed::Given(nomination) => self.nominated.get(nomination).is_some_and(|(list, person)| {
                self.given.contains(&Datum::Person(*person)) || self.given.contains(&Datum::List(*list))
            }),
            Performed::Shared(datum) => self.given.contains(datum),
            Performed::LetGo(nomination) => {
                self.gone.contains(nomination) || self.declined.contains(nomination)
            }
            Performed::LetGoAfterwards(nomination) => {
                let (list, _) = self.nominated.get(nomination)?;
                self.afterwards.contains(list).then(|| self.gone.contains(nomination))?
            }
        })
    }

    fn add(&mut self, number: u8, entry: EntryId, performed: Performed) {
        if let Some(duty) = Duty::new(number) {
            self.found.push((duty, entry, performed));
        }
    }

    /// An occasion of which a view tells whether the duty was performed on it.
    pub(super) fn is(&mut self, number: u8, entry: EntryId, is: bool) {
        self.add(number, entry, Performed::Is(is));
    }

    /// The entries of lists of those who count as wounded or sick.
    pub(super) fn wounded(&self) -> impl Iterator<Item = NominationId> {
        self.found.iter().filter_map(|(_, _, performed)| match performed {
            Performed::LetGo(nomination) => Some(*nomination),
            _ => None,
        })
    }

    /// The person's latest will is not to go.
    pub(super) fn declines(&mut self, nomination: NominationId) {
        self.declined.insert(nomination);
    }

    pub(super) fn take(&mut self, state: &State, said: Said, what: WhatRef<'_>) {
        match what {
            WhatRef::Remains(RemainsEntry::Forensic(step)) => self.examination(said.entry, step),
            WhatRef::Remains(RemainsEntry::Effect(told)) => self.effect(said.entry, told),
            WhatRef::Disposition(told) => self.disposition(said.entry, told),
            WhatRef::Person(told) => self.person(said, told),
            WhatRef::Prisoner(told) => self.prisoner(state, said, told),
            WhatRef::Disclosure(told) => self.disclosure(state, said.entry, told),
            _ => {}
        }
    }

    fn examination(&mut self, entry: EntryId, step: &ForensicEntry) {
        if let ForensicEntry::Examined(examination) = step {
            self.examined.insert(examination.unit);
            self.is(2, entry, examination.record.is_some());
        }
    }

    fn effect(&mut self, entry: EntryId, told: &EffectEntry) {
        match told {
            EffectEntry::Found(Effect { id, kind, .. }) => {
                if matches!(kind, EffectKind::SingleDisc | EffectKind::DoubleDisc) {
                    self.add(4, entry, Performed::Parted(*id, *kind));
                } else {
                    self.add(5, entry, Performed::Forwarded(*id));
                }
            }
            EffectEntry::Moved(moved) => {
                let disc = self.discs.entry(moved.effect).or_default();
                disc.otherwise = disc.otherwise.saturating_add(halves(moved.portion));
            }
            EffectEntry::Forwarded(forwarding) => {
                for one in &forwarding.effects {
                    self.forwarded.insert(one.effect);
                    let disc = self.discs.entry(one.effect).or_default();
                    disc.forwarded = disc.forwarded.saturating_add(halves(one.portion));
                }
            }
            EffectEntry::Assigned(_) => {}
        }
    }

    fn disposition(&mut self, entry: EntryId, told: &DispositionEntry) {
        match told {
            DispositionEntry::Buried(burial) => {
                self.add(6, entry, Performed::Examined(burial.unit));
                self.is(7, entry, true);
            }
            DispositionEntry::TemporarilyBuried(burial) => {
                self.add(6, entry, Performed::Examined(burial.unit));
                self.is(7, entry, burial.grave.individual);
                self.is(8, entry, burial.grave.register.is_some());
            }
            DispositionEntry::Cremated(cremation) => {
                self.add(6, entry, Performed::Examined(cremation.unit));
                let reason = &cremation.reason;
                self.is(7, entry, matches!(reason, CremationReason::Hygiene | CremationReason::Religion));
            }
            DispositionEntry::Exhumed(exhumation) => {
                self.is(11, entry, exhumation.home_notice.is_some());
            }
            _ => {}
        }
    }

    fn person(&mut self, said: Said, told: &PersonEntry) {
        // A correction names the statement that it corrects, and not the person.
        let (PersonEntry::Known(Known { person, fact }), Some(by)) = (told, said.by) else { return };
        self.answered.entry(*person).or_default().insert(by);
        if matches!(fact, Fact::Status(told) if told.status == PersonStatus::Missing) {
            self.add(9, said.entry, Performed::Answered(*person, by));
        }
    }

    fn prisoner(&mut self, state: &State, said: Said, told: &PrisonerEntry) {
        match told {
            PrisonerEntry::List(ListEntry::Drafted(list)) if list.after_hostilities => {
                self.afterwards.insert(list.id);
            }
            PrisonerEntry::Nominated(it) => {
                self.nominated.insert(it.id, (it.list, it.person));
                self.add(20, said.entry, Performed::LetGoAfterwards(it.id));
            }
            PrisonerEntry::SubstituteOffered(it) => {
                self.nominated.insert(it.id, (it.list, it.person));
            }
            PrisonerEntry::Step(told) => self.step(state, said, told),
            _ => {}
        }
    }

    fn step(&mut self, state: &State, Said { entry, by }: Said, told: &NominationStep) {
        let (id, kept) = (told.nomination, told.record.is_some());
        match &told.step {
            Step::Holding(_) => {
                let person = self.nominated.get(&id).map(|(_, person)| *person);
                if let (Some(person), Some(by)) = (person, by) {
                    self.answered.entry(person).or_default().insert(by);
                }
            }
            Step::Evaluated(evaluation) if state.is_of_wounded(evaluation.category, evaluation.found) => {
                self.is(2, entry, kept);
                self.add(17, entry, Performed::LetGo(id));
                if evaluation.medical == Some(MedicalGround::Manifest) {
                    self.is(19, entry, kept);
                }
            }
            Step::Died(inquiry) => {
                self.is(2, entry, kept);
                self.add(12, entry, Performed::Certified(id));
                if *inquiry == Inquiry::Due {
                    self.add(13, entry, Performed::Certified(id));
                }
            }
            Step::DeathDuty(done) => {
                self.certified.insert((id, done.duty));
            }
            Step::Commission(decision) => self.is(18, entry, decision.notified.is_some()),
            Step::HandedOver(handing) if handing.manner == Manner::Unwilling => {}
            Step::HandedOver(_) | Step::Released => {
                self.gone.insert(id);
            }
            _ => {}
        }
        // What a bureau returns of each person (D15).
        if matches!(
            told.step,
            Step::HandedOver(_) | Step::Released | Step::Escaped | Step::Died(_) | Step::Accommodated(_)
        ) {
            self.add(15, entry, Performed::Given(id));
        }
    }

    fn disclosure(&mut self, state: &State, entry: EntryId, told: &DisclosureEntry) {
        match told {
            DisclosureEntry::Shared(sharing) => {
                let neutral = match sharing.with {
                    Audience::Organ(organ) => state
                        .organs
                        .at(organ)
                        .is_some_and(|organ| state.organs.get(organ).side == Side::Neutral),
                    _ => false,
                };
                if neutral {
                    self.given.insert(sharing.of);
                }
            }
            DisclosureEntry::Withheld(withholding) if withholding.why == WhyWithheld::Harm => {
                self.add(16, entry, Performed::Shared(withholding.of));
            }
            _ => {}
        }
    }
}

const fn halves(portion: Portion) -> u8 {
    match portion {
        Portion::Whole => 2,
        Portion::Half => 1,
    }
}
