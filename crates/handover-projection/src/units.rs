//! Units of remains, counted by how they stand.

use std::collections::BTreeMap;

use handover::id::RemainsId;
use handover::quantity::Span;
use handover::reading::Counted;
use handover::refusal::EntryRefusal;

use crate::project::Taken;
use crate::row::Row;
use crate::words;

/// How many certainly have a status, how many of those that perhaps are no unit by then, and how many may have come to it later.
#[derive(Clone, Copy, Debug, Default)]
struct Number {
    certainly: u64,
    perhaps: u64,
    possibly_later: u64,
}

/// By axis and status. Only statuses that some unit has are in it.
#[derive(Debug, Default)]
pub(crate) struct Numbers(BTreeMap<(&'static str, String), Number>);

impl Numbers {
    /// Counts a unit that lives by then, or may; its row.
    pub(crate) fn take(&mut self, taken: &Taken<'_>, id: RemainsId) -> Result<Option<Row>, EntryRefusal> {
        let reading = &taken.reading;
        let unit = reading.unit(id)?;
        if unit.lives == Counted::No {
            return Ok(None);
        }
        let identification = reading.identification(id)?;
        let affiliation = reading.affiliation(id)?;
        let rest = reading.disposition(id)?.rest;
        let later = identification.possibly_later;
        let statuses = [
            ("human", Some(words::human(unit.human).to_owned()), false),
            ("progress", Some(words::progress(unit.progress).to_owned()), false),
            ("identification", Some(words::identification(identification.status).to_owned()), later),
            ("affiliation", Some(words::affiliation(affiliation.status)), false),
            ("rest", rest.map(|rest| words::rest(rest).to_owned()), false),
        ];
        for (axis, status, later) in statuses {
            let number = self.0.entry((axis, status.unwrap_or_else(|| "untold".to_owned()))).or_default();
            let counted =
                if unit.lives == Counted::Yes { &mut number.certainly } else { &mut number.perhaps };
            *counted = counted.saturating_add(1);
            number.possibly_later = number.possibly_later.saturating_add(u64::from(later));
        }
        let row = taken.columns.clone();
        Ok(Some(
            row.text(id)
                .text(words::counted(unit.lives))
                .text(words::human(unit.human))
                .text(words::progress(unit.progress))
                .span(Some(unit.comparisons))
                .text(words::identification(identification.status))
                .yes(later)
                .text(words::affiliation(affiliation.status))
                .yes(affiliation.contested)
                .maybe(rest.map(words::rest)),
        ))
    }

    pub(crate) fn rows<'n>(&'n self, taken: &'n Taken<'_>) -> impl Iterator<Item = Row> + 'n {
        self.0.iter().map(|((axis, status), number)| {
            let all = number.certainly.saturating_add(number.perhaps);
            let row = taken.columns.clone().text(axis).text(status);
            row.span(Span::new(number.certainly, all)).number(number.possibly_later)
        })
    }
}
