//! The words of a comment, as they are written and by their stems.
//!
//! A stem is that of Snowball (M. F. Porter, *Snowball: A language for stemming algorithms*, 2001), without accents. Its
//! Spanish rules read accents (`atendió` is of `atender`), and customers leave them out: so a word has the stem of how it is
//! written and that of how it would be written without accents, and is found by either.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use text::tokens::{Token, TokenKind, Tokens};
use unicode_normalization::UnicodeNormalization;

/// Longer words are cut: no one looks for them.
const LONGEST_WORD: usize = 64;
/// Stems that are remembered. Comments use the same few thousand words again and again.
const KNOWN_STEMS: usize = 50_000;

/// The languages whose stems a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spoken {
    Spanish,
    English,
    /// Neither, or it cannot be told.
    Unknown,
}

impl Spoken {
    pub fn of(language: Option<&str>) -> Spoken {
        match language {
            Some("es") => Spoken::Spanish,
            Some("en") => Spoken::English,
            _ => Spoken::Unknown,
        }
    }
}

/// The stems of a word: as written, and where it differs, as without accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stems {
    pub first: Box<str>,
    pub other: Option<Box<str>>,
}

impl Stems {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.first).chain(self.other.as_deref())
    }

    fn meets(&self, other: &Stems) -> bool {
        self.iter().any(|stem| other.iter().any(|it| it == stem))
    }
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutWord {
    /// Where it is, in bytes.
    pub span: Range<usize>,
    /// In lower case without accents; an emoji is itself.
    pub plain: String,
    pub spanish: Stems,
    pub english: Stems,
}

impl CutWord {
    /// Its stem in a language; as it is written where that is not known.
    pub fn stem(&self, spoken: Spoken) -> &str {
        match spoken {
            Spoken::Spanish => &self.spanish.first,
            Spoken::English => &self.english.first,
            Spoken::Unknown => &self.plain,
        }
    }

    /// Whether a text in a language that has this word is found by the other.
    pub fn is_found_by(&self, asked: &CutWord, spoken: Spoken) -> bool {
        self.plain == asked.plain
            || spoken != Spoken::English && self.spanish.meets(&asked.spanish)
            || spoken != Spoken::Spanish && self.english.meets(&asked.english)
    }
}

/// A piece of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub is_match: bool,
}

/// Cuts texts into words. Kept from text to text.
pub struct Cutter {
    tokens: Tokens,
    spanish: Stemming,
    english: Stemming,
}

struct Stemming {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Stems>,
}

impl Default for Cutter {
    fn default() -> Cutter {
        Cutter {
            tokens: Tokens::default(),
            spanish: Stemming::new(Algorithm::Spanish),
            english: Stemming::new(Algorithm::English),
        }
    }
}

impl Stemming {
    fn new(algorithm: Algorithm) -> Stemming {
        Stemming { stemmer: Stemmer::new(algorithm), known: FxHashMap::default() }
    }

    fn stems(&mut self, written: &str, plain: &str) -> Stems {
        if let Some(known) = self.known.get(written) {
            return known.clone();
        }
        let first: Box<str> = without_accents(&self.stemmer.stem(written)).into();
        let other: Box<str> = self.stemmer.stem(plain).into();
        let stems = Stems { other: (other != first).then_some(other), first };
        if self.known.len() < KNOWN_STEMS {
            self.known.insert(written.into(), stems.clone());
        }
        stems
    }
}

impl Cutter {
    /// The words of a text in their order, numbers and emoji among them. Signs of scripts without spaces (Chinese, Japanese,
    /// Thai) are words each. What lies in `hidden` has no words.
    pub fn cut(&mut self, text: &str, hidden: &[Range<usize>]) -> Vec<CutWord> {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(text);
        let mut words = Vec::with_capacity(tokens.list.len());
        for token in &tokens.list {
            let is_hidden = hidden.iter().any(|it| it.start < token.span.end && token.span.start < it.end);
            if is_hidden || matches!(token.kind, TokenKind::Mark | TokenKind::Line) {
                continue;
            }
            self.cut_token(text, token, tokens.folded(token), &mut words);
        }
        self.tokens = tokens;
        words
    }

    fn cut_token(&mut self, text: &str, token: &Token, folded: &str, words: &mut Vec<CutWord>) {
        let written = text.get(token.span.clone()).unwrap_or_default();
        if written.chars().any(is_of_spaceless_script) {
            for (at, sign) in written.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
                let start = token.span.start + at;
                words.push(unstemmed(start..start + sign.len_utf8(), sign.to_lowercase().collect()));
            }
            return;
        }
        let mut plain = without_accents(folded);
        plain.truncate(plain.floor_char_boundary(LONGEST_WORD));
        if plain.is_empty() {
            return;
        }
        if token.kind != TokenKind::Word || !plain.is_ascii() {
            words.push(unstemmed(token.span.clone(), plain));
            return;
        }
        // Letters that are repeated for emphasis are gone in the folded word; then its accents are not needed either.
        let lower: String = written.nfc().flat_map(char::to_lowercase).collect();
        let lower = if without_accents(&lower) == plain { lower } else { plain.clone() };
        let spanish = self.spanish.stems(&lower, &plain);
        let english = self.english.stems(&lower, &plain);
        words.push(CutWord { span: token.span.clone(), plain, spanish, english });
    }

    /// Cuts a text so that what is found by one of the words stands apart.
    pub fn mark(&mut self, text: &str, spoken: Spoken, asked: &[CutWord]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut done = 0;
        let mut push = |span: Range<usize>, is_match: bool| {
            let piece = text.get(span).unwrap_or_default();
            match parts.last_mut() {
                _ if piece.is_empty() => {}
                Some(last) if last.is_match == is_match => last.text.push_str(piece),
                _ => parts.push(Part { text: piece.to_owned(), is_match }),
            }
        };
        for word in self.cut(text, &[]) {
            if word.span.start >= done && asked.iter().any(|it| word.is_found_by(it, spoken)) {
                push(done..word.span.start, false);
                push(word.span.clone(), true);
                done = word.span.end;
            }
        }
        push(done..text.len(), false);
        parts
    }
}

fn unstemmed(span: Range<usize>, plain: String) -> CutWord {
    let stems = Stems { first: plain.as_str().into(), other: None };
    CutWord { span, spanish: stems.clone(), english: stems, plain }
}

fn is_of_spaceless_script(sign: char) -> bool {
    matches!(sign, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word without accents and apostrophes.
fn without_accents(word: &str) -> String {
    let is_accent = |sign: &char| matches!(sign, '\u{300}'..='\u{36f}' | '\'' | '’');
    if word.is_ascii() && !word.contains('\'') {
        word.to_owned()
    } else {
        word.nfd().filter(|it| !is_accent(it)).collect()
    }
}

#[cfg(test)]
mod tests;
