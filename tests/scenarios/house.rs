//! A small fictional conflict, told line by line.

use handover::entry::Entry;
use handover::invariant;
use handover::ledger::Ledger;

/// A ledger in which `north` and `south` have an agreement `deal`, an obligation each way, a headquarters each, and a
/// neutral observer.
pub(crate) struct House {
    pub(crate) ledger: Ledger,
    told: usize,
}

impl House {
    pub(crate) fn new(unit: &str, matter: &str, credits_at: &str) -> Self {
        let mut house = Self { ledger: Ledger::new(), told: 0 };
        for party in ["north", "south"] {
            house.keeper(&format!(r#"{{"party":{{"introduced":{{"id":"{party}","name":"{party}"}}}}}}"#));
            house.voice(party, &format!(r#"{{"party":"{party}"}}"#));
        }
        house.voice("observer", r#""neutral""#);
        house.voice("press", r#""press""#);
        house.keeper(
            r#"{"agreement":{"introduced":{"id":"deal","name":"the deal","parties":["north","south"],"form":"signed-text","on":"2025-01-01"}}}"#,
        );
        for (id, from, to) in [("to-south", "north", "south"), ("to-north", "south", "north")] {
            house.keeper(&format!(
                r#"{{"obligation":{{"introduced":{{"id":"{id}","debtor":"{from}","creditor":"{to}","of":{{"matter":"{matter}"}},"unit":"{unit}","basis":{{"agreement":"deal"}},"standard":"result","credits-at":"{credits_at}"}}}}}}"#
            ));
        }
        house
    }

    /// An organ with one speaker, all under one key.
    pub(crate) fn voice(&mut self, key: &str, allegiance: &str) {
        self.keeper(&format!(
            r#"{{"party":{{"organ":{{"id":"{key}","name":"{key}","allegiance":{allegiance}}}}}}}"#
        ));
        self.keeper(&format!(r#"{{"party":{{"speaker":{{"id":"{key}","name":"{key}","organ":"{key}"}}}}}}"#));
    }

    pub(crate) fn keeper(&mut self, what: &str) {
        self.tell("keeper", what);
    }

    /// Someone's entry; its identifier is `e-` and its number.
    pub(crate) fn tell(&mut self, by: &str, what: &str) -> String {
        let entry = self.entry(by, what);
        let _ = self.ledger.post(&entry).expect(what);
        entry.id.to_string()
    }

    /// Someone's entry under an identifier of its own.
    pub(crate) fn told(&mut self, id: &str, by: &str, what: &str) {
        let entry = Entry { id: id.parse().unwrap(), ..self.entry(by, what) };
        let _ = self.ledger.post(&entry).unwrap_or_else(|refusal| panic!("{refusal}: {what}"));
    }

    /// What someone says about something.
    pub(crate) fn says(&mut self, by: &str, about: &str, says: &str) -> String {
        self.tell(by, &format!(r#"{{"claim":{{"made":{{"about":{about},"says":{says}}}}}}}"#))
    }

    pub(crate) fn entry(&mut self, by: &str, what: &str) -> Entry {
        self.told = self.told.checked_add(1).expect("a small story");
        let line = format!(r#"{{"id":"e-{}","by":"{by}","said":"2025-01-01","what":{what}}}"#, self.told);
        serde_json::from_str(&line).expect(&line)
    }

    /// A handover on a day of January with a leg each way, `leg-<day>-south` and `leg-<day>-north`.
    pub(crate) fn handover(&mut self, day: u32, unit: &str, class: &str) {
        self.keeper(&format!(
            r#"{{"handover":{{"introduced":{{"id":"h-{day}","under":"deal","on":"2025-01-{day:02}"}}}}}}"#
        ));
        for (to, from) in [("south", "north"), ("north", "south")] {
            self.keeper(&format!(
                r#"{{"handover":{{"leg":{{"id":"leg-{day}-{to}","handover":"h-{day}","from":"{from}","to":"{to}","of":{class},"unit":"{unit}","towards":"to-{to}"}}}}}}"#
            ));
        }
    }

    /// Both sides say that so many passed in a leg.
    pub(crate) fn both_count(&mut self, leg: &str, n: u32, unit: &str) {
        for by in ["north", "south"] {
            self.says(
                by,
                &format!(r#"{{"leg":"{leg}"}}"#),
                &format!(r#"{{"count":{{"quantity":{n},"unit":"{unit}"}}}}"#),
            );
        }
    }

    /// Prisoners are exchanged 246 for 246, and beside it 31 and 15 who are seriously wounded go without return (edge case 22).
    pub(crate) fn swap_beside_goodwill(&mut self) {
        self.handover(19, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
        self.both_count("leg-19-south", 246, "prisoner");
        self.both_count("leg-19-north", 246, "prisoner");
        for (to, from, n) in [("south", "north", 31), ("north", "south", 15)] {
            self.keeper(&format!(
                r#"{{"handover":{{"leg":{{"id":"wounded-{to}","handover":"h-19","from":"{from}","to":"{to}","of":{{"matter":"prisoners-of-war","category":"seriously-wounded"}},"unit":"prisoner"}}}}}}"#
            ));
            self.both_count(&format!("wounded-{to}"), n, "prisoner");
        }
    }

    pub(crate) fn check(&self) {
        for rule in invariant::ALL {
            rule.check(&self.ledger).unwrap();
        }
    }
}
