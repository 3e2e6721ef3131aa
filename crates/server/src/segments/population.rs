//! The customers of segments at the moment of a question.

use std::collections::BTreeSet;

use domain::{Code, Result, SegmentId};
use journey::{CustomerSet, Population};

use super::service::{find_segment, parse_segment, read_customers};
use crate::app::App;
use crate::auth::Sight;
use crate::journeys::{CustomersBehind, Extent, WrittenElement};

/// A population and what it is called.
#[derive(Debug, Default)]
pub struct FoundPopulation {
    pub population: Population,
    /// The names of the segments to all of which its customers belong.
    pub segments: Vec<String>,
    /// The names of the segments to none of which they belong.
    pub without_segments: Vec<String>,
    /// The properties that are not laid out and were read to find its customers.
    pub scanned: BTreeSet<String>,
}

/// A segment and its customers.
#[derive(Debug)]
pub struct FoundSegment {
    pub name: String,
    pub members: Members,
}

/// Customers who belong together.
#[derive(Debug, Default)]
pub struct Members {
    pub customers: CustomerSet,
    /// The properties that are not laid out and were read to find them.
    pub scanned: BTreeSet<String>,
}

/// Whom the segments of a question leave, as far as whoever asks sees what makes them.
pub fn find_population(app: &App, extent: &Extent, sight: &Sight) -> Result<FoundPopulation> {
    let mut found = FoundPopulation::default();
    for id in &extent.segments {
        let FoundSegment { name, members } = find_customers(app, parse_segment(id)?, sight)?;
        let customers = members.customers;
        found.segments.push(name);
        found.scanned.extend(members.scanned);
        found.population.only = Some(match found.population.only.take() {
            Some(only) => only.and(&customers),
            None => customers,
        });
    }
    for id in &extent.without_segments {
        let FoundSegment { name, members } = find_customers(app, parse_segment(id)?, sight)?;
        found.without_segments.push(name);
        found.scanned.extend(members.scanned);
        found.population.without = std::mem::take(&mut found.population.without).or(&members.customers);
    }
    Ok(found)
}

/// What a segment is called, and who belongs to it as far as whoever asks sees what makes them.
pub fn find_customers(app: &App, id: SegmentId, sight: &Sight) -> Result<FoundSegment> {
    let segment = find_segment(app, id)?;
    let asked = read_customers(&segment.customers)?;
    let members = customers_of(app, asked.element, &asked.extent, sight)?;
    Ok(FoundSegment { name: segment.name, members })
}

/// Who belongs to a segment as far as whoever asks sees. Nobody where it is about something of which they see nothing: it was
/// known when the segment was made.
pub fn customers_of(app: &App, element: WrittenElement, extent: &Extent, sight: &Sight) -> Result<Members> {
    match (CustomersBehind::now(app, element, extent, sight).and_then(CustomersBehind::all), sight) {
        (Err(error), Sight::Below(_)) if error.code == Code::InvalidArgument => Ok(Members::default()),
        (found, _) => found,
    }
}
