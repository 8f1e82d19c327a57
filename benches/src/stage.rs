//! What is set up once, and once for each agreement.

use handover::agreement::{Agreement, AgreementEntry, Amendment, Form};
use handover::claim::{ClaimEntry, Correction, Statement, Subject, Suspension};
use handover::entry::What;
use handover::id::{AgreementId, ObligationId};
use handover::obligation::{
    Basis, Class, Duty, Matter, Obligation, ObligationEntry, Required, Standard, TermAssertion,
};
use handover::party::{Allegiance, Organ, Party, PartyEntry, Precedence, Source, Speaker};
use handover::quantity::Unit;
use handover::reciprocity::{Accrual, ParityScope, Ratio, Reciprocity, Rounding};
use handover::slot::{Quota, Weekday};

use crate::Scene;
use crate::scene::{count, made};

pub(crate) const REMAINS: Class = Class { matter: Matter::Remains, category: None };
pub(crate) const PRISONERS: Class = Class { matter: Matter::PrisonersOfWar, category: None };

impl Scene {
    pub(crate) fn introduce_those_who_speak(&mut self) {
        for (party, name) in self.parties.into_iter().zip(["the Northern side", "the Southern side"]) {
            self.keep(What::Party(PartyEntry::Introduced(Party { id: party, name: made(name) })));
        }
        for (party, speakers) in self.parties.into_iter().zip(self.speakers) {
            let mut organs = Vec::new();
            for speaker in speakers {
                let id = made(&speaker.to_string());
                let allegiance = Allegiance::Party(party);
                let organ = Organ { id, name: made("an institution of this side"), allegiance };
                organs.push(organ.id);
                self.keep(What::Party(PartyEntry::Organ(organ)));
                let name = made("the spokesperson");
                self.keep(What::Party(PartyEntry::Speaker(Speaker { id: speaker, name, organ: id })));
            }
            self.keep(What::Party(PartyEntry::Precedence(Precedence { party, scope: None, organs })));
        }
        let [agency, paper] = self.press;
        for (speaker, allegiance) in [
            (self.neutral, Allegiance::Neutral),
            (agency, Allegiance::Press),
            (paper, Allegiance::Press),
            (self.reports, Allegiance::Unknown),
        ] {
            let id = made(&speaker.to_string());
            self.keep(What::Party(PartyEntry::Organ(Organ { id, name: made("an observer"), allegiance })));
            let name = made("the narrator");
            self.keep(What::Party(PartyEntry::Speaker(Speaker { id: speaker, name, organ: id })));
        }
        for id in self.sources {
            let source = Source {
                id,
                publisher: made("a news agency"),
                address: Some(made("shelf mark 17")),
                published: None,
                note: None,
            };
            self.keep(What::Party(PartyEntry::Source(source)));
        }
    }

    fn stage(&self) -> u64 {
        self.round / self.stage_length
    }

    pub(crate) fn agreement(&self) -> AgreementId {
        made(&format!("agreement-{}", self.stage()))
    }

    /// What a party owes under the present agreement.
    pub(crate) fn owed(&self, by: usize, of: Class) -> ObligationId {
        let side = if by == 0 { "north" } else { "south" };
        let matter = if of == REMAINS { "remains" } else { "prisoners" };
        made(&format!("{matter}-{side}-{}", self.stage()))
    }

    pub(crate) fn begin_stage(&mut self) {
        let (agreement, on) = (self.agreement(), self.today());
        let [north, south] = self.parties;
        self.keep(What::Agreement(AgreementEntry::Introduced(Agreement {
            id: agreement,
            name: made("the understanding on returns"),
            parties: [north, south].into(),
            form: Form::MediatorText,
            on,
        })));
        let about = Subject::Agreement(agreement);
        for [desk, ..] in self.speakers {
            self.say(desk, about, Statement::Occurred);
        }
        for of in [REMAINS, PRISONERS] {
            for (by, debtor, creditor) in [(0, north, south), (1, south, north)] {
                let baseline = Duty::new(17).filter(|_| of == REMAINS && self.once_in(3));
                self.keep(What::Obligation(ObligationEntry::Introduced(Obligation {
                    id: self.owed(by, of),
                    debtor,
                    creditor,
                    of,
                    unit: if of == REMAINS { Unit::SetOfRemains } else { Unit::Prisoner },
                    basis: baseline.map_or(Basis::Agreement(agreement), Basis::Baseline),
                    standard: Standard::Result,
                    credits_at: [Accrual::Tender, Accrual::Passage, Accrual::Credit]
                        .get(usize::try_from(self.stage()).unwrap_or_default() % 3)
                        .copied()
                        .unwrap_or(Accrual::Passage),
                    note: None,
                })));
            }
            for by in 0..2 {
                self.state_terms(by, of);
            }
        }
        let (version, note) = (2, Some(self.words.note.clone()));
        let consented = [north, south].into();
        self.keep(What::Agreement(AgreementEntry::Amended(Amendment {
            agreement,
            version,
            consented,
            duties: Vec::new(),
            note,
        })));
        // Each side says what the new version asks for, and one still speaks of the first.
        for (by, version) in [(0, 2), (1, 2), (0, 1)] {
            let required = Required::AtLeast(1_200.into());
            let term = TermAssertion { required, version: Some(version) };
            let speaker = self.speaker(by);
            self.say(speaker, Subject::Obligation(self.owed(1, PRISONERS)), Statement::Terms(term));
        }
    }

    fn state_terms(&mut self, by: usize, of: Class) {
        let (obligation, other) = (self.owed(by, of), self.owed(1 - by, of));
        let about = Subject::Obligation(obligation);
        let until = made(&format!("../{}", Self::day_of(self.round + 99)));
        for [desk, _, minister] in self.speakers {
            let required = match self.number(4) {
                0 => Required::MoreThan(6_000.into()),
                1 => Required::Between { from: 1_000.into(), to: 1_200.into() },
                2 if by == 0 => Required::Ratio(Ratio {
                    of: other,
                    category: None,
                    whose: None,
                    owed: 15.into(),
                    per: 1.into(),
                    accrues_at: Accrual::Passage,
                    rounding: Rounding::Down,
                    discharged_earn: false,
                }),
                _ => Required::Exactly(6_000.into()),
            };
            let term = self.say(desk, about, Statement::Terms(TermAssertion { required, version: None }));
            let parity = Reciprocity::Parity { with: other, scope: ParityScope::Total, tolerance: 5.into() };
            self.say(desk, about, Statement::Reciprocity(parity));
            self.say(desk, about, Statement::Deadline(until));
            self.say(minister, about, Statement::Expected(count(6_000, Unit::SetOfRemains)).for_class(of));
            let required = Required::AtLeast(1_000.into());
            let says = Statement::Terms(TermAssertion { required, version: Some(1) });
            let corrected = Correction { claim: term, says, note: None };
            self.record(desk, What::Claim(ClaimEntry::Corrected(corrected)));
        }
        let quota = Quota {
            per_day: Some(1_000.into()),
            during: Some(made(&format!("{}/{}", Self::day_of(self.round), Self::day_of(self.round + 27)))),
            rest_days: [Weekday::Sunday].into(),
            carry_over: true,
            miss_is_breach: false,
        };
        self.say(self.neutral, about, Statement::Quota(quota));
    }

    pub(crate) fn end_stage(&mut self) {
        for (by, [desk, ..]) in self.speakers.into_iter().enumerate() {
            let about = Subject::Obligation(self.owed(by, REMAINS));
            let ground = self.words.act.clone();
            let duties = Duty::new(17).into_iter().collect();
            self.say(desk, about, Statement::Suspended(Suspension { ground, duties, from: None }));
            self.say(desk, Subject::Agreement(self.agreement()), Statement::Completed);
        }
    }
}

/// The same statement in the unit of a class.
trait ForClass {
    fn for_class(self, of: Class) -> Self;
}

impl ForClass for Statement {
    fn for_class(self, of: Class) -> Self {
        match self {
            Self::Expected(mut count) if of == PRISONERS => {
                count.unit = Unit::Prisoner;
                Self::Expected(count)
            }
            other => other,
        }
    }
}
