//! What someone means to record of what is done by hand.

/// An intent: what someone means to record. Numbers name places among what there is, each taken modulo how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A container is registered with an organ.
    Register {
        /// The custodian.
        by: u8,
    },
    /// A transfer of a container is introduced.
    Transfer {
        /// The container.
        bag: u8,
        /// Who gives.
        from: u8,
        /// Who receives.
        to: u8,
    },
    /// An end of a transfer is told.
    Tell {
        /// The transfer.
        transfer: u8,
        /// Whether it is the receiving end.
        receipt: bool,
        /// Who tells it: the custodian at that end, or another organ.
        teller: u8,
        /// The day.
        day: u8,
    },
    /// An end that was told is corrected.
    Correct {
        /// The end.
        end: u8,
        /// Who corrects it: whoever told it, or another organ.
        teller: u8,
        /// The day.
        day: u8,
    },
    /// A container is assigned to a batch.
    Assign {
        /// The container.
        bag: u8,
        /// The batch.
        batch: u8,
        /// Since when: a day, or none.
        since: u8,
        /// Who says so.
        by: u8,
    },
    /// A batch is said to have no other container.
    Complete {
        /// The batch.
        batch: u8,
        /// Who says so.
        by: u8,
    },
    /// What was told of a batch and its containers is taken back.
    Unassign {
        /// What was told.
        which: u8,
        /// Who takes it back: whoever told it, or another organ.
        by: u8,
    },
    /// A container is opened.
    Open {
        /// The container.
        bag: u8,
        /// How many units are found.
        found: u8,
    },
    /// More is found in a container that was opened.
    Further {
        /// The container.
        bag: u8,
        /// How many units are found.
        found: u8,
    },
    /// A unit is divided.
    Divide {
        /// The unit.
        unit: u8,
        /// Into how many.
        into: u8,
    },
    /// Two units are united.
    Unite {
        /// The one.
        one: u8,
        /// The other.
        other: u8,
    },
    /// A division or union is reversed.
    Undo {
        /// The division or union.
        act: u8,
        /// By whom: whoever recorded it, or another organ.
        by: u8,
    },
    /// A laboratory reports a comparison of a unit with a person.
    Compare {
        /// The unit.
        unit: u8,
        /// The person.
        person: u8,
    },
    /// A step towards a decision on a comparison.
    Advance {
        /// The comparison.
        case: u8,
        /// The step: a candidate, a match report, a review, a decision; or the one that is next.
        step: u8,
        /// By whom: the board, or another organ.
        by: u8,
    },
    /// Something is done with a decision.
    Reconsider {
        /// The decision.
        decision: u8,
        /// What: it is re-examined, upheld or revoked; or what is next.
        step: u8,
        /// By whom: the board, or another organ.
        by: u8,
    },
    /// A person is nominated for the list, or offered beside it.
    Nominate {
        /// The person.
        person: u8,
        /// By whom.
        by: u8,
        /// Whether the person is offered beside the list.
        beside: bool,
    },
    /// Something happens to someone on the list.
    Happen {
        /// The entry of the list.
        nomination: u8,
        /// What: of a multiple of three the third is its place in [`Step::ALL`](super::Step::ALL); else what is next.
        step: u8,
        /// By whom: mostly by whose part it is.
        by: u8,
    },
    /// Two references are said to be one person.
    Same {
        /// The one.
        one: u8,
        /// The other.
        other: u8,
        /// By whom.
        by: u8,
    },
    /// They are not.
    Other {
        /// Which said so.
        same: u8,
        /// By whom: who said so, or another.
        by: u8,
    },
    /// An organ says what has become of a person.
    Account {
        /// The person.
        person: u8,
        /// What: its place among [`statuses`](super::statuses).
        status: u8,
        /// By whom.
        by: u8,
    },
    /// Something is done with an obligation otherwise than by performing it.
    Act {
        /// What: set off, put off, given up, discharged, closed, taken up again, or reversed.
        act: u8,
        /// The obligation.
        of: u8,
        /// Another obligation, where there is one.
        to: u8,
        /// By whom, with whose consent, and how many.
        more: u8,
    },
    /// It is said what an obligation is owed in return for, or that it cannot be performed.
    Term {
        /// What: a ratio, as reciprocity or as terms; a pace, another's or in words; how far that has come; inability.
        term: u8,
        /// The obligation.
        of: u8,
        /// The other.
        to: u8,
        /// By whom, when it accrues, and how many.
        more: u8,
    },
    /// Something is shared with an audience.
    Share {
        /// Of whom, or the list.
        of: u8,
        /// With whom.
        with: u8,
        /// By whom, how much, for what and by what right.
        more: u8,
    },
    /// Something is withheld from an audience.
    Withhold {
        /// Of whom, or the list.
        of: u8,
        /// From whom.
        from: u8,
        /// By whom, and why.
        more: u8,
    },
    /// What was shared, withheld or consented to is at an end.
    End {
        /// Which.
        which: u8,
        /// By whom.
        more: u8,
    },
    /// A person consents.
    Consent {
        /// The person.
        person: u8,
        /// To which audience.
        to: u8,
        /// Before whom, and to nothing once in so many.
        more: u8,
    },
    /// A rule for small numbers, or what is done with a person's file.
    File {
        /// What: a rule for small numbers; the file is restricted, or destroyed.
        act: u8,
        /// The person.
        person: u8,
        /// By whom, and the rule.
        more: u8,
    },
    /// A version of the list is submitted.
    Submit {
        /// By whom.
        by: u8,
        /// Whom it leaves out, one bit each.
        without: u8,
        /// By how much its number is beyond the next one.
        skips: u8,
    },
    /// Something is done with a version.
    List {
        /// What: it is verified, answered, accepted, frozen, carried out or reconciled.
        step: u8,
        /// The version, the latest the first.
        version: u8,
        /// By whom.
        by: u8,
    },
}
