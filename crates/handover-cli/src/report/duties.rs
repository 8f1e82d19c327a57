//! What follows from whose remains are: to whom they are owed, what is credited, who is told, where they rest. Of
//! families only numbers are shown.

use std::collections::BTreeMap;

use handover::claim::CreditDenial;
use handover::disposition::Rest;
use handover::reading::{DutyKind, DutyState, DutyView, NoticeState, RestsOn};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::{By, Interval};
use super::words::{affiliation, tally};
use super::{Book, Column};

/// What follows, by each reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Duties {
    /// What is to be returned to the side that sent its own, and what is to be handed on.
    pub(crate) owed: Vec<By<Vec<Duty>>>,
    /// How many of each batch are credited to its obligation.
    pub(crate) credit: Vec<CreditOf>,
    /// How many notices to families stand where.
    pub(crate) notices: Vec<By<BTreeMap<&'static str, usize>>>,
    /// What revocations leave to be done towards families.
    pub(crate) tasks: Vec<By<Tasks>>,
    /// How many units of remains rest where.
    pub(crate) dispositions: Vec<By<BTreeMap<&'static str, usize>>>,
    /// How many judicial holds stand.
    pub(crate) judicial_holds: Vec<By<usize>>,
    /// The units that were released on a decision that is revoked.
    pub(crate) affected_releases: Vec<By<Vec<Affected>>>,
}

/// A duty to return remains or to hand them on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Duty {
    /// The unit.
    pub(crate) unit: String,
    /// `return` or `onward`.
    pub(crate) kind: &'static str,
    /// Whose it is.
    pub(crate) of: String,
    /// To which party it is owed; `null` if to none on the record.
    pub(crate) towards: Option<String>,
    /// `open`, `settled` or `closed`.
    pub(crate) state: &'static str,
    /// The entry that settled or closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
    /// The determinations that it follows from.
    pub(crate) because: Vec<String>,
    /// How many conditions stand in its way.
    pub(crate) blocked: usize,
}

/// How many of a batch are credited.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct CreditOf {
    /// The batch.
    pub(crate) batch: String,
    /// The obligation towards which it is offered.
    pub(crate) obligation: String,
    /// By each reading.
    pub(crate) credit: Vec<By<CreditTally>>,
}

/// How many are credited, and what of the rest is known.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct CreditTally {
    /// In what unit the obligation counts.
    pub(crate) unit: String,
    /// How many are credited, in that unit.
    pub(crate) credited: Interval,
    /// Units of remains that are credited.
    pub(crate) credited_units: u64,
    /// Units of remains that are not decided.
    pub(crate) pending: u64,
    /// Units of remains that are denied credit, by reason.
    pub(crate) denied: BTreeMap<&'static str, u64>,
    /// Containers of which it is not known what they hold.
    pub(crate) unopened: u64,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// What is to be done towards families, and what was done.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Tasks {
    /// How many are open.
    pub(crate) open: usize,
    /// How many are done.
    pub(crate) done: usize,
}

/// A release that rests on a decision that is revoked. Nothing of it is undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Affected {
    /// The unit.
    pub(crate) unit: String,
    /// The entry that revoked the decision.
    pub(crate) by: String,
}

pub(super) fn duties(book: &Book<'_>) -> Result<Duties, EntryRefusal> {
    Ok(Duties {
        owed: book.try_each(|column| Ok(column.reading.return_duties().iter().map(duty).collect()))?,
        credit: credit(book)?,
        notices: book.try_each(|column| {
            let mut states = BTreeMap::new();
            column.reading.notices().iter().for_each(|view| tally(&mut states, notice(view.state)));
            Ok(states)
        })?,
        tasks: book.try_each(|column| Ok(tasks(column)))?,
        dispositions: book.try_each(|column| {
            let mut rests = BTreeMap::new();
            let views = column.reading.dispositions();
            views.iter().filter_map(|view| view.rest).for_each(|at| tally(&mut rests, rest(at)));
            Ok(rests)
        })?,
        judicial_holds: book.try_each(|column| Ok(column.reading.judicial_holds().len()))?,
        affected_releases: book.try_each(|column| {
            let views = column.reading.affected_releases();
            let affected = views.iter().filter_map(|view| {
                Some(Affected { unit: view.unit.to_string(), by: view.affected_by?.to_string() })
            });
            Ok(affected.collect())
        })?,
    })
}

pub(super) fn duty(view: &DutyView<RestsOn>) -> Duty {
    let (state, by) = match &view.state {
        DutyState::Open => ("open", None),
        DutyState::Settled { by } => ("settled", Some(by.to_string())),
        DutyState::Closed { by, .. } => ("closed", Some(by.to_string())),
    };
    Duty {
        unit: view.unit.to_string(),
        kind: match view.kind {
            DutyKind::Return => "return",
            DutyKind::Onward => "onward",
        },
        of: affiliation(&view.of),
        towards: view.towards.map(|party| party.to_string()),
        state,
        by,
        because: view.because.iter().map(ToString::to_string).collect(),
        blocked: view.blocked.len(),
    }
}

fn credit(book: &Book<'_>) -> Result<Vec<CreditOf>, EntryRefusal> {
    let offered = book.house.batches.iter().filter_map(|(batch, towards)| Some((*batch, (*towards)?)));
    let one = |(batch, obligation): (handover::id::BatchId, handover::id::ObligationId)| {
        let credit = book.try_each(|column| {
            let view = column.reading.credit_of_batch(batch, obligation)?;
            let denied = view.denied.iter();
            Ok(CreditTally {
                unit: view.unit.to_string(),
                credited: Interval(view.credited),
                credited_units: view.credited_units,
                pending: view.pending,
                denied: denied.map(|(reason, number)| (denial(*reason), *number)).collect(),
                unopened: view.unopened,
                entries: book.entries(&view.rests_on),
            })
        })?;
        Ok(CreditOf { batch: batch.to_string(), obligation: obligation.to_string(), credit })
    };
    offered.map(one).collect()
}

fn tasks(column: &Column<'_>) -> Tasks {
    let tasks = column.reading.notification_tasks();
    let (done, open): (Vec<_>, Vec<_>) = tasks.iter().partition(|task| task.done_by.is_some());
    Tasks { open: open.len(), done: done.len() }
}

pub(super) fn denial(reason: CreditDenial) -> &'static str {
    match reason {
        CreditDenial::WrongClass => "wrong-class",
        CreditDenial::AlreadyCredited => "already-credited",
        CreditDenial::NotHuman => "not-human",
        CreditDenial::OtherSide => "other-side",
        CreditDenial::Undetermined => "undetermined",
        _ => "otherwise",
    }
}

/// How far a family is told, in a word. Why one is not to be told is its own affair, and is not distinguished.
pub(super) fn notice(state: NoticeState) -> &'static str {
    match state {
        NoticeState::NotDue(_) | NoticeState::ContactEndangersKin { .. } => "not-to-be-told",
        NoticeState::Due => "due",
        NoticeState::Attempted(_) => "attempted",
        NoticeState::Notified => "told",
        NoticeState::Acknowledged => "acknowledged",
        NoticeState::Contested => "contested",
        NoticeState::ToldOfRevocation => "told-of-revocation",
        NoticeState::KinToBeSought => "kin-to-be-sought",
        NoticeState::NoKinKnown { .. } => "no-kin-known",
    }
}

pub(super) fn rest(rest: Rest) -> &'static str {
    match rest {
        Rest::Held => "held",
        Rest::HeldAtFamilyRequest => "held-at-family-request",
        Rest::Released => "released",
        Rest::Buried => "buried",
        Rest::Cremated => "cremated",
        Rest::TemporarilyBuried => "temporarily-buried",
        Rest::ReturnedToSender => "returned-to-sender",
        Rest::TransferredOnward => "transferred-onward",
    }
}
