//! Between SQLite and the disk: the one module of this crate with `unsafe`.
//!
//! SQLite reaches files through a table of functions, its VFS. Ours is a copy of the platform's whose `open` puts a copy of the
//! file's own table of methods in place of the original, with reading and writing of pages replaced. Everything else,
//! locks and shared memory included, is the platform's own code on its own file. Why this is sound:
//!
//! * The memory of a file is the platform's (`szOsFile` and `open` are its own); only the pointer to the methods changes, to a table
//!   that lives as long as the process. The platform's methods do not look at that pointer.
//! * SQLite calls a method with a file that `open` has opened and `close` has not closed, and with a buffer of the length it
//!   says: that is its contract, and all that is relied on.
//! * Memory maps are off (version 2 of the methods), so every page that SQLite takes from the disk passes through [`read`].
//! * Nothing here unwinds into SQLite: there is no arithmetic that overflows, no index that is not checked before.

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::io;
use std::path::PathBuf;
use std::ptr;
use std::sync::{Mutex, OnceLock, PoisonError};

use libsqlite3_sys as ffi;
use sqlx::sqlite::LockedSqliteHandle;

use super::{BETWEEN_TRIES, PAGE_BYTES, Page, TRIES, describe, has_checksums, is_whole, seal};

/// By this name connections ask for the checksums.
pub(crate) const NAME: &CStr = c"vivencia";
/// What SQLite says when [`read`] refuses a page.
pub(crate) const DAMAGED: c_int = ffi::SQLITE_IOERR | (32 << 8);

type Open =
    unsafe extern "C" fn(*mut ffi::sqlite3_vfs, *const c_char, *mut ffi::sqlite3_file, c_int, *mut c_int) -> c_int;
type Read = unsafe extern "C" fn(*mut ffi::sqlite3_file, *mut c_void, c_int, ffi::sqlite3_int64) -> c_int;
type Write = unsafe extern "C" fn(*mut ffi::sqlite3_file, *const c_void, c_int, ffi::sqlite3_int64) -> c_int;
type Close = unsafe extern "C" fn(*mut ffi::sqlite3_file) -> c_int;

/// The platform's own functions, as they were before ours took their places.
struct Platform {
    read: Read,
    write: Write,
    close: Close,
    /// The table of a file with checksums.
    checked: ffi::sqlite3_io_methods,
}

static PLATFORM_OPEN: OnceLock<Option<Open>> = OnceLock::new();
static PLATFORM: OnceLock<Platform> = OnceLock::new();
/// Paths of open files with checksums, by their addresses.
static PATHS: Mutex<Option<HashMap<usize, PathBuf>>> = Mutex::new(None);
/// The last damage found: SQLite's own message is no more than `disk I/O error`.
static LAST_DAMAGE: Mutex<Option<String>> = Mutex::new(None);

/// Makes [`NAME`] known to SQLite, once a process; false if the platform has no VFS of its own to build on.
pub(crate) fn register() -> bool {
    PLATFORM_OPEN
        .get_or_init(|| {
            // Safety: finds the platform's table, which lives as long as the process; the copy is leaked, so it does too.
            unsafe {
                let platform = ffi::sqlite3_vfs_find(ptr::null()).as_ref()?;
                let own =
                    ffi::sqlite3_vfs { zName: NAME.as_ptr(), pNext: ptr::null_mut(), xOpen: Some(open), ..*platform };
                let registered = ffi::sqlite3_vfs_register(Box::into_raw(Box::new(own)), 0);
                platform.xOpen.filter(|_| registered == ffi::SQLITE_OK)
            }
        })
        .is_some()
}

/// The sentence about the last page that was refused.
pub(crate) fn last_damage() -> Option<String> {
    LAST_DAMAGE.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn note_damage(file: *mut ffi::sqlite3_file, number: u64) {
    let paths = PATHS.lock().unwrap_or_else(PoisonError::into_inner);
    let path = paths.as_ref().and_then(|paths| paths.get(&(file as usize)).cloned()).unwrap_or_default();
    *LAST_DAMAGE.lock().unwrap_or_else(PoisonError::into_inner) = Some(describe(&path, number));
}

/// The number of the page that these bytes are, if they are exactly one.
fn page_number(amount: c_int, offset: ffi::sqlite3_int64) -> Option<u64> {
    let offset = u64::try_from(offset).ok()?;
    let is_page = usize::try_from(amount) == Ok(PAGE_BYTES) && offset.is_multiple_of(PAGE_BYTES as u64);
    is_page.then_some(offset / PAGE_BYTES as u64 + 1)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let Some(platform_open) = PLATFORM_OPEN.get().copied().flatten() else { return ffi::SQLITE_CANTOPEN };
    // Safety: passes on what SQLite passed; the copied table has the platform's own data pointer.
    let opened = unsafe { platform_open(vfs, name, file, flags, out_flags) };
    if opened != ffi::SQLITE_OK || flags & ffi::SQLITE_OPEN_MAIN_DB == 0 || name.is_null() {
        return opened;
    }
    // Safety: the file has just been opened, so it has methods; `name` ends with a zero by contract.
    let (methods, path) = unsafe { ((*file).pMethods.as_ref(), CStr::from_ptr(name)) };
    let Some(platform) = methods.and_then(platform_of) else { return opened };
    let path = PathBuf::from(path.to_string_lossy().into_owned());
    let mut page: Page = [0; PAGE_BYTES];
    // Another connection may just be writing the first page.
    for attempt in 1..=TRIES {
        // Safety: an open file, and a buffer of the length that is said.
        let read = unsafe { (platform.read)(file, page.as_mut_ptr().cast(), PAGE_BYTES as c_int, 0) };
        if read != ffi::SQLITE_OK || !has_checksums(&page) {
            // Shorter than a page, another database, or made before there were checksums.
            return opened;
        }
        if is_whole(1, &page) {
            let mut paths = PATHS.lock().unwrap_or_else(PoisonError::into_inner);
            paths.get_or_insert_default().insert(file as usize, path);
            // Safety: the table lives as long as the process.
            unsafe { (*file).pMethods = &platform.checked };
            return opened;
        }
        if attempt < TRIES {
            std::thread::sleep(BETWEEN_TRIES);
        }
    }
    *LAST_DAMAGE.lock().unwrap_or_else(PoisonError::into_inner) = Some(describe(&path, 1));
    // Safety: opened above; SQLite does not close a file whose opening failed when it has no methods.
    unsafe {
        (platform.close)(file);
        (*file).pMethods = ptr::null();
    }
    DAMAGED
}

/// All files of the platform that hold databases share one table of methods: the first one seen is built on. A file with another
/// one (a file system without locks, say) is left alone.
fn platform_of(methods: &ffi::sqlite3_io_methods) -> Option<&'static Platform> {
    let (own_read, own_write, own_close) = (methods.xRead?, methods.xWrite?, methods.xClose?);
    let platform = PLATFORM.get_or_init(|| {
        let checked = ffi::sqlite3_io_methods {
            iVersion: 2,
            xRead: Some(read),
            xWrite: Some(write),
            xClose: Some(close),
            ..*methods
        };
        Platform { read: own_read, write: own_write, close: own_close, checked }
    });
    let is_the_same = platform.read as usize == own_read as usize
        && platform.write as usize == own_write as usize
        && platform.close as usize == own_close as usize;
    is_the_same.then_some(platform)
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let Some(platform) = PLATFORM.get() else { return ffi::SQLITE_IOERR_CLOSE };
    if let Some(paths) = PATHS.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        paths.remove(&(file as usize));
    }
    // Safety: passes on what SQLite passed.
    unsafe { (platform.close)(file) }
}

/// A whole page is verified; the few bytes of the header that SQLite looks at before it has a lock are not, since another
/// connection may be writing them: the whole page follows.
unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    buffer: *mut c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let Some(platform) = PLATFORM.get() else { return ffi::SQLITE_IOERR_READ };
    // Safety: passes on what SQLite passed.
    let outcome = unsafe { (platform.read)(file, buffer, amount, offset) };
    let Some(number) = page_number(amount, offset).filter(|_| outcome == ffi::SQLITE_OK) else { return outcome };
    // Safety: SQLite's buffer is `amount` bytes long, which is a page, and just filled; bytes need no alignment.
    let page = unsafe { &*buffer.cast::<Page>() };
    if is_whole(number, page) {
        return ffi::SQLITE_OK;
    }
    note_damage(file, number);
    DAMAGED
}

/// Whole pages only: SQLite writes nothing else to a database.
unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    buffer: *const c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let (Some(platform), Some(number)) = (PLATFORM.get(), page_number(amount, offset)) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    // Safety: SQLite's buffer is `amount` bytes long, which is a page. It is copied, since it is not ours to change.
    let mut page = unsafe { *buffer.cast::<Page>() };
    seal(number, &mut page);
    // Safety: an open file by contract, and a buffer of the length that is said.
    unsafe { (platform.write)(file, page.as_ptr().cast(), amount, offset) }
}

/// The database file of a connection, if it has checksums.
pub(super) struct OpenFile<'a> {
    file: *mut ffi::sqlite3_file,
    platform: &'static Platform,
    /// Nobody else uses the connection meanwhile.
    _handle: LockedSqliteHandle<'a>,
}

impl<'a> OpenFile<'a> {
    pub(super) fn of(mut handle: LockedSqliteHandle<'a>) -> Option<OpenFile<'a>> {
        let mut file: *mut ffi::sqlite3_file = ptr::null_mut();
        // Safety: a locked, open connection; this request stores a pointer to its file, which stays until it is closed.
        let found = unsafe {
            ffi::sqlite3_file_control(
                handle.as_raw_handle().as_ptr(),
                c"main".as_ptr(),
                ffi::SQLITE_FCNTL_FILE_POINTER,
                (&raw mut file).cast(),
            )
        };
        let platform = PLATFORM.get().filter(|_| found == ffi::SQLITE_OK && !file.is_null())?;
        // Safety: the pointer is that of an open file.
        let is_checked = unsafe { ptr::eq((*file).pMethods, &platform.checked) };
        is_checked.then_some(OpenFile { file, platform, _handle: handle })
    }

    pub(super) fn page_count(&self) -> io::Result<u64> {
        let mut size = 0;
        let file_size = self.platform.checked.xFileSize.ok_or_else(|| io::Error::from(io::ErrorKind::Unsupported))?;
        // Safety: an open file, held by the lock on its connection.
        let outcome = unsafe { file_size(self.file, &raw mut size) };
        if outcome != ffi::SQLITE_OK {
            return Err(io::Error::other(format!("SQLite says {outcome}")));
        }
        Ok(u64::try_from(size).unwrap_or(0).div_ceil(PAGE_BYTES as u64))
    }

    /// A page that is shorter than a page, or cannot be read, is not whole.
    pub(super) fn has_whole_page(&self, number: u64) -> io::Result<bool> {
        let offset = (number - 1) * PAGE_BYTES as u64;
        let offset = i64::try_from(offset).map_err(io::Error::other)?;
        let mut page: Page = [0; PAGE_BYTES];
        // Safety: an open file, held by the lock on its connection, and a buffer of the length that is said.
        let outcome = unsafe { (self.platform.read)(self.file, page.as_mut_ptr().cast(), PAGE_BYTES as c_int, offset) };
        Ok(outcome == ffi::SQLITE_OK && is_whole(number, &page))
    }
}
