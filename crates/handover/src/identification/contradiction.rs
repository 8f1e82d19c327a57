//! What contradicts that remains are a person's, and what was written to resolve it (invariant 34).

use alloc::vec::Vec;
use core::fmt;

use super::finding::{Finding, Observed, Reconciliation};
use super::line::{Conclusion, Rank};
use super::{Evidence, IdentificationEntry, ProcedureTold};
use crate::held::{EntryRow, WhatRef};
use crate::id::OrganId;
use crate::person::{Fact, PersonRow, PersonStatus, StatusAsOf};
use crate::remains::{OpeningTold, RemainsEntry, UnitRow};
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

/// In what remains and a person contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Contradiction {
    /// The person is of the other sex.
    OtherSex,
    /// The person was alive when the remains had been found, the container opened or the death had occurred, or when the
    /// decision had been made.
    AliveAfterwards,
    /// The person was held as a prisoner at such a time.
    PrisonerAfterwards,
    /// The person was found alive, and nothing says that the remains were found later.
    FoundAlive,
    /// A primary or secondary line of evidence is inconsistent.
    Inconsistent,
    /// A positive finding says that the unit is not the person's.
    Excluded,
    /// Evidence on which a decision rests was taken back.
    EvidenceRetracted,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherSex => "the person is of the other sex",
            Self::AliveAfterwards => "the person was known alive afterwards",
            Self::PrisonerAfterwards => "the person was known as a prisoner afterwards",
            Self::FoundAlive => "the person was found alive",
            Self::Inconsistent => "a line of evidence is inconsistent",
            Self::Excluded => "the unit is excluded from being the person's",
            Self::EvidenceRetracted => "evidence it rests on was taken back",
        })
    }
}

/// A contradiction and the entries that make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) unit: Idx<UnitRow>,
    pub(crate) kind: Contradiction,
    /// What is known of the person, or the evidence.
    pub(crate) fact: Idx<EntryRow>,
    /// The finding that it contradicts, if one.
    pub(crate) finding: Option<Idx<EntryRow>>,
}

/// Which entries are taken into account: those that stand, and in a reading those that were uttered.
pub(crate) type Seen<'f> = &'f dyn Fn(Idx<EntryRow>) -> bool;

/// What on a unit can contradict what is known of a person.
enum Trait {
    Sex(crate::person::Sex),
    /// The person did not live any more after this.
    NotLaterThan(When),
}

/// Everything that contradicts that a unit is a person's, in the order of recording of the facts; `decided` is when that was
/// decided. Retracted evidence is not among them: it contradicts a decision and not a person.
pub(crate) fn contradictions(
    state: &State,
    seen: Seen<'_>,
    unit: Idx<UnitRow>,
    person: Idx<PersonRow>,
    decided: Option<When>,
) -> Vec<Found> {
    let id = state.persons.get(person).id;
    let mut found = Vec::new();
    let mut traits = Vec::new();
    let mut recovered_at = Vec::new();
    for entry in state.events_of_unit(unit).filter(|entry| seen(*entry)) {
        let mut at_odds = |kind| found.push(Found { unit, kind, fact: entry, finding: None });
        // An opening in its row tells no more here than when it was; the steps of other courses tell nothing.
        match (state.row(entry), state.row(entry)) {
            (Some(OpeningTold::Opened { .. }), _) => {
                traits.extend(state.time_of_remains(entry).map(|on| (entry, Trait::NotLaterThan(on))));
                continue;
            }
            (None, Some(ProcedureTold::Evidence { .. } | ProcedureTold::Excluded { .. })) => {}
            (None, None) if state.time_in_row(entry).is_none() => {}
            _ => continue,
        }
        match state.what(entry).get() {
            WhatRef::Remains(RemainsEntry::Opened(opening)) => {
                traits.push((entry, Trait::NotLaterThan(opening.on)));
            }
            WhatRef::Identification(IdentificationEntry::Finding(Finding { observed, .. })) => match observed
            {
                Observed::Sex(sex) => traits.push((entry, Trait::Sex(*sex))),
                Observed::Recovered(on) => {
                    traits.push((entry, Trait::NotLaterThan(*on)));
                    recovered_at.push(*on);
                }
                Observed::DeathBy(on) => traits.push((entry, Trait::NotLaterThan(*on))),
                Observed::CompleteBody => {}
            },
            WhatRef::Identification(IdentificationEntry::Excluded(exclusion)) if exclusion.person == id => {
                at_odds(Contradiction::Excluded);
            }
            WhatRef::Identification(IdentificationEntry::Evidence(evidence))
                if evidence.person == id && is_at_odds(evidence) =>
            {
                at_odds(Contradiction::Inconsistent);
            }
            _ => {}
        }
    }
    for entry in state.facts_of_person(person).filter(|entry| seen(*entry)) {
        let Some(fact) = state.fact(entry) else { continue };
        let mut add = |kind, finding| found.push(Found { unit, kind, fact: entry, finding });
        let kind = match fact {
            Fact::Prisoner(_)
            | Fact::Status(StatusAsOf { status: PersonStatus::ConfirmedPrisoner(_), .. }) => {
                Contradiction::PrisonerAfterwards
            }
            Fact::FoundAlive(_) | Fact::Status(StatusAsOf { status: PersonStatus::FoundAlive, .. }) => {
                Contradiction::FoundAlive
            }
            _ => Contradiction::AliveAfterwards,
        };
        let mut dated = false;
        for (finding, of_unit) in &traits {
            match (of_unit, fact) {
                (Trait::Sex(examined), Fact::Sex(registered)) if examined.contradicts(*registered) => {
                    add(Contradiction::OtherSex, Some(*finding));
                }
                (Trait::NotLaterThan(on), _) if fact.alive().is_some_and(|alive| is_before(*on, alive)) => {
                    dated = true;
                    add(kind, Some(*finding));
                }
                _ => {}
            }
        }
        let alive_since = match fact {
            Fact::FoundAlive(alive)
            | Fact::Status(StatusAsOf { status: PersonStatus::FoundAlive, as_of: alive }) => {
                !recovered_at.iter().any(|on| is_before(*alive, *on))
            }
            _ => decided.is_some_and(|on| fact.alive().is_some_and(|alive| is_before(on, alive))),
        };
        if alive_since && !dated {
            add(kind, None);
        }
    }
    found.sort_by_key(|one| (one.fact, one.finding));
    found
}

/// Whether one lies wholly before the other.
pub(crate) fn is_before(one: When, other: When) -> bool {
    one.span().last().is_some_and(|last| other.span().is_after(last))
}

fn is_at_odds(evidence: &Evidence) -> bool {
    evidence.conclusion == Conclusion::Inconsistent && evidence.line.kind().rank() > Rank::Presumptive
}

/// The entry that resolves a contradiction in writing, by an organ that may decide. An exclusion is not resolved: it is taken
/// back by the organ whose word it is (invariant 41).
pub(crate) fn reconciled(
    state: &State,
    seen: Seen<'_>,
    competent: &[OrganId],
    person: Idx<PersonRow>,
    found: &Found,
) -> Option<Idx<EntryRow>> {
    if found.kind == Contradiction::Excluded {
        return None;
    }
    let id = |entry: Idx<EntryRow>| state.entries.get(entry).id;
    // What is among the events of the unit was written of it.
    let resolves = |written: &Reconciliation| {
        written.person == state.persons.get(person).id
            && written.fact == id(found.fact)
            && written.finding == found.finding.map(id)
    };
    state.events_of_unit(found.unit).filter(|entry| seen(*entry)).find(|entry| {
        let told = state.identification(*entry);
        let Some(IdentificationEntry::Reconciled(written)) = told.as_deref() else { return false };
        let organ = Some(state.organs.get(state.organ_of_entry(*entry)).id);
        resolves(written) && organ.is_some_and(|organ| competent.contains(&organ))
    })
}
