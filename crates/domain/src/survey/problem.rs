//! What is wrong with a survey or an answer: where, which kind, and what to do.

use std::fmt;

/// Below this likeness a suggestion would only confuse.
const LIKENESS: f64 = 0.5;

/// Something that must be mended before a survey or an answer is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON path, such as `$.questions[2].text.es`; for answers `$.ID`.
    pub place: String,
    pub code: ProblemCode,
    /// A sentence that says what is wrong and what to do.
    pub detail: String,
}

/// Something that its editor should know although nothing is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// JSON path.
    pub place: String,
    /// Part of the interface: `accent_corrected`, `no_fallback`.
    pub code: &'static str,
    pub detail: String,
}

/// What kind of problem it is. The text of a code is part of the interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// Not JSON, or a member that stands twice in an object.
    InvalidJson,
    /// A file over 256 KB.
    FileTooLarge,
    /// A format that this program does not read.
    UnknownFormat,
    /// A member, a question or a language that is not known there.
    UnknownMember,
    /// Something required is not there.
    Missing,
    /// A value of another type than it must have.
    WrongType,
    /// A number or an instant outside what is allowed.
    OutOfRange,
    /// A text that is not one of those allowed there.
    UnknownValue,
    /// A key that is not written as keys are.
    InvalidKey,
    /// The same key twice.
    Twice,
    /// Fewer or more of something than allowed.
    WrongCount,
    /// A condition about a question that is not asked earlier, or a skip that does not lead to a later one.
    WrongOrder,
    /// A text that is empty, too long, or has control characters.
    InvalidText,
    /// A comment of more than 10,000 characters.
    TooLong,
    /// The character U+0000.
    NullCharacter,
    /// A placeholder that cannot be filled.
    InvalidPlaceholder,
    /// Not a colour written as `#RRGGBB`.
    InvalidColour,
}

impl ProblemCode {
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::InvalidJson => "invalid_json",
            ProblemCode::FileTooLarge => "file_too_large",
            ProblemCode::UnknownFormat => "unknown_format",
            ProblemCode::UnknownMember => "unknown_member",
            ProblemCode::Missing => "missing",
            ProblemCode::WrongType => "wrong_type",
            ProblemCode::OutOfRange => "out_of_range",
            ProblemCode::UnknownValue => "unknown_value",
            ProblemCode::InvalidKey => "invalid_key",
            ProblemCode::Twice => "twice",
            ProblemCode::WrongCount => "wrong_count",
            ProblemCode::WrongOrder => "wrong_order",
            ProblemCode::InvalidText => "invalid_text",
            ProblemCode::TooLong => "too_long",
            ProblemCode::NullCharacter => "null_character",
            ProblemCode::InvalidPlaceholder => "invalid_placeholder",
            ProblemCode::InvalidColour => "invalid_colour",
        }
    }
}

impl Problem {
    pub fn new(place: impl Into<String>, code: ProblemCode, detail: impl Into<String>) -> Problem {
        Problem { place: place.into(), code, detail: detail.into() }
    }

    /// The question that a problem of an answer is about; `None` for other places.
    pub fn question(&self) -> Option<&str> {
        self.place.strip_prefix("$.")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.detail)
    }
}

/// The place of a member: `.name`, or `['…']` where a name is no plain word.
pub(super) fn member(place: &str, name: &str) -> String {
    let is_plain =
        !name.is_empty() && name.len() <= 100 && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    if is_plain {
        return format!("{place}.{name}");
    }
    let shown: String = name.chars().take(100).collect();
    format!("{place}['{}']", shown.escape_debug())
}

/// A text of somebody else inside of a sentence: its beginning, on one line.
pub(super) fn quoted(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    let more = if text.chars().nth(60).is_some() { "…" } else { "" };
    format!("`{}{more}`", start.escape_debug())
}

/// `; did you mean …?` where a known word is like the one that was written.
pub(super) fn suggestion<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // Comparing takes the product of the lengths: what is much longer than any known word is like none.
    if wanted.len() > 4 * super::LONGEST_KEY_CHARS {
        return String::new();
    }
    let wanted = wanted.to_lowercase();
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase());
    let best = known.into_iter().map(|name| (likeness(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, name)) if likeness >= LIKENESS => format!("; did you mean `{name}`?"),
        _ => String::new(),
    }
}

/// The words of a list as `a, b and c`.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}
