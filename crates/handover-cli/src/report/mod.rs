//! A report as data: what the JSON form holds, and what the text form is written from.
//!
//! Views of the domain do not serialise. What is shown of them, and under which name, is settled here. Ranges are
//! `{"lo", "hi"}` with `null` as an open end, labels are words, identifiers their text form, and whatever depends on
//! whose word is taken stands in a list of `{"according-to", "taken"}`. Entries are listed if they were asked for.

mod agreements;
mod conflicts;
mod course;
mod custody;
mod duties;
mod figure;
mod flows;
mod house;
mod identification;
mod joint;
mod obligations;
mod prisoner;
mod remains;
mod said;
mod schedule;
mod show;
mod telling;
mod terms;
mod totals;
mod words;

use handover::ledger::Ledger;
use handover::reading::{According, Reading, RestsOn};
use handover::refusal::EntryRefusal;
use handover::when::Moment;
use serde::Serialize;

pub(crate) use agreements::{Agreement, Conformance, Suspension};
pub(crate) use conflicts::{Conflict, term_text};
pub(crate) use course::{Course, Matter};
pub(crate) use custody::{Break, Custody, End, Holdings, Manifest, Place};
pub(crate) use duties::{Affected, CreditTally, Duties, Duty};
pub(crate) use figure::{By, Figure, Interval, Share, Told};
pub(crate) use flows::{Asymmetry, Flow, Leg, Passed};
pub(crate) use identification::{Identification, STATUSES};
pub(crate) use joint::{Joint, View, Word};
#[cfg(test)]
pub(crate) use obligations::Term;
pub(crate) use obligations::{Evaluated, Obligation, Standing};
pub(crate) use prisoner::{Accountings, LegListed, OfKind, PersonsList, Prisoners, Standings, Version};
pub(crate) use remains::{Remains, Tally};
pub(crate) use said::{Allegation, Expectation, Readiness, Repetition, Said};
pub(crate) use schedule::{Became, Pace, Paced, Slot};
pub(crate) use show::{Axes, ChainEnd, ContainerShown, Event, Step, UnitShown, Whereabouts};
pub(crate) use terms::{Parity, Terms};
pub(crate) use totals::{Audited, Total};
pub(crate) use words::number;

use self::house::House;
use crate::args::Section;
use crate::input::Source;

/// What is asked of a dossier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    /// Whose word is taken; every party's, then what all accept, then anyone's, if none is named.
    pub(crate) readings: Vec<According>,
    /// By whose word terms are read; by the reading's own if nobody is named.
    pub(crate) terms: Option<According>,
    /// As of when; the end of time if not said.
    pub(crate) as_of: Option<Moment>,
    /// By when it had been said; whenever if not said.
    pub(crate) said_by: Option<Moment>,
    /// Whether the entries are named on which figures rest.
    pub(crate) explain: bool,
    /// The sections; all if none is named.
    pub(crate) only: Vec<Section>,
}

/// A dossier as it is read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Report {
    /// What the dossier is called.
    pub(crate) title: Option<String>,
    /// How many entries it holds.
    pub(crate) entries: usize,
    /// Whether it has an end line, so that it is proven that nothing is missing.
    pub(crate) complete: bool,
    /// As of which moment; `null` for the end of time.
    pub(crate) as_of: Option<String>,
    /// By which moment it had been said; `null` for whenever.
    pub(crate) said_by: Option<String>,
    /// The parties of the record.
    pub(crate) parties: Vec<Named>,
    /// The readings, in the order in which they stand everywhere.
    pub(crate) readings: Vec<Chosen>,
    /// What passed, each direction by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) flows: Option<Vec<Flow>>,
    /// Observed asymmetries of opposite flows: statistics, never terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) asymmetries: Option<Vec<Asymmetry>>,
    /// What is owed and how it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) obligations: Option<Vec<Obligation>>,
    /// What each says is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) terms: Option<Vec<Terms>>,
    /// What was agreed and announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agreements: Option<Vec<Agreement>>,
    /// What the record shows of each duty of the law: advice, on which nothing rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conformance: Option<Vec<Conformance>>,
    /// What was planned, held, postponed or missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schedule: Option<Vec<Slot>>,
    /// Daily targets and the pace that was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pace: Option<Vec<Pace>>,
    /// Prisoners' lists, and what each party says has become of the living and the missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prisoners: Option<Prisoners>,
    /// Who has the containers, and by what chains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custody: Option<Custody>,
    /// What was found in them, and how far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remains: Option<Remains>,
    /// How far it has come with whose remains they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identification: Option<Identification>,
    /// What follows from whose they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duties: Option<Duties>,
    /// The whole course of what came in each batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) course: Option<Vec<Course>>,
    /// Everything that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) open: Option<Vec<By<Vec<Matter>>>>,
    /// Who accuses whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) allegations: Option<Vec<Allegation>>,
    /// What someone expects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expectations: Option<Vec<Expectation>>,
    /// Who is said to be ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) readiness: Option<Vec<Readiness>>,
    /// Published totals beside recomputed ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) totals: Option<Vec<Total>>,
    /// Organs of one party that are not followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conflicts: Option<Vec<Conflict>>,
    /// What is only repeated, which adds no support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) repetitions: Option<Vec<Repetition>>,
    /// Whether the readings are compared first.
    #[serde(skip)]
    pub(crate) compared: bool,
    /// Whether the entries are named.
    #[serde(skip)]
    pub(crate) explained: bool,
    /// The sections that were asked for; all if none is named.
    #[serde(skip)]
    pub(crate) only: Vec<Section>,
}

/// A key with the name that it stands for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) name: String,
}

/// A reading that was asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Chosen {
    /// Whose word the counts are: the key of a party, `all`, `neutral` or `anyone`.
    pub(crate) according_to: String,
    /// Whose word the terms are.
    pub(crate) terms: String,
}

/// A reading with the key under which it stands.
#[derive(Clone, Debug)]
pub(crate) struct Column<'l> {
    key: String,
    reading: Reading<'l, RestsOn>,
    terms: According,
}

/// A dossier with the readings that are asked of it.
pub(crate) struct Book<'l> {
    ledger: &'l Ledger,
    columns: Vec<Column<'l>>,
    /// What does not depend on whose word is taken is asked of this one.
    common: Reading<'l, RestsOn>,
    house: House,
    explain: bool,
}

impl<'l> Book<'l> {
    fn open(ledger: &'l Ledger, question: &Question) -> Result<Self, EntryRefusal> {
        let as_of = question.as_of.unwrap_or(Moment::END_OF_TIME);
        let common = ledger.reading(According::AcceptedByAll, as_of)?.explained();
        let common = match question.said_by {
            Some(moment) => common.said_by(moment),
            None => common,
        };
        let mut readings = question.readings.clone();
        if readings.is_empty() {
            readings.extend(ledger.parties().map(|(party, _)| According::To(party)));
            readings.extend([According::AcceptedByAll, According::Anyone]);
        }
        let mut columns: Vec<Column<'l>> = Vec::new();
        for according in readings {
            let key = key(according);
            if columns.iter().all(|column| column.key != key) {
                let terms = question.terms.unwrap_or(according);
                columns.push(Column { key, reading: common.by(according)?, terms });
            }
        }
        Ok(Self { ledger, columns, common, house: House::of(ledger), explain: question.explain })
    }

    /// What each reading gives, if it can be given.
    fn try_each<T>(
        &self,
        mut of: impl FnMut(&Column<'l>) -> Result<T, EntryRefusal>,
    ) -> Result<Vec<By<T>>, EntryRefusal> {
        let columns = self.columns.iter();
        columns.map(|column| Ok(By { according_to: column.key.clone(), taken: of(column)? })).collect()
    }

    /// The entries on which something rests, if they were asked for.
    fn entries(&self, rests_on: &RestsOn) -> Option<Vec<String>> {
        self.explain.then(|| rests_on.entries().map(|entry| entry.to_string()).collect())
    }
}

/// How a reading is asked for.
pub(crate) fn key(according: According) -> String {
    match according {
        According::To(party) => party.to_string(),
        According::AcceptedByAll => "all".to_owned(),
        According::Neutral => "neutral".to_owned(),
        According::Anyone => "anyone".to_owned(),
    }
}

impl Report {
    /// Reads a dossier as it was asked.
    pub(crate) fn of(source: &Source<'_>, question: &Question) -> Result<Self, EntryRefusal> {
        let book = Book::open(source.ledger, question)?;
        let is_wanted = |section| question.only.is_empty() || question.only.contains(&section);
        // The comparison is made of flows and obligations.
        let compared = is_wanted(Section::Comparison);
        let wanted = |section| is_wanted(section).then_some(());
        // What few dossiers record is shown where it is recorded, or where it alone was asked for.
        let house = &book.house;
        let shown = |section| {
            let recorded = question.only.is_empty() && house.recorded.contains(&section);
            (recorded || question.only.contains(&section)).then_some(())
        };
        let flows = is_wanted(Section::Flows) || compared;
        let obligations = is_wanted(Section::Obligations) || compared;
        Ok(Self {
            title: source.title.clone(),
            entries: source.ledger.len(),
            complete: source.complete,
            as_of: question.as_of.map(|moment| moment.to_string()),
            said_by: question.said_by.map(|moment| moment.to_string()),
            parties: source
                .ledger
                .parties()
                .map(|(party, name)| Named { key: party.to_string(), name: name.to_string() })
                .collect(),
            readings: book
                .columns
                .iter()
                .map(|column| Chosen { according_to: column.key.clone(), terms: key(column.terms) })
                .collect(),
            flows: flows.then(|| flows::flows(&book)),
            asymmetries: wanted(Section::Flows).map(|()| flows::asymmetries(&book)),
            obligations: obligations.then(|| obligations::obligations(&book)).transpose()?,
            terms: wanted(Section::Terms).map(|()| terms::terms(&book)).transpose()?,
            agreements: wanted(Section::Agreements).map(|()| agreements::agreements(&book)).transpose()?,
            conformance: wanted(Section::Agreements).map(|()| agreements::conformance(&book)),
            schedule: wanted(Section::Schedule).map(|()| schedule::slots(&book)),
            pace: wanted(Section::Pace).map(|()| schedule::pace(&book)).transpose()?,
            prisoners: shown(Section::Prisoners).map(|()| prisoner::prisoners(&book)).transpose()?,
            custody: shown(Section::Custody).map(|()| custody::custody(&book)).transpose()?,
            remains: shown(Section::Remains).map(|()| remains::remains(&book)).transpose()?,
            identification: shown(Section::Identification)
                .map(|()| identification::identification(&book))
                .transpose()?,
            duties: shown(Section::Duties).map(|()| duties::duties(&book)).transpose()?,
            course: shown(Section::Course).map(|()| course::courses(&book)).transpose()?,
            open: shown(Section::Open).map(|()| course::open(&book)).transpose()?,
            allegations: wanted(Section::Allegations).map(|()| said::allegations(&book)),
            expectations: wanted(Section::Expectations).map(|()| said::expectations(&book)),
            readiness: wanted(Section::Readiness).map(|()| said::readiness(&book)),
            totals: wanted(Section::Totals).map(|()| totals::totals(&book)),
            conflicts: wanted(Section::Conflicts).map(|()| conflicts::conflicts(&book)).transpose()?,
            repetitions: wanted(Section::Repetitions).map(|()| said::repetitions(&book)),
            compared,
            explained: question.explain,
            only: question.only.clone(),
        })
    }

    /// Whether a section was asked for by itself, not only for the comparison.
    pub(crate) fn shows(&self, section: Section) -> bool {
        self.only.is_empty() || self.only.contains(&section)
    }
}
