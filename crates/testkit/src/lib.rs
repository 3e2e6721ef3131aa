//! What tests of every crate share. Never part of the product: nothing here is fast, and wrong fixtures panic.
//!
//! * [`log`]: event logs written as text, one customer a line, and as a source for the journey engine;
//! * [`planted`]: answers of which it is known what moves them;
//! * [`reference`]: every operator of the engine once more, slow and obvious;
//! * [`strategies`]: random logs for property tests.
#![forbid(unsafe_code)]
#![allow(clippy::panic, clippy::expect_used, reason = "a fixture that cannot be read fails its test")]

pub mod log;
pub mod planted;
pub mod reference;
pub mod strategies;
