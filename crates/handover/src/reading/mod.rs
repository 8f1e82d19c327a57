//! Readings: whose word is taken, as of when, and every view derived from it.
//!
//! Nothing derived is unqualified. A [`Reading`] gives for each proposition the set of values that remain possible if
//! those whom it believes spoke the truth ([`According`]), and each view names the entries it rests on if it was asked
//! to ([`Reading::explained`]). The definitions are those of `docs/semantics.md`; where a trust holds, every derived set
//! holds the true value.
//!
//! # One handover, read
//!
//! North and south reached `june`. Under it the north owes `owed` to the south, more than 6,000 by the south's word,
//! and the south owes `in-return`. On 16 June both legs of one handover were held: `to-south`, 1,248 by the north's
//! word and, said a day later, 1,245 by the south's; `to-north`, 27 by the north's word alone.
//!
//! ```
//! use handover::claim::Subject;
//! use handover::quantity::{Span, Unit};
//! use handover::reading::{According, AgreementState, AuditOutcome, Comparison, Evenness};
//! use handover::reading::{JointView, Label, Outcome, Verdict, Whether};
//! use handover::reciprocity::ParityScope;
//! use handover::when::{Moment, When};
//! # use handover::agreement::{Agreement, AgreementEntry, Form};
//! # use handover::claim::{Claim, ClaimEntry, Statement};
//! # use handover::entry::{Entry, What};
//! # use handover::ledger::Ledger;
//! # use handover::obligation::{Basis, Class, Matter, Obligation, ObligationEntry, Required, Standard, TermAssertion};
//! # use handover::party::{Allegiance, Organ, Party, PartyEntry, Speaker};
//! # use handover::quantity::Count;
//! # use handover::reciprocity::{Accrual, Condition, Reciprocity};
//! # use handover::slot::{Handover, HandoverEntry, Leg, Quota};
//! # use handover::total::{Coverage, Total, TotalEntry};
//! # fn the<T: core::str::FromStr<Err: core::fmt::Debug>>(text: &str) -> T { text.parse().unwrap() }
//! # let mut ledger = Ledger::new();
//! # let mut post = |by: &str, said: &str, what: What| {
//! #     let id = the(&format!("e-{}", ledger.len()));
//! #     ledger.post(&Entry { id, by: the(by), said: the(said), source: None, what }).map(|_| ())
//! # };
//! # let day = "2025-06-16";
//! # for side in ["north", "south"] {
//! #     let introduced = PartyEntry::Introduced(Party { id: the(side), name: the(side) });
//! #     let organ = Organ { id: the(side), name: the(side), allegiance: Allegiance::Party(the(side)) };
//! #     let speaker = Speaker { id: the(side), name: the(side), organ: the(side) };
//! #     for entry in [introduced, PartyEntry::Organ(organ), PartyEntry::Speaker(speaker)] {
//! #         post("keeper", day, What::Party(entry))?;
//! #     }
//! # }
//! # let (id, name, parties) = (the("june"), the("June"), [the("north"), the("south")].into());
//! # let agreement = Agreement { id, name, parties, form: Form::ParallelAnnouncements, on: the("2025-06-02") };
//! # post("keeper", day, What::Agreement(AgreementEntry::Introduced(agreement)))?;
//! # let (of, unit) = (Class { matter: Matter::Remains, category: None }, Unit::SetOfRemains);
//! # let (id, under, on) = (the("june-16"), Some(the("june")), the(day));
//! # let held = Handover { id, under, on, instead_of: None, note: None };
//! # post("keeper", day, What::Handover(HandoverEntry::Introduced(held)))?;
//! # for (owed, leg, from, to) in [("owed", "to-south", "north", "south"), ("in-return", "to-north", "south", "north")] {
//! #     let (basis, standard, credits_at) = (Basis::Agreement(the("june")), Standard::Result, Accrual::Passage);
//! #     let (id, debtor, creditor) = (the(owed), the(from), the(to));
//! #     let owed = Obligation { id, debtor, creditor, of, unit, basis, standard, credits_at, note: None };
//! #     post("keeper", day, What::Obligation(ObligationEntry::Introduced(owed)))?;
//! #     let (handover, from, to, towards) = (the("june-16"), the(from), the(to), Some(id));
//! #     let leg = Leg { id: the(leg), handover, from, to, of, unit, towards };
//! #     post("keeper", day, What::Handover(HandoverEntry::Leg(leg)))?;
//! # }
//! # let of = Coverage { under, from: Some(the("north")), to: None, matter: Matter::Remains, during: None };
//! # let total = Total { id: the("june-total"), of, unit, note: None };
//! # post("keeper", day, What::Total(TotalEntry::Introduced(total)))?;
//! # let count = |text| Statement::Count(Count { quantity: the(text), unit, qualifier: None });
//! # let (to_south, owed) = (Subject::Leg(the("to-south")), Subject::Obligation(the("owed")));
//! # let terms = TermAssertion { required: Required::MoreThan(6_000.into()), version: None };
//! # let quota = Quota { per_day: Some(1_000.into()), during: Some(on), rest_days: Vec::new(), carry_over: true };
//! # let after = Condition::Held(the("june-16"));
//! # for (by, said, about, says) in [
//! #     ("north", day, to_south, count("1248")),
//! #     ("south", "2025-06-17", to_south, count("1245")),
//! #     ("north", day, Subject::Leg(the("to-north")), count("27")),
//! #     ("north", day, Subject::Total(the("june-total")), count("6057")),
//! #     ("south", day, owed, Statement::Terms(terms)),
//! #     ("south", day, owed, Statement::Quota(quota)),
//! #     ("north", day, Subject::Obligation(the("in-return")), Statement::Reciprocity(Reciprocity::Staged { after })),
//! # ] {
//! #     post(by, said, What::Claim(ClaimEntry::Made(Claim::new(about, says))))?;
//! # }
//! let (north, south) = (According::To("north".parse()?), According::To("south".parse()?));
//! let all = ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME)?;
//!
//! // What passed: occurrence is confirmed, the number is not, and what all accept is the hull of both words.
//! let leg = Subject::Leg("to-south".parse()?);
//! assert_eq!(all.occurrence(leg)?.view, JointView::ConfirmedByAll(Whether::just(true)));
//! assert_eq!(all.count(leg, Unit::SetOfRemains)?.view, JointView::Conflicting(Some(3)));
//! assert_eq!(all.leg("to-south".parse()?)?.passed.set, Span::new(1_245, 1_248).unwrap());
//! assert_eq!(all.by(south)?.leg("to-south".parse()?)?.passed.set, Span::exactly(1_245));
//! assert_eq!(all.by(south)?.leg("to-north".parse()?)?.passed.label, Label::Silent); // and not nought
//!
//! // What was public on the evening of the 16th, and on what it rested.
//! let evening = all.said_by("2025-06-16".parse::<When>()?.last_moment().unwrap()).explained();
//! let joint = evening.count(leg, Unit::SetOfRemains)?;
//! assert_eq!(joint.view, JointView::OneSided("north".parse()?));
//! assert_eq!(joint.words.iter().map(|word| word.rests_on.entries().len()).collect::<Vec<_>>(), [1, 0]);
//!
//! // What is owed: the terms are the south's alone, so a reading of them must say so (invariant 3).
//! let terms = all.terms("owed".parse()?)?;
//! assert!(!terms.is_common() && terms.stated_by() == ["south".parse()?]);
//! let by_north = all.by(north)?.evaluate("owed".parse()?, south)?;
//! assert_eq!((by_north.verdict, by_north.outstanding), (Verdict::NotMet, Some(Span::exactly(4_753))));
//! assert_eq!(all.evaluate("owed".parse()?, According::AcceptedByAll)?.verdict, Verdict::NoTerms);
//! assert!(all.explain("owed".parse()?, south)?.rests_on.entries().len() == 3); // two counts and a term
//! let pace = all.by(south)?.pace("owed".parse()?)?;
//! assert!(pace[0].days.iter().all(|day| day.reached == Comparison::Holds)); // 1,245 of 1,000 a day
//!
//! // A published total is compared and never taken in (invariant 17).
//! let total = all.by(north)?.total("june-total".parse()?)?;
//! assert_eq!(total.audits[0].outcome, AuditOutcome::Exceeds(4_809));
//! assert!(all.by(north)?.believes(&total.audits[0].by) && !all.believes(&total.audits[0].by));
//!
//! // Both directions beside each other: never netted unasked, and no debt follows from their quotient.
//! let flows = all.by(north)?.flows();
//! let difference = all.by(north)?.difference(&flows[0]).unwrap();
//! assert_eq!((difference.excess, difference.shortfall), (Span::exactly(1_221), Span::ZERO));
//! assert_eq!(all.by(north)?.asymmetries()[0].least.unwrap().to_string(), "46.22");
//! let parity = all.by(north)?.parity("owed".parse()?, "in-return".parse()?, ParityScope::Total, 0)?;
//! assert_eq!(parity.evenness, Evenness::Uneven);
//! let condition = all.by(north)?.condition("in-return".parse()?, south)?.unwrap();
//! assert_eq!(condition.fulfilled, Comparison::Holds); // the handover was held
//!
//! // The agreement and the schedule.
//! let agreement = all.agreement("june".parse()?)?;
//! assert_eq!(agreement.state, AgreementState::Unannounced);
//! assert_eq!(agreement.open_discrepancies, ["to-south".parse()?]);
//! assert_eq!(all.schedule()[0].outcomes, [Outcome::Held]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod agreement;
mod basis;
mod flow;
mod joint;
mod meaning;
mod obligation;
mod pace;
mod reciprocity;
mod said;
mod schedule;
mod sum;
mod terms;
mod total;
mod word;

use core::fmt;
use core::marker::PhantomData;

pub use agreement::{AgreementState, AgreementView, SuspensionView};
pub use basis::{Basis, RestsOn};
pub use flow::{Asymmetry, Difference, FlowView};
pub use joint::{Joint, JointView};
pub use meaning::{Meaning, OneOf, Whether};
pub use obligation::{Comparison, Evaluation, Verdict};
pub use pace::{DayView, PaceView};
pub use reciprocity::{ConditionView, Evenness, ParityView};
pub use said::{AllegationView, ExpectationView, ReadinessView, RepetitionView, Said};
pub use schedule::{AppearanceView, BringingView, Outcome, PostponementView, SlotView};
pub use sum::{Counted, LegView, Part, Sum};
pub use terms::{Term, TermsView};
pub use total::{Audit, AuditOutcome, NotComparable, TotalView};
pub use word::{Label, OrganWord, PartyWord, Told};

use crate::id::PartyId;
use crate::ledger::{Ledger, State};
use crate::party::PartyRow;
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::Moment;

/// Whose word is taken. Each is a rule that gives a set for one proposition, and the trust under which that set holds the
/// true value (`docs/semantics.md`, Readings). None of them ranks the parties' truthfulness (invariant 55).
///
/// ```
/// use handover::reading::According;
///
/// assert_eq!(According::To("north".parse()?).to_string(), "according to `north`");
/// assert_eq!(According::AcceptedByAll.to_string(), "accepted by all");
/// # Ok::<(), handover::id::KeyError>(())
/// ```
///
/// What each gives for two parties' words: [One handover, read](self#one-handover-read).
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
        According::To(party) => Whose::Party(state.party_index.find(party)?),
        According::AcceptedByAll => Whose::All,
        According::Neutral => Whose::Neutral,
        According::Anyone => Whose::Anyone,
    })
}

impl<'l, B: Basis> Reading<'l, B> {
    /// The same reading of what had been uttered by this moment: what was public then.
    ///
    /// A claim counts from the last moment at which it can have been uttered until the first by which its own speaker
    /// certainly corrected or withdrew it (`docs/semantics.md`, Claims; invariant 56). Example: [One handover, read](crate::reading#one-handover-read).
    #[must_use]
    pub fn said_by(mut self, moment: Moment) -> Self {
        self.said_by = Some(moment);
        self
    }

    /// The same reading, in which every view names the entries it rests on.
    ///
    /// Source: invariant 56. Example: [One handover, read](crate::reading#one-handover-read).
    pub fn explained(self) -> Reading<'l, RestsOn> {
        let Self { state, whose, counts, as_of, said_by, .. } = self;
        Reading { state, whose, counts, as_of, said_by, basis: PhantomData }
    }

    /// The same ledger at the same time by another's word.
    ///
    /// Example: [One handover, read](crate::reading#one-handover-read).
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
