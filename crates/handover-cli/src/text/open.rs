//! How far what came has come, and everything that is open.

use super::page::{Page, Row};
use super::remains::plain;
use super::say;
use super::{columns, recorded};
use crate::report::{Course, Matter, Report};

pub(super) fn course(page: &mut Page, report: &Report) {
    let Some(courses) = recorded(
        page,
        report.course.as_ref(),
        Vec::is_empty,
        [
            "The whole course",
            "What was received is told in its own unit, and is never added to what was found. All after the containers \
             counts units of remains.",
            "No batch with containers is recorded.",
        ],
    ) else {
        return;
    };
    for course in courses {
        page.subject(&format!("Batch {}", course.batch));
        page.by_reading("", &columns(report), &rows(course));
    }
}

/// A row for each stage that any reading knows; what another does not know is said to be so.
fn rows(course: &Course) -> Vec<Row> {
    let longest = course.stages.iter().map(|by| &by.taken).max_by_key(|stages| stages.len());
    let stages = longest.into_iter().flatten().map(|stage| &stage.stage);
    let number = |name: &str| {
        say::by(&course.stages, |stages| {
            let found = stages.iter().find(|stage| stage.stage == name);
            found.map_or_else(|| "nothing told".to_owned(), |stage| say::interval(stage.number))
        })
    };
    stages.map(|name| (name.clone(), number(name))).collect()
}

pub(super) fn open(page: &mut Page, report: &Report) {
    let Some(open) = recorded(
        page,
        report.open.as_ref(),
        |open| open.iter().all(|by| by.taken.is_empty()),
        [
            "Everything open",
            "What somebody has still to explain, correct, find, return or look at again, and by whose word.",
            "Nothing is open.",
        ],
    ) else {
        return;
    };
    let lines = open.iter().flat_map(|by| {
        runs(&by.taken).into_iter().flat_map(|run| lines(&run)).map(|line| (by.according_to.clone(), line))
    });
    for (keys, line) in say::merged(lines) {
        page.item(&format!("{line} ({keys})"));
    }
}

/// What is said of many of a kind in one line begins with so many of them.
const FIRST: usize = 3;

/// Matters of one kind that follow each other, each about one thing of the same sort that came in the same batches.
fn runs(matters: &[Matter]) -> Vec<Vec<&Matter>> {
    let mut runs: Vec<Vec<&Matter>> = Vec::new();
    for matter in matters {
        let is_like = |other: &&Matter| {
            let sorts = (sort(other), sort(matter));
            sorts.0.is_some()
                && sorts.0 == sorts.1
                && (other.kind, &other.batches) == (matter.kind, &matter.batches)
        };
        match runs.last_mut().filter(|run| run.first().is_some_and(is_like)) {
            Some(run) => run.push(matter),
            None => runs.push(vec![matter]),
        }
    }
    runs
}

/// The sort of what a matter is about, where it is one thing: what stands before its code.
fn sort(matter: &Matter) -> Option<&str> {
    match matter.about.as_slice() {
        [only] => only.split_once(" `").map(|(sort, _)| sort),
        _ => None,
    }
}

/// A line for each of a few, and one line for many: how many they are, and the first of them.
fn lines(run: &[&Matter]) -> Vec<String> {
    let batches = |matter: &Matter| match matter.batches.as_slice() {
        [] => String::new(),
        batches => format!(", of batch {}", batches.join(", ")),
    };
    let (Some(first), true) = (run.first(), run.len() > FIRST) else {
        let one = |matter: &&Matter| {
            let about = if matter.about.is_empty() { "entries".to_owned() } else { matter.about.join(", ") };
            format!("{}: {about}{}; {}", plain(matter.kind), batches(matter), matter.entries.join(", "))
        };
        return run.iter().map(one).collect();
    };
    let codes = run.iter().flat_map(|matter| &matter.about);
    let codes: Vec<String> = codes.map(|about| about.trim_start_matches(|c| c != '`').to_owned()).collect();
    let mut entries: Vec<String> = Vec::new();
    for entry in run.iter().flat_map(|matter| &matter.entries) {
        if !entries.contains(entry) {
            entries.push(entry.clone());
        }
    }
    vec![format!(
        "{}: {}{}: {}; {}",
        plain(first.kind),
        many(run.len(), sort(first).unwrap_or_default()),
        batches(first),
        first_of(&codes),
        first_of(&entries)
    )]
}

/// So many of a sort.
fn many(number: usize, sort: &str) -> String {
    match sort {
        "batch" => say::several_of(number, sort, "batches"),
        "unit of remains" => say::several_of(number, sort, "units of remains"),
        _ => say::several(number, sort),
    }
}

/// The first of many, and how many more there are.
fn first_of(all: &[String]) -> String {
    let more = all.len().saturating_sub(FIRST);
    let first: Vec<&str> = all.iter().take(FIRST).map(String::as_str).collect();
    if more == 0 { first.join(", ") } else { format!("{} and {} more", first.join(", "), say::count(more)) }
}
