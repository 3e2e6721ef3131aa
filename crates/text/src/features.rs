//! What of a comment the models look at: words, pairs of words, and runs of three to five letters within a word.
//!
//! A feature is a hash of 64 bits; a model takes as many of its upper bits as its table is large, so all models share one
//! pass over the comment. Each feature belongs to a token, therefore what a model concludes can be told word by word.

use crate::tokens::{Token, TokenKind, Tokens};

/// The kinds of features, each of which is brought to the same length however long the comment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Words,
    Letters,
}

/// A hash and the group it belongs to, in the order of the tokens.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// For each token, where its features begin in `words` and in `letters`; one more entry at the end.
    starts: Vec<(usize, usize)>,
    words: Vec<u64>,
    letters: Vec<u64>,
    padded: Vec<char>,
}

const WORD: u64 = 0x243f_6a88_85a3_08d3;
const NEGATED_WORD: u64 = 0x1319_8a2e_0370_7344;
const PAIR: u64 = 0xa409_3822_299f_31d0;
const LETTERS: u64 = 0x082e_fa98_ec4e_6c89;
const SIGN: u64 = 0x4528_21e6_38d0_1377;
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

const SHORTEST_RUN: usize = 3;
const LONGEST_RUN: usize = 5;

impl Features {
    /// Computes the features of a comment, in time proportional to its length.
    pub fn read(&mut self, text: &str, tokens: &Tokens) {
        self.starts.clear();
        self.words.clear();
        self.letters.clear();
        let mut previous = None;
        for token in &tokens.list {
            self.starts.push((self.words.len(), self.letters.len()));
            previous = self.read_token(text, tokens, token, previous);
        }
        self.starts.push((self.words.len(), self.letters.len()));
    }

    /// The features of the token at this place.
    pub fn of_token(&self, place: usize) -> (&[u64], &[u64]) {
        let (from, to) = (self.starts[place], self.starts[place + 1]);
        (&self.words[from.0..to.0], &self.letters[from.1..to.1])
    }

    /// All features of a group.
    pub fn all(&self, group: Group) -> &[u64] {
        match group {
            Group::Words => &self.words,
            Group::Letters => &self.letters,
        }
    }

    fn read_token(&mut self, text: &str, tokens: &Tokens, token: &Token, previous: Option<u64>) -> Option<u64> {
        let folded = tokens.folded(token);
        match token.kind {
            TokenKind::Number | TokenKind::Line => None,
            TokenKind::Mark => {
                self.words.push(hash(WORD, folded.chars()));
                None
            }
            TokenKind::Emoji => {
                self.words.push(hash(WORD, folded.chars()));
                previous
            }
            TokenKind::Word => {
                let plain = hash(WORD, folded.chars());
                self.words.push(if token.is_negated { negated(plain) } else { plain });
                if let Some(before) = previous {
                    self.words.push(pair(before, plain));
                }
                self.read_letters(&text[token.span.clone()], folded);
                Some(plain)
            }
        }
    }

    fn read_letters(&mut self, spelled: &str, folded: &str) {
        // Folding hides what tells languages apart; the signs that it changes are features of their own.
        if !spelled.is_ascii() {
            self.letters.extend(spelled.chars().filter(|sign| !sign.is_ascii()).map(|sign| hash(SIGN, [sign])));
        }
        self.padded.clear();
        self.padded.push('^');
        self.padded.extend(folded.chars());
        self.padded.push('$');
        for start in 0..self.padded.len() {
            let mut state = LETTERS;
            for (length, sign) in (1..=LONGEST_RUN).zip(&self.padded[start..]) {
                state = step(state, *sign);
                if length >= SHORTEST_RUN {
                    self.letters.push(state);
                }
            }
        }
    }
}

/// The hash of a word on its own, folded; `is_negated` when a negation turns it.
pub fn word_hash(folded: &str, is_negated: bool) -> u64 {
    let plain = hash(WORD, folded.chars());
    if is_negated { negated(plain) } else { plain }
}

fn hash(seed: u64, signs: impl IntoIterator<Item = char>) -> u64 {
    signs.into_iter().fold(seed, step)
}

fn step(state: u64, sign: char) -> u64 {
    let mixed = (state ^ u64::from(u32::from(sign))).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 32)
}

fn negated(plain: u64) -> u64 {
    (plain ^ NEGATED_WORD).wrapping_mul(MULTIPLIER)
}

fn pair(before: u64, after: u64) -> u64 {
    (before.rotate_left(21) ^ after ^ PAIR).wrapping_mul(MULTIPLIER)
}
