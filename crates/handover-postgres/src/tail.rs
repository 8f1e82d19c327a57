//! Following what others append.

use core::fmt;
use core::time::Duration;
use std::time::Instant;

use handover_journal::{LedgerId, Position};
use tokio::time::timeout;

use crate::connect::{Address, Link};
use crate::driver::Driver;
use crate::error::Error;
use crate::open_error::OpenError;
use crate::reading::place;

/// Tells when a ledger has grown, whoever appended to it.
///
/// It looks at the head again and again; a server that tells of appends (`NOTIFY`) only makes it look sooner. So nothing is missed where
/// hints are lost, switched off, or not to be had, as on a standby.
///
/// Whoever keeps a desk that others write beside calls the desk's `refresh` each time:
///
/// ```no_run
/// use std::time::Duration;
///
/// use handover_journal::{LedgerId, Position};
/// use handover_postgres::PostgresStore;
///
/// let store = PostgresStore::open("postgres://desk@db-1/ledgers")?;
/// let mut tail = store.tail(&LedgerId::new("june")?)?;
/// let mut known = Position::START;
/// for _ in 0..10 {
///     known = tail.grown(known, Duration::from_secs(60))?;
/// }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct PostgresTail {
    address: Address,
    ledger: LedgerId,
    link: Option<Link>,
    id: Option<i32>,
    every: Duration,
    driver: Driver,
}

impl fmt::Debug for PostgresTail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresTail").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

/// How often it looks unless told otherwise.
const EVERY: Duration = Duration::from_secs(1);

impl PostgresTail {
    pub(crate) fn open(address: Address, ledger: LedgerId) -> Result<Self, OpenError> {
        let driver = Driver::new().map_err(OpenError::Runtime)?;
        let link = driver.drive(listening(&address)).map_err(OpenError::Runtime)??;
        Ok(Self { address, ledger, link: Some(link), id: None, every: EVERY, driver })
    }

    /// How often it looks at the head when nothing is told: once a second unless set.
    #[must_use]
    pub fn every(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Waits until the head is beyond a position, for so long at most, and returns the head.
    ///
    /// # Errors
    /// The server cannot be reached or read, for as long as [`Options::patience`](crate::Options::patience) says.
    pub fn grown(&mut self, known: Position, at_most: Duration) -> Result<Position, Error> {
        let Self { address, ledger, link, id, every, driver } = self;
        let following = async {
            let deadline = Instant::now().checked_add(at_most);
            let mut lost: u32 = 0;
            loop {
                let open = match link.take() {
                    Some(open) if open.is_open() => open,
                    _ => {
                        *id = None;
                        relistening(address).await?
                    }
                };
                let open = link.insert(open);
                let patience = address.options.patience;
                let looking = look(open, ledger, id);
                let head = match timeout(patience, looking).await.unwrap_or(Err(Error::Silent(patience))) {
                    Ok(head) => place(head),
                    Err(why) => {
                        *link = None;
                        lost = lost.saturating_add(1);
                        if matches!(why, Error::Lost(_)) && lost < 3 {
                            continue;
                        }
                        return Err(why);
                    }
                };
                lost = 0;
                let left =
                    deadline.map_or(*every, |deadline| deadline.saturating_duration_since(Instant::now()));
                if head > known || left.is_zero() {
                    return Ok(head);
                }
                let pause = left.min(*every);
                // Either way it looks again.
                let _ = timeout(pause, open.hinted()).await;
            }
        };
        driver.drive(following).map_err(Error::Runtime)?
    }
}

async fn look(link: &Link, ledger: &LedgerId, id: &mut Option<i32>) -> Result<i64, Error> {
    if id.is_none() {
        *id = link.ledger(ledger.as_str()).await?;
    }
    match *id {
        Some(id) => link.head(id).await,
        None => Ok(0),
    }
}

async fn listening(address: &Address) -> Result<Link, OpenError> {
    let link = address.link().await?;
    // A standby does not listen.
    let _ = link.client.batch_execute("LISTEN handover").await;
    Ok(link)
}

async fn relistening(address: &Address) -> Result<Link, Error> {
    let link = address.link_at_last(None).await?;
    let _ = link.client.batch_execute("LISTEN handover").await;
    Ok(link)
}
