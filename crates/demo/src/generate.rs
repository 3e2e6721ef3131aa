//! From customers to files.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::company::Company;
use crate::rates::rates_csv;
use crate::shops::BRAND;
use crate::truths::Truths;
use crate::writer::{Limits, TimeSorter};
use crate::{EVENTS_FILE, Error, Options, RATES_FILE, SHOPS_FILE, Summary, TRUTHS_FILE, UNITS_FILE, life};

/// How many customers pass between two reports of progress.
const REPORT_EVERY: u64 = 250;

/// Writes the files into `out_dir` (made if it is missing; files of these names are replaced) and reports the
/// customers done. While it runs, the directory also holds sorted runs, about as large as the events themselves.
pub fn generate(options: &Options, out_dir: &Path, progress: &mut dyn FnMut(u64)) -> Result<Summary, Error> {
    let company = Company::new(options)?;
    fs::create_dir_all(out_dir).map_err(Error::io("create the directory", out_dir))?;
    let mut sorter = TimeSorter::new(out_dir, Limits::DEFAULT);
    let mut truths = Truths::new();
    let mut summary =
        Summary { customers: options.customers, shops: company.shops.all.len() as u64, ..Summary::default() };
    for customer in 0..options.customers {
        let journal = life::live(&company, customer, &mut truths);
        for event in journal.events() {
            sorter.push(event.occurred_at, event.line)?;
        }
        summary.events += journal.len() as u64;
        summary.identified += u64::from(journal.is_identified());
        if (customer + 1).is_multiple_of(REPORT_EVERY) {
            progress(customer + 1);
        }
    }
    summary.bytes = sorter.finish(&out_dir.join(EVENTS_FILE))?;
    write_json(&out_dir.join(SHOPS_FILE), &company.shops.tree())?;
    write_text(&out_dir.join(UNITS_FILE), &company.shops.units_csv())?;
    write_text(&out_dir.join(RATES_FILE), &rates_csv(options.from, options.until))?;
    write_json(&out_dir.join(TRUTHS_FILE), &describe(options, &company, &truths))?;
    progress(options.customers);
    Ok(summary)
}

fn describe(options: &Options, company: &Company, truths: &Truths) -> Value {
    let text = |at| company.calendar.instant_text(at);
    let troubled: Vec<(String, String)> =
        company.releases.troubled().iter().map(|&(from, until)| (text(from), text(until))).collect();
    json!({
        "format": 1,
        "company": BRAND,
        "customers": options.customers,
        "seed": options.seed,
        "from": options.from.to_string(),
        "until": options.until.to_string(),
        "truths": truths.describe(&troubled),
    })
}

fn write_json(path: &Path, value: &Value) -> Result<(), Error> {
    // `Display` with `#` writes with line breaks, and into memory it cannot fail.
    write_text(path, &format!("{value:#}\n"))
}

fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(Error::io("write", path))
}
