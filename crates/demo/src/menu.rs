//! The menu: what is sold when and where, and for how much in the money of the country.

use crate::calendar::{Season, season};
use crate::random::Random;
use crate::shops::{COUNTRIES, Country};

#[derive(Clone, Copy)]
enum Offered {
    Always,
    In(Season),
    /// A tradition of one country, in these months.
    Tradition(&'static str, &'static [u8]),
}

pub(crate) struct Item {
    pub(crate) product_id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) category: &'static str,
    /// Hundredths of the price list; each country turns them into its money.
    list_price: i64,
    popularity: u32,
    offered: Offered,
}

impl Item {
    pub(crate) fn is_seasonal(&self) -> bool {
        !matches!(self.offered, Offered::Always)
    }

    fn is_offered(&self, country: &Country, month: u8) -> bool {
        match self.offered {
            Offered::Always => true,
            Offered::In(time) => season(month, country.is_southern) == time,
            Offered::Tradition(code, months) => country.code == code && months.contains(&month),
        }
    }

    /// In minor units.
    pub(crate) fn price(&self, country: &Country) -> i64 {
        let (by, per) = country.price;
        let exact = self.list_price * by / per;
        (exact / country.price_step).max(1) * country.price_step
    }
}

const fn item(
    product_id: &'static str,
    name: &'static str,
    category: &'static str,
    list_price: i64,
    popularity: u32,
    offered: Offered,
) -> Item {
    Item { product_id, name, category, list_price, popularity, offered }
}

#[rustfmt::skip]
pub(crate) const ITEMS: [Item; 36] = [
    item("caf-01", "Café con leche", "coffee", 220, 90, Offered::Always),
    item("caf-02", "Espresso", "coffee", 160, 50, Offered::Always),
    item("caf-03", "Cortado", "coffee", 180, 60, Offered::Always),
    item("caf-04", "Capuchino", "coffee", 260, 64, Offered::Always),
    item("caf-05", "Latte de avena", "coffee", 320, 46, Offered::Always),
    item("caf-06", "Americano", "coffee", 200, 44, Offered::Always),
    item("caf-07", "Mocha", "coffee", 340, 26, Offered::Always),
    item("caf-08", "Café de filtro de finca", "coffee", 310, 18, Offered::Always),
    item("caf-09", "Cold brew", "coffee", 350, 20, Offered::Always),
    item("te-01", "Té chai", "tea", 310, 22, Offered::Always),
    item("te-02", "Té matcha latte", "tea", 380, 20, Offered::Always),
    item("te-03", "Manzanilla", "tea", 180, 12, Offered::Always),
    item("beb-01", "Zumo de naranja", "drinks", 330, 30, Offered::Always),
    item("beb-02", "Chocolate a la taza", "drinks", 320, 22, Offered::Always),
    item("beb-03", "Agua", "drinks", 130, 24, Offered::Always),
    item("pan-01", "Cruasán", "bakery", 190, 56, Offered::Always),
    item("pan-02", "Tostada con tomate", "bakery", 280, 40, Offered::Always),
    item("pan-03", "Napolitana de chocolate", "bakery", 230, 30, Offered::Always),
    item("pan-04", "Bizcocho de limón", "bakery", 290, 22, Offered::Always),
    item("pan-05", "Galleta de avena", "bakery", 180, 20, Offered::Always),
    item("pan-06", "Pan de queso", "bakery", 210, 18, Offered::Always),
    item("sal-01", "Sándwich de pavo", "food", 560, 24, Offered::Always),
    item("sal-02", "Empanada", "food", 380, 24, Offered::Always),
    item("sal-03", "Ensalada de quinoa", "food", 690, 12, Offered::Always),
    item("sal-04", "Bocadillo de tortilla", "food", 450, 20, Offered::Always),
    item("grano-01", "Café en grano 250 g", "beans", 990, 6, Offered::Always),
    item("est-01", "Latte de calabaza", "coffee", 410, 44, Offered::In(Season::Autumn)),
    item("est-02", "Tarta de higos", "bakery", 420, 18, Offered::In(Season::Autumn)),
    item("est-03", "Horchata fría", "drinks", 340, 34, Offered::In(Season::Summer)),
    item("est-04", "Espresso con tónica", "coffee", 390, 24, Offered::In(Season::Summer)),
    item("est-05", "Limonada de flores", "drinks", 330, 22, Offered::In(Season::Spring)),
    item("est-06", "Moca de turrón", "coffee", 420, 34, Offered::In(Season::Winter)),
    item("tra-01", "Pan de muerto", "bakery", 310, 60, Offered::Tradition("MX", &[10, 11])),
    item("tra-02", "Roscón de Reyes", "bakery", 380, 60, Offered::Tradition("ES", &[12, 1])),
    item("tra-03", "Alfajor de maicena", "bakery", 240, 46, Offered::Tradition("AR", &[4, 5, 6, 7, 8])),
    item("tra-04", "Natilla con buñuelo", "bakery", 300, 50, Offered::Tradition("CO", &[12])),
];

/// What is offered in each country and month, with how often it is taken.
pub(crate) struct Menu {
    offered: Vec<(Vec<usize>, Vec<u32>)>,
}

impl Menu {
    pub(crate) fn new() -> Menu {
        let mut offered = Vec::new();
        for country in &COUNTRIES {
            for month in 1..=12 {
                let items: Vec<usize> =
                    (0..ITEMS.len()).filter(|&item| ITEMS[item].is_offered(country, month)).collect();
                let weights = items.iter().map(|&item| ITEMS[item].popularity).collect();
                offered.push((items, weights));
            }
        }
        Menu { offered }
    }

    pub(crate) fn choose(&self, country: usize, month: u8, random: &mut Random) -> &'static Item {
        let (items, weights) = &self.offered[country * 12 + usize::from(month) - 1];
        &ITEMS[items[random.weighted(weights)]]
    }
}

/// What is about to be bought.
pub(crate) struct Basket {
    pub(crate) lines: Vec<(&'static Item, i64)>,
}

impl Basket {
    pub(crate) fn fill(menu: &Menu, country: usize, month: u8, lines: usize, random: &mut Random) -> Basket {
        let mut basket = Basket { lines: Vec::with_capacity(lines) };
        for _ in 0..lines {
            let item = menu.choose(country, month, random);
            match basket.lines.iter_mut().find(|(already, _)| already.product_id == item.product_id) {
                Some((_, quantity)) => *quantity += 1,
                None => basket.lines.push((item, 1)),
            }
        }
        basket
    }

    /// In minor units.
    pub(crate) fn total(&self, country: &Country) -> i64 {
        self.lines.iter().map(|(item, quantity)| item.price(country) * quantity).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    fn offers(country: &str, month: u8) -> Vec<&'static str> {
        let country = COUNTRIES.iter().find(|candidate| candidate.code == country).unwrap();
        let offered = ITEMS.iter().filter(|item| item.is_offered(country, month));
        offered.map(|item| item.product_id).collect()
    }

    #[test]
    fn the_menu_follows_the_season_of_the_country() {
        assert!(offers("ES", 10).contains(&"est-01"), "pumpkin in Spain's October");
        assert!(!offers("CL", 10).contains(&"est-01"), "not in Chile's spring");
        assert!(offers("CL", 4).contains(&"est-01"));
        assert!(offers("MX", 11).contains(&"tra-01") && !offers("ES", 11).contains(&"tra-01"));
    }

    #[test]
    fn prices_are_whole_steps_of_the_local_money() {
        for country in &COUNTRIES {
            for item in &ITEMS {
                let price = item.price(country);
                assert!(price > 0 && price % country.price_step == 0, "{} in {}", item.name, country.code);
            }
        }
        let chile = COUNTRIES.iter().find(|country| country.code == "CL").unwrap();
        assert_eq!((ITEMS[0].price(chile), chile.minor_digits), (2_100, 0));
    }

    #[test]
    fn a_basket_adds_up() {
        let menu = Menu::new();
        let mut random = Random::new(3, 3, Purpose::Details);
        let basket = Basket::fill(&menu, 0, 10, 4, &mut random);
        assert_eq!(basket.lines.iter().map(|(_, quantity)| quantity).sum::<i64>(), 4);
        assert!(basket.total(&COUNTRIES[0]) >= 4 * 130);
    }
}
