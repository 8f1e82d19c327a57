//! A whole manifest into a ledger.

use std::io::Read;

use handover::container::{Container, ContainerEntry, ContainerRefusal};
use handover::entry::{Entry, What};
use handover::ledger::{Draft, Ledger, Posted};
use handover::refusal::{EntryRefusal, Refusal};

use super::error::{BadRow, Fault, ManifestError, RowError, Wrong};
use super::reader::{Reader, Row};
use super::{Cover, Options};

/// What was done with a manifest, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// How many rows it has.
    pub rows: u64,
    /// How many entries are recorded that were not before.
    pub recorded: u64,
    /// How many were recorded before.
    pub already_recorded: u64,
    /// Every row that may not stand, in their order.
    pub bad: Vec<BadRow>,
    /// The columns that were left out.
    pub ignored: Vec<String>,
    /// The entries of the rows that were taken, in their order, those that were recorded before too.
    pub entries: Vec<Entry>,
}

/// Records what every row of a manifest says, or nothing if a row is bad and it is not asked to
/// [take the good ones](Options::take_good_rows). The same manifest again records nothing more.
///
/// A row is bad if it cannot be read, if its code stands on an earlier line, and if an entry of it may not stand: of a row
/// all entries stand or none.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_wire::manifest::{self, Cover, Options};
///
/// # let dossier = concat!(
/// #     r#"{"format":"handover-dossier","version":1}"#, "\n",
/// #     r#"{"id":"p-n","by":"keeper","said":"2025-06-16","what":{"party":{"introduced":{"id":"north","name":"North"}}}}"#, "\n",
/// #     r#"{"id":"p-s","by":"keeper","said":"2025-06-16","what":{"party":{"introduced":{"id":"south","name":"South"}}}}"#, "\n",
/// #     r#"{"id":"o-s","by":"keeper","said":"2025-06-16","what":{"party":{"organ":{"id":"s-office","name":"South's office","allegiance":{"party":"south"}}}}}"#, "\n",
/// #     r#"{"id":"s-s","by":"keeper","said":"2025-06-16","what":{"party":{"speaker":{"id":"s","name":"Commissioner","organ":"s-office"}}}}"#, "\n",
/// #     r#"{"id":"b","by":"keeper","said":"2025-06-16","what":{"batch":{"introduced":{"id":"batch-1","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}}"#, "\n",
/// # );
/// # let mut ledger = Ledger::new();
/// # handover_wire::read_into(&mut ledger, dossier.as_bytes()).unwrap();
/// // A ledger in which the batch, the office and its speaker are recorded.
/// let manifest = "code,since,provenance\nc-1,2025-06-11,unknown\nc-2,2025-06-11,unknown\n";
/// let said = "2025-06-11T18:00+03:00".parse().unwrap();
/// let cover = Cover::new("batch-1".parse()?, "s-office".parse()?, "s".parse()?, said);
/// let report = manifest::read_into(&mut ledger, manifest.as_bytes(), &cover, Options::default()).unwrap();
/// assert!(report.bad.is_empty());
/// assert_eq!((report.rows, report.recorded), (2, 2));
///
/// let again = manifest::read_into(&mut ledger, manifest.as_bytes(), &cover, Options::default()).unwrap();
/// assert_eq!((again.recorded, again.already_recorded), (0, 2));
/// # Ok::<(), handover::id::KeyError>(())
/// ```
///
/// # Errors
/// As [`Reader::new`]; then, at the first row that shows it: the bytes cannot be read, or no row can stand because something that the
/// cover or the header names is not recorded, the organ can have no remains, or the batch is of the living. The ledger is as before.
pub fn read_into<R: Read>(
    ledger: &mut Ledger,
    input: R,
    cover: &Cover,
    options: Options,
) -> Result<Report, ManifestError> {
    post(ledger.draft(), input, cover, options)
}

/// The same in a draft.
///
/// # Errors
/// As [`read_into`]; the draft is as before and may go on.
pub fn read_into_draft<R: Read>(
    draft: &mut Draft<'_>,
    input: R,
    cover: &Cover,
    options: Options,
) -> Result<Report, ManifestError> {
    post(draft.draft(), input, cover, options)
}

fn post<R: Read>(
    mut draft: Draft<'_>,
    input: R,
    cover: &Cover,
    options: Options,
) -> Result<Report, ManifestError> {
    let mut reader = Reader::new(input, cover, options)?;
    let mut report = Report { ignored: reader.ignored().map(str::to_owned).collect(), ..Report::default() };
    let code_column = reader.code_column();
    for row in &mut reader {
        match row {
            Err(RowError::Broken(why)) => return Err(why),
            Err(RowError::Bad(row)) => report.bad.push(row),
            Ok(row) => match stand(&mut draft, &row) {
                Ok((recorded, already_recorded)) => {
                    report.recorded = report.recorded.saturating_add(recorded);
                    report.already_recorded = report.already_recorded.saturating_add(already_recorded);
                    report.entries.extend(row.entries);
                }
                Err(refusal) if concerns_all(&refusal) => return Err(ManifestError::Refused(refusal)),
                Err(refusal) => {
                    let wrong = wrong(draft.ledger(), &row, refusal);
                    report
                        .bad
                        .push(BadRow::new(row.line, vec![Fault { column: code_column.clone(), wrong }]));
                }
            },
        }
    }
    report.rows = reader.rows();
    if report.bad.is_empty() || options.take_good_rows {
        draft.commit();
    } else {
        (report.recorded, report.already_recorded) = (0, 0);
        report.entries.clear();
    }
    Ok(report)
}

/// Records all entries of a row, or none: how many are new, and how many are not.
fn stand(draft: &mut Draft<'_>, row: &Row) -> Result<(u64, u64), Refusal> {
    let mut draft = draft.draft();
    let (mut recorded, mut already_recorded) = (0_u64, 0_u64);
    for entry in &row.entries {
        let count = match draft.post(entry)? {
            Posted::Recorded => &mut recorded,
            Posted::AlreadyRecorded => &mut already_recorded,
        };
        *count = count.saturating_add(1);
    }
    draft.commit();
    Ok((recorded, already_recorded))
}

/// Whether every row would be refused for this.
fn concerns_all(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Entry(EntryRefusal::NoSuch { .. } | EntryRefusal::Full)
            | Refusal::Container(ContainerRefusal::NoCustodian(_) | ContainerRefusal::BatchOfTheLiving(_))
    )
}

/// Why a row may not stand, in terms of its columns where it says otherwise of a code that is recorded.
fn wrong(ledger: &Ledger, row: &Row, refusal: Refusal) -> Wrong {
    let Refusal::Entry(EntryRefusal::IdTaken(id)) = refusal else { return Wrong::Refused(refusal) };
    let new = row.entries.iter().find(|entry| entry.id == id);
    let (Some(new), Some(old)) = (new, ledger.entry(id)) else { return Wrong::Refused(refusal) };
    Wrong::Otherwise { code: row.code, entry: id, differs: differs(&old, new) }
}

fn differs(old: &Entry, new: &Entry) -> Vec<&'static str> {
    let of = |entry| registered(entry);
    let (before, now) = (of(old), of(new));
    let is_other = [
        ("speaker", old.by != new.by),
        ("time of saying", old.said != new.said),
        ("source", old.source != new.source),
        ("holder", before.map(|it| it.held_by) != now.map(|it| it.held_by)),
        ("since", before.map(|it| it.since) != now.map(|it| it.since)),
        ("provenance", before.map(|it| &it.provenance) != now.map(|it| &it.provenance)),
        ("seal", before.map(|it| &it.seal) != now.map(|it| &it.seal)),
        ("note", before.map(|it| &it.note) != now.map(|it| &it.note)),
    ];
    is_other.into_iter().filter_map(|(name, other)| other.then_some(name)).collect()
}

fn registered(entry: &Entry) -> Option<&Container> {
    match &entry.what {
        What::Container(ContainerEntry::Registered(container)) => Some(container),
        _ => None,
    }
}
