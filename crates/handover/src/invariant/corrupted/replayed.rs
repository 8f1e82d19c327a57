//! Entries that admission refuses, in a journal that was tampered with.

use alloc::vec::Vec;

use super::{Broken, Story};
use crate::affiliation::{AffiliationEntry, SetOff};
use crate::claim::{Statement, Subject};
use crate::closure::{Case, CaseStatement, ClosureEntry};
use crate::custody::{CustodyEntry, Held, Transfer};
use crate::disclosure::{
    Audience, Datum, DisclosureEntry, Erasure, ErasureGround, Extent, LegalBasis, Purpose, Sharing,
    SmallCells, Until, WhyWithheld, Withholding,
};
use crate::entry::{Entry, What};
use crate::house::{House, policy, released, the};
use crate::identification::{
    Conclusion, Decision, Evidence, Exclusion, Grounds, IdentificationEntry, Line, Officer, Policy,
};
use crate::invariant::tests::{claim, entry, ledger};
use crate::party::{PartyEntry, Precedence};
use crate::person::{Fact, Known, PersonEntry, Sex};
use crate::quantity::Unit;
use crate::reciprocity::{Accrual, Reciprocity};

/// Each breaks what it says.
pub(super) const STORIES: &[Story] = &[
    a_pledge_in_return_and_an_order_of_others,
    what_one_side_alone_agreed,
    a_witness_who_takes_custody,
    a_decision_on_an_impression,
    a_decision_against_what_is_known,
    two_policies_in_the_place_of_one,
    a_release_without_a_sample,
    a_case_that_nobody_said_when_to_close,
    disclosure_without_right,
];

fn house() -> House {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    house.unit("u-1", "batch");
    house.person("x");
    house
}

fn disclosure_without_right(broken: &mut Broken) {
    let mut house = house();
    let on = the("2026-01-10");
    let sharing = Sharing {
        of: Datum::Person(the("x")),
        extent: Extent::Cases,
        with: Audience::Public,
        purpose: Purpose::Information,
        basis: LegalBasis::PublicInterest,
        on,
        until: None,
    };
    broken.replayed(&house.ledger, 59, &by("press", DisclosureEntry::Shared(sharing)));
    let whole = Sharing { of: Datum::Batch(the("batch")), ..sharing };
    broken.replayed(&house.ledger, 59, &by("south", DisclosureEntry::Shared(whole)));
    let cells = SmallCells { below: 2, step: 1, on };
    broken.replayed(&house.ledger, 60, &by("south", DisclosureEntry::SmallCells(cells)));
    let withheld = Withholding {
        of: Datum::Person(the("x")),
        from: Audience::Organ(the("observer")),
        why: WhyWithheld::Harm,
        until: Until::Lifted,
        on,
    };
    broken.replayed(&house.ledger, 63, &by("south", DisclosureEntry::Withheld(withheld)));
    let records = [].into();
    let erasure = Erasure { person: the("x"), records, ground: ErasureGround::Request, on, note: None };
    house.tell("south", DisclosureEntry::Erased(erasure));
    broken.replayed(&house.ledger, 61, &by("south", DisclosureEntry::Shared(sharing)));
}

fn by(by: &str, what: impl Into<What>) -> Entry {
    Entry { id: the("tampered"), by: the(by), said: the("2025-12-31"), source: None, what: what.into() }
}

fn a_pledge_in_return_and_an_order_of_others(broken: &mut Broken) {
    let parity = Statement::Reciprocity(Reciprocity::AllForAll { with: the("owed") });
    broken.replayed(&ledger(), 7, &claim("x", "ru-speaker", Subject::Obligation(the("pledge")), parity));
    let organs = [the("ua-organ")].into();
    let precedence = Precedence { party: the("ru"), scope: None, organs };
    let ordered = entry("x", "keeper", What::Party(PartyEntry::Precedence(precedence)));
    broken.replayed(&ledger(), 55, &ordered);
}

fn what_one_side_alone_agreed(broken: &mut Broken) {
    let consented = [the("south")].into();
    let set_off = SetOff { unit: the("u-1"), obligation: the("older"), consented, on: the("2025-07-02") };
    broken.replayed(&house().ledger, 14, &by("south", AffiliationEntry::SetOff(set_off)));
}

fn a_witness_who_takes_custody(broken: &mut Broken) {
    let transfer = Transfer {
        id: the("t"),
        of: Held::Container(the("c-u-1")),
        from: the("south"),
        to: the("observer"),
        witnessed_by: Vec::from([the("observer")]),
        leg: None,
        transport: None,
        note: None,
    };
    broken.replayed(&house().ledger, 25, &by("keeper", What::Custody(CustodyEntry::Introduced(transfer))));
}

fn decision(evidence: crate::id::EntryId) -> IdentificationEntry {
    let officer = |officer| Vec::from([Officer { organ: the("south"), officer: the(officer) }]);
    let (analysts, reviewers) = (officer("analyst"), officer("reviewer"));
    let evidence = Vec::from([evidence]);
    let grounds = Grounds { policy: the("policy"), prior: the("1 in 1000"), evidence, analysts, reviewers };
    let (units, person, on) = (Vec::from([the("u-1")]), the("x"), the("2025-07-20"));
    IdentificationEntry::Decided(Decision { units, person, grounds, on })
}

fn lead(house: &mut House, line: Line) -> crate::id::EntryId {
    let evidence = Evidence {
        units: Vec::from([the("u-1")]),
        person: the("x"),
        line,
        conclusion: Conclusion::Consistent,
        ratio: None,
        record: the("record"),
        run: None,
        on: the("2025-07-01"),
    };
    house.tell("south", IdentificationEntry::Evidence(evidence))
}

fn a_decision_on_an_impression(broken: &mut Broken) {
    let mut house = house();
    let tag = lead(&mut house, Line::Tag);
    for invariant in [30, 31, 32] {
        broken.replayed(&house.ledger, invariant, &by("south", decision(tag)));
    }
}

fn a_decision_against_what_is_known(broken: &mut Broken) {
    let mut house = house();
    let teeth = lead(&mut house, Line::Dental);
    let excluded = Exclusion {
        unit: the("u-1"),
        person: the("x"),
        by: crate::identification::LineKind::Fingerprints,
        record: the("prints"),
        on: the("2025-07-02"),
    };
    house.tell("south", IdentificationEntry::Excluded(excluded));
    house.tell(
        "south",
        What::Person(PersonEntry::Known(Known { person: the("x"), fact: Fact::Sex(Sex::Male) })),
    );
    for invariant in [34, 41] {
        broken.replayed(&house.ledger, invariant, &by("south", decision(teeth)));
    }
}

fn two_policies_in_the_place_of_one(broken: &mut Broken) {
    let mut house = house();
    let newer = |id: &str| {
        IdentificationEntry::Policy(Policy {
            id: the(id),
            supersedes: Some(the("policy")),
            from: the("2026-01-01"),
            threshold: the("0.9999"),
            ..policy()
        })
    };
    house.tell("south", newer("newer"));
    broken.replayed(&house.ledger, 36, &by("south", newer("other")));
}

fn a_release_without_a_sample(broken: &mut Broken) {
    let mut house = house();
    house.opened("bare", "batch", &[("bare", crate::remains::Human::Yes)], 0);
    broken.replayed(&house.ledger, 37, &by("south", released("bare")));
}

fn a_case_that_nobody_said_when_to_close(broken: &mut Broken) {
    let stated = CaseStatement { of: Case::Batch(the("batch")), on: the("2026-01-01"), note: None };
    broken.replayed(&house().ledger, 42, &by("south", ClosureEntry::Closed(stated)));
}
