//! Histories of chosen size and theme that a ledger must admit, and histories with one entry that it must refuse.

use handover::entry::Entry;
use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::hands::{Answer, Deed, Resolved};
use crate::story::{Miss, Move, Story, misses};
use crate::world::Amount;
use crate::world::generator::{draws, draws_of, worlds};

/// What a history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Several speak of the same legs and batches and contradict each other.
    ClaimsAtOdds,
    /// Who says nothing that informs, says it late, corrects or withdraws it.
    LateAndSilent,
    /// Handovers that are agreed, denied and held on other days; batches that are brought and brought again.
    Postponements,
    /// Containers that pass from hand to hand, by what each end tells, and the batches of which they are a part.
    Hands,
    /// Containers with the remains of several, units that are divided and united.
    Commingling,
    /// Comparisons, decisions, and decisions that are revoked.
    Revocations,
    /// A list that is proposed, countered, accepted and frozen.
    ListDisputes,
    /// Who is on it: what stands in the way, refusals of three kinds, substitutes, deaths, and the handing over; and what each
    /// side says has become of a person.
    Prisoners,
    /// What is owed in return, and what is done with obligations otherwise than by performing them.
    Reciprocity,
    /// Who may be shown what.
    Disclosure,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 10] = [
        Self::ClaimsAtOdds,
        Self::LateAndSilent,
        Self::Postponements,
        Self::Hands,
        Self::Commingling,
        Self::Revocations,
        Self::ListDisputes,
        Self::Prisoners,
        Self::Reciprocity,
        Self::Disclosure,
    ];

    /// A move of this theme. It may be one that the ledger must refuse: a deed by whoever may not do it.
    pub fn moves(self) -> BoxedStrategy<Move> {
        let n = any::<u8>;
        // Few things, so that what is done meets.
        let few = || 0..6u8;
        // Mostly by the one whose part it is.
        let by = || prop_oneof![4 => Just(0u8), 1 => 0..8u8];
        let deeds = match self {
            Self::ClaimsAtOdds => {
                let things = proptest::sample::select(vec![0u8, 0, 5, 6, 11, 14, 15]).boxed();
                let amounts = prop_oneof![
                    3 => (0..=7u32).prop_map(Amount::Exact),
                    1 => (0..=3u32, 4..=7u32).prop_map(|(a, b)| Amount::Between(a, b)),
                    1 => (0..=7u32).prop_map(Amount::AtLeast),
                ];
                return draws_of(things, (0..12u8).boxed(), amounts.boxed()).prop_map(Move::Say).boxed();
            }
            Self::LateAndSilent => {
                let amounts = prop_oneof![
                    2 => Just(Amount::Undisclosed),
                    2 => Just(Amount::Withheld),
                    2 => Just(Amount::Unknown),
                    2 => (0..=7u32).prop_map(Amount::Exact),
                ];
                let (things, acts) = ((0..12u8).boxed(), (6..16u8).boxed());
                return draws_of(things, acts, amounts.boxed()).prop_map(Move::Say).boxed();
            }
            Self::Postponements => {
                let things = proptest::sample::select(vec![5u8, 6, 9, 10, 12, 12, 13, 13]).boxed();
                let amounts = (0..=7u32).prop_map(Amount::Exact).boxed();
                return draws_of(things, (0..14u8).boxed(), amounts).prop_map(Move::Say).boxed();
            }
            Self::Hands => prop_oneof![
                1 => n().prop_map(|by| Deed::Register { by }),
                2 => (few(), few(), few()).prop_map(|(bag, from, to)| Deed::Transfer { bag, from, to }),
                4 => (few(), any::<bool>(), by(), n()).prop_map(|(transfer, receipt, teller, day)| {
                    Deed::Tell { transfer, receipt, teller, day }
                }),
                1 => (few(), by(), n()).prop_map(|(end, teller, day)| Deed::Correct { end, teller, day }),
                2 => (few(), 0..9u8, n(), few()).prop_map(|(bag, batch, since, by)| {
                    // Mostly a batch of remains.
                    Deed::Assign { bag, batch: if batch > 6 { 2 } else { batch % 2 }, since, by }
                }),
                1 => (n(), few()).prop_map(|(batch, by)| Deed::Complete { batch, by }),
                1 => (few(), by()).prop_map(|(which, by)| Deed::Unassign { which, by }),
            ]
            .boxed(),
            Self::Commingling => prop_oneof![
                1 => n().prop_map(|by| Deed::Register { by }),
                2 => (few(), few()).prop_map(|(bag, found)| Deed::Open { bag, found }),
                1 => (few(), few()).prop_map(|(bag, found)| Deed::Further { bag, found }),
                2 => (n(), n()).prop_map(|(unit, into)| Deed::Divide { unit, into }),
                2 => (n(), n()).prop_map(|(one, other)| Deed::Unite { one, other }),
                2 => (few(), by()).prop_map(|(act, by)| Deed::Undo { act, by }),
            ]
            .boxed(),
            Self::Revocations => prop_oneof![
                1 => n().prop_map(|by| Deed::Register { by }),
                1 => (few(), few()).prop_map(|(bag, found)| Deed::Open { bag, found }),
                2 => (few(), n()).prop_map(|(unit, person)| Deed::Compare { unit, person }),
                6 => (few(), n(), by()).prop_map(|(case, step, by)| Deed::Advance { case, step, by }),
                3 => (few(), n(), by()).prop_map(|(decision, step, by)| Deed::Reconsider { decision, step, by }),
            ]
            .boxed(),
            Self::ListDisputes => prop_oneof![
                2 => (n(), few()).prop_map(|(person, by)| Deed::Nominate { person, by, beside: false }),
                3 => (few(), n(), n()).prop_map(|(by, without, skips)| Deed::Submit { by, without, skips }),
                6 => (few(), few(), few()).prop_map(|(step, version, by)| Deed::List { step, version, by }),
            ]
            .boxed(),
            Self::Prisoners => prisoners(),
            Self::Reciprocity => prop_oneof![
                3 => (n(), few(), few(), n()).prop_map(|(act, of, to, more)| Deed::Act { act, of, to, more }),
                2 => (n(), few(), few(), n()).prop_map(|(term, of, to, more)| Deed::Term { term, of, to, more }),
            ]
            .boxed(),
            Self::Disclosure => prop_oneof![
                4 => (few(), n(), n()).prop_map(|(of, with, more)| Deed::Share { of, with, more }),
                2 => (few(), n(), n()).prop_map(|(of, from, more)| Deed::Withhold { of, from, more }),
                2 => (n(), n()).prop_map(|(which, more)| Deed::End { which, more }),
                2 => (few(), n(), n()).prop_map(|(person, to, more)| Deed::Consent { person, to, more }),
                2 => (n(), few(), n()).prop_map(|(act, person, more)| Deed::File { act, person, more }),
                1 => (few(), n(), n()).prop_map(|(person, status, by)| Deed::Account { person, status, by }),
            ]
            .boxed(),
        };
        deeds.prop_map(Move::Do).boxed()
    }
}

/// Persons of a list, which is proposed and frozen early, so that more happens on it than to it.
fn prisoners() -> BoxedStrategy<Deed> {
    let (n, few) = (any::<u8>, || 0..6u8);
    prop_oneof![
        3 => (few(), 0..2u8, any::<bool>()).prop_map(|(person, by, beside)| Deed::Nominate { person, by, beside }),
        // All of them, mostly.
        3 => (0..2u8, prop_oneof![3 => Just(0u8), 1 => n()]).prop_map(|(by, without)| Deed::Submit {
            by, without, skips: 0
        }),
        2 => (0..2u8).prop_map(|by| Deed::List { step: 2, version: 1, by }),
        2 => (0..3u8).prop_map(|by| Deed::List { step: 3, version: 1, by }),
        // Of some so much that they come to an end.
        24 => (prop_oneof![2 => 0..2u8, 1 => few()], n(), n())
            .prop_map(|(nomination, step, by)| Deed::Happen { nomination, step, by }),
        1 => (few(), few(), few()).prop_map(|(one, other, by)| Deed::Same { one, other, by }),
        1 => (few(), few()).prop_map(|(same, by)| Deed::Other { same, by }),
        3 => (few(), n(), n()).prop_map(|(person, status, by)| Deed::Account { person, status, by }),
    ]
    .boxed()
}

/// Any move: of these themes, or of all if none is named; near misses, entries that are submitted again, and reopenings.
pub fn moves(themes: &[Theme]) -> BoxedStrategy<Move> {
    let themes = if themes.is_empty() { Theme::ALL.to_vec() } else { themes.to_vec() };
    let themes = proptest::sample::select(themes).prop_flat_map(Theme::moves);
    prop_oneof![
        12 => themes,
        2 => draws().prop_map(Move::Say),
        2 => misses().prop_map(Move::Miss),
        1 => any::<Index>().prop_map(Move::Again),
        1 => Just(Move::Reopen),
    ]
    .boxed()
}

/// A history that a ledger must admit, entry by entry.
#[derive(Clone, Debug)]
pub struct History {
    /// The entries: first what is set up, then what is said and done.
    pub entries: Vec<Entry>,
    /// How many of them set up what the others speak of.
    pub setting: usize,
    /// What the naive models hold of it.
    pub story: Story,
}

/// A history, and one entry that is refused at some place of it.
#[derive(Clone, Debug)]
pub struct NearMiss {
    /// The history.
    pub history: History,
    /// Before which entry of the history it is tried.
    pub at: usize,
    /// The entry.
    pub entry: Entry,
    /// The invariant by which it is refused, where the rule has a number.
    pub rule: Option<u8>,
}

/// Histories of chosen themes and size.
///
/// A history is drawn as a list of intents; each is resolved against what there is when its turn comes, and one that does not
/// fit is left out. So every part of a plan is a plan, and a failing history is shrunk to the few entries that matter.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_testkit::scenario::{Scenario, Theme};
/// use proptest::test_runner::TestRunner;
///
/// let lists = Scenario::new().theme(Theme::ListDisputes).theme(Theme::ClaimsAtOdds).moves(5..30);
/// let mut runner = TestRunner::deterministic();
/// runner.run(&lists.strategy(), |history| {
///     let mut ledger = Ledger::new();
///     for entry in &history.entries {
///         ledger.post(entry).unwrap();
///     }
///     assert_eq!(ledger.len(), history.entries.len());
///     Ok(())
/// }).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    themes: Vec<Theme>,
    moves: SizeRange,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::new()
    }
}

impl Scenario {
    /// Histories of every theme, of up to forty intents.
    pub fn new() -> Self {
        Self { themes: Vec::new(), moves: SizeRange::new(0..=40) }
    }

    /// Only of this theme, and of others that are named so.
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.themes.push(theme);
        self
    }

    /// How many intents are drawn: a history has at most so many entries beside those that set it up.
    #[must_use]
    pub fn moves(mut self, moves: impl Into<SizeRange>) -> Self {
        self.moves = moves.into();
        self
    }

    fn plans(&self) -> impl Strategy<Value = (Story, Vec<Move>)> + use<> {
        let themes = if self.themes.is_empty() { Theme::ALL.to_vec() } else { self.themes.clone() };
        let moves = proptest::sample::select(themes).prop_flat_map(Theme::moves);
        (worlds(0).prop_map(Story::new), vec(moves, self.moves.clone()))
    }

    /// Histories that a ledger must admit.
    pub fn strategy(&self) -> BoxedStrategy<History> {
        self.plans().prop_map(|(story, plan)| told(story, &plan)).boxed()
    }

    /// Histories with one entry that a ledger must refuse at a random place, and then go on as if it had never been tried.
    pub fn near_misses(&self) -> BoxedStrategy<NearMiss> {
        let themes = if self.themes.is_empty() { Theme::ALL.to_vec() } else { self.themes.clone() };
        let wrong = proptest::sample::select(themes).prop_flat_map(Theme::moves);
        (self.plans(), any::<Index>(), misses(), vec(wrong, 1..8))
            .prop_map(|((story, plan), at, miss, wrong)| near_miss(story, &plan, at, miss, &wrong))
            .boxed()
    }
}

fn told(mut story: Story, plan: &[Move]) -> History {
    let setting = story.setting().len();
    for one in plan {
        // What does not fit is left out, and leaves no trace in what comes after.
        let mut next = story.clone();
        next.take(one);
        if matches!(&next.last, Some(resolved) if resolved.answer == Answer::Admitted) {
            story = next;
        }
    }
    History { entries: story.entries.clone(), setting, story }
}

/// The first of these moves that cannot be; one of those that never can if all of them can.
fn near_miss(story: Story, plan: &[Move], at: Index, miss: Miss, wrong: &[Move]) -> NearMiss {
    let before = told(story.clone(), &plan[..at.index(plan.len() + 1)]);
    let refused = wrong.iter().find_map(|one| {
        let mut tried = before.story.clone();
        tried.take(one);
        tried.last.filter(|resolved| matches!(resolved.answer, Answer::Refused(_)))
    });
    let Resolved { entry, answer } = refused.unwrap_or_else(|| before.story.miss(miss));
    let rule = match answer {
        Answer::Refused(rule) => rule,
        Answer::Admitted | Answer::AlreadyRecorded => None,
    };
    // The same identifier may be used by what comes after: what was refused was never recorded.
    NearMiss { at: before.entries.len(), history: told(story, plan), entry, rule }
}
