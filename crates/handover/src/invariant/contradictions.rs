//! That nothing was decided against an open contradiction (invariant 34), recounted from the entries.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::entry::{Entry, What};
use crate::id::{EntryId, OrganId, PersonRef, PolicyId, RemainsId};
use crate::identification::{
    Conclusion, Decision, Evidence, Grounds, IdentificationEntry, Observed, Rank, Reconciliation,
};
use crate::ledger::Ledger;
use crate::person::{Fact, PersonEntry, Sex};
use crate::remains::{RemainsEntry, lies_before};
use crate::when::When;

/// What an entry says of a unit that can contradict what is known of a person.
#[derive(Clone, Copy)]
enum Says {
    Sex(Sex),
    /// The remains were in a container that was opened then, or death was not later.
    DeadBy(When),
    Recovered(When),
    ExcludedFrom(PersonRef),
    AtOddsWith(PersonRef),
}

/// What the entries so far tell, without those that were taken back.
#[derive(Default)]
struct Told {
    facts: BTreeMap<EntryId, (PersonRef, Fact)>,
    of_units: BTreeMap<RemainsId, BTreeMap<EntryId, Says>>,
    written: BTreeMap<EntryId, (Option<OrganId>, Reconciliation)>,
    competent: BTreeMap<PolicyId, Vec<OrganId>>,
    decisions: BTreeMap<EntryId, Decision>,
}

pub(super) fn contradictions_are_resolved(ledger: &Ledger) -> Result<(), String> {
    let mut told = Told::default();
    for entry in ledger.entries() {
        match &entry.what {
            What::Identification(IdentificationEntry::Decided(decision)) => {
                told.nothing_is_open(entry.id, decision, &decision.grounds, decision.on)?;
                told.decisions.insert(entry.id, decision.clone());
            }
            What::Identification(IdentificationEntry::Upheld(upheld)) => {
                if let Some(decision) = told.decisions.get(&upheld.decision) {
                    told.nothing_is_open(entry.id, decision, &upheld.grounds, upheld.on)?;
                }
            }
            _ => told.hear(&entry, ledger.organ_of(entry.by)),
        }
    }
    Ok(())
}

impl Told {
    fn hear(&mut self, entry: &Entry, by: Option<OrganId>) {
        let mut says = |unit: RemainsId, says: Says| {
            self.of_units.entry(unit).or_default().insert(entry.id, says);
        };
        match &entry.what {
            What::Remains(RemainsEntry::Opened(opening)) => {
                opening.found.iter().for_each(|found| says(found.id, Says::DeadBy(opening.on)));
            }
            What::Identification(IdentificationEntry::Finding(finding)) => match finding.observed {
                Observed::Sex(sex) => says(finding.unit, Says::Sex(sex)),
                Observed::Recovered(on) => says(finding.unit, Says::Recovered(on)),
                Observed::DeathBy(on) => says(finding.unit, Says::DeadBy(on)),
                Observed::CompleteBody => {}
            },
            What::Identification(IdentificationEntry::Excluded(exclusion)) => {
                says(exclusion.unit, Says::ExcludedFrom(exclusion.person));
            }
            What::Identification(IdentificationEntry::Evidence(evidence)) if speaks_against(evidence) => {
                evidence.units.iter().for_each(|unit| says(*unit, Says::AtOddsWith(evidence.person)));
            }
            What::Identification(IdentificationEntry::Reconciled(written)) => {
                self.written.insert(entry.id, (by, written.clone()));
            }
            What::Identification(IdentificationEntry::Retracted(back)) => {
                self.written.remove(&back.entry);
                self.of_units.values_mut().for_each(|of_unit| {
                    of_unit.remove(&back.entry);
                });
            }
            What::Identification(IdentificationEntry::Policy(policy)) => {
                self.competent.insert(policy.id, policy.competent.clone());
            }
            What::Person(PersonEntry::Known(known)) => {
                self.facts.insert(entry.id, (known.person, known.fact));
            }
            What::Person(PersonEntry::Corrected(correction)) => {
                if let Some((person, _)) = self.facts.remove(&correction.entry) {
                    self.facts.insert(entry.id, (person, correction.fact));
                }
            }
            What::Person(PersonEntry::Withdrawn(withdrawal)) => {
                self.facts.remove(&withdrawal.entry);
            }
            _ => {}
        }
    }

    fn nothing_is_open(
        &self,
        entry: EntryId,
        decision: &Decision,
        grounds: &Grounds,
        on: When,
    ) -> Result<(), String> {
        let nobody = Vec::new();
        let competent = self.competent.get(&grounds.policy).unwrap_or(&nobody);
        for unit in &decision.units {
            for (fact, finding) in self.against(*unit, decision.person, on) {
                let resolved = self.written.values().any(|(by, written)| {
                    by.is_some_and(|by| competent.contains(&by))
                        && (written.person, written.fact, written.finding) == (decision.person, fact, finding)
                        && written.units.contains(unit)
                });
                if !resolved || self.excludes(*unit, fact) {
                    return Err(format!("the decision `{entry}` on `{unit}` against `{fact}`"));
                }
            }
        }
        Ok(())
    }

    fn excludes(&self, unit: RemainsId, entry: EntryId) -> bool {
        let says = self.of_units.get(&unit).and_then(|of_unit| of_unit.get(&entry));
        matches!(says, Some(Says::ExcludedFrom(_)))
    }

    /// What contradicts that a unit is a person's: what is known of the person or an evidence, and the finding if one.
    fn against(
        &self,
        unit: RemainsId,
        person: PersonRef,
        decided: When,
    ) -> BTreeSet<(EntryId, Option<EntryId>)> {
        let nothing = BTreeMap::new();
        let of_unit = self.of_units.get(&unit).unwrap_or(&nothing);
        let mut against = BTreeSet::new();
        for (entry, says) in of_unit {
            if matches!(says, Says::ExcludedFrom(of) | Says::AtOddsWith(of) if *of == person) {
                against.insert((*entry, None));
            }
        }
        for (entry, (_, fact)) in self.facts.iter().filter(|(_, (of, _))| *of == person) {
            let alive = fact.alive();
            let lived_after = |on: When| alive.is_some_and(|alive| lies_before(on, alive));
            let mut dated = false;
            for (finding, says) in of_unit {
                match (says, fact) {
                    (Says::Sex(Sex::Female), Fact::Sex(Sex::Male))
                    | (Says::Sex(Sex::Male), Fact::Sex(Sex::Female)) => {
                        against.insert((*entry, Some(*finding)));
                    }
                    (Says::DeadBy(on) | Says::Recovered(on), _) if lived_after(*on) => {
                        dated = true;
                        against.insert((*entry, Some(*finding)));
                    }
                    _ => {}
                }
            }
            let found_later = of_unit.values().any(|says| {
                matches!(says, Says::Recovered(on) if alive.is_some_and(|alive| lies_before(alive, *on)))
            });
            let undated = match fact {
                Fact::FoundAlive(_) => !found_later,
                _ => lived_after(decided),
            };
            if undated && !dated {
                against.insert((*entry, None));
            }
        }
        against
    }
}

fn speaks_against(evidence: &Evidence) -> bool {
    evidence.conclusion == Conclusion::Inconsistent && evidence.line.kind().rank() > Rank::Presumptive
}
