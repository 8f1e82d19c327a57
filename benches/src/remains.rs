//! Units of remains by the million: each from a container of its own, and what becomes of it.

use handover::affiliation::{AffiliationEntry, Attribution, Ground};
use handover::batch::{Batch, BatchEntry};
use handover::claim::Affiliation;
use handover::container::{Container, ContainerEntry, Provenance};
use handover::custody::{Acceptance, CustodyEntry, Findings, Giving, Held, Receipt, Transfer};
use handover::disposition::{DispositionEntry, Happened, Instruction, Release, Wish};
use handover::entry::{Entry, What};
use handover::id::{
    BatchId, ContainerId, EntryId, PersonRef, PolicyId, RecordRef, RemainsId, SpeakerId, TransferId,
};
use handover::identification::{
    BoardReview, Candidacy, Conclusion, Decision, Evidence, Grounds, IdentificationEntry, Line, MatchReport,
    Officer, Policy,
};
use handover::ledger::keeper;
use handover::likelihood::Prior;
use handover::notice::{Branch, FamilyBranch, Notice, NoticeEntry, Preference};
use handover::party::{Allegiance, Organ, Party, PartyEntry, Speaker};
use handover::person::{Person, PersonEntry};
use handover::quantity::Unit;
use handover::remains::{
    DatabaseComparison, DatabaseEntry, Examination, ForensicEntry, Found, FurtherFinding, Human, Opening,
    ProfileOutcome, Profiling, RemainsEntry, Sampling,
};
use handover::when::When;
use uuid::Uuid;

use crate::scene::made;
use crate::stage::REMAINS;

/// So many of the steps of a unit's course lead to a profile that is kept.
pub const KEPT: usize = 6;
/// One unit in so many goes its whole course.
const WHOLE: u64 = 10;
/// So many containers come in one batch.
const BATCH: u64 = 1_000;

/// Units of remains without an end, in an admissible history: each comes in a container that is registered and opened, is
/// examined and sampled, and its profile is kept. One in ten is identified, notified of, released and buried.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_benches::remains::Remains;
///
/// let (mut ledger, mut remains) = (Ledger::new(), Remains::new());
/// for entry in remains.setting().iter().chain(&remains.next_units(20)) {
///     ledger.post(entry)?;
/// }
/// for (_, entries) in remains.next_courses(3) {
///     assert_eq!(entries.len(), 3);
///     for entry in &entries {
///         ledger.post(entry)?;
///     }
/// }
/// # Ok::<(), handover::refusal::Refusal>(())
/// ```
#[derive(Debug)]
pub struct Remains {
    units: u64,
    south: SpeakerId,
    policy: PolicyId,
    prior: Prior,
    days: [When; 4],
}

impl Default for Remains {
    fn default() -> Self {
        Self::new()
    }
}

/// A kind of identifier: each has numbers of its own.
#[derive(Clone, Copy)]
enum Kind {
    Entry = 1,
    Batch,
    Container,
    Unit,
    Sample,
    Record,
    Person,
    Transfer,
}

/// An identifier as if it were drawn: the bits of the number are spread, and no two are the same.
fn uuid(kind: Kind, number: u64) -> Uuid {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(spread) << 64 | (kind as u128) << 40,
    )
}

impl Remains {
    /// Nothing yet.
    pub fn new() -> Self {
        let days = ["2025-06-16", "2025-06-17", "2025-07-01", "2025-09-01"].map(made);
        Self { units: 0, south: made("south"), policy: made("policy"), prior: made("1 in 1000"), days }
    }

    /// Who takes part, and the policy: to be posted first.
    pub fn setting(&self) -> Vec<Entry> {
        let mut what = Vec::new();
        for party in ["north", "south"] {
            what.push(PartyEntry::Introduced(Party { id: made(party), name: made(party) }));
        }
        for (organ, party) in [("north", "north"), ("south", "south"), ("laboratory", "south")] {
            let allegiance = Allegiance::Party(made(party));
            what.push(PartyEntry::Organ(Organ { id: made(organ), name: made(organ), allegiance }));
            what.push(PartyEntry::Speaker(Speaker {
                id: made(organ),
                name: made(organ),
                organ: made(organ),
            }));
        }
        let policy = Policy {
            id: self.policy,
            supersedes: None,
            from: made("2025-01-01"),
            competent: [made("south")].into(),
            threshold: made("0.9995"),
            prior: self.prior,
            screening: made("1000"),
            primary: 1,
            combinations: Vec::new(),
            references: Vec::new(),
            reviewers: 1,
        };
        let parties = what.into_iter().map(What::Party).map(|what| (keeper(), what));
        let policy = (self.south, What::Identification(IdentificationEntry::Policy(policy)));
        let said = self.days[0];
        let entry = |(at, (by, what))| Entry { id: uuid_of_setting(at), by, said, source: None, what };
        (0..).zip(parties.chain([policy])).map(entry).collect()
    }

    /// So many units more, each with a profile that is kept, and one in ten with its whole course.
    pub fn next_units(&mut self, units: usize) -> Vec<Entry> {
        let mut entries = Vec::new();
        for _ in 0..units {
            entries.extend(self.batch());
            let steps = if self.units.is_multiple_of(WHOLE) { usize::MAX } else { KEPT };
            entries.extend(self.next_course().into_iter().take(steps).map(|(_, entry)| entry));
        }
        entries
    }

    /// So many units more with their whole courses, step by step: the same step of each is posted together.
    pub fn next_courses(&mut self, units: usize) -> Vec<(&'static str, Vec<Entry>)> {
        let mut steps: Vec<(&'static str, Vec<Entry>)> = vec![("a batch", Vec::new())];
        for _ in 0..units {
            // A batch of its own, so that every step is taken once for every unit.
            self.units = self.units.next_multiple_of(BATCH);
            let batch = self.batch();
            let course = batch.into_iter().map(|entry| ("a batch", entry)).chain(self.next_course());
            for (name, entry) in course {
                match steps.iter_mut().find(|(step, _)| *step == name) {
                    Some((_, entries)) => entries.push(entry),
                    None => steps.push((name, vec![entry])),
                }
            }
        }
        steps
    }

    /// The next step of units that were among the first: they are examined again.
    pub fn examined_again(&self, units: u64) -> Vec<Entry> {
        (0..units)
            .map(|unit| {
                let told = Examination {
                    unit: RemainsId::from_uuid(uuid(Kind::Unit, unit)),
                    on: self.days[3],
                    elements: None,
                    record: None,
                    note: None,
                };
                let what = What::Remains(RemainsEntry::Forensic(ForensicEntry::Examined(told)));
                self.entry(self.south, u64::MAX - unit, what)
            })
            .collect()
    }

    /// So many units more are found in the container of the first unit, in one entry.
    pub fn found_further(&self, units: u64) -> Entry {
        let found = |unit| Found {
            id: RemainsId::from_uuid(uuid(Kind::Unit, (1 << 40) | unit)),
            human: Human::Yes,
            elements: None,
        };
        let further = FurtherFinding {
            container: ContainerId::from_uuid(uuid(Kind::Container, 0)),
            on: self.days[3],
            found: (0..units).map(found).collect(),
            note: None,
        };
        self.entry(self.south, u64::MAX / 2, What::Remains(RemainsEntry::FurtherFound(further)))
    }

    fn entry(&self, by: SpeakerId, number: u64, what: What) -> Entry {
        let id = EntryId::from_uuid(uuid(Kind::Entry, number));
        Entry { id, by, said: self.days[3], source: None, what }
    }

    /// The batch of the next unit, if it is the first of one.
    fn batch(&self) -> Option<Entry> {
        self.batch_of(self.units)
    }

    /// The batch in which a unit comes, if it is the first of it.
    pub fn batch_of(&self, unit: u64) -> Option<Entry> {
        let batch = What::Batch(BatchEntry::Introduced(Batch {
            id: Self::batch_id(unit),
            from: made("north"),
            to: made("south"),
            of: REMAINS,
            unit: Unit::SetOfRemains,
            towards: None,
            note: None,
        }));
        unit.is_multiple_of(BATCH).then(|| self.entry(keeper(), unit << 8 | 0xff, batch))
    }

    fn batch_id(unit: u64) -> BatchId {
        BatchId::from_uuid(uuid(Kind::Batch, unit / BATCH))
    }

    fn next_course(&mut self) -> Vec<(&'static str, Entry)> {
        let course = self.course(self.units);
        self.units += 1;
        course
    }

    /// Everything that becomes of a unit by its number, in order. Its batch is to be posted before.
    pub fn course(&self, unit: u64) -> Vec<(&'static str, Entry)> {
        let mut course = Course { of: self, number: unit, steps: Vec::new() };
        course.arrive();
        course.compare();
        course.identify();
        course.tell_the_family();
        course.pass_and_rest();
        course.steps
    }
}

fn uuid_of_setting(at: u64) -> EntryId {
    EntryId::from_uuid(uuid(Kind::Entry, (1 << 62) | at))
}

/// The course of one unit.
struct Course<'r> {
    of: &'r Remains,
    number: u64,
    steps: Vec<(&'static str, Entry)>,
}

impl Course<'_> {
    fn tell(&mut self, name: &'static str, what: What) -> EntryId {
        self.tell_by(name, self.of.south, what)
    }

    fn tell_by(&mut self, name: &'static str, by: SpeakerId, what: What) -> EntryId {
        let entry = self.of.entry(by, self.number << 8 | self.steps.len() as u64, what);
        let id = entry.id;
        self.steps.push((name, entry));
        id
    }

    fn unit(&self) -> RemainsId {
        RemainsId::from_uuid(uuid(Kind::Unit, self.number))
    }

    fn container(&self) -> ContainerId {
        ContainerId::from_uuid(uuid(Kind::Container, self.number))
    }

    fn person(&self) -> PersonRef {
        PersonRef::from_uuid(uuid(Kind::Person, self.number))
    }

    fn record(&self) -> RecordRef {
        RecordRef::from_uuid(uuid(Kind::Record, self.number))
    }

    fn arrive(&mut self) {
        let [before, on, ..] = self.of.days;
        let container = Container {
            id: self.container(),
            batch: Some(Remains::batch_id(self.number)),
            held_by: made("south"),
            since: before,
            provenance: Provenance::Unknown,
            seal: None,
            note: None,
        };
        self.tell_by(
            "container registered",
            keeper(),
            What::Container(ContainerEntry::Registered(container)),
        );
        let unit = self.unit();
        let found = vec![Found { id: unit, human: Human::Yes, elements: None }];
        let opening = Opening { container: self.container(), on, found, note: None };
        self.tell("container opened", What::Remains(RemainsEntry::Opened(opening)));
        let sample = RecordRef::from_uuid(uuid(Kind::Sample, self.number));
        let outcome = ProfileOutcome::Obtained;
        for (name, step) in [
            (
                "examined",
                ForensicEntry::Examined(Examination { unit, on, elements: None, record: None, note: None }),
            ),
            ("sampled", ForensicEntry::Sampled(Sampling { unit, on, sample, note: None })),
            (
                "profile obtained",
                ForensicEntry::Profile(Profiling { unit, on, sample, outcome, record: None, note: None }),
            ),
            (
                "in the database",
                ForensicEntry::InDatabase(DatabaseEntry { unit, on, database: None, note: None }),
            ),
        ] {
            self.tell(name, What::Remains(RemainsEntry::Forensic(step)));
        }
    }

    fn compare(&mut self) {
        let [_, on, ..] = self.of.days;
        let compared = DatabaseComparison { unit: self.unit(), on, record: None, note: None };
        self.tell("compared", What::Remains(RemainsEntry::Forensic(ForensicEntry::Compared(compared))));
    }

    fn identify(&mut self) {
        let [_, _, on, _] = self.of.days;
        let (person, units, policy, prior) =
            (self.person(), vec![self.unit()], self.of.policy, self.of.prior);
        let id = person;
        self.tell_by("person introduced", keeper(), What::Person(PersonEntry::Introduced(Person { id })));
        let tell = |course: &mut Self, name, entry| course.tell(name, What::Identification(entry));
        let record = self.record();
        let evidence = Evidence {
            units: units.clone(),
            person,
            line: Line::Dental,
            conclusion: Conclusion::Consistent,
            ratio: None,
            record,
            run: None,
            on,
        };
        let evidence = vec![tell(self, "evidence", IdentificationEntry::Evidence(evidence))];
        let candidacy = Candidacy { units: units.clone(), person, policy, evidence: evidence.clone(), on };
        let candidate = tell(self, "candidate", IdentificationEntry::Candidate(candidacy));
        let report = MatchReport { candidate, policy, prior, evidence: evidence.clone(), report: record, on };
        let report = tell(self, "match reported", IdentificationEntry::Matched(report));
        tell(self, "under review", IdentificationEntry::UnderReview(BoardReview { report, on }));
        let officer = |officer| vec![Officer { organ: made("south"), officer: made(officer) }];
        let (analysts, reviewers) = (officer("analyst"), officer("reviewer"));
        let grounds = Grounds { policy, prior, evidence, analysts, reviewers };
        tell(self, "decided", IdentificationEntry::Decided(Decision { units, person, grounds, on }));
        let determination = Attribution {
            unit: self.unit(),
            of: Affiliation::ForcesOf(made("south")),
            on,
            grounds: vec![Ground::Genetic],
            instead_of: None,
            record: None,
            note: None,
        };
        let determined = AffiliationEntry::Determined(determination);
        self.tell("affiliation determined", What::Affiliation(determined));
    }

    fn tell_the_family(&mut self) {
        let [_, _, before, on] = self.of.days;
        let (unit, person, branch, preference) =
            (self.unit(), self.person(), Branch(1), Preference::EveryFind);
        let known = FamilyBranch { person, branch, preference, on: before, contact: None };
        self.tell("branch of a family", What::Notice(NoticeEntry::Branch(known)));
        let notice = Notice { unit, person, branch, on, record: None };
        self.tell("notified", What::Notice(NoticeEntry::Notified(notice.clone())));
        self.tell("acknowledged", What::Notice(NoticeEntry::Acknowledged(notice)));
    }

    fn pass_and_rest(&mut self) {
        let [_, _, _, on] = self.of.days;
        let transfer = TransferId::from_uuid(uuid(Kind::Transfer, self.number));
        let introduced = Transfer {
            id: transfer,
            of: Held::Container(self.container()),
            from: made("south"),
            to: made("laboratory"),
            witnessed_by: Vec::new(),
            leg: None,
            transport: None,
            note: None,
        };
        let introduced = CustodyEntry::Introduced(introduced);
        self.tell_by("transfer introduced", keeper(), What::Custody(introduced));
        let found = Findings::default();
        let given = Giving { transfer, on, found: found.clone(), corrects: None, note: None };
        self.tell("given", What::Custody(CustodyEntry::Given(given)));
        let accepted = Acceptance::InFull;
        let received = Receipt { transfer, on, accepted, found, corrects: None, note: None };
        self.tell_by("received", made("laboratory"), What::Custody(CustodyEntry::Received(received)));
        let (unit, person, to) = (self.unit(), self.person(), self.record());
        let (branch, wish) = (Some(Branch(1)), Wish::Burial);
        let instruction = Instruction { unit, person, branch, wish, to, on };
        self.tell("kin instructed", What::Disposition(DispositionEntry::Instructed(instruction)));
        let release = Release { unit, to, code_on_remains: unit, code_on_decision: unit, on };
        self.tell("released", What::Disposition(DispositionEntry::Released(release)));
        let buried = Happened { unit, on, record: None, note: None };
        self.tell("buried", What::Disposition(DispositionEntry::Buried(buried)));
    }
}
