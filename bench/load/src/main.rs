//! What `bench/run` measures with: clients that send batches, the limits of disk and parser, and a log of customers as CSV.
//!
//! Each command prints one object of JSON. The clients cost little processor time, as they share the machine with the server:
//! plain threads, requests built beforehand, of which only identifiers and times are written anew.
#![forbid(unsafe_code)]

mod answering;
mod bandwidth;
mod client;
mod instant;
mod layouts;
mod lived;
mod living;
mod message;
mod parsing;
mod processor;
mod quantiles;
mod random;
mod reading;
mod sending;
mod syncing;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Parser;

/// Measures what a server takes in, and what disk and parser alone allow.
#[derive(Debug, Parser)]
enum Command {
    /// Sends batches of events for a while; only what is answered with 200 counts.
    Send(sending::Arguments),
    /// Sends events of the customers of `csv` and of new ones at a steady rate, until standard input ends.
    Live(living::Arguments),
    /// Appends records to a file, each followed by fdatasync.
    Sync(syncing::Arguments),
    /// Answers a survey by its links, each from an address of its own.
    Answer(answering::Arguments),
    /// Reads the bodies that `send` sends, with one thread and no server.
    Parse(parsing::Arguments),
    /// Reads comments, and finds their places, with one thread and with two.
    Read(reading::Arguments),
    /// Opens and asks the columns of journeys as a plain file and as Arrow IPC.
    Layouts(layouts::Arguments),
    /// Reads memory with all threads at once.
    Bandwidth(bandwidth::Arguments),
    /// Writes the events of a year as CSV, in the order of time.
    Csv {
        #[arg(long)]
        rows: usize,
        #[arg(long)]
        customers: usize,
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes the sign-ins by which a fifth of these customers turn out to be the same as another.
    SignIns {
        #[arg(long)]
        customers: usize,
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let measured = match Command::parse() {
        Command::Send(arguments) => sending::run(&arguments)?,
        Command::Answer(arguments) => answering::run(&arguments)?,
        Command::Live(arguments) => living::run(&arguments)?,
        Command::Sync(arguments) => syncing::run(&arguments)?,
        Command::Parse(arguments) => parsing::run(&arguments)?,
        Command::Read(arguments) => reading::run(&arguments)?,
        Command::Layouts(arguments) => layouts::run(&arguments)?,
        Command::Bandwidth(arguments) => bandwidth::run(&arguments)?,
        Command::Csv { rows, customers, out } => lived::write(rows, customers, &out)?,
        Command::SignIns { customers, out } => lived::write_sign_ins(customers, &out)?,
    };
    writeln!(io::stdout(), "{measured}")?;
    Ok(())
}
