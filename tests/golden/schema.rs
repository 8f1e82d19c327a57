//! The published schema, judged by another implementation.

use jsonschema::Validator;
use serde_json::Value;

use crate::support::{dossiers, golden, read};

fn validator() -> Validator {
    let published = include_str!("../../crates/handover-wire/schema/dossier-v1.schema.json");
    let schema: Value = serde_json::from_str(published).unwrap();
    jsonschema::draft202012::options().build(&schema).unwrap()
}

#[test]
fn the_schema_accepts_every_golden_line_and_dossier() {
    let validator = validator();
    for file in golden().into_iter().chain(dossiers()) {
        for (at, line) in read(&file).lines().enumerate() {
            let line: Value = serde_json::from_str(line).unwrap();
            let errors: Vec<_> = validator.iter_errors(&line).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}, line {}: {errors:?}", file.display(), at + 1);
        }
    }
}

#[test]
fn the_schema_is_itself_a_schema() {
    assert!(jsonschema::draft202012::meta::is_valid(&handover_wire::schema()));
}

#[test]
fn the_schema_rejects_what_reading_refuses() {
    let validator = validator();
    let entry = r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":WHAT}"#;
    let claim = |says: &str| {
        let what = format!(r#"{{"claim":{{"made":{{"about":{{"leg":"l"}},"says":{says}}}}}}}"#);
        entry.replace("WHAT", &what)
    };
    let good = [
        claim(r#""occurred""#),
        claim(r#"{"count":{"quantity":"~1200","unit":"container"}}"#),
        claim(r#"{"when":"2025-06-13T10:30+03:00"}"#),
    ];
    let bad = [
        "{}".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        r#"{"format":"handover-dossier"}"#.to_owned(),
        r#"{"format":"handover-dossier","version":2}"#.to_owned(),
        r#"{"format":"another","version":1}"#.to_owned(),
        r#"{"format":"handover-dossier","version":1,"author":"x"}"#.to_owned(),
        r#"{"format":"handover-dossier","version":1,"title":null}"#.to_owned(),
        r#"{"end":{}}"#.to_owned(),
        r#"{"end":{"entries":-1}}"#.to_owned(),
        r#"{"end":{"entries":1,"more":2}}"#.to_owned(),
        entry.replace("WHAT", "{}"),
        entry.replace("WHAT", r#"{"prisoner":{}}"#),
        entry.replace("WHAT", r#"{"batch":{"passed":{"batch":"b"}}}"#),
        entry.replace("WHAT", r#"{"batch":{"passed":{"batch":"b","leg":"l","count":1}}}"#),
        entry.replace("WHAT", r#"{"batch":{"passed":["b","l"]}}"#),
        entry.replace("WHAT", r#"{"batch":{"passed":{"batch":"B 1","leg":"l"}}}"#),
        claim(r#"{"occurred":null}"#),
        claim(r#""happened""#),
        claim(r#"{"count":{"quantity":1,"unit":"boxes"}}"#),
        claim(r#"{"count":{"quantity":1}}"#),
        claim(r#"{"count":{"quantity":-1,"unit":"container"}}"#),
        claim(r#"{"count":{"quantity":1.5,"unit":"container"}}"#),
        claim(r#"{"count":{"quantity":18446744073709551615,"unit":"container"}}"#),
        claim(r#"{"count":{"quantity":"1,200","unit":"container"}}"#),
        claim(r#"{"count":{"quantity":"many","unit":"container"}}"#),
        claim(r#"{"count":{"quantity":1,"unit":"container","qualifier":null}}"#),
        claim(r#"{"count":{"quantity":1,"unit":"container"},"credited":{"quantity":1,"unit":"container"}}"#),
        claim(r#"{"when":"Friday"}"#),
        claim(r#"{"when":"13.06.2025"}"#),
        claim(r#"{"suspended":{"ground":"x","duties":["D22"]}}"#),
        claim(r#"{"means":" by road"}"#),
    ];
    for line in good {
        assert!(validator.is_valid(&serde_json::from_str(&line).unwrap()), "{line}");
    }
    for line in bad {
        assert!(!validator.is_valid(&serde_json::from_str(&line).unwrap()), "{line}");
        let dossier = [crate::support::HEADER, &line, ""].join("\n");
        let read: Result<Vec<_>, _> = handover_wire::Reader::new(dossier.as_bytes()).unwrap().collect();
        assert!(read.is_err(), "{line}");
    }
}
