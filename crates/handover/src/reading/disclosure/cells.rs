//! Small numbers: what of a figure may be published (invariant 60).

use super::FigureShown;
use crate::disclosure::{DisclosureEntry, LEAST_THRESHOLD};
use crate::quantity::Span;
use crate::reading::sum::Counted;
use crate::reading::{Basis, Reading};

/// How small a number may be published: the strictest of what authorities declared.
///
/// It hides nothing by a lie. A number that may not be published is shown as the span of those that look alike, so what is
/// shown always holds the number itself. Where a part and its whole are both published, what is left over is hidden as the
/// part is. Two publications at two times differ by what happened between them: a `step` greater than 1 hides that too, most
/// of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRule {
    /// A number below this, other than none, is shown as below this.
    pub below: u32,
    /// Other numbers are shown as between multiples of this.
    pub step: u32,
}

impl CellRule {
    /// What is shown of a number.
    ///
    /// ```
    /// use handover::{quantity::Span, reading::CellRule};
    ///
    /// let rule = CellRule { below: 5, step: 1 };
    /// assert_eq!(rule.hide(Span::exactly(0)), Span::exactly(0));
    /// assert_eq!(rule.hide(Span::exactly(3)), Span::new(1, 4).unwrap());
    /// assert_eq!(rule.hide(Span::exactly(5)), Span::exactly(5));
    /// let rule = CellRule { below: 5, step: 10 };
    /// assert_eq!(rule.hide(Span::exactly(5)), Span::new(5, 9).unwrap());
    /// assert_eq!(rule.hide(Span::exactly(1_245)), Span::new(1_240, 1_249).unwrap());
    /// ```
    pub fn hide(self, number: Span) -> Span {
        let (below, step) = (u64::from(self.below.max(LEAST_THRESHOLD)), u64::from(self.step.max(1)));
        let floor = |n: u64| n.saturating_sub(n.checked_rem(step).unwrap_or(0));
        let least = match number.lo() {
            0 => 0,
            small if small < below => 1,
            other => floor(other).max(below),
        };
        let most = number.hi().map(|hi| match hi {
            0 => 0,
            small if small < below => below.saturating_sub(1),
            other => floor(other).saturating_add(step.saturating_sub(1)),
        });
        match most {
            Some(most) => Span::new(least, most).unwrap_or(number),
            None => Span::at_least(least),
        }
    }

    /// What is shown of a part of a whole that is shown too: what is left over is hidden as well.
    pub fn hide_part(self, part: Span, whole: Span) -> Span {
        let hidden = self.hide(part);
        let (Some(part), Some(whole)) = (part.only(), whole.only()) else { return hidden };
        let Some(rest) = whole.checked_sub(part) else { return hidden };
        let Some(most) = self.hide(Span::exactly(rest)).hi() else { return hidden };
        if self.hide(Span::exactly(rest)).only().is_some() {
            return hidden;
        }
        let least = self.hide(Span::exactly(rest)).lo();
        let by_rest = Span::new(whole.saturating_sub(most), whole.saturating_sub(least));
        by_rest.map_or(hidden, |by_rest| hidden.hull(by_rest))
    }
}

impl<B: Basis> Reading<'_, B> {
    /// How small a number may be published by the moment of this reading; `None` if no authority declared it. Of each
    /// authority the latest counts, of all the strictest.
    pub fn rule_on_small_numbers(&self) -> Option<CellRule> {
        let mut latest = alloc::collections::BTreeMap::new();
        for row in self.state.cells.rows().filter(|row| self.happened(row.entry) == Counted::Yes) {
            if let Some(DisclosureEntry::SmallCells(cells)) = self.state.disclosure(row.entry) {
                latest.insert(row.organ, *cells);
            }
        }
        latest.into_values().map(|cells| CellRule { below: cells.below, step: cells.step }).reduce(
            |one, other| CellRule { below: one.below.max(other.below), step: one.step.max(other.step) },
        )
    }
}

impl From<Span> for FigureShown {
    fn from(span: Span) -> Self {
        Self { least: span.lo(), most: span.hi() }
    }
}
