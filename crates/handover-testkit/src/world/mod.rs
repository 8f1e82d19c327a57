//! Small worlds as plain data: what a model can hold in its head and what a ledger can record.
//!
//! Everything is named by its place in a list. Numbers and days stay small, so that every set can be written out.

pub mod generator;
pub mod posting;
pub mod truth;

/// The days that can be stated.
pub const DAYS: u8 = 8;

/// Whose an organ is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Of the party at this place.
    Party(usize),
    /// Of nobody who fights.
    Neutral,
    /// An outlet.
    Press,
    /// Nobody knows whose.
    Unknown,
}

/// In what is counted: sets of remains, or the containers that hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sets of remains.
    Sets,
    /// The containers that hold them.
    Containers,
}

/// In what respect precedence is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Respect {
    /// Whether it happened.
    Occurrence,
    /// How many.
    Count,
    /// When.
    When,
    /// What is owed.
    Terms,
}

/// Which organs of a party are followed, the first first.
#[derive(Clone, Debug)]
pub struct Precedence {
    /// The party.
    pub party: usize,
    /// In what respect; in every other without one.
    pub respect: Option<Respect>,
    /// Its organs.
    pub organs: Vec<usize>,
}

/// A date: days from the first to the last, an open end left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    /// From the first day to the last, both in it.
    Days(Option<u8>, Option<u8>),
    /// It is not disclosed.
    Undisclosed,
    /// It is not known.
    Unknown,
}

impl Date {
    /// The last day that it leaves possible; none if it has no end.
    pub fn last(self) -> Option<u8> {
        match self {
            Self::Days(_, last) => last,
            Self::Undisclosed | Self::Unknown => None,
        }
    }
}

/// A leg of a handover: who hands over to whom, in which unit.
#[derive(Clone, Debug)]
pub struct Leg {
    /// The handover.
    pub handover: usize,
    /// The party that hands over.
    pub from: usize,
    /// The party that receives.
    pub to: usize,
    /// In what it is counted.
    pub unit: Kind,
    /// Whether it performs the obligation.
    pub towards: bool,
    /// Whether it is stated that it has no other batch.
    pub whole: bool,
}

/// What is offered together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The leg in which it passed.
    pub leg: Option<usize>,
    /// The party that offers it.
    pub from: usize,
    /// The party to which it is offered.
    pub to: usize,
    /// In what it is counted.
    pub unit: Kind,
    /// Whether it is offered towards the obligation.
    pub towards: bool,
}

/// What is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A leg.
    Leg(usize),
    /// A batch.
    Batch(usize),
    /// A handover.
    Handover(usize),
    /// That a handover was agreed for its days.
    Slot(usize),
    /// That a batch was brought to a handover.
    Bringing(usize, usize),
    /// What is owed.
    Obligation,
    /// A published total.
    Total,
}

/// A quantity as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Exact(u32),
    /// About so many, give or take if it is said.
    Approx(u32, Option<u32>),
    /// So many or more.
    AtLeast(u32),
    /// More than so many.
    MoreThan(u32),
    /// So many or fewer.
    AtMost(u32),
    /// Fewer than so many.
    LessThan(u32),
    /// From so many to so many.
    Between(u32, u32),
    /// The same as what was said in this step, give or take.
    SameAs(usize, u32),
    /// Nobody.
    None,
    /// It is not disclosed.
    Undisclosed,
    /// It is withheld until something has happened.
    Withheld,
    /// It is not known.
    Unknown,
}

/// How much is owed, as one speaker states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// So many.
    Exactly(u32),
    /// So many or more.
    AtLeast(u32),
    /// More than so many.
    MoreThan(u32),
    /// So many at most.
    UpTo(u32),
    /// About so many, give or take if it is said.
    About(u32, Option<u32>),
    /// From so many to so many.
    Between(u32, u32),
    /// Nothing.
    Nothing,
    /// All that are found.
    AllFound,
    /// No number.
    Unquantified,
}

/// What a claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It happened.
    Occurred,
    /// It did not happen.
    DidNotOccur,
    /// So many.
    Count(Amount, Kind),
    /// So many are credited.
    Credited(Amount),
    /// To so many credit is denied.
    CreditDenied(Amount),
    /// On these days.
    When(Date),
    /// So much is owed.
    Owed(Owed),
}

impl Word {
    /// The amount that it states, with what it counts.
    pub fn amount(self) -> Option<(Amount, Kind)> {
        match self {
            Self::Count(amount, kind) => Some((amount, kind)),
            Self::Credited(amount) | Self::CreditDenied(amount) => Some((amount, Kind::Sets)),
            _ => None,
        }
    }
}

/// What is done by speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A claim.
    Says(Thing, Word),
    /// Another word in place of that of an earlier step.
    Corrects(usize, Word),
    /// An earlier step is taken back.
    Withdraws(usize),
    /// An earlier step is repeated.
    Repeats(usize),
}

/// One entry of what is said, in the order of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Two speakers speak for each organ: the speaker's place halved is that of the organ.
    pub speaker: usize,
    /// When it was uttered.
    pub said: Date,
    /// What is done.
    pub act: Act,
}

impl Step {
    /// The organ for which it is spoken.
    pub fn organ(&self) -> usize {
        self.speaker / 2
    }
}

/// A small world: who is there, what is recorded to have been set up, and all that is said.
#[derive(Clone, Debug)]
pub struct World {
    /// How many parties there are, two or three.
    pub parties: usize,
    /// Whose each organ is.
    pub organs: Vec<Side>,
    /// What is settled of precedence, the latest last.
    pub precedence: Vec<Precedence>,
    /// Whether everything is under one agreement of all parties.
    pub agreed: bool,
    /// The days that tell each handover from others.
    pub handovers: Vec<Date>,
    /// The legs.
    pub legs: Vec<Leg>,
    /// The batches.
    pub batches: Vec<Batch>,
    /// What is said, in the order of recording.
    pub steps: Vec<Step>,
}

impl World {
    /// One more claim, by the first speaker of an organ on the first day.
    #[must_use]
    pub fn says(mut self, organ: usize, thing: Thing, word: Word) -> Self {
        self.steps.push(Step {
            speaker: organ * 2,
            said: Date::Days(Some(1), Some(1)),
            act: Act::Says(thing, word),
        });
        self
    }

    /// One more count of sets of remains.
    #[must_use]
    pub fn counts(self, organ: usize, thing: Thing, amount: Amount) -> Self {
        self.says(organ, thing, Word::Count(amount, Kind::Sets))
    }

    /// One more step, whatever it is.
    #[must_use]
    pub fn does(mut self, organ: usize, act: Act) -> Self {
        self.steps.push(Step { speaker: organ * 2, said: Date::Days(Some(1), Some(1)), act });
        self
    }

    /// One more batch that passed in a leg.
    #[must_use]
    pub fn with_batch(mut self, leg: usize) -> Self {
        let Leg { from, to, unit, towards, .. } = self.legs[leg];
        self.batches.push(Batch { leg: Some(leg), from, to, unit, towards });
        self
    }

    /// What a step says of what; nothing for withdrawals and repetitions.
    pub fn claim(&self, step: usize) -> Option<(Thing, Word)> {
        match self.steps[step].act {
            Act::Says(thing, word) => Some((thing, word)),
            Act::Corrects(former, word) => self.claim(former).map(|(thing, _)| (thing, word)),
            Act::Withdraws(_) | Act::Repeats(_) => None,
        }
    }

    /// The batches that passed in a leg.
    pub fn batches_of(&self, leg: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.batches.len()).filter(move |batch| self.batches[*batch].leg == Some(leg))
    }

    /// The parties whose acceptance a proposition about a thing needs: those of the agreement, and without one those at
    /// its ends.
    pub fn parties_of(&self, thing: Thing) -> Vec<usize> {
        // A batch is under the agreement of the leg in which it passed, or of the obligation towards which it is offered.
        let is_apart = match thing {
            Thing::Batch(batch) => {
                let batch = &self.batches[batch];
                batch.leg.is_none() && !batch.towards
            }
            _ => false,
        };
        if self.agreed && !is_apart {
            return (0..self.parties).collect();
        }
        let ends: Vec<usize> = match thing {
            Thing::Leg(leg) => vec![self.legs[leg].from, self.legs[leg].to],
            Thing::Batch(batch) | Thing::Bringing(batch, _) => {
                vec![self.batches[batch].from, self.batches[batch].to]
            }
            Thing::Handover(handover) | Thing::Slot(handover) => self
                .legs
                .iter()
                .filter(|leg| leg.handover == handover)
                .flat_map(|leg| [leg.from, leg.to])
                .collect(),
            Thing::Obligation | Thing::Total => vec![0, 1],
        };
        (0..self.parties).filter(|party| ends.contains(party)).collect()
    }

    /// The organs of a party for a respect, the one to follow first.
    pub fn precedence_of(&self, party: usize, respect: Respect) -> &[usize] {
        let latest = |wanted: Option<Respect>| {
            self.precedence.iter().rev().find(|order| order.party == party && order.respect == wanted)
        };
        latest(Some(respect)).or_else(|| latest(None)).map_or(&[], |order| &order.organs)
    }
}
