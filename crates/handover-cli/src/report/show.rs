//! One container or one unit of remains: where it is, by what chain, where it comes from, and what is told of it.
//!
//! Nothing is shown of a person to whom it may belong, and of families only numbers are.

use std::collections::BTreeMap;

use handover::custody::Held;
use handover::disposition::Rest;
use handover::id::{ContainerId, EntryId, RemainsId};
use handover::reading::{AffiliationStatus, Counted, CreditClass, Passing, Progress, RestsOn, UnitEventView};
use handover::refusal::EntryRefusal;
use handover::remains::{Elements, Human};
use handover::when::{DateSpan, When};
use serde::Serialize;

use super::custody::{Break, Place, breaks};
use super::duties::{self, Duty};
use super::figure::{By, Interval, Tag};
use super::remains::Tally;
use super::words::{affiliation, dates, tally};
use super::{Book, Chosen, Column, Question, key, telling};
use crate::input::Source;

/// How something was asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Asked {
    /// As of which moment; `null` for the end of time.
    pub(crate) as_of: Option<String>,
    /// By which moment it had been said; `null` for whenever.
    pub(crate) said_by: Option<String>,
    /// The readings, in the order in which they stand everywhere.
    pub(crate) readings: Vec<Chosen>,
}

impl Asked {
    fn of(book: &Book<'_>, question: &Question) -> Self {
        let chosen =
            |column: &Column<'_>| Chosen { according_to: column.key.clone(), terms: key(column.terms) };
        Self {
            as_of: question.as_of.map(|moment| moment.to_string()),
            said_by: question.said_by.map(|moment| moment.to_string()),
            readings: book.columns.iter().map(chosen).collect(),
        }
    }
}

/// A container.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ContainerShown {
    /// Its code.
    pub(crate) container: String,
    #[serde(flatten)]
    pub(crate) asked: Asked,
    /// The numbers that others put on it; none of them is its identity.
    pub(crate) called: Vec<String>,
    /// Where it is, and by what chain.
    pub(crate) custody: Vec<By<Whereabouts>>,
    /// What was found in it and what was made of that, in the order of recording.
    pub(crate) units: Vec<String>,
    /// How many units, and how far they have come.
    pub(crate) remains: Vec<By<Tally>>,
    /// The entries that speak of it, in the order of recording.
    pub(crate) history: Vec<Event>,
}

/// A unit of remains.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct UnitShown {
    /// Its code.
    pub(crate) unit: String,
    #[serde(flatten)]
    pub(crate) asked: Asked,
    /// Where it is, and by what chain.
    pub(crate) custody: Vec<By<Whereabouts>>,
    /// The containers in which it, or what it was made of, was found.
    pub(crate) containers: Vec<String>,
    /// The units that it was made of.
    pub(crate) ancestors: Vec<String>,
    /// The units that were made of it.
    pub(crate) descendants: Vec<String>,
    /// The entry by which it became others.
    pub(crate) ceased_by: Option<String>,
    /// How it stands.
    pub(crate) axes: Vec<By<Axes>>,
    /// The entries that speak of it, in the order of recording.
    pub(crate) history: Vec<Event>,
}

/// Where something is, and by what chain.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Whereabouts {
    /// Where it is.
    pub(crate) place: Place,
    /// The links of its chain, in the order of their time.
    pub(crate) chain: Vec<Step>,
    /// Where the chain does not hold.
    pub(crate) breaks: Vec<Break>,
}

/// A link of a chain of custody.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Step {
    /// The transfer; `null` where it was had from the beginning.
    pub(crate) transfer: Option<String>,
    /// Who gave.
    pub(crate) from: Option<String>,
    /// Who received, or had it.
    pub(crate) to: String,
    /// `had`, `passed`, `open`, `refused`, `missing` or `one-end-only`.
    pub(crate) passing: &'static str,
    /// What the giving end tells.
    pub(crate) given: Option<ChainEnd>,
    /// What the receiving end tells.
    pub(crate) received: Option<ChainEnd>,
}

/// When one end says that it was, and in which entry.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ChainEnd {
    /// The entry.
    pub(crate) entry: String,
    /// First and last moment in UTC.
    pub(crate) on: String,
}

/// How a unit stands, each axis by itself: none follows from another.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Axes {
    /// Whether it has its code by then and has not become others.
    pub(crate) lives: Tag<Counted>,
    /// Whether it is human: `yes`, `no` or `undetermined`.
    pub(crate) human: &'static str,
    /// Of what it consists.
    pub(crate) elements: String,
    /// How far it has certainly come in the laboratory.
    pub(crate) progress: &'static str,
    /// How often it was compared.
    pub(crate) comparisons: Interval,
    /// How many samples of it were taken.
    pub(crate) samples: usize,
    /// How far it has come with whose remains it is.
    pub(crate) identification: &'static str,
    /// How many contradictions are not resolved in writing.
    pub(crate) open_contradictions: usize,
    /// To which side it belongs.
    pub(crate) affiliation: String,
    /// Whether authorities decide differently.
    pub(crate) contested: bool,
    /// The duty that follows.
    pub(crate) duty: Option<Duty>,
    /// How it stands towards each obligation towards which it is offered.
    pub(crate) credit: BTreeMap<String, String>,
    /// How many notices to families stand where.
    pub(crate) notices: BTreeMap<&'static str, usize>,
    /// Where it rests.
    pub(crate) disposition: Option<&'static str>,
    /// How many judicial holds stand.
    pub(crate) judicial_holds: usize,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

/// An entry that speaks of something.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Event {
    /// The entry.
    pub(crate) entry: String,
    /// Who said it.
    pub(crate) speaker: String,
    /// When it was said.
    pub(crate) said: String,
    /// When it happened, if it is of a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<String>,
    /// What it tells.
    pub(crate) what: String,
    /// Whether it counts, where that depends on whose word is taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) counted: Vec<By<Tag<Counted>>>,
}

impl ContainerShown {
    /// Shows a container.
    pub(crate) fn of(
        source: &Source<'_>,
        question: &Question,
        container: ContainerId,
    ) -> Result<Self, EntryRefusal> {
        let book = Book::open(source.ledger, question)?;
        let custody = whereabouts(&book, Held::Container(container))?;
        let links = custody.iter().flat_map(|by| &by.taken.chain);
        let transfers: Vec<&str> = links.filter_map(|step| step.transfer.as_deref()).collect();
        let history = source.ledger.entries().filter_map(|entry| {
            telling::of_container(&entry.what, container, &transfers)?;
            let said = entry.said.last_moment();
            let by_then = question.said_by.is_none_or(|moment| said.is_some_and(|said| said <= moment));
            let on = telling::time_of(&entry.what);
            let after = on.zip(question.as_of).is_some_and(|(on, as_of)| on.span().is_after(as_of));
            let shown = by_then && !after;
            shown.then(|| Event {
                entry: entry.id.to_string(),
                speaker: entry.by.to_string(),
                said: entry.said.to_string(),
                on: on.map(|on| on.to_string()),
                what: telling::words(&entry.what),
                counted: Vec::new(),
            })
        });
        let history = history.collect();
        let called = source.ledger.aliases_of(container);
        Ok(Self {
            container: container.to_string(),
            asked: Asked::of(&book, question),
            called: called.iter().map(|alias| alias.code.to_string()).collect(),
            units: units_of(&book, container)?,
            remains: book
                .try_each(|column| Ok(Tally::of(&book, &column.reading.remains_of_container(container)?)))?,
            custody,
            history,
        })
    }
}

/// The units that were found in a container, and all that was made of them.
fn units_of(book: &Book<'_>, container: ContainerId) -> Result<Vec<String>, EntryRefusal> {
    let mut units = Vec::new();
    for unit in &book.house.units {
        if book.common.descent(*unit)?.containers.contains(&container) {
            units.push(unit.to_string());
        }
    }
    Ok(units)
}

impl UnitShown {
    /// Shows a unit of remains.
    pub(crate) fn of(
        source: &Source<'_>,
        question: &Question,
        unit: RemainsId,
    ) -> Result<Self, EntryRefusal> {
        let book = Book::open(source.ledger, question)?;
        let descent = book.common.descent(unit)?;
        let mut history: Vec<Event> = Vec::new();
        for column in &book.columns {
            for view in column.reading.unit(unit)?.history {
                let counted = By { according_to: column.key.clone(), taken: Tag(view.counted) };
                let entry = view.entry.to_string();
                match history.iter_mut().find(|event| event.entry == entry) {
                    Some(event) => event.counted.push(counted),
                    None => history.push(event(source, &view, counted)),
                }
            }
        }
        let ids = |units: &[RemainsId]| units.iter().map(ToString::to_string).collect();
        Ok(Self {
            unit: unit.to_string(),
            asked: Asked::of(&book, question),
            custody: whereabouts(&book, Held::Remains(unit))?,
            containers: descent.containers.iter().map(ToString::to_string).collect(),
            ancestors: ids(&descent.ancestors),
            descendants: ids(&descent.descendants),
            ceased_by: descent.ceased_by.map(|entry| entry.to_string()),
            axes: book.try_each(|column| axes(&book, column, unit))?,
            history,
        })
    }
}

fn event(source: &Source<'_>, view: &UnitEventView, counted: By<Tag<Counted>>) -> Event {
    let what = source.ledger.entry(view.entry).map(|entry| entry.what);
    let on = view.on.or_else(|| what.as_ref().and_then(telling::time_of));
    Event {
        entry: view.entry.to_string(),
        speaker: view.speaker.to_string(),
        said: view.said.to_string(),
        on: on.map(|on: When| on.to_string()),
        what: what.as_ref().map(telling::words).unwrap_or_default(),
        counted: vec![counted],
    }
}

fn whereabouts(book: &Book<'_>, of: Held) -> Result<Vec<By<Whereabouts>>, EntryRefusal> {
    let told = |(entry, on): (EntryId, DateSpan)| ChainEnd { entry: entry.to_string(), on: dates(on) };
    book.try_each(|column| {
        let view = column.reading.chain(of)?;
        let links = view.links.iter().map(|link| Step {
            transfer: link.transfer.map(|transfer| transfer.to_string()),
            from: link.from.map(|organ| organ.to_string()),
            to: link.to.to_string(),
            passing: match link.passing {
                Passing::Had => "had",
                Passing::Passed => "passed",
                Passing::Open => "open",
                Passing::Refused => "refused",
                Passing::Missing => "missing",
                Passing::Unsettled => "one-end-only",
            },
            given: link.given.map(told),
            received: link.received.map(told),
        });
        Ok(Whereabouts { place: Place::of(&view.position), chain: links.collect(), breaks: breaks(&view) })
    })
}

fn axes(book: &Book<'_>, column: &Column<'_>, unit: RemainsId) -> Result<Axes, EntryRefusal> {
    let reading = &column.reading;
    let view = reading.unit(unit)?;
    let identification = reading.identification(unit)?;
    let belongs = reading.affiliation(unit)?;
    let disposition = reading.disposition(unit)?;
    let duties = reading.return_duties();
    let duty = duties.iter().find(|duty| duty.unit == unit);
    let mut notices = BTreeMap::new();
    for notice in reading.notices().iter().filter(|notice| notice.unit == unit) {
        tally(&mut notices, duties::notice(notice.state));
    }
    let mut credit = BTreeMap::new();
    for obligation in book.house.batches.iter().filter_map(|(_, towards)| *towards) {
        if let Some(class) = reading.credit_of_unit(unit, obligation)?.class {
            let class = match class {
                CreditClass::Credited => "credited".to_owned(),
                CreditClass::Pending => "not decided".to_owned(),
                CreditClass::Denied(reason) => format!("denied: {}", duties::denial(reason)),
            };
            credit.insert(obligation.to_string(), class);
        }
    }
    let mut rests_on: RestsOn = view.rests_on.clone();
    for other in [&identification.rests_on, &belongs.rests_on, &disposition.rests_on] {
        handover::reading::Basis::rest_on_all(&mut rests_on, other);
    }
    Ok(Axes {
        lives: Tag(view.lives),
        human: match view.human {
            Human::Yes => "yes",
            Human::No => "no",
            Human::Undetermined => "undetermined",
        },
        elements: match view.elements {
            Elements::CompleteBody => "a complete body".to_owned(),
            Elements::Undetermined => "undetermined".to_owned(),
            Elements::Parts(parts) => {
                parts.elements().map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
            }
        },
        progress: match view.progress {
            Progress::Logged => "logged",
            Progress::Examined => "examined",
            Progress::Sampled => "sampled",
            Progress::ProfileInsufficient => "profile-insufficient",
            Progress::NoUsableProfile => "no-usable-profile",
            Progress::ProfileObtained => "profile-obtained",
            Progress::InDatabase => "in-database",
            Progress::Compared => "compared",
        },
        comparisons: Interval(view.comparisons),
        samples: view.samples.len(),
        identification: super::identification::status(identification.status),
        open_contradictions: identification
            .contradictions
            .iter()
            .filter(|one| one.reconciled_by.is_none())
            .count(),
        affiliation: match belongs.status {
            AffiliationStatus::Undetermined => "undetermined".to_owned(),
            AffiliationStatus::Presumed(of) => format!("presumed {}", affiliation(&of)),
            AffiliationStatus::Determined(of) => format!("determined {}", affiliation(&of)),
        },
        contested: belongs.contested,
        duty: duty.map(duties::duty),
        credit,
        notices,
        // That a family waits for more to be found is its own affair.
        disposition: disposition.rest.map(|rest| match rest {
            Rest::HeldAtFamilyRequest => duties::rest(Rest::Held),
            rest => duties::rest(rest),
        }),
        judicial_holds: disposition.holds.len(),
        entries: book.entries(&rests_on),
    })
}
