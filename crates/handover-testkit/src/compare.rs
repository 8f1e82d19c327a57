//! Every view of a ledger against the naive model.
//!
//! A difference fails the test by a panic that says what was found, what was expected and in which reading.

use handover::claim::Subject;
use handover::id::{BatchId, OrganId, PartyId};
use handover::ledger::Ledger;
use handover::obligation::Matter;
use handover::quantity::Span;
use handover::reading::{
    self, AuditOutcome, Joint, JointView, Meaning, NotComparable, PartyWord, Reading, Sum, Told, Whether,
};
use handover::when::{DateSpan, Moment};

use crate::model::figures::{Audit, Counted, Verdict};
use crate::model::sets::{self, BEYOND, Set};
use crate::model::{self, According, Label, Model, Proposition};
use crate::world::posting::{self, id, party, read, subject, unit};
use crate::world::{DAYS, Date, Kind, Thing, World};

/// The end of a day.
pub fn end_of(day: u8) -> Moment {
    posting::when(Date::Days(Some(day), Some(day))).last_moment().unwrap()
}

/// Every reading of a world.
pub fn readings(world: &World) -> Vec<According> {
    let mut readings: Vec<According> = (0..world.parties).map(According::To).collect();
    readings.extend([According::AcceptedByAll, According::Neutral, According::Anyone]);
    readings
}

/// A reading of the model as the ledger has it.
pub fn real(according: According) -> reading::According {
    match according {
        According::To(at) => reading::According::To(party(at)),
        According::AcceptedByAll => reading::According::AcceptedByAll,
        According::Neutral => reading::According::Neutral,
        According::Anyone => reading::According::Anyone,
    }
}

/// Compares every view of a ledger with what the model says of the world that was posted into it: what had been uttered
/// by the end of a day, or everything, and what had happened by the end of another.
///
/// # Panics
/// A view is not what the model says.
pub fn compare(world: &World, ledger: &Ledger, said_by: Option<u8>, as_of: u8) {
    let model = Model::new(world, said_by);
    for according in readings(world) {
        let reading = ledger.reading(real(according), end_of(as_of)).unwrap();
        let reading = said_by.map_or(reading, |day| reading.said_by(end_of(day)));
        let context = format!("{according:?}, said by {said_by:?}, as of {as_of}");
        compare_words(&model, &reading, according, &context);
        compare_legs(&model, &reading, according, as_of, &context);
        compare_figures(&model, &reading, according, as_of, &context);
    }
    let reading = ledger.reading(reading::According::Anyone, end_of(as_of)).unwrap();
    let reading = said_by.map_or(reading, |day| reading.said_by(end_of(day)));
    compare_joints(&model, &reading);
}

/// Things that can be counted.
pub fn counted_things(world: &World) -> Vec<Thing> {
    let legs = (0..world.legs.len()).map(Thing::Leg);
    legs.chain((0..world.batches.len()).map(Thing::Batch)).chain([Thing::Total]).collect()
}

/// Things that can happen.
pub fn happenings(world: &World) -> Vec<Thing> {
    let handovers = 0..world.handovers.len();
    let mut things: Vec<Thing> = (0..world.legs.len()).map(Thing::Leg).collect();
    for handover in handovers.clone() {
        things.extend([Thing::Handover(handover), Thing::Slot(handover)]);
    }
    for batch in 0..world.batches.len() {
        things.extend(handovers.clone().map(|handover| Thing::Bringing(batch, handover)));
    }
    things
}

fn compare_words(model: &Model<'_>, reading: &Reading<'_>, according: According, context: &str) {
    for thing in counted_things(model.world) {
        for kind in [Kind::Sets, Kind::Containers] {
            let expected = model.told(Proposition::Count(thing, kind), according);
            let (found, ()) = reading.told_count(subject(thing), unit(kind)).unwrap();
            same_told(&found, expected, &format!("count of {thing:?} in {kind:?}, {context}"));
        }
    }
    for thing in happenings(model.world) {
        let expected = model.told(Proposition::Occurs(thing), according);
        let (found, ()) = reading.told_occurrence(subject(thing)).unwrap();
        same_told(&found, expected, &format!("occurrence of {thing:?}, {context}"));
    }
}

fn compare_legs(model: &Model<'_>, reading: &Reading<'_>, according: According, as_of: u8, context: &str) {
    for (at, leg) in model.world.legs.iter().enumerate() {
        let view = reading.leg(id("leg", at)).unwrap();
        let context = format!("leg {at}, {context}");
        same_told(&view.passed, model.leg(at, according), &context);
        same_told(&view.dates, model.dates(leg.handover, according), &context);
        let counted = match model.counted(leg.handover, according, as_of) {
            Counted::Yes => reading::Counted::Yes,
            Counted::Perhaps => reading::Counted::Perhaps,
            Counted::No => reading::Counted::No,
        };
        assert_eq!(view.counted, counted, "{context}");
        let batches: Vec<BatchId> = model.world.batches_of(at).map(|batch| id("batch", batch)).collect();
        assert_eq!(view.batches, batches, "{context}");
    }
}

fn compare_figures(model: &Model<'_>, reading: &Reading<'_>, according: According, as_of: u8, context: &str) {
    let world = model.world;
    // Prisoners pass by their lists: see `hands`.
    for flow in reading.flows().into_iter().filter(|flow| flow.matter == Matter::Remains) {
        let legs: Vec<usize> = (0..world.legs.len())
            .filter(|leg| {
                let leg = &world.legs[*leg];
                (party::<PartyId>(leg.from), party(leg.to), unit(leg.unit)) == (flow.from, flow.to, flow.unit)
            })
            .collect();
        let kind = world.legs[legs[0]].unit;
        let parts = model.parts(&legs, kind, according, as_of);
        same_sum(&flow.passed, &parts, &format!("flow from {} to {}, {context}", flow.from, flow.to));
    }
    for terms in readings(world) {
        let expected = model.evaluate(terms, according, as_of);
        let found = reading.evaluate(read("duty"), real(terms)).unwrap();
        let context = format!("terms {terms:?}, {context}");
        let verdict = match expected.verdict {
            Verdict::Met => reading::Verdict::Met,
            Verdict::NotMet => reading::Verdict::NotMet,
            Verdict::Undetermined => reading::Verdict::Undetermined,
            Verdict::NoTerms => reading::Verdict::NoTerms,
            Verdict::OpenUnquantified => reading::Verdict::OpenUnquantified,
        };
        assert_eq!(found.verdict, verdict, "{context}");
        for (found, expected) in
            [(found.outstanding, expected.outstanding), (found.surplus, expected.surplus)]
        {
            assert_eq!(found.is_some(), expected.is_some(), "{context}");
            if let (Some(found), Some(expected)) = (found, expected) {
                same_span(found, expected, &context);
            }
        }
    }
    let total = reading.total(read("total")).unwrap();
    let audits = total.audits.iter().filter(|audit| {
        !matches!(audit.outcome, AuditOutcome::CannotBeCompared(NotComparable::OtherUnit(_)))
    });
    let expected = model.audits(according, as_of);
    assert_eq!(audits.clone().count(), expected.len(), "{context}");
    for (found, (step, expected)) in audits.zip(expected) {
        assert_eq!(found.by.entry, id("step", step), "{context}");
        same_audit(&found.outcome, expected, &format!("audit of step {step}, {context}"));
    }
}

fn same_sum(found: &Sum, parts: &[(usize, model::Told, Counted)], context: &str) {
    assert_eq!(found.parts.len(), parts.len(), "{context}");
    for (found, (leg, told, _)) in found.parts.iter().zip(parts) {
        assert_eq!(found.leg, id("leg", *leg), "{context}");
        same_told(&found.told, *told, context);
    }
    let sum = Model::sum(parts);
    assert_eq!(found.total.is_some(), sum.is_some(), "no recorded leg is not nought: {context}");
    if let Some((found, expected)) = found.total.zip(sum) {
        same_span(found, expected, context);
    }
}

fn same_audit(found: &AuditOutcome, expected: Audit, context: &str) {
    let is_same = match (found, expected) {
        (AuditOutcome::Agrees, Audit::Agrees)
        | (AuditOutcome::Compatible, Audit::Compatible)
        | (AuditOutcome::CannotBeCompared(NotComparable::NoNumber(_)), Audit::NoNumber)
        | (AuditOutcome::CannotBeCompared(NotComparable::NoLeg), Audit::NoLeg) => true,
        (AuditOutcome::Exceeds(found), Audit::Exceeds(expected))
        | (AuditOutcome::FallsShort(found), Audit::FallsShort(expected)) => *found == u64::from(expected),
        (AuditOutcome::Missing { count, .. }, Audit::Missing(expected)) => {
            same_span(*count, expected, context);
            true
        }
        _ => false,
    };
    assert!(is_same, "found {found:?}, expected {expected:?}: {context}");
}

fn compare_joints(model: &Model<'_>, reading: &Reading<'_>) {
    for thing in counted_things(model.world) {
        for kind in [Kind::Sets, Kind::Containers] {
            let q = Proposition::Count(thing, kind);
            let about: Subject = subject(thing);
            same_joint(model, q, &reading.count(about, unit(kind)).unwrap());
        }
    }
    for thing in happenings(model.world) {
        let found: Joint<Whether> = reading.occurrence(subject(thing)).unwrap();
        same_joint(model, Proposition::Occurs(thing), &found);
    }
}

fn same_joint<S: Mask>(model: &Model<'_>, q: Proposition, found: &Joint<S>) {
    use crate::model::words::Joint as J;
    let expected = model.joint(q);
    let parties = |parties: &[usize]| -> Vec<PartyId> { parties.iter().map(|at| party(*at)).collect() };
    let is_same = match (&found.view, &expected) {
        (JointView::Unasserted, J::Unasserted) => true,
        (JointView::Withheld(found), J::Withheld(by)) | (JointView::Denied(found), J::Denied(by)) => {
            *found == parties(by)
        }
        (JointView::Conflicting(found), J::Conflicting(gap)) => *found == gap.map(u64::from),
        (JointView::OneSided(found), J::OneSided(by)) => *found == party(*by),
        (JointView::ConfirmedByAll(found), J::ConfirmedByAll(set))
        | (JointView::ConfirmedBySome(found), J::ConfirmedBySome(set))
        | (JointView::PartlyCompatible(found), J::PartlyCompatible(set)) => found.is_mask(*set),
        _ => false,
    };
    assert!(is_same, "{q:?}: found {:?}, expected {expected:?}", found.view);
    for (word, at) in found.words.iter().zip(model.world.parties_of(q.about())) {
        same_word(model, q, word, at);
    }
}

fn same_word<S: Mask>(model: &Model<'_>, q: Proposition, found: &PartyWord<S>, at: usize) {
    let context = format!("word of party {at} on {q:?}");
    let expected = model.party_word(q, at);
    same_told(&found.told, expected, &context);
    let (told, followed) = model.party_word_and_organs(q, at);
    let followed: Vec<OrganId> = followed.iter().map(|organ| id("organ", *organ)).collect();
    if told == expected {
        let mut found = found.followed.clone();
        found.sort_by_key(ToString::to_string);
        assert_eq!(found, followed, "{context}");
    }
    assert!(found.not_followed.iter().all(|word| !followed.contains(&word.organ)), "{context}");
}

/// A set of the domain that a mask can be compared with.
trait Mask: Meaning {
    fn is_mask(&self, mask: Set) -> bool;
}

impl Mask for Span {
    fn is_mask(&self, mask: Set) -> bool {
        assert!(self.hi().is_none_or(|hi| hi < u64::from(BEYOND)), "numbers of a small world stay small");
        let written_out = (0..BEYOND).all(|n| self.contains(u64::from(n)) == (mask & sets::just(n) != 0));
        written_out && self.hi().is_none() == (mask & sets::just(BEYOND) != 0)
    }
}

impl Mask for DateSpan {
    fn is_mask(&self, mask: Set) -> bool {
        let is_in = |day: u8| mask & sets::just(day.into()) != 0;
        let days = (1..=DAYS).all(|day| self.contains(end_of(day)) == is_in(day));
        days && self.first().is_none() == is_in(0) && self.last().is_none() == is_in(DAYS + 1)
    }
}

impl Mask for Whether {
    fn is_mask(&self, mask: Set) -> bool {
        self.values().is_none_or(|values| values.contains(&false)) == (mask & sets::NO != 0)
            && self.values().is_none_or(|values| values.contains(&true)) == (mask & sets::YES != 0)
    }
}

fn same_span(found: Span, expected: Set, context: &str) {
    assert!(found.is_mask(expected), "found {found:?}, expected {:?}: {context}", shown(expected));
}

fn same_told<S: Mask>(found: &Told<S>, expected: model::Told, context: &str) {
    let label = match expected.label {
        Label::Silent => reading::Label::Silent,
        Label::OtherUnit => reading::Label::OtherUnit,
        Label::Unknown => reading::Label::Unknown,
        Label::Undisclosed => reading::Label::Undisclosed,
        Label::Withheld => reading::Label::Withheld,
        Label::Stated => reading::Label::Stated,
        Label::Marked => reading::Label::Contradictory,
    };
    assert!(
        found.set.is_mask(expected.set) && found.label == label,
        "found {found:?}, expected {:?} {label:?}: {context}",
        shown(expected.set)
    );
}

/// The ends of a set, for a message.
fn shown(set: Set) -> (u32, u32) {
    (sets::lowest(set), sets::highest(set))
}
