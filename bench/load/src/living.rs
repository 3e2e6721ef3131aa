//! The company of [`crate::lived`] goes on living while it is asked: its customers and new ones send events at a steady rate.
//!
//! The rate is kept by the clock and not by the answers: a client that fell behind sends at once until it has caught up.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::instant::{self, DAY_MS, InstantWriter};
use crate::lived::{self, Habits, YEAR_MS, YEAR_START_MS};
use crate::message::EVENTS;
use crate::quantiles::Durations;
use crate::random::{Random, scatter};
use crate::sending::Used;

/// As many events a customer has in the log.
const NEW_CUSTOMER: f64 = 0.05;
/// Telephones that were out of reach.
const LATE: f64 = 0.02;
const LATE_MS: f64 = DAY_MS as f64;
/// How far behind one another the events of a batch happened.
const GATHERED_MS: usize = 2000;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Host and port.
    #[arg(long)]
    host: String,
    /// A key with the scope collect.
    #[arg(long)]
    key: String,
    #[arg(long, default_value_t = 8)]
    clients: usize,
    /// Of all clients together.
    #[arg(long)]
    events_per_second: usize,
    /// Customers that there are already: those of `csv`.
    #[arg(long)]
    customers: usize,
    /// The process whose processor time is read.
    #[arg(long)]
    server_process: Option<u32>,
}

#[derive(Default)]
struct Counted {
    durations: Durations,
    /// Batches acknowledged in each second since the beginning.
    each_second: Vec<u64>,
    new_customers: u64,
    late_events: u64,
    refused: u64,
    first_refusal: Option<String>,
}

impl Counted {
    fn acknowledge(&mut self, since: Duration, took: Duration) {
        let second = since.as_secs() as usize;
        if self.each_second.len() <= second {
            self.each_second.resize(second + 1, 0);
        }
        self.each_second[second] += 1;
        self.durations.record(took);
    }

    fn append(&mut self, other: Counted) {
        self.durations.append(other.durations);
        if self.each_second.len() < other.each_second.len() {
            self.each_second.resize(other.each_second.len(), 0);
        }
        self.each_second.iter_mut().zip(&other.each_second).for_each(|(sum, own)| *sum += own);
        self.new_customers += other.new_customers;
        self.late_events += other.late_events;
        self.refused += other.refused;
        self.first_refusal = self.first_refusal.take().or(other.first_refusal);
    }
}

/// Sends until standard input ends.
pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    ensure!(
        arguments.clients > 0 && arguments.events_per_second > 0 && arguments.customers > 0,
        "there must be clients, events and customers"
    );
    let is_over = AtomicBool::new(false);
    let begun_at = Instant::now();
    let used_before = Used::now(arguments.server_process);
    let (counted, seconds) = thread::scope(|scope| {
        let send = |number| {
            let is_over = &is_over;
            move || send(arguments, number, begun_at, is_over)
        };
        let clients: Vec<_> = (0..arguments.clients).map(|number| scope.spawn(send(number))).collect();
        let ended = io::stdin().read_to_end(&mut Vec::new());
        let seconds = begun_at.elapsed().as_secs_f64();
        is_over.store(true, Ordering::Relaxed);
        let mut all = Counted::default();
        for client in clients {
            let Ok(counted) = client.join() else { bail!("a client failed") };
            all.append(counted?);
        }
        ended.context("could not wait for the end")?;
        Ok((all, seconds))
    })?;
    let used = Used::now(arguments.server_process).since(&used_before);
    let batches: u64 = counted.each_second.iter().sum();
    // The last second is not a whole one.
    let whole_seconds = &counted.each_second[..(seconds as usize).min(counted.each_second.len())];
    let events = batches * EVENTS as u64;
    Ok(json!({
        "clients": arguments.clients,
        "asked_events_per_second": arguments.events_per_second,
        "seconds": seconds,
        "events": events,
        "events_per_second": events as f64 / seconds,
        "slowest_second_events": whole_seconds.iter().min().copied().unwrap_or(0) * EVENTS as u64,
        "latency": counted.durations.summarize(),
        "new_customers": counted.new_customers,
        "late_events": counted.late_events,
        "refused_batches": counted.refused,
        "first_refusal": counted.first_refusal,
        "client_processor_seconds": used.clients,
        "server_processor_seconds": used.server,
        "others_processor_seconds": used.machine - used.clients - used.server,
    }))
}

fn send(arguments: &Arguments, client: usize, begun_at: Instant, is_over: &AtomicBool) -> anyhow::Result<Counted> {
    let Arguments { host, key, clients, events_per_second, customers, .. } = arguments;
    let authorization = format!("Basic {}", STANDARD.encode(format!("{key}:")));
    let mut writer = BatchWriter::new(*customers, client, *clients);
    let mut connection = Connection::open(host).with_context(|| format!("could not connect to {host}"))?;
    let mut counted = Counted::default();
    for batch in (client..).step_by(*clients) {
        let due = Duration::from_secs_f64((batch * EVENTS) as f64 / *events_per_second as f64);
        thread::sleep(due.saturating_sub(begun_at.elapsed()));
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let body = writer.write(begun_at.elapsed(), &mut counted);
        let request = format!(
            "POST /v1/batch HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let sent_at = Instant::now();
        let answer = connection.ask(request.as_bytes()).context("the server did not answer")?;
        if answer.status == 200 {
            counted.acknowledge(begun_at.elapsed(), sent_at.elapsed());
        } else {
            counted.refused += 1;
            let said = String::from_utf8_lossy(answer.body);
            counted.first_refusal.get_or_insert_with(|| format!("{}: {}", answer.status, said.trim()));
        }
    }
    Ok(counted)
}

/// Batches of one client.
struct BatchWriter {
    random: Random,
    habits: Habits,
    names: Vec<String>,
    instants: InstantWriter,
    /// Those of the log; new ones have higher numbers.
    customers: usize,
    next_customer: usize,
    clients: usize,
    run: u64,
    next_id: u64,
}

impl BatchWriter {
    fn new(customers: usize, client: usize, clients: usize) -> BatchWriter {
        let run = scatter(instant::now_ms().unsigned_abs());
        let mut random = Random::new(run ^ client as u64);
        BatchWriter {
            habits: Habits::new(&mut random),
            random,
            names: lived::names(),
            instants: InstantWriter::new(),
            customers,
            next_customer: customers + client,
            clients,
            run,
            next_id: (client as u64) << 40,
        }
    }

    /// Events that happened just now, or late ones. Time goes on where the log ended, whatever the year is. Without `sentAt`
    /// the server takes times as they are.
    fn write(&mut self, since: Duration, counted: &mut Counted) -> String {
        let now_ms = YEAR_START_MS + YEAR_MS + since.as_millis() as i64;
        let mut body = String::with_capacity(EVENTS * 256);
        body.push_str("{\"batch\":[");
        for index in 0..EVENTS {
            let random = &mut self.random;
            let customer = if random.fraction() < NEW_CUSTOMER {
                counted.new_customers += 1;
                self.next_customer += self.clients;
                self.next_customer - self.clients
            } else {
                let fraction = random.fraction();
                (fraction * fraction * self.customers as f64) as usize
            };
            let mut late_ms = random.below(GATHERED_MS) as i64;
            if random.fraction() < LATE {
                counted.late_events += 1;
                late_ms += (random.fraction() * LATE_MS) as i64;
            }
            let name = &self.names[self.habits.begin(random)];
            let channel = lived::CHANNELS[usize::from(lived::choose_channel(random))];
            let campaign = if random.fraction() < lived::IN_CAMPAIGN { lived::CAMPAIGN } else { "" };
            let separator = if index == 0 { "" } else { "," };
            let (run, id) = (self.run, self.next_id);
            self.next_id += 1;
            let timestamp = String::from_utf8_lossy(self.instants.write(now_ms - late_ms));
            let _ = write!(
                body,
                "{separator}{{\"type\":\"track\",\"messageId\":\"{run:016x}-{id:016x}\",\"event\":\"{name}\",\"timestamp\":\"\
                 {timestamp}\",\"context\":{{\"externalIds\":[{{\"type\":\"loyalty_card\",\"id\":\"c-{customer:07}\"}}]}},\
                 \"properties\":{{\"channel\":\"{channel}\""
            );
            if !campaign.is_empty() {
                let _ = write!(body, ",\"campaign\":\"{campaign}\"");
            }
            body.push_str("}}");
        }
        body.push_str("]}");
        body
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn batches_are_of_customers_of_the_log_and_of_new_ones_each_client_its_own() {
        let mut counted = Counted::default();
        let mut new = HashSet::new();
        let mut known = 0;
        for client in 0..2 {
            let mut writer = BatchWriter::new(1000, client, 2);
            for _ in 0..20 {
                let body: Value = serde_json::from_str(&writer.write(Duration::from_secs(3), &mut counted)).unwrap();
                let events = body["batch"].as_array().unwrap();
                assert_eq!(events.len(), EVENTS);
                for event in events {
                    let card = event["context"]["externalIds"][0]["id"].as_str().unwrap();
                    let number: usize = card.trim_start_matches("c-").parse().unwrap();
                    if number < 1000 { known += 1 } else { assert!(new.insert(number), "{number} is new twice") }
                }
            }
        }
        assert_eq!((known + new.len(), new.len() as u64), (40 * EVENTS, counted.new_customers));
        assert!((100..300).contains(&new.len()), "{} of 4000", new.len());
        assert!((40..120).contains(&counted.late_events), "{} of 4000", counted.late_events);
    }
}
