//! The customers behind an element of an answer.

use std::collections::BTreeSet;

use domain::{CustomerId, Error, Result};
use journey::behind::{Behind, BehindQuestion, Element, MOST_CUSTOMERS};
use journey::funnel::FunnelQuestion;
use journey::paths::PathsQuestion;
use journey::{CustomerSet, CustomersQuestion};

use super::dto::CustomersBehindDto;
use super::moment::{Extent, Moment};
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::customers::rows::{CustomerRow, SHOWN_IDENTIFIERS, list_rows};
use crate::finding::FindingDto;

/// Rows for which the state is asked at once.
const ROWS_AT_ONCE: usize = 1_000;

/// An element as it is asked for, by names.
#[derive(Clone, Debug)]
pub enum WrittenElement {
    Everybody,
    Activity(String),
    Follows {
        from: String,
        to: String,
    },
    StartsWith(String),
    EndsWith(String),
    Path {
        activities: Vec<String>,
        is_end: bool,
    },
    TailOf {
        activity: String,
        length: usize,
        top: usize,
    },
    /// `passing` stands in the paths from `position` on; the first is 1.
    Passing {
        activity: String,
        length: usize,
        top: usize,
        position: usize,
        passing: Vec<String>,
    },
    Reached {
        steps: Vec<String>,
        window_ms: i64,
        step: usize,
    },
    DroppedAfter {
        steps: Vec<String>,
        window_ms: i64,
        step: usize,
    },
}

/// A question for the customers behind an element, at one moment.
pub struct CustomersBehind {
    moment: Moment,
    written: WrittenElement,
    findings: Vec<FindingDto>,
}

impl CustomersBehind {
    pub fn now(app: &App, written: WrittenElement, extent: &Extent, sight: &Sight) -> Result<CustomersBehind> {
        let moment = Moment::now(app, extent, sight)?;
        Ok(CustomersBehind { moment, written, findings: Vec::new() })
    }

    /// Refuses what names nothing that there is before an answer has begun.
    pub fn checked(mut self) -> Result<CustomersBehind> {
        BehindQuestion::new(self.find_element()?, 1)?;
        Ok(self)
    }

    fn page(&mut self, after: Option<CustomerId>, limit: usize) -> Result<Behind> {
        let element = self.find_element()?;
        self.moment.ask(BehindQuestion::new(element, limit)?.after(after.map(|customer| customer.0)))
    }

    fn find_element(&mut self) -> Result<Element> {
        let find = |name: &String| self.moment.vocabulary.find(name);
        Ok(match &self.written {
            WrittenElement::Everybody => Element::Everybody,
            WrittenElement::Activity(activity) => Element::Activity(find(activity)?),
            WrittenElement::Follows { from, to } => Element::Follows { from: find(from)?, to: find(to)? },
            WrittenElement::StartsWith(activity) => Element::StartsWith(find(activity)?),
            WrittenElement::EndsWith(activity) => Element::EndsWith(find(activity)?),
            WrittenElement::Path { activities, is_end } => {
                let activities = activities.iter().map(find).collect::<Result<Vec<_>>>()?;
                Element::Path { activities, is_end: *is_end }
            }
            WrittenElement::TailOf { activity, length, top } => {
                let activity = find(activity)?;
                Element::TailOf { activity, length: *length, shown: self.paths_shown(activity, *length, *top)? }
            }
            WrittenElement::Passing { activity, length, top, position, passing } => {
                let activity = find(activity)?;
                let passing = passing.iter().map(find).collect::<Result<Vec<_>>>()?;
                let begin =
                    position.checked_sub(1).filter(|begin| begin + passing.len() <= *length).ok_or_else(|| {
                        let last = (length + 1).saturating_sub(passing.len());
                        Error::invalid(format!(
                            "`position` is 1 to {last} here, not {position}: the first activity is 1"
                        ))
                    })?;
                let mut paths = self.paths_shown(activity, *length, *top)?;
                paths.retain(|path| path[begin..].starts_with(&passing));
                Element::OneOf { activity, length: *length, paths }
            }
            WrittenElement::Reached { steps, window_ms, step } => {
                let (funnel, findings) = find_funnel(&self.moment, steps, *window_ms)?;
                self.findings = findings;
                Element::Reached { funnel, step: *step }
            }
            WrittenElement::DroppedAfter { steps, window_ms, step } => {
                let (funnel, findings) = find_funnel(&self.moment, steps, *window_ms)?;
                self.findings = findings;
                Element::DroppedAfter { funnel, step: *step }
            }
        })
    }

    fn paths_shown(&self, activity: u16, length: usize, top: usize) -> Result<BTreeSet<Vec<u16>>> {
        let paths = self.moment.ask(PathsQuestion::new(activity, length, top)?)?.paths;
        Ok(paths.into_iter().map(|path| path.activities).collect())
    }

    /// Everybody behind the element.
    pub fn all(mut self) -> Result<CustomerSet> {
        let element = self.find_element()?;
        self.moment.ask(CustomersQuestion::new(element)?)
    }

    fn rows(&self, app: &App, customers: &[u64], most_identifiers: usize) -> Result<Vec<CustomerRow>> {
        let customers: Vec<CustomerId> = customers.iter().copied().map(CustomerId).collect();
        list_rows(app, &self.moment.timeline, self.moment.units.as_ref(), &customers, most_identifiers)
    }

    /// Hands on the rows of everybody behind the element, some at a time, by id.
    pub fn for_each_rows(mut self, app: &App, each: &mut dyn FnMut(&[CustomerRow]) -> Result<()>) -> Result<()> {
        let mut after = None;
        loop {
            let page = self.page(after, MOST_CUSTOMERS)?;
            for customers in page.customers.chunks(ROWS_AT_ONCE) {
                each(&self.rows(app, customers, usize::MAX)?)?;
            }
            after = page.customers.last().copied().map(CustomerId);
            if !page.has_more {
                return Ok(());
            }
        }
    }
}

fn find_funnel(moment: &Moment, steps: &[String], window_ms: i64) -> Result<(Box<FunnelQuestion>, Vec<FindingDto>)> {
    let mut conditions = Vec::with_capacity(steps.len());
    let mut findings = Vec::new();
    for step in steps {
        let found = moment.find_step(step)?;
        conditions.push(found.condition);
        findings.extend(found.findings);
    }
    Ok((Box::new(FunnelQuestion::new(conditions, window_ms)?), findings))
}

/// One page of the customers behind an element.
pub fn list_customers_behind(
    app: &App,
    written: WrittenElement,
    extent: &Extent,
    sight: &Sight,
    after: Option<CustomerId>,
    limit: usize,
) -> Result<CustomersBehindDto> {
    app.log.sync_state()?;
    let mut asked = CustomersBehind::now(app, written, extent, sight)?;
    let page = asked.page(after, limit)?;
    let rows = asked.rows(app, &page.customers, SHOWN_IDENTIFIERS)?;
    let over = asked.moment.over()?;
    let mut findings = asked.moment.findings(&over);
    findings.append(&mut asked.findings);
    Ok(CustomersBehindDto {
        next: page.customers.last().filter(|_| page.has_more).map(|last| CustomerId(*last).to_string()),
        customers: rows.into_iter().map(Into::into).collect(),
        total: page.total,
        over,
        findings,
    })
}

/// Leaves a trace of who took the identifiers of customers out.
pub fn record_customers_export(app: &App, written: &WrittenElement, extent: &Extent, by: &Identity) -> Result<()> {
    let detail = serde_json::json!({"element": format!("{written:?}"), "extent": format!("{extent:?}")});
    app.state.audit.record_audit(&app.audit_entry(by, "customers.export", "journeys", detail))
}

/// What is needed to ask for an element, by the names of the parameters.
#[derive(Debug, Default)]
pub struct ElementParameters {
    pub is_everybody: bool,
    pub activity: Option<String>,
    pub from_activity: Option<String>,
    pub to_activity: Option<String>,
    pub starts_with: Option<String>,
    pub ends_with: Option<String>,
    pub path: Vec<String>,
    pub is_end: bool,
    pub tail_of: Option<String>,
    pub paths_from: Option<String>,
    pub position: usize,
    pub passing: Vec<String>,
    pub length: usize,
    pub top: usize,
    pub steps: Vec<String>,
    pub window_ms: i64,
    pub reached: Option<usize>,
    pub dropped_after: Option<usize>,
}

impl ElementParameters {
    /// The one element that they name.
    pub fn read(self) -> Result<WrittenElement> {
        let mut named = Vec::new();
        if self.is_everybody {
            named.push(WrittenElement::Everybody);
        }
        if let Some(activity) = self.activity {
            named.push(WrittenElement::Activity(activity));
        }
        match (self.from_activity, self.to_activity) {
            (Some(from), Some(to)) => named.push(WrittenElement::Follows { from, to }),
            (None, None) => {}
            _ => return Err(Error::invalid("`from_activity` and `to_activity` go together: one follows the other")),
        }
        if let Some(activity) = self.starts_with {
            named.push(WrittenElement::StartsWith(activity));
        }
        if let Some(activity) = self.ends_with {
            named.push(WrittenElement::EndsWith(activity));
        }
        if !self.path.is_empty() {
            named.push(WrittenElement::Path { activities: self.path, is_end: self.is_end });
        }
        if let Some(activity) = self.tail_of {
            named.push(WrittenElement::TailOf { activity, length: self.length, top: self.top });
        }
        match (self.paths_from, self.passing.is_empty()) {
            (Some(activity), false) => {
                let ElementParameters { length, top, position, passing, .. } = self;
                named.push(WrittenElement::Passing { activity, length, top, position, passing });
            }
            (None, true) => {}
            _ => return Err(Error::invalid("`paths_from` and `passing` go together: the paths, and what they pass")),
        }
        let (steps, window_ms) = (self.steps, self.window_ms);
        match (steps.is_empty(), self.reached, self.dropped_after) {
            (true, None, None) => {}
            (false, Some(step), None) => named.push(WrittenElement::Reached { steps, window_ms, step }),
            (false, None, Some(step)) => named.push(WrittenElement::DroppedAfter { steps, window_ms, step }),
            _ => {
                return Err(Error::invalid(
                    "the steps of a funnel take `step=…` for each, and `reached` or `dropped_after`",
                ));
            }
        }
        let mut named = named.into_iter();
        match (named.next(), named.next()) {
            (Some(element), None) => Ok(element),
            _ => Err(Error::invalid(
                "say behind what, and one thing only: `everybody`, `activity`, `from_activity` with `to_activity`, `starts_with`, \
                 `ends_with`, `path`, `tail_of`, `paths_from` with `passing`, or `step` with `reached` or `dropped_after`",
            )),
        }
    }
}
