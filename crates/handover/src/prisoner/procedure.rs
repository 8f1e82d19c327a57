//! How a list comes about: proposed and countered, accepted by both, frozen, carried out, reconciled.

use alloc::vec::Vec;

use super::list::{List, ListEntry};
use super::state::{ListEventRow, ListRow, VersionRow};
use super::{PrisonerRefusal as Refused, Role};
use crate::held::EntryRow;
use crate::id::{ListId, NominationId, OrganId};
use crate::neighbour::is_before;
use crate::obligation::{Basis, Matter};
use crate::party::{OrganRow, Side};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- resolve and judge

/// What is done with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Verify,
    Respond,
    Accept,
    Freeze,
    Execute,
    Reconcile,
}

#[derive(Debug)]
pub(crate) enum Resolved {
    Drafted(List, ListRow),
    Submitted {
        list: Idx<ListRow>,
        number: u16,
        members: Vec<Idx<super::NominationRow>>,
        on: When,
    },
    Step {
        list: Idx<ListRow>,
        version: Option<Idx<VersionRow>>,
        number: u16,
        does: Does,
        on: When,
        others: Vec<Idx<super::NominationRow>>,
    },
}

pub(super) fn resolve(state: &State, entry: &ListEntry) -> Result<Resolved, Refusal> {
    let members = |entries: &[NominationId]| -> Result<Vec<_>, Refusal> {
        entries.iter().map(|id| Ok(state.nominations.find(*id)?)).collect()
    };
    let step = |id: ListId, number: u16, on: When, does: Does, others: Vec<_>| -> Result<Resolved, Refusal> {
        let list = state.lists.find(id)?;
        Ok(Resolved::Step { list, version: state.version_of(list, number), number, does, on, others })
    };
    match entry {
        ListEntry::Drafted(list) => {
            state.lists.is_new(list.id)?;
            let row = ListRow {
                id: list.id,
                // Replaced when it is applied: the entry has no place yet.
                entry: state.entries.next(),
                holder: state.parties.find(list.holder)?,
                home: state.parties.find(list.home)?,
                under: list.under.map(|id| state.agreements.find(id)).transpose()?,
                leg: list.leg.map(|id| state.legs.find(id)).transpose()?,
                after_hostilities: list.after_hostilities,
                unilateral: list.unilateral,
                last_version: None,
                frozen: None,
                last_event: None,
                last_nomination: None,
            };
            Ok(Resolved::Drafted(list.clone(), row))
        }
        ListEntry::Submitted(version) => Ok(Resolved::Submitted {
            list: state.lists.find(version.list)?,
            number: version.version,
            members: members(&version.entries)?,
            on: version.on,
        }),
        ListEntry::Responded(it) => step(it.list, it.version, it.on, Does::Respond, members(&it.objects_to)?),
        ListEntry::UnderVerification(it) => step(it.list, it.version, it.on, Does::Verify, Vec::new()),
        ListEntry::Accepted(it) => step(it.list, it.version, it.on, Does::Accept, Vec::new()),
        ListEntry::Frozen(it) => step(it.list, it.version, it.on, Does::Freeze, Vec::new()),
        ListEntry::Executed(it) => step(it.list, it.version, it.on, Does::Execute, Vec::new()),
        ListEntry::Reconciled(it) => step(it.list, it.version, it.on, Does::Reconcile, Vec::new()),
    }
}

pub(super) fn judge(state: &State, organ: Idx<OrganRow>, resolved: &Resolved) -> Result<(), Refusal> {
    let by = state.organs.get(organ).id;
    match resolved {
        Resolved::Drafted(list, row) => {
            if list.holder == list.home {
                return Err(Refused::OneParty(list.holder).into());
            }
            let side = state.organs.get(organ).side;
            if side != Side::Party(row.holder) && side != Side::Party(row.home) {
                return Err(
                    Refused::NotItsPart { organ: by, expected: "the holder or the home party" }.into()
                );
            }
            leg_fits(state, row.leg, row, list.unilateral)
        }
        Resolved::Submitted { list, number, members, on } => {
            own_side(state, *list, organ, by)?;
            submitted(state, *list, *number, members, *on)
        }
        Resolved::Step { list, version, number, does, on, others } => {
            let row = state.lists.get(*list);
            let Some(at) = *version else {
                return Err(Refused::NoSuchVersion { list: row.id, version: *number }.into());
            };
            let role = state.role(*list, organ);
            let neutral_may = matches!(does, Does::Freeze | Does::Execute | Does::Reconcile);
            if !(neutral_may && role == Role::Neutral) {
                own_side(state, *list, organ, by)?;
            }
            let version = state.versions.get(at);
            if state.list_time(version.entry).is_some_and(|submitted| is_before(*on, submitted)) {
                let after = state.entries.get(version.entry).id;
                return Err(Refused::TooEarly { found: *on, after }.into());
            }
            done(state, *list, at, *does, role)?;
            match others.iter().find(|other| !state.is_on(at, **other)) {
                Some(other) => {
                    let nomination = state.nominations.get(*other).id;
                    Err(Refused::NotOfThisList { nomination, list: row.id }.into())
                }
                None => Ok(()),
            }
        }
    }
}

fn own_side(state: &State, list: Idx<ListRow>, organ: Idx<OrganRow>, by: OrganId) -> Result<(), Refusal> {
    match state.role(list, organ) {
        Role::Holder | Role::Home => Ok(()),
        _ => Err(Refused::NotItsPart { organ: by, expected: "the holder or the home party" }.into()),
    }
}

/// Whether persons of a list can pass in a leg (invariants 49 and 51).
pub(super) fn leg_fits(
    state: &State,
    leg: Option<Idx<crate::slot::LegRow>>,
    row: &ListRow,
    unilateral: bool,
) -> Result<(), Refusal> {
    let Some(leg) = leg.map(|leg| state.legs.get(leg)) else { return Ok(()) };
    if (leg.from, leg.to) != (row.holder, row.home) || leg.of.matter == Matter::Remains {
        return Err(Refused::AnotherLeg { leg: leg.id, list: row.id }.into());
    }
    let agreed = leg
        .towards
        .map(|owed| state.obligations.get(owed))
        .filter(|owed| matches!(owed.basis, Basis::Agreement(_)));
    match agreed.filter(|_| unilateral) {
        Some(owed) => Err(Refused::Netted { leg: leg.id, obligation: owed.id }.into()),
        None => Ok(()),
    }
}

fn submitted(
    state: &State,
    list: Idx<ListRow>,
    number: u16,
    members: &[Idx<super::NominationRow>],
    on: When,
) -> Result<(), Refusal> {
    let row = state.lists.get(list);
    if let Some(by) = state.list_done(list, Does::Execute) {
        return Err(Refused::Executed { list: row.id, by: state.entries.get(by).id }.into());
    }
    let former = row.last_version.map(|at| state.versions.get(at));
    let expected = former.map_or(0, |former| former.number).saturating_add(1);
    if number != expected || former.is_some_and(|former| former.number == number) {
        return Err(Refused::NotTheNextVersion { expected, found: number }.into());
    }
    let mut seen: Vec<Idx<super::NominationRow>> = members.to_vec();
    seen.sort_unstable();
    if let Some(twice) = seen.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
        return Err(Refused::ListedTwice(state.nominations.get(*twice).id).into());
    }
    if let Some(other) = seen.iter().find(|at| state.nominations.get(**at).list != list) {
        let nomination = state.nominations.get(*other).id;
        return Err(Refused::NotOfThisList { nomination, list: row.id }.into());
    }
    let begun = state.list_time(row.entry);
    if begun.is_some_and(|begun| is_before(on, begun)) {
        return Err(Refused::TooEarly { found: on, after: state.entries.get(row.entry).id }.into());
    }
    // Whoever cannot travel waits on the list (invariant 45).
    let dropped = row
        .last_version
        .into_iter()
        .flat_map(|at| state.members_of(at))
        .find(|at| seen.binary_search(at).is_err() && state.is_deferred(*at) && state.is_open(*at));
    match dropped {
        Some(at) => Err(Refused::DeferredDropped(state.nominations.get(at).id).into()),
        None => Ok(()),
    }
}

fn done(
    state: &State,
    list: Idx<ListRow>,
    at: Idx<VersionRow>,
    does: Does,
    role: Role,
) -> Result<(), Refusal> {
    let (row, version) = (state.lists.get(list), state.versions.get(at));
    let (id, number) = (row.id, version.number);
    let own = match role {
        Role::Holder => version.by == row.holder,
        Role::Home => version.by == row.home,
        _ => false,
    };
    let executed = state.list_done(list, Does::Execute);
    let over = if does == Does::Reconcile { state.list_done(list, does) } else { executed };
    if let Some(by) = over {
        return Err(Refused::Executed { list: id, by: state.entries.get(by).id }.into());
    }
    let frozen = row.frozen.map(|at| state.versions.get(at).number);
    if !matches!(does, Does::Execute | Does::Reconcile) && frozen.is_some_and(|frozen| number <= frozen) {
        return Err(Refused::FrozenAlready { list: id, version: frozen.unwrap_or(number) }.into());
    }
    match does {
        Does::Verify | Does::Respond if own => Err(Refused::OwnVersion { list: id, version: number }.into()),
        Does::Accept => {
            let mine = if role == Role::Holder { version.by_holder } else { version.by_home };
            match mine {
                Some(by) => Err(Refused::AcceptedAlready { list: id, by: state.entries.get(by).id }.into()),
                None => Ok(()),
            }
        }
        Does::Freeze => {
            for (accepted, party) in [(version.by_holder, row.holder), (version.by_home, row.home)] {
                if accepted.is_none() {
                    let party = state.parties.get(party).id;
                    return Err(Refused::NotAccepted { list: id, version: number, party }.into());
                }
            }
            can_freeze(state, list, at)
        }
        Does::Execute | Does::Reconcile if frozen != Some(number) => {
            Err(Refused::NotFrozen { list: id, version: number }.into())
        }
        Does::Reconcile if executed.is_none() => Err(Refused::NotExecuted(id).into()),
        _ => Ok(()),
    }
}

/// Nobody is on two frozen lists, nor twice on one, nor on one after having been exchanged (invariant 47).
fn can_freeze(state: &State, list: Idx<ListRow>, at: Idx<VersionRow>) -> Result<(), Refusal> {
    for member in state.members_of(at) {
        let row = state.nominations.get(member);
        for other in state.nominations_of(row.person).filter(|other| *other != member) {
            let found = state.nominations.get(other);
            let here = found.list == list;
            let twice = here && state.is_on(at, other) || !here && found.frozen;
            if twice && state.is_open(other) && state.is_open(member) {
                let (nomination, other) = (row.id, found.id);
                return Err(Refused::OnTwoFrozenLists { nomination, other }.into());
            }
        }
    }
    Ok(())
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, organ: Idx<OrganRow>, resolved: Resolved) {
    match resolved {
        Resolved::Drafted(_, row) => {
            state.lists.add(ListRow { entry, ..row });
        }
        Resolved::Submitted { list, number, .. } => {
            let row = state.lists.get(list);
            let (holder, former) = (row.holder, row.last_version);
            let is_holder = state.role(list, organ) == Role::Holder;
            let by = if is_holder { holder } else { row.home };
            let accepted = |mine: bool| mine.then_some(entry);
            let version = state.versions.add(VersionRow {
                entry,
                number,
                by,
                by_holder: accepted(is_holder),
                by_home: accepted(!is_holder),
                former,
            });
            state.lists.change(list, |row| row.last_version = Some(version));
            note(state, list, entry);
        }
        Resolved::Step { list, version, does, .. } => {
            note(state, list, entry);
            let Some(version) = version else { return };
            let is_holder = state.role(list, organ) == Role::Holder;
            match does {
                Does::Accept => state.versions.change(version, |row| {
                    if is_holder { row.by_holder = Some(entry) } else { row.by_home = Some(entry) }
                }),
                Does::Freeze => freeze(state, list, version),
                _ => {}
            }
        }
    }
}

fn freeze(state: &mut State, list: Idx<ListRow>, version: Idx<VersionRow>) {
    let former: Vec<_> =
        state.lists.get(list).frozen.into_iter().flat_map(|at| state.members_of(at)).collect();
    for member in former {
        state.nominations.change(member, |row| row.frozen = false);
    }
    let members: Vec<_> = state.members_of(version).collect();
    for member in members {
        state.nominations.change(member, |row| row.frozen = true);
    }
    state.lists.change(list, |row| row.frozen = Some(version));
}

fn note(state: &mut State, list: Idx<ListRow>, entry: Idx<EntryRow>) {
    let former = state.lists.get(list).last_event;
    let row = state.list_events.add(ListEventRow { entry, former });
    state.lists.change(list, |list| list.last_event = Some(row));
}
