//! The file of the encoder, made of what its package brings: the pieces that Spanish and English need, in four bits.
//!
//! Everything but the choice of pieces is kept as it is: weights are whole numbers of eight bits there already, and levels of six bits
//! are written in four with exceptions. So places differ from those of the package only where a text has a piece that is not kept.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use rustc_hash::FxHashMap;
use text::DIMENSIONS;
use text::encoder::Encoder;
use text::encoder::file::{GROUPS, MATRICES, Parts, Piece, VECTORS};

use crate::data::{Folders, rows};
use crate::sentencepiece::{Entry, read};

/// A piece is kept that stands this often among a million words of Spanish or English.
const FREQUENT: f64 = 1.0;

/// A word, written in one of the ways that people write it.
type Spelled = fn(&str) -> String;

/// Words are also written otherwise than lists have them: so often each way.
const SPELLINGS: [(f64, Spelled); 4] = [
    (1.0, str::to_owned),
    (0.2, capitalised),
    (0.05, str::to_uppercase),
    (0.05, |word| format!("¿{}", capitalised(word))),
];

/// Numbers up to this stand for no text.
const CONTROLS: usize = 3;

/// Everything but what is learned here.
pub fn parts(folders: &Folders) -> Result<Parts> {
    let folder = folders.obtained.join("encoder");
    let bytes = std::fs::read(folder.join("sp.model")).with_context(|| format!("reading {}", folder.display()))?;
    let (entries, signs) = read(&bytes)?;
    let lowest = entries.iter().map(|entry| entry.score).fold(f32::INFINITY, f32::min);
    // A text of no frequent piece costs as much as sentencepiece lets it cost.
    let unknown_score = lowest - 10.0;
    let groups = groups(&folder)?;
    let everything = Vocabulary { entries: &entries, signs: &signs, unknown_score };
    let kept = everything.kept(folders)?;
    let tables: Vec<Vec<u8>> =
        (0..GROUPS).map(|group| array(&folder, &format!("q{}", group + 1))).collect::<Result<_>>()?;
    let piece = |id: usize| -> Result<Piece> {
        let row = &tables[id % GROUPS][id / GROUPS * DIMENSIONS..][..DIMENSIONS];
        let entry = &entries[id];
        ensure!(row.iter().all(|level| *level < 64), "a level of more than six bits");
        Ok(Piece { text: entry.text.clone(), score: entry.score, group: (id % GROUPS) as u8, levels: row.try_into()? })
    };
    let pieces = kept.into_iter().map(piece).collect::<Result<_>>()?;
    let matrices = MATRIX_NAMES.iter().zip(MATRICES).map(|(name, (rows, columns))| {
        let numbers = floats(&folder, name)?;
        ensure!(numbers.len() == rows * columns, "{name} has another size");
        whole_numbers(&numbers).with_context(|| format!("{name} is not in eight bits"))
    });
    let matrices = matrices.collect::<Result<_>>()?;
    let vectors = VECTOR_NAMES.iter().zip(VECTORS).map(|(name, length)| {
        let numbers = floats(&folder, name)?;
        ensure!(numbers.len() == length, "{name} has another size");
        Ok(numbers)
    });
    let vectors = vectors.collect::<Result<_>>()?;
    Ok(Parts { pieces, unknown_score, groups, signs, matrices, vectors })
}

/// The names of matrices in the package, in the order of the file.
const MATRIX_NAMES: [&str; 16] = [
    "proj2", "w1_2", "w2_2", "proj3", "w1_3", "w2_3", "proj5", "w1_5", "w2_5", "cnn_W", "d0", "p1", "d1", "d2", "p3",
    "d3",
];

const VECTOR_NAMES: [&str; 18] = [
    "proj_b2", "ln_g2", "ln_b2", "b1_2", "b2_2", "proj_b3", "ln_g3", "ln_b3", "b1_3", "b2_3", "proj_b5", "ln_g5",
    "ln_b5", "b1_5", "b2_5", "ln_g", "ln_b", "cnn_b",
];

fn groups(folder: &Path) -> Result<[(f32, f32); GROUPS]> {
    let (scales, lowest) = (floats(folder, "scale")?, floats(folder, "lo")?);
    ensure!(scales.len() == GROUPS && lowest.len() == GROUPS, "another number of groups");
    Ok(std::array::from_fn(|group| (scales[group], lowest[group])))
}

/// Weights that are multiples of a 127th of the largest.
fn whole_numbers(numbers: &[f32]) -> Result<(f32, Vec<i8>)> {
    let largest = numbers.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
    let scale = largest / 127.0;
    let steps = |number: &f32| {
        let steps = (number / scale).round();
        ensure!((steps * scale - number).abs() <= largest * 1e-5, "{number} is between two steps of {scale}");
        Ok(steps as i8)
    };
    Ok((scale, numbers.iter().map(steps).collect::<Result<_>>()?))
}

/// All pieces of the package.
struct Vocabulary<'a> {
    entries: &'a [Entry],
    signs: &'a [u8],
    unknown_score: f32,
}

impl Vocabulary<'_> {
    /// The numbers of the pieces that are kept: controls, single letters, signs and figures, and all that frequent words fall into.
    fn kept(&self, folders: &Folders) -> Result<Vec<usize>> {
        let encoder = self.encoder()?;
        let numbers: FxHashMap<&str, usize> =
            self.entries.iter().enumerate().skip(CONTROLS).map(|(id, entry)| (entry.text.as_str(), id)).collect();
        let mut often = vec![0.0_f64; self.entries.len()];
        let mut count = |text: &str, times: f64| {
            for piece in encoder.pieces(text) {
                if let Some(id) = numbers.get(piece) {
                    often[*id] += times;
                }
            }
        };
        for language in ["es", "en"] {
            for row in rows(&folders.obtained.join(format!("words.{language}.tsv")))? {
                let [word, in_a_million] = row.as_slice() else {
                    bail!("words.{language}.tsv has a line without count")
                };
                let in_a_million: f64 = in_a_million.parse()?;
                for (share, spelled) in SPELLINGS {
                    count(&spelled(word), share * in_a_million);
                }
            }
        }
        let is_kept = |(id, often): (usize, f64)| {
            let text = self.entries[id].text.trim_start_matches('▁');
            let is_ours = text.chars().all(|sign| !sign.is_alphabetic() || is_latin(sign));
            let is_basic = text.chars().count() <= 1 || !text.chars().any(char::is_alphabetic);
            let is_kept = id < CONTROLS || is_ours && (is_basic || often >= FREQUENT);
            is_kept.then_some(id)
        };
        Ok(often.into_iter().enumerate().filter_map(is_kept).collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// An encoder that cuts into all pieces, and has nothing else.
    fn encoder(&self) -> Result<Encoder> {
        let piece =
            |entry: &Entry| Piece { text: entry.text.clone(), score: entry.score, group: 0, levels: [0; DIMENSIONS] };
        let parts = Parts {
            pieces: self.entries.iter().map(piece).collect(),
            unknown_score: self.unknown_score,
            groups: [(1.0, 0.0); GROUPS],
            signs: self.signs.to_vec(),
            matrices: MATRICES.iter().map(|(rows, columns)| (1.0, vec![0; rows * columns])).collect(),
            vectors: VECTORS.iter().map(|length| vec![0.0; *length]).collect(),
        };
        // It is read where it lies, for as long as the program runs.
        Ok(Encoder::read(parts.write().leak())?)
    }
}

fn is_latin(sign: char) -> bool {
    sign <= '\u{24f}'
}

fn capitalised(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

fn floats(folder: &Path, name: &str) -> Result<Vec<f32>> {
    let bytes = array(folder, name)?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|number| f32::from_le_bytes(*number)).collect())
}

/// The numbers of an array in the format of numpy, row by row; what kind they are, whoever asks knows.
fn array(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(format!("{name}.npy"));
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let (Some(rest), [low, high]) = (bytes.strip_prefix(b"\x93NUMPY\x01\0"), [bytes[8], bytes[9]]) else {
        bail!("{} is not an array of numpy 1.0", path.display());
    };
    let header = usize::from(u16::from_le_bytes([low, high]));
    let described = std::str::from_utf8(&rest[2..2 + header])?;
    ensure!(described.contains("'fortran_order': False"), "{} is written column by column", path.display());
    Ok(rest[2 + header..].to_vec())
}
