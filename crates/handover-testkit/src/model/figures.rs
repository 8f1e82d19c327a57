//! What follows from words: legs with their batches, sums as of a day, what is outstanding, published totals.

use super::sets::{self, BEYOND, NOUGHT, Set, just};
use super::words::width;
use super::{According, Label, Model, Proposition, Told};
use crate::world::{Kind, Owed, Respect, Side, Thing, Word};

/// Whether a leg had happened by the day as of which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It had.
    Yes,
    /// It may have.
    Perhaps,
    /// It had not.
    No,
}

/// What is asked for at least, and at most. None of either for a term without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// At least.
    pub floor: Option<Set>,
    /// At most.
    pub ceiling: Option<Set>,
    /// Whether its speakers contradict themselves.
    pub is_marked: bool,
}

/// Whether what is owed was performed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was.
    Met,
    /// It was not, so far.
    NotMet,
    /// It cannot be told.
    Undetermined,
    /// Nobody who is believed says what is owed.
    NoTerms,
    /// There is no number.
    OpenUnquantified,
}

/// How an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The verdict.
    pub verdict: Verdict,
    /// What is still owed.
    pub outstanding: Option<Set>,
    /// What was handed over beyond the ceiling.
    pub surplus: Option<Set>,
}

/// How a published figure stands to a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audit {
    /// It is the sum.
    Agrees,
    /// It is more by at least so many.
    Exceeds(u32),
    /// It is less by at least so many.
    FallsShort(u32),
    /// So many are told of by nobody.
    Missing(Set),
    /// It may be the sum.
    Compatible,
    /// It has no number.
    NoNumber,
    /// No leg is recorded.
    NoLeg,
}

/// The term that a statement makes, as numbers.
pub fn bounds(owed: Owed) -> (Option<u32>, Option<u32>) {
    match owed {
        Owed::Exactly(n) => (Some(n), Some(n)),
        Owed::AtLeast(n) => (Some(n), None),
        Owed::MoreThan(n) => (Some(n + 1), None),
        Owed::UpTo(n) => (Some(0), Some(n)),
        Owed::About(n, stated) => {
            let width = stated.unwrap_or_else(|| width(n));
            (Some(n.saturating_sub(width)), Some(n + width))
        }
        Owed::Between(a, b) => (Some(a), Some(b)),
        Owed::Nothing => (Some(0), None),
        Owed::AllFound | Owed::Unquantified => (None, None),
    }
}

impl Model<'_> {
    /// When a handover happened.
    pub fn dates(&self, handover: usize, according: According) -> Told {
        let q = Proposition::When(handover);
        let (frame, said) = (self.frame(handover), self.told(q, according));
        if !q.informs(said) {
            return Told::stated(frame);
        }
        match frame & said.set {
            0 => Told { set: sets::hull(frame | said.set), label: Label::Marked },
            set => Told { set, label: said.label },
        }
    }

    /// Whether a handover had happened by the end of a day.
    pub fn counted(&self, handover: usize, according: According, as_of: u8) -> Counted {
        let dates = self.dates(handover, according).set;
        let is_by = |day: u32| day <= u32::from(as_of);
        match (sets::values(dates).all(is_by), sets::values(dates).any(is_by)) {
            (true, _) => Counted::Yes,
            (false, true) => Counted::Perhaps,
            (false, false) => Counted::No,
        }
    }

    /// How many passed in a leg: what is said of it, and of its batches together.
    pub fn leg(&self, leg: usize, according: According) -> Told {
        let unit = self.world.legs[leg].unit;
        let q = Proposition::Count(Thing::Leg(leg), unit);
        let direct = self.told(q, according);
        let batches: Vec<Told> = self
            .world
            .batches_of(leg)
            .map(|batch| self.told(Proposition::Count(Thing::Batch(batch), unit), according))
            .collect();
        let Some(label) = batches.iter().map(|told| told.label).max() else { return direct };
        let sum = batches.iter().fold(NOUGHT, |sum, told| sets::plus(sum, told.set));
        let sum = if self.world.legs[leg].whole { sum } else { sets::and_more(sum) };
        match (q.informs(direct), sum != sets::ALL) {
            (true, false) => direct,
            (false, false) => Told { set: sets::ALL, label: direct.label.max(label) },
            (false, true) => Told { set: sum, label: label.max(Label::Stated) },
            (true, true) => {
                let is_marked = direct.label == Label::Marked || label == Label::Marked;
                match direct.set & sum {
                    set if set != 0 && !is_marked => Told::stated(set),
                    _ => Told { set: sets::hull(direct.set | sum), label: Label::Marked },
                }
            }
        }
    }

    /// The legs that count, or may, with what is told of each in a unit.
    pub fn parts(
        &self,
        legs: &[usize],
        unit: Kind,
        according: According,
        as_of: u8,
    ) -> Vec<(usize, Told, Counted)> {
        let mut parts = Vec::new();
        for leg in legs {
            let counted = self.counted(self.world.legs[*leg].handover, according, as_of);
            let q = Proposition::Count(Thing::Leg(*leg), unit);
            let told = if self.world.legs[*leg].unit == unit {
                self.leg(*leg, according)
            } else {
                let told = self.told(q, according);
                let label = if q.informs(told) { told.label } else { told.label.max(Label::OtherUnit) };
                Told { label, ..told }
            };
            if counted != Counted::No {
                parts.push((*leg, told, counted));
            }
        }
        parts
    }

    /// The sum of legs; nothing where none counts.
    pub fn sum(parts: &[(usize, Told, Counted)]) -> Option<Set> {
        let set = |(_, told, counted): &(usize, Told, Counted)| match counted {
            Counted::Perhaps => sets::hull(told.set | NOUGHT),
            _ => told.set,
        };
        (!parts.is_empty()).then(|| parts.iter().fold(NOUGHT, |sum, part| sets::plus(sum, set(part))))
    }

    /// What is owed by a reading's word; nothing if nobody who is believed says.
    pub fn term(&self, according: According) -> Option<Term> {
        let organs = |is: &dyn Fn(Side) -> bool| -> Vec<Term> {
            (0..self.world.organs.len())
                .filter(|organ| is(self.world.organs[*organ]))
                .filter_map(|organ| self.term_of_organ(organ))
                .collect()
        };
        match according {
            According::To(party) => self.term_of_party(party),
            According::AcceptedByAll => {
                let parties = self.world.parties_of(Thing::Obligation);
                let terms: Option<Vec<Term>> =
                    parties.iter().map(|party| self.term_of_party(*party)).collect();
                either_term(&terms?)
            }
            According::Neutral => either_term(&organs(&|side| side == Side::Neutral)),
            According::Anyone => either_term(&organs(&|_| true)),
        }
    }

    fn term_of_organ(&self, organ: usize) -> Option<Term> {
        let terms: Vec<Term> = self
            .live_claims()
            .filter(|step| self.world.steps[*step].organ() == organ)
            .filter_map(|step| match self.world.claim(step) {
                Some((Thing::Obligation, Word::Owed(owed))) => Some(bounds(owed)),
                _ => None,
            })
            .map(|(floor, ceiling)| Term {
                floor: floor.map(just),
                ceiling: ceiling.map(just),
                is_marked: false,
            })
            .collect();
        every_term(&terms)
    }

    fn term_of_party(&self, party: usize) -> Option<Term> {
        let order = self.world.precedence_of(party, Respect::Terms);
        if let Some(term) = order.iter().find_map(|organ| self.term_of_organ(*organ)) {
            return Some(term);
        }
        let own =
            (0..self.world.organs.len()).filter(|organ| self.world.organs[*organ] == Side::Party(party));
        every_term(&own.filter_map(|organ| self.term_of_organ(organ)).collect::<Vec<_>>())
    }

    /// How the obligation stands.
    pub fn evaluate(&self, terms: According, counts: According, as_of: u8) -> Standing {
        let nothing = |verdict| Standing { verdict, outstanding: None, surplus: None };
        let Some(term) = self.term(terms) else { return nothing(Verdict::NoTerms) };
        let Some(floor) = term.floor else { return nothing(Verdict::OpenUnquantified) };
        let legs: Vec<usize> =
            (0..self.world.legs.len()).filter(|leg| self.world.legs[*leg].towards).collect();
        let parts = self.parts(&legs, Kind::Sets, counts, as_of);
        let performed = Self::sum(&parts).unwrap_or(NOUGHT);
        let (least, most) = (sets::lowest(performed), sets::highest(performed));
        let is_met = sets::highest(floor) != BEYOND && least >= sets::highest(floor);
        let is_not_met = most != BEYOND && most < sets::lowest(floor);
        let verdict = match (is_met, is_not_met) {
            (true, _) => Verdict::Met,
            (_, true) => Verdict::NotMet,
            _ => Verdict::Undetermined,
        };
        Standing {
            verdict,
            outstanding: Some(sets::less(floor, performed)),
            surplus: term.ceiling.map(|ceiling| sets::less(performed, ceiling)),
        }
    }

    /// How each live figure that was published for the total stands to the sum of the legs that it covers.
    pub fn audits(&self, according: According, as_of: u8) -> Vec<(usize, Audit)> {
        let covered: Vec<usize> = (0..self.world.legs.len())
            .filter(|leg| (self.world.legs[*leg].from, self.world.legs[*leg].to) == (0, 1))
            .collect();
        let parts = self.parts(&covered, Kind::Sets, according, as_of);
        self.live_claims()
            .filter_map(|step| match self.world.claim(step) {
                Some((Thing::Total, Word::Count(amount, Kind::Sets))) => {
                    Some((step, audit(self.amount(amount), &parts)))
                }
                _ => None,
            })
            .collect()
    }
}

/// All of these terms are so: floors meet, and ceilings; if one of the two cannot, or a term is marked, the marked hulls.
fn every_term(terms: &[Term]) -> Option<Term> {
    let meet = |end: fn(&Term) -> Option<Set>| terms.iter().filter_map(end).reduce(|a, b| a & b);
    let (floor, ceiling) = (meet(|term| term.floor), meet(|term| term.ceiling));
    if floor == Some(0) || ceiling == Some(0) || terms.iter().any(|term| term.is_marked) {
        return either_term(terms).map(|term| Term { is_marked: true, ..term });
    }
    (!terms.is_empty()).then_some(Term { floor, ceiling, is_marked: false })
}

/// One of these terms is so. Who states no floor may be right, and then nothing is known of it; who states no ceiling may
/// be right, and then there is none.
fn either_term(terms: &[Term]) -> Option<Term> {
    let hull =
        |end: fn(&Term) -> Option<Set>| terms.iter().filter_map(end).reduce(|a, b| a | b).map(sets::hull);
    let floor = match hull(|term| term.floor) {
        Some(_) if terms.iter().any(|term| term.floor.is_none()) => Some(sets::ALL),
        floor => floor,
    };
    let ceiling = match hull(|term| term.ceiling) {
        Some(some) if terms.iter().any(|term| term.ceiling.is_none()) => Some(sets::and_more(some)),
        ceiling => ceiling,
    };
    let is_marked = terms.iter().any(|term| term.is_marked);
    (!terms.is_empty()).then_some(Term { floor, ceiling, is_marked })
}

fn audit(published: Told, parts: &[(usize, Told, Counted)]) -> Audit {
    if published.label != Label::Stated || published.set == sets::ALL {
        return Audit::NoNumber;
    }
    let Some(sum) = Model::sum(parts) else { return Audit::NoLeg };
    if published.set & sum == 0 {
        return if sets::lowest(published.set) > sets::highest(sum) {
            Audit::Exceeds(sets::lowest(published.set) - sets::highest(sum))
        } else {
            Audit::FallsShort(sets::lowest(sum) - sets::highest(published.set))
        };
    }
    if published.set == sum && sets::lowest(sum) == sets::highest(sum) && sum != just(BEYOND) {
        return Audit::Agrees;
    }
    let (untold, known): (Vec<_>, Vec<_>) = parts.iter().partition(|(_, told, _)| told.set == sets::ALL);
    if untold.is_empty() {
        return Audit::Compatible;
    }
    let known = Model::sum(&known).unwrap_or(NOUGHT);
    Audit::Missing(sets::less(published.set, known))
}
