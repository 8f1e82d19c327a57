//! Which elements one body has, and whether two units can be of one: each small set of elements beside a count on the
//! fingers of what a body has.

use handover::reading::Comparison;
use handover::remains::{Element, ElementSet, Elements, ElementsError};

/// A piece: of which part, on which side if that is told, whole or a fragment.
type Piece = (&'static str, Option<&'static str>, bool);

fn name((part, side, whole): Piece) -> String {
    let fragment = if whole || part == "soft-tissue" { "" } else { "partial-" };
    format!("{fragment}{}{part}", side.map(|side| format!("{side}-")).unwrap_or_default())
}

/// Every choice of pieces of a femur, of the skull and of soft tissue, a site at most once.
fn choices() -> Vec<Vec<Piece>> {
    let sites: [(&str, Option<&str>, &[bool]); 5] = [
        ("skull", None, &[true, false]),
        ("femur", None, &[true, false]),
        ("femur", Some("left"), &[true, false]),
        ("femur", Some("right"), &[true, false]),
        ("soft-tissue", None, &[false]),
    ];
    sites.into_iter().fold(vec![Vec::new()], |so_far, (part, side, forms)| {
        let with = |before: &Vec<Piece>, whole: &bool| [before.as_slice(), &[(part, side, *whole)]].concat();
        let more = so_far
            .iter()
            .flat_map(|before| forms.iter().map(|whole| with(before, whole)).collect::<Vec<_>>());
        more.chain(so_far.clone()).collect()
    })
}

fn femora(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|(part, ..)| *part == "femur").count()
}

fn set(pieces: &[Piece]) -> Result<ElementSet, ElementsError> {
    ElementSet::new(pieces.iter().map(|piece| name(*piece).parse::<Element>().unwrap()))
}

/// Whether whole bones of two units cannot all be of one body: some are on a side on which there is one already, whichever
/// side those are on of which it is not told.
fn are_too_many(pieces: &[Piece]) -> bool {
    let whole = |of: &str| {
        pieces.iter().filter(|(part, _, whole)| *part == of && *whole).map(|piece| piece.1).collect()
    };
    let (skulls, femora): (Vec<_>, Vec<_>) = (whole("skull"), whole("femur"));
    // A bone whose side is not told is on the side that is free.
    let mut sides: Vec<&str> = femora.iter().flatten().copied().collect();
    for _ in femora.iter().filter(|side| side.is_none()) {
        sides.push(if sides.contains(&"left") { "right" } else { "left" });
    }
    let on = |side: &str| sides.iter().filter(|taken| **taken == side).count();
    skulls.len() > 1 || on("left") > 1 || on("right") > 1
}

/// Whether a piece of each may be of one bone, or of the same flesh.
fn may_share(one: &[Piece], other: &[Piece]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.0 == b.0 && (a.1 == b.1 || a.1.is_none() || b.1.is_none())))
}

#[test]
fn a_set_holds_what_one_body_has() {
    for pieces in choices() {
        let found = set(&pieces);
        if pieces.is_empty() {
            assert_eq!(found, Err(ElementsError::Empty));
        } else if femora(&pieces) > 2 {
            assert!(matches!(found, Err(ElementsError::MoreThanABody(_))), "{pieces:?}: {found:?}");
        } else {
            let found = found.unwrap();
            let mut told: Vec<String> = pieces.iter().map(|piece| name(*piece)).collect();
            let mut named: Vec<String> = found.elements().map(|element| element.to_string()).collect();
            told.sort();
            named.sort();
            assert_eq!(named, told);
            for (element, (part, _, whole)) in
                pieces.iter().map(|piece| (name(*piece).parse::<Element>().unwrap(), *piece))
            {
                assert_eq!((element.is_whole(), element.part().name()), (whole, part));
            }
            // A second piece at the same site is of another body, whole or not.
            for (part, side, _) in &pieces {
                for whole in [true, false] {
                    let twice = [pieces.as_slice(), &[(*part, *side, whole)]].concat();
                    assert!(matches!(set(&twice), Err(ElementsError::MoreThanABody(_))), "{twice:?}");
                }
            }
        }
    }
}

#[test]
fn two_units_are_of_two_bodies_where_the_whole_bones_are_too_many() {
    let body = vec![
        ("skull", None, true),
        ("femur", Some("left"), true),
        ("femur", Some("right"), true),
        ("soft-tissue", None, false),
    ];
    let mut units: Vec<(Vec<Piece>, Elements)> = choices()
        .into_iter()
        .filter_map(|pieces| Some((pieces.clone(), Elements::Parts(set(&pieces).ok()?))))
        .collect();
    for (_, elements) in &units {
        assert_eq!(elements.overlaps(Elements::Undetermined), Comparison::Undetermined);
        assert_eq!(Elements::Undetermined.overlaps(*elements), Comparison::Undetermined);
    }
    units.push((body, Elements::CompleteBody));
    for (a, one) in &units {
        for (b, other) in &units {
            let expected = match (are_too_many(&[a.as_slice(), b].concat()), may_share(a, b)) {
                (true, _) => Comparison::Holds,
                (false, true) => Comparison::Undetermined,
                (false, false) => Comparison::Fails,
            };
            assert_eq!(one.overlaps(*other), expected, "{a:?} and {b:?}");
        }
    }
}
