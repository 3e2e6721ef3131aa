//! The words of the command line. What they do is in `commands`.

mod annotations;
mod comments;
mod journeys;
mod listening;
mod mail;
mod metrics;
mod rates;
mod returning;
mod segments;
mod topics;
mod units;
mod user;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use annotations::{AnnotationsCommand, WhatHappened};
pub use comments::{AskedComments, CommentsCommand, QuotesFormat};
pub use journeys::{ElementArgs, FrictionArgs, FunnelArgs, JourneysCommand, PathArgs, PeriodArgs, StepList};
use journeys::{parse_steps, parse_window};
pub use listening::{ContactRuleArgs, DriversArgs, ScoresArgs, SurveysCommand};
pub use mail::MailCommand;
pub use metrics::MetricsCommand;
pub use rates::RatesCommand;
pub use returning::{AttributionArgs, DailyArgs, LifeCycleArgs, RetentionArgs, word};
pub use segments::SegmentsCommand;
pub use topics::TopicsCommand;
pub use units::UnitsCommand;
pub use user::UserCommand;

/// Records what customers live and shows their real journeys.
#[derive(Debug, Parser)]
#[command(
    name = "vivencia",
    version,
    propagate_version = true,
    after_help = "Example:\n  vivencia demo\n\nCommands with --data-dir talk to the server that runs on the directory; without one they open it themselves."
)]
pub struct Cli {
    /// A file of settings (TOML); environment variables VIVENCIA_… and flags come after it.
    #[arg(long, global = true, value_name = "FILE", env = "VIVENCIA_CONFIG")]
    pub config: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answers over HTTP from a data directory.
    #[command(after_help = "Example:\n  vivencia serve --data-dir /var/lib/vivencia --listen 127.0.0.1:8080")]
    Serve(ServeArgs),
    /// Makes the demonstration company Café Alameda, brings it in and serves it.
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Example:\n  vivencia demo --data-dir /tmp/alameda --listen 127.0.0.1:8080"
    )]
    Demo(DemoArgs),
    /// Access keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// People: invite them, say what each may see, disable them.
    #[command(subcommand)]
    User(UserCommand),
    /// Events: bring them in, take them out, count them, check them.
    #[command(subcommand)]
    Events(EventsCommand),
    /// Customers: find them, see what they lived, merge them.
    #[command(subcommand)]
    Customers(CustomersCommand),
    /// Questions about lived journeys.
    #[command(subcommand)]
    Journeys(JourneysCommand),
    /// Customers by what they lived, to be used in every question.
    #[command(subcommand)]
    Segments(SegmentsCommand),
    /// Comments: look for them, what they speak of, what is new, and quotes for a report.
    #[command(subcommand)]
    Comments(CommentsCommand),
    /// Topics that comments are read by: those of the program and of the organisation.
    #[command(subcommand)]
    Topics(TopicsCommand),
    /// Surveys: make them, open them, invite people to them, read what they answered.
    #[command(subcommand)]
    Surveys(SurveysCommand),
    /// Mail: try it out, see who is not written to, hand in messages that came back.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Shows how often one customer may be interrupted, or changes what is named.
    #[command(
        after_help = "Examples:\n  vivencia contact-rule --data-dir DIR\n  vivencia contact-rule --data-dir DIR --most 3 --days 90"
    )]
    ContactRule(ContactRuleArgs),
    /// What customers answered, as a score with its interval.
    #[command(
        after_help = "Examples:\n  vivencia scores --data-dir DIR --metric nps\n  vivencia scores --data-dir DIR --metric csat --by touchpoint --days 90"
    )]
    Scores(ScoresArgs),
    /// Metrics: how answers become a score, also in ways of your own.
    #[command(subcommand)]
    Metrics(MetricsCommand),
    /// What happened to the company, beside its scores: releases, incidents, campaigns.
    #[command(subcommand)]
    Annotations(AnnotationsCommand),
    /// What goes with a score or an outcome: coefficients with their intervals, all else held equal.
    #[command(
        after_help = "Examples:\n  vivencia drivers --data-dir DIR --of nps\n  vivencia drivers --data-dir DIR --of return_30d --among lived --before 30d --control habit"
    )]
    Drivers(DriversArgs),
    /// How the organisation is called and counts days and money.
    #[command(subcommand)]
    Organisation(OrganisationCommand),
    /// What activities mean.
    #[command(subcommand)]
    Activities(ActivitiesCommand),
    /// Which properties events bring.
    #[command(subcommand)]
    Properties(PropertiesCommand),
    /// The tree of units, such as brand › country › region › shop.
    #[command(subcommand)]
    Units(UnitsCommand),
    /// Exchange rates into the organisation's currency, by day.
    #[command(subcommand)]
    Rates(RatesCommand),
}

/// Which installation a command is about.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Installation")]
pub struct Target {
    /// The data directory, on this machine.
    #[arg(long, value_name = "DIR", conflicts_with = "url", env = "VIVENCIA_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The address of a server.
    #[arg(long, value_name = "URL", requires = "key", env = "VIVENCIA_URL")]
    pub url: Option<String>,
    /// A key for it.
    #[arg(long, value_name = "KEY", env = "VIVENCIA_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Where the state is, when it is not in the data directory: sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL")]
    pub state_url: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

/// How an answer is shown.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Shown {
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
}

#[derive(Clone, Debug, Default, Args)]
pub struct ServeArgs {
    /// The data directory; it is made when there is none.
    #[arg(long, value_name = "DIR", env = "VIVENCIA_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Address and port; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Where the state is: sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL")]
    pub state_url: Option<String>,
    /// How clients reach this server from outside.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Collection endpoints also answer below this path.
    #[arg(long, value_name = "PATH")]
    pub collect_prefix: Option<String>,
    /// A proxy that speaks TLS stands in front.
    #[arg(long)]
    pub behind_proxy: bool,
    /// The mail server through which invitations leave: smtps://, smtp+starttls:// or smtp://. A password is better kept in
    /// the file of settings or in the environment.
    #[arg(long, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// A certificate (PEM) that the mail server may show beside those that everybody knows.
    #[arg(long, value_name = "FILE")]
    pub smtp_ca_file: Option<PathBuf>,
    /// As whom invitations are sent: Name <address>.
    #[arg(long, value_name = "MAILBOX")]
    pub mail_from: Option<String>,
    /// Where answers to messages go.
    #[arg(long, value_name = "MAILBOX")]
    pub mail_reply_to: Option<String>,
    /// Messages that leave in a minute at most.
    #[arg(long, value_name = "N")]
    pub mail_per_minute: Option<u32>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub serve: ServeArgs,
    /// Customers of the company.
    #[arg(long, value_name = "N", default_value_t = 25_000)]
    pub customers: u64,
    /// The same seed makes the same company.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    #[command(subcommand)]
    pub command: Option<DemoCommand>,
}

#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Writes the demonstration company as files.
    #[command(after_help = "Example:\n  vivencia demo generate --customers 1000 --seed 7 --out alameda")]
    Generate {
        /// Customers of the company.
        #[arg(long, value_name = "N", default_value_t = 25_000)]
        customers: u64,
        /// The same seed makes the same company.
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// Folder for the files.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ScopeName {
    Collect,
    Read,
    Admin,
}

impl ScopeName {
    pub fn as_str(self) -> &'static str {
        match self {
            ScopeName::Collect => "collect",
            ScopeName::Read => "read",
            ScopeName::Admin => "admin",
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Makes a key and prints it alone; it is not shown again.
    #[command(
        after_help = "Examples:\n  vivencia key create --data-dir DIR --name web-shop --scope collect --channel web\n  vivencia key create --data-dir DIR --name madrid --scope read --unit ES-MD"
    )]
    Create {
        #[command(flatten)]
        target: Target,
        /// The source of the events that come with it.
        #[arg(long)]
        name: String,
        #[arg(long)]
        scope: ScopeName,
        /// The channel of events that come with it and say none.
        #[arg(long)]
        channel: Option<String>,
        /// A unit of the tree. With the scope collect: where events happened that say no unit. With the scope read: it sees
        /// only customers who were below the unit, of their events those below it or without unit, and nothing that tells
        /// who they are.
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
    },
    /// Lists the keys without their secrets.
    #[command(after_help = "Example:\n  vivencia key list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Revokes a key for ever.
    #[command(after_help = "Example:\n  vivencia key revoke --data-dir DIR web-shop")]
    Revoke {
        #[command(flatten)]
        target: Target,
        /// Name or id.
        key_name: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum EventsCommand {
    /// Brings files in. Bringing the same file in again changes nothing.
    #[command(
        after_help = "Examples:\n  vivencia events import --data-dir DIR visits.csv \\\n      --map customer=card,activity=what,occurred_at=when,channel=where,property:shop=shop --time-zone Europe/Madrid\n  vivencia events import --data-dir DIR events.jsonl"
    )]
    Import(ImportArgs),
    /// Takes every stored event out, into one file.
    #[command(after_help = "Example:\n  vivencia events export --data-dir DIR --format parquet --out events.parquet")]
    Export(ExportArgs),
    /// Counts what arrived and what became of it.
    #[command(after_help = "Example:\n  vivencia events count --data-dir DIR --format json")]
    Count {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// What arrived and is not an event.
    #[command(subcommand)]
    Dead(DeadCommand),
    /// Verifies the checksums of every file.
    #[command(after_help = "Example:\n  vivencia events verify --data-dir DIR")]
    Verify {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub target: Target,
    /// CSV or JSON lines; `-` is the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Which column is what: customer=COL,activity=COL,occurred_at=COL[,channel=COL][,unit=COL][,property:NAME=COL].
    /// Guessed from the header, and shown, when it is not told.
    #[arg(long, value_name = "MAPPING")]
    pub map: Option<String>,
    /// What customers wrote elsewhere; the columns are then guessed accordingly.
    #[arg(long = "as", value_name = "WHAT", conflicts_with = "map")]
    pub written: Option<Written>,
    /// Zone of times without one; the organisation's unless told.
    #[arg(long, value_name = "TZ")]
    pub time_zone: Option<String>,
    /// Where the events come from; the name of the file unless told.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Told by the name of the file unless said here.
    #[arg(long, value_name = "FORMAT")]
    pub file_format: Option<FileFormat>,
    /// The first row is data and not the names of the columns; `--map` then takes columns by number, from 1.
    #[arg(long)]
    pub no_header: bool,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// Texts with a rating, posted somewhere.
    Reviews,
    /// What was answered to a survey elsewhere.
    Answers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    Csv,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Jsonl,
    Csv,
    Parquet,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub target: Target,
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ExportFormat,
    /// The file to write; `-` is the standard output.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Identifiers and personal values too; takes the scope admin and is audited.
    #[arg(long)]
    pub with_personal: bool,
}

#[derive(Debug, Subcommand)]
pub enum DeadCommand {
    /// Lists dead letters as JSON lines.
    #[command(after_help = "Example:\n  vivencia events dead list --data-dir DIR --with-raw")]
    List {
        #[command(flatten)]
        target: Target,
        /// With the bytes as they came, which may be personal.
        #[arg(long)]
        with_raw: bool,
    },
    /// Shows one dead letter with the bytes as they came.
    #[command(after_help = "Example:\n  vivencia events dead show --data-dir DIR ded_5")]
    Show {
        #[command(flatten)]
        target: Target,
        /// Such as ded_5.
        letter: String,
    },
    /// Reads dead letters again, after what was wrong has been put right.
    #[command(
        after_help = "Examples:\n  vivencia events dead replay --data-dir DIR\n  vivencia events dead replay --data-dir DIR ded_5 --with mended.json"
    )]
    Replay {
        #[command(flatten)]
        target: Target,
        /// One letter only, such as ded_5; all of them unless told.
        letter: Option<String>,
        /// A file with the event, or the row, as it should have been; `-` for the standard input.
        #[arg(long, requires = "letter", value_name = "FILE")]
        with: Option<std::path::PathBuf>,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Debug, Subcommand)]
pub enum CustomersCommand {
    /// Finds customers by an e-mail, a phone, a user id or any other identifier.
    #[command(after_help = "Example:\n  vivencia customers find --data-dir DIR ana@example.com")]
    Find {
        #[command(flatten)]
        target: Target,
        value: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lists customers, those first who were known last; or those whose name or identifier a text leads to.
    #[command(after_help = "Example:\n  vivencia customers list --data-dir DIR --search \"garc mari\"")]
    List {
        #[command(flatten)]
        target: Target,
        /// Words of a name, in any order and not whole; or an identifier or its beginning.
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        /// Customers shown, at most 1,000.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1_000))]
        limit: u16,
        /// What the page before said.
        #[arg(long, value_name = "PLACE")]
        after: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Shows what is known of a customer beside the events, and the value so far.
    #[command(after_help = "Example:\n  vivencia customers show --data-dir DIR cus_17")]
    Show {
        #[command(flatten)]
        target: Target,
        customer: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Shows what a customer lived, oldest first.
    #[command(after_help = "Example:\n  vivencia customers timeline --data-dir DIR cus_17")]
    Timeline {
        #[command(flatten)]
        target: Target,
        customer: String,
        /// Events shown at most; all unless told.
        #[arg(long)]
        limit: Option<usize>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Merges two customers. It can be undone.
    #[command(after_help = "Example:\n  vivencia customers merge --data-dir DIR cus_17 cus_40 --dry-run")]
    Merge {
        #[command(flatten)]
        target: Target,
        /// An id, or an identifier that leads to one customer.
        a: String,
        b: String,
        /// Only show what would change.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        shown: Shown,
    },
    /// Undoes a merge.
    #[command(after_help = "Example:\n  vivencia customers unmerge --data-dir DIR mrg_3 --dry-run")]
    Unmerge {
        #[command(flatten)]
        target: Target,
        /// `customers show` lists the merges of a customer.
        merge: String,
        /// Only show what would change.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        shown: Shown,
    },
}

fn parse_day(text: &str) -> Result<String, String> {
    let anywhere = domain::time::Calendar::default();
    anywhere.start_of_day_ms(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

#[derive(Debug, Subcommand)]
pub enum OrganisationCommand {
    /// Shows how the organisation is called and counts.
    #[command(after_help = "Example:\n  vivencia organisation show --data-dir DIR")]
    Show {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Changes what is named.
    #[command(
        after_help = "Example:\n  vivencia organisation set --data-dir DIR --name \"Café Alameda\" --time-zone America/Bogota"
    )]
    Set {
        #[command(flatten)]
        target: Target,
        #[arg(long)]
        name: Option<String>,
        /// IANA name such as Europe/Madrid.
        #[arg(long)]
        time_zone: Option<String>,
        /// monday, sunday or saturday.
        #[arg(long)]
        week_start: Option<String>,
        /// ISO 4217, such as EUR.
        #[arg(long)]
        currency: Option<String>,
        /// es or en.
        #[arg(long)]
        language: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Debug, Subcommand)]
pub enum PropertiesCommand {
    /// Lists the properties of sealed events with their types; a change of type is a finding.
    #[command(after_help = "Example:\n  vivencia properties list --data-dir DIR --activity 'Order Completed'")]
    List {
        #[command(flatten)]
        target: Target,
        /// Only those of this activity.
        #[arg(long, value_name = "NAME")]
        activity: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Debug, Subcommand)]
pub enum ActivitiesCommand {
    /// Lists the activities with what they mean.
    #[command(after_help = "Example:\n  vivencia activities list --data-dir DIR")]
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        shown: Shown,
    },
    /// Says what an activity means; what is not named is nothing from now on.
    #[command(
        after_help = "Example:\n  vivencia activities set --data-dir DIR \"Compra\" --alias-of \"Order Completed\""
    )]
    Set {
        #[command(flatten)]
        target: Target,
        activity: String,
        /// contact, wait, error, purchase, refund or refusal.
        #[arg(long)]
        role: Option<String>,
        /// The property with the duration of a wait, in seconds.
        #[arg(long)]
        wait_property: Option<String>,
        /// The property with the reason.
        #[arg(long)]
        reason_property: Option<String>,
        /// The activity as which its events count.
        #[arg(long)]
        alias_of: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
}
