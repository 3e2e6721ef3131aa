//! `vivencia surveys …`, `vivencia contact-rule`, `vivencia scores`, `vivencia drivers`

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use super::journeys::{list, within};
use super::{Context, annotations};
use crate::cli::{ContactRuleArgs, DriversArgs, Format, ScoresArgs, SurveysCommand, word};
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/surveys";

pub fn run_surveys(context: &Context<'_>, command: SurveysCommand) -> anyhow::Result<ExitCode> {
    let survey_path = |survey: &str| PathWithQuery::new(PATH).part(survey);
    let write_one = |answer: &Value| write(std::slice::from_ref(answer));
    match command {
        SurveysCommand::List { target, shown } => {
            let client = context.client(&target)?;
            client.show("GET", PATH.to_owned(), RequestBody::Empty, shown, |answer| write(list(answer, "surveys")))?;
        }
        SurveysCommand::Create { target, file, example, shown } => {
            let client = context.client_that_may_start(&target)?;
            let survey = match (file, example) {
                (Some(file), _) => read(&file)?,
                (None, name) => find_example(&client, &name.unwrap_or_default())?,
            };
            client.show("POST", PATH.to_owned(), RequestBody::Json(survey), shown, write_one)?;
        }
        SurveysCommand::Check { target, file, shown } => {
            let (client, body) = (context.client_that_may_start(&target)?, RequestBody::Json(read(&file)?));
            let answer: Value = client.json("POST", format!("{PATH}/check"), body)?;
            match shown.format {
                Format::Json => show::json(&answer)?,
                Format::Table => write_check(&answer)?,
            }
            let is_fine = list(&answer, "problems").is_empty();
            return Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        SurveysCommand::Update { target, survey, file, shown } => {
            let body = RequestBody::Json(read(&file)?);
            context.client(&target)?.show("PUT", survey_path(&survey).build(), body, shown, write_one)?;
        }
        SurveysCommand::Export { target, survey } => {
            let answer: Value = context.client(&target)?.get(survey_path(&survey).build())?;
            show::line(serde_json::to_string_pretty(&answer["definition"])?)?;
        }
        SurveysCommand::Code { target, survey, touchpoint, unit } => {
            let path = survey_path(&survey).part("qr.svg").with_some("touchpoint", touchpoint.as_deref());
            let path = path.with_some("unit", unit.as_deref()).build();
            let mut drawing = String::new();
            context.client(&target)?.send("GET", path, RequestBody::Empty)?.body.read_to_string(&mut drawing)?;
            show::line(drawing.trim_end())?;
        }
        SurveysCommand::Open { target, survey, shown } => {
            let (path, body) =
                (survey_path(&survey).part("state").build(), RequestBody::Json(json!({"state": "open"})));
            context.client(&target)?.show("PUT", path, body, shown, write_one)?;
        }
        SurveysCommand::Close { target, survey, shown } => {
            let (path, body) =
                (survey_path(&survey).part("state").build(), RequestBody::Json(json!({"state": "closed"})));
            context.client(&target)?.show("PUT", path, body, shown, write_one)?;
        }
        SurveysCommand::Invite { target, survey, customer, traits, touchpoint, unit, channel, days, shown } => {
            let object = |pairs: Vec<(String, String)>| {
                pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect::<Map<_, _>>()
            };
            let person = json!({
                "identifiers": object(customer), "traits": object(traits), "touchpoint": touchpoint, "unit": unit,
            });
            let body = RequestBody::Json(json!({"people": [person], "channel": channel, "days": days}));
            let path = survey_path(&survey).part("invitations").build();
            context.client(&target)?.show("POST", path, body, shown, write_links)?;
        }
        SurveysCommand::Forecast { target, file, shown } => {
            let (path, body) = (format!("{PATH}/forecast"), RequestBody::Json(read(&file)?));
            context.client(&target)?.show("POST", path, body, shown, write_forecast)?;
        }
        SurveysCommand::Planned { target, survey, shown } => {
            let path = survey_path(&survey).part("planned").build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_planned)?;
        }
        SurveysCommand::Response { target, survey, period, shown } => {
            let path = within(survey_path(&survey).part("response"), &period).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_response)?;
        }
        SurveysCommand::Answers { target, survey, limit, marks, shown } => {
            let path = survey_path(&survey).part("responses").with("limit", &limit.to_string());
            let path = path.with_some("marks", marks.as_deref());
            context.client(&target)?.show("GET", path.build(), RequestBody::Empty, shown, write_answers)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows the contact rule, after changing what was named of it.
pub fn run_contact_rule(context: &Context<'_>, args: &ContactRuleArgs) -> anyhow::Result<ExitCode> {
    const RULE: &str = "/api/v1/contact-rule";
    let client = context.client(&args.target)?;
    let named = [
        ("most", args.most),
        ("days", args.days),
        ("apart_days", args.apart_days),
        ("from_hour", args.from_hour.map(u32::from)),
        ("until_hour", args.until_hour.map(u32::from)),
    ];
    let write = |rule: &Value| {
        let names = named.map(|(name, _)| name);
        show::table(&names.map(Column::Number), vec![names.map(|name| show::text(&rule[name])).to_vec()])
    };
    if named.iter().all(|(_, value)| value.is_none()) {
        client.show("GET", RULE.to_owned(), RequestBody::Empty, args.shown, write)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rule: Value = client.get(RULE.to_owned())?;
    for (name, value) in named {
        if let Some(value) = value {
            rule[name] = json!(value);
        }
    }
    client.show("PUT", RULE.to_owned(), RequestBody::Json(rule), args.shown, write)?;
    Ok(ExitCode::SUCCESS)
}

fn write_forecast(forecast: &Value) -> anyhow::Result<()> {
    let number = |value: &Value| value.as_f64().map_or_else(|| "–".to_owned(), |number| format!("{number:.1}"));
    let estimate = |value: &Value, factor: f64| match value["value"].as_f64() {
        None => "not known".to_owned(),
        Some(middle) => {
            let end = |name: &str| value[name].as_f64().unwrap_or(middle) * factor;
            format!("{:.1} ({:.1} to {:.1})", middle * factor, end("low"), end("high"))
        }
    };
    let rows = [
        ("occasions in the last four weeks", show::text(&forecast["occasions"])),
        ("of the segment, drawn by lot", show::text(&forecast["drawn"])),
        ("left alone by the contact rule", show::text(&forecast["left_alone"])),
        ("customers", show::text(&forecast["customers"])),
        ("of 100 with an address", estimate(&forecast["reachable"], 100.0)),
        ("invitations a week", number(&forecast["invitations_per_week"])),
        ("of 100 invited answer", estimate(&forecast["answer_rate"], 100.0)),
        ("answers a week", estimate(&forecast["answers_per_week"], 1.0)),
    ];
    let rows = rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
    show::table(&[Column::Text("what"), Column::Number("expected")], rows)?;
    for finding in list(forecast, "findings") {
        show::line(show::text(&finding["detail"]))?;
    }
    Ok(())
}

fn write_planned(planned: &Value) -> anyhow::Result<()> {
    let mut rows = vec![vec!["waiting".to_owned(), show::text(&planned["waiting"])]];
    let ended = planned["ended"].as_object().into_iter().flatten();
    rows.extend(ended.map(|(end, count)| vec![end.clone(), show::text(count)]));
    show::table(&[Column::Text("invitations"), Column::Number("count")], rows)
}

fn find_example(client: &Client, name: &str) -> anyhow::Result<Value> {
    let answer: Value = client.get(format!("{PATH}/examples"))?;
    let examples = list(&answer, "examples");
    let names: Vec<String> = examples.iter().map(|example| show::text(&example["name"])).collect();
    let found = examples.iter().find(|example| example["name"] == name);
    found.cloned().with_context(|| format!("there is no example `{name}`; they are {}", names.join(" and ")))
}

pub(super) fn read(file: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON that can be read", file.display()))
}

fn write_check(answer: &Value) -> anyhow::Result<()> {
    let columns = [Column::Text("place"), Column::Text("what"), Column::Text("detail")];
    let row = |kind: &str, each: &Value| vec![show::text(&each["place"]), kind.to_owned(), show::text(&each["detail"])];
    let problems = list(answer, "problems").iter().map(|each| row("problem", each));
    let rows: Vec<_> = problems.chain(list(answer, "findings").iter().map(|each| row("finding", each))).collect();
    if rows.is_empty() { show::line("nothing to mend") } else { show::table(&columns, rows) }
}

fn write(surveys: &[Value]) -> anyhow::Result<()> {
    let columns = [
        Column::Text("id"),
        Column::Text("name"),
        Column::Number("version"),
        Column::Text("state"),
        Column::Number("invited"),
        Column::Number("answers"),
        Column::Text("link"),
    ];
    let row = |survey: &Value| {
        let count = |value: &Value| show::count(value.as_u64().unwrap_or(0));
        vec![
            show::text(&survey["id"]),
            show::text(&survey["name"]),
            count(&survey["version"]),
            show::text(&survey["state"]),
            count(&survey["counts"]["invitations"]),
            count(&survey["counts"]["complete"]),
            show::text(&survey["link"]),
        ]
    };
    show::table(&columns, surveys.iter().map(row).collect())
}

fn write_links(answer: &Value) -> anyhow::Result<()> {
    let row = |link: &Value| {
        let where_to = link["link"]
            .as_str()
            .map_or_else(|| format!("{} leaves by e-mail", show::text(&link["invitation"])), str::to_owned);
        vec![where_to, show::text(&link["expires_at"])]
    };
    show::table(&[Column::Text("link"), Column::Text("until")], list(answer, "links").iter().map(row).collect())?;
    for left_out in list(answer, "left_out") {
        show::note(format!("not invited: {}", show::text(&left_out["reason"])));
    }
    Ok(())
}

fn write_answers(answer: &Value) -> anyhow::Result<()> {
    let columns = [Column::Text("at"), Column::Text("touchpoint"), Column::Text("answers"), Column::Text("notes")];
    let row = |response: &Value| {
        let is_partial = response["is_complete"] == false;
        let notes = is_partial.then(|| "partial".to_owned());
        let marks = list(response, "marks").iter().map(show::text);
        vec![
            show::text(&response["answered_at"]),
            show::text(&response["touchpoint"]),
            show::safe(&response["answers"].to_string()),
            notes.into_iter().chain(marks).collect::<Vec<_>>().join(", "),
        ]
    };
    show::table(&columns, list(answer, "responses").iter().map(row).collect())
}

fn write_response(answer: &Value) -> anyhow::Result<()> {
    let stages = ["invited", "shown", "started", "answered", "partial", "refused"];
    let columns: Vec<Column<'_>> = [Column::Text("of")]
        .into_iter()
        .chain(stages.map(Column::Number))
        .chain([Column::Number("rate"), Column::Text("95 %")])
        .collect();
    let percent = |value: &Value| value.as_f64().map_or("–".to_owned(), show::share);
    let row = |name: String, of: &Value| -> Vec<String> {
        let counts = stages.iter().map(|stage| show::count(of[*stage].as_u64().unwrap_or(0)));
        let interval = format!("{} to {}", percent(&of["low"]), percent(&of["high"]));
        [name].into_iter().chain(counts).chain([percent(&of["rate"]), interval]).collect()
    };
    let groups = list(answer, "breakdowns").iter().flat_map(|breakdown| {
        let by = show::text(&breakdown["by"]);
        let name = move |group: &Value| format!("{by}: {}", show::text(&group["value"]));
        list(breakdown, "groups").iter().map(move |group| row(name(group), group))
    });
    show::table(&columns, std::iter::once(row("all".to_owned(), &answer["whole"])).chain(groups).collect())?;
    let differences = list(answer, "differences");
    if !differences.is_empty() {
        show::line("")?;
        let columns = ["known before", "found", "answered", "did not", "difference", "95 %"].map(Column::Text);
        let decimal = |value: &Value| value.as_f64().map_or("–".to_owned(), |number| format!("{number:.2}"));
        let row = |difference: &Value| {
            let kind = show::text(&difference["kind"]);
            vec![
                if difference["value"].is_string() {
                    format!("{kind}: {}", show::text(&difference["value"]))
                } else {
                    kind
                },
                if difference["is_found"] == true { "yes".to_owned() } else { "no".to_owned() },
                decimal(&difference["answered"]),
                decimal(&difference["unanswered"]),
                decimal(&difference["difference"]),
                format!("{} to {}", decimal(&difference["low"]), decimal(&difference["high"])),
            ]
        };
        show::table(&columns, differences.iter().map(row).collect())?;
    }
    let count = |value: &Value| show::count(value.as_u64().unwrap_or(0));
    show::line("A score is of those who answered. Differences are in standard deviations, and an association.")?;
    if answer["recent"] != 0 {
        show::line(format!("{} were invited in the last seven days and may still answer.", count(&answer["recent"])))?;
    }
    if answer["uninvited"] != 0 {
        show::line(format!("{} answers are of customers who were not invited.", count(&answer["uninvited"])))?;
    }
    let nobody = &answer["anonymous"];
    if nobody["invitations"] != 0 || nobody["complete"] != 0 {
        show::line(format!(
            "Beside them, {} links and {} answers that belong to nobody.",
            count(&nobody["invitations"]),
            count(&nobody["complete"])
        ))?;
    }
    for finding in list(answer, "findings") {
        show::note(show::text(&finding["detail"]));
    }
    Ok(())
}

pub fn run_scores(context: &Context<'_>, args: &ScoresArgs) -> anyhow::Result<ExitCode> {
    let path = PathWithQuery::new("/api/v1/scores")
        .with("metric", &args.metric)
        .with("every", &word(args.every))
        .with_some("by", args.by.as_deref())
        .with_some("survey", args.survey.as_deref())
        .with("minimum", &args.minimum.to_string());
    let path = within(path, &args.period).build();
    context.client(&args.target)?.show("GET", path, RequestBody::Empty, args.shown, write_scores)?;
    Ok(ExitCode::SUCCESS)
}

fn write_scores(answer: &Value) -> anyhow::Result<()> {
    let columns = [
        Column::Text("of"),
        Column::Number("score"),
        Column::Text("95 %"),
        Column::Number("answers"),
        Column::Number("customers"),
        Column::Number("effective"),
    ];
    let total = std::iter::once(row("all", &answer["whole"]["total"]));
    let groups = list(answer, "groups").iter().map(|group| row(&show::text(&group["value"]), &group["total"]));
    let periods = list(answer, "periods").iter().zip(list(&answer["whole"], "periods"));
    let periods = periods.map(|(period, scored)| row(&show::text(&period["first_day"]), scored));
    show::table(&columns, total.chain(groups).chain(periods).collect())?;
    show::line(format!("Of fewer than {} answers no score is told.", answer["minimum"]))?;
    let anonymous = answer["whole"]["total"]["anonymous"].as_u64().unwrap_or(0);
    if anonymous > 0 {
        show::line(format!("{} of the answers belong to nobody.", show::count(anonymous)))?;
    } else if answer["with_anonymous"] == false {
        show::line("Answers that belong to nobody are not among them; --survey counts those of one survey.")?;
    }
    if !list(answer, "annotations").is_empty() {
        show::line("")?;
        annotations::write(list(answer, "annotations"))?;
    }
    for finding in list(answer, "findings") {
        show::note(show::text(&finding["detail"]));
    }
    Ok(())
}

fn row(name: &str, scored: &Value) -> Vec<String> {
    let decimal = |value: &Value| value.as_f64().map(|number| format!("{number:.1}"));
    let count = |value: &Value| show::count(value.as_u64().unwrap_or(0));
    let interval = decimal(&scored["low"]).zip(decimal(&scored["high"]));
    let missing = || "–".to_owned();
    vec![
        name.to_owned(),
        decimal(&scored["score"]).unwrap_or_else(missing),
        interval.map_or_else(missing, |(low, high)| format!("{low} to {high}")),
        count(&scored["answers"]),
        count(&scored["customers"]),
        decimal(&scored["effective_answers"]).unwrap_or_else(missing),
    ]
}

pub fn run_drivers(context: &Context<'_>, args: &DriversArgs) -> anyhow::Result<ExitCode> {
    let repeated = [
        ("among", &args.among),
        ("variable", &args.variable),
        ("control", &args.control),
        ("broken_promise", &args.broken_promise),
    ];
    let mut path = PathWithQuery::new("/api/v1/drivers")
        .with("of", &args.of)
        .with_some("survey", args.survey.as_deref())
        .with("before", &args.before)
        .with("minimum", &args.minimum.to_string());
    for (name, values) in repeated {
        for value in values {
            path = path.with(name, value);
        }
    }
    let path = within(path, &args.period).build();
    context.client(&args.target)?.show("GET", path, RequestBody::Empty, args.shown, write_drivers)?;
    Ok(ExitCode::SUCCESS)
}

fn write_drivers(answer: &Value) -> anyhow::Result<()> {
    let columns = [
        Column::Text("what"),
        Column::Text("found"),
        Column::Number("coefficient"),
        Column::Text("95 %"),
        Column::Number("adjusted p"),
        Column::Number("importance"),
        Column::Number("mean"),
        Column::Number("answers"),
    ];
    let percent = |value: &Value| value.as_f64().map_or("–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
    let row = |driver: &Value| {
        vec![
            name_variable(driver),
            if driver["is_found"] == true { "yes".to_owned() } else { "no".to_owned() },
            significant(&driver["coefficient"]),
            format!("{} to {}", significant(&driver["low"]), significant(&driver["high"])),
            driver["adjusted_p"].as_f64().map_or("–".to_owned(), |p| format!("{p:.4}")),
            percent(&driver["importance"]),
            significant(&driver["performance"]),
            show::count(driver["known"].as_u64().unwrap_or(0)),
        ]
    };
    show::table(&columns, list(answer, "drivers").iter().map(row).collect())?;
    let count = |name: &str| show::count(answer[name].as_u64().unwrap_or(0));
    show::line(format!("{} answers of {} customers.", count("answers"), count("customers")))?;
    if answer["explained"].is_number() {
        let held = list(answer, "controls").iter().map(show::text).collect::<Vec<_>>().join(", ");
        show::line(format!(
            "Explained: {} of the variance, {} by what was known before ({held}).",
            percent(&answer["explained"]),
            percent(&answer["explained_by_controls"])
        ))?;
    }
    show::line(format!("This is {}.", show::text(&answer["reading"])))?;
    for left_out in list(answer, "left_out") {
        show::note(format!("{} is left out: {}", name_variable(left_out), show::text(&left_out["detail"])));
    }
    for told in list(answer, "warnings").iter().chain(list(answer, "findings")) {
        show::note(show::text(&told["detail"]));
    }
    Ok(())
}

/// `wait: Queue Waited (minutes)`, `choice: expectation = worse`.
fn name_variable(variable: &Value) -> String {
    let name = format!("{}: {}", show::text(&variable["kind"]), show::text(&variable["name"]));
    match (variable["value"].is_string(), variable["unit"].as_str()) {
        (true, _) => format!("{name} = {}", show::text(&variable["value"])),
        (false, Some(unit)) => format!("{name} ({unit})"),
        (false, None) => name,
    }
}

/// Three digits that say something, however small the unit.
fn significant(value: &Value) -> String {
    let Some(number) = value.as_f64() else { return "–".to_owned() };
    let size = if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 };
    let decimals = usize::try_from((2 - size).clamp(0, 6)).unwrap_or(0);
    format!("{number:.decimals$}")
}
