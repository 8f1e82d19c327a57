//! How custody is held: a row for a transfer, for each end that was told, for an incident and for a discrepancy.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Acceptance, Affected, CustodyEntry, Differences, Findings, Giving, Held, Receipt};
use crate::batch::BatchRow;
use crate::claim::{self, ClaimRow, NewClaim, Statement, SubjectKey};
use crate::container::ContainerRow;
use crate::held::{EntryRow, part};
use crate::id::{EntryId, OrganId, TransferId};
use crate::party::{OrganRow, SpeakerRow};
use crate::quantity::Count;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::UnitRow;
use crate::slot::LegRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- state

/// What is held, by the places of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum HeldKey {
    Batch(Idx<BatchRow>),
    Container(Idx<ContainerRow>),
    Remains(Idx<UnitRow>),
}

/// That to which something can happen, by the places of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum AffectedKey {
    Held(HeldKey),
    Transfer(Idx<TransferRow>),
}

/// What has passed or been affected of itself, and not only as a part of something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AffectedRow {
    pub(super) last_transfer: Option<Idx<TransferRow>>,
    pub(super) last_incident: Option<Idx<IncidentRow>>,
}

#[derive(Clone, Debug)]
pub(crate) struct TransferRow {
    pub(crate) id: TransferId,
    pub(crate) of: HeldKey,
    pub(crate) from: Idx<OrganRow>,
    pub(crate) to: Idx<OrganRow>,
    pub(crate) leg: Option<Idx<LegRow>>,
    /// The giving end that stands.
    pub(crate) given: Option<Idx<EndRow>>,
    /// The receiving end that stands.
    pub(crate) received: Option<Idx<EndRow>>,
    /// Every end that was told, the last recorded first.
    pub(crate) last_end: Option<Idx<EndRow>>,
    pub(super) former_of_held: Option<Idx<TransferRow>>,
}

/// What one end told, until it is corrected or reversed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) transfer: Idx<TransferRow>,
    pub(crate) is_receipt: bool,
    /// Its count of the batch, which is a claim.
    pub(crate) claim: Option<Idx<ClaimRow>>,
    /// The entry that corrected or reversed it.
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    pub(super) former: Option<Idx<EndRow>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct IncidentRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) of: AffectedKey,
    pub(super) former: Option<Idx<IncidentRow>>,
}

/// Two entries that cannot both be right, the earlier recorded first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DiscrepancyRow {
    pub(crate) first: Idx<EntryRow>,
    pub(crate) second: Idx<EntryRow>,
    /// In what the ends of a transfer differ; in nothing where someone only says that they do.
    pub(crate) differences: Differences,
    pub(crate) last_opening: Option<Idx<OpeningRow>>,
    pub(crate) last_explanation: Option<Idx<ExplanationRow>>,
}

/// That someone says of two entries that they differ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpeningRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) former: Option<Idx<OpeningRow>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ExplanationRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) former: Option<Idx<ExplanationRow>>,
}

impl State {
    /// The transfers of exactly this, the last recorded first.
    pub(crate) fn transfers_of(&self, held: HeldKey) -> impl Iterator<Item = Idx<TransferRow>> {
        let last = self.affected_index.get(AffectedKey::Held(held));
        let last = last.and_then(|at| self.affected.get(at).last_transfer);
        core::iter::successors(last, |at| self.transfers.get(*at).former_of_held)
    }

    /// The incidents of exactly this, the last recorded first.
    pub(crate) fn incidents_of(&self, key: AffectedKey) -> impl Iterator<Item = Idx<IncidentRow>> {
        let last = self.affected_index.get(key).and_then(|at| self.affected.get(at).last_incident);
        core::iter::successors(last, |at| self.incidents.get(*at).former)
    }

    /// Every end that was told of a transfer, the last recorded first.
    pub(crate) fn ends_of(&self, transfer: Idx<TransferRow>) -> impl Iterator<Item = Idx<EndRow>> {
        core::iter::successors(self.transfers.get(transfer).last_end, |at| self.ends.get(*at).former)
    }

    pub(crate) fn giving(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, Giving>> {
        part!(self.told::<CustodyEntry>(entry), CustodyEntry::Given)
    }

    pub(crate) fn receipt(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, Receipt>> {
        part!(self.told::<CustodyEntry>(entry), CustodyEntry::Received)
    }

    /// When an end was.
    pub(crate) fn end_on(&self, end: &EndRow) -> Option<When> {
        self.time_of(end.entry)
    }

    /// What an end counted; one that counted is held as it was recorded.
    pub(crate) fn counted(&self, entry: Idx<EntryRow>) -> Option<&Count> {
        match self.told_in_full(entry) {
            Some(CustodyEntry::Given(giving)) => giving.found.count.as_deref(),
            Some(CustodyEntry::Received(receipt)) => receipt.found.count.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn held_key(&self, held: Held) -> Result<HeldKey, EntryRefusal> {
        Ok(match held {
            Held::Batch(id) => HeldKey::Batch(self.batches.find(id)?),
            Held::Container(id) => HeldKey::Container(self.containers.find(id)?),
            Held::Remains(id) => HeldKey::Remains(self.units.find(id)?),
        })
    }

    pub(crate) fn held(&self, key: HeldKey) -> Held {
        match key {
            HeldKey::Batch(at) => Held::Batch(self.batches.get(at).id),
            HeldKey::Container(at) => Held::Container(self.containers.get(at).id),
            HeldKey::Remains(at) => Held::Remains(self.units.get(at).id),
        }
    }

    pub(crate) fn affected(&self, key: AffectedKey) -> Affected {
        match key {
            AffectedKey::Transfer(at) => Affected::Transfer(self.transfers.get(at).id),
            AffectedKey::Held(held) => match self.held(held) {
                Held::Batch(id) => Affected::Batch(id),
                Held::Container(id) => Affected::Container(id),
                Held::Remains(id) => Affected::Remains(id),
            },
        }
    }
}

// ---- resolve

#[derive(Debug)]
pub(crate) struct NewEnd {
    pub(super) transfer: Idx<TransferRow>,
    pub(super) teller: Idx<OrganRow>,
    pub(super) is_receipt: bool,
    pub(super) on: When,
    pub(super) findings: Findings,
    pub(super) accepted: Option<Acceptance>,
    pub(super) corrects: Option<Idx<EndRow>>,
    pub(super) claim: Option<NewClaim>,
}

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced { row: TransferRow, witnesses: Vec<Idx<OrganRow>> },
    End(Box<NewEnd>),
    Incident { of: AffectedKey, by: OrganId },
    Discrepancy { first: Idx<EntryRow>, second: Idx<EntryRow> },
    Explained { row: Idx<DiscrepancyRow>, by: OrganId },
    Reversed { entry: Idx<EntryRow>, end: Option<Idx<EndRow>>, by: OrganId, recorded_by: OrganId, said: When },
}

pub(crate) fn resolve(
    state: &State,
    speaker: Idx<SpeakerRow>,
    said: When,
    entry: &CustodyEntry,
) -> Result<Resolved, Refusal> {
    let by = state.organs.get(state.speakers.get(speaker).organ).id;
    Ok(match entry {
        CustodyEntry::Introduced(transfer) => {
            state.transfers.is_new(transfer.id)?;
            let of = state.held_key(transfer.of)?;
            let witnesses = transfer.witnessed_by.iter().map(|id| state.organs.find(*id));
            let row = TransferRow {
                id: transfer.id,
                of,
                from: state.organs.find(transfer.from)?,
                to: state.organs.find(transfer.to)?,
                leg: transfer.leg.map(|id| state.legs.find(id)).transpose()?,
                given: None,
                received: None,
                last_end: None,
                former_of_held: state.transfers_of(of).next(),
            };
            Resolved::Introduced { row, witnesses: witnesses.collect::<Result<_, _>>()? }
        }
        CustodyEntry::Given(Giving { transfer, on, found, corrects, .. }) => {
            let transfer = state.transfers.find(*transfer)?;
            Resolved::End(Box::new(resolve_end(state, speaker, said, transfer, *on, found, *corrects, None)?))
        }
        CustodyEntry::Received(Receipt { transfer, on, found, corrects, accepted, .. }) => {
            let transfer = state.transfers.find(*transfer)?;
            let end = resolve_end(state, speaker, said, transfer, *on, found, *corrects, Some(accepted))?;
            Resolved::End(Box::new(end))
        }
        CustodyEntry::Incident(incident) => {
            let of = match incident.of {
                Affected::Batch(id) => AffectedKey::Held(state.held_key(Held::Batch(id))?),
                Affected::Container(id) => AffectedKey::Held(state.held_key(Held::Container(id))?),
                Affected::Remains(id) => AffectedKey::Held(state.held_key(Held::Remains(id))?),
                Affected::Transfer(id) => AffectedKey::Transfer(state.transfers.find(id)?),
            };
            Resolved::Incident { of, by }
        }
        CustodyEntry::Discrepancy(discrepancy) => Resolved::Discrepancy {
            first: state.entries.find(discrepancy.first)?,
            second: state.entries.find(discrepancy.second)?,
        },
        CustodyEntry::Explained(explained) => {
            let first = state.entries.find(explained.first)?;
            let second = state.entries.find(explained.second)?;
            let row = state.discrepancy_index.get((first.min(second), first.max(second)));
            let no_such =
                EntryRefusal::NoSuch { kind: "discrepancy with entry", id: explained.second.to_uuid() };
            Resolved::Explained { row: row.ok_or(no_such)?, by }
        }
        CustodyEntry::Reversed(reversal) => {
            let entry = state.entries.find(reversal.entry)?;
            let made = state.entries.get(entry);
            let end = state.end_index.get(entry);
            if end.is_none() && !matches!(state.told(entry).as_deref(), Some(CustodyEntry::Incident(_))) {
                let (kind, id) = ("end of a transfer or incident", reversal.entry.to_uuid());
                return Err(EntryRefusal::NoSuch { kind, id }.into());
            }
            let recorded_by = state.organs.get(state.speakers.get(state.saying_of(made).by).organ).id;
            Resolved::Reversed { entry, end, by, recorded_by, said }
        }
    })
}

#[expect(clippy::too_many_arguments, reason = "the two ends have the same parts and no common record")]
fn resolve_end(
    state: &State,
    speaker: Idx<SpeakerRow>,
    said: When,
    transfer: Idx<TransferRow>,
    on: When,
    found: &Findings,
    corrects: Option<EntryId>,
    accepted: Option<&Acceptance>,
) -> Result<NewEnd, Refusal> {
    let sealed = found.seals.iter().map(|seal| seal.container);
    for container in sealed.chain(accepted.into_iter().flat_map(Acceptance::kept_back)) {
        state.containers.find(container)?;
    }
    let corrects = corrects.map(|id| {
        let end = state.entries.at(id).and_then(|entry| state.end_index.get(entry));
        end.filter(|at| {
            let end = state.ends.get(*at);
            end.transfer == transfer && end.is_receipt == accepted.is_some()
        })
        .ok_or(EntryRefusal::NoSuch { kind: "entry of this end", id: id.to_uuid() })
    });
    let corrects = corrects.transpose()?;
    // A count of a part, or of what was refused, is no word on how many the batch has.
    let whole = matches!(accepted, None | Some(Acceptance::InFull | Acceptance::WithReservation));
    let claim = match (state.transfers.get(transfer).of, &found.count) {
        (HeldKey::Batch(batch), Some(count)) if whole => {
            let says = Statement::Count(Count::clone(count));
            let about = SubjectKey::Batch(batch);
            Some(claim::resolve_statement(state, speaker, said, about, &says, None)?)
        }
        _ => None,
    };
    let teller = state.speakers.get(speaker).organ;
    let (findings, is_receipt) = (found.clone(), accepted.is_some());
    Ok(NewEnd { transfer, teller, is_receipt, on, findings, accepted: accepted.cloned(), corrects, claim })
}
