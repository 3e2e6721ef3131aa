//! Opening chunks so that each is verified when the process first touches it, and only then.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use domain::ports::{DataFile, Files};

use super::texts::TextReader;
use super::{ChunkError, ChunkReader};
use crate::files::path_of;

/// Which chunks this process has verified: by name, length and checksum, so that another file is not taken for one of
/// them.
#[derive(Debug, Default)]
pub struct VerifiedChunks {
    verified: Mutex<HashSet<(String, u64, u32)>>,
}

impl VerifiedChunks {
    /// Maps and opens a chunk for reading steps. The first time, every byte of it is read and compared with the catalogue's
    /// checksum.
    pub fn open(&self, files: &dyn Files, events_dir: &Path, file: &DataFile) -> Result<ChunkReader, ChunkError> {
        self.open_file(files, events_dir, file, ChunkReader::open)
    }

    /// Likewise, with its texts, for reading events.
    pub fn open_whole(
        &self,
        files: &dyn Files,
        events_dir: &Path,
        chunk: &DataFile,
        texts: Option<&DataFile>,
    ) -> Result<ChunkReader, ChunkError> {
        let texts = texts.map(|file| self.open_file(files, events_dir, file, TextReader::open)).transpose()?;
        Ok(self.open(files, events_dir, chunk)?.with_texts(texts))
    }

    fn open_file<R>(
        &self,
        files: &dyn Files,
        events_dir: &Path,
        file: &DataFile,
        open: impl FnOnce(Bytes, &DataFile, bool) -> Result<R, ChunkError>,
    ) -> Result<R, ChunkError> {
        let bytes = files.map(&path_of(events_dir, &file.name));
        let bytes = bytes.map_err(|error| ChunkError::io("open", &file.name, error))?;
        let key = (file.name.clone(), file.bytes, file.checksum);
        let is_verified = self.verified.lock().unwrap_or_else(PoisonError::into_inner).contains(&key);
        let reader = open(bytes, file, !is_verified)?;
        if !is_verified {
            self.verified.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
        Ok(reader)
    }
}
