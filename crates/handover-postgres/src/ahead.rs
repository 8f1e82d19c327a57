//! Reading ahead: while whoever reads takes in some records, a thread of its own fetches those that follow.

use core::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use handover_journal::Stored;
use tokio_postgres::Row;

use crate::driver::Driver;
use crate::error::Error;
use crate::reading::{Reader, stored};
use crate::seat::Seat;

/// How many records are read without a thread: whoever wants more than that wants all, as a rule.
const SHORT: i64 = 4_096;

/// How many parts may lie between the thread that fetches and the one that takes in.
const BETWEEN: usize = 2;

/// What was read so far, and to whom it is given.
struct Given<'e> {
    ledger: String,
    next: i64,
    each: &'e mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
}

impl Given<'_> {
    /// Gives out rows, the last of which is the last of all if there are none: whether it goes on.
    fn take(&mut self, rows: &[Row]) -> Result<ControlFlow<()>, Error> {
        for row in rows {
            let stored = stored(row, self.next, &self.ledger)?;
            self.next = self.next.saturating_add(1);
            if (self.each)(stored).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(if rows.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// The next rows, none at the end.
fn pulled(driver: &Driver, seat: &mut Seat, reader: &mut Reader) -> Result<Vec<Row>, Error> {
    let rows = driver.drive(seat.rows(reader)).map_err(Error::Runtime)??;
    if let Some(last) = rows.last() {
        // From where it goes on over another connection. Whether one is missing is seen by whoever takes them in, in order.
        reader.after = last.try_get(0)?;
    }
    Ok(rows)
}

/// Reads after a position up to the head as it is now.
pub(crate) fn read(
    driver: &Driver,
    seat: &mut Seat,
    after: i64,
    each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let end = driver.drive(seat.head()).map_err(Error::Runtime)??;
    let mut reader = Reader::new(after, end);
    let mut given = Given { ledger: seat.ledger().as_str().to_owned(), next: after.saturating_add(1), each };
    let is_long = |reader: &Reader| {
        reader.after.saturating_sub(after) >= SHORT && end.saturating_sub(reader.after) >= SHORT
    };
    // Not within the runtime, nor in the other thread: `each` may drive another handle.
    while !is_long(&reader) {
        let rows = pulled(driver, seat, &mut reader)?;
        if given.take(&rows)?.is_break() {
            return Ok(());
        }
    }
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(BETWEEN);
        let fetching = move || {
            loop {
                let rows = pulled(driver, seat, &mut reader);
                let is_last = rows.as_ref().map_or(true, Vec::is_empty);
                // Nobody receives any more once whoever reads broke off.
                if sender.send(rows).is_err() || is_last {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("handover-postgres".to_owned());
        let fetching = thread.spawn_scoped(scope, fetching).map_err(Error::Runtime)?;
        let mut taken = Ok(());
        for rows in receiver {
            match rows.and_then(|rows| given.take(&rows)) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => break,
                Err(why) => {
                    taken = Err(why);
                    break;
                }
            }
        }
        fetching.join().map_or_else(|panic| resume_unwind(panic), |()| taken)
    })
}
