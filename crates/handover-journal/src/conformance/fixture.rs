//! What an adapter says of itself.

use crate::journal::Journal;

/// What a fixture makes, or why it cannot be made.
pub type Prepared<T> = Result<T, Box<dyn core::error::Error + Send + Sync>>;

/// Whether a store claims what not every store can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// The rules apply.
    Claimed,
    /// The rules do not apply, and why.
    Declined(&'static str),
}

/// A store of its own with one ledger in it, for one test.
///
/// [`conformance`](crate::conformance) has an example.
pub trait Fixture: Sized {
    /// The handles under test.
    type Journal: Journal;

    /// Whether records outlast the handles and the store in memory.
    const DURABLE: Capability;

    /// Whether a store holds more than one ledger.
    const SEVERAL_LEDGERS: Capability;

    /// Whether an append can be cut short, so that its handle is not told what became of it.
    const CUT_SHORT: Capability = Capability::Declined("this fixture has no way to cut an append short");

    /// A store of its own, which shares nothing with any other and whose ledger is empty.
    ///
    /// # Errors
    /// The store cannot be made.
    fn fresh() -> Prepared<Self>;

    /// One more handle on the ledger of this store.
    ///
    /// # Errors
    /// The store cannot be used.
    fn connect(&self) -> Prepared<Self::Journal>;

    /// A handle on another ledger of this store, the same at each call. Only where
    /// [`SEVERAL_LEDGERS`](Self::SEVERAL_LEDGERS) is claimed.
    ///
    /// # Errors
    /// The store cannot be used.
    fn other_ledger(&self) -> Prepared<Option<Self::Journal>> {
        Ok(None)
    }

    /// A handle on the ledger of this store that is not told what becomes of its next append: a connection that is cut, a
    /// disk that does not say. Only where [`CUT_SHORT`](Self::CUT_SHORT) is claimed.
    ///
    /// # Errors
    /// The store cannot be used.
    fn cut_short(&self) -> Prepared<Option<Self::Journal>> {
        Ok(None)
    }

    /// The same store, opened again after all that is in memory was dropped. Only where [`DURABLE`](Self::DURABLE) is
    /// claimed.
    ///
    /// # Errors
    /// The store cannot be opened again.
    fn reopen(self) -> Prepared<Option<Self>> {
        Ok(None)
    }
}
