//! `vivencia metrics …`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Shown, Target};

#[derive(Debug, Subcommand)]
pub enum MetricsCommand {
    /// Lists the metrics: how answers become a score. Those that come with the program first.
    #[command(after_help = "Example:\n  vivencia metrics list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Writes the file of a metric to standard output, to begin another one with.
    #[command(after_help = "Example:\n  vivencia metrics export --data-dir DIR csat > warmth.json")]
    Export {
        #[command(flatten)]
        target: Target,
        metric: String,
    },
    /// Defines a metric by its file (JSON), or defines it anew. Its example is its test.
    #[command(after_help = "Example:\n  vivencia metrics set --data-dir DIR warmth warmth.json")]
    Set {
        #[command(flatten)]
        target: Target,
        /// 1 to 40 small letters, digits and `_`.
        metric: String,
        /// `-` is the standard input.
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
    /// Deletes a metric of your own. Answers stay what they are.
    #[command(after_help = "Example:\n  vivencia metrics remove --data-dir DIR warmth")]
    Remove {
        #[command(flatten)]
        target: Target,
        metric: String,
    },
}
