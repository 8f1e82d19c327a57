//! Golden lines with something changed: whatever is accepted has one canonical form, and the schema accepts it.

use std::cell::Cell;

use handover_wire::{format, schema};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

use crate::support::{HEADER, golden_lines};

/// A golden line in which some bytes are others, or a part of which is a part of another golden line.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let lines = golden_lines();
    let bytes = prop_oneof![select(b"\"{}[],:0123456789-~.< abcdxyz\\/nu+".to_vec()), any::<u8>()];
    let byte_for_byte = (select(lines.clone()), prop::collection::vec((any::<Index>(), bytes), 1..3))
        .prop_map(|(line, changes)| {
            let mut line = line.into_bytes();
            for (at, byte) in changes {
                *at.get_mut(&mut line) = byte;
            }
            line
        });
    let part_for_part = (select(lines.clone()), select(lines), any::<Index>(), any::<Index>()).prop_map(
        |(line, other, at, from)| {
            let mut parts: Vec<&str> = line.split('"').collect();
            let others: Vec<&str> = other.split('"').collect();
            *at.get_mut(&mut parts) = *from.get(&others);
            parts.join("\"").into_bytes()
        },
    );
    prop_oneof![byte_for_byte, part_for_part]
}

fn canonical(dossier: &[u8]) -> Option<Vec<u8>> {
    let mut canonical = Vec::new();
    format(dossier, &mut canonical).ok().map(|_| canonical)
}

#[test]
fn whatever_is_accepted_has_one_canonical_form() {
    let validator = jsonschema::draft202012::options().build(&schema()).unwrap();
    let (accepted, all) = (Cell::new(0_u32), Cell::new(0_u32));
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5_000) };
    let result = TestRunner::new(config).run(&mutated(), |line| {
        all.set(all.get() + 1);
        let dossier = [HEADER.as_bytes(), b"\n", &line, b"\n"].concat();
        if let Some(once) = canonical(&dossier) {
            accepted.set(accepted.get() + 1);
            let twice = canonical(&once);
            prop_assert_eq!(twice.as_ref(), Some(&once));
            for line in [line.as_slice()].into_iter().chain(once.split(|byte| *byte == b'\n')) {
                if !line.trim_ascii().is_empty() {
                    prop_assert!(validator.is_valid(&serde_json::from_slice(line).unwrap()));
                }
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    let (accepted, all) = (accepted.get(), all.get());
    assert!(accepted * 20 > all, "too little was accepted to prove anything: {accepted} of {all}");
}
