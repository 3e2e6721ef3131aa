//! Keeping segments, and counting who belongs to one.

use domain::ports::Segment;
use domain::time::{add_days, day_in, find_zone, parse_day};
use domain::{Code, Error, Result, SegmentId};
use serde_json::json;

use super::dto::{NewSegment, SegmentSizeDto, SegmentSizesDto};
use super::population::customers_of;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::error::ApiError;
use crate::journeys::{CustomersBehind, CustomersBehindQuery, Extent};
use crate::kept_name::check_kept_name;
use crate::organisation::find_organisation;

/// Bytes of the query of a segment.
const LARGEST_QUERY: usize = 16 << 10;
/// Weeks of which sizes can be asked at once; each is a question of its own.
pub const MOST_WEEKS: u32 = 53;

pub fn list_segments(app: &App) -> Result<Vec<Segment>> {
    app.state.segments.list_segments()
}

pub fn find_segment(app: &App, id: SegmentId) -> Result<Segment> {
    app.state.segments.find_segment(id)
}

pub fn parse_segment(text: &str) -> Result<SegmentId> {
    text.parse().map_err(|cause: domain::ids::InvalidId| Error::invalid(cause.to_string()))
}

pub fn create_segment(app: &App, new: NewSegment, by: &Identity) -> Result<Segment> {
    let name = check_kept_name("a segment", &new.name)?;
    if new.customers.len() > LARGEST_QUERY {
        let length = new.customers.len();
        return Err(Error::new(Code::TooLarge, format!("a segment has at most {LARGEST_QUERY} bytes, not {length}")));
    }
    let asked = read_customers(&new.customers)?;
    if asked.extent.has_segments() {
        return Err(Error::invalid("a segment is not made of other segments; say what its customers lived"));
    }
    // What names nothing that there is would be a segment of nobody, and an error in every question.
    CustomersBehind::now(app, asked.element, &asked.extent, &Sight::Everything)?.checked()?;
    let segment = Segment {
        id: SegmentId(0),
        name,
        customers: new.customers,
        created_by: by.name.clone(),
        created_at: app.clock.now_ms(),
    };
    let detail = json!({"name": segment.name, "customers": segment.customers});
    let audit = app.audit_entry(by, "segment.create", &segment.name, detail);
    app.state.segments.create_segment(&segment, &audit)
}

pub fn delete_segment(app: &App, id: SegmentId, by: &Identity) -> Result<()> {
    let segment = find_segment(app, id)?;
    let audit = app.audit_entry(by, "segment.delete", &id.to_string(), json!({"name": segment.name}));
    app.state.segments.delete_segment(id, app.clock.now_ms(), &audit)
}

/// What a query of a segment asks for.
pub fn read_customers(query: &str) -> Result<CustomersBehindQuery> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|cause| Error::invalid(format!("the customers of a segment are not understood: {cause}")))?;
    if let Some((name, _)) = pairs.iter().find(|(name, _)| matches!(name.as_str(), "limit" | "after" | "format")) {
        return Err(Error::invalid(format!("a segment is everybody whom its query finds; leave `{name}` out")));
    }
    CustomersBehindQuery::read(pairs).map_err(|error: ApiError| Error::invalid(error.detail))
}

/// How many belong to a segment now, and how many did at the beginning of each of the last weeks.
pub fn count_sizes(app: &App, id: SegmentId, weeks: u32, sight: &Sight) -> Result<SegmentSizesDto> {
    if weeks > MOST_WEEKS {
        return Err(Error::invalid(format!("`weeks` is 0 to {MOST_WEEKS}, not {weeks}")));
    }
    let segment = find_segment(app, id)?;
    let calendar = find_organisation(app)?.calendar;
    let zone = find_zone(&calendar.time_zone)?;
    let now = app.clock.now_ms();
    let this_week = calendar.week_of(now)?;
    let count = |extent: &Extent| -> Result<u64> {
        let asked = read_customers(&segment.customers)?;
        Ok(customers_of(app, asked.element, extent, sight)?.customers.len())
    };
    let extent = read_customers(&segment.customers)?.extent;
    let mut sizes = SegmentSizesDto { customers: count(&extent)?, weeks: Vec::new() };
    for back in (0..weeks).rev() {
        let day = add_days(this_week, -7 * i64::from(back));
        // The last instant that counts is the one before the day.
        let before = day_in(&zone, calendar.start_ms(day)? - 1);
        let mut until = extent.clone().counted_from(&calendar, calendar.start_ms(before)?)?;
        if until.to.as_deref().map(parse_day).transpose()?.is_none_or(|to| to > day) {
            until.to = Some(day.to_string());
        }
        let has_begun = until.from.as_deref().map(parse_day).transpose()?.is_none_or(|from| from < day);
        let customers = if has_begun { count(&until)? } else { 0 };
        sizes.weeks.push(SegmentSizeDto { day: day.to_string(), customers });
    }
    Ok(sizes)
}
