//! What is impossible of disclosure.

use super::super::house::House;
use super::{Row, row};

/// Of the family of `x` the first branch is known. Nobody is sought under the name `y`, and the file of `z` was erased. South
/// shares and withholds by the entries `shared`, `withheld` and, at an end, `unshared`; there is a `consent`, and one that was
/// `withdrawn`.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    house.bag("u-1");
    house.profiled("u-1");
    for person in ["x", "y", "z"] {
        house.person(person);
    }
    house.tell(
        "south",
        r#"{"notice":{"branch":{"person":"x","branch":1,"preference":"every-find","on":"2025-01-20"}}}"#,
    );
    house.told("erased", "south", &erased("z", ""));
    for entry in ["shared", "unshared"] {
        house.told(
            entry,
            "south",
            &shared(X, "cases", r#"{"party":"north"}"#, "information", r#""legal-obligation""#, "2025-07-03"),
        );
    }
    for entry in ["consent", "withdrawn"] {
        house.told(entry, "south", &consented("x", r#""person""#, r#""public""#));
    }
    house.tell("south", &ended("unshared", "unshared", "2025-07-04"));
    house.tell("south", &ended("consent-withdrawn", "withdrawn", "2025-07-04"));
    house
}

const X: &str = r#"{"person":"x"}"#;

fn disclosure(what: &str) -> String {
    format!(r#"{{"disclosure":{what}}}"#)
}

fn shared(of: &str, extent: &str, with: &str, purpose: &str, basis: &str, on: &str) -> String {
    disclosure(&format!(
        r#"{{"shared":{{"of":{of},"extent":"{extent}","with":{with},"purpose":"{purpose}","basis":{basis},"on":"{on}"}}}}"#
    ))
}

fn consented(person: &str, by: &str, to: &str) -> String {
    disclosure(&format!(
        r#"{{"consented":{{"person":"{person}","by":{by},"to":[{to}],"purposes":["information"],"on":"2025-07-02"}}}}"#
    ))
}

fn ended(kind: &str, entry: &str, on: &str) -> String {
    disclosure(&format!(r#"{{"{kind}":{{"entry":"{entry}","on":"{on}"}}}}"#))
}

fn erased(person: &str, records: &str) -> String {
    disclosure(&format!(
        r#"{{"erased":{{"person":"{person}","records":[{records}],"ground":"request","on":"2025-10-01"}}}}"#
    ))
}

/// South says of `y` that he is missing; `u-1` was once taken to be his.
fn missing(house: &mut House) {
    let decision = house.decided("u-1", "y", "2025-03-01");
    house.reexamined(&decision, r#""contradiction""#, "2025-03-10");
    house.revoked(&decision, "excluded", "2025-03-11");
    house.told(
        "sought",
        "south",
        r#"{"person":{"known":{"person":"y","fact":{"status":{"status":"missing","as-of":"2025-05-01"}}}}}"#,
    );
}

fn found(house: &mut House) {
    house.tell("south", r#"{"person":{"known":{"person":"y","fact":{"found-alive":"2025-12-01"}}}}"#);
}

fn missing_and_found(house: &mut House) {
    missing(house);
    found(house);
}

#[expect(clippy::too_many_lines, reason = "one row a refusal")]
pub(super) fn rows() -> Vec<Row> {
    let crime = "criminal-proceedings";
    let by = |consent: &str| format!(r#"{{"consent":"{consent}"}}"#);
    let withheld = |from: &str| {
        disclosure(&format!(
            r#"{{"withheld":{{"of":{X},"from":{from},"why":"harm","until":"lifted","on":"2025-07-03"}}}}"#
        ))
    };
    let cells = disclosure(r#"{"small-cells":{"below":2,"step":1,"on":"2025-07-01"}}"#);
    let to_public = |person: &str, purpose: &str, consent: &str, on: &str| {
        shared(&format!(r#"{{"person":"{person}"}}"#), "cases", r#""public""#, purpose, &by(consent), on)
    };
    let gone = r#"{"person":"z"}"#;
    let north = r#"{"party":"north"}"#;
    let duty = r#""legal-obligation""#;
    vec![
        row(
            "DisclosureRefusal::NoAuthority",
            Some(56),
            "press",
            shared(gone, "counts", north, crime, duty, "2025-07-03"),
        )
        .but_by("south")
        .then("DisclosureRefusal::Unfit"),
        row(
            "DisclosureRefusal::Unfit",
            Some(59),
            "south",
            shared(gone, "counts", north, crime, duty, "2025-07-03"),
        )
        .but("counts", "cases")
        .then("DisclosureRefusal::ErasedAlready"),
        row(
            "DisclosureRefusal::Unfit",
            Some(59),
            "south",
            shared(r#"{"remains":"u-1"}"#, "cases", r#""public""#, "information", duty, "2025-07-03"),
        )
        .but(r#""public""#, r#"{"laboratory":"lab"}"#),
        row(
            "DisclosureRefusal::Unfit",
            Some(59),
            "south",
            shared(r#"{"batch":"batch"}"#, "cases", r#"{"family":"x"}"#, "information", duty, "2025-07-03"),
        )
        .but(r#"{"family":"x"}"#, r#"{"organ":"observer"}"#),
        row(
            "DisclosureRefusal::Unfit",
            Some(59),
            "south",
            shared(
                r#"{"agreement":"deal"}"#,
                "cases",
                r#"{"laboratory":"lab"}"#,
                "information",
                duty,
                "2025-07-03",
            ),
        )
        .but("laboratory", "organ"),
        row("DisclosureRefusal::NotFromNeutral", Some(63), "south", withheld(r#"{"organ":"observer"}"#))
            .but("observer", "north"),
        row(
            "DisclosureRefusal::ErasedAlready",
            Some(61),
            "south",
            shared(gone, "cases", north, crime, duty, "2025-07-03"),
        )
        .but(r#""z""#, r#""x""#)
        .then("DisclosureRefusal::OtherPurpose"),
        row("DisclosureRefusal::ErasedAlready", Some(61), "south", consented("z", r#"{"branch":7}"#, ""))
            .but(r#""z""#, r#""x""#)
            .then("DisclosureRefusal::NoSuchBranch"),
        row("DisclosureRefusal::ErasedAlready", Some(61), "south", erased("z", ""))
            .after(missing)
            .but(r#""z""#, r#""y""#)
            .then("DisclosureRefusal::MustBeAccountedFor"),
        row(
            "DisclosureRefusal::OtherPurpose",
            Some(59),
            "south",
            shared(X, "cases", north, crime, duty, "2025-07-03"),
        )
        .but(duty, r#""compelling-interest""#),
        row(
            "DisclosureRefusal::NotConsented",
            Some(59),
            "south",
            to_public("x", crime, "withdrawn", "2025-07-01"),
        )
        .but(crime, "information")
        .then("DisclosureRefusal::EndedAlready"),
        row("DisclosureRefusal::NoSuchBranch", Some(59), "south", consented("x", r#"{"branch":7}"#, ""))
            .but(r#""branch":7"#, r#""branch":1"#)
            .then("DisclosureRefusal::NothingConsented"),
        row("DisclosureRefusal::NothingConsented", Some(59), "south", consented("x", r#"{"branch":1}"#, ""))
            .but(r#""to":[]"#, r#""to":["public"]"#),
        row("DisclosureRefusal::NotItsOrgan", Some(59), "north", ended("unshared", "unshared", "2025-07-01"))
            .but_by("south")
            .then("DisclosureRefusal::EndedAlready"),
        row(
            "DisclosureRefusal::EndedAlready",
            Some(52),
            "south",
            ended("unshared", "unshared", "2025-07-01"),
        )
        .but(r#""entry":"unshared""#, r#""entry":"shared""#)
        .then("DisclosureRefusal::TooEarly"),
        row(
            "DisclosureRefusal::EndedAlready",
            Some(52),
            "south",
            to_public("x", "information", "withdrawn", "2025-07-01"),
        )
        .but("withdrawn", "consent")
        .then("DisclosureRefusal::TooEarly"),
        row(
            "DisclosureRefusal::TooEarly",
            Some(19),
            "south",
            to_public("x", "information", "consent", "2025-07-01"),
        )
        .but("2025-07-01", "2025-07-02"),
        row("DisclosureRefusal::NoThreshold", Some(60), "south", cells).but(r#""below":2"#, r#""below":3"#),
        row("DisclosureRefusal::MustBeAccountedFor", Some(61), "south", erased("y", r#""s-u-1""#))
            .after(missing)
            .but_after(found)
            .then("DisclosureRefusal::StillNeeded"),
        row("DisclosureRefusal::StillNeeded", Some(61), "south", erased("y", r#""s-u-1""#))
            .after(missing_and_found)
            .but(r#""s-u-1""#, r#""the-file""#),
    ]
}
