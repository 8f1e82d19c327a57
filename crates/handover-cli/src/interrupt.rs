//! Being interrupted while something is recorded or written: nothing of it is, and that is said.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handover_desk::SubmitError;
use handover_projection::ProjectionError;
use handover_sqlite::{BackUpError, Error};

use crate::failure::{Failure, Kind};

/// How far the work is that may be interrupted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Nothing is being recorded yet: the process may end at once.
    #[default]
    Before,
    /// It may be recorded any moment: whoever writes stops where it is safe.
    Writing,
    /// It is recorded or not, and that is being told.
    After,
}

/// What is done that may be interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Something is recorded in a ledger.
    Recording,
    /// A ledger is only read, and a file is written.
    Projecting,
    /// A file in which a ledger is kept is copied.
    Copying,
}

impl Work {
    fn interrupted(self) -> Failure {
        let (what, advice) = match self {
            Self::Recording => (
                "interrupted: nothing was recorded",
                "the ledger is as it was; do the same again to record it",
            ),
            Self::Projecting => {
                ("interrupted: nothing was written", "the file is as it was; do the same again to write it")
            }
            Self::Copying => {
                ("interrupted: no copy was made", "the ledger is as it was; do the same again to copy it")
            }
        };
        Failure::new(Kind::Interrupted, what, advice)
    }
}

/// An error that may only say that it was stopped.
pub(crate) trait Stoppable {
    fn is_stopped(&self) -> bool;
}

impl Stoppable for SubmitError {
    fn is_stopped(&self) -> bool {
        let Self::NotRecorded(why) = self else { return false };
        #[cfg(feature = "postgres")]
        if crate::server::is_stopped(&**why) {
            return true;
        }
        matches!(why.downcast_ref::<Error>(), Some(Error::Stopped))
    }
}

impl Stoppable for BackUpError {
    fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

impl Stoppable for ProjectionError {
    fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

/// What Ctrl-C does while something is recorded or written.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    work: Work,
    phase: Arc<Mutex<Phase>>,
    stop: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Where the system does not allow it, an interruption ends the process, and what is recorded
    /// is all or nothing just the same.
    pub(crate) fn listen(work: Work) -> Self {
        let it = Self { work, phase: Arc::default(), stop: Arc::default() };
        let heard = it.clone();
        // Without a handler there is no message, and nothing else is lost.
        let _ = ctrlc::set_handler(move || heard.hear());
        it
    }

    /// What whoever writes looks at.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self) {
        // Held to the end: nothing is recorded while it is said that nothing is.
        let phase = self.phase();
        match *phase {
            Phase::Before => {
                self.work.interrupted().tell();
                process::exit(Kind::Interrupted.number().into());
            }
            Phase::Writing => self.stop.store(true, Ordering::Relaxed),
            Phase::After => {}
        }
    }

    /// Does what records or writes, and answers an interruption by the failure that tells of it.
    pub(crate) fn around<T, E: Stoppable>(
        &self,
        how: impl FnOnce() -> Result<T, E>,
        otherwise: impl FnOnce(E) -> Failure,
    ) -> Result<T, Failure> {
        *self.phase() = Phase::Writing;
        let done = how();
        *self.phase() = Phase::After;
        done.map_err(|why| if why.is_stopped() { self.work.interrupted() } else { otherwise(why) })
    }
}
