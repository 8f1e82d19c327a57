//! `Arbitrary` for values whose parts are not public, and strategies that several share. Lists are short, so that what fails can
//! be read.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::strategy::Union;

use crate::duty::Duty;
use crate::entry::What;
use crate::id::Key;
use crate::remains::{Elements, Human, Individuals};
use crate::text::Text;
use crate::when::Zone;

/// None, one, or some.
pub(crate) fn few<T: Arbitrary + 'static>() -> BoxedStrategy<Vec<T>> {
    vec(any::<T>(), 0..=3).boxed()
}

/// None, one, or some, each once.
pub(crate) fn set_of_few<T: Arbitrary + Ord + 'static>() -> BoxedStrategy<BTreeSet<T>> {
    btree_set(any::<T>(), 0..=3).boxed()
}

/// None, one, or some lists of none, one, or some.
pub(crate) fn few_of_few<T: Arbitrary + 'static>() -> BoxedStrategy<Vec<Vec<T>>> {
    vec(few(), 0..=3).boxed()
}

/// One in a box of its own. What can be drawn of an enum holds what can be drawn of each of its variants: of a large one that is
/// more than a stack should carry.
pub(crate) fn boxed<T: Arbitrary + 'static>() -> BoxedStrategy<T> {
    any::<T>().boxed()
}

/// Each concept as often as another, each in a box of its own (see `boxed`).
impl Arbitrary for What {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    // What draws every entry is large: it is compiled where it is used.
    #[inline]
    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        #[inline]
        fn of<T: Arbitrary + 'static>(what: fn(T) -> What) -> BoxedStrategy<What> {
            any::<T>().prop_map(what).boxed()
        }
        macro_rules! each {
            ($($concept:ident)*) => {{
                // A concept that is left out does not compile.
                let _: fn(&Self) = |what| match what { $(Self::$concept(_) => (),)* };
                Union::new([$(of(Self::$concept)),*]).boxed()
            }};
        }
        each!(
            Party Agreement Obligation Handover Batch Container Custody Remains Person Identification Affiliation Notice
            Disposition Closure Prisoner Disclosure Total Claim
        )
    }
}

/// Biased to what a format could take for its own, to letters outside ASCII, and to the shortest and the longest.
impl Arbitrary for Text {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        let longest = Just(core::iter::repeat_n('a', crate::text::LONGEST).collect::<String>());
        let odd = r#"["'<>=~&/\\{}\[\]:;|éłжф日א]{1,6}"#;
        prop_oneof![8 => "[a-z0-9]( ?[a-z0-9,.-]){0,11}", 3 => odd, 1 => "[a-z]", 1 => longest]
            .prop_filter_map("a line of text", |text| Self::new(&text).ok())
            .boxed()
    }
}

/// Biased to short keys; the longest are reached.
impl Arbitrary for Key {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        prop_oneof![6 => "[a-c]", 3 => "[a-z][a-z0-9-]{0,5}", 1 => "[a-z][a-z0-9-]{22}"]
            .prop_filter_map("a key", |text| Self::new(&text).ok())
            .boxed()
    }
}

impl Arbitrary for Duty {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        (1..=21u8).prop_filter_map("a duty", Self::new).boxed()
    }
}

/// UTC, whole hours, and the farthest there are.
impl Arbitrary for Zone {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        let (least, most) = (-18 * 60, 18 * 60);
        prop_oneof![
            4 => Just(0i16),
            3 => (-12..=14i16).prop_map(|hours| hours.saturating_mul(60)),
            1 => Just(most),
            1 => Just(least),
            1 => least..=most,
        ]
        .prop_filter_map("an offset", Self::ahead_by_minutes)
        .boxed()
    }
}

/// Of none, one, or some units.
impl Arbitrary for Individuals {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        let units = few::<(Human, Elements)>();
        units
            .prop_map(|units| {
                units.into_iter().fold(Self::default(), |all, (human, elements)| all.with(human, elements))
            })
            .boxed()
    }
}
