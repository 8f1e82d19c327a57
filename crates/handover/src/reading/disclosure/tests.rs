use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::*;
use crate::disclosure::{
    Consent, Datum, DisclosureEntry, Ending, Erasure, ErasureGround, Extent, Giver, LegalBasis, Purpose,
    Restriction, RestrictionGround, Sharing, SmallCells, Until, WhyWithheld, Withholding,
};
use crate::house::{House, notice, the};
use crate::id::EntryId;
use crate::notice::{Branch, Notice, NoticeEntry, Preference};
use crate::quantity::{Span, Unit};
use crate::reading::According;
use crate::reciprocity::Accrual;
use crate::when::When;

/// Person `x`, of whom `u-1` are the remains, with a branch of a family; `u-2` came in the same batch.
fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.unit("u-1", "batch");
    house.unit("u-2", "batch");
    house.person("x");
    house.branch("x", 1, Preference::EveryFind);
    house.decide(&["u-1"], "x", 1);
    house
}

fn share(house: &mut House, of: Datum, extent: Extent, with: Audience) -> EntryId {
    let (purpose, basis) = (Purpose::Information, LegalBasis::PublicInterest);
    let sharing = Sharing { of, extent, with, purpose, basis, on: the("2025-07-10"), until: None };
    house.tell("south", DisclosureEntry::Shared(sharing))
}

fn withhold(house: &mut House, by: &str, of: Datum, from: Audience, until: Until) -> EntryId {
    let withholding = Withholding { of, from, why: WhyWithheld::Embargo, until, on: the("2025-07-10") };
    house.tell(by, DisclosureEntry::Withheld(withholding))
}

fn lift(house: &mut House, by: &str, entry: EntryId, on: &str) {
    house.tell(by, DisclosureEntry::Lifted(Ending { entry, on: the(on), reason: None }));
}

fn tell_family(house: &mut House) {
    let told = Notice { on: the("2025-07-05"), ..notice("u-1", "x", 1) };
    house.tell("south", NoticeEntry::Notified(told));
}

fn person() -> Datum {
    Datum::Person(the("x"))
}

/// Why the public is not shown the person, or nothing if it is.
fn why(house: &House) -> Vec<Reason> {
    why_not(house, Audience::Public, "2026-06-01")
}

fn why_not(house: &House, audience: Audience, as_of: &str) -> Vec<Reason> {
    let moment = the::<When>(as_of).last_moment().unwrap();
    let reading = house.ledger.reading(According::To(the("south")), moment).unwrap();
    let shown = reading.for_audience(audience).unwrap().person(the("x"));
    shown.map_or_else(|not| not.because, |_| Vec::new())
}

#[test]
fn a_person_is_published_when_the_family_was_told_and_somebody_shares_it_by_right() {
    let mut house = house();
    assert_eq!(why(&house), [Reason::NotShared, Reason::NotTold(Some(Branch(1)))]);
    tell_family(&mut house);
    assert_eq!(why(&house), [Reason::NotShared]);
    let shared = share(&mut house, person(), Extent::Cases, Audience::Public);
    assert_eq!(why(&house), []);
    house.check();
    // Before the day on which it was decided it was not.
    assert_eq!(why_not(&house, Audience::Public, "2025-07-09"), [Reason::NotShared]);
    assert_eq!(why_not(&house, Audience::Public, "2025-07-10"), []);
    // A second branch becomes known, which was not told.
    house.branch("x", 2, Preference::EveryFind);
    assert_eq!(why(&house), [Reason::NotTold(Some(Branch(2)))]);
    let told = Notice { on: the("2025-07-06"), ..notice("u-1", "x", 2) };
    house.tell("south", NoticeEntry::Notified(told));
    assert_eq!(why(&house), []);
    let public = house.to("south").for_audience(Audience::Public).unwrap();
    let case = public.person(the("x")).unwrap();
    assert_eq!((case.audience(), case.shown().person), (Audience::Public, the("x")));
    assert_eq!((case.shown().identified_by.as_slice(), case.shown().remains.len()), (&[the("south")][..], 0));
    assert_eq!(public.persons().count(), 1);
    assert_eq!(public.units().count(), 0);
    house.check();
    let ends = Ending { entry: shared, on: the("2025-08-01"), reason: None };
    house.tell("south", DisclosureEntry::Unshared(ends));
    assert_eq!(why(&house), [Reason::NotShared]);
    let sharings = house.to("south").sharings();
    assert_eq!(sharings.len(), 1);
    assert!(!sharings[0].in_force && sharings[0].ended_by.is_some() && sharings[0].by == the("south"));
    house.check();
}

#[test]
fn an_embargo_stands_until_each_side_has_lifted_its_own() {
    let mut house = house();
    tell_family(&mut house);
    share(&mut house, person(), Extent::Cases, Audience::Public);
    let public = Audience::Public;
    let south = withhold(&mut house, "south", Datum::Agreement(the("deal")), public, Until::Lifted);
    let north = withhold(&mut house, "north", Datum::Handover(the("h")), public, Until::Lifted);
    let by = |entry| Reason::Withheld { by: entry, why: WhyWithheld::Embargo };
    let both = why(&house);
    assert!(both.len() == 2 && both.contains(&by(south)) && both.contains(&by(north)), "{both:?}");
    lift(&mut house, "south", south, "2025-08-01");
    assert_eq!(why(&house), [by(north)]);
    lift(&mut house, "north", north, "2025-08-02");
    assert_eq!(why(&house), []);
    // As of a day on which it stood it still did.
    assert_eq!(why_not(&house, public, "2025-08-01").len(), 1);
    assert!(why_not(&house, public, "2025-07-20").len() == 2);
    let views = house.to("south").withholdings();
    assert_eq!(views.iter().map(|view| view.in_force).collect::<Vec<_>>(), [false, false]);
    assert!(views.iter().all(|view| view.lifted_by.is_some()));
    // Until a time, and until a handover is over.
    withhold(&mut house, "south", Datum::Batch(the("batch")), public, Until::Past(the("2025-09-30")));
    assert_eq!(why_not(&house, public, "2025-09-30"), []);
    assert_eq!(why_not(&house, public, "2025-09-29").len(), 1);
    withhold(&mut house, "south", Datum::Remains(the("u-1")), public, Until::Over(the("h")));
    assert_eq!(why(&house), []);
    house.check();
}

#[test]
fn what_covers_several_remains_of_a_person_is_told_once() {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.unit("u-1", "batch");
    house.unit("u-2", "batch");
    house.person("x");
    house.branch("x", 1, Preference::EveryFind);
    for (unit, day) in [("u-1", 1), ("u-2", 2)] {
        house.decide(&[unit], "x", day);
        let told = Notice { on: the("2025-07-05"), ..notice(unit, "x", 1) };
        house.tell("south", NoticeEntry::Notified(told));
    }
    share(&mut house, person(), Extent::Cases, Audience::Public);
    let by = withhold(&mut house, "south", Datum::Batch(the("batch")), Audience::Public, Until::Lifted);
    assert_eq!(why(&house), [Reason::Withheld { by, why: WhyWithheld::Embargo }]);
    house.check();
}

#[test]
fn what_is_withheld_from_anyone_is_not_published_and_nothing_from_who_is_not_concerned() {
    let mut house = house();
    tell_family(&mut house);
    for with in [Audience::Public, Audience::Party(the("north")), Audience::Organ(the("observer"))] {
        share(&mut house, person(), Extent::Cases, with);
    }
    let north = Audience::Party(the("north"));
    withhold(&mut house, "south", person(), Audience::Organ(the("north")), Until::Lifted);
    let as_of = "2026-06-01";
    assert_eq!(why_not(&house, Audience::Public, as_of).len(), 1, "everybody includes North");
    assert_eq!(why_not(&house, north, as_of).len(), 1, "the party includes its organ");
    assert_eq!(why_not(&house, Audience::Organ(the("north")), as_of).len(), 1);
    assert_eq!(why_not(&house, Audience::Organ(the("observer")), as_of), []);
    // What a party is shown its organs are shown; another party's are not.
    assert_eq!(why_not(&house, Audience::Organ(the("court")), as_of), [], "the public is everybody");
    assert_eq!(
        why_not(&house, Audience::Laboratory(the("court")), as_of).len(),
        2,
        "a laboratory works blind"
    );
    house.check();
}

#[test]
fn what_a_party_is_shown_its_organs_are() {
    let mut house = house();
    share(&mut house, Datum::Batch(the("batch")), Extent::Cases, Audience::Party(the("south")));
    for (audience, persons, units) in [
        (Audience::Party(the("south")), 1, 2),
        (Audience::Organ(the("court")), 1, 2),
        (Audience::Organ(the("north")), 0, 0),
        (Audience::Party(the("north")), 0, 0),
        (Audience::Family(the("x")), 0, 0),
        (Audience::Laboratory(the("court")), 0, 0),
        (Audience::Public, 0, 0),
    ] {
        let shown = house.to("south").for_audience(audience).unwrap();
        assert_eq!((shown.persons().count(), shown.units().count()), (persons, units), "{audience}");
    }
    // A unit alone tells nobody whose it is.
    share(&mut house, Datum::Remains(the("u-1")), Extent::Cases, Audience::Party(the("north")));
    let north = house.to("south").for_audience(Audience::Party(the("north"))).unwrap();
    assert_eq!(north.persons().count(), 0);
    let unit = north.unit(the("u-1")).unwrap();
    assert_eq!((unit.shown().person, unit.shown().batch), (None, Some(the("batch"))));
    let south = house.to("south").for_audience(Audience::Party(the("south"))).unwrap();
    assert_eq!(south.unit(the("u-1")).unwrap().shown().person, Some(the("x")));
    assert_eq!(south.unit(the("u-2")).unwrap().shown().person, None);
    house.check();
}

#[test]
fn a_laboratory_works_blind_and_a_family_sees_its_own_case() {
    let mut house = house();
    house.person("y");
    let laboratory = Audience::Laboratory(the("court"));
    share(&mut house, Datum::Batch(the("batch")), Extent::Cases, laboratory);
    let shown = house.to("south").for_audience(laboratory).unwrap();
    let unit = shown.unit(the("u-1")).unwrap();
    let RemainsShown { batch, identification, person: of, .. } = *unit.shown();
    assert_eq!((batch, identification, of), (None, None, None));
    assert_eq!((shown.units().count(), shown.persons().count()), (2, 0));
    let family = Audience::Family(the("x"));
    share(&mut house, person(), Extent::Cases, family);
    let shown = house.to("south").for_audience(family).unwrap();
    let case = shown.person(the("x")).unwrap();
    assert_eq!(case.shown().remains.iter().map(|remains| remains.unit).collect::<Vec<_>>(), [the("u-1")]);
    let another = shown.person(the("y")).unwrap_err();
    assert_eq!(another.because, [Reason::NotForThisAudience]);
    assert!(house.to("south").for_audience(Audience::Family(the("nobody"))).is_err());
    house.check();
}

#[test]
fn the_living_are_published_by_their_own_consent_as_long_as_it_stands() {
    let mut house = house();
    house.person("y");
    house.branch("y", 1, Preference::EveryFind);
    let of = Datum::Person(the("y"));
    let why = |house: &House| {
        let shown = house.to("south").for_audience(Audience::Public).unwrap().person(the("y"));
        shown.map_or_else(|not| not.because, |_| Vec::new())
    };
    let shared = |house: &mut House, by: Giver| {
        let consent = Consent {
            person: the("y"),
            by,
            to: [Audience::Public].into(),
            purposes: [Purpose::Information].into(),
            on: the("2025-07-10"),
        };
        let given = house.tell("south", DisclosureEntry::Consented(consent));
        let sharing = Sharing {
            of,
            extent: Extent::Cases,
            with: Audience::Public,
            purpose: Purpose::Information,
            basis: LegalBasis::Consent(given),
            on: the("2025-07-10"),
            until: Some(the("2030")),
        };
        house.tell("south", DisclosureEntry::Shared(sharing));
        given
    };
    share(&mut house, of, Extent::Cases, Audience::Public);
    assert_eq!(why(&house), [Reason::NoConsentOfTheLiving]);
    shared(&mut house, Giver::Branch(Branch(1)));
    let as_of = |house: &House, day: &str| {
        let moment = the::<When>(day).last_moment().unwrap();
        let reading = house.ledger.reading(According::To(the("south")), moment).unwrap();
        reading.for_audience(Audience::Public).unwrap().person(the("y")).is_ok()
    };
    assert!(!as_of(&house, "2026-01-01"), "the family does not consent for the living");
    let given = shared(&mut house, Giver::Person);
    assert!(as_of(&house, "2026-01-01"));
    assert!(as_of(&house, "2030-12-30") && !as_of(&house, "2031-01-01"), "it may be kept until 2030");
    let ends = Ending { entry: given, on: the("2026-02-01"), reason: None };
    house.tell("observer", DisclosureEntry::ConsentWithdrawn(ends));
    assert!(as_of(&house, "2026-01-01") && !as_of(&house, "2026-02-01"));
    house.check();
}

#[test]
fn a_restricted_file_opens_to_what_the_law_demands_and_an_erased_one_to_nobody() {
    let mut house = house();
    tell_family(&mut house);
    let court = Audience::Organ(the("court"));
    share(&mut house, person(), Extent::Cases, court);
    share(&mut house, person(), Extent::Cases, Audience::Public);
    let restriction =
        Restriction { person: the("x"), ground: RestrictionGround::Evidence, on: the("2025-08-01") };
    let by = house.tell("south", DisclosureEntry::Restricted(restriction));
    assert_eq!(why(&house), [Reason::Restricted(by)]);
    assert_eq!(why_not(&house, court, "2026-06-01"), [Reason::Restricted(by)]);
    assert_eq!(why_not(&house, court, "2025-07-31"), []);
    let sharing = Sharing {
        of: person(),
        extent: Extent::Cases,
        with: court,
        purpose: Purpose::CriminalProceedings,
        basis: LegalBasis::CompellingInterest,
        on: the("2025-08-02"),
        until: None,
    };
    house.tell("south", DisclosureEntry::Shared(sharing));
    assert_eq!(why_not(&house, court, "2026-06-01"), []);
    house.check();
    house.revoke("u-1", 3);
    let erasure = Erasure {
        person: the("x"),
        records: [].into(),
        ground: ErasureGround::RetentionOver,
        on: the("2026-01-10"),
        note: None,
    };
    let by = house.tell("south", DisclosureEntry::Erased(erasure));
    assert_eq!(why_not(&house, court, "2026-06-01"), [Reason::Erased(by)]);
    assert_eq!(why_not(&house, court, "2026-01-09"), []);
    // The remains are still there.
    assert_eq!(house.to("south").remains().units, Span::exactly(2));
    house.check();
}

#[test]
fn small_numbers_are_published_as_what_they_look_like() {
    let mut house = house();
    let funnel = |house: &House, audience| {
        let shown = house.to("south").for_audience(audience).unwrap().funnel_of_batch(the("batch"));
        shown.map(|shown| shown.shown().clone()).map_err(|not| not.because)
    };
    let (public, party) = (Audience::Public, Audience::Party(the("north")));
    assert_eq!(funnel(&house, public), Err([Reason::NotShared, Reason::NoRuleOnSmallNumbers].into()));
    share(&mut house, Datum::Batch(the("batch")), Extent::Counts, public);
    assert_eq!(funnel(&house, public), Err([Reason::NoRuleOnSmallNumbers].into()));
    let cells = |below, step, on| DisclosureEntry::SmallCells(SmallCells { below, step, on: the(on) });
    house.tell("south", cells(3, 1, "2025-07-10"));
    let shown = funnel(&house, public).unwrap();
    let figure = |least, most| FigureShown { least, most: Some(most) };
    assert_eq!((shown.units, shown.identified, shown.notified), (figure(1, 2), figure(0, 2), figure(0, 1)));
    assert!(!shown.units.contains(0) && shown.units.contains(2) && !shown.units.contains(3));
    house.check();
    // A party sees them as they are.
    share(&mut house, Datum::Agreement(the("deal")), Extent::Counts, party);
    assert_eq!(funnel(&house, party).unwrap().units, figure(2, 2));
    assert_eq!(funnel(&house, Audience::Family(the("x"))).unwrap_err(), [Reason::NotForThisAudience]);
    // The strictest counts, and of one authority the latest.
    house.tell("north", cells(10, 5, "2025-07-10"));
    house.tell("south", cells(3, 1, "2025-07-11"));
    let rule = house.to("south").rule_on_small_numbers();
    assert_eq!(rule, Some(CellRule { below: 10, step: 5 }));
    assert_eq!(funnel(&house, public).unwrap().units, figure(1, 9));
    house.check();
}

#[test]
fn a_rule_hides_what_is_left_over_and_tells_no_lie() {
    for below in 3..8 {
        for step in 1..6 {
            let rule = CellRule { below, step };
            for whole in 0..40_u64 {
                let shown = rule.hide(Span::exactly(whole));
                assert!(shown.contains(whole), "{rule:?} {whole}");
                let small = (1..u64::from(below)).contains(&whole);
                assert!(
                    !small || (shown.lo(), shown.hi()) == (1, Some(u64::from(below) - 1)),
                    "{rule:?} {whole}"
                );
                for part in 0..=whole {
                    let of_part = rule.hide_part(Span::exactly(part), Span::exactly(whole));
                    assert!(of_part.contains(part), "{rule:?} {part} of {whole}");
                    // Whoever knows the whole cannot tell a small rest from another small rest.
                    let rest = whole - part;
                    if (1..u64::from(below)).contains(&rest) && shown.only().is_some() {
                        assert!(of_part.only().is_none(), "{rule:?} {part} of {whole}");
                    }
                }
            }
        }
    }
    let rule = CellRule { below: 5, step: 1 };
    assert_eq!(rule.hide(Span::at_least(3)), Span::at_least(1));
    assert_eq!(rule.hide(Span::new(0, 3).unwrap()), Span::new(0, 4).unwrap());
    assert_eq!(rule.hide_part(Span::exactly(97), Span::exactly(100)), Span::new(96, 99).unwrap());
    assert_eq!(rule.hide_part(Span::exactly(50), Span::exactly(100)), Span::exactly(50));
}

#[test]
fn what_was_not_published_is_shown_by_who_shares_it_and_places_never_to_the_public() {
    let mut house = house();
    house.count_of_leg("south", 12);
    let as_shown = |house: &House, audience| {
        let shown = house.to("south").for_audience(audience).unwrap();
        let leg = shown.leg(the("leg")).map(|leg| leg.shown().passed);
        (leg.map_err(|not| not.because), shown.legs().count(), shown.slots().count())
    };
    let (public, party) = (Audience::Public, Audience::Party(the("north")));
    assert_eq!(as_shown(&house, public), (Err([Reason::NotShared].into()), 0, 0));
    share(&mut house, Datum::Handover(the("h")), Extent::Counts, public);
    let figure = FigureShown { least: 12, most: Some(12) };
    assert_eq!(as_shown(&house, public), (Ok(figure), 1, 1));
    let embargo = withhold(&mut house, "north", Datum::Handover(the("h")), public, Until::Lifted);
    let (leg, legs, slots) = as_shown(&house, public);
    let withheld = Reason::Withheld { by: embargo, why: WhyWithheld::Embargo };
    assert_eq!((leg, legs, slots), (Err([withheld].into()), 0, 0));
    assert_eq!(as_shown(&house, party), (Ok(figure), 1, 1), "the public's embargo is not a party's");
    house.check();
}

#[test]
fn a_refusal_to_show_says_all_that_stands_in_the_way() {
    let house = house();
    let not = house.to("south").for_audience(Audience::Public).unwrap().person(the("x")).unwrap_err();
    assert_eq!(
        not.to_string(),
        "expected what may be shown, found that nobody shared it with this audience; branch `1` of the family was not told"
    );
    let not = house.to("south").for_audience(Audience::Public).unwrap().person(the("nobody")).unwrap_err();
    assert!(not.to_string().contains("it is not recorded: expected person `nobody`"), "{not}");
    let all = [
        Reason::Withheld { by: the("e"), why: WhyWithheld::Harm },
        Reason::Withheld { by: the("e"), why: WhyWithheld::Security },
        Reason::Erased(the("e")),
        Reason::Restricted(the("e")),
        Reason::ConsentWithdrawn(the("e")),
        Reason::NotTold(None),
        Reason::NoConsentOfTheLiving,
        Reason::NotForThisAudience,
        Reason::NoRuleOnSmallNumbers,
    ];
    let texts: alloc::collections::BTreeSet<_> = all.iter().map(|reason| format!("{reason}")).collect();
    assert_eq!(texts.len(), all.len());
}
