//! Takes every step of a unit's course for some units more, in a ledger of so many: `units <units>`. A profiler that collects
//! within `post_step` and dumps after it has a part for each line that this prints; `instructions.sh units` beside this package runs it.

use std::error::Error;
use std::time::Instant;

use handover::ledger::Ledger;
use handover_benches::measure;
use handover_benches::remains::Remains;

/// For so many units more.
const MORE: usize = 15;
/// So many units are made and posted at a time.
const AT_A_TIME: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let units: usize = std::env::args().nth(1).ok_or("expected how many units")?.parse()?;
    let (mut ledger, mut remains) = (Ledger::new(), Remains::new());
    measure::post_all(&mut ledger, &remains.setting())?;
    for begin in (0..units).step_by(AT_A_TIME) {
        let some = remains.next_units(AT_A_TIME.min(units.saturating_sub(begin)));
        measure::post_all(&mut ledger, &some)?;
    }
    let mut steps = remains.next_courses(MORE);
    steps.push(("examined again", remains.examined_again(MORE as u64)));
    for (name, entries) in &steps {
        for entry in entries {
            let begin = Instant::now();
            measure::post_step(&mut ledger, entry)?;
            println!("{}\t{}", name.replace(' ', "-"), begin.elapsed().as_nanos());
        }
    }
    Ok(())
}
