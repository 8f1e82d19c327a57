//! Numbers, for an audience: of legs, batches and lists, and the days of handovers.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::gate::{Covers, Reason};
use super::{CellRule, Disclosed, ForAudience, NotDisclosed};
use crate::claim::ClaimEntry;
use crate::disclosure::Audience;
use crate::held::EntryRow;
use crate::id::{BatchId, EntryId, HandoverId, LegId, ListId, PartyId};
use crate::obligation::Class;
use crate::quantity::{Span, Unit};
use crate::reading::{Basis, Label, ListStage, RestsOn};
use crate::slot::LegRow;
use crate::table::Idx;
use crate::when::{DateSpan, Moment, When};

/// A number, as far as it is shown: at least this many, and at most that many if there is a most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct FigureShown {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

impl FigureShown {
    /// The least.
    pub fn least(&self) -> u64 {
        self.least
    }

    /// The most; `None` if it has no end.
    pub fn most(&self) -> Option<u64> {
        self.most
    }

    /// The numbers that it may be.
    pub fn span(&self) -> Span {
        self.most.and_then(|most| Span::new(self.least, most)).unwrap_or(Span::at_least(self.least))
    }

    /// Whether it may be this number.
    pub fn contains(&self, number: u64) -> bool {
        self.least <= number && self.most.is_none_or(|most| number <= most)
    }
}

/// From when until when something happened or is to happen, as far as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct DatesShown {
    /// The first moment.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub earliest: Option<String>,
    /// The last moment.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub latest: Option<String>,
}

impl From<DateSpan> for DatesShown {
    fn from(dates: DateSpan) -> Self {
        let text = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
        Self { earliest: text(dates.first()), latest: text(dates.last()) }
    }
}

/// How many passed in a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct LegShown {
    /// The leg.
    pub leg: LegId,
    /// Who hands over.
    pub from: PartyId,
    /// Who receives.
    pub to: PartyId,
    /// Who is handed over.
    pub of: Class,
    /// In what unit it is counted.
    pub unit: Unit,
    /// The day of the handover, as it is recorded.
    pub on: When,
    /// From when until when it happened or is to happen, by those who are believed.
    pub dates: DatesShown,
    /// How many.
    pub passed: FigureShown,
    /// Whether nobody who is believed gives a number, in which case any is possible.
    pub untold: bool,
    /// The claims that it rests on, which the audience may look up where they were published.
    pub rests_on: Vec<EntryId>,
}

/// When a handover is set or was held. Where it is is not shown to the public.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct SlotShown {
    /// The handover.
    pub handover: HandoverId,
    /// The day of the handover, as it is recorded.
    pub on: When,
    /// From when until when it happened or is to happen, by those who are believed.
    pub dates: DatesShown,
    /// Where, by those who are believed; never for the public.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub places: Vec<String>,
}

/// How many remains of a batch were received and how far they have come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct FunnelShown {
    /// The batch.
    pub batch: BatchId,
    /// Units of remains that were found in what was opened.
    pub units: FigureShown,
    /// How many individuals they can be of.
    pub individuals: FigureShown,
    /// Of the units, those that were examined.
    pub examined: FigureShown,
    /// Those that were sampled.
    pub sampled: FigureShown,
    /// Those of which a profile was obtained.
    pub profiled: FigureShown,
    /// Those of which a decision in force tells whose they are.
    pub identified: FigureShown,
    /// Those of which a family was told.
    pub notified: FigureShown,
    /// Those that were given to a family, or buried or cremated.
    pub released: FigureShown,
}

/// How far a list of prisoners has come, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct ListShown {
    /// The list.
    pub list: ListId,
    /// Who holds the persons.
    pub holder: PartyId,
    /// To whom they are to go.
    pub home: PartyId,
    /// Whether the list is frozen.
    pub frozen: bool,
    /// Persons who are on it.
    pub listed: FigureShown,
    /// Of these, those who were handed over.
    pub handed_over: FigureShown,
    /// Those who are at another end.
    pub otherwise_ended: FigureShown,
}

impl<B: Basis> ForAudience<'_, B> {
    /// Whether the audience may be shown numbers of what is covered, and by which rule on small ones; `None` shows them as they
    /// are.
    fn may_see_counts(&self, covers: &Covers) -> Result<Option<CellRule>, NotDisclosed> {
        let mut because = self.withheld(covers);
        if matches!(self.audience, Audience::Family(_) | Audience::Laboratory(_)) {
            because.push(Reason::NotForThisAudience);
        } else if !self.counts_are_shared(covers) {
            because.push(Reason::NotShared);
        }
        let rule = match self.audience {
            Audience::Public => {
                let rule = self.reading.rule_on_small_numbers();
                if rule.is_none() {
                    because.push(Reason::NoRuleOnSmallNumbers);
                }
                rule
            }
            _ => None,
        };
        NotDisclosed::unless_nothing(because).map(|()| rule)
    }

    /// Whether the audience may be shown what was said of a handover: it was shared, or all of it was published before.
    fn may_see_said(&self, covers: &Covers, published: bool) -> Result<(), NotDisclosed> {
        let mut because = self.withheld(covers);
        if !published && !self.counts_are_shared(covers) {
            because.push(Reason::NotShared);
        }
        NotDisclosed::unless_nothing(because)
    }

    /// Where an entry stands, if it is a claim.
    fn claim(&self, entry: EntryId) -> Option<Idx<EntryRow>> {
        let at = self.reading.state.entries.at(entry)?;
        self.reading.state.told_in_full::<ClaimEntry>(at).map(|_| at)
    }

    /// Whether every word that something rests on names where it was read.
    fn is_published(&self, rests_on: &RestsOn) -> bool {
        let mut claims = rests_on.entries().filter_map(|entry| self.claim(entry));
        !rests_on.is_empty() && claims.all(|at| self.reading.state.saying(at).source.is_some())
    }

    /// How many passed in a leg. What was published by those who said it is no secret; what was not must be shared.
    ///
    /// # Errors
    /// It is not recorded, withheld, or neither published nor shared.
    pub fn leg(&self, leg: LegId) -> Result<Disclosed<LegShown>, NotDisclosed> {
        self.leg_shown(self.reading.state.legs.find(leg)?)
    }

    /// Every leg that the audience may be shown, in the order of recording.
    pub fn legs(&self) -> impl Iterator<Item = Disclosed<LegShown>> {
        self.reading.state.legs.places().filter_map(|(leg, _)| self.leg_shown(leg).ok())
    }

    fn leg_shown(&self, leg: Idx<LegRow>) -> Result<Disclosed<LegShown>, NotDisclosed> {
        let row = self.reading.state.legs.get(leg);
        let covers = self.reading.covers_of_handover(row.handover);
        let view = self.reading.explained().leg(row.id)?;
        self.may_see_said(&covers, self.is_published(&view.rests_on))?;
        Ok(self.made(LegShown {
            leg: view.leg,
            from: view.from,
            to: view.to,
            of: view.of,
            unit: view.unit,
            on: self.reading.state.handovers.get(row.handover).on,
            dates: view.dates.set.into(),
            untold: view.passed.label < Label::Stated,
            passed: view.passed.set.into(),
            rests_on: view.rests_on.entries().filter(|entry| self.claim(*entry).is_some()).collect(),
        }))
    }

    /// When a handover is set or was held.
    ///
    /// # Errors
    /// It is not recorded, withheld, or neither published nor shared.
    pub fn slot(&self, handover: HandoverId) -> Result<Disclosed<SlotShown>, NotDisclosed> {
        let at = self.reading.state.handovers.find(handover)?;
        let covers = self.reading.covers_of_handover(at);
        let view = self.reading.explained().slot(handover)?;
        self.may_see_said(&covers, self.is_published(&view.rests_on))?;
        let places = match self.audience {
            Audience::Public => Vec::new(),
            _ => view.place.set.values().unwrap_or_default().iter().map(ToString::to_string).collect(),
        };
        Ok(self.made(SlotShown { handover, on: view.on, dates: view.dates.set.into(), places }))
    }

    /// Every handover that the audience may be shown, in the order of recording.
    pub fn slots(&self) -> impl Iterator<Item = Disclosed<SlotShown>> {
        self.reading.state.handovers.places().filter_map(|(_, row)| self.slot(row.id).ok())
    }

    /// How far the remains of a batch have come, in numbers.
    ///
    /// # Errors
    /// It is not recorded, withheld, not for such an audience or not shared, or no rule says how small a number may be published.
    pub fn funnel_of_batch(&self, batch: BatchId) -> Result<Disclosed<FunnelShown>, NotDisclosed> {
        let at = self.reading.state.batches.find(batch)?;
        let rule = self.may_see_counts(&self.reading.covers_of_batch(at))?;
        let view = self.reading.funnel_of_batch(batch)?;
        let whole = view.remains.units;
        let part = |part: Span| FigureShown::from(rule.map_or(part, |rule| rule.hide_part(part, whole)));
        Ok(self.made(FunnelShown {
            batch,
            units: rule.map_or(whole, |rule| rule.hide(whole)).into(),
            individuals: part(view.remains.individuals),
            examined: part(view.remains.examined),
            sampled: part(view.remains.sampled),
            profiled: part(view.remains.profiled),
            identified: part(view.identified),
            notified: part(view.notified),
            released: part(view.released),
        }))
    }

    /// Every batch of which the audience may be shown how far its remains have come, in the order of recording.
    pub fn funnels(&self) -> impl Iterator<Item = Disclosed<FunnelShown>> {
        self.reading.state.batches.places().filter_map(|(_, row)| self.funnel_of_batch(row.id).ok())
    }

    /// How far a list has come, in numbers.
    ///
    /// # Errors
    /// It is not recorded, withheld, not for such an audience or not shared, or no rule says how small a number may be published.
    pub fn list(&self, list: ListId) -> Result<Disclosed<ListShown>, NotDisclosed> {
        let at = self.reading.state.lists.find(list)?;
        let rule = self.may_see_counts(&self.reading.covers_of_list(at))?;
        let view = self.reading.list(list)?;
        let number = |n: usize| Span::exactly(u64::try_from(n).unwrap_or(u64::MAX));
        let listed: Vec<_> =
            view.entries.iter().filter(|entry| entry.frozen || view.frozen.is_none()).collect();
        let handed_over = listed.iter().filter(|entry| entry.is_handed_over()).count();
        let otherwise = listed.iter().filter(|entry| entry.is_ended_otherwise()).count();
        let whole = number(listed.len());
        let part = |part: Span| FigureShown::from(rule.map_or(part, |rule| rule.hide_part(part, whole)));
        Ok(self.made(ListShown {
            list,
            holder: view.holder,
            home: view.home,
            frozen: view.stage >= ListStage::Frozen,
            listed: rule.map_or(whole, |rule| rule.hide(whole)).into(),
            handed_over: part(number(handed_over)),
            otherwise_ended: part(number(otherwise)),
        }))
    }

    /// Every list of which the audience may be shown numbers, in the order of recording.
    pub fn lists(&self) -> impl Iterator<Item = Disclosed<ListShown>> {
        self.reading.state.lists.places().filter_map(|(_, row)| self.list(row.id).ok())
    }
}
