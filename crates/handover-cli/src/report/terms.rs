//! What each says is owed, and in return for what.

use handover::claim::{Claim, ClaimEntry, Statement, Subject};
use handover::entry::What;
use handover::id::{EntryId, ObligationId};
use handover::reading::{According, Comparison, Evenness};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::{By, Interval, Tag};
use super::joint::Joint;
use super::obligations::{self, Term};
use super::{Book, words};

/// The terms of an obligation by each party.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Terms {
    /// The obligation.
    pub(crate) obligation: String,
    /// Whether the term is common: every party states it and they are compatible.
    pub(crate) common: bool,
    /// The parties that state a term.
    pub(crate) stated_by: Vec<String>,
    /// What each party says is owed; a ratio is counted by what all accept.
    pub(crate) owed: Joint<Term>,
    /// What each party says it is owed in return for.
    pub(crate) reciprocity: Joint<Vec<String>>,
    /// Every statement of the term that stands, whoever speaks, in its own words.
    pub(crate) statements: Vec<Stated>,
    /// Whether the two sides are even, by each reading that takes the obligation to stand under parity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) parity: Vec<By<Parity>>,
    /// Whether its condition is fulfilled, by each reading that takes it to wait for one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) condition: Vec<By<Condition>>,
}

/// A term in its speaker's words.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Stated {
    /// The entry.
    pub(crate) entry: String,
    /// Who states it.
    pub(crate) speaker: String,
    /// When it was said.
    pub(crate) said: String,
    /// What is owed.
    pub(crate) owed: String,
}

/// Two performances beside each other.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Parity {
    /// The obligation of the other side.
    pub(crate) with: String,
    /// Over what parity is asked for.
    pub(crate) scope: &'static str,
    /// By how much the numbers may differ.
    pub(crate) tolerance: u64,
    /// What was performed of each.
    pub(crate) pairs: Vec<[Interval; 2]>,
    /// Whether they are even.
    pub(crate) evenness: Tag<Evenness>,
}

/// A condition under which a stage begins.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Condition {
    /// The condition.
    pub(crate) waits: String,
    /// Whether it is fulfilled.
    pub(crate) fulfilled: Tag<Comparison>,
}

pub(super) fn terms(book: &Book<'_>) -> Result<Vec<Terms>, EntryRefusal> {
    obligations::all(book)?.into_iter().map(|id| of(book, id)).collect()
}

fn of(book: &Book<'_>, id: ObligationId) -> Result<Terms, EntryRefusal> {
    let view = book.common.terms(id)?;
    let (mut parity, mut condition) = (Vec::new(), Vec::new());
    for column in &book.columns {
        if let Some(view) = column.reading.stated_parity(id)? {
            let taken = Parity {
                with: view.there.to_string(),
                scope: words::parity_scope(view.scope),
                tolerance: view.tolerance,
                pairs: view.pairs.iter().map(|(a, b)| [Interval(*a), Interval(*b)]).collect(),
                evenness: Tag(view.evenness),
            };
            parity.push(By { according_to: column.key.clone(), taken });
        }
        if let Some(view) = column.reading.condition(id, column.terms)? {
            let taken =
                Condition { waits: words::condition(&view.condition), fulfilled: Tag(view.fulfilled) };
            condition.push(By { according_to: column.key.clone(), taken });
        }
    }
    Ok(Terms {
        obligation: id.to_string(),
        common: view.is_common(),
        stated_by: view.stated_by().iter().map(ToString::to_string).collect(),
        owed: Joint::of(book, &view.owed, Term::of),
        reciprocity: Joint::of(book, &view.reciprocity, words::reciprocities),
        statements: statements(book, id)?,
        parity,
        condition,
    })
}

/// The statements on which the widest reading of the term rests: all that stand.
fn statements(book: &Book<'_>, id: ObligationId) -> Result<Vec<Stated>, EntryRefusal> {
    let view = book.common.evaluate(id, According::Anyone)?;
    Ok(view.rests_on.entries().filter_map(|entry| stated(book, id, entry)).collect())
}

fn stated(book: &Book<'_>, id: ObligationId, entry: EntryId) -> Option<Stated> {
    let entry = book.ledger.entry(entry)?;
    let says = match &entry.what {
        What::Claim(ClaimEntry::Made(Claim { about: Subject::Obligation(about), says, .. }))
            if *about == id =>
        {
            says
        }
        What::Claim(ClaimEntry::Corrected(correction)) => &correction.says,
        _ => return None,
    };
    let Statement::Terms(term) = says else { return None };
    let version = term.version.map(|version| format!(" (version {version})")).unwrap_or_default();
    Some(Stated {
        entry: entry.id.to_string(),
        speaker: entry.by.to_string(),
        said: entry.said.to_string(),
        owed: format!("{}{version}", words::required(&term.required)),
    })
}
