//! What a refusal says: what was expected and what was found.

use core::fmt;

use super::PrisonerRefusal;

impl fmt::Display for PrisonerRefusal {
    #[expect(clippy::too_many_lines, reason = "one arm a refusal")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotItsPart { organ, expected } => {
                write!(f, "expected an organ of {expected}, found `{organ}`")
            }
            Self::NoReferenceDate(category) => {
                write!(f, "expected a reference date of category `{category}`, found none")
            }
            Self::OneParty(party) => {
                write!(f, "expected two parties, found `{party}` as the holder and as the home party")
            }
            Self::AnotherLeg { leg, list } => write!(
                f,
                "expected a leg of persons from the holder to the home party of list `{list}`, found `{leg}`"
            ),
            Self::Netted { leg, obligation } => write!(
                f,
                "expected a leg that performs no term of an agreement, found that `{leg}` performs `{obligation}`"
            ),
            Self::Executed { list, by } => write!(
                f,
                "expected list `{list}` not to be carried out or reconciled yet, found entry `{by}`"
            ),
            Self::NoSuchVersion { list, version } => {
                write!(f, "expected a submitted version of list `{list}`, found {version}")
            }
            Self::NotTheNextVersion { expected, found } => {
                write!(f, "expected version {expected}, found {found}")
            }
            Self::ListedTwice(nomination) => {
                write!(f, "expected each entry once, found `{nomination}` twice")
            }
            Self::NotOfThisList { nomination, list } => {
                write!(f, "expected an entry of this version of list `{list}`, found `{nomination}`")
            }
            Self::DeferredDropped(nomination) => write!(
                f,
                "expected `{nomination}`, who is not fit to travel, to stay on the list, found a version without that entry"
            ),
            Self::FrozenAlready { list, version } => {
                write!(f, "expected a version of list `{list}` after {version}, which is frozen")
            }
            Self::OwnVersion { list, version } => write!(
                f,
                "expected a version of the other side, found that {version} of list `{list}` is its own"
            ),
            Self::AcceptedAlready { list, by } => write!(
                f,
                "expected that this side had not accepted the version of list `{list}`, found entry `{by}`"
            ),
            Self::NotAccepted { list, version, party } => write!(
                f,
                "expected version {version} of list `{list}` to be accepted by both sides, found nothing of `{party}`"
            ),
            Self::NotFrozen { list, version } => {
                write!(f, "expected the frozen version of list `{list}`, found {version}")
            }
            Self::NotExecuted(list) => {
                write!(f, "expected list `{list}` to be carried out, found that it is not")
            }
            Self::OnTwoFrozenLists { nomination, other } => {
                write!(f, "expected the person of `{nomination}` on no other frozen list, found `{other}`")
            }
            Self::NothingFrozen(list) => {
                write!(f, "expected list `{list}` to be frozen, found that it is not")
            }
            Self::OpenElsewhere { person, nomination } => {
                write!(f, "expected no open entry of person `{person}` at this holder, found `{nomination}`")
            }
            Self::ExchangedAlready { person, by } => write!(
                f,
                "expected a capture of person `{person}` after entry `{by}` told of the handing over, found none"
            ),
            Self::Disciplinary(nomination) => write!(
                f,
                "expected criminal proceedings or a sentence against `{nomination}`, found a disciplinary punishment"
            ),
            Self::NotNeutral(organ) => write!(f, "expected a neutral organ, found `{organ}`"),
            Self::Missing { nomination, expected } => {
                write!(f, "expected {expected} to be told of `{nomination}`, found nothing")
            }
            Self::NoDutyOfDeath(duty) => write!(f, "expected D12 or D13, found {duty}"),
            Self::NoSubstitute(nomination) => {
                write!(f, "expected a substitution, found `{nomination}`, who was nominated for the list")
            }
            Self::NotAtReferenceDate { category, expected, found } => {
                write!(f, "expected category `{category}` to be evaluated for {expected}, found {found}")
            }
            Self::NoMedicalGround(nomination) => {
                write!(f, "expected a commission or a manifest condition of `{nomination}`, found neither")
            }
            Self::PassedOff { nomination, expected, found } => write!(
                f,
                "expected person `{expected}` of `{nomination}`, found `{found}`: record a substitution"
            ),
            Self::SubstituteNotAccepted(nomination) => write!(
                f,
                "expected that the receiver accepts `{nomination}` unlisted, found that it does not"
            ),
            Self::NotAgreed { nomination, list } => write!(
                f,
                "expected `{nomination}` on the frozen version of list `{list}`, found that it is not"
            ),
            Self::Ended { nomination, by } => write!(
                f,
                "expected `{nomination}` to be open by this side's word, found its end in entry `{by}`"
            ),
            Self::NoWill(nomination) => write!(f, "expected the will of `{nomination}`, found none"),
            Self::Declined { nomination, by } => {
                write!(f, "expected the will of `{nomination}` to go, found entry `{by}`")
            }
            Self::NotFree { nomination, by } => {
                write!(f, "expected a verified will of `{nomination}`, found entry `{by}`")
            }
            Self::OnePerson(person) => write!(f, "expected two references, found `{person}` twice"),
            Self::NoStep(entry) => write!(f, "expected such an entry, found `{entry}`"),
            Self::NotItsWord { entry, organ } => {
                write!(f, "expected the word of `{organ}`, which told `{entry}`, found another organ's")
            }
            Self::RetractedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was retracted by `{by}`")
            }
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}
