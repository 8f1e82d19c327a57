//! Rows of containers, remains, decisions and affiliation that were changed behind the ledger's back: each check can fail.

use super::{Broken, Story};
use crate::affiliation::AffiliationEntry;
use crate::container::{Alias, ContainerEntry};
use crate::custody::{Affected, CustodyEntry, Held, Incident, IncidentKind};
use crate::entry::What;
use crate::held::EntryRow;
use crate::house::{House, determination, determined, forces_of, the};
use crate::id::EntryId;
use crate::ledger::Ledger;
use crate::quantity::Unit;
use crate::reciprocity::Accrual;
use crate::remains::{Effect, EffectEntry, EffectKind, EffectMove, FoundWith, Portion, RemainsEntry};
use crate::table::Idx;

fn house() -> House {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    for (unit, batch) in [("u-1", "batch"), ("u-2", "second")] {
        house.unit(unit, batch);
    }
    for person in ["x", "y"] {
        house.person(person);
    }
    house
}

fn at(ledger: &Ledger, entry: EntryId) -> Idx<EntryRow> {
    ledger.state.entries.at(entry).unwrap()
}

/// Each breaks what it says.
pub(super) const STORIES: &[Story] = &[
    a_person_credited_twice,
    a_unit_of_which_nothing_is_told_any_more,
    a_unit_that_ceased_and_a_unit_from_nowhere,
    a_container_that_nobody_registered_and_a_number_that_leads_astray,
    a_disc_that_is_taken_for_something_else,
    an_incident_that_takes_a_receipt_back,
    a_group_that_nobody_decided,
    a_decision_that_is_none_or_was_revoked_by_nobody,
    a_duty_to_return_that_is_forgotten,
];

fn a_person_credited_twice(broken: &mut Broken) {
    let mut house = house();
    for unit in ["u-1", "u-2"] {
        house.tell("south", determined(unit, forces_of("south")));
        house.decide(&[unit], "x", 1);
    }
    broken.changed(&house.ledger, 13, |ledger| {
        let x = ledger.state.persons.at(the("x")).unwrap();
        ledger.state.persons.change(x, |row| row.last_decision = None);
    });
}

fn a_unit_of_which_nothing_is_told_any_more(broken: &mut Broken) {
    let house = house();
    for invariant in [15, 38] {
        broken.changed(&house.ledger, invariant, |ledger| {
            let unit = ledger.state.units.at(the("u-1")).unwrap();
            ledger.state.units.change(unit, |row| row.last_event = None);
        });
    }
}

fn a_unit_that_ceased_and_a_unit_from_nowhere(broken: &mut Broken) {
    let house = house();
    broken.changed(&house.ledger, 22, |ledger| {
        let unit = ledger.state.units.at(the("u-1")).unwrap();
        ledger.state.units.change(unit, |row| row.ceased_by = Some(row.entry));
    });
    broken.changed(&house.ledger, 22, |ledger| {
        let unit = ledger.state.units.at(the("u-1")).unwrap();
        ledger.state.units.change(unit, |row| row.container = None);
    });
}

fn a_container_that_nobody_registered_and_a_number_that_leads_astray(broken: &mut Broken) {
    let mut house = house();
    broken.changed(&house.ledger, 20, |ledger| {
        let row = ledger.state.containers.rows().next().unwrap().clone();
        ledger.state.containers.add(crate::container::ContainerRow { id: the("another"), ..row });
    });
    let alias = Alias { container: the("c-u-1"), code: the("114/25"), given_by: the("north") };
    house.tell("south", What::Container(ContainerEntry::Alias(alias)));
    broken.changed(&house.ledger, 21, |ledger| {
        let other = ledger.state.containers.at(the("c-u-2")).unwrap();
        let (alias, _) = ledger.state.aliases.places().next().unwrap();
        ledger.state.aliases.change(alias, |row| row.container = other);
    });
}

fn a_disc_that_is_taken_for_something_else(broken: &mut Broken) {
    let mut house = house();
    let effect = |what| What::Remains(RemainsEntry::Effect(what));
    let with = FoundWith::Remains(the("u-1"));
    let (id, on) = (the("disc"), the("2025-06-17"));
    let found = Effect { id, kind: EffectKind::SingleDisc, with, on, note: None };
    house.tell("south", effect(EffectEntry::Found(found)));
    let moved = EffectMove { effect: id, portion: Portion::Whole, on, to: None, reason: the("taken") };
    house.tell("south", effect(EffectEntry::Moved(moved)));
    broken.changed(&house.ledger, 27, |ledger| {
        let (disc, _) = ledger.state.effects.places().next().unwrap();
        ledger.state.effects.change(disc, |row| row.kind = EffectKind::Money);
    });
    broken.changed(&house.ledger, 26, |ledger| {
        let (disc, _) = ledger.state.effects.places().next().unwrap();
        ledger.state.effects.change(disc, |row| row.unit = None);
    });
}

fn an_incident_that_takes_a_receipt_back(broken: &mut Broken) {
    let mut house = house();
    let of = Held::Container(the("c-u-1"));
    house.transfer("t", of, "south", "observer", "2025-07-01");
    let incident = Incident {
        of: Affected::Container(the("c-u-1")),
        kind: IncidentKind::Damaged,
        on: the("2025-07-02"),
        note: None,
    };
    house.tell("south", What::Custody(CustodyEntry::Incident(incident)));
    broken.changed(&house.ledger, 28, |ledger| {
        let by = ledger.state.incidents.rows().next().unwrap().entry;
        let (receipt, _) = ledger.state.ends.places().find(|(_, end)| end.is_receipt).unwrap();
        ledger.state.ends.change(receipt, |row| row.ended_by = Some(by));
    });
}

fn a_group_that_nobody_decided(broken: &mut Broken) {
    use crate::remains::{Association, AssociationBasis, Group, GroupEntry};
    let mut house = house();
    let group = |what| What::Remains(RemainsEntry::Group(what));
    house.tell("south", group(GroupEntry::Introduced(Group { id: the("g"), note: None })));
    let basis = [AssociationBasis::AnatomicalFit].into();
    let on = the("2025-06-18");
    let joined = Association { unit: the("u-1"), group: the("g"), on, basis, note: None };
    house.tell("south", group(GroupEntry::Associated(joined)));
    broken.changed(&house.ledger, 29, |ledger| {
        let other = ledger.state.units.at(the("u-2")).unwrap();
        let membership = ledger.state.memberships.places().next().unwrap().0;
        ledger.state.units.change(other, |row| row.membership = Some(membership));
    });
}

fn a_decision_that_is_none_or_was_revoked_by_nobody(broken: &mut Broken) {
    let mut house = house();
    let decided = house.decide(&["u-1"], "x", 1);
    let first = |ledger: &Ledger| ledger.state.decisions.places().next().unwrap().0;
    broken.changed(&house.ledger, 32, |ledger| {
        let (decision, decided) = (first(ledger), at(ledger, decided));
        let report = ledger.state.entries.each_place().take_while(|entry| *entry < decided).last().unwrap();
        ledger.state.decisions.change(decision, |row| row.entry = report);
    });
    for invariant in [33, 35] {
        broken.changed(&house.ledger, invariant, |ledger| {
            let (decision, decided) = (first(ledger), at(ledger, decided));
            ledger.state.decisions.change(decision, |row| row.revoked_by = Some(decided));
        });
    }
}

fn a_duty_to_return_that_is_forgotten(broken: &mut Broken) {
    let mut house = house();
    let own = determination("u-1", forces_of("north"));
    house.tell("south", AffiliationEntry::Determined(own));
    broken.changed(&house.ledger, 40, |ledger| {
        let unit = ledger.state.units.at(the("u-1")).unwrap();
        ledger.state.units.change(unit, |row| row.last_affiliation = None);
    });
}
