//! A story: a small world in which something is said and done, one move after the other.
//!
//! A [`Move`] is an intent that fits any story: it is resolved against what there is when its turn comes. So every part of a
//! list of moves is a story too, and what fails is shrunk by leaving moves out.

use handover::batch::BatchEntry;
use handover::claim::{ClaimEntry, Statement, Withdrawal};
use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::quantity::{Count, Unit};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::hands::{Answer, Deed, Hands, Resolved};
use crate::scenario::Theme;
use crate::world::generator::{Draw, build_step};
use crate::world::posting::{self, id, read, said, subject, unit};
use crate::world::{Amount, Kind, Thing, World};

/// What someone means to record next.
#[derive(Clone, Debug)]
pub enum Move {
    /// Something is said.
    Say(Draw),
    /// Something is done by hand.
    Do(Deed),
    /// Something is recorded that cannot be, near something that could.
    Miss(Miss),
    /// An entry is submitted again.
    Again(Index),
    /// Whoever keeps the ledger closes it and opens it again.
    Reopen,
}

/// An entry that cannot stand, near one that could, and the rule of the rule book by which it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Its speaker was never introduced.
    NobodySpeaks,
    /// The keeper of the record asserts something.
    KeeperAsserts,
    /// It was read nowhere that is recorded.
    NoSource,
    /// It speaks of what is not recorded.
    NoSuchLeg,
    /// It counts remains as prisoners.
    LivingForDead,
    /// It says of an obligation that it happened.
    NoSuchScope,
    /// Its identifier is that of another entry.
    IdTaken,
    /// It introduces an organ that is recorded.
    OrganAgain,
    /// It introduces a batch that is recorded, or else a party.
    BatchAgain,
    /// It withdraws another speaker's claim, or else what is no claim.
    NotItsClaim,
    /// It withdraws what is no claim.
    NoClaim,
}

impl Miss {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::NobodySpeaks,
        Self::KeeperAsserts,
        Self::NoSource,
        Self::NoSuchLeg,
        Self::LivingForDead,
        Self::NoSuchScope,
        Self::IdTaken,
        Self::OrganAgain,
        Self::BatchAgain,
        Self::NotItsClaim,
        Self::NoClaim,
    ];
}

/// A small world, what was said and done in it, and what the ledger must answer to the last move.
#[derive(Clone, Debug)]
pub struct Story {
    /// What is said, and of what.
    pub world: World,
    /// What is done.
    pub hands: Hands,
    /// Every entry that was admitted, what was set up first.
    pub entries: Vec<Entry>,
    /// What the story is about; everything if it is empty.
    pub themes: Vec<Theme>,
    /// The last move as an entry, and what the ledger must answer; nothing if it had nothing to be done with.
    pub last: Option<Resolved>,
    setting: usize,
    misses: usize,
}

impl Story {
    /// A story in a world, of which nothing is told but what was set up. What is said in the world already is left out.
    pub fn new(mut world: World) -> Self {
        world.steps.clear();
        let mut entries = posting::setting(&world);
        entries.extend(Hands::setting());
        let setting = entries.len();
        Self { world, hands: Hands::default(), entries, themes: Vec::new(), last: None, setting, misses: 0 }
    }

    /// The same story, about these themes only.
    #[must_use]
    pub fn about(self, themes: Vec<Theme>) -> Self {
        Self { themes, ..self }
    }

    /// What was set up before anyone spoke.
    pub fn setting(&self) -> &[Entry] {
        &self.entries[..self.setting]
    }

    /// Makes a move. What cannot stand changes nothing but [`last`](Self::last).
    pub fn take(&mut self, one: &Move) {
        self.last = match one {
            Move::Say(draw) => {
                let step = build_step(&self.world, draw);
                self.world.steps.push(step);
                let entry = posting::step(&self.world, self.world.steps.len() - 1);
                Some(Resolved { entry, answer: Answer::Admitted })
            }
            Move::Do(deed) => {
                let resolved = self.hands.resolve(*deed);
                self.hands.take(*deed);
                resolved
            }
            Move::Miss(miss) => {
                self.misses += 1;
                Some(self.miss(*miss))
            }
            Move::Again(at) => {
                let entry = at.get(&self.entries).clone();
                Some(Resolved { entry, answer: Answer::AlreadyRecorded })
            }
            Move::Reopen => None,
        };
        if let Some(Resolved { entry, answer: Answer::Admitted }) = &self.last {
            self.entries.push(entry.clone());
        }
    }

    /// An entry that the ledger must refuse by now.
    pub fn miss(&self, miss: Miss) -> Resolved {
        let key = format!("miss-{}", self.misses);
        let count = |unit: Unit| {
            let quantity = posting::quantity(Amount::Exact(99));
            Statement::Count(Count { quantity, unit, qualifier: None })
        };
        let leg = subject(Thing::Leg(0));
        let near = || said(&key, 0, 1, leg, count(unit(Kind::Sets)));
        let withdrawn = |claim| ClaimEntry::Withdrawn(Withdrawal { claim, note: None });
        let setting = self.setting();
        let again = |at: usize| Entry { what: setting[at].what.clone(), by: keeper(), ..near() };
        let claim = (0..self.world.steps.len()).rev().find(|step| self.world.claim(*step).is_some());
        let (rule, entry) = match miss {
            Miss::NobodySpeaks => (22, Entry { by: read("nobody"), ..near() }),
            Miss::KeeperAsserts => (56, Entry { by: keeper(), ..near() }),
            Miss::NoSource => (22, Entry { source: Some(read("no-source")), ..near() }),
            Miss::NoSuchLeg => (22, said(&key, 0, 1, subject(Thing::Leg(90)), count(unit(Kind::Sets)))),
            Miss::LivingForDead => (10, said(&key, 0, 1, leg, count(Unit::Prisoner))),
            Miss::NoSuchScope => (53, said(&key, 0, 1, subject(Thing::Obligation), Statement::Occurred)),
            Miss::IdTaken => (52, Entry { id: setting[0].id, ..near() }),
            Miss::OrganAgain => (21, again(self.world.parties)),
            Miss::BatchAgain => {
                let batch = |entry: &Entry| matches!(entry.what, What::Batch(BatchEntry::Introduced(_)));
                (21, again(setting.iter().position(batch).unwrap_or(0)))
            }
            Miss::NotItsClaim => {
                let Some(claim) = claim else { return self.miss(Miss::NoClaim) };
                let other = (self.world.steps[claim].speaker + 1) % (self.world.organs.len() * 2);
                let what = What::Claim(withdrawn(id("step", claim)));
                (52, Entry { by: id("speaker", other), what, ..near() })
            }
            Miss::NoClaim => (22, Entry { what: What::Claim(withdrawn(setting[0].id)), ..near() }),
        };
        Resolved { entry, answer: Answer::Refused(Some(rule)) }
    }
}

/// Any near miss.
pub fn misses() -> BoxedStrategy<Miss> {
    proptest::sample::select(&Miss::ALL[..]).boxed()
}
