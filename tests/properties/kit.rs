//! The kit on our own ledger: the machine, histories of every theme, and near misses.

use handover::ledger::{Ledger, Posted};
use handover_testkit::hands::{Answer, Course};
use handover_testkit::machine::{LedgerMachine, Snapshot, answers, check};
use handover_testkit::scenario::{History, Scenario, Theme};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use proptest_state_machine::prop_state_machine;

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
        let reached = (0..24).any(|_| {
            let history = strategy.new_tree(&mut runner).unwrap().current();
            let (world, hands) = (&history.story.world, &history.story.hands);
            match theme {
                Theme::ClaimsAtOdds | Theme::LateAndSilent | Theme::Postponements => world.steps.len() > 20,
                Theme::Hands => hands.ends.iter().any(|end| end.corrected),
                Theme::Commingling => hands.acts.iter().any(|act| act.reversed),
                Theme::Revocations => {
                    let again = hands.cases.iter().any(|case| case.course > Course::Compared);
                    again && hands.decisions.iter().any(|decision| decision.revoked)
                }
                Theme::ListDisputes => hands.list.frozen > Some(1),
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
