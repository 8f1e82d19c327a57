//! Published totals beside recomputed ones.

use handover::entry::What;
use handover::reading::{Audit, AuditOutcome, NotComparable, RestsOn, TotalView};
use handover::total::TotalEntry;
use serde::Serialize;

use super::Book;
use super::figure::{By, Figure, Interval, Told};
use super::flows::by;
use super::joint::Joint;
use super::said::Said;

/// A published total.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Total {
    /// The total.
    pub(crate) total: String,
    /// What it is about.
    pub(crate) of: Coverage,
    /// In what unit.
    pub(crate) unit: String,
    /// What a reader must know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// How the parties stand on it.
    pub(crate) joint: Joint<Interval>,
    /// The sum of what it covers, by each reading.
    pub(crate) recomputed: Vec<By<Figure>>,
    /// Every figure that was published for it.
    pub(crate) published: Vec<Published>,
}

/// Which legs, or which handovers, a published total is about.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Coverage {
    /// Who is handed over.
    pub(crate) matter: String,
    /// Only what is held under this agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) under: Option<String>,
    /// Only what this party handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
    /// Only what this party received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
    /// Only what was held within these days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) during: Option<String>,
}

/// A figure that was published.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Published {
    /// Who published it.
    pub(crate) by: Said,
    /// The figure.
    pub(crate) told: Told,
    /// How it stands to the recomputed one, by each reading.
    pub(crate) audit: Vec<By<Audited>>,
}

/// How a published total stands to the recomputed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub(crate) enum Audited {
    /// Both are the same number.
    Agrees,
    /// It is greater by so many.
    Exceeds { by: u64 },
    /// It is smaller by so many.
    FallsShort { by: u64 },
    /// It is reached only if so many come from these legs.
    Missing { count: Interval, legs: Vec<String> },
    /// What was said does not decide.
    Compatible,
    /// They cannot be compared.
    CannotBeCompared { because: String },
}

impl Audited {
    fn of(outcome: &AuditOutcome) -> Self {
        match outcome {
            AuditOutcome::Agrees => Self::Agrees,
            AuditOutcome::Exceeds(by) => Self::Exceeds { by: *by },
            AuditOutcome::FallsShort(by) => Self::FallsShort { by: *by },
            AuditOutcome::Missing { count, legs } => Self::Missing {
                count: Interval(*count),
                legs: legs.iter().map(ToString::to_string).collect(),
            },
            AuditOutcome::Compatible => Self::Compatible,
            AuditOutcome::CannotBeCompared(why) => Self::CannotBeCompared {
                because: match why {
                    NotComparable::NoNumber(label) => format!("no number is told: {label}"),
                    NotComparable::OtherUnit(unit) => format!("it counts {unit}"),
                    NotComparable::NoLeg => "no leg is recorded that it covers".to_owned(),
                },
            },
        }
    }
}

pub(super) fn totals(book: &Book<'_>) -> Vec<Total> {
    let by_column: Vec<Vec<TotalView<RestsOn>>> =
        book.columns.iter().map(|column| column.reading.totals()).collect();
    let recorded: std::collections::HashMap<_, _> = book
        .ledger
        .entries()
        .filter_map(|entry| match entry.what {
            What::Total(TotalEntry::Introduced(total)) => Some((total.id, total)),
            _ => None,
        })
        .collect();
    let total = |(at, view): (usize, &TotalView<RestsOn>)| {
        let recorded = recorded.get(&view.total);
        Total {
            total: view.total.to_string(),
            of: recorded.map(|total| coverage(&total.of)).unwrap_or_default(),
            unit: view.unit.to_string(),
            note: recorded.and_then(|total| total.note.as_ref()).map(ToString::to_string),
            joint: Joint::of(book, &view.joint, |span| Interval(*span)),
            recomputed: by(book, &by_column, at, |view| Figure::of(book, &view.recomputed)),
            published: view.audits.iter().map(|audit| published(book, &by_column, at, audit)).collect(),
        }
    };
    book.common.totals().iter().enumerate().map(total).collect()
}

fn published(book: &Book<'_>, by_column: &[Vec<TotalView<RestsOn>>], at: usize, audit: &Audit) -> Published {
    let same = |view: &TotalView<RestsOn>| {
        let outcome = view.audits.iter().find(|other| other.by.entry == audit.by.entry);
        outcome.map(|other| Audited::of(&other.outcome))
    };
    Published {
        by: Said::of(&audit.by),
        told: Told::of(&audit.told),
        audit: by(book, by_column, at, same)
            .into_iter()
            .filter_map(|by| Some(By { according_to: by.according_to, taken: by.taken? }))
            .collect(),
    }
}

fn coverage(of: &handover::total::Coverage) -> Coverage {
    Coverage {
        matter: of.matter.to_string(),
        under: of.under.map(|agreement| agreement.to_string()),
        from: of.from.map(|party| party.to_string()),
        to: of.to.map(|party| party.to_string()),
        during: of.during.map(|during| during.to_string()),
    }
}
