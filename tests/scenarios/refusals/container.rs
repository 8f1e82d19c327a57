//! What is impossible of a container.

use super::super::house::House;
use super::{Row, row};

/// Bags `bag-u-1` and `bag-u-2` of `batch`, with South; prisoners in `living`; transfers of the batch and of the first
/// bag to a neutral courier, of which the second was told at both ends.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("container");
    house.voice("depot", r#"{"party":"south"}"#);
    house.handover(20, "container", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"handover":{"leg":{"id":"leg-of-living","handover":"h-20","from":"north","to":"south","of":{"matter":"prisoners-of-war"},"unit":"prisoner"}}}"#);
    for (batch, of) in [
        ("living", r#""of":{"matter":"prisoners-of-war"},"unit":"prisoner""#),
        ("whole", r#""of":{"matter":"remains"},"unit":"container","towards":"to-south""#),
        ("other", r#""of":{"matter":"remains"},"unit":"container""#),
    ] {
        house.keeper(&format!(
            r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south",{of}}}}}}}"#
        ));
    }
    for unit in ["u-1", "u-2"] {
        house.bag(unit);
    }
    house.closed_bag("ended");
    house.keeper(r#"{"container":{"registered":{"id":"bag-whole","batch":"whole","held-by":"south","since":"2025-01-09","provenance":"undisclosed"}}}"#);
    house.told("whole-passed", "keeper", r#"{"batch":{"passed":{"batch":"whole","leg":"leg-20-south"}}}"#);
    house.keeper(r#"{"container":{"complete":{"batch":"other"}}}"#);
    for (id, of) in [
        ("t-batch", r#"{"batch":"batch"}"#),
        ("t-bag", r#"{"container":"bag-u-1"}"#),
        ("t-ended", r#"{"container":"bag-ended"}"#),
    ] {
        house.keeper(&format!(
            r#"{{"custody":{{"introduced":{{"id":"{id}","of":{of},"from":"south","to":"observer"}}}}}}"#
        ));
    }
    for (id, by, what) in [
        ("given", "south", r#"{"custody":{"given":{"transfer":"t-bag","on":"2025-02-01"}}}"#),
        (
            "received",
            "observer",
            r#"{"custody":{"received":{"transfer":"t-bag","on":"2025-02-01","accepted":"in-full"}}}"#,
        ),
        (
            "ended",
            "south",
            r#"{"container":{"retired":{"container":"bag-ended","on":"2025-02-01","reason":"burned"}}}"#,
        ),
        (
            "undone",
            "south",
            r#"{"container":{"retired":{"container":"bag-u-2","on":"2025-02-01","reason":"burned"}}}"#,
        ),
        ("undoing", "south", r#"{"container":{"reversed":{"entry":"undone","reason":"another"}}}"#),
        ("x", "keeper", r#"{"person":{"introduced":{"id":"x"}}}"#),
        ("known", "south", r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#),
        ("gone", "south", r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#),
        ("going", "south", r#"{"person":{"withdrawn":{"entry":"gone"}}}"#),
    ] {
        house.told(id, by, what);
    }
    house.check();
    house
}

/// The bag of the batch `whole` is no more since the 25th.
fn burned(house: &mut House) {
    house.tell(
        "south",
        r#"{"container":{"retired":{"container":"bag-whole","on":"2025-01-25","reason":"burned"}}}"#,
    );
}

fn unpassed(house: &mut House) {
    house.keeper(r#"{"batch":{"reversed":{"entry":"whole-passed","reason":"it was another"}}}"#);
}

pub(super) fn rows() -> Vec<Row> {
    let registered = |batch: &str, by: &str| {
        format!(
            r#"{{"container":{{"registered":{{"id":"bag-9","batch":"{batch}","held-by":"{by}","since":"2025-01-09","provenance":"unknown"}}}}}}"#
        )
    };
    let assigned = |batch: &str, on: &str| {
        format!(r#"{{"container":{{"assigned":{{"container":"bag-whole","batch":"{batch}","on":"{on}"}}}}}}"#)
    };
    let retired = |bag: &str, on: &str| {
        format!(r#"{{"container":{{"retired":{{"container":"{bag}","on":"{on}","reason":"burned"}}}}}}"#)
    };
    let reversed = r#"{"container":{"reversed":{"entry":"undone","reason":"again"}}}"#;
    vec![
        row("ContainerRefusal::NoCustodian", Some(20), "keeper", registered("living", "press"))
            .but("press", "south")
            .then("ContainerRefusal::BatchOfTheLiving"),
        row("ContainerRefusal::BatchOfTheLiving", None, "keeper", registered("living", "south"))
            .but("living", "other")
            .then("ContainerRefusal::ManifestIsComplete"),
        row("ContainerRefusal::ManifestIsComplete", None, "keeper", assigned("other", "2025-01-21"))
            .but("other", "batch")
            .then("ContainerRefusal::PassedAsAWhole"),
        row("ContainerRefusal::PassedAsAWhole", Some(20), "keeper", assigned("batch", "2025-02-01"))
            .after(burned)
            .but_after(unpassed)
            .then("ContainerRefusal::NoMore"),
        row("ContainerRefusal::NoMore", Some(20), "south", retired("bag-ended", "2025-01-08"))
            .but("bag-ended", "bag-u-1")
            .then("ContainerRefusal::BeforeItWasHeld"),
        row("ContainerRefusal::BeforeItWasHeld", Some(20), "south", retired("bag-u-1", "2025-01-08"))
            .but("2025-01-08", "2025-01-31")
            .then("ContainerRefusal::LaterTransfer"),
        row("ContainerRefusal::LaterTransfer", Some(20), "south", retired("bag-u-1", "2025-01-31"))
            .but("2025-01-31", "2025-02-01"),
        row(
            "ContainerRefusal::CompleteAlready",
            None,
            "keeper",
            r#"{"container":{"complete":{"batch":"other"}}}"#,
        )
        .but("other", "batch"),
        row("ContainerRefusal::NotItsOrgan", Some(52), "depot", reversed)
            .but_by("south")
            .then("ContainerRefusal::ReversedAlready"),
        row("ContainerRefusal::ReversedAlready", Some(12), "south", reversed).but("undone", "ended"),
    ]
}
