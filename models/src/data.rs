//! The texts to learn from and to be judged on, as `models/obtain.py` and `models/data` lay them out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use text::features::{Features, Group};
use text::model::{place_of, share_of_one};
use text::tokens::{TokenKind, Tokens};
use xxhash_rust::xxh3::xxh3_64;

pub const FOLDS: u64 = 5;

/// The folder of what was obtained, and that of what is kept beside the code.
pub struct Folders {
    pub obtained: PathBuf,
    pub kept: PathBuf,
}

/// A text with its label, the place it comes from, and the fifth of the data it belongs to.
#[derive(Clone, Debug)]
pub struct Labelled {
    pub label: String,
    pub domain: String,
    pub text: String,
    pub fold: u64,
}

/// Words with their values, between −4 and 4.
pub type Lexicon = FxHashMap<String, f32>;

/// The lines of a tab-separated file.
pub fn rows(path: &Path) -> Result<Vec<Vec<String>>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(content
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

/// Texts from lines of label and text, or of label, domain and text.
pub fn labelled(path: &Path, domain: &str) -> Result<Vec<Labelled>> {
    let texts = rows(path)?.into_iter().filter_map(|row| match row.as_slice() {
        [label, text] => Some(Labelled::new(label, domain, text)),
        [label, domain, text] => Some(Labelled::new(label, domain, text)),
        _ => None,
    });
    Ok(texts.collect())
}

impl Labelled {
    pub fn new(label: &str, domain: &str, text: &str) -> Labelled {
        Labelled { label: label.to_owned(), domain: domain.to_owned(), text: joined(text), fold: fold_of(text) }
    }
}

/// The fifth of the data that a text belongs to. Texts that differ in signs and capitals alone fall together.
pub fn fold_of(text: &str) -> u64 {
    let letters: String = text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    xxh3_64(letters.as_bytes()) % FOLDS
}

/// Undoes the spaces that corpora put before apostrophes and signs.
fn joined(text: &str) -> String {
    let mut text = text.replace(" '", "'").replace(" n't", "n't");
    for sign in [".", ",", "!", "?", ";", ":", ")"] {
        text = text.replace(&format!(" {sign}"), sign);
    }
    text.replace("( ", "(").replace(" · ", "-")
}

/// A lexicon of lines of word and value.
pub fn lexicon(path: &Path) -> Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    for row in rows(path)? {
        if let [word, value] = row.as_slice() {
            insert(&mut lexicon, word, value.parse()?);
        }
    }
    Ok(lexicon)
}

/// A lexicon of lines of a value and many words.
pub fn own_lexicon(path: &Path) -> Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    for row in rows(path)?.iter().filter(|row| !row[0].starts_with('#')) {
        if let [value, words] = row.as_slice() {
            let value = value.parse()?;
            words.split_whitespace().for_each(|word| insert(&mut lexicon, word, value));
        }
    }
    Ok(lexicon)
}

fn insert(lexicon: &mut Lexicon, word: &str, value: f32) {
    let mut tokens = Tokens::default();
    tokens.read(word);
    if let [token] = tokens.list.as_slice() {
        lexicon.insert(tokens.folded(token).to_owned(), value);
    }
}

/// Turns texts into features of a table of 2^`bits` weights, and lexicons into further features behind them.
pub struct Reader<'a> {
    pub bits: u8,
    pub lexicons: &'a [Lexicon],
    pub lexicon_scale: f32,
    pub tokens: Tokens,
    pub features: Features,
}

/// The four columns of a lexicon: good and bad words, plain and negated.
pub fn lexicon_column(bits: u8, lexicon: usize, is_good: bool, is_negated: bool) -> u32 {
    (1 << bits) + lexicon as u32 * 4 + u32::from(is_good) * 2 + u32::from(is_negated)
}

impl<'a> Reader<'a> {
    pub fn new(bits: u8, lexicons: &'a [Lexicon], lexicon_scale: f32) -> Reader<'a> {
        Reader { bits, lexicons, lexicon_scale, tokens: Tokens::default(), features: Features::default() }
    }

    pub fn read(&mut self, text: &str) -> Vec<(u32, f32)> {
        self.tokens.read(text);
        self.features.read(text, &self.tokens);
        let mut found: Vec<(u32, f32)> = Vec::new();
        for group in [Group::Words, Group::Letters] {
            let hashes = self.features.all(group);
            let value = share_of_one(hashes.len());
            found.extend(hashes.iter().map(|hash| (place_of(*hash, self.bits) as u32, value)));
        }
        let share = self.lexicon_scale * share_of_one(self.features.all(Group::Words).len());
        for token in self.tokens.list.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Emoji)) {
            for (place, lexicon) in self.lexicons.iter().enumerate() {
                if let Some(value) = lexicon.get(self.tokens.folded(token)) {
                    found.push((lexicon_column(self.bits, place, *value > 0.0, token.is_negated), value * share));
                }
            }
        }
        found.sort_by_key(|(feature, _)| *feature);
        found.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        found
    }
}
