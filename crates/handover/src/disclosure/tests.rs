use alloc::format;

use super::*;
use crate::house::{House, the};
use crate::id::{EntryId, OrganId};
use crate::identification::IdentificationRefusal;
use crate::notice::{Branch, Preference};
use crate::person::{Captivity, Fact, Known, PersonEntry, PersonStatus, StatusAsOf};
use crate::quantity::Unit;
use crate::reciprocity::Accrual;
use crate::refusal::{EntryRefusal, Refusal};

fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.unit("u-1", "batch");
    house.person("x");
    house.branch("x", 1, Preference::EveryFind);
    house
}

const PERSON: fn() -> Datum = || Datum::Person(the("x"));

fn shared(of: Datum, extent: Extent, with: Audience) -> Sharing {
    let (purpose, basis) = (Purpose::AccountingForMissing, LegalBasis::LegalObligation);
    Sharing { of, extent, with, purpose, basis, on: the("2025-07-10"), until: None }
}

fn withheld(of: Datum, from: Audience) -> Withholding {
    Withholding { of, from, why: WhyWithheld::Harm, until: Until::Lifted, on: the("2025-07-10") }
}

fn consent() -> Consent {
    let (to, purposes) = ([Audience::Public].into(), [Purpose::Information].into());
    Consent { person: the("x"), by: Giver::Branch(Branch(1)), to, purposes, on: the("2025-07-11") }
}

fn ended(entry: EntryId, on: &str) -> Ending {
    Ending { entry, on: the(on), reason: None }
}

fn erasure() -> Erasure {
    let (ground, on) = (ErasureGround::Request, the("2026-01-10"));
    Erasure { person: the("x"), records: [the("record")].into(), ground, on, note: None }
}

#[track_caller]
fn refused(house: &mut House, by: &str, entry: DisclosureEntry, with: DisclosureRefusal, rule: Option<u8>) {
    let refusal = house.refused(by, entry);
    assert_eq!((refusal.rule().invariant, refusal), (rule, with.into()));
}

#[test]
fn only_an_authority_decides_on_disclosure_and_an_audience_is_recorded() {
    let mut house = house();
    let sharing = |with| DisclosureEntry::Shared(shared(PERSON(), Extent::Cases, with));
    let refusal = DisclosureRefusal::NoAuthority(the("press"));
    refused(&mut house, "press", sharing(Audience::Public), refusal, Some(56));
    for nobody in [
        Audience::Organ(the("nobody")),
        Audience::Laboratory(the("nobody")),
        Audience::Party(the("nobody")),
        Audience::Family(the("nobody")),
    ] {
        let refusal = house.refused("south", sharing(nobody));
        assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}");
        let refusal = house.refused("south", DisclosureEntry::Withheld(withheld(PERSON(), nobody)));
        assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}");
        let consent = Consent { to: [nobody].into(), ..consent() };
        let refusal = house.refused("south", DisclosureEntry::Consented(consent));
        assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}");
    }
    let until = Withholding { until: Until::Over(the("nothing")), ..withheld(PERSON(), Audience::Public) };
    let refusal = house.refused("south", DisclosureEntry::Withheld(until));
    assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}");
    house.check();
}

#[test]
fn each_audience_is_shown_what_is_fit_for_it() {
    let mut house = house();
    house.person("y");
    let all = [
        PERSON(),
        Datum::Remains(the("u-1")),
        Datum::Batch(the("batch")),
        Datum::Handover(the("h")),
        Datum::Agreement(the("deal")),
    ];
    let fit = |house: &mut House, of: Datum, extent: Extent, with: Audience| {
        let entry = house.tell_or_not("south", DisclosureEntry::Shared(shared(of, extent, with)));
        if let Err(refusal) = &entry {
            assert_eq!(*refusal, DisclosureRefusal::Unfit { of, extent, with }.into());
            assert_eq!(refusal.rule().invariant, Some(59));
        }
        entry.is_ok()
    };
    let fitting = |house: &mut House, with: Audience| {
        let pairs = all.iter().flat_map(|of| [(*of, Extent::Counts), (*of, Extent::Cases)]);
        pairs.filter(|(of, extent)| fit(house, *of, *extent, with)).count()
    };
    // A person and a unit only as cases; batch, handover and agreement as both.
    assert_eq!(fitting(&mut house, Audience::Organ(the("observer"))), 8);
    assert_eq!(fitting(&mut house, Audience::Party(the("north"))), 8);
    // No person, no agreement.
    assert_eq!(fitting(&mut house, Audience::Laboratory(the("court"))), 5);
    // Numbers of three, and one person.
    assert_eq!(fitting(&mut house, Audience::Public), 4);
    assert!(fit(&mut house, PERSON(), Extent::Cases, Audience::Public));
    assert!(!fit(&mut house, Datum::Remains(the("u-1")), Extent::Cases, Audience::Public));
    // A family: its own case alone, and remains only while they are decided to be its person's.
    assert_eq!(fitting(&mut house, Audience::Family(the("x"))), 1);
    assert_eq!(fitting(&mut house, Audience::Family(the("y"))), 0);
    house.decide(&["u-1"], "x", 1);
    assert_eq!(fitting(&mut house, Audience::Family(the("x"))), 2);
    assert_eq!(fitting(&mut house, Audience::Family(the("y"))), 0);
    house.revoke("u-1", 3);
    assert_eq!(fitting(&mut house, Audience::Family(the("x"))), 1);
    house.check();
}

#[test]
fn nothing_is_withheld_from_a_neutral_organ() {
    let mut house = house();
    let observer: OrganId = the("observer");
    for from in [Audience::Organ(observer), Audience::Laboratory(observer)] {
        let entry = DisclosureEntry::Withheld(withheld(PERSON(), from));
        refused(&mut house, "south", entry, DisclosureRefusal::NotFromNeutral(observer), Some(63));
    }
    for from in [
        Audience::Organ(the("north")),
        Audience::Party(the("north")),
        Audience::Family(the("x")),
        Audience::Public,
    ] {
        house.tell("south", DisclosureEntry::Withheld(withheld(PERSON(), from)));
    }
    house.check();
}

#[test]
fn only_its_organ_ends_what_it_decided_and_once() {
    let mut house = house();
    let sharing = DisclosureEntry::Shared(shared(PERSON(), Extent::Cases, Audience::Party(the("north"))));
    let sharing = house.tell("south", sharing);
    let withholding = DisclosureEntry::Withheld(withheld(PERSON(), Audience::Public));
    let withholding = house.tell("south", withholding);
    // Each ending ends its own kind.
    for wrong in [
        DisclosureEntry::Lifted(ended(sharing, "2025-08-01")),
        DisclosureEntry::Unshared(ended(withholding, "2025-08-01")),
        DisclosureEntry::ConsentWithdrawn(ended(sharing, "2025-08-01")),
        DisclosureEntry::Unshared(ended(the("e-0"), "2025-08-01")),
        DisclosureEntry::Unshared(ended(the("nothing"), "2025-08-01")),
    ] {
        let refusal = house.refused("south", wrong);
        assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}");
    }
    for (entry, ends) in [
        (sharing, DisclosureEntry::Unshared as fn(Ending) -> DisclosureEntry),
        (withholding, DisclosureEntry::Lifted),
    ] {
        let (expected, found) = (the("south"), the("north"));
        let refusal = DisclosureRefusal::NotItsOrgan { entry, expected, found };
        refused(&mut house, "north", ends(ended(entry, "2025-08-01")), refusal, Some(59));
        let refusal = DisclosureRefusal::TooEarly { found: the("2025-07-09"), after: entry };
        refused(&mut house, "south", ends(ended(entry, "2025-07-09")), refusal, Some(19));
        let by = house.tell("south", ends(ended(entry, "2025-07-10")));
        let refusal = DisclosureRefusal::EndedAlready { entry, by };
        refused(&mut house, "south", ends(ended(entry, "2025-08-01")), refusal, Some(52));
    }
    house.check();
}

#[test]
fn consent_covers_what_it_names_until_it_is_withdrawn() {
    let mut house = house();
    house.person("y");
    let stranger = Consent { by: Giver::Branch(Branch(7)), ..consent() };
    let refusal = DisclosureRefusal::NoSuchBranch { person: the("x"), branch: Branch(7) };
    refused(&mut house, "south", DisclosureEntry::Consented(stranger), refusal, Some(59));
    for empty in [Consent { to: [].into(), ..consent() }, Consent { purposes: [].into(), ..consent() }] {
        let refusal = DisclosureRefusal::NothingConsented;
        refused(&mut house, "south", DisclosureEntry::Consented(empty), refusal, Some(59));
    }
    let given = house.tell("south", DisclosureEntry::Consented(consent()));
    let by_consent = Sharing {
        purpose: Purpose::Information,
        basis: LegalBasis::Consent(given),
        on: the("2025-07-12"),
        ..shared(PERSON(), Extent::Cases, Audience::Public)
    };
    for other in [
        Sharing { of: Datum::Person(the("y")), ..by_consent },
        Sharing { with: Audience::Party(the("north")), ..by_consent },
        Sharing { purpose: Purpose::CriminalProceedings, ..by_consent },
    ] {
        let refusal = DisclosureRefusal::NotConsented(given);
        refused(&mut house, "south", DisclosureEntry::Shared(other), refusal, Some(59));
    }
    let none = Sharing { basis: LegalBasis::Consent(the("e-0")), ..by_consent };
    let refusal = house.refused("south", DisclosureEntry::Shared(none));
    assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { kind: "consent", .. })), "{refusal}");
    let early = Sharing { on: the("2025-07-10"), ..by_consent };
    let refusal = DisclosureRefusal::TooEarly { found: the("2025-07-10"), after: given };
    refused(&mut house, "south", DisclosureEntry::Shared(early), refusal, Some(19));
    house.tell("south", DisclosureEntry::Shared(by_consent));
    // It is withdrawn before whom its giver likes.
    let by = house.tell("observer", DisclosureEntry::ConsentWithdrawn(ended(given, "2025-09-01")));
    let refusal = DisclosureRefusal::EndedAlready { entry: given, by };
    refused(&mut house, "south", DisclosureEntry::Shared(by_consent), refusal, Some(52));
    let own = Consent { by: Giver::Person, ..consent() };
    house.tell("south", DisclosureEntry::Consented(own));
    house.check();
}

#[test]
fn criminal_proceedings_are_another_purpose() {
    let mut house = house();
    let prosecuting = |basis| {
        let sharing = shared(PERSON(), Extent::Cases, Audience::Organ(the("court")));
        DisclosureEntry::Shared(Sharing { purpose: Purpose::CriminalProceedings, basis, ..sharing })
    };
    for basis in [LegalBasis::VitalInterest, LegalBasis::PublicInterest, LegalBasis::LegalObligation] {
        let refusal = DisclosureRefusal::OtherPurpose(basis);
        refused(&mut house, "south", prosecuting(basis), refusal, Some(59));
    }
    house.tell("south", prosecuting(LegalBasis::CompellingInterest));
    house.check();
}

#[test]
fn a_rule_on_small_numbers_hides_something() {
    let mut house = house();
    let cells = |below, step| DisclosureEntry::SmallCells(SmallCells { below, step, on: the("2025-07-10") });
    for (below, step) in [(0, 1), (1, 1), (2, 1), (5, 0)] {
        let refusal = DisclosureRefusal::NoThreshold { below, step };
        refused(&mut house, "south", cells(below, step), refusal, Some(60));
    }
    house.tell("south", cells(3, 1));
    house.check();
}

#[test]
fn who_must_be_accounted_for_is_restricted_and_not_erased() {
    let mut house = house();
    let erase = || DisclosureEntry::Erased(erasure());
    let decided = house.decide(&["u-1"], "x", 1);
    let refusal = DisclosureRefusal::MustBeAccountedFor { person: the("x"), by: decided };
    refused(&mut house, "south", erase(), refusal, Some(61));
    house.revoke("u-1", 3);
    let known = |fact| PersonEntry::Known(Known { person: the("x"), fact });
    let status = |status| known(Fact::Status(StatusAsOf { status, as_of: the("2025-05-01") }));
    let captive = Captivity { held_by: the("north"), as_of: the("2025-06-01") };
    for sought in [
        status(PersonStatus::Missing),
        status(PersonStatus::DeceasedDeclared),
        known(Fact::Prisoner(captive)),
    ] {
        let by = house.tell("south", sought);
        // A later word that says nothing of that changes nothing.
        house.tell("south", known(Fact::LastKnownAlive(the("2024-01-01"))));
        let refusal = DisclosureRefusal::MustBeAccountedFor { person: the("x"), by };
        refused(&mut house, "south", erase(), refusal, Some(61));
    }
    house.tell(
        "south",
        DisclosureEntry::Restricted(Restriction {
            person: the("x"),
            ground: RestrictionGround::Accounting,
            on: the("2025-07-10"),
        }),
    );
    // What the other side says of him does not bind this one.
    house.tell("south", known(Fact::FoundAlive(the("2025-12-01"))));
    house.tell("north", status(PersonStatus::Missing));
    house.tell("south", erase());
    house.check();
}

#[test]
fn what_was_erased_is_neither_shared_nor_decided_on_and_the_file_of_the_remains_stays() {
    let mut house = house();
    house.decide(&["u-1"], "x", 1);
    house.revoke("u-1", 3);
    let of_the_remains = Erasure { records: [the("record"), the("s-u-1")].into(), ..erasure() };
    let refusal = DisclosureRefusal::StillNeeded { record: the("s-u-1"), unit: the("u-1") };
    refused(&mut house, "south", DisclosureEntry::Erased(of_the_remains), refusal, Some(61));
    let by = house.tell("south", DisclosureEntry::Erased(erasure()));
    let again = || DisclosureRefusal::ErasedAlready { person: the("x"), by };
    for entry in [
        DisclosureEntry::Erased(erasure()),
        DisclosureEntry::Shared(shared(PERSON(), Extent::Cases, Audience::Party(the("north")))),
        DisclosureEntry::Consented(consent()),
        DisclosureEntry::Restricted(Restriction {
            person: the("x"),
            ground: RestrictionGround::Contested,
            on: the("2026-02-01"),
        }),
    ] {
        refused(&mut house, "south", entry, again(), Some(61));
    }
    // The remains go on: but nothing is decided by a record that is gone.
    house.person("y");
    let evidence = house.evidence("u-1", "y", "record");
    let refusal = house.candidacy_refused("u-1", "y", evidence);
    assert_eq!(refusal.rule().invariant, Some(61));
    assert_eq!(refusal, IdentificationRefusal::EvidenceErased { entry: evidence, by }.into());
    assert!(format!("{refusal}").contains("kept"));
    house.check();
}
