//! Power may go at any moment. What was acknowledged is there afterwards, once, and the log starts by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::memory_state::MemoryState;
use crate::scene::{Random, batch, dead_letter, event, expected, lived, open};
use crate::simulated_files::{SYNCS, SimulatedFiles};
use domain::{CustomerId, IncomingEvent};
use events::{EventLog, LogSettings, Ticket};

const LIVES: u64 = 3;

/// Seeds of a usual run; `VIVENCIA_POWER_LOSS_SEEDS` asks for more.
fn seeds() -> u64 {
    std::env::var("VIVENCIA_POWER_LOSS_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000)
}

/// What a client knows: what it sent and what was acknowledged.
#[derive(Default)]
struct Ledger {
    acknowledged: BTreeSet<String>,
    sent: BTreeSet<String>,
    next_message: u64,
}

/// One disk through several losses of power; a sentence on what went wrong.
fn survive(seed: u64, forgotten_sync: Option<&'static str>) -> Result<(), String> {
    let mut random = Random(seed);
    let files = SimulatedFiles::forgetting(forgotten_sync);
    let state = MemoryState::new(files.clone());
    let mut settings = LogSettings::new("/data");
    settings.seal_events = 20 + random.below(60) as usize;
    settings.timeline_properties =
        Some(if random.below(2) == 0 { vec!["comment".to_owned(), "paid".to_owned()] } else { Vec::new() });
    let mut ledger = Ledger::default();
    for life in 0..LIVES {
        let log = open(&files, &state, &settings).map_err(|error| format!("life {life} does not start: {error}"))?;
        check(&log, &ledger, forgotten_sync)?;
        files.cut_power_after(20 + random.below(250));
        live(&log, &files, &mut ledger, &mut random);
        log.stop();
        files.restart(&mut random);
    }
    let log = open(&files, &state, &settings).map_err(|error| format!("the last life does not start: {error}"))?;
    let outcome = check(&log, &ledger, forgotten_sync);
    log.stop();
    outcome
}

/// Every third event has something that somebody wrote, which lies in another file than the event; the others say how they
/// were paid.
fn properties_of(message: &str) -> String {
    if message.ends_with(['1', '4', '7']) {
        return format!(r#"{{"comment":"dicho en {message}"}}"#);
    }
    format!(r#"{{"paid":"by {}"}}"#, message.len())
}

/// Sends, seals and merges until the power goes.
fn live(log: &EventLog, files: &SimulatedFiles, ledger: &mut Ledger, random: &mut Random) {
    let mut waiting: Vec<(Vec<String>, Ticket)> = Vec::new();
    for _ in 0..200 {
        if !files.has_power() {
            break;
        }
        let mut messages = Vec::new();
        let events = (0..1 + random.below(12))
            .map(|_| {
                ledger.next_message += 1;
                let message = format!("m-{}", ledger.next_message);
                let customer = random.below(20);
                let browser = if random.below(4) == 0 { format!("+anon:b{}", random.below(30)) } else { String::new() };
                let minute = random.below(100_000);
                messages.push(message.clone());
                let properties = properties_of(&message);
                let unit = random.below(4);
                let line = format!("{message} user:u{customer}{browser} A{} {minute} @s{unit}", random.below(5));
                IncomingEvent { properties, ..event(&line) }
            })
            .collect();
        let dead = (0..random.below(2)).map(dead_letter).collect();
        ledger.sent.extend(messages.iter().cloned());
        match log.submit(batch("web", events, dead)) {
            Ok(ticket) => waiting.push((messages, ticket)),
            Err(_) => break,
        }
        if waiting.len() > 3 || random.below(3) == 0 {
            for (messages, ticket) in waiting.drain(..) {
                if ticket.wait().is_ok() {
                    ledger.acknowledged.extend(messages);
                }
            }
        }
        match random.below(25) {
            0 => drop(log.seal()),
            1 => drop(log.merge(CustomerId(1 + random.below(20)), CustomerId(1 + random.below(20)), "ana")),
            2 => drop(log.unmerge(domain::MergeId(1 + random.below(20)), "ana")),
            3 => drop(log.close()),
            _ => {}
        }
    }
    for (messages, ticket) in waiting {
        if ticket.wait().is_ok() {
            ledger.acknowledged.extend(messages);
        }
    }
}

fn check(log: &EventLog, ledger: &Ledger, forgotten_sync: Option<&'static str>) -> Result<(), String> {
    let mut stored: BTreeMap<String, u64> = BTreeMap::new();
    let mut changed = None;
    log.for_each_event(&mut |event| {
        if event.properties != properties_of(&event.message_id) {
            changed = Some(format!("{} has the properties {}", event.message_id, event.properties));
        }
        *stored.entry(event.message_id).or_default() += 1;
        Ok(())
    })
    .map_err(|error| format!("events cannot be read: {error}"))?;
    if let Some(changed) = changed {
        return Err(changed);
    }
    if let Some(lost) = ledger.acknowledged.iter().find(|message| !stored.contains_key(*message)) {
        return Err(format!("{lost} was acknowledged and is lost"));
    }
    if let Some((doubled, _)) = stored.iter().find(|(_, times)| **times > 1) {
        return Err(format!("{doubled} is there twice"));
    }
    if let Some(torn) = stored.keys().find(|message| !ledger.sent.contains(*message)) {
        return Err(format!("{torn} was never sent"));
    }
    let counts = log.counts();
    if counts.received != counts.stored + counts.duplicate + counts.dead || counts.stored != stored.len() as u64 {
        return Err(format!("the numbers do not add up: {counts:?} and {} events", stored.len()));
    }
    // Derived files heal by themselves, so a forgotten sync of theirs shows only in what was found at start.
    let faults = log.verify().map_err(|error| format!("files cannot be verified: {error}"))?;
    if let Some(fault) = faults.iter().find(|fault| !fault.contains("never acknowledged")) {
        return Err(fault.clone());
    }
    let (seen, wanted) = (lived(log), expected(log));
    if forgotten_sync.is_none() {
        assert_eq!(seen, wanted);
    }
    if seen != wanted {
        return Err("the timeline is not what the events say".to_owned());
    }
    Ok(())
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    for seed in 0..seeds() {
        if let Err(fault) = survive(seed, None) {
            panic!("SEED={seed}: {fault}");
        }
    }
}

#[test]
fn every_sync_is_needed() {
    for sync in SYNCS {
        let caught = (0..400).any(|seed| {
            let outcome = std::panic::catch_unwind(|| survive(seed, Some(sync)));
            !matches!(outcome, Ok(Ok(())))
        });
        assert!(caught, "without the sync of the {sync}, 400 losses of power did no harm");
    }
}
