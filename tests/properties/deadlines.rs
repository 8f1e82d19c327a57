//! Deadlines that run from events: never before what they run from, and as wide as what is known.

use handover::agreement::{DeadlineFrom, Period};
use handover::when::{DateSpan, Moment};
use proptest::prelude::*;

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![(0_u16..500).prop_map(Period::Hours), (0_u16..60).prop_map(Period::Days)]
}

fn deadline(within: Period) -> DeadlineFrom {
    DeadlineFrom {
        after: vec!["trigger".parse().unwrap()],
        within,
        zone: "+03:00".parse().unwrap(),
        by: None,
    }
}

/// When a trigger was, and what is known of it: no sooner than so long before, no later than so long after, if that much.
fn triggers() -> impl Strategy<Value = Vec<(i64, Option<i64>, Option<i64>)>> {
    let near = || proptest::option::weighted(0.8, 0_i64..1_000_000);
    proptest::collection::vec((1_600_000_000_i64..1_700_000_000, near(), near()), 1..4)
}

fn known((at, before, after): (i64, Option<i64>, Option<i64>)) -> DateSpan {
    let moment = |seconds| Moment::from_seconds(seconds);
    DateSpan::new(before.map(|before| moment(at - before)), after.map(|after| moment(at + after))).unwrap()
}

fn exactly(at: i64) -> DateSpan {
    DateSpan::new(Some(Moment::from_seconds(at)), Some(Moment::from_seconds(at))).unwrap()
}

proptest! {
    #![proptest_config(super::cases(128))]

    /// It ends no sooner than the last of its triggers, and by its whole period after it.
    #[test]
    fn a_deadline_is_never_before_its_trigger(within in periods(), triggers in triggers()) {
        let due = deadline(within).dates(triggers.iter().map(|(at, ..)| exactly(*at))).unwrap();
        let last = triggers.iter().map(|(at, ..)| *at).max().unwrap();
        let end = due.first().unwrap().seconds();
        prop_assert_eq!(due.first(), due.last());
        match within {
            Period::Hours(hours) => prop_assert_eq!(end, last + i64::from(hours) * 3_600),
            Period::Days(days) => {
                let days = i64::from(days) * 86_400;
                prop_assert!(last + days <= end && end < last + days + 86_400);
                prop_assert_eq!((end + 1 + 3 * 3_600) % 86_400, 0, "the end of a day of its zone");
            }
        }
    }

    /// Whatever the truth is within what is known, the true deadline is among the dates that are read.
    #[test]
    fn partial_knowledge_gives_a_span_that_holds_the_truth(within in periods(), triggers in triggers()) {
        let deadline = deadline(within);
        let truth = deadline.dates(triggers.iter().map(|(at, ..)| exactly(*at))).unwrap().first().unwrap();
        let read = deadline.dates(triggers.iter().map(|trigger| known(*trigger))).unwrap();
        prop_assert!(read.contains(truth), "{:?} within {:?}", truth, read);
    }

    /// Who knows less of a trigger knows no more of the deadline.
    #[test]
    fn less_knowledge_is_never_a_narrower_span(within in periods(), triggers in triggers(), wider in 0_i64..1_000_000) {
        let deadline = deadline(within);
        let read = deadline.dates(triggers.iter().map(|trigger| known(*trigger))).unwrap();
        let less = triggers.iter().map(|(at, before, after)| {
            known((*at, before.map(|it| it + wider), after.map(|it| it + wider)))
        });
        prop_assert!(read.is_within(deadline.dates(less).unwrap()));
    }
}

#[test]
fn without_a_trigger_there_is_no_date() {
    assert_eq!(deadline(Period::Hours(72)).dates([]), None);
}
