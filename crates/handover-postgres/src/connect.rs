//! A connection: made, proven, prepared.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::future::join4;
use futures_util::stream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_postgres::error::{Severity, SqlState};
use tokio_postgres::{AsyncMessage, Client, Config, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::backend::Backend;
use crate::error::{Cause, Error};
use crate::open_error::OpenError;
use crate::options::{self, Options};
use crate::schema;
use crate::tls;

/// Where the database is and how it is used.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) config: Config,
    pub(crate) options: Options,
    tls: MakeRustlsConnect,
}

/// What the connection was told without asking.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Warnings: a server that gives up waiting for its standbys says no more than this.
    warnings: AtomicU64,
    /// Rung when somebody says that they appended something.
    hint: Notify,
}

/// One connection. Its other half is a task that runs whenever the runtime of the handle is driven.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) client: Client,
    pub(crate) backend: Backend,
    pub(crate) statements: Statements,
    told: Arc<Told>,
    task: JoinHandle<()>,
    /// When it was last known to answer.
    pub(crate) heard: Instant,
}

/// What is prepared once a connection.
#[derive(Debug)]
pub(crate) struct Statements {
    pub(crate) ledger: Statement,
    pub(crate) head: Statement,
    pub(crate) page: Statement,
    pub(crate) insert: Statement,
    pub(crate) hint: Option<Statement>,
}

const LEDGER: &str = "SELECT id FROM handover.ledgers WHERE name = $1";

const HEAD: &str = "SELECT coalesce(max(position), 0) FROM handover.records WHERE ledger = $1";

const PAGE: &str = "SELECT position, recorded_at, recorded_by, version, payload FROM handover.records \
                    WHERE ledger = $1 AND position > $2 AND position <= $3 ORDER BY position";

const INSERT: &str = "INSERT INTO handover.records \
                      (ledger, position, recorded_at, recorded_by, version, payload) \
                      SELECT $1::int4, $2::int8 + new.place, new.recorded_at, new.recorded_by, new.version, new.payload \
                      FROM unnest($3::int8[], $4::text[], $5::int4[], $6::text[]) WITH ORDINALITY \
                      AS new (recorded_at, recorded_by, version, payload, place) \
                      WHERE $2::int8 = \
                      (SELECT coalesce(max(position), 0) FROM handover.records WHERE ledger = $1::int4)";

const HINT: &str = "SELECT pg_notify('handover', $1)";

/// What makes an acknowledged record last on this connection, whatever the server's defaults are.
const SETTINGS: &str = "SET statement_timeout = 0; SET lock_timeout = 0; \
                        SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// The oldest server that is used, as `server_version_num` says it.
const OLDEST: i32 = 150_000;

impl Address {
    pub(crate) fn new(address: &str, mut options: Options) -> Result<Self, OpenError> {
        let config = options::parse(address, &mut options)?;
        let tls = tls::connector(&config, &options)?;
        Ok(Self { config, options, tls })
    }

    /// A connection that nothing is proven of yet.
    pub(crate) async fn bare(&self) -> Result<(Client, Arc<Told>, JoinHandle<()>), OpenError> {
        let connecting = self.config.connect(self.tls.clone());
        let (client, mut connection) = timeout(self.options.patience, connecting)
            .await
            .map_err(|_| OpenError::Store(Error::Silent(self.options.patience)))?
            .map_err(not_let_in)?;
        let told = Arc::new(Told::default());
        let note = Arc::clone(&told);
        let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
        let task = tokio::spawn(async move {
            while let Some(Ok(message)) = messages.next().await {
                match message {
                    AsyncMessage::Notice(notice) if notice.parsed_severity() == Some(Severity::Warning) => {
                        note.warnings.fetch_add(1, Ordering::Relaxed);
                    }
                    AsyncMessage::Notification(_) => {
                        note.hint.notify_one();
                    }
                    _ => {}
                }
            }
        });
        Ok((client, told, task))
    }

    /// A connection to a server that is set as it must be, with everything prepared.
    pub(crate) async fn link(&self) -> Result<Link, OpenError> {
        self.link_after(None).await
    }

    async fn link_after(&self, unsettled: Option<&Backend>) -> Result<Link, OpenError> {
        let (client, told, task) = self.bare().await?;
        let made = timeout(self.options.patience, self.proven(&client, unsettled))
            .await
            .map_err(|_| OpenError::Store(Error::Silent(self.options.patience)));
        match made {
            Ok(Ok((backend, statements))) => {
                Ok(Link { client, backend, statements, told, task, heard: Instant::now() })
            }
            Ok(Err(why)) | Err(why) => {
                task.abort();
                Err(why)
            }
        }
    }

    async fn proven(
        &self,
        client: &Client,
        unsettled: Option<&Backend>,
    ) -> Result<(Backend, Statements), OpenError> {
        let backend = prove(client).await?;
        if let Some(unsettled) = unsettled {
            unsettled.settle(client).await.map_err(OpenError::Store)?;
        }
        schema::verify(client).await?;
        let prepared =
            join4(client.prepare(LEDGER), client.prepare(HEAD), client.prepare(PAGE), client.prepare(INSERT));
        let (ledger, head, page, insert) = prepared.await;
        // A server without notifications does without.
        let hint = if self.options.hints && !self.options.read_only {
            client.prepare(HINT).await.ok()
        } else {
            None
        };
        let prepared = |statement: Result<Statement, tokio_postgres::Error>| {
            statement.map_err(|why| OpenError::Store(why.into()))
        };
        let statements = Statements {
            ledger: prepared(ledger)?,
            head: prepared(head)?,
            page: prepared(page)?,
            insert: prepared(insert)?,
            hint,
        };
        Ok((backend, statements))
    }

    /// A connection, looked for as long as the patience lasts while there is none to be had.
    ///
    /// `unsettled` is where an append was under way when its connection ended: before anything else it is made sure that
    /// nothing of it is under way any more.
    pub(crate) async fn link_at_last(&self, unsettled: Option<&Backend>) -> Result<Link, Error> {
        const FIRST: Duration = Duration::from_millis(20);
        const LONGEST: Duration = Duration::from_secs(1);
        let deadline = Instant::now().checked_add(self.options.patience);
        let mut pause = FIRST;
        loop {
            let why = match self.link_after(unsettled).await.map_err(Error::from) {
                Ok(link) => return Ok(link),
                Err(why) => why,
            };
            let passing = matches!(why, Error::Unreachable(_) | Error::Lost(_) | Error::ReadOnly);
            let over =
                deadline.is_none_or(|deadline| deadline.saturating_duration_since(Instant::now()) <= pause);
            if !passing || over {
                return Err(why);
            }
            sleep(pause).await;
            pause = pause.saturating_mul(2).min(LONGEST);
        }
    }
}

impl Link {
    /// Whether the other half still runs, as far as is known.
    pub(crate) fn is_open(&self) -> bool {
        !self.client.is_closed() && !self.task.is_finished()
    }

    /// How many warnings there were.
    pub(crate) fn warnings(&self) -> u64 {
        self.told.warnings.load(Ordering::Relaxed)
    }

    /// Returns when there was a hint since the last time.
    pub(crate) async fn hinted(&self) {
        self.told.hint.notified().await;
    }

    /// The number of a ledger, if it is there.
    pub(crate) async fn ledger(&self, name: &str) -> Result<Option<i32>, Error> {
        let row = self.client.query_opt(&self.statements.ledger, &[&name]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The head of a ledger.
    pub(crate) async fn head(&self, ledger: i32) -> Result<i64, Error> {
        Ok(self.client.query_one(&self.statements.head, &[&ledger]).await?.try_get(0)?)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // The task ends by itself when the runtime is driven; a runtime that is never driven again drops it.
        self.task.abort();
    }
}

/// Proves that the server keeps what it acknowledges, and raises what is this connection's own to set.
async fn prove(client: &Client) -> Result<Backend, OpenError> {
    let said = |why: tokio_postgres::Error| OpenError::Store(why.into());
    client.batch_execute(SETTINGS).await.map_err(said)?;
    // What a server does not have it answers with nothing.
    let row = client
        .query_one(
            "SELECT current_setting('server_version_num')::int4, current_setting('fsync', true), \
             current_setting('full_page_writes', true), current_setting('server_encoding', true), \
             current_setting('synchronous_commit', true), pg_backend_pid(), \
             (SELECT backend_start::text FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid())",
            &[],
        )
        .await
        .map_err(said)?;
    let setting = |at: usize| row.try_get::<_, Option<String>>(at).map_err(said);
    let version: i32 = row.try_get(0).map_err(said)?;
    if version < OLDEST {
        return Err(OpenError::OldServer { found: version });
    }
    for (at, name, expected) in
        [(1, "fsync", "on"), (2, "full_page_writes", "on"), (3, "server_encoding", "UTF8")]
    {
        if let Some(found) = setting(at)?
            && found != expected
        {
            return Err(OpenError::Setting { name, expected, found });
        }
    }
    if setting(4)?.is_some_and(|found| matches!(found.as_str(), "off" | "local" | "remote_write")) {
        client.batch_execute("SET synchronous_commit = on").await.map_err(said)?;
    }
    let pid: i32 = row.try_get(5).map_err(said)?;
    Ok(Backend { pid, started: setting(6)? })
}

/// Why a connection could not be made: by what may pass, or by what somebody has to mend.
fn not_let_in(why: tokio_postgres::Error) -> OpenError {
    let passing = [
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
    ];
    if let Some(said) = why.as_db_error() {
        let passes = passing.contains(said.code()) || said.code().code().starts_with("08");
        return if passes { OpenError::Unreachable(Cause(why)) } else { OpenError::Refused(Cause(why)) };
    }
    let source = core::error::Error::source(&why).and_then(|source| source.downcast_ref::<io::Error>());
    match source.map(io::Error::kind) {
        // A certificate that nobody vouches for.
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => OpenError::Refused(Cause(why)),
        Some(_) => OpenError::Unreachable(Cause(why)),
        None if why.is_closed() => OpenError::Unreachable(Cause(why)),
        None => OpenError::Refused(Cause(why)),
    }
}
