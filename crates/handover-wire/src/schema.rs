//! The JSON Schema of a line, generated from the types that are read.

use std::borrow::Cow;

use handover::entry::Entry;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::frame::{End, Header};

/// The version of which this schema speaks.
pub(crate) struct FirstVersion;

impl JsonSchema for FirstVersion {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": 1 })
    }
}

/// What is not said has no key: `null` stands nowhere in a dossier.
#[derive(Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        let null = Value::from("null");
        if let Some(Value::Array(kinds)) = schema.get_mut("type") {
            kinds.retain(|kind| *kind != null);
            if let [only] = kinds.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
            any.retain(|one| one.get("type") != Some(&null));
            if let [Value::Object(only)] = any.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                for (key, value) in only {
                    schema.insert(key, value);
                }
            }
        }
    }
}

/// A description is prose for readers of any language: no link, no example and no line break of the source.
#[derive(Clone)]
struct PlainProse;

impl Transform for PlainProse {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::String(description)) = schema.get_mut("description") {
            // What stands between fences is an example in Rust.
            let prose: String = description.split("```").step_by(2).collect();
            let paragraphs =
                prose.split("\n\n").map(str::trim).filter(|text| !text.is_empty() && !text.starts_with("[`"));
            *description = paragraphs.map(plain).collect::<Vec<_>>().join("\n\n");
        }
    }
}

fn plain(paragraph: &str) -> String {
    let mut plain = String::new();
    let mut rest = paragraph;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        plain.extend([before, "`", name, "`"]);
        rest = match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    plain.push_str(rest);
    plain.replace('\n', " ")
}

/// The JSON Schema (draft 2020-12) of one line of a dossier: its header, an entry, or its end line.
///
/// It says what shape a line has and which names and units there are. It is necessary, not sufficient: that a date is in
/// the calendar, that a range begins with its smaller end and that what an entry refers to exists is found only by reading.
///
/// ```
/// let schema = handover_wire::schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["oneOf"][1]["$ref"], "#/$defs/Entry");
/// ```
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(WithoutNull))
        .with_transform(RecursiveTransform(PlainProse));
    let mut generator = settings.into_generator();
    let lines = [
        generator.subschema_for::<Header>(),
        generator.subschema_for::<Entry>(),
        generator.subschema_for::<End>(),
    ];
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a dossier, version 1",
        "description": "The first line is a header, every other an entry; the last may be the end line.",
        "oneOf": lines,
        "$defs": generator.take_definitions(true),
    });
    schema.sort_all_objects();
    schema
}

/// [`schema`] as a text that ends with a line feed, as it is published.
///
/// ```
/// assert!(handover_wire::schema_text().ends_with("}\n"));
/// ```
pub fn schema_text() -> String {
    format!("{:#}\n", schema())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/dossier-v1.schema.json");

    #[test]
    fn the_published_schema_is_the_one_of_the_types() {
        let schema = schema_text();
        if std::env::var_os("HANDOVER_BLESS").is_some() {
            std::fs::write(FILE, &schema).unwrap();
        }
        assert!(
            std::fs::read_to_string(FILE).unwrap_or_default() == schema,
            "the published schema is out of date: run this test with HANDOVER_BLESS=1, and look at what has changed",
        );
    }

    #[test]
    fn every_type_has_a_name_of_its_own_and_nothing_is_null() {
        let schema = schema();
        for name in schema["$defs"].as_object().unwrap().keys() {
            assert!(name.chars().all(|c| c.is_ascii_alphabetic()), "two types are called alike: {name}");
        }
        assert!(!schema_text().contains("\"null\""));
    }

    #[test]
    fn every_object_lists_all_that_it_may_hold() {
        fn check(value: &Value) {
            match value {
                Value::Object(object) => {
                    if object.contains_key("properties") && object.get("type") == Some(&json!("object")) {
                        assert_eq!(object.get("additionalProperties"), Some(&json!(false)), "{value:#}");
                    }
                    object.values().for_each(check);
                }
                Value::Array(list) => list.iter().for_each(check),
                _ => {}
            }
        }
        check(&schema()["$defs"]);
    }
}
