//! Every refusal, in order of precedence, on the dossier of June 2025: what is refused, by which rule, and that the
//! ledger is as before.

use handover::entry::Entry;
use handover::invariant;
use handover::refusal::Refusal;

use super::telling::ledger;

/// What is posted first, without which the refusal cannot be told: it is admitted.
const BEFORE: &[&str] = &[
    r#"{"id":"x-pledge","by":"keeper","said":"2025-06-20","what":{"obligation":{"introduced":{"id":"pledge","debtor":"ru","creditor":"ua","of":{"matter":"remains"},"unit":"set-of-remains","basis":"unilateral-pledge","standard":"result","credits-at":"passage"}}}}"#,
    r#"{"id":"x-batch","by":"keeper","said":"2025-06-20","what":{"batch":{"introduced":{"id":"second-batch","from":"ru","to":"ua","of":{"matter":"remains"},"unit":"set-of-remains"}}}}"#,
    r#"{"id":"x-passed","by":"keeper","said":"2025-06-20","what":{"batch":{"passed":{"batch":"second-batch","leg":"leg-06-13-ua"}}}}"#,
    r#"{"id":"x-reversed","by":"keeper","said":"2025-06-20","what":{"batch":{"reversed":{"entry":"x-passed","reason":"it was another batch"}}}}"#,
    r#"{"id":"x-whole","by":"keeper","said":"2025-06-20","what":{"handover":{"no-other-batch":{"leg":"leg-06-11-ua"}}}}"#,
    r#"{"id":"x-boxes","by":"hq","said":"2025-06-20","what":{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":{"count":{"quantity":30,"unit":"container"}}}}}}"#,
    r#"{"id":"x-happened","by":"hq","said":"2025-06-20","what":{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":"occurred"}}}}"#,
];

/// Who records, what, and what the refusal says: its rule's invariant, the message, and how it is called.
const REFUSED: &[(&str, &str, Option<u8>, &str, &str)] = &[
    // An entry as such.
    (
        "nobody",
        r#"{"claim":{"withdrawn":{"claim":"x-boxes"}}}"#,
        Some(22),
        "expected speaker `nobody` to be recorded before what refers to it",
        "EntryRefusal::NoSuch",
    ),
    (
        "hq",
        r#"{"claim":{"withdrawn":{"claim":"x-nothing"}}}"#,
        Some(22),
        "expected entry `x-nothing` to be recorded before what refers to it",
        "EntryRefusal::NoSuch",
    ),
    (
        "hq",
        r#"{"claim":{"withdrawn":{"claim":"x-pledge"}}}"#,
        Some(22),
        "expected claim `x-pledge` to be recorded before what refers to it",
        "EntryRefusal::NoSuch",
    ),
    (
        "keeper",
        r#"{"party":{"introduced":{"id":"ua","name":"another"}}}"#,
        Some(21),
        "expected a new party, found that `ua` is recorded already",
        "EntryRefusal::Introduced",
    ),
    (
        "keeper",
        r#"{"batch":{"introduced":{"id":"first-batch","from":"ru","to":"ua","of":{"matter":"remains"},"unit":"set-of-remains"}}}"#,
        Some(21),
        "expected a new batch, found that `first-batch` is recorded already",
        "EntryRefusal::Introduced",
    ),
    (
        "keeper",
        r#"{"batch":{"reversed":{"entry":"x-boxes","reason":"no passage"}}}"#,
        Some(22),
        "expected passage `x-boxes` to be recorded before what refers to it",
        "EntryRefusal::NoSuch",
    ),
    // Parties.
    (
        "keeper",
        r#"{"party":{"precedence":{"party":"ua","organs":["ua-hq","ru-mod"]}}}"#,
        Some(55),
        "expected organs of party `ua`, found `ru-mod`, which is not its organ",
        "PartyRefusal::NotItsOrgan",
    ),
    (
        "keeper",
        r#"{"party":{"precedence":{"party":"ua","organs":["ua-hq","ua-hq"]}}}"#,
        None,
        "expected each organ once, found `ua-hq` twice",
        "PartyRefusal::OrganTwice",
    ),
    // Agreements.
    (
        "keeper",
        r#"{"agreement":{"introduced":{"id":"other","name":"other","parties":["ru","ua","ru"],"form":"signed-text","on":"2025-07-23"}}}"#,
        None,
        "expected each party once, found `ru` twice",
        "AgreementRefusal::PartyTwice",
    ),
    (
        "keeper",
        r#"{"agreement":{"introduced":{"id":"other","name":"other","parties":["ru"],"form":"signed-text","on":"2025-07-23"}}}"#,
        None,
        "expected two parties or more, found 1",
        "AgreementRefusal::TooFewParties",
    ),
    (
        "keeper",
        r#"{"agreement":{"amended":{"agreement":"istanbul","version":3,"consented":["ru","ua"]}}}"#,
        Some(4),
        "expected version 2, found 3",
        "AgreementRefusal::NotTheNextVersion",
    ),
    (
        "keeper",
        r#"{"agreement":{"amended":{"agreement":"istanbul","version":2,"consented":["ru"]}}}"#,
        Some(4),
        "expected the consent of every party, found none of `ua`: record what one side announces as its claim",
        "AgreementRefusal::NoConsent",
    ),
    // Obligations.
    (
        "keeper",
        r#"{"obligation":{"introduced":{"id":"other","debtor":"ru","creditor":"ru","of":{"matter":"remains"},"unit":"set-of-remains","basis":"unilateral-pledge","standard":"result","credits-at":"passage"}}}"#,
        None,
        "expected a creditor other than the debtor, found `ru` as both",
        "ObligationRefusal::OwedToItself",
    ),
    (
        "keeper",
        r#"{"obligation":{"introduced":{"id":"other","debtor":"ru","creditor":"ua","of":{"matter":"remains"},"unit":"prisoner","basis":"unilateral-pledge","standard":"result","credits-at":"passage"}}}"#,
        Some(10),
        "expected a unit that can count remains, found prisoners",
        "ObligationRefusal::UnitDoesNotFit",
    ),
    // Handovers.
    (
        "keeper",
        r#"{"handover":{"leg":{"id":"other","handover":"h-06-16","from":"ru","to":"ru","of":{"matter":"remains"},"unit":"set-of-remains"}}}"#,
        Some(20),
        "expected two parties, found `ru` on both ends",
        "HandoverRefusal::ToItself",
    ),
    (
        "keeper",
        r#"{"handover":{"leg":{"id":"other","handover":"h-06-16","from":"ru","to":"ua","of":{"matter":"prisoners-of-war"},"unit":"container"}}}"#,
        Some(10),
        "expected a unit that can count prisoners of war, found containers",
        "HandoverRefusal::UnitDoesNotFit",
    ),
    (
        "keeper",
        r#"{"handover":{"leg":{"id":"other","handover":"h-06-16","from":"ua","to":"ru","of":{"matter":"remains"},"unit":"set-of-remains","towards":"bodies-to-ua"}}}"#,
        None,
        "expected `ru` to hand over to `ua`, as obligation `bodies-to-ua` has it, found `ua` to `ru`",
        "HandoverRefusal::OtherDirection",
    ),
    (
        "keeper",
        r#"{"handover":{"leg":{"id":"other","handover":"h-06-16","from":"ru","to":"ua","of":{"matter":"civilians"},"unit":"prisoner","towards":"bodies-to-ua"}}}"#,
        Some(8),
        "expected remains, as obligation `bodies-to-ua` has it, found civilians",
        "HandoverRefusal::OtherMatter",
    ),
    (
        "keeper",
        r#"{"handover":{"no-other-batch":{"leg":"leg-06-16-ua"}}}"#,
        None,
        "expected a batch recorded for leg `leg-06-16-ua`, found none",
        "HandoverRefusal::NoBatch",
    ),
    // Batches.
    (
        "keeper",
        r#"{"batch":{"introduced":{"id":"other","from":"ru","to":"ru","of":{"matter":"remains"},"unit":"set-of-remains"}}}"#,
        Some(20),
        "expected two parties, found `ru` on both ends",
        "BatchRefusal::ToItself",
    ),
    (
        "keeper",
        r#"{"batch":{"introduced":{"id":"other","from":"ru","to":"ua","of":{"matter":"remains"},"unit":"handover"}}}"#,
        Some(10),
        "expected a unit that can count remains, found handovers",
        "BatchRefusal::UnitDoesNotFit",
    ),
    (
        "keeper",
        r#"{"batch":{"introduced":{"id":"other","from":"ru","to":"ua","of":{"matter":"remains"},"unit":"set-of-remains","towards":"bodies-to-ru"}}}"#,
        None,
        "expected `ua` to hand over to `ru`, as obligation `bodies-to-ru` has it, found `ru` to `ua`",
        "HandoverRefusal::OtherDirection",
    ),
    (
        "keeper",
        r#"{"batch":{"passed":{"batch":"first-batch","leg":"leg-06-13-ua"}}}"#,
        Some(20),
        "expected batch `first-batch` not to have passed yet, found that it passed in leg `leg-06-11-ua`",
        "BatchRefusal::PassedAlready",
    ),
    (
        "keeper",
        r#"{"batch":{"passed":{"batch":"second-batch","leg":"leg-06-13-ru"}}}"#,
        Some(10),
        "expected a leg with the direction, matter, unit and obligation of batch `second-batch`, found `leg-06-13-ru`",
        "BatchRefusal::LegDoesNotFit",
    ),
    (
        "keeper",
        r#"{"batch":{"passed":{"batch":"second-batch","leg":"leg-06-11-ua"}}}"#,
        None,
        "expected no other batch in leg `leg-06-11-ua`, as was stated, found `second-batch`",
        "BatchRefusal::LegIsWhole",
    ),
    (
        "hq",
        r#"{"batch":{"reversed":{"entry":"b-first-batch-passed","reason":"wrong"}}}"#,
        Some(52),
        "expected organ `keeper`, which recorded entry `b-first-batch-passed`, found `ua-hq`",
        "BatchRefusal::NotItsOrgan",
    ),
    (
        "keeper",
        r#"{"batch":{"reversed":{"entry":"x-passed","reason":"again"}}}"#,
        Some(12),
        "expected an entry that stands, found that `x-passed` was reversed by `x-reversed`",
        "BatchRefusal::ReversedAlready",
    ),
    // Claims.
    (
        "keeper",
        r#"{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":"occurred"}}}"#,
        Some(56),
        "expected the speaker whose word this is, found the keeper of the record",
        "ClaimRefusal::KeeperClaims",
    ),
    (
        "medinsky",
        r#"{"claim":{"corrected":{"claim":"x-boxes","says":{"count":{"quantity":31,"unit":"container"}}}}}"#,
        Some(52),
        "expected `hq`, who made claim `x-boxes`, found `medinsky`",
        "ClaimRefusal::NotItsSpeaker",
    ),
    (
        "medinsky",
        r#"{"claim":{"withdrawn":{"claim":"x-boxes"}}}"#,
        Some(52),
        "expected `hq`, who made claim `x-boxes`, found `medinsky`",
        "ClaimRefusal::NotItsSpeaker",
    ),
    (
        "hq",
        r#"{"claim":{"corrected":{"claim":"x-boxes","says":"did-not-occur"}}}"#,
        Some(53),
        "expected a correction of the count that claim `x-boxes` states, found one of occurrence",
        "ClaimRefusal::OtherScope",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"batch":"first-batch"},"says":"occurred"}}}"#,
        Some(53),
        "expected a statement that fits batch `first-batch`, found one of occurrence",
        "ClaimRefusal::ScopeDoesNotFit",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"slot":"slot-06-07"},"says":{"count":{"quantity":1212,"unit":"set-of-remains"}}}}}"#,
        Some(53),
        "expected a statement that fits the slot of handover `slot-06-07`, found one of count",
        "ClaimRefusal::ScopeDoesNotFit",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":{"count":{"quantity":1200,"unit":"prisoner"}}}}}"#,
        Some(10),
        "expected a unit that can count leg `leg-06-13-ua`, found prisoners",
        "ClaimRefusal::UnitDoesNotFit",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":{"count":{"quantity":"same as x-happened","unit":"set-of-remains"}}}}}"#,
        Some(10),
        "expected a claim that counts, found `x-happened`, which does not",
        "ClaimRefusal::SameAsNoCount",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":{"count":{"quantity":"same as x-boxes","unit":"set-of-remains"}}}}}"#,
        Some(10),
        "expected a claim that counts sets of remains, found one that counts containers",
        "ClaimRefusal::SameAsOtherUnit",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"obligation":"bodies-to-ua"},"says":{"terms":{"required":{"exactly":6000},"version":2}}}}}"#,
        Some(4),
        "expected a version from 1 to 1, found 2",
        "ClaimRefusal::NoSuchVersion",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"obligation":"bodies-to-ua"},"says":{"terms":{"required":{"between":{"from":2,"to":1}}}}}}}"#,
        None,
        "expected a term that can be performed, found a range with its greater end first, about nought without a width, or a ratio for every nought",
        "ClaimRefusal::ImpossibleTerm",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"obligation":"bodies-to-ua"},"says":{"reciprocity":{"all-for-all":{"with":"bodies-to-ua"}}}}}}"#,
        None,
        "expected another obligation as the counter-performance, found `bodies-to-ua` itself",
        "ClaimRefusal::ReciprocalToItself",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"obligation":"pledge"},"says":{"reciprocity":{"all-for-all":{"with":"bodies-to-ru"}}}}}}"#,
        Some(7),
        "expected no counter-performance for the unilateral pledge `pledge`, found one",
        "ClaimRefusal::ReciprocalPledge",
    ),
    (
        "hq",
        r#"{"claim":{"made":{"about":{"leg":"leg-06-13-ua"},"says":{"whose":[]}}}}"#,
        None,
        "expected at least one possibility, found none",
        "ClaimRefusal::NoPossibility",
    ),
];

/// How a refusal is called: its concept and its variant.
pub(crate) fn named(refusal: &Refusal) -> String {
    let told = format!("{refusal:?}");
    let (concept, variant) = told.split_once('(').unwrap();
    let variant: String = variant.chars().take_while(|c| c.is_alphanumeric()).collect();
    format!("{concept}Refusal::{variant}")
}

fn entry(by: &str, what: &str) -> Entry {
    serde_json::from_str(&format!(r#"{{"id":"x","by":"{by}","said":"2025-06-20","what":{what}}}"#))
        .expect(what)
}

#[test]
fn each_is_refused_by_its_rule_and_changes_nothing() {
    let mut ledger = ledger("istanbul-june-2025.jsonl");
    for line in BEFORE {
        let entry: Entry = serde_json::from_str(line).unwrap();
        let _ = ledger.post(&entry).expect(line);
    }
    let before = format!("{ledger:?}");
    for (by, what, invariant, message, name) in REFUSED {
        let refusal = ledger.post(&entry(by, what)).expect_err(what);
        assert_eq!(named(&refusal), *name, "{what}");
        assert_eq!(
            (refusal.to_string().as_str(), refusal.rule().invariant),
            (*message, *invariant),
            "{what}"
        );
        assert!(!refusal.rule().says.is_empty());
    }
    assert_eq!(format!("{ledger:?}"), before);
    for rule in invariant::ALL {
        rule.check(&ledger).unwrap();
    }
}

#[test]
fn the_same_entry_again_is_the_same_submission_and_another_under_its_id_is_refused() {
    let mut ledger = ledger("istanbul-june-2025.jsonl");
    let entries: Vec<Entry> = ledger.entries().collect();
    for entry in &entries {
        assert_eq!(ledger.post(entry), Ok(handover::ledger::Posted::AlreadyRecorded));
    }
    for entry in &entries {
        let other = Entry { said: "1999".parse().unwrap(), ..entry.clone() };
        let refusal = ledger.post(&other).unwrap_err();
        assert_eq!((named(&refusal).as_str(), refusal.rule().invariant), ("EntryRefusal::IdTaken", Some(52)));
    }
    assert_eq!(ledger.len(), entries.len());
}

#[test]
fn a_draft_that_is_refused_in_the_middle_leaves_nothing() {
    let mut ledger = ledger("istanbul-june-2025.jsonl");
    let before = format!("{ledger:?}");
    let good: Vec<Entry> = BEFORE.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let bad = entry("hq", r#"{"claim":{"withdrawn":{"claim":"x-nothing"}}}"#);
    let mut draft = ledger.draft();
    let (at, _) = draft.post_all(good.iter().chain([&bad])).unwrap_err();
    assert_eq!(at, good.len());
    assert!(draft.ledger().len() > good.len());
    drop(draft);
    assert_eq!(format!("{ledger:?}"), before);
}
