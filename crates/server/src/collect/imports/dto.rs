//! What goes over the wire about files.

use serde::Serialize;
use utoipa::ToSchema;

/// How a file would be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    /// `csv` or `jsonl`.
    pub format: &'static str,
    /// Between the columns of a CSV file.
    pub delimiter: Option<String>,
    /// Of the header of a CSV file.
    pub columns: Vec<String>,
    /// Which column is what, as `map` takes it; none for JSON lines, which say it themselves.
    pub mapping: Option<String>,
    /// Whether the mapping was guessed from the header.
    pub is_guessed: bool,
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
