//! What is impossible of remains.

use super::super::house::House;
use super::{Row, row};

/// Bags of `u-1`, `u-2` and `u-3`, opened on the 10th of January, and a closed `bag-new`. On the 20th `u-3` was divided by the
/// entry `division`.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    for unit in ["u-1", "u-2", "u-3"] {
        house.bag(unit);
    }
    house.closed_bag("new");
    house.told(
        "division",
        "south",
        &divided("u-3", "2025-01-20", r#"{"id":"u-4","human":"yes"},{"id":"u-5","human":"yes"}"#),
    );
    house
}

fn remains(what: &str) -> String {
    format!(r#"{{"remains":{what}}}"#)
}

fn opened(bag: &str, found: &str) -> String {
    remains(&format!(r#"{{"opened":{{"container":"{bag}","on":"2025-01-11","found":[{found}]}}}}"#))
}

fn further(bag: &str, found: &str) -> String {
    remains(&format!(r#"{{"further-found":{{"container":"{bag}","on":"2025-01-09","found":[{found}]}}}}"#))
}

fn divided(unit: &str, on: &str, into: &str) -> String {
    remains(&format!(r#"{{"divided":{{"unit":"{unit}","on":"{on}","into":[{into}]}}}}"#))
}

fn forensic(step: &str, on: &str, more: &str) -> String {
    remains(&format!(r#"{{"forensic":{{"{step}":{{"unit":"u-1","on":"{on}"{more}}}}}}}"#))
}

/// The division of `u-3` does not hold; `u-2` was divided by the entry `other`.
fn undivided(house: &mut House) {
    house.told(
        "other",
        "south",
        &divided("u-2", "2025-01-20", r#"{"id":"u-6","human":"yes"},{"id":"u-7","human":"yes"}"#),
    );
    house.tell("south", &remains(r#"{"reversed":{"entry":"division","reason":"it was one"}}"#));
}

fn examined(house: &mut House) {
    house.tell("south", &forensic("examined", "2025-01-11", ""));
}

fn sampled(house: &mut House) {
    examined(house);
    house.tell("south", &forensic("sampled", "2025-01-11", r#","sample":"s-1""#));
}

fn used_up(house: &mut House) {
    sampled(house);
    house.tell("south", &forensic("sample-gone", "2025-01-12", r#","sample":"s-1","fate":"used-up""#));
}

fn sampled_only(house: &mut House) {
    house.tell("south", &forensic("sampled", "2025-01-11", r#","sample":"s-1""#));
}

fn profiled(house: &mut House) {
    house.tell("south", &forensic("profile", "2025-01-12", r#","sample":"s-1","outcome":"obtained""#));
}

fn in_database(house: &mut House) {
    house.tell("south", &forensic("in-database", "2025-01-13", ""));
}

fn animal(house: &mut House) {
    house.tell("south", &remains(r#"{"determined":{"unit":"u-1","on":"2025-01-12","human":"no"}}"#));
}

fn human(house: &mut House) {
    house.tell("south", &remains(r#"{"determined":{"unit":"u-1","on":"2025-01-14","human":"yes"}}"#));
}

/// Not human, and sampled before that was known.
fn sampled_animal(house: &mut House) {
    sampled(house);
    animal(house);
}

fn compared_animal(house: &mut House) {
    sampled(house);
    profiled(house);
    in_database(house);
    animal(house);
}

fn sampled_and_profiled(house: &mut House) {
    sampled(house);
    profiled(house);
}

/// `u-1` is taken to be of the group `g-1`.
fn grouped(house: &mut House) {
    for group in ["g-1", "g-2"] {
        house.tell("south", &remains(&format!(r#"{{"group":{{"introduced":{{"id":"{group}"}}}}}}"#)));
    }
    house.tell(
        "south",
        &remains(r#"{"group":{"associated":{"unit":"u-1","group":"g-1","on":"2025-01-11","basis":["anatomical-fit"]}}}"#),
    );
}

fn moved(from: &str, to: &str, basis: &str) -> String {
    remains(&format!(
        r#"{{"group":{{"moved":{{"unit":"u-1","from":"{from}","to":"{to}","on":"2025-01-12","basis":[{basis}]}}}}}}"#
    ))
}

/// A letter that is kept under `u-1`, a single disc and a double disc.
fn effects(house: &mut House) {
    for (id, kind) in [("letter", "document"), ("single", "single-disc"), ("double", "double-disc")] {
        house.tell("south", &remains(&format!(r#"{{"effect":{{"found":{{"id":"{id}","kind":"{kind}","with":{{"remains":"u-1"}},"on":"2025-01-11"}}}}}}"#)));
    }
}

fn forwarded(effects: &str, packed: &str) -> String {
    remains(&format!(
        r#"{{"effect":{{"forwarded":{{"effects":[{effects}],"on":"2025-01-20","to":"observer"{packed},"owner":"unknown"}}}}}}"#
    ))
}

const ONE: &str = r#"{"id":"n","human":"yes"}"#;
const TWO: &str = r#"{"id":"n","human":"yes"},{"id":"n","human":"yes"}"#;

pub(super) fn rows() -> Vec<Row> {
    [of_units(), of_steps(), of_groups_and_effects()].into_iter().flatten().collect()
}

fn of_units() -> Vec<Row> {
    let reversed = remains(r#"{"reversed":{"entry":"division","reason":"it was one"}}"#);
    let other = r#"{"id":"n","human":"yes"},{"id":"m","human":"yes"}"#;
    vec![
        row("RemainsRefusal::OpenedAlready", Some(22), "south", opened("bag-u-1", TWO))
            .but("bag-u-1", "bag-new")
            .then("RemainsRefusal::CodeTwice"),
        row("RemainsRefusal::NotOpened", Some(22), "south", further("bag-new", ""))
            .but("bag-new", "bag-u-1")
            .then("RemainsRefusal::NothingFound"),
        row("RemainsRefusal::NothingFound", Some(22), "south", further("bag-u-1", ""))
            .but("[]", format!("[{TWO}]"))
            .then("RemainsRefusal::CodeTwice"),
        row("RemainsRefusal::TooFew", Some(22), "south", divided("u-3", "2025-01-11", ONE))
            .but(ONE, TWO)
            .then("RemainsRefusal::CodeTwice"),
        row("RemainsRefusal::CodeTwice", Some(29), "south", divided("u-3", "2025-01-11", TWO))
            .but(TWO, other)
            .then("RemainsRefusal::Ceased"),
        row("RemainsRefusal::CodeTwice", Some(29), "south", further("bag-u-1", TWO))
            .but(TWO, ONE)
            .then("RemainsRefusal::TooEarly"),
        row("RemainsRefusal::NotItsOrgan", Some(52), "north", reversed.clone())
            .after(undivided)
            .but_by("south")
            .then("RemainsRefusal::ReversedAlready"),
        row("RemainsRefusal::ReversedAlready", Some(12), "south", reversed)
            .after(undivided)
            .but("division", "other"),
        row("RemainsRefusal::Ceased", Some(22), "south", divided("u-3", "2025-01-09", other))
            .but("u-3", "u-2")
            .then("RemainsRefusal::TooEarly"),
        row(
            "RemainsRefusal::TooEarly",
            Some(22),
            "south",
            forensic("sampled", "2025-01-09", r#","sample":"s-1""#),
        )
        .but("2025-01-09", "2025-01-10")
        .then("RemainsRefusal::NotExamined"),
    ]
}

fn of_steps() -> Vec<Row> {
    let profile = |sample: &str| {
        forensic("profile", "2025-01-13", &format!(r#","sample":"{sample}","outcome":"obtained""#))
    };
    let sample = forensic("sampled", "2025-01-13", r#","sample":"s-1""#);
    vec![
        row("RemainsRefusal::NotExamined", None, "south", sample.clone()).but_after(examined),
        row("RemainsRefusal::NotSampled", None, "south", profile("s-2"))
            .after(examined)
            .but_after(sampled_only)
            .then("RemainsRefusal::NoSuchSample"),
        row("RemainsRefusal::NoProfile", None, "south", forensic("in-database", "2025-01-13", ""))
            .after(sampled_animal)
            .but_after(profiled)
            .then("RemainsRefusal::NotHuman"),
        row("RemainsRefusal::NotInDatabase", Some(38), "south", forensic("compared", "2025-01-15", ""))
            .after(sampled_and_profiled)
            .but_after(in_database),
        row("RemainsRefusal::NotHuman", Some(38), "south", forensic("compared", "2025-01-15", ""))
            .after(compared_animal)
            .but_after(human),
        row("RemainsRefusal::SampleTwice", Some(21), "south", sample).after(sampled).but("s-1", "s-2"),
        row("RemainsRefusal::NoSuchSample", Some(22), "south", profile("s-2"))
            .after(used_up)
            .but("s-2", "s-1")
            .then("RemainsRefusal::SampleGone"),
        row("RemainsRefusal::SampleGone", Some(37), "south", profile("s-1"))
            .after(used_up)
            .but("2025-01-13", "2025-01-12"),
    ]
}

fn of_groups_and_effects() -> Vec<Row> {
    let together = r#""found-together""#;
    let (packet, inventory) = (r#","packet":"p-1""#, r#","packet":"p-1","inventory":"i-1""#);
    let half = |effect: &str| format!(r#"{{"effect":"{effect}","portion":"half"}}"#);
    let twice = format!(r#"{{"effect":"single","portion":"whole"}},{}"#, half("single"));
    let assigned = remains(r#"{"effect":{"assigned":{"effect":"letter","unit":"u-2","on":"2025-01-12"}}}"#);
    vec![
        row("RemainsRefusal::InAnotherGroup", Some(29), "south", moved("g-2", "g-1", together))
            .after(grouped)
            .but(r#""from":"g-2""#, r#""from":"g-1""#)
            .then("RemainsRefusal::NotMoved"),
        row("RemainsRefusal::NotMoved", Some(29), "south", moved("g-1", "g-1", together))
            .after(grouped)
            .but(r#""to":"g-1""#, r#""to":"g-2""#)
            .then("RemainsRefusal::OnlyFoundTogether"),
        row("RemainsRefusal::OnlyFoundTogether", Some(29), "south", moved("g-1", "g-2", together))
            .after(grouped)
            .but(together, r#""found-together","anatomical-fit""#),
        row("RemainsRefusal::NoBasis", Some(29), "south", moved("g-1", "g-2", ""))
            .after(grouped)
            .but("[]", r#"["anatomical-fit"]"#),
        row("RemainsRefusal::KeptElsewhere", Some(26), "south", assigned)
            .after(effects)
            .but(r#""2025-01-12""#, r#""2025-01-12","instead-of":"u-1""#),
        row("RemainsRefusal::NothingForwarded", Some(26), "south", forwarded("", ""))
            .after(effects)
            .but("[]", format!("[{twice}]"))
            .then("RemainsRefusal::NoPacket"),
        row("RemainsRefusal::NoPacket", Some(26), "south", forwarded(&twice, ""))
            .after(effects)
            .but(r#","owner""#, format!(r#"{packet},"owner""#))
            .then("RemainsRefusal::NoInventory"),
        row("RemainsRefusal::NoInventory", Some(26), "south", forwarded(&twice, packet))
            .after(effects)
            .but(packet, inventory)
            .then("RemainsRefusal::EffectTwice"),
        row("RemainsRefusal::EffectTwice", Some(26), "south", forwarded(&twice, inventory))
            .after(effects)
            .but(half("single"), half("letter"))
            .then("RemainsRefusal::NoHalf"),
        row("RemainsRefusal::NoHalf", Some(27), "south", forwarded(&half("single"), inventory))
            .after(effects)
            .but("single", "double"),
    ]
}
