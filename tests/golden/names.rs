//! Every name on the wire, as a literal: a round trip cannot see a name that writer and reader have both changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::golden_lines;

/// The fields of each object and the variants of each choice, in alphabetical order. A name that stands here is never
/// changed and never removed; a new one is added together with a line in the golden files.
#[rustfmt::skip]
const NAMES: &[(&str, &[&str])] = &[
    ("Acceptance", &["in-full", "in-part", "refused", "with-reservation"]),
    ("Accrual", &["credit", "passage", "tender"]),
    ("ActReversal", &["entry", "on", "reason"]),
    ("AddedReferences", &["from", "note", "number", "on"]),
    ("Advance", &["done", "of", "on", "paused"]),
    ("Affected", &["batch", "container", "remains", "transfer"]),
    ("Affiliation", &["civilians-of", "forces-of", "historic", "not-human", "third-state"]),
    ("AffiliationEntry", &["blocked", "credit-denied", "determined", "duty-closed", "presumed", "retracted", "set-off"]),
    ("AffiliationRetraction", &["entry", "on", "reason"]),
    ("Agreement", &["form", "id", "name", "on", "parties"]),
    ("AgreementEntry", &["amended", "answered", "extended", "introduced", "mandated", "milestone", "proposed", "residual", "round", "superseded"]),
    ("Alias", &["code", "container", "given-by"]),
    ("Allegiance", &["neutral", "party", "press", "unknown"]),
    ("Allocation", &["consented", "from", "note", "number", "on", "to"]),
    ("Amendment", &["agreement", "consented", "duties", "note", "version"]),
    ("AmendmentAsserted", &["duties", "to"]),
    ("Answer", &["accepted", "note", "proposal"]),
    ("Assignment", &["batch", "container", "on"]),
    ("Association", &["basis", "group", "note", "on", "unit"]),
    ("AssociationBasis", &["anatomical-fit", "context", "dna", "found-together"]),
    ("Attribution", &["grounds", "instead-of", "note", "of", "on", "record", "unit"]),
    ("Audience", &["family", "laboratory", "organ", "party", "public"]),
    ("BalanceClosing", &["consented", "note", "obligation", "on"]),
    ("Basis", &["agreement", "baseline", "unilateral-pledge"]),
    ("Batch", &["from", "id", "note", "of", "to", "towards", "unit"]),
    ("BatchEntry", &["introduced", "passed", "reversed"]),
    ("BoardReview", &["on", "report"]),
    ("Candidacy", &["evidence", "on", "person", "policy", "units"]),
    ("Captivity", &["as-of", "held-by"]),
    ("Case", &["agreement", "batch"]),
    ("CaseStatement", &["note", "of", "on"]),
    ("CategoryDefinition", &["id", "kind", "note", "reference", "under"]),
    ("CategoryKind", &["civilians", "long-held", "minors", "other", "over", "seriously-ill", "seriously-wounded", "under", "women"]),
    ("Claim", &["about", "additional-to", "note", "quotation", "says"]),
    ("ClaimEntry", &["corrected", "made", "repeated", "withdrawn"]),
    ("Class", &["category", "matter"]),
    ("ClosureEntry", &["closed", "criterion", "reopened"]),
    ("CommissionDecision", &["due-by", "notified", "outcome"]),
    ("CommissionOutcome", &["neutral", "reexamine", "reject", "repatriate"]),
    ("Conclusion", &["consistent", "inconsistent", "insufficient"]),
    ("Condition", &["held", "met", "stated"]),
    ("Confirmation", &["confirmed-by", "held-by"]),
    ("Consent", &["by", "on", "person", "purposes", "to"]),
    ("Container", &["batch", "held-by", "id", "note", "provenance", "seal", "since"]),
    ("ContainerEntry", &["alias", "assigned", "complete", "registered", "retired", "reversed"]),
    ("Conveyance", &["air", "rail", "road", "sea"]),
    ("Correction", &["claim", "note", "says"]),
    ("CostDispute", &["borne-by", "says"]),
    ("Count", &["qualifier", "quantity", "unit"]),
    ("Course", &["obligation", "stated"]),
    ("Coverage", &["during", "from", "matter", "to", "under"]),
    ("CreditDenial", &["already-credited", "not-human", "other-side", "undetermined", "wrong-class"]),
    ("CreditDenied", &["count", "reason"]),
    ("Cremation", &["on", "reason", "unit"]),
    ("CremationReason", &["hygiene", "legal", "religion", "wish-of-kin"]),
    ("Criterion", &["fragments-attributed", "persons-identified"]),
    ("CriterionDeclared", &["criterion", "of", "on"]),
    ("CustodyDays", &["civilian-after", "conference", "explanations"]),
    ("CustodyEntry", &["discrepancy", "explained", "given", "incident", "introduced", "received", "reversed"]),
    ("DatabaseComparison", &["note", "on", "record", "unit"]),
    ("DatabaseEntry", &["database", "note", "on", "unit"]),
    ("Datum", &["agreement", "batch", "handover", "list", "person", "remains"]),
    ("DeadlineFrom", &["after", "by", "within", "zone"]),
    ("DeathDuty", &["duty", "to"]),
    ("Decision", &["grounds", "on", "person", "units"]),
    ("Deferral", &["consented", "note", "obligation", "on", "to"]),
    ("Departure", &["on", "transfer", "unit"]),
    ("Determination", &["human", "note", "on", "record", "unit"]),
    ("DirectSample", &["methods", "sample"]),
    ("Discharge", &["means", "note", "number", "obligation", "on", "record"]),
    ("DischargeMeans", &["never-held", "recovered-by-creditor", "released-unilaterally"]),
    ("DisclosureEntry", &["consent-withdrawn", "consented", "erased", "lifted", "restricted", "shared", "small-cells", "unshared", "withheld"]),
    ("Discrepancy", &["about", "first", "second"]),
    ("DispositionEntry", &["buried", "cremated", "exhumed", "held-at-family-request", "hold-lifted", "instructed", "judicial-hold", "kin-settled", "released", "request-ended", "returned-to-sender", "taken-back", "temporarily-buried", "transferred-onward"]),
    ("Dissociation", &["group", "on", "reason", "unit"]),
    ("Division", &["into", "note", "on", "unit"]),
    ("DutyClosure", &["on", "reason", "towards", "unit"]),
    ("Effect", &["id", "kind", "note", "on", "with"]),
    ("EffectAssignment", &["effect", "instead-of", "note", "on", "unit"]),
    ("EffectEntry", &["assigned", "forwarded", "found", "moved"]),
    ("EffectKind", &["article", "document", "double-disc", "money", "single-disc", "unidentified-article", "will"]),
    ("EffectMove", &["effect", "on", "portion", "reason", "to"]),
    ("Elements", &["complete-body", "parts", "undetermined"]),
    ("End", &["end"]),
    ("Ending", &["entry", "on", "reason"]),
    ("Entry", &["by", "id", "said", "source", "what"]),
    ("Erasure", &["ground", "note", "on", "person", "records"]),
    ("ErasureGround", &["purpose-fulfilled", "request", "retention-over", "unlawful"]),
    ("Evaluation", &["at", "category", "found", "medical", "until"]),
    ("Evidence", &["conclusion", "line", "on", "person", "ratio", "record", "run", "units"]),
    ("Examination", &["elements", "note", "on", "record", "unit"]),
    ("Exclusion", &["by", "on", "person", "record", "unit"]),
    ("Exhumation", &["home-notice", "on", "permit", "reason", "unit"]),
    ("ExhumationReason", &["identification", "misidentification", "public-necessity", "return", "wish-of-kin"]),
    ("Explanation", &["explanation", "first", "second"]),
    ("Extension", &["agreement", "consented", "until"]),
    ("Extent", &["cases", "counts"]),
    ("Fact", &["found-alive", "known-alive", "last-known-alive", "prisoner", "sex", "status"]),
    ("FactCorrection", &["entry", "fact", "reason"]),
    ("FactWithdrawal", &["entry", "reason"]),
    ("FamilyBranch", &["branch", "contact", "on", "person", "preference"]),
    ("FamilyRequest", &["branch", "on", "person", "unit"]),
    ("Fate", &["destroyed", "used-up"]),
    ("Fault", &["act", "intended", "of"]),
    ("Finding", &["by", "observed", "record", "unit"]),
    ("Findings", &["condition", "count", "seals"]),
    ("Fitness", &["fit", "unfit"]),
    ("ForensicEntry", &["compared", "examined", "in-database", "no-sample", "profile", "references-added", "sample-gone", "sampled"]),
    ("Form", &["exchange-of-notes", "mediator-text", "parallel-announcements", "signed-text"]),
    ("Format", &["handover-dossier"]),
    ("Forwarded", &["effect", "portion"]),
    ("Forwarding", &["effects", "inventory", "note", "on", "owner", "packet", "to"]),
    ("Found", &["elements", "human", "id"]),
    ("FoundBy", &["examination", "genetic-analysis", "record"]),
    ("FoundWith", &["container", "remains"]),
    ("FurtherFinding", &["container", "found", "note", "on"]),
    ("Giver", &["branch", "person"]),
    ("Giving", &["corrects", "found", "note", "on", "transfer"]),
    ("Grave", &["code", "individual", "marked", "number", "register"]),
    ("Ground", &["disc", "documents", "examination", "genetic", "identification", "place-found", "senders-word", "uniform"]),
    ("Grounds", &["analysts", "evidence", "policy", "prior", "reviewers"]),
    ("Group", &["id", "note"]),
    ("GroupEntry", &["associated", "introduced", "moved", "withdrawn"]),
    ("HandingOver", &["leg", "manner"]),
    ("Handover", &["id", "instead-of", "note", "on", "under"]),
    ("HandoverEntry", &["introduced", "leg", "no-other-batch"]),
    ("Happened", &["note", "on", "record", "unit"]),
    ("Header", &["format", "title", "version"]),
    ("Held", &["batch", "container", "remains"]),
    ("HoldGround", &["conviction", "disciplinary", "prosecution"]),
    ("HoldLift", &["hold", "on", "reason"]),
    ("Holding", &["already-exchanged", "civilian", "dead", "held", "not-held"]),
    ("HomeNotice", &["on", "record"]),
    ("Human", &["no", "undetermined", "yes"]),
    ("IdentificationEntry", &["candidate", "decided", "evidence", "excluded", "finding", "matched", "policy", "reconciled", "reexamined", "retracted", "revoked", "sent-back", "under-review", "upheld"]),
    ("Inability", &["count", "reason", "record"]),
    ("Incident", &["kind", "note", "of", "on"]),
    ("IncidentKind", &["damaged", "emptied", "found-again", "mis-sealed", "missing", "other", "temperature-out-of-range"]),
    ("Inquiry", &["due", "not-due"]),
    ("Instruction", &["branch", "on", "person", "to", "unit", "wish"]),
    ("JudicialHold", &["on", "reason", "unit"]),
    ("Kept", &["effects", "records"]),
    ("Kinship", &["relatives"]),
    ("Known", &["fact", "person"]),
    ("Leg", &["from", "handover", "id", "of", "to", "towards", "unit"]),
    ("LegalBasis", &["compelling-interest", "consent", "legal-obligation", "public-interest", "vital-interest"]),
    ("Line", &["dental", "description", "dna-direct", "dna-kinship", "documents", "effects", "fingerprints", "implant-serial", "list", "medical-finding", "sender-statement", "tag", "tattoo", "uniform", "visual"]),
    ("LineKind", &["dental", "description", "dna-direct", "dna-kinship", "documents", "effects", "fingerprints", "implant-serial", "list", "medical-finding", "sender-statement", "tag", "tattoo", "uniform", "visual"]),
    ("LineageReversal", &["entry", "reason"]),
    ("List", &["after-hostilities", "holder", "home", "id", "leg", "neutral-custody", "note", "on", "under", "unilateral"]),
    ("ListEntry", &["accepted", "drafted", "executed", "frozen", "reconciled", "responded", "submitted", "under-verification"]),
    ("ListResponse", &["list", "note", "objects-to", "on", "version"]),
    ("ListStep", &["list", "note", "on", "version"]),
    ("ListVersion", &["entries", "list", "note", "on", "reply-by", "version"]),
    ("Loose", &["found", "held-by", "note", "on", "provenance"]),
    ("Mandate", &["agreement", "by-consensus-of", "consented", "organ", "powers"]),
    ("ManifestComplete", &["batch"]),
    ("Manner", &["exchanged", "repatriated", "unilateral", "unwilling"]),
    ("MatchReport", &["candidate", "evidence", "on", "policy", "prior", "report"]),
    ("Matter", &["civilians", "prisoners-of-war", "remains"]),
    ("MedicalGround", &["commission", "manifest"]),
    ("Membership", &["no", "undetermined", "yes"]),
    ("Method", &["autosomal-str", "mitochondrial", "snp", "x-str", "y-str"]),
    ("Milestone", &["agreement", "id", "kind", "name", "note", "on", "requires"]),
    ("MilestoneKind", &["effect", "event", "phase"]),
    ("NoOtherBatch", &["leg"]),
    ("NoSample", &["on", "reason", "unit"]),
    ("Nomination", &["captured", "id", "list", "note", "on", "person"]),
    ("NominationStep", &["nomination", "note", "on", "record", "step"]),
    ("Notice", &["branch", "on", "person", "record", "unit"]),
    ("NoticeEntry", &["acknowledged", "attempted", "branch", "contact-endangers-kin", "contested", "no-kin-known", "notified", "preferred", "resumed", "told-of-revocation"]),
    ("Obligation", &["basis", "creditor", "credits-at", "debtor", "id", "note", "of", "standard", "unit"]),
    ("ObligationEntry", &["allocated", "closed", "deferred", "discharged", "introduced", "reopened", "reversed", "waived"]),
    ("Observed", &["complete-body", "death-by", "recovered", "sex"]),
    ("Occasion", &["contradiction", "family-contests", "new-evidence", "policy-cohort"]),
    ("Officer", &["officer", "organ"]),
    ("Opening", &["container", "found", "note", "on"]),
    ("Organ", &["allegiance", "id", "name"]),
    ("OwnerStatement", &["stated", "unknown"]),
    ("ParityScope", &["per-category", "per-stage", "total"]),
    ("Partly", &["missing", "reason", "refused"]),
    ("Party", &["id", "name"]),
    ("PartyEntry", &["introduced", "organ", "precedence", "source", "speaker"]),
    ("Passage", &["batch", "leg"]),
    ("Period", &["days", "hours"]),
    ("Person", &["id"]),
    ("PersonEntry", &["corrected", "introduced", "known", "withdrawn"]),
    ("PersonStatus", &["at-large-elsewhere", "confirmed-prisoner", "deceased-claimed", "deceased-declared", "found-alive", "identified", "missing", "presumed-captured", "released", "remains-received", "repatriated", "serving"]),
    ("PersonalWish", &["declines", "goes", "taken-back"]),
    ("Place", &["called", "undisclosed", "unknown"]),
    ("Policy", &["combinations", "competent", "from", "id", "primary", "prior", "references", "reviewers", "screening", "supersedes", "threshold"]),
    ("Portion", &["half", "whole"]),
    ("Postponement", &["kind", "to"]),
    ("PostponementKind", &["mutual", "requested-by", "sine-die-by", "without-notice-by"]),
    ("Power", &["attribute-responsibility", "certify-completion", "verify-milestones"]),
    ("Precedence", &["organs", "party", "scope"]),
    ("Preference", &["at-end", "every-find", "first-only", "never", "not-asked"]),
    ("PreferenceChange", &["branch", "on", "person", "preference"]),
    ("Presumption", &["grounds", "note", "of", "on", "record", "unit"]),
    ("PrisonerEntry", &["category", "list", "nominated", "retracted", "same-person", "same-person-reversed", "step", "substitute-offered"]),
    ("ProfileOutcome", &["insufficient", "no-usable-profile", "obtained"]),
    ("Profiling", &["note", "on", "outcome", "record", "sample", "unit"]),
    ("Proposal", &["agreement", "in-reply-to", "note", "terms"]),
    ("ProposedTerm", &["obligation", "required"]),
    ("Provenance", &["told", "undisclosed", "unknown"]),
    ("Purpose", &["accounting-for-missing", "criminal-proceedings", "handing-over", "identification", "information", "telling-family"]),
    ("Qualifier", &["according-to", "words"]),
    ("Quota", &["carry-over", "during", "miss-is-breach", "per-day", "rest-days"]),
    ("Quotation", &["language", "translation", "words"]),
    ("Ratio", &["accrues-at", "category", "discharged-earn", "of", "owed", "per", "rounding", "whose"]),
    ("Readiness", &["count", "of", "ready"]),
    ("Receipt", &["accepted", "corrects", "found", "note", "on", "transfer"]),
    ("Reciprocity", &["all-for-all", "paced", "parity", "ratio", "staged", "unilateral"]),
    ("Reconciliation", &["explanation", "fact", "finding", "person", "record", "units"]),
    ("Reexamination", &["decision", "occasion", "on"]),
    ("ReferenceDate", &["agreement", "freeze", "on", "transfer"]),
    ("References", &["own-sample", "relatives"]),
    ("Regrouping", &["basis", "from", "note", "on", "to", "unit"]),
    ("Relative", &["degree", "methods", "sample"]),
    ("RelativesAsked", &["methods", "relatives", "within-degree"]),
    ("Release", &["code-on-decision", "code-on-remains", "on", "to", "unit"]),
    ("RemainsEntry", &["determined", "divided", "effect", "forensic", "further-found", "group", "loose", "opened", "reversed", "united"]),
    ("Reopening", &["closing", "consented", "on", "reason"]),
    ("Repetition", &["claim", "note", "quotation"]),
    ("Required", &["about", "all-found", "all-in-category", "at-least", "between", "exactly", "more-than", "nothing", "ratio", "ratios", "unquantified", "up-to"]),
    ("ResidualClause", &["agreement", "note", "obligation"]),
    ("Restriction", &["ground", "on", "person"]),
    ("RestrictionGround", &["accounting", "contested", "evidence", "grave"]),
    ("Resumption", &["entry", "on", "reason"]),
    ("Retirement", &["container", "on", "reason"]),
    ("Retraction", &["entry", "reason"]),
    ("ReturnBlock", &["on", "unit", "until"]),
    ("Reversal", &["entry", "reason"]),
    ("Revocation", &["cause", "decision", "note", "on"]),
    ("RevocationCause", &["confused", "does-not-suffice", "evidence-withdrawn", "excluded", "person-alive"]),
    ("Round", &["agreement", "mediators", "note", "on"]),
    ("Rounding", &["down", "full-groups", "up"]),
    ("SamePerson", &["note", "on", "one", "other"]),
    ("SampleFate", &["fate", "note", "on", "sample", "unit"]),
    ("Sampling", &["note", "on", "sample", "unit"]),
    ("Scope", &["amendment", "completion", "costs", "count", "credit", "credit-denial", "deadline", "expectation", "fault", "inability", "means", "occurrence", "pace", "postponement", "quota", "readiness", "reciprocity", "revival", "suspension", "termination", "terms", "waiver", "when", "where", "whose"]),
    ("Seal", &["broken", "intact", "missing", "other-number"]),
    ("SealFound", &["container", "seal"]),
    ("SentBack", &["on", "reason", "review", "to"]),
    ("SentBackTo", &["candidate", "unidentified"]),
    ("SetOff", &["consented", "obligation", "on", "unit"]),
    ("Settlement", &["on", "person", "record", "to", "unit", "wish"]),
    ("Sex", &["female", "male", "other-or-unknown"]),
    ("Sharing", &["basis", "extent", "of", "on", "purpose", "until", "with"]),
    ("SmallCells", &["below", "on", "step"]),
    ("Source", &["address", "id", "note", "published", "publisher"]),
    ("Speaker", &["id", "name", "organ"]),
    ("Standard", &["best-endeavour", "by-further-agreement", "on-request", "result"]),
    ("Statement", &["advanced", "amended", "completed", "costs", "count", "credit-denied", "credited", "deadline", "deadline-from", "did-not-occur", "expected", "fault", "means", "occurred", "postponed", "quota", "readiness", "reciprocity", "resumed", "revived", "suspended", "terminated", "terms", "unable", "waived", "when", "where", "whose"]),
    ("StatusAsOf", &["as-of", "status"]),
    ("Step", &["accepted-unlisted", "accommodated", "commission", "consent-to-leave", "death-duty", "died", "escaped", "evaluated", "fitness", "handed-over", "hold-lifted", "holding", "judicial-hold", "moved", "name-communicated", "neutral-custody", "reconciled", "refused", "released", "verified", "will", "withdrawn"]),
    ("StepRetraction", &["entry", "reason"]),
    ("Subject", &["agreement", "appearance", "batch", "bringing", "handover", "leg", "milestone", "obligation", "slot", "total"]),
    ("Substitution", &["captured", "id", "instead-of", "list", "note", "on", "person"]),
    ("Supersession", &["agreement", "by", "consented"]),
    ("Suspension", &["duties", "from", "ground"]),
    ("SuspensionEnd", &["from"]),
    ("Tally", &["entries"]),
    ("TemporaryBurial", &["grave", "on", "photographs", "records", "unit"]),
    ("TermAssertion", &["required", "version"]),
    ("Termination", &["from", "ground"]),
    ("Total", &["id", "note", "of", "unit"]),
    ("TotalEntry", &["introduced"]),
    ("Transfer", &["from", "id", "leg", "note", "of", "to", "transport", "witnessed-by"]),
    ("Transport", &["by", "refrigerated", "transshipped-at"]),
    ("Union", &["into", "note", "on", "units"]),
    ("Unit", &["container", "handover", "identified-person", "individual", "prisoner", "remains-unit", "set-of-remains"]),
    ("UnitDenial", &["note", "obligation", "on", "reason", "unit"]),
    ("Unreachable", &["branch", "decision", "note", "on", "person"]),
    ("Until", &["lifted", "over", "past"]),
    ("Upholding", &["decision", "grounds", "on"]),
    ("Voluntary", &["under-pressure", "unverified", "verified-by"]),
    ("Waiver", &["duties", "note", "number", "obligation", "on", "reaches-for"]),
    ("Weekday", &["friday", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday"]),
    ("What", &["affiliation", "agreement", "batch", "claim", "closure", "container", "custody", "disclosure", "disposition", "handover", "identification", "notice", "obligation", "party", "person", "prisoner", "remains", "total"]),
    ("Whereabouts", &["assembled", "at-venue", "in-transit"]),
    ("WhyWithheld", &["embargo", "harm", "security"]),
    ("Will", &["voluntary", "wish"]),
    ("Wish", &["burial", "burial-by-others", "cremation"]),
    ("Withdrawal", &["claim", "note"]),
    ("Withholding", &["from", "of", "on", "until", "why"]),
];

/// What the format can say and no ledger admits: the refusal names its rule.
const NEVER_ADMITTED: &[(&str, &str)] = &[("Amendment", "duties"), ("HoldGround", "disciplinary")];

type Names<'s> = BTreeMap<&'s str, BTreeSet<&'s str>>;

/// The choices of a definition: names that stand alone or as the only key, each with the schema of its value.
fn choices(definition: &Value) -> Vec<(&str, Option<&Value>)> {
    let mut choices = Vec::new();
    for one in definition["oneOf"].as_array().into_iter().flatten().chain([definition]) {
        choices.extend(one["const"].as_str().map(|name| (name, None)));
        choices.extend(
            one["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(|name| (name, None)),
        );
        if let Some(properties) = one["properties"].as_object() {
            choices.extend(properties.iter().map(|(name, schema)| (name.as_str(), Some(schema))));
        }
    }
    choices
}

/// Notes every name that a value uses of a definition and of those within it.
fn note<'s>(
    definitions: &'s Value,
    schema: &'s Value,
    within: Option<&'s str>,
    value: &Value,
    used: &mut Names<'s>,
) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return note(definitions, &definitions[name], Some(name), value, used);
    }
    if let Value::Array(list) = value {
        for value in list {
            note(definitions, &schema["items"], None, value, used);
        }
    }
    for (name, schema) in choices(schema) {
        if value == name || value.get(name).is_some() {
            used.entry(within.unwrap_or("")).or_default().insert(name);
        }
        if let (Some(schema), Some(value)) = (schema, value.get(name)) {
            note(definitions, schema, within, value, used);
        }
    }
}

#[test]
fn every_name_of_the_schema_is_pinned() {
    let schema = handover_wire::schema();
    let found: Vec<(&str, Vec<&str>)> = schema["$defs"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, definition)| {
            let mut names: Vec<_> = choices(definition).into_iter().map(|(name, _)| name).collect();
            names.sort_unstable();
            (name.as_str(), names)
        })
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let pinned: Vec<(&str, Vec<&str>)> = NAMES.iter().map(|(name, names)| (*name, names.to_vec())).collect();
    assert_eq!(found, pinned);
}

#[test]
fn every_name_stands_in_a_golden_file() {
    let schema = handover_wire::schema();
    let mut used = Names::new();
    for line in golden_lines() {
        let line: Value = serde_json::from_str(&line).unwrap();
        let kind = ["format", "end"].iter().position(|key| line.get(key).is_some());
        let kind = kind.map_or("Entry", |at| ["Header", "End"][at]);
        note(&schema["$defs"], &schema["$defs"][kind], Some(kind), &line, &mut used);
    }
    let mut missing = Vec::new();
    for (name, names) in NAMES {
        for one in names.iter().filter(|one| !NEVER_ADMITTED.contains(&(*name, **one))) {
            if !used.get(name).is_some_and(|used| used.contains(one)) {
                missing.push(format!("`{one}` of {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "no golden line has {}", missing.join(", "));
}

#[test]
fn every_form_of_a_quantity_and_a_time_stands_in_a_golden_file() {
    let lines = golden_lines().join("\n");
    for quantity in [
        "0",
        "1212",
        "1000000000000",
        "\"~1200\"",
        "\"~1200+-50\"",
        "\"~0+-5\"",
        "\">=1200\"",
        "\">6000\"",
        "\"<=1200\"",
        "\"<1200\"",
        "\"1000..1200\"",
        "\"7..7\"",
        "\"none\"",
        "\"undisclosed\"",
        "\"unknown\"",
        "\"withheld until the identification is complete\"",
    ] {
        assert!(lines.contains(&format!("\"quantity\":{quantity},")), "{quantity}");
    }
    let same_as = lines.matches("\"quantity\":\"same as ").count();
    let give_or_take = lines.lines().any(|line| line.contains("\"same as ") && line.contains("+-5\""));
    assert!(same_as >= 2 && give_or_take);
    for time in [
        "2025-06-13T10:30:15",
        "2025-06-13T10:30",
        "2025-06-13",
        "2025-06",
        "2025",
        "2025-06-13T10:30:15+03:00",
        "2025-06-13+18:00",
        "2025-06-18:00",
        "2025+03:00",
        "2025-06-13~",
        "2025-06~+03:00",
        "2025-06-09/2025-06-12",
        "../2025-06-16",
        "2025-06-02/..",
        "undisclosed",
        "unknown",
        "0001-01-01",
        "9998-12-31",
    ] {
        assert!(lines.contains(&format!("{{\"when\":\"{time}\"}}")), "{time}");
    }
}
