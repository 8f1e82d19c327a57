//! Small worlds as plain data: what a model can hold in its head and what a ledger can record.
//!
//! Everything is named by its place in a list. Numbers and days stay small, so that every set can be written out.

pub(crate) mod generator;
pub(crate) mod posting;
pub(crate) mod truth;

/// The days that can be stated.
pub(crate) const DAYS: u8 = 8;

/// Whose an organ is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Party(usize),
    Neutral,
    Press,
    Unknown,
}

/// In what is counted: sets of remains, or the containers that hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sets,
    Containers,
}

/// In what respect precedence is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Respect {
    Occurrence,
    Count,
    When,
    Terms,
}

#[derive(Clone, Debug)]
pub(crate) struct Precedence {
    pub(crate) party: usize,
    pub(crate) respect: Option<Respect>,
    pub(crate) organs: Vec<usize>,
}

/// A date: days from the first to the last, an open end left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Date {
    Days(Option<u8>, Option<u8>),
    Undisclosed,
    Unknown,
}

impl Date {
    /// The last day that it leaves possible; none if it has no end.
    pub(crate) fn last(self) -> Option<u8> {
        match self {
            Self::Days(_, last) => last,
            Self::Undisclosed | Self::Unknown => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) handover: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) unit: Kind,
    /// Whether it performs the obligation.
    pub(crate) towards: bool,
    /// Whether it is stated that it has no other batch.
    pub(crate) whole: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Batch {
    /// The leg in which it passed.
    pub(crate) leg: Option<usize>,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) unit: Kind,
    pub(crate) towards: bool,
}

/// What is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    Leg(usize),
    Batch(usize),
    Handover(usize),
    Slot(usize),
    Bringing(usize, usize),
    Obligation,
    Total,
}

/// A quantity as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Exact(u32),
    Approx(u32, Option<u32>),
    AtLeast(u32),
    MoreThan(u32),
    AtMost(u32),
    LessThan(u32),
    Between(u32, u32),
    /// The same as what was said in this step, give or take.
    SameAs(usize, u32),
    None,
    Undisclosed,
    Withheld,
    Unknown,
}

/// How much is owed, as one speaker states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owed {
    Exactly(u32),
    AtLeast(u32),
    MoreThan(u32),
    UpTo(u32),
    About(u32, Option<u32>),
    Between(u32, u32),
    Nothing,
    AllFound,
    Unquantified,
}

/// What a claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Occurred,
    DidNotOccur,
    Count(Amount, Kind),
    Credited(Amount),
    CreditDenied(Amount),
    When(Date),
    Owed(Owed),
}

impl Word {
    /// The amount that it states, with what it counts.
    pub(crate) fn amount(self) -> Option<(Amount, Kind)> {
        match self {
            Self::Count(amount, kind) => Some((amount, kind)),
            Self::Credited(amount) | Self::CreditDenied(amount) => Some((amount, Kind::Sets)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Says(Thing, Word),
    Corrects(usize, Word),
    Withdraws(usize),
    Repeats(usize),
}

/// One entry of what is said, in the order of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Two speakers speak for each organ: the speaker's place halved is that of the organ.
    pub(crate) speaker: usize,
    pub(crate) said: Date,
    pub(crate) act: Act,
}

impl Step {
    pub(crate) fn organ(&self) -> usize {
        self.speaker / 2
    }
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) parties: usize,
    pub(crate) organs: Vec<Side>,
    pub(crate) precedence: Vec<Precedence>,
    /// Whether everything is under one agreement of all parties.
    pub(crate) agreed: bool,
    pub(crate) handovers: Vec<Date>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) batches: Vec<Batch>,
    pub(crate) steps: Vec<Step>,
}

impl World {
    /// What a step says of what; nothing for withdrawals and repetitions.
    pub(crate) fn claim(&self, step: usize) -> Option<(Thing, Word)> {
        match self.steps[step].act {
            Act::Says(thing, word) => Some((thing, word)),
            Act::Corrects(former, word) => self.claim(former).map(|(thing, _)| (thing, word)),
            Act::Withdraws(_) | Act::Repeats(_) => None,
        }
    }

    /// The batches that passed in a leg.
    pub(crate) fn batches_of(&self, leg: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.batches.len()).filter(move |batch| self.batches[*batch].leg == Some(leg))
    }

    /// The parties whose acceptance a proposition about a thing needs: those of the agreement, and without one those at
    /// its ends.
    pub(crate) fn parties_of(&self, thing: Thing) -> Vec<usize> {
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
    pub(crate) fn precedence_of(&self, party: usize, respect: Respect) -> &[usize] {
        let latest = |wanted: Option<Respect>| {
            self.precedence.iter().rev().find(|order| order.party == party && order.respect == wanted)
        };
        latest(Some(respect)).or_else(|| latest(None)).map_or(&[], |order| &order.organs)
    }
}
