//! What drives a connection: a runtime of its own, in the thread that uses it.

use core::fmt;
use std::io;
use std::panic::resume_unwind;
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

/// Drives futures in the calling thread, also where that thread serves another runtime.
pub(crate) struct Driver(Option<Runtime>);

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

impl Driver {
    pub(crate) fn new() -> io::Result<Self> {
        Builder::new_current_thread().enable_all().build().map(|runtime| Self(Some(runtime)))
    }

    /// What the future gives.
    ///
    /// A thread that serves a runtime must not drive another: there the work is done in a thread beside it.
    pub(crate) fn drive<F>(&self, work: F) -> Result<F::Output, io::Error>
    where
        F: Future + Send,
        F::Output: Send,
    {
        let Some(runtime) = &self.0 else {
            return Err(io::Error::other("expected a runtime, found none"));
        };
        if Handle::try_current().is_err() {
            return Ok(runtime.block_on(work));
        }
        thread::scope(|scope| {
            let beside = thread::Builder::new()
                .name("handover-postgres".to_owned())
                .spawn_scoped(scope, || runtime.block_on(work))?;
            beside.join().map_or_else(|panic| resume_unwind(panic), Ok)
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Waiting for the end of a runtime would panic in a thread that serves another.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
