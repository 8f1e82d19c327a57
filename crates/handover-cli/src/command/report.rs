//! A report of a dossier, or of a ledger that is kept.

use handover::reading::According;

use crate::args::{Format, ReportArguments};
use crate::failure::{Failure, Kind};
use crate::input::{self, Source};
use crate::report::{Question, Report};
use crate::text;

pub(crate) fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    let question = Question {
        readings: arguments.according_to.iter().map(|whose| whose.0).collect(),
        terms: arguments.terms.map(|whose| whose.0),
        as_of: arguments.as_of,
        said_by: arguments.said_by,
        explain: arguments.explain,
        only: arguments.only.clone(),
    };
    input::say(&arguments.told.read(|source| page(source, &question, arguments.format))?)
}

fn page(source: &Source<'_>, question: &Question, format: Format) -> Result<String, Failure> {
    let report = answer(source, question)?;
    match format {
        Format::Text => Ok(text::page(&report, source.ledger)),
        Format::Json => {
            let json = serde_json::to_string_pretty(&report)
                .map_err(|why| Failure::new(Kind::Io, why.to_string(), "try `--format text`"))?;
            Ok(format!("{json}\n"))
        }
    }
}

/// The report that answers a question.
pub(crate) fn answer(source: &Source<'_>, question: &Question) -> Result<Report, Failure> {
    for party in question.readings.iter().copied().chain(question.terms) {
        is_recorded(source, party)?;
    }
    Ok(Report::of(source, question)?)
}

pub(super) fn is_recorded(source: &Source<'_>, according: According) -> Result<(), Failure> {
    let According::To(party) = according else { return Ok(()) };
    if source.ledger.party_name(party).is_some() {
        return Ok(());
    }
    let known: Vec<String> = source.ledger.parties().map(|(key, _)| format!("`{key}`")).collect();
    Err(Failure::new(
        Kind::Usage,
        format!("this dossier records no party `{party}`"),
        format!("name one of {}, or `all`, `neutral` or `anyone`", known.join(", ")),
    ))
}
