//! Where a reading's trust holds for every proposition used, every derived set holds the true value, whatever those say
//! whom it does not trust.

use handover_testkit::compare::{end_of, readings, real};
use handover_testkit::model::According;
use handover_testkit::sound::{self, trusted};
use handover_testkit::world::DAYS;
use handover_testkit::world::generator::worlds;
use handover_testkit::world::posting;
use handover_testkit::world::truth::truths;
use proptest::prelude::*;

proptest! {
    #![proptest_config(crate::cases(1_000))]

    #[test]
    fn a_reading_whose_trust_holds_holds_the_truth(
        world in worlds(14),
        truth in truths(),
        teller in 0..8usize,
        days in (1..=DAYS, 1..=DAYS),
    ) {
        for according in readings(&world) {
            let told = trusted(&world, &truth, according, teller);
            let ledger = posting::ledger(&told);
            for said_by in [None, Some(days.0)] {
                for as_of in [days.1, DAYS] {
                    let reading = ledger.reading(real(according), end_of(as_of)).unwrap();
                    let reading = said_by.map_or(reading, |day| reading.said_by(end_of(day)));
                    sound::check(&told, &truth, &reading, as_of);
                }
            }
        }
    }

    #[test]
    fn where_everyone_speaks_the_truth_nobody_denies_and_nothing_conflicts(
        world in worlds(14),
        truth in truths(),
    ) {
        use handover::reading::{JointView, Label};
        let told = truth.told_by(&world, |_, _| true);
        let ledger = posting::ledger(&told);
        let reading = ledger.reading(real(According::Anyone), end_of(DAYS)).unwrap();
        for leg in reading.legs() {
            prop_assert!(!matches!(leg.count.view, JointView::Conflicting(_)));
            prop_assert!(!matches!(leg.occurrence.view, JointView::Denied(_)));
            prop_assert_ne!(leg.passed.label, Label::Contradictory);
        }
    }
}
