//! Every form of what is held in rows comes back as it was recorded, and so does what is not held so.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::affiliation::{AffiliationEntry, AffiliationRetraction, Attribution, Ground, ReturnBlock};
use crate::claim::Affiliation;
use crate::container::{Container, ContainerEntry, Provenance};
use crate::custody::{Acceptance, CustodyEntry, Findings, Giving, Held, Receipt, Transfer, Transport};
use crate::disposition::{
    Departure, DispositionEntry, FamilyRequest, Happened, HoldLift, JudicialHold, Settlement, Wish,
};
use crate::entry::{Entry, What};
use crate::held::Told;
use crate::house::{House, instructed, release, the};
use crate::id::{EntryId, OrganId, PersonRef, RecordRef, RemainsId};
use crate::identification::{
    Candidacy, Conclusion, Decision, DirectSample, Evidence, Exclusion, Grounds, IdentificationEntry, Line,
    LineKind, MatchReport, Occasion, Officer, Reexamination, Retraction, SentBack, SentBackTo, Upholding,
};
use crate::likelihood::LikelihoodRatio;
use crate::notice::{
    Branch, FamilyBranch, Notice, NoticeEntry, Preference, PreferenceChange, Resumption, Unreachable,
};
use crate::person::{Person, PersonEntry};
use crate::quantity::{Count, Unit};
use crate::reciprocity::Accrual;
use crate::remains::{
    AddedReferences, DatabaseComparison, DatabaseEntry, Determination, Elements, Examination, Fate,
    ForensicEntry, Found, Human, NoSample, Opening, ProfileOutcome, Profiling, RemainsEntry, SampleFate,
    Sampling,
};
use crate::text::Text;
use crate::when::When;

/// Two units, a person whose one of them is, a branch of the family, a transfer and a container that is not opened.
fn house() -> House {
    let mut house = House::new(Unit::SetOfRemains, Accrual::Passage);
    for unit in ["u", "v"] {
        house.unit(unit, "batch");
    }
    house.person("p");
    house.branch("p", 1, Preference::EveryFind);
    house.decide(&["u"], "p", 1);
    house.transfer("t", Held::Container(the("c-u")), "south", "court", "2025-07-02");
    house.register(the("closed"), "batch");
    house
}

/// Whether it is held in a row, once it has come back as it was recorded.
fn is_small(house: &House, what: What) -> bool {
    let mut state = house.ledger.state.clone();
    let (id, by, said) = (the("new"), the("south"), the("2025-12-31"));
    let entry = Entry { id, by, said, source: None, what };
    let speaker = state.speakers.at(by).unwrap();
    let at = state.hold(&entry, speaker, None);
    assert_eq!(state.entry(at), entry);
    assert!(state.is_held(at, &entry));
    let other = Entry { what: What::Person(PersonEntry::Introduced(Person { id: the("q") })), ..entry };
    assert!(!state.is_held(at, &other));
    matches!(state.what(at), Told::Read(_))
}

/// The same of what introduces something, which has to be recorded for it.
fn is_small_once_told(house: &mut House, by: &str, what: &What) -> bool {
    let id = house.tell(by, what.clone());
    let state = &house.ledger.state;
    let at = state.entries.at(id).unwrap();
    assert_eq!(state.entry(at).what, *what);
    matches!(state.what(at), Told::Read(_))
}

fn each(house: &House, small: bool, whats: impl IntoIterator<Item = What>) {
    for what in whats {
        let shown = alloc::format!("{what:?}");
        assert_eq!(is_small(house, what), small, "{shown}");
    }
}

fn on() -> When {
    the("2025-07-03")
}

fn record() -> [Option<RecordRef>; 2] {
    [None, Some(the("record"))]
}

fn word() -> [Option<Text>; 2] {
    [None, Some(the("a word"))]
}

fn unit() -> RemainsId {
    the("u")
}

fn person() -> PersonRef {
    the("p")
}

#[test]
fn notices() {
    let (house, on, branch) = (house(), on(), Branch(2));
    let (person, entry) = (person(), the::<EntryId>("e-0"));
    for record in record() {
        let notice = || Notice { unit: unit(), person, branch, on, record };
        let known = FamilyBranch { person, branch, preference: Preference::FirstOnly, on, contact: record };
        let small = [
            NoticeEntry::Branch(known),
            NoticeEntry::Attempted(notice()),
            NoticeEntry::Notified(notice()),
            NoticeEntry::Acknowledged(notice()),
            NoticeEntry::Contested(notice()),
            NoticeEntry::ToldOfRevocation(notice()),
        ];
        each(&house, true, small.map(What::Notice));
        for (branch, note) in [(None, None), (Some(branch), None), (Some(branch), Some(the("a word")))] {
            let told = || Unreachable { person, branch, decision: record, on, note: note.clone() };
            let both = [NoticeEntry::NoKinKnown(told()), NoticeEntry::ContactEndangersKin(told())];
            each(&house, note.is_none(), both.map(What::Notice));
        }
    }
    let change = PreferenceChange { person, branch, preference: Preference::AtEnd, on };
    let resumed = Resumption { entry, reason: the("found"), on };
    let small = [NoticeEntry::Preferred(change), NoticeEntry::Resumed(resumed)];
    each(&house, true, small.map(What::Notice));
}

#[test]
fn dispositions() {
    let (house, on, to) = (house(), on(), the::<RecordRef>("to"));
    let (unit, person, wish) = (unit(), person(), Wish::Cremation);
    for (record, note) in record().into_iter().zip(word()) {
        let told = || Happened { unit, on, record, note: note.clone() };
        let small = [
            DispositionEntry::RequestEnded(told()),
            DispositionEntry::TakenBack(told()),
            DispositionEntry::Buried(told()),
        ];
        each(&house, true, small.map(What::Disposition));
    }
    let settled = Settlement { unit, person, wish, to, record: the("judgment"), on };
    let departure = Departure { unit, transfer: the("t"), on };
    let small = [
        DispositionEntry::HeldAtFamilyRequest(FamilyRequest { unit, person, branch: Branch(1), on }),
        instructed("u", "p", None, Wish::Burial),
        instructed("u", "p", Some(1), Wish::BurialByOthers),
        DispositionEntry::KinSettled(settled),
        DispositionEntry::JudicialHold(JudicialHold { unit, reason: the("evidence"), on }),
        DispositionEntry::HoldLifted(HoldLift { hold: the("e-0"), reason: the("done"), on }),
        DispositionEntry::Released(release("u")),
        DispositionEntry::ReturnedToSender(departure.clone()),
        DispositionEntry::TransferredOnward(departure),
    ];
    each(&house, true, small.map(What::Disposition));
    // A code that was read and is of no unit on the record.
    let misread = crate::disposition::Release { code_on_remains: the("w"), ..release("u") };
    each(&house, false, [What::Disposition(DispositionEntry::Released(misread))]);
}

#[test]
fn registrations_and_persons() {
    let mut house = house();
    let told = Provenance::Told(the("the north of the region"));
    let mut names = ["k-1", "k-2", "k-3", "k-4"].into_iter();
    for (provenance, (batch, words)) in [Provenance::Unknown, Provenance::Undisclosed, told.clone(), told]
        .into_iter()
        .zip([(None, None), (Some(the("batch")), None), (None, Some(the("7"))), (Some(the("second")), None)])
    {
        let container = Container {
            id: the(names.next().unwrap()),
            batch,
            held_by: the("court"),
            since: the("2025-06-16"),
            provenance,
            seal: words.clone(),
            note: words,
        };
        let registered = What::Container(ContainerEntry::Registered(container));
        assert!(is_small_once_told(&mut house, "keeper", &registered));
    }
    let introduced = What::Person(PersonEntry::Introduced(Person { id: the("q") }));
    assert!(is_small_once_told(&mut house, "keeper", &introduced));
    house.check();
}

#[test]
fn custody() {
    let mut house = house();
    let mut names = ["t-1", "t-2", "t-3", "t-4", "t-5"].into_iter();
    let (batch, container, remains) =
        (Held::Batch(the("batch")), Held::Container(the("c-v")), Held::Remains(the("v")));
    let witness: Vec<OrganId> = [the("observer")].into();
    let transport =
        Box::new(Transport { by: Vec::new(), refrigerated: Some(true), transshipped_at: Vec::new() });
    for (of, leg, witnessed_by, transport, note) in [
        (batch, Some(the("leg")), Vec::new(), None, None),
        (container, None, Vec::new(), None, Some(the("a word"))),
        (remains, None, Vec::new(), None, None),
        (container, None, witness, None, None),
        (container, None, Vec::new(), Some(transport), None),
    ] {
        let (id, small) = (the(names.next().unwrap()), witnessed_by.is_empty() && transport.is_none());
        let (from, to) = (the("north"), the("south"));
        let transfer = Transfer { id, of, from, to, witnessed_by, leg, transport, note };
        let introduced = What::Custody(CustodyEntry::Introduced(transfer));
        assert_eq!(is_small_once_told(&mut house, "keeper", &introduced), small);
    }
    let (transfer, on) = (the("t"), on());
    let count = Count { quantity: the("1"), unit: Unit::Container, qualifier: None };
    let counted = Findings { count: Some(Box::new(count)), ..Findings::default() };
    for (found, corrects, note) in [
        (Findings::default(), None, None),
        (Findings::default(), Some(the("e-0")), None),
        (counted, None, None),
        (Findings::default(), None, Some(the::<Text>("a word"))),
    ] {
        let small = found.is_empty() && note.is_none();
        let given = Giving { transfer, on, found: found.clone(), corrects, note: note.clone() };
        each(&house, small, [What::Custody(CustodyEntry::Given(given))]);
        for (accepted, small) in [
            (Acceptance::InFull, small),
            (Acceptance::WithReservation, small),
            (Acceptance::Refused(the("damaged")), small),
            (
                Acceptance::InPart(Box::new(crate::custody::Partly {
                    refused: [the("c-u")].into(),
                    missing: Vec::new(),
                    reason: None,
                })),
                false,
            ),
        ] {
            let (found, note) = (found.clone(), note.clone());
            let received = Receipt { transfer, on, accepted, found, corrects, note };
            each(&house, small, [What::Custody(CustodyEntry::Received(received))]);
        }
    }
}

#[test]
fn steps_of_forensic_progress() {
    let (house, on, unit, sample) = (house(), on(), unit(), the::<RecordRef>("sample"));
    let each = |small: bool, steps: Vec<ForensicEntry>| {
        each(&house, small, steps.into_iter().map(RemainsEntry::Forensic).map(What::Remains));
    };
    for note in word() {
        let mut steps = Vec::new();
        for record in record() {
            for elements in [None, Some(Elements::CompleteBody)] {
                let note = note.clone();
                steps.push(ForensicEntry::Examined(Examination { unit, on, elements, record, note }));
            }
            for outcome in [ProfileOutcome::Obtained, ProfileOutcome::Insufficient] {
                let note = note.clone();
                steps.push(ForensicEntry::Profile(Profiling { unit, on, sample, outcome, record, note }));
            }
            let note = note.clone();
            steps.push(ForensicEntry::Compared(DatabaseComparison { unit, on, record, note }));
        }
        for database in word() {
            steps.push(ForensicEntry::InDatabase(DatabaseEntry { unit, on, database, note: note.clone() }));
        }
        steps.push(ForensicEntry::Sampled(Sampling { unit, on, sample, note: note.clone() }));
        each(note.is_none(), steps);
    }
    let outcome = ProfileOutcome::NoUsableProfile { method: the("STR"), year: 2025 };
    let rare = [
        ForensicEntry::Profile(Profiling { unit, on, sample, outcome, record: None, note: None }),
        ForensicEntry::SampleGone(SampleFate { unit, sample, on, fate: Fate::UsedUp, note: None }),
        ForensicEntry::NoSample(NoSample { unit, on, reason: the("burnt") }),
        ForensicEntry::ReferencesAdded(AddedReferences { on, from: None, number: None, note: None }),
    ];
    each(false, rare.into());
}

#[test]
fn openings() {
    let mut house = house();
    let found = |id, elements| Found { id, human: Human::Undetermined, elements };
    let whole = Some(Elements::CompleteBody);
    let (w, x, y, z) = (the("w"), the("x"), the("y"), the("z"));
    for (container, found, note, small) in [
        ("o-1", Vec::new(), None, true),
        ("o-2", Vec::from([found(w, None)]), Some(the::<Text>("a word")), true),
        ("o-3", Vec::from([found(x, whole)]), None, true),
        ("o-4", Vec::from([found(y, None), found(z, whole)]), None, false),
    ] {
        house.register(the(container), "batch");
        let opening = Opening { container: the(container), on: on(), found, note };
        let opened = What::Remains(RemainsEntry::Opened(opening));
        assert_eq!(is_small_once_told(&mut house, "south", &opened), small);
    }
    for (record, note) in record().into_iter().zip(word()) {
        let told = Determination { unit: unit(), on: on(), human: Human::No, record, note };
        each(&house, true, [What::Remains(RemainsEntry::Determined(told))]);
    }
    house.check();
}

#[test]
fn identifications() {
    let (house, on, unit, person) = (house(), on(), unit(), person());
    let (entry, policy, prior) = (the::<EntryId>("e-0"), the("policy"), the("1 in 7"));
    let entries: Vec<EntryId> = ["e-0", "e-1", "e-2", "e-3", "e-4"].map(the).into();
    let officers: Vec<Officer> = ["a", "b", "c", "d", "e"]
        .map(|officer| Officer { organ: the("south"), officer: the(officer) })
        .into();
    let some = |number: usize| {
        let (entries, officers) = (entries.iter().copied(), officers.iter().copied());
        (entries.take(number).collect::<Vec<_>>(), officers.take(number).collect::<Vec<_>>())
    };
    for number in 0..=5 {
        let (evidence, analysts) = some(number);
        let units: Vec<RemainsId> = [unit, the("v")].into_iter().take(number).collect();
        let reviewers = some(number.saturating_sub(1)).1;
        let grounds = Grounds { policy, prior, evidence: evidence.clone(), analysts, reviewers };
        let matched =
            MatchReport { candidate: entry, policy, prior, evidence: evidence.clone(), report: the("r"), on };
        let of = units.clone();
        let told = [
            IdentificationEntry::Candidate(Candidacy { units: of.clone(), person, policy, evidence, on }),
            IdentificationEntry::Matched(matched),
            IdentificationEntry::Decided(Decision { units: of, person, grounds: grounds.clone(), on }),
            IdentificationEntry::Upheld(Upholding { decision: entry, grounds, on }),
        ];
        each(&house, number <= 4, told.map(What::Identification));
    }
    let ratio: LikelihoodRatio = the("12000");
    let direct = DirectSample { sample: the("toothbrush"), methods: Vec::new() };
    for (line, ratio, run, small) in [
        (Line::Dental, None, None, true),
        (Line::Tattoo, None, Some(the("run")), true),
        (Line::Dental, Some(ratio), None, false),
        (Line::DnaDirect(direct), Some(ratio), None, false),
    ] {
        let (units, conclusion) = ([unit].into(), Conclusion::Insufficient);
        let evidence = Evidence { units, person, line, conclusion, ratio, record: the("record"), run, on };
        each(&house, small, [What::Identification(IdentificationEntry::Evidence(evidence))]);
    }
    for reason in word() {
        let to = SentBackTo::Candidate;
        let back = SentBack { review: entry, to, reason, on };
        each(&house, true, [What::Identification(IdentificationEntry::SentBack(back))]);
    }
    for occasion in [Occasion::NewEvidence, Occasion::PolicyCohort(policy)] {
        let again = Reexamination { decision: entry, occasion, on };
        each(&house, true, [What::Identification(IdentificationEntry::Reexamined(again))]);
    }
    let excluded = Exclusion { unit, person, by: LineKind::Dental, record: the("record"), on };
    let retracted = Retraction { entry, reason: the("confused") };
    let told = [IdentificationEntry::Excluded(excluded), IdentificationEntry::Retracted(retracted)];
    each(&house, true, told.map(What::Identification));
}

#[test]
fn affiliations() {
    let (house, on, unit) = (house(), on(), unit());
    let grounds = [Ground::Genetic, Ground::Disc, Ground::Disc, Ground::Uniform, Ground::SendersWord];
    for (number, of) in (0..=5).zip([
        Affiliation::ForcesOf(the("north")),
        Affiliation::CiviliansOf(the("south")),
        Affiliation::ThirdState,
        Affiliation::Historic,
        Affiliation::NotHuman,
        Affiliation::ThirdState,
    ]) {
        let grounds: Vec<Ground> = grounds.into_iter().take(number).collect();
        for (record, note) in record().into_iter().zip(word()) {
            for instead_of in [None, Some(the("e-0"))] {
                let (grounds, note) = (grounds.clone(), note.clone());
                let told = Attribution { unit, of, on, grounds, instead_of, record, note };
                let determined = What::Affiliation(AffiliationEntry::Determined(told));
                each(&house, number <= 4, [determined]);
            }
        }
    }
    let blocked = ReturnBlock { unit, until: the("the result is certain"), on };
    let retracted = AffiliationRetraction { entry: the("e-0"), reason: the("revoked"), on };
    let told = [
        crate::house::presumed("u", Affiliation::ThirdState),
        AffiliationEntry::Blocked(blocked),
        AffiliationEntry::Retracted(retracted),
    ];
    each(&house, true, told.map(What::Affiliation));
}

#[test]
fn what_is_shared_is_held_once_and_again_is_the_same_submission() {
    let mut house = house();
    let state = &house.ledger.state;
    let (dates, officers, priors) = (state.dates.len(), state.officers.len(), state.priors.len());
    house.decide(&["v"], "p", 1);
    let state = &house.ledger.state;
    assert_eq!((state.dates.len(), state.officers.len(), state.priors.len()), (dates, officers, priors));
    let entries: Vec<Entry> = house.ledger.entries().collect();
    for entry in &entries {
        assert_eq!(house.ledger.post(entry), Ok(crate::ledger::Posted::AlreadyRecorded));
    }
    let mut other = entries.last().cloned().unwrap();
    if let What::Identification(IdentificationEntry::Decided(decision)) = &mut other.what {
        decision.on = the("2025-07-04");
    }
    assert!(house.ledger.post(&other).is_err());
}
