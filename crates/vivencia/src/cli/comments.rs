//! `comments`.

use clap::{Args, Subcommand};

use super::returning::Every;
use super::{PeriodArgs, Shown, Target};

#[derive(Debug, Subcommand)]
pub enum CommentsCommand {
    /// Looks for comments by their words; without words it shows the newest.
    #[command(
        after_help = "Examples:\n  vivencia comments search --data-dir DIR \"espera larga\" --sentiment negative\n  vivencia comments search --data-dir DIR '\"muy lenta\" -app' --metric nps --score-at-most 6"
    )]
    Search {
        #[command(flatten)]
        target: Target,
        /// Words in any form; "words side by side"; -without; one OR another.
        #[arg(default_value = "")]
        query: String,
        /// The newest first, whatever is most relevant.
        #[arg(long)]
        newest: bool,
        /// 1 to 200.
        #[arg(long, default_value_t = 20)]
        limit: u32,
        #[command(flatten)]
        asked: AskedComments,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lists the comments that are like one.
    #[command(after_help = "Example:\n  vivencia comments similar --data-dir DIR evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c")]
    Similar {
        #[command(flatten)]
        target: Target,
        /// The event that the comment came with.
        event: String,
        /// 1 to 200.
        #[arg(long, default_value_t = 10)]
        limit: u32,
        #[command(flatten)]
        asked: AskedComments,
        #[command(flatten)]
        shown: Shown,
    },
    /// What comments speak of, and how they judge it.
    #[command(after_help = "Example:\n  vivencia comments themes --data-dir DIR --every month --unit ES")]
    Themes {
        #[command(flatten)]
        target: Target,
        /// Of the organisation's calendar.
        #[arg(long, value_name = "PART", default_value = "week")]
        every: Every,
        /// Of fewer comments no share is told, 1 to 1,000.
        #[arg(long, value_name = "N", default_value_t = 10)]
        minimum: u64,
        #[command(flatten)]
        asked: AskedComments,
        #[command(flatten)]
        shown: Shown,
    },
    /// What is new in the comments of the last seven days.
    #[command(after_help = "Example:\n  vivencia comments news --data-dir DIR --to 2026-10-01")]
    News {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        asked: AskedComments,
        #[command(flatten)]
        shown: Shown,
    },
    /// Chooses a few comments that stand for many.
    #[command(
        after_help = "Example:\n  vivencia comments quotes --data-dir DIR --topic waiting --as markdown > quotes.md"
    )]
    Quotes {
        #[command(flatten)]
        target: Target,
        /// 1 to 50.
        #[arg(long, default_value_t = 6)]
        limit: u32,
        /// Writes them as a file for a spreadsheet or a report.
        #[arg(long = "as", value_name = "FORMAT", conflicts_with = "format")]
        quotes_format: Option<QuotesFormat>,
        #[command(flatten)]
        asked: AskedComments,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum QuotesFormat {
    Csv,
    Markdown,
}

/// Which comments.
#[derive(Debug, Args)]
pub struct AskedComments {
    /// What they speak of (waiting), or how (waiting:negative); repeat it for any of several.
    #[arg(long)]
    pub topic: Vec<String>,
    /// negative, neutral or positive.
    #[arg(long)]
    pub sentiment: Vec<String>,
    /// es, en or (none).
    #[arg(long)]
    pub language: Vec<String>,
    /// Given in this unit or below it.
    #[arg(long)]
    pub unit: Vec<String>,
    /// About this touchpoint.
    #[arg(long)]
    pub touchpoint: Vec<String>,
    /// Answers to this survey.
    #[arg(long)]
    pub survey: Vec<String>,
    /// Of which score --score-at-least and --score-at-most speak: nps, csat, ces or rating.
    #[arg(long)]
    pub metric: Option<String>,
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub score_at_least: Option<f64>,
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub score_at_most: Option<f64>,
    #[command(flatten)]
    pub period: PeriodArgs,
}
