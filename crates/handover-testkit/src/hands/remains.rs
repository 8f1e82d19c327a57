//! Units of remains and their descent.

use serde_json::{Value, json};

use super::{Answer, CUSTODIANS, Hands, Meant, answer, pick};

/// A unit of remains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Whether it was not divided or united, or that was reversed.
    pub lives: bool,
}

/// A division or a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The number of the entry that recorded it.
    pub entry: usize,
    /// Who recorded it.
    pub by: usize,
    /// The units that it ended.
    pub ended: Vec<usize>,
    /// The units that it made.
    pub made: Vec<usize>,
    /// Whether it was reversed.
    pub reversed: bool,
}

fn name(unit: usize) -> String {
    format!("k-unit-{unit}")
}

impl Hands {
    /// How many units there are that were not divided or united.
    pub fn living(&self) -> usize {
        self.units.iter().filter(|unit| unit.lives).count()
    }

    fn new_units(&self, number: usize) -> Vec<Value> {
        let new = (0..number).map(|at| name(self.units.len() + at));
        new.map(|id| json!({"id": id, "human": "yes"})).collect()
    }

    pub(super) fn open(&self, bag: u8, found: u8, first: bool) -> Option<Meant> {
        let bag = pick(bag, self.bags.len())?;
        let (opened, found) = (self.bags[bag].opened, usize::from(found % 4));
        let told = json!({
            "container": format!("k-bag-{bag}"), "on": "2025-06-02", "found": self.new_units(found)
        });
        let (what, refusals) = if first {
            (json!({"remains": {"opened": told}}), [(opened, Some(22)), (false, None)])
        } else {
            (json!({"remains": {"further-found": told}}), [(!opened, Some(22)), (found == 0, Some(22))])
        };
        let change = move |hands: &mut Self| {
            hands.bags[bag].opened = true;
            hands.units.extend(vec![Unit { lives: true }; found]);
        };
        Some((1, what, answer(&refusals), Box::new(change)))
    }

    fn change_descent(act: Act) -> super::Change {
        Box::new(move |hands: &mut Self| {
            for unit in &act.ended {
                hands.units[*unit].lives = false;
            }
            hands.units.extend(vec![Unit { lives: true }; act.made.len()]);
            hands.acts.push(act);
        })
    }

    pub(super) fn divide(&self, unit: u8, into: u8) -> Option<Meant> {
        let unit = pick(unit, self.units.len())?;
        let into = 1 + usize::from(into % 3);
        let what = json!({"remains": {"divided": {
            "unit": name(unit), "on": "2025-06-02", "into": self.new_units(into)
        }}});
        let refusals = [(into < 2, Some(22)), (!self.units[unit].lives, Some(22))];
        let made = (self.units.len()..self.units.len() + into).collect();
        let act = Act { entry: self.entries, by: 1, ended: vec![unit], made, reversed: false };
        Some((1, what, answer(&refusals), Self::change_descent(act)))
    }

    pub(super) fn unite(&self, one: u8, other: u8) -> Option<Meant> {
        let (one, other) = (pick(one, self.units.len())?, pick(other, self.units.len())?);
        let new = json!({"id": name(self.units.len()), "human": "yes"});
        let what = json!({"remains": {"united": {
            "units": [name(one), name(other)], "on": "2025-06-02", "into": new
        }}});
        let both_live = self.units[one].lives && self.units[other].lives;
        let refusals = [(one == other, Some(29)), (!both_live, Some(22))];
        let (ended, made) = (vec![one, other], vec![self.units.len()]);
        let act = Act { entry: self.entries, by: 1, ended, made, reversed: false };
        Some((1, what, answer(&refusals), Self::change_descent(act)))
    }

    pub(super) fn undo(&self, act: u8, by: u8) -> Option<Meant> {
        let at = pick(act, self.acts.len())?;
        let act = &self.acts[at];
        let by = (act.by + usize::from(by)) % CUSTODIANS;
        let what = json!({"remains": {"reversed": {
            "entry": format!("k-{}", act.entry), "reason": "the profiles differ"
        }}});
        let is_built_on = act.made.iter().any(|unit| !self.units[*unit].lives);
        let refusals = [(by != act.by, Some(52)), (act.reversed, Some(12)), (is_built_on, Some(22))];
        let (ended, made) = (act.ended.clone(), act.made.clone());
        let change = move |hands: &mut Self| {
            hands.acts[at].reversed = true;
            for unit in ended {
                hands.units[unit].lives = true;
            }
            for unit in made {
                hands.units[unit].lives = false;
            }
        };
        let answer: Answer = answer(&refusals);
        Some((by, what, answer, Box::new(change)))
    }
}
