//! A true world of several obligations: what is owed in truth, what passed in truth, and what was done otherwise.

use handover::claim::Affiliation;
use handover::obligation::Required;
use handover::quantity::Span;
use handover::reading::According;
use handover::reciprocity::{Accrual, Condition, Course, ParityScope, Ratio, Reciprocity, Rounding};

use super::{PARTIES, party};

/// The days of June on which something happens.
pub(super) const DAYS: u32 = 9;
/// In what is counted: sets of remains, or containers.
pub(super) const UNITS: [&str; 2] = ["set-of-remains", "container"];
pub(super) const CATEGORIES: [&str; 2] = ["officers", "men"];

/// Numbers that are drawn one after the other; nought when there are no more, so that fewer numbers are a smaller world.
pub(super) struct Drawn<'d>(std::slice::Iter<'d, u16>);

impl<'d> Drawn<'d> {
    pub(super) fn from(numbers: &'d [u16]) -> Self {
        Self(numbers.iter())
    }

    /// A number below this one.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.next().map_or(0, |drawn| usize::from(*drawn) % n)
    }

    /// Once in so many times, and never if there are no more numbers.
    pub(super) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// One of these, or none of them.
    pub(super) fn perhaps(&mut self, n: usize) -> Option<usize> {
        self.below(n + 1).checked_sub(1)
    }

    /// A day.
    pub(super) fn day(&mut self) -> u32 {
        1 + u32::try_from(self.below(DAYS as usize)).unwrap()
    }

    pub(super) fn number(&mut self, n: usize) -> u32 {
        u32::try_from(self.below(n)).unwrap()
    }

    /// Days about a day: as many before it and after it as are told.
    pub(super) fn about(&mut self, day: u32) -> (u32, u32) {
        let (before, after) = ([0, 0, 1, 2][self.below(4)], [0, 0, 1, 2][self.below(4)]);
        (day.saturating_sub(before).max(1), day + after)
    }
}

/// What someone, or a number of them, is: of which category, and whose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of {
    /// The category that is recorded.
    pub(super) recorded: Option<usize>,
    /// The category of which they are.
    pub(super) category: Option<usize>,
    /// Whose they are.
    pub(super) whose: Affiliation,
}

impl Of {
    fn drawn(drawn: &mut Drawn<'_>, recorded: Option<usize>) -> Self {
        let category = recorded.or_else(|| drawn.perhaps(2));
        Self { recorded, category, whose: affiliation(drawn) }
    }

    fn is_of(&self, ratio: &Ratio) -> bool {
        let category = self.category.map(|at| CATEGORIES[at].parse().unwrap());
        (ratio.category.is_none() || ratio.category == category)
            && ratio.whose.is_none_or(|whose| whose == self.whose)
    }

    /// Whether these are counted in the class of a ratio, where they are not counted in those before it.
    fn earns(&self, ratio: &Ratio, earlier: &[Ratio]) -> bool {
        let others = earlier.iter().filter(|other| other.of == ratio.of && !other.is_of_class(ratio));
        self.is_of(ratio) && !{ others }.any(|other| self.is_of(other))
    }
}

pub(super) fn affiliation(drawn: &mut Drawn<'_>) -> Affiliation {
    let party = party(drawn.below(2));
    if drawn.once_in(4) { Affiliation::CiviliansOf(party) } else { Affiliation::ForcesOf(party) }
}

#[derive(Clone, Debug)]
pub(super) struct Duty {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) unit: usize,
    pub(super) of: Of,
    pub(super) credits_at: Accrual,
    /// Whether it stands for itself, under no agreement.
    pub(super) is_pledge: bool,
    pub(super) required: Required,
    pub(super) in_return: Reciprocity,
    /// The last day for it.
    pub(super) deadline: u32,
    /// How far the course outside the record has come to whose pace it may be bound, and of how much.
    pub(super) course: (u32, u32),
}

#[derive(Clone, Debug)]
pub(super) struct Handover {
    /// The days that tell it from others, and the day on which it was.
    pub(super) frame: (u32, u32),
    pub(super) day: u32,
    pub(super) was_held: bool,
    pub(super) was_agreed: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Leg {
    pub(super) handover: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) unit: usize,
    pub(super) towards: Option<usize>,
    pub(super) of: Of,
    /// How many passed, in each unit.
    pub(super) passed: [u32; 2],
    /// How many are credited, and how many are denied it, in the unit of what is owed.
    pub(super) credited: u32,
    pub(super) denied: u32,
    pub(super) is_whole: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// The leg in which it passed.
    pub(super) leg: Option<usize>,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) unit: usize,
    pub(super) towards: Option<usize>,
    pub(super) of: Of,
    pub(super) count: [u32; 2],
    /// To which handovers someone says that it was brought, and whether it was.
    pub(super) brought: Vec<(usize, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Allocated { from: usize, to: usize, number: u32 },
    Discharged { duty: usize, number: u32 },
    Waived { duty: usize, number: Option<u32> },
    Deferred { duty: usize, to: u32 },
}

/// Who records an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorder {
    Debtor,
    Creditor,
    Neutral,
}

#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) deed: Deed,
    pub(super) by: Recorder,
    /// What those are who were discharged otherwise.
    pub(super) of: Of,
    pub(super) day: u32,
    pub(super) told: (u32, u32),
    /// When it was taken back, and how that is told.
    pub(super) reversed: Option<(u32, (u32, u32))>,
}

#[derive(Clone, Debug)]
pub(super) struct Total {
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
    /// In which of the units; in handovers if in none.
    pub(super) unit: Option<usize>,
    pub(super) during: Option<(u32, u32)>,
}

#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) duties: Vec<Duty>,
    pub(super) handovers: Vec<Handover>,
    pub(super) legs: Vec<Leg>,
    pub(super) batches: Vec<Batch>,
    pub(super) acts: Vec<Act>,
    pub(super) totals: Vec<Total>,
}

fn ends(drawn: &mut Drawn<'_>) -> (usize, usize) {
    // Mostly between the first two.
    let from = [0, 1, 0, 1, 2][drawn.below(5)];
    (from, (from + 1 + usize::from(from > 1 || drawn.once_in(5))) % PARTIES.len())
}

pub(super) fn duty_id<T: std::str::FromStr<Err: std::fmt::Debug>>(at: usize) -> T {
    format!("duty-{at}").parse().unwrap()
}

fn accrual(drawn: &mut Drawn<'_>) -> Accrual {
    [Accrual::Passage, Accrual::Credit, Accrual::Tender][drawn.below(3)]
}

fn ratio(drawn: &mut Drawn<'_>, of: usize) -> Ratio {
    Ratio {
        of: duty_id(of),
        category: drawn.perhaps(2).map(|at| CATEGORIES[at].parse().unwrap()),
        whose: drawn.once_in(2).then(|| affiliation(drawn)),
        owed: drawn.number(4).into(),
        per: (1 + drawn.number(3)).into(),
        accrues_at: accrual(drawn),
        rounding: [Rounding::Down, Rounding::Up, Rounding::FullGroups][drawn.below(3)],
        discharged_earn: drawn.once_in(2),
    }
}

/// What is owed; for a pledge, and where there is no other obligation, without a ratio.
pub(super) fn required(drawn: &mut Drawn<'_>, other: Option<usize>) -> Required {
    let n = drawn.number(13);
    match (drawn.below(12), other) {
        (0, _) => Required::Exactly(n.into()),
        (1 | 2, _) => Required::AtLeast(n.into()),
        (3, _) => Required::MoreThan(n.into()),
        (4, _) => Required::UpTo(n.into()),
        (5, _) => Required::About {
            number: (n + 1).into(),
            within: drawn.perhaps(3).map(|width| u32::try_from(width).unwrap().into()),
        },
        (6, _) => Required::Between { from: n.into(), to: (n + drawn.number(4)).into() },
        (7, _) => Required::AllFound,
        (8 | 9, Some(other)) => Required::Ratio(ratio(drawn, other)),
        (10 | 11, Some(other)) => {
            Required::Ratios((0..=drawn.below(3)).map(|_| ratio(drawn, other)).collect())
        }
        _ => Required::Nothing,
    }
}

pub(super) fn reciprocity(drawn: &mut Drawn<'_>, other: Option<usize>, handovers: usize) -> Reciprocity {
    if drawn.once_in(6) {
        return Reciprocity::Paced { with: Course::Stated("the withdrawal".parse().unwrap()) };
    }
    let Some(with) = other.map(duty_id) else {
        let held = Condition::Held(format!("handover-{}", drawn.below(handovers)).parse().unwrap());
        return if drawn.once_in(2) { Reciprocity::Staged { after: held } } else { Reciprocity::Unilateral };
    };
    let scopes = [ParityScope::Total, ParityScope::PerStage, ParityScope::PerCategory];
    match drawn.below(6) {
        0 => Reciprocity::Unilateral,
        1 => Reciprocity::Staged { after: Condition::Met(with) },
        2 => Reciprocity::Paced { with: Course::Obligation(with) },
        _ => Reciprocity::Parity { with, scope: scopes[drawn.below(3)], tolerance: drawn.number(3).into() },
    }
}

impl World {
    pub(super) fn drawn(drawn: &mut Drawn<'_>) -> Self {
        let duties = 1 + drawn.below(4);
        let mut world = Self {
            duties: (0..duties).map(|_| duty(drawn)).collect(),
            handovers: (0..=drawn.below(3)).map(|_| handover(drawn)).collect(),
            legs: vec![],
            batches: vec![],
            acts: vec![],
            totals: vec![],
        };
        for _ in 0..drawn.below(7) {
            let leg = world.leg(drawn);
            world.legs.push(leg);
        }
        for _ in 0..drawn.below(5) {
            let batch = world.batch(drawn);
            world.batches.push(batch);
        }
        world.count_legs(drawn);
        for at in 0..duties {
            let other = (duties > 1 && !world.duties[at].is_pledge)
                .then(|| (at + 1 + drawn.below(duties - 1)) % duties);
            world.duties[at].required = required(drawn, other);
            world.duties[at].in_return = reciprocity(drawn, other, world.handovers.len());
        }
        for _ in 0..drawn.below(6) {
            let act = world.act(drawn);
            world.acts.extend(act);
        }
        let places = 0..drawn.below(3);
        world.totals = places.map(|_| total(drawn)).collect();
        world
    }

    /// The legs that a published total covers.
    pub(super) fn covered(&self, total: usize) -> impl Iterator<Item = &Leg> {
        let total = &self.totals[total];
        self.legs.iter().filter(|leg| {
            let frame = self.handovers[leg.handover].frame;
            total.from.is_none_or(|from| leg.from == from)
                && total.to.is_none_or(|to| leg.to == to)
                && total.during.is_none_or(|(first, last)| first <= frame.0 && frame.1 <= last)
        })
    }

    /// How many a published total comes to, as of a day: of those that are counted, or of handovers that were held.
    pub(super) fn total(&self, total: usize, day: u32) -> u32 {
        let covered = || self.covered(total).filter(|leg| self.handovers[leg.handover].day <= day);
        if let Some(unit) = self.totals[total].unit {
            return covered().map(|leg| leg.passed[unit]).sum();
        }
        let mut held: Vec<usize> = covered().map(|leg| leg.handover).collect();
        held.sort_unstable();
        held.dedup();
        u32::try_from(held.into_iter().filter(|at| self.handovers[*at].was_held).count()).unwrap()
    }

    fn leg(&self, drawn: &mut Drawn<'_>) -> Leg {
        let towards = drawn.perhaps(self.duties.len());
        let (from, to) = towards.map_or_else(|| ends(drawn), |at| (self.duties[at].from, self.duties[at].to));
        let unit = towards.map_or(0, |at| self.duties[at].unit);
        Leg {
            handover: drawn.below(self.handovers.len()),
            from,
            to,
            unit: if drawn.once_in(6) { 1 - unit } else { unit },
            towards,
            of: {
                let recorded = drawn.perhaps(2);
                Of::drawn(drawn, recorded)
            },
            passed: [0; 2],
            credited: 0,
            denied: 0,
            is_whole: drawn.once_in(2),
        }
    }

    fn batch(&self, drawn: &mut Drawn<'_>) -> Batch {
        let leg = drawn.perhaps(self.legs.len());
        let towards = leg.map_or_else(|| drawn.perhaps(self.duties.len()), |at| self.legs[at].towards);
        let (from, to, unit) = match (leg, towards) {
            (Some(at), _) => (self.legs[at].from, self.legs[at].to, self.legs[at].unit),
            (None, Some(at)) => (self.duties[at].from, self.duties[at].to, self.duties[at].unit),
            (None, None) => {
                let (from, to) = ends(drawn);
                (from, to, drawn.below(2))
            }
        };
        let of = leg.map_or_else(
            || {
                let recorded = drawn.perhaps(2);
                Of::drawn(drawn, recorded)
            },
            |at| self.legs[at].of,
        );
        let mut brought: Vec<(usize, bool)> = Vec::new();
        for at in 0..self.handovers.len() {
            if drawn.once_in(2) {
                brought.push((at, !drawn.once_in(3)));
            }
        }
        Batch { leg, from, to, unit, towards, of, count: [drawn.number(6), drawn.number(6)], brought }
    }

    /// How many passed: as many as the batches of a leg hold, and in a leg that is not whole perhaps more.
    fn count_legs(&mut self, drawn: &mut Drawn<'_>) {
        for at in 0..self.legs.len() {
            let leg = &self.legs[at];
            let own: Vec<_> = self.batches.iter().filter(|batch| batch.leg == Some(at)).collect();
            let is_whole = leg.is_whole && !own.is_empty();
            let more = if is_whole { 0 } else { drawn.number(6) };
            let passed = own.iter().map(|batch| batch.count[leg.unit]).sum::<u32>() + more;
            let other = if passed == 0 { 0 } else { 1 + drawn.number(5) };
            let leg = &mut self.legs[at];
            leg.is_whole = is_whole;
            leg.passed[leg.unit] = passed;
            leg.passed[1 - leg.unit] = other;
            let owed = leg.passed[leg.towards.map_or(0, |at| self.duties[at].unit)];
            leg.credited = drawn.number(owed as usize + 1);
            leg.denied = drawn.number((owed - leg.credited) as usize + 1);
            self.handovers[leg.handover].was_held |= passed > 0;
        }
    }

    fn act(&self, drawn: &mut Drawn<'_>) -> Option<Act> {
        let duty = drawn.below(self.duties.len());
        let number = 1 + drawn.number(4);
        let other = drawn.below(self.duties.len());
        let deed = match drawn.below(6) {
            0 | 1 => Deed::Discharged { duty, number },
            2 => Deed::Waived { duty, number: (!drawn.once_in(4)).then_some(number) },
            3 => Deed::Deferred { duty, to: drawn.day() },
            _ => Deed::Allocated { from: other, to: duty, number },
        };
        if let Deed::Allocated { from, to, .. } = deed {
            let [one, two] = [from, to].map(|at| &self.duties[at]);
            if from == to || one.unit != two.unit || one.is_pledge || two.is_pledge {
                return None;
            }
        }
        let day = drawn.day();
        // Two agreements of one day have no order.
        let same = |act: &Act| {
            matches!((act.deed, deed), (Deed::Deferred { duty: a, .. }, Deed::Deferred { duty: b, .. }) if a == b)
                && act.day == day
        };
        if self.acts.iter().any(same) {
            return None;
        }
        let by = match deed {
            Deed::Discharged { .. } => {
                [Recorder::Creditor, Recorder::Debtor, Recorder::Neutral][drawn.below(3)]
            }
            _ => Recorder::Creditor,
        };
        let reversed = drawn.once_in(4).then(|| {
            let back = day + drawn.number(4);
            (back, drawn.about(back))
        });
        Some(Act {
            deed,
            by,
            of: Of::drawn(drawn, self.duties[duty].of.recorded),
            day,
            told: drawn.about(day),
            reversed,
        })
    }
}

fn duty(drawn: &mut Drawn<'_>) -> Duty {
    let (from, to) = ends(drawn);
    let recorded = drawn.perhaps(2);
    Duty {
        from,
        to,
        unit: usize::from(drawn.once_in(6)),
        of: Of::drawn(drawn, recorded),
        credits_at: accrual(drawn),
        is_pledge: drawn.once_in(6),
        required: Required::Nothing,
        in_return: Reciprocity::Unilateral,
        deadline: drawn.day(),
        course: course(drawn),
    }
}

pub(super) fn course(drawn: &mut Drawn<'_>) -> (u32, u32) {
    let of = 1 + drawn.number(6);
    (drawn.number(of as usize + 1), of)
}

fn handover(drawn: &mut Drawn<'_>) -> Handover {
    let day = drawn.day();
    Handover { frame: drawn.about(day), day, was_held: drawn.once_in(2), was_agreed: !drawn.once_in(3) }
}

fn total(drawn: &mut Drawn<'_>) -> Total {
    Total {
        from: drawn.perhaps(2),
        to: drawn.perhaps(2),
        unit: drawn.perhaps(2),
        during: drawn.once_in(3).then(|| {
            let day = drawn.day();
            drawn.about(day)
        }),
    }
}

/// What is true of a world as of the end of a day, where those who are believed record what they record.
#[derive(Clone, Copy)]
pub(super) struct Truth<'w> {
    pub(super) world: &'w World,
    pub(super) according: According,
    pub(super) day: u32,
}

impl Truth<'_> {
    pub(super) fn has_happened(&self, handover: usize) -> bool {
        self.world.handovers[handover].day <= self.day
    }

    /// What a debtor alone records as discharged is, in a reading that does not believe it, no discharge.
    fn is_heard(&self, act: &Act) -> bool {
        match (act.deed, act.by) {
            (Deed::Discharged { duty, .. }, Recorder::Debtor) => match self.according {
                According::To(believed) => believed == party(self.world.duties[duty].from),
                According::Anyone => true,
                According::AcceptedByAll | According::Neutral => false,
            },
            _ => true,
        }
    }

    /// The acts that hold.
    pub(super) fn acts(&self) -> impl Iterator<Item = &Act> {
        let by = |day: u32| day <= self.day;
        self.world.acts.iter().filter(move |act| {
            self.is_heard(act) && by(act.day) && !act.reversed.is_some_and(|(back, _)| by(back))
        })
    }

    /// How many were performed of an obligation that are of a kind.
    pub(super) fn performed(&self, duty: usize, at: Accrual, is: impl Fn(&Of) -> bool) -> u64 {
        let unit = self.world.duties[duty].unit;
        let legs = || self.world.legs.iter().filter(|leg| leg.towards == Some(duty) && is(&leg.of));
        let passed = legs().filter(|leg| self.has_happened(leg.handover));
        let sum: u32 = match at {
            Accrual::Passage => passed.map(|leg| leg.passed[unit]).sum(),
            Accrual::Credit => passed.map(|leg| leg.credited).sum(),
            Accrual::Tender => {
                let batches =
                    self.world.batches.iter().filter(|batch| batch.towards == Some(duty) && is(&batch.of));
                let brought = batches.filter(|batch| self.is_available(batch)).map(|batch| batch.count[unit]);
                passed.map(|leg| leg.passed[unit]).sum::<u32>() + brought.sum::<u32>()
            }
        };
        sum.into()
    }

    /// Whether a batch that has not passed was brought to an agreed slot.
    pub(super) fn is_available(&self, batch: &Batch) -> bool {
        let has_passed = batch.leg.is_some_and(|leg| self.has_happened(self.world.legs[leg].handover));
        let was = |(to, was_brought): &(usize, bool)| {
            *was_brought && self.world.handovers[*to].was_agreed && self.has_happened(*to)
        };
        !has_passed && batch.brought.iter().any(was)
    }

    /// How many earn by a ratio.
    pub(super) fn earners(&self, ratio: &Ratio, earlier: &[Ratio]) -> u64 {
        let of = (0..self.world.duties.len()).find(|at| ratio.of == duty_id(*at)).unwrap();
        let performed = self.performed(of, ratio.accrues_at, |one| one.earns(ratio, earlier));
        let discharged = self.acts().filter(|act| act.of.earns(ratio, earlier)).map(|act| match act.deed {
            Deed::Discharged { duty, number } if duty == of => number,
            _ => 0,
        });
        performed + if ratio.discharged_earn { discharged.sum::<u32>().into() } else { 0 }
    }

    /// What is owed at least and at most, where there is a number.
    pub(super) fn bounds(&self, duty: usize) -> (Option<u64>, Option<u64>) {
        let earners = |ratio: &Ratio, earlier: &[Ratio]| Span::exactly(self.earners(ratio, earlier));
        let bounds = self.world.duties[duty].required.bounds(earners);
        let number = |span: Option<Span>| span.map(|span| span.only().unwrap());
        (number(bounds.floor), number(bounds.ceiling))
    }

    /// How many were performed by the moment at which they count.
    pub(super) fn done(&self, duty: usize) -> u64 {
        self.performed(duty, self.world.duties[duty].credits_at, |_| true)
    }

    pub(super) fn is_met(&self, duty: usize) -> Option<bool> {
        self.bounds(duty).0.map(|floor| self.done(duty) >= floor)
    }

    /// The last day for an obligation, by what was agreed last.
    pub(super) fn deadline(&self, duty: usize) -> u32 {
        let mut put_off: Vec<(u32, u32)> = self
            .acts()
            .filter_map(|act| match act.deed {
                Deed::Deferred { duty: of, to } if of == duty => Some((act.day, to)),
                _ => None,
            })
            .collect();
        put_off.sort_unstable();
        put_off.last().map_or(self.world.duties[duty].deadline, |(_, to)| *to)
    }
}
