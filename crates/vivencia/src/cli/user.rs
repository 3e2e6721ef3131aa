//! `vivencia user …`

use clap::{Subcommand, ValueEnum};

use super::{Shown, Target};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    Owner,
    Analyst,
    ShopManager,
}

impl RoleName {
    pub fn as_str(self) -> &'static str {
        match self {
            RoleName::Owner => "owner",
            RoleName::Analyst => "analyst",
            RoleName::ShopManager => "shop_manager",
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Lists the people.
    #[command(after_help = "Example:\n  vivencia user list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Prints a one-time link with which somebody comes in; it is not shown again.
    #[command(
        after_help = "Examples:\n  vivencia user invite --data-dir DIR marcos@example.com --role analyst\n  vivencia user invite --data-dir DIR ines@example.com --role shop-manager --unit ES-MAD-01"
    )]
    Invite {
        #[command(flatten)]
        target: Target,
        email: String,
        #[arg(long)]
        role: RoleName,
        /// Of a shop manager.
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
    },
    /// Takes somebody's access away; their sessions end at once.
    #[command(after_help = "Example:\n  vivencia user disable --data-dir DIR marcos@example.com")]
    Disable {
        #[command(flatten)]
        target: Target,
        /// E-mail or id.
        user: String,
    },
    /// Gives access back.
    #[command(after_help = "Example:\n  vivencia user enable --data-dir DIR marcos@example.com")]
    Enable {
        #[command(flatten)]
        target: Target,
        /// E-mail or id.
        user: String,
    },
    /// Says what somebody may see; their sessions end at once.
    #[command(after_help = "Example:\n  vivencia user role --data-dir DIR marcos@example.com owner")]
    Role {
        #[command(flatten)]
        target: Target,
        /// E-mail or id.
        user: String,
        role: RoleName,
        /// Of a shop manager.
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
    },
    /// Prints a one-time link with which somebody chooses a new password; it is not shown again.
    #[command(after_help = "Example:\n  vivencia user reset --data-dir DIR marcos@example.com")]
    Reset {
        #[command(flatten)]
        target: Target,
        /// E-mail or id.
        user: String,
    },
}
