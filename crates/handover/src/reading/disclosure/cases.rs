//! Cases, for an audience: persons and units of remains, one by one.

use alloc::vec::Vec;

use super::gate::Reason;
use super::{Disclosed, ForAudience, NotDisclosed};
use crate::disclosure::Audience;
use crate::id::{BatchId, OrganId, PartyId, PersonRef, RemainsId};
use crate::person::PersonRow;
use crate::person::PersonStatus;
use crate::reading::{Basis, IdentificationStatus, Progress};
use crate::remains::UnitRow;
use crate::table::Idx;
use crate::when::When;

/// What one party says has become of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StatusShown {
    /// The party.
    pub party: PartyId,
    /// What it says.
    pub status: PersonStatus,
    /// As of when.
    pub as_of: When,
}

/// A unit of remains. A laboratory that works blind sees no batch and no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct RemainsShown {
    /// Its code.
    pub unit: RemainsId,
    /// How far it has certainly come in the laboratory.
    pub progress: Progress,
    /// The batch in which it came.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub batch: Option<BatchId>,
    /// How far it has come with whose it is.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub identification: Option<IdentificationStatus>,
    /// Whose it is by the decision in force, if the audience may be shown that person.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub person: Option<PersonRef>,
}

/// A person's case. Who it is stands in a store of its own, which opens to those who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct CaseShown {
    /// The person.
    pub person: PersonRef,
    /// What each party says, beside each other.
    pub parties: Vec<StatusShown>,
    /// The authorities by whose decision in force remains are the person's.
    pub identified_by: Vec<OrganId>,
    /// These remains; none for the public.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub remains: Vec<RemainsShown>,
}

impl<B: Basis> ForAudience<'_, B> {
    /// A unit of remains.
    ///
    /// # Errors
    /// It is not recorded, withheld, not for such an audience, or not shared.
    pub fn unit(&self, unit: RemainsId) -> Result<Disclosed<RemainsShown>, NotDisclosed> {
        let at = self.reading.state.units.find(unit)?;
        self.may_see_unit(at)?;
        Ok(self.made(self.remains_shown(at)?))
    }

    /// Every unit of remains that the audience may be shown, in the order of recording.
    pub fn units(&self) -> impl Iterator<Item = Disclosed<RemainsShown>> {
        self.reading.state.units.places().filter_map(|(_, row)| self.unit(row.id).ok())
    }

    /// A person's case (invariant 59). The public is shown one only where the family was told or the person consented, no
    /// embargo stands, and an authority shared it by a right that holds.
    ///
    /// # Errors
    /// It is not recorded, or any of this is missing.
    pub fn person(&self, person: PersonRef) -> Result<Disclosed<CaseShown>, NotDisclosed> {
        let at = self.reading.state.persons.find(person)?;
        if let Audience::Family(of) = self.audience {
            let own = self.reading.state.persons.find(of)?;
            if !self.reading.same_as(own).contains(&at) {
                return Err(NotDisclosed { because: Vec::from([Reason::NotForThisAudience]) });
            }
        }
        self.may_see_person(at)?;
        Ok(self.made(self.case_shown(at)?))
    }

    /// Every person whose case the audience may be shown, in the order of recording.
    pub fn persons(&self) -> impl Iterator<Item = Disclosed<CaseShown>> {
        self.reading.state.persons.places().filter_map(|(_, row)| self.person(row.id).ok())
    }

    fn case_shown(&self, at: Idx<PersonRow>) -> Result<CaseShown, NotDisclosed> {
        let reading = self.anyone();
        let person = reading.state.persons.get(at).id;
        let told = reading.accounting(person)?.parties.into_iter();
        let parties = told
            .map(|told| StatusShown { party: told.party, status: told.status, as_of: told.as_of })
            .collect();
        let (mut identified_by, mut remains) = (Vec::new(), Vec::new());
        for unit in reading.state.units_of_person(at) {
            let Some(decision) = reading.decision_on(unit) else { continue };
            let decision = reading.state.decisions.get(decision);
            if decision.person != at {
                continue;
            }
            let organ = reading.state.organ_of_entry(decision.entry);
            let organ = reading.state.organs.get(organ).id;
            if !identified_by.contains(&organ) {
                identified_by.push(organ);
            }
            if self.audience != Audience::Public {
                remains.push(self.remains_shown(unit)?);
            }
        }
        Ok(CaseShown { person, parties, identified_by, remains })
    }

    fn remains_shown(&self, at: Idx<UnitRow>) -> Result<RemainsShown, NotDisclosed> {
        let reading = self.anyone();
        let unit = reading.state.units.get(at).id;
        let progress = reading.unit(unit)?.progress;
        if matches!(self.audience, Audience::Laboratory(_)) {
            return Ok(RemainsShown { unit, progress, batch: None, identification: None, person: None });
        }
        let batch = reading.batch_of_unit(at).map(|batch| reading.state.batches.get(batch).id);
        let person = reading.person_decided(at).filter(|person| self.may_see_person(*person).is_ok());
        Ok(RemainsShown {
            unit,
            progress,
            batch,
            identification: Some(reading.identification(unit)?.status),
            person: person.map(|person| reading.state.persons.get(person).id),
        })
    }
}
