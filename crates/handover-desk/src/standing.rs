//! How far a follower is.

use handover_journal::{Position, Timestamp};

use crate::error::FollowError;

/// How far a follower is, and whether it still follows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Standing {
    /// The last position that its ledger holds.
    pub position: Position,
    /// The last position of the journal when it was last asked. It may be below [`position`](Self::position) while a refresh
    /// is under way, and where the journal [fell](crate::TailError::Fell).
    pub head: Position,
    /// When the last refresh that succeeded began, by the follower's clock: everything is in the ledger that the journal had
    /// by then. A journal may lag itself, as a standby does, and cannot say by how much.
    pub refreshed_at: Timestamp,
    /// Why it does not follow at present; nothing if the last refresh succeeded.
    pub trouble: Option<Trouble>,
}

impl Standing {
    /// How many records the journal had beyond the ledger when it was last asked.
    ///
    /// 0 does not say that nothing is missing: look at [`refreshed_at`](Self::refreshed_at) and [`trouble`](Self::trouble).
    pub fn behind(&self) -> u64 {
        self.head.number().saturating_sub(self.position.number())
    }
}

/// What keeps a follower from following. It reads on what it has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trouble {
    /// Why the last refresh failed.
    pub why: FollowError,
    /// When the first of the refreshes began that failed one after another, by the follower's clock; of a follower that ended, when the
    /// last of them began.
    pub since: Timestamp,
    /// How many failed one after another; none of a follower that ended in order.
    pub refreshes: u64,
}

/// What was read at a follower, and how far it was when it was read.
#[derive(Clone, Debug)]
#[must_use = "what is read at a follower may lag"]
pub struct Lagging<T> {
    /// What was read.
    pub value: T,
    /// How far the follower was: [`Standing::position`] is that of the ledger from which it was read.
    pub standing: Standing,
}
