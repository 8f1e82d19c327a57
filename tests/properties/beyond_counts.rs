//! Whoever speaks the truth is held to it in more than counts: how many individuals there are, where a container is, who of a list
//! was handed over. What a liar says moves nothing in a reading that does not believe him.

use std::collections::BTreeSet;

use handover::custody::Held;
use handover::id::OrganId;
use handover::ledger::Ledger;
use handover::reading::{According, Position, Reading};
use handover::when::When;
use proptest::prelude::*;

use crate::cases;

/// The days of June on which something happens.
const DAYS: u32 = 12;

/// A ledger, and how many entries were told.
struct Told(Ledger, usize);

impl Told {
    /// North, whom no reading here believes, South with two organs, and a neutral courier.
    fn new() -> Self {
        let mut told = Self(Ledger::new(), 0);
        for party in ["north", "south"] {
            told.tell(
                "keeper",
                &format!(r#"{{"party":{{"introduced":{{"id":"{party}","name":"{party}"}}}}}}"#),
            );
        }
        for (organ, side) in [
            ("north", r#"{"party":"north"}"#),
            ("south", r#"{"party":"south"}"#),
            ("bureau", r#"{"party":"south"}"#),
            ("courier", r#""neutral""#),
        ] {
            told.tell(
                "keeper",
                &format!(r#"{{"party":{{"organ":{{"id":"{organ}","name":"x","allegiance":{side}}}}}}}"#),
            );
            told.tell(
                "keeper",
                &format!(r#"{{"party":{{"speaker":{{"id":"{organ}","name":"x","organ":"{organ}"}}}}}}"#),
            );
        }
        told
    }

    /// What may be refused: whether it stands.
    fn try_to(&mut self, by: &str, what: &str) -> bool {
        self.1 += 1;
        let line = format!(r#"{{"id":"e-{}","by":"{by}","said":"2025-07-01","what":{what}}}"#, self.1);
        self.0.post(&serde_json::from_str(&line).unwrap()).is_ok()
    }

    fn tell(&mut self, by: &str, what: &str) {
        assert!(self.try_to(by, what), "{what}");
    }

    fn south(&self, day: u32) -> Reading<'_> {
        self.by(According::To("south".parse().unwrap()), day)
    }

    fn by(&self, according: According, day: u32) -> Reading<'_> {
        self.0.reading(according, date(day).parse::<When>().unwrap().last_moment().unwrap()).unwrap()
    }
}

fn date(day: u32) -> String {
    format!("2025-06-{day:02}")
}

/// A day as it is told: exactly, or about, give or take so many days before and after.
fn about(day: u32, before: u32, after: u32) -> String {
    match (before, after) {
        (0, 0) => date(day),
        _ => format!("{}/{}", date(day.saturating_sub(before).max(1)), date(day + after)),
    }
}

/// A part of the body of one of a few persons, or of no human being.
#[derive(Clone, Copy, Debug)]
struct Fragment {
    /// Whose: the last is no person.
    of: usize,
    bag: usize,
    /// How much of its elements is told: nothing, a part of them as a fragment, all.
    tells: usize,
    /// Whether it is told to be human or not.
    is_determined: bool,
}

/// What is told of a unit of a body with one of these elements, of which it is the only one.
const ELEMENTS: [&str; 4] = ["skull", "left-femur", "right-femur", "left-tibia"];
const PERSONS: usize = 3;
const BAGS: usize = 3;

fn fragments() -> impl Strategy<Value = Vec<Fragment>> {
    let one = (0..=PERSONS, 0..BAGS, 0..3_usize, any::<bool>())
        .prop_map(|(of, bag, tells, is_determined)| Fragment { of, bag, tells, is_determined });
    prop::collection::vec(one, 0..10)
}

/// Opens the bags on their days and tells of what is in them; gives for each fragment that is there whose it is and from when.
fn opened(told: &mut Told, fragments: &[Fragment], days: &[(u32, u32, u32)]) -> Vec<(usize, u32)> {
    let mut used = [0; PERSONS];
    let mut there = Vec::new();
    let mut found = vec![Vec::new(); BAGS];
    for fragment in fragments {
        let human = match (fragment.is_determined, fragment.of == PERSONS) {
            (false, _) => "undetermined",
            (true, true) => "no",
            (true, false) => "yes",
        };
        let elements = used.get_mut(fragment.of).map(|next| {
            let element = ELEMENTS.get(*next);
            *next += 1;
            element
        });
        let elements = match (elements, fragment.tells) {
            // A person has no more of these.
            (Some(None), _) => continue,
            (None, _) | (_, 0) => String::new(),
            (Some(Some(element)), 1) => format!(r#","elements":{{"parts":["partial-{element}"]}}"#),
            (Some(Some(element)), _) => format!(r#","elements":{{"parts":["{element}"]}}"#),
        };
        found[fragment.bag].push(format!(r#"{{"id":"u-{}","human":"{human}"{elements}}}"#, there.len()));
        there.push((fragment.of, days[fragment.bag].0));
    }
    for (bag, (found, (day, before, after))) in found.iter().zip(days).enumerate() {
        told.tell("keeper", &format!(r#"{{"container":{{"registered":{{"id":"bag-{bag}","held-by":"south","since":"2025-05-01","provenance":"unknown"}}}}}}"#));
        let (on, found) = (about(*day, *before, *after), found.join(","));
        told.tell(
            "south",
            &format!(
                r#"{{"remains":{{"opened":{{"container":"bag-{bag}","on":"{on}","found":[{found}]}}}}}}"#
            ),
        );
    }
    there
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn as_many_individuals_as_there_are(
        fragments in fragments(),
        days in prop::collection::vec((1..=DAYS, 0..3_u32, 0..3_u32), BAGS),
        lies in prop::collection::vec((0..10_usize, 0..3_usize, 1..=DAYS), 0..8),
    ) {
        let mut told = Told::new();
        let there = opened(&mut told, &fragments, &days);
        for (unit, lie, day) in lies {
            let on = date(day);
            let what = match lie {
                0 => format!(r#"{{"determined":{{"unit":"u-{unit}","on":"{on}","human":"no"}}}}"#),
                1 => format!(r#"{{"determined":{{"unit":"u-{unit}","on":"{on}","human":"yes"}}}}"#),
                _ => format!(r#"{{"forensic":{{"examined":{{"unit":"u-{unit}","on":"{on}","elements":"complete-body"}}}}}}"#),
            };
            told.try_to("north", &format!(r#"{{"remains":{what}}}"#));
        }
        for as_of in 1..=DAYS + 3 {
            let found = told.south(as_of).remains();
            let units = || there.iter().filter(|(_, day)| *day <= as_of);
            let persons: BTreeSet<usize> = units().map(|(of, _)| *of).filter(|of| *of < PERSONS).collect();
            prop_assert!(found.units.contains(units().count() as u64), "{found:?} on {as_of}: {there:?}");
            prop_assert!(found.individuals.contains(persons.len() as u64), "{found:?} on {as_of}: {there:?}");
        }
    }
}

/// One passing on: to which of the four, so many days later, told by which end, so exactly.
type Passing = (usize, u32, usize, (u32, u32));

const ORGANS: [&str; 4] = ["north", "south", "bureau", "courier"];

fn ways() -> impl Strategy<Value = Vec<Passing>> {
    prop::collection::vec((1..4_usize, 1..4_u32, 0..3_usize, (0..2_u32, 0..2_u32)), 0..5)
}

/// A transfer of the bag with the ends that are told: of South's organs truly, and of others as it pleases them.
fn pass(told: &mut Told, number: usize, (from, to): (usize, usize), ends: [Option<&str>; 2]) {
    let (giver, taker) = (ORGANS[from], ORGANS[to]);
    told.tell("keeper", &format!(r#"{{"custody":{{"introduced":{{"id":"t-{number}","of":{{"container":"bag"}},"from":"{giver}","to":"{taker}"}}}}}}"#));
    if let Some(on) = ends[0] {
        told.tell(giver, &format!(r#"{{"custody":{{"given":{{"transfer":"t-{number}","on":"{on}"}}}}}}"#));
    }
    if let Some(on) = ends[1] {
        told.tell(
            taker,
            &format!(
                r#"{{"custody":{{"received":{{"transfer":"t-{number}","on":"{on}","accepted":"in-full"}}}}}}"#
            ),
        );
    }
}

/// Whether a position may be said of a container that somebody truly has.
fn may_be(position: &Position, holder: &str) -> bool {
    let holder: OrganId = holder.parse().unwrap();
    match position {
        Position::With(organ) => *organ == holder,
        Position::InTransfer { from, to, .. } => [*from, *to].contains(&holder),
        Position::Between(organs) => organs.contains(&holder),
        Position::NotYet | Position::Ended(_) => false,
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_container_is_where_it_is(way in ways(), lie in 1..=DAYS, is_lying in any::<bool>()) {
        let mut told = Told::new();
        told.tell("keeper", r#"{"container":{"registered":{"id":"bag","held-by":"south","since":"2025-05-01","provenance":"unknown"}}}"#);
        let is_souths = |organ: usize| [1, 2].contains(&organ);
        let (mut at, mut day) = (1, 1);
        let mut truth = vec![(day, at)];
        for (number, (turn, later, tells, (before, after))) in way.into_iter().enumerate() {
            // South is at one end of each, and knows of it.
            let to = if is_souths(at) { (at + turn) % 4 } else { 1 + turn % 2 };
            day += later;
            let true_day = about(day, before, after);
            let false_day = date(lie);
            let end = |organ: usize, is_told: bool| match (is_souths(organ), is_lying) {
                (true, _) => is_told.then_some(true_day.as_str()),
                (false, true) => Some(false_day.as_str()),
                (false, false) => None,
            };
            let both = !(is_souths(at) && is_souths(to));
            pass(&mut told, number, (at, to), [end(at, both || tells != 1), end(to, both || tells != 0)]);
            at = to;
            truth.push((day, at));
        }
        for as_of in 1..=day + 3 {
            let (_, holder) = *truth.iter().rev().find(|(since, _)| *since <= as_of).unwrap();
            let chain = told.south(as_of).chain(Held::Container("bag".parse().unwrap())).unwrap();
            prop_assert!(may_be(&chain.position, ORGANS[holder]), "{:?} on {as_of}: {truth:?}", chain);
        }
    }
}

/// Five of South's whom North holds, on the frozen list of a leg.
fn camp() -> Told {
    let mut told = Told::new();
    let class = r#"{"matter":"prisoners-of-war"}"#;
    told.tell("keeper", r#"{"handover":{"introduced":{"id":"h","on":"2025-06"}}}"#);
    told.tell("keeper", &format!(r#"{{"handover":{{"leg":{{"id":"leg","handover":"h","from":"north","to":"south","of":{class},"unit":"prisoner"}}}}}}"#));
    told.tell("north", r#"{"prisoner":{"list":{"drafted":{"id":"list","holder":"north","home":"south","on":"2025-05-01","leg":"leg"}}}}"#);
    for id in 0..5 {
        told.tell("keeper", &format!(r#"{{"person":{{"introduced":{{"id":"p-{id}"}}}}}}"#));
        told.tell("north", &format!(r#"{{"prisoner":{{"nominated":{{"id":"p-{id}","list":"list","person":"p-{id}","on":"2025-05-02"}}}}}}"#));
    }
    told.tell("north", r#"{"prisoner":{"list":{"submitted":{"list":"list","version":1,"entries":["p-0","p-1","p-2","p-3","p-4"],"on":"2025-05-03"}}}}"#);
    for does in ["accepted", "frozen"] {
        told.tell(
            "south",
            &format!(
                r#"{{"prisoner":{{"list":{{"{does}":{{"list":"list","version":1,"on":"2025-05-04"}}}}}}}}"#
            ),
        );
    }
    told
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn as_many_of_a_list_went_as_went(
        truth in prop::collection::vec(prop::option::of((1..=DAYS, 0..3_u32, 0..3_u32)), 5),
        lies in prop::collection::vec((0..5_usize, 1..=DAYS), 0..5),
        truth_first in any::<bool>(),
    ) {
        let mut told = camp();
        let handed = |id: usize, on: &str| format!(r#"{{"prisoner":{{"step":{{"nomination":"p-{id}","on":"{on}","step":{{"handed-over":{{"manner":"exchanged"}}}}}}}}}}"#);
        let mut said: Vec<(&str, String)> = Vec::new();
        for (id, went) in truth.iter().enumerate() {
            said.extend(went.map(|(day, before, after)| ("south", handed(id, &about(day, before, after)))));
        }
        let lies = lies.iter().map(|(id, day)| ("north", handed(*id, &date(*day))));
        if truth_first { said.extend(lies) } else { said.splice(..0, lies).for_each(drop) }
        for (by, what) in &said {
            prop_assert!(told.try_to(by, what) || *by == "north", "what is true may be told: {what}");
        }
        for as_of in 1..=DAYS + 3 {
            let went = truth.iter().flatten().filter(|(day, ..)| *day <= as_of).count() as u64;
            for according in [According::To("south".parse().unwrap()), According::AcceptedByAll] {
                let listed = told.by(according, as_of).listed_in_leg("leg".parse().unwrap()).unwrap().listed;
                prop_assert!(listed.contains(went), "{listed:?} on {as_of} by {according}: {truth:?}");
            }
        }
    }
}
