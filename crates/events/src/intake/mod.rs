//! What arrives, read into events and dead letters: pure functions over bytes, without I/O and without a clock.
//!
//! [`segment`] reads the calls of the Segment SDKs, [`rows`] the rows of files. Both check and normalise what an event needs
//! (whose, what, when), leave everything else as it was written, and move what is personal out of every text that goes into
//! the log. Nothing is lost: what cannot be an event is a dead letter with its reason, its bytes and the recipe to read it
//! again.

mod draft;
mod facts;
mod free_text;
mod identifiers;
mod json;
mod money;
mod personal;
pub mod rows;
pub mod segment;
mod settings;
mod time;

use domain::event::{DeadLetter, IncomingEvent};

pub use free_text::FreeText;
pub(crate) use json::unescape;
pub use settings::{IntakeSettings, PropertyMeanings, PropertyNames};

/// Reads a dead letter again, by its recipe and with the time of its first arrival. What is still wrong with it is the error,
/// with the number, source and place of the letter.
pub fn read_again(letter: &DeadLetter, settings: &IntakeSettings) -> Result<IncomingEvent, DeadLetter> {
    let DeadLetter { id, source, index, received_at, recipe, raw, .. } = letter;
    let read_one = if letter.is_row() { rows::read_one } else { segment::read_one };
    let read = read_one(raw, recipe, *received_at, settings);
    read.map_err(|failed| DeadLetter { id: *id, source: *source, index: *index, ..failed })
}

#[cfg(test)]
mod tests {
    use domain::event::DeadCode;
    use domain::ids::{DeadLetterId, SourceId};

    use super::*;

    #[test]
    fn a_dead_letter_is_read_again_by_the_reader_that_refused_it() {
        let settings = IntakeSettings::default();
        let file = "user_id,event,date\n0,A,2026-01-01\n";
        let plan = rows::plan(file.as_bytes(), &rows::FileOptions::default()).unwrap();
        let mut letters = Vec::new();
        let mut reader = rows::RowReader::new(&plan, settings.clone(), 7).unwrap();
        reader.push(file.as_bytes(), &mut |row| letters.extend(row.outcome.err()));
        for body in [r#"{"type":"page","userId":"0"}"#, r#"{"sentAt":1,"batch":[{"type":"page","userId":"0"}]}"#] {
            letters.extend(segment::read_batch(body.as_bytes(), None, 7, &settings).unwrap().dead);
        }
        assert_eq!(letters.len(), 3);
        for letter in letters {
            let letter = DeadLetter { id: DeadLetterId(5), source: SourceId(3), index: 9, ..letter };
            assert_eq!(letter.code, DeadCode::BlockedIdentifier);
            assert_eq!(read_again(&letter, &settings), Err(letter.clone()));
            let mended = String::from_utf8(letter.raw.clone()).unwrap().replacen('0', "u-1", 1);
            let event = read_again(&DeadLetter { raw: mended.into_bytes(), ..letter }, &settings).unwrap();
            assert_eq!(event.identifiers[0].value, "u-1");
        }
    }
}
