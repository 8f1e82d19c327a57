//! Dossiers that can be read and whose entries may not stand: all of a dossier is recorded, or nothing.

use handover::ledger::Ledger;
use handover_wire::{ImportError, read_into, read_into_draft};

use crate::support::{dossier, golden, golden_ledger, read, refused};

const WEST: &str = r#"{"id":"x-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"west","name":"the Western side"}}}}"#;

/// What the golden ledger refuses after an entry that may stand: the invariant of the rule and the message.
fn check(line: &str, invariant: Option<u8>, message: &str) {
    let error = refused(&mut golden_ledger(), dossier([WEST, "", line]).as_slice());
    let ImportError::Refused { line, refusal, .. } = &error else { panic!("{error}") };
    assert_eq!((*line, refusal.rule().invariant), (4, invariant), "{error}");
    assert!(error.to_string().starts_with("line 4, entry `x-2`: expected "), "{error}");
    assert!(error.to_string().contains(message), "{error}");
    assert!(error.to_string().contains(refusal.rule().says), "{error}");
}

fn entry(by: &str, what: &str) -> String {
    format!(r#"{{"id":"x-2","by":"{by}","said":"2025-06-02","what":{what}}}"#)
}

fn claim(by: &str, says: &str) -> String {
    entry(by, &format!(r#"{{"claim":{{"made":{{"about":{{"leg":"leg-1"}},"says":{says}}}}}}}"#))
}

#[test]
fn what_does_not_exist_cannot_be_spoken_of() {
    check(&claim("nobody", "\"occurred\""), Some(22), "expected speaker `nobody` to be recorded before");
    check(&claim("north-desk", "\"occurred\"").replace("leg-1", "leg-9"), Some(22), "expected leg `leg-9`");
    check(
        &entry("keeper", r#"{"batch":{"passed":{"batch":"batch-9","leg":"leg-1"}}}"#),
        Some(22),
        "expected batch `batch-9`",
    );
    let same = r#"{"count":{"quantity":"same as e-999","unit":"set-of-remains"}}"#;
    check(&claim("north-desk", same), Some(22), "`e-999`");
}

#[test]
fn an_identifier_is_not_used_twice() {
    check(
        &entry("keeper", r#"{"party":{"introduced":{"id":"west","name":"another side"}}}"#),
        Some(21),
        "expected a new party",
    );
    let taken = WEST.replace("\"west\"", "\"east\"");
    let error = refused(&mut golden_ledger(), dossier([WEST, &taken]).as_slice());
    let ImportError::Refused { line: 3, refusal, .. } = &error else { panic!("{error}") };
    assert_eq!(refusal.rule().invariant, Some(52));
    assert!(error.to_string().contains("found another entry under `x-1`"), "{error}");
}

#[test]
fn another_speaker_corrects_nothing() {
    let correction = r#"{"claim":{"corrected":{"claim":"CLAIM","says":{"count":{"quantity":1,"unit":"set-of-remains"}}}}}"#;
    let corrections = golden().into_iter().find(|file| file.ends_with("11-corrections.jsonl")).unwrap();
    let corrections = read(&corrections);
    let made = corrections.lines().find(|line| line.contains("\"corrected\":{\"claim\":\"")).unwrap();
    let made = made.split("\"corrected\":{\"claim\":\"").nth(1).unwrap().split('"').next().unwrap();
    let message = format!("expected `north-desk`, who made claim `{made}`, found `south-desk`");
    check(&entry("south-desk", &correction.replace("CLAIM", made)), Some(52), &message);
}

#[test]
fn different_units_are_never_added() {
    let boxes = r#"{"count":{"quantity":1,"unit":"prisoner"}}"#;
    check(
        &claim("north-desk", boxes),
        Some(10),
        "expected a unit that can count leg `leg-1`, found prisoners",
    );
    let golden = read(&golden()[8]);
    let sets = golden.lines().find(|line| line.contains("\"quantity\":0,")).unwrap();
    let sets = sets.split('"').nth(3).unwrap();
    let same = format!(r#"{{"count":{{"quantity":"same as {sets}","unit":"container"}}}}"#);
    check(
        &claim("north-desk", &same),
        Some(10),
        "expected a claim that counts containers, found one that counts sets of remains",
    );
}

#[test]
fn half_a_dossier_is_kept_by_nobody() {
    let half = dossier([WEST, &claim("nobody", "\"occurred\"")]);
    let mut ledger = Ledger::new();
    refused(&mut ledger, half.as_slice());
    assert!(ledger.is_empty());
    // What was given up is not in the way of what is right.
    assert_eq!(read_into(&mut ledger, dossier([WEST]).as_slice()).unwrap().recorded, 1);
}

#[test]
fn a_dossier_that_is_half_known_is_recorded_once() {
    let mut ledger = golden_ledger();
    let before = ledger.len();
    let east = WEST.replace("west", "east").replace("x-1", "x-2");
    assert_eq!(read_into(&mut ledger, dossier([WEST]).as_slice()).unwrap().recorded, 1);
    let report = read_into(&mut ledger, dossier([WEST, &east, WEST]).as_slice()).unwrap();
    assert_eq!((report.recorded, report.already_recorded), (1, 2));
    assert_eq!(ledger.len(), before + 2);
}

#[test]
fn several_dossiers_stand_together_or_not_at_all() {
    let mut ledger = golden_ledger();
    let before = ledger.len();
    let mut draft = ledger.draft();
    read_into_draft(&mut draft, dossier([WEST]).as_slice()).unwrap();
    let bad = dossier([
        WEST.replace("x-1", "x-9").replace("west", "east").as_str(),
        &claim("nobody", "\"occurred\""),
    ]);
    assert!(read_into_draft(&mut draft, bad.as_slice()).is_err());
    assert_eq!(draft.ledger().len(), before + 1, "the second left nothing, the first is still there");
    drop(draft);
    assert_eq!(ledger.len(), before);
}

#[test]
fn what_cannot_be_of_prisoners() {
    let step = |by: &str, of: &str, step: &str| {
        let step = format!(r#"{{"nomination":"{of}","on":"2025-06-14","step":{step}}}"#);
        entry(by, &format!(r#"{{"prisoner":{{"step":{step}}}}}"#))
    };
    let disciplinary = r#"{"judicial-hold":"disciplinary"}"#;
    check(&step("south-desk", "pr-n-g", disciplinary), Some(46), "found a disciplinary punishment");
    check(&step("north-desk", "pr-n-g", r#"{"verified":"pr-t"}"#), Some(48), "record a substitution");
    let category = r#"{"prisoner":{"category":{"id":"pr-new","kind":"women"}}}"#;
    check(&entry("keeper", category), Some(44), "expected a reference date of category `pr-new`");
}
