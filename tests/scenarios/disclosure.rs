//! What is known later, and what must be forgotten: the edge cases of time and of data, and of who is shown what.

use handover::disclosure::{Audience, DisclosureRefusal};
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{
    According, CreditClass, IdentificationStatus as Status, NoticeState, Reading, Reason,
};
use handover::refusal::Refusal;
use handover::when::{Moment, When};

use super::house::House;

/// North gave a body to South in January; in March South decides on it that it is `x`, and tells the family.
fn buried() -> House {
    let mut house = House::crediting("identified-person", "credit");
    house.handover(16, "identified-person", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"batch":{"introduced":{"id":"first","from":"north","to":"south","of":{"matter":"remains"},"unit":"identified-person","towards":"to-south"}}}"#);
    house.keeper(r#"{"batch":{"passed":{"batch":"first","leg":"leg-16-south"}}}"#);
    house.keeper(r#"{"container":{"registered":{"id":"bag","batch":"first","held-by":"south","since":"2025-01-17","provenance":"undisclosed"}}}"#);
    house.tell("south", r#"{"remains":{"opened":{"container":"bag","on":"2025-01-18","found":[{"id":"u-1","human":"yes"}]}}}"#);
    for step in [
        r#"{"examined":{"unit":"u-1","on":"2025-01-19"}}"#,
        r#"{"sampled":{"unit":"u-1","on":"2025-01-19","sample":"s-u-1"}}"#,
        r#"{"profile":{"unit":"u-1","on":"2025-01-23","sample":"s-u-1","outcome":"obtained"}}"#,
        r#"{"in-database":{"unit":"u-1","on":"2025-01-23"}}"#,
    ] {
        house.forensic(step);
    }
    house.person("x");
    house.tell(
        "south",
        r#"{"notice":{"branch":{"person":"x","branch":1,"preference":"every-find","on":"2025-01-20"}}}"#,
    );
    house.decided("u-1", "x", "2025-03-01");
    house.tell("south", r#"{"affiliation":{"determined":{"unit":"u-1","of":{"forces-of":"south"},"on":"2025-03-01","grounds":["genetic"]}}}"#);
    house
        .tell("south", r#"{"notice":{"notified":{"unit":"u-1","person":"x","branch":1,"on":"2025-03-05"}}}"#);
    house
}

fn end_of(day: &str) -> Moment {
    day.parse::<When>().unwrap().last_moment().unwrap()
}

fn south(ledger: &Ledger, as_of: &str) -> String {
    let reading = ledger.reading(According::To("south".parse().unwrap()), end_of(as_of)).unwrap();
    report(&reading)
}

/// What a report of that day tells: whose the body is, how far the family is told, what is credited.
fn report(reading: &Reading<'_>) -> String {
    let unit = "u-1".parse().unwrap();
    let identification = reading.identification(unit).unwrap();
    let notices: Vec<NoticeState> = reading.notices().into_iter().map(|notice| notice.state).collect();
    let credit = reading.credit_of_batch("first".parse().unwrap(), "to-south".parse().unwrap()).unwrap();
    format!("{:?} {:?} {notices:?} {:?}", identification.status, identification.person, credit.credited)
}

/// A decision of March is revoked in the January after. What was reported in June, by what was known in June, comes out the same
/// letter by letter for ever; what is true of June by what is known now is another question, and a report says which it asks.
#[test]
fn edge_53_known_later_and_effective_earlier() {
    let mut house = buried();
    let known_in_june: Vec<_> = house.ledger.entries().collect();
    let june = south(&house.ledger, "2025-06-30");
    assert!(june.contains("Identified"), "{june}");
    let decision = house.of("u-1").decision.unwrap().to_string();
    house.reexamined(&decision, r#""new-evidence""#, "2026-01-10");
    house.revoked(&decision, "excluded", "2026-01-12");
    // By what is known now the decision held in June: it was revoked in January, and that is when it ended.
    assert_eq!(south(&house.ledger, "2025-06-30"), june);
    let now = south(&house.ledger, "2026-01-12");
    assert!(now.contains("Misidentified") && now != june, "{now}");
    // It was never true, though: every reading of any day names what is affected.
    let reading = house.as_of("2026-02-01");
    assert_eq!(reading.identification("u-1".parse().unwrap()).unwrap().status, Status::Misidentified);
    assert!(reading.notices().iter().all(|notice| notice.affected_by.is_some()));
    // A fact of May that is learned only now changes what is said of May, and not what was known in June.
    let batch = |ledger: &Ledger, day: &str| {
        let reading = ledger.reading(According::To("south".parse().unwrap()), end_of(day)).unwrap();
        reading.funnel_of_batch("first".parse().unwrap()).unwrap().remains.units
    };
    assert_eq!(batch(&house.ledger, "2025-05-31"), Span::exactly(1));
    house.tell("south", r#"{"remains":{"further-found":{"container":"bag","on":"2025-05-20","found":[{"id":"u-2","human":"yes"}]}}}"#);
    assert_eq!(batch(&house.ledger, "2025-05-31"), Span::exactly(2));
    assert_eq!(batch(&house.ledger, "2025-05-19"), Span::exactly(1));
    let mut then = Ledger::new();
    for entry in &known_in_june {
        let _ = then.post(entry).unwrap();
    }
    assert_eq!(batch(&then, "2025-05-31"), Span::exactly(1));
    assert_eq!(south(&then, "2025-06-30"), june, "the report of June is reproducible");
    house.check();
}

/// A man who was buried walks across the border and asks that his file as a dead man be erased. It is; the body that was taken
/// for his is still somebody's, and keeps its code, its samples, its place in every count, and the duty to name it.
#[test]
fn edge_55_erased_on_request_while_the_unknown_body_stays() {
    let mut house = buried();
    let erasure = |records: &str| {
        format!(
            r#"{{"disclosure":{{"erased":{{"person":"x","records":[{records}],"ground":"request","on":"2026-03-01"}}}}}}"#
        )
    };
    // While it is decided that he is dead he must be accounted for: the file can be restricted and not erased.
    let refusal = house.refused("south", &erasure(""), Some(61));
    assert!(
        matches!(refusal, Refusal::Disclosure(DisclosureRefusal::MustBeAccountedFor { .. })),
        "{refusal}"
    );
    house.tell(
        "south",
        r#"{"disclosure":{"restricted":{"person":"x","ground":"accounting","on":"2026-02-06"}}}"#,
    );
    house.tell("south", r#"{"person":{"known":{"person":"x","fact":{"found-alive":"2026-02-05"}}}}"#);
    let decision = house.of("u-1").decision.unwrap().to_string();
    house.reexamined(&decision, r#""contradiction""#, "2026-02-07");
    house.revoked(&decision, "person-alive", "2026-02-10");
    let share = |with: &str, basis: &str| {
        format!(
            r#"{{"disclosure":{{"shared":{{"of":{{"person":"x"}},"extent":"cases","with":{with},"purpose":"accounting-for-missing","basis":"{basis}","on":"2026-02-11"}}}}}}"#
        )
    };
    house.tell("south", &share(r#"{"organ":"observer"}"#, "legal-obligation"));
    let shown = |house: &House, day: &str| {
        let reading = house.ledger.reading(According::Anyone, end_of(day)).unwrap();
        let observer = reading.for_audience(Audience::Organ("observer".parse().unwrap())).unwrap();
        observer.person("x".parse().unwrap()).map(drop).map_err(|not| not.because)
    };
    assert_eq!(shown(&house, "2026-02-28"), Ok(()), "what the law demands opens a restricted file");
    // The samples of the body are not his to have erased.
    let refusal = house.refused("south", &erasure(r#""s-u-1""#), Some(61));
    assert!(matches!(refusal, Refusal::Disclosure(DisclosureRefusal::StillNeeded { .. })), "{refusal}");
    let before = house.ledger.len();
    let erased = house.tell("south", &erasure(r#""teeth""#));
    assert_eq!(house.ledger.len(), before + 1, "nothing is taken out of the ledger");
    assert_eq!(shown(&house, "2026-03-01"), Err(vec![Reason::Erased(erased.parse().unwrap())]));
    house.refused("south", &share(r#""public""#, "public-interest"), Some(61));
    // Who was told of him hears that it is over: the record still says with whom it was shared.
    let sharings = house.as_of("2026-04-01").sharings();
    assert_eq!(sharings.len(), 1);
    // The unknown body is where it was.
    let reading = house.as_of("2026-04-01");
    let unit = "u-1".parse().unwrap();
    assert_eq!(reading.identification(unit).unwrap().status, Status::Misidentified);
    assert_eq!(reading.unit(unit).unwrap().samples.len(), 1);
    assert_eq!(reading.remains().units, Span::exactly(1));
    assert_ne!(
        reading.credit_of_unit(unit, "to-south".parse().unwrap()).unwrap().class,
        Some(CreditClass::Credited)
    );
    // And the ledger is whole: it replays to the same, and every invariant holds.
    let mut again = Ledger::new();
    for entry in house.ledger.entries() {
        let _ = again.post(&entry).unwrap();
    }
    assert!(again.entries().eq(house.ledger.entries()));
    house.check();
}

/// Both sides prepare a handover and keep it to themselves until it is over; then each publishes its own number. A journalist who
/// reads the record before sees nothing, and afterwards sees both words beside each other.
#[test]
fn nothing_of_the_next_handover_is_published_before_both_sides_lift_their_embargo() {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(20, "set-of-remains", r#"{"matter":"remains"}"#);
    let mut embargoes = Vec::new();
    for side in ["north", "south"] {
        let embargo = r#"{"disclosure":{"withheld":{"of":{"handover":"h-20"},"from":"public","why":"embargo","until":"lifted","on":"2025-01-10"}}}"#;
        embargoes.push((side, house.tell(side, embargo)));
    }
    house.tell("south", r#"{"disclosure":{"shared":{"of":{"agreement":"deal"},"extent":"counts","with":"public","purpose":"information","basis":"public-interest","on":"2025-01-02"}}}"#);
    house.both_count("leg-20-south", 1_200, "set-of-remains");
    let seen = |house: &House, day: &str| {
        let reading = house.ledger.reading(According::AcceptedByAll, end_of(day)).unwrap();
        let public = reading.for_audience(Audience::Public).unwrap();
        (public.legs().count(), public.slots().count())
    };
    assert_eq!(seen(&house, "2025-01-15"), (0, 0));
    for (side, embargo) in &embargoes {
        assert_eq!(seen(&house, "2025-01-31"), (0, 0), "one side's embargo suffices");
        let lifted = format!(r#"{{"disclosure":{{"lifted":{{"entry":"{embargo}","on":"2025-01-21"}}}}}}"#);
        house.tell(side, &lifted);
    }
    assert_eq!(seen(&house, "2025-01-20"), (0, 0), "it was lifted on the 21st");
    assert_eq!(seen(&house, "2025-01-31"), (2, 1));
    house.check();
}

/// One man under two references: the family that was told of him under the one was told of him.
#[test]
fn who_was_told_of_a_person_under_another_reference_was_told() {
    let mut house = buried();
    house.person("y");
    let public = |house: &House| {
        let reading = house.now();
        let shown = reading.for_audience(Audience::Public).unwrap();
        shown.persons().map(|case| case.shown().person.to_string()).collect::<Vec<_>>()
    };
    house.tell("south", r#"{"disclosure":{"shared":{"of":{"person":"y"},"extent":"cases","with":"public","purpose":"information","basis":"public-interest","on":"2025-03-10"}}}"#);
    assert_eq!(public(&house), Vec::<String>::new(), "nobody is told of `y`, and nobody consents");
    house.check();
    let same =
        house.tell("south", r#"{"prisoner":{"same-person":{"one":"x","other":"y","on":"2025-03-11"}}}"#);
    assert_eq!(public(&house), ["x", "y"]);
    house.check();
    house.tell(
        "south",
        &format!(r#"{{"prisoner":{{"same-person-reversed":{{"entry":"{same}","reason":"a namesake"}}}}}}"#),
    );
    assert_eq!(public(&house), Vec::<String>::new());
    house.check();
}
