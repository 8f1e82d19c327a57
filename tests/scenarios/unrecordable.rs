//! What has no place in an entry, whatever it is called: the schema of the dossier knows every field that there is.

use std::collections::BTreeSet;

use serde_json::Value;

/// Every name of a field or of a form in the schema of an entry.
fn names() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&handover_wire::schema_text()).unwrap();
    let mut names = BTreeSet::new();
    collect(&schema, &mut names);
    assert!(names.contains("seal") && names.contains("in-part"), "the schema is walked: {names:?}");
    names
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                match (key.as_str(), inner) {
                    ("properties", Value::Object(properties)) => names.extend(properties.keys().cloned()),
                    ("const", Value::String(name)) => drop(names.insert(name.clone())),
                    ("enum", Value::Array(forms)) => {
                        names.extend(forms.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                collect(inner, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// The names that have one of these words in them.
fn with(words: &[&str]) -> Vec<String> {
    names().into_iter().filter(|name| name.split('-').any(|part| words.contains(&part))).collect()
}

/// Invariant 64: nobody has a price, and nothing is counted as goods are.
#[test]
fn nothing_that_is_recorded_has_a_price() {
    let words = ["price", "payment", "paid", "fee", "amount", "currency", "value", "stock"];
    assert_eq!(with(&words), [""; 0]);
}

/// Invariant 58.
#[test]
fn no_profile_image_coordinate_or_cause_of_death_has_a_place() {
    let words = [
        "genotype",
        "allele",
        "alleles",
        "loci",
        "locus",
        "sequence",
        "haplotype",
        "image",
        "photo",
        "photograph",
        "picture",
        "face",
        "latitude",
        "longitude",
        "coordinates",
        "coordinate",
        "gps",
        "autopsy",
        "injury",
        "wound",
        "cause-of-death",
        "surname",
        "birth",
        "residence",
        "phone",
        "passport",
    ];
    assert_eq!(with(&words), [""; 0]);
}

/// Invariant 39: whoever compares is told codes and references, never who it is.
#[test]
fn evidence_holds_codes_and_no_text() {
    let schema: Value = serde_json::from_str(&handover_wire::schema_text()).unwrap();
    let evidence = schema["$defs"]["Evidence"]["properties"].as_object().unwrap();
    assert!(evidence.contains_key("person") && evidence.contains_key("line"));
    let mut kinds = BTreeSet::new();
    let mut waiting: Vec<&Value> = evidence.values().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(named) = fields.get("$ref").and_then(Value::as_str) {
                    let name = named.rsplit('/').next().unwrap();
                    if kinds.insert(name.to_owned()) {
                        waiting.push(&schema["$defs"][name]);
                    }
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    assert!(kinds.contains("PersonRef"), "{kinds:?}");
    assert!(!kinds.contains("Text") && !kinds.contains("Quotation"), "{kinds:?}");
}

/// What is not known is refused: no field can be added beside those that there are.
#[test]
fn no_object_takes_a_field_that_is_not_known() {
    let schema: Value = serde_json::from_str(&handover_wire::schema_text()).unwrap();
    let mut waiting = vec![&schema];
    let mut objects = 0;
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("properties") {
                    objects += 1;
                    assert_eq!(fields.get("additionalProperties"), Some(&Value::Bool(false)), "{value}");
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    assert!(objects > 100, "{objects} objects");
}
