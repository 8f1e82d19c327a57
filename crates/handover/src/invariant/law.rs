//! Invariants of law and agreement.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use crate::agreement::{AgreementEntry, Power};
use crate::batch::BatchEntry;
use crate::claim::{ClaimEntry, Scope, Statement, Subject};
use crate::duty::Duty;
use crate::entry::What;
use crate::id::{AgreementId, EntryId, PartyId};
use crate::ledger::Ledger;
use crate::obligation::{Basis, Obligation, ObligationEntry, ObligationRow};
use crate::party::Side;
use crate::quantity::Span;
use crate::reading::{According, AgreementState, JointView, Reading, Verdict};
use crate::when::Moment;

pub(super) fn anyone(ledger: &Ledger) -> Result<Reading<'_>, String> {
    ledger.reading(According::Anyone, Moment::END_OF_TIME).map_err(|refusal| format!("{refusal}"))
}

/// The readings that a ledger can be given: by the word of each party that ever spoke, and of one that never did, for the
/// silent all read alike. So a ledger with many parties on record is checked in time with what they said.
pub(super) fn readings(ledger: &Ledger) -> impl Iterator<Item = Reading<'_>> {
    let state = &ledger.state;
    let heard: BTreeSet<_> = state
        .sayings
        .rows()
        .filter_map(|saying| match state.organs.get(state.speakers.get(saying.id.by).organ).side {
            Side::Party(party) => Some(party),
            Side::Neutral | Side::Press | Side::Unknown => None,
        })
        .collect();
    let silent = state.parties.places().map(|(party, _)| party).find(|party| !heard.contains(party));
    heard
        .into_iter()
        .chain(silent)
        .map(|party| According::To(state.parties.get(party).id))
        .chain([According::AcceptedByAll, According::Neutral, According::Anyone])
        .filter_map(|according| ledger.reading(according, Moment::END_OF_TIME).ok())
}

/// The obligations that were introduced as duties of the law.
fn baseline(ledger: &Ledger) -> impl Iterator<Item = (&ObligationRow, Duty)> {
    ledger.state.obligations.rows().filter_map(|row| match ledger.state.told_in_full(row.entry) {
        Some(ObligationEntry::Introduced(Obligation { basis: Basis::Baseline(duty), .. })) => {
            Some((row, *duty))
        }
        _ => None,
    })
}

/// The parties of which an organ made or corrected a claim of this scope, withdrawn or not, that an entry says is about this.
fn spoke(ledger: &Ledger, is_about: impl Fn(&Subject) -> bool, scope: Scope) -> BTreeSet<PartyId> {
    let mut about: BTreeSet<EntryId> = BTreeSet::new();
    let mut spoke = BTreeSet::new();
    for entry in ledger.entries() {
        let is_on_it = match &entry.what {
            What::Claim(ClaimEntry::Made(claim)) => is_about(&claim.about) && claim.says.scope() == scope,
            What::Claim(ClaimEntry::Corrected(correction)) => about.contains(&correction.claim),
            _ => false,
        };
        if is_on_it {
            about.insert(entry.id);
            let organ = ledger.organ_of(entry.by).and_then(|organ| ledger.state.organs.at(organ));
            if let Some(Side::Party(party)) = organ.map(|organ| ledger.state.organs.get(organ).side) {
                spoke.insert(ledger.state.parties.get(party).id);
            }
        }
    }
    spoke
}

pub(super) fn no_baseline_duty_lapses(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    for (row, duty) in baseline(ledger) {
        if row.basis != Basis::Baseline(duty) {
            return Err(format!("obligation `{}`, which is no more duty {duty}", row.id));
        }
        let view = reading.evaluate(row.id, According::Anyone).map_err(|refusal| format!("{refusal}"))?;
        let Some(floor) = view.term.set.floor.filter(|_| view.verdict != Verdict::NoTerms) else { continue };
        let owed = floor.less(view.performed().span());
        if view.outstanding != Some(owed) {
            return Err(format!(
                "duty {duty} of obligation `{}` with {:?} outstanding",
                row.id, view.outstanding
            ));
        }
    }
    Ok(())
}

pub(super) fn suspensions_are_flagged(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    for (row, duty) in baseline(ledger) {
        let views = reading.suspensions_of_obligation(row.id).map_err(|refusal| format!("{refusal}"))?;
        if let Some(view) = views.iter().find(|view| !view.non_suspendable.contains(&duty)) {
            return Err(format!("the suspension `{}` of duty {duty} without its flag", view.by.entry));
        }
    }
    amendments_are_flagged(ledger, &reading)
}

/// The amendments below the baseline that are said to be made and not taken back: the entry that says it last, of which
/// agreement, and the duties that it names.
fn below_baseline(ledger: &Ledger) -> BTreeMap<EntryId, (AgreementId, BTreeSet<Duty>)> {
    let mut said = BTreeMap::new();
    for entry in ledger.entries() {
        let (of, says) = match &entry.what {
            What::Claim(ClaimEntry::Made(claim)) => match claim.about {
                Subject::Agreement(agreement) => (agreement, &claim.says),
                _ => continue,
            },
            What::Claim(ClaimEntry::Corrected(correction)) => match said.remove(&correction.claim) {
                Some((agreement, _)) => (agreement, &correction.says),
                None => continue,
            },
            What::Claim(ClaimEntry::Withdrawn(withdrawal)) => {
                said.remove(&withdrawal.claim);
                continue;
            }
            _ => continue,
        };
        if let Statement::Amended(amended) = says {
            said.insert(entry.id, (of, amended.duties.iter().copied().collect()));
        }
    }
    said
}

/// What is said of an amendment below the baseline is flagged duty by duty, nothing else is, and no amendment that is in
/// force names a duty of the law.
fn amendments_are_flagged(ledger: &Ledger, reading: &Reading<'_>) -> Result<(), String> {
    for entry in ledger.entries() {
        if let What::Agreement(AgreementEntry::Amended(amendment)) = &entry.what
            && let Some(duty) = amendment.duties.first()
        {
            return Err(format!("the amendment `{}` in force, which reaches for duty {duty}", entry.id));
        }
    }
    let mut said = below_baseline(ledger);
    for agreement in reading.agreements() {
        for view in &agreement.amendments {
            let flagged: BTreeSet<Duty> = view.non_suspendable.iter().copied().collect();
            let expected = (agreement.agreement, flagged);
            if said.remove(&view.by.entry).as_ref() != Some(&expected) {
                return Err(format!(
                    "the amendment `{}` with flags that its words do not have",
                    view.by.entry
                ));
            }
        }
    }
    match said.into_iter().find(|(_, (_, duties))| !duties.is_empty()) {
        Some((entry, _)) => Err(format!("the amendment `{entry}` below the baseline without its flag")),
        None => Ok(()),
    }
}

pub(super) fn common_terms_are_compatible(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    for row in ledger.state.obligations.rows() {
        let view = reading.terms(row.id).map_err(|refusal| format!("{refusal}"))?;
        let words = &view.owed.words;
        let meet =
            words.iter().try_fold(Span::EVERYTHING, |common, word| common.meet(word.told.set.acceptable()));
        if view.is_common() && (meet.is_none() || view.stated_by().len() != words.len()) {
            return Err(format!("obligation `{}` on common terms that not every party accepts", row.id));
        }
        if view.is_common() {
            let about = |about: &Subject| *about == Subject::Obligation(row.id);
            let spoke = spoke(ledger, about, Scope::Terms);
            if let Some(silent) = view.stated_by().into_iter().find(|party| !spoke.contains(party)) {
                return Err(format!(
                    "obligation `{}` on common terms, of which `{silent}` never spoke",
                    row.id
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn versions_increase_by_one(ledger: &Ledger) -> Result<(), String> {
    let mut versions: BTreeMap<AgreementId, u16> = BTreeMap::new();
    for entry in ledger.entries() {
        if let What::Agreement(AgreementEntry::Amended(amendment)) = &entry.what {
            let version = versions.entry(amendment.agreement).or_insert(1);
            *version = version.saturating_add(1);
            if amendment.version != *version {
                return Err(format!(
                    "entry `{}` with version {} after {}",
                    entry.id, amendment.version, *version
                ));
            }
        }
    }
    for row in ledger.state.agreements.rows() {
        let version = versions.get(&row.id).copied().unwrap_or(1);
        if row.version != version {
            return Err(format!(
                "agreement `{}` in version {} where entries make {version}",
                row.id, row.version
            ));
        }
    }
    Ok(())
}

pub(super) fn completion_is_declared(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    for view in reading.agreements() {
        if view.state != AgreementState::Completed {
            continue;
        }
        let by_all = view.completion.words.iter().all(|word| word.told.is_informative());
        let at = ledger.state.agreements.at(view.agreement);
        let by_neutral = at.is_some_and(|at| {
            ledger.state.mandates(at).any(|mandate| {
                mandate.powers.contains(&Power::CertifyCompletion)
                    && ledger.entries().any(|entry| {
                        let about = Subject::Agreement(view.agreement);
                        matches!(&entry.what, What::Claim(ClaimEntry::Made(claim))
                            if claim.about == about && claim.says == Statement::Completed)
                            && ledger.organ_of(entry.by) == Some(mandate.organ)
                    })
            })
        });
        let on_it = |about: &Subject| *about == Subject::Agreement(view.agreement);
        let spoke = spoke(ledger, on_it, Scope::Completion);
        let by_all = by_all && view.completion.words.iter().all(|word| spoke.contains(&word.party));
        if !by_all && !by_neutral {
            return Err(format!("agreement `{}` complete without the declaration of all", view.agreement));
        }
        for leg in reading.legs() {
            let conflict = matches!(leg.count.view, JointView::Conflicting(_));
            if conflict && leg.under == Some(view.agreement) && !view.open_discrepancies.contains(&leg.leg) {
                return Err(format!("the open discrepancy of leg `{}` hidden by completion", leg.leg));
            }
        }
    }
    Ok(())
}

pub(super) fn what_passed_stands(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    let reversed: BTreeSet<EntryId> = ledger
        .entries()
        .filter_map(|entry| match &entry.what {
            What::Batch(BatchEntry::Reversed(reversal)) => Some(reversal.entry),
            _ => None,
        })
        .collect();
    for entry in ledger.entries() {
        let What::Batch(BatchEntry::Passed(passage)) = &entry.what else { continue };
        let stands = state.batches.at(passage.batch).is_some_and(|batch| {
            state
                .batches
                .get(batch)
                .passage
                .is_some_and(|at| state.entries.get(state.passages.get(at).entry).id == entry.id)
        });
        if !reversed.contains(&entry.id) && !stands {
            return Err(format!(
                "the passage `{}` of batch `{}` gone without a reversal",
                entry.id, passage.batch
            ));
        }
    }
    let reading = anyone(ledger)?;
    for entry in ledger.entries() {
        let What::Agreement(AgreementEntry::Residual(clause)) = &entry.what else { continue };
        let view = reading.agreement(clause.agreement).map_err(|refusal| format!("{refusal}"))?;
        if !view.residual.contains(&clause.obligation) {
            return Err(format!(
                "`{}`, which survives agreement `{}`, gone",
                clause.obligation, clause.agreement
            ));
        }
    }
    Ok(())
}

pub(super) fn pledges_have_no_counterpart(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for (claim, row) in state.claims.places() {
        let crate::claim::SubjectKey::Obligation(obligation) = row.about else { continue };
        let counterpart = match state.statement(claim) {
            Some(Statement::Reciprocity(term)) => term.counterpart(),
            _ => None,
        };
        let obligation = state.obligations.get(obligation);
        if let (Basis::UnilateralPledge, Some(other)) = (obligation.basis, counterpart) {
            return Err(format!("the pledge `{}` in return for `{other}`", obligation.id));
        }
    }
    Ok(())
}
