//! Reading a dossier: the strict reader beside a bare reading of each line into the same type.

#![expect(clippy::arithmetic_side_effects, reason = "lines are counted in a usize")]

use std::error::Error;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use handover::entry::Entry;
use handover_benches::Scene;
use handover_wire::{Reader, Writer};

mod common;

/// Reads every entry as `handover_wire` does and says how many there are.
#[inline(never)]
fn strictly(dossier: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut entries = 0;
    for numbered in Reader::new(dossier)? {
        black_box(numbered?);
        entries += 1;
    }
    Ok(entries)
}

/// Reads every line with the JSON library alone: nothing refuses a key that stands twice, and no line is numbered.
#[inline(never)]
fn barely(lines: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut entries = 0;
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        black_box(serde_json::from_slice::<Entry>(line)?);
        entries += 1;
    }
    Ok(entries)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let entries = common::sizes().into_iter().filter(|size| *size <= 10_000).max().unwrap_or(1_000);
    let mut lines = Vec::new();
    let mut writer = Writer::new(Vec::new(), None)?;
    for entry in Scene::new().take(entries) {
        writer.write(&entry)?;
        serde_json::to_writer(&mut lines, &entry)?;
        lines.push(b'\n');
    }
    let dossier = writer.end()?;
    assert_eq!((strictly(&dossier)?, barely(&lines)?), (entries, entries));

    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Elements(entries as u64));
    group.sample_size(30);
    group.bench_function("reader", |bencher| bencher.iter(|| strictly(&dossier).is_ok()));
    group.bench_function("bare", |bencher| bencher.iter(|| barely(&lines).is_ok()));
    group.finish();
    criterion.final_summary();
    Ok(())
}
