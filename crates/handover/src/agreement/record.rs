//! How agreements are held, and what an entry about one refers to.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{AgreementEntry, Mandate, Milestone, MilestoneKind, Power};
use crate::claim::SubjectKey;
use crate::closure::ClosureRow;
use crate::held::EntryRow;
use crate::id::{AgreementId, EntryId, MilestoneId, ObligationId, OrganId, PartyId};
use crate::obligation::{Duty, ObligationRow};
use crate::party::{OrganRow, PartyRow};
use crate::refusal::Refusal;
use crate::slot::{HandoverRow, LegRow};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct AgreementRow {
    pub(crate) id: AgreementId,
    pub(crate) name: Text,
    pub(crate) parties: Arc<[Idx<PartyRow>]>,
    pub(crate) on: When,
    pub(crate) version: u16,
    pub(crate) last_obligation: Option<Idx<ObligationRow>>,
    pub(crate) last_handover: Option<Idx<HandoverRow>>,
    pub(crate) last_closure: Option<Idx<ClosureRow>>,
    pub(crate) last_act: Option<Idx<ActRow>>,
    pub(crate) last_milestone: Option<Idx<MilestoneRow>>,
}

/// An entry about an agreement that is recorded already.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActRow {
    pub(crate) entry: Idx<EntryRow>,
    former: Option<Idx<ActRow>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct MilestoneRow {
    pub(crate) id: MilestoneId,
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) agreement: Idx<AgreementRow>,
    pub(crate) kind: MilestoneKind,
    pub(crate) on: Option<When>,
    former: Option<Idx<MilestoneRow>>,
}

impl State {
    /// The obligations that rest on an agreement, the latest first.
    pub(crate) fn obligations_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<ObligationRow>> {
        core::iter::successors(self.agreements.get(agreement).last_obligation, |obligation| {
            self.obligations.get(*obligation).former_of_agreement
        })
    }

    /// The handovers that are held under an agreement, the latest first.
    pub(crate) fn handovers_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<HandoverRow>> {
        core::iter::successors(self.agreements.get(agreement).last_handover, |handover| {
            self.handovers.get(*handover).former_of_agreement
        })
    }

    /// The legs of the handovers that are held under an agreement, the latest handover first.
    pub(crate) fn legs_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<LegRow>> {
        self.handovers_of_agreement(agreement).flat_map(|handover| self.legs_of_handover(handover))
    }

    /// The entries about an agreement since its introduction, the latest first.
    pub(crate) fn acts_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = (Idx<EntryRow>, &AgreementEntry)> {
        core::iter::successors(self.agreements.get(agreement).last_act, |act| {
            self.agreement_acts.get(*act).former
        })
        .filter_map(|act| {
            let entry = self.agreement_acts.get(act).entry;
            Some((entry, self.agreement_entry(entry)?))
        })
    }

    /// The milestones of an agreement, the latest first.
    pub(crate) fn milestones_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<MilestoneRow>> {
        core::iter::successors(self.agreements.get(agreement).last_milestone, |milestone| {
            self.milestones.get(*milestone).former
        })
    }

    pub(crate) fn agreement_entry(&self, entry: Idx<EntryRow>) -> Option<&AgreementEntry> {
        self.told_in_full(entry)
    }

    /// A milestone as it was introduced.
    pub(crate) fn milestone(&self, milestone: Idx<MilestoneRow>) -> Option<&Milestone> {
        match self.agreement_entry(self.milestones.get(milestone).entry) {
            Some(AgreementEntry::Milestone(milestone)) => Some(milestone),
            _ => None,
        }
    }

    /// The mandates under an agreement, the latest first.
    pub(crate) fn mandates(&self, agreement: Idx<AgreementRow>) -> impl Iterator<Item = &Mandate> {
        self.acts_of_agreement(agreement).filter_map(|(_, act)| match act {
            AgreementEntry::Mandated(mandate) => Some(mandate),
            _ => None,
        })
    }

    /// The agreement under whose mandate an organ may not say who is at fault.
    pub(crate) fn is_barred_from_attribution(
        &self,
        organ: Idx<OrganRow>,
        about: SubjectKey,
    ) -> Option<Idx<AgreementRow>> {
        let (agreement, organ) = (self.agreement_of(about)?, self.organs.get(organ).id);
        let mandate = self.mandates(agreement).find(|mandate| mandate.organ == organ)?;
        (!mandate.powers.contains(&Power::AttributeResponsibility)).then_some(agreement)
    }

    /// The agreement to which a subject belongs, if to one.
    pub(crate) fn agreement_of(&self, about: SubjectKey) -> Option<Idx<AgreementRow>> {
        match about {
            SubjectKey::Agreement(agreement) => Some(agreement),
            SubjectKey::Milestone(milestone) => Some(self.milestones.get(milestone).agreement),
            SubjectKey::Obligation(obligation) => self.obligations.get(obligation).under,
            SubjectKey::Slot(handover)
            | SubjectKey::Handover(handover)
            | SubjectKey::Appearance(handover, _)
            | SubjectKey::Bringing(_, handover) => self.handovers.get(handover).under,
            SubjectKey::Leg(leg) => self.handovers.get(self.legs.get(leg).handover).under,
            SubjectKey::Batch(batch) => self.agreement_of_batch(batch),
            SubjectKey::Total(total) => self.totals.get(total).under,
        }
    }
}

// ---- resolve

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(AgreementRow),
    Milestone { row: MilestoneRow, requires: Vec<Idx<MilestoneRow>> },
    Act { agreement: Idx<AgreementRow>, act: Act },
}

/// What is done about an agreement.
#[derive(Debug)]
pub(crate) enum Act {
    Amended { version: u16, consented: Vec<Idx<PartyRow>>, duties: Vec<Duty> },
    Met,
    Proposed { by: OrganId, of: Vec<ObligationId>, in_reply_to: Option<EntryId> },
    Answered { by: OrganId, proposal: EntryId },
    Mandated { organ: Idx<OrganRow>, consented: Vec<Idx<PartyRow>> },
    Extended { until: When, consented: Vec<Idx<PartyRow>> },
    Residual(Idx<ObligationRow>),
    Superseded { by: Idx<AgreementRow>, consented: Vec<Idx<PartyRow>> },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &AgreementEntry) -> Result<Resolved, Refusal> {
    let find = |parties: &[PartyId]| -> Result<Vec<_>, Refusal> {
        parties.iter().map(|party| Ok(state.parties.find(*party)?)).collect()
    };
    let (agreement, act) = match entry {
        AgreementEntry::Introduced(agreement) => {
            state.agreements.is_new(agreement.id)?;
            return Ok(Resolved::Introduced(AgreementRow {
                id: agreement.id,
                name: agreement.name.clone(),
                parties: find(&agreement.parties)?.into(),
                on: agreement.on,
                version: 1,
                last_obligation: None,
                last_handover: None,
                last_closure: None,
                last_act: None,
                last_milestone: None,
            }));
        }
        AgreementEntry::Milestone(milestone) => {
            state.milestones.is_new(milestone.id)?;
            let agreement = state.agreements.find(milestone.agreement)?;
            let find = |id: &MilestoneId| Ok(state.milestones.find(*id)?);
            let requires = milestone.requires.iter().map(find).collect::<Result<_, Refusal>>()?;
            let row = MilestoneRow {
                id: milestone.id,
                // The entry is added before what it records.
                entry: state.entries.next(),
                agreement,
                kind: milestone.kind,
                on: milestone.on,
                former: state.agreements.get(agreement).last_milestone,
            };
            return Ok(Resolved::Milestone { row, requires });
        }
        AgreementEntry::Amended(amendment) => {
            let (version, consented) = (amendment.version, find(&amendment.consented)?);
            (amendment.agreement, Act::Amended { version, consented, duties: amendment.duties.clone() })
        }
        AgreementEntry::Round(round) => {
            for mediator in &round.mediators {
                state.organs.find(*mediator)?;
            }
            (round.agreement, Act::Met)
        }
        AgreementEntry::Proposed(proposal) => {
            for term in &proposal.terms {
                state.obligations.find(term.obligation)?;
            }
            if let Some(earlier) = proposal.in_reply_to {
                state.entries.find(earlier)?;
            }
            let of = proposal.terms.iter().map(|term| term.obligation).collect();
            (proposal.agreement, Act::Proposed { by, of, in_reply_to: proposal.in_reply_to })
        }
        AgreementEntry::Answered(answer) => {
            let entry = state.entries.find(answer.proposal)?;
            let Some(AgreementEntry::Proposed(proposal)) = state.agreement_entry(entry) else {
                let (kind, id) = ("proposal", answer.proposal.to_uuid());
                return Err(crate::refusal::EntryRefusal::NoSuch { kind, id }.into());
            };
            (proposal.agreement, Act::Answered { by, proposal: answer.proposal })
        }
        AgreementEntry::Mandated(mandate) => {
            let (organ, consented) = (state.organs.find(mandate.organ)?, find(&mandate.consented)?);
            for member in &mandate.by_consensus_of {
                state.organs.find(*member)?;
            }
            (mandate.agreement, Act::Mandated { organ, consented })
        }
        AgreementEntry::Extended(extension) => {
            let consented = find(&extension.consented)?;
            (extension.agreement, Act::Extended { until: extension.until, consented })
        }
        AgreementEntry::Residual(clause) => {
            (clause.agreement, Act::Residual(state.obligations.find(clause.obligation)?))
        }
        AgreementEntry::Superseded(supersession) => {
            let consented = find(&supersession.consented)?;
            let by = state.agreements.find(supersession.by)?;
            (supersession.agreement, Act::Superseded { by, consented })
        }
    };
    Ok(Resolved::Act { agreement: state.agreements.find(agreement)?, act })
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            state.agreements.add(row);
        }
        Resolved::Milestone { row, .. } => {
            let agreement = row.agreement;
            let row = state.milestones.add(row);
            state.agreements.change(agreement, |agreement| agreement.last_milestone = Some(row));
        }
        Resolved::Act { agreement, act } => {
            let former = state.agreements.get(agreement).last_act;
            let row = state.agreement_acts.add(ActRow { entry, former });
            state.agreements.change(agreement, |agreement| {
                agreement.last_act = Some(row);
                if let Act::Amended { version, .. } = act {
                    agreement.version = version;
                }
            });
        }
    }
}
