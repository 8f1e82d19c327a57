//! Disclosure: to whom what may be shown, for what purpose and by what right, and what no longer may (B9).
//!
//! Nothing of a person leaves the record unless an authority shared it ([`DisclosureEntry::Shared`]): the default is that
//! nobody is shown anything (invariant 59). What was shared can be withheld ([`DisclosureEntry::Withheld`]) until both
//! sides lift it, until a time, or until a handover is over; from a neutral agency nothing is withheld (invariant 63). Each
//! step back is an entry of its own: sharing ends, consent is withdrawn, a withholding is lifted, and all of it can be read later.
//!
//! The ledger holds no name and nothing protected (invariant 58), so erasure takes nothing out of it: what stood behind the
//! references is destroyed where it was kept, and [`DisclosureEntry::Erased`] says so. Codes and counts survive, the ledger
//! stays whole, and the person is shown to nobody any more (invariant 61). Where the missing, the dead or evidence must be
//! accounted for, the file is [restricted](DisclosureEntry::Restricted) instead.
//!
//! What an audience is shown is made by [`Reading::for_audience`](crate::reading::Reading::for_audience).

mod judge;
mod refusal;
mod state;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use judge::{Resolved, apply, judge, resolve};
pub use refusal::DisclosureRefusal;
pub(crate) use state::{CellsRow, DatumKey, DatumRow, DisclosureRow};
pub(crate) use value::LEAST_THRESHOLD;
pub use value::{
    Audience, Consent, Datum, Ending, Erasure, ErasureGround, Extent, Giver, LegalBasis, Purpose,
    Restriction, RestrictionGround, Sharing, SmallCells, Until, WhyWithheld, Withholding,
};

use crate::when::When;

// ---- what may be recorded

/// What may be recorded about disclosure.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::disclosure::{Audience, Datum, DisclosureEntry, Until, WhyWithheld, Withholding};
///
/// # let mut ledger = two_words()?;
/// # let (id, by, said) = ("x".parse()?, "s".parse()?, "2025-06-16".parse()?);
/// // Until South lifts it, nobody publishes from this record what passed on that day.
/// let embargo = Withholding {
///     of: Datum::Handover("june-16".parse()?),
///     from: Audience::Public,
///     why: WhyWithheld::Embargo,
///     until: Until::Lifted,
///     on: "2025-06-16".parse()?,
/// };
/// let what = What::Disclosure(DisclosureEntry::Withheld(embargo));
/// let _ = ledger.post(&Entry { id, by, said, source: None, what })?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum DisclosureEntry {
    /// An authority shares something with an audience.
    Shared(Sharing),
    /// An authority ends what it shared. What was shown cannot be taken back; nothing more is.
    Unshared(Ending),
    /// An authority withholds something from an audience.
    Withheld(Withholding),
    /// An authority lifts what it withheld.
    Lifted(Ending),
    /// Consent is given: by the person, or by a branch of the family.
    Consented(Consent),
    /// Consent is withdrawn. It is never refused.
    ConsentWithdrawn(Ending),
    /// An authority declares how small a number may be published.
    SmallCells(SmallCells),
    /// What stood behind a person's references is destroyed.
    Erased(Erasure),
    /// A person's file is kept and used for nothing else than what the law demands.
    Restricted(Restriction),
}

impl DisclosureEntry {
    /// When it was decided.
    pub const fn on(&self) -> When {
        match self {
            Self::Shared(it) => it.on,
            Self::Withheld(it) => it.on,
            Self::Consented(it) => it.on,
            Self::Unshared(it) | Self::Lifted(it) | Self::ConsentWithdrawn(it) => it.on,
            Self::SmallCells(it) => it.on,
            Self::Erased(it) => it.on,
            Self::Restricted(it) => it.on,
        }
    }
}
