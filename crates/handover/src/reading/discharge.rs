//! What was done with an obligation otherwise than by performing it, and what is claimed of its debtor's inability (B2).

use alloc::vec::Vec;

use super::said::Said;
use super::sum::Counted;
use super::word::Told;
use super::{Basis, Reading};
use crate::claim::{PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{EntryId, ObligationId};
use crate::obligation::{
    ActKind, ActRow, Allocation, BalanceClosing, Basis as LegalBasis, Deferral, Discharge, Duty, Kept,
    Matter, ObligationEntry, ObligationRow, Reopening, Waiver,
};
use crate::party::Side;
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::text::Text;

/// Something that was done with an obligation.
#[derive(Clone, Debug, PartialEq)]
pub struct ActView<T> {
    /// The entry that records it.
    pub entry: EntryId,
    /// What was done.
    pub act: T,
    /// Whether it holds at the moment that is asked about: certainly, or perhaps.
    pub holds: Counted,
}

impl<T> ActView<T> {
    fn number(&self, number: u64) -> Span {
        let exactly = Span::exactly(number);
        if self.holds == Counted::Yes { exactly } else { exactly.hull(Span::ZERO) }
    }
}

/// A waiver and what it does not reach.
#[derive(Clone, Debug, PartialEq)]
pub struct WaiverView {
    /// The waiver.
    pub waiver: ActView<Waiver>,
    /// The duties of the law that it reaches for: each stays as it is (invariants 1 and 2).
    pub non_suspendable: Vec<Duty>,
    /// What else it reaches for that is not a party's to give up.
    pub kept: Vec<Kept>,
    /// Whether it has any effect: not on an obligation that is a duty of the law.
    pub is_effective: bool,
}

/// Someone says that the debtor cannot hand over so many. What is owed stays owed.
#[derive(Clone, Debug, PartialEq)]
pub struct InabilityView {
    /// Who says so.
    pub by: Said,
    /// How many.
    pub told: Told<Span>,
    /// In what unit.
    pub unit: Unit,
    /// Why.
    pub reason: Text,
    /// Whether this reading believes the speaker alone.
    pub is_believed: bool,
    /// What is owed because of it besides: to search, and to inform.
    pub owed_besides: Vec<Duty>,
}

/// What was done with an obligation otherwise than by performing it; only what holds, or may hold, by then.
///
/// Source: B2; `docs/rules.md` a3. Acts that debtor and creditor agreed, a waiver by the creditor and a discharge that the
/// creditor or a neutral records hold in every reading; a discharge that only the debtor records, in those that believe it.
#[derive(Clone, Debug, PartialEq)]
pub struct DischargeView<B = ()> {
    /// The obligation.
    pub obligation: ObligationId,
    /// The surplus of others that counts towards it.
    pub allocated_to: Vec<ActView<Allocation>>,
    /// Its own surplus that counts towards others.
    pub allocated_from: Vec<ActView<Allocation>>,
    /// To when it was put off, the latest agreement first.
    pub deferrals: Vec<ActView<Deferral>>,
    /// What the creditor gave up.
    pub waivers: Vec<WaiverView>,
    /// What was discharged in another way.
    pub discharges: Vec<ActView<Discharge>>,
    /// The closing that stands.
    pub closing: Option<ActView<BalanceClosing>>,
    /// By what it was taken up again.
    pub reopenings: Vec<ActView<Reopening>>,
    /// Who says that the debtor cannot perform, whoever is believed.
    pub inabilities: Vec<InabilityView>,
    /// The entries that it rests on.
    pub rests_on: B,
}

fn sum<T>(acts: &[ActView<T>], number: impl Fn(&T) -> u64) -> Span {
    acts.iter().fold(Span::ZERO, |sum, act| sum.plus(act.number(number(&act.act))))
}

impl<B> DischargeView<B> {
    /// How many of others' surplus count towards it.
    pub fn taken_in(&self) -> Span {
        sum(&self.allocated_to, |act| act.number.get())
    }

    /// How many of its own surplus count towards others.
    pub fn given_away(&self) -> Span {
        sum(&self.allocated_from, |act| act.number.get())
    }

    /// How many were discharged in another way.
    pub fn discharged(&self) -> Span {
        sum(&self.discharges, |act| act.number.get())
    }

    /// How many the creditor gave up; everything where it gave up all, or may have.
    pub fn waived(&self) -> Span {
        let effective = self.waivers.iter().filter(|view| view.is_effective).map(|view| &view.waiver);
        effective.fold(Span::ZERO, |sum, waiver| match waiver.act.number {
            Some(number) => sum.plus(waiver.number(number.get())),
            None => sum.and_more(),
        })
    }

    /// How many count otherwise than by performance: taken in, discharged in another way, or given up.
    pub fn otherwise(&self) -> Span {
        self.taken_in().plus(self.discharged()).plus(self.waived())
    }

    /// Whether the creditor certainly gave up all that is outstanding.
    pub fn is_waived_altogether(&self) -> bool {
        self.waivers.iter().any(|view| {
            view.is_effective && view.waiver.act.number.is_none() && view.waiver.holds == Counted::Yes
        })
    }
}

impl<B: Basis> Reading<'_, B> {
    /// What was done with an obligation otherwise than by performing it.
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn discharge(&self, obligation: ObligationId) -> Result<DischargeView<B>, EntryRefusal> {
        Ok(self.discharge_view(self.state.obligations.find(obligation)?))
    }

    pub(super) fn discharge_view(&self, of: Idx<ObligationRow>) -> DischargeView<B> {
        let row = self.state.obligations.get(of);
        let mut view = DischargeView {
            obligation: row.id,
            allocated_to: Vec::new(),
            allocated_from: Vec::new(),
            deferrals: Vec::new(),
            waivers: Vec::new(),
            discharges: Vec::new(),
            closing: None,
            reopenings: Vec::new(),
            inabilities: self.inabilities(of),
            rests_on: B::default(),
        };
        let mut reopened = Vec::new();
        for at in self.state.acts_of_obligation(of) {
            let act = self.state.acts.get(at);
            let holds = self.act_holds(of, act);
            if holds == Counted::No {
                continue;
            }
            self.rest_on(&mut view.rests_on, act.entry);
            let entry = self.state.entries.get(act.entry).id;
            match (self.state.obligation_entry(act.entry), act.kind) {
                (Some(ObligationEntry::Allocated(it)), ActKind::AllocatedTo) => {
                    view.allocated_to.push(ActView { entry, act: it.clone(), holds });
                }
                (Some(ObligationEntry::Allocated(it)), _) => {
                    view.allocated_from.push(ActView { entry, act: it.clone(), holds });
                }
                (Some(ObligationEntry::Deferred(it)), _) => {
                    view.deferrals.push(ActView { entry, act: it.clone(), holds });
                }
                (Some(ObligationEntry::Waived(it)), _) => {
                    let waiver = ActView { entry, act: it.clone(), holds };
                    view.waivers.push(waiver_view(waiver, row.basis));
                }
                (Some(ObligationEntry::Discharged(it)), _) => {
                    view.discharges.push(ActView { entry, act: it.clone(), holds });
                }
                (Some(ObligationEntry::Reopened(it)), _) => {
                    if holds == Counted::Yes {
                        reopened.push(it.closing);
                    }
                    view.reopenings.push(ActView { entry, act: it.clone(), holds });
                }
                (Some(ObligationEntry::Closed(it)), _) => {
                    let closing = ActView { entry, act: it.clone(), holds };
                    // A reopening names what it reopens, and is recorded after it.
                    if view.closing.is_none() && !reopened.contains(&entry) {
                        view.closing = Some(closing);
                    }
                }
                _ => {}
            }
        }
        // Of several agreements to put it off the latest by its date holds.
        view.deferrals.sort_by_key(|deferral| core::cmp::Reverse(deferral.act.on.last_moment()));
        view
    }

    /// How many of an obligation were discharged in another way.
    pub(super) fn discharged(&self, of: Idx<ObligationRow>, basis: &mut B) -> Span {
        let view = self.discharge_view(of);
        basis.rest_on_all(&view.rests_on);
        view.discharged()
    }

    fn act_holds(&self, of: Idx<ObligationRow>, act: &ActRow) -> Counted {
        if act.kind == ActKind::Discharged {
            let side = self.state.organs.get(self.state.organ_of_entry(act.entry)).side;
            let creditor = Side::Party(self.state.obligations.get(of).creditor);
            if side != creditor && side != Side::Neutral && !self.trusts(side) {
                return Counted::No;
            }
        }
        self.holds(act.entry, act.ended_by)
    }

    /// Who says that the debtor cannot perform, in the order of recording.
    pub(super) fn inabilities(&self, of: Idx<ObligationRow>) -> Vec<InabilityView> {
        let about = SubjectKey::Obligation(of);
        let matter = self.state.obligations.get(of).of.matter;
        let units = Unit::ALL.into_iter().map(Some);
        let mut claims: Vec<_> = units
            .flat_map(|unit| self.live(PropositionKey { about, scope: Scope::Inability, unit }))
            .collect();
        claims.sort_unstable();
        let views = claims.into_iter().filter_map(|claim| {
            let Statement::Unable(inability) = self.state.statement(claim)? else { return None };
            let by = self.said(claim);
            Some(InabilityView {
                is_believed: self.believes(&by),
                by,
                told: self.told_by(claim),
                unit: inability.count.unit,
                reason: inability.reason.clone(),
                owed_besides: search(matter),
            })
        });
        views.collect()
    }
}

/// What is owed of those who cannot be handed over: to search for them, and to say what is known (D1, D9, D15).
fn search(matter: Matter) -> Vec<Duty> {
    let numbers = match matter {
        Matter::Remains => [1, 9],
        Matter::PrisonersOfWar | Matter::Civilians => [9, 15],
    };
    numbers.into_iter().filter_map(Duty::new).collect()
}

/// The duties of the law for which something reaches: those that it names, and the one that an obligation is.
pub(super) fn reached(named: &[Duty], baseline: Option<Duty>) -> Vec<Duty> {
    let mut duties: Vec<Duty> = named.iter().copied().chain(baseline).collect();
    duties.sort();
    duties.dedup();
    duties
}

fn waiver_view(waiver: ActView<Waiver>, basis: LegalBasis) -> WaiverView {
    let baseline = basis.duty();
    let non_suspendable = reached(&waiver.act.duties, baseline);
    let mut kept = waiver.act.reaches_for.clone();
    kept.sort();
    kept.dedup();
    WaiverView { non_suspendable, kept, is_effective: baseline.is_none(), waiver }
}
