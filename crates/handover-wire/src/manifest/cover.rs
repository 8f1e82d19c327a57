//! What a manifest does not say itself, and how it is read.

use handover::container::Provenance;
use handover::id::{BatchId, OrganId, SourceId, SpeakerId};
use handover::text::TextError;
use handover::when::When;

use super::cell;

/// What stands on the cover of a manifest: the same for every row.
///
/// ```
/// use handover_wire::manifest::Cover;
///
/// let said = "2025-06-11T18:00+03:00".parse().unwrap();
/// let mut cover = Cover::new("batch-1".parse()?, "s-office".parse()?, "s".parse()?, said);
/// cover.since = Some(said); // for the rows that say nothing else
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cover {
    /// The batch of which the containers are a part.
    pub batch: BatchId,
    /// The organ that has them.
    pub held_by: OrganId,
    /// Whose word the manifest is.
    pub by: SpeakerId,
    /// When it was said.
    pub said: When,
    /// Where it was read.
    pub source: Option<SourceId>,
    /// Since when `held_by` certainly has a container, where a row does not say.
    pub since: Option<When>,
    /// Where a container comes from, where a row does not say.
    pub provenance: Option<Provenance>,
    /// Who gave the numbers in a column that is called `alias` alone.
    pub aliases_by: Option<OrganId>,
}

impl Cover {
    /// A cover that says only what it must.
    pub fn new(batch: BatchId, held_by: OrganId, by: SpeakerId, said: When) -> Self {
        Self { batch, held_by, by, said, source: None, since: None, provenance: None, aliases_by: None }
    }
}

/// A provenance as a cell of a manifest says it: `unknown`, `undisclosed`, or in words.
///
/// ```
/// use handover::container::Provenance;
/// use handover_wire::manifest::provenance_from;
///
/// assert_eq!(provenance_from("unknown"), Ok(Provenance::Unknown));
/// assert!(matches!(provenance_from("the eastern bank"), Ok(Provenance::Told(_))));
/// ```
///
/// # Errors
/// As [`Text::new`](handover::text::Text::new).
pub fn provenance_from(text: &str) -> Result<Provenance, TextError> {
    cell::provenance(text)
}

/// How a manifest is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What parts the cells; without it, as the header shows.
    pub separator: Option<Separator>,
    /// Whether columns are left out whose names are not known.
    pub ignore_unknown_columns: bool,
    /// Whether the good rows are taken where others are bad; without it all stand or none.
    pub take_good_rows: bool,
}

/// What parts the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Separator {
    /// `,`, as it is written.
    #[default]
    Comma,
    /// `;`, as spreadsheets write it where the comma parts decimals.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    /// Each.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// Its byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}
