//! `vivencia comments …`

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::Value;

use super::Context;
use super::journeys::{list, number, within};
use crate::cli::{AskedComments, CommentsCommand, QuotesFormat, word};
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/comments";
/// Characters of a comment in a table.
const SHOWN: usize = 160;

pub fn run(context: &Context<'_>, command: CommentsCommand) -> anyhow::Result<ExitCode> {
    match command {
        CommentsCommand::Search { target, query, newest, limit, asked, shown } => {
            let path = PathWithQuery::new(PATH).with("limit", &limit.to_string());
            let path = path.with_some("q", Some(query.as_str()).filter(|query| !query.is_empty()));
            let path = path.with_some("sort", newest.then_some("newest"));
            let path = among(path, &asked).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_comments)?;
        }
        CommentsCommand::Similar { target, event, limit, asked, shown } => {
            let path = PathWithQuery::new(PATH).part(&event).part("similar").with("limit", &limit.to_string());
            let path = among(path, &asked).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_similar)?;
        }
        CommentsCommand::Themes { target, every, minimum, asked, shown } => {
            let path = PathWithQuery::new(&format!("{PATH}/themes"));
            let path = path.with("every", &word(every)).with("minimum", &minimum.to_string());
            let path = among(path, &asked).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_themes)?;
        }
        CommentsCommand::News { target, asked, shown } => {
            let path = among(PathWithQuery::new(&format!("{PATH}/news")), &asked).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_news)?;
        }
        CommentsCommand::Quotes { target, limit, quotes_format, asked, shown } => {
            let path = PathWithQuery::new(&format!("{PATH}/quotes")).with("limit", &limit.to_string());
            let path = among(path, &asked);
            let client = context.client(&target)?;
            let Some(format) = quotes_format else {
                client.show("GET", path.build(), RequestBody::Empty, shown, write_quotes)?;
                return Ok(ExitCode::SUCCESS);
            };
            let format = match format {
                QuotesFormat::Csv => "csv",
                QuotesFormat::Markdown => "markdown",
            };
            let mut answer = client.send("GET", path.with("format", format).build(), RequestBody::Empty)?;
            io::copy(&mut answer.body, &mut io::stdout().lock()).context("could not write the quotes")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn among(path: PathWithQuery, asked: &AskedComments) -> PathWithQuery {
    let repeated = [
        ("topic", &asked.topic),
        ("sentiment", &asked.sentiment),
        ("language", &asked.language),
        ("unit", &asked.unit),
        ("touchpoint", &asked.touchpoint),
        ("survey", &asked.survey),
    ];
    let pairs = repeated.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    let path = pairs.fold(path, |path, (name, value)| path.with(name, value));
    let text = |number: Option<f64>| number.map(|number| number.to_string());
    let path = path.with_some("metric", asked.metric.as_deref());
    let path = path.with_some("score_at_least", text(asked.score_at_least).as_deref());
    let path = path.with_some("score_at_most", text(asked.score_at_most).as_deref());
    within(path, &asked.period)
}

fn write_findings(answer: &Value) {
    for finding in list(answer, "findings") {
        show::note(show::text(&finding["detail"]));
    }
}

fn write_rows(comments: &[Value], first: &str, value: impl Fn(&Value) -> String) -> anyhow::Result<()> {
    let columns = [
        Column::Text("at"),
        Column::Text("customer"),
        Column::Text(first),
        Column::Text("topics"),
        Column::Text("comment"),
    ];
    let row = |comment: &Value| {
        let topics = list(comment, "topics").iter();
        let topics: Vec<String> =
            topics.map(|said| format!("{}:{}", show::text(&said["topic"]), show::text(&said["judgement"]))).collect();
        vec![
            show::text(&comment["occurred_at"]).chars().take(10).collect(),
            show::text(&comment["customer"]),
            value(comment),
            topics.join(", "),
            shorten(&show::text(&comment["text"])),
        ]
    };
    show::table(&columns, comments.iter().map(row).collect())
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn sentiment(comment: &Value) -> String {
    show::text(&comment["sentiment"])
}

fn write_comments(answer: &Value) -> anyhow::Result<()> {
    let comments = list(answer, "comments");
    write_rows(comments, "sounds", sentiment)?;
    let total = number(&answer["total"]);
    show::line(format!("{} of {} comments.", show::count(comments.len() as u64), show::count(total)))?;
    write_findings(answer);
    Ok(())
}

fn write_similar(answer: &Value) -> anyhow::Result<()> {
    show::line(shorten(&show::text(&answer["comment"]["text"])))?;
    write_rows(list(answer, "similar"), "alike", |comment| show::share(comment["similarity"].as_f64().unwrap_or(0.0)))
}

fn write_quotes(answer: &Value) -> anyhow::Result<()> {
    write_rows(list(answer, "quotes"), "sounds", sentiment)?;
    show::line(format!(
        "Chosen among {} of {} comments.",
        show::count(number(&answer["candidates"])),
        show::count(number(&answer["total"]))
    ))
}

fn share(value: &Value) -> String {
    let part = |name: &str| value[name].as_f64().map(show::share);
    match (part("share"), part("low"), part("high")) {
        (Some(share), Some(low), Some(high)) => format!("{share} ({low} to {high})"),
        _ => "–".to_owned(),
    }
}

fn write_themes(answer: &Value) -> anyhow::Result<()> {
    let columns = [
        Column::Text("speaks of"),
        Column::Number("comments"),
        Column::Text("share, 95 %"),
        Column::Text("badly"),
        Column::Text("well"),
        Column::Text("words"),
    ];
    let row = |theme: &Value| {
        let total = &theme["total"];
        let words: Vec<String> = list(theme, "words").iter().map(|word| show::text(&word["word"])).collect();
        vec![
            show::text(&theme["topic"]),
            show::count(number(&total["comments"])),
            share(&total["share"]),
            share(&total["negative"]),
            share(&total["positive"]),
            words.join(", "),
        ]
    };
    show::table(&columns, list(answer, "themes").iter().map(row).collect())?;
    show::line(format!(
        "{} comments. Of fewer than {} no share is told; what each part of the period says is in --format json.",
        show::count(number(&answer["whole"]["comments"])),
        answer["minimum"]
    ))?;
    write_findings(answer);
    Ok(())
}

fn write_news(answer: &Value) -> anyhow::Result<()> {
    let columns = [
        Column::Text("new"),
        Column::Number("comments"),
        Column::Number("customers"),
        Column::Text("now, 95 %"),
        Column::Text("before, 95 %"),
        Column::Text("for example"),
    ];
    let row = |item: &Value| {
        let judgement = item["judgement"].as_str().map(|judgement| format!(":{judgement}")).unwrap_or_default();
        let quote = list(item, "quotes").first().map(|quote| shorten(&show::text(&quote["text"])));
        vec![
            format!("{}{judgement}", show::text(&item["what"])),
            show::count(number(&item["now"]["comments"])),
            show::count(number(&item["customers"])),
            share(&item["now"]),
            share(&item["before"]),
            quote.unwrap_or_default(),
        ]
    };
    show::table(&columns, list(answer, "news").iter().map(row).collect())?;
    show::line(format!(
        "{} comments from {} on and before {}, {} in the eight weeks before them.",
        show::count(number(&answer["comments"])),
        show::text(&answer["from"]),
        show::text(&answer["to"]),
        show::count(number(&answer["comments_before"]))
    ))?;
    write_findings(answer);
    Ok(())
}
