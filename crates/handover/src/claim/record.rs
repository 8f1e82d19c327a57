//! How claims are held: one row a claim, posted to the propositions on which it has a word.

use super::{Affiliation, Claim, ClaimEntry, ClaimRefusal, PostponementKind, Scope, Statement, Subject};
use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::entry::{Entry, What};
use crate::id::EntryId;
use crate::ledger::{State, keeper};
use crate::obligation::{Basis, ObligationRow, Required};
use crate::party::{OrganRow, PartyRow, SpeakerRow};
use crate::quantity::{Span, Stated, Unit};
use crate::reading::Label;
use crate::reciprocity::{Condition, Reciprocity};
use crate::refusal::{EntryRefusal, Refusal};
use crate::slot::{HandoverRow, LegRow};
use crate::table::Idx;
use crate::total::TotalRow;
use crate::when::{Moment, When};

// ---- state

/// A subject by the places of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum SubjectKey {
    Agreement(Idx<AgreementRow>),
    Obligation(Idx<ObligationRow>),
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
    pub(crate) entry: Idx<Entry>,
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
    pub(crate) entry: Idx<Entry>,
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
        match &self.entries.get(self.claims.get(claim).entry).what {
            What::Claim(ClaimEntry::Made(claim)) => Some(&claim.says),
            What::Claim(ClaimEntry::Corrected(correction)) => Some(&correction.says),
            _ => None,
        }
    }

    fn claim_of(&self, entry: EntryId) -> Result<Idx<ClaimRow>, EntryRefusal> {
        self.claim_index
            .get(self.entry_index.find(entry)?)
            .ok_or(EntryRefusal::NoSuch { kind: "claim", id: entry.to_uuid() })
    }

    pub(crate) fn subject_key(&self, subject: Subject) -> Result<SubjectKey, EntryRefusal> {
        Ok(match subject {
            Subject::Agreement(id) => SubjectKey::Agreement(self.agreement_index.find(id)?),
            Subject::Obligation(id) => SubjectKey::Obligation(self.obligation_index.find(id)?),
            Subject::Slot(id) => SubjectKey::Slot(self.handover_index.find(id)?),
            Subject::Handover(id) => SubjectKey::Handover(self.handover_index.find(id)?),
            Subject::Appearance { at, of } => {
                SubjectKey::Appearance(self.handover_index.find(at)?, self.party_index.find(of)?)
            }
            Subject::Leg(id) => SubjectKey::Leg(self.leg_index.find(id)?),
            Subject::Batch(id) => SubjectKey::Batch(self.batch_index.find(id)?),
            Subject::Bringing { batch, to } => {
                SubjectKey::Bringing(self.batch_index.find(batch)?, self.handover_index.find(to)?)
            }
            Subject::Total(id) => SubjectKey::Total(self.total_index.find(id)?),
        })
    }

    pub(crate) fn subject(&self, key: SubjectKey) -> Subject {
        let handover = |at: Idx<HandoverRow>| self.handovers.get(at).id;
        match key {
            SubjectKey::Agreement(at) => Subject::Agreement(self.agreements.get(at).id),
            SubjectKey::Obligation(at) => Subject::Obligation(self.obligations.get(at).id),
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

    fn post(&mut self, claim: Idx<ClaimRow>, key: PropositionKey) {
        let proposition = self.proposition_index.get(key).unwrap_or_else(|| {
            let proposition = self.propositions.add(PropositionRow { last: None });
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
    speaker: Idx<SpeakerRow>,
    about: SubjectKey,
    statement: Statement,
    unit: Option<Unit>,
    span: Span,
    label: Label,
    said: When,
    same_as: Option<Idx<ClaimRow>>,
    corrects: Option<Idx<ClaimRow>>,
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
                state.leg_index.find(*base)?;
            }
            Resolved::Made(resolve_statement(state, speaker, said, about, says, None)?)
        }
        ClaimEntry::Corrected(correction) => {
            let claim = state.claim_of(correction.claim)?;
            let about = state.claims.get(claim).about;
            Resolved::Made(resolve_statement(state, speaker, said, about, &correction.says, Some(claim))?)
        }
        ClaimEntry::Withdrawn(withdrawal) => {
            Resolved::Withdrawn { claim: state.claim_of(withdrawal.claim)?, speaker, said }
        }
        ClaimEntry::Repeated(repetition) => {
            // A repetition of a repetition has the same root.
            let entry = state.entry_index.find(repetition.claim)?;
            let root = match state.repeat_index.get(entry) {
                Some(repeat) => state.repeats.get(repeat).root,
                None => state.claim_of(repetition.claim)?,
            };
            Resolved::Repeated { root }
        }
    })
}

fn resolve_statement(
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
                state.obligation_index.find(other)?;
            }
            if let Reciprocity::Staged { after: Condition::Held(handover) } = term {
                state.handover_index.find(*handover)?;
            }
        }
        Statement::Terms(term) => {
            if let Required::Ratio(ratio) = term.required {
                state.obligation_index.find(ratio.of)?;
            }
        }
        Statement::Whose(affiliations) => {
            for affiliation in affiliations {
                if let Affiliation::ForcesOf(party) | Affiliation::CiviliansOf(party) = affiliation {
                    state.party_index.find(*party)?;
                }
            }
        }
        Statement::Fault(fault) => {
            state.party_index.find(fault.of)?;
        }
        Statement::Readiness(readiness) => {
            state.party_index.find(readiness.of)?;
        }
        Statement::Postponed(postponement) => match postponement.kind {
            PostponementKind::Mutual => {}
            PostponementKind::RequestedBy(party)
            | PostponementKind::WithoutNoticeBy(party)
            | PostponementKind::SineDieBy(party) => {
                state.party_index.find(party)?;
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

// ---- judge

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    Ok(match resolved {
        Resolved::Made(claim) => judge_claim(state, claim)?,
        Resolved::Withdrawn { claim, speaker, .. } => judge_speaker(state, *claim, *speaker)?,
        Resolved::Repeated { .. } => {}
    })
}

fn judge_speaker(state: &State, claim: Idx<ClaimRow>, speaker: Idx<SpeakerRow>) -> Result<(), ClaimRefusal> {
    let made = state.claims.get(claim);
    if made.speaker == speaker {
        return Ok(());
    }
    Err(ClaimRefusal::NotItsSpeaker {
        claim: state.entries.get(made.entry).id,
        made_by: state.speakers.get(made.speaker).id,
        found: state.speakers.get(speaker).id,
    })
}

fn judge_claim(state: &State, claim: &NewClaim) -> Result<(), ClaimRefusal> {
    if state.speakers.get(claim.speaker).id == keeper() {
        return Err(ClaimRefusal::KeeperClaims);
    }
    let scope = claim.statement.scope();
    if let Some(corrected) = claim.corrects {
        judge_speaker(state, corrected, claim.speaker)?;
        let former = state.claims.get(corrected);
        if former.scope != scope {
            let claim = state.entries.get(former.entry).id;
            return Err(ClaimRefusal::OtherScope { claim, expected: former.scope, found: scope });
        }
    }
    let subject = state.subject(claim.about);
    if !fits(claim.about, scope) {
        return Err(ClaimRefusal::ScopeDoesNotFit { subject, scope });
    }
    if let Some(unit) = claim.unit
        && !state.counts(claim.about, unit)
    {
        return Err(ClaimRefusal::UnitDoesNotFit { subject, unit });
    }
    if let Some(same_as) = claim.same_as {
        let entry = state.entries.get(state.claims.get(same_as).entry).id;
        let found = state.statement(same_as).and_then(Statement::count);
        match (claim.unit, found.map(|count| count.unit)) {
            (Some(expected), Some(found)) if expected != found => {
                return Err(ClaimRefusal::SameAsOtherUnit { expected, found });
            }
            (_, None) => return Err(ClaimRefusal::SameAsNoCount(entry)),
            _ => {}
        }
    }
    judge_statement(state, claim)
}

fn judge_statement(state: &State, claim: &NewClaim) -> Result<(), ClaimRefusal> {
    match &claim.statement {
        Statement::Terms(term) => {
            let SubjectKey::Obligation(obligation) = claim.about else { return Ok(()) };
            let last =
                state.obligations.get(obligation).under.map_or(1, |at| state.agreements.get(at).version);
            if let Some(found) = term.version
                && !(1..=last).contains(&found)
            {
                return Err(ClaimRefusal::NoSuchVersion { last, found });
            }
            let impossible = match term.required {
                Required::About { number, within: None } => number.get() == 0,
                Required::Between { from, to } => from > to,
                Required::Ratio(ratio) => ratio.per.get() == 0,
                _ => false,
            };
            if impossible {
                return Err(ClaimRefusal::ImpossibleTerm);
            }
            match term.required {
                Required::Ratio(ratio) => judge_counterpart(state, obligation, ratio.of),
                _ => Ok(()),
            }
        }
        Statement::Reciprocity(term) => {
            let SubjectKey::Obligation(obligation) = claim.about else { return Ok(()) };
            match term {
                Reciprocity::Ratio(ratio) if ratio.per.get() == 0 => Err(ClaimRefusal::ImpossibleTerm),
                _ => match term.counterpart() {
                    Some(other) => judge_counterpart(state, obligation, other),
                    None => Ok(()),
                },
            }
        }
        Statement::Whose(affiliations) if affiliations.is_empty() => Err(ClaimRefusal::NoPossibility),
        _ => Ok(()),
    }
}

fn judge_counterpart(
    state: &State,
    obligation: Idx<ObligationRow>,
    other: crate::id::ObligationId,
) -> Result<(), ClaimRefusal> {
    let row = state.obligations.get(obligation);
    if row.id == other {
        return Err(ClaimRefusal::ReciprocalToItself(other));
    }
    if row.basis == Basis::UnilateralPledge {
        return Err(ClaimRefusal::ReciprocalPledge(row.id));
    }
    Ok(())
}

/// Whether a subject has this scope.
fn fits(about: SubjectKey, scope: Scope) -> bool {
    use Scope as S;
    match about {
        SubjectKey::Agreement(_) => {
            matches!(
                scope,
                S::Occurrence | S::When | S::Where | S::Fault | S::Readiness | S::Completion | S::Suspension
            )
        }
        SubjectKey::Obligation(_) => matches!(
            scope,
            S::Terms
                | S::Reciprocity
                | S::Quota
                | S::Deadline
                | S::Fault
                | S::Readiness
                | S::Expectation
                | S::Completion
                | S::Suspension
        ),
        SubjectKey::Slot(_) => {
            matches!(scope, S::Occurrence | S::When | S::Where | S::Fault | S::Readiness | S::Postponement)
        }
        SubjectKey::Handover(_) => {
            matches!(scope, S::Occurrence | S::When | S::Where | S::Means | S::Fault | S::Readiness)
        }
        SubjectKey::Appearance(..) => matches!(scope, S::Occurrence | S::When | S::Where | S::Fault),
        SubjectKey::Leg(_) => matches!(
            scope,
            S::Occurrence
                | S::Count
                | S::Credit
                | S::CreditDenial
                | S::Whose
                | S::Means
                | S::Fault
                | S::Expectation
        ),
        SubjectKey::Batch(_) => {
            matches!(scope, S::Count | S::Whose | S::Where | S::Means | S::Fault | S::Readiness)
        }
        SubjectKey::Bringing(..) => matches!(scope, S::Occurrence | S::When | S::Where | S::Means | S::Fault),
        SubjectKey::Total(_) => matches!(scope, S::Count | S::Expectation),
    }
}

impl State {
    /// Whether a unit can count what a subject is about.
    fn counts(&self, about: SubjectKey, unit: Unit) -> bool {
        match about {
            SubjectKey::Leg(leg) => self.legs.get(leg).of.matter.is_counted_in(unit),
            SubjectKey::Batch(batch) => self.batches.get(batch).of.matter.is_counted_in(unit),
            SubjectKey::Obligation(obligation) => {
                self.obligations.get(obligation).of.matter.is_counted_in(unit)
            }
            SubjectKey::Total(total) => {
                let total = self.totals.get(total);
                unit == total.unit || unit == Unit::Handover || total.matter.is_counted_in(unit)
            }
            _ => true,
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<Entry>, resolved: Resolved) {
    match resolved {
        Resolved::Made(claim) => apply_claim(state, entry, claim),
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
fn end(state: &mut State, claim: Idx<ClaimRow>, said: When) {
    let moment = last_moment(said);
    state.claims.change(claim, |claim| {
        claim.ended_by = Some(claim.ended_by.map_or(moment, |earlier| earlier.min(moment)));
    });
}

fn apply_claim(state: &mut State, entry: Idx<Entry>, claim: NewClaim) {
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
}
