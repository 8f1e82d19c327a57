//! Writes `dossiers/field-intake.jsonl`: a year of one facility's work on the remains of one day, all of it invented.
//!
//! ```text
//! cargo run -p handover-wire --example field_intake > dossiers/field-intake.jsonl
//! ```
//!
//! Two parties that do not exist, Arvenia and Belmora, and an ally of Belmora, Cassia. The containers of one day are opened over
//! weeks, and what they hold is worked on until the next spring. The figures are those of a realistic day; no person is named, and
//! none lived. What a draw decides comes from a fixed seed, so the same bytes are written every time.
#![expect(clippy::print_stderr, reason = "an example tells on the error stream why it wrote nothing")]

mod year;

use std::io::{self, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let written = year::dossier().and_then(|dossier| Ok(io::stdout().lock().write_all(&dossier)?));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
