//! Every journal of this workspace keeps every rule of the port.

mod memory;
mod model;
mod sqlite;

use std::ops::ControlFlow;

use handover_journal::conformance::Prepared;
use handover_journal::{Journal, Position, Record, Recorder, Timestamp};

/// What the port leaves open, the journals of this workspace promise: a read is of the moment at which it begins.
fn a_read_is_of_one_moment<J: Journal>(mut reader: J, mut writer: J) -> Prepared<()> {
    let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, "what was said")?;
    let mut head = writer.append(Position::START, &[record.clone(), record.clone()])?;
    let mut seen: usize = 0;
    let mut refused = None;
    reader.read(Position::START, &mut |_| {
        seen = seen.saturating_add(1);
        match writer.append(head, std::slice::from_ref(&record)) {
            Ok(now) => head = now,
            Err(why) => refused = Some(why.to_string()),
        }
        ControlFlow::Continue(())
    })?;
    assert_eq!((seen, refused), (2, None));
    let mut rest = Vec::new();
    reader.read(Position::new(2), &mut |stored| {
        rest.push(stored.position.number());
        ControlFlow::Continue(())
    })?;
    assert_eq!(rest, [3, 4]);
    Ok(())
}
