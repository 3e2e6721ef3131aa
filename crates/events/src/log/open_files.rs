//! The files by which DuckDB, pandas or Spark read the log without Vivencia: the manifest, the identities and a README.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{RecordBatch, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use domain::ports::{DataFile, DataFileKind, Files};
use domain::{Error, Result};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};

use super::shared::Shared;
use super::{io_error, read_lock};
use crate::checked_json;

const MANIFEST: &str = "manifest.json";
const IDENTITY: &str = "identity.parquet";
const README: &str = "README";
const ROW_GROUP_NODES: usize = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    version: u64,
    log_position: u64,
    /// The identities are replaced after the manifest: until then the file is the former one, and both are right.
    identity: Vec<IdentityFile>,
    chunks: Vec<DataFile>,
    /// The free texts of the events of those chunks that have any.
    #[serde(default)]
    texts: Vec<DataFile>,
}

#[derive(Serialize, Deserialize)]
struct IdentityFile {
    name: String,
    bytes: u64,
    checksum: u32,
}

/// Writes the three files anew, each replaced whole.
pub fn write(shared: &Shared) -> Result<()> {
    let catalogue = read_lock(&shared.tail).catalogue.clone();
    let identity = encode_identity(shared)?;
    let former = shared.files.read(&shared.events_dir.join(IDENTITY)).ok();
    let former = former.filter(|bytes| known_identities(shared).contains(&crc32c::crc32c(bytes)));
    replace(shared, README, include_bytes!("open_files.txt"))?;
    let of_kind = |kind| catalogue.files.iter().filter(|file| file.kind == kind).cloned().collect();
    let manifest = Manifest {
        format: 1,
        version: catalogue.version,
        log_position: catalogue.log_position,
        identity: [Some(&identity), former.as_ref()].into_iter().flatten().map(|bytes| identity_file(bytes)).collect(),
        chunks: of_kind(DataFileKind::Chunk),
        texts: of_kind(DataFileKind::TextChunk),
    };
    checked_json::write(&*shared.files, &shared.events_dir.join(MANIFEST), &manifest)?;
    replace(shared, IDENTITY, &identity)
}

fn identity_file(bytes: &[u8]) -> IdentityFile {
    IdentityFile { name: IDENTITY.to_owned(), bytes: bytes.len() as u64, checksum: crc32c::crc32c(bytes) }
}

/// Checksums of the identities that the manifest on disk takes for right.
fn known_identities(shared: &Shared) -> Vec<u32> {
    let manifest = checked_json::read::<Manifest>(&*shared.files, &shared.events_dir.join(MANIFEST));
    manifest.map_or_else(|_| Vec::new(), |manifest| manifest.identity.iter().map(|file| file.checksum).collect())
}

/// Whether a catalogue was ever published here.
pub fn are_there(files: &dyn Files, events_dir: &Path) -> bool {
    files.list(events_dir).is_ok_and(|listed| listed.iter().any(|name| name == Path::new(MANIFEST)))
}

/// A sentence for each fault of the manifest and the identities; nothing when they were never written.
pub fn verify(shared: &Shared) -> Vec<String> {
    let path = shared.events_dir.join(MANIFEST);
    if !are_there(&*shared.files, &shared.events_dir) {
        return Vec::new();
    }
    let manifest: Manifest = match checked_json::read(&*shared.files, &path) {
        Ok(manifest) => manifest,
        Err(error) => return vec![error.to_string()],
    };
    let path = shared.events_dir.join(IDENTITY);
    match shared.files.read(&path) {
        Ok(bytes) if manifest.identity.iter().any(|file| file.checksum == crc32c::crc32c(&bytes)) => Vec::new(),
        Ok(_) => {
            vec![format!(
                "{} is damaged: it does not match its checksum; it is made anew with the next seal",
                path.display()
            )]
        }
        // The first manifest came just before a crash; the identities follow with the next seal.
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && manifest.identity.len() == 1 => Vec::new(),
        Err(cause) => vec![io_error("read", &path, cause).to_string()],
    }
}

fn replace(shared: &Shared, name: &str, content: &[u8]) -> Result<()> {
    let path = shared.events_dir.join(name);
    let partial = shared.events_dir.join(format!("{name}.partial"));
    let written = (|| {
        let mut file = shared.files.create(&partial)?;
        file.write_all(content)?;
        file.sync()?;
        shared.files.rename(&partial, &path)?;
        shared.files.sync_dir(&shared.events_dir)
    })();
    written.map_err(|cause| io_error("write", &path, cause))
}

/// Nodes that are not their own customer; every other node is its own customer, so that the file stays small.
fn encode_identity(shared: &Shared) -> Result<Vec<u8>> {
    let merged: BTreeMap<u64, u64> = read_lock(&shared.identity).merged_nodes().collect();
    let schema = Arc::new(Schema::new(vec![
        Field::new("node", DataType::UInt64, false),
        Field::new("customer", DataType::UInt64, false),
    ]));
    let encoded = (|| {
        let zstd = Compression::ZSTD(ZstdLevel::try_new(1)?);
        let properties = WriterProperties::builder().set_compression(zstd).build();
        let mut writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties))?;
        let (nodes, customers): (Vec<u64>, Vec<u64>) = merged.into_iter().unzip();
        for (nodes, customers) in nodes.chunks(ROW_GROUP_NODES).zip(customers.chunks(ROW_GROUP_NODES)) {
            let columns = vec![
                Arc::new(UInt64Array::from(nodes.to_vec())) as _,
                Arc::new(UInt64Array::from(customers.to_vec())) as _,
            ];
            writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
        }
        writer.into_inner()
    })();
    encoded.map_err(|cause: parquet::errors::ParquetError| {
        Error::internal("could not encode the identities as Parquet").caused_by(cause)
    })
}
