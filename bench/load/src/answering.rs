//! Clients that answer a survey as the page of its link does: each posts one form after the other and waits for its thanks.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::quantiles::Durations;
use crate::random::{Random, scatter};
use crate::sending::Used;

/// What a form is answered with when it was taken: the page of thanks is elsewhere.
const TAKEN: u16 = 303;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Host and port.
    #[arg(long)]
    host: String,
    /// A file with the secret of a link on each line; each is answered once.
    #[arg(long)]
    links: PathBuf,
    /// A file with a comment on each line.
    #[arg(long)]
    comments: PathBuf,
    /// Answers this often, instead of each link once.
    #[arg(long)]
    answers: Option<usize>,
    #[arg(long)]
    clients: usize,
    /// The process whose processor time is read.
    #[arg(long)]
    server_process: Option<u32>,
}

#[derive(Default)]
struct Counted {
    durations: Durations,
    taken: usize,
}

/// Half of the answers bring a comment, as the labelled ones do in their length.
pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let links = read_lines(&arguments.links)?;
    let comments = read_lines(&arguments.comments)?;
    ensure!(!links.is_empty() && !comments.is_empty(), "there must be a link and a comment");
    let answers = arguments.answers.unwrap_or(links.len());
    let next = AtomicUsize::new(0);
    let used_before = Used::now(arguments.server_process);
    let begun_at = Instant::now();
    let all = thread::scope(|scope| {
        let clients = (0..arguments.clients)
            .map(|_| scope.spawn(|| answer(&arguments.host, &links, &comments, answers, &next)))
            .collect::<Vec<_>>();
        let mut all = Counted::default();
        for client in clients {
            let Ok(counted) = client.join() else { bail!("a client failed") };
            let counted = counted?;
            all.durations.append(counted.durations);
            all.taken += counted.taken;
        }
        Ok(all)
    })?;
    let seconds = begun_at.elapsed().as_secs_f64();
    let used = Used::now(arguments.server_process).since(&used_before);
    Ok(json!({
        "clients": arguments.clients,
        "answers": all.taken,
        "seconds": seconds,
        "answers_per_second": all.taken as f64 / seconds,
        "latency": all.durations.summarize(),
        "client_processor_seconds": used.clients,
        "server_processor_seconds": used.server,
        "others_processor_seconds": used.machine - used.clients - used.server,
    }))
}

fn read_lines(path: &PathBuf) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn answer(
    host: &str,
    links: &[String],
    comments: &[String],
    answers: usize,
    next: &AtomicUsize,
) -> anyhow::Result<Counted> {
    let mut connection = Connection::open(host).with_context(|| format!("could not connect to {host}"))?;
    let mut counted = Counted::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= answers {
            return Ok(counted);
        }
        let request = write_form(host, &links[number % links.len()], comments, number);
        let sent_at = Instant::now();
        let taken = connection.ask(request.as_bytes()).context("the server did not answer")?;
        ensure!(taken.status == TAKEN, "a form was answered {}: {}", taken.status, String::from_utf8_lossy(taken.body));
        counted.durations.record(sent_at.elapsed());
        counted.taken += 1;
    }
}

/// A form from an address of its own: many from one are told to wait.
fn write_form(host: &str, link: &str, comments: &[String], number: usize) -> String {
    let mut random = Random::new(number as u64);
    let page = scatter(number as u64);
    let mut body = format!("page={page:016x}&version=1&language=es&q.recommend={}", random.below(11));
    if random.below(2) == 0 {
        body.push_str("&q.why=");
        body.extend(form_urlencoded(&comments[random.below(comments.len())]));
    }
    let [_, second, third, fourth] = (number as u32).to_be_bytes();
    format!(
        "POST /s/{link} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Forwarded-For: \
         10.{second}.{third}.{fourth}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn form_urlencoded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.bytes().flat_map(|byte| {
        let is_plain = byte.is_ascii_alphanumeric();
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
        let escaped = [(!is_plain).then_some('%'), Some(digit(byte >> 4)), Some(digit(byte & 15))];
        let plain = [Some(char::from(byte)), None, None];
        let written = if is_plain { plain } else { escaped };
        written.into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_written_so_that_a_form_can_hold_it() {
        let written: String = form_urlencoded("café & té, 5 €").collect();
        assert_eq!(written, "caf%C3%A9%20%26%20t%C3%A9%2C%205%20%E2%82%AC");
    }

    #[test]
    fn each_form_comes_from_an_address_and_a_page_of_its_own() {
        let comments = ["Bien".to_owned()];
        let (one, other) = (write_form("h", "t", &comments, 1), write_form("h", "t", &comments, 66_000));
        assert!(one.contains("X-Forwarded-For: 10.0.0.1\r\n"), "{one}");
        assert!(other.contains("X-Forwarded-For: 10.1.1.208\r\n"), "{other}");
        let page = |form: &str| form.split("page=").nth(1).map(|rest| rest[..16].to_owned());
        assert_ne!(page(&one), page(&other));
    }
}
