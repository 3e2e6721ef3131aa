//! Defining metrics, and finding them by name.

use domain::ports::KeptMetric;
use domain::{Code, Error, Result};
use journey::score::metric::{CATALOGUE, Metric};
use serde_json::json;

use super::dto::MetricDefinition;
use crate::app::App;
use crate::auth::Identity;
use crate::nearest::nearest;

/// Characters of a name, of a property and of a sentence.
const LONGEST_NAME: usize = 40;
const LONGEST_PROPERTY: usize = 200;
const LONGEST_SENTENCE: usize = 400;
/// Answers of an example; how many gave one.
const MOST_ANSWERS: usize = 100;
const MOST_OF_ONE: u64 = 1_000_000;
/// Metrics of one's own: a question about drivers reads what was answered to any of them.
const MOST_METRICS: usize = 20;
/// What else drivers are asked of.
const TAKEN: [&str; 2] = ["return_30d", "spend_30d"];

/// A metric, and whether the organisation defined it.
#[derive(Clone, Debug)]
pub struct KnownMetric {
    pub metric: Metric,
    pub is_own: bool,
}

/// All metrics that questions may name, those that come with the program first.
#[derive(Clone, Debug)]
pub struct KnownMetrics(Vec<KnownMetric>);

impl KnownMetrics {
    pub fn iter(&self) -> impl Iterator<Item = &KnownMetric> {
        self.0.iter()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|known| known.metric.name.as_ref())
    }

    pub fn find(&self, name: &str) -> Option<&KnownMetric> {
        self.iter().find(|known| known.metric.name == name)
    }

    /// The same, or what to write instead.
    pub fn find_or_suggest(&self, name: &str) -> Result<&KnownMetric> {
        self.find(name).ok_or_else(|| {
            let hint = nearest(name, self.names()).map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
            Error::invalid(format!("there is no metric `{name}`; {hint}they are `{}`", self.list()))
        })
    }

    /// Their names, to be written between accents.
    pub fn list(&self) -> String {
        self.names().collect::<Vec<_>>().join("`, `")
    }
}

pub fn list_known(app: &App) -> Result<KnownMetrics> {
    let mut known: Vec<KnownMetric> =
        CATALOGUE.into_iter().map(|metric| KnownMetric { metric, is_own: false }).collect();
    for kept in app.state.metrics.list_own_metrics()? {
        // A metric that was kept before its name was one of the program gives way.
        if !is_taken(&kept.name) {
            known.push(KnownMetric { metric: read_kept(&kept)?, is_own: true });
        }
    }
    Ok(KnownMetrics(known))
}

fn is_taken(name: &str) -> bool {
    Metric::find(name).is_some() || TAKEN.contains(&name)
}

fn read_kept(kept: &KeptMetric) -> Result<Metric> {
    let unreadable = || Error::internal(format!("the metric `{}` of the state cannot be read", kept.name));
    let definition: MetricDefinition =
        serde_json::from_str(&kept.definition).map_err(|cause| unreadable().caused_by(cause))?;
    definition.to_metric(&kept.name).map_err(|cause| unreadable().caused_by(cause))
}

pub fn create_metric(app: &App, name: &str, definition: MetricDefinition, by: &Identity) -> Result<KnownMetric> {
    check_name(name)?;
    let metric = check(name, &definition)?;
    if app.state.metrics.list_own_metrics()?.len() >= MOST_METRICS {
        let detail = format!("there are {MOST_METRICS} metrics of your own already; delete one that nobody asks for");
        return Err(Error::new(Code::TooLarge, detail));
    }
    let audit = app.audit_entry(by, "metric.create", name, json!({"definition": definition}));
    app.state.metrics.create_metric(&keep(app, &metric, by)?, &audit)?;
    Ok(KnownMetric { metric, is_own: true })
}

pub fn update_metric(app: &App, name: &str, definition: MetricDefinition, by: &Identity) -> Result<KnownMetric> {
    refuse_shipped(name)?;
    let metric = check(name, &definition)?;
    let audit = app.audit_entry(by, "metric.update", name, json!({"definition": definition}));
    app.state.metrics.update_metric(&keep(app, &metric, by)?, &audit)?;
    Ok(KnownMetric { metric, is_own: true })
}

pub fn delete_metric(app: &App, name: &str, by: &Identity) -> Result<()> {
    refuse_shipped(name)?;
    app.state.metrics.delete_metric(name, &app.audit_entry(by, "metric.delete", name, json!({})))
}

fn keep(app: &App, metric: &Metric, by: &Identity) -> Result<KeptMetric> {
    let definition = serde_json::to_string(&MetricDefinition::of(metric))
        .map_err(|cause| Error::internal("could not write a metric").caused_by(cause))?;
    let name = metric.name.to_string();
    Ok(KeptMetric { name, definition, created_by: by.name.clone(), created_at: app.clock.now_ms() })
}

fn refuse_shipped(name: &str) -> Result<()> {
    if is_taken(name) {
        return Err(Error::invalid(format!(
            "`{name}` comes with the program and stays as it is; define a metric of another name, such as `{name}_own`"
        )));
    }
    Ok(())
}

fn check_name(name: &str) -> Result<()> {
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins_well = name.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    if !begins_well || name.len() > LONGEST_NAME || !name.bytes().all(is_sign) {
        return Err(Error::invalid(format!(
            "the name of a metric has 1 to {LONGEST_NAME} small letters, digits and `_`, a letter first, such as `warmth`; not \
             `{name}`"
        )));
    }
    refuse_shipped(name)
}

/// The metric, when everything that people read about it is there and its example agrees with it.
fn check(name: &str, definition: &MetricDefinition) -> Result<Metric> {
    let is_line = |text: &str, longest: usize| {
        let length = text.trim().chars().count();
        length > 0 && length <= longest && !text.chars().any(char::is_control)
    };
    if !is_line(&definition.property, LONGEST_PROPERTY) {
        return Err(Error::invalid(format!(
            "`property` names the property of events that holds the answer, in 1 to {LONGEST_PROPERTY} characters"
        )));
    }
    let texts = &definition.definition;
    for (what, text) in [("definition.es", &texts.es), ("definition.en", &texts.en), ("source", &definition.source)] {
        if !is_line(text, LONGEST_SENTENCE) {
            return Err(Error::invalid(format!("`{what}` is one line of 1 to {LONGEST_SENTENCE} characters")));
        }
    }
    let example = &definition.example.answers;
    if example.is_empty() || example.len() > MOST_ANSWERS || example.iter().any(|it| it.count > MOST_OF_ONE) {
        return Err(Error::invalid(format!(
            "an example has 1 to {MOST_ANSWERS} answers, each given by at most {MOST_OF_ONE}"
        )));
    }
    definition.to_metric(name)
}
