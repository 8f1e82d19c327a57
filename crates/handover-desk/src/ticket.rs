//! The answer that a submission will have.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use handover_journal::Position;

use crate::error::SubmitError;
use crate::office::Help;

/// What became of a submission that is recorded: durably, as far as its journal is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Receipt {
    /// How many of its entries are recorded now.
    pub recorded: u64,
    /// How many had been recorded before, by this or any other submission.
    pub already_recorded: u64,
    /// How far the journal reaches: all of the submission stands at or before this position.
    pub head: Position,
}

impl Receipt {
    pub(crate) fn new(recorded: u64, already_recorded: u64, head: Position) -> Self {
        Self { recorded, already_recorded, head }
    }
}

/// What rings when a group is answered. All its callers wait for the same ringing, so that they are woken at once and not
/// one after another.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    ringing: Mutex<()>,
    rung: Condvar,
}

impl Bell {
    fn hold(&self) -> MutexGuard<'_, ()> {
        self.ringing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ring(&self) {
        // Whoever looked in vain before the answer was there has begun to wait once this is held.
        drop(self.hold());
        self.rung.notify_all();
    }
}

/// One value that one thread gives and another waits for.
struct Slot<T> {
    state: Mutex<State<T>>,
    bell: Arc<Bell>,
}

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T> Slot<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").finish_non_exhaustive()
    }
}

/// The end that gives the value. Dropped without one, it gives the value that it was made with.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    slot: Arc<Slot<T>>,
    otherwise: Option<T>,
}

impl<T> Answer<T> {
    /// Gives the value and wakes whoever waits.
    pub(crate) fn give(self, value: T) {
        self.lay_down(value).ring();
    }

    /// Gives the value. Who waits for it by blocking sees it when the bell is rung.
    pub(crate) fn lay_down(mut self, value: T) -> Arc<Bell> {
        self.otherwise = None;
        self.set(value);
        Arc::clone(&self.slot.bell)
    }

    /// What is given if the answer is dropped.
    pub(crate) fn otherwise(&mut self, value: T) {
        self.otherwise = Some(value);
    }

    fn set(&self, value: T) {
        let mut state = self.slot.state();
        state.value = Some(value);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        if let Some(value) = self.otherwise.take() {
            self.set(value);
            self.slot.bell.ring();
        }
    }
}

/// The end that waits.
#[derive(Debug)]
pub(crate) struct Awaited<T>(Arc<Slot<T>>);

impl<T: Clone> Awaited<T> {
    fn is_answered(&self) -> bool {
        self.0.state().value.is_some()
    }

    /// Blocks until the value is there, and helps until then where there is something to do.
    pub(crate) fn wait(self, help: Option<&dyn Help>) -> T {
        while help.is_some_and(|help| !self.is_answered() && help.help()) {}
        let bell = &self.0.bell;
        let mut ringing = bell.hold();
        loop {
            if let Some(value) = self.0.state().value.take() {
                return value;
            }
            ringing = bell.rung.wait(ringing).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<T> {
        let mut state = self.0.state();
        if let Some(value) = &state.value {
            return Poll::Ready(value.clone());
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

/// Both ends of one value.
pub(crate) fn promise<T>(otherwise: T, bell: Arc<Bell>) -> (Answer<T>, Awaited<T>) {
    let state = Mutex::new(State { value: None, waker: None });
    let slot = Arc::new(Slot { state, bell });
    (Answer { slot: Arc::clone(&slot), otherwise: Some(otherwise) }, Awaited(slot))
}

pub(crate) type Outcome = Result<Receipt, SubmitError>;

/// The answer that a submission will have: a future that needs no runtime, or [`wait`](Self::wait).
///
/// It is always answered, also if the desk closes or ends. Dropping it cancels nothing: what is submitted is recorded
/// or refused whether anyone waits or not. Polled again after it was ready, it gives the same answer.
#[derive(Debug)]
#[must_use = "a submission that nobody asks about may have been refused"]
pub struct Ticket {
    awaited: Awaited<Outcome>,
    help: Option<Arc<dyn Help>>,
}

impl Ticket {
    pub(crate) fn new(awaited: Awaited<Outcome>, help: Option<Arc<dyn Help>>) -> Self {
        Self { awaited, help }
    }

    /// A ticket that is answered already.
    pub(crate) fn answered(outcome: Outcome) -> Self {
        let (answer, awaited) = promise(Err(SubmitError::Closed), Arc::default());
        answer.give(outcome);
        Self { awaited, help: None }
    }

    /// Blocks this thread until the answer is there. If nobody is at work meanwhile, this thread writes what is queued,
    /// its own submission among it, where [the journal allows it](handover_journal::Journal::works_in_any_thread).
    ///
    /// # Errors
    /// [`SubmitError`] says for each case what is recorded.
    pub fn wait(self) -> Result<Receipt, SubmitError> {
        self.awaited.wait(self.help.as_deref())
    }
}

impl Future for Ticket {
    type Output = Result<Receipt, SubmitError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.awaited.poll(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl Help for Nobody {
        fn help(&self) -> bool {
            panic!("who has an answer does not write what others wait for")
        }
    }

    #[test]
    fn who_is_answered_helps_no_more() {
        let (answer, awaited) = promise(0, Arc::default());
        answer.give(7);
        assert_eq!(awaited.wait(Some(&Nobody)), 7);
    }
}
