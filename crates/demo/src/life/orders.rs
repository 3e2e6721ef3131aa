//! Orders up to the moment they are completed: what is in them, and payments that fail.

use super::sessions::{SESSION_WINDOW, Walk};
use super::{Door, Intent, Life, Session};
use crate::calendar::{HOUR, MINUTE, SECOND};
use crate::journal::{Sender, Surface};
use crate::json::Object;
use crate::menu::{Basket, Item};
use crate::random::Random;
use crate::shops::Country;
use crate::truths::{Truth, Unit};

/// Thousandths of payments that fail, and of orders abandoned without and after a failure, by payment method.
const FAILS: [u32; 3] = [45, 25, 210];
const ABANDONS: [u32; 3] = [30, 20, 130];
const ABANDONS_AFTER_FAILURE: [u32; 3] = [340, 300, 470];

pub(super) struct Order {
    pub(super) order_id: String,
    pub(super) shop: usize,
    pub(super) basket: Basket,
    pub(super) order_type: &'static str,
    /// Minor units, after the discount.
    pub(super) total: i64,
    pub(super) discount: i64,
    pub(super) country: &'static Country,
    pub(super) store_id: &'static str,
    /// Ready or at the door by then; zero for what is handed over at once.
    pub(super) promised_at: i64,
    pub(super) completed_at: i64,
    pub(super) is_rush: bool,
}

impl Order {
    pub(super) fn write(&self, event: &mut Object<'_>) {
        event.text("order_id", &self.order_id);
        event.text("order_type", self.order_type);
        event.text("store_id", self.store_id);
    }

    /// What was paid. Only the event that completes an order says it, so that sums count it once.
    fn write_amount(&self, event: &mut Object<'_>) {
        let digits = self.country.minor_digits;
        event.money("total", self.total, digits);
        event.text("currency", self.country.currency);
        if self.discount > 0 {
            event.money("discount", self.discount, digits);
        }
        event.list("products", &self.basket.lines, |product, (item, quantity)| {
            product.text("product_id", item.product_id);
            product.text("name", item.name);
            product.money("price", item.price(self.country), digits);
            product.number("quantity", *quantity);
        });
    }
}

/// How a payment goes, drawn before it is tried.
pub(super) struct Payment(Unit);

impl Payment {
    pub(super) fn is_abandoned(&self) -> bool {
        self.0.lived()
    }
}

impl Life<'_> {
    pub(super) fn choose_payment(&mut self) -> Payment {
        let method = self.pen.person.payment as usize;
        let is_exposed = self.random.chance(FAILS[method]);
        let roll = self.random.roll();
        Payment(Unit {
            stratum: method,
            is_exposed,
            outcome_exposed: roll.is_under(ABANDONS_AFTER_FAILURE[method]),
            outcome_unexposed: roll.is_under(ABANDONS[method]),
        })
    }

    pub(super) fn new_order(&mut self, session: Session, shop: usize, basket: Basket, discount: i64) -> Order {
        let (order_type, is_rush) = match session.intent {
            Intent::Ahead { is_rush, .. } => ("order_ahead", is_rush),
            _ => ("delivery", false),
        };
        self.make_order(order_type, shop, basket, discount, is_rush)
    }

    /// `discount` in thousandths of the price.
    pub(super) fn make_order(
        &mut self,
        order_type: &'static str,
        shop: usize,
        basket: Basket,
        discount: i64,
        is_rush: bool,
    ) -> Order {
        let country = self.pen.company.shops.country(shop);
        let full = basket.total(country);
        let off = full * discount / 1_000;
        self.orders += 1;
        Order {
            order_id: format!("P{:07}-{}", self.pen.person.number, self.orders),
            store_id: self.pen.company.shops.all[shop].store_id,
            shop,
            basket,
            order_type,
            total: full - off,
            discount: off,
            country,
            promised_at: 0,
            completed_at: 0,
            is_rush,
        }
    }

    /// Enters the payment, perhaps twice; the order if it was completed.
    pub(super) fn pay(&mut self, walk: &mut Walk, mut order: Order, payment: Payment) -> Option<Order> {
        let method = self.pen.person.payment.as_str();
        let is_abandoned = payment.is_abandoned();
        let Payment(unit) = payment;
        self.enter_payment(walk, &order, 1)?;
        let calendar = &self.pen.company.calendar;
        if calendar.contains(walk.at) && walk.at + SESSION_WINDOW <= calendar.until_ms {
            self.truths.record(Truth::PaymentFailure, unit);
        }
        if unit.is_exposed {
            let reason = *self.random.pick(&["declined", "timeout", "insufficient balance", "bank unavailable"]);
            self.step(walk, "Payment Failed", |event| {
                order.write(event);
                event.text("payment_method", method);
                event.text("reason", reason);
            })?;
        }
        if is_abandoned {
            if unit.is_exposed {
                self.complain(walk.at, 90, "payment_failed", Some(&order));
            }
            return None;
        }
        if unit.is_exposed {
            self.enter_payment(walk, &order, 2)?;
        }
        walk.at = self.soon(walk.at);
        let minutes = if order.order_type == "delivery" { 45 } else { 25 };
        order.promised_at = (walk.at / MINUTE + minutes) * MINUTE;
        self.complete(walk.at, walk.sender, &mut order);
        Some(order)
    }

    fn enter_payment(&mut self, walk: &mut Walk, order: &Order, attempt: i64) -> Option<()> {
        let method = self.pen.person.payment.as_str();
        self.step(walk, "Payment Info Entered", |event| {
            order.write(event);
            event.text("payment_method", method);
            event.number("attempt", attempt);
        })
    }

    /// Writes `Order Completed` and what follows from it for the loyalty card.
    pub(super) fn complete(&mut self, at: i64, sender: Sender, order: &mut Order) {
        let promised = (order.promised_at > 0).then(|| self.pen.company.calendar.instant_text(order.promised_at));
        order.completed_at = at;
        let is_written = self.track(at, sender, "Order Completed", |event| {
            order.write(event);
            if let Some(promised) = &promised {
                event.text("promised_at", promised);
            }
            if order.order_type == "order_ahead" {
                event.flag("rush_hour", order.is_rush);
            }
            order.write_amount(event);
        });
        if is_written {
            self.completed_at.push(at);
        }
        let has_card = self.pen.person.loyalty_card.is_some() && self.is_registered(at);
        if has_card && order.order_type != "delivery" {
            let store = self.company_sender(Surface::Store, at);
            let points = i64::try_from(order.basket.lines.len()).unwrap_or(0) * 10;
            self.track(at + 2 * SECOND, store, "Loyalty Points Earned", |event| {
                event.text("order_id", &order.order_id);
                event.number("points", points);
            });
        }
    }

    /// An order by WhatsApp or telephone.
    pub(super) fn order_by_line(&mut self, session: Session) {
        let surface = if session.door == Door::WhatsApp { Surface::WhatsApp } else { Surface::Phone };
        let mut at = self.converse(session.at, surface, "order", None);
        at += 10 * SECOND;
        let shop = self.pen.person.home_shop;
        let lines = 1 + self.random.weighted(&[30, 40, 20, 10]);
        let basket = self.basket_at(shop, at, lines);
        let mut order = self.make_order("delivery", shop, basket, 0, false);
        order.promised_at = (at / MINUTE + 45) * MINUTE;
        let sender = self.company_sender(surface, at);
        self.complete(at, sender, &mut order);
        self.deliver(order);
    }

    pub(super) fn basket_at(&mut self, shop: usize, at: i64, lines: usize) -> Basket {
        let month = self.month_at(shop, at);
        let country = self.pen.company.shops.all[shop].country;
        Basket::fill(&self.pen.company.menu, country, month, lines, &mut self.random)
    }

    pub(super) fn choose_item(&mut self, shop: usize, at: i64) -> &'static Item {
        let month = self.month_at(shop, at);
        let country = self.pen.company.shops.all[shop].country;
        let random: &mut Random = &mut self.random;
        self.pen.company.menu.choose(country, month, random)
    }

    pub(super) fn month_at(&self, shop: usize, at: i64) -> u8 {
        let calendar = &self.pen.company.calendar;
        calendar.month(calendar.local(self.pen.company.shops.all[shop].zone, at).day)
    }
}

/// How long before the visit somebody orders ahead, so that the visit is no part of the session.
pub(super) const AHEAD: (i64, i64) = (45 * MINUTE, HOUR + 15 * MINUTE);
