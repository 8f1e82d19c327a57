use alloc::vec::Vec;

use super::*;
use crate::custody::Held;
use crate::entry::{Entry, What};
use crate::house::{House, determined, forces_of, instructed, notice, release, released, the};
use crate::notice::{NoticeEntry, Preference, Unreachable};
use crate::quantity::Unit;
use crate::reading::According;
use crate::reciprocity::Accrual;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::{Division, Found, Human, RemainsEntry};

fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.person("x");
    house.branch("x", 1, Preference::EveryFind);
    house.unit("u-1", "batch");
    house
}

/// A house in which `u-1` may be released.
fn ready() -> House {
    let mut house = house();
    house.decide(&["u-1"], "x", 1);
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 1)));
    house.tell("south", instructed("u-1", "x", Some(1), Wish::Burial));
    house
}

pub(super) fn happened(unit: &str) -> Happened {
    Happened { unit: the(unit), on: the("2025-10-01"), record: None, note: None }
}

pub(super) fn hold(unit: &str) -> DispositionEntry {
    let reason = the("evidence in a criminal case");
    DispositionEntry::JudicialHold(JudicialHold { unit: the(unit), reason, on: the("2025-07-01") })
}

pub(super) fn lift(hold: EntryId) -> DispositionEntry {
    DispositionEntry::HoldLifted(HoldLift { hold, reason: the("the trial is over"), on: the("2025-09-15") })
}

fn temporary(unit: &str) -> TemporaryBurial {
    let grave = Grave {
        number: the("214"),
        individual: true,
        marked: true,
        code: Some(the(unit)),
        register: Some(the("register-214")),
    };
    let (photographs, records) = (Some(the("photographs-1")), Some(the("records-1")));
    TemporaryBurial { unit: the(unit), grave, photographs, records, on: the("2026-06-20") }
}

fn exhumation(unit: &str) -> Exhumation {
    Exhumation {
        unit: the(unit),
        permit: the("permit-3"),
        reason: ExhumationReason::Identification,
        home_notice: None,
        on: the("2027-06-20"),
    }
}

fn rest(house: &House, unit: &str) -> Option<Rest> {
    house.to("south").disposition(the(unit)).unwrap().rest
}

#[test]
fn each_condition_of_a_release_refuses_in_its_order() {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.person("x");
    house.opened("a", "batch", &[("u-1", Human::Yes)], 0);
    let refused = |house: &mut House, entry: DispositionEntry| match house.refused("south", entry) {
        Refusal::Disposition(refusal) => refusal,
        other => panic!("{other}"),
    };
    let to = |house: &mut House| refused(house, released("u-1"));
    assert_eq!(to(&mut house), DispositionRefusal::NotIdentified(the("u-1")));
    house.decide(&["u-1"], "x", 1);
    assert_eq!(to(&mut house), DispositionRefusal::FamilyNotTold { unit: the("u-1"), branch: None });
    for branch in [1, 2] {
        house.branch("x", branch, Preference::EveryFind);
    }
    for branch in [1, 2] {
        let expected = DispositionRefusal::FamilyNotTold { unit: the("u-1"), branch: Some(Branch(branch)) };
        assert_eq!(to(&mut house), expected);
        house.tell("south", NoticeEntry::Notified(notice("u-1", "x", branch)));
    }
    assert_eq!(to(&mut house), DispositionRefusal::NoInstruction(the("u-1")));
    house.tell("south", instructed("u-1", "x", None, Wish::Burial));
    assert_eq!(to(&mut house), DispositionRefusal::NoInstruction(the("u-1")), "no authority in place of kin");
    house.tell("south", instructed("u-1", "x", Some(1), Wish::Burial));
    house.tell("south", instructed("u-1", "x", Some(2), Wish::Cremation));
    assert_eq!(to(&mut house), DispositionRefusal::KinDisagree(the("u-1")));
    house.tell("south", instructed("u-1", "x", Some(2), Wish::Burial));
    let other = Release { to: the("another-desk"), ..release("u-1") };
    let expected = DispositionRefusal::ToAnother { expected: the("family-desk"), found: the("another-desk") };
    assert_eq!(refused(&mut house, DispositionEntry::Released(other)), expected);
    let placed = house.tell("court", hold("u-1"));
    assert_eq!(to(&mut house), DispositionRefusal::UnderJudicialHold { unit: the("u-1"), hold: placed });
    let expected =
        DispositionRefusal::NotItsOrgan { hold: placed, expected: the("court"), found: the("south") };
    assert_eq!(refused(&mut house, lift(placed)), expected);
    let by = house.tell("court", lift(placed));
    let again = house.refused("court", lift(placed));
    assert_eq!(again, DispositionRefusal::LiftedAlready { hold: placed, by }.into());
    for wrong in [
        Release { code_on_remains: the("u-7"), ..release("u-1") },
        Release { code_on_decision: the("u-7"), ..release("u-1") },
    ] {
        let expected = DispositionRefusal::CodeDiffers { expected: the("u-1"), found: the("u-7") };
        assert_eq!(refused(&mut house, DispositionEntry::Released(wrong)), expected);
    }
    let sample = to(&mut house);
    assert_eq!((sample.rule().invariant, sample), (Some(37), DispositionRefusal::NoSample(the("u-1"))));
    assert_eq!(rest(&house, "u-1"), None, "nothing of this moved them");
    house.check();
}

#[test]
fn the_course_leads_where_it_leads() {
    let mut house = ready();
    let nobody = house.refused("press", released("u-1"));
    assert_eq!(nobody, DispositionRefusal::NoAuthority(the("press")).into());
    let not_from_here = |house: &mut House, entry: DispositionEntry| {
        let refused = house.refused("south", entry);
        assert!(matches!(refused, Refusal::Disposition(DispositionRefusal::NotFromHere { .. })), "{refused}");
    };
    not_from_here(&mut house, DispositionEntry::Buried(happened("u-1")));
    not_from_here(&mut house, DispositionEntry::TakenBack(happened("u-1")));
    not_from_here(&mut house, DispositionEntry::RequestEnded(happened("u-1")));
    not_from_here(&mut house, DispositionEntry::Exhumed(exhumation("u-1")));
    let reason = CremationReason::WishOfKin;
    let cremation = Cremation { unit: the("u-1"), reason, on: the("2025-10-01") };
    not_from_here(&mut house, DispositionEntry::Cremated(cremation.clone()));
    let early = Release { on: the("2025-06-30"), ..release("u-1") };
    let refused = house.refused("south", DispositionEntry::Released(early));
    assert!(matches!(refused, Refusal::Disposition(DispositionRefusal::TooEarly { .. })), "{refused}");
    house.tell("south", released("u-1"));
    not_from_here(&mut house, released("u-1"));
    house.tell("south", DispositionEntry::TakenBack(happened("u-1")));
    house.tell("south", DispositionEntry::Released(Release { on: the("2025-10-02"), ..release("u-1") }));
    let early = Happened { on: the("2025-10-01"), ..happened("u-1") };
    let refused = house.refused("south", DispositionEntry::Buried(early));
    assert!(matches!(refused, Refusal::Disposition(DispositionRefusal::TooEarly { .. })), "{refused}");
    house.tell("south", DispositionEntry::Cremated(Cremation { on: the("2025-10-03"), ..cremation }));
    assert_eq!(rest(&house, "u-1"), Some(Rest::Cremated));
    not_from_here(&mut house, DispositionEntry::Exhumed(exhumation("u-1")));
    let unknown =
        DispositionEntry::HoldLifted(HoldLift { hold: the("e-1"), reason: the("x"), on: the("2025-10-01") });
    let refused = house.refused("south", unknown);
    assert!(
        matches!(refused, Refusal::Entry(EntryRefusal::NoSuch { kind: "judicial hold", .. })),
        "{refused}"
    );
    house.check();
}

#[test]
fn a_grave_that_was_released_on_a_revoked_decision_stays_and_is_marked() {
    let mut house = ready();
    house.tell("south", released("u-1"));
    house.tell("south", DispositionEntry::Buried(happened("u-1")));
    assert!(house.to("south").affected_releases().is_empty());
    let revoked = house.revoke("u-1", 2);
    let view = house.to("south").affected_releases().remove(0);
    assert_eq!((view.rest, view.affected_by), (Some(Rest::Buried), Some(revoked)), "nothing is undone");
    let exhumed = Exhumation { reason: ExhumationReason::Misidentification, ..exhumation("u-1") };
    house.tell("south", DispositionEntry::Exhumed(exhumed));
    assert_eq!(rest(&house, "u-1"), Some(Rest::Held));
    assert!(house.to("south").affected_releases().is_empty(), "it rests on that release no more");
    assert_eq!(house.refused("south", released("u-1")), DispositionRefusal::NotIdentified(the("u-1")).into());
    house.check();
}

#[test]
fn edge_34_identified_and_not_released() {
    let mut house = ready();
    // The family waits for more to be found.
    let (person, on) = (the("x"), the("2025-09-11"));
    let request = FamilyRequest { unit: the("u-1"), person, branch: Branch(1), on };
    let unknown = FamilyRequest { branch: Branch(9), ..request.clone() };
    let refused = house.refused("south", DispositionEntry::HeldAtFamilyRequest(unknown));
    assert_eq!(refused, DispositionRefusal::NoSuchBranch { person, branch: Branch(9) }.into());
    house.tell("south", DispositionEntry::HeldAtFamilyRequest(request));
    assert_eq!(rest(&house, "u-1"), Some(Rest::HeldAtFamilyRequest));
    house.refused("south", released("u-1"));
    let ended = Happened { on: the("2025-09-12"), ..happened("u-1") };
    house.tell("south", DispositionEntry::RequestEnded(ended));
    // A court holds them as evidence.
    let placed = house.tell("court", hold("u-1"));
    let holds: Vec<_> =
        house.to("south").judicial_holds().into_iter().map(|hold| (hold.entry, hold.by)).collect();
    assert_eq!(holds, [(placed, the("court"))]);
    house.refused("south", released("u-1"));
    house.tell("court", lift(placed));
    assert!(house.to("south").judicial_holds().is_empty());
    // Next of kin disagree with each other, until a court settles it.
    house.branch("x", 2, Preference::EveryFind);
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 2)));
    house.tell("south", instructed("u-1", "x", Some(2), Wish::BurialByOthers));
    assert_eq!(house.refused("south", released("u-1")), DispositionRefusal::KinDisagree(the("u-1")).into());
    let (wish, to, record) = (Wish::Burial, the("family-desk"), the("judgment-5"));
    let settled = Settlement { unit: the("u-1"), person, wish, to, record, on: the("2025-09-18") };
    house.tell("court", DispositionEntry::KinSettled(settled));
    house.tell("south", released("u-1"));
    assert_eq!(rest(&house, "u-1"), Some(Rest::Released));
    assert_eq!(house.to("north").disposition(the("u-1")).unwrap().rest, None, "North says nothing of it");
    assert_eq!(house.reading(According::AcceptedByAll).disposition(the("u-1")).unwrap().rest, None);
    house.check();
}

#[test]
fn edge_35_nobody_to_tell_is_released_by_a_decision_in_writing() {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.person("x");
    house.unit("u-1", "batch");
    house.decide(&["u-1"], "x", 1);
    let nobody = |decision: Option<&str>| {
        let (person, on) = (the("x"), the("2025-07-05"));
        Unreachable { person, branch: None, decision: decision.map(the), on, note: None }
    };
    house.tell("south", NoticeEntry::NoKinKnown(nobody(None)));
    let expected = DispositionRefusal::FamilyNotTold { unit: the("u-1"), branch: None };
    assert_eq!(house.refused("south", released("u-1")), expected.into());
    house.tell("south", NoticeEntry::NoKinKnown(nobody(Some("decision-7"))));
    house.refused("south", released("u-1"));
    house.tell("south", instructed("u-1", "x", None, Wish::BurialByOthers));
    house.tell("south", released("u-1"));
    house.check();

    let mut house = ready();
    house.branch("x", 2, Preference::EveryFind);
    let danger = Unreachable { branch: Some(Branch(2)), ..nobody(None) };
    house.tell("south", NoticeEntry::ContactEndangersKin(danger.clone()));
    let expected = DispositionRefusal::FamilyNotTold { unit: the("u-1"), branch: Some(Branch(2)) };
    assert_eq!(house.refused("south", released("u-1")), expected.into());
    let danger = Unreachable { decision: Some(the("decision-8")), ..danger };
    house.tell("south", NoticeEntry::ContactEndangersKin(danger));
    house.tell("south", released("u-1"));
    house.check();
}

#[test]
fn edge_37_temporary_grave_number_214() {
    let mut house = house();
    let entry = |burial: TemporaryBurial| DispositionEntry::TemporarilyBuried(burial);
    let grave = |how: fn(&mut Grave)| {
        let mut burial = temporary("u-1");
        how(&mut burial.grave);
        burial
    };
    for (burial, expected) in [
        (
            TemporaryBurial { photographs: None, ..temporary("u-1") },
            DispositionRefusal::RecordsIncomplete(the("u-1")),
        ),
        (
            TemporaryBurial { records: None, ..temporary("u-1") },
            DispositionRefusal::RecordsIncomplete(the("u-1")),
        ),
        (grave(|grave| grave.individual = false), DispositionRefusal::GraveNotItsOwn(the("u-1"))),
        (grave(|grave| grave.marked = false), DispositionRefusal::GraveNotItsOwn(the("u-1"))),
        (
            grave(|grave| grave.code = None),
            DispositionRefusal::CodeNotOnGrave { expected: the("u-1"), found: None },
        ),
        (
            grave(|grave| grave.code = Some(the("u-7"))),
            DispositionRefusal::CodeNotOnGrave { expected: the("u-1"), found: Some(the("u-7")) },
        ),
    ] {
        assert_eq!(house.refused("south", entry(burial)), expected.into());
    }
    house.opened("b", "batch", &[("no-sample", Human::Yes)], 0);
    let refused = house.refused("south", entry(temporary("no-sample")));
    assert_eq!(refused, DispositionRefusal::NoSample(the("no-sample")).into());
    house.opened("c", "batch", &[("no-profile", Human::Yes)], 2);
    let refused = house.refused("south", entry(temporary("no-profile")));
    assert_eq!(refused, DispositionRefusal::NoProfile(the("no-profile")).into());

    let buried = house.tell("south", entry(temporary("u-1")));
    assert_eq!(rest(&house, "u-1"), Some(Rest::TemporarilyBuried));
    house.decide(&["u-1"], "x", 1);
    house.refused("south", released("u-1"));
    house.tell("south", DispositionEntry::Exhumed(exhumation("u-1")));
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 1)));
    house.tell("south", instructed("u-1", "x", Some(1), Wish::Burial));
    house.tell("south", DispositionEntry::Released(Release { on: the("2027-07-01"), ..release("u-1") }));
    house.tell("south", DispositionEntry::Buried(Happened { on: the("2027-07-02"), ..happened("u-1") }));
    let view = house.to("south").disposition(the("u-1")).unwrap();
    let graves: Vec<_> = view.graves.iter().map(|grave| (grave.entry, grave.grave.number.as_str())).collect();
    assert_eq!((view.rest, graves), (Some(Rest::Buried), [(buried, "214")].into()), "the number survives");
    house.check();

    let mut house = ready();
    let refused = house.refused("south", entry(temporary("u-1")));
    assert!(matches!(refused, Refusal::Disposition(DispositionRefusal::Identified { .. })), "{refused}");
}

#[test]
fn the_unidentified_are_cremated_on_a_legal_ground_only() {
    let mut house = house();
    let cremated =
        |reason| DispositionEntry::Cremated(Cremation { unit: the("u-1"), reason, on: the("2025-10-01") });
    for reason in [CremationReason::WishOfKin, CremationReason::Religion, CremationReason::Hygiene] {
        let refused = house.refused("south", cremated(reason.clone()));
        let expected = DispositionRefusal::CremationOfUnidentified(the("u-1"));
        assert_eq!((refused.rule().invariant, refused), (Some(37), expected.into()));
        let mut broken = house.ledger.clone();
        let what = What::Disposition(cremated(reason));
        let entry = Entry { id: the("x"), by: the("south"), said: the("2025-12-31"), source: None, what };
        let _ = broken.replay(&entry).unwrap();
        let rule = crate::invariant::ALL.iter().find(|rule| rule.number == 37).unwrap();
        assert!(rule.check(&broken).is_err());
    }
    let legal = || CremationReason::Legal(the("order-1"));
    let placed = house.tell("court", hold("u-1"));
    let refused = house.refused("south", cremated(legal()));
    assert_eq!(refused, DispositionRefusal::UnderJudicialHold { unit: the("u-1"), hold: placed }.into());
    house.tell("court", lift(placed));
    house.tell("south", cremated(legal()));
    house.check();
}

#[test]
fn the_home_country_is_told_of_an_exhumation() {
    let mut house = house();
    house.tell("south", DispositionEntry::TemporarilyBuried(temporary("u-1")));
    house.tell("south", determined("u-1", forces_of("north")));
    let refused = house.refused("south", DispositionEntry::Exhumed(exhumation("u-1")));
    assert_eq!(refused, DispositionRefusal::HomeNotTold(the("u-1")).into());
    let home_notice = Some(HomeNotice { on: the("2027-05-01"), record: the("note-12") });
    house.tell("south", DispositionEntry::Exhumed(Exhumation { home_notice, ..exhumation("u-1") }));
    house.check();
}

#[test]
fn remains_leave_in_a_transfer_of_their_own_to_the_side_that_is_named() {
    let mut house = house();
    house.unit("u-2", "batch");
    house.transfer("back", Held::Remains(the("u-1")), "south", "north", "2027-07-01");
    house.transfer("on", Held::Container(the("c-u-2")), "south", "east", "2027-07-01");
    let departure = |unit: &str, transfer: &str| Departure {
        unit: the(unit),
        transfer: the(transfer),
        on: the("2027-07-01"),
    };
    for wrong in [
        DispositionEntry::ReturnedToSender(departure("u-2", "back")),
        DispositionEntry::ReturnedToSender(departure("u-2", "on")),
        DispositionEntry::TransferredOnward(departure("u-1", "back")),
    ] {
        let refused = house.refused("south", wrong);
        assert!(
            matches!(refused, Refusal::Disposition(DispositionRefusal::TransferDoesNotFit { .. })),
            "{refused}"
        );
    }
    let placed = house.tell("court", hold("u-1"));
    house.refused("south", DispositionEntry::ReturnedToSender(departure("u-1", "back")));
    house.tell("court", lift(placed));
    house.tell("south", DispositionEntry::ReturnedToSender(departure("u-1", "back")));
    house.tell("south", DispositionEntry::TransferredOnward(departure("u-2", "on")));
    assert_eq!(rest(&house, "u-1"), Some(Rest::ReturnedToSender));
    assert_eq!(rest(&house, "u-2"), Some(Rest::TransferredOnward));
    house.check();
}

#[test]
fn what_was_divided_is_not_released_any_more() {
    let mut house = ready();
    let found = |id: &str| Found { id: the(id), human: Human::Yes, elements: None };
    let into = [found("u-1a"), found("u-1b")].into();
    let division = Division { unit: the("u-1"), on: the("2025-08-01"), into, note: None };
    house.tell("south", What::Remains(RemainsEntry::Divided(division)));
    let refused = house.refused("south", released("u-1"));
    assert!(matches!(refused, Refusal::Remains(_)), "{refused}");
    house.check();
}
