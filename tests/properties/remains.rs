//! Laws of units of remains: how many individuals elements can be of, and the conservation of descent.

use handover::invariant;
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{According, Comparison};
use handover::refusal::Refusal;
use handover::remains::{Element, Elements, Human, Individuals};
use handover::when::Moment;
use proptest::prelude::*;

use crate::cases;

fn humans() -> impl Strategy<Value = Vec<(Human, Elements)>> {
    let human = prop_oneof![4 => Just(Human::Yes), 1 => Just(Human::No), 1 => Just(Human::Undetermined)];
    proptest::collection::vec((human, any::<Elements>()), 0..6)
}

fn individuals<'u>(units: impl IntoIterator<Item = &'u (Human, Elements)>) -> Span {
    let empty = Individuals::default();
    units.into_iter().fold(empty, |so_far, (human, elements)| so_far.with(*human, *elements)).span()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn two_sets_are_of_at_least_the_greater_and_at_most_the_sum(a in humans(), b in humans()) {
        let (of_a, of_b, all) = (individuals(&a), individuals(&b), individuals(a.iter().chain(&b)));
        prop_assert!(of_a.lo().max(of_b.lo()) <= all.lo() && all.lo() <= of_a.lo() + of_b.lo());
        prop_assert_eq!(all.hi(), of_a.plus(of_b).hi());
        let human = a.iter().filter(|(human, _)| *human == Human::Yes).count() as u64;
        prop_assert!(of_a.lo() <= human && of_a.lo() >= human.min(1));
    }

    #[test]
    fn two_units_overlap_exactly_where_they_are_of_two(a: Elements, b: Elements) {
        let overlap = a.overlaps(b);
        prop_assert_eq!(overlap, b.overlaps(a));
        let of = individuals(&[(Human::Yes, a), (Human::Yes, b)]).lo();
        prop_assert_eq!(overlap == Comparison::Holds, of == 2);
        if a == Elements::Undetermined {
            prop_assert_eq!(overlap, Comparison::Undetermined);
        }
    }

    #[test]
    fn elements_come_back_from_their_text(element: Element) {
        prop_assert_eq!(element.to_string().parse(), Ok(element));
    }
}

/// What someone tries to record next; whether it may stand is for the ledger to say.
#[derive(Clone, Copy, Debug)]
enum Attempt {
    Find(usize),
    Divide(usize, usize),
    Unite(usize, usize),
    Reverse(usize),
    Examine(usize),
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let most = std::env::var("HANDOVER_UNITS").ok().and_then(|text| text.parse().ok()).unwrap_or(60usize);
    let any = 0..most;
    let attempt = prop_oneof![
        2 => (0..4usize).prop_map(Attempt::Find),
        3 => (any.clone(), 0..4usize).prop_map(|(unit, into)| Attempt::Divide(unit, into)),
        3 => (any.clone(), any.clone()).prop_map(|(a, b)| Attempt::Unite(a, b)),
        2 => any.clone().prop_map(Attempt::Reverse),
        1 => any.prop_map(Attempt::Examine),
    ];
    proptest::collection::vec(attempt, 0..most)
}

/// A ledger with a bag that was opened, and the number of entries that set it up.
fn mortuary() -> Ledger {
    let mut ledger = Ledger::new();
    for what in [
        r#"{"party":{"introduced":{"id":"south","name":"south"}}}"#,
        r#"{"party":{"organ":{"id":"south","name":"south","allegiance":{"party":"south"}}}}"#,
        r#"{"party":{"speaker":{"id":"south","name":"south","organ":"south"}}}"#,
        r#"{"container":{"registered":{"id":"bag","held-by":"south","since":"2025-06-01","provenance":"unknown"}}}"#,
    ] {
        post(&mut ledger, "keeper", what).unwrap();
    }
    post(&mut ledger, "south", r#"{"remains":{"opened":{"container":"bag","on":"2025-06-02","found":[]}}}"#)
        .unwrap();
    ledger
}

fn post(ledger: &mut Ledger, by: &str, what: &str) -> Result<(), Refusal> {
    let id = format!("e-{}", ledger.len());
    let line = format!(r#"{{"id":"{id}","by":"{by}","said":"2025-06-02","what":{what}}}"#);
    ledger.post(&serde_json::from_str(&line).unwrap()).map(|_| ())
}

fn attempt(ledger: &mut Ledger, attempt: Attempt, units: &mut usize) -> Result<(), Refusal> {
    let mut new = |n: usize| {
        let found: Vec<String> =
            (0..n).map(|at| format!(r#"{{"id":"u-{}","human":"yes"}}"#, *units + at)).collect();
        *units += n;
        found.join(",")
    };
    let what = match attempt {
        Attempt::Find(n) => {
            let found = new(n);
            format!(r#"{{"further-found":{{"container":"bag","on":"2025-06-03","found":[{found}]}}}}"#)
        }
        Attempt::Divide(unit, n) => {
            let into = new(n);
            format!(r#"{{"divided":{{"unit":"u-{unit}","on":"2025-06-04","into":[{into}]}}}}"#)
        }
        Attempt::Unite(a, b) => {
            let into = new(1);
            format!(r#"{{"united":{{"units":["u-{a}","u-{b}"],"on":"2025-06-05","into":{into}}}}}"#)
        }
        Attempt::Reverse(entry) => format!(r#"{{"reversed":{{"entry":"e-{entry}","reason":"wrong"}}}}"#),
        Attempt::Examine(unit) => {
            format!(
                r#"{{"forensic":{{"examined":{{"unit":"u-{unit}","on":"2025-06-06","elements":"complete-body"}}}}}}"#
            )
        }
    };
    post(ledger, "south", &format!(r#"{{"remains":{what}}}"#))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn descent_is_conserved_and_a_refused_entry_changes_nothing(history in attempts()) {
        let mut ledger = mortuary();
        let mut units = 0;
        let mut live = 0u64;
        let mut known = Vec::new();
        for one in history {
            let before = format!("{ledger:?}");
            let first = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap().remains().units;
            if attempt(&mut ledger, one, &mut units).is_err() {
                prop_assert_eq!(format!("{:?}", ledger), before);
                continue;
            }
            let now = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap().remains();
            live = match one {
                Attempt::Find(n) => live + n as u64,
                Attempt::Divide(_, n) => live - 1 + n as u64,
                Attempt::Unite(..) => live - 1,
                Attempt::Examine(_) => live,
                Attempt::Reverse(_) => now.units.lo(),
            };
            prop_assert_eq!(now.units, Span::exactly(live), "after {:?} of {}", one, first);
            known.push((ledger.len(), now));
        }
        for rule in invariant::ALL {
            prop_assert!(rule.check(&ledger).is_ok(), "{:?}", rule.check(&ledger));
        }
        // What a prefix of the record says is what was known then.
        let mut again = Ledger::new();
        let mut known = known.into_iter().peekable();
        for entry in ledger.entries() {
            let _ = again.replay(&entry).unwrap();
            if let Some((_, then)) = known.next_if(|(length, _)| *length == again.len()) {
                let reading = again.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
                prop_assert_eq!(reading.remains(), then);
            }
        }
    }
}
