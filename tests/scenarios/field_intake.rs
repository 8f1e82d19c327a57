//! The invented year of a receiving facility: each edge case of remains by its unit (`docs/rules.md` d, 23 to 41).

#[path = "../../crates/handover-wire/examples/field_intake/year/mod.rs"]
mod year;

use std::fs;
use std::path::Path;

use handover::claim::{Affiliation, CreditDenial, Subject};
use handover::quantity::{Span, Unit};
use handover::reading::{
    AffiliationStatus, CreditClass, DutyKind, DutyState, FunnelView, IdentificationStatus as Status,
    JointView, Progress, Shared,
};
use handover::when::When;

use super::telling::{according_to, ledger, leg, reading};

const DOSSIER: &str = "field-intake.jsonl";

#[test]
fn the_example_writes_the_committed_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dossiers").join(DOSSIER);
    let committed = fs::read(path).unwrap();
    assert!(
        year::dossier().unwrap() == committed,
        "run the example `field_intake` and look at what has changed"
    );
}

/// The number of containers is the day's, and no other number follows from it.
#[test]
fn containers_units_and_people_are_three_numbers() {
    let ledger = ledger(DOSSIER);
    let belmora = reading(&ledger, "belmora");
    let passed = leg(&reading(&ledger, "anyone"), "leg-1");
    assert_eq!(passed.passed.set, Span::exactly(1_212));
    assert!(
        matches!(passed.count.view, JointView::ConfirmedByAll(_)),
        "the receiver corrected its first number"
    );
    let day = belmora.remains_of_batch("batch-1".parse().unwrap()).unwrap();
    assert_eq!((day.opened, day.units), (Span::exactly(1_212), Span::exactly(1_253)));
    assert_eq!((day.human, day.not_human), (Span::exactly(1_235), Span::exactly(18)));
    assert_eq!(day.individuals, Span::new(1_151, 1_235).unwrap());
    let of_all = belmora.remains();
    assert_eq!((of_all.examined, of_all.sampled), (Span::exactly(250), Span::exactly(250)));
    assert_eq!((of_all.profiled, of_all.compared), (Span::exactly(249), Span::exactly(249)));
    // The sender has opened nothing, and says of nothing what it is.
    assert_eq!(reading(&ledger, "arvenia").remains().opened, Span::ZERO);
    let empty = belmora.remains_of_container("bag-31".parse().unwrap()).unwrap();
    assert_eq!((empty.opened, empty.units, empty.individuals), (Span::exactly(1), Span::ZERO, Span::ZERO));
    let not_human = belmora.remains_of_container("bag-32".parse().unwrap()).unwrap();
    assert_eq!((not_human.units, not_human.individuals), (Span::exactly(1), Span::ZERO));
    let parts = belmora.remains_of_container("bag-33".parse().unwrap()).unwrap();
    assert_eq!(parts.units, Span::exactly(7), "one was divided in two, two were united in one");
}

#[test]
fn each_story_stands_where_the_year_left_it() {
    let ledger = ledger(DOSSIER);
    let belmora = reading(&ledger, "belmora");
    for (status, units) in [
        (Status::Identified, &[1, 2, 4, 15, 18, 20, 21, 24, 25, 26, 27, 28, 30, 35, 9001][..]),
        (Status::Unidentified, &[3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 29, 32, 33, 9002]),
        (Status::Presumptive, &[23, 34]),
        (Status::Misidentified, &[17, 19]),
        (Status::UnderReexamination, &[22]),
        (Status::Candidate, &[36]),
        (Status::MatchReported, &[37]),
        (Status::UnderReview, &[38]),
    ] {
        for number in units {
            let unit = format!("u-{number}-1").parse().unwrap();
            assert_eq!(belmora.identification(unit).unwrap().status, status, "{number}");
        }
    }
    let excluded = belmora.identification("u-3-1".parse().unwrap()).unwrap().exclusions;
    assert_eq!(excluded.first().map(|one| one.person), Some("p-3".parse().unwrap()));
    let person =
        |unit: &str| belmora.identification(unit.parse().unwrap()).unwrap().person.unwrap().to_string();
    assert_eq!(["u-1-1", "u-2-1", "u-9001-1"].map(person), ["p-1", "p-1", "p-1"], "one man, three bags");
    assert_eq!(["u-15-1", "u-18-1", "u-35-1"].map(person), ["p-15", "p-18b", "p-18"]);
    let none = belmora.unit("u-29-1".parse().unwrap()).unwrap();
    assert_eq!(none.progress, Progress::NoUsableProfile);
}

#[test]
fn whose_they_are_does_not_follow_from_who_they_are() {
    let ledger = ledger(DOSSIER);
    let belmora = reading(&ledger, "belmora");
    let status = |unit: &str| belmora.affiliation(unit.parse().unwrap()).unwrap().status;
    let [receiver, sender, ally] = ["belmora", "arvenia", "cassia"].map(|party| party.parse().unwrap());
    let own = AffiliationStatus::Determined(Affiliation::ForcesOf(sender));
    assert_eq!((status("u-5-1"), status("u-7-1")), (own, own));
    assert_eq!(status("u-9-1"), AffiliationStatus::Determined(Affiliation::ForcesOf(ally)));
    assert_eq!(status("u-10-1"), AffiliationStatus::Presumed(Affiliation::ForcesOf(sender)));
    assert_eq!(status("u-16-1"), AffiliationStatus::Determined(Affiliation::CiviliansOf(receiver)));
    assert_eq!(status("u-9002-1"), AffiliationStatus::Determined(Affiliation::Historic));

    let duties = belmora.return_duties();
    let settled = |kind| {
        let of_kind = duties.iter().filter(|duty| duty.kind == kind);
        let settled = of_kind.clone().filter(|duty| matches!(duty.state, DutyState::Settled { .. })).count();
        (settled, of_kind.count())
    };
    assert_eq!(settled(DutyKind::Return), (3, 3));
    assert_eq!(settled(DutyKind::Onward), (1, 2));

    let credit = |unit: &str| {
        belmora.credit_of_unit(unit.parse().unwrap(), "owed".parse().unwrap()).unwrap().class.unwrap()
    };
    assert_eq!(credit("u-1-1"), CreditClass::Credited);
    assert_eq!(credit("u-2-1"), CreditClass::Denied(CreditDenial::AlreadyCredited), "he is credited once");
    assert_eq!(credit("u-9001-1"), CreditClass::Denied(CreditDenial::AlreadyCredited));
    assert_eq!(credit("u-5-1"), CreditClass::Denied(CreditDenial::OtherSide));
    assert_eq!(credit("u-9002-1"), CreditClass::Denied(CreditDenial::WrongClass));
    assert_eq!(credit("u-32-1"), CreditClass::Denied(CreditDenial::NotHuman));
}

#[test]
fn weaker_rules_are_reviewed_and_what_falls_implicates_others() {
    let ledger = ledger(DOSSIER);
    let belmora = reading(&ledger, "belmora");
    let cohort = belmora.review_cohort("rules-2".parse().unwrap()).unwrap();
    assert_eq!(cohort.len(), 92);
    let revoked = belmora.revoked_decisions();
    assert_eq!(revoked.len(), 3);
    let in_another_grave =
        revoked.iter().find(|view| view.decision.person == "p-18".parse().unwrap()).unwrap();
    let through =
        |way: fn(&Shared) -> bool| in_another_grave.implicated.iter().any(|(_, shared)| way(shared));
    assert!(through(|shared| matches!(shared, Shared::Person(_))), "the right one was found later");
    assert!(through(|shared| matches!(shared, Shared::Unit(_))), "and so was he who lay in his grave");
    assert_eq!(in_another_grave.families_to_tell.len(), 2, "each family is told");
}

#[test]
fn nobody_is_lost_on_the_way() {
    let ledger = ledger(DOSSIER);
    let belmora = reading(&ledger, "belmora");
    let holdings = belmora.holdings();
    assert_eq!((holdings.registered, holdings.sum()), (1_214, 1_214));
    assert_eq!(holdings.with.get(&"bel-intake".parse().unwrap()), Some(&1_214));
    // The sender says that each container holds one; the receiver, what it found.
    let people = belmora.count(Subject::Leg("leg-1".parse().unwrap()), Unit::Individual).unwrap();
    let said = people.words.iter().map(|word| (word.party.to_string(), word.told.set)).collect::<Vec<_>>();
    let each = [("arvenia".to_owned(), Span::exactly(1_212)), ("belmora".to_owned(), Span::at_least(1_150))];
    assert_eq!(said, each);
}

/// At every moment and by every word: of whom a family was told was identified, who was identified was found; and what the party
/// received is what its batches hold, each counted once.
#[test]
fn the_course_narrows_and_the_batches_come_to_the_whole() {
    let ledger = ledger(DOSSIER);
    let batches = ["batch-1", "batch-2"];
    let mut identified = Vec::new();
    for day in ["2025-06-10", "2025-06-20", "2025-07-31", "2025-09-30", "2025-12-31", "2026-06-30"] {
        for by in ["arvenia", "belmora", "all", "anyone"] {
            let as_of = day.parse::<When>().unwrap().last_moment().unwrap();
            let reading = ledger.reading(according_to(by), as_of).unwrap();
            let whole = reading.funnel_of_party("belmora".parse().unwrap()).unwrap();
            let parts = batches.map(|batch| reading.funnel_of_batch(batch.parse().unwrap()).unwrap());
            for view in parts.iter().chain([&whole]) {
                let stages = [view.remains.units, view.identified, view.notified];
                let narrows = stages.windows(2).all(|pair| {
                    pair[1].lo() <= pair[0].lo()
                        && pair[0].hi().is_none_or(|most| pair[1].hi().is_some_and(|hi| hi <= most))
                });
                assert!(narrows, "{day}, {by}: {stages:?}");
            }
            let of_all = |stage: fn(&FunnelView) -> Span| {
                assert_eq!(
                    parts.iter().map(stage).fold(Span::ZERO, Span::plus),
                    stage(&whole),
                    "{day}, {by}"
                );
            };
            of_all(|view| Span::exactly(view.containers));
            of_all(|view| view.unopened);
            of_all(|view| view.remains.units);
            of_all(|view| view.remains.sampled);
            of_all(|view| view.identified);
            of_all(|view| view.notified);
            of_all(|view| view.released);
            if by == "belmora" {
                identified.push(whole.identified.lo());
            }
        }
    }
    // Nobody before the first report, most in the autumn; what was revoked since is fewer, and the late ones are more.
    assert_eq!(identified.first(), Some(&0));
    assert!(identified.iter().max() > Some(&100), "{identified:?}");
}
