//! What looks true and is not: each trap that `docs/semantics.md` names, as a small story.

use handover::claim::Statement;
use handover::entry::What;
use handover::id::PartyId;
use handover::ledger::Ledger;
use handover::quantity::{Count, Span};
use handover::reading::{
    AuditOutcome, Evaluation, JointView, Label, LegView, Reading, Told, Verdict, Whether,
};

use handover_testkit::compare::{end_of, real};
use handover_testkit::model::According;
use handover_testkit::world::posting::{self, id, ledger, party, read, said, subject, unit};
use handover_testkit::world::{
    Act, Amount, DAYS, Date, Kind, Leg, Owed, Precedence, Respect, Side, Thing, Word, World,
};

use According::{AcceptedByAll, Anyone, Neutral, To};
use Amount::{Between, Exact, Undisclosed};

/// The first organ of each party; then a second of the first party, a neutral and an outlet.
const NORTH: usize = 0;
const SOUTH: usize = 1;
const NORTH_TOO: usize = 2;
const MONITOR: usize = 3;
const OUTLET: usize = 4;

fn day(day: u8) -> Date {
    Date::Days(Some(day), Some(day))
}

/// Handovers on the 1st, 2nd and so on, each with one leg from the north to the south.
fn world(handovers: u8) -> World {
    let leg = |handover| Leg { handover, from: 0, to: 1, unit: Kind::Sets, towards: true, whole: false };
    World {
        parties: 2,
        organs: vec![Side::Party(0), Side::Party(1), Side::Party(0), Side::Neutral, Side::Press],
        precedence: vec![],
        agreed: true,
        handovers: (1..=handovers).map(day).collect(),
        legs: (0..usize::from(handovers)).map(leg).collect(),
        batches: vec![],
        steps: vec![],
    }
}

fn reading(ledger: &Ledger, according: According) -> Reading<'_> {
    ledger.reading(real(according), end_of(DAYS)).unwrap()
}

fn leg(world: &World, at: usize, according: According) -> LegView {
    reading(&ledger(world), according).leg(id("leg", at)).unwrap()
}

fn passed(world: &World, at: usize, according: According) -> Told<Span> {
    leg(world, at, according).passed
}

fn evaluated(world: &World, terms: According, counts: According) -> Evaluation {
    reading(&ledger(world), counts).evaluate(read("duty"), real(terms)).unwrap()
}

fn span(lo: u64, hi: u64) -> Span {
    Span::new(lo, hi).unwrap()
}

fn told(set: Span, label: Label) -> Told<Span> {
    Told { set, label }
}

const LEG: Thing = Thing::Leg(0);

#[test]
fn a_contradiction_widens_a_word_and_a_higher_organ_moves_it() {
    let one = world(1).counts(NORTH, LEG, Exact(5));
    assert_eq!(passed(&one, 0, To(0)), told(Span::exactly(5), Label::Stated));
    let two = one.clone().counts(NORTH, LEG, Exact(7));
    assert_eq!(passed(&two, 0, To(0)), told(span(5, 7), Label::Contradictory));
    let mut moved = one.counts(NORTH_TOO, LEG, Exact(9));
    moved.precedence.push(Precedence { party: 0, respect: Some(Respect::Count), organs: vec![NORTH_TOO] });
    assert_eq!(passed(&moved, 0, To(0)), told(Span::exactly(9), Label::Stated));
}

#[test]
fn a_hull_of_acceptable_totals_would_be_unsound() {
    // Six or more, says the one; four or fewer, the other: five is acceptable to neither, though every hull holds it.
    let world = world(1)
        .says(NORTH, Thing::Obligation, Word::Owed(Owed::AtLeast(6)))
        .says(SOUTH, Thing::Obligation, Word::Owed(Owed::UpTo(4)))
        .counts(NORTH, LEG, Exact(5))
        .counts(SOUTH, LEG, Exact(5));
    let found = evaluated(&world, AcceptedByAll, AcceptedByAll);
    assert_eq!(found.verdict, Verdict::Undetermined);
    assert_eq!(found.outstanding, Some(span(0, 1)));
    assert_eq!(found.surplus, Some(span(0, 1)), "who states no ceiling may be right");
    assert_eq!(evaluated(&world, To(0), AcceptedByAll).verdict, Verdict::NotMet);
    assert!(evaluated(&world, To(1), AcceptedByAll).is_exceeded());
}

#[test]
fn a_published_total_is_never_taken_into_a_sum() {
    let world = world(2).counts(NORTH, LEG, Exact(5)).counts(NORTH, Thing::Total, Exact(9));
    let ledger = ledger(&world);
    let total = reading(&ledger, To(0)).total(read("total")).unwrap();
    assert_eq!(total.recomputed.total, Some(Span::at_least(5)));
    let missing = AuditOutcome::Missing { count: Span::exactly(4), legs: vec![id("leg", 1)] };
    assert_eq!(total.audits[0].outcome, missing);
    assert_eq!(passed(&world, 1, To(0)).label, Label::Silent);
}

#[test]
fn denying_one_handover_says_nothing_of_another() {
    let world = world(2)
        .says(SOUTH, Thing::Handover(0), Word::DidNotOccur)
        .says(SOUTH, LEG, Word::DidNotOccur)
        .counts(NORTH, Thing::Leg(1), Exact(3));
    let ledger = ledger(&world);
    let south = reading(&ledger, To(1));
    let (denied, ()) = south.told_occurrence(subject(Thing::Handover(0))).unwrap();
    let (other, ()) = south.told_occurrence(subject(Thing::Handover(1))).unwrap();
    assert_eq!(denied.set, Whether::just(false));
    assert_eq!((other.set, other.label), (Whether::ANY, Label::Silent));
    assert_eq!(passed(&world, 0, To(1)), told(Span::ZERO, Label::Stated));
    assert_eq!(passed(&world, 1, To(1)), told(Span::EVERYTHING, Label::Silent));
    assert_eq!(leg(&world, 1, To(1)).occurrence.view, JointView::OneSided(party(0)));
}

#[test]
fn denying_a_handover_denies_no_leg_of_it() {
    let world = world(1).says(SOUTH, Thing::Handover(0), Word::DidNotOccur);
    assert_eq!(passed(&world, 0, To(1)).label, Label::Silent);
}

#[test]
fn a_stated_nought_denies_passing() {
    for nought in [Exact(0), Amount::None, Amount::AtMost(0), Amount::LessThan(1)] {
        let world = world(1).counts(NORTH, LEG, nought).counts(SOUTH, LEG, Exact(3));
        assert_eq!(leg(&world, 0, Anyone).occurrence.view, JointView::Denied(vec![party(0)]));
    }
    let perhaps = world(1).counts(NORTH, LEG, Amount::AtMost(2));
    assert_eq!(leg(&perhaps, 0, To(0)).occurrence.view, JointView::Unasserted);
}

#[test]
fn a_denial_settles_the_number_whatever_the_precedence_for_counts() {
    let mut world = world(1).counts(NORTH_TOO, LEG, Amount::AtMost(4)).says(NORTH, LEG, Word::DidNotOccur);
    world.precedence.push(Precedence { party: 0, respect: Some(Respect::Count), organs: vec![NORTH_TOO] });
    assert_eq!(passed(&world, 0, To(0)), told(Span::ZERO, Label::Stated));
}

#[test]
fn who_denies_and_counts_contradicts_itself_and_confirms_nothing() {
    let world = world(1).says(NORTH, LEG, Word::DidNotOccur).counts(NORTH, LEG, Exact(5)).counts(
        SOUTH,
        LEG,
        Exact(5),
    );
    assert_eq!(passed(&world, 0, To(0)), told(span(0, 5), Label::Contradictory));
    assert_eq!(leg(&world, 0, Anyone).count.view, JointView::PartlyCompatible(Span::exactly(5)));
}

#[test]
fn no_recorded_leg_is_not_nought() {
    let mut world = world(1);
    world.legs.clear();
    let ledger = ledger(&world);
    assert_eq!(evaluated(&world, Anyone, Anyone).passed.total, None);
    assert!(reading(&ledger, Anyone).flows().is_empty());
    let total = reading(&ledger, Anyone).total(read("total")).unwrap();
    assert_eq!(total.recomputed.total, None);
}

#[test]
fn no_figure_is_nought_from_silence() {
    for amount in [None, Some(Undisclosed), Some(Amount::Withheld), Some(Amount::Unknown)] {
        let world = match amount {
            None => world(1),
            Some(amount) => world(1).counts(NORTH, LEG, amount),
        };
        let found = passed(&world, 0, To(0));
        assert_eq!(found.set, Span::EVERYTHING);
        let label = match amount {
            Some(Undisclosed) => Label::Undisclosed,
            Some(Amount::Withheld) => Label::Withheld,
            Some(_) => Label::Unknown,
            None => Label::Silent,
        };
        assert_eq!(found.label, label);
        assert_eq!(evaluated(&world, To(0), To(0)).passed.total, Some(Span::EVERYTHING));
    }
}

#[test]
fn a_batch_brought_twice_and_passed_once_counts_once() {
    let world = world(2)
        .with_batch(1)
        .counts(NORTH, Thing::Batch(0), Exact(5))
        .says(NORTH, Thing::Slot(0), Word::Occurred)
        .says(NORTH, Thing::Slot(1), Word::Occurred)
        .says(NORTH, Thing::Bringing(0, 0), Word::Occurred)
        .says(NORTH, Thing::Bringing(0, 1), Word::Occurred)
        .says(NORTH, LEG, Word::DidNotOccur);
    let mut world = world;
    world.legs[1].whole = true;
    let found = evaluated(&world, To(0), To(0));
    assert_eq!(found.passed.total, Some(Span::exactly(5)));
    assert_eq!(found.tendered.total, Some(Span::exactly(5)));
}

#[test]
fn a_count_of_containers_counts_no_remains() {
    let world = world(1).says(NORTH, LEG, Word::Count(Exact(3), Kind::Containers)).says(
        MONITOR,
        LEG,
        Word::Count(Exact(3), Kind::Containers),
    );
    for according in [To(0), Neutral, Anyone] {
        assert_eq!(passed(&world, 0, according), told(Span::EVERYTHING, Label::OtherUnit), "{according:?}");
    }
    assert_eq!(passed(&world, 0, To(1)).label, Label::Silent);
    let happened = leg(&world, 0, To(0)).occurrence.view;
    assert_eq!(happened, JointView::OneSided(party(0)), "someone was handed over all the same");
}

#[test]
fn a_marked_word_confirms_nothing() {
    let world =
        world(1).counts(NORTH, LEG, Exact(5)).counts(NORTH, LEG, Exact(6)).counts(SOUTH, LEG, Between(5, 6));
    assert_eq!(leg(&world, 0, Anyone).count.view, JointView::PartlyCompatible(span(5, 6)));
}

#[test]
fn two_outlets_that_quote_one_speaker_are_one_claim() {
    let mut world = world(1).counts(NORTH, LEG, Exact(5));
    let alone: Vec<PartyId> = vec![party(0)];
    world.organs.push(Side::Press);
    let world = world.does(OUTLET, Act::Repeats(0)).does(OUTLET + 1, Act::Repeats(1));
    let ledger = ledger(&world);
    let view = reading(&ledger, Anyone).explained().leg(id("leg", 0)).unwrap();
    assert_eq!(view.count.view, JointView::OneSided(alone[0]));
    assert_eq!(view.rests_on.entries().collect::<Vec<_>>(), [id("step", 0)]);
    let withdrawn = world.does(NORTH, Act::Withdraws(0));
    assert_eq!(passed(&withdrawn, 0, Anyone), told(Span::EVERYTHING, Label::Silent));
}

#[test]
fn a_sum_is_wider_than_what_all_accept_of_it() {
    // Both come to seven, by different legs; but who is right may differ from leg to leg.
    let world = world(2)
        .counts(NORTH, LEG, Exact(2))
        .counts(NORTH, Thing::Leg(1), Exact(5))
        .counts(SOUTH, LEG, Exact(5))
        .counts(SOUTH, Thing::Leg(1), Exact(2));
    for party in [0, 1] {
        assert_eq!(evaluated(&world, Anyone, To(party)).passed.total, Some(Span::exactly(7)));
    }
    assert_eq!(evaluated(&world, Anyone, AcceptedByAll).passed.total, Some(span(4, 10)));
}

#[test]
fn observers_and_a_second_organ_confirm_nothing_for_a_party() {
    let world = world(1)
        .counts(NORTH, LEG, Exact(5))
        .counts(NORTH_TOO, LEG, Exact(5))
        .counts(MONITOR, LEG, Exact(5))
        .counts(OUTLET, LEG, Exact(5));
    let view = leg(&world, 0, Anyone);
    assert_eq!(view.count.view, JointView::OneSided(party(0)));
    assert_eq!(passed(&world, 0, AcceptedByAll).set, Span::EVERYTHING);
}

#[test]
fn who_confirms_that_it_happened_confirms_no_count_and_not_whose() {
    let world = world(1).counts(NORTH, LEG, Exact(5)).says(SOUTH, LEG, Word::Occurred);
    let view = leg(&world, 0, Anyone);
    assert_eq!(view.occurrence.view, JointView::ConfirmedByAll(Whether::just(true)));
    assert_eq!(view.count.view, JointView::OneSided(party(0)));
    assert_eq!(view.whose.view, JointView::Unasserted);
}

#[test]
fn withdrawing_a_correction_revives_nothing() {
    let world = world(1)
        .counts(NORTH, LEG, Exact(5))
        .does(NORTH, Act::Corrects(0, Word::Count(Exact(6), Kind::Sets)))
        .does(NORTH, Act::Withdraws(1));
    assert_eq!(passed(&world, 0, To(0)).label, Label::Silent);
}

#[test]
fn a_leg_whose_batch_is_undisclosed_is_not_silent() {
    let world = world(1).with_batch(0).counts(NORTH, Thing::Batch(0), Undisclosed);
    assert_eq!(passed(&world, 0, To(0)), told(Span::EVERYTHING, Label::Undisclosed));
}

#[test]
fn batches_are_a_lower_bound_until_there_is_no_other() {
    let mut world = world(1).with_batch(0).with_batch(0);
    world = world.counts(NORTH, Thing::Batch(0), Exact(2)).counts(NORTH, Thing::Batch(1), Exact(3));
    assert_eq!(passed(&world, 0, To(0)).set, Span::at_least(5));
    world.legs[0].whole = true;
    assert_eq!(passed(&world, 0, To(0)).set, Span::exactly(5));
    let counted_too = world.counts(NORTH, LEG, Between(4, 6));
    assert_eq!(passed(&counted_too, 0, To(0)).set, Span::exactly(5), "never added to each other");
}

#[test]
fn of_two_numbers_all_accept_what_lies_between() {
    let world = world(1).counts(NORTH, LEG, Exact(5)).counts(SOUTH, LEG, Exact(8));
    assert_eq!(passed(&world, 0, AcceptedByAll), told(span(5, 8), Label::Stated));
    assert_eq!(leg(&world, 0, Anyone).count.view, JointView::Conflicting(Some(3)));
}

#[test]
fn the_same_as_another_is_what_was_uttered_and_stays_so() {
    let world = world(1)
        .counts(NORTH, LEG, Exact(5))
        .counts(SOUTH, LEG, Amount::SameAs(0, 1))
        .does(NORTH, Act::Corrects(0, Word::Count(Exact(9), Kind::Sets)));
    assert_eq!(passed(&world, 0, To(1)).set, span(4, 6));
}

#[test]
fn the_keeper_of_the_record_asserts_nothing() {
    let world = world(1);
    let mut ledger = ledger(&world);
    let count = Count { quantity: posting::quantity(Exact(5)), unit: unit(Kind::Sets), qualifier: None };
    let mut entry = said("claim", NORTH, 1, subject(LEG), Statement::Count(count));
    entry.by = handover::ledger::keeper();
    assert!(matches!(entry.what, What::Claim(_)));
    assert!(ledger.post(&entry).is_err());
}
