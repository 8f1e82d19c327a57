//! One year of a receiving facility, from its first day on the record to the first closing of a batch.
//!
//! The unit `u-N-M` is the M-th one found in container `bag-N`. Which one shows which edge case of `docs/rules.md`:
//!
//! | edge case | where |
//! |---|---|
//! | one man, three bags, two batches, one funeral (23) | `u-1-1`, `u-2-1` and, in the second batch, `u-9001-1` |
//! | no credit for one who is credited already (24) | `u-9001-1` |
//! | the wrong one, then the right one (25) | `u-3-1` is excluded, `u-4-1` identified |
//! | delivered for examination (26) | `u-9002-1` |
//! | the sender's own soldiers (27) | `u-5-1` to `u-14-1`: some are returned, some are an ally's, some undetermined |
//! | the documents of another (28) | `u-15-1` |
//! | a civilian woman, listed as an unknown man (29) | `u-16-1` |
//! | buried, and then the person is found alive (30) | `u-17-1` |
//! | two wrongs make a silence (31) | `u-18-1` lies in the grave of him who is `u-35-1` |
//! | decisions of weaker rules, reviewed (32) | `u-18-1` to `u-22-1` |
//! | one grave, four names (33) | `u-23-1` |
//! | identified and not released (34) | `u-24-1`, `u-25-1`, `u-26-1` |
//! | nobody to tell (35) | `u-27-1`, `u-28-1` |
//! | no usable profile (36) | `u-29-1` |
//! | temporary grave 214 (37) | `u-30-1` |
//! | nothing, and nothing human (38) | `bag-31`, `u-32-1` |
//! | many parts, few names (39) | what was found in `bag-33` |
//! | a name on a list, and the sender's word on who it is (40, 41) | `u-34-1` |
//! | on the way at the end of the year | `u-36-1`, `u-37-1`, `u-38-1` |

mod book;
mod course;
mod intake;
mod stories;

use handover_wire::write_from;

use book::{Book, Told};

/// How many containers pass on the day.
pub(crate) const CONTAINERS: u32 = 1_212;

/// The dossier, in its canonical bytes.
pub(crate) fn dossier() -> Told<Vec<u8>> {
    let mut book = Book::new(20_250_602);
    intake::tell(&mut book);
    stories::tell(&mut book);
    let ledger = book.ledger()?;
    let title = "Field intake: an invented year of one facility".parse()?;
    Ok(write_from(&ledger, Some(&title), Vec::new())?)
}
