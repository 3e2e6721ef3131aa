//! One pass over JSON text that notes where every value begins and ends, so that one event of a batch can be bad without
//! the batch being lost and an event's properties can be kept as they were written.
//!
//! Structure is strict: a missing comma or bracket is a [`SyntaxError`], for nothing after it can be trusted. What is
//! wrong inside a single value (a lone surrogate, `NaN`, 1e400, U+0000) is a [`Problem`] at its place, and only the event
//! around it suffers. Nothing recurses, so depth costs no stack.

mod doc;
mod scan;
mod text;

use domain::event::DeadCode;

pub(crate) use text::{is_beyond_double, is_number, unescape, write_text};

#[cfg(test)]
mod tests;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    /// The name of a member; the member's value is the next node.
    Key,
    Text,
    Number,
    Boolean,
    Null,
    /// Not JSON: noted as a problem too.
    Broken,
}

/// A value and where it stands, quotes and brackets included.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// The node after this one and all that is in it.
    next: u32,
    kind: Kind,
    /// A text or key written with escapes.
    is_escaped: bool,
    /// Levels of containers from here inwards: 0 for scalars, 1 for `{}`; 255 stands for more.
    height: u8,
    /// Of a key: equal for equal names, different for most others.
    mark: u8,
}

/// A value that cannot be kept, in the order of their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub at: usize,
    pub code: DeadCode,
    pub what: &'static str,
}

/// Text whose structure is not JSON's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub(crate) struct SyntaxError {
    pub at: usize,
    pub what: &'static str,
}

/// The memory of a scan, kept from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    nodes: Vec<Node>,
    problems: Vec<Problem>,
    open: Vec<u32>,
    error: Option<SyntaxError>,
}

/// A scanned text. Values are known by their number; 0 is the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doc<'a> {
    text: &'a str,
    tape: &'a Tape,
}

/// A value of a scanned text.
pub(crate) type Value = u32;
