//! `vivencia events import`: each file is the body of one request, read as it is sent.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::Context;
use crate::cli::{FileFormat, Format, ImportArgs, Written};
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

/// What the server sees of a file before it says how it would read it.
const HEAD_BYTES: usize = 64 << 10;

pub fn run(context: &Context<'_>, args: ImportArgs) -> anyhow::Result<ExitCode> {
    let stdin_count = args.files.iter().filter(|file| is_stdin(file)).count();
    if stdin_count > 1 {
        bail!("the standard input can be read only once");
    }
    // A name that is wrong must not leave the other files half done.
    for file in args.files.iter().filter(|file| !is_stdin(file)) {
        File::open(file).with_context(|| format!("could not open {}", file.display()))?;
    }
    let client = context.client_that_may_start(&args.target)?;
    let mut reports = Vec::new();
    for file in &args.files {
        let format = args.file_format.map(|format| match format {
            FileFormat::Csv => "csv",
            FileFormat::Jsonl => "jsonl",
        });
        let options = ImportOptions {
            source: args.source.as_deref(),
            mapping: args.map.as_deref(),
            written: args.written.map(|written| match written {
                Written::Reviews => "reviews",
                Written::Answers => "answers",
            }),
            time_zone: args.time_zone.as_deref(),
            format,
            is_without_header: args.no_header,
        };
        let report =
            import_file(&client, file, &options).with_context(|| format!("could not import {}", file.display()))?;
        if args.shown.format == Format::Table {
            let shown = if is_stdin(file) {
                args.source.as_deref().unwrap_or("standard input")
            } else {
                &file.to_string_lossy()
            };
            write_report(shown, &report)?;
        }
        reports.push(report);
    }
    if args.shown.format == Format::Json {
        show::json(&json!({"files": reports}))?;
    }
    let is_all_dead = |report: &Value| report["rows"].as_u64() > Some(0) && report["rows"] == report["dead"];
    Ok(if reports.iter().any(is_all_dead) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What a person said about a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions<'a> {
    pub source: Option<&'a str>,
    pub mapping: Option<&'a str>,
    pub written: Option<&'a str>,
    pub time_zone: Option<&'a str>,
    pub format: Option<&'a str>,
    pub is_without_header: bool,
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// Asks how the file would be read, shows it, and sends the file.
pub fn import_file(client: &Client, path: &Path, options: &ImportOptions<'_>) -> anyhow::Result<Value> {
    let (mut file, length): (Box<dyn Read + Send>, Option<u64>) = if is_stdin(path) {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(path).with_context(|| format!("could not open {}", path.display()))?;
        let length = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
        (Box::new(file), length)
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut head = Vec::with_capacity(HEAD_BYTES);
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).context("could not read it")?;

    let header = options.is_without_header.then_some("false");
    let asked = |path: &str| {
        let path = PathWithQuery::new(path).with("file", &name).with_some("time_zone", options.time_zone);
        path.with_some("header", header).with_some("as", options.written)
    };
    let preview_path =
        asked("/api/v1/imports/preview").with_some("map", options.mapping).with_some("format", options.format).build();
    let preview: Value = client.json("POST", preview_path, RequestBody::Stream(Box::new(Cursor::new(head.clone()))))?;
    show_preview(&name, &preview);

    let bar = progress_bar(length, &name);
    let body = Watched { source: Box::new(Cursor::new(head).chain(file)), bar: bar.clone(), lines: 0 };
    let import_path = asked("/api/v1/imports")
        .with_some("source", options.source)
        .with_some("map", options.mapping)
        .with_some("format", options.format)
        .build();
    let report = client.json("POST", import_path, RequestBody::Stream(Box::new(body)));
    bar.finish_and_clear();
    report
}

fn show_preview(name: &str, preview: &Value) {
    let format = show::text(&preview["format"]);
    match preview["mapping"].as_str() {
        Some(mapping) if preview["is_guessed"] == true => {
            show::note(format!("{name}: {format}; guessed {}, every other column is a property", show::safe(mapping)))
        }
        Some(mapping) => show::note(format!("{name}: {format}; {}", show::safe(mapping))),
        None => show::note(format!("{name}: {format}")),
    }
}

fn progress_bar(length: Option<u64>, name: &str) -> ProgressBar {
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::new_spinner(),
    };
    // Draws nothing when the standard error is no terminal.
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    let template = match length {
        Some(_) => "{prefix}  {wide_bar} {bytes}/{total_bytes}  {msg}  {eta}",
        None => "{prefix}  {spinner} {bytes}  {msg}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_prefix(name.to_owned());
    bar
}

/// A file whose progress is shown while it is read.
struct Watched {
    source: Box<dyn Read + Send>,
    bar: ProgressBar,
    lines: u64,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(into)?;
        self.bar.inc(length as u64);
        if !self.bar.is_hidden() {
            self.lines += into[..length].iter().filter(|byte| **byte == b'\n').count() as u64;
            let seconds = self.bar.elapsed().as_secs_f64();
            if seconds > 0.0 {
                self.bar.set_message(format!("{} rows/s", show::count((self.lines as f64 / seconds) as u64)));
            }
        }
        Ok(length)
    }
}

fn write_report(file: &str, report: &Value) -> anyhow::Result<()> {
    let names = ["rows", "stored", "duplicate", "dead"];
    let mut cells = vec![file.to_owned()];
    cells.extend(names.map(|name| show::count(report[name].as_u64().unwrap_or_default())));
    let columns = [
        Column::Text("file"),
        Column::Number("rows"),
        Column::Number("stored"),
        Column::Number("duplicate"),
        Column::Number("dead"),
    ];
    show::table(&columns, vec![cells])?;
    if report["rows"].as_u64() > Some(0) && report["rows"] == report["duplicate"] {
        show::note(
            "nothing is new: these rows are known by their bytes, whatever --map says; another --source brings them in again",
        );
    }
    let first_dead = report["first_dead"].as_array().map(Vec::as_slice).unwrap_or_default();
    for row in first_dead {
        show::line(format!("line {}: {} ({})", row["line"], show::text(&row["detail"]), show::text(&row["code"])))?;
    }
    let more = report["dead"].as_u64().unwrap_or_default().saturating_sub(first_dead.len() as u64);
    if more > 0 {
        show::line(format!("and {} more; `vivencia events dead list` has all", show::count(more)))?;
    }
    Ok(())
}
