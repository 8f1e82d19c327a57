//! Laws of admission: what is posted twice, refused, drafted and dropped, or replayed.

use handover::claim::{ClaimEntry, Statement, Withdrawal};
use handover::entry::{Entry, What};
use handover::ledger::{Ledger, Posted, keeper};
use handover::quantity::{Count, Unit};
use handover::reading::Joint;
use handover::refusal::Refusal;
use proptest::prelude::*;
use proptest::sample::Index;

use handover_testkit::compare::{counted_things, end_of, readings, real};
use handover_testkit::model::According;
use handover_testkit::world::generator::worlds;
use handover_testkit::world::posting::{self, id, read, said, subject, unit};
use handover_testkit::world::{Act, Amount, DAYS, Kind, Thing, World};

/// All that is read in a ledger, by every reading, as text; who repeats what is apart.
pub(crate) fn views(world: &World, ledger: &Ledger) -> Vec<String> {
    let mut views = Vec::new();
    for according in readings(world) {
        for as_of in [3, DAYS] {
            let Ok(reading) = ledger.reading(real(according), end_of(as_of)) else { continue };
            for reading in [reading, reading.said_by(end_of(4))] {
                let reading = reading.explained();
                let mut note = |view: &dyn std::fmt::Debug| views.push(format!("{view:?}"));
                note(&reading.legs().collect::<Vec<_>>());
                note(&reading.flows());
                note(&reading.schedule());
                note(&reading.totals());
                note(&reading.agreements());
                note(&reading.obligations(real(According::Anyone)));
                for thing in counted_things(world) {
                    note(&reading.told_count(subject(thing), unit(Kind::Sets)));
                    let joint: Result<Joint<_, _>, _> = reading.count(subject(thing), unit(Kind::Containers));
                    note(&joint);
                }
            }
        }
    }
    views
}

/// All that can be told of a ledger from outside.
fn told(world: &World, ledger: &Ledger) -> (usize, Vec<Entry>, Vec<String>, String) {
    (ledger.len(), ledger.entries().collect(), views(world, ledger), format!("{ledger:?}"))
}

/// An entry that the ledger must refuse, near one that it would take.
fn inadmissible(world: &World, ledger: &Ledger, way: usize) -> Entry {
    let count = |kind: Unit| {
        Statement::Count(Count {
            quantity: posting::quantity(Amount::Exact(99)),
            unit: kind,
            qualifier: None,
        })
    };
    let leg = subject(Thing::Leg(0));
    let near = || said("near", 0, 1, leg, count(Unit::SetOfRemains));
    let setting = posting::setting(world);
    let anew = |what: What| Entry { what, by: keeper(), ..near() };
    let last_claim = (0..world.steps.len())
        .rev()
        .find(|step| world.claim(*step).is_some() && ledger.entry(id("step", *step)).is_some());
    match (way % 12, last_claim) {
        (0, _) => Entry { by: read("nobody"), ..near() },
        (1, _) => Entry { by: keeper(), ..near() },
        (2, _) => Entry { source: Some(read("no-source")), ..near() },
        (3, _) => said("near", 0, 1, subject(Thing::Leg(90)), count(Unit::SetOfRemains)),
        (4, _) => said("near", 0, 1, leg, count(Unit::Prisoner)),
        (5, _) => said("near", 0, 1, subject(Thing::Obligation), Statement::Occurred),
        (6, _) => Entry { id: id("setting", 0), ..near() },
        // Everything that is introduced is introduced once; what is settled or stated may be stated again.
        (7, _) => anew(setting[0].what.clone()),
        (8, _) => anew(setting[world.parties].what.clone()),
        (9, Some(claim)) => {
            let by = id("speaker", (world.steps[claim].speaker + 1) % (world.organs.len() * 2));
            let withdrawal = Withdrawal { claim: id("step", claim), note: None };
            Entry { by, what: What::Claim(ClaimEntry::Withdrawn(withdrawal)), ..near() }
        }
        (10, Some(claim)) => Entry { id: id("step", claim), ..near() },
        _ => {
            let withdrawal = Withdrawal { claim: id("setting", 0), note: None };
            Entry { what: What::Claim(ClaimEntry::Withdrawn(withdrawal)), ..near() }
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(128))]

    #[test]
    fn a_prefix_replayed_is_a_prefix_posted(world in worlds(10), at: Index) {
        let entries = posting::entries(&world);
        let known = &entries[..=at.index(entries.len())];
        let posted = posting::ledger_of(known);
        let mut replayed = Ledger::new();
        for entry in known {
            prop_assert_eq!(replayed.replay(entry), Ok(Posted::Recorded));
        }
        prop_assert_eq!(told(&world, &posted), told(&world, &replayed));
    }

    #[test]
    fn what_was_known_then_is_read_in_the_prefix(world in worlds(10), at: Index) {
        let settings = posting::setting(&world).len();
        let known = at.index(world.steps.len() + 1);
        let mut then = world.clone();
        then.steps.truncate(known);
        let entries = posting::entries(&world);
        let replayed = posting::ledger_of(&entries[..settings + known]);
        prop_assert_eq!(views(&world, &replayed), views(&world, &posting::ledger(&then)));
    }

    #[test]
    fn a_dropped_draft_changes_nothing(world in worlds(10), cuts: (Index, Index, Index)) {
        let entries = posting::entries(&world);
        let mut at = [cuts.0, cuts.1, cuts.2].map(|cut| cut.index(entries.len() + 1));
        at.sort_unstable();
        let [first, second, third] = at;
        let mut ledger = posting::ledger_of(&entries[..first]);
        let before = told(&world, &ledger);
        {
            let mut outer = ledger.draft();
            outer.post_all(&entries[first..second]).unwrap();
            let drafted = told(&world, outer.ledger());
            {
                let mut inner = outer.draft();
                inner.post_all(&entries[second..third]).unwrap();
                prop_assert_eq!(inner.ledger().len(), third);
                prop_assert_eq!(views(&world, inner.ledger()), views(&world, &posting::ledger_of(&entries[..third])));
            }
            let (_, entries_then, views_then, _) = told(&world, outer.ledger());
            prop_assert_eq!((entries_then, views_then), (drafted.1, drafted.2));
            let mut inner = outer.draft();
            inner.post_all(&entries[second..third]).unwrap();
            inner.commit();
            prop_assert_eq!(outer.ledger().len(), third);
        }
        prop_assert_eq!(told(&world, &ledger), before);
        let mut draft = ledger.draft();
        draft.post_all(&entries[first..]).unwrap();
        draft.commit();
        prop_assert_eq!(told(&world, &ledger), told(&world, &posting::ledger_of(&entries)));
    }

    #[test]
    fn posting_again_changes_nothing(world in worlds(10), picks: Vec<Index>) {
        let entries = posting::entries(&world);
        let mut ledger = posting::ledger_of(&entries);
        let before = told(&world, &ledger);
        for pick in picks {
            prop_assert_eq!(ledger.post(pick.get(&entries)), Ok(Posted::AlreadyRecorded));
        }
        prop_assert_eq!(told(&world, &ledger), before);
    }

    #[test]
    fn a_refused_entry_changes_nothing(world in worlds(10), at: Index, way in 0..12usize) {
        let entries = posting::entries(&world);
        let settings = entries.len() - world.steps.len();
        let place = settings + at.index(world.steps.len() + 1);
        let mut ledger = posting::ledger_of(&entries[..place]);
        let before = told(&world, &ledger);
        let entry = inadmissible(&world, &ledger, way);
        let refusal: Refusal = ledger.post(&entry).unwrap_err();
        prop_assert!(!refusal.to_string().is_empty() && !refusal.rule().says.is_empty());
        prop_assert_eq!(told(&world, &ledger), before);
        for entry in &entries[place..] {
            prop_assert_eq!(ledger.post(entry), Ok(Posted::Recorded));
        }
        prop_assert_eq!(views(&world, &ledger), views(&world, &posting::ledger(&world)));
    }

    #[test]
    fn what_refers_to_what_is_not_yet_recorded_is_refused(world in worlds(10), at: Index) {
        let steps: Vec<usize> = (0..world.steps.len())
            .filter(|step| !matches!(world.steps[*step].act, Act::Says(..)))
            .collect();
        if steps.is_empty() {
            return Ok(());
        }
        let step = *at.get(&steps);
        let mut ledger = posting::ledger_of(&posting::setting(&world));
        let before = told(&world, &ledger);
        prop_assert!(ledger.post(&posting::step(&world, step)).is_err());
        prop_assert_eq!(told(&world, &ledger), before);
    }
}
