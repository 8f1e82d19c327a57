//! What was agreed and announced.

use handover::claim::Subject;
use handover::reading::{AgreementFlag, AgreementState, MilestoneState, MilestoneView, SuspensionView};
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
    /// What one side says that changes no state.
    pub(crate) flags: Vec<String>,
    /// The events of which it speaks, and how far each has come.
    pub(crate) milestones: Vec<Milestone>,
    /// The obligations that survive its completion.
    pub(crate) residual: Vec<String>,
    /// How the parties stand on whether it was concluded.
    pub(crate) concluded: Joint<Option<bool>>,
    /// Who declared it complete.
    pub(crate) completion: Joint<Option<bool>>,
    /// Legs on whose number the parties' words conflict.
    pub(crate) open_discrepancies: Vec<String>,
    /// Who says that it is suspended.
    pub(crate) suspensions: Vec<Suspension>,
}

/// An event of which an agreement speaks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Milestone {
    /// The milestone.
    pub(crate) milestone: String,
    /// How far it has come.
    pub(crate) state: String,
    /// What it requires and what is open.
    pub(crate) open_conditions: Vec<String>,
    /// By when it should come, by each account; nothing before the event from which that runs has a date.
    pub(crate) deadlines: Vec<Option<String>>,
}

impl Milestone {
    fn of(view: &MilestoneView) -> Self {
        Self {
            milestone: view.milestone.to_string(),
            state: match view.state {
                MilestoneState::Reached => "reached",
                MilestoneState::Waived => "waived by all",
                MilestoneState::Asserted => "reached by some accounts",
                MilestoneState::Open => "open",
            }
            .to_owned(),
            open_conditions: view.open_conditions.iter().map(ToString::to_string).collect(),
            deadlines: view.deadlines.iter().map(|deadline| deadline.dates.map(words::dates)).collect(),
        }
    }
}

fn flag(flag: &AgreementFlag) -> String {
    match flag {
        AgreementFlag::OneSidedAnnouncement(party) => format!("announced by {party} only"),
        AgreementFlag::AnnouncementDenied(party) => format!("denied by {party}"),
        AgreementFlag::CompletionAsserted(party) => format!("declared complete by {party}"),
        AgreementFlag::TerminationAsserted(party) => format!("declared terminated by {party}"),
        AgreementFlag::RevivalAsserted(party) => format!("said by {party} to be in use again"),
    }
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
                state: match view.state {
                    AgreementState::Negotiating => "negotiating",
                    AgreementState::AgreedInPrinciple => "agreed in principle",
                    AgreementState::Concluded => "concluded, conditions open",
                    AgreementState::Effective => "in effect",
                    AgreementState::Completed => "declared complete",
                    AgreementState::Expired => "expired",
                    AgreementState::Terminated => "terminated by all",
                    AgreementState::Superseded => "another took its place",
                }
                .to_owned(),
                flags: view.flags.iter().map(flag).collect(),
                milestones: view.milestones.iter().map(Milestone::of).collect(),
                residual: view.residual.iter().map(ToString::to_string).collect(),
                concluded: Joint::of(book, &view.concluded, words::whether),
                completion: Joint::of(book, &view.completion, words::whether),
                open_discrepancies: view.open_discrepancies.iter().map(ToString::to_string).collect(),
                suspensions: view.suspensions.iter().filter(own).map(Suspension::of).collect(),
            }
        })
        .collect()
}
