//! What was found in the containers, and how far it has come.

use std::collections::BTreeMap;

use handover::reading::{EffectAnomaly, RemainsTally, RestsOn};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::Book;
use super::figure::{By, Interval};

/// Units of remains, counted.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Remains {
    /// All that is recorded, with the units that came in no container.
    pub(crate) in_all: Vec<By<Tally>>,
    /// What was found in the containers of each batch, and what was made of it.
    pub(crate) batches: Vec<OfBatch>,
    /// How many units are to be compared.
    pub(crate) comparisons_due: Vec<By<usize>>,
    /// What of identity discs is not as it must be: how many, by what is wrong.
    pub(crate) effect_anomalies: Vec<By<BTreeMap<&'static str, usize>>>,
}

/// What came in the containers of a batch.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct OfBatch {
    /// The batch.
    pub(crate) batch: String,
    /// How many units, and how far they have come.
    pub(crate) tally: Vec<By<Tally>>,
}

/// How many units there are, and how far they have come.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Tally {
    /// Containers that were opened.
    pub(crate) opened: Interval,
    /// Units of remains.
    pub(crate) units: Interval,
    /// Those that are human.
    pub(crate) human: Interval,
    /// Those that are not.
    pub(crate) not_human: Interval,
    /// Those of which it is not determined.
    pub(crate) undetermined: Interval,
    /// Of how many individuals they can be: from the minimum number to one for each unit.
    pub(crate) individuals: Interval,
    /// Units that were examined.
    pub(crate) examined: Interval,
    /// Units that were sampled.
    pub(crate) sampled: Interval,
    /// Units of which a profile was obtained.
    pub(crate) profiled: Interval,
    /// Units that are in a database.
    pub(crate) in_database: Interval,
    /// Units that were compared.
    pub(crate) compared: Interval,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

impl Tally {
    pub(super) fn of(book: &Book<'_>, view: &RemainsTally<RestsOn>) -> Self {
        Self {
            opened: Interval(view.opened),
            units: Interval(view.units),
            human: Interval(view.human),
            not_human: Interval(view.not_human),
            undetermined: Interval(view.undetermined),
            individuals: Interval(view.individuals),
            examined: Interval(view.examined),
            sampled: Interval(view.sampled),
            profiled: Interval(view.profiled),
            in_database: Interval(view.in_database),
            compared: Interval(view.compared),
            entries: book.entries(&view.rests_on),
        }
    }

    /// Each count with its name.
    pub(crate) fn counts(&self) -> [(&'static str, Interval); 11] {
        [
            ("containers opened", self.opened),
            ("units of remains", self.units),
            ("units: human", self.human),
            ("units: not human", self.not_human),
            ("units: not determined", self.undetermined),
            ("individuals", self.individuals),
            ("examined", self.examined),
            ("sampled", self.sampled),
            ("profile obtained", self.profiled),
            ("in a database", self.in_database),
            ("compared", self.compared),
        ]
    }
}

pub(super) fn remains(book: &Book<'_>) -> Result<Remains, EntryRefusal> {
    let batches = book.house.batches.iter().map(|(batch, _)| {
        Ok(OfBatch {
            batch: batch.to_string(),
            tally: book.try_each(|column| Ok(Tally::of(book, &column.reading.remains_of_batch(*batch)?)))?,
        })
    });
    Ok(Remains {
        in_all: book.try_each(|column| Ok(Tally::of(book, &column.reading.remains())))?,
        batches: batches.collect::<Result<_, EntryRefusal>>()?,
        comparisons_due: book.try_each(|column| Ok(column.reading.comparisons_due().len()))?,
        effect_anomalies: book.try_each(|column| {
            let mut kinds = BTreeMap::new();
            for view in column.reading.effect_anomalies() {
                super::words::tally(&mut kinds, anomaly(view.anomaly));
            }
            Ok(kinds)
        })?,
    })
}

fn anomaly(anomaly: EffectAnomaly) -> &'static str {
    match anomaly {
        EffectAnomaly::SingleDiscMoved => "single-disc-moved",
        EffectAnomaly::NoHalfRemains => "no-half-remains",
        EffectAnomaly::HalfOutsideTheChannel => "half-outside-the-channel",
    }
}
