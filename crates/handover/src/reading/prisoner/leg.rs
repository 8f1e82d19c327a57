use alloc::vec::Vec;

use crate::id::LegId;
use crate::prisoner::{NominationRow, Step};
use crate::quantity::Span;
use crate::reading::standing::Voice;
use crate::reading::sum::Counted;
use crate::reading::word::Told;
use crate::reading::{Basis, Reading, Whose};
use crate::refusal::EntryRefusal;
use crate::slot::LegRow;
use crate::table::Idx;

/// How many persons of lists were handed over in a leg, as a check beside what is claimed of it (invariant 49). Neither
/// overwrites the other.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedCount<B = ()> {
    /// The leg.
    pub leg: LegId,
    /// How many the entries of lists come to, by this reading.
    pub listed: Span,
    /// How many by the holder's word and how many by the home party's.
    pub by_party: [Span; 2],
    /// How many are claimed to have passed.
    pub claimed: Told<Span>,
    /// Whether some number is in both.
    pub agrees: bool,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// The count of a leg from the entries of lists.
    ///
    /// # Errors
    /// The leg is not recorded.
    pub fn listed_in_leg(&self, leg: LegId) -> Result<ListedCount<B>, EntryRefusal> {
        let at = self.state.legs.find(leg)?;
        let row = self.state.legs.get(at);
        let mut rests_on = B::default();
        let sides =
            [Voice::Of(row.from), Voice::Of(row.to)].map(|voice| self.listed(voice, at, &mut rests_on));
        let [from, to] = sides;
        let listed = match self.whose {
            Whose::All => from.hull(to),
            _ => self.listed(Voice::Believed, at, &mut rests_on),
        };
        let claimed = self.leg_told(at, &mut rests_on);
        let agrees = claimed.set.meet(listed).is_some();
        Ok(ListedCount { leg, listed, by_party: sides, claimed, agrees, rests_on })
    }

    fn listed(&self, voice: Voice, leg: Idx<LegRow>, basis: &mut B) -> Span {
        let (mut certain, mut possible) = (0_u64, 0_u64);
        for (nomination, _) in self.state.nominations.places() {
            match self.passed_in(voice, nomination, leg, basis) {
                Counted::Yes => {
                    certain = certain.saturating_add(1);
                    possible = possible.saturating_add(1);
                }
                Counted::Perhaps => possible = possible.saturating_add(1),
                Counted::No => {}
            }
        }
        Span::new(certain, possible).unwrap_or(Span::EVERYTHING)
    }

    fn passed_in(
        &self,
        voice: Voice,
        nomination: Idx<NominationRow>,
        leg: Idx<LegRow>,
        basis: &mut B,
    ) -> Counted {
        let own = self.state.lists.get(self.state.nominations.get(nomination).list).leg;
        let handings: Vec<_> = self
            .state
            .all_steps(nomination)
            .filter(|(entry, told)| {
                let Step::HandedOver(handing) = told.step else { return false };
                let in_leg = handing.leg.map_or(own, |leg| self.state.legs.at(leg));
                in_leg == Some(leg) && self.still_stands(*entry) && self.is_word_of(voice, *entry)
            })
            .map(|(entry, _)| (entry, self.happened(entry)))
            .filter(|(_, happened)| *happened != Counted::No)
            .collect();
        for (entry, _) in &handings {
            self.rest_on(basis, *entry);
        }
        match handings.iter().map(|(_, happened)| *happened).find(|happened| *happened == Counted::Yes) {
            Some(happened) => happened,
            None if handings.is_empty() => Counted::No,
            None => Counted::Perhaps,
        }
    }
}
