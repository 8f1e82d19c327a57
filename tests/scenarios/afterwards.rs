//! Edge cases of what comes afterwards (`docs/rules.md` d): whose the remains are, what is credited, who is told, and
//! where they rest.

use std::collections::BTreeMap;

use handover::claim::{Affiliation, CreditDenial};
use handover::custody::Held;
use handover::disposition::{DispositionRefusal, Rest};
use handover::id::RemainsId;
use handover::identification::IdentificationRefusal;
use handover::notice::{Branch, NoticeRefusal, Preference, WhyNotDue};
use handover::quantity::Span;
use handover::reading::{
    AffiliationStatus, CreditClass, CreditCount, DutyKind, DutyState, IdentificationStatus as Status,
    JointView, Label, NoticeState, Position, Reading,
};
use handover::refusal::Refusal;

use super::forensics::{decision, stand};
use super::house::House;
use super::telling::{leg, reading};

/// A batch `first` and a batch `second` of North's passed to South on the 16th and 17th towards what North owes, which is
/// credited by what the remains are; South has a court, and East is a third party.
fn house(unit: &str) -> House {
    let mut house = House::crediting(unit, "credit");
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    house.voice("court", r#"{"party":"south"}"#);
    for (day, batch) in [(16, "first"), (17, "second")] {
        house.handover(day, unit, r#"{"matter":"remains"}"#);
        house.keeper(&format!(r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"{unit}","towards":"to-south"}}}}}}"#));
        house.keeper(&format!(r#"{{"batch":{{"passed":{{"batch":"{batch}","leg":"leg-{day}-south"}}}}}}"#));
    }
    house
}

/// A bag of a batch in which these units are found.
fn opened(house: &mut House, bag: &str, batch: &str, units: &[String]) {
    house.keeper(&format!(r#"{{"container":{{"registered":{{"id":"{bag}","batch":"{batch}","held-by":"south","since":"2025-01-17","provenance":"undisclosed"}}}}}}"#));
    let found: Vec<String> = units.iter().map(|unit| format!(r#"{{"id":"{unit}","human":"yes"}}"#)).collect();
    house.tell(
        "south",
        &format!(
            r#"{{"remains":{{"opened":{{"container":"{bag}","on":"2025-01-18","found":[{}]}}}}}}"#,
            found.join(",")
        ),
    );
}

/// A bag of its own for a unit, of which a profile is kept.
fn found(house: &mut House, unit: &str, batch: &str) {
    opened(house, &format!("bag-{unit}"), batch, &[unit.to_owned()]);
    for step in [
        format!(r#"{{"examined":{{"unit":"{unit}","on":"2025-01-19"}}}}"#),
        format!(r#"{{"sampled":{{"unit":"{unit}","on":"2025-01-19","sample":"s-{unit}"}}}}"#),
        format!(
            r#"{{"profile":{{"unit":"{unit}","on":"2025-01-23","sample":"s-{unit}","outcome":"obtained"}}}}"#
        ),
        format!(r#"{{"in-database":{{"unit":"{unit}","on":"2025-01-23"}}}}"#),
    ] {
        house.forensic(&step);
    }
}

fn affiliation(house: &mut House, kind: &str, what: &str) -> String {
    house.tell("south", &format!(r#"{{"affiliation":{{"{kind}":{what}}}}}"#))
}

fn determined(house: &mut House, unit: &str, of: &str) -> String {
    affiliation(
        house,
        "determined",
        &format!(r#"{{"unit":"{unit}","of":{of},"on":"2025-02-20","grounds":["genetic"]}}"#),
    )
}

fn presumed(house: &mut House, unit: &str, of: &str) {
    affiliation(
        house,
        "presumed",
        &format!(r#"{{"unit":"{unit}","of":{of},"on":"2025-01-20","grounds":["uniform","documents"]}}"#),
    );
}

fn denied(house: &mut House, unit: &str, reason: &str) {
    affiliation(
        house,
        "credit-denied",
        &format!(r#"{{"unit":"{unit}","obligation":"to-south","reason":"{reason}","on":"2025-02-21"}}"#),
    );
}

fn notice(kind: &str, unit: &str, branch: u16, on: &str) -> String {
    format!(r#"{{"notice":{{"{kind}":{{"unit":"{unit}","person":"x","branch":{branch},"on":"{on}"}}}}}}"#)
}

fn branch(house: &mut House, branch: u16, preference: &str) {
    house.tell("south", &format!(r#"{{"notice":{{"branch":{{"person":"x","branch":{branch},"preference":"{preference}","on":"2025-01-20"}}}}}}"#));
}

fn disposed(house: &mut House, by: &str, what: &str) -> String {
    house.tell(by, &format!(r#"{{"disposition":{what}}}"#))
}

fn instructed(house: &mut House, unit: &str, branch: u16, wish: &str, on: &str) {
    disposed(
        house,
        "south",
        &format!(
            r#"{{"instructed":{{"unit":"{unit}","person":"x","branch":{branch},"wish":"{wish}","to":"family","on":"{on}"}}}}"#
        ),
    );
}

fn release(unit: &str, on: &str) -> String {
    format!(
        r#"{{"released":{{"unit":"{unit}","to":"family","code-on-remains":"{unit}","code-on-decision":"{unit}","on":"{on}"}}}}"#
    )
}

fn not_released(house: &mut House, unit: &str, on: &str) -> DispositionRefusal {
    let what = format!(r#"{{"disposition":{}}}"#, release(unit, on));
    let entry = house.entry("south", &what);
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).unwrap_err();
    assert_eq!(format!("{:?}", house.ledger), before, "a refused release changes nothing");
    match refusal {
        Refusal::Disposition(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn buried(house: &mut House, unit: &str, on: &str) {
    disposed(house, "south", &format!(r#"{{"buried":{{"unit":"{unit}","on":"{on}"}}}}"#));
}

fn class(house: &House, unit: &str) -> Option<CreditClass> {
    let of_south = reading(&house.ledger, "south");
    of_south.credit_of_unit(unit.parse().unwrap(), "to-south".parse().unwrap()).unwrap().class
}

fn credit(reading: &Reading<'_>, batch: &str) -> CreditCount {
    reading.credit_of_batch(batch.parse().unwrap(), "to-south".parse().unwrap()).unwrap()
}

fn rest(house: &House, unit: &str) -> Option<Rest> {
    reading(&house.ledger, "south").disposition(unit.parse().unwrap()).unwrap().rest
}

/// Fifty-five boxes came as one side's. In them were ninety-three of the receiver's, eighty-eight of an ally's, and some of
/// whom nothing is known yet. The ally's are owed to the ally now.
#[test]
fn edge_20_the_wrong_nation_in_the_box() {
    let mut house = house("individual");
    let units: Vec<String> = (1..=190).map(|n| format!("k-{n}")).collect();
    for (at, of_box) in units.chunks(4).chain([&[][..]; 7]).enumerate() {
        opened(&mut house, &format!("box-{at}"), "first", of_box);
    }
    for (at, unit) in units.iter().enumerate().take(181) {
        let of = if at < 93 { "south" } else { "east" };
        determined(&mut house, unit, &format!(r#"{{"forces-of":"{of}"}}"#));
    }
    let south = reading(&house.ledger, "south");
    assert_eq!(south.manifest("first".parse().unwrap()).unwrap().containers.len(), 55);
    let duties = south.return_duties();
    let east = Some("east".parse().unwrap());
    assert_eq!(duties.len(), 88);
    assert!(duties.iter().all(|duty| (duty.kind, duty.towards) == (DutyKind::Onward, east)));
    assert!(duties.iter().all(|duty| duty.state == DutyState::Open && duty.because.len() == 1));
    let count = credit(&south, "first");
    assert_eq!((count.credited_units, count.pending), (93, 9));
    assert_eq!(count.denied, BTreeMap::from([(CreditDenial::WrongClass, 88)]));
    let several = "pieces that nobody told apart can be of one man";
    assert_eq!(count.credited, Span::new(1, 102).unwrap(), "{several}");
    assert!(reading(&house.ledger, "north").return_duties().is_empty(), "North determined nothing");
    // One of them goes on to the ally, and that duty is settled.
    house.keeper(
        r#"{"custody":{"introduced":{"id":"on","of":{"remains":"k-94"},"from":"south","to":"east"}}}"#,
    );
    house.tell("south", r#"{"custody":{"given":{"transfer":"on","on":"2025-06-25"}}}"#);
    house.tell(
        "east",
        r#"{"custody":{"received":{"transfer":"on","on":"2025-06-25","accepted":"with-reservation"}}}"#,
    );
    disposed(
        &mut house,
        "south",
        r#"{"transferred-onward":{"unit":"k-94","transfer":"on","on":"2025-06-25"}}"#,
    );
    let duties = reading(&house.ledger, "south").return_duties();
    assert_eq!(duties.iter().filter(|duty| duty.state == DutyState::Open).count(), 87);
    house.check();
}

/// Parts of one man come in three bags of two batches; he is buried, and twice more something of him is found.
#[test]
fn edge_23_the_same_man_three_bags_two_batches_one_funeral() {
    let mut house = house("identified-person");
    for (unit, batch) in [("u-1", "first"), ("u-2", "first"), ("u-3", "second")] {
        found(&mut house, unit, batch);
        determined(&mut house, unit, r#"{"forces-of":"south"}"#);
    }
    house.person("x");
    branch(&mut house, 1, "every-find");
    branch(&mut house, 2, "first-only");
    for (unit, month) in [("u-1", 3), ("u-2", 6), ("u-3", 9)] {
        let on = |day: u32| format!("2025-{month:02}-{day:02}");
        house.decided(unit, "x", &on(1));
        house.tell("south", &notice("notified", unit, 1, &on(2)));
        let second = notice("notified", unit, 2, &on(2));
        if unit == "u-1" {
            house.tell("south", &second);
        } else {
            let refusal = house.refused("south", &second, None);
            let why = WhyNotDue::AsPreferred(Preference::FirstOnly);
            assert!(
                matches!(&refusal, Refusal::Notice(NoticeRefusal::NotDue { why: found, .. }) if *found == why),
                "{refusal}"
            );
        }
        instructed(&mut house, unit, 1, "burial", &on(3));
        disposed(&mut house, "south", &release(unit, &on(4)));
        buried(&mut house, unit, &on(5));
    }
    assert!(["u-1", "u-2", "u-3"].iter().all(|unit| rest(&house, unit) == Some(Rest::Buried)));
    // One man, one credit: further parts of him are not another.
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    for unit in ["u-2", "u-3"] {
        assert_eq!(class(&house, unit), Some(CreditClass::Denied(CreditDenial::AlreadyCredited)));
    }
    let sum = reading(&house.ledger, "south");
    assert_eq!(credit(&sum, "first").credited, Span::exactly(1));
    assert_eq!(credit(&sum, "second").credited, Span::ZERO);
    house.check();
}

/// What is handed over belongs to a man who was returned two years ago. Everything is recorded, his family is told, and
/// nothing is credited; what one says of the other's intent stays what one says.
#[test]
fn edge_24_remains_of_someone_credited_before() {
    let mut house = house("identified-person");
    house.person("x");
    branch(&mut house, 1, "every-find");
    for (unit, batch, year) in [("u-1", "first", 2025), ("u-2", "second", 2027)] {
        found(&mut house, unit, batch);
        determined(&mut house, unit, r#"{"forces-of":"south"}"#);
        house.decided(unit, "x", &format!("{year}-03-01"));
    }
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    assert_eq!(class(&house, "u-2"), Some(CreditClass::Denied(CreditDenial::AlreadyCredited)));
    assert_eq!(credit(&reading(&house.ledger, "south"), "second").credited, Span::ZERO);
    // Full custody, and a family to be told of it.
    let chain = house.now().chain(Held::Remains("u-2".parse().unwrap())).unwrap();
    assert_eq!(chain.position, Position::With("south".parse().unwrap()));
    let due: Vec<RemainsId> = reading(&house.ledger, "south")
        .notices()
        .iter()
        .filter(|notice| notice.state == NoticeState::Due)
        .map(|notice| notice.unit)
        .collect();
    assert_eq!(due, ["u-1".parse().unwrap(), "u-2".parse().unwrap()]);
    let before = credit(&reading(&house.ledger, "south"), "second");
    let staged = r#"{"fault":{"of":"north","act":"staged the recovery before a camera","intended":true}}"#;
    house.says("south", r#"{"batch":"second"}"#, staged);
    let allegations = house.now().allegations();
    assert_eq!((allegations.len(), allegations[0].intended), (1, true));
    assert_eq!(credit(&reading(&house.ledger, "south"), "second"), before, "an allegation changes no count");
    // That the first was wrong gives the second its credit, and deletes nothing.
    let first = house.of("u-1").decision.unwrap().to_string();
    house.reexamined(&first, r#""new-evidence""#, "2027-04-01");
    house.revoked(&first, "excluded", "2027-04-02");
    assert_eq!(class(&house, "u-2"), Some(CreditClass::Credited));
    assert_eq!(house.now().decisions().len(), 2);
    house.check();
}

/// A body comes as one man's; it is neither his nor any missing person's. A day later his comes. The first is still
/// somebody's, and has a way back.
#[test]
fn edge_25_the_wrong_body_and_then_the_right_one() {
    let mut house = house("identified-person");
    for (unit, batch) in [("body-a", "first"), ("body-b", "second")] {
        found(&mut house, unit, batch);
    }
    house.person("x");
    house.lead("north", "body-a", "x", "sender-statement");
    house.says("observer", r#"{"leg":"leg-16-south"}"#, r#""occurred""#);
    assert_eq!(house.of("body-a").status, Status::Presumptive);
    let excludes = r#"{"unit":"body-a","person":"x","by":"dna-direct","record":"report","on":"2025-02-01"}"#;
    house.identify("lab", "excluded", excludes);
    denied(&mut house, "body-a", "wrong-class");
    house.decided("body-b", "x", "2025-02-02");
    determined(&mut house, "body-b", r#"{"forces-of":"south"}"#);
    assert_eq!(class(&house, "body-b"), Some(CreditClass::Credited));
    assert_eq!(class(&house, "body-a"), Some(CreditClass::Denied(CreditDenial::WrongClass)));
    // Who brought it attests that something passed, and no detail.
    let neutral = reading(&house.ledger, "neutral");
    assert_eq!(neutral.leg("leg-16-south".parse().unwrap()).unwrap().passed.label, Label::Silent);
    assert_eq!(leg(&neutral, "leg-16-south").count.view, JointView::Unasserted);
    // It has its own case and its own way back.
    determined(&mut house, "body-a", r#"{"civilians-of":"north"}"#);
    assert_eq!(house.of("body-a").status, Status::Unidentified);
    let duty = reading(&house.ledger, "south").return_duties().pop().unwrap();
    let expected = ("body-a".parse().unwrap(), DutyKind::Return, Some("north".parse().unwrap()));
    assert_eq!((duty.unit, duty.kind, duty.towards), expected);
    house.check();
}

/// "Probably not yours, please test." They are tested, are not theirs, and nobody calls it a breach.
#[test]
fn edge_26_delivered_for_examination() {
    let mut house = house("individual");
    house.says(
        "north",
        r#"{"batch":"first"}"#,
        r#"{"whose":[{"forces-of":"south"},{"civilians-of":"north"}]}"#,
    );
    let units = ["u-1", "u-2", "u-3"].map(str::to_owned);
    for unit in &units {
        found(&mut house, unit, "first");
    }
    let count = credit(&reading(&house.ledger, "south"), "first");
    assert_eq!((count.credited_units, count.pending, count.credited), (0, 3, Span::up_to(3)));
    for unit in &units {
        denied(&mut house, unit, "undetermined");
    }
    let south = reading(&house.ledger, "south");
    let count = credit(&south, "first");
    assert_eq!(count.denied, BTreeMap::from([(CreditDenial::Undetermined, 3)]));
    assert_eq!(count.credited, Span::ZERO);
    assert!(south.return_duties().is_empty(), "nothing is to be returned until it is determined");
    assert_eq!(stand(&house.now(), &units, Status::Unidentified), 3, "each keeps its case");
    assert!(house.now().allegations().is_empty(), "the receiver alleges no breach");
    house.check();
}

/// Twenty of a thousand are presumed to be the sender's own, by uniform and papers. Three are confirmed; their return
/// waits for certainty, and is no performance of what the receiver owes.
#[test]
fn edge_27_the_senders_soldiers_among_the_receivers_dead() {
    let mut house = house("individual");
    let units: Vec<String> = (1..=20).map(|n| format!("u-{n}")).collect();
    for unit in &units {
        found(&mut house, unit, "first");
        presumed(&mut house, unit, r#"{"forces-of":"north"}"#);
    }
    let north = Affiliation::ForcesOf("north".parse().unwrap());
    let south = reading(&house.ledger, "south");
    let status = south.affiliation("u-1".parse().unwrap()).unwrap().status;
    assert_eq!(status, AffiliationStatus::Presumed(north));
    assert!(south.return_duties().is_empty(), "a uniform returns nobody");
    for unit in &units[..3] {
        determined(&mut house, unit, r#"{"forces-of":"north"}"#);
    }
    let block = affiliation(
        &mut house,
        "blocked",
        r#"{"unit":"u-1","until":"every result is certain","on":"2025-02-22"}"#,
    );
    let south = reading(&house.ledger, "south");
    let duties = south.return_duties();
    assert_eq!(duties.len(), 3);
    assert!(duties.iter().all(|duty| duty.kind == DutyKind::Return));
    assert_eq!(duties[0].blocked.iter().map(|block| block.entry.to_string()).collect::<Vec<_>>(), [block]);
    let count = credit(&south, "first");
    assert_eq!((count.credited_units, count.pending), (0, 17));
    assert_eq!(count.denied, BTreeMap::from([(CreditDenial::OtherSide, 3)]), "they came, and are no return");
    assert_eq!(south.remains_of_batch("first".parse().unwrap()).unwrap().units, Span::exactly(20));
    // Returned, they perform nothing that South owes.
    let owed = south.credit_of_unit("u-2".parse().unwrap(), "to-north".parse().unwrap()).unwrap();
    assert_eq!(owed.class, None);
    house.keeper(
        r#"{"custody":{"introduced":{"id":"back","of":{"remains":"u-2"},"from":"south","to":"north"}}}"#,
    );
    house.tell("south", r#"{"custody":{"given":{"transfer":"back","on":"2025-05-01"}}}"#);
    house.tell(
        "north",
        r#"{"custody":{"received":{"transfer":"back","on":"2025-05-01","accepted":"with-reservation"}}}"#,
    );
    disposed(
        &mut house,
        "south",
        r#"{"returned-to-sender":{"unit":"u-2","transfer":"back","on":"2025-05-01"}}"#,
    );
    let open: Vec<_> = reading(&house.ledger, "south")
        .return_duties()
        .into_iter()
        .filter(|duty| duty.state == DutyState::Open)
        .map(|duty| duty.unit.to_string())
        .collect();
    assert_eq!(open, ["u-1", "u-3"]);
    house.check();
}

/// Identified, and not released: the family waits for more, a court needs evidence, and next of kin do not agree.
#[test]
fn edge_34_identified_and_not_released() {
    let mut house = house("individual");
    found(&mut house, "u-1", "first");
    house.person("x");
    branch(&mut house, 1, "every-find");
    house.decided("u-1", "x", "2025-03-01");
    let told = not_released(&mut house, "u-1", "2025-03-02");
    assert!(matches!(told, DispositionRefusal::FamilyNotTold { branch: Some(Branch(1)), .. }), "{told}");
    house.tell("south", &notice("notified", "u-1", 1, "2025-03-02"));
    assert!(matches!(not_released(&mut house, "u-1", "2025-03-03"), DispositionRefusal::NoInstruction(_)));
    instructed(&mut house, "u-1", 1, "burial", "2025-03-03");
    disposed(
        &mut house,
        "south",
        r#"{"held-at-family-request":{"unit":"u-1","person":"x","branch":1,"on":"2025-03-04"}}"#,
    );
    assert_eq!(rest(&house, "u-1"), Some(Rest::HeldAtFamilyRequest));
    let waits = not_released(&mut house, "u-1", "2025-03-05");
    assert!(matches!(waits, DispositionRefusal::NotFromHere { .. }), "{waits}");
    disposed(&mut house, "south", r#"{"request-ended":{"unit":"u-1","on":"2025-06-01"}}"#);
    let hold = disposed(
        &mut house,
        "court",
        r#"{"judicial-hold":{"unit":"u-1","reason":"evidence of a crime","on":"2025-06-02"}}"#,
    );
    let evidence = not_released(&mut house, "u-1", "2025-06-03");
    assert!(matches!(evidence, DispositionRefusal::UnderJudicialHold { .. }), "{evidence}");
    let lifted =
        format!(r#"{{"hold-lifted":{{"hold":"{hold}","reason":"all is recorded","on":"2025-07-01"}}}}"#);
    house.refused("south", &format!(r#"{{"disposition":{lifted}}}"#), Some(52));
    disposed(&mut house, "court", &lifted);
    branch(&mut house, 2, "every-find");
    house.tell("south", &notice("notified", "u-1", 2, "2025-07-02"));
    instructed(&mut house, "u-1", 2, "cremation", "2025-07-02");
    let disagree = not_released(&mut house, "u-1", "2025-07-03");
    assert!(matches!(disagree, DispositionRefusal::KinDisagree(_)), "{disagree}");
    disposed(
        &mut house,
        "court",
        r#"{"kin-settled":{"unit":"u-1","person":"x","wish":"burial","to":"family","record":"judgment","on":"2025-08-01"}}"#,
    );
    disposed(&mut house, "south", &release("u-1", "2025-08-02"));
    buried(&mut house, "u-1", "2025-08-03");
    assert_eq!(rest(&house, "u-1"), Some(Rest::Buried));
    house.check();
}

/// Nobody is known to tell, or telling would endanger them. An authority decides that in writing, and only then.
#[test]
fn edge_35_nobody_to_tell() {
    let mut house = house("individual");
    found(&mut house, "u-1", "first");
    house.person("x");
    house.decided("u-1", "x", "2025-03-01");
    let state = |house: &House| reading(&house.ledger, "south").notices()[0].state;
    assert_eq!(state(&house), NoticeState::KinToBeSought);
    let nobody = |decision: &str| {
        format!(r#"{{"notice":{{"no-kin-known":{{"person":"x",{decision}"on":"2025-03-02"}}}}}}"#)
    };
    house.tell("south", &nobody(""));
    assert_eq!(state(&house), NoticeState::NoKinKnown { in_writing: false });
    let told = not_released(&mut house, "u-1", "2025-03-03");
    assert!(matches!(told, DispositionRefusal::FamilyNotTold { branch: None, .. }), "{told}");
    house.tell("south", &nobody(r#""decision":"act-7","#));
    assert_eq!(state(&house), NoticeState::NoKinKnown { in_writing: true });
    // A branch turns up, in a place where a letter endangers it.
    branch(&mut house, 1, "not-asked");
    assert_eq!(state(&house), NoticeState::Due);
    let danger = |decision: &str| {
        format!(
            r#"{{"notice":{{"contact-endangers-kin":{{"person":"x","branch":1,{decision}"on":"2025-03-04"}}}}}}"#
        )
    };
    house.tell("south", &danger(""));
    house.refused("south", &notice("attempted", "u-1", 1, "2025-03-05"), None);
    let told = not_released(&mut house, "u-1", "2025-03-05");
    assert!(matches!(told, DispositionRefusal::FamilyNotTold { branch: Some(Branch(1)), .. }), "{told}");
    house.tell("south", &danger(r#""decision":"act-8","#));
    assert_eq!(state(&house), NoticeState::ContactEndangersKin { in_writing: true });
    instructed(&mut house, "u-1", 1, "burial-by-others", "2025-03-06");
    disposed(&mut house, "south", &release("u-1", "2025-03-07"));
    assert_eq!(rest(&house, "u-1"), Some(Rest::Released));
    house.check();
}

/// After twelve months without a name: a grave of its own, number 214. Two years later there is a match, and the number
/// outlives the exhumation.
#[test]
fn edge_37_temporary_grave_number_214() {
    let mut house = house("individual");
    found(&mut house, "u-1", "first");
    let grave = |code: &str, photographs: &str| {
        format!(
            r#"{{"temporarily-buried":{{"unit":"u-1","grave":{{"number":"214","individual":true,"marked":true,"code":"{code}","register":"reg"}},{photographs}"records":"rec","on":"2026-01-18"}}}}"#
        )
    };
    for unmarked in [grave("u-7", r#""photographs":"pho","#), grave("u-1", "")] {
        house.refused("south", &format!(r#"{{"disposition":{unmarked}}}"#), Some(37));
    }
    disposed(&mut house, "south", &grave("u-1", r#""photographs":"pho","#));
    assert_eq!(rest(&house, "u-1"), Some(Rest::TemporarilyBuried));
    house.person("x");
    branch(&mut house, 1, "every-find");
    house.decided("u-1", "x", "2028-02-01");
    house.tell("south", &notice("notified", "u-1", 1, "2028-02-02"));
    instructed(&mut house, "u-1", 1, "burial", "2028-02-03");
    let there = not_released(&mut house, "u-1", "2028-02-04");
    assert!(matches!(there, DispositionRefusal::NotFromHere { .. }), "{there}");
    disposed(
        &mut house,
        "south",
        r#"{"exhumed":{"unit":"u-1","permit":"permit-3","reason":"identification","on":"2028-03-01"}}"#,
    );
    disposed(&mut house, "south", &release("u-1", "2028-03-02"));
    buried(&mut house, "u-1", "2028-03-03");
    let view = reading(&house.ledger, "south").disposition("u-1".parse().unwrap()).unwrap();
    let graves: Vec<&str> = view.graves.iter().map(|grave| grave.grave.number.as_str()).collect();
    assert_eq!((view.rest, graves), (Some(Rest::Buried), ["214"].into()));
    house.check();
}

/// One branch wants to be told at the end, the other buries. The first is told when the case is closed, and is no veto
/// until then; alone, it has asked for nothing, and nothing is released.
#[test]
fn a_choice_to_be_told_at_the_end_is_no_veto() {
    let mut house = house("individual");
    found(&mut house, "u-1", "first");
    house.person("x");
    branch(&mut house, 1, "at-end");
    house.decided("u-1", "x", "2025-03-01");
    let waits = not_released(&mut house, "u-1", "2025-03-02");
    assert!(matches!(waits, DispositionRefusal::NoInstruction(_)), "{waits}");
    branch(&mut house, 2, "every-find");
    let told = not_released(&mut house, "u-1", "2025-03-02");
    assert!(matches!(told, DispositionRefusal::FamilyNotTold { branch: Some(Branch(2)), .. }), "{told}");
    house.tell("south", &notice("notified", "u-1", 2, "2025-03-02"));
    instructed(&mut house, "u-1", 2, "burial", "2025-03-03");
    disposed(&mut house, "south", &release("u-1", "2025-03-04"));
    let of_first = |house: &House| reading(&house.ledger, "south").notices()[0].state;
    assert_eq!(of_first(&house), NoticeState::NotDue(WhyNotDue::AsPreferred(Preference::AtEnd)));
    house.tell("south", r#"{"closure":{"criterion":{"of":{"batch":"first"},"criterion":"persons-identified","on":"2025-06-01"}}}"#);
    house.tell("south", r#"{"closure":{"closed":{"of":{"batch":"first"},"on":"2025-06-02"}}}"#);
    assert_eq!(of_first(&house), NoticeState::Due, "it is told of the burial when all is done");
    house.check();
}

/// What is determined not to be human is decided to be nobody.
#[test]
fn what_is_not_human_is_nobodys_remains() {
    let mut house = house("individual");
    found(&mut house, "u-1", "first");
    house.person("x");
    let dna = house.reviewed("u-1", "x", "2025-03-01");
    house.tell("south", r#"{"remains":{"determined":{"unit":"u-1","on":"2025-03-02","human":"no"}}}"#);
    let decided =
        format!(r#"{{"identification":{{"decided":{}}}}}"#, decision("u-1", "x", &dna, "2025-03-03"));
    let refusal = house.refused("south", &decided, Some(31));
    assert!(matches!(refusal, Refusal::Identification(IdentificationRefusal::NotHuman(_))), "{refusal}");
    house.tell("south", r#"{"remains":{"determined":{"unit":"u-1","on":"2025-03-04","human":"yes"}}}"#);
    house.tell("south", &decided.replace("2025-03-03", "2025-03-05"));
    assert_eq!(house.of("u-1").status, Status::Identified);
    house.check();
}
