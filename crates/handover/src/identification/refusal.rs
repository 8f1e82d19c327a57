//! What is impossible of an identification, each with its rule.

use core::fmt;

use super::contradiction::Contradiction;
use super::line::LineKind;
use super::policy::Aspect;
use super::state::Stage;
use crate::id::{EntryId, OrganId, PersonRef, PolicyId, RecordRef, RemainsId};
use crate::refusal::Rule;

/// What is impossible of an identification, in the order in which it is asked (B5; invariants 29 to 36 and 41).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentificationRefusal {
    /// The entry that is referred to is something else.
    NotA {
        /// The entry.
        entry: EntryId,
        /// What was expected.
        expected: &'static str,
    },
    /// Something that there must be one of is missing. Asked of each such thing where it is needed.
    None(&'static str),
    /// A unit is named once.
    UnitTwice(RemainsId),
    /// The policy would allow everything.
    AllowsEverything(&'static str),
    /// A policy takes the place of one of the same organ.
    NotItsPolicy {
        /// The policy whose place it would take.
        policy: PolicyId,
        /// The organ whose it is.
        organ: OrganId,
    },
    /// Another took the place of the policy.
    SupersededAlready {
        /// The policy.
        policy: PolicyId,
        /// What took its place.
        by: PolicyId,
    },
    /// A conclusion and a ratio say opposite things.
    AtOdds,
    /// A ratio is the result of a comparison, not of an impression.
    RatioOfImpression(LineKind),
    /// Only the organ whose word it is takes it back.
    NotItsWord {
        /// The entry.
        entry: EntryId,
        /// The organ that made it.
        organ: OrganId,
    },
    /// It is taken back once.
    RetractedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that took it back.
        by: EntryId,
    },
    /// A decision on the unit is in force.
    IdentifiedAlready {
        /// The unit.
        unit: RemainsId,
        /// The entry that decided.
        by: EntryId,
    },
    /// The decision is not in force.
    NotInForce {
        /// The decision.
        decision: EntryId,
        /// The entry that revoked it.
        by: EntryId,
    },
    /// The decision is re-examined already.
    ReexaminedAlready {
        /// The decision.
        decision: EntryId,
        /// The entry that opened it.
        by: EntryId,
    },
    /// The decision is not being re-examined.
    NotReexamined(EntryId),
    /// The unit is excluded from being that person's.
    Excluded {
        /// The unit.
        unit: RemainsId,
        /// The person.
        person: PersonRef,
        /// The entry that excludes.
        by: EntryId,
    },
    /// The unit has not come so far with this person, or farther.
    NotThere {
        /// The unit.
        unit: RemainsId,
        /// Where it must be.
        expected: Stage,
        /// Where it is.
        found: Stage,
    },
    /// What is determined not to be human is nobody's remains.
    NotHuman(RemainsId),
    /// The organ may not decide under the policy.
    NotCompetent {
        /// The organ.
        organ: OrganId,
        /// The policy.
        policy: PolicyId,
    },
    /// The policy was not in force then.
    PolicyNotInForce(PolicyId),
    /// The evidence is of another unit or another person.
    EvidenceOfAnother(EntryId),
    /// What the evidence stands on was erased.
    EvidenceErased {
        /// The evidence.
        entry: EntryId,
        /// The entry that erased it.
        by: EntryId,
    },
    /// The evidence was taken back.
    EvidenceRetracted {
        /// The evidence.
        entry: EntryId,
        /// The entry that took it back.
        by: EntryId,
    },
    /// The prior is greater than the policy allows.
    PriorTooHigh,
    /// There is no evidence on the unit among what is named.
    NoEvidence(RemainsId),
    /// Nothing reaches the screening threshold.
    BelowScreening(RemainsId),
    /// The evidence does not satisfy the policy.
    DoesNotSuffice {
        /// The unit.
        unit: RemainsId,
        /// In what it falls short first.
        aspect: Aspect,
    },
    /// Who analysed does not review.
    AnalystReviews(RecordRef),
    /// Too few reviewed.
    TooFewReviewers {
        /// How many the policy asks.
        expected: u8,
        /// How many there are.
        found: usize,
    },
    /// A contradiction is open.
    ContradictionOpen {
        /// The unit.
        unit: RemainsId,
        /// What contradicts.
        kind: Contradiction,
        /// What is known of the person, or the evidence.
        fact: EntryId,
        /// The finding that it contradicts, if one.
        finding: Option<EntryId>,
    },
    /// Two units cannot be of one person.
    Overlap {
        /// One unit.
        unit: RemainsId,
        /// The other.
        other: RemainsId,
    },
    /// It is dated wholly before what it presupposes.
    BeforeWhatItRestsOn(EntryId),
}

impl IdentificationRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NotA { .. } => {
                Rule::numbered(31, "an identification rests on entries that say what it takes them for")
            }
            Self::None(_) => {
                Rule::numbered(31, "an identification has units, evidence, analysts and reviewers")
            }
            Self::UnitTwice(_) => Rule::numbered(29, "every unit of remains is named by its own code, once"),
            Self::BeforeWhatItRestsOn(_) => Rule::numbered(31, "nothing rests on what came only later"),
            Self::AllowsEverything(_) => {
                Rule::numbered(30, "a policy asks for evidence, for review and for a competent authority")
            }
            Self::NotItsPolicy { .. } => Rule::numbered(36, "an organ supersedes its own policies"),
            Self::SupersededAlready { .. } => {
                Rule::numbered(36, "a policy is superseded once: versions follow one another and stay")
            }
            Self::AtOdds => {
                Rule::numbered(31, "a ratio above 1 speaks for the person and one below 1 against")
            }
            Self::RatioOfImpression(_) => Rule::numbered(30, "presumptive evidence has no likelihood ratio"),
            Self::NotItsWord { .. } => Rule::numbered(
                41,
                "evidence, findings and exclusions persist until the organ whose word they are takes them back",
            ),
            Self::RetractedAlready { .. } => Rule::numbered(52, "what is taken back is taken back once"),
            Self::IdentifiedAlready { .. } => {
                Rule::numbered(33, "at most one identification of a unit is in force")
            }
            Self::NotThere { .. } => Rule::numbered(
                32,
                "identification goes by candidate, match report and review to a decision, and skips nothing",
            ),
            Self::Excluded { .. } => {
                Rule::numbered(41, "exclusions persist and are consulted before every new candidate")
            }
            Self::NotInForce { .. } => Rule::numbered(35, "a decision is revoked once, and stays revoked"),
            Self::ReexaminedAlready { .. } => {
                Rule::numbered(35, "a decision is re-examined in one course at a time")
            }
            Self::NotReexamined(_) => {
                Rule::numbered(35, "a decision is upheld or revoked after it was re-examined")
            }
            Self::NotHuman(_) => Rule::numbered(31, "a decision is on remains of a human being"),
            Self::PolicyNotInForce(_) => {
                Rule::numbered(31, "a decision is made under the policy in force at its date")
            }
            Self::NotCompetent { .. } => Rule::numbered(31, "a competent authority decides"),
            Self::EvidenceErased { .. } => Rule::numbered(61, "no decision rests on what was erased"),
            Self::EvidenceOfAnother(_) | Self::EvidenceRetracted { .. } | Self::NoEvidence(_) => {
                Rule::numbered(31, "a decision rests on evidence on its own units and person that stands")
            }
            Self::BelowScreening(_) => Rule::numbered(31, "a candidate has reached the screening threshold"),
            Self::PriorTooHigh => {
                Rule::numbered(31, "the prior is declared, and no greater than the policy allows")
            }
            Self::DoesNotSuffice { aspect: Aspect::Lines, .. } => Rule::numbered(
                30,
                "primary evidence, or a combination that the policy allows, is needed: presumptive evidence alone never identifies",
            ),
            Self::DoesNotSuffice { .. } => {
                Rule::numbered(31, "the evidence satisfies the references and the threshold of the policy")
            }
            Self::AnalystReviews(_) | Self::TooFewReviewers { .. } => {
                Rule::numbered(31, "those who review are not those who analysed")
            }
            Self::ContradictionOpen { .. } => {
                Rule::numbered(34, "a contradiction blocks identification until it is resolved in writing")
            }
            Self::Overlap { .. } => {
                Rule::numbered(33, "a person has one body, and no anatomical element twice")
            }
        }
    }
}

impl fmt::Display for IdentificationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotA { entry, expected } => {
                write!(f, "expected {expected}, found `{entry}`, which is none")
            }
            Self::None(what) => write!(f, "expected at least one {what}, found none"),
            Self::UnitTwice(unit) => write!(f, "expected each unit once, found `{unit}` twice"),
            Self::BeforeWhatItRestsOn(entry) => {
                write!(f, "expected a date not before that of `{entry}`, on which it rests")
            }
            Self::AllowsEverything(what) => {
                write!(f, "expected a policy that asks for something, found {what}")
            }
            Self::NotItsPolicy { policy, organ } => {
                write!(f, "expected the word of `{organ}`, whose policy `{policy}` is, found another organ's")
            }
            Self::SupersededAlready { policy, by } => {
                write!(f, "expected the latest version, found that `{by}` took the place of `{policy}`")
            }
            Self::AtOdds => {
                f.write_str("expected a conclusion that agrees with its ratio, found the opposite")
            }
            Self::RatioOfImpression(kind) => {
                write!(f, "expected no likelihood ratio of presumptive evidence, found one of {kind}")
            }
            Self::NotItsWord { entry, organ } => {
                write!(f, "expected the word of `{organ}`, which recorded `{entry}`, found another organ's")
            }
            Self::RetractedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was taken back by `{by}`")
            }
            Self::IdentifiedAlready { unit, by } => {
                write!(f, "expected no decision in force on `{unit}`, found `{by}`")
            }
            Self::NotThere { unit, expected, found } => {
                write!(f, "expected that with this person `{unit}` is {expected}, found that it is {found}")
            }
            Self::Excluded { unit, person, by } => {
                write!(f, "expected that `{unit}` may be of `{person}`, found that `{by}` excludes it")
            }
            Self::NotInForce { decision, by } => {
                write!(f, "expected a decision in force, found that `{decision}` was revoked by `{by}`")
            }
            Self::ReexaminedAlready { decision, by } => {
                write!(f, "expected no re-examination of `{decision}` to be going on, found `{by}`")
            }
            Self::NotReexamined(decision) => {
                write!(f, "expected a re-examination of `{decision}`, found none that is going on")
            }
            Self::NotHuman(unit) => {
                write!(f, "expected a unit that may be human, found that `{unit}` is determined not to be")
            }
            Self::PolicyNotInForce(policy) => {
                write!(f, "expected the policy in force at that date, found `{policy}`, which is not")
            }
            Self::NotCompetent { organ, policy } => {
                write!(
                    f,
                    "expected the word of an organ that policy `{policy}` makes competent, found `{organ}`"
                )
            }
            Self::EvidenceOfAnother(entry) => {
                write!(f, "expected evidence on these units and this person, found `{entry}`, on others")
            }
            Self::EvidenceErased { entry, by } => {
                write!(f, "expected evidence that is kept, found that entry `{by}` erased that of `{entry}`")
            }
            Self::EvidenceRetracted { entry, by } => {
                write!(f, "expected evidence that stands, found that `{entry}` was taken back by `{by}`")
            }
            Self::NoEvidence(unit) => write!(f, "expected evidence on each unit, found none on `{unit}`"),
            Self::BelowScreening(unit) => {
                write!(f, "expected evidence on `{unit}` that reaches the screening threshold, found none")
            }
            Self::PriorTooHigh => f.write_str("expected a prior that the policy allows, found a greater one"),
            Self::DoesNotSuffice { unit, aspect } => {
                write!(
                    f,
                    "expected evidence on `{unit}` that satisfies the policy, found that it falls short: {aspect}"
                )
            }
            Self::AnalystReviews(officer) => {
                write!(f, "expected others to review than analysed, found `{officer}` among both")
            }
            Self::TooFewReviewers { expected, found } => {
                write!(f, "expected {expected} who reviewed, found {found}")
            }
            Self::ContradictionOpen { unit, kind, fact, finding } => {
                write!(f, "expected no open contradiction on `{unit}`, found that {kind}: `{fact}`")?;
                finding.map_or(Ok(()), |finding| write!(f, " against `{finding}`"))
            }
            Self::Overlap { unit, other } => {
                write!(
                    f,
                    "expected units that can be of one person, found `{unit}` and `{other}`, which cannot"
                )
            }
        }
    }
}
