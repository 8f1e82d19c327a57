//! One claim: who said it, what it counts, and whether it stands.

use super::said::Said;
use super::word::Told;
use super::{Basis, Reading};
use crate::claim::Scope;
use crate::id::EntryId;
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;

/// Whether a claim stood by the moment that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimStanding {
    /// It had not been said by then.
    NotYetSaid,
    /// It had been said, and its speaker neither corrected nor withdrew it.
    Stands,
    /// Its speaker corrected or withdrew it. It stays recorded.
    Ended,
}

/// A claim, with whether it stands and whether this reading believes it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::quantity::Span;
/// use handover::reading::{According, ClaimStanding};
///
/// # let ledger = two_words()?;
/// # let moment = handover::when::Moment::END_OF_TIME;
/// let reading = ledger.reading(According::To("north".parse()?), moment)?;
/// let south = reading.claim("c-south".parse()?)?;
/// assert_eq!(south.standing, ClaimStanding::Stands);
/// assert!(!south.is_believed); // South says it, and the reading is by North's word
/// let (told, unit) = south.told.unwrap();
/// assert_eq!((told.set, unit), (Span::exactly(1_245), Unit::SetOfRemains));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimView {
    /// Who said it, about what, when and where it was read. What is said in words stands in the entry.
    pub by: Said,
    /// In what respect it speaks of its subject.
    pub scope: Scope,
    /// The numbers that it leaves possible by itself, and in what unit, if it counts anything.
    pub told: Option<(Told<Span>, Unit)>,
    /// Whether it stands.
    pub standing: ClaimStanding,
    /// Whether this reading believes its speaker alone, as [`Reading::believes`] says.
    pub is_believed: bool,
}

impl<B: Basis> Reading<'_, B> {
    /// One claim, named by the entry that made it, corrected another by it, or told it at an end of a transfer.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::claim::Correction;
    /// use handover::reading::{According, ClaimStanding};
    /// use handover::when::{Moment, When};
    ///
    /// let mut ledger = two_words()?; // all of it is said on 16 June
    /// let says = Statement::Count(Count { quantity: 1_248.into(), unit: Unit::SetOfRemains, qualifier: None });
    /// let correction = Correction { claim: "c-south".parse()?, says, note: None };
    /// let what = What::Claim(ClaimEntry::Corrected(correction));
    /// let (id, by, said) = ("c-later".parse()?, "s".parse()?, "2025-06-18".parse()?);
    /// let _ = ledger.post(&Entry { id, by, said, source: None, what })?;
    ///
    /// let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME)?;
    /// for (by, first, second) in [
    ///     ("2025-06-15", ClaimStanding::NotYetSaid, ClaimStanding::NotYetSaid),
    ///     ("2025-06-17", ClaimStanding::Stands, ClaimStanding::NotYetSaid),
    ///     ("2025-06-18", ClaimStanding::Ended, ClaimStanding::Stands),
    /// ] {
    ///     let then = reading.said_by(by.parse::<When>()?.last_moment().unwrap());
    ///     assert_eq!(then.claim("c-south".parse()?)?.standing, first);
    ///     assert_eq!(then.claim("c-later".parse()?)?.standing, second);
    /// }
    /// assert_eq!(reading.claim("c-south".parse()?)?.standing, ClaimStanding::Ended);
    /// assert!(reading.claim("to-south".parse()?).is_err()); // a leg is no claim
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The entry is not recorded, or is no claim.
    pub fn claim(&self, claim: EntryId) -> Result<ClaimView, EntryRefusal> {
        let at = self.state.claim_of(claim)?;
        let by = self.said(at);
        let row = self.state.claims.get(at);
        let is_said = self.said_by.is_none_or(|moment| row.said_by <= moment);
        let standing = match (is_said, self.is_live(at)) {
            (false, _) => ClaimStanding::NotYetSaid,
            (true, true) => ClaimStanding::Stands,
            (true, false) => ClaimStanding::Ended,
        };
        Ok(ClaimView {
            by,
            scope: row.scope,
            told: self.state.count_of(at).map(|count| (self.told_by(at), count.unit)),
            standing,
            is_believed: self.believes(&by),
        })
    }
}
