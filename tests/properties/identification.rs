//! No path leads from presumptive evidence alone to an identification under a policy that allows no combination.

use handover::entry::Entry;
use handover::invariant;
use handover::ledger::Ledger;
use handover::reading::{According, IdentificationStatus as Status};
use handover::when::Moment;
use proptest::prelude::*;

/// Lines of evidence that are presumptive, and one that is secondary.
const LINES: [&str; 6] = ["tag", "list", "uniform", "visual", "sender-statement", "documents"];
const POLICY: &str = r#"{"id":"strict","from":"1990-01-01","competent":["south"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"references":["own-sample"],"reviewers":1}"#;

/// A step that somebody tries: with which lead, and which of the steps before.
type Try = (u8, usize, usize);

fn told(ledger: &mut Ledger, id: &str, by: &str, what: &str) -> bool {
    let line = format!(r#"{{"id":"{id}","by":"{by}","said":"2026-01-01","what":{what}}}"#);
    let entry: Entry = serde_json::from_str(&line).unwrap();
    ledger.post(&entry).is_ok()
}

fn ground() -> Ledger {
    let mut ledger = Ledger::new();
    for (at, what) in [
        r#"{"party":{"introduced":{"id":"south","name":"south"}}}"#,
        r#"{"party":{"organ":{"id":"south","name":"south","allegiance":{"party":"south"}}}}"#,
        r#"{"party":{"speaker":{"id":"south","name":"south","organ":"south"}}}"#,
        r#"{"person":{"introduced":{"id":"x"}}}"#,
    ]
    .into_iter()
    .enumerate()
    {
        assert!(told(&mut ledger, &format!("g-{at}"), "keeper", what), "{what}");
    }
    let policy = format!(r#"{{"identification":{{"policy":{POLICY}}}}}"#);
    assert!(told(&mut ledger, "policy", "south", &policy));
    let loose = r#"{"remains":{"loose":{"found":{"id":"u","human":"yes"},"provenance":"unknown","held-by":"south","on":"2025-01-01"}}}"#;
    assert!(told(&mut ledger, "loose", "south", loose));
    ledger
}

fn tried(
    ledger: &mut Ledger,
    id: &str,
    leads: &[String],
    made: &[String],
    (kind, lead, former): Try,
) -> bool {
    let some = |of: &[String], at: usize| of.get(at % of.len().max(1)).cloned().unwrap_or_default();
    let (lead, former) = (some(leads, lead), some(made, former));
    let evidence = leads.iter().map(|lead| format!("\"{lead}\"")).collect::<Vec<_>>().join(",");
    let evidence = if kind % 2 == 0 { format!("\"{lead}\"") } else { evidence };
    let what = match kind % 4 {
        0 => format!(
            r#"{{"candidate":{{"units":["u"],"person":"x","policy":"strict","evidence":[{evidence}],"on":"2025-02-01"}}}}"#
        ),
        1 => format!(
            r#"{{"matched":{{"candidate":"{former}","policy":"strict","prior":"1 in 1000","evidence":[{evidence}],"report":"match","on":"2025-02-02"}}}}"#
        ),
        2 => format!(r#"{{"under-review":{{"report":"{former}","on":"2025-02-03"}}}}"#),
        _ => format!(
            r#"{{"decided":{{"units":["u"],"person":"x","grounds":{{"policy":"strict","prior":"1 in 1000","evidence":[{evidence}],"analysts":[{{"organ":"south","officer":"analyst"}}],"reviewers":[{{"organ":"south","officer":"reviewer"}}]}},"on":"2025-02-04"}}}}"#
        ),
    };
    told(ledger, id, "south", &format!(r#"{{"identification":{what}}}"#))
}

proptest! {
    #![proptest_config(crate::cases(64))]

    #[test]
    fn impressions_alone_never_identify(
        lines in prop::collection::vec(0..LINES.len(), 1..8),
        tries in prop::collection::vec((0..8_u8, 0..8_usize, 0..8_usize), 1..24),
    ) {
        let mut ledger = ground();
        let mut leads = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let id = format!("l-{at}");
            let line = LINES[*line];
            let what = format!(r#"{{"identification":{{"evidence":{{"units":["u"],"person":"x","line":"{line}","conclusion":"consistent","record":"lead","on":"2025-01-02"}}}}}}"#);
            prop_assert!(told(&mut ledger, &id, "south", &what));
            leads.push(id);
        }
        let mut made = leads.clone();
        for (at, one) in tries.into_iter().enumerate() {
            let id = format!("s-{at}");
            if tried(&mut ledger, &id, &leads, &made, one) {
                made.push(id);
            }
            let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
            let view = reading.identification("u".parse().unwrap()).unwrap();
            prop_assert_ne!(view.status, Status::Identified);
            prop_assert!(view.decision.is_none());
        }
        for rule in invariant::ALL.iter().filter(|rule| (30..=34).contains(&rule.number)) {
            prop_assert!(rule.check(&ledger).is_ok());
        }
    }
}
