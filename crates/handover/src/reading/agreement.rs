//! Agreements as they are read: announced by whom, on which terms, completed or suspended by whose account (B1).

use alloc::vec::Vec;

use super::joint::{Joint, JointView};
use super::meaning::Whether;
use super::said::Said;
use super::terms::TermsView;
use super::{Basis, Reading, Whose};
use crate::claim::{PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{AgreementId, LegId, PartyId};
use crate::obligation::{Basis as LegalBasis, Duty};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::text::Text;

/// How far an agreement has come by what its parties say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementState {
    /// Nobody announced it.
    Unannounced,
    /// Only this party announced it.
    AnnouncedBy(PartyId),
    /// One announced it and these deny it.
    Denied(Vec<PartyId>),
    /// All announced it.
    Announced,
    /// All, or a neutral, declared it complete (invariant 5).
    Completed,
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

/// An agreement as its parties speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementView<B = ()> {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its present version.
    pub version: u16,
    /// How far it has come.
    pub state: AgreementState,
    /// How the parties stand on whether it was concluded.
    pub concluded: Joint<Whether, B>,
    /// Who declared it complete.
    pub completion: Joint<Whether, B>,
    /// What the parties say of each of its terms.
    pub terms: Vec<TermsView<B>>,
    /// Legs on whose number the parties' words conflict: a completion carries them and does not close them.
    pub open_discrepancies: Vec<LegId>,
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
        let neutral = Reading { whose: Whose::Neutral, ..*self };
        let completed =
            matches!(completion.view, JointView::ConfirmedByAll(_)) || neutral.is_declared_complete(row.id);
        let state = if completed {
            AgreementState::Completed
        } else {
            match &concluded.view {
                JointView::OneSided(party) => AgreementState::AnnouncedBy(*party),
                JointView::Denied(by) => AgreementState::Denied(by.clone()),
                JointView::ConfirmedByAll(_) => AgreementState::Announced,
                _ => AgreementState::Unannounced,
            }
        };
        let obligations = self.obligations_of(place);
        let mut legs: Vec<_> = self.state.legs_of_agreement(place).collect();
        legs.sort();
        AgreementView {
            agreement: row.id,
            version: row.version,
            state,
            concluded,
            completion,
            terms: obligations.iter().map(|obligation| self.terms_of(*obligation)).collect(),
            open_discrepancies: legs
                .into_iter()
                .map(|leg| (leg, self.state.legs.get(leg)))
                .filter(|(leg, row)| self.is_discrepant(*leg, row))
                .map(|(_, row)| row.id)
                .collect(),
            suspensions: self.suspensions(place, &obligations),
        }
    }

    /// Whether those whom this reading believes declare an agreement complete.
    pub(crate) fn is_declared_complete(&self, agreement: AgreementId) -> bool {
        let Some(place) = self.state.agreements.at(agreement) else { return false };
        let key =
            PropositionKey { about: SubjectKey::Agreement(place), scope: Scope::Completion, unit: None };
        self.told::<Whether>(key, &mut B::default()).set.only() == Some(&true)
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
    fn obligations_of(
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
            SubjectKey::Obligation(obligation) => match self.state.obligations.get(obligation).basis {
                LegalBasis::Baseline(duty) => Some(duty),
                LegalBasis::Agreement(_) | LegalBasis::UnilateralPledge => None,
            },
            _ => None,
        };
        let mut views: Vec<SuspensionView> = self
            .state
            .claims_on(key)
            .filter(|claim| self.is_live(*claim))
            .filter_map(|claim| {
                let Statement::Suspended(suspension) = self.state.statement(claim)? else { return None };
                let mut non_suspendable = suspension.duties.clone();
                non_suspendable.extend(baseline);
                non_suspendable.sort();
                non_suspendable.dedup();
                Some(SuspensionView {
                    by: self.said(claim),
                    ground: suspension.ground.clone(),
                    non_suspendable,
                })
            })
            .collect();
        views.reverse();
        views
    }
}
