//! Clients that each send one batch after the other and wait for its acknowledgement.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::message::{CUSTOMERS, EVENTS, Message, VISITORS};
use crate::quantiles::Durations;
use crate::random::{Random, scatter};
use crate::{instant, processor};

/// Different bodies of one client.
const MESSAGES: usize = 8;
/// After a refusal, so that an overloaded server is not asked in a tight loop.
const PAUSE: Duration = Duration::from_millis(20);

#[derive(Debug, Args)]
pub struct Arguments {
    /// Host and port.
    #[arg(long)]
    host: String,
    /// A key with the scope collect.
    #[arg(long)]
    key: String,
    #[arg(long)]
    clients: usize,
    /// Measured, after the warm-up.
    #[arg(long)]
    seconds: u64,
    #[arg(long, default_value_t = 2)]
    warm_up_seconds: u64,
    /// The process whose processor time is read.
    #[arg(long)]
    server_process: Option<u32>,
}

/// What all clients share.
struct Round {
    is_measuring: AtomicBool,
    is_over: AtomicBool,
    /// Batches acknowledged since the start, warm-up included.
    acknowledged: AtomicU64,
}

/// Processor seconds.
pub struct Used {
    pub clients: f64,
    pub server: f64,
    pub machine: f64,
}

impl Used {
    pub fn now(server_process: Option<u32>) -> Used {
        Used {
            clients: processor::seconds(None),
            server: server_process.map_or(0.0, |id| processor::seconds(Some(id))),
            machine: processor::machine_seconds(),
        }
    }

    pub fn since(&self, before: &Used) -> Used {
        Used {
            clients: self.clients - before.clients,
            server: self.server - before.server,
            machine: self.machine - before.machine,
        }
    }
}

#[derive(Default)]
struct Counted {
    durations: Durations,
    batches: u64,
    refused: u64,
    first_refusal: Option<String>,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let authorization = format!("Basic {}", STANDARD.encode(format!("{}:", arguments.key)));
    let round = Round {
        is_measuring: AtomicBool::new(false),
        is_over: AtomicBool::new(false),
        acknowledged: AtomicU64::new(0),
    };
    let run = scatter(instant::now_ms().unsigned_abs());
    thread::scope(|scope| {
        let mut clients = Vec::new();
        for number in 0..arguments.clients {
            let (round, authorization) = (&round, &authorization);
            clients.push(scope.spawn(move || send(&arguments.host, authorization, run, number as u64, round)));
        }
        thread::sleep(Duration::from_secs(arguments.warm_up_seconds));
        let begun_at = Instant::now();
        let used_before = Used::now(arguments.server_process);
        round.is_measuring.store(true, Ordering::Relaxed);
        let slowest_second = watch(&round, arguments.seconds, begun_at);
        round.is_measuring.store(false, Ordering::Relaxed);
        let seconds = begun_at.elapsed().as_secs_f64();
        let used = Used::now(arguments.server_process).since(&used_before);
        round.is_over.store(true, Ordering::Relaxed);

        let mut all = Counted::default();
        for client in clients {
            let Ok(counted) = client.join() else { bail!("a client failed") };
            let counted = counted?;
            all.durations.append(counted.durations);
            all.batches += counted.batches;
            all.refused += counted.refused;
            all.first_refusal = all.first_refusal.or(counted.first_refusal);
        }
        let events = all.batches * EVENTS as u64;
        Ok(json!({
            "clients": arguments.clients,
            "seconds": seconds,
            "events": events,
            "events_per_second": events as f64 / seconds,
            "slowest_second_events": slowest_second * EVENTS as u64,
            "latency": all.durations.summarize(),
            "refused_batches": all.refused,
            "first_refusal": all.first_refusal,
            "acknowledged_in_all": round.acknowledged.load(Ordering::Relaxed) * EVENTS as u64,
            "client_processor_seconds": used.clients,
            "server_processor_seconds": used.server,
            "others_processor_seconds": used.machine - used.clients - used.server,
            "customers": CUSTOMERS,
            "visitors": VISITORS,
        }))
    })
}

/// Lets the time pass; returns the fewest batches acknowledged in a second of it.
fn watch(round: &Round, seconds: u64, begun_at: Instant) -> u64 {
    let mut before = round.acknowledged.load(Ordering::Relaxed);
    let mut slowest = u64::MAX;
    for second in 1..=seconds {
        thread::sleep((begun_at + Duration::from_secs(second)).saturating_duration_since(Instant::now()));
        let after = round.acknowledged.load(Ordering::Relaxed);
        slowest = slowest.min(after - before);
        before = after;
    }
    slowest
}

fn send(host: &str, authorization: &str, run: u64, client: u64, round: &Round) -> anyhow::Result<Counted> {
    let mut random = Random::new(run ^ client);
    let mut messages: Vec<Message> = (0..MESSAGES).map(|_| Message::new(host, authorization, &mut random)).collect();
    let mut connection = Connection::open(host).with_context(|| format!("could not connect to {host}"))?;
    let mut counted = Counted::default();
    let mut next_id = client << 40;
    while !round.is_over.load(Ordering::Relaxed) {
        for message in &mut messages {
            message.renew(run, &mut next_id, &mut random);
            let sent_at = Instant::now();
            let answer = connection.ask(message.bytes()).context("the server did not answer")?;
            if answer.status == 200 {
                round.acknowledged.fetch_add(1, Ordering::Relaxed);
                if round.is_measuring.load(Ordering::Relaxed) {
                    counted.durations.record(sent_at.elapsed());
                    counted.batches += 1;
                }
            } else {
                counted.refused += 1;
                counted.first_refusal.get_or_insert_with(|| {
                    format!("{}: {}", answer.status, String::from_utf8_lossy(answer.body).trim())
                });
                thread::sleep(PAUSE);
            }
            if round.is_over.load(Ordering::Relaxed) {
                break;
            }
        }
    }
    Ok(counted)
}
