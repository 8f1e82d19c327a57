//! What is not a matter of course: one story a function, each with the units that the table names.

use serde_json::json;

use super::{Book, FIRST, SECOND, START, Told, buried, day, identified, person, policy, profiled};

pub(crate) fn tell(book: &mut Book) -> Told {
    one_man_in_two_bags(book)?;
    the_wrong_one_then_the_right_one(book)?;
    the_others_own(book)?;
    what_the_sender_said(book)?;
    not_released(book)?;
    nobody_to_tell(book)?;
    no_usable_profile(book)?;
    many_parts(book)?;
    ordinary(book)?;
    grave_214(book)?;
    found_alive(book)?;
    second_batch(book)
}

fn one_man_in_two_bags(book: &mut Book) -> Told {
    person(book, "p-1", &["every-find", "first-only", "at-end", "never"])?;
    for unit in ["u-1-1", "u-2-1"] {
        profiled(book, unit, 20)?;
    }
    let on = day(50);
    book.tell(
        "bel-lab",
        &on,
        &json!({"remains": {"group": {"introduced": {"id": "g-1", "note": "One man in two bags."}}}}),
    )?;
    for unit in ["u-1-1", "u-2-1"] {
        book.tell(
            "bel-lab",
            &on,
            &json!({"remains": {"group": {"associated": {"unit": unit, "group": "g-1", "on": on,
            "basis": [{"dna": "rec-g-1"}]}}}}),
        )?;
    }
    for (unit, at) in [("u-1-1", 60), ("u-2-1", 75)] {
        identified(book, unit, "p-1", &FIRST, at)?;
    }
    Ok(())
}

fn the_wrong_one_then_the_right_one(book: &mut Book) -> Told {
    person(book, "p-3", &["every-find"])?;
    for unit in ["u-3-1", "u-4-1"] {
        profiled(book, unit, 20)?;
    }
    let on = day(48);
    book.tell("bel-lab", &on, &json!({"identification": {"excluded": {"unit": "u-3-1", "person": "p-3", "by": "dna-kinship",
        "record": "rec-x-3", "on": on, "note": "Brought as this person; the one who was brought has a case of his own."}}}))?;
    identified(book, "u-4-1", "p-3", &FIRST, 49)?;
    buried(book, "u-4-1", "p-3", 55)
}

fn the_others_own(book: &mut Book) -> Told {
    let presumed = day(30);
    for number in 5..=14 {
        let unit = format!("u-{number}-1");
        book.tell(
            "bel-board",
            &presumed,
            &json!({"affiliation": {"presumed": {"unit": unit, "of": {"forces-of": "arvenia"},
            "on": presumed, "grounds": ["uniform", "documents"]}}}),
        )?;
    }
    for number in 5..=9 {
        let unit = format!("u-{number}-1");
        profiled(book, &unit, 25)?;
        let (until, on) = (day(58), day(70));
        let of = if number < 8 { json!({"forces-of": "arvenia"}) } else { json!({"forces-of": "cassia"}) };
        book.tell("bel-board", &until, &json!({"affiliation": {"blocked": {"unit": unit, "until": "the result is certain", "on": until}}}))?;
        book.tell("bel-board", &on, &json!({"affiliation": {"determined": {"unit": unit, "of": of, "on": on, "grounds": ["genetic"]}}}))?;
        if number == 9 {
            continue;
        }
        let (to, how) = if number < 8 {
            ("arv-graves", "returned-to-sender")
        } else {
            ("cas-mission", "transferred-onward")
        };
        let (on, transfer) = (day(90), format!("tr-back-{number}"));
        book.keep(&on, &json!({"custody": {"introduced": {"id": transfer, "of": {"remains": unit}, "from": "bel-intake", "to": to}}}))?;
        for (by, end) in [("bel-intake", "given"), (to, "received")] {
            let mut fields = json!({"transfer": transfer, "on": on});
            if let (Some(fields), "received") = (fields.as_object_mut(), end) {
                fields.insert("accepted".to_owned(), json!("in-full"));
            }
            book.tell(by, &on, &json!({"custody": {end: fields}}))?;
        }
        book.tell(
            "bel-board",
            &on,
            &json!({"disposition": {how: {"unit": unit, "transfer": transfer, "on": on}}}),
        )?;
    }
    Ok(())
}

fn what_the_sender_said(book: &mut Book) -> Told {
    let on = day(30);
    person(book, "p-15", &["every-find"])?;
    person(book, "p-15b", &["every-find"])?;
    for number in [15, 16, 34] {
        profiled(book, &format!("u-{number}-1"), 20)?;
    }
    book.tell("bel-intake", &on, &json!({"remains": {"effect": {"found": {"id": "disc-15", "kind": "single-disc", "with": {"remains": "u-15-1"}, "on": on}}}}))?;
    book.tell("bel-intake", &on, &json!({"remains": {"effect": {"found": {"id": "papers-15", "kind": "document", "with": {"remains": "u-15-1"}, "on": on,
        "note": "The papers of another man."}}}}))?;
    book.tell("bel-intake", &on, &json!({"remains": {"effect": {"moved": {"effect": "disc-15", "portion": "whole", "on": on, "to": "bel-lab", "reason": "for a photograph"}}}}))?;
    book.tell(
        "bel-intake",
        &on,
        &json!({"identification": {"evidence": {"units": ["u-15-1"], "person": "p-15b", "line": "documents",
        "conclusion": "consistent", "record": "rec-papers-15", "on": on}}}),
    )?;
    identified(book, "u-15-1", "p-15", &FIRST, 52)?;
    book.tell("bel-lab", &on, &json!({"identification": {"finding": {"unit": "u-16-1", "observed": {"sex": "female"}, "by": "examination", "record": "rec-sex-16"}}}))?;
    let later = day(50);
    book.tell("bel-board", &later, &json!({"affiliation": {"determined": {"unit": "u-16-1", "of": {"civilians-of": "belmora"}, "on": later, "grounds": ["genetic", "examination"]}}}))?;
    person(book, "p-34", &["first-only"])?;
    book.tell("bel-board", &on, &json!({"identification": {"evidence": {"units": ["u-34-1"], "person": "p-34", "line": "sender-statement",
        "conclusion": "consistent", "record": "rec-list-34", "on": on}}}))?;
    Ok(())
}

fn not_released(book: &mut Book) -> Told {
    for number in 24..=26 {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, &["every-find", "every-find"])?;
        profiled(book, &unit, 20)?;
        identified(book, &unit, &whose, &FIRST, 60)?;
    }
    let on = day(65);
    book.tell("bel-board", &on, &json!({"disposition": {"held-at-family-request": {"unit": "u-24-1", "person": "p-24", "branch": 1, "on": on}}}))?;
    book.tell("bel-court", &on, &json!({"disposition": {"judicial-hold": {"unit": "u-25-1", "reason": "evidence of a crime", "on": on}}}))?;
    for (branch, wish) in [(1, "burial"), (2, "cremation")] {
        book.tell(
            "bel-board",
            &on,
            &json!({"disposition": {"instructed": {"unit": "u-26-1", "person": "p-26", "branch": branch,
            "wish": wish, "to": format!("to-26-{branch}"), "on": on}}}),
        )?;
    }
    Ok(())
}

fn nobody_to_tell(book: &mut Book) -> Told {
    for number in [27, 28] {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, if number == 28 { &["every-find"] } else { &[] })?;
        profiled(book, &unit, 20)?;
        identified(book, &unit, &whose, &FIRST, 60)?;
    }
    let on = day(61);
    book.tell(
        "bel-board",
        &on,
        &json!({"notice": {"no-kin-known": {"person": "p-27", "decision": "rec-kin-27", "on": on}}}),
    )?;
    book.tell("bel-board", &on, &json!({"notice": {"contact-endangers-kin": {"person": "p-28", "branch": 1, "decision": "rec-kin-28", "on": on}}}))?;
    Ok(())
}

fn no_usable_profile(book: &mut Book) -> Told {
    let on = day(30);
    for (step, fields) in [
        ("examined", json!({"unit": "u-29-1", "on": on})),
        ("sampled", json!({"unit": "u-29-1", "on": on, "sample": "s-u-29-1"})),
        (
            "profile",
            json!({"unit": "u-29-1", "on": on, "sample": "s-u-29-1", "outcome": {"no-usable-profile": {"method": "STR", "year": 2025}}}),
        ),
    ] {
        book.tell("bel-lab", &on, &json!({"remains": {"forensic": {step: fields}}}))?;
    }
    Ok(())
}

fn many_parts(book: &mut Book) -> Told {
    let on = day(35);
    let tell = |book: &mut Book, what| book.tell("bel-intake", &on, &json!({"remains": what}));
    tell(
        book,
        json!({"divided": {"unit": "u-33-7", "on": on, "into": [{"id": "u-33-8", "human": "yes"}, {"id": "u-33-9", "human": "yes"}], "note": "Of two."}}),
    )?;
    tell(
        book,
        json!({"united": {"units": ["u-33-5", "u-33-6"], "on": on, "into": {"id": "u-33-10", "human": "yes"}, "note": "The fracture fits."}}),
    )?;
    Ok(())
}

/// Cases as they mostly are: every fifth container goes to the laboratory, every tenth to a decision.
fn ordinary(book: &mut Book) -> Told {
    for number in (65..1_200).step_by(5) {
        let unit = format!("u-{number}-1");
        let id = unit.parse()?;
        let Ok(view) = book
            .ledger
            .reading(handover::reading::According::Anyone, handover::when::Moment::END_OF_TIME)?
            .unit(id)
        else {
            continue;
        };
        if view.human != handover::remains::Human::Yes {
            continue;
        }
        profiled(book, &unit, 60)?;
        if number % 10 == 0 {
            let whose = format!("p-{number}");
            person(book, &whose, &["every-find"])?;
            identified(book, &unit, &whose, &FIRST, 100)?;
            if number % 20 == 0 {
                buried(book, &unit, &whose, 110)?;
            }
        }
    }
    Ok(())
}

fn grave_214(book: &mut Book) -> Told {
    person(book, "p-30", &["every-find"])?;
    profiled(book, "u-30-1", 20)?;
    let on = day(200);
    book.tell("bel-board", &on, &json!({"disposition": {"temporarily-buried": {"unit": "u-30-1", "grave": {"number": "214", "individual": true,
        "marked": true, "code": "u-30-1", "register": "register-1"}, "photographs": "pho-30", "records": "rec-30", "on": on}}}))?;
    Ok(())
}

fn found_alive(book: &mut Book) -> Told {
    let mut decisions = Vec::new();
    for number in 17..=22 {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, &["every-find"])?;
        profiled(book, &unit, 20)?;
        decisions.push(identified(book, &unit, &whose, &FIRST, 70)?);
        if number == 17 {
            buried(book, &unit, &whose, 80)?;
        }
    }
    let (alive, revoked) = (day(250), day(255));
    book.tell(
        "bel-board",
        &alive,
        &json!({"person": {"known": {"person": "p-17", "fact": {"found-alive": alive}}}}),
    )?;
    policy(
        book,
        &json!({"id": "rules-2", "supersedes": "rules-1", "from": day(260), "competent": ["bel-board"], "threshold": "0.9995",
        "prior": "1 in 70000", "screening": "1000", "primary": 1, "references": ["own-sample", {"relatives": {"relatives": 2, "within-degree": 1, "methods": 1}}],
        "reviewers": 1}),
    )?;
    for (decision, occasion, cause) in [
        (decisions.first(), json!("contradiction"), "person-alive"),
        (decisions.get(1), json!({"policy-cohort": "rules-2"}), "does-not-suffice"),
    ] {
        let Some(decision) = decision else { continue };
        book.tell("bel-board", &alive, &json!({"identification": {"reexamined": {"decision": decision, "occasion": occasion, "on": alive}}}))?;
        book.tell(
            "bel-board",
            &revoked,
            &json!({"identification": {"revoked": {"decision": decision, "cause": cause, "on": revoked}}}),
        )?;
    }
    book.tell("bel-board", &revoked, &json!({"notice": {"told-of-revocation": {"unit": "u-17-1", "person": "p-17", "branch": 1, "on": revoked}}}))?;
    let permit = day(300);
    book.tell("bel-board", &permit, &json!({"disposition": {"exhumed": {"unit": "u-30-1", "permit": "permit-30", "reason": "identification", "on": permit}}}))?;
    identified(book, "u-30-1", "p-30", &SECOND, 301)?;
    buried(book, "u-30-1", "p-30", 310)
}

fn second_batch(book: &mut Book) -> Told {
    let on = day(270);
    book.keep(&on, &json!({"batch": {"introduced": {"id": "batch-2", "from": "arvenia", "to": "belmora", "of": {"matter": "remains"}, "unit": "container"}}}))?;
    for number in [9001, 9002] {
        book.tell("arv-graves", &on, &json!({"container": {"registered": {"id": format!("bag-{number}"), "batch": "batch-2", "held-by": "arv-graves",
            "since": START, "provenance": "undisclosed"}}}))?;
    }
    book.keep(&on, &json!({"custody": {"introduced": {"id": "tr-2", "of": {"batch": "batch-2"}, "from": "arv-graves", "to": "bel-intake",
        "note": "One of them for examination: probably not of Belmora, says the sender."}}}))?;
    for (by, end) in [
        ("arv-graves", json!({"given": {"transfer": "tr-2", "on": on}})),
        ("bel-intake", json!({"received": {"transfer": "tr-2", "on": on, "accepted": "with-reservation"}})),
    ] {
        book.tell(by, &on, &json!({"custody": end}))?;
    }
    let opened = day(272);
    for number in [9001, 9002] {
        book.tell("bel-intake", &opened, &json!({"remains": {"opened": {"container": format!("bag-{number}"), "on": opened,
            "found": [{"id": format!("u-{number}-1"), "human": "yes", "elements": {"parts": ["left-femur"]}}]}}}))?;
    }
    profiled(book, "u-9001-1", 273)?;
    identified(book, "u-9001-1", "p-1", &SECOND, 302)?;
    let late = day(305);
    book.tell("bel-board", &late, &json!({"affiliation": {"credit-denied": {"unit": "u-9001-1", "obligation": "owed", "reason": "already-credited", "on": late}}}))?;
    book.tell("bel-board", &late, &json!({"closure": {"criterion": {"of": {"batch": "batch-1"}, "criterion": "persons-identified", "on": late}}}))?;
    Ok(())
}
