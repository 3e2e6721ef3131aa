//! The event log as a whole: what is acknowledged stays, and what is asked is what was lived.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

mod conservation;
mod following;
mod identity;
mod memory_state;
mod power_loss;
mod privacy;
mod scans;
mod scene;
mod simulated_files;
mod texts;
mod timeline;
