//! Edge cases that no other file tells (`docs/rules.md` d): bags and bodies counted by two sides, and names that come and go.

use std::collections::BTreeSet;

use handover::affiliation::AffiliationRefusal;
use handover::claim::{Affiliation, Subject};
use handover::disposition::Rest;
use handover::identification::{Contradiction, IdentificationRefusal as Refused};
use handover::obligation::Matter;
use handover::quantity::{Span, Unit};
use handover::reading::{
    AffiliationStatus, DecisionState, IdentificationStatus as Status, JointView, Label, Verdict,
};
use handover::refusal::Refusal;

use super::forensics::{candidate, decision, grounds, stand};
use super::house::House;
use super::telling::{count, evaluate, flow, leg, reading, said};

fn batch() -> Subject {
    Subject::Batch("batch".parse().unwrap())
}

fn numbered(prefix: &str, to: usize) -> Vec<String> {
    (1..=to).map(|n| format!("{prefix}-{n}")).collect()
}

/// "385 bodies were handed over to each other." Nobody ever said how many went which way.
#[test]
fn edge_17_a_joint_aggregate_has_no_split() {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(5, "set-of-remains", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"total":{"introduced":{"id":"both-ways","of":{"under":"deal","matter":"remains"},"unit":"set-of-remains"}}}"#);
    for by in ["north", "south"] {
        house.says(by, r#"{"total":"both-ways"}"#, r#"{"count":{"quantity":385,"unit":"set-of-remains"}}"#);
    }
    for by in ["north", "south", "all", "anyone"] {
        let reading = reading(&house.ledger, by);
        let view = reading.total("both-ways".parse().unwrap()).unwrap();
        assert_eq!(view.joint.view, JointView::ConfirmedByAll(Span::exactly(385)));
        assert_eq!(said(&view.recomputed), (Some(Span::EVERYTHING), 2), "no leg is told: nothing to compare");
        for to in ["south", "north"] {
            let leg = leg(&reading, &format!("leg-5-{to}"));
            assert_eq!((leg.passed.set, leg.passed.label), (Span::EVERYTHING, Label::Silent));
            assert_eq!(leg.count.view, JointView::Unasserted, "neither half of 385, nor 0, nor 385");
        }
        for (from, to) in [("north", "south"), ("south", "north")] {
            let flow = flow(&reading, from, to, Matter::Remains);
            assert_eq!(said(&flow.passed), (Some(Span::EVERYTHING), 1));
        }
    }
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"at-least":300}}}"#);
    let view = evaluate(&reading(&house.ledger, "all"), "to-south", "south");
    assert_eq!(
        view.verdict,
        Verdict::Undetermined,
        "what was given to each other performs nobody's obligation"
    );
    house.check();
}

/// What was received in 1954, and what was found in it decades later: four figures, each true in its unit.
#[test]
fn edge_18_a_late_upward_correction_is_four_figures_in_their_units() {
    let mut house = House::with_laboratory("container");
    let figures = [
        ("set-of-remains", Unit::SetOfRemains, 4_023, "1954-11-01"),
        ("container", Unit::Container, 4_167, "1956-01-01"),
        ("remains-unit", Unit::RemainsUnit, 4_175, "1990-01-01"),
        ("individual", Unit::Individual, 4_219, "1999-01-01"),
    ];
    for (number, (name, _, n, said)) in figures.into_iter().enumerate() {
        let line = format!(
            r#"{{"id":"figure-{number}","by":"south","said":"{said}","what":{{"claim":{{"made":{{"about":{{"batch":"batch"}},"says":{{"count":{{"quantity":{n},"unit":"{name}"}}}}}}}}}}}}"#
        );
        let _ = house.ledger.post(&serde_json::from_str(&line).unwrap()).unwrap();
        house.check();
    }
    for (_, unit, n, said) in figures {
        let told = count(&house.now(), batch(), unit);
        assert_eq!(told.view, JointView::OneSided("south".parse().unwrap()));
        assert_eq!(house.now().told_count(batch(), unit).unwrap().0.set, Span::exactly(n));
        let day_before = said.parse::<handover::when::When>().unwrap().span().first().unwrap();
        let then = house.now().said_by(day_before);
        let known = figures
            .iter()
            .filter(|(_, unit, ..)| then.told_count(batch(), *unit).unwrap().0.label == Label::Stated);
        let earlier = figures.iter().filter(|(.., day)| day < &said).count();
        assert_eq!(known.count(), earlier, "what was not said by then is not known then");
    }
    // North's own figure in one of the units contradicts that one, and none of the others.
    house.says("north", r#"{"batch":"batch"}"#, r#"{"count":{"quantity":4011,"unit":"container"}}"#);
    let views = figures.map(|(_, unit, ..)| count(&house.now(), batch(), unit).view);
    assert_eq!(views[1], JointView::Conflicting(Some(156)));
    assert!([0, 2, 3].iter().all(|at| views[*at] == JointView::OneSided("south".parse().unwrap())));
    house.check();
}

/// Number 757 of 757, "unidentified male": a woman and a civilian. What the sender wrote is wrong in sex and status, and
/// stays what the sender wrote.
#[test]
fn edge_29_the_unidentified_male_who_is_a_woman_and_a_civilian() {
    let mut house = House::with_laboratory("set-of-remains");
    house.says("north", r#"{"batch":"batch"}"#, r#"{"count":{"quantity":757,"unit":"set-of-remains"}}"#);
    house.says("north", r#"{"batch":"batch"}"#, r#"{"whose":[{"forces-of":"south"}]}"#);
    house.bag("u-757");
    house.tell(
        "south",
        r#"{"container":{"alias":{"container":"bag-u-757","code":"757","given-by":"north"}}}"#,
    );
    house.tell("south", r#"{"remains":{"effect":{"found":{"id":"tag","kind":"article","with":{"remains":"u-757"},"on":"2025-01-10"}}}}"#);
    let male = r#"{"unit":"u-757","observed":{"sex":"male"},"by":"record","record":"senders-list"}"#;
    let male = house.identify("north", "finding", male);
    let presumed = |by: &str, kind: &str, of: &str, on: &str, ground: &str| {
        (
            by.to_owned(),
            format!(
                r#"{{"affiliation":{{"{kind}":{{"unit":"u-757","of":{of},"on":"{on}","grounds":["{ground}"]}}}}}}"#
            ),
        )
    };
    let (by, what) = presumed("north", "presumed", r#"{"forces-of":"south"}"#, "2025-01-11", "senders-word");
    house.tell(&by, &what);
    house.person("x");
    let known = house.tell("south", r#"{"person":{"known":{"person":"x","fact":{"sex":"female"}}}}"#);
    house.identify(
        "lab",
        "finding",
        r#"{"unit":"u-757","observed":{"sex":"female"},"by":"examination","record":"file"}"#,
    );
    let dna = house.reviewed("u-757", "x", "2025-03-01");
    let decided = decision("u-757", "x", &dna, "2025-04-01");
    let post = format!(r#"{{"identification":{{"decided":{decided}}}}}"#);
    let refusal = house.refused("south", &post, Some(34));
    assert!(
        matches!(&refusal, Refusal::Identification(Refused::ContradictionOpen { kind: Contradiction::OtherSex, finding: Some(finding), .. }) if finding.to_string() == male),
        "{refusal}"
    );
    house.identify("south", "reconciled", &format!(r#"{{"units":["u-757"],"person":"x","fact":"{known}","finding":"{male}","explanation":"the list was written without an examination"}}"#));
    let first = house.identify("south", "decided", &decided);
    assert_eq!(house.of("u-757").status, Status::Identified);
    let (by, what) =
        presumed("south", "determined", r#"{"civilians-of":"south"}"#, "2025-04-02", "identification");
    house.tell(&by, &what);
    let of_south = reading(&house.ledger, "south");
    let status = of_south.affiliation("u-757".parse().unwrap()).unwrap().status;
    assert_eq!(status, AffiliationStatus::Determined(Affiliation::CiviliansOf("south".parse().unwrap())));
    // A laboratory abroad is to repeat it: the decision stands while it is examined again, and after.
    house.reexamined(&first, r#""family-contests""#, "2025-05-01");
    assert_eq!(house.of("u-757").status, Status::UnderReexamination);
    let again = house.compared("u-757", "x", "consistent", "1e12", "2025-06-01");
    house.identify(
        "south",
        "upheld",
        &format!(r#"{{"decision":"{first}","grounds":{},"on":"2025-06-02"}}"#, grounds(&again)),
    );
    let view = &house.now().decisions()[0];
    assert_eq!((view.state, view.open().count()), (DecisionState::InForce, 0));
    // North's words are kept as North's.
    let by_north = reading(&house.ledger, "north").affiliation("u-757".parse().unwrap()).unwrap().status;
    assert_eq!(by_north, AffiliationStatus::Presumed(Affiliation::ForcesOf("south".parse().unwrap())));
    assert_eq!(house.ledger.containers_called(&"757".parse().unwrap()).len(), 1);
    house.check();
}

/// A family that was told gives no blood any more: the true remains match nobody, and those who were buried match nobody
/// either. Nothing says so until someone doubts.
#[test]
fn edge_31_two_wrongs_make_a_silence() {
    let mut house = House::with_laboratory("container");
    for unit in ["of-y", "of-x"] {
        house.bag(unit);
        house.profiled(unit);
    }
    for person in ["x", "y"] {
        house.person(person);
    }
    let wrong = house.decided("of-y", "x", "2025-02-01");
    let compare = |house: &mut House, on: &str| {
        for unit in ["of-y", "of-x"] {
            house.forensic(&format!(r#"{{"compared":{{"unit":"{unit}","on":"{on}"}}}}"#));
        }
    };
    compare(&mut house, "2025-02-02");
    // The silence: one is identified, the other matches nobody, nothing is due and nothing contradicts.
    assert_eq!(
        (house.of("of-y").status, house.of("of-x").status),
        (Status::Identified, Status::Unidentified)
    );
    assert!(house.now().comparisons_due().is_empty() && house.now().open_contradictions().is_empty());
    house.check();
    // Y's family gives references: all of them are compared again, also what was decided.
    house.forensic(r#"{"references-added":{"on":"2027-01-01","from":"south","number":2}}"#);
    assert_eq!(house.now().comparisons_due().len(), 2);
    compare(&mut house, "2027-01-02");
    house.compared("of-y", "x", "inconsistent", "0.000001", "2027-01-02");
    let to_y = house.compared("of-y", "y", "consistent", "1e9", "2027-01-02");
    let [open] = house.now().open_contradictions()[..] else {
        panic!("the comparison contradicts the decision")
    };
    assert_eq!((open.kind, open.person), (Contradiction::Inconsistent, "x".parse().unwrap()));
    let early =
        format!(r#"{{"identification":{{"candidate":{}}}}}"#, candidate("of-y", "y", &to_y, "2027-01-03"));
    house.refused("south", &early, Some(33));
    house.reexamined(&wrong, r#""contradiction""#, "2027-01-03");
    house.revoked(&wrong, "excluded", "2027-02-01");
    let view = house.now().revoked_decisions().remove(0);
    assert_eq!(view.families_to_tell, ["x".parse().unwrap()]);
    assert_eq!(view.family_unknown_of, ["of-y".parse().unwrap()]);
    house.decided("of-y", "y", "2027-03-01");
    let both = BTreeSet::from(["x", "y"].map(|person| person.parse().unwrap()));
    assert_eq!(BTreeSet::from_iter(house.now().revoked_decisions().remove(0).families_to_tell), both);
    // Only now does X's family give blood, and the other silence ends.
    house.forensic(r#"{"references-added":{"on":"2027-04-01","from":"south","number":2}}"#);
    assert!(house.now().comparisons_due().iter().any(|(unit, _)| unit.to_string() == "of-x"));
    house.decided("of-x", "x", "2027-05-01");
    assert_eq!(house.of("of-x").person, Some("x".parse().unwrap()));
    assert_eq!(house.of("of-y").person, Some("y".parse().unwrap()));
    house.check();
}

/// Forty-eight of ninety-six are revoked fifteen years later, and one grave is opened for the second time.
#[test]
fn edge_32_half_of_them_wrong_fifteen_years_later() {
    let mut house = House::with_laboratory("container");
    let units = numbered("u", 96);
    for unit in &units {
        house.bag(unit);
        house.person(&format!("of-{unit}"));
    }
    // The first lay in a grave of its own before it was identified, and lies in one again afterwards.
    house.profiled("u-1");
    let disposed =
        |house: &mut House, what: &str| house.tell("south", &format!(r#"{{"disposition":{what}}}"#));
    let exhumed = |on: &str, reason: &str| {
        format!(r#"{{"exhumed":{{"unit":"u-1","permit":"permit","reason":"{reason}","on":"{on}"}}}}"#)
    };
    disposed(
        &mut house,
        r#"{"temporarily-buried":{"unit":"u-1","grave":{"number":"7","individual":true,"marked":true,"code":"u-1","register":"reg"},"photographs":"pho","records":"rec","on":"2025-02-01"}}"#,
    );
    disposed(&mut house, &exhumed("2025-03-01", "identification"));
    let decisions: Vec<String> =
        units.iter().map(|unit| house.decided(unit, &format!("of-{unit}"), "2025-04-01")).collect();
    house.tell(
        "south",
        r#"{"notice":{"branch":{"person":"of-u-1","branch":1,"preference":"every-find","on":"2025-04-01"}}}"#,
    );
    house.tell(
        "south",
        r#"{"notice":{"notified":{"unit":"u-1","person":"of-u-1","branch":1,"on":"2025-04-02"}}}"#,
    );
    for what in [
        r#"{"instructed":{"unit":"u-1","person":"of-u-1","branch":1,"wish":"burial","to":"family","on":"2025-04-03"}}"#,
        r#"{"released":{"unit":"u-1","to":"family","code-on-remains":"u-1","code-on-decision":"u-1","on":"2025-04-04"}}"#,
        r#"{"buried":{"unit":"u-1","on":"2025-04-05"}}"#,
    ] {
        disposed(&mut house, what);
    }
    house.check();
    let strict = r#"{"id":"stricter","supersedes":"strict","from":"2040-01-01","competent":["south"],"threshold":"0.9999999","prior":"1 in 1000","screening":"1000","primary":1,"references":["own-sample"],"reviewers":2}"#;
    house.identify("south", "policy", strict);
    assert_eq!(house.now().review_cohort("stricter".parse().unwrap()).unwrap().len(), 96);
    let occasion = r#"{"policy-cohort":"stricter"}"#;
    for (at, (unit, decision)) in units.iter().zip(&decisions).enumerate() {
        house.reexamined(decision, occasion, "2040-02-01");
        if at % 2 == 0 {
            house.revoked(decision, "excluded", "2040-03-01");
            continue;
        }
        let own = house.identify("lab", "evidence", &format!(r#"{{"units":["{unit}"],"person":"of-{unit}","line":{{"dna-direct":{{"sample":"own-{unit}","methods":["autosomal-str"]}}}},"conclusion":"consistent","ratio":"1e15","record":"again-{unit}","on":"2040-02-15"}}"#));
        let grounds = grounds(&own).replace("strict", "stricter").replace(
            r#"{"organ":"south","officer":"reviewer"}"#,
            r#"{"organ":"south","officer":"reviewer"},{"organ":"south","officer":"second"}"#,
        );
        house.identify(
            "south",
            "upheld",
            &format!(r#"{{"decision":"{decision}","grounds":{grounds},"on":"2040-03-01"}}"#),
        );
    }
    let (then, now) = (house.as_of("2039-12-31"), house.now());
    assert_eq!(stand(&then, &units, Status::Identified), 96, "what was decided then was decided then");
    assert_eq!(stand(&now, &units, Status::Identified), 48);
    assert_eq!(stand(&now, &units, Status::Misidentified), 48);
    assert_eq!(now.decisions().len(), 96, "nothing is deleted");
    assert!(now.revoked_decisions().iter().all(|view| view.families_to_tell == [view.decision.person]));
    let affected = now.affected_releases();
    assert_eq!(affected.iter().map(|view| view.unit.to_string()).collect::<Vec<_>>(), ["u-1"]);
    assert!(now.notices().iter().any(|notice| notice.affected_by.is_some()));
    assert!(now.review_cohort("stricter".parse().unwrap()).unwrap().is_empty());
    disposed(&mut house, &exhumed("2040-06-01", "misidentification"));
    let view = house.now().disposition("u-1".parse().unwrap()).unwrap();
    assert_eq!(
        (view.rest, view.graves.len()),
        (Some(Rest::Held), 1),
        "the number of the first grave is kept"
    );
    house.check();
}

/// A grave with four names on its plate. Three of them lie elsewhere: a plate is what somebody wrote.
#[test]
fn edge_33_a_grave_with_four_names_of_which_three_lie_elsewhere() {
    let mut house = House::with_laboratory("container");
    house.tell("south", r#"{"remains":{"loose":{"found":{"id":"grave","human":"yes","elements":"complete-body"},"provenance":"unknown","held-by":"south","on":"2025-01-10"}}}"#);
    let names = ["a", "b", "c", "d"];
    let mut plates = Vec::new();
    for name in names {
        house.person(name);
        plates.push(house.lead("south", "grave", name, "list"));
    }
    assert_eq!(house.of("grave").status, Status::Presumptive);
    assert_eq!((house.of("grave").decision, house.now().decisions().len()), (None, 0));
    let plate = |plate: usize| {
        format!(
            r#"{{"identification":{{"candidate":{}}}}}"#,
            candidate("grave", names[plate], &plates[plate], "2025-02-01")
        )
    };
    (0..4).for_each(|name| {
        house.refused("south", &plate(name), Some(31));
    });
    for (at, name) in names.into_iter().take(3).enumerate() {
        let elsewhere = format!("elsewhere-{at}");
        house.bag(&elsewhere);
        house.identify(
            "lab",
            "finding",
            &format!(
                r#"{{"unit":"{elsewhere}","observed":"complete-body","by":"examination","record":"file"}}"#
            ),
        );
        house.decided(&elsewhere, name, "2025-03-01");
    }
    house.identify(
        "lab",
        "finding",
        r#"{"unit":"grave","observed":"complete-body","by":"examination","record":"file"}"#,
    );
    assert_eq!(
        house.of("grave").status,
        Status::Presumptive,
        "one name is left, and that alone decides nothing"
    );
    let second = house.reviewed("grave", "a", "2025-04-01");
    let second =
        format!(r#"{{"identification":{{"decided":{}}}}}"#, decision("grave", "a", &second, "2025-04-01"));
    let refusal = house.refused("south", &second, Some(33));
    assert!(matches!(refusal, Refusal::Identification(Refused::Overlap { .. })), "{refusal}");
    house.decided("grave", "d", "2025-05-01");
    assert_eq!(house.of("grave").person, Some("d".parse().unwrap()));
    house.check();
}

/// Six hundred and seventy fragments and sixty-five names, by the sender's word. What was received is sixty-two bags.
#[test]
fn edge_39_fragments_names_and_bags_are_three_counts() {
    let mut house = House::with_laboratory("container");
    for (by, n, unit) in
        [("north", "670", "remains-unit"), ("north", "65", "identified-person"), ("south", "62", "container")]
    {
        let says = format!(r#"{{"count":{{"quantity":{n},"unit":"{unit}"}}}}"#);
        house.says(by, r#"{"batch":"batch"}"#, &says);
    }
    let units = numbered("u", 62);
    for name in numbered("p", 65) {
        house.person(&name);
    }
    for (at, unit) in units.iter().enumerate() {
        house.bag(unit);
        let name = format!("p-{}", at + 1);
        house.lead("north", unit, &name, "sender-statement");
        if at < 50 {
            let match_of_kin = house.compared(unit, &name, "consistent", "5000", "2025-02-01");
            house.candidate(unit, &name, &match_of_kin, "2025-02-02");
        }
    }
    let now = house.now();
    assert_eq!(stand(&now, &units, Status::Candidate), 50);
    assert_eq!(stand(&now, &units, Status::Presumptive), 12);
    assert!(now.decisions().is_empty() && now.notices().is_empty(), "a preliminary match tells no family");
    for (unit, n, by) in [
        (Unit::RemainsUnit, 670, "north"),
        (Unit::IdentifiedPerson, 65, "north"),
        (Unit::Container, 62, "south"),
    ] {
        assert_eq!(count(&now, batch(), unit).view, JointView::OneSided(by.parse().unwrap()), "{unit}");
        assert_eq!(now.told_count(batch(), unit).unwrap().0.set, Span::exactly(n));
    }
    let south = reading(&house.ledger, "south").told_count(batch(), Unit::IdentifiedPerson).unwrap().0;
    assert_eq!(
        south.label,
        Label::OtherUnit,
        "South counts bags, and has not said that anybody is identified"
    );
    assert_eq!(south.set, Span::EVERYTHING);
    let tally = now.remains_of_batch("batch".parse().unwrap()).unwrap();
    assert_eq!((tally.units, tally.individuals), (Span::exactly(62), Span::new(1, 62).unwrap()));
    house.check();
}

/// An official publishes ninety-seven names with numbers of bags before anything was handed over. The record may keep that it
/// was said; it sets nobody to identified or told.
#[test]
fn edge_40_a_list_that_leaked_identifies_and_tells_nobody() {
    let mut house = House::with_laboratory("container");
    house.says("press", r#"{"batch":"batch"}"#, r#"{"count":{"quantity":97,"unit":"identified-person"}}"#);
    let units = numbered("u", 97);
    for (at, unit) in units.iter().enumerate() {
        house.person(&format!("p-{at}"));
        house.tell("south", &format!(r#"{{"notice":{{"branch":{{"person":"p-{at}","branch":1,"preference":"every-find","on":"2025-01-02"}}}}}}"#));
        house.closed_bag(unit);
        let code = format!(
            r#"{{"container":{{"alias":{{"container":"bag-{unit}","code":"list-{at}","given-by":"north"}}}}}}"#
        );
        house.tell("south", &code);
    }
    assert!(house.now().decisions().is_empty() && house.now().notices().is_empty());
    house.check();
    for (at, unit) in units.iter().enumerate() {
        house.tell("south", &format!(r#"{{"remains":{{"opened":{{"container":"bag-{unit}","on":"2025-01-10","found":[{{"id":"{unit}","human":"yes"}}]}}}}}}"#));
        house.lead("press", unit, &format!("p-{at}"), "list");
    }
    assert_eq!(stand(&house.now(), &units, Status::Presumptive), 97);
    assert!(house.now().notices().is_empty() && house.now().notification_tasks().is_empty());
    assert_eq!(house.now().told_count(batch(), Unit::IdentifiedPerson).unwrap().0.label, Label::Stated);
    for party in ["north", "south", "all"] {
        let told = reading(&house.ledger, party).told_count(batch(), Unit::IdentifiedPerson).unwrap().0;
        assert_eq!(told.label, Label::Silent, "whoever reports is no party");
    }
    let list = house.lead("press", "u-1", "p-0", "list");
    let on_it =
        format!(r#"{{"identification":{{"candidate":{}}}}}"#, candidate("u-1", "p-0", &list, "2025-02-01"));
    house.refused("south", &on_it, Some(31));
    let told = r#"{"notice":{"notified":{"unit":"u-1","person":"p-0","branch":1,"on":"2025-02-01"}}}"#;
    let entry = house.entry("south", told);
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).unwrap_err();
    assert!(matches!(refusal, Refusal::Notice(_)), "{refusal}");
    assert_eq!(format!("{:?}", house.ledger), before);
    house.check();
}

/// The sender says that it identified three of twenty. That is a claim on the numbers it wrote on bags.
#[test]
fn edge_41_what_the_sender_identified_is_a_claim_on_its_codes() {
    let mut house = House::with_laboratory("container");
    house.says("north", r#"{"batch":"batch"}"#, r#"{"count":{"quantity":3,"unit":"identified-person"}}"#);
    let units = numbered("u", 20);
    for unit in &units {
        house.bag(unit);
    }
    for (at, unit) in units.iter().take(3).enumerate() {
        house.person(&format!("p-{at}"));
        house.tell("south", &format!(r#"{{"container":{{"alias":{{"container":"bag-{unit}","code":"identified {at}","given-by":"north"}}}}}}"#));
        house.lead("north", unit, &format!("p-{at}"), "sender-statement");
    }
    let now = house.now();
    assert_eq!(stand(&now, &units, Status::Presumptive), 3);
    assert_eq!(stand(&now, &units, Status::Unidentified), 17);
    assert!(now.decisions().is_empty());
    assert_eq!(
        count(&now, batch(), Unit::IdentifiedPerson).view,
        JointView::OneSided("north".parse().unwrap())
    );
    assert_eq!(
        house.ledger.containers_called(&"identified 0".parse().unwrap()),
        ["bag-u-1".parse().unwrap()]
    );
    let tally = now.remains_of_batch("batch".parse().unwrap()).unwrap();
    assert_eq!((tally.units, tally.compared), (Span::exactly(20), Span::ZERO));
    // Nor does the sender's word alone determine whose they are.
    let own = r#"{"affiliation":{"determined":{"unit":"u-1","of":{"forces-of":"south"},"on":"2025-02-01","grounds":["senders-word"]}}}"#;
    let refusal = house.refused("south", own, Some(40));
    assert_eq!(refusal, Refusal::Affiliation(AffiliationRefusal::PresumptiveAlone));
    // One that South identifies is another than the sender named.
    house.person("q");
    house.decided("u-1", "q", "2025-03-01");
    assert_eq!(house.of("u-1").person, Some("q".parse().unwrap()));
    assert_eq!(house.now().told_count(batch(), Unit::IdentifiedPerson).unwrap().0.set, Span::exactly(3));
    house.check();
}
