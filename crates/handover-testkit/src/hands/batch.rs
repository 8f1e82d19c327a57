//! Of which batch a container is a part, and whether a batch has no other (B4).

use serde_json::json;

use super::{Answer, CUSTODIANS, Hands, Meant, ORGANS, answer, day_of, pick};

/// The batches of which containers can be a part, and one of persons who live, of which none can.
pub const BATCHES: [&str; 3] = ["k-batch-a", "k-batch-b", "k-batch-living"];
/// How many of them are of remains.
pub const OF_REMAINS: usize = 2;

/// What was told of a batch and its containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A container is a part of it, since this day if one is told.
    Part(usize, Option<u8>),
    /// It has no other.
    Complete,
}

/// What an organ told of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The batch.
    pub batch: usize,
    /// What of it.
    pub of: Of,
    /// Who told it.
    pub by: usize,
    /// The number of the entry that told it.
    pub entry: usize,
    /// Whether it was taken back.
    pub reversed: bool,
}

impl Hands {
    fn assigned(&self) -> impl Iterator<Item = &Assigned> {
        self.assignments.iter().filter(|told| !told.reversed)
    }

    /// The batch of which a container is a part: that of the latest day, whichever was learned first; of the last recorded among
    /// those of one day or of none.
    pub fn batch_of(&self, bag: usize) -> Option<usize> {
        let mut latest: Option<(Option<u8>, usize)> = None;
        for told in self.assigned() {
            match told.of {
                Of::Part(part, since) if part == bag && latest.is_none_or(|(last, _)| last <= since) => {
                    latest = Some((since, told.batch));
                }
                Of::Part(..) | Of::Complete => {}
            }
        }
        latest.map(|(_, batch)| batch)
    }

    /// Whether it was told that a batch has no other container.
    pub fn is_complete(&self, batch: usize) -> bool {
        self.assigned().any(|told| told.batch == batch && told.of == Of::Complete)
    }

    pub(super) fn assign(&self, bag: u8, batch: u8, since: u8, by: u8) -> Option<Meant> {
        let bag = pick(bag, self.bags.len())?;
        let (batch, by) = (usize::from(batch) % BATCHES.len(), usize::from(by) % CUSTODIANS);
        let since = (!since.is_multiple_of(4)).then_some(since % 8);
        let mut told = json!({"container": format!("k-bag-{bag}"), "batch": BATCHES[batch]});
        if let Some(day) = since {
            told["on"] = json!(day_of(day));
        }
        let is_in_it = self.batch_of(bag) == Some(batch);
        let refusals = [(batch >= OF_REMAINS, None), (!is_in_it && self.is_complete(batch), None)];
        Some(self.told_of(batch, Of::Part(bag, since), by, &json!({"assigned": told}), answer(&refusals)))
    }

    pub(super) fn complete(&self, batch: u8, by: u8) -> Meant {
        let (batch, by) = (usize::from(batch) % BATCHES.len(), usize::from(by) % CUSTODIANS);
        let refusals = [(batch >= OF_REMAINS, None), (self.is_complete(batch), None)];
        let told = json!({"complete": {"batch": BATCHES[batch]}});
        self.told_of(batch, Of::Complete, by, &told, answer(&refusals))
    }

    fn told_of(&self, batch: usize, of: Of, by: usize, told: &serde_json::Value, answer: Answer) -> Meant {
        let assigned = Assigned { batch, of, by, entry: self.entries, reversed: false };
        let change = move |hands: &mut Self| hands.assignments.push(assigned);
        (by, json!({"container": told}), answer, Box::new(change))
    }

    pub(super) fn unassign(&self, which: u8, by: u8) -> Option<Meant> {
        let at = pick(which, self.assignments.len())?;
        let told = self.assignments[at];
        let by = (told.by + usize::from(by)) % ORGANS.len();
        let what = json!({"container": {"reversed": {
            "entry": format!("k-{}", told.entry), "reason": "it was another"
        }}});
        let refusals = [(by != told.by, Some(52)), (told.reversed, Some(12))];
        let change = move |hands: &mut Self| hands.assignments[at].reversed = true;
        Some((by, what, answer(&refusals), Box::new(change)))
    }
}
