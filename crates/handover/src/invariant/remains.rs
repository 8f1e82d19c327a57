//! Invariants of units of remains, recounted from the entries.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::law::anyone;
use crate::held::{EntryRow, WhatRef};
use crate::id::{ContainerId, EffectId, EntryId, GroupId, RemainsId};
use crate::ledger::Ledger;
use crate::quantity::Span;
use crate::remains::{
    AssociationBasis, EffectEntry, EffectKind, ForensicEntry, GroupEntry, Human, Portion, RemainsEntry,
    found_by, last, lies_before, parties_to,
};

fn remains(ledger: &Ledger) -> impl Iterator<Item = (&EntryRow, Cow<'_, RemainsEntry>)> {
    let state = &ledger.state;
    state.entries.places().filter_map(|(at, entry)| Some((entry, state.told(at)?)))
}

pub(super) fn individuals_are_bounded(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    let (lineage, human) = (lineage(ledger)?, human(ledger));
    let mut humans: BTreeMap<ContainerId, u64> = BTreeMap::new();
    for unit in lineage.live.iter().filter(|unit| human.get(unit) == Some(&Human::Yes)) {
        for container in lineage.origins.get(unit).into_iter().flatten() {
            let of_container = humans.entry(*container).or_default();
            *of_container = of_container.saturating_add(1);
        }
    }
    let mut tallies = Vec::new();
    for row in ledger.state.containers.rows() {
        let tally = reading.remains_of_container(row.id).map_err(|refusal| format!("{refusal}"))?;
        let told = humans.get(&row.id).copied().unwrap_or(0);
        if tally.human != Span::exactly(told) {
            return Err(format!("{} human units in `{}`, where {told} were found", tally.human, row.id));
        }
        tallies.push((format!("container `{}`", row.id), tally));
    }
    tallies.push((String::from("all containers"), reading.remains()));
    let most = tallies.iter().map(|(_, tally)| tally.individuals.lo()).rev();
    if most.clone().next().is_some_and(|all| most.clone().any(|one| one > all)) {
        return Err(String::from("fewer individuals together than in one container"));
    }
    for (of, tally) in tallies {
        let (human, perhaps) = (tally.human, tally.undetermined);
        let bounds = Span::new(human.lo().min(1), human.hi().unwrap_or(u64::MAX));
        let upper = human.plus(perhaps).hi();
        if !bounds.is_some_and(|bounds| bounds.contains(tally.individuals.lo()))
            || tally.individuals.hi() != upper
        {
            return Err(format!("{} individuals in {of}, with {human} human units", tally.individuals));
        }
    }
    Ok(())
}

/// What the entries make of the units, from the first to the last.
#[derive(Default)]
struct Lineage {
    parents: BTreeMap<RemainsId, Vec<RemainsId>>,
    /// The containers in which a unit, or what it was made of, was found.
    origins: BTreeMap<RemainsId, BTreeSet<ContainerId>>,
    live: BTreeSet<RemainsId>,
    found: usize,
    made: usize,
    ceased: usize,
}

fn lineage(ledger: &Ledger) -> Result<Lineage, String> {
    let mut lineage = Lineage::default();
    for (entry, what) in remains(ledger) {
        let what = what.as_ref();
        let (ended, made) = match what {
            RemainsEntry::Reversed(reversal) => match ledger.entry(reversal.entry) {
                Some(act) => {
                    let (ended, made) = parties_to((&act.what).into());
                    lineage.live.extend(ended.iter().copied());
                    lineage.ceased = lineage.ceased.saturating_sub(ended.len());
                    (made, Vec::new())
                }
                None => return Err(format!("the reversal `{}` of nothing", entry.id)),
            },
            _ => parties_to(WhatRef::Remains(what)),
        };
        for unit in &ended {
            if !lineage.live.remove(unit) {
                return Err(format!("unit `{unit}` ended by `{}` where it did not live", entry.id));
            }
        }
        lineage.ceased = lineage.ceased.saturating_add(ended.len());
        lineage.made = lineage.made.saturating_add(made.len());
        let Some((found, _)) = found_by(WhatRef::Remains(what)) else { continue };
        if made.is_empty() {
            lineage.found = lineage.found.saturating_add(found.len());
        }
        let container = match what {
            RemainsEntry::Opened(opening) => Some(opening.container),
            RemainsEntry::FurtherFound(find) => Some(find.container),
            _ => None,
        };
        let inherited = ended.iter().filter_map(|unit| lineage.origins.get(unit)).flatten().copied();
        let origins: BTreeSet<ContainerId> = inherited.chain(container).collect();
        for unit in found {
            lineage.origins.insert(unit.id, origins.clone());
            if made.is_empty() != ended.is_empty() || lineage.parents.insert(unit.id, ended.clone()).is_some()
            {
                return Err(format!("unit `{}` made by `{}` a second time or of nothing", unit.id, entry.id));
            }
            lineage.live.insert(unit.id);
        }
    }
    Ok(lineage)
}

pub(super) fn descent_is_conserved(ledger: &Ledger) -> Result<(), String> {
    super::custody::in_one_batch(ledger)?;
    let (state, lineage) = (&ledger.state, lineage(ledger)?);
    let count = lineage.found.saturating_add(lineage.made).saturating_sub(lineage.ceased);
    if lineage.live.len() != count {
        return Err(format!("{} units that live where {count} must", lineage.live.len()));
    }
    for (at, row) in state.units.places() {
        let parents: BTreeSet<_> =
            state.parents_of_unit(at).map(|row| state.units.get(row.parent).id).collect();
        let told: Option<BTreeSet<_>> =
            lineage.parents.get(&row.id).map(|parents| parents.iter().copied().collect());
        if told.as_ref() != Some(&parents) {
            return Err(format!("unit `{}` of other parents than its entry tells", row.id));
        }
        if row.ceased_by.is_none() != lineage.live.contains(&row.id) {
            return Err(format!("unit `{}` ceased where the entries say otherwise", row.id));
        }
        // A parent is older than its child, so each line ends; it ends in a container or a stated provenance.
        let elder = |other: &RemainsId| state.units.at(*other).is_some_and(|other| other < at);
        if !parents.iter().all(elder) {
            return Err(format!("unit `{}` older than what it was made of", row.id));
        }
        let stated = matches!(state.told_in_full(row.entry), Some(RemainsEntry::Loose(_)));
        if parents.is_empty() && row.container.is_none() && !stated {
            return Err(format!("unit `{}` from nowhere", row.id));
        }
    }
    Ok(())
}

pub(super) fn effects_keep_their_code(ledger: &Ledger) -> Result<(), String> {
    use crate::remains::FoundWith;
    let mut kept: BTreeMap<EffectId, Option<RemainsId>> = BTreeMap::new();
    for (entry, what) in remains(ledger) {
        let RemainsEntry::Effect(what) = what.as_ref() else { continue };
        match what {
            EffectEntry::Found(effect) => {
                let unit = match effect.with {
                    FoundWith::Remains(unit) => Some(unit),
                    FoundWith::Container(_) => None,
                };
                kept.insert(effect.id, unit);
            }
            EffectEntry::Assigned(it) => {
                if kept.insert(it.effect, Some(it.unit)) != Some(it.instead_of) {
                    return Err(format!("effect `{}` under another code by `{}`", it.effect, entry.id));
                }
            }
            EffectEntry::Moved(_) => {}
            EffectEntry::Forwarded(it) => {
                if it.packet.is_none() || it.inventory.is_none() || it.effects.is_empty() {
                    return Err(format!("effects forwarded by `{}` without packet or inventory", entry.id));
                }
            }
        }
    }
    for row in ledger.state.effects.rows() {
        let unit = row.unit.map(|at| ledger.state.units.get(at).id);
        if kept.get(&row.id) != Some(&unit) {
            return Err(format!("effect `{}` under another code than its entries tell", row.id));
        }
    }
    Ok(())
}

pub(super) fn discs_stay_with_remains(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    let marked: BTreeSet<(EffectId, EntryId)> =
        reading.effect_anomalies().into_iter().map(|view| (view.effect, view.entry)).collect();
    let mut kinds: BTreeMap<EffectId, EffectKind> = BTreeMap::new();
    let mut halves: BTreeMap<EffectId, u8> = BTreeMap::new();
    let mut anomalies = BTreeSet::new();
    for (entry, what) in remains(ledger) {
        let RemainsEntry::Effect(what) = what.as_ref() else { continue };
        let (moved, channel) = match what {
            EffectEntry::Found(effect) => {
                kinds.insert(effect.id, effect.kind);
                continue;
            }
            EffectEntry::Assigned(_) => continue,
            EffectEntry::Moved(it) => ([(it.effect, it.portion)].into(), false),
            EffectEntry::Forwarded(it) => {
                (it.effects.iter().map(|one| (one.effect, one.portion)).collect::<Vec<_>>(), true)
            }
        };
        for (effect, portion) in moved {
            let gone = halves.entry(effect).or_default();
            *gone = gone.saturating_add(if portion == Portion::Whole { 2 } else { 1 });
            let wrong = match kinds.get(&effect) {
                Some(EffectKind::SingleDisc) => true,
                Some(EffectKind::DoubleDisc) => *gone > 1 || !channel,
                _ => false,
            };
            if wrong {
                anomalies.insert((effect, entry.id));
            }
        }
    }
    match anomalies.symmetric_difference(&marked).next() {
        Some((effect, entry)) => Err(format!("disc `{effect}` moved by `{entry}` and marked otherwise")),
        None => Ok(()),
    }
}

pub(super) fn association_is_decided(ledger: &Ledger) -> Result<(), String> {
    let mut codes = BTreeSet::new();
    let mut groups: BTreeMap<RemainsId, GroupId> = BTreeMap::new();
    for (entry, what) in remains(ledger) {
        let what = what.as_ref();
        for found in found_by(WhatRef::Remains(what)).map_or(&[][..], |(found, _)| found) {
            if !codes.insert(found.id) {
                return Err(format!("code `{}` given again by `{}`", found.id, entry.id));
            }
        }
        let RemainsEntry::Group(what) = what else { continue };
        let (unit, from, to, basis) = match what {
            GroupEntry::Introduced(_) => continue,
            GroupEntry::Associated(it) => (it.unit, None, Some(it.group), Some(&it.basis)),
            GroupEntry::Moved(it) => (it.unit, Some(it.from), Some(it.to), Some(&it.basis)),
            GroupEntry::Withdrawn(it) => (it.unit, Some(it.group), None, None),
        };
        if basis.is_some_and(|basis| basis.iter().all(|one| *one == AssociationBasis::FoundTogether)) {
            return Err(format!("unit `{unit}` associated by `{}` without a reason", entry.id));
        }
        let before = match to {
            Some(to) => groups.insert(unit, to),
            None => groups.remove(&unit),
        };
        if before != from {
            return Err(format!("unit `{unit}` in two groups by `{}`", entry.id));
        }
    }
    let state = &ledger.state;
    for (at, row) in state.units.places() {
        let group = state.group_of_unit(at).map(|group| state.groups.get(group).id);
        if group != groups.get(&row.id).copied() {
            return Err(format!("unit `{}` in another group than its entries tell", row.id));
        }
    }
    Ok(())
}

pub(super) fn comparison_is_due_again(ledger: &Ledger) -> Result<(), String> {
    let reading = anyone(ledger)?;
    let listed: BTreeSet<RemainsId> = reading.comparisons_due().into_iter().map(|(unit, _)| unit).collect();
    let forensic = || {
        let places = (0usize..).zip(ledger.state.entries.each_place());
        places.filter_map(|(at, entry)| Some((at, ledger.state.forensic(entry)?)))
    };
    let growths: Vec<_> = forensic()
        .filter(|(_, what)| matches!(what, ForensicEntry::ReferencesAdded(_) | ForensicEntry::InDatabase(_)))
        .map(|(at, what)| (at, what.on()))
        .collect();
    let mut due: BTreeMap<RemainsId, bool> = BTreeMap::new();
    for (at, what) in forensic() {
        match what {
            ForensicEntry::InDatabase(it) => {
                due.entry(it.unit).or_insert(true);
            }
            ForensicEntry::Compared(it) => {
                let grew = growths.iter().any(|(growth, on)| {
                    lies_before(it.on, *on) || (*growth > at && !lies_before(*on, it.on))
                });
                due.entry(it.unit).and_modify(|due| *due = *due && grew);
            }
            _ => {}
        }
    }
    let human = human(ledger);
    for row in ledger.state.units.rows() {
        let expected = due.get(&row.id).is_some_and(|due| *due)
            && row.ceased_by.is_none()
            && human.get(&row.id) != Some(&Human::No);
        if expected != listed.contains(&row.id) {
            return Err(format!("unit `{}` due to be compared where the entries say otherwise", row.id));
        }
    }
    Ok(())
}

/// Whether each unit is human, by the latest that is told of it.
fn human(ledger: &Ledger) -> BTreeMap<RemainsId, Human> {
    let mut latest = BTreeMap::new();
    let mut told = |unit: RemainsId, key, human: Human| {
        let known = latest.entry(unit).or_insert((key, human));
        if key > known.0 {
            *known = (key, human);
        }
    };
    for (at, (_, what)) in (0usize..).zip(remains(ledger)) {
        let what = what.as_ref();
        if let RemainsEntry::Determined(it) = what {
            told(it.unit, (1, last(it.on), at), it.human);
        }
        if let Some((found, on)) = found_by(WhatRef::Remains(what)) {
            for found in found {
                told(found.id, (0, last(on), at), found.human);
            }
        }
    }
    latest.into_iter().map(|(unit, (_, human))| (unit, human)).collect()
}
