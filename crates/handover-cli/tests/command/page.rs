//! Reports for people.

use unicode_width::UnicodeWidthStr;

use crate::{field_intake, handover, istanbul, korea, printed, seed};

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    for file in [seed(), istanbul()] {
        for more in [&[][..], &["--explain"], &["--according-to", "ru"], &["--as-of", "2025-06-13+03:00"]] {
            let text = printed(&[&["report", &file], more].concat());
            for line in text.lines() {
                assert!(line.width() <= 80, "{}: {line}", line.width());
                assert_eq!(line, line.trim_end());
            }
        }
    }
}

#[test]
fn what_is_not_a_terminal_gets_no_colours() {
    for arguments in [&["demo"][..], &["--help"], &["report", &istanbul()]] {
        assert!(!printed(arguments).contains('\u{1b}'));
    }
    let forced = |no_color: bool| {
        let mut command = handover(&["demo"]);
        command.env("CLICOLOR_FORCE", "1");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let output = command.assert().success().get_output().stdout.clone();
        output.contains(&0x1b)
    };
    assert!(forced(false), "colours are there where they are wanted");
    assert!(!forced(true), "NO_COLOR is honoured");
}

#[test]
fn the_demonstration_says_what_each_side_says() {
    let text = printed(&["demo"]);
    for expected in [
        "ru: 1,212",
        "ua: silent",
        "one-sided: only Russian",
        "how many: confirmed by all",
        "at least 1,200 (1 leg",
        "undisclosed (3",
        "Observed asymmetry: a statistic, not a term",
        "between 89.33 and 89.34 (ru, anyone)",
        "missed by Ukraine; postponed by ua without notice",
        "held; 4 days from plan",
        "more than 6,000",
        "stated by no party",
        "adds no support",
        "handover report FILE --according-to ru --explain",
    ] {
        assert!(flat(&text).contains(expected), "{expected} in\n{text}");
    }
}

#[test]
fn what_would_be_wrong_never_appears() {
    for arguments in [
        vec!["demo".to_owned()],
        vec!["report".to_owned(), seed(), "--explain".to_owned()],
        vec!["report".to_owned(), seed(), "--terms".to_owned(), "anyone".to_owned()],
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let text = printed(&arguments);
        // Netted flows, sums of terms and counts, and prisoners added to the deceased.
        for wrong in ["2,385", "2385", "4,824", "4824", "3,624", "3624", "7,200", "7200"] {
            assert!(!text.contains(wrong), "{wrong} in\n{text}");
        }
    }
}

#[test]
fn a_published_total_is_audited_and_an_organ_that_is_not_followed_is_named() {
    let text = flat(&printed(&["report", &istanbul(), "--only", "totals", "--only", "conflicts"]));
    for expected in [
        "conflicting by 3",
        "exceeds by 3",
        "by 800",
        "agrees",
        "in conflict: Ukraine, count of published total `to-ua-june`",
        "not followed: Ministry of Internal Affairs of Ukraine says 6,060",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let alone = flat(&printed(&["report", &istanbul(), "--only", "totals", "--according-to", "ru"]));
    assert!(alone.contains("reached only if 1,200 come from leg-06-14-ua"), "{alone}");
}

#[test]
fn labels_read_differently_from_each_other_and_from_nought() {
    let text = printed(&["report", &istanbul(), "--only", "flows"]);
    for label in ["silent", "undisclosed", "withheld for now", "ru: 0"] {
        assert!(text.contains(label), "{label}");
    }
}

#[test]
fn a_date_and_a_section_are_kept_to() {
    let text = printed(&["report", &seed(), "--as-of", "2025-06-11+03:00", "--only", "flows"]);
    assert!(text.contains("2025-06-11T20:59:59Z"), "{text}");
    assert!(text.contains("not by then"), "{text}");
    assert!(!text.contains("ALLEGATIONS") && !text.contains("SCHEDULE"));
    let early = printed(&["report", &seed(), "--as-of", "2025-06-01", "--only", "comparison"]);
    assert!(early.contains("no leg"), "{early}");
    assert!(printed(&["report", &seed()]).contains("the end of time"));
}

#[test]
fn what_is_explained_names_entries() {
    let text = printed(&["report", &seed(), "--according-to", "ru", "--explain"]);
    assert!(text.contains("c-0611-1212"), "{text}");
    assert!(!printed(&["report", &seed(), "--according-to", "ru"]).contains("c-0611-1212"));
}

/// Of figures with four digits or more each has its groups, in every section and in tables alike.
#[test]
fn numbers_have_one_form_everywhere() {
    let year = |word: &str| matches!(word, "2025");
    for file in [seed(), istanbul(), korea(), field_intake()] {
        for line in printed(&["report", &file]).lines().skip(1) {
            let words = line.split(|c: char| c.is_whitespace() || "(),;:".contains(c));
            let ungrouped =
                words.filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_digit()));
            assert_eq!(ungrouped.filter(|word| !year(word)).collect::<Vec<_>>(), [""; 0], "{line}");
        }
    }
    let whole = printed(&["report", &field_intake()]);
    assert!(whole.contains("open transfer: 1,212 containers, of batch batch-1: `bag-1`, `bag-2`, `bag-3`"));
    assert!(whole.contains("open transfer: container `bag-9001`"), "few stand each in a line of its own");
}
