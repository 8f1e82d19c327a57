//! Containers and what passes from hand to hand.

use serde_json::json;

use super::{Answer, CUSTODIANS, DAYS, Hands, Meant, ORGANS, answer, one_party, pick};

/// A container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bag {
    /// The organ that had it when it was registered.
    pub held_by: usize,
    /// Whether it was opened.
    pub opened: bool,
}

/// A transfer of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The container.
    pub bag: usize,
    /// Who gives.
    pub from: usize,
    /// Who receives.
    pub to: usize,
}

/// An end of a transfer, as it was told or corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The transfer.
    pub transfer: usize,
    /// Whether it is the receiving end.
    pub receipt: bool,
    /// Who told it.
    pub teller: usize,
    /// On which day.
    pub day: u8,
    /// The number of the entry that told it.
    pub entry: usize,
    /// Whether another word took its place.
    pub corrected: bool,
}

/// Where a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// With this organ.
    With(usize),
    /// Given in this transfer and not received.
    InTransfer(usize),
}

/// A day on which something can be given or received, as it is written.
pub fn day_of(day: u8) -> String {
    format!("2025-06-{:02}", 3 + day % DAYS)
}

impl Hands {
    pub(super) fn register(&self, by: u8) -> Meant {
        let held_by = usize::from(by) % CUSTODIANS;
        let id = format!("k-bag-{}", self.bags.len());
        let what = json!({"container": {"registered": {
            "id": id, "held-by": ORGANS[held_by], "since": "2025-06-01", "provenance": "unknown"
        }}});
        let change = move |hands: &mut Self| hands.bags.push(Bag { held_by, opened: false });
        (held_by, what, Answer::Admitted, Box::new(change))
    }

    pub(super) fn transfer(&self, bag: u8, from: u8, to: u8) -> Option<Meant> {
        let bag = pick(bag, self.bags.len())?;
        let (from, to) = (usize::from(from) % CUSTODIANS, usize::from(to) % CUSTODIANS);
        let id = format!("k-transfer-{}", self.transfers.len());
        let what = json!({"custody": {"introduced": {
            "id": id, "of": {"container": format!("k-bag-{bag}")}, "from": ORGANS[from], "to": ORGANS[to]
        }}});
        let answer = answer(&[(from == to, Some(20))]);
        let change = move |hands: &mut Self| hands.transfers.push(Transfer { bag, from, to });
        Some((from, what, answer, Box::new(change)))
    }

    /// The custodian at an end of a transfer.
    fn custodian(&self, transfer: usize, receipt: bool) -> usize {
        let transfer = self.transfers[transfer];
        if receipt { transfer.to } else { transfer.from }
    }

    /// The word on an end that stands.
    fn standing(&self, transfer: usize, receipt: bool) -> Option<End> {
        let own = |end: &&End| end.transfer == transfer && end.receipt == receipt && !end.corrected;
        self.ends.iter().find(own).copied()
    }

    pub(super) fn tell(&self, transfer: u8, receipt: bool, teller: u8, on: u8) -> Option<Meant> {
        let transfer = pick(transfer, self.transfers.len())?;
        let custodian = self.custodian(transfer, receipt);
        let teller = (custodian + usize::from(teller)) % CUSTODIANS;
        let refusals = [
            (!one_party(teller, custodian), Some(23)),
            (self.standing(transfer, receipt).is_some(), Some(23)),
        ];
        let (entry, day) = (self.entries, on % DAYS);
        let end = End { transfer, receipt, teller, day, entry, corrected: false };
        let change = move |hands: &mut Self| hands.ends.push(end);
        Some((teller, end_of(&end, None), answer(&refusals), Box::new(change)))
    }

    pub(super) fn correct(&self, at: u8, teller: u8, on: u8) -> Option<Meant> {
        let at = pick(at, self.ends.len())?;
        let former = self.ends[at];
        let teller = (former.teller + usize::from(teller)) % CUSTODIANS;
        let custodian = self.custodian(former.transfer, former.receipt);
        let refusals = [
            (!one_party(teller, custodian), Some(23)),
            (teller != former.teller, Some(52)),
            (former.corrected, Some(12)),
        ];
        let end = End { teller, day: on % DAYS, entry: self.entries, corrected: false, ..former };
        let change = move |hands: &mut Self| {
            hands.ends[at].corrected = true;
            hands.ends.push(end);
        };
        Some((teller, end_of(&end, Some(former.entry)), answer(&refusals), Box::new(change)))
    }

    /// Where a container is by the end of a day, or in the end, told from ends that lie one after the other and join. Nothing
    /// where some do not, be it later: then the record has a break, and no one place can be told before it either.
    pub fn place(&self, bag: usize, by: Option<u8>) -> Option<Where> {
        let mut way: Vec<(u8, Option<u8>, usize)> = Vec::new();
        for transfer in (0..self.transfers.len()).filter(|transfer| self.transfers[*transfer].bag == bag) {
            match (self.standing(transfer, false), self.standing(transfer, true)) {
                (None, None) => {}
                (None, Some(_)) => return None,
                (Some(given), received) => way.push((given.day, received.map(|end| end.day), transfer)),
            }
        }
        way.sort_unstable();
        let is_by = |day: u8| by.is_none_or(|by| day <= by);
        let mut place = Where::With(self.bags[bag].held_by);
        let mut found = place;
        let mut last: Option<u8> = None;
        for (given, received, transfer) in way {
            let is_later = last.is_none_or(|last| last < given);
            let joins = place == Where::With(self.transfers[transfer].from);
            if !is_later || !joins || received.is_some_and(|received| received < given) {
                return None;
            }
            if is_by(given) {
                found = Where::InTransfer(transfer);
            }
            place = Where::InTransfer(transfer);
            if let Some(received) = received {
                place = Where::With(self.transfers[transfer].to);
                if is_by(received) {
                    found = place;
                }
            }
            last = Some(received.unwrap_or(given));
        }
        Some(found)
    }
}

fn end_of(end: &End, corrects: Option<usize>) -> serde_json::Value {
    let mut told = json!({"transfer": format!("k-transfer-{}", end.transfer), "on": day_of(end.day)});
    if let Some(corrected) = corrects {
        told["corrects"] = json!(format!("k-{corrected}"));
    }
    if end.receipt {
        told["accepted"] = json!("in-full");
        json!({"custody": {"received": told}})
    } else {
        json!({"custody": {"given": told}})
    }
}
