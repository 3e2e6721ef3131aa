//! The generated files, read as anybody else would read them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what a test cannot read is a failed test")]

mod files;
mod surveys;
mod truths;
