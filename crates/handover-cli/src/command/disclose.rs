//! What an audience may be shown of a dossier or of a ledger that is kept.

use handover::reading::{
    CaseShown, Disclosed, ForAudience, FunnelShown, LegShown, ListShown, RemainsShown, SlotShown,
};
use handover::when::Moment;
use serde::Serialize;

use super::report::is_recorded;
use super::show::written;
use crate::args::DiscloseArguments;
use crate::failure::{Failure, Kind};
use crate::input::{self, Source};
use crate::report::key;
use crate::text;

/// All that an audience may be shown. Each part says for whom and as of when it was made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct DisclosedPage {
    /// Whose word is taken for figures.
    pub(crate) according_to: String,
    /// The numbers of legs.
    pub(crate) legs: Vec<Disclosed<LegShown>>,
    /// When handovers are set or were held.
    pub(crate) handovers: Vec<Disclosed<SlotShown>>,
    /// How far the remains of batches have come.
    pub(crate) batches: Vec<Disclosed<FunnelShown>>,
    /// How far lists of prisoners have come.
    pub(crate) lists: Vec<Disclosed<ListShown>>,
    /// Persons, one by one.
    pub(crate) persons: Vec<Disclosed<CaseShown>>,
    /// Units of remains, one by one.
    pub(crate) remains: Vec<Disclosed<RemainsShown>>,
}

impl DisclosedPage {
    fn of(shown: &ForAudience<'_>, according_to: String) -> Self {
        Self {
            according_to,
            legs: shown.legs().collect(),
            handovers: shown.slots().collect(),
            batches: shown.funnels().collect(),
            lists: shown.lists().collect(),
            persons: shown.persons().collect(),
            remains: shown.units().collect(),
        }
    }
}

pub(crate) fn disclose(arguments: &DiscloseArguments) -> Result<(), Failure> {
    input::say(&arguments.told.read(|source| page(source, arguments))?)
}

fn page(source: &Source<'_>, arguments: &DiscloseArguments) -> Result<String, Failure> {
    is_recorded(source, arguments.according_to.0)?;
    let unknown = |what: String| Failure::new(Kind::Usage, what, "name one that the dossier records");
    let as_of = arguments.as_of.unwrap_or(Moment::END_OF_TIME);
    let reading = source.ledger.reading(arguments.according_to.0, as_of);
    let mut reading = reading.map_err(|why| unknown(why.to_string()))?;
    if let Some(said_by) = arguments.said_by {
        reading = reading.said_by(said_by);
    }
    let shown = reading.for_audience(arguments.audience.0).map_err(|why| unknown(why.to_string()))?;
    if let Some(person) = arguments.why {
        match shown.person(person) {
            Ok(_) => eprintln!("nothing stands in the way of showing `{person}` to {}", shown.audience()),
            Err(not) => eprintln!("`{person}` is not shown to {}: {not}", shown.audience()),
        }
    }
    let page = DisclosedPage::of(&shown, key(arguments.according_to.0));
    written(&page, arguments.format, || text::disclosed(&page, shown.audience(), source.ledger))
}
