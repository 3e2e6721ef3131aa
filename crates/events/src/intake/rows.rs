//! Rows of files: CSV in all its dialects, columns of text, and JSON lines.
//!
//! [`plan`] looks at the first bytes and decides how to read the file, by the mapping that was written or by one that it
//! guesses and explains. A [`RowReader`] then takes the bytes as they come and gives one [`Row`] for each row, in order, with
//! memory that does not grow with the length of rows or of the file but for some 10 to 20 bytes a row: the hashes that tell
//! whether a row came before.
//!
//! The id of a row is a hash of its bytes and of how many equal rows came before it in its file. Importing a file again gives
//! the same ids, so it changes nothing; rows that are truly repeated stay, each with its own id.
//!
//! Times without a zone are in the zone of the plan; no time is corrected for a clock. Dates with the year last are read day
//! first.

mod guess;
mod layout;
mod mapping;
mod plan;
mod reader;
mod records;
mod row;
mod written;
mod zone;

#[cfg(test)]
mod tests;

pub use guess::{Guess, guess_mapping};
pub use mapping::{Mapping, Properties, Said, Scale};
pub use plan::{FileFormat, FileOptions, Plan, plan};
pub use reader::{LARGEST_ROW, Row, RowReader, read_one};
pub use records::Delimiter;
pub use written::Written;

/// Why a file cannot be read at all, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// An encoding in which no rows can be found, by its name.
    #[error("the file is in {0}; convert it to UTF-8 first, for example with iconv")]
    NotUtf8(&'static str),
    /// The bytes of a packed file.
    #[error("the file is compressed; unpack it on the way: gunzip -c FILE | vivencia events import - --source NAME")]
    Compressed,
    /// One JSON value that holds all rows: it could not be read in pieces.
    #[error(
        "the file is one JSON list; write each of its objects on a line of its own, for example with `jq -c '.[]'`"
    )]
    JsonList,
    /// No delimiter cuts the rows; the first of them.
    #[error(
        "the rows have a single column: the first is `{header}`; if that holds several fields, say what stands between them"
    )]
    OneColumn { header: String },
    /// Neither a header nor a mapping; the number of columns.
    #[error("a file without a header needs a mapping by number: its rows have {columns} columns, 1 to {columns}")]
    NoHeader { columns: usize },
    /// A field that no column says by its name; all columns.
    #[error("no column is surely the {field}; say which with --map; the columns are {}", list(.columns))]
    NotGuessed { field: &'static str, columns: Vec<String> },
    /// A mapping names a column that there is not; the nearest one and all of them.
    #[error("there is no column `{column}`{}; the columns are {}", did_you_mean(.nearest), list(.columns))]
    UnknownColumn { column: String, nearest: Option<String>, columns: Vec<String> },
    /// A time zone that there is not.
    #[error("{0}")]
    UnknownZone(String),
    /// A text that [`Delimiter::parse`] does not know.
    #[error("`{0}` is not a delimiter; write one character, `tab`, or `space` for columns separated by blanks")]
    UnknownDelimiter(String),
    /// A text that [`Mapping::parse`] does not understand, and why.
    #[error("the mapping cannot be read: {0}")]
    BadMapping(String),
    /// So many first rows, not one of them an event; where and why the first failed.
    #[error(
        "none of the first {rows} rows can be read; line {line}: {detail}; check the mapping and what stands between the fields; \
         the columns are {}",
        list(.columns)
    )]
    Hopeless { rows: u64, line: u64, detail: String, columns: Vec<String> },
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |name| format!(", did you mean `{name}`?"))
}
