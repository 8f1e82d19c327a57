use alloc::vec::Vec;

use super::*;
use crate::claim::{Affiliation, Claim, ClaimEntry, Statement, Subject};
use crate::entry::What;
use crate::house::{House, determined, forces_of, the};
use crate::id::EntryId;
use crate::quantity::Span;
use crate::reading::According;
use crate::reciprocity::{Ratio, Rounding};
use crate::refusal::Refusal;

fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    for (id, unit, basis) in [
        ("boxes", Unit::Container, Basis::Agreement(the("deal"))),
        ("pledge", Unit::Individual, Basis::UnilateralPledge),
    ] {
        let of = Class { matter: Matter::Remains, category: None };
        let (debtor, creditor, standard) = (the("north"), the("south"), Standard::Result);
        let credits_at = Accrual::Credit;
        let obligation =
            Obligation { id: the(id), debtor, creditor, of, unit, basis, standard, credits_at, note: None };
        house.tell("keeper", What::Obligation(ObligationEntry::Introduced(obligation)));
    }
    house
}

fn act(entry: ObligationEntry) -> What {
    What::Obligation(entry)
}

fn both() -> Vec<PartyId> {
    [the("north"), the("south")].into()
}

fn allocated(from: &str, to: &str, number: u32, consented: Vec<PartyId>) -> What {
    let (from, to, on) = (the(from), the(to), the("2025-07-01"));
    act(ObligationEntry::Allocated(Allocation { from, to, number: number.into(), consented, on, note: None }))
}

fn waived(number: Option<u32>) -> What {
    act(ObligationEntry::Waived(Waiver {
        obligation: the("owed"),
        number: number.map(Into::into),
        duties: Vec::new(),
        reaches_for: Vec::new(),
        on: the("2025-07-01"),
        note: None,
    }))
}

fn discharged(number: u32) -> What {
    let (obligation, means) = (the("owed"), DischargeMeans::RecoveredByCreditor { informed: false });
    let on = the("2025-07-01");
    let number = number.into();
    act(ObligationEntry::Discharged(Discharge { obligation, number, means, on, record: None, note: None }))
}

fn closed(consented: Vec<PartyId>) -> What {
    let (obligation, on) = (the("owed"), the("2025-07-01"));
    act(ObligationEntry::Closed(BalanceClosing { obligation, consented, on, note: None }))
}

fn reopened(closing: EntryId, on: &str) -> What {
    let (reason, consented, on) = (the("a late find"), both(), the(on));
    act(ObligationEntry::Reopened(Reopening { closing, reason, consented, on }))
}

fn reversed(entry: EntryId) -> What {
    act(ObligationEntry::Reversed(ActReversal { entry, reason: the("it was wrong"), on: the("2025-08-01") }))
}

#[test]
fn each_rule_refuses_once() {
    use ObligationRefusal as R;
    let mut house = house();
    let mut refused = |by: &str, what: What, refusal: R| {
        assert_eq!(house.refused(by, what), Refusal::Obligation(refusal));
    };
    let found = |organ: &str| the(organ);
    refused("north", waived(None), R::NotTheCreditor { expected: the("south"), found: found("north") });
    refused("press", waived(None), R::NotTheCreditor { expected: the("south"), found: found("press") });
    refused("press", discharged(1), R::NoAuthority(the("press")));
    refused("south", allocated("owed", "older", 1, [the("north")].into()), R::NoConsent(the("south")));
    refused("south", closed(Vec::new()), R::NoConsent(the("north")));
    let deferral = Deferral {
        obligation: the("owed"),
        to: the("2026-01-01"),
        consented: [the("south")].into(),
        on: the("2025-07-01"),
        note: None,
    };
    refused("south", act(ObligationEntry::Deferred(deferral)), R::NoConsent(the("north")));
    for nought in [allocated("owed", "older", 0, both()), waived(Some(0)), discharged(0)] {
        refused("south", nought, R::Nought);
    }
    refused("south", allocated("owed", "owed", 1, both()), R::AllocatedToItself(the("owed")));
    let (expected, found) = (Unit::Container, Unit::Individual);
    refused("south", allocated("owed", "boxes", 1, both()), R::OtherUnit { expected, found });
    refused("south", allocated("owed", "pledge", 1, both()), R::Netted(the("pledge")));

    let closing = house.tell("south", closed(both()));
    let early = house.refused("south", reopened(closing, "2025-06-30"));
    assert_eq!(early, R::TooEarly { found: the("2025-06-30"), after: closing }.into());
    let foreign = house.refused("north", reversed(closing));
    let (expected, found) = (the("south"), the("north"));
    assert_eq!(foreign, R::NotItsOrgan { entry: closing, expected, found }.into());
    let by = house.tell("south", reversed(closing));
    assert_eq!(house.refused("south", reversed(closing)), R::ReversedAlready { entry: closing, by }.into());
    let no_act = house.refused("south", reversed(by));
    assert!(matches!(no_act, Refusal::Entry(_)), "a reversal is reversed by doing it again: {no_act}");
    assert!(matches!(house.refused("south", reopened(by, "2025-09-01")), Refusal::Entry(_)));
    house.check();
}

fn ratio(whose: Option<Affiliation>) -> Required {
    Required::Ratio(Ratio {
        of: the("owed"),
        category: None,
        whose,
        owed: 15.into(),
        per: 1.into(),
        accrues_at: Accrual::Credit,
        rounding: Rounding::Down,
        discharged_earn: false,
    })
}

fn term(house: &mut House, required: Required) {
    let says = Statement::Terms(TermAssertion { required, version: None });
    let claim = Claim::new(Subject::Obligation(the("to-north")), says);
    house.tell("south", What::Claim(ClaimEntry::Made(claim)));
}

fn entitlement(house: &House) -> Option<Span> {
    house.to("south").evaluate(the("to-north"), According::To(the("south"))).unwrap().term.set.floor
}

/// A wrong body, and what was recovered by the creditor itself, earn nothing; what is not decided may.
#[test]
fn units_decide_who_earns() {
    let mut house = house();
    term(&mut house, ratio(None));
    for unit in ["u-1", "u-2", "u-3"] {
        house.unit(unit, "batch");
    }
    let between = |lo, hi| Span::new(lo, hi).unwrap();
    assert_eq!(entitlement(&house).unwrap().lo(), 0, "nothing is decided");
    house.tell("south", determined("u-1", forces_of("south")));
    house.tell("south", determined("u-2", forces_of("north")));
    assert_eq!(entitlement(&house).unwrap().lo(), 15, "u-3 may earn yet, u-2 never");
    house.tell("south", discharged(1));
    assert_eq!(entitlement(&house).unwrap().lo(), 15, "who was recovered earns nothing");
    house.tell("south", determined("u-3", forces_of("south")));
    assert_eq!(entitlement(&house).unwrap().lo(), 15, "two who have no name yet may be one");
    let earned = house.to("south").balance(the("owed"), According::To(the("south"))).unwrap().earned;
    assert_eq!(earned.len(), 1);
    assert!(between(1, 3).meet(earned[0].performed).is_some());
    house.check();
}

#[test]
fn a_ratio_of_none_or_per_nought_is_no_term() {
    let mut house = house();
    let per_nought = match ratio(None) {
        Required::Ratio(ratio) => Required::Ratios([ratio, Ratio { per: 0.into(), ..ratio }].into()),
        other => other,
    };
    for required in [Required::Ratios(Vec::new()), per_nought] {
        let says = Statement::Terms(TermAssertion { required, version: None });
        let claim = Claim::new(Subject::Obligation(the("to-north")), says);
        let refusal = house.refused("south", What::Claim(ClaimEntry::Made(claim)));
        assert_eq!(refusal, crate::claim::ClaimRefusal::ImpossibleTerm.into());
    }
}
