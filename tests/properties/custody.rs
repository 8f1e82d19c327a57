//! Laws of custody: the order of learning does not matter, a late transfer that fits leaves no break, and no container is
//! lost.

use handover::custody::Held;
use handover::entry::Entry;
use handover::invariant;
use handover::ledger::{Ledger, Posted};
use handover::reading::{According, HoldingsView, Link, Position};
use handover::when::{Moment, When};
use proptest::prelude::*;

use crate::cases;

const ORGANS: [&str; 4] = ["north", "south", "courier", "bureau"];

fn entry(id: &str, by: &str, what: &str) -> Entry {
    let line = format!(r#"{{"id":"{id}","by":"{by}","said":"2025-07-01","what":{what}}}"#);
    serde_json::from_str(&line).unwrap()
}

fn ground(bags: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for party in ["p-north", "p-south"] {
        let what = format!(r#"{{"party":{{"introduced":{{"id":"{party}","name":"x"}}}}}}"#);
        entries.push(entry(party, "keeper", &what));
    }
    for (organ, side) in ORGANS.iter().zip([
        r#"{"party":"p-north"}"#,
        r#"{"party":"p-south"}"#,
        r#""neutral""#,
        r#"{"party":"p-south"}"#,
    ]) {
        let what = format!(r#"{{"party":{{"organ":{{"id":"{organ}","name":"x","allegiance":{side}}}}}}}"#);
        entries.push(entry(organ, "keeper", &what));
        let what = format!(r#"{{"party":{{"speaker":{{"id":"{organ}","name":"x","organ":"{organ}"}}}}}}"#);
        entries.push(entry(&format!("s-{organ}"), "keeper", &what));
    }
    for bag in 0..bags {
        let what = format!(
            r#"{{"container":{{"registered":{{"id":"bag-{bag}","held-by":"north","since":"2025-06-01","provenance":"unknown"}}}}}}"#
        );
        entries.push(entry(&format!("e-bag-{bag}"), "keeper", &what));
    }
    entries
}

/// A transfer of a bag with its two ends, on one day of June.
fn passing(number: usize, bag: usize, from: &str, to: &str, day: u32, received: bool) -> Vec<Entry> {
    let transfer = format!(
        r#"{{"custody":{{"introduced":{{"id":"t-{number}","of":{{"container":"bag-{bag}"}},"from":"{from}","to":"{to}"}}}}}}"#
    );
    let given = format!(r#"{{"custody":{{"given":{{"transfer":"t-{number}","on":"2025-06-{day:02}"}}}}}}"#);
    let receipt = format!(
        r#"{{"custody":{{"received":{{"transfer":"t-{number}","on":"2025-06-{day:02}","accepted":"in-full"}}}}}}"#
    );
    let mut entries =
        vec![entry(&format!("i-{number}"), "keeper", &transfer), entry(&format!("g-{number}"), from, &given)];
    if received {
        entries.push(entry(&format!("r-{number}"), to, &receipt));
    }
    entries
}

fn ledger<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Ledger {
    let mut ledger = Ledger::new();
    for entry in entries {
        assert_eq!(ledger.post(entry).unwrap(), Posted::Recorded);
    }
    ledger
}

type Told = (Vec<(Vec<Link>, Position)>, HoldingsView);

fn told(ledger: &Ledger, bags: usize, as_of: Moment) -> Told {
    let reading = ledger.reading(According::Anyone, as_of).unwrap();
    let chain = |bag: usize| {
        let view = reading.chain(Held::Container(format!("bag-{bag}").parse().unwrap())).unwrap();
        (view.links, view.position)
    };
    ((0..bags).map(chain).collect(), reading.holdings())
}

/// Where each of a few bags truly goes: from hand to hand, on days that never go back, the last perhaps not received.
fn histories() -> impl Strategy<Value = Vec<(Vec<(usize, u32)>, bool)>> {
    let way = prop::collection::vec((1_usize..4, 0_u32..3), 0..6);
    prop::collection::vec((way, any::<bool>()), 1..4)
}

fn true_transfers(history: &[(Vec<(usize, u32)>, bool)]) -> Vec<Vec<Entry>> {
    let mut transfers = Vec::new();
    for (bag, (way, arrives)) in history.iter().enumerate() {
        let (mut at, mut day) = (0, 2);
        for (step, (turn, later)) in way.iter().enumerate() {
            let to = (at + turn) % ORGANS.len();
            day += later;
            let received = *arrives || step + 1 < way.len();
            transfers.push(passing(transfers.len(), bag, ORGANS[at], ORGANS[to], day, received));
            at = to;
        }
    }
    transfers
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_order_of_learning_does_not_matter_and_the_truth_has_no_break(
        (history, order) in histories().prop_flat_map(|history| {
            let places: Vec<usize> = (0..true_transfers(&history).len()).collect();
            (Just(history), Just(places).prop_shuffle())
        })
    ) {
        let (setting, transfers) = (ground(history.len()), true_transfers(&history));
        let in_order = ledger(setting.iter().chain(transfers.iter().flatten()));
        let shuffled = ledger(setting.iter().chain(order.iter().flat_map(|at| &transfers[*at])));
        for day in ["2025-06-01", "2025-06-04", "2025-06-08", "2025-06-30"] {
            let as_of = day.parse::<When>().unwrap().last_moment().unwrap();
            prop_assert_eq!(told(&in_order, history.len(), as_of), told(&shuffled, history.len(), as_of));
        }
        let reading = shuffled.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
        for (bag, (way, arrives)) in history.iter().enumerate() {
            let chain = reading.chain(Held::Container(format!("bag-{bag}").parse().unwrap())).unwrap();
            prop_assert_eq!(chain.broken().count(), 0, "{:?}", chain);
            let end = ORGANS[way.iter().map(|(turn, _)| turn).sum::<usize>() % ORGANS.len()];
            match chain.position {
                Position::With(organ) => prop_assert_eq!(organ, end.parse().unwrap()),
                position => prop_assert!(!arrives && !way.is_empty(), "{:?}", position),
            }
        }
    }

    #[test]
    fn whatever_is_told_no_container_is_lost(
        tries in prop::collection::vec((0_usize..3, 0_usize..4, 0_usize..4, 1_u32..12, any::<bool>()), 0..12)
    ) {
        let mut ledger = ledger(&ground(3));
        for (number, (bag, from, to, day, received)) in tries.into_iter().enumerate() {
            for entry in passing(number, bag, ORGANS[from], ORGANS[to], day, received) {
                let before = format!("{ledger:?}");
                if ledger.post(&entry).is_err() {
                    prop_assert_eq!(before, format!("{:?}", ledger), "a refused entry changes nothing");
                }
            }
        }
        for rule in invariant::ALL.iter().filter(|rule| (20..=28).contains(&rule.number)) {
            prop_assert!(rule.check(&ledger).is_ok(), "{:?}", rule.check(&ledger));
        }
        for day in 1..13 {
            let as_of = format!("2025-06-{day:02}").parse::<When>().unwrap().last_moment().unwrap();
            let view = ledger.reading(According::Anyone, as_of).unwrap().holdings();
            prop_assert_eq!((view.sum(), view.registered), (3, 3));
        }
    }
}
