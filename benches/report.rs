//! Reading a whole ledger: every view by what all accept, and one obligation alone with what it rests on.

use std::error::Error;

use criterion::{BenchmarkId, Criterion};
use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_benches::{Scene, measure};

mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    for entries in common::sizes().into_iter().filter(|size| *size == 1_000 || *size >= 100_000) {
        let scene: Vec<Entry> = Scene::new().take(entries).collect();
        let mut ledger = Ledger::new();
        measure::post_all(&mut ledger, &scene)?;
        drop(scene);
        let mut group = criterion.benchmark_group("report");
        group.sample_size(10);
        for view in measure::VIEWS {
            measure::make_view(&ledger, view)?;
            group.bench_with_input(BenchmarkId::new(view.name, entries), &view, |bencher, view| {
                bencher.iter(|| measure::make_view(&ledger, *view).is_ok());
            });
        }
        measure::explain_one(&ledger, "remains-south-0")?;
        group.bench_function(BenchmarkId::new("one-obligation", entries), |bencher| {
            bencher.iter(|| measure::explain_one(&ledger, "remains-south-0").is_ok());
        });
        group.finish();
    }
    criterion.final_summary();
    Ok(())
}
