//! One container or one unit of remains, of a dossier or of a ledger that is kept.

use handover::custody::Held;
use handover::id::ContainerId;
use handover::ledger::Ledger;
use handover::reading::According;
use handover::text::Text;
use handover::when::Moment;
use serde::Serialize;

use super::report::is_recorded;
use crate::args::{Format, ShowArguments, Shown};
use crate::failure::{Failure, Kind};
use crate::input::{self, Source};
use crate::report::{ContainerShown, Question, UnitShown};
use crate::text;

pub(crate) fn show(arguments: &ShowArguments) -> Result<(), Failure> {
    let question = Question {
        readings: arguments.according_to.iter().map(|whose| whose.0).collect(),
        as_of: arguments.as_of,
        said_by: arguments.said_by,
        explain: arguments.explain,
        ..Question::default()
    };
    input::say(&arguments.told.read(|source| page(source, &question, arguments))?)
}

fn page(source: &Source<'_>, question: &Question, arguments: &ShowArguments) -> Result<String, Failure> {
    for party in &question.readings {
        is_recorded(source, *party)?;
    }
    let code = arguments.code.as_str();
    match arguments.what {
        Shown::Container => {
            let shown = ContainerShown::of(source, question, container(source.ledger, code)?)?;
            written(&shown, arguments.format, || text::container(&shown, source.ledger))
        }
        Shown::Unit => {
            let unit = code.parse().ok().filter(|unit| is_there(source.ledger, Held::Remains(*unit)));
            let unit = unit.ok_or_else(|| unknown(&format!("unit of remains `{code}`")))?;
            let shown = UnitShown::of(source, question, unit)?;
            written(&shown, arguments.format, || text::unit(&shown, source.ledger))
        }
    }
}

pub(super) fn written(
    shown: &impl Serialize,
    format: Format,
    text: impl FnOnce() -> String,
) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(text()),
        Format::Json => {
            let json = serde_json::to_string_pretty(shown)
                .map_err(|why| Failure::new(Kind::Io, why.to_string(), "try `--format text`"))?;
            Ok(format!("{json}\n"))
        }
    }
}

/// Whether something that is held is on the record.
fn is_there(ledger: &Ledger, held: Held) -> bool {
    let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME);
    reading.is_ok_and(|reading| reading.chain(held).is_ok())
}

/// The container of this code, or the only one on which someone put this number.
fn container(ledger: &Ledger, code: &str) -> Result<ContainerId, Failure> {
    let own = code.parse().ok().filter(|container| is_there(ledger, Held::Container(*container)));
    if let Some(own) = own {
        return Ok(own);
    }
    let called = code.parse::<Text>().map(|text| ledger.containers_called(&text)).unwrap_or_default();
    match called.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(&format!("container `{code}`"))),
        several => {
            let codes: Vec<String> = several.iter().map(|container| format!("`{container}`")).collect();
            Err(Failure::new(
                Kind::Usage,
                format!("the number `{code}` stands on several containers: {}", codes.join(", ")),
                "name one of them by its own code",
            ))
        }
    }
}

fn unknown(what: &str) -> Failure {
    Failure::new(
        Kind::Usage,
        format!("this dossier records no {what}"),
        "name it by its code; `handover report --format json` lists what is recorded",
    )
}
