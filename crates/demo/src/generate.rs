//! From customers to files.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::company::Company;
use crate::journal::Remark;
use crate::rates::rates_csv;
use crate::shops::BRAND;
use crate::truths::Truths;
use crate::writer::{Limits, TimeSorter};
use crate::{
    ANNOTATIONS_FILE, COMMENTS_FILE, EVENTS_FILE, Error, Options, RATES_FILE, SHOPS_FILE, Summary, TRUTHS_FILE,
    UNITS_FILE, life,
};

/// How many customers pass between two reports of progress.
const REPORT_EVERY: u64 = 250;

/// Writes the files into `out_dir` (made if it is missing; files of these names are replaced) and reports the
/// customers done. While it runs, the directory also holds sorted runs, about as large as the events themselves.
pub fn generate(options: &Options, out_dir: &Path, progress: &mut dyn FnMut(u64)) -> Result<Summary, Error> {
    let company = Company::new(options)?;
    fs::create_dir_all(out_dir).map_err(Error::io("create the directory", out_dir))?;
    let mut sorter = TimeSorter::new(out_dir, Limits::DEFAULT);
    let mut comments = Comments::create(&out_dir.join(COMMENTS_FILE))?;
    let mut truths = Truths::new();
    let mut summary =
        Summary { customers: options.customers, shops: company.shops.all.len() as u64, ..Summary::default() };
    for customer in 0..options.customers {
        let journal = life::live(&company, customer, &mut truths);
        for event in journal.events() {
            sorter.push(event.occurred_at, event.line)?;
        }
        comments.write(journal.remarks())?;
        summary.events += journal.len() as u64;
        summary.identified += u64::from(journal.is_identified());
        if (customer + 1).is_multiple_of(REPORT_EVERY) {
            progress(customer + 1);
        }
    }
    comments.close()?;
    summary.bytes = sorter.finish(&out_dir.join(EVENTS_FILE))?;
    write_json(&out_dir.join(SHOPS_FILE), &company.shops.tree())?;
    write_text(&out_dir.join(UNITS_FILE), &company.shops.units_csv())?;
    write_text(&out_dir.join(RATES_FILE), &rates_csv(options.from, options.until))?;
    write_text(&out_dir.join(ANNOTATIONS_FILE), &annotations_csv(&company))?;
    write_json(&out_dir.join(TRUTHS_FILE), &describe(options, &company, &truths))?;
    progress(options.customers);
    Ok(summary)
}

/// What people at the company would have noted down: its releases, what was broken until when, and its campaign.
fn annotations_csv(company: &Company) -> String {
    let mut notes = company.releases.notes(&company.calendar);
    notes.extend(life::note_campaign(&company.calendar));
    notes.sort();
    let rows = notes
        .into_iter()
        .map(|(first_day, last_day, kind, channel, text)| format!("{kind},{first_day},{last_day},{text},{channel}\n"));
    std::iter::once("kind,first_day,last_day,text,channel\n".to_owned()).chain(rows).collect()
}

fn describe(options: &Options, company: &Company, truths: &Truths) -> Value {
    let text = |at| company.calendar.instant_text(at);
    let troubled: Vec<(String, String)> =
        company.releases.troubled().iter().map(|&(from, until)| (text(from), text(until))).collect();
    let store_ids: Vec<&str> = company.shops.all.iter().map(|shop| shop.store_id).collect();
    let mut described = truths.describe(&troubled);
    described.push(truths.describe_leading_shop(&store_ids));
    json!({
        "format": 1,
        "company": BRAND,
        "customers": options.customers,
        "seed": options.seed,
        "from": options.from.to_string(),
        "until": options.until.to_string(),
        "truths": described,
    })
}

/// What was meant by each comment, one line each.
struct Comments {
    file: BufWriter<File>,
    path: PathBuf,
}

impl Comments {
    fn create(path: &Path) -> Result<Comments, Error> {
        let file = File::create(path).map_err(Error::io("create", path))?;
        Ok(Comments { file: BufWriter::new(file), path: path.to_owned() })
    }

    fn write(&mut self, remarks: &[Remark]) -> Result<(), Error> {
        for Remark { message_id, comment } in remarks {
            let judgements: Vec<Value> = comment
                .judgements
                .iter()
                .map(|(topic, polarity)| json!({"topic": topic.as_str(), "polarity": polarity.as_str()}))
                .collect();
            let line = json!({
                "message_id": message_id,
                "language": comment.language,
                "tone": comment.tone.as_str(),
                "judgements": judgements,
                "contrary": comment.is_contrary,
                "personal": comment.personal,
            });
            writeln!(self.file, "{line}").map_err(Error::io("write", &self.path))?;
        }
        Ok(())
    }

    fn close(mut self) -> Result<(), Error> {
        self.file.flush().map_err(Error::io("write", &self.path))
    }
}

fn write_json(path: &Path, value: &Value) -> Result<(), Error> {
    // `Display` with `#` writes with line breaks, and into memory it cannot fail.
    write_text(path, &format!("{value:#}\n"))
}

fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(Error::io("write", path))
}
