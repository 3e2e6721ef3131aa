//! Writes the objects of an event without what is personal in them, and collects what was taken out by its path.

use std::net::IpAddr;
use std::ops::Range;

use super::{REPLACEMENT, Secrets};
use crate::intake::json::{Doc, Kind, Value, write_text};
use crate::intake::settings::IntakeSettings;

/// A member that an object gets beside its own.
#[derive(Clone, Copy)]
pub(crate) struct Added<'a> {
    pub name: &'a str,
    pub doc: Doc<'a>,
    pub value: Value,
}

/// What one object of the event (its properties, its context) is made of.
pub(crate) struct Part<'a> {
    /// The first step of the paths: `properties`.
    pub name: &'static str,
    pub object: Option<(Doc<'a>, Value)>,
    /// Members that come first, unless the object has them.
    pub added: &'a [Added<'a>],
    /// Members that come last, in an object of their own with this name.
    pub extra_name: &'a str,
    pub extra: &'a [Added<'a>],
    /// A member that is kept elsewhere.
    pub left_out: Option<&'static str>,
}

/// Writes parts and remembers what it took out of them.
pub(crate) struct Rewriter<'a> {
    settings: &'a IntakeSettings,
    secrets: &'a Secrets<'a>,
    /// Where the value being written stands.
    path: String,
    /// Members of the object of personal values.
    moved: String,
    has_changed: bool,
    cleaned_names: usize,
    found: Vec<Range<usize>>,
}

impl<'a> Rewriter<'a> {
    pub(crate) fn new(settings: &'a IntakeSettings, secrets: &'a Secrets<'a>) -> Rewriter<'a> {
        Rewriter {
            settings,
            secrets,
            path: String::new(),
            moved: String::new(),
            has_changed: false,
            cleaned_names: 0,
            found: Vec::new(),
        }
    }

    /// What was personal, as a JSON object by path; none if nothing was.
    pub(crate) fn finish(self) -> Option<String> {
        (!self.moved.is_empty()).then(|| format!("{{{}}}", self.moved))
    }

    /// The text of a part, as it came wherever nothing had to be taken out.
    pub(crate) fn write_part(&mut self, part: &Part<'_>) -> String {
        let objects = part.object.iter();
        let is_plain = objects.clone().all(|(doc, object)| self.is_plain(*doc, *object, part.left_out))
            && part.added.iter().chain(part.extra).all(|added| self.is_plain_member(added));
        let as_it_came = if is_plain { copy_part(part) } else { String::new() };
        if is_plain && !self.secrets.may_be_in(&as_it_came) {
            return as_it_came;
        }
        self.has_changed = !is_plain;
        let written = self.rewrite_part(part);
        if self.has_changed { written } else { as_it_came }
    }

    /// Takes a value that has no place in the parts (the name of the activity) out, returning it without what is personal.
    pub(crate) fn write_name(&mut self, path: &str, name: &str) -> Option<String> {
        let mut found = std::mem::take(&mut self.found);
        self.secrets.find_in(name, &mut found);
        let cleaned = (!found.is_empty()).then(|| {
            let mut raw = String::new();
            write_text(&mut raw, name);
            path.clone_into(&mut self.path);
            self.record(&raw);
            replace_ranges(name, &found)
        });
        self.found = found;
        cleaned
    }

    /// Whether an object can be kept as it was written, as far as its names tell.
    fn is_plain(&self, doc: Doc<'_>, object: Value, left_out: Option<&str>) -> bool {
        if has_twins(doc, object) || left_out.is_some_and(|name| has_name(doc, object, name)) {
            return false;
        }
        doc.inside(object).all(|value| match doc.kind(value) {
            Kind::Key => !doc.is_escaped(value) && !self.settings.is_personal(doc.name(value)),
            Kind::Object => !has_twins(doc, value),
            _ => true,
        })
    }

    fn is_plain_member(&self, added: &Added<'_>) -> bool {
        !self.settings.is_personal(added.name.as_bytes())
            && (added.doc.height(added.value) == 0 || self.is_plain(added.doc, added.value, None))
    }

    fn rewrite_part(&mut self, part: &Part<'_>) -> String {
        let mut out = String::from("{");
        part.name.clone_into(&mut self.path);
        for added in part.added.iter().filter(|added| !has_member(part, added.name)) {
            self.write_member(added.doc, added.name, added.value, &mut out);
        }
        if let Some((doc, object)) = part.object {
            self.write_members(doc, object, part.left_out, &mut out);
        }
        if !part.extra.is_empty() {
            open_member(&mut out);
            write_text(&mut out, part.extra_name);
            out.push_str(":{");
            let len = self.enter(part.extra_name);
            for extra in part.extra {
                self.write_member(extra.doc, extra.name, extra.value, &mut out);
            }
            self.path.truncate(len);
            out.push('}');
        }
        out.push('}');
        out
    }

    fn write_value(&mut self, doc: Doc<'_>, value: Value, out: &mut String) {
        match doc.kind(value) {
            Kind::Object => {
                out.push('{');
                self.write_members(doc, value, None, out);
                out.push('}');
            }
            Kind::Array => {
                out.push('[');
                for (index, item) in doc.items(value).enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    let len = self.enter(&index.to_string());
                    self.write_value(doc, item, out);
                    self.path.truncate(len);
                }
                out.push(']');
            }
            Kind::Text => self.write_checked_text(doc, value, out),
            Kind::Number if self.secrets.is_number(doc.raw(value)) => {
                write_text(out, REPLACEMENT);
                self.record(doc.raw(value));
            }
            _ => out.push_str(doc.raw(value)),
        }
    }

    fn write_checked_text(&mut self, doc: Doc<'_>, value: Value, out: &mut String) {
        let text = doc.text(value);
        let mut found = std::mem::take(&mut self.found);
        self.secrets.find_in(&text, &mut found);
        if found.is_empty() {
            out.push_str(doc.raw(value));
        } else {
            write_text(out, &replace_ranges(&text, &found));
            self.record(doc.raw(value));
        }
        self.found = found;
    }

    /// Writes the members of an object, the last one of those with equal names.
    fn write_members(&mut self, doc: Doc<'_>, object: Value, left_out: Option<&str>, out: &mut String) {
        let may_have_twins = has_twins(doc, object) || doc.members(object).any(|(key, _)| doc.is_escaped(key));
        let last = may_have_twins.then(|| doc.last_members(object));
        for (key, value) in doc.members(object) {
            let name = doc.text(key);
            if last.as_ref().is_some_and(|last| last.get(&*name) != Some(&key)) {
                self.has_changed = true;
                continue;
            }
            if left_out == Some(&*name) {
                self.has_changed = true;
                if doc.height(value) == 0 {
                    // Not the object that is kept elsewhere.
                    let len = self.enter(&name);
                    self.record_property(doc, value);
                    self.path.truncate(len);
                }
                continue;
            }
            self.write_member(doc, &name, value, out);
        }
    }

    fn write_member(&mut self, doc: Doc<'_>, name: &str, value: Value, out: &mut String) {
        if self.settings.is_personal(name.as_bytes()) {
            let len = self.enter(name);
            self.record_property(doc, value);
            self.path.truncate(len);
            return;
        }
        open_member(out);
        let cleaned = self.clean_name(name);
        let name = cleaned.as_deref().unwrap_or(name);
        write_text(out, name);
        out.push(':');
        let len = self.enter(name);
        self.write_value(doc, value, out);
        self.path.truncate(len);
    }

    /// The name of a member without what is personal in it, if anything is. Numbered, so that two names never become one.
    fn clean_name(&mut self, name: &str) -> Option<String> {
        if name.len() < super::SHORTEST_WORD {
            return None;
        }
        let mut found = std::mem::take(&mut self.found);
        self.secrets.find_in(name, &mut found);
        let cleaned = (!found.is_empty()).then(|| {
            self.cleaned_names += 1;
            let cleaned = format!("{} {}", replace_ranges(name, &found), self.cleaned_names);
            let len = self.enter(&cleaned);
            self.path.push_str(" (name)");
            let mut raw = String::new();
            write_text(&mut raw, name);
            self.record(&raw);
            self.path.truncate(len);
            cleaned
        });
        self.found = found;
        cleaned
    }

    /// Moves the value of a property declared personal; an address of the internet is cut before.
    fn record_property(&mut self, doc: Doc<'_>, value: Value) {
        self.has_changed = true;
        if doc.kind(value) == Kind::Null {
            return;
        }
        let cut = (doc.kind(value) == Kind::Text).then(|| doc.text(value)).and_then(|text| cut_address(&text));
        match cut {
            Some(address) => {
                let mut raw = String::new();
                write_text(&mut raw, &address);
                self.record(&raw);
            }
            None => self.record(doc.raw(value)),
        }
    }

    /// Notes a value, as JSON, under the current path.
    fn record(&mut self, raw: &str) {
        self.has_changed = true;
        if !self.moved.is_empty() {
            self.moved.push(',');
        }
        write_text(&mut self.moved, &self.path);
        self.moved.push(':');
        self.moved.push_str(raw);
    }

    fn enter(&mut self, step: &str) -> usize {
        let len = self.path.len();
        self.path.push('.');
        self.path.push_str(step);
        len
    }
}

fn copy_part(part: &Part<'_>) -> String {
    if part.added.is_empty() && part.extra.is_empty() {
        return part.object.map_or("{}", |(doc, object)| doc.raw(object)).to_owned();
    }
    let inner = part.object.map_or("", |(doc, object)| {
        let raw = doc.raw(object);
        raw.get(1..raw.len() - 1).unwrap_or("").trim_ascii()
    });
    let added = part.added.iter().filter(|added| !has_member(part, added.name));
    let added_len: usize =
        part.added.iter().chain(part.extra).map(|added| added.name.len() + 4 + added.raw().len()).sum();
    let mut out = String::with_capacity(inner.len() + added_len + part.extra_name.len() + 8);
    out.push('{');
    for added in added {
        added.copy_to(&mut out);
    }
    if !inner.is_empty() {
        open_member(&mut out);
        out.push_str(inner);
    }
    if !part.extra.is_empty() {
        open_member(&mut out);
        write_text(&mut out, part.extra_name);
        out.push_str(":{");
        for extra in part.extra {
            extra.copy_to(&mut out);
        }
        out.push('}');
    }
    out.push('}');
    out
}

impl<'a> Added<'a> {
    fn raw(&self) -> &'a str {
        self.doc.raw(self.value)
    }

    fn copy_to(&self, out: &mut String) {
        open_member(out);
        write_text(out, self.name);
        out.push(':');
        out.push_str(self.raw());
    }
}

fn has_member(part: &Part<'_>, name: &str) -> bool {
    part.object.is_some_and(|(doc, object)| has_name(doc, object, name))
}

fn has_name(doc: Doc<'_>, object: Value, name: &str) -> bool {
    doc.members(object).any(|(key, _)| doc.text(key) == name)
}

/// Separates a member from the one before it, if there is one.
fn open_member(out: &mut String) {
    if !out.ends_with('{') {
        out.push(',');
    }
}

fn replace_ranges(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        let (Some(before), true) = (text.get(done..range.start), text.is_char_boundary(range.end)) else {
            // Half of a character written with percent signs: the whole text goes.
            return REPLACEMENT.to_owned();
        };
        out.push_str(before);
        out.push_str(REPLACEMENT);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// An address of the internet without the part that tells households apart: /24 of version 4, /48 of version 6.
fn cut_address(text: &str) -> Option<String> {
    match text.trim().parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Some(format!("{a}.{b}.{c}.0"))
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            Some(std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_string())
        }
    }
}

const FEW: usize = 32;

/// Whether an object has two members of one name, comparing names as they were written.
fn has_twins(doc: Doc<'_>, object: Value) -> bool {
    let mut taken = [0_u64; 4];
    for (count, (key, _)) in doc.members(object).enumerate() {
        if count == FEW {
            return doc.last_members(object).len() < doc.members(object).count();
        }
        let mark = doc.mark(key);
        let (word, bit) = (usize::from(mark >> 6), 1 << (mark & 63));
        if taken[word] & bit != 0 {
            let name = doc.name(key);
            if doc.members(object).take(count).any(|(other, _)| doc.name(other) == name) {
                return true;
            }
        }
        taken[word] |= bit;
    }
    false
}
