//! Opening chunks so that each is verified when the process first touches it, and only then.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use domain::ports::{DataFile, Files};

use super::{ChunkError, ChunkReader};
use crate::files::path_of;

/// Which chunks this process has verified: by name, length and checksum, so that another file is not taken for one of
/// them.
#[derive(Debug, Default)]
pub struct VerifiedChunks {
    verified: Mutex<HashSet<(String, u64, u32)>>,
}

impl VerifiedChunks {
    /// Maps and opens a chunk. The first time, every byte of it is read and compared with the catalogue's checksum.
    pub fn open(&self, files: &dyn Files, events_dir: &Path, file: &DataFile) -> Result<ChunkReader, ChunkError> {
        let bytes = files.map(&path_of(events_dir, &file.name));
        let bytes = bytes.map_err(|error| ChunkError::io("open", &file.name, error))?;
        let key = (file.name.clone(), file.bytes, file.checksum);
        let is_verified = self.verified.lock().unwrap_or_else(PoisonError::into_inner).contains(&key);
        let reader = ChunkReader::open(bytes, file, !is_verified)?;
        if !is_verified {
            self.verified.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
        Ok(reader)
    }
}
