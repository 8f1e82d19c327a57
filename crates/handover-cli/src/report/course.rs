//! The whole course of what came in each batch, and everything that is open.

use handover::reading::{FunnelView, MatterKind, OpenMatter, RestsOn};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::Book;
use super::figure::{By, Interval};

/// The course of what came in one batch, by each reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Course {
    /// The batch.
    pub(crate) batch: String,
    /// How many came how far.
    pub(crate) stages: Vec<By<Vec<Stage>>>,
}

/// A stage of the course. All after the containers count units of remains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Stage {
    /// What it is called.
    pub(crate) stage: String,
    /// How many came as far.
    pub(crate) number: Interval,
}

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Matter {
    /// In what way.
    pub(crate) kind: &'static str,
    /// What it is about.
    pub(crate) about: Vec<String>,
    /// The batches in which that came.
    pub(crate) batches: Vec<String>,
    /// The entries that make it a matter.
    pub(crate) entries: Vec<String>,
}

fn stages(view: &FunnelView<RestsOn>) -> Vec<Stage> {
    let told = view.received.iter().map(|(unit, number)| (format!("received, in {unit}"), *number));
    let remains = &view.remains;
    let counted = [
        ("containers not opened", view.unopened),
        ("units of remains", remains.units),
        ("individuals", remains.individuals),
        ("examined", remains.examined),
        ("sampled", remains.sampled),
        ("profile obtained", remains.profiled),
        ("compared", remains.compared),
        ("identified", view.identified),
        ("family told", view.notified),
        ("given to the family", view.released),
    ];
    let counted = counted.into_iter().map(|(stage, number)| (stage.to_owned(), number));
    told.chain(counted).map(|(stage, number)| Stage { stage, number: Interval(number) }).collect()
}

pub(super) fn courses(book: &Book<'_>) -> Result<Vec<Course>, EntryRefusal> {
    let one = |batch: &handover::id::BatchId| {
        Ok(Course {
            batch: batch.to_string(),
            stages: book.try_each(|column| Ok(stages(&column.reading.funnel_of_batch(*batch)?)))?,
        })
    };
    book.house.batches.iter().map(|(batch, _)| one(batch)).collect()
}

pub(super) fn open(book: &Book<'_>) -> Result<Vec<By<Vec<Matter>>>, EntryRefusal> {
    book.try_each(|column| Ok(column.reading.open_matters().iter().map(matter).collect()))
}

fn matter(open: &OpenMatter) -> Matter {
    Matter {
        kind: match open.kind {
            MatterKind::Discrepancy => "discrepancy",
            MatterKind::Gap => "gap",
            MatterKind::Discontinuity => "discontinuity",
            MatterKind::OutOfTime => "out-of-time",
            MatterKind::OpenTransfer => "open-transfer",
            MatterKind::PositionUnknown => "position-unknown",
            MatterKind::Contradiction => "contradiction",
            MatterKind::Incident => "incident",
            MatterKind::DutyToReturn => "duty-to-return",
            MatterKind::DutyToHandOn => "duty-to-hand-on",
            MatterKind::Review(_) => "review",
        },
        about: open.about.iter().map(ToString::to_string).collect(),
        batches: open.batches.iter().map(ToString::to_string).collect(),
        entries: open.entries.iter().map(ToString::to_string).collect(),
    }
}
