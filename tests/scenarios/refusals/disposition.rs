//! What is impossible of disposition.

use super::super::house::House;
use super::notice::{decide, revoke, step};
use super::{Row, row};

/// A unit `u-1` of which nothing is known, and a court of South's that placed the holds `hold` on it and `old`, which it lifted.
/// Of `kept` there is a sample and a profile; `buried` lies in a grave for a time, and is North's by a determination.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    house.voice("court", r#"{"party":"south"}"#);
    for unit in ["u-1", "kept", "buried"] {
        house.bag(unit);
    }
    for unit in ["kept", "buried"] {
        house.profiled(unit);
    }
    house.person("x");
    for hold in ["hold", "old"] {
        house.told(
            hold,
            "court",
            &disposition(r#"{"judicial-hold":{"unit":"u-1","reason":"evidence","on":"2025-01-15"}}"#),
        );
    }
    house.tell("court", &lifted("old", "2025-01-16"));
    house.tell("south", &burial("buried", "true", "buried", PAPERS));
    house.tell("south", r#"{"affiliation":{"determined":{"unit":"buried","of":{"forces-of":"north"},"on":"2025-02-20","grounds":["genetic"]}}}"#);
    house
}

fn disposition(what: &str) -> String {
    format!(r#"{{"disposition":{what}}}"#)
}

const PAPERS: &str = r#","photographs":"photographs-1","records":"records-1""#;

fn burial(unit: &str, individual: &str, code: &str, papers: &str) -> String {
    disposition(&format!(
        r#"{{"temporarily-buried":{{"unit":"{unit}","grave":{{"number":"214","individual":{individual},"marked":true,"code":"{code}"}}{papers},"on":"2025-06-20"}}}}"#
    ))
}

fn lifted(hold: &str, on: &str) -> String {
    disposition(&format!(r#"{{"hold-lifted":{{"hold":"{hold}","reason":"the trial is over","on":"{on}"}}}}"#))
}

fn requested(unit: &str, branch: u16) -> String {
    disposition(&format!(
        r#"{{"held-at-family-request":{{"unit":"{unit}","person":"x","branch":{branch},"on":"2025-07-11"}}}}"#
    ))
}

fn released(to: &str, code: &str) -> String {
    disposition(&format!(
        r#"{{"released":{{"unit":"u-1","to":"{to}","code-on-remains":"{code}","code-on-decision":"u-1","on":"2025-09-20"}}}}"#
    ))
}

fn family(house: &mut House) {
    house.tell(
        "south",
        r#"{"notice":{"branch":{"person":"x","branch":1,"preference":"every-find","on":"2025-01-20"}}}"#,
    );
    house.tell(
        "south",
        r#"{"notice":{"branch":{"person":"x","branch":2,"preference":"never","on":"2025-01-20"}}}"#,
    );
}

fn untold(house: &mut House) {
    family(house);
    decide(house);
}

fn tell(house: &mut House) {
    house.tell("south", &step("notified", "u-1", 1, "2025-03-05"));
}

fn told(house: &mut House) {
    untold(house);
    tell(house);
}

fn wish(house: &mut House, branch: u16, wish: &str) {
    house.tell("south", &disposition(&format!(r#"{{"instructed":{{"unit":"u-1","person":"x","branch":{branch},"wish":"{wish}","to":"family-desk","on":"2025-03-10"}}}}"#)));
}

fn differ(house: &mut House) {
    wish(house, 1, "burial");
    wish(house, 2, "cremation");
}

fn at_odds(house: &mut House) {
    told(house);
    differ(house);
}

fn agree(house: &mut House) {
    wish(house, 2, "burial");
}

fn agreed(house: &mut House) {
    at_odds(house);
    agree(house);
}

fn lift(house: &mut House) {
    house.tell("court", &lifted("hold", "2025-04-01"));
}

fn free(house: &mut House) {
    agreed(house);
    lift(house);
}

fn sample(house: &mut House) {
    for what in [
        r#"{"examined":{"unit":"u-1","on":"2025-01-11"}}"#,
        r#"{"sampled":{"unit":"u-1","on":"2025-01-11","sample":"s-1"}}"#,
    ] {
        house.forensic(what);
    }
}

fn sample_and_lift(house: &mut House) {
    sample(house);
    lift(house);
}

fn profile(house: &mut House) {
    for what in [
        r#"{"profile":{"unit":"u-1","on":"2025-01-12","sample":"s-1","outcome":"obtained"}}"#,
        r#"{"in-database":{"unit":"u-1","on":"2025-01-13"}}"#,
    ] {
        house.forensic(what);
    }
}

/// The unit `kept` goes back to North.
fn back(house: &mut House) {
    house.keeper(
        r#"{"custody":{"introduced":{"id":"back","of":{"remains":"kept"},"from":"south","to":"north"}}}"#,
    );
}

pub(super) fn rows() -> Vec<Row> {
    [of_release(), of_burial()].into_iter().flatten().collect()
}

fn of_release() -> Vec<Row> {
    let (wrong, desk) = (released("another-desk", "kept"), released("family-desk", "kept"));
    let cremated = disposition(r#"{"cremated":{"unit":"u-1","reason":"hygiene","on":"2025-10-01"}}"#);
    vec![
        row("DispositionRefusal::NoAuthority", Some(56), "press", requested("buried", 7))
            .but_by("south")
            .then("DispositionRefusal::NotFromHere"),
        row("DispositionRefusal::NotFromHere", None, "south", requested("buried", 7))
            .but("buried", "kept")
            .then("DispositionRefusal::NoSuchBranch"),
        row("DispositionRefusal::NoSuchBranch", Some(22), "south", requested("kept", 7))
            .after(family)
            .but(r#""branch":7"#, r#""branch":1"#),
        row("DispositionRefusal::NotIdentified", None, "south", wrong.clone())
            .after(family)
            .but_after(decide)
            .then("DispositionRefusal::FamilyNotTold"),
        row("DispositionRefusal::FamilyNotTold", Some(59), "south", wrong.clone())
            .after(untold)
            .but_after(tell)
            .then("DispositionRefusal::NoInstruction"),
        row("DispositionRefusal::NoInstruction", None, "south", wrong.clone())
            .after(told)
            .but_after(differ)
            .then("DispositionRefusal::KinDisagree"),
        row("DispositionRefusal::KinDisagree", None, "south", wrong.clone())
            .after(at_odds)
            .but_after(agree)
            .then("DispositionRefusal::ToAnother"),
        row("DispositionRefusal::ToAnother", None, "south", wrong)
            .after(agreed)
            .but("another-desk", "family-desk")
            .then("DispositionRefusal::UnderJudicialHold"),
        row("DispositionRefusal::CremationOfUnidentified", Some(37), "south", cremated.clone())
            .but(r#""hygiene""#, r#"{"legal":"order-1"}"#)
            .then("DispositionRefusal::UnderJudicialHold"),
        row("DispositionRefusal::UnderJudicialHold", None, "south", desk.clone())
            .after(agreed)
            .but_after(lift)
            .then("DispositionRefusal::CodeDiffers"),
        row(
            "DispositionRefusal::UnderJudicialHold",
            None,
            "south",
            cremated.replace(r#""hygiene""#, r#"{"legal":"order-1"}"#),
        )
        .but_after(sample_and_lift),
        row("DispositionRefusal::CodeDiffers", Some(21), "south", desk)
            .after(free)
            .but(r#""kept""#, r#""u-1""#)
            .then("DispositionRefusal::NoSample"),
    ]
}

fn of_burial() -> Vec<Row> {
    let exhumed = disposition(
        r#"{"exhumed":{"unit":"buried","permit":"permit-3","reason":"identification","on":"2025-06-19"}}"#,
    );
    let returned =
        disposition(r#"{"returned-to-sender":{"unit":"buried","transfer":"back","on":"2025-07-01"}}"#);
    vec![
        row("DispositionRefusal::Identified", None, "south", burial("u-1", "false", "kept", ""))
            .after(decide)
            .but_after(revoke)
            .then("DispositionRefusal::NoSample"),
        row("DispositionRefusal::NoSample", Some(37), "south", burial("u-1", "false", "kept", ""))
            .but_after(sample)
            .then("DispositionRefusal::NoProfile"),
        row("DispositionRefusal::NoSample", Some(37), "south", released("family-desk", "u-1"))
            .after(free)
            .but_after(sample),
        row("DispositionRefusal::NoProfile", Some(37), "south", burial("u-1", "false", "kept", ""))
            .after(sample)
            .but_after(profile)
            .then("DispositionRefusal::RecordsIncomplete"),
        row("DispositionRefusal::RecordsIncomplete", Some(37), "south", burial("kept", "false", "u-1", ""))
            .but(r#","on""#, format!(r#"{PAPERS},"on""#))
            .then("DispositionRefusal::GraveNotItsOwn"),
        row("DispositionRefusal::GraveNotItsOwn", Some(37), "south", burial("kept", "false", "u-1", PAPERS))
            .but("false", "true")
            .then("DispositionRefusal::CodeNotOnGrave"),
        row("DispositionRefusal::CodeNotOnGrave", Some(37), "south", burial("kept", "true", "u-1", PAPERS))
            .but("u-1", "kept"),
        row("DispositionRefusal::HomeNotTold", None, "south", exhumed)
            .but(r#","on""#, r#","home-notice":{"on":"2025-05-01","record":"note-12"},"on""#)
            .then("DispositionRefusal::TooEarly"),
        row("DispositionRefusal::TransferDoesNotFit", Some(20), "south", returned.replace("buried", "u-1"))
            .after(|house| {
                lift(house);
                back(house);
            })
            .but(r#""u-1""#, r#""kept""#),
        row("DispositionRefusal::NotItsOrgan", Some(52), "south", lifted("old", "2025-01-01"))
            .but_by("court")
            .then("DispositionRefusal::LiftedAlready"),
        row("DispositionRefusal::LiftedAlready", Some(12), "court", lifted("old", "2025-01-12"))
            .but(r#""old""#, r#""hold""#)
            .then("DispositionRefusal::TooEarly"),
        row("DispositionRefusal::TooEarly", Some(19), "court", lifted("hold", "2025-01-12"))
            .but("2025-01-12", "2025-01-15"),
    ]
}
