//! Calls about what no other part of a life tells: points that are missing, an invoice. Some need a second call. Made after all
//! else, with a stream of its own: nothing here moves what was there.

use super::Life;
use super::lived::SAME_CASE;
use crate::calendar::{HOUR, SECOND};
use crate::journal::{Sender, Surface};
use crate::random::{Purpose, Random};

/// Thousandths of orders that somebody calls about, and of those calls that do not settle it.
const CALLS: u32 = 45;
const CALLS_AGAIN: u32 = 360;

impl Life<'_> {
    pub(super) fn call_about_orders(&mut self) {
        let person = self.pen.person;
        let mut random = Random::new(self.pen.company.seed, person.number, Purpose::Contacts);
        let reason = if person.loyalty_card.is_some() { "points_missing" } else { "invoice" };
        let mut settled_at = i64::MIN / 2;
        for position in 0..self.completed_at.len() {
            let calls = random.chance(CALLS);
            let at = self.completed_at[position] + random.quantile(&[1, 5, 24, 70]) * HOUR + random.between(0, HOUR);
            let again_at = at + random.quantile(&[18, 30, 60, 140]) * HOUR + random.between(0, HOUR);
            let calls_again = random.chance(CALLS_AGAIN);
            // One case is over before the next one begins.
            let is_free = at > settled_at + SAME_CASE;
            if !(calls && is_free && self.is_introduced && self.is_registered(at)) {
                continue;
            }
            self.call_about(at, reason, !calls_again, &mut random);
            settled_at = at;
            if calls_again && self.pen.company.calendar.contains(again_at) {
                self.call_about(again_at, reason, true, &mut random);
                settled_at = again_at;
            }
        }
    }

    fn call_about(&mut self, at: i64, reason: &str, is_last: bool, random: &mut Random) {
        self.cases += 1;
        let conversation_id = self.conversation_id();
        let wait_seconds = random.quantile(&[5, 20, 60, 150, 420]);
        let talk_seconds = random.quantile(&[40, 110, 180, 320, 700]);
        let ended_at = at + (wait_seconds + talk_seconds) * SECOND;
        if !self.pen.company.calendar.contains(ended_at) {
            return;
        }
        let sender = Sender { surface: Surface::Desk, is_signed_in: true };
        self.track(at, sender, "Call Started", |event| {
            event.text("conversation_id", &conversation_id);
            event.text("reason", reason);
        });
        self.track(ended_at, sender, "Call Ended", |event| {
            event.text("conversation_id", &conversation_id);
            event.number("wait_seconds", wait_seconds);
            event.number("duration_seconds", talk_seconds);
            event.flag("resolved", is_last);
        });
        // Who has to call again is asked when all is settled.
        if is_last {
            self.note_contact(at, ended_at, Surface::Desk, reason);
        } else {
            self.note_attempt(at, reason);
        }
    }
}
