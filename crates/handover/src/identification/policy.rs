//! Policies: what an identification must rest on, and how one compares with another (invariants 30, 31 and 36).

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::num::NonZeroU8;

use super::line::{Conclusion, Evidence, Line, LineKind, Method, Rank};
use crate::id::{OrganId, PolicyId, RecordRef};
use crate::likelihood::{LikelihoodRatio, Posterior, Prior, Threshold};
use crate::when::When;

/// So many relatives, so near, each compared by so many methods. Two close relatives are `2, 1, 1`, and one relative with two
/// methods is `1, 1, 2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct RelativesAsked {
    /// How many relatives, each with a sample of their own.
    pub relatives: NonZeroU8,
    /// The farthest degree of kinship.
    pub within_degree: NonZeroU8,
    /// How many methods for each.
    pub methods: NonZeroU8,
}

/// With which references DNA counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum References {
    /// A sample of the person's own.
    OwnSample,
    /// Samples of relatives.
    Relatives(RelativesAsked),
}

/// What an identification must rest on, as configuration: the ledger has none built in. A version is never changed; another
/// takes its place from a date on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Policy {
    /// Its identifier.
    pub id: PolicyId,
    /// The policy whose place it takes, of the same organ.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub supersedes: Option<PolicyId>,
    /// From when it is in force.
    pub from: When,
    /// The organs that may decide under it: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub competent: Vec<OrganId>,
    /// What the posterior must reach for DNA to count, or another primary line that is given as a ratio.
    pub threshold: Threshold,
    /// The greatest prior that may be declared.
    pub prior: Prior,
    /// The least ratio with which a statistical comparison makes a candidate: more than 1.
    pub screening: LikelihoodRatio,
    /// How many kinds of primary evidence suffice, both of DNA being one; 0 if they never do without a combination.
    pub primary: u8,
    /// Combinations of kinds of evidence that suffice together without the primary ones, each of two kinds or more.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few_of_few()"))]
    pub combinations: Vec<Vec<LineKind>>,
    /// With which references DNA counts: any of these. With none it does not count.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub references: Vec<References>,
    /// How many reviewed, who did not analyse: 1 or more.
    pub reviewers: u8,
}

/// In what a policy may be stricter than another, and a decision fall short of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Aspect {
    /// The kinds of evidence.
    Lines,
    /// The references of DNA.
    References,
    /// What the posterior must reach.
    Threshold,
    /// The prior.
    Prior,
    /// Those who reviewed.
    Reviewers,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lines => "kinds of evidence",
            Self::References => "references",
            Self::Threshold => "threshold",
            Self::Prior => "prior",
            Self::Reviewers => "reviewers",
        })
    }
}

impl References {
    /// Whether whatever satisfies this satisfies the other.
    fn implies(self, other: Self) -> bool {
        match (self, other) {
            (Self::OwnSample, Self::OwnSample) => true,
            (Self::Relatives(ours), Self::Relatives(theirs)) => {
                ours.relatives >= theirs.relatives
                    && ours.within_degree <= theirs.within_degree
                    && ours.methods >= theirs.methods
            }
            (Self::OwnSample, Self::Relatives(_)) | (Self::Relatives(_), Self::OwnSample) => false,
        }
    }

    /// Whether the samples that were compared are these. One relative counts once, in however many reports.
    fn are_in(self, evidence: &[&Evidence]) -> bool {
        match self {
            Self::OwnSample => evidence
                .iter()
                .any(|piece| matches!(&piece.line, Line::DnaDirect(own) if !own.methods.is_empty())),
            Self::Relatives(asked) => {
                let mut relatives: Vec<(RecordRef, Vec<Method>)> = Vec::new();
                for piece in evidence {
                    let Line::DnaKinship(kinship) = &piece.line else { continue };
                    for relative in kinship.relatives.iter().filter(|it| it.degree <= asked.within_degree) {
                        match relatives.iter_mut().find(|(sample, _)| *sample == relative.sample) {
                            Some((_, methods)) => methods.extend(&relative.methods),
                            None => relatives.push((relative.sample, relative.methods.clone())),
                        }
                    }
                }
                let enough = |methods: &mut Vec<Method>| {
                    methods.sort_unstable();
                    methods.dedup();
                    methods.len() >= usize::from(asked.methods.get())
                };
                let found =
                    relatives.iter_mut().filter_map(|(_, methods)| enough(methods).then_some(())).count();
                found >= usize::from(asked.relatives.get())
            }
        }
    }
}

impl Policy {
    /// In what evidence falls short of this policy with a declared prior: nothing, if it suffices.
    ///
    /// It suffices if it holds as many kinds of primary evidence as the policy asks, or all of one of its combinations. DNA
    /// counts if the references are satisfied and the best single ratio reaches the threshold: ratios are not multiplied, for
    /// nobody vouches that the lines are independent.
    pub(crate) fn shortfalls(&self, prior: Prior, evidence: &[&Evidence]) -> Vec<Aspect> {
        let speaks: Vec<&Evidence> =
            evidence.iter().copied().filter(|piece| piece.conclusion == Conclusion::Consistent).collect();
        let has = |kind: &LineKind| speaks.iter().any(|piece| piece.line.kind() == *kind);
        if self.combinations.iter().any(|kinds| !kinds.is_empty() && kinds.iter().all(has)) {
            return Vec::new();
        }
        let reaches = |ratio: LikelihoodRatio| Posterior::new(ratio, prior).reaches(self.threshold);
        let (dna, others): (Vec<&Evidence>, Vec<&Evidence>) = speaks
            .iter()
            .copied()
            .filter(|piece| piece.line.kind().rank() == Rank::Primary)
            .partition(|piece| piece.line.kind().is_dna());
        let kinds = |pieces: &mut dyn Iterator<Item = &Evidence>| {
            let mut kinds: Vec<LineKind> = pieces.map(|piece| piece.line.kind()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds.len()
        };
        let told = kinds(&mut others.iter().copied());
        let counted = kinds(&mut others.iter().copied().filter(|piece| piece.ratio.is_none_or(reaches)));
        let references = self.references.iter().any(|asked| asked.are_in(&dna));
        let threshold = best_ratio(dna.iter().copied()).is_some_and(reaches);
        let asked = usize::from(self.primary);
        let with_dna = |others: usize, dna: bool| others.saturating_add(usize::from(dna));
        if asked > 0 && with_dna(counted, references && threshold) >= asked {
            return Vec::new();
        }
        let mut shortfalls = Vec::new();
        if asked == 0 || with_dna(told, !dna.is_empty()) < asked {
            shortfalls.push(Aspect::Lines);
        }
        if !dna.is_empty() && !references {
            shortfalls.push(Aspect::References);
        }
        if (!dna.is_empty() && !threshold) || counted < told {
            shortfalls.push(Aspect::Threshold);
        }
        shortfalls
    }

    /// Whether evidence makes a candidate: a ratio that reaches the screening threshold, a primary line that is not
    /// statistical, or a line of a documented combination.
    pub(crate) fn screens(&self, evidence: &[&Evidence]) -> bool {
        evidence.iter().filter(|piece| piece.conclusion == Conclusion::Consistent).any(|piece| {
            let kind = piece.line.kind();
            match piece.ratio {
                Some(ratio) => ratio >= self.screening,
                None => {
                    (kind.rank() == Rank::Primary && !kind.is_dna())
                        || self.combinations.iter().any(|kinds| kinds.contains(&kind))
                }
            }
        })
    }

    /// In what this policy admits what the other would not.
    ///
    /// A policy is never weaker than itself.
    pub fn is_weaker_in(&self, other: &Self) -> Vec<Aspect> {
        let within =
            |kinds: &Vec<LineKind>, others: &Vec<LineKind>| others.iter().all(|kind| kinds.contains(kind));
        let lines = (self.primary > 0 && (other.primary == 0 || other.primary > self.primary))
            || self
                .combinations
                .iter()
                .any(|kinds| !other.combinations.iter().any(|theirs| within(kinds, theirs)));
        let references =
            self.references.iter().any(|ours| !other.references.iter().any(|theirs| ours.implies(*theirs)));
        [
            (Aspect::Lines, lines),
            (Aspect::References, references),
            (Aspect::Threshold, self.threshold < other.threshold),
            (Aspect::Prior, self.prior.compare(other.prior) == Ordering::Greater),
            (Aspect::Reviewers, self.reviewers < other.reviewers),
        ]
        .into_iter()
        .filter_map(|(aspect, weaker)| weaker.then_some(aspect))
        .collect()
    }
}

/// The greatest ratio of those that are stated.
pub(crate) fn best_ratio<'e>(evidence: impl Iterator<Item = &'e Evidence>) -> Option<LikelihoodRatio> {
    evidence.filter_map(|piece| piece.ratio).max()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::house::{policy, the};
    use crate::identification::line::{DirectSample, Kinship, Relative};

    fn evidence(line: Line, ratio: Option<&str>) -> Evidence {
        Evidence {
            units: vec![the("u")],
            person: the("x"),
            line,
            conclusion: Conclusion::Consistent,
            ratio: ratio.map(the),
            record: the("report"),
            run: None,
            on: the("2025-01-02"),
        }
    }

    #[test]
    fn a_policy_is_weaker_in_what_it_admits_and_the_other_does_not() {
        let one = policy();
        assert_eq!(one.is_weaker_in(&one), []);
        let asks = |primary| Policy { primary, ..policy() };
        assert_eq!(asks(1).is_weaker_in(&asks(2)), [Aspect::Lines]);
        assert_eq!(asks(2).is_weaker_in(&asks(1)), []);
        assert_eq!(asks(2).is_weaker_in(&asks(2)), []);
        assert_eq!(asks(1).is_weaker_in(&asks(0)), [Aspect::Lines], "none of them never suffices");
        assert_eq!(asks(0).is_weaker_in(&asks(1)), []);
        assert_eq!(asks(0).is_weaker_in(&asks(0)), []);

        let combines = |combinations: &[&[LineKind]]| Policy {
            combinations: combinations.iter().map(|kinds| kinds.to_vec()).collect(),
            ..policy()
        };
        let (two, three): (&[_], &[_]) = (
            &[LineKind::Tattoo, LineKind::Effects],
            &[LineKind::Tattoo, LineKind::Effects, LineKind::Documents],
        );
        assert_eq!(combines(&[two]).is_weaker_in(&combines(&[three])), [Aspect::Lines]);
        assert_eq!(combines(&[three]).is_weaker_in(&combines(&[two])), []);
        assert_eq!(combines(&[two]).is_weaker_in(&policy()), [Aspect::Lines]);
        assert_eq!(policy().is_weaker_in(&combines(&[two])), []);

        let refers = |references: &[References]| Policy { references: references.to_vec(), ..policy() };
        let relatives = |relatives, within_degree, methods| {
            let asked = |number| NonZeroU8::new(number).unwrap();
            References::Relatives(RelativesAsked {
                relatives: asked(relatives),
                within_degree: asked(within_degree),
                methods: asked(methods),
            })
        };
        let (own, close) = (References::OwnSample, relatives(2, 1, 2));
        for weaker in [relatives(1, 1, 2), relatives(2, 2, 2), relatives(2, 1, 1), own] {
            assert_eq!(refers(&[weaker]).is_weaker_in(&refers(&[close])), [Aspect::References]);
        }
        for no_weaker in [close, relatives(3, 1, 2), relatives(2, 1, 3)] {
            assert_eq!(refers(&[no_weaker]).is_weaker_in(&refers(&[close])), []);
        }
        assert_eq!(refers(&[own]).is_weaker_in(&refers(&[own, close])), []);
        assert_eq!(refers(&[close]).is_weaker_in(&refers(&[own])), [Aspect::References]);

        let stricter =
            Policy { threshold: the("0.9999"), prior: the("1 in 70000"), reviewers: 2, ..policy() };
        assert_eq!(one.is_weaker_in(&stricter), [Aspect::Threshold, Aspect::Prior, Aspect::Reviewers]);
        assert_eq!(stricter.is_weaker_in(&one), []);
    }

    /// In what pieces of evidence fall short of a policy, where one of two could be meant: 0.9995 is then reached by 1999, and by
    /// no less.
    fn short(asked: &Policy, pieces: &[Evidence]) -> Vec<Aspect> {
        asked.shortfalls(the("1 in 2"), &pieces.iter().collect::<Vec<_>>())
    }

    const EXACT: Option<&str> = Some("1999");
    const BELOW: Option<&str> = Some("1998.99");

    fn own_sample(ratio: Option<&str>) -> Evidence {
        let sample = DirectSample { sample: the("brush"), methods: vec![Method::AutosomalStr] };
        evidence(Line::DnaDirect(sample), ratio)
    }

    #[test]
    fn what_is_short_is_named_and_what_reaches_the_threshold_exactly_suffices() {
        assert_eq!(short(&policy(), &[evidence(Line::Fingerprints, EXACT)]), []);
        assert_eq!(short(&policy(), &[evidence(Line::Fingerprints, BELOW)]), [Aspect::Threshold]);
        assert_eq!(short(&policy(), &[evidence(Line::Fingerprints, None)]), []);
        assert_eq!(short(&policy(), &[evidence(Line::Tattoo, None)]), [Aspect::Lines]);
        assert_eq!(short(&policy(), &[]), [Aspect::Lines]);

        let two = Policy { primary: 2, ..policy() };
        let prints = evidence(Line::Fingerprints, None);
        assert_eq!(short(&two, core::slice::from_ref(&prints)), [Aspect::Lines]);
        assert_eq!(short(&two, &[prints.clone(), prints.clone()]), [Aspect::Lines], "one kind is one");
        assert_eq!(short(&two, &[prints.clone(), evidence(Line::Dental, None)]), []);
        assert_eq!(short(&two, &[prints.clone(), evidence(Line::Dental, BELOW)]), [Aspect::Threshold]);
        assert_eq!(
            short(&two, &[evidence(Line::Dental, BELOW)]),
            [Aspect::Lines, Aspect::Threshold],
            "too few, and that one too weak"
        );
        let none = Policy { primary: 0, ..policy() };
        assert_eq!(short(&none, core::slice::from_ref(&prints)), [Aspect::Lines]);
        let against = Evidence { conclusion: Conclusion::Insufficient, ..prints };
        assert_eq!(short(&policy(), &[against]), [Aspect::Lines], "what does not speak for it is nothing");

        let combined = Policy { combinations: vec![vec![LineKind::Tattoo, LineKind::Effects]], ..none };
        let [tattoo, effects, documents] =
            [Line::Tattoo, Line::Effects, Line::Documents].map(|line| evidence(line, None));
        assert_eq!(short(&combined, core::slice::from_ref(&tattoo)), [Aspect::Lines]);
        assert_eq!(short(&combined, &[tattoo.clone(), effects]), []);
        assert_eq!(short(&combined, &[tattoo, documents.clone()]), [Aspect::Lines]);
        assert_eq!(short(&combined, &[documents]), [Aspect::Lines], "of another combination");
    }

    #[test]
    fn dna_counts_by_its_references_and_its_best_ratio() {
        let asks = Policy { references: vec![References::OwnSample], ..policy() };
        assert_eq!(short(&asks, &[own_sample(EXACT)]), []);
        assert_eq!(short(&asks, &[own_sample(BELOW)]), [Aspect::Threshold]);
        assert_eq!(short(&asks, &[own_sample(None)]), [Aspect::Threshold]);
        assert_eq!(short(&asks, &[own_sample(BELOW), own_sample(EXACT)]), [], "the best of them");
        assert_eq!(
            short(&policy(), &[own_sample(EXACT)]),
            [Aspect::References],
            "with none it does not count"
        );
        assert_eq!(short(&policy(), &[own_sample(BELOW)]), [Aspect::References, Aspect::Threshold]);

        let mother = Relative { sample: the("mother"), degree: NonZeroU8::MIN, methods: vec![Method::Snp] };
        let kin = evidence(Line::DnaKinship(Kinship { relatives: vec![mother] }), EXACT);
        let prints = |ratio| evidence(Line::Fingerprints, ratio);
        let two = Policy { primary: 2, ..asks.clone() };
        assert_eq!(short(&two, &[own_sample(EXACT), kin]), [Aspect::Lines], "both of DNA are one");
        assert_eq!(short(&two, &[own_sample(EXACT), prints(None)]), []);
        assert_eq!(short(&two, &[own_sample(EXACT), prints(BELOW)]), [Aspect::Threshold]);

        assert_eq!(
            short(&policy(), &[prints(None), own_sample(EXACT)]),
            [],
            "one suffices without the other"
        );
        assert_eq!(short(&asks, &[own_sample(EXACT), prints(BELOW)]), []);
    }

    #[test]
    fn a_ratio_makes_a_candidate_from_the_screening_threshold_on() {
        let screens = |piece: &Evidence| policy().screens(&[piece]);
        assert!(screens(&evidence(Line::Fingerprints, Some("1000"))));
        assert!(!screens(&evidence(Line::Fingerprints, Some("999.99"))));
        assert!(screens(&evidence(Line::Fingerprints, None)));
        assert!(!screens(&evidence(Line::Tattoo, None)));
        assert!(!screens(&own_sample(None)), "what is statistical has its ratio");
    }
}
