//! What is true in a small world, and how those who speak the truth speak of it.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Act, Amount, DAYS, Date, Kind, Owed, Step, Thing, Word, World};
use crate::model::figures::bounds;

/// What is true, drawn as a list of small numbers that every question takes its own from.
#[derive(Clone, Debug)]
pub struct Truth {
    drawn: Vec<u32>,
}

/// Truths, for any world.
pub fn truths() -> BoxedStrategy<Truth> {
    vec(0..=7u32, 64).prop_map(|drawn| Truth { drawn }).boxed()
}

impl Truth {
    fn draw(&self, question: usize) -> u32 {
        self.drawn[question % self.drawn.len()]
    }

    /// How many a batch holds.
    pub fn batch(&self, world: &World, batch: usize, kind: Kind) -> u32 {
        self.draw(if world.batches[batch].unit == kind { batch } else { 8 + batch })
    }

    /// How many passed in a leg; nobody in one unit is nobody in the other.
    pub fn leg(&self, world: &World, leg: usize, kind: Kind) -> u32 {
        let unit = world.legs[leg].unit;
        let of_batches: u32 = world.batches_of(leg).map(|batch| self.batch(world, batch, unit)).sum();
        let others = if world.legs[leg].whole { 0 } else { self.draw(16 + leg) };
        match (of_batches + others, kind == unit) {
            (passed, true) => passed,
            (0, false) => 0,
            (_, false) => 1 + self.draw(24 + leg),
        }
    }

    /// How many there are of a thing.
    pub fn count(&self, world: &World, thing: Thing, kind: Kind) -> u32 {
        match thing {
            Thing::Leg(leg) => self.leg(world, leg, kind),
            Thing::Batch(batch) => self.batch(world, batch, kind),
            _ => self.draw(60),
        }
    }

    /// The day of a handover, within the days that tell it from others.
    pub fn day(&self, world: &World, handover: usize) -> u8 {
        let (first, last) = match world.handovers[handover] {
            Date::Days(first, last) => (first.unwrap_or(1), last.unwrap_or(DAYS)),
            Date::Undisclosed | Date::Unknown => (1, DAYS),
        };
        first + u8::try_from(self.draw(32 + handover)).unwrap() % (last - first + 1)
    }

    /// How many of a leg are credited.
    pub fn credited(&self, world: &World, leg: usize) -> u32 {
        self.draw(36 + leg).min(self.leg(world, leg, Kind::Sets))
    }

    fn denied(&self, world: &World, leg: usize) -> u32 {
        self.draw(40 + leg).min(self.leg(world, leg, Kind::Sets) - self.credited(world, leg))
    }

    /// Whether a thing happened.
    pub fn happened(&self, world: &World, thing: Thing) -> bool {
        let chance = |question: usize| self.draw(question) > 2;
        match thing {
            Thing::Leg(leg) => self.leg(world, leg, Kind::Sets) > 0,
            Thing::Handover(handover) => {
                let mut own = (0..world.legs.len()).filter(|leg| world.legs[*leg].handover == handover);
                chance(44 + handover) || own.any(|leg| self.leg(world, leg, Kind::Sets) > 0)
            }
            Thing::Slot(handover) => chance(47 + handover),
            Thing::Bringing(batch, to) => chance(50 + batch * 3 + to),
            Thing::Batch(_) | Thing::Obligation | Thing::Total => true,
        }
    }

    /// What is owed.
    pub fn owed(&self) -> Owed {
        let n = self.draw(62) * 2;
        match self.draw(61) {
            0 | 1 => Owed::Exactly(n),
            2 => Owed::AtLeast(n),
            3 => Owed::MoreThan(n),
            4 => Owed::UpTo(n),
            5 => Owed::Between(n, n + 3),
            6 => Owed::Nothing,
            _ => Owed::AllFound,
        }
    }

    /// What is owed at least and at most, where there is a number.
    pub fn floor_and_ceiling(&self) -> (Option<u32>, Option<u32>) {
        bounds(self.owed())
    }

    /// A word like this one that agrees with the truth.
    fn word(&self, world: &World, thing: Thing, word: Word) -> Word {
        match word {
            Word::Occurred | Word::DidNotOccur if self.happened(world, thing) => Word::Occurred,
            Word::Occurred | Word::DidNotOccur => Word::DidNotOccur,
            Word::Count(amount, kind) => Word::Count(around(self.count(world, thing, kind), amount), kind),
            Word::Credited(amount) => match thing {
                Thing::Leg(leg) => Word::Credited(around(self.credited(world, leg), amount)),
                _ => word,
            },
            Word::CreditDenied(amount) => match thing {
                Thing::Leg(leg) => Word::CreditDenied(around(self.denied(world, leg), amount)),
                _ => word,
            },
            Word::When(Date::Days(first, last)) => {
                let Thing::Handover(handover) = thing else { return word };
                let day = self.day(world, handover);
                Word::When(Date::Days(first.map(|first| first.min(day)), last.map(|last| last.max(day))))
            }
            Word::When(_) => word,
            Word::Owed(_) => Word::Owed(self.owed()),
        }
    }

    /// The same world in which those who speak the truth on a thing say what agrees with it.
    pub fn told_by(&self, world: &World, is_truthful: impl Fn(usize, Thing) -> bool) -> World {
        let mut told = world.clone();
        for (at, step) in world.steps.iter().enumerate() {
            let Some((thing, _)) = world.claim(at) else { continue };
            if is_truthful(step.organ(), thing) {
                match &mut told.steps[at].act {
                    Act::Says(_, word) | Act::Corrects(_, word) => *word = self.word(world, thing, *word),
                    Act::Withdraws(_) | Act::Repeats(_) => {}
                }
            }
        }
        told
    }

    /// Adds the whole truth on a thing in an organ's voice, uttered on the first day.
    pub fn add_word_of(&self, world: &mut World, organ: usize, thing: Thing) {
        let any = Amount::Exact(0);
        let words: Vec<Word> = match thing {
            Thing::Leg(_) => vec![
                Word::Occurred,
                Word::Count(any, Kind::Sets),
                Word::Count(any, Kind::Containers),
                Word::Credited(any),
                Word::CreditDenied(any),
            ],
            Thing::Batch(_) => vec![Word::Count(any, Kind::Sets), Word::Count(any, Kind::Containers)],
            Thing::Handover(_) => vec![Word::When(Date::Days(Some(DAYS), Some(1)))],
            Thing::Slot(_) | Thing::Bringing(..) => vec![Word::Occurred],
            Thing::Obligation => vec![Word::Owed(Owed::Nothing)],
            Thing::Total => vec![],
        };
        for word in words {
            let word = self.word(world, thing, word);
            let word = match (word, thing) {
                (Word::When(_), Thing::Handover(handover)) => {
                    let day = self.day(world, handover);
                    Word::When(Date::Days(Some(day), Some(day)))
                }
                (word, _) => word,
            };
            let said = Date::Days(Some(1), Some(1));
            world.steps.push(Step { speaker: organ * 2 + 1, said, act: Act::Says(thing, word) });
        }
    }
}

/// An amount of this form that holds the number; the labels say nothing and stay.
fn around(n: u32, amount: Amount) -> Amount {
    match amount {
        Amount::Exact(_) | Amount::SameAs(..) => Amount::Exact(n),
        Amount::Approx(near, Some(width)) => {
            Amount::Approx(near.clamp(n.saturating_sub(width), n + width), Some(width))
        }
        Amount::Approx(_, None) if n == 0 => Amount::None,
        Amount::Approx(_, None) => Amount::Approx(n, None),
        Amount::AtLeast(least) => Amount::AtLeast(least.min(n)),
        Amount::MoreThan(_) if n == 0 => Amount::AtLeast(0),
        Amount::MoreThan(less) => Amount::MoreThan(less.min(n - 1)),
        Amount::AtMost(most) => Amount::AtMost(most.max(n)),
        Amount::LessThan(more) => Amount::LessThan(more.max(n + 1)),
        Amount::Between(a, b) => Amount::Between(a.min(n), b.max(n)),
        Amount::None if n > 0 => Amount::Exact(n),
        Amount::None | Amount::Undisclosed | Amount::Withheld | Amount::Unknown => amount,
    }
}
