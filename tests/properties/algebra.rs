//! The algebra by exhaustive enumeration: every law on every value of a small space, where nothing is left to chance.

use handover::quantity::Span;
use handover::reading::{Comparison, JointView};
use handover::remains::{Element, ElementSet, Elements, Human, Individuals};
use handover::when::{DateSpan, Moment};
use handover_testkit::compare::{end_of, real};
use handover_testkit::model::According;
use handover_testkit::world::posting::{id, ledger, subject, unit};
use handover_testkit::world::{Amount, DAYS, Date, Kind, Leg, Side, Thing, World};

/// The greatest end of the small spans, and a number beyond every figure that is made of two of them.
const MOST: u64 = 4;
const FAR: u64 = 24;

fn spans() -> Vec<Span> {
    let ends = |lo: u64| (lo..=MOST).filter_map(move |hi| Span::new(lo, hi)).chain([Span::at_least(lo)]);
    (0..=MOST).flat_map(ends).collect()
}

/// Which of the numbers up to [`FAR`] a span holds.
fn held(span: Span) -> Vec<u64> {
    (0..=FAR).filter(|n| span.contains(*n)).collect()
}

/// The least span that holds what an operation makes of the numbers of two spans, up to [`FAR`]. Numbers far beyond are tried, so
/// that an end that is open stays open.
fn image(a: Span, b: Span, of: impl Fn(u64, u64) -> u64) -> Vec<u64> {
    let tried = |span: Span| (0..=2 * FAR).filter(move |n| span.contains(*n));
    let found: Vec<u64> =
        tried(a).flat_map(|x| tried(b).map(move |y| (x, y))).map(|(x, y)| of(x, y)).collect();
    let (lo, hi) = (*found.iter().min().unwrap(), *found.iter().max().unwrap());
    (lo..=hi.min(FAR)).collect()
}

#[test]
fn each_operation_on_spans_is_the_tightest_that_holds_every_case() {
    for a in spans() {
        for b in spans() {
            let both: Vec<u64> = held(a).into_iter().filter(|n| b.contains(*n)).collect();
            assert_eq!(a.meet(b).map(held).unwrap_or_default(), both, "{a:?} and {b:?}");
            let (lo, hi) = (a.lo().min(b.lo()), a.hi().zip(b.hi()).map(|(a, b)| a.max(b)));
            let hull = a.hull(b);
            assert_eq!((hull.lo(), hull.hi()), (lo, hi), "{a:?} or {b:?}");
            assert_eq!(held(a.plus(b)), image(a, b, |x, y| x + y), "{a:?} and as many as {b:?}");
            assert_eq!(held(a.less(b)), image(a, b, u64::saturating_sub), "{a:?} less {b:?}");
            assert_eq!(held(a.distance(b)), image(a, b, u64::abs_diff), "{a:?} from {b:?}");
            let nearest =
                held(a).into_iter().flat_map(|x| held(b).into_iter().map(move |y| x.abs_diff(y))).min();
            let expected = nearest.filter(|_| both.is_empty());
            assert_eq!(a.gap(b), expected, "{a:?} {b:?}");
        }
    }
}

#[test]
fn operations_on_spans_commute_associate_and_grow() {
    for a in spans() {
        for b in spans() {
            assert_eq!((a.plus(b), a.hull(b), a.meet(b)), (b.plus(a), b.hull(a), b.meet(a)));
            assert_eq!((a.distance(b), a.gap(b)), (b.distance(a), b.gap(a)));
            // What one exceeds the other by, the other falls short by.
            let (excess, shortfall) = (a.less(b), b.less(a));
            assert!(!(excess.lo() > 0 && shortfall.lo() > 0), "{a:?} {b:?}");
            for c in spans() {
                assert_eq!(a.plus(b).plus(c), a.plus(b.plus(c)));
                assert_eq!(a.hull(b).hull(c), a.hull(b.hull(c)));
                assert_eq!(a.meet(b).and_then(|ab| ab.meet(c)), b.meet(c).and_then(|bc| a.meet(bc)));
                if a.is_within(b) {
                    assert!(a.plus(c).is_within(b.plus(c)) && a.hull(c).is_within(b.hull(c)));
                    assert!(a.less(c).is_within(b.less(c)) && c.less(a).is_within(c.less(b)));
                    assert!(a.distance(c).is_within(b.distance(c)));
                }
            }
        }
    }
}

fn dates() -> Vec<DateSpan> {
    let ends = || [None, Some(0), Some(1), Some(2), Some(3)];
    let moment = |end: Option<i64>| end.map(Moment::from_seconds);
    let pairs = ends().into_iter().flat_map(|first| ends().map(|last| (first, last)));
    pairs.filter_map(|(first, last)| DateSpan::new(moment(first), moment(last))).collect()
}

#[test]
fn dates_meet_widen_and_pass() {
    let moments: Vec<Moment> = (-1..=4).map(Moment::from_seconds).collect();
    let held = |days: DateSpan| -> Vec<Moment> {
        moments.iter().copied().filter(|moment| days.contains(*moment)).collect()
    };
    for a in dates() {
        for now in &moments {
            let (by, after) = (a.is_by(*now), a.is_after(*now));
            let possible = held(a);
            assert_eq!(by, possible.iter().all(|at| at <= now) && a.last().is_some(), "{a:?} by {now:?}");
            assert_eq!(
                after,
                possible.iter().all(|at| at > now) && a.first().is_some(),
                "{a:?} after {now:?}"
            );
        }
        for b in dates() {
            let both: Vec<Moment> = held(a).into_iter().filter(|at| b.contains(*at)).collect();
            assert_eq!(a.meet(b).map(held).unwrap_or_default(), both, "{a:?} {b:?}");
            assert!(a.is_within(a.hull(b)) && b.is_within(a.hull(b)));
            assert_eq!((a.meet(b), a.hull(b)), (b.meet(a), b.hull(a)));
            assert_eq!(a.is_within(b), a.meet(b) == Some(a));
            for c in dates() {
                assert_eq!(a.hull(b).hull(c), a.hull(b.hull(c)));
                assert_eq!(a.meet(b).and_then(|ab| ab.meet(c)), b.meet(c).and_then(|bc| a.meet(bc)));
                if a.is_within(b) {
                    assert!(a.hull(c).is_within(b.hull(c)), "more knowledge, no wider hull");
                }
            }
        }
    }
}

/// Units of each kind that matters: what is human, undetermined or not, of a whole body, of one bone or the other, of a part.
fn units() -> Vec<(Human, Elements)> {
    let parts = |names: &[&str]| {
        let elements = names.iter().map(|name| name.parse::<Element>().unwrap());
        Elements::Parts(ElementSet::new(elements).unwrap())
    };
    vec![
        (Human::Yes, Elements::CompleteBody),
        (Human::Yes, Elements::Undetermined),
        (Human::Yes, parts(&["left-femur"])),
        (Human::Yes, parts(&["right-femur", "skull"])),
        (Human::Yes, parts(&["partial-right-femur"])),
        (Human::Undetermined, Elements::CompleteBody),
        (Human::No, parts(&["left-femur"])),
    ]
}

#[test]
fn individuals_of_two_lots_are_at_least_the_greater_and_at_most_the_sum() {
    let kinds = units();
    let mut lots: Vec<Vec<usize>> = vec![vec![]];
    for size in 0..2 {
        let longer: Vec<Vec<usize>> = lots
            .iter()
            .filter(|lot| lot.len() == size)
            .flat_map(|lot| (0..kinds.len()).map(|kind| [lot.as_slice(), &[kind]].concat()))
            .collect();
        lots.extend(longer);
    }
    let of = |lot: &[usize]| {
        lot.iter().fold(Individuals::default(), |all, kind| all.with(kinds[*kind].0, kinds[*kind].1))
    };
    for a in &lots {
        for b in &lots {
            let (of_a, of_b) = (of(a), of(b));
            let all = of_a.clone().and(&of_b);
            assert_eq!(all, of_b.clone().and(&of_a), "the order of lots is no matter");
            assert_eq!(all, of(&[a.as_slice(), b.as_slice()].concat()));
            assert!(of_a.least().max(of_b.least()) <= all.least(), "{a:?} {b:?}");
            assert!(all.least() <= of_a.least() + of_b.least(), "{a:?} {b:?}");
            assert_eq!(all.span().hi(), of_a.span().plus(of_b.span()).hi());
            for c in &lots {
                let of_c = of(c);
                let left = of_a.clone().and(&of_b).and(&of_c);
                assert_eq!(left, of_a.clone().and(&of_b.clone().and(&of_c)));
            }
        }
    }
}

/// What can be known better of a unit of each kind: what is human or not, and of what it consists.
#[test]
fn who_knows_more_of_a_unit_leaves_fewer_possibilities_of_how_many_there_were() {
    let kinds = units();
    let all = |lot: &[(Human, Elements)]| {
        lot.iter().fold(Individuals::default(), |all, (human, elements)| all.with(*human, *elements)).span()
    };
    for (_, known) in &kinds {
        let learns = [
            ((Human::Yes, Elements::Undetermined), (Human::Yes, *known)),
            ((Human::Undetermined, *known), (Human::Yes, *known)),
            ((Human::Undetermined, *known), (Human::No, *known)),
            ((Human::Undetermined, Elements::Undetermined), (Human::Yes, *known)),
        ];
        for (before, after) in learns {
            assert!(all(&[after]).is_within(all(&[before])), "{before:?} {after:?}");
            for a in &kinds {
                for b in &kinds {
                    let (then, now) = (all(&[*a, before, *b]), all(&[*a, after, *b]));
                    assert!(now.is_within(then), "{then:?} {now:?}: {before:?} {after:?} beside {a:?} {b:?}");
                }
            }
        }
    }
}

/// What a party may say of a number.
const WORDS: [Option<Amount>; 8] = [
    None,
    Some(Amount::Undisclosed),
    Some(Amount::None),
    Some(Amount::Exact(1)),
    Some(Amount::Exact(3)),
    Some(Amount::Between(1, 2)),
    Some(Amount::AtLeast(2)),
    Some(Amount::AtMost(1)),
];

fn span_of(word: Option<Amount>) -> Option<Span> {
    Some(match word? {
        Amount::None => Span::ZERO,
        Amount::Exact(n) => Span::exactly(n.into()),
        Amount::Between(a, b) => Span::new(a.into(), b.into()).unwrap(),
        Amount::AtLeast(n) => Span::at_least(n.into()),
        Amount::AtMost(n) => Span::up_to(n.into()),
        _ => return None,
    })
}

fn world(parties: usize, legs: Vec<Leg>) -> World {
    World {
        parties,
        organs: (0..parties).map(Side::Party).collect(),
        precedence: vec![],
        agreed: true,
        handovers: vec![Date::Days(Some(1), Some(1))],
        legs,
        batches: vec![],
        steps: vec![],
    }
}

fn leg(from: usize, to: usize) -> Leg {
    Leg { handover: 0, from, to, unit: Kind::Sets, towards: false, whole: false }
}

/// What the definition says of the words of the parties: the first that holds.
fn view(words: &[Option<Amount>]) -> &'static str {
    let informative: Vec<Span> = words.iter().filter_map(|word| span_of(*word)).collect();
    let is_withheld = words.contains(&Some(Amount::Undisclosed));
    match informative.as_slice() {
        [] if is_withheld => "withheld",
        [] => "unasserted",
        all => {
            let common = all.iter().try_fold(Span::EVERYTHING, |common, span| common.meet(*span));
            let is_same = all.windows(2).all(|pair| pair[0] == pair[1]);
            match (common, all.len(), is_same) {
                (None, ..) => "conflicting",
                (_, 1, _) => "one-sided",
                (_, len, true) if len == words.len() => "confirmed by all",
                (_, _, true) => "confirmed by some",
                _ => "partly compatible",
            }
        }
    }
}

fn name(view: &JointView<Span>) -> &'static str {
    match view {
        JointView::Withheld(_) => "withheld",
        JointView::Unasserted => "unasserted",
        JointView::Conflicting(_) => "conflicting",
        JointView::OneSided(_) => "one-sided",
        JointView::ConfirmedByAll(_) => "confirmed by all",
        JointView::ConfirmedBySome(_) => "confirmed by some",
        JointView::PartlyCompatible(_) => "partly compatible",
        JointView::Denied(_) => "denied",
    }
}

#[test]
fn a_joint_view_is_the_first_that_holds_whoever_speaks_first() {
    for parties in [2, 3] {
        let all = WORDS.len().pow(u32::try_from(parties).unwrap());
        for at in 0..all {
            let words: Vec<Option<Amount>> = (0..parties)
                .map(|party| WORDS[at / WORDS.len().pow(u32::try_from(party).unwrap()) % WORDS.len()])
                .collect();
            let mut found = Vec::new();
            for reversed in [false, true] {
                let mut told = world(parties, vec![leg(0, 1)]);
                let order: Vec<usize> =
                    if reversed { (0..parties).rev().collect() } else { (0..parties).collect() };
                for party in order {
                    if let Some(amount) = words[party] {
                        told = told.counts(party, Thing::Leg(0), amount);
                    }
                }
                let ledger = ledger(&told);
                let reading = ledger.reading(real(According::AcceptedByAll), end_of(DAYS)).unwrap();
                let joint = reading.count(subject(Thing::Leg(0)), unit(Kind::Sets)).unwrap();
                let accepted = reading.leg(id("leg", 0)).unwrap().passed.set;
                found.push((joint.view, accepted));
            }
            assert_eq!(found[0], found[1], "the order of speaking is no matter: {words:?}");
            assert_eq!(name(&found[0].0), view(&words), "{words:?}");
            // What all accept is what every word implies; a party that says nothing accepts nothing yet.
            let spans: Option<Vec<Span>> = words.iter().map(|word| span_of(*word)).collect();
            let hull = spans.and_then(|spans| spans.into_iter().reduce(Span::hull));
            assert_eq!(found[0].1, hull.unwrap_or(Span::EVERYTHING), "{words:?}");
        }
    }
}

/// Every pair of words of which the second says more: monotone under added knowledge.
#[test]
fn who_says_more_leaves_fewer_possibilities_of_what_all_accept() {
    let span = |word: Option<Amount>| span_of(word).unwrap_or(Span::EVERYTHING);
    let accepted = |words: [Option<Amount>; 2]| {
        let mut told = world(2, vec![leg(0, 1)]);
        for (party, word) in words.into_iter().enumerate() {
            if let Some(amount) = word {
                told = told.counts(party, Thing::Leg(0), amount);
            }
        }
        let ledger = ledger(&told);
        let of = |according| {
            let reading = ledger.reading(real(according), end_of(DAYS)).unwrap();
            reading.leg(id("leg", 0)).unwrap().passed.set
        };
        [According::AcceptedByAll, According::Anyone, According::To(0), According::To(1)].map(of)
    };
    for less in WORDS {
        for more in WORDS.into_iter().filter(|more| span(*more).is_within(span(less)) && more.is_some()) {
            for other in WORDS {
                for (then, now) in [([less, other], [more, other]), ([other, less], [other, more])] {
                    let (then, now) = (accepted(then), accepted(now));
                    // Of anyone's word the first that says a number may widen what the others say.
                    let tried = if span_of(less).is_some() { 0..4 } else { 0..1 };
                    for reading in tried {
                        assert!(now[reading].is_within(then[reading]), "{less:?} {more:?} beside {other:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_one_side_is_ahead_by_the_other_is_behind_by() {
    for this in WORDS {
        for other in WORDS {
            let mut told = world(2, vec![leg(0, 1), leg(1, 0)]);
            for (at, word) in [this, other].into_iter().enumerate() {
                if let Some(amount) = word {
                    told = told.counts(0, Thing::Leg(at), amount);
                }
            }
            let ledger = ledger(&told);
            let span = |word| span_of(word).unwrap_or(Span::EVERYTHING);
            for according in [According::To(0), According::To(1), According::AcceptedByAll, According::Anyone]
            {
                let reading = ledger.reading(real(according), end_of(DAYS)).unwrap();
                let flows = reading.flows();
                let there = reading.difference(&flows[0]).unwrap();
                let back = reading.difference(&flows[1]).unwrap();
                assert_eq!(
                    (there.excess, there.shortfall),
                    (back.shortfall, back.excess),
                    "{this:?} {other:?}"
                );
                if matches!(according, According::To(0) | According::Anyone) {
                    assert_eq!(there.excess, span(this).less(span(other)), "{this:?} {other:?}");
                }
                assert!(flows[0].is_opposite(&flows[1]) && flows[1].is_opposite(&flows[0]));
            }
        }
    }
}

#[test]
fn whether_two_can_be_of_one_body_is_the_same_whichever_is_asked() {
    let mut found = Vec::new();
    for (_, one) in units() {
        for (_, other) in units() {
            assert_eq!(one.overlaps(other), other.overlaps(one), "{one:?} {other:?}");
            found.push(one.overlaps(other));
        }
    }
    for comparison in [Comparison::Holds, Comparison::Fails, Comparison::Undetermined] {
        assert!(found.contains(&comparison), "{comparison:?}");
    }
}
