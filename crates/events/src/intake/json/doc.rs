//! Looking at what a scan found.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Doc, Kind, Node, Problem, Value, unescape};

impl<'a> Doc<'a> {
    pub(crate) const ROOT: Value = 0;

    fn node(&self, value: Value) -> Node {
        const NOTHING: Node =
            Node { start: 0, end: 0, next: 0, kind: Kind::Null, is_escaped: false, height: 0, mark: 0 };
        self.tape.nodes.get(value as usize).copied().unwrap_or(NOTHING)
    }

    pub(crate) fn kind(&self, value: Value) -> Kind {
        self.node(value).kind
    }

    /// Levels of containers from here inwards.
    pub(crate) fn height(&self, value: Value) -> u8 {
        self.node(value).height
    }

    /// Where the value stands in the text.
    pub(crate) fn span(&self, value: Value) -> Range<usize> {
        let node = self.node(value);
        node.start as usize..node.end as usize
    }

    /// The value as it was written.
    pub(crate) fn raw(&self, value: Value) -> &'a str {
        self.text.get(self.span(value)).unwrap_or("null")
    }

    /// A text or key as it was written, without its quotes.
    pub(crate) fn quoted(&self, value: Value) -> &'a str {
        let node = self.node(value);
        self.text.get(node.start as usize + 1..(node.end as usize).saturating_sub(1)).unwrap_or("")
    }

    /// A number that is equal for equal names and different for most others.
    pub(crate) fn mark(&self, key: Value) -> u8 {
        self.node(key).mark
    }

    /// A key as it was written: the cheapest way to compare it.
    pub(crate) fn name(&self, key: Value) -> &'a [u8] {
        let node = self.node(key);
        self.text.as_bytes().get(node.start as usize + 1..(node.end as usize).saturating_sub(1)).unwrap_or_default()
    }

    pub(crate) fn is_escaped(&self, value: Value) -> bool {
        self.node(value).is_escaped
    }

    /// A text or key as it was meant.
    pub(crate) fn text(&self, value: Value) -> Cow<'a, str> {
        match self.is_escaped(value) {
            true => unescape(self.quoted(value)).into(),
            false => self.quoted(value).into(),
        }
    }

    /// A text as it was meant, anything else as it was written.
    pub(crate) fn text_or_raw(&self, value: Value) -> Cow<'a, str> {
        match self.kind(value) {
            Kind::Text | Kind::Key => self.text(value),
            _ => self.raw(value).into(),
        }
    }

    /// The members of an object, as their key and their value; equal keys come as often as they were written.
    pub(crate) fn members(&self, object: Value) -> Members<'a> {
        let node = self.node(object);
        let end = if node.kind == Kind::Object { node.next } else { object + 1 };
        Members { doc: *self, at: object + 1, end }
    }

    /// The member that counts for each name: the last one, as its key. Costs a table; [`Doc::find`] is for single names.
    pub(crate) fn last_members(&self, object: Value) -> FxHashMap<Cow<'a, str>, Value> {
        self.members(object).map(|(key, _)| (self.text(key), key)).collect()
    }

    pub(crate) fn items(&self, list: Value) -> Items<'a> {
        let node = self.node(list);
        let end = if node.kind == Kind::Array { node.next } else { list + 1 };
        Items { doc: *self, at: list + 1, end }
    }

    /// The member of an object by its name, the last one if there are several; none if it is null.
    pub(crate) fn find(&self, object: Value, name: &str) -> Option<Value> {
        let is_named = |key: Value| match self.is_escaped(key) {
            true => self.text(key) == name,
            false => self.name(key) == name.as_bytes(),
        };
        let last = self.members(object).filter(|(key, _)| is_named(*key)).last();
        last.map(|(_, value)| value).filter(|value| self.kind(*value) != Kind::Null)
    }

    /// Every node inside a value, in the order of the text.
    pub(crate) fn inside(&self, value: Value) -> Range<Value> {
        value + 1..self.node(value).next
    }

    /// The first problem of a value.
    pub(crate) fn find_problem(&self, value: Value) -> Option<Problem> {
        let span = self.span(value);
        let first = self.tape.problems.partition_point(|problem| problem.at < span.start);
        self.tape.problems.get(first).copied().filter(|problem| problem.at < span.end)
    }
}

/// See [`Doc::members`].
pub(crate) struct Members<'a> {
    doc: Doc<'a>,
    at: Value,
    end: Value,
}

impl Iterator for Members<'_> {
    type Item = (Value, Value);

    fn next(&mut self) -> Option<(Value, Value)> {
        if self.at >= self.end {
            return None;
        }
        let key = self.at;
        self.at = self.doc.node(key + 1).next.max(key + 2);
        Some((key, key + 1))
    }
}

/// See [`Doc::items`].
pub(crate) struct Items<'a> {
    doc: Doc<'a>,
    at: Value,
    end: Value,
}

impl Iterator for Items<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        if self.at >= self.end {
            return None;
        }
        let item = self.at;
        self.at = self.doc.node(item).next.max(item + 1);
        Some(item)
    }
}
