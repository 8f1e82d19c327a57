//! The one list of the rules.

use super::fixture::{Capability, Fixture};
use super::rule::Rule;
use super::{batches, conflicts, contents, handles, positions, races, reading, store, unknown};

/// Gives the list of the rules of a journal to another macro, so that every test of every adapter is made from it.
///
/// `for_each_journal_rule!([callback] what is passed on)` becomes
///
/// ```text
/// callback! { (what is passed on)
///     [capability] module::name "The rule in a sentence.";
///     …
/// }
/// ```
///
/// where the capability is `always`, `durable`, `several_ledgers` or `cut_short`.
#[macro_export]
macro_rules! for_each_journal_rule {
    ([$($callback:tt)+] $($passed:tt)*) => {
        $($callback)+! { ($($passed)*)
            [always] positions::a_fresh_journal_is_empty
                "A fresh journal has no records, and its head is the start.";
            [always] positions::positions_run_from_one_without_a_gap
                "Positions are 1, 2, 3 without a gap, across appends.";
            [always] positions::append_answers_the_position_of_the_last
                "An append returns the position of the last record.";
            [always] positions::records_stand_in_the_order_given
                "Records are read in the order in which they were given and appended.";
            [always] positions::a_record_keeps_its_position
                "Later appends leave earlier records where and as they are.";
            [always] positions::positions_go_beyond_sixteen_bits
                "A journal is not full, and does not begin anew, where small numbers end.";

            [always] contents::payloads_are_kept_to_the_byte
                "A payload is text, and is neither read, tidied nor rewritten.";
            [always] contents::the_longest_payloads_are_kept
                "Payloads of the greatest length are kept whole, several in one append.";
            [always] contents::recorders_are_kept_to_the_byte
                "Recorders are kept as given, up to the greatest length.";
            [always] contents::versions_are_kept
                "Versions from 0 to the greatest are kept.";
            [always] contents::times_are_kept
                "Times from the least to the greatest are kept to the microsecond.";
            [always] contents::times_do_not_order
                "Records whose times fall or are equal stand in the order appended.";
            [always] contents::identical_records_are_kept_twice
                "A record that equals another is another record, in one append or in two.";

            [always] conflicts::a_stale_handle_has_a_conflict
                "An append after a position behind the head is a conflict, even through the handle that moved it.";
            [always] conflicts::a_position_beyond_the_head_is_a_conflict
                "An append after a position that does not exist yet is a conflict.";
            [always] conflicts::a_conflict_names_both_positions
                "A conflict says which head was expected and which was found.";
            [always] conflicts::a_conflict_writes_nothing
                "After a conflict the journal is as before.";
            [always] conflicts::a_handle_goes_on_after_a_conflict
                "Whoever had a conflict reads on and appends after the head.";
            [always] conflicts::appending_nothing_answers_like_any_other
                "An append of no records writes nothing and succeeds at the head.";
            [always] conflicts::appending_nothing_elsewhere_is_a_conflict
                "An append of no records has a conflict away from the head.";

            [always] batches::a_long_batch_is_whole
                "An append of thousands of records is kept whole.";
            [always] batches::a_refused_batch_leaves_nothing
                "Of an append that is refused no record is kept, and none turns up later.";
            [always] batches::a_batch_is_seen_whole_while_reading
                "Who reads while another handle appends sees all of that append or none.";

            [always] reading::reading_begins_after_the_position
                "Reading gives the records after the position, whichever it is.";
            [always] reading::reading_at_or_beyond_the_head_gives_nothing
                "Reading from the head or beyond gives nothing and is no error.";
            [always] reading::a_break_stops
                "After a break no record is given.";
            [always] reading::reading_again_begins_anew
                "Reading again gives the same, after a break too.";
            [always] reading::reading_changes_nothing
                "After reading, the head is as before and an append succeeds there.";

            [always] reading::a_long_read_is_whole_from_wherever_it_begins
                "Reading many records gives each once, in order, from whichever position it begins.";

            [always] handles::another_handle_sees_what_was_appended
                "What one handle appended, every other reads, opened before or after.";
            [always] handles::the_head_follows_every_append
                "The head, through any handle, is that of the last append and does not fall.";
            [always] handles::handles_take_turns
                "Two handles that each know the head append in turns.";
            [always] handles::a_closed_handle_takes_nothing_along
                "What was appended through a handle stays when the handle is dropped.";

            [always] races::of_two_at_the_same_position_one_succeeds
                "Of two threads that append after the same position one succeeds, the other has a conflict.";
            [always] races::racing_handles_lose_and_double_nothing
                "Of threads that append until they succeed, every append is kept once, adjacent and in its order.";
            [always] races::readers_beside_a_writer_see_whole_batches
                "Reading beside a writer gives a prefix that ends between appends and does not shrink.";

            [several_ledgers] store::another_ledger_is_untouched
                "An append to one ledger leaves another as it is.";
            [several_ledgers] store::each_ledger_counts_for_itself
                "Each ledger has its positions, its head and its conflicts.";
            [durable] store::records_outlast_reopening
                "After reopening, every record is as it was.";
            [durable] store::appending_goes_on_after_reopening
                "After reopening, appends go on after the same head.";

            [cut_short] unknown::what_is_not_known_is_said_to_be_unknown
                "An append whose outcome is not told is unknown, neither done nor failed.";
            [cut_short] unknown::an_unknown_append_is_there_whole_or_not_at_all
                "After an unknown append every handle reads all of it, or none of it.";
            [cut_short] unknown::what_is_read_after_an_unknown_append_is_final
                "What was not there when it was read does not turn up later.";
            [cut_short] unknown::trying_again_from_the_tail_doubles_nothing
                "Whoever reads on and appends what is missing has every record once.";
        }
    };
}

macro_rules! capability {
    (always $fixture:ident) => {
        Capability::Claimed
    };
    (durable $fixture:ident) => {
        $fixture::DURABLE
    };
    (cut_short $fixture:ident) => {
        $fixture::CUT_SHORT
    };
    (several_ledgers $fixture:ident) => {
        $fixture::SEVERAL_LEDGERS
    };
}

macro_rules! list_of_rules {
    (($fixture:ident) $([$needs:ident] $module:ident::$name:ident $says:literal;)*) => {
        vec![$(Rule {
            name: stringify!($name),
            says: $says,
            capability: capability!($needs $fixture),
            check: $module::$name::<$fixture>,
        }),*]
    };
}

/// Every rule, for one fixture, those too that it declines.
pub fn rules<F: Fixture>() -> Vec<Rule> {
    for_each_journal_rule!([list_of_rules] F)
}

/// Makes a test of each rule that a journal keeps, for one [`Fixture`].
///
/// The tests carry the names of the rules. A rule whose capability is declined is a test too: it passes and writes the
/// reason to standard error.
///
/// [`conformance`](crate::conformance) has an example.
#[macro_export]
macro_rules! journal_conformance {
    ($fixture:ty) => {
        $crate::for_each_journal_rule! { [$crate::__journal_tests] $fixture }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __journal_tests {
    (($fixture:ty) $([$needs:ident] $module:ident::$name:ident $says:literal;)*) => {
        $(
            #[doc = $says]
            #[test]
            fn $name() -> Result<(), $crate::conformance::Violation> {
                $crate::conformance::prove::<$fixture>(stringify!($name))
            }
        )*
    };
}
