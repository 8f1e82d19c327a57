//! What an audience is shown, for people.

use handover::disclosure::Audience;
use handover::ledger::Ledger;
use handover::reading::{FigureShown, IdentificationStatus, Progress};

use super::page::Page;
use super::say::{self, Names};
use crate::command::DisclosedPage;

/// All that an audience may be shown.
pub(crate) fn disclosed(shown: &DisclosedPage, audience: Audience, ledger: &Ledger) -> String {
    let (names, mut page) = (Names(ledger), Page::default());
    page.title(&format!("For {audience}"));
    page.remark(
        "Only what was shared with this audience or published before, and is not withheld. What is not here may not exist, or \
         may not be shown: nothing follows from it.",
    );
    numbers(&mut page, shown, names);
    progress(&mut page, shown);
    cases(&mut page, shown, names);
    page.into_text()
}

fn figure(shown: FigureShown) -> String {
    say::interval(crate::report::Interval(shown.span()))
}

fn numbers(page: &mut Page, shown: &DisclosedPage, names: Names<'_>) {
    page.section(
        "Handed over",
        "Ranges, by the word that is taken; each rests on claims that can be looked up.",
    );
    if shown.legs.is_empty() && shown.handovers.is_empty() {
        page.say("Nothing is shown.");
    }
    let mut rows = Vec::new();
    for leg in &shown.legs {
        let leg = leg.shown();
        let number = if leg.untold { "no number is told".to_owned() } else { figure(leg.passed) };
        let (from, to) = (names.short(&leg.from.to_string()), names.short(&leg.to.to_string()));
        rows.push(vec![leg.leg.to_string(), leg.on.to_string(), format!("{from} to {to}"), number]);
    }
    if !rows.is_empty() {
        page.table(&["leg", "when", "way", "how many"], rows);
    }
    if shown.handovers.is_empty() {
        return;
    }
    page.subject("When, and where the audience may know it");
    for slot in &shown.handovers {
        let slot = slot.shown();
        let place =
            if slot.places.is_empty() { String::new() } else { format!(", at {}", slot.places.join(" or ")) };
        page.labelled(&slot.handover.to_string(), 26, &format!("{}{place}", slot.on));
    }
}

fn progress(page: &mut Page, shown: &DisclosedPage) {
    if !shown.batches.is_empty() {
        page.section(
            "Remains, batch by batch",
            "Units of remains. Small numbers are shown as what they look like.",
        );
    }
    for batch in &shown.batches {
        let batch = batch.shown();
        page.subject(&format!("Batch {}", batch.batch));
        for (what, number) in [
            ("units", batch.units),
            ("individuals", batch.individuals),
            ("examined", batch.examined),
            ("sampled", batch.sampled),
            ("profiled", batch.profiled),
            ("identified", batch.identified),
            ("families told", batch.notified),
            ("released", batch.released),
        ] {
            page.labelled(what, 16, &figure(number));
        }
    }
    if !shown.lists.is_empty() {
        page.section("Lists of prisoners", "Numbers only.");
    }
    for list in &shown.lists {
        let list = list.shown();
        let frozen = if list.frozen { "frozen" } else { "not frozen" };
        page.subject(&format!("List {}, {frozen}", list.list));
        page.labelled("on it", 16, &figure(list.listed));
        page.labelled("handed over", 16, &figure(list.handed_over));
        page.labelled("ended otherwise", 16, &figure(list.otherwise_ended));
    }
}

fn cases(page: &mut Page, shown: &DisclosedPage, names: Names<'_>) {
    if !shown.persons.is_empty() {
        page.section("Persons", "Opaque references; who it is stands in a store of its own.");
    }
    for case in &shown.persons {
        let case = case.shown();
        page.subject(&case.person.to_string());
        for told in &case.parties {
            let status =
                serde_json::to_value(told.status).map_or_else(|_| String::new(), |value| word(&value));
            page.item(&format!(
                "{} says: {status}, as of {}",
                names.party(&told.party.to_string()),
                told.as_of
            ));
        }
        let organs: Vec<String> = case.identified_by.iter().map(ToString::to_string).collect();
        if !organs.is_empty() {
            page.item(&format!("identified by decision of {}", organs.join(", ")));
        }
        let units: Vec<String> = case.remains.iter().map(|remains| remains.unit.to_string()).collect();
        if !units.is_empty() {
            page.item(&format!("remains: {}", units.join(", ")));
        }
    }
    if shown.remains.is_empty() {
        return;
    }
    page.section("Remains, one by one", "By their codes.");
    let dash = || "-".to_owned();
    let rows = shown.remains.iter().map(|unit| {
        let unit = unit.shown();
        vec![
            unit.unit.to_string(),
            unit.batch.map_or_else(dash, |batch| batch.to_string()),
            forensic(unit.progress).to_owned(),
            unit.identification.map_or("-", identification).to_owned(),
            unit.person.map_or_else(dash, |person| person.to_string()),
        ]
    });
    page.table(&["unit", "batch", "laboratory", "identification", "person"], rows.collect());
}

/// The name of a choice, whatever it carries.
fn word(value: &serde_json::Value) -> String {
    let name = value.as_str().or_else(|| value.as_object()?.keys().next().map(String::as_str));
    name.unwrap_or_default().replace('-', " ")
}

fn forensic(progress: Progress) -> &'static str {
    match progress {
        Progress::Logged => "logged",
        Progress::Examined => "examined",
        Progress::Sampled => "sampled",
        Progress::ProfileInsufficient => "profile insufficient",
        Progress::NoUsableProfile => "no usable profile",
        Progress::ProfileObtained => "profile obtained",
        Progress::InDatabase => "in the database",
        Progress::Compared => "compared",
    }
}

fn identification(status: IdentificationStatus) -> &'static str {
    match status {
        IdentificationStatus::Unidentified => "unidentified",
        IdentificationStatus::Misidentified => "misidentified",
        IdentificationStatus::Presumptive => "presumptive",
        IdentificationStatus::Candidate => "candidate",
        IdentificationStatus::MatchReported => "match reported",
        IdentificationStatus::UnderReview => "under review",
        IdentificationStatus::UnderReexamination => "under re-examination",
        IdentificationStatus::Identified => "identified",
    }
}
