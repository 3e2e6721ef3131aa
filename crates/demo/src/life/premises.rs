//! What happens at a shop: parking, the counter or the kiosk, orders to be fetched, things that are out.

use super::orders::{AHEAD, Order};
use super::visits::{Visit, time_parked};
use super::{Door, Intent, Life, Session};
use crate::calendar::{MINUTE, SECOND};
use crate::journal::{Sender, Surface};

/// Thousandths of visits for which owners of the app order ahead, by platform.
const ORDERS_AHEAD: [u32; 2] = [200, 620];
/// The same for those who use the site.
const ORDERS_AHEAD_ON_SITE: u32 = 50;

impl Life<'_> {
    pub(super) fn visit(&mut self, visit: &Visit) {
        let ahead = self.order_ahead(visit);
        let company = self.pen.company;
        let place = &company.shops.all[visit.shop];
        let sender = self.company_sender(Surface::Store, visit.at);
        let is_new = !self.is_introduced && sender.is_signed_in;
        if is_new {
            self.introduce(visit.at, sender);
        }
        let visit_id = format!("v{:07}-{:x}", self.pen.person.number, (visit.at - company.calendar.from_ms) / SECOND);
        let person = self.pen.person;
        self.track(visit.at, sender, "Shop Visited", |event| {
            event.text("store_id", place.store_id);
            event.text("visit_id", &visit_id);
            event.text("arrival", if visit.parking_wait.is_some() { "car" } else { "foot" });
            event.text("weather", if visit.is_rainy { "rain" } else { "dry" });
            event.flag("rush_hour", visit.is_rush);
            if sender.is_signed_in {
                event.text("habit", person.habit.as_str());
                event.flag("app_user", person.has_app);
            }
        });
        if let Some(wait_seconds) = visit.parking_wait {
            self.track(visit.at + wait_seconds * SECOND, sender, "Parking Waited", |event| {
                event.text("store_id", place.store_id);
                event.text("visit_id", &visit_id);
                event.number("wait_seconds", wait_seconds);
                event.flag("rush_hour", visit.is_rush);
            });
        }
        let inside_at = visit.at + time_parked(visit) + MINUTE;
        match ahead {
            Some(order) => {
                self.hand_over(inside_at, &order);
            }
            None => self.buy_here(inside_at, visit, sender),
        }
        if visit.parking_wait.is_some_and(|seconds| seconds > 900) {
            self.complain(inside_at, 25, "parking", None);
        }
    }

    /// The first thing the company learns: a form at the counter, or an account from before the period.
    fn introduce(&mut self, at: i64, sender: Sender) {
        self.is_introduced = true;
        self.pen.identify(at, sender.surface);
        if at == self.registered_at {
            self.track(at, sender, "Account Created", |event| event.text("method", "counter"));
            if self.pen.person.loyalty_card.is_some() {
                self.track(at, sender, "Loyalty Card Registered", |event| event.text("card_type", "plastic"));
            }
        }
    }

    fn order_ahead(&mut self, visit: &Visit) -> Option<Order> {
        let person = self.pen.person;
        let is_customer = self.is_registered(visit.at - AHEAD.1 - MINUTE);
        let likely = if person.has_app { ORDERS_AHEAD[person.platform as usize] } else { ORDERS_AHEAD_ON_SITE };
        let wants = self.random.chance(likely);
        let at = visit.at - self.random.between(AHEAD.0, AHEAD.1);
        if !(is_customer && wants) {
            return None;
        }
        let door = if person.has_app { Door::App } else { Door::Web(0) };
        let intent = Intent::Ahead { shop: visit.shop, is_rush: visit.is_rush };
        self.session_with_order(Session { at, door, intent })
    }

    fn buy_here(&mut self, inside_at: i64, visit: &Visit, sender: Sender) {
        let place = &self.pen.company.shops.all[visit.shop];
        if self.random.chance(45) {
            return;
        }
        if self.random.chance(if visit.is_rush { 60 } else { 28 }) {
            let item = self.choose_item(visit.shop, visit.at);
            self.miss_item(inside_at + 40 * SECOND, sender, place.store_id, item);
            if self.random.chance(160) {
                return;
            }
        }
        let lines = 1 + self.random.weighted(&[54, 32, 11, 3]);
        let basket = self.basket_at(visit.shop, visit.at, lines);
        let is_kiosk = place.has_kiosk && self.random.chance(420);
        let (surface, order_type) = if is_kiosk { (Surface::Kiosk, "kiosk") } else { (Surface::Store, "counter") };
        let sender = Sender { surface, ..sender };
        let mut at = inside_at;
        let mut wait_seconds = visit.parking_wait.unwrap_or(0);
        if is_kiosk {
            self.track(at, sender, "Kiosk Session Started", |event| event.text("store_id", place.store_id));
            for &(item, quantity) in &basket.lines {
                at = self.soon(at);
                self.track(at, sender, "Product Added", |event| {
                    event.text("product_id", item.product_id);
                    event.number("quantity", quantity);
                    event.text("store_id", place.store_id);
                });
            }
        } else {
            let minutes: &[i64] = if visit.is_rush { &[1, 3, 6, 11] } else { &[0, 1, 2, 4] };
            at = self.later(at, minutes);
            let waited = (at - inside_at) / SECOND;
            wait_seconds += waited;
            self.track(at, sender, "Queue Waited", |event| {
                event.text("store_id", place.store_id);
                event.number("wait_seconds", waited);
                event.flag("rush_hour", visit.is_rush);
            });
        }
        at = self.soon(at);
        let mut order = self.make_order(order_type, visit.shop, basket, 0, visit.is_rush);
        self.complete(at, sender, &mut order);
        self.note_purchase(at, surface, visit.shop, &order.order_id, wait_seconds);
        if sender.is_signed_in && self.pen.person.loyalty_card.is_some() && self.orders.is_multiple_of(9) {
            self.track(at + 4 * SECOND, sender, "Loyalty Reward Redeemed", |event| {
                event.text("order_id", &order.order_id);
                event.number("points", 100);
            });
        }
        if sender.is_signed_in && self.random.chance(90) {
            let shares: &[u32] = if visit.is_rush { &[60, 130, 280, 600] } else { &[30, 70, 170, 480] };
            let rating = 1 + self.random.roll().level(shares) as i64;
            let rated_at = self.later(at, &[10, 60, 300, 1_000]);
            self.rate(rated_at, &order, rating, visit.is_rush);
        }
    }
}
