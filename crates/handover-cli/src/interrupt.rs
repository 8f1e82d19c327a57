//! Being interrupted while something is recorded or copied: nothing of it is, and that is said.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handover_desk::SubmitError;
use handover_sqlite::{BackUpError, Error};

use crate::failure::{Failure, Kind};

/// How far the work is that may be interrupted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Nothing is being written yet: the process may end at once.
    #[default]
    Before,
    /// It may be recorded, or copied, any moment: whoever writes stops where it is safe.
    Writing,
    /// It is done or not, and that is being told.
    After,
}

/// What is said when it was interrupted, and what to do then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said(&'static str, &'static str);

/// An import was interrupted.
pub(crate) const NOT_RECORDED: Said =
    Said("interrupted: nothing was recorded", "the ledger is as it was; do the same again to record it");

/// A backup was interrupted.
pub(crate) const NO_COPY: Said =
    Said("interrupted: no copy was made", "the ledger is as it was; do the same again to copy it");

impl Said {
    fn failure(self) -> Failure {
        Failure::new(Kind::Interrupted, self.0, self.1)
    }
}

/// Why something was not done, which may be that it was to stop.
pub(crate) trait MayStop {
    /// Whether it was to stop, and did.
    fn is_stopped(&self) -> bool;
}

impl MayStop for SubmitError {
    fn is_stopped(&self) -> bool {
        let Self::NotRecorded(why) = self else { return false };
        matches!(why.downcast_ref::<Error>(), Some(Error::Stopped))
    }
}

impl MayStop for BackUpError {
    fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

/// What Ctrl-C does while something is recorded or copied.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    said: Said,
    phase: Arc<Mutex<Phase>>,
    stop: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Where the system does not allow it, an interruption ends the process, and what is recorded
    /// is all or nothing just the same.
    pub(crate) fn listen(said: Said) -> Self {
        let it = Self { said, phase: Arc::default(), stop: Arc::default() };
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
                self.said.failure().tell();
                process::exit(Kind::Interrupted.number().into());
            }
            Phase::Writing => self.stop.store(true, Ordering::Relaxed),
            Phase::After => {}
        }
    }

    /// Does what records or copies, and answers an interruption by the failure that tells of it.
    pub(crate) fn around<T, E: MayStop>(
        &self,
        how: impl FnOnce() -> Result<T, E>,
        otherwise: impl FnOnce(E) -> Failure,
    ) -> Result<T, Failure> {
        *self.phase() = Phase::Writing;
        let done = how();
        *self.phase() = Phase::After;
        done.map_err(|why| if why.is_stopped() { self.said.failure() } else { otherwise(why) })
    }
}
