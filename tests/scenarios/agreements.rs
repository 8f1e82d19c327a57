//! The course of an agreement: rounds, conditions, phases, deadlines, completion, what survives it (B1).

use handover::agreement::AgreementRefusal;
use handover::claim::ClaimRefusal;
use handover::reading::{AgreementFlag, AgreementState, Comparison, MilestoneState};
use handover::refusal::Refusal;
use handover::when::When;

use super::house::House;
use super::telling::reading;

fn house() -> House {
    House::new("prisoner", "prisoners-of-war", "passage")
}

fn milestone(house: &mut House, id: &str, kind: &str, requires: &str) {
    house.keeper(&format!(
        r#"{{"agreement":{{"milestone":{{"id":"{id}","agreement":"deal","name":"{id}","kind":"{kind}","requires":[{requires}]}}}}}}"#
    ));
}

fn both(house: &mut House, about: &str, says: &str) {
    for by in ["north", "south"] {
        house.says(by, about, says);
    }
}

fn refused(house: &mut House, by: &str, what: &str) -> Refusal {
    let entry = house.entry(by, what);
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).unwrap_err();
    assert_eq!(format!("{:?}", house.ledger), before);
    refusal
}

fn view(house: &House) -> handover::reading::AgreementView {
    reading(&house.ledger, "anyone").agreement("deal".parse().unwrap()).unwrap()
}

#[test]
fn edge_06_a_revival_that_one_side_announces_revives_nothing_by_itself() {
    let mut house = house();
    both(&mut house, r#"{"agreement":"deal"}"#, r#""occurred""#);
    both(&mut house, r#"{"agreement":"deal"}"#, r#"{"terminated":{"ground":"the lists did not agree"}}"#);
    assert_eq!(view(&house).state, AgreementState::Terminated);
    let revived = r#"{"id":"later-n","by":"north","said":"2025-11-15","what":{"claim":{"made":{"about":{"agreement":"deal"},"says":"revived"}}}}"#;
    let _ = house.ledger.post(&serde_json::from_str(revived).unwrap()).unwrap();
    assert_eq!(view(&house).state, AgreementState::Terminated);
    assert!(view(&house).flags.contains(&AgreementFlag::RevivalAsserted("north".parse().unwrap())));
    let also = revived.replace("later-n", "later-s").replace(r#""by":"north""#, r#""by":"south""#);
    let _ = house.ledger.post(&serde_json::from_str(&also).unwrap()).unwrap();
    assert_eq!(view(&house).state, AgreementState::AgreedInPrinciple);
    for by in ["north", "south"] {
        let again = format!(
            r#"{{"id":"again-{by}","by":"{by}","said":"2025-12-01","what":{{"claim":{{"made":{{"about":{{"agreement":"deal"}},"says":"occurred"}}}}}}}}"#
        );
        let _ = house.ledger.post(&serde_json::from_str(&again).unwrap()).unwrap();
    }
    assert_eq!(view(&house).state, AgreementState::Effective, "concluded again");
    house.check();
}

#[test]
fn edge_07_seventy_two_hours_run_from_the_approval_and_the_pull_back_and_not_from_the_signature() {
    let mut house = house();
    for id in ["approval", "pull-back"] {
        milestone(&mut house, id, "effect", "");
    }
    milestone(&mut house, "release", "event", "");
    let deadline = r#"{"deadline-from":{"after":["approval","pull-back"],"within":{"hours":72}}}"#;
    house.says("north", r#"{"milestone":"release"}"#, deadline);
    both(&mut house, r#"{"agreement":"deal"}"#, r#""occurred""#);
    assert_eq!(view(&house).state, AgreementState::Concluded, "signed, and neither has come");
    let due = |house: &House| view(house).milestones.pop().unwrap().deadlines.pop().unwrap();
    assert_eq!((due(&house).dates, due(&house).waits_for.len()), (None, 2));
    both(&mut house, r#"{"milestone":"approval"}"#, r#""occurred""#);
    both(&mut house, r#"{"milestone":"approval"}"#, r#"{"when":"2025-10-10T01:30+03:00"}"#);
    assert_eq!(due(&house).dates, None);
    both(&mut house, r#"{"milestone":"pull-back"}"#, r#""occurred""#);
    house.says("north", r#"{"milestone":"pull-back"}"#, r#"{"when":"2025-10-10T12:00+03:00"}"#);
    house.says("south", r#"{"milestone":"pull-back"}"#, r#"{"when":"2025-10-11T12:00+03:00"}"#);
    assert_eq!(view(&house).state, AgreementState::Effective);
    let (first, last): (When, When) =
        ("2025-10-13T12:00:00+03:00".parse().unwrap(), "2025-10-14T12:00:59+03:00".parse().unwrap());
    let dates = due(&house).dates.unwrap();
    assert_eq!((dates.first(), dates.last()), (first.span().first(), last.last_moment()));
    assert_eq!(due(&house).passed, Comparison::Holds);
    house.check();
}

#[test]
fn a_deadline_before_its_trigger_is_refused() {
    let mut house = house();
    milestone(&mut house, "release", "event", "");
    house.keeper(
        r#"{"agreement":{"milestone":{"id":"approval","agreement":"deal","name":"approval","kind":"effect","on":"2025-10-10"}}}"#,
    );
    let says = |after: &str, by: &str| {
        format!(
            r#"{{"claim":{{"made":{{"about":{{"milestone":"release"}},"says":{{"deadline-from":{{"after":[{after}],"within":{{"hours":72}},"by":"{by}"}}}}}}}}}}"#
        )
    };
    let refusal = refused(&mut house, "north", &says(r#""approval""#, "2025-10-09"));
    assert!(matches!(refusal, Refusal::Claim(ClaimRefusal::BeforeItsTrigger { .. })), "{refusal}");
    assert_eq!(refusal.rule().invariant, Some(19));
    let refusal = refused(&mut house, "north", &says("", "2025-10-09"));
    assert_eq!(refusal, ClaimRefusal::NoTrigger.into());
    let refusal = refused(&mut house, "north", &says(r#""release""#, "2025-10-12"));
    assert!(matches!(refusal, Refusal::Claim(ClaimRefusal::AfterItself(_))), "{refusal}");
}

#[test]
fn a_phase_begins_when_its_conditions_came_or_all_waive_them() {
    let mut house = house();
    milestone(&mut house, "all-returned", "event", "");
    milestone(&mut house, "phase-2", "phase", r#""all-returned""#);
    house.says("north", r#"{"milestone":"phase-2"}"#, r#""occurred""#);
    let phase = |house: &House| view(house).milestones.pop().unwrap();
    assert_eq!(phase(&house).state, MilestoneState::Asserted);
    assert_eq!(phase(&house).open_conditions, ["all-returned".parse().unwrap()]);
    house.says("north", r#"{"milestone":"all-returned"}"#, r#""waived""#);
    assert_eq!(phase(&house).open_conditions.len(), 1, "one side waives nothing for both");
    house.says("south", r#"{"milestone":"all-returned"}"#, r#""waived""#);
    assert_eq!(phase(&house).open_conditions.len(), 0);
    house.check();
}

#[test]
fn an_amendment_below_the_baseline_is_a_claim_with_its_flag() {
    let mut house = house();
    let amended = r#"{"agreement":{"amended":{"agreement":"deal","version":2,"consented":["north","south"],"duties":["D20"]}}}"#;
    let refusal = refused(&mut house, "keeper", amended);
    assert!(matches!(refusal, Refusal::Agreement(AgreementRefusal::BelowBaseline(_))), "{refusal}");
    assert_eq!(refusal.rule().invariant, Some(2));
    house.says(
        "north",
        r#"{"agreement":"deal"}"#,
        r#"{"amended":{"to":"only against payment","duties":["D20"]}}"#,
    );
    let amendments = view(&house).amendments;
    assert_eq!(amendments[0].non_suspendable, ["D20".parse().unwrap()]);
    assert_eq!(view(&house).version, 1);
    house.check();
}

#[test]
fn edge_12_what_is_found_after_completion_is_still_owed() {
    let mut house = house();
    house.keeper(r#"{"agreement":{"residual":{"agreement":"deal","obligation":"to-south"}}}"#);
    both(&mut house, r#"{"agreement":"deal"}"#, r#""completed""#);
    assert_eq!(view(&house).state, AgreementState::Completed);
    assert_eq!(view(&house).residual, ["to-south".parse().unwrap()]);
    house.handover(20, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
    house.both_count("leg-20-south", 1, "prisoner");
    house.check();
}

#[test]
fn cyprus_a_commission_by_consensus_attributes_no_responsibility() {
    let mut house = house();
    let mandate = r#"{"agreement":{"mandated":{"agreement":"deal","organ":"observer","powers":["verify-milestones"],"by-consensus-of":["north","south"],"consented":["north","south"]}}}"#;
    let refusal = refused(
        &mut house,
        "keeper",
        &mandate.replace(r#""consented":["north","south"]"#, r#""consented":["north"]"#),
    );
    assert!(matches!(refusal, Refusal::Agreement(AgreementRefusal::NoConsent(_))), "{refusal}");
    house.keeper(mandate);
    let fault = r#"{"claim":{"made":{"about":{"agreement":"deal"},"says":{"fault":{"of":"north","act":"caused the deaths"}}}}}"#;
    let refusal = refused(&mut house, "observer", fault);
    assert!(matches!(refusal, Refusal::Claim(ClaimRefusal::BeyondMandate { .. })), "{refusal}");
    let _ = house.tell("south", fault);
    milestone(&mut house, "list", "event", "");
    house.says("observer", r#"{"milestone":"list"}"#, r#""occurred""#);
    let state = |house: &House| view(house).milestones[0].state;
    assert_eq!(state(&house), MilestoneState::Reached);
    house.says("south", r#"{"milestone":"list"}"#, r#""did-not-occur""#);
    assert_eq!(state(&house), MilestoneState::Asserted, "there is no consensus");
    house.check();
}
