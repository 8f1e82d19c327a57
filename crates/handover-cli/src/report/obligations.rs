//! What is owed and how it stands.

use handover::id::ObligationId;
use handover::quantity::Span;
use handover::reading::{
    CheckOutcome, Comparison, CountCheck, Label, RestsOn, StandsView, StateView, Verdict,
};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::agreements::Suspension;
use super::figure::{By, Figure, Interval, Tag};
use super::{Book, key, words};

/// An obligation, evaluated by each reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Obligation {
    /// The obligation.
    pub(crate) obligation: String,
    /// Who must perform.
    pub(crate) debtor: String,
    /// Who may demand.
    pub(crate) creditor: String,
    /// Who is to be handed over.
    pub(crate) matter: String,
    /// The category, where one is distinguished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) category: Option<String>,
    /// In what unit.
    pub(crate) unit: String,
    /// On what it rests.
    pub(crate) basis: String,
    /// To what the debtor is held.
    pub(crate) standard: &'static str,
    /// At which moment performance is credited: `tendered`, `passed` or `credited`.
    pub(crate) credits_at: &'static str,
    /// What a reader must know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// How it stands, by each reading.
    pub(crate) stands: Vec<By<Evaluated>>,
    /// Who says that it is suspended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) suspensions: Vec<Suspension>,
}

/// What a term asks for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Term {
    /// The least that is owed; `null` for a term without a number.
    pub(crate) floor: Option<Interval>,
    /// The most that is owed; `null` where nobody states one.
    pub(crate) ceiling: Option<Interval>,
}

impl Term {
    pub(super) fn of(term: &handover::reading::Term) -> Self {
        Self { floor: term.floor.map(Interval), ceiling: term.ceiling.map(Interval) }
    }
}

/// A state of an obligation, several of which may hold at once.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Standing {
    /// The state.
    pub(crate) state: String,
    /// Whether it holds, or whether that is undetermined.
    pub(crate) holds: Tag<Comparison>,
    /// The entries that say so, where it is said or done rather than counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) because: Vec<String>,
}

impl Standing {
    fn of(view: &StateView) -> Self {
        Self {
            state: view.state.to_string(),
            holds: Tag(view.holds),
            because: view.because.iter().map(ToString::to_string).collect(),
        }
    }
}

/// An obligation by one reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Evaluated {
    /// How many were made available.
    pub(crate) tendered: Figure,
    /// How many passed.
    pub(crate) passed: Figure,
    /// How many are credited.
    pub(crate) credited: Figure,
    /// Whose word the terms are.
    pub(crate) terms_of: String,
    /// What is owed; `null` where nobody who is believed states a term.
    pub(crate) term: Option<Term>,
    /// Whether those who state the term contradict each other.
    pub(crate) term_label: Tag<Label>,
    /// What is outstanding; `null` where no number is owed.
    pub(crate) outstanding: Option<Interval>,
    /// What was performed above a ceiling; `null` without one.
    pub(crate) surplus: Option<Interval>,
    /// How it stands so far.
    pub(crate) verdict: Tag<Verdict>,
    /// Whether more was performed than the ceiling.
    pub(crate) exceeded: bool,
    /// By when it was to be performed; `null` where nobody who is believed says so.
    pub(crate) deadline: Option<String>,
    /// Whether the deadline has passed without performance.
    pub(crate) overdue: Tag<Comparison>,
    /// How it stands, state by state.
    pub(crate) states: Vec<Standing>,
    /// What remains when set-offs, discharges and waivers are counted; absent where nothing counts otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remaining: Option<Interval>,
    /// What is said of numbers that units tell too: compared with them, never added to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) checks: Vec<Check>,
    /// The entries on which all this rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// What is said of a number, beside what units tell of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Check {
    /// Of which leg or batch.
    pub(crate) about: String,
    /// Of what passed or of what is credited.
    pub(crate) of: &'static str,
    /// In what unit.
    pub(crate) unit: String,
    /// What is said.
    pub(crate) said: Interval,
    /// What the units, or the containers, tell.
    pub(crate) from_units: Interval,
    /// `agrees`, `compatible`, `exceeds` or `falls-short`.
    pub(crate) outcome: &'static str,
    /// By how many what is said certainly differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<u64>,
}

impl Check {
    fn of(check: &CountCheck) -> Self {
        let (outcome, by) = match check.outcome {
            CheckOutcome::Agrees => ("agrees", None),
            CheckOutcome::Compatible => ("compatible", None),
            CheckOutcome::Exceeds(by) => ("exceeds", Some(by)),
            CheckOutcome::FallsShort(by) => ("falls-short", Some(by)),
        };
        Self {
            about: check.about.to_string(),
            of: words::accrual(check.of),
            unit: check.unit.to_string(),
            said: Interval(check.told.set),
            from_units: Interval(check.from_units),
            outcome,
            by,
        }
    }
}

impl Evaluated {
    fn of(book: &Book<'_>, stands: &StandsView<RestsOn>) -> Self {
        let (view, discharge) = (&stands.balance.evaluation, &stands.balance.discharge);
        Self {
            states: stands.states.iter().map(Standing::of).collect(),
            remaining: stands.balance.remaining.filter(|_| discharge.otherwise() != Span::ZERO).map(Interval),
            tendered: Figure::of(book, &view.tendered),
            passed: Figure::of(book, &view.passed),
            credited: Figure::of(book, &view.credited),
            terms_of: key(view.terms_of),
            term: (view.term.label >= Label::Stated).then(|| Term::of(&view.term.set)),
            term_label: Tag(view.term.label),
            outstanding: view.outstanding.map(Interval),
            surplus: view.surplus.map(Interval),
            verdict: Tag(view.verdict),
            exceeded: view.is_exceeded(),
            deadline: view.deadline.as_ref().map(|told| words::dates(told.set)),
            overdue: Tag(view.overdue),
            checks: view.checks.iter().map(Check::of).collect(),
            entries: book.entries(&view.rests_on),
        }
    }
}

/// Every obligation in the order of recording.
pub(super) fn all(book: &Book<'_>) -> Result<Vec<ObligationId>, EntryRefusal> {
    let views = book.common.obligations(handover::reading::According::AcceptedByAll)?;
    Ok(views.iter().map(|view| view.obligation).collect())
}

pub(super) fn obligations(book: &Book<'_>) -> Result<Vec<Obligation>, EntryRefusal> {
    let mut obligations = Vec::new();
    for id in all(book)? {
        let Some(recorded) = book.ledger.obligation(id) else { continue };
        let suspensions = book.common.suspensions_of_obligation(id)?;
        obligations.push(Obligation {
            obligation: id.to_string(),
            debtor: recorded.debtor.to_string(),
            creditor: recorded.creditor.to_string(),
            matter: recorded.of.matter.to_string(),
            category: recorded.of.category.map(|category| category.to_string()),
            unit: recorded.unit.to_string(),
            basis: words::basis(&recorded.basis),
            standard: words::standard(recorded.standard),
            credits_at: words::accrual(recorded.credits_at),
            note: recorded.note.as_ref().map(ToString::to_string),
            stands: book.try_each(|column| {
                let view = column.reading.stands(id, column.terms)?;
                Ok(Evaluated::of(book, &view))
            })?,
            suspensions: suspensions.iter().map(Suspension::of).collect(),
        });
    }
    Ok(obligations)
}
