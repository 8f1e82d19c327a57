//! Where several obligations stand, of either direction and between three parties, whoever speaks the truth is held to it in what is
//! owed, credited, earned, set off and published. What a liar says moves nothing in a reading that does not believe him.

mod check;
mod telling;
mod world;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{According, Reading};
use handover::reciprocity::ParityScope;
use handover::when::{Moment, When};
use proptest::prelude::*;

use self::check::Check;
use self::telling::{Telling, days};
use self::world::{DAYS, Drawn, Truth, World, duty_id};
use crate::cases;

const PARTIES: [&str; 3] = ["north", "south", "east"];

fn party<T: FromStr<Err: Debug>>(at: usize) -> T {
    PARTIES[at].parse().unwrap()
}

fn end_of(day: u32) -> Moment {
    days((day, day)).parse::<When>().unwrap().last_moment().unwrap()
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

fn told<'d, 'w>(
    world: &'w World,
    according: According,
    teller: Option<usize>,
    truth: &'d [u16],
    lies: &'d [u16],
) -> Telling<'d, 'w> {
    let mut telling = Telling {
        world,
        according,
        teller,
        truth: Drawn::from(truth),
        lies: Drawn::from(lies),
        ledger: Ledger::new(),
        entries: BTreeMap::new(),
        published: Vec::new(),
    };
    telling.all();
    telling
}

/// The spans of what is owed by a reading, and its definite answers; none where nothing is said.
fn spans(reading: &Reading<'_>, world: &World) -> Vec<(String, Option<Span>)> {
    let mut spans = Vec::new();
    let terms = reading.according();
    for duty in 0..world.duties.len() {
        let balance = reading.balance(duty_id(duty), terms).unwrap();
        let found = &balance.evaluation;
        for (what, span) in [
            ("tendered", Some(found.tendered.span())),
            ("passed", Some(found.passed.span())),
            ("credited", Some(found.credited.span())),
            ("outstanding", found.outstanding),
            ("surplus", found.surplus),
            ("beyond what was tendered", balance.beyond_tendered),
            ("beyond what passed", balance.beyond_passed),
            ("remaining", balance.remaining),
            ("surplus left", balance.surplus_left),
        ] {
            spans.push((format!("{what} of duty-{duty}"), span));
        }
    }
    let legs = reading.legs().map(|leg| (format!("{} by {terms}", leg.leg), Some(leg.passed.set)));
    spans.extend(legs);
    let flows = reading.flows();
    spans.extend(flows.iter().map(|flow| ("a flow".to_owned(), Some(flow.passed.span()))));
    spans.extend(reading.totals().iter().map(|total| ("a total".to_owned(), Some(total.recomputed.span()))));
    spans
}

/// What a reading that believes one party shows of what is owed, but who else says what.
fn shown(reading: &Reading<'_>, world: &World) -> Vec<String> {
    let mut shown = Vec::new();
    let terms = reading.according();
    for duty in 0..world.duties.len() {
        let id = duty_id(duty);
        let stands = reading.stands(id, terms).unwrap();
        shown.push(format!("{:?} {:?}", stands.states, stands.balance));
        shown.push(format!("{:?} {:?}", reading.coupling(id, terms), reading.condition(id, terms)));
        shown.push(format!("{:?}", reading.stated_parity(id)));
        for other in 0..world.duties.len() {
            let parity = |scope| reading.parity(id, duty_id(other), scope, 1).unwrap();
            let scopes = [ParityScope::Total, ParityScope::PerStage, ParityScope::PerCategory];
            shown.push(format!("{:?}", scopes.map(parity)));
        }
    }
    shown.push(format!("{:?} {:?}", reading.flows(), reading.asymmetries()));
    for total in reading.totals() {
        shown.push(format!("{:?}", total.recomputed));
    }
    shown
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_is_owed_and_credited_holds_what_is_true(
        world in numbers(240), truth in numbers(400), lies in numbers(400), teller in 0..8_usize, day in 1..=DAYS,
    ) {
        let world = World::drawn(&mut Drawn::from(&world));
        let parties = (0..PARTIES.len()).map(|at| According::To(party(at)));
        for according in parties.chain([According::AcceptedByAll, According::Neutral, According::Anyone]) {
            let Telling { ledger, published, .. } = told(&world, according, Some(teller), &truth, &lies);
            for day in [day, DAYS + 9] {
                let truth = Truth { world: &world, according, day };
                let reading = ledger.reading(according, end_of(day)).unwrap();
                Check { truth, published: &published }.all(&reading);
            }
        }
    }

    #[test]
    fn whom_a_reading_does_not_believe_moves_nothing(
        world in numbers(240), truth in numbers(400), lies in [numbers(400), numbers(400)], day in 1..=DAYS,
        believed in 0..PARTIES.len(),
    ) {
        let world = World::drawn(&mut Drawn::from(&world));
        let according = According::To(party(believed));
        let [one, other] = lies.map(|lies| told(&world, according, Some(0), &truth, &lies).ledger);
        for day in [day, DAYS + 9] {
            let read = |ledger: &Ledger| shown(&ledger.reading(according, end_of(day)).unwrap(), &world);
            prop_assert_eq!(read(&one), read(&other));
        }
    }

    /// Where each party speaks the truth: one that contradicts itself about a batch widens what is known of its leg (0015).
    #[test]
    fn who_speaks_the_truth_once_more_only_narrows_what_is_possible(
        world in numbers(240), truth in numbers(400), more in numbers(400), lies in numbers(400), day in 1..=DAYS,
    ) {
        let world = World::drawn(&mut Drawn::from(&world));
        let parties = (0..PARTIES.len()).map(|at| According::To(party(at)));
        for according in parties.chain([According::AcceptedByAll]) {
            let mut telling = told(&world, according, None, &truth, &lies);
            let read = |ledger: &Ledger| spans(&ledger.reading(according, end_of(day)).unwrap(), &world);
            let before = read(&telling.ledger);
            telling.truth = Drawn::from(&more);
            telling.once_more();
            for ((what, before), (_, after)) in before.into_iter().zip(read(&telling.ledger)) {
                let Some(before) = before else { continue };
                prop_assert!(
                    after.is_some_and(|after| after.is_within(before)),
                    "{what}: {before:?} {after:?}\n{}",
                    telling.lines()
                );
            }
        }
    }
}
