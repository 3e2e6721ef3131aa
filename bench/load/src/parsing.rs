//! What reading alone allows, one thread and nothing else: the JSON parser, and the whole intake of the product.

use std::borrow::Cow;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use events::intake::IntakeSettings;
use events::intake::segment::read_batch;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::instant;
use crate::message::{EVENTS, Message};
use crate::random::Random;

/// Different bodies, read in turn.
const MESSAGES: usize = 16;

#[derive(Debug, Args)]
pub struct Arguments {
    /// For each of the two.
    #[arg(long)]
    seconds: u64,
}

/// The members that every event needs; the rest stays text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(borrow)]
    message_id: Cow<'a, str>,
    #[serde(borrow)]
    user_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    anonymous_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    timestamp: Cow<'a, str>,
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow)]
    properties: &'a RawValue,
    #[serde(borrow)]
    context: &'a RawValue,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    batch: Vec<Event<'a>>,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let mut random = Random::new(11);
    let mut next_id = 0;
    let messages: Vec<Message> = (0..MESSAGES)
        .map(|_| {
            let mut message = Message::new("localhost", "Basic key", &mut random);
            message.renew(1, &mut next_id, &mut random);
            message
        })
        .collect();
    let settings = IntakeSettings::default();
    let received_at = instant::now_ms();
    let parser = measure(&messages, arguments.seconds, |body| {
        let read: Body<'_> = serde_json::from_slice(body)?;
        for event in &read.batch {
            black_box((&event.r#type, &event.message_id, &event.user_id, &event.anonymous_id));
            black_box((&event.timestamp, &event.event, event.properties.get(), event.context.get()));
        }
        Ok(read.batch.len())
    })?;
    let intake = measure(&messages, arguments.seconds, |body| {
        Ok(black_box(read_batch(body, None, received_at, &settings)?).events.len())
    })?;
    let bytes: usize = messages.iter().map(|message| message.body().len()).sum();
    Ok(json!({
        "event_bytes": bytes / MESSAGES / EVENTS,
        "parser_events_per_second": parser,
        "intake_events_per_second": intake,
    }))
}

fn measure(
    messages: &[Message],
    seconds: u64,
    mut read: impl FnMut(&[u8]) -> anyhow::Result<usize>,
) -> anyhow::Result<f64> {
    let begun_at = Instant::now();
    let mut events = 0;
    while begun_at.elapsed() < Duration::from_secs(seconds) {
        for message in messages {
            let count = read(message.body())?;
            ensure!(count == EVENTS, "{count} events were read of {EVENTS}");
            events += count;
        }
    }
    Ok(events as f64 / begun_at.elapsed().as_secs_f64())
}
