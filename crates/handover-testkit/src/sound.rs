//! Soundness: where a reading's trust holds, every derived set holds the true value.
//!
//! [`trusted`] makes a world in which those whom a reading believes speak the truth and everyone else says what they like;
//! [`check`] reads it and compares each span with what is true.

use handover::quantity::Span;
use handover::reading::{BalanceView, Comparison, Evaluation, Reading, Verdict};

use crate::compare::{counted_things, end_of};
use crate::model::According;
use crate::world::posting::{id, party, read, subject, unit};
use crate::world::truth::Truth;
use crate::world::{Kind, Side, Thing, World};

/// Checks that each span of a reading holds the true value: of words, legs, dates, flows, their differences and the
/// obligation, as of the end of a day.
///
/// The ledger that is read must be of a world in which the reading's trust holds for the same truth, as [`trusted`] makes it.
///
/// # Panics
/// A span does not hold what is true.
pub fn check(world: &World, truth: &Truth, reading: &Reading<'_>, as_of: u8) {
    let check = Check { world, truth, as_of, brought: brought(world, reading) };
    check.words(reading);
    check.flows(reading);
    check.obligation(&reading.evaluate(read("duty"), reading.according()).unwrap());
    check.balance(&reading.balance(read("duty"), reading.according()).unwrap());
}

/// The world in which the trust of a reading holds and everyone else says what they like. Who speaks the truth may
/// differ from thing to thing where the trust allows it.
pub fn trusted(world: &World, truth: &Truth, according: According, teller: usize) -> World {
    let number = |thing: Thing| match thing {
        Thing::Leg(at) | Thing::Batch(at) | Thing::Handover(at) | Thing::Slot(at) => at,
        Thing::Bringing(batch, to) => batch + to,
        Thing::Obligation | Thing::Total => 0,
    };
    let organs = |is: fn(Side) -> bool| -> Vec<usize> {
        (0..world.organs.len()).filter(|organ| is(world.organs[*organ])).collect()
    };
    let tellers = match according {
        According::To(party) => {
            return truth.told_by(world, |organ, _| world.organs[organ] == Side::Party(party));
        }
        According::AcceptedByAll => {
            return truth.told_by(world, |organ, thing| {
                let parties = world.parties_of(thing);
                let Some(len) = Some(parties.len()).filter(|len| *len > 0) else { return false };
                world.organs[organ] == Side::Party(parties[(number(thing) + teller) % len])
            });
        }
        According::Neutral => organs(|side| side == Side::Neutral),
        According::Anyone => organs(|_| true),
    };
    if tellers.is_empty() {
        return world.clone();
    }
    let of = |thing: Thing| tellers[(number(thing) + teller) % tellers.len()];
    let mut told = truth.told_by(world, |organ, thing| organ == of(thing));
    for thing in things(world) {
        truth.add_word_of(&mut told, of(thing), thing);
    }
    told
}

fn things(world: &World) -> Vec<Thing> {
    let mut things = counted_things(world);
    for handover in 0..world.handovers.len() {
        things.extend([Thing::Handover(handover), Thing::Slot(handover)]);
        // Only what someone speaks of as brought is recorded as brought.
        things.extend((0..world.batches.len()).map(|batch| Thing::Bringing(batch, handover)).filter(
            |thing| {
                (0..world.steps.len()).any(|step| world.claim(step).is_some_and(|(about, _)| about == *thing))
            },
        ));
    }
    things.push(Thing::Obligation);
    things
}

/// To which handovers batches are recorded as brought: what nobody had spoken of by then is not recorded yet.
fn brought(world: &World, reading: &Reading<'_>) -> Vec<Thing> {
    let mut recorded = Vec::new();
    for to in 0..world.handovers.len() {
        let slot = reading.slot(id("handover", to)).unwrap();
        let is_brought = |batch: &usize| slot.brought.iter().any(|view| view.batch == id("batch", *batch));
        let batches = (0..world.batches.len()).filter(is_brought);
        recorded.extend(batches.map(|batch| Thing::Bringing(batch, to)));
    }
    recorded
}

struct Check<'w> {
    world: &'w World,
    truth: &'w Truth,
    as_of: u8,
    brought: Vec<Thing>,
}

impl Check<'_> {
    fn words(&self, reading: &Reading<'_>) {
        let (world, truth) = (self.world, self.truth);
        for thing in counted_things(world) {
            for kind in [Kind::Sets, Kind::Containers] {
                if thing != Thing::Total {
                    let (found, ()) = reading.told_count(subject(thing), unit(kind)).unwrap();
                    let what = format!("{thing:?} in {kind:?}, {}", reading.according());
                    holds(found.set, truth.count(world, thing, kind), &what);
                }
            }
        }
        for (at, leg) in world.legs.iter().enumerate() {
            let view = reading.leg(id("leg", at)).unwrap();
            let what = format!("leg {at}, {}", reading.according());
            holds(view.passed.set, truth.leg(world, at, leg.unit), &what);
            let day = truth.day(world, leg.handover);
            assert!(view.dates.set.contains(end_of(day)), "{:?} holds day {day}: {what}", view.dates);
        }
    }

    fn has_happened(&self, handover: usize) -> bool {
        self.truth.day(self.world, handover) <= self.as_of
    }

    fn sum(&self, is: impl Fn(usize) -> bool, of: impl Fn(usize) -> u32) -> u32 {
        let legs = (0..self.world.legs.len()).filter(|leg| is(*leg));
        legs.filter(|leg| self.has_happened(self.world.legs[*leg].handover)).map(of).sum()
    }

    fn flows(&self, reading: &Reading<'_>) {
        let world = self.world;
        for flow in reading.flows() {
            let passed = |from, to| {
                let is = |leg: usize| {
                    let leg = &world.legs[leg];
                    (party(leg.from), party(leg.to), unit(leg.unit)) == (from, to, flow.unit)
                };
                self.sum(is, |leg| self.truth.leg(world, leg, world.legs[leg].unit))
            };
            let (this, other) = (passed(flow.from, flow.to), passed(flow.to, flow.from));
            let what = format!("flow from {} to {}", flow.from, flow.to);
            holds(flow.passed.span(), this, &what);
            if let Some(difference) = reading.difference(&flow) {
                holds(difference.excess, this.saturating_sub(other), &what);
                holds(difference.shortfall, other.saturating_sub(this), &what);
            }
        }
    }

    fn obligation(&self, found: &Evaluation) {
        let (world, truth) = (self.world, self.truth);
        let towards = |leg: usize| world.legs[leg].towards;
        let performed = self.sum(towards, |leg| truth.leg(world, leg, Kind::Sets));
        let credited = self.sum(towards, |leg| truth.credited(world, leg));
        holds(found.passed.span(), performed, "passed");
        holds(found.credited.span(), credited, "credited");
        holds(found.tendered.span(), self.tendered(), "tendered");
        let (floor, ceiling) = truth.floor_and_ceiling();
        match found.verdict {
            Verdict::Met => assert!(floor.is_some_and(|floor| performed >= floor), "met: {found:?}"),
            Verdict::NotMet => assert!(floor.is_some_and(|floor| performed < floor), "not met: {found:?}"),
            _ => {}
        }
        if let (Some(outstanding), Some(floor)) = (found.outstanding, floor) {
            holds(outstanding, floor.saturating_sub(performed), "outstanding");
        }
        if let (Some(surplus), Some(ceiling)) = (found.surplus, ceiling) {
            holds(surplus, performed.saturating_sub(ceiling), "surplus");
        }
        let exceeds = ceiling.is_some_and(|ceiling| performed > ceiling);
        assert!(exceeds || !found.is_exceeded(), "exceeded: {found:?}");
    }

    /// What is owed beyond what was done, by each count; nothing counts otherwise in a small world.
    fn balance(&self, found: &BalanceView) {
        let Some(floor) = self.truth.floor_and_ceiling().0 else { return };
        let performed =
            self.sum(|leg| self.world.legs[leg].towards, |leg| self.truth.leg(self.world, leg, Kind::Sets));
        for (beyond, done, what) in [
            (found.beyond_passed, performed, "owed beyond what passed"),
            (found.beyond_tendered, self.tendered(), "owed beyond what was tendered"),
            (found.remaining, performed, "what remains"),
        ] {
            if let Some(beyond) = beyond {
                holds(beyond, floor.saturating_sub(done), what);
            }
        }
        assert_eq!(found.overdrawn, Comparison::Fails, "nothing was allocated: {found:?}");
    }

    /// What was made available: what had passed, and of the rest what had been brought to an agreed slot.
    fn tendered(&self) -> u32 {
        let (world, truth) = (self.world, self.truth);
        let passed = self.sum(|leg| world.legs[leg].towards, |leg| truth.leg(world, leg, Kind::Sets));
        let was_brought = |batch: usize| {
            (0..world.handovers.len()).any(|to| {
                let bringing = Thing::Bringing(batch, to);
                self.brought.contains(&bringing)
                    && truth.happened(world, bringing)
                    && truth.happened(world, Thing::Slot(to))
                    && self.has_happened(to)
            })
        };
        let brought = (0..world.batches.len()).filter(|batch| {
            let own = &world.batches[*batch];
            let had_passed = own.leg.is_some_and(|leg| self.has_happened(world.legs[leg].handover));
            own.towards && !had_passed && was_brought(*batch)
        });
        passed + brought.map(|batch| truth.batch(world, batch, Kind::Sets)).sum::<u32>()
    }
}

fn holds(set: Span, value: u32, what: &str) {
    assert!(set.contains(value.into()), "{set:?} holds {value}: {what}");
}
