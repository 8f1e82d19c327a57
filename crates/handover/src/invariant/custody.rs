//! Invariants of containers and custody, recounted from the entries.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use super::law::{anyone, readings};
use crate::container::ContainerEntry;
use crate::custody::{CustodyEntry, Held};
use crate::entry::{Entry, What};
use crate::held::part;
use crate::id::{ContainerId, OrganId};
use crate::ledger::Ledger;
use crate::party::Allegiance;
use crate::reading::{Join, Passing, Position, Reading};

fn registered(ledger: &Ledger) -> impl Iterator<Item = Cow<'_, crate::container::Container>> {
    let state = &ledger.state;
    state
        .entries
        .each_place()
        .filter_map(|entry| part!(state.told::<ContainerEntry>(entry), ContainerEntry::Registered))
}

pub(super) fn one_custodian(ledger: &Ledger) -> Result<(), String> {
    let entered = u64::try_from(registered(ledger).count()).unwrap_or(u64::MAX);
    if entered == 0 {
        return Ok(());
    }
    for reading in readings(ledger) {
        let view = reading.holdings();
        if view.registered != entered || view.sum() != entered {
            let sum = view.sum();
            return Err(format!("{sum} containers with custodians where {entered} were registered"));
        }
    }
    let reading = anyone(ledger)?;
    for container in registered(ledger) {
        let of = Held::Container(container.id);
        let chain = reading.chain(of).map_err(|refusal| format!("{refusal}"))?;
        let mut had_by: Option<BTreeSet<OrganId>> = None;
        for link in &chain.links {
            let giver = link.from.unwrap_or(link.to);
            let unmarked = matches!(link.join, Join::Holds | Join::OutOfTime);
            if had_by.as_ref().is_some_and(|had| had.contains(&giver) != unmarked) {
                return Err(format!("{of} given by `{giver}`, who did not have it, without a mark"));
            }
            had_by = Some(match link.passing {
                Passing::Refused => link.from.into_iter().collect(),
                Passing::Missing | Passing::Unsettled => link.from.into_iter().chain([link.to]).collect(),
                Passing::Had | Passing::Passed | Passing::Open => [link.to].into(),
            });
        }
        if let Position::With(organ) = chain.position
            && !had_by.is_some_and(|had| had.contains(&organ))
        {
            return Err(format!("{of} with `{organ}`, where its chain does not end"));
        }
    }
    Ok(())
}

pub(super) fn codes_are_permanent(ledger: &Ledger) -> Result<(), String> {
    let mut codes: BTreeSet<ContainerId> = BTreeSet::new();
    for container in registered(ledger) {
        if !codes.insert(container.id) {
            return Err(format!("container `{}` registered twice", container.id));
        }
    }
    for entry in ledger.entries() {
        if let What::Container(ContainerEntry::Alias(alias)) = &entry.what
            && !ledger.containers_called(&alias.code).contains(&alias.container)
        {
            return Err(format!("alias `{}` that does not lead to `{}`", alias.code, alias.container));
        }
    }
    Ok(())
}

pub(super) fn in_one_batch(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    let mut counted: BTreeMap<ContainerId, u32> = BTreeMap::new();
    for (batch, _) in state.batches.places() {
        for container in state.containers_of_batch(batch) {
            let times = counted.entry(state.containers.get(container).id).or_default();
            *times = times.saturating_add(1);
        }
    }
    for container in registered(ledger) {
        let at = state.containers.at(container.id);
        let of = at.and_then(|at| state.batch_of_container(at));
        let times = counted.get(&container.id).copied().unwrap_or(0);
        if times != u32::from(of.is_some()) || (container.batch.is_some() && of.is_none()) {
            return Err(format!("container `{}` counted {times} times among batches", container.id));
        }
    }
    Ok(())
}

pub(super) fn each_side_tells_its_end(ledger: &Ledger) -> Result<(), String> {
    let transfers: BTreeMap<_, _> = ledger
        .entries()
        .filter_map(|entry| match entry.what {
            What::Custody(CustodyEntry::Introduced(transfer)) => Some((transfer.id, transfer)),
            _ => None,
        })
        .collect();
    for entry in ledger.entries() {
        let (transfer, receipt) = match &entry.what {
            What::Custody(CustodyEntry::Given(giving)) => (giving.transfer, false),
            What::Custody(CustodyEntry::Received(receipt)) => (receipt.transfer, true),
            _ => continue,
        };
        let Some(transfer) = transfers.get(&transfer) else {
            return Err(format!("an end `{}` of no transfer", entry.id));
        };
        let custodian = if receipt { transfer.to } else { transfer.from };
        let teller = ledger.organ_of(entry.by);
        let party =
            |organ: OrganId| ledger.allegiance(organ).filter(|side| matches!(side, Allegiance::Party(_)));
        let own_side = teller.is_some_and(|teller| {
            teller == custodian || (party(teller).is_some() && party(teller) == party(custodian))
        });
        if !own_side {
            return Err(format!("an end `{}` told by `{}`, of another side", entry.id, entry.by));
        }
    }
    Ok(())
}

pub(super) fn witnesses_only_attest(ledger: &Ledger) -> Result<(), String> {
    for entry in ledger.entries() {
        let What::Custody(CustodyEntry::Introduced(transfer)) = &entry.what else { continue };
        let ends = [transfer.from, transfer.to];
        if let Some(both) = transfer.witnessed_by.iter().find(|organ| ends.contains(organ)) {
            return Err(format!("`{both}` as witness and custodian in transfer `{}`", transfer.id));
        }
    }
    Ok(())
}

pub(super) fn incidents_take_nothing_back(ledger: &Ledger) -> Result<(), String> {
    let is_incident = |entry: &Entry| matches!(entry.what, What::Custody(CustodyEntry::Incident(_)));
    if !ledger.entries().any(|entry| is_incident(&entry)) {
        return Ok(());
    }
    // As if nobody had told of an incident. What refers to one goes with it and is part of no chain.
    let mut without = Ledger::new();
    for entry in ledger.entries().filter(|entry| !is_incident(entry)) {
        let _ = without.replay(&entry);
    }
    let (reading, without) = (anyone(ledger)?, anyone(&without)?);
    for container in registered(ledger) {
        let of = Held::Container(container.id);
        let chain = |reading: &Reading<'_>| reading.chain(of).map_err(|refusal| format!("{refusal}"));
        if chain(&reading)? != chain(&without)? {
            return Err(format!("the chain of {of} otherwise than it is without the incidents"));
        }
    }
    Ok(())
}
