//! Readings: whose word is taken, as of when, and every view derived from it.
//!
//! Nothing derived is unqualified. A [`Reading`] gives for each proposition the set of values that remain possible if
//! those whom it believes spoke the truth ([`According`]), and each view names the entries it rests on if it was asked
//! to ([`Reading::explained`]). The definitions are those of `docs/semantics.md`; where a trust holds, every derived set
//! holds the true value.

mod affiliation;
mod agreement;
mod amended;
mod balance;
mod basis;
mod claim;
mod closure;
mod cohort;
mod conformance;
mod coupling;
mod credit;
mod credited;
mod custody;
mod discharge;
mod disclosure;
mod disposition;
mod earned;
mod family;
mod flow;
mod funnel;
mod identification;
mod joint;
mod matters;
mod meaning;
mod member;
mod milestone;
mod notice;
mod obligation;
mod pace;
mod prisoner;
mod progress;
mod range;
mod reciprocity;
mod remains;
mod said;
mod schedule;
mod stage;
mod standing;
mod stands;
mod sum;
mod tally;
mod terms;
mod total;
mod whole;
mod word;

use core::fmt;
use core::marker::PhantomData;

pub use affiliation::{AffiliationStatus, AffiliationView, BlockView, DutyKind, DutyState, DutyView};
pub use agreement::{AgreementFlag, AgreementState, AgreementView, AmendmentView, SuspensionView};
pub use amended::{AmendedView, ChangedTerm, CompletionRecord, RevivalView, UnverifiedView};
pub use balance::{BalanceDifference, BalanceView, EarnedView, PairBalance};
pub use basis::{Basis, RestsOn};
pub use claim::{ClaimStanding, ClaimView};
pub use closure::CaseView;
pub use cohort::{CohortView, RevokedView, Shared};
pub use conformance::{Conformance, ConformanceView};
pub use coupling::{CouplingView, Share};
pub use credit::{CreditClass, CreditCount, CreditView};
pub use credited::{CheckOutcome, CountCheck};
pub use custody::{
    ChainView, DiscrepancyKind, DiscrepancyView, EndView, HoldingsView, IncidentView, Join, Link,
    ManifestLine, ManifestView, Passing, Position, TransferView,
};
pub use discharge::{ActView, DischargeView, InabilityView, WaiverView};
pub use disclosure::{
    CaseShown, CellRule, DatesShown, Disclosed, FigureShown, ForAudience, FunnelShown, LegShown, ListShown,
    NotDisclosed, Reason, RemainsShown, SharingView, SlotShown, StatusShown, WithholdingView,
};
pub use disposition::{DispositionView, GraveView, HoldView};
pub use flow::{Asymmetry, Difference, FlowView};
pub use funnel::FunnelView;
pub use identification::{
    ContradictionView, DecisionState, DecisionView, ExclusionView, IdentificationStatus, IdentificationView,
};
pub use joint::{Joint, JointView};
pub use matters::{MatterKind, OpenMatter};
pub use meaning::{Meaning, OneOf, Whether};
pub use milestone::{DeadlineView, MilestoneState, MilestoneView};
pub use notice::{NoticeState, NoticeView, Task, TaskView};
pub use obligation::{Comparison, Evaluation, Verdict};
pub use pace::{DayView, PaceView};
pub use prisoner::{
    AccountingView, CategoryChange, CategoryStanding, CustodyView, DeathView, EntryStatus, HoldStanding,
    ListStage, ListView, ListedCount, NominationView, Obstacle, PartyStatus, VersionView,
};
pub use reciprocity::{ConditionView, Evenness, ParityView};
pub use remains::{Progress, SampleView, UnitEventView, UnitView};
pub use said::{AllegationView, ExpectationView, ReadinessView, RepetitionView, Said};
pub use schedule::{AppearanceView, BringingView, Outcome, PostponementView, SlotView};
pub use stands::{ObligationState, StandsView, StateView};
pub use sum::{Counted, LegView, Part, Sum};
pub use tally::{DescentView, Due, EffectAnomaly, EffectAnomalyView, GroupView, RemainsTally};
pub use terms::{Term, TermsView};
pub use total::{Audit, AuditOutcome, NotComparable, TotalView};
pub use whole::WholeView;
pub use word::{Label, OrganWord, PartyWord, Told};

use crate::id::PartyId;
use crate::ledger::Ledger;
use crate::party::PartyRow;
use crate::refusal::EntryRefusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::Moment;

/// Whose word is taken.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::reading::According;
/// use handover::quantity::Span;
///
/// # let ledger = two_words()?;
/// let leg = "to-south".parse()?;
/// for (according, passed) in [
///     (According::To("north".parse()?), Span::exactly(1_248)),
///     (According::AcceptedByAll, Span::new(1_245, 1_248).unwrap()),
///     (According::Neutral, Span::EVERYTHING), // no neutral says a word
/// ] {
///     let reading = ledger.reading(according, handover::when::Moment::END_OF_TIME)?;
///     assert_eq!(reading.leg(leg)?.passed.set, passed);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum According {
    /// This party's: right if the party speaks the truth.
    To(PartyId),
    /// What every party accepts: right if at least one party speaks the truth. A silent party leaves everything possible.
    AcceptedByAll,
    /// The neutral observers': right if one of them speaks the truth.
    Neutral,
    /// Anybody's: right if anyone who said a number speaks the truth.
    Anyone,
}

impl fmt::Display for According {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::To(party) => write!(f, "according to `{party}`"),
            Self::AcceptedByAll => f.write_str("accepted by all"),
            Self::Neutral => f.write_str("according to neutral observers"),
            Self::Anyone => f.write_str("according to anyone"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Party(Idx<PartyRow>),
    All,
    Neutral,
    Anyone,
}

/// A ledger read in one way, as of one moment.
///
/// Three questions of time: `as_of` tells which legs have happened and what is overdue; [`said_by`](Reading::said_by)
/// takes only what had been uttered by then; what was *known* at some time is the reading of a ledger into which only
/// the entries recorded by then were replayed.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover::reading::According;
/// use handover::when::Moment;
///
/// let ledger = Ledger::new();
/// let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME)?;
/// assert!(reading.totals().is_empty());
/// assert!(ledger.reading(According::To("ru".parse()?), Moment::END_OF_TIME).is_err());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reading<'l, B = ()> {
    state: &'l State,
    whose: Whose,
    /// By whose word a ratio's performance is counted where terms are read by another's.
    counts: Whose,
    as_of: Moment,
    said_by: Option<Moment>,
    basis: PhantomData<B>,
}

impl<B> Clone for Reading<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<B> Copy for Reading<'_, B> {}

impl Ledger {
    /// Reads the ledger by someone's word as of a moment, which is always given: there is no clock in here.
    ///
    /// # Errors
    /// The party is not recorded.
    pub fn reading(&self, according: According, as_of: Moment) -> Result<Reading<'_>, EntryRefusal> {
        let whose = resolve(&self.state, according)?;
        Ok(Reading { state: &self.state, whose, counts: whose, as_of, said_by: None, basis: PhantomData })
    }
}

fn resolve(state: &State, according: According) -> Result<Whose, EntryRefusal> {
    Ok(match according {
        According::To(party) => Whose::Party(state.parties.find(party)?),
        According::AcceptedByAll => Whose::All,
        According::Neutral => Whose::Neutral,
        According::Anyone => Whose::Anyone,
    })
}

impl<'l, B: Basis> Reading<'l, B> {
    /// The same reading of what had been uttered by this moment: what was public then.
    ///
    /// What there is to speak of is known whenever it is read: parties and who speaks for them, agreements and their milestones,
    /// obligations, handovers and their legs, batches and in which leg each passed, transfers, and published totals.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    /// use handover::when::When;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let before = "2025-06-15".parse::<When>()?.last_moment().unwrap();
    /// let view = reading.said_by(before).leg("to-south".parse()?)?;
    /// assert!(!view.passed.is_informative()); // nobody had said it by then
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn said_by(mut self, moment: Moment) -> Self {
        self.said_by = Some(moment);
        self
    }

    /// The same reading, in which every view names the entries it rests on.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let view = reading.explained().leg("to-south".parse()?)?;
    /// assert!(view.rests_on.contains("c-north".parse()?));
    /// # Ok(())
    /// # }
    /// ```
    pub fn explained(self) -> Reading<'l, RestsOn> {
        let Self { state, whose, counts, as_of, said_by, .. } = self;
        Reading { state, whose, counts, as_of, said_by, basis: PhantomData }
    }

    /// The same ledger at the same time by another's word.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::To("north".parse()?), moment)?;
    /// let south = reading.by(According::To("south".parse()?))?;
    /// assert_eq!(south.leg("to-south".parse()?)?.passed.set.only(), Some(1_245));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The party is not recorded.
    pub fn by(self, according: According) -> Result<Self, EntryRefusal> {
        let whose = resolve(self.state, according)?;
        Ok(Self { whose, counts: whose, ..self })
    }

    /// Whose word is taken.
    pub fn according(&self) -> According {
        match self.whose {
            Whose::Party(party) => According::To(self.state.parties.get(party).id),
            Whose::All => According::AcceptedByAll,
            Whose::Neutral => According::Neutral,
            Whose::Anyone => According::Anyone,
        }
    }

    /// As of when.
    pub fn as_of(&self) -> Moment {
        self.as_of
    }
}
