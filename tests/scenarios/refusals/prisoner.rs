//! What is impossible of an entry of a list of prisoners.

use super::super::house::House;
use super::super::prisoners::{
    GOES, camp, draft, freeze, hand_over, handed, nominate, nomination, step, stepped, tell,
};
use super::{Row, row};

/// North holds `a` and `b`, who are on the frozen list, and `o` and `p`, who are on the `other` one.
pub(super) fn house() -> House {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    super::list::listed(&mut house);
    nominate(&mut house, "other", &["o", "p"]);
    house.person("c");
    house
}

fn prisoner(what: &str) -> String {
    format!(r#"{{"prisoner":{what}}}"#)
}

fn told(id: &str, what: &str) -> String {
    prisoner(&stepped(id, "2025-01-12", what))
}

fn in_leg(id: &str, leg: &str, manner: &str) -> String {
    prisoner(&stepped(
        id,
        "2025-01-20",
        &format!(r#"{{"handed-over":{{"leg":"{leg}","manner":"{manner}"}}}}"#),
    ))
}

fn over(id: &str, manner: &str) -> String {
    prisoner(&stepped(id, "2025-01-20", &handed(manner)))
}

fn evaluated(id: &str, category: &str, at: &str) -> String {
    told(id, &format!(r#"{{"evaluated":{{"category":"{category}","at":"{at}","found":"yes"}}}}"#))
}

fn will(wish: &str, voluntary: &str) -> String {
    format!(r#"{{"will":{{"wish":"{wish}","voluntary":{voluntary}}}}}"#)
}

fn held_later(house: &mut House) {
    step(house, "north", "a", "2025-01-13", r#"{"judicial-hold":"prosecution"}"#);
}

/// South asks for `h`, whom North has not said to hold.
fn asked_for(house: &mut House) {
    house.person("h");
    tell(house, "south", &nomination("h", "other", "h", ""));
}

fn holds(house: &mut House) {
    step(house, "north", "h", "2025-01-05", r#"{"holding":"held"}"#);
}

/// North offers `c` beside the list.
fn offered(house: &mut House) {
    tell(house, "north", r#"{"substitute-offered":{"id":"s","list":"list","person":"c","on":"2025-01-11"}}"#);
}

fn accepted(house: &mut House) {
    step(house, "south", "s", "2025-01-12", r#""accepted-unlisted""#);
}

fn escaped(house: &mut House) {
    step(house, "north", "o", "2025-01-12", r#""escaped""#);
}

fn freeze_other(house: &mut House) {
    freeze(house, "other", 1, &["o", "p"]);
}

fn gone(house: &mut House) {
    hand_over(house, "a", "exchanged");
}

/// North lets `g`, who is seriously wounded, go without return.
fn goodwill(house: &mut House) {
    draft(house, "goodwill", r#","unilateral":true"#);
    nominate(house, "goodwill", &["g"]);
    step(
        house,
        "north",
        "g",
        "2025-01-10",
        r#"{"evaluated":{"category":"wounded","at":"2025-01-10","found":"yes","medical":"commission"}}"#,
    );
}

fn willing(house: &mut House) {
    step(house, "observer", "a", "2025-01-14", GOES);
}

fn declined(house: &mut House) {
    step(house, "observer", "a", "2025-01-13", &will("declines", r#"{"verified-by":"observer"}"#));
}

fn unverified(house: &mut House) {
    step(house, "north", "a", "2025-01-13", &will("goes", r#""unverified""#));
}

/// North says that `a` and `b` escaped, and takes back the first.
fn retracted(house: &mut House) {
    for (id, what) in [("escape", "a"), ("other-escape", "b")] {
        house.told(id, "north", &told(what, r#""escaped""#));
    }
    tell(house, "north", r#"{"retracted":{"entry":"escape","reason":"another"}}"#);
}

/// North says that `a` escaped, and that it has him again.
fn held_again(house: &mut House) {
    house.told("escape", "north", &told("a", r#""escaped""#));
    tell(house, "north", &nomination("a-2", "other", "a", ""));
}

fn not_again(house: &mut House) {
    step(house, "north", "a-2", "2025-01-13", r#"{"withdrawn":"named twice"}"#);
}

fn retraction(entry: &str) -> String {
    prisoner(&format!(r#"{{"retracted":{{"entry":"{entry}","reason":"another"}}}}"#))
}

pub(super) fn rows() -> Vec<Row> {
    [of_steps(), of_passing(), of_persons()].into_iter().flatten().collect()
}

fn of_steps() -> Vec<Row> {
    vec![
        row(
            "PrisonerRefusal::Disciplinary",
            Some(46),
            "north",
            told("a", r#"{"judicial-hold":"disciplinary"}"#),
        )
        .but("disciplinary", "conviction"),
        row("PrisonerRefusal::NotNeutral", Some(43), "observer", told("a", r#"{"neutral-custody":"north"}"#))
            .but("north", "observer")
            .then("PrisonerRefusal::Missing"),
        row(
            "PrisonerRefusal::NoDutyOfDeath",
            None,
            "north",
            told("a", r#"{"death-duty":{"duty":"D1","to":"observer"}}"#),
        )
        .but("D1", "D12")
        .then("PrisonerRefusal::Missing"),
        row("PrisonerRefusal::Missing", Some(48), "north", told("a", r#""hold-lifted""#))
            .but_after(held_later)
            .then("PrisonerRefusal::TooEarly"),
        row("PrisonerRefusal::Missing", Some(48), "north", evaluated("h", "civilians", "2025-01-20"))
            .after(asked_for)
            .but_after(holds)
            .then("PrisonerRefusal::NotAtReferenceDate"),
        row(
            "PrisonerRefusal::NotAtReferenceDate",
            Some(44),
            "north",
            evaluated("a", "wounded", "2025-01-20"),
        )
        .but("2025-01-20", "2025-01-10")
        .then("PrisonerRefusal::NoMedicalGround"),
        row("PrisonerRefusal::NoMedicalGround", Some(43), "north", evaluated("a", "wounded", "2025-01-10"))
            .but(r#""found":"yes""#, r#""found":"yes","medical":"commission""#),
        row("PrisonerRefusal::NoSubstitute", Some(48), "south", told("a", r#""accepted-unlisted""#))
            .after(offered)
            .but(r#""a""#, r#""s""#),
    ]
}

fn of_passing() -> Vec<Row> {
    vec![
        row("PrisonerRefusal::PassedOff", Some(48), "south", told("o", r#"{"verified":"c"}"#))
            .but(r#""c""#, r#""o""#)
            .then("PrisonerRefusal::NotAgreed"),
        row(
            "PrisonerRefusal::SubstituteNotAccepted",
            Some(48),
            "north",
            in_leg("s", "leg-20-north", "exchanged"),
        )
        .after(offered)
        .but_after(accepted)
        .then("PrisonerRefusal::AnotherLeg"),
        row("PrisonerRefusal::NotAgreed", Some(48), "north", over("o", "exchanged"))
            .after(escaped)
            .but_after(freeze_other)
            .then("PrisonerRefusal::Ended"),
        row("PrisonerRefusal::Ended", Some(47), "north", in_leg("a", "leg-20-north", "exchanged"))
            .after(gone)
            .but(r#""a""#, r#""b""#)
            .then("PrisonerRefusal::AnotherLeg"),
        row("PrisonerRefusal::AnotherLeg", Some(49), "north", in_leg("g", "leg-20-north", "unilateral"))
            .after(goodwill)
            .but("leg-20-north", "leg-20-south")
            .then("PrisonerRefusal::Netted"),
        row("PrisonerRefusal::Netted", Some(51), "north", in_leg("g", "leg-20-south", "unilateral"))
            .after(goodwill)
            .but(r#""leg":"leg-20-south","#, "")
            .then("PrisonerRefusal::NoWill"),
        row("PrisonerRefusal::NoWill", Some(43), "north", over("a", "repatriated")).but_after(willing),
        row("PrisonerRefusal::Declined", Some(43), "north", over("a", "repatriated"))
            .after(declined)
            .but_after(willing),
        row("PrisonerRefusal::NotFree", Some(43), "north", over("a", "repatriated"))
            .after(unverified)
            .but_after(willing),
    ]
}

fn of_persons() -> Vec<Row> {
    let same = prisoner(r#"{"same-person":{"one":"a","other":"a","on":"2025-01-04"}}"#);
    let early = prisoner(&nomination("new", "other", "c", "")).replace("2025-01-03", "2025-01-01");
    vec![
        row("PrisonerRefusal::NoStep", None, "south", retraction("e-1"))
            .after(retracted)
            .but("e-1", "escape")
            .then("PrisonerRefusal::NotItsWord"),
        row("PrisonerRefusal::OnePerson", None, "south", same).but(r#""other":"a""#, r#""other":"b""#),
        row("PrisonerRefusal::NotItsWord", Some(52), "south", retraction("escape"))
            .after(retracted)
            .but_by("north")
            .then("PrisonerRefusal::RetractedAlready"),
        row("PrisonerRefusal::NotItsWord", Some(52), "south", retraction("escape"))
            .after(held_again)
            .but_by("north")
            .then("PrisonerRefusal::OpenElsewhere"),
        row("PrisonerRefusal::RetractedAlready", Some(52), "north", retraction("escape"))
            .after(retracted)
            .but("escape", "other-escape"),
        row("PrisonerRefusal::OpenElsewhere", Some(47), "north", retraction("escape"))
            .after(held_again)
            .but_after(not_again),
        row(
            "PrisonerRefusal::ExchangedAlready",
            Some(47),
            "north",
            prisoner(&nomination("a-2", "other", "a", "")),
        )
        .after(gone)
        .but(r#""on":"2025-01-03""#, r#""on":"2025-06-03","captured":"2025-06-02""#),
        row("PrisonerRefusal::TooEarly", Some(19), "north", early).but("2025-01-01", "2025-01-02"),
    ]
}
