//! What an audience is shown: the only views that serialise, made for one audience each (B9).

mod cases;
mod cells;
mod decided;
mod figures;
mod gate;
#[cfg(test)]
mod tests;

pub use cases::{CaseShown, RemainsShown, StatusShown};
pub use cells::CellRule;
pub use decided::{SharingView, WithholdingView};
pub use figures::{DatesShown, FigureShown, FunnelShown, LegShown, ListShown, SlotShown};
pub use gate::Reason;

use alloc::vec::Vec;
use core::fmt;

use super::{Basis, Reading, Whose};
use crate::disclosure::Audience;
use crate::refusal::EntryRefusal;
use crate::when::Moment;

/// Something made for an audience.
///
/// Readings do not serialise; what was made for an audience does, and says for whom and as of when it was made. It is
/// made by [`ForAudience`] and by nothing else:
///
/// ```compile_fail
/// # fn main() {
/// use handover::disclosure::Audience;
/// use handover::reading::Disclosed;
///
/// let made_by_hand = Disclosed { audience: Audience::Public, as_of: 0, shown: "anything" };
/// # }
/// ```
///
/// What it shows cannot be made by hand either:
///
/// ```compile_fail
/// use handover::reading::FigureShown;
///
/// let figure = FigureShown { least: 1, most: None };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed<T> {
    audience: Audience,
    as_of: Moment,
    shown: T,
}

impl<T> Disclosed<T> {
    /// For whom it was made.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// As of when.
    pub fn as_of(&self) -> Moment {
        self.as_of
    }

    /// What the audience is shown.
    pub fn shown(&self) -> &T {
        &self.shown
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Disclosed<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut made = serializer.serialize_struct("Disclosed", 3)?;
        made.serialize_field("for", &self.audience)?;
        made.serialize_field("as-of", &alloc::string::ToString::to_string(&self.as_of))?;
        made.serialize_field("shown", &self.shown)?;
        made.end()
    }
}

/// Why an audience is not shown something: for who discloses, never for the audience, which would learn by it that
/// there is something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDisclosed {
    /// Everything that stands in the way; never empty.
    pub because: Vec<Reason>,
}

impl fmt::Display for NotDisclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected what may be shown, found that ")?;
        for (at, reason) in self.because.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            reason.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for NotDisclosed {}

impl NotDisclosed {
    /// Nothing, if nothing stands in the way.
    fn unless_nothing(because: Vec<Reason>) -> Result<(), Self> {
        if because.is_empty() { Ok(()) } else { Err(Self { because }) }
    }
}

impl From<EntryRefusal> for NotDisclosed {
    fn from(refusal: EntryRefusal) -> Self {
        Self { because: Vec::from([Reason::NotRecorded(refusal)]) }
    }
}

/// A reading for one audience: it shows what was shared with it, is not withheld from it, and nothing else.
///
/// What authorities decided on disclosure counts by whomever it was decided; only time is asked of it. Of several rules the
/// strictest counts. Figures are by the word of the reading.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::disclosure::*;
/// use handover::reading::According;
///
/// # let mut ledger = two_words()?;
/// let everybody = handover::when::Moment::END_OF_TIME;
/// let leg = "to-south".parse()?;
/// // Nobody published these numbers, and no authority shared them: by default nothing is shown.
/// let reading = ledger.reading(According::AcceptedByAll, everybody)?;
/// assert!(reading.for_audience(Audience::Public)?.leg(leg).is_err());
///
/// let shared = Sharing {
///     of: Datum::Handover("june-16".parse()?),
///     extent: Extent::Counts,
///     with: Audience::Public,
///     purpose: Purpose::Information,
///     basis: LegalBasis::PublicInterest,
///     on: "2025-06-17".parse()?,
///     until: None,
/// };
/// # let (id, by, said) = ("x".parse()?, "s".parse()?, "2025-06-17".parse()?);
/// let what = What::Disclosure(DisclosureEntry::Shared(shared));
/// let _ = ledger.post(&Entry { id, by, said, source: None, what })?;
/// let reading = ledger.reading(According::AcceptedByAll, everybody)?;
/// let shown = reading.for_audience(Audience::Public)?.leg(leg)?;
/// assert_eq!((shown.shown().passed.least(), shown.shown().passed.most()), (1_245, Some(1_248)));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ForAudience<'l, B = ()> {
    reading: Reading<'l, B>,
    audience: Audience,
}

impl<B> Clone for ForAudience<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<B> Copy for ForAudience<'_, B> {}

impl<'l, B: Basis> Reading<'l, B> {
    /// This reading for an audience.
    ///
    /// # Errors
    /// The organ, party or person of the audience is not recorded.
    pub fn for_audience(self, audience: Audience) -> Result<ForAudience<'l, B>, EntryRefusal> {
        self.state.audience(audience)?;
        Ok(ForAudience { reading: self, audience })
    }
}

impl<B: Basis> ForAudience<'_, B> {
    /// For whom it is.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// What authorities found and decided is theirs to decide, whoever is believed on figures.
    fn anyone(&self) -> Reading<'_, B> {
        Reading { whose: Whose::Anyone, counts: Whose::Anyone, ..self.reading }
    }

    fn made<T>(&self, shown: T) -> Disclosed<T> {
        Disclosed { audience: self.audience, as_of: self.reading.as_of, shown }
    }
}
