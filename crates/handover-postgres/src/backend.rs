//! The server's side of a connection, and making sure that it is at work no more.

use core::time::Duration;

use tokio::time::sleep;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::error::Error;

/// The process that serves a connection, told apart from one that has its number later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Backend {
    pub(crate) pid: i32,
    /// When it was started, as the server writes it.
    pub(crate) started: Option<String>,
}

/// The process, if it is still there. A role may always end its own.
const END: &str = "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity \
                   WHERE pid = $1 AND backend_start::text = $2";

/// A commit that waits like any other until everything before it is where it has to be.
const BARRIER: &str = "SELECT pg_logical_emit_message(true, 'handover', '')";

impl Backend {
    /// Returns when this process is gone, so that what it did not commit it never will, and when what it did commit has
    /// reached as many standbys as the server waits for.
    ///
    /// Without this, a statement whose connection was cut could still be waiting its turn, and take effect after the tail was
    /// read.
    pub(crate) async fn settle(&self, client: &Client) -> Result<(), Error> {
        const PAUSE: Duration = Duration::from_millis(10);
        // Whoever does not know when it began has a server that does not say.
        let started = self.started.as_deref().unwrap_or_default();
        while !client.query(END, &[&self.pid, &started]).await?.is_empty() {
            sleep(PAUSE).await;
        }
        match client.query(BARRIER, &[]).await {
            Err(why)
                if why.code().is_some_and(|code| {
                    // Engines that speak the protocol and have no such log; and a server that is no primary any more.
                    [SqlState::UNDEFINED_FUNCTION, SqlState::FEATURE_NOT_SUPPORTED].contains(code)
                }) =>
            {
                Ok(())
            }
            other => other.map(drop).map_err(Error::from),
        }
    }
}
