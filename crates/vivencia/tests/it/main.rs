//! The real program, from outside: what it prints, what it answers, how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it cannot go on")]

mod commands;
mod program;
mod scores;
mod serving;
mod units;
mod usage;
