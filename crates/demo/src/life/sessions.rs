//! Sessions in browsers and in the app: looking around, signing in, filling a basket, and a release that crashes.

use super::orders::Order;
use super::{Door, Intent, Life, Session};
use crate::calendar::{MINUTE, SECOND};
use crate::journal::{Kind, Sender, Surface};
use crate::json::Object;
use crate::menu::Basket;
use crate::people::Platform;
use crate::releases::{CRASHES, CRASHES_WHEN_BROKEN};
use crate::truths::{Truth, Unit};

/// An order or a crash after this long is no longer counted as the session's.
pub(crate) const SESSION_WINDOW: i64 = 30 * MINUTE;

/// Thousandths of app sessions with a remote order in mind, by platform.
const ORDERS_IN_APP: [u32; 2] = [230, 680];

/// A session under way: the time now, who sends, and after how many more events the app crashes.
pub(super) struct Walk {
    pub(super) at: i64,
    pub(super) sender: Sender,
    crashes_after: Option<u32>,
}

/// How far a session with a basket gets. Drawn before it is lived, because a session that crashed must know what it would
/// have come to.
struct Course {
    /// Gives up after this many stages (cart, checkout).
    gives_up_after: Option<usize>,
    payment: super::orders::Payment,
}

impl Course {
    fn ends_in_order(&self) -> bool {
        self.gives_up_after.is_none() && !self.payment.is_abandoned()
    }
}

impl Life<'_> {
    pub(super) fn session(&mut self, session: Session) {
        match session.door {
            Door::WhatsApp | Door::Phone => self.order_by_line(session),
            Door::Web(_) | Door::App => {
                if let Some(order) = self.session_with_order(session) {
                    self.deliver(order);
                }
            }
        }
    }

    /// Lives a session in a browser or in the app; the order, if it came to one.
    pub(super) fn session_with_order(&mut self, session: Session) -> Option<Order> {
        // An account is made in this very session, so it counts as known from here on.
        if session.intent == Intent::Register {
            self.registered_at = session.at;
        }
        let course = self.choose_course(session);
        let mut walk = match session.door {
            Door::App => self.open_app(session.at, course.as_ref()),
            Door::Web(browser) => {
                let is_signed_in = self.signed_in_browsers[browser];
                Walk {
                    at: session.at,
                    sender: Sender { surface: Surface::Web(browser), is_signed_in },
                    crashes_after: None,
                }
            }
            Door::WhatsApp | Door::Phone => return None,
        };
        let placed = self.walk(&mut walk, session, course);
        // A crash that nothing cut short comes at the end.
        if walk.crashes_after.take().is_some() {
            self.crash(&walk);
        }
        placed
    }

    fn choose_course(&mut self, session: Session) -> Option<Course> {
        let wants_order = match session.intent {
            Intent::Browse | Intent::Register => return None,
            Intent::Ahead { .. } => true,
            Intent::Delivery if session.door == Door::App => {
                self.random.chance(ORDERS_IN_APP[self.pen.person.platform as usize])
            }
            Intent::Delivery => self.random.chance(620),
        };
        let gives_up_after = match self.random.below(1_000) {
            0..70 => Some(0),
            70..120 => Some(1),
            _ => None,
        };
        let payment = self.choose_payment();
        wants_order.then_some(Course { gives_up_after, payment })
    }

    /// `None` ends the walk: by a crash, or because there is nothing left to do.
    fn walk(&mut self, walk: &mut Walk, session: Session, course: Option<Course>) -> Option<Order> {
        self.arrive(walk)?;
        self.sign_in(walk, session, course.is_some())?;
        self.look_around(walk, course.is_some())?;
        let course = course?;
        let shop = match session.intent {
            Intent::Ahead { shop, .. } => shop,
            _ => self.pen.person.home_shop,
        };
        let basket = self.fill_basket(walk, shop)?;
        if course.gives_up_after == Some(0) {
            return None;
        }
        let discount = self.try_coupon(walk)?;
        let order = self.new_order(session, shop, basket, discount);
        self.step(walk, "Checkout Started", |event| order.write(event))?;
        if course.gives_up_after == Some(1) {
            return None;
        }
        // The crash that was to come has to come before the money does.
        if walk.crashes_after.take().is_some() {
            self.crash(walk);
            return None;
        }
        self.pay(walk, order, course.payment)
    }

    fn arrive(&mut self, walk: &mut Walk) -> Option<()> {
        self.view(walk, "Home", "/")?;
        if self.random.chance(300) {
            self.step(walk, "Promotion Viewed", |event| write_promotion(event, "temporada"))?;
            if self.random.chance(240) {
                self.step(walk, "Promotion Clicked", |event| write_promotion(event, "temporada"))?;
            }
        }
        Some(())
    }

    /// Whoever has an account signs in on a new browser sooner or later; what was done there before becomes theirs.
    fn sign_in(&mut self, walk: &mut Walk, session: Session, must: bool) -> Option<()> {
        if walk.sender.is_signed_in || !self.is_registered(session.at) {
            return Some(());
        }
        let makes_account = session.intent == Intent::Register;
        if !(must || makes_account || matches!(session.door, Door::App) || self.random.chance(400)) {
            return Some(());
        }
        match session.door {
            Door::Web(browser) => self.signed_in_browsers[browser] = true,
            _ => self.is_signed_in_app = true,
        }
        walk.sender.is_signed_in = true;
        walk.at = self.soon(walk.at);
        self.pen.identify(walk.at, walk.sender.surface);
        self.is_introduced = true;
        if makes_account {
            self.step(walk, "Account Created", |event| event.text("method", "email"))?;
            if self.pen.person.loyalty_card.is_some() {
                self.step(walk, "Loyalty Card Registered", |event| event.text("card_type", "digital"))?;
            }
            return Some(());
        }
        self.step(walk, "Signed In", |event| event.text("method", "email"))
    }

    fn look_around(&mut self, walk: &mut Walk, is_buying: bool) -> Option<()> {
        if self.random.chance(200) {
            self.view(walk, "Shops", "/tiendas")?;
        }
        let category = *self.random.pick(&["coffee", "bakery", "food", "drinks", "tea"]);
        if self.random.chance(240) {
            self.step(walk, "Products Searched", |event| event.text("query", category))?;
        }
        self.step(walk, "Product List Viewed", |event| event.text("category", category))?;
        if self.random.chance(120) {
            self.step(walk, "Product List Filtered", |event| event.text("category", category))?;
        }
        let looks = if is_buying { 0 } else { self.random.weighted(&[25, 40, 25, 10]) };
        for _ in 0..looks {
            let item = self.choose_item(self.pen.person.home_shop, walk.at);
            self.step(walk, "Product Viewed", |event| {
                event.text("product_id", item.product_id);
                event.text("category", item.category);
            })?;
            if self.random.chance(50) {
                self.step(walk, "Product Added to Wishlist", |event| event.text("product_id", item.product_id))?;
            }
        }
        Some(())
    }

    fn fill_basket(&mut self, walk: &mut Walk, shop: usize) -> Option<Basket> {
        let lines = 1 + self.random.weighted(&[48, 34, 14, 4]);
        let month = self.month_at(shop, walk.at);
        let country = self.pen.company.shops.country(shop);
        let position = self.pen.company.shops.all[shop].country;
        let basket = Basket::fill(&self.pen.company.menu, position, month, lines, &mut self.random);
        for &(item, quantity) in &basket.lines {
            if self.random.chance(450) {
                self.step(walk, "Product Viewed", |event| {
                    event.text("product_id", item.product_id);
                    event.text("category", item.category);
                })?;
            }
            self.step(walk, "Product Added", |event| {
                event.text("product_id", item.product_id);
                event.money("price", item.price(country), country.minor_digits);
                event.number("quantity", quantity);
                event.text("currency", country.currency);
            })?;
        }
        if self.random.chance(70) {
            let (item, _) = basket.lines[0];
            self.step(walk, "Product Removed", |event| event.text("product_id", item.product_id))?;
            self.step(walk, "Product Added", |event| {
                event.text("product_id", item.product_id);
                event.money("price", item.price(country), country.minor_digits);
                event.number("quantity", 1);
                event.text("currency", country.currency);
            })?;
        }
        self.step(walk, "Cart Viewed", |event| event.number("product_count", basket.lines.len() as i64))?;
        Some(basket)
    }

    /// Thousandths off the price.
    fn try_coupon(&mut self, walk: &mut Walk) -> Option<i64> {
        if !self.random.chance(90) {
            return Some(0);
        }
        let is_good = self.random.chance(640);
        self.step(walk, "Coupon Entered", |event| event.text("coupon_id", "ALAMEDA10"))?;
        if is_good {
            self.step(walk, "Coupon Applied", |event| event.text("coupon_id", "ALAMEDA10"))?;
            return Some(100);
        }
        let reason = *self.random.pick(&["expired", "minimum not met", "not in this shop"]);
        self.step(walk, "Coupon Denied", |event| {
            event.text("coupon_id", "ALAMEDA10");
            event.text("reason", reason);
        })?;
        Some(0)
    }

    /// Opens the app in the version installed, and draws whether this session crashes with and without a broken release.
    fn open_app(&mut self, at: i64, course: Option<&Course>) -> Walk {
        let person = self.pen.person;
        let release = self.pen.company.releases.installed(person, at);
        let sender = Sender { surface: Surface::App(release.version), is_signed_in: self.is_signed_in_app };
        match self.app_version.replace(release.version) {
            None => {
                self.track(at - 40 * SECOND, sender, "App Installed", |event| {
                    event.text("app_version", release.version);
                    event.text("platform", person.platform.as_str());
                });
            }
            Some(before) if before != release.version => {
                self.track(at - 20 * SECOND, sender, "App Updated", |event| {
                    event.text("app_version", release.version);
                    event.text("previous_version", before);
                    event.text("platform", person.platform.as_str());
                });
            }
            Some(_) => {}
        }
        let is_written = self.track(at, sender, "App Opened", |event| {
            event.text("app_version", release.version);
            event.text("platform", person.platform.as_str());
        });

        let roll = self.random.roll();
        let crash = Unit {
            stratum: person.platform as usize,
            is_exposed: release.is_broken,
            outcome_exposed: roll.is_under(CRASHES_WHEN_BROKEN),
            outcome_unexposed: roll.is_under(CRASHES),
        };
        let crashes_after = 1 + self.random.below(5);
        let is_counted = is_written && at + SESSION_WINDOW <= self.pen.company.calendar.until_ms;
        let is_compared = is_counted && self.pen.company.releases.is_troubled(at);
        self.note_app(at, release.version, crash, is_compared);
        if is_compared {
            let would_order = course.is_some_and(Course::ends_in_order);
            self.truths.record(Truth::ReleaseCrashes, crash);
            let order = Unit {
                outcome_exposed: would_order && !crash.outcome_exposed,
                outcome_unexposed: would_order && !crash.outcome_unexposed,
                ..crash
            };
            self.truths.record(Truth::ReleaseOrders, order);
        }
        Walk { at, sender, crashes_after: crash.lived().then_some(crashes_after) }
    }

    /// One more event of the session, unless the app crashes instead.
    pub(super) fn step(&mut self, walk: &mut Walk, name: &str, properties: impl FnOnce(&mut Object<'_>)) -> Option<()> {
        self.advance(walk)?;
        self.track(walk.at, walk.sender, name, properties);
        Some(())
    }

    fn view(&mut self, walk: &mut Walk, name: &str, path: &str) -> Option<()> {
        self.advance(walk)?;
        match walk.sender.surface {
            Surface::App(_) => self.pen.write(walk.at, walk.sender, Kind::Screen(name), |_| {}),
            _ => self.pen.write(walk.at, walk.sender, Kind::Page(name), |page| page.text("path", path)),
        };
        Some(())
    }

    fn advance(&mut self, walk: &mut Walk) -> Option<()> {
        walk.at = self.soon(walk.at);
        if let Some(left) = &mut walk.crashes_after {
            *left -= 1;
            if *left == 0 {
                walk.crashes_after = None;
                self.crash(walk);
                return None;
            }
        }
        Some(())
    }

    fn crash(&mut self, walk: &Walk) {
        let Surface::App(version) = walk.sender.surface else { return };
        let platform: Platform = self.pen.person.platform;
        let at = walk.at + SECOND;
        self.track(at, walk.sender, "App Crashed", |event| {
            event.text("app_version", version);
            event.text("platform", platform.as_str());
            event.text("reason", if version.ends_with(".0") { "cart state lost" } else { "out of memory" });
        });
        self.complain(at, 40, "app_crash", None);
    }
}

pub(super) fn write_promotion(event: &mut Object<'_>, promotion: &str) {
    event.text("promotion_id", promotion);
    event.text("name", "Carta de temporada");
}
