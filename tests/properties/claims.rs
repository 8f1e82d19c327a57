//! Laws of words: what another claim can do to what is told, and what it cannot.

use handover::claim::{ClaimEntry, Repetition, Withdrawal};
use handover::entry::{Entry, What};
use handover::ledger::{Ledger, Posted};
use handover::quantity::Span;
use handover::reading::{Label, Told};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::journal::views;
use handover_testkit::compare::{counted_things, end_of, readings, real};
use handover_testkit::model::{According, Model};
use handover_testkit::world::generator::{amounts, worlds};
use handover_testkit::world::posting::{self, id, read, subject, unit};
use handover_testkit::world::{Act, Amount, DAYS, Date, Kind, Side, Step, Thing, Word, World};

fn told(ledger: &Ledger, according: According, thing: Thing) -> Told<Span> {
    let reading = ledger.reading(real(according), end_of(DAYS)).unwrap();
    reading.told_count(subject(thing), unit(Kind::Sets)).unwrap().0
}

/// A count of a thing in an organ's voice, on top of a world.
fn with_count(world: &World, organ: usize, thing: Thing, amount: Amount) -> World {
    let mut world = world.clone();
    // What it is the same as is no matter here.
    let amount = if let Amount::SameAs(_, n) = amount { Amount::Exact(n) } else { amount };
    let act = Act::Says(thing, Word::Count(amount, Kind::Sets));
    world.steps.push(Step { speaker: organ * 2, said: Date::Days(Some(1), Some(1)), act });
    world
}

/// The same ledger with one more entry by a speaker.
fn and_then(ledger: &Ledger, key: &str, speaker: usize, what: ClaimEntry) -> Ledger {
    let mut ledger = ledger.clone();
    let (by, said) = (id("speaker", speaker), read("2025-06-01"));
    let entry = Entry { id: read(key), by, said, source: None, what: What::Claim(what) };
    assert_eq!(ledger.post(&entry), Ok(Posted::Recorded));
    ledger
}

proptest! {
    #![proptest_config(crate::cases(160))]

    #[test]
    fn the_first_word_of_a_silent_party_only_narrows_what_all_accept(
        world in worlds(12), organ: Index, at: Index, amount in amounts(),
    ) {
        let (organ, thing) = (organ.index(world.organs.len()), *at.get(&counted_things(&world)));
        let Side::Party(party) = world.organs[organ] else { return Ok(()) };
        let before = posting::ledger(&world);
        if told(&before, According::To(party), thing).label > Label::OtherUnit {
            return Ok(());
        }
        let after = posting::ledger(&with_count(&world, organ, thing, amount));
        let (before, after) = [before, after].map(|ledger| told(&ledger, According::AcceptedByAll, thing)).into();
        prop_assert!(after.set.is_within(before.set), "{:?} {:?}", before, after);
    }

    #[test]
    fn a_further_speaker_only_widens_anyones_word(
        mut world in worlds(12), side in 0..4usize, at: Index, amount in amounts(),
    ) {
        world.organs.push([Side::Party(0), Side::Neutral, Side::Press, Side::Unknown][side]);
        let thing = *at.get(&counted_things(&world));
        let before = told(&posting::ledger(&world), According::Anyone, thing);
        let further = with_count(&world, world.organs.len() - 1, thing, amount);
        let after = told(&posting::ledger(&further), According::Anyone, thing);
        if before.is_informative() {
            prop_assert!(before.set.is_within(after.set), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn a_repetition_changes_no_figure(world in worlds(12), pick: Index, speaker: Index) {
        let claims: Vec<usize> = (0..world.steps.len()).filter(|step| world.claim(*step).is_some()).collect();
        if claims.is_empty() {
            return Ok(());
        }
        let ledger = posting::ledger(&world);
        let speaker = speaker.index(world.organs.len() * 2);
        let repetition = Repetition { claim: id("step", *pick.get(&claims)), quotation: None, note: None };
        let once = and_then(&ledger, "again", speaker, ClaimEntry::Repeated(repetition));
        let again = Repetition { claim: read("again"), quotation: None, note: None };
        let twice = and_then(&once, "and-again", speaker, ClaimEntry::Repeated(again));
        prop_assert_eq!(views(&world, &ledger), views(&world, &twice));
        let reading = twice.reading(real(According::Anyone), end_of(DAYS)).unwrap();
        let last = reading.repetitions().last().copied().unwrap();
        prop_assert_eq!(last.root, id("step", *pick.get(&claims)));
        let model = Model::new(&world, None);
        prop_assert_eq!(last.is_live, model.is_live(*pick.get(&claims)));
    }

    #[test]
    fn the_order_of_claims_changes_no_set(world in worlds(12), order in any::<[u8; 12]>()) {
        let mut world = world;
        world.steps.retain(|step| match step.act {
            Act::Says(_, word) => !matches!(word.amount(), Some((Amount::SameAs(..), _))),
            _ => false,
        });
        let mut shuffled = world.clone();
        let mut places: Vec<usize> = (0..world.steps.len()).collect();
        places.sort_by_key(|place| order[*place]);
        shuffled.steps = places.iter().map(|place| world.steps[*place]).collect();
        let (one, other) = (posting::ledger(&world), posting::ledger(&shuffled));
        for according in readings(&world) {
            let read = |ledger: &Ledger| -> Vec<String> {
                let reading = ledger.reading(real(according), end_of(4)).unwrap();
                let evaluation = reading.evaluate(read("duty"), real(According::Anyone)).unwrap();
                let legs = reading.legs().map(|leg| {
                    let joints = (leg.count.view, leg.occurrence.view);
                    format!("{:?}", (leg.passed, leg.dates, leg.counted, joints))
                });
                let standing = (evaluation.term, evaluation.verdict, evaluation.outstanding, evaluation.surplus);
                legs.chain([format!("{:?} {standing:?}", reading.flows())]).collect()
            };
            prop_assert_eq!(read(&one), read(&other));
        }
    }

    #[test]
    fn when_all_is_withdrawn_nothing_is_revived(world in worlds(12)) {
        let mut world = world;
        for step in 0..world.steps.len() {
            if world.claim(step).is_some() {
                let withdrawal = Step { act: Act::Withdraws(step), ..world.steps[step] };
                world.steps.push(withdrawal);
            }
        }
        let ledger = posting::ledger(&world);
        for according in readings(&world) {
            for thing in counted_things(&world) {
                let told = told(&ledger, according, thing);
                prop_assert_eq!((told.set, told.label), (Span::EVERYTHING, Label::Silent));
            }
        }
    }

    #[test]
    fn no_figure_is_nought_where_nobody_says_a_number(world in worlds(12), labels in any::<[u8; 12]>()) {
        let mut world = world;
        let silence = |step: usize| match labels[step] % 4 {
            0 => Amount::Undisclosed,
            1 => Amount::Withheld,
            2 => Amount::Unknown,
            _ => Amount::AtLeast(0),
        };
        for step in 0..world.steps.len() {
            if let Act::Says(_, word) | Act::Corrects(_, word) = &mut world.steps[step].act {
                match word {
                    Word::Count(amount, _) => *amount = silence(step),
                    Word::DidNotOccur => *word = Word::Occurred,
                    _ => {}
                }
            }
        }
        let ledger = posting::ledger(&world);
        for according in readings(&world) {
            let reading = ledger.reading(real(according), end_of(DAYS)).unwrap();
            for leg in reading.legs() {
                prop_assert_eq!(leg.passed.set, Span::EVERYTHING);
            }
            for flow in reading.flows() {
                prop_assert!(flow.passed.total.is_none_or(|total| total == Span::EVERYTHING));
            }
        }
    }

    #[test]
    fn what_others_say_does_not_move_a_partys_word(
        world in worlds(12), organ: Index, at: Index, amount in amounts(),
    ) {
        let (organ, thing) = (organ.index(world.organs.len()), *at.get(&counted_things(&world)));
        let (before, other) =
            (posting::ledger(&world), posting::ledger(&with_count(&world, organ, thing, amount)));
        for party in (0..world.parties).filter(|party| world.organs[organ] != Side::Party(*party)) {
            for thing in counted_things(&world) {
                prop_assert_eq!(
                    told(&before, According::To(party), thing),
                    told(&other, According::To(party), thing)
                );
            }
        }
    }

    #[test]
    fn what_all_accept_is_what_every_word_implies(world in worlds(12)) {
        let ledger = posting::ledger(&world);
        let spans = || {
            let bounded = (0..=9).flat_map(|lo| (lo..=9).filter_map(move |hi| Span::new(lo, hi)));
            bounded.chain((0..=9).map(Span::at_least))
        };
        for thing in counted_things(&world) {
            let accepted = told(&ledger, According::AcceptedByAll, thing).set;
            let words: Vec<Span> = world
                .parties_of(thing)
                .into_iter()
                .map(|party| told(&ledger, According::To(party), thing).set)
                .collect();
            for span in spans() {
                prop_assert_eq!(accepted.is_within(span), words.iter().all(|word| word.is_within(span)));
            }
        }
    }

    #[test]
    fn a_withdrawal_by_another_is_refused(world in worlds(12), pick: Index) {
        let claims: Vec<usize> = (0..world.steps.len()).filter(|step| world.claim(*step).is_some()).collect();
        if claims.is_empty() {
            return Ok(());
        }
        let claim = *pick.get(&claims);
        let mut ledger = posting::ledger(&world);
        for speaker in (0..world.organs.len() * 2).filter(|speaker| *speaker != world.steps[claim].speaker) {
            let withdrawal = Withdrawal { claim: id("step", claim), note: None };
            let what = What::Claim(ClaimEntry::Withdrawn(withdrawal));
            let (by, said) = (id("speaker", speaker), read("2025-06-01"));
            let entry = Entry { id: read("away"), by, said, source: None, what };
            prop_assert!(ledger.post(&entry).is_err());
        }
    }
}
