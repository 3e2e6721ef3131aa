//! `/api/v1/journeys/frictions`.

use domain::money::parse_currency;
use domain::ports::ActivityRole;
use domain::time::parse_window_ms;
use domain::{Error, Result};
use journey::friction::{Friction, FrictionMet, WaitThresholds};
use journey::{Activities, share_of};
use utoipa::IntoParams;

use super::asked::{AskedFrictions, name_friction};
use super::dto::{FrictionDto, FrictionsDto, LostDto, SpendingDto, SpentDto, ThresholdDto};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::finding::FindingDto;
use crate::journeys::amounts::{MICROS, is_amount};
use crate::journeys::effort::routes::without;
use crate::journeys::moment::{Extent, ExtentParams, Moment};
use crate::journeys::routes::{read, unknown};
use crate::openapi::Problem;

const TOP: usize = 50;
const MOST: usize = 200;

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct FrictionsParams {
    /// What counts as staying; repeat it where any of several will do. Activities with the role purchase unless told, and
    /// any activity where none has it.
    goal: Option<Vec<String>>,
    /// What begins what may be abandoned before the goal; repeat it where any of several will do. Nothing unless told.
    start: Option<Vec<String>>,
    /// With `start`: how long the goal may take, such as `7d`; 7 days unless told.
    window: Option<String>,
    /// How long after a friction customers have to stay; 30 days unless told.
    horizon: Option<String>,
    /// How often an activity within a visit is a loop: 2 to 1,000; 3 unless told.
    repetitions: Option<u32>,
    /// How long ago a contact for the same reason counts; 30 days unless told.
    contact_span: Option<String>,
    /// A property that says in numbers what purchases are worth, for what customers spent afterwards; `revenue`,
    /// `total` or `value` unless told: the first that is laid out with `currency`, or else that purchases have.
    value: Option<String>,
    /// Only amounts in this currency, such as EUR; the organisation's unless told.
    currency: Option<String>,
    /// Frictions shown: 1 to 200; 50 unless told.
    top: Option<usize>,
}

/// What purchases are worth, as it is asked for.
#[derive(Debug, Default)]
struct AskedAmounts {
    value: Option<String>,
    currency: Option<String>,
}

/// Lists what hinders customers (loops, repeated contacts, long waits, errors, abandonment), those first that cost most
/// customers against comparable ones.
#[utoipa::path(get, path = "/api/v1/journeys/frictions", tag = "journeys", security(("key" = ["read"])),
    params(FrictionsParams, ExtentParams), responses((status = 200, body = FrictionsDto), Problem))]
pub async fn list_frictions(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<FrictionsDto>> {
    let (mut asked, mut top, mut extent) = (AskedFrictions::default(), TOP, Extent::default());
    let mut amounts = AskedAmounts::default();
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        let Some(value) = asked.take(&name, value)? else { continue };
        match name.as_str() {
            "goal" => asked.goal.push(value),
            "start" => asked.start.push(value),
            "window" => asked.window_ms = parse_window_ms(&value)?,
            "value" => amounts.value = Some(value),
            "currency" => amounts.currency = Some(value),
            "top" => top = read(&name, &value, "a number of frictions")?,
            other => return Err(unknown("a question about frictions", other)),
        }
    }
    if top == 0 || top > MOST {
        return Err(ApiError::invalid(format!("`top` is 1 to {MOST}, not {top}")));
    }
    app.query(move |app| compute(app, &asked, &amounts, top, &extent, &may.sight)).await.map(Json)
}

fn compute(
    app: &App,
    asked: &AskedFrictions,
    amounts: &AskedAmounts,
    top: usize,
    extent: &Extent,
    sight: &Sight,
) -> Result<FrictionsDto> {
    let mut moment = Moment::now(app, extent, sight)?;
    let found = asked.find(&mut moment, extent)?;
    let mut question = found.question()?;
    let (mut spending, mut about_amounts) = (None, Vec::new());
    let (codes, activities) = moment.with_role(ActivityRole::Purchase);
    let property = match amounts.value.as_deref() {
        Some(named) => Some(named),
        None => {
            let (default, too_large) = moment.find_default_amount(&codes)?;
            about_amounts.extend(too_large);
            default
        }
    };
    if amounts.currency.is_some() && !property.is_some_and(is_amount) {
        return Err(Error::invalid("`currency` needs an amount: name `revenue`, `total` or `value` as `value`"));
    }
    if let Some(property) = property {
        if amounts.value.is_some() {
            about_amounts.extend(without(&activities, ActivityRole::Purchase.as_str(), "nothing is spent"));
        }
        amounts.currency.as_deref().map(parse_currency).transpose()?;
        // Where nothing is a purchase, nothing has to be read.
        if !codes.is_empty() {
            let worth = moment.find_amounts(property, amounts.currency.as_deref())?;
            about_amounts.extend(worth.findings);
            question = question.with_amounts(Activities::of(&codes), worth.values);
            spending = Some(SpendingDto { property: property.to_owned(), currency: worth.currency, activities });
        }
    }
    let answer = moment.ask(question)?;
    let over = moment.over()?;
    let mut findings = moment.findings(&over);
    findings.extend(found.findings);
    findings.extend(about_amounts);
    for (role, therefore) in [
        (ActivityRole::Contact, "there are no repeated contacts"),
        (ActivityRole::Wait, "there are no waits"),
        (ActivityRole::Error, "there are no errors"),
    ] {
        findings.extend(without(&moment.with_role(role).1, role.as_str(), therefore));
    }
    if found.goal.is_empty() {
        let detail = "no activity has the role purchase, so whoever does anything has stayed; `goal` says what counts";
        findings.push(FindingDto { code: "anything_is_staying", detail: detail.to_owned() });
    }
    let hidden = answer.frictions.len().saturating_sub(top) as u64;
    let shown = answer.frictions.iter().take(top);
    let frictions = shown.map(|met| draw_friction(&moment, met, &answer.thresholds, over.customers)).collect();
    Ok(FrictionsDto {
        frictions,
        left_out: answer.left_out + hidden,
        goal: found.goal,
        horizon_ms: asked.horizon_ms,
        spending,
        reads_as: "association",
        over,
        findings,
    })
}

fn draw_friction(moment: &Moment, met: &FrictionMet, thresholds: &WaitThresholds, customers: u64) -> FrictionDto {
    let mut names = name_friction(moment, met.friction);
    let element = serde_json::json!(names).to_string();
    let kind = names.remove(0);
    let threshold = match met.friction {
        Friction::Wait(wait) => thresholds.get(&wait),
        _ => None,
    };
    let share = share_of(met.customers, customers);
    let comparable = met.comparable as f64;
    FrictionDto {
        kind,
        about: names,
        element,
        threshold: threshold.map(|threshold| ThresholdDto {
            median_ms: threshold.median_ms,
            p90_ms: threshold.p90_ms,
            longest_ms: threshold.longest_ms(),
        }),
        customers: met.customers,
        share: share.map_or(0.0, |share| share.share),
        low: share.map_or(0.0, |share| share.low),
        high: share.map_or(0.0, |share| share.high),
        times: met.times,
        observed: met.observed,
        comparable: met.comparable,
        comparable_lost: met.comparable_lost,
        lost: met.lost.map(|lost| LostDto {
            customers: lost.difference * comparable,
            low: lost.low * comparable,
            high: lost.high * comparable,
            difference: lost.difference,
            difference_low: lost.low,
            difference_high: lost.high,
        }),
        spent: met.spent.map(|spent| {
            let [per_customer, less, low, high] =
                [spent.per_customer, spent.less, spent.low, spent.high].map(|micros| micros / MICROS);
            SpentDto {
                per_customer,
                less: less * comparable,
                low: low * comparable,
                high: high * comparable,
                less_per_customer: less,
                less_per_customer_low: low,
                less_per_customer_high: high,
            }
        }),
    }
}
