//! Some of the customers over any source, and the question who they are.

use domain::error::Result;
use roaring::RoaringTreemap;
use serde::{Deserialize, Serialize};

use crate::behind::Element;
use crate::needs::Needs;
use crate::operator::{JourneyBatch, JourneySource, LivedJourney, Operator, Step};

/// Customers by their ids. A set of neighbouring ids costs a bit each, a scattered one two to four bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerSet(RoaringTreemap);

impl CustomerSet {
    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a customer is one of them.
    pub fn has(&self, customer: u64) -> bool {
        self.0.contains(customer)
    }

    /// Those who are in both.
    pub fn and(mut self, other: &CustomerSet) -> CustomerSet {
        self.0 &= &other.0;
        self
    }

    /// Those who are in either.
    pub fn or(mut self, other: &CustomerSet) -> CustomerSet {
        self.0 |= &other.0;
        self
    }
}

impl FromIterator<u64> for CustomerSet {
    fn from_iter<I: IntoIterator<Item = u64>>(customers: I) -> CustomerSet {
        CustomerSet(customers.into_iter().collect())
    }
}

/// Which customers a question sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    /// Only these; everybody where it is `None`.
    pub only: Option<CustomerSet>,
    /// None of these.
    pub without: CustomerSet,
}

impl Population {
    /// Whether a customer belongs to it.
    pub fn has(&self, customer: u64) -> bool {
        self.only.as_ref().is_none_or(|only| only.has(customer)) && !self.without.has(customer)
    }

    /// Whether it is everybody.
    pub fn is_everybody(&self) -> bool {
        self.only.is_none() && self.without.is_empty()
    }
}

/// A source of which only the customers of a population are seen.
#[derive(Clone, Copy, Debug)]
pub struct Among<'a, S: ?Sized> {
    source: &'a S,
    population: &'a Population,
}

/// Leaves `source` with the customers of `population`, as if there were no others.
pub fn among<'a, S: JourneySource + ?Sized>(source: &'a S, population: &'a Population) -> Among<'a, S> {
    Among { source, population }
}

impl<S: JourneySource + ?Sized> JourneySource for Among<'_, S> {
    type Error = S::Error;

    fn part_count(&self) -> usize {
        self.source.part_count()
    }

    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), S::Error> {
        let (mut customers, mut spans) = (Vec::new(), Vec::new());
        self.source.for_each_batch(part, needs, &mut |batch| {
            customers.clear();
            spans.clear();
            for (&customer, &span) in batch.customers.iter().zip(batch.spans) {
                if self.population.has(customer) {
                    customers.push(customer);
                    spans.push(span);
                }
            }
            each(JourneyBatch { customers: &customers, spans: &spans, ..batch });
        })
    }
}

/// The question: which customers are behind this element, all of them?
#[derive(Debug)]
pub struct CustomersQuestion {
    element: Element,
}

impl CustomersQuestion {
    /// Refuses what [`Element::check`] refuses.
    pub fn new(element: Element) -> Result<CustomersQuestion> {
        element.check()?;
        Ok(CustomersQuestion { element })
    }
}

impl Operator for CustomersQuestion {
    type Partial = CustomerSet;
    type Output = CustomerSet;

    fn needs(&self) -> Needs {
        self.element.needs()
    }

    fn start(&self) -> CustomerSet {
        CustomerSet::default()
    }

    fn fold(&self, partial: &mut CustomerSet, customer: LivedJourney<'_>) {
        if self.element.holds(customer) {
            partial.0.insert(customer.customer);
        }
    }

    fn merge(&self, into: &mut CustomerSet, from: CustomerSet) {
        into.0 |= from.0;
    }

    fn finish(self, partial: CustomerSet) -> Step<Self> {
        Step::Done(partial)
    }
}
