//! Each check can fail: on ledgers that replay what admission refuses, or whose rows were changed behind its back.

use alloc::vec::Vec;

use super::ALL;
use crate::agreement::{Agreement, AgreementEntry, Form};
use crate::batch::{Batch, BatchEntry, Passage, Reversal};
use crate::claim::{Claim, ClaimEntry, Correction, Statement, Subject, Withdrawal};
use crate::entry::{Entry, What};
use crate::ledger::{Ledger, keeper};
use crate::obligation::{Basis, Class, Matter, Obligation, Standard};
use crate::party::{Allegiance, Organ, Party, PartyEntry, Precedence, Speaker};
use crate::quantity::{Count, Unit};
use crate::reciprocity::{Accrual, Reciprocity};
use crate::slot::{Handover, HandoverEntry, Leg};

const REMAINS: Class = Class { matter: Matter::Remains, category: None };

pub(super) fn entry(id: &str, by: &str, what: What) -> Entry {
    Entry {
        id: id.parse().unwrap(),
        by: by.parse().unwrap(),
        said: "2025-06-13".parse().unwrap(),
        source: None,
        what,
    }
}

pub(super) fn count(n: u32) -> Statement {
    Statement::Count(Count { quantity: n.into(), unit: Unit::SetOfRemains, qualifier: None })
}

pub(super) fn claim(id: &str, by: &str, about: Subject, says: Statement) -> Entry {
    entry(id, by, What::Claim(ClaimEntry::Made(Claim::new(about, says))))
}

pub(super) fn leg() -> Subject {
    Subject::Leg("leg".parse().unwrap())
}

pub(super) fn obligation(id: &str, basis: Basis) -> Entry {
    let obligation = Obligation {
        id: id.parse().unwrap(),
        debtor: "ru".parse().unwrap(),
        creditor: "ua".parse().unwrap(),
        of: REMAINS,
        unit: Unit::SetOfRemains,
        basis,
        standard: Standard::Result,
        credits_at: Accrual::Passage,
        note: None,
    };
    entry(
        &["o-", id].concat(),
        "keeper",
        What::Obligation(crate::obligation::ObligationEntry::Introduced(obligation)),
    )
}

/// Two parties with an organ and a speaker each, an agreement, a leg in which a batch passed, and a count by each side.
pub(super) fn ledger() -> Ledger {
    let mut entries: Vec<Entry> = Vec::new();
    for party in ["ru", "ua"] {
        let name = party.parse().unwrap();
        let party_entry = Party { id: party.parse().unwrap(), name };
        entries.push(entry(party, "keeper", What::Party(PartyEntry::Introduced(party_entry))));
        let (organ, speaker) = ([party, "-organ"].concat(), [party, "-speaker"].concat());
        let allegiance = Allegiance::Party(party.parse().unwrap());
        let row = Organ { id: organ.parse().unwrap(), name: organ.parse().unwrap(), allegiance };
        entries.push(entry(&organ, "keeper", What::Party(PartyEntry::Organ(row))));
        let row = Speaker {
            id: speaker.parse().unwrap(),
            name: speaker.parse().unwrap(),
            organ: organ.parse().unwrap(),
        };
        entries.push(entry(&speaker, "keeper", What::Party(PartyEntry::Speaker(row))));
    }
    let agreement = Agreement {
        id: "deal".parse().unwrap(),
        name: "deal".parse().unwrap(),
        parties: ["ru".parse().unwrap(), "ua".parse().unwrap()].into(),
        form: Form::ParallelAnnouncements,
        on: "2025-06-02".parse().unwrap(),
    };
    entries.push(entry("deal", "keeper", What::Agreement(AgreementEntry::Introduced(agreement))));
    entries.push(obligation("owed", Basis::Agreement("deal".parse().unwrap())));
    entries.push(obligation("pledge", Basis::UnilateralPledge));
    let handover = Handover {
        id: "h".parse().unwrap(),
        under: Some("deal".parse().unwrap()),
        on: "2025-06-13".parse().unwrap(),
        instead_of: None,
        note: None,
    };
    entries.push(entry("h", "keeper", What::Handover(HandoverEntry::Introduced(handover))));
    let row = Leg {
        id: "leg".parse().unwrap(),
        handover: "h".parse().unwrap(),
        from: "ru".parse().unwrap(),
        to: "ua".parse().unwrap(),
        of: REMAINS,
        unit: Unit::SetOfRemains,
        towards: Some("owed".parse().unwrap()),
    };
    entries.push(entry("leg", "keeper", What::Handover(HandoverEntry::Leg(row))));
    let batch = Batch {
        id: "batch".parse().unwrap(),
        from: "ru".parse().unwrap(),
        to: "ua".parse().unwrap(),
        of: REMAINS,
        unit: Unit::SetOfRemains,
        towards: None,
        note: None,
    };
    entries.push(entry("batch", "keeper", What::Batch(BatchEntry::Introduced(batch))));
    let passage = Passage { batch: "batch".parse().unwrap(), leg: "leg".parse().unwrap() };
    entries.push(entry("passed", "keeper", What::Batch(BatchEntry::Passed(passage))));
    entries.push(claim("c-ru", "ru-speaker", leg(), count(1_200)));
    entries.push(claim("c-ua", "ua-speaker", leg(), count(1_200)));
    let mut ledger = Ledger::new();
    for entry in &entries {
        let _ = ledger.post(entry).unwrap();
    }
    ledger
}

fn broken(ledger: &Ledger) -> Vec<u8> {
    ALL.iter().filter(|rule| rule.check(ledger).is_err()).map(|rule| rule.number).collect()
}

/// Replays an entry that admission refuses, and says which invariants the ledger breaks then.
fn after_replaying(entries: &[Entry]) -> Vec<u8> {
    let mut ledger = ledger();
    let mut refused = false;
    for entry in entries {
        refused = ledger.post(entry).is_err();
        let _ = ledger.replay(entry).unwrap();
    }
    assert!(refused, "admission refuses the last");
    broken(&ledger)
}

#[test]
fn a_sound_ledger_breaks_none() {
    assert_eq!(broken(&ledger()), [0u8; 0]);
    assert_eq!(broken(&Ledger::new()), [0u8; 0]);
}

#[test]
fn numbers_are_in_order_and_named_once() {
    assert!(ALL.windows(2).all(|pair| pair[0].number < pair[1].number));
}

#[test]
fn what_admission_refuses_breaks_its_invariant() {
    let parity = Statement::Reciprocity(Reciprocity::AllForAll { with: "owed".parse().unwrap() });
    let pledge = Subject::Obligation("pledge".parse().unwrap());
    assert_eq!(after_replaying(&[claim("x", "ru-speaker", pledge, parity)]), [7]);

    let set_off = |id: &str, to: &str, consented: &[&str]| {
        let act = crate::obligation::Allocation {
            from: "owed".parse().unwrap(),
            to: to.parse().unwrap(),
            number: 1.into(),
            consented: consented.iter().map(|party| party.parse().unwrap()).collect(),
            on: "2025-06-20".parse().unwrap(),
            note: None,
        };
        entry(id, "keeper", What::Obligation(crate::obligation::ObligationEntry::Allocated(act)))
    };
    assert_eq!(after_replaying(&[set_off("x", "pledge", &["ru", "ua"])]), [51]);
    let other = obligation("other", Basis::Agreement("deal".parse().unwrap()));
    assert_eq!(after_replaying(&[other, set_off("x", "other", &["ru"])]), [51]);

    let mixed = Leg {
        id: "mixed".parse().unwrap(),
        handover: "h".parse().unwrap(),
        from: "ru".parse().unwrap(),
        to: "ua".parse().unwrap(),
        of: Class { matter: Matter::Civilians, category: None },
        unit: Unit::Prisoner,
        towards: Some("owed".parse().unwrap()),
    };
    assert_eq!(after_replaying(&[entry("x", "keeper", What::Handover(HandoverEntry::Leg(mixed)))]), [8]);

    let reversal = |id| {
        let reversal =
            Reversal { entry: "passed".parse().unwrap(), reason: "another batch".parse().unwrap() };
        entry(id, "keeper", What::Batch(BatchEntry::Reversed(reversal)))
    };
    assert_eq!(after_replaying(&[reversal("x-1"), reversal("x-2")]), [12]);

    let withdrawal = Withdrawal { claim: "c-ru".parse().unwrap(), note: None };
    assert_eq!(
        after_replaying(&[entry("x", "ua-speaker", What::Claim(ClaimEntry::Withdrawn(withdrawal)))]),
        [52]
    );
    let correction = Correction { claim: "c-ru".parse().unwrap(), says: count(1), note: None };
    assert_eq!(
        after_replaying(&[entry("x", "ua-speaker", What::Claim(ClaimEntry::Corrected(correction)))]),
        [52]
    );

    let precedence = Precedence {
        party: "ru".parse().unwrap(),
        scope: None,
        organs: ["ua-organ".parse().unwrap()].into(),
    };
    assert_eq!(
        after_replaying(&[entry("x", "keeper", What::Party(PartyEntry::Precedence(precedence)))]),
        [55]
    );

    let amendment = crate::agreement::Amendment {
        agreement: "deal".parse().unwrap(),
        version: 3,
        consented: Vec::new(),
        duties: Vec::new(),
        note: None,
    };
    let amended = entry("x", "keeper", What::Agreement(AgreementEntry::Amended(amendment)));
    assert_eq!(after_replaying(&[amended]), [4]);
}

#[test]
fn a_violation_says_what_was_expected_and_found() {
    use alloc::string::ToString;

    let mut ledger = ledger();
    let (at, _) = ledger.state.agreements.places().next().unwrap();
    ledger.state.agreements.change(at, |row| row.version = 2);
    let violation = ALL.iter().find_map(|rule| rule.check(&ledger).err()).unwrap();
    assert_eq!(
        violation.to_string(),
        "invariant 4: expected that an amendment increments the version and keeps every earlier one, found \
         agreement `deal` in version 2 where entries make 1"
    );
    assert_eq!(keeper().to_string(), "keeper");
}

/// A ledger may have thousands of parties on record that never say a word.
#[test]
fn the_silent_are_read_once_and_each_who_spoke_is_read() {
    let mut house = crate::house::House::new(Unit::SetOfRemains, Accrual::Passage);
    let read = |house: &crate::house::House| super::law::readings(&house.ledger).count();
    let before = read(&house);
    for id in ["first", "second", "third"] {
        let party = Party { id: id.parse().unwrap(), name: id.parse().unwrap() };
        house.tell("keeper", What::Party(PartyEntry::Introduced(party)));
    }
    assert_eq!(read(&house), before);
    let about = Subject::Batch("batch".parse().unwrap());
    house.tell("east", What::Claim(ClaimEntry::Made(Claim::new(about, count(12)))));
    assert_eq!(read(&house), before + 1);
}
