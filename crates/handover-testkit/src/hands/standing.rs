//! How each person on the list stands, and who may be handed over (B7), when everyone's word is heard.

use handover::prisoner::Manner;
use handover::reading::EntryStatus;

use super::{Hands, Nominee, Step};

impl Nominee {
    fn end(&self) -> Option<EntryStatus> {
        let (step, by) = self.told.iter().rev().find(|(step, _)| step.ends() || *step == Step::Reconciled)?;
        Some(match step {
            Step::Reconciled => EntryStatus::Reconciled,
            Step::HandedOver => EntryStatus::HandedOver(Manner::Exchanged),
            Step::Unwilling => EntryStatus::HandedOver(Manner::Unwilling),
            Step::Unilateral => EntryStatus::HandedOver(Manner::Unilateral),
            Step::Refused if *by == 0 => EntryStatus::RefusedByHolder,
            Step::Refused => EntryStatus::RefusedByReceiver,
            Step::Withdrawn => EntryStatus::Withdrawn,
            Step::Died => EntryStatus::Died,
            Step::Escaped => EntryStatus::Escaped,
            _ => EntryStatus::Released,
        })
    }

    /// Whether the holder says that it holds the person: one whom it nominated is held if it says nothing else.
    fn is_held(&self) -> bool {
        self.last(Step::answers).map_or(self.by_holder, |answer| answer == Step::Held)
    }

    fn is_held_back(&self) -> bool {
        let since = self.told.iter().rposition(|(step, _)| matches!(step, Step::HeldBack | Step::Lifted));
        since.is_some_and(|since| {
            let after = &self.told[since..];
            after[0].0 == Step::HeldBack && after.iter().all(|(step, _)| *step != Step::Consents)
        })
    }

    fn declines(&self) -> bool {
        self.last(Step::is_will) == Some(Step::Declines)
    }

    fn is_willing(&self) -> bool {
        match self.last(Step::is_will) {
            Some(Step::Goes) => true,
            Some(Step::GoesUnverified) => !self.has(Step::Wounded),
            _ => false,
        }
    }

    fn is_young(&self) -> bool {
        self.last(|step| matches!(step, Step::Young | Step::NotYoung)) == Some(Step::Young)
    }

    fn is_evaluated(&self) -> bool {
        self.has(Step::Wounded) || self.has(Step::Young) || self.has(Step::NotYoung)
    }

    fn is_in_a_category(&self) -> bool {
        self.has(Step::Wounded) || self.is_young()
    }

    fn can_travel(&self) -> bool {
        match self.last(|step| matches!(step, Step::Fit | Step::Unfit)) {
            Some(step) => step == Step::Fit,
            None => !self.has(Step::Wounded),
        }
    }

    fn is_clear(&self) -> bool {
        self.is_held()
            && self.is_in_a_category()
            && !self.is_held_back()
            && self.is_willing()
            && self.can_travel()
    }
}

impl Hands {
    /// How an entry of the list stands.
    pub fn status(&self, at: usize) -> EntryStatus {
        let nominee = &self.nominated[at];
        if let Some(end) = nominee.end() {
            return end;
        }
        if nominee.declines() && nominee.has(Step::NeutralCustody) {
            return EntryStatus::NeutralCustody;
        }
        match nominee.last(Step::answers) {
            Some(Step::NotHeld) => return EntryStatus::DeniedHolding,
            Some(Step::SaidDead) => return EntryStatus::SaidDead,
            Some(Step::SaidExchanged) => return EntryStatus::AlreadyExchanged,
            Some(Step::SaidCivilian) => return EntryStatus::Recategorise,
            _ => {}
        }
        if nominee.declines() {
            return EntryStatus::Declined;
        }
        if nominee.is_deferred() {
            return EntryStatus::Deferred;
        }
        if nominee.is_held_back() {
            return EntryStatus::HeldBack;
        }
        let moved = |step| {
            matches!(
                step,
                Step::Assembled | Step::AtVenue | Step::Verified | Step::PassedOff | Step::AcceptedUnlisted
            )
        };
        match nominee.last(moved) {
            Some(Step::Assembled) => EntryStatus::Assembled,
            Some(Step::AtVenue) => EntryStatus::AtVenue,
            Some(Step::Verified | Step::PassedOff) => EntryStatus::Verified,
            Some(_) => EntryStatus::AcceptedUnlisted,
            None if nominee.substitute => EntryStatus::Offered,
            None if self.is_frozen(at) => EntryStatus::Agreed,
            None if nominee.is_clear() => EntryStatus::Cleared,
            None if !nominee.is_held() => EntryStatus::Nominated,
            None if !nominee.is_evaluated() => EntryStatus::HeldConfirmed,
            None if !nominee.is_in_a_category() => EntryStatus::NotEligible,
            None => EntryStatus::Eligible,
        }
    }

    /// Whether the person may be handed over now.
    pub fn may_go(&self, at: usize) -> bool {
        let nominee = &self.nominated[at];
        let agreed =
            if nominee.substitute { nominee.has(Step::AcceptedUnlisted) } else { self.is_frozen(at) };
        nominee.end().is_none() && nominee.is_clear() && agreed
    }

    /// How many are handed over in the leg of the list by the word of one side, and how many by the other's.
    pub fn handed_over(&self) -> [u64; 2] {
        let told_by = |home: bool| {
            let by = |nominee: &&Nominee| {
                nominee
                    .told
                    .iter()
                    .any(|(step, by)| step.hands_over() && *step != Step::Unilateral && (*by != 0) == home)
            };
            self.nominated.iter().filter(by).count() as u64
        };
        [told_by(false), told_by(true)]
    }
}
