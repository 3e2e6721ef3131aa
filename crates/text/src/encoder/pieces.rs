//! A text cut into the pieces of words that a unigram model finds likeliest together (Kudo, *Subword Regularization*, 2018;
//! the normalisation and the tables are those of sentencepiece).
//!
//! Signs are first brought to one form (NFKC, with spaces of all kinds made one). Then every way to cut the text is weighed by the
//! sum of its pieces' log-probabilities, and the best is taken; its search is linear in the length of the text.

use rustc_hash::FxHashMap;

use crate::encoder::file::{Contents, PieceRead};

const UNKNOWN: u32 = 0;
pub(super) const BEGIN: u32 = 1;
pub(super) const END: u32 = 2;

/// Numbers up to this stand for no text.
const CONTROLS: usize = 3;

/// What a space becomes, and what every text begins with.
const SPACE: char = '▁';

#[derive(Debug)]
pub(super) struct Pieces {
    list: Vec<PieceRead>,
    unknown_score: f64,
    /// From a node and a byte to the next node.
    steps: FxHashMap<u64, u32>,
    /// For each node the piece that ends there.
    ends: Vec<Option<u32>>,
    signs: Signs,
}

impl Pieces {
    pub fn of(contents: &Contents) -> Pieces {
        let mut pieces = Pieces {
            list: contents.pieces.clone(),
            unknown_score: f64::from(contents.unknown_score),
            steps: FxHashMap::default(),
            ends: vec![None],
            signs: Signs::of(contents.signs),
        };
        for (piece, number) in contents.pieces.iter().zip(0_u32..).skip(CONTROLS) {
            let mut node = 0;
            for byte in piece.text.bytes() {
                let next = pieces.ends.len() as u32;
                node = *pieces.steps.entry(step(node, byte)).or_insert(next);
                if node == next {
                    pieces.ends.push(None);
                }
            }
            pieces.ends[node as usize] = Some(number);
        }
        pieces
    }

    pub fn text_of(&self, id: u32) -> &str {
        self.list[id as usize].text
    }

    /// The numbers of a text's pieces. Where nothing is said, and for each run of signs that no piece covers, it is one unknown.
    pub fn cut(&self, text: &str) -> Vec<u32> {
        let text = self.signs.normalise(text);
        let mut ids = self.likeliest(&text);
        ids.dedup_by(|next, kept| *next == UNKNOWN && *kept == UNKNOWN);
        if ids.is_empty() { vec![UNKNOWN] } else { ids }
    }

    /// The Viterbi search: the best way to each place, and the piece that ends it.
    fn likeliest(&self, text: &str) -> Vec<u32> {
        let mut best: Vec<(f64, usize, u32)> = vec![(f64::NEG_INFINITY, 0, UNKNOWN); text.len() + 1];
        best[0].0 = 0.0;
        for (start, sign) in text.char_indices() {
            let before = best[start].0;
            let after_sign = start + sign.len_utf8();
            let mut has_sign = false;
            let mut node = 0;
            for (byte, end) in text.as_bytes()[start..].iter().zip(start + 1..) {
                let Some(next) = self.steps.get(&step(node, *byte)) else { break };
                node = *next;
                let Some(piece) = self.ends[node as usize] else { continue };
                has_sign |= end == after_sign;
                let score = before + f64::from(self.list[piece as usize].score);
                if score > best[end].0 {
                    best[end] = (score, start, piece);
                }
            }
            let unknown = before + self.unknown_score;
            if !has_sign && unknown > best[after_sign].0 {
                best[after_sign] = (unknown, start, UNKNOWN);
            }
        }
        let mut ids = Vec::new();
        let mut end = text.len();
        while end > 0 {
            let (_, start, piece) = best[end];
            ids.push(piece);
            end = start;
        }
        ids.reverse();
        ids
    }
}

fn step(node: u32, byte: u8) -> u64 {
    u64::from(node) << 8 | u64::from(byte)
}

/// What signs become: a double array (Aoe 1989, in the layout of darts-clone) from their bytes to a place in a list of texts.
#[derive(Debug)]
struct Signs {
    units: &'static [[u8; 4]],
    /// Each ends with a zero.
    texts: &'static [u8],
}

impl Signs {
    fn of(bytes: &'static [u8]) -> Signs {
        let (length, rest) = bytes.split_first_chunk::<4>().unwrap_or((&[0; 4], &[]));
        let (units, texts) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).unwrap_or_default();
        Signs { units: units.as_chunks::<4>().0, texts }
    }

    /// One space between words, none at the ends, and all of them visible.
    fn normalise(&self, text: &str) -> String {
        let mut normal = String::with_capacity(text.len() + text.len() / 4 + SPACE.len_utf8());
        normal.push(SPACE);
        let mut is_after_space = true;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (new, length) = match self.longest(rest.as_bytes()) {
                Some((new, length)) if rest.is_char_boundary(length) => (new, length),
                _ => (&rest[..first.len_utf8()], first.len_utf8()),
            };
            for sign in new.chars() {
                if sign != ' ' {
                    normal.push(sign);
                } else if !is_after_space {
                    normal.push(SPACE);
                }
                is_after_space = sign == ' ';
            }
            rest = &rest[length..];
        }
        normal.truncate(normal.trim_end_matches(SPACE).len());
        normal
    }

    /// What the longest beginning that has a form of its own becomes, and how long it is.
    fn longest(&self, bytes: &[u8]) -> Option<(&str, usize)> {
        let mut found = None;
        let mut place = offset(self.unit(0)?);
        for (byte, length) in bytes.iter().zip(1..) {
            place ^= u32::from(*byte);
            let unit = self.unit(place)?;
            if unit & (1 << 31 | 0xff) != u32::from(*byte) {
                break;
            }
            place ^= offset(unit);
            if unit & 1 << 8 != 0 {
                found = Some((self.unit(place)? & !(1 << 31), length));
            }
        }
        let (begin, length) = found?;
        let text = self.texts.get(begin as usize..)?.split(|byte| *byte == 0).next()?;
        Some((std::str::from_utf8(text).ok()?, length))
    }

    fn unit(&self, place: u32) -> Option<u32> {
        self.units.get(place as usize).map(|unit| u32::from_le_bytes(*unit))
    }
}

/// How far a unit's children are from it.
fn offset(unit: u32) -> u32 {
    (unit >> 10) << ((unit & 1 << 9) >> 6)
}
