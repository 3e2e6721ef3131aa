//! Finds identifiers of other events in the texts of an event.
//!
//! What an event itself says to be an identifier was taken out when it was read. A property may also repeat one that is
//! known from earlier events (`referred_by`, a loyalty card as a bare value). Whole texts of at least eight characters
//! with a digit are looked up here; shorter ones and plain words are too often something else.

use std::ops::Range;

use domain::{Identifier, IdentifierKind};

use super::identity::IdentityGraph;
use crate::text_values::{TextValue, TextValues};

const REPLACEMENT: &str = "\"[personal]\"";
const SHORTEST: usize = 8;

/// Takes known identifiers out of a JSON object: `moved` gets them as members of an object by path. The text is given back
/// only if it changed.
pub fn take_out(identity: &IdentityGraph, part: &str, json: &str, moved: &mut Vec<(String, String)>) -> Option<String> {
    let mut cleaned = String::new();
    let mut copied = 0;
    let mut values = TextValues::of(json);
    while let Some(TextValue { inner, is_escaped }) = values.find_next() {
        let Range { start, end } = inner;
        if !is_escaped && is_known(identity, &json[start..end]) {
            let mut path = format!("{part}.");
            values.write_path(&mut path);
            moved.push((path, json[start - 1..=end].to_owned()));
            cleaned.push_str(&json[copied..start - 1]);
            cleaned.push_str(REPLACEMENT);
            copied = end + 1;
        }
    }
    (copied > 0).then(|| cleaned + &json[copied..])
}

fn is_known(identity: &IdentityGraph, text: &str) -> bool {
    if text.len() < SHORTEST || text.len() > Identifier::MAX_CHARS || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if identity.has_value(text) {
        return true;
    }
    let first = text.as_bytes()[0];
    let is_like_a_phone = first == b'+' || first == b'(' || first.is_ascii_digit();
    is_like_a_phone
        && Identifier::new(IdentifierKind::Phone, text).is_ok_and(|identifier| identity.has_value(&identifier.value))
}

/// Joins what was taken out to what was personal before; both are JSON objects.
pub fn join(personal: Option<String>, moved: &[(String, String)]) -> Option<String> {
    if moved.is_empty() {
        return personal;
    }
    let members: Vec<String> =
        moved.iter().map(|(path, raw)| format!("{}:{raw}", serde_json::Value::from(path.as_str()))).collect();
    let members = members.join(",");
    Some(match personal.as_deref().map(str::trim_end).and_then(|before| before.strip_suffix('}')) {
        Some("{") | None => format!("{{{members}}}"),
        Some(before) => format!("{before},{members}}}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(values: &[(&str, IdentifierKind)]) -> IdentityGraph {
        let mut graph = IdentityGraph::default();
        for (node, (value, kind)) in (1..).zip(values) {
            graph.insert(node, &Identifier::new(kind.clone(), value).unwrap());
        }
        graph
    }

    #[test]
    fn identifiers_of_other_events_are_taken_out_by_path() {
        let graph = known(&[("user-1042", IdentifierKind::UserId), ("+502 5555 0199", IdentifierKind::Phone)]);
        let json = r#"{"referred_by":"user-1042","deep":{"list":["x","+502-5555-0199"]},"user-1042":"kept","n":1}"#;
        let mut moved = Vec::new();
        let cleaned = take_out(&graph, "properties", json, &mut moved).unwrap();
        assert_eq!(
            cleaned,
            r#"{"referred_by":"[personal]","deep":{"list":["x","[personal]"]},"user-1042":"kept","n":1}"#
        );
        let personal = join(Some(r#"{"context.ip":"10.0.0.0"}"#.to_owned()), &moved).unwrap();
        let personal: serde_json::Value = serde_json::from_str(&personal).unwrap();
        assert_eq!(personal["properties.referred_by"], "user-1042");
        assert_eq!(personal["properties.deep.list.1"], "+502-5555-0199");
        assert_eq!(personal["context.ip"], "10.0.0.0");
    }

    #[test]
    fn words_and_short_values_stay() {
        let graph = known(&[("barcelona", IdentifierKind::UserId), ("u1", IdentifierKind::UserId)]);
        let mut moved = Vec::new();
        assert_eq!(take_out(&graph, "properties", r#"{"city":"barcelona","a":"u1","b":"q\"1\""}"#, &mut moved), None);
        assert_eq!(join(None, &moved), None);
    }
}
