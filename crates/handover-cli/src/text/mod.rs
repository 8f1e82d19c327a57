//! A report for people: eighty columns, the same facts once.

mod course;
mod custody;
mod disclosed;
mod flows;
mod open;
mod owed;
mod page;
mod prisoner;
mod remains;
mod rest;
mod say;
mod show;

use handover::ledger::Ledger;

use self::page::Page;
use self::say::Names;
use crate::args::Section;
use crate::report::Report;

pub(crate) use self::disclosed::disclosed;
pub(crate) use self::show::{container, unit};

/// The report of a dossier.
pub(crate) fn page(report: &Report, ledger: &Ledger) -> String {
    let mut page = Page::default();
    write(&mut page, report, Names(ledger));
    page.into_text()
}

/// The report of the demonstration, with what is seen and what to try next.
pub(crate) fn demonstration(report: &Report, ledger: &Ledger) -> String {
    let mut page = Page::default();
    page.say(
        "One press article of June 2025 tells of the fallen and of prisoners who were handed over. Its words stand in a \
         dossier, each as the word of the one who spoke it. Below they are read by the word of each side, by what both \
         accept, and by anyone's word.",
    );
    page.gap();
    page.say(
        "See that the sides do not come to the same figures, that nobody is wrong by that, and that what was not said is \
         not nought. The terms are the article's own, so that they are read by anyone's word.",
    );
    page.gap();
    write(&mut page, report, Names(ledger));
    page.section(
        "What to try next",
        "With a dossier of your own, or one from the folder `dossiers` of the source.",
    );
    for (command, what) in [
        ("handover report FILE", "the same report of another dossier"),
        ("handover report FILE --according-to ru --explain", "one reading, with the entries it rests on"),
        ("handover report FILE --as-of 2025-06-11+03:00", "as things stood at the end of that day"),
        ("handover report FILE --format json", "the same for programs"),
        ("handover check FILE", "whether a dossier may stand"),
        ("handover schema", "what a line of a dossier may hold"),
    ] {
        page.labelled("-", 2, command);
        page.labelled("", 4, what);
    }
    page.into_text()
}

fn write(page: &mut Page, report: &Report, names: Names<'_>) {
    heading(page, report);
    if report.compared && report.readings.len() > 1 {
        comparison(page, report, names);
    }
    flows::flows(page, report, names);
    owed::obligations(page, report, names);
    owed::terms(page, report, names);
    owed::agreements(page, report, names);
    course::schedule(page, report, names);
    course::pace(page, report, names);
    prisoner::prisoners(page, report, names);
    custody::custody(page, report, names);
    remains::remains(page, report);
    remains::identification(page, report);
    remains::duties(page, report, names);
    open::course(page, report);
    open::open(page, report);
    rest::allegations(page, report, names);
    rest::expectations(page, report, names);
    rest::readiness(page, report, names);
    rest::totals(page, report, names);
    rest::conflicts(page, report, names);
    rest::repetitions(page, report, names);
}

fn heading(page: &mut Page, report: &Report) {
    page.title(report.title.as_deref().unwrap_or("A dossier without a title"));
    let end = if report.complete {
        "the end line agrees, so none is missing"
    } else {
        "there is no end line, so that none is missing is not proven"
    };
    page.gap();
    page.labelled("entries", 12, &format!("{}; {end}", say::count(report.entries)));
    let as_of = report.as_of.as_deref();
    page.labelled(
        "as of",
        12,
        as_of.unwrap_or("the end of time: no date was asked for, every recorded leg counts"),
    );
    page.labelled(
        "said by",
        12,
        report.said_by.as_deref().unwrap_or("whenever: what was said later counts too"),
    );
    for (at, party) in report.parties.iter().enumerate() {
        page.labelled(if at == 0 { "parties" } else { "" }, 12, &format!("{:<8} {}", party.key, party.name));
    }
    for (at, reading) in report.readings.iter().enumerate() {
        let whose = match reading.according_to.as_str() {
            "all" => "what every party accepts; where one gives no number, its label".to_owned(),
            "neutral" => "the word of neutral observers".to_owned(),
            "anyone" => "the widest of what anyone says, the press included".to_owned(),
            key => {
                let name = report.parties.iter().find(|party| party.key == key);
                format!("the word of {}", name.map_or(key, |party| party.name.as_str()))
            }
        };
        let terms = if reading.terms == reading.according_to {
            String::new()
        } else {
            format!("; terms of obligations by `{}`", reading.terms)
        };
        let label = if at == 0 { "readings" } else { "" };
        page.labelled(label, 12, &format!("{:<8} {whose}{terms}", reading.according_to));
    }
}

/// The keys of the readings, as columns.
fn columns(report: &Report) -> Vec<String> {
    report.readings.iter().map(|reading| reading.according_to.clone()).collect()
}

fn comparison(page: &mut Page, report: &Report, names: Names<'_>) {
    page.section("The readings beside each other", "Each direction by itself: the two are never netted.");
    let mut rows = Vec::new();
    for flow in report.flows.iter().flatten() {
        let about = format!(
            "{} passed, {} to {}{}",
            flow.matter,
            names.short(&flow.from),
            names.short(&flow.to),
            flows::held_under(report, flow.under.as_deref())
        );
        rows.push((about, say::by(&flow.passed, |sum| say::figure(sum, "leg"))));
    }
    for obligation in report.obligations.iter().flatten() {
        let id = &obligation.obligation;
        rows.push((format!("outstanding of {id}"), say::by(&obligation.stands, say::outstanding)));
        rows.push((format!("{id} is"), say::by(&obligation.stands, say::verdict)));
    }
    page.by_reading("", &columns(report), &rows);
}

/// The entries on which something rests, where they were asked for.
fn rests_on(page: &mut Page, report: &Report, about: &str, entries: &[(String, Option<Vec<String>>)]) {
    if !report.explained {
        return;
    }
    let listed = entries.iter().map(|(key, entries)| {
        let entries = entries.as_deref().unwrap_or_default();
        (key.clone(), if entries.is_empty() { "nothing".to_owned() } else { entries.join(", ") })
    });
    for (keys, entries) in say::merged(listed) {
        page.labelled("  rests on", 12, &format!("{about}, {keys}: {entries}"));
    }
}

/// Whether a section has something to show, with its heading; what is empty is said to be so.
fn section<'r, T>(
    page: &mut Page,
    report: &Report,
    which: Section,
    list: Option<&'r Vec<T>>,
    [name, about, none]: [&str; 3],
) -> &'r [T] {
    let Some(list) = list.filter(|_| report.shows(which)) else { return &[] };
    page.section(name, if list.is_empty() { none } else { about });
    list
}

/// A section that is shown where something of it is recorded, or where it was asked for by name; that nothing is recorded
/// is said.
fn recorded<'r, T>(
    page: &mut Page,
    section: Option<&'r T>,
    is_empty: impl Fn(&T) -> bool,
    [name, about, none]: [&str; 3],
) -> Option<&'r T> {
    let section = section?;
    let nothing = is_empty(section);
    page.section(name, if nothing { none } else { about });
    (!nothing).then_some(section)
}
