//! What outcomes owe to which channels, or touchpoints. `docs/journeys.md` says how.

use axum::Router;
use axum::routing::MethodFilter;
use domain::Result;
use domain::time::{DAY_MS, parse_window_ms};
use journey::attribution::{Attribution, AttributionQuestion, Credit, NoRemoval, PathRule, TouchBy, TouchCredit};
use journey::{Share, share_of_credit};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::amounts::{MICROS, is_amount};
use super::channels::name_of;
use super::dto::OverDto;
use super::moment::{Extent, ExtentParams, Moment};
use super::routes::{read, unknown};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::finding::FindingDto;
use crate::openapi::Problem;

const WINDOW_MS: i64 = 30 * DAY_MS;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/journeys/attribution", guarded(MethodFilter::GET, compute_attribution))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct AttributionParams {
    /// The activity that is the outcome; repeat it for several of which each is one.
    outcome: Vec<String>,
    /// The longest time from a touch to its outcome, such as `30d`, `12h`; 30 days unless told.
    window: Option<String>,
    /// What is credited: `channel`, or `touchpoint` for activities on channels; `channel` unless told.
    by: Option<String>,
    /// Which touches belong to an outcome: `since_outcome_before`, or `whole_window` for those before an earlier outcome
    /// too; `since_outcome_before` unless told.
    path: Option<String>,
    /// Only this activity is a touch; repeat it for several. All that are no outcomes unless told.
    touch: Option<Vec<String>>,
    /// Asks for removal effects too, by a chain that remembers so many touches: 1, 2 or 3.
    removal: Option<usize>,
    /// A property of the outcome that says in numbers what it is worth, credited besides. `revenue`, `total` and `value`
    /// are amounts, of which `currency` says in which they are.
    value: Option<String>,
    /// With `value`: only amounts in this currency, such as EUR; the organisation's unless told.
    currency: Option<String>,
}

struct AttributionQuery {
    outcome: Vec<String>,
    touches: Vec<String>,
    window_ms: i64,
    by: TouchBy,
    rule: PathRule,
    removal: Option<usize>,
    value: Option<String>,
    currency: Option<String>,
    extent: Extent,
}

impl AttributionQuery {
    fn read(pairs: Vec<(String, String)>) -> Result<AttributionQuery, ApiError> {
        let mut query = AttributionQuery {
            outcome: Vec::new(),
            touches: Vec::new(),
            window_ms: WINDOW_MS,
            by: TouchBy::default(),
            rule: PathRule::default(),
            removal: None,
            value: None,
            currency: None,
            extent: Extent::default(),
        };
        for (name, value) in pairs {
            let Some(value) = query.extent.take(&name, value)? else { continue };
            match name.as_str() {
                "outcome" => query.outcome.push(value),
                "touch" => query.touches.push(value),
                "window" => query.window_ms = parse_window_ms(&value)?,
                "by" => query.by = parse_by(&value)?,
                "path" => query.rule = parse_rule(&value)?,
                "removal" => query.removal = Some(read(&name, &value, "1, 2 or 3")?),
                "value" => query.value = Some(value),
                "currency" => query.currency = Some(value),
                other => return Err(unknown("a question about attribution", other)),
            }
        }
        if query.outcome.is_empty() {
            return Err(ApiError::invalid("attribution needs an outcome: send `outcome=…`, the activity that it is"));
        }
        if query.currency.is_some() && !query.value.as_deref().is_some_and(is_amount) {
            return Err(ApiError::invalid("`currency` goes with `value=revenue`, `value=total` or `value=value`"));
        }
        Ok(query)
    }
}

fn parse_by(value: &str) -> Result<TouchBy, ApiError> {
    match value {
        "channel" => Ok(TouchBy::Channel),
        "touchpoint" => Ok(TouchBy::ChannelAndActivity),
        other => Err(ApiError::invalid(format!("`by` is channel or touchpoint, not `{other}`"))),
    }
}

fn parse_rule(value: &str) -> Result<PathRule, ApiError> {
    match value {
        "since_outcome_before" => Ok(PathRule::SinceOutcomeBefore),
        "whole_window" => Ok(PathRule::WholeWindow),
        other => Err(ApiError::invalid(format!("`path` is since_outcome_before or whole_window, not `{other}`"))),
    }
}

/// What outcomes owe to what. An association: who is likely to come to the outcome anyway has touches too.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attribution)]
pub struct AttributionDto {
    pub outcomes: u64,
    /// Those without a touch in the window; they are credited to nobody.
    pub without_touch: u64,
    pub window_ms: i64,
    /// `channel` or `touchpoint`.
    #[schema(example = "channel")]
    pub by: &'static str,
    /// `since_outcome_before` or `whole_window`.
    #[schema(example = "since_outcome_before")]
    pub path: &'static str,
    /// What the outcomes are worth; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<OutcomeValueDto>,
    /// Those with the most of the linear model first.
    pub credits: Vec<TouchCreditDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutcomeValue)]
pub struct OutcomeValueDto {
    #[schema(example = "revenue")]
    pub property: String,
    /// Of amounts; outcomes in others are worth nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    /// Of all outcomes.
    pub total: f64,
    /// Of those without a touch.
    pub without_touch: f64,
}

/// What a channel or a touchpoint is credited with, by each model.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TouchCredit)]
pub struct TouchCreditDto {
    pub channel: String,
    /// Only by touchpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    pub first: CreditDto,
    pub last: CreditDto,
    pub linear: CreditDto,
    /// Two fifths to the first and to the last touch each, the rest to those between.
    pub position: CreditDto,
    /// In proportion to the removal effects; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removal: Option<CreditDto>,
    /// The share of outcomes that would be lost without it, by the chain, 0 to 1; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removal_effect: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Credit)]
pub struct CreditDto {
    pub outcomes: f64,
    /// Of all outcomes that have a touch, 0 to 1.
    pub share: f64,
    /// Lower end of the share's interval of 95 %; none for removal effects.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %; none for removal effects.
    pub high: Option<f64>,
    /// What the outcomes are worth; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

/// Computes what the outcomes owe to the channels or touchpoints that came before them.
#[utoipa::path(get, path = "/api/v1/journeys/attribution", tag = "journeys", security(("key" = ["read"])),
    params(AttributionParams, ExtentParams), responses((status = 200, body = AttributionDto), Problem))]
pub async fn compute_attribution(
    app: App,
    may: CanSee<ReadJourneys>,
    pairs: QueryPairs,
) -> ApiResult<Json<AttributionDto>> {
    let query = AttributionQuery::read(pairs.0)?;
    app.query(move |app| find_attribution(app, &query, &may.sight)).await.map(Json)
}

fn find_attribution(app: &App, query: &AttributionQuery, sight: &Sight) -> Result<AttributionDto> {
    let mut moment = Moment::now(app, &query.extent, sight)?;
    let outcome: Vec<u16> = query.outcome.iter().map(|name| moment.vocabulary.find(name)).collect::<Result<_>>()?;
    let mut question = AttributionQuestion::new(&outcome, query.window_ms)?
        .with_touches(&moment.find_activities(&query.touches)?)
        .by(query.by)
        .with_rule(query.rule);
    if let Some(order) = query.removal {
        question = question.with_removal(order)?;
    }
    let mut about_values = Vec::new();
    let mut currency = None;
    if let Some(property) = &query.value {
        let found = moment.find_amounts(property, query.currency.as_deref())?;
        (about_values, currency) = (found.findings, found.currency);
        question = question.with_values(found.values);
    }
    let answer = moment.ask(question)?;
    let over = moment.over()?;
    let mut findings = moment.findings(&over);
    findings.extend(about_values);
    findings.extend(answer.no_removal.map(explain));
    let value =
        query.value.clone().zip(answer.value_micros).map(|(property, (total, without_touch))| OutcomeValueDto {
            property,
            currency,
            total: total as f64 / MICROS,
            without_touch: without_touch as f64 / MICROS,
        });
    let mut credits: Vec<TouchCreditDto> =
        answer.credits.iter().map(|credit| draw_credit(&moment, &answer, credit)).collect();
    credits.sort_by(|a, b| {
        let by_name = || (&a.channel, &a.activity).cmp(&(&b.channel, &b.activity));
        b.linear.outcomes.total_cmp(&a.linear.outcomes).then_with(by_name)
    });
    Ok(AttributionDto {
        outcomes: answer.outcomes,
        without_touch: answer.without_touch,
        window_ms: query.window_ms,
        by: match query.by {
            TouchBy::Channel => "channel",
            TouchBy::ChannelAndActivity => "touchpoint",
        },
        path: match query.rule {
            PathRule::SinceOutcomeBefore => "since_outcome_before",
            PathRule::WholeWindow => "whole_window",
        },
        value,
        credits,
        over,
        findings,
    })
}

fn draw_credit(moment: &Moment, answer: &Attribution, credit: &TouchCredit) -> TouchCreditDto {
    let with_touch = answer.outcomes - answer.without_touch;
    let part = |model: fn(&Credit) -> f64| {
        let outcomes = model(&credit.outcomes);
        let Share { share, low, high } =
            share_of_credit(outcomes, with_touch).unwrap_or(Share { share: 0.0, low: 0.0, high: 0.0 });
        let value = credit.micros.as_ref().map(|micros| model(micros) / MICROS);
        CreditDto { outcomes, share, low: Some(low), high: Some(high), value }
    };
    let removal = credit.outcomes.removal.is_some().then(|| {
        let of_effect = part(|credit| credit.removal.unwrap_or(0.0));
        CreditDto { low: None, high: None, ..of_effect }
    });
    TouchCreditDto {
        channel: name_of(&moment.names, credit.channel).to_owned(),
        activity: credit.activity.map(|activity| moment.vocabulary.label(activity)),
        first: part(|credit| credit.first),
        last: part(|credit| credit.last),
        linear: part(|credit| credit.linear),
        position: part(|credit| credit.position),
        removal,
        removal_effect: credit.removal_effect,
    }
}

fn explain(reason: NoRemoval) -> FindingDto {
    let (code, detail) = match reason {
        NoRemoval::TooMany => (
            "removal_too_large",
            "there are too many touches or transitions for removal effects; ask by channel, for a lower order, or name \
             touches",
        ),
        NoRemoval::NoOutcome => ("removal_without_outcome", "no outcome has a touch, so that nothing can be lost"),
    };
    FindingDto { code, detail: detail.to_owned() }
}
