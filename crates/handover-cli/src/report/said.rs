//! What is only ever said: it stands apart from obligations and from facts.

use handover::reading;
use serde::Serialize;

use super::Book;
use super::figure::Told;

/// Who said it, about what, when and where it was read.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Said {
    /// The entry.
    pub(crate) entry: String,
    /// Who said it.
    pub(crate) speaker: String,
    /// For which organ.
    pub(crate) organ: String,
    /// Of which party, if of one.
    pub(crate) party: Option<String>,
    /// About what.
    pub(crate) about: String,
    /// When.
    pub(crate) said: String,
    /// Where it was read.
    pub(crate) source: Option<String>,
}

impl Said {
    pub(super) fn of(said: &reading::Said) -> Self {
        Self {
            entry: said.entry.to_string(),
            speaker: said.speaker.to_string(),
            organ: said.organ.to_string(),
            party: said.party.map(|party| party.to_string()),
            about: said.about.to_string(),
            said: said.said.to_string(),
            source: said.source.map(|source| source.to_string()),
        }
    }
}

/// Someone accuses a party. It has no truth value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Allegation {
    /// Who accuses.
    pub(crate) by: Said,
    /// Whom.
    pub(crate) of: String,
    /// Of what.
    pub(crate) act: String,
    /// Whether it is said to have been done on purpose.
    pub(crate) intended: bool,
}

/// Someone expects a number: no obligation and no fact.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Expectation {
    /// Who expects it.
    pub(crate) by: Said,
    /// How many.
    pub(crate) told: Told,
    /// In what unit.
    pub(crate) unit: String,
}

/// Someone says that a party is ready, or is not.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Readiness {
    /// Who says so.
    pub(crate) by: Said,
    /// Which party.
    pub(crate) of: String,
    /// Whether it is ready.
    pub(crate) ready: bool,
    /// For how many.
    pub(crate) told: Option<Told>,
    /// In what unit.
    pub(crate) unit: Option<String>,
}

/// Someone repeats a claim, which adds no support.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Repetition {
    /// The entry that repeats.
    pub(crate) entry: String,
    /// Who repeats.
    pub(crate) speaker: String,
    /// The entry that made the claim.
    pub(crate) root: String,
    /// Whether the claim still stands, and the repetition with it.
    pub(crate) stands: bool,
}

pub(super) fn allegations(book: &Book<'_>) -> Vec<Allegation> {
    let views = book.common.allegations();
    let one = |view: &reading::AllegationView| Allegation {
        by: Said::of(&view.by),
        of: view.of.to_string(),
        act: view.act.to_string(),
        intended: view.intended,
    };
    views.iter().map(one).collect()
}

pub(super) fn expectations(book: &Book<'_>) -> Vec<Expectation> {
    let views = book.common.expectations();
    let one = |view: &reading::ExpectationView| Expectation {
        by: Said::of(&view.by),
        told: Told::of(&view.told),
        unit: view.unit.to_string(),
    };
    views.iter().map(one).collect()
}

pub(super) fn readiness(book: &Book<'_>) -> Vec<Readiness> {
    let views = book.common.readiness();
    let one = |view: &reading::ReadinessView| Readiness {
        by: Said::of(&view.by),
        of: view.of.to_string(),
        ready: view.ready,
        told: view.count.as_ref().map(|(told, _)| Told::of(told)),
        unit: view.count.as_ref().map(|(_, unit)| unit.to_string()),
    };
    views.iter().map(one).collect()
}

pub(super) fn repetitions(book: &Book<'_>) -> Vec<Repetition> {
    let views = book.common.repetitions();
    let one = |view: &reading::RepetitionView| Repetition {
        entry: view.entry.to_string(),
        speaker: view.speaker.to_string(),
        root: view.root.to_string(),
        stands: view.is_live,
    };
    views.iter().map(one).collect()
}
