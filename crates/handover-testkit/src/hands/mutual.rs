//! What is done with obligations otherwise than by performing them, and what is said to be owed in return.

use handover::quantity::Span;
use serde_json::{Value, json};

use super::{Answer, Hands, Meant, answer, one_party, pick};

/// The obligations: two of one debtor that count one after the other, one in return, one of remains, and a pledge.
pub const OBLIGATIONS: [&str; 5] = ["k-owed", "k-other", "k-return", "k-boxes", "k-pledge"];
const BOXES: usize = 3;
const PLEDGE: usize = 4;

/// The side that owes, and the side to which it is owed, by an organ of each.
const fn debtor(obligation: usize) -> usize {
    if obligation == 2 { 0 } else { 1 }
}

const fn creditor(obligation: usize) -> usize {
    1 - debtor(obligation)
}

/// An act on an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutual {
    /// A surplus counts towards another obligation.
    SetOff {
        /// The one that was performed beyond what is owed.
        from: usize,
        /// The other.
        to: usize,
        /// How many.
        number: u64,
    },
    /// It is put off.
    Deferred(usize),
    /// The creditor gives up so many, or all.
    Waived(usize, Option<u64>),
    /// So many are discharged in another way.
    Discharged(usize, u64),
    /// It is closed with what remains.
    Closed(usize),
    /// A closing is taken back: its place among the acts.
    Reopened(usize),
    /// It is said that so many cannot be handed over.
    Unable(usize),
    /// A ratio by class is stated, with the moment at which it accrues.
    Ratio(&'static str),
    /// It is bound to the pace of another.
    Paced,
    /// How far the other course has come.
    Advanced,
}

/// An act that was admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub what: Mutual,
    /// The number of its entry.
    pub entry: usize,
    /// The organ that recorded it.
    pub by: usize,
    /// Whether it was reversed.
    pub reversed: bool,
}

/// What counts otherwise than by performance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// The surplus of others.
    pub taken_in: Span,
    /// Its own surplus that counts elsewhere.
    pub given_away: Span,
    /// What was discharged in another way.
    pub discharged: Span,
    /// What was given up.
    pub waived: Span,
    /// How often it was put off.
    pub deferrals: usize,
    /// The number of the entry by which it is closed.
    pub closing: Option<usize>,
    /// How often it was said that its debtor cannot perform.
    pub inabilities: usize,
}

fn unit(obligation: usize) -> &'static str {
    if obligation == BOXES { "set-of-remains" } else { "prisoner" }
}

impl Hands {
    /// What was done with an obligation.
    pub fn otherwise(&self, of: usize) -> Otherwise {
        let live = || self.done.iter().filter(|done| !done.reversed);
        let sum = |number: &dyn Fn(Mutual) -> Option<u64>| {
            Span::exactly(live().filter_map(|done| number(done.what)).sum())
        };
        let waived = sum(&|what| match what {
            Mutual::Waived(at, number) if at == of => number,
            _ => None,
        });
        let all = live().any(|done| done.what == Mutual::Waived(of, None));
        let closing = self.done.iter().enumerate().rev().find(|(at, done)| {
            let reopened = || live().any(|other| other.what == Mutual::Reopened(*at));
            done.what == Mutual::Closed(of) && !done.reversed && !reopened()
        });
        let count = |what: Mutual| live().filter(|done| done.what == what).count();
        Otherwise {
            taken_in: sum(&|what| match what {
                Mutual::SetOff { to, number, .. } if to == of => Some(number),
                _ => None,
            }),
            given_away: sum(&|what| match what {
                Mutual::SetOff { from, number, .. } if from == of => Some(number),
                _ => None,
            }),
            discharged: sum(&|what| match what {
                Mutual::Discharged(at, number) if at == of => Some(number),
                _ => None,
            }),
            waived: if all { Span::at_least(waived.lo()) } else { waived },
            deferrals: count(Mutual::Deferred(of)),
            closing: closing.map(|(_, done)| done.entry),
            inabilities: count(Mutual::Unable(of)),
        }
    }

    fn doing(&self, what: Mutual, by: usize) -> super::Change {
        let done = Done { what, entry: self.entries, by, reversed: false };
        Box::new(move |hands: &mut Self| hands.done.push(done))
    }

    pub(super) fn act(&self, act: u8, of: u8, to: u8, more: u8) -> Option<Meant> {
        let (of, to) = (usize::from(of) % OBLIGATIONS.len(), usize::from(to) % OBLIGATIONS.len());
        let number = u64::from(more % 5);
        // Mostly by whom it is, and with the consent of both.
        let by = if more % 11 == 7 { usize::from(more) % super::CUSTODIANS } else { creditor(of) };
        let both = more % 7 != 6;
        let consented = if both { json!(["north", "south"]) } else { json!(["south"]) };
        let no_consent = (!both, Some(14));
        let nought = (number == 0, None);
        let (id, now) = (OBLIGATIONS[of], self.now());
        let (name, told, refusals, what) = match act % 8 {
            0 => {
                let refusals = vec![
                    no_consent,
                    nought,
                    (of == to, Some(14)),
                    (unit(of) != unit(to), Some(10)),
                    (of == PLEDGE || to == PLEDGE, Some(51)),
                ];
                let told = json!({
                    "from": id, "to": OBLIGATIONS[to], "number": number, "consented": consented, "on": now
                });
                ("allocated", told, refusals, Mutual::SetOff { from: of, to, number })
            }
            1 => {
                let told = json!({"obligation": id, "to": "2025-09-01", "consented": consented, "on": now});
                ("deferred", told, vec![no_consent], Mutual::Deferred(of))
            }
            2 => {
                let mut told = json!({"obligation": id, "on": now});
                // All of it once in three.
                let number = (to % 3 != 0).then_some(number);
                if let Some(number) = number {
                    told["number"] = json!(number);
                }
                let refusals = vec![(!one_party(by, creditor(of)), None), (number == Some(0), None)];
                ("waived", told, refusals, Mutual::Waived(of, number))
            }
            3 => {
                let told = json!({"obligation": id, "number": number, "means": "never-held", "on": now});
                ("discharged", told, vec![nought], Mutual::Discharged(of, number))
            }
            4 => {
                let told = json!({"obligation": id, "consented": consented, "on": now});
                ("closed", told, vec![no_consent], Mutual::Closed(of))
            }
            5 | 6 => {
                let closed = |done: &Done| matches!(done.what, Mutual::Closed(_));
                let closings = || (0..self.done.len()).filter(|at| closed(&self.done[*at]));
                let at = closings().nth(pick(more, closings().count())?)?;
                let told = json!({
                    "closing": format!("k-{}", self.done[at].entry), "reason": "a late find",
                    "consented": consented, "on": now
                });
                ("reopened", told, vec![no_consent], Mutual::Reopened(at))
            }
            _ => return self.reverse(more),
        };
        let what_is_done = self.doing(what, by);
        Some((by, json!({"obligation": {name: told}}), answer(&refusals), what_is_done))
    }

    /// An act, and no claim, is reversed by the organ that recorded it.
    fn reverse(&self, more: u8) -> Option<Meant> {
        let is_act = |done: &Done| {
            !matches!(done.what, Mutual::Unable(_) | Mutual::Ratio(_) | Mutual::Paced | Mutual::Advanced)
        };
        let acts: Vec<usize> = (0..self.done.len()).filter(|at| is_act(&self.done[*at])).collect();
        let at = acts[pick(more, acts.len())?];
        let done = self.done[at];
        let by = if more % 8 == 7 { (done.by + 1) % super::CUSTODIANS } else { done.by };
        let told = json!({"entry": format!("k-{}", done.entry), "reason": "a slip", "on": self.now()});
        let refusals = [(by != done.by, Some(52)), (done.reversed, Some(12))];
        let change = move |hands: &mut Self| hands.done[at].reversed = true;
        Some((by, json!({"obligation": {"reversed": told}}), answer(&refusals), Box::new(change)))
    }

    pub(super) fn term(&self, term: u8, of: u8, to: u8, more: u8) -> Meant {
        let (of, to) = (usize::from(of) % OBLIGATIONS.len(), usize::from(to) % OBLIGATIONS.len());
        let by = usize::from(more) % 2;
        let other = OBLIGATIONS[to];
        let link = [(of == to, None), (of == PLEDGE, Some(7))];
        let at = ["tender", "passage", "credit"][usize::from(more) % 3];
        let per = u64::from(more % 9 != 8);
        let ratio = json!({
            "of": other, "category": "k-wounded", "owed": 15, "per": per, "accrues-at": at, "rounding": "down"
        });
        let reciprocity = |term: Value| json!({ "reciprocity": term });
        let per_nought = (per == 0, None);
        let (says, refusals, what) = match term % 6 {
            0 => (
                reciprocity(json!({ "ratio": ratio })),
                [&[per_nought][..], &link].concat(),
                Mutual::Ratio(at),
            ),
            1 => {
                let says = json!({"terms": {"required": {"ratios": [ratio]}}});
                (says, [&[per_nought][..], &link].concat(), Mutual::Ratio(at))
            }
            2 => {
                let paced = json!({"paced": {"with": {"obligation": other}}});
                (reciprocity(paced), link.to_vec(), Mutual::Paced)
            }
            3 => {
                let paced = json!({"paced": {"with": {"stated": "the withdrawal of forces"}}});
                (reciprocity(paced), Vec::new(), Mutual::Paced)
            }
            4 => {
                let advanced = json!({"done": more, "of": 60 * per, "on": self.now()});
                (json!({ "advanced": advanced }), vec![per_nought], Mutual::Advanced)
            }
            _ => {
                // Once in nine counted in what cannot count them.
                let unit = unit(if per == 1 { of } else { (of + 3) % 6 % OBLIGATIONS.len() });
                let unfit = unit != self::unit(of);
                let count = json!({"quantity": more % 4 + 1, "unit": unit});
                let says = json!({"unable": {"count": count, "reason": "the place is not known"}});
                (says, vec![(unfit, Some(10))], Mutual::Unable(of))
            }
        };
        let what_is_said = self.doing(what, by);
        let what = json!({"claim": {"made": {"about": {"obligation": OBLIGATIONS[of]}, "says": says}}});
        let answer: Answer = answer(&refusals);
        (by, what, answer, what_is_said)
    }

    /// What the keeper of the record sets up of it.
    pub(super) fn obligations() -> Vec<Value> {
        let accruals = ["passage", "tender", "credit", "passage", "passage"];
        let sides = ["north", "south"];
        let introduced = |(at, id): (usize, &&str)| {
            let matter = if at == BOXES { "remains" } else { "prisoners-of-war" };
            let basis =
                if at == PLEDGE { json!("unilateral-pledge") } else { json!({"agreement": "k-deal"}) };
            json!({"obligation": {"introduced": {
                "id": id, "debtor": sides[debtor(at)], "creditor": sides[creditor(at)],
                "of": {"matter": matter}, "unit": unit(at), "basis": basis, "standard": "result",
                "credits-at": accruals[at]
            }}})
        };
        OBLIGATIONS.iter().enumerate().map(introduced).collect()
    }
}
