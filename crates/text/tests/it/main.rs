//! What an analyst sees of comments.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where it cannot go on")]

use std::sync::LazyLock;

use text::Analyzer;

mod any_text;
mod comments;
mod discovery;
mod encoder;
mod measured;
mod personal;
mod placed;
mod shown;
mod topics;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::shipped);
