//! Which entries about agreements certainly cannot stand.

use super::record::{Act, AgreementRow, Resolved};
use super::{AgreementEntry, AgreementRefusal};
use crate::id::OrganId;
use crate::neighbour::is_before;
use crate::party::{PartyRow, Side};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(row) => {
            for (at, party) in row.parties.iter().enumerate() {
                if row.parties.iter().take(at).any(|earlier| earlier == party) {
                    return Err(AgreementRefusal::PartyTwice(state.parties.get(*party).id).into());
                }
            }
            if row.parties.len() < 2 {
                return Err(AgreementRefusal::TooFewParties(row.parties.len()).into());
            }
            Ok(())
        }
        Resolved::Milestone { row, requires } => {
            for required in requires {
                let other = state.milestones.get(*required);
                if other.agreement != row.agreement {
                    return Err(AgreementRefusal::MilestoneOfAnother(other.id).into());
                }
                if let (Some(found), Some(on)) = (row.on, other.on)
                    && is_before(found, on)
                {
                    return Err(AgreementRefusal::BeforeItsCondition { condition: other.id, found }.into());
                }
            }
            Ok(())
        }
        Resolved::Act { agreement, act } => Ok(judge_act(state, *agreement, act)?),
    }
}

fn judge_act(state: &State, agreement: Idx<AgreementRow>, act: &Act) -> Result<(), AgreementRefusal> {
    let row = state.agreements.get(agreement);
    match act {
        Act::Amended { version, consented, duties } => {
            let expected = row.version.saturating_add(1);
            if *version != expected || *version == row.version {
                return Err(AgreementRefusal::NotTheNextVersion { expected, found: *version });
            }
            consent(state, row, consented)?;
            match duties.first() {
                Some(duty) => Err(AgreementRefusal::BelowBaseline(*duty)),
                None => Ok(()),
            }
        }
        Act::Met => Ok(()),
        Act::Proposed { by, of, in_reply_to } => {
            let may = state.side(*by).is_some_and(|side| {
                side == Side::Neutral || row.parties.iter().any(|party| side == Side::Party(*party))
            });
            if !may {
                return Err(AgreementRefusal::NotAtTheTable(*by));
            }
            for obligation in of {
                let under = state.obligations.at(*obligation).and_then(|at| state.obligations.get(at).under);
                if under != Some(agreement) {
                    return Err(AgreementRefusal::RestsOnAnother(*obligation));
                }
            }
            let Some(earlier) = in_reply_to else { return Ok(()) };
            let proposed = state.entries.at(*earlier).and_then(|entry| state.agreement_entry(entry));
            match proposed {
                Some(AgreementEntry::Proposed(proposal)) if proposal.agreement == row.id => Ok(()),
                _ => Err(AgreementRefusal::NoProposal(*earlier)),
            }
        }
        Act::Answered { by, proposal } => {
            let side = state.side(*by);
            if !row.parties.iter().any(|party| side == Some(Side::Party(*party))) {
                return Err(AgreementRefusal::NotAtTheTable(*by));
            }
            let proposer = state.entries.at(*proposal).map(|entry| state.organ_of_entry(entry));
            if proposer.map(|organ| state.organs.get(organ).side) == side {
                return Err(AgreementRefusal::OwnProposal(*proposal));
            }
            Ok(())
        }
        Act::Mandated { organ, consented } => {
            let organ = state.organs.get(*organ);
            if organ.side != Side::Neutral {
                return Err(AgreementRefusal::NotNeutral(organ.id));
            }
            consent(state, row, consented)
        }
        Act::Extended { until, consented } => {
            let before = state.acts_of_agreement(agreement).find_map(|(_, act)| match act {
                AgreementEntry::Extended(extension) => Some(extension.until),
                _ => None,
            });
            if let Some(before) = before
                && is_before(*until, before)
            {
                return Err(AgreementRefusal::NotLonger { before, found: *until });
            }
            consent(state, row, consented)
        }
        Act::Residual(obligation) => {
            let obligation = state.obligations.get(*obligation);
            if obligation.under == Some(agreement) {
                Ok(())
            } else {
                Err(AgreementRefusal::RestsOnAnother(obligation.id))
            }
        }
        Act::Superseded { by, consented } => {
            if *by == agreement {
                return Err(AgreementRefusal::ByItself(row.id));
            }
            consent(state, row, consented)
        }
    }
}

fn consent(state: &State, row: &AgreementRow, consented: &[Idx<PartyRow>]) -> Result<(), AgreementRefusal> {
    match row.parties.iter().find(|party| !consented.contains(party)) {
        Some(missing) => Err(AgreementRefusal::NoConsent(state.parties.get(*missing).id)),
        None => Ok(()),
    }
}

impl State {
    fn side(&self, organ: OrganId) -> Option<Side> {
        self.organs.at(organ).map(|organ| self.organs.get(organ).side)
    }
}
