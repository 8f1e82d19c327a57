//! What is impossible of an agreement.

use super::super::house::House;
use super::{Row, row};

/// A milestone `lists` of the deal on the first of March; another deal, under which something is owed `elsewhere`.
pub(super) fn house() -> House {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    house.keeper(
        r#"{"agreement":{"introduced":{"id":"other","name":"another deal","parties":["north","south"],"form":"signed-text","on":"2025-01-01"}}}"#,
    );
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"elsewhere","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":{"agreement":"other"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house.told("lists", "keeper", r#"{"agreement":{"milestone":{"id":"lists","agreement":"deal","name":"lists","kind":"event","on":"2025-03-01"}}}"#);
    house
}

fn act(what: &str) -> String {
    format!(r#"{{"agreement":{what}}}"#)
}

fn offered(house: &mut House) {
    house.told("offer", "north", &proposed("to-south", ""));
}

fn extended(house: &mut House) {
    house
        .keeper(&act(r#"{"extended":{"agreement":"deal","until":"2025-06","consented":["north","south"]}}"#));
}

fn proposed(term: &str, more: &str) -> String {
    act(&format!(
        r#"{{"proposed":{{"agreement":"deal","terms":[{{"obligation":"{term}","required":{{"exactly":5}}}}]{more}}}}}"#
    ))
}

fn introduced(parties: &str) -> String {
    act(&format!(
        r#"{{"introduced":{{"id":"third","name":"a third deal","parties":[{parties}],"form":"signed-text","on":"2025-07-23"}}}}"#
    ))
}

fn second(agreement: &str, on: &str) -> String {
    act(&format!(
        r#"{{"milestone":{{"id":"second","agreement":"{agreement}","name":"second","kind":"phase","requires":["lists"],"on":"{on}"}}}}"#
    ))
}

fn amended(version: u16, consented: &str) -> String {
    act(&format!(
        r#"{{"amended":{{"agreement":"deal","version":{version},"consented":[{consented}],"duties":["D20"]}}}}"#
    ))
}

pub(super) fn rows() -> Vec<Row> {
    let alone = r#"["south"]"#;
    let answer = act(r#"{"answered":{"proposal":"offer","accepted":true}}"#);
    let mandate = act(r#"{"mandated":{"agreement":"deal","organ":"north","consented":["south"]}}"#);
    let shorter = act(r#"{"extended":{"agreement":"deal","until":"2025-05","consented":["south"]}}"#);
    let itself = act(r#"{"superseded":{"agreement":"deal","by":"deal","consented":["south"]}}"#);
    vec![
        row("AgreementRefusal::PartyTwice", None, "keeper", introduced(r#""north","north""#))
            .but(r#""north","north""#, r#""north""#)
            .then("AgreementRefusal::TooFewParties"),
        row("AgreementRefusal::TooFewParties", None, "keeper", introduced(r#""north""#))
            .but(r#"["north"]"#, r#"["north","south"]"#),
        row("AgreementRefusal::MilestoneOfAnother", None, "keeper", second("other", "2025-02"))
            .but(r#""other""#, r#""deal""#)
            .then("AgreementRefusal::BeforeItsCondition"),
        row("AgreementRefusal::BeforeItsCondition", Some(19), "keeper", second("deal", "2025-02"))
            .but("2025-02", "2025"),
        row("AgreementRefusal::NotTheNextVersion", Some(4), "keeper", amended(3, r#""north""#))
            .but(r#""version":3"#, r#""version":2"#)
            .then("AgreementRefusal::NoConsent"),
        row("AgreementRefusal::NotAtTheTable", None, "press", proposed("elsewhere", ""))
            .but_by("observer")
            .then("AgreementRefusal::RestsOnAnother"),
        row("AgreementRefusal::NotAtTheTable", None, "observer", answer.clone())
            .after(offered)
            .but_by("north")
            .then("AgreementRefusal::OwnProposal"),
        row(
            "AgreementRefusal::RestsOnAnother",
            Some(7),
            "south",
            proposed("elsewhere", r#","in-reply-to":"lists""#),
        )
        .but("elsewhere", "to-south")
        .then("AgreementRefusal::NoProposal"),
        row(
            "AgreementRefusal::RestsOnAnother",
            Some(7),
            "keeper",
            act(r#"{"residual":{"agreement":"deal","obligation":"elsewhere"}}"#),
        )
        .but("elsewhere", "to-south"),
        row("AgreementRefusal::NoProposal", None, "south", proposed("to-south", r#","in-reply-to":"lists""#))
            .after(offered)
            .but(r#""lists""#, r#""offer""#),
        row(
            "AgreementRefusal::NoProposal",
            None,
            "south",
            act(r#"{"proposed":{"agreement":"other","in-reply-to":"offer"}}"#),
        )
        .after(offered)
        .but(r#""other""#, r#""deal""#),
        row("AgreementRefusal::OwnProposal", None, "north", answer).after(offered).but_by("south"),
        row("AgreementRefusal::NotNeutral", Some(5), "keeper", mandate)
            .but(r#""organ":"north""#, r#""organ":"observer""#)
            .then("AgreementRefusal::NoConsent"),
        row("AgreementRefusal::NotLonger", None, "keeper", shorter)
            .after(extended)
            .but("2025-05", "2025-07")
            .then("AgreementRefusal::NoConsent"),
        row("AgreementRefusal::ByItself", None, "keeper", itself)
            .but(r#""by":"deal""#, r#""by":"other""#)
            .then("AgreementRefusal::NoConsent"),
        row("AgreementRefusal::NoConsent", Some(4), "keeper", amended(2, r#""south""#))
            .but(alone, r#"["north","south"]"#)
            .then("AgreementRefusal::BelowBaseline"),
        row("AgreementRefusal::BelowBaseline", Some(2), "keeper", amended(2, r#""north","south""#))
            .but(r#","duties":["D20"]"#, ""),
    ]
}
