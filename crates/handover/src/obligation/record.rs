//! What the ledger holds of obligations, and what may stand.

use alloc::vec::Vec;

use super::{Basis, Class, ObligationEntry, ObligationRefusal};
use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::id::{EntryId, Identifier, ObligationId, OrganId, PartyId};
use crate::neighbour::is_before;
use crate::party::{OrganRow, PartyRow, Side};
use crate::quantity::{Number, Unit};
use crate::reciprocity::Accrual;
use crate::refusal::{EntryRefusal, Refusal};
use crate::slot::LegRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct ObligationRow {
    pub(crate) id: ObligationId,
    /// The entry that introduced it.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) debtor: Idx<PartyRow>,
    pub(crate) creditor: Idx<PartyRow>,
    pub(crate) of: Class,
    pub(crate) unit: Unit,
    pub(crate) under: Option<Idx<AgreementRow>>,
    pub(crate) basis: Basis,
    pub(crate) credits_at: Accrual,
    pub(crate) last_leg: Option<Idx<LegRow>>,
    pub(crate) last_batch: Option<Idx<BatchRow>>,
    pub(crate) last_act: Option<Idx<ActRow>>,
    pub(crate) former_of_agreement: Option<Idx<ObligationRow>>,
}

/// What an entry does with an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActKind {
    AllocatedFrom,
    AllocatedTo,
    Deferred,
    Waived,
    Discharged,
    Closed,
    Reopened,
}

/// Something that was done with an obligation; it is never removed, only ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) kind: ActKind,
    /// The entry that reversed it.
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    former_of_obligation: Option<Idx<ActRow>>,
}

impl State {
    /// What was done with an obligation, the latest first.
    pub(crate) fn acts_of_obligation(
        &self,
        obligation: Idx<ObligationRow>,
    ) -> impl Iterator<Item = Idx<ActRow>> {
        core::iter::successors(self.obligations.get(obligation).last_act, |at| {
            self.acts.get(*at).former_of_obligation
        })
    }

    /// The entry about an obligation that is recorded in this place.
    pub(crate) fn obligation_entry(&self, entry: Idx<EntryRow>) -> Option<&ObligationEntry> {
        self.told_in_full(entry)
    }

    /// The obligations with which an act does something.
    fn obligations_of_act(&self, entry: &ObligationEntry) -> Result<Vec<Idx<ObligationRow>>, EntryRefusal> {
        let find = |id: &ObligationId| self.obligations.find(*id);
        Ok(match entry {
            ObligationEntry::Introduced(_) | ObligationEntry::Reversed(_) => Vec::new(),
            ObligationEntry::Allocated(act) => [find(&act.from)?, find(&act.to)?].into(),
            ObligationEntry::Deferred(act) => [find(&act.obligation)?].into(),
            ObligationEntry::Waived(act) => [find(&act.obligation)?].into(),
            ObligationEntry::Discharged(act) => [find(&act.obligation)?].into(),
            ObligationEntry::Closed(act) => [find(&act.obligation)?].into(),
            ObligationEntry::Reopened(act) => {
                let none = EntryRefusal::NoSuch { kind: "closing of an obligation", id: act.closing.uuid() };
                match self.obligation_entry(self.entries.find(act.closing)?) {
                    Some(ObligationEntry::Closed(closing)) => [find(&closing.obligation)?].into(),
                    _ => return Err(none),
                }
            }
        })
    }

    /// The rows of an act, of the obligations with which it does something.
    fn act_rows(&self, id: EntryId) -> Result<Vec<Idx<ActRow>>, EntryRefusal> {
        let none = EntryRefusal::NoSuch { kind: "act on an obligation", id: id.uuid() };
        let entry = self.entries.find(id)?;
        let act = self.obligation_entry(entry).ok_or(none.clone())?;
        let mut rows = Vec::new();
        for obligation in self.obligations_of_act(act)? {
            rows.extend(self.acts_of_obligation(obligation).filter(|at| self.acts.get(*at).entry == entry));
        }
        if rows.is_empty() { Err(none) } else { Ok(rows) }
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(ObligationRow),
    Act(Act),
    Reversed(Vec<Idx<ActRow>>, Idx<OrganRow>),
}

/// An act by the places of what it refers to.
#[derive(Debug)]
pub(crate) struct Act {
    by: Idx<OrganRow>,
    on: Option<When>,
    rows: Vec<(Idx<ObligationRow>, ActKind)>,
    /// Who consented, where debtor and creditor must.
    consented: Option<Vec<Idx<PartyRow>>>,
    /// How many, where a number is named.
    number: Option<u64>,
    /// The entry that it presupposes.
    after: Option<Idx<EntryRow>>,
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &ObligationEntry) -> Result<Resolved, Refusal> {
    let organ = state.organs.find(by)?;
    let obligation = match entry {
        ObligationEntry::Introduced(obligation) => obligation,
        ObligationEntry::Reversed(reversal) => {
            return Ok(Resolved::Reversed(state.act_rows(reversal.entry)?, organ));
        }
        _ => return Ok(Resolved::Act(resolve_act(state, organ, entry)?)),
    };
    state.obligations.is_new(obligation.id)?;
    let under = match obligation.basis {
        Basis::Agreement(agreement) => Some(state.agreements.find(agreement)?),
        Basis::UnilateralPledge | Basis::Baseline(_) => None,
    };
    Ok(Resolved::Introduced(ObligationRow {
        id: obligation.id,
        // The entry is added before what it records.
        entry: state.entries.next(),
        debtor: state.parties.find(obligation.debtor)?,
        creditor: state.parties.find(obligation.creditor)?,
        of: obligation.of,
        unit: obligation.unit,
        under,
        basis: obligation.basis,
        credits_at: obligation.credits_at,
        last_leg: None,
        last_batch: None,
        last_act: None,
        former_of_agreement: under.and_then(|agreement| state.agreements.get(agreement).last_obligation),
    }))
}

fn resolve_act(state: &State, by: Idx<OrganRow>, entry: &ObligationEntry) -> Result<Act, Refusal> {
    use ActKind as K;
    let (kinds, consented, number): (&[K], Option<&[PartyId]>, _) = match entry {
        ObligationEntry::Introduced(_) | ObligationEntry::Reversed(_) => (&[], None, None),
        ObligationEntry::Allocated(act) => {
            (&[K::AllocatedFrom, K::AllocatedTo], Some(&act.consented), Some(act.number))
        }
        ObligationEntry::Deferred(act) => (&[K::Deferred], Some(&act.consented), None),
        ObligationEntry::Waived(act) => (&[K::Waived], None, act.number),
        ObligationEntry::Discharged(act) => (&[K::Discharged], None, Some(act.number)),
        ObligationEntry::Closed(act) => (&[K::Closed], Some(&act.consented), None),
        ObligationEntry::Reopened(act) => (&[K::Reopened], Some(&act.consented), None),
    };
    let consented = consented
        .map(|parties| parties.iter().map(|party| state.parties.find(*party)).collect::<Result<_, _>>())
        .transpose()?;
    let obligations = state.obligations_of_act(entry)?;
    let after = match entry {
        ObligationEntry::Reopened(act) => Some(state.entries.find(act.closing)?),
        _ => None,
    };
    Ok(Act {
        by,
        on: entry.on(),
        rows: obligations.into_iter().zip(kinds.iter().copied()).collect(),
        consented,
        number: number.map(Number::get),
        after,
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(row) => {
            if row.debtor == row.creditor {
                return Err(ObligationRefusal::OwedToItself(state.parties.get(row.debtor).id).into());
            }
            if !row.of.matter.is_counted_in(row.unit) {
                let (matter, unit) = (row.of.matter, row.unit);
                return Err(ObligationRefusal::UnitDoesNotFit { matter, unit }.into());
            }
        }
        Resolved::Act(act) => judge_act(state, act)?,
        Resolved::Reversed(rows, organ) => {
            for row in rows.iter().map(|row| state.acts.get(*row)) {
                let entry = state.entries.get(row.entry).id;
                let made_by = state.organ_of_entry(row.entry);
                if made_by != *organ {
                    let (expected, found) = (state.organs.get(made_by).id, state.organs.get(*organ).id);
                    return Err(ObligationRefusal::NotItsOrgan { entry, expected, found }.into());
                }
                if let Some(by) = row.ended_by {
                    let by = state.entries.get(by).id;
                    return Err(ObligationRefusal::ReversedAlready { entry, by }.into());
                }
            }
        }
    }
    Ok(())
}

fn judge_act(state: &State, act: &Act) -> Result<(), ObligationRefusal> {
    let organ = state.organs.get(act.by);
    let rows = || act.rows.iter().map(|(at, kind)| (state.obligations.get(*at), *kind));
    for (row, kind) in rows() {
        match kind {
            ActKind::Waived if organ.side != Side::Party(row.creditor) => {
                let expected = state.parties.get(row.creditor).id;
                return Err(ObligationRefusal::NotTheCreditor { expected, found: organ.id });
            }
            ActKind::Discharged if !state.is_authority(act.by) => {
                return Err(ObligationRefusal::NoAuthority(organ.id));
            }
            _ => {}
        }
        let missing = act.consented.as_ref().and_then(|consented| {
            [row.debtor, row.creditor].into_iter().find(|party| !consented.contains(party))
        });
        if let Some(missing) = missing {
            return Err(ObligationRefusal::NoConsent(state.parties.get(missing).id));
        }
    }
    if act.number == Some(0) {
        return Err(ObligationRefusal::Nought);
    }
    if let [(from, ActKind::AllocatedFrom), (to, _)] = act.rows.as_slice() {
        if from == to {
            return Err(ObligationRefusal::AllocatedToItself(state.obligations.get(*from).id));
        }
        let (from, to) = (state.obligations.get(*from), state.obligations.get(*to));
        if from.unit != to.unit {
            return Err(ObligationRefusal::OtherUnit { expected: to.unit, found: from.unit });
        }
        if let Some(row) = [from, to].into_iter().find(|row| !matches!(row.basis, Basis::Agreement(_))) {
            return Err(ObligationRefusal::Netted(row.id));
        }
    }
    if let (Some(after), Some(on)) = (act.after, act.on)
        && state.time_of(after).is_some_and(|time| is_before(on, time))
    {
        return Err(ObligationRefusal::TooEarly { found: on, after: state.entries.get(after).id });
    }
    Ok(())
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            let under = row.under;
            let row = state.obligations.add(row);
            if let Some(under) = under {
                state.agreements.change(under, |agreement| agreement.last_obligation = Some(row));
            }
        }
        Resolved::Act(act) => {
            for (obligation, kind) in act.rows {
                let former_of_obligation = state.obligations.get(obligation).last_act;
                let row = state.acts.add(ActRow { entry, kind, ended_by: None, former_of_obligation });
                state.obligations.change(obligation, |obligation| obligation.last_act = Some(row));
            }
        }
        Resolved::Reversed(rows, _) => {
            for row in rows {
                state.acts.change(row, |row| row.ended_by = row.ended_by.or(Some(entry)));
            }
        }
    }
}
