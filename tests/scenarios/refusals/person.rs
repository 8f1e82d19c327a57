//! What is impossible of a person.

use super::{Row, row};

pub(super) fn rows() -> Vec<Row> {
    let withdrawn = |entry: &str| format!(r#"{{"person":{{"withdrawn":{{"entry":"{entry}"}}}}}}"#);
    vec![
        row("PersonRefusal::NoStatement", None, "north", withdrawn("given"))
            .but("given", "gone")
            .then("PersonRefusal::NotItsWord"),
        row("PersonRefusal::NotItsWord", Some(52), "north", withdrawn("gone"))
            .but_by("south")
            .then("PersonRefusal::WithdrawnAlready"),
        row("PersonRefusal::WithdrawnAlready", Some(52), "south", withdrawn("gone")).but("gone", "known"),
    ]
}
