//! The remains, how far it has come with whose they are, and what follows. Nothing here is about a person.

use std::collections::BTreeMap;

use super::page::{Page, Row};
use super::say::{self, Names};
use super::{columns, recorded, rests_on};
use crate::report::{By, CreditTally, Duties, Identification, Report, STATUSES, Tally, number};

pub(super) fn remains(page: &mut Page, report: &Report) {
    let Some(remains) = recorded(
        page,
        report.remains.as_ref(),
        |remains| remains.in_all.iter().all(|by| by.taken.units.0 == handover::quantity::Span::ZERO),
        [
            "Remains",
            "Units of remains, not the deceased: of how many individuals they can be is a range of its own. What was \
             divided or united is counted as what it became.",
            "No remains are recorded.",
        ],
    ) else {
        return;
    };
    page.subject("In all");
    tally(page, report, "remains in all", &remains.in_all);
    for batch in &remains.batches {
        page.subject(&format!("From the containers of batch {}", batch.batch));
        tally(page, report, &batch.batch, &batch.tally);
    }
    page.subject("What is due");
    let due = say::by(&remains.comparisons_due, |due| say::count(*due));
    let mut rows = vec![("comparisons due".to_owned(), due)];
    rows.extend(kinds(&remains.effect_anomalies, &[], |kind| match kind {
        "single-disc-moved" => "single discs that left the remains".to_owned(),
        "no-half-remains" => "double discs with no half left".to_owned(),
        _ => "halves that left otherwise than by forwarding".to_owned(),
    }));
    page.by_reading("", &columns(report), &rows);
}

/// How many units, and how far they have come.
pub(super) fn tally(page: &mut Page, report: &Report, about: &str, list: &[By<Tally>]) {
    page.by_reading("", &columns(report), &tally_rows(list));
    let entries: Vec<_> = list.iter().map(|by| (by.according_to.clone(), by.taken.entries.clone())).collect();
    rests_on(page, report, about, &entries);
}

pub(super) fn tally_rows(list: &[By<Tally>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for by in list {
        for (at, (name, count)) in by.taken.counts().into_iter().enumerate() {
            match rows.get_mut(at) {
                Some((_, cells)) => cells.push(say::interval(count)),
                None => rows.push((name.to_owned(), vec![say::interval(count)])),
            }
        }
    }
    rows
}

/// A row for each kind that any reading counts; those that are named stand first, in their order.
fn kinds<K: AsRef<str> + Ord>(
    list: &[By<BTreeMap<K, usize>>],
    first: &[&str],
    name: impl Fn(&str) -> String,
) -> Vec<Row> {
    let mut found: Vec<&str> = first.to_vec();
    for by in list {
        for kind in by.taken.keys() {
            if !found.contains(&kind.as_ref()) {
                found.push(kind.as_ref());
            }
        }
    }
    let number = |counts: &BTreeMap<K, usize>, kind: &str| {
        let count = counts.iter().find(|(other, _)| other.as_ref() == kind);
        count.map_or(0, |(_, number)| *number)
    };
    let counted = |kind: &&str| list.iter().any(|by| number(&by.taken, kind) > 0);
    let kinds = found.into_iter().filter(counted);
    kinds.map(|kind| (name(kind), say::by(list, |counts| say::count(number(counts, kind))))).collect()
}

/// A word that a program compares, for people.
pub(super) fn plain(word: &str) -> String {
    word.replace('-', " ")
}

pub(super) fn identification(page: &mut Page, report: &Report) {
    let Some(identification) = recorded(
        page,
        report.identification.as_ref(),
        |it| it.cohorts.is_empty() && it.units.iter().all(|by| by.taken.is_empty()),
        [
            "Identification",
            "Numbers of units of remains and of decisions. A decision is one authority's: what all accept knows none. \
             Persons are not shown.",
            "No identification is recorded.",
        ],
    ) else {
        return;
    };
    page.subject("How far it has come");
    let rows = kinds(&identification.units, &STATUSES, plain);
    page.by_reading("units of remains", &columns(report), &rows);
    let rows = kinds(&identification.open_contradictions, &[], plain);
    if !rows.is_empty() {
        page.subject("What contradicts decisions in force, and is not resolved in writing");
        page.by_reading("", &columns(report), &rows);
    }
    cohorts(page, report, identification);
    let revoked = identification.revoked.iter().flat_map(|by| {
        by.taken.iter().map(|revoked| {
            let implicated: Vec<String> = revoked
                .implicated
                .iter()
                .map(|other| format!("{} through the same {}", other.decision, other.through))
                .collect();
            let implicated = if implicated.is_empty() {
                "no other decision is implicated".to_owned()
            } else {
                format!("to be looked at: {}", implicated.join(", "))
            };
            let text = format!(
                "{}, on {}, revoked by {}: {}; {implicated}; {} to be told; the other family is not known for {}",
                revoked.decision,
                say::several(revoked.units, "unit"),
                revoked.revoked_by,
                plain(revoked.cause),
                say::several_of(revoked.families_to_tell, "family is", "families are"),
                say::several(revoked.family_unknown_of, "unit"),
            );
            (by.according_to.clone(), text)
        })
    });
    let revoked = say::merged(revoked);
    if !revoked.is_empty() {
        page.subject("Decisions that were revoked, and what they implicate");
    }
    for (keys, text) in revoked {
        page.item(&format!("{text} ({keys})"));
    }
}

fn cohorts(page: &mut Page, report: &Report, identification: &Identification) {
    for cohort in &identification.cohorts {
        if cohort.review.iter().all(|by| by.taken.decisions == 0) {
            continue;
        }
        page.subject(&format!("To be reviewed under {}", cohort.policy));
        let mut rows = vec![(
            "decisions in force".to_owned(),
            say::by(&cohort.review, |review| say::count(review.decisions)),
        )];
        for (what, of) in [("weaker rules", true), ("falls short", false)] {
            let counts: Vec<By<BTreeMap<String, usize>>> = cohort
                .review
                .iter()
                .map(|by| By {
                    according_to: by.according_to.clone(),
                    taken: if of { by.taken.weaker_in.clone() } else { by.taken.falls_short_in.clone() },
                })
                .collect();
            rows.extend(kinds(&counts, &[], |aspect| format!("{what}: {aspect}")));
        }
        page.by_reading("", &columns(report), &rows);
    }
}

pub(super) fn duties(page: &mut Page, report: &Report, names: Names<'_>) {
    let Some(duties) = recorded(
        page,
        report.duties.as_ref(),
        |duties| {
            duties.credit.is_empty()
                && duties.owed.iter().all(|by| by.taken.is_empty())
                && duties.notices.iter().all(|by| by.taken.is_empty())
                && duties.dispositions.iter().all(|by| by.taken.is_empty())
        },
        [
            "Duties of return, credit, families and rest",
            "What follows from whose remains are. Of families only numbers are shown.",
            "Nothing of it is recorded.",
        ],
    ) else {
        return;
    };
    owed(page, report, duties, names);
    for credit in &duties.credit {
        page.subject(&format!("Credit of batch {} to {}", credit.batch, credit.obligation));
        let mut rows = vec![
            ("credited".to_owned(), say::by(&credit.credit, credited)),
            ("units credited".to_owned(), say::by(&credit.credit, |it| number(it.credited_units))),
            ("units not decided".to_owned(), say::by(&credit.credit, |it| number(it.pending))),
        ];
        let denied: Vec<By<BTreeMap<&str, usize>>> = credit
            .credit
            .iter()
            .map(|by| By {
                according_to: by.according_to.clone(),
                taken: by
                    .taken
                    .denied
                    .iter()
                    .map(|(reason, number)| (*reason, usize::try_from(*number).unwrap_or(usize::MAX)))
                    .collect(),
            })
            .collect();
        rows.extend(kinds(&denied, &[], |reason| format!("denied: {}", plain(reason))));
        rows.push(("containers unopened".to_owned(), say::by(&credit.credit, |it| number(it.unopened))));
        page.by_reading("", &columns(report), &rows);
        let entries: Vec<_> =
            credit.credit.iter().map(|by| (by.according_to.clone(), by.taken.entries.clone())).collect();
        rests_on(page, report, &credit.batch, &entries);
    }
    families(page, report, duties);
}

fn credited(tally: &CreditTally) -> String {
    format!("{} {}", say::interval(tally.credited), tally.unit)
}

fn owed(page: &mut Page, report: &Report, duties: &Duties, names: Names<'_>) {
    if duties.owed.iter().all(|by| by.taken.is_empty()) {
        return;
    }
    page.subject("Remains that are owed");
    let mut rows = Vec::new();
    for (kind, name) in [("return", "to be returned"), ("onward", "to be handed on")] {
        for state in ["open", "settled", "closed"] {
            let number = |duties: &Vec<crate::report::Duty>| {
                duties.iter().filter(|duty| (duty.kind, duty.state) == (kind, state)).count()
            };
            if duties.owed.iter().any(|by| number(&by.taken) > 0) {
                let cells = say::by(&duties.owed, |duties| say::count(number(duties)));
                rows.push((format!("{name}: {state}"), cells));
            }
        }
    }
    page.by_reading("", &columns(report), &rows);
    let open = duties.owed.iter().flat_map(|by| {
        by.taken.iter().filter(|duty| duty.state == "open").map(|duty| {
            let towards =
                duty.towards.as_deref().map_or("nobody on the record".to_owned(), |to| names.party(to));
            let blocked = match duty.blocked {
                0 => String::new(),
                number => format!("; {} in the way", say::count(number)),
            };
            (by.according_to.clone(), format!("{} to {towards}: {}{blocked}", duty.unit, duty.of))
        })
    });
    for (keys, text) in say::merged(open) {
        page.item(&format!("{text} ({keys})"));
    }
}

fn families(page: &mut Page, report: &Report, duties: &Duties) {
    let mut rows = kinds(&duties.notices, &[], |state| format!("notices: {}", plain(state)));
    if duties.tasks.iter().any(|by| by.taken.open > 0 || by.taken.done > 0) {
        rows.push(("tasks open".to_owned(), say::by(&duties.tasks, |tasks| say::count(tasks.open))));
        rows.push(("tasks done".to_owned(), say::by(&duties.tasks, |tasks| say::count(tasks.done))));
    }
    if !rows.is_empty() {
        page.subject("Families: how many notices, and what revocations leave to be done");
        page.by_reading("", &columns(report), &rows);
    }
    let mut rows = kinds(&duties.dispositions, &[], plain);
    if duties.judicial_holds.iter().any(|by| by.taken > 0) {
        rows.push(("judicial holds".to_owned(), say::by(&duties.judicial_holds, |holds| say::count(*holds))));
    }
    let affected = |list: &Vec<crate::report::Affected>| say::count(list.len());
    if duties.affected_releases.iter().any(|by| !by.taken.is_empty()) {
        rows.push((
            "released on a decision that is revoked".to_owned(),
            say::by(&duties.affected_releases, affected),
        ));
    }
    if !rows.is_empty() {
        page.subject("Where the remains rest");
        page.by_reading("units of remains", &columns(report), &rows);
    }
}
