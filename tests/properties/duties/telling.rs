//! How a world is told: by those whom a reading believes truly, exactly or about, or not at all; by everyone else as they like.

use std::collections::BTreeMap;

use handover::claim::Affiliation;
use handover::ledger::Ledger;
use handover::reading::According;
use serde_json::{Value, json};

use super::world::{
    Act, CATEGORIES, DAYS, Deed, Drawn, Recorder, UNITS, World, affiliation, course, reciprocity, required,
};
use super::{PARTIES, party};

/// The organs, each with its speaker, and whose they are: a party's, a neutral's or an outlet's.
const ORGANS: [(&str, Option<usize>); 8] = [
    ("north", Some(0)),
    ("north-bureau", Some(0)),
    ("south", Some(1)),
    ("south-bureau", Some(1)),
    ("east", Some(2)),
    ("observer", None),
    ("agency", None),
    (OUTLET, None),
];
const OUTLET: &str = "outlet";

/// Of what somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Duty(usize),
    Handover(usize),
    Slot(usize),
    Leg(usize),
    Batch(usize),
    Bringing(usize, usize),
    Total(usize),
}

impl About {
    fn subject(self) -> Value {
        let id = |kind: &str, at: usize| format!("{kind}-{at}");
        match self {
            Self::Duty(at) => json!({"obligation": id("duty", at)}),
            Self::Handover(at) => json!({"handover": id("handover", at)}),
            Self::Slot(at) => json!({"slot": id("handover", at)}),
            Self::Leg(at) => json!({"leg": id("leg", at)}),
            Self::Batch(at) => json!({"batch": id("batch", at)}),
            Self::Bringing(at, to) => {
                json!({"bringing": {"batch": id("batch", at), "to": id("handover", to)}})
            }
            Self::Total(at) => json!({"total": id("total", at)}),
        }
    }

    /// The parties that are asked of it by every account: those at its ends, or any.
    fn ends(self, world: &World) -> Vec<usize> {
        match self {
            Self::Duty(at) => vec![world.duties[at].from, world.duties[at].to],
            Self::Leg(at) => vec![world.legs[at].from, world.legs[at].to],
            Self::Batch(at) => vec![world.batches[at].from, world.batches[at].to],
            Self::Handover(_) | Self::Slot(_) | Self::Bringing(..) | Self::Total(_) => vec![0, 1, 2],
        }
    }

    fn number(self) -> usize {
        match self {
            Self::Duty(at)
            | Self::Handover(at)
            | Self::Slot(at)
            | Self::Leg(at)
            | Self::Batch(at)
            | Self::Total(at) => at,
            Self::Bringing(at, to) => at + to,
        }
    }
}

/// How somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// The truth, in whatever form.
    Truly,
    /// The whole truth.
    Exactly,
    /// Whatever it pleases.
    Anyhow,
}

pub(super) struct Telling<'d, 'w> {
    pub(super) world: &'w World,
    pub(super) according: According,
    /// Who of several speaks the truth, where one of them must; each of them if none is named.
    pub(super) teller: Option<usize>,
    pub(super) truth: Drawn<'d>,
    pub(super) lies: Drawn<'d>,
    pub(super) ledger: Ledger,
    /// How many each speaker has made.
    pub(super) entries: BTreeMap<String, usize>,
    /// The figures that are published, by who publishes which, and whether it is true.
    pub(super) published: Vec<(usize, String, bool)>,
}

pub(super) fn days((first, last): (u32, u32)) -> String {
    let day = |day: u32| format!("2025-06-{day:02}");
    if first == last { day(first) } else { format!("{}/{}", day(first), day(last)) }
}

impl Telling<'_, '_> {
    #[expect(clippy::needless_pass_by_value, reason = "what is told is written where it is told")]
    fn tell(&mut self, by: &str, what: Value) -> String {
        let own = self.entries.entry(by.to_owned()).or_default();
        *own += 1;
        let id = format!("{by}-{own}");
        let entry = json!({"id": id, "by": by, "said": "2025-07-01", "what": what});
        let posted = self.ledger.post(&serde_json::from_value(entry.clone()).unwrap());
        assert!(posted.is_ok(), "{entry}: {posted:?}");
        id
    }

    /// What was told, an entry a line, without what set it up.
    pub(super) fn lines(&self) -> String {
        let told = self.ledger.entries().filter(|entry| entry.by.to_string() != "keeper");
        told.map(|entry| serde_json::to_string(&entry).unwrap() + "\n").collect()
    }

    /// The whole record: what is set up, what is done, and what everyone says.
    pub(super) fn all(&mut self) {
        self.set_up();
        for act in self.world.acts.clone() {
            self.act(&act);
        }
        // The outlet speaks of everything that it saw brought, so that nobody else's word makes it known that one was.
        for (at, batch) in self.world.batches.clone().iter().enumerate() {
            for (to, _) in &batch.brought {
                let about = About::Bringing(at, *to).subject();
                self.tell(OUTLET, json!({"claim": {"made": {"about": about, "says": "occurred"}}}));
            }
        }
        for about in self.subjects() {
            for (at, (organ, _)) in ORGANS.iter().enumerate() {
                let manner = self.manner(at, about);
                self.speak(organ, manner, about);
            }
        }
    }

    /// Those who speak the truth speak once more.
    pub(super) fn once_more(&mut self) {
        for about in self.subjects() {
            for (at, (organ, _)) in ORGANS.iter().enumerate() {
                if self.manner(at, about) == Manner::Truly {
                    self.speak(organ, Manner::Truly, about);
                }
            }
        }
    }

    fn subjects(&self) -> Vec<About> {
        let world = self.world;
        let mut all: Vec<About> = (0..world.duties.len()).map(About::Duty).collect();
        for at in 0..world.handovers.len() {
            all.extend([About::Handover(at), About::Slot(at)]);
        }
        all.extend((0..world.legs.len()).map(About::Leg));
        for (at, batch) in world.batches.iter().enumerate() {
            all.push(About::Batch(at));
            all.extend(batch.brought.iter().map(|(to, _)| About::Bringing(at, *to)));
        }
        all.extend((0..world.totals.len()).map(About::Total));
        all
    }

    /// How an organ speaks of something, so that the trust of the reading holds.
    fn manner(&self, organ: usize, about: About) -> Manner {
        let side = ORGANS[organ].1;
        let is_turn = |of: &[usize], one| {
            self.teller.is_none_or(|teller| of[(about.number() + teller) % of.len()] == one)
        };
        let speaks = match self.according {
            According::To(believed) => {
                side.is_some_and(|side| party::<handover::id::PartyId>(side) == believed)
            }
            According::AcceptedByAll => side.is_some_and(|side| is_turn(&about.ends(self.world), side)),
            According::Neutral if is_turn(&[5, 6], organ) => return Manner::Exactly,
            According::Anyone if is_turn(&[0, 1, 2, 3, 4, 5, 6, 7], organ) => return Manner::Exactly,
            According::Neutral | According::Anyone => false,
        };
        if speaks { Manner::Truly } else { Manner::Anyhow }
    }

    fn set_up(&mut self) {
        for id in PARTIES {
            self.tell("keeper", json!({"party": {"introduced": {"id": id, "name": id}}}));
        }
        for (organ, side) in ORGANS {
            let allegiance = match side {
                Some(side) => json!({"party": PARTIES[side]}),
                None if organ == OUTLET => json!("press"),
                None => json!("neutral"),
            };
            self.tell(
                "keeper",
                json!({"party": {"organ": {"id": organ, "name": organ, "allegiance": allegiance}}}),
            );
            self.tell("keeper", json!({"party": {"speaker": {"id": organ, "name": organ, "organ": organ}}}));
        }
        self.tell("keeper", json!({"agreement": {"introduced": {
            "id": "deal", "name": "the deal", "parties": PARTIES, "form": "signed-text", "on": "2025-05-01"
        }}}));
        let of = |category: Option<usize>| match category {
            Some(at) => json!({"matter": "remains", "category": CATEGORIES[at]}),
            None => json!({"matter": "remains"}),
        };
        for (at, duty) in self.world.duties.iter().enumerate() {
            let basis =
                if duty.is_pledge { json!("unilateral-pledge") } else { json!({"agreement": "deal"}) };
            self.tell("keeper", json!({"obligation": {"introduced": {
                "id": format!("duty-{at}"), "debtor": PARTIES[duty.from], "creditor": PARTIES[duty.to],
                "of": of(duty.of.recorded), "unit": UNITS[duty.unit], "basis": basis, "standard": "result",
                "credits-at": duty.credits_at
            }}}));
        }
        for (at, handover) in self.world.handovers.iter().enumerate() {
            self.tell(
                "keeper",
                json!({"handover": {"introduced": {
                    "id": format!("handover-{at}"), "under": "deal", "on": days(handover.frame)
                }}}),
            );
        }
        let towards = |mut what: Value, towards: Option<usize>| {
            if let Some(at) = towards {
                what["towards"] = json!(format!("duty-{at}"));
            }
            what
        };
        for (at, leg) in self.world.legs.iter().enumerate() {
            let what = json!({
                "id": format!("leg-{at}"), "handover": format!("handover-{}", leg.handover), "from": PARTIES[leg.from],
                "to": PARTIES[leg.to], "of": of(leg.of.recorded), "unit": UNITS[leg.unit]
            });
            self.tell("keeper", json!({"handover": {"leg": towards(what, leg.towards)}}));
        }
        for (at, batch) in self.world.batches.iter().enumerate() {
            let what = json!({
                "id": format!("batch-{at}"), "from": PARTIES[batch.from], "to": PARTIES[batch.to],
                "of": of(batch.of.recorded), "unit": UNITS[batch.unit]
            });
            self.tell("keeper", json!({"batch": {"introduced": towards(what, batch.towards)}}));
            if let Some(leg) = batch.leg {
                self.tell("keeper", json!({"batch": {"passed": {"batch": format!("batch-{at}"), "leg": format!("leg-{leg}")}}}));
            }
        }
        for (at, _) in self.world.legs.iter().enumerate().filter(|(_, leg)| leg.is_whole) {
            self.tell("keeper", json!({"handover": {"no-other-batch": {"leg": format!("leg-{at}")}}}));
        }
        for (at, total) in self.world.totals.iter().enumerate() {
            let mut of = json!({"under": "deal", "matter": "remains"});
            for (key, end) in [("from", total.from), ("to", total.to)] {
                if let Some(end) = end {
                    of[key] = json!(PARTIES[end]);
                }
            }
            if let Some(during) = total.during {
                of["during"] = json!(days(during));
            }
            let unit = total.unit.map_or("handover", |at| UNITS[at]);
            self.tell(
                "keeper",
                json!({"total": {"introduced": {"id": format!("total-{at}"), "of": of, "unit": unit}}}),
            );
        }
    }

    fn act(&mut self, act: &Act) {
        let id = |at: usize| format!("duty-{at}");
        let on = days(act.told);
        let both = |duty: usize| [PARTIES[self.world.duties[duty].from], PARTIES[self.world.duties[duty].to]];
        let (duty, what) = match act.deed {
            Deed::Allocated { from, to, number } => {
                let consented = [both(from), both(to)].concat();
                (
                    to,
                    json!({"allocated": {"from": id(from), "to": id(to), "number": number, "consented": consented, "on": on}}),
                )
            }
            Deed::Discharged { duty, number } => (
                duty,
                json!({"discharged": {"obligation": id(duty), "number": number, "means": "never-held", "on": on}}),
            ),
            Deed::Waived { duty, number: Some(number) } => {
                (duty, json!({"waived": {"obligation": id(duty), "number": number, "on": on}}))
            }
            Deed::Waived { duty, number: None } => {
                (duty, json!({"waived": {"obligation": id(duty), "on": on}}))
            }
            Deed::Deferred { duty, to } => {
                let to = days((to, to));
                (
                    duty,
                    json!({"deferred": {"obligation": id(duty), "to": to, "consented": both(duty), "on": on}}),
                )
            }
        };
        let of = &self.world.duties[duty];
        let by = match act.by {
            Recorder::Debtor => PARTIES[of.from],
            Recorder::Creditor => PARTIES[of.to],
            Recorder::Neutral => "observer",
        };
        let entry = self.tell(by, json!({"obligation": what}));
        if let Some((_, back)) = act.reversed {
            self.tell(by, json!({"obligation": {"reversed": {"entry": entry, "reason": "it was otherwise", "on": days(back)}}}));
        }
    }

    fn drawn(&mut self, manner: Manner, n: usize) -> usize {
        match manner {
            Manner::Truly => self.truth.below(n),
            Manner::Exactly => 1,
            Manner::Anyhow => self.lies.below(n),
        }
    }

    fn number(&mut self, manner: Manner, n: usize) -> u32 {
        u32::try_from(self.drawn(manner, n)).unwrap()
    }

    #[expect(clippy::needless_pass_by_value, reason = "as above")]
    fn claim(&mut self, by: &str, about: About, says: Value) {
        self.tell(by, json!({"claim": {"made": {"about": about.subject(), "says": says}}}));
    }

    /// A number as it is told; nothing if nothing is said of it.
    fn amount(&mut self, manner: Manner, n: u32) -> Option<Value> {
        let n = if manner == Manner::Anyhow { self.lies.number(9) } else { n };
        let (less, more) = (self.number(manner, 4), self.number(manner, 3));
        Some(match self.drawn(manner, 9) {
            0 => return None,
            1..=3 => json!(n),
            4 => json!(format!("~{n}+-{}", less + 1)),
            5 => json!(format!(">={}", n.saturating_sub(less))),
            6 => json!(format!("<={}", n + more)),
            7 => json!(format!("{}..{}", n.saturating_sub(less), n + more)),
            _ => json!("undisclosed"),
        })
    }

    /// Days as they are told that are about a day, and within those that are known; nothing if nothing is said of them.
    fn days(&mut self, manner: Manner, day: u32) -> Option<String> {
        let day = if manner == Manner::Anyhow { 1 + self.lies.number(DAYS as usize) } else { day };
        Some(match self.drawn(manner, 4) {
            0 => return None,
            1 | 2 => days((day, day)),
            _ => {
                let (before, after) = (self.number(manner, 3), self.number(manner, 3));
                days((day.saturating_sub(before).max(1), day + after))
            }
        })
    }

    fn whether(&mut self, by: &str, manner: Manner, about: About, was: bool) {
        let was = if manner == Manner::Anyhow { self.lies.once_in(2) } else { was };
        if self.drawn(manner, 3) > 0 {
            self.claim(by, about, json!(if was { "occurred" } else { "did-not-occur" }));
        }
    }

    fn count(&mut self, by: &str, manner: Manner, about: About, n: u32, unit: &str) {
        if let Some(quantity) = self.amount(manner, n) {
            self.claim(by, about, json!({"count": {"quantity": quantity, "unit": unit}}));
        }
    }

    fn speak(&mut self, by: &str, manner: Manner, about: About) {
        match about {
            About::Duty(at) => self.speak_of_duty(by, manner, at),
            About::Handover(at) => {
                let handover = self.world.handovers[at].clone();
                if let Some(days) = self.days(manner, handover.day) {
                    self.claim(by, about, json!({"when": days}));
                }
                self.whether(by, manner, about, handover.was_held);
            }
            About::Slot(at) => self.whether(by, manner, about, self.world.handovers[at].was_agreed),
            About::Bringing(at, to) => {
                let was = self.world.batches[at].brought.contains(&(to, true));
                if by != OUTLET || manner != Manner::Anyhow {
                    self.whether(by, manner, about, was);
                }
            }
            About::Leg(at) => self.speak_of_leg(by, manner, at),
            About::Batch(at) => {
                for (unit, name) in UNITS.into_iter().enumerate() {
                    self.count(by, manner, about, self.world.batches[at].count[unit], name);
                }
            }
            About::Total(at) => {
                let total = &self.world.totals[at];
                let unit = total.unit.map_or("handover", |at| UNITS[at]);
                let n = self.world.total(at, DAYS + 9);
                if let Some(quantity) = self.amount(manner, n) {
                    self.published.push((
                        at,
                        quantity.as_str().map_or_else(|| quantity.to_string(), str::to_owned),
                        manner != Manner::Anyhow,
                    ));
                    self.claim(by, about, json!({"count": {"quantity": quantity, "unit": unit}}));
                }
            }
        }
    }

    fn speak_of_leg(&mut self, by: &str, manner: Manner, at: usize) {
        let (leg, about) = (self.world.legs[at].clone(), About::Leg(at));
        for unit in [leg.unit, 1 - leg.unit] {
            if unit == leg.unit || self.drawn(manner, 3) == 1 {
                self.count(by, manner, about, leg.passed[unit], UNITS[unit]);
            }
        }
        if self.drawn(manner, 6) == 1 {
            self.whether(by, manner, about, leg.passed[leg.unit] > 0);
        }
        if let Some(duty) = leg.towards {
            let unit = UNITS[self.world.duties[duty].unit];
            if let Some(quantity) = self.amount(manner, leg.credited) {
                self.claim(by, about, json!({"credited": {"quantity": quantity, "unit": unit}}));
            }
            if let Some(quantity) = self.amount(manner, leg.denied) {
                let count = json!({"quantity": quantity, "unit": unit});
                self.claim(by, about, json!({"credit-denied": {"count": count, "reason": "wrong-class"}}));
            }
        }
        if self.drawn(manner, 4) > 0 {
            let whose = if manner == Manner::Anyhow { affiliation(&mut self.lies) } else { leg.of.whose };
            let mut all: Vec<Affiliation> = vec![whose];
            if self.drawn(manner, 3) == 2 {
                all.push(affiliation(if manner == Manner::Anyhow {
                    &mut self.lies
                } else {
                    &mut self.truth
                }));
            }
            self.claim(by, about, json!({"whose": all}));
        }
    }

    fn speak_of_duty(&mut self, by: &str, manner: Manner, at: usize) {
        let (duty, about) = (self.world.duties[at].clone(), About::Duty(at));
        let lied = manner == Manner::Anyhow;
        let other =
            (self.world.duties.len() > 1 && !duty.is_pledge).then(|| (at + 1) % self.world.duties.len());
        if self.drawn(manner, 4) > 0 {
            let required = if lied { required(&mut self.lies, other) } else { duty.required };
            self.claim(by, about, json!({"terms": {"required": required}}));
        }
        if self.drawn(manner, 4) > 0 {
            let handovers = self.world.handovers.len();
            let in_return = if lied { reciprocity(&mut self.lies, other, handovers) } else { duty.in_return };
            self.claim(by, about, json!({"reciprocity": in_return}));
        }
        if self.drawn(manner, 3) > 0 {
            let day = if lied { self.lies.day() } else { duty.deadline };
            self.claim(by, about, json!({"deadline": days((day, day))}));
        }
        if self.drawn(manner, 3) > 0 {
            let (done, of) = if lied { course(&mut self.lies) } else { duty.course };
            self.claim(by, about, json!({"advanced": {"done": done, "of": of, "on": "2025-06-01"}}));
        }
    }
}
