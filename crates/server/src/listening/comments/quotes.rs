//! Quotes for a report: a few comments that stand for many, to be copied out.

use std::fmt::Write as _;

use domain::{Error, Result};
use search::{Comment, Cutter};
use serde::Serialize;
use text::SentimentClass;
use text::quotes::{Candidate, choose};
use text::vectors::Corpus;
use utoipa::ToSchema;

use super::asked::AskedComments;
use super::dto::{CommentDto, Writer};
use super::sample::features;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::error::ApiError;
use crate::journeys::{read, unknown};
use crate::spreadsheet::harmless;

/// The newest comments, among which quotes are chosen.
const CANDIDATES: usize = 2_000;
const QUOTES: usize = 6;
const MOST_QUOTES: usize = 50;
/// Characters of a quote.
const SHORTEST: usize = 15;
const LONGEST: usize = 300;

/// A question for quotes.
#[derive(Debug)]
pub struct QuotesQuestion {
    asked: AskedComments,
    limit: usize,
    pub format: QuotesFormat,
}

/// How quotes leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuotesFormat {
    #[default]
    Json,
    Csv,
    Markdown,
}

impl QuotesQuestion {
    pub fn read(pairs: Vec<(String, String)>) -> Result<QuotesQuestion, ApiError> {
        let mut asked = AskedComments::default();
        let (mut limit, mut format) = (QUOTES, QuotesFormat::Json);
        for (name, value) in pairs {
            let Some(value) = asked.take(&name, value)? else { continue };
            match name.as_str() {
                "limit" => limit = read(&name, &value, "a number from 1 to 50")?,
                "format" => {
                    format = match value.as_str() {
                        "json" => QuotesFormat::Json,
                        "csv" => QuotesFormat::Csv,
                        "markdown" => QuotesFormat::Markdown,
                        other => {
                            let detail = format!("`format` is json, csv or markdown, not `{other}`");
                            return Err(ApiError::invalid(detail));
                        }
                    }
                }
                other => return Err(unknown("a question for quotes", other)),
            }
        }
        asked.check()?;
        if !(1..=MOST_QUOTES).contains(&limit) {
            return Err(ApiError::invalid(format!("`limit` is 1 to {MOST_QUOTES}, not {limit}")));
        }
        Ok(QuotesQuestion { asked, limit, format })
    }
}

/// A few comments that stand for many.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quotes)]
pub struct QuotesDto {
    /// The side with most comments first, on each side the most typical.
    pub quotes: Vec<CommentDto>,
    /// Comments that fit.
    pub total: u64,
    /// Among how many of them was chosen: the newest ones that are short and have nothing personal in them.
    pub candidates: u64,
}

pub fn choose_quotes(app: &App, asked: &QuotesQuestion, by: &Identity, sight: &Sight) -> Result<QuotesDto> {
    let (index, _, filter) = asked.asked.find(app, sight)?;
    let page = index.newest(&filter, CANDIDATES)?;
    let comments: Vec<Comment> = page.comments.into_iter().map(|(_, comment)| comment).collect();
    let fit: Vec<&Comment> = comments.iter().filter(|comment| is_quotable(comment)).collect();
    let mut writer = Writer::new(app, by, sight);
    let chosen = choose_of(&fit, asked.limit).into_iter();
    Ok(QuotesDto {
        quotes: chosen.map(|place| writer.write(fit[place].clone(), &[])).collect(),
        total: page.total,
        candidates: fit.len() as u64,
    })
}

/// Whether a comment is short, and nothing in it tells who wrote it, as far as is known.
fn is_quotable(comment: &Comment) -> bool {
    comment.personal.is_empty() && (SHORTEST..=LONGEST).contains(&comment.text.trim().chars().count())
}

/// The places of a few comments that stand for all of them. Those with something personal only where there is no other.
pub fn choose_of(comments: &[&Comment], most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..comments.len()).filter(|place| is_quotable(comments[*place])).collect();
    if places.is_empty() {
        places = (0..comments.len()).collect();
    }
    let mut cutter = Cutter::default();
    let features: Vec<Vec<String>> = places.iter().map(|place| features(&mut cutter, comments[*place])).collect();
    let corpus = Corpus::of(features.iter().map(Vec::as_slice));
    let candidates: Vec<Candidate> = places
        .iter()
        .zip(&features)
        .map(|(place, features)| Candidate {
            vector: corpus.weigh(features),
            side: comments[*place].sentiment.as_deref().and_then(side_of),
            characters: comments[*place].text.chars().count(),
        })
        .collect();
    choose(&candidates, most).into_iter().map(|chosen| places[chosen]).collect()
}

fn side_of(sentiment: &str) -> Option<SentimentClass> {
    match sentiment {
        "negative" => Some(SentimentClass::Negative),
        "neutral" => Some(SentimentClass::Neutral),
        "positive" => Some(SentimentClass::Positive),
        _ => None,
    }
}

impl QuotesDto {
    /// For spreadsheets; texts that one would run as formulas get an apostrophe in front.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        let failed = |cause: csv::Error| Error::internal("could not write quotes").caused_by(cause);
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header =
            ["comment", "sentiment", "topics", "answers", "channel", "unit", "survey", "touchpoint", "day", "event"];
        writer.write_record(header).map_err(failed)?;
        for quote in &self.quotes {
            let topics: Vec<String> = quote.topics.iter().map(|it| format!("{}:{}", it.topic, it.judgement)).collect();
            let named = [&quote.channel, &quote.unit, &quote.survey, &quote.touchpoint];
            let named = named.map(|name| harmless(name.as_deref().unwrap_or_default()).into_owned());
            let [channel, unit, survey, touchpoint] = named;
            let record = [
                harmless(&quote.text).into_owned(),
                quote.sentiment.clone().unwrap_or_default(),
                topics.join(","),
                answers(quote),
                channel,
                unit,
                survey,
                touchpoint,
                day(quote).to_owned(),
                quote.event.clone(),
            ];
            writer.write_record(record).map_err(failed)?;
        }
        writer.into_inner().map_err(|cause| Error::internal("could not write quotes").caused_by(cause.into_error()))
    }

    /// For a report: each as a block quote with where it comes from below.
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        for quote in &self.quotes {
            for line in quote.text.trim().lines() {
                let _ = writeln!(text, "> {}", harmless_markdown(line));
            }
            let places = [&quote.channel, &quote.unit].into_iter().filter_map(|name| name.as_deref());
            let named = places.map(harmless_markdown).chain([day(quote).to_owned(), answers(quote)]);
            let from: Vec<String> = named.filter(|it| !it.is_empty()).collect();
            let _ = writeln!(text, ">\n> — {}\n", from.join(", "));
        }
        text
    }
}

fn day(quote: &CommentDto) -> &str {
    quote.occurred_at.get(..10).unwrap_or_default()
}

fn answers(quote: &CommentDto) -> String {
    quote
        .answers
        .iter()
        .map(|(name, answer)| format!("{} {answer}", name.to_uppercase()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A text in which nothing is a sign of Markdown or HTML.
fn harmless_markdown(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            harmless.push('\\');
        }
        harmless.push(sign);
    }
    harmless
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_quote_is_markdown() {
        assert_eq!(harmless_markdown("<b>*muy* [bien](x)</b>"), r"\<b\>\*muy\* \[bien\](x)\</b\>");
    }
}
