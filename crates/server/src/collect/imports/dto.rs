//! What goes over the wire about files.

use serde::Serialize;
use utoipa::ToSchema;

/// How a file would be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    /// A sentence.
    #[schema(example = "CSV with \",\" between the fields")]
    pub format: String,
    /// Of the header, or members of the first lines.
    pub columns: Vec<String>,
    /// Which column is what, as `map` takes it; none for lines that are calls of the Segment clients.
    pub mapping: Option<String>,
    /// Whether the mapping was guessed; every other column is then a property.
    pub is_guessed: bool,
    /// Why the mapping was guessed so.
    pub reasons: Vec<String>,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    pub source: String,
    #[serde(flatten)]
    pub read_as: ImportPreview,
    /// Rows read, the header not counted.
    pub rows: u64,
    pub stored: u64,
    /// Rows that were there already.
    pub duplicate: u64,
    pub dead: u64,
    /// The first rows that are no events.
    pub first_dead: Vec<DeadRow>,
}

/// A row that is no event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeadRow {
    /// Of the file, from 1.
    pub line: u64,
    #[schema(example = "invalid_time")]
    pub code: &'static str,
    pub detail: String,
}
