//! Every view of everything that the golden dossiers name: they hold each variant and form of an entry, so that each is read.

use std::collections::{BTreeMap, BTreeSet};

use handover::agreement::AgreementEntry;
use handover::claim::Subject;
use handover::container::ContainerEntry;
use handover::custody::Held;
use handover::entry::What;
use handover::id::{ContainerId, EntryId};
use handover::identification::IdentificationEntry;
use handover::ledger::{Ledger, keeper};
use handover::obligation::ObligationEntry;
use handover::party::PartyEntry;
use handover::person::PersonEntry;
use handover::prisoner::{ListEntry, PrisonerEntry};
use handover::reading::{
    According, ClaimStanding, Comparison, Conformance, ObligationState, Reading, RestsOn,
};
use handover::remains::{Element, Elements, ElementsError};
use handover::slot::HandoverEntry;
use handover::when::{Moment, When};

use crate::support::golden_ledger;

/// The ledger in every reading, at its end and within its time, each with the entries that its views rest on.
fn readings(ledger: &Ledger) -> Vec<Reading<'_, RestsOn>> {
    let parties = ledger.parties().map(|(party, _)| According::To(party));
    let whose: Vec<According> = [According::Anyone, According::AcceptedByAll, According::Neutral]
        .into_iter()
        .chain(parties)
        .collect();
    let within = ["2025-06-20", "2025-07-12", "2025-09-01"]
        .map(|day| day.parse::<When>().unwrap().last_moment().unwrap());
    let moments: Vec<Moment> = within.into_iter().chain([Moment::END_OF_TIME]).collect();
    let of = |according: &According| -> Vec<_> {
        moments.iter().map(|moment| ledger.reading(*according, *moment).unwrap().explained()).collect()
    };
    whose.iter().flat_map(of).collect()
}

fn are_recorded<'e>(ledger: &Ledger, entries: impl IntoIterator<Item = &'e EntryId>) {
    for entry in entries {
        assert!(ledger.entry(*entry).is_some(), "{entry} is recorded");
    }
}

#[test]
fn what_was_introduced_is_listed_under_its_name_in_its_order() {
    let ledger = golden_ledger();
    let (mut parties, mut organs, mut agreements, mut obligations, mut legs) =
        (vec![], vec![], vec![], vec![], vec![]);
    for entry in ledger.entries() {
        match entry.what {
            What::Party(PartyEntry::Introduced(it)) => {
                assert_eq!(ledger.party_name(it.id), Some(&it.name));
                parties.push((it.id, it.name));
            }
            What::Party(PartyEntry::Organ(it)) => {
                assert_eq!(
                    (ledger.organ_name(it.id), ledger.allegiance(it.id)),
                    (Some(&it.name), Some(it.allegiance))
                );
                organs.push((it.id, it.name));
            }
            What::Party(PartyEntry::Speaker(it)) => {
                assert_eq!(
                    (ledger.speaker_name(it.id), ledger.organ_of(it.id)),
                    (Some(&it.name), Some(it.organ))
                );
            }
            What::Party(PartyEntry::Source(it)) => assert_eq!(ledger.source(it.id), Some(&it)),
            What::Agreement(AgreementEntry::Introduced(it)) => agreements.push((it.id, it.name)),
            What::Obligation(ObligationEntry::Introduced(it)) => {
                assert_eq!(ledger.obligation(it.id), Some(&it));
                obligations.push(it.id);
            }
            What::Handover(HandoverEntry::Leg(it)) => legs.push(it.id),
            _ => {}
        }
    }
    assert!(ledger.parties().map(|(id, name)| (id, name.clone())).eq(parties));
    assert!(
        ledger.organs().skip(1).map(|(id, name)| (id, name.clone())).eq(organs),
        "the keeper's comes first"
    );
    assert!(ledger.agreements().map(|(id, name)| (id, name.clone())).eq(agreements));
    assert!(ledger.obligations().eq(obligations));
    assert!(ledger.legs().eq(legs));
    assert!(ledger.speaker_name(keeper()).is_some());
    let mut backwards: Vec<_> = ledger.entries().rev().collect();
    backwards.reverse();
    assert!(ledger.entries().eq(backwards.iter().cloned()));
    assert!(backwards.iter().all(|entry| ledger.is_recorded(entry)));
    assert!(format!("{:?}", ledger.entries()).contains(&ledger.len().to_string()));
}

#[test]
fn each_claim_is_read_by_who_made_it_and_each_scope_and_subject_has_its_name() {
    let ledger = golden_ledger();
    let mut scopes = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    let mut standings = BTreeSet::new();
    for reading in readings(&ledger) {
        for claim in ledger.claims() {
            let view = reading.claim(claim).unwrap();
            assert_eq!(view.by.speaker, ledger.entry(claim).unwrap().by);
            assert_eq!(Some(view.by.organ), ledger.organ_of(view.by.speaker));
            assert_eq!(view.is_believed, reading.believes(&view.by));
            scopes.insert(view.scope.to_string(), view.scope);
            subjects.insert(view.by.about.to_string(), view.by.about);
            standings.insert(format!("{:?}", view.standing));
        }
    }
    let different: BTreeSet<String> = scopes.values().map(|scope| format!("{scope:?}")).collect();
    assert_eq!(different.len(), scopes.len(), "no two scopes have one name: {scopes:?}");
    assert!(scopes.len() > 20 && subjects.len() > 10, "{scopes:?} {subjects:?}");
    let kinds: BTreeSet<_> =
        subjects.values().map(core::mem::discriminant::<Subject>).map(|it| format!("{it:?}")).collect();
    assert!(kinds.len() > 8, "each kind of subject is named: {kinds:?}");
    assert!(standings.contains(&format!("{:?}", ClaimStanding::Ended)));
}

#[test]
fn what_stands_and_what_is_open_rests_on_what_is_recorded() {
    let ledger = golden_ledger();
    let mut states = BTreeMap::new();
    for reading in readings(&ledger) {
        for obligation in ledger.obligations() {
            let stands = reading.stands(obligation, According::Anyone).unwrap();
            assert!(stands.states.iter().all(|view| view.holds != Comparison::Fails));
            for view in &stands.states {
                are_recorded(&ledger, &view.because);
                assert_ne!(stands.is(view.state), Comparison::Fails);
                states.insert(view.state.to_string(), view.state);
            }
            let evaluated = reading.evaluate(obligation, According::Anyone).unwrap();
            assert_eq!(stands.balance.evaluation, evaluated);
            assert_eq!(reading.explain(obligation, According::Anyone).unwrap(), evaluated);
            are_recorded(&ledger, &evaluated.rests_on.entries().collect::<Vec<_>>());
        }
        for matter in reading.open_matters() {
            assert!(!format!("{matter:?}").is_empty());
        }
        for ready in reading.readiness() {
            assert!(reading.claim(ready.by.entry).is_ok() && ledger.party_name(ready.of).is_some());
        }
        assert!(reading.schedule().iter().all(|slot| reading.slot(slot.handover).is_ok()));
    }
    let different: BTreeSet<ObligationState> = states.values().copied().collect();
    assert_eq!(different.len(), states.len(), "{states:?}");
    assert!(states.len() > 5, "{states:?}");
}

#[test]
fn what_the_law_asks_is_shown_by_entries_or_it_is_not_shown() {
    let ledger = golden_ledger();
    let mut shown = BTreeSet::new();
    for reading in readings(&ledger) {
        for view in reading.conformance() {
            are_recorded(&ledger, view.shown.iter().chain(&view.not_shown));
            assert!(view.shown.iter().all(|entry| !view.not_shown.contains(entry)), "{view:?}");
            if view.conformance == Conformance::Shown {
                assert!(!view.shown.is_empty() && view.not_shown.is_empty(), "{view:?}");
            }
            if !view.shown.is_empty() || !view.not_shown.is_empty() {
                shown.insert(view.duty.number());
            }
        }
    }
    assert!([5, 6, 7, 8, 11].iter().all(|duty| shown.contains(duty)), "{shown:?}");
}

#[test]
fn each_thing_that_is_recorded_has_its_views() {
    let ledger = golden_ledger();
    let mut found = 0;
    for reading in readings(&ledger) {
        for entry in ledger.entries() {
            match entry.what {
                What::Container(ContainerEntry::Registered(it)) => {
                    let container: ContainerId = it.id;
                    found += reading.effects_found_in(container).unwrap().len();
                    assert!(reading.chain(Held::Container(container)).is_ok());
                    assert!(reading.remains_of_container(container).is_ok());
                }
                What::Batch(handover::batch::BatchEntry::Introduced(it)) => {
                    assert!(
                        reading
                            .chain(Held::Batch(it.id))
                            .unwrap()
                            .rests_on
                            .entries()
                            .all(|at| ledger.entry(at).is_some())
                    );
                    assert!(reading.funnel_of_batch(it.id).is_ok() && reading.open_matters_of(it.id).is_ok());
                }
                What::Person(PersonEntry::Introduced(it)) => {
                    let decisions = reading.decisions_of(it.id).unwrap();
                    assert!(decisions.iter().all(|view| view.person == it.id));
                }
                What::Prisoner(PrisonerEntry::List(ListEntry::Drafted(it))) => {
                    let list = reading.list(it.id).unwrap();
                    let (ready, deferred) = (list.ready().count(), list.deferred().count());
                    assert!(ready + deferred <= list.entries.len());
                }
                What::Identification(IdentificationEntry::Evidence(it)) => {
                    let name = it.line.kind().to_string();
                    assert!(!name.is_empty() && !name.contains('_'), "{name}");
                }
                _ => {}
            }
        }
        for unit in ledger.units() {
            assert!(
                reading.unit(unit).is_ok()
                    && reading.identification(unit).is_ok()
                    && reading.descent(unit).is_ok()
            );
            assert!(reading.chain(Held::Remains(unit)).is_ok());
        }
        assert!(reading.remains().units.lo() <= ledger.units().len() as u64);
        assert_eq!(reading.by(reading.according()).unwrap().as_of(), reading.as_of());
    }
    assert!(found > 0, "effects are found with remains or in a container");
}

#[test]
fn what_no_body_has_is_told_apart_from_what_is_no_part() {
    let element = |text: &str| text.parse::<Element>();
    let why = |error: &ElementsError| error.to_string();
    let (nothing, sided) = (element("wing").unwrap_err(), element("left-skull").unwrap_err());
    assert_eq!(nothing, ElementsError::NoPart);
    assert!(why(&nothing).contains("`skull`") && why(&sided).contains("no side"));
    assert_ne!(why(&nothing), why(&sided));
    let tibia = element("partial-left-tibia").unwrap();
    assert!(!tibia.is_whole() && tibia.side().is_some());
    assert_eq!(tibia.part(), element("right-tibia").unwrap().part());
    for wrong in [r#"{"parts":[]}"#, r#"{"parts":["skull","skull"]}"#, r#"{"parts":["partial-soft-tissue"]}"#]
    {
        let error = serde_json::from_str::<Elements>(wrong).unwrap_err().to_string();
        assert!(error.contains("expected"), "{error}");
    }
}
