//! `vivencia topics …`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Shown, Target};

#[derive(Debug, Subcommand)]
pub enum TopicsCommand {
    /// Lists the topics that comments are read by.
    #[command(
        after_help = "Examples:\n  vivencia topics list --data-dir DIR\n  vivencia topics list --data-dir DIR --edits > topics.json"
    )]
    List {
        #[command(flatten)]
        target: Target,
        /// Only what the organisation says of them, as `topics set` takes it.
        #[arg(long, conflicts_with = "format")]
        edits: bool,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says which topics are the organisation's own and how it changes the others: all of them, out of a file.
    #[command(
        after_help = "Example:\n  vivencia topics set --data-dir DIR topics.json\n\ndocs/topics.md says what is in the file."
    )]
    Set {
        #[command(flatten)]
        target: Target,
        /// JSON.
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says what the topics of a file would find among the comments that there are, and which of their examples they miss.
    #[command(
        after_help = "Example:\n  vivencia topics check --data-dir DIR topics.json\n\nIt fails where a topic misses one of its examples."
    )]
    Check {
        #[command(flatten)]
        target: Target,
        /// JSON, as `topics set` takes it.
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
}
