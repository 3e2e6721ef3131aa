//! Café Alameda itself: everything that is the same for all customers.

use crate::calendar::Calendar;
use crate::menu::Menu;
use crate::releases::Releases;
use crate::shops::Shops;
use crate::truths::Truths;
use crate::{Error, Journal, Options, life};

/// The company in its period. Lives of its customers can be asked for one by one, in any order.
pub struct Company {
    pub(crate) seed: u64,
    pub(crate) customers: u64,
    pub(crate) calendar: Calendar,
    pub(crate) shops: Shops,
    pub(crate) menu: Menu,
    pub(crate) releases: Releases,
}

impl Company {
    pub fn new(options: &Options) -> Result<Company, Error> {
        options.check()?;
        let shops = Shops::new();
        let calendar = Calendar::new(options.from, options.until, &shops.zones)?;
        let releases = Releases::new(&calendar, options.seed);
        Ok(Company { seed: options.seed, customers: options.customers, calendar, shops, menu: Menu::new(), releases })
    }

    /// The events of one customer, in memory.
    pub fn live(&self, customer: u64) -> Journal {
        life::live(self, customer, &mut Truths::new())
    }

    /// The lives of all customers, one after the other, without files.
    pub fn lives(&self) -> impl Iterator<Item = Journal> + '_ {
        (0..self.customers).map(|customer| self.live(customer))
    }
}
