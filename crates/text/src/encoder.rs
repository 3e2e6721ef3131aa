//! A text as a point: what means alike lies near one another, whatever its words and in either language.
//!
//! The encoder is the multilingual Universal Sentence Encoder, version 3 (Yang et al., *Multilingual Universal Sentence
//! Encoder for Semantic Retrieval*, 2020), with the pieces of words that Spanish and English need. A text falls into
//! [`pieces`]; the [`network`] looks at each piece and at windows of two, three and five, and gives the direction of their sum.
//! The [`file`] with all of this is part of the program; the table of pieces is read where it lies. `docs/models/encoder.md`
//! says what it is good for.

mod pieces;

pub mod file;
mod network;

use std::sync::LazyLock;

use crate::encoder::file::{Contents, EncoderError};
use crate::encoder::network::Network;
use crate::encoder::pieces::Pieces;

static SHIPPED: &[u8] = include_bytes!("../data/encoder.model");

/// A text has so many coordinates.
pub const DIMENSIONS: usize = 512;

/// The place of a text, of length 1: the scalar product of two is the cosine between them.
pub type Embedding = [f32; DIMENSIONS];

/// Of a text, so many bytes are read. What a comment is about stands in its first pages, and the same cost is for all that are longer.
pub const BYTES_READ: usize = 4_096;

/// Of these bytes, so many pieces are read.
pub const PIECES_READ: usize = 512;

/// Texts are read together up to so many pieces: then weights are fetched from memory once for many texts.
const PIECES_AT_ONCE: usize = 256;

/// Gives texts their places. One serves any number of threads.
#[derive(Debug)]
pub struct Encoder {
    pieces: Pieces,
    network: Network,
}

impl Encoder {
    /// The encoder that the program brings along. The first call reads it, in some tens of milliseconds.
    #[expect(clippy::expect_used, reason = "it is part of the program, and tests read it")]
    pub fn shipped() -> &'static Encoder {
        static ENCODER: LazyLock<Encoder> =
            LazyLock::new(|| Encoder::read(SHIPPED).expect("the encoder that is built in is whole"));
        &ENCODER
    }

    /// Reads the bytes of an encoder's file. Every flipped bit is an error.
    pub fn read(bytes: &'static [u8]) -> Result<Encoder, EncoderError> {
        let contents = Contents::read(bytes)?;
        Ok(Encoder { pieces: Pieces::of(&contents), network: Network::of(&contents) })
    }

    /// The place of each text, in their order, on one thread. A text without words has a place too, the one of nothing said;
    /// of long ones [`BYTES_READ`] and [`PIECES_READ`] count. Processors may differ in the last digits.
    pub fn embed(&self, texts: &[&str]) -> Vec<Embedding> {
        let mut places = Vec::with_capacity(texts.len());
        let mut ids = Vec::new();
        let mut lengths = Vec::new();
        for text in texts {
            let of_text = self.ids(text);
            if !ids.is_empty() && ids.len() + of_text.len() > PIECES_AT_ONCE {
                places.extend(self.network.run(&ids, &lengths));
                ids.clear();
                lengths.clear();
            }
            lengths.push(of_text.len());
            ids.extend(of_text);
        }
        if !lengths.is_empty() {
            places.extend(self.network.run(&ids, &lengths));
        }
        places
    }

    /// The pieces that a text falls into; `▁` is the beginning of a word, and what no piece covers is `<unk>`.
    pub fn pieces(&self, text: &str) -> Vec<&str> {
        let ids = self.pieces.cut(beginning(text)).into_iter().take(PIECES_READ);
        ids.map(|id| self.pieces.text_of(id)).collect()
    }

    fn ids(&self, text: &str) -> Vec<u32> {
        let mut ids = vec![pieces::BEGIN];
        ids.extend(self.pieces.cut(beginning(text)).into_iter().take(PIECES_READ));
        ids.push(pieces::END);
        ids
    }
}

/// The cosine between two places, from −1 to 1.
pub fn cosine(one: &Embedding, other: &Embedding) -> f32 {
    // Eight sums beside each other, because a processor adds so many at once.
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.chunks_exact(8).zip(other.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += one[lane] * other[lane];
        }
    }
    sums.iter().sum()
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(BYTES_READ)]
}
