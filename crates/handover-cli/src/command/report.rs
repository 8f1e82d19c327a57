//! A report of a dossier.

use crate::args::{Format, ReportArguments};
use crate::failure::{Failure, Kind};
use crate::input::{self, Dossier};
use crate::report::{Question, Report};
use crate::text;

pub(crate) fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    let dossier = input::read(&arguments.file)?;
    let question = Question {
        readings: arguments.according_to.iter().map(|whose| whose.0).collect(),
        terms: arguments.terms.map(|whose| whose.0),
        as_of: arguments.as_of,
        said_by: arguments.said_by,
        explain: arguments.explain,
        only: arguments.only.clone(),
    };
    let report = answer(&dossier, &question)?;
    match arguments.format {
        Format::Text => input::say(&text::page(&report, &dossier.ledger)),
        Format::Json => {
            let json = serde_json::to_string_pretty(&report)
                .map_err(|why| Failure::new(Kind::Io, why.to_string(), "try `--format text`"))?;
            input::say(&format!("{json}\n"))
        }
    }
}

/// The report of a dossier that answers a question.
pub(crate) fn answer(dossier: &Dossier, question: &Question) -> Result<Report, Failure> {
    for party in question.readings.iter().copied().chain(question.terms) {
        is_recorded(dossier, party)?;
    }
    Ok(Report::of(dossier, question)?)
}

fn is_recorded(dossier: &Dossier, according: handover::reading::According) -> Result<(), Failure> {
    let handover::reading::According::To(party) = according else { return Ok(()) };
    if dossier.ledger.party_name(party).is_some() {
        return Ok(());
    }
    let known: Vec<String> = dossier.ledger.parties().map(|(key, _)| format!("`{key}`")).collect();
    Err(Failure::new(
        Kind::Usage,
        format!("this dossier records no party `{party}`"),
        format!("name one of {}, or `all`, `neutral` or `anyone`", known.join(", ")),
    ))
}
