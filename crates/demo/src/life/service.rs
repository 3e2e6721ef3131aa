//! Contacts with the people who serve: what makes customers write or call, and how that goes.

use super::Life;
use super::orders::Order;
use crate::calendar::SECOND;
use crate::journal::{Sender, Surface};

impl Life<'_> {
    /// After something went wrong, some get in touch: `per_mille` of them.
    pub(super) fn complain(&mut self, at: i64, per_mille: u32, reason: &str, order: Option<&Order>) {
        let does = self.random.chance(per_mille);
        let way = self.random.weighted(&[40, 25, 35]);
        if !does {
            return;
        }
        let started_at = self.later(at, &[2, 9, 40, 400, 1_400]);
        let surface = match way {
            0 if self.is_registered(at) => Surface::WhatsApp,
            1 if self.is_registered(at) => Surface::Phone,
            _ => Surface::Web(0),
        };
        let ended_at = self.converse(started_at, surface, reason, order);
        self.note_contact(started_at, ended_at, surface, reason);
        if let Some(order) = order
            && reason != "payment_failed"
            && self.random.chance(300)
        {
            let sender = self.company_sender(Surface::Store, ended_at);
            self.refund(ended_at, sender, order, reason, 500);
        }
    }

    /// A conversation from its first message to its end, which is returned.
    pub(super) fn converse(&mut self, at: i64, surface: Surface, reason: &str, order: Option<&Order>) -> i64 {
        self.cases += 1;
        let conversation_id = self.conversation_id();
        match surface {
            Surface::Phone => self.call(at, &conversation_id, reason, order),
            Surface::WhatsApp => self.exchange(at, surface, &conversation_id, reason, order),
            _ => self.chat(at, surface, &conversation_id, reason, order),
        }
    }

    /// That of the conversation begun last.
    pub(super) fn conversation_id(&self) -> String {
        format!("c{:07}-{}", self.pen.person.number, self.cases)
    }

    fn call(&mut self, at: i64, conversation_id: &str, reason: &str, order: Option<&Order>) -> i64 {
        let sender = Sender { surface: Surface::Phone, is_signed_in: false };
        let wait_seconds = self.random.quantile(&[5, 20, 60, 150, 420]);
        let talk_seconds = self.random.quantile(&[40, 110, 180, 320, 700]);
        self.track(at, sender, "Call Started", |event| {
            event.text("conversation_id", conversation_id);
            event.text("reason", reason);
            if let Some(order) = order {
                event.text("order_id", &order.order_id);
            }
        });
        let ended_at = at + (wait_seconds + talk_seconds) * SECOND;
        let is_resolved = self.random.chance(740);
        self.track(ended_at, sender, "Call Ended", |event| {
            event.text("conversation_id", conversation_id);
            event.number("wait_seconds", wait_seconds);
            event.number("duration_seconds", talk_seconds);
            event.flag("resolved", is_resolved);
        });
        ended_at
    }

    fn exchange(
        &mut self,
        at: i64,
        surface: Surface,
        conversation_id: &str,
        reason: &str,
        order: Option<&Order>,
    ) -> i64 {
        let sender = Sender { surface, is_signed_in: false };
        let turns = 1 + self.random.weighted(&[40, 35, 25]);
        let mut now = at;
        for turn in 0..turns {
            self.track(now, sender, "WhatsApp Message Received", |event| {
                event.text("conversation_id", conversation_id);
                event.text("reason", reason);
                if let (0, Some(order)) = (turn, order) {
                    event.text("order_id", &order.order_id);
                }
            });
            now = self.later(now, &[0, 1, 3, 12]);
            let agent = self.agent();
            self.track(now, sender, "WhatsApp Message Sent", |event| {
                event.text("conversation_id", conversation_id);
                event.text("agent_id", agent);
            });
            now = self.later(now, &[0, 1, 2, 8]);
        }
        now
    }

    fn chat(&mut self, at: i64, surface: Surface, conversation_id: &str, reason: &str, order: Option<&Order>) -> i64 {
        let is_signed_in =
            self.is_registered(at) && self.signed_in_browsers.first().is_some_and(|signed_in| *signed_in);
        let sender = Sender { surface, is_signed_in };
        self.track(at, sender, "Live Chat Conversation Started", |event| {
            event.text("conversation_id", conversation_id);
            event.text("reason", reason);
            if let Some(order) = order {
                event.text("order_id", &order.order_id);
            }
        });
        let agent = self.agent();
        let mut now = at;
        for _ in 0..=self.random.weighted(&[35, 40, 25]) {
            now = self.soon(now);
            self.track(now, sender, "Live Chat Message Sent", |event| event.text("conversation_id", conversation_id));
            now = self.later(now, &[0, 1, 2, 5]);
            self.track(now, sender, "Live Chat Message Received", |event| {
                event.text("conversation_id", conversation_id);
                event.text("agent_id", agent);
            });
        }
        now = self.soon(now);
        self.track(now, sender, "Live Chat Conversation Ended", |event| {
            event.text("conversation_id", conversation_id);
            event.text("agent_id", agent);
            event.number("conversation_duration", (now - at) / SECOND);
        });
        now
    }

    fn agent(&mut self) -> &'static str {
        let agents = ["agente-01", "agente-02", "agente-03", "agente-04", "agente-05", "agente-06", "agente-07"];
        agents[self.random.below(agents.len() as u32) as usize]
    }
}
