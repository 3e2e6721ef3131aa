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
        if base_doc.find(base_object, &name) != Some(value) {
            continue;
        }
        write_name(out, &name);
        match over_doc.find(over_object, &name) {
            None => out.push_str(base_doc.raw(value)),
            Some(other) if base_doc.kind(value) == Kind::Object && over_doc.kind(other) == Kind::Object => {
                write_merged((base_doc, value), (over_doc, other), out);
            }
            Some(other) => out.push_str(over_doc.raw(other)),
        }
    }
    for (key, value) in over_doc.members(over_object) {
        let name = over_doc.text(key);
        if over_doc.find(over_object, &name) != Some(value) || base_doc.find(base_object, &name).is_some() {
            continue;
        }
        write_name(out, &name);
        out.push_str(over_doc.raw(value));
    }
    out.push('}');
}
