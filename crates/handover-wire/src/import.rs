//! What is done with a whole dossier: into a ledger, or into its canonical form.

use std::io::{BufRead, Write};

use handover::ledger::{Draft, Ledger, Posted};
use handover::text::Text;

use crate::error::{FormatError, ImportError};
use crate::reader::Reader;
use crate::writer::Writer;

/// What an import did.
///
/// ```
/// use handover::ledger::Ledger;
///
/// let dossier = "{\"format\":\"handover-dossier\",\"version\":1,\"title\":\"June 2025\"}\n";
/// let report = handover_wire::read_into(&mut Ledger::new(), dossier.as_bytes())?;
/// assert_eq!((report.recorded, report.already_recorded, report.ended), (0, 0, false));
/// assert_eq!(report.title.unwrap().as_str(), "June 2025");
/// # Ok::<(), handover_wire::ImportError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// How many entries are recorded that were not before.
    pub recorded: u64,
    /// How many were recorded before: the same entry under the same identifier.
    pub already_recorded: u64,
    /// Whether the dossier has an end line: only then it is proven that nothing is missing.
    pub ended: bool,
    /// What the dossier is called.
    pub title: Option<Text>,
}

/// Records every entry of a dossier, or none. The same dossier again records nothing more.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_wire::read_into;
///
/// let dossier = concat!(
///     r#"{"format":"handover-dossier","version":1}"#, "\n",
///     r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#, "\n",
///     r#"{"end":{"entries":1}}"#, "\n",
/// );
/// let mut ledger = Ledger::new();
/// assert_eq!(read_into(&mut ledger, dossier.as_bytes())?.recorded, 1);
/// assert_eq!(read_into(&mut ledger, dossier.as_bytes())?.already_recorded, 1);
/// assert_eq!(ledger.len(), 1);
/// # Ok::<(), handover_wire::ImportError>(())
/// ```
///
/// # Errors
/// The first line that cannot be read or whose entry is refused, with the reason; the ledger is as before.
pub fn read_into<R: BufRead>(ledger: &mut Ledger, input: R) -> Result<Report, ImportError> {
    post(ledger.draft(), input)
}

/// Records every entry of a dossier in a draft, or none: so that several dossiers stand together or not at all.
///
/// ```
/// use handover::ledger::Ledger;
///
/// let mut ledger = Ledger::new();
/// let mut draft = ledger.draft();
/// for dossier in ["{\"format\":\"handover-dossier\",\"version\":1}\n"; 2] {
///     handover_wire::read_into_draft(&mut draft, dossier.as_bytes())?;
/// }
/// draft.commit();
/// # Ok::<(), handover_wire::ImportError>(())
/// ```
///
/// # Errors
/// As [`read_into`]; the draft is as before and may go on.
pub fn read_into_draft<R: BufRead>(draft: &mut Draft<'_>, input: R) -> Result<Report, ImportError> {
    post(draft.draft(), input)
}

fn post<R: BufRead>(mut draft: Draft<'_>, input: R) -> Result<Report, ImportError> {
    let mut reader = Reader::new(input)?;
    let (mut recorded, mut already_recorded) = (0_u64, 0_u64);
    for numbered in &mut reader {
        let numbered = numbered?;
        let posted = draft.post(&numbered.entry).map_err(|refusal| ImportError::Refused {
            line: numbered.line,
            entry: numbered.entry.id,
            refusal,
        })?;
        let count = match posted {
            Posted::Recorded => &mut recorded,
            Posted::AlreadyRecorded => &mut already_recorded,
        };
        *count = count.saturating_add(1);
    }
    draft.commit();
    Ok(Report { recorded, already_recorded, ended: reader.ended(), title: reader.title().cloned() })
}

/// What was made canonical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formatted {
    /// How many entries it holds.
    pub entries: u64,
    /// Whether it had an end line. If not, the one that it has now proves only that nothing was lost since.
    pub ended: bool,
}

/// Writes a dossier in its canonical form: one spelling for everything, no blank lines, an end line. A canonical dossier
/// comes out as it went in, byte for byte. The entries are kept in their order and are not judged.
///
/// ```
/// let dossier = "{ \"version\": 1, \"format\": \"handover-dossier\" }\r\n\r\n";
/// let mut canonical = Vec::new();
/// handover_wire::format(dossier.as_bytes(), &mut canonical)?;
/// assert_eq!(canonical, b"{\"format\":\"handover-dossier\",\"version\":1}\n{\"end\":{\"entries\":0}}\n");
/// # Ok::<(), handover_wire::FormatError>(())
/// ```
///
/// # Errors
/// The first line that cannot be read, or that the bytes cannot be written. The output then holds a part that is not to
/// be kept.
pub fn format<R: BufRead, W: Write>(input: R, output: W) -> Result<Formatted, FormatError> {
    let mut reader = Reader::new(input)?;
    let mut writer = Writer::new(output, reader.title())?;
    for numbered in &mut reader {
        writer.write(&numbered?.entry)?;
    }
    writer.end()?;
    Ok(Formatted { entries: reader.entries(), ended: reader.ended() })
}
