//! The suite itself: a journal that is wrong in one way fails the rules that say so, and no others; and there is no rule
//! that nothing fails.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails; places and numbers of a test are small"
)]

mod broken;
mod cases;

use std::collections::BTreeSet;

use broken::{Broken, Fault};
use cases::FAULTS;
use handover_journal::conformance::rules;

/// A fault, and what fails of it.
struct Case {
    fault: Fault,
    /// These fail whenever they are tried.
    fails: &'static [&'static str],
    /// These may, where threads race.
    may_fail: &'static [&'static str],
}

const fn case(fault: Fault, fails: &'static [&'static str]) -> Case {
    Case { fault, fails, may_fail: &[] }
}

fn failing<const FAULT: usize>() -> BTreeSet<&'static str> {
    let found = rules::<Broken<FAULT>>().into_iter().filter(|rule| rule.check().is_err());
    found.map(|rule| rule.name()).collect()
}

/// What threads race in: a journal that is wrong in any way may fail these, as the race goes. A sound one never does.
const RACES: &[&str] =
    &["racing_handles_lose_and_double_nothing", "readers_beside_a_writer_see_whole_batches"];

fn proven<const FAULT: usize>() {
    let case = &FAULTS[FAULT];
    let found = failing::<FAULT>();
    let expected: BTreeSet<&str> = case.fails.iter().copied().collect();
    let races = if expected.is_empty() { &[] } else { RACES };
    let allowed: BTreeSet<&str> = expected.iter().chain(case.may_fail).chain(races).copied().collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let more: Vec<_> = found.difference(&allowed).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "{:?}: expected to fail and held: {missing:?}; failed and was not expected to: {more:?}\nall: {found:?}",
        case.fault
    );
}

macro_rules! a_test_of_each_fault {
    ($($name:ident $number:literal)*) => {
        $(
            #[test]
            fn $name() {
                proven::<$number>();
            }
        )*

        #[test]
        fn every_fault_is_tried_under_its_name() {
            let tried = [$(($number, stringify!($name))),*];
            assert_eq!(tried.len(), FAULTS.len());
            for ((number, name), case) in tried.iter().zip(FAULTS) {
                let fault: String = format!("{:?}", case.fault)
                    .chars()
                    .flat_map(|c| if c.is_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] })
                    .collect();
                assert_eq!(fault.trim_start_matches('_'), *name, "fault {number}");
            }
        }
    };
}

a_test_of_each_fault! {
    none 0 not_empty 1 lost_append 2 torn_batch 3 doubled_append 4 answers_the_first 5 sorted_batch 6 rewrites 7
    sixteen_bits 8 stale_head 9 stale_writer 10 beyond_the_head 11 swallowed_conflict 12 conflict_turned 13
    left_from_before 14 part_of_a_refusal 15 conflict_ends_the_handle 16 nothing_fails 17 nothing_anywhere 18
    trimmed 19 tidied 20 short_payloads 21 short_recorders 22 small_versions 23 milliseconds 24 clock_order 25
    deduplicated 26 inclusive 27 reordered_page 28 short_page 29 beyond_begins_anew 30 deaf_to_breaks 31
    one_cursor 32 reading_closes 33 sees_its_own 34 takes_along 35 first_writer_only 36 racing_head 37 one_by_one 38
    one_ledger 39 one_head 40 forgets_the_last 41 forgets_the_head 42 unknown_says_failed 43 unknown_torn 44
    unknown_late 45
}

#[test]
fn every_rule_is_failed_by_something() {
    let failed: BTreeSet<&str> = FAULTS.iter().flat_map(|case| case.fails).copied().collect();
    let all: BTreeSet<&str> =
        rules::<Broken<0>>().iter().map(handover_journal::conformance::Rule::name).collect();
    assert_eq!(failed, all);
}
