//! Prisoners' lists and the accounting of persons: numbers of persons, and never a person.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use handover::reading::{EntryStatus, ListView, NominationView, Obstacle, RestsOn, VersionView};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use self::words::{PersonStatusKind, accounted, reason, stage, status};
use super::figure::{By, Interval, Told};
use super::words::tally;
use super::{Book, Column};

/// What is recorded of the living.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Prisoners {
    /// The lists, in the order of recording.
    pub(crate) lists: Vec<PersonsList>,
    /// What the legs of lists come to by their entries.
    pub(crate) legs: Vec<LegListed>,
    /// What each party says has become of persons.
    pub(crate) accountings: Accountings,
}

/// A list: how it came about, and how its entries stand by each reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct PersonsList {
    /// The list.
    pub(crate) list: String,
    /// Who holds the persons.
    pub(crate) holder: String,
    /// To whom they are to go.
    pub(crate) home: String,
    /// The agreement.
    pub(crate) under: Option<String>,
    /// The leg.
    pub(crate) leg: Option<String>,
    /// Whether it is a repatriation without return, which no parity counts (invariant 51).
    pub(crate) unilateral: bool,
    /// How far it has come. Its procedure is what both sides did: only time is asked of it.
    pub(crate) stage: &'static str,
    /// Its versions, in order.
    pub(crate) versions: Vec<Version>,
    /// How its entries stand.
    pub(crate) stands: Vec<By<Standings>>,
}

/// A version of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Version {
    /// Its number.
    pub(crate) version: u16,
    /// Who proposed it.
    pub(crate) by: String,
    /// Whether it counters what the other side proposed.
    pub(crate) counters: bool,
    /// When it was submitted.
    pub(crate) on: String,
    /// How many are on it.
    pub(crate) entries: usize,
    /// Who accepted it.
    pub(crate) accepted_by: Vec<String>,
    /// To how many the other side objects.
    pub(crate) objected: usize,
    /// By when a reply was due, if none was given by then.
    pub(crate) reply_overdue: Option<String>,
    /// How far it came.
    pub(crate) stage: &'static str,
}

/// How many there are of a kind, and the invariant that makes it one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct OfKind {
    /// Of what kind.
    pub(crate) kind: &'static str,
    /// The number of the invariant, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) invariant: Option<u8>,
    /// How many.
    pub(crate) number: usize,
}

/// How the entries of a list stand, by one reading: each is in one of the steps, and may go, does not yet, or is at an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Standings {
    /// How many entries were made, whether or not a version has them.
    pub(crate) entries: usize,
    /// How many are on the frozen version.
    pub(crate) frozen: usize,
    /// How many stand in each step.
    pub(crate) steps: Vec<OfKind>,
    /// How many may be handed over now.
    pub(crate) may_go: usize,
    /// How many are at no end and may not.
    pub(crate) may_not: usize,
    /// Why: an entry is counted with each reason that stands in its way.
    pub(crate) because: Vec<OfKind>,
    /// How many are at an end, handed over or otherwise.
    pub(crate) ended: usize,
    /// Whose refusal it is: the holder's, the receiver's, and the person's own.
    pub(crate) refused: Vec<OfKind>,
    /// Who was offered beside the list.
    pub(crate) substitutions: Vec<OfKind>,
    /// Who died on the frozen list, and what that leaves.
    pub(crate) deaths: Vec<OfKind>,
    /// By how many the transfer is short: on the frozen list, and at another end than having been handed over.
    pub(crate) short: usize,
    /// What is to be looked at.
    pub(crate) marked: Vec<OfKind>,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries_behind: Option<Vec<String>>,
}

/// How many persons of lists were handed over in a leg, beside what is claimed of it. Neither overwrites the other.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct LegListed {
    /// The leg.
    pub(crate) leg: String,
    /// By the entries that each of its two sides tells.
    pub(crate) by_party: Vec<By<Interval>>,
    /// By each reading.
    pub(crate) listed: Vec<By<Listed>>,
}

/// A leg by its lists, by one reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Listed {
    /// How many the entries of lists come to.
    pub(crate) listed: Interval,
    /// How many are claimed to have passed.
    pub(crate) claimed: Told,
    /// Whether some number is in both.
    pub(crate) agrees: bool,
}

/// What has become of persons, each person once whatever references there are: each party's word beside the others'.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Accountings {
    /// Of how many persons some party says something.
    pub(crate) persons: usize,
    /// How many are in each state by each party's word; one that says nothing of anybody is left out.
    pub(crate) by_party: Vec<By<Vec<OfKind>>>,
    /// How the parties' words stand to each other.
    pub(crate) joint: Vec<OfKind>,
}

fn of_kind(kind: &'static str, number: usize) -> OfKind {
    OfKind { kind, invariant: None, number }
}

/// What there is any of.
fn some(kinds: impl IntoIterator<Item = OfKind>) -> Vec<OfKind> {
    kinds.into_iter().filter(|kind| kind.number > 0).collect()
}

pub(super) fn prisoners(book: &Book<'_>) -> Result<Prisoners, EntryRefusal> {
    let lists = book.common.lists().map(|list| one(book, &list)).collect::<Result<_, _>>()?;
    let legs = book.house.listed.iter().map(|leg| listed(book, *leg)).collect::<Result<_, _>>()?;
    Ok(Prisoners { lists, legs, accountings: accountings(book)? })
}

fn one(book: &Book<'_>, list: &ListView<RestsOn>) -> Result<PersonsList, EntryRefusal> {
    let stands = |column: &Column<'_>| {
        let view = column.reading.list(list.list)?;
        Ok(standings(&view, book.entries(&view.rests_on)))
    };
    let former = |at: usize| at.checked_sub(1).and_then(|former| list.versions.get(former));
    let version = |(at, view): (usize, &VersionView)| Version {
        version: view.version,
        by: view.by.to_string(),
        counters: former(at).is_some_and(|former| former.by != view.by),
        on: view.on.to_string(),
        entries: view.members.len(),
        accepted_by: view.accepted_by.iter().map(ToString::to_string).collect(),
        objected: view.objected.len(),
        reply_overdue: view.reply_overdue.map(|due| due.to_string()),
        stage: stage(view.stage),
    };
    Ok(PersonsList {
        list: list.list.to_string(),
        holder: list.holder.to_string(),
        home: list.home.to_string(),
        under: list.under.map(|under| under.to_string()),
        leg: list.leg.map(|leg| leg.to_string()),
        unilateral: list.unilateral,
        stage: stage(list.stage),
        versions: list.versions.iter().enumerate().map(version).collect(),
        stands: book.try_each(stands)?,
    })
}

fn standings(view: &ListView<RestsOn>, entries_behind: Option<Vec<String>>) -> Standings {
    let count =
        |is: &dyn Fn(&NominationView<RestsOn>) -> bool| view.entries.iter().filter(|entry| is(entry)).count();
    let ended = |entry: &NominationView<RestsOn>| matches!(entry.obstacles.first(), Some(Obstacle::Ended(_)));
    let (mut steps, mut because) = (BTreeMap::new(), BTreeMap::new());
    for entry in &view.entries {
        // Where the two sides differ comes last.
        let place = (entry.status.is_none(), entry.status);
        tally(&mut steps, (place.0, place.1, status(entry.status)));
        let waits = entry.obstacles.iter().filter(|_| !ended(entry));
        let reasons: BTreeSet<_> = waits.map(|obstacle| (obstacle.invariant(), reason(obstacle))).collect();
        reasons.into_iter().for_each(|reason| tally(&mut because, reason));
    }
    let is = |entry: &NominationView<RestsOn>, status: EntryStatus| entry.status == Some(status);
    let died = |entry: &NominationView<RestsOn>| entry.frozen && is(entry, EntryStatus::Died);
    let open = |number: &str| {
        let to_do = |entry: &NominationView<RestsOn>| {
            let duties = entry.death.iter().flat_map(|death| &death.duties);
            duties.clone().any(|(duty, done)| duty.to_string() == number && done.is_none())
        };
        count(&|entry| died(entry) && to_do(entry))
    };
    let accepted = |entry: &NominationView<RestsOn>| !entry.obstacles.contains(&Obstacle::NotAccepted);
    Standings {
        entries: view.entries.len(),
        frozen: count(&|entry| entry.frozen),
        steps: steps.into_iter().map(|((_, _, kind), number)| of_kind(kind, number)).collect(),
        may_go: view.ready().count(),
        may_not: count(&|entry| !ended(entry) && !entry.may_go()),
        because: because
            .into_iter()
            .map(|((invariant, kind), number)| OfKind { kind, invariant, number })
            .collect(),
        ended: count(&ended),
        refused: some([
            of_kind("by the holder", count(&|entry| is(entry, EntryStatus::RefusedByHolder))),
            of_kind("by the receiver", count(&|entry| is(entry, EntryStatus::RefusedByReceiver))),
            of_kind("by the person", view.declined().count()),
        ]),
        substitutions: some([
            of_kind("offered", view.substitutions().count()),
            of_kind("in the place of someone", count(&|entry| entry.instead_of.is_some())),
            of_kind("accepted", count(&|entry| entry.substitute && accepted(entry))),
            of_kind("handed over", count(&|entry| entry.substitute && entry.is_handed_over())),
        ]),
        deaths: some([
            of_kind("on the frozen list, not handed over", count(&died)),
            of_kind("report and burial not told (D12)", open("D12")),
            of_kind("official inquiry not told (D13)", open("D13")),
            of_kind(
                "with remains that are decided to be theirs",
                count(&|entry| died(entry) && entry.death.as_ref().is_some_and(|it| !it.units.is_empty())),
            ),
        ]),
        short: view.short().count(),
        marked: some([
            marked("held back, and the name not communicated", 46, view.names_to_communicate().count()),
            marked("in a category that does not last until the transfer", 44, changes(view)),
            marked("nominated more than once at this holder", 47, count(&|it| !it.duplicates.is_empty())),
            marked("moved without the will that the law asks for, or unfit", 43, count(&|it| it.irregular)),
            marked("not to be employed on active military service", 50, count(&|it| it.service_restricted)),
            of_kind("told to be at an end in more than one way", count(&|it| it.contested)),
            of_kind("may stand otherwise, by what may have happened by then", count(&|it| it.may_differ)),
            of_kind("found alive after having been said to be dead", count(&|it| it.found_alive.is_some())),
        ]),
        entries_behind,
    }
}

fn marked(kind: &'static str, invariant: u8, number: usize) -> OfKind {
    OfKind { kind, invariant: Some(invariant), number }
}

/// How many are in a category that does not last, each once.
fn changes(view: &ListView<RestsOn>) -> usize {
    view.category_changes.iter().map(|change| change.nomination).collect::<BTreeSet<_>>().len()
}

fn listed(book: &Book<'_>, leg: handover::id::LegId) -> Result<LegListed, EntryRefusal> {
    let (view, [from, to]) = (book.common.leg(leg)?, book.common.listed_in_leg(leg)?.by_party);
    let side = |party: handover::id::PartyId, number| By {
        according_to: party.to_string(),
        taken: Interval(number),
    };
    let listed = |column: &Column<'_>| {
        let view = column.reading.listed_in_leg(leg)?;
        Ok(Listed { listed: Interval(view.listed), claimed: Told::of(&view.claimed), agrees: view.agrees })
    };
    Ok(LegListed {
        leg: leg.to_string(),
        by_party: vec![side(view.from, from), side(view.to, to)],
        listed: book.try_each(listed)?,
    })
}

fn accountings(book: &Book<'_>) -> Result<Accountings, EntryRefusal> {
    let (mut seen, mut persons) = (BTreeSet::new(), 0_usize);
    let mut by_party: BTreeMap<_, BTreeMap<(PersonStatusKind, &'static str), usize>> = BTreeMap::new();
    let mut joint = BTreeMap::new();
    for person in &book.house.persons {
        let view = book.common.accounting(*person)?;
        let known = seen.contains(person);
        seen.extend(view.same_as.iter().copied().chain([*person]));
        if known || view.parties.is_empty() {
            continue;
        }
        persons = persons.saturating_add(1);
        for told in &view.parties {
            tally(by_party.entry(told.party).or_default(), accounted(told.status));
        }
        let kind = match (view.parties.len(), view.joint) {
            (1, _) => (1_u8, "only one party says something"),
            (_, Some(_)) => (0, "the parties say the same"),
            (_, None) => (2, "the parties differ"),
        };
        tally(&mut joint, kind);
        if view.parties.iter().any(|told| told.after_death) {
            tally(&mut joint, (3, "said to live by who said before that the person was dead"));
        }
        if !view.to_reexamine.is_empty() {
            tally(&mut joint, (4, "found alive while remains are decided to be theirs"));
        }
    }
    let kinds = |counts: BTreeMap<(PersonStatusKind, &'static str), usize>| {
        counts.into_iter().map(|((_, kind), number)| of_kind(kind, number)).collect()
    };
    let parties = book.ledger.parties().map(|(party, _)| party);
    let by_party = parties.filter_map(|party| {
        Some(By { according_to: party.to_string(), taken: kinds(by_party.remove(&party)?) })
    });
    Ok(Accountings {
        persons,
        by_party: by_party.collect(),
        joint: joint.into_iter().map(|((_, kind), number)| of_kind(kind, number)).collect(),
    })
}
