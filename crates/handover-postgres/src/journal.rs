//! The journal.

use core::fmt;
use core::ops::ControlFlow;
use core::sync::atomic::AtomicBool;
use std::sync::Arc;

use handover_journal::{AppendError, Journal, LedgerId, Position, Record, Stored};

use crate::ahead;
use crate::connect::Address;
use crate::driver::Driver;
use crate::error::Error;
use crate::open_error::OpenError;
use crate::reading::place;
use crate::seat::Seat;

/// A handle on a ledger in a database, with a connection of its own.
///
/// What it acknowledges is on the disk of the server, and of as many standbys as the server waits for. A read is of one
/// moment, that at which it begins: what other handles append while it runs is not in it. It holds no transaction open
/// and goes on over a new connection when its own is lost. Of a long ledger what follows is fetched, a bounded part of it, by a thread
/// of its own while what was fetched is taken in. [`PostgresStore`](crate::PostgresStore) has an example.
///
/// A handle that lost its server looks for one that can be used, for as long as
/// [`Options::patience`](crate::Options::patience) says; a desk on it goes on by itself when a standby was promoted.
pub struct PostgresJournal {
    seat: Seat,
    driver: Driver,
}

impl fmt::Debug for PostgresJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresJournal").field("ledger", self.seat.ledger()).finish_non_exhaustive()
    }
}

impl PostgresJournal {
    pub(crate) fn open(address: Address, ledger: LedgerId) -> Result<Self, OpenError> {
        let driver = Driver::new().map_err(OpenError::Runtime)?;
        let link = driver.drive(address.link()).map_err(OpenError::Runtime)??;
        Ok(Self { seat: Seat::new(address, ledger, link), driver })
    }

    /// From when the flag is set, long appends are given up: nothing of them is written, and they fail with
    /// [`Error::Stopped`].
    ///
    /// An append of many records is sent in parts, and looks at the flag before each. Of reading nothing is given up.
    #[must_use]
    pub fn stopped_by(mut self, flag: Arc<AtomicBool>) -> Self {
        self.seat.stop = flag;
        self
    }
}

impl Journal for PostgresJournal {
    type Error = Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Error>> {
        let appended = self.driver.drive(self.seat.append(after, records));
        appended.map_err(|why| AppendError::Failed(Error::Runtime(why)))?.map(place)
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let Ok(after) = i64::try_from(after.number()) else { return Ok(()) };
        ahead::read(&self.driver, &mut self.seat, after, each)
    }

    fn head(&mut self) -> Result<Position, Error> {
        self.driver.drive(self.seat.head()).map_err(Error::Runtime)?.map(place)
    }

    fn works_in_any_thread(&self) -> bool {
        true
    }
}
