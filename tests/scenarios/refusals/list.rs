//! What is impossible of lists of prisoners: who tells, and how a list comes about.

use super::super::house::House;
use super::super::prisoners::{draft, freeze, nomination, on_list, step, stepped, submit, tell};
use super::{Row, row};

fn prisoner(what: &str) -> String {
    format!(r#"{{"prisoner":{what}}}"#)
}

fn on(does: &str, list: &str, version: u16) -> String {
    prisoner(&on_list(does, list, version, "2025-01-25"))
}

fn drafted(home: &str) -> String {
    prisoner(&format!(
        r#"{{"list":{{"drafted":{{"id":"new","holder":"north","home":"{home}","on":"2025-01-02","leg":"leg-20-north"}}}}}}"#
    ))
}

fn submitted(list: &str, version: u16, entries: &str) -> String {
    prisoner(&format!(
        r#"{{"list":{{"submitted":{{"list":"{list}","version":{version},"entries":[{entries}],"on":"2025-01-16"}}}}}}"#
    ))
}

fn offered(list: &str, instead_of: &str) -> String {
    prisoner(&format!(
        r#"{{"substitute-offered":{{"id":"s","list":"{list}","person":"c","instead-of":"{instead_of}","on":"2025-01-01"}}}}"#
    ))
}

/// The other list has a version, which nobody has accepted but North.
fn proposed(house: &mut House) {
    submit(house, "north", "other", 1, &["o"]);
}

fn executed(house: &mut House) {
    tell(house, "south", &on_list("executed", "list", 1, "2025-01-20"));
}

fn reconciled(house: &mut House) {
    executed(house);
    proposed(house);
    tell(house, "south", &on_list("reconciled", "list", 1, "2025-01-24"));
}

/// North submits a second version of the list.
fn countered(house: &mut House) {
    submit(house, "north", "list", 2, &["a", "b"]);
}

/// East holds `a` too, by a list of its own.
fn held_by_two(house: &mut House) {
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    tell(
        house,
        "east",
        r#"{"list":{"drafted":{"id":"east","holder":"east","home":"south","on":"2025-01-02"}}}"#,
    );
    tell(house, "east", &nomination("a-east", "east", "a", ""));
    submit(house, "east", "east", 1, &["a-east"]);
}

fn accept(house: &mut House) {
    tell(house, "south", &on_list("accepted", "east", 1, "2025-01-07"));
}

fn accepted_by_two(house: &mut House) {
    held_by_two(house);
    accept(house);
}

fn withdraw(house: &mut House) {
    step(house, "north", "a", "2025-01-13", r#"{"withdrawn":"East holds him"}"#);
}

fn freeze_proposed(house: &mut House) {
    tell(house, "south", &on_list("accepted", "other", 1, "2025-01-07"));
    tell(house, "south", &on_list("frozen", "other", 1, "2025-01-10"));
}

fn frozen(house: &mut House) {
    proposed(house);
    freeze_proposed(house);
}

fn execute_other(house: &mut House) {
    tell(house, "south", &on_list("executed", "other", 1, "2025-01-20"));
}

fn unfit(house: &mut House) {
    step(house, "north", "a", "2025-01-15", r#"{"fitness":"unfit"}"#);
}

pub(super) fn rows() -> Vec<Row> {
    let nameless = prisoner(r#"{"category":{"id":"old","kind":{"over":60}}}"#);
    let hold = prisoner(&stepped("a", "2025-01-12", r#"{"judicial-hold":"disciplinary"}"#));
    let same = prisoner(r#"{"same-person":{"one":"a","other":"a","on":"2025-01-04"}}"#);
    let responded = prisoner(
        r#"{"list":{"responded":{"list":"list","version":2,"on":"2025-01-16","objects-to":["o"]}}}"#,
    );
    vec![
        row("PrisonerRefusal::NoReferenceDate", Some(44), "keeper", nameless)
            .but(r#"{"over":60}"#, r#"{"over":60},"reference":"freeze""#),
        row("PrisonerRefusal::OneParty", None, "observer", drafted("north"))
            .but(r#""home":"north""#, r#""home":"south""#)
            .then("PrisonerRefusal::NotItsPart"),
        row("PrisonerRefusal::NoSuchVersion", Some(48), "press", on("accepted", "list", 2))
            .but(r#""version":2"#, r#""version":1"#)
            .then("PrisonerRefusal::NotItsPart"),
        row("PrisonerRefusal::NotItsPart", Some(56), "observer", drafted("south"))
            .but_by("north")
            .then("PrisonerRefusal::AnotherLeg"),
        row("PrisonerRefusal::NotItsPart", Some(56), "press", submitted("list", 5, ""))
            .after(executed)
            .but_by("north")
            .then("PrisonerRefusal::Executed"),
        row("PrisonerRefusal::NotItsPart", Some(56), "south", offered("other", "a"))
            .but_by("north")
            .then("PrisonerRefusal::NothingFrozen"),
        row("PrisonerRefusal::NotItsPart", Some(56), "south", hold)
            .but_by("north")
            .then("PrisonerRefusal::Disciplinary"),
        row("PrisonerRefusal::NotItsPart", Some(56), "press", same)
            .but_by("south")
            .then("PrisonerRefusal::OnePerson"),
        row("PrisonerRefusal::Executed", Some(48), "north", submitted("list", 5, ""))
            .after(executed)
            .but(r#""list":"list""#, r#""list":"other""#)
            .then("PrisonerRefusal::NotTheNextVersion"),
        row("PrisonerRefusal::Executed", Some(48), "south", on("reconciled", "list", 1))
            .after(reconciled)
            .but(r#""list":"list""#, r#""list":"other""#)
            .then("PrisonerRefusal::NotFrozen"),
        row("PrisonerRefusal::NotTheNextVersion", Some(48), "north", submitted("other", 5, r#""a","a""#))
            .but(r#""version":5"#, r#""version":1"#)
            .then("PrisonerRefusal::ListedTwice"),
        row("PrisonerRefusal::ListedTwice", Some(47), "north", submitted("other", 1, r#""a","a""#))
            .but(r#""a","a""#, r#""a""#)
            .then("PrisonerRefusal::NotOfThisList"),
        row("PrisonerRefusal::FrozenAlready", Some(48), "north", on("under-verification", "list", 1))
            .after(countered)
            .but(r#""version":1"#, r#""version":2"#)
            .then("PrisonerRefusal::OwnVersion"),
        row("PrisonerRefusal::OwnVersion", Some(48), "north", responded)
            .after(countered)
            .but_by("south")
            .then("PrisonerRefusal::NotOfThisList"),
        row("PrisonerRefusal::AcceptedAlready", Some(48), "north", on("accepted", "other", 1))
            .after(proposed)
            .but_by("south"),
        row("PrisonerRefusal::NotAccepted", Some(48), "south", on("frozen", "east", 1))
            .after(held_by_two)
            .but_after(accept)
            .then("PrisonerRefusal::OnTwoFrozenLists"),
        row("PrisonerRefusal::OnTwoFrozenLists", Some(47), "south", on("frozen", "east", 1))
            .after(accepted_by_two)
            .but_after(withdraw),
        row("PrisonerRefusal::NotFrozen", Some(48), "south", on("reconciled", "other", 1))
            .after(proposed)
            .but_after(freeze_proposed)
            .then("PrisonerRefusal::NotExecuted"),
        row("PrisonerRefusal::NotExecuted", Some(48), "south", on("reconciled", "other", 1))
            .after(frozen)
            .but_after(execute_other),
        row("PrisonerRefusal::NothingFrozen", Some(48), "north", offered("other", "a"))
            .but_after(frozen)
            .then("PrisonerRefusal::NotOfThisList"),
        row("PrisonerRefusal::NotOfThisList", Some(48), "north", offered("list", "o"))
            .but(r#""o""#, r#""a""#)
            .then("PrisonerRefusal::TooEarly"),
        row("PrisonerRefusal::DeferredDropped", Some(45), "south", submitted("list", 2, r#""b""#))
            .after(unfit)
            .but(r#"["b"]"#, r#"["a","b"]"#),
    ]
}

pub(super) fn listed(house: &mut House) {
    freeze(house, "list", 1, &["a", "b"]);
    draft(house, "other", "");
}
