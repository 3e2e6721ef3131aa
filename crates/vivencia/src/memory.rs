//! Memory that is free goes back to the system also when nothing happens.
//!
//! Both allocators, that of Rust and that of the C library in which SQLite allocates, give free pages back in passing, when
//! something else is allocated or let go. A server that has just brought in a file and then waits would keep them for hours.
//!
//! Either call is safe from any thread at any time: it takes no pointer and lets go only of what nobody holds.

use std::thread;
use std::time::Duration;

/// Long beside what giving back costs (milliseconds), short beside the hours that a server waits.
const EVERY: Duration = Duration::from_secs(10);

/// Starts giving back now and then, for as long as the process lives.
pub fn give_back_now_and_then() {
    // Without the thread nothing fails; the process only stays larger.
    let _ = thread::Builder::new().name("memory".to_owned()).spawn(|| {
        loop {
            thread::sleep(EVERY);
            give_back();
        }
    });
}

fn give_back() {
    // SAFETY: see the first lines.
    unsafe { libmimalloc_sys::mi_collect(true) };
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: see the first lines.
    unsafe {
        libc::malloc_trim(0);
    }
}
