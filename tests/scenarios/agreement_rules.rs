//! Every entry about an agreement that certainly cannot stand is refused, and changes nothing.

use handover::agreement::AgreementRefusal as No;
use handover::refusal::Refusal;

use super::house::House;

fn house() -> House {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    house.keeper(
        r#"{"agreement":{"introduced":{"id":"other","name":"another deal","parties":["north","south"],"form":"signed-text","on":"2025-01-01"}}}"#,
    );
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"elsewhere","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":{"agreement":"other"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house
}

fn refused(house: &mut House, by: &str, what: &str) -> No {
    let entry = house.entry(by, &format!(r#"{{"agreement":{what}}}"#));
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).expect_err(what);
    assert_eq!(format!("{:?}", house.ledger), before);
    assert!(!refusal.to_string().is_empty() && !refusal.rule().to_string().is_empty());
    match refusal {
        Refusal::Agreement(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn agreement(house: &mut House, what: &str) {
    house.keeper(&format!(r#"{{"agreement":{what}}}"#));
}

#[test]
fn a_milestone_waits_for_its_own_agreement_and_never_lies_before_its_condition() {
    let mut house = house();
    agreement(
        &mut house,
        r#"{"milestone":{"id":"lists","agreement":"deal","name":"lists","kind":"event","on":"2025-03-01"}}"#,
    );
    let requires = r#"{"milestone":{"id":"second","agreement":"other","name":"second","kind":"phase","requires":["lists"]}}"#;
    assert!(matches!(refused(&mut house, "keeper", requires), No::MilestoneOfAnother(_)));
    let early = r#"{"milestone":{"id":"second","agreement":"deal","name":"second","kind":"phase","requires":["lists"],"on":"2025-02"}}"#;
    let refusal = refused(&mut house, "keeper", early);
    assert!(matches!(refusal, No::BeforeItsCondition { .. }));
    assert_eq!(refusal.rule().invariant, Some(19));
    agreement(&mut house, &early.replace("2025-02", "2025"));
    house.check();
}

#[test]
fn who_is_at_the_table_proposes_and_the_others_answer() {
    let mut house = house();
    let proposal = |term: &str| {
        format!(
            r#"{{"proposed":{{"agreement":"deal","terms":[{{"obligation":"{term}","required":{{"exactly":5}}}}]}}}}"#
        )
    };
    assert!(matches!(refused(&mut house, "press", &proposal("to-south")), No::NotAtTheTable(_)));
    let refusal = refused(&mut house, "north", &proposal("elsewhere"));
    assert!(matches!(refusal, No::RestsOnAnother(_)));
    assert_eq!(refusal.rule().invariant, Some(7));
    let made = house.tell("north", &format!(r#"{{"agreement":{}}}"#, proposal("to-south")));
    let answer = format!(r#"{{"answered":{{"proposal":"{made}","accepted":true}}}}"#);
    assert!(matches!(refused(&mut house, "north", &answer), No::OwnProposal(_)));
    assert!(
        matches!(refused(&mut house, "observer", &answer), No::NotAtTheTable(_)),
        "a neutral accepts for nobody"
    );
    let reply = r#"{"proposed":{"agreement":"deal","in-reply-to":"e-1"}}"#;
    assert!(matches!(refused(&mut house, "south", reply), No::NoProposal(_)));
    let reply = format!(r#"{{"proposed":{{"agreement":"other","in-reply-to":"{made}"}}}}"#);
    assert!(
        matches!(refused(&mut house, "south", &reply), No::NoProposal(_)),
        "it was for another agreement"
    );
    let _ = house.tell("south", &format!(r#"{{"agreement":{answer}}}"#));
    house.check();
}

#[test]
fn what_speaks_for_all_is_neutral_and_joint_acts_have_the_consent_of_all() {
    let mut house = house();
    let mandate = r#"{"mandated":{"agreement":"deal","organ":"north","consented":["north","south"]}}"#;
    let refusal = refused(&mut house, "keeper", mandate);
    assert!(matches!(refusal, No::NotNeutral(_)));
    assert_eq!(refusal.rule().invariant, Some(5));
    let extended = r#"{"extended":{"agreement":"deal","until":"2025-06","consented":["north","south"]}}"#;
    let alone = extended.replace(r#"["north","south"]"#, r#"["south"]"#);
    assert!(matches!(refused(&mut house, "keeper", &alone), No::NoConsent(_)));
    agreement(&mut house, extended);
    let shorter = extended.replace("2025-06", "2025-05");
    assert!(matches!(refused(&mut house, "keeper", &shorter), No::NotLonger { .. }));
    let by_itself = r#"{"superseded":{"agreement":"deal","by":"deal","consented":["north","south"]}}"#;
    assert!(matches!(refused(&mut house, "keeper", by_itself), No::ByItself(_)));
    let alone = r#"{"superseded":{"agreement":"deal","by":"other","consented":["north"]}}"#;
    assert!(matches!(refused(&mut house, "keeper", alone), No::NoConsent(_)));
    let residual = r#"{"residual":{"agreement":"deal","obligation":"elsewhere"}}"#;
    assert!(matches!(refused(&mut house, "keeper", residual), No::RestsOnAnother(_)));
    house.check();
}
