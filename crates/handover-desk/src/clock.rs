//! What the time is, as whoever keeps the ledger knows it.

use std::time::{SystemTime, UNIX_EPOCH};

use handover_journal::Timestamp;

/// Tells when something is recorded. It may go backwards: the desk never stamps a record earlier than the one before.
///
/// Any closure is one:
///
/// ```
/// use handover_desk::Clock;
/// use handover_journal::Timestamp;
///
/// let mut stopped = || Timestamp::from_micros(7);
/// assert_eq!(Clock::now(&mut stopped).micros(), 7);
/// ```
pub trait Clock: Send {
    /// The time now.
    fn now(&mut self) -> Timestamp;
}

impl<F: FnMut() -> Timestamp + Send> Clock for F {
    fn now(&mut self) -> Timestamp {
        self()
    }
}

/// The clock of the machine.
///
/// ```
/// use handover_desk::{Clock, SystemClock};
///
/// assert!(SystemClock.now().micros() > 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&mut self) -> Timestamp {
        let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, i64::saturating_neg),
        };
        Timestamp::from_micros(micros)
    }
}
