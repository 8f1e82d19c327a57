//! What was planned and what became of it.

use handover::reading::Comparison;

use super::page::Page;
use super::say::{self, Names};
use super::{columns, rests_on, section};
use crate::args::Section;
use crate::report::{Became, Pace, Paced, Report, Slot};

pub(super) fn schedule(page: &mut Page, report: &Report, names: Names<'_>) {
    let slots = section(
        page,
        report,
        Section::Schedule,
        report.schedule.as_ref(),
        [
            "Schedule",
            "What was set, who appeared, what was held, and what became of it by whose account.",
            "No handover is recorded.",
        ],
    );
    for slot in slots {
        one(page, report, slot, names);
    }
}

fn one(page: &mut Page, report: &Report, slot: &Slot, names: Names<'_>) {
    let instead = slot.instead_of.as_ref().map(|other| format!(", in place of {other}")).unwrap_or_default();
    page.subject(&format!("{}, {}{instead}", slot.handover, slot.on));
    page.labelled("  agreed", 12, &names.whether(&slot.agreed));
    for appearance in &slot.appeared {
        let text = format!("{}: {}", names.party(&appearance.of), names.whether(&appearance.joint));
        page.labelled("  appeared", 12, &text);
    }
    page.labelled("  held", 12, &names.whether(&slot.held));
    let became = slot.became.iter().map(|by| (by.according_to.clone(), outcome(&by.taken, names)));
    for (keys, text) in say::merged(became) {
        page.labelled("  became", 12, &format!("{keys}: {text}"));
    }
    let entries: Vec<_> =
        slot.became.iter().map(|by| (by.according_to.clone(), by.taken.entries.clone())).collect();
    rests_on(page, report, &slot.handover, &entries);
}

fn outcome(became: &Became, names: Names<'_>) -> String {
    let mut parts = Vec::new();
    for event in &became.outcomes {
        let of = event.of.iter().map(|party| names.short(party)).collect::<Vec<_>>().join(", ");
        parts.push(match event.outcome {
            "not-held" => "not held".to_owned(),
            "missed" => format!("missed by {of}"),
            "unilateral-appearance" => format!("{of} appeared at a time that was not agreed"),
            "never-agreed" => "never agreed".to_owned(),
            "postponed" => format!("postponed {}", event.how.as_deref().unwrap_or_default()),
            other => other.to_owned(),
        });
    }
    if parts.is_empty() {
        parts.push("nothing is said".to_owned());
    }
    if !became.brought.is_empty() {
        parts.push(format!("brought: {}", became.brought.join(", ")));
    }
    for postponed in &became.postponed {
        if let Some(to) = &postponed.to {
            parts.push(format!("to {to}, says {}", names.speaker(&postponed.speaker)));
        }
    }
    if let Some(slip) = became.slip_days {
        parts.push(match (slip.least, slip.greatest) {
            (0, 0) => "on the day for which it was set".to_owned(),
            (least, greatest) if least == greatest => format!("{} from plan", days(least)),
            (least, greatest) => format!("between {least} and {} from plan", days(greatest)),
        });
    }
    if !became.places.is_empty() {
        parts.push(format!("at {}", became.places.join(" or ")));
    }
    parts.join("; ")
}

fn days(number: i64) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}

pub(super) fn pace(page: &mut Page, report: &Report, names: Names<'_>) {
    let paces = section(
        page,
        report,
        Section::Pace,
        report.pace.as_ref(),
        [
            "Quota and pace",
            "A daily target that is missed is no breach unless the term says so.",
            "Nobody states a daily target.",
        ],
    );
    for pace in paces {
        page.subject(&pace.obligation);
        for (at, target) in targets(pace) {
            against(page, report, pace, &at, target, names);
        }
    }
}

/// Each target once, by the entry that states it.
fn targets(pace: &Pace) -> Vec<(String, &Paced)> {
    let mut targets: Vec<(String, &Paced)> = Vec::new();
    for target in pace.kept.iter().flat_map(|by| &by.taken) {
        if targets.iter().all(|(entry, _)| *entry != target.entry) {
            targets.push((target.entry.clone(), target));
        }
    }
    targets
}

fn against(page: &mut Page, report: &Report, kept: &Pace, entry: &str, target: &Paced, names: Names<'_>) {
    let number = target.per_day.map_or_else(
        || "daily, no number named".to_owned(),
        |number| format!("{} a day", crate::report::number(number)),
    );
    let during = target.during.as_ref().map(|during| format!(", {during}")).unwrap_or_default();
    let rest = if target.rest_days.is_empty() {
        String::new()
    } else {
        format!(", none on {}", target.rest_days.join(", "))
    };
    let carry = if target.carry_over { ", what is short is carried over" } else { "" };
    page.item(&format!("{} says: {number}{during}{rest}{carry}", names.speaker(&target.speaker)));
    if target.days.is_empty() {
        page.labelled("", 2, "no pace can be reckoned: it takes a number, days, and days that have come");
        return;
    }
    let of = |at: usize| {
        kept.kept.iter().map(move |by| {
            let day = by.taken.iter().find(|paced| paced.entry == entry).and_then(|paced| paced.days.get(at));
            day.map_or_else(
                || "not believed".to_owned(),
                |day| {
                    let reached = match (day.target, day.reached.0) {
                        (None, _) => "a rest day",
                        (_, Comparison::Holds) => "reached",
                        (_, Comparison::Fails) => "missed",
                        (_, Comparison::Undetermined) => "undetermined",
                    };
                    let target = day.target.map(|target| format!(" of {}", say::interval(target)));
                    format!("{}{}: {reached}", say::interval(day.passed), target.unwrap_or_default())
                },
            )
        })
    };
    let rows: Vec<_> =
        target.days.iter().enumerate().map(|(at, day)| (day.day.clone(), of(at).collect())).collect();
    page.by_reading("passed", &columns(report), &rows);
}
