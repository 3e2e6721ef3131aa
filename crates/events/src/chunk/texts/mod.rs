//! Texts apart: the free text of a chunk's events, in a file of its own beside it.
//!
//! What people wrote is the largest and the most personal thing in an event, and few questions read it. When a chunk is
//! written, each value of the properties that is free text (see [`FreeText`](crate::intake::FreeText)), at any depth, becomes
//! a row of the text chunk and leaves `"[text]"` behind. A value that is `[text]` itself moves too, so that this always
//! stands for a text that moved. Reading events puts every text back in its place, byte for byte.
//!
//! `chunks/YYYY-MM/X.text.parquet` belongs to `chunks/YYYY-MM/X.parquet`: both are written, merged and removed together. A
//! chunk whose events have no texts has none. Format 1, marked by the key `vivencia.texts.format`, sorted by
//! `(node, occurred_at, seq, place)`:
//!
//! | column | type | |
//! |---|---|---|
//! | `event_id`, `seq`, `node`, `occurred_at`, `activity`, `channel` | as in the chunk | of the event |
//! | `property` | text, dictionary-encoded | the way to the value: `review_body`, `answers.0.text` |
//! | `text` | text | what was written, escapes undone |
//! | `place` | unsigned 32 bits | where in the chunk's `properties` the mark stands, in bytes |
//! | `spelling` | text | how the JSON wrote the text: null as `JSON.stringify` does; `ascii` with everything beyond ASCII as `\uXXXX`; otherwise the value as it came, in its quotes |

mod places;
mod reader;
mod spelling;
mod writer;

use domain::ports::{DataFile, DataFileKind};

pub use places::{MARK, Separator};
pub use reader::{TextReader, TextRows};
pub use writer::TextWriter;

/// The version of the format of text chunks that is written. Every earlier one is read for ever.
pub const TEXT_FORMAT: u32 = 1;

const CHUNK_ENDING: &str = ".parquet";
const TEXT_ENDING: &str = ".text.parquet";

/// A chunk and, if its events have free text, the text chunk that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkFiles {
    pub chunk: DataFile,
    pub texts: Option<DataFile>,
}

impl ChunkFiles {
    /// A chunk with its text chunk, if these files have one.
    pub fn find(files: &[DataFile], chunk: &DataFile) -> ChunkFiles {
        ChunkFiles { chunk: chunk.clone(), texts: find_texts(files, chunk).cloned() }
    }
}

impl IntoIterator for ChunkFiles {
    type Item = DataFile;
    type IntoIter = std::iter::Chain<std::iter::Once<DataFile>, std::option::IntoIter<DataFile>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.chunk).chain(self.texts)
    }
}

/// The text chunk of a chunk, if these files have one.
pub fn find_texts<'a>(files: &'a [DataFile], chunk: &DataFile) -> Option<&'a DataFile> {
    let stem = chunk.name.strip_suffix(CHUNK_ENDING);
    let mut texts = files.iter().filter(|file| file.kind == DataFileKind::TextChunk);
    texts.find(|file| file.name.strip_suffix(TEXT_ENDING) == stem)
}

/// What the text chunk of a chunk is called.
pub fn texts_name(chunk: &str) -> String {
    format!("{}{TEXT_ENDING}", chunk.strip_suffix(CHUNK_ENDING).unwrap_or(chunk))
}
