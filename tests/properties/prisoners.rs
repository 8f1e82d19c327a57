//! Prisoners' lists: the order of learning changes nothing, and whatever is told keeps the invariants.

use handover::entry::Entry;
use handover::invariant;
use handover::ledger::Ledger;
use handover::reading::{According, NominationView};
use handover::when::Moment;
use proptest::prelude::*;

fn entry(id: usize, by: &str, what: &str) -> Entry {
    let line = format!(r#"{{"id":"e-{id}","by":"{by}","said":"2025-01-01","what":{what}}}"#);
    serde_json::from_str(&line).unwrap()
}

/// North holds `a`, `b` and `c` of South; all are on a list that is frozen on 10 January.
fn camp() -> Ledger {
    let mut whats: Vec<(&str, String)> = Vec::new();
    for (key, allegiance) in
        [("north", r#"{"party":"north"}"#), ("south", r#"{"party":"south"}"#), ("observer", r#""neutral""#)]
    {
        if key != "observer" {
            whats
                .push(("keeper", format!(r#"{{"party":{{"introduced":{{"id":"{key}","name":"{key}"}}}}}}"#)));
        }
        whats.push((
            "keeper",
            format!(r#"{{"party":{{"organ":{{"id":"{key}","name":"{key}","allegiance":{allegiance}}}}}}}"#),
        ));
        whats.push((
            "keeper",
            format!(r#"{{"party":{{"speaker":{{"id":"{key}","name":"{key}","organ":"{key}"}}}}}}"#),
        ));
    }
    let prisoner = |what: &str| format!(r#"{{"prisoner":{what}}}"#);
    whats.push((
        "keeper",
        prisoner(r#"{"category":{"id":"wounded","kind":"seriously-wounded","reference":"freeze"}}"#),
    ));
    let list = r#"{"list":{"drafted":{"id":"list","holder":"north","home":"south","on":"2025-01-02"}}}"#;
    whats.push(("north", prisoner(list)));
    for id in ["a", "b", "c"] {
        whats.push(("keeper", format!(r#"{{"person":{{"introduced":{{"id":"{id}"}}}}}}"#)));
        let nominated =
            format!(r#"{{"nominated":{{"id":"{id}","list":"list","person":"{id}","on":"2025-01-03"}}}}"#);
        whats.push(("south", prisoner(&nominated)));
    }
    let version =
        r#"{"list":{"submitted":{"list":"list","version":1,"entries":["a","b","c"],"on":"2025-01-05"}}}"#;
    whats.push(("north", prisoner(version)));
    for (by, does) in [("south", "accepted"), ("north", "frozen")] {
        let step = format!(r#"{{"list":{{"{does}":{{"list":"list","version":1,"on":"2025-01-10"}}}}}}"#);
        whats.push((by, prisoner(&step)));
    }
    let mut ledger = Ledger::new();
    for (at, (by, what)) in whats.iter().enumerate() {
        let _ = ledger.post(&entry(at, by, what)).unwrap();
    }
    ledger
}

fn step(id: usize, by: &str, nomination: &str, day: u32, step: &str) -> Entry {
    let what = format!(
        r#"{{"prisoner":{{"step":{{"nomination":"{nomination}","on":"2025-01-{day:02}","step":{step}}}}}}}"#
    );
    entry(1_000 + id, by, &what)
}

const WOUNDED: &str =
    r#"{"evaluated":{"category":"wounded","at":"2025-01-10","found":"yes","medical":"manifest"}}"#;
const GOES: &str = r#"{"will":{"wish":"goes","voluntary":{"verified-by":"observer"}}}"#;
const DECLINES: &str = r#"{"will":{"wish":"declines","voluntary":{"verified-by":"observer"}}}"#;
const FORCED: &str = r#"{"will":{"wish":"goes","voluntary":"under-pressure"}}"#;
const HANDED: &str = r#"{"handed-over":{"manner":"exchanged"}}"#;

/// One true history: `a` hesitates and goes, `b` dies, `c` is deferred, held back and declines.
fn history() -> Vec<Entry> {
    [
        ("north", "a", 4, r#"{"holding":"held"}"#),
        ("north", "a", 10, WOUNDED),
        ("north", "a", 11, r#"{"fitness":"unfit"}"#),
        ("south", "a", 12, r#"{"fitness":"fit"}"#),
        ("observer", "a", 12, DECLINES),
        ("observer", "a", 13, GOES),
        ("north", "a", 18, r#"{"moved":"assembled"}"#),
        ("observer", "a", 19, r#"{"moved":"at-venue"}"#),
        ("south", "a", 20, r#"{"verified":"a"}"#),
        ("north", "a", 20, HANDED),
        ("south", "a", 20, HANDED),
        ("south", "a", 25, r#""reconciled""#),
        ("north", "b", 4, r#"{"holding":"held"}"#),
        ("north", "b", 12, r#"{"died":"due"}"#),
        ("north", "b", 15, r#"{"death-duty":{"duty":"D12","to":"observer"}}"#),
        ("north", "c", 4, r#"{"holding":"not-held"}"#),
        ("north", "c", 5, r#"{"holding":"held"}"#),
        ("north", "c", 10, WOUNDED),
        ("north", "c", 11, r#"{"judicial-hold":"conviction"}"#),
        ("north", "c", 12, r#"{"name-communicated":"observer"}"#),
        ("north", "c", 13, r#""consent-to-leave""#),
        ("observer", "c", 14, DECLINES),
        ("observer", "c", 16, r#"{"neutral-custody":"observer"}"#),
    ]
    .into_iter()
    .enumerate()
    .map(|(id, (by, nomination, day, what))| step(id, by, nomination, day, what))
    .collect()
}

/// Learns entries as they come; what presupposes what is not known yet is told again later.
fn learn(entries: &[Entry]) -> Ledger {
    let mut ledger = camp();
    let mut left: Vec<&Entry> = entries.iter().collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|entry| ledger.post(entry).is_err());
        assert!(left.len() < before, "{:?}", ledger.post(left[0]));
    }
    ledger
}

fn views(ledger: &Ledger) -> Vec<NominationView> {
    let mut views = Vec::new();
    for according in [
        According::Anyone,
        According::AcceptedByAll,
        According::Neutral,
        According::To("north".parse().unwrap()),
        According::To("south".parse().unwrap()),
    ] {
        for day in ["2025-01-11", "2025-01-15", "2025-01-19", "2025-02-01"] {
            let as_of = day.parse::<handover::when::When>().unwrap().last_moment().unwrap();
            let reading = ledger.reading(according, as_of).unwrap();
            views.extend(["a", "b", "c"].map(|id| reading.nomination(id.parse().unwrap()).unwrap()));
        }
    }
    views
}

fn any_step() -> impl Strategy<Value = (usize, usize, u32, usize)> {
    (0..3_usize, 0..3_usize, 1..28_u32, 0..STEPS.len())
}

const STEPS: &[&str] = &[
    r#"{"holding":"held"}"#,
    r#"{"holding":"not-held"}"#,
    WOUNDED,
    r#"{"fitness":"fit"}"#,
    r#"{"fitness":"unfit"}"#,
    r#"{"judicial-hold":"prosecution"}"#,
    r#"{"judicial-hold":"disciplinary"}"#,
    r#"{"name-communicated":"observer"}"#,
    r#""hold-lifted""#,
    r#""consent-to-leave""#,
    GOES,
    DECLINES,
    FORCED,
    r#"{"refused":"no"}"#,
    r#"{"withdrawn":"no"}"#,
    r#"{"moved":"at-venue"}"#,
    r#"{"verified":"a"}"#,
    HANDED,
    r#"{"handed-over":{"manner":"repatriated"}}"#,
    r#"{"handed-over":{"manner":"unwilling"}}"#,
    r#""reconciled""#,
    r#"{"died":"due"}"#,
    r#""escaped""#,
    r#""released""#,
    r#"{"neutral-custody":"observer"}"#,
];

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn the_order_of_learning_changes_nothing(order in Just(history()).prop_shuffle()) {
        let (told, late) = (learn(&history()), learn(&order));
        prop_assert_eq!(views(&told), views(&late));
    }

    #[test]
    fn whatever_is_told_keeps_the_invariants(told in prop::collection::vec(any_step(), 0..40)) {
        let mut ledger = camp();
        for (id, (by, whom, day, what)) in told.into_iter().enumerate() {
            let (by, whom) = (["north", "south", "observer"][by], ["a", "b", "c"][whom]);
            let _ = ledger.post(&step(id, by, whom, day, STEPS[what]));
            if id % 4 == 0 {
                // Persons of other references are nominated again, captured again or not, and versions are countered.
                let captured = if id % 8 == 0 { r#","captured":"2025-01-28""# } else { "" };
                let nominated = format!(
                    r#"{{"prisoner":{{"nominated":{{"id":"again-{id}","list":"list","person":"{whom}","on":"2025-01-28"{captured}}}}}}}"#
                );
                let _ = ledger.post(&entry(2_000 + id, "south", &nominated));
            }
            for version in 2..5 {
                let ids = if id % 3 == 0 { r#""a","b""# } else { r#""a","b","c""# };
                for (at, (by, what)) in [
                    ("south", format!(r#""submitted":{{"list":"list","version":{version},"entries":[{ids}],"on":"2025-01-12"}}"#)),
                    ("north", format!(r#""accepted":{{"list":"list","version":{version},"on":"2025-01-13"}}"#)),
                    ("north", format!(r#""frozen":{{"list":"list","version":{version},"on":"2025-01-14"}}"#)),
                ].into_iter().enumerate() {
                    if id % 7 == version % 7 {
                        let what = format!(r#"{{"prisoner":{{"list":{{{what}}}}}}}"#);
                        let _ = ledger.post(&entry(10_000 + id * 100 + version * 10 + at, by, &what));
                    }
                }
            }
        }
        for rule in invariant::ALL {
            if rule.number == 12 || (43..=51).contains(&rule.number) {
                rule.check(&ledger).unwrap();
            }
        }
        let _ = ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME).unwrap().lists().count();
    }
}
