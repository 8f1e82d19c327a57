//! The kit on our own ledger: the machine, histories of every theme, and near misses; and keepers that are wrong in one way
//! each, which the machine must find.

use handover::claim::{ClaimEntry, Statement};
use handover::custody::{Acceptance, CustodyEntry};
use handover::entry::{Entry, What};
use handover::ledger::{Ledger, Posted};
use handover::refusal::{EntryRefusal, Refusal};
use handover_testkit::hands::{Answer, Course, Step};
use handover_testkit::machine::{Kept, LedgerMachine, Reference, Snapshot, answers, check};
use handover_testkit::scenario::{History, Scenario, Theme};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

fn ledger_of(history: &History) -> Ledger {
    let mut ledger = Ledger::new();
    for entry in &history.entries {
        assert_eq!(ledger.post(entry), Ok(Posted::Recorded), "{entry:?}");
    }
    ledger
}

prop_state_machine! {
    #![proptest_config(crate::cases(48))]

    #[test]
    fn after_every_step_the_ledger_is_what_the_models_say(sequential 1..40 => LedgerMachine<Ledger>);
}

proptest! {
    #![proptest_config(crate::cases(96))]

    #[test]
    fn a_history_of_any_theme_is_admitted_and_read_as_the_models_say(
        history in Scenario::new().moves(0..80).strategy()
    ) {
        check(&ledger_of(&history), &history.story);
    }

    #[test]
    fn a_history_of_one_theme_is_admitted_and_read_as_the_models_say(
        history in proptest::sample::select(&Theme::ALL[..])
            .prop_flat_map(|theme| Scenario::new().theme(theme).moves(20..60).strategy())
    ) {
        check(&ledger_of(&history), &history.story);
    }

    #[test]
    fn a_near_miss_is_refused_by_its_rule_and_changes_nothing(
        near in Scenario::new().moves(0..40).near_misses()
    ) {
        let mut ledger = Ledger::new();
        let (before, after) = near.history.entries.split_at(near.at);
        for entry in before {
            prop_assert_eq!(ledger.post(entry), Ok(Posted::Recorded));
        }
        let then = Snapshot::of(&ledger);
        answers(&near.entry, Answer::Refused(near.rule), &ledger.post(&near.entry));
        prop_assert_eq!(Snapshot::of(&ledger), then);
        for entry in after {
            prop_assert_eq!(ledger.post(entry), Ok(Posted::Recorded));
        }
        check(&ledger, &near.history.story);
    }
}

/// What histories of a theme come to, so that a theme that says nothing is found out.
#[test]
fn every_theme_reaches_what_it_is_about() {
    let mut runner = TestRunner::deterministic();
    for theme in Theme::ALL {
        let strategy = Scenario::new().theme(theme).moves(60..100).strategy();
        let reached = (0..96).any(|_| {
            let history = strategy.new_tree(&mut runner).unwrap().current();
            let (world, hands) = (&history.story.world, &history.story.hands);
            match theme {
                Theme::ClaimsAtOdds | Theme::LateAndSilent | Theme::Postponements => world.steps.len() > 20,
                Theme::Hands => {
                    hands.ends.iter().any(|end| end.corrected)
                        && hands.assignments.iter().any(|told| told.reversed)
                }
                Theme::Commingling => hands.acts.iter().any(|act| act.reversed),
                Theme::Revocations => {
                    let again = hands.cases.iter().any(|case| case.course > Course::Compared);
                    again && hands.decisions.iter().any(|decision| decision.revoked)
                }
                Theme::ListDisputes => hands.list.frozen > Some(1),
                Theme::Prisoners => hands.nominated.iter().any(|one| one.has(Step::HandedOver)),
                Theme::Reciprocity => hands.done.iter().any(|done| done.reversed),
                Theme::Disclosure => hands.decided.iter().any(|decided| decided.ended),
            }
        });
        assert!(reached, "{theme:?}");
    }
}

/// A history that fails is shrunk to one that is still admitted.
#[test]
fn a_history_stays_admissible_while_it_shrinks() {
    let mut runner = TestRunner::deterministic();
    let strategy = Scenario::new().moves(20..40).strategy();
    for _ in 0..8 {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        let begun = tree.current().entries.len();
        for _ in 0..40 {
            if !tree.simplify() {
                break;
            }
            let _ = ledger_of(&tree.current());
        }
        assert!(tree.current().entries.len() < begun);
    }
}

/// In what a keeper is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Wrong {
    /// It answers that another entry under a taken identifier is recorded.
    Overwrites,
    /// It records something where it refuses.
    NotesRefusals,
    /// It forgets the last entry when it is opened again.
    Forgets,
    /// It records a number that was not said.
    Rounds,
    /// It says that an entry is refused by another rule.
    OtherRule,
    /// It records that what was received was refused.
    TurnsBack,
}

struct Faulty<const WRONG: u8> {
    ledger: Ledger,
}

impl<const WRONG: u8> Faulty<WRONG> {
    fn is(wrong: Wrong) -> bool {
        wrong as u8 == WRONG
    }
}

impl<const WRONG: u8> Kept for Faulty<WRONG> {
    fn begin() -> Self {
        Self { ledger: Ledger::new() }
    }

    fn submit(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        let mut entry = entry.clone();
        match &mut entry.what {
            What::Claim(ClaimEntry::Made(claim)) if Self::is(Wrong::Rounds) => {
                if let Statement::Count(count) = &mut claim.says {
                    count.quantity = "7".parse().unwrap();
                }
            }
            What::Custody(CustodyEntry::Received(receipt)) if Self::is(Wrong::TurnsBack) => {
                receipt.accepted = Acceptance::Refused("no list".parse().unwrap());
            }
            _ => {}
        }
        let answer = self.ledger.post(&entry);
        match &answer {
            Err(Refusal::Entry(EntryRefusal::IdTaken(_))) if Self::is(Wrong::Overwrites) => {
                Ok(Posted::Recorded)
            }
            Err(_) if Self::is(Wrong::NotesRefusals) => {
                let first = self.ledger.entries().next().unwrap();
                let id = format!("noted-{}", self.ledger.len()).parse().unwrap();
                let note = Entry { id, what: renamed(&first.what, self.ledger.len()), ..first };
                let _ = self.ledger.post(&note).unwrap();
                answer
            }
            Err(_) if Self::is(Wrong::OtherRule) => Err(EntryRefusal::IdTaken(entry.id).into()),
            _ => answer,
        }
    }

    fn show<R>(&self, see: impl FnOnce(&Ledger) -> R) -> R {
        see(&self.ledger)
    }

    fn reopen(self) -> Self {
        let mut again = Self::begin();
        let kept = self.ledger.len() - usize::from(Self::is(Wrong::Forgets));
        for entry in self.ledger.entries().take(kept) {
            let _ = again.ledger.replay(&entry).unwrap();
        }
        again
    }
}

/// A party of another name.
fn renamed(what: &What, number: usize) -> What {
    use handover::party::PartyEntry;
    let What::Party(PartyEntry::Introduced(party)) = what else { return what.clone() };
    let mut party = party.clone();
    party.id = format!("noted-{number}").parse().unwrap();
    What::Party(PartyEntry::Introduced(party))
}

/// Whether one of so many stories finds fault with a keeper; of those that are about little, this among it, if a theme is named.
fn finds<const WRONG: u8>(stories: usize, about: Option<Theme>) -> bool {
    let mut runner = TestRunner::deterministic();
    let strategy = Reference::sequential_strategy(1..60);
    let mut told = 0;
    while told < stories {
        let (story, moves, _) = strategy.new_tree(&mut runner).unwrap().current();
        if about.is_some_and(|theme| story.themes.len() > 3 || !story.themes.contains(&theme)) {
            continue;
        }
        told += 1;
        let run = move || {
            LedgerMachine::<Faulty<WRONG>>::test_sequential(Config::default(), story, moves, None);
        };
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err() {
            return true;
        }
    }
    false
}

#[test]
fn the_machine_finds_a_keeper_that_is_wrong_in_one_way() {
    const NONE: u8 = u8::MAX;
    assert!(!finds::<NONE>(8, None), "one that is right is not found fault with");
    assert!(finds::<{ Wrong::Overwrites as u8 }>(1_000, None), "one that overwrites");
    assert!(finds::<{ Wrong::NotesRefusals as u8 }>(1_000, None), "one that records what it refuses");
    assert!(finds::<{ Wrong::Forgets as u8 }>(1_000, None), "one that forgets");
    assert!(finds::<{ Wrong::Rounds as u8 }>(1_000, None), "one that rounds");
    assert!(finds::<{ Wrong::OtherRule as u8 }>(1_000, None), "one that names another rule");
    assert!(
        finds::<{ Wrong::TurnsBack as u8 }>(1_000, Some(Theme::Hands)),
        "one that turns back what arrived"
    );
}
