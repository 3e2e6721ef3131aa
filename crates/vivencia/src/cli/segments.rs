//! `vivencia segments …`

use clap::Subcommand;

use super::{ElementArgs, PeriodArgs, Shown, Target};

#[derive(Debug, Subcommand)]
pub enum SegmentsCommand {
    /// Lists the segments.
    #[command(after_help = "Example:\n  vivencia segments list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Keeps the customers behind an element as a segment, found anew whenever somebody asks.
    #[command(
        after_help = "Examples:\n  vivencia segments create --data-dir DIR \"Bought lately\" --activity \"Order Completed\" --days 90\n  vivencia segments create --data-dir DIR \"Left the cart\" --steps \"Product Added,Order Completed\" --dropped-after 1"
    )]
    Create {
        #[command(flatten)]
        target: Target,
        /// 1 to 120 characters; no two segments share one.
        name: String,
        #[command(flatten)]
        element: Box<ElementArgs>,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// How many belong to a segment now, and how many did at the beginning of each of the last weeks.
    #[command(after_help = "Example:\n  vivencia segments size --data-dir DIR seg_3 --weeks 4")]
    Size {
        #[command(flatten)]
        target: Target,
        segment: String,
        /// 0 to 53.
        #[arg(long, value_name = "N", default_value_t = 12)]
        weeks: u8,
        #[command(flatten)]
        shown: Shown,
    },
    /// Deletes a segment for everybody. Questions that name it are refused from then on.
    #[command(after_help = "Example:\n  vivencia segments delete --data-dir DIR seg_3")]
    Delete {
        #[command(flatten)]
        target: Target,
        segment: String,
    },
}
