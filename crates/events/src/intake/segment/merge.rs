//! Objects that come twice, once for a batch and once for an event, as one.

use crate::intake::json::{Doc, Kind, Value, write_text};

/// Writes the members of both objects; where both have a member, that of `over` counts, except that two objects become one in
/// the same way and null says nothing.
pub(super) fn merge_objects(base: (Doc<'_>, Value), over: (Doc<'_>, Value)) -> String {
    let mut out = String::with_capacity(base.0.raw(base.1).len() + over.0.raw(over.1).len());
    write_merged(base, over, &mut out);
    out
}

fn write_merged(base: (Doc<'_>, Value), over: (Doc<'_>, Value), out: &mut String) {
    let ((base_doc, base_object), (over_doc, over_object)) = (base, over);
    let base_last = base_doc.last_members(base_object);
    let over_last = over_doc.last_members(over_object);
    let is_null = |doc: Doc<'_>, key: Value| doc.kind(key + 1) == Kind::Null;
    out.push('{');
    let mut is_first = true;
    let mut write_name = |out: &mut String, name: &str| {
        out.push_str(if is_first { "" } else { "," });
        is_first = false;
        write_text(out, name);
        out.push(':');
    };
    for (key, value) in base_doc.members(base_object) {
        let name = base_doc.text(key);
        let other = over_last.get(&name).filter(|other| !is_null(over_doc, **other)).map(|other| other + 1);
        if base_last.get(&name) != Some(&key) || (is_null(base_doc, key) && other.is_none()) {
            continue;
        }
        write_name(out, &name);
        match other {
            None => out.push_str(base_doc.raw(value)),
            Some(other) if base_doc.kind(value) == Kind::Object && over_doc.kind(other) == Kind::Object => {
                write_merged((base_doc, value), (over_doc, other), out);
            }
            Some(other) => out.push_str(over_doc.raw(other)),
        }
    }
    for (key, value) in over_doc.members(over_object) {
        let name = over_doc.text(key);
        let is_written = base_last.contains_key(&name) || is_null(over_doc, key);
        if !is_written && over_last.get(&name) == Some(&key) {
            write_name(out, &name);
            out.push_str(over_doc.raw(value));
        }
    }
    out.push('}');
}
