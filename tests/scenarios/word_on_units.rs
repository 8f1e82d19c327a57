//! Whose word and which moment decide what is read of a unit of remains and of whose it is.

use handover::entry::Entry;
use handover::id::EntryId;
use handover::identification::{Contradiction, RevocationCause};
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{
    According, ClaimStanding, Comparison, Counted, DecisionState, IdentificationStatus, Progress, Reading,
};
use handover::remains::Elements;
use handover::when::{Moment, When};

use super::forensics;
use super::house::House;

fn end_of(day: &str) -> Moment {
    day.parse::<When>().unwrap().last_moment().unwrap()
}

fn of(ledger: &Ledger, according: According) -> Reading<'_> {
    ledger.reading(according, Moment::END_OF_TIME).unwrap()
}

fn to(party: &str) -> According {
    According::To(party.parse().unwrap())
}

/// Someone's entry that was said on another day than all else in the house.
fn tell_on(house: &mut House, by: &str, what: &str, said: &str) -> EntryId {
    let entry = Entry { said: said.parse().unwrap(), ..house.entry(by, what) };
    let _ = house.ledger.post(&entry).unwrap();
    entry.id
}

fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    house.bag("u-1");
    for person in ["x", "y"] {
        house.person(person);
    }
    house
}

fn examined(house: &mut House, by: &str, on: &str, elements: &str) -> String {
    house.tell(
        by,
        &format!(
            r#"{{"remains":{{"forensic":{{"examined":{{"unit":"u-1","on":"{on}","elements":{{"parts":["{elements}"]}}}}}}}}}}"#
        ),
    )
}

fn bones(elements: &str) -> Elements {
    serde_json::from_str(&format!(r#"{{"parts":["{elements}"]}}"#)).unwrap()
}

#[test]
fn whose_they_are_is_the_word_of_those_who_are_believed() {
    let mut house = house();
    house.profiled("u-1");
    let decision = house.decided("u-1", "x", "2025-01-20");
    for (according, is_identified) in
        [(to("south"), true), (According::Anyone, true), (to("north"), false), (According::Neutral, false)]
    {
        let reading = of(&house.ledger, according);
        let view = reading.identification("u-1".parse().unwrap()).unwrap();
        let status =
            if is_identified { IdentificationStatus::Identified } else { IdentificationStatus::Unidentified };
        assert_eq!((view.status, view.person.is_some()), (status, is_identified), "{according}");
        let decisions = reading.decisions_of("x".parse().unwrap()).unwrap();
        let named: Vec<String> = decisions.iter().map(|view| view.decision.to_string()).collect();
        assert_eq!(named, if is_identified { vec![decision.clone()] } else { Vec::new() }, "{according}");
        assert!(reading.decisions_of("y".parse().unwrap()).unwrap().is_empty());
    }
}

#[test]
fn a_decision_is_read_from_when_it_was_made_and_said() {
    let mut house = house();
    house.profiled("u-1");
    let evidence = house.reviewed("u-1", "x", "2025-01-20");
    let decided = format!(
        r#"{{"identification":{{"decided":{}}}}}"#,
        forensics::decision("u-1", "x", &evidence, "2025-01-21")
    );
    tell_on(&mut house, "south", &decided, "2025-03-01");
    for (as_of, said_by, decisions) in [
        ("2025-01-20", None, 0),
        ("2025-01-21", None, 1),
        ("2025-12-31", Some("2025-02-28"), 0),
        ("2025-12-31", Some("2025-03-01"), 1),
    ] {
        let reading = house.as_of(as_of);
        let reading = said_by.map_or(reading, |day| reading.said_by(end_of(day)));
        assert_eq!(reading.decisions().len(), decisions, "as of {as_of}, said by {said_by:?}");
    }
}

/// A month in which something was done may end after the moment that is asked about.
#[test]
fn a_step_that_may_have_been_taken_later_is_told() {
    let mut house = house();
    house.profiled("u-1");
    let evidence = house.compared("u-1", "x", "consistent", "1e9", "2025-01-15");
    house.candidate("u-1", "x", &evidence, "2025-02");
    for (as_of, may_be_later) in [("2025-01-31", false), ("2025-02-10", true), ("2025-02-28", false)] {
        let view = house.as_of(as_of).identification("u-1".parse().unwrap()).unwrap();
        assert_eq!(view.possibly_later, may_be_later, "{as_of}");
    }
}

/// What was said of a decision that was revoked says nothing of the one that came after it, nor the other way about.
#[test]
fn each_decision_has_a_course_of_its_own() {
    let mut house = house();
    house.profiled("u-1");
    let first = house.decided("u-1", "x", "2025-01-20");
    house.reexamined(&first, r#""contradiction""#, "2025-02-01");
    let revoked = house.revoked(&first, "confused", "2025-02-02");
    let second = house.decided("u-1", "y", "2025-03-01");
    let states = |house: &House| house.now().decisions().iter().map(|view| view.state).collect::<Vec<_>>();
    let ended = DecisionState::Revoked(revoked.parse().unwrap(), RevocationCause::Confused);
    assert_eq!(states(&house), [ended, DecisionState::InForce]);
    let again = house.reexamined(&second, r#""contradiction""#, "2025-04-01");
    assert_eq!(states(&house), [ended, DecisionState::UnderReexamination(again.parse().unwrap())]);
    let evidence = house.compared("u-1", "y", "consistent", "1e10", "2025-04-02");
    let grounds = forensics::grounds(&evidence);
    house.identify(
        "south",
        "upheld",
        &format!(r#"{{"decision":"{second}","grounds":{grounds},"on":"2025-04-03"}}"#),
    );
    assert_eq!(states(&house), [ended, DecisionState::InForce]);
    house.check();
}

#[test]
fn what_contradicts_is_read_from_when_it_is_said_until_it_is_taken_back() {
    let mut house = house();
    house.profiled("u-1");
    house.decided("u-1", "x", "2025-01-20");
    house.keeper(r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#);
    let finding = r#"{"identification":{"finding":{"unit":"u-1","observed":{"sex":"female"},"by":"examination","record":"file"}}}"#;
    let finding = tell_on(&mut house, "lab", finding, "2025-03-01");
    let kinds = |reading: &Reading<'_>| -> Vec<Contradiction> {
        let view = reading.identification("u-1".parse().unwrap()).unwrap();
        view.contradictions.iter().map(|one| one.kind).collect()
    };
    assert_eq!(kinds(&house.now().said_by(end_of("2025-02-28"))), []);
    assert_eq!(kinds(&house.now().said_by(end_of("2025-03-01"))), [Contradiction::OtherSex]);
    house.identify("lab", "retracted", &format!(r#"{{"entry":"{finding}","reason":"another unit"}}"#));
    assert_eq!(kinds(&house.now()), []);
}

#[test]
fn the_history_of_a_unit_names_each_entry_once_from_the_first() {
    let mut house = house();
    let first = examined(&mut house, "south", "2025-01-11", "skull");
    let second = house.forensic(r#"{"sampled":{"unit":"u-1","on":"2025-01-12","sample":"s-1"}}"#);
    let third =
        house.forensic(r#"{"sample-gone":{"unit":"u-1","on":"2025-01-13","sample":"s-1","fate":"used-up"}}"#);
    let view = house.now().unit("u-1".parse().unwrap()).unwrap();
    let named: Vec<String> = view.history.iter().skip(1).map(|event| event.entry.to_string()).collect();
    assert_eq!(named, [first, second, third], "after the opening of the bag");
}

#[test]
fn an_entry_counts_from_the_day_on_which_it_is_said() {
    let mut house = house();
    let what = r#"{"remains":{"forensic":{"examined":{"unit":"u-1","on":"2025-01-11"}}}}"#;
    tell_on(&mut house, "south", what, "2025-03-01");
    for (said_by, progress) in [("2025-02-28", Progress::Logged), ("2025-03-01", Progress::Examined)] {
        let reading = house.now().said_by(end_of(said_by));
        assert_eq!(reading.unit("u-1".parse().unwrap()).unwrap().progress, progress, "{said_by}");
    }
}

#[test]
fn each_side_s_own_examination_counts_by_its_word() {
    let mut house = house();
    let read = |house: &House, according| {
        let view = of(&house.ledger, according).unit("u-1".parse().unwrap()).unwrap();
        (view.progress, view.elements)
    };
    examined(&mut house, "south", "2025-01-11", "left-femur");
    let (logged, nothing) = (Progress::Logged, Elements::Undetermined);
    let (seen, femur) = (Progress::Examined, bones("left-femur"));
    for (according, expected) in [
        (to("south"), (seen, femur)),
        (to("north"), (logged, nothing)),
        (According::Neutral, (logged, nothing)),
        (According::AcceptedByAll, (logged, nothing)),
    ] {
        assert_eq!(read(&house, according), expected, "{according}");
    }
    examined(&mut house, "north", "2025-01-12", "left-femur");
    assert_eq!(read(&house, According::AcceptedByAll), (seen, femur), "both tell the same");
    examined(&mut house, "observer", "2025-01-13", "skull");
    assert_eq!(read(&house, According::Neutral), (seen, bones("skull")));
    assert_eq!(read(&house, According::AcceptedByAll), (seen, femur), "an observer is no party");
    examined(&mut house, "north", "2025-01-14", "skull");
    assert_eq!(read(&house, According::AcceptedByAll), (seen, nothing), "they tell of different bones");
}

/// What may have been told later than the moment asked about decides nothing, unless it says the same.
#[test]
fn what_perhaps_counts_contests_only_what_it_denies() {
    let mut house = house();
    examined(&mut house, "south", "2025-01-11", "left-femur");
    let elements =
        |house: &House, as_of: &str| house.as_of(as_of).unit("u-1".parse().unwrap()).unwrap().elements;
    examined(&mut house, "south", "2025-01", "left-femur");
    assert_eq!(elements(&house, "2025-01-20"), bones("left-femur"));
    examined(&mut house, "south", "2025-01", "skull");
    assert_eq!(elements(&house, "2025-01-20"), Elements::Undetermined);
    assert_eq!(elements(&house, "2025-01-31"), bones("skull"));
}

#[test]
fn a_unit_has_come_as_far_as_is_certain() {
    let mut house = house();
    house.forensic(r#"{"examined":{"unit":"u-1","on":"2025-01-11"}}"#);
    house.forensic(r#"{"sampled":{"unit":"u-1","on":"2025-01-12","sample":"s-1"}}"#);
    house.forensic(r#"{"profile":{"unit":"u-1","on":"2025-01","sample":"s-1","outcome":"insufficient"}}"#);
    for (as_of, progress) in [
        ("2025-01-10", Progress::Logged),
        ("2025-01-11", Progress::Examined),
        ("2025-01-12", Progress::Sampled),
        ("2025-01-30", Progress::Sampled),
        ("2025-01-31", Progress::ProfileInsufficient),
    ] {
        let view = house.as_of(as_of).unit("u-1".parse().unwrap()).unwrap();
        assert_eq!(view.progress, progress, "{as_of}");
    }
}

#[test]
fn of_two_samples_the_one_that_is_used_up_is_gone() {
    let mut house = house();
    house.forensic(r#"{"examined":{"unit":"u-1","on":"2025-01-11"}}"#);
    for sample in ["s-1", "s-2"] {
        house.forensic(&format!(r#"{{"sampled":{{"unit":"u-1","on":"2025-01-12","sample":"{sample}"}}}}"#));
    }
    house.forensic(r#"{"sample-gone":{"unit":"u-1","on":"2025-01-13","sample":"s-1","fate":"used-up"}}"#);
    let view = house.now().unit("u-1".parse().unwrap()).unwrap();
    let gone: Vec<(String, Counted)> =
        view.samples.iter().map(|one| (one.sample.to_string(), one.gone)).collect();
    assert_eq!(gone, [("s-1".to_owned(), Counted::Yes), ("s-2".to_owned(), Counted::No)]);
}

#[test]
fn a_claim_stands_from_the_day_on_which_it_is_said_until_it_is_withdrawn() {
    let mut house = house();
    let made = r#"{"claim":{"made":{"about":{"batch":"batch"},"says":{"count":{"quantity":10,"unit":"set-of-remains"}}}}}"#;
    let claim = tell_on(&mut house, "north", made, "2025-03-01");
    let standing =
        |house: &House, said_by: &str| house.now().said_by(end_of(said_by)).claim(claim).unwrap().standing;
    assert_eq!(standing(&house, "2025-02-28"), ClaimStanding::NotYetSaid);
    assert_eq!(standing(&house, "2025-03-01"), ClaimStanding::Stands);
    let withdrawn = format!(r#"{{"claim":{{"withdrawn":{{"claim":"{claim}"}}}}}}"#);
    tell_on(&mut house, "north", &withdrawn, "2025-04-01");
    assert_eq!(standing(&house, "2025-03-31"), ClaimStanding::Stands);
    assert_eq!(standing(&house, "2025-04-01"), ClaimStanding::Ended);
}

/// Batches were brought to an agreed slot and passed later in legs of their own: until then each of them is tendered.
#[test]
fn what_was_brought_is_tendered_until_the_day_on_which_it_passes() {
    for (batches, tendered) in [(&[("a", 10, 5)][..], 10), (&[("a", 10, 5), ("b", 4, 6)], 14)] {
        let mut house = House::new("set-of-remains", "remains", "tender");
        for day in [3, 5, 6] {
            house.handover(day, "set-of-remains", r#"{"matter":"remains"}"#);
        }
        for (batch, n, day) in batches {
            house.keeper(&format!(r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"set-of-remains","towards":"to-south"}}}}}}"#));
            house.keeper(&format!(
                r#"{{"batch":{{"passed":{{"batch":"{batch}","leg":"leg-{day}-south"}}}}}}"#
            ));
            house.says(
                "north",
                &format!(r#"{{"batch":"{batch}"}}"#),
                &format!(r#"{{"count":{{"quantity":{n},"unit":"set-of-remains"}}}}"#),
            );
            let brought = format!(r#"{{"bringing":{{"batch":"{batch}","to":"h-3"}}}}"#);
            house.says("north", &brought, r#""occurred""#);
        }
        house.says("north", r#"{"slot":"h-3"}"#, r#""occurred""#);
        house.says("north", r#"{"leg":"leg-3-south"}"#, r#""did-not-occur""#);
        let reading = house.ledger.reading(to("north"), end_of("2025-01-04")).unwrap();
        let view = reading.evaluate("to-south".parse().unwrap(), reading.according()).unwrap();
        assert_eq!(view.tendered.total, Some(Span::exactly(tendered)));
        assert_eq!(view.passed.total, Some(Span::ZERO));
    }
}

/// What nobody had spoken of by then as brought is not among what was brought then.
#[test]
fn what_is_brought_is_known_from_the_day_on_which_somebody_speaks_of_it() {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(3, "set-of-remains", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"batch":{"introduced":{"id":"a","from":"north","to":"south","of":{"matter":"remains"},"unit":"set-of-remains","towards":"to-south"}}}"#);
    let brought = r#"{"claim":{"made":{"about":{"bringing":{"batch":"a","to":"h-3"}},"says":"occurred"}}}"#;
    tell_on(&mut house, "north", brought, "2025-03-01");
    for (said_by, batches) in [("2025-02-28", 0), ("2025-03-01", 1)] {
        let slot = house.now().said_by(end_of(said_by)).slot("h-3".parse().unwrap()).unwrap();
        assert_eq!(slot.brought.len(), batches, "{said_by}");
    }
    assert_eq!(house.now().slot("h-3".parse().unwrap()).unwrap().brought.len(), 1);
}

/// What was divided was owed as what it was until the day of the division, and as what it became from then on.
#[test]
fn the_duty_to_return_a_unit_ends_with_the_unit() {
    let mut house = house();
    house.tell("south", r#"{"affiliation":{"determined":{"unit":"u-1","of":{"forces-of":"north"},"on":"2025-01-15","grounds":["genetic"]}}}"#);
    let owed = |house: &House, as_of: &str| -> Vec<String> {
        house.as_of(as_of).return_duties().iter().map(|duty| duty.unit.to_string()).collect()
    };
    assert_eq!(owed(&house, "2025-01-20"), ["u-1"]);
    house.tell("south", r#"{"remains":{"divided":{"unit":"u-1","on":"2025-02-01","into":[{"id":"p-1","human":"yes"},{"id":"p-2","human":"yes"}]}}}"#);
    assert_eq!(owed(&house, "2025-01-20"), ["u-1"], "it was one unit then");
    assert!(!owed(&house, "2025-02-01").contains(&"u-1".to_owned()), "it is none any more");
}

/// A division is taken back in June: by what had been said in March the unit was no more, by what is said now it always was.
#[test]
fn a_division_that_was_taken_back_later_stood_until_then() {
    let mut house = house();
    house.tell("south", r#"{"affiliation":{"determined":{"unit":"u-1","of":{"forces-of":"north"},"on":"2025-01-15","grounds":["genetic"]}}}"#);
    let division = house.tell("south", r#"{"remains":{"divided":{"unit":"u-1","on":"2025-02-01","into":[{"id":"p-1","human":"yes"},{"id":"p-2","human":"yes"}]}}}"#);
    let reversal =
        format!(r#"{{"remains":{{"reversed":{{"entry":"{division}","reason":"one unit after all"}}}}}}"#);
    tell_on(&mut house, "south", &reversal, "2025-06-01");
    for (said_by, is_owed) in [("2025-03-31", false), ("2025-06-01", true)] {
        let duties = house.now().said_by(end_of(said_by)).return_duties();
        assert_eq!(duties.iter().any(|duty| duty.unit.to_string() == "u-1"), is_owed, "{said_by}");
    }
}

#[test]
fn a_condition_that_a_handover_is_held_is_fulfilled_on_its_day() {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(3, "set-of-remains", r#"{"matter":"remains"}"#);
    house.says(
        "north",
        r#"{"obligation":"to-north"}"#,
        r#"{"reciprocity":{"staged":{"after":{"held":"h-3"}}}}"#,
    );
    let fulfilled = |house: &House, as_of: &str| {
        let reading = house.ledger.reading(to("north"), end_of(as_of)).unwrap();
        reading.condition("to-north".parse().unwrap(), reading.according()).unwrap().unwrap().fulfilled
    };
    assert_eq!(fulfilled(&house, "2025-01-03"), Comparison::Undetermined, "nobody says that it was held");
    assert_eq!(fulfilled(&house, "2025-01-02"), Comparison::Fails, "its day has not come");
    let held = house.says("north", r#"{"handover":"h-3"}"#, r#""occurred""#);
    assert_eq!(fulfilled(&house, "2025-01-02"), Comparison::Fails);
    assert_eq!(fulfilled(&house, "2025-01-03"), Comparison::Holds);
    house.tell(
        "north",
        &format!(r#"{{"claim":{{"corrected":{{"claim":"{held}","says":"did-not-occur"}}}}}}"#),
    );
    assert_eq!(fulfilled(&house, "2025-01-03"), Comparison::Fails);
}
