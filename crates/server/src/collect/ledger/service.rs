//! Listing what could not be read, and reading it again.

use domain::ports::{DeadFilter, Key, Scope};
use domain::{DeadCode, DeadLetter, DeadLetterId, Error, Result, SourceId};
use events::intake::{self, IntakeSettings};
use events::names::Names;
use events::{Receipt, Submission};
use serde_json::json;

use super::dto::{Correction, DeadCountDto, DeadLetterDto, DeadLettersDto, Replayed, ReplayedLetter};
use crate::app::App;
use crate::auth::Identity;
use crate::listening::understand;

const PAGE_LETTERS: u32 = 100;
const MOST_LETTERS: u32 = 1_000;

/// Which dead letters are listed.
#[derive(Debug, Default)]
pub struct Wanted {
    pub code: Option<String>,
    pub source: Option<String>,
    pub after: Option<DeadLetterId>,
    pub limit: Option<u32>,
    pub with_raw: bool,
}

impl Wanted {
    fn filter(&self, names: &Names) -> Result<DeadFilter> {
        let code = self.code.as_deref().map(|text| {
            let known = || DeadCode::ALL.map(DeadCode::as_str).join(", ");
            DeadCode::parse(text)
                .ok_or_else(|| Error::invalid(format!("`{text}` is no code of dead letters; they are {}", known())))
        });
        let source = self.source.as_deref().map(|name| {
            let found = names.sources.find(name).map(|code| SourceId(u64::from(code)));
            found.ok_or_else(|| Error::not_found(format!("nothing has come from a source `{name}`")))
        });
        Ok(DeadFilter { code: code.transpose()?, source: source.transpose()? })
    }
}

pub fn list_dead_letters(app: &App, wanted: &Wanted) -> Result<DeadLettersDto> {
    app.log.sync_state()?;
    let limit = wanted.limit.unwrap_or(PAGE_LETTERS).clamp(1, MOST_LETTERS);
    let names = app.log.names();
    let mut letters = app.state.events.list_dead_of(wanted.filter(&names)?, wanted.after, limit + 1)?;
    let has_more = letters.len() > limit as usize;
    letters.truncate(limit as usize);
    let next = letters.last().map(|letter| letter.id.to_string()).filter(|_| has_more);
    let dead_letters = letters
        .into_iter()
        .map(|letter| {
            let source = source_name(letter.source, &names);
            DeadLetterDto::new(letter, source, wanted.with_raw)
        })
        .collect();
    let counts = app.state.events.count_dead()?.into_iter().map(|count| DeadCountDto {
        source: source_name(count.source, &names),
        code: count.code.as_str(),
        letters: count.letters,
    });
    Ok(DeadLettersDto { dead_letters, counts: counts.collect(), next })
}

pub fn show_dead_letter(app: &App, id: DeadLetterId, with_raw: bool) -> Result<DeadLetterDto> {
    let letter = find_dead_letter(app, id)?;
    let source = source_name(letter.source, &app.log.names());
    Ok(DeadLetterDto::new(letter, source, with_raw))
}

fn find_dead_letter(app: &App, id: DeadLetterId) -> Result<DeadLetter> {
    app.log.sync_state()?;
    app.state.events.find_dead(id)?.ok_or_else(|| {
        Error::not_found(format!("there is no dead letter {id}; it may have been read again and be an event by now"))
    })
}

fn source_name(source: SourceId, names: &Names) -> String {
    names.sources.name(u32::try_from(source.0).unwrap_or(u32::MAX)).to_owned()
}

/// Reads one dead letter again, as it came or as it should have been. The log takes the event and the end of the letter in
/// one record, so that neither is ever without the other; whoever comes second is refused by the log.
pub fn replay_dead_letter(
    app: &App,
    id: DeadLetterId,
    correction: Correction,
    by: &Identity,
) -> Result<ReplayedLetter> {
    let mut letter = find_dead_letter(app, id)?;
    let is_corrected = correction.raw.is_some();
    let is_row = letter.is_row();
    if let Some(raw) = correction.raw {
        letter.raw = raw.into_bytes();
    }
    let source = source_name(letter.source, &app.log.names());
    let keys = app.state.keys.list_keys()?;
    let key = keys.iter().find(|key| key.scope != Scope::Read && key.name == source);
    let mut event = match intake::read_again(&letter, &settings_of(app, key)) {
        Ok(event) => event,
        Err(still) => {
            let code = Some(still.code.as_str());
            return Ok(ReplayedLetter { became: "dead", code, detail: Some(still.detail) });
        }
    };
    understand(&app.topics.known().analyzer, &mut event);
    let submission = Submission {
        source,
        received_at: letter.received_at,
        events: vec![event],
        replays: vec![id],
        bytes: letter.raw.len() * 2,
        is_file: is_row,
        ..Submission::default()
    };
    let receipt = app.log.submit(submission)?.wait()?;
    let became = if receipt.stored > 0 { "event" } else { "duplicate" };
    let detail = json!({"became": became, "is_corrected": is_corrected});
    app.state.audit.record_audit(&app.audit_entry(by, "dead_letter.replay", &id.to_string(), detail))?;
    Ok(ReplayedLetter { became, code: None, detail: None })
}

/// How the events of a source are read.
fn settings_of(app: &App, key: Option<&Key>) -> IntakeSettings {
    let mut settings = app.intake_settings(None);
    settings.default_channel = key.and_then(|key| key.channel.clone());
    settings.default_unit = key.and_then(|key| key.unit.clone());
    settings
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
            let source = source_name(batch[0].source, &names);
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
    let (settings, topics) = (settings_of(app, key), app.topics.known());
    let mut submission = Submission { source, received_at: letters[0].received_at, ..Submission::default() };
    for letter in letters {
        let Ok(mut event) = intake::read_again(letter, &settings) else { continue };
        understand(&topics.analyzer, &mut event);
        submission.is_file |= letter.is_row();
        submission.events.push(event);
        submission.replays.push(letter.id);
        submission.bytes += letter.raw.len() * 2;
    }
    if submission.events.is_empty() {
        return Ok(Receipt::default());
    }
    app.log.submit(submission)?.wait()
}
