//! The program: words of the command line, settings, and one way to do each thing.
//!
//! Every command but `serve` and `demo generate` is a client of the HTTP interface. Exit codes: 0 done, 1 failed, 2 wrong
//! usage.
#![deny(unsafe_code)]

mod cli;
mod client;
mod commands;
mod config;
#[expect(unsafe_code, reason = "the allocator is called through its C interface; argued in its first lines")]
mod memory;
mod show;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use cli::Cli;
use tracing_subscriber::EnvFilter;

/// Events are made on one thread and let go on others: the allocator of the system spends a quarter of an import on that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("VIVENCIA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match commands::run(cli) {
        Ok(outcome) => outcome,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "vivencia: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// Whoever read our output, such as `head`, has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe))
}

/// An error and its causes, each said once.
fn sentence(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let part = cause.to_string();
        if text.is_empty() {
            text = part;
        } else if !text.contains(&part) {
            text = format!("{text}: {part}");
        }
    }
    text
}
