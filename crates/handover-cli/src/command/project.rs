//! What a ledger comes to, as tables in a file.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use handover::reading::According;
use handover::when::Moment;
use handover_desk::{Clock as _, SystemClock};
use handover_projection::{Overwrite, Projection, ProjectionError, Step, Written};

use super::report::is_recorded;
use crate::args::ProjectArguments;
use crate::failure::{Failure, Kind, shown};
use crate::input::{self, Source};
use crate::interrupt::{Interrupt, Work};
use crate::kept::Kept;
use crate::watched::views;

pub(crate) fn project(arguments: &ProjectArguments) -> Result<(), Failure> {
    let interrupt = Interrupt::listen(Work::Projecting);
    let kept = Kept::open(&arguments.ledger)?;
    let (written, position) = kept.read(arguments.known_at, |source| {
        let projection = asked(source, arguments)?;
        let written = interrupt.around(|| write(&projection, arguments, &interrupt), |why| failed(&why))?;
        Ok::<_, Failure>((written, source.position))
    })??;
    kept.close()?;
    let Written { readings, legs, obligations, claims, units_by_status, units, .. } = written;
    let mut told = format!(
        "{} holds {readings} readings of the ledger up to position {position} now\n  {legs} rows of legs, {obligations} of \
         obligations, {claims} of claims, {units_by_status} of numbers of units",
        shown(&arguments.file)
    );
    if arguments.unit_codes {
        // Writing to a text cannot fail.
        let _ = write!(told, ", {units} of single units");
    }
    told.push('\n');
    input::say(&told)
}

fn asked<'l>(source: &Source<'l>, arguments: &ProjectArguments) -> Result<Projection<'l>, Failure> {
    let readings: Vec<According> = arguments.according_to.iter().map(|whose| whose.0).collect();
    let terms = arguments.terms.map(|whose| whose.0);
    for party in readings.iter().copied().chain(terms) {
        is_recorded(source, party)?;
    }
    let made_at = Moment::from_seconds(SystemClock.now().micros().div_euclid(1_000_000));
    let mut projection = Projection::of(source.ledger, source.position, made_at);
    for according in readings {
        projection = projection.according_to(according);
    }
    if let Some(terms) = terms {
        projection = projection.terms_of(terms);
    }
    if let Some(moment) = arguments.as_of {
        projection = projection.as_of(moment);
    }
    if let Some(moment) = arguments.said_by {
        projection = projection.said_by(moment);
    }
    if let Some(title) = &source.title {
        projection = projection.entitled(title);
    }
    Ok(if arguments.unit_codes { projection.with_unit_codes() } else { projection })
}

fn write(
    projection: &Projection<'_>,
    arguments: &ProjectArguments,
    interrupt: &Interrupt,
) -> Result<Written, ProjectionError> {
    let overwrite = if arguments.force { Overwrite::AnythingButALedger } else { Overwrite::Projection };
    let (stop, progress) = (interrupt.stop(), views());
    let written = projection.write(&arguments.file, overwrite, &mut |Step { done, of }| {
        progress.set_length(of);
        progress.set_position(done);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    progress.finish_and_clear();
    written
}

fn failed(why: &ProjectionError) -> Failure {
    let advice = match why {
        ProjectionError::NoProjection(_) => "`--force` replaces a file that is no projection",
        ProjectionError::KeepsALedger(_) => "the tables of a ledger stand in a file of their own",
        _ => "nothing was changed: try again when the cause is removed",
    };
    Failure::new(Kind::Io, why.to_string(), advice)
}
