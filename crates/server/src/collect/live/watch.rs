//! One watcher: looks at the log, tells what is new, goes when nobody reads or nobody may.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use bytes::Bytes;
use domain::ports::Counts;
use domain::{Code, DeadLetterId};
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::Instant;

use super::dto::{LiveDeadDto, LiveDeadLetterDto, LiveEventDto, LiveEventsDto};
use crate::app::App;
use crate::auth::{ReadEvents, find_quietly, require};
use crate::collect::ledger::CountsDto;
use crate::error::ApiError;

/// Who may watch at the same time.
const MOST_WATCHERS: usize = 64;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(500);
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Who does not read for so long gives the place to somebody else.
const PATIENCE: Duration = Duration::from_secs(30);
/// Events and dead letters of one message.
const MOST_EVENTS: usize = 50;
const MOST_DEAD: u32 = 20;

/// The places for watchers.
#[derive(Debug)]
pub struct Watchers(Arc<Semaphore>);

impl Default for Watchers {
    fn default() -> Self {
        Watchers(Arc::new(Semaphore::new(MOST_WATCHERS)))
    }
}

/// Somebody who watches, with what proves that they may.
pub struct Watcher {
    credentials: HeaderMap,
    _place: OwnedSemaphorePermit,
}

impl Watcher {
    pub fn admit(app: &App, credentials: HeaderMap) -> Result<Watcher, ApiError> {
        match app.watchers.0.clone().try_acquire_owned() {
            Ok(place) => Ok(Watcher { credentials, _place: place }),
            Err(_) => Err(ApiError::new(
                Code::TooMany,
                format!("{MOST_WATCHERS} watch already, as many as may; close a page that watches and try again"),
            )),
        }
    }

    fn may_still(&self, app: &App) -> bool {
        find_quietly(&self.credentials, app).is_some_and(|identity| require::<ReadEvents>(&identity).is_ok())
    }
}

/// What was told last.
struct Told {
    counts: Counts,
    dead: Option<DeadLetterId>,
}

/// Messages for one watcher. At most one waits to be read.
pub fn watch(app: App, watcher: Watcher) -> mpsc::Receiver<Bytes> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        if let Some(mut told) = begin(&app, &sender).await {
            let mut next_heartbeat = Instant::now() + HEARTBEAT;
            loop {
                tokio::select! {
                    () = tokio::time::sleep(LOOK) => {}
                    () = sender.closed() => return,
                }
                if app.is_stopping() {
                    return;
                }
                let mut message = look(&app, &mut told).await;
                if Instant::now() >= next_heartbeat {
                    next_heartbeat = Instant::now() + HEARTBEAT;
                    message.push_str(": still here\n\n");
                }
                // Asked just before it is told: who may not any more hears nothing of what came since.
                if !watcher.may_still(&app) || !message.is_empty() && !send(&sender, message).await {
                    return;
                }
            }
        }
    });
    receiver
}

async fn send(sender: &mpsc::Sender<Bytes>, message: String) -> bool {
    sender.send_timeout(Bytes::from(message), PATIENCE).await.is_ok()
}

/// Says where things stand, with the newest events that are at hand.
async fn begin(app: &App, sender: &mpsc::Sender<Bytes>) -> Option<Told> {
    let counts = app.log.counts();
    let mut message = String::from("retry: 3000\n\n");
    write(&mut message, "counts", &CountsDto::from(counts));
    let events = newest_events(app, counts.stored);
    if !events.is_empty() {
        write(&mut message, "events", &LiveEventsDto { events, left_out: 0 });
    }
    let dead = app.blocking(|app| app.state.events.find_last_dead()).await.ok()?;
    send(sender, message).await.then_some(Told { counts, dead })
}

/// The messages about what is new; none when nothing is.
async fn look(app: &App, told: &mut Told) -> String {
    let counts = app.log.counts();
    let mut message = String::new();
    if counts == told.counts {
        return message;
    }
    write(&mut message, "counts", &CountsDto::from(counts));
    let stored = counts.stored.saturating_sub(told.counts.stored);
    if stored > 0 {
        let events = newest_events(app, stored);
        let left_out = stored.saturating_sub(events.len() as u64);
        write(&mut message, "events", &LiveEventsDto { events, left_out });
    }
    if counts.dead != told.counts.dead {
        let after = told.dead;
        let listed = app.blocking(move |app| {
            app.log.sync_state()?;
            app.state.events.list_dead(after, MOST_DEAD + 1)
        });
        if let Ok(mut letters) = listed.await
            && !letters.is_empty()
        {
            let has_more = letters.len() > MOST_DEAD as usize;
            letters.truncate(MOST_DEAD as usize);
            let names = app.log.names();
            let dead_letters = letters.iter().map(|letter| LiveDeadLetterDto::new(letter, &names)).collect();
            write(&mut message, "dead", &LiveDeadDto { dead_letters, has_more });
            let last = letters.last().map(|letter| letter.id);
            told.dead = match has_more {
                // Who is behind skips to the end instead of counting up.
                true => app.blocking(|app| app.state.events.find_last_dead()).await.ok().flatten().or(last),
                false => last,
            };
        }
    }
    told.counts = counts;
    message
}

fn newest_events(app: &App, most: u64) -> Vec<LiveEventDto> {
    let most = usize::try_from(most).unwrap_or(usize::MAX).min(MOST_EVENTS);
    let events = app.log.newest_events(most);
    let names = app.log.names();
    let customer = |node| app.log.customer_of(node).to_string();
    events.iter().map(|event| LiveEventDto::new(event, customer(event.node), &names)).collect()
}

/// One message. JSON has no line breaks of its own.
fn write(message: &mut String, name: &str, data: &impl Serialize) {
    let data = serde_json::to_string(data).unwrap_or_default();
    message.push_str(&format!("event: {name}\ndata: {data}\n\n"));
}
