//! Agreements as they are read: announced by whom, on which terms, completed or suspended by whose account (B1).

use alloc::vec::Vec;

use super::amended::RevivalView;
use super::discharge::reached;
use super::joint::{Joint, JointView};
use super::meaning::Whether;
use super::milestone::{DeadlineView, MilestoneView};
use super::said::Said;
use super::terms::TermsView;
use super::{Basis, Reading};
use crate::claim::{PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{AgreementId, EntryId, LegId, OrganId, PartyId};
use crate::obligation::Duty;
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::text::Text;
use crate::when::Moment;

/// How far an agreement has come (B1). What one side alone decides is a flag and no state: see [`AgreementFlag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgreementState {
    /// Nothing is agreed by every party.
    Negotiating,
    /// Every party states a common term, or accepts a proposal, and not every one says that it was concluded.
    AgreedInPrinciple,
    /// Every party says that it was concluded, and a condition precedent is open.
    Concluded,
    /// It was concluded, and every condition precedent has come or was waived.
    Effective,
    /// All, or a neutral body that all mandated, declared it complete (invariant 5).
    Completed,
    /// It is in effect, and nothing was heard of it for longer than a reader's policy allows: see
    /// [`AgreementView::state_after_quiet`].
    Dormant,
    /// It ran until a date on which all agree, and that has passed. What is owed stays owed.
    Expired,
    /// Every party says that it is terminated. What passed stands (invariant 6).
    Terminated,
    /// Another agreement took its place by consent of all.
    Superseded,
}

/// What one side says of an agreement that changes no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgreementFlag {
    /// Only this party announced it.
    OneSidedAnnouncement(PartyId),
    /// One announced it, and this party denies it.
    AnnouncementDenied(PartyId),
    /// This party, and not every one, declared it complete.
    CompletionAsserted(PartyId),
    /// This party, and not every one, says that it is terminated.
    TerminationAsserted(PartyId),
    /// This party, and not every one, says that it is in use again.
    RevivalAsserted(PartyId),
    /// This party says that it, or an obligation of it, is suspended.
    SuspensionAsserted(PartyId),
    /// A breach is alleged. It has a speaker and a target, and no truth value.
    BreachAlleged {
        /// For which organ it is alleged.
        by: OrganId,
        /// Of which party.
        against: PartyId,
        /// The entry, which says what.
        entry: EntryId,
    },
}

/// Someone says that performance is suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspensionView {
    /// Who says so, and of what.
    pub by: Said,
    /// The ground that is given.
    pub ground: Text,
    /// The baseline duties that it reaches for: each stays as it is (invariants 1 and 2).
    pub non_suspendable: Vec<Duty>,
}

/// Someone says that it was amended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendmentView {
    /// Who says so.
    pub by: Said,
    /// To what.
    pub to: Text,
    /// The baseline duties that it reaches for: each stays as it is (invariants 1 and 2).
    pub non_suspendable: Vec<Duty>,
}

/// An agreement as its parties speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementView<B = ()> {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its present version.
    pub version: u16,
    /// How far it has come for all, whoever is believed.
    pub state: AgreementState,
    /// How far it has come by the word of each party alone.
    pub by_party: Vec<(PartyId, AgreementState)>,
    /// What one side says that changes no state.
    pub flags: Vec<AgreementFlag>,
    /// How the parties stand on whether it was concluded.
    pub concluded: Joint<Whether, B>,
    /// Who declared it complete.
    pub completion: Joint<Whether, B>,
    /// What the parties say of each of its terms.
    pub terms: Vec<TermsView<B>>,
    /// Legs on whose number the parties' words conflict: a completion carries them and does not close them.
    pub open_discrepancies: Vec<LegId>,
    /// The obligations that survive its completion.
    pub residual: Vec<crate::id::ObligationId>,
    /// The events of which it speaks.
    pub milestones: Vec<MilestoneView<B>>,
    /// Until when it runs by each account.
    pub deadlines: Vec<DeadlineView<B>>,
    /// The baseline duties for which an amendment that someone asserts reaches: each stays as it is (invariant 2).
    pub amendments: Vec<AmendmentView>,
    /// Who says that it is in use again.
    pub revivals: Vec<RevivalView>,
    /// The last moment at which anything was said of it or of what belongs to it.
    pub last_heard: Option<Moment>,
    /// Who says that it, or an obligation of it, is suspended.
    pub suspensions: Vec<SuspensionView>,
}

impl<B: Basis> Reading<'_, B> {
    /// Every agreement in the order of recording.
    pub fn agreements(&self) -> Vec<AgreementView<B>> {
        self.state.agreements.places().map(|(place, _)| self.agreement_view(place)).collect()
    }

    /// One agreement.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let view = reading.agreement("june".parse()?)?;
    /// assert_eq!(view.version, 1);
    /// assert_eq!(view.open_discrepancies, ["to-south".parse()?]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The agreement is not recorded.
    pub fn agreement(&self, agreement: AgreementId) -> Result<AgreementView<B>, EntryRefusal> {
        Ok(self.agreement_view(self.state.agreements.find(agreement)?))
    }

    fn agreement_view(&self, place: Idx<crate::agreement::AgreementRow>) -> AgreementView<B> {
        let row = self.state.agreements.get(place);
        let about = SubjectKey::Agreement(place);
        let key = |scope| PropositionKey { about, scope, unit: None };
        let concluded: Joint<Whether, B> = self.joint(key(Scope::Occurrence));
        let completion: Joint<Whether, B> = self.joint(key(Scope::Completion));
        let obligations = self.obligations_of(place);
        let suspensions = self.suspensions(place, &obligations);
        let mut flags = self.flags(place);
        let mut suspending: Vec<PartyId> = suspensions.iter().filter_map(|view| view.by.party).collect();
        suspending.sort();
        suspending.dedup();
        flags.extend(suspending.into_iter().map(AgreementFlag::SuspensionAsserted));
        flags.extend(self.breaches(place));
        AgreementView {
            agreement: row.id,
            version: self.version(place),
            state: self.agreement_state(place),
            by_party: self.states_by_party(place),
            flags,
            concluded,
            completion,
            terms: obligations.iter().map(|obligation| self.terms_of(*obligation)).collect(),
            open_discrepancies: self.discrepancies_under(place),
            residual: self.residual(place),
            milestones: self.milestones_of(place),
            deadlines: self.deadlines_of(about),
            amendments: self.amendments(about),
            revivals: self.revivals(place),
            last_heard: self.last_heard(place),
            suspensions,
        }
    }

    /// Legs on whose number the parties' words conflict, in the order of recording.
    pub(super) fn discrepancies_under(&self, place: Idx<crate::agreement::AgreementRow>) -> Vec<LegId> {
        let mut legs: Vec<_> = self.state.legs_of_agreement(place).collect();
        legs.sort();
        legs.into_iter()
            .map(|leg| (leg, self.state.legs.get(leg)))
            .filter(|(leg, row)| self.is_discrepant(*leg, row))
            .map(|(_, row)| row.id)
            .collect()
    }

    fn is_discrepant(&self, leg: Idx<crate::slot::LegRow>, row: &crate::slot::LegRow) -> bool {
        let conflict = |about| {
            let key = PropositionKey { about, scope: Scope::Count, unit: Some(row.unit) };
            matches!(self.joint::<crate::quantity::Span>(key).view, JointView::Conflicting(_))
        };
        conflict(SubjectKey::Leg(leg))
            || self.state.batches_of_leg(leg).any(|batch| conflict(SubjectKey::Batch(batch)))
    }

    /// The obligations that rest on an agreement, in the order of recording.
    pub(super) fn obligations_of(
        &self,
        agreement: Idx<crate::agreement::AgreementRow>,
    ) -> Vec<Idx<crate::obligation::ObligationRow>> {
        let mut obligations: Vec<_> = self.state.obligations_of_agreement(agreement).collect();
        obligations.reverse();
        obligations
    }

    fn suspensions(
        &self,
        agreement: Idx<crate::agreement::AgreementRow>,
        obligations: &[Idx<crate::obligation::ObligationRow>],
    ) -> Vec<SuspensionView> {
        let subjects = core::iter::once(SubjectKey::Agreement(agreement))
            .chain(obligations.iter().map(|obligation| SubjectKey::Obligation(*obligation)));
        subjects.flat_map(|about| self.suspensions_of(about)).collect()
    }

    /// Who says that an obligation is suspended, whoever is believed. Where it rests on the law the duty is as before.
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn suspensions_of_obligation(
        &self,
        obligation: crate::id::ObligationId,
    ) -> Result<Vec<SuspensionView>, EntryRefusal> {
        Ok(self.suspensions_of(SubjectKey::Obligation(self.state.obligations.find(obligation)?)))
    }

    fn suspensions_of(&self, about: SubjectKey) -> Vec<SuspensionView> {
        let key = PropositionKey { about, scope: Scope::Suspension, unit: None };
        let baseline = match about {
            SubjectKey::Obligation(obligation) => self.state.obligations.get(obligation).basis.duty(),
            _ => None,
        };
        let mut views: Vec<SuspensionView> = self
            .live(key)
            .filter_map(|claim| {
                let Statement::Suspended(suspension) = self.state.statement(claim)? else { return None };
                if self.is_resumed(key, claim, suspension.from) {
                    return None;
                }
                Some(SuspensionView {
                    by: self.said(claim),
                    ground: suspension.ground.clone(),
                    non_suspendable: reached(&suspension.duties, baseline),
                })
            })
            .collect();
        views.reverse();
        views
    }
}
