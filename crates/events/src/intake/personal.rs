//! Finds what is personal in the texts of an event: the values of its identifiers and everything that looks like an e-mail
//! address, also where a URL writes them with percent signs.
//!
//! How far an identifier reaches depends on its length, because short ones are also parts of words: fewer than four
//! characters are found only as a whole value, fewer than eight only as a word of their own, longer ones everywhere.

mod rewrite;

use std::ops::Range;

use super::identifiers::{Form, Identifiers};

pub(crate) use rewrite::{Added, Part, Rewriter};

/// What stands where something personal was.
pub(crate) const REPLACEMENT: &str = "[personal]";

const SHORTEST_WORD: usize = 4;
const SHORTEST_PART: usize = 8;

/// The forms of the identifiers of one event.
#[derive(Debug)]
pub(crate) struct Secrets<'a> {
    /// The first forms stand here, because most events have no more and memory for a list costs more than the search.
    first: [Needle<'a>; FEW],
    first_count: usize,
    more: Vec<Needle<'a>>,
}

const FEW: usize = 4;

impl<'a> Secrets<'a> {
    pub(crate) fn new(identifiers: &'a Identifiers<'_>) -> Secrets<'a> {
        let mut secrets = Secrets { first: [Needle::NOTHING; FEW], first_count: 0, more: Vec::new() };
        for form in identifiers.forms().map(Needle::new) {
            match secrets.first.get_mut(secrets.first_count) {
                Some(free) => {
                    *free = form;
                    secrets.first_count += 1;
                }
                None => secrets.more.push(form),
            }
        }
        secrets
    }

    fn forms(&self) -> impl Iterator<Item = &Needle<'a>> {
        self.first.iter().take(self.first_count).chain(&self.more)
    }

    /// Whether JSON text might hold something personal: cheap, and never a false no.
    pub(crate) fn may_be_in(&self, json: &str) -> bool {
        let bytes = json.as_bytes();
        if memchr::memchr2(b'%', b'\\', bytes).is_some() {
            // Something may hide behind percent signs or escapes.
            return true;
        }
        // Values of the kind e-mail have an `@`, even those that do not look like an address.
        let has_any_case = self.forms().any(|form| form.is_any_case);
        if memchr::memchr_iter(b'@', bytes).any(|at| has_any_case || find_email_around(bytes, at).is_some()) {
            return true;
        }
        self.forms().filter(|form| !form.is_any_case).any(|form| {
            let is_short = form.text.len() < SHORTEST_WORD;
            form.places_in(bytes).any(|range| {
                let is_quoted =
                    range.start > 0 && bytes[range.start - 1] == b'"' && bytes.get(range.end) == Some(&b'"');
                !is_short || is_quoted
            })
        })
    }

    /// Whether anything personal is in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut found = Vec::new();
        self.find_in(text, &mut found);
        !found.is_empty()
    }

    /// Finds everything personal in a text, as ranges of bytes in order that do not touch.
    pub(crate) fn find_in(&self, text: &str, found: &mut Vec<Range<usize>>) {
        found.clear();
        if !self.may_be_in_text(text.as_bytes()) {
            return;
        }
        if self.forms().any(|form| form.is_whole(text.as_bytes())) {
            found.push(0..text.len());
            return;
        }
        self.search(text.as_bytes(), |range| found.push(range));
        if text.contains('%') {
            let decoded = PercentDecoded::new(text.as_bytes());
            if self.forms().any(|form| form.is_whole(&decoded.bytes)) {
                found.push(0..text.len());
            } else {
                self.search(&decoded.bytes, |range| found.push(decoded.range_in_original(range)));
            }
        }
        if found.len() > 1 {
            found.sort_by_key(|range| range.start);
            found.dedup_by(|later, earlier| {
                let touches = later.start <= earlier.end;
                if touches {
                    earlier.end = earlier.end.max(later.end);
                }
                touches
            });
        }
    }

    /// As [`Secrets::may_be_in`], for a single text without escapes.
    fn may_be_in_text(&self, text: &[u8]) -> bool {
        memchr::memchr2(b'@', b'%', text).is_some()
            || self.forms().any(|form| form.text.len() <= text.len() && form.places_in(text).next().is_some())
    }

    /// Whether a number is an identifier, or has a long one in it.
    pub(crate) fn is_number(&self, number: &str) -> bool {
        self.forms().any(|form| match form.text.len() {
            0..SHORTEST_WORD => false,
            SHORTEST_WORD..SHORTEST_PART => number.as_bytes() == form.text,
            _ => form.places_in(number.as_bytes()).next().is_some(),
        })
    }

    fn search(&self, text: &[u8], mut each: impl FnMut(Range<usize>)) {
        for form in self.forms() {
            let len = form.text.len();
            if len < SHORTEST_WORD || len > text.len() {
                continue;
            }
            let mut visit = |range: Range<usize>| {
                if len >= SHORTEST_PART || is_word(text, range.clone()) {
                    each(range);
                }
            };
            if form.is_any_case {
                form.places_in(&text.to_ascii_lowercase()).for_each(&mut visit);
            } else {
                form.places_in(text).for_each(&mut visit);
            }
        }
        for at in memchr::memchr_iter(b'@', text) {
            if let Some(range) = find_email_around(text, at) {
                each(range);
            }
        }
    }
}

/// A form prepared for search. Texts are short: to look for the rarest byte costs less than a general search to prepare.
#[derive(Clone, Copy, Debug)]
struct Needle<'a> {
    text: &'a [u8],
    is_any_case: bool,
    rarest: u8,
    /// Where the rarest byte is in the text.
    offset: usize,
}

impl<'a> Needle<'a> {
    const NOTHING: Needle<'a> = Needle { text: b"", is_any_case: false, rarest: 0, offset: 0 };

    fn new(form: Form<'a>) -> Needle<'a> {
        let text = form.text.as_bytes();
        // Rank and place in one number: the smallest is found without a branch.
        let ranked =
            text.iter().take(MOST_PROBED).zip(0..).map(|(byte, at)| u32::from(COMMONNESS[*byte as usize]) << 8 | at);
        let offset = (ranked.min().unwrap_or(0) & 0xFF) as usize;
        let rarest = text.get(offset).copied().unwrap_or(0);
        Needle { text, is_any_case: form.is_any_case, rarest, offset }
    }

    /// Every place in `text`, which must be in lower case if case does not count.
    fn places_in<'t>(self, text: &'t [u8]) -> impl Iterator<Item = Range<usize>> + use<'a, 't> {
        memchr::memchr_iter(self.rarest, text).filter_map(move |at| {
            let start = at.checked_sub(self.offset)?;
            let range = start..start + self.text.len();
            (text.get(range.clone()) == Some(self.text)).then_some(range)
        })
    }

    fn is_whole(&self, text: &[u8]) -> bool {
        let text = text.trim_ascii();
        if self.is_any_case { text.eq_ignore_ascii_case(self.text) } else { text == self.text }
    }
}

const MOST_PROBED: usize = 16;

/// How common a byte is in JSON: 0 for those not listed, then the higher the more common.
const COMMONNESS: [u8; 256] = {
    let mut table = [0; 256];
    let from_rare = b"QXZJKWYVGUHBFzqjxNODLRMPSTAICE+#()%@?&=;*!98765432k10vwybg_hf/-.mupdclsrnoiate ,:\"";
    let mut at = 0;
    while at < from_rare.len() {
        table[from_rare[at] as usize] = at as u8 + 1;
        at += 1;
    }
    table
};

/// Whether a range is not part of a longer word.
fn is_word(text: &[u8], range: Range<usize>) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    let before = range.start.checked_sub(1).and_then(|at| text.get(at));
    !before.is_some_and(is_part) && !text.get(range.end).is_some_and(is_part)
}

/// The e-mail address around an `@`, if it looks like one: something before it, and after it a host whose last label is made
/// of letters. `logo@2x.png` is the picture for a fine display.
fn find_email_around(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0x80;
    // The standard allows more in front of the `@`, but in URLs and sentences the rest is mostly something else.
    let is_user = |byte: &&u8| is_letter(**byte) || byte.is_ascii_digit() || b".+-_~".contains(*byte);
    let is_host = |byte: &&u8| is_letter(**byte) || byte.is_ascii_digit() || b".-".contains(*byte);
    let user = text[..at].iter().rev().take_while(is_user).count();
    let host = text[at + 1..].iter().take_while(is_host).count();
    let mut host = &text[at + 1..at + 1 + host];
    if user == 0 || matches!(host, [b'1'..=b'9', b'x', b'.', ..]) {
        return None;
    }
    while let Some(dot) = host.iter().rposition(|byte| *byte == b'.') {
        let last = without_hyphens(&host[dot + 1..]);
        let is_name = last.len() >= 2 && (last.starts_with(b"xn--") || last.iter().all(|byte| is_letter(*byte)));
        if is_name && dot > 0 {
            return Some(at - user..at + 2 + dot + last.len());
        }
        host = &host[..dot];
    }
    None
}

fn without_hyphens(label: &[u8]) -> &[u8] {
    let end = label.iter().rposition(|byte| *byte != b'-').map_or(0, |last| last + 1);
    &label[..end]
}

/// A text with its percent signs undone, and where each byte came from.
struct PercentDecoded {
    bytes: Vec<u8>,
    /// Where byte `n` started in the original; one more than there are bytes.
    starts: Vec<usize>,
}

impl PercentDecoded {
    fn new(text: &[u8]) -> PercentDecoded {
        let mut decoded =
            PercentDecoded { bytes: Vec::with_capacity(text.len()), starts: Vec::with_capacity(text.len() + 1) };
        let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            decoded.starts.push(at);
            match (byte, digit(at + 1), digit(at + 2)) {
                (b'%', Some(high), Some(low)) => {
                    decoded.bytes.push((high * 16 + low) as u8);
                    at += 3;
                }
                _ => {
                    decoded.bytes.push(*byte);
                    at += 1;
                }
            }
        }
        decoded.starts.push(text.len());
        decoded
    }

    fn range_in_original(&self, range: Range<usize>) -> Range<usize> {
        self.starts[range.start]..self.starts[range.end]
    }
}
