//! The file of an encoder, which is written by `make models` and read where it lies.
//!
//! Layout, little endian: magic (7 bytes), version (1); the number of pieces, bytes of their texts, exceptions, and bytes of the
//! map of signs (four `u32`); the score of what no piece covers (`f32`); scale and lowest value of each group of pieces (two
//! `f32`); for each piece its score (`f32`), bytes of text, group, base and exceptions (four bytes); texts; exceptions (`u16`: nine
//! bits of place, six of level); the map of signs; matrices, each as scale (`f32`) and weights (`i8`); vectors (`f32`); the table,
//! 256 bytes for each piece; at the end the XXH3 checksum of all before.
//!
//! A number in the table is `lowest + scale · level`, with 64 levels. Nearly all levels of a piece are among 16 that follow each
//! other, so four bits tell how far it is above the base; the few others are exceptions. Nothing is lost by that.

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::encoder::DIMENSIONS;

const MAGIC: &[u8; 7] = b"VIVPLAC";
const VERSION: u8 = 1;
const HEADER: usize = MAGIC.len() + 1;
const CHECKSUM: usize = 8;
/// Bytes of a piece in the table.
const ROW: usize = DIMENSIONS / 2;
const FIXED: usize = 8;
const LEVEL_BITS: u16 = 6;

/// The pieces are scaled in so many groups.
pub const GROUPS: usize = 17;

/// Rows and columns of each matrix: for windows of 2, 3 and 5 the projection and the two layers; then the way from the sum of
/// pieces to the place of the text.
pub const MATRICES: [(usize, usize); 16] = [
    (512, 256),
    (512, 256),
    (512, 256),
    (512, 256),
    (768, 256),
    (768, 256),
    (512, 256),
    (1_280, 256),
    (1_280, 256),
    (1_280, 512),
    (512, 320),
    (512, 320),
    (320, 320),
    (320, 512),
    (320, 512),
    (512, 512),
];

/// The length of each vector: for each window the biases of its three matrices and the norm of its projection; then norm and bias of
/// the sum.
pub const VECTORS: [usize; 18] =
    [256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 1_280, 1_280, 512];

/// Why bytes are not an encoder.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum EncoderError {
    #[error("this is not an encoder of texts: give the file that `make models` writes")]
    NoEncoder,
    #[error("the encoder has format {found}, and this program reads {VERSION}: make it anew with `make models`")]
    OtherVersion { found: u8 },
    #[error("the encoder is damaged: its checksum does not fit, take an undamaged copy")]
    Damaged,
}

/// A piece with its row of the table, for writing.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub text: String,
    /// The logarithm of how likely it is.
    pub score: f32,
    pub group: u8,
    /// From 0 to 63.
    pub levels: [u8; DIMENSIONS],
}

/// Everything that is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// In the order of their numbers; the first three are what no piece covers, the beginning and the end.
    pub pieces: Vec<Piece>,
    pub unknown_score: f32,
    /// Scale and lowest value.
    pub groups: [(f32, f32); GROUPS],
    /// A double array of signs and what they become, as sentencepiece compiles it.
    pub signs: Vec<u8>,
    /// Scale and weights, row by row, of [`MATRICES`].
    pub matrices: Vec<(f32, Vec<i8>)>,
    /// In the order of [`VECTORS`].
    pub vectors: Vec<Vec<f32>>,
}

impl Parts {
    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        let rows: Vec<(u8, Vec<u16>)> = self.pieces.iter().map(|piece| base_and_exceptions(&piece.levels)).collect();
        let text_bytes: usize = self.pieces.iter().map(|piece| piece.text.len()).sum();
        let exceptions: usize = rows.iter().map(|row| row.1.len()).sum();
        for count in [self.pieces.len(), text_bytes, exceptions, self.signs.len()] {
            bytes.extend((count as u32).to_le_bytes());
        }
        bytes.extend(self.unknown_score.to_le_bytes());
        for (scale, lowest) in self.groups {
            bytes.extend(scale.to_le_bytes());
            bytes.extend(lowest.to_le_bytes());
        }
        for (piece, (base, exceptions)) in self.pieces.iter().zip(&rows) {
            bytes.extend(piece.score.to_le_bytes());
            bytes.extend([piece.text.len() as u8, piece.group, *base, exceptions.len() as u8]);
        }
        self.pieces.iter().for_each(|piece| bytes.extend(piece.text.bytes()));
        rows.iter().flat_map(|row| &row.1).for_each(|exception| bytes.extend(exception.to_le_bytes()));
        bytes.extend(&self.signs);
        for (scale, weights) in &self.matrices {
            bytes.extend(scale.to_le_bytes());
            bytes.extend(weights.iter().map(|weight| weight.cast_unsigned()));
        }
        self.vectors.iter().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
        for (piece, (base, _)) in self.pieces.iter().zip(&rows) {
            let above = |level: u8| level.saturating_sub(*base).min(15);
            bytes.extend(piece.levels.chunks_exact(2).map(|pair| above(pair[0]) | above(pair[1]) << 4));
        }
        let checksum = xxh3_64(&bytes);
        bytes.extend(checksum.to_le_bytes());
        bytes
    }
}

/// The base that leaves the fewest levels outside of the sixteen above it, and those.
fn base_and_exceptions(levels: &[u8; DIMENSIONS]) -> (u8, Vec<u16>) {
    let is_outside = |level: u8, base: u8| level < base || level > base + 15;
    let outside = |base: u8| levels.iter().filter(|level| is_outside(**level, base)).count();
    let base = (0..=48).min_by_key(|base| outside(*base)).unwrap_or_default();
    let places = levels.iter().zip(0_u16..).filter(|(level, _)| is_outside(**level, base));
    (base, places.map(|(level, place)| place << LEVEL_BITS | u16::from(*level)).collect())
}

/// A file that was read: its parts, where they lie.
pub(super) struct Contents {
    pub pieces: Vec<PieceRead>,
    pub unknown_score: f32,
    pub groups: Vec<(f32, f32)>,
    pub exceptions: &'static [u8],
    pub signs: &'static [u8],
    pub matrices: Vec<(f32, &'static [u8])>,
    pub vectors: Vec<Vec<f32>>,
    pub table: &'static [u8],
}

/// What is known of a piece beside its row.
#[derive(Clone, Debug)]
pub(super) struct PieceRead {
    pub text: &'static str,
    pub score: f32,
    pub group: u8,
    pub base: u8,
    /// Where its exceptions begin, and how many there are.
    pub exceptions: (u32, u8),
}

impl Contents {
    pub fn read(bytes: &'static [u8]) -> Result<Contents, EncoderError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(EncoderError::NoEncoder)?;
        let version = *rest.first().ok_or(EncoderError::Damaged)?;
        if version != VERSION {
            return Err(EncoderError::OtherVersion { found: version });
        }
        let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(EncoderError::Damaged)?;
        if xxh3_64(body) != u64::from_le_bytes(*checksum) {
            return Err(EncoderError::Damaged);
        }
        Contents::read_body(body.get(HEADER..).unwrap_or_default()).ok_or(EncoderError::Damaged)
    }

    fn read_body(mut rest: &'static [u8]) -> Option<Contents> {
        let mut counts = [0_usize; 4];
        for count in &mut counts {
            let (number, after) = rest.split_first_chunk::<4>()?;
            (*count, rest) = (u32::from_le_bytes(*number) as usize, after);
        }
        let [piece_count, text_bytes, exception_count, sign_bytes] = counts;
        let mut take = |length: usize| {
            let (taken, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(taken)
        };
        let unknown_score = numbers(take(4)?)[0];
        let groups = numbers(take(GROUPS * 8)?).chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let fixed = take(piece_count.checked_mul(FIXED)?)?;
        let pieces = read_pieces(fixed, take(text_bytes)?)?;
        let exceptions = take(exception_count.checked_mul(2)?)?;
        let signs = take(sign_bytes)?;
        let mut matrices = Vec::new();
        for (rows, columns) in MATRICES {
            let scale = numbers(take(4)?)[0];
            matrices.push((scale, take(rows * columns)?));
        }
        let mut vectors = Vec::new();
        for length in VECTORS {
            vectors.push(numbers(take(length * 4)?));
        }
        let table = take(piece_count.checked_mul(ROW)?)?;
        let contents = Contents { pieces, unknown_score, groups, exceptions, signs, matrices, vectors, table };
        rest.is_empty().then_some(contents)
    }
}

fn read_pieces(fixed: &'static [u8], texts: &'static [u8]) -> Option<Vec<PieceRead>> {
    let mut texts = std::str::from_utf8(texts).ok()?;
    let mut begun = 0_u32;
    let mut pieces = Vec::with_capacity(fixed.len() / FIXED);
    for piece in fixed.chunks_exact(FIXED) {
        let (text, after) = texts.split_at_checked(usize::from(piece[4]))?;
        texts = after;
        let [group, base, exceptions] = [piece[5], piece[6], piece[7]];
        if usize::from(group) >= GROUPS {
            return None;
        }
        pieces.push(PieceRead { text, score: numbers(&piece[..4])[0], group, base, exceptions: (begun, exceptions) });
        begun += u32::from(exceptions);
    }
    Some(pieces)
}

fn numbers(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()
}

/// The rows of pieces, unpacked when they are looked at.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: &'static [u8],
    exceptions: &'static [u8],
    /// For each piece the scale and the value of its base, the lowest value of its group, and its exceptions.
    fixed: Vec<(f32, f32, f32, (u32, u8))>,
}

impl Table {
    pub fn of(contents: &Contents) -> Table {
        let fixed = contents.pieces.iter().map(|piece| {
            let (scale, lowest) = contents.groups[usize::from(piece.group)];
            (scale, lowest + scale * f32::from(piece.base), lowest, piece.exceptions)
        });
        Table { rows: contents.table, exceptions: contents.exceptions, fixed: fixed.collect() }
    }

    /// Writes the numbers of a piece.
    pub fn unpack(&self, piece: u32, to: &mut [f32]) {
        let place = piece as usize;
        let (scale, base, lowest, (begin, count)) = self.fixed[place];
        let values: [f32; 16] = std::array::from_fn(|level| base + scale * level as f32);
        for (pair, packed) in to.chunks_exact_mut(2).zip(&self.rows[place * ROW..][..ROW]) {
            pair[0] = values[usize::from(packed & 15)];
            pair[1] = values[usize::from(packed >> 4)];
        }
        let begin = begin as usize * 2;
        for exception in self.exceptions[begin..].chunks_exact(2).take(usize::from(count)) {
            let exception = u16::from_le_bytes([exception[0], exception[1]]);
            let level = exception & ((1 << LEVEL_BITS) - 1);
            to[usize::from(exception >> LEVEL_BITS)] = lowest + scale * f32::from(level);
        }
    }
}
