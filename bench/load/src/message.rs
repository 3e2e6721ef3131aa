//! A request with a batch of Segment `track` events, built once; what must differ from one sending to the next is written
//! over in place.
//!
//! Who: a tenth of the events are of visitors without a name, three tenths name customer and device, as a browser does, and
//! six tenths the customer alone, as servers do. A few customers do much: the square of a fraction chooses them.

use std::ops::Range;

use crate::instant::{self, InstantWriter, LENGTH};
use crate::random::{Random, scatter};

pub const CUSTOMERS: usize = 200_000;
pub const VISITORS: usize = 50_000;
pub const EVENTS: usize = 100;

const UUID: &str = "00000000-0000-0000-0000-000000000000";
const CUSTOMER: &str = "customer-0000000";
const INSTANT: &str = "0000-00-00T00:00:00.000Z";
const NAMES: [&str; 20] = [
    "Product Viewed",
    "Products Searched",
    "Product List Viewed",
    "Product Clicked",
    "Product Added",
    "Cart Viewed",
    "Product Removed",
    "Checkout Started",
    "Checkout Step Completed",
    "Payment Info Entered",
    "Order Completed",
    "Order Updated",
    "Order Refunded",
    "Coupon Applied",
    "Coupon Denied",
    "Promotion Viewed",
    "Promotion Clicked",
    "Product Reviewed",
    "Product Shared",
    "Wishlist Product Added",
];
const CATEGORIES: [&str; 6] = ["café de origen", "bebidas frías", "panadería", "desayunos", "accesorios", "temporada"];

/// The places of an event that are written anew.
#[derive(Debug)]
struct Places {
    message_id: usize,
    customer: Option<usize>,
    device: Option<usize>,
    timestamp: usize,
}

#[derive(Debug)]
pub struct Message {
    bytes: Vec<u8>,
    body: Range<usize>,
    events: Vec<Places>,
    sent_at: usize,
    instants: InstantWriter,
}

impl Message {
    /// A whole request, with a body of [`EVENTS`] events. `authorization` is the value of that header.
    pub fn new(host: &str, authorization: &str, random: &mut Random) -> Message {
        let mut body = String::from("{\"batch\":[");
        let mut events: Vec<Places> = (0..EVENTS).map(|index| write_event(&mut body, index, random)).collect();
        body.push_str("],\"sentAt\":\"");
        let sent_at = body.len();
        body.push_str(INSTANT);
        body.push_str("\"}");
        let head = format!(
            "POST /v1/batch HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        for event in &mut events {
            event.message_id += head.len();
            event.timestamp += head.len();
            for place in [&mut event.customer, &mut event.device].into_iter().flatten() {
                *place += head.len();
            }
        }
        let bytes = [head.as_bytes(), body.as_bytes()].concat();
        Message {
            body: head.len()..bytes.len(),
            bytes,
            events,
            sent_at: sent_at + head.len(),
            instants: InstantWriter::new(),
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn body(&self) -> &[u8] {
        &self.bytes[self.body.clone()]
    }

    /// Gives each event an identifier of its own, a customer and a time. `run` and `next_id` together are never used twice;
    /// `next_id` counts on.
    pub fn renew(&mut self, run: u64, next_id: &mut u64, random: &mut Random) {
        let now_ms = instant::now_ms();
        for event in &self.events {
            write_uuid(&mut self.bytes[event.message_id..], run, scatter(*next_id));
            *next_id += 1;
            let fraction = random.fraction();
            let chosen = (fraction * fraction * CUSTOMERS as f64) as usize;
            let person = if event.customer.is_some() { chosen } else { CUSTOMERS + chosen * VISITORS / CUSTOMERS };
            if let Some(at) = event.customer {
                write_digits(&mut self.bytes[at + "customer-".len()..at + CUSTOMER.len()], person);
            }
            if let Some(at) = event.device {
                write_uuid(&mut self.bytes[at..], 0x00de_71ce, scatter(person as u64));
            }
            let happened_at = now_ms - random.below(2000) as i64;
            self.bytes[event.timestamp..event.timestamp + LENGTH].copy_from_slice(self.instants.write(happened_at));
        }
        self.bytes[self.sent_at..self.sent_at + LENGTH].copy_from_slice(self.instants.write(now_ms));
    }
}

fn write_event(body: &mut String, index: usize, random: &mut Random) -> Places {
    let mut member = |name: &str, value: &str| {
        body.push_str(name);
        let at = body.len();
        body.push_str(value);
        body.push('"');
        at
    };
    let opening = if index == 0 { "" } else { "," };
    let message_id = member(&format!("{opening}{{\"type\":\"track\",\"messageId\":\""), UUID);
    let (is_named, has_device) = match index % 10 {
        0 => (false, true),
        1..=3 => (true, true),
        _ => (true, false),
    };
    let customer = is_named.then(|| member(",\"userId\":\"", CUSTOMER));
    let device = has_device.then(|| member(",\"anonymousId\":\"", UUID));
    let timestamp = member(",\"timestamp\":\"", INSTANT);
    let fraction = random.fraction();
    let name = NAMES[(fraction * fraction * NAMES.len() as f64) as usize];
    let product = random.below(1200);
    let category = CATEGORIES[product % CATEGORIES.len()];
    let cents = 120 + random.below(2400);
    let quantity = 1 + random.below(3);
    let shop = 1 + random.below(40);
    body.push_str(&format!(
        ",\"event\":\"{name}\",\"properties\":{{\"product_id\":\"p-{product:04}\",\"category\":\"{category}\",\"price\":{}.{:02},\
         \"quantity\":{quantity},\"currency\":\"EUR\",\"store_id\":\"tienda-{shop:02}\"}},\"context\":{{\"library\":\
         {{\"name\":\"analytics.js\",\"version\":\"npm:next-1.81.0\"}},\"locale\":\"es-ES\",\"timezone\":\"Europe/Madrid\",\
         \"page\":{{\"path\":\"/carta/{product}\",\"title\":\"Café Alameda\",\"referrer\":\"/\"}}}}}}",
        cents / 100,
        cents % 100
    ));
    Places { message_id, customer, device, timestamp }
}

fn write_digits(place: &mut [u8], mut number: usize) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn write_uuid(place: &mut [u8], high: u64, low: u64) {
    let mut bits = (u128::from(high) << 64) | u128::from(low);
    for digit in place[..UUID.len()].iter_mut().rev().filter(|byte| **byte != b'-') {
        *digit = b"0123456789abcdef"[(bits & 15) as usize];
        bits >>= 4;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use events::intake::IntakeSettings;
    use events::intake::segment::read_batch;

    use super::*;

    #[test]
    fn every_event_is_stored_under_an_identifier_of_its_own() {
        let mut random = Random::new(1);
        let mut message = Message::new("localhost", "Basic x", &mut random);
        let mut next_id = 0;
        let mut ids = HashSet::new();
        for _ in 0..20 {
            message.renew(5, &mut next_id, &mut random);
            let batch = read_batch(message.body(), None, instant::now_ms(), &IntakeSettings::default()).unwrap();
            assert_eq!((batch.events.len(), batch.dead.len()), (EVENTS, 0), "{:?}", batch.dead);
            ids.extend(batch.events.into_iter().map(|event| event.message_id));
        }
        assert_eq!(ids.len(), 20 * EVENTS);
    }

    #[test]
    fn events_are_about_500_bytes() {
        let message = Message::new("localhost", "Basic x", &mut Random::new(1));
        let each = message.body().len() / EVENTS;
        assert!((470..530).contains(&each), "{each}");
    }
}
