//! What amendments and revivals changed, what a completion carries, and since when nothing was heard (B1).

use alloc::vec::Vec;

use super::agreement::{AgreementFlag, AgreementState, AgreementView};
use super::said::Said;
use super::{Basis, Reading};
use crate::agreement::{AgreementEntry, AgreementRow, Period};
use crate::claim::{ClaimRow, PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{AgreementId, BatchId, EntryId, LegId, ObligationId};
use crate::obligation::{ObligationRow, Required};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::text::Text;
use crate::when::{Moment, When, Zone};

/// What someone says is owed under a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedTerm {
    /// The obligation.
    pub obligation: ObligationId,
    /// Who says so.
    pub by: Said,
    /// What the same organ said of an earlier version; `None` if nothing.
    pub before: Option<Required>,
    /// What is owed under this one.
    pub required: Required,
}

/// An amendment by consent of all, and what it changed by each account. Earlier versions and their credit stand
/// (invariant 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendedView {
    /// The version.
    pub version: u16,
    /// The entry that records it.
    pub entry: EntryId,
    /// When that was said.
    pub said: When,
    /// What was amended.
    pub note: Option<Text>,
    /// The terms that speak of this version.
    pub terms: Vec<ChangedTerm>,
}

/// Someone says that an agreement is in use again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevivalView {
    /// Who says so.
    pub by: Said,
    /// The version that was recorded with it or next after it; `None` if none was.
    pub version: Option<u16>,
}

/// Units of which nothing is decided, in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnverifiedView {
    /// The obligation towards which the batch is offered.
    pub obligation: ObligationId,
    /// The batch.
    pub batch: BatchId,
    /// Units of remains that are not decided.
    pub units: u64,
    /// Containers of which it is not known what they hold.
    pub containers: u64,
}

/// What a completion carries and does not close: it is listed whether or not the agreement is complete (invariant 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionRecord {
    /// The agreement.
    pub agreement: AgreementId,
    /// Legs on whose number the parties' words conflict.
    pub open_discrepancies: Vec<LegId>,
    /// What is not verified.
    pub unverified: Vec<UnverifiedView>,
    /// The obligations that someone says cannot be performed.
    pub impaired: Vec<ObligationId>,
    /// The obligations that survive.
    pub residual: Vec<ObligationId>,
}

impl<B> AgreementView<B> {
    /// How far it has come, where an agreement in effect of which nothing was heard for so long counts as dormant. How long
    /// that is is the reader's policy; the days are those of UTC. As of the end of time nothing is dormant.
    ///
    /// Source: B1.
    pub fn state_after_quiet(&self, quiet: Period, as_of: Moment) -> AgreementState {
        let is_quiet = self.last_heard.is_some_and(|last| quiet.end(last, Zone::UTC) < as_of);
        if self.state == AgreementState::Effective && as_of != Moment::END_OF_TIME && is_quiet {
            AgreementState::Dormant
        } else {
            self.state
        }
    }
}

impl<B: Basis> Reading<'_, B> {
    /// The amendments of an agreement by version, each with what it changed.
    ///
    /// # Errors
    /// The agreement is not recorded.
    pub fn versions(&self, agreement: AgreementId) -> Result<Vec<AmendedView>, EntryRefusal> {
        let place = self.state.agreements.find(agreement)?;
        let mut versions: Vec<AmendedView> = self
            .state
            .acts_of_agreement(place)
            .filter(|(entry, _)| self.is_uttered(*entry))
            .filter_map(|(entry, act)| match act {
                AgreementEntry::Amended(amendment) => Some(AmendedView {
                    version: amendment.version,
                    entry: self.state.entries.get(entry).id,
                    said: self.state.saying(entry).said,
                    note: amendment.note.clone(),
                    terms: self.changed(place, amendment.version),
                }),
                _ => None,
            })
            .collect();
        versions.reverse();
        Ok(versions)
    }

    fn changed(&self, agreement: Idx<AgreementRow>, version: u16) -> Vec<ChangedTerm> {
        let mut changed = Vec::new();
        for obligation in self.obligations_of(agreement) {
            let terms = self.terms_said(obligation);
            for (claim, required, of) in terms.iter().filter(|(_, _, of)| *of == version) {
                let organ = self.state.claims.get(*claim).organ;
                let own = terms.iter().filter(|(other, _, _)| self.state.claims.get(*other).organ == organ);
                let before =
                    own.filter(|(_, _, earlier)| earlier < of).max_by_key(|(_, _, earlier)| *earlier);
                changed.push(ChangedTerm {
                    obligation: self.state.obligations.get(obligation).id,
                    by: self.said(*claim),
                    before: before.map(|(_, required, _)| (*required).clone()),
                    required: (*required).clone(),
                });
            }
        }
        changed
    }

    /// What is said to be owed, in the order of recording, each with the version of which it speaks.
    pub(super) fn terms_said(&self, obligation: Idx<ObligationRow>) -> Vec<(Idx<ClaimRow>, &Required, u16)> {
        let key =
            PropositionKey { about: SubjectKey::Obligation(obligation), scope: Scope::Terms, unit: None };
        let mut terms: Vec<_> = self
            .live(key)
            .filter_map(|claim| match self.state.statement(claim)? {
                Statement::Terms(term) => Some((claim, &term.required, term.version.unwrap_or(1))),
                _ => None,
            })
            .collect();
        terms.reverse();
        terms
    }

    pub(super) fn revivals(&self, place: Idx<AgreementRow>) -> Vec<RevivalView> {
        let key = PropositionKey { about: SubjectKey::Agreement(place), scope: Scope::Revival, unit: None };
        let mut views: Vec<RevivalView> = self
            .live(key)
            .filter(|claim| self.state.statement(*claim) == Some(&Statement::Revived))
            .map(|claim| {
                let said = self.state.claims.get(claim).said_by;
                let after = self.state.acts_of_agreement(place).filter_map(|(entry, act)| {
                    let recorded = self.state.saying(entry).said.last_moment()?;
                    match act {
                        AgreementEntry::Amended(amendment) if recorded >= said => Some(amendment.version),
                        _ => None,
                    }
                });
                RevivalView { by: self.said(claim), version: after.min() }
            })
            .collect();
        views.reverse();
        views
    }

    /// What the completion of an agreement carries and does not close.
    ///
    /// # Errors
    /// The agreement is not recorded.
    pub fn completion_record(&self, agreement: AgreementId) -> Result<CompletionRecord, EntryRefusal> {
        let place = self.state.agreements.find(agreement)?;
        let mut unverified = Vec::new();
        let mut impaired = Vec::new();
        for obligation in self.obligations_of(place) {
            let id = self.state.obligations.get(obligation).id;
            let mut batches: Vec<_> = self.state.batches_of_obligation(obligation).collect();
            batches.reverse();
            for batch in batches {
                let (count, _) = self.credit_count(batch, obligation);
                if count.pending > 0 || count.unopened > 0 {
                    unverified.push(UnverifiedView {
                        obligation: id,
                        batch: count.batch,
                        units: count.pending,
                        containers: count.unopened,
                    });
                }
            }
            if !self.inabilities(obligation).is_empty() {
                impaired.push(id);
            }
        }
        let (open_discrepancies, residual) = (self.discrepancies_under(place), self.residual(place));
        Ok(CompletionRecord { agreement, open_discrepancies, unverified, impaired, residual })
    }

    /// What belongs to an agreement and can be spoken of: itself, its events, obligations, handovers, legs and batches.
    fn subjects(&self, place: Idx<AgreementRow>) -> Vec<SubjectKey> {
        let state = self.state;
        let mut subjects: Vec<_> = [SubjectKey::Agreement(place)].into();
        subjects.extend(state.milestones_of_agreement(place).map(SubjectKey::Milestone));
        for obligation in state.obligations_of_agreement(place) {
            subjects.push(SubjectKey::Obligation(obligation));
            subjects.extend(state.batches_of_obligation(obligation).map(SubjectKey::Batch));
        }
        for handover in state.handovers_of_agreement(place) {
            subjects.extend([SubjectKey::Handover(handover), SubjectKey::Slot(handover)]);
        }
        subjects.extend(state.legs_of_agreement(place).map(SubjectKey::Leg));
        subjects
    }

    /// Who accuses whom under an agreement.
    pub(super) fn breaches(&self, place: Idx<AgreementRow>) -> Vec<AgreementFlag> {
        let faults = self.subjects(place).into_iter().flat_map(|about| {
            let key = PropositionKey { about, scope: Scope::Fault, unit: None };
            self.live(key)
        });
        let mut flags: Vec<(Idx<ClaimRow>, AgreementFlag)> = faults
            .filter_map(|claim| match self.state.statement(claim)? {
                Statement::Fault(fault) => {
                    let Said { organ, entry, .. } = self.said(claim);
                    Some((claim, AgreementFlag::BreachAlleged { by: organ, against: fault.of, entry }))
                }
                _ => None,
            })
            .collect();
        flags.sort_by_key(|(claim, _)| *claim);
        flags.dedup();
        flags.into_iter().map(|(_, flag)| flag).collect()
    }

    /// The last moment at which anything was said of an agreement or of what belongs to it, or was done about it.
    pub(super) fn last_heard(&self, place: Idx<AgreementRow>) -> Option<Moment> {
        let acts = self
            .state
            .acts_of_agreement(place)
            .filter(|(entry, _)| self.is_uttered(*entry))
            .filter_map(|(entry, _)| self.state.saying(entry).said.last_moment());
        let claims = self.subjects(place).into_iter().flat_map(|about| {
            let unit = match about {
                SubjectKey::Obligation(at) => Some(self.state.obligations.get(at).unit),
                SubjectKey::Leg(at) => Some(self.state.legs.get(at).unit),
                SubjectKey::Batch(at) => Some(self.state.batches.get(at).unit),
                _ => None,
            };
            let units = core::iter::once(None).chain(unit.map(Some));
            let keys = units.flat_map(move |unit| {
                Scope::ALL.into_iter().map(move |scope| PropositionKey { about, scope, unit })
            });
            keys.flat_map(|key| self.live(key)).map(|claim| self.state.claims.get(claim).said_by)
        });
        let concluded = self.state.agreements.get(place).on.last_moment();
        acts.chain(claims).chain(concluded).max()
    }
}
