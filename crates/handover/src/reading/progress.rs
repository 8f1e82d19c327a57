//! The course of one unit through the steps of identification, as far as a reading reads it.

use alloc::vec::Vec;

use super::identification::IdentificationStatus;
use super::{Basis, Reading};
use crate::held::{EntryRow, part};
use crate::id::{EntryId, PersonRef};
use crate::identification::{Conclusion, IdentificationEntry, Rank, SentBackTo};
use crate::table::Idx;

/// The course of one unit as far as it was read.
#[derive(Default)]
pub(super) struct Course {
    lead: Option<PersonRef>,
    considered: Vec<(PersonRef, IdentificationStatus)>,
    /// The decision in force, its person, and whether it is examined again.
    pub(super) decided: Option<(Idx<EntryRow>, PersonRef, bool)>,
    revoked: bool,
}

impl Course {
    fn set(&mut self, person: PersonRef, status: Option<IdentificationStatus>) {
        self.considered.retain(|(other, _)| *other != person);
        let status = status.filter(|status| *status > IdentificationStatus::Presumptive);
        self.considered.extend(status.map(|status| (person, status)));
        if status.is_none() && self.lead == Some(person) {
            self.lead = None;
        }
    }

    pub(super) fn status(&self) -> (IdentificationStatus, Option<PersonRef>) {
        if let Some((_, person, again)) = self.decided {
            let status = if again {
                IdentificationStatus::UnderReexamination
            } else {
                IdentificationStatus::Identified
            };
            return (status, Some(person));
        }
        match (self.considered.iter().max_by_key(|(_, status)| *status), self.lead) {
            (Some((person, status)), _) => (*status, Some(*person)),
            (None, _) if self.revoked => (IdentificationStatus::Misidentified, None),
            (None, Some(person)) => (IdentificationStatus::Presumptive, Some(person)),
            (None, None) => (IdentificationStatus::Unidentified, None),
        }
    }
}

impl<B: Basis> Reading<'_, B> {
    /// Takes one step of the course of a unit; whether it is a step.
    pub(super) fn step(&self, course: &mut Course, entry: Idx<EntryRow>, what: &IdentificationEntry) -> bool {
        let at = |course: &mut Course, candidate: EntryId, status| {
            let told = self.state.entries.at(candidate).and_then(|row| self.state.identification(row));
            if let Some(IdentificationEntry::Candidate(candidacy)) = told.as_deref() {
                course.set(candidacy.person, Some(status));
            }
        };
        let candidate_of = |report: EntryId| {
            let told = self.state.identification(self.state.entries.at(report)?);
            part!(told, IdentificationEntry::Matched).map(|report| report.candidate)
        };
        match what {
            IdentificationEntry::Evidence(evidence)
                if evidence.conclusion == Conclusion::Consistent
                    && evidence.line.kind().rank() < Rank::Primary =>
            {
                course.lead = Some(evidence.person);
            }
            IdentificationEntry::Candidate(candidacy) => {
                course.set(candidacy.person, Some(IdentificationStatus::Candidate));
            }
            IdentificationEntry::Matched(report) => {
                at(course, report.candidate, IdentificationStatus::MatchReported);
            }
            IdentificationEntry::UnderReview(review) => {
                if let Some(candidate) = candidate_of(review.report) {
                    at(course, candidate, IdentificationStatus::UnderReview);
                }
            }
            IdentificationEntry::SentBack(back) => {
                let review = self.state.entries.at(back.review);
                let review = review.and_then(|review| self.state.identification(review));
                if let Some(IdentificationEntry::UnderReview(review)) = review.as_deref()
                    && let Some(candidate) = candidate_of(review.report)
                {
                    let status = match back.to {
                        SentBackTo::Candidate => IdentificationStatus::Candidate,
                        SentBackTo::Unidentified => IdentificationStatus::Unidentified,
                    };
                    at(course, candidate, status);
                }
            }
            IdentificationEntry::Excluded(exclusion) => course.set(exclusion.person, None),
            IdentificationEntry::Decided(decision) => {
                course.set(decision.person, None);
                course.decided = Some((entry, decision.person, false));
            }
            IdentificationEntry::Reexamined(_) | IdentificationEntry::Upheld(_) => {
                if let Some((_, _, again)) = &mut course.decided {
                    *again = matches!(what, IdentificationEntry::Reexamined(_));
                }
            }
            IdentificationEntry::Revoked(_) => {
                course.revoked |= course.decided.take().is_some();
            }
            _ => return false,
        }
        true
    }
}
