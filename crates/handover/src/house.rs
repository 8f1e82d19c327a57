//! A small fictional conflict for the tests of what becomes of remains and of whom that concerns.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::affiliation::{AffiliationEntry, Attribution, Ground, Presumption};
use crate::agreement::{Agreement, AgreementEntry, Form};
use crate::batch::{Batch, BatchEntry, Passage};
use crate::claim::{Affiliation, Claim, ClaimEntry, Statement, Subject};
use crate::container::{Container, ContainerEntry, Provenance};
use crate::custody::{Acceptance, CustodyEntry, Findings, Giving, Held, Receipt, Transfer};
use crate::disclosure::DisclosureEntry;
use crate::disposition::{DispositionEntry, Instruction, Release, Wish};
use crate::entry::{Entry, What};
use crate::id::{EntryId, PersonRef, PolicyId};
use crate::identification::{
    BoardReview, Candidacy, Conclusion, Decision, Evidence, Grounds, IdentificationEntry, Line, MatchReport,
    Occasion, Officer, Policy, Reexamination, Revocation, RevocationCause,
};
use crate::invariant;
use crate::ledger::Ledger;
use crate::likelihood::Prior;
use crate::notice::{Branch, FamilyBranch, Notice, NoticeEntry, Preference};
use crate::obligation::{Basis, Class, Matter, Obligation, ObligationEntry, Standard};
use crate::party::{Allegiance, Organ, Party, PartyEntry, Speaker};
use crate::person::{Person, PersonEntry};
use crate::prisoner::PrisonerEntry;
use crate::quantity::{Count, Unit};
use crate::reading::{According, Reading};
use crate::reciprocity::Accrual;
use crate::refusal::Refusal;
use crate::remains::{
    DatabaseEntry, Examination, ForensicEntry, Found, Human, Opening, ProfileOutcome, Profiling,
    RemainsEntry, Sampling,
};
use crate::slot::{Handover, HandoverEntry, Leg};
use crate::when::{Moment, When};

pub(crate) fn the<T: core::str::FromStr<Err: core::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

const REMAINS: Class = Class { matter: Matter::Remains, category: None };

/// North hands remains over to South in the batch `batch` towards the obligation `owed`, on 16 June 2025. East is
/// a third party. Each has one organ and one speaker of its name; so have the neutral `observer` and the `press`.
pub(crate) struct House {
    pub(crate) ledger: Ledger,
}

impl House {
    pub(crate) fn new(unit: Unit, credits_at: Accrual) -> Self {
        let mut house = Self { ledger: Ledger::new() };
        for party in ["north", "south", "east"] {
            let entry = PartyEntry::Introduced(Party { id: the(party), name: the(party) });
            house.tell("keeper", What::Party(entry));
            house.voice(party, Allegiance::Party(the(party)));
        }
        house.voice("court", Allegiance::Party(the("south")));
        house.voice("observer", Allegiance::Neutral);
        house.voice("press", Allegiance::Press);
        house.tell("south", IdentificationEntry::Policy(policy()));
        let agreement = Agreement {
            id: the("deal"),
            name: the("deal"),
            parties: [the("north"), the("south")].into(),
            form: Form::SignedText,
            on: the("2025-06-02"),
        };
        house.tell("keeper", What::Agreement(AgreementEntry::Introduced(agreement)));
        for (id, debtor, creditor) in
            [("owed", "north", "south"), ("older", "north", "south"), ("to-north", "south", "north")]
        {
            let obligation = Obligation {
                id: the(id),
                debtor: the(debtor),
                creditor: the(creditor),
                of: REMAINS,
                unit,
                basis: Basis::Agreement(the("deal")),
                standard: Standard::Result,
                credits_at,
                note: None,
            };
            house.tell("keeper", What::Obligation(ObligationEntry::Introduced(obligation)));
        }
        let handover = Handover {
            id: the("h"),
            under: Some(the("deal")),
            on: the("2025-06-16"),
            instead_of: None,
            note: None,
        };
        house.tell("keeper", What::Handover(HandoverEntry::Introduced(handover)));
        let leg = Leg {
            id: the("leg"),
            handover: the("h"),
            from: the("north"),
            to: the("south"),
            of: REMAINS,
            unit,
            towards: Some(the("owed")),
        };
        house.tell("keeper", What::Handover(HandoverEntry::Leg(leg)));
        for (id, towards) in [("batch", Some(the("owed"))), ("second", Some(the("owed")))] {
            let (from, to) = (the("north"), the("south"));
            let batch = Batch { id: the(id), from, to, of: REMAINS, unit, towards, note: None };
            house.tell("keeper", What::Batch(BatchEntry::Introduced(batch)));
            let passage = Passage { batch: the(id), leg: the("leg") };
            house.tell("keeper", What::Batch(BatchEntry::Passed(passage)));
        }
        house
    }

    fn voice(&mut self, key: &str, allegiance: Allegiance) {
        let organ = PartyEntry::Organ(Organ { id: the(key), name: the(key), allegiance });
        self.tell("keeper", What::Party(organ));
        let speaker = PartyEntry::Speaker(Speaker { id: the(key), name: the(key), organ: the(key) });
        self.tell("keeper", What::Party(speaker));
    }

    fn entry(&self, by: &str, what: What) -> Entry {
        let id = the(&format!("e-{}", self.ledger.len()));
        Entry { id, by: the(by), said: the("2025-12-31"), source: None, what }
    }

    pub(crate) fn tell(&mut self, by: &str, what: impl Into<What>) -> EntryId {
        let what = what.into();
        self.tell_or_not(by, what.clone()).unwrap_or_else(|refusal| panic!("{refusal}: {what:?}"))
    }

    /// Tells it if it may stand.
    pub(crate) fn tell_or_not(&mut self, by: &str, what: impl Into<What>) -> Result<EntryId, Refusal> {
        let entry = self.entry(by, what.into());
        self.ledger.post(&entry).map(|_| entry.id)
    }

    /// Makes sure that an entry is refused and has changed nothing, and gives the refusal.
    pub(crate) fn refused(&mut self, by: &str, what: impl Into<What>) -> Refusal {
        let before = format!("{:?}", self.ledger);
        let entry = self.entry(by, what.into());
        let refusal = self.ledger.post(&entry).expect_err("this may not stand");
        assert_eq!(format!("{:?}", self.ledger), before);
        assert!(refusal.to_string().starts_with("expected"), "{refusal}");
        refusal
    }

    /// A container of its own in a batch, opened on 17 June: one human unit, of which samples and a profile are kept.
    pub(crate) fn unit(&mut self, id: &str, batch: &str) {
        self.opened(id, batch, &[(id, Human::Yes)], 4);
    }

    /// As [`House::unit`], with so many of the steps to a profile that is kept: examined, sampled, profiled, in the database.
    pub(crate) fn opened(&mut self, container: &str, batch: &str, found: &[(&str, Human)], kept: usize) {
        let container: crate::id::ContainerId = the(&format!("c-{container}"));
        self.register(container, batch);
        let on = the("2025-06-17");
        let units = || found.iter().map(|(id, _)| the::<crate::id::RemainsId>(id));
        let found =
            found.iter().map(|(id, human)| Found { id: the(id), human: *human, elements: None }).collect();
        let opening = Opening { container, on, found, note: None };
        self.tell("south", What::Remains(RemainsEntry::Opened(opening)));
        for unit in units() {
            let sample = the(&format!("s-{unit}"));
            let steps = [
                ForensicEntry::Examined(Examination { unit, on, elements: None, record: None, note: None }),
                ForensicEntry::Sampled(Sampling { unit, on, sample, note: None }),
                ForensicEntry::Profile(Profiling {
                    unit,
                    on,
                    sample,
                    outcome: ProfileOutcome::Obtained,
                    record: None,
                    note: None,
                }),
                ForensicEntry::InDatabase(DatabaseEntry { unit, on, database: None, note: None }),
            ];
            for step in steps.into_iter().take(kept) {
                self.tell("south", What::Remains(RemainsEntry::Forensic(step)));
            }
        }
    }

    pub(crate) fn register(&mut self, id: crate::id::ContainerId, batch: &str) {
        let container = Container {
            id,
            batch: Some(the(batch)),
            held_by: the("south"),
            since: the("2025-06-16"),
            provenance: Provenance::Unknown,
            seal: None,
            note: None,
        };
        self.tell("keeper", What::Container(ContainerEntry::Registered(container)));
    }

    pub(crate) fn person(&mut self, id: &str) {
        self.tell("keeper", What::Person(PersonEntry::Introduced(Person { id: the(id) })));
    }

    pub(crate) fn branch(&mut self, person: &str, branch: u16, preference: Preference) {
        let (person, branch, on) = (the(person), Branch(branch), the("2025-06-20"));
        let known = FamilyBranch { person, branch, preference, on, contact: None };
        self.tell("south", NoticeEntry::Branch(known));
    }

    /// South decides on teeth that units are a person's, on a day of July 2025.
    pub(crate) fn decide(&mut self, units: &[&str], person: &str, day: u32) -> EntryId {
        let on = the(&format!("2025-07-{day:02}"));
        let (units, person): (Vec<crate::id::RemainsId>, PersonRef) =
            (units.iter().map(|unit| the(unit)).collect(), the(person));
        let policy: PolicyId = the("policy");
        let prior: Prior = the("1 in 1000");
        let evidence = Vec::from([self.teeth(&units, person, "record", on)]);
        let candidacy = Candidacy { units: units.clone(), person, policy, evidence: evidence.clone(), on };
        let candidate = self.tell("south", IdentificationEntry::Candidate(candidacy));
        let matched =
            MatchReport { candidate, policy, prior, evidence: evidence.clone(), report: the("report"), on };
        let report = self.tell("south", IdentificationEntry::Matched(matched));
        self.tell("south", IdentificationEntry::UnderReview(BoardReview { report, on }));
        let officer = |officer| Vec::from([Officer { organ: the("south"), officer: the(officer) }]);
        let (analysts, reviewers) = (officer("analyst"), officer("reviewer"));
        let grounds = Grounds { policy, prior, evidence, analysts, reviewers };
        self.tell("south", IdentificationEntry::Decided(Decision { units, person, grounds, on }))
    }

    fn teeth(
        &mut self,
        units: &[crate::id::RemainsId],
        person: PersonRef,
        record: &str,
        on: When,
    ) -> EntryId {
        let evidence = Evidence {
            units: units.into(),
            person,
            line: Line::Dental,
            conclusion: Conclusion::Consistent,
            ratio: None,
            record: the(record),
            run: None,
            on,
        };
        self.tell("south", IdentificationEntry::Evidence(evidence))
    }

    /// Teeth that agree, kept in this record.
    pub(crate) fn evidence(&mut self, unit: &str, person: &str, record: &str) -> EntryId {
        self.teeth(&[the(unit)], the(person), record, the("2025-09-01"))
    }

    pub(crate) fn candidacy_refused(&mut self, unit: &str, person: &str, evidence: EntryId) -> Refusal {
        let (units, evidence) = ([the(unit)].into(), [evidence].into());
        let on = the("2025-09-01");
        let candidacy = Candidacy { units, person: the(person), policy: the("policy"), evidence, on };
        self.refused("south", IdentificationEntry::Candidate(candidacy))
    }

    /// The decision on a unit is examined again and revoked, on a day of August 2025.
    pub(crate) fn revoke(&mut self, unit: &str, day: u32) -> EntryId {
        let on = the(&format!("2025-08-{day:02}"));
        let state = &self.ledger.state;
        let unit = state.units.at(the(unit)).unwrap();
        let decision = state.decisions.get(state.units.get(unit).decision.unwrap()).entry;
        let decision = state.entries.get(decision).id;
        let occasion = Occasion::NewEvidence;
        self.tell("south", IdentificationEntry::Reexamined(Reexamination { decision, occasion, on }));
        let cause = RevocationCause::Excluded;
        self.tell("south", IdentificationEntry::Revoked(Revocation { decision, cause, note: None, on }))
    }

    /// So many passed in the leg, by someone's word.
    pub(crate) fn count_of_leg(&mut self, by: &str, number: u32) {
        let count = Count { quantity: number.into(), unit: Unit::Individual, qualifier: None };
        let claim = Claim::new(Subject::Leg(the("leg")), Statement::Count(count));
        self.tell(by, What::Claim(ClaimEntry::Made(claim)));
    }

    pub(crate) fn reading(&self, according: According) -> Reading<'_> {
        self.ledger.reading(according, Moment::END_OF_TIME).unwrap()
    }

    pub(crate) fn to(&self, party: &str) -> Reading<'_> {
        self.reading(According::To(the(party)))
    }

    pub(crate) fn transfer(&mut self, id: &str, of: Held, from: &str, to: &str, on: &str) {
        let transfer = Transfer {
            id: the(id),
            of,
            from: the(from),
            to: the(to),
            witnessed_by: Vec::new(),
            leg: None,
            transport: None,
            note: None,
        };
        self.tell("keeper", What::Custody(CustodyEntry::Introduced(transfer)));
        let (on, found) = (the(on), Findings::default());
        let given = Giving { transfer: the(id), on, found: found.clone(), corrects: None, note: None };
        self.tell(from, What::Custody(CustodyEntry::Given(given)));
        let accepted = Acceptance::WithReservation;
        let received = Receipt { transfer: the(id), on, accepted, found, corrects: None, note: None };
        self.tell(to, What::Custody(CustodyEntry::Received(received)));
    }

    pub(crate) fn broken(&self) -> Vec<u8> {
        let broken = invariant::ALL.iter().filter(|rule| rule.check(&self.ledger).is_err());
        broken.map(|rule| rule.number).collect()
    }

    pub(crate) fn check(&self) {
        let broken: Vec<String> = invariant::ALL
            .iter()
            .filter_map(|rule| rule.check(&self.ledger).err())
            .map(|v| v.to_string())
            .collect();
        assert_eq!(broken, [""; 0]);
    }
}

macro_rules! what {
    ($($entry:ident => $what:ident),*) => {$(
        impl From<$entry> for What {
            fn from(entry: $entry) -> Self {
                Self::$what(entry)
            }
        }
    )*};
}

use crate::closure::ClosureEntry;
use alloc::string::ToString;
what!(IdentificationEntry => Identification, AffiliationEntry => Affiliation, NoticeEntry => Notice, DispositionEntry => Disposition, ClosureEntry => Closure, PrisonerEntry => Prisoner, PersonEntry => Person, DisclosureEntry => Disclosure);

/// The policy under which South decides.
pub(crate) fn policy() -> Policy {
    Policy {
        id: the("policy"),
        supersedes: None,
        from: the("2025-01-01"),
        competent: [the("south")].into(),
        threshold: the("0.9995"),
        prior: the("1 in 1000"),
        screening: the("1000"),
        primary: 1,
        combinations: Vec::new(),
        references: Vec::new(),
        reviewers: 1,
    }
}

pub(crate) fn determined(unit: &str, of: Affiliation) -> AffiliationEntry {
    AffiliationEntry::Determined(determination(unit, of))
}

pub(crate) fn determination(unit: &str, of: Affiliation) -> Attribution {
    Attribution {
        unit: the(unit),
        of,
        on: the("2025-07-01"),
        grounds: [Ground::Genetic].into(),
        instead_of: None,
        record: None,
        note: None,
    }
}

pub(crate) fn presumed(unit: &str, of: Affiliation) -> AffiliationEntry {
    AffiliationEntry::Presumed(Presumption {
        unit: the(unit),
        of,
        on: the("2025-06-18"),
        grounds: [Ground::Uniform, Ground::Documents].into(),
        record: None,
        note: None,
    })
}

pub(crate) fn forces_of(party: &str) -> Affiliation {
    Affiliation::ForcesOf(the(party))
}

pub(crate) fn notice(unit: &str, person: &str, branch: u16) -> Notice {
    let on: When = the("2025-09-01");
    Notice { unit: the(unit), person: the(person), branch: Branch(branch), on, record: None }
}

pub(crate) fn instructed(unit: &str, person: &str, branch: Option<u16>, wish: Wish) -> DispositionEntry {
    DispositionEntry::Instructed(Instruction {
        unit: the(unit),
        person: the(person),
        branch: branch.map(Branch),
        wish,
        to: the("family-desk"),
        on: the("2025-09-10"),
    })
}

pub(crate) fn release(unit: &str) -> Release {
    Release {
        unit: the(unit),
        to: the("family-desk"),
        code_on_remains: the(unit),
        code_on_decision: the(unit),
        on: the("2025-09-20"),
    }
}

pub(crate) fn released(unit: &str) -> DispositionEntry {
    DispositionEntry::Released(release(unit))
}
