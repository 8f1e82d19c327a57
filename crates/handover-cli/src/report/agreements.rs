//! What was agreed and announced.

use handover::claim::Subject;
use handover::reading::{AgreementState, SuspensionView};
use serde::Serialize;

use super::joint::Joint;
use super::said::Said;
use super::{Book, words};

/// An agreement as its parties speak of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Agreement {
    /// The agreement.
    pub(crate) agreement: String,
    /// What it is called.
    pub(crate) name: Option<String>,
    /// Its present version.
    pub(crate) version: u16,
    /// How far it has come.
    pub(crate) state: String,
    /// How the parties stand on whether it was concluded.
    pub(crate) concluded: Joint<Option<bool>>,
    /// Who declared it complete.
    pub(crate) completion: Joint<Option<bool>>,
    /// Legs on whose number the parties' words conflict.
    pub(crate) open_discrepancies: Vec<String>,
    /// Who says that it is suspended.
    pub(crate) suspensions: Vec<Suspension>,
}

/// Someone says that performance is suspended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Suspension {
    /// Who says so.
    pub(crate) by: Said,
    /// The ground that is given.
    pub(crate) ground: String,
    /// The baseline duties that it reaches for: each stays as it is.
    pub(crate) non_suspendable: Vec<String>,
}

impl Suspension {
    pub(super) fn of(view: &SuspensionView) -> Self {
        Self {
            by: Said::of(&view.by),
            ground: view.ground.to_string(),
            non_suspendable: view.non_suspendable.iter().map(ToString::to_string).collect(),
        }
    }
}

pub(super) fn agreements(book: &Book<'_>) -> Vec<Agreement> {
    let views = book.common.agreements();
    views
        .iter()
        .map(|view| {
            let mut names = book.ledger.agreements();
            let own = |suspension: &&SuspensionView| matches!(suspension.by.about, Subject::Agreement(_));
            Agreement {
                agreement: view.agreement.to_string(),
                name: names.find(|(id, _)| *id == view.agreement).map(|(_, name)| name.to_string()),
                version: view.version,
                state: match &view.state {
                    AgreementState::Unannounced => "announced by no party".to_owned(),
                    AgreementState::AnnouncedBy(party) => format!("announced by {party} only"),
                    AgreementState::Denied(by) => {
                        let by: Vec<String> = by.iter().map(ToString::to_string).collect();
                        format!("announced, and denied by {}", by.join(", "))
                    }
                    AgreementState::Announced => "announced by all".to_owned(),
                    AgreementState::Completed => "declared complete".to_owned(),
                },
                concluded: Joint::of(book, &view.concluded, words::whether),
                completion: Joint::of(book, &view.completion, words::whether),
                open_discrepancies: view.open_discrepancies.iter().map(ToString::to_string).collect(),
                suspensions: view.suspensions.iter().filter(own).map(Suspension::of).collect(),
            }
        })
        .collect()
}
