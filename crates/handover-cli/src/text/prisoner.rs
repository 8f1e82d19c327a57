//! Prisoners' lists and the accounting of persons, in numbers.

use super::page::{Page, Row};
use super::say::{self, Names};
use super::{columns, recorded, rests_on};
use crate::report::{Accountings, By, LegListed, OfKind, PersonsList, Prisoners, Report, Standings, Version};

pub(super) fn prisoners(page: &mut Page, report: &Report, names: Names<'_>) {
    let is_empty = |it: &Prisoners| it.lists.is_empty() && it.legs.is_empty() && it.accountings.persons == 0;
    let Some(prisoners) = recorded(
        page,
        report.prisoners.as_ref(),
        is_empty,
        [
            "Prisoners' lists and the living",
            "Persons are counted and never named. A number in brackets is the invariant of the rule book that stands in the way.",
            "No list and no accounting of a person is recorded.",
        ],
    ) else {
        return;
    };
    for list in &prisoners.lists {
        one(page, report, list, names);
    }
    for leg in &prisoners.legs {
        listed(page, report, leg, names);
    }
    accountings(page, &prisoners.accountings, names);
}

fn one(page: &mut Page, report: &Report, list: &PersonsList, names: Names<'_>) {
    let under = list.under.as_ref().map(|under| format!(", under {under}")).unwrap_or_default();
    let leg = list.leg.as_ref().map(|leg| format!(", in leg {leg}")).unwrap_or_default();
    let without = if list.unilateral { ", without return and in no parity" } else { "" };
    page.subject(&format!(
        "List {}: {} holds, to go to {}{under}{leg}{without}",
        list.list,
        names.short(&list.holder),
        names.short(&list.home)
    ));
    page.labelled("  procedure", 12, list.stage);
    for version in &list.versions {
        page.labelled(&format!("  version {}", version.version), 12, &of_version(version, names));
    }
    for (about, rows) in tables(&list.stands) {
        if !rows.is_empty() {
            page.by_reading(about, &columns(report), &rows);
        }
    }
    let behind: Vec<_> =
        list.stands.iter().map(|by| (by.according_to.clone(), by.taken.entries_behind.clone())).collect();
    rests_on(page, report, &list.list, &behind);
}

fn of_version(version: &Version, names: Names<'_>) -> String {
    let how = if version.counters { "countered" } else { "proposed" };
    let mut parts = vec![format!(
        "{how} by {}, {}: {}",
        names.short(&version.by),
        version.on,
        say::several_of(version.entries, "entry", "entries")
    )];
    let accepted: Vec<String> = version.accepted_by.iter().map(|party| names.short(party)).collect();
    parts.push(format!("accepted by {}", accepted.join(" and ")));
    if version.objected > 0 {
        parts.push(format!("the other side objects to {}", say::count(version.objected)));
    }
    if let Some(due) = &version.reply_overdue {
        parts.push(format!("no reply by {due}"));
    }
    if version.stage != "proposed" {
        parts.push(version.stage.to_owned());
    }
    parts.join("; ")
}

/// What is counted of a list, a table for each question: a row for each kind of which any reading knows one.
fn tables(stands: &[By<Standings>]) -> [(&'static str, Vec<Row>); 3] {
    let row = |name: &str, of: &dyn Fn(&Standings) -> usize| {
        (name.to_owned(), say::by(stands, |stands| say::count(of(stands))))
    };
    let some = |name: &str, of: &dyn Fn(&Standings) -> usize| {
        stands.iter().any(|by| of(&by.taken) > 0).then(|| row(name, of))
    };
    let mut steps = vec![row("entries", &|it| it.entries), row("on the frozen list", &|it| it.frozen)];
    steps.extend(kinds("", stands, |it| &it.steps));
    let mut may = vec![row("may", &|it| it.may_go), row("may not", &|it| it.may_not)];
    may.extend(kinds("because ", stands, |it| &it.because));
    may.push(row("at an end", &|it| it.ended));
    let mut seen = kinds("refused ", stands, |it| &it.refused);
    seen.extend(kinds("substitutes ", stands, |it| &it.substitutions));
    seen.extend(kinds("died: ", stands, |it| &it.deaths));
    seen.extend(some("the transfer is short by", &|it| it.short));
    seen.extend(kinds("", stands, |it| &it.marked));
    [("how they stand", steps), ("who may be handed over", may), ("what is to be seen", seen)]
}

/// A row for each kind that some column has, in the order in which each column has them.
fn kinds<T>(before: &str, columns: &[By<T>], of: impl Fn(&T) -> &Vec<OfKind>) -> Vec<Row> {
    let mut named: Vec<&OfKind> = Vec::new();
    for by in columns {
        let mut place = 0_usize;
        for kind in of(&by.taken) {
            let known = named.iter().position(|other| other.kind == kind.kind);
            if known.is_none() {
                named.insert(place.min(named.len()), kind);
            }
            place = known.unwrap_or(place).saturating_add(1);
        }
    }
    let number = |name: &str| {
        say::by(columns, |taken| {
            let found = of(taken).iter().find(|kind| kind.kind == name);
            say::count(found.map_or(0, |kind| kind.number))
        })
    };
    let label = |kind: &OfKind| {
        let rule = kind.invariant.map(|invariant| format!(" ({invariant})")).unwrap_or_default();
        format!("{before}{}{rule}", kind.kind)
    };
    named.into_iter().map(|kind| (label(kind), number(kind.kind))).collect()
}

fn listed(page: &mut Page, report: &Report, leg: &LegListed, names: Names<'_>) {
    page.subject(&format!("Leg {} by its lists", leg.leg));
    for side in &leg.by_party {
        let text = format!("{}: {}", names.party(&side.according_to), say::interval(side.taken));
        page.labelled("  told by", 12, &text);
    }
    let beside = |agrees: bool| if agrees { "can be both" } else { "cannot be both" };
    let rows = [
        ("handed over, by lists".to_owned(), say::by(&leg.listed, |it| say::interval(it.listed))),
        ("passed, as is claimed".to_owned(), say::by(&leg.listed, |it| say::told(it.claimed))),
        ("beside each other".to_owned(), say::by(&leg.listed, |it| beside(it.agrees).to_owned())),
    ];
    page.by_reading("", &columns(report), &rows);
}

fn accountings(page: &mut Page, accountings: &Accountings, names: Names<'_>) {
    if accountings.persons == 0 {
        return;
    }
    let persons = say::several(accountings.persons, "person");
    page.subject(&format!("What has become of {persons}, by each party's word"));
    let parties: Vec<String> = accountings.by_party.iter().map(|by| names.short(&by.according_to)).collect();
    page.by_reading("", &parties, &kinds("", &accountings.by_party, |kinds| kinds));
    for kind in &accountings.joint {
        page.item(&format!("{}: {}", kind.kind, say::count(kind.number)));
    }
}
