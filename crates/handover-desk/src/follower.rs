//! Reading along with what others record.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use handover::ledger::Ledger;
use handover_journal::Journal;

use crate::clock::Clock;
use crate::course::{Course, Errand};
use crate::error::{FollowError, KnownAtError, OpenError, Panicked};
use crate::standing::{Lagging, Standing};
use crate::tail;
use crate::ticket::promise;
use crate::trace;
use crate::warm::{KnownAt, Shared};

/// A ledger that follows a journal which others append to, and appends nothing itself: for readings beside the desks, on a file
/// that may only be read or on a standby of a server.
///
/// It asks the journal again and again, as often as it is told to, in a thread of its own. What it reads lags, and each reading
/// says how far: where it stands, when it last succeeded to ask, and what keeps it from following. It is cheap to clone, and
/// every clone is the same follower.
///
/// - **It never goes back.** If the journal ends before what was read of it ([`TailError::Fell`]), or has another record where the
///   last one was that it took in ([`TailError::Replaced`]), it takes in no more and says so: a store was restored from an
///   older copy, or a standby was promoted that had less. Whoever knows which of both is right opens the ledger anew. Only the end of what
///   was taken in is compared at each refresh, not everything before it.
/// - **It goes on reading what it has**, whatever happens to the journal, and follows again once it can.
/// - **A reading is of a prefix of the journal**, which may end in the midst of what was submitted together.
/// - **Bounded**: a refresh reads some thousand records at a time, however far it lags.
///
/// ```
/// use std::time::Duration;
///
/// use handover::ledger::Ledger;
/// use handover_desk::{Desk, Follower, SystemClock};
/// use handover_journal::{LedgerId, MemoryStore, Recorder};
/// use handover_wire::record;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (store, june) = (MemoryStore::new(), LedgerId::new("june")?);
/// let (desk, clerk) = Desk::open(store.journal(&june), SystemClock)?;
/// let (follower, messenger) =
///     Follower::open(store.journal(&june), SystemClock, Duration::from_secs(60))?;
///
/// let north = record::decode(1, r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"north","name":"North"}}}}"#)?;
/// desk.submit(&Recorder::new("night desk")?, vec![north]).wait()?;
/// let read = follower.read(Ledger::len);
/// assert!(read.value == 0 && read.standing.trouble.is_none());
///
/// // Whoever cannot wait for the next time asks.
/// follower.refresh()?;
/// assert_eq!(follower.read(Ledger::len).value, 1);
///
/// messenger.close()?;
/// clerk.close()?;
/// // What was taken in can be read as before, and each reading says that it follows no more.
/// assert!(follower.read(Ledger::len).standing.trouble.is_some());
/// # Ok(())
/// # }
/// ```
///
/// [`TailError::Fell`]: crate::TailError::Fell
/// [`TailError::Replaced`]: crate::TailError::Replaced
#[derive(Clone)]
pub struct Follower {
    shared: Arc<Shared>,
    course: Arc<Course>,
}

impl fmt::Debug for Follower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follower").finish_non_exhaustive()
    }
}

impl Follower {
    /// Opens a ledger to follow it: reads the journal from its start, and begins to ask it again each time that so much has passed
    /// since it last did, a millisecond at least.
    ///
    /// The messenger ends it: keep it for as long as the ledger is to be followed.
    ///
    /// # Errors
    /// The first that is met in the order of positions: the journal cannot be read, a record is missing, its version is
    /// not known, it holds no entry, the entry does not follow from those before it. Or no thread could be started.
    pub fn open(
        mut journal: impl Journal + 'static,
        mut clock: impl Clock + 'static,
        every: Duration,
    ) -> Result<(Self, Messenger), OpenError> {
        let now = clock.now();
        let shared = Arc::new(Shared::new(tail::open(&mut journal)?));
        let course = Arc::new(Course::new(shared.read().head(), now));
        let every = every.max(Duration::from_millis(1));
        let errand = Errand {
            journal,
            clock,
            every,
            shared: Arc::clone(&shared),
            course: Arc::clone(&course),
            opened: trace::Opened::here(),
        };
        let thread = thread::Builder::new()
            .name("handover-follower".to_owned())
            .spawn(move || errand.run())
            .map_err(|why| OpenError::Thread(Arc::new(why)))?;
        let messenger = Messenger { course: Arc::clone(&course), thread: Some(thread) };
        Ok((Self { shared, course }, messenger))
    }

    /// Looks at the ledger, and says how far it is; nothing is taken in meanwhile.
    ///
    /// Be brief: while anyone looks, nothing new is taken in, and a look within a look may wait for ever. For long work
    /// take [`known_at`](Self::known_at).
    pub fn read<R>(&self, how: impl FnOnce(&Ledger) -> R) -> Lagging<R> {
        let warm = self.shared.read();
        let standing = self.course.standing(warm.head());
        Lagging { value: how(&warm.ledger), standing }
    }

    /// How far the ledger is.
    pub fn standing(&self) -> Standing {
        let warm = self.shared.read();
        self.course.standing(warm.head())
    }

    /// The ledger as this follower knew it then: a ledger of its own, of a prefix of the records.
    ///
    /// By a time it may lack what was recorded by then and is not taken in yet; the standing tells.
    ///
    /// # Errors
    /// [`KnownAtError::BeyondHead`]: the position is beyond that of the ledger. A time is never beyond it.
    pub fn known_at(&self, when: KnownAt) -> Result<Lagging<Ledger>, KnownAtError> {
        let standing = self.standing();
        Ok(Lagging { value: self.shared.known_at(when)?, standing })
    }

    /// Asks the journal now, waits for it, and says how far the ledger is then.
    ///
    /// Do not call it from within [`read`](Self::read): nothing could be taken in.
    ///
    /// # Errors
    /// Why the journal could not be followed; the ledger holds what stands before.
    pub fn refresh(&self) -> Result<Standing, FollowError> {
        let (answer, awaited) = promise(Err(FollowError::Closed), Arc::default());
        self.course.ask(answer);
        awaited.wait(None)
    }

    /// Has the journal asked soon, and waits for nothing: for whoever was told that something was appended, as by `NOTIFY` of
    /// PostgreSQL. A hint that never comes only makes the reading later.
    pub fn hint(&self) {
        self.course.hint();
    }
}

/// Who brings a follower what is recorded, and ends it. Dropping it does what [`close`](Self::close) does.
#[must_use = "a ledger is not followed any more when the messenger is dropped"]
pub struct Messenger {
    course: Arc<Course>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Messenger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messenger").finish_non_exhaustive()
    }
}

impl Messenger {
    /// Follows no more and ends the thread; a refresh that is under way is given up after the record that it is at, as soon as the
    /// journal answers. The ledger can still be read, and says that it is not followed.
    ///
    /// # Errors
    /// The thread had ended by a panic.
    pub fn close(mut self) -> Result<(), Panicked> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), Panicked> {
        self.course.close();
        self.thread.take().map_or(Ok(()), |thread| thread.join().map_err(|_| Panicked))
    }
}

impl Drop for Messenger {
    fn drop(&mut self) {
        // Whoever wants to know of a panic closes; the readings tell of it too.
        let _ = self.finish();
    }
}
