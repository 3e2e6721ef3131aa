//! Types of the document in words, and an example of each.

use serde_json::{Map, Value, json};

use super::page::escape;

/// Deeper than any body of the interface; a type that holds itself ends here.
const DEEPEST: usize = 6;

/// Where a type is described on the page.
pub fn anchor(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("type-{plain}")
}

fn name_of(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// A type as HTML: words, and links to types that have a name.
pub fn describe(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = name_of(reference);
        return format!("<a href=\"#{}\">{}</a>", anchor(name), escape(name));
    }
    for member in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[member].as_array() {
            let word = if member == "allOf" { " and " } else { " or " };
            return parts.iter().map(describe).collect::<Vec<_>>().join(word);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> =
            values.iter().map(|value| format!("<code>{}</code>", escape(&plain(value)))).collect();
        return values.join(" or ");
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if kinds.is_empty() {
        return "any value".to_owned();
    }
    kinds.iter().map(|kind| describe_kind(kind, schema)).collect::<Vec<_>>().join(" or ")
}

fn describe_kind(kind: &str, schema: &Value) -> String {
    match kind {
        "array" => format!("list of {}", describe(&schema["items"])),
        "object" => match &schema["additionalProperties"] {
            Value::Object(values) if schema["properties"].is_null() => {
                format!("object of {}", describe(&Value::Object(values.clone())))
            }
            _ => "object".to_owned(),
        },
        "integer" => "whole number".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "<code>true</code> or <code>false</code>".to_owned(),
        other => escape(other),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value that fits the schema: what the document gives as an example, else the simplest one.
pub fn example(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if let Some(said) = schema.get("example") {
        return said.clone();
    }
    if depth >= DEEPEST {
        return Value::Null;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        return example(&schemas[name_of(reference)], schemas, depth + 1);
    }
    for member in ["oneOf", "anyOf"] {
        if let Some(parts) = schema[member].as_array() {
            let first = parts.iter().find(|part| part["type"] != "null");
            return first.map_or(Value::Null, |part| example(part, schemas, depth + 1));
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.first().cloned().unwrap_or_default();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match kind {
        Some("string") => json!("…"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([example(&schema["items"], schemas, depth + 1)]),
        Some("object") => Value::Object(example_members(schema, schemas, depth)),
        _ => json!({}),
    }
}

/// The members that must be there; where none must, the first two, so that the example shows something.
fn example_members(schema: &Value, schemas: &Value, depth: usize) -> Map<String, Value> {
    let Some(members) = schema["properties"].as_object() else { return Map::new() };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    members
        .iter()
        .filter(|(name, _)| required.is_empty() || required.contains(&name.as_str()))
        .take(if required.is_empty() { 2 } else { usize::MAX })
        .map(|(name, member)| (name.clone(), example(member, schemas, depth + 1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_said_in_words_with_links() {
        let check = |schema: Value, expected: &str| assert_eq!(describe(&schema), expected);
        check(
            json!({"type": "array", "items": {"$ref": "#/components/schemas/Key"}}),
            "list of <a href=\"#type-Key\">Key</a>",
        );
        check(json!({"type": ["integer", "null"]}), "whole number or null");
        check(json!({"oneOf": [{"type": "null"}, {"type": "string"}]}), "null or text");
        check(json!({"enum": ["a", "<b>"]}), "<code>a</code> or <code>&lt;b&gt;</code>");
        check(json!({"type": "object", "additionalProperties": {"type": "number"}}), "object of number");
        check(json!({}), "any value");
    }

    #[test]
    fn a_type_that_holds_itself_has_an_example_with_an_end() {
        let schemas = json!({"Node": {"type": "object", "required": ["next"], "properties": {
            "next": {"$ref": "#/components/schemas/Node"}, "name": {"type": "string"}}}});
        let text = example(&json!({"$ref": "#/components/schemas/Node"}), &schemas, 0).to_string();
        assert!(text.starts_with(r#"{"next":{"next":"#) && !text.contains("name"), "{text}");
    }
}
