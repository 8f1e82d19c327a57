//! How far what came has come, and everything that is open.

use super::page::{Page, Row};
use super::remains::plain;
use super::say;
use super::{columns, recorded};
use crate::report::{Course, Report};

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
        by.taken.iter().map(|matter| {
            let about = if matter.about.is_empty() { "entries".to_owned() } else { matter.about.join(", ") };
            let batches = match matter.batches.as_slice() {
                [] => String::new(),
                batches => format!(", of batch {}", batches.join(", ")),
            };
            let line = format!("{}: {about}{batches}; {}", plain(matter.kind), matter.entries.join(", "));
            (by.according_to.clone(), line)
        })
    });
    for (keys, line) in say::merged(lines) {
        page.item(&format!("{line} ({keys})"));
    }
}
