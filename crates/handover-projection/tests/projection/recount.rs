//! The rows that a ledger must give, made again from its views. Words are taken from the names of the variants, so that a table
//! and its expectation cannot share a slip of the pen.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use handover::claim::{Affiliation, Subject};
use handover::ledger::Ledger;
use handover::obligation::Basis;
use handover::quantity::Span;
use handover::reading::{According, AffiliationStatus, ClaimStanding, Counted, Label, Reading, Sum, Told};
use handover::reciprocity::Accrual;
use handover::when::{DateSpan, Moment};
use rusqlite::types::Value;

use crate::Named;

/// What is asked of a ledger.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) readings: Vec<According>,
    pub(crate) terms: Option<According>,
    pub(crate) as_of: Option<Moment>,
    pub(crate) said_by: Option<Moment>,
    pub(crate) position: u64,
}

/// `OtherUnit` as `other-unit`.
fn word(variant: impl Debug) -> String {
    let mut word = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(c.to_lowercase());
    }
    word
}

fn text(what: impl Display) -> Value {
    Value::Text(what.to_string())
}

fn maybe(what: Option<impl Display>) -> Value {
    what.map_or(Value::Null, text)
}

fn number(number: impl TryInto<i64>) -> Value {
    number.try_into().map_or(Value::Null, Value::Integer)
}

/// A row that is being expected.
#[derive(Default)]
struct Expected(Named);

impl Expected {
    fn put(&mut self, column: &str, value: Value) -> &mut Self {
        assert!(self.0.insert(column.to_owned(), value).is_none(), "{column} twice");
        self
    }

    fn span(&mut self, column: &str, span: Option<Span>) -> &mut Self {
        let least = span.map(|span| number(span.lo().min(i64::MAX as u64)));
        self.put(&format!("{column}_least"), least.unwrap_or(Value::Null));
        self.put(&format!("{column}_most"), span.and_then(Span::hi).map_or(Value::Null, number));
        self.put(&format!("{column}_text"), maybe(span))
    }

    fn told(&mut self, column: &str, told: &Told<Span>) -> &mut Self {
        self.span(column, Some(told.set)).put(&format!("{column}_label"), text(word(told.label)))
    }

    fn sum(&mut self, column: &str, sum: &Sum) -> &mut Self {
        self.span(column, sum.total).put(&format!("{column}_label"), text(word(sum.label())))
    }

    fn dates(&mut self, columns: [&str; 2], dates: Option<DateSpan>) -> &mut Self {
        self.put(columns[0], maybe(dates.and_then(DateSpan::first)));
        self.put(columns[1], maybe(dates.and_then(DateSpan::last)))
    }
}

fn whose(according: According) -> String {
    match according {
        According::To(party) => party.to_string(),
        According::AcceptedByAll => "all".into(),
        other => word(other),
    }
}

fn accrual(at: Accrual) -> &'static str {
    match at {
        Accrual::Tender => "tendered",
        Accrual::Passage => "passed",
        Accrual::Credit => "credited",
    }
}

fn affiliation(status: AffiliationStatus) -> String {
    let of = |whose: Affiliation| match whose {
        Affiliation::ForcesOf(party) => format!("forces-of:{party}"),
        Affiliation::CiviliansOf(party) => format!("civilians-of:{party}"),
        other => word(other),
    };
    match status {
        AffiliationStatus::Undetermined => "undetermined".into(),
        AffiliationStatus::Presumed(whose) => format!("presumed-{}", of(whose)),
        AffiliationStatus::Determined(whose) => format!("determined-{}", of(whose)),
    }
}

/// Every row of every table that a reading gives.
pub(crate) struct Recount<'l> {
    ledger: &'l Ledger,
    asked: Asked,
    pub(crate) rows: BTreeMap<&'static str, Vec<Named>>,
}

impl<'l> Recount<'l> {
    pub(crate) fn of(ledger: &'l Ledger, asked: &Asked) -> Self {
        let mut it = Self { ledger, asked: asked.clone(), rows: BTreeMap::new() };
        for according in asked.readings.clone() {
            let as_of = asked.as_of.unwrap_or(Moment::END_OF_TIME);
            let mut reading = ledger.reading(according, as_of).unwrap();
            if let Some(moment) = asked.said_by {
                reading = reading.said_by(moment);
            }
            let terms = asked.terms.unwrap_or(according);
            it.legs(&reading, terms);
            it.obligations(&reading, terms);
            it.claims(&reading, terms);
            it.units(&reading, terms);
        }
        it
    }

    fn row(&self, reading: &Reading<'_>, terms: According) -> Expected {
        let mut row = Expected::default();
        row.put("according_to", text(whose(reading.according())))
            .put("terms_of", text(whose(terms)))
            .put("as_of", maybe(self.asked.as_of))
            .put("said_by", maybe(self.asked.said_by))
            .put("position", number(self.asked.position));
        row
    }

    fn add(&mut self, table: &'static str, row: Expected) {
        self.rows.entry(table).or_default().push(row.0);
    }

    fn legs(&mut self, reading: &Reading<'_>, terms: According) {
        // All at once, where the tables ask for one after another.
        for view in reading.legs() {
            let mut row = self.row(reading, terms);
            row.put("leg", text(view.leg))
                .put("handover", text(view.handover))
                .put("agreement", maybe(view.under))
                .put("from_party", text(view.from))
                .put("to_party", text(view.to))
                .put("matter", text(view.of.matter))
                .put("category", maybe(view.of.category))
                .put("unit", text(view.unit))
                .put("towards", maybe(view.towards))
                .put("batches", number(view.batches.len()))
                .dates(["earliest", "latest"], Some(view.dates.set))
                .put("dates_label", text(word(view.dates.label)))
                .put("counted", text(word(view.counted)))
                .told("passed", &view.passed);
            self.add("legs", row);
        }
    }

    fn obligations(&mut self, reading: &Reading<'_>, terms: According) {
        for view in reading.obligations(terms).unwrap() {
            let recorded = self.ledger.obligation(view.obligation).unwrap();
            let stands = reading.stands(view.obligation, terms).unwrap();
            let balance = reading.balance(view.obligation, terms).unwrap();
            let (basis, agreement) = match recorded.basis {
                Basis::Agreement(agreement) => ("agreement", Some(agreement)),
                Basis::UnilateralPledge => ("unilateral-pledge", None),
                Basis::Baseline(_) => ("law", None),
            };
            let term = Some(view.term.set).filter(|_| view.term.label >= Label::Stated);
            let mut row = self.row(reading, terms);
            row.put("obligation", text(view.obligation))
                .put("debtor", text(recorded.debtor))
                .put("creditor", text(recorded.creditor))
                .put("matter", text(recorded.of.matter))
                .put("category", maybe(recorded.of.category))
                .put("unit", text(recorded.unit))
                .put("basis", text(basis))
                .put("agreement", maybe(agreement))
                .put("duty", maybe(recorded.basis.duty()))
                .put("standard", text(word(recorded.standard)))
                .put("credits_at", text(accrual(recorded.credits_at)))
                .put("term_label", text(word(view.term.label)))
                .span("floor", term.and_then(|term| term.floor))
                .span("ceiling", term.and_then(|term| term.ceiling))
                .sum("tendered", &view.tendered)
                .sum("passed", &view.passed)
                .sum("credited", &view.credited)
                .span("outstanding", view.outstanding)
                .span("surplus", view.surplus)
                .span("remaining", balance.remaining)
                .put("verdict", text(word(view.verdict)))
                .dates(["due_earliest", "due_latest"], stands.deadline)
                .put("overdue", text(word(view.overdue)));
            self.add("obligations", row);
            for state in &stands.states {
                let mut row = self.row(reading, terms);
                row.put("obligation", text(view.obligation))
                    .put("state", text(word(state.state)))
                    .put("holds", text(word(state.holds)));
                self.add("obligation_states", row);
            }
        }
    }

    fn claims(&mut self, reading: &Reading<'_>, terms: According) {
        for entry in self.ledger.entries() {
            let Ok(view) = reading.claim(entry.id) else { continue };
            if view.standing == ClaimStanding::NotYetSaid {
                continue;
            }
            assert_eq!((view.by.speaker, view.by.said), (entry.by, entry.said));
            let (kind, about, of) = match view.by.about {
                Subject::Agreement(id) => ("agreement", text(id), Value::Null),
                Subject::Obligation(id) => ("obligation", text(id), Value::Null),
                Subject::Milestone(id) => ("milestone", text(id), Value::Null),
                Subject::Slot(id) => ("slot", text(id), Value::Null),
                Subject::Handover(id) => ("handover", text(id), Value::Null),
                Subject::Appearance { at, of } => ("appearance", text(at), text(of)),
                Subject::Leg(id) => ("leg", text(id), Value::Null),
                Subject::Batch(id) => ("batch", text(id), Value::Null),
                Subject::Bringing { batch, to } => ("bringing", text(to), text(batch)),
                Subject::Total(id) => ("total", text(id), Value::Null),
                other => panic!("{other} has no kind"),
            };
            let told = view.told.as_ref().map(|(told, _)| told);
            let mut row = self.row(reading, terms);
            row.put("claim", text(entry.id))
                .put("speaker", text(entry.by))
                .put("organ", text(self.ledger.organ_of(entry.by).unwrap()))
                .put("party", maybe(view.by.party))
                .put("about_kind", text(kind))
                .put("about", about)
                .put("about_of", of)
                .put("scope", text(view.scope))
                .put("unit", maybe(view.told.as_ref().map(|(_, unit)| unit)))
                .span("told", told.map(|told| told.set))
                .put("told_label", maybe(told.map(|told| word(told.label))))
                .put("standing", text(word(view.standing)))
                .put("believed", number(reading.believes(&view.by)))
                .dates(["said_earliest", "said_latest"], Some(entry.said.span()))
                .put("source", maybe(entry.source));
            self.add("claims", row);
        }
    }

    fn units(&mut self, reading: &Reading<'_>, terms: According) {
        let mut counts: BTreeMap<(&str, String), [u64; 3]> = BTreeMap::new();
        for unit in self.ledger.units() {
            let view = reading.unit(unit).unwrap();
            if view.lives == Counted::No {
                continue;
            }
            let identified = reading.identification(unit).unwrap();
            let affiliated = reading.affiliation(unit).unwrap();
            let rest = reading.disposition(unit).unwrap().rest.map(word);
            let mut row = self.row(reading, terms);
            row.put("unit", text(unit))
                .put("exists_by_then", text(word(view.lives)))
                .put("human", text(word(view.human)))
                .put("progress", text(word(view.progress)))
                .span("comparisons", Some(view.comparisons))
                .put("identification", text(word(identified.status)))
                .put("possibly_later", number(identified.possibly_later))
                .put("affiliation", text(affiliation(affiliated.status)))
                .put("affiliation_contested", number(affiliated.contested))
                .put("rest", maybe(rest.as_ref()));
            self.add("units", row);
            for (axis, status) in [
                ("human", word(view.human)),
                ("progress", word(view.progress)),
                ("identification", word(identified.status)),
                ("affiliation", affiliation(affiliated.status)),
                ("rest", rest.unwrap_or("untold".into())),
            ] {
                let [least, most, later] = counts.entry((axis, status)).or_default();
                *least += u64::from(view.lives == Counted::Yes);
                *most += 1;
                *later += u64::from(axis == "identification" && identified.possibly_later);
            }
        }
        for ((axis, status), [least, most, later]) in counts {
            let mut row = self.row(reading, terms);
            row.put("axis", text(axis))
                .put("status", text(status))
                .span("units", Span::new(least, most))
                .put("possibly_later", number(later));
            self.add("units_by_status", row);
        }
    }
}
