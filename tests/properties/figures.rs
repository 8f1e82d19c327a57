//! Laws of figures: verdicts and what is outstanding, directions, dates, published totals.

use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{Evenness, Label, Reading, Verdict};
use handover::reciprocity::{Accrual, ParityScope, Ratio, Rounding};
use proptest::prelude::*;

use handover_testkit::compare::{end_of, readings, real};
use handover_testkit::model::According;
use handover_testkit::world::generator::{amounts, worlds};
use handover_testkit::world::posting::{self, party, read, unit};
use handover_testkit::world::{Act, Amount, DAYS, Date, Kind, Step, Thing, Word, World};

fn reading(ledger: &Ledger, according: According, as_of: u8) -> Reading<'_> {
    ledger.reading(real(according), end_of(as_of)).unwrap()
}

/// Everyone counts each of these.
fn all_count(world: &World, things: impl Fn(&World) -> Vec<Thing>, amount: Amount) -> World {
    let mut more = world.clone();
    let amount = if let Amount::SameAs(_, n) = amount { Amount::Exact(n) } else { amount };
    for thing in things(world) {
        for organ in 0..world.organs.len() {
            let act = Act::Says(thing, Word::Count(amount, Kind::Sets));
            more.steps.push(Step { speaker: organ * 2, said: Date::Days(Some(1), Some(1)), act });
        }
    }
    more
}

/// What passed from the first party to the second, and how the obligation stands, by every reading.
fn one_direction(world: &World, ledger: &Ledger) -> Vec<String> {
    let figures = readings(world).into_iter().map(|according| {
        let reading = reading(ledger, according, 5);
        let ends = (party(0), party(1));
        let flows: Vec<_> = reading.flows().into_iter().filter(|flow| (flow.from, flow.to) == ends).collect();
        format!("{flows:?} {:?}", reading.evaluate(read("duty"), real(According::Anyone)))
    });
    figures.collect()
}

proptest! {
    #![proptest_config(crate::cases(160))]

    #[test]
    fn a_verdict_is_what_is_outstanding_says(world in worlds(14), as_of in 1..=DAYS) {
        let ledger = posting::ledger(&world);
        for counts in readings(&world) {
            for terms in readings(&world) {
                let found = reading(&ledger, counts, as_of).evaluate(read("duty"), real(terms)).unwrap();
                let is_met = found.verdict == Verdict::Met;
                let is_not_met = found.verdict == Verdict::NotMet;
                prop_assert_eq!(is_met, found.outstanding == Some(Span::ZERO));
                prop_assert_eq!(is_not_met, found.outstanding.is_some_and(|left| !left.contains(0)));
                prop_assert_eq!(found.is_exceeded(), found.surplus.is_some_and(|over| !over.contains(0)));
                // One speaker who is not at odds with themselves leaves room between the least and the most.
                if matches!(terms, According::To(_)) && found.term.label == Label::Stated {
                    prop_assert!(!(is_not_met && found.is_exceeded()));
                }
                let performed = found.performed().span();
                if let Some(floor) = found.term.set.floor.filter(|_| found.outstanding.is_some()) {
                    prop_assert_eq!(is_met, floor.hi().is_some_and(|most| performed.lo() >= most));
                    prop_assert_eq!(is_not_met, performed.hi().is_some_and(|most| most < floor.lo()));
                } else {
                    prop_assert!(!is_met && !is_not_met);
                    prop_assert_eq!(found.surplus, None);
                }
            }
        }
    }

    #[test]
    fn directions_are_never_netted(world in worlds(12), amount in amounts()) {
        let other_way = |world: &World| -> Vec<Thing> {
            let is_other = |from: usize, to: usize| (from, to) != (0, 1);
            let legs = (0..world.legs.len())
                .filter(|leg| is_other(world.legs[*leg].from, world.legs[*leg].to))
                .map(Thing::Leg);
            let batches = (0..world.batches.len())
                .filter(|batch| is_other(world.batches[*batch].from, world.batches[*batch].to))
                .map(Thing::Batch);
            legs.chain(batches).collect()
        };
        let more = all_count(&world, other_way, amount);
        prop_assert_eq!(
            one_direction(&world, &posting::ledger(&world)),
            one_direction(&more, &posting::ledger(&more))
        );
    }

    #[test]
    fn a_published_total_moves_nothing(world in worlds(12), amount in amounts()) {
        let more = all_count(&world, |_| vec![Thing::Total], amount);
        let (before, after) = (posting::ledger(&world), posting::ledger(&more));
        prop_assert_eq!(one_direction(&world, &before), one_direction(&more, &after));
        for according in readings(&world) {
            let [before, after] = [&before, &after].map(|ledger| {
                let reading = reading(ledger, according, DAYS);
                let total = reading.total(read("total")).unwrap();
                (total.recomputed, reading.legs().collect::<Vec<_>>())
            });
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn as_time_goes_by_a_sum_only_grows(world in worlds(12)) {
        let ledger = posting::ledger(&world);
        for according in readings(&world) {
            let sums = |as_of| -> Vec<Span> {
                reading(&ledger, according, as_of).flows().iter().map(|flow| flow.passed.span()).collect()
            };
            for day in 1..DAYS {
                for (earlier, later) in sums(day).into_iter().zip(sums(day + 1)) {
                    prop_assert!(earlier.lo() <= later.lo());
                    let most = |span: Span| span.hi().unwrap_or(u64::MAX);
                    prop_assert!(most(earlier) <= most(later));
                }
            }
        }
    }

    #[test]
    fn a_sum_holds_every_partys_own(world in worlds(12)) {
        let mut world = world;
        // Of legs whose dates are settled and that have no batches.
        world.agreed = true;
        world.batches.clear();
        world.legs.iter_mut().for_each(|leg| leg.whole = false);
        world.steps.retain(|step| {
            matches!(step.act, Act::Says(Thing::Leg(_), word) if !matches!(word.amount(), Some((Amount::SameAs(..), _))))
        });
        let ledger = posting::ledger(&world);
        let sums = |according| -> Vec<Span> {
            reading(&ledger, according, DAYS).flows().iter().map(|flow| flow.passed.span()).collect()
        };
        for party in 0..world.parties {
            for (own, all) in sums(According::To(party)).into_iter().zip(sums(According::AcceptedByAll)) {
                prop_assert!(own.is_within(all));
            }
        }
    }

    #[test]
    fn a_difference_carries_both_flows(world in worlds(12)) {
        let ledger = posting::ledger(&world);
        for according in readings(&world) {
            let reading = reading(&ledger, according, DAYS);
            for flow in reading.flows().into_iter().filter(|flow| flow.unit == unit(Kind::Sets)) {
                let (from, to) = (flow.from, flow.to);
                if let Some(difference) = reading.difference(&flow) {
                    prop_assert_eq!(&difference.this, &flow);
                    prop_assert_eq!((difference.other.from, difference.other.to), (to, from));
                    let (a, b) = (difference.this.passed.span(), difference.other.passed.span());
                    prop_assert_eq!((difference.excess, difference.shortfall), (a.less(b), b.less(a)));
                }
            }
        }
    }

    #[test]
    fn parity_with_itself_is_never_uneven(world in worlds(12), tolerance in 0..=3u64) {
        let ledger = posting::ledger(&world);
        for according in readings(&world) {
            for scope in [ParityScope::Total, ParityScope::PerStage, ParityScope::PerCategory] {
                let reading = reading(&ledger, according, DAYS);
                let parity = reading.parity(read("duty"), read("duty"), scope, tolerance).unwrap();
                prop_assert_ne!(parity.evenness, Evenness::Uneven);
                let is_known = parity.pairs.iter().all(|(here, _)| here.only().is_some());
                prop_assert!(!is_known || parity.pairs.is_empty() || parity.evenness == Evenness::Even);
            }
        }
    }

    #[test]
    fn an_entitlement_holds_that_of_every_performance(
        performed: Span, by in 0..=3u64, owed in 0..=20u32, per in 1..=5u32, up: bool,
    ) {
        let rounding = if up { Rounding::Up } else { Rounding::Down };
        let (owed, per, of) = (owed.into(), per.into(), read("duty"));
        let ratio = Ratio {
            of,
            category: None,
            whose: None,
            owed,
            per,
            accrues_at: Accrual::Credit,
            rounding,
            discharged_earn: false,
        };
        let n = performed.lo().saturating_add(by).min(performed.hi().unwrap_or(u64::MAX));
        let fraction = u128::from(n) * u128::from(owed.get());
        let whole = fraction / u128::from(per.get());
        let rest = fraction % u128::from(per.get());
        let earned = whole + u128::from(up && rest > 0);
        let entitlement = ratio.entitlement(performed);
        prop_assert!(entitlement.contains(u64::try_from(earned).unwrap_or(u64::MAX)), "{entitlement:?} {earned}");
    }
}
