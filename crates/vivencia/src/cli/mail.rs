//! `vivencia mail …`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Shown, Target};

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Sends one plain message at once and says what the mail server answered.
    #[command(after_help = "Example:\n  vivencia mail test --data-dir DIR --to ana@example.com")]
    Test {
        #[command(flatten)]
        target: Target,
        /// An e-mail address.
        #[arg(long, value_name = "ADDRESS")]
        to: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lists the addresses that nothing is sent to, and why, the newest first.
    #[command(
        after_help = "Examples:\n  vivencia mail refusals --data-dir DIR\n  vivencia mail refusals --data-dir DIR --remove ana@example.com"
    )]
    Refusals {
        #[command(flatten)]
        target: Target,
        /// Lets this address be written to again instead.
        #[arg(long, value_name = "ADDRESS")]
        remove: Option<String>,
        /// 1 to 1,000.
        #[arg(long, default_value_t = 100)]
        limit: u32,
        #[command(flatten)]
        shown: Shown,
    },
    /// Hands in a message that came back: that an address takes no mail, or that somebody calls a message unwanted.
    #[command(after_help = "Example:\n  vivencia mail report --data-dir DIR < message")]
    Report {
        #[command(flatten)]
        target: Target,
        /// The message; the standard input unless told.
        file: Option<PathBuf>,
        #[command(flatten)]
        shown: Shown,
    },
}
