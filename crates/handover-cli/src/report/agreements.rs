//! What was agreed and announced.

use handover::claim::Subject;
use handover::reading::{
    AgreementFlag, AgreementState, Comparison, Conformance as Shown, ConformanceView, DeadlineView,
    MilestoneState, MilestoneView, SuspensionView,
};
use handover::refusal::EntryRefusal;
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
    /// How far it has come for all.
    pub(crate) state: &'static str,
    /// How far it has come by the word of each party alone.
    pub(crate) by_party: Vec<ByParty>,
    /// What one side says that changes no state.
    pub(crate) flags: Vec<String>,
    /// The events of which it speaks, and how far each has come.
    pub(crate) milestones: Vec<Milestone>,
    /// Until when it runs, by each account.
    pub(crate) deadlines: Vec<Deadline>,
    /// Its amendments by consent of all.
    pub(crate) versions: Vec<Version>,
    /// What somebody says was amended.
    pub(crate) amendments: Vec<Amendment>,
    /// Who says that it is in use again.
    pub(crate) revivals: Vec<Revival>,
    /// The obligations that survive its completion.
    pub(crate) residual: Vec<String>,
    /// How the parties stand on whether it was concluded.
    pub(crate) concluded: Joint<Option<bool>>,
    /// Who declared it complete.
    pub(crate) completion: Joint<Option<bool>>,
    /// Legs on whose number the parties' words conflict.
    pub(crate) open_discrepancies: Vec<String>,
    /// Batches of which something is not verified: a completion carries them and does not close them.
    pub(crate) unverified: Vec<Unverified>,
    /// The obligations that someone says cannot be performed.
    pub(crate) impaired: Vec<String>,
    /// Who says that it is suspended.
    pub(crate) suspensions: Vec<Suspension>,
}

/// How far an agreement has come by the word of one party.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ByParty {
    /// The party.
    pub(crate) party: String,
    /// How far it has come.
    pub(crate) state: &'static str,
}

/// A deadline that someone states.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Deadline {
    /// Who states it.
    pub(crate) by: Said,
    /// The days on which it can end; `null` before the events from which it runs have a date.
    pub(crate) dates: Option<String>,
    /// The events from which it runs and of which it is not taken that they came.
    pub(crate) waits_for: Vec<String>,
    /// `yes`, `no` or `undetermined`.
    pub(crate) passed: &'static str,
}

impl Deadline {
    fn of<B>(view: &DeadlineView<B>) -> Self {
        Self {
            by: Said::of(&view.by),
            dates: view.dates.map(words::dates),
            waits_for: view.waits_for.iter().map(ToString::to_string).collect(),
            passed: match view.passed {
                Comparison::Holds => "yes",
                Comparison::Fails => "no",
                Comparison::Undetermined => "undetermined",
            },
        }
    }
}

/// An amendment by consent of all.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Version {
    /// The version.
    pub(crate) version: u16,
    /// The entry that records it.
    pub(crate) entry: String,
    /// When that was said.
    pub(crate) said: String,
    /// What was amended.
    pub(crate) note: Option<String>,
    /// Who says of which obligation what is owed under it.
    pub(crate) terms: Vec<Said>,
}

/// Someone says that an agreement was amended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Amendment {
    /// Who says so.
    pub(crate) by: Said,
    /// To what.
    pub(crate) to: String,
    /// The baseline duties that it reaches for: each stays as it is.
    pub(crate) non_suspendable: Vec<String>,
}

/// Someone says that an agreement is in use again.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Revival {
    /// Who says so.
    pub(crate) by: Said,
    /// The version that was recorded with it or next after it.
    pub(crate) version: Option<u16>,
}

/// What is not verified in a batch.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Unverified {
    /// The obligation towards which it is offered.
    pub(crate) obligation: String,
    /// The batch.
    pub(crate) batch: String,
    /// Units of remains that are not decided.
    pub(crate) units: u64,
    /// Containers of which it is not known what they hold.
    pub(crate) containers: u64,
}

/// A duty of the law beside what the record shows of it: advice, on which nothing rests. None of it says that a duty ended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Conformance {
    /// The duty.
    pub(crate) duty: String,
    /// What it asks.
    pub(crate) asks: &'static str,
    /// Of whom.
    pub(crate) of: &'static str,
    /// The articles and rules.
    pub(crate) source: &'static str,
    /// What the record shows.
    pub(crate) conformance: &'static str,
    /// Occasions of which what it asks is recorded.
    pub(crate) shown: Vec<String>,
    /// Occasions of which it is not: it may have been done.
    pub(crate) not_shown: Vec<String>,
    /// Why no entry that can be recorded shows it, where none does.
    #[serde(rename = "not-seen-because", skip_serializing_if = "Option::is_none")]
    pub(crate) unseen: Option<&'static str>,
    /// The obligations that rest on it.
    pub(crate) obligations: Vec<String>,
}

impl Conformance {
    fn of(view: &ConformanceView) -> Self {
        let data = view.duty.data();
        Self {
            duty: view.duty.to_string(),
            asks: data.map_or("", |data| data.asks),
            of: data.map_or("", |data| data.of),
            source: data.map_or("", |data| data.source),
            conformance: match view.conformance {
                Shown::Unseen => "not seen in such a record",
                Shown::NothingRecorded => "nothing recorded",
                Shown::Shown => "shown",
                Shown::PartlyShown => "partly shown",
                Shown::NotShown => "not shown",
            },
            shown: view.shown.iter().map(ToString::to_string).collect(),
            not_shown: view.not_shown.iter().map(ToString::to_string).collect(),
            unseen: view.unseen,
            obligations: view.obligations.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The duties of the law, by number.
pub(super) fn conformance(book: &Book<'_>) -> Vec<Conformance> {
    book.common.conformance().iter().map(Conformance::of).collect()
}

/// An event of which an agreement speaks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Milestone {
    /// The milestone.
    pub(crate) milestone: String,
    /// How far it has come.
    pub(crate) state: &'static str,
    /// What it requires and what is open.
    pub(crate) open_conditions: Vec<String>,
    /// By when it should come, by each account; nothing before the event from which that runs has a date.
    pub(crate) deadlines: Vec<Option<String>>,
}

impl Milestone {
    fn of<B>(view: &MilestoneView<B>) -> Self {
        Self {
            milestone: view.milestone.to_string(),
            state: match view.state {
                MilestoneState::Reached => "reached",
                MilestoneState::Waived => "waived by all",
                MilestoneState::Asserted => "reached by some accounts",
                MilestoneState::Open => "open",
            },
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
        AgreementFlag::SuspensionAsserted(party) => format!("said by {party} to be suspended"),
        AgreementFlag::BreachAlleged { by, against, .. } => format!("{by} alleges a breach by {against}"),
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

const fn state(state: AgreementState) -> &'static str {
    match state {
        AgreementState::Negotiating => "negotiating",
        AgreementState::AgreedInPrinciple => "agreed in principle",
        AgreementState::Concluded => "concluded, conditions open",
        AgreementState::Effective => "in effect",
        AgreementState::Dormant => "in effect, nothing heard of it",
        AgreementState::Completed => "declared complete",
        AgreementState::Expired => "expired",
        AgreementState::Terminated => "terminated by all",
        AgreementState::Superseded => "another took its place",
    }
}

/// A state by the word of one: what that one alone ended is not ended by all.
const fn state_by_one(of: AgreementState) -> &'static str {
    match of {
        AgreementState::Terminated => "terminated",
        other => state(other),
    }
}

pub(super) fn agreements(book: &Book<'_>) -> Result<Vec<Agreement>, EntryRefusal> {
    let views = book.common.agreements();
    views
        .iter()
        .map(|view| {
            let mut names = book.ledger.agreements();
            let own = |suspension: &&SuspensionView| matches!(suspension.by.about, Subject::Agreement(_));
            let record = book.common.completion_record(view.agreement)?;
            let versions = book.common.versions(view.agreement)?;
            let unverified = record.unverified.iter().map(|it| Unverified {
                obligation: it.obligation.to_string(),
                batch: it.batch.to_string(),
                units: it.units,
                containers: it.containers,
            });
            Ok(Agreement {
                agreement: view.agreement.to_string(),
                name: names.find(|(id, _)| *id == view.agreement).map(|(_, name)| name.to_string()),
                version: view.version,
                state: state(view.state),
                by_party: view
                    .by_party
                    .iter()
                    .map(|(party, of)| ByParty { party: party.to_string(), state: state_by_one(*of) })
                    .collect(),
                flags: view.flags.iter().map(flag).collect(),
                milestones: view.milestones.iter().map(Milestone::of).collect(),
                deadlines: view.deadlines.iter().map(Deadline::of).collect(),
                versions: versions
                    .iter()
                    .map(|it| Version {
                        version: it.version,
                        entry: it.entry.to_string(),
                        said: it.said.to_string(),
                        note: it.note.as_ref().map(ToString::to_string),
                        terms: it.terms.iter().map(|term| Said::of(&term.by)).collect(),
                    })
                    .collect(),
                amendments: view
                    .amendments
                    .iter()
                    .map(|it| Amendment {
                        by: Said::of(&it.by),
                        to: it.to.to_string(),
                        non_suspendable: it.non_suspendable.iter().map(ToString::to_string).collect(),
                    })
                    .collect(),
                revivals: view
                    .revivals
                    .iter()
                    .map(|it| Revival { by: Said::of(&it.by), version: it.version })
                    .collect(),
                residual: view.residual.iter().map(ToString::to_string).collect(),
                concluded: Joint::of(book, &view.concluded, words::whether),
                completion: Joint::of(book, &view.completion, words::whether),
                open_discrepancies: view.open_discrepancies.iter().map(ToString::to_string).collect(),
                unverified: unverified.collect(),
                impaired: record.impaired.iter().map(ToString::to_string).collect(),
                suspensions: view.suspensions.iter().filter(own).map(Suspension::of).collect(),
            })
        })
        .collect()
}
