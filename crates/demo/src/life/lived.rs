//! What of a life a survey can ask about, noted while it is lived and without drawing anything.

use super::Life;
use crate::calendar::MINUTE;
use crate::comments::Topic;
use crate::journal::Surface;
use crate::people::Habit;
use crate::truths::Unit;

/// Waits of up to three minutes are short, those over ten long.
const SHORT_WAIT_SECONDS: i64 = 180;
const LONG_WAIT_SECONDS: i64 = 600;
/// A contact for the same reason within this time is another attempt.
pub(super) const SAME_CASE: i64 = 14 * crate::calendar::DAY;

/// How far each thing moves the mood, in thousandths.
const WAITS: [i64; 3] = [0, -170, -330];
const BROKEN_PROMISE_AT_COUNTER: i64 = -330;
const BROKEN_PROMISE_AT_DOOR: i64 = -400;
const CRASH: i64 = -480;
const BROKEN_RELEASE: i64 = -290;
const ANOTHER_CONTACT: i64 = -330;
const LONG_STANDING: i64 = 260;
/// Regulars are easier to please, and wait less: what confounds the truths about waiting.
const REGULARS: [i64; 3] = [230, 130, 0];

/// How long somebody waited before the purchase, at the car park and in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    Short,
    Medium,
    Long,
}

impl Wait {
    fn of(seconds: i64) -> Wait {
        if seconds > LONG_WAIT_SECONDS {
            Wait::Long
        } else if seconds > SHORT_WAIT_SECONDS {
            Wait::Medium
        } else {
            Wait::Short
        }
    }

    /// How far such a wait moves the mood.
    pub(super) fn moves(self) -> i64 {
        WAITS[self as usize]
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Wait::Short => "under_3_min",
            Wait::Medium => "3_to_10_min",
            Wait::Long => "over_10_min",
        }
    }
}

pub(super) enum Subject {
    Purchase {
        wait: Wait,
    },
    Pickup {
        is_broken: bool,
    },
    Delivery {
        is_late: bool,
    },
    /// A session in the app, with whether it crashes in both worlds.
    App {
        version: &'static str,
        crash: Unit,
        is_compared: bool,
    },
    Contact {
        reason: String,
        conversation_id: String,
        is_another: bool,
    },
    /// Nothing in particular: the company as a whole.
    Relation {
        is_long_standing: bool,
    },
}

/// Something that a survey can ask about.
pub(super) struct Lived {
    /// When it was over.
    pub(super) at: i64,
    pub(super) channel: &'static str,
    pub(super) activity: &'static str,
    pub(super) shop: Option<usize>,
    pub(super) order_id: Option<String>,
    pub(super) subject: Subject,
}

/// How far the mood is moved in the world lived in, and in both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub(super) is_exposed: bool,
    pub(super) with: i64,
    pub(super) without: i64,
}

impl Moved {
    pub(super) fn lived(self) -> i64 {
        if self.is_exposed { self.with } else { self.without }
    }
}

impl Lived {
    /// Thousandths of these that are asked about, if nobody was asked shortly before.
    pub(super) fn asked_about(&self) -> u32 {
        match &self.subject {
            Subject::Purchase { .. } => 240,
            Subject::Pickup { .. } => 240,
            Subject::Delivery { .. } => 620,
            Subject::App { is_compared, .. } => {
                // After a broken release the company wants to know.
                if *is_compared { 750 } else { 130 }
            }
            Subject::Contact { .. } => 850,
            // Which shops hand out few links is decided where these are planned.
            Subject::Relation { .. } => 1_000,
        }
    }

    pub(super) fn moved(&self, habit: Habit) -> Moved {
        let regular = habit.of(REGULARS);
        let between =
            |is_exposed: bool, base: i64, effect: i64| Moved { is_exposed, with: base + effect, without: base };
        match &self.subject {
            Subject::Purchase { wait } => between(*wait != Wait::Short, regular, wait.moves()),
            Subject::Pickup { is_broken } => between(*is_broken, regular, BROKEN_PROMISE_AT_COUNTER),
            Subject::Delivery { is_late } => between(*is_late, 0, BROKEN_PROMISE_AT_DOOR),
            Subject::App { crash, .. } => {
                let crashed = |crashes: bool| if crashes { CRASH } else { 0 };
                let (with, without) = (crashed(crash.outcome_exposed), crashed(crash.outcome_unexposed));
                Moved { is_exposed: crash.is_exposed, with: with.min(BROKEN_RELEASE), without }
            }
            Subject::Contact { is_another, .. } => between(*is_another, 0, ANOTHER_CONTACT),
            Subject::Relation { is_long_standing } => {
                between(false, if *is_long_standing { LONG_STANDING } else { 0 }, 0)
            }
        }
    }

    /// What went wrong, as a comment would name it.
    pub(super) fn trouble(&self) -> Option<Topic> {
        match &self.subject {
            Subject::Purchase { wait } => (*wait != Wait::Short).then_some(Topic::Waiting),
            Subject::Pickup { is_broken } => is_broken.then_some(Topic::Promise),
            Subject::Delivery { is_late } => is_late.then_some(Topic::Delivery),
            Subject::App { crash, .. } => (crash.is_exposed || crash.lived()).then_some(Topic::App),
            Subject::Contact { is_another, .. } => is_another.then_some(Topic::Staff),
            Subject::Relation { .. } => None,
        }
    }

    pub(super) fn topics(&self) -> &'static [Topic] {
        use Topic::{App, Cleanliness, Delivery, Payment, Price, Promise, Quality, Shop, Staff, Waiting};
        match &self.subject {
            Subject::Purchase { .. } => &[Quality, Quality, Waiting, Price, Staff, Payment, Cleanliness, Shop],
            Subject::Pickup { .. } => &[Quality, Waiting, Price, Staff, App, Promise],
            Subject::Delivery { .. } => &[Quality, Price, Delivery, Delivery, Payment, Promise],
            Subject::App { .. } => &[App, App, Payment, Price],
            Subject::Contact { .. } => &[Staff, Staff, Waiting, Promise],
            Subject::Relation { .. } => &[Quality, Waiting, Price, Staff, App, Cleanliness, Shop, Promise],
        }
    }
}

impl Life<'_> {
    /// Something bought on the spot; `wait_seconds` at the car park and in the queue.
    pub(super) fn note_purchase(&mut self, at: i64, surface: Surface, shop: usize, order_id: &str, wait_seconds: i64) {
        self.lived.push(Lived {
            at,
            channel: surface.channel(),
            activity: "Order Completed",
            shop: Some(shop),
            order_id: Some(order_id.to_owned()),
            subject: Subject::Purchase { wait: Wait::of(wait_seconds) },
        });
    }

    pub(super) fn note_pickup(&mut self, at: i64, shop: usize, order_id: &str, is_broken: bool) {
        self.lived.push(Lived {
            at,
            channel: Surface::Store.channel(),
            activity: "Order Picked Up",
            shop: Some(shop),
            order_id: Some(order_id.to_owned()),
            subject: Subject::Pickup { is_broken },
        });
    }

    pub(super) fn note_delivery(&mut self, at: i64, shop: usize, order_id: &str, is_late: bool) {
        self.lived.push(Lived {
            at,
            channel: Surface::Delivery.channel(),
            activity: "Order Delivered",
            shop: Some(shop),
            order_id: Some(order_id.to_owned()),
            subject: Subject::Delivery { is_late },
        });
    }

    /// A session in the app; it is over a while after it began.
    pub(super) fn note_app(&mut self, opened_at: i64, version: &'static str, crash: Unit, is_compared: bool) {
        self.lived.push(Lived {
            at: opened_at + 6 * MINUTE,
            channel: Surface::App(version).channel(),
            activity: "App Opened",
            shop: None,
            order_id: None,
            subject: Subject::App { version, crash, is_compared },
        });
    }

    /// A conversation about something that went wrong.
    pub(super) fn note_contact(&mut self, started_at: i64, ended_at: i64, surface: Surface, reason: &str) {
        let is_another = self.note_attempt(started_at, reason);
        self.lived.push(Lived {
            at: ended_at,
            channel: surface.channel(),
            activity: match surface {
                Surface::Phone | Surface::Desk => "Call Ended",
                Surface::WhatsApp => "WhatsApp Message Sent",
                _ => "Live Chat Conversation Ended",
            },
            shop: None,
            order_id: None,
            subject: Subject::Contact {
                reason: reason.to_owned(),
                conversation_id: self.conversation_id(),
                is_another,
            },
        });
    }

    /// A conversation that does not settle the matter is not asked about. Says whether it was not the first.
    pub(super) fn note_attempt(&mut self, started_at: i64, reason: &str) -> bool {
        let is_another = self
            .contacts
            .iter()
            .any(|(at, about)| about == reason && (started_at - SAME_CASE..started_at).contains(at));
        self.contacts.push((started_at, reason.to_owned()));
        is_another
    }
}
