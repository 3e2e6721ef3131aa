//! Who a customer is: made from the seed and the customer's number alone, so that any customer can be made at any time.

use crate::names::{FAMILY, GIVEN, MAIL_DOMAINS, plain};
use crate::random::{Purpose, Random, fingerprint};
use crate::shops::{COUNTRIES, Shops};

/// How often somebody comes by nature. It is what confounds: it drives who has the app, who knows when the car park is
/// empty, who opens e-mails and who comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    Daily,
    Weekly,
    Occasional,
}

impl Habit {
    pub(crate) const NAMES: [&'static str; 3] = ["daily", "weekly", "occasional"];

    pub(crate) fn as_str(self) -> &'static str {
        Habit::NAMES[self as usize]
    }

    /// One value for each habit.
    pub(crate) fn of<T: Copy>(self, by_habit: [T; 3]) -> T {
        by_habit[self as usize]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    Android,
    Ios,
}

impl Platform {
    pub(crate) const NAMES: [&'static str; 2] = ["android", "ios"];

    pub(crate) fn as_str(self) -> &'static str {
        Platform::NAMES[self as usize]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentMethod {
    Card,
    Wallet,
    Prepaid,
}

impl PaymentMethod {
    pub(crate) const NAMES: [&'static str; 3] = ["card", "wallet", "prepaid"];

    pub(crate) fn as_str(self) -> &'static str {
        PaymentMethod::NAMES[self as usize]
    }
}

/// How a customer came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Registration {
    /// Had an account before the period began.
    Before,
    Online,
    InShop,
}

pub(crate) struct Person {
    pub(crate) number: u64,
    /// Whether the company ever learns who this is.
    pub(crate) is_known: bool,
    pub(crate) user_id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    /// E.164.
    pub(crate) phone: String,
    pub(crate) loyalty_card: Option<String>,
    pub(crate) locale: String,
    pub(crate) habit: Habit,
    pub(crate) goes_to_shops: bool,
    pub(crate) comes_by_car: bool,
    pub(crate) orders_delivery: bool,
    pub(crate) has_app: bool,
    pub(crate) platform: Platform,
    pub(crate) payment: PaymentMethod,
    pub(crate) wants_email: bool,
    pub(crate) email_bounces: bool,
    pub(crate) registration: Registration,
    /// Position of the shop that is nearest.
    pub(crate) home_shop: usize,
    /// Anonymous ids of the browsers, the one used most first.
    pub(crate) browsers: Vec<String>,
    pub(crate) app_id: String,
    pub(crate) device_id: String,
    /// Anonymous id under which calls and messages of this telephone arrive.
    pub(crate) line_id: String,
}

impl Person {
    pub(crate) fn new(seed: u64, number: u64, shops: &Shops) -> Person {
        let mut random = Random::new(seed, number, Purpose::Person);
        let home_shop = random.weighted(&shops.weights);
        let country = &COUNTRIES[shops.all[home_shop].country];

        let given = *random.pick(&GIVEN);
        let (family, second_family) = (*random.pick(&FAMILY), *random.pick(&FAMILY));
        let domain = *random.pick(&MAIL_DOMAINS);
        let phone = format!(
            "+{}0{}{:08}",
            country.calling_code,
            "5".repeat(country.phone_digits.saturating_sub(9)),
            spread(number, 100_000_000)
        );

        let is_known = random.chance(780);
        let habit = match random.weighted(&[60, 230, 710]) {
            0 => Habit::Daily,
            1 => Habit::Weekly,
            _ => Habit::Occasional,
        };
        let goes_to_shops = random.chance(if is_known { 760 } else { 260 });
        // Nothing but the habit decides who has the app: that is the truth about the app.
        let has_app = is_known & random.chance(habit.of([820, 560, 240]));
        let has_card = is_known & random.chance(habit.of([930, 800, 480]));
        let platform = if random.chance(620) { Platform::Android } else { Platform::Ios };
        let payment = match random.weighted(&[55, 20, 25]) {
            0 => PaymentMethod::Card,
            1 => PaymentMethod::Wallet,
            _ => PaymentMethod::Prepaid,
        };
        let registration = match random.weighted(&[28, 40, 32]) {
            0 => Registration::Before,
            2 if goes_to_shops => Registration::InShop,
            _ => Registration::Online,
        };
        let language = if random.chance(60) { "en" } else { "es" };
        let mut browsers: Vec<String> =
            (0..1 + random.weighted(&[60, 30, 10]) as u64).map(|browser| browser_id(seed, number, browser)).collect();
        // Never more than three browsers, so that with app and telephone there are five anonymous ids: an identity takes no more.
        // A tablet that two people of one household share: one browser, two accounts.
        if random.chance(12) && number % 2 == 1 && browsers.len() < 3 {
            browsers.push(browser_id(seed, number - 1, 0));
        }

        Person {
            number,
            is_known,
            user_id: format!("u{number:07}"),
            name: format!("{given} {family} {second_family}"),
            email: format!("{}.{}{}@{domain}", plain(given), plain(family), number),
            phone,
            loyalty_card: has_card.then(|| format!("AL{:010}", 1_000_000_000 + spread(number, 1_000_000_000))),
            locale: format!("{language}-{}", country.code),
            habit,
            goes_to_shops,
            comes_by_car: random.chance(640),
            orders_delivery: is_known & random.chance(if goes_to_shops { 240 } else { 520 }),
            has_app,
            platform,
            payment,
            wants_email: is_known & random.chance(600),
            email_bounces: random.chance(14),
            registration,
            home_shop,
            browsers,
            app_id: anonymous_id(&[seed, number, 0x61_7070]),
            device_id: anonymous_id(&[seed, number, 0x64_6576]),
            line_id: format!("tel-{:016x}", fingerprint(&[seed, number, 0x74_656c])),
        }
    }
}

fn browser_id(seed: u64, number: u64, browser: u64) -> String {
    anonymous_id(&[seed, number, 0x77_6562, browser])
}

/// In the form of a random UUID, as the libraries in browsers make them.
fn anonymous_id(parts: &[u64]) -> String {
    let high = fingerprint(parts);
    let low = fingerprint(&[high, 0x6c_6f77, parts.len() as u64, parts[1]]);
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 50),
        low & 0xffff_ffff_ffff
    )
}

/// A different number below `bound` (a power of ten) for each number below it, in no visible order.
fn spread(number: u64, bound: u64) -> u64 {
    // A factor without 2 and 5 visits every remainder once.
    (number % bound) * 7_368_787 % bound
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn people_are_told_apart_by_what_identifies_them() {
        let shops = Shops::new();
        let people: Vec<Person> = (0..3_000).map(|number| Person::new(9, number, &shops)).collect();
        let distinct = |key: fn(&Person) -> String| people.iter().map(key).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|person| person.email.clone()), 3_000);
        assert_eq!(distinct(|person| person.phone.clone()), 3_000);
        assert_eq!(distinct(|person| person.app_id.clone()), 3_000);
        assert_eq!(distinct(|person| person.line_id.clone()), 3_000);
        let cards: Vec<&String> = people.iter().filter_map(|person| person.loyalty_card.as_ref()).collect();
        assert_eq!(cards.iter().collect::<BTreeSet<_>>().len(), cards.len());
        let browsers: Vec<&String> = people.iter().flat_map(|person| &person.browsers).collect();
        let shared = browsers.len() - browsers.iter().collect::<BTreeSet<_>>().len();
        assert!((5..60).contains(&shared), "a few browsers are shared: {shared}");
    }

    #[test]
    fn nobody_real_can_be_reached() {
        let shops = Shops::new();
        for number in 0..500 {
            let person = Person::new(9, number, &shops);
            let country = shops.country(person.home_shop);
            let national = person.phone.strip_prefix('+').unwrap().strip_prefix(country.calling_code).unwrap();
            assert!(national.starts_with('0') && national.len() == country.phone_digits, "{}", person.phone);
            assert!(MAIL_DOMAINS.iter().any(|domain| person.email.ends_with(&format!("@{domain}"))));
            assert!(person.browsers.len() <= 3 && person.app_id.len() == 36, "{}", person.app_id);
        }
    }

    #[test]
    fn regulars_have_the_app_more_often() {
        let shops = Shops::new();
        let people: Vec<Person> = (0..6_000).map(|number| Person::new(4, number, &shops)).collect();
        let share = |habit: Habit| {
            let known: Vec<&Person> = people.iter().filter(|person| person.is_known && person.habit == habit).collect();
            known.iter().filter(|person| person.has_app).count() * 100 / known.len()
        };
        assert!(share(Habit::Daily) > share(Habit::Weekly) && share(Habit::Weekly) > share(Habit::Occasional) + 15);
    }
}
