//! The customers behind an element of an answer.

use std::collections::BTreeSet;

use domain::{CustomerId, Error, Result};
use journey::CustomersQuestion;
use journey::behind::{Behind, BehindQuestion, Element, MOST_CUSTOMERS};
use journey::breakdown::BreakdownQuestion;
use journey::effort::Measure;
use journey::paths::TakenPath;

use super::dto::CustomersBehindDto;
use super::effort::AskedEffort;
use super::effort::asked::parse_measure;
use super::frictions::{AskedFrictions, find_friction, thresholds_for};
use super::funnel::{AskedFunnel, find_value};
use super::moment::{Extent, Moment};
use super::paths::{AskedPaths, WrittenAnchor};
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::customers::rows::{CustomerRow, SHOWN_IDENTIFIERS, list_rows};
use crate::finding::FindingDto;
use crate::segments::Members;

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
    /// The occurrences of paths that are in none of those shown.
    TailOf(AskedPaths),
    /// `passing` stands in the paths from `position` on; the first is 1. With `goes_on` it is the whole path.
    Passing {
        paths: AskedPaths,
        position: usize,
        passing: Vec<String>,
        goes_on: Option<bool>,
    },
    /// A friction, by its names as an answer gives them.
    Friction {
        frictions: AskedFrictions,
        friction: String,
    },
    /// Runs to a goal that took so much.
    Effort {
        effort: AskedEffort,
        measure: Measure,
        least: u64,
    },
    /// A step of a funnel. `is_deepest` asks for those who came no further; `of` is what the funnel is broken down by, and
    /// a value.
    Step {
        funnel: AskedFunnel,
        step: usize,
        is_deepest: bool,
        of: Option<(String, String)>,
    },
}

/// A question for the customers behind an element, at one moment.
pub struct CustomersBehind {
    moment: Moment,
    extent: Extent,
    written: WrittenElement,
    findings: Vec<FindingDto>,
}

impl CustomersBehind {
    pub fn now(app: &App, written: WrittenElement, extent: &Extent, sight: &Sight) -> Result<CustomersBehind> {
        let moment = Moment::now(app, extent, sight)?;
        Ok(CustomersBehind { moment, extent: extent.clone(), written, findings: Vec::new() })
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
            WrittenElement::TailOf(paths) => {
                Element::TailOf { shape: paths.find(&self.moment)?, shown: self.paths_shown(paths)? }
            }
            WrittenElement::Passing { paths, position, passing, goes_on } => {
                let shape = paths.find(&self.moment)?;
                let passing = passing.iter().map(find).collect::<Result<Vec<_>>>()?;
                let has_room = |begin: &usize| begin + passing.len() <= shape.length();
                let begin = position.checked_sub(1).filter(has_room).ok_or_else(|| {
                    let last = (shape.length() + 1).saturating_sub(passing.len());
                    Error::invalid(format!("`position` is 1 to {last} here, not {position}: the first activity is 1"))
                })?;
                let mut paths = self.paths_shown(paths)?;
                paths.retain(|path| match goes_on {
                    Some(goes_on) => path.activities == passing && path.goes_on == *goes_on,
                    None => path.activities.get(begin..).is_some_and(|rest| rest.starts_with(&passing)),
                });
                Element::OneOf { shape, paths }
            }
            WrittenElement::Friction { frictions, friction } => {
                let mut found = frictions.find(&mut self.moment, &self.extent)?;
                self.findings = std::mem::take(&mut found.findings);
                let friction = find_friction(&self.moment, friction)?;
                let thresholds = thresholds_for(&self.moment, &found, friction)?;
                Element::Friction { rules: Box::new(found.rules), thresholds, friction }
            }
            WrittenElement::Effort { effort, measure, least } => {
                let found = effort.find(&mut self.moment)?;
                self.findings = found.findings;
                Element::Effort { effort: Box::new(found.question), measure: *measure, least: *least }
            }
            WrittenElement::Step { funnel, step, is_deepest, of } => {
                let mut found = self.moment.find_funnel(funnel, of.as_ref().map(|(by, _)| by.as_str()))?;
                self.findings = std::mem::take(&mut found.findings);
                let question = Box::new(found.question()?);
                match of {
                    Some((by, value)) => {
                        let (by, values) = find_value(&self.moment, &found, by, value)?;
                        let breakdown = Box::new(BreakdownQuestion::new(*question, by));
                        Element::ReachedWith { breakdown, values, step: *step, is_deepest: *is_deepest }
                    }
                    None if *is_deepest => Element::DroppedAfter { funnel: question, step: *step },
                    None => Element::Reached { funnel: question, step: *step },
                }
            }
        })
    }

    fn paths_shown(&self, asked: &AskedPaths) -> Result<BTreeSet<TakenPath>> {
        let paths = self.moment.ask(asked.question(&self.moment)?)?.paths;
        let taken = paths.into_iter().map(|path| TakenPath { activities: path.activities, goes_on: path.goes_on });
        Ok(taken.collect())
    }

    /// Everybody behind the element.
    pub fn all(mut self) -> Result<Members> {
        let element = self.find_element()?;
        let customers = self.moment.ask(CustomersQuestion::new(element)?)?;
        Ok(Members { customers, scanned: self.moment.scanned().clone() })
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
    pub paths: AskedPaths,
    pub is_tail: bool,
    pub passing: Vec<String>,
    pub position: Option<usize>,
    pub goes_on: Option<bool>,
    pub effort: AskedEffort,
    pub measure: Option<String>,
    pub frictions: AskedFrictions,
    pub friction: Option<String>,
    pub at_least: u64,
    pub funnel: AskedFunnel,
    pub by: Option<String>,
    pub value: Option<String>,
    pub reached: Option<usize>,
    pub dropped_after: Option<usize>,
}

impl ElementParameters {
    /// Takes a parameter over when it is one of paths or of a funnel; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>> {
        match (name, value.as_str()) {
            ("tail_of", _) => {
                self.is_tail = true;
                self.paths.hold(WrittenAnchor::From(value))?;
            }
            ("paths_from", _) => self.paths.hold(WrittenAnchor::From(value))?,
            ("paths_to", _) => self.paths.hold(WrittenAnchor::To(value))?,
            ("paths_through", _) => self.paths.hold(WrittenAnchor::Through(value))?,
            ("paths_start", "true") => self.paths.hold(WrittenAnchor::Start)?,
            ("paths_start", "false") => {}
            ("paths_start", other) => {
                return Err(Error::invalid(format!("`paths_start` is true or false, not `{other}`")));
            }
            _ => {
                let Some(value) = self.paths.take(name, value)? else { return Ok(None) };
                let Some(value) = self.frictions.take(name, value)? else { return Ok(None) };
                return self.funnel.take(name, value);
            }
        }
        Ok(None)
    }

    /// The one element that they name.
    pub fn read(mut self) -> Result<WrittenElement> {
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
        self.paths.top()?;
        match (self.paths.anchor.is_some(), self.is_tail, self.passing.is_empty()) {
            (false, false, true) => {}
            (true, true, true) => named.push(WrittenElement::TailOf(self.paths)),
            (true, false, false) => {
                let ElementParameters { paths, passing, goes_on, .. } = self;
                let position = self.position.unwrap_or(1);
                named.push(WrittenElement::Passing { paths, position, passing, goes_on });
            }
            _ => {
                return Err(Error::invalid(
                    "`paths_from` and `passing` go together: the paths (or `paths_to`, `paths_through`, `paths_start`), \
                     and what they pass (or `tail`)",
                ));
            }
        }
        if let Some(friction) = self.friction {
            let AskedEffort { start, goal } = std::mem::take(&mut self.effort);
            let frictions = AskedFrictions { start, goal, window_ms: self.funnel.window_ms, ..self.frictions };
            named.push(WrittenElement::Friction { frictions, friction });
        }
        match (self.effort.goal.is_empty(), self.measure) {
            (true, None) if self.effort.start.is_empty() => {}
            (false, Some(measure)) => {
                let measure = parse_measure(&measure)?;
                named.push(WrittenElement::Effort { effort: self.effort, measure, least: self.at_least });
            }
            _ => return Err(Error::invalid("`goal` and `measure` go together: what was reached, and what it took")),
        }
        let of = match (self.by, self.value) {
            (Some(by), Some(value)) => Some((by, value)),
            (None, None) => None,
            _ => {
                return Err(Error::invalid("`by` and `value` go together: what the funnel is broken down by, and one"));
            }
        };
        let funnel = self.funnel;
        match (funnel.steps.is_empty(), self.reached, self.dropped_after) {
            (true, None, None) if of.is_none() => {}
            (false, Some(step), None) => named.push(WrittenElement::Step { funnel, step, is_deepest: false, of }),
            (false, None, Some(step)) => named.push(WrittenElement::Step { funnel, step, is_deepest: true, of }),
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
                 `ends_with`, `path`, `tail_of`, `paths_from` with `passing`, `goal` with `measure`, `friction`, or `step` with `reached` or `dropped_after`",
            )),
        }
    }
}
