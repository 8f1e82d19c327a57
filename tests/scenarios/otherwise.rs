//! What is done with an obligation otherwise than by performing it: set off, waived, put off, closed; and what is not done so.

use handover::quantity::Span;
use handover::reading::{According, Comparison, ObligationState as State, Verdict};
use handover::when::When;

use super::house::House;
use super::reciprocity::{REMAINS, SETS, owes, prisoners, remaining, remains, state};
use super::telling::{according_to, evaluate, reading};

#[test]
fn edge_49_what_was_repatriated_is_never_netted() {
    let mut house = prisoners();
    for (id, basis) in [("wounded", r#"{"baseline":"D17"}"#), ("pledge", r#""unilateral-pledge""#)] {
        house.keeper(&format!(
            r#"{{"obligation":{{"introduced":{{"id":"{id}","debtor":"north","creditor":"south","of":{{"matter":"prisoners-of-war"}},"unit":"prisoner","basis":{basis},"standard":"result","credits-at":"passage"}}}}}}"#
        ));
        let set_off = house.entry(
            "keeper",
            &format!(
                r#"{{"obligation":{{"allocated":{{"from":"{id}","to":"to-south","number":5,"consented":["north","south"],"on":"2025-01-20"}}}}}}"#
            ),
        );
        let refusal = house.ledger.post(&set_off).unwrap_err();
        assert_eq!(refusal.rule().invariant, Some(51), "{refusal}");
    }
    house.check();
}

#[test]
fn a_surplus_counts_elsewhere_only_by_agreement() {
    let mut house = remains("passage");
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"july","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":{"agreement":"deal"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-south", 6_057, SETS);
    owes(&mut house, "south", "to-south", r#"{"exactly":6000}"#);
    owes(&mut house, "south", "july", r#"{"exactly":1000}"#);
    assert_eq!(remaining(&house, "all", "july"), Some(Span::exactly(1_000)), "never tacitly");
    let allocated = r#"{"obligation":{"allocated":{"from":"to-south","to":"july","number":57,"consented":CONSENTED,"on":"2025-01-20"}}}"#;
    let alone = house.entry("north", &allocated.replace("CONSENTED", r#"["north"]"#));
    assert_eq!(house.ledger.post(&alone).unwrap_err().rule().invariant, Some(14));
    let agreed = house.tell("north", &allocated.replace("CONSENTED", r#"["north","south"]"#));
    assert_eq!(remaining(&house, "all", "july"), Some(Span::exactly(943)));
    let all = reading(&house.ledger, "all");
    let june = all.balance("to-south".parse().unwrap(), According::Anyone).unwrap();
    assert_eq!((june.evaluation.surplus, june.surplus_left), (Some(Span::exactly(57)), Some(Span::ZERO)));
    assert_eq!(june.overdrawn, Comparison::Fails);
    assert_eq!(
        evaluate(&all, "july", "south").outstanding,
        Some(Span::exactly(1_000)),
        "counts are not mixed"
    );
    house.tell("north", &allocated.replace("CONSENTED", r#"["north","south"]"#));
    let june = reading(&house.ledger, "all").balance("to-south".parse().unwrap(), According::Anyone).unwrap();
    assert_eq!(june.overdrawn, Comparison::Holds, "more is set off than there is");
    house.tell(
        "north",
        &format!(
            r#"{{"obligation":{{"reversed":{{"entry":"{agreed}","reason":"twice","on":"2025-01-21"}}}}}}"#
        ),
    );
    assert_eq!(remaining(&house, "all", "july"), Some(Span::exactly(943)));
    house.check();
}

#[test]
fn edge_08_inability_gives_up_nothing() {
    let mut house = remains("passage");
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-south", 19, SETS);
    owes(&mut house, "south", "to-south", r#"{"exactly":28}"#);
    house.says(
        "south",
        r#"{"obligation":"to-south"}"#,
        r#"{"unable":{"count":{"quantity":9,"unit":"set-of-remains"},"reason":"the place is not known, says the debtor"}}"#,
    );
    assert_eq!(state(&house, "south", "to-south", "south", State::Impaired), Comparison::Holds);
    assert_eq!(state(&house, "north", "to-south", "south", State::Impaired), Comparison::Undetermined);
    assert_eq!(remaining(&house, "all", "to-south"), Some(Span::exactly(9)), "no silent waiver");
    let view = reading(&house.ledger, "south").discharge("to-south".parse().unwrap()).unwrap();
    let duties: Vec<u8> =
        view.inabilities.first().unwrap().owed_besides.iter().map(|duty| duty.number()).collect();
    assert_eq!(duties, [1, 9], "to search, and to inform");
    house.check();
}

#[test]
fn a_waiver_reaches_no_effects_no_records_and_no_duty_of_the_law() {
    let mut house = remains("passage");
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"effects","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":{"baseline":"D5"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-south", 90, SETS);
    for obligation in ["to-south", "effects"] {
        owes(&mut house, "south", obligation, r#"{"exactly":100}"#);
    }
    let waived = |obligation: &str, more: &str| {
        format!(r#"{{"obligation":{{"waived":{{"obligation":"{obligation}"{more},"on":"2025-01-20"}}}}}}"#)
    };
    let by_debtor = house.entry("north", &waived("to-south", ""));
    assert!(house.ledger.post(&by_debtor).is_err(), "the debtor gives up nothing of what it owes");
    house.tell(
        "south",
        &waived("to-south", r#","number":4,"duties":["D5"],"reaches-for":["effects","records"]"#),
    );
    house.tell("south", &waived("effects", ""));
    assert_eq!(remaining(&house, "all", "to-south"), Some(Span::exactly(6)));
    assert_eq!(remaining(&house, "all", "effects"), Some(Span::exactly(100)), "it changes no duty");
    let all = reading(&house.ledger, "all");
    let flagged = all.discharge("to-south".parse().unwrap()).unwrap().waivers;
    assert_eq!((flagged[0].non_suspendable.len(), flagged[0].kept.len()), (1, 2));
    let flagged = all.discharge("effects".parse().unwrap()).unwrap().waivers;
    assert!(!flagged[0].is_effective && flagged[0].non_suspendable.len() == 1);
    assert_eq!(state(&house, "all", "effects", "south", State::Waived), Comparison::Fails);
    assert_eq!(state(&house, "all", "to-south", "south", State::Waived), Comparison::Holds);
    house.tell("south", &waived("to-south", ""));
    assert_eq!(remaining(&house, "all", "to-south"), Some(Span::ZERO));
    house.check();
}

#[test]
fn put_off_by_both_closed_with_a_balance_and_taken_up_again() {
    let mut house = remains("passage");
    house.handover(5, SETS, REMAINS);
    house.both_count("leg-5-south", 10, SETS);
    owes(&mut house, "south", "to-south", r#"{"exactly":12}"#);
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"deadline":"2025-01-10"}"#);
    let is = |house: &House, what: State| state(house, "south", "to-south", "south", what);
    assert_eq!(is(&house, State::Overdue), Comparison::Holds);
    let both = r#""consented":["north","south"]"#;
    house.keeper(&format!(
        r#"{{"obligation":{{"deferred":{{"obligation":"to-south","to":"2999-01-01",{both},"on":"2025-01-09"}}}}}}"#
    ));
    let as_of = "2025-02-01".parse::<When>().unwrap().last_moment().unwrap();
    let then = house.ledger.reading(according_to("south"), as_of).unwrap();
    let stands = then.stands("to-south".parse().unwrap(), according_to("south")).unwrap();
    assert_eq!(stands.is(State::Overdue), Comparison::Fails);
    assert_eq!(stands.is(State::PostponedMutual), Comparison::Holds);
    assert!(stands.balance.evaluation.deadline.is_some(), "the former deadline is kept");
    let closed = house.tell(
        "south",
        &format!(r#"{{"obligation":{{"closed":{{"obligation":"to-south",{both},"on":"2025-01-20"}}}}}}"#),
    );
    assert_eq!(is(&house, State::ClosedWithBalance), Comparison::Holds);
    assert_eq!(remaining(&house, "all", "to-south"), Some(Span::exactly(2)), "what remains is shown");
    house.tell(
        "south",
        &format!(
            r#"{{"obligation":{{"reopened":{{"closing":"{closed}","reason":"a late find",{both},"on":"2025-01-25"}}}}}}"#
        ),
    );
    assert_eq!(
        (is(&house, State::ClosedWithBalance), is(&house, State::Reopened)),
        (Comparison::Fails, Comparison::Holds)
    );
    let before = "2025-01-22".parse::<When>().unwrap().last_moment().unwrap();
    let then = house.ledger.reading(according_to("south"), before).unwrap();
    let stands = then.stands("to-south".parse().unwrap(), according_to("south")).unwrap();
    assert_eq!(stands.is(State::ClosedWithBalance), Comparison::Holds, "as of then it was closed");
    house.check();
}

#[test]
fn what_was_performed_late_stays_late() {
    let mut house = remains("passage");
    for (day, n) in [(5, 10), (20, 2)] {
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), n, SETS);
    }
    owes(&mut house, "south", "to-south", r#"{"exactly":12}"#);
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"deadline":"2025-01-10"}"#);
    let is = |what| state(&house, "south", "to-south", "south", what);
    assert_eq!(evaluate(&reading(&house.ledger, "south"), "to-south", "south").verdict, Verdict::Met);
    assert_eq!((is(State::Overdue), is(State::Due)), (Comparison::Holds, Comparison::Fails));
}
