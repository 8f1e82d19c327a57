//! Stories of containers and custody, each with its edge case of the rule book (d).

use handover::container::ContainerEntry;
use handover::custody::Held;
use handover::entry::{Entry, What};
use handover::invariant;
use handover::ledger::Ledger;
use handover::quantity::{Span, Unit};
use handover::reading::{According, Join, JointView, Position, Reading};
use handover::refusal::Refusal;
use handover::when::{Moment, When};

fn entry(id: &str, by: &str, said: &str, what: &str) -> Entry {
    let line = format!(r#"{{"id":"{id}","by":"{by}","said":"{said}","what":{what}}}"#);
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

/// Admits an entry; every invariant holds after it.
fn tell(ledger: &mut Ledger, id: &str, by: &str, said: &str, what: &str) {
    let _ = ledger.post(&entry(id, by, said, what)).unwrap_or_else(|refusal| panic!("{id}: {refusal}"));
    for rule in invariant::ALL {
        rule.check(ledger).unwrap_or_else(|broken| panic!("{id}: {broken}"));
    }
}

/// Refuses an entry, which changes nothing.
fn refused(ledger: &mut Ledger, by: &str, said: &str, what: &str) -> Refusal {
    let before = format!("{ledger:?}");
    let refusal = ledger.post(&entry("x-refused", by, said, what)).unwrap_err();
    assert_eq!(format!("{ledger:?}"), before, "{what}");
    refusal
}

fn the<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Two parties with two organs each, an intermediary and an outlet; a batch of remains from north to south.
fn ground() -> Ledger {
    let mut ledger = Ledger::new();
    for party in ["north", "south"] {
        let what = format!(r#"{{"party":{{"introduced":{{"id":"{party}","name":"{party}"}}}}}}"#);
        tell(&mut ledger, party, "keeper", "2025-06-01", &what);
    }
    for (organ, side) in [
        ("n-army", r#"{"party":"north"}"#),
        ("n-depot", r#"{"party":"north"}"#),
        ("s-army", r#"{"party":"south"}"#),
        ("s-bureau", r#"{"party":"south"}"#),
        ("courier", r#""neutral""#),
        ("outlet", r#""press""#),
    ] {
        let what =
            format!(r#"{{"party":{{"organ":{{"id":"{organ}","name":"{organ}","allegiance":{side}}}}}}}"#);
        tell(&mut ledger, organ, "keeper", "2025-06-01", &what);
        let what =
            format!(r#"{{"party":{{"speaker":{{"id":"{organ}","name":"{organ}","organ":"{organ}"}}}}}}"#);
        tell(&mut ledger, &format!("s-{organ}"), "keeper", "2025-06-01", &what);
    }
    batch(&mut ledger, "first");
    ledger
}

fn batch(ledger: &mut Ledger, id: &str) {
    let of = r#"{"matter":"remains"}"#;
    let what = format!(
        r#"{{"batch":{{"introduced":{{"id":"{id}","from":"north","to":"south","of":{of},"unit":"container"}}}}}}"#
    );
    tell(ledger, id, "keeper", "2025-06-01", &what);
}

fn bag(ledger: &mut Ledger, id: &str, batch: Option<&str>) {
    let batch = batch.map(|batch| format!(r#""batch":"{batch}","#)).unwrap_or_default();
    let what = format!(
        r#"{{"container":{{"registered":{{"id":"{id}",{batch}"held-by":"n-army","since":"2025-06-02","provenance":"undisclosed"}}}}}}"#
    );
    tell(ledger, &format!("e-{id}"), "n-army", "2025-06-02", &what);
}

fn transfer(id: &str, of: &str, from: &str, to: &str) -> String {
    format!(r#"{{"custody":{{"introduced":{{"id":"{id}","of":{of},"from":"{from}","to":"{to}"}}}}}}"#)
}

fn given(transfer: &str, on: &str, more: &str) -> String {
    format!(r#"{{"custody":{{"given":{{"transfer":"{transfer}","on":"{on}"{more}}}}}}}"#)
}

fn received(transfer: &str, on: &str, accepted: &str, more: &str) -> String {
    format!(
        r#"{{"custody":{{"received":{{"transfer":"{transfer}","on":"{on}","accepted":{accepted}{more}}}}}}}"#
    )
}

fn containers(n: u32) -> String {
    format!(r#","found":{{"count":{{"quantity":{n},"unit":"container"}}}}"#)
}

/// A transfer with both ends on one day.
fn pass(ledger: &mut Ledger, id: &str, of: &str, from: &str, to: &str, on: &str) {
    tell(ledger, &format!("{id}-t"), "keeper", on, &transfer(id, of, from, to));
    tell(ledger, &format!("{id}-g"), from, on, &given(id, on, ""));
    tell(ledger, &format!("{id}-r"), to, on, &received(id, on, r#""with-reservation""#, ""));
}

fn reading<'l>(ledger: &'l Ledger, according: &str, as_of: Option<&str>) -> Reading<'l> {
    let as_of = as_of.map_or(Moment::END_OF_TIME, |on| the::<When>(on).last_moment().unwrap());
    ledger.reading(super::telling::according_to(according), as_of).unwrap()
}

fn position(ledger: &Ledger, container: &str, as_of: Option<&str>) -> Position {
    let chain = reading(ledger, "anyone", as_of).chain(Held::Container(the(container))).unwrap();
    chain.position
}

#[test]
fn a_container_is_with_one_custodian_or_in_one_open_transfer_at_every_moment() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    tell(
        &mut ledger,
        "t",
        "keeper",
        "2025-06-11",
        &transfer("t", r#"{"batch":"first"}"#, "n-army", "s-army"),
    );
    tell(&mut ledger, "g", "n-army", "2025-06-11", &given("t", "2025-06-11", ""));
    assert!(matches!(position(&ledger, "bag-1", None), Position::InTransfer { .. }));
    tell(&mut ledger, "r", "s-army", "2025-06-13", &received("t", "2025-06-13", r#""with-reservation""#, ""));
    for (as_of, here) in [
        ("2025-06-01", Position::NotYet),
        ("2025-06-10", Position::With(the("n-army"))),
        ("2025-06-12", Position::InTransfer { transfer: the("t"), from: the("n-army"), to: the("s-army") }),
        ("2025-06-13", Position::With(the("s-army"))),
    ] {
        assert_eq!(position(&ledger, "bag-1", Some(as_of)), here, "{as_of}");
    }
    // By the giver's word alone it was given, and not that it arrived.
    let north = reading(&ledger, "north", None).chain(Held::Container(the("bag-1"))).unwrap();
    assert!(matches!(north.position, Position::InTransfer { .. }));
    let all = reading(&ledger, "all", None).chain(Held::Container(the("bag-1"))).unwrap();
    assert_eq!(all.position, Position::With(the("s-army")));
}

#[test]
fn through_an_intermediary_are_two_transfers_and_a_witness_takes_nothing() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    let of = r#"{"batch":"first"}"#;
    pass(&mut ledger, "t-2", of, "courier", "s-army", "2025-06-12");
    let chain = reading(&ledger, "anyone", None).chain(Held::Container(the("bag-1"))).unwrap();
    let join = Join::Discontinuity { held_by: the("n-army"), given_by: the("courier") };
    assert_eq!(chain.broken().map(|link| link.join).collect::<Vec<_>>(), [join]);
    assert_eq!(
        position(&ledger, "bag-1", Some("2025-06-10")),
        Position::Between(vec![the("courier"), the("n-army")])
    );
    // The first half is learned last, and fits.
    pass(&mut ledger, "t-1", of, "n-army", "courier", "2025-06-11");
    let chain = reading(&ledger, "anyone", None).chain(Held::Container(the("bag-1"))).unwrap();
    assert_eq!(chain.broken().count(), 0);
    assert_eq!(position(&ledger, "bag-1", Some("2025-06-11")), Position::With(the("courier")));

    let both = r#"{"custody":{"introduced":{"id":"t-3","of":{"batch":"first"},"from":"n-army","to":"courier","witnessed-by":["courier"]}}}"#;
    assert_eq!(refused(&mut ledger, "keeper", "2025-06-12", both).rule().invariant, Some(25));
    let press = transfer("t-3", of, "n-army", "outlet");
    assert_eq!(refused(&mut ledger, "keeper", "2025-06-12", &press).rule().invariant, Some(20));
    let itself = transfer("t-3", of, "n-army", "n-army");
    assert_eq!(refused(&mut ledger, "keeper", "2025-06-12", &itself).rule().invariant, Some(20));
    let other_side = given("t-1", "2025-06-11", "");
    assert_eq!(refused(&mut ledger, "outlet", "2025-06-12", &other_side).rule().invariant, Some(23));
    assert_eq!(refused(&mut ledger, "n-depot", "2025-06-12", &other_side).rule().invariant, Some(23));
}

#[test]
fn a_passage_within_one_side_that_is_not_recorded_is_a_gap() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    pass(&mut ledger, "t", r#"{"batch":"first"}"#, "n-depot", "s-army", "2025-06-11");
    let chain = reading(&ledger, "anyone", None).chain(Held::Container(the("bag-1"))).unwrap();
    let join = Join::Gap { held_by: the("n-army"), given_by: the("n-depot") };
    assert_eq!(chain.links[1].join, join);
    assert_eq!(reading(&ledger, "anyone", None).unsettled_chains().len(), 1);
    let what = r#"{"custody":{"reversed":{"entry":"t-g","reason":"it was another transfer"}}}"#;
    assert_eq!(refused(&mut ledger, "s-army", "2025-06-12", what).rule().invariant, Some(52));
    tell(&mut ledger, "x-g", "n-depot", "2025-06-12", what);
    assert_eq!(refused(&mut ledger, "n-depot", "2025-06-12", what).rule().invariant, Some(12));
    tell(&mut ledger, "x-r", "s-army", "2025-06-12", &what.replace("t-g", "t-r"));
    let chain = reading(&ledger, "anyone", None).chain(Held::Container(the("bag-1"))).unwrap();
    assert_eq!((chain.links.len(), chain.position), (1, Position::With(the("n-army"))));
    let before = reading(&ledger, "anyone", None).said_by(the::<When>("2025-06-11").last_moment().unwrap());
    assert_eq!(before.chain(Held::Container(the("bag-1"))).unwrap().links.len(), 2);
}

#[test]
fn counts_at_both_ends_stand_and_their_discrepancy_never_closes_itself() {
    let mut ledger = ground();
    tell(
        &mut ledger,
        "t",
        "keeper",
        "2025-06-16",
        &transfer("t", r#"{"batch":"first"}"#, "n-army", "s-army"),
    );
    tell(&mut ledger, "g", "n-army", "2025-06-16", &given("t", "2025-06-16", &containers(1_248)));
    tell(
        &mut ledger,
        "r",
        "s-army",
        "2025-06-16",
        &received("t", "2025-06-16", r#""with-reservation""#, &containers(1_245)),
    );
    let count = |ledger: &Ledger| {
        let about = handover::claim::Subject::Batch(the("first"));
        reading(ledger, "anyone", None).count(about, Unit::Container).unwrap().view
    };
    assert_eq!(count(&ledger), JointView::Conflicting(Some(3)));
    let open = |ledger: &Ledger, according: &str| {
        reading(ledger, according, None).discrepancies().iter().filter(|it| it.is_open).count()
    };
    assert_eq!(open(&ledger, "anyone"), 1);
    let twice = received("t", "2025-06-16", r#""in-full""#, "");
    assert_eq!(refused(&mut ledger, "s-army", "2025-06-17", &twice).rule().invariant, Some(23));
    let more = [containers(1_248), r#","corrects":"r""#.to_owned()].concat();
    let corrected = received("t", "2025-06-16", r#""with-reservation""#, &more);
    assert_eq!(refused(&mut ledger, "s-bureau", "2025-06-17", &corrected).rule().invariant, Some(52));
    tell(&mut ledger, "r-2", "s-army", "2025-06-17", &corrected);
    assert_eq!(refused(&mut ledger, "s-army", "2025-06-17", &corrected).rule().invariant, Some(12));
    assert_eq!(count(&ledger), JointView::ConfirmedByAll(Span::exactly(1_248)));
    assert_eq!(open(&ledger, "anyone"), 1, "later equal counts do not close it");
    let why = r#"{"custody":{"explained":{"first":"g","second":"r","explanation":"three bags were on another vehicle"}}}"#;
    assert_eq!(refused(&mut ledger, "keeper", "2025-06-18", why).rule().invariant, Some(55));
    tell(&mut ledger, "why", "s-army", "2025-06-18", why);
    assert_eq!((open(&ledger, "anyone"), open(&ledger, "south")), (0, 0));
    assert_eq!((open(&ledger, "north"), open(&ledger, "all")), (1, 1), "north has not explained it");
    tell(&mut ledger, "why-2", "n-army", "2025-06-18", why);
    assert_eq!(open(&ledger, "all"), 0);
    let withdrawn = r#"{"claim":{"withdrawn":{"claim":"g"}}}"#;
    assert_eq!(refused(&mut ledger, "n-army", "2025-06-18", withdrawn).rule().invariant, Some(22));
}

/// Edge case 19: a box is not a soldier. The sender counts boxes, the laboratory individuals: neither contradicts the
/// other, and receipt makes no one of the boxes a person.
#[test]
fn edge_19_a_box_is_not_a_soldier() {
    let mut ledger = ground();
    tell(
        &mut ledger,
        "t",
        "keeper",
        "1993-01-01",
        &transfer("t", r#"{"batch":"first"}"#, "n-army", "s-army"),
    );
    tell(&mut ledger, "g", "n-army", "1993-01-01", &given("t", "1993-01-01", &containers(208)));
    let individuals = r#","found":{"count":{"quantity":">=600","unit":"individual"}}"#;
    tell(
        &mut ledger,
        "r",
        "s-army",
        "1994-01-01",
        &received("t", "1994-01-01", r#""with-reservation""#, individuals),
    );
    assert!(reading(&ledger, "anyone", None).discrepancies().is_empty());
    let manifest = reading(&ledger, "anyone", None).manifest(the("first")).unwrap();
    assert_eq!((manifest.count.set, manifest.containers.len()), (Span::exactly(208), 0));
}

/// Edge cases 23 and 38: the bags of one person come in two batches and keep their own chains; an empty one counts as
/// one.
#[test]
fn edge_23_each_bag_keeps_its_own_chain() {
    let mut ledger = ground();
    batch(&mut ledger, "second");
    for (id, of) in [("bag-1", "first"), ("bag-2", "first"), ("bag-3", "second")] {
        bag(&mut ledger, id, Some(of));
    }
    pass(&mut ledger, "t-1", r#"{"batch":"first"}"#, "n-army", "s-army", "2025-06-11");
    let opened = r#"{"remains":{"opened":{"container":"bag-1","on":"2025-06-20","found":[]}}}"#;
    tell(&mut ledger, "opened", "s-bureau", "2025-06-20", opened);
    let holdings = reading(&ledger, "anyone", None).holdings();
    assert_eq!(holdings.with.get(&the("s-army")), Some(&2));
    assert_eq!(holdings.with.get(&the("n-army")), Some(&1));
    assert_eq!(holdings.registered, holdings.sum());
}

#[test]
fn what_is_refused_stays_and_the_batch_is_divided_before_it_passes() {
    let mut ledger = ground();
    for id in ["bag-1", "bag-2", "bag-3"] {
        bag(&mut ledger, id, None);
    }
    // Known by its number alone, and then by its containers.
    for id in ["bag-1", "bag-2", "bag-3"] {
        let what = format!(r#"{{"container":{{"assigned":{{"container":"{id}","batch":"first"}}}}}}"#);
        tell(&mut ledger, &format!("a-{id}"), "n-army", "2025-06-10", &what);
    }
    let complete = r#"{"container":{"complete":{"batch":"first"}}}"#;
    tell(&mut ledger, "complete", "n-army", "2025-06-10", complete);
    let late = r#"{"container":{"registered":{"id":"bag-4","batch":"first","held-by":"n-army","since":"2025-06-02","provenance":"unknown"}}}"#;
    let refusal = refused(&mut ledger, "n-army", "2025-06-10", late);
    assert!(refusal.to_string().contains("expected no other container in batch `first`"), "{refusal}");
    tell(
        &mut ledger,
        "t",
        "keeper",
        "2025-06-11",
        &transfer("t", r#"{"batch":"first"}"#, "n-army", "s-army"),
    );
    tell(&mut ledger, "g", "n-army", "2025-06-11", &given("t", "2025-06-11", &containers(3)));
    let part = r#"{"in-part":{"refused":["bag-2"],"missing":["bag-3"],"reason":"no number on it"}}"#;
    tell(&mut ledger, "r", "s-army", "2025-06-11", &received("t", "2025-06-11", part, &containers(1)));
    let manifest = reading(&ledger, "anyone", None).manifest(the("first")).unwrap();
    assert_eq!((manifest.received(), manifest.refused(), manifest.missing()), (1, 1, 1));
    assert_eq!(position(&ledger, "bag-2", None), Position::With(the("n-army")));
    assert_eq!(position(&ledger, "bag-3", None), Position::Between(vec![the("n-army"), the("s-army")]));

    batch(&mut ledger, "rest");
    let divide = |on: &str| {
        format!(r#"{{"container":{{"assigned":{{"container":"bag-2","batch":"rest","on":"{on}"}}}}}}"#)
    };
    tell(&mut ledger, "divide", "n-army", "2025-06-12", &divide("2025-06-12"));
    pass(&mut ledger, "t-2", r#"{"batch":"rest"}"#, "n-army", "s-army", "2025-06-14");
    assert_eq!(position(&ledger, "bag-2", Some("2025-06-13")), Position::With(the("n-army")));
    assert_eq!(position(&ledger, "bag-2", None), Position::With(the("s-army")));
    let chain = reading(&ledger, "anyone", None).chain(Held::Container(the("bag-2"))).unwrap();
    assert_eq!((chain.links.len(), chain.broken().count()), (3, 0), "the refusal stays in its history");

    let held = r#"{"handover":{"introduced":{"id":"june-14","on":"2025-06-14"}}}"#;
    tell(&mut ledger, "h", "keeper", "2025-06-14", held);
    let leg = r#"{"handover":{"leg":{"id":"leg","handover":"june-14","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}"#;
    tell(&mut ledger, "leg", "keeper", "2025-06-14", leg);
    tell(&mut ledger, "p", "keeper", "2025-06-14", r#"{"batch":{"passed":{"batch":"rest","leg":"leg"}}}"#);
    batch(&mut ledger, "third");
    let after = divide("2025-06-20").replace("\"rest\"", "\"third\"");
    assert_eq!(refused(&mut ledger, "n-army", "2025-06-20", &after).rule().invariant, Some(20));
}

/// A report that is made again of an earlier moment does not change by what was said since.
#[test]
fn a_container_that_is_assigned_anew_is_a_part_of_its_former_batch_by_what_had_been_said_before() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    bag(&mut ledger, "bag-2", Some("first"));
    batch(&mut ledger, "rest");
    let again = r#"{"container":{"assigned":{"container":"bag-1","batch":"rest","on":"2025-06-05"}}}"#;
    tell(&mut ledger, "again", "n-army", "2025-06-12", again);
    let reversed = r#"{"container":{"reversed":{"entry":"again","reason":"it was another"}}}"#;
    tell(&mut ledger, "reversed", "n-army", "2025-06-14", reversed);
    let in_each = |reading: Reading<'_>| {
        ["first", "rest"].map(|batch| {
            let manifest = reading.manifest(the(batch)).unwrap();
            manifest.containers.len()
        })
    };
    for (said_by, expected) in [
        ("2025-06-01", [0, 0]),
        ("2025-06-11", [2, 0]),
        ("2025-06-12", [1, 1]),
        ("2025-06-13", [1, 1]),
        ("2025-06-14", [2, 0]),
    ] {
        let by = the::<When>(said_by).last_moment().unwrap();
        assert_eq!(in_each(reading(&ledger, "anyone", None).said_by(by)), expected, "by {said_by}");
    }
    assert_eq!(in_each(reading(&ledger, "anyone", None)), [2, 0]);
}

/// Nor does it by what was taken back since.
#[test]
fn what_was_reversed_since_was_so_by_what_had_been_said_before() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    let reversed =
        |entry: &str| format!(r#"{{"container":{{"reversed":{{"entry":"{entry}","reason":"too early"}}}}}}"#);
    let complete = r#"{"container":{"complete":{"batch":"first"}}}"#;
    let retired =
        r#"{"container":{"retired":{"container":"bag-1","on":"2025-06-10","reason":"it came apart"}}}"#;
    for (id, said, what) in [
        ("c-1", "2025-06-11", complete),
        ("c-2", "2025-06-12", &reversed("c-1")),
        ("c-3", "2025-06-14", complete),
        ("r-1", "2025-06-15", retired),
        ("r-2", "2025-06-16", &reversed("r-1")),
        ("r-3", "2025-06-17", retired),
    ] {
        tell(&mut ledger, id, "n-army", said, what);
    }
    let shown = |reading: Reading<'_>| {
        let ended = match reading.chain(Held::Container(the("bag-1"))).unwrap().position {
            Position::Ended(by) => Some(by.to_string()),
            _ => None,
        };
        (reading.manifest(the("first")).unwrap().complete.map(|by| by.to_string()), ended)
    };
    for (said_by, complete, ended) in [
        ("2025-06-10", None, None),
        ("2025-06-11", Some("c-1"), None),
        ("2025-06-13", None, None),
        ("2025-06-14", Some("c-3"), None),
        ("2025-06-15", Some("c-3"), Some("r-1")),
        ("2025-06-16", Some("c-3"), None),
        ("2025-06-17", Some("c-3"), Some("r-3")),
    ] {
        let expected = (complete.map(str::to_owned), ended.map(str::to_owned));
        let by = the::<When>(said_by).last_moment().unwrap();
        assert_eq!(shown(reading(&ledger, "anyone", None).said_by(by)), expected, "by {said_by}");
    }
    assert_eq!(shown(reading(&ledger, "anyone", None)), (Some("c-3".to_owned()), Some("r-3".to_owned())));
}

/// Edge case 26: brought for examination and refused. Nothing passed, and the chain says so without a word of breach.
#[test]
fn edge_26_refused_altogether_it_stays_with_who_gave_it() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    tell(
        &mut ledger,
        "t",
        "keeper",
        "2025-10-31",
        &transfer("t", r#"{"batch":"first"}"#, "n-army", "courier"),
    );
    tell(&mut ledger, "g", "n-army", "2025-10-31", &given("t", "2025-10-31", &containers(3)));
    let no = r#"{"refused":"offered for examination only"}"#;
    tell(&mut ledger, "r", "courier", "2025-10-31", &received("t", "2025-10-31", no, ""));
    assert_eq!(position(&ledger, "bag-1", None), Position::With(the("n-army")));
    assert!(reading(&ledger, "anyone", None).allegations().is_empty());
}

/// Edge case 41: numbers that the sender wrote on bags lead to them and are never taken for identity.
#[test]
fn edge_41_one_number_on_two_bags_leads_to_both() {
    let mut ledger = ground();
    for id in ["bag-1", "bag-2"] {
        bag(&mut ledger, id, Some("first"));
        for code in ["114/25", "A-7"] {
            let what = format!(
                r#"{{"container":{{"alias":{{"container":"{id}","code":"{code}","given-by":"n-depot"}}}}}}"#
            );
            tell(&mut ledger, &format!("{id}-{}", code.len()), "s-army", "2025-06-12", &what);
        }
    }
    let called = |code: &str| ledger.containers_called(&the(code));
    assert_eq!(called("114/25"), [the("bag-1"), the("bag-2")]);
    assert!(called("114/26").is_empty());
    assert_eq!(ledger.aliases_of(the("bag-1")).len(), 2);
    let registered = |entry: &Entry| matches!(entry.what, What::Container(ContainerEntry::Registered(_)));
    assert_eq!(ledger.entries().filter(registered).count(), 2);
}

#[test]
fn an_incident_takes_nothing_back_and_seals_are_compared() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    let seal = |seal: &str| {
        format!(r#","found":{{"seals":[{{"container":"bag-1","seal":{seal}}}],"condition":"dry"}}"#)
    };
    tell(
        &mut ledger,
        "t",
        "keeper",
        "2025-06-11",
        &transfer("t", r#"{"container":"bag-1"}"#, "n-army", "s-army"),
    );
    tell(&mut ledger, "g", "n-army", "2025-06-11", &given("t", "2025-06-11", &seal(r#""intact""#)));
    let broken = seal(r#"{"other-number":"99"}"#);
    tell(&mut ledger, "r", "s-army", "2025-06-10", &received("t", "2025-06-10", r#""in-full""#, &broken));
    let found = reading(&ledger, "anyone", None).discrepancies();
    assert_eq!(found[0].kinds.len(), 2, "the seal, and received before it was given: {found:?}");
    let incident = |kind: &str, on: &str| {
        format!(
            r#"{{"custody":{{"incident":{{"of":{{"container":"bag-1"}},"kind":"{kind}","on":"{on}"}}}}}}"#
        )
    };
    let before = position(&ledger, "bag-1", None);
    tell(&mut ledger, "lost", "s-army", "2025-06-20", &incident("missing", "2025-06-20"));
    assert_eq!(
        reading(&ledger, "anyone", None).manifest(the("first")).unwrap().containers[0].missed.len(),
        1
    );
    tell(&mut ledger, "found", "s-army", "2025-06-25", &incident("found-again", "2025-06-24"));
    assert!(reading(&ledger, "anyone", None).manifest(the("first")).unwrap().containers[0].missed.is_empty());
    assert_eq!(position(&ledger, "bag-1", None), before);
    assert_eq!(
        refused(&mut ledger, "keeper", "2025-06-25", &incident("damaged", "2025-06-25")).rule().invariant,
        Some(55)
    );
    let other = r#"{"in-part":{"refused":["bag-2"]}}"#;
    bag(&mut ledger, "bag-2", None);
    let more = r#","corrects":"r""#;
    let refusal = refused(&mut ledger, "s-army", "2025-06-26", &received("t", "2025-06-11", other, more));
    assert_eq!(refusal.rule().invariant, Some(22));
    let twice = r#"{"in-part":{"refused":["bag-1"],"missing":["bag-1"]}}"#;
    let refusal = refused(&mut ledger, "s-army", "2025-06-26", &received("t", "2025-06-11", twice, more));
    assert_eq!(refusal.rule().invariant, Some(20));
}

#[test]
fn a_container_ends_once_and_last() {
    let mut ledger = ground();
    bag(&mut ledger, "bag-1", Some("first"));
    pass(&mut ledger, "t", r#"{"container":"bag-1"}"#, "n-army", "s-army", "2025-06-11");
    let end = |on: &str| {
        format!(
            r#"{{"container":{{"retired":{{"container":"bag-1","on":"{on}","reason":"emptied and burned"}}}}}}"#
        )
    };
    assert_eq!(refused(&mut ledger, "s-army", "2025-07-01", &end("2025-06-01")).rule().invariant, Some(20));
    assert_eq!(refused(&mut ledger, "s-army", "2025-07-01", &end("2025-06-10")).rule().invariant, Some(20));
    tell(&mut ledger, "end", "s-army", "2025-07-01", &end("2025-07-01"));
    assert_eq!(position(&ledger, "bag-1", None), Position::Ended(the("end")));
    assert_eq!(position(&ledger, "bag-1", Some("2025-06-20")), Position::With(the("s-army")));
    let of = r#"{"container":"bag-1"}"#;
    tell(&mut ledger, "t-2", "keeper", "2025-07-02", &transfer("t-2", of, "s-army", "s-bureau"));
    let late = given("t-2", "2025-07-02", "");
    assert_eq!(refused(&mut ledger, "s-army", "2025-07-02", &late).rule().invariant, Some(20));
    let reversed = r#"{"container":{"reversed":{"entry":"end","reason":"it was another bag"}}}"#;
    tell(&mut ledger, "x", "s-army", "2025-07-03", reversed);
    tell(&mut ledger, "g-2", "s-army", "2025-07-03", &late);
    let view = reading(&ledger, "anyone", None).holdings();
    assert_eq!((view.in_transfer, view.registered), (1, 1));
    assert!(ledger.reading(According::Neutral, Moment::END_OF_TIME).unwrap().incidents().is_empty());
}
