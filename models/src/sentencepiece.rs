//! The file of a sentencepiece model, as far as it is needed: pieces with their scores, and the map of signs.
//!
//! It is a message in the wire format of Protocol Buffers: each field begins with its number and kind.

use anyhow::{Context, Result, bail, ensure};

/// A piece and the logarithm of how likely it is.
pub struct Entry {
    pub text: String,
    pub score: f32,
}

const PIECES: u64 = 1;
/// This file is older than today's layout, in which the map stands in the third field.
const NORMALISER: u64 = 3;
const MAP: u64 = 2;
const TEXT: u64 = 1;
const SCORE: u64 = 2;

/// Reads the pieces in their order, and the compiled map of signs.
pub fn read(bytes: &[u8]) -> Result<(Vec<Entry>, Vec<u8>)> {
    let mut entries = Vec::new();
    let mut map = None;
    for (number, content) in fields(bytes)? {
        match number {
            PIECES => entries.push(entry(content)?),
            NORMALISER => map = fields(content)?.into_iter().find(|field| field.0 == MAP).map(|field| field.1.to_vec()),
            _ => {}
        }
    }
    Ok((entries, map.context("the model has no map of signs")?))
}

fn entry(bytes: &[u8]) -> Result<Entry> {
    let mut entry = Entry { text: String::new(), score: 0.0 };
    for (number, content) in fields(bytes)? {
        match number {
            TEXT => entry.text = String::from_utf8(content.to_vec())?,
            SCORE => entry.score = f32::from_le_bytes(content.try_into()?),
            _ => {}
        }
    }
    ensure!(!entry.text.is_empty(), "a piece without text");
    Ok(entry)
}

/// Number and content of each field; of numbers of variable length the content is left out.
fn fields(bytes: &[u8]) -> Result<Vec<(u64, &[u8])>> {
    let mut fields = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let tag = variable(&mut rest)?;
        let length = match tag & 7 {
            0 => {
                variable(&mut rest)?;
                0
            }
            1 => 8,
            2 => variable(&mut rest)? as usize,
            5 => 4,
            kind => bail!("a field of kind {kind}"),
        };
        let (content, after) = rest.split_at_checked(length).context("a field that ends too early")?;
        rest = after;
        fields.push((tag >> 3, content));
    }
    Ok(fields)
}

fn variable(rest: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first().context("a number that ends too early")?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    bail!("a number of more than 64 bits")
}
