//! Units of remains: what is found in containers, what becomes of it, and what cannot be.

use handover::invariant;
use handover::quantity::Span;
use handover::reading::{According, Counted, Due, EffectAnomaly, Progress, Reading};
use handover::refusal::Refusal;
use handover::remains::{Human, RemainsRefusal, SampleStanding};
use handover::when::{Moment, When};

use super::house::House;

/// Two parties; South's organ holds three bags of one batch and one of another.
fn mortuary() -> House {
    let mut house = House::new("set-of-remains", "remains", "passage");
    for batch in ["batch-1", "batch-2"] {
        house.keeper(&format!(
            r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"set-of-remains"}}}}}}"#
        ));
    }
    for (bag, batch) in
        [("bag-1", "batch-1"), ("bag-2", "batch-1"), ("bag-3", "batch-1"), ("bag-4", "batch-2")]
    {
        house.keeper(&format!(
            r#"{{"container":{{"registered":{{"id":"{bag}","batch":"{batch}","held-by":"south","since":"2025-06-01","provenance":"unknown"}}}}}}"#
        ));
    }
    house
}

fn tell(house: &mut House, what: &str) -> String {
    house.tell("south", &format!(r#"{{"remains":{what}}}"#))
}

fn open(house: &mut House, bag: &str, on: &str, found: &str) -> String {
    tell(house, &format!(r#"{{"opened":{{"container":"{bag}","on":"{on}","found":[{found}]}}}}"#))
}

fn found(unit: &str) -> String {
    format!(r#"{{"id":"{unit}","human":"yes"}}"#)
}

/// The rule that refuses an entry, which has changed nothing.
fn refused(house: &mut House, by: &str, what: &str) -> RemainsRefusal {
    let entry = house.entry(by, &format!(r#"{{"remains":{what}}}"#));
    let before = format!("{:?}", house.ledger);
    let refusal = house.ledger.post(&entry).expect_err(what);
    assert_eq!(format!("{:?}", house.ledger), before, "a refused entry changes nothing");
    assert!(refusal.to_string().starts_with("expected "));
    assert!(!refusal.rule().says.is_empty());
    match refusal {
        Refusal::Remains(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn reading<'h>(house: &'h House, as_of: &str) -> Reading<'h> {
    let moment = as_of.parse::<When>().unwrap().last_moment().unwrap_or(Moment::END_OF_TIME);
    house.ledger.reading(According::To("south".parse().unwrap()), moment).unwrap()
}

fn examined(house: &mut House, unit: &str, elements: &str) {
    tell(
        house,
        &format!(
            r#"{{"forensic":{{"examined":{{"unit":"{unit}","on":"2025-06-10","elements":{elements}}}}}}}"#
        ),
    );
}

/// Examined, sampled, a profile, in the database.
fn into_database(house: &mut House, unit: &str) {
    for step in [
        format!(r#"{{"examined":{{"unit":"{unit}","on":"2025-06-10"}}}}"#),
        format!(r#"{{"sampled":{{"unit":"{unit}","on":"2025-06-11","sample":"s-{unit}"}}}}"#),
        format!(
            r#"{{"profile":{{"unit":"{unit}","on":"2025-06-20","sample":"s-{unit}","outcome":"obtained"}}}}"#
        ),
        format!(r#"{{"in-database":{{"unit":"{unit}","on":"2025-06-21"}}}}"#),
    ] {
        tell(house, &format!(r#"{{"forensic":{step}}}"#));
    }
}

/// Edge case 38, and a bag that holds one and a bag that holds many.
#[test]
fn edge_38_a_bag_holds_nobody_somebody_or_several() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "2025-06-05", "");
    open(&mut house, "bag-2", "2025-06-05", r#"{"id":"u-1","human":"no"}"#);
    let several = r#"{"id":"u-2","human":"yes","elements":"complete-body"},{"id":"u-3","human":"yes","elements":{"parts":["skull","left-femur"]}},{"id":"u-4","human":"undetermined"}"#;
    open(&mut house, "bag-3", "2025-06-06/2025-06-08", several);
    let of =
        |bag: &str, as_of: &str| reading(&house, as_of).remains_of_container(bag.parse().unwrap()).unwrap();
    let [none, stones, many] = ["bag-1", "bag-2", "bag-3"].map(|bag| of(bag, "2025-07-01"));
    assert_eq!((none.opened, none.units, none.individuals), (Span::exactly(1), Span::ZERO, Span::ZERO));
    assert_eq!(
        (stones.units, stones.not_human, stones.individuals),
        (Span::exactly(1), Span::exactly(1), Span::ZERO)
    );
    assert_eq!(
        (many.units, many.human, many.undetermined),
        (Span::exactly(3), Span::exactly(2), Span::exactly(1))
    );
    assert_eq!(many.individuals, Span::new(2, 3).unwrap(), "a skull beside a complete body is of another");
    assert_eq!(of("bag-3", "2025-06-05").units, Span::ZERO);
    assert_eq!(of("bag-3", "2025-06-07").units, Span::up_to(3), "it was opened by then or not");
    let batch = reading(&house, "2025-07-01").remains_of_batch("batch-1".parse().unwrap()).unwrap();
    assert_eq!((batch.opened, batch.units), (Span::exactly(3), Span::exactly(4)));
    tell(&mut house, r#"{"determined":{"unit":"u-4","on":"2025-06-12","human":"yes"}}"#);
    let human = |as_of: &str| reading(&house, as_of).unit("u-4".parse().unwrap()).unwrap().human;
    assert_eq!((human("2025-06-11"), human("2025-06-12")), (Human::Undetermined, Human::Yes));
    house.check();
}

#[test]
fn a_late_determination_of_an_earlier_day_does_not_undo_a_later_one() {
    for order in
        [[("2025-06-12", "no"), ("2025-06-20", "yes")], [("2025-06-20", "yes"), ("2025-06-12", "no")]]
    {
        let mut house = mortuary();
        open(&mut house, "bag-1", "2025-06-05", r#"{"id":"u-1","human":"undetermined"}"#);
        for (on, human) in order {
            tell(&mut house, &format!(r#"{{"determined":{{"unit":"u-1","on":"{on}","human":"{human}"}}}}"#));
        }
        let human = |as_of: &str| reading(&house, as_of).unit("u-1".parse().unwrap()).unwrap().human;
        assert_eq!((human("2025-06-15"), human("2025-07-01")), (Human::No, Human::Yes));
        house.check();
    }
}

#[test]
fn an_opening_is_refused_where_it_cannot_be() {
    let mut house = mortuary();
    let further = |on: &str, found: &str| {
        format!(r#"{{"further-found":{{"container":"bag-1","on":"{on}","found":[{found}]}}}}"#)
    };
    let refusal = refused(&mut house, "south", &further("2025-06-06", &found("u-9")));
    assert!(matches!(refusal, RemainsRefusal::NotOpened(_)));
    let twice =
        format!(r#"{{"opened":{{"container":"bag-1","on":"2025-06-05","found":[{0},{0}]}}}}"#, found("u-1"));
    assert!(matches!(refused(&mut house, "south", &twice), RemainsRefusal::CodeTwice(_)));
    open(&mut house, "bag-1", "2025-06-05", &found("u-1"));
    let again = r#"{"opened":{"container":"bag-1","on":"2025-06-06","found":[]}}"#;
    assert!(matches!(refused(&mut house, "north", again), RemainsRefusal::OpenedAlready { .. }));
    let refusal = refused(&mut house, "south", &further("2025-06-06", ""));
    assert!(matches!(refusal, RemainsRefusal::NothingFound(_)));
    let refusal = refused(&mut house, "south", &further("2025-06-04", &found("u-2")));
    assert!(matches!(refusal, RemainsRefusal::TooEarly { .. }));
    tell(&mut house, &further("2025-06", &found("u-2")));
    let early = r#"{"forensic":{"examined":{"unit":"u-1","on":"2025-06-04"}}}"#;
    assert!(matches!(refused(&mut house, "south", early), RemainsRefusal::TooEarly { .. }));
    let loose = r#"{"loose":{"found":{"id":"u-3","human":"yes"},"provenance":"unknown","held-by":"south","on":"2025-06-09"}}"#;
    tell(&mut house, loose);
    assert_eq!(reading(&house, "2025-07-01").remains().units, Span::exactly(3));
    house.check();
}

/// One man in several bags, batches and years: divided, united, and undone.
#[test]
fn a_unit_leads_back_to_its_bags() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "2025-06-05", &found("u-1"));
    open(&mut house, "bag-4", "2025-06-06", &found("u-2"));
    let divide = |unit: &str, on: &str, into: &[&str]| {
        let into: Vec<String> = into.iter().map(|unit| found(unit)).collect();
        format!(r#"{{"divided":{{"unit":"{unit}","on":"{on}","into":[{}]}}}}"#, into.join(","))
    };
    let unite = |units: &str, on: &str, into: &str| {
        format!(r#"{{"united":{{"units":[{units}],"on":"{on}","into":{}}}}}"#, found(into))
    };
    for few in [divide("u-1", "2025-06-10", &["u-3"]), unite(r#""u-1""#, "2025-06-10", "u-3")] {
        assert!(matches!(refused(&mut house, "south", &few), RemainsRefusal::TooFew(1)));
    }
    let refusal = refused(&mut house, "south", &unite(r#""u-1","u-1""#, "2025-06-10", "u-3"));
    assert!(matches!(refusal, RemainsRefusal::CodeTwice(_)));
    let refusal = refused(&mut house, "south", &divide("u-1", "2025-06-04", &["u-3", "u-4"]));
    assert!(matches!(refusal, RemainsRefusal::TooEarly { .. }));
    let division = tell(&mut house, &divide("u-1", "2025-06-10", &["u-3", "u-4"]));
    for late in [
        divide("u-1", "2025-06-11", &["u-8", "u-9"]),
        unite(r#""u-1","u-2""#, "2025-06-11", "u-9"),
        r#"{"forensic":{"examined":{"unit":"u-1","on":"2025-06-11"}}}"#.to_owned(),
    ] {
        let refusal = refused(&mut house, "south", &late);
        assert!(matches!(refusal, RemainsRefusal::Ceased { .. }));
        assert_eq!(refusal.rule().invariant, Some(22));
    }
    // What is learned late of the time before is true all the same.
    tell(&mut house, r#"{"forensic":{"examined":{"unit":"u-1","on":"2025-06-07"}}}"#);
    let union = tell(&mut house, &unite(r#""u-3","u-2""#, "2025-07-01", "u-5"));
    let descent = |house: &House| reading(house, "2026-01-01").descent("u-5".parse().unwrap()).unwrap();
    let names = |ids: &[handover::id::RemainsId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&descent(&house).ancestors), ["u-1", "u-2", "u-3"]);
    assert_eq!(descent(&house).containers.len(), 2, "one man in two bags of two batches");
    let lives = |house: &House, unit: &str, as_of: &str| {
        reading(house, as_of).unit(unit.parse().unwrap()).unwrap().lives
    };
    assert_eq!(lives(&house, "u-1", "2025-06-09"), Counted::Yes);
    assert_eq!(lives(&house, "u-1", "2025-06-10"), Counted::No);
    assert_eq!(lives(&house, "u-3", "2025-06-30"), Counted::Yes);
    assert_eq!(reading(&house, "2026-01-01").remains().units, Span::exactly(2));
    house.check();

    let reverse = |entry: &str| format!(r#"{{"reversed":{{"entry":"{entry}","reason":"not the same"}}}}"#);
    let refusal = refused(&mut house, "south", &reverse(&division));
    assert!(matches!(refusal, RemainsRefusal::Ceased { .. }), "the later act is reversed first");
    let refusal = refused(&mut house, "north", &reverse(&union));
    assert!(matches!(refusal, RemainsRefusal::NotItsOrgan { .. }));
    tell(&mut house, &reverse(&union));
    assert!(matches!(refused(&mut house, "south", &reverse(&union)), RemainsRefusal::ReversedAlready { .. }));
    assert_eq!(lives(&house, "u-3", "2026-01-01"), Counted::Yes);
    assert_eq!(lives(&house, "u-5", "2026-01-01"), Counted::No);
    let early = r#"{"forensic":{"examined":{"unit":"u-5","on":"2025-07-02"}}}"#;
    assert!(matches!(refused(&mut house, "south", early), RemainsRefusal::Ceased { .. }));
    tell(&mut house, &reverse(&division));
    assert_eq!(reading(&house, "2026-01-01").remains().units, Span::exactly(2));
    house.check();
}

/// Edge case 36: no profile is no failure for ever.
#[test]
fn edge_36_a_unit_without_a_profile_is_sampled_again_when_methods_improve() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "1954-09-01", &found("u-1"));
    let step = |step: &str| format!(r#"{{"forensic":{step}}}"#);
    let sampled = |on: &str, sample: &str| {
        step(&format!(r#"{{"sampled":{{"unit":"u-1","on":"{on}","sample":"{sample}"}}}}"#))
    };
    let profile = |on: &str, sample: &str, outcome: &str| {
        step(&format!(
            r#"{{"profile":{{"unit":"u-1","on":"{on}","sample":"{sample}","outcome":{outcome}}}}}"#
        ))
    };
    let database = step(r#"{"in-database":{"unit":"u-1","on":"2018-01-01"}}"#);
    let compared = step(r#"{"compared":{"unit":"u-1","on":"2018-02-01"}}"#);
    let progress =
        |house: &House| reading(house, "2026-01-01").unit("u-1".parse().unwrap()).unwrap().progress;

    let refusal = refused(&mut house, "south", &sampled("1999-01-01", "s-1"));
    assert!(matches!(refusal, RemainsRefusal::NotExamined(_)));
    tell(&mut house, &step(r#"{"examined":{"unit":"u-1","on":"1998-01-01"}}"#));
    let refusal = refused(&mut house, "south", &profile("1999-02-01", "s-1", r#""obtained""#));
    assert!(matches!(refusal, RemainsRefusal::NotSampled(_)));
    let refusal = refused(&mut house, "south", &sampled("1997-01-01", "s-1"));
    assert!(matches!(refusal, RemainsRefusal::TooEarly { .. }));
    tell(&mut house, &sampled("1999-01-01", "s-1"));
    let refusal = refused(&mut house, "south", &sampled("1999-01-02", "s-1"));
    assert!(matches!(refusal, RemainsRefusal::SampleTwice { .. }));
    let refusal = refused(&mut house, "south", &profile("1999-02-01", "s-2", r#""obtained""#));
    assert!(matches!(refusal, RemainsRefusal::NoSuchSample { .. }));
    tell(
        &mut house,
        &profile("1999-02-01", "s-1", r#"{"no-usable-profile":{"method":"mtDNA","year":1999}}"#),
    );
    assert_eq!(progress(&house), Progress::NoUsableProfile);
    assert!(matches!(refused(&mut house, "south", &database), RemainsRefusal::NoProfile(_)));
    tell(
        &mut house,
        &step(r#"{"sample-gone":{"unit":"u-1","sample":"s-1","on":"1999-03-01","fate":"used-up"}}"#),
    );
    let refusal = refused(&mut house, "south", &profile("2017-02-01", "s-1", r#""obtained""#));
    assert!(matches!(refusal, RemainsRefusal::SampleGone { .. }));
    tell(&mut house, &sampled("2017-01-01", "s-2"));
    assert_eq!(progress(&house), Progress::Sampled);
    tell(&mut house, &profile("2017-02-01", "s-2", r#""insufficient""#));
    assert_eq!(progress(&house), Progress::ProfileInsufficient);
    tell(&mut house, &sampled("2017-06-01", "s-3"));
    tell(&mut house, &profile("2017-07-01", "s-3", r#""obtained""#));
    assert!(matches!(refused(&mut house, "south", &compared), RemainsRefusal::NotInDatabase(_)));
    tell(&mut house, &database);
    tell(&mut house, &compared);
    tell(&mut house, &compared.replace("2018-02", "2018-03"));
    assert_eq!(progress(&house), Progress::Compared);
    let view = reading(&house, "2018-02-15").unit("u-1".parse().unwrap()).unwrap();
    assert_eq!((view.comparisons, view.samples.len()), (Span::exactly(1), 3));
    assert_eq!(
        reading(&house, "1999-02-01").unit("u-1".parse().unwrap()).unwrap().progress,
        Progress::NoUsableProfile
    );
    let north = house.ledger.reading(According::To("north".parse().unwrap()), Moment::END_OF_TIME).unwrap();
    assert_eq!(north.unit("u-1".parse().unwrap()).unwrap().lives, Counted::No, "north says nothing of it");
    let all = north.by(According::AcceptedByAll).unwrap().remains();
    assert_eq!((all.units, all.compared), (Span::up_to(1), Span::up_to(1)));
    tell(&mut house, r#"{"determined":{"unit":"u-1","on":"2019","human":"no"}}"#);
    let again = compared.replace("2018-02", "2020-02");
    assert!(matches!(refused(&mut house, "south", &again), RemainsRefusal::NotHuman(_)));
    house.check();
    let _ = SampleStanding::Retained;
}

#[test]
fn comparison_is_due_whenever_a_set_grows() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "2025-06-05", &[found("u-1"), found("u-2"), found("u-3")].join(","));
    into_database(&mut house, "u-1");
    let compare =
        |unit: &str, on: &str| format!(r#"{{"forensic":{{"compared":{{"unit":"{unit}","on":"{on}"}}}}}}"#);
    let due = |house: &House| {
        let due = reading(house, "2026-01-01").comparisons_due();
        due.into_iter().map(|(unit, due)| (unit.to_string(), due)).collect::<Vec<_>>()
    };
    assert_eq!(due(&house), [("u-1".to_owned(), Due::NeverCompared)]);
    tell(&mut house, &compare("u-1", "2025-06-22"));
    assert_eq!(due(&house), []);
    let grown = r#"{"forensic":{"references-added":{"on":"2025-07-01","from":"south","number":"~200"}}}"#;
    let grown = tell(&mut house, grown);
    assert_eq!(due(&house), [("u-1".to_owned(), Due::ReferencesGrew(grown.parse().unwrap()))]);
    tell(&mut house, &compare("u-1", "2025-07-02"));
    assert_eq!(due(&house), []);
    // References of an earlier day that are learned late were there when it was compared.
    tell(&mut house, r#"{"forensic":{"references-added":{"on":"2025-06-30"}}}"#);
    assert_eq!(due(&house), []);
    into_database(&mut house, "u-2");
    assert_eq!(due(&house).len(), 1, "a profile of the 21st was there on 2 July");
    tell(&mut house, r#"{"forensic":{"references-added":{"on":"2025-07-02"}}}"#);
    assert_eq!(due(&house).len(), 2, "recorded after a comparison of the same day");
    tell(&mut house, &compare("u-1", "2025-07-02"));
    assert_eq!(due(&house).len(), 1, "recorded before a comparison of the same day");
    house.check();
}

/// Edge case 28: uniform and documents are no more than effects; a tag is found in the bag, not with a body.
#[test]
fn edge_28_effects_stay_under_their_code_and_discs_with_the_remains() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "2025-06-05", &[found("u-1"), found("u-2")].join(","));
    let effect = |what: &str| format!(r#"{{"effect":{what}}}"#);
    let find = |id: &str, kind: &str, with: &str| {
        effect(&format!(r#"{{"found":{{"id":"{id}","kind":"{kind}","with":{with},"on":"2025-06-05"}}}}"#))
    };
    for (id, kind, with) in [
        ("single", "single-disc", r#"{"remains":"u-1"}"#),
        ("double", "double-disc", r#"{"remains":"u-2"}"#),
        ("thing", "unidentified-article", r#"{"container":"bag-1"}"#),
        ("letter", "document", r#"{"container":"bag-1"}"#),
    ] {
        tell(&mut house, &find(id, kind, with));
    }
    let assign = |unit: &str, rest: &str| {
        effect(&format!(r#"{{"assigned":{{"effect":"letter","unit":"{unit}","on":"2025-06-06"{rest}}}}}"#))
    };
    tell(&mut house, &assign("u-1", ""));
    assert!(matches!(refused(&mut house, "south", &assign("u-2", "")), RemainsRefusal::KeptElsewhere { .. }));
    tell(&mut house, &assign("u-2", r#","instead-of":"u-1""#));
    let forward = |effects: &str, rest: &str| {
        effect(&format!(
            r#"{{"forwarded":{{"effects":[{effects}],"on":"2025-06-20","to":"observer"{rest},"owner":"unknown"}}}}"#
        ))
    };
    let half = r#"{"effect":"double","portion":"half"}"#;
    let thing = r#"{"effect":"thing","portion":"whole"}"#;
    let packed = r#","packet":"p-1","inventory":"i-1""#;
    let refusal = refused(&mut house, "south", &forward(thing, r#","inventory":"i-1""#));
    assert_eq!((refusal.clone(), refusal.rule().invariant), (RemainsRefusal::NoPacket, Some(26)));
    assert_eq!(
        refused(&mut house, "south", &forward(thing, r#","packet":"p-1""#)),
        RemainsRefusal::NoInventory
    );
    assert_eq!(refused(&mut house, "south", &forward("", packed)), RemainsRefusal::NothingForwarded);
    let refusal = refused(&mut house, "south", &forward(&[thing, thing].join(","), packed));
    assert!(matches!(refusal, RemainsRefusal::EffectTwice(_)));
    let refusal = refused(&mut house, "south", &forward(&half.replace("double", "single"), packed));
    assert!(matches!(refusal, RemainsRefusal::NoHalf(_)));
    let early = forward(thing, packed).replace("2025-06-20", "2025-06-04");
    assert!(matches!(refused(&mut house, "south", &early), RemainsRefusal::TooEarly { .. }));
    tell(&mut house, &forward(&[half, thing].join(","), packed));
    let anomalies = |house: &House| {
        let found = reading(house, "2026-01-01").effect_anomalies();
        found.into_iter().map(|view| view.anomaly).collect::<Vec<_>>()
    };
    assert_eq!(anomalies(&house), [], "one half stays, the other goes its way");
    tell(
        &mut house,
        &effect(
            r#"{"moved":{"effect":"single","portion":"whole","on":"2025-06-21","reason":"taken by a collector"}}"#,
        ),
    );
    tell(&mut house, &forward(half, packed));
    assert_eq!(anomalies(&house), [EffectAnomaly::SingleDiscMoved, EffectAnomaly::NoHalfRemains]);
    house.check();
}

/// Edge case 23: the same man in several bags and batches.
#[test]
fn edge_23_a_group_is_a_hypothesis_with_a_history() {
    let mut house = mortuary();
    open(&mut house, "bag-1", "2025-06-05", &[found("u-1"), found("u-2")].join(","));
    open(&mut house, "bag-4", "2026-02-01", &found("u-3"));
    for group in ["g-1", "g-2"] {
        tell(&mut house, &format!(r#"{{"group":{{"introduced":{{"id":"{group}"}}}}}}"#));
    }
    let join = |unit: &str, on: &str, basis: &str| {
        format!(
            r#"{{"group":{{"associated":{{"unit":"{unit}","group":"g-1","on":"{on}","basis":[{basis}]}}}}}}"#
        )
    };
    let refusal = refused(&mut house, "south", &join("u-1", "2025-06-10", r#""found-together""#));
    assert_eq!(refusal.rule().invariant, Some(29));
    assert!(matches!(refusal, RemainsRefusal::OnlyFoundTogether(_)));
    assert!(matches!(
        refused(&mut house, "south", &join("u-1", "2025-06-10", "")),
        RemainsRefusal::NoBasis(_)
    ));
    tell(&mut house, &join("u-1", "2025-06-10", r#""found-together","anatomical-fit""#));
    tell(&mut house, &join("u-2", "2025-06-10", r#"{"dna":"report-1"}"#));
    tell(&mut house, &join("u-3", "2026-02-10", r#"{"dna":"report-2"}"#));
    let again = join("u-1", "2025-06-11", r#""anatomical-fit""#);
    assert!(matches!(refused(&mut house, "south", &again), RemainsRefusal::InAnotherGroup { .. }));
    let group = |house: &House, as_of: &str| {
        let view = reading(house, as_of).group_of_units("g-1".parse().unwrap()).unwrap();
        (view.units.len(), view.individuals)
    };
    assert_eq!(group(&house, "2025-07-01"), (2, Span::new(1, 2).unwrap()));
    assert_eq!(group(&house, "2026-03-01"), (3, Span::new(1, 3).unwrap()));
    for unit in ["u-1", "u-2"] {
        examined(&mut house, unit, r#"{"parts":["left-femur"]}"#);
    }
    assert_eq!(group(&house, "2026-03-01").1.lo(), 2, "two left femurs contradict the hypothesis");
    let movement = |to: &str, on: &str| {
        format!(
            r#"{{"group":{{"moved":{{"unit":"u-2","from":"g-1","to":"{to}","on":"{on}","basis":["anatomical-fit"]}}}}}}"#
        )
    };
    assert!(matches!(
        refused(&mut house, "south", &movement("g-1", "2026-03-01")),
        RemainsRefusal::NotMoved(_)
    ));
    let refusal = refused(&mut house, "south", &movement("g-2", "2025-06-09"));
    assert!(matches!(refusal, RemainsRefusal::TooEarly { .. }));
    tell(&mut house, &movement("g-2", "2026-03-02"));
    assert_eq!(group(&house, "2026-03-01").0, 3, "as it was taken then");
    assert_eq!(group(&house, "2026-04-01"), (2, Span::new(1, 2).unwrap()));
    tell(
        &mut house,
        r#"{"group":{"withdrawn":{"unit":"u-1","group":"g-1","on":"2026-04-02","reason":"another profile"}}}"#,
    );
    assert_eq!(group(&house, "2026-05-01").0, 1);
    house.check();
    for number in [15, 22, 26, 27, 29, 38] {
        assert!(invariant::ALL.iter().any(|rule| rule.number == number));
    }
}
