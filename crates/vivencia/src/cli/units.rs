//! `vivencia units …`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Shown, Target};

#[derive(Debug, Subcommand)]
pub enum UnitsCommand {
    /// Shows the tree, and the units that only events name.
    #[command(after_help = "Example:\n  vivencia units list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Adds a unit to the tree or changes it; what is not named is nothing from now on.
    #[command(
        after_help = "Example:\n  vivencia units set --data-dir DIR ES-MAD-01 --label \"Gran Vía\" --parent ES-MD --kind shop"
    )]
    Set {
        #[command(flatten)]
        target: Target,
        /// As events carry it.
        unit: String,
        /// As people call it; its name unless told.
        #[arg(long)]
        label: Option<String>,
        /// The unit above it; directly below the organisation unless told.
        #[arg(long)]
        parent: Option<String>,
        /// Free text such as country or shop.
        #[arg(long)]
        kind: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Adds or changes the units of a CSV file with the columns name, label, parent and kind, all or none.
    #[command(
        after_help = "Example:\n  vivencia units import --data-dir DIR units.csv\n\nThe file begins with its header, such as name,label,parent,kind; name is all it needs."
    )]
    Import {
        #[command(flatten)]
        target: Target,
        /// `-` is the standard input.
        file: PathBuf,
    },
    /// Takes a unit out of the tree. Its events stay.
    #[command(after_help = "Example:\n  vivencia units remove --data-dir DIR ES-MAD-01")]
    Remove {
        #[command(flatten)]
        target: Target,
        unit: String,
    },
}
