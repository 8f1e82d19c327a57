//! What was planned, held, postponed or missed, and the pace that was kept.

use handover::reading::{Comparison, Outcome, PaceView, RestsOn, SlotView};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::{By, Interval, Tag};
use super::flows::by;
use super::joint::Joint;
use super::{Book, obligations, words};

/// A handover in the schedule.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Slot {
    /// The handover.
    pub(crate) handover: String,
    /// The days that tell it from others, as recorded.
    pub(crate) on: String,
    /// The handover in place of which it was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) instead_of: Option<String>,
    /// How the parties stand on whether the slot was agreed.
    pub(crate) agreed: Joint<Option<bool>>,
    /// How the parties stand on whether it was held.
    pub(crate) held: Joint<Option<bool>>,
    /// Who appeared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) appeared: Vec<Appearance>,
    /// What became of it, by each reading.
    pub(crate) became: Vec<By<Became>>,
}

/// How the parties stand on whether one of them appeared.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Appearance {
    /// The party.
    pub(crate) of: String,
    /// What the parties say.
    pub(crate) joint: Joint<Option<bool>>,
}

/// What became of a slot by one reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Became {
    /// What became of it: nothing where those who are believed do not say.
    pub(crate) outcomes: Vec<Event>,
    /// When it happened or is to happen: first and last moment.
    pub(crate) dates: String,
    /// For when it was set, if anyone who is believed says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) planned: Option<String>,
    /// The batches that were brought.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) brought: Vec<String>,
    /// To when it was put off, and who says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) postponed: Vec<Postponed>,
    /// Where it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) places: Vec<String>,
    /// The least and the greatest number of days between plan and handover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) slip_days: Option<Slip>,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// One thing that became of a slot.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Event {
    /// What.
    pub(crate) outcome: &'static str,
    /// The parties that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) of: Vec<String>,
    /// How it was put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) how: Option<String>,
}

/// Someone says that a slot was put off.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Postponed {
    /// The entry.
    pub(crate) entry: String,
    /// Who says so.
    pub(crate) speaker: String,
    /// By whom, and how.
    pub(crate) how: String,
    /// To when.
    pub(crate) to: Option<String>,
}

/// Days between plan and handover.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Slip {
    /// The least.
    pub(crate) least: i64,
    /// The greatest.
    pub(crate) greatest: i64,
}

pub(super) fn slots(book: &Book<'_>) -> Vec<Slot> {
    let by_column: Vec<Vec<SlotView<RestsOn>>> =
        book.columns.iter().map(|column| column.reading.schedule()).collect();
    let common = book.common.schedule();
    let slot = |(at, view): (usize, &SlotView<RestsOn>)| Slot {
        handover: view.handover.to_string(),
        on: view.on.to_string(),
        instead_of: view.instead_of.map(|handover| handover.to_string()),
        agreed: Joint::of(book, &view.agreed, words::whether),
        held: Joint::of(book, &view.held, words::whether),
        appeared: view
            .appearances
            .iter()
            .map(|appearance| Appearance {
                of: appearance.of.to_string(),
                joint: Joint::of(book, &appearance.joint, words::whether),
            })
            .collect(),
        became: by(book, &by_column, at, |view| became(book, view)),
    };
    common.iter().enumerate().map(slot).collect()
}

fn became(book: &Book<'_>, view: &SlotView<RestsOn>) -> Became {
    let brought = view.brought.iter().filter(|batch| batch.told.set.only() == Some(&true));
    Became {
        outcomes: view.outcomes.iter().map(outcome).collect(),
        dates: words::dates(view.dates.set),
        planned: view.planned.as_ref().map(|told| words::dates(told.set)),
        brought: brought.map(|batch| batch.batch.to_string()).collect(),
        postponed: view
            .postponements
            .iter()
            .map(|postponement| Postponed {
                entry: postponement.entry.to_string(),
                speaker: postponement.speaker.to_string(),
                how: words::postponement(postponement.kind),
                to: postponement.to.map(|when| when.to_string()),
            })
            .collect(),
        places: view.place.set.values().unwrap_or_default().iter().map(ToString::to_string).collect(),
        slip_days: view.slip_days.map(|(least, greatest)| Slip { least, greatest }),
        entries: book.entries(&view.rests_on),
    }
}

fn outcome(outcome: &Outcome) -> Event {
    let of = |parties: &[handover::id::PartyId]| parties.iter().map(ToString::to_string).collect();
    let (outcome, of, how) = match outcome {
        Outcome::Planned => ("planned", Vec::new(), None),
        Outcome::Held => ("held", Vec::new(), None),
        Outcome::NotHeld => ("not-held", Vec::new(), None),
        Outcome::Postponed(kind) => ("postponed", Vec::new(), Some(words::postponement(*kind))),
        Outcome::Missed(by) => ("missed", of(by), None),
        Outcome::UnilateralAppearance(by) => ("unilateral-appearance", of(by), None),
        Outcome::NeverAgreed => ("never-agreed", Vec::new(), None),
    };
    Event { outcome, of, how }
}

/// The daily targets of an obligation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Pace {
    /// The obligation.
    pub(crate) obligation: String,
    /// The targets that are believed, by each reading.
    pub(crate) kept: Vec<By<Vec<Paced>>>,
}

/// A daily target and the pace that was kept.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Paced {
    /// The entry that states it.
    pub(crate) entry: String,
    /// Who states it.
    pub(crate) speaker: String,
    /// How many a day; `null` where no number is named.
    pub(crate) per_day: Option<u64>,
    /// The first and the last day, if they were said.
    pub(crate) during: Option<String>,
    /// The days on which nobody is handed over.
    pub(crate) rest_days: Vec<&'static str>,
    /// Whether what is short on one day is added to the next.
    pub(crate) carry_over: bool,
    /// The days that had come.
    pub(crate) days: Vec<Day>,
    /// The entries on which the pace rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// What passed on a day against the target.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "a field is called as in the JSON form")]
pub(crate) struct Day {
    /// The day.
    pub(crate) day: String,
    /// What passed.
    pub(crate) passed: Interval,
    /// What was to pass; `null` on a rest day.
    pub(crate) target: Option<Interval>,
    /// Whether it was reached.
    pub(crate) reached: Tag<Comparison>,
}

pub(super) fn pace(book: &Book<'_>) -> Result<Vec<Pace>, EntryRefusal> {
    let mut paces = Vec::new();
    for id in obligations::all(book)? {
        let kept = book.try_each(|column| {
            Ok(column.reading.pace(id)?.iter().map(|view| paced(book, view)).collect::<Vec<_>>())
        })?;
        if kept.iter().any(|by| !by.taken.is_empty()) {
            paces.push(Pace { obligation: id.to_string(), kept });
        }
    }
    Ok(paces)
}

fn paced(book: &Book<'_>, view: &PaceView<RestsOn>) -> Paced {
    Paced {
        entry: view.entry.to_string(),
        speaker: view.speaker.to_string(),
        per_day: view.quota.per_day.map(handover::quantity::Number::get),
        during: view.quota.during.map(|during| during.to_string()),
        rest_days: view.quota.rest_days.iter().map(|day| words::weekday(*day)).collect(),
        carry_over: view.quota.carry_over,
        days: view
            .days
            .iter()
            .map(|day| Day {
                day: day.day.to_string(),
                passed: Interval(day.passed),
                target: day.target.map(Interval),
                reached: Tag(day.reached),
            })
            .collect(),
        entries: book.entries(&view.rests_on),
    }
}
