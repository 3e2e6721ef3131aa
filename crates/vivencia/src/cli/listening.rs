//! `vivencia surveys …`, `vivencia contact-rule`, `vivencia scores`, `vivencia drivers`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::returning::Every;
use super::{PeriodArgs, Shown, Target};

#[derive(Debug, Subcommand)]
pub enum SurveysCommand {
    /// Lists the surveys, with how many people came how far.
    #[command(after_help = "Example:\n  vivencia surveys list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Makes a survey out of its file, or out of one that comes with the program. It is a draft until it is opened.
    #[command(
        after_help = "Examples:\n  vivencia surveys create --data-dir DIR after-purchase.json\n  vivencia surveys create --data-dir DIR --example after-purchase"
    )]
    Create {
        #[command(flatten)]
        target: Target,
        /// The file of the survey.
        #[arg(required_unless_present = "example", conflicts_with = "example")]
        file: Option<PathBuf>,
        /// One that comes with the program: after-purchase or relation.
        #[arg(long, value_name = "NAME")]
        example: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says what is wrong with a survey's file, and keeps nothing of it.
    #[command(after_help = "Example:\n  vivencia surveys check --data-dir DIR after-purchase.json")]
    Check {
        #[command(flatten)]
        target: Target,
        /// The file of the survey.
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
    /// Makes a file the next version of a survey.
    #[command(after_help = "Example:\n  vivencia surveys update --data-dir DIR srv_1 after-purchase.json")]
    Update {
        #[command(flatten)]
        target: Target,
        survey: String,
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
    /// Writes the file of a survey to standard output.
    #[command(after_help = "Example:\n  vivencia surveys export --data-dir DIR srv_1 > after-purchase.json")]
    Export {
        #[command(flatten)]
        target: Target,
        survey: String,
    },
    /// Writes the open link of a survey to standard output, as a QR code (SVG).
    #[command(
        after_help = "Example:\n  vivencia surveys code --data-dir DIR srv_1 --touchpoint shop:Visit --unit ES-MAD-03 > code.svg"
    )]
    Code {
        #[command(flatten)]
        target: Target,
        survey: String,
        /// What the answers are about, CHANNEL:ACTIVITY.
        #[arg(long, value_name = "TOUCHPOINT")]
        touchpoint: Option<String>,
        /// Where the code hangs.
        #[arg(long)]
        unit: Option<String>,
    },
    /// Lets a survey take answers.
    #[command(after_help = "Example:\n  vivencia surveys open --data-dir DIR srv_1")]
    Open {
        #[command(flatten)]
        target: Target,
        survey: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lets a survey take no answers any more.
    #[command(after_help = "Example:\n  vivencia surveys close --data-dir DIR srv_1")]
    Close {
        #[command(flatten)]
        target: Target,
        survey: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Makes a link for one person, to be answered once; `--channel email` sends it to the identifier `email`. Without an identifier the answer belongs to nobody.
    #[command(
        after_help = "Examples:\n  vivencia surveys invite --data-dir DIR srv_1 --customer user_id=c-1042 --trait first_name=Lucía --touchpoint \"web:Order Completed\"\n  vivencia surveys invite --data-dir DIR srv_1 --customer email=lucia@example.com --channel email"
    )]
    Invite {
        #[command(flatten)]
        target: Target,
        survey: String,
        /// How the customer is known, KIND=VALUE; repeat it for several identifiers.
        #[arg(long, value_name = "KIND=VALUE", value_parser = parse_pair)]
        customer: Vec<(String, String)>,
        /// What the texts of the survey may name, NAME=VALUE.
        #[arg(long = "trait", value_name = "NAME=VALUE", value_parser = parse_pair)]
        traits: Vec<(String, String)>,
        /// What was just lived, CHANNEL:ACTIVITY.
        #[arg(long, value_name = "TOUCHPOINT")]
        touchpoint: Option<String>,
        /// Where it was lived.
        #[arg(long)]
        unit: Option<String>,
        /// The channel that will bring the link.
        #[arg(long, visible_alias = "by", value_name = "CHANNEL", default_value = "link")]
        channel: String,
        /// Days until the link ends, 1 to 365.
        #[arg(long, default_value_t = 30)]
        days: u32,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says how many answers a file may expect each week and who would be asked, from the last four weeks. Nothing is kept.
    #[command(after_help = "Example:\n  vivencia surveys forecast --data-dir DIR after-purchase.json")]
    Forecast {
        #[command(flatten)]
        target: Target,
        file: PathBuf,
        #[command(flatten)]
        shown: Shown,
    },
    /// Counts whom a survey is about to invite by itself, and what became of those before.
    #[command(after_help = "Example:\n  vivencia surveys planned --data-dir DIR srv_1")]
    Planned {
        #[command(flatten)]
        target: Target,
        survey: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// How many of those who were invited answered, and how they differ from those who did not.
    #[command(after_help = "Example:\n  vivencia surveys response --data-dir DIR srv_1 --days 90")]
    Response {
        #[command(flatten)]
        target: Target,
        survey: String,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lists what was answered, the newest first.
    #[command(
        after_help = "Examples:\n  vivencia surveys answers --data-dir DIR srv_1 --limit 20\n  vivencia surveys answers --data-dir DIR srv_1 --marks without"
    )]
    Answers {
        #[command(flatten)]
        target: Target,
        survey: String,
        /// 1 to 1,000.
        #[arg(long, default_value_t = 100)]
        limit: u32,
        /// Only answers with marks, or only those without.
        #[arg(long, value_name = "WHICH", value_parser = ["with", "without"])]
        marks: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, value)| !name.trim().is_empty() && !value.trim().is_empty());
    pair.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .ok_or_else(|| format!("`{text}` is not NAME=VALUE"))
}

/// How often one customer may be interrupted, whatever for.
#[derive(Debug, Args)]
pub struct ContactRuleArgs {
    #[command(flatten)]
    pub target: Target,
    /// Contacts in any span of --days days, 1 to 100.
    #[arg(long, value_name = "N")]
    pub most: Option<u32>,
    /// 1 to 365.
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// Days between two contacts at least.
    #[arg(long, value_name = "N")]
    pub apart_days: Option<u32>,
    /// Hour of the organisation's day from which on somebody is contacted, 0 to 23.
    #[arg(long, value_name = "HOUR")]
    pub from_hour: Option<u8>,
    /// Hour from which on nobody is contacted any more, to 24.
    #[arg(long, value_name = "HOUR")]
    pub until_hour: Option<u8>,
    #[command(flatten)]
    pub shown: Shown,
}

/// What customers answered, as a score with its interval.
#[derive(Debug, Args)]
pub struct ScoresArgs {
    #[command(flatten)]
    pub target: Target,
    /// nps, csat, ces, rating, or one of your own.
    #[arg(long)]
    pub metric: String,
    /// Of the organisation's calendar.
    #[arg(long, value_name = "PART", default_value = "week")]
    pub every: Every,
    /// Tells answers apart: channel, unit, or a property such as touchpoint.
    #[arg(long, value_name = "WHAT")]
    pub by: Option<String>,
    /// Only answers to this survey.
    #[arg(long, value_name = "NAME")]
    pub survey: Option<String>,
    /// Of fewer answers no score is told, 1 to 1,000.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub minimum: u64,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}

/// What goes with a score or an outcome.
#[derive(Debug, Args)]
pub struct DriversArgs {
    #[command(flatten)]
    pub target: Target,
    /// nps, csat, ces, rating, a metric of your own, return_30d or spend_30d.
    #[arg(long)]
    pub of: String,
    /// Only answers to this survey; its own questions are then variables too.
    #[arg(long, value_name = "NAME")]
    pub survey: Option<String>,
    /// How long before an answer counts what was lived, such as 14d; at most 90d.
    #[arg(long, value_name = "SPAN", default_value = "14d")]
    pub before: String,
    /// Only variables of a kind: answers, topics or lived; repeat it for several.
    #[arg(long, value_name = "KIND")]
    pub among: Vec<String>,
    /// A property of answers that is a variable too; repeat it for several.
    #[arg(long, value_name = "PROPERTY")]
    pub variable: Vec<String>,
    /// A property of answers that was known before and is held equal; repeat it for several.
    #[arg(long, value_name = "PROPERTY")]
    pub control: Vec<String>,
    /// An activity by which a promise is broken, besides those whose names end so; repeat it for several.
    #[arg(long, value_name = "ACTIVITY")]
    pub broken_promise: Vec<String>,
    /// Of fewer answers nothing is told, 10 to 1,000.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub minimum: u64,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}
