//! How entries about identification are held: the steps of the way to a decision in small rows, with what a decision rests on
//! beside it. Genetic evidence, with its samples and its ratio, is held as it was recorded.

use super::{
    BoardReview, Candidacy, Conclusion, Decision, Evidence, Exclusion, Grounds, IdentificationEntry, Line,
    LineKind, MatchReport, Occasion, Officer, Reexamination, Retraction, Revocation, RevocationCause,
    SentBack, SentBackTo, Upholding,
};
use crate::compact::{
    Compact, Few, FewRow, PriorRow, Rare, as_they_are, compact_choice, compact_entries, listed, shared,
};
use crate::held::EntryRow;
use crate::id::{EntryId, PersonRef, PolicyId, RecordRef, RemainsId};
use crate::identification::PolicyRow;
use crate::likelihood::{LikelihoodRatio, Prior};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

as_they_are!(Conclusion, LineKind, RevocationCause, SentBackTo);

/// An officer of an organ: many decisions have the same.
#[derive(Clone, Debug)]
pub(crate) struct OfficerRow {
    pub(crate) id: Officer,
}

shared! {
    Officer => OfficerRow in officers;
}

listed! {
    Officer in officer_lists;
}

compact_choice! {
    enum Line as LineTold {
        Fingerprints, Dental, ImplantSerial, Description, MedicalFinding, Effects, Documents, Tattoo, Tag, List,
        Uniform, Visual, SenderStatement;
    }

    enum Occasion as OccasionTold { FamilyContests, NewEvidence, Contradiction; PolicyCohort(PolicyId) }
}

/// What a decision rests on, beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroundsTold {
    policy: Idx<PolicyRow>,
    prior: Idx<PriorRow>,
    evidence: FewRow<Idx<EntryRow>>,
    analysts: FewRow<Idx<OfficerRow>>,
    reviewers: FewRow<Idx<OfficerRow>>,
}

impl Compact for Grounds {
    type Of = Self;
    type Row = Idx<GroundsTold>;

    fn hold(of: &Self, state: &mut State) -> Option<Self::Row> {
        let row = GroundsTold {
            policy: PolicyId::hold(&of.policy, state)?,
            prior: Prior::hold(&of.prior, state)?,
            evidence: Few::<EntryId>::hold(&of.evidence, state)?,
            analysts: Few::<Officer>::hold(&of.analysts, state)?,
            reviewers: Few::<Officer>::hold(&of.reviewers, state)?,
        };
        Some(state.grounds_told.add(row))
    }

    fn read(row: Self::Row, state: &State) -> Self {
        let row = *state.grounds_told.get(row);
        Self {
            policy: PolicyId::read(row.policy, state),
            prior: Prior::read(row.prior, state),
            evidence: Few::<EntryId>::read(row.evidence, state),
            analysts: Few::<Officer>::read(row.analysts, state),
            reviewers: Few::<Officer>::read(row.reviewers, state),
        }
    }
}

compact_entries! {
    /// What was told on the way to a decision and back.
    enum IdentificationEntry as ProcedureTold {
        Evidence(Evidence {
            units: Few<RemainsId>,
            person: PersonRef,
            line: Line,
            conclusion: Conclusion,
            ratio: Rare<Option<LikelihoodRatio>>,
            record: RecordRef,
            run: Option<RecordRef>,
            on: When,
        }) on,
        Excluded(Exclusion { unit: RemainsId, person: PersonRef, by: LineKind, record: RecordRef, on: When }) on,
        Retracted(Retraction { entry: EntryId, reason: Text }),
        Candidate(Candidacy {
            units: Few<RemainsId>,
            person: PersonRef,
            policy: PolicyId,
            evidence: Few<EntryId>,
            on: When,
        }) on,
        Matched(MatchReport {
            candidate: EntryId,
            policy: PolicyId,
            prior: Prior,
            evidence: Few<EntryId>,
            report: RecordRef,
            on: When,
        }) on,
        UnderReview(BoardReview { report: EntryId, on: When }) on,
        SentBack(SentBack { review: EntryId, to: SentBackTo, reason: Option<Text>, on: When }) on,
        Decided(Decision { units: Few<RemainsId>, person: PersonRef, grounds: Grounds, on: When }) on,
        Reexamined(Reexamination { decision: EntryId, occasion: Occasion, on: When }) on,
        Upheld(Upholding { decision: EntryId, grounds: Grounds, on: When }) on,
        Revoked(Revocation { decision: EntryId, cause: RevocationCause, note: Option<Text>, on: When }) on,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::house::{House, the};
    use crate::quantity::Unit;
    use crate::reading::IdentificationStatus;
    use crate::reciprocity::Accrual;

    /// Four units stand in a row with their decision; five are more than a row has.
    #[test]
    fn a_decision_that_is_held_in_full_stands_as_one_in_a_row() {
        for (number, in_a_row) in [(4, true), (5, false)] {
            let mut house = House::new(Unit::SetOfRemains, Accrual::Passage);
            let units: Vec<&str> = ["a", "b", "c", "d", "e"].into_iter().take(number).collect();
            for unit in &units {
                house.unit(unit, "batch");
            }
            house.person("x");
            let decided = house.decide(&units, "x", 1);
            let state = &house.ledger.state;
            let entry = state.entries.at(decided).unwrap();
            assert_eq!(state.row::<ProcedureTold>(entry).is_some(), in_a_row);
            assert_eq!(state.grounds(entry).map(|grounds| grounds.policy), Some(the("policy")));
            let identified = |house: &House, unit: &str| house.to("south").identification(the(unit)).unwrap();
            for unit in &units {
                let view = identified(&house, unit);
                assert_eq!(view.status, IdentificationStatus::Identified);
                assert_eq!((view.person, view.decision), (Some(the("x")), Some(decided)));
            }
            house.revoke("a", 2);
            for unit in &units {
                assert_ne!(identified(&house, unit).status, IdentificationStatus::Identified);
            }
            let revoked = house.to("south").revoked_decisions();
            let told: Vec<_> =
                revoked.iter().map(|it| (it.decision.units.len(), it.family_unknown_of.len())).collect();
            assert_eq!(told, [(number, number)]);
            house.check();
        }
    }
}
