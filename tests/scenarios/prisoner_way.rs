//! The way of an entry of a list: how it stands at each step, what stands in its way, and how it ends (B7).

use handover::id::EntryId;
use handover::prisoner::{Manner, Membership};
use handover::reading::{According, EntryStatus, NominationView, Obstacle};
use handover::when::Moment;

use super::house::House;
use super::prisoners::{
    GOES, camp, clear, draft, freeze, hand_over, handed, nominate, nomination, on_list, step, stepped,
    submit, tell, the,
};

fn view(house: &House, id: &str) -> NominationView {
    house.now().nomination(the(id)).unwrap()
}

/// How an entry stands by this word.
fn by(house: &House, according: According, id: &str) -> NominationView {
    house.ledger.reading(according, Moment::END_OF_TIME).unwrap().nomination(the(id)).unwrap()
}

fn evaluated(category: &str, found: &str) -> String {
    format!(
        r#"{{"evaluated":{{"category":"{category}","at":"2025-01-10","found":"{found}","medical":"commission"}}}}"#
    )
}

fn will(wish: &str, voluntary: &str) -> String {
    format!(r#"{{"will":{{"wish":"{wish}","voluntary":{voluntary}}}}}"#)
}

/// A category and what was found of it.
type Evaluated<'s> = (&'s str, &'s str);

/// The day of a step and the step.
type Told<'s> = (&'s str, &'s str);

const VERIFIED: &str = r#"{"verified-by":"observer"}"#;

/// South asks for `a`, whom North has not said to hold.
fn asked_for() -> House {
    let mut house = camp();
    house.person("a");
    tell(&mut house, "south", &nomination("a", "list", "a", ""));
    house
}

/// Who is on the frozen list.
fn agreed(ids: &[&str]) -> House {
    let mut house = camp();
    nominate(&mut house, "list", ids);
    freeze(&mut house, "list", 1, ids);
    house
}

#[test]
fn from_the_nomination_to_the_reception() {
    use EntryStatus as Is;
    let mut house = asked_for();
    let first = view(&house, "a");
    assert_eq!(first.status, Some(Is::Nominated));
    assert_eq!(
        first.obstacles,
        [Obstacle::NotConfirmed, Obstacle::NotEvaluated, Obstacle::NoWill, Obstacle::NotFrozen]
    );
    let before: [(&str, &str, &str, Is); 9] = [
        ("north", "2025-01-04", r#"{"holding":"held"}"#, Is::HeldConfirmed),
        ("north", "2025-01-04", &evaluated("under-25", "no"), Is::NotEligible),
        ("north", "2025-01-05", &evaluated("wounded", "yes"), Is::Eligible),
        ("north", "2025-01-06", r#"{"fitness":"unfit"}"#, Is::Deferred),
        ("observer", "2025-01-07", r#"{"fitness":"fit"}"#, Is::Eligible),
        ("north", "2025-01-07", r#"{"judicial-hold":"prosecution"}"#, Is::HeldBack),
        ("north", "2025-01-08", r#""hold-lifted""#, Is::Eligible),
        ("observer", "2025-01-08", &will("declines", VERIFIED), Is::Declined),
        ("observer", "2025-01-09", GOES, Is::Cleared),
    ];
    for (by, on, what, status) in before {
        step(&mut house, by, "a", on, what);
        assert_eq!(view(&house, "a").status, Some(status), "{what}");
    }
    assert_eq!(view(&house, "a").obstacles, [Obstacle::NotFrozen]);
    freeze(&mut house, "list", 1, &["a"]);
    assert_eq!(view(&house, "a").status, Some(Is::Agreed));
    for (by, what, status) in [
        ("north", r#"{"moved":"assembled"}"#, Is::Assembled),
        ("observer", r#"{"moved":"in-transit"}"#, Is::InTransit),
        ("south", r#"{"moved":"at-venue"}"#, Is::AtVenue),
        ("south", r#"{"verified":"a"}"#, Is::Verified),
    ] {
        step(&mut house, by, "a", "2025-01-20", what);
        let told = view(&house, "a");
        assert_eq!(told.status, Some(status), "{what}");
        assert!(told.may_go() && !told.is_handed_over() && !told.is_ended_otherwise(), "{what}");
        assert!(!told.contested, "it is at no end");
    }
    hand_over(&mut house, "a", "exchanged");
    let exchanged = Is::HandedOver(Manner::Exchanged);
    let over = view(&house, "a");
    assert_eq!(
        (over.status, over.obstacles.as_slice()),
        (Some(exchanged), &[Obstacle::Ended(exchanged)][..])
    );
    assert!(over.is_handed_over() && !over.is_ended_otherwise() && !over.contested);
    step(&mut house, "south", "a", "2025-01-22", r#""reconciled""#);
    let received = view(&house, "a");
    assert_eq!(received.status, Some(Is::Reconciled));
    assert_eq!(received.obstacles, [Obstacle::Ended(Is::Reconciled)]);
    assert!(received.is_handed_over() && !received.is_ended_otherwise() && !received.contested);
    assert_eq!(house.now().list(the("list")).unwrap().short().count(), 0, "nobody is missing in the leg");
    house.check();
}

/// What presupposes another thing comes after it, whatever identifiers the entries have and whichever is told first.
#[test]
fn the_steps_of_one_day_stand_in_their_order() {
    let mut house = agreed(&["a"]);
    let mut ids: Vec<EntryId> = ["one", "two", "three", "four"].map(the).into();
    ids.sort_unstable();
    let steps = [
        r#"{"verified":"a"}"#,
        r#"{"moved":"at-venue"}"#,
        r#"{"moved":"in-transit"}"#,
        r#"{"moved":"assembled"}"#,
    ];
    for (id, what) in ids.iter().zip(steps) {
        let told = format!(r#"{{"prisoner":{}}}"#, stepped("a", "2025-01-20", what));
        house.told(&id.to_string(), "south", &told);
        assert_eq!(view(&house, "a").status, Some(EntryStatus::Verified), "{what}");
    }
    house.check();
}

#[test]
fn each_obstacle_stands_by_its_rule() {
    let ended = Obstacle::Ended(EntryStatus::Died);
    for (obstacle, invariant) in [
        (ended, None),
        (Obstacle::NotConfirmed, None),
        (Obstacle::NoWill, Some(43)),
        (Obstacle::Declines, Some(43)),
        (Obstacle::WillNotVerified, Some(43)),
        (Obstacle::UnderPressure, Some(43)),
        (Obstacle::NotEvaluated, Some(44)),
        (Obstacle::NotInCategory, Some(44)),
        (Obstacle::FitnessUnknown, Some(45)),
        (Obstacle::Unfit, Some(45)),
        (Obstacle::JudicialHold { by: the("hold") }, Some(46)),
        (Obstacle::NotFrozen, Some(48)),
        (Obstacle::NotAccepted, Some(48)),
    ] {
        assert_eq!(obstacle.invariant(), invariant, "{obstacle:?}");
    }
}

/// Of the wounded and sick the will is verified while hostilities last; a will under pressure is nobody's, at any time.
#[test]
fn what_is_wrong_with_a_will() {
    use Obstacle::{Declines, NoWill, UnderPressure, WillNotVerified};
    let mut house = camp();
    draft(&mut house, "afterwards", r#","after-hostilities":true"#);
    let wounded = Some(("wounded", "yes"));
    let found_not = Some(("wounded", "no"));
    let young = Some(("under-25", "yes"));
    let unverified = will("goes", r#""unverified""#);
    let forced = will("goes", r#""under-pressure""#);
    let declines = will("declines", VERIFIED);
    let taken_back = will("taken-back", VERIFIED);
    let rows: &[(&str, Option<Evaluated<'_>>, &str, Option<Obstacle>)] = &[
        ("list", None, "", Some(NoWill)),
        ("list", None, &unverified, None),
        ("list", None, &forced, Some(UnderPressure)),
        ("list", None, &declines, Some(Declines)),
        ("list", None, &taken_back, Some(NoWill)),
        ("list", found_not, &unverified, None),
        ("list", young, &unverified, None),
        ("list", wounded, "", Some(NoWill)),
        ("list", wounded, &unverified, Some(WillNotVerified)),
        ("list", wounded, &forced, Some(UnderPressure)),
        ("list", wounded, &declines, Some(Declines)),
        ("list", wounded, &taken_back, Some(NoWill)),
        ("list", wounded, GOES, None),
        ("afterwards", wounded, "", Some(NoWill)),
        ("afterwards", wounded, &unverified, None),
        ("afterwards", wounded, &forced, Some(UnderPressure)),
        ("afterwards", wounded, &declines, Some(Declines)),
        ("afterwards", young, &unverified, None),
    ];
    for (at, &(list, found, said, expected)) in rows.iter().enumerate() {
        let id = format!("prisoner-{at}");
        nominate(&mut house, list, &[&id]);
        if let Some((category, found)) = found {
            step(&mut house, "north", &id, "2025-01-10", &evaluated(category, found));
        }
        if !said.is_empty() {
            step(&mut house, "observer", &id, "2025-01-11", said);
        }
        let mut of_will = view(&house, &id).obstacles;
        of_will.retain(|obstacle| obstacle.invariant() == Some(43));
        assert_eq!(of_will, Vec::from_iter(expected), "{list}, {found:?}, {said}");
    }
    house.check();
}

#[test]
fn whether_one_can_travel_is_asked_of_the_wounded_and_sick() {
    let mut house = camp();
    let fitness = |house: &House, id: &str| {
        let mut found = view(house, id).obstacles;
        found.retain(|obstacle| obstacle.invariant() == Some(45));
        found
    };
    for (id, category, found, is_asked) in [
        ("wounded", "wounded", "yes", true),
        ("found-not", "wounded", "no", false),
        ("young", "under-25", "yes", false),
    ] {
        nominate(&mut house, "list", &[id]);
        step(&mut house, "north", id, "2025-01-10", &evaluated(category, found));
        assert_eq!(fitness(&house, id) == [Obstacle::FitnessUnknown], is_asked, "{id}");
        assert_eq!(fitness(&house, id).is_empty(), !is_asked, "{id}");
        // Of whomever it is told that they cannot, it stands in the way.
        step(&mut house, "north", id, "2025-01-11", r#"{"fitness":"unfit"}"#);
        assert_eq!(fitness(&house, id), [Obstacle::Unfit], "{id}");
        step(&mut house, "north", id, "2025-01-12", r#"{"fitness":"fit"}"#);
        assert_eq!(fitness(&house, id), [], "{id}");
    }
    house.check();
}

#[test]
fn who_is_not_on_the_list_waits_for_the_receiver_and_not_for_the_list() {
    let mut house = agreed(&["a"]);
    house.person("c");
    tell(
        &mut house,
        "north",
        r#"{"substitute-offered":{"id":"c","list":"list","person":"c","on":"2025-01-15"}}"#,
    );
    let of_list = |house: &House, id: &str| {
        let mut found = view(house, id).obstacles;
        found.retain(|obstacle| obstacle.invariant() == Some(48));
        found
    };
    assert_eq!(of_list(&house, "c"), [Obstacle::NotAccepted]);
    step(&mut house, "south", "c", "2025-01-16", r#""accepted-unlisted""#);
    assert_eq!(of_list(&house, "c"), []);
    assert_eq!(view(&house, "c").status, Some(EntryStatus::AcceptedUnlisted));
    assert_eq!(of_list(&house, "a"), []);
    // Whom one side lets go without return waits for neither.
    draft(&mut house, "goodwill", r#","unilateral":true"#);
    nominate(&mut house, "goodwill", &["g"]);
    assert_eq!(of_list(&house, "g"), []);
    house.check();
}

#[test]
fn an_entry_ends_in_one_of_many_ways() {
    use EntryStatus as Is;
    let ends = [
        ("north", r#"{"refused":"no"}"#, Is::RefusedByHolder),
        ("south", r#"{"refused":"no"}"#, Is::RefusedByReceiver),
        ("north", r#"{"withdrawn":"named by mistake"}"#, Is::Withdrawn),
        ("north", r#"{"died":"not-due"}"#, Is::Died),
        ("north", r#""escaped""#, Is::Escaped),
        ("observer", r#""released""#, Is::Released),
        ("observer", r#"{"accommodated":"observer"}"#, Is::Accommodated),
    ];
    for (teller, what, status) in ends {
        let mut house = agreed(&["a"]);
        clear(&mut house, "a", "wounded");
        step(&mut house, teller, "a", "2025-01-15", what);
        let told = view(&house, "a");
        assert_eq!((told.status, told.obstacles.as_slice()), (Some(status), &[Obstacle::Ended(status)][..]));
        assert!(told.is_ended_otherwise() && !told.is_handed_over(), "{what}");
        assert!(!told.contested, "{what}: it ended in one way");
        let list = house.now().list(the("list")).unwrap();
        assert_eq!(list.short().count(), 1, "{what}: the leg is one short");
        house.check();
    }
    // One who declined and is with a neutral custodian does not go either.
    let mut house = agreed(&["a"]);
    step(&mut house, "observer", "a", "2025-01-15", &will("declines", VERIFIED));
    assert!(!view(&house, "a").is_ended_otherwise(), "it may be reversed until the last moment");
    step(&mut house, "observer", "a", "2025-01-21", r#"{"neutral-custody":"observer"}"#);
    let told = view(&house, "a");
    assert!(told.obstacles.contains(&Obstacle::Ended(Is::NeutralCustody)));
    assert!(told.is_ended_otherwise());
    house.check();
}

#[test]
fn two_ends_of_one_entry_contest_each_other() {
    let mut house = agreed(&["a"]);
    for (teller, what, contested) in [
        ("north", r#""escaped""#, false),
        ("observer", r#""escaped""#, false),
        ("south", r#"{"died":"due"}"#, true),
    ] {
        step(&mut house, teller, "a", "2025-01-15", what);
        assert_eq!(view(&house, "a").contested, contested, "{teller} says {what}");
    }
    house.check();
}

/// Whoever is repatriated under GC III 109 to 117 is not employed on active military service; whoever is exchanged may be.
#[test]
fn only_who_is_repatriated_is_kept_from_service() {
    let mut house = camp();
    draft(&mut house, "plain", "");
    let manners = [("exchanged", false), ("repatriated", true), ("unilateral", true), ("unwilling", false)];
    let ids = manners.map(|(manner, _)| manner);
    nominate(&mut house, "plain", &ids);
    freeze(&mut house, "plain", 1, &ids);
    for (manner, restricted) in manners {
        clear(&mut house, manner, "wounded");
        assert!(!view(&house, manner).service_restricted);
        hand_over(&mut house, manner, manner);
        let told = view(&house, manner);
        assert_eq!(told.service_restricted, restricted, "{manner}");
        assert_eq!(told.irregular, manner == "unwilling", "{manner}");
    }
    house.check();
}

#[test]
fn who_was_handed_over_while_unfit_was_so_irregularly() {
    let (fit, unfit) = (r#"{"fitness":"fit"}"#, r#"{"fitness":"unfit"}"#);
    let rows: [(&str, &[Told<'_>], bool); 7] = [
        ("untold", &[], false),
        ("fit", &[("2025-01-15", fit)], false),
        ("unfit", &[("2025-01-15", unfit)], true),
        ("recovered", &[("2025-01-15", unfit), ("2025-01-18", fit)], false),
        ("unfit-on-the-day", &[("2025-01-15", fit), ("2025-01-20", unfit)], true),
        ("ill-afterwards", &[("2025-01-15", fit), ("2025-01-21", unfit)], false),
        ("well-afterwards", &[("2025-01-15", unfit), ("2025-01-21", fit)], true),
    ];
    let ids = rows.map(|(id, ..)| id);
    let mut house = agreed(&ids);
    for (id, told, irregular) in rows {
        for (on, what) in told {
            step(&mut house, "north", id, on, what);
        }
        assert!(!view(&house, id).irregular, "{id}: nobody was handed over yet");
        hand_over(&mut house, id, "exchanged");
        assert_eq!(view(&house, id).irregular, irregular, "{id}");
    }
    house.check();
}

#[test]
fn all_accept_only_what_each_side_tells() {
    let mut house = agreed(&["both", "apart", "alone", "home", "at-odds"]);
    let fitness = |what: &str| format!(r#"{{"fitness":"{what}"}}"#);
    for (id, north, south) in
        [("both", "unfit", Some("unfit")), ("apart", "unfit", Some("fit")), ("alone", "unfit", None)]
    {
        step(&mut house, "north", id, "2025-01-15", &fitness(north));
        if let Some(south) = south {
            step(&mut house, "south", id, "2025-01-15", &fitness(south));
        }
        let north = by(&house, According::To(the("north")), id);
        assert_eq!(north.status, Some(EntryStatus::Deferred), "{id}");
        assert!(north.obstacles.contains(&Obstacle::Unfit), "{id}");
        let all = by(&house, According::AcceptedByAll, id);
        assert_eq!(all.status, (id == "both").then_some(EntryStatus::Deferred), "{id}");
        assert_eq!(all.obstacles.contains(&Obstacle::Unfit), id == "both", "{id}");
    }
    // The same handing over is told alike though one side names its leg, and otherwise where it is of another manner.
    let in_leg = r#"{"handed-over":{"leg":"leg-20-south","manner":"repatriated"}}"#;
    for (id, south, restricted) in [("home", "repatriated", true), ("at-odds", "exchanged", false)] {
        step(&mut house, "observer", id, "2025-01-19", GOES);
        step(&mut house, "north", id, "2025-01-20", in_leg);
        assert!(!by(&house, According::AcceptedByAll, id).service_restricted, "{id}: by one side only");
        step(&mut house, "south", id, "2025-01-20", &handed(south));
        assert_eq!(by(&house, According::AcceptedByAll, id).service_restricted, restricted, "{id}");
    }
    house.check();
}

/// What only one can do is heard by whomever's word; what anybody could tell, by the word that is taken.
#[test]
fn what_only_one_can_do_is_heard_in_every_reading() {
    let words =
        || [According::To(the("north")), According::To(the("south")), According::Neutral, According::Anyone];
    let mut house = asked_for();
    step(&mut house, "north", "a", "2025-01-04", r#"{"holding":"not-held"}"#);
    for word in words() {
        assert_eq!(by(&house, word, "a").status, Some(EntryStatus::DeniedHolding), "{word:?}");
    }
    let mut house = agreed(&["a", "b"]);
    step(&mut house, "observer", "a", "2025-01-12", &will("declines", VERIFIED));
    step(&mut house, "north", "b", "2025-01-12", r#""escaped""#);
    for word in words() {
        assert_eq!(by(&house, word, "a").status, Some(EntryStatus::Declined), "{word:?}");
        let believed = matches!(word, According::Anyone) || word == According::To(the("north"));
        let status = if believed { EntryStatus::Escaped } else { EntryStatus::Agreed };
        assert_eq!(by(&house, word, "b").status, Some(status), "{word:?}");
    }
    house.check();
}

#[test]
fn a_person_is_in_some_categories_and_not_in_others() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    for (category, found) in [("wounded", "yes"), ("under-25", "no")] {
        step(&mut house, "north", "a", "2025-01-06", &evaluated(category, found));
    }
    let mut found = view(&house, "a").categories;
    found.sort_by_key(|standing| standing.found);
    let found: Vec<_> = found.iter().map(|standing| (standing.category, standing.found)).collect();
    assert_eq!(found, [(the("wounded"), Membership::Yes), (the("under-25"), Membership::No)]);
    house.check();
}

#[test]
fn whether_a_category_was_asked_for_its_day_is_known_when_the_day_is() {
    let mut house = camp();
    let definition = r#"{"category":{"id":"ill","kind":"seriously-ill","reference":"transfer"}}"#;
    tell(&mut house, "keeper", definition);
    draft(&mut house, "elsewhere", "");
    nominate(&mut house, "list", &["before", "then", "after"]);
    nominate(&mut house, "elsewhere", &["unknown"]);
    let asked = |house: &mut House, category: &str, id: &str, at: &str| {
        step(
            house,
            "north",
            id,
            "2025-01-06",
            &format!(
                r#"{{"evaluated":{{"category":"{category}","at":"{at}","found":"yes","medical":"manifest"}}}}"#
            ),
        );
    };
    let answered = |house: &House, id: &str| view(house, id).categories[0].at_reference;
    // The list passes in the leg of the 20th; of the other nothing is known.
    for (id, at, known) in [
        ("before", "2025-01-19", Some(false)),
        ("then", "2025-01-20", Some(true)),
        ("after", "2025-01-21", Some(false)),
        ("unknown", "2025-01-20", None),
    ] {
        asked(&mut house, "ill", id, at);
        assert_eq!(answered(&house, id), known, "{id}");
    }
    // What was handed over was so on its own day.
    freeze(&mut house, "list", 1, &["before", "then", "after"]);
    for id in ["before", "then", "after"] {
        step(&mut house, "observer", id, "2025-01-11", GOES);
        step(&mut house, "north", id, "2025-01-21", &handed("exchanged"));
    }
    assert_eq!(
        ["before", "then", "after"].map(|id| answered(&house, id)),
        [Some(false), Some(false), Some(true)]
    );
    // The day of the freeze is not known before it.
    nominate(&mut house, "elsewhere", &["early", "on-the-day", "late"]);
    for (id, at) in [("early", "2025-01-09"), ("on-the-day", "2025-01-10"), ("late", "2025-01-11")] {
        asked(&mut house, "under-25", id, at);
        assert_eq!(answered(&house, id), None, "{id}");
    }
    submit(&mut house, "north", "elsewhere", 1, &["early", "on-the-day", "late"]);
    tell(&mut house, "south", &on_list("accepted", "elsewhere", 1, "2025-01-07"));
    tell(&mut house, "south", &on_list("frozen", "elsewhere", 1, "2025-01-10"));
    assert_eq!(
        ["early", "on-the-day", "late"].map(|id| answered(&house, id)),
        [Some(false), Some(true), Some(false)]
    );
    house.check();
}
