//! Small JSON files that people and other programs may read, with a checksum that finds any changed bit: the file must be
//! exactly what writing its content gives.

use std::path::Path;

use domain::ports::Files;
use domain::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const CHECKSUM: &str = "checksum";

/// Replaces a file whole: after a crash it is the old one or the new one.
pub fn write<T: Serialize>(files: &dyn Files, path: &Path, content: &T) -> Result<()> {
    let value = serde_json::to_value(content)
        .map_err(|cause| Error::internal(format!("could not encode {}", path.display())).caused_by(cause))?;
    let text = with_checksum(value);
    let partial = path.with_extension("partial");
    let written = (|| {
        let mut file = files.create(&partial)?;
        file.write_all(text.as_bytes())?;
        file.sync()?;
        files.rename(&partial, path)?;
        path.parent().map_or(Ok(()), |dir| files.sync_dir(dir))
    })();
    written.map_err(|cause: std::io::Error| crate::log::io_error("write", path, cause))
}

pub fn read<T: DeserializeOwned>(files: &dyn Files, path: &Path) -> Result<T> {
    let bytes = files.read(path).map_err(|cause| crate::log::io_error("read", path, cause))?;
    let damaged = || Error::internal(format!("{} is damaged: it does not match its checksum", path.display()));
    let value: Value = serde_json::from_slice(&bytes).map_err(|cause| damaged().caused_by(cause))?;
    if with_checksum(value.clone()).as_bytes() != bytes {
        return Err(damaged());
    }
    serde_json::from_value(value).map_err(|cause| damaged().caused_by(cause))
}

fn with_checksum(mut value: Value) -> String {
    if let Value::Object(members) = &mut value {
        members.remove(CHECKSUM);
        let body = Value::Object(members.clone()).to_string();
        members.insert(CHECKSUM.to_owned(), Value::String(format!("{:08x}", crc32c::crc32c(body.as_bytes()))));
    }
    format!("{value:#}\n")
}
