//! What an entry tells, in a few words and without anything about a person.

use handover::container::ContainerEntry;
use handover::custody::{Affected, CustodyEntry, Held};
use handover::disposition::DispositionEntry;
use handover::entry::What;
use handover::id::ContainerId;
use handover::remains::RemainsEntry;
use handover::when::When;
use serde_json::Value;

/// What kind of entry it is, as in the dossier format: `remains opened`. What a family is told is its own affair.
pub(super) fn words(what: &What) -> String {
    match what {
        What::Notice(_) => return "notice".to_owned(),
        What::Disposition(entry) if is_of_family(entry) => return "disposition".to_owned(),
        _ => {}
    }
    let mut words: Vec<String> = Vec::new();
    let mut value = serde_json::to_value(what).unwrap_or_default();
    // A room, its entry, and where a room has axes the step on the axis.
    while let Value::Object(object) = value {
        let axis = words.last().is_some_and(|last| ["forensic", "group", "effect"].contains(&last.as_str()));
        let Some((word, inner)) = object.into_iter().next().filter(|_| words.len() < 2 || axis) else {
            break;
        };
        words.push(word);
        value = inner;
    }
    words.retain(|word| word != "forensic");
    words.join(" ").replace('-', " ")
}

/// Whether an entry tells what a family wishes.
fn is_of_family(entry: &DispositionEntry) -> bool {
    matches!(
        entry,
        DispositionEntry::HeldAtFamilyRequest(_)
            | DispositionEntry::RequestEnded(_)
            | DispositionEntry::Instructed(_)
            | DispositionEntry::KinSettled(_)
    )
}

/// When it happened, if it is of a time.
pub(super) fn time_of(what: &What) -> Option<When> {
    match what {
        What::Container(ContainerEntry::Registered(container)) => Some(container.since),
        What::Container(ContainerEntry::Assigned(assigned)) => assigned.on,
        What::Container(ContainerEntry::Retired(retired)) => Some(retired.on),
        What::Custody(CustodyEntry::Given(giving)) => Some(giving.on),
        What::Custody(CustodyEntry::Received(receipt)) => Some(receipt.on),
        What::Custody(CustodyEntry::Incident(incident)) => Some(incident.on),
        What::Remains(entry) => entry.on(),
        What::Identification(entry) => entry.on(),
        What::Affiliation(entry) => Some(entry.on()),
        What::Disposition(entry) => Some(entry.on()),
        _ => None,
    }
}

/// Whether an entry speaks of a container, or of a transfer in its chain.
pub(super) fn of_container(what: &What, container: ContainerId, transfers: &[&str]) -> Option<()> {
    let in_chain = |transfer: handover::id::TransferId| transfers.contains(&transfer.to_string().as_str());
    let speaks = match what {
        What::Container(entry) => match entry {
            ContainerEntry::Registered(it) => it.id == container,
            ContainerEntry::Alias(it) => it.container == container,
            ContainerEntry::Assigned(it) => it.container == container,
            ContainerEntry::Retired(it) => it.container == container,
            _ => false,
        },
        What::Custody(entry) => match entry {
            CustodyEntry::Introduced(it) => it.of == Held::Container(container) || in_chain(it.id),
            CustodyEntry::Given(it) => in_chain(it.transfer),
            CustodyEntry::Received(it) => in_chain(it.transfer),
            CustodyEntry::Incident(it) => match it.of {
                Affected::Container(of) => of == container,
                Affected::Transfer(of) => in_chain(of),
                _ => false,
            },
            _ => false,
        },
        What::Remains(RemainsEntry::Opened(it)) => it.container == container,
        What::Remains(RemainsEntry::FurtherFound(it)) => it.container == container,
        _ => false,
    };
    speaks.then_some(())
}
