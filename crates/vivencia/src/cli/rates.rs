//! `vivencia rates …`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Shown, Target, parse_day};

#[derive(Debug, Subcommand)]
pub enum RatesCommand {
    /// Lists the rates by currency and day.
    #[command(after_help = "Example:\n  vivencia rates list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Enters what one unit of a currency is worth in the organisation's, from a day on.
    #[command(after_help = "Example:\n  vivencia rates set --data-dir DIR MXN 2026-01-01 0.0496")]
    Set {
        #[command(flatten)]
        target: Target,
        /// ISO 4217, such as MXN.
        currency: String,
        /// The first day, of the organisation's calendar.
        #[arg(value_parser = parse_day)]
        valid_from: String,
        /// An exact decimal, such as 0.0496.
        rate: String,
    },
    /// Enters the rates of a CSV file with the columns currency, valid_from and rate, all or none.
    #[command(after_help = "Example:\n  vivencia rates import --data-dir DIR rates.csv")]
    Import {
        #[command(flatten)]
        target: Target,
        /// `-` is the standard input.
        file: PathBuf,
    },
    /// Takes a rate back.
    #[command(after_help = "Example:\n  vivencia rates remove --data-dir DIR MXN 2026-01-01")]
    Remove {
        #[command(flatten)]
        target: Target,
        currency: String,
        /// The day from which it holds.
        #[arg(value_parser = parse_day)]
        valid_from: String,
    },
}
