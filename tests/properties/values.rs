//! Whatever can be stated as a value of the domain: it comes back as it was written, and is recorded or refused.

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover::quantity::{Number, Quantity, Span};
use handover::text::Text;
use handover::when::{DateSpan, Moment, Zone};
use handover_wire::record;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

proptest! {
    #![proptest_config(crate::cases(2_000))]

    #[test]
    fn any_entry_comes_back_as_it_was_written(entry: Entry) {
        let payload = record::encode(&entry).unwrap();
        let again = record::decode(record::VERSION, &payload);
        prop_assert_eq!(again.map_err(|why| why.to_string()), Ok(entry), "{}", payload);
    }
}

proptest! {
    #![proptest_config(crate::cases(96))]

    #[test]
    fn any_entry_is_recorded_or_refused(entries in vec(any::<Entry>(), 0..40), ground in grounds()) {
        let mut ledger = ground;
        for entry in entries {
            let before = ledger.len();
            match ledger.post(&entry) {
                Ok(_) => prop_assert!(ledger.is_recorded(&entry)),
                Err(refusal) => {
                    prop_assert!(!refusal.to_string().is_empty() && !refusal.rule().says.is_empty());
                    prop_assert_eq!(ledger.len(), before);
                }
            }
        }
    }
}

/// A ledger in which something is told, so that an entry may find what it refers to.
fn grounds() -> impl Strategy<Value = Ledger> {
    handover_testkit::scenario::Scenario::new().moves(0..20).strategy().prop_map(|history| {
        let mut ledger = Ledger::new();
        for entry in &history.entries {
            let _ = ledger.post(entry).unwrap();
        }
        ledger
    })
}

/// Whether a value with some property is drawn within a thousand draws.
fn is_reached<T: Arbitrary>(is: impl Fn(&T) -> bool) -> bool {
    let mut runner = TestRunner::deterministic();
    let strategy = any::<T>();
    (0..1_000).any(|_| is(&strategy.new_tree(&mut runner).unwrap().current()))
}

#[test]
fn every_legal_extreme_is_reached() {
    assert!(is_reached(|number: &Number| number.get() == 0), "the least number");
    assert!(is_reached(|number: &Number| *number == Number::MAX), "the greatest number");
    assert!(is_reached(|span: &Span| *span == Span::EVERYTHING), "the span of everything");
    assert!(is_reached(|span: &Span| *span == Span::ZERO), "the span of nought");
    assert!(is_reached(|text: &Text| text.as_str().len() == 1), "the shortest text");
    assert!(is_reached(|text: &Text| text.as_str().len() == 2_000), "the longest text");
    assert!(is_reached(|zone: &Zone| zone.minutes_ahead() == 18 * 60), "the farthest ahead");
    assert!(is_reached(|zone: &Zone| zone.minutes_ahead() == -18 * 60), "the farthest behind");
    assert!(is_reached(|days: &DateSpan| *days == DateSpan::EVERYTHING), "ever");
    assert!(is_reached(|moment: &Moment| *moment == Moment::END_OF_TIME), "the last moment");
    assert!(is_reached(|quantity: &Quantity| quantity.to_string() == "undisclosed"), "undisclosed");
}

/// What is drawn first is not far from what can be read: a minimal entry is one short line.
#[test]
fn an_entry_shrinks_to_what_can_be_read() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..24 {
        let mut tree = any::<Entry>().new_tree(&mut runner).unwrap();
        let mut steps = 0;
        while steps < 5_000 && tree.simplify() {
            steps += 1;
        }
        let line = record::encode(&tree.current()).unwrap();
        assert!(line.len() < 500, "{line}");
    }
}
