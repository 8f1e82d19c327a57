//! What must be true of every ledger, callable on any.
//!
//! Each [`Invariant`] has its number in the rule book, its source and a check that recounts from the entries what the
//! ledger derives. A harness runs [`ALL`] after every step; the command runs it on every dossier. Those that a type
//! makes impossible to break are checked all the same where a ledger could hold the contrary.

mod balance;
mod claims;
mod contradictions;
#[cfg(test)]
mod corrupted;
mod costs;
mod counts;
mod custody;
mod disclosure;
mod family;
mod identification;
mod law;
mod prisoner;
mod remains;
#[cfg(test)]
mod tests;

use alloc::string::String;
use core::fmt;

use crate::ledger::Ledger;

/// A rule of the field that holds on every ledger.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// Its number in the rule book.
    pub number: u8,
    /// The rule in one sentence.
    pub name: &'static str,
    /// Where it comes from: a convention article, a rule of customary law, a practice.
    pub source: &'static str,
    check: fn(&Ledger) -> Result<(), String>,
}

impl Invariant {
    /// Checks the rule on a ledger.
    ///
    /// # Errors
    /// The ledger breaks the rule; the violation says where.
    pub fn check(&self, ledger: &Ledger) -> Result<(), Violation> {
        (self.check)(ledger).map_err(|found| Violation { number: self.number, name: self.name, found })
    }
}

/// A rule that a ledger breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The number of the invariant.
    pub number: u8,
    /// The rule.
    pub name: &'static str,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant {}: expected that {}, found {}", self.number, self.name, self.found)
    }
}

impl core::error::Error for Violation {}

fn nothing_is_netted(ledger: &Ledger) -> Result<(), String> {
    balance::nothing_is_netted_in_silence(ledger)?;
    prisoner::unilateral_is_not_netted(ledger)
}

macro_rules! invariants {
    ($($number:literal $check:path, $source:literal, $name:literal;)*) => {
        /// Every invariant that can be checked on a ledger, by number.
        ///
        /// ```
        /// use handover::{invariant, ledger::Ledger};
        ///
        /// let ledger = Ledger::new();
        /// for rule in invariant::ALL {
        ///     rule.check(&ledger)?;
        /// }
        /// # Ok::<(), invariant::Violation>(())
        /// ```
        pub const ALL: &[Invariant] = &[
            $(Invariant { number: $number, name: $name, source: $source, check: $check },)*
        ];
    };
}

invariants! {
    1 law::no_baseline_duty_lapses, "customary IHL rule 140; VCLT 60(5)",
        "no computed state says that a baseline duty has lapsed because the other side did not perform";
    2 law::suspensions_are_flagged, "customary IHL rule 140",
        "a suspension or an amendment that touches a baseline duty is kept as a claim, flagged, and changes no duty";
    3 law::common_terms_are_compatible, "practice: Istanbul 2025",
        "a term is common only if every party states it and some total is acceptable to all";
    4 law::versions_increase_by_one, "B1",
        "an amendment increments the version and keeps every earlier one";
    5 law::completion_is_declared, "B1; practice: Korea 1954",
        "an agreement is complete only by the declaration of every party or of a neutral, and carries open discrepancies";
    6 law::what_passed_stands, "VCLT 70(1)(b); B1",
        "what passed stands whatever is said of the agreement";
    7 law::pledges_have_no_counterpart, "practice: Istanbul 2025",
        "every obligation names a basis, and a unilateral pledge has no reciprocal link";
    8 balance::classes_stay_apart, "practice: Istanbul 2025",
        "the deceased, prisoners of war and civilians are different classes, and none performs an obligation on another";
    9 costs::disputes_block_nothing, "GC III 118",
        "a dispute of costs stands in the way of nothing: whatever is read is the same without it";
    10 counts::units_are_not_mixed, "docs/rules.md a3",
        "only counts in one unit are compared or added";
    11 counts::credited_is_at_most_passed, "B2",
        "no more is credited than can have passed, and over-performance keeps its sign";
    12 counts::state_is_the_sum_of_entries, "B2; docs/rules.md c",
        "the state is what the entries make it, and an entry is reversed at most once by one that names it";
    13 family::one_credit_a_person, "docs/rules.md a3; practice: Gaza 2025",
        "a person yields one credit for an obligation, however many units, containers, batches or years";
    14 family::one_obligation_a_unit, "docs/rules.md a3",
        "a unit is credited to one obligation unless both parties agreed a set-off";
    15 remains::individuals_are_bounded, "docs/rules.md a3",
        "there are at least as many individuals as the most repeated element, at least one, and at most one for each human unit";
    16 counts::ratios_use_their_class, "practice: Gaza 2025",
        "an entitlement counts performance of the term's class at the term's moment";
    17 counts::totals_never_enter_sums, "docs/rules.md a3",
        "no sum rests on a published total";
    18 counts::no_number_no_remainder, "B2",
        "an obligation without a number has nothing outstanding";
    19 counts::times_are_kept_apart, "docs/rules.md c",
        "the time of an event, of an utterance and of publication are separate";
    20 custody::one_custodian, "B4",
        "every container is with one custodian or in one open transfer, or it is said between whom, and each break of its chain is marked";
    21 custody::codes_are_permanent, "B4; INTERPOL DVI guide, annexure 4",
        "a code is never used again, and the numbers of others lead to what they stand on";
    22 remains::descent_is_conserved, "B4; INTERPOL DVI guide",
        "a container is in one batch at most, every unit leads back to a container or a stated provenance, and what was divided or united is in what was made of it";
    23 counts::both_ends_are_kept, "B4; INTERPOL DVI guide, annexure 4",
        "each side tells its own end, its counts are kept, and none overwrites another";
    24 counts::receipt_implies_nothing, "B4; practice: Ukraine 2025",
        "no count says whose the remains are";
    25 custody::witnesses_only_attest, "B4; practice: Ukraine 2025",
        "a witness of a transfer takes no custody in it";
    26 remains::effects_keep_their_code, "GC I 16 and 17",
        "effects stay under their code and are forwarded in a sealed packet with an inventory";
    27 remains::discs_stay_with_remains, "GC I 16 and 17",
        "a single disc and one half of a double one stay with the remains, and what moves otherwise is marked";
    28 custody::incidents_take_nothing_back, "B4",
        "an incident is an event and takes no state back";
    29 remains::association_is_decided, "B5; practice: commingled remains",
        "every piece has its own code, and association is a decision for a reason";
    30 identification::presumptive_evidence_never_identifies, "INTERPOL DVI guide",
        "presumptive evidence alone never identifies, unless the policy allows a documented combination";
    31 identification::decisions_are_complete, "B5, axis 3",
        "a decision has evidence on its units and person, a policy, a prior, an independent review and a competent authority";
    32 identification::a_match_decides_nothing, "B5, axis 3",
        "a match report changes no status by itself";
    33 identification::one_decision_is_in_force, "B5, axis 3",
        "at most one identification of a unit is in force";
    34 contradictions::contradictions_are_resolved, "B5, axis 3; practice: Ukraine 2026",
        "nothing is decided against a contradiction that is not resolved in writing by who may decide";
    35 identification::nothing_is_deleted, "B5, axis 3",
        "a revocation marks and deletes nothing, and a decision is revoked once";
    36 identification::policies_stay, "practice: Ukraine 2026",
        "a policy is superseded once, and every version stays";
    37 family::nothing_without_a_sample, "GC I 17; B5",
        "no burial for a time, release or cremation without a retained sample or the record that none can be, and no cremation of the unidentified without a legal ground";
    38 remains::comparison_is_due_again, "B5",
        "comparison is due again whenever references or profiles are added";
    40 family::their_own_are_returned, "B5; practice: Ukraine 2025",
        "remains of the sender's own side are to be returned to it and are no return of the receiver's dead";
    41 identification::exclusions_persist, "INTERPOL DVI guide",
        "exclusions persist: no decision is made on a unit that is excluded";
    42 family::closed_by_a_criterion, "practice: mass fatality guidance",
        "a case is closed by a declared criterion";
    43 prisoner::nobody_against_their_will, "GC III 109",
        "the wounded and sick are transferred during hostilities only with a recorded, uncoerced will, or it is said that it was without";
    44 prisoner::categories_at_their_date, "practice: Istanbul 2025",
        "a category is evaluated at its reference date";
    45 prisoner::the_unfit_stay_on_the_list, "GC III 109; practice: Nagorno-Karabakh",
        "whoever is not fit to travel is deferred and never dropped";
    46 prisoner::held_back_by_a_court, "GC III 115 and 119",
        "a disciplinary punishment holds nobody back, and the names of those held back are communicated or marked";
    47 prisoner::one_open_entry, "practice: Ukraine 2024",
        "a person is in one open entry of a holder and on one frozen list at most, and who was exchanged is rejected";
    48 prisoner::frozen_by_both, "B7; practice: Yemen 2018",
        "a frozen list is a version that both sides accepted, and whoever is handed over is on it or was accepted beside it";
    49 prisoner::both_sides_count, "B7",
        "the count of persons handed over in a leg is kept by both sides";
    50 prisoner::service_is_restricted, "GC III 117",
        "whoever was repatriated under GC III 109 to 117 is marked as not to be employed on active service";
    51 nothing_is_netted, "GC III 109; practice: Ukraine 2023",
        "unilateral repatriation is not netted against exchange parity, and a set-off has the consent of debtor and creditor";
    52 claims::only_their_speaker_corrects, "B8",
        "claims are immutable: only their own speaker corrects or withdraws them";
    53 claims::confirmation_needs_every_party, "B8",
        "what is confirmed by all is said by an organ of every party, and a repetition confirms nothing";
    54 claims::silence_is_not_nought, "B8",
        "silence, undisclosed, withheld and unknown leave every number possible";
    55 claims::precedence_is_within_a_party, "docs/rules.md c",
        "precedence exists only among the organs of one party";
    56 claims::figures_can_be_traced, "docs/rules.md c",
        "every figure names the entries it rests on and is the same when it is derived again";
    57 claims::intent_is_alleged, "docs/rules.md c",
        "intent is an allegation with a speaker and a target, never an attribute";
    59 disclosure::persons_are_shown_by_right, "B9; GC III 13; docs/rules.md d3",
        "a person is shown only by right, and to the public only after the family was told or by the person's own consent";
    60 disclosure::small_numbers_are_hidden, "docs/rules.md d3",
        "no small number is published, and what is shown instead holds it";
    61 disclosure::what_is_erased_is_gone, "ICRC data protection handbook; docs/rules.md d3",
        "what was erased is shown and used no more, and nobody who must be accounted for is erased";
    63 disclosure::nothing_is_withheld_from_a_neutral, "GC IV 137",
        "nothing is withheld from a neutral organ";
}
