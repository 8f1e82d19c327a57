use super::*;
use crate::entry::What;
use crate::house::{House, the};
use crate::quantity::Unit;
use crate::reading::According;
use crate::reciprocity::Accrual;
use crate::remains::{Division, Found, Human, RemainsEntry, Union};
use crate::when::When;

fn found(id: &str) -> Found {
    Found { id: the(id), human: Human::Yes, elements: None }
}

fn divide(house: &mut House, unit: &str, into: [&str; 2], on: &str) {
    let division = Division { unit: the(unit), into: into.map(found).into(), on: the(on), note: None };
    house.tell("south", What::Remains(RemainsEntry::Divided(division)));
}

fn unite(house: &mut House, units: [&str; 2], into: &str, on: &str) {
    let union = Union { units: units.map(the).into(), into: found(into), on: the(on), note: None };
    house.tell("south", What::Remains(RemainsEntry::United(union)));
}

fn chain(house: &House, unit: &str) -> ChainView {
    house.to("south").chain(Held::Remains(the(unit))).unwrap()
}

fn transfers(view: &ChainView) -> Vec<Option<TransferId>> {
    view.links.iter().map(|link| link.transfer).collect()
}

#[test]
fn what_was_divided_goes_on_from_what_it_was_made_of() {
    let mut house = House::new(Unit::SetOfRemains, Accrual::Passage);
    house.unit("u-1", "batch");
    let before = chain(&house, "u-1");
    assert!(!before.links.is_empty());
    divide(&mut house, "u-1", ["u-2", "u-3"], "2025-08-01");
    divide(&mut house, "u-2", ["u-4", "u-5"], "2025-08-02");
    for unit in ["u-3", "u-4"] {
        assert_eq!(chain(&house, unit).links, before.links, "{unit} came as u-1 did");
        assert_eq!(chain(&house, unit).position, before.position);
    }
    house.transfer("way", Held::Remains(the("u-4")), "south", "east", "2025-09-01");
    house.transfer("bag", Held::Container(the("c-u-1")), "south", "north", "2025-10-01");
    let (apart, stayed) = (chain(&house, "u-4"), chain(&house, "u-5"));
    assert_eq!(
        transfers(&apart).last(),
        Some(&Some(the("way"))),
        "it went by itself, and no more with the bag"
    );
    assert!(apart.links.iter().all(|link| link.join == Join::Holds));
    assert_eq!(transfers(&stayed).last(), Some(&Some(the("bag"))));

    let july = the::<When>("2025-07-15").last_moment().unwrap();
    let then = house.ledger.reading(According::To(the("south")), july).unwrap();
    assert_eq!(then.chain(Held::Remains(the("u-4"))).unwrap().position, before.position);
}

#[test]
fn what_was_united_shows_where_its_parts_cannot_have_been_together() {
    let mut house = House::new(Unit::SetOfRemains, Accrual::Passage);
    for unit in ["u-1", "u-2", "u-3"] {
        house.unit(unit, "batch");
    }
    unite(&mut house, ["u-1", "u-2"], "u-12", "2025-08-01");
    assert_eq!(chain(&house, "u-12").links, chain(&house, "u-1").links, "both came alike");
    house.transfer("away", Held::Remains(the("u-3")), "south", "east", "2025-08-02");
    unite(&mut house, ["u-12", "u-3"], "u-all", "2025-08-03");
    let view = chain(&house, "u-all");
    assert!(transfers(&view).contains(&Some(the("away"))), "one of its parts went to East");
}
