//! The invariant of costs: who pays is never what a repatriation waits for.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::law::anyone;
use crate::agreement::MilestoneKind;
use crate::claim::{ClaimEntry, Scope};
use crate::entry::What;
use crate::id::{AgreementId, EntryId, MilestoneId, ObligationId, PartyId};
use crate::ledger::Ledger;
use crate::quantity::Span;
use crate::reading::{According, AgreementState, MilestoneState, Verdict};

/// How far an agreement and its milestones have come.
type Course = (
    AgreementId,
    AgreementState,
    Vec<(PartyId, AgreementState)>,
    Vec<(MilestoneId, MilestoneKind, MilestoneState)>,
);
/// What of an obligation is outstanding.
type Owed = (ObligationId, Option<Span>, Verdict);

/// The ledger without what is said of costs reads as with it (invariant 9).
pub(super) fn disputes_block_nothing(ledger: &Ledger) -> Result<(), String> {
    let mut disputes: BTreeSet<EntryId> = BTreeSet::new();
    let mut others = Vec::new();
    for entry in ledger.entries() {
        let is_dispute = match &entry.what {
            What::Claim(ClaimEntry::Made(claim)) => claim.says.scope() == Scope::Costs,
            What::Claim(ClaimEntry::Corrected(correction)) => disputes.contains(&correction.claim),
            What::Claim(ClaimEntry::Withdrawn(withdrawal)) => disputes.contains(&withdrawal.claim),
            What::Claim(ClaimEntry::Repeated(repetition)) => disputes.contains(&repetition.claim),
            _ => false,
        };
        if is_dispute {
            disputes.insert(entry.id);
        } else {
            others.push(entry);
        }
    }
    if disputes.is_empty() {
        return Ok(());
    }
    let mut without = Ledger::new();
    for entry in &others {
        let _ = without.replay(entry).map_err(|refusal| format!("{refusal}"))?;
    }
    let (with, without) = (read(ledger)?, read(&without)?);
    if with == without {
        Ok(())
    } else {
        Err(format!("{with:?} with disputes of costs, and {without:?} without"))
    }
}

fn read(ledger: &Ledger) -> Result<(Vec<Course>, Vec<Owed>), String> {
    let reading = anyone(ledger)?;
    let agreements = reading.agreements().into_iter().map(|view| {
        let milestones = view.milestones.iter().map(|it| (it.milestone, it.kind, it.state)).collect();
        (view.agreement, view.state, view.by_party, milestones)
    });
    let owed = ledger.state.obligations.rows().map(|row| {
        let view = reading.evaluate(row.id, According::Anyone).map_err(|refusal| format!("{refusal}"))?;
        Ok((row.id, view.outstanding, view.verdict))
    });
    Ok((agreements.collect(), owed.collect::<Result<_, String>>()?))
}
