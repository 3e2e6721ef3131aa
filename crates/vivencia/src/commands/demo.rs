//! `vivencia demo`: the demonstration company made, brought in and served.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::Context;
use super::demo_people::{SignIn, make_people};
use super::import::{ImportOptions, import_file};
use super::rates::import_rates;
use super::records::read_records;
use super::serve::{Server, load};
use super::units::import_units;
use crate::cli::{DemoArgs, DemoCommand};
use crate::client::{Client, InProcess, PathWithQuery, RequestBody};
use crate::config::data_home;
use crate::show;

/// Where the generated files stay, inside the data directory.
const FOLDER: &str = "demonstration";
/// Written when everything has been brought in.
const DONE: &str = "done.json";
/// What of its events is laid out in the timeline unless told: amounts, reasons, what its journeys are told apart by, and
/// scores with what they are compared by.
const PROPERTIES: [&str; 20] = [
    "total",
    "currency",
    "reason",
    "order_type",
    "payment_method",
    "platform",
    "app_version",
    "campaign_id",
    "coupon_id",
    "wait_seconds",
    "rating",
    "survey",
    "touchpoint",
    "nps",
    "csat",
    "ces",
    "expectation",
    "waited",
    "customer_for",
    "habit",
];
const KEYS: [(&str, &str); 3] = [("demo-owner", "admin"), ("demo-read", "read"), ("demo-collect", "collect")];

pub fn run(context: &Context<'_>, args: DemoArgs) -> anyhow::Result<ExitCode> {
    if let Some(DemoCommand::Generate { customers, seed, out }) = args.command {
        let summary = generate(customers, seed, &out)?;
        show::line(format!(
            "{} events of {} customers in {}",
            show::count(summary.events),
            show::count(summary.customers),
            out.display()
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut serve_args = args.serve;
    if serve_args.data_dir.is_none() && context.config_file.is_none() {
        serve_args.data_dir = Some(data_home().join("vivencia-demo"));
    }
    let mut config = load(context, serve_args)?;
    config.settings.timeline_properties.get_or_insert_with(|| PROPERTIES.map(str::to_owned).to_vec());
    let data_dir = config.settings.data_dir.clone();
    let server = Server::open(&config)?;
    let client = Client::within(InProcess::over(server.app.clone(), server.runtime.clone()));
    let prepared = prepare(&client, &data_dir, args.customers, args.seed).and_then(|is_new| {
        if is_new { Ok(None) } else { Ok(Some((make_people(&client, &data_dir)?, renew_keys(&client)?))) }
    });
    let (sign_ins, keys) = match prepared {
        Ok(Some(known)) => known,
        Ok(None) => {
            drop(client);
            server.app.close()?;
            drop(server);
            return begin_anew();
        }
        Err(error) => {
            server.app.close()?;
            return Err(error);
        }
    };
    drop(client);
    server.run(|url| write_what_to_try(url, &data_dir, &sign_ins, &keys))
}

/// Puts the same command in the place of this process: what bringing in a million events took of memory is given back, and
/// the company is there now.
fn begin_anew() -> anyhow::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    let program = std::env::current_exe().context("could not find this program")?;
    let failed = std::process::Command::new(program).args(std::env::args_os().skip(1)).exec();
    Err(failed).context("could not start the server; the demonstration is ready, run the same command again")
}

fn generate(customers: u64, seed: u64, out: &Path) -> anyhow::Result<demo::Summary> {
    let bar = ProgressBar::new(customers);
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("customers  {wide_bar} {pos}/{len}  {eta}") {
        bar.set_style(style);
    }
    let options = demo::Options::new(customers, seed);
    let summary = demo::generate(&options, out, &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    Ok(summary?)
}

/// Makes the company and brings it in, unless this directory has it already. What was interrupted starts again; events
/// that are there already do not come twice. Says whether anything was to be done.
fn prepare(client: &Client, data_dir: &Path, customers: u64, seed: u64) -> anyhow::Result<bool> {
    let folder = data_dir.join(FOLDER);
    let done = folder.join(DONE);
    if done.exists() {
        return Ok(false);
    }
    let counts: Value = client.get("/api/v1/events/count".to_owned())?;
    if counts["received"] != 0 && !folder.exists() {
        bail!("{} holds other events; name a new directory for the demonstration", data_dir.display());
    }
    show::note("making Café Alameda, the demonstration company …");
    let summary = generate(customers, seed, &folder)?;
    let organisation = json!({"name": "Café Alameda", "time_zone": "Europe/Madrid", "currency": "EUR"});
    let _: Value = client.json("PATCH", "/api/v1/organisation".to_owned(), RequestBody::Json(organisation))?;
    let units = read_records(&folder.join(demo::UNITS_FILE), &["name"], &["label", "parent", "kind"])?;
    import_units(client, units).context("could not draw the tree of units")?;
    let rates = read_records(&folder.join(demo::RATES_FILE), &["currency", "valid_from", "rate"], &[])?;
    import_rates(client, rates).context("could not enter the exchange rates")?;
    let annotations =
        read_records(&folder.join(demo::ANNOTATIONS_FILE), &["kind", "first_day", "last_day", "text", "channel"], &[])?;
    note_down(client, annotations).context("could not enter what happened to the company")?;
    let events = folder.join(demo::EVENTS_FILE);
    let options = ImportOptions { source: Some("Café Alameda"), ..ImportOptions::default() };
    let report = import_file(client, &events, &options).context("could not bring the demonstration in")?;
    show::note(format!(
        "{} events of {} customers; the planted truths are in {}",
        show::count(report["stored"].as_u64().unwrap_or_default()),
        show::count(summary.customers),
        folder.join(demo::TRUTHS_FILE).display()
    ));
    open_surveys(client).context("could not open the surveys")?;
    // The log has them now; the file can be made again from its seed.
    std::fs::remove_file(&events).with_context(|| format!("could not remove {}", events.display()))?;
    let body = json!({"customers": customers, "seed": seed, "events": summary.events});
    std::fs::write(&done, body.to_string()).with_context(|| format!("could not write {}", done.display()))?;
    Ok(true)
}

/// What the company did and suffered, unless it is there from a start that was interrupted.
fn note_down(client: &Client, annotations: Vec<Value>) -> anyhow::Result<()> {
    let known: Value = client.get("/api/v1/annotations".to_owned())?;
    if known["annotations"].as_array().is_some_and(|known| known.len() == annotations.len()) {
        return Ok(());
    }
    for known in known["annotations"].as_array().into_iter().flatten() {
        let path = PathWithQuery::new("/api/v1/annotations").part(known["id"].as_str().unwrap_or_default());
        client.send("DELETE", path.build(), RequestBody::Empty)?;
    }
    for annotation in annotations {
        let _: Value = client.json("POST", "/api/v1/annotations".to_owned(), RequestBody::Json(annotation))?;
    }
    Ok(())
}

/// The surveys that the customers of the company have answered, open for whoever wants to try.
fn open_surveys(client: &Client) -> anyhow::Result<()> {
    let known: Value = client.get("/api/v1/surveys".to_owned())?;
    let known = known["surveys"].as_array().cloned().unwrap_or_default();
    let examples: Value = client.get("/api/v1/surveys/examples".to_owned())?;
    for example in examples["examples"].as_array().into_iter().flatten() {
        if known.iter().any(|survey| survey["name"] == example["name"]) {
            continue;
        }
        let body = RequestBody::Json(example.clone());
        let survey: Value = client.json("POST", "/api/v1/surveys".to_owned(), body)?;
        let path = PathWithQuery::new("/api/v1/surveys").part(survey["id"].as_str().unwrap_or_default()).part("state");
        let _: Value = client.json("PUT", path.build(), RequestBody::Json(json!({"state": "open"})))?;
    }
    Ok(())
}

/// Keys are shown once, so that each start makes its own and ends those of the start before.
fn renew_keys(client: &Client) -> anyhow::Result<Vec<String>> {
    let known: Value = client.get("/api/v1/keys".to_owned())?;
    let known = known["keys"].as_array().cloned().unwrap_or_default();
    let mut secrets = Vec::new();
    for (name, scope) in KEYS {
        if known.iter().any(|key| key["name"] == name && key["revoked_at"].is_null()) {
            let path = PathWithQuery::new("/api/v1/keys").part(name).build();
            let _: Value = client.json("DELETE", path, RequestBody::Empty)?;
        }
        let new = json!({"name": name, "scope": scope});
        let created: Value = client.json("POST", "/api/v1/keys".to_owned(), RequestBody::Json(new))?;
        secrets.push(created["key"].as_str().unwrap_or_default().to_owned());
    }
    Ok(secrets)
}

fn write_what_to_try(url: &str, data_dir: &Path, sign_ins: &[SignIn], keys: &[String]) -> anyhow::Result<()> {
    let [_, read_key, collect_key] = keys else { return Ok(()) };
    let dir = quote(&data_dir.display().to_string());
    // What is not on the PATH is called by its whole name, so that every line can be typed as it stands.
    let program =
        std::env::current_exe().map_or_else(|_| "vivencia".to_owned(), |path| quote(&path.display().to_string()));
    let people: Vec<String> = sign_ins.iter().map(SignIn::line).collect();
    let people = people.join("\n");
    show::line(format!(
        "
Open {url} in a browser and sign in as one of them:

{people}

Try, in another terminal:

  {program} journeys funnel --data-dir {dir} --steps 'Product Viewed,Product Added,Order Completed' --window 7d
  {program} journeys map --data-dir {dir} --medians
  {program} journeys paths --data-dir {dir} --from-activity 'Product Viewed' --length 5 --top 10
  {program} scores --data-dir {dir} --metric csat --by touchpoint
  {program} activities list --data-dir {dir}
  {program} events count --data-dir {dir} --format json
  curl -H 'Authorization: Bearer {read_key}' '{url}/api/v1/journeys/funnel?steps=Product%20Viewed,Order%20Completed&window=7d'
  curl -u {collect_key}: -d '{{\"userId\":\"me\",\"event\":\"Order Completed\"}}' {url}/v1/track

Read with the key {read_key}, send events with {collect_key}.
Any Segment library sends here when its host is {url}; every operation is listed at {url}/api/openapi.json.
Ctrl-C stops; `{program} demo --data-dir {dir}` starts it again with the same data."
    ))
}

/// A text as one word of a shell.
fn quote(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    if text.bytes().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_typed() {
        assert_eq!(quote("/tmp/demo"), "/tmp/demo");
        assert_eq!(quote("/tmp/it's here"), r"'/tmp/it'\''s here'");
    }
}
