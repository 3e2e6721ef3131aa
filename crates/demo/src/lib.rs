//! *Café Alameda*, the demonstration company: forty shops in seven countries, a site, an app, deliveries, a loyalty card,
//! WhatsApp and a telephone, and customers who live with them for eighteen months.
//!
//! [`generate`] writes what the company would have recorded, as Segment-compatible lines in order of time, the tree of its
//! shops, and the *planted truths*: effects whose size is known because both worlds were simulated. The same customers,
//! seed and period give the same bytes on every machine: streams of ChaCha8 by customer, whole numbers, tables of time
//! zones that come with the program.
//!
//! It is not a model of real people, and it knows nothing of the rest of the program: it writes files.
#![forbid(unsafe_code)]

mod calendar;
mod comments;
mod company;
mod generate;
mod journal;
mod json;
mod life;
mod menu;
mod names;
mod opinion;
mod people;
mod random;
mod rates;
mod releases;
mod shops;
mod truths;
mod weather;
mod writer;

use std::io;
use std::path::{Path, PathBuf};

pub use comments::{Comment, Polarity, Tone, Topic};
pub use company::Company;
pub use generate::generate;
pub use jiff::civil::Date;
pub use journal::{DemoEvent, Journal, Remark};

/// One Segment-compatible event a line, in order of time.
pub const EVENTS_FILE: &str = "events.jsonl";
/// The tree brand › country › region › shop.
pub const SHOPS_FILE: &str = "shops.json";
/// The same tree as rows of name, label, parent and kind.
pub const UNITS_FILE: &str = "units.csv";
/// What the currencies were worth in euros, by month.
pub const RATES_FILE: &str = "rates.csv";
/// What the company did and suffered, by day: kind, first_day, last_day, text and channel.
pub const ANNOTATIONS_FILE: &str = "annotations.csv";
/// The planted truths with their sizes.
pub const TRUTHS_FILE: &str = "truths.json";

/// What was meant by each comment, one a line, customer after customer.
pub const COMMENTS_FILE: &str = "comments.jsonl";

/// The size of the demonstration company unless said otherwise.
pub const DEFAULT_CUSTOMERS: u64 = 25_000;

const MIN_DAYS: i64 = 60;
const MAX_DAYS: i64 = 3_660;
/// Telephone numbers are told apart up to here.
const MAX_CUSTOMERS: u64 = 100_000_000;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub customers: u64,
    pub seed: u64,
    /// First day, in UTC.
    pub from: Date,
    /// The day after the last one, in UTC.
    pub until: Date,
}

impl Options {
    /// Eighteen months up to the end of October 2026.
    pub fn new(customers: u64, seed: u64) -> Options {
        Options { customers, seed, from: Date::constant(2025, 5, 1), until: Date::constant(2026, 11, 1) }
    }

    fn check(&self) -> Result<(), Error> {
        if !(1..=MAX_CUSTOMERS).contains(&self.customers) {
            return Err(Error::InvalidOptions(format!(
                "{} customers cannot be generated; ask for 1 to {MAX_CUSTOMERS}",
                self.customers
            )));
        }
        let days = self.from.until(self.until).map_or(0, |span| i64::from(span.get_days()));
        if !(MIN_DAYS..=MAX_DAYS).contains(&days) {
            return Err(Error::InvalidOptions(format!(
                "the period from {} to {} has {days} days; it needs {MIN_DAYS} to {MAX_DAYS}",
                self.from, self.until
            )));
        }
        Ok(())
    }
}

/// What was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub customers: u64,
    /// Lines of the events file.
    pub events: u64,
    /// Customers with at least one event that carries a user id.
    pub identified: u64,
    pub shops: u64,
    /// Bytes of the events file.
    pub bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    InvalidOptions(String),
    #[error("the time zone {0} is missing from the program's own tables")]
    UnknownTimeZone(String),
    #[error("could not {attempt} {}", path.display())]
    Io { attempt: &'static str, path: PathBuf, source: io::Error },
}

impl Error {
    fn io(attempt: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Io { attempt, path, source }
    }
}
