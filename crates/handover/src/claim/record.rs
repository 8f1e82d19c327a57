//! How claims are held: one row a claim, posted to the propositions on which it has a word.

use super::{Affiliation, Claim, ClaimEntry, CostDispute, PostponementKind, Scope, Statement, Subject};
use crate::agreement::{AgreementRow, MilestoneRow};
use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::id::EntryId;
use crate::obligation::ObligationRow;
use crate::party::{OrganRow, PartyRow, SpeakerRow};
use crate::quantity::{Count, Span, Stated, Unit};
use crate::reading::Label;
use crate::reciprocity::{Condition, Reciprocity};
use crate::refusal::{EntryRefusal, Refusal};
use crate::slot::{HandoverRow, LegRow};
use crate::state::State;
use crate::table::Idx;
use crate::total::TotalRow;
use crate::when::{Moment, When};

// ---- state

/// A subject by the places of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum SubjectKey {
    Agreement(Idx<AgreementRow>),
    Obligation(Idx<ObligationRow>),
    Milestone(Idx<MilestoneRow>),
    Slot(Idx<HandoverRow>),
    Handover(Idx<HandoverRow>),
    Appearance(Idx<HandoverRow>, Idx<PartyRow>),
    Leg(Idx<LegRow>),
    Batch(Idx<BatchRow>),
    Bringing(Idx<BatchRow>, Idx<HandoverRow>),
    Total(Idx<TotalRow>),
}

/// Subject, scope and, where something is counted, the unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct PropositionKey {
    pub(crate) about: SubjectKey,
    pub(crate) scope: Scope,
    pub(crate) unit: Option<Unit>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct PropositionRow {
    pub(crate) key: PropositionKey,
    last: Option<Idx<PostingRow>>,
}

/// That a claim has a word on a proposition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PostingRow {
    claim: Idx<ClaimRow>,
    former: Option<Idx<PostingRow>>,
}

#[derive(Clone, Debug)]
pub(crate) struct ClaimRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) speaker: Idx<SpeakerRow>,
    pub(crate) organ: Idx<OrganRow>,
    pub(crate) about: SubjectKey,
    pub(crate) scope: Scope,
    /// The last moment at which it can have been uttered; never, where no end was stated.
    pub(crate) said_by: Moment,
    /// From when it is neither corrected nor withdrawn any more.
    pub(crate) ended_by: Option<Moment>,
    /// The values that it leaves possible, where it counts: as uttered, even where it is the same as another.
    pub(crate) span: Span,
    /// Why, where it counts.
    pub(crate) label: Label,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RepeatRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) root: Idx<ClaimRow>,
}

impl State {
    /// The claims that have a word on a proposition, the latest first.
    pub(crate) fn claims_on(&self, key: PropositionKey) -> impl Iterator<Item = Idx<ClaimRow>> {
        let last = self.proposition_index.get(key).and_then(|at| self.propositions.get(at).last);
        core::iter::successors(last, |at| self.postings.get(*at).former).map(|at| self.postings.get(at).claim)
    }

    /// What a claim says.
    pub(crate) fn statement(&self, claim: Idx<ClaimRow>) -> Option<&Statement> {
        match self.told_in_full(self.claims.get(claim).entry) {
            Some(ClaimEntry::Made(claim)) => Some(&claim.says),
            Some(ClaimEntry::Corrected(correction)) => Some(&correction.says),
            _ => None,
        }
    }

    /// What a claim counts: a count that an end of a transfer tells is a claim of its side too.
    pub(crate) fn count_of(&self, claim: Idx<ClaimRow>) -> Option<&Count> {
        let entry = self.claims.get(claim).entry;
        let told = || self.counted(entry);
        self.statement(claim).and_then(Statement::count).or_else(told)
    }

    /// A claim that is corrected or withdrawn as such: one that was told at an end of a transfer is corrected there.
    fn own_claim_of(&self, entry: EntryId) -> Result<Idx<ClaimRow>, EntryRefusal> {
        let claim = self.claim_of(entry)?;
        match self.statement(claim) {
            Some(_) => Ok(claim),
            None => Err(EntryRefusal::NoSuch { kind: "claim", id: entry.to_uuid() }),
        }
    }

    pub(crate) fn claim_of(&self, entry: EntryId) -> Result<Idx<ClaimRow>, EntryRefusal> {
        self.claim_index
            .get(self.entries.find(entry)?)
            .ok_or(EntryRefusal::NoSuch { kind: "claim", id: entry.to_uuid() })
    }

    pub(crate) fn subject_key(&self, subject: Subject) -> Result<SubjectKey, EntryRefusal> {
        Ok(match subject {
            Subject::Agreement(id) => SubjectKey::Agreement(self.agreements.find(id)?),
            Subject::Obligation(id) => SubjectKey::Obligation(self.obligations.find(id)?),
            Subject::Milestone(id) => SubjectKey::Milestone(self.milestones.find(id)?),
            Subject::Slot(id) => SubjectKey::Slot(self.handovers.find(id)?),
            Subject::Handover(id) => SubjectKey::Handover(self.handovers.find(id)?),
            Subject::Appearance { at, of } => {
                SubjectKey::Appearance(self.handovers.find(at)?, self.parties.find(of)?)
            }
            Subject::Leg(id) => SubjectKey::Leg(self.legs.find(id)?),
            Subject::Batch(id) => SubjectKey::Batch(self.batches.find(id)?),
            Subject::Bringing { batch, to } => {
                SubjectKey::Bringing(self.batches.find(batch)?, self.handovers.find(to)?)
            }
            Subject::Total(id) => SubjectKey::Total(self.totals.find(id)?),
        })
    }

    pub(crate) fn subject(&self, key: SubjectKey) -> Subject {
        let handover = |at: Idx<HandoverRow>| self.handovers.get(at).id;
        match key {
            SubjectKey::Agreement(at) => Subject::Agreement(self.agreements.get(at).id),
            SubjectKey::Obligation(at) => Subject::Obligation(self.obligations.get(at).id),
            SubjectKey::Milestone(at) => Subject::Milestone(self.milestones.get(at).id),
            SubjectKey::Slot(at) => Subject::Slot(handover(at)),
            SubjectKey::Handover(at) => Subject::Handover(handover(at)),
            SubjectKey::Appearance(at, of) => {
                Subject::Appearance { at: handover(at), of: self.parties.get(of).id }
            }
            SubjectKey::Leg(at) => Subject::Leg(self.legs.get(at).id),
            SubjectKey::Batch(at) => Subject::Batch(self.batches.get(at).id),
            SubjectKey::Bringing(at, to) => {
                Subject::Bringing { batch: self.batches.get(at).id, to: handover(to) }
            }
            SubjectKey::Total(at) => Subject::Total(self.totals.get(at).id),
        }
    }

    pub(crate) fn post(&mut self, claim: Idx<ClaimRow>, key: PropositionKey) {
        let proposition = self.proposition_index.get(key).unwrap_or_else(|| {
            let proposition = self.propositions.add(PropositionRow { key, last: None });
            self.proposition_index.add(key, proposition);
            if let SubjectKey::Bringing(batch, to) = key.about
                && key.scope == Scope::Occurrence
            {
                self.note_bringing(batch, to);
            }
            proposition
        });
        let former = self.propositions.get(proposition).last;
        let posting = self.postings.add(PostingRow { claim, former });
        self.propositions.change(proposition, |proposition| proposition.last = Some(posting));
    }
}

// ---- resolve

#[derive(Debug)]
pub(crate) struct NewClaim {
    pub(super) speaker: Idx<SpeakerRow>,
    pub(super) about: SubjectKey,
    pub(super) statement: Statement,
    pub(super) unit: Option<Unit>,
    pub(super) span: Span,
    pub(super) label: Label,
    pub(super) said: When,
    pub(super) same_as: Option<Idx<ClaimRow>>,
    pub(super) corrects: Option<Idx<ClaimRow>>,
}

#[derive(Debug)]
pub(crate) enum Resolved {
    Made(NewClaim),
    Withdrawn { claim: Idx<ClaimRow>, speaker: Idx<SpeakerRow>, said: When },
    Repeated { root: Idx<ClaimRow> },
}

pub(crate) fn resolve(
    state: &State,
    speaker: Idx<SpeakerRow>,
    said: When,
    entry: &ClaimEntry,
) -> Result<Resolved, Refusal> {
    Ok(match entry {
        ClaimEntry::Made(Claim { about, says, additional_to, .. }) => {
            let about = state.subject_key(*about)?;
            if let Some(base) = additional_to {
                state.legs.find(*base)?;
            }
            Resolved::Made(resolve_statement(state, speaker, said, about, says, None)?)
        }
        ClaimEntry::Corrected(correction) => {
            let claim = state.own_claim_of(correction.claim)?;
            let about = state.claims.get(claim).about;
            Resolved::Made(resolve_statement(state, speaker, said, about, &correction.says, Some(claim))?)
        }
        ClaimEntry::Withdrawn(withdrawal) => {
            Resolved::Withdrawn { claim: state.own_claim_of(withdrawal.claim)?, speaker, said }
        }
        ClaimEntry::Repeated(repetition) => {
            // A repetition of a repetition has the same root.
            let entry = state.entries.find(repetition.claim)?;
            let root = match state.repeat_index.get(entry) {
                Some(repeat) => state.repeats.get(repeat).root,
                None => state.claim_of(repetition.claim)?,
            };
            Resolved::Repeated { root }
        }
    })
}

pub(crate) fn resolve_statement(
    state: &State,
    speaker: Idx<SpeakerRow>,
    said: When,
    about: SubjectKey,
    statement: &Statement,
    corrects: Option<Idx<ClaimRow>>,
) -> Result<NewClaim, Refusal> {
    match statement {
        Statement::Reciprocity(term) => {
            if let Some(other) = term.counterpart() {
                state.obligations.find(other)?;
            }
            if let Reciprocity::Staged { after: Condition::Held(handover) } = term {
                state.handovers.find(*handover)?;
            }
        }
        Statement::Terms(term) => {
            for ratio in term.required.ratios() {
                state.obligations.find(ratio.of)?;
                if let Some(party) = ratio.whose.and_then(Affiliation::party) {
                    state.parties.find(party)?;
                }
            }
        }
        Statement::Whose(affiliations) => {
            for affiliation in affiliations {
                if let Affiliation::ForcesOf(party) | Affiliation::CiviliansOf(party) = affiliation {
                    state.parties.find(*party)?;
                }
            }
        }
        Statement::Fault(fault) => {
            state.parties.find(fault.of)?;
        }
        Statement::DeadlineFrom(deadline) => {
            for milestone in &deadline.after {
                state.milestones.find(*milestone)?;
            }
        }
        Statement::Costs(CostDispute { borne_by: Some(party), .. }) => {
            state.parties.find(*party)?;
        }
        Statement::Readiness(readiness) => {
            state.parties.find(readiness.of)?;
        }
        Statement::Postponed(postponement) => match postponement.kind {
            PostponementKind::Mutual => {}
            PostponementKind::RequestedBy(party)
            | PostponementKind::WithoutNoticeBy(party)
            | PostponementKind::SineDieBy(party) => {
                state.parties.find(party)?;
            }
        },
        _ => {}
    }
    let count = statement.count();
    let unit = count.map(|count| count.unit);
    let (mut span, mut label, mut same_as) = (Span::EVERYTHING, Label::Stated, None);
    if let Some(quantity) = count.map(|count| &count.quantity) {
        span = quantity.span().unwrap_or(Span::EVERYTHING);
        label = match quantity.stated() {
            Stated::Undisclosed => Label::Undisclosed,
            Stated::WithheldUntil(_) => Label::Withheld,
            Stated::Unknown => Label::Unknown,
            _ => Label::Stated,
        };
        if let Stated::SameAs(other, within) = quantity.stated() {
            let other = state.claim_of(*other)?;
            let row = state.claims.get(other);
            // As uttered, give or take; the same as what says no number says none either.
            (span, label, same_as) = (row.span.widened_by(within.get()), row.label, Some(other));
        }
    }
    Ok(NewClaim { speaker, about, statement: statement.clone(), unit, span, label, said, same_as, corrects })
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Made(claim) => {
            apply_claim(state, entry, claim);
        }
        Resolved::Withdrawn { claim, said, .. } => end(state, claim, said),
        Resolved::Repeated { root } => {
            let row = state.repeats.add(RepeatRow { entry, root });
            state.repeat_index.add(entry, row);
        }
    }
}

fn last_moment(said: When) -> Moment {
    said.last_moment().unwrap_or(Moment::END_OF_TIME)
}

/// A claim stands until the first moment by which it was certainly corrected or withdrawn.
pub(crate) fn end(state: &mut State, claim: Idx<ClaimRow>, said: When) {
    let moment = last_moment(said);
    state.claims.change(claim, |claim| {
        claim.ended_by = Some(claim.ended_by.map_or(moment, |earlier| earlier.min(moment)));
    });
}

pub(crate) fn apply_claim(state: &mut State, entry: Idx<EntryRow>, claim: NewClaim) -> Idx<ClaimRow> {
    let NewClaim { speaker, about, statement, unit, span, label, said, corrects, .. } = claim;
    let scope = statement.scope();
    let row = state.claims.add(ClaimRow {
        entry,
        speaker,
        organ: state.speakers.get(speaker).organ,
        about,
        scope,
        said_by: last_moment(said),
        ended_by: None,
        span,
        label,
    });
    state.claim_index.add(entry, row);
    if let Some(corrected) = corrects {
        end(state, corrected, said);
    }
    state.post(row, PropositionKey { about, scope, unit });
    // A count of a leg also says whether anyone was handed over in it: a stated zero denies it. A leg that happened
    // is a handover that was held; one that did not says nothing of the handover's others.
    if let SubjectKey::Leg(leg) = about {
        let happened = match statement {
            Statement::Occurred => Some(true),
            Statement::Count(_) if span.lo() > 0 => Some(true),
            Statement::Count(_) if span == Span::ZERO => Some(false),
            _ => None,
        };
        if happened.is_some() && scope == Scope::Count {
            state.post(row, PropositionKey { about, scope: Scope::Occurrence, unit: None });
        }
        if happened == Some(true) {
            let about = SubjectKey::Handover(state.legs.get(leg).handover);
            state.post(row, PropositionKey { about, scope: Scope::Occurrence, unit: None });
        }
    }
    row
}
