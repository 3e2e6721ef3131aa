//! Drivers of what customers answered and did.

use domain::ports::ActivityRole;
use domain::{Code, Error, Result};
use events::AskedProperty;
use journey::Activities;
use journey::drivers::answered::{AnsweredQuestion, During, Fact, MOST_ANSWERS};
use journey::drivers::{Observations, find_drivers as find_in};
use journey::score::metric::Metric;

use super::asked::{DriversQuery, Outcome};
use super::dto::DriversDto;
use super::variables::{AFTER_MS, Collected, KNOWN_BEFORE_MS, spent};
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;
use crate::journeys::{Moment, find_channels, find_seen};
use crate::listening::scores::{SURVEY, find_survey};

/// The days after an answer in which a return counts, its own instant excepted.
const AFTER: During = During { begin: 1, end: AFTER_MS + 1 };

pub fn find_drivers(app: &App, query: &DriversQuery, sight: &Sight) -> Result<DriversDto> {
    let mut moment = Moment::now(app, &query.extent, sight)?;
    let over = moment.over()?;
    let mut findings = moment.findings_about(&over, None);
    let mut period = moment.span();
    let channels = match query.extent.channels.as_slice() {
        [] => None,
        named => Some(find_channels(&moment, named)?),
    };
    let mut answer = DriversDto::none(query, over);
    if answer.over.events == 0 {
        answer.findings = findings;
        return Ok(answer);
    }
    let metrics: Vec<Metric> = match &query.outcome {
        Outcome::Score(metric) => vec![metric.clone()],
        Outcome::Return | Outcome::Spend => query.metrics.clone(),
    };
    let of_survey = query.survey.as_ref().map(|_| SURVEY);
    let read = metrics.iter().map(|metric| metric.property.as_ref()).chain(of_survey);
    moment.read_properties(read.map(|name| AskedProperty { name: name.to_owned(), values: Vec::new() }))?;
    let only = query.survey.as_deref().map(|survey| find_survey(&moment, survey)).transpose()?;
    let said = metrics.iter().map(|metric| answers_of(&moment, metric)).collect::<Result<Vec<Fact>>>()?;

    let mut collected = Collected::default();
    collected.add_answers(&mut moment, query)?;
    // What lies around the answers is read from here on, and a year of it is more than the answers are.
    moment.widen(query.before_ms + KNOWN_BEFORE_MS, AFTER_MS + 1);
    let purchases = moment.with_role(ActivityRole::Purchase).0;
    let outcome = match &query.outcome {
        Outcome::Score(metric) => {
            let seen = moment.see_values([metric.property.as_ref()])?;
            findings.extend(find_seen(&seen, &metric.property)?.never_had());
            Some(answers_of(&moment, metric)?)
        }
        Outcome::Return => Some(Fact::Happens { activities: Activities::of(&purchases), during: AFTER }),
        Outcome::Spend => spent(&mut moment, &purchases, AFTER, &mut findings)?.map(|spent| {
            answer.outcome.currency = spent.currency;
            spent.fact
        }),
    };
    if !matches!(query.outcome, Outcome::Score(_)) {
        // Of later answers nobody knows yet whether the customer returns.
        let known_until = moment.find_span()?.map_or(i64::MIN, |span| span.last_ms).min(app.clock.now_ms());
        period.end = period.end.min(known_until.saturating_sub(AFTER_MS));
    }
    let outcome = outcome.filter(|_| matches!(query.outcome, Outcome::Score(_)) || !purchases.is_empty());
    let Some(outcome) = outcome else {
        let detail = "no purchase is known, or none says its amount: give an activity the role purchase".to_owned();
        findings.push(FindingDto { code: "no_purchases", detail });
        answer.findings = findings;
        return Ok(answer);
    };

    collected.add_lived(&mut moment, query)?;
    collected.add_controls(&mut moment, query)?;
    findings.append(&mut collected.findings);
    let facts = collected.facts();
    let period = period.start..period.end.max(period.start);
    let question = AnsweredQuestion { answers: Activities::any(), said, only, channels, period, outcome, facts };
    let answered = moment.ask(question)?;
    if answered.is_cut {
        let detail = format!("there are more than {MOST_ANSWERS} answers; ask for a shorter period, or one survey");
        return Err(Error::new(Code::TooLarge, detail));
    }
    answer.answers = answered.customers.len() as u64;
    answer.customers = answered.customers.chunk_by(|one, other| one == other).count() as u64;
    answer.over.scanned = moment.scanned().iter().cloned().collect();
    if answer.answers < query.minimum {
        let detail = format!(
            "there are {} answers, and of fewer than {} nothing is told of what goes with them",
            answer.answers, query.minimum
        );
        findings.push(FindingDto { code: "too_few_answers", detail });
        answer.findings = findings;
        return Ok(answer);
    }
    let columns = collected.name(&moment, answered.columns)?;
    let (variables, values) = columns.variables.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let found = find_in(&Observations {
        customers: answered.customers,
        outcome: answered.outcome,
        controls: columns.controls,
        variables: values,
    })?;
    answer.controls = columns.held_equal;
    if found.is_none() {
        let detail = "all answers come to the same, so that nothing goes with them".to_owned();
        findings.push(FindingDto { code: "nothing_to_explain", detail });
    }
    if let Some(found) = found {
        answer = answer.with(&variables, &found);
    }
    answer.findings = findings;
    Ok(answer)
}

/// The answer of a metric, where it is one that the metric takes.
fn answers_of(moment: &Moment, metric: &Metric) -> Result<Fact> {
    let seen = moment.see_values([metric.property.as_ref()])?;
    let seen = find_seen(&seen, &metric.property)?;
    let values = moment.timeline.properties().list_values(seen.column());
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| metric.takes(*number));
    Ok(Fact::Number { property: seen.column(), numbers: values.iter().map(|value| number(value)).collect() })
}
