//! One handover, from the day on which it is set to what is said of it afterwards.

use handover::batch::{Batch, BatchEntry, Passage, Reversal};
use handover::claim::{
    Affiliation, ClaimEntry, Correction, CreditDenial, CreditDenied, Fault, Place, Postponement,
    PostponementKind, Readiness, Repetition, Statement, Subject, Withdrawal,
};
use handover::entry::What;
use handover::id::{BatchId, HandoverId, LegId};
use handover::obligation::{Class, Matter};
use handover::quantity::{Quantity, Unit};
use handover::slot::{Handover, HandoverEntry, Leg, NoOtherBatch};
use handover::total::{Coverage, Total, TotalEntry};

use crate::Scene;
use crate::scene::{count, made};
use crate::stage::{PRISONERS, REMAINS};

impl Scene {
    pub(crate) fn next_round(&mut self) {
        if self.round.is_multiple_of(self.stage_length) {
            self.begin_stage();
        }
        let handover = self.set_slot();
        for by in 0..2 {
            let leg = self.add_leg(handover, by, REMAINS);
            self.bring_and_pass(handover, leg, by);
            if self.once_in(2) {
                let leg = self.add_leg(handover, by, PRISONERS);
                self.exchange(leg, by);
            }
        }
        self.speak_of_the_handover(handover);
        if self.once_in(10) {
            self.publish_total();
        }
        self.round += 1;
        if self.round.is_multiple_of(self.stage_length) {
            self.round -= 1;
            self.end_stage();
            self.round += 1;
        }
    }

    fn set_slot(&mut self) -> HandoverId {
        let id = made(&format!("handover-{}", self.round));
        let earlier = self.round.checked_sub(1).filter(|_| self.once_in(8));
        self.keep(What::Handover(HandoverEntry::Introduced(Handover {
            id,
            under: Some(self.agreement()),
            on: self.today(),
            instead_of: earlier.map(|earlier| made(&format!("handover-{earlier}"))),
            note: None,
        })));
        let on = self.today();
        for [desk, ..] in self.speakers {
            self.say(desk, Subject::Slot(id), Statement::Occurred);
            self.say(desk, Subject::Slot(id), Statement::When(on));
        }
        if self.once_in(8) {
            let [north, _] = self.parties;
            let postponement = Postponement { kind: PostponementKind::RequestedBy(north), to: Some(on) };
            let [[desk, ..], _] = self.speakers;
            self.say(desk, Subject::Slot(id), Statement::Postponed(postponement));
        }
        if self.once_in(4) {
            let [_, of] = self.parties;
            let number = Some(count(1_200, Unit::SetOfRemains));
            let readiness = Readiness { of, ready: true, count: number };
            let [_, [desk, ..]] = self.speakers;
            self.say(desk, Subject::Slot(id), Statement::Readiness(readiness));
        }
        id
    }

    fn add_leg(&mut self, handover: HandoverId, by: usize, of: Class) -> LegId {
        let kind = if of == REMAINS { 'r' } else { 'p' };
        let id = made(&format!("leg-{}-{by}{kind}", self.round));
        let [north, south] = self.parties;
        let (from, to) = if by == 0 { (north, south) } else { (south, north) };
        self.keep(What::Handover(HandoverEntry::Leg(Leg {
            id,
            handover,
            from,
            to,
            of,
            unit: if of == REMAINS { Unit::SetOfRemains } else { Unit::Prisoner },
            towards: Some(self.owed(by, of)),
        })));
        id
    }

    fn bring_and_pass(&mut self, handover: HandoverId, leg: LegId, by: usize) {
        let [north, south] = self.parties;
        let (from, to) = if by == 0 { (north, south) } else { (south, north) };
        let unit = Unit::SetOfRemains;
        let batch: BatchId = made(&format!("batch-{}-{by}", self.round));
        let towards = Some(self.owed(by, REMAINS));
        let what =
            BatchEntry::Introduced(Batch { id: batch, from, to, of: REMAINS, unit, towards, note: None });
        self.keep(What::Batch(what));

        let number = u32::try_from(self.number(1_200)).unwrap_or_default() + 1;
        let giver = self.speaker(by);
        self.say(giver, Subject::Bringing { batch, to: handover }, Statement::Occurred);
        if self.once_in(5) && self.round > 0 {
            // It was brought the day before and not accepted.
            let before = made(&format!("handover-{}", self.round - 1));
            self.say(giver, Subject::Bringing { batch, to: before }, Statement::Occurred);
        }
        let passed = What::Batch(BatchEntry::Passed(Passage { batch, leg }));
        let passage = self.keep(passed.clone());
        if self.once_in(16) {
            let reason = self.words.reason.clone();
            self.keep(What::Batch(BatchEntry::Reversed(Reversal { entry: passage, reason })));
            self.keep(passed);
        }
        let told = self.say(giver, Subject::Batch(batch), Statement::Count(count(number, unit)));
        let receiver = self.speaker(1 - by);
        let seen = if self.once_in(7) { number.saturating_sub(3) } else { number };
        self.say(receiver, Subject::Batch(batch), Statement::Count(count(seen, unit)));
        let first = self.say(giver, Subject::Leg(leg), Statement::Count(count(number, unit)));
        let same: Quantity = made(&format!("same as {told}"));
        let says = if self.once_in(3) { count(same, unit) } else { count(seen, unit) };
        self.say(receiver, Subject::Leg(leg), Statement::Count(says));
        self.say(receiver, Subject::Leg(leg), Statement::Credited(count(seen, unit)));
        let whose = [Affiliation::ForcesOf(to), Affiliation::CiviliansOf(to)];
        self.say(giver, Subject::Leg(leg), Statement::Whose(whose.into()));
        let repetition = Repetition { claim: first, quotation: None, note: None };
        let [press, _] = self.press;
        self.record(press, What::Claim(ClaimEntry::Repeated(repetition)));
        if self.once_in(6) {
            let says = Statement::Count(count(seen, unit));
            let correction = Correction { claim: first, says, note: Some(self.words.note.clone()) };
            self.record(giver, What::Claim(ClaimEntry::Corrected(correction)));
        }
        if self.once_in(9) {
            let denied = CreditDenied { count: count(1, unit), reason: CreditDenial::OtherSide };
            self.say(receiver, Subject::Leg(leg), Statement::CreditDenied(denied));
            self.keep(What::Handover(HandoverEntry::NoOtherBatch(NoOtherBatch { leg })));
        }
    }

    fn exchange(&mut self, leg: LegId, by: usize) {
        let number: Quantity = match self.number(4) {
            0 => made("undisclosed"),
            1 => made("~200"),
            n => u32::try_from(n * 100).unwrap_or_default().into(),
        };
        let (giver, receiver) = (self.speaker(by), self.speaker(1 - by));
        let says = Statement::Count(count(number, Unit::Prisoner));
        self.say(giver, Subject::Leg(leg), says.clone());
        self.say(receiver, Subject::Leg(leg), Statement::Occurred);
        self.say(self.reports, Subject::Leg(leg), says);
    }

    /// Someone who speaks for a party: most often of the organ that is followed first.
    pub(crate) fn speaker(&mut self, party: usize) -> handover::id::SpeakerId {
        let at = usize::try_from(self.number(5).saturating_sub(2)).unwrap_or_default();
        let [north, south] = self.speakers;
        let [desk, chief, minister] = if party == 0 { north } else { south };
        [desk, chief, minister].get(at).copied().unwrap_or(desk)
    }

    fn speak_of_the_handover(&mut self, handover: HandoverId) {
        let (about, on) = (Subject::Handover(handover), self.today());
        for (party, of) in self.parties.into_iter().enumerate() {
            let speaker = self.speaker(party);
            self.say(speaker, about, Statement::Occurred);
            self.say(speaker, about, Statement::When(on));
            self.say(speaker, Subject::Appearance { at: handover, of }, Statement::Occurred);
        }
        let (place, means) = (Place::Called(self.words.place.clone()), self.words.means.clone());
        let told = self.say(self.neutral, about, Statement::Where(place));
        self.say(self.neutral, about, Statement::Means(means));
        if self.once_in(11) {
            let withdrawal = Withdrawal { claim: told, note: None };
            self.record(self.neutral, What::Claim(ClaimEntry::Withdrawn(withdrawal)));
        }
        if self.once_in(3) {
            let [of, _] = self.parties;
            let fault = Fault { of, act: self.words.act.clone(), intended: self.once_in(2) };
            let speaker = self.speaker(1);
            self.say(speaker, about, Statement::Fault(fault));
        }
    }

    fn publish_total(&mut self) {
        let id = made(&format!("total-{}", self.round));
        let [north, south] = self.parties;
        let begin = self.round - self.round % self.stage_length;
        let during = made(&format!("{}/{}+03:00", Self::day_of(begin), Self::day_of(self.round)));
        let under = Some(self.agreement());
        let matter = Matter::Remains;
        let of = Coverage { under, from: Some(south), to: Some(north), matter, during: Some(during) };
        let unit = Unit::SetOfRemains;
        self.keep(What::Total(TotalEntry::Introduced(Total { id, of, unit, note: None })));
        for party in 0..2 {
            let speaker = self.speaker(party);
            self.say(speaker, Subject::Total(id), Statement::Count(count(6_057, unit)));
        }
    }
}
