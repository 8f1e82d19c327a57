//! A state machine that drives whatever keeps a ledger, and compares it with the naive models after every step.
//!
//! Implement [`Kept`] for what is yours, and let `proptest-state-machine` run [`LedgerMachine`] on it:
//!
//! ```
//! use handover::ledger::Ledger;
//! use handover_testkit::machine::LedgerMachine;
//! use proptest_state_machine::prop_state_machine;
//!
//! prop_state_machine! {
//!     #![proptest_config(proptest::test_runner::Config { cases: 4, ..Default::default() })]
//!     fn a_ledger_is_what_the_models_say(sequential 1..20 => LedgerMachine<Ledger>);
//! }
//! a_ledger_is_what_the_models_say();
//! ```

use std::marker::PhantomData;

use handover::custody::Held;
use handover::entry::Entry;
use handover::id::ContainerId;
use handover::invariant::{self, Violation};
use handover::ledger::{Ledger, Posted};
use handover::quantity::Span;
use handover::reading::{According, Counted, IdentificationStatus, Position, Reading};
use handover::refusal::Refusal;
use handover::when::{Moment, When};
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use crate::compare::compare;
use crate::hands::{Answer, BATCHES, CAPTIVES, Course, Hands, OBLIGATIONS, ORGANS, Where, day_of};
use crate::scenario::{Theme, moves};
use crate::story::{Move, Story};
use crate::world::DAYS;
use crate::world::generator::worlds;
use crate::world::posting::{id, read};

/// Something that keeps a ledger: a ledger itself, a desk on a journal, an adapter, a service.
pub trait Kept: Sized {
    /// A new one, in which nothing is recorded.
    fn begin() -> Self;

    /// Submits one entry, and answers when it is recorded or refused.
    ///
    /// # Errors
    /// The entry is refused, and nothing has changed.
    fn submit(&mut self, entry: &Entry) -> Result<Posted, Refusal>;

    /// Shows the ledger as it is kept.
    fn show<R>(&self, see: impl FnOnce(&Ledger) -> R) -> R;

    /// Closes it and opens it again from what lasts. What does not last stays as it is.
    #[must_use]
    fn reopen(self) -> Self {
        self
    }
}

impl Kept for Ledger {
    fn begin() -> Self {
        Self::new()
    }

    fn submit(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.post(entry)
    }

    fn show<R>(&self, see: impl FnOnce(&Ledger) -> R) -> R {
        see(self)
    }

    /// From its entries, as a journal holds them.
    fn reopen(self) -> Self {
        let mut again = Self::new();
        for entry in self.entries() {
            assert_eq!(again.replay(&entry), Ok(Posted::Recorded));
        }
        again
    }
}

/// All that can be told of a ledger from outside: whatever was refused must have changed nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    entries: Vec<Entry>,
    state: String,
}

impl Snapshot {
    /// What can be told of a ledger now.
    pub fn of(ledger: &Ledger) -> Self {
        Self { entries: ledger.entries().collect(), state: format!("{ledger:?}") }
    }
}

/// Every invariant that a ledger breaks, by number; none if it is sound.
pub fn violations(ledger: &Ledger) -> Vec<Violation> {
    invariant::ALL.iter().filter_map(|rule| rule.check(ledger).err()).collect()
}

/// What the naive models hold: see [`Story`].
#[derive(Debug)]
pub struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Story;
    type Transition = Move;

    fn init_state() -> BoxedStrategy<Story> {
        // A story about little goes deep.
        let themes = subsequence(&Theme::ALL[..], 1..=Theme::ALL.len());
        (worlds(0), themes).prop_map(|(world, themes)| Story::new(world).about(themes)).boxed()
    }

    fn transitions(story: &Story) -> BoxedStrategy<Move> {
        moves(&story.themes)
    }

    fn apply(mut story: Story, one: &Move) -> Story {
        story.take(one);
        story
    }
}

/// Drives what keeps a ledger. After every step it compares what was answered, the figures in every reading, where each
/// container is, which units there are and whose, how far the list has come and everyone on it, and what counts towards what is
/// owed; and checks every invariant by its number.
#[derive(Debug)]
pub struct LedgerMachine<K>(PhantomData<K>);

impl<K: Kept> StateMachineTest for LedgerMachine<K> {
    type SystemUnderTest = K;
    type Reference = Reference;

    fn init_test(story: &Story) -> K {
        let mut kept = K::begin();
        for entry in story.setting() {
            assert_eq!(kept.submit(entry), Ok(Posted::Recorded), "{entry:?}");
        }
        kept
    }

    fn apply(mut kept: K, story: &Story, one: Move) -> K {
        if matches!(one, Move::Reopen) {
            let before = kept.show(|ledger| ledger.entries().collect::<Vec<_>>());
            kept = kept.reopen();
            let after = kept.show(|ledger| ledger.entries().collect::<Vec<_>>());
            assert!(
                before == after,
                "what was kept is there again: {} entries, then {}",
                before.len(),
                after.len()
            );
        }
        let Some(last) = &story.last else { return kept };
        // A copy of everything is worth its cost only where nothing may change.
        let before = (last.answer != Answer::Admitted).then(|| kept.show(Snapshot::of));
        let answer = kept.submit(&last.entry);
        answers(&last.entry, last.answer, &answer);
        if let Some(before) = before {
            let after = kept.show(Snapshot::of);
            assert!(before == after, "what was not recorded changed something: {:?}", last.entry);
        }
        let entries = kept.show(Ledger::len);
        assert_eq!(entries, story.entries.len(), "after {:?}", last.entry);
        kept
    }

    fn check_invariants(kept: &K, story: &Story) {
        kept.show(|ledger| check(ledger, story));
    }
}

/// Compares what was answered to an entry with what must be.
///
/// # Panics
/// It is another answer, or a refusal by another rule.
pub fn answers(entry: &Entry, expected: Answer, found: &Result<Posted, Refusal>) {
    let found_as = match found {
        Ok(Posted::Recorded) => Answer::Admitted,
        Ok(Posted::AlreadyRecorded) => Answer::AlreadyRecorded,
        Err(refusal) => Answer::Refused(refusal.rule().invariant),
    };
    assert_eq!(found_as, expected, "{found:?} to {entry:?}");
    if let Err(refusal) = found {
        assert!(!refusal.to_string().is_empty() && !refusal.rule().says.is_empty());
    }
}

/// Compares a ledger with the story that was told to it, and checks every invariant.
///
/// # Panics
/// The ledger is not what the naive models say, or breaks an invariant.
pub fn check(ledger: &Ledger, story: &Story) {
    compare(&story.world, ledger, None, DAYS);
    let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
    places(&reading, &story.hands, None);
    for day in [1, 4] {
        let as_of = day_of(day).parse::<When>().unwrap().last_moment().unwrap();
        places(&ledger.reading(According::Anyone, as_of).unwrap(), &story.hands, Some(day));
    }
    batches(&reading, &story.hands);
    units(&reading, &story.hands);
    list(&reading, &story.hands);
    persons(&reading, &story.hands);
    obligations(&reading, &story.hands);
    assert_eq!(violations(ledger), []);
}

fn places(reading: &Reading<'_>, hands: &Hands, by: Option<u8>) {
    for bag in 0..hands.bags.len() {
        let Some(place) = hands.place(bag, by) else { continue };
        let found = reading.chain(Held::Container(id("k-bag", bag))).unwrap();
        let is_there = match (&found.position, place) {
            (Position::With(organ), Where::With(expected)) => *organ == read(ORGANS[expected]),
            (Position::InTransfer { transfer, .. }, Where::InTransfer(expected)) => {
                *transfer == id("k-transfer", expected)
            }
            _ => false,
        };
        assert!(is_there, "container {bag} by day {by:?}: found {found:?}, expected {place:?}");
    }
    assert_eq!(reading.holdings().sum(), hands.bags.len() as u64, "no container is lost");
}

fn batches(reading: &Reading<'_>, hands: &Hands) {
    for (at, batch) in BATCHES.iter().enumerate() {
        let found = reading.manifest(read(batch)).unwrap();
        let containers: Vec<ContainerId> = found.containers.iter().map(|line| line.container).collect();
        let expected = (0..hands.bags.len()).filter(|bag| hands.batch_of(*bag) == Some(at));
        assert_eq!(containers, expected.map(|bag| id("k-bag", bag)).collect::<Vec<_>>(), "parts of {batch}");
        assert_eq!(found.complete.is_some(), hands.is_complete(at), "whether {batch} is complete");
    }
}

fn units(reading: &Reading<'_>, hands: &Hands) {
    assert_eq!(reading.remains().units, Span::exactly(hands.living() as u64), "units that live");
    for (at, unit) in hands.units.iter().enumerate() {
        let found = reading.unit(id("k-unit", at)).unwrap();
        let lives = if unit.lives { Counted::Yes } else { Counted::No };
        assert_eq!(found.lives, lives, "unit {at}");
        let found = reading.identification(id("k-unit", at)).unwrap();
        let decision = hands.decision_on(at);
        assert_eq!(found.decision, decision.map(|decision| id("k", decision.entry)), "decision on unit {at}");
        let status = match (decision, hands.course_of(at)) {
            (Some(decision), _) if decision.reexamined => IdentificationStatus::UnderReexamination,
            (Some(_), _) => IdentificationStatus::Identified,
            (None, Some(Course::Candidate)) => IdentificationStatus::Candidate,
            (None, Some(Course::Matched)) => IdentificationStatus::MatchReported,
            (None, Some(Course::Reviewed)) => IdentificationStatus::UnderReview,
            // Whether there is a lead or was a decision is told by neither.
            _ => continue,
        };
        assert_eq!(found.status, status, "unit {at}");
    }
}

fn list(reading: &Reading<'_>, hands: &Hands) {
    let found = reading.list(read("k-list")).unwrap();
    assert_eq!(found.frozen.map(usize::from), hands.list.frozen, "the frozen version");
    assert_eq!(found.entries.len(), hands.nominated.len(), "who is nominated");
    assert_eq!(found.versions.len(), hands.list.versions.len(), "versions");
    for (found, expected) in found.versions.iter().zip(&hands.list.versions) {
        let members = expected.members.iter().map(|at| id("k-nomination", *at)).collect::<Vec<_>>();
        assert_eq!(found.members, members, "members of version {}", found.version);
        assert_eq!(found.by, read(if expected.holders { "north" } else { "south" }));
        for (party, accepted) in ["north", "south"].into_iter().zip(expected.accepted) {
            let is_among = found.accepted_by.contains(&read(party));
            assert_eq!(is_among, accepted, "whether {party} accepted version {}", found.version);
        }
    }
}

/// How each person on the list stands, how many are handed over, and what each side says has become of whom.
fn persons(reading: &Reading<'_>, hands: &Hands) {
    for at in 0..hands.nominated.len() {
        let found = reading.nomination(id("k-nomination", at)).unwrap();
        let context = || format!("entry {at}: {:?}, found {found:?}", hands.nominated[at]);
        assert_eq!(found.status, Some(hands.status(at)), "{}", context());
        assert_eq!(found.may_go(), hands.may_go(at), "whether they may go: {}", context());
        assert_eq!(found.frozen, hands.is_frozen(at), "{}", context());
    }
    let listed = reading.listed_in_leg(read("k-leg")).unwrap();
    assert_eq!(listed.by_party, hands.handed_over().map(Span::exactly), "handed over by either word");
    for (at, captive) in CAPTIVES.iter().enumerate() {
        let found = reading.accounting(read(captive)).unwrap();
        let expected = [("north", 0), ("south", 1)].into_iter().filter_map(|(party, side)| {
            let (status, dead) = hands.last_account(at, side)?;
            Some((read(party), status, dead && status.is_of_the_living()))
        });
        let said = found.parties.iter().map(|told| (told.party, told.status, told.after_death));
        assert_eq!(said.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "what became of {captive}");
        assert_eq!(found.same_as.len() + 1, hands.individual(at).len(), "who {captive} is");
    }
}

/// What counts towards obligations otherwise than by performing them.
fn obligations(reading: &Reading<'_>, hands: &Hands) {
    for (at, key) in OBLIGATIONS.iter().enumerate() {
        let found = reading.discharge(read(key)).unwrap();
        let expected = hands.otherwise(at);
        let closing = found.closing.as_ref().map(|closing| closing.entry);
        let found = (
            [found.taken_in(), found.given_away(), found.discharged(), found.waived()],
            found.deferrals.len(),
            closing,
            found.inabilities.len(),
        );
        let expected = (
            [expected.taken_in, expected.given_away, expected.discharged, expected.waived],
            expected.deferrals,
            expected.closing.map(|entry| id("k", entry)),
            expected.inabilities,
        );
        assert_eq!(found, expected, "obligation {key}");
    }
}
