//! Nobody is lost: over a long history every container and every unit has one custodian and one descent, and the sums over
//! the custodians are what entered.
//!
//! The environment variable `HANDOVER_UNITS` sets how many units the history has.

use std::collections::BTreeMap;

use handover::custody::Held;
use handover::entry::Entry;
use handover::id::{ContainerId, OrganId, RemainsId};
use handover::invariant;
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{According, Position};
use handover::when::Moment;

/// Units in a bag, and bags in a batch.
const PER_BAG: usize = 4;
const PER_BATCH: usize = 50;

struct History {
    ledger: Ledger,
    told: usize,
}

impl History {
    fn tell(&mut self, by: &str, what: &str) {
        self.told += 1;
        let line = format!(r#"{{"id":"e-{}","by":"{by}","said":"2026-01-01","what":{what}}}"#, self.told);
        let entry: Entry = serde_json::from_str(&line).unwrap();
        let _ = self.ledger.post(&entry).unwrap();
    }
}

fn organs(history: &mut History) {
    for party in ["north", "south"] {
        history
            .tell("keeper", &format!(r#"{{"party":{{"introduced":{{"id":"{party}","name":"{party}"}}}}}}"#));
    }
    for (organ, side) in
        [("north", r#"{"party":"north"}"#), ("south", r#"{"party":"south"}"#), ("courier", r#""neutral""#)]
    {
        history.tell(
            "keeper",
            &format!(r#"{{"party":{{"organ":{{"id":"{organ}","name":"{organ}","allegiance":{side}}}}}}}"#),
        );
        history.tell(
            "keeper",
            &format!(r#"{{"party":{{"speaker":{{"id":"{organ}","name":"{organ}","organ":"{organ}"}}}}}}"#),
        );
    }
}

fn passed(history: &mut History, batch: usize, from: &str, to: &str, day: u32, received: bool) {
    let id = format!("t-{batch}-{to}");
    history.tell("keeper", &format!(r#"{{"custody":{{"introduced":{{"id":"{id}","of":{{"batch":"b-{batch}"}},"from":"{from}","to":"{to}"}}}}}}"#));
    history
        .tell(from, &format!(r#"{{"custody":{{"given":{{"transfer":"{id}","on":"2025-06-{day:02}"}}}}}}"#));
    if received {
        history.tell(to, &format!(r#"{{"custody":{{"received":{{"transfer":"{id}","on":"2025-06-{day:02}","accepted":"with-reservation"}}}}}}"#));
    }
}

#[test]
fn every_container_and_unit_has_one_custodian_and_one_descent() {
    let units: usize =
        std::env::var("HANDOVER_UNITS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let bags = units.div_ceil(PER_BAG);
    let batches = bags.div_ceil(PER_BATCH);
    let mut history = History { ledger: Ledger::new(), told: 0 };
    organs(&mut history);
    for batch in 0..batches {
        history.tell("keeper", &format!(r#"{{"batch":{{"introduced":{{"id":"b-{batch}","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"container"}}}}}}"#));
    }
    for bag in 0..bags {
        history.tell("north", &format!(r#"{{"container":{{"registered":{{"id":"c-{bag}","batch":"b-{}","held-by":"north","since":"2025-06-01","provenance":"unknown"}}}}}}"#, bag / PER_BATCH));
    }
    // Of three batches one reaches the receiver by the courier, one is with the courier, one is on its way to it.
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    let mut on_the_way = 0;
    for batch in 0..batches {
        let in_batch = (bags - batch * PER_BATCH).min(PER_BATCH);
        passed(&mut history, batch, "north", "courier", 10, batch % 3 != 2);
        match batch % 3 {
            0 => {
                passed(&mut history, batch, "courier", "south", 11, true);
                *expected.entry("south").or_default() += in_batch;
            }
            1 => *expected.entry("courier").or_default() += in_batch,
            _ => on_the_way += in_batch,
        }
    }
    let mut divided = 0;
    for bag in (0..bags).filter(|bag| (bag / PER_BATCH).is_multiple_of(3)) {
        let found: Vec<String> = (bag * PER_BAG..((bag + 1) * PER_BAG).min(units))
            .map(|unit| format!(r#"{{"id":"u-{unit}","human":"yes"}}"#))
            .collect();
        history.tell(
            "south",
            &format!(
                r#"{{"remains":{{"opened":{{"container":"c-{bag}","on":"2025-06-20","found":[{}]}}}}}}"#,
                found.join(",")
            ),
        );
        if bag.is_multiple_of(7) {
            let unit = bag * PER_BAG;
            history.tell("south", &format!(r#"{{"remains":{{"divided":{{"unit":"u-{unit}","on":"2025-06-21","into":[{{"id":"v-{unit}","human":"yes"}},{{"id":"w-{unit}","human":"yes"}}]}}}}}}"#));
            divided += 1;
        }
    }
    let ledger = &history.ledger;
    let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
    let holdings = reading.holdings();
    assert_eq!(usize::try_from(holdings.registered).unwrap(), bags, "what entered");
    assert_eq!(holdings.sum(), holdings.registered, "is what somebody has");
    assert_eq!(usize::try_from(holdings.in_transfer).unwrap(), on_the_way);
    for (organ, of_organ) in &expected {
        let organ: OrganId = organ.parse().unwrap();
        assert_eq!(usize::try_from(holdings.with[&organ]).unwrap(), *of_organ, "{organ}");
    }
    for bag in 0..bags {
        let container: ContainerId = format!("c-{bag}").parse().unwrap();
        let chain = reading.chain(Held::Container(container)).unwrap();
        assert_eq!(chain.broken().count(), 0, "{container}");
        assert!(matches!(chain.position, Position::With(_) | Position::InTransfer { .. }), "{container}");
    }
    let mut living = 0;
    for bag in (0..bags).filter(|bag| (bag / PER_BATCH).is_multiple_of(3)) {
        let container: ContainerId = format!("c-{bag}").parse().unwrap();
        let first = bag * PER_BAG;
        let mut of_bag: Vec<String> =
            (first..(first + PER_BAG).min(units)).map(|unit| format!("u-{unit}")).collect();
        if bag.is_multiple_of(7) {
            of_bag.splice(..1, [format!("v-{first}"), format!("w-{first}")]);
        }
        living += of_bag.len();
        for unit in of_bag {
            let unit: RemainsId = unit.parse().unwrap();
            assert_eq!(reading.descent(unit).unwrap().containers, [container], "{unit}");
            let chain = reading.chain(Held::Remains(unit)).unwrap();
            assert_eq!(chain.position, Position::With("south".parse().unwrap()), "{unit}");
        }
    }
    assert!(divided > 0 && living > divided);
    assert_eq!(reading.remains().units, Span::exactly(u64::try_from(living).unwrap()));
    for rule in invariant::ALL.iter().filter(|rule| [20, 21, 22].contains(&rule.number)) {
        rule.check(ledger).unwrap();
    }
}
