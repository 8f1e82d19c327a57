//! What is said of a proposition: by a claim, an organ, a party, in a reading, and by the parties together.

use super::sets::{self, NO, NOUGHT, YES, just, range};
use super::{According, Label, Model, Proposition, Told};
use crate::world::{Amount, Date, Side, Thing, Word};

/// How the words of the parties stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nobody says anything that informs.
    Unasserted,
    /// These hold it back.
    Withheld(Vec<usize>),
    /// These deny what another asserts.
    Denied(Vec<usize>),
    /// No value is possible by all; counts are so far apart.
    Conflicting(Option<u32>),
    /// One party speaks.
    OneSided(usize),
    /// Every party says the same.
    ConfirmedByAll(sets::Set),
    /// All who speak say the same.
    ConfirmedBySome(sets::Set),
    /// This is possible by all who speak.
    PartlyCompatible(sets::Set),
}

/// Half of the last decimal place that is not nought, rounded up and at least 1.
pub fn width(number: u32) -> u32 {
    let mut place = 1;
    while number.is_multiple_of(place * 10) {
        place *= 10;
    }
    place.div_ceil(2).max(1)
}

impl Model<'_> {
    /// What an amount says.
    pub fn amount(&self, amount: Amount) -> Told {
        let about = |n: u32, width: u32| range(n.saturating_sub(width), n + width);
        let label = |label| Told { set: sets::ALL, label };
        Told::stated(match amount {
            Amount::Exact(n) => just(n),
            Amount::Approx(n, stated) => about(n, stated.unwrap_or_else(|| width(n))),
            Amount::AtLeast(n) => range(n, sets::BEYOND),
            Amount::MoreThan(n) => range(n + 1, sets::BEYOND),
            Amount::AtMost(n) => range(0, n),
            Amount::LessThan(n) => range(0, n - 1),
            Amount::Between(a, b) => range(a, b),
            Amount::None => NOUGHT,
            Amount::Undisclosed => return label(Label::Undisclosed),
            Amount::Withheld => return label(Label::Withheld),
            Amount::Unknown => return label(Label::Unknown),
            Amount::SameAs(step, width) => {
                let (amount, _) = self.world.claim(step).unwrap().1.amount().unwrap();
                let same = self.amount(amount);
                let widened = sets::values(same.set).fold(0, |set, n| set | about(n, width));
                return Told { set: widened, label: same.label };
            }
        })
    }

    fn date(date: Date) -> Told {
        let label = |label| Told { set: sets::ALL_DAYS, label };
        let after = u32::from(crate::world::DAYS) + 1;
        match date {
            Date::Days(first, last) => {
                Told::stated(range(first.map_or(0, u32::from), last.map_or(after, u32::from)))
            }
            Date::Undisclosed => label(Label::Undisclosed),
            Date::Unknown => label(Label::Unknown),
        }
    }

    /// The frame of days that tells a handover from others.
    pub fn frame(&self, handover: usize) -> sets::Set {
        Self::date(self.world.handovers[handover]).set
    }

    /// Whether a claim on a leg says that someone was handed over in it, or that nobody was.
    fn passing(&self, word: Word) -> Option<bool> {
        match word {
            Word::Occurred => Some(true),
            Word::DidNotOccur => Some(false),
            Word::Count(amount, _) => {
                let told = self.amount(amount);
                match told.label {
                    Label::Stated if told.set & NOUGHT == 0 => Some(true),
                    Label::Stated if told.set == NOUGHT => Some(false),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// What a claim says of a proposition, if anything.
    fn says(&self, step: usize, q: Proposition) -> Option<Told> {
        let (thing, word) = self.world.claim(step)?;
        let yes_or_no = |happened| Told::stated(if happened { YES } else { NO });
        match q {
            Proposition::Count(about, kind) if thing == about => match word {
                Word::Count(amount, counted) if counted == kind => Some(self.amount(amount)),
                // Who denies that a leg happened says that nobody was handed over in it, in any unit.
                _ if matches!(about, Thing::Leg(_)) && self.passing(word) == Some(false) => {
                    Some(Told::stated(NOUGHT))
                }
                _ => None,
            },
            Proposition::Occurs(about @ Thing::Leg(_)) if thing == about => self.passing(word).map(yes_or_no),
            Proposition::Occurs(about @ Thing::Handover(handover)) => match thing {
                // A leg that happened is a handover that was held; one that did not says nothing of it.
                Thing::Leg(leg) if self.world.legs[leg].handover == handover => {
                    self.passing(word).filter(|happened| *happened).map(yes_or_no)
                }
                _ if thing == about => self.passing(word).map(yes_or_no),
                _ => None,
            },
            Proposition::Occurs(about) if thing == about => self.passing(word).map(yes_or_no),
            Proposition::When(_) if thing == q.about() => match word {
                Word::When(date) => Some(Self::date(date)),
                _ => None,
            },
            _ => None,
        }
    }

    /// All of these are so; if that cannot be, or one of them is marked, the marked hull.
    fn all_of(words: &[Told]) -> Told {
        let meet = words.iter().fold(sets::Set::MAX, |meet, word| meet & word.set);
        let union = words.iter().fold(0, |union, word| union | word.set);
        if meet == 0 || words.iter().any(|word| word.label == Label::Marked) {
            return Told { set: sets::hull(union), label: Label::Marked };
        }
        Told::stated(meet)
    }

    fn informative(q: Proposition, words: &[Told]) -> Vec<Told> {
        words.iter().copied().filter(|word| q.informs(*word)).collect()
    }

    fn nothing(q: Proposition, label: Label) -> Told {
        Told { set: q.universe(), label }
    }

    /// What an organ says.
    pub fn organ_word(&self, q: Proposition, organ: usize) -> Told {
        let own = self.live_claims().filter(|step| self.world.steps[*step].organ() == organ);
        let said: Vec<Told> = own.filter_map(|step| self.says(step, q)).collect();
        let informative = Self::informative(q, &said);
        if informative.is_empty() {
            let label = said.iter().map(|told| told.label).max().unwrap_or(Label::Silent);
            return Self::nothing(q, label);
        }
        Self::all_of(&informative)
    }

    fn organs_of(&self, side: impl Fn(Side) -> bool) -> Vec<usize> {
        (0..self.world.organs.len()).filter(|organ| side(self.world.organs[*organ])).collect()
    }

    /// Why organs that say nothing say nothing: what they count in another unit does not count.
    fn quiet(&self, q: Proposition, organs: &[usize]) -> Told {
        let label = organs.iter().map(|organ| self.organ_word(q, *organ).label).max();
        let label = label.unwrap_or(Label::Silent);
        let counts_otherwise = self.live_claims().any(|step| {
            let Proposition::Count(about, kind) = q else { return false };
            let counts = match self.world.claim(step) {
                Some((thing, Word::Count(_, other))) => thing == about && other != kind,
                _ => false,
            };
            counts && organs.contains(&self.world.steps[step].organ())
        });
        let label = if label == Label::Silent && counts_otherwise { Label::OtherUnit } else { label };
        Self::nothing(q, label)
    }

    /// What a party says, and by which organs.
    pub fn party_word_and_organs(&self, q: Proposition, party: usize) -> (Told, Vec<usize>) {
        let own = self.organs_of(|side| side == Side::Party(party));
        let informs = |organ: &usize| q.informs(self.organ_word(q, *organ));
        let order = self.world.precedence_of(party, q.respect());
        let followed: Vec<usize> = match order.iter().find(|organ| informs(organ)) {
            Some(first) => vec![*first],
            None => own.iter().copied().filter(informs).collect(),
        };
        let words: Vec<Told> = followed.iter().map(|organ| self.organ_word(q, *organ)).collect();
        let told = if words.is_empty() { self.quiet(q, &own) } else { Self::all_of(&words) };
        (told, followed)
    }

    /// What a party says.
    pub fn party_word(&self, q: Proposition, party: usize) -> Told {
        if let Proposition::Count(leg @ Thing::Leg(_), _) = q
            && self.party_word(Proposition::Occurs(leg), party) == Told::stated(NO)
        {
            return Told::stated(NOUGHT);
        }
        self.party_word_and_organs(q, party).0
    }

    /// One of these is so.
    fn one_of(words: &[Told]) -> Told {
        let union = words.iter().fold(0, |union, word| union | word.set);
        let label =
            if words.iter().any(|word| word.label == Label::Marked) { Label::Marked } else { Label::Stated };
        Told { set: sets::hull(union), label }
    }

    fn one_of_organs(&self, q: Proposition, organs: &[usize]) -> Told {
        let words: Vec<Told> = organs.iter().map(|organ| self.organ_word(q, *organ)).collect();
        let informative = Self::informative(q, &words);
        if informative.is_empty() { self.quiet(q, organs) } else { Self::one_of(&informative) }
    }

    /// What a reading takes to be said.
    pub fn told(&self, q: Proposition, according: According) -> Told {
        match according {
            According::To(party) => self.party_word(q, party),
            According::AcceptedByAll => {
                let parties = self.world.parties_of(q.about());
                let words: Vec<Told> = parties.iter().map(|party| self.party_word(q, *party)).collect();
                let quiet = words.iter().filter(|word| !q.informs(**word)).map(|word| word.label).max();
                match quiet {
                    Some(label) => Self::nothing(q, label),
                    None if words.is_empty() => Self::nothing(q, Label::Silent),
                    None => Self::one_of(&words),
                }
            }
            According::Neutral => self.one_of_organs(q, &self.organs_of(|side| side == Side::Neutral)),
            According::Anyone => self.one_of_organs(q, &self.organs_of(|_| true)),
        }
    }

    /// How the parties' words stand to each other: the first that holds.
    pub fn joint(&self, q: Proposition) -> Joint {
        let words: Vec<(usize, Told)> = self
            .world
            .parties_of(q.about())
            .into_iter()
            .map(|party| (party, self.party_word(q, party)))
            .collect();
        let who = |is: &dyn Fn(&Told) -> bool| -> Vec<usize> {
            words.iter().filter(|(_, word)| is(word)).map(|(party, _)| *party).collect()
        };
        let informative: Vec<(usize, Told)> =
            words.iter().copied().filter(|(_, word)| q.informs(*word)).collect();
        if informative.is_empty() {
            let by = who(&|word| matches!(word.label, Label::Undisclosed | Label::Withheld | Label::Unknown));
            return if by.is_empty() { Joint::Unasserted } else { Joint::Withheld(by) };
        }
        if matches!(q, Proposition::Occurs(_)) {
            let deny = who(&|word| q.informs(*word) && word.set == NO);
            if !deny.is_empty() && !who(&|word| q.informs(*word) && word.set == YES).is_empty() {
                return Joint::Denied(deny);
            }
        }
        let common = informative.iter().fold(sets::Set::MAX, |common, (_, word)| common & word.set);
        if common == 0 {
            let lo = informative.iter().map(|(_, word)| sets::lowest(word.set)).max().unwrap();
            let hi = informative.iter().map(|(_, word)| sets::highest(word.set)).min().unwrap();
            return Joint::Conflicting(matches!(q, Proposition::Count(..)).then(|| lo - hi));
        }
        if let [(only, _)] = informative[..] {
            return Joint::OneSided(only);
        }
        let is_same = informative.iter().all(|(_, word)| *word == Told::stated(common));
        match (is_same, informative.len() == words.len()) {
            (true, true) => Joint::ConfirmedByAll(common),
            (true, false) => Joint::ConfirmedBySome(common),
            (false, _) => Joint::PartlyCompatible(common),
        }
    }
}
