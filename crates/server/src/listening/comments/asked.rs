//! Which comments a question is about, from its parameters to a filter of the index.

use std::sync::Arc;

use domain::{Error, Result};
use journey::{CustomerSet, LivedJourney, Operator, Step};
use search::{Comment, CommentIndex, Filter, NONE};
use utoipa::IntoParams;

use crate::app::App;
use crate::auth::Sight;
use crate::error::ApiError;
use crate::journeys::{Extent, Moment, read};
use crate::nearest::nearest;
use crate::organisation::units::find_tree;

const SENTIMENTS: [&str; 3] = ["negative", "neutral", "positive"];
const LANGUAGES: [&str; 3] = ["es", "en", NONE];

/// What every question about comments takes besides the extent.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; handlers read pairs")]
pub struct CommentParams {
    /// Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several.
    topic: Option<Vec<String>>,
    /// `negative`, `neutral` or `positive`; repeat it for several.
    sentiment: Option<Vec<String>>,
    /// `es`, `en`, or `(none)` for any other; repeat it for several.
    language: Option<Vec<String>>,
    /// Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit.
    unit: Option<Vec<String>>,
    /// Only about this touchpoint, as the property `touchpoint` names it; repeat it for several.
    touchpoint: Option<Vec<String>>,
    /// Only answers to this survey, by its name; repeat it for several.
    survey: Option<Vec<String>>,
    /// Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
    /// with one.
    metric: Option<String>,
    score_at_least: Option<f64>,
    score_at_most: Option<f64>,
}

/// Which comments a question is about.
#[derive(Clone, Debug, Default)]
pub struct AskedComments {
    pub extent: Extent,
    topics: Vec<String>,
    sentiments: Vec<String>,
    languages: Vec<String>,
    units: Vec<String>,
    touchpoints: Vec<String>,
    surveys: Vec<String>,
    metric: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

impl AskedComments {
    /// Takes a parameter over when it says which comments are asked for; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>, ApiError> {
        let Some(value) = self.extent.take(name, value)? else { return Ok(None) };
        match name {
            "topic" => self.topics.push(value),
            "sentiment" => self.sentiments.push(one_of(name, value, &SENTIMENTS)?),
            "language" => self.languages.push(one_of(name, value, &LANGUAGES)?),
            "unit" => self.units.push(value),
            "touchpoint" => self.touchpoints.push(value),
            "survey" => self.surveys.push(value),
            "metric" => self.metric = Some(one_of(name, value, &Comment::ANSWERS)?),
            "score_at_least" => self.at_least = Some(read(name, &value, "a number")?),
            "score_at_most" => self.at_most = Some(read(name, &value, "a number")?),
            _ => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// Refuses what says nothing.
    pub fn check(&self) -> Result<(), ApiError> {
        if self.metric.is_none() && (self.at_least.is_some() || self.at_most.is_some()) {
            return Err(ApiError::invalid(format!(
                "`score_at_least` and `score_at_most` need to know of which score; send `metric={}`",
                Comment::ANSWERS.join("`, `")
            )));
        }
        Ok(())
    }

    /// The index with everything that was acknowledged, the moment of the question, and which comments it is about.
    pub fn find(&self, app: &App, sight: &Sight) -> Result<(Arc<CommentIndex>, Moment, Filter)> {
        // The index first: whose its comments are is then in the timeline.
        let index = app.comments.up_to_date(app)?;
        let moment = Moment::now(app, &self.extent, sight)?;
        let (from_ms, to_ms) = moment.period();
        let mut filter = Filter {
            from_ms,
            to_ms,
            channels: self.extent.channels.clone(),
            units: self.find_units(app)?,
            surveys: self.surveys.clone(),
            touchpoints: self.touchpoints.clone(),
            languages: self.languages.clone(),
            sentiments: self.sentiments.clone(),
            topics: self.topics.clone(),
            answers: self.metric.iter().map(|metric| (metric.clone(), self.score_range())).collect(),
            ..Filter::default()
        };
        if let Sight::Below(unit) = sight {
            let tree = find_tree(app)?;
            let below = tree.below(unit).into_iter().map(str::to_owned);
            filter.seen_units = Some(below.chain([NONE.to_owned()]).collect());
        }
        if *sight != Sight::Everything || self.extent.has_segments() {
            // Whoever has a comment in the extent has an event in it.
            let customers = moment.ask(SeenCustomers)?;
            let log = app.log.clone();
            filter.sees = Some(Arc::new(move |node| customers.has(log.customer_of(node).0)));
        }
        Ok((index, moment, filter))
    }

    fn score_range(&self) -> std::ops::RangeInclusive<f64> {
        self.at_least.unwrap_or(f64::MIN)..=self.at_most.unwrap_or(f64::MAX)
    }

    /// The units that are named and all below them.
    fn find_units(&self, app: &App) -> Result<Vec<String>> {
        if self.units.is_empty() {
            return Ok(Vec::new());
        }
        let (tree, names) = (find_tree(app)?, app.log.names());
        let mut found = Vec::new();
        for unit in &self.units {
            let is_known = unit == NONE || tree.find(unit).is_some() || names.units.find(unit).is_some();
            if !is_known {
                let known = nearest(unit, tree.iter().map(|unit| unit.name.as_str()));
                let hint = known.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
                return Err(Error::invalid(format!("there is no unit `{unit}`{hint}")));
            }
            found.extend(tree.below(unit).into_iter().map(str::to_owned));
        }
        Ok(found)
    }
}

fn one_of(name: &str, value: String, known: &[&str]) -> Result<String, ApiError> {
    if known.contains(&value.as_str()) {
        return Ok(value);
    }
    Err(ApiError::invalid(format!("`{name}` is one of `{}`, not `{value}`", known.join("`, `"))))
}

/// Which customers there are in what is asked.
struct SeenCustomers;

impl Operator for SeenCustomers {
    type Partial = Vec<u64>;
    type Output = CustomerSet;

    fn start(&self) -> Vec<u64> {
        Vec::new()
    }

    fn fold(&self, seen: &mut Vec<u64>, customer: LivedJourney<'_>) {
        if !customer.is_empty() {
            seen.push(customer.customer);
        }
    }

    fn merge(&self, into: &mut Vec<u64>, from: Vec<u64>) {
        into.extend(from);
    }

    fn finish(self, seen: Vec<u64>) -> Step<Self> {
        Step::Done(seen.into_iter().collect())
    }
}
