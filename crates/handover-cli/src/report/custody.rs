//! Who has the containers, by what chain, and what of it does not fit together.

use handover::custody::IncidentKind;
use handover::reading::{
    ChainView, DiscrepancyKind, EndView, Join, Passing, Position, RestsOn, TransferView,
};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::By;
use super::{Book, words};

/// The containers, their chains and what contradicts itself in them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Custody {
    /// The batches of which containers or transfers are recorded.
    pub(crate) batches: Vec<ManifestOf>,
    /// How many containers are with whom.
    pub(crate) holdings: Vec<By<Holdings>>,
    /// The containers of which it is not told with whom they are, and those whose chain does not hold somewhere.
    pub(crate) unsettled: Vec<By<Vec<Unsettled>>>,
    /// Entries that cannot both be right.
    pub(crate) discrepancies: Vec<Discrepancy>,
    /// What happened beside the chain of custody.
    pub(crate) incidents: Vec<Incident>,
}

/// A batch with its containers and the counts at both ends.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ManifestOf {
    /// The batch.
    pub(crate) batch: String,
    /// The entry that states that there are no other containers.
    pub(crate) complete: Option<String>,
    /// What became of its containers, by each reading.
    pub(crate) manifest: Vec<By<Manifest>>,
    /// The transfers of the batch as a whole, with what each end told.
    pub(crate) transfers: Vec<BothEnds>,
}

/// What became of the containers of a batch.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Manifest {
    /// How many are recorded.
    pub(crate) containers: usize,
    /// How many were received.
    pub(crate) received: usize,
    /// How many were refused.
    pub(crate) refused: usize,
    /// How many did not arrive.
    pub(crate) missing: usize,
    /// How many were given, and nobody tells of a receipt.
    pub(crate) open: usize,
    /// Of how many one end alone tells.
    pub(crate) one_end_only: usize,
    /// How many did not pass.
    pub(crate) not_passed: usize,
    /// How many were missed later and not found again.
    pub(crate) missed: usize,
}

/// A transfer with both its ends, none of which overwrites the other.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct BothEnds {
    /// The transfer.
    pub(crate) transfer: String,
    /// Who gives.
    pub(crate) from: String,
    /// Who receives.
    pub(crate) to: String,
    /// What the giving end told.
    pub(crate) given: Option<End>,
    /// What the receiving end told.
    pub(crate) received: Option<End>,
}

/// What one end of a transfer told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct End {
    /// The entry.
    pub(crate) entry: String,
    /// When it was given or received.
    pub(crate) on: String,
    /// How many it counted.
    pub(crate) count: Option<String>,
    /// In what unit.
    pub(crate) unit: Option<String>,
    /// The count as the text form shows it.
    #[serde(skip)]
    pub(crate) shown: Option<String>,
}

/// How many containers are with whom. The parts add up to those that are registered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Holdings {
    /// How many are registered.
    pub(crate) registered: u64,
    /// How many are with each custodian.
    pub(crate) with: Vec<Holder>,
    /// How many were given and not received.
    pub(crate) in_transfer: u64,
    /// Of how many it cannot be told with whom they are.
    pub(crate) undetermined: u64,
    /// How many nobody had yet.
    pub(crate) not_yet: u64,
    /// How many are no more.
    pub(crate) ended: u64,
}

/// A custodian.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Holder {
    /// The organ.
    pub(crate) organ: String,
    /// How many containers it has.
    pub(crate) containers: u64,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Place {
    /// `not-yet`, `with`, `in-transfer`, `between` or `ended`.
    pub(crate) is: &'static str,
    /// With whom, or between whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) organs: Vec<String>,
    /// The transfer in which it is, or the entry by which it is no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
}

impl Place {
    pub(super) fn of(position: &Position) -> Self {
        let (is, organs, by) = match position {
            Position::NotYet => ("not-yet", Vec::new(), None),
            Position::With(organ) => ("with", vec![organ.to_string()], None),
            Position::InTransfer { transfer, from, to } => {
                ("in-transfer", vec![from.to_string(), to.to_string()], Some(transfer.to_string()))
            }
            Position::Between(organs) => ("between", organs.iter().map(ToString::to_string).collect(), None),
            Position::Ended(entry) => ("ended", Vec::new(), Some(entry.to_string())),
        };
        Self { is, organs, by }
    }
}

/// Where a chain of custody does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Break {
    /// `gap`: a transfer within one party is not recorded; `discontinuity`: another gives than had it; `out-of-time`: it
    /// was given before it was received.
    pub(crate) is: &'static str,
    /// The transfer that does not hold to the one before.
    pub(crate) transfer: Option<String>,
    /// Who had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) held_by: Option<String>,
    /// Who gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) given_by: Option<String>,
}

pub(super) fn breaks(chain: &ChainView<RestsOn>) -> Vec<Break> {
    let broken = chain.broken().filter_map(|link| {
        let (is, ends) = match link.join {
            Join::Holds => return None,
            Join::Gap { held_by, given_by } => ("gap", Some((held_by, given_by))),
            Join::Discontinuity { held_by, given_by } => ("discontinuity", Some((held_by, given_by))),
            Join::OutOfTime => ("out-of-time", None),
        };
        Some(Break {
            is,
            transfer: link.transfer.map(|transfer| transfer.to_string()),
            held_by: ends.map(|(held_by, _)| held_by.to_string()),
            given_by: ends.map(|(_, given_by)| given_by.to_string()),
        })
    });
    broken.collect()
}

/// A container whose chain is open somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Unsettled {
    /// The container.
    pub(crate) of: String,
    /// Where it is.
    pub(crate) place: Place,
    /// Where its chain does not hold.
    pub(crate) breaks: Vec<Break>,
}

/// Two entries that cannot both be right.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Discrepancy {
    /// The two entries.
    pub(crate) between: [String; 2],
    /// In what they differ.
    pub(crate) in_what: Vec<&'static str>,
    /// The transfer whose two ends they are.
    pub(crate) transfer: Option<String>,
    /// The entries that explain it.
    pub(crate) explained_by: Vec<String>,
    /// Whether it is open, by each reading.
    pub(crate) open: Vec<By<bool>>,
}

/// Something happened to what is held.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Incident {
    /// The entry.
    pub(crate) entry: String,
    /// To what.
    pub(crate) of: String,
    /// What.
    pub(crate) kind: String,
    /// When.
    pub(crate) on: String,
    /// By which entry what was missing is found again, by each reading that hears of the incident.
    pub(crate) settled_by: Vec<By<Option<String>>>,
}

pub(super) fn custody(book: &Book<'_>) -> Result<Custody, EntryRefusal> {
    Ok(Custody {
        batches: batches(book)?,
        holdings: holdings(book)?,
        unsettled: book.try_each(|column| {
            let chains = column.reading.unsettled_chains();
            let one = |chain: &ChainView<RestsOn>| Unsettled {
                of: code(&chain.of),
                place: Place::of(&chain.position),
                breaks: breaks(chain),
            };
            Ok(chains.iter().map(one).collect())
        })?,
        discrepancies: discrepancies(book),
        incidents: incidents(book),
    })
}

fn code(held: &handover::custody::Held) -> String {
    match held {
        handover::custody::Held::Batch(id) => id.to_string(),
        handover::custody::Held::Container(id) => id.to_string(),
        handover::custody::Held::Remains(id) => id.to_string(),
    }
}

fn batches(book: &Book<'_>) -> Result<Vec<ManifestOf>, EntryRefusal> {
    let one = |batch| {
        // Which ends were told depends on nobody's word: what all accept hears everyone.
        let common = book.common.manifest(batch)?;
        Ok(ManifestOf {
            batch: batch.to_string(),
            complete: common.complete.map(|entry| entry.to_string()),
            manifest: book.try_each(|column| {
                let view = column.reading.manifest(batch)?;
                let number = |of: Passing| view.containers.iter().filter(|line| line.passing == of).count();
                Ok(Manifest {
                    containers: view.containers.len(),
                    received: view.received(),
                    refused: view.refused(),
                    missing: view.missing(),
                    open: number(Passing::Open),
                    one_end_only: number(Passing::Unsettled),
                    not_passed: number(Passing::Had),
                    missed: view.containers.iter().filter(|line| !line.missed.is_empty()).count(),
                })
            })?,
            transfers: common.transfers.iter().map(transfer).collect(),
        })
    };
    book.house.batches.iter().map(|(batch, _)| one(*batch)).collect()
}

fn transfer(view: &TransferView) -> BothEnds {
    let end = |end: &EndView| End {
        entry: end.entry.to_string(),
        on: end.on.to_string(),
        count: end.found.count.as_ref().map(|count| count.quantity.to_string()),
        unit: end.found.count.as_ref().map(|count| count.unit.to_string()),
        shown: end.found.count.as_ref().map(|count| words::quantity(&count.quantity)),
    };
    BothEnds {
        transfer: view.transfer.to_string(),
        from: view.from.to_string(),
        to: view.to.to_string(),
        given: view.given.as_ref().map(end),
        received: view.received.as_ref().map(end),
    }
}

fn holdings(book: &Book<'_>) -> Result<Vec<By<Holdings>>, EntryRefusal> {
    book.try_each(|column| {
        let view = column.reading.holdings();
        let with = view.with.iter();
        Ok(Holdings {
            registered: view.registered,
            with: with
                .map(|(organ, number)| Holder { organ: organ.to_string(), containers: *number })
                .collect(),
            in_transfer: view.in_transfer,
            undetermined: view.undetermined,
            not_yet: view.not_yet,
            ended: view.ended,
        })
    })
}

fn discrepancies(book: &Book<'_>) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    for column in &book.columns {
        for view in column.reading.discrepancies() {
            let between = view.between.map(|entry| entry.to_string());
            let open = By { according_to: column.key.clone(), taken: view.is_open };
            match found.iter_mut().find(|other| other.between == between) {
                Some(same) => same.open.push(open),
                None => found.push(Discrepancy {
                    between,
                    in_what: view.kinds.iter().map(|kind| differs(*kind)).collect(),
                    transfer: view.transfer.map(|transfer| transfer.to_string()),
                    explained_by: view.explained_by.iter().map(ToString::to_string).collect(),
                    open: vec![open],
                }),
            }
        }
    }
    found
}

fn differs(kind: DiscrepancyKind) -> &'static str {
    match kind {
        DiscrepancyKind::Count => "count",
        DiscrepancyKind::Seals => "seals",
        DiscrepancyKind::Containers => "containers",
        DiscrepancyKind::Dates => "dates",
        DiscrepancyKind::Said => "said",
    }
}

fn incidents(book: &Book<'_>) -> Vec<Incident> {
    let mut found: Vec<Incident> = Vec::new();
    for column in &book.columns {
        for view in column.reading.incidents() {
            let entry = view.entry.to_string();
            let settled =
                By { according_to: column.key.clone(), taken: view.settled_by.map(|by| by.to_string()) };
            match found.iter_mut().find(|other| other.entry == entry) {
                Some(same) => same.settled_by.push(settled),
                None => found.push(Incident {
                    entry,
                    of: view.of.to_string(),
                    kind: incident(&view.kind),
                    on: view.on.to_string(),
                    settled_by: vec![settled],
                }),
            }
        }
    }
    found
}

fn incident(kind: &IncidentKind) -> String {
    match kind {
        IncidentKind::Missing => "missing",
        IncidentKind::FoundAgain => "found again",
        IncidentKind::Damaged => "damaged",
        IncidentKind::MisSealed => "not sealed as it should be",
        IncidentKind::TemperatureOutOfRange => "too warm or too cold",
        IncidentKind::Emptied => "emptied",
        IncidentKind::Other(words) => return words.to_string(),
        _ => "otherwise",
    }
    .to_owned()
}
