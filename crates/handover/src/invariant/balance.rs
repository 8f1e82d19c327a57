//! Invariants of what counts towards which obligation.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use crate::entry::What;
use crate::id::{EntryId, ObligationId};
use crate::ledger::Ledger;
use crate::obligation::{Basis, Obligation, ObligationEntry};

pub(super) fn classes_stay_apart(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for leg in state.legs.rows() {
        let Some(towards) = leg.towards else { continue };
        let owed = state.obligations.get(towards);
        if owed.of.matter != leg.of.matter {
            return Err(format!(
                "leg `{}` of {} towards obligation `{}` on {}",
                leg.id, leg.of.matter, owed.id, owed.of.matter
            ));
        }
    }
    Ok(())
}

pub(super) fn nothing_is_netted_in_silence(ledger: &Ledger) -> Result<(), String> {
    let mut obligations: BTreeMap<ObligationId, Obligation> = BTreeMap::new();
    let mut reversed: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for entry in ledger.entries() {
        let What::Obligation(what) = entry.what else { continue };
        match what {
            ObligationEntry::Introduced(obligation) => {
                obligations.insert(obligation.id, obligation);
            }
            ObligationEntry::Allocated(act) => {
                for obligation in [act.from, act.to].iter().filter_map(|id| obligations.get(id)) {
                    let (debtor, creditor) = (obligation.debtor, obligation.creditor);
                    if [debtor, creditor].iter().any(|party| !act.consented.contains(party)) {
                        return Err(format!("the set-off `{}` without the consent of both", entry.id));
                    }
                    if !matches!(obligation.basis, Basis::Agreement(_)) {
                        let of = obligation.id;
                        return Err(format!(
                            "the set-off `{}` with `{of}`, which stands for itself",
                            entry.id
                        ));
                    }
                }
            }
            ObligationEntry::Reversed(reversal) => {
                if let Some(earlier) = reversed.insert(reversal.entry, entry.id) {
                    return Err(format!("`{}` reversed by `{earlier}` and `{}`", reversal.entry, entry.id));
                }
            }
            _ => {}
        }
    }
    let state = &ledger.state;
    for act in state.acts.rows() {
        let entry = state.entries.get(act.entry).id;
        let by = act.ended_by.map(|by| state.entries.get(by).id);
        if reversed.get(&entry).copied() != by {
            return Err(format!("the act `{entry}` ended by {by:?} where the entries say otherwise"));
        }
    }
    Ok(())
}
