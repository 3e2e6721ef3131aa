//! `vivencia annotations …`

use clap::{Args, Subcommand, ValueEnum};

use super::{Shown, Target, parse_day};

#[derive(Debug, Subcommand)]
pub enum AnnotationsCommand {
    /// Lists what happened to the company, by day.
    #[command(after_help = "Example:\n  vivencia annotations list --data-dir DIR --from 2026-03-01 --to 2026-04-01")]
    List {
        #[command(flatten)]
        target: Target,
        /// Only what lasted until this day, or longer.
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        from: Option<String>,
        /// Only what had begun before this day.
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        to: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Enters something that happened.
    #[command(
        after_help = "Examples:\n  vivencia annotations add --data-dir DIR release 2026-03-28 \"App 5.0.0\" --channel app\n  vivencia annotations add --data-dir DIR incident 2026-03-28 \"Payments by card failed\" --to 2026-03-30"
    )]
    Add {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        what: WhatHappened,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says anew what happened; what is left out is nothing, not what it was.
    #[command(
        after_help = "Example:\n  vivencia annotations set --data-dir DIR ann_3 incident 2026-03-28 \"Payments failed\" --to 2026-03-31"
    )]
    Set {
        #[command(flatten)]
        target: Target,
        annotation: String,
        #[command(flatten)]
        what: WhatHappened,
        #[command(flatten)]
        shown: Shown,
    },
    /// Takes an annotation back.
    #[command(after_help = "Example:\n  vivencia annotations remove --data-dir DIR ann_3")]
    Remove {
        #[command(flatten)]
        target: Target,
        annotation: String,
    },
}

/// Something that happened to the company.
#[derive(Debug, Args)]
pub struct WhatHappened {
    pub kind: AnnotationKind,
    /// The day, or the first of several, of the organisation's calendar.
    #[arg(value_name = "DAY", value_parser = parse_day)]
    pub first_day: String,
    /// One line of 1 to 200 characters.
    pub text: String,
    /// The last day, included.
    #[arg(long = "to", value_name = "DAY", value_parser = parse_day)]
    pub last_day: Option<String>,
    /// The only channel that it was about.
    #[arg(long)]
    pub channel: Option<String>,
    /// The only unit that it was about, with those below.
    #[arg(long)]
    pub unit: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnotationKind {
    Release,
    Incident,
    Campaign,
    Other,
}
