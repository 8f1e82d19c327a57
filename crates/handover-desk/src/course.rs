//! The course of a follower: its thread, what is asked of it, and what became of each refresh.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use handover_journal::{Journal, Position, Timestamp};

use crate::clock::Clock;
use crate::error::{FollowError, TailError};
use crate::standing::{Standing, Trouble};
use crate::tail::follow;
use crate::ticket::Answer;
use crate::trace;
use crate::warm::Shared;

type Ask = Answer<Result<Standing, FollowError>>;

#[derive(Debug)]
struct State {
    asked: Vec<Ask>,
    hinted: bool,
    closed: bool,
    /// The head when the journal was last asked.
    head: Position,
    /// The greatest head that it had.
    seen: Position,
    refreshed_at: Timestamp,
    /// When the last refresh began.
    begun: Timestamp,
    trouble: Option<Trouble>,
}

#[derive(Debug)]
pub(crate) struct Course {
    state: Mutex<State>,
    wanted: Condvar,
    /// Set when it is to end, for a refresh that is under way.
    stop: AtomicBool,
}

impl Course {
    /// Of a follower that was opened at a head.
    pub(crate) fn new(head: Position, now: Timestamp) -> Self {
        let state = State {
            asked: Vec::new(),
            hinted: false,
            closed: false,
            head,
            seen: head,
            refreshed_at: now,
            begun: now,
            trouble: None,
        };
        Self { state: Mutex::new(state), wanted: Condvar::new(), stop: AtomicBool::new(false) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far a ledger is whose last position is this.
    pub(crate) fn standing(&self, position: Position) -> Standing {
        let state = self.lock();
        Standing {
            position,
            head: state.head,
            refreshed_at: state.refreshed_at,
            trouble: state.trouble.clone(),
        }
    }

    /// Wants a refresh that begins after this. After closing the wish is dropped, which answers it.
    pub(crate) fn ask(&self, answer: Ask) {
        let mut state = self.lock();
        if !state.closed {
            state.asked.push(answer);
            drop(state);
            self.wanted.notify_one();
        }
    }

    pub(crate) fn hint(&self) {
        self.lock().hinted = true;
        self.wanted.notify_one();
    }

    pub(crate) fn close(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.lock().closed = true;
        self.wanted.notify_one();
    }

    /// Waits until it is time or somebody wants a refresh, and who does; nothing once it is to end.
    fn next(&self, every: Duration) -> Option<Vec<Ask>> {
        let idle = |state: &mut State| !state.closed && !state.hinted && state.asked.is_empty();
        let waited = self.wanted.wait_timeout_while(self.lock(), every, idle);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        state.hinted = false;
        Some(std::mem::take(&mut state.asked))
    }

    fn began(&self, now: Timestamp) {
        self.lock().begun = now;
    }

    /// Notes the head, which never falls as long as all is well.
    fn asked(&self, head: Position) -> Result<(), TailError> {
        let mut state = self.lock();
        state.head = head;
        if head < state.seen {
            return Err(TailError::Fell { seen: state.seen, found: head });
        }
        state.seen = head;
        Ok(())
    }

    /// Notes what became of a refresh.
    fn ended(&self, told: &Result<Position, TailError>) {
        let mut state = self.lock();
        match told {
            Ok(position) => {
                state.seen = state.seen.max(*position);
                state.head = state.seen;
                state.refreshed_at = state.begun;
                state.trouble = None;
            }
            Err(why) => {
                let before = state.trouble.take();
                state.trouble = Some(Trouble {
                    why: FollowError::Journal(why.clone()),
                    since: before.as_ref().map_or(state.begun, |trouble| trouble.since),
                    refreshes: before.map_or(0, |trouble| trouble.refreshes).saturating_add(1),
                });
            }
        }
    }

    /// It follows no more.
    fn over(&self, why: FollowError) {
        let mut state = self.lock();
        state.closed = true;
        let refreshes = u64::from(matches!(why, FollowError::Panicked(_)));
        state.trouble = Some(Trouble { why, since: state.begun, refreshes });
        let dropped = std::mem::take(&mut state.asked);
        drop(state);
        drop(dropped);
    }
}

/// What the thread of a follower does.
pub(crate) struct Errand<J, C> {
    pub(crate) journal: J,
    pub(crate) clock: C,
    pub(crate) every: Duration,
    pub(crate) shared: Arc<Shared>,
    pub(crate) course: Arc<Course>,
    pub(crate) opened: trace::Opened,
}

impl<J: Journal, C: Clock> Errand<J, C> {
    pub(crate) fn run(mut self) {
        let over = Over(Arc::clone(&self.course));
        while let Some(mut asked) = over.0.next(self.every) {
            for answer in &mut asked {
                answer.otherwise(Err(FollowError::Panicked(crate::Panicked)));
            }
            self.course.began(self.clock.now());
            let told = {
                let _under_way = self.opened.refresh(self.shared.read().head());
                let told = self.refresh();
                trace::caught_up(&told);
                told
            };
            if self.course.stop.load(Ordering::Relaxed) {
                // It was given up, and may not have come to the end.
                for answer in asked {
                    answer.give(Err(FollowError::Closed));
                }
                return;
            }
            self.course.ended(&told);
            for answer in asked {
                let standing = || self.course.standing(self.shared.read().head());
                answer
                    .give(told.as_ref().map(|_| standing()).map_err(|why| FollowError::Journal(why.clone())));
            }
        }
    }

    fn refresh(&mut self) -> Result<Position, TailError> {
        let head = self.journal.head().map_err(|why| TailError::Journal(Arc::new(why)))?;
        self.course.asked(head)?;
        follow(&mut self.journal, &self.shared, &self.course.stop)
    }
}

/// However the thread ends, the readings say so and nobody waits for ever.
struct Over(Arc<Course>);

impl Drop for Over {
    fn drop(&mut self) {
        let panicked = thread::panicking();
        self.0.over(if panicked { FollowError::Panicked(crate::Panicked) } else { FollowError::Closed });
    }
}
