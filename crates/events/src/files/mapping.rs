//! Files as memory: the one module of this crate with `unsafe`.
//!
//! Why it is sound. A map is shared with the file, so the bytes of a slice could change under a reader if somebody wrote
//! to the file. Files that are mapped are data files of the log: written once under a name of their own, synced, then
//! named by the catalogue and never written again; they go away by `unlink`, which leaves maps as they are. No code of this
//! program opens a named data file for writing, and one process owns a data directory. What remains is somebody else
//! who changes the file on the disk: changed bytes are found by checksums when the file is opened, and a file cut short
//! raises SIGBUS where it is read. The handler below then ends the process with the file's name, because no answer
//! can be given any more. It calls only `write`, `_exit`, `sigaction` and `raise`, which POSIX lists as safe in a signal
//! handler, and reads only atomics in nodes that are never freed.

use std::ffi::c_int;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};

use bytes::Bytes;
use memmap2::Mmap;

/// The exit code after a fault under a map (`EX_SOFTWARE`).
const EXIT_CODE: c_int = 70;

/// The whole file as bytes that are read from the disk when they are touched.
pub fn map(path: &Path) -> io::Result<Bytes> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(install_handler);

    let file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(Bytes::new());
    }
    // SAFETY: the file does not change any more, as the first lines of this module say.
    let memory = unsafe { Mmap::map(&file)? };
    let entry = Entry::claim(&memory, path);
    Ok(Bytes::from_owner(Mapped { entry, memory }))
}

struct Mapped {
    entry: &'static Entry,
    memory: Mmap,
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.memory
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        // Before the memory is given back, so that its addresses are never looked up under this name again.
        self.entry.release();
    }
}

const NAME_BYTES: usize = 1_000;

/// Which file an address belongs to. Entries form a list that only grows and are used again after their release:
/// the handler may walk it at any moment.
struct Entry {
    is_taken: AtomicBool,
    start: AtomicUsize,
    /// Zero while the entry says nothing.
    len: AtomicUsize,
    name_len: AtomicUsize,
    name: [AtomicU8; NAME_BYTES],
    next: AtomicPtr<Entry>,
}

static ENTRIES: AtomicPtr<Entry> = AtomicPtr::new(ptr::null_mut());

impl Entry {
    fn claim(memory: &[u8], path: &Path) -> &'static Entry {
        let entry = Entry::all().find(|entry| entry.try_take()).unwrap_or_else(Entry::add);
        let path = path.as_os_str().as_bytes();
        let name = &path[path.len().saturating_sub(NAME_BYTES)..];
        for (slot, byte) in entry.name.iter().zip(name) {
            slot.store(*byte, Ordering::Relaxed);
        }
        entry.name_len.store(name.len(), Ordering::Relaxed);
        entry.start.store(memory.as_ptr().addr(), Ordering::Relaxed);
        entry.len.store(memory.len(), Ordering::Release);
        entry
    }

    fn release(&self) {
        self.len.store(0, Ordering::Release);
        self.is_taken.store(false, Ordering::Release);
    }

    fn try_take(&self) -> bool {
        self.is_taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    fn add() -> &'static Entry {
        let entry: &'static mut Entry = Box::leak(Box::new(Entry {
            is_taken: AtomicBool::new(true),
            start: AtomicUsize::new(0),
            len: AtomicUsize::new(0),
            name_len: AtomicUsize::new(0),
            name: [const { AtomicU8::new(0) }; NAME_BYTES],
            next: AtomicPtr::new(ptr::null_mut()),
        }));
        let address = ptr::from_mut(entry);
        // SAFETY: leaked above, so it lives for ever; shared from here on, and every field is an atomic.
        let entry: &'static Entry = unsafe { &*address };
        let mut head = ENTRIES.load(Ordering::Acquire);
        loop {
            entry.next.store(head, Ordering::Relaxed);
            match ENTRIES.compare_exchange_weak(head, address, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return entry,
                Err(newer) => head = newer,
            }
        }
    }

    fn all() -> impl Iterator<Item = &'static Entry> {
        let mut at = ENTRIES.load(Ordering::Acquire);
        std::iter::from_fn(move || {
            // SAFETY: null at the end; otherwise a leaked entry, published after it was complete.
            let entry: &'static Entry = unsafe { at.as_ref()? };
            at = entry.next.load(Ordering::Acquire);
            Some(entry)
        })
    }

    fn holds(&self, address: usize) -> bool {
        let len = self.len.load(Ordering::Acquire);
        let start = self.start.load(Ordering::Relaxed);
        len > 0 && address >= start && address - start < len
    }
}

/// Who was asked about SIGBUS before: the standard library, which knows overflowing stacks.
static PREVIOUS: OnceLock<libc::sigaction> = OnceLock::new();

fn install_handler() {
    // SAFETY: both structures are plain data that may be zero and are filled before use; the handler has the signature
    // that SA_SIGINFO asks for and does only what a handler may do.
    unsafe {
        let mut previous: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(libc::SIGBUS, ptr::null(), &mut previous) != 0 {
            return;
        }
        PREVIOUS.get_or_init(|| previous);
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_bus_error as *const () as libc::sighandler_t;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGBUS, &action, ptr::null_mut());
    }
}

extern "C" fn on_bus_error(signal: c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
    // SAFETY: the kernel passes a valid `info` with SA_SIGINFO; the calls are those a handler may make.
    unsafe {
        let address = (*info).si_addr().addr();
        // A code above zero is a fault; others are signals that somebody sent, whose address means nothing.
        let is_fault = (*info).si_code > 0;
        if is_fault && let Some(entry) = Entry::all().find(|entry| entry.holds(address)) {
            let mut name = [0; NAME_BYTES];
            for (byte, slot) in name.iter_mut().zip(&entry.name) {
                *byte = slot.load(Ordering::Relaxed);
            }
            let name_len = entry.name_len.load(Ordering::Relaxed).min(NAME_BYTES);
            write_error(b"damaged file ");
            write_error(&name[..name_len]);
            write_error(
                b": it was cut short, or its disk failed, while it was read; put the file back from a backup\n",
            );
            libc::_exit(EXIT_CODE);
        }
        // A fault that is not ours comes again by itself, to whoever was asked before; a sent signal is sent again.
        let default = std::mem::zeroed();
        let next = PREVIOUS.get().filter(|_| is_fault).unwrap_or(&default);
        libc::sigaction(signal, next, ptr::null_mut());
        if !is_fault {
            libc::raise(signal);
        }
    }
}

fn write_error(bytes: &[u8]) {
    // SAFETY: the pointer and the length are those of a slice; a failed write is nothing that could be helped.
    unsafe { libc::write(libc::STDERR_FILENO, bytes.as_ptr().cast(), bytes.len()) };
}
