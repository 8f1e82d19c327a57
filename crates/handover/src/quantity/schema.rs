//! The schema of quantities.

use alloc::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Number, Quantity};

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": Number::MAX.get() })
    }
}

impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A quantity as stated: a whole number, or a text.",
            "oneOf": [
                { "type": "integer", "minimum": 0, "maximum": Number::MAX.get() },
                {
                    "type": "string",
                    "pattern": "^(~?(0|[1-9][0-9]*)|~(0|[1-9][0-9]*)\\+-(0|[1-9][0-9]*)|[<>]=?(0|[1-9][0-9]*)|(0|[1-9][0-9]*)\\.\\.(0|[1-9][0-9]*)|same as [a-z0-9-]+(\\+-(0|[1-9][0-9]*))?|none|undisclosed|unknown|withheld until \\S(.*\\S)?)$",
                },
            ],
        })
    }
}
