//! What each word of the command line does.

mod activities;
mod annotations;
mod comments;
mod customers;
mod demo;
mod demo_people;
mod events;
mod export;
mod import;
mod journeys;
mod key;
mod listening;
mod mail;
mod metrics;
mod organisation;
mod properties;
mod rates;
mod records;
mod returning;
mod segments;
mod serve;
mod topics;
mod units;
mod user;

use std::path::Path;
use std::process::ExitCode;

use crate::cli::Target;
use crate::cli::{Cli, Command};
use crate::client::{Client, Missing};

/// What commands need to reach an installation.
pub struct Context<'a> {
    config_file: Option<&'a Path>,
}

impl Context<'_> {
    /// The installation that is there.
    fn client(&self, target: &Target) -> anyhow::Result<Client> {
        Client::of(target, self.config_file, Missing::IsAnError)
    }

    /// The installation, made when its directory is not there: for commands that bring something.
    fn client_that_may_start(&self, target: &Target) -> anyhow::Result<Client> {
        Client::of(target, self.config_file, Missing::IsMade)
    }
}

pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let context = Context { config_file: cli.config.as_deref() };
    match cli.command {
        Command::Serve(args) => serve::run(&context, args),
        Command::Demo(args) => demo::run(&context, args),
        Command::Key(command) => key::run(&context, command),
        Command::Events(command) => events::run(&context, command),
        Command::Customers(command) => customers::run(&context, command),
        Command::Journeys(command) => journeys::run(&context, command),
        Command::Segments(command) => segments::run(&context, command),
        Command::Comments(command) => comments::run(&context, command),
        Command::Topics(command) => topics::run(&context, command),
        Command::Surveys(command) => listening::run_surveys(&context, command),
        Command::Mail(command) => mail::run(&context, command),
        Command::ContactRule(args) => listening::run_contact_rule(&context, &args),
        Command::Scores(args) => listening::run_scores(&context, &args),
        Command::Metrics(command) => metrics::run(&context, command),
        Command::Annotations(command) => annotations::run(&context, command),
        Command::Drivers(args) => listening::run_drivers(&context, &args),
        Command::Organisation(command) => organisation::run(&context, command),
        Command::Activities(command) => activities::run(&context, command),
        Command::Properties(command) => properties::run(&context, command),
        Command::Units(command) => units::run(&context, command),
        Command::Rates(command) => rates::run(&context, command),
        Command::User(command) => user::run(&context, command),
    }
}
