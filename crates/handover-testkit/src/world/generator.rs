//! Small worlds, drawn so that what is said meets: few speakers, few things, numbers near each other.
//!
//! A draw is a list of small numbers; each is taken modulo what there is to choose from, so that every draw is a world
//! that the ledger admits, and a smaller draw is a smaller world.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{
    Act, Amount, Batch, DAYS, Date, Kind, Leg, Owed, Precedence, Respect, Side, Step, Thing, Word, World,
};

/// A small world with at most so many steps.
pub fn worlds(steps: usize) -> BoxedStrategy<World> {
    let frame = (2..=3usize, any::<bool>());
    let organs = vec(0..10u8, 1..=5);
    let precedence = vec((0..3usize, 0..6u8, vec(0..8usize, 1..=3)), 0..=3);
    let handovers = vec(dates(), 1..=3);
    let legs = vec((0..3usize, 0..6u8, 0..6u8, any::<bool>()), 1..=4);
    let batches = vec((0..8usize, 0..5u8), 0..=4);
    let said = vec(draws(), 0..=steps);
    (frame, organs, precedence, handovers, legs, batches, said)
        .prop_map(|((parties, agreed), organs, precedence, handovers, legs, batches, said)| {
            build(parties, agreed, &organs, &precedence, handovers, &legs, &batches, &said)
        })
        .boxed()
}

/// A date within the small calendar; open ends and no number are rarer.
pub fn dates() -> BoxedStrategy<Date> {
    let day = || 1..=DAYS;
    prop_oneof![
        6 => day().prop_map(|day| Date::Days(Some(day), Some(day))),
        4 => (day(), day()).prop_map(|(a, b)| Date::Days(Some(a.min(b)), Some(a.max(b)))),
        1 => day().prop_map(|day| Date::Days(Some(day), None)),
        1 => day().prop_map(|day| Date::Days(None, Some(day))),
        1 => Just(Date::Undisclosed),
        1 => Just(Date::Unknown),
    ]
    .boxed()
}

/// An amount, whatever it is about. What it may be the same as is drawn as any number.
pub fn amounts() -> BoxedStrategy<Amount> {
    let n = || 0..=7u32;
    prop_oneof![
        6 => n().prop_map(Amount::Exact),
        1 => (1..=8u32).prop_map(|n| Amount::Approx(n, None)),
        1 => (n(), 0..=2u32).prop_map(|(n, width)| Amount::Approx(n, Some(width))),
        1 => n().prop_map(Amount::AtLeast),
        1 => n().prop_map(Amount::MoreThan),
        1 => n().prop_map(Amount::AtMost),
        1 => (1..=8u32).prop_map(Amount::LessThan),
        1 => (n(), n()).prop_map(|(a, b)| Amount::Between(a.min(b), a.max(b))),
        2 => (0..16usize, 0..=1u32).prop_map(|(step, width)| Amount::SameAs(step, width)),
        2 => Just(Amount::None),
        1 => Just(Amount::Undisclosed),
        1 => Just(Amount::Withheld),
        1 => Just(Amount::Unknown),
    ]
    .boxed()
}

fn owed() -> BoxedStrategy<Owed> {
    let n = || 0..=20u32;
    prop_oneof![
        3 => n().prop_map(Owed::Exactly),
        2 => n().prop_map(Owed::AtLeast),
        2 => n().prop_map(Owed::MoreThan),
        2 => n().prop_map(Owed::UpTo),
        1 => (1..=20u32).prop_map(|n| Owed::About(n, None)),
        1 => (n(), 0..=4u32).prop_map(|(n, width)| Owed::About(n, Some(width))),
        1 => (n(), n()).prop_map(|(a, b)| Owed::Between(a.min(b), a.max(b))),
        1 => Just(Owed::Nothing),
        1 => Just(Owed::AllFound),
        1 => Just(Owed::Unquantified),
    ]
    .boxed()
}

/// One thing said, before it is known what there is to speak of: an intent that fits any world.
#[derive(Clone, Debug)]
pub struct Draw {
    speaker: usize,
    said: Date,
    /// 0 to 11: a claim; 12, 13: a correction; 14: a withdrawal; 15: a repetition.
    act: u8,
    thing: (u8, usize, usize),
    way: u8,
    amount: Amount,
    date: Date,
    owed: Owed,
    former: usize,
}

/// Anything that can be said.
pub fn draws() -> BoxedStrategy<Draw> {
    draws_of((0..18u8).boxed(), (0..16u8).boxed(), amounts())
}

/// What can be said of some things, by some acts, in some amounts.
pub(crate) fn draws_of(
    things: BoxedStrategy<u8>,
    acts: BoxedStrategy<u8>,
    amounts: BoxedStrategy<Amount>,
) -> BoxedStrategy<Draw> {
    let where_to = (0..12usize, dates(), acts, (things, 0..4usize, 0..3usize));
    let what = (0..12u8, amounts, dates(), owed(), 0..16usize);
    (where_to, what)
        .prop_map(|((speaker, said, act, thing), (way, amount, date, owed, former))| Draw {
            speaker,
            said,
            act,
            thing,
            way,
            amount,
            date,
            owed,
            former,
        })
        .boxed()
}

#[expect(clippy::too_many_arguments, reason = "one argument a list that is drawn")]
fn build(
    parties: usize,
    agreed: bool,
    organs: &[u8],
    precedence: &[(usize, u8, Vec<usize>)],
    handovers: Vec<Date>,
    legs: &[(usize, u8, u8, bool)],
    batches: &[(usize, u8)],
    said: &[Draw],
) -> World {
    let mut sides = vec![Side::Party(0), Side::Party(1)];
    sides.extend(organs.iter().map(|side| match side {
        0..=5 => Side::Party(usize::from(*side) % parties),
        6 | 7 => Side::Neutral,
        8 => Side::Press,
        _ => Side::Unknown,
    }));
    let legs: Vec<Leg> = legs.iter().map(|leg| build_leg(parties, handovers.len(), *leg)).collect();
    let batches: Vec<Batch> = batches
        .iter()
        .map(|(leg, how)| {
            let at = leg % legs.len();
            let Leg { from, to, unit, towards, .. } = legs[at];
            // One in five is only brought, and passes nowhere.
            Batch { leg: (*how > 0).then_some(at), from, to, unit, towards }
        })
        .collect();
    let precedence = precedence.iter().map(|order| build_precedence(parties, &sides, order)).collect();
    let mut world =
        World { parties, organs: sides, precedence, agreed, handovers, legs, batches, steps: vec![] };
    for leg in 0..world.legs.len() {
        let has_batch = world.batches_of(leg).next().is_some();
        world.legs[leg].whole &= has_batch;
    }
    for draw in said {
        let step = build_step(&world, draw);
        world.steps.push(step);
    }
    world
}

fn build_leg(parties: usize, handovers: usize, (handover, way, unit, whole): (usize, u8, u8, bool)) -> Leg {
    let (from, to) = match way {
        0..=2 => (0, 1),
        3 | 4 => (1, 0),
        _ => (parties - 1, 0),
    };
    let unit = if unit == 5 { Kind::Containers } else { Kind::Sets };
    Leg { handover: handover % handovers, from, to, unit, towards: (from, to) == (0, 1), whole }
}

fn build_precedence(parties: usize, sides: &[Side], order: &(usize, u8, Vec<usize>)) -> Precedence {
    let party = order.0 % parties;
    let own: Vec<usize> = (0..sides.len()).filter(|organ| sides[*organ] == Side::Party(party)).collect();
    let mut organs: Vec<usize> = Vec::new();
    for pick in &order.2 {
        if let Some(organ) = own.get(pick % own.len().max(1))
            && !organs.contains(organ)
        {
            organs.push(*organ);
        }
    }
    let respect = match order.1 {
        0 => Some(Respect::Occurrence),
        1 | 2 => Some(Respect::Count),
        3 => Some(Respect::When),
        4 => Some(Respect::Terms),
        _ => None,
    };
    Precedence { party, respect, organs }
}

/// What a draw says in a world, and who says it.
pub fn build_step(world: &World, draw: &Draw) -> Step {
    let speaker = draw.speaker % (world.organs.len() * 2);
    let claims: Vec<usize> = (0..world.steps.len()).filter(|step| world.claim(*step).is_some()).collect();
    let former = (!claims.is_empty()).then(|| claims[draw.former % claims.len()]);
    let act = match (draw.act, former) {
        (12 | 13, Some(former)) => {
            let (_, word) = world.claim(former).unwrap();
            Act::Corrects(former, replacement(world, draw, word))
        }
        (14, Some(former)) => Act::Withdraws(former),
        (15, Some(former)) => Act::Repeats(former),
        _ => build_claim(world, draw),
    };
    // Only its own speaker corrects or withdraws a claim.
    let speaker = match act {
        Act::Corrects(former, _) | Act::Withdraws(former) => world.steps[former].speaker,
        Act::Says(..) | Act::Repeats(_) => speaker,
    };
    Step { speaker, said: draw.said, act }
}

fn build_claim(world: &World, draw: &Draw) -> Act {
    let (kind, at, other) = draw.thing;
    let (leg, handover) = (at % world.legs.len(), at % world.handovers.len());
    let batch = (!world.batches.is_empty()).then(|| at % world.batches.len());
    let unit = if draw.way % 6 == 5 { Kind::Containers } else { Kind::Sets };
    let happened = if draw.way.is_multiple_of(3) { Word::DidNotOccur } else { Word::Occurred };
    let count = || Word::Count(amount(world, draw.amount, unit), unit);
    let credit = amount(world, draw.amount, Kind::Sets);
    let (thing, word) = match (kind, batch) {
        (0..=4, _) => (Thing::Leg(leg), count()),
        (5, _) => (Thing::Leg(leg), happened),
        (6..=8, Some(batch)) => (Thing::Batch(batch), count()),
        (9, _) => (Thing::Handover(handover), Word::When(draw.date)),
        (10, _) => (Thing::Handover(handover), happened),
        (11, _) => (Thing::Total, count()),
        (12, Some(batch)) => (Thing::Bringing(batch, other % world.handovers.len()), happened),
        (13, Some(_)) => (Thing::Slot(handover), happened),
        (14, _) if draw.way < 6 => (Thing::Leg(leg), Word::Credited(credit)),
        (14, _) => (Thing::Leg(leg), Word::CreditDenied(credit)),
        _ => (Thing::Obligation, Word::Owed(draw.owed)),
    };
    Act::Says(thing, word)
}

/// What is said in place of a word: the same respect and, where it counts, the same or another unit.
fn replacement(world: &World, draw: &Draw, word: Word) -> Word {
    match word {
        Word::Occurred | Word::DidNotOccur if draw.way.is_multiple_of(2) => Word::Occurred,
        Word::Occurred | Word::DidNotOccur => Word::DidNotOccur,
        Word::Count(_, kind) => Word::Count(amount(world, draw.amount, kind), kind),
        Word::Credited(_) => Word::Credited(amount(world, draw.amount, Kind::Sets)),
        Word::CreditDenied(_) => Word::CreditDenied(amount(world, draw.amount, Kind::Sets)),
        Word::When(_) => Word::When(draw.date),
        Word::Owed(_) => Word::Owed(draw.owed),
    }
}

/// The amount that was drawn, the same as an earlier one in the same unit if there is any.
fn amount(world: &World, drawn: Amount, unit: Kind) -> Amount {
    let Amount::SameAs(step, width) = drawn else { return drawn };
    let counting: Vec<usize> = (0..world.steps.len())
        .filter(|step| {
            world.claim(*step).and_then(|(_, word)| word.amount()).is_some_and(|(_, kind)| kind == unit)
        })
        .collect();
    if counting.is_empty() {
        Amount::Exact(width)
    } else {
        Amount::SameAs(counting[step % counting.len()], width)
    }
}
