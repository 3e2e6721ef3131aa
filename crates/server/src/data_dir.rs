//! A data directory and the one process that owns it.
//!
//! `lock` is held by the kernel for as long as the process lives, so a killed server leaves nothing to clean up.
//! `vivencia.json` tells the format, `secret.json` holds the secret of the installation. `server.json` exists while a server runs and lets commands on this machine find it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::secret::{SECRET_BYTES, Secret};

/// The format this program writes and reads.
pub const FORMAT: u32 = 1;

const LOCK_FILE: &str = "lock";
const FORMAT_FILE: &str = "vivencia.json";
const SERVER_FILE: &str = "server.json";
const SECRET_FILE: &str = "secret.json";

#[derive(Serialize, Deserialize)]
struct FormatFile {
    format: u32,
}

/// The secret as it is written down, with what shows that no bit of it has changed.
#[derive(Serialize, Deserialize)]
struct SecretFile {
    format: u32,
    secret: String,
    checksum: String,
}

/// Where the server that owns a data directory listens, and the token with which this machine's owner of the directory
/// may do everything.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunningServer {
    pub url: String,
    pub token: String,
}

/// A data directory owned by this process.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Owns a directory, making it when there is none. `Conflict` when another process owns it for longer than `patience`.
    pub fn open(path: &Path, patience: Duration) -> Result<DataDir> {
        create_private_dir(path).map_err(|cause| failed("make the data directory", path, cause))?;
        let lock_path = path.join(LOCK_FILE);
        let is_known = path.join(FORMAT_FILE).exists() || lock_path.exists();
        if !is_known && !is_empty(path).map_err(|cause| failed("read", path, cause))? {
            return Err(Error::conflict(format!(
                "{} holds other files and is not a data directory of vivencia; name an empty directory or a new one",
                path.display()
            )));
        }
        let lock = private_file().create(true).truncate(false).open(&lock_path);
        let lock = lock.map_err(|cause| failed("open the lock of", path, cause))?;
        wait_for_lock(&lock, path, patience)?;
        check_format(path)?;
        let directory = DataDir { path: path.to_owned(), _lock: lock };
        directory.forget_server();
        Ok(directory)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The secret of the installation; made when there is none. `Conflict` when its file is damaged: with another secret
    /// nothing would be found again that was hidden with this one.
    pub fn secret(&self) -> Result<Secret> {
        let file = self.path.join(SECRET_FILE);
        let body = match std::fs::read(&file) {
            Ok(body) => body,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return self.make_secret(&file),
            Err(cause) => return Err(failed("read", &file, cause)),
        };
        read_secret(&body).ok_or_else(|| {
            Error::conflict(format!(
                "{} is damaged; restore it from a backup, or remove it to make another one",
                file.display()
            ))
        })
    }

    fn make_secret(&self, file: &Path) -> Result<Secret> {
        let secret = Secret::random();
        let text = URL_SAFE_NO_PAD.encode(secret.bytes());
        let written = SecretFile { format: 1, checksum: checksum_of(&text), secret: text };
        let body = serde_json::to_vec(&written)
            .map_err(|cause| Error::internal("write the secret of the installation").caused_by(cause))?;
        write_whole(file, &body).map_err(|cause| failed("write", file, cause))?;
        Ok(secret)
    }

    /// Tells commands on this machine where the server is.
    pub fn announce_server(&self, server: &RunningServer) -> Result<()> {
        let body = serde_json::to_vec(server).map_err(|cause| Error::internal("write server.json").caused_by(cause))?;
        write_whole(&self.path.join(SERVER_FILE), &body)
            .map_err(|cause| failed("announce the server in", &self.path, cause))
    }

    /// What a server that was killed has left behind would only mislead.
    pub fn forget_server(&self) {
        let _ = std::fs::remove_file(self.path.join(SERVER_FILE));
    }
}

/// The server that runs on a data directory, if one owns it now.
pub fn find_server(path: &Path) -> Result<Option<RunningServer>> {
    let Ok(lock) = File::open(path.join(LOCK_FILE)) else { return Ok(None) };
    match lock.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(failed("try the lock of", path, cause)),
        Err(TryLockError::WouldBlock) => {
            let Ok(body) = std::fs::read(path.join(SERVER_FILE)) else { return Ok(None) };
            Ok(serde_json::from_slice(&body).ok())
        }
    }
}

fn read_secret(body: &[u8]) -> Option<Secret> {
    let file: SecretFile = serde_json::from_slice(body).ok()?;
    if file.format != 1 || file.checksum != checksum_of(&file.secret) {
        return None;
    }
    let bytes: [u8; SECRET_BYTES] = URL_SAFE_NO_PAD.decode(&file.secret).ok()?.try_into().ok()?;
    Some(Secret::new(bytes))
}

/// Finds a changed bit and tells nothing of the secret.
fn checksum_of(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text)[..6])
}

fn wait_for_lock(lock: &File, path: &Path, patience: Duration) -> Result<()> {
    let deadline = Instant::now() + patience;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::conflict(format!(
                    "another vivencia process owns {}; stop it first, or name another data directory",
                    path.display()
                )));
            }
            Err(TryLockError::Error(cause)) => return Err(failed("lock", path, cause)),
        }
    }
}

fn check_format(path: &Path) -> Result<()> {
    let file = path.join(FORMAT_FILE);
    let body = match std::fs::read(&file) {
        Ok(body) => body,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            let body = format!("{{\"format\":{FORMAT}}}\n");
            return write_whole(&file, body.as_bytes())
                .map_err(|cause| failed("start the data directory", path, cause));
        }
        Err(cause) => return Err(failed("read", &file, cause)),
    };
    let found: FormatFile = serde_json::from_slice(&body).map_err(|cause| {
        Error::conflict(format!("{} is damaged; restore it from a backup", file.display())).caused_by(cause)
    })?;
    if found.format > FORMAT {
        return Err(Error::conflict(format!(
            "{} has format {}, written by a newer vivencia; this one reads up to format {FORMAT}: install the newer version",
            path.display(),
            found.format
        )));
    }
    Ok(())
}

fn is_empty(path: &Path) -> io::Result<bool> {
    Ok(std::fs::read_dir(path)?.next().is_none())
}

/// A file that is there whole or not at all, readable by its owner only.
fn write_whole(path: &Path, body: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = private_file().create(true).truncate(true).open(&beside)?;
    file.write_all(body)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn create_private_dir(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_private_dir(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn failed(attempt: &str, path: &Path, cause: io::Error) -> Error {
    Error::unavailable(format!("could not {attempt} {}: {cause}", path.display())).caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_owns_a_directory() {
        let dir = tempfile::tempdir().unwrap();
        let owned = DataDir::open(dir.path(), Duration::ZERO).unwrap();
        let message = DataDir::open(dir.path(), Duration::ZERO).unwrap_err().to_string();
        assert!(message.contains("another vivencia process owns"), "{message}");
        drop(owned);
        DataDir::open(dir.path(), Duration::ZERO).unwrap();
    }

    #[test]
    fn a_server_is_found_only_while_it_holds_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        assert!(find_server(dir.path()).unwrap().is_none());
        let owned = DataDir::open(dir.path(), Duration::ZERO).unwrap();
        assert!(find_server(dir.path()).unwrap().is_none());
        owned.announce_server(&RunningServer { url: "http://127.0.0.1:1".into(), token: "t".into() }).unwrap();
        assert_eq!(find_server(dir.path()).unwrap().unwrap().url, "http://127.0.0.1:1");
        drop(owned);
        assert!(find_server(dir.path()).unwrap().is_none());
    }

    #[test]
    fn a_directory_of_a_newer_format_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FORMAT_FILE), br#"{"format":99,"more":true}"#).unwrap();
        let message = DataDir::open(dir.path(), Duration::ZERO).unwrap_err().to_string();
        assert!(message.contains("install the newer version"), "{message}");
    }

    #[test]
    fn a_directory_with_other_files_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("letter.txt"), b"dear").unwrap();
        assert!(DataDir::open(dir.path(), Duration::ZERO).unwrap_err().to_string().contains("holds other files"));
        assert!(!dir.path().join(LOCK_FILE).exists());
    }

    #[test]
    fn a_secret_is_made_once_and_a_damaged_one_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let owned = DataDir::open(dir.path(), Duration::ZERO).unwrap();
        let secret = owned.secret().unwrap();
        assert_eq!(owned.secret().unwrap(), secret);
        let file = dir.path().join(SECRET_FILE);
        let mut body = std::fs::read(&file).unwrap();
        let place = body.len() / 2;
        body[place] ^= 1;
        std::fs::write(&file, &body).unwrap();
        let message = owned.secret().unwrap_err().to_string();
        assert!(message.contains("secret.json is damaged"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn the_token_is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let owned = DataDir::open(dir.path(), Duration::ZERO).unwrap();
        owned.announce_server(&RunningServer { url: String::new(), token: "t".into() }).unwrap();
        let mode = std::fs::metadata(dir.path().join(SERVER_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
