//! Cells: what a spreadsheet would take for something else is marked, and comes back.
//!
//! A cell that a spreadsheet would take for a formula, a text that has the form of a word of the format, and a number that looks
//! shortened are written behind an apostrophe, as a person marks them in a spreadsheet.

use handover::container::Provenance;
use handover::text::Text;

/// Who opens a manifest does not want it to act.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

const UNKNOWN: &str = "unknown";
const UNDISCLOSED: &str = "undisclosed";

/// The text of a cell without the blanks around it.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches([' ', '\u{a0}'])
}

/// Whether a text, behind as many apostrophes as there may be, must stand behind one more.
fn is_marked(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(FORMULA) || bare == UNKNOWN || bare == UNDISCLOSED || is_shortened(bare)
}

/// The cell that says this text.
pub(super) fn cell(text: &str) -> String {
    if is_marked(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that a cell says.
pub(super) fn text(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_marked(rest)).unwrap_or(cell)
}

/// The cell that says this provenance.
pub(super) fn provenance_cell(provenance: &Provenance) -> String {
    match provenance {
        Provenance::Unknown => UNKNOWN.to_owned(),
        Provenance::Undisclosed => UNDISCLOSED.to_owned(),
        Provenance::Told(told) => cell(told.as_str()),
    }
}

/// The provenance that a cell says.
pub(super) fn provenance(cell: &str) -> Result<Provenance, handover::text::TextError> {
    Ok(match cell {
        UNKNOWN => Provenance::Unknown,
        UNDISCLOSED => Provenance::Undisclosed,
        told => Provenance::Told(Text::new(text(told))?),
    })
}

/// Whether this is what a spreadsheet leaves of a long number, as `1.23457E+16`.
pub(super) fn is_shortened(cell: &str) -> bool {
    let Some((digits, power)) = cell.split_once("E+").or_else(|| cell.split_once("e+")) else { return false };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    whole.len() == 1 && [whole, part, power].into_iter().all(all_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_stands_behind_an_apostrophe_and_comes_back() {
        for (said, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+7", "'+7"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("＝x", "'＝x"),
            ("'=x", "''=x"),
            ("''-x", "'''-x"),
            ("unknown", "'unknown"),
            ("'undisclosed", "''undisclosed"),
            ("1.23457E+16", "'1.23457E+16"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("'", "'"),
            ("a=b", "a=b"),
            ("unknown field", "unknown field"),
        ] {
            assert_eq!(cell(said), written);
            assert_eq!(text(written), said);
            assert_eq!(text(&cell(written)), written, "whatever is written is a text too");
        }
    }

    #[test]
    fn a_provenance_that_is_told_is_told_whatever_it_says() {
        for provenance in [
            Provenance::Unknown,
            Provenance::Undisclosed,
            Provenance::Told("unknown".parse().unwrap()),
            Provenance::Told("'undisclosed".parse().unwrap()),
            Provenance::Told("forest belt, sector 3".parse().unwrap()),
        ] {
            assert_eq!(super::provenance(&provenance_cell(&provenance)), Ok(provenance));
        }
    }

    #[test]
    fn a_shortened_number_is_known_by_its_form() {
        for shortened in ["1.23457E+16", "1,23457E+16", "9E+99", "1.2e+17"] {
            assert!(is_shortened(shortened), "{shortened}");
        }
        for whole in ["12345678901234567", "1.5", "12E+3", "E+3", "1E+", "1E16", "BRC/12-а", "1.E+3"] {
            assert!(!is_shortened(whole), "{whole}");
        }
    }
}
