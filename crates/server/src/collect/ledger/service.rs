//! Listing what could not be read, and reading it again.

use domain::ports::{Key, Scope};
use domain::{DeadLetter, DeadLetterId, IncomingEvent, Result};
use events::intake::{IntakeSettings, rows, segment};
use events::names::Names;
use events::{Receipt, Submission};
use serde_json::{Value, json};

use super::dto::{DeadLetterDto, DeadLettersDto, Replayed};
use crate::app::App;
use crate::auth::Identity;

const PAGE_LETTERS: u32 = 100;
const MOST_LETTERS: u32 = 1_000;

pub fn list_dead_letters(
    app: &App,
    after: Option<DeadLetterId>,
    limit: Option<u32>,
    with_raw: bool,
) -> Result<DeadLettersDto> {
    app.log.sync_state()?;
    let limit = limit.unwrap_or(PAGE_LETTERS).clamp(1, MOST_LETTERS);
    let mut letters = app.state.events.list_dead(after, limit + 1)?;
    let has_more = letters.len() > limit as usize;
    letters.truncate(limit as usize);
    let next = letters.last().map(|letter| letter.id.to_string()).filter(|_| has_more);
    let names = app.log.names();
    let dead_letters = letters
        .into_iter()
        .map(|letter| {
            let source = source_name(&letter, &names);
            DeadLetterDto::new(letter, source, with_raw)
        })
        .collect();
    Ok(DeadLettersDto { dead_letters, next })
}

fn source_name(letter: &DeadLetter, names: &Names) -> String {
    names.sources.name(u32::try_from(letter.source.0).unwrap_or(u32::MAX)).to_owned()
}

/// Reads every dead letter again. What still cannot be read stays as it is.
pub fn replay_dead_letters(app: &App, by: &Identity) -> Result<Replayed> {
    app.log.sync_state()?;
    let keys: Vec<Key> = app.state.keys.list_keys()?.into_iter().filter(|key| key.scope != Scope::Read).collect();
    let mut replayed = Replayed::default();
    let mut after = None;
    loop {
        let letters = app.state.events.list_dead(after, MOST_LETTERS)?;
        let Some(last) = letters.last() else { break };
        after = Some(last.id);
        replayed.read += letters.len() as u64;
        let names = app.log.names();
        // Letters of one batch stand together: one source, one arrival.
        for batch in letters.chunk_by(|a, b| a.source == b.source && a.received_at == b.received_at) {
            let source = source_name(&batch[0], &names);
            let key = keys.iter().find(|key| key.name == source);
            let receipt = replay_batch(app, batch, source, key)?;
            replayed.stored += receipt.stored;
            replayed.duplicate += receipt.duplicate;
        }
    }
    replayed.dead = replayed.read - replayed.stored - replayed.duplicate;
    app.state.audit.record_audit(&app.audit_entry(by, "dead_letters.replay", "dead letters", json!(replayed)))?;
    Ok(replayed)
}

fn replay_batch(app: &App, letters: &[DeadLetter], source: String, key: Option<&Key>) -> Result<Receipt> {
    let mut settings = app.intake_settings(None);
    settings.default_channel = key.and_then(|key| key.channel.clone());
    settings.default_unit = key.and_then(|key| key.unit.clone());
    let mut submission = Submission { source, received_at: letters[0].received_at, ..Submission::default() };
    for letter in letters {
        let Ok(event) = read_again(letter, &settings) else { continue };
        submission.is_file |= is_row(letter);
        submission.events.push(event);
        submission.replays.push(letter.id);
        submission.bytes += letter.raw.len() * 2;
    }
    if submission.events.is_empty() {
        return Ok(Receipt::default());
    }
    app.log.submit(submission)?.wait()
}

fn read_again(letter: &DeadLetter, settings: &IntakeSettings) -> Result<IncomingEvent, DeadLetter> {
    let read = if is_row(letter) { rows::read_one } else { segment::read_one };
    read(&letter.raw, &letter.recipe, letter.received_at, settings)
}

/// Recipes of calls are `segment`, or an object of that format; all others are of rows.
fn is_row(letter: &DeadLetter) -> bool {
    const CALLS: &str = "segment";
    letter.recipe != CALLS
        && serde_json::from_str::<Value>(&letter.recipe).is_ok_and(|recipe| recipe["format"] != CALLS)
}
