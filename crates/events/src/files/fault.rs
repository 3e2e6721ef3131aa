//! What can be wrong with a data file, always with its name.

use std::io;

use domain::ports::DataFile;
use thiserror::Error;

/// Why a data file could not be written or read. Names are paths below `events/`, as in the catalogue.
#[derive(Debug, Error)]
pub enum DataFileError {
    #[error("could not {action} {name}: {source}")]
    Io { action: &'static str, name: String, source: io::Error },
    /// The bytes are not those that were written.
    #[error("damaged file {name}: {fault}; put the file back from a backup")]
    Damaged { name: String, fault: String },
    /// Written by a newer version of this program.
    #[error(
        "{name} has format {found} and this version reads formats up to {known}; start a newer version of vivencia"
    )]
    NewerFormat { name: String, found: u32, known: u32 },
    /// The file is sound and names something that the dictionaries do not have (or the other way round): file and
    /// state are not of the same data directory or moment.
    #[error(
        "{name} and the dictionaries do not fit: no {dictionary} `{missing}`; state and files must be of one backup"
    )]
    UnknownName { name: String, dictionary: &'static str, missing: String },
    /// What was asked to be written does not make a file.
    #[error("could not write {name}: {fault}")]
    Unwritable { name: String, fault: String },
}

impl DataFileError {
    pub(crate) fn io(action: &'static str, name: &str, source: io::Error) -> DataFileError {
        DataFileError::Io { action, name: name.to_owned(), source }
    }

    pub(crate) fn damaged(name: &str, fault: impl ToString) -> DataFileError {
        DataFileError::Damaged { name: name.to_owned(), fault: fault.to_string() }
    }

    pub(crate) fn unwritable(name: &str, fault: impl ToString) -> DataFileError {
        DataFileError::Unwritable { name: name.to_owned(), fault: fault.to_string() }
    }
}

impl From<DataFileError> for domain::Error {
    fn from(error: DataFileError) -> domain::Error {
        domain::Error::internal(error.to_string()).caused_by(error)
    }
}

/// Compares the length and the CRC-32C of a whole file with what the catalogue says of it. Reads every byte.
pub fn verify_checksum(bytes: &[u8], file: &DataFile) -> Result<(), DataFileError> {
    verify_length(bytes, file)?;
    let found = crc32c::crc32c(bytes);
    if found != file.checksum {
        let fault = format!("checksum {found:08x} instead of {:08x}", file.checksum);
        return Err(DataFileError::damaged(&file.name, fault));
    }
    Ok(())
}

pub(crate) fn verify_length(bytes: &[u8], file: &DataFile) -> Result<(), DataFileError> {
    if bytes.len() as u64 != file.bytes {
        let fault = format!("{} bytes long instead of {}", bytes.len(), file.bytes);
        return Err(DataFileError::damaged(&file.name, fault));
    }
    Ok(())
}
