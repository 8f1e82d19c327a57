//! Who may be shown what: sharing, embargo, consent, small numbers, restriction and erasure.

use serde_json::{Value, json};

use super::{CAPTIVES, CUSTODIANS, Hands, Meant, answer, one_party, pick};

/// What is decided on disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Something is shared: a person's case, or the list.
    Shared,
    /// Something is withheld.
    Withheld,
    /// A person consents to this audience.
    Consented {
        /// The person.
        person: usize,
        /// The place of the audience.
        to: usize,
    },
    /// The latest of these says how small a number may be published.
    Cells,
    /// A person's file is destroyed.
    Erased(usize),
    /// A person's file is restricted.
    Restricted(usize),
}

/// A decision that was admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was decided.
    pub what: Shown,
    /// The number of its entry.
    pub entry: usize,
    /// The organ that decided it.
    pub by: usize,
    /// Whether it was ended.
    pub ended: bool,
}

/// Audiences: a neutral organ, one of a side, a side, the first captive's family, everybody.
fn audience(at: usize) -> Value {
    match at {
        0 => json!({"organ": "k-courier"}),
        1 => json!({"organ": "k-bureau"}),
        2 => json!({"party": "north"}),
        3 => json!({"family": CAPTIVES[0]}),
        _ => json!("public"),
    }
}

const FAMILY: usize = 3;
const PUBLIC: usize = 4;

impl Hands {
    fn is_erased(&self, person: usize) -> bool {
        self.decided.iter().any(|decided| decided.what == Shown::Erased(person))
    }

    fn deciding(&self, what: Shown, by: usize) -> super::Change {
        let decided = Decided { what, entry: self.entries, by, ended: false };
        Box::new(move |hands: &mut Self| hands.decided.push(decided))
    }

    pub(super) fn share(&self, of: u8, with: u8, more: u8) -> Meant {
        let (with, by) = (usize::from(with) % 5, usize::from(more) % CUSTODIANS);
        // The list once in so many.
        let person = Some(usize::from(of) % (CAPTIVES.len() + 1)).filter(|at| *at < CAPTIVES.len());
        let (counts, criminal) = (more.is_multiple_of(3), more % 7 == 6);
        let purpose = if criminal { "criminal-proceedings" } else { "information" };
        let consents: Vec<usize> = (0..self.decided.len())
            .filter(|at| matches!(self.decided[*at].what, Shown::Consented { .. }))
            .collect();
        // By consent where there is any, as often as not.
        let consent =
            if more.is_multiple_of(2) { pick(more / 2, consents.len()).map(|at| consents[at]) } else { None };
        let unfit = match person {
            Some(person) => counts || with == FAMILY && person != 0,
            None => with == FAMILY || with == PUBLIC && !counts,
        };
        let mut refusals = vec![(unfit, Some(59))];
        refusals.push((person.is_some_and(|person| self.is_erased(person)), Some(61)));
        let basis = if let Some(at) = consent {
            let given = self.decided[at];
            let covers = person.is_some_and(|person| given.what == Shown::Consented { person, to: with });
            refusals.push((!covers || criminal, Some(59)));
            refusals.push((given.ended, Some(52)));
            json!({"consent": format!("k-{}", given.entry)})
        } else {
            refusals.push((criminal, Some(59)));
            json!("public-interest")
        };
        let of = person.map_or(json!({"list": "k-list"}), |person| json!({"person": CAPTIVES[person]}));
        let extent = if counts { "counts" } else { "cases" };
        let what = json!({"disclosure": {"shared": {
            "of": of, "extent": extent, "with": audience(with), "purpose": purpose, "basis": basis,
            "on": self.now()
        }}});
        (by, what, answer(&refusals), self.deciding(Shown::Shared, by))
    }

    pub(super) fn withhold(&self, of: u8, from: u8, more: u8) -> Meant {
        let (from, by) = (usize::from(from) % 5, usize::from(more) % CUSTODIANS);
        let person = Some(usize::from(of) % (CAPTIVES.len() + 1)).filter(|at| *at < CAPTIVES.len());
        let of = person.map_or(json!({"list": "k-list"}), |person| json!({"person": CAPTIVES[person]}));
        let why = ["embargo", "harm", "security"][usize::from(more) % 3];
        let what = json!({"disclosure": {"withheld": {
            "of": of, "from": audience(from), "why": why, "until": "lifted", "on": self.now()
        }}});
        (by, what, answer(&[(from == 0, Some(63))]), self.deciding(Shown::Withheld, by))
    }

    pub(super) fn end(&self, which: u8, more: u8) -> Option<Meant> {
        let begun: Vec<usize> = (0..self.decided.len())
            .filter(|at| {
                matches!(self.decided[*at].what, Shown::Shared | Shown::Withheld | Shown::Consented { .. })
            })
            .collect();
        let at = begun[pick(which, begun.len())?];
        let decided = self.decided[at];
        let by = if more % 4 == 3 { (decided.by + 1) % CUSTODIANS } else { decided.by };
        let is_consent = matches!(decided.what, Shown::Consented { .. });
        let name = match decided.what {
            Shown::Shared => "unshared",
            Shown::Withheld => "lifted",
            _ => "consent-withdrawn",
        };
        let told = json!({"entry": format!("k-{}", decided.entry), "on": self.now()});
        let refusals = [(by != decided.by && !is_consent, Some(59)), (decided.ended, Some(52))];
        let change = move |hands: &mut Self| hands.decided[at].ended = true;
        Some((by, json!({"disclosure": {name: told}}), answer(&refusals), Box::new(change)))
    }

    pub(super) fn consent(&self, person: u8, to: u8, more: u8) -> Meant {
        let (person, to) = (usize::from(person) % CAPTIVES.len(), usize::from(to) % 5);
        let by = usize::from(more) % CUSTODIANS;
        let nobody = more % 6 == 5;
        let audiences = if nobody { json!([]) } else { json!([audience(to)]) };
        let what = json!({"disclosure": {"consented": {
            "person": CAPTIVES[person], "by": "person", "to": audiences, "purposes": ["information"],
            "on": self.now()
        }}});
        let refusals = [(self.is_erased(person), Some(61)), (nobody, Some(59))];
        (by, what, answer(&refusals), self.deciding(Shown::Consented { person, to }, by))
    }

    pub(super) fn file(&self, act: u8, person: u8, more: u8) -> Meant {
        let (person, by) = (usize::from(person) % CAPTIVES.len(), usize::from(more) % CUSTODIANS);
        let (name, now) = (CAPTIVES[person], self.now());
        let erased = (self.is_erased(person), Some(61));
        let (told, refusals, what) = match act % 3 {
            0 => {
                let (below, step) = ([0, 1, 3, 5, 10][usize::from(more) % 5], more % 4);
                let told = json!({"small-cells": {"below": below, "step": step, "on": now}});
                (told, vec![(below < 2 || step == 0, Some(60))], Shown::Cells)
            }
            1 => {
                let told = json!({"restricted": {"person": name, "ground": "accounting", "on": now}});
                (told, vec![erased], Shown::Restricted(person))
            }
            _ => {
                // The latest word of its own side on this reference.
                let own =
                    self.accounts.iter().rev().find(|told| told.person == person && (one_party(told.by, by)));
                let sought = own.is_some_and(super::Account::seeks);
                let told = json!({"erased": {"person": name, "ground": "request", "on": now}});
                (told, vec![erased, (sought, Some(61))], Shown::Erased(person))
            }
        };
        (by, json!({ "disclosure": told }), answer(&refusals), self.deciding(what, by))
    }
}
