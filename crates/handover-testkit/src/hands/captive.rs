//! Persons on the list, what happens to each, who is who, and what each side says has become of them.

use handover::person::{Confirmation, PersonStatus};
use serde_json::json;

use super::step::{Part, Step};
use super::{Answer, CAPTIVES, CUSTODIANS, Hands, Meant, answer, one_party, pick};
use crate::world::posting::read;

const HOLDER: usize = 0;
const HOME: usize = 1;
const NEUTRAL: usize = 2;
/// A person on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominee {
    /// The person's place among the captives.
    pub person: usize,
    /// Whether the holder nominated the person.
    pub by_holder: bool,
    /// Whether the person was offered beside the list.
    pub substitute: bool,
    /// What was told, and by which organ, in the order of time and of recording alike.
    pub told: Vec<(Step, usize)>,
}

impl Nominee {
    /// The last of these that was told.
    pub fn last(&self, is: impl Fn(Step) -> bool) -> Option<Step> {
        self.told.iter().rev().map(|(step, _)| *step).find(|step| is(*step))
    }

    /// Whether this was ever told.
    pub fn has(&self, step: Step) -> bool {
        self.told.iter().any(|(told, _)| *told == step)
    }

    /// Whether the entry is at no end, and the holder does not deny it.
    pub fn is_open(&self) -> bool {
        let denied =
            matches!(self.last(Step::answers), Some(Step::NotHeld | Step::SaidDead | Step::SaidExchanged));
        !denied && self.last(Step::ends).is_none()
    }

    /// What brings the person further on the way to the other side, or to another end; a number chooses where there is a choice.
    fn next(&self, which: u8) -> Step {
        if self.last(Step::ends).is_some() {
            return match which % 3 {
                // The other side tells it too.
                0 | 1 if self.has(Step::HandedOver) => Step::HandedOver,
                _ if self.has(Step::Died) => Step::Certified,
                _ => Step::Reconciled,
            };
        }
        if !self.has(Step::Wounded) && !self.has(Step::Young) {
            return if which.is_multiple_of(2) { Step::Wounded } else { Step::Young };
        }
        match self.last(|step| matches!(step, Step::Fit | Step::Unfit)) {
            None if which.is_multiple_of(2) => return Step::Unfit,
            Some(Step::Fit) => {}
            _ => return Step::Fit,
        }
        if self.last(Step::is_will) != Some(Step::Goes) {
            return Step::Goes;
        }
        if self.substitute && !self.has(Step::AcceptedUnlisted) {
            return Step::AcceptedUnlisted;
        }
        match which % 6 {
            0 | 1 => Step::Died,
            2 => Step::Unwilling,
            _ => Step::HandedOver,
        }
    }

    /// Whether the person cannot travel, and waits.
    pub fn is_deferred(&self) -> bool {
        self.last(|step| matches!(step, Step::Fit | Step::Unfit)) == Some(Step::Unfit)
    }
}

/// Two references that are said to be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// The two.
    pub persons: [usize; 2],
    /// The number of the entry that says so.
    pub entry: usize,
    /// The organ that says so.
    pub by: usize,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// What an organ says has become of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub person: usize,
    /// The organ.
    pub by: usize,
    /// The place of the status among [`statuses`].
    pub status: usize,
}

/// What can be said to have become of a person, and how it is written.
pub fn statuses() -> [(&'static str, PersonStatus); 8] {
    let confirmation = Confirmation { held_by: read("north"), confirmed_by: read("k-courier") };
    [
        ("serving", PersonStatus::Serving),
        ("missing", PersonStatus::Missing),
        ("confirmed-prisoner", PersonStatus::ConfirmedPrisoner(confirmation)),
        ("deceased-claimed", PersonStatus::DeceasedClaimed(read("k-north"))),
        ("deceased-declared", PersonStatus::DeceasedDeclared),
        ("repatriated", PersonStatus::Repatriated),
        ("found-alive", PersonStatus::FoundAlive),
        ("at-large-elsewhere", PersonStatus::AtLargeElsewhere),
    ]
}

impl Account {
    /// Whether it says that the person is sought, held or dead: whoever says so must account for the person.
    pub const fn seeks(&self) -> bool {
        matches!(self.status, 1..=4)
    }

    /// Whether it says that the person is dead.
    pub const fn is_of_the_dead(&self) -> bool {
        matches!(self.status, 3 | 4)
    }
}

impl Hands {
    /// A time that is later than that of everything told before.
    pub(super) fn now(&self) -> String {
        let minutes = self.entries % (24 * 60);
        format!("2025-06-03T{:02}:{:02}:00+00:00", minutes / 60, minutes % 60)
    }

    /// The references of the person whom this one names, as far as it is said that they are one.
    pub fn individual(&self, person: usize) -> Vec<usize> {
        let mut found = vec![person];
        let mut at = 0;
        while at < found.len() {
            for same in self.sames.iter().filter(|same| !same.reversed) {
                if same.persons.contains(&found[at]) {
                    for other in same.persons {
                        if !found.contains(&other) {
                            found.push(other);
                        }
                    }
                }
            }
            at += 1;
        }
        found
    }

    /// The other entries of the list that are of the same person.
    pub fn others_of(&self, at: usize) -> impl Iterator<Item = usize> {
        let individual = self.individual(self.nominated[at].person);
        (0..self.nominated.len())
            .filter(move |other| *other != at && individual.contains(&self.nominated[*other].person))
    }

    /// Whether the frozen version has an entry.
    pub fn is_frozen(&self, at: usize) -> bool {
        self.list.frozen.is_some_and(|number| self.list.versions[number - 1].members.contains(&at))
    }

    pub(super) fn nominate(&self, person: u8, by: u8, substitute: bool) -> Option<Meant> {
        let (person, by) = (usize::from(person) % CAPTIVES.len(), usize::from(by) % CUSTODIANS);
        // A version names them by the bits of a byte.
        if self.nominated.len() >= 8 {
            return None;
        }
        let id = format!("k-nomination-{}", self.nominated.len());
        let told = json!({"id": id, "list": "k-list", "person": CAPTIVES[person], "on": "2025-06-02"});
        let kind = if substitute { "substitute-offered" } else { "nominated" };
        let individual = self.individual(person);
        let blocked = self.nominated.iter().any(|other| {
            let gone = other.told.iter().any(|(step, _)| step.hands_over());
            individual.contains(&other.person) && (other.is_open() || gone)
        });
        let refusals = [
            (substitute && by != HOLDER || by == NEUTRAL, Some(56)),
            (substitute && self.list.frozen.is_none(), Some(48)),
            (blocked, Some(47)),
        ];
        let nominee = Nominee { person, by_holder: by == HOLDER, substitute, told: Vec::new() };
        let change = move |hands: &mut Self| hands.nominated.push(nominee);
        Some((by, json!({"prisoner": {kind: told}}), answer(&refusals), Box::new(change)))
    }

    pub(super) fn happen(&self, nomination: u8, step: u8, by: u8) -> Option<Meant> {
        let at = pick(nomination, self.nominated.len())?;
        // Mostly what is next.
        let step = if step.is_multiple_of(3) {
            Step::ALL[usize::from(step / 3) % Step::ALL.len()]
        } else {
            self.nominated[at].next(step / 3)
        };
        // Mostly told by whose part it is, of what either side may tell by one or the other.
        let by = match step.part() {
            _ if by % 8 == 7 => usize::from(by / 8) % CUSTODIANS,
            Part::Holder => HOLDER,
            Part::Home => HOME,
            Part::Anyone if step.is_will() => NEUTRAL,
            Part::Sides | Part::Anyone => usize::from(by % 2),
        };
        let nominee = &self.nominated[at];
        let told = json!({
            "nomination": format!("k-nomination-{at}"), "on": self.now(), "step": step.said(nominee.person)
        });
        let change = move |hands: &mut Self| hands.nominated[at].told.push((step, by));
        let refusals = self.offences(at, step, by);
        Some((by, json!({"prisoner": {"step": told}}), answer(&refusals), Box::new(change)))
    }

    /// By which rules a step cannot stand, in their order.
    fn offences(&self, at: usize, step: Step, by: usize) -> Vec<(bool, Option<u8>)> {
        let nominee = &self.nominated[at];
        let (holder, neutral, frozen) = (by == HOLDER, by == NEUTRAL, self.is_frozen(at));
        let has = |step: Step| nominee.has(step);
        let its_part = match step.part() {
            Part::Holder => holder,
            Part::Home => !holder && !neutral,
            Part::Sides => !neutral && (step != Step::Withdrawn || !frozen || holder),
            Part::Anyone => true,
        };
        let mut offends = vec![(!its_part, Some(56))];
        match step {
            Step::Punished => offends.push((true, Some(46))),
            Step::Communicated | Step::Lifted | Step::Consents => {
                offends.push((!has(Step::HeldBack), Some(48)));
            }
            Step::GoesBySide => offends.push((true, Some(43))),
            Step::NeutralCustody => offends.push((!has(Step::Declines), Some(48))),
            Step::OtherDuty => offends.push((true, None)),
            Step::Certified => offends.push((!has(Step::Died), Some(48))),
            Step::Reconciled => {
                offends.push((!nominee.told.iter().any(|(step, _)| step.hands_over()), Some(48)));
            }
            Step::AcceptedUnlisted => offends.push((!nominee.substitute, Some(48))),
            Step::Wounded | Step::NoGround | Step::Young | Step::NotYoung | Step::OtherDay => {
                let held = nominee.by_holder || has(Step::Held) || has(Step::SaidCivilian);
                offends.push((!held, Some(48)));
                offends.push((step == Step::OtherDay, Some(44)));
                offends.push((step == Step::NoGround, Some(43)));
            }
            _ => {}
        }
        let handing = step.hands_over() || step == Step::Netted;
        let moves = matches!(step, Step::Assembled | Step::AtVenue | Step::Verified | Step::PassedOff);
        if handing || moves {
            let alone = matches!(step, Step::Unilateral | Step::Netted);
            let other = (nominee.person + 1) % CAPTIVES.len();
            let passed_off = step == Step::PassedOff && !self.individual(nominee.person).contains(&other);
            let accepted = !nominee.substitute || has(Step::AcceptedUnlisted);
            let ended = nominee.told.iter().any(|(told, teller)| told.ends() && one_party(*teller, by));
            offends.push((passed_off, Some(48)));
            offends.push((handing && !accepted, Some(48)));
            offends.push((!frozen && !nominee.substitute && !alone, Some(48)));
            offends.push((ended, Some(47)));
            offends.push((step == Step::Netted, Some(51)));
            let asked = handing && step != Step::Unwilling && has(Step::Wounded);
            offends.push((asked && nominee.last(Step::is_will) != Some(Step::Goes), Some(43)));
        }
        if matches!(step, Step::Held | Step::SaidCivilian) && !nominee.is_open() {
            let reopens = nominee.last(Step::ends).is_none();
            let elsewhere = self.others_of(at).any(|other| self.nominated[other].is_open());
            offends.push((reopens && elsewhere, Some(47)));
        }
        offends
    }

    pub(super) fn say_same(&self, one: u8, other: u8, by: u8) -> Meant {
        let persons = [one, other].map(|person| usize::from(person) % CAPTIVES.len());
        let by = usize::from(by) % CUSTODIANS;
        let [one, other] = persons.map(|person| CAPTIVES[person]);
        let what = json!({"prisoner": {"same-person": {"one": one, "other": other, "on": self.now()}}});
        let same = Same { persons, entry: self.entries, by, reversed: false };
        let change = move |hands: &mut Self| hands.sames.push(same);
        (by, what, answer(&[(one == other, None)]), Box::new(change))
    }

    pub(super) fn say_other(&self, same: u8, by: u8) -> Option<Meant> {
        let at = pick(same, self.sames.len())?;
        let same = self.sames[at];
        let by = if by % 8 == 7 { (same.by + 1) % CUSTODIANS } else { same.by };
        let reversal = json!({"entry": format!("k-{}", same.entry), "reason": "they are two"});
        let refusals = [(by != same.by, Some(52)), (same.reversed, Some(52))];
        let change = move |hands: &mut Self| hands.sames[at].reversed = true;
        let what = json!({"prisoner": {"same-person-reversed": reversal}});
        Some((by, what, answer(&refusals), Box::new(change)))
    }

    pub(super) fn account(&self, person: u8, status: u8, by: u8) -> Meant {
        let (person, by) = (usize::from(person) % CAPTIVES.len(), usize::from(by) % CUSTODIANS);
        let status = usize::from(status) % statuses().len();
        let now = self.now();
        let (name, _) = statuses()[status];
        let told = match name {
            "confirmed-prisoner" => json!({name: {"held-by": "north", "confirmed-by": "k-courier"}}),
            "deceased-claimed" => json!({name: "k-north"}),
            name => json!(name),
        };
        let fact = if name == "found-alive" {
            json!({"found-alive": now})
        } else {
            json!({"status": {"status": told, "as-of": now}})
        };
        let what = json!({"person": {"known": {"person": CAPTIVES[person], "fact": fact}}});
        let change = move |hands: &mut Self| hands.accounts.push(Account { person, by, status });
        (by, what, Answer::Admitted, Box::new(change))
    }

    /// What the organs of a side say last of a person, under whatever reference, and whether one of them said before or after
    /// that the person is dead. The side is that of an organ.
    pub fn last_account(&self, person: usize, side: usize) -> Option<(PersonStatus, bool)> {
        let individual = self.individual(person);
        let own = || {
            let said = self.accounts.iter();
            said.filter(|told| individual.contains(&told.person) && one_party(told.by, side))
        };
        let last = own().next_back()?;
        Some((statuses()[last.status].1, own().any(Account::is_of_the_dead)))
    }
}
