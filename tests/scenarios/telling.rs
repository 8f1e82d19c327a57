//! Reading a committed dossier.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use handover::claim::Subject;
use handover::invariant;
use handover::ledger::Ledger;
use handover::obligation::Matter;
use handover::quantity::{Span, Unit};
use handover::reading::{According, Evaluation, FlowView, Joint, LegView, Reading, Sum, Whether};
use handover::when::Moment;

/// The ledger of a dossier under `dossiers/`; every invariant holds on it.
pub(crate) fn ledger(name: &str) -> Ledger {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dossiers").join(name);
    let mut ledger = Ledger::new();
    let report = handover_wire::read_into(&mut ledger, BufReader::new(File::open(path).unwrap())).unwrap();
    assert!(report.ended, "a committed dossier is complete");
    for rule in invariant::ALL {
        rule.check(&ledger).unwrap();
    }
    ledger
}

pub(crate) fn according_to(key: &str) -> According {
    match key {
        "all" => According::AcceptedByAll,
        "neutral" => According::Neutral,
        "anyone" => According::Anyone,
        party => According::To(party.parse().unwrap()),
    }
}

pub(crate) fn reading<'l>(ledger: &'l Ledger, key: &str) -> Reading<'l> {
    ledger.reading(according_to(key), Moment::END_OF_TIME).unwrap()
}

pub(crate) fn leg(reading: &Reading<'_>, key: &str) -> LegView {
    reading.leg(key.parse().unwrap()).unwrap()
}

pub(crate) fn flow(reading: &Reading<'_>, from: &str, to: &str, matter: Matter) -> FlowView {
    let ends = (from.parse().unwrap(), to.parse().unwrap());
    reading.flows().into_iter().find(|flow| (flow.from, flow.to) == ends && flow.matter == matter).unwrap()
}

pub(crate) fn evaluate(reading: &Reading<'_>, obligation: &str, terms: &str) -> Evaluation {
    reading.evaluate(obligation.parse().unwrap(), according_to(terms)).unwrap()
}

pub(crate) fn occurrence(reading: &Reading<'_>, about: Subject) -> Joint<Whether> {
    reading.occurrence(about).unwrap()
}

/// What a sum says: the sum and how many of its legs say nothing.
pub(crate) fn said(sum: &Sum) -> (Option<Span>, usize) {
    (sum.total, sum.untold().count())
}

pub(crate) fn count(reading: &Reading<'_>, about: Subject, unit: Unit) -> Joint<Span> {
    reading.count(about, unit).unwrap()
}
