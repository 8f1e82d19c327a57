//! No release without every guard, over generated histories.

use alloc::vec::Vec;

use super::tests::{happened, hold, lift};
use super::*;
use crate::house::{House, instructed, notice, released, the};
use crate::notice::{NoticeEntry, Preference};
use crate::quantity::Unit;
use crate::reciprocity::Accrual;
use crate::remains::Human;

/// Whole numbers that follow from one another, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(end).unwrap()
    }
}

/// What must be so for a release, told again as plainly as can be.
#[derive(Clone, Default)]
struct Guards {
    sample: bool,
    identified: bool,
    /// Of each branch.
    told: [bool; 2],
    wishes: [Option<Wish>; 2],
    holds: Vec<EntryId>,
    rest: Option<Rest>,
}

impl Guards {
    fn allow(&self) -> bool {
        let wishes: Vec<Wish> = self.wishes.iter().flatten().copied().collect();
        let agree = !wishes.is_empty() && wishes.iter().all(|wish| *wish == wishes[0]);
        let held = self.rest.is_none_or(|rest| rest == Rest::Held);
        self.sample && self.identified && self.told == [true; 2] && agree && self.holds.is_empty() && held
    }
}

#[test]
fn nothing_is_released_without_every_guard() {
    let (mut released_times, mut refused_times) = (0, 0);
    for seed in 0..120 {
        let mut numbers = Numbers(seed);
        let mut house = House::new(Unit::Individual, Accrual::Credit);
        let mut guards = Guards { sample: numbers.below(4) > 0, ..Guards::default() };
        house.opened("a", "batch", &[("u-1", Human::Yes)], if guards.sample { 4 } else { 0 });
        house.person("x");
        for branch in [1, 2] {
            house.branch("x", branch, Preference::EveryFind);
        }
        for _ in 0..40 {
            let branch = usize::try_from(numbers.below(2)).unwrap();
            let number = u16::try_from(branch).unwrap() + 1;
            match numbers.below(8) {
                0 if !guards.identified => {
                    house.decide(&["u-1"], "x", 1);
                    (guards.identified, guards.told) = (true, [false; 2]);
                }
                1 if guards.identified && numbers.below(4) == 0 => {
                    house.revoke("u-1", 1);
                    guards.identified = false;
                }
                2 if guards.identified && !guards.told[branch] => {
                    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", number)));
                    guards.told[branch] = true;
                }
                3 | 4 => {
                    let wish = if numbers.below(4) == 0 { Wish::Cremation } else { Wish::Burial };
                    house.tell("south", instructed("u-1", "x", Some(number), wish));
                    guards.wishes[branch] = Some(wish);
                }
                5 if numbers.below(3) == 0 => guards.holds.push(house.tell("court", hold("u-1"))),
                6 => {
                    if let Some(placed) = guards.holds.pop() {
                        house.tell("court", lift(placed));
                    }
                }
                7 if guards.rest == Some(Rest::Released) => {
                    let back = Happened { on: the("2025-09-20"), ..happened("u-1") };
                    house.tell("south", DispositionEntry::TakenBack(back));
                    guards.rest = Some(Rest::Held);
                }
                _ => {}
            }
            if guards.allow() && guards.identified {
                house.tell("south", released("u-1"));
                guards.rest = Some(Rest::Released);
                released_times += 1;
            } else {
                house.refused("south", released("u-1"));
                refused_times += 1;
            }
        }
        house.check();
    }
    assert!(released_times > 50 && refused_times > 1_000, "{released_times} and {refused_times}");
}
