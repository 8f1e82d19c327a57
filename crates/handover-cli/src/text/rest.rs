//! What is only said, and what is checked of it. None of it depends on whose word is taken, save the audits.

use super::page::Page;
use super::say::{self, Names};
use super::{columns, section};
use crate::args::Section;
use crate::report::{Audited, Report, Said, Total};

/// Who says something, and when.
fn who(by: &Said, names: Names<'_>) -> String {
    let speaker = names.speaker(&by.speaker);
    match &by.party {
        Some(party) => format!("{speaker} ({}, {})", names.short(party), by.said),
        None => format!("{speaker} ({})", by.said),
    }
}

pub(super) fn allegations(page: &mut Page, report: &Report, names: Names<'_>) {
    let allegations = section(
        page,
        report,
        Section::Allegations,
        report.allegations.as_ref(),
        [
            "Allegations",
            "Who accuses whom. They have a speaker and a target, and are neither findings nor facts.",
            "Nobody accuses anybody.",
        ],
    );
    for allegation in allegations {
        let intended = if allegation.intended { ", on purpose, as is said" } else { "" };
        page.item(&format!(
            "{} → {}: {}{intended}; about {}",
            who(&allegation.by, names),
            names.party(&allegation.of),
            allegation.act,
            allegation.by.about
        ));
    }
}

pub(super) fn expectations(page: &mut Page, report: &Report, names: Names<'_>) {
    let expectations = section(
        page,
        report,
        Section::Expectations,
        report.expectations.as_ref(),
        [
            "Expectations",
            "What someone expects: no obligation, and nothing that passed.",
            "Nobody states an expectation.",
        ],
    );
    for expectation in expectations {
        page.item(&format!(
            "{}: {} {}; about {}",
            who(&expectation.by, names),
            say::told(expectation.told),
            expectation.unit,
            expectation.by.about
        ));
    }
}

pub(super) fn readiness(page: &mut Page, report: &Report, names: Names<'_>) {
    let readiness = section(
        page,
        report,
        Section::Readiness,
        report.readiness.as_ref(),
        ["Readiness", "Who is said to be ready, and by whom.", "Nobody speaks of readiness."],
    );
    for said in readiness {
        let is = if said.ready { "is ready" } else { "is not ready" };
        let count = match (said.told, &said.unit) {
            (Some(told), Some(unit)) => format!(" for {} {unit}", say::told(told)),
            _ => String::new(),
        };
        page.item(&format!(
            "{}: {} {is}{count}; about {}",
            who(&said.by, names),
            names.party(&said.of),
            said.by.about
        ));
    }
}

pub(super) fn totals(page: &mut Page, report: &Report, names: Names<'_>) {
    let totals = section(
        page,
        report,
        Section::Totals,
        report.totals.as_ref(),
        [
            "Published totals",
            "Compared with the sum of the recorded legs that they cover, never taken into it.",
            "No published total is recorded.",
        ],
    );
    for total in totals {
        let from = total.of.from.as_ref().map(|from| format!(" from {}", names.short(from)));
        let to = total.of.to.as_ref().map(|to| format!(" to {}", names.short(to)));
        let during = total.of.during.as_ref().map(|during| format!(", {during}"));
        page.subject(&format!(
            "{}: {}{}{}{}, in {}",
            total.total,
            total.of.matter,
            from.unwrap_or_default(),
            to.unwrap_or_default(),
            during.unwrap_or_default(),
            total.unit
        ));
        page.labelled("  parties", 12, &names.joint(&total.joint, |span| say::interval(*span)));
        audits(page, report, total, names);
    }
}

fn audits(page: &mut Page, report: &Report, total: &Total, names: Names<'_>) {
    let one = if total.unit == "handovers" { "handover" } else { "leg" };
    let mut rows = vec![("recomputed".to_owned(), say::by(&total.recomputed, |sum| say::figure(sum, one)))];
    for published in &total.published {
        let about = format!("{}: {}", names.speaker(&published.by.speaker), say::told(published.told));
        rows.push((about, say::by(&published.audit, |outcome| audit(outcome, total))));
    }
    page.by_reading("", &columns(report), &rows);
}

fn audit(outcome: &Audited, total: &Total) -> String {
    match outcome {
        Audited::Agrees => "agrees".to_owned(),
        Audited::Exceeds { by } => format!("exceeds by {}", crate::report::number(*by)),
        Audited::FallsShort { by } => format!("falls short by {}", crate::report::number(*by)),
        Audited::Missing { count, legs } => {
            let from = match legs.as_slice() {
                [only] => only.clone(),
                legs if total.unit == "handovers" => say::several(legs.len(), "handover"),
                legs => format!("{} of which none is told", say::several(legs.len(), "leg")),
            };
            format!("reached only if {} come from {from}", say::interval(*count))
        }
        Audited::Compatible => "both can be right".to_owned(),
        Audited::CannotBeCompared { because } => format!("cannot be compared: {because}"),
    }
}

pub(super) fn conflicts(page: &mut Page, report: &Report, names: Names<'_>) {
    let conflicts = section(
        page,
        report,
        Section::Conflicts,
        report.conflicts.as_ref(),
        [
            "Within a party",
            "Organs of one party that speak of one thing; which is followed is configuration.",
            "No party has organs that are not followed.",
        ],
    );
    for conflict in conflicts {
        let organs = |keys: &[String]| keys.iter().map(|key| names.organ(key)).collect::<Vec<_>>().join(", ");
        let others: Vec<String> = conflict
            .not_followed
            .iter()
            .map(|other| format!("{} says {}", names.organ(&other.organ), other.says))
            .collect();
        let others =
            if others.is_empty() { String::new() } else { format!("; not followed: {}", others.join("; ")) };
        page.item(&format!(
            "{}: {}, {} of {}; followed: {} says {}{others}",
            if conflict.contradict { "in conflict" } else { "compatible" },
            names.short(&conflict.party),
            conflict.scope,
            conflict.about,
            organs(&conflict.followed),
            conflict.says,
        ));
    }
}

pub(super) fn repetitions(page: &mut Page, report: &Report, names: Names<'_>) {
    let repetitions = section(
        page,
        report,
        Section::Repetitions,
        report.repetitions.as_ref(),
        ["Repetitions", "Who repeats a claim adds no support to it.", "Nobody repeats another."],
    );
    for repetition in repetitions {
        let stands =
            if repetition.stands { "adds no support" } else { "adds no support, and no longer stands" };
        page.item(&format!(
            "{} repeats {}: {stands} ({})",
            names.speaker(&repetition.speaker),
            repetition.root,
            repetition.entry
        ));
    }
}
