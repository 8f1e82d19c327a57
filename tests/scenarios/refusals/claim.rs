//! What is impossible of a claim.

use super::super::house::House;
use super::{Row, row};

/// North counts containers in the leg of the 16th by `boxes`, and says by `happened` that it took place. It made a `pledge`. The
/// milestone `release` waits, and `approval` came on the 10th of October. The observer is mandated to verify and no more.
pub(super) fn house() -> House {
    let mut house = super::entry::house();
    house.keeper(r#"{"obligation":{"introduced":{"id":"pledge","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":"unilateral-pledge","standard":"result","credits-at":"passage"}}}"#);
    for (id, on) in [("release", ""), ("approval", r#","on":"2025-10-10""#)] {
        house.keeper(&format!(r#"{{"agreement":{{"milestone":{{"id":"{id}","agreement":"deal","name":"{id}","kind":"event"{on}}}}}}}"#));
    }
    house.keeper(r#"{"agreement":{"mandated":{"agreement":"deal","organ":"observer","powers":["verify-milestones"],"consented":["north","south"]}}}"#);
    house.told("boxes", "north", &made(LEG, r#"{"count":{"quantity":30,"unit":"container"}}"#));
    house.told("happened", "north", &made(LEG, r#""occurred""#));
    house
}

const LEG: &str = r#"{"leg":"leg-16-south"}"#;

fn made(about: &str, says: &str) -> String {
    format!(r#"{{"claim":{{"made":{{"about":{about},"says":{says}}}}}}}"#)
}

fn same(about: &str, as_claim: &str, unit: &str) -> String {
    made(about, &format!(r#"{{"count":{{"quantity":"same as {as_claim}","unit":"{unit}"}}}}"#))
}

fn all_for_all(obligation: &str, with: &str) -> String {
    made(
        &format!(r#"{{"obligation":"{obligation}"}}"#),
        &format!(r#"{{"reciprocity":{{"all-for-all":{{"with":"{with}"}}}}}}"#),
    )
}

fn deadline(after: &str) -> String {
    made(
        r#"{"milestone":"release"}"#,
        &format!(r#"{{"deadline-from":{{"after":[{after}],"within":{{"hours":72}},"by":"2025-10-09"}}}}"#),
    )
}

pub(super) fn rows() -> Vec<Row> {
    let corrected = r#"{"claim":{"corrected":{"claim":"boxes","says":"occurred"}}}"#;
    let terms = made(
        r#"{"obligation":"to-south"}"#,
        r#"{"terms":{"required":{"between":{"from":2,"to":1}},"version":2}}"#,
    );
    let ratio = made(
        r#"{"obligation":"to-south"}"#,
        r#"{"reciprocity":{"ratio":{"of":"to-south","owed":15,"per":0,"accrues-at":"credit","rounding":"down"}}}"#,
    );
    let fault = made(r#"{"agreement":"deal"}"#, r#"{"fault":{"of":"north","act":"caused the deaths"}}"#);
    vec![
        row("ClaimRefusal::KeeperClaims", Some(56), "keeper", corrected)
            .but_by("south")
            .then("ClaimRefusal::NotItsSpeaker"),
        row("ClaimRefusal::NotItsSpeaker", Some(52), "south", corrected)
            .but_by("north")
            .then("ClaimRefusal::OtherScope"),
        row("ClaimRefusal::NotItsSpeaker", Some(52), "south", r#"{"claim":{"withdrawn":{"claim":"boxes"}}}"#)
            .but_by("north"),
        row("ClaimRefusal::OtherScope", Some(53), "north", corrected)
            .but(r#""occurred""#, r#"{"count":{"quantity":31,"unit":"prisoner"}}"#)
            .then("ClaimRefusal::UnitDoesNotFit"),
        row(
            "ClaimRefusal::ScopeDoesNotFit",
            Some(53),
            "north",
            same(r#"{"handover":"h-16"}"#, "happened", "prisoner"),
        )
        .but(r#"{"handover":"h-16"}"#, LEG)
        .then("ClaimRefusal::UnitDoesNotFit"),
        row("ClaimRefusal::UnitDoesNotFit", Some(10), "north", same(LEG, "happened", "prisoner"))
            .but("prisoner", "set-of-remains")
            .then("ClaimRefusal::SameAsNoCount"),
        row("ClaimRefusal::SameAsNoCount", Some(10), "north", same(LEG, "happened", "set-of-remains"))
            .but("happened", "boxes")
            .then("ClaimRefusal::SameAsOtherUnit"),
        row("ClaimRefusal::SameAsOtherUnit", Some(10), "north", same(LEG, "boxes", "set-of-remains"))
            .but("set-of-remains", "container"),
        row("ClaimRefusal::NoSuchVersion", Some(4), "north", terms)
            .but(r#","version":2"#, "")
            .then("ClaimRefusal::ImpossibleTerm"),
        row("ClaimRefusal::ImpossibleTerm", None, "north", ratio)
            .but(r#""per":0"#, r#""per":1"#)
            .then("ClaimRefusal::ReciprocalToItself"),
        row("ClaimRefusal::ReciprocalToItself", None, "north", all_for_all("pledge", "pledge"))
            .but(r#""with":"pledge""#, r#""with":"to-north""#)
            .then("ClaimRefusal::ReciprocalPledge"),
        row("ClaimRefusal::ReciprocalPledge", Some(7), "north", all_for_all("pledge", "to-north"))
            .but("pledge", "to-south"),
        row("ClaimRefusal::NoPossibility", None, "north", made(LEG, r#"{"whose":[]}"#))
            .but("[]", r#"[{"forces-of":"south"}]"#),
        row("ClaimRefusal::NoTrigger", Some(19), "north", deadline(""))
            .but("[]", r#"["release"]"#)
            .then("ClaimRefusal::AfterItself"),
        row("ClaimRefusal::AfterItself", Some(19), "north", deadline(r#""release""#))
            .but(r#"["release"]"#, r#"["approval"]"#)
            .then("ClaimRefusal::BeforeItsTrigger"),
        row("ClaimRefusal::BeforeItsTrigger", Some(19), "north", deadline(r#""approval""#))
            .but("2025-10-09", "2025-10-10"),
        row("ClaimRefusal::BeyondMandate", None, "observer", fault).but_by("south"),
    ]
}
