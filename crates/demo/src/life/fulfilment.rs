//! What becomes of an order: promises kept and broken, deliveries, refunds, and the rating in the end.

use super::Life;
use super::orders::Order;
use crate::calendar::{MINUTE, SECOND};
use crate::journal::{Sender, Surface};
use crate::menu::Item;
use crate::truths::{Truth, Unit};
use crate::weather::is_rainy;

/// Cumulative thousandths of the ratings 1 to 5, for orders made ahead.
const RATINGS: [u32; 5] = [30, 70, 170, 480, 1_000];
const RATINGS_AT_RUSH: [u32; 5] = [60, 150, 340, 660, 1_000];
const RATINGS_AFTER_BROKEN: [u32; 5] = [180, 350, 540, 810, 1_000];
const RATINGS_AFTER_BROKEN_AT_RUSH: [u32; 5] = [260, 470, 660, 870, 1_000];

impl Life<'_> {
    /// From the kitchen to the door.
    pub(super) fn deliver(&mut self, order: Order) {
        let company = self.pen.company;
        let place = &company.shops.all[order.shop];
        let local = company.calendar.local(place.zone, order.completed_at);
        let is_rainy = is_rainy(company.seed, place.region, place.climate, &company.calendar, local);
        let is_rush = company.calendar.is_rush(local);
        let sender = self.company_sender(Surface::Delivery, order.completed_at);

        if self.random.chance(28) {
            let at = self.later(order.completed_at, &[2, 5, 12]);
            let reason = *self.random.pick(&["changed my mind", "too slow", "ordered twice"]);
            self.track(at, sender, "Order Cancelled", |event| {
                order.write(event);
                event.text("reason", reason);
            });
            self.refund(at, sender, &order, "cancelled", 1_000);
            return;
        }
        let dispatched_at = self.later(order.completed_at, &[8, 13, 18, 24]);
        self.track(dispatched_at, sender, "Order Dispatched", |event| order.write(event));
        let is_late = self.random.chance(70 + if is_rainy { 130 } else { 0 } + if is_rush { 90 } else { 0 });
        let mut delivered_at = self.later(dispatched_at, &[8, 14, 19]);
        if is_late {
            delivered_at = self.later(order.promised_at, &[6, 15, 25, 50]);
            self.break_promise(order.promised_at + MINUTE, sender, &order, "delivery_time");
        }
        self.track(delivered_at, sender, "Order Delivered", |event| {
            order.write(event);
            event.flag("late", is_late);
        });
        if self.random.chance(280) {
            let ratings = if is_late { RATINGS_AFTER_BROKEN } else { RATINGS };
            let rating = 1 + self.random.roll().level(&ratings[..4]) as i64;
            let at = self.later(delivered_at, &[3, 20, 90, 600]);
            self.rate(at, &order, rating, is_rush);
        }
        self.note_delivery(delivered_at, order.shop, &order.order_id, is_late);
        if is_late {
            let at = delivered_at;
            self.complain(at, 140, "late_delivery", Some(&order));
        }
    }

    /// What an order made ahead comes to at the counter: in time and whole, or not. `at` is when the customer stands there.
    pub(super) fn hand_over(&mut self, at: i64, order: &Order) -> i64 {
        let rush = usize::from(order.is_rush);
        let is_broken = self.random.chance([90, 290][rush]);
        let is_item = self.random.chance(320);
        let store = self.company_sender(Surface::Store, at);
        let mut handed_at = self.later(at, &[1, 2, 4]);
        if is_broken {
            if is_item {
                let (item, _) = order.basket.lines[0];
                self.miss_item(at + 20 * SECOND, store, order.store_id, item);
                self.break_promise(at + 25 * SECOND, store, order, "item");
                self.refund(at + 3 * MINUTE, store, order, "item unavailable", 400);
            } else {
                self.break_promise(at + 30 * SECOND, store, order, "ready_time");
                handed_at = self.later(at, &[7, 12, 16, 28]);
            }
        }
        self.track(handed_at, store, "Order Picked Up", |event| {
            order.write(event);
            event.flag("rush_hour", order.is_rush);
        });
        let roll = self.random.roll();
        let rates = self.random.chance(450);
        let rated_at = self.later(handed_at, &[4, 25, 120, 900]);
        let with = roll.level(&[RATINGS_AFTER_BROKEN, RATINGS_AFTER_BROKEN_AT_RUSH][rush][..4]);
        let without = roll.level(&[RATINGS, RATINGS_AT_RUSH][rush][..4]);
        if rates {
            let rating = 1 + if is_broken { with } else { without } as i64;
            if self.rate(rated_at, order, rating, order.is_rush) {
                let unit = Unit {
                    stratum: rush,
                    is_exposed: is_broken,
                    outcome_exposed: with >= 3,
                    outcome_unexposed: without >= 3,
                };
                self.truths.record(Truth::BrokenPromise, unit);
            }
        }
        self.note_pickup(handed_at, order.shop, &order.order_id, is_broken);
        if is_broken {
            self.complain(handed_at, 110, "broken_promise", Some(order));
        }
        handed_at
    }

    pub(super) fn miss_item(&mut self, at: i64, sender: Sender, store_id: &str, item: &Item) {
        self.track(at, sender, "Menu Item Unavailable", |event| {
            event.text("store_id", store_id);
            event.text("product_id", item.product_id);
            event.text("name", item.name);
            event.flag("seasonal", item.is_seasonal());
        });
    }

    fn break_promise(&mut self, at: i64, sender: Sender, order: &Order, promise: &str) {
        let promised = self.pen.company.calendar.instant_text(order.promised_at);
        self.track(at, sender, "Order Promise Broken", |event| {
            event.text("order_id", &order.order_id);
            event.text("order_type", order.order_type);
            event.text("store_id", order.store_id);
            event.text("promise", promise);
            event.text("promised_at", &promised);
            event.flag("rush_hour", order.is_rush);
        });
    }

    /// `share` in thousandths of the total.
    pub(super) fn refund(&mut self, at: i64, sender: Sender, order: &Order, reason: &str, share: i64) {
        let at = self.later(at, &[1, 4, 15]);
        let country = order.country;
        let minor = (order.total * share / 1_000 / country.price_step).max(1) * country.price_step;
        self.track(at, sender, "Order Refunded", |event| {
            event.text("order_id", &order.order_id);
            event.text("store_id", order.store_id);
            event.money("total", minor.min(order.total), country.minor_digits);
            event.text("currency", country.currency);
            event.text("reason", reason);
        });
    }

    /// Whether the rating falls inside the period.
    pub(super) fn rate(&mut self, at: i64, order: &Order, rating: i64, is_rush: bool) -> bool {
        let surface = match self.app_version {
            Some(version) if self.is_signed_in_app => Surface::App(version),
            _ => Surface::Email,
        };
        let sender = self.company_sender(surface, at);
        self.track(at, sender, "Order Rated", |event| {
            event.text("order_id", &order.order_id);
            event.text("order_type", order.order_type);
            event.text("store_id", order.store_id);
            event.number("rating", rating);
            event.flag("rush_hour", is_rush);
        })
    }
}
