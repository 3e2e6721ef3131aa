//! Checks of the whole workspace.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

mod architecture;
