//! A prisoners' list between its holder and the home party: versions, and what is done with each.

use serde_json::json;

use super::{Answer, CUSTODIANS, Hands, Meant, answer, pick};

const HOLDER: usize = 0;

/// A version of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Whether it is the holder's; else it is the home party's.
    pub holders: bool,
    /// Who is on it, by the places of the nominations.
    pub members: Vec<usize>,
    /// Whether the holder and the home party accepted it.
    pub accepted: [bool; 2],
}

/// The versions of a list, and how far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Each version; the first has the number 1.
    pub versions: Vec<Version>,
    /// The number of the version that is frozen.
    pub frozen: Option<usize>,
    /// Whether it was carried out.
    pub executed: bool,
    /// Whether it was reconciled.
    pub reconciled: bool,
}

/// What side an organ is on: the holder's, the home party's, or neither.
fn side(organ: usize) -> Option<usize> {
    [Some(0), Some(1), None, Some(1)][organ]
}

impl Hands {
    pub(super) fn submit(&self, by: u8, without: u8, skips: u8) -> Meant {
        let by = usize::from(by) % CUSTODIANS;
        // Once in eight the number is not the next one.
        let skips = usize::from(skips % 8 == 7);
        let number = self.list.versions.len() + 1 + skips;
        let all = 0..self.nominated.len();
        let members: Vec<usize> = all.filter(|at| without >> at & 1 == 0).collect();
        let named: Vec<String> = members.iter().map(|at| format!("k-nomination-{at}")).collect();
        let what = json!({"prisoner": {"list": {"submitted": {
            "list": "k-list", "version": number, "entries": named, "on": "2025-06-02"
        }}}});
        // Whoever is deferred stays on the list.
        let last = self.list.versions.last();
        let dropped = last.into_iter().flat_map(|last| &last.members).any(|at| {
            let nominee = &self.nominated[*at];
            !members.contains(at) && nominee.is_deferred() && nominee.is_open()
        });
        let refusals = [
            (side(by).is_none(), Some(56)),
            (self.list.executed, Some(48)),
            (skips > 0, Some(48)),
            (dropped, Some(45)),
        ];
        let holders = side(by) == Some(HOLDER);
        let version = Version { holders, members, accepted: [holders, !holders] };
        let change = move |hands: &mut Self| hands.list.versions.push(version);
        (by, what, answer(&refusals), Box::new(change))
    }

    pub(super) fn step_of_list(&self, step: u8, version: u8, by: u8) -> Option<Meant> {
        let by = usize::from(by) % CUSTODIANS;
        // The latest version three times of four.
        let back = if version.is_multiple_of(4) { version / 4 } else { 0 };
        let at = self.list.versions.len().checked_sub(1 + pick(back, self.list.versions.len())?)?;
        let version = &self.list.versions[at];
        let (number, side) = (at + 1, side(by));
        let neutral_may = step % 6 >= 3 && by == 2;
        let own = side.is_some_and(|side| (side == HOLDER) == version.holders);
        let list = &self.list;
        let (executed, frozen) = (list.executed, list.frozen);
        let closed = frozen.is_some_and(|frozen| number <= frozen);
        let mut refusals = vec![(side.is_none() && !neutral_may, Some(56))];
        refusals.push((executed && step % 6 != 5, Some(48)));
        refusals.push((closed && step % 6 < 4, Some(48)));
        let name = match step % 6 {
            0 | 1 => {
                refusals.push((own, Some(48)));
                ["under-verification", "responded"][usize::from(step % 6)]
            }
            2 => {
                refusals.push((side.is_some_and(|side| version.accepted[side]), Some(48)));
                "accepted"
            }
            3 => {
                refusals.push((version.accepted != [true, true], Some(48)));
                // Nobody is on it twice, under whatever reference.
                let open = |at: &usize| self.nominated[*at].is_open();
                let twice = version.members.iter().filter(|at| open(at)).any(|at| {
                    self.others_of(*at).any(|other| version.members.contains(&other) && open(&other))
                });
                refusals.push((twice, Some(47)));
                "frozen"
            }
            4 => {
                refusals.push((frozen != Some(number), Some(48)));
                "executed"
            }
            _ => {
                refusals.push((frozen != Some(number) || !executed || list.reconciled, Some(48)));
                "reconciled"
            }
        };
        let mut told = json!({"list": "k-list", "version": number, "on": "2025-06-02"});
        if name == "responded" {
            told["objects-to"] = json!([]);
        }
        let what = json!({"prisoner": {"list": {name: told}}});
        let change = move |hands: &mut Self| match name {
            "accepted" => {
                if let Some(side) = side {
                    hands.list.versions[at].accepted[side] = true;
                }
            }
            "frozen" => hands.list.frozen = Some(number),
            "executed" => hands.list.executed = true,
            "reconciled" => hands.list.reconciled = true,
            _ => {}
        };
        let answer: Answer = answer(&refusals);
        Some((by, what, answer, Box::new(change)))
    }
}
