//! The 55 boxes of July 2018: containers, people and names are three numbers, and the last two are somebody's words
//! (`docs/rules.md` d, 19 and 20).

use handover::claim::Subject;
use handover::quantity::{Span, Unit};
use handover::reading::{JointView, Label, Reading};
use handover::when::When;

use super::telling::{count, ledger, leg, reading, said};

const DOSSIER: &str = "korea-k55.jsonl";

fn boxes() -> Subject {
    Subject::Leg("leg-k55-us".parse().unwrap())
}

/// The number that a party itself gives; everything where it gives none.
fn word(reading: &Reading<'_>, party: &str, about: Subject, unit: Unit) -> Span {
    let party = party.parse().unwrap();
    let words = count(reading, about, unit).words;
    words.iter().find(|word| word.party == party).map_or(Span::EVERYTHING, |word| word.told.set)
}

#[test]
fn a_box_is_no_soldier() {
    let ledger = ledger(DOSSIER);
    let us = reading(&ledger, "us");
    assert_eq!(word(&us, "us", boxes(), Unit::Container), Span::exactly(55));
    let people = word(&us, "us", boxes(), Unit::Individual);
    assert!(people.contains(250) && !people.contains(55), "{people}");
    assert_eq!(
        word(&us, "dprk", boxes(), Unit::Individual),
        Span::EVERYTHING,
        "it said that it does not know"
    );
    // “55 sets” is what headlines say: no side says it, and no number of boxes becomes one of sets.
    for party in ["us", "dprk"] {
        assert_eq!(word(&us, party, boxes(), Unit::SetOfRemains), Span::EVERYTHING, "{party}");
    }
}

#[test]
fn every_box_is_received_by_the_word_of_one_end() {
    let ledger = ledger(DOSSIER);
    let batch = "k55".parse().unwrap();
    let us = reading(&ledger, "us");
    assert_eq!(us.manifest(batch).unwrap().received(), 55);
    assert_eq!(us.holdings().with.get(&"us-dod".parse().unwrap()), Some(&55));
    assert_eq!(reading(&ledger, "dprk").manifest(batch).unwrap().received(), 0);
    let all = reading(&ledger, "all").holdings();
    assert_eq!((all.undetermined, all.sum()), (55, 55), "what all accept leaves open where they are");
    let passed = leg(&us, "leg-k55-us");
    assert_eq!(passed.count.view, JointView::OneSided("us".parse().unwrap()));
    let giver = leg(&reading(&ledger, "dprk"), "leg-k55-us").passed;
    assert_eq!(
        (giver.set, giver.label),
        (Span::EVERYTHING, Label::OtherUnit),
        "a manifest is no word of the giver"
    );
    assert_eq!(us.remains().units, Span::ZERO, "no unit is public, and none is made up of a number");
}

/// Who had been identified by a year is said by someone at a time, and is not added to what was said before.
#[test]
fn progress_is_told_by_somebody_year_by_year() {
    let ledger = ledger(DOSSIER);
    let us = reading(&ledger, "us");
    for (total, speaker, number, own) in [
        ("identified-2018-09", "military-com", 2, Span::EVERYTHING),
        ("identified-2024", "grow", 93, Span::exactly(93)),
    ] {
        let view = us.total(total.parse().unwrap()).unwrap();
        let told: Vec<_> = view.audits.iter().map(|audit| (audit.by.speaker, audit.told.set)).collect();
        assert_eq!(told, [(speaker.parse().unwrap(), Span::exactly(number))], "{total}");
        let about = Subject::Total(total.parse().unwrap());
        assert_eq!(word(&us, "us", about, Unit::IdentifiedPerson), own, "the press is no side");
    }
    let then = "2019-12-31".parse::<When>().unwrap().last_moment().unwrap();
    let known = us.said_by(then);
    assert_eq!(word(&known, "us", boxes(), Unit::Container), Span::exactly(55));
    assert_eq!(word(&known, "us", boxes(), Unit::Individual), Span::EVERYTHING, "nobody had said it in 2019");
}

#[test]
fn the_allys_dead_are_handed_onward_and_no_number_is_put_on_that_day() {
    let ledger = ledger(DOSSIER);
    let us = reading(&ledger, "us");
    let onward = leg(&us, "leg-rok-2020");
    assert_eq!(onward.passed.set, Span::EVERYTHING);
    assert_eq!(onward.passed.label, Label::Silent);
    for (total, number) in [("found-rok-2020", 77), ("rok-returned-2024", 88)] {
        let subject = Subject::Total(total.parse().unwrap());
        assert_eq!(word(&us, "us", subject, Unit::Individual), Span::exactly(number));
    }
    let flows = us.flows();
    let to_ally = flows.iter().find(|flow| flow.to == "rok".parse().unwrap()).unwrap();
    assert_eq!(said(&to_ally.passed), (Some(Span::EVERYTHING), 1), "a published total passes nobody");
}
