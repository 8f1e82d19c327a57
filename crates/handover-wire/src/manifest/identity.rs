//! Identifiers that follow from what they name, so that a manifest that is read again records nothing again.

use handover::id::{BatchId, ContainerId, EntryId, OrganId};
use handover::text::Text;
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

/// The identifier of the entry by which a manifest registers a container: the UUID of version 5 (RFC 9562) in the name
/// space of the batch's own UUID, of the name `container CODE`.
///
/// Anyone can compute it: `uuid.uuid5(batch, "container c-1")` in Python.
///
/// ```
/// use handover_wire::manifest::container_entry;
///
/// let entry = container_entry("batch-1".parse()?, "c-1".parse()?);
/// assert_eq!(entry.to_uuid().get_version_num(), 5);
/// assert_ne!(entry, container_entry("batch-2".parse()?, "c-1".parse()?));
/// # Ok::<(), handover::id::KeyError>(())
/// ```
pub fn container_entry(batch: BatchId, code: ContainerId) -> EntryId {
    EntryId::from_uuid(version_5(batch.to_uuid(), &format!("container {code}")))
}

/// The identifier of the entry by which a manifest records someone else's number for a container: as
/// [`container_entry`], of the name `alias CODE ORGAN NUMBER`.
pub fn alias_entry(batch: BatchId, code: ContainerId, given_by: OrganId, number: &Text) -> EntryId {
    EntryId::from_uuid(version_5(batch.to_uuid(), &format!("alias {code} {given_by} {number}")))
}

fn version_5(space: Uuid, name: &str) -> Uuid {
    let sum: [u8; 20] = Sha1::new().chain_update(space.as_bytes()).chain_update(name).finalize().into();
    let mut first = [0; 16];
    for (to, from) in first.iter_mut().zip(sum) {
        *to = from;
    }
    Builder::from_sha1_bytes(first).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_uuids_of_version_5() {
        // The example of RFC 9562, appendix A.4.
        let dns = Uuid::from_u128(0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8);
        assert_eq!(
            version_5(dns, "www.example.com").hyphenated().to_string(),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2"
        );
    }

    #[test]
    fn what_differs_is_named_otherwise() {
        let (batch, code) = ("batch-1".parse().unwrap(), "c-1".parse().unwrap());
        let number = |text: &str| text.parse::<Text>().unwrap();
        let mut entries = vec![
            container_entry(batch, code),
            container_entry("batch-2".parse().unwrap(), code),
            container_entry(batch, "c-2".parse().unwrap()),
            alias_entry(batch, code, "n-army".parse().unwrap(), &number("1")),
            alias_entry(batch, code, "n-army".parse().unwrap(), &number("1 2")),
            alias_entry(batch, code, "s-office".parse().unwrap(), &number("1")),
        ];
        let all = entries.len();
        entries.sort();
        entries.dedup();
        assert_eq!(entries.len(), all);
    }
}
