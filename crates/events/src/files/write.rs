//! Writing a data file from its start to its end, its checksum on the way.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use domain::ports::{Files, WritableFile};

use super::DataFileError;

/// Makes the file, has it filled, and removes it again when that fails.
pub(crate) fn write_file<T>(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    fill: impl FnOnce(DataFileWriter) -> Result<T, DataFileError>,
) -> Result<T, DataFileError> {
    let filled = DataFileWriter::create(files, events_dir, name).and_then(fill);
    if filled.is_err() {
        // What failed is what the caller must hear of; a file that nothing names does no harm.
        let _ = files.remove(&path_of(events_dir, name));
    }
    filled
}

/// A data file being written. Counts and checksums what passes through; the caller buffers.
pub(crate) struct DataFileWriter {
    name: String,
    file: Box<dyn WritableFile>,
    checksum: u32,
    bytes: u64,
}

impl DataFileWriter {
    /// Makes the file, and its folder when there is none.
    pub fn create(files: &dyn Files, events_dir: &Path, name: &str) -> Result<DataFileWriter, DataFileError> {
        let path = path_of(events_dir, name);
        if let Some(folder) = path.parent() {
            files.create_dir_all(folder).map_err(|error| DataFileError::io("make the folder of", name, error))?;
        }
        let file = files.create(&path).map_err(|error| DataFileError::io("create", name, error))?;
        Ok(DataFileWriter { name: name.to_owned(), file, checksum: 0, bytes: 0 })
    }

    /// Writes all of `bytes`; what fails is named.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), DataFileError> {
        self.write_all(bytes).map_err(|error| DataFileError::io("write", &self.name, error))
    }

    /// Returns when the file's bytes are on the disk: how many they are, and their CRC-32C.
    pub fn sync(mut self) -> Result<(u64, u32), DataFileError> {
        self.file.sync().map_err(|error| DataFileError::io("sync", &self.name, error))?;
        Ok((self.bytes, self.checksum))
    }
}

impl Write for DataFileWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.checksum = crc32c::crc32c_append(self.checksum, &bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The path of a data file by its name in the catalogue.
pub(crate) fn path_of(events_dir: &Path, name: &str) -> PathBuf {
    events_dir.join(name)
}
