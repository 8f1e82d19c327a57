//! How far an agreement has come, derived from what each party says (B1). Nothing of it is stored.

use alloc::vec::Vec;

use super::agreement::{AgreementFlag, AgreementState, AmendmentView};
use super::meaning::Whether;
use super::{Basis, Reading, Whose};
use crate::agreement::{AgreementEntry, AgreementRow, MilestoneKind, Power};
use crate::claim::{ClaimRow, PropositionKey, Scope, Statement, SubjectKey};
use crate::held::EntryRow;
use crate::id::{ObligationId, PartyId};
use crate::neighbour::is_before;
use crate::party::{PartyRow, Side};
use crate::table::Idx;
use crate::when::{DateSpan, Moment, When};

impl<B: Basis> Reading<'_, B> {
    /// How far an agreement has come for all.
    pub(super) fn agreement_state(&self, place: Idx<AgreementRow>) -> AgreementState {
        self.stage(place, Whose::All)
    }

    /// How far an agreement has come by the word of each party alone.
    pub(super) fn states_by_party(&self, place: Idx<AgreementRow>) -> Vec<(PartyId, AgreementState)> {
        let parties = &self.state.agreements.get(place).parties;
        let of = |party: &Idx<PartyRow>| {
            (self.state.parties.get(*party).id, self.stage(place, Whose::Party(*party)))
        };
        parties.iter().map(of).collect()
    }

    fn stage(&self, place: Idx<AgreementRow>, whose: Whose) -> AgreementState {
        let about = SubjectKey::Agreement(place);
        let all = Reading { whose, ..*self };
        let acts = || self.state.acts_of_agreement(place).filter(|(entry, _)| self.is_uttered(*entry));
        if acts().any(|(_, act)| matches!(act, AgreementEntry::Superseded(_))) {
            return AgreementState::Superseded;
        }
        let revived =
            all.holds_true(about, Scope::Revival).then(|| all.last_said(about, Scope::Revival)).flatten();
        // What was said of its end before all revived it is over.
        let ended = |scope| all.last_said(about, scope) > revived;
        if all.holds_true(about, Scope::Termination)
            && ended(Scope::Termination)
            && all.has_taken_effect(about)
        {
            return AgreementState::Terminated;
        }
        if all.is_completed(place) && ended(Scope::Completion) {
            return AgreementState::Completed;
        }
        // What was said to be concluded after it was revived leads on from there.
        if revived.is_some() && all.last_said(about, Scope::Occurrence) <= revived {
            return AgreementState::AgreedInPrinciple;
        }
        let extended = acts().find_map(|(_, act)| match act {
            AgreementEntry::Extended(extension) => Some(extension.until.span()),
            _ => None,
        });
        let until = extended.unwrap_or_else(|| {
            let key = PropositionKey { about, scope: Scope::Deadline, unit: None };
            all.told::<DateSpan>(key, &mut B::default()).set
        });
        let concluded = all.holds_true(about, Scope::Occurrence);
        if concluded && until.last().is_some_and(|last| last < self.as_of) && !until_is_open(self.as_of) {
            return AgreementState::Expired;
        }
        if concluded {
            let is_open = |milestone: &Idx<crate::agreement::MilestoneRow>| {
                self.state.milestones.get(*milestone).kind == MilestoneKind::Effect
                    && all.is_still_awaited(*milestone)
            };
            return if self.state.milestones_of_agreement(place).any(|milestone| is_open(&milestone)) {
                AgreementState::Concluded
            } else {
                AgreementState::Effective
            };
        }
        let stated = self.state.obligations_of_agreement(place).any(|at| {
            let terms = self.terms_of(at);
            match whose {
                Whose::Party(party) => terms.stated_by().contains(&self.state.parties.get(party).id),
                _ => terms.is_common(),
            }
        });
        if stated || all.is_accepted(place) {
            AgreementState::AgreedInPrinciple
        } else {
            AgreementState::Negotiating
        }
    }

    /// Whether every party, or the one whose word is read, or a neutral body that all mandated, declares an agreement complete (invariant 5).
    fn is_completed(&self, place: Idx<AgreementRow>) -> bool {
        let about = SubjectKey::Agreement(place);
        self.holds_true(about, Scope::Completion)
            || self.is_decided(place, Power::CertifyCompletion, about, Scope::Completion)
    }

    /// Whether a milestone has neither come nor been waived: for all, or by the word of one party alone.
    fn is_still_awaited(&self, milestone: Idx<crate::agreement::MilestoneRow>) -> bool {
        let about = SubjectKey::Milestone(milestone);
        let settled = || self.holds_true(about, Scope::Occurrence) || self.holds_true(about, Scope::Waiver);
        self.milestone_state(milestone).is_awaited() && !settled()
    }

    /// The last moment at which those whom this reading hears said anything of a subject in a scope.
    fn last_said(&self, about: SubjectKey, scope: Scope) -> Option<Moment> {
        let live = self.told_of(about, scope);
        live.map(|claim| self.state.claims.get(claim).said_by).max()
    }

    /// What is said, by one party where this reading is of its word alone.
    fn told_of(&self, about: SubjectKey, scope: Scope) -> impl Iterator<Item = Idx<ClaimRow>> {
        let key = PropositionKey { about, scope, unit: None };
        self.live(key).filter(|claim| match self.whose {
            Whose::Party(party) => {
                self.state.organs.get(self.state.claims.get(*claim).organ).side == Side::Party(party)
            }
            _ => true,
        })
    }

    /// Whether the notice that was given has certainly run out by every account.
    fn has_taken_effect(&self, about: SubjectKey) -> bool {
        self.told_of(about, Scope::Termination).all(|claim| match self.state.statement(claim) {
            Some(Statement::Terminated(termination)) => termination
                .from
                .is_none_or(|from| from.span().first().is_some_and(|first| first <= self.as_of)),
            _ => true,
        })
    }

    /// Whether every party, or the one whose word is read, made or accepted one proposal.
    fn is_accepted(&self, place: Idx<AgreementRow>) -> bool {
        let proposals = self.state.acts_of_agreement(place).filter_map(|(entry, act)| match act {
            AgreementEntry::Proposed(_) if self.is_uttered(entry) => Some(entry),
            _ => None,
        });
        let parties = &self.state.agreements.get(place).parties;
        let asked = |party: &&Idx<PartyRow>| !matches!(self.whose, Whose::Party(one) if one != **party);
        proposals
            .into_iter()
            .any(|proposal| parties.iter().filter(asked).all(|party| self.agrees(place, *party, proposal)))
    }

    fn agrees(&self, place: Idx<AgreementRow>, party: Idx<PartyRow>, proposal: Idx<EntryRow>) -> bool {
        let is_own =
            |entry| self.state.organs.get(self.state.organ_of_entry(entry)).side == Side::Party(party);
        let id = self.state.entries.get(proposal).id;
        // The latest answer of the party holds.
        let answer = self.state.acts_of_agreement(place).find_map(|(entry, act)| match act {
            AgreementEntry::Answered(answer)
                if answer.proposal == id && is_own(entry) && self.is_uttered(entry) =>
            {
                Some(answer.accepted)
            }
            _ => None,
        });
        answer.unwrap_or_else(|| is_own(proposal))
    }

    pub(super) fn flags(&self, place: Idx<AgreementRow>) -> Vec<AgreementFlag> {
        let about = SubjectKey::Agreement(place);
        let parties = &self.state.agreements.get(place).parties;
        let says = |scope, happened: bool| {
            parties.iter().filter_map(move |party| {
                let key = PropositionKey { about, scope, unit: None };
                let word = self.party_word::<Whether>(*party, key);
                (word.told.set.only() == Some(&happened)).then_some(word.party)
            })
        };
        let mut flags = Vec::new();
        let announced: Vec<_> = says(Scope::Occurrence, true).collect();
        if let [only] = announced.as_slice() {
            flags.push(AgreementFlag::OneSidedAnnouncement(*only));
        }
        if !announced.is_empty() {
            flags.extend(says(Scope::Occurrence, false).map(AgreementFlag::AnnouncementDenied));
        }
        let mut assert = |scope, flag: fn(PartyId) -> AgreementFlag| {
            let by: Vec<_> = says(scope, true).collect();
            if by.len() < parties.len() {
                flags.extend(by.into_iter().map(flag));
            }
        };
        assert(Scope::Completion, AgreementFlag::CompletionAsserted);
        assert(Scope::Termination, AgreementFlag::TerminationAsserted);
        assert(Scope::Revival, AgreementFlag::RevivalAsserted);
        flags
    }

    /// The latest version by what had been uttered by then; the first is the agreement itself.
    pub(super) fn version(&self, place: Idx<AgreementRow>) -> u16 {
        let acts = self.state.acts_of_agreement(place).filter(|(entry, _)| self.is_uttered(*entry));
        let versions = acts.filter_map(|(_, act)| match act {
            AgreementEntry::Amended(amendment) => Some(amendment.version),
            _ => None,
        });
        versions.max().unwrap_or(1)
    }

    pub(super) fn residual(&self, place: Idx<AgreementRow>) -> Vec<ObligationId> {
        let mut residual: Vec<_> = self
            .state
            .acts_of_agreement(place)
            .filter(|(entry, _)| self.is_uttered(*entry))
            .filter_map(|(_, act)| match act {
                AgreementEntry::Residual(clause) => Some(clause.obligation),
                _ => None,
            })
            .collect();
        residual.reverse();
        residual
    }

    pub(super) fn amendments(&self, about: SubjectKey) -> Vec<AmendmentView> {
        let key = PropositionKey { about, scope: Scope::Amendment, unit: None };
        let mut views: Vec<_> = self
            .live(key)
            .filter_map(|claim| match self.state.statement(claim)? {
                Statement::Amended(amended) => Some(AmendmentView {
                    by: self.said(claim),
                    to: amended.to.clone(),
                    non_suspendable: amended.duties.clone(),
                }),
                _ => None,
            })
            .collect();
        views.reverse();
        views
    }

    /// Whether the side that suspended performance resumed it, not wholly before.
    pub(super) fn is_resumed(
        &self,
        key: PropositionKey,
        suspension: Idx<ClaimRow>,
        from: Option<When>,
    ) -> bool {
        let suspended = self.state.claims.get(suspension);
        let side = self.state.organs.get(suspended.organ).side;
        let began = from.unwrap_or(self.state.saying(suspended.entry).said);
        self.live(key).any(|claim| {
            let row = self.state.claims.get(claim);
            let Some(Statement::Resumed(resumption)) = self.state.statement(claim) else { return false };
            let resumed = resumption.from.unwrap_or(self.state.saying(row.entry).said);
            let same = if matches!(side, Side::Party(_)) {
                self.state.organs.get(row.organ).side == side
            } else {
                row.organ == suspended.organ
            };
            // What lies on one day is taken in the order of recording.
            same && !is_before(resumed, began) && (is_before(began, resumed) || claim > suspension)
        })
    }
}

/// Whether a reading is of whatever was recorded, and so of no date.
fn until_is_open(as_of: Moment) -> bool {
    as_of == Moment::END_OF_TIME
}
