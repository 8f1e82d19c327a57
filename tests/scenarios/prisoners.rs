//! Prisoners: lists, what stands in the way, refusals of three kinds, and what becomes of each.

use handover::id::{NominationId, PersonRef};
use handover::invariant;
use handover::person::PersonStatus;
use handover::prisoner::{Manner, PrisonerRefusal as Refused};
use handover::quantity::Span;
use handover::reading::{According, EntryStatus, ListStage, NominationView, Obstacle, Reading};
use handover::refusal::Refusal;
use handover::when::{Moment, When};

use super::house::House;

pub(super) fn the<T: core::str::FromStr<Err: core::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// North holds prisoners of South; a leg of 20 January each way; categories `wounded`, `under-25` and `civilians`.
pub(super) fn camp() -> House {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    house.handover(20, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
    for (id, kind, reference) in [
        ("wounded", r#""seriously-wounded""#, r#""freeze""#),
        ("under-25", r#"{"under":25}"#, r#""freeze""#),
        ("civilians", r#""civilians""#, r#"{"on":"2025-01-01"}"#),
    ] {
        let definition = format!(r#"{{"id":"{id}","kind":{kind},"reference":{reference},"under":"deal"}}"#);
        tell(&mut house, "keeper", &format!(r#"{{"category":{definition}}}"#));
    }
    draft(
        &mut house,
        "list",
        r#","leg":"leg-20-south","neutral-custody":{"explanations":90,"conference":30,"civilian-after":120}"#,
    );
    house
}

pub(super) fn draft(house: &mut House, list: &str, more: &str) {
    tell(
        house,
        "north",
        &format!(
            r#"{{"list":{{"drafted":{{"id":"{list}","holder":"north","home":"south","on":"2025-01-02","under":"deal"{more}}}}}}}"#
        ),
    );
}

pub(super) fn tell(house: &mut House, by: &str, what: &str) -> String {
    house.tell(by, &format!(r#"{{"prisoner":{what}}}"#))
}

/// A person of this name is nominated under the same identifier.
pub(super) fn nominate(house: &mut House, list: &str, ids: &[&str]) {
    for id in ids {
        house.keeper(&format!(r#"{{"person":{{"introduced":{{"id":"{id}"}}}}}}"#));
        tell(house, "north", &nomination(id, list, id, ""));
    }
}

pub(super) fn nomination(id: &str, list: &str, person: &str, more: &str) -> String {
    format!(r#"{{"nominated":{{"id":"{id}","list":"{list}","person":"{person}","on":"2025-01-03"{more}}}}}"#)
}

pub(super) fn step(house: &mut House, by: &str, id: &str, on: &str, step: &str) -> String {
    tell(house, by, &stepped(id, on, step))
}

pub(super) fn stepped(id: &str, on: &str, step: &str) -> String {
    format!(r#"{{"step":{{"nomination":"{id}","on":"{on}","step":{step}}}}}"#)
}

pub(super) fn submit(house: &mut House, by: &str, list: &str, version: u16, ids: &[&str]) {
    let ids: Vec<String> = ids.iter().map(|id| format!(r#""{id}""#)).collect();
    let ids = ids.join(",");
    tell(
        house,
        by,
        &format!(
            r#"{{"list":{{"submitted":{{"list":"{list}","version":{version},"entries":[{ids}],"on":"2025-01-05"}}}}}}"#
        ),
    );
}

pub(super) fn on_list(does: &str, list: &str, version: u16, on: &str) -> String {
    format!(r#"{{"list":{{"{does}":{{"list":"{list}","version":{version},"on":"{on}"}}}}}}"#)
}

/// Both accept what North submits, and it is frozen on 10 January.
pub(super) fn freeze(house: &mut House, list: &str, version: u16, ids: &[&str]) {
    submit(house, "north", list, version, ids);
    tell(house, "south", &on_list("accepted", list, version, "2025-01-07"));
    tell(house, "south", &on_list("frozen", list, version, "2025-01-10"));
}

/// Everything that lets someone go: in a category, fit, willing before the observer.
pub(super) fn clear(house: &mut House, id: &str, category: &str) {
    let medical = if category == "wounded" { r#","medical":"commission""# } else { "" };
    let evaluated =
        format!(r#"{{"evaluated":{{"category":"{category}","at":"2025-01-10","found":"yes"{medical}}}}}"#);
    step(house, "north", id, "2025-01-10", &evaluated);
    step(house, "north", id, "2025-01-10", r#"{"fitness":"fit"}"#);
    step(house, "observer", id, "2025-01-11", GOES);
}

pub(super) const GOES: &str = r#"{"will":{"wish":"goes","voluntary":{"verified-by":"observer"}}}"#;
const DECLINES: &str = r#"{"will":{"wish":"declines","voluntary":{"verified-by":"observer"}}}"#;

pub(super) fn hand_over(house: &mut House, id: &str, manner: &str) {
    for by in ["north", "south"] {
        step(house, by, id, "2025-01-20", &handed(manner));
    }
}

pub(super) fn handed(manner: &str) -> String {
    format!(r#"{{"handed-over":{{"manner":"{manner}"}}}}"#)
}

/// The rule that refuses an entry, which has changed nothing.
pub(super) fn refused(house: &mut House, by: &str, what: &str) -> Refused {
    let entry = house.entry(by, &format!(r#"{{"prisoner":{what}}}"#));
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).expect_err(what);
    assert_eq!(format!("{:?}", house.ledger), before, "a refused entry changes nothing");
    assert!(refusal.to_string().starts_with("expected "));
    match refusal {
        Refusal::Prisoner(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn reading(house: &House, according: According) -> Reading<'_> {
    house.ledger.reading(according, Moment::END_OF_TIME).unwrap()
}

fn view(house: &House, id: &str) -> NominationView {
    reading(house, According::Anyone).nomination(the(id)).unwrap()
}

fn status(house: &House, id: &str) -> Option<EntryStatus> {
    view(house, id).status
}

fn names<'v>(entries: impl Iterator<Item = &'v NominationView>) -> Vec<NominationId> {
    entries.map(|entry| entry.nomination).collect()
}

#[test]
fn a_list_is_proposed_countered_accepted_frozen_and_carried_out() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    submit(&mut house, "north", "list", 1, &["a"]);
    let own = on_list("under-verification", "list", 1, "2025-01-05");
    assert!(matches!(refused(&mut house, "north", &own), Refused::OwnVersion { .. }));
    tell(&mut house, "south", &own);
    tell(
        &mut house,
        "south",
        r#"{"list":{"responded":{"list":"list","version":1,"on":"2025-01-06","objects-to":["a"]}}}"#,
    );
    assert!(matches!(
        refused(&mut house, "south", &on_list("frozen", "list", 1, "2025-01-06")),
        Refused::NotAccepted { version: 1, .. }
    ));
    submit(&mut house, "south", "list", 2, &["b"]);
    tell(&mut house, "north", &on_list("accepted", "list", 2, "2025-01-06"));
    tell(&mut house, "north", &on_list("frozen", "list", 2, "2025-01-07"));
    let again = on_list("accepted", "list", 1, "2025-01-08");
    assert!(matches!(refused(&mut house, "south", &again), Refused::FrozenAlready { version: 2, .. }));
    // What each side proposed and countered stays.
    let list = reading(&house, According::AcceptedByAll).list(the("list")).unwrap();
    assert_eq!((list.stage, list.frozen), (ListStage::Frozen, Some(2)));
    let first = list.at(1).unwrap();
    assert_eq!(
        (first.by, first.members.as_slice(), first.objected.as_slice()),
        (the("north"), &[the("a")][..], &[the("a")][..])
    );
    assert_eq!(list.at(2).unwrap().members, [the("b")]);
    tell(&mut house, "observer", &on_list("executed", "list", 2, "2025-01-20"));
    tell(&mut house, "south", &on_list("reconciled", "list", 2, "2025-01-25"));
    let list = reading(&house, According::AcceptedByAll).list(the("list")).unwrap();
    assert_eq!(list.stage, ListStage::Reconciled);
    // As of a day before, it was not yet frozen.
    let then = "2025-01-06".parse::<When>().unwrap().last_moment().unwrap();
    let list = house.ledger.reading(According::Anyone, then).unwrap().list(the("list")).unwrap();
    assert_eq!((list.frozen, list.stage), (None, ListStage::Agreed));
    house.check();
}

#[test]
fn edge_42_the_wrong_people_are_on_the_bus() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    // Two were agreed as civilians; one of them is an ordinary convict whom nobody expected.
    for (id, found) in [("a", "yes"), ("b", "no")] {
        let evaluated =
            format!(r#"{{"evaluated":{{"category":"civilians","at":"2025-01-01","found":"{found}"}}}}"#);
        step(&mut house, "south", id, "2025-01-21", &evaluated);
        hand_over(&mut house, id, "exchanged");
    }
    house.both_count("leg-20-south", 2, "prisoner");
    // The number is right, and the class is not.
    let both = reading(&house, According::AcceptedByAll).listed_in_leg(the("leg-20-south")).unwrap();
    assert_eq!((both.listed, both.agrees), (Span::exactly(2), true));
    assert!(view(&house, "b").obstacles.contains(&Obstacle::NotInCategory));
    assert!(!view(&house, "a").obstacles.contains(&Obstacle::NotInCategory));
    house.check();
}

#[test]
fn edge_43_seven_of_the_published_list_are_home_already() {
    let mut house = camp();
    nominate(&mut house, "list", &["home", "dead", "civilian", "gone"]);
    freeze(&mut house, "list", 1, &["home"]);
    hand_over(&mut house, "home", "exchanged");
    draft(&mut house, "next", "");
    // Whoever is recorded as handed over is rejected with the rule.
    let again = nomination("home-2", "next", "home", "");
    let refusal = refused(&mut house, "south", &again);
    assert!(matches!(refusal, Refused::ExchangedAlready { .. }));
    assert_eq!(refusal.rule().invariant, Some(47));
    // Of others the holder says it.
    for (id, answer, status_of) in [
        ("gone", "already-exchanged", EntryStatus::AlreadyExchanged),
        ("civilian", "civilian", EntryStatus::Recategorise),
        ("dead", "dead", EntryStatus::SaidDead),
    ] {
        step(&mut house, "north", id, "2025-01-06", &format!(r#"{{"holding":"{answer}"}}"#));
        assert_eq!(status(&house, id), Some(status_of));
        assert!(!view(&house, id).may_go());
    }
    house.check();
}

#[test]
fn edge_44_turns_25_between_the_freeze_and_the_transfer() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    let evaluated = |at: &str, until: &str| {
        format!(r#"{{"evaluated":{{"category":"under-25","at":"{at}","found":"yes","until":"{until}"}}}}"#)
    };
    // It is asked for the day of the freeze and not of the transfer.
    let refusal =
        refused(&mut house, "north", &stepped("a", "2025-01-20", &evaluated("2025-01-20", "2025-01-15")));
    assert!(matches!(refusal, Refused::NotAtReferenceDate { .. }));
    assert_eq!(refusal.rule().invariant, Some(44));
    step(&mut house, "north", "a", "2025-01-10", &evaluated("2025-01-10", "2025-01-15"));
    step(&mut house, "north", "b", "2025-01-10", &evaluated("2025-01-10", "2025-06-15"));
    let list = reading(&house, According::Anyone).list(the("list")).unwrap();
    let [change] = list.category_changes.as_slice() else { panic!("{:?}", list.category_changes) };
    assert_eq!((change.nomination, change.until), (the("a"), the("2025-01-15")));
    // By the term the person is in it.
    assert_eq!(view(&house, "a").categories[0].at_reference, Some(true));
    let nameless = r#"{"category":{"id":"old","kind":{"over":60}}}"#;
    assert_eq!(refused(&mut house, "keeper", nameless), Refused::NoReferenceDate(the("old")));
    house.check();
}

#[test]
fn edge_45_says_no_at_the_line() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    clear(&mut house, "a", "wounded");
    clear(&mut house, "b", "wounded");
    assert!(view(&house, "a").may_go());
    step(&mut house, "observer", "a", "2025-01-20", r#"{"moved":"at-venue"}"#);
    step(&mut house, "observer", "a", "2025-01-20", DECLINES);
    assert_eq!(status(&house, "a"), Some(EntryStatus::Declined));
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-20", &handed("exchanged")));
    assert!(matches!(refusal, Refused::Declined { .. }));
    assert_eq!(refusal.rule().invariant, Some(43));
    // A yes under pressure is no will either.
    step(
        &mut house,
        "observer",
        "b",
        "2025-01-12",
        r#"{"will":{"wish":"goes","voluntary":"under-pressure"}}"#,
    );
    assert!(view(&house, "b").obstacles.contains(&Obstacle::UnderPressure));
    let forced = refused(&mut house, "north", &stepped("b", "2025-01-20", &handed("exchanged")));
    assert!(matches!(forced, Refused::NotFree { .. }));
    // That it was done all the same can be told, as what it was.
    step(&mut house, "south", "b", "2025-01-20", &handed("unwilling"));
    assert!(view(&house, "b").irregular);
    step(&mut house, "observer", "a", "2025-01-21", r#"{"neutral-custody":"observer"}"#);
    let a = view(&house, "a");
    assert_eq!(a.status, Some(EntryStatus::NeutralCustody));
    assert_eq!(a.custody.unwrap().days.unwrap().civilian_after, 120);
    let list = reading(&house, According::Anyone).list(the("list")).unwrap();
    assert_eq!(names(list.declined()), [the("a")]);
    house.check();
}

#[test]
fn edge_46_dies_between_the_freeze_and_the_transfer() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    let died = step(&mut house, "north", "a", "2025-01-12", r#"{"died":"due"}"#);
    hand_over(&mut house, "b", "exchanged");
    let a = view(&house, "a");
    assert_eq!(a.status, Some(EntryStatus::Died));
    let death = a.death.unwrap();
    assert_eq!(death.by, the(&died));
    let duties: Vec<_> = death.duties.iter().map(|(duty, done)| (duty.number(), done.is_some())).collect();
    assert_eq!(duties, [(12, false), (13, false)]);
    let certified =
        step(&mut house, "north", "a", "2025-01-15", r#"{"death-duty":{"duty":"D12","to":"observer"}}"#);
    assert_eq!(view(&house, "a").death.unwrap().duties[0].1, Some(the(&certified)));
    // The leg is one short, and nobody takes the place in silence.
    let list = reading(&house, According::Anyone).list(the("list")).unwrap();
    assert_eq!(names(list.short()), [the("a")]);
    house.both_count("leg-20-south", 2, "prisoner");
    let leg = reading(&house, According::AcceptedByAll).listed_in_leg(the("leg-20-south")).unwrap();
    assert_eq!((leg.listed, leg.agrees), (Span::exactly(1), false));
    house.keeper(r#"{"person":{"introduced":{"id":"c"}}}"#);
    let passed_off = stepped("b", "2025-01-20", r#"{"verified":"c"}"#);
    let refusal = refused(&mut house, "south", &passed_off);
    assert!(matches!(refusal, Refused::PassedOff { .. }));
    assert_eq!(refusal.rule().invariant, Some(48));
    let offer =
        r#"{"substitute-offered":{"id":"c","list":"list","person":"c","instead-of":"a","on":"2025-01-20"}}"#;
    tell(&mut house, "north", offer);
    assert_eq!(status(&house, "c"), Some(EntryStatus::Offered));
    let refusal = refused(&mut house, "north", &stepped("c", "2025-01-20", &handed("exchanged")));
    assert_eq!(refusal, Refused::SubstituteNotAccepted(the("c")));
    step(&mut house, "south", "c", "2025-01-20", r#""accepted-unlisted""#);
    assert_eq!(status(&house, "c"), Some(EntryStatus::AcceptedUnlisted));
    hand_over(&mut house, "c", "exchanged");
    let list = reading(&house, According::Anyone).list(the("list")).unwrap();
    assert_eq!(list.substitutions().next().unwrap().instead_of, Some(the("a")));
    house.check();
}

#[test]
fn edge_47_eligible_but_convicted() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    freeze(&mut house, "list", 1, &["a"]);
    clear(&mut house, "a", "wounded");
    let disciplinary = stepped("a", "2025-01-12", r#"{"judicial-hold":"disciplinary"}"#);
    let refusal = refused(&mut house, "north", &disciplinary);
    assert_eq!((refusal.rule().invariant, refusal), (Some(46), Refused::Disciplinary(the("a"))));
    step(&mut house, "north", "a", "2025-01-12", r#"{"judicial-hold":"conviction"}"#);
    assert_eq!(status(&house, "a"), Some(EntryStatus::HeldBack));
    let list = |house: &House| {
        names(reading(house, According::Anyone).list(the("list")).unwrap().names_to_communicate())
    };
    assert_eq!(list(&house), [the::<NominationId>("a")]);
    step(&mut house, "north", "a", "2025-01-13", r#"{"name-communicated":"observer"}"#);
    assert_eq!(list(&house), []);
    step(&mut house, "north", "a", "2025-01-14", r#""consent-to-leave""#);
    assert!(view(&house, "a").may_go());
    house.check();
}

#[test]
fn edge_48_unfit_to_travel_and_never_dropped() {
    let mut house = camp();
    nominate(&mut house, "list", &["old", "b"]);
    freeze(&mut house, "list", 1, &["old", "b"]);
    clear(&mut house, "old", "wounded");
    step(&mut house, "north", "old", "2025-01-15", r#"{"fitness":"unfit"}"#);
    hand_over(&mut house, "b", "exchanged");
    assert_eq!(status(&house, "old"), Some(EntryStatus::Deferred));
    let without = r#"{"list":{"submitted":{"list":"list","version":2,"entries":["b"],"on":"2025-01-16"}}}"#;
    let refusal = refused(&mut house, "south", without);
    assert_eq!((refusal.rule().invariant, refusal), (Some(45), Refused::DeferredDropped(the("old"))));
    step(&mut house, "north", "old", "2025-02-15", r#"{"fitness":"fit"}"#);
    assert!(view(&house, "old").may_go());
    house.check();
}

#[test]
fn edge_49_repatriated_and_not_exchanged() {
    let mut house = camp();
    draft(&mut house, "goodwill", r#","unilateral":true"#);
    nominate(&mut house, "goodwill", &["a"]);
    clear(&mut house, "a", "wounded");
    // In a leg towards the parity of the deal it cannot stand.
    let in_leg =
        stepped("a", "2025-01-20", r#"{"handed-over":{"leg":"leg-20-south","manner":"unilateral"}}"#);
    let refusal = refused(&mut house, "north", &in_leg);
    assert!(matches!(refusal, Refused::Netted { .. }));
    assert_eq!(refusal.rule().invariant, Some(51));
    // Nor where none is named on a list whose own leg is one.
    nominate(&mut house, "list", &["b"]);
    clear(&mut house, "b", "wounded");
    let in_its_leg = stepped("b", "2025-01-20", &handed("unilateral"));
    assert!(matches!(refused(&mut house, "north", &in_its_leg), Refused::Netted { .. }));
    hand_over(&mut house, "a", "unilateral");
    let a = view(&house, "a");
    assert_eq!(a.status, Some(EntryStatus::HandedOver(Manner::Unilateral)));
    assert!(a.service_restricted);
    let leg = reading(&house, According::Anyone).listed_in_leg(the("leg-20-south")).unwrap();
    assert_eq!(leg.listed, Span::ZERO);
    house.check();
}

#[test]
fn edge_50_captured_again() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    freeze(&mut house, "list", 1, &["a"]);
    clear(&mut house, "a", "wounded");
    hand_over(&mut house, "a", "repatriated");
    assert!(view(&house, "a").service_restricted);
    draft(&mut house, "june", "");
    let at = |day: &str| nomination("a-2", "june", "a", &format!(r#","captured":"{day}""#));
    assert!(matches!(refused(&mut house, "north", &at("2024-06-01")), Refused::ExchangedAlready { .. }));
    tell(&mut house, "north", &at("2025-06-01"));
    // A new entry of the same person; the old one stands as it was.
    assert_eq!(status(&house, "a"), Some(EntryStatus::HandedOver(Manner::Repatriated)));
    assert_eq!(view(&house, "a-2").person, the::<PersonRef>("a"));
    assert!(!view(&house, "a-2").service_restricted);
    house.check();
}

#[test]
fn edge_52_two_spellings_of_one_person() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "a-spelt-otherwise", "b"]);
    assert!(view(&house, "a").duplicates.is_empty());
    let same = r#"{"same-person":{"one":"a","other":"a-spelt-otherwise","on":"2025-01-04"}}"#;
    let entry = tell(&mut house, "south", same);
    assert_eq!(view(&house, "a").duplicates, [the("a-spelt-otherwise")]);
    submit(&mut house, "north", "list", 1, &["a", "a-spelt-otherwise"]);
    tell(&mut house, "south", &on_list("accepted", "list", 1, "2025-01-07"));
    let frozen = on_list("frozen", "list", 1, "2025-01-10");
    let refusal = refused(&mut house, "south", &frozen);
    assert!(matches!(refusal, Refused::OnTwoFrozenLists { .. }));
    assert_eq!(refusal.rule().invariant, Some(47));
    // Two people with one name and one birth date: it was wrong, and is taken back by who said it.
    let reversed = format!(r#"{{"same-person-reversed":{{"entry":"{entry}","reason":"two people"}}}}"#);
    assert!(matches!(refused(&mut house, "north", &reversed), Refused::NotItsWord { .. }));
    tell(&mut house, "south", &reversed);
    tell(&mut house, "south", &frozen);
    assert!(view(&house, "a").duplicates.is_empty());
    let twice = nomination("b-2", "list", "b", "");
    assert!(matches!(refused(&mut house, "south", &twice), Refused::OpenElsewhere { .. }));
    house.check();
}

#[test]
fn an_entry_is_on_one_frozen_list() {
    let mut house = camp();
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    nominate(&mut house, "list", &["a"]);
    freeze(&mut house, "list", 1, &["a"]);
    tell(
        &mut house,
        "east",
        r#"{"list":{"drafted":{"id":"east","holder":"east","home":"south","on":"2025-01-02"}}}"#,
    );
    tell(&mut house, "east", &nomination("a-east", "east", "a", ""));
    submit(&mut house, "east", "east", 1, &["a-east"]);
    tell(&mut house, "south", &on_list("accepted", "east", 1, "2025-01-07"));
    let refusal = refused(&mut house, "south", &on_list("frozen", "east", 1, "2025-01-10"));
    assert_eq!(refusal, Refused::OnTwoFrozenLists { nomination: the("a-east"), other: the("a") });
    house.check();
}

#[test]
fn each_side_tells_of_the_handing_over_and_neither_for_the_other() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    step(&mut house, "north", "a", "2025-01-20", &handed("exchanged"));
    hand_over(&mut house, "b", "exchanged");
    assert!(matches!(
        refused(&mut house, "north", &stepped("a", "2025-01-20", &handed("exchanged"))),
        Refused::Ended { .. }
    ));
    let all = reading(&house, According::AcceptedByAll);
    let a = all.nomination(the("a")).unwrap();
    assert_eq!(a.status, None);
    assert_eq!(
        a.by_party,
        [(the("north"), EntryStatus::HandedOver(Manner::Exchanged)), (the("south"), EntryStatus::Agreed)]
    );
    let leg = all.explained().listed_in_leg(the("leg-20-south")).unwrap();
    assert_eq!(leg.by_party, [Span::exactly(2), Span::exactly(1)]);
    assert_eq!(leg.listed, Span::new(1, 2).unwrap());
    assert_eq!(leg.rests_on.entries().count(), 3);
    house.check();
}

#[test]
fn declared_dead_and_found_alive() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    let says = |house: &mut House, by: &str, status: &str, as_of: &str| {
        house.tell(
            by,
            &format!(
                r#"{{"person":{{"known":{{"person":"a","fact":{{"status":{{"status":{status},"as-of":"{as_of}"}}}}}}}}}}"#
            ),
        )
    };
    says(&mut house, "north", r#"{"deceased-claimed":"north"}"#, "2024-02-01");
    says(
        &mut house,
        "south",
        r#"{"confirmed-prisoner":{"held-by":"north","confirmed-by":"observer"}}"#,
        "2024-01-15",
    );
    let told = |house: &House| reading(house, According::Anyone).accounting(the("a")).unwrap();
    let parties: Vec<_> = told(&house).parties.iter().map(|told| told.status).collect();
    assert_eq!(parties.len(), 2);
    assert_eq!(parties[0], PersonStatus::DeceasedClaimed(the("north")));
    assert_eq!(told(&house).joint, None);
    says(&mut house, "south", r#""deceased-declared""#, "2024-06-01");
    let alive = says(&mut house, "south", r#""found-alive""#, "2025-01-12");
    let view_of = told(&house);
    assert!(view_of.parties[1].after_death);
    assert_eq!(view_of.found_alive, [the(&alive)]);
    assert_eq!(view_of.open, [the("a")]);
    assert_eq!(view(&house, "a").found_alive, Some(the(&alive)));
    says(&mut house, "north", r#""found-alive""#, "2025-01-13");
    assert_eq!(told(&house).joint, Some(PersonStatus::FoundAlive));
    house.check();
}

#[test]
fn what_is_replayed_against_the_rules_breaks_an_invariant() {
    let broken = |number: u8, by: &str, what: &str, make: &dyn Fn(&mut House)| {
        let mut house = camp();
        make(&mut house);
        let entry = house.entry(by, &format!(r#"{{"prisoner":{what}}}"#));
        assert!(house.ledger.post(&entry).is_err(), "{what}");
        let _ = house.ledger.replay(&entry).unwrap();
        let found: Vec<u8> = invariant::ALL
            .iter()
            .filter(|rule| rule.check(&house.ledger).is_err())
            .map(|rule| rule.number)
            .collect();
        assert!(found.contains(&number), "{number}: {found:?}");
    };
    let listed = |house: &mut House| {
        nominate(house, "list", &["a", "b"]);
        freeze(house, "list", 1, &["a", "b"]);
    };
    let go = stepped("a", "2025-01-20", &handed("repatriated"));
    broken(43, "north", &go, &listed);
    let late = r#"{"evaluated":{"category":"civilians","at":"2025-01-20","found":"yes"}}"#;
    broken(44, "north", &stepped("a", "2025-01-20", late), &listed);
    broken(44, "keeper", r#"{"category":{"id":"old","kind":"women"}}"#, &listed);
    let without = r#"{"list":{"submitted":{"list":"list","version":2,"entries":["b"],"on":"2025-01-16"}}}"#;
    broken(45, "south", without, &|house| {
        listed(house);
        step(house, "north", "a", "2025-01-15", r#"{"fitness":"unfit"}"#);
    });
    broken(46, "north", &stepped("a", "2025-01-12", r#"{"judicial-hold":"disciplinary"}"#), &listed);
    broken(47, "south", &nomination("a-2", "list", "a", ""), &listed);
    broken(48, "south", &on_list("frozen", "list", 1, "2025-01-10"), &|house| {
        nominate(house, "list", &["a"]);
        submit(house, "north", "list", 1, &["a"]);
    });
    broken(48, "north", &stepped("a", "2025-01-20", &handed("exchanged")), &|house| {
        nominate(house, "list", &["a"]);
    });
    let netted = r#"{"handed-over":{"leg":"leg-20-south","manner":"unilateral"}}"#;
    broken(51, "north", &stepped("a", "2025-01-20", netted), &|house| {
        listed(house);
        clear(house, "a", "wounded");
    });
}
