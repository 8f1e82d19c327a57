//! Every view of the ledger against the naive model, over generated worlds.

use handover_testkit::compare::compare;
use handover_testkit::world::DAYS;
use handover_testkit::world::generator::worlds;
use handover_testkit::world::posting;
use proptest::prelude::*;

proptest! {
    #![proptest_config(crate::cases(800))]

    #[test]
    fn every_view_is_what_the_model_says(world in worlds(16), days in (1..=DAYS, 1..=DAYS)) {
        let ledger = posting::ledger(&world);
        let (as_of, said_by) = days;
        compare(&world, &ledger, None, as_of);
        compare(&world, &ledger, Some(said_by), as_of);
        compare(&world, &ledger, None, DAYS);
    }
}
