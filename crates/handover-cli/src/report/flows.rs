//! What passed: each direction by itself, leg by leg.

use handover::reading::{Counted, FlowView, LegView, RestsOn};
use serde::Serialize;

use super::figure::{By, Figure, Interval, Tag, Told};
use super::joint::Joint;
use super::{Book, words};

/// All that passed under one agreement from one party to another of one matter in one unit.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Flow {
    /// The agreement; `null` for what passed under none.
    pub(crate) under: Option<String>,
    /// Who handed over.
    pub(crate) from: String,
    /// Who received.
    pub(crate) to: String,
    /// Who was handed over.
    pub(crate) matter: String,
    /// In what unit.
    pub(crate) unit: String,
    /// How many passed, by each reading.
    pub(crate) passed: Vec<By<Figure>>,
    /// The legs.
    pub(crate) legs: Vec<Leg>,
}

/// A leg with the parties' words beside each other.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Leg {
    /// The leg.
    pub(crate) leg: String,
    /// Its handover.
    pub(crate) handover: String,
    /// The days that tell the handover from others, as recorded.
    pub(crate) on: String,
    /// The category, where one is distinguished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) category: Option<String>,
    /// The obligation that it performs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) towards: Option<String>,
    /// The batches that passed in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) batches: Vec<String>,
    /// How the parties stand on whether it happened; `null` where one says both.
    pub(crate) occurrence: Joint<Option<bool>>,
    /// How the parties stand on how many.
    pub(crate) count: Joint<Interval>,
    /// How the parties stand on whose they are.
    pub(crate) whose: Joint<Vec<String>>,
    /// How many passed, by each reading.
    pub(crate) passed: Vec<By<Passed>>,
}

/// What one reading takes to have passed in a leg.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Passed {
    /// How many.
    pub(crate) told: Told,
    /// Whether it had happened by then.
    pub(crate) counted: Tag<Counted>,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// How many passed one way for each that passed the other way: a statistic, never a term.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Asymmetry {
    /// The agreement; `null` for what passed under none.
    pub(crate) under: Option<String>,
    /// Who handed over the flow that is compared.
    pub(crate) from: String,
    /// Who received it.
    pub(crate) to: String,
    /// Who was handed over.
    pub(crate) matter: String,
    /// In what unit.
    pub(crate) unit: String,
    /// What this is: always `a statistic, not a term`.
    pub(crate) is: &'static str,
    /// The quotient, by each reading that has legs both ways.
    pub(crate) quotient: Vec<By<Quotient>>,
}

/// A quotient between two bounds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Quotient {
    /// The least, to two places; `null` where nothing can be said.
    pub(crate) least: Option<String>,
    /// The greatest; `null` where it is open.
    pub(crate) greatest: Option<String>,
}

pub(super) fn flows(book: &Book<'_>) -> Vec<Flow> {
    let by_column: Vec<Vec<FlowView<RestsOn>>> =
        book.columns.iter().map(|column| column.reading.flows()).collect();
    let legs: Vec<Vec<LegView<RestsOn>>> =
        book.columns.iter().map(|column| column.reading.legs().collect()).collect();
    let common: Vec<LegView<RestsOn>> = book.common.legs().collect();
    let frames: std::collections::HashMap<_, _> =
        book.common.schedule().into_iter().map(|slot| (slot.handover, slot.on)).collect();
    let of_leg = |at: usize, view: &LegView<RestsOn>| Leg {
        leg: view.leg.to_string(),
        handover: view.handover.to_string(),
        on: frames.get(&view.handover).map(ToString::to_string).unwrap_or_default(),
        category: view.of.category.map(|category| category.to_string()),
        towards: view.towards.map(|obligation| obligation.to_string()),
        batches: view.batches.iter().map(ToString::to_string).collect(),
        occurrence: Joint::of(book, &view.occurrence, words::whether),
        count: Joint::of(book, &view.count, |span| Interval(*span)),
        whose: Joint::of(book, &view.whose, words::affiliations),
        passed: by(book, &legs, at, |view| Passed {
            told: Told::of(&view.passed),
            counted: Tag(view.counted),
            entries: book.entries(&view.rests_on),
        }),
    };
    let flows = by_column.first().map(Vec::as_slice).unwrap_or_default();
    flows
        .iter()
        .enumerate()
        .map(|(at, flow)| {
            let own = |leg: &LegView<RestsOn>| {
                (leg.under, leg.from, leg.to, leg.of.matter, leg.unit)
                    == (flow.under, flow.from, flow.to, flow.matter, flow.unit)
            };
            let own = common.iter().enumerate().filter(|(_, leg)| own(leg));
            Flow {
                under: flow.under.map(|agreement| agreement.to_string()),
                from: flow.from.to_string(),
                to: flow.to.to_string(),
                matter: flow.matter.to_string(),
                unit: flow.unit.to_string(),
                passed: by(book, &by_column, at, |flow| Figure::of(book, &flow.passed)),
                legs: own.map(|(at, leg)| of_leg(at, leg)).collect(),
            }
        })
        .collect()
}

/// What each column has in the same place: all columns list the same things in the order of recording.
pub(super) fn by<V, T>(book: &Book<'_>, columns: &[Vec<V>], at: usize, of: impl Fn(&V) -> T) -> Vec<By<T>> {
    let keys = book.columns.iter().map(|column| column.key.clone());
    keys.zip(columns)
        .filter_map(|(according_to, views)| Some(By { according_to, taken: of(views.get(at)?) }))
        .collect()
}

pub(super) fn asymmetries(book: &Book<'_>) -> Vec<Asymmetry> {
    let mut pairs: Vec<Asymmetry> = Vec::new();
    for column in &book.columns {
        for view in column.reading.asymmetries() {
            let under = view.under.map(|agreement| agreement.to_string());
            let (from, to) = (view.from.to_string(), view.to.to_string());
            let (matter, unit) = (view.matter.to_string(), view.unit.to_string());
            let by = By {
                according_to: column.key.clone(),
                taken: Quotient {
                    least: view.least.map(|least| least.to_string()),
                    greatest: view.greatest.map(|greatest| greatest.to_string()),
                },
            };
            let same = |pair: &&mut Asymmetry| {
                (&pair.under, &pair.from, &pair.to, &pair.matter, &pair.unit)
                    == (&under, &from, &to, &matter, &unit)
            };
            match pairs.iter_mut().find(same) {
                Some(pair) => pair.quotient.push(by),
                None => pairs.push(Asymmetry {
                    under,
                    from,
                    to,
                    matter,
                    unit,
                    is: "a statistic, not a term",
                    quotient: vec![by],
                }),
            }
        }
    }
    pairs
}
