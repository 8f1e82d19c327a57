//! The naive model: `docs/semantics.md` once more, as lists, loops and sets that are written out.
//!
//! It calls nothing of the domain. A set of counts is a mask of the numbers below [`sets::BEYOND`] with one more bit for
//! everything from there on; a set of days and the answers no and yes are masks as well.

pub mod figures;
pub mod sets;
pub mod words;

pub use sets::Set;

use crate::world::{Kind, Respect, Thing, World};

/// Why a set is what it is, the more telling the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Nobody says anything.
    Silent,
    /// It is counted in another unit only.
    OtherUnit,
    /// It is said that it is not known.
    Unknown,
    /// It is said that it is not disclosed.
    Undisclosed,
    /// It is withheld.
    Withheld,
    /// It is stated.
    Stated,
    /// Who says it contradicts themselves.
    Marked,
}

/// A set of values, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The set.
    pub set: Set,
    /// Why it is what it is.
    pub label: Label,
}

impl Told {
    /// A set that is stated.
    pub fn stated(set: Set) -> Self {
        Self { set, label: Label::Stated }
    }
}

/// Whose word is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum According {
    /// Of the party at this place.
    To(usize),
    /// What every party accepts.
    AcceptedByAll,
    /// Of neutral organs.
    Neutral,
    /// Of anyone.
    Anyone,
}

/// A proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposition {
    /// How many, in a unit.
    Count(Thing, Kind),
    /// Whether it happened.
    Occurs(Thing),
    /// When a handover was.
    When(usize),
}

impl Proposition {
    /// What it is about.
    pub fn about(self) -> Thing {
        match self {
            Self::Count(thing, _) | Self::Occurs(thing) => thing,
            Self::When(handover) => Thing::Handover(handover),
        }
    }

    fn respect(self) -> Respect {
        match self {
            Self::Count(..) => Respect::Count,
            Self::Occurs(_) => Respect::Occurrence,
            Self::When(_) => Respect::When,
        }
    }

    /// Every value there is.
    fn universe(self) -> Set {
        match self {
            Self::Count(..) => sets::ALL,
            Self::Occurs(_) => sets::EITHER,
            Self::When(_) => sets::ALL_DAYS,
        }
    }

    /// Whether something is said. That something both happened and did not is said, by someone at odds with themselves;
    /// a count or a date that can be anything is not.
    pub fn informs(self, told: Told) -> bool {
        told.label >= Label::Stated && (matches!(self, Self::Occurs(_)) || told.set != self.universe())
    }
}

/// A world as of what had been uttered by some day; all of it without one.
#[derive(Clone, Debug)]
pub struct Model<'w> {
    /// The world.
    pub world: &'w World,
    said_by: Option<u8>,
}

impl<'w> Model<'w> {
    /// A world as of what had been uttered by the end of a day; all of it without one.
    pub fn new(world: &'w World, said_by: Option<u8>) -> Self {
        Self { world, said_by }
    }

    fn is_uttered(&self, step: usize) -> bool {
        match (self.said_by, self.world.steps[step].said.last()) {
            (None, _) => true,
            (Some(by), Some(last)) => last <= by,
            (Some(_), None) => false,
        }
    }

    /// Uttered, and neither corrected nor withdrawn.
    pub fn is_live(&self, step: usize) -> bool {
        use crate::world::Act;
        let is_ended = (0..self.world.steps.len()).any(|later| {
            let of = match self.world.steps[later].act {
                Act::Corrects(former, _) | Act::Withdraws(former) => Some(former),
                Act::Says(..) | Act::Repeats(_) => None,
            };
            of == Some(step) && self.is_uttered(later)
        });
        self.is_uttered(step) && !is_ended
    }

    /// The steps that are live claims, in the order of recording.
    fn live_claims(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.world.steps.len()).filter(|step| self.world.claim(*step).is_some() && self.is_live(*step))
    }
}
