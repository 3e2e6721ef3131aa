//! The file that holds what was learned, and the weighing of a comment by it.
//!
//! A model is a few *heads* over the same features: three that tell languages apart, one for the sentiment of each
//! language. A head is a table of weights of eight bits. The weight of a comment is
//!
//! `bias + Σ words / √(4 + number of words) + Σ letters / √(4 + number of letters)`
//!
//! a linear sum, so what each word gave to it can be told exactly.
//!
//! The file, little endian: the magic `VIVTEXT`, a version (one byte), the number of heads (one byte), then for each head
//! its name (eight bytes, filled with zeros), the binary logarithm of its size (one byte), scale, bias and slope (three
//! `f32`) and its weights; at the end the XXH3 checksum (64 bits) of everything before.

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::features::Features;

const MAGIC: &[u8; 7] = b"VIVTEXT";
const VERSION: u8 = 1;
const NAME_BYTES: usize = 8;
const HEAD_BYTES: usize = NAME_BYTES + 1 + 3 * 4;
const LARGEST_BITS: u8 = 22;

/// Why bytes are not a model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    #[error("this is not a model of texts: give the file that `make models` writes")]
    NoModel,
    #[error("this model has format {found}, and this program reads {VERSION}: make it anew with `make models`")]
    OtherVersion { found: u8 },
    #[error("the model is damaged: its checksum does not fit, take an undamaged copy")]
    Damaged,
    #[error("the model has no head {name}: make it anew with `make models`")]
    NoHead { name: &'static str },
}

/// One table of weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// At most eight ASCII letters.
    pub name: String,
    /// The table has 2^`bits` weights.
    pub bits: u8,
    /// What a weight of 1 in the table is worth.
    pub scale: f32,
    /// The weight of a comment without any feature.
    pub bias: f32,
    /// What turns the weight of a comment into log-odds that hold on comments never seen (Platt scaling).
    pub slope: f32,
    pub weights: Vec<i8>,
}

/// Several heads over the same features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub heads: Vec<Head>,
}

/// Log-odds, before the bias: what words and letters gave, and how many of each there were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    pub words: i64,
    pub letters: i64,
    pub word_count: usize,
    pub letter_count: usize,
}

impl Weight {
    /// Adds what another part of the same comment gave.
    pub fn add(&mut self, other: &Weight) {
        self.words += other.words;
        self.letters += other.letters;
        self.word_count += other.word_count;
        self.letter_count += other.letter_count;
    }
}

impl Head {
    /// Weighs the token at this place.
    pub fn weigh_token(&self, features: &Features, place: usize) -> Weight {
        let (words, letters) = features.of_token(place);
        Weight {
            words: self.sum(words),
            letters: self.sum(letters),
            word_count: words.len(),
            letter_count: letters.len(),
        }
    }

    /// Weighs a whole comment.
    pub fn weigh(&self, words: &[u64], letters: &[u64]) -> Weight {
        Weight {
            words: self.sum(words),
            letters: self.sum(letters),
            word_count: words.len(),
            letter_count: letters.len(),
        }
    }

    /// Calibrated log-odds of a weight.
    pub fn log_odds(&self, weight: &Weight) -> f32 {
        self.slope * (self.bias + self.share(weight, weight))
    }

    /// What a part of a comment gives to the calibrated log-odds of the whole.
    pub fn share_log_odds(&self, part: &Weight, whole: &Weight) -> f32 {
        self.slope * self.share(part, whole)
    }

    fn share(&self, part: &Weight, whole: &Weight) -> f32 {
        let of = |sum: i64, count: usize| sum as f32 * share_of_one(count);
        self.scale * (of(part.words, whole.word_count) + of(part.letters, whole.letter_count))
    }

    fn sum(&self, hashes: &[u64]) -> i64 {
        hashes
            .iter()
            .filter_map(|hash| self.weights.get(place_of(*hash, self.bits)))
            .map(|weight| i64::from(*weight))
            .sum()
    }
}

/// What one feature counts among so many of its group. The four make comments of a word or two less sure of themselves.
pub fn share_of_one(count: usize) -> f32 {
    1.0 / (count as f32 + 4.0).sqrt()
}

/// Where a hash lies in a table of 2^`bits` weights.
pub fn place_of(hash: u64, bits: u8) -> usize {
    (hash >> (64 - u32::from(bits))) as usize
}

impl Model {
    /// The head of this name.
    pub fn head(&self, name: &'static str) -> Result<&Head, ModelError> {
        self.heads.iter().find(|head| head.name == name).ok_or(ModelError::NoHead { name })
    }

    /// Reads the bytes of a model file. Every flipped bit is an error.
    pub fn read(bytes: &[u8]) -> Result<Model, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NoModel)?;
        let [version, count, ..] = *rest else { return Err(ModelError::Damaged) };
        if version != VERSION {
            return Err(ModelError::OtherVersion { found: version });
        }
        let (body, checksum) = bytes.split_last_chunk::<8>().ok_or(ModelError::Damaged)?;
        if xxh3_64(body) != u64::from_le_bytes(*checksum) {
            return Err(ModelError::Damaged);
        }
        let mut rest = &body[MAGIC.len() + 2..];
        let mut heads = Vec::new();
        for _ in 0..count {
            let (head, after) = read_head(rest).ok_or(ModelError::Damaged)?;
            heads.push(head);
            rest = after;
        }
        Ok(Model { heads })
    }

    /// The bytes of the model file. Names are cut to eight bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([VERSION, self.heads.len() as u8]);
        for head in &self.heads {
            let mut name = [0; NAME_BYTES];
            name.iter_mut().zip(head.name.bytes()).for_each(|(to, from)| *to = from);
            bytes.extend(name);
            bytes.push(head.bits);
            for number in [head.scale, head.bias, head.slope] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(head.weights.iter().map(|weight| weight.cast_unsigned()));
        }
        let checksum = xxh3_64(&bytes);
        bytes.extend(checksum.to_le_bytes());
        bytes
    }
}

fn read_head(bytes: &[u8]) -> Option<(Head, &[u8])> {
    let (fixed, rest) = bytes.split_at_checked(HEAD_BYTES)?;
    let (name, numbers) = fixed.split_at(NAME_BYTES);
    let bits = numbers[0];
    if bits == 0 || bits > LARGEST_BITS {
        return None;
    }
    let number = |place: usize| {
        let start = 1 + place * 4;
        Some(f32::from_le_bytes(numbers.get(start..start + 4)?.try_into().ok()?))
    };
    let (weights, rest) = rest.split_at_checked(1 << bits)?;
    let head = Head {
        name: String::from_utf8_lossy(name).trim_end_matches('\0').to_owned(),
        bits,
        scale: number(0)?,
        bias: number(1)?,
        slope: number(2)?,
        weights: weights.iter().map(|weight| weight.cast_signed()).collect(),
    };
    Some((head, rest))
}

#[cfg(test)]
mod tests;
